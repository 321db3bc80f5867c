//! The tables of a web page: each becomes a grid, in the order they begin; a table inside a table is one of its own.
//!
//! Web pages are rarely well-formed, so nothing here fails over what is missing: cells and rows end where the next one begins.
//! What a cell spans becomes a merge.

mod tags;

use mingce_core::address::{Address, Column};
use mingce_core::grid::{Grid, GridBuilder, Kind, Look, Merge, Origin};
use mingce_ooxml::{Limit, Limits};

use crate::budget::Budget;
use crate::document::{Document, Format};
use crate::error::Error;
use crate::looks::Looks;
use crate::markup::look;
use tags::{Piece, Pieces, Tag};

/// Tables inside each other; a layout deeper than this is no layout.
const MOST_NESTED: usize = 64;
/// Cells of one row that may reach into the rows below.
const MOST_SPANS: usize = 256;

/// Reads all tables of the page.
pub(super) fn read(page: &str, limits: &Limits) -> Result<Document, Error> {
    let mut reader = Reader { limits, budget: Budget::of(limits), open: Vec::new(), done: Vec::new(), begun: 0 };
    for piece in Pieces::of(page) {
        match piece {
            Piece::Text(text) => reader.text(text)?,
            Piece::Tag(tag) => reader.tag(&tag)?,
        }
    }
    while !reader.open.is_empty() {
        reader.close_table()?;
    }
    if reader.done.is_empty() {
        return Err(Error::Unsupported { found: "没有表格的网页" });
    }
    reader.done.sort_by_key(|(begun, _)| *begun);
    let mut document = Document::new(Format::Html);
    document.grids = reader.done.into_iter().map(|(_, grid)| grid).collect();
    Ok(document)
}

struct Reader<'l> {
    limits: &'l Limits,
    budget: Budget<'l>,
    /// Tables that have begun and not ended, the innermost last.
    open: Vec<Table>,
    done: Vec<(u64, Grid)>,
    begun: u64,
}

struct Table {
    begun: u64,
    builder: GridBuilder,
    row: u32,
    hidden: bool,
    /// The column of the next cell, counted from 1.
    next: u16,
    /// Cells above that reach into this row: first and last column, and how many more rows.
    spans: Vec<(u16, u16, u32)>,
    cell: Option<Open>,
}

/// A cell whose text is being gathered.
struct Open {
    column: Column,
    text: String,
    /// Whether a blank stands before the next character.
    blank: bool,
    /// What all of the cell looks like.
    look: Look,
    /// What its words look like.
    looks: Looks,
    /// The elements that are open around the next word and make it look other than the rest, the innermost last.
    around: Vec<(String, Look)>,
}

impl Reader<'_> {
    fn tag(&mut self, tag: &Tag<'_>) -> Result<(), Error> {
        match (tag.name.as_str(), tag.closes) {
            ("table", false) => self.open_table(),
            ("table", true) => self.close_table(),
            ("tr", false) => self.open_row(tag),
            ("tr", true) | ("td" | "th", true) => self.close_cell(),
            ("td" | "th", false) => self.open_cell(tag),
            ("br", _) | ("p" | "div" | "li", true) => {
                self.line_end();
                Ok(())
            }
            _ => {
                self.element(tag);
                Ok(())
            }
        }
    }

    /// An element inside a cell; one that is closed without being open says nothing, and one inside it that is not closed ends with it.
    fn element(&mut self, tag: &Tag<'_>) {
        let Some(open) = self.open.last_mut().and_then(|table| table.cell.as_mut()) else { return };
        if tag.closes {
            if let Some(place) = open.around.iter().rposition(|(name, _)| *name == tag.name) {
                open.around.truncate(place);
            }
            return;
        }
        let look = look_of(tag);
        if look != Look::default() && open.around.len() < MOST_NESTED {
            open.around.push((tag.name.clone(), look));
        }
    }

    fn open_table(&mut self) -> Result<(), Error> {
        if self.open.len() >= MOST_NESTED {
            return Err(Error::LimitExceeded { limit: Limit::Depth, allowed: MOST_NESTED as u64, at: None });
        }
        if self.begun >= self.limits.sheets {
            return Err(Error::LimitExceeded { limit: Limit::Sheets, allowed: self.limits.sheets, at: None });
        }
        self.begun += 1;
        let builder = Grid::builder(Origin::TextTable);
        self.open.push(Table { begun: self.begun, builder, row: 0, hidden: false, next: 1, spans: Vec::new(), cell: None });
        Ok(())
    }

    fn close_table(&mut self) -> Result<(), Error> {
        self.close_cell()?;
        if let Some(table) = self.open.pop() {
            self.done.push((table.begun, table.builder.finish()));
        }
        Ok(())
    }

    fn open_row(&mut self, tag: &Tag<'_>) -> Result<(), Error> {
        self.close_cell()?;
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let style = tag.attribute("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        table.start_row(style.contains("display:none"), &self.budget)
    }

    fn open_cell(&mut self, tag: &Tag<'_>) -> Result<(), Error> {
        self.close_cell()?;
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        if table.row == 0 {
            table.start_row(false, &self.budget)?;
        }
        let span = |name: &str| tag.attribute(name).and_then(|number| number.trim().parse::<u32>().ok()).unwrap_or(1).max(1);
        table.open_cell(span("colspan"), span("rowspan"), look_of(tag), &mut self.budget)
    }

    fn close_cell(&mut self) -> Result<(), Error> {
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let Some(mut open) = table.cell.take() else { return Ok(()) };
        open.text.truncate(open.text.trim_end_matches('\n').len());
        open.looks.strike_out(&mut open.text);
        if open.text.is_empty() {
            return Ok(());
        }
        let look = look::with(open.look, open.looks.whole());
        if !open.looks.is_empty() {
            self.budget.expect_looks(open.looks.len(), "")?;
            open.looks.put(Address { row: table.row, column: open.column }, table.builder.facts());
        }
        self.budget.push_with(&mut table.builder, open.column, (Kind::Untyped, look), &open.text, "")
    }

    /// Text outside of cells is page, not table.
    fn text(&mut self, text: &str) -> Result<(), Error> {
        let Some(open) = self.open.last_mut().and_then(|table| table.cell.as_mut()) else { return Ok(()) };
        let start = open.text.len();
        open.push(text);
        let look = open.around.iter().fold(Look::default(), |look, (_, other)| look::with(look, *other));
        open.looks.add(look, start..open.text.len());
        if open.text.len() as u64 > self.limits.cell {
            return Err(Error::LimitExceeded { limit: Limit::Cell, allowed: self.limits.cell, at: None });
        }
        Ok(())
    }

    fn line_end(&mut self) {
        if let Some(open) = self.open.last_mut().and_then(|table| table.cell.as_mut()) {
            open.blank = false;
            if !open.text.is_empty() {
                open.text.push('\n');
            }
        }
    }
}

/// What a tag makes its words look like.
fn look_of(tag: &Tag<'_>) -> Look {
    look::of_element(&tag.name, |name| tag.attribute(name).map(std::borrow::Cow::into_owned))
}

impl Table {
    fn start_row(&mut self, hidden: bool, budget: &Budget<'_>) -> Result<(), Error> {
        let allowed = u64::from(Address::LAST_ROW);
        if self.row >= Address::LAST_ROW {
            return Err(Error::LimitExceeded { limit: Limit::Rows, allowed, at: None });
        }
        if self.row > 0 {
            for span in &mut self.spans {
                span.2 -= 1;
            }
            self.spans.retain(|span| span.2 > 0);
        }
        self.row += 1;
        self.hidden = hidden;
        self.next = 1;
        budget.start_row(&mut self.builder, self.row, hidden, "")
    }

    /// The cell stands in the first column that no cell above reaches into.
    fn open_cell(&mut self, columns: u32, rows: u32, look: Look, budget: &mut Budget<'_>) -> Result<(), Error> {
        while let Some((_, last, _)) = self.spans.iter().find(|(first, last, _)| (*first..=*last).contains(&self.next)) {
            self.next = last.saturating_add(1);
        }
        let allowed = u64::from(Column::LAST.number());
        let column = Column::new(self.next).ok_or(Error::LimitExceeded { limit: Limit::Columns, allowed, at: None })?;
        let last = (u32::from(self.next) + columns - 1).min(u32::from(Column::LAST.number()));
        let last = u16::try_from(last).unwrap_or(Column::LAST.number());
        let last_row = self.row.saturating_add(rows - 1).min(Address::LAST_ROW);
        if let Some(end) = Column::new(last).filter(|end| *end > column || last_row > self.row) {
            let first = Address { row: self.row, column };
            let merge = Merge { first, last: Address { row: last_row, column: end } };
            budget.merge(&mut self.builder, merge, "")?;
        }
        if last_row > self.row {
            if self.spans.len() >= MOST_SPANS {
                return Err(Error::LimitExceeded { limit: Limit::Columns, allowed: MOST_SPANS as u64, at: None });
            }
            self.spans.push((self.next, last, last_row - self.row + 1));
        }
        self.next = last.saturating_add(1);
        self.cell = Some(Open { column, text: String::new(), blank: false, look, looks: Looks::default(), around: Vec::new() });
        Ok(())
    }
}

impl Open {
    /// Blanks of the page are one blank between words, as a browser shows them; a no-break space stays one.
    fn push(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find([' ', '\t', '\n', '\r', '\u{C}']).unwrap_or(rest.len());
            if word > 0 {
                if self.blank && !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.text.push(' ');
                }
                self.blank = false;
                tags::push_resolved(&rest[..word], &mut self.text);
                rest = &rest[word..];
            } else {
                self.blank = true;
                rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{C}']);
            }
        }
    }
}
