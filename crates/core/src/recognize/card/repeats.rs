//! Places of a blank that ask again for what its form has asked for: 姓名 at the foot, a slip to be torn off, a second copy.

use super::{Card, Form, Slot, copies, is_form, parts_across, slots};
use crate::address::Column;
use crate::grid::{Grid, Origin};
use crate::recognize::Target;
use crate::recognize::labels::Labels;
use crate::scheme::Field;
use crate::text::{fold_label, is_blank_character};

/// What a heading or line says under which other people or the office are asked.
const OTHERS: [&str; 18] = [
    "紧急联系", "联系人", "配偶", "家庭", "家属", "亲属", "介绍人", "推荐人", "监护人", "家长", "审核", "审批", "审查", "经办", "受理",
    "负责人", "社会关系", "领导",
];

/// The empty places that ask again for what this form asks for, with the grids they stand in, in reading order; a second copy of the
/// form is one with all its places.
///
/// Not those of other people, nor where somebody signs or stamps, nor under a qualification that makes another question of the
/// same label (全日制学历, 在职学历).
pub(crate) fn repeats(form: &Form, grids: &[&Grid], labels: &Labels<'_>) -> Vec<(usize, Slot)> {
    let of_form = form.iter().flat_map(|(position, card)| card.repeats.iter().map(move |slot| (*position, slot.clone())));
    let is_big = |part: &Form| is_form(slots(part)) && !is_cover(part, form, grids);
    let (parts, small): (Vec<Form>, Vec<Form>) = parts_across(grids, labels).into_iter().partition(is_big);
    let in_grids = |parts: Vec<Form>| {
        parts.into_iter().flatten().flat_map(|(position, card)| card.slots.into_iter().map(move |slot| (position, slot)))
    };
    // what a cover asks for beside the name is asked for nowhere else
    let named = |(part, name): (&Form, bool)| name.then(|| slots(part).map(|slot| slot.target).collect::<Vec<_>>());
    let of_covers: Vec<Target> = small.iter().map(|part| (part, is_cover(part, form, grids))).filter_map(named).flatten().collect();
    let mut found: Vec<(usize, Slot)> = of_form.chain(in_grids(small)).collect();
    found.retain(|(position, slot)| {
        let is_known = slots(form).any(|own| own.target == slot.target) || of_covers.contains(&slot.target);
        let is_free = |grid: &&Grid| is_empty(slot, grid) && !is_of_others(slot, *position, grids, grid);
        is_known && is_same_question(slot) && grids.get(*position).is_some_and(is_free)
    });
    // the form itself, as it is before its answers in tables inside cells are found there, is no copy of it
    let is_apart = |part: &Form| part.iter().all(|(position, card)| card.slots.iter().all(|slot| is_elsewhere(form, *position, slot)));
    let whole = parts.into_iter().filter(|part| is_apart(part) && copies::is_copy(part, form, grids)).collect();
    found.extend(in_grids(whole).filter(|(_, slot)| !is_signed(slot)));
    found.retain(|(position, slot)| is_elsewhere(form, *position, slot));
    found.sort_by_key(|(position, slot)| (*position, slot.label_at));
    found.dedup_by(|(a, one), (b, other)| a == b && one.answer_at == other.answer_at && one.place == other.place);
    found
}

/// Whether a part of a few lines asks for the person's name and little besides, as a cover before the form does.
fn is_cover(part: &Form, form: &Form, grids: &[&Grid]) -> bool {
    const MOST: usize = 5;
    let is_lines = |(position, card): &(usize, Card)| {
        card.slots.iter().all(|slot| slot.label_at == slot.answer_at && slot.label_at.column == Column::FIRST)
            && grids.get(*position).is_some_and(|grid| grid.origin == Origin::Word && card.slots.iter().all(|slot| is_empty(slot, grid)))
    };
    let begin = |form: &Form| form.first().map(|(position, card)| (*position, card.slots.first().map(|slot| slot.label_at)));
    let has_name = slots(part).any(|slot| slot.target == Target::Field(Field::Name));
    has_name && slots(part).count() <= MOST && begin(part) < begin(form) && part.iter().all(is_lines)
}

/// Whether none of the form's own answers stands where this one would.
fn is_elsewhere(form: &Form, position: usize, slot: &Slot) -> bool {
    form.iter()
        .filter(|(own, _)| *own == position)
        .flat_map(|(_, card)| &card.slots)
        .all(|own| own.answer_at != slot.answer_at || own.place != slot.place)
}

fn is_signed(slot: &Slot) -> bool {
    const SIGNED: [&str; 5] = ["签", "章", "承诺", "申请人", "审"];
    SIGNED.iter().any(|word| slot.label.contains(word))
}

fn is_same_question(slot: &Slot) -> bool {
    let is_signed = is_signed(slot);
    // who applies is the person, but 申请人： is where somebody signs
    let is_applicant = fold_label(&slot.label) == "申请人姓名";
    match slot.target {
        Target::Field(Field::Name) => is_applicant || (!is_signed && fold_label(&slot.label).ends_with("姓名")),
        Target::Field(Field::SignedOn | Field::Seq | Field::Education | Field::Major | Field::Experience) => false,
        _ => !is_signed,
    }
}

pub(super) fn is_empty(slot: &Slot, grid: &Grid) -> bool {
    let text = grid.cell(slot.answer_at).and_then(|cell| cell.text.get(slot.place.clone())).unwrap_or("");
    let is_line = |c: char| is_blank_character(c) || matches!(c, '_' | '＿');
    text.chars().all(is_line) || (!slot.marks.is_empty() && slot.marks.iter().all(|mark| !mark.ticked))
}

/// Whether the row, the nearest line above it that stands alone, or the line before the table speaks of others; a line that says
/// what becomes of the copy does not.
pub(super) fn is_of_others(slot: &Slot, position: usize, grids: &[&Grid], grid: &Grid) -> bool {
    let says = |text: &str| OTHERS.iter().any(|word| text.contains(word)) && !copies::is_copy_line(text);
    let rows: Vec<_> = grid.rows().filter(|row| row.number() <= slot.label_at.row).collect();
    for row in rows.iter().rev() {
        let texts: Vec<&str> = row.cells().map(|cell| cell.text).filter(|text| !text.chars().all(is_blank_character)).collect();
        let is_own = row.number() == slot.label_at.row;
        if is_own && texts.iter().any(|text| says(text)) {
            return true;
        }
        if !is_own && texts.len() == 1 {
            return says(texts[0]);
        }
    }
    let before = position.checked_sub(1).and_then(|before| grids.get(before));
    let line = before.and_then(|grid| grid.rows().last()).filter(|row| row.cells().count() == 1);
    line.is_some_and(|row| row.cells().any(|cell| says(cell.text)))
}
