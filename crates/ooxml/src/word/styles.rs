//! Styles of a Word document, as far as they set words apart: a choice may be made by one.

use std::collections::BTreeMap;

use super::element;
use super::look::Look;
use crate::error::Error;
use crate::limits::Limits;
use crate::xml::{Token, XmlReader};

/// Styles that are based on each other, at most so many in a row; Word has no more than ten.
const DEEPEST: usize = 16;

/// What the styles of a document do to the words that are set in them.
#[derive(Debug, Clone, Default)]
pub struct Styles {
    looks: BTreeMap<String, Vec<Look>>,
}

/// One style as the part has it.
#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    looks: Vec<Look>,
}

impl Styles {
    /// The styles of the part `word/styles.xml`.
    ///
    /// # Errors
    /// When the XML is malformed, exceeds a limit or declares entities.
    pub fn read(xml: &str, part: &str, limits: &Limits) -> Result<Self, Error> {
        let styles = scan(xml, part, limits)?;
        let looks = styles.keys().map(|id| (id.clone(), inherited(&styles, id))).filter(|(_, looks)| !looks.is_empty()).collect();
        Ok(Self { looks })
    }

    /// How this style sets words, the properties of what it is based on first.
    pub(super) fn looks(&self, id: &str) -> &[Look] {
        self.looks.get(id).map_or(&[], Vec::as_slice)
    }
}

/// The styles of runs and paragraphs by their names in the document.
fn scan(xml: &str, part: &str, limits: &Limits) -> Result<BTreeMap<String, Style>, Error> {
    let mut reader = XmlReader::new(xml.trim_start_matches('\u{FEFF}').as_bytes(), part, limits);
    let mut styles: BTreeMap<String, Style> = BTreeMap::new();
    let mut open: Option<(String, Style)> = None;
    let mut in_runs = false;
    loop {
        match reader.next()? {
            Token::Start(tag) => match (tag.name(), &mut open) {
                ("style", _) => {
                    let is_of_words = tag.attribute("type").is_some_and(|kind| matches!(&*kind, "character" | "paragraph"));
                    // what no style is named in is set in the default one, and that sets nothing apart
                    let is_default = tag.attribute("default").is_some_and(|value| matches!(&*value, "1" | "true" | "on"));
                    let id = tag.attribute("styleId").filter(|_| is_of_words && !is_default);
                    open = id.map(|id| (id.into_owned(), Style::default()));
                }
                ("basedOn", Some((_, style))) => style.based_on = tag.attribute("val").map(std::borrow::Cow::into_owned),
                ("rPr", Some(_)) => in_runs = true,
                (_, Some((_, style))) if in_runs => style.looks.extend(element::look_of(&tag).filter(sets_apart)),
                _ => {}
            },
            Token::End(tag) => match tag.name() {
                "rPr" => in_runs = false,
                "style" => styles.extend(open.take()),
                _ => {}
            },
            Token::Text(_) => {}
            Token::Eof => return Ok(styles),
        }
    }
}

/// Whether the property says more than in which letters words are set.
fn sets_apart(look: &Look) -> bool {
    match look {
        Look::Unseen(_) | Look::StruckOut(_) | Look::Underlined(_) | Look::Emphasised(..) => true,
        Look::Font(_) => false,
    }
}

/// What a style says after those that it is based on.
fn inherited(styles: &BTreeMap<String, Style>, id: &str) -> Vec<Look> {
    let own = std::iter::successors(styles.get(id), |style| styles.get(style.based_on.as_deref()?));
    let chain: Vec<&Style> = own.take(DEEPEST).collect();
    chain.into_iter().rev().flat_map(|style| style.looks.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::grids_in;

    #[test]
    fn a_style_sets_words_apart_as_their_own_properties_do() {
        let styles = r#"<w:styles><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:rPr><w:b/></w:rPr></w:style>
            <w:style w:type="character" w:styleId="base"><w:rPr><w:u w:val="single"/></w:rPr></w:style>
            <w:style w:type="character" w:styleId="chosen"><w:basedOn w:val="base"/><w:rPr><w:highlight w:val="yellow"/></w:rPr></w:style>
            <w:style w:type="character" w:styleId="slanted"><w:rPr><w:i/></w:rPr></w:style>
            <w:style w:type="character" w:styleId="plain"><w:basedOn w:val="slanted"/><w:rPr><w:i w:val="0"/></w:rPr></w:style>
            <w:style w:type="character" w:styleId="gone"><w:rPr><w:strike/></w:rPr></w:style>
            <w:style w:type="paragraph" w:styleId="line"><w:pPr><w:rPr/></w:pPr><w:rPr><w:color w:val="FF0000"/></w:rPr></w:style></w:styles>"#;
        let run = |style: &str, text: &str| format!(r#"<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:t>{text}</w:t></w:r>"#);
        let body = format!(
            r#"<w:document><w:body><w:tbl><w:tr><w:tc><w:p>{}{}{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val="line"/></w:pPr><w:r><w:t>丁</w:t></w:r></w:p></w:tc>
            <w:tc><w:tcPr><w:shd w:fill="FFFF00"/></w:tcPr><w:p><w:r><w:t>戊</w:t></w:r></w:p></w:tc>
            <w:tc><w:tcPr><w:shd w:fill="D9D9D9"/></w:tcPr><w:p><w:r><w:t>己</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#,
            run("chosen", "甲"),
            run("gone", "乙"),
            run("a", "丙"),
            run("slanted", "庚"),
            run("plain", "辛"),
        );
        let limits = Limits::default();
        let styles = Styles::read(styles, "word/styles.xml", &limits).expect("good XML");
        let found = grids_in(&body, "word/document.xml", &styles, &limits).expect("good XML");
        let grid = &found.grids[0].0;
        let at = |cell: &str| cell.parse().expect("an address");
        let said = |parts: Vec<std::ops::Range<usize>>| parts.iter().map(|part| format!("{part:?}")).collect::<Vec<_>>().join(" ");
        let parts = |cell: &str| said(grid.emphasised_at(at(cell)).collect());
        assert_eq!(grid.cell(at("A1")).map(|cell| cell.text), Some("甲丙庚辛\n丁"));
        assert_eq!(said(grid.underlined_at(at("A1")).collect()), "0..3");
        assert_eq!([parts("A1"), parts("B1"), parts("C1")], ["0..3 6..9 13..16", "0..3", ""]);
        assert_eq!(grid.struck_at(at("A1")).iter().map(|struck| struck.words.as_str()).collect::<Vec<_>>(), ["乙"]);
    }
}
