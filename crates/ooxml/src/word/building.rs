//! A table, or a stretch of lines, while the scan passes through it.

use std::ops::Range;

use mingce_core::address::{Address, Column};
use mingce_core::grid::{Grid, GridBuilder, Kind, Look, Origin, StruckOut};

use super::element::Start;
use super::look::{Control, EMPTY, Piece, RunLook, TICKED};
use super::merge::{Merger, last_column};
use super::{Cell, Height, Holder, Paragraph, Placed, Row, Segment, Table};
use crate::error::{Error, Limit};
use crate::limits::Limits;
use crate::symbol;

/// A table that is open.
pub(super) struct Building {
    pub(super) what: What,
    pub(super) start: usize,
    widths: Vec<u32>,
    rows: Vec<Row>,
    pub(super) pictures: Vec<Placed>,
    /// The text boxes that lie in the cell, by their place among the texts of the document.
    pub(super) boxed: Vec<usize>,
    next_column: u16,
    /// Whether the row that is open is deleted: nobody sees what stands in it.
    is_deleted_row: bool,
    cell: Option<Cell>,
    /// Bytes of the words that are struck out in the cell.
    struck: u64,
    /// Whether the cell goes on one to its left, as old documents say it (`w:hMerge`).
    goes_on_left: bool,
    paragraph: Option<OpenParagraph>,
    pub(super) in_text: bool,
    pub(super) run: RunLook,
    /// How the style of the paragraph sets its runs.
    pub(super) paragraph_look: RunLook,
    keep: Keep,
    grid: GridBuilder,
    merger: Merger,
    last_column: Option<Column>,
    /// How many of the rows the grid has already.
    in_grid: usize,
    /// How many rows were dropped once the grid had them.
    dropped: usize,
}

/// What is kept of a table beside its grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// Where everything stands in the XML.
    Places,
    /// Nothing.
    Grids,
}

/// What is being built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The table of this place among all tables; and of a table inside a cell, the table around it, and the cell.
    Table(usize, Option<(usize, Address)>),
    /// Lines of the body between two tables.
    Lines,
    /// Lines of a text box.
    TextBox,
}

struct OpenParagraph {
    paragraph: Paragraph,
    self_closing: bool,
}

impl Building {
    pub(super) fn new(what: What, start: usize, page: u32, keep: Keep) -> Self {
        let mut grid = Grid::builder(Origin::Word);
        grid.facts().page = page;
        Self {
            what,
            start,
            widths: Vec::new(),
            rows: Vec::new(),
            pictures: Vec::new(),
            boxed: Vec::new(),
            next_column: 1,
            is_deleted_row: false,
            cell: None,
            struck: 0,
            goes_on_left: false,
            paragraph: None,
            in_text: false,
            run: RunLook::default(),
            paragraph_look: RunLook::default(),
            keep,
            grid,
            merger: Merger::default(),
            last_column: None,
            in_grid: 0,
            dropped: 0,
        }
    }

    /// Takes what an element says of rows, cells, paragraphs and runs.
    pub(super) fn start(&mut self, start: Start, parent: Option<&'static str>, range: Range<usize>) {
        match start {
            Start::GridColumn(width) if self.widths.len() < usize::from(Column::LAST.number()) => self.widths.push(width),
            Start::Row => {
                self.rows.push(Row { xml: range, ..Row::default() });
                self.next_column = 1;
                self.is_deleted_row = false;
            }
            Start::DeletedRow => self.is_deleted_row = true,
            Start::GridBefore(columns) => self.next_column = self.next_column.saturating_add(columns),
            Start::Height { twips, exact } => {
                if let Some(row) = self.rows.last_mut() {
                    row.height = Some(Height { xml: range, twips, exact });
                }
            }
            Start::HorizontalMerge { restart } => self.goes_on_left = !restart,
            Start::GridSpan(_) | Start::VerticalMerge { .. } | Start::CellWidth(_) | Start::CellShade(_) => self.start_cell_property(start),
            Start::ParagraphProperties | Start::Run | Start::RunProperties => self.start_of_paragraph(start, parent, range),
            Start::Text => self.in_text = parent == Some("r"),
            _ => {}
        }
    }

    fn start_cell_property(&mut self, start: Start) {
        match (start, &mut self.cell) {
            (Start::GridSpan(columns), Some(cell)) => cell.columns = columns,
            (Start::VerticalMerge { restart }, Some(cell)) => cell.is_continued = !restart,
            (Start::CellWidth(width), Some(cell)) => cell.width = width,
            (Start::CellShade(is_shaded), Some(cell)) => cell.is_shaded = is_shaded,
            _ => {}
        }
    }

    fn start_of_paragraph(&mut self, start: Start, parent: Option<&'static str>, range: Range<usize>) {
        if matches!(start, Start::Run) {
            self.run = self.paragraph_look.clone();
        }
        let Some(OpenParagraph { paragraph, .. }) = &mut self.paragraph else { return };
        match (start, parent) {
            (Start::ParagraphProperties, Some("p")) => paragraph.properties = range,
            (Start::Run, _) => paragraph.runs.push(range.end..range.end),
            (Start::RunProperties, Some("pPr")) => paragraph.mark = Some(range),
            (Start::RunProperties, Some("r")) => {
                if let Some(run) = paragraph.runs.last_mut() {
                    *run = range;
                }
            }
            _ => {}
        }
    }

    /// The table and its cell that is open, for a table inside it.
    pub(super) fn open_place(&self) -> Option<(usize, Address)> {
        match self.what {
            What::Table(number, _) => Some((number, self.cell.as_ref()?.at)),
            What::Lines | What::TextBox => None,
        }
    }

    /// Notes that a page begins so many lines below the one that is open.
    pub(super) fn begin_page(&mut self, below: u32) {
        let row = u32::try_from(self.dropped + self.rows.len()).unwrap_or(u32::MAX).saturating_add(below);
        self.grid.facts().page_starts.push(row);
    }

    /// Takes a picture into the cell that is open.
    pub(super) fn add_picture(&mut self, link: String, is_floating: bool) {
        if let Some(cell) = &self.cell {
            self.pictures.push(Placed { at: cell.at, link, is_floating });
        }
    }

    /// Opens a paragraph; outside of tables each is a row of its own.
    pub(super) fn start_paragraph(
        &mut self,
        range: Range<usize>,
        xml: &str,
        limits: &Limits,
        part: &str,
        cells: &mut u64,
    ) -> Result<(), Error> {
        let is_empty = xml.get(range.clone()).is_some_and(|tag| tag.ends_with("/>"));
        if !matches!(self.what, What::Table(..)) {
            self.rows.push(Row { xml: range.clone(), ..Row::default() });
            self.next_column = 1;
            self.open_cell(range.clone(), limits, part, cells)?;
        }
        self.open_paragraph(range, is_empty);
        Ok(())
    }

    pub(super) fn open_cell(&mut self, xml: Range<usize>, limits: &Limits, part: &str, cells: &mut u64) -> Result<(), Error> {
        *cells += 1;
        if *cells > limits.cells {
            return Err(Error::limit(Limit::Cells, Some(part), limits.cells));
        }
        if self.rows.is_empty() {
            self.rows.push(Row { xml: xml.clone(), ..Row::default() });
        }
        let at =
            u32::try_from(self.dropped + self.rows.len()).ok().and_then(|row| Address::new(row, self.next_column)).ok_or_else(|| {
                let rows = (self.dropped + self.rows.len()) as u64 > u64::from(Address::LAST_ROW);
                if rows {
                    Error::limit(Limit::Rows, Some(part), u64::from(Address::LAST_ROW))
                } else {
                    Error::limit(Limit::Columns, Some(part), u64::from(Column::LAST.number()))
                }
            })?;
        self.goes_on_left = false;
        self.struck = 0;
        self.cell = Some(Cell {
            at,
            columns: 1,
            is_continued: false,
            width: None,
            is_shaded: false,
            xml,
            text: String::new(),
            paragraphs: Vec::new(),
            segments: Vec::new(),
            underlined: Vec::new(),
            emphasised: Vec::new(),
            struck: Vec::new(),
        });
        Ok(())
    }

    fn open_paragraph(&mut self, range: Range<usize>, self_closing: bool) {
        self.paragraph_look = RunLook::default();
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
    pub(super) fn take_piece(&mut self, piece: Piece<'_>, control: Control, limits: &Limits, part: &str) -> Result<(), Error> {
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

    pub(super) fn push(&mut self, piece: Piece<'_>, limits: &Limits, part: &str) -> Result<(), Error> {
        let (Some(cell), Some(open), false) = (&mut self.cell, &self.paragraph, self.is_deleted_row) else { return Ok(()) };
        let start = cell.text.len();
        // what is struck out was taken back, but some people choose so among printed options
        if self.run.is_struck {
            self.struck += piece.text.len() as u64;
            if self.struck > limits.cell {
                return Err(Error::limit(Limit::Cell, Some(part), limits.cell));
            }
            strike_out(&mut cell.struck, start, piece.text);
            return Ok(());
        }
        if (start + piece.text.len()) as u64 > limits.cell {
            return Err(Error::limit(Limit::Cell, Some(part), limits.cell));
        }
        cell.text.push_str(piece.text);
        let text = start..cell.text.len();
        for (is_set, parts) in [(self.run.is_underlined, &mut cell.underlined), (self.run.is_emphasised(), &mut cell.emphasised)] {
            if is_set && !text.is_empty() {
                match parts.last_mut() {
                    Some(last) if last.end == start => last.end = text.end,
                    _ => parts.push(text.clone()),
                }
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

    /// Gives the cell that is open this text, if it holds none; says whether it does now.
    pub(super) fn fill(&mut self, text: &str) -> bool {
        let cell = self.cell.as_mut().filter(|cell| cell.text.trim().is_empty() && cell.struck.is_empty() && !self.is_deleted_row);
        cell.map(|cell| text.clone_into(&mut cell.text)).is_some()
    }

    pub(super) fn end(&mut self, name: &str, parent: Option<&'static str>, range: &Range<usize>, part: &str) -> Result<(), Error> {
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
                if !matches!(self.what, What::Table(..)) {
                    self.close_line(range);
                    return self.close_rows(part);
                }
            }
            ("tc", _) => self.close_cell(range),
            ("tr", _) => {
                if let Some(row) = self.rows.last_mut() {
                    row.xml.end = end.max(row.xml.end);
                }
                return self.close_rows(part);
            }
            _ => {}
        }
        Ok(())
    }

    fn close_paragraph(&mut self, range: &Range<usize>) {
        let (Some(open), Some(cell)) = (self.paragraph.take(), &mut self.cell) else { return };
        let mut paragraph = open.paragraph;
        paragraph.xml.end = range.end.max(paragraph.xml.end);
        paragraph.text.end = cell.text.len();
        paragraph.end = (!open.self_closing).then_some(range.start);
        cell.paragraphs.push(paragraph);
    }

    /// Ends a line outside of tables; one that says and shows nothing is left out.
    fn close_line(&mut self, range: &Range<usize>) {
        self.close_cell(range);
        if let Some(row) = self.rows.last_mut() {
            row.xml.end = range.end.max(row.xml.end);
        }
        let shown = self.pictures.last().map(|picture| picture.at.row);
        self.rows.pop_if(|row| row.cells.iter().all(|cell| cell.text.trim().is_empty() && shown != Some(cell.at.row)));
    }

    fn close_cell(&mut self, range: &Range<usize>) {
        let (Some(mut cell), Some(row)) = (self.cell.take(), self.rows.last_mut()) else { return };
        cell.xml.end = range.end.max(cell.xml.end);
        self.next_column = self.next_column.saturating_add(cell.columns);
        // what somebody managed to write into a covered cell is kept as a cell of its own
        if self.goes_on_left
            && cell.text.trim().is_empty()
            && let Some(left) = row.cells.last_mut()
        {
            left.columns = left.columns.saturating_add(cell.columns);
            left.width = left.width.zip(cell.width).map(|(left, own)| left.saturating_add(own));
            return;
        }
        row.cells.push(cell);
    }

    /// Puts the rows that have ended into the grid; where places are not kept, that is all that is left of them.
    fn close_rows(&mut self, part: &str) -> Result<(), Error> {
        let full = |_| Error::limit(Limit::Cells, Some(part), u64::from(u32::MAX));
        // a table that is filled has no place for words that are no part of its text
        let is_read = self.keep == Keep::Grids && matches!(self.what, What::Table(..));
        let crossed = Look { is_crossed: true, ..Look::default() };
        for row in &self.rows[self.in_grid..] {
            let Some(number) = row.cells.first().map(|cell| cell.at.row) else { continue };
            self.grid.start_row(number, false).map_err(full)?;
            self.grid.facts().last_row = Some(number);
            for cell in &row.cells {
                match whole_struck(cell).filter(|_| is_read) {
                    Some(text) => self.grid.push_with(cell.at.column, Kind::Text, &text, crossed).map_err(full)?,
                    None => self.grid.push(cell.at.column, Kind::Text, &cell.text).map_err(full)?,
                }
            }
            let underlined = row.cells.iter().flat_map(|cell| cell.underlined.iter().map(|part| (cell.at, part.clone())));
            self.grid.facts().underlined.extend(underlined);
            let emphasised = row.cells.iter().flat_map(|cell| emphasised(cell).into_iter().map(|part| (cell.at, part)));
            self.grid.facts().emphasised.extend(emphasised);
            let in_part = row.cells.iter().filter(|cell| !is_read || whole_struck(cell).is_none());
            let struck = in_part.flat_map(|cell| cell.struck.iter().map(|(place, words)| (cell.at, *place, words.clone())));
            self.grid.facts().struck.extend(struck.map(|(at, place, words)| StruckOut { at, place, words }));
            self.merger.row(row);
            self.last_column = self.last_column.max(row.cells.last().map(last_column));
        }
        match self.keep {
            Keep::Places => self.in_grid = self.rows.len(),
            Keep::Grids => {
                self.dropped += self.rows.len();
                self.rows.clear();
            }
        }
        Ok(())
    }

    pub(super) fn finish(mut self, end: usize, part: &str) -> Result<Table, Error> {
        self.close_rows(part)?;
        let declared = u16::try_from(self.widths.len()).unwrap_or(Column::LAST.number());
        // a column beyond the declared ones is known only by its cells
        let further = self.last_column.filter(|last| last.number() > declared).map(|last| (last, 0.0));
        let facts = self.grid.facts();
        if let What::Table(number, around) = self.what {
            facts.number = u32::try_from(number).ok();
            facts.around = around.and_then(|(number, at)| Some((u32::try_from(number).ok()?, at)));
        }
        facts.merges = self.merger.finish();
        // a character of Excel's default font is some 5.25 points wide
        let widths = (1..=declared).zip(&self.widths).filter_map(|(number, twips)| Some((Column::new(number)?, f64::from(*twips) / 105.0)));
        facts.column_widths = widths.chain(further).collect();
        Ok(Table { grid: self.grid.finish(), rows: self.rows, xml: self.start..end, pictures: self.pictures })
    }
}

/// The parts of a cell's text that are set apart: all of it in a cell that is shaded with a colour.
fn emphasised(cell: &Cell) -> Vec<Range<usize>> {
    let whole = 0..cell.text.len();
    if cell.is_shaded && !whole.is_empty() { vec![whole] } else { cell.emphasised.clone() }
}

/// The words of a cell of which nothing is left because all are struck out: those are its text all the same, as in a workbook.
fn whole_struck(cell: &Cell) -> Option<String> {
    let is_all = cell.text.trim().is_empty() && cell.struck.iter().any(|(_, words)| !words.trim().is_empty());
    is_all.then(|| cell.struck.iter().map(|(_, words)| words.as_str()).collect())
}

/// Keeps words that are struck out where they stand in a cell's text.
fn strike_out(struck: &mut Vec<(usize, String)>, place: usize, words: &str) {
    match struck.last_mut() {
        Some((last, before)) if *last == place => before.push_str(words),
        _ => struck.push((place, words.to_owned())),
    }
}
