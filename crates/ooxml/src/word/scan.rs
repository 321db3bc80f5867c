//! One pass over the XML of a Word document, without recursion.

use std::ops::Range;

use mingce_core::address::Column;
use mingce_core::grid::Grid;

use super::building::{Building, Keep, Start, What};
use super::look::{Control, EMPTY, FieldBox, FieldList, Look, Piece, TICKED};
use super::symbol;
use super::{Document, Holder, Placed, Table};
use crate::error::{Error, Limit};
use crate::limits::Limits;
use crate::xml::{Tag, Token, XmlReader};

/// Tables inside cells inside tables: deeper ones are left out. Word itself offers no more than a few.
const DEEPEST_TABLE: usize = 16;

/// A table weighs as much as so many cells.
const TABLE: u64 = 100;

/// Text of a document that is not there for the reader: what was deleted, second versions of a drawing, how words are
/// pronounced, and how things were set before a change.
const UNSEEN: [&str; 11] = [
    "del",
    "moveFrom",
    "Fallback",
    "rt",
    "rPrChange",
    "pPrChange",
    "tcPrChange",
    "trPrChange",
    "tblPrChange",
    "tblPrExChange",
    "sectPrChange",
];

/// Finds the tables of a Word document's main part.
///
/// `xml` is the text of the part and `part` its name for messages. Ranges count its bytes.
///
/// # Errors
/// When the XML is malformed, exceeds a limit or declares entities.
///
/// # Examples
/// ```
/// use mingce_ooxml::{Limits, word};
///
/// let xml = "<w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>姓名</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
/// let document = word::scan(xml, "word/document.xml", &Limits::default())?;
/// let cell = &document.tables[0].rows[0].cells[0];
/// assert_eq!(cell.text, "姓名");
/// assert_eq!(&xml[cell.segments[0].xml.clone()], "姓名");
/// # Ok::<(), mingce_ooxml::Error>(())
/// ```
pub fn scan(xml: &str, part: &str, limits: &Limits) -> Result<Document, Error> {
    walk(xml, part, limits, Keep::Places)
}

/// The tables of a Word document's main part, and the lines between them, as grids alone, in the order they begin.
///
/// For reading: of a document of ten thousand forms nothing is kept but their text, and where their pictures stand.
///
/// # Errors
/// As [`scan`].
pub fn grids(xml: &str, part: &str, limits: &Limits) -> Result<Vec<(Grid, Vec<Placed>)>, Error> {
    let document = walk(xml, part, limits, Keep::Grids)?;
    let mut found = document.tables;
    found.extend(document.texts);
    found.sort_by_key(|table| table.xml.start);
    Ok(found.into_iter().map(|table| (table.grid, table.pictures)).filter(|(grid, _)| !grid.is_empty()).collect())
}

fn walk(xml: &str, part: &str, limits: &Limits, keep: Keep) -> Result<Document, Error> {
    // the reader counts bytes after a byte order mark
    let mark = xml.len() - xml.trim_start_matches('\u{FEFF}').len();
    let mut reader = XmlReader::new(&xml.as_bytes()[mark..], part, limits);
    let mut scanner = Scanner::new(part, limits, keep);
    loop {
        let token = reader.next()?;
        let step = match token {
            Token::Start(tag) => scanner.classify_start(&tag),
            Token::End(tag) => KNOWN.into_iter().find(|known| *known == tag.name()).map_or(Step::Nothing, Step::End),
            Token::Text(text) => Step::Text(text.into_owned()),
            Token::Eof => break,
        };
        let range = reader.range();
        let range = at(range.start, mark)..at(range.end, mark);
        match step {
            Step::Skip => reader.skip_element()?,
            Step::Start(start) => scanner.start(start, range, xml)?,
            Step::End(name) => scanner.end(name, range)?,
            Step::Text(text) => scanner.text(&text, range, xml)?,
            Step::Nothing => {}
        }
    }
    Ok(scanner.finish(xml.len()))
}

fn at(position: u64, mark: usize) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX).saturating_add(mark)
}

/// What a token means to the scanner.
enum Step {
    Skip,
    Start(Start),
    End(&'static str),
    Text(String),
    Nothing,
}

struct Scanner<'a> {
    part: &'a str,
    limits: &'a Limits,
    keep: Keep,
    /// Elements that are open, the innermost last, by local name.
    open: Vec<&'static str>,
    body: Range<usize>,
    section: Option<Range<usize>>,
    /// Tables that are open, the innermost last.
    stack: Vec<Building>,
    done: Vec<Option<Table>>,
    texts: Vec<Table>,
    cells: u64,
    /// Content controls that are open, the innermost last.
    controls: Vec<Control>,
    /// The check box of a form field that is open.
    field_box: Option<FieldBox>,
    /// The list of a form field that is open.
    field_list: Option<FieldList>,
    /// Whether the drawing that is open, or was last, lies over the text.
    is_floating: bool,
}

/// Names the scanner keeps track of.
const KNOWN: [&str; 17] = [
    "body",
    "sectPr",
    "tbl",
    "tr",
    "tc",
    "p",
    "pPr",
    "r",
    "rPr",
    "t",
    "trHeight",
    "txbxContent",
    "sdt",
    "sdtPr",
    "checkbox",
    "checkBox",
    "ddList",
];

impl<'a> Scanner<'a> {
    fn new(part: &'a str, limits: &'a Limits, keep: Keep) -> Self {
        Self {
            part,
            limits,
            keep,
            open: Vec::new(),
            body: 0..0,
            section: None,
            stack: Vec::new(),
            done: Vec::new(),
            texts: Vec::new(),
            cells: 0,
            controls: Vec::new(),
            field_box: None,
            field_list: None,
            is_floating: false,
        }
    }

    fn classify_start(&self, tag: &Tag<'_>) -> Step {
        let name = tag.name();
        if UNSEEN.contains(&name) || (matches!(name, "tbl" | "txbxContent") && self.stack.len() >= DEEPEST_TABLE) {
            return Step::Skip;
        }
        let number = |name: &str| tag.attribute(name).and_then(|value| value.trim().parse::<f64>().ok());
        let twips = |name: &str| number(name).map(clamp_twips);
        let is_on = || tag.attribute("val").is_none_or(|value| !matches!(&*value, "0" | "false" | "off" | "none"));
        Step::Start(match name {
            "body" => Start::Body,
            "sectPr" => Start::Section,
            "tbl" => Start::Table,
            "gridCol" => Start::GridColumn(twips("w").unwrap_or(0)),
            "tr" => Start::Row,
            "gridBefore" => Start::GridBefore(clamp_columns(number("val"))),
            "trHeight" => {
                Start::Height { twips: twips("val").unwrap_or(0), exact: tag.attribute("hRule").is_some_and(|rule| rule == "exact") }
            }
            "tc" => Start::Cell,
            "gridSpan" => Start::GridSpan(clamp_columns(number("val")).max(1)),
            "vMerge" => Start::VerticalMerge { restart: tag.attribute("val").is_some_and(|value| value == "restart") },
            "hMerge" => Start::HorizontalMerge { restart: tag.attribute("val").is_some_and(|value| value == "restart") },
            "tcW" => Start::CellWidth(tag.attribute("type").filter(|kind| kind == "dxa").and_then(|_| twips("w"))),
            "p" => Start::Paragraph,
            "pPr" => Start::ParagraphProperties,
            "r" => Start::Run,
            "rPr" => Start::RunProperties,
            "t" => Start::Text,
            "br" | "cr" => Start::Glyph('\n'),
            "tab" | "ptab" => Start::Glyph('\t'),
            "noBreakHyphen" => Start::Glyph('-'),
            "sym" => {
                let value = |name| tag.attribute(name).unwrap_or_default();
                Start::Glyph(symbol::look(&value("font"), &value("char")))
            }
            "blip" => match tag.attribute("embed").or_else(|| tag.attribute("link")) {
                Some(id) => Start::Picture(id.into_owned()),
                None => return Step::Nothing,
            },
            // pictures of older programs
            "imagedata" => match tag.attribute("id") {
                Some(id) => Start::Picture(id.into_owned()),
                None => return Step::Nothing,
            },
            "anchor" => Start::Drawing { is_floating: true },
            "inline" => Start::Drawing { is_floating: false },
            "shape" => Start::Drawing { is_floating: tag.attribute("style").is_some_and(|style| style.contains("absolute")) },
            "txbxContent" => Start::TextBox,
            "sdt" => Start::Control,
            "sdtPr" => Start::ControlProperties,
            "showingPlcHdr" => Start::Placeholder(is_on()),
            "checkbox" => Start::ControlBox,
            "checkBox" => Start::FieldBox,
            "checked" => Start::BoxState { checked: true, on: is_on() },
            "default" if self.open.last() == Some(&"ddList") => Start::ListState { result: false, entry: entry(number("val")) },
            "default" => Start::BoxState { checked: false, on: is_on() },
            "ddList" => Start::FieldList,
            "result" => Start::ListState { result: true, entry: entry(number("val")) },
            "listEntry" => Start::ListEntry(tag.attribute("val").unwrap_or_default().into_owned()),
            "u" => Start::Look(Look::Underlined(tag.attribute("val").is_some_and(|value| value != "none"))),
            "vanish" => Start::Look(Look::Unseen(is_on())),
            "strike" | "dstrike" => Start::Look(Look::StruckOut(is_on())),
            "b" => Start::Look(Look::Emphasised(is_on())),
            "highlight" | "em" | "bdr" => Start::Look(Look::Emphasised(tag.attribute("val").is_some_and(|value| value != "none"))),
            "color" => Start::Look(Look::Emphasised(tag.attribute("val").is_some_and(|value| !matches!(&*value, "auto" | "000000")))),
            "shd" => {
                let is_plain = tag.attribute("fill").is_none_or(|fill| matches!(&*fill, "auto" | "FFFFFF" | "ffffff"));
                Start::Look(Look::Emphasised(!is_plain))
            }
            "rFonts" => Start::Look(Look::Font(["ascii", "hAnsi"].map(|name| tag.attribute(name).unwrap_or_default().into_owned()))),
            _ => return Step::Nothing,
        })
    }

    fn start(&mut self, start: Start, range: Range<usize>, xml: &str) -> Result<(), Error> {
        let known = match &start {
            Start::Body => "body",
            Start::Section => "sectPr",
            Start::Table => "tbl",
            Start::Row => "tr",
            Start::Cell => "tc",
            Start::Paragraph => "p",
            Start::ParagraphProperties => "pPr",
            Start::Run => "r",
            Start::RunProperties => "rPr",
            Start::Text => "t",
            Start::Height { .. } => "trHeight",
            Start::TextBox => "txbxContent",
            Start::Control => "sdt",
            Start::ControlProperties => "sdtPr",
            Start::ControlBox => "checkbox",
            Start::FieldBox => "checkBox",
            Start::FieldList => "ddList",
            _ => "",
        };
        let parent = self.open.last().copied();
        let of_run = self.open.ends_with(&["r", "rPr"]);
        if !known.is_empty() {
            self.open.push(known);
        }
        match start {
            Start::Body => self.body = range.end..range.end,
            // a section's properties inside a paragraph end a section that is not the last
            Start::Section if parent == Some("body") => self.section = Some(range),
            Start::Table => {
                self.close_lines(range.start)?;
                let around = self.stack.last().and_then(Building::open_place);
                self.done.push(None);
                self.open(What::Table(self.done.len() - 1, around), range.start)?;
            }
            Start::TextBox => self.open(What::TextBox, range.start)?,
            Start::Control => self.controls.push(Control::default()),
            Start::Placeholder(is_on) if parent == Some("sdtPr") => self.change_control(|control| control.is_placeholder = is_on),
            Start::ControlBox if parent == Some("sdtPr") => self.change_control(|control| control.ticked = Some(false)),
            Start::FieldBox => self.field_box = Some(FieldBox { start: range.start, default: false, checked: None }),
            Start::FieldList => {
                self.field_list = Some(FieldList { start: range.start, entries: Vec::new(), default: 0, result: None });
            }
            Start::ListEntry(entry) => {
                if let Some(list) = &mut self.field_list {
                    list.entries.push(entry);
                }
            }
            Start::ListState { result, entry } => {
                if let Some(list) = &mut self.field_list {
                    if result { list.result = Some(entry) } else { list.default = entry }
                }
            }
            Start::BoxState { checked: true, on } if parent == Some("checkbox") => {
                self.change_control(|control| control.ticked = Some(on));
            }
            Start::BoxState { checked, on } if parent == Some("checkBox") => {
                if let Some(field) = &mut self.field_box {
                    if checked { field.checked = Some(on) } else { field.default = on }
                }
            }
            Start::Look(look) if of_run => {
                if let Some(table) = self.stack.last_mut() {
                    table.run.take(look);
                }
            }
            Start::Paragraph => {
                if self.stack.is_empty() && self.open.contains(&"body") {
                    self.open(What::Lines, range.start)?;
                }
                if let Some(table) = self.stack.last_mut() {
                    table.start_paragraph(range, xml, self.limits, self.part, &mut self.cells)?;
                }
            }
            Start::Glyph(glyph) if parent == Some("r") => {
                let control = self.controls.last().copied().unwrap_or_default();
                if let Some(table) = self.stack.last_mut() {
                    let mut sign = [0; 4];
                    // a tab stop of the paragraph's properties is no tab
                    let piece = Piece { text: glyph.encode_utf8(&mut sign), xml: range, holder: Holder::Element };
                    table.take_piece(piece, control, self.limits, self.part)?;
                }
            }
            Start::Drawing { is_floating } => self.is_floating = is_floating,
            Start::Picture(link) => {
                if let Some(table) = self.stack.last_mut() {
                    table.add_picture(link, self.is_floating);
                }
            }
            other => {
                if let Some(table) = self.stack.last_mut() {
                    return table.start(other, parent, range, self.limits, self.part, &mut self.cells);
                }
            }
        }
        Ok(())
    }

    fn change_control(&mut self, change: impl FnOnce(&mut Control)) {
        if let Some(control) = self.controls.last_mut() {
            change(control);
        }
    }

    /// Ends the lines of the body that are open, because a table begins or the body ends.
    fn close_lines(&mut self, end: usize) -> Result<(), Error> {
        if let Some(lines) = self.stack.pop_if(|last| last.what == What::Lines) {
            self.texts.push(lines.finish(end, self.part)?);
        }
        Ok(())
    }

    fn open(&mut self, what: What, start: usize) -> Result<(), Error> {
        self.cells += TABLE;
        if self.cells > self.limits.cells {
            return Err(Error::limit(Limit::Cells, Some(self.part), self.limits.cells));
        }
        self.stack.push(Building::new(what, start, self.keep));
        Ok(())
    }

    fn end(&mut self, name: &'static str, range: Range<usize>) -> Result<(), Error> {
        if self.open.last() != Some(&name) {
            return Ok(());
        }
        self.open.pop();
        match name {
            "body" => {
                self.body.end = range.start;
                self.close_lines(range.start)?;
            }
            "sdt" => _ = self.controls.pop(),
            "checkBox" => return self.close_field_box(range.end),
            "ddList" => return self.close_field_list(range.end),
            "sectPr" if self.open.last() == Some(&"body") => {
                if let Some(section) = &mut self.section {
                    section.end = range.end.max(section.end);
                }
            }
            "tbl" => {
                if let Some(table) = self.stack.pop_if(|last| matches!(last.what, What::Table(..)))
                    && let What::Table(index, _) = table.what
                {
                    self.done[index] = Some(table.finish(range.end, self.part)?);
                }
            }
            "txbxContent" => {
                if let Some(mut lines) = self.stack.pop_if(|last| last.what == What::TextBox) {
                    // a text box is often no more than the frame of a picture
                    if let Some(around) = self.stack.last_mut() {
                        std::mem::take(&mut lines.pictures).into_iter().for_each(|picture| around.add_picture(picture.link, true));
                    }
                    self.texts.push(lines.finish(range.end, self.part)?);
                }
            }
            _ => {
                let parent = self.open.last().copied();
                if let Some(table) = self.stack.last_mut() {
                    return table.end(name, parent, &range, self.part);
                }
            }
        }
        Ok(())
    }

    /// The check box of a form field, with its state.
    fn close_field_box(&mut self, end: usize) -> Result<(), Error> {
        let (Some(field), Some(table)) = (self.field_box.take(), self.stack.last_mut()) else { return Ok(()) };
        let sign = if field.checked.unwrap_or(field.default) { TICKED } else { EMPTY };
        table.push(Piece { text: sign, xml: field.start..end, holder: Holder::State }, self.limits, self.part)
    }

    /// The list of a form field, with the entry it shows.
    fn close_field_list(&mut self, end: usize) -> Result<(), Error> {
        let (Some(list), Some(table)) = (self.field_list.take(), self.stack.last_mut()) else { return Ok(()) };
        table.push(Piece { text: list.shown(), xml: list.start..end, holder: Holder::List }, self.limits, self.part)
    }

    fn text(&mut self, text: &str, range: Range<usize>, xml: &str) -> Result<(), Error> {
        let control = self.controls.last().copied().unwrap_or_default();
        let Some(table) = self.stack.last_mut().filter(|table| table.in_text && !text.is_empty()) else { return Ok(()) };
        let holder = if xml.get(range.clone()) == Some(text) { Holder::Plain } else { Holder::Reference };
        table.take_piece(Piece { text, xml: range, holder }, control, self.limits, self.part)
    }

    fn finish(mut self, length: usize) -> Document {
        self.texts.sort_by_key(|text| text.xml.start);
        let end = self.body.end.clamp(self.body.start, length);
        let section = self.section.unwrap_or(end..end);
        Document {
            body: self.body.start..section.start.min(end),
            section,
            tables: self.done.into_iter().flatten().collect(),
            texts: self.texts,
        }
    }
}

/// A length in twentieths of a point; Word's longest is 31,680.
fn clamp_twips(value: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    let twips = value.clamp(0.0, 1_000_000.0) as u32;
    twips
}

/// The place of an entry in a list; Word's lists have no more than 25.
fn entry(value: Option<f64>) -> usize {
    usize::from(clamp_columns(value))
}

/// A number of columns; none where the file gives no number.
fn clamp_columns(value: Option<f64>) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    let columns = value.unwrap_or(0.0).clamp(0.0, f64::from(Column::LAST.number())) as u16;
    columns
}

#[cfg(test)]
mod tests;
