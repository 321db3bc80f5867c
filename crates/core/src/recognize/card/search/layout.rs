//! Where cells stand to each other: merged ones, the next one to each side, the edge of what is used.

use std::collections::BTreeSet;

use super::Search;
use crate::address::{Address, Column};
use crate::grid::{Grid, Merge, Origin};
use crate::recognize::Target;
use crate::recognize::card::label::{Meaning, looks_like_one};
use crate::scheme::Field;

/// Cells merged over more rows than this belong to no form.
const TALLEST_CELL: u32 = 64;

/// The last column a value can stand in: that of the table, or of the part of a sheet that is used.
pub(super) fn edge(grid: &Grid) -> Column {
    let used = grid.rows().filter_map(|row| row.cells().next_back().map(|cell| cell.column)).max();
    let declared = match grid.origin {
        Origin::Word => grid.column_widths.iter().map(|(column, _)| *column).max(),
        Origin::Sheet | Origin::TextTable => grid.merges.iter().map(|merge| merge.last.column).max(),
    };
    declared.max(used).max(grid.edge).unwrap_or(Column::LAST)
}

/// Whether the grid is lines of text, one below the other.
pub(super) fn is_text(grid: &Grid, edge: Column) -> bool {
    grid.origin == Origin::Word && edge == Column::FIRST
}

/// The columns before the last one used in which no cell holds anything, nor is merged into one that may.
pub(super) fn empty_columns(grid: &Grid) -> BTreeSet<Column> {
    let used: BTreeSet<Column> = grid.rows().flat_map(|row| row.cells().map(|cell| cell.column)).collect();
    let is_merged = |column: Column| grid.merges.iter().any(|merge| (merge.first.column..=merge.last.column).contains(&column));
    let last = used.last().map_or(0, |last| last.number());
    (1..last).filter_map(Column::new).filter(|column| !used.contains(column) && !is_merged(*column)).collect()
}

/// Merged cells in reading order, those too tall for a form left out.
pub(super) fn merges(grid: &Grid) -> Vec<Merge> {
    let mut merges: Vec<Merge> = grid
        .merges
        .iter()
        .filter(|merge| merge.first.row <= merge.last.row && merge.last.row - merge.first.row < TALLEST_CELL)
        .copied()
        .collect();
    merges.sort_unstable();
    merges
}

impl Search<'_> {
    pub(super) fn text(&self, at: Address) -> &str {
        self.grid.cell(at).map_or("", |cell| cell.text)
    }

    /// Whether the grid is lines of text, one below the other.
    pub(super) fn is_text(&self) -> bool {
        is_text(self.grid, self.edge)
    }

    /// The last row in which something stands or cells are merged.
    pub(super) fn last_used(&self) -> u32 {
        let merged = self.merges.iter().map(|merge| merge.last.row);
        self.grid.last_row.into_iter().chain(self.grid.rows().next_back().map(|row| row.number())).chain(merged).max().unwrap_or(0)
    }

    /// The cell left of this one, by its top left corner.
    pub(super) fn left(&self, at: Address) -> Option<Address> {
        let mut before = (1..at.column.number()).rev().filter_map(Column::new);
        let column = before.find(|column| !self.passed_by.contains(column))?;
        Some(self.covered(Address { row: at.row, column }).first)
    }

    /// Whether the cell stands for what is beside it, which asks for something itself: 联系方式 in front of 手机 and 住址.
    pub(super) fn is_over_labels(&self, at: Address) -> bool {
        if self.is_over_label(at) {
            return true;
        }
        // a photo stands beside several rows, too
        if self.is_photo(at) {
            return false;
        }
        let covered = self.covered(at);
        let Some(column) = covered.last.column.right(1).filter(|column| *column <= self.edge) else { return false };
        let beside = (covered.first.row..=covered.last.row).map(|row| self.covered(Address { row, column }).first);
        let mut said: Vec<Address> = beside.filter(|at| !self.text(*at).is_empty()).collect();
        said.dedup();
        said.len() > 1 && said.first().is_some_and(|first| first.row == covered.first.row && self.is_label(*first))
    }

    /// Whether the cell could ask for several things, and the label beside it, which has room, says for which: 联系方式 | 手机 | ____.
    fn is_over_label(&self, at: Address) -> bool {
        let is_one_of_several =
            matches!(self.cells.get(&at).map(Vec::as_slice), Some([Meaning::Label { targets, rest: None, .. }]) if targets.len() > 1);
        let Some(beside) = self.beside(at).filter(|beside| is_one_of_several && beside.row == at.row) else { return false };
        let has_room = || self.beside(beside).is_some_and(|room| room.row == at.row && self.is_free(room));
        // in a row of labels the answers stand below
        let is_above_room = || self.below(at).is_some_and(|below| self.is_free(below));
        matches!(self.cells.get(&beside).map(Vec::as_slice), Some([Meaning::Label { rest: None, .. }])) && has_room() && !is_above_room()
    }

    /// Whether the cell is the place of the photo.
    pub(super) fn is_photo(&self, at: Address) -> bool {
        let meanings = self.cells.get(&at).map(Vec::as_slice);
        matches!(meanings, Some([Meaning::Label { targets, .. }]) if targets[..] == [Target::Field(Field::Photo)])
    }

    /// Whether the cell stands for several rows, each of which has a label of nobody's with an answer beside it: 学历 in front of
    /// 全日制教育 and 在职教育.
    pub(super) fn is_over_strangers(&self, at: Address) -> bool {
        let covered = self.covered(at);
        let Some(column) = covered.last.column.right(1).filter(|column| *column <= self.edge) else { return false };
        let has_own = |row: u32| {
            let label = self.covered(Address { row, column }).first;
            let own = self.beside(label).filter(|own| own.row == row);
            label.row == row && looks_like_one(self.text(label)) && !self.is_label(label) && own.is_some_and(|own| !self.is_label(own))
        };
        covered.first.row < covered.last.row && (covered.first.row..=covered.last.row).all(has_own)
    }

    /// The rectangle the cell belongs to.
    pub(super) fn covered(&self, at: Address) -> Merge {
        let first = |row: u32| {
            let end = self.merges.partition_point(|merge| (merge.first.row, merge.first.column) <= (row, at.column));
            let merge = self.merges.get(end.checked_sub(1)?)?;
            (merge.first.row == row && merge.contains(at)).then_some(*merge)
        };
        let mut rows = (0..self.tallest).map_while(|up| at.row.checked_sub(up));
        rows.find_map(first).unwrap_or(Merge { first: at, last: at })
    }

    /// The cell right of this one, by its top left corner.
    pub(super) fn beside(&self, at: Address) -> Option<Address> {
        let mut column = self.covered(at).last.column.right(1)?;
        while self.passed_by.contains(&column) {
            column = column.right(1)?;
        }
        (column <= self.edge).then(|| self.covered(Address { row: at.row, column }).first)
    }

    /// Whether an empty cell stands right of this one.
    pub(super) fn has_room_beside(&self, at: Address) -> bool {
        !self.is_text() && self.beside(at).is_some_and(|beside| self.text(beside).is_empty())
    }

    /// The cell right below this one, if it begins in the same column: a wider one belongs to another label.
    pub(super) fn below(&self, at: Address) -> Option<Address> {
        let row = self.covered(at).last.row.checked_add(1)?;
        if self.grid.last_row.is_some_and(|last| row > last) {
            return None;
        }
        let below = Address::new(row, at.column.number())?;
        Some(below).filter(|below| self.covered(*below).first == *below)
    }
}
