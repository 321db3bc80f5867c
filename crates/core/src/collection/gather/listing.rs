//! Listing: the people of a 党员花名册, and what its keeper should hear of its lines.
//!
//! Nobody of the list is returned, so all of it is told as warnings, with the codes that the same faults have in a
//! registration.

use compact_str::CompactString;

use super::Collection;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::mask::mask_digits;
use crate::members::{Members, Repeat, organisation_in, settle_status};
use crate::registration::Registration;
use crate::rules::units;
use crate::scheme::Field;
use crate::units::Units;

/// Faults by which somebody of the list is not found, or found without what the list is kept for.
const TOLD: [Code; 14] = [
    Code::NameMissing,
    Code::NameInvalid,
    Code::NamePrivateCharacter,
    Code::BirthInvalid,
    Code::IdLength,
    Code::IdCharacters,
    Code::IdDate,
    Code::IdChecksum,
    Code::IdDigitsLost,
    Code::JoinedInvalid,
    Code::JoinedInFuture,
    Code::DateAmbiguous,
    Code::HiddenRow,
    Code::HiddenSheet,
];

impl Collection<'_> {
    /// The people gathered as the list of party members that other people are looked up in.
    ///
    /// `units` are the units that are known otherwise. Of a line with a fault what could be understood counts, and the
    /// fault is told with the findings of every run that uses the list.
    #[must_use]
    pub fn into_members(mut self, units: Option<&Units>) -> Members {
        for person in &mut self.people {
            settle_status(person);
        }
        let listed = self.people.iter().map(|person| (person, self.listed_unit(person, units)));
        let (mut members, repeats) = Members::new(listed, units);
        for repeat in repeats {
            self.place_repeat(&repeat);
        }
        self.findings.retain(|placed| TOLD.contains(&placed.diagnostic.code) || is_repeat(placed.diagnostic.code));
        self.findings.sort_by_key(|placed| placed.order);
        members.set_faults(self.findings.into_iter().map(|placed| of_the_list(placed.diagnostic)).collect());
        members
    }

    /// The unit that somebody of the list belongs to; empty if the list does not say.
    fn listed_unit(&self, person: &Registration, units: Option<&Units>) -> CompactString {
        let Some(source) = self.source(person.place.table) else { return CompactString::default() };
        let known = units.and_then(|units| units::known_unit_of(units, person, &source.reporting_unit, &source.titles, source.stem()));
        if let Some(unit) = known {
            return unit.name.clone();
        }
        let own = source.has_unit_column.then_some(&person.employer);
        if let Some(unit) = [Some(&person.branch), own, Some(&source.reporting_unit)].into_iter().flatten().find(|unit| !unit.is_empty()) {
            return unit.clone();
        }
        let words = source.titles.iter().map(CompactString::as_str).chain([source.stem()]);
        words.map(organisation_in).find(|name| !name.is_empty()).unwrap_or_default()
    }

    fn place_repeat(&mut self, repeat: &Repeat) {
        let (Some(person), Some(first)) = (self.people.get(repeat.person), self.people.get(repeat.first)) else { return };
        let number = person.id_number.known().filter(|number| Some(*number) == first.id_number.known());
        let (code, field, message, hint) = match number {
            Some(number) if person.name != first.name => (
                Code::DuplicateId,
                Field::IdNumber,
                format!(
                    "身份证号码「{}」在党员花名册里既是「{}」的（{{}}），又是「{}」的，只认了前一行",
                    mask_digits(number.as_str()),
                    first.name,
                    person.name
                ),
                "请对照身份证，在党员花名册里改正填错的一行",
            ),
            Some(_) => (
                Code::DuplicatePerson,
                Field::Name,
                format!("「{}」在党员花名册里有两行（{{}}），只算一次", person.name),
                "请在党员花名册里删去多余的一行",
            ),
            None => (
                Code::DuplicatePerson,
                Field::Name,
                format!("「{}」在党员花名册里有两行（{{}}），姓名和出生年月相同，只算一次", person.name),
                "请在党员花名册里删去多余的一行；确是两个人的，请补上身份证号码",
            ),
        };
        self.place_pair(&crate::rules::duplicates::PairFinding { code, person: repeat.person, other: repeat.first, field, message, hint });
    }
}

fn is_repeat(code: Code) -> bool {
    matches!(code, Code::DuplicateId | Code::DuplicatePerson)
}

/// A finding of the list as a warning that says where to mend it.
fn of_the_list(mut finding: Diagnostic) -> Diagnostic {
    finding.severity = Severity::Warning;
    let hint = match finding.code {
        Code::DuplicateId | Code::DuplicatePerson | Code::HiddenSheet | Code::HiddenRow => return finding,
        Code::NameMissing => "请在党员花名册里补上姓名；没有姓名的一行不算在内",
        Code::JoinedInvalid | Code::JoinedInFuture | Code::DateAmbiguous => "请对照档案，在党员花名册里改正；改正前不用它补填入党时间",
        _ => "请对照身份证，在党员花名册里改正；改正前，报名的人可能对不上这一行",
    };
    finding.with_hint(hint)
}
