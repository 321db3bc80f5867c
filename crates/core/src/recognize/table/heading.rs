//! Where a heading stands, and which rows belong to it.

mod grouped;

use std::ops::RangeInclusive;

use super::{instruction, parts, ticked};
use crate::address::{Address, Column};
use crate::grid::{Cell, Grid, Kind, Merge, Row};
use crate::recognize::Target;
use crate::recognize::labels::{Claim, Labels, Meaning, Owner};
use crate::scheme::Field;

/// A heading is looked for in so many rows that hold something; below them a sheet without one is no table.
const SEARCHED_ROWS: usize = 200;
/// A heading has at most so many rows.
const MOST_ROWS: u32 = 4;
/// A form shows labels of other fields in at least so many of the rows below its first; a table shows people.
const ROWS_OF_A_FORM: usize = 3;

/// A heading of one or more rows.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    /// Its first row, as a position in [`Grid::rows`]; a row of groups above it included.
    pub(super) start: usize,
    /// The first row below it, as a position.
    pub(super) body: usize,
    /// Its row numbers.
    pub(super) rows: RangeInclusive<u32>,
    /// The rectangles that touch it.
    pub(super) merges: Vec<Merge>,
}

/// The first heading at or below this position.
pub(super) fn first(grid: &Grid, labels: &Labels<'_>, from: usize) -> Option<Heading> {
    (from..grid.height().min(from.saturating_add(SEARCHED_ROWS))).find_map(|position| at(grid, labels, position))
}

/// The heading whose main row stands at this position, if one does.
pub(super) fn at(grid: &Grid, labels: &Labels<'_>, position: usize) -> Option<Heading> {
    let row = grid.row_at(position)?;
    if grouped::is_upper_row(grid, labels, position) {
        return Some(of_rows(grid, position, position + 1));
    }
    if grouped::groups_the_next(grid, labels, position) {
        return None;
    }
    let mut claims = claimed_fields(row, labels);
    if !claims.iter().any(|(_, field)| *field == Field::Name)
        && let Some(surname) = surname(row)
    {
        claims.push((surname, Field::Name));
    }
    let name = claims.iter().find(|(_, field)| *field == Field::Name).map(|(column, _)| *column);
    let is_heading = match (name, claims.len()) {
        (Some(_), 2..) => true,
        // 尊老服务 | 手机充值 | 双休日 are somebody's answers
        (None, 3..) => claims.iter().filter(|(column, _)| !asks_for_option(row, labels, *column)).count() > 2,
        (Some(name), 1) => names_stand_below(grid, labels, position, name),
        _ => false,
    };
    if !is_heading {
        return written_over_two_rows(grid, labels, position);
    }
    if is_form(grid, labels, position, &claims) {
        return None;
    }
    Some(with_all_rows(grid, labels, position, row, name))
}

fn asks_for_option(row: Row<'_>, labels: &Labels<'_>, column: Column) -> bool {
    let claim = row.cell(column).and_then(|cell| labels.claim(cell.text));
    matches!(claim, Some(Claim::Sure(Target::Option(..))))
}

/// The column of the surname, where the row asks for a name in two parts: 姓 | 名.
fn surname(row: Row<'_>) -> Option<Column> {
    let pairs = row.cells().zip(row.cells().skip(1));
    pairs.filter(|(first, second)| parts::are_parts_of_name(first.text, second.text)).map(|(first, _)| first.column).next()
}

/// The heading whose labels are written over two rows: 姓 over 名, 出生 over 年月. Only together do they ask for a name.
fn written_over_two_rows(grid: &Grid, labels: &Labels<'_>, position: usize) -> Option<Heading> {
    const FEWEST: usize = 3;
    const LONGEST: usize = 12;
    let (upper, lower) = (grid.row_at(position)?, grid.row_at(position + 1)?);
    let is_short =
        |row: Row<'_>| row.cells().all(|cell| matches!(cell.kind, Kind::Text | Kind::Untyped) && cell.text.chars().count() <= LONGEST);
    if lower.number() != upper.number() + 1 || upper.cells().len() < FEWEST || !is_short(upper) || !is_short(lower) {
        return None;
    }
    let mut name = None;
    let (mut claimed, mut together) = (0_usize, 0_usize);
    for cell in upper.cells() {
        let below = lower.cell(cell.column).map(|below| below.text);
        let words = below.map_or_else(|| cell.text.to_owned(), |below| format!("{}{below}", cell.text));
        let Some(claim) = labels.claim(&words) else { continue };
        claimed += 1;
        together += usize::from(below.is_some());
        if claim == Claim::Sure(Target::Field(Field::Name)) && below.is_some() {
            name.get_or_insert(cell.column);
        }
    }
    let name = name.filter(|_| together >= 2 && claimed >= FEWEST && claimed * 3 >= upper.cells().len() * 2)?;
    let body = position + 2;
    let is_label = |text: &str| labels.claim(text).is_some();
    if grid.row_at(body).and_then(|row| row.cell(name)).is_some_and(|cell| is_label(cell.text)) {
        return None;
    }
    Some(of_rows(grid, position, position + 1))
}

/// The heading of the rows at these positions.
fn of_rows(grid: &Grid, first: usize, last: usize) -> Heading {
    let number = |position: usize| grid.row_at(position).map_or(0, |row| row.number());
    let rows = number(first)..=number(last);
    let merges = grid.merges.iter().filter(|merge| merge.first.row <= *rows.end() && merge.last.row >= *rows.start());
    let merges = merges.filter(|merge| merge.last.row.saturating_sub(merge.first.row) < MOST_ROWS).copied().collect();
    Heading { start: first, body: last + 1, rows, merges }
}

/// The distinct fields that the row's cells ask for, with the first column of each.
fn claimed_fields(row: Row<'_>, labels: &Labels<'_>) -> Vec<(Column, Field)> {
    let mut claims: Vec<(Column, Field)> = Vec::new();
    for cell in row.cells().filter(|cell| matches!(cell.kind, Kind::Text | Kind::Untyped)) {
        let field = match labels.claim(cell.text) {
            Some(Claim::Sure(target)) => target.field(),
            Some(Claim::Ambiguous(fields)) => fields.into_iter().find(|field| claims.iter().all(|(_, claimed)| claimed != field)),
            None => None,
        };
        if let Some(field) = field
            && claims.iter().all(|(_, claimed)| *claimed != field)
        {
            claims.push((cell.column, field));
        }
    }
    claims
}

/// Whether the row asks for no more than one of our fields.
pub(super) fn asks_for_one(row: Row<'_>, labels: &Labels<'_>) -> bool {
    claimed_fields(row, labels).len() <= 1
}

/// A lone 姓名 is a heading only if something that is no label stands right below it, and it has no value beside it.
fn names_stand_below(grid: &Grid, labels: &Labels<'_>, position: usize, name: Column) -> bool {
    let Some(number) = grid.row_at(position).map(|row| row.number()) else { return false };
    let near = grid.rows_at(position + 1..position + 4).take_while(|row| row.number() <= number.saturating_add(3));
    let mut below = near.filter_map(|row| row.cell(name));
    below.next().is_some_and(|cell| labels.claim(cell.text).is_none())
}

/// Whether this is a form or a part of one, not a table: the rows below go on with labels of other fields, a label stands
/// where the first name would, or answers stand beside the labels of its only row. A list of relatives is such a part too.
fn is_form(grid: &Grid, labels: &Labels<'_>, position: usize, claims: &[(Column, Field)]) -> bool {
    let is_other = |text: &str| match labels.claim(text) {
        Some(Claim::Sure(Target::Field(field))) => claims.iter().all(|(_, claimed)| *claimed != field),
        Some(Claim::Sure(_) | Claim::Ambiguous(_)) | None => false,
    };
    // the same word below itself is an answer (填写设备: 手机), not a label again
    let mut seen: Vec<(Column, &str)> = Vec::new();
    let mut rows_of_labels = 0_usize;
    let lists_people =
        |position: &usize| grouped::is_upper_row(grid, labels, *position) || grouped::asks_for_people(grid, labels, *position);
    let below = (position + 1..grid.height().min(position + 11)).take_while(|below| !lists_people(below));
    for row in below.filter_map(|below| grid.row_at(below)) {
        let others = row.cells().filter(|cell| is_other(cell.text)).map(|cell| (cell.column, cell.text));
        let new: Vec<(Column, &str)> = others.filter(|label| !seen.contains(label)).collect();
        rows_of_labels += usize::from(!new.is_empty());
        seen.extend(new);
    }
    if rows_of_labels >= ROWS_OF_A_FORM {
        return true;
    }
    let Some(row) = grid.row_at(position) else { return false };
    let ours = |field: Field| claims.iter().any(|(_, claimed)| *claimed == field);
    if !ours(Field::Services)
        && !ours(Field::Subsidy)
        && row.cells().any(|cell| labels.meaning(cell.text) == Some(Meaning::Foreign(Owner::Relatives)))
    {
        return true;
    }
    let name = claims.iter().find(|(_, field)| *field == Field::Name).map(|(column, _)| *column);
    let below = grid.row_at(position + 1);
    let has_label_below = |column: Column| below.and_then(|row| row.cell(column)).is_some_and(|cell| is_other(cell.text));
    if alternates(row, claims)
        || goes_on(grid, labels, position, is_other)
        || (name.is_none() && claims.iter().filter(|(column, _)| has_label_below(*column)).count() > 1)
    {
        return true;
    }
    match below {
        Some(below) => name.and_then(|name| below.cell(name)).is_some_and(|cell| is_other(cell.text)),
        None => row.cells().filter(|cell| labels.claim(cell.text).is_none()).count() >= claims.len(),
    }
}

/// Whether labels and answers take turns in the row: 学历 | 本科 | 身高 | 172 | 手机 | 138….
fn alternates(row: Row<'_>, claims: &[(Column, Field)]) -> bool {
    let is_claimed = |column: Column| claims.iter().any(|(claimed, _)| *claimed == column);
    claims.len() > 2
        && row.cells().len() == 2 * claims.len()
        && row.cells().enumerate().all(|(place, cell)| is_claimed(cell.column) == (place % 2 == 0))
}

/// Whether labels and answers take turns in the row, where not everything was answered, and in one of the next rows as well:
/// below a label with its answer stands another one with its own.
fn goes_on(grid: &Grid, labels: &Labels<'_>, position: usize, is_other: impl Fn(&str) -> bool) -> bool {
    const NEAR: usize = 3;
    let Some(row) = grid.row_at(position) else { return false };
    let is_label = |cell: &Cell<'_>| labels.meaning(cell.text).is_some();
    let answers = row.cells().filter(|cell| !is_label(cell)).count();
    let is_answered = |row: Row<'_>, label: &Cell<'_>| is_label(label) && next(row, label).is_some_and(|answer| !is_label(&answer));
    let has_room = |label: &Cell<'_>| label.column.right(1).is_some_and(|beside| row.cell(beside).is_none());
    let has_place = |label: &Cell<'_>| is_answered(row, label) || is_label(label) && has_room(label);
    let goes_on = |row: Row<'_>, label: &Cell<'_>| is_answered(row, label) && is_other(label.text);
    let places: Vec<Column> = row.cells().filter(has_place).map(|label| label.column).collect();
    answers > 0
        && answers == row.cells().filter(|label| is_answered(row, label)).count()
        && grid
            .rows_at(position + 1..position + 1 + NEAR)
            .any(|row| row.cells().any(|label| places.contains(&label.column) && goes_on(row, &label)))
}

/// The cell that holds something right of this one.
fn next<'g>(row: Row<'g>, cell: &Cell<'_>) -> Option<Cell<'g>> {
    row.cells().find(|next| next.column > cell.column)
}

fn with_all_rows(grid: &Grid, labels: &Labels<'_>, position: usize, main: Row<'_>, name: Option<Column>) -> Heading {
    let number = main.number();
    let touching = |first: u32, last: u32| {
        grid.merges.iter().filter(move |merge| {
            merge.first.row <= last && merge.last.row >= first && merge.last.row.saturating_sub(merge.first.row) < MOST_ROWS
        })
    };
    let mut last = touching(number, number)
        .filter(|merge| merge.first.row == number && grid.cell(merge.first).is_some())
        .map(|merge| merge.last.row)
        .max()
        .unwrap_or(number)
        .max(number);
    if last == number
        && let Some(below) = grid.row_at(position + 1)
        && below.number() == number + 1
        && name.is_some_and(|name| below.cell(name).is_none())
        && !below.cells().all(|cell| instruction::is_instruction(cell.text))
        && (is_row_of_labels(main, below, labels) || completes(grid, labels, main, below))
    {
        last = below.number();
    }
    let start = if has_groups_above(grid, labels, position, main) { position - 1 } else { position };
    let first = grid.row_at(start).map_or(number, |row| row.number());
    let body = (position..grid.height()).find(|next| grid.row_at(*next).is_some_and(|row| row.number() > last)).unwrap_or(grid.height());
    Heading { start, body, rows: first..=last, merges: touching(first, last).copied().collect() }
}

/// Whether the row right above a heading is a row of groups (基本信息, 服务意向): it spans several columns, where a title spans all of
/// them and stands alone.
fn has_groups_above(grid: &Grid, labels: &Labels<'_>, position: usize, main: Row<'_>) -> bool {
    let above = position.checked_sub(1).and_then(|above| grid.row_at(above)).filter(|above| above.number() + 1 == main.number());
    let spans = |above: Row<'_>| {
        above.cells().len() >= 2
            && above.cells().any(|cell| is_group(grid, Address { row: above.number(), column: cell.column }))
            && !above.cells().any(|cell| cell.text.contains(['：', ':']))
    };
    above.is_some_and(|above| spans(above) || groups(above, main, labels))
}

/// Whether the row below a heading completes labels of it: 家庭 over 住址, 联系方式 over a lone 手机.
fn completes(grid: &Grid, labels: &Labels<'_>, main: Row<'_>, below: Row<'_>) -> bool {
    let completes = |column: Column, text: &str| {
        let group = || main.cells().take_while(|cell| cell.column < column).last().filter(|_| main.cell(column).is_none());
        let Some(over) = main.cell(column).or_else(group) else { return false };
        // 序号 over the number of a line
        if text.chars().all(|c| c.is_ascii_digit()) {
            return false;
        }
        let asks = |words: &str| match labels.meaning(words) {
            // 机关 may as well name a group of people, or tick an option
            Some(Meaning::Ours(Claim::Sure(Target::Option(..)))) => {
                matches!(labels.claim(over.text), Some(Claim::Sure(Target::Field(field))) if field.is_choice())
            }
            Some(_) => true,
            None => false,
        };
        is_ticked(labels, over, column, text, main, below)
            || asks(&format!("{}{text}", over.text))
            || asks(text) && main.cell(column).is_none_or(|over| labels.claim(over.text).is_none())
    };
    let people_follow = || grid.rows_from(below.number() + 1).next().is_some_and(|next| next.cells().len() >= 2);
    below.cells().all(|cell| matches!(cell.kind, Kind::Text | Kind::Untyped) && completes(cell.column, cell.text)) && people_follow()
}

/// Whether the text names one of several answers below this question: 男 | 女 below 性别.
fn is_ticked(labels: &Labels<'_>, over: Cell<'_>, column: Column, text: &str, main: Row<'_>, below: Row<'_>) -> bool {
    let Some(Claim::Sure(Target::Field(field))) = labels.claim(over.text) else { return false };
    let is_same = |other: Column| main.cells().take_while(|cell| cell.column <= other).last().is_some_and(|cell| cell.text == over.text);
    let is_another =
        |cell: &Cell<'_>| cell.column != column && cell.text != text && is_same(cell.column) && ticked::is_answer(field, cell.text);
    ticked::may_be_ticked(field) && ticked::is_answer(field, text) && below.cells().any(|cell| is_another(&cell))
}

/// Whether the row above a heading groups its columns without merging cells, and says of a group whose it is or which
/// choice: 紧急联系人 over 姓名 | 电话, 服务意向 over its options.
fn groups(above: Row<'_>, main: Row<'_>, labels: &Labels<'_>) -> bool {
    const LONGEST: usize = 16;
    let is_over = |column: Column| main.cell(column).is_some();
    let is_group = |over: Cell<'_>| match labels.meaning(over.text) {
        Some(Meaning::Foreign(Owner::Person | Owner::Relatives)) => true,
        Some(Meaning::Ours(Claim::Sure(Target::Field(field)))) => {
            let below = main.cell(over.column).map_or("", |below| below.text);
            field.is_choice() || is_ticked(labels, over, over.column, below, above, main)
        }
        _ => false,
    };
    above.cells().len() < main.cells().len()
        && above.cells().all(|cell| {
            is_over(cell.column)
                && cell.text.chars().count() <= LONGEST
                && !cell.text.contains(['：', ':'])
                && !cell.text.bytes().any(|byte| byte.is_ascii_digit())
        })
        && above.cells().any(is_group)
}

fn is_group(grid: &Grid, cell: Address) -> bool {
    grid.merge_at(cell).is_some_and(|merge| merge.last.column > merge.first.column && merge.last.row == merge.first.row)
}

/// Whether the row below the main one holds labels and nothing else: several are claimed, and nothing is a number. A lone one
/// (机关) may as well name a group of people, and an option right below its question is the answer of somebody without a name.
fn is_row_of_labels(main: Row<'_>, row: Row<'_>, labels: &Labels<'_>) -> bool {
    const MOST_DIGITS: usize = 4;
    let may_be_label = |cell: &Cell<'_>| {
        matches!(cell.kind, Kind::Text | Kind::Untyped) && cell.text.chars().filter(|c| c.is_numeric()).count() <= MOST_DIGITS
    };
    let is_label = |cell: &Cell<'_>| match labels.claim(cell.text) {
        Some(Claim::Sure(Target::Option(field, _))) => !answers(main, row, labels, cell.column, field),
        Some(Claim::Sure(_)) => true,
        Some(Claim::Ambiguous(_)) | None => parts::is_bare_part(cell.text),
    };
    row.cells().all(|cell| may_be_label(&cell)) && row.cells().filter(is_label).count() >= 2
}

/// Whether the option in this column stands below the question that asks for it, and no other option of it has a column beside it.
fn answers(main: Row<'_>, row: Row<'_>, labels: &Labels<'_>, column: Column, field: Field) -> bool {
    let asks = main.cell(column).and_then(|over| labels.claim(over.text));
    let goes_on = |beside: Column| {
        let option = row.cell(beside).and_then(|cell| labels.claim(cell.text));
        main.cell(beside).is_none() && matches!(option, Some(Claim::Sure(Target::Option(other, _))) if other == field)
    };
    matches!(asks, Some(Claim::Sure(Target::Field(asked))) if asked == field) && !column.right(1).is_some_and(goes_on)
}
