//! The boxes of a choice: which option each belongs to, and whether it is ticked.
//!
//! Forms put the box behind its option (`手机充值□`) or before it (`□手机充值`); which of both a cell means is what makes more
//! of its options known.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use compact_str::CompactString;

use super::{Mark, Slot};
use crate::scheme::{Field, FieldSpec, OptionSpec, Scheme};
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

/// Finds the boxes in the slot's answer, and the place where something else is written. Where no box is ticked, options
/// that are set apart (underlined, bold) are.
pub(in crate::recognize) fn find(slot: &mut Slot, text: &str, set_apart: &[Range<usize>], field: Field, scheme: &Scheme) {
    let Some(spec) = scheme.spec(field) else { return };
    let (start, at) = (slot.place.start, slot.answer_at);
    let place = text.get(slot.place.clone()).unwrap_or("");
    let other = other_of(spec);
    let mut boxes = boxes(place);
    if boxes.is_empty() {
        boxes = spoken(place, &spec.options);
    }
    if are_rings(place, &boxes, &spec.options) {
        boxes.iter_mut().for_each(|ring| ring.ticked = true);
    }
    let room = writing(place, &boxes, &other);
    // 其他（      ）: the brackets are no box but the room to write in
    let is_around = |mark: &Box, room: &Range<usize>| mark.range.start < room.start && room.end < mark.range.end;
    let brackets_behind = boxes.iter().any(|mark| room.as_ref().is_some_and(|room| is_around(mark, room)));
    boxes.retain(|mark| room.as_ref().is_none_or(|room| !is_around(mark, room)));
    let assigned = |side| assign(place, &boxes, &spec.options, Some(&other), side);
    let (behind, before) = (assigned(Side::Behind), assigned(Side::Before));
    // （ ）尊老服务 （ ）助残服务 （ ）其他服务: both sides know as many, but the line begins with a box
    let leads = boxes
        .first()
        .is_some_and(|first| place[..first.range.start].rsplit('\n').next().is_some_and(|line| line.chars().all(is_blank_character)));
    // what has brackets for its words behind it has those to tick there, too
    let nearer = nearer(place, &boxes).or(brackets_behind.then_some(Side::Behind));
    let side = match known(&before).cmp(&known(&behind)) {
        Ordering::Greater => Side::Before,
        Ordering::Less => Side::Behind,
        Ordering::Equal if leads => Side::Before,
        Ordering::Equal => nearer.unwrap_or(Side::Behind),
    };
    // a tick right between two options, and nothing else that says which is meant
    let is_open = known(&before) == known(&behind) && !leads && nearer.is_none() && known(&before) > 0;
    let options = match side {
        Side::Before => before,
        Side::Behind => behind,
    };
    let shift = |range: &Range<usize>| range.start + start..range.end + start;
    let mut ticked: Vec<bool> = boxes.iter().map(|mark| mark.ticked).collect();
    for position in (0..boxes.len()).filter(|position| boxes[*position].ticked) {
        let words = words_beside(place, &boxes, position, side);
        let is_stray = options[position].is_none() && fold_label(&place[words.clone()]).is_empty() && known(&options) > 0;
        match options[position] {
            Some(_) if is_open => slot.unclear.push((at, shift(&around(place, &boxes, position)))),
            Some(_) => {}
            None if is_stray => match owner_of_stray(place, &boxes, position, side, &options) {
                Some(owner) => ticked[owner] = true,
                None => slot.unclear.push((at, shift(&around(place, &boxes, position)))),
            },
            None if is_option_like(&place[words.clone()], &spec.options) => slot.unknown.push((at, shift(&words))),
            None => {}
        }
    }
    let assigned = boxes.iter().zip(&options).zip(&ticked).filter(|_| !is_open || boxes.iter().all(|mark| !mark.ticked));
    slot.marks = assigned
        .filter_map(|((mark, option), ticked)| Some(Mark { option: (*option)?.ok(), at, glyph: shift(&mark.range), ticked: *ticked }))
        .collect();
    slot.other = room.map(|range| (at, shift(&range)));
    if slot.marks.iter().all(|mark| !mark.ticked) && slot.unclear.is_empty() {
        tick_set_apart(slot, text, set_apart, &spec.options);
    }
}

/// The answers behind options that are each answered in words (`尊老服务：是  助残服务：否`), as boxes; none where one is not.
fn spoken(place: &str, options: &[OptionSpec]) -> Vec<Box> {
    let mut words: Vec<Range<usize>> = printed(place, options).into_iter().map(|(_, words)| words).collect();
    words.sort_by_key(|words| words.start);
    let answer = |words: &Range<usize>| {
        let rest = place[words.end..].trim_start_matches(|c| is_blank_character(c) || matches!(c, '：' | ':'));
        let start = place.len() - rest.len();
        let said = rest.chars().next().filter(|said| matches!(said, '是' | '否') && start > words.end)?;
        let is_all = !rest[said.len_utf8()..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '／' | '□'));
        is_all.then_some(Box { range: start..start + said.len_utf8(), ticked: said == '是' })
    };
    let answers: Option<Vec<Box>> = words.iter().map(answer).collect();
    answers.filter(|answers| answers.len() > 1).unwrap_or_default()
}

/// Whether the circles were drawn by the person: only some of the options have one, and the others have no box at all.
fn are_rings(place: &str, boxes: &[Box], options: &[OptionSpec]) -> bool {
    const RINGS: [&str; 3] = ["○", "◯", "〇"];
    let printed = options.iter().filter(|option| place.contains(option.label.as_str())).count();
    !boxes.is_empty() && boxes.len() < printed && boxes.iter().all(|ring| RINGS.contains(&&place[ring.range.clone()]))
}

/// Ticks the only option that is left of several that exclude each other: the others were deleted.
pub(super) fn tick_what_is_left(slot: &mut Slot, field: Field, scheme: &Scheme) {
    let is_single = field == Field::Subsidy && scheme.rules.subsidy_most == 1 && scheme.options(field).len() > 1;
    if let ([only], true) = (slot.marks.as_mut_slice(), is_single && slot.unknown.is_empty() && slot.unclear.is_empty()) {
        only.ticked |= only.option.is_some();
    }
}

/// On which side of the boxes the nearer words stand; `None` where they are as far as each other. What parts options, parts a
/// box from the words behind it: `尊老服务√、助残服务`.
fn nearer(text: &str, boxes: &[Box]) -> Option<Side> {
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
        let behind =
            if is_number(tail.trim_start_matches(is_blank_character)) { usize::MAX } else { gap(behind, tail.chars().nth(behind)) };
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

/// The box of the option that a tick without an option of its own belongs to; `None` where it may be the one before or the
/// one behind it, as where it was typed in front of an option whose box stands behind it.
fn owner_of_stray(text: &str, boxes: &[Box], position: usize, side: Side, options: &[Option<Result<u16, Other>>]) -> Option<usize> {
    let own = &boxes[position].range;
    let head = text[..own.start].rsplit('\n').next().unwrap_or("");
    let tail = text[own.end..].split('\n').next().unwrap_or("");
    let before = (0..position).rev().find(|other| options[*other].is_some());
    let behind = (position + 1..boxes.len()).find(|other| options[*other].is_some());
    let gaps = (head.chars().rev().position(|c| !is_blank_character(c)), tail.chars().position(|c| !is_blank_character(c)));
    match (gaps, side) {
        ((None, _), _) => behind,
        ((Some(_), None), _) => before,
        // □双休日√ □节假日
        ((Some(near), Some(far)), Side::Before) if near < far => before,
        ((Some(_), Some(_)), Side::Before | Side::Behind) => None,
    }
}

/// A box with the words on both sides of it.
fn around(text: &str, boxes: &[Box], position: usize) -> Range<usize> {
    let near = |side| words_beside(text, boxes, position, side);
    let behind = near(Side::Behind);
    // words in front of the box before are those the tick may belong to
    let from = match position.checked_sub(1) {
        Some(before) if text[behind.clone()].trim().is_empty() => words_beside(text, boxes, before, Side::Behind).start,
        _ => behind.start,
    };
    from..near(Side::Before).end
}

/// Whether words beside a ticked box could be an option the scheme does not know; the blank's own words about how to tick are none.
fn is_option_like(words: &str, options: &[OptionSpec]) -> bool {
    const INSTRUCTION: [&str; 6] = ["请", "选择", "标注", "限选", "打", "划"];
    const LONGEST: usize = 12;
    let folded = fold_label(words);
    !folded.is_empty()
        && folded.chars().count() <= LONGEST
        && !INSTRUCTION.iter().any(|word| folded.contains(word))
        && meant(words, options, None, Side::Behind).is_none()
}

/// Ticks the options whose words are set apart, unless all of them are.
fn tick_set_apart(slot: &mut Slot, text: &str, set_apart: &[Range<usize>], options: &[OptionSpec]) {
    if set_apart.is_empty() {
        return;
    }
    let place = text.get(slot.place.clone()).unwrap_or("");
    let found: Vec<(u16, Range<usize>, bool)> = printed(place, options)
        .into_iter()
        .map(|(index, words)| {
            let words = slot.place.start + words.start..slot.place.start + words.end;
            let chosen = is_mostly_in(&words, set_apart);
            (index, words, chosen)
        })
        .collect();
    // what all looks alike was laid out so
    if found.iter().all(|(.., chosen)| *chosen) {
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
pub(super) fn printed(text: &str, options: &[OptionSpec]) -> Vec<(u16, Range<usize>)> {
    let place = |option: &OptionSpec| {
        let words = std::iter::once(&option.label).chain(&option.aliases).filter(|word| word.chars().count() > 1);
        let found = words.filter_map(|word| Some((text.rfind(word.as_str())?, word.len())));
        found.max_by_key(|(_, length)| *length).map(|(start, length)| start..start + length)
    };
    (0_u16..).zip(options).filter_map(|(index, option)| Some((index, place(option)?))).collect()
}

/// Whether more than half of the words lie in these parts of the text.
pub(super) fn is_mostly_in(words: &Range<usize>, parts: &[Range<usize>]) -> bool {
    let covered: usize = parts.iter().map(|part| part.end.min(words.end).saturating_sub(part.start.max(words.start))).sum();
    covered * 2 > words.len()
}

/// The words of ticked boxes in an answer that is printed as boxes; `None` if it is not, empty if none is ticked.
pub(crate) fn ticked_words(text: &str) -> Option<String> {
    const PARTING: [char; 6] = ['、', '，', ',', '；', ';', '/'];
    let boxes = boxes(text);
    let first = boxes.first()?;
    let is_parting = |c: char| is_blank_character(c) || PARTING.contains(&c);
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
            words: words_beside(text, &boxes, position, side),
            ticked: mark.ticked,
        })
        .collect()
}

/// The option that a cell names by itself, and whether the cell ticks it.
pub(super) fn named(text: &str, field: Field, scheme: &Scheme) -> Option<(u16, bool)> {
    let bare = text.trim_matches(|c| is_blank_character(c) || is_box(c));
    let folded = fold_label(bare);
    let folded = without_ordinal(&folded);
    let names = |option: &OptionSpec| fold_label(&option.label) == folded || option.aliases.iter().any(|alias| alias == folded);
    let (option, _) = (0_u16..).zip(scheme.options(field)).find(|(_, option)| !folded.is_empty() && names(option))?;
    Some((option, text.contains(TICKED)))
}

/// Whether the text has an empty box.
pub(super) fn has_empty(text: &str) -> bool {
    boxes(text).iter().any(|mark| !mark.ticked)
}

/// Whether the text is a tick, or a word for one, and nothing else.
pub(super) fn is_tick(text: &str) -> bool {
    let bare = text.trim_matches(is_blank_character);
    !bare.is_empty() && (bare.chars().all(|c| TICKED.contains(&c)) || matches!(bare, "v" | "V" | "∨" | "是" | "1" | "Y" | "y" | "TRUE"))
}

/// Whether the text is nothing but what a person or a program puts for yes or no.
pub(super) fn is_yes_or_no(text: &str) -> bool {
    let bare = text.trim_matches(is_blank_character);
    is_tick(text) || (!bare.is_empty() && bare.chars().all(is_box)) || matches!(bare, "FALSE" | "否" | "0" | "N" | "n" | "×" | "✗")
}

/// Whether the text is printed options with boxes of which none is ticked.
pub(in crate::recognize) fn are_untouched(text: &str) -> bool {
    if !text.contains(EMPTY) {
        return false;
    }
    let boxes = boxes(text);
    let is_alone = || text.chars().all(|c| is_blank_character(c) || is_box(c));
    boxes.iter().all(|mark| !mark.ticked) && (boxes.len() > 1 || is_alone())
}

/// Whether the character is a box, empty or ticked.
pub(crate) fn is_box(c: char) -> bool {
    EMPTY.contains(&c) || TICKED.contains(&c)
}

/// The words between a box and the next one on this side, on the same line.
fn words_beside(text: &str, boxes: &[Box], position: usize, side: Side) -> Range<usize> {
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

fn known(options: &[Option<Result<u16, Other>>]) -> usize {
    options.iter().flatten().count()
}

/// The option behind which something else is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Other;

fn assign(text: &str, boxes: &[Box], options: &[OptionSpec], other: Option<&OptionSpec>, side: Side) -> Vec<Option<Result<u16, Other>>> {
    let mut found: Vec<Option<Result<u16, Other>>> = Vec::with_capacity(boxes.len());
    for position in 0..boxes.len() {
        let words = &text[words_beside(text, boxes, position, side)];
        let option = meant(words, options, other, side).filter(|option| !found.contains(&Some(*option)));
        found.push(option);
    }
    found
}

/// The words behind what counts an option: `A.尊老服务`, `2尊老服务`.
fn without_ordinal(folded: &str) -> &str {
    let words = folded.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let is_short = (1..=2).contains(&(folded.len() - words.len()));
    let words = words.trim_start_matches(['.', ')', '、', ':', '-']);
    if is_short && words.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii()) { words } else { folded }
}

/// The option whose words stand next to the box; of several that fit, the longest.
fn meant(words: &str, options: &[OptionSpec], other: Option<&OptionSpec>, side: Side) -> Option<Result<u16, Other>> {
    let folded = fold_label(words);
    let folded = without_ordinal(&folded);
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

/// Whether the text is nothing but the words behind which something else is written (其他时间：), without a box.
pub(in crate::recognize) fn is_other(text: &str, field: Field, scheme: &Scheme) -> bool {
    let folded = fold_label(text.trim_end_matches(|c| is_blank_character(c) || matches!(c, '：' | ':' | '_')));
    let other = scheme.spec(field).map(other_of);
    other.is_some_and(|other| fold_label(&other.label) == folded || other.aliases.contains(&folded))
}

/// The words behind which something else is written: the scheme's own, else what blanks print for any choice.
fn other_of(spec: &FieldSpec) -> Cow<'_, OptionSpec> {
    const USUAL: [&str; 8] = ["其它", "其他服务", "其它服务", "其他项目", "其它项目", "其他服务项目", "其他志愿服务", "其他方式"];
    let usual = || {
        let mut other = OptionSpec::new("其他");
        other.aliases = USUAL.map(CompactString::from).to_vec();
        other
    };
    spec.other.as_ref().map_or_else(|| Cow::Owned(usual()), Cow::Borrowed)
}

/// The place behind the words of the other option, up to the end of the line or the next box; where brackets follow the words
/// and are no box to tick, inside of them.
fn writing(text: &str, boxes: &[Box], other: &OptionSpec) -> Option<Range<usize>> {
    let mut start = behind_hint(text, words_of(text, other)?.end);
    if let Some(room) = brackets(text, start).filter(|room| is_room(text, room, boxes)) {
        return Some(room);
    }
    if let Some(own) = boxes.iter().find(|mark| mark.range.start >= start && text[start..mark.range.start].chars().all(is_blank_character))
    {
        start = behind_hint(text, own.range.end);
    }
    let colon = text[start..].chars().next().filter(|c| matches!(c, '：' | ':')).map_or(0, char::len_utf8);
    start += colon;
    let end = text[start..].find('\n').map_or(text.len(), |line| start + line);
    let end = boxes.iter().map(|mark| mark.range.start).find(|mark| *mark >= start).map_or(end, |mark| mark.min(end));
    Some(start..end)
}

/// The inside of the brackets that begin here, behind blanks and a colon, and end on the same line.
fn brackets(text: &str, start: usize) -> Option<Range<usize>> {
    let from = start + text[start..].find(|c| !is_blank_character(c) && !matches!(c, '：' | ':'))?;
    let opening = text[from..].chars().next()?;
    let (_, closing) = BRACKETS.iter().find(|(open, _)| *open == opening)?;
    let inside = from + opening.len_utf8();
    let line = text[inside..].split('\n').next().unwrap_or("");
    // what is written inside may have brackets itself
    let mut depth = 1_usize;
    let closes = |(_, c): &(usize, char)| {
        depth = if *c == opening { depth + 1 } else { depth - usize::from(c == closing) };
        depth == 0
    };
    let end = line.char_indices().find(closes).map(|(end, _)| end).or_else(|| line.rfind(*closing))?;
    Some(inside..inside + end)
}

/// Whether brackets are room to write in: something is written there, or they are wider than those that are ticked.
fn is_room(text: &str, inside: &Range<usize>, boxes: &[Box]) -> bool {
    const WIDEST_BOX: usize = 3;
    let own = boxes.iter().find(|mark| mark.range.start < inside.start && inside.end < mark.range.end);
    let width = |range: &Range<usize>| text[range.clone()].chars().count();
    let others =
        boxes.iter().filter(|mark| Some(*mark) != own && BRACKETS.iter().any(|(open, _)| text[mark.range.clone()].starts_with(*open)));
    match own {
        Some(own) if own.ticked => false,
        Some(own) => width(inside) > WIDEST_BOX && others.map(|mark| width(&mark.range)).all(|other| other < width(&own.range)),
        None => true,
    }
}

/// Where the words end with the hint behind them in brackets: `其他（请注明）`.
fn behind_hint(text: &str, words: usize) -> usize {
    const HINTS: [&str; 7] = ["注明", "说明", "填写", "写明", "具体", "列明", "备注"];
    let is_hint = |inside: &Range<usize>| HINTS.iter().any(|hint| text[inside.clone()].contains(hint));
    let behind = |inside: Range<usize>| inside.end + text[inside.end..].chars().next().map_or(0, char::len_utf8);
    brackets(text, words).filter(is_hint).map_or(words, behind)
}

/// Where the words of the other option stand last: its label, else the longest of its aliases, as a word of its own where it
/// is short.
fn words_of(text: &str, other: &OptionSpec) -> Option<Range<usize>> {
    const LONGEST_BARE: usize = 2;
    if let Some(start) = text.rfind(other.label.as_str()).filter(|_| other.label.chars().count() > LONGEST_BARE) {
        return Some(start..start + other.label.len());
    }
    let last_word = |word: &str| {
        let mut found = text.rmatch_indices(word).map(|(start, word)| start..start + word.len());
        let is_part = |c: char| c.is_alphanumeric() && !matches!(c, '①'..='⑳');
        found.find(|word| !text[..word.start].ends_with(is_part) && !text[word.end..].starts_with(is_part))
    };
    std::iter::once(&other.label).chain(&other.aliases).filter_map(|word| last_word(word)).max_by_key(ExactSizeIterator::len)
}

/// The boxes of a text: signs, and brackets with nothing or a tick in them.
fn boxes(text: &str) -> Vec<Box> {
    let mut found: Vec<Box> = Vec::new();
    let mut rest = text.char_indices();
    while let Some((at, c)) = rest.next() {
        if is_spoken_of(text, at, c) {
            continue;
        }
        if EMPTY.contains(&c) || TICKED.contains(&c) {
            let end = at + c.len_utf8();
            let ticked = TICKED.contains(&c);
            match found.last_mut() {
                // □√ and √□ are one box, a blank between them or not
                Some(last) if last.ticked != ticked && is_one_box(text, last, at..end) => {
                    *last = Box { range: last.range.start..end, ticked: true }
                }
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

/// Whether the words speak of a box or of a tick, as an instruction does: 在□内打√, 请划“√”.
fn is_spoken_of(text: &str, at: usize, sign: char) -> bool {
    let is_quote = |c: char| matches!(c, '"' | '“' | '”' | '「' | '」' | '\'') || is_blank_character(c);
    let before = text[..at].trim_end_matches(is_quote);
    let behind = text[at + sign.len_utf8()..].trim_start_matches(is_quote);
    before.ends_with(['打', '划', '画', '勾']) || (before.ends_with(['在', '的']) && behind.starts_with(['内', '里', '中']))
}

/// Whether a sign at this place belongs to the box before it. A tick that stands nearer to the words behind it may not:
/// `自行领取□ √爱心募捐□`.
fn is_one_box(text: &str, last: &Box, sign: Range<usize>) -> bool {
    let gap = &text[last.range.end..sign.start];
    if !gap.chars().all(|c| is_blank_character(c) && c != '\n') {
        return false;
    }
    let behind = text[sign.end..].chars().take_while(|c| is_blank_character(*c)).count();
    let is_last = text[sign.end..].chars().all(is_blank_character) || text[sign.end..].trim_start_matches(' ').starts_with('\n');
    gap.is_empty() || is_last || gap.chars().count() < behind
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
