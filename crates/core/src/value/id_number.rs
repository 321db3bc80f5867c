//! The citizen's ID number 公民身份号码 after GB 11643-1999, and what people write in its place.

use compact_str::CompactString;
use serde::Serialize;

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
    /// A residence permit of Hong Kong, Macao or Taiwan (81, 82, 83) or of a foreigner (9…).
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
    /// The number as it is written in official documents.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
