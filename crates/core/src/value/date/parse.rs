//! Understands dates as people type them: the text becomes numbers with signs behind them, then the shape decides.

use super::{Date, DateFault, DateSource};
use crate::text::{fold_text, fold_width, is_blank_character, is_dash, without_text_marks};
use crate::value::han::fold_han_numerals;

/// Day 1 of Excel's 1900 calendar is 1900-01-01; counted from here, days after its 29 February 1900, which never was, come out right.
const DAY_ZERO: jiff::civil::Date = jiff::civil::Date::constant(1899, 12, 30);
/// How many days a number is behind that counts from 1904-01-01.
const DAYS_TO_1904: u32 = 1_462;
/// Whole numbers that are days of Excel's calendar: 1920-01-01 to 2099-12-31; smaller ones are years.
const SERIAL_DAYS: std::ops::RangeInclusive<u32> = 7_306..=73_050;
/// Years a text may name with four digits; beyond them a number is something else.
const YEARS: std::ops::RangeInclusive<u32> = 1800..=2199;
/// Longest text that can be a date with its remarks.
const LONGEST: usize = 64;
/// What may stand behind a date and says nothing more about it.
const ENDINGS: [&str; 10] = ["出生日期", "出生", "入党", "加入", "转正", "生人", "生", "起", "。", "."];
/// What may stand before it. 农历 is not among them: such a date is another one.
const BEGINNINGS: [&str; 6] = ["公历", "阳历", "公元", "出生于", "生于", "出生"];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LONG_MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

pub(super) fn parse(text: &str, source: DateSource, latest: Date) -> Result<Date, DateFault> {
    let text = without_text_marks(text);
    if text.len() > LONGEST {
        return Err(DateFault::NotADate);
    }
    // a date cell may have a time of day
    let day = if source == DateSource::Cell { text.split(' ').next().unwrap_or(text) } else { text };
    if let Some(date) = Date::from_iso(day) {
        return Ok(date);
    }
    let reader = Reader { source, latest };
    if let Some(fault_or_date) = reader.number(text) {
        return fault_or_date;
    }
    let plain = plain(text);
    if let Some(fault_or_date) = reader.number(&plain) {
        return fault_or_date;
    }
    let parts = Parts::of(&plain).ok_or(DateFault::NotADate)?;
    reader.date(&parts).ok_or(DateFault::NotADate)
}

/// The number these digits write; `None` for none, more than nine or anything else.
pub(super) fn digits(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

/// The text with narrow characters and digits, without time of day, remarks in brackets and words around the date.
fn plain(text: &str) -> String {
    let narrow = fold_width(text);
    let counted = fold_han_numerals(&narrow);
    let mut rest = fold_text(counted.split('(').next().unwrap_or_default());
    if rest.is_empty() {
        // (1985.6) as a whole
        rest = counted.trim_matches(|c| c == '(' || c == ')' || is_blank_character(c));
    }
    rest = without_time(without_age(rest));
    if let Some(weekday) = rest.find("星期").or_else(|| rest.find("周")) {
        rest = fold_text(&rest[..weekday]);
    }
    for beginning in BEGINNINGS {
        rest = fold_text(rest.strip_prefix(beginning).unwrap_or(rest));
    }
    for ending in ENDINGS {
        rest = fold_text(rest.strip_suffix(ending).unwrap_or(rest));
    }
    rest.replace("元月", "1月").replace("月份", "月").to_ascii_lowercase()
}

/// The text before an age that a blank or line break parts from it: `1985.06\n29岁`.
fn without_age(text: &str) -> &str {
    let age = text.strip_suffix('岁').and_then(|rest| rest.rsplit_once(is_blank_character));
    match age {
        Some((date, age)) if !age.is_empty() && age.bytes().all(|byte| byte.is_ascii_digit()) => fold_text(date),
        _ => text,
    }
}

/// The text before a time of day such as ` 00:00:00` or `T08:30Z`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let Some(hour) = text[..colon].rfind(|c: char| !c.is_ascii_digit()) else { return text };
    let is_time = text[colon..].chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | 'Z' | 'z'));
    let parted = text[hour..].starts_with(|c: char| c == 'T' || c == 't' || is_blank_character(c));
    if is_time && parted { fold_text(&text[..hour]) } else { text }
}

/// What parts two numbers, or stands behind the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// Nothing, or only blanks.
    None,
    /// A dot, dash, slash or comma of any kind.
    Mark,
    Year,
    Month,
    Day,
}

/// One number of the date.
#[derive(Debug, Clone, Copy)]
struct Part {
    number: u32,
    /// How many digits it was typed with; 0 for the English name of a month.
    digits: usize,
    /// What stands behind it.
    sign: Sign,
}

/// Up to three numbers.
#[derive(Debug, Default)]
struct Parts {
    parts: [Option<Part>; 3],
    count: usize,
}

impl Parts {
    fn of(text: &str) -> Option<Self> {
        let mut parts = Self::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if first.is_ascii_digit() {
                let length = rest.bytes().take_while(u8::is_ascii_digit).count();
                parts.push(Part { number: digits(&rest.as_bytes()[..length])?, digits: length, sign: Sign::None })?;
                rest = &rest[length..];
            } else if first.is_ascii_alphabetic() {
                let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
                parts.push(Part { number: month_of_name(&rest[..length])?, digits: 0, sign: Sign::None })?;
                rest = &rest[length..];
            } else {
                parts.sign(first)?;
                rest = &rest[first.len_utf8()..];
            }
        }
        Some(parts)
    }

    fn push(&mut self, part: Part) -> Option<()> {
        *self.parts.get_mut(self.count)? = Some(part);
        self.count += 1;
        Some(())
    }

    /// Takes a sign behind the last number; `None` for a sign that has no place in a date, or for a second mark.
    fn sign(&mut self, c: char) -> Option<()> {
        let sign = match c {
            '年' => Sign::Year,
            '月' => Sign::Month,
            '日' | '号' => Sign::Day,
            '.' | '。' | ',' | '、' | '/' | '\\' | '·' | '•' | ';' | '_' => Sign::Mark,
            _ if is_dash(c) => Sign::Mark,
            _ if is_blank_character(c) => Sign::None,
            _ => return None,
        };
        let last = self.parts.get_mut(self.count.checked_sub(1)?)?.as_mut()?;
        match (last.sign, sign) {
            (_, Sign::None) => {}
            (Sign::None, _) => last.sign = sign,
            // 1985年.6月: the word says more than the mark
            (Sign::Mark, Sign::Year | Sign::Month | Sign::Day) => last.sign = sign,
            (Sign::Year | Sign::Month | Sign::Day, Sign::Mark) => {}
            _ => return None,
        }
        Some(())
    }
}

fn month_of_name(word: &str) -> Option<u32> {
    let is_named = |names: &[&str]| names.iter().position(|name| *name == word);
    let month = if word == "sept" { Some(8) } else { is_named(&MONTHS).or_else(|| is_named(&LONG_MONTHS)) };
    month.and_then(|month| u32::try_from(month + 1).ok())
}

/// What a shape means, given where it comes from.
#[derive(Debug, Clone, Copy)]
struct Reader {
    source: DateSource,
    latest: Date,
}

impl Reader {
    /// Understands a bare number, whole or with decimals; `None` if the text is something else.
    fn number(self, text: &str) -> Option<Result<Date, DateFault>> {
        let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, decimals)| (whole, Some(decimals)));
        let number = digits(whole.as_bytes())?;
        let Some(decimals) = decimals else {
            return Some(self.whole(whole, number).ok_or(DateFault::NotADate));
        };
        if decimals.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Some(self.decimal(whole, decimals))
    }

    /// `198506`, `19850612`, `850612`, and days of Excel's calendar.
    fn whole(self, text: &str, number: u32) -> Option<Date> {
        match text.len() {
            8 => self.day(Year::Full(number / 10_000), number / 100 % 100, Some(number % 100)),
            6 => {
                let month = self.day(Year::Full(number / 100), number % 100, None);
                month.or_else(|| self.day(Year::Short(number / 10_000), number / 100 % 100, Some(number % 100)))
            }
            5 if self.source == DateSource::Typed && !text.starts_with("19") && !text.starts_with("20") => {
                // days that became text with their column; 19856 may be 1985年6月 as well
                Self { source: DateSource::Untyped, ..self }.serial_day(number)
            }
            4 | 5 => self.serial_day(number),
            _ => None,
        }
    }

    /// `1985.06`, `85.6`, `06.1985`, and days of Excel's calendar with a time of day.
    fn decimal(self, whole: &str, decimals: &str) -> Result<Date, DateFault> {
        let is_number = matches!(self.source, DateSource::Number | DateSource::NumberFrom1904);
        let number = digits(whole.as_bytes()).ok_or(DateFault::NotADate)?;
        if whole.len() == 5 && self.source != DateSource::Typed {
            return self.serial_day(number).ok_or(DateFault::NotADate);
        }
        let reversed = digits(decimals.as_bytes()).filter(|_| whole.len() <= 2 && decimals.len() == 4);
        if let Some(date) = reversed.and_then(|year| self.day(Year::Full(year), number, None)) {
            return Ok(date);
        }
        let year = Year::typed(number, whole.len()).ok_or(DateFault::NotADate)?;
        // a format of three decimals shows 1985.060
        let (month, rest) = decimals.split_at(decimals.len().min(2));
        let is_padded = is_number && rest.bytes().all(|byte| byte == b'0');
        if !rest.is_empty() && !is_padded {
            return Err(DateFault::NotADate);
        }
        let month = digits(month.as_bytes()).ok_or(DateFault::NotADate)?;
        // a format of two decimals shows 1985.6 as 1985.60
        let month = if is_number && month > 12 && month.is_multiple_of(10) { month / 10 } else { month };
        let date = self.day(year, month, None).ok_or(DateFault::NotADate)?;
        if (is_number || self.source == DateSource::Untyped) && decimals == "1" { Err(DateFault::Ambiguous(date.year())) } else { Ok(date) }
    }

    fn date(self, parts: &Parts) -> Option<Date> {
        match (parts.parts[0], parts.parts[1], parts.parts[2]) {
            (Some(first), Some(second), None) => self.month(first, second),
            (Some(first), Some(second), Some(third)) => self.full(first, second, third),
            _ => None,
        }
    }

    /// Two numbers: a year and a month, in either order where only one makes sense.
    fn month(self, first: Part, second: Part) -> Option<Date> {
        if second.digits == 0 {
            // 5-Jun is a day of no year
            let year = first.year().filter(|_| first.digits == 4 || first.number > 31)?;
            return self.day(year, second.number, None);
        }
        let reversed = first.digits == 0 || first.sign == Sign::Month || second.sign == Sign::Year || second.digits == 4;
        if reversed {
            let fits = matches!(first.sign, Sign::Month | Sign::Mark | Sign::None) && matches!(second.sign, Sign::Year | Sign::None);
            return self.day(second.year().filter(|_| fits && first.digits <= 2)?, first.number, None);
        }
        let fits = matches!(first.sign, Sign::Year | Sign::Mark | Sign::None)
            && matches!(second.sign, Sign::Month | Sign::None | Sign::Mark)
            && (1..=2).contains(&second.digits);
        self.day(first.year().filter(|_| fits)?, second.number, None)
    }

    /// Three numbers: year, month and day, or the year last where day and month can be told apart.
    fn full(self, first: Part, second: Part, third: Part) -> Option<Date> {
        if second.digits == 0 && first.digits == 4 {
            return self.day(first.year()?, second.number, Some(third.number));
        }
        if second.digits == 0 {
            return self.day(third.year()?, second.number, Some(first.number));
        }
        if first.digits == 0 {
            return self.day(third.year().filter(|_| third.digits == 4)?, first.number, Some(second.number));
        }
        if third.digits == 4 && first.digits <= 2 && first.sign != Sign::Year {
            let year = third.year()?;
            return match (first.number <= 12, second.number <= 12) {
                (true, false) => self.day(year, first.number, Some(second.number)),
                (false, true) => self.day(year, second.number, Some(first.number)),
                _ if first.number == second.number => self.day(year, first.number, Some(second.number)),
                _ => None,
            };
        }
        let fits = matches!(first.sign, Sign::Year | Sign::Mark | Sign::None)
            && matches!(second.sign, Sign::Month | Sign::Mark | Sign::None)
            && matches!(third.sign, Sign::Day | Sign::None | Sign::Mark)
            && (1..=2).contains(&second.digits)
            && (1..=2).contains(&third.digits);
        self.day(first.year().filter(|_| fits)?, second.number, Some(third.number))
    }

    /// The day that a bare number counts.
    fn serial_day(self, number: u32) -> Option<Date> {
        let number = match self.source {
            DateSource::Typed => return None,
            DateSource::NumberFrom1904 => number + DAYS_TO_1904,
            DateSource::Untyped | DateSource::Number | DateSource::Cell => number,
        };
        let date = DAY_ZERO.checked_add(jiff::Span::new().days(SERIAL_DAYS.contains(&number).then_some(number)?)).ok()?;
        Date::new(date.year(), u8::try_from(date.month()).ok()?, Some(u8::try_from(date.day()).ok()?))
    }

    fn day(self, year: Year, month: u32, day: Option<u32>) -> Option<Date> {
        let of_year = |year: u32| {
            let day = match day {
                Some(day) => Some(u8::try_from(day).ok()?),
                None => None,
            };
            Date::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, day)
        };
        match year {
            Year::Full(year) => YEARS.contains(&year).then(|| of_year(year))?,
            Year::Short(year) => {
                let this_century = of_year(2000 + year).filter(|date| !date.definitely_after(self.latest));
                this_century.or_else(|| of_year(1900 + year))
            }
        }
    }
}

/// A year as typed.
#[derive(Debug, Clone, Copy)]
enum Year {
    Full(u32),
    /// Its last two digits.
    Short(u32),
}

impl Year {
    const fn typed(number: u32, digits: usize) -> Option<Self> {
        match digits {
            4 => Some(Self::Full(number)),
            2 => Some(Self::Short(number)),
            _ => None,
        }
    }
}

impl Part {
    const fn year(self) -> Option<Year> {
        Year::typed(self.number, self.digits)
    }
}

#[cfg(test)]
mod tests;
