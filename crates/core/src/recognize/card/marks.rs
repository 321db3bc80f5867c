//! The boxes of a choice: which option each belongs to, and whether it is ticked.
//!
//! Forms put the box behind its option (`手机充值□`) or before it (`□手机充值`); which of both a cell means is what makes more
//! of its options known.

use std::ops::Range;

use super::{Mark, Slot};
use crate::scheme::{Field, OptionSpec, Scheme};
use crate::text::{fold_label, is_blank_character};

const EMPTY: [char; 10] = ['□', '☐', '○', '◯', '〇', '◻', '▢', '❏', '❑', '❒'];
const TICKED: [char; 12] = ['☑', '☒', '■', '●', '√', '✓', '✔', '◉', '◼', '⊠', '⊙', '▣'];
const BRACKETS: [(char, char); 6] = [('（', '）'), ('(', ')'), ('[', ']'), ('【', '】'), ('［', '］'), ('〔', '〕')];

/// A box in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Box {
    range: Range<usize>,
    ticked: bool,
}

/// Which side of its option a box stands on.
#[derive(Debug, Clone, Copy)]
enum Side {
    Behind,
    Before,
}

/// Finds the boxes in the slot's answer, and the place where something else is written.
pub(super) fn find(slot: &mut Slot, text: &str, field: Field, scheme: &Scheme) {
    let Some(spec) = scheme.spec(field) else { return };
    let start = slot.place.start;
    let place = text.get(slot.place.clone()).unwrap_or("");
    let boxes = boxes(place);
    let behind = assign(place, &boxes, &spec.options, spec.other.as_ref(), Side::Behind);
    let before = assign(place, &boxes, &spec.options, spec.other.as_ref(), Side::Before);
    let options = if known(&before) > known(&behind) { before } else { behind };
    let shift = |range: &Range<usize>| range.start + start..range.end + start;
    slot.marks = boxes
        .iter()
        .zip(&options)
        .filter_map(|(mark, option)| {
            let option = (*option)?.ok();
            Some(Mark { option, at: slot.answer_at, glyph: shift(&mark.range), ticked: mark.ticked })
        })
        .collect();
    slot.other = spec.other.as_ref().and_then(|other| writing(place, &boxes, other)).map(|range| shift(&range));
}

fn known(options: &[Option<Result<u16, Other>>]) -> usize {
    options.iter().flatten().count()
}

/// The option behind which something else is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Other;

fn assign(text: &str, boxes: &[Box], options: &[OptionSpec], other: Option<&OptionSpec>, side: Side) -> Vec<Option<Result<u16, Other>>> {
    let mut found: Vec<Option<Result<u16, Other>>> = Vec::with_capacity(boxes.len());
    for (position, mark) in boxes.iter().enumerate() {
        let words = match side {
            Side::Behind => {
                let from = position.checked_sub(1).map_or(0, |before| boxes[before].range.end);
                text[from..mark.range.start].rsplit('\n').next().unwrap_or("")
            }
            Side::Before => {
                let to = boxes.get(position + 1).map_or(text.len(), |next| next.range.start);
                text[mark.range.end..to].split('\n').next().unwrap_or("")
            }
        };
        let option = meant(words, options, other, side).filter(|option| !found.contains(&Some(*option)));
        found.push(option);
    }
    found
}

/// The option whose words stand next to the box; of several that fit, the longest.
fn meant(words: &str, options: &[OptionSpec], other: Option<&OptionSpec>, side: Side) -> Option<Result<u16, Other>> {
    let folded = fold_label(words);
    let fits = |word: &str| match side {
        Side::Behind => folded.ends_with(word),
        Side::Before => folded.starts_with(word),
    };
    let candidates = (0_u16..).zip(options).map(|(index, option)| (Ok(index), option)).chain(other.map(|other| (Err(Other), other)));
    candidates
        .flat_map(|(option, spec)| {
            std::iter::once(fold_label(&spec.label)).chain(spec.aliases.iter().cloned()).map(move |word| (option, word))
        })
        .filter(|(_, word)| !word.is_empty() && fits(word))
        .max_by_key(|(_, word)| word.len())
        .map(|(option, _)| option)
}

/// The place behind the words of the other option, up to the end of the line or the next box.
fn writing(text: &str, boxes: &[Box], other: &OptionSpec) -> Option<Range<usize>> {
    let label = text.rfind(other.label.as_str())?;
    let mut start = label + other.label.len();
    if let Some(own) = boxes.iter().find(|mark| mark.range.start >= start && text[start..mark.range.start].chars().all(is_blank_character))
    {
        start = own.range.end;
    }
    let colon = text[start..].chars().next().filter(|c| matches!(c, '：' | ':')).map_or(0, char::len_utf8);
    start += colon;
    let end = text[start..].find('\n').map_or(text.len(), |line| start + line);
    let end = boxes.iter().map(|mark| mark.range.start).find(|mark| *mark >= start).map_or(end, |mark| mark.min(end));
    Some(start..end)
}

/// The boxes of a text: signs, and brackets with nothing or a tick in them.
fn boxes(text: &str) -> Vec<Box> {
    let mut found: Vec<Box> = Vec::new();
    let mut rest = text.char_indices();
    while let Some((at, c)) = rest.next() {
        if EMPTY.contains(&c) || TICKED.contains(&c) {
            let end = at + c.len_utf8();
            let ticked = TICKED.contains(&c);
            match found.last_mut() {
                // □√ and √□ are one box
                Some(last) if last.range.end == at && last.ticked != ticked => *last = Box { range: last.range.start..end, ticked: true },
                _ => found.push(Box { range: at..end, ticked }),
            }
        } else if let Some(mark) = bracket(&text[at..], c) {
            let range = at..at + mark.range.end;
            let behind = &text[range.end..];
            found.push(Box { range, ticked: mark.ticked });
            rest = text.char_indices();
            let consumed = text.len() - behind.len();
            while rest.clone().next().is_some_and(|(next, _)| next < consumed) {
                rest.next();
            }
        }
    }
    found
}

/// A pair of brackets at the start of the text that holds blanks or one tick.
fn bracket(text: &str, opening: char) -> Option<Box> {
    let (_, closing) = BRACKETS.iter().find(|(open, _)| *open == opening)?;
    let inside = &text[opening.len_utf8()..];
    let end = inside.find(*closing)?;
    let tick = inside[..end].trim_matches(is_blank_character);
    let ticked = match tick {
        "" => false,
        "v" | "V" | "∨" | "x" | "X" | "×" => true,
        one if one.chars().count() == 1 && TICKED.contains(&one.chars().next()?) => true,
        one if one.chars().count() == 1 && EMPTY.contains(&one.chars().next()?) => false,
        _ => return None,
    };
    Some(Box { range: 0..opening.len_utf8() + end + closing.len_utf8(), ticked })
}
