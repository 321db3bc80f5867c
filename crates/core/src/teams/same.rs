//! Who is who in a split that somebody made: the same person on two lines, and who leads.

use std::collections::HashMap;

use crate::registration::Registration;

/// Whether the sheets say who is in which team.
pub(crate) fn is_split<'p>(mut people: impl Iterator<Item = &'p Registration>) -> bool {
    people.any(|person| !person.team.is_empty())
}

/// Whether the person's sheet says anything of duties: it has a column for them, or names a 支队长 under 职务.
pub(super) fn says_duty(person: &Registration) -> bool {
    person.duty.is_some() || is_leader(person)
}

/// Whether the sheet says that this person leads the team.
pub(super) fn is_leader(person: &Registration) -> bool {
    let leads = |words: &str| (words.contains("支队长") || words == "队长") && !words.contains('副');
    person.duty.as_deref().is_some_and(leads) || (person.position.contains("支队长") && leads(&person.position))
}

/// These people, with the team and duty that another line of theirs names where their own names none: somebody's split comes
/// in a list of its own, such as our workbook of teams with a few people moved. `None` if there is nothing to take over.
///
/// `all` are the lines that were read, those of these people among them.
#[must_use]
pub fn with_teams(people: &[&Registration], all: &[Registration]) -> Option<Vec<Registration>> {
    let named = all.iter().filter(|line| !line.team.is_empty());
    let lines: Vec<&Registration> = named.chain(people.iter().copied()).collect();
    let split = lines.len() - people.len();
    let mut identities = Identities::default();
    let firsts: Vec<usize> = (0..lines.len()).map(|place| identities.first(&lines, place)).collect();
    let team_of = |place: usize| Some(lines[firsts[split + place]]).filter(|line| people[place].team.is_empty() && !line.team.is_empty());
    if !(0..people.len()).any(|place| team_of(place).is_some()) {
        return None;
    }
    let taken_over = people.iter().enumerate().map(|(place, person)| {
        let mut person = (*person).clone();
        if let Some(line) = team_of(place) {
            person.team = line.team.clone();
            person.duty = person.duty.or_else(|| line.duty.clone());
        }
        person
    });
    Some(taken_over.collect())
}

/// Finds the same person again: by ID number, else by name and mobile, else by name and birth.
#[derive(Debug, Default)]
pub(crate) struct Identities<'p> {
    numbers: HashMap<&'p str, usize>,
    mobiles: HashMap<(&'p str, &'p str), usize>,
    births: HashMap<(&'p str, (i16, u8)), usize>,
}

impl<'p> Identities<'p> {
    /// The place of the first line on which this person stood; `place` if this is the first.
    ///
    /// Two different ID numbers are two people, whatever else is equal.
    pub(crate) fn first(&mut self, people: &[&'p Registration], place: usize) -> usize {
        let person = people[place];
        let number = person.id_number.known().map(|number| number.as_str());
        let mobile = person.mobile.known().map(|mobile| (person.name.as_str(), mobile.as_str()));
        let birth = person.birth.known().map(|birth| (person.name.as_str(), (birth.year(), birth.month())));
        let differs = |other: &usize| {
            let other = people[*other].id_number.known().map(|number| number.as_str());
            number.is_some() && other.is_some() && number != other
        };
        let by_number = number.and_then(|number| self.numbers.get(number)).copied();
        let by_mobile = mobile.and_then(|key| self.mobiles.get(&key)).copied().filter(|other| !differs(other));
        let by_birth = birth.and_then(|key| self.births.get(&key)).copied().filter(|other| !differs(other));
        // one mobile tells two people of one name and birth apart, so the weakest sign counts only where a mobile is missing
        let has_mobile = |other: usize| people[other].mobile.known().is_some();
        let by_birth = by_birth.filter(|other| mobile.is_none() || !has_mobile(*other));
        let first = by_number.or(by_mobile).or(by_birth).unwrap_or(place);
        if let Some(number) = number {
            self.numbers.entry(number).or_insert(first);
        }
        if let Some(key) = mobile {
            self.mobiles.entry(key).or_insert(first);
        }
        if let Some(key) = birth {
            self.births.entry(key).or_insert(first);
        }
        first
    }
}
