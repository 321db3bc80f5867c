//! The same person twice, one ID number under two names, one mobile for several people.
//!
//! Only people without another error take part. The same person may stand under two units (workplace and home) and is
//! then listed once, the first time; nobody is ever deleted silently.

use std::collections::HashMap;

use crate::collection::Fate;
use crate::diagnostic::Code;
use crate::mask::mask_digits;
use crate::registration::Registration;
use crate::scheme::Field;
use crate::value::Date;

/// Something wrong between two people; the source knows where they stand.
#[derive(Debug, Clone)]
pub(crate) struct PairFinding {
    pub(crate) code: Code,
    /// Whom it is reported on, by place among all people.
    pub(crate) person: usize,
    /// Whom it refers to.
    pub(crate) other: usize,
    pub(crate) field: Field,
    /// What is wrong; the other's place is put where `{}` stands.
    pub(crate) message: String,
    pub(crate) hint: &'static str,
}

/// Judges everybody who passed so far; returned are marked in `fates`, and repeated ones in the result.
pub(crate) fn judge(people: &[Registration], fates: &mut [Fate]) -> (Vec<PairFinding>, Vec<Option<usize>>) {
    let mut findings = Vec::new();
    return_shared_numbers(people, fates, &mut findings);
    let mut repeats = vec![None; people.len()];
    find_repeats(people, fates, &mut findings, &mut repeats);
    find_shared_mobiles(people, fates, &repeats, &mut findings);
    findings.sort_by_key(|finding| finding.person);
    (findings, repeats)
}

fn accepted<'p>(people: &'p [Registration], fates: &[Fate]) -> impl Iterator<Item = (usize, &'p Registration)> {
    let passed: Vec<bool> = fates.iter().map(|fate| *fate == Fate::Accepted).collect();
    people.iter().enumerate().filter(move |(place, _)| passed.get(*place).copied().unwrap_or(false))
}

fn return_shared_numbers(people: &[Registration], fates: &mut [Fate], findings: &mut Vec<PairFinding>) {
    // per number the first person, and the first of another name
    let mut by_number: HashMap<&str, (usize, Option<usize>)> = HashMap::with_capacity(people.len());
    for (place, person) in accepted(people, fates) {
        let Some(number) = person.id_number.known() else { continue };
        let (first, other) = by_number.entry(number.as_str()).or_insert((place, None));
        if other.is_none() && people[*first].name != person.name {
            *other = Some(place);
        }
    }
    let passed: Vec<usize> = accepted(people, fates).map(|(place, _)| place).collect();
    for place in passed {
        let Some(number) = people[place].id_number.known() else { continue };
        let Some(&(first, Some(second))) = by_number.get(number.as_str()) else { continue };
        let other = if people[first].name == people[place].name { second } else { first };
        fates[place] = Fate::Returned;
        findings.push(PairFinding {
            code: Code::DuplicateId,
            person: place,
            other,
            field: Field::IdNumber,
            message: format!("身份证号码「{}」同时用于「{}」和「{}」（{{}}）", number.masked(), people[place].name, people[other].name),
            hint: "同一号码不能是两个人：请对照身份证原件，改正填错的一方后重报",
        });
    }
}

/// What a person is known by who has no ID number, beside the birth: name and mobile.
type Traits<'a> = (&'a str, &'a str);

/// The places at which people stand for the first time.
struct FirstPlaces<'a> {
    by_number: HashMap<&'a str, usize>,
    by_traits: HashMap<Traits<'a>, Vec<Known>>,
}

/// Somebody with a birth, by the place at which the person stands for the first time.
struct Known {
    /// To the day, as soon as a row of the person's says it.
    birth: Date,
    first: usize,
}

impl<'a> FirstPlaces<'a> {
    fn with_capacity(people: usize) -> Self {
        Self { by_number: HashMap::with_capacity(people), by_traits: HashMap::with_capacity(people) }
    }

    /// Where this person stands first, which may be here.
    fn of(&mut self, person: &'a Registration, place: usize) -> usize {
        let number = person.id_number.known().map(|number| number.as_str());
        let traits = person.birth.known().copied().zip(person.mobile.known());
        let mut namesakes = traits.map(|(birth, mobile)| (birth, self.by_traits.entry((&person.name, mobile.as_str())).or_default()));
        let by_number = number.and_then(|number| self.by_number.get(number)).copied();
        let by_traits = || namesakes.as_ref().and_then(|(birth, known)| known.iter().find(|one| one.birth.may_be(*birth)));
        let first = by_number.or_else(|| by_traits().map(|known| known.first)).unwrap_or(place);
        if let Some(number) = number {
            self.by_number.entry(number).or_insert(first);
        }
        if let Some((birth, known)) = &mut namesakes {
            match known.iter_mut().find(|one| one.birth.may_be(*birth)) {
                Some(one) if one.first == first && one.birth.day().is_none() => one.birth = *birth,
                Some(_) => {}
                None => known.push(Known { birth: *birth, first }),
            }
        }
        first
    }
}

fn find_repeats(people: &[Registration], fates: &mut [Fate], findings: &mut Vec<PairFinding>, repeats: &mut [Option<usize>]) {
    let mut first_places = FirstPlaces::with_capacity(people.len());
    // the units under which a person, known by the first place, already stands
    let mut stands: HashMap<(usize, &str), usize> = HashMap::with_capacity(people.len());
    for (place, person) in people.iter().enumerate() {
        if fates[place] != Fate::Accepted {
            continue;
        }
        let first = first_places.of(person, place);
        if let Some(earlier) = stands.get(&(first, person.unit.as_str())) {
            fates[place] = Fate::Returned;
            findings.push(PairFinding {
                code: Code::DuplicatePerson,
                person: place,
                other: *earlier,
                field: Field::Name,
                message: format!("「{}」在「{}」已经登记过（{{}}），保留了前一行", person.name, person.unit),
                hint: "请核对两行哪一行是对的，删去多余的一行",
            });
            continue;
        }
        stands.insert((first, person.unit.as_str()), place);
        if first != place {
            repeats[place] = Some(first);
            findings.push(PairFinding {
                code: Code::RegisteredTwice,
                person: place,
                other: first,
                field: Field::Name,
                message: format!("「{}」在「{}」和「{}」都登记了（{{}}），名册里只列前一次", person.name, people[first].unit, person.unit),
                hint: "在单位和居住地各登记一次是允许的；如属误报，请删去一处",
            });
        }
    }
}

fn find_shared_mobiles(people: &[Registration], fates: &[Fate], repeats: &[Option<usize>], findings: &mut Vec<PairFinding>) {
    let mut by_mobile: HashMap<&str, usize> = HashMap::with_capacity(people.len());
    for (place, person) in accepted(people, fates) {
        let Some(mobile) = person.mobile.known() else { continue };
        if repeats[place].is_some() {
            continue;
        }
        let first = *by_mobile.entry(mobile.as_str()).or_insert(place);
        if first != place {
            findings.push(PairFinding {
                code: Code::SharedMobile,
                person: place,
                other: first,
                field: Field::Mobile,
                message: format!("手机号「{}」和「{}」（{{}}）相同", mask_digits(mobile.as_str()), people[first].name),
                hint: "家人共用一个号码是可以的；如属误填请改正",
            });
        }
    }
}
