//! Labels in brackets with their answers behind them, one or several in a text: `【姓名】张三【性别】女`.
//!
//! One kind of brackets holds the labels of a text. Round ones hold hints, and are none of these.

use std::ops::Range;

use super::label::{Meaning, Word, is_han, is_short, looks_like_one, without_number, word};
use super::marks::is_box;
use crate::recognize::Target;
use crate::recognize::labels::{Claim, Labels, Owner};
use crate::text::is_blank_character;

/// What stands around a label.
const PAIRS: [(char, char); 11] = [
    ('【', '】'),
    ('［', '］'),
    ('〖', '〗'),
    ('<', '>'),
    ('＜', '＞'),
    ('〈', '〉'),
    ('[', ']'),
    ('《', '》'),
    ('「', '」'),
    ('『', '』'),
    ('〔', '〕'),
];

/// Those of them that also stand around words that are only spoken of.
const QUOTES: [char; 3] = ['「', '『', '《'];

/// Longest text, in bytes, that is looked at.
const LONGEST: usize = 4096;

/// Longest label nobody claims, in characters.
const LONGEST_UNCLAIMED: usize = 8;

/// Words in brackets that may be a label.
struct Framed {
    /// The words.
    words: Range<usize>,
    /// The words with their brackets.
    whole: Range<usize>,
    /// Whose they are; `None` for nobody's of ours.
    word: Option<Word>,
}

/// The labels of a text that stand in brackets, each with the place behind it; none where the text does not begin with one,
/// nor has several of ours.
pub(super) fn labels(labels: &Labels<'_>, text: &str) -> Vec<Meaning> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let ours = |found: &[Framed]| found.iter().filter(|framed| matches!(framed.word, Some(Word::Label(_)))).count();
    let kinds = PAIRS.iter().filter(|(open, _)| text.contains(*open)).map(|pair| framed(labels, text, *pair));
    let Some(found) = kinds.filter(|found| !found.is_empty()).max_by_key(|found| (ours(found), found.len())) else { return Vec::new() };
    let is_told = begins(text, &found[0]) && (ours(&found) > 0 || are_answers(text, &found, is_short));
    // a sentence may quote labels: 没有填「性别」和「出生年月」
    let are_quoted = text[found[0].whole.clone()].starts_with(QUOTES);
    let are_labels = match are_quoted {
        true => (is_told || (begins_line(text, &found[0]) && ours(&found) > 2)) && are_answers(text, &found, is_list),
        false => is_told || ours(&found) > 1,
    };
    if are_labels { said(text, found) } else { Vec::new() }
}

/// The pieces of a text in brackets of this kind that may be labels.
fn framed(labels: &Labels<'_>, text: &str, (open, close): (char, char)) -> Vec<Framed> {
    let mut found: Vec<Framed> = Vec::new();
    for (start, _) in text.match_indices(open) {
        let inside = start + open.len_utf8();
        let Some(length) = text[inside..].find([open, close, '\n']).filter(|end| text[inside + end..].starts_with(close)) else { continue };
        let words = &text[inside..inside + length];
        let word = word(labels, words);
        if word.is_some() || is_unclaimed(labels, words) {
            found.push(Framed { words: inside..inside + length, whole: start..inside + length + close.len_utf8(), word });
        }
    }
    found
}

/// Whether the words in brackets read like a label that no field claims, and tell nobody how to answer.
fn is_unclaimed(labels: &Labels<'_>, words: &str) -> bool {
    const HINTS: [&str; 4] = ["题", "填", "选", "项"];
    const NOTES: [&str; 6] = ["注意", "说明", "提示", "其他", "其它", "附件"];
    let is_option = || matches!(labels.claim(words), Some(Claim::Sure(Target::Option(..))));
    looks_like_one(words)
        && words.chars().count() <= LONGEST_UNCLAIMED
        && words.chars().any(is_han)
        && !HINTS.iter().any(|hint| words.ends_with(hint))
        && !NOTES.iter().any(|note| words.starts_with(note))
        && !is_option()
}

/// Whether nothing but a number stands in front of a label.
fn begins(text: &str, first: &Framed) -> bool {
    let before = text[..first.whole.start].trim_matches(is_blank_character);
    before.is_empty() || (before.chars().count() <= 4 && without_number(before).is_empty())
}

/// Whether nothing stands in front of a label on its line, as below a title.
fn begins_line(text: &str, first: &Framed) -> bool {
    text[..first.whole.start].rsplit('\n').next().is_some_and(|before| before.chars().all(is_blank_character))
}

/// Whether an answer is short, or several that are, such as options with their boxes.
fn is_list(answer: &str) -> bool {
    answer.split(|c: char| c == '、' || is_box(c) || is_blank_character(c)).all(is_short)
}

/// Whether each label of a text has an answer of this kind, and no further label with a colon stands in it.
fn are_answers(text: &str, found: &[Framed], is_answer: fn(&str) -> bool) -> bool {
    places(text, found)
        .into_iter()
        .map(|place| text[place].trim())
        .all(|answer| !answer.is_empty() && is_answer(answer) && !answer.contains(['：', ':']))
}

/// The place behind each label, up to the next one; what parts two of them is part of none.
fn places(text: &str, found: &[Framed]) -> Vec<Range<usize>> {
    let ends = found.iter().skip(1).map(|next| next.whole.start).chain([text.len()]);
    let is_parting = |c: char| is_blank_character(c) || matches!(c, '，' | ',' | '；' | ';' | '|' | '、');
    let place = |(framed, end): (&Framed, usize)| {
        let rest = &text[framed.whole.end..end];
        let said = rest.trim_start_matches(['：', ':']);
        let start = end - said.len();
        let said = if end < text.len() { said.trim_end_matches(is_parting) } else { said };
        // blanks may be underlined: they are the place
        if said.is_empty() { start..end } else { start..start + said.len() }
    };
    found.iter().zip(ends).map(place).collect()
}

/// What the labels say. Behind one of somebody else, the rest of its line is theirs.
fn said(text: &str, found: Vec<Framed>) -> Vec<Meaning> {
    let places = places(text, &found);
    let mut owner: Option<Owner> = None;
    let mut end = 0;
    let mut meanings = Vec::with_capacity(found.len());
    for (Framed { words, whole, word }, place) in found.into_iter().zip(places) {
        if text[end..whole.start].contains('\n') {
            owner = None;
        }
        end = whole.end;
        meanings.push(match (word, owner) {
            (Some(Word::Label(targets)), None) => Meaning::Label { targets, words, rest: Some(place) },
            (Some(Word::Label(_)), Some(owner)) => Meaning::ForeignWith(owner, words, place),
            (Some(Word::Foreign(whose @ (Owner::Person | Owner::Relatives))), _) => {
                owner = Some(whose);
                Meaning::ForeignWith(whose, words, place)
            }
            (Some(Word::Foreign(Owner::Office)), _) => Meaning::ForeignWith(Owner::Office, words, place),
            (Some(Word::Foreign(Owner::LookAlike)) | None, _) => Meaning::Unclaimed(words, place),
        });
    }
    meanings
}
