//! 性别 and 出生年月: as written, else as the ID number says; differences are shown and never overwritten.

use crate::diagnostic::Code;
use crate::grid::{Epoch, Kind};
use crate::mask::mask_digits;
use crate::recognize::card::marks;
use crate::register::{Given, MonthEvidence, Reading};
use crate::registration::Answer;
use crate::rules::dates::fault_in_words;
use crate::scheme::Field;
use crate::value::{Date, DateFault, DateSource, Sex};

pub(crate) fn read_sex(reading: &mut Reading<'_>) {
    if !reading.scheme().has(Field::Sex) {
        return;
    }
    let from_number = reading.person.id_number.known().and_then(|number| number.sex());
    let Some(given) = reading.given(Field::Sex) else {
        match from_number {
            Some(sex) => reading.person.sex = Answer::Known(sex),
            None => reading.report(Code::SexMissing, Field::Sex, "没有填「性别」，也不能由身份证号码推出".into(), "请填「男」或「女」"),
        }
        return;
    };
    let ticked = || marks::ticked_words(&given.text).and_then(|words| Sex::parse(&words));
    let Some(sex) = Sex::parse(&given.text).or_else(ticked) else {
        let (message, hint) = match given.failed_formula() {
            Some((fault, hint)) => (format!("「性别」{fault}"), hint),
            None => (format!("性别「{}」既不是「男」也不是「女」", given.text), "请填「男」或「女」"),
        };
        reading.report(Code::SexInvalid, Field::Sex, message, hint);
        reading.person.sex = Answer::Typed(given.text.as_ref().into());
        return;
    };
    reading.keep_written(Field::Sex, &given.text, &sex.to_string());
    if from_number.is_some_and(|from_number| from_number != sex) {
        let message = format!("性别填的是「{sex}」，身份证号码的第 17 位却是{}性的", if sex == Sex::Male { "女" } else { "男" });
        reading.report(Code::SexIdMismatch, Field::Sex, message, "请对照身份证核对；性别照填写的保留");
    }
    reading.person.sex = Answer::Known(sex);
}

pub(crate) fn read_birth(reading: &mut Reading<'_>) {
    if !reading.scheme().has(Field::Birth) {
        return;
    }
    let from_number = reading.person.id_number.known().and_then(|number| number.birth());
    let Some(given) = reading.given_date(Field::Birth) else {
        match from_number {
            Some(birth) => take_birth(reading, birth, "身份证号码里的出生日期"),
            None => reading.report(
                Code::BirthMissing,
                Field::Birth,
                "没有填「出生年月」，也不能由身份证号码推出".into(),
                "请填成「1985.06」的样子",
            ),
        }
        return;
    };
    let Some(birth) = understood_birth(reading, &given, from_number) else {
        reading.person.birth = Answer::Typed(given.text.as_ref().into());
        return;
    };
    reading.keep_written(Field::Birth, &given.text, &birth.to_string());
    if let Some(from_number) = from_number
        && !birth.agrees_with(from_number)
    {
        let (written, number) = (birth.to_string(), from_number.to_string());
        // of the same month they differ in the day
        let (written, number) = if written == number { (birth.in_full(), from_number.in_full()) } else { (written, number) };
        report_mismatch(reading, &written, &number);
    }
    take_birth(reading, birth, "出生年月");
}

fn report_mismatch(reading: &mut Reading<'_>, written: &str, number: &str) {
    let message = format!("出生年月填的是「{written}」，身份证号码里是「{number}」");
    reading.report(Code::BirthIdMismatch, Field::Birth, message, "请对照身份证核对；出生年月照填写的保留");
}

/// The birth that was written, settled by the ID number or the column where it may be of two months; `None` is reported.
fn understood_birth(reading: &mut Reading<'_>, given: &Given<'_>, from_number: Option<Date>) -> Option<Date> {
    let today = reading.context().today;
    // a two-digit year is the latest that still makes a grown person
    let latest = today.years_before(reading.scheme().rules.age_youngest).unwrap_or(today);
    let parsed = parse_cell(given, reading.context().epoch, latest);
    match parsed.or_else(|fault| settle_bare_number(&given.text, from_number, latest).ok_or(fault)) {
        Ok(birth) => Some(birth),
        Err(DateFault::Ambiguous(year)) => {
            let settled = settle_by_number(year, from_number)
                .map(|month| (month, "按身份证号码"))
                .or_else(|| settle_by_format(&given.text))
                .or_else(|| settle(reading.context().birth_months).map(|month| (month, "按本列其他行的写法")));
            let birth = report_ambiguous(reading, Field::Birth, &given.text, year, settled);
            // of neither month that it may be
            if let (None, Some(from_number)) = (birth, from_number) {
                report_mismatch(reading, &given.text, &from_number.to_string());
            }
            birth
        }
        Err(DateFault::NotADate) => {
            let (fault, hint) = fault_in_words(given, latest, "1985.06");
            let message = format!("出生年月「{}」{fault}", mask_digits(&shown(&given.text, given.kind)));
            reading.report(Code::BirthInvalid, Field::Birth, message, &hint);
            None
        }
    }
}

fn take_birth(reading: &mut Reading<'_>, birth: Date, source: &str) {
    if !is_plausible_birth(reading, birth) {
        let rules = reading.scheme().rules;
        let (youngest, oldest) = (rules.age_youngest, rules.age_oldest);
        let message = format!("{source}是「{birth}」，年龄应在 {youngest} 至 {oldest} 岁之间");
        reading.report(Code::BirthInvalid, Field::Birth, message, "请对照身份证改正");
    }
    reading.person.birth = Answer::Known(birth);
}

/// Whether somebody born then may register today; a month without its day gets the benefit of the month.
fn is_plausible_birth(reading: &Reading<'_>, birth: Date) -> bool {
    let (rules, today) = (reading.scheme().rules, reading.context().today);
    let is_too_old = today.years_before(rules.age_oldest).is_some_and(|earliest| birth.definitely_before(earliest));
    !is_too_old && birth.most_years_to(today) >= i16::from(rules.age_youngest)
}

/// The birth that other dates are judged by: as written, or as the ID number says where that cannot be.
pub(super) fn plausible_birth(reading: &Reading<'_>) -> Option<Date> {
    let from_number = || reading.person.id_number.known().and_then(|number| number.birth());
    let written = reading.person.birth.known().copied();
    written.into_iter().chain(from_number()).find(|birth| is_plausible_birth(reading, *birth))
}

/// The date of a cell. A number that its format shows as `1985.10` is the same `1985.1` that other formats show.
pub(super) fn parse_cell(given: &Given<'_>, epoch: Epoch, latest: Date) -> Result<Date, DateFault> {
    match Date::parse(&given.text, date_source(given.kind, epoch), latest) {
        Ok(date) if given.kind == Kind::Number && settle_by_format(&given.text).is_some() => Err(DateFault::Ambiguous(date.year())),
        parsed => parsed,
    }
}

/// The October that the number format shows, where it shows one.
fn settle_by_format(shown: &str) -> Option<(u8, &'static str)> {
    shown.ends_with(".10").then_some((10, "按单元格显示的两位小数"))
}

fn settle_by_number(year: i16, from_number: Option<Date>) -> Option<u8> {
    from_number.filter(|date| date.year() == year && matches!(date.month(), 1 | 10)).map(Date::month)
}

/// What five digits that somebody typed mean: a day of Excel's calendar (`20063`), or a year and its month (`19856`); that which
/// the ID number says, too, and without one a day where the year is too late for a grown person (`20182`).
fn settle_bare_number(text: &str, from_number: Option<Date>, latest: Date) -> Option<Date> {
    let digits = text.trim();
    if digits.len() != 5 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, month) = digits.split_at(4);
    let day = |latest| Date::parse(digits, DateSource::Untyped, latest).ok();
    let Some(from_number) = from_number else {
        return day(latest).filter(|_| year.parse().is_ok_and(|year: i16| year > latest.year()));
    };
    let month = Date::parse(&format!("{year}年{month}月"), DateSource::Typed, from_number).ok();
    [day(from_number), month].into_iter().flatten().find(|date| date.agrees_with(from_number))
}

fn settle(evidence: MonthEvidence) -> Option<u8> {
    match evidence {
        MonthEvidence::None => None,
        MonthEvidence::October => Some(10),
        MonthEvidence::January => Some(1),
    }
}

/// Says that `1985.1` was met, how it was settled, and the date it was settled to.
fn report_ambiguous(reading: &mut Reading<'_>, field: Field, text: &str, year: i16, settled: Option<(u8, &str)>) -> Option<Date> {
    let label = reading.label(Some(field));
    let date = settled.and_then(|(month, _)| Date::new(year, month, None));
    let message = match (date, settled) {
        (Some(date), Some((_, reason))) => format!("{label}「{text}」可能是 1 月也可能是 10 月，{reason}当作「{date}」"),
        _ => format!("{label}「{text}」可能是 1 月也可能是 10 月，无法判断，照原样保留"),
    };
    let hint = match date {
        Some(_) => "Excel 会把 1985.10 的 0 去掉；请核对，不对的把这一列设成「文本」格式后重填",
        None => "Excel 会把 1985.10 的 0 去掉；请把这一列设成「文本」格式后重填",
    };
    reading.report(Code::DateAmbiguous, field, message, hint);
    date
}

/// The joining date, ambiguous as `2008.1`, settled by its column alone.
pub(super) fn settle_joined(reading: &mut Reading<'_>, text: &str, year: i16) -> Option<Date> {
    let by_column = || settle(reading.context().joined_months).map(|month| (month, "按本列其他行的写法"));
    let settled = settle_by_format(text).or_else(by_column);
    report_ambiguous(reading, Field::JoinedParty, text, year, settled)
}

/// What sort of text a date is read from.
fn date_source(kind: Kind, epoch: Epoch) -> DateSource {
    match kind {
        Kind::Text | Kind::Boolean | Kind::Error | Kind::Uncomputed => DateSource::Typed,
        Kind::Untyped => DateSource::Untyped,
        Kind::Number => match epoch {
            Epoch::Of1900 => DateSource::Number,
            Epoch::Of1904 => DateSource::NumberFrom1904,
        },
        Kind::Date => DateSource::Cell,
    }
}

/// What a date cell held, in words a person recognises.
pub(super) fn shown(text: &str, kind: Kind) -> String {
    match kind {
        Kind::Error => format!("{text}（公式出错）"),
        Kind::Uncomputed => "没有算出结果的公式".to_owned(),
        Kind::Text | Kind::Untyped | Kind::Number | Kind::Date | Kind::Boolean => text.to_owned(),
    }
}
