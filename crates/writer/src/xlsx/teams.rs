//! The service teams 支队: who is in which, and the teams themselves with the 大队.

use mingce_core::compose;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::teams::{Team, Teams};

use super::XlsxOptions;
use super::frame::{failed, workbook};
use super::list::{self, Line};
use crate::Error;

/// Names of the two sheets.
const PEOPLE: &str = "支队名单";
const TEAMS: &str = "支队汇总";

const PEOPLE_HEADINGS: [&str; 7] = ["支队", "职责", "姓名", "性别", "单位", "手机", "志愿服务项目"];
const TEAM_HEADINGS: [&str; 5] = ["队伍", "人数", "队长", "单位", "说明"];

/// The column of 人数.
const SIZE: u16 = 1;

/// What a person is in a team.
const LEADER: &str = "支队长";
const MEMBER: &str = "队员";

/// The teams of these people: on the first sheet a line per person, on the second a line per team.
///
/// From two teams up the second sheet has a line for the 大队; who leads it is left blank, for the notice wants a
/// 副科级干部. People whom an existing split leaves out stand below the teams without one.
///
/// # Errors
/// A workbook that could not be put together.
pub fn teams(people: &[&Registration], teams: &Teams, scheme: &Scheme, options: &XlsxOptions) -> Result<Vec<u8>, Error> {
    let mut book = workbook(options)?;
    let sheet = book.add_worksheet();
    let lines = people_lines(people, teams, scheme);
    sheet.set_name(PEOPLE).map_err(|error| failed(PEOPLE, error))?;
    list::write(sheet, "党员志愿者服务支队名单", &PEOPLE_HEADINGS, &lines).map_err(|error| failed(PEOPLE, error))?;
    let sheet = book.add_worksheet();
    let lines = team_lines(people, teams);
    sheet.set_name(TEAMS).map_err(|error| failed(TEAMS, error))?;
    list::write_with_numbers(sheet, "党员志愿者服务支队汇总", &TEAM_HEADINGS, &lines, &[SIZE]).map_err(|error| failed(TEAMS, error))?;
    book.save_to_buffer().map_err(|error| failed("xl", error))
}

fn people_lines(people: &[&Registration], teams: &Teams, scheme: &Scheme) -> Vec<Line> {
    let mut lines = Vec::with_capacity(people.len());
    let person_line = |team: &str, duty: &str, person: &Registration| {
        let text = |field| compose::text(person, field, scheme).into_owned();
        let unit = person.unit.to_string();
        let texts =
            [team.to_owned(), duty.to_owned(), text(Field::Name), text(Field::Sex), unit, text(Field::Mobile), text(Field::Services)];
        Line::of(texts)
    };
    for (number, team) in teams.teams.iter().enumerate() {
        for member in &team.members {
            let Some(person) = people.get(*member) else { continue };
            let is_leader = team.leader == Some(*member);
            let line = person_line(&team.name, if is_leader { LEADER } else { MEMBER }, person);
            lines.push(Line { is_strong: is_leader, is_shaded: number % 2 == 1, ..line });
        }
    }
    lines.extend(teams.left_out.iter().filter_map(|place| people.get(*place)).map(|person| person_line("", "", person)));
    lines
}

fn team_lines(people: &[&Registration], teams: &Teams) -> Vec<Line> {
    let mut lines: Vec<Line> = teams
        .teams
        .iter()
        .map(|team| {
            let leader = team.leader.and_then(|leader| people.get(leader)).map_or_else(String::new, |person| person.name.to_string());
            let units = units(people, team);
            Line::of([team.name.to_string(), team.members.len().to_string(), leader, units, team.reason.clone()])
        })
        .collect();
    if !teams.left_out.is_empty() {
        let count = teams.left_out.len();
        let reason = "原有的分队里没有这些人，人数又不够另编一支队，请把他们编入已有的支队";
        lines.push(Line::of(["未编入支队".to_owned(), count.to_string(), String::new(), String::new(), reason.to_owned()]));
    }
    if teams.has_brigade() {
        let count: usize = teams.teams.iter().map(|team| team.members.len()).sum();
        let made_of = format!("{} 支支队", teams.teams.len());
        let reason = "大队长由一名副科级干部担任，请填写";
        let line = Line::of(["志愿服务大队".to_owned(), count.to_string(), String::new(), made_of, reason.to_owned()]);
        lines.push(Line { is_strong: true, ..line });
    }
    lines
}

/// The units of a team, in the order they stand.
fn units(people: &[&Registration], team: &Team) -> String {
    let mut units: Vec<&str> = Vec::new();
    let mut members = team.members.clone();
    members.sort_unstable();
    for person in members.iter().filter_map(|member| people.get(*member)) {
        if !person.unit.is_empty() && !units.contains(&person.unit.as_str()) {
            units.push(&person.unit);
        }
    }
    units.join("、")
}
