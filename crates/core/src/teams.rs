//! Service teams 支队: who goes with whom, and what is wrong with a split that somebody made before.
//!
//! The central noun is [`Teams`]. [`form`] splits people into as few teams as the rules allow, units kept together;
//! where the sheets already say who is in which team, that split is kept, and `judge` says what is wrong with it.
//!
//! Source: 常西科委发〔2014〕24号, 四、组建程序 4 ("按每5-10人组建一支党员志愿者服务支队 … 组建多个志愿者服务队的，可设立
//! 志愿服务大队；支队长由党员骨干担任，大队长由一名副科级干部担任").

mod judge;
mod leader;
mod names;
mod partition;
mod reason;
mod same;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use compact_str::CompactString;

use crate::registration::Registration;
use crate::scheme::{Field, Scheme};
use crate::text::fold_word;

pub(crate) use judge::judge;
pub use same::with_teams;
pub(crate) use same::{Identities, is_split};

/// One service team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its name, such as 第一支队.
    pub name: CompactString,
    /// Its people, as places among those given; the leader first.
    pub members: Vec<usize>,
    /// The 支队长: the one the sheet names, else a member with 职务 who is proposed; `None` if there is nobody to propose.
    pub leader: Option<usize>,
    /// Why these people stand together, and what is to be seen to.
    pub reason: String,
}

/// A split of people into service teams.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Teams {
    /// The teams, in the order of their units; of a split that was there before, in the order in which they appear.
    pub teams: Vec<Team>,
    /// People whom an existing split leaves out and who are too few for a team of their own.
    pub left_out: Vec<usize>,
}

impl Teams {
    /// Whether there are several teams, which may then form a 大队.
    #[must_use]
    pub fn has_brigade(&self) -> bool {
        self.teams.len() >= 2
    }
}

/// Splits these people into teams, everybody into exactly one.
///
/// As few teams as the scheme's sizes allow, people of one unit together (of one district, where they have no unit), then
/// those of one service, then balanced. Fewer people than a team has are one team. Where the sheets name teams, those are
/// kept, and only people without one are split.
///
/// # Examples
/// ```
/// use mingce_core::registration::Registration;
/// use mingce_core::scheme::Scheme;
/// use mingce_core::teams::form;
///
/// let person = Registration::default();
/// let teams = form(&[&person; 21], &Scheme::built_in());
/// let sizes: Vec<usize> = teams.teams.iter().map(|team| team.members.len()).collect();
/// assert_eq!(sizes, [7, 7, 7]);
/// ```
#[must_use]
pub fn form(people: &[&Registration], scheme: &Scheme) -> Teams {
    let everybody: Vec<usize> = (0..people.len()).collect();
    if !is_split(people.iter().copied()) {
        let teams = new_teams(people, &everybody, scheme, &[]);
        return Teams { teams, left_out: Vec::new() };
    }
    let mut teams = existing(people, scheme);
    let rest: Vec<usize> = everybody.into_iter().filter(|person| people[*person].team.is_empty()).collect();
    if rest.len() < smallest(scheme) {
        return Teams { teams, left_out: rest };
    }
    let taken: Vec<CompactString> = teams.iter().map(|team| team.name.clone()).collect();
    teams.extend(new_teams(people, &rest, scheme, &taken));
    Teams { teams, left_out: Vec::new() }
}

/// What the rules look at when people are put together.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Traits {
    /// The unit, by its first appearance; people without one have their district for it.
    unit: usize,
    /// The district, likewise.
    district: usize,
    /// The options of the service intent, by their places in the scheme.
    services: Vec<usize>,
}

fn smallest(scheme: &Scheme) -> usize {
    usize::try_from(scheme.rules.team_smallest).unwrap_or(usize::MAX)
}

fn largest(scheme: &Scheme) -> usize {
    usize::try_from(scheme.rules.team_largest).unwrap_or(usize::MAX)
}

/// New teams of these people, with names that are not taken.
fn new_teams(people: &[&Registration], chosen: &[usize], scheme: &Scheme, taken: &[CompactString]) -> Vec<Team> {
    let traits = traits(people, chosen, scheme);
    let groups = partition::partition(&traits, smallest(scheme), largest(scheme));
    let reasons = reason::reasons(&groups, &traits, |place| unit_name(people[chosen[place]]), smallest(scheme)..=largest(scheme));
    let names = names::ordinal().filter(|name| !taken.contains(name));
    let teams = groups.into_iter().zip(reasons).zip(names).map(|((group, reason), name)| {
        let members: Vec<usize> = group.into_iter().map(|place| chosen[place]).collect();
        let leader = leader::propose(people, &members);
        team(name, members, leader, reason)
    });
    teams.collect()
}

/// The teams that the sheets name, each with its people in input order.
fn existing(people: &[&Registration], scheme: &Scheme) -> Vec<Team> {
    let mut places: HashMap<CompactString, usize> = HashMap::new();
    let mut found: Vec<(CompactString, Vec<usize>)> = Vec::new();
    for (place, person) in people.iter().enumerate().filter(|(_, person)| !person.team.is_empty()) {
        let team = *places.entry(fold_word(&person.team)).or_insert_with(|| {
            found.push((person.team.clone(), Vec::new()));
            found.len() - 1
        });
        found[team].1.push(place);
    }
    // where no sheet says who leads, somebody is proposed
    let is_open = !people.iter().any(|person| same::says_duty(person));
    let teams = found.into_iter().map(|(name, members)| {
        let leader = if is_open {
            leader::propose(people, &members)
        } else {
            members.iter().copied().find(|member| same::is_leader(people[*member]))
        };
        let reason = reason::of_existing(members.len(), smallest(scheme)..=largest(scheme));
        team(name, members, leader, reason)
    });
    teams.collect()
}

fn team(name: CompactString, mut members: Vec<usize>, leader: Option<usize>, mut reason: String) -> Team {
    members.sort_by_key(|member| Some(*member) != leader);
    if leader.is_none() {
        reason.push_str("；没有可以推荐为支队长的人（应为填有职务的党员），请另行确定");
    }
    Team { name, members, leader, reason }
}

/// What people are kept together by; units and districts are counted from the first person on.
fn traits(people: &[&Registration], chosen: &[usize], scheme: &Scheme) -> Vec<Traits> {
    let (mut units, mut districts) = (HashMap::new(), HashMap::new());
    let of = |person: &Registration, units: &mut HashMap<CompactString, usize>, districts: &mut HashMap<CompactString, usize>| {
        let (next_unit, next_district) = (units.len(), districts.len());
        let options = scheme.options(Field::Services);
        let places = person.services.chosen.iter();
        Traits {
            unit: *units.entry(fold_word(unit_name(person))).or_insert(next_unit),
            district: *districts.entry(fold_word(&person.district)).or_insert(next_district),
            services: places.filter_map(|choice| options.iter().position(|option| option.label == choice.label())).collect(),
        }
    };
    chosen.iter().map(|place| of(people[*place], &mut units, &mut districts)).collect()
}

/// The unit a person is kept together with, or the district.
fn unit_name(person: &Registration) -> &str {
    if person.unit.is_empty() { &person.district } else { &person.unit }
}
