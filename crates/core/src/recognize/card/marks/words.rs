//! The words that stand beside a box.

use std::cmp::Ordering;
use std::ops::Range;

use super::boxes::{Box, boxes};
use crate::text::is_blank_character;

/// Which side of its option a box stands on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    Behind,
    Before,
}

/// The words between a box and the next one on this side, on the same line.
pub(super) fn words_beside(text: &str, boxes: &[Box], position: usize, side: Side) -> Range<usize> {
    let own = &boxes[position].range;
    match side {
        Side::Behind => {
            let from = position.checked_sub(1).map_or(0, |before| boxes[before].range.end);
            text[from..own.start].rfind('\n').map_or(from, |line| from + line + 1)..own.start
        }
        Side::Before => {
            let to = boxes.get(position + 1).map_or(text.len(), |next| next.range.start);
            own.end..text[own.end..to].find('\n').map_or(to, |line| own.end + line)
        }
    }
}

/// The words of ticked boxes in an answer that is printed as boxes; `None` if it is not, empty if none is ticked.
pub(crate) fn ticked_words(text: &str) -> Option<String> {
    let boxes = boxes(text);
    let first = boxes.first()?;
    let trim = |words: &str| words.trim_matches(is_parting).to_owned();
    let leads = text[..first.range.start].chars().all(is_blank_character);
    if boxes.iter().all(|mark| mark.ticked) && boxes.len() < 2 {
        // 男√ 女: a tick alone belongs to the word next to it
        let side = if leads { Side::Before } else { nearer(text, &boxes)? };
        let words = trim(&text[words_beside(text, &boxes, 0, side)]);
        let word = match side {
            Side::Before => words.split(is_parting).next(),
            Side::Behind => words.rsplit(is_parting).next(),
        };
        return word.filter(|word| !word.is_empty()).map(str::to_owned);
    }
    if boxes.len() < 2 {
        return None;
    }
    let side = if leads { Side::Before } else { Side::Behind };
    let ticked = (0..boxes.len()).filter(|position| boxes[*position].ticked);
    let words: Vec<String> = ticked.map(|position| trim(&text[words_beside(text, &boxes, position, side)])).collect();
    Some(words.join("、"))
}

/// A box with the words that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoxedWord {
    /// The box's part of the text, in bytes.
    pub glyph: Range<usize>,
    /// The part of the words, in bytes.
    pub words: Range<usize>,
    /// Whether the box is ticked.
    pub ticked: bool,
}

/// Whether a sign may part two words with boxes: 男□ / 女□.
pub(super) fn is_parting(c: char) -> bool {
    is_blank_character(c) || matches!(c, '、' | '，' | ',' | '；' | ';' | '/' | '／')
}

/// The part of a text without what parts it from what is before and behind.
fn without_partings(text: &str, part: Range<usize>) -> Range<usize> {
    let words = text[part.clone()].trim_start_matches(is_parting);
    let start = part.end - words.len();
    start..start + words.trim_end_matches(is_parting).len()
}

/// The boxes of an answer that is printed as boxes though its field is no choice (`男□ 女□`); empty if it is not.
#[must_use]
pub fn boxed_words(text: &str) -> Vec<BoxedWord> {
    let boxes = boxes(text);
    let Some(first) = boxes.first() else { return Vec::new() };
    let side = if text[..first.range.start].chars().all(is_blank_character) { Side::Before } else { Side::Behind };
    let with_words = boxes.iter().enumerate();
    with_words
        .map(|(position, mark)| BoxedWord {
            glyph: mark.range.clone(),
            words: without_partings(text, words_beside(text, &boxes, position, side)),
            ticked: mark.ticked,
        })
        .collect()
}

/// On which side of the boxes the nearer words stand; `None` where they are as far as each other. What parts options, parts a
/// box from the words behind it: `尊老服务√、助残服务`.
pub(super) fn nearer(text: &str, boxes: &[Box]) -> Option<Side> {
    let is_word = |c: Option<char>| c.is_some_and(|c| !matches!(c, '、' | '，' | ',' | '；' | ';' | '/' | '／' | '①'..='⑳'));
    let gap = |blanks: usize, next: Option<char>| if is_word(next) { blanks } else { usize::MAX };
    let is_number = |text: &str| {
        let behind = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        behind.len() < text.len() && behind.starts_with(['、', '.', '．', ')', '）'])
    };
    let mut balance = 0_i32;
    for mark in boxes {
        let (head, tail) = (&text[..mark.range.start], &text[mark.range.end..]);
        let before = head.chars().rev().take_while(|c| is_blank_character(*c)).count();
        let behind = tail.chars().take_while(|c| is_blank_character(*c)).count();
        let before = gap(before, head.chars().nth_back(before));
        let is_counted = is_number(tail.trim_start_matches(is_blank_character));
        // 1.尊老服务 √2.助残服务: a tick right at the number is that option's
        let is_at_number = is_counted && behind == 0 && before > 0;
        let behind = if is_counted && !is_at_number { usize::MAX } else { gap(behind, tail.chars().nth(behind)) };
        balance += match before.cmp(&behind) {
            Ordering::Less => 1,
            Ordering::Equal => 0,
            Ordering::Greater => -1,
        };
    }
    match balance.cmp(&0) {
        Ordering::Greater => Some(Side::Behind),
        Ordering::Less => Some(Side::Before),
        Ordering::Equal => None,
    }
}

/// A box with the words on both sides of it.
pub(super) fn around(text: &str, boxes: &[Box], position: usize) -> Range<usize> {
    let near = |side| words_beside(text, boxes, position, side);
    let behind = near(Side::Behind);
    // words in front of the box before are those the tick may belong to
    let from = match position.checked_sub(1) {
        Some(before) if text[behind.clone()].trim().is_empty() => words_beside(text, boxes, before, Side::Behind).start,
        _ => behind.start,
    };
    from..near(Side::Before).end
}
