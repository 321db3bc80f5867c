//! Lists whose people take two lines each, below a heading of two lines that ask for different things in the same columns:
//! 姓名 | 性别 over 家庭地址 | 手机.
//!
//! They are read as one form per person, so that every answer keeps its cell.

use super::Target;
use super::card::Card;
use super::labels::{Claim, Labels};
use super::transposed::{put, put_stranger};
use crate::address::{Address, Column};
use crate::grid::{Grid, Kind, Row};
use crate::scheme::Field;
use crate::value::{Mobile, Sex};

/// The heading is looked for in so many rows.
const SEARCHED_ROWS: usize = 50;
/// Each line of the heading asks for at least so much.
const FEWEST_LABELS: usize = 2;
/// A line with no more cells, below the people, is a total or a footer.
const MOST_CELLS_OF_A_FOOTER: usize = 4;

/// The two lines of a heading, and what each of their columns asks for.
struct Heading {
    lines: [Vec<Label>; 2],
    body: usize,
}

/// A cell of the heading.
struct Label {
    at: Address,
    claim: Option<Claim>,
}

/// The people of the grid if it is such a list, from the top; empty if it is none.
pub(super) fn find(grid: &Grid, labels: &Labels<'_>) -> Vec<Card> {
    let Some(heading) = (0..grid.height().min(SEARCHED_ROWS)).find_map(|position| heading(grid, labels, position)) else {
        return Vec::new();
    };
    let Some(people) = people(grid, &heading).filter(|people| are_told_by_both_lines(grid, &heading, people)) else {
        return Vec::new();
    };
    let targets = heading.lines.each_ref().map(|line| settle(grid, line, &people));
    people.iter().map(|rows| card(grid, labels, &heading, &targets, *rows)).collect()
}

fn heading(grid: &Grid, labels: &Labels<'_>, position: usize) -> Option<Heading> {
    let (upper, lower) = (grid.row_at(position)?, grid.row_at(position + 1)?);
    if lower.number() != upper.number() + 1 {
        return None;
    }
    let lines = [line(upper, labels)?, line(lower, labels)?];
    let asks = |line: &[Label], field: Field| line.iter().any(|label| fields(label).contains(&field));
    let [above, below] = &lines;
    let is_whole = |line: &[Label]| line.iter().filter(|label| label.claim.is_some()).count() >= FEWEST_LABELS;
    let repeats = above.iter().flat_map(fields).any(|field| asks(below, field));
    let is_stacked = |label: &Label| {
        let over = above.iter().find(|over| over.at.column == label.at.column);
        over.is_some_and(|over| fields(over).len() == 1 && !fields(label).is_empty() && !complete(grid, labels, over, label))
    };
    (asks(above, Field::Name) && is_whole(above) && is_whole(below) && !repeats && below.iter().any(is_stacked))
        .then_some(Heading { lines, body: position + 2 })
}

/// The labels of a row; `None` where it holds anything else.
fn line(row: Row<'_>, labels: &Labels<'_>) -> Option<Vec<Label>> {
    let label = |cell: crate::grid::Cell<'_>| {
        labels.meaning(cell.text).filter(|_| matches!(cell.kind, Kind::Text | Kind::Untyped))?;
        let claim = labels.claim(cell.text).filter(|claim| !matches!(claim, Claim::Sure(Target::Option(..) | Target::Mark)));
        Some(Label { at: Address { row: row.number(), column: cell.column }, claim })
    };
    row.cells().map(label).collect()
}

/// What the label asks for, apart from choices, whose options may stand below them.
fn fields(label: &Label) -> Vec<Field> {
    match &label.claim {
        Some(Claim::Sure(Target::Field(field))) => vec![*field],
        Some(Claim::Ambiguous(fields)) => fields.clone(),
        Some(Claim::Sure(_)) | None => Vec::new(),
    }
}

/// Whether the words of both cells together are one label: 单位 over 电话.
fn complete(grid: &Grid, labels: &Labels<'_>, over: &Label, below: &Label) -> bool {
    let words = |label: &Label| grid.cell(label.at).map_or("", |cell| cell.text);
    labels.claim(&format!("{}{}", words(over), words(below))).is_some() || fields(over).iter().any(|field| field.is_choice())
}

/// The rows of each person; `None` where the lines below the heading do not come in twos.
fn people(grid: &Grid, heading: &Heading) -> Option<Vec<[u32; 2]>> {
    let name = heading.lines[0].iter().find(|label| fields(label) == [Field::Name])?.at.column;
    let mut people = Vec::new();
    let mut rows = grid.rows_at(heading.body..grid.height()).filter(|row| row.cells().len() > 1).peekable();
    while let Some(first) = rows.next() {
        let second = rows.next_if(|second| second.number() == first.number() + 1);
        match second.filter(|_| first.cell(name).is_some()) {
            Some(second) => people.push([first.number(), second.number()]),
            None if first.cells().len() <= MOST_CELLS_OF_A_FOOTER && !people.is_empty() => break,
            None => return None,
        }
    }
    Some(people).filter(|people| !people.is_empty())
}

/// Whether what stands in the lines says that the first of each two answers the upper line of the heading, and the second the lower.
fn are_told_by_both_lines(grid: &Grid, heading: &Heading, people: &[[u32; 2]]) -> bool {
    let (mut fitting, mut strange) = ([0_usize; 2], 0_usize);
    for rows in people {
        strange += answers_of_the_upper_line(grid, heading, rows[1]);
        for (place, (line, row)) in heading.lines.iter().zip(rows).enumerate() {
            for label in line {
                let Some(cell) = grid.cell(Address { row: *row, column: label.at.column }) else { continue };
                match fields(label).first().and_then(|field| fits(*field, cell.text)) {
                    Some(true) => fitting[place] += 1,
                    Some(false) => strange += 1,
                    None => {}
                }
            }
        }
    }
    fitting.iter().all(|fitting| *fitting > 0) && fitting.iter().sum::<usize>() > 2 * strange
}

/// How many cells of a second line answer what the upper line of the heading asks for: there stands another person.
fn answers_of_the_upper_line(grid: &Grid, heading: &Heading, row: u32) -> usize {
    let [upper, lower] = &heading.lines;
    let is_free = |label: &&Label| lower.iter().all(|below| below.at.column != label.at.column);
    let answers = |label: &Label| {
        let cell = grid.cell(Address { row, column: label.at.column });
        cell.zip(fields(label).first().copied()).and_then(|(cell, field)| fits(field, cell.text)) == Some(true)
    };
    upper.iter().filter(is_free).filter(|label| answers(label)).count()
}

/// Whether the text is an answer to the field; `None` for fields that anything may answer.
fn fits(field: Field, text: &str) -> Option<bool> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    match field {
        Field::Sex => Some(Sex::parse(text).is_some()),
        Field::Mobile | Field::Phone => Some(Mobile::parse(text).is_ok() || (7..15).contains(&digits)),
        Field::IdNumber => Some(digits >= 15),
        Field::Birth | Field::JoinedParty => Some((4..12).contains(&digits)),
        Field::Postcode => Some(digits == 6),
        Field::Email => Some(text.contains('@')),
        Field::Name => Some(digits == 0),
        _ => None,
    }
}

/// What each column of a line holds.
fn settle(grid: &Grid, line: &[Label], people: &[[u32; 2]]) -> Vec<Option<Target>> {
    let asked = |field: Field| line.iter().any(|label| label.claim == Some(Claim::Sure(Target::Field(field))));
    let holds_mobiles = |column: Column| {
        let cells = people.iter().flatten().filter_map(|row| grid.cell(Address { row: *row, column }));
        cells.into_iter().any(|cell| Mobile::parse(cell.text).is_ok())
    };
    let target = |label: &Label| match &label.claim {
        Some(Claim::Sure(target)) => Some(*target),
        Some(Claim::Ambiguous(_)) if !asked(Field::Mobile) && holds_mobiles(label.at.column) => Some(Target::Field(Field::Mobile)),
        Some(Claim::Ambiguous(fields)) => fields.iter().copied().find(|field| !asked(*field)).map(Target::Field),
        None => None,
    };
    line.iter().map(target).collect()
}

fn card(grid: &Grid, labels: &Labels<'_>, heading: &Heading, targets: &[Vec<Option<Target>>; 2], rows: [u32; 2]) -> Card {
    let mut card = Card::default();
    for ((line, targets), row) in heading.lines.iter().zip(targets).zip(rows) {
        for (label, target) in line.iter().zip(targets) {
            let answer_at = Address { row, column: label.at.column };
            match target {
                Some(target) => put(&mut card, grid, labels, *target, [label.at, answer_at]),
                None => put_stranger(&mut card, grid, [label.at, answer_at]),
            }
        }
    }
    card
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::table_tests::drawn;
    use crate::scheme::Scheme;

    fn people_of(rows: &str) -> Vec<String> {
        let scheme = Scheme::built_in();
        let grid = drawn(rows, &[]);
        let text =
            |card: &Card, field: Field| card.slot(field).and_then(|slot| grid.cell(slot.answer_at)).map_or("", |cell| cell.text).to_owned();
        let cards = find(&grid, &Labels::of(&scheme));
        cards.iter().map(|card| [Field::Name, Field::Sex, Field::Mobile, Field::Address].map(|field| text(card, field)).join(" ")).collect()
    }

    #[test]
    fn two_lines_below_a_heading_of_two_lines_are_one_person() {
        let heading = "名册\n序号|姓名|性别|身份证号码|服务意向\n|家庭地址||电话|备注\n";
        let people = "1|张三|男|329901198506120013|尊老服务\n|长塘村1号||13800000001|\n2|李四|女|329901198506120021|助残服务\n|水湾村2号||13800000002|\n";
        assert_eq!(people_of(&format!("{heading}{people}合计|2人")), ["张三 男 13800000001 长塘村1号", "李四 女 13800000002 水湾村2号"]);
    }

    #[test]
    fn other_headings_of_two_lines_are_left_alone() {
        for rows in [
            "姓名|联系方式||服务意向\n|手机|QQ|\n张三|13800000001|123456|尊老服务\n李四|13800000002|123457|助残服务",
            "姓名|性别|联系方式||身份证号码\n||手机|QQ|\n张三|男|13800000001|123456|329901198506120013\n李四|女|13800000002|123457|329901198506120021",
            "姓名|性别|单位|手机\n||电话|\n张三|男|0519-86310000|13800000001\n李四|女|0519-86310000|13800000002",
            // the lines do not come in twos
            "姓名|性别|手机\n家庭地址|学历|QQ\n张三|男|13800000001\n李四|女|13800000002",
            // a form
            "姓名|张三|性别|男\n手机|13800000001|学历|本科",
        ] {
            assert!(people_of(rows).is_empty(), "{rows}");
        }
    }
}
