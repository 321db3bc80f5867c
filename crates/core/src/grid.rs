//! The neutral grid every source becomes: cells by absolute address, in the text a person would see.
//!
//! The central noun is [`Grid`]: one sheet of a workbook, one text table, or one table of a Word document. It holds
//! only cells that hold something, so its memory follows the people in it and never a declared range. How a file
//! becomes a grid lives in `mingce-reader`; which cell means what is decided in [`crate::recognize`].

mod builder;
mod colons;
mod joined;
mod look;
mod picture;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use crate::address::{Address, Column};
pub use builder::{GridBuilder, GridFull};
pub use look::{Look, StruckOut, SymbolFont};
pub use picture::{Picture, PictureFile, PictureFormat};

/// What kind of thing a cell held, before its text was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text that somebody typed as text.
    Text,
    /// Text of a source that has no types (a CSV file): `1985.1` in it may have been a number.
    Untyped,
    /// A number; the text has the decimals its number format shows, and every digit before the point.
    Number,
    /// A date cell; the text is `YYYY-MM-DD`, followed by ` HH:MM:SS` where it has a time of day.
    Date,
    /// A truth value; the text is `TRUE` or `FALSE`.
    Boolean,
    /// A formula's error; the text is what Excel shows, such as `#N/A`.
    Error,
    /// A formula whose value was never computed; the text is the formula with its `=`.
    Uncomputed,
}

/// One cell that holds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The cell's column.
    pub column: Column,
    /// What it held.
    pub kind: Kind,
    /// Its text; never empty.
    pub text: &'a str,
    /// What all of it looks like; parts of a text that look other than the rest are told by the grid.
    pub look: Look,
}

/// A rectangle of cells, merged into one; `first` is its top left corner and holds its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// Top left corner.
    pub first: Address,
    /// Bottom right corner.
    pub last: Address,
}

impl Merge {
    /// The rectangle that a sheet writes as `B2:D5`; `None` for anything else, and where the corners are not in this order.
    #[must_use]
    pub fn parse(range: &str) -> Option<Self> {
        let (first, last) = range.split_once(':')?;
        let (first, last): (Address, Address) = (first.parse().ok()?, last.parse().ok()?);
        (first.row <= last.row && first.column <= last.column).then_some(Self { first, last })
    }

    /// Whether the cell lies inside the rectangle.
    #[must_use]
    pub fn contains(&self, cell: Address) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row) && (self.first.column..=self.last.column).contains(&cell.column)
    }
}

/// A note (批注) that somebody put at a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The cell it is about, which may be empty.
    pub at: Address,
    /// What it says; programs put the author's name on its first line.
    pub text: String,
}

/// What sort of source a grid came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A sheet of a workbook.
    Sheet,
    /// A text table (comma, tab or semicolon separated), or an HTML table.
    TextTable,
    /// A table of a Word document.
    Word,
}

/// The day that the bare numbers of a workbook count from, where they are days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Epoch {
    /// Day 1 is 1900-01-01, and there is a day 60 that never was.
    #[default]
    Of1900,
    /// Day 0 is 1904-01-01, as on old Macs.
    Of1904,
}

/// One sheet or table: its cells, row by row.
///
/// Shape: rows in ascending number; cells of a row in ascending column. A damaged file can hold the same row number
/// twice, or the same cell of a row; then both are there, as rows in file order, because a cell is never dropped.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Where it came from.
    pub origin: Origin,
    /// The sheet's name; `None` where the source has none (text tables, Word).
    pub sheet: Option<Arc<str>>,
    /// Whether the whole sheet is hidden in the workbook.
    pub hidden: bool,
    /// Merged rectangles, in file order; they may be huge or overlap.
    pub merges: Vec<Merge>,
    /// What a number counts from that is a day and not shown as one.
    pub epoch: Epoch,
    /// Widths of columns that are not the default, in characters of the default font as Excel counts them.
    pub column_widths: Vec<(Column, f64)>,
    /// The last column that is drawn for values, where the source says so: the empty cells of a blank have borders.
    pub edge: Option<Column>,
    /// The last row that the source has, empty or not; `None` where it does not say (a sheet has no end).
    pub last_row: Option<u32>,
    /// Of a table of a document, its number in the order they begin; `None` for any other grid.
    pub number: Option<u32>,
    /// Of a table inside a cell of another one, the number of that table, and the cell.
    pub around: Option<(u32, Address)>,
    /// Of a document, how many page breaks stand before the grid.
    pub page: u32,
    /// Of lines of a document, the rows that a page begins with, from the top.
    pub page_starts: Vec<u32>,
    /// What the headers and footers of its printed pages say, in file order: of each its pieces from the left, line by line,
    /// without fonts, page numbers and dates.
    pub margins: Vec<Vec<String>>,
    /// Notes at cells, in file order.
    pub notes: Vec<Note>,
    /// Pictures by anchor, in file order.
    pub pictures: Vec<Picture>,
    /// Parts of cells' texts that are underlined, in bytes, in reading order: some people choose so among printed options.
    pub underlined: Vec<(Address, Range<usize>)>,
    /// Parts of cells' texts that are bold, coloured, shaded or framed, in bytes, in reading order; some people choose so, too.
    pub emphasised: Vec<(Address, Range<usize>)>,
    /// Words that are struck out and so no part of a cell's text, in reading order; some people choose so, too.
    pub struck: Vec<StruckOut>,
    /// Rows whose cells were taken up into a row above, with that row; see [`Grid::with_rows_taken_up`].
    pub taken_up: BTreeMap<u32, u32>,
    /// Whether a cell is struck out as a whole.
    has_crossed: bool,
    rows: Vec<StoredRow>,
    cells: Vec<StoredCell>,
    text: String,
}

#[derive(Debug, Clone, Copy)]
struct StoredRow {
    number: u32,
    first_cell: u32,
    hidden: bool,
}

#[derive(Debug, Clone, Copy)]
struct StoredCell {
    column: Column,
    kind: Kind,
    look: look::Packed,
    start: u32,
    length: u32,
}

/// One row that holds at least one cell.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    grid: &'a Grid,
    index: usize,
}

impl<'a> Row<'a> {
    /// The row's number, counted from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.grid.rows[self.index].number
    }

    /// Whether the row is hidden in the workbook.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.grid.rows[self.index].hidden
    }

    /// The row's cells from left to right.
    #[must_use]
    pub fn cells(&self) -> impl ExactSizeIterator<Item = Cell<'a>> + DoubleEndedIterator + Clone + use<'a> {
        let grid = self.grid;
        grid.stored_cells(self.index).iter().map(move |cell| grid.view(*cell))
    }

    /// The row's cells in these columns, from left to right; costs no more for cells that stand elsewhere.
    #[must_use]
    pub fn cells_in(
        &self,
        columns: &RangeInclusive<Column>,
    ) -> impl ExactSizeIterator<Item = Cell<'a>> + DoubleEndedIterator + Clone + use<'a> {
        let grid = self.grid;
        let cells = grid.stored_cells(self.index);
        let from = cells.partition_point(|cell| cell.column < *columns.start());
        let to = cells.partition_point(|cell| cell.column <= *columns.end()).max(from);
        cells[from..to].iter().map(move |cell| grid.view(*cell))
    }

    /// The cell in this column, if it holds something.
    #[must_use]
    pub fn cell(&self, column: Column) -> Option<Cell<'a>> {
        let cells = self.grid.stored_cells(self.index);
        let found = cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        Some(self.grid.view(cells[found]))
    }
}

impl Grid {
    /// An empty grid of this origin; fill it through [`GridBuilder`].
    #[must_use]
    pub fn builder(origin: Origin) -> GridBuilder {
        GridBuilder::of(Self {
            origin,
            sheet: None,
            hidden: false,
            merges: Vec::new(),
            epoch: Epoch::Of1900,
            column_widths: Vec::new(),
            edge: None,
            last_row: None,
            number: None,
            around: None,
            page: 0,
            page_starts: Vec::new(),
            margins: Vec::new(),
            notes: Vec::new(),
            pictures: Vec::new(),
            underlined: Vec::new(),
            emphasised: Vec::new(),
            struck: Vec::new(),
            taken_up: BTreeMap::new(),
            has_crossed: false,
            rows: Vec::new(),
            cells: Vec::new(),
            text: String::new(),
        })
    }

    /// The rows that hold something, from the top.
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> + DoubleEndedIterator + Clone {
        (0..self.rows.len()).map(move |index| Row { grid: self, index })
    }

    /// The rows that hold something from this row number on.
    #[must_use]
    pub fn rows_from(&self, number: u32) -> impl ExactSizeIterator<Item = Row<'_>> + DoubleEndedIterator + Clone {
        let first = self.rows.partition_point(|row| row.number < number);
        (first..self.rows.len()).map(move |index| Row { grid: self, index })
    }

    /// The row at this position among [`rows`](Self::rows), counted from 0.
    #[must_use]
    pub fn row_at(&self, position: usize) -> Option<Row<'_>> {
        (position < self.rows.len()).then_some(Row { grid: self, index: position })
    }

    /// The rows at these positions; what lies beyond the last is left out.
    #[must_use]
    pub fn rows_at(&self, positions: std::ops::Range<usize>) -> impl ExactSizeIterator<Item = Row<'_>> + DoubleEndedIterator + Clone {
        let end = positions.end.min(self.rows.len());
        (positions.start.min(end)..end).map(move |index| Row { grid: self, index })
    }

    /// How many rows hold something.
    #[must_use]
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// The (first) row with this number, if it holds something.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<Row<'_>> {
        let index = self.rows.partition_point(|row| row.number < number);
        (self.rows.get(index)?.number == number).then_some(Row { grid: self, index })
    }

    /// The cell at this address, if it holds something.
    #[must_use]
    pub fn cell(&self, at: Address) -> Option<Cell<'_>> {
        self.row(at.row)?.cell(at.column)
    }

    /// The smallest merged rectangle that covers this cell.
    #[must_use]
    pub fn merge_at(&self, at: Address) -> Option<Merge> {
        self.merges
            .iter()
            .filter(|merge| merge.contains(at))
            .min_by_key(|merge| {
                let height = u64::from(merge.last.row.saturating_sub(merge.first.row)) + 1;
                let width = u64::from(merge.last.column.number().saturating_sub(merge.first.column.number())) + 1;
                height * width
            })
            .copied()
    }

    /// The page that a row of a document stands on, as far as breaks that somebody put there tell, counted from 0.
    #[must_use]
    pub fn page_of(&self, row: u32) -> u32 {
        let before = self.page_starts.partition_point(|start| *start <= row);
        self.page.saturating_add(u32::try_from(before).unwrap_or(u32::MAX))
    }

    /// The underlined parts of this cell's text.
    pub fn underlined_at(&self, at: Address) -> impl Iterator<Item = Range<usize>> + Clone {
        parts_at(&self.underlined, at)
    }

    /// The bold, coloured, shaded or framed parts of this cell's text.
    pub fn emphasised_at(&self, at: Address) -> impl Iterator<Item = Range<usize>> + Clone {
        parts_at(&self.emphasised, at)
    }

    /// The words of this cell that are struck out.
    #[must_use]
    pub fn struck_at(&self, at: Address) -> &[StruckOut] {
        let start = self.struck.partition_point(|struck| struck.at < at);
        let length = self.struck[start..].partition_point(|struck| struck.at == at);
        &self.struck[start..start + length]
    }

    /// Whether any cell is struck out as a whole.
    #[must_use]
    pub fn has_crossed(&self) -> bool {
        self.has_crossed
    }

    /// This grid with the rows of another one below its last, as one table that goes on.
    ///
    /// # Errors
    /// [`GridFull`] when text or cells outgrow the grid.
    pub fn with_rows_below(self, below: &Self) -> Result<Self, GridFull> {
        let last = self.rows.last().map_or(0, |row| row.number).max(self.last_row.unwrap_or(0));
        let offset = self.merges.iter().map(|merge| merge.last.row).fold(last, u32::max);
        let moved = |at: Address| Address { row: at.row.saturating_add(offset), ..at };
        let mut builder = GridBuilder::of(self);
        for row in below.rows() {
            builder.start_row(row.number().saturating_add(offset), row.is_hidden())?;
            row.cells().try_for_each(|cell| builder.push_with(cell.column, cell.kind, cell.text, cell.look))?;
        }
        let mut whole = builder.finish();
        whole.last_row = below.last_row.map(|last| last.saturating_add(offset));
        whole.merges.extend(below.merges.iter().map(|merge| Merge { first: moved(merge.first), last: moved(merge.last) }));
        whole.underlined.extend(below.underlined.iter().map(|(at, part)| (moved(*at), part.clone())));
        whole.emphasised.extend(below.emphasised.iter().map(|(at, part)| (moved(*at), part.clone())));
        let struck = below.struck.iter().map(|struck| StruckOut { at: moved(struck.at), ..struck.clone() });
        whole.struck.extend(struck);
        let taken_up = below.taken_up.iter().map(|(row, first)| (row.saturating_add(offset), first.saturating_add(offset)));
        whole.taken_up.extend(taken_up);
        whole.notes.extend(below.notes.iter().map(|note| Note { at: moved(note.at), text: note.text.clone() }));
        let pictures = below.pictures.iter().map(|picture| Picture { at: moved(picture.at), ..picture.clone() });
        whole.pictures.extend(pictures);
        Ok(whole)
    }

    /// This grid with these texts in the place of what the cells hold; of the old texts nothing is known to look other than the
    /// rest.
    ///
    /// # Errors
    /// [`GridFull`] when text or cells outgrow the grid.
    pub fn with_texts(mut self, texts: &BTreeMap<Address, String>) -> Result<Self, GridFull> {
        let mut old = Self::builder(self.origin).finish();
        std::mem::swap(&mut old.rows, &mut self.rows);
        std::mem::swap(&mut old.cells, &mut self.cells);
        std::mem::swap(&mut old.text, &mut self.text);
        self.underlined.retain(|(at, _)| !texts.contains_key(at));
        self.emphasised.retain(|(at, _)| !texts.contains_key(at));
        self.struck.retain(|struck| !texts.contains_key(&struck.at));
        self.has_crossed = false;
        let mut builder = GridBuilder::of(self);
        let mut left = texts.clone();
        for row in old.rows() {
            builder.start_row(row.number(), row.is_hidden())?;
            for cell in row.cells() {
                match left.remove(&Address { row: row.number(), column: cell.column }) {
                    Some(text) => builder.push(cell.column, Kind::Text, &text)?,
                    None => builder.push_with(cell.column, cell.kind, cell.text, cell.look)?,
                }
            }
            let whole = Address { row: row.number(), column: Column::FIRST }..=Address { row: row.number(), column: Column::LAST };
            let further: Vec<Address> = left.range(whole).map(|(at, _)| *at).collect();
            for at in further {
                builder.push(at.column, Kind::Text, &left.remove(&at).unwrap_or_default())?;
            }
        }
        for (at, text) in left {
            builder.start_row(at.row, false)?;
            builder.push(at.column, Kind::Text, &text)?;
        }
        Ok(builder.finish())
    }

    /// Whether no cell holds anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    fn stored_cells(&self, row: usize) -> &[StoredCell] {
        let first = self.rows[row].first_cell as usize;
        let end = self.rows.get(row + 1).map_or(self.cells.len(), |next| next.first_cell as usize);
        &self.cells[first..end]
    }

    fn view(&self, cell: StoredCell) -> Cell<'_> {
        let start = cell.start as usize;
        Cell { column: cell.column, kind: cell.kind, text: &self.text[start..start + cell.length as usize], look: cell.look.into() }
    }
}

/// The parts of this cell among parts in reading order.
fn parts_at(parts: &[(Address, Range<usize>)], at: Address) -> impl Iterator<Item = Range<usize>> + Clone {
    let start = parts.partition_point(|(cell, _)| *cell < at);
    parts[start..].iter().take_while(move |(cell, _)| *cell == at).map(|(_, part)| part.clone())
}
