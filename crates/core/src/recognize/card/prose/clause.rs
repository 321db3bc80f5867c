//! What one clause of a sentence says of the person: `性别男`, `1985年3月出生`, `住______`.

use std::ops::Range;

use super::BEGINNINGS;
use crate::recognize::Target;
use crate::recognize::card::label::{Meaning, Word, looks_like_one, word};
use crate::recognize::card::marks;
use crate::recognize::card::spaced::{is_known, written};
use crate::recognize::labels::Labels;
use crate::scheme::Field;
use crate::text::is_blank_character;

/// What follows 本人 in a sentence that does not name anybody.
const NO_NAMES: [&str; 20] = [
    "自愿", "愿意", "志愿", "现", "已", "于", "在", "是", "郑重", "承诺", "保证", "申请", "同意", "具有", "身体", "热心", "热爱", "为",
    "系", "因",
];

/// What words before and behind an answer ask for where no label does: 住…, 在…工作, 任…职务. Of the beginnings the longer come first.
const WORDED: [(&[&str], &[&str], Field); 6] = [
    (&["于", ""], &["加入中国共产党", "加入党组织", "入党"], Field::JoinedParty),
    (&["出生于", "生于", "于", ""], &["出生", "生", ""], Field::Birth),
    (
        &["现居住于", "现居住在", "居住于", "居住在", "现居住", "现住在", "现住于", "现住", "家住", "住在", "住于", "住"],
        &[""],
        Field::Address,
    ),
    (&["现就职于", "就职于", "供职于", "工作于", "现在", "现于", "在"], &["工作", "上班", "任职"], Field::Employer),
    (&["现任", "担任", "任"], &["职务", "一职"], Field::Position),
    (&["现系", "系", "现为", "为", "是"], &["的一名党员", "的党员", "党员"], Field::Branch),
];

/// What a clause says.
#[derive(Debug)]
pub(super) enum Clause {
    /// The answer to a field.
    Ours(Said),
    /// A label that no field claims, and its place.
    Stranger(Range<usize>, Range<usize>),
}

/// A part of a clause that says something of the person.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) field: Target,
    targets: Vec<Target>,
    words: Range<usize>,
    pub(super) place: Range<usize>,
}

impl Said {
    fn of(field: Field, words: Range<usize>, place: Range<usize>) -> Self {
        let field = Target::Field(field);
        Self { field, targets: vec![field], words, place }
    }
}

impl Clause {
    pub(super) fn into_meaning(self) -> Meaning {
        match self {
            Self::Ours(said) => Meaning::Label { targets: said.targets, words: said.words, rest: Some(said.place) },
            Self::Stranger(words, place) => Meaning::Unclaimed(words, place),
        }
    }
}

/// What a clause says of the person, if anything.
pub(super) fn said(labels: &Labels<'_>, text: &str, clause: &Range<usize>) -> Option<Clause> {
    let found = bare(text, clause).or_else(|| worded(text, clause)).or_else(|| labelled(labels, text, clause));
    found.map(Clause::Ours).or_else(|| stranger(labels, text, clause))
}

/// The name that a clause begins with, or the place for it: 本人张三, 我叫______.
pub(super) fn name(text: &str, clause: &Range<usize>) -> Option<Said> {
    let words = &text[clause.clone()];
    let beginning = BEGINNINGS.iter().find(|beginning| words.starts_with(**beginning))?;
    let behind = clause.start + beginning.len();
    let rest = &text[behind..clause.end];
    if is_room(rest.trim_start_matches(['：', ':'])) {
        return Some(Said::of(Field::Name, clause.start..behind, clause.end - rest.trim_start_matches(['：', ':']).len()..clause.end));
    }
    let name = rest.trim_matches(|c| is_blank_character(c) || matches!(c, '：' | ':'));
    let letters = name.chars().filter(|c| *c != '·').count();
    let is_name = (2..=4).contains(&letters) || (name.contains('·') && letters <= 12);
    let is_han = name.chars().all(|c| c == '·' || ('\u{3400}'..='\u{9FFF}').contains(&c) || u32::from(c) >= 0x2_0000);
    if !is_name || !is_han || NO_NAMES.iter().any(|word| name.starts_with(word)) {
        return None;
    }
    let start = behind + rest.find(name)?;
    Some(Said::of(Field::Name, clause.start..behind, start..start + name.len()))
}

/// What a clause says without a label: 男, or both words to choose from.
fn bare(text: &str, clause: &Range<usize>) -> Option<Said> {
    let words = text[clause.clone()].trim_end_matches(is_blank_character);
    let place = clause.start..clause.start + words.len();
    matches!(words, "男" | "女" | "男性" | "女性" | "男/女" | "男／女").then(|| Said::of(Field::Sex, place.clone(), place))
}

/// What a clause says between words that need no label: 家住长塘村, 在____工作.
fn worded(text: &str, clause: &Range<usize>) -> Option<Said> {
    let words = text[clause.clone()].trim_end_matches(is_blank_character);
    let is_empty_end = words.len() < text[clause.clone()].len();
    WORDED.iter().find_map(|(beginnings, endings, field)| {
        let beginning = beginnings.iter().find(|beginning| words.starts_with(**beginning))?;
        let rest = &words[beginning.len()..];
        let ending = endings.iter().find(|ending| rest.ends_with(**ending))?;
        // without words behind it, blanks at the end are room
        let end = if ending.is_empty() && is_empty_end { clause.end } else { clause.start + words.len() - ending.len() };
        let place = clause.start + beginning.len()..end.max(clause.start + beginning.len());
        let said = &text[place.clone()];
        let words = if ending.is_empty() { clause.start..place.start } else { place.end..place.end + ending.len() };
        (!words.is_empty() && tells(*field, beginning, said))
            .then(|| Said::of(*field, words, if is_room_with_words(*field, said) { place } else { written(text, place) }))
    })
}

/// Whether what stands between words answers this field, or is room for it.
fn tells(field: Field, beginning: &str, said: &str) -> bool {
    const LONGEST: usize = 40;
    const PLACES: [char; 18] = ['省', '市', '区', '县', '镇', '乡', '村', '街', '路', '号', '社', '组', '室', '栋', '幢', '巷', '弄', '楼'];
    let bare = said.trim_matches(is_blank_character);
    let is_short = !bare.is_empty() && bare.chars().count() <= LONGEST;
    match field {
        Field::Birth | Field::JoinedParty => {
            is_date(bare) || is_room_for_a_date(said) || (field == Field::JoinedParty && bare == "入党积极分子")
        }
        Field::Branch => is_short && ["支部", "总支", "党委"].iter().any(|ending| bare.ends_with(ending)),
        _ if is_room(said) => true,
        Field::Address => is_short && (beginning.chars().count() > 1 || bare.contains(PLACES)),
        _ => is_short,
    }
}

/// What a clause says behind the longest label it begins with: 性别男, 身份证号码：3299….
fn labelled(labels: &Labels<'_>, text: &str, clause: &Range<usize>) -> Option<Said> {
    const LONGEST_LABEL: usize = 8;
    let words = &text[clause.clone()];
    let ends = words.char_indices().map(|(at, _)| at).skip(2).take(LONGEST_LABEL);
    // 手机1 is a label, too, but not here
    let ends = ends.filter(|end| words[..*end].ends_with(char::is_alphabetic));
    let found = ends.filter_map(|end| match word(labels, &words[..end])? {
        Word::Label(targets) => Some((end, targets)),
        Word::Foreign(_) => None,
    });
    let (end, targets) = found.last()?;
    let rest = words[end..].trim_start_matches(['：', ':', '是', '为', '于']);
    let field = *targets.first()?;
    let label = clause.start..clause.start + end;
    if is_room(rest) && field != Target::Field(Field::Name) {
        return Some(Said { field, targets, words: label, place: clause.end - rest.len()..clause.end });
    }
    let place = written(text, clause.end - words[end..].len()..clause.end);
    let value = text[place.clone()].trim_start_matches(|c| is_blank_character(c) || matches!(c, '：' | ':' | '是' | '为' | '于'));
    let is_option = |field: Field| {
        let options = labels.scheme().options(field);
        field.is_choice() && (value.contains(marks::is_box) || !marks::printed(value, options).is_empty())
    };
    let is_answer = fits(field, value) || field.field().is_some_and(is_option);
    is_answer.then(|| Said { field, targets, words: label, place: place.end - value.len()..place.end })
}

/// A label that no field claims with its answer, or with room for one; room without a label is called by the words around it.
fn stranger(labels: &Labels<'_>, text: &str, clause: &Range<usize>) -> Option<Clause> {
    let is_line = |c: char| matches!(c, '_' | '＿');
    let words = &text[clause.clone()];
    let known = words.char_indices().map(|(at, c)| at + c.len_utf8()).take(4).find(|end| is_known(&words[..*end]));
    if let Some(end) = known {
        let place = written(text, clause.start + end..clause.end);
        return (!text[place.clone()].is_empty()).then(|| Clause::Stranger(clause.start..clause.start + end, place));
    }
    let start = words.find(is_line)?;
    let end = start + words[start..].find(|c| !is_line(c)).unwrap_or(words.len() - start);
    let before = words[..start].trim_matches(is_blank_character);
    if matches!(word(labels, before), Some(Word::Foreign(_))) {
        return None;
    }
    let behind = words[end..].trim_matches(|c| is_blank_character(c) || is_line(c));
    let name = if looks_like_one(before) || behind.is_empty() { before } else { behind };
    let at = clause.start + words.find(name).filter(|_| !name.is_empty())?;
    Some(Clause::Stranger(at..at + name.len(), clause.start + start..clause.start + end))
}

/// Whether the words are of the shape that the label asks for.
pub(in crate::recognize::card) fn fits(target: Target, value: &str) -> bool {
    const LONGEST: usize = 40;
    let is_code = |length: std::ops::RangeInclusive<usize>| {
        length.contains(&value.chars().filter(char::is_ascii_alphanumeric).count())
            && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ' ' | '+'))
    };
    match target.answered() {
        [Field::Sex] => matches!(value, "男" | "女" | "男性" | "女性"),
        [Field::IdNumber] => is_code(15..=18),
        [Field::Mobile | Field::Phone] => is_code(7..=13) && value.chars().any(|c| c.is_ascii_digit()),
        [Field::Birth | Field::JoinedParty] => is_date(value),
        [] => false,
        [field] if field.is_choice() || *field == Field::Name => false,
        _ => !value.is_empty() && value.chars().count() <= LONGEST,
    }
}

/// Whether the words are a date: a year, and more digits behind it.
fn is_date(words: &str) -> bool {
    let year = words.chars().take_while(char::is_ascii_digit).count();
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '号' | '.' | '-' | '/');
    let digits = words.chars().filter(char::is_ascii_digit).count();
    matches!(year, 4 | 6 | 8) && (5..=8).contains(&digits) && words.chars().all(is_part)
}

/// Whether words are nothing but room for an answer: a line to write on, or blanks where one may have been drawn.
fn is_room(words: &str) -> bool {
    let is_line = |c: char| matches!(c, '_' | '＿');
    words.chars().all(|c| is_blank_character(c) || is_line(c)) && (words.contains(is_line) || words.chars().count() > 1)
}

/// Whether words that stand in the room are printed there and give way to the answer: `____年__月`, `______党支部`.
fn is_room_with_words(field: Field, words: &str) -> bool {
    is_room_for_a_date(words) || (field == Field::Branch && words.trim_start_matches(is_blank_character).starts_with(['_', '＿']))
}

/// Whether words are room for a date: `____年__月`.
fn is_room_for_a_date(words: &str) -> bool {
    let bare: String = words.chars().filter(|c| !is_blank_character(*c) && !matches!(c, '_' | '＿')).collect();
    matches!(bare.as_str(), "年" | "年月" | "年月日")
}
