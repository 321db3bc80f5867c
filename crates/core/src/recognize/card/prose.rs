//! A person who is told of in a sentence: `本人张三，性别男，1985年3月出生，身份证号…，现申请加入`.
//!
//! A clause says something where it begins with a label and what follows is of the shape that the label asks for. A sentence
//! without a name, or that says nothing else of a person for certain, is left alone.

use std::ops::Range;

use super::label::{Meaning, Word, word};
use crate::recognize::Target;
use crate::recognize::labels::Labels;
use crate::scheme::Field;
use crate::text::is_blank_character;

/// Longest paragraph that is looked at, in bytes.
const LONGEST: usize = 2048;

/// Fewest things beside the name that a sentence has to say for certain.
const FEWEST: usize = 2;

/// How people begin to speak of themselves.
const BEGINNINGS: [&str; 7] = ["本人姓名是", "本人姓名为", "本人姓名", "我的名字叫", "我叫", "本人", "我是"];

/// What follows 本人 in a sentence that does not name anybody.
const NO_NAMES: [&str; 20] = [
    "自愿", "愿意", "志愿", "现", "已", "于", "在", "是", "郑重", "承诺", "保证", "申请", "同意", "具有", "身体", "热心", "热爱", "为",
    "系", "因",
];

/// A part of a clause that says something of the person.
struct Said {
    field: Target,
    targets: Vec<Target>,
    words: Range<usize>,
    place: Range<usize>,
}

/// What a paragraph says of a person, each with its place; nothing where it is no such sentence.
pub(super) fn labels(labels: &Labels<'_>, text: &str) -> Vec<Meaning> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let clauses = clauses(text);
    let Some((first, name)) = clauses.iter().enumerate().find_map(|(first, clause)| Some((first, name(text, clause)?))) else {
        return Vec::new();
    };
    let mut said: Vec<Said> = vec![name];
    for clause in &clauses[first + 1..] {
        let found = bare(text, clause).or_else(|| labelled(labels, text, clause));
        said.extend(found.filter(|found| said.iter().all(|other| other.field != found.field)));
    }
    let is_certain =
        |said: &&Said| matches!(said.field, Target::Field(Field::Sex | Field::Birth | Field::IdNumber | Field::Mobile | Field::Phone));
    if said.iter().filter(is_certain).count() < FEWEST {
        return Vec::new();
    }
    let meaning = |said: Said| Meaning::Label { targets: said.targets, words: said.words, rest: Some(said.place) };
    said.into_iter().map(meaning).collect()
}

/// The parts of a text between commas, without the blanks around them.
fn clauses(text: &str) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let ends = text.char_indices().filter(|(_, c)| matches!(c, '，' | ',' | '。' | '；' | ';' | '、' | '\n'));
    for (end, length) in ends.map(|(at, c)| (at, c.len_utf8())).chain([(text.len(), 0)]) {
        let clause = &text[start..end];
        let from = start + clause.len() - clause.trim_start_matches(is_blank_character).len();
        let clause = text[from..end].trim_end_matches(is_blank_character);
        clauses.extend((!clause.is_empty()).then_some(from..from + clause.len()));
        start = end + length;
    }
    clauses
}

/// The name that a clause begins with: 本人张三, 我叫张三.
fn name(text: &str, clause: &Range<usize>) -> Option<Said> {
    let words = &text[clause.clone()];
    let beginning = BEGINNINGS.iter().find(|beginning| words.starts_with(**beginning))?;
    let rest = &words[beginning.len()..];
    let name = rest.trim_matches(|c| is_blank_character(c) || matches!(c, '：' | ':'));
    let letters = name.chars().filter(|c| *c != '·').count();
    let is_name = (2..=4).contains(&letters) || (name.contains('·') && letters <= 12);
    let is_han = name.chars().all(|c| c == '·' || ('\u{3400}'..='\u{9FFF}').contains(&c) || u32::from(c) >= 0x2_0000);
    if !is_name || !is_han || NO_NAMES.iter().any(|word| name.starts_with(word)) {
        return None;
    }
    let start = clause.start + beginning.len() + rest.find(name)?;
    let field = Target::Field(Field::Name);
    Some(Said { field, targets: vec![field], words: clause.start..clause.start + beginning.len(), place: start..start + name.len() })
}

/// What a clause says without a label: 男, 1985年3月出生.
fn bare(text: &str, clause: &Range<usize>) -> Option<Said> {
    let words = &text[clause.clone()];
    if matches!(words, "男" | "女" | "男性" | "女性") {
        let field = Target::Field(Field::Sex);
        return Some(Said { field, targets: vec![field], words: clause.clone(), place: clause.clone() });
    }
    let date = words.strip_suffix("出生").or_else(|| words.strip_suffix("生")).filter(|date| is_date(date))?;
    let field = Target::Field(Field::Birth);
    let end = clause.start + date.len();
    Some(Said { field, targets: vec![field], words: end..clause.end, place: clause.start..end })
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
    let rest = &words[end..];
    let value = rest.trim_start_matches(|c| is_blank_character(c) || matches!(c, '：' | ':' | '是' | '为' | '于'));
    let field = *targets.first()?;
    let start = clause.end - value.len();
    fits(field, value).then_some(Said { field, targets, words: clause.start..clause.start + end, place: start..clause.end })
}

/// Whether the words are of the shape that the label asks for.
fn fits(target: Target, value: &str) -> bool {
    const LONGEST: usize = 40;
    let is_code = |length: std::ops::RangeInclusive<usize>| {
        length.contains(&value.chars().filter(char::is_ascii_alphanumeric).count())
            && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ' ' | '+'))
    };
    match target {
        Target::Field(Field::Sex) => matches!(value, "男" | "女" | "男性" | "女性"),
        Target::Field(Field::IdNumber) => is_code(15..=18),
        Target::Field(Field::Mobile | Field::Phone) => is_code(7..=13) && value.chars().any(|c| c.is_ascii_digit()),
        Target::Field(Field::Birth | Field::JoinedParty) => is_date(value),
        Target::Field(field) if field.is_choice() || field == Field::Name => false,
        Target::Field(_) | Target::Combined(_) => !value.is_empty() && value.chars().count() <= LONGEST,
        Target::Further(_) | Target::Option(..) | Target::Mark | Target::Split(_) | Target::Ignored | Target::Unclaimed => false,
    }
}

/// Whether the words are a date: a year, and more digits behind it.
fn is_date(words: &str) -> bool {
    let year = words.chars().take_while(char::is_ascii_digit).count();
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '号' | '.' | '-' | '/');
    let digits = words.chars().filter(char::is_ascii_digit).count();
    matches!(year, 4 | 6 | 8) && (5..=8).contains(&digits) && words.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::Scheme;

    fn read(text: &str) -> Vec<String> {
        let scheme = Scheme::built_in();
        let meanings = labels(&Labels::of(&scheme), text);
        let told = |meaning: Meaning| match meaning {
            Meaning::Label { words, rest, .. } => format!("{}={}", &text[words], &text[rest.unwrap_or_default()]),
            Meaning::Unclaimed(..) | Meaning::Foreign(_) | Meaning::ForeignWith(..) => "?".to_owned(),
        };
        meanings.into_iter().map(told).collect()
    }

    #[test]
    fn a_sentence_about_a_person_says_what_its_clauses_say() {
        for (text, expected) in [
            (
                "本人张三，性别男，1985年3月出生，身份证号329901198503120013，手机13800000001，现申请加入。",
                &["本人=张三", "性别=男", "出生=1985年3月", "身份证号=329901198503120013", "手机=13800000001"][..],
            ),
            ("我叫张三，女，1985年3月12日生，联系电话：13800000001。", &["我叫=张三", "女=女", "生=1985年3月12日", "联系电话=13800000001"]),
            ("本人姓名张三，性别男，学历本科，出生年月1985.03。", &["本人姓名=张三", "性别=男", "学历=本科", "出生年月=1985.03"]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn other_sentences_are_left_alone() {
        for text in [
            "本人自愿申请，身份证号329901198503120013，手机13800000001。",
            "本人张三，自愿加入志愿服务队，性别不限。",
            "本人承诺，以上内容属实，如有不实，愿意承担责任。",
            "性别男，身份证号329901198503120013，手机13800000001",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }
}
