//! Folding of text: blanks, full-width characters, labels, and the characters that XML forbids.
//!
//! People write the same label in many ways; [`fold_label`] gives the one form in which labels are compared. What is
//! printed or kept is never folded with it. Text that needs no change is borrowed: nearly every cell is such a text.

use std::borrow::Cow;

use compact_str::CompactString;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Longest text, in characters, that can be a word for "nobody answered".
const LONGEST_BLANK_WORD: usize = 16;

/// Whether the character is a blank of any kind, the invisible ones included.
#[must_use]
pub fn is_blank_character(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_whitespace() || c == '\u{0B}';
    }
    c.is_whitespace()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}')
}

/// Whether the character is a dash of any kind, as people type it in telephone numbers and for "nothing".
#[must_use]
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// The text of an answer without the blanks around it; the blanks inside it stay.
#[must_use]
pub fn fold_text(text: &str) -> &str {
    // nearly every answer has no blanks around it, and is told by its first and last byte: no blank is a letter or digit, nor
    // begins or ends as the characters of Chinese do
    let begins = |byte: &u8| byte.is_ascii_alphanumeric() || is_chinese(*byte);
    let is_bare = match text.as_bytes() {
        [first, .., third, _, last] => begins(first) && (last.is_ascii_alphanumeric() || !last.is_ascii() && is_chinese(*third)),
        [first, .., last] => begins(first) && last.is_ascii_alphanumeric(),
        [only] => only.is_ascii_alphanumeric(),
        [] => true,
    };
    if is_bare { text } else { text.trim_matches(is_blank_character) }
}

/// Whether a character that begins with this byte is one of U+4000 to U+9FFF, which are three bytes each and no blanks.
fn is_chinese(first: u8) -> bool {
    matches!(first, 0xE4..=0xE9)
}

/// The name of an organisation without the blanks around it and those that pad it between wide characters: `长　塘 村` → `长塘村`.
pub(crate) fn without_padding(name: &str) -> CompactString {
    let name = fold_text(name);
    if !name.contains(is_blank_character) {
        return name.into();
    }
    let mut closed = CompactString::default();
    let mut is_apart = false;
    for c in name.chars() {
        if is_blank_character(c) {
            is_apart = true;
            continue;
        }
        // two words of Latin letters stay apart
        if is_apart && c.is_ascii() && closed.chars().next_back().is_some_and(|before| before.is_ascii()) {
            closed.push(' ');
        }
        is_apart = false;
        closed.push(c);
    }
    closed
}

/// Full-width and compatibility characters as their plain ones (NFKC): `１３８` → `138`, `（` → `(`, `⼈` → `人`.
#[must_use]
pub fn fold_width(text: &str) -> Cow<'_, str> {
    if text.chars().all(needs_no_folding) || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfkc().collect())
    }
}

/// The characters nearly every answer is made of; none of them changes under NFKC, nor composes with its neighbour.
fn needs_no_folding(c: char) -> bool {
    matches!(c, '\0'..='\u{7F}' | '\u{3001}' | '\u{3002}' | '\u{3400}'..='\u{9FFF}')
}

/// The one form in which words are compared: narrow (NFKC), without blanks, ASCII letters lower case, one kind of dash
/// and of bracket.
///
/// Unlike [`fold_label`] it leaves nothing out that can be seen: `职务（岗位）` → `职务(岗位)`.
#[must_use]
pub fn fold_word(text: &str) -> CompactString {
    fold_width(text).chars().filter(|c| !is_blank_character(*c)).map(fold_sign).collect()
}

fn fold_sign(c: char) -> char {
    match c {
        '【' | '〔' | '〖' | '[' => '(',
        '】' | '〕' | '〗' | ']' => ')',
        '☆' | '★' | '✱' | '∗' => '*',
        '\u{2236}' | '\u{A789}' => ':',
        _ if is_dash(c) => '-',
        _ => c.to_ascii_lowercase(),
    }
}

/// The one form in which labels and headings are compared.
///
/// Full-width characters become narrow (NFKC), letters lower case; blanks and line breaks, stars, `（必填）` and other
/// bracketed hints, colons, leading question numbers (`1、`, `Q3.`, `第3题`, `（一）`) and punctuation at the end are left out. Empty
/// only for a blank text: what is nothing but a bracket or a number stays, folded as by [`fold_word`]. Folding twice
/// changes nothing.
///
/// # Examples
/// ```
/// use mingce_core::text::fold_label;
/// assert_eq!(fold_label("1、 出生\n年月（请填写公历）："), "出生年月");
/// assert_eq!(fold_label("Ｑ Ｑ"), "qq");
/// ```
#[must_use]
pub fn fold_label(text: &str) -> CompactString {
    let trimmed = fold_text(text);
    let unnumbered = trimmed.trim_start_matches(|c| matches!(c, '①'..='⑳'));
    let mut label = fold_word(if says_something(unnumbered) { unnumbered } else { trimmed });
    if label.chars().all(is_plain_letter) && !label.starts_with('第') {
        return label;
    }
    for drop in [without_signs, without_brackets] {
        keep_if_it_speaks(&mut label, drop);
    }
    loop {
        let before = label.clone();
        keep_if_it_speaks(&mut label, |text| without_number(text).into());
        keep_if_it_speaks(&mut label, |text| text.trim_matches(is_edge_punctuation).into());
        // what was left out may have stood between marks that now combine
        label = fold_word(&label);
        if label == before {
            return label;
        }
    }
}

fn keep_if_it_speaks(label: &mut CompactString, fold: impl Fn(&str) -> CompactString) {
    let folded = fold(label);
    if says_something(&folded) {
        *label = folded;
    }
}

fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn is_plain_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | '\u{3400}'..='\u{9FFF}')
}

fn is_edge_punctuation(c: char) -> bool {
    matches!(c, '.' | '。' | ',' | '、' | ';' | '?' | '!' | '~' | '_' | '-' | '·' | '•' | '※' | '"' | '\'' | '“' | '”' | '…')
}

fn without_signs(text: &str) -> CompactString {
    text.chars().filter(|c| !matches!(c, '*' | ':' | '√')).collect()
}

/// The text outside brackets; a bracket that is never closed reaches to the end.
fn without_brackets(text: &str) -> CompactString {
    let mut depth = 0_usize;
    let mut outside = CompactString::default();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            // 5)姓名 is counted, not in brackets
            ')' if depth == 0 && !outside.is_empty() && outside.bytes().all(|byte| byte.is_ascii_digit()) => outside.push(c),
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

/// The text behind a leading question number: `1、` `12.` `Q3.` `Q3` `1.2、` `一、` `第3题`.
fn without_number(text: &str) -> &str {
    if let Some((number, rest)) = text.strip_prefix('第').and_then(|rest| rest.split_once('题').or_else(|| rest.split_once("部分")))
        && (1..=3).contains(&number.chars().count())
        && number.chars().all(|c| c.is_ascii_digit() || is_han_ordinal(c))
    {
        return rest;
    }
    let question = text.strip_prefix('q').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let digits = question.unwrap_or(text);
    let number = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let length = digits.len() - number.len();
    if (1..=3).contains(&length) {
        return match number.strip_prefix(is_number_end) {
            // 1.2、 is a number of two levels, 1.75 a value
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
                let deeper = without_number(rest);
                if deeper.len() == rest.len() { text } else { deeper }
            }
            Some(rest) => rest,
            None if question.is_some() => number,
            None => text,
        };
    }
    let rest = text.trim_start_matches(is_han_ordinal);
    let length = text.chars().count() - rest.chars().count();
    match rest.strip_prefix(is_number_end) {
        Some(rest) if (1..=3).contains(&length) => rest,
        _ => text,
    }
}

fn is_number_end(c: char) -> bool {
    matches!(c, '、' | '.' | '。' | ',' | ')')
}

fn is_han_ordinal(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Whether an answer says that nobody answered: blanks, one of the scheme's words for it, once or repeated (`——`), or what a
/// mail merge left unfilled (`«姓名»`).
///
/// The words are normalised as [`fold_label`] or [`fold_word`] does. `none_words` (`无`, `N/A`) are an answer where
/// `in_text_field` says so (特长, 经历).
#[must_use]
pub fn is_blank_answer(text: &str, in_text_field: bool, blank_words: &[CompactString], none_words: &[CompactString]) -> bool {
    let none_words = if in_text_field { &[] } else { none_words };
    // nearly every answer begins with a letter or digit that no such word begins with, and that no folding changes
    let mut bytes = [0; 4];
    if let Some(first) = text.chars().next().filter(|first| matches!(first, '0'..='9' | 'A'..='Z' | 'a'..='z' | '\u{3400}'..='\u{9FFF}'))
        && let first = first.encode_utf8(&mut bytes).as_bytes()
        && !blank_words
            .iter()
            .chain(none_words)
            .any(|word| word.as_bytes().get(..first.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(first)))
    {
        return false;
    }
    let text = fold_text(text);
    if text.is_empty() {
        return true;
    }
    // the line to write on
    if text.chars().all(|c| matches!(c, '_' | '＿')) {
        return true;
    }
    if is_merge_field(text) {
        return true;
    }
    if text.chars().nth(LONGEST_BLANK_WORD).is_some() {
        return false;
    }
    let is_word = |word: &str| blank_words.iter().chain(none_words).any(|known| known == word);
    if is_word(text) {
        return true;
    }
    if text.starts_with(char::is_alphanumeric) && !text.ends_with(['.', '。']) && text.chars().all(folds_to_itself) {
        return false;
    }
    let folded = fold_word(text);
    let word = folded.trim_end_matches(['.', '。']);
    if is_word(word) {
        return true;
    }
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return false };
    !first.is_alphanumeric() && letters.all(|c| c == first) && is_word(first.encode_utf8(&mut [0; 4]))
}

/// Whether nothing stands there but what a mail merge would have filled in: `«姓名»`, `«省»«市»`.
fn is_merge_field(text: &str) -> bool {
    const LONGEST: usize = 32;
    let Some(inside) = text.strip_prefix('«').and_then(|rest| rest.strip_suffix('»')) else { return false };
    let mut names = inside.split('»').enumerate().map(|(position, part)| match position {
        0 => Some(part),
        _ => part.trim_matches(is_blank_character).strip_prefix('«'),
    });
    names.all(|name| name.is_some_and(|name| !name.is_empty() && !name.contains(['«', '\n']) && name.chars().nth(LONGEST).is_none()))
}

/// Whether [`fold_word`] leaves the character as it is, told without looking it up; most answers hold no other.
fn folds_to_itself(c: char) -> bool {
    matches!(c, '!'..='@' | '_' | 'a'..='z' | '\u{3400}'..='\u{9FFF}')
}

/// Whether XML 1.0 allows the character (section 2.2, production Char).
#[must_use]
pub const fn is_xml_character(c: char) -> bool {
    !matches!(c, '\0'..='\u{08}' | '\u{0B}' | '\u{0C}' | '\u{0E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The text without the characters that XML forbids.
#[must_use]
pub fn without_illegal(text: &str) -> Cow<'_, str> {
    // U+FFFE and U+FFFF are EF BF BE and EF BF BF
    let suspicious = text.bytes().any(|byte| byte == 0xEF || (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')));
    if !suspicious || text.chars().all(is_xml_character) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| is_xml_character(*c)).collect())
    }
}

/// The text without what marks it as text in a spreadsheet: a leading apostrophe, or `="…"` around it.
pub(crate) fn without_text_marks(text: &str) -> &str {
    let text = fold_text(text);
    let quoted = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    fold_text(quoted.unwrap_or(text)).trim_start_matches(['\'', '‘', '’', '`', '＇'])
}

/// The whole number behind a number's text such as `13812345678.0`.
pub(crate) fn without_zero_decimals(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, decimals)) if !whole.is_empty() && decimals.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_are_compared_without_padding_hints_and_numbers() {
        let table = [
            ("姓   名", "姓名"),
            ("*姓名：", "姓名"),
            ("★ 姓名（必填）", "姓名"),
            ("1、您的姓名:", "您的姓名"),
            ("12.手机号码", "手机号码"),
            ("Q3.性别", "性别"),
            ("Q3 性别", "性别"),
            ("（一）姓名", "姓名"),
            ("㈠姓名", "姓名"),
            ("①姓名", "姓名"),
            ("5）姓名", "姓名"),
            ("1.2、姓名", "姓名"),
            ("一、姓名", "姓名"),
            ("十二、 姓名", "姓名"),
            ("第3题：姓名", "姓名"),
            ("第三部分  服务意向", "服务意向"),
            ("第十二题 姓名", "姓名"),
            ("第一党支部", "第一党支部"),
            ("出生\r\n年月", "出生年月"),
            ("出生年月（岁）", "出生年月"),
            ("入党（团）时间", "入党时间"),
            ("身高(cm)", "身高"),
            ("身高【厘米】", "身高"),
            ("身高［cm", "身高"),
            ("身高cm", "身高cm"),
            ("Ｑ　Ｑ", "qq"),
            ("QQ号", "qq号"),
            ("出生年/月", "出生年/月"),
            ("E-mail", "e-mail"),
            ("E—mail", "e-mail"),
            ("男/女", "男/女"),
            ("一寸照片", "一寸照片"),
            ("1寸照片", "1寸照片"),
            ("No.", "no"),
            ("姓名____", "姓名"),
            ("（必填）", "(必填)"),
            ("(空)", "(空)"),
            ("1", "1"),
            ("1、", "1"),
            ("/", "/"),
            ("——", "--"),
            ("*", "*"),
            ("\u{3000}\u{200B}\n", ""),
            ("1.75", "1.75"),
            ("1985.06", "1985.06"),
        ];
        for (text, expected) in table {
            assert_eq!(fold_label(text), expected, "{text:?}");
        }
    }

    #[test]
    fn words_for_nothing_are_blank_and_none_is_an_answer_where_text_is_asked() {
        let blank: Vec<CompactString> = ["/", "-", "—", "--", "(空)", "(跳过)"].map(fold_label).into();
        let none: Vec<CompactString> = ["无", "N/A"].map(fold_label).into();
        let table = [
            ("", true, true),
            (" \u{3000}\u{A0}\u{200B}\u{FEFF}", true, true),
            ("/", true, true),
            ("／", true, true),
            ("－", true, true),
            ("—", true, true),
            ("——", true, true),
            ("－－－", true, true),
            ("（空）", true, true),
            ("____________________", true, true),
            (" ＿＿ ", true, true),
            ("__张三__", false, false),
            ("(跳过)", true, true),
            ("无", true, false),
            (" 无。", true, false),
            ("N/A", true, false),
            ("n／a", true, false),
            ("无线电", false, false),
            ("无(见附件)", false, false),
            ("-1", false, false),
            ("。", false, false),
            ("空", false, false),
            ("«姓名»", true, true),
            (" «身份证号码_第二代居民» ", true, true),
            ("«省» «市»", true, true),
            ("«省»常州«市»", false, false),
            ("«»", false, false),
            ("«姓名", false, false),
        ];
        for (text, elsewhere, in_text_field) in table {
            assert_eq!(is_blank_answer(text, false, &blank, &none), elsewhere, "{text:?}");
            assert_eq!(is_blank_answer(text, true, &blank, &none), in_text_field, "{text:?} in a text field");
        }
    }

    #[test]
    fn blanks_of_every_kind_are_taken_off_both_ends_and_none_inside() {
        for text in ["张三", "a", "1", "長", "ａ", "é", "阿·提", "中 文", "<", "🗹", "豈", "ｶ", "٣"] {
            assert_eq!(fold_text(text), text);
            for blank in [" ", "\u{3000}", "\u{A0}", "\u{FEFF}", "\u{2060}", "\u{3164}", "\u{FFA0}", "\u{115F}", "\n", "\u{B}", "\u{AD}"] {
                for padded in [format!("{blank}{text}"), format!("{text}{blank}"), format!("{blank}{text}{blank}")] {
                    assert_eq!(fold_text(&padded), text, "{padded:?}");
                }
            }
        }
    }

    #[test]
    fn only_what_xml_forbids_is_dropped() {
        assert!(matches!(without_illegal("张三\t\r\n\u{FFFD}（Ａ）"), Cow::Borrowed(_)));
        assert_eq!(without_illegal("张\u{0}三\u{1F}\u{FFFE}\u{FFFF}\u{B}"), "张三");
    }

    #[test]
    fn text_that_needs_no_folding_is_borrowed() {
        for text in ["张三", "13812345678", "常州市武进区长塘村1号、2号", "阿不都·热合曼"] {
            assert!(matches!(fold_width(text), Cow::Borrowed(_)), "{text}");
        }
        assert_eq!(fold_width("１３８（Ａ）⼈"), "138(A)人");
    }

    #[test]
    fn marks_of_spreadsheets_are_taken_off() {
        for text in ["'3204", "‘3204", "=\"3204\"", "\t3204 ", "\u{202A}3204\u{202C}"] {
            assert_eq!(without_text_marks(text), "3204", "{text:?}");
        }
        assert_eq!(without_zero_decimals("138.00"), "138");
        assert_eq!(without_zero_decimals("1.75"), "1.75");
    }

    proptest! {
        #[test]
        fn folding_a_label_twice_changes_nothing(text in "[\\PC\n\t]{0,12}|[1-9Qq一十、.（）()*：:姓名 ①]{0,10}") {
            let once = fold_label(&text);
            prop_assert_eq!(fold_label(&once), once.clone());
            prop_assert_eq!(once.is_empty(), fold_word(&text).is_empty());
        }

        #[test]
        fn nothing_forbidden_survives(text in any::<String>()) {
            prop_assert!(without_illegal(&text).chars().all(is_xml_character));
        }
    }
}
