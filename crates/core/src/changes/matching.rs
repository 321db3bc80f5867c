//! Who is who: lines of two sides that are the same person.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use compact_str::CompactString;

use super::MatchedBy;
use crate::collection::{Checked, Fate};
use crate::registration::Registration;

/// One side: its people, each once.
pub(super) struct Side<'c> {
    people: &'c [Registration],
    /// The places of people with a name, each person once, in input order.
    pub(super) places: Vec<usize>,
}

/// An old and a new line of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) by: MatchedBy,
}

type Traits<'p> = (&'p str, (i16, u8), &'p str);

impl<'c> Side<'c> {
    /// Everybody who was read, returned or not: a mistyped number does not make anybody leave. Of several lines of one
    /// person an accepted one stands for all.
    pub(super) fn of(checked: &'c Checked) -> Self {
        let people = &checked.people;
        let (accepted, returned): (Vec<usize>, Vec<usize>) = (0..people.len())
            .filter(|place| !people[*place].name.is_empty())
            .partition(|place| checked.fates.get(*place) == Some(&Fate::Accepted));
        let mut numbers: HashSet<CompactString> = HashSet::new();
        let mut seen: HashSet<Traits<'c>> = HashSet::new();
        let mut places: Vec<usize> = Vec::new();
        for place in accepted.into_iter().chain(returned) {
            if checked.repeats.get(place).copied().flatten().is_some() {
                continue;
            }
            let (number, traits) = (number(&people[place]), traits(&people[place]));
            let is_known = match &number {
                Some(number) => numbers.contains(number),
                None => traits.is_some_and(|traits| seen.contains(&traits)),
            };
            numbers.extend(number);
            seen.extend(traits);
            if !is_known {
                places.push(place);
            }
        }
        places.sort_unstable();
        Self { people, places }
    }

    fn free<'s>(&'s self, taken: &'s HashSet<usize>) -> impl Iterator<Item = (usize, &'c Registration)> + 's {
        self.places.iter().copied().filter(|place| !taken.contains(place)).map(|place| (place, &self.people[place]))
    }
}

/// The pairs, in the order of the new people; nobody is in two of them.
pub(super) fn pairs(old: &Side<'_>, new: &Side<'_>) -> Vec<Pair> {
    let mut search = Search { old, new, pairs: Vec::new(), taken_old: HashSet::new(), taken_new: HashSet::new() };
    search.by(MatchedBy::IdNumber, number, |_, _| true);
    search.by(MatchedBy::NameAndMobile, |person| Some((person.name.as_str(), mobile(person)?)), |_, _| true);
    search.by(MatchedBy::NameAndBirth, |person| Some((person.name.as_str(), birth(person)?)), |old, new| !differ(number(old), number(new)));
    search.by(MatchedBy::Mobile, mobile, |old, new| {
        // a couple may share a mobile: one who left and one who joined are not one who was renamed
        !differ(number(old), number(new)) && !differ(birth(old), birth(new)) && !differ(old.sex.known(), new.sex.known())
    });
    let mut pairs = search.pairs;
    pairs.sort_by_key(|pair| pair.new);
    pairs
}

struct Search<'s, 'c> {
    old: &'s Side<'c>,
    new: &'s Side<'c>,
    pairs: Vec<Pair>,
    taken_old: HashSet<usize>,
    taken_new: HashSet<usize>,
}

impl<'c> Search<'_, 'c> {
    /// Pairs those still free whose keys are equal, the first of each with the first.
    fn by<K: Eq + Hash>(
        &mut self,
        by: MatchedBy,
        key: impl Fn(&'c Registration) -> Option<K>,
        fits: impl Fn(&Registration, &Registration) -> bool,
    ) {
        let mut waiting: HashMap<K, Vec<usize>> = HashMap::new();
        for (place, person) in self.old.free(&self.taken_old) {
            if let Some(key) = key(person) {
                waiting.entry(key).or_default().push(place);
            }
        }
        let mut found = Vec::new();
        for (place, person) in self.new.free(&self.taken_new) {
            let Some(candidates) = key(person).and_then(|key| waiting.get_mut(&key)) else { continue };
            let Some(chosen) = candidates.iter().position(|old| fits(&self.old.people[*old], person)) else { continue };
            found.push(Pair { old: candidates.remove(chosen), new: place, by });
        }
        for pair in found {
            self.taken_old.insert(pair.old);
            self.taken_new.insert(pair.new);
            self.pairs.push(pair);
        }
    }
}

/// The number in 18 digits: somebody's card may have been exchanged between the two.
fn number(person: &Registration) -> Option<CompactString> {
    person.id_number.known().map(|number| number.upgraded().map_or_else(|| number.as_str().into(), |longer| longer.as_str().into()))
}

fn mobile(person: &Registration) -> Option<&str> {
    person.mobile.known().map(|mobile| mobile.as_str())
}

fn birth(person: &Registration) -> Option<(i16, u8)> {
    person.birth.known().map(|birth| (birth.year(), birth.month()))
}

fn traits(person: &Registration) -> Option<Traits<'_>> {
    Some((person.name.as_str(), birth(person)?, mobile(person)?))
}

/// Whether both are known and not equal.
fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}
