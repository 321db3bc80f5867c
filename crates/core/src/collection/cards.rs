//! The answers on a card, as raw as those of a table's line.

use crate::grid::{Grid, Kind};
use crate::recognize::Target;
use crate::recognize::card::{Card, Slot};
use crate::register::RawAnswer;
use crate::scheme::{Field, Scheme};

/// The fields whose labels the card shows.
pub(super) fn fields(card: &Card) -> Vec<Field> {
    let mut fields = Vec::new();
    for slot in &card.slots {
        match slot.target {
            Target::Field(field) | Target::Option(field, _) => fields.push(field),
            Target::Combined(both) => fields.extend(both),
            Target::Mark | Target::Split(_) | Target::Unclaimed => {}
        }
    }
    fields
}

/// What stands in the card's answer cells; of a choice, a tick per chosen option and what is written behind 其他.
pub(super) fn answers<'g>(card: &Card, grid: &'g Grid, scheme: &Scheme) -> Vec<RawAnswer<'g>> {
    card.slots.iter().flat_map(|slot| answers_of(slot, grid, scheme)).collect()
}

fn answers_of<'g>(slot: &Slot, grid: &'g Grid, scheme: &Scheme) -> Vec<RawAnswer<'g>> {
    let cell = grid.cell(slot.answer_at);
    let (kind, place) = cell.map_or((Kind::Text, ""), |cell| (cell.kind, cell.text.get(slot.place.clone()).unwrap_or_default()));
    let Some(field) = slot.target.field() else { return Vec::new() };
    if slot.marks.is_empty() {
        return vec![RawAnswer { target: slot.target, kind, text: place }];
    }
    let mut answers: Vec<RawAnswer<'g>> = Vec::new();
    for mark in slot.marks.iter().filter(|mark| mark.ticked) {
        if let Some(option) = mark.option {
            answers.push(RawAnswer { target: Target::Option(field, option), kind: Kind::Text, text: "√" });
        }
    }
    // what is written behind 其他 begins at its label, which `read_choice` knows
    let other = scheme.spec(field).and_then(|spec| spec.other.as_ref());
    if let Some(start) = other.and_then(|other| place.find(other.label.as_str())) {
        answers.push(RawAnswer { target: slot.target, kind: Kind::Text, text: place.get(start..).unwrap_or_default() });
    }
    answers
}
