//! Counting: the unit of each person, and the member counts that tables print of their own units.

use std::collections::{BTreeSet, HashMap};

use compact_str::CompactString;

use super::{Collection, Source};
use crate::marks::Origin;
use crate::members::Members;
use crate::registration::Registration;
use crate::rules::units;
use crate::text::{fold_word, without_padding};
use crate::units::Units;

impl<'s> Collection<'s> {
    /// The units that people are counted under: those of the list of members, which knows those of the units file.
    pub(super) fn known_units(&self) -> Option<&'s Units> {
        self.members.map(Members::units).or(self.units)
    }

    /// Gives everybody a unit whom the list of members has given none.
    pub(super) fn assign_units(&mut self) {
        let known = self.known_units();
        let units: Vec<Option<CompactString>> =
            self.people.iter().map(|person| person.unit.is_empty().then(|| self.unit_of(person, known)).flatten()).collect();
        // 第一 支部 and 第一支部 are one unit, by whatever spelling comes first
        let mut spellings: HashMap<CompactString, CompactString> = HashMap::new();
        for unit in known.iter().flat_map(|units| units.iter()) {
            spellings.insert(fold_word(&unit.name), unit.name.clone());
        }
        for (person, unit) in self.people.iter_mut().zip(units) {
            let Some(unit) = unit else { continue };
            person.unit = match spellings.get(&unit) {
                Some(plain) if *plain == unit => unit,
                _ => spellings.entry(fold_word(&unit)).or_insert_with(|| without_padding(&unit)).clone(),
            };
        }
    }

    fn unit_of(&self, person: &Registration, units: Option<&Units>) -> Option<CompactString> {
        let source = self.source(person.place.table)?;
        let stem = self.origins.get(&person.place).map_or_else(|| source.stem(), Origin::file_stem);
        // a row that came back says less of its unit than the table it was returned from
        let says_nothing = source.reporting_unit.is_empty() && source.titles.is_empty();
        let original = self.originals.get(&person.place).filter(|_| says_nothing).and_then(|table| self.source(*table));
        let source = original.unwrap_or(source);
        if let Some(above) = self.units_above.get(&person.place) {
            return Some(unit_of_form(above, stem, person, units));
        }
        Some(unit_in(source, stem, person, units))
    }

    pub(super) fn source(&self, table: u32) -> Option<&Source> {
        usize::try_from(table).ok().and_then(|table| self.sources.get(table))
    }

    /// The totals printed above tables: of the unit that everybody in the table belongs to, else of the one that the table
    /// names itself.
    pub(super) fn printed_members(&self) -> Vec<(CompactString, u32)> {
        if self.sources.iter().all(|source| source.members.is_none()) {
            return Vec::new();
        }
        let mut units: Vec<BTreeSet<&CompactString>> = vec![BTreeSet::new(); self.sources.len()];
        for person in &self.people {
            if let Some(units) = usize::try_from(person.place.table).ok().and_then(|table| units.get_mut(table)) {
                units.insert(&person.unit);
            }
        }
        let printed = self.sources.iter().zip(&units).filter_map(|(source, units)| {
            let members = source.members?;
            let only = units.first().filter(|_| units.len() == 1).map(|unit| (*unit).clone());
            let own = || without_padding(&unit_in(source, source.stem(), &Registration::default(), self.known_units()));
            Some((only.unwrap_or_else(own), members))
        });
        printed.collect()
    }
}

/// The unit of a person of a form below a line that names one: a form says of one person what a table's line above says of
/// everybody, so that its own 工作单位 is nearer than the line.
fn unit_of_form(above: &str, stem: &str, person: &Registration, units: Option<&Units>) -> CompactString {
    let own = [person.branch.as_str(), person.employer.as_str()].into_iter().find(|unit| !unit.is_empty());
    let known =
        units.and_then(|units| own.and_then(|own| units.find(own)).or_else(|| units::known_unit_of(units, person, above, &[], stem)));
    known.map_or_else(|| own.unwrap_or(above).into(), |unit| unit.name.clone())
}

/// The unit of a person of this source, among those that are known or as the source names it.
fn unit_in(source: &Source, stem: &str, person: &Registration, units: Option<&Units>) -> CompactString {
    let known = units.and_then(|units| units::known_unit_of(units, person, &source.reporting_unit, &source.titles, stem));
    known.map_or_else(|| units::unit_of(person, &source.reporting_unit, stem).into(), |unit| unit.name.clone())
}
