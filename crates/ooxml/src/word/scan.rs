//! One pass over the XML of a Word document, without recursion.

use std::ops::Range;

use mingce_core::address::{Address, Column};
use mingce_core::grid::{Grid, Kind, Origin};

use super::look::{Control, EMPTY, FieldBox, Look, Piece, RunLook, TICKED};
use super::merge::{last_column, merges};
use super::symbol;
use super::{Cell, Document, Height, Holder, Paragraph, Row, Segment, Table};
use crate::error::{Error, Limit};
use crate::limits::Limits;
use crate::xml::{Tag, Token, XmlReader};

/// Tables inside cells inside tables: deeper ones are left out. Word itself offers no more than a few.
const DEEPEST_TABLE: usize = 16;

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
    // the reader counts bytes after a byte order mark
    let mark = xml.len() - xml.trim_start_matches('\u{FEFF}').len();
    let mut reader = XmlReader::new(&xml.as_bytes()[mark..], part, limits);
    let mut scanner = Scanner::new(part, limits);
    loop {
        let token = reader.next()?;
        let step = match token {
            Token::Start(tag) => scanner.classify_start(&tag),
            Token::End(tag) => Step::End(tag.name().to_owned()),
            Token::Text(text) => Step::Text(text.into_owned()),
            Token::Eof => break,
        };
        let range = reader.range();
        let range = at(range.start, mark)..at(range.end, mark);
        match step {
            Step::Skip => reader.skip_element()?,
            Step::Start(start) => scanner.start(start, range, xml)?,
            Step::End(name) => scanner.end(&name, range)?,
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
    End(String),
    Text(String),
    Nothing,
}

/// The elements the scanner looks at, with what their attributes say.
enum Start {
    Body,
    Section,
    Table,
    GridColumn(u32),
    Row,
    GridBefore(u16),
    Height { twips: u32, exact: bool },
    Cell,
    GridSpan(u16),
    VerticalMerge { restart: bool },
    CellWidth(Option<u32>),
    Paragraph,
    ParagraphProperties,
    Run,
    RunProperties,
    Text,
    Glyph(char),
    Picture(String),
    TextBox,
    Control,
    ControlProperties,
    Placeholder(bool),
    ControlBox,
    FieldBox,
    BoxState { checked: bool, on: bool },
    Look(Look),
}

struct Scanner<'a> {
    part: &'a str,
    limits: &'a Limits,
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
}

/// A table that is open.
struct Building {
    what: What,
    start: usize,
    widths: Vec<u32>,
    rows: Vec<Row>,
    pictures: Vec<(Address, String)>,
    next_column: u16,
    cell: Option<Cell>,
    paragraph: Option<OpenParagraph>,
    in_text: bool,
    run: RunLook,
}

/// What is being built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// The table of this place among all tables.
    Table(usize),
    /// Lines of the body between two tables.
    Lines,
    /// Lines of a text box.
    TextBox,
}

struct OpenParagraph {
    paragraph: Paragraph,
    self_closing: bool,
}

/// Names the scanner keeps track of.
const KNOWN: [&str; 16] =
    ["body", "sectPr", "tbl", "tr", "tc", "p", "pPr", "r", "rPr", "t", "trHeight", "txbxContent", "sdt", "sdtPr", "checkbox", "checkBox"];

impl<'a> Scanner<'a> {
    fn new(part: &'a str, limits: &'a Limits) -> Self {
        Self {
            part,
            limits,
            open: Vec::new(),
            body: 0..0,
            section: None,
            stack: Vec::new(),
            done: Vec::new(),
            texts: Vec::new(),
            cells: 0,
            controls: Vec::new(),
            field_box: None,
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
            "blip" => match tag.attribute("embed") {
                Some(id) => Start::Picture(id.into_owned()),
                None => return Step::Nothing,
            },
            "txbxContent" => Start::TextBox,
            "sdt" => Start::Control,
            "sdtPr" => Start::ControlProperties,
            "showingPlcHdr" => Start::Placeholder(is_on()),
            "checkbox" => Start::ControlBox,
            "checkBox" => Start::FieldBox,
            "checked" => Start::BoxState { checked: true, on: is_on() },
            "default" => Start::BoxState { checked: false, on: is_on() },
            "u" => Start::Look(Look::Underlined(tag.attribute("val").is_some_and(|value| value != "none"))),
            // what is struck out was taken back, as what is hidden
            "strike" | "dstrike" | "vanish" => Start::Look(Look::Unseen(is_on())),
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
                self.done.push(None);
                self.open(What::Table(self.done.len() - 1), range.start);
            }
            Start::TextBox => self.open(What::TextBox, range.start),
            Start::Control => self.controls.push(Control::default()),
            Start::Placeholder(is_on) if parent == Some("sdtPr") => self.change_control(|control| control.is_placeholder = is_on),
            Start::ControlBox if parent == Some("sdtPr") => self.change_control(|control| control.ticked = Some(false)),
            Start::FieldBox => self.field_box = Some(FieldBox { start: range.start, default: false, checked: None }),
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
                    self.open(What::Lines, range.start);
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

    fn open(&mut self, what: What, start: usize) {
        self.stack.push(Building {
            what,
            start,
            widths: Vec::new(),
            rows: Vec::new(),
            pictures: Vec::new(),
            next_column: 1,
            cell: None,
            paragraph: None,
            in_text: false,
            run: RunLook::default(),
        });
    }

    fn end(&mut self, name: &str, range: Range<usize>) -> Result<(), Error> {
        if !KNOWN.contains(&name) || self.open.last() != Some(&name) {
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
            "sectPr" if self.open.last() == Some(&"body") => {
                if let Some(section) = &mut self.section {
                    section.end = range.end.max(section.end);
                }
            }
            "tbl" => {
                if let Some(table) = self.stack.pop_if(|last| matches!(last.what, What::Table(_)))
                    && let What::Table(index) = table.what
                {
                    self.done[index] = Some(table.finish(range.end, self.part)?);
                }
            }
            "txbxContent" => {
                if let Some(lines) = self.stack.pop_if(|last| last.what == What::TextBox) {
                    self.texts.push(lines.finish(range.end, self.part)?);
                }
            }
            _ => {
                let parent = self.open.last().copied();
                if let Some(table) = self.stack.last_mut() {
                    table.end(name, parent, &range);
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

impl Building {
    #[expect(clippy::too_many_arguments, reason = "what a table needs of the scan around it")]
    fn start(
        &mut self,
        start: Start,
        parent: Option<&'static str>,
        range: Range<usize>,
        limits: &Limits,
        part: &str,
        cells: &mut u64,
    ) -> Result<(), Error> {
        match start {
            Start::GridColumn(width) if self.widths.len() < usize::from(Column::LAST.number()) => self.widths.push(width),
            Start::Row => {
                self.rows.push(Row { xml: range, ..Row::default() });
                self.next_column = 1;
            }
            Start::GridBefore(columns) => self.next_column = self.next_column.saturating_add(columns),
            Start::Height { twips, exact } => {
                if let Some(row) = self.rows.last_mut() {
                    row.height = Some(Height { xml: range, twips, exact });
                }
            }
            Start::Cell => self.open_cell(range, limits, part, cells)?,
            Start::GridSpan(columns) => {
                if let Some(cell) = &mut self.cell {
                    cell.columns = columns;
                }
            }
            Start::VerticalMerge { restart } => {
                if let Some(cell) = &mut self.cell {
                    cell.is_continued = !restart;
                }
            }
            Start::CellWidth(width) => {
                if let Some(cell) = &mut self.cell {
                    cell.width = width;
                }
            }
            Start::ParagraphProperties if parent == Some("p") => {
                if let Some(open) = &mut self.paragraph {
                    open.paragraph.properties = range;
                }
            }
            Start::Run => {
                self.run = RunLook::default();
                if let Some(open) = &mut self.paragraph {
                    open.paragraph.runs.push(range.end..range.end);
                }
            }
            Start::RunProperties => {
                if let Some(open) = &mut self.paragraph {
                    match parent {
                        Some("pPr") => open.paragraph.mark = Some(range),
                        Some("r") => {
                            if let Some(run) = open.paragraph.runs.last_mut() {
                                *run = range;
                            }
                        }
                        _ => {}
                    }
                }
            }
            Start::Text => self.in_text = parent == Some("r"),
            Start::Picture(id) => {
                if let Some(cell) = &self.cell {
                    self.pictures.push((cell.at, id));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Opens a paragraph; outside of tables each is a row of its own.
    fn start_paragraph(&mut self, range: Range<usize>, xml: &str, limits: &Limits, part: &str, cells: &mut u64) -> Result<(), Error> {
        let is_empty = xml.get(range.clone()).is_some_and(|tag| tag.ends_with("/>"));
        if !matches!(self.what, What::Table(_)) {
            self.rows.push(Row { xml: range.clone(), ..Row::default() });
            self.next_column = 1;
            self.open_cell(range.clone(), limits, part, cells)?;
        }
        self.open_paragraph(range, is_empty);
        Ok(())
    }

    fn open_cell(&mut self, xml: Range<usize>, limits: &Limits, part: &str, cells: &mut u64) -> Result<(), Error> {
        *cells += 1;
        if *cells > limits.cells {
            return Err(Error::limit(Limit::Cells, Some(part), limits.cells));
        }
        if self.rows.is_empty() {
            self.rows.push(Row { xml: xml.clone(), ..Row::default() });
        }
        let at = u32::try_from(self.rows.len()).ok().and_then(|row| Address::new(row, self.next_column)).ok_or_else(|| {
            let rows = self.rows.len() as u64 > u64::from(Address::LAST_ROW);
            if rows {
                Error::limit(Limit::Rows, Some(part), u64::from(Address::LAST_ROW))
            } else {
                Error::limit(Limit::Columns, Some(part), u64::from(Column::LAST.number()))
            }
        })?;
        self.cell = Some(Cell {
            at,
            columns: 1,
            is_continued: false,
            width: None,
            xml,
            text: String::new(),
            paragraphs: Vec::new(),
            segments: Vec::new(),
            underlined: Vec::new(),
        });
        Ok(())
    }

    fn open_paragraph(&mut self, range: Range<usize>, self_closing: bool) {
        let Some(cell) = &mut self.cell else { return };
        if !cell.paragraphs.is_empty() {
            cell.text.push('\n');
        }
        let start = cell.text.len();
        let inside = range.end;
        self.paragraph = Some(OpenParagraph {
            paragraph: Paragraph {
                xml: range,
                text: start..start,
                properties: inside..inside,
                mark: None,
                end: (!self_closing).then_some(inside),
                runs: Vec::new(),
            },
            self_closing,
        });
    }

    /// Takes a piece of text as it is seen: not what is hidden, a box by its state, a letter of a picture font as what it shows.
    fn take_piece(&mut self, piece: Piece<'_>, control: Control, limits: &Limits, part: &str) -> Result<(), Error> {
        if self.run.is_unseen {
            return Ok(());
        }
        if control.is_placeholder {
            return self.push(Piece { text: "", holder: Holder::Placeholder, ..piece }, limits, part);
        }
        // an element stays one, and text of which nothing can be replaced by itself is as a reference
        let whole = if piece.holder == Holder::Element { Holder::Element } else { Holder::Reference };
        if let Some(is_ticked) = control.ticked.filter(|_| !piece.text.trim().is_empty()) {
            let sign = if is_ticked { TICKED } else { EMPTY };
            return self.push(Piece { text: sign, holder: whole, ..piece }, limits, part);
        }
        match symbol::shown(&self.run.font, piece.text) {
            Some(shown) => self.push(Piece { text: &shown, holder: whole, ..piece }, limits, part),
            None => self.push(piece, limits, part),
        }
    }

    fn push(&mut self, piece: Piece<'_>, limits: &Limits, part: &str) -> Result<(), Error> {
        let (Some(cell), Some(open)) = (&mut self.cell, &self.paragraph) else { return Ok(()) };
        let start = cell.text.len();
        if (start + piece.text.len()) as u64 > limits.cell {
            return Err(Error::limit(Limit::Cell, Some(part), limits.cell));
        }
        cell.text.push_str(piece.text);
        let text = start..cell.text.len();
        if self.run.is_underlined && !text.is_empty() {
            match cell.underlined.last_mut() {
                Some(last) if last.end == start => last.end = text.end,
                _ => cell.underlined.push(text.clone()),
            }
        }
        cell.segments.push(Segment {
            text,
            xml: piece.xml,
            holder: piece.holder,
            paragraph: cell.paragraphs.len(),
            run: open.paragraph.runs.len().saturating_sub(1),
        });
        Ok(())
    }

    fn end(&mut self, name: &str, parent: Option<&'static str>, range: &Range<usize>) {
        let end = range.end;
        match (name, &mut self.paragraph) {
            ("t", _) => self.in_text = false,
            ("pPr", Some(open)) if parent == Some("p") => {
                open.paragraph.properties.end = end.max(open.paragraph.properties.end);
            }
            ("rPr", Some(open)) => {
                let place = if parent == Some("pPr") { open.paragraph.mark.as_mut() } else { open.paragraph.runs.last_mut() };
                if let Some(place) = place.filter(|_| matches!(parent, Some("pPr" | "r"))) {
                    place.end = end.max(place.end);
                }
            }
            ("p", _) => {
                self.close_paragraph(range);
                if !matches!(self.what, What::Table(_)) {
                    self.close_line(range);
                }
            }
            ("tc", _) => self.close_cell(range),
            ("tr", _) => {
                if let Some(row) = self.rows.last_mut() {
                    row.xml.end = end.max(row.xml.end);
                }
            }
            _ => {}
        }
    }

    fn close_paragraph(&mut self, range: &Range<usize>) {
        let (Some(open), Some(cell)) = (self.paragraph.take(), &mut self.cell) else { return };
        let mut paragraph = open.paragraph;
        paragraph.xml.end = range.end.max(paragraph.xml.end);
        paragraph.text.end = cell.text.len();
        paragraph.end = (!open.self_closing).then_some(range.start);
        cell.paragraphs.push(paragraph);
    }

    /// Ends a line outside of tables; one that says nothing is left out.
    fn close_line(&mut self, range: &Range<usize>) {
        self.close_cell(range);
        if let Some(row) = self.rows.last_mut() {
            row.xml.end = range.end.max(row.xml.end);
        }
        self.rows.pop_if(|row| row.cells.iter().all(|cell| cell.text.trim().is_empty()));
    }

    fn close_cell(&mut self, range: &Range<usize>) {
        let (Some(mut cell), Some(row)) = (self.cell.take(), self.rows.last_mut()) else { return };
        cell.xml.end = range.end.max(cell.xml.end);
        self.next_column = self.next_column.saturating_add(cell.columns);
        row.cells.push(cell);
    }

    fn finish(self, end: usize, part: &str) -> Result<Table, Error> {
        let mut builder = Grid::builder(Origin::Word);
        let full = |_| Error::limit(Limit::Cells, Some(part), u64::from(u32::MAX));
        for (number, row) in (1_u32..).zip(&self.rows) {
            builder.start_row(number, false).map_err(full)?;
            for cell in &row.cells {
                builder.push(cell.at.column, Kind::Text, &cell.text).map_err(full)?;
            }
        }
        let facts = builder.facts();
        facts.merges = merges(&self.rows);
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        facts.underlined = cells.flat_map(|cell| cell.underlined.iter().map(|part| (cell.at, part.clone()))).collect();
        let columns = self.rows.iter().filter_map(|row| row.cells.last().map(last_column)).max();
        let columns = columns.map_or(0, Column::number).max(u16::try_from(self.widths.len()).unwrap_or(Column::LAST.number()));
        facts.column_widths = (1..=columns)
            .filter_map(|number| {
                let twips = self.widths.get(usize::from(number) - 1).copied().unwrap_or(0);
                // a character of Excel's default font is some 5.25 points wide
                Some((Column::new(number)?, f64::from(twips) / 105.0))
            })
            .collect();
        Ok(Table { grid: builder.finish(), rows: self.rows, xml: self.start..end, pictures: self.pictures })
    }
}

/// A length in twentieths of a point; Word's longest is 31,680.
fn clamp_twips(value: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    let twips = value.clamp(0.0, 1_000_000.0) as u32;
    twips
}

/// A number of columns; none where the file gives no number.
fn clamp_columns(value: Option<f64>) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    let columns = value.unwrap_or(0.0).clamp(0.0, f64::from(Column::LAST.number())) as u16;
    columns
}

#[cfg(test)]
mod tests;
