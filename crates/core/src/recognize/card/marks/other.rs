//! Something else than the options: the words behind which it is written (其他时间), and the place behind them.

use std::borrow::Cow;
use std::ops::Range;

use compact_str::CompactString;

use super::boxes::{BRACKETS, Box};
use super::without_ordinal;
use super::words::{Side, words_beside};
use crate::scheme::{Field, FieldSpec, OptionSpec, Scheme};
use crate::text::{fold_label, is_blank_character};

/// The option behind which something else is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Other;

/// The words behind which something else is written: the scheme's own, else what blanks print for any choice.
pub(super) fn other_of(spec: &FieldSpec) -> Cow<'_, OptionSpec> {
    const USUAL: [&str; 8] = ["其它", "其他服务", "其它服务", "其他项目", "其它项目", "其他服务项目", "其他志愿服务", "其他方式"];
    let usual = || {
        let mut other = OptionSpec::new("其他");
        other.aliases = USUAL.map(CompactString::from).to_vec();
        other
    };
    spec.other.as_ref().map_or_else(|| Cow::Owned(usual()), Cow::Borrowed)
}

/// The words beside some box that are no option and go on with room to write in, where they say that it is for something else:
/// `□其他服务时间：晚上`, `□另外____`.
pub(super) fn unusual(text: &str, boxes: &[Box], options: &[OptionSpec]) -> Option<OptionSpec> {
    const BEGINNINGS: [&str; 8] = ["其他", "其它", "其余", "另外", "另有", "别的", "自定", "自填"];
    const LONGEST: usize = 10;
    let is_known = |words: &str| options.iter().any(|option| option.label == words || option.aliases.iter().any(|alias| alias == words));
    let said = |position, side| {
        let words = text[words_beside(text, boxes, position, side)].trim_matches(is_blank_character);
        let words = without_ordinal(words);
        let end = words.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len());
        let (words, behind) = words.split_at(end);
        // 其他服务时间□：晚上
        let behind = match side {
            Side::Behind if behind.is_empty() => &text[boxes[position].range.end..],
            Side::Behind | Side::Before => behind,
        };
        let is_room = behind.trim_start_matches(is_blank_character).starts_with(['：', ':', '_', '＿', '（', '(']);
        let is_other = is_room && BEGINNINGS.iter().any(|beginning| words.starts_with(beginning));
        (is_other && words.chars().count() <= LONGEST && !is_known(words)).then(|| OptionSpec::new(words))
    };
    (0..boxes.len()).rev().flat_map(|position| [Side::Before, Side::Behind].map(|side| said(position, side))).flatten().next()
}

/// Whether the text is nothing but the words behind which something else is written (其他时间：), without a box.
pub(in crate::recognize) fn is_other(text: &str, field: Field, scheme: &Scheme) -> bool {
    let folded = fold_label(text.trim_end_matches(|c| is_blank_character(c) || matches!(c, '：' | ':' | '_')));
    let other = scheme.spec(field).map(other_of);
    other.is_some_and(|other| fold_label(&other.label) == folded || other.aliases.contains(&folded))
}

/// The place behind the words of the other option, up to the end of the line or the next box; where brackets follow the words
/// and are no box to tick, inside of them.
pub(super) fn writing(text: &str, boxes: &[Box], other: &OptionSpec) -> Option<Range<usize>> {
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

/// Where the words of the other option stand last: its label, else the longest of its aliases, as a word of its own where it
/// is short.
pub(super) fn words_of(text: &str, other: &OptionSpec) -> Option<Range<usize>> {
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

/// Where the words end with the hint behind them in brackets: `其他（请注明）`.
fn behind_hint(text: &str, words: usize) -> usize {
    const HINTS: [&str; 7] = ["注明", "说明", "填写", "写明", "具体", "列明", "备注"];
    let is_hint = |inside: &Range<usize>| HINTS.iter().any(|hint| text[inside.clone()].contains(hint));
    let behind = |inside: Range<usize>| inside.end + text[inside.end..].chars().next().map_or(0, char::len_utf8);
    brackets(text, words).filter(is_hint).map_or(words, behind)
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
