//! How a grid is filled: row by row, in the order of the file.
//!
//! The central noun is [`GridBuilder`]. A file may tell its rows in any order, or a cell twice; here that becomes the order
//! a [`Grid`] promises to those who read it, without a cell being lost.

use super::{Grid, Kind, Look, StoredCell, StoredRow};
use crate::address::Column;

/// Why a cell could not be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a grid holds at most 4 GiB of text and 4,294,967,295 cells, and no more than the memory does")]
pub struct GridFull;

/// Builds a [`Grid`] row by row in file order.
#[derive(Debug)]
pub struct GridBuilder {
    grid: Grid,
    sorted: bool,
}

impl GridBuilder {
    /// Goes on below the last row of this grid.
    pub(super) fn of(grid: Grid) -> Self {
        Self { grid, sorted: true }
    }

    /// The sheet facts that are not cells, to be set while building.
    pub fn facts(&mut self) -> &mut Grid {
        &mut self.grid
    }

    /// Opens the next row of the file. Cells added from now on belong to it; a row that gets none is left out.
    ///
    /// # Errors
    /// [`GridFull`] when there is no room for another row.
    pub fn start_row(&mut self, number: u32, hidden: bool) -> Result<(), GridFull> {
        self.close_row();
        if self.grid.rows.last().is_some_and(|last| last.number > number) {
            self.sorted = false;
        }
        let first_cell = u32::try_from(self.grid.cells.len()).map_err(|_| GridFull)?;
        self.grid.rows.push(StoredRow { number, first_cell, hidden });
        Ok(())
    }

    /// The number of the row that is open; `None` before the first.
    #[must_use]
    pub fn open_row(&self) -> Option<u32> {
        self.grid.rows.last().map(|row| row.number)
    }

    /// Adds a cell to the row that is open; an empty text adds nothing.
    ///
    /// # Errors
    /// [`GridFull`] when text or cells outgrow the grid.
    pub fn push(&mut self, column: Column, kind: Kind, text: &str) -> Result<(), GridFull> {
        self.push_with(column, kind, text, Look::default())
    }

    /// Adds a cell that looks other than usual to the row that is open; an empty text adds nothing.
    ///
    /// # Errors
    /// [`GridFull`] when text or cells outgrow the grid.
    pub fn push_with(&mut self, column: Column, kind: Kind, text: &str, look: Look) -> Result<(), GridFull> {
        if text.is_empty() {
            return Ok(());
        }
        let start = u32::try_from(self.grid.text.len()).map_err(|_| GridFull)?;
        let length = u32::try_from(text.len()).map_err(|_| GridFull)?;
        start.checked_add(length).ok_or(GridFull)?;
        if self.grid.rows.is_empty() {
            self.start_row(1, false)?;
        }
        self.grid.text.try_reserve(text.len()).map_err(|_| GridFull)?;
        self.grid.cells.try_reserve(1).map_err(|_| GridFull)?;
        self.grid.text.push_str(text);
        self.grid.has_crossed |= look.is_crossed;
        self.grid.cells.push(StoredCell { column, kind, look: look.into(), start, length });
        Ok(())
    }

    /// The finished grid: rows in ascending order, cells in ascending column.
    #[must_use]
    pub fn finish(mut self) -> Grid {
        self.close_row();
        if !self.sorted {
            self.sort_rows();
        }
        self.grid
    }

    /// Brings the cells of the open row into order, and drops the row if it got none.
    fn close_row(&mut self) {
        let Some(row) = self.grid.rows.last() else { return };
        let cells = &mut self.grid.cells[row.first_cell as usize..];
        if cells.is_empty() {
            self.grid.rows.pop();
            return;
        }
        if !cells.is_sorted_by(|left, right| left.column < right.column) {
            cells.sort_by_key(|cell| cell.column);
            self.part_repeated_cells();
        }
    }

    /// A damaged row can hold the same cell twice; what comes again stands in a row of its own with the same number, as the
    /// cells of a row that comes twice do. The cells of the last row are in order of their columns.
    fn part_repeated_cells(&mut self) {
        let Some(row) = self.grid.rows.last().copied() else { return };
        let first = row.first_cell as usize;
        let mut times = 0u32;
        let mut last = None;
        let count = |cell: StoredCell| {
            times = if last == Some(cell.column) { times + 1 } else { 0 };
            last = Some(cell.column);
            (times, cell)
        };
        let mut cells: Vec<(u32, StoredCell)> = self.grid.cells.drain(first..).map(count).collect();
        cells.sort_by_key(|(times, _)| *times);
        let mut before = 0;
        for (times, cell) in cells {
            if times != before {
                // there were as many cells before
                self.grid.rows.push(StoredRow { first_cell: u32::try_from(self.grid.cells.len()).unwrap_or(u32::MAX), ..row });
                before = times;
            }
            self.grid.cells.push(cell);
        }
    }

    fn sort_rows(&mut self) {
        let mut order: Vec<usize> = (0..self.grid.rows.len()).collect();
        order.sort_by_key(|&index| self.grid.rows[index].number);
        let mut rows = Vec::with_capacity(order.len());
        let mut cells = Vec::with_capacity(self.grid.cells.len());
        for index in order {
            let first_cell = u32::try_from(cells.len()).unwrap_or(u32::MAX);
            rows.push(StoredRow { first_cell, ..self.grid.rows[index] });
            cells.extend_from_slice(self.grid.stored_cells(index));
        }
        self.grid.rows = rows;
        self.grid.cells = cells;
    }
}
