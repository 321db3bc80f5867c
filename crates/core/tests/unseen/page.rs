//! A sheet that is filled cell by cell, in any order.

use std::collections::BTreeMap;
use std::fmt;

use mingce_core::address::Address;
use mingce_core::grid::{Grid, Kind, Merge, Origin};

/// The cells of a sheet by row and column, both counted from 1.
#[derive(Debug, Default)]
pub(crate) struct Page {
    cells: BTreeMap<(u32, u16), (Kind, String)>,
    merges: Vec<Merge>,
}

impl Page {
    /// Puts a text where it belongs; an empty one leaves its cell empty.
    pub(crate) fn put(&mut self, row: u32, column: u16, text: impl Into<String>) {
        self.put_as(row, column, Kind::Text, text);
    }

    /// Puts a value of this kind where it belongs.
    pub(crate) fn put_as(&mut self, row: u32, column: u16, kind: Kind, text: impl Into<String>) {
        self.cells.insert((row, column), (kind, text.into()));
    }

    /// Joins so many rows and columns to one cell; one row and one column stay as they are.
    pub(crate) fn merge(&mut self, row: u32, column: u16, rows: u32, columns: u16) {
        if rows > 1 || columns > 1 {
            let corner = |row, column| Address::new(row, column).unwrap();
            self.merges.push(Merge { first: corner(row, column), last: corner(row + rows - 1, column + columns - 1) });
        }
    }

    /// The last row and column that are used.
    pub(crate) fn size(&self) -> (u32, u16) {
        let merged = self.merges.iter().map(|merge| (merge.last.row, merge.last.column.number()));
        let used = self.cells.keys().copied().chain(merged);
        used.fold((0, 0), |(rows, columns), (row, column)| (rows.max(row), columns.max(column)))
    }

    /// Whether nothing was put in the cell, not even an answer nobody gave, and no merged cell covers it.
    pub(crate) fn is_free(&self, row: u32, column: u16) -> bool {
        let at = Address::new(row, column).unwrap();
        !self.cells.contains_key(&(row, column)) && !self.merges.iter().any(|merge| merge.contains(at))
    }

    /// The sheet as a reader gives it.
    pub(crate) fn grid(self, name: &str) -> Grid {
        self.grid_of(Origin::Sheet, name)
    }

    /// The same as a sheet of a workbook or a table of a document.
    pub(crate) fn grid_of(self, origin: Origin, name: &str) -> Grid {
        let mut builder = Grid::builder(origin);
        for ((row, column), (kind, text)) in self.cells {
            if builder.open_row() != Some(row) {
                builder.start_row(row, false).unwrap();
            }
            builder.push(Address::new(row, column).unwrap().column, kind, &text).unwrap();
        }
        if origin == Origin::Sheet {
            builder.facts().sheet = Some(name.into());
        }
        builder.facts().merges = self.merges;
        builder.finish()
    }
}

/// The sheet as it looks: a line for each row, its cells parted by `|`, and the cells that are merged.
impl fmt::Display for Page {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut at = (1, 1);
        for ((row, column), (_, text)) in &self.cells {
            if *row > at.0 {
                at.1 = 1;
            }
            write!(out, "{}{}{}", "\n".repeat((row - at.0) as usize), "|".repeat(usize::from(column - at.1)), text.replace('\n', "\\n"))?;
            at = (*row, *column);
        }
        self.merges.iter().try_for_each(|merge| write!(out, "\n{}:{}", merge.first, merge.last))
    }
}
