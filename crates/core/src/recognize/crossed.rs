//! Cells of a table that are struck out as a whole.

use super::{Table, Target};
use crate::address::Column;
use crate::grid::{Grid, Row};
use crate::scheme::Field;

impl Table {
    /// The columns in which this line takes back a choice: the cell is struck out.
    ///
    /// None where the whole line is: whoever struck it out may have meant the person.
    #[must_use]
    pub fn taken_back(&self, grid: &Grid, row: Row<'_>) -> Vec<Column> {
        if !grid.has_crossed() || self.is_crossed(grid, row) {
            return Vec::new();
        }
        let choices = self
            .columns
            .iter()
            .filter(|column| matches!(column.target, Target::Ticked(_)) || column.target.field().is_some_and(Field::is_choice));
        let is_crossed = |column: &Column| row.cell(*column).is_some_and(|cell| cell.look.is_crossed);
        choices.map(|column| column.column).filter(is_crossed).collect()
    }

    /// Whether everything that stands in this line is struck out, its number aside.
    #[must_use]
    pub fn is_crossed(&self, grid: &Grid, row: Row<'_>) -> bool {
        let is_number = |wanted: Column| {
            let place = self.columns.binary_search_by_key(&wanted, |column| column.column);
            place.is_ok_and(|place| self.columns[place].target == Target::Field(Field::Seq))
        };
        let mut cells = row.cells_in(&self.range).filter(|cell| !is_number(cell.column)).peekable();
        grid.has_crossed() && cells.peek().is_some() && cells.all(|cell| cell.look.is_crossed)
    }
}
