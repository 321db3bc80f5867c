//! Where numbers of cells become text: the only file that knows `f64`.
//!
//! The rule, in one place: the text is what Excel shows where that matters for people's data, and every digit before the
//! point where Excel would shorten.
//!
//! * A number has at most 15 significant digits, all that Excel keeps and shows: `0.1 + 0.2` is `0.3`.
//! * It never has an exponent: a mobile number is its 11 digits, and an ID stored as `3.2042119850612099E+17` is the 18 digits
//!   `320421198506121000` that Excel shows in the format `0`, the lost ones as zeros.
//! * The decimals and the leading zeros of the number format are shown: `0.00` makes `1985.10`, `000000` makes `000012`. Percent
//!   is shown; thousands separators, units and colours are decoration and left out, digits put in front of a number are not.
//! * A date format makes a date of the calendar, whatever order it shows it in; outside the calendar the number stays a number.

mod date;
mod format;

pub(crate) use date::iso_date;
pub(crate) use format::Shown;

use std::fmt::Write;

use mingce_core::grid::{Epoch, Kind};

/// Integers up to here are exact in `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;
const SECONDS_OF_DAY: f64 = 86_400.0;

/// Writes the text of a number cell, and says what kind of cell it is.
///
/// `stored` is the number as the file has it. What is no finite number stays text, as it stands.
pub(crate) fn write_number(stored: &str, shown: &Shown, epoch: Epoch, text: &mut String) -> Kind {
    if matches!(shown, Shown::General) && is_plain_integer(stored) {
        text.push_str(stored);
        return Kind::Number;
    }
    let Some(value) = parse(stored) else {
        text.push_str(stored);
        return Kind::Text;
    };
    write_value(value, shown, epoch, text)
}

/// As [`write_number`], for sources that hold the number itself.
pub(crate) fn write_value(value: Value, shown: &Shown, epoch: Epoch, text: &mut String) -> Kind {
    if !value.is_finite() {
        text.push_str("#NUM!");
        return Kind::Error;
    }
    match shown {
        Shown::Date | Shown::Time => {
            if let Some(kind) = days_and_seconds(value).and_then(|(days, seconds)| date::write(days, seconds, shown, epoch, text)) {
                return kind;
            }
            write_plain(value, text);
        }
        Shown::General => write_plain(value, text),
        Shown::Fixed(fixed) => write_fixed(value, fixed, text),
    }
    Kind::Number
}

/// A number of a source that holds the number itself.
pub(crate) type Value = f64;

/// The number in the eight bytes that stand here.
pub(crate) fn of_bits(bytes: &[u8]) -> Option<Value> {
    bytes.first_chunk().map(|bits| f64::from_le_bytes(*bits))
}

/// The number that old workbooks keep in 30 bits: an integer or the upper half of a number, or a hundredth of either.
///
/// Source: MS-XLS 2.5.217 (RkNumber).
pub(crate) fn of_rk(rk: u32) -> Value {
    let value = if rk & 2 != 0 { f64::from(rk.cast_signed() >> 2) } else { f64::from_bits(u64::from(rk & !3) << 32) };
    if rk & 1 != 0 { value / 100.0 } else { value }
}

/// Whether a number that is seen is the stored one, rounded to the decimals that are seen.
pub(crate) fn is_rounded(seen: &str, stored: &str, percent: bool) -> bool {
    let (Some(shown), Some(value)) = (parse(seen), parse(stored)) else { return false };
    let value = if percent { value * 100.0 } else { value };
    let decimals = i32::try_from(decimals_of(seen)).unwrap_or(i32::MAX);
    // half of the last place that is seen, and a hair for the binary fraction
    (shown - value).abs() <= 0.5001 / 10f64.powi(decimals)
}

/// A width in 256ths of a character.
pub(crate) fn of_256ths(width: u16) -> Value {
    f64::from(width) / 256.0
}

/// A length in twentieths of a point, in points.
pub(crate) fn of_20ths(length: u16) -> Value {
    f64::from(length) / 20.0
}

/// The width of a column as a number, if it is one.
pub(crate) fn parse(stored: &str) -> Option<f64> {
    let stored = stored.trim_matches([' ', '\t', '\n', '\r']);
    // what Rust reads beyond this (`NaN`, `inf`) no workbook means
    if !stored.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E')) {
        return None;
    }
    stored.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Up to 15 digits without a leading zero: the text of the number is what stands there.
fn is_plain_integer(stored: &str) -> bool {
    let digits = stored.as_bytes();
    match digits {
        [] => false,
        [b'0', _, ..] => false,
        _ => digits.len() <= 15 && digits.iter().all(u8::is_ascii_digit),
    }
}

fn write_plain(value: f64, text: &mut String) {
    let shown = fifteen_digits(value);
    // `-0` is shown as 0; writing to a string cannot fail
    let _ = write!(text, "{}", if shown == 0.0 { 0.0 } else { shown });
}

fn write_fixed(value: f64, fixed: &format::Fixed, text: &mut String) {
    let value = if fixed.percent { value * 100.0 } else { value };
    let decimals = usize::from(fixed.most_decimals);
    let mut digits = if value.abs() < 1e15 {
        format!("{:.decimals$}", half_away(value.abs(), fixed.most_decimals))
    } else {
        // a given precision would print the binary value behind the 15 digits
        fifteen_digits(value.abs()).to_string()
    };
    while digits.contains('.') && digits.ends_with('0') && decimals_of(&digits) > usize::from(fixed.least_decimals) {
        digits.pop();
    }
    if digits.ends_with('.') {
        digits.pop();
    }
    if value < 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        text.push('-');
    }
    if let Some(lead) = &fixed.lead {
        text.push_str(lead);
    }
    let whole = digits.find('.').unwrap_or(digits.len());
    for _ in whole..usize::from(fixed.least_digits) {
        text.push('0');
    }
    text.push_str(&digits);
    if fixed.percent {
        text.push('%');
    }
}

fn decimals_of(digits: &str) -> usize {
    digits.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// The number rounded to so many decimals, halves away from zero as Excel does it.
fn half_away(value: f64, decimals: u8) -> f64 {
    let scale = 10f64.powi(i32::from(decimals));
    let scaled = fifteen_digits(value * scale);
    if scaled < EXACT { scaled.round() / scale } else { value }
}

/// The number with the 15 significant digits Excel works with.
fn fifteen_digits(value: f64) -> f64 {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return value;
    }
    format!("{value:.14e}").parse().unwrap_or(value)
}

/// A serial date as whole days and seconds of the day; `None` far outside any calendar.
fn days_and_seconds(value: f64) -> Option<(i32, i32)> {
    if !(0.0..3_000_000.0).contains(&value) {
        return None;
    }
    let days = value.floor();
    let seconds = ((value - days) * SECONDS_OF_DAY).round();
    #[expect(clippy::cast_possible_truncation, reason = "both lie between 0 and three million")]
    let (days, seconds) = (days as i32, seconds as i32);
    Some(if seconds == 86_400 { (days + 1, 0) } else { (days, seconds) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(stored: &str, code: &str) -> (String, Kind) {
        let mut text = String::new();
        let kind = write_number(stored, &Shown::of_code(code), Epoch::Of1900, &mut text);
        (text, kind)
    }

    #[test]
    fn numbers_have_the_text_excel_shows_and_all_their_digits() {
        for (stored, code, expected) in [
            ("13800000001", "General", "13800000001"),
            ("1.3800000001E10", "General", "13800000001"),
            ("13800000001.0", "General", "13800000001"),
            ("320421198506120000", "General", "320421198506120000"),
            ("3.2042119850612099E+17", "General", "320421198506121000"),
            ("3.20421198506121E+17", "0", "320421198506121000"),
            ("1985.1", "General", "1985.1"),
            ("1985.1", "0.00", "1985.10"),
            ("1985.1", "0.00_ ", "1985.10"),
            ("1985.1", "0.00_);[Red](0.00)", "1985.10"),
            ("0.30000000000000004", "General", "0.3"),
            ("1.7", "0", "2"),
            ("2.5", "0", "3"),
            ("1.005", "0.00", "1.01"),
            ("-0", "General", "0"),
            ("-0.001", "0.00", "0.00"),
            ("-3.14", "0.0", "-3.1"),
            ("12", "000000", "000012"),
            ("213000", "000000", "213000"),
            ("1234567.5", "#,##0.00", "1234567.50"),
            ("0.5", "0%", "50%"),
            ("1.5", "0.0##", "1.5"),
            ("85123456", "\"0519-\"00000000", "0519-85123456"),
            ("175", "0\"厘米\"", "175"),
            ("13800000001", "000\\-0000\\-0000", "13800000001"),
            ("13800000001", "0.00E+00", "13800000001"),
            ("7", "@", "7"),
            ("1e-7", "General", "0.0000001"),
            (" 12 ", "General", "12"),
        ] {
            assert_eq!(shown(stored, code), (expected.to_owned(), Kind::Number), "{stored} {code}");
        }
    }

    #[test]
    fn what_is_no_number_stays_as_it_stands() {
        for stored in ["NaN", "inf", "1e999", "0x10", "1,000", "１２", ""] {
            assert_eq!(shown(stored, "General"), (stored.to_owned(), Kind::Text), "{stored}");
        }
    }

    #[test]
    fn date_formats_make_dates_of_the_calendar() {
        for (stored, code, expected, kind) in [
            ("31199", "yyyy/m/d", "1985-06-01", Kind::Date),
            ("31199", "yyyy\"年\"m\"月\"", "1985-06-01", Kind::Date),
            ("31199", "[$-804]yyyy年m月d日;@", "1985-06-01", Kind::Date),
            ("31199", "[DBNum1][$-804]yyyy\"年\"m\"月\";@", "1985-06-01", Kind::Date),
            ("31199.5", "yyyy-mm-dd hh:mm:ss", "1985-06-01 12:00:00", Kind::Date),
            ("31199.999999", "yyyy-mm-dd hh:mm", "1985-06-02", Kind::Date),
            ("1", "yyyy/m/d", "1900-01-01", Kind::Date),
            ("59", "yyyy/m/d", "1900-02-28", Kind::Date),
            ("60", "yyyy/m/d", "60", Kind::Number),
            ("61", "yyyy/m/d", "1900-03-01", Kind::Date),
            ("2958465", "yyyy/m/d", "9999-12-31", Kind::Date),
            ("2958466", "yyyy/m/d", "2958466", Kind::Number),
            ("-1", "yyyy/m/d", "-1", Kind::Number),
            ("1e15", "yyyy/m/d", "1000000000000000", Kind::Number),
            ("0.354166666666667", "h:mm", "08:30:00", Kind::Text),
            ("31199", "mmm-yy", "1985-06-01", Kind::Date),
        ] {
            assert_eq!(shown(stored, code), (expected.to_owned(), kind), "{stored} {code}");
        }
    }

    #[test]
    fn the_1904_calendar_begins_four_years_later() {
        let mut text = String::new();
        assert_eq!(write_number("29737", &Shown::Date, Epoch::Of1904, &mut text), Kind::Date);
        assert_eq!(text, "1985-06-01");
    }
}
