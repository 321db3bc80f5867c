//! The list of party members 党员花名册 that an organisation keeps: whom it knows, and what it knows of them.
//!
//! The central noun is [`Members`]. It fills in 入党时间, 政治面貌 and 所在党支部 where a registration leaves them blank, gives
//! units their member counts, and says who has not registered; it adds nobody. A list is read like any other input
//! ([`crate::collection::Collection::into_members`]).

use std::collections::HashMap;

use compact_str::CompactString;
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::registration::{Answer, Registration};
use crate::rules::units::{Counted, counted_as};
use crate::text::{fold_word, without_padding};
use crate::units::Units;
use crate::value::{Date, PartyStatus};

/// One person of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: CompactString,
    number: Option<CompactString>,
    pub(crate) joined: Option<Date>,
    pub(crate) status: Option<PartyStatus>,
    /// As the list writes it; empty if it does not say.
    pub(crate) branch: CompactString,
    /// The unit the person belongs to; empty if the list does not say.
    pub(crate) unit: CompactString,
}

/// What a name and a month of birth stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Namesakes {
    One(usize),
    Several,
}

/// The people of a list, in its order, each once.
#[derive(Debug, Clone, Default)]
pub struct Members {
    people: Vec<Member>,
    by_number: HashMap<CompactString, usize>,
    by_name: HashMap<(CompactString, i16, u8), Namesakes>,
    units: Units,
    faults: Vec<Diagnostic>,
}

/// A line of a list that is the same person as an earlier one, by their places among its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Repeat {
    pub(crate) person: usize,
    pub(crate) first: usize,
}

/// Who of the list has registered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MembersReport {
    /// People of the list.
    pub known: usize,
    /// The names of those who have not registered, in the order of the list.
    pub unregistered: Vec<CompactString>,
}

impl Members {
    /// The list of these people, each with the unit they belong to, and the lines that repeat earlier ones; `units` are the
    /// units that are known otherwise.
    pub(crate) fn new<'p>(listed: impl Iterator<Item = (&'p Registration, CompactString)>, units: Option<&Units>) -> (Self, Vec<Repeat>) {
        let mut members = Self::default();
        let mut counts: Vec<(CompactString, u32)> = Vec::new();
        let mut counted: HashMap<CompactString, usize> = HashMap::new();
        let (mut lines, mut repeats): (Vec<usize>, Vec<Repeat>) = Default::default();
        for (line, (person, unit)) in listed.enumerate().filter(|(_, (person, _))| !person.name.is_empty()) {
            if let Some(place) = members.place_of(person) {
                repeats.extend(lines.get(place).map(|first| Repeat { person: line, first: *first }));
                continue;
            }
            if !unit.is_empty() {
                let place = *counted.entry(fold_word(&unit)).or_insert_with(|| {
                    counts.push((without_padding(&unit), 0));
                    counts.len() - 1
                });
                counts[place].1 += u32::from(counted_as(person) == Counted::Member);
            }
            members.add(person, unit);
            lines.push(line);
        }
        members.units = units.cloned().unwrap_or_default().completed_by(counts);
        for member in members.people.iter_mut().filter(|member| !member.unit.is_empty()) {
            if let Some(unit) = members.units.find(&member.unit) {
                member.unit.clone_from(&unit.name);
            }
        }
        (members, repeats)
    }

    fn add(&mut self, person: &Registration, unit: CompactString) {
        let place = self.people.len();
        let number = person.id_number.known().map(|number| CompactString::from(number.as_str()));
        if let Some(number) = &number {
            self.by_number.insert(number.clone(), place);
        }
        if let Some(key) = name_and_birth(person) {
            self.by_name.entry(key).and_modify(|namesakes| *namesakes = Namesakes::Several).or_insert(Namesakes::One(place));
        }
        self.people.push(Member {
            name: person.name.clone(),
            number,
            joined: person.joined_party.known().copied(),
            status: person.party_status.known().copied(),
            branch: person.branch.clone(),
            unit,
        });
    }

    /// How many people are on the list.
    #[must_use]
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether nobody is on the list.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The units given with the list, and those of the list, with their member counts.
    #[must_use]
    pub fn units(&self) -> &Units {
        &self.units
    }

    /// What is wrong in the list, by line: people who may not be found, and lines that repeat others. All of it warns.
    #[must_use]
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }

    pub(crate) fn set_faults(&mut self, faults: Vec<Diagnostic>) {
        self.faults = faults;
    }

    /// What the list knows of this person.
    pub(crate) fn find(&self, person: &Registration) -> Option<&Member> {
        self.place_of(person).and_then(|place| self.people.get(place))
    }

    /// By ID number, else by name and month of birth where only one on the list has them. Two numbers that differ are two people.
    fn place_of(&self, person: &Registration) -> Option<usize> {
        let number = person.id_number.known().map(|number| number.as_str());
        if let Some(place) = number.and_then(|number| self.by_number.get(number)) {
            return Some(*place);
        }
        match self.by_name.get(&name_and_birth(person)?)? {
            Namesakes::One(place) => {
                let listed = self.people.get(*place)?;
                (number.is_none() || listed.number.is_none()).then_some(*place)
            }
            Namesakes::Several => None,
        }
    }

    /// Who of the list is among these people.
    pub(crate) fn report<'p>(&self, people: impl Iterator<Item = &'p Registration>) -> MembersReport {
        let mut registered = vec![false; self.people.len()];
        for place in people.filter_map(|person| self.place_of(person)) {
            registered[place] = true;
        }
        let missing = self.people.iter().zip(&registered).filter(|(_, registered)| !**registered);
        MembersReport { known: self.people.len(), unregistered: missing.map(|(member, _)| member.name.clone()).collect() }
    }
}

fn name_and_birth(person: &Registration) -> Option<(CompactString, i16, u8)> {
    let birth = person.birth.known()?;
    (!person.name.is_empty()).then(|| (person.name.clone(), birth.year(), birth.month()))
}

/// What 人员类别 says of a member where 政治面貌 is blank, as the registers of party organisations have it.
pub(crate) fn settle_status(person: &mut Registration) {
    if person.party_status.is_blank()
        && let Some(status) = PartyStatus::parse(&person.occupation.other)
    {
        person.party_status = Answer::Known(status);
    }
}

/// The name of the organisation in the title of its list, such as `长塘村党支部党员花名册`; empty if there is none.
pub(crate) fn organisation_in(title: &str) -> CompactString {
    const ENDINGS: [&str; 8] = ["党员基本信息表", "党员信息表", "党员花名册", "党员名册", "党员名单", "党员登记表", "党员情况表", "花名册"];
    let folded = crate::text::fold_word(title);
    let name = folded.split(['(', '（']).next().unwrap_or_default();
    let name = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or_default();
    let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '年' | '度'));
    // 中共… and 全体… are no part of what people call it
    name.trim_end_matches("全体").trim_start_matches("中共").into()
}

#[cfg(test)]
mod tests {
    use crate::collection::{Checked, Collection};
    use crate::grid::Grid;
    use crate::recognize::table_tests::drawn;
    use crate::scheme::Scheme;
    use crate::units::Units;
    use crate::value::Date;

    use super::*;

    const LIST: &str = "长塘村党员花名册\n姓名|身份证号|性别|出生年月|入党时间|党支部|政治面貌\n\
        郑试一|329901198506120013|男|1985.06|2008.07|第一党支部|\n\
        郑试二||女|1990.02|2012.05|第二党支部|预备党员\n\
        郑试三||男|1991.03||第二党支部|入党积极分子\n\
        郑试四||男|1970.03|1995.07|第一党支部|";

    fn day() -> Date {
        Date::new(2026, 6, Some(1)).expect("a day")
    }

    fn members(list: &str, units: Option<&Units>) -> Members {
        let scheme = Scheme::built_in();
        let mut collection = Collection::new(&scheme, day());
        collection.add_document("花名册.xlsx", &[drawn(list, &[])]);
        collection.into_members(units)
    }

    fn judged(members: &Members, grid: &Grid) -> Checked {
        let scheme = Scheme::built_in();
        let mut collection = Collection::new(&scheme, day()).with_members(members);
        collection.add_document("收集.xlsx", std::slice::from_ref(grid));
        collection.judge()
    }

    #[test]
    fn what_is_blank_comes_from_the_list() {
        let sheet = "姓名|身份证号|性别|出生年月|入党时间|服务意向|政治面貌\n\
            郑试一|329901198506120013|男|1985.06|2009.01|尊老服务|\n\
            郑试二||女|1990.02||尊老服务|\n\
            郑试三||男|1991.03||尊老服务|\n\
            郑试五||男|1980.03||尊老服务|";
        let checked = judged(&members(LIST, None), &drawn(sheet, &[]));
        let seen: Vec<_> = checked
            .people
            .iter()
            .map(|person| {
                let joined = person.joined_party.known().map_or_else(String::new, Date::to_string);
                (person.name.as_str(), joined, person.party_status.known().copied(), person.branch.as_str())
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("郑试一", "2009.01".to_owned(), None, "第一党支部"),
                ("郑试二", "2012.05".to_owned(), Some(PartyStatus::ProbationaryMember), "第二党支部"),
                ("郑试三", String::new(), Some(PartyStatus::Activist), "第二党支部"),
                ("郑试五", String::new(), None, ""),
            ]
        );
        let missing: Vec<_> =
            checked.diagnostics.iter().filter(|finding| finding.code.name() == "joined-missing").map(|finding| finding.at.row).collect();
        assert_eq!(missing, [Some(5)], "the activist needs none, and one comes from the list");
        assert_eq!(checked.members, Some(MembersReport { known: 4, unregistered: vec!["郑试四".into()] }));
        let units: Vec<_> = checked.units.iter().map(|unit| (&*unit.unit, unit.members, unit.volunteers, unit.activists)).collect();
        assert_eq!(units, [("第一党支部", Some(2), 1, 0), ("第二党支部", Some(1), 1, 1), ("收集", None, 1, 0)]);
    }

    #[test]
    fn the_units_file_goes_before_the_list() {
        let units = Units::from_toml("[[unit]]\nname = \"长塘村\"\nmembers = 40\n[[unit]]\nname = \"第二党支部\"\n").expect("units");
        let members = members(LIST, Some(&units));
        let seen: Vec<_> = members.units().iter().map(|unit| (unit.name.as_str(), unit.members)).collect();
        assert_eq!(seen, [("长塘村", Some(40)), ("第二党支部", Some(1))]);
    }

    #[test]
    fn a_list_says_where_its_people_belong_in_several_ways() {
        let lines = "郑试一|329901198506120013|甲";
        for (list, file, unit) in [
            ("西湖街道党员花名册\n姓名|身份证号|单位", "花名册.xlsx", Some("甲")),
            ("西湖街道党员花名册\n姓名|身份证号|工作单位", "花名册.xlsx", Some("西湖街道")),
            ("姓名|身份证号|工作单位", "in/长塘村党员花名册.xlsx", Some("长塘村")),
            ("姓名|身份证号|工作单位", "花名册.xlsx", None),
        ] {
            let scheme = Scheme::built_in();
            let mut collection = Collection::new(&scheme, day());
            collection.add_document(file, &[drawn(&format!("{list}\n{lines}"), &[])]);
            let members = collection.into_members(None);
            assert_eq!(members.units().iter().next().map(|unit| unit.name.as_str()), unit, "{list} {file}");
        }
    }

    #[test]
    fn what_is_wrong_in_the_list_is_told_as_warnings_of_every_run() {
        let list = "长塘村党员花名册\n姓名|身份证号|性别|出生年月|入党时间\n\
            郑试一|329901198506120013|男|1985.06|2008.07\n\
            郑试二|32990119900201|女|1990.02|不清楚\n\
            |329901199103010013|男|1991.03|2012.05\n\
            郑试一|329901198506120013|男|1985.06|2008.07\n\
            郑试五|329901198506120013|男|1985.06|2008.07\n\
            郑试六||男|1970.03|1995.07\n\
            郑试六||男|1970.03|1995.07";
        let members = members(list, None);
        assert_eq!((members.len(), members.units().find("长塘村").and_then(|unit| unit.members)), (3, Some(3)));
        let checked = judged(&members, &drawn("姓名|性别|出生年月|服务意向|入党时间\n郑试一|男|1985.06|尊老服务|2008.07", &[]));
        let told: Vec<_> = checked.diagnostics.iter().filter(|finding| finding.at.file.as_deref() == Some("花名册.xlsx")).collect();
        let seen: Vec<_> = told.iter().map(|finding| (finding.code.name(), finding.at.cell.as_deref().unwrap_or_default())).collect();
        let expected = [
            ("id-length", "B4"),
            ("joined-invalid", "E4"),
            ("name-missing", "A5"),
            ("id-checksum", "B5"),
            ("duplicate-person", "A6"),
            ("duplicate-id", "B7"),
            ("duplicate-person", "A9"),
        ];
        assert_eq!(seen, expected, "{told:?}");
        assert!(told.iter().all(|finding| !finding.is_error() && finding.hint.as_deref().is_some_and(|hint| hint.contains("花名册"))));
        assert!(told.iter().all(|finding| !finding.message.contains("{}")), "{told:?}");
    }

    #[test]
    fn numbers_that_differ_and_namesakes_are_not_taken_for_the_same() {
        let members = members(
            "姓名|身份证号|出生年月\n郑试一|329901198506120013|1985.06\n郑试二||1990.02\n郑试二||1990.02\n郑试二|329901199002010017|1990.02",
            None,
        );
        let number_of = |number: &str| crate::value::IdNumber::parse(number, false, day()).expect("a number");
        let person = |name: &str, number: Option<&str>, birth: (i16, u8)| Registration {
            name: name.into(),
            id_number: number.map_or(Answer::Blank, |number| Answer::Known(number_of(number))),
            birth: Date::new(birth.0, birth.1, None).map_or(Answer::Blank, Answer::Known),
            ..Registration::default()
        };
        assert!(members.find(&person("郑试一", Some("329901198506120013"), (1985, 6))).is_some());
        assert!(members.find(&person("郑试一", None, (1985, 6))).is_some());
        assert!(members.find(&person("郑试一", Some("329901198506120021"), (1985, 6))).is_none());
        assert!(members.find(&person("郑试一", None, (1985, 7))).is_none());
    }

    #[test]
    fn a_title_names_the_organisation() {
        for (title, name) in [
            ("长塘村党支部党员花名册", "长塘村党支部"),
            ("2026年中共长塘村总支部委员会党员名册（截至6月）", "长塘村总支部委员会"),
            ("党员花名册", ""),
            ("填表说明", ""),
        ] {
            assert_eq!(organisation_in(title), name, "{title}");
        }
    }
}
