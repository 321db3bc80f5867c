//! Mobile numbers.

use compact_str::CompactString;
use serde::Serialize;

use super::id_number::is_scientific;
use crate::text::{fold_width, is_blank_character, is_dash, without_text_marks, without_zero_decimals};

/// Digits of a mobile number.
const LENGTH: usize = 11;
/// Fewest digits that are read as a number of its own where several stand in one answer.
const SHORTEST_NUMBER: usize = 7;

/// A mobile number: 11 digits that begin with 13 to 19.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Mobile(CompactString);

/// Why a text is no mobile number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MobileFault {
    /// Several numbers in one answer; which is meant, nobody can say.
    Several,
    /// A spreadsheet kept only the first digits (`1.38E+10`).
    DigitsLost,
    /// A character that belongs to no number.
    Characters(char),
    /// So many digits, where 11 are expected.
    Length(usize),
    /// Eleven digits that do not begin with 13 to 19.
    Prefix,
}

impl Mobile {
    /// Understands a mobile number as people and spreadsheets write it.
    ///
    /// Full-width digits, blanks, dashes and a leading +86, 86 or 0086 are folded away; `13812345678.0` and
    /// `1.3812345678E10` are numbers of a spreadsheet.
    ///
    /// # Errors
    /// The first [`MobileFault`] in the order they are listed.
    ///
    /// # Examples
    /// ```
    /// use mingce_core::value::{Mobile, MobileFault};
    /// assert_eq!(Mobile::parse("+86 138-1234-5678").map(|mobile| mobile.masked()), Ok("138****5678".to_owned()));
    /// assert_eq!(Mobile::parse("13812345678/13912345678"), Err(MobileFault::Several));
    /// ```
    pub fn parse(text: &str) -> Result<Self, MobileFault> {
        let text = without_text_marks(text);
        if is_mobile(text.as_bytes()) {
            return Ok(Self(text.into()));
        }
        let narrow = fold_width(text);
        if let Some(digits) = in_dotted_groups(&narrow).filter(|digits| is_mobile(digits.as_bytes())) {
            return Ok(Self(digits));
        }
        if has_several(&narrow) {
            return Err(MobileFault::Several);
        }
        let narrow = narrow.trim_matches(|c: char| is_blank_character(c) || matches!(c, ',' | '、' | ';' | '。'));
        let folded: CompactString = narrow.chars().filter(|c| !is_blank_character(*c) && !is_dash(*c)).collect();
        let digits = match whole_number(&folded) {
            Some(digits) => digits?,
            None => folded,
        };
        let digits = without_country(&digits);
        if let Some(c) = digits.chars().find(|c| !c.is_ascii_digit()) {
            return Err(MobileFault::Characters(c));
        }
        match digits.len() {
            LENGTH if is_mobile(digits.as_bytes()) => Ok(Self(digits.into())),
            LENGTH => Err(MobileFault::Prefix),
            length => Err(MobileFault::Length(length)),
        }
    }

    /// The 11 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number with its first three and last four digits: `138****1234`.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{}****{}", &self.0[..3], &self.0[LENGTH - 4..])
    }
}

/// The digits of a number in groups with dots between them, as on visiting cards: `138.1234.5678`.
fn in_dotted_groups(narrow: &str) -> Option<CompactString> {
    let groups = narrow.split(['.', '·']).map(str::len);
    groups.eq([3, 4, 4]).then(|| narrow.chars().filter(|c| !matches!(c, '.' | '·')).collect())
}

fn is_mobile(digits: &[u8]) -> bool {
    matches!(digits, [b'1', b'3'..=b'9', ..]) && digits.len() == LENGTH && digits.iter().all(u8::is_ascii_digit)
}

/// Whether two numbers or more stand in the text, parted by any sign, or by a blank where each is whole.
fn has_several(narrow: &str) -> bool {
    let count = |is_part_of_number: fn(char) -> bool, shortest: usize| {
        let numbers = narrow.split(|c| !is_part_of_number(c));
        numbers.filter(|number| number.bytes().filter(u8::is_ascii_digit).count() >= shortest).count()
    };
    count(|c| c.is_ascii_digit() || (is_blank_character(c) && c != '\n' && c != '\r') || is_dash(c), SHORTEST_NUMBER) > 1
        || count(|c| c.is_ascii_digit(), LENGTH) > 1
}

/// The digits of a number as a spreadsheet writes it: `13812345678.0`, `1.3812345678E10`; `None` if it is no such number.
fn whole_number(folded: &str) -> Option<Result<CompactString, MobileFault>> {
    if is_scientific(folded) {
        let (mantissa, exponent) = folded.split_once(['E', 'e'])?;
        let digits: CompactString = mantissa.chars().filter(char::is_ascii_digit).collect();
        let is_whole = exponent.trim_start_matches('+') == "10" && digits.len() == LENGTH;
        return Some(if is_whole { Ok(digits) } else { Err(MobileFault::DigitsLost) });
    }
    let whole = without_zero_decimals(folded);
    (whole.len() < folded.len()).then(|| Ok(whole.into()))
}

fn without_country(digits: &str) -> &str {
    let bare = ["+86", "(+86)", "(86)", "0086", "86", "+"].iter().find_map(|country| digits.strip_prefix(country));
    bare.filter(|bare| bare.len() == LENGTH).unwrap_or(digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_understood_as_people_and_spreadsheets_write_them() {
        for text in [
            "13812345678",
            "１３８１２３４５６７８",
            " 138 1234 5678\u{A0}",
            "138-1234-5678",
            "138.1234.5678",
            "138—1234—5678",
            "+8613812345678",
            "+86 138 1234 5678",
            "86-13812345678",
            "008613812345678",
            "(+86)13812345678",
            "（86）13812345678",
            "13812345678.0",
            "13812345678.00",
            "1.3812345678E10",
            "1.3812345678E+10",
            "'13812345678",
            "=\"13812345678\"",
            "138\u{200B}12345678",
            "13812345678；",
        ] {
            assert_eq!(Mobile::parse(text).as_ref().map(Mobile::as_str), Ok("13812345678"), "{text:?}");
        }
    }

    #[test]
    fn a_fault_says_what_was_found() {
        use MobileFault::{Characters, DigitsLost, Length, Prefix, Several};
        for (text, fault) in [
            ("", Length(0)),
            ("1381234567", Length(10)),
            ("138123456789", Length(12)),
            ("013812345678", Length(12)),
            ("612345", Length(6)),
            ("12812345678", Prefix),
            ("51986310000", Prefix),
            ("13812345678/13912345678", Several),
            ("13812345678、13912345678", Several),
            ("13812345678 13912345678", Several),
            ("13812345678\n13912345678", Several),
            ("13812345678；86310000", Several),
            ("1381234567890/13912345678", Several),
            ("1.38E+10", DigitsLost),
            ("1.38123E+10", DigitsLost),
            ("13812345678(家)", Characters('(')),
            ("1381234567X", Characters('X')),
            ("138O2345678", Characters('O')),
            ("没有手机", Characters('没')),
        ] {
            assert_eq!(Mobile::parse(text), Err(fault), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_mobile_is_understood_and_masked(number in "1[3-9][0-9]{9}", gap in "[ -]?", country in "(\\+86|86|0086)?") {
            let typed = format!("{country}{gap}{}{gap}{}{gap}{}", &number[..3], &number[3..7], &number[7..]);
            let mobile = Mobile::parse(&typed).expect("a mobile number");
            prop_assert_eq!(mobile.as_str(), number.as_str());
            let masked = mobile.masked();
            prop_assert_eq!(crate::mask::mask_digits(&number), masked.as_str());
            prop_assert_eq!(crate::mask::mask_digits(&masked), masked.as_str());
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,20}|[0-9.E+ -]{0,20}") {
            let _ = Mobile::parse(&text);
        }
    }
}
