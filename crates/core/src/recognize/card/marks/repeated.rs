//! A choice whose boxes nobody ticked and whose options are named once more in words: `□尊老服务 □助残服务  选择：尊老服务`.

use std::ops::Range;

use super::super::Slot;
use super::boxes::is_box;
use super::words::is_parting;
use crate::scheme::OptionSpec;
use crate::text::{fold_label, is_blank_character};

/// Ticks the options that have a box and are named again: on a line of their own below the first box, or behind a word that asks
/// for them and a colon.
pub(super) fn tick(slot: &mut Slot, text: &str, options: &[OptionSpec]) {
    let Some(first) = slot.marks.iter().map(|mark| mark.glyph.start).min() else { return };
    let mut end = slot.place.start;
    for line in text.get(slot.place.clone()).unwrap_or("").split('\n') {
        let start = end;
        end = start + line.len() + 1;
        let Some(words) = apart(line, start > first) else { continue };
        let has_box = |option: &u16| slot.marks.iter().any(|mark| mark.option == Some(*option) && !mark.glyph.is_empty());
        let chosen = named(&line[words.clone()], options).filter(|chosen| chosen.iter().all(has_box));
        let Some(chosen) = chosen else { continue };
        let is_chosen = |option: Option<u16>| option.is_some_and(|option| chosen.contains(&option));
        slot.marks.iter_mut().filter(|mark| is_chosen(mark.option)).for_each(|mark| mark.ticked = true);
        slot.said.push((slot.answer_at, start + words.start..start + words.end));
        return;
    }
}

/// The part of a line that stands apart from boxes and may name options.
fn apart(line: &str, is_below: bool) -> Option<Range<usize>> {
    const ASKING: [&str; 6] = ["选", "意向", "意愿", "愿意", "参加", "填报"];
    const DENYING: [&str; 4] = ["不", "非", "除", "勿"];
    let last = line.char_indices().rfind(|(_, c)| is_box(*c));
    let behind = last.map_or(0, |(at, c)| at + c.len_utf8());
    let asked = line[behind..].char_indices().rfind(|(_, c)| matches!(c, '：' | ':')).filter(|(at, _)| {
        let before = &line[behind..behind + at];
        ASKING.iter().any(|word| before.contains(word)) && !DENYING.iter().any(|word| before.contains(word))
    });
    match asked {
        Some((at, colon)) => Some(behind + at + colon.len_utf8()..line.len()),
        None => (is_below && last.is_none()).then_some(0..line.len()),
    }
}

/// The options that are named by these words; none where some of the words name nothing.
fn named(words: &str, options: &[OptionSpec]) -> Option<Vec<u16>> {
    let is_around = |c: char| is_blank_character(c) || matches!(c, '（' | '）' | '(' | ')' | '。' | '_' | '＿');
    let option = |word: &str| {
        let folded = fold_label(word);
        let names = |option: &OptionSpec| fold_label(&option.label) == folded || option.aliases.contains(&folded);
        (0_u16..).zip(options).find(|(_, option)| names(option)).map(|(option, _)| option)
    };
    let words = words.trim_matches(is_around).split(is_parting).filter(|word| !word.is_empty());
    words.map(option).collect::<Option<Vec<u16>>>().filter(|chosen| !chosen.is_empty())
}
