//! Labels nobody claims between those of a line without colons: `手机 __138…__ 民族 __汉__ 性别 __男__`.
//!
//! What is known of such a label is where it stands: plain words behind a place that is written on, with another place
//! behind them. The answer before it ends there.

use std::ops::Range;

use super::super::label::{UNCLAIMED, looks_like_one};
use crate::recognize::Target;
use crate::recognize::labels::{Claim, Labels};
use crate::text::is_blank_character;

/// A label nobody claims, and the place of its answer.
pub(super) type Stranger = (Range<usize>, Range<usize>);

/// A stretch of a line of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// A line to write on, and what is underlined itself.
    Place {
        /// Whether underlined words stand on it.
        is_written: bool,
    },
    /// Blanks that are not underlined.
    Gap,
    /// Words that are not underlined, with the blanks between them.
    Words,
}

/// A stretch of a line.
#[derive(Debug, Clone)]
struct Part {
    kind: Kind,
    at: Range<usize>,
}

impl Part {
    fn is_place(&self) -> bool {
        matches!(self.kind, Kind::Place { .. })
    }
}

/// The parts of a line behind one label.
pub(super) struct Rest<'a> {
    pub(super) labels: &'a Labels<'a>,
    pub(super) text: &'a str,
    /// Whether the label asks for one of several options.
    pub(super) is_choice: bool,
    /// Whether the label asks for words that may go on for long, such as an address.
    pub(super) is_long: bool,
    /// Whether an answer in the line begins right where its line to write on does.
    is_tight: bool,
    parts: Vec<Part>,
}

impl<'a> Rest<'a> {
    pub(super) fn new(labels: &'a Labels<'a>, text: &'a str, rest: Range<usize>, underlined: &[Range<usize>]) -> Self {
        let line = parts(text, 0..text.len(), underlined);
        let is_tight = line.windows(2).any(|pair| pair[0].is_place() && pair[1].kind == Kind::Words);
        Self { labels, text, is_choice: false, is_long: false, is_tight, parts: parts(text, rest, underlined) }
    }

    /// The labels nobody claims in it, each with the place behind it.
    pub(super) fn strangers(&self) -> Vec<Stranger> {
        let Some(end) = self.parts.last().map(|part| part.at.end) else { return Vec::new() };
        if self.is_choice && self.words().any(|(number, part)| self.is_before_place(number) && self.is_option(&part.at)) {
            return Vec::new();
        }
        if !self.parts.iter().any(Part::is_place) && !self.is_choice {
            return self.in_turns();
        }
        let mut found: Vec<Range<usize>> = Vec::new();
        // of the answer that is looked at: whether it has a place, and whether something is written there
        let (mut has_place, mut is_said) = (false, false);
        for (number, part) in self.parts.iter().enumerate() {
            match part.kind {
                Kind::Gap => {}
                Kind::Place { is_written } => (has_place, is_said) = (true, is_said || is_written),
                Kind::Words => match self.stranger_in(number, has_place, is_said, found.is_empty()) {
                    Some(words) => {
                        is_said = words.end < part.at.end;
                        has_place = is_said;
                        found.push(words);
                    }
                    None => is_said = true,
                },
            }
        }
        let ends: Vec<usize> = found.iter().skip(1).map(|words| words.start).chain([end]).collect();
        found.into_iter().zip(ends).map(|(words, end)| (words.clone(), said(self.text, words.end..end))).collect()
    }

    /// The labels nobody claims in a line without places to write on, in which labels and answers take turns:
    /// `性别 男    民族 汉族`. The answer to the label before comes first.
    fn in_turns(&self) -> Vec<Stranger> {
        let Some((first, last)) = self.parts.first().zip(self.parts.last()) else { return Vec::new() };
        let rest = &self.text[first.at.start..last.at.end];
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for piece in rest.split(is_blank_character).filter(|piece| !piece.is_empty()) {
            let start = pieces.last().map_or(0, |last| last.end - first.at.start);
            let start = start + rest[start..].find(piece).unwrap_or_default();
            pieces.push(first.at.start + start..first.at.start + start + piece.len());
        }
        let turns: Vec<&[Range<usize>]> = pieces.get(1..).unwrap_or_default().chunks(2).collect();
        let is_pair = |turn: &&[Range<usize>]| matches!(turn, [label, _] if self.is_label(label) && self.is_known(label));
        if self.is_long || turns.is_empty() || !turns.iter().all(is_pair) {
            return Vec::new();
        }
        turns.iter().map(|turn| (turn[0].clone(), turn[1].clone())).collect()
    }

    /// The label among some plain words, if there is one: all of them, the first or the last.
    fn stranger_in(&self, number: usize, has_place: bool, is_said: bool, is_ours: bool) -> Option<Range<usize>> {
        let words = &self.parts[number].at;
        let before = number.checked_sub(1).map(|before| &self.parts[before].kind);
        let is_apart = before == Some(&Kind::Gap);
        let is_long = self.is_long && is_ours;
        let first = self.first_piece(words);
        if !self.is_before_place(number) {
            // 手机 __138…__ 民族 汉
            let is_answered = first.end < words.end;
            return (has_place && is_said && is_apart && is_answered && !is_long && self.is_label(&first)).then_some(first);
        }
        let is_written = matches!(before, Some(Kind::Place { is_written: true }));
        // __江苏__ 省 __常州__ 市: what stands on a line that opens behind a gap is written there
        let opens = || number >= 2 && self.parts[number - 2].kind == Kind::Gap && !is_written;
        let goes_on = !is_apart && (opens() || (is_long && self.may_go_on(words.start)));
        if has_place && is_apart && first.end < words.end && self.is_label(&first) && (self.is_line_behind() || self.is_known(&first)) {
            return Some(first);
        }
        let is_whole = match (has_place, is_said) {
            (true, true) => !goes_on,
            (true, false) => is_apart && self.is_label_before(number),
            (false, _) => false,
        };
        if is_whole && self.is_label(words) { Some(words.clone()) } else { self.last_label(words, first.end) }
    }

    /// Whether words behind an empty place are a label, as in `职务 ____ 民族 __汉__`, and no answer: `姓名 __ 张三 __`.
    fn is_label_before(&self, number: usize) -> bool {
        let gap = number.checked_sub(1).map_or(0..0, |gap| self.parts[gap].at.clone());
        let is_wide = |c: char| !c.is_ascii() || c == '\t';
        let is_wide_gap = self.text[gap.clone()].chars().count() > 1 || self.text[gap].contains(is_wide);
        let place = self.parts[number..].iter().find(|part| part.is_place());
        if (self.is_tight && is_wide_gap) || self.is_known(&self.parts[number].at) {
            return true;
        }
        if place.is_some_and(|place| matches!(place.kind, Kind::Place { is_written: true })) {
            return true;
        }
        let mut behind = self.words().filter(|(other, _)| *other > number);
        match behind.next() {
            None => false,
            Some((other, _)) if self.parts[other - 1].is_place() => true,
            Some((_, next)) if self.is_known(&next.at) => false,
            // label and answer in turn
            Some(_) => behind.count() % 2 == 0,
        }
    }

    /// Whether a long answer may go on with words that are not underlined: right behind one that is (`[长塘村]三组[12号]`),
    /// or where words of one letter stand between the lines (`__江苏__省__常州__市`).
    fn may_go_on(&self, at: usize) -> bool {
        let is_behind_words = !self.text[..at].ends_with(|c| is_blank_character(c) || matches!(c, '_' | '＿'));
        is_behind_words || self.words().any(|(_, part)| self.text[part.at.clone()].chars().count() == 1)
    }

    fn is_known(&self, words: &Range<usize>) -> bool {
        is_known(&self.text[words.clone()])
    }

    /// Whether the line has its lines to write on behind the answers, and not below them: label, answer, and then the line.
    pub(super) fn is_line_behind_answers(&self) -> bool {
        let is_pair = |words: &Range<usize>| self.text[words.clone()].trim_matches(is_blank_character).contains(is_blank_character);
        let mut words = self.words().peekable();
        words.peek().is_some() && words.all(|(number, part)| is_pair(&part.at) && self.is_before_place(number))
    }

    /// Whether the line to write on is left behind the answer, and not below it: `姓名 张三____`.
    fn is_line_behind(&self) -> bool {
        let mut parts = self.parts.iter().skip_while(|part| part.kind == Kind::Gap);
        parts.next().is_some_and(|part| part.kind == Kind::Words) && parts.next().is_some_and(Part::is_place)
    }

    fn words(&self) -> impl Iterator<Item = (usize, &Part)> {
        self.parts.iter().enumerate().filter(|(_, part)| part.kind == Kind::Words)
    }

    fn is_before_place(&self, number: usize) -> bool {
        self.parts[number + 1..].iter().find(|part| part.kind != Kind::Gap).is_some_and(Part::is_place)
    }

    /// The words up to the first blank.
    fn first_piece(&self, words: &Range<usize>) -> Range<usize> {
        let end = self.text[words.clone()].find(is_blank_character).map_or(words.end, |at| words.start + at);
        words.start..end
    }

    /// The fewest words before the end that could be a label; they begin behind a blank, and behind the answer's first piece.
    fn last_label(&self, words: &Range<usize>, answer: usize) -> Option<Range<usize>> {
        let blanks = self.text[words.clone()].char_indices().rev().filter(|(_, c)| is_blank_character(*c));
        let mut behind = blanks.map(|(at, c)| words.start + at + c.len_utf8()..words.end);
        behind.find(|words| words.start > answer && self.is_label(words))
    }

    fn is_label(&self, words: &Range<usize>) -> bool {
        let text = &self.text[words.clone()];
        let has_han = || text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        looks_like_one(text) && has_han() && !self.is_option(words)
    }

    /// An option with a place behind it is part of the answer.
    fn is_option(&self, words: &Range<usize>) -> bool {
        let text = &self.text[words.clone()];
        text.starts_with("其他") || text.starts_with("其它") || matches!(self.labels.claim(text), Some(Claim::Sure(Target::Option(..))))
    }
}

/// Whether the words are, or end in, what many forms ask for.
pub(in crate::recognize::card) fn is_known(words: &str) -> bool {
    let words: String = words.chars().filter(|c| !is_blank_character(*c)).collect();
    UNCLAIMED.iter().any(|known| words.ends_with(known))
}

/// The part of a place that something is written on; all of it where nothing is.
pub(in crate::recognize::card) fn said(text: &str, place: Range<usize>) -> Range<usize> {
    let is_line = |c: char| is_blank_character(c) || matches!(c, '_' | '＿');
    let rest = &text[place.clone()];
    let written = rest.trim_matches(is_line);
    if written.is_empty() {
        return place;
    }
    let start = place.start + rest.len() - rest.trim_start_matches(is_line).len();
    start..start + written.len()
}

/// The stretches of a line, in its order.
fn parts(text: &str, rest: Range<usize>, underlined: &[Range<usize>]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (at, c) in text[rest.clone()].char_indices().map(|(at, c)| (rest.start + at, c)) {
        let is_written = !is_blank_character(c) && !matches!(c, '_' | '＿');
        let is_line = matches!(c, '_' | '＿') || underlined.iter().any(|part| part.contains(&at));
        let kind = match (is_line, is_written) {
            (true, _) => Kind::Place { is_written },
            (false, true) => Kind::Words,
            (false, false) => Kind::Gap,
        };
        let end = at + c.len_utf8();
        match (parts.last_mut().map(|last| (&mut last.kind, &mut last.at)), &kind) {
            (Some((Kind::Place { is_written: written }, place)), Kind::Place { is_written: also }) => {
                (*written, place.end) = (*written || *also, end);
            }
            (Some((last, place)), _) if *last == kind => place.end = end,
            _ => parts.push(Part { kind, at: at..end }),
        }
    }
    joined(parts)
}

/// The parts with words that only a blank parts taken together.
fn joined(parts: Vec<Part>) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::new();
    for part in parts {
        if part.kind == Kind::Words
            && let [.., words, gap] = joined.as_mut_slice()
            && (&words.kind, &gap.kind) == (&Kind::Words, &Kind::Gap)
        {
            words.at.end = part.at.end;
            joined.pop();
        } else {
            joined.push(part);
        }
    }
    joined
}

#[cfg(test)]
mod tests;
