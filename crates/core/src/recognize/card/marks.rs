//! The boxes of a choice: which option each belongs to, and whether it is ticked.
//!
//! Forms put the box behind its option (`手机充值□`) or before it (`□手机充值`); which of both a cell means is what makes more
//! of its options known.

mod boxes;
mod listed;
mod look;
mod numbered;
mod other;
mod repeated;
mod untouched;
mod words;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use super::{Mark, Slot};
use crate::scheme::{Field, FieldSpec, OptionSpec, Scheme};
use crate::text::{fold_label, is_blank_character};
pub(in crate::recognize) use boxes::are_untouched;
pub(crate) use boxes::is_box;
use boxes::{Box, TICKED, boxes};
pub(super) use boxes::{has_empty, is_lone, is_tick, is_yes_or_no};
use listed::Listed;
pub(super) use look::is_mostly_in;
pub(crate) use look::printed;
use look::tick_set_apart;
pub(crate) use numbered::chosen_of_numbered;
pub use numbered::numbered_words;
pub(in crate::recognize) use other::is_other;
use other::{Other, other_of, unusual, writing};
pub(crate) use words::ticked_words;
pub use words::{BoxedWord, boxed_words};
use words::{Side, around, nearer, words_beside};

/// Finds the boxes in the slot's answer, and the place where something else is written. Where no box is ticked, options
/// that are set apart (underlined, bold) are, else those that the boxes themselves tell.
pub(in crate::recognize) fn find(slot: &mut Slot, text: &str, set_apart: &[Range<usize>], field: Field, scheme: &Scheme) {
    let Some(spec) = scheme.spec(field) else { return };
    let place = text.get(slot.place.clone()).unwrap_or("");
    let mut boxes = boxes_of(place, &spec.options);
    match Listed::of(place, &boxes, &spec.options, &other_of(spec)) {
        Some(listed) => take_listed(slot, listed.chosen(place), room_of(place, &boxes, spec).place),
        None => take_boxes(slot, place, &mut boxes, spec),
    }
    let is_untouched = |slot: &Slot| slot.marks.iter().all(|mark| !mark.ticked) && slot.unclear.is_empty();
    if is_untouched(slot) {
        tick_set_apart(slot, text, set_apart, &spec.options);
    }
    if is_untouched(slot) {
        untouched::tick(slot, text, &boxes, spec, scheme);
    }
}

/// The label in front of a choice's counted options, where a cell prints both and nothing else: 服务意向（填序号）①尊老服务②爱幼志愿服务.
pub(super) fn head_of_list<'t>(text: &'t str, field: Field, scheme: &Scheme) -> Option<&'t str> {
    list_of(text, field, scheme)?.head(text)
}

/// The options that an answer chooses by the numbers that its label counts them with.
pub(super) fn chosen_by_number(label: &str, answer: &str, field: Field, scheme: &Scheme) -> Option<Vec<u16>> {
    list_of(label, field, scheme)?.chosen_in(answer)
}

fn list_of(text: &str, field: Field, scheme: &Scheme) -> Option<Listed> {
    let spec = scheme.spec(field)?;
    Listed::of(text, &boxes_of(text, &spec.options), &spec.options, &other_of(spec))
}

/// The boxes of a text, the answers in words behind its options among them.
fn boxes_of(place: &str, options: &[OptionSpec]) -> Vec<Box> {
    let mut boxes = boxes(place);
    if boxes.is_empty() {
        boxes = spoken(place, options);
    }
    if are_rings(place, &boxes, options) {
        boxes.iter_mut().for_each(|ring| ring.ticked = true);
    }
    boxes
}

/// Ticks the options that were chosen by their numbers, and notes the room for something else.
fn take_listed(slot: &mut Slot, chosen: Vec<(u16, Range<usize>)>, room: Option<Range<usize>>) {
    let (at, start) = (slot.answer_at, slot.place.start);
    slot.other = room.map(|room| (at, room.start + start..room.end + start));
    let end = |words: &Range<usize>| start + words.end;
    let marks = chosen.iter().map(|(option, words)| Mark { option: Some(*option), at, glyph: end(words)..end(words), ticked: true });
    slot.marks = marks.collect();
}

/// Takes the boxes of a text with the options they belong to; room to write in that looks like a box is none of them.
fn take_boxes(slot: &mut Slot, place: &str, boxes: &mut Vec<Box>, spec: &FieldSpec) {
    let (start, at) = (slot.place.start, slot.answer_at);
    let Room { place: room, other, is_in_brackets } = room_of(place, boxes, spec);
    boxes.retain(|mark| room.as_ref().is_none_or(|room| !is_around(mark, room)));
    let (side, options, is_open) = assigned(place, boxes, spec, &other, is_in_brackets);
    let ticked = take_ticks(slot, place, boxes, (&options, side, is_open), spec);
    let shift = |range: &Range<usize>| range.start + start..range.end + start;
    let assigned = boxes.iter().zip(&options).zip(&ticked).filter(|_| !is_open || boxes.iter().all(|mark| !mark.ticked));
    slot.marks = assigned
        .filter_map(|((mark, option), ticked)| Some(Mark { option: (*option)?.ok(), at, glyph: shift(&mark.range), ticked: *ticked }))
        .collect();
    slot.other = room.map(|range| (at, shift(&range)));
}

/// Where something else is written beside the options.
struct Room<'s> {
    place: Option<Range<usize>>,
    /// The words it stands behind.
    other: Cow<'s, OptionSpec>,
    /// Whether it is what brackets leave that look like a box: 其他（      ）.
    is_in_brackets: bool,
}

fn room_of<'s>(place: &str, boxes: &[Box], spec: &'s FieldSpec) -> Room<'s> {
    let mut other = other_of(spec);
    let mut room = writing(place, boxes, &other);
    if room.is_none()
        && let Some(unusual) = unusual(place, boxes, &spec.options)
    {
        room = writing(place, boxes, &unusual);
        other = Cow::Owned(unusual);
    }
    let is_in_brackets = boxes.iter().any(|mark| room.as_ref().is_some_and(|room| is_around(mark, room)));
    Room { place: room, other, is_in_brackets }
}

fn is_around(mark: &Box, room: &Range<usize>) -> bool {
    mark.range.start < room.start && room.end < mark.range.end
}

/// The side of the boxes that their options stand on, the option of each, and whether nothing says which side is meant.
fn assigned(
    place: &str,
    boxes: &[Box],
    spec: &FieldSpec,
    other: &OptionSpec,
    brackets_behind: bool,
) -> (Side, Vec<Option<Result<u16, Other>>>, bool) {
    let assigned = |side| assign(place, boxes, &spec.options, Some(other), side);
    let (behind, before) = (assigned(Side::Behind), assigned(Side::Before));
    // （ ）尊老服务 （ ）助残服务 （ ）其他服务: both sides know as many, but the line begins with a box
    let leads = boxes
        .first()
        .is_some_and(|first| place[..first.range.start].rsplit('\n').next().is_some_and(|line| line.chars().all(is_blank_character)));
    // what has brackets for its words behind it has those to tick there, too
    let nearer = nearer(place, boxes).or(brackets_behind.then_some(Side::Behind));
    // 双休日 □节假日 □随时可以 □其他时间: both sides know as many, but the scheme's own options are those that have boxes
    let side = match (known(&before), own(&before)).cmp(&(known(&behind), own(&behind))) {
        Ordering::Greater => Side::Before,
        Ordering::Less => Side::Behind,
        Ordering::Equal if leads => Side::Before,
        Ordering::Equal => nearer.unwrap_or(Side::Behind),
    };
    // a tick right between two options, and nothing else that says which is meant
    let is_open = known(&before) == known(&behind) && own(&before) == own(&behind) && !leads && nearer.is_none() && known(&before) > 0;
    match side {
        Side::Before => (side, before, is_open),
        Side::Behind => (side, behind, is_open),
    }
}

/// Which boxes are ticked, a tick without an option of its own given to the one it belongs to; notes what is no option, and ticks
/// of which nobody can tell whose they are.
fn take_ticks(
    slot: &mut Slot,
    place: &str,
    boxes: &[Box],
    (options, side, is_open): (&[Option<Result<u16, Other>>], Side, bool),
    spec: &FieldSpec,
) -> Vec<bool> {
    let (start, at) = (slot.place.start, slot.answer_at);
    let shift = |range: &Range<usize>| range.start + start..range.end + start;
    let mut ticked: Vec<bool> = boxes.iter().map(|mark| mark.ticked).collect();
    for position in (0..boxes.len()).filter(|position| boxes[*position].ticked) {
        let words = words_beside(place, boxes, position, side);
        let is_stray = options[position].is_none() && fold_label(&place[words.clone()]).is_empty() && known(options) > 0;
        match options[position] {
            Some(_) if is_open => slot.unclear.push((at, shift(&around(place, boxes, position)))),
            Some(_) => {}
            None if is_stray => match owner_of_stray(place, boxes, position, side, options) {
                Some(owner) => ticked[owner] = true,
                None => slot.unclear.push((at, shift(&around(place, boxes, position)))),
            },
            None if is_option_like(&place[words.clone()], &spec.options) => slot.unknown.push((at, shift(&words))),
            None => {}
        }
    }
    ticked
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

/// Ticks the only option that is left of several that exclude each other: the others were deleted, and none of their words stands
/// in the text of its cell.
pub(super) fn tick_what_is_left(slot: &mut Slot, text: &str, field: Field, scheme: &Scheme) {
    let is_alone = printed(text, scheme.options(field)).len() < 2;
    let is_single = is_alone && field == Field::Subsidy && scheme.rules.subsidy_most == 1 && scheme.options(field).len() > 1;
    if let ([only], true) = (slot.marks.as_mut_slice(), is_single && slot.unknown.is_empty() && slot.unclear.is_empty()) {
        only.ticked |= only.option.is_some();
    }
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

fn known(options: &[Option<Result<u16, Other>>]) -> usize {
    options.iter().flatten().count()
}

/// How many of the known options are the scheme's own, and not the place to write something else.
fn own(options: &[Option<Result<u16, Other>>]) -> usize {
    options.iter().flatten().filter(|option| option.is_ok()).count()
}

fn assign(text: &str, boxes: &[Box], options: &[OptionSpec], other: Option<&OptionSpec>, side: Side) -> Vec<Option<Result<u16, Other>>> {
    let mut found: Vec<Option<Result<u16, Other>>> = Vec::with_capacity(boxes.len());
    for position in 0..boxes.len() {
        let words = &text[words_beside(text, boxes, position, side)];
        let option = meant(words, options, other, side).filter(|option| !found.contains(&Some(*option)));
        found.push(option);
    }
    found
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

/// The words behind what counts an option: `A.尊老服务`, `2尊老服务`.
fn without_ordinal(folded: &str) -> &str {
    let words = folded.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let is_short = (1..=2).contains(&(folded.len() - words.len()));
    let words = words.trim_start_matches(['.', ')', '、', ':', '-']);
    if is_short && words.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii()) { words } else { folded }
}
