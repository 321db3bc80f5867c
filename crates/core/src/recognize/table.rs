//! Tables: the heading, what each column holds, and what each line below it is.
//!
//! A heading is the first row whose cells ask for a name and something else of ours; it may have several rows, group
//! several columns, and stand beside or above another one. What each line below it is decides [`lines`].

mod columns;
pub(crate) mod footer;
pub(crate) mod group;
mod heading;
mod instruction;
mod lines;
mod noted;
mod others;
mod parts;
mod spread;
pub(crate) mod ticked;
mod titles;

use std::ops::Range;

use compact_str::CompactString;

use super::Table;
use super::labels::Labels;
use crate::grid::Grid;

/// So many lines above a table of a document may speak of it.
const MOST_TITLES: usize = 10;

/// All tables of the grid, from the top, then from the left.
pub(super) fn find(grid: &Grid, labels: &Labels<'_>) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut above = 0;
    let mut next = heading::first(grid, labels, 0);
    while let Some(heading) = next {
        let body = heading.body;
        let below = lines::next_heading(grid, labels, &heading, &titles::read(grid, above..heading.start));
        let end = below.as_ref().map_or(grid.height(), |heading| heading.start);
        // a heading may be the last line
        let sample = if body < end { body..end } else { above..heading.start };
        for block in columns::blocks(grid, labels, &heading, sample) {
            tables.push(lines::table(grid, labels, &heading, block, above..heading.start, body..end, below.as_ref()));
        }
        // the lines between the last person and the next heading are that heading's titles
        above = tables.last().and_then(|table| table.lines.last()).map_or(body, |last| (last + 1).max(body));
        next = below;
    }
    add_margins(&mut tables, grid);
    tables
}

/// Which lines of a document may speak of the table below them.
pub(super) fn positions_above(lines: &Grid) -> Range<usize> {
    lines.height().saturating_sub(MOST_TITLES)..lines.height()
}

/// The unit that fills in what stands below these rows: 填报单位：长塘村, the nearest where several do.
pub(crate) fn unit_above(grid: &Grid, rows: Range<usize>) -> CompactString {
    let units = rows.rev().take(MOST_TITLES).map(|row| titles::read(grid, row..row + 1).reporting_unit);
    units.into_iter().find(|unit| unit.chars().count() > 1).unwrap_or_default()
}

/// Takes what the headers and footers of the sheet's pages say as titles of its tables, where none of them says of itself which
/// unit fills it in; likewise the number of members, unless it is another unit's.
fn add_margins(tables: &mut [Table], grid: &Grid) {
    let margins = titles::of_margins(&grid.margins);
    let names_unit = tables.iter().any(|table| !table.reporting_unit.is_empty());
    let counts_members = tables.iter().any(|table| table.members.is_some());
    for table in tables {
        if !names_unit {
            table.reporting_unit.clone_from(&margins.reporting_unit);
            table.titles.extend(margins.lines.iter().cloned());
        }
        let is_same = margins.reporting_unit.is_empty() || table.reporting_unit == margins.reporting_unit;
        if !counts_members && is_same {
            table.members = margins.members;
        }
    }
}

/// Takes lines that stand above the table, outside its grid, as titles of the table.
pub(super) fn add_titles(table: &mut Table, lines: &Grid) {
    let above = titles::read(lines, positions_above(lines));
    table.titles.splice(0..0, above.lines);
    if table.reporting_unit.is_empty() {
        table.reporting_unit = above.reporting_unit;
    }
    table.members = table.members.or(above.members);
}

#[cfg(test)]
pub(crate) mod tests;
