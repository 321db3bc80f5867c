//! Tables: the heading, what each column holds, and what each line below it is.
//!
//! A heading is the first row whose cells ask for a name and something else of ours; it may have several rows, group
//! several columns, and stand beside or above another one. What each line below it is decides [`lines`].

mod columns;
mod heading;
mod lines;
mod titles;

use super::Table;
use super::labels::Labels;
use crate::grid::Grid;

/// All tables of the grid, from the top, then from the left.
pub(super) fn find(grid: &Grid, labels: &Labels<'_>) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut above = 0;
    let mut next = heading::first(grid, labels, 0);
    while let Some(heading) = next {
        let body = heading.body;
        let below = lines::next_heading(grid, labels, body);
        let end = below.as_ref().map_or(grid.height(), |heading| heading.start);
        for block in columns::blocks(grid, labels, &heading, body..end) {
            tables.push(lines::table(grid, &heading, block, above..heading.start, body..end, below.as_ref()));
        }
        // the lines between the last person and the next heading are that heading's titles
        above = tables.last().and_then(|table| table.lines.last()).map_or(body, |last| last + 1);
        next = below;
    }
    tables
}

#[cfg(test)]
pub(crate) mod tests;
