//! What is wrong with a split that somebody made: sizes, leaders, people in two teams.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use compact_str::CompactString;

use super::Identities;
use super::same::{is_leader, is_split, says_duty};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::registration::Registration;
use crate::rules::units::{Counted, counted_as};
use crate::scheme::Rules;
use crate::text::fold_word;

/// A team as the sheets name it.
struct Named {
    name: CompactString,
    /// Its people, each once, by place.
    members: Vec<usize>,
}

/// Judges the split that the sheets make, if they make one: everybody who was read counts, returned or not, and once.
///
/// Findings come team by team, in the order in which the teams appear.
pub(crate) fn judge(people: &[Registration], rules: &Rules) -> Vec<Diagnostic> {
    if !is_split(people.iter()) {
        return Vec::new();
    }
    let people: Vec<&Registration> = people.iter().collect();
    let (teams, doubles) = gather(&people);
    let sizes = bounds(rules);
    let has_duties = people.iter().any(|person| says_duty(person));
    let mut findings = Vec::new();
    for (place, team) in teams.iter().enumerate() {
        findings.extend(judge_size(team, teams.len(), &people, &sizes));
        if has_duties {
            findings.extend(judge_leader(team, &people));
        }
        let own = doubles.iter().filter(|(_, second, _)| *second == place);
        findings.extend(own.map(|(first, _, person)| double(&teams[*first], team, people[*person])));
    }
    findings
}

fn bounds(rules: &Rules) -> RangeInclusive<usize> {
    let size = |number| usize::try_from(number).unwrap_or(usize::MAX);
    size(rules.team_smallest)..=size(rules.team_largest)
}

/// The teams, and who stands in two of them: the first team, the second, the person.
fn gather(people: &[&Registration]) -> (Vec<Named>, Vec<(usize, usize, usize)>) {
    let mut teams: Vec<Named> = Vec::new();
    let mut by_name: HashMap<CompactString, usize> = HashMap::new();
    let mut identities = Identities::default();
    // for each person, known by the first place, the teams so far
    let mut stands: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut doubles = Vec::new();
    for (place, person) in people.iter().enumerate().filter(|(_, person)| !person.team.is_empty()) {
        let team = *by_name.entry(fold_word(&person.team)).or_insert_with(|| {
            teams.push(Named { name: person.team.clone(), members: Vec::new() });
            teams.len() - 1
        });
        let first = identities.first(people, place);
        let before = stands.entry(first).or_default();
        if before.contains(&team) {
            continue;
        }
        if let Some(other) = before.first() {
            doubles.push((*other, team, place));
        }
        before.push(team);
        teams[team].members.push(place);
    }
    (teams, doubles)
}

fn finding(code: Code, team: &Named, message: String, hint: String) -> Diagnostic {
    let at = Location { unit: Some(Arc::from(team.name.as_str())), ..Location::default() };
    Diagnostic::new(code, at, message).with_hint(hint)
}

fn judge_size(team: &Named, teams: usize, people: &[&Registration], sizes: &RangeInclusive<usize>) -> Option<Diagnostic> {
    let size = team.members.len();
    let (least, most) = (sizes.start(), sizes.end());
    if sizes.contains(&size) {
        return None;
    }
    let name = &team.name;
    let from = units_of(team, people);
    let (message, hint) = if size < *least && teams == 1 {
        (format!("「{name}」只有 {size} 人{from}，不足 {least} 人"), "人数不够时只编一支队，请再动员几名党员报名".to_owned())
    } else if size < *least {
        (format!("「{name}」只有 {size} 人{from}，不足 {least} 人"), format!("请与相近的支队合并，或补足到 {least} 人"))
    } else {
        (format!("「{name}」有 {size} 人{from}，超过 {most} 人"), format!("请分成几支，每支 {least} 到 {most} 人"))
    };
    Some(finding(Code::TeamSize, team, message, hint))
}

/// The units of a team in brackets, where there are several: two units may have given two teams one name.
fn units_of(team: &Named, people: &[&Registration]) -> String {
    let mut units: Vec<(&str, usize)> = Vec::new();
    for member in &team.members {
        let unit = people[*member].unit.as_str();
        match units.iter_mut().find(|(name, _)| *name == unit) {
            Some((_, count)) => *count += 1,
            None => units.push((unit, 1)),
        }
    }
    if units.len() < 2 || units.len() > 6 {
        return String::new();
    }
    let words: Vec<String> = units.iter().map(|(unit, count)| format!("{unit} {count} 人")).collect();
    format!("（{}）", words.join("、"))
}

fn judge_leader(team: &Named, people: &[&Registration]) -> Vec<Diagnostic> {
    let name = &team.name;
    let leaders: Vec<&Registration> = team.members.iter().map(|member| people[*member]).filter(|person| is_leader(person)).collect();
    let mut findings = Vec::new();
    if leaders.is_empty() {
        let hint = "支队长由党员骨干担任：请在「职责」里给一名党员写上「支队长」";
        findings.push(finding(Code::TeamLeaderInvalid, team, format!("「{name}」没有支队长"), hint.to_owned()));
    }
    if leaders.len() > 1 {
        let names: Vec<&str> = leaders.iter().map(|leader| leader.name.as_str()).collect();
        let message = format!("「{name}」有 {} 名支队长：{}", leaders.len(), names.join("、"));
        findings.push(finding(Code::TeamLeaderInvalid, team, message, "一支队只设一名支队长，请留下一人".to_owned()));
    }
    for leader in leaders {
        let why = match counted_as(leader) {
            Counted::Member => continue,
            Counted::Activist => "是入党积极分子，还不是党员",
            Counted::Neither => "不是党员",
        };
        let message = format!("「{name}」的支队长「{}」{why}", leader.name);
        findings.push(finding(Code::TeamLeaderInvalid, team, message, "支队长由党员骨干担任，请另选一名党员".to_owned()));
    }
    findings
}

fn double(first: &Named, second: &Named, person: &Registration) -> Diagnostic {
    let message = format!("「{}」既在「{}」又在「{}」", person.name, first.name, second.name);
    finding(Code::InTwoTeams, second, message, "一人只能在一支队，请留下一处".to_owned())
}
