//! Columns that ask something of another person because of where they stand: 电话 right behind 紧急联系人.

use std::ops::Range;

use super::columns::{Claimed, sampled};
use crate::grid::Grid;
use crate::recognize::Target;
use crate::recognize::labels::{Claim, Labels, Meaning, Owner};
use crate::scheme::Field;
use crate::text::fold_label;
use crate::value::Mobile;

/// Who lives with somebody or stands in for them; where such a person works is never asked of the person.
const KIN: [&str; 14] = ["配偶", "爱人", "丈夫", "妻子", "父", "母", "子女", "儿子", "女儿", "亲属", "家属", "家庭成员", "家长", "监护人"];

/// Takes away what such columns claim, where the person's own stands further left; a lone one may be the person's after all, but
/// for where relatives work. Even that is the person's behind a relative's bare name (配偶姓名 | 工作单位) in a list that asks for no
/// other employer, be it another relative's: a list that needs one employer needs the person's, and the report says so.
///
/// A telephone of an office is nobody's emergency number, so landlines stay.
pub(super) fn leave(grid: &Grid, labels: &Labels<'_>, columns: &mut [Claimed], body: &Range<usize>) {
    let lone = (1..columns.len()).find(|place| is_lone_behind_a_name(columns, *place));
    for place in 1..columns.len() {
        let is_person = |column: &Claimed| {
            let word = column.words.last().map_or("", |word| word.as_str());
            matches!(labels.meaning(word), Some(Meaning::Foreign(Owner::Person)))
        };
        if !is_person(&columns[place - 1]) {
            continue;
        }
        let (before, here) = columns.split_at(place);
        let own = |asks: fn(&Claimed) -> bool| before[..place - 1].iter().any(asks);
        // 座机 further left is no mobile of the person's
        let own_mobiles = || before[..place - 1].iter().any(|column| is_of_phone(column) && are_mobiles(grid, column, body));
        let is_others = match &here[0].claim {
            Some(_) if is_of_phone(&here[0]) => own_mobiles() && are_mobiles(grid, &here[0], body),
            Some(_) if is_of_employer(&here[0]) => (is_of_kin(&before[place - 1]) && lone != Some(place)) || own(is_of_employer),
            _ => false,
        };
        if is_others {
            // 职务 behind the employer of the same person
            let is_followed = is_of_employer(&columns[place]) && columns.get(place + 1).is_some_and(is_of_position);
            for column in &mut columns[place..=place + usize::from(is_followed)] {
                column.claim = None;
            }
        }
    }
}

fn is_of_phone(column: &Claimed) -> bool {
    match &column.claim {
        Some(Claim::Sure(target)) => matches!(target.field(), Some(Field::Mobile | Field::Phone)),
        Some(Claim::Ambiguous(fields)) => fields.contains(&Field::Mobile),
        None => false,
    }
}

fn is_of_employer(column: &Claimed) -> bool {
    matches!(column.claim, Some(Claim::Sure(Target::Field(Field::Employer) | Target::Combined(_))))
}

fn is_of_position(column: &Claimed) -> bool {
    column.is(Field::Position)
}

fn is_of_kin(column: &Claimed) -> bool {
    let word = column.words.last().map(|word| fold_label(word)).unwrap_or_default();
    KIN.iter().any(|kin| word.starts_with(kin))
}

/// Whether the column at this place is the only one that asks where somebody works, and stands behind a column for nothing but
/// another person's name, in a list that asks of nobody else where they work.
fn is_lone_behind_a_name(columns: &[Claimed], place: usize) -> bool {
    let folded = |column: &Claimed| column.words.last().map(|word| fold_label(word)).unwrap_or_default();
    let is_employer = |column: &Claimed| is_of_employer(column) || (is_of_kin(column) && folded(column).ends_with("单位"));
    is_of_employer(&columns[place])
        && folded(&columns[place - 1]).ends_with("姓名")
        && columns[place - 1].words.len() == 1
        && columns.iter().filter(|column| is_employer(column)).count() == 1
}

fn are_mobiles(grid: &Grid, column: &Claimed, body: &Range<usize>) -> bool {
    let cells = grid.rows_at(sampled(body)).filter_map(|row| row.cell(column.column));
    let (all, mobiles) =
        cells.fold((0_usize, 0_usize), |(all, mobiles), cell| (all + 1, mobiles + usize::from(Mobile::parse(cell.text).is_ok())));
    mobiles * 2 > all
}
