//! What says which options are chosen where no box is ticked: words for all of them beside the boxes, or the boxes that the
//! chosen ones have no more.

use std::ops::Range;

use super::super::{Mark, Slot};
use super::boxes::{Box, is_box};
use super::look::printed;
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
    if says_all(place, &printed, &own.collect::<Vec<_>>(), spec) {
        slot.marks.iter_mut().filter(|mark| mark.option.is_some()).for_each(|mark| mark.ticked = true);
        return;
    }
    let has_box = |option: u16| slot.marks.iter().any(|mark| mark.option == Some(option));
    let bare: Vec<&(u16, Range<usize>)> = printed.iter().filter(|(option, _)| !has_box(*option)).collect();
    // every box is some option's, every option of the scheme is printed, and most have one: the box of these was deleted
    let is_whole = slot.marks.len() == boxes.len() && printed.len() == spec.options.len() && bare.len() < boxes.len();
    let is_one = spec.field != Field::Subsidy || u32::try_from(bare.len()).is_ok_and(|count| count <= scheme.rules.subsidy_most);
    if bare.is_empty() || !is_whole || !is_one {
        return;
    }
    let at = slot.answer_at;
    let end = |words: &Range<usize>| slot.place.start + words.end;
    let chosen = bare.into_iter().map(|(option, words)| Mark { option: Some(*option), at, glyph: end(words)..end(words), ticked: true });
    let chosen: Vec<Mark> = chosen.collect();
    slot.marks.extend(chosen);
    slot.is_left_without_box = true;
}

/// Whether somebody wrote the scheme's words for all options (服从安排) beside the printed ones; not where they have one of the boxes
/// that are no option's.
fn says_all(place: &str, printed: &[(u16, Range<usize>)], others: &[&Box], spec: &FieldSpec) -> bool {
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
            return true;
        }
    }
    false
}
