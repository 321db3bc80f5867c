//! Dates as official forms need them: a year and a month, and the day where it is known.
//!
//! The central noun is [`Date`]. How the many ways of typing one are understood stands in `date/parse.rs`. A date known
//! only to the month gets the benefit of the month: it is before or after another one only if it is so on every day.

mod parse;

use std::fmt;

use serde::{Serialize, Serializer};

/// A calendar date known to the month or to the day; prints as `1985.06`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: u8,
    day: Option<u8>,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFault {
    /// No shape of a date, or a day that no calendar has.
    NotADate,
    /// A number such as `1985.1`: January, or October whose zero was lost. Holds the year.
    Ambiguous(i16),
}

/// Where the text of a date comes from; it decides what a bare number means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateSource {
    /// A text somebody typed: `1985.1` is January.
    Typed,
    /// A text that may have been a number (CSV): `1985.1` is ambiguous, `31199` a day of Excel's calendar.
    Untyped,
    /// A number, with the decimals that are shown: `1985.10` is October.
    Number,
    /// As [`Number`](Self::Number), in a workbook whose days count from 1904.
    NumberFrom1904,
    /// A date cell, as `YYYY-MM-DD` with or without a time of day.
    Cell,
}

impl Date {
    /// The date, if the calendar has it; years 1800 to 9999.
    #[must_use]
    pub fn new(year: i16, month: u8, day: Option<u8>) -> Option<Self> {
        if !(1800..=9999).contains(&year) {
            return None;
        }
        jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day.unwrap_or(1)).ok()?).ok()?;
        Some(Self { year, month, day })
    }

    /// The date written as `YYYY-MM-DD`, and in no other way.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
        let number = |digits: &[u8]| parse::digits(digits);
        if bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let (year, month, day) = (number(&bytes[..4])?, number(&bytes[5..7])?, number(&bytes[8..])?);
        Self::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, Some(u8::try_from(day).ok()?))
    }

    /// Understands a date as people type it.
    ///
    /// `latest` settles the century of a year typed with two digits: the 21st if the date is
    /// not after it (a birth date: today less the youngest age; a date of joining: today), else the 20th.
    ///
    /// # Errors
    /// [`DateFault::Ambiguous`] for a number that may be January or October, [`DateFault::NotADate`] for all else.
    ///
    /// # Examples
    /// ```
    /// use mingce_core::value::{Date, DateFault, DateSource};
    /// let latest = Date::new(2014, 4, Some(16)).ok_or("no such day")?;
    /// let parse = |text, source| Date::parse(text, source, latest);
    /// assert_eq!(parse("一九八五年六月", DateSource::Typed), Ok(Date::new(1985, 6, None).ok_or("no such day")?));
    /// assert_eq!(parse("1985.1", DateSource::Number), Err(DateFault::Ambiguous(1985)));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn parse(text: &str, source: DateSource, latest: Self) -> Result<Self, DateFault> {
        parse::parse(text, source, latest)
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day, 1 to 31, where it is known.
    #[must_use]
    pub const fn day(self) -> Option<u8> {
        self.day
    }

    /// Whether this is after the other date on whatever day the two may be.
    #[must_use]
    pub fn definitely_after(self, other: Self) -> bool {
        self.first_day() > other.last_day()
    }

    /// Whether this is before the other date on whatever day the two may be.
    #[must_use]
    pub fn definitely_before(self, other: Self) -> bool {
        self.last_day() < other.first_day()
    }

    /// Most full years from this date to the other, as an age is counted; negative if the other comes first.
    #[must_use]
    pub fn most_years_to(self, other: Self) -> i16 {
        full_years(self.first_day(), other.last_day())
    }

    /// Fewest full years from this date to the other, as an age is counted; negative if the other comes first.
    #[must_use]
    pub fn fewest_years_to(self, other: Self) -> i16 {
        full_years(self.last_day(), other.first_day())
    }

    /// The same day so many years earlier; 29 February becomes 28 where there is none. `None` before 1800.
    #[must_use]
    pub fn years_before(self, years: u8) -> Option<Self> {
        let year = self.year - i16::from(years);
        Self::new(year, self.month, self.day).or_else(|| Self::new(year, self.month, Some(28)))
    }

    /// Whether a date somebody wrote fits the exact date of an ID number.
    ///
    /// Both have the same month, and the same day where it is known. The first of a month fits every day: a spreadsheet adds
    /// it to a month that was typed alone.
    #[must_use]
    pub fn agrees_with(self, exact: Self) -> bool {
        let same_day = match (self.day, exact.day) {
            (None | Some(1), _) | (_, None) => true,
            (written, known) => written == known,
        };
        (self.year, self.month) == (exact.year, exact.month) && same_day
    }

    /// Whether both may be the same day: the same month, and the same day where both are known to the day.
    #[must_use]
    pub fn may_be(self, other: Self) -> bool {
        let is_same_day = self.day.zip(other.day).is_none_or(|(own, others)| own == others);
        (self.year, self.month) == (other.year, other.month) && is_same_day
    }

    /// The date with its day, where that is known: `1985年6月1日`.
    pub(crate) fn in_full(self) -> String {
        let Self { year, month, day } = self;
        day.map_or_else(|| self.to_string(), |day| format!("{year}年{month}月{day}日"))
    }

    fn first_day(self) -> (i16, u8, u8) {
        (self.year, self.month, self.day.unwrap_or(1))
    }

    fn last_day(self) -> (i16, u8, u8) {
        // 31 for every month: only compared, never shown
        (self.year, self.month, self.day.unwrap_or(31))
    }
}

fn full_years(from: (i16, u8, u8), to: (i16, u8, u8)) -> i16 {
    let is_birthday_ahead = (to.1, to.2) < (from.1, from.2);
    to.0 - from.0 - i16::from(is_birthday_ahead)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}.{:02}", self.year, self.month)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i16, month: u8, day: impl Into<Option<u8>>) -> Date {
        Date::new(year, month, day.into()).expect("a date of the calendar")
    }

    #[test]
    fn a_month_gets_the_benefit_of_the_month() {
        let today = date(2014, 4, 16);
        assert!(!date(2014, 4, None).definitely_after(today));
        assert!(date(2014, 4, 17).definitely_after(today));
        assert!(date(2014, 5, None).definitely_after(today));
        assert!(!date(1921, 7, None).definitely_before(date(1921, 7, 1)));
        assert!(date(1921, 6, None).definitely_before(date(1921, 7, 1)));
        assert!(!date(1921, 7, 1).definitely_before(date(1921, 7, 1)));
    }

    #[test]
    fn ages_are_counted_on_the_birthday() {
        let birth = date(1985, 6, 12);
        for (other, most, fewest) in [
            (date(2003, 6, 11), 17, 17),
            (date(2003, 6, 12), 18, 18),
            (date(2003, 6, None), 18, 17),
            (date(2003, 5, None), 17, 17),
            (date(1985, 6, 11), -1, -1),
        ] {
            assert_eq!((birth.most_years_to(other), birth.fewest_years_to(other)), (most, fewest), "{other:?}");
        }
        let month = date(1985, 6, None);
        assert_eq!((month.most_years_to(date(2003, 6, 1)), month.fewest_years_to(date(2003, 6, 1))), (18, 17));
        assert_eq!(date(1988, 2, 29).years_before(1), Some(date(1987, 2, 28)));
    }

    #[test]
    fn what_was_written_agrees_to_the_day_where_it_is_known() {
        let exact = date(1985, 6, 12);
        for (written, agrees) in [
            (date(1985, 6, None), true),
            (date(1985, 6, 12), true),
            (date(1985, 6, 1), true),
            (date(1985, 6, 13), false),
            (date(1985, 7, None), false),
            (date(1986, 6, 12), false),
        ] {
            assert_eq!(written.agrees_with(exact), agrees, "{written:?}");
        }
    }

    #[test]
    fn iso_dates_are_exact() {
        assert_eq!(Date::from_iso("2014-04-16"), Some(date(2014, 4, 16)));
        for text in ["2014-4-16", "2014-02-30", "2014/04/16", "2014-04-16 ", "+014-04-16", "", "二〇一四"] {
            assert_eq!(Date::from_iso(text), None, "{text}");
        }
    }
}
