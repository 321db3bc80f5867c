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

fn is_of_email(c: char) -> bool {
    let narrow = if ('！'..='～').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c };
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

/// What a person's other texts must not repeat: own numbers and addresses, however they were typed.
#[derive(Debug, Default)]
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    /// Adds a number, an e-mail address or the like.
    pub(crate) fn add(&mut self, text: &str) {
        let text = text.trim();
        if text.chars().count() >= SHORTEST_QQ {
            self.0.push(text.to_owned());
            self.0.push(fold_width(text).into_owned());
        }
    }

    /// Adds an address, unless it is but the name of a place.
    pub(crate) fn add_address(&mut self, text: &str) {
        if text.chars().count() >= SHORTEST_ADDRESS || text.chars().any(char::is_numeric) {
            self.add(text);
        }
    }

    /// The longest first, each once: a short one may be part of a long one.
    pub(crate) fn sorted(mut self) -> Self {
        self.0.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        self.0.dedup();
        self
    }

    /// The text masked, and without any of these.
    pub(crate) fn mask(&self, text: &str) -> String {
        let mut text = Cow::Borrowed(text);
        for secret in &self.0 {
            if text.contains(secret.as_str()) {
                text = Cow::Owned(text.replace(secret.as_str(), LEFT_OUT));
            }
        }
        mask_text(&text).into_owned()
    }
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
        let secrets = secrets.sorted();
        assert_eq!(secrets.mask("家住长塘村3组8号，短号54321；长塘村志愿者"), "家住***，短号***；长塘村志愿者");
    }
}
