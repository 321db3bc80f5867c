//! Columns that ask something of another person because of where they stand: 电话 right behind 紧急联系人.

use std::ops::Range;

use super::columns::{Claimed, sampled};
use crate::grid::Grid;
use crate::recognize::Target;
use crate::recognize::labels::{Claim, Labels, Meaning, Owner};
use crate::scheme::Field;
use crate::value::Mobile;

/// Takes away what such columns claim, where the person's own stands further left; a lone one may be the person's after all.
///
/// A telephone of an office is nobody's emergency number, so landlines stay.
pub(super) fn leave(grid: &Grid, labels: &Labels<'_>, columns: &mut [Claimed], body: &Range<usize>) {
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
            Some(_) if is_of_employer(&here[0]) => own(is_of_employer),
            _ => false,
        };
        if is_others {
            columns[place].claim = None;
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

fn are_mobiles(grid: &Grid, column: &Claimed, body: &Range<usize>) -> bool {
    let cells = grid.rows_at(sampled(body)).filter_map(|row| row.cell(column.column));
    let (all, mobiles) =
        cells.fold((0_usize, 0_usize), |(all, mobiles), cell| (all + 1, mobiles + usize::from(Mobile::parse(cell.text).is_ok())));
    mobiles * 2 > all
}
