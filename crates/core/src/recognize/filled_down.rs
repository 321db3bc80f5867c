//! Cells merged down over several lines: each of the lines has the value of the first.

use super::Target;
use crate::address::{Address, Column};
use crate::grid::Grid;
use crate::scheme::Field;

/// Which lines take a column's value from a line above, because the cells are merged.
///
/// Names and numbers that belong to one person are never filled down: a second line without them is a fault to report.
#[derive(Debug, Clone, Default)]
pub struct FilledDown {
    columns: Vec<(Column, Vec<Filled>)>,
}

/// One merged cell: the rows below its first, and where its value stands.
#[derive(Debug, Clone, Copy)]
struct Filled {
    from: u32,
    to: u32,
    first: Address,
}

impl FilledDown {
    pub(super) fn of(grid: &Grid, columns: &[(Column, Target)], heading_end: u32) -> Self {
        const PERSONAL: [Field; 4] = [Field::Name, Field::IdNumber, Field::Mobile, Field::Seq];
        let is_personal = |target: &Target| matches!(target, Target::Field(field) | Target::Further(field) if PERSONAL.contains(field));
        let mut filled: Vec<(Column, Vec<Filled>)> =
            columns.iter().filter(|(_, target)| !is_personal(target)).map(|(column, _)| (*column, Vec::new())).collect();
        filled.sort_by_key(|(column, _)| *column);
        for merge in grid.merges.iter().filter(|merge| merge.first.row > heading_end && merge.last.row > merge.first.row) {
            if let Ok(place) = filled.binary_search_by_key(&merge.first.column, |(column, _)| *column)
                && grid.cell(merge.first).is_some()
            {
                filled[place].1.push(Filled { from: merge.first.row + 1, to: merge.last.row, first: merge.first });
            }
        }
        filled.retain(|(_, cells)| !cells.is_empty());
        for (_, cells) in &mut filled {
            cells.sort_by_key(|cell| cell.from);
        }
        Self { columns: filled }
    }

    /// Whether no cell is merged down.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The cells whose values this line takes over.
    pub fn at(&self, row: u32) -> impl Iterator<Item = Address> {
        self.columns.iter().filter_map(move |(_, cells)| {
            let next = cells.partition_point(|cell| cell.from <= row);
            let cell = cells[..next].last()?;
            (row <= cell.to).then_some(cell.first)
        })
    }
}
