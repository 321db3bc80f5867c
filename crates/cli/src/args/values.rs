//! The values that options take, and how each is understood.

use std::num::NonZeroUsize;

use clap::ValueEnum;

/// The report's format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, to standard error.
    #[default]
    Text,
    /// For programs, to standard output.
    Json,
}

/// How people are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    /// As they were read.
    #[default]
    Input,
    /// By the pinyin of the name.
    Pinyin,
    /// By the strokes of the name.
    Stroke,
    /// By unit.
    Unit,
    /// By birth, the oldest first.
    Birth,
}

impl From<Sort> for mingce::Order {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Input => Self::Input,
            Sort::Pinyin => Self::Pinyin,
            Sort::Stroke => Self::Stroke,
            Sort::Unit => Self::Unit,
            Sort::Birth => Self::Birth,
        }
    }
}

/// What a blank is a blank of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BlankKind {
    /// Annex 1.
    Form,
    /// Annex 2.
    Roster,
    /// The workbook to collect in.
    Collect,
}

/// A day as it is typed: `2014-04-30` and no other way.
pub(super) fn day(text: &str) -> Result<mingce::Date, String> {
    let fault = || "应为日历上有的日子，写成 2014-04-30 的样子".to_owned();
    // jiff takes more shapes than a clerk should have to tell apart
    let is_shaped =
        text.len() == 10 && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    let day: jiff::civil::Date = text.parse().ok().filter(|_| is_shaped).ok_or_else(fault)?;
    to_date(day).ok_or_else(fault)
}

/// The day as the library takes it; `None` before 1800.
pub(crate) fn to_date(day: jiff::civil::Date) -> Option<mingce::Date> {
    mingce::Date::new(day.year(), day.month().unsigned_abs(), Some(day.day().unsigned_abs()))
}

/// A number of threads, 1 to 1,024.
pub(super) fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().ok().filter(|count: &NonZeroUsize| count.get() <= 1024).ok_or_else(|| "应为 1 到 1024 之间的整数".to_owned())
}

/// A number of empty lines, 1 to 100,000.
pub(super) fn rows(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|rows| (1..=100_000).contains(rows)).ok_or_else(|| "应为 1 到 100000 之间的整数".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_one_way() {
        assert!(day("2014-04-30").is_ok());
        for text in ["2014-4-30", "2014-04-31", "20140430", "2014/04/30", "2014-04-30T00:00", ""] {
            assert!(day(text).is_err(), "{text}");
        }
    }
}
