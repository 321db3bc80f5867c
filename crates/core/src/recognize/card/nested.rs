//! Answers in a table of their own inside the answer's cell: one option a cell, or one letter of a number.
//!
//! Such a table is a grid of its own, so the answer becomes a part of the form there.

use std::collections::{BTreeMap, BTreeSet};

use super::{Card, Form, Slot, Stranger, search};
use crate::address::Address;
use crate::grid::Grid;
use crate::recognize::labels::Labels;
use crate::text::is_blank_character;

/// For the grid of each number, its cells around a table that asks for something itself: the words before it head it (二、联系方式).
pub(super) fn over_labels(grids: &[&Grid], labels: &Labels<'_>) -> BTreeMap<u32, BTreeSet<Address>> {
    let mut found: BTreeMap<u32, BTreeSet<Address>> = BTreeMap::new();
    for grid in grids {
        if let Some((number, at)) = grid.around.filter(|_| !search::is_without_labels(grid, labels)) {
            found.entry(number).or_default().insert(at);
        }
    }
    found
}

/// Moves every slot whose answer stands in a table inside its cell to the grid of that table.
pub(super) fn follow(forms: &mut [Form], grids: &[&Grid], labels: &Labels<'_>) {
    let mut inside: BTreeMap<(u32, Address), Vec<usize>> = BTreeMap::new();
    for (position, grid) in grids.iter().enumerate() {
        grid.around.into_iter().for_each(|around| inside.entry(around).or_default().push(position));
    }
    if inside.is_empty() {
        return;
    }
    for form in forms {
        let mut moved: Form = Vec::new();
        for (position, card) in form.iter_mut() {
            let Some(grid) = grids.get(*position) else { continue };
            let Some(number) = grid.number else { continue };
            let tables_in = |at: Address| inside.get(&(number, at)).into_iter().flatten().copied();
            for slot in std::mem::take(&mut card.slots) {
                // the table may also stand below the words of the label, in its cell
                let beside = Some(slot.label_at).filter(|label| *label != slot.answer_at && text(&slot, grid).is_empty());
                let mut tables = [Some(slot.answer_at), beside].into_iter().flatten().flat_map(tables_in).filter(|_| is_open(&slot, grid));
                match tables.find_map(|table| Some((table, search::answer_inside(grids.get(table)?, labels, &slot)?))) {
                    Some((table, found)) => {
                        card.strangers.extend(words_before(&slot, grid));
                        moved.push((table, Card { slots: vec![found], ..Card::default() }));
                    }
                    None => card.slots.push(slot),
                }
            }
        }
        form.append(&mut moved);
    }
}

/// Whether nothing in the slot's own cell answers it.
fn is_open(slot: &Slot, grid: &Grid) -> bool {
    let has_none = slot.marks.is_empty() && slot.unclear.is_empty() && slot.unknown.is_empty();
    let is_choice = slot.target.field().is_some_and(crate::scheme::Field::is_choice);
    has_none && (is_choice || text(slot, grid).chars().all(is_blank_character))
}

fn text<'g>(slot: &Slot, grid: &'g Grid) -> &'g str {
    grid.cell(slot.answer_at).and_then(|cell| cell.text.get(slot.place.clone())).unwrap_or_default()
}

/// What stands in the cell before the table, unless it says how to choose.
fn words_before(slot: &Slot, grid: &Grid) -> Option<Stranger> {
    const INSTRUCTION: [&str; 6] = ["选", "打", "勾", "√", "划", "填"];
    let words = text(slot, grid).trim_matches(is_blank_character);
    let is_said = !words.is_empty() && !words.starts_with(['（', '(']) && INSTRUCTION.iter().all(|word| !words.contains(word));
    is_said.then(|| Stranger { label: slot.label.clone(), label_at: slot.label_at, answer_at: slot.answer_at, place: slot.place.clone() })
}
