//! What the people of a collection add up to: by unit, by service item, and by what they are.
//!
//! The central noun is [`Summary`]: tables of numbers in the words of a report to a leader, the same for a workbook and a
//! document. Only accepted people count. Within a unit each person counts once; in sums over all units too, so that a
//! person who registered at work and at home is one person of the whole. No name but those of people who have not
//! registered is in it.

use compact_str::CompactString;

use crate::collection::{Checked, UnitReport};
use crate::registration::Registration;
use crate::rules::units::{Counted, counted_as};
use crate::scheme::{Field, Scheme};
use crate::value::{Date, Education, Sex};

/// Ages from and to which people are counted together.
const AGES: [(i16, i16, &str); 5] =
    [(0, 30, "30岁及以下"), (31, 40, "31～40岁"), (41, 50, "41～50岁"), (51, 60, "51～60岁"), (61, i16::MAX, "61岁及以上")];

/// Full years since 入党 from and to which members are counted together.
const PARTY_YEARS: [(i16, i16, &str); 6] = [
    (i16::MIN, 4, "不满5年"),
    (5, 9, "5～9年"),
    (10, 19, "10～19年"),
    (20, 29, "20～29年"),
    (30, 49, "30～49年"),
    (50, i16::MAX, "50年及以上"),
];

/// Levels of education, highest first, after GB/T 4658-2006.
const LEVELS: [(Education, &str); 9] = [
    (Education::Doctor, "博士研究生"),
    (Education::Master, "硕士研究生"),
    (Education::Bachelor, "大学本科"),
    (Education::JuniorCollege, "大学专科"),
    (Education::Vocational, "中等职业教育"),
    (Education::HighSchool, "高中"),
    (Education::MiddleSchool, "初中"),
    (Education::PrimarySchool, "小学"),
    (Education::Other, "其他"),
];

/// What is said of people who did not answer, or whose answer fits nowhere.
const UNKNOWN: &str = "未填或不明";

/// The sums of a collection.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Summary {
    /// The day the ages are counted to.
    pub day: Date,
    /// The smallest share of members that the notice asks for.
    pub participation: f64,
    /// The units, as the report has them.
    pub units: Vec<UnitReport>,
    /// Everybody accepted, each once.
    pub people: Heads,
    /// Per unit and service item.
    pub services: Services,
    /// By age, education, sex, years since 入党 and available time.
    pub breakdowns: Vec<Breakdown>,
    /// Who of the list of members has not registered; `None` where there is no list.
    pub unregistered: Option<Unregistered>,
}

/// People of the list of members who have not registered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unregistered {
    /// How many people the list has.
    pub known: usize,
    /// How many of them have not registered.
    pub count: usize,
    /// Their names; empty in a copy for publication.
    pub names: Vec<CompactString>,
}

/// People by what they count as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heads {
    /// Party members.
    pub members: usize,
    /// 入党积极分子.
    pub activists: usize,
    /// People who are neither.
    pub others: usize,
}

impl Heads {
    /// Everybody.
    #[must_use]
    pub fn all(self) -> usize {
        self.members + self.activists + self.others
    }

    fn add(&mut self, person: &Registration) {
        match counted_as(person) {
            Counted::Member => self.members += 1,
            Counted::Activist => self.activists += 1,
            Counted::Neither => self.others += 1,
        }
    }
}

/// How many people chose each service item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Services {
    /// The items, in the words and the order of the scheme.
    pub items: Vec<CompactString>,
    /// A line per unit with people in it, in the order of the units.
    pub units: Vec<ServiceLine>,
    /// Everybody, each once.
    pub total: ServiceLine,
}

/// The people of a unit by service item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceLine {
    /// The unit; empty for the total.
    pub unit: CompactString,
    /// How many people 人数.
    pub people: usize,
    /// How many of them chose each item; a person may choose several.
    pub chosen: Vec<usize>,
}

impl ServiceLine {
    fn new(unit: &str, items: usize) -> Self {
        Self { unit: unit.into(), people: 0, chosen: vec![0; items] }
    }

    fn add(&mut self, person: &Registration, items: &[CompactString]) {
        self.people += 1;
        for (count, item) in self.chosen.iter_mut().zip(items) {
            *count += usize::from(person.services.has(item));
        }
    }

    /// How many choices were made 人次: a person with two items counts twice.
    #[must_use]
    pub fn attendances(&self) -> usize {
        self.chosen.iter().sum()
    }
}

/// People by one trait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// What they are told apart by.
    pub title: &'static str,
    /// How many people are told apart: all, or the members among them.
    pub people: usize,
    /// Whether a person may stand in several lines.
    pub is_multiple: bool,
    /// What they are, and how many of them are.
    pub lines: Vec<(CompactString, usize)>,
}

impl Summary {
    /// The sums of everybody accepted. Ages are counted to `today`.
    #[must_use]
    pub fn of(checked: &Checked, scheme: &Scheme, today: Date) -> Self {
        let mut people = Heads::default();
        checked.listed().for_each(|person| people.add(person));
        Self {
            day: today,
            participation: scheme.rules.participation,
            units: checked.units.clone(),
            people,
            services: services(checked, scheme),
            breakdowns: breakdowns(checked, scheme, today),
            unregistered: checked.members.as_ref().map(|members| Unregistered {
                known: members.known,
                count: members.unregistered.len(),
                names: members.unregistered.clone(),
            }),
        }
    }

    /// The same sums without any name.
    #[must_use]
    pub fn without_names(mut self) -> Self {
        if let Some(unregistered) = &mut self.unregistered {
            unregistered.names.clear();
        }
        self
    }

    /// The units whose members are known, added up: members, volunteers, and how many units meet the ratio.
    #[must_use]
    pub fn participation_total(&self) -> Option<(u32, usize, usize, usize)> {
        let known: Vec<&UnitReport> = self.units.iter().filter(|unit| unit.met.is_some()).collect();
        let members = known.iter().filter_map(|unit| unit.members).fold(0, u32::saturating_add);
        let met = known.iter().filter(|unit| unit.met == Some(true)).count();
        (!known.is_empty()).then(|| (members, known.iter().map(|unit| unit.volunteers).sum(), met, known.len()))
    }
}

fn services(checked: &Checked, scheme: &Scheme) -> Services {
    let items: Vec<CompactString> = scheme.options(Field::Services).iter().map(|option| option.label.clone()).collect();
    let mut units: Vec<ServiceLine> = checked.units.iter().map(|unit| ServiceLine::new(&unit.unit, items.len())).collect();
    let places: std::collections::HashMap<&str, usize> =
        checked.units.iter().enumerate().map(|(place, unit)| (&*unit.unit, place)).collect();
    for person in checked.accepted() {
        if let Some(line) = places.get(person.unit.as_str()).and_then(|place| units.get_mut(*place)) {
            line.add(person, &items);
        }
    }
    units.retain(|line| line.people > 0);
    let mut total = ServiceLine::new("", items.len());
    checked.listed().for_each(|person| total.add(person, &items));
    Services { items, units, total }
}

fn breakdowns(checked: &Checked, scheme: &Scheme, today: Date) -> Vec<Breakdown> {
    let banded = |bands: &[(i16, i16, &'static str)], years: Option<i16>| {
        years.and_then(|years| bands.iter().position(|(from, to, _)| (*from..=*to).contains(&years)))
    };
    let names = |bands: &[(i16, i16, &'static str)]| bands.iter().map(|(_, _, name)| (*name).into()).collect::<Vec<CompactString>>();
    let members = || checked.listed().filter(|person| counted_as(person) == Counted::Member);
    let age = |person: &Registration| banded(&AGES, person.birth.known().map(|birth| birth.most_years_to(today)));
    let sex = |person: &Registration| person.sex.known().map(|sex| usize::from(*sex == Sex::Female));
    let education = |person: &Registration| {
        let level = Education::parse(&person.education)?;
        LEVELS.iter().position(|(known, _)| *known == level)
    };
    let party = |person: &Registration| banded(&PARTY_YEARS, person.joined_party.known().map(|joined| joined.most_years_to(today)));
    let levels = LEVELS.iter().map(|(_, name)| (*name).into()).collect();
    vec![
        told_apart("性别", vec!["男".into(), "女".into()], checked.listed(), sex),
        told_apart("年龄", names(&AGES), checked.listed(), age),
        told_apart("学历", levels, checked.listed(), education),
        told_apart("党龄（党员）", names(&PARTY_YEARS), members(), party),
        availability(checked, scheme),
    ]
}

/// Counts each person in one line; the last is of those who fit in none, where there are any.
fn told_apart<'p>(
    title: &'static str,
    names: Vec<CompactString>,
    people: impl Iterator<Item = &'p Registration>,
    place: impl Fn(&Registration) -> Option<usize>,
) -> Breakdown {
    let mut lines: Vec<(CompactString, usize)> = names.into_iter().map(|name| (name, 0)).collect();
    let (mut all, mut unknown) = (0, 0);
    for person in people {
        all += 1;
        match place(person).and_then(|place| lines.get_mut(place)) {
            Some((_, count)) => *count += 1,
            None => unknown += 1,
        }
    }
    if unknown > 0 {
        lines.push((UNKNOWN.into(), unknown));
    }
    Breakdown { title, people: all, is_multiple: false, lines }
}

/// Counts each person in the line of every time they chose.
fn availability(checked: &Checked, scheme: &Scheme) -> Breakdown {
    let mut lines: Vec<(CompactString, usize)> =
        scheme.options(Field::Availability).iter().map(|option| (option.label.clone(), 0)).collect();
    let (mut all, mut other, mut unknown) = (0, 0, 0);
    for person in checked.listed() {
        all += 1;
        other += usize::from(!person.availability.other.is_empty());
        unknown += usize::from(person.availability.is_blank());
        for (name, count) in &mut lines {
            *count += usize::from(person.availability.has(name));
        }
    }
    lines.push(("其他时间".into(), other));
    if unknown > 0 {
        lines.push((UNKNOWN.into(), unknown));
    }
    Breakdown { title: "可参加时间", people: all, is_multiple: true, lines }
}

#[cfg(test)]
mod tests {
    use crate::collection::Collection;
    use crate::recognize::table_tests::drawn;
    use crate::units::Units;

    use super::*;

    const PEOPLE: &str = "姓名|性别|出生年月|入党时间|学历|服务意向|政治面貌|所在党支部|可参加志愿服务时间|手机\n\
        郑试一|男|1996.06|2021.07|本科|尊老服务、助残服务|党员|甲村|双休日、节假日|13800000001\n\
        郑试二|女|1995.05|2021.05|大学|尊老服务|党员|甲村|随时可以|13800000002\n\
        郑试三|女|1960.01||家里蹲|爱幼志愿服务|党员|乙村||13800000003\n\
        郑试四|男|1990.01||大专|爱幼志愿服务|入党积极分子|乙村|双休日|13800000004\n\
        郑试一|男|1996.06|2021.07|本科|尊老服务、助残服务|党员|乙村|双休日、节假日|13800000001";

    fn summary() -> Summary {
        let scheme = Scheme::built_in();
        let today = Date::new(2026, 6, Some(1)).expect("a day");
        let units =
            Units::from_toml("[[unit]]\nname = \"甲村\"\nmembers = 4\n[[unit]]\nname = \"乙村\"\nmembers = 5\n[[unit]]\nname = \"丙村\"\n")
                .expect("units");
        let mut collection = Collection::new(&scheme, today).with_units(&units);
        collection.add_document("收集.xlsx", &[drawn(PEOPLE, &[])]);
        Summary::of(&collection.judge(), &scheme, today)
    }

    fn lines(summary: &Summary, title: &str) -> Vec<(String, usize)> {
        let found = summary.breakdowns.iter().find(|breakdown| breakdown.title == title).expect(title);
        found.lines.iter().filter(|(_, count)| *count > 0).map(|(name, count)| (name.to_string(), *count)).collect()
    }

    fn pairs(expected: &[(&str, usize)]) -> Vec<(String, usize)> {
        expected.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn a_person_of_two_units_is_one_person_of_the_whole() {
        let summary = summary();
        assert_eq!(summary.people, Heads { members: 3, activists: 1, others: 0 });
        assert_eq!(summary.participation_total(), Some((9, 4, 1, 2)));
        let services = &summary.services;
        assert_eq!(services.items, ["尊老服务", "爱幼志愿服务", "帮农民工服务", "助残服务"]);
        let seen: Vec<_> =
            services.units.iter().map(|line| (line.unit.as_str(), line.people, line.chosen.clone(), line.attendances())).collect();
        assert_eq!(seen, [("甲村", 2, vec![2, 0, 0, 1], 3), ("乙村", 3, vec![1, 2, 0, 1], 4)]);
        assert_eq!((services.total.people, services.total.chosen.clone(), services.total.attendances()), (4, vec![2, 2, 0, 1], 5));
    }

    #[test]
    fn people_are_told_apart_by_what_they_are() {
        let summary = summary();
        assert_eq!(lines(&summary, "性别"), pairs(&[("男", 2), ("女", 2)]));
        // 30 on the 1st of the month gets the benefit of the month; 31 the month before
        assert_eq!(lines(&summary, "年龄"), pairs(&[("30岁及以下", 1), ("31～40岁", 2), ("61岁及以上", 1)]));
        assert_eq!(lines(&summary, "学历"), pairs(&[("大学本科", 2), ("大学专科", 1), (UNKNOWN, 1)]));
        assert_eq!(lines(&summary, "党龄（党员）"), pairs(&[("不满5年", 1), ("5～9年", 1), (UNKNOWN, 1)]));
        assert_eq!(lines(&summary, "可参加时间"), pairs(&[("双休日", 2), ("节假日", 1), ("随时可以", 1), (UNKNOWN, 1)]));
    }
}
