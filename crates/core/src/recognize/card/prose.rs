//! A person who is told of in a sentence: `本人张三，性别男，1985年3月出生，身份证号…，现申请加入`, written or still to be written
//! (`本人______，性别____，____年__月__日出生，住______`).
//!
//! Which clauses make such a sentence is told here, and what one clause says in `prose/clause.rs`. A sentence without a name, or that
//! says nothing else of a person for certain, is left alone.

mod clause;

use std::ops::Range;

use super::label::Meaning;
use crate::recognize::Target;
use crate::recognize::labels::Labels;
use crate::scheme::Field;
use crate::text::is_blank_character;
pub(super) use clause::fits;
use clause::{Clause, name, said};

/// Longest paragraph that is looked at, in bytes.
const LONGEST: usize = 8192;

/// Fewest things beside the name that a sentence has to say for certain.
const FEWEST: usize = 2;

/// How people begin to speak of themselves.
const BEGINNINGS: [&str; 7] = ["本人姓名是", "本人姓名为", "本人姓名", "我的名字叫", "我叫", "本人", "我是"];

/// Whether somebody speaks of themselves in the text.
pub(super) fn may_tell(text: &str) -> bool {
    text.len() <= LONGEST && (text.contains("本人") || text.contains('我'))
}

/// What a paragraph says of a person, each with its place; nothing where it is no such sentence.
pub(super) fn labels(labels: &Labels<'_>, text: &str, underlined: &[Range<usize>]) -> Vec<Meaning> {
    let clauses = clauses(text, underlined);
    let Some((first, name)) = clauses.iter().enumerate().find_map(|(first, clause)| Some((first, name(text, clause)?))) else {
        return Vec::new();
    };
    let mut told = vec![Clause::Ours(name)];
    // whether the clause before says something that may go on
    let mut is_said = false;
    for clause in &clauses[first + 1..] {
        let is_told = |field: Target| told.iter().any(|other| matches!(other, Clause::Ours(other) if other.field == field));
        match said(labels, text, clause) {
            Some(Clause::Ours(again)) if is_told(again.field) => is_said = false,
            Some(found) => {
                is_said = matches!(&found, Clause::Ours(found) if may_go_on(found.field));
                told.push(found);
            }
            // 特长书法、会计: the answer goes on
            None if is_said && text[..clause.start].trim_end_matches(is_blank_character).ends_with('、') => {
                if let Some(Clause::Ours(before)) = told.last_mut() {
                    before.place.end = clause.start + text[clause.clone()].trim_end_matches(is_blank_character).len();
                }
            }
            None => is_said = false,
        }
    }
    let is_certain = |told: &&Clause| matches!(told, Clause::Ours(said) if is_certain(said.field));
    if told.iter().filter(is_certain).count() < FEWEST {
        return Vec::new();
    }
    told.into_iter().map(Clause::into_meaning).collect()
}

/// Whether the words of such an answer are of a shape of their own, or their place is empty.
fn is_certain(field: Target) -> bool {
    matches!(field, Target::Field(Field::Sex | Field::Birth | Field::IdNumber | Field::Mobile | Field::Phone))
}

/// Whether an answer may be several words with 、 between them.
fn may_go_on(field: Target) -> bool {
    !is_certain(field) && !matches!(field, Target::Field(Field::Name | Field::JoinedParty))
}

/// The parts of a text between commas, without the blanks in front of them; a comma that is underlined is part of an answer.
fn clauses(text: &str, underlined: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let is_end = |(at, c): &(usize, char)| {
        matches!(c, '，' | ',' | '。' | '；' | ';' | '、' | '\n') && underlined.iter().all(|part| !part.contains(at))
    };
    let ends = text.char_indices().filter(is_end);
    for (end, length) in ends.map(|(at, c)| (at, c.len_utf8())).chain([(text.len(), 0)]) {
        let clause = text[start..end].trim_start_matches(is_blank_character);
        clauses.extend((!clause.is_empty()).then_some(end - clause.len()..end));
        start = end + length;
    }
    clauses
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::Scheme;

    fn read(text: &str) -> Vec<String> {
        let scheme = Scheme::built_in();
        let meanings = labels(&Labels::of(&scheme), text, &[]);
        let told = |meaning: Meaning| match meaning {
            Meaning::Label { words, rest, .. } => format!("{}={}", &text[words], &text[rest.unwrap_or_default()]),
            Meaning::Unclaimed(words, place) => format!("?{}={}", &text[words], &text[place]),
            Meaning::Foreign(_) | Meaning::ForeignWith(..) => "?".to_owned(),
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
    fn a_sentence_without_answers_has_places_for_them() {
        for (text, expected) in [
            (
                "    本人______，性别____，____年__月__日出生，住______________，联系电话__________，自愿参加服务队。",
                &["本人=______", "性别=____", "出生=____年__月__日", "住=______________", "联系电话=__________"][..],
            ),
            (
                "我叫____，男/女，生于____年__月，民族____，现在________工作，任____职务，于____年__月加入中国共产党，系______党支部党员。",
                &[
                    "我叫=____",
                    "男/女=男/女",
                    "生于=____年__月",
                    "?民族=____",
                    "工作=________",
                    "职务=____",
                    "加入中国共产党=____年__月",
                    "党员=______党支部",
                ],
            ),
            (
                "我叫张三，男，生于1985.06，民族汉族，特长书法、会计，现在长塘村工作，任会计职务，家住长塘村12号，手机13800000001。",
                &[
                    "我叫=张三", "男=男", "生于=1985.06", "?民族=汉族", "特长=书法、会计", "工作=长塘村", "职务=会计", "家住=长塘村12号",
                    "手机=13800000001",
                ],
            ),
            (
                "本人 张三，性别 男，1985.06出生，住 长塘村12号，服务项目尊老服务、助残服务，籍贯____，联系____确认。",
                &["本人=张三", "性别=男", "出生=1985.06", "住=长塘村12号", "服务项目=尊老服务、助残服务", "?籍贯=____", "?联系=____"],
            ),
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
