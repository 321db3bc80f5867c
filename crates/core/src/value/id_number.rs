//! The citizen's ID number 公民身份号码 after GB 11643-1999, and what people write in its place.
//!
//! Eighteen characters: six of the place of registration, eight of the birth date, three of a sequence whose last is odd for
//! men, and a check digit. Before 1999 there were fifteen: no century, no check digit.

use compact_str::CompactString;
use serde::Serialize;

use super::{Date, Sex};
use crate::text::{fold_width, is_blank_character, without_text_marks, without_zero_decimals};

/// Length of a number since 1999.
const LENGTH: usize = 18;
/// Length before, and of a foreigner's permanent residence card of 2017.
const OLD_LENGTH: usize = 15;
/// Digits of a number that Excel keeps; from the next on they are lost.
const KEPT_DIGITS: usize = 15;
/// Weights of the 17 digits before the check digit. Source: GB 11643-1999, annex A.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// Check digits by remainder.
const CHECK_DIGITS: [u8; 11] = *b"10X98765432";
/// First two digits: provinces, and the classes of GB/T 2260. Later six digits change too often to judge old numbers by them.
const REGIONS: [(u8, u8); 9] = [(11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83), (91, 91)];

/// An ID number that passed its own rules; upper case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct IdNumber(CompactString);

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdKind {
    /// 18 characters of a resident.
    Citizen,
    /// 15 digits, issued before 1999 and not valid since 2013.
    Legacy,
    /// A residence permit of Hong Kong, Macao or Taiwan (81, 82, 83) or of a foreigner (9…, or three letters and 12 digits).
    OtherDocument,
}

/// Why a text is no ID number; the first that applies, in the order of GB 11643-1999's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdFault {
    /// Excel destroyed the last digits.
    DigitsLost,
    /// So many characters, where 18 (or 15) are expected.
    Length(usize),
    /// A character that is no digit (or X at the end).
    Characters(char),
    /// The birth date in it does not exist or lies after today.
    Date,
    /// The check digit is wrong; this one was expected.
    Checksum(char),
}

impl IdNumber {
    /// Understands an ID number as people and spreadsheets write it.
    ///
    /// Full-width characters, blanks, apostrophes and `="…"` are folded away, look-alikes of X at the end are an X. Nothing
    /// else is corrected. `is_number_cell` says that a spreadsheet held it as a number, which keeps 15 digits.
    ///
    /// Source: GB 11643-1999; residence permits follow the same rule.
    ///
    /// # Errors
    /// The first [`IdFault`]: destroyed digits, then length, characters, date, check digit.
    ///
    /// # Examples
    /// ```
    /// use mingce_core::value::{Date, IdFault, IdNumber};
    /// let today = Date::new(2014, 4, Some(16)).ok_or("no such day")?;
    /// let id = IdNumber::parse("329901 19580612 002x", false, today);
    /// assert_eq!(id.map(|id| id.masked()), Ok("3299**********002X".to_owned()));
    /// assert_eq!(IdNumber::parse("329901198506120014", false, today), Err(IdFault::Checksum('3')));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn parse(text: &str, is_number_cell: bool, today: Date) -> Result<Self, IdFault> {
        let folded = fold(text, is_number_cell);
        if digits_are_lost(&folded, is_number_cell) {
            return Err(IdFault::DigitsLost);
        }
        match folded.chars().count() {
            LENGTH => judge_current(&folded, today)?,
            OLD_LENGTH => judge_old(&folded, today)?,
            length => return Err(IdFault::Length(length)),
        }
        Ok(Self(folded))
    }

    /// What the number would be if look-alikes were digits (O for 0, l and I for 1) and signs between them were left out.
    ///
    /// `None` unless that differs from a plain reading and has 18 characters with the right check digit. Only for
    /// a hint: a person has to confirm it.
    #[must_use]
    pub fn suggestion(text: &str, today: Date) -> Option<Self> {
        let folded = fold(text, false);
        let corrected: String = folded
            .chars()
            .filter(|c| c.is_alphanumeric())
            .map(|c| match c {
                'O' | 'o' | 'Ο' | 'О' => '0',
                'L' | 'I' | 'l' | 'i' => '1',
                other => other,
            })
            .collect();
        let suggested = Self::parse(&corrected, false, today).ok()?;
        (corrected != folded.as_str() && suggested.0.len() == LENGTH).then_some(suggested)
    }

    /// The number as it is written in official documents.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What kind of number it is.
    #[must_use]
    pub fn kind(&self) -> IdKind {
        let bytes = self.0.as_bytes();
        match bytes {
            [b'A'..=b'Z', ..] | [b'9', ..] | [b'8', b'1'..=b'3', ..] => IdKind::OtherDocument,
            _ if bytes.len() == OLD_LENGTH => IdKind::Legacy,
            _ => IdKind::Citizen,
        }
    }

    /// The birth date in it; `None` for a foreigner's card of 2017, which has none.
    #[must_use]
    pub fn birth(&self) -> Option<Date> {
        birth(self.0.as_bytes())
    }

    /// The sex its sequence says; `None` for a foreigner's card of 2017, which says none.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        let digit = match self.0.as_bytes() {
            [b'A'..=b'Z', ..] => return None,
            bytes if bytes.len() == LENGTH => bytes[LENGTH - 2],
            bytes => *bytes.last()?,
        };
        Some(if digit % 2 == 1 { Sex::Male } else { Sex::Female })
    }

    /// Whether the first two digits are those of a province; numbers of other documents have none that could be unknown.
    #[must_use]
    pub fn region_is_known(&self) -> bool {
        let Some(region) = self.0.get(..2).and_then(|digits| digits.parse::<u8>().ok()) else { return true };
        self.kind() == IdKind::OtherDocument || REGIONS.iter().any(|(first, last)| (*first..=*last).contains(&region))
    }

    /// A number of 15 digits with its century and check digit; `None` for any other.
    ///
    /// For comparing only: some people were given another number when they got 18 digits.
    #[must_use]
    pub fn upgraded(&self) -> Option<Self> {
        if self.kind() != IdKind::Legacy {
            return None;
        }
        let mut number = CompactString::from(&self.0[..6]);
        number.push_str("19");
        number.push_str(&self.0[6..]);
        number.push(check_digit(number.as_bytes()));
        Some(Self(number))
    }

    /// The number with its first and last four characters: `3204**********1234`.
    #[must_use]
    pub fn masked(&self) -> String {
        let (first, rest) = self.0.split_at(4);
        let (hidden, last) = rest.split_at(rest.len() - 4);
        format!("{first}{}{last}", "*".repeat(hidden.len()))
    }
}

/// Narrow upper-case characters without blanks, marks of spreadsheets and decimals; a look-alike of X at the end is an X.
fn fold(text: &str, is_number_cell: bool) -> CompactString {
    let text = without_text_marks(text);
    if text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.into();
    }
    let narrow = fold_width(text);
    let mut folded: CompactString = narrow.chars().filter(|c| !is_blank_character(*c)).map(|c| c.to_ascii_uppercase()).collect();
    if is_number_cell {
        folded = without_zero_decimals(&folded).into();
    }
    if let Some(last) = folded.chars().last()
        && matches!(last, '\u{0425}' | '\u{0445}' | '\u{03A7}' | '\u{03C7}' | '×' | '✕' | '✖' | '╳' | '⨯' | '*')
    {
        folded.pop();
        folded.push('X');
    }
    folded
}

/// Whether a spreadsheet kept only the first digits: a number of 16 digits or more, `3.20421E+17`, or a text that
/// ends in 000 with a wrong check digit.
fn digits_are_lost(folded: &str, is_number_cell: bool) -> bool {
    let bytes = folded.as_bytes();
    let is_digits = bytes.iter().all(u8::is_ascii_digit);
    if (is_number_cell && is_digits && bytes.len() > KEPT_DIGITS) || is_scientific(folded) {
        return true;
    }
    is_digits && bytes.len() == LENGTH && folded.ends_with("000") && check_digit(bytes) != '0'
}

/// Whether this is a large number as spreadsheets shorten it, such as `3.20421E+17`.
pub(crate) fn is_scientific(folded: &str) -> bool {
    let Some((mantissa, exponent)) = folded.split_once(['E', 'e']) else { return false };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    whole.len() == 1 && is_digits(whole) && is_digits(decimals) && exponent.len() <= 2 && is_digits(exponent)
}

fn judge_current(number: &str, today: Date) -> Result<(), IdFault> {
    let wrong = |(place, c): &(usize, char)| !(c.is_ascii_digit() || (*c == 'X' && *place == LENGTH - 1));
    if let Some((_, c)) = number.chars().enumerate().find(wrong) {
        return Err(IdFault::Characters(c));
    }
    judge_birth(number, today)?;
    let expected = check_digit(number.as_bytes());
    if number.ends_with(expected) { Ok(()) } else { Err(IdFault::Checksum(expected)) }
}

fn judge_old(number: &str, today: Date) -> Result<(), IdFault> {
    let bytes = number.as_bytes();
    let is_foreign =
        bytes.iter().enumerate().all(|(place, byte)| if place < 3 { byte.is_ascii_uppercase() } else { byte.is_ascii_digit() });
    if is_foreign {
        return Ok(());
    }
    match number.chars().find(|c| !c.is_ascii_digit()) {
        Some(c) => Err(IdFault::Characters(c)),
        None => judge_birth(number, today),
    }
}

fn judge_birth(number: &str, today: Date) -> Result<(), IdFault> {
    match birth(number.as_bytes()) {
        Some(birth) if !birth.definitely_after(today) => Ok(()),
        _ => Err(IdFault::Date),
    }
}

fn birth(number: &[u8]) -> Option<Date> {
    let (century, rest) = match number.len() {
        LENGTH => (0, &number[6..14]),
        OLD_LENGTH if number[0].is_ascii_digit() => (1900, &number[6..12]),
        _ => return None,
    };
    let (year, day) = rest.split_at(rest.len() - 4);
    let decimal = |digits: &[u8]| digits.iter().try_fold(0_i16, |n, byte| byte.is_ascii_digit().then(|| n * 10 + i16::from(byte - b'0')));
    let (month, day) = (decimal(&day[..2])?, decimal(&day[2..])?);
    Date::new(century + decimal(year)?, u8::try_from(month).ok()?, Some(u8::try_from(day).ok()?))
}

/// The check digit of the first 17 digits. Source: GB 11643-1999, annex A (ISO 7064 MOD 11-2).
fn check_digit(number: &[u8]) -> char {
    let sum: u32 = number.iter().zip(WEIGHTS).map(|(byte, weight)| u32::from(byte.wrapping_sub(b'0')) * weight).sum();
    char::from(CHECK_DIGITS[(sum % 11) as usize])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> Date {
        Date::new(2014, 4, Some(16)).expect("a date of the calendar")
    }

    fn parsed(text: &str) -> Result<String, IdFault> {
        IdNumber::parse(text, false, today()).map(|id| id.as_str().to_owned())
    }

    fn known(text: &str) -> IdNumber {
        IdNumber::parse(text, false, today()).expect("an ID number")
    }

    #[test]
    fn numbers_are_understood_as_people_write_them() {
        for text in [
            "32990119580612002X",
            "32990119580612002x",
            "３２９９０１１９５８０６１２００２Ｘ",
            "32990119580612002Х",
            "32990119580612002х",
            "32990119580612002χ",
            "32990119580612002×",
            "32990119580612002*",
            " 329901 19580612 002X ",
            "'32990119580612002X",
            "‘32990119580612002X",
            "=\"32990119580612002X\"",
            "\t32990119580612002X",
            "\u{202A}32990119580612002X\u{202C}",
            "329901\u{200B}19580612002X\u{FEFF}",
            "329901\u{A0}19580612\n002X",
        ] {
            assert_eq!(parsed(text).as_deref(), Ok("32990119580612002X"), "{text:?}");
        }
        // the standard's own examples
        assert!(parsed("11010519491231002X").is_ok());
        assert_eq!(known("440524188001010014").birth(), Date::new(1880, 1, Some(1)));
    }

    #[test]
    fn the_first_fault_is_told_in_the_order_of_the_standard() {
        for (text, fault) in [
            ("", IdFault::Length(0)),
            ("32990119850612001", IdFault::Length(17)),
            ("3299011985061200133", IdFault::Length(19)),
            ("329901198506120013(本人)", IdFault::Length(22)),
            ("军字第1234567号", IdFault::Length(11)),
            ("32990119850612O013", IdFault::Characters('O')),
            ("3299011985061200I3", IdFault::Characters('I')),
            ("X29901198506120013", IdFault::Characters('X')),
            ("32990118506120O", IdFault::Characters('O')),
            ("329901195802290013", IdFault::Date),
            ("329901209912310016", IdFault::Date),
            ("329901198513120013", IdFault::Date),
            ("329901850631001", IdFault::Date),
            ("329901198506120014", IdFault::Checksum('3')),
            ("329901195806120021", IdFault::Checksum('X')),
        ] {
            assert_eq!(parsed(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn digits_that_excel_destroyed_are_told_from_digits_that_are_there() {
        let lost = Err(IdFault::DigitsLost);
        for text in
            ["329901198506121000", "329901198506120013", "3299011985061200", "329901198506121024.00", "3.29901E+17", "3.29901198506120E+17"]
        {
            assert_eq!(IdNumber::parse(text, true, today()), lost, "number {text}");
        }
        for text in ["3.20421E+17", "3.20421e17", "３.20421E+17", "3E+17", "329901198506121000"] {
            assert_eq!(IdNumber::parse(text, false, today()), lost, "{text}");
        }
        assert!(parsed("329901198506050000").is_ok(), "a right check digit is no loss");
        assert_eq!(IdNumber::parse("329901850612001", true, today()).map(|id| id.kind()), Ok(IdKind::Legacy));
        assert_eq!(IdNumber::parse("329901850612001.00", true, today()).map(|id| id.kind()), Ok(IdKind::Legacy));
    }

    #[test]
    fn kind_birth_sex_and_region_are_read_from_it() {
        let date = |year, month, day| Date::new(year, month, Some(day));
        use IdKind::{Citizen, Legacy, OtherDocument};
        for (text, kind, birth, sex, region) in [
            ("329901198506120013", Citizen, date(1985, 6, 12), Some(Sex::Male), true),
            ("329901198506120021", Citizen, date(1985, 6, 12), Some(Sex::Female), true),
            ("329901196002290028", Citizen, date(1960, 2, 29), Some(Sex::Female), true),
            ("329901850612001", Legacy, date(1985, 6, 12), Some(Sex::Male), true),
            ("999901850612002", OtherDocument, date(1985, 6, 12), Some(Sex::Female), true),
            ("009901850612002", Legacy, date(1985, 6, 12), Some(Sex::Female), false),
            ("810000199003070218", OtherDocument, date(1990, 3, 7), Some(Sex::Male), true),
            ("820000199003070228", OtherDocument, date(1990, 3, 7), Some(Sex::Female), true),
            ("830000199003070238", OtherDocument, date(1990, 3, 7), Some(Sex::Male), true),
            ("911123198501010015", OtherDocument, date(1985, 1, 1), Some(Sex::Male), true),
            ("abc123456789012", OtherDocument, None, None, true),
        ] {
            let id = known(text);
            assert_eq!((id.kind(), id.birth(), id.sex(), id.region_is_known()), (kind, birth, sex, region), "{text}");
        }
    }

    #[test]
    fn look_alikes_are_offered_only_where_the_check_digit_is_right() {
        let suggested = |text| IdNumber::suggestion(text, today()).map(|id| id.as_str().to_owned());
        for text in ["3299Ol1985O6l2OO13", "329901-19850612-0013", "329901198506120013。"] {
            assert_eq!(suggested(text).as_deref(), Some("329901198506120013"), "{text}");
        }
        for text in ["329901198506120013", "3299O1198506120014", "32990119850612", "张三"] {
            assert_eq!(suggested(text), None, "{text}");
        }
    }

    #[test]
    fn masked_numbers_keep_four_characters_at_each_end() {
        assert_eq!(known("329901198506120013").masked(), "3299**********0013");
        assert_eq!(known("329901850612001").masked(), "3299*******2001");
        assert_eq!(known("329901850612001").upgraded().map(|id| id.0), Some("329901198506120013".into()));
    }

    proptest! {
        #[test]
        fn the_check_digit_finds_every_wrong_digit_and_every_swap(
            region in 110_000_u32..660_000, days in 0_i32..40_000, sequence in 0_u16..1000, place in 0_usize..17, digit in 0_u8..10
        ) {
            let day = jiff::civil::date(1900, 1, 1) + jiff::Span::new().days(days);
            let mut number = format!("{region}{:04}{:02}{:02}{sequence:03}", day.year(), day.month(), day.day());
            number.push(check_digit(number.as_bytes()));
            let id = IdNumber::parse(&number, false, today());
            prop_assert!(id.is_ok(), "{number}");
            prop_assert_eq!(id.ok().and_then(|id| id.sex()), Some(if sequence % 2 == 1 { Sex::Male } else { Sex::Female }));

            let mut wrong = number.clone().into_bytes();
            wrong[place] = b'0' + digit;
            let wrong = String::from_utf8_lossy(&wrong).into_owned();
            prop_assert_eq!(IdNumber::parse(&wrong, false, today()).is_ok(), wrong == number);

            let mut swapped = number.clone().into_bytes();
            swapped.swap(place, place + 1);
            let swapped = String::from_utf8_lossy(&swapped).into_owned();
            prop_assert_eq!(IdNumber::parse(&swapped, false, today()).is_ok(), swapped == number);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,24}|[0-9xXE.+A-Z]{14,19}", is_number_cell: bool) {
            if let Ok(id) = IdNumber::parse(&text, is_number_cell, today()) {
                prop_assert!(crate::mask::mask_digits(&id.masked()) == id.masked());
                let _ = (id.kind(), id.birth(), id.sex(), id.region_is_known(), id.upgraded());
            }
            let _ = IdNumber::suggestion(&text, today());
        }
    }
}
