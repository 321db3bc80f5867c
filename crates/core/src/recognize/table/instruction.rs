//! What the words below a heading say of how a column or a line is to be filled in: 必填, 18位, 如实填写.
//!
//! Only words are judged here; where they stand is judged in `lines`.

use compact_str::CompactString;

use crate::text::{fold_width, is_blank_character};

/// Words that say how to fill in.
const INSTRUCTIONS: [&str; 20] = [
    "必填", "选填", "请填", "填写", "请选", "选择", "下拉", "中选", "格式", "可多选", "单选", "多选", "男/女", "男、女", "男或女",
    "男，女", "位数字", "位手机", "如:", "例如",
];

/// Whether the words say how a column is to be filled in: 必填, 男/女, （如1985.06）, 18位数字, 年.月.
pub(super) fn is_instruction(text: &str) -> bool {
    let Some(text) = instruction(text) else { return false };
    let in_brackets = text.starts_with('(') && text.ends_with(')');
    in_brackets || is_length(&text) || is_pattern(&text) || text.starts_with('如') || text == "男女" || holds_instruction(&text)
}

/// Whether the words say how a line is to be filled in, though they stand alone and where a name does: 如实填写, （年.月）（18位）.
pub(super) fn is_surely_an_instruction(text: &str) -> bool {
    let Some(text) = instruction(text) else { return false };
    let has_number = text.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() > 4);
    let in_brackets = || text.split(['(', ')']).any(|part| is_length(part) || is_pattern(part));
    !has_number && (holds_instruction(&text) || in_brackets())
}

/// Whether the words say how a name is to be written: 真实姓名, 与身份证一致.
pub(super) fn is_instruction_for_names(text: &str) -> bool {
    const WORDS: [&str; 9] = ["姓名", "一致", "相符", "身份证", "户口", "汉字", "中文", "全名", "文本"];
    instruction(text).is_some_and(|text| !text.contains(|c: char| c.is_ascii_digit()) && WORDS.iter().any(|word| text.contains(word)))
}

/// The text without its blanks; `None` where it is an answer or a sentence by its length.
fn instruction(text: &str) -> Option<CompactString> {
    const LONGEST: usize = 40;
    let text: CompactString = fold_width(text).chars().filter(|c| !is_blank_character(*c)).collect();
    (text.chars().count() <= LONGEST).then_some(text)
}

fn holds_instruction(text: &str) -> bool {
    INSTRUCTIONS.iter().any(|word| text.contains(word))
}

/// Whether the words say how long a number is: 18位.
fn is_length(text: &str) -> bool {
    let number = text.strip_suffix('位');
    number.is_some_and(|number| (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether the text is the pattern of a date: 年.月, XXXX年XX月, yyyy-mm.
fn is_pattern(text: &str) -> bool {
    let is_sign = |c: char| matches!(c, '年' | '月' | '日' | '.' | '-' | '/' | 'x' | 'X' | 'y' | 'Y' | 'm' | 'M' | 'd' | 'D');
    text.chars().all(is_sign) && (text.contains('年') && text.contains('月') || ["yyyy", "YYYY"].iter().any(|word| text.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_told_from_names() {
        for text in ["必填", "（必填）", "如实填写", "（11位）", "（年.月） （18位） （11位）", "必填  男/女  (yyyy-mm)"]
        {
            assert!(is_surely_an_instruction(text) && is_instruction(text), "{text}");
        }
        for text in ["如意", "（张三）", "张三", "李必", "张三（党员）", "王五 必填 13800000001", ""] {
            assert!(!is_surely_an_instruction(text), "{text}");
        }
        for (text, expected) in [("真实姓名", true), ("与身份证一致", true), ("张三", false), ("文本", true), ("文一", false)]
        {
            assert_eq!(is_instruction_for_names(text), expected, "{text}");
        }
    }
}
