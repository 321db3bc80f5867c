//! 政治面貌 and 入党时间.
//!
//! Source: 党章第一条 (18 years) and the date of the first congress; 常西科委发〔2014〕24号, 三、活动主体 (members and
//! activists).

use crate::diagnostic::Code;
use crate::mask::mask_digits;
use crate::members::Member;
use crate::register::Reading;
use crate::registration::Answer;
use crate::rules::dates::fault_in_words;
use crate::rules::person::{parse_cell, plausible_birth, settle_joined, shown};
use crate::rules::units::{Counted, counted_as};
use crate::scheme::Field;
use crate::text::is_blank_character;
use crate::value::{Date, DateFault, DateSource, PartyStatus};

/// The founding congress of the party.
const FOUNDED: (i16, u8, u8) = (1921, 7, 1);

pub(crate) fn read(reading: &mut Reading<'_>) {
    read_status(reading);
    let listed = reading.context().members.and_then(|members| members.find(&reading.person));
    read_joined(reading, listed);
    // 入党积极分子 under 入党时间 says more of today than the list
    supply_status(reading, listed);
    if counted_as(&reading.person) == Counted::Neither {
        report_not_eligible(reading);
    }
}

fn report_not_eligible(reading: &mut Reading<'_>) {
    // 群众 under 入党时间 stands where no other column asks for it
    let in_place_of_date = reading.person.as_written(Field::JoinedParty).filter(|words| PartyStatus::parse(words).is_some());
    let in_place_of_date = in_place_of_date.filter(|_| reading.person.as_written(Field::PartyStatus).is_none()).map(str::to_owned);
    let field = if in_place_of_date.is_some() { Field::JoinedParty } else { Field::PartyStatus };
    let status = match &reading.person.party_status {
        Answer::Typed(words) => words.to_string(),
        Answer::Blank | Answer::Known(_) => {
            let written = || reading.person.as_written(Field::PartyStatus).unwrap_or("群众").to_owned();
            in_place_of_date.unwrap_or_else(written)
        }
    };
    let message = format!("政治面貌是「{status}」，既不计入党员也不计入入党积极分子");
    reading.report(Code::NotEligible, field, message, "通知的对象是党员和入党积极分子；填错的请改正");
}

fn read_status(reading: &mut Reading<'_>) {
    if !reading.scheme().has(Field::PartyStatus) {
        return;
    }
    let Some(given) = reading.given(Field::PartyStatus) else { return };
    let status = PartyStatus::parse(&given.text).or_else(|| PartyStatus::parse(with_joined(&given.text)?.0));
    reading.person.party_status = status.map_or_else(|| Answer::Typed(given.text.as_ref().into()), Answer::Known);
    reading.note_written(Field::PartyStatus, &given.text);
}

/// The status and the date of joining of 党员（2003年12月入党）.
fn with_joined(text: &str) -> Option<(&str, &str)> {
    let (status, behind) = text.trim().split_once(['（', '('])?;
    let date = behind.trim_end_matches(['）', ')']).trim_end_matches(is_blank_character).strip_suffix("入党")?;
    date.contains(|c: char| c.is_ascii_digit()).then_some((status, date))
}

/// The date of joining that is written behind the status.
fn joined_behind_status(reading: &Reading<'_>) -> Option<(String, Date)> {
    let written = reading.person.as_written(Field::PartyStatus)?;
    let (_, date) = with_joined(written)?;
    let joined = Date::parse(date, DateSource::Typed, reading.context().today).ok()?;
    Some((written.to_owned(), joined))
}

/// The status of the list, where the person does not say.
fn supply_status(reading: &mut Reading<'_>, listed: Option<&Member>) {
    if reading.scheme().has(Field::PartyStatus)
        && reading.person.party_status.is_blank()
        && let Some(status) = listed.and_then(|member| member.status)
    {
        reading.person.party_status = Answer::Known(status);
    }
}

fn read_joined(reading: &mut Reading<'_>, listed: Option<&Member>) {
    if !reading.scheme().has(Field::JoinedParty) {
        return;
    }
    let Some(given) = reading.given_date(Field::JoinedParty) else {
        return match joined_behind_status(reading) {
            Some((written, joined)) => take_joined(reading, &written, joined),
            None => {
                supply_joined(reading, listed, || ("没有填「入党时间」".into(), "党员请补上入党时间；入党积极分子请写「入党积极分子」"))
            }
        };
    };
    match parse_cell(&given, reading.context().epoch, reading.context().today) {
        Ok(joined) => take_joined(reading, &given.text, joined),
        Err(DateFault::Ambiguous(year)) => match settle_joined(reading, &given.text, year) {
            Some(joined) => take_joined(reading, &given.text, joined),
            None => reading.person.joined_party = Answer::Typed(given.text.as_ref().into()),
        },
        Err(DateFault::NotADate) => match PartyStatus::parse(&given.text) {
            Some(status) => take_status(reading, listed, &given.text, status),
            None => {
                let (fault, hint) = fault_in_words(&given, reading.context().today, "2008.07");
                let message = format!("入党时间「{}」{fault}", mask_digits(&shown(&given.text, given.kind)));
                let hint = format!("{hint}；不是转正时间，也不是申请时间");
                reading.report(Code::JoinedInvalid, Field::JoinedParty, message, &hint);
                reading.person.joined_party = Answer::Typed(given.text.as_ref().into());
            }
        },
    }
}

/// 入党积极分子 under 入党时间 says what the person is, where nothing else does; of a member it is no date.
fn take_status(reading: &mut Reading<'_>, listed: Option<&Member>, text: &str, status: PartyStatus) {
    if reading.person.party_status.is_blank() {
        reading.person.party_status = Answer::Known(status);
    }
    reading.note_written(Field::JoinedParty, text);
    supply_joined(reading, listed, || {
        let hint = "党员请补上入党时间；是入党积极分子的，「政治面貌」也请写「入党积极分子」";
        (format!("「入党时间」写的是「{}」，没有日期", mask_digits(text)), hint)
    });
}

fn take_joined(reading: &mut Reading<'_>, text: &str, joined: Date) {
    reading.keep_written(Field::JoinedParty, text, &joined.to_string());
    judge_joined(reading, joined);
    reading.person.joined_party = Answer::Known(joined);
}

/// The date of the list, where the person gives none; a member of whom neither says it is asked.
fn supply_joined(reading: &mut Reading<'_>, listed: Option<&Member>, words: impl FnOnce() -> (String, &'static str)) {
    supply_status(reading, listed);
    let is_member = counted_as(&reading.person) == Counted::Member;
    let joined = listed.and_then(|member| member.joined).filter(|joined| is_member && !is_before_founding(*joined));
    if let Some(joined) = joined.filter(|joined| !joined.definitely_after(reading.context().today)) {
        judge_joined(reading, joined);
        reading.person.joined_party = Answer::Known(joined);
        return;
    }
    let required = reading.scheme().spec(Field::JoinedParty).is_some_and(|spec| spec.required);
    if reading.is_asked(Field::JoinedParty) && !required && is_member {
        let (message, hint) = words();
        reading.report(Code::JoinedMissing, Field::JoinedParty, message, hint);
    }
}

fn is_before_founding(joined: Date) -> bool {
    Date::new(FOUNDED.0, FOUNDED.1, Some(FOUNDED.2)).is_some_and(|founded| joined.definitely_before(founded))
}

fn judge_joined(reading: &mut Reading<'_>, joined: Date) {
    let today = reading.context().today;
    let joining_age = reading.scheme().rules.joining_age;
    if is_before_founding(joined) {
        let message = format!("入党时间「{joined}」早于 1921 年 7 月 1 日建党");
        reading.report(Code::JoinedInvalid, Field::JoinedParty, message, "请对照党员档案改正");
    } else if joined.definitely_after(today) {
        reading.report(Code::JoinedInFuture, Field::JoinedParty, format!("入党时间「{joined}」在今天之后"), "请对照党员档案改正");
    } else if let Some(birth) = plausible_birth(reading)
        && birth.most_years_to(joined) < i16::from(joining_age)
    {
        let message = format!("入党时间「{joined}」时不满 {joining_age} 岁（出生年月「{birth}」）");
        reading.report(Code::JoinedUnderage, Field::JoinedParty, message, "请对照党员档案核对；确实如此的可以不改");
    }
}
