//! Options that are chosen by their look: underlined, bold, in another colour.

use std::ops::Range;

use super::super::{Mark, Slot};
use super::listed::count_before;
use crate::scheme::OptionSpec;

/// Ticks the options whose words are set apart, or the number in front of them, or else their box, unless all of them are.
pub(super) fn tick_set_apart(slot: &mut Slot, text: &str, set_apart: &[Range<usize>], options: &[OptionSpec]) {
    if set_apart.is_empty() {
        return;
    }
    let place = text.get(slot.place.clone()).unwrap_or("");
    let mut found: Vec<(u16, Range<usize>, bool)> = printed(place, options)
        .into_iter()
        .map(|(index, words)| {
            let number = count_before(&place[..words.start]).map(|(_, start)| slot.place.start + start..slot.place.start + words.start);
            let words = slot.place.start + words.start..slot.place.start + words.end;
            let chosen = is_mostly_in(&words, set_apart) || number.is_some_and(|number| is_partly_in(&number, set_apart));
            (index, words, chosen)
        })
        .collect();
    if found.iter().all(|(.., chosen)| !chosen) {
        let has_look = |option: u16| slot.marks.iter().any(|mark| mark.option == Some(option) && is_mostly_in(&mark.glyph, set_apart));
        found.iter_mut().for_each(|(option, _, chosen)| *chosen = has_look(*option));
    }
    // what all looks alike was laid out so
    if found.iter().all(|(.., chosen)| *chosen) {
        slot.all_set_apart = found.len() > 1;
        return;
    }
    for (option, words, _) in found.into_iter().filter(|(.., chosen)| *chosen) {
        match slot.marks.iter_mut().find(|mark| mark.option == Some(option)) {
            Some(mark) => mark.ticked = true,
            None => slot.marks.push(Mark { option: Some(option), at: slot.answer_at, glyph: words.end..words.end, ticked: true }),
        }
    }
}

/// The options whose words stand in the text, each with its longest words.
pub(crate) fn printed(text: &str, options: &[OptionSpec]) -> Vec<(u16, Range<usize>)> {
    let place = |option: &OptionSpec| {
        let words = std::iter::once(&option.label).chain(&option.aliases).filter(|word| word.chars().count() > 1);
        let found = words.filter_map(|word| Some((text.rfind(word.as_str())?, word.len())));
        found.max_by_key(|(_, length)| *length).map(|(start, length)| start..start + length)
    };
    (0_u16..).zip(options).filter_map(|(index, option)| Some((index, place(option)?))).collect()
}

/// Whether some of the text lies in these parts.
fn is_partly_in(text: &Range<usize>, parts: &[Range<usize>]) -> bool {
    parts.iter().any(|part| part.start.max(text.start) < part.end.min(text.end))
}

/// Whether more than half of the words lie in these parts of the text.
pub(crate) fn is_mostly_in(words: &Range<usize>, parts: &[Range<usize>]) -> bool {
    let covered: usize = parts.iter().map(|part| part.end.min(words.end).saturating_sub(part.start.max(words.start))).sum();
    covered * 2 > words.len()
}
