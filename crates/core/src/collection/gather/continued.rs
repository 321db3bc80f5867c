//! Grids made whole before anything is recognised: rosters of a document that go on in another table (on the next page,
//! without their heading), tables that were typed as lines, and people whose line is spread over several rows.

use super::spread;
use crate::address::Column;
use crate::grid::{Grid, Origin};
use crate::recognize::Recognizer;

/// The grids with every table that goes on joined to the one it goes on, with lines that are a table parted into its
/// cells, and with people who take several rows in one; `None` where there are none of these.
#[must_use]
pub fn whole(grids: &[Grid], recognizer: &Recognizer<'_>) -> Option<Vec<Grid>> {
    let remade = |grid: &Grid| {
        if grid.hidden { None } else { recognizer.typed(grid).or_else(|| spread::taken_up(grid, recognizer)) }
    };
    let remade: Vec<Option<Grid>> = grids.iter().map(remade).collect();
    let remade: Option<Vec<Grid>> = remade
        .iter()
        .any(Option::is_some)
        .then(|| remade.into_iter().zip(grids).map(|(own, grid)| own.unwrap_or_else(|| grid.clone())).collect());
    joined(remade.as_deref().unwrap_or(grids), recognizer).or(remade)
}

/// The grids with every table that goes on joined; `None` where none does.
///
/// A table of a document goes on the roster before it where it has as many columns and no heading or label of its own.
fn joined(grids: &[Grid], recognizer: &Recognizer<'_>) -> Option<Vec<Grid>> {
    let is_table = |grid: &Grid| grid.origin == Origin::Word && grid.around.is_none() && last_column(grid) > Some(Column::FIRST);
    if grids.iter().filter(|grid| is_table(grid)).count() < 2 {
        return None;
    }
    // where each grid goes on another one, by position
    let mut goes_on: Vec<Option<usize>> = vec![None; grids.len()];
    let mut roster: Option<usize> = None;
    for (position, grid) in grids.iter().enumerate().filter(|(_, grid)| is_table(grid)) {
        if !recognizer.tables(grid).is_empty() {
            roster = Some(position);
            continue;
        }
        roster = roster.filter(|at| last_column(&grids[*at]) == last_column(grid) && !recognizer.has_labels(grid));
        goes_on[position] = roster;
    }
    goes_on.iter().any(Option::is_some).then(|| {
        let mut whole: Vec<(usize, Grid)> = Vec::with_capacity(grids.len());
        for (position, grid) in grids.iter().enumerate() {
            let target = goes_on[position].and_then(|target| whole.iter_mut().find(|(at, _)| *at == target));
            let longer = target.and_then(|(_, first)| Some((first.clone().with_rows_below(grid).ok()?, first)));
            match longer {
                Some((longer, first)) => *first = longer,
                None => whole.push((position, grid.clone())),
            }
        }
        whole.into_iter().map(|(_, grid)| grid).collect()
    })
}

fn last_column(grid: &Grid) -> Option<Column> {
    let declared = grid.column_widths.iter().map(|(column, _)| *column).max();
    declared.max(grid.rows().filter_map(|row| row.cells().next_back().map(|cell| cell.column)).max())
}
