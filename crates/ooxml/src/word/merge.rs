//! The merged cells of a table: cells that span columns, and cells that others continue below.

use mingce_core::address::{Address, Column};
use mingce_core::grid::Merge;

use super::{Cell, Row};

pub(super) fn last_column(cell: &Cell) -> Column {
    cell.at.column.right(cell.columns.saturating_sub(1)).unwrap_or(Column::LAST)
}

/// The cell that begins in this column; cells stand in ascending columns.
fn starting_at(cells: &[(Column, Merge)], column: Column) -> Option<&Merge> {
    let found = cells.binary_search_by_key(&column, |(start, _)| *start).ok()?;
    Some(&cells[found].1)
}

/// Finds merged rectangles row by row: cells that span columns, and cells that others continue below.
#[derive(Debug, Default)]
pub(super) struct Merger {
    found: Vec<Merge>,
    /// For each column where a cell of the row above begins: which cell that was, or the one it continues.
    above: Vec<(Column, Merge)>,
}

impl Merger {
    /// Takes the next row.
    pub(super) fn row(&mut self, row: &Row) {
        let mut here = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            let own = Merge { first: cell.at, last: Address { row: cell.at.row, column: last_column(cell) } };
            let continued = if cell.is_continued { starting_at(&self.above, cell.at.column) } else { None };
            let merge = continued.map_or(own, |from| Merge { first: from.first, last: Address { row: cell.at.row, ..from.last } });
            here.push((cell.at.column, merge));
        }
        for (column, merge) in &self.above {
            let is_over = starting_at(&here, *column).is_none_or(|next| next.first != merge.first);
            if is_over && merge.first != merge.last {
                self.found.push(*merge);
            }
        }
        self.above = here;
    }

    /// The rectangles of all rows, in reading order.
    pub(super) fn finish(self) -> Vec<Merge> {
        let mut found = self.found;
        found.extend(self.above.into_iter().map(|(_, merge)| merge));
        found.retain(|merge| merge.first != merge.last);
        found.sort_unstable();
        found
    }
}
