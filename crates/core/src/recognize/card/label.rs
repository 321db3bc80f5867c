//! What a cell of a form says by itself: the labels of fields, somebody else's labels, or neither.

use std::collections::BTreeMap;
use std::ops::Range;

use compact_str::CompactString;

use crate::recognize::Target;
use crate::scheme::{Field, Scheme};
use crate::text::{fold_label, is_blank_character};

/// Longest text, in bytes, that is looked at as a label; the longest of the notice has 30.
const LONGEST_LABEL: usize = 96;

/// Longest text, in characters, that is reported as a label no field claims.
const LONGEST_UNCLAIMED: usize = 10;

/// Longest text, in bytes, in which more labels are looked for than the one it begins with.
const LONGEST_LINES: usize = 4096;

/// What a part of a cell says by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The label of a field; the first target nobody else has is meant.
    Label {
        /// What it may ask for, the likeliest first.
        targets: Vec<Target>,
        /// The words of the label.
        words: Range<usize>,
        /// The place behind the words, where the same cell has one.
        rest: Option<Range<usize>>,
    },
    /// A label of somebody else, or of the office.
    Foreign(Owner),
}

/// Whose a label is that is not the person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// Another person's; labels beside it are that person's too.
    Person,
    /// A list of relatives; its whole row speaks of them.
    Relatives,
    /// The office's.
    Office,
}

/// The labels of a scheme, folded.
#[derive(Debug)]
pub(crate) struct Labels<'a> {
    scheme: &'a Scheme,
    exact: BTreeMap<CompactString, Target>,
    ambiguous: BTreeMap<CompactString, Vec<Target>>,
}

impl<'a> Labels<'a> {
    pub(crate) fn new(scheme: &'a Scheme) -> Self {
        let mut exact = BTreeMap::new();
        let mut ambiguous: BTreeMap<CompactString, Vec<Target>> = BTreeMap::new();
        for spec in &scheme.fields {
            let target = Target::Field(spec.field);
            exact.entry(fold_label(&spec.label)).or_insert(target);
            for word in &spec.ambiguous {
                ambiguous.entry(fold_label(word)).or_default().push(target);
            }
        }
        for combined in &scheme.combined {
            let words = std::iter::once(&combined.label).chain(&combined.aliases);
            words.for_each(|word| _ = exact.entry(fold_label(word)).or_insert(Target::Combined(combined.fields)));
        }
        // labels come before aliases: 专业特长 may be an alias of one field and the label of another
        for spec in &scheme.fields {
            spec.aliases.iter().for_each(|word| _ = exact.entry(fold_label(word)).or_insert(Target::Field(spec.field)));
        }
        Self { scheme, exact, ambiguous }
    }

    pub(crate) fn scheme(&self) -> &'a Scheme {
        self.scheme
    }

    /// The labels in a cell, from its start; none where it begins with something else.
    pub(super) fn meanings(&self, text: &str) -> Vec<Meaning> {
        if text.len() <= LONGEST_LABEL
            && !has_inner_colon(text)
            && let Some(word) = self.word(text)
        {
            return vec![match word {
                // 姓名： with nothing behind the colon, or a line to write on
                Word::Label(targets) => Meaning::Label { targets, words: 0..text.len(), rest: None },
                Word::Foreign(owner) => Meaning::Foreign(owner),
            }];
        }
        let mut found = self.in_lines(text);
        // a rest ends where the next label begins
        let starts: Vec<usize> = found.iter().map(|(words, _)| words.start).skip(1).chain([text.len()]).collect();
        for ((_, meaning), end) in found.iter_mut().zip(starts) {
            if let Meaning::Label { rest: Some(rest), .. } = meaning {
                rest.end = end.max(rest.start);
            }
        }
        found.into_iter().map(|(_, meaning)| meaning).collect()
    }

    /// Labels with a colon behind them: at the start of the text, then at the start of a line or behind a blank or sign.
    fn in_lines(&self, text: &str) -> Vec<(Range<usize>, Meaning)> {
        let mut found: Vec<(Range<usize>, Meaning)> = Vec::new();
        let mut searched = text.len() - text.trim_start_matches(is_blank_character).len();
        // whose words the line goes on with
        let mut owner: Option<Owner> = None;
        let mut is_free_text = false;
        for (colon, c) in text.char_indices().filter(|(_, c)| matches!(c, '：' | ':')) {
            if colon > if found.is_empty() { searched + LONGEST_LABEL } else { LONGEST_LINES } {
                break;
            }
            let line = text[searched..colon].rfind('\n').map(|at| searched + at + 1);
            if line.is_some() {
                owner = None;
            }
            // the words of an experience may hold anything, up to the end of the line
            if is_free_text && line.is_none() {
                continue;
            }
            let from = line.unwrap_or(searched);
            let starts = if found.is_empty() { vec![from] } else { starts(text, from..colon) };
            let word = starts.into_iter().find_map(|start| Some((start, self.word(&text[start..colon])?)));
            let Some((start, word)) = word else {
                if found.is_empty() {
                    break;
                }
                continue;
            };
            // a line to write on in front of the words belongs to the label before
            let start = start + text[start..colon].find(|c| !is_blank_character(c) && c != '_').unwrap_or(0);
            searched = colon + c.len_utf8();
            let meaning = match word {
                Word::Foreign(whose) => {
                    owner = Some(whose).filter(|whose| *whose != Owner::Office);
                    Meaning::Foreign(whose)
                }
                Word::Label(targets) => match owner {
                    Some(owner) => Meaning::Foreign(owner),
                    None => {
                        is_free_text = targets == [Target::Field(Field::Experience)];
                        Meaning::Label { targets, words: start..colon, rest: Some(searched..text.len()) }
                    }
                },
            };
            found.push((start..colon, meaning));
        }
        found
    }

    fn word(&self, text: &str) -> Option<Word> {
        let folded = fold_label(text);
        if folded.is_empty() {
            return None;
        }
        let exact = self.exact.get(&folded);
        let others = self.ambiguous.get(&folded).map_or(&[][..], Vec::as_slice);
        match exact {
            Some(target) => {
                Some(Word::Label(std::iter::once(*target).chain(others.iter().copied().filter(|other| other != target)).collect()))
            }
            None if !others.is_empty() => Some(Word::Label(others.to_vec())),
            None => self.foreign(&folded).map(Word::Foreign),
        }
    }

    fn foreign(&self, folded: &str) -> Option<Owner> {
        // a prefix alone would claim every sentence that begins with 父母
        if folded.chars().count() > LONGEST_UNCLAIMED + 2 {
            return None;
        }
        if is_relation(folded) {
            return Some(Owner::Relatives);
        }
        if self.scheme.foreign_prefixes.iter().any(|prefix| folded.starts_with(prefix.as_str())) {
            return Some(Owner::Person);
        }
        let is_office = self.scheme.foreign_labels.iter().any(|label| label == folded)
            || self.scheme.fields.iter().any(|spec| spec.not.iter().any(|not| not == folded));
        is_office.then_some(Owner::Office)
    }
}

/// Whether several labels may stand in the text: something is written behind a colon, or another one follows.
fn has_inner_colon(text: &str) -> bool {
    let inner = text.trim_end_matches(|c| is_blank_character(c) || matches!(c, '：' | ':' | '_'));
    let before = inner.split(['（', '(', '【', '[']).next().unwrap_or(inner);
    before.contains(['：', ':'])
}

/// Where a label may start: where the range does, and behind each blank or sign in it.
fn starts(text: &str, range: Range<usize>) -> Vec<usize> {
    let from = text[range.clone()].char_indices().rev().take_while(|(at, _)| range.len() - at <= LONGEST_LABEL).last();
    let from = range.start + from.map_or(0, |(at, _)| at);
    let parts =
        text[from..range.end].char_indices().filter(|(_, c)| is_blank_character(*c) || matches!(c, '；' | ';' | '，' | ',' | '_' | '|'));
    // no label begins with a hint in brackets: it belongs to the answer before
    let is_hint = |start: &usize| text[*start..].starts_with(['（', '(', '【', '[']);
    let behind = parts.map(|(at, c)| from + at + c.len_utf8()).filter(|start| *start < range.end);
    std::iter::once(from).filter(|from| *from == range.start).chain(behind).filter(|start| !is_hint(start)).collect()
}

/// What the words of a label say.
enum Word {
    Label(Vec<Target>),
    Foreign(Owner),
}

/// Whether a label asks how somebody is related: a list of relatives has such a column, a list of volunteers has none.
pub(crate) fn is_relation(folded: &str) -> bool {
    matches!(folded, "称谓" | "关系") || (folded.ends_with("关系") && folded.starts_with(['与', '和']))
}

/// Whether the text could be a label: a few letters, no digits, nothing to tick, no sentence.
pub(super) fn looks_like_one(text: &str) -> bool {
    if text.len() > LONGEST_LABEL {
        return false;
    }
    let folded = fold_label(text);
    let length = folded.chars().count();
    (2..=LONGEST_UNCLAIMED).contains(&length) && folded.chars().all(|c| c.is_alphabetic() || matches!(c, '/' | '、'))
}
