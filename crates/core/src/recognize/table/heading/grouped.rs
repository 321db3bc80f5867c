//! A heading whose names stand in its lower row, below a group that nothing merges: 个人信息 over 姓名 | 性别, beside 手机 in the
//! upper row. Neither row asks for a person by itself.

use crate::address::Column;
use crate::grid::{Cell, Grid, Kind, Row};
use crate::recognize::Target;
use crate::recognize::labels::{Claim, Labels, Meaning};
use crate::scheme::Field;

/// A label is no longer than this.
const LONGEST: usize = 60;
/// Both rows together ask for at least so many things.
const FEWEST: usize = 3;

/// Whether the row at this position and the one below it are such a heading.
pub(super) fn is_upper_row(grid: &Grid, labels: &Labels<'_>, position: usize) -> bool {
    let (Some(upper), Some(lower)) = (grid.row_at(position), grid.row_at(position + 1)) else { return false };
    if lower.number() != upper.number() + 1 || !holds_labels(upper) || !holds_labels(lower) {
        return false;
    }
    let Some(name) = lower.cells().find(|cell| asks_for_name(labels, cell.text)).map(|cell| cell.column) else { return false };
    let asked = |row: Row<'_>| row.cells().filter(|cell| labels.claim(cell.text).is_some()).count();
    stands_below_a_group(labels, upper, name)
        && lower.cells().all(|cell| completes(labels, upper, &cell))
        && asked(upper) >= 1
        && asked(upper) + asked(lower) >= FEWEST
        && people_follow(grid, labels, position + 2, name)
}

/// Whether the row at this position holds nothing but groups of the columns of the next one, which asks for names: 联系方式 over 手机 | QQ,
/// 服务意向 over its options.
pub(super) fn groups_the_next(grid: &Grid, labels: &Labels<'_>, position: usize) -> bool {
    let (Some(upper), Some(lower)) = (grid.row_at(position), grid.row_at(position + 1)) else { return false };
    lower.number() == upper.number() + 1
        && upper.cells().len() * 2 <= lower.cells().len()
        && upper.cells().all(|cell| lower.cell(cell.column).is_some() && !asks_for_name(labels, cell.text))
        && holds_labels(lower)
        && asks_for_people(grid, labels, position + 1)
}

/// Whether the row asks for names and for several other things, and somebody stands below.
pub(super) fn asks_for_people(grid: &Grid, labels: &Labels<'_>, position: usize) -> bool {
    let Some(row) = grid.row_at(position) else { return false };
    let name = row.cells().find(|cell| asks_for_name(labels, cell.text)).map(|cell| cell.column);
    holds_labels(row)
        && row.cells().filter(|cell| labels.claim(cell.text).is_some()).count() > FEWEST
        && name.is_some_and(|name| people_follow(grid, labels, position + 1, name))
}

fn holds_labels(row: Row<'_>) -> bool {
    row.cells().len() > 1 && row.cells().all(|cell| matches!(cell.kind, Kind::Text | Kind::Untyped) && cell.text.chars().count() <= LONGEST)
}

fn asks_for_name(labels: &Labels<'_>, text: &str) -> bool {
    labels.claim(text) == Some(Claim::Sure(Target::Field(Field::Name)))
}

/// Whether the group is nobody's label: it stands over the column, or left of it with nothing between.
fn stands_below_a_group(labels: &Labels<'_>, upper: Row<'_>, column: Column) -> bool {
    let group = upper.cells().take_while(|cell| cell.column <= column).last();
    group.is_some_and(|group| labels.meaning(group.text).is_none() && !group.text.contains(['：', ':']))
}

/// Whether a cell of the lower row is a label that goes with what stands over it: nothing of its own, a group, or a question
/// of several answers.
fn completes(labels: &Labels<'_>, upper: Row<'_>, cell: &Cell<'_>) -> bool {
    let over = upper.cell(cell.column).map(|over| labels.claim(over.text));
    let is_open = match over {
        None | Some(None | Some(Claim::Ambiguous(_) | Claim::Sure(Target::Combined(_)))) => true,
        Some(Some(Claim::Sure(target))) => target.field().is_some_and(Field::is_choice),
    };
    is_open && labels.meaning(cell.text).is_some()
}

/// Whether somebody stands below the name, or nothing at all, as in a blank.
fn people_follow(grid: &Grid, labels: &Labels<'_>, position: usize, name: Column) -> bool {
    let mut below = grid.rows_at(position..grid.height()).filter_map(|row| row.cell(name));
    below.next().is_none_or(|cell| !matches!(labels.meaning(cell.text), Some(Meaning::Ours(_))) || asks_for_name(labels, cell.text))
}
