//! Every way of typing a date, and what is none.

use proptest::prelude::*;

use super::*;

fn latest() -> Date {
    Date::new(2014, 4, Some(16)).expect("a date of the calendar")
}

fn parsed(text: &str, source: DateSource) -> Result<(i16, u8, Option<u8>), DateFault> {
    parse(text, source, latest()).map(|date| (date.year(), date.month(), date.day()))
}

#[test]
fn every_way_of_typing_a_month_is_understood() {
    for text in [
        "1985.06", "1985.6", "1985-06", "1985-6", "1985/6", "1985\\6", "1985年6月", "1985年06月", "1985年6", "198506", "85.6", "85.06",
        "85年6月", "1985。6", "1985、6", "1985，6", "1985,6", "1985．6", "１９８５．０６", "1985–06", "1985—6", "1985－6", "1985·6",
        "1985 06", "1985 年 6 月", "一九八五年六月", "一九八五.六", "八五年六月", "1985年六月", "1985年06月(29岁)", "1985.06\n29岁",
        "1985年6月 29岁", "1985年6月份", "1985.06（29岁）", "1985.6生", "1985年6月出生", "1985.6.", "1985.6月", "1985年.6月", "Jun-85",
        "jun 1985", "June, 1985", "85-Jun", "1985-Jun", "6月85年", "6月1985年", "06/1985", "06.1985", "6.1985", "公历1985年6月",
        "'1985.06", "=\"1985.06\"", " 1985.06\u{A0}", "(1985.06)", "1985\u{200B}.06",
    ] {
        assert_eq!(parsed(text, DateSource::Typed), Ok((1985, 6, None)), "{text}");
    }
}

#[test]
fn every_way_of_typing_a_day_is_understood() {
    for text in [
        "1985-06-12",
        "1985-6-12",
        "1985.06.12",
        "1985.6.12",
        "1985/6/12",
        "1985年6月12日",
        "1985年6月12号",
        "1985年06月12",
        "19850612",
        "850612",
        "85.6.12",
        "85/06/12",
        "1985-06-12 00:00:00",
        "1985/6/12 0:00",
        "1985-06-12T00:00:00",
        "1985-06-12T00:00:00.000Z",
        "1985年6月12日 00：00",
        "一九八五年六月十二日",
        "12-Jun-85",
        "12 June 1985",
        "Jun 12, 1985",
        "1985-Jun-12",
        "12.6",
        "1985 6 12",
        "1985年6月12日星期三",
        "6/13/1985",
        "19850612 ",
        "1985.6.12生",
    ] {
        let expected = match text {
            "12.6" => (2012, 6, None),
            "6/13/1985" => (1985, 6, Some(13)),
            _ => (1985, 6, Some(12)),
        };
        assert_eq!(parsed(text, DateSource::Typed), Ok(expected), "{text}");
    }
    assert_eq!(parsed("二〇一〇年十二月三十一日", DateSource::Typed), Ok((2010, 12, Some(31))));
    assert_eq!(parsed("一九九○年元月廿一日", DateSource::Typed), Ok((1990, 1, Some(21))));
    assert_eq!(parsed("1985-06-12 08:30:00", DateSource::Cell), Ok((1985, 6, Some(12))));
}

#[test]
fn what_no_calendar_has_is_no_date() {
    for text in [
        "", "不详", "1985", "1985年", "1985.13", "1985.0", "1985.00", "1985-02-30", "1985年2月29日", "198513", "19850230", "19850600",
        "农历1985年6月", "1985年正月", "6/5/1985", "5-Jun", "Jun", "1985..6", "1985.6.12.1", "1985-06至1986-07", "约1985年", "19856",
        "123", "1234567", "1985.6a", "99999999999999999999", "1985年6日", "1985月6年", "13812345678", "29岁", "1985年06月12时", "3000.06",
        "85年13月", "年月", "积极分子", "1985.061",
    ] {
        assert_eq!(parsed(text, DateSource::Typed), Err(DateFault::NotADate), "{text}");
    }
    for text in ["1985", "1985.0", "7305", "73051", "0.5", "31199.x", "1985.13"] {
        assert_eq!(parsed(text, DateSource::Number), Err(DateFault::NotADate), "{text}");
    }
}

#[test]
fn a_number_may_have_lost_its_zero() {
    use DateSource::{Number, NumberFrom1904, Typed, Untyped};
    let table = [
        ("1985.1", Typed, Ok((1985, 1, None))),
        ("1985.1", Number, Err(DateFault::Ambiguous(1985))),
        ("1985.1", Untyped, Err(DateFault::Ambiguous(1985))),
        ("85.1", Number, Err(DateFault::Ambiguous(1985))),
        ("1985.10", Number, Ok((1985, 10, None))),
        ("1985.10", Untyped, Ok((1985, 10, None))),
        ("1985.01", Number, Ok((1985, 1, None))),
        ("1985.2", Number, Ok((1985, 2, None))),
        ("1985.9", Untyped, Ok((1985, 9, None))),
        ("1985.12", Number, Ok((1985, 12, None))),
        ("1985.060", Number, Ok((1985, 6, None))),
        ("1985.60", Number, Ok((1985, 6, None))),
        ("1985.60", Untyped, Err(DateFault::NotADate)),
        ("1985/1", Untyped, Ok((1985, 1, None))),
        ("1985.1.1", Untyped, Ok((1985, 1, Some(1)))),
        ("198506", Number, Ok((1985, 6, None))),
        ("19850612", Number, Ok((1985, 6, Some(12)))),
        ("31199", Number, Ok((1985, 6, Some(1)))),
        ("31199.5", Number, Ok((1985, 6, Some(1)))),
        ("29737", NumberFrom1904, Ok((1985, 6, Some(1)))),
        ("29737.5", NumberFrom1904, Ok((1985, 6, Some(1)))),
        ("5844", NumberFrom1904, Ok((1920, 1, Some(1)))),
        ("71589", NumberFrom1904, Err(DateFault::NotADate)),
        ("1985.060", NumberFrom1904, Ok((1985, 6, None))),
        ("1985.1", NumberFrom1904, Err(DateFault::Ambiguous(1985))),
        ("31199", Untyped, Ok((1985, 6, Some(1)))),
        ("31199", Typed, Ok((1985, 6, Some(1)))),
        ("20000", Typed, Err(DateFault::NotADate)),
    ];
    for (text, source, expected) in table {
        assert_eq!(parsed(text, source), expected, "{text} {source:?}");
    }
}

#[test]
fn a_year_of_two_digits_is_the_latest_that_fits() {
    let youngest = Date::new(1998, 4, Some(16)).expect("a date of the calendar");
    for (text, latest, year) in [
        ("28.5", latest(), 1928),
        ("14.4", latest(), 2014),
        ("14.5", latest(), 1914),
        ("05.6", latest(), 2005),
        ("05.6", youngest, 1905),
        ("98年4月", youngest, 1998),
        ("98年4月17日", youngest, 1998),
    ] {
        assert_eq!(parse(text, DateSource::Typed, latest).map(Date::year), Ok(year), "{text}");
    }
}

proptest! {
    #[test]
    fn nothing_is_understood_that_no_calendar_has(year in 1800i16..2200, month in 0u8..20, day in 0u8..40, mark in "[./年、-]") {
        let text = format!("{year}{mark}{month}{mark}{day}");
        let expected = Date::new(year, month, Some(day)).ok_or(DateFault::NotADate);
        let marked = if mark == "年" { format!("{year}年{month}月{day}日") } else { text };
        prop_assert_eq!(parse(&marked, DateSource::Typed, latest()), expected);
        let full = format!("{year}{month:02}{day:02}");
        prop_assert_eq!(parse(&full, DateSource::Number, latest()), expected);
    }

    #[test]
    fn what_is_printed_is_understood(year in 1800i16..2200, month in 1u8..=12) {
        let date = Date::new(year, month, None).expect("a date of the calendar");
        for source in [DateSource::Typed, DateSource::Untyped, DateSource::Number, DateSource::Cell] {
            prop_assert_eq!(parse(&date.to_string(), source, latest()), Ok(date));
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,20}|[0-9.年月日/: 一十廿Tjun()-]{0,20}") {
        for source in [DateSource::Typed, DateSource::Untyped, DateSource::Number, DateSource::Cell] {
            let _ = parse(&text, source, latest());
        }
    }
}
