//! The tables of a web page: each becomes a grid, in the order they begin; a table inside a table is one of its own.
//!
//! Web pages are rarely well-formed, so nothing here fails over what is missing: cells and rows end where the next one begins, and rows
//! that no table is open for make one. What a cell spans becomes a merge. The lines of the page above a table are its first rows, as
//! Excel has them: that is where a title and 填报单位 stand.

mod classes;
mod tags;
mod words;

use mingce_core::address::{Address, Column};
use mingce_core::grid::{Grid, GridBuilder, Kind, Look, Merge, Origin};
use mingce_ooxml::{Limit, Limits};

use crate::budget::Budget;
use crate::document::{Document, Format};
use crate::error::Error;
use crate::looks::Looks;
use crate::markup::look;
use classes::Classes;
use tags::{Piece, Pieces, Tag};
use words::Words;

/// Tables inside each other; a layout deeper than this is no layout.
const MOST_NESTED: usize = 64;
/// Cells of one row that may reach into the rows below.
const MOST_SPANS: usize = 256;

/// Lines above a table that are kept, the nearest ones; a title is none of so many.
const MOST_ABOVE: usize = 64;
/// The most text above a table that is looked at, in bytes.
const LONGEST_ABOVE: usize = 1 << 16;

/// Reads all tables of the pages, which are the parts of one file.
pub(super) fn read<'p>(pages: impl IntoIterator<Item = &'p str>, limits: &Limits) -> Result<Document, Error> {
    let budget = Budget::of(limits);
    let mut reader =
        Reader { limits, classes: Classes::default(), budget, open: Vec::new(), done: Vec::new(), begun: 0, above: Words::default() };
    for page in pages {
        reader.page(page)?;
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
    classes: Classes,
    budget: Budget<'l>,
    /// Tables that have begun and not ended, the innermost last.
    open: Vec<Table>,
    done: Vec<(u64, Grid)>,
    begun: u64,
    /// The text of the page since the last table.
    above: Words,
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
    words: Words,
    /// What all of the cell looks like.
    look: Look,
    /// What its words look like.
    looks: Looks,
    /// The elements that are open around the next word and make it look other than the rest, the innermost last.
    around: Vec<(String, Look)>,
}

impl Reader<'_> {
    fn page(&mut self, page: &str) -> Result<(), Error> {
        self.classes = Classes::of(page);
        for piece in Pieces::of(page) {
            match piece {
                Piece::Text(text) => self.text(text)?,
                Piece::Tag(tag) => self.tag(&tag)?,
            }
        }
        while !self.open.is_empty() {
            self.close_table()?;
        }
        self.above = Words::default();
        Ok(())
    }

    fn tag(&mut self, tag: &Tag<'_>) -> Result<(), Error> {
        match (tag.name.as_str(), tag.closes) {
            ("table", false) => self.open_table(),
            ("table", true) => self.close_table(),
            ("tr", false) => self.open_row(tag),
            ("tr", true) | ("td" | "th", true) => self.close_cell(),
            ("td" | "th", false) => self.open_cell(tag),
            (name, _) => {
                match (name, self.words()) {
                    ("br", Some(words)) => words.end_line(),
                    ("p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "caption", Some(words)) => words.begin_line(),
                    _ => {}
                }
                self.element(tag);
                Ok(())
            }
        }
    }

    /// An element inside a cell; one that is closed without being open says nothing, and one inside it that is not closed ends with it.
    fn element(&mut self, tag: &Tag<'_>) {
        let look = self.look_of(tag);
        let Some(open) = self.open.last_mut().and_then(|table| table.cell.as_mut()) else { return };
        if tag.closes {
            if let Some(place) = open.around.iter().rposition(|(name, _)| *name == tag.name) {
                open.around.truncate(place);
            }
            return;
        }
        if look != Look::default() && open.around.len() < MOST_NESTED {
            open.around.push((tag.name.clone(), look));
        }
    }

    /// A table ends the line above it, unless it stands in a cell.
    fn open_table(&mut self) -> Result<(), Error> {
        if self.open.is_empty() {
            self.above.begin_line();
        }
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
        let style = tag.attribute("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        self.start_row(style.contains("display:none"))
    }

    /// Begins a row of the innermost table, below the lines of the page where it is the first.
    fn start_row(&mut self, hidden: bool) -> Result<(), Error> {
        if self.open.is_empty() {
            self.open_table()?;
        }
        if self.open.last().is_some_and(|table| table.row == 0) {
            let above = std::mem::take(&mut self.above).text;
            let lines: Vec<&str> = above.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            for line in &lines[lines.len().saturating_sub(MOST_ABOVE)..] {
                let Some(table) = self.open.last_mut() else { break };
                table.start_row(false, &self.budget)?;
                self.budget.push(&mut table.builder, Column::FIRST, Kind::Untyped, line, "")?;
            }
        }
        self.open.last_mut().map_or(Ok(()), |table| table.start_row(hidden, &self.budget))
    }

    fn open_cell(&mut self, tag: &Tag<'_>) -> Result<(), Error> {
        self.close_cell()?;
        let look = self.look_of(tag);
        if self.open.last().is_none_or(|table| table.row == 0) {
            self.start_row(false)?;
        }
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let span = |name: &str| tag.attribute(name).and_then(|number| number.trim().parse::<u32>().ok()).unwrap_or(1).max(1);
        table.open_cell(span("colspan"), span("rowspan"), look, &mut self.budget)
    }

    fn close_cell(&mut self) -> Result<(), Error> {
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let Some(mut open) = table.cell.take() else { return Ok(()) };
        let mut text = open.words.text;
        text.truncate(text.trim_end_matches('\n').len());
        open.looks.strike_out(&mut text);
        if text.is_empty() {
            return Ok(());
        }
        let look = look::with(open.look, open.looks.whole());
        if !open.looks.is_empty() {
            self.budget.expect_looks(open.looks.len(), "")?;
            open.looks.put(Address { row: table.row, column: open.column }, table.builder.facts());
        }
        self.budget.push_with(&mut table.builder, open.column, (Kind::Untyped, look), &text, "")
    }

    /// Text outside of cells is page; that above the first row of a table (its caption, too) may be its title.
    fn text(&mut self, text: &str) -> Result<(), Error> {
        let Some(open) = self.open.last_mut().and_then(|table| table.cell.as_mut()) else {
            if let Some(words) = self.words() {
                words.push(text);
            }
            if self.above.text.len() > LONGEST_ABOVE {
                self.above = Words::default();
            }
            return Ok(());
        };
        let start = open.words.text.len();
        open.words.push(text);
        let look = open.around.iter().fold(Look::default(), |look, (_, other)| look::with(look, *other));
        open.looks.add(look, start..open.words.text.len());
        if open.words.text.len() as u64 > self.limits.cell {
            return Err(Error::LimitExceeded { limit: Limit::Cell, allowed: self.limits.cell, at: None });
        }
        Ok(())
    }

    /// What a tag makes its words look like, by its classes and by itself.
    fn look_of(&self, tag: &Tag<'_>) -> Look {
        let own = |name: &str| tag.attribute(name).map(std::borrow::Cow::into_owned);
        let declared = own("class").map(|names| self.classes.declared(&names)).unwrap_or_default();
        look::of_element(&tag.name, |name| match name {
            "style" if !declared.is_empty() => Some(declared.clone() + &own(name).unwrap_or_default()),
            _ => own(name),
        })
    }

    /// Where the next word goes: into the cell that is open, else into the page above a table, its caption included.
    fn words(&mut self) -> Option<&mut Words> {
        match self.open.last_mut() {
            Some(Table { cell: Some(open), .. }) => Some(&mut open.words),
            Some(table) if table.row > 0 => None,
            None | Some(_) => Some(&mut self.above),
        }
    }
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
        self.cell = Some(Open { column, words: Words::default(), look, looks: Looks::default(), around: Vec::new() });
        Ok(())
    }
}
