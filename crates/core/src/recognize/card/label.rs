//! What a cell of a form says by itself: the labels of fields, somebody else's labels, or neither.

use std::ops::Range;

use super::{bracketed, coloned, prose, spaced};
use crate::recognize::Target;
use crate::recognize::labels::{self, Claim, Labels, Owner};
use crate::scheme::Field;
use crate::text::{fold_label, is_blank_character};
use crate::value::han;

/// Longest text, in bytes, that is looked at as a label; the longest of the notice has 30.
pub(super) const LONGEST_LABEL: usize = 96;

/// Longest text, in characters, that is reported as a label no field claims.
const LONGEST_UNCLAIMED: usize = 10;

/// What many forms ask for and no field of ours does: words that are no answer, wherever they stand.
pub(super) const UNCLAIMED: [&str; 18] = [
    "民族", "籍贯", "血型", "状况", "情况", "院校", "学校", "信仰", "尺码", "编号", "微信", "微信号", "时间", "日期", "年龄", "体重",
    "备注", "户籍",
];

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
    /// The same among others in one cell or line, whoever's; its words and the place behind them.
    ForeignWith(Owner, Range<usize>, Range<usize>),
    /// Words with a colon or a line to write on behind them that are nobody's of ours (民族：, 民族 __汉__); and the place behind them.
    Unclaimed(Range<usize>, Range<usize>),
}

/// The labels in a cell, from its start; none where it begins with something else.
pub(super) fn meanings(labels: &Labels<'_>, text: &str, underlined: &[Range<usize>], is_line: bool) -> Vec<Meaning> {
    let found = parts(labels, text, underlined, is_line);
    if !is_line || !prose::may_tell(text) {
        return found;
    }
    let told = prose::labels(labels, text, underlined);
    let asked = |meanings: &[Meaning]| meanings.iter().filter(|meaning| matches!(meaning, Meaning::Label { .. })).count();
    if asked(&told) > asked(&found) { told } else { found }
}

/// The labels that stand before their answers in a cell.
fn parts(labels: &Labels<'_>, text: &str, underlined: &[Range<usize>], is_line: bool) -> Vec<Meaning> {
    let said = text.trim_end_matches(|c| is_blank_character(c) || c == '_').len();
    // in a line of text, a tab parts two labels, or draws the line to write on
    let has_tab = is_line && text.trim_start_matches(is_blank_character).contains('\t');
    if text.len() <= LONGEST_LABEL
        && !has_tab
        && !has_inner_colon(text)
        // words with a place to write on between them are two labels
        && underlined.iter().all(|part| part.end >= said || !text[part.clone()].chars().all(is_blank_character))
        && let Some(word) = word(labels, text)
    {
        return vec![match word {
            // 姓名： with nothing behind the colon, or a line to write on
            Word::Label(targets) => match line_to_write_on(text, underlined) {
                Some(start) => Meaning::Label { targets, words: 0..start, rest: Some(start..text.len()) },
                None => Meaning::Label { targets, words: 0..text.len(), rest: None },
            },
            Word::Foreign(owner) => Meaning::Foreign(owner),
        }];
    }
    let bracketed = bracketed::labels(labels, text);
    if !bracketed.is_empty() {
        return bracketed;
    }
    let found = coloned::labels(labels, text, is_line);
    if found.is_empty() { spaced::labels(labels, text, underlined, is_line) } else { found }
}

/// A label on the first line of a cell and its answer on the lines below: `姓名⏎张三`.
pub(super) fn over_its_answer(labels: &Labels<'_>, text: &str) -> Option<Meaning> {
    let (first, below) = text.split_once('\n')?;
    let place = text.len() - below.len()..text.len();
    let is_said = first.len() <= LONGEST_LABEL && !below.chars().all(is_blank_character);
    match word(labels, first).filter(|_| is_said)? {
        Word::Label(targets) => Some(Meaning::Label { targets, words: 0..first.len(), rest: Some(place) }),
        Word::Foreign(Owner::LookAlike) => Some(Meaning::Unclaimed(0..first.len(), place)),
        Word::Foreign(owner) => Some(Meaning::Foreign(owner)),
    }
}

/// Where a line to write on starts behind a label that stands alone: `姓名：____`, or blanks that are underlined.
fn line_to_write_on(text: &str, underlined: &[Range<usize>]) -> Option<usize> {
    let label = text.trim_end_matches(|c| is_blank_character(c) || matches!(c, '_' | '＿'));
    let line = &text[label.len()..];
    let drawn =
        underlined.iter().find(|part| label.len() < part.end && text[label.len()..].len() > 1).map(|part| part.start.max(label.len()));
    let start = line.find(['_', '＿']).map(|line| label.len() + line).or(drawn)?;
    Some(if label.ends_with(['：', ':']) { label.len() } else { start })
}

pub(super) fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// A cell that holds a label nobody of ours claims, and the answer behind its colon: `民族：汉`.
pub(super) fn unclaimed_with_answer(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let colon = text.find(['：', ':'])?;
    let behind = colon + text[colon..].chars().next()?.len_utf8();
    let is_alone = !text[..colon].trim().contains('\n') && !text[behind..].contains(['：', ':']);
    (is_alone && looks_like_one(without_number(text[..colon].trim()))).then_some((0..colon, behind..text.len()))
}

/// Whether a line of a document is a label nobody of ours claims and its answer, and no sentence: `婚姻状况：已婚`.
pub(super) fn is_short_answer(text: &str, place: &Range<usize>) -> bool {
    let label = text[..place.start].trim().trim_end_matches([':', '：']);
    reads_like_one(without_number(label)) && is_short(text[place.clone()].trim())
}

/// Whether an answer is a few words and no sentence.
pub(super) fn is_short(answer: &str) -> bool {
    const LONGEST: usize = 24;
    answer.chars().count() <= LONGEST && !answer.contains(['。', '，', '；', '！', '？', '、'])
}

/// A label without the number that counts it: `3.民族`, `（4）籍贯`, `五、民族`.
pub(super) fn without_number(label: &str) -> &str {
    let is_number = |c: char| c.is_ascii_digit() || han::counts(c);
    let opened = label.trim_start_matches(['（', '(']);
    let behind = opened.trim_start_matches(is_number);
    match behind.chars().next().filter(|_| behind.len() < opened.len()) {
        Some('.' | '．' | '、' | ')' | '）') => behind.trim_start_matches(['.', '．', '、', ')', '）', ' ']),
        _ => label,
    }
}

/// Whether the text is a few Chinese characters, as a label is that needs a colon to be told.
pub(super) fn reads_like_one(words: &str) -> bool {
    const LONGEST: usize = 6;
    let is_letter = |c: char| is_han(c) || c.is_ascii_alphabetic();
    looks_like_one(words)
        && words.chars().count() <= LONGEST
        && words.chars().all(is_letter)
        && words.chars().filter(|c| is_han(*c)).count() > 1
}

/// What the words of a label say: what they may ask for, the likeliest first, or whose they are.
pub(super) fn word(labels: &Labels<'_>, text: &str) -> Option<Word> {
    let targets = match labels.meaning(text)? {
        labels::Meaning::Ours(Claim::Sure(target)) if is_stamped(text) && !matches!(target.field(), Some(Field::Name | Field::Photo)) => {
            return Some(Word::Foreign(Owner::Office));
        }
        labels::Meaning::Ours(Claim::Sure(target)) if !target.answered().is_empty() => vec![target],
        labels::Meaning::Ours(Claim::Ambiguous(fields)) => fields.into_iter().map(Target::Field).collect(),
        // an option is an answer on a form, and the columns of our own sheets stand on none
        labels::Meaning::Ours(Claim::Sure(_)) => return None,
        // a prefix alone would claim every sentence that begins with 父母
        labels::Meaning::Foreign(_) if fold_label(text).chars().count() > LONGEST_UNCLAIMED + 2 => return None,
        labels::Meaning::Foreign(owner) => return Some(Word::Foreign(owner)),
    };
    Some(Word::Label(targets))
}

/// Whether the label says that somebody stamps or signs there: 工作单位（盖章）.
pub(in crate::recognize) fn is_stamped(text: &str) -> bool {
    const WORDS: [&str; 5] = ["盖章", "公章", "签章", "签字", "签名"];
    let hint = text.split_once(['（', '(', '[', '【']).map_or("", |(_, hint)| hint);
    WORDS.iter().any(|word| hint.contains(word))
}

/// Whether several labels may stand in the text: something is written behind a colon, or another one follows.
fn has_inner_colon(text: &str) -> bool {
    let inner = text.trim_end_matches(|c| is_blank_character(c) || matches!(c, '：' | ':' | '_'));
    let before = inner.split(['（', '(', '【', '[']).next().unwrap_or(inner);
    before.contains(['：', ':'])
}

/// What the words of a label say.
#[derive(PartialEq, Eq)]
pub(super) enum Word {
    Label(Vec<Target>),
    Foreign(Owner),
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
