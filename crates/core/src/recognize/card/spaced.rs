//! Labels without colons in a line: `姓名 ______ 性别 ____`, or words that are parted from their answers by an underline.

use std::ops::Range;

use super::label::{Meaning, Word, looks_like_one, word};
use super::marks::is_box;
use crate::recognize::Target;
use crate::recognize::labels::Labels;
use crate::scheme::Field;
use crate::text::is_blank_character;

/// Longest label in such a line, in characters; its own may stand apart (可 参 加 志 愿 服 务 时 间).
const LONGEST: usize = 24;

/// Longest line that is looked at, in bytes.
const LONGEST_LINE: usize = 1024;

/// A label with the words it was found in.
struct Found {
    words: Range<usize>,
    word: Word,
}

/// The labels of a line, each with its place; none where the line does not read like one of a form.
///
/// It does where a place to write on follows a label, or where several labels each have something behind them.
///
/// In lines of text, as opposed to a table's cells, one label alone is enough where a short answer follows it.
pub(super) fn labels(labels: &Labels<'_>, text: &str, underlined: &[Range<usize>], is_line: bool) -> Vec<Meaning> {
    if text.len() > LONGEST_LINE || text.contains('\n') {
        return Vec::new();
    }
    let found = candidates(labels, text, underlined);
    let ends: Vec<usize> = found.iter().map(|found| found.words.start).skip(1).chain([text.len()]).collect();
    let places: Vec<(Range<usize>, bool)> =
        found.iter().zip(&ends).map(|(found, end)| place(found, text, found.words.end..*end, underlined)).collect();
    let is_said = |(place, is_open): &(Range<usize>, bool)| *is_open || !text[place.clone()].trim_matches(is_blank_character).is_empty();
    let is_form = match found.len() {
        0 => false,
        1 => places[0].1 || (is_line && is_answer(&text[places[0].0.clone()])),
        _ => places.iter().all(is_said),
    };
    let begins = found.first().is_some_and(|first| text[..first.words.start].chars().all(is_blank_character));
    let stranger = found.first().and_then(|first| stranger_before(text, first.words.start, underlined));
    if !is_form || !(begins || stranger.is_some()) {
        return Vec::new();
    }
    let meaning = |(found, (place, _)): (Found, (Range<usize>, bool))| match found.word {
        Word::Label(targets) => Meaning::Label { targets, words: found.words, rest: Some(place) },
        Word::Foreign(owner) => Meaning::Foreign(owner),
    };
    let stranger = stranger.map(|(words, place)| Meaning::Unclaimed(words, place));
    stranger.into_iter().chain(found.into_iter().zip(places).map(meaning)).collect()
}

/// The label nobody claims that a line begins with, and what is written behind it, up to the first label of ours.
fn stranger_before(text: &str, end: usize, underlined: &[Range<usize>]) -> Option<(Range<usize>, Range<usize>)> {
    let drawn = underlined.iter().find(|part| part.end <= end).map(|part| part.start);
    let line = text[..end].find(['_', '＿']).or(drawn)?;
    let words = text[..line].trim_matches(is_blank_character);
    let has_han = words.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    (has_han && looks_like_one(words)).then_some((0..line, line..end))
}

/// Every label that starts the line or follows a blank or a line to write on, and ends before one.
fn candidates(labels: &Labels<'_>, text: &str, underlined: &[Range<usize>]) -> Vec<Found> {
    let is_edge = |at: usize| underlined.iter().any(|part| part.start == at || part.end == at);
    let is_gap = |c: char| is_blank_character(c) || matches!(c, '_' | '＿');
    let ends_a_clause = |c: char| matches!(c, '，' | ',' | '。' | '；' | ';' | '、');
    // a place to write on parts two labels: no label goes on behind one
    let holds_a_line = |words: Range<usize>| underlined.iter().any(|part| words.start < part.start && part.end < words.end);
    let mut found: Vec<Found> = Vec::new();
    let mut before: Option<char> = None;
    for (start, c) in text.char_indices() {
        let may_start = !is_gap(c) && (before.is_none_or(|before| is_gap(before) || ends_a_clause(before)) || is_edge(start));
        before = Some(c);
        if !may_start || found.last().is_some_and(|last| start < last.words.end) {
            continue;
        }
        let ends = text[start..].char_indices().skip(1).take(LONGEST).map(|(at, _)| start + at);
        let longest = ends.filter_map(|end| {
            let next = text[end..].chars().next()?;
            let is_word =
                text[start..end].ends_with(|c| !is_gap(c)) && !holds_a_line(start..end) && !text[start..end].contains(['_', '＿']);
            let ends_here = is_gap(next) || matches!(next, '（' | '(') || is_box(next) || is_edge(end);
            let own = || (&text[start..end] == "本人" && is_edge(end)).then(|| Word::Label(vec![Target::Field(Field::Name)]));
            let word = if is_word && ends_here { own().or_else(|| word(labels, &text[start..end]))? } else { return None };
            Some(Found { words: start..end, word })
        });
        found.extend(longest.last());
    }
    found
}

/// Whether these words are an answer rather than the rest of a sentence.
fn is_answer(words: &str) -> bool {
    const LONGEST: usize = 40;
    let words = words.trim_matches(is_blank_character);
    !words.is_empty() && words.chars().count() <= LONGEST && !words.contains(['。', '，', '；', '！', '？'])
}

/// The place behind a label, and whether it is one that a blank leaves: a line to write on, or the boxes of a choice.
fn place(found: &Found, text: &str, rest: Range<usize>, underlined: &[Range<usize>]) -> (Range<usize>, bool) {
    let inside = underlined.iter().filter(|part| part.start < rest.end && part.end > rest.start);
    let lines: Vec<Range<usize>> = inside.map(|part| part.start.max(rest.start)..part.end.min(rest.end)).collect();
    if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
        // behind the first line the sentence goes on: 本人____，性别____，自愿加入
        if text[rest.start..first.start].chars().all(is_blank_character)
            && text[first.end..].starts_with(['，', ',', '。', '；', ';', '、'])
        {
            return (first.clone(), true);
        }
        let outside = [&text[rest.start..first.start], &text[last.end..rest.end]];
        let is_all = outside.iter().all(|part| part.chars().all(is_blank_character));
        return (if is_all { first.start..last.end } else { rest }, true);
    }
    let is_choice =
        matches!(&found.word, Word::Label(targets) if targets.iter().any(|target| target.field().is_some_and(Field::is_choice)));
    let is_open = text[rest.clone()].contains(['_', '＿']) || (is_choice && text[rest.clone()].contains(is_box));
    let blanks = text[rest.clone()].find(|c| !is_blank_character(c)).unwrap_or(0);
    (rest.start + blanks..rest.end, is_open)
}
