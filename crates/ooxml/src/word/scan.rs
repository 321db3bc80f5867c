//! One pass over the XML of a Word document, without recursion.

use std::ops::Range;

use mingce_core::grid::Grid;

use super::building::{Building, Keep, What};
use super::element::{self, Start};
use super::equation::Instruction;
use super::field::FormFields;
use super::look::{Control, Emphasis, Look, Piece};
use super::styles::Styles;
use super::{Document, Holder, Placed, Table};
use crate::error::{Error, Limit};
use crate::limits::Limits;
use crate::xml::{Tag, Token, XmlReader};

/// Tables inside cells inside tables: deeper ones are left out. Word itself offers no more than a few.
const DEEPEST_TABLE: usize = 16;

/// A table weighs as much as so many cells.
const TABLE: u64 = 100;

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
    let mut scanner = Scanner::new(part, limits, Keep::Places);
    walk(xml, &mut scanner)?;
    Ok(scanner.finish(xml.len()))
}

/// The tables of a Word document's main part, and the lines between them, as grids alone, in the order they begin.
///
/// For reading: of a document of ten thousand forms nothing is kept but their text, and where their pictures stand. Where the XML
/// breaks off, what had ended before is there, and nothing of the table or the lines that it breaks off in: half a form would be a
/// person without the other half of the answers.
///
/// # Errors
/// When the XML exceeds a limit or declares entities.
pub fn grids(xml: &str, part: &str, limits: &Limits) -> Result<Grids, Error> {
    grids_in(xml, part, &Styles::default(), limits)
}

/// The same of a document whose runs and paragraphs are set by these styles, too.
///
/// # Errors
/// When the XML exceeds a limit or declares entities.
pub fn grids_in(xml: &str, part: &str, styles: &Styles, limits: &Limits) -> Result<Grids, Error> {
    let mut scanner = Scanner { styles: Some(styles), ..Scanner::new(part, limits, Keep::Grids) };
    let broken = match walk(xml, &mut scanner) {
        Ok(()) => None,
        Err(error @ (Error::MalformedXml { .. } | Error::DamagedPart { .. })) => Some(error),
        Err(error) => return Err(error),
    };
    let end = scanner.stack.first().map_or(xml.len(), |open| open.start);
    let document = scanner.finish(xml.len());
    let mut found = document.tables;
    found.extend(document.texts);
    found.retain(|table| broken.is_none() || table.xml.start < end);
    found.sort_by_key(|table| table.xml.start);
    let grids = found.into_iter().map(|table| (table.grid, table.pictures)).filter(|(grid, _)| !grid.is_empty()).collect();
    Ok(Grids { grids, broken })
}

/// The tables of a document as grids.
#[derive(Debug)]
pub struct Grids {
    /// Each with its pictures.
    pub grids: Vec<(Grid, Vec<Placed>)>,
    /// Why the document breaks off behind them, if it does.
    pub broken: Option<Error>,
}

fn walk(xml: &str, scanner: &mut Scanner<'_>) -> Result<(), Error> {
    // the reader counts bytes after a byte order mark
    let mark = xml.len() - xml.trim_start_matches('\u{FEFF}').len();
    let mut reader = XmlReader::new(&xml.as_bytes()[mark..], scanner.part, scanner.limits);
    loop {
        let token = reader.next()?;
        let step = match token {
            Token::Start(tag) => scanner.classify_start(&tag),
            Token::End(tag) => element::known(tag.name()).map_or(Step::Nothing, Step::End),
            Token::Text(text) => Step::Text(text.into_owned()),
            Token::Eof => return Ok(()),
        };
        let range = reader.range();
        let range = at(range.start, mark)..at(range.end, mark);
        match step {
            Step::Skip => reader.skip_element()?,
            Step::Start(known, start) => scanner.start(known, start, range, xml)?,
            Step::End(name) => scanner.end(name, range)?,
            Step::Text(text) => scanner.text(&text, range, xml)?,
            Step::Nothing => {}
        }
    }
}

fn at(position: u64, mark: usize) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX).saturating_add(mark)
}

/// What a token means to the scanner.
enum Step {
    Skip,
    /// The element's name, if it is kept track of while it is open.
    Start(Option<&'static str>, Start),
    End(&'static str),
    Text(String),
    Nothing,
}

struct Scanner<'a> {
    part: &'a str,
    limits: &'a Limits,
    keep: Keep,
    /// The document's styles, where they matter.
    styles: Option<&'a Styles>,
    /// Elements that are open, the innermost last, by local name.
    open: Vec<&'static str>,
    body: Range<usize>,
    section: Option<Range<usize>>,
    /// Tables that are open, the innermost last.
    stack: Vec<Building>,
    done: Vec<Option<Table>>,
    texts: Vec<Table>,
    cells: u64,
    /// Page breaks so far.
    pages: u32,
    /// Content controls that are open, the innermost last.
    controls: Vec<Control>,
    /// Form fields that are open.
    fields: FormFields,
    /// The instruction of the field that is open.
    instruction: Instruction,
    /// Whether the drawing that is open, or was last, lies over the text.
    is_floating: bool,
}

impl<'a> Scanner<'a> {
    fn new(part: &'a str, limits: &'a Limits, keep: Keep) -> Self {
        Self {
            part,
            limits,
            keep,
            styles: None,
            open: Vec::new(),
            body: 0..0,
            section: None,
            stack: Vec::new(),
            done: Vec::new(),
            texts: Vec::new(),
            cells: 0,
            pages: 0,
            controls: Vec::new(),
            fields: FormFields::default(),
            instruction: Instruction::default(),
            is_floating: false,
        }
    }

    fn classify_start(&self, tag: &Tag<'_>) -> Step {
        let name = tag.name();
        // in the properties of a row it says that the row is deleted
        if name == "del" && self.open.last() == Some(&"tr") {
            return Step::Start(None, Start::DeletedRow);
        }
        if element::is_unseen(name) || (matches!(name, "tbl" | "txbxContent") && self.stack.len() >= DEEPEST_TABLE) {
            return Step::Skip;
        }
        Start::of(tag, self.open.last().copied()).map_or(Step::Nothing, |start| Step::Start(element::known(name), start))
    }

    fn start(&mut self, known: Option<&'static str>, start: Start, range: Range<usize>, xml: &str) -> Result<(), Error> {
        let parent = self.open.last().copied();
        let of_run = self.open.ends_with(&["r", "rPr"]);
        self.open.extend(known);
        match start {
            Start::Body => self.body = range.end..range.end,
            // a section's properties inside a paragraph end a section that is not the last
            Start::Section if parent == Some("body") => self.section = Some(range),
            Start::Section if parent == Some("pPr") => self.begin_page(1),
            Start::PageBreak { in_run } => {
                self.begin_page(0);
                if in_run {
                    return self.start_in_table(Start::Glyph('\n'), parent, of_run, range);
                }
            }
            Start::Table => return self.open_table(range.start),
            Start::TextBox => return self.open(What::TextBox, range.start),
            Start::Paragraph => return self.open_paragraph(range, xml),
            Start::Control => self.controls.push(Control::default()),
            Start::Placeholder(is_on) if parent == Some("sdtPr") => self.change_control(|control| control.is_placeholder = is_on),
            Start::ControlBox if parent == Some("sdtPr") => self.change_control(|control| control.ticked = Some(false)),
            Start::BoxState { checked: true, on } if parent == Some("checkbox") => {
                self.change_control(|control| control.ticked = Some(on));
            }
            Start::BoxState { .. } if parent != Some("checkBox") => {}
            Start::FieldBox | Start::FieldList | Start::ListEntry(_) | Start::ListState { .. } | Start::BoxState { .. } => {
                self.fields.start(start, range.start);
            }
            Start::Instruction => {}
            Start::FieldEdge { begins: true } => self.instruction.begin(),
            Start::FieldEdge { begins: false } => return self.close_instruction(range),
            Start::Drawing { is_floating } => self.is_floating = is_floating,
            other => return self.start_in_table(other, parent, of_run, range),
        }
        Ok(())
    }

    /// Notes that a page begins so many lines below this one.
    fn begin_page(&mut self, below: u32) {
        self.pages = self.pages.saturating_add(1);
        if let Some(lines) = self.stack.last_mut().filter(|last| last.what == What::Lines) {
            lines.begin_page(below);
        }
    }

    /// What belongs to the innermost table or stretch of lines, where one is open.
    fn start_in_table(&mut self, start: Start, parent: Option<&'static str>, of_run: bool, range: Range<usize>) -> Result<(), Error> {
        let Some(table) = self.stack.last_mut() else { return Ok(()) };
        match start {
            Start::Look(look) if of_run => table.run.take(look),
            Start::Style { of_run: is_of_run, id } if is_of_run == of_run => {
                let look = if of_run { &mut table.run } else { &mut table.paragraph_look };
                look.take_style(self.styles.map_or(&[], |styles| styles.looks(&id)));
            }
            // a tab stop of the paragraph's properties is no tab
            Start::Glyph(glyph) if parent == Some("r") => {
                let control = self.controls.last().copied().unwrap_or_default();
                let mut sign = [0; 4];
                let piece = Piece { text: glyph.encode_utf8(&mut sign), xml: range, holder: Holder::Element };
                table.take_piece(piece, control, self.limits, self.part)?;
            }
            Start::Picture(link) => table.add_picture(link, self.is_floating),
            Start::Cell => table.open_cell(range, self.limits, self.part, &mut self.cells)?,
            other => table.start(other, parent, range),
        }
        Ok(())
    }

    fn open_table(&mut self, start: usize) -> Result<(), Error> {
        self.close_lines(start)?;
        let around = self.stack.last().and_then(Building::open_place);
        self.done.push(None);
        self.open(What::Table(self.done.len() - 1, around), start)
    }

    fn open_paragraph(&mut self, range: Range<usize>, xml: &str) -> Result<(), Error> {
        if self.stack.is_empty() && self.open.contains(&"body") {
            self.open(What::Lines, range.start)?;
        }
        match self.stack.last_mut() {
            Some(table) => table.start_paragraph(range, xml, self.limits, self.part, &mut self.cells),
            None => Ok(()),
        }
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
        self.stack.push(Building::new(what, start, self.pages, self.keep));
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
            "checkBox" | "ddList" => return self.close_field(name, range.end),
            "sectPr" if self.open.last() == Some(&"body") => {
                if let Some(section) = &mut self.section {
                    section.end = range.end.max(section.end);
                }
            }
            "tbl" => return self.close_table(range.end),
            "txbxContent" => return self.close_text_box(range.end),
            _ => {
                if name == "tc" {
                    self.take_boxed();
                }
                let parent = self.open.last().copied();
                if let Some(table) = self.stack.last_mut() {
                    return table.end(name, parent, &range, self.part);
                }
            }
        }
        Ok(())
    }

    fn close_table(&mut self, end: usize) -> Result<(), Error> {
        if let Some(table) = self.stack.pop_if(|last| matches!(last.what, What::Table(..)))
            && let What::Table(index, _) = table.what
        {
            self.done[index] = Some(table.finish(end, self.part)?);
        }
        Ok(())
    }

    fn close_text_box(&mut self, end: usize) -> Result<(), Error> {
        let Some(mut lines) = self.stack.pop_if(|last| last.what == What::TextBox) else { return Ok(()) };
        // a text box is often no more than the frame of a picture
        if let Some(around) = self.stack.last_mut() {
            std::mem::take(&mut lines.pictures).into_iter().for_each(|picture| around.add_picture(picture.link, true));
            around.boxed.push(self.texts.len());
        }
        self.texts.push(lines.finish(end, self.part)?);
        Ok(())
    }

    /// Puts what stands in text boxes into the cell they lie in, where nothing else does: somebody drew the answer there. More than
    /// an answer stays apart, and so does what a blank holds that is to be filled.
    fn take_boxed(&mut self) {
        const MOST_LINES: usize = 2;
        let Some(table) = self.stack.last_mut().filter(|_| self.keep == Keep::Grids) else { return };
        let boxed = std::mem::take(&mut table.boxed);
        let texts = &self.texts;
        let lines = boxed.iter().filter_map(|at| texts.get(*at)).flat_map(|text| text.grid.rows());
        let lines: Vec<String> = lines.flat_map(|row| row.cells().map(|cell| cell.text.trim().to_owned()).collect::<Vec<_>>()).collect();
        let is_answer = !lines.is_empty() && lines.len() <= MOST_LINES && lines.iter().all(|line| !line.contains(['：', ':', '\t']));
        if is_answer && table.fill(&lines.join("\n")) {
            boxed.into_iter().rev().for_each(|at| drop(self.texts.remove(at)));
        }
    }

    /// Ends a form field, which stands in the text by its sign or the entry it shows.
    fn close_field(&mut self, name: &str, end: usize) -> Result<(), Error> {
        let check_box = if name == "checkBox" { self.fields.close_check_box(end) } else { None };
        let list = if name == "ddList" { self.fields.close_list(end) } else { None };
        let Some(table) = self.stack.last_mut() else { return Ok(()) };
        if let Some((text, xml)) = check_box {
            table.push(Piece { text, xml, holder: Holder::State }, self.limits, self.part)?;
        }
        if let Some((text, xml)) = list {
            table.push(Piece { text: &text, xml, holder: Holder::List }, self.limits, self.part)?;
        }
        Ok(())
    }

    /// What a field of characters over each other shows; a blank that is to be filled keeps the field.
    fn close_instruction(&mut self, xml: Range<usize>) -> Result<(), Error> {
        let shown = self.instruction.end().filter(|_| self.keep == Keep::Grids);
        let (Some(shown), Some(table)) = (shown, self.stack.last_mut()) else { return Ok(()) };
        let run = table.run.clone();
        table.run.take(Look::Emphasised(Emphasis::Dotted, shown.is_ringed));
        let pushed = table.push(Piece { text: &shown.text, xml, holder: Holder::Reference }, self.limits, self.part);
        table.run = run;
        pushed
    }

    fn text(&mut self, text: &str, range: Range<usize>, xml: &str) -> Result<(), Error> {
        if self.open.last() == Some(&"instrText") {
            self.instruction.take(text);
            return Ok(());
        }
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

#[cfg(test)]
mod tests;
