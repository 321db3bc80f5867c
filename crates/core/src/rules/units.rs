//! Under which unit a person is counted, and how many of a unit's members volunteer.
//!
//! Source: 常西科委发〔2014〕24号, 四、组建程序 1 ("单位党员参与的比例应在50%以上").

use std::collections::HashMap;
use std::sync::Arc;

use compact_str::CompactString;

use crate::collection::{Fate, UnitReport};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::registration::{Answer, Registration};
use crate::scheme::Rules;
use crate::units::{Unit, Units};
use crate::value::PartyStatus;

/// The unit of a person whose source names no units: branch, else 填报单位, else employer, else the file's name.
pub(crate) fn unit_of<'p>(person: &'p Registration, reporting_unit: &'p str, file_stem: &'p str) -> &'p str {
    [person.branch.as_str(), reporting_unit, person.employer.as_str(), file_stem]
        .into_iter()
        .find(|unit| !unit.is_empty())
        .unwrap_or_default()
}

/// How a person counts towards a unit's ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    Member,
    Activist,
    Neither,
}

/// Blank counts as a member: the subjects of the notice are members, and activists say so.
pub(crate) fn counted_as(person: &Registration) -> Counted {
    match &person.party_status {
        Answer::Blank | Answer::Known(PartyStatus::Member | PartyStatus::ProbationaryMember) => Counted::Member,
        Answer::Known(PartyStatus::Activist | PartyStatus::Candidate) => Counted::Activist,
        Answer::Known(PartyStatus::Other) | Answer::Typed(_) => Counted::Neither,
    }
}

/// The unit of a person among the units that are known: the first of branch, 填报单位, title, employer and file name
/// that is one of them, or names one.
pub(crate) fn known_unit_of<'u>(
    units: &'u Units,
    person: &Registration,
    reporting_unit: &str,
    titles: &[CompactString],
    file_stem: &str,
) -> Option<&'u Unit> {
    units
        .find(&person.branch)
        .or_else(|| units.find(reporting_unit))
        .or_else(|| titles.iter().find_map(|title| units.find_in(title)))
        .or_else(|| units.find(&person.employer))
        .or_else(|| units.find_in(file_stem))
}

/// What is known of the units beside the people in them.
#[derive(Debug, Default)]
pub(crate) struct Known<'u> {
    /// The units that people are counted under: of the units file and of the list of members.
    pub(crate) units: Option<&'u Units>,
    /// Those of the units file alone, if there is one.
    pub(crate) file: Option<&'u Units>,
    /// Totals printed above tables (党员总数：42), by unit.
    pub(crate) printed: Vec<(CompactString, u32)>,
}

/// Counts accepted people by unit: the units of the file in its order, then others in the order they first appear.
pub(crate) fn count(people: &[Registration], fates: &[Fate], known: &Known<'_>, rules: &Rules) -> Vec<UnitReport> {
    let mut reports: Vec<UnitReport> = Vec::new();
    let mut places: HashMap<CompactString, usize> = HashMap::new();
    for unit in known.units.iter().flat_map(|units| units.iter()) {
        places.insert(unit.name.clone(), reports.len());
        reports.push(empty(&unit.name, unit.members));
    }
    for (person, _) in people.iter().zip(fates).filter(|(_, fate)| **fate == Fate::Accepted) {
        let place = *places.entry(person.unit.clone()).or_insert_with(|| {
            reports.push(empty(&person.unit, None));
            reports.len() - 1
        });
        match counted_as(person) {
            Counted::Member => reports[place].volunteers += 1,
            Counted::Activist => reports[place].activists += 1,
            Counted::Neither => {}
        }
    }
    for report in &mut reports {
        if report.members.is_none() {
            report.members = known.printed.iter().find(|(unit, _)| *unit == *report.unit).map(|(_, members)| *members);
        }
        rate(report, rules.participation);
    }
    reports
}

fn empty(unit: &str, members: Option<u32>) -> UnitReport {
    UnitReport { unit: Arc::from(unit), members, volunteers: 0, activists: 0, ratio: None, met: None, shortfall: None }
}

/// The ratio, and how many more the rule asks for; 以上 includes the number itself.
fn rate(report: &mut UnitReport, participation: f64) {
    let Some(members) = report.members.filter(|members| *members > 0) else { return };
    let volunteers = u32::try_from(report.volunteers).unwrap_or(u32::MAX);
    // half a person is a person; the tolerance is far below one person of any unit
    let needed = (participation * f64::from(members) - 1e-6).ceil().max(0.0);
    let missing = (needed - f64::from(volunteers)).max(0.0);
    report.ratio = Some(f64::from(volunteers) / f64::from(members));
    report.met = Some(missing <= 0.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the number of members")]
    let shortfall = missing as usize;
    report.shortfall = Some(shortfall);
}

/// What is to be said of the units, in their order.
pub(crate) fn judge(reports: &[UnitReport], known: &Known<'_>, rules: &Rules) -> Vec<Diagnostic> {
    let findings_of = |report| {
        let (unknown, members) = (of_unknown(report, known), of_members(report, known));
        let shares = members.is_none().then(|| [of_excess(report), of_share(report, rules)]).into_iter().flatten().flatten();
        unknown.into_iter().chain(members).chain(shares)
    };
    reports.iter().flat_map(findings_of).collect()
}

fn finding(code: Code, report: &UnitReport, message: String, hint: impl Into<Arc<str>>) -> Diagnostic {
    let at = Location { unit: Some(Arc::clone(&report.unit)), ..Location::default() };
    Diagnostic::new(code, at, message).with_hint(hint)
}

/// A unit that the list of units does not know.
fn of_unknown(report: &UnitReport, known: &Known<'_>) -> Option<Diagnostic> {
    let UnitReport { unit, volunteers, .. } = report;
    known.file.filter(|units| units.find(unit).is_none())?;
    let message = format!("单位「{unit}」不在单位名单里，有 {volunteers} 名党员志愿者算在它名下");
    Some(finding(Code::UnitUnknown, report, message, "请把它写进单位名单，或写成某个单位的别名"))
}

/// A unit whose number of members nobody gives, though somebody gives those of others.
fn of_members(report: &UnitReport, known: &Known<'_>) -> Option<Diagnostic> {
    if members_of(report).is_some() || known.units.is_none() {
        return None;
    }
    let message = format!("不知道「{}」的党员总数，算不出参与比例", report.unit);
    let hint = if known.file.is_some() {
        "请在单位名单里填上党员总数"
    } else {
        "请用 --units 给出单位名单，写上党员总数"
    };
    Some(finding(Code::UnitMembersMissing, report, message, hint))
}

fn of_excess(report: &UnitReport) -> Option<Diagnostic> {
    let UnitReport { unit, volunteers, .. } = report;
    let members = members_of(report).filter(|members| u64::try_from(*volunteers).unwrap_or(u64::MAX) > u64::from(*members))?;
    let message = format!("「{unit}」有党员志愿者 {volunteers} 人，比党员总数 {members} 人还多");
    Some(finding(Code::MembersExceeded, report, message, "请核对党员总数，或看看有没有别的单位的人算了进来"))
}

fn of_share(report: &UnitReport, rules: &Rules) -> Option<Diagnostic> {
    let UnitReport { unit, volunteers, .. } = report;
    let members = members_of(report).filter(|_| report.met == Some(false))?;
    let (percent, needed) = (percent(report.ratio.unwrap_or_default()), percent(rules.participation));
    let shortfall = report.shortfall.unwrap_or_default();
    let message = format!("「{unit}」党员 {members} 人，已登记 {volunteers} 人，占 {percent}，不到 {needed}，还差 {shortfall} 人");
    Some(finding(Code::ParticipationBelowHalf, report, message, format!("请再动员 {shortfall} 名党员报名")))
}

/// The number of the unit's members; none is as good as none given.
fn members_of(report: &UnitReport) -> Option<u32> {
    report.members.filter(|members| *members > 0)
}

/// A share as a person writes it, cut and not rounded: 49.9 % is not half.
fn percent(share: f64) -> String {
    let tenths = (share * 1000.0 + 1e-6).floor() / 10.0;
    format!("{tenths}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(members: u32, volunteers: usize) -> UnitReport {
        let mut report = UnitReport { volunteers, ..empty("长塘村", Some(members)) };
        rate(&mut report, 0.5);
        report
    }

    #[test]
    fn exactly_half_meets_the_ratio_and_one_less_does_not() {
        for (members, volunteers, met, shortfall) in [
            (40, 20, true, 0),
            (40, 19, false, 1),
            (41, 20, false, 1),
            (41, 21, true, 0),
            (1, 0, false, 1),
            (1, 1, true, 0),
            (40, 45, true, 0),
        ] {
            let report = rated(members, volunteers);
            assert_eq!((report.met, report.shortfall), (Some(met), Some(shortfall)), "{volunteers} of {members}");
        }
    }

    #[test]
    fn a_unit_without_members_has_no_ratio() {
        assert_eq!((rated(0, 3).ratio, rated(0, 3).met), (None, None));
    }

    #[test]
    fn a_share_just_under_half_is_not_rounded_up_to_it() {
        assert_eq!(percent(0.4999), "49.9%");
        assert_eq!(percent(0.5), "50%");
    }
}
