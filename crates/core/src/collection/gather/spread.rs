//! People whose line is spread over several rows: 姓名 is merged down over them, and beside it stands more in each.

use std::collections::BTreeMap;

use crate::address::Column;
use crate::grid::{Grid, Merge, Row};
use crate::recognize::{Recognizer, Table};
use crate::scheme::Field;
use crate::text::is_blank_character;

/// A name merged down over more rows is hardly one person's.
const MOST_ROWS: u32 = 12;

/// The grid with each person's rows taken up into the first of them; `None` where everybody has a row, as nearly everywhere.
pub(super) fn taken_up(grid: &Grid, recognizer: &Recognizer<'_>) -> Option<Grid> {
    if !grid.merges.iter().any(|merge| has_more_below(grid, merge)) {
        return None;
    }
    let mut taken = BTreeMap::new();
    for table in recognizer.tables(grid) {
        take_up_rows(grid, &table, &mut taken);
    }
    if taken.is_empty() { None } else { grid.clone().with_rows_taken_up(taken).ok() }
}

/// Whether the cell is merged down over a few rows that hold something besides.
fn has_more_below(grid: &Grid, merge: &Merge) -> bool {
    let height = merge.last.row.saturating_sub(merge.first.row).saturating_add(1);
    (2..=MOST_ROWS).contains(&height) && grid.rows_from(merge.first.row + 1).next().is_some_and(|row| row.number() <= merge.last.row)
}

/// Notes the rows of the table that go on the person above them.
fn take_up_rows(grid: &Grid, table: &Table, taken: &mut BTreeMap<u32, u32>) {
    let column_of = |field: Field| table.columns.iter().find(|column| column.target.asks_for(field)).map(|column| column.column);
    let Some(name) = column_of(Field::Name) else { return };
    let id_number = column_of(Field::IdNumber);
    let is_name = |merge: &&Merge| (merge.first.column..=merge.last.column).contains(&name) && merge.first.row > *table.heading.end();
    for merge in grid.merges.iter().filter(is_name).filter(|merge| has_more_below(grid, merge)) {
        let Some(first) = grid.row(merge.first.row).filter(|row| text(*row, name).is_some()) else { continue };
        let below: Vec<Row<'_>> = grid.rows_from(first.number() + 1).take_while(|row| row.number() <= merge.last.row).collect();
        let numbers = || std::iter::once(first.number()).chain(below.iter().map(Row::number));
        let are_lines = numbers().all(|number| is_line(grid, table, number)) && numbers().is_sorted_by(|above, below| above < below);
        let is_same = |row: &Row<'_>| [Some(name), id_number].into_iter().flatten().all(|column| says_no_other(first, *row, column));
        if are_lines && below.iter().all(is_same) {
            taken.extend(below.iter().map(|row| (row.number(), first.number())));
        }
    }
}

/// Whether the row is a line of the table that holds a person.
fn is_line(grid: &Grid, table: &Table, number: u32) -> bool {
    let row_of = |line: &usize| grid.row_at(*line).map_or(0, |row| row.number());
    table.lines.binary_search_by_key(&number, row_of).is_ok()
}

/// Whether the row below says nothing in this column that the first does not say: another ID number is another person's.
fn says_no_other(first: Row<'_>, below: Row<'_>, column: Column) -> bool {
    text(below, column).is_none_or(|own| text(first, column) == Some(own))
}

fn text<'g>(row: Row<'g>, column: Column) -> Option<&'g str> {
    row.cell(column).map(|cell| cell.text.trim_matches(is_blank_character)).filter(|text| !text.is_empty())
}
