//! Answers between brackets: `姓名（　　）性别（　）`, `姓名：【张三】`, or a cell that holds `（　　）` beside its label.
//!
//! Brackets behind a label are far more often a hint (`姓名（必填）`) than room for an answer. They are room where at least two of a
//! grid leave no doubt: nothing stands between them, or what stands there is of the shape that the label asks for.

use std::collections::BTreeMap;
use std::ops::Range;

use super::label::{Meaning, Word, looks_like_one, word};
use super::search::SEARCHED_CELLS;
use super::spaced::{self, is_known};
use super::{Card, prose};
use crate::address::Address;
use crate::grid::Grid;
use crate::recognize::Target;
use crate::recognize::labels::{Labels, Owner};
use crate::scheme::Field;
use crate::text::is_blank_character;

/// The brackets that blanks leave room between.
const PAIRS: [(char, char); 8] =
    [('（', '）'), ('(', ')'), ('【', '】'), ('［', '］'), ('[', ']'), ('〔', '〕'), ('〖', '〗'), ('「', '」')];

/// Fewest brackets of a grid that have to be room for certain.
const FEWEST: usize = 2;

/// Longest text, in bytes, that is looked at.
const LONGEST: usize = 128 * 1024;

/// How hints begin and end, and what only they say; answers may have any other words.
const HINTS_BEGIN: [&str; 9] = ["请", "如有", "如无", "如没", "如：", "例如", "例：", "必须", "限"];
const HINTS_END: [&str; 9] = ["填", "填写", "签", "盖章", "签章", "签名", "签字", "单选", "多选"];
const HINTS: [&str; 5] = ["打√", "必填", "选填", "注明", "可不填"];

/// A label, what it says, and the place between the brackets behind it.
struct Pair {
    words: Range<usize>,
    word: Option<Word>,
    place: Range<usize>,
}

impl Pair {
    /// Whether the brackets are room for certain.
    fn is_certain(&self, text: &str) -> bool {
        let Some(Word::Label(targets)) = &self.word else { return false };
        let inside = &text[self.place.clone()];
        is_blank(inside) || targets.iter().any(|target| is_of_shape(*target, inside.trim_matches(is_blank_character)))
    }

    /// Whether a hint stands between the brackets: words that no answer has, or the unit the answer is asked for in.
    fn is_hint(&self, text: &str) -> bool {
        const UNITS: [&str; 6] = ["岁", "cm", "CM", "厘米", "米", "公分"];
        let inside = text[self.place.clone()].trim_matches(is_blank_character);
        UNITS.contains(&inside)
            || HINTS_BEGIN.iter().any(|words| inside.starts_with(words))
            || HINTS_END.iter().any(|words| inside.ends_with(words))
            || HINTS.iter().any(|words| inside.contains(words))
    }
}

/// The cells of a grid that hold nothing but labels with brackets behind them, with what they say; none where brackets are hints.
///
/// In tables, the brackets of a label that stands alone in front of an empty cell are a hint all the same.
pub(super) fn meanings(grid: &Grid, labels: &Labels<'_>, has_room_beside: impl Fn(Address) -> bool) -> BTreeMap<Address, Vec<Meaning>> {
    let cells = grid.rows().flat_map(|row| row.cells().map(move |cell| (Address { row: row.number(), column: cell.column }, cell.text)));
    let cells = cells.take(SEARCHED_CELLS).filter(|(_, text)| text.contains(|c| PAIRS.iter().any(|(open, _)| *open == c)));
    let mut found: Vec<(Address, &str, Vec<Pair>)> = Vec::new();
    let mut certain = 0_usize;
    for (at, text) in cells {
        match pairs(labels, text).filter(|pairs| pairs.len() > 1 || !has_room_beside(at)) {
            Some(pairs) => {
                certain += pairs.iter().filter(|pair| pair.is_certain(text)).count();
                found.push((at, text, pairs));
            }
            None => certain += usize::from(enclosed(text, &(0..text.len())).is_some_and(|inside| is_answer(&text[inside]))),
        }
    }
    if certain < FEWEST {
        return BTreeMap::new();
    }
    let are_answers = |text: &str, pairs: &[Pair]| match pairs {
        [pair] => pair.is_certain(text) || (!pair.is_hint(text) && (pair.word.is_some() || is_known(&text[pair.words.clone()]))),
        pairs => pairs.iter().any(|pair| !pair.is_hint(text)),
    };
    found.into_iter().filter(|(_, text, pairs)| are_answers(text, pairs)).map(|(at, text, pairs)| (at, said(text, pairs))).collect()
}

/// What these labels say; behind one of somebody else the line is theirs.
fn said(text: &str, pairs: Vec<Pair>) -> Vec<Meaning> {
    let found = pairs.into_iter().map(|pair| {
        let word = pair.word.unwrap_or(Word::Foreign(Owner::LookAlike));
        ((spaced::Found { words: pair.words, word }, pair.place), Vec::new())
    });
    spaced::said(text, found)
}

/// The labels of a text with the brackets behind each; `None` where it holds anything else.
fn pairs(labels: &Labels<'_>, text: &str) -> Option<Vec<Pair>> {
    let parts = |c: char| is_blank_character(c) || matches!(c, '，' | ',' | '；' | ';' | '、' | '。' | '|');
    if text.len() > LONGEST {
        return None;
    }
    let mut found = Vec::new();
    let mut start = 0;
    while !text[start..].trim_start_matches(parts).is_empty() {
        start = text.len() - text[start..].trim_start_matches(parts).len();
        let (open, close) = first_brackets(text, start)?;
        let words = text[start..open.start].trim_end_matches(|c| is_blank_character(c) || matches!(c, '：' | ':'));
        let words = start..start + words.len();
        let word = word(labels, &text[words.clone()]);
        let is_label = word.is_some() || looks_like_one(&text[words.clone()]);
        if !is_label || text[words.clone()].contains('\n') {
            return None;
        }
        found.push(Pair { words, word, place: open.end..close.start });
        start = close.end;
    }
    (!found.is_empty()).then_some(found)
}

/// The first pair of brackets from here on: the opening one and the one that closes it.
fn first_brackets(text: &str, from: usize) -> Option<(Range<usize>, Range<usize>)> {
    let (at, open, close) = text[from..].char_indices().find_map(|(at, c)| {
        let (open, close) = PAIRS.into_iter().find(|(open, _)| *open == c)?;
        Some((from + at, open, close))
    })?;
    let mut depth = 0_usize;
    for (end, c) in text[at..].char_indices().map(|(end, c)| (at + end, c)) {
        depth += usize::from(c == open);
        if c == close {
            depth -= 1;
            if depth == 0 {
                return Some((at..at + open.len_utf8(), end..end + close.len_utf8()));
            }
        }
    }
    None
}

/// Leaves the brackets around answers out of their places, where they are the blank's: what is between them is empty or of the
/// shape that is asked for, or is so in another place of the form.
pub(super) fn leave_brackets(card: &mut Card, grid: &Grid) {
    let inside = |at: Address, place: &Range<usize>| {
        let text = grid.cell(at)?.text;
        let inside = enclosed(text, place)?;
        Some((inside.clone(), &text[inside]))
    };
    let found: Vec<Option<(Range<usize>, bool)>> = card
        .slots
        .iter()
        .map(|slot| {
            let (place, text) = inside(slot.answer_at, &slot.place).filter(|_| slot.marks.is_empty() && slot.letters.is_empty())?;
            Some((place, is_blank(text) || is_of_shape(slot.target, text.trim_matches(is_blank_character))))
        })
        .collect();
    let certain = found.iter().flatten().filter(|(_, is_certain)| *is_certain).count();
    for (slot, found) in card.slots.iter_mut().zip(found) {
        if let Some((place, _)) = found.filter(|(_, is_certain)| *is_certain || certain >= FEWEST) {
            slot.place = place;
        }
    }
    if certain >= FEWEST {
        let strangers = card.strangers.iter_mut().filter_map(|stranger| Some((inside(stranger.answer_at, &stranger.place)?.0, stranger)));
        strangers.for_each(|(place, stranger)| stranger.place = place);
    }
}

/// Whether a pair of brackets stands right around this part of a text.
pub(super) fn is_in_brackets(text: &str, part: &Range<usize>) -> bool {
    let (before, behind) = (text[..part.start].chars().next_back(), text[part.end..].chars().next());
    before.zip(behind).is_some_and(|pair| PAIRS.contains(&pair))
}

/// What stands between the brackets around all of a place.
fn enclosed(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let inside = text.get(place.clone())?;
    let start = place.start + inside.len() - inside.trim_start_matches(is_blank_character).len();
    let end = place.start + inside.trim_end_matches(is_blank_character).len();
    let (open, close) = first_brackets(text, start).filter(|(open, close)| open.start == start && close.end == end)?;
    Some(open.end..close.start)
}

/// Whether words between brackets are room or an answer, whatever is asked for.
fn is_answer(inside: &str) -> bool {
    const SHAPES: [Field; 4] = [Field::Sex, Field::IdNumber, Field::Mobile, Field::Birth];
    is_blank(inside) || SHAPES.iter().any(|field| is_of_shape(Target::Field(*field), inside.trim_matches(is_blank_character)))
}

fn is_blank(inside: &str) -> bool {
    inside.chars().all(|c| is_blank_character(c) || matches!(c, '_' | '＿' | '年' | '月' | '日'))
}

/// Whether words are of a shape that tells what they answer; any words are of that of an address.
fn is_of_shape(target: Target, words: &str) -> bool {
    let tells =
        matches!(target, Target::Field(Field::Sex | Field::IdNumber | Field::Mobile | Field::Phone | Field::Birth | Field::JoinedParty));
    tells && prose::fits(target, words)
}
