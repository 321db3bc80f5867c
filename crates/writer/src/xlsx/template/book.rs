//! A blank workbook taken apart: its parts, its sheets, and what they share.

use std::ops::Range;

use mingce_ooxml::sheet::{self, Sheet, Styles};
use mingce_ooxml::xml::{Token, XmlReader};
use mingce_ooxml::{Limits, Package, Relationships};

use super::attributes::value;
use crate::Error;
use crate::blank::Plain;

/// The part that says what kind each part is.
pub(super) const TYPES: &str = "[Content_Types].xml";

/// A blank workbook.
#[derive(Debug, Clone)]
pub(super) struct Book {
    /// The name of the workbook part, and its XML.
    pub(super) main: String,
    pub(super) xml: String,
    /// All parts but that one, in the order of the package.
    pub(super) parts: Vec<Part>,
    /// The relationships of each part that has some.
    links: Vec<(String, Relationships)>,
    /// Its sheets in the order of their tabs.
    pub(super) tabs: Vec<Tab>,
    /// The name of the styles part.
    pub(super) styles_part: Option<String>,
    pub(super) styles: Styles,
    strings: Option<String>,
    /// What parts the name of a copy from its number.
    mark: String,
    /// Whether the file has macros, which the parts are without.
    pub(super) has_macros: bool,
}

/// A part: its name and its bytes.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) content: Vec<u8>,
}

/// One sheet as the workbook lists it.
#[derive(Debug, Clone)]
pub(super) struct Tab {
    /// Its name.
    pub(super) name: String,
    /// The part with its cells; `None` for what is no sheet of cells.
    pub(super) part: Option<String>,
    pub(super) is_hidden: bool,
    /// The bytes of its element in the workbook part.
    pub(super) xml: Range<usize>,
    /// What the workbook's relationships call it.
    pub(super) id: String,
}

/// What is wrong with a part of the blank.
pub(super) fn unreadable(part: &str) -> impl Fn(mingce_ooxml::Error) -> Error + use<> {
    let part = part.to_owned();
    move |source| Error::Blank { part: part.clone(), source: source.into() }
}

impl Book {
    /// Opens a workbook, and makes it a plain one: no template, and without macros.
    ///
    /// # Errors
    /// When the file is no workbook, exceeds the limits, or has sheets of macros.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Error> {
        let limits = Limits::default();
        let package = Package::open(bytes, &limits).map_err(unreadable("zip"))?;
        let main = package.main_part().map_err(unreadable("_rels/.rels"))?.ok_or(Error::NoForm)?;
        let xml = package.xml_text(&main).map_err(unreadable(&main))?;
        let plain = Plain::of(&package);
        let mut parts = Vec::new();
        let mut links = Vec::new();
        let names: Vec<String> = package.names().filter(|name| !name.ends_with('/') && plain.keeps(name)).map(str::to_owned).collect();
        for name in names {
            let has_links = package.relationships(&name).map_err(unreadable(&name))?;
            if has_links.iter().len() > 0 {
                links.push((name.clone(), has_links));
            }
            if name == main {
                continue;
            }
            let is_xml = [".xml", ".rels", ".vml"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
            // UTF-16 is put into UTF-8 once; what is no XML after all stays as it is
            let text = if is_xml { package.xml_text(&name).ok() } else { None };
            let content = match text {
                Some(text) => text.into_bytes(),
                None => package.part(&name).map_err(unreadable(&name))?,
            };
            let content = plain.content(&name, content);
            parts.push(Part { name, content });
        }
        let mark = mark_of_copies(&parts);
        let (tabs, styles) = (Vec::new(), Styles::default());
        let mut book = Self { main, xml, parts, links, tabs, styles_part: None, styles, strings: None, mark, has_macros: plain.has_macros };
        if book.has_macro_sheets() {
            return Err(Error::Macros);
        }
        book.list(&limits)?;
        Ok(book)
    }

    /// Lists the sheets, and looks at what they share.
    fn list(&mut self, limits: &Limits) -> Result<(), Error> {
        let target = |kind: &str| {
            let found = self.links(&self.main).and_then(|links| links.first_of(kind))?.target.as_deref()?;
            self.parts.iter().find(|part| part.name.eq_ignore_ascii_case(found)).map(|part| part.name.clone())
        };
        let (styles, strings) = (target("styles"), target("sharedStrings"));
        self.tabs = self.read_tabs(limits)?;
        if let Some(part) = &styles {
            self.styles = Styles::read(self.text(part), limits).map_err(unreadable(part))?;
        }
        self.styles_part = styles;
        self.strings = strings;
        Ok(())
    }

    fn read_tabs(&self, limits: &Limits) -> Result<Vec<Tab>, Error> {
        let mut reader = XmlReader::new(self.xml.as_bytes(), &self.main, limits);
        let mut tabs = Vec::new();
        loop {
            match reader.next().map_err(unreadable(&self.main))? {
                Token::Start(tag) if tag.name() == "sheet" => {
                    let id = tag.attribute("id").unwrap_or_default().into_owned();
                    let name = tag.attribute("name").unwrap_or_default().into_owned();
                    let is_hidden = matches!(tag.attribute("state").as_deref(), Some("hidden" | "veryHidden"));
                    let link = self.links(&self.main).and_then(|links| links.by_id(&id));
                    let target = link.filter(|link| link.kind == "worksheet").and_then(|link| link.target.as_deref());
                    let part = target.and_then(|target| self.parts.iter().find(|part| part.name.eq_ignore_ascii_case(target)));
                    let xml = range(reader.range());
                    tabs.push(Tab { name, part: part.map(|part| part.name.clone()), is_hidden, xml, id });
                }
                Token::End(tag) if tag.name() == "sheet" => {
                    let end = range(reader.range()).end;
                    tabs.last_mut().into_iter().for_each(|tab: &mut Tab| tab.xml.end = end);
                }
                Token::Eof => return Ok(tabs),
                Token::Start(_) | Token::End(_) | Token::Text(_) => {}
            }
        }
    }

    /// The relationships of a part.
    pub(super) fn links(&self, part: &str) -> Option<&Relationships> {
        self.links.iter().find(|(name, _)| name == part).map(|(_, links)| links)
    }

    /// A part.
    pub(super) fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name.eq_ignore_ascii_case(name))
    }

    /// The text of a part; empty where it is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.part(name).and_then(|part| std::str::from_utf8(&part.content).ok()).unwrap_or("")
    }

    /// The XML of a sheet with its texts in its own cells, and what stands in it.
    ///
    /// # Errors
    /// When the XML is malformed or exceeds the limits.
    pub(super) fn sheet(&self, part: &str) -> Result<(String, Sheet), Error> {
        let limits = Limits::default();
        let strings = self.strings.as_deref().map(|strings| self.text(strings));
        let xml = sheet::inlined(self.text(part), strings, part, &limits).map_err(unreadable(part))?;
        let sheet = sheet::scan(&xml, part, &self.styles, &limits).map_err(unreadable(part))?;
        Ok((xml, sheet))
    }

    /// The type that the package gives a part by its name; `None` where its extension says it.
    pub(super) fn type_of(&self, part: &str) -> Option<&str> {
        let types = self.text(TYPES);
        let named = types
            .split('<')
            .filter(|tag| value(tag, "PartName").is_some_and(|name| name.trim_start_matches('/').eq_ignore_ascii_case(part)));
        named.filter_map(|tag| value(tag, "ContentType")).next()
    }

    /// The name of the copy of a part with this number; the first is the original. No part of the blank has it.
    pub(super) fn copy_name(&self, part: &str, number: usize) -> String {
        if number == 0 {
            return part.to_owned();
        }
        let (stem, extension) = part.rsplit_once('.').unwrap_or((part, "xml"));
        format!("{stem}{}{}.{extension}", self.mark, number + 1)
    }

    /// Whether sheets of the workbook are macros of Excel 4.0, which an .xlsx must not have.
    fn has_macro_sheets(&self) -> bool {
        let kinds = ["xlMacrosheet", "xlIntlMacrosheet"];
        self.links(&self.main).is_some_and(|links| kinds.iter().any(|kind| links.first_of(kind).is_some()))
    }

    /// How many pixels a character of the default font is wide: column widths count in it.
    pub(super) fn character(&self) -> f64 {
        let styles = self.styles_part.as_deref().map_or("", |part| self.text(part));
        let font = self.styles.fonts.first().and_then(|font| styles.get(font.clone())).unwrap_or("");
        let (size, name) = (font.split_once("sz val=\"").map_or("11", |(_, size)| size.split('"').next().unwrap_or("11")), font);
        let is_large = size.parse::<f64>().is_ok_and(|size| size > 10.5);
        let is_chinese = name.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
            || ["SimSun", "FangSong", "SimHei", "KaiTi", "DengXian"].iter().any(|known| name.contains(known));
        if is_chinese && is_large { 8.0 } else { 7.0 }
    }
}

/// What parts a name from a number in no name of these: a blank may itself have been filled before.
fn mark_of_copies(parts: &[Part]) -> String {
    let mut mark = "_".to_owned();
    let is_taken = |mark: &str| {
        let follows =
            |name: &str| name.match_indices(mark).any(|(at, _)| name[at + mark.len()..].starts_with(|c: char| c.is_ascii_digit()));
        parts.iter().any(|part| follows(&part.name))
    };
    while is_taken(&mark) {
        mark.push('_');
    }
    mark
}

/// The bytes of a token; a part in memory is never larger than a `usize` can say.
pub(super) fn range(range: Range<u64>) -> Range<usize> {
    let number = |at| usize::try_from(at).unwrap_or(usize::MAX);
    number(range.start)..number(range.end)
}
