//! Tables that lie on their side: the labels stand one below the other, and each column beside them is a person.
//!
//! They are read as one form per column, so that every answer keeps its cell.

use compact_str::CompactString;

use super::Target;
use super::card::{Card, Stranger, marks, slot_at};
use super::labels::{Claim, Labels, Meaning};
use super::notes;
use crate::address::{Address, Column};
use crate::grid::{Cell, Grid, Row};
use crate::hint;
use crate::scheme::Field;
use crate::text::is_blank_character;
use crate::value::Mobile;

/// Fewest fields whose labels stand one below the other.
const FEWEST_LABELS: usize = 3;
/// Fewest people beside the labels; one alone is a form.
const FEWEST_PEOPLE: usize = 2;
/// The labels are looked for in so many rows and columns.
const SEARCHED_ROWS: usize = 200;
const SEARCHED_COLUMNS: usize = 4;

/// A label, and the row of its answers.
struct Line<'g> {
    row: Row<'g>,
    claim: Option<Claim>,
}

/// The people of the grid if it is such a table, from the left; empty if it is none.
pub(super) fn find(grid: &Grid, labels: &Labels<'_>) -> Vec<Card> {
    let mut columns: Vec<Column> = grid.rows_at(0..SEARCHED_ROWS).filter_map(|row| row.cells().next().map(|cell| cell.column)).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
        .into_iter()
        .take(SEARCHED_COLUMNS)
        .map(|column| people(grid, labels, column))
        .find(|cards| !cards.is_empty())
        .unwrap_or_default()
}

/// The people whose labels stand in this column.
fn people(grid: &Grid, labels: &Labels<'_>, column: Column) -> Vec<Card> {
    let lines: Vec<Line<'_>> = grid.rows_at(0..SEARCHED_ROWS).filter_map(|row| line(row, labels, column)).collect();
    let name = lines.iter().find(|line| line.claim == Some(Claim::Sure(Target::Field(Field::Name))));
    let count = lines.iter().filter(|line| line.claim.is_some()).count();
    let Some(name) = name.filter(|_| count >= FEWEST_LABELS) else { return Vec::new() };
    let notes: Vec<Column> = notes::headings(grid).iter().filter(|notes| notes.labels == column).map(|notes| notes.at.column).collect();
    let is_name = |cell: &Cell<'_>| !cell.text.chars().all(is_blank_character) && !hint::is_one(Field::Name, cell.text);
    let is_beside = |cell: &Cell<'_>| cell.column > column && !notes.contains(&cell.column);
    let answers = |row: &Row<'_>| row.cells().filter(|cell| is_beside(cell) && is_name(cell)).count();
    // a label right of another one is a form's
    let is_form = lines.iter().any(|line| line.row.cells().any(|cell| is_beside(&cell) && is_label(labels, cell.text)));
    if is_form || answers(&name.row) < FEWEST_PEOPLE {
        return Vec::new();
    }
    let mut columns: Vec<Column> = lines
        .iter()
        .filter(|line| line.claim.is_some())
        .flat_map(|line| line.row.cells().map(|cell| cell.column))
        .filter(|at| *at > column && !notes.contains(at))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    let targets = settle(&lines, column);
    columns.into_iter().map(|person| card(grid, labels, &lines, &targets, [column, person])).collect()
}

fn line<'g>(row: Row<'g>, labels: &Labels<'_>, column: Column) -> Option<Line<'g>> {
    let claim = match labels.meaning(row.cell(column)?.text) {
        Some(Meaning::Ours(claim)) => Some(claim),
        Some(Meaning::Foreign(_)) | None => None,
    };
    Some(Line { row, claim })
}

fn is_label(labels: &Labels<'_>, text: &str) -> bool {
    matches!(labels.claim(text), Some(Claim::Sure(Target::Field(_) | Target::Combined(_)) | Claim::Ambiguous(_)))
}

/// What each line holds; what an earlier one holds is nobody's again.
fn settle(lines: &[Line<'_>], column: Column) -> Vec<Option<Target>> {
    let mut given: Vec<Target> =
        lines.iter().filter_map(|line| if let Some(Claim::Sure(target)) = &line.claim { Some(*target) } else { None }).collect();
    let mut seen: Vec<Target> = Vec::new();
    let mut settled = Vec::new();
    for line in lines {
        let target = match &line.claim {
            Some(Claim::Sure(target @ (Target::Field(_) | Target::Combined(_) | Target::Option(..)))) => {
                (!seen.contains(target)).then_some(*target)
            }
            Some(Claim::Ambiguous(fields)) => {
                let mut free = fields.iter().copied().filter(|field| !given.contains(&Target::Field(*field)));
                let first = free.clone().next();
                let has_mobiles = line.row.cells().any(|cell| cell.column > column && Mobile::parse(cell.text).is_ok());
                let field = if has_mobiles { free.find(|field| *field == Field::Mobile).or(first) } else { first };
                given.extend(field.map(Target::Field));
                field.map(Target::Field)
            }
            Some(Claim::Sure(
                Target::Further(_) | Target::Ticked(_) | Target::Mark | Target::Split(_) | Target::Ignored | Target::Unclaimed,
            ))
            | None => None,
        };
        seen.extend(target);
        settled.push(target);
    }
    settled
}

/// The person whose answers stand in this column.
fn card(grid: &Grid, labels: &Labels<'_>, lines: &[Line<'_>], targets: &[Option<Target>], [label, person]: [Column; 2]) -> Card {
    let mut card = Card::default();
    // above the names stand headings: 项目, 第一人
    let name = lines.iter().zip(targets).find(|(_, target)| **target == Some(Target::Field(Field::Name)));
    let first = name.map_or(0, |(line, _)| line.row.number());
    for (line, target) in lines.iter().zip(targets) {
        let [label_at, answer_at] = [label, person].map(|column| Address { row: line.row.number(), column });
        match *target {
            Some(target) => put(&mut card, grid, labels, target, [label_at, answer_at]),
            None if answer_at.row > first => put_stranger(&mut card, grid, [label_at, answer_at]),
            None => card.unclaimed.push((label_at, words(grid, label_at))),
        }
    }
    card
}

/// Puts what a label asks for on the card, with the answer that stands in another cell.
pub(super) fn put(card: &mut Card, grid: &Grid, labels: &Labels<'_>, target: Target, [label_at, answer_at]: [Address; 2]) {
    let text = grid.cell(answer_at).map_or("", |cell| cell.text);
    let mut slot = slot_at(target, words(grid, label_at), label_at, answer_at, 0..text.len());
    if let Target::Field(field) = target
        && field.is_choice()
    {
        marks::find(&mut slot, text, &[], field, labels.scheme());
    }
    card.slots.push(slot);
}

/// Puts a label that no field claims on the card, with what stands behind it.
pub(super) fn put_stranger(card: &mut Card, grid: &Grid, [label_at, answer_at]: [Address; 2]) {
    let label = words(grid, label_at);
    card.unclaimed.push((label_at, label.clone()));
    if let Some(answer) = grid.cell(answer_at) {
        card.strangers.push(Stranger { label, label_at, answer_at, place: 0..answer.text.len() });
    }
}

fn words(grid: &Grid, at: Address) -> CompactString {
    grid.cell(at).map_or("", |cell| cell.text).trim().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::table_tests::drawn;
    use crate::scheme::Scheme;

    fn names(rows: &str) -> Vec<String> {
        let scheme = Scheme::built_in();
        let grid = drawn(rows, &[]);
        let cards = find(&grid, &Labels::of(&scheme));
        let name = |card: &Card| card.slot(Field::Name).and_then(|slot| grid.cell(slot.answer_at)).map_or("", |cell| cell.text).to_owned();
        cards.iter().map(name).collect()
    }

    #[test]
    fn each_column_beside_the_labels_is_a_person() {
        assert_eq!(
            names(
                "项目|第一人|第二人\n姓名|张甲一|李乙二\n性别|男|女\n民族|汉|汉\n联系电话|13800000001|13800000002\n服务意向|尊老服务|助残服务"
            ),
            ["张甲一", "李乙二"]
        );
        let form = "姓名|张甲一|性别|男\n学历|本科|手机|13800000001\n职务|会计|邮编|213100";
        assert!(names(form).is_empty(), "a form has labels beside labels");
        assert!(names("姓名|张甲一\n性别|男\n手机|13800000001").is_empty(), "one person is a form");
        assert!(names("姓名|性别|手机\n张甲一|男|13800000001").is_empty(), "an upright table");
    }
}
