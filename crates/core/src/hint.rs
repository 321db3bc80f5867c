//! What a blank prints beside the place of an answer to say how to answer: `（18位）`, `（请用正楷填写）`.
//!
//! Such words in brackets before or behind an answer are no part of it. A remark of the person's own (`本科（在读）`) is.

use crate::scheme::Field;
use crate::text::{fold_width, is_blank_character};
use crate::value::han;

const PAIRS: [(char, char); 4] = [('（', '）'), ('(', ')'), ('【', '】'), ('[', ']')];

/// Longest hint, in characters.
const LONGEST: usize = 30;

/// Hints that say nothing but the kind of answer that fields ask for.
const WORDS: [(&[Field], &[&str]); 5] = [
    (&[Field::Mobile, Field::Phone], &["手机", "手机号", "手机号码", "长号", "座机", "区号-号码"]),
    (&[Field::Sex], &["男/女", "男、女", "男或女", "男女"]),
    (&[Field::Height], &["cm", "厘米", "公分", "单位:cm", "单位:厘米"]),
    (&[Field::Name], &["楷书", "本人姓名"]),
    (&[Field::Employer], &["全称", "单位全称"]),
];

/// The answer without the hints around it; as it stands where nothing else would be left.
pub(crate) fn without(field: Field, text: &str) -> &str {
    if field.is_choice() {
        return text;
    }
    let mut rest = text;
    while let Some(shorter) = behind(field, rest).or_else(|| before(field, rest)) {
        rest = shorter;
    }
    rest
}

/// Whether a text is nothing but a hint, in brackets or not.
pub(crate) fn is_one(field: Field, text: &str) -> bool {
    let text = text.trim_matches(is_blank_character);
    let inside = PAIRS.into_iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    is_hint(field, inside.unwrap_or(text))
}

/// What stands before a hint at the end.
fn behind(field: Field, text: &str) -> Option<&str> {
    let (open, close) = PAIRS.into_iter().find(|(_, close)| text.ends_with(*close))?;
    let (answer, inside) = text.strip_suffix(close)?.rsplit_once(open)?;
    answer_beside(field, answer, inside)
}

/// What stands behind a hint at the start.
fn before(field: Field, text: &str) -> Option<&str> {
    let (open, close) = PAIRS.into_iter().find(|(open, _)| text.starts_with(*open))?;
    let (inside, answer) = text.strip_prefix(open)?.split_once(close)?;
    answer_beside(field, answer, inside)
}

fn answer_beside<'t>(field: Field, answer: &'t str, inside: &str) -> Option<&'t str> {
    let answer = answer.trim_matches(is_blank_character);
    (!answer.is_empty() && is_hint(field, inside)).then_some(answer)
}

/// Whether the words in brackets say how to answer.
fn is_hint(field: Field, inside: &str) -> bool {
    const BEGINNINGS: [&str; 14] =
        ["请", "如:", "如：", "例:", "例：", "例如", "格式", "必填", "选填", "须", "需填", "不少于", "不超过", "应填"];
    const ENDINGS: [&str; 8] = ["填写", "必填", "选填", "正楷", "以内", "一致", "字左右", "不填"];
    let words: String = fold_width(inside).chars().filter(|c| !is_blank_character(*c)).collect();
    let length = words.chars().count();
    if length == 0 || length > LONGEST {
        return false;
    }
    BEGINNINGS.iter().any(|beginning| words.starts_with(beginning))
        || ENDINGS.iter().any(|ending| words.ends_with(ending))
        || is_hint_for(field, &words)
}

/// Whether the words say what shape the answer to this field has.
fn is_hint_for(field: Field, words: &str) -> bool {
    // 如1985.06, 如13800000000
    let is_example = || words.strip_prefix(['如', '例']).is_some_and(|example| example.starts_with(|c: char| c.is_ascii_digit()));
    let is = |fields: &[Field]| fields.contains(&field);
    (is(&[Field::IdNumber, Field::Mobile, Field::Phone, Field::Postcode, Field::Qq]) && counts_digits(words))
        || (is(&[Field::IdNumber, Field::Mobile, Field::Phone, Field::Birth, Field::JoinedParty]) && is_example())
        || (is(&[Field::Birth, Field::JoinedParty]) && is_pattern_of_date(words))
        || (is(&[Field::Address]) && ["详细到", "精确到", "具体到"].iter().any(|beginning| words.starts_with(beginning)))
        || WORDS.iter().any(|(fields, hints)| is(fields) && hints.iter().any(|hint| words.eq_ignore_ascii_case(hint)))
}

/// Whether the words say of how many digits something is: 18位, 十一位数字, 共11位.
fn counts_digits(words: &str) -> bool {
    let Some((number, behind)) = words.trim_start_matches(['共', '为', '是']).split_once('位') else { return false };
    let is_number = |c: char| c.is_ascii_digit() || han::counts(c);
    (1..=3).contains(&number.chars().count())
        && number.chars().all(is_number)
        && (behind.is_empty() || ["数", "数字", "数字或X", "手机号", "手机号码", "号码", "身份证号", "身份证号码"].contains(&behind))
}

/// Whether the words are the parts of a date without its numbers: 年月, 年/月/日, yyyy.mm.
fn is_pattern_of_date(words: &str) -> bool {
    let is_sign = |c: char| matches!(c, '.' | '/' | '-' | '、');
    let parts: String = words.chars().filter(|c| !is_sign(*c)).collect::<String>().to_lowercase();
    matches!(
        parts.as_str(),
        "年月" | "年月日" | "yyyymm" | "yyyymmdd" | "某年某月" | "精确到月" | "精确到日" | "公历" | "阳历" | "四位年份"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_say_how_to_answer_are_no_part_of_the_answer() {
        for (field, text, expected) in [
            (Field::IdNumber, "329901198506120013（18位）", "329901198506120013"),
            (Field::IdNumber, "（请填写18位号码）329901198506120013", "329901198506120013"),
            (Field::Mobile, "13800000001 (11位)", "13800000001"),
            (Field::Mobile, "13800000001（十一位手机号）【必填】", "13800000001"),
            (Field::Birth, "1985.1（年月）", "1985.1"),
            (Field::Birth, "1985年6月（如1985.06）", "1985年6月"),
            (Field::Name, "张三（正楷）", "张三"),
            (Field::Name, "张三（与身份证一致）", "张三"),
            (Field::Sex, "男（男/女）", "男"),
            (Field::Height, "175（cm）", "175"),
            (Field::Employer, "长塘村村委会（全称）", "长塘村村委会"),
        ] {
            assert_eq!(without(field, text), expected, "{text}");
        }
    }

    #[test]
    fn remarks_of_the_person_stay() {
        for (field, text) in [
            (Field::Name, "张伟（大）"),
            (Field::Education, "本科（在读）"),
            (Field::Mobile, "13800000001（妻子）"),
            (Field::Employer, "常州绿洲电子（集团）有限公司（车间）"),
            (Field::Birth, "1985.06（农历）"),
            (Field::IdNumber, "（18位）"),
            (Field::Services, "其他（请注明）"),
        ] {
            assert_eq!(without(field, text), text);
        }
    }
}
