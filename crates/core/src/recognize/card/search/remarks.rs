//! What somebody wrote in brackets behind an option they ticked: ☑随时可以（周三晚上）. No field takes it, and it is not to be lost.

use std::ops::Range;

use crate::grid::Grid;
use crate::recognize::card::{Card, Mark, Slot, Stranger, marks};
use crate::scheme::{Field, Scheme};
use crate::text::is_blank_character;

/// Keeps them as answers that no field claims.
pub(super) fn keep(card: &mut Card, grid: &Grid, scheme: &Scheme) {
    let found: Vec<Stranger> = card.slots.iter().flat_map(|slot| of_slot(slot, grid, scheme)).collect();
    card.strangers.extend(found);
}

/// Those of one choice; none where options nobody ticked have words in brackets too, which are the blank's own then.
fn of_slot(slot: &Slot, grid: &Grid, scheme: &Scheme) -> Vec<Stranger> {
    let Some(field) = slot.target.field().filter(|field| field.is_choice()) else { return Vec::new() };
    let mut found = Vec::new();
    for mark in &slot.marks {
        let Some((option, place)) = behind(slot, mark, grid, field, scheme) else { continue };
        if !mark.ticked {
            return Vec::new();
        }
        let label = format!("{}后面括号里的话", scheme.options(field)[usize::from(option)].label);
        found.push(Stranger { label: label.into(), label_at: slot.label_at, answer_at: mark.at, place });
    }
    found
}

/// The inside of the brackets right behind the option of a box that stands before it, on the same line.
fn behind(slot: &Slot, mark: &Mark, grid: &Grid, field: Field, scheme: &Scheme) -> Option<(u16, Range<usize>)> {
    const HINTS: [&str; 8] = ["请", "注明", "说明", "填写", "限", "打", "√", "必选"];
    let text = grid.cell(mark.at)?.text;
    let next = slot.marks.iter().filter(|other| other.at == mark.at && other.glyph.start >= mark.glyph.end);
    let end = next.map(|other| other.glyph.start).min().unwrap_or(text.len());
    let line = text.get(mark.glyph.end..end)?.split('\n').next()?;
    let opening = line.find(['（', '('])?;
    let (option, _) = marks::named(&line[..opening], field, scheme).filter(|(option, _)| mark.option == Some(*option))?;
    let from = opening + line[opening..].chars().next()?.len_utf8();
    let inside = &line[from..from + line[from..].find(['）', ')'])?];
    let is_said = inside.chars().any(|c| !is_blank_character(c) && !marks::is_box(c)) && !HINTS.iter().any(|hint| inside.contains(hint));
    let start = mark.glyph.end + from;
    is_said.then_some((option, start..start + inside.len()))
}
