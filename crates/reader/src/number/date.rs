//! Serial days become dates of the calendar.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use mingce_core::grid::{Epoch, Kind};

use super::Shown;

/// Writes the date, or the time of day where the format shows no more; `None` where there is no such date.
pub(super) fn write(days: i32, seconds: i32, shown: &Shown, epoch: Epoch, text: &mut String) -> Option<Kind> {
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    // writing to a string cannot fail
    if matches!(shown, Shown::Time) && days == 0 {
        let _ = write!(text, "{hour:02}:{minute:02}:{second:02}");
        return Some(Kind::Text);
    }
    let day = day_of(epoch, days)?;
    let _ = write!(text, "{day}");
    if seconds > 0 {
        let _ = write!(text, " {hour:02}:{minute:02}:{second:02}");
    }
    Some(Kind::Date)
}

fn day_of(epoch: Epoch, days: i32) -> Option<Date> {
    let first = match epoch {
        // Excel keeps the 1900-02-29 of Lotus 1-2-3: the days before it are one off
        Epoch::Of1900 if days == 60 || days < 1 => return None,
        Epoch::Of1900 if days < 60 => date(1899, 12, 31),
        Epoch::Of1900 => date(1899, 12, 30),
        Epoch::Of1904 => date(1904, 1, 1),
    };
    first.checked_add(i64::from(days).days()).ok()
}

/// An ISO date or date-time in the form of a date cell; `None` when it is neither.
pub(crate) fn iso_date(stored: &str) -> Option<String> {
    let stored = stored.trim().trim_end_matches('Z');
    if let Ok(moment) = stored.parse::<jiff::civil::DateTime>() {
        let midnight = moment.hour() == 0 && moment.minute() == 0 && moment.second() == 0;
        return Some(if midnight { moment.date().to_string() } else { moment.strftime("%Y-%m-%d %H:%M:%S").to_string() });
    }
    stored.parse::<Date>().ok().map(|day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_take_the_form_of_date_cells() {
        for (stored, expected) in [
            ("1985-06-01", Some("1985-06-01")),
            ("1985-06-01T00:00:00", Some("1985-06-01")),
            ("1985-06-01T08:30:00.000Z", Some("1985-06-01 08:30:00")),
            ("1990-02-30", None),
            ("去年", None),
        ] {
            assert_eq!(iso_date(stored).as_deref(), expected, "{stored}");
        }
    }
}
