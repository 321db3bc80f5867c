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

/// The merged rectangles: cells that span columns, and cells that others continue below.
pub(super) fn merges(rows: &[Row]) -> Vec<Merge> {
    let mut found: Vec<Merge> = Vec::new();
    // for each column where a cell of the row above begins: which cell that was, or the one it continues
    let mut above: Vec<(Column, Merge)> = Vec::new();
    for row in rows {
        let mut here = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            let own = Merge { first: cell.at, last: Address { row: cell.at.row, column: last_column(cell) } };
            let continued = if cell.is_continued { starting_at(&above, cell.at.column) } else { None };
            let merge = continued.map_or(own, |from| Merge { first: from.first, last: Address { row: cell.at.row, ..from.last } });
            here.push((cell.at.column, merge));
        }
        for (column, merge) in &above {
            if starting_at(&here, *column).is_none_or(|next| next.first != merge.first) {
                found.push(*merge);
            }
        }
        above = here;
    }
    found.extend(above.into_iter().map(|(_, merge)| merge));
    found.retain(|merge| merge.first != merge.last);
    found.sort_unstable();
    found
}
