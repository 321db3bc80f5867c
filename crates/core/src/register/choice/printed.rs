//! A printed list of options in one cell: brackets to tick in, and ticks beside options that have no boxes.

use std::borrow::Cow;

use super::{BOXES, ChoiceReading, SEPARATORS, TICKS, UNCLEAR};
use crate::scheme::{FieldSpec, OptionSpec};
use crate::text::{fold_label, is_blank_character};

/// Brackets that people tick in.
const BRACKETS: [(char, char); 5] = [('（', '）'), ('(', ')'), ('[', ']'), ('【', '】'), ('［', '］')];

/// The text with a box for each pair of brackets that holds a tick or nothing: `[√]尊老服务 [ ]助残服务`.
pub(super) fn with_boxes(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| BRACKETS.iter().any(|(open, _)| *open == c)) {
        return Cow::Borrowed(text);
    }
    let mut boxed = String::with_capacity(text.len());
    // beside brackets with a tick, a cross says no: （√）尊老服务（×）助残服务
    let crosses: &[char] = if has_ticked_brackets(text) { &[] } else { &['x', 'X', '×'] };
    let mut rest = text;
    let (mut boxes, mut ticks) = (0, 0);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match box_of(c, rest, crosses) {
            Some((sign, length)) => {
                boxes += 1;
                ticks += usize::from(sign == '☑');
                boxed.push(sign);
                rest = &rest[length..];
            }
            None => boxed.push(c),
        }
    }
    // 其他（ ） alone is room to write in
    if ticks > 0 || boxes > 1 { Cow::Owned(boxed) } else { Cow::Borrowed(text) }
}

/// The text with an empty box for each crossed one, where others are ticked and none is empty: `☑尊老服务 ☒助残服务`.
pub(super) fn uncrossed(text: &str) -> Cow<'_, str> {
    let says_no = text.contains('☒') && text.contains(['☑', '√', '✓', '✔']) && !text.contains(BOXES);
    if says_no { Cow::Owned(text.replace('☒', "□")) } else { Cow::Borrowed(text) }
}

/// Whether brackets hold a tick.
fn has_ticked_brackets(text: &str) -> bool {
    let mut places = text.char_indices();
    places.any(|(at, c)| box_of(c, &text[at + c.len_utf8()..], &[]).is_some_and(|(sign, _)| sign == '☑'))
}

/// The box that the brackets opened here are, and how long what stands behind the opening one is; crosses tick, too, or say no.
fn box_of(opening: char, behind: &str, crosses: &[char]) -> Option<(char, usize)> {
    let (_, closing) = BRACKETS.iter().find(|(open, _)| *open == opening)?;
    let end = behind.find(*closing)?;
    let inside = behind[..end].trim_matches(is_blank_character);
    let mut signs = inside.chars();
    let sign = match (signs.next(), signs.next()) {
        (None, _) => '□',
        (Some(sign), None) if BOXES.contains(&sign) => '□',
        (Some(sign), None) if TICKS.contains(&sign) || matches!(sign, 'v' | 'V') || crosses.contains(&sign) => '☑',
        (Some('x' | 'X' | '×'), None) => '□',
        _ => return None,
    };
    Some((sign, end + closing.len_utf8()))
}

/// Reads ticks in a list of all options that has no boxes: `尊老服务√ 爱幼志愿服务 帮农民工服务 助残服务`. Each tick belongs to
/// the option next to it; where that may be either of two, this is said of it.
///
/// `None` if the text is no such list.
pub(super) fn read(spec: &FieldSpec, text: &str) -> Option<ChoiceReading> {
    let is_list = spec.options.len() > 1 && !text.contains(BOXES) && spec.options.iter().all(|option| is_named(option, text));
    if !is_list {
        return None;
    }
    let ticks: Vec<(usize, usize)> =
        text.char_indices().filter(|(_, c)| TICKS.contains(c)).map(|(start, tick)| (start, start + tick.len_utf8())).collect();
    let side = side_of(text, &ticks);
    let mut reading = ChoiceReading::default();
    for (position, (start, end)) in ticks.iter().enumerate() {
        let from = position.checked_sub(1).map_or(0, |before| ticks[before].1);
        let to = ticks.get(position + 1).map_or(text.len(), |next| next.0);
        let before = option_at(spec, &text[from..*start], |words, word| words.ends_with(word));
        let behind = option_at(spec, &text[*end..to], |words, word| words.starts_with(word));
        match (side, before, behind) {
            (Some(Side::Before), Some(option), _) | (Some(Side::Behind), _, Some(option)) => reading.chosen.push(option),
            (None, Some(before), Some(behind)) => reading.unknown.push(unclear(spec, before, behind)),
            (None, Some(only), None) | (None, None, Some(only)) => reading.chosen.push(only),
            // a tick beside other words, such as 其他
            _ => {}
        }
    }
    Some(reading)
}

/// On which side of the ticks their options stand.
#[derive(Debug, Clone, Copy)]
enum Side {
    Before,
    Behind,
}

/// The side whose words are nearer; `None` where a blank parts the ticks from both.
fn side_of(text: &str, ticks: &[(usize, usize)]) -> Option<Side> {
    let mut balance = 0_i32;
    let mut is_apart = false;
    for (start, end) in ticks {
        let (before, behind) = (gap(text[..*start].chars().rev()), gap(text[*end..].chars()));
        is_apart |= before > 0 && behind > 0;
        balance += i32::from(before < behind) - i32::from(behind < before);
    }
    match balance {
        1.. => Some(Side::Before),
        ..0 => Some(Side::Behind),
        // with nothing between them the tick stands where the form has its boxes: behind the option
        0 => (!is_apart).then_some(Side::Before),
    }
}

/// How many blanks stand before the next word; words on another line, or behind what parts options, are as far as can be.
fn gap(mut beside: impl Iterator<Item = char>) -> usize {
    let mut blanks = 0;
    let next = beside.find(|c| {
        blanks += 1;
        !is_blank_character(*c) || SEPARATORS.contains(c)
    });
    if next.is_some_and(|next| !SEPARATORS.contains(&next)) { blanks - 1 } else { usize::MAX }
}

/// What is said of a tick between two options.
fn unclear(spec: &FieldSpec, before: u16, behind: u16) -> String {
    let label = |place: u16| spec.options.get(usize::from(place)).map_or("", |option| option.label.as_str());
    format!("{UNCLEAR}「{}」和「{}」之间分不清选的哪一个", label(before), label(behind))
}

fn is_named(option: &OptionSpec, text: &str) -> bool {
    text.contains(option.label.as_str()) || {
        let folded = fold_label(text);
        option.aliases.iter().any(|alias| folded.contains(alias.as_str()))
    }
}

/// The option that the words end or begin with, the longest of several.
fn option_at(spec: &FieldSpec, words: &str, fits: fn(&str, &str) -> bool) -> Option<u16> {
    let words = fold_label(words.trim_matches(|c| SEPARATORS.contains(&c) || is_blank_character(c)));
    (0u16..)
        .zip(&spec.options)
        .flat_map(|(place, option)| {
            std::iter::once(fold_label(&option.label)).chain(option.aliases.iter().cloned()).map(move |word| (place, word))
        })
        .filter(|(_, word)| !word.is_empty() && fits(&words, word))
        .max_by_key(|(_, word)| word.len())
        .map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::super::read_choice;
    use crate::scheme::{Field, Scheme};

    #[test]
    fn brackets_are_boxes() {
        let scheme = Scheme::built_in();
        let spec = scheme.spec(Field::Services).expect("a choice");
        for (text, expected) in [
            ("[√]尊老服务 [ ]助残服务", &[0][..]),
            ("（ ）尊老服务（√）助残服务", &[3]),
            ("尊老服务（√） 爱幼志愿服务（ ） 助残服务（）", &[0]),
            ("尊老服务[x] 助残服务[ ]", &[0]),
            ("尊老服务[√] 助残服务[x]", &[0]),
            ("☑尊老服务 ☒爱幼志愿服务 ☒帮农民工服务 ☑助残服务", &[0, 3]),
            ("☒尊老服务 ☒助残服务", &[0, 3]),
            ("（×）尊老服务（√）助残服务", &[3]),
            ("（）尊老服务（）助残服务", &[]),
            ("（1）尊老服务（4）助残服务", &[0, 3]),
            ("尊老服务、其他（ ）", &[0]),
        ] {
            let reading = read_choice(spec, text);
            assert_eq!((reading.chosen.as_slice(), reading.unknown.as_slice()), (expected, &[][..]), "{text}");
        }
    }

    #[test]
    fn a_tick_in_a_list_without_boxes_chooses_the_option_beside_it_alone() {
        let scheme = Scheme::built_in();
        let spec = scheme.spec(Field::Services).expect("a choice");
        for (text, expected) in [
            ("尊老服务√ 爱幼志愿服务 帮农民工服务 助残服务", &[0][..]),
            ("尊老服务 爱幼志愿服务√ 帮农民工服务 助残服务√", &[1, 3]),
            ("√尊老服务 爱幼志愿服务 √帮农民工服务 助残服务", &[0, 2]),
            ("尊老服务 √爱幼志愿服务 帮农民工服务 助残服务", &[1]),
            ("尊老√、爱幼、帮农民工、助残", &[0]),
            ("尊老服务√爱幼志愿服务帮农民工服务√助残服务", &[0, 2]),
            ("尊老服务\n爱幼志愿服务 √\n帮农民工服务\n助残服务", &[1]),
        ] {
            let reading = read_choice(spec, text);
            assert_eq!((reading.chosen.as_slice(), reading.unknown.as_slice()), (expected, &[][..]), "{text}");
        }
        let open = read_choice(spec, "尊老服务 √ 爱幼志愿服务 帮农民工服务 助残服务");
        assert_eq!((open.chosen.len(), open.unknown.len()), (0, 1), "{open:?}");
    }
}
