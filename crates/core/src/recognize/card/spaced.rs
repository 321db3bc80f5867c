//! Labels without colons in a line: `姓名 ______ 性别 ____`, or words that are parted from their answers by an underline.

mod strangers;

use std::ops::Range;

use super::label::{Meaning, Word, looks_like_one, word};
use super::marks::is_box;
use crate::recognize::Target;
use crate::recognize::labels::{Labels, Owner};
use crate::scheme::Field;
use crate::text::{fold_label, is_blank_character};
use strangers::{Rest, Stranger};
pub(super) use strangers::{is_known, said as written};

/// Longest label in such a line, in characters; its own may stand apart (可 参 加 志 愿 服 务 时 间).
const LONGEST: usize = 24;

/// Longest line that is looked at, in bytes.
const LONGEST_LINE: usize = 1024;

/// A label with the words it was found in.
pub(super) struct Found {
    pub(super) words: Range<usize>,
    pub(super) word: Word,
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
    let first = found.first().map_or(text.len(), |first| first.words.start);
    let begins = text[..first].chars().all(is_blank_character);
    let before = strangers_before(labels, text, first, underlined);
    if found.is_empty() {
        return if is_line { unclaimed(before) } else { Vec::new() };
    }
    let ends: Vec<usize> = found.iter().map(|found| found.words.start).skip(1).chain([text.len()]).collect();
    let behind: Vec<Vec<Stranger>> =
        found.iter().zip(&ends).map(|(found, end)| strangers_behind(labels, found, text, *end, underlined)).collect();
    let ends = behind.iter().zip(ends).map(|(behind, end)| behind.first().map_or(end, |(words, _)| words.start));
    let places: Vec<(Range<usize>, bool)> =
        found.iter().zip(ends).map(|(found, end)| place(found, text, found.words.end..end, underlined, is_line)).collect();
    let is_said = |(place, is_open): &(Range<usize>, bool)| *is_open || !text[place.clone()].trim_matches(is_blank_character).is_empty();
    let is_form = match found.len() {
        1 => places[0].1 || (is_line && is_answer(&text[places[0].0.clone()])),
        _ => places.iter().all(is_said),
    };
    if !is_form || (!begins && before.is_empty()) {
        return Vec::new();
    }
    let places = places.into_iter().map(|(place, _)| place);
    unclaimed(before).into_iter().chain(said(text, found.into_iter().zip(places).zip(behind))).collect()
}

/// What labels say, each with its place and the labels of nobody behind it. Behind one of somebody else the line is theirs.
pub(super) fn said(text: &str, found: impl Iterator<Item = ((Found, Range<usize>), Vec<Stranger>)>) -> Vec<Meaning> {
    let mut meanings = Vec::new();
    let mut owner: Option<Owner> = None;
    for ((found, place), behind) in found {
        meanings.push(match (found.word, owner) {
            (Word::Label(_), Some(owner)) => Meaning::ForeignWith(owner, found.words, strangers::said(text, place)),
            (Word::Label(targets), None) => Meaning::Label { targets, words: found.words, rest: Some(place) },
            // 籍贯 is the person's, and its answer is kept
            (Word::Foreign(Owner::LookAlike), None) => Meaning::Unclaimed(found.words, strangers::said(text, place)),
            (Word::Foreign(whose), _) => {
                owner = owner.or(Some(whose).filter(|whose| !matches!(whose, Owner::Office | Owner::LookAlike)));
                Meaning::ForeignWith(whose, found.words, strangers::said(text, place))
            }
        });
        if owner.is_none() {
            meanings.extend(unclaimed(behind));
        }
    }
    meanings
}

fn unclaimed(strangers: Vec<Stranger>) -> Vec<Meaning> {
    strangers.into_iter().map(|(words, place)| Meaning::Unclaimed(words, place)).collect()
}

/// The labels nobody claims that a line begins with, up to the first label of ours, each with what is written behind it.
fn strangers_before(labels: &Labels<'_>, text: &str, end: usize, underlined: &[Range<usize>]) -> Vec<Stranger> {
    let drawn = underlined.iter().find(|part| part.end <= end).map(|part| part.start);
    let Some(line) = text[..end].find(['_', '＿']).or(drawn) else { return Vec::new() };
    let is_label = |words: &str| looks_like_one(words) && words.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let words = text[..line].trim_matches(is_blank_character);
    // 车牌号 苏D12345____
    let first = words.split(is_blank_character).next().unwrap_or_default();
    let is_answered = first.len() < words.len()
        && is_label(first)
        && (strangers::is_known(first) || Rest::new(labels, text, end..text.len(), underlined).is_line_behind_answers());
    let line = match (is_label(words) && !is_answered, is_label(first)) {
        (true, _) => line,
        (false, true) => text[..line].find(first).map_or(0, |at| at + first.len()),
        (false, false) => return Vec::new(),
    };
    let more = Rest::new(labels, text, line..end, underlined).strangers();
    let place = strangers::said(text, line..more.first().map_or(end, |(words, _)| words.start));
    std::iter::once((0..line, place)).chain(more).collect()
}

/// The labels nobody claims behind one of ours, up to the next of ours.
fn strangers_behind(labels: &Labels<'_>, found: &Found, text: &str, end: usize, underlined: &[Range<usize>]) -> Vec<Stranger> {
    let targets: &[Target] = match &found.word {
        Word::Label(targets) => targets,
        Word::Foreign(Owner::LookAlike) => &[],
        Word::Foreign(_) => return Vec::new(),
    };
    let mut rest = Rest::new(labels, text, found.words.end..end, underlined);
    let asks_for = |is: fn(Field) -> bool| targets.iter().any(|target| target.field().is_some_and(is));
    rest.is_choice = asks_for(Field::is_choice);
    rest.is_long = asks_for(|field| matches!(field, Field::Address | Field::Employer | Field::Experience));
    rest.strangers()
}

/// Whether the text begins with a label that is written in Latin letters: QQ, E-mail.
fn begins_in_latin(text: &str) -> bool {
    ["qq", "e-mail", "email"].iter().any(|label| text.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label)))
}

/// Every label that starts the line or follows a blank or a line to write on, and ends before one.
fn candidates(labels: &Labels<'_>, text: &str, underlined: &[Range<usize>]) -> Vec<Found> {
    let is_edge = |at: usize| underlined.iter().any(|part| part.start == at || part.end == at);
    let is_gap = |c: char| is_blank_character(c) || matches!(c, '_' | '＿');
    let may_begin =
        |c: char| c.is_alphanumeric() || matches!(c, '（' | '(' | '【' | '[' | '*' | '＊' | '※' | '★' | '☆' | '●' | '◆' | '·' | '•');
    let ends_a_clause = |c: char| matches!(c, '，' | ',' | '。' | '；' | ';' | '、');
    // a place to write on parts two labels: no label goes on behind one
    let is_parted = |at: usize| text[..at].ends_with(is_blank_character) || text[at..].starts_with(is_blank_character);
    let holds_a_line = |words: Range<usize>| {
        underlined.iter().filter(|part| words.start < part.end && part.start < words.end).any(|part| {
            match (part.start <= words.start, words.end <= part.end) {
                (true, true) => false,
                (true, false) => is_parted(part.end),
                (false, true) => is_parted(part.start),
                (false, false) => true,
            }
        })
    };
    let mut found: Vec<Found> = Vec::new();
    let mut before: Option<char> = None;
    for (start, c) in text.char_indices() {
        // neither the number of a label nor its Latin letters follow the 、 of an answer: 长塘村、1、 职务, 组员、AA 职务
        let goes_on = before == Some('、') && c.is_ascii_alphanumeric() && !begins_in_latin(&text[start..]);
        let is_behind = before.is_none_or(|before| is_gap(before) || (ends_a_clause(before) && !goes_on));
        let may_start = may_begin(c) && (is_behind || is_edge(start) || c == '【');
        before = Some(c);
        if !may_start || found.last().is_some_and(|last| start < last.words.end) {
            continue;
        }
        let ends = text[start..].char_indices().skip(1).take(LONGEST).map(|(at, _)| start + at);
        let longest = ends.filter_map(|end| {
            let next = text[end..].chars().next()?;
            let is_word = text[start..end].ends_with(|c| !is_gap(c))
                && !holds_a_line(start..end)
                && !text[start..end].contains(['_', '＿', '\t', '，', '；']);
            let ends_here = is_gap(next) || matches!(next, '（' | '(') || is_box(next) || is_edge(end) || text[start..end].ends_with('】');
            let own = || {
                (&text[start..end] == "本人" && (is_edge(end) || matches!(next, '_' | '＿')))
                    .then(|| Word::Label(vec![Target::Field(Field::Name)]))
            };
            // short letters are an answer here, not a label in initials: T恤尺码 __XL__
            let piece = text[start..end].split(is_blank_character).next().unwrap_or_default();
            let is_answer = piece.len() == end - start || text[..start].ends_with(['_', '＿']);
            let is_size = is_answer
                && piece.len() < 4
                && piece.chars().all(|c| c.is_ascii_alphabetic())
                && !fold_label(&text[start..end]).starts_with("qq");
            let is_size = is_size || has_latin_answer(&text[..start], &text[start..end]);
            let word = if is_word && ends_here && !is_size { own().or_else(|| word(labels, &text[start..end]))? } else { return None };
            Some(Found { words: start..end, word })
        });
        found.extend(longest.last());
    }
    found
}

/// Whether Latin letters at an end of these words are an answer, and no translation of the label beside them: what stands right
/// on a line to write on (`____wx-abc 出生日期`), and what has digits or a hyphen as no word has (`微信号 wx-abc`).
fn has_latin_answer(before: &str, words: &str) -> bool {
    const ABBREVIATIONS: [&str; 4] = ["qq", "e-mail", "email", "id"];
    let is_abbreviation = |piece: &str| ABBREVIATIONS.iter().any(|word| piece.to_ascii_lowercase().starts_with(word));
    let mut pieces = words.split(is_blank_character).filter(|piece| !piece.is_empty());
    let (Some(first), Some(last)) = (pieces.next(), pieces.next_back()) else { return false };
    let is_latin = |piece: &str| piece.is_ascii() && !is_abbreviation(piece);
    let is_code = |piece: &str| piece.contains(|c: char| c.is_ascii_digit() || matches!(c, '-' | '@'));
    (is_latin(first) && !words.is_ascii() && before.ends_with(['_', '＿'])) || (is_latin(last) && is_code(last))
}

/// Whether these words are an answer rather than the rest of a sentence.
fn is_answer(words: &str) -> bool {
    const LONGEST: usize = 40;
    let words = words.trim_matches(is_blank_character);
    !words.is_empty() && words.chars().count() <= LONGEST && !words.contains(['。', '，', '；', '！', '？'])
}

/// The place behind a label, and whether it is one that a blank leaves: a line to write on, or the boxes of a choice.
fn place(found: &Found, text: &str, rest: Range<usize>, underlined: &[Range<usize>], is_line: bool) -> (Range<usize>, bool) {
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
    // a tab leads to where the next label stands, with dots or a line to write on
    let is_open = is_open || (is_line && text[rest.clone()].contains('\t') && text[rest.clone()].chars().all(is_blank_character));
    let blanks = text[rest.clone()].find(|c| !is_blank_character(c)).unwrap_or(0);
    // 本人__张三__，性别__男__，自愿加入: behind the line the sentence goes on
    let behind_line = text[rest.clone()].char_indices().find(|(at, c)| {
        let before = &text[rest.start..rest.start + at];
        matches!(c, '，' | ',' | '。' | '；' | ';') && before.ends_with(['_', '＿'])
    });
    let end = behind_line.map_or(rest.end, |(at, _)| rest.start + at);
    ((rest.start + blanks).min(end)..end, is_open)
}
