//! What says which options are chosen where no box is ticked: words for all of them beside the boxes, or the boxes that the
//! chosen ones have no more.

use std::ops::Range;

use super::super::{Mark, Slot};
use super::boxes::{Box, is_box};
use super::look::printed;
use super::repeated;
use crate::scheme::{Field, FieldSpec, Scheme};
use crate::text::{fold_label, is_blank_character};

/// Ticks the options of a slot by what its text says beside the boxes, or by the boxes that are gone.
pub(super) fn tick(slot: &mut Slot, text: &str, boxes: &[Box], spec: &FieldSpec, scheme: &Scheme) {
    let place = text.get(slot.place.clone()).unwrap_or("");
    if slot.all_set_apart || !slot.unknown.is_empty() || boxes.is_empty() || boxes.iter().any(|mark| mark.ticked) {
        return;
    }
    let printed = printed(place, &spec.options);
    let own = boxes.iter().filter(|mark| slot.marks.iter().all(|known| known.glyph.start != slot.place.start + mark.range.start));
    if let Some(words) = words_for_all(place, &printed, &own.collect::<Vec<_>>(), spec) {
        slot.marks.iter_mut().filter(|mark| mark.option.is_some()).for_each(|mark| mark.ticked = true);
        slot.said.push((slot.answer_at, slot.place.start + words.start..slot.place.start + words.end));
        return;
    }
    repeated::tick(slot, text, &spec.options);
    if slot.marks.iter().all(|mark| !mark.ticked) {
        tick_without_box(slot, boxes.len(), &printed, spec, scheme);
    }
}

/// Ticks the options that have no box, where they are the fewer; notes where nobody can tell whether they are meant.
fn tick_without_box(slot: &mut Slot, boxes: usize, printed: &[(u16, Range<usize>)], spec: &FieldSpec, scheme: &Scheme) {
    let has_box = |option: u16| slot.marks.iter().any(|mark| mark.option == Some(option));
    let bare: Vec<&(u16, Range<usize>)> = printed.iter().filter(|(option, _)| !has_box(*option)).collect();
    if bare.is_empty() || slot.marks.len() != boxes {
        return;
    }
    // every box is some option's, every option of the scheme is printed, and most have one: the box of these was deleted
    let is_whole = printed.len() == spec.options.len() && bare.len() < boxes;
    let is_one = spec.field != Field::Subsidy || u32::try_from(bare.len()).is_ok_and(|count| count <= scheme.rules.subsidy_most);
    if !is_whole || !is_one {
        slot.has_lost_boxes = true;
        return;
    }
    let at = slot.answer_at;
    let end = |words: &Range<usize>| slot.place.start + words.end;
    let chosen = bare.into_iter().map(|(option, words)| Mark { option: Some(*option), at, glyph: end(words)..end(words), ticked: true });
    let chosen: Vec<Mark> = chosen.collect();
    slot.marks.extend(chosen);
    slot.is_left_without_box = true;
}

/// The scheme's words for all options (服从安排) that somebody wrote beside the printed ones; not where they have one of the boxes
/// that are no option's.
fn words_for_all(place: &str, printed: &[(u16, Range<usize>)], others: &[&Box], spec: &FieldSpec) -> Option<Range<usize>> {
    let is_part =
        |c: char| is_blank_character(c) || matches!(c, '，' | ',' | '；' | ';' | '。' | '（' | '）' | '(' | ')' | '：' | ':' | '_');
    let is_in = |at: usize| printed.iter().any(|(_, words)| words.contains(&at));
    let is_between = |(at, c): (usize, char)| is_part(c) || is_box(c) || is_in(at);
    let mut rest = place.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if is_between((start, c)) {
            continue;
        }
        while rest.next_if(|next| !is_between(*next)).is_some() {}
        let end = rest.peek().map_or(place.len(), |next| next.0);
        let before = place[..start].trim_end_matches(is_part).len();
        let behind = place.len() - place[end..].trim_start_matches(is_part).len();
        let has_box = others.iter().any(|mark| mark.range.end == before || mark.range.start == behind);
        if spec.all_words.contains(&fold_label(&place[start..end])) && !has_box {
            return Some(start..end);
        }
    }
    None
}
