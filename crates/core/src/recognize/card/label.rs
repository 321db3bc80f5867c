//! What a cell of a form says by itself: the labels of fields, somebody else's labels, or neither.

use std::ops::Range;

use super::{prose, spaced};
use crate::recognize::Target;
use crate::recognize::labels::{self, Claim, Labels, Owner};
use crate::scheme::Field;
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
    /// Words with a colon or a line to write on behind them that are nobody's of ours (民族：, 民族 __汉__); and the place behind them.
    Unclaimed(Range<usize>, Range<usize>),
}

/// The labels in a cell, from its start; none where it begins with something else.
pub(super) fn meanings(labels: &Labels<'_>, text: &str, underlined: &[Range<usize>], is_line: bool) -> Vec<Meaning> {
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
    let mut found = in_lines(labels, text, is_line);
    if found.is_empty() {
        let spaced = spaced::labels(labels, text, underlined, is_line);
        return if spaced.is_empty() && is_line { prose::labels(labels, text) } else { spaced };
    }
    // a rest ends where the next label begins
    let starts: Vec<usize> = found.iter().map(|(words, _)| words.start).skip(1).chain([text.len()]).collect();
    // 姓名：张三；性别：男。 what parts the answers is part of none
    let parting = starts.iter().filter(|start| **start < text.len()).find_map(|start| parting_before(text, *start));
    for ((_, meaning), end) in found.iter_mut().zip(starts) {
        if let Meaning::Label { rest: Some(rest), .. } | Meaning::Unclaimed(_, rest) = meaning {
            rest.end = end.max(rest.start);
            if parting.is_some() {
                let said =
                    text[rest.clone()].trim_end_matches(|c| is_blank_character(c) || Some(c) == parting || matches!(c, '。' | '；' | ';'));
                rest.end = rest.start + said.len();
            }
        }
    }
    found.into_iter().map(|(_, meaning)| meaning).collect()
}

/// The sign that parts the answer in front of this label from it: a comma or semicolon.
fn parting_before(text: &str, label: usize) -> Option<char> {
    text[..label].trim_end_matches(is_blank_character).chars().next_back().filter(|c| matches!(c, '，' | ',' | '；' | ';' | '|'))
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

/// Labels with a colon behind them: at the start of the text, then at the start of a line or behind a blank or sign.
fn in_lines(labels: &Labels<'_>, text: &str, is_line: bool) -> Vec<(Range<usize>, Meaning)> {
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
        // a label may be broken over two lines: 出生\n年月：
        let broken = line.and_then(|line| first_half(text, searched..line));
        let said = |start: usize| Some((start, word(labels, &text[start..colon])?));
        let is_behind_a_label = !found.is_empty() && line.is_none();
        let begins_with_answer = |start: usize| is_behind_a_label && is_latin_answer(text, searched, start);
        let later = |start: usize, word: &Word| {
            starts.iter().filter(|later| **later > start).find_map(|later| said(*later).filter(|said| said.1 == *word))
        };
        let word = broken.into_iter().chain(starts.iter().copied()).find_map(said);
        let word = word.map(|(start, word)| match begins_with_answer(start).then(|| later(start, &word)).flatten() {
            Some(later) => later,
            None => (start, word),
        });
        let Some((start, word)) = word else {
            if found.is_empty() {
                // 民族：汉  姓名：张三: the line may go on with labels of ours
                if !looks_like_one(text[from..colon].trim()) || line.is_some() {
                    break;
                }
                searched = colon + c.len_utf8();
                found.push((from..colon, Meaning::Unclaimed(from..colon, searched..text.len())));
                continue;
            }
            // 性别：男 民族：汉: what is nobody's of ours ends the answer before it
            if let Some(start) = unclaimed(labels, text, searched..colon).filter(|_| !is_free_text) {
                searched = colon + c.len_utf8();
                found.push((start..colon, Meaning::Unclaimed(start..colon, searched..text.len())));
            }
            continue;
        };
        // a line to write on in front of the words belongs to the label before
        let start = start + text[start..colon].find(|c| !is_blank_character(c) && c != '_').unwrap_or(0);
        searched = colon + c.len_utf8();
        let meaning = match word {
            Word::Foreign(Owner::LookAlike) => {
                owner = None;
                Meaning::Unclaimed(start..colon, searched..text.len())
            }
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
    // 长塘村：负责人： is an answer as well as a line of labels
    let begins_with_one_of_nobody = matches!(found.first(), Some((_, Meaning::Unclaimed(..))));
    let are_nobodys = begins_with_one_of_nobody && !found.iter().any(|(_, meaning)| matches!(meaning, Meaning::Label { .. }));
    if are_nobodys && !(is_line && are_short_answers(text, &found)) {
        found.clear();
    }
    found
}

/// Whether a line of a document is several labels nobody of ours claims with their answers: `民族：汉族 籍贯：江苏常州`.
fn are_short_answers(text: &str, found: &[(Range<usize>, Meaning)]) -> bool {
    let ends = found.iter().map(|(words, _)| words.start).skip(1).chain([text.len()]);
    found.len() > 1
        && found.iter().zip(ends).all(|((_, meaning), end)| match meaning {
            Meaning::Unclaimed(words, place) => {
                let answer = text[place.start..end.max(place.start)]
                    .trim_end_matches(|c| matches!(c, '，' | ',' | '；' | ';' | '。') || is_blank_character(c));
                reads_like_one(text[words.clone()].trim()) && is_short(answer)
            }
            Meaning::Label { .. } | Meaning::Foreign(_) => false,
        })
}

/// Where the last word starts of a range that ends with its line break, if it is short enough to be half a label.
fn first_half(text: &str, range: Range<usize>) -> Option<usize> {
    const LONGEST: usize = 4;
    let above = text.get(range.clone())?.strip_suffix('\n')?.trim_end_matches(' ');
    let word = above.rsplit(is_blank_character).next()?;
    ((1..=LONGEST).contains(&word.chars().count()) && (word.chars().all(is_han) || word.eq_ignore_ascii_case("qq")))
        .then_some(range.start + above.len() - word.len())
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

/// Where the words in front of a colon start that read like a label, though no field claims them; they stand behind a blank.
fn unclaimed(labels: &Labels<'_>, text: &str, range: Range<usize>) -> Option<usize> {
    let before = text.get(range.clone())?;
    let words = before.rsplit(|c| is_blank_character(c) || matches!(c, '，' | ',' | '；' | ';' | '|')).next()?;
    let is_behind_a_blank = words.len() < before.len() && !before[..before.len() - words.len()].trim().is_empty();
    // an option with its answer (尊老服务：是) is no label, and 其他时间： belongs to the choice before it
    let is_option = || matches!(words, "其他" | "其它") || matches!(labels.claim(words), Some(Claim::Sure(Target::Option(..))));
    let has_han = || words.chars().any(is_han);
    (is_behind_a_blank && looks_like_one(words) && has_han() && !is_option()).then_some(range.end - words.len())
}

fn is_han(c: char) -> bool {
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
fn is_short(answer: &str) -> bool {
    const LONGEST: usize = 24;
    answer.chars().count() <= LONGEST && !answer.contains(['。', '，', '；', '！', '？', '、'])
}

/// A label without the number that counts it: `3.民族`, `（4）籍贯`, `五、民族`.
fn without_number(label: &str) -> &str {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let opened = label.trim_start_matches(['（', '(']);
    let behind = opened.trim_start_matches(is_number);
    match behind.chars().next().filter(|_| behind.len() < opened.len()) {
        Some('.' | '．' | '、' | ')' | '）') => behind.trim_start_matches(['.', '．', '、', ')', '）', ' ']),
        _ => label,
    }
}

/// Whether the text is a few Chinese characters, as a label is that needs a colon to be told.
fn reads_like_one(words: &str) -> bool {
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
        labels::Meaning::Ours(Claim::Sure(target @ (Target::Field(_) | Target::Combined(_)))) => vec![target],
        labels::Meaning::Ours(Claim::Ambiguous(fields)) => fields.into_iter().map(Target::Field).collect(),
        // an option is an answer on a form, and the columns of our own sheets stand on none
        labels::Meaning::Ours(Claim::Sure(
            Target::Further(_) | Target::Option(..) | Target::Mark | Target::Split(_) | Target::Ignored | Target::Unclaimed,
        )) => {
            return None;
        }
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

/// Where a label may start: where the range does, and behind each blank or sign in it.
fn starts(text: &str, range: Range<usize>) -> Vec<usize> {
    let from = text[range.clone()].char_indices().rev().take_while(|(at, _)| range.len() - at <= LONGEST_LABEL).last();
    let from = range.start + from.map_or(0, |(at, _)| at);
    let parts =
        text[from..range.end].char_indices().filter(|(_, c)| is_blank_character(*c) || matches!(c, '；' | ';' | '，' | ',' | '_' | '|'));
    // no label begins with a hint in brackets: it belongs to the answer before
    let is_hint = |start: &usize| {
        text[*start..].starts_with(['（', '(', '【', '[']) && !is_counted(&text[*start..]) && !is_bracketed(&text[*start..range.end])
    };
    let behind = parts.map(|(at, c)| from + at + c.len_utf8()).filter(|start| *start < range.end);
    std::iter::once(from).filter(|from| *from == range.start).chain(behind).filter(|start| !is_hint(start)).collect()
}

/// Whether a number in brackets counts the label behind it: `（2）性别`.
fn is_counted(text: &str) -> bool {
    let inside = text.trim_start_matches(['（', '(']).split(['）', ')']).next().unwrap_or_default();
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    text.starts_with(['（', '(']) && (1..=3).contains(&inside.chars().count()) && inside.chars().all(is_number)
}

/// Whether the brackets hold all of the words: `【性别】`.
fn is_bracketed(words: &str) -> bool {
    words.starts_with(['【', '[']) && words.trim_end_matches(is_blank_character).ends_with(['】', ']'])
}

/// Whether Latin letters stand right behind the colon of a label: the answer to it (尺码：XL 手机：…), no translation of the next label.
fn is_latin_answer(text: &str, behind_colon: usize, start: usize) -> bool {
    text[behind_colon..start].chars().all(is_blank_character)
        && text[behind_colon..start].chars().count() <= 1
        && text[start..].starts_with(|c: char| c.is_ascii_alphanumeric())
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
