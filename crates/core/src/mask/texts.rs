//! Masking of words that may name a person's numbers and addresses: for publication copies.

use std::borrow::Cow;

use super::mask_digits;
use crate::text::{fold_width, is_blank_character};

/// What stands where something was left out.
pub(crate) const LEFT_OUT: &str = "***";

/// Shortest QQ number.
const SHORTEST_QQ: usize = 5;

/// An address so short that has no number in it is the name of a place, and may be the name of a unit.
const SHORTEST_ADDRESS: usize = 8;

/// The text as a publication copy may show it: long numbers masked as by [`mask_digits`], e-mail addresses and numbers
/// behind the word QQ left out.
///
/// # Examples
/// ```
/// use mingce_core::mask::mask_text;
/// assert_eq!(mask_text("联系 zhang.san@example.com 或 13812345678，QQ：12345"), "联系 *** 或 138****5678，QQ：***");
/// ```
#[must_use]
pub fn mask_text(text: &str) -> Cow<'_, str> {
    let text = mask_emails(text);
    let text = match mask_qq(&text) {
        Some(masked) => Cow::Owned(masked),
        None => text,
    };
    let text = match mask_grouped(&text) {
        Some(masked) => Cow::Owned(masked),
        None => text,
    };
    match mask_digits(&text) {
        Cow::Owned(masked) => Cow::Owned(masked),
        Cow::Borrowed(_) => text,
    }
}

fn mask_emails(text: &str) -> Cow<'_, str> {
    if !text.contains(['@', '＠']) {
        return Cow::Borrowed(text);
    }
    let characters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, _) in characters.iter().enumerate().filter(|(_, c)| matches!(c, '@' | '＠')) {
        if at < copied {
            continue;
        }
        let before = characters[copied..at].iter().rev().take_while(|c| is_of_email(**c)).count();
        let after = characters[at + 1..].iter().take_while(|c| is_of_email(**c)).count();
        if before == 0 || after == 0 {
            continue;
        }
        masked.extend(&characters[copied..at - before]);
        masked.push_str(LEFT_OUT);
        copied = at + 1 + after;
    }
    masked.extend(&characters[copied..]);
    Cow::Owned(masked)
}

/// The ASCII character of a full-width one.
fn narrow(c: char) -> char {
    if ('！'..='～').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c }
}

fn is_of_email(c: char) -> bool {
    let narrow = narrow(c);
    narrow.is_ascii_alphanumeric() || matches!(narrow, '.' | '_' | '%' | '+' | '-')
}

/// Leaves out numbers behind the word QQ, however short; `None` if there is none.
fn mask_qq(text: &str) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    let is_q = |c: Option<&char>| matches!(c, Some('q' | 'Q' | 'ｑ' | 'Ｑ'));
    let mut masked = String::with_capacity(text.len());
    let (mut copied, mut at) = (0, 0);
    while at < characters.len() {
        if !(is_q(characters.get(at)) && is_q(characters.get(at + 1))) {
            at += 1;
            continue;
        }
        let parts = |c: &&char| is_blank_character(**c) || matches!(c, '号' | '码' | ':' | '：' | '是' | '为' | '群' | '-' | '(' | '（');
        let start = at + 2 + characters[at + 2..].iter().take_while(parts).count();
        let length = characters[start..].iter().take_while(|c| c.is_numeric()).count();
        at += 2;
        if length >= SHORTEST_QQ {
            masked.extend(&characters[copied..start]);
            masked.push_str(LEFT_OUT);
            copied = start + length;
            at = copied;
        }
    }
    if copied == 0 {
        return None;
    }
    masked.extend(&characters[copied..]);
    Some(masked)
}

/// Masks mobile and ID numbers whose groups are parted by whatever signs (`138.1234.5678`, `138（1234）5678`); `None` if there
/// are none. [`mask_digits`] joins groups over blanks and dashes only, lest lists of small numbers become one.
fn mask_grouped(text: &str) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    let groups = super::groups(&characters);
    let mut masked = String::with_capacity(text.len());
    let mut copied = 0;
    for three in groups.windows(3) {
        let [first, _, last] = three else { continue };
        if first.start < copied || !is_grouped_number(&characters, three) {
            continue;
        }
        let end = last.end + usize::from(last.length() == 3 && characters.get(last.end).is_some_and(|c| super::is_x(*c)));
        let digits: String = characters[first.start..end].iter().filter(|c| super::is_digit_or_x(**c)).collect();
        masked.extend(&characters[copied..first.start]);
        masked.push_str(&mask_digits(&digits));
        copied = end;
    }
    masked.extend(&characters[copied..]);
    (copied > 0).then_some(masked)
}

/// Whether three groups of digits have the lengths of a mobile number, or of an ID number, as people group them.
fn is_grouped_number(characters: &[char], groups: &[super::Stretch]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.length()).collect();
    let is_parted = groups.windows(2).all(|two| is_gap(&characters[two[0].end..two[1].start]));
    let ends_in_x = characters.get(groups[2].end).is_some_and(|c| super::is_x(*c));
    let is_number = match lengths[..] {
        [3, 4, 4] => matches!(characters[groups[0].start], '1' | '１'),
        [6, 8, 4] => true,
        [6, 8, 3] => ends_in_x,
        _ => false,
    };
    is_number && is_parted
}

/// Whether these characters part the groups of one number: a few signs, no letter among them.
fn is_gap(characters: &[char]) -> bool {
    characters.len() <= super::WIDEST_GAP && !characters.iter().any(|c| c.is_alphanumeric())
}

/// What a person's other texts must not repeat: own numbers and addresses, however they were typed.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    /// Words that are left out.
    words: Vec<String>,
    /// Numbers that are masked, signs between their digits notwithstanding.
    numbers: Vec<Vec<char>>,
}

impl Secrets {
    /// Adds a number, an e-mail address or the like.
    pub(crate) fn add(&mut self, text: &str) {
        let text = text.trim();
        if text.chars().count() >= SHORTEST_QQ {
            self.words.push(text.to_owned());
            self.words.push(fold_width(text).into_owned());
        }
    }

    /// Adds a number that is known, by its digits.
    pub(crate) fn add_number(&mut self, digits: &str) {
        self.numbers.push(digits.chars().collect());
    }

    /// Adds an address, unless it is but the name of a place.
    pub(crate) fn add_address(&mut self, text: &str) {
        if text.chars().count() >= SHORTEST_ADDRESS || text.chars().any(char::is_numeric) {
            self.add(text);
        }
    }

    /// The longest first, each once: a short one may be part of a long one.
    pub(crate) fn sorted(mut self) -> Self {
        self.words.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        self.words.dedup();
        self
    }

    /// The text masked, and without any of these.
    pub(crate) fn mask(&self, text: &str) -> String {
        let mut text = Cow::Borrowed(text);
        for secret in &self.words {
            if text.contains(secret.as_str()) {
                text = Cow::Owned(text.replace(secret.as_str(), LEFT_OUT));
            }
        }
        for number in &self.numbers {
            if let Some(masked) = without_number(&text, number) {
                text = Cow::Owned(masked);
            }
        }
        mask_text(&text).into_owned()
    }
}

/// The text with the number masked wherever its digits follow one another with at most a few signs between them; `None` if
/// they do not.
fn without_number(text: &str, number: &[char]) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let (mut copied, mut at) = (0, 0);
    while at < characters.len() {
        match end_of_number(&characters, at, number) {
            Some(end) => {
                masked.extend(&characters[copied..at]);
                masked.push_str(&mask_digits(&number.iter().collect::<String>()));
                (copied, at) = (end, end);
            }
            None => at += 1,
        }
    }
    masked.extend(&characters[copied..]);
    (copied > 0).then_some(masked)
}

/// Where the number ends that starts here.
fn end_of_number(characters: &[char], start: usize, number: &[char]) -> Option<usize> {
    let mut at = start;
    for (place, digit) in number.iter().enumerate() {
        let signs = characters[at..].iter().take_while(|c| place > 0 && !c.is_alphanumeric()).count();
        at += signs;
        let is_next = characters.get(at).is_some_and(|c| narrow(*c).eq_ignore_ascii_case(digit));
        if signs > super::WIDEST_GAP || !is_next {
            return None;
        }
        at += 1;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_left_out_and_other_words_stay() {
        for (text, expected) in [
            ("a.b@c.cn；d@e.com", "***；***"),
            ("ｚｈａｎｇ＠ｑｑ．ｃｏｍ 有误", "*** 有误"),
            ("@所有人", "@所有人"),
            ("QQ 54321", "QQ ***"),
            ("qq号：1234567890", "qq号：***"),
            ("qq群(54321)", "qq群(***)"),
            ("ＱＱ５４３２１", "ＱＱ***"),
            ("QQ 1 个", "QQ 1 个"),
            ("2008年5月参加志愿服务", "2008年5月参加志愿服务"),
            ("138.1234.5678、139_1234_5678", "138****5678、139****5678"),
            ("手机138（1234）5678", "手机138****5678"),
            ("１３８．１２３４．５６７８", "１３８****５６７８"),
            ("329901/19580612/002X", "3299**********002X"),
            ("1998.9—2001.06，2013.05.01-2014.06.30", "1998.9—2001.06，2013.05.01-2014.06.30"),
            ("138人、1234人、5678人", "138人、1234人、5678人"),
        ] {
            assert_eq!(mask_text(text), expected, "{text}");
        }
    }

    #[test]
    fn own_secrets_are_found_in_other_words() {
        let mut secrets = Secrets::default();
        secrets.add("54321");
        secrets.add_address("长塘村");
        secrets.add_address("长塘村3组8号");
        secrets.add_number("13812345678");
        let secrets = secrets.sorted();
        assert_eq!(secrets.mask("1-38/1-23/45-678，１３８１２３４５６７８、1381234"), "138****5678，138****5678、1****34");
        assert_eq!(secrets.mask("家住长塘村3组8号，短号54321；长塘村志愿者"), "家住***，短号***；长塘村志愿者");
    }
}
