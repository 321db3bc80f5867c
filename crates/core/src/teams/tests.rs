//! Splits of every size and shape keep the sizes, and a split that was there is judged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::prelude::*;

use super::partition::group_count;
use super::*;
use crate::collection::{Checked, Collection};
use crate::diagnostic::Code;
use crate::recognize::table_tests::drawn;
use crate::registration::Answer;
use crate::scheme::Field;
use crate::value::{Date, PartyStatus};

/// Read once: a property test asks for it hundreds of times.
static SCHEME: LazyLock<Scheme> = LazyLock::new(Scheme::built_in);

fn person(unit: &str, service: usize) -> Registration {
    let mut person = Registration { unit: unit.into(), ..Registration::default() };
    let scheme = &SCHEME;
    person.services.chosen = scheme.options(Field::Services).get(service).map(|option| option.choice()).into_iter().collect();
    person
}

fn units(counts: &[(&str, usize)]) -> Vec<Registration> {
    counts.iter().flat_map(|(unit, count)| std::iter::repeat_n(person(unit, 0), *count)).collect()
}

fn formed(people: &[Registration]) -> Teams {
    form(&people.iter().collect::<Vec<_>>(), &SCHEME)
}

/// Each team's units with their numbers: `甲3 乙7`.
fn told(people: &[Registration], teams: &Teams) -> Vec<String> {
    let one = |team: &Team| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for member in &team.members {
            *counts.entry(people[*member].unit.as_str()).or_default() += 1;
        }
        counts.iter().map(|(unit, count)| format!("{unit}{count}")).collect::<Vec<_>>().join(" ")
    };
    teams.teams.iter().map(one).collect()
}

fn holds(people: &[Registration], teams: &Teams) -> Result<(), String> {
    let mut places: Vec<usize> = teams.teams.iter().flat_map(|team| team.members.iter().copied()).collect();
    places.sort_unstable();
    if places != (0..people.len()).collect::<Vec<_>>() {
        return Err("not everybody exactly once".into());
    }
    let sizes: Vec<usize> = teams.teams.iter().map(|team| team.members.len()).collect();
    let fewest = people.len().div_ceil(10).max(usize::from(!people.is_empty()));
    if sizes.len() != fewest {
        return Err(format!("{} teams of {} people: {sizes:?}", sizes.len(), people.len()));
    }
    if people.len() >= 5 && !sizes.iter().all(|size| (5..=10).contains(size)) {
        return Err(format!("sizes {sizes:?}"));
    }
    Ok(())
}

#[test]
fn every_number_of_people_is_split_into_the_fewest_teams_of_five_to_ten() {
    for count in 0..=300 {
        let people = units(&[("甲", count)]);
        let teams = formed(&people);
        assert_eq!(holds(&people, &teams), Ok(()), "{count}");
        let sizes = teams.teams.iter().map(|team| team.members.len());
        assert!(sizes.clone().max().unwrap_or(0) - sizes.min().unwrap_or(0) <= 1, "{count}");
        assert_eq!(teams.has_brigade(), count > 10);
    }
}

#[test]
fn fewer_than_five_are_one_team_and_it_says_so() {
    for count in 1..5 {
        let people = units(&[("甲", count)]);
        let teams = formed(&people);
        assert_eq!(teams.teams.len(), 1);
        assert!(teams.teams[0].reason.starts_with(&format!("全部只有 {count} 人，不足 5 人，编为一支队")));
    }
    assert_eq!(formed(&[]), Teams::default());
}

#[test]
fn units_stay_together_where_the_sizes_let_them() {
    for (counts, expected) in [
        (&[("甲", 7), ("乙", 5)][..], &["甲7", "乙5"][..]),
        (&[("甲", 6), ("乙", 6), ("丙", 4), ("丁", 4)], &["丙4 甲6", "丁4 乙6"]),
        (&[("甲", 3), ("乙", 8), ("丙", 7), ("丁", 2)], &["丙7 甲3", "丁2 乙8"]),
        (&[("甲", 23), ("乙", 7)], &["甲10", "甲10", "乙7 甲3"]),
        (&[("甲", 2), ("乙", 3), ("丙", 4)], &["甲2 乙3 丙4"]),
    ] {
        let people = units(counts);
        let teams = formed(&people);
        assert_eq!(holds(&people, &teams), Ok(()));
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
        let told: BTreeSet<_> = told(&people, &teams).iter().map(|team| words(team)).collect();
        assert_eq!(told, expected.iter().map(|team| words(team)).collect());
    }
}

#[test]
fn within_a_unit_one_service_stays_together() {
    let people: Vec<Registration> = (0..12).map(|place| person("甲", place % 2)).collect();
    let teams = formed(&people);
    for team in &teams.teams {
        assert!(team.members.iter().all(|member| member % 2 == team.members[0] % 2), "{:?}", team.members);
    }
}

#[test]
fn each_service_of_a_unit_fills_a_team_or_the_teams_are_balanced() {
    for (counts, expected) in [
        (&[10, 5][..], &[5, 10][..]),
        (&[7, 5], &[5, 7]),
        (&[8, 3], &[5, 6]),
        (&[6, 5, 5, 5], &[7, 7, 7]),
        (&[14, 9], &[7, 8, 8]),
        (&[11, 10, 10, 10], &[8, 8, 8, 8, 9]),
        (&[10, 9, 5], &[5, 9, 10]),
        (&[4, 4, 4, 3], &[7, 8]),
        (&[25, 1], &[8, 9, 9]),
    ] {
        let people: Vec<Registration> =
            counts.iter().enumerate().flat_map(|(service, count)| std::iter::repeat_n(person("甲", service), *count)).collect();
        let teams = formed(&people);
        assert_eq!(holds(&people, &teams), Ok(()));
        let mut sizes: Vec<usize> = teams.teams.iter().map(|team| team.members.len()).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, expected, "{counts:?}");
    }
}

#[test]
fn balanced_teams_part_as_few_services_as_they_can() {
    // in the order of the scheme 8 = 5 + 3 of 4 would part the second
    let people: Vec<Registration> =
        [5, 4, 3, 3].iter().enumerate().flat_map(|(service, count)| std::iter::repeat_n(person("甲", service), *count)).collect();
    let teams = formed(&people);
    let services = teams.teams.iter().map(|team| {
        let labels: BTreeSet<_> = team.members.iter().map(|member| people[*member].services.chosen[0].label()).collect();
        labels.len()
    });
    assert_eq!(services.sum::<usize>(), 4);
    assert!(teams.teams[0].reason.starts_with("甲共 15 人，分为 2 支队"), "{}", teams.teams[0].reason);
}

#[test]
fn small_units_are_merged_and_named() {
    let people = units(&[("长塘村", 3), ("安家村", 4)]);
    let teams = formed(&people);
    assert_eq!(teams.teams.len(), 1);
    assert!(teams.teams[0].reason.starts_with("长塘村 3 人、安家村 4 人；有单位不足 5 人，合编"), "{}", teams.teams[0].reason);
    assert_eq!(teams.teams[0].name, "第一支队");
}

#[test]
fn a_member_with_an_office_is_proposed_and_never_an_activist() {
    let mut people = units(&[("甲", 6)]);
    people[1].position = "书记".into();
    people[1].party_status = Answer::Known(PartyStatus::Activist);
    people[2].position = "会计".into();
    people[3].position = "副主任".into();
    people[4].position = "主任".into();
    people[4].party_status = Answer::Known(PartyStatus::Other);
    let teams = formed(&people);
    assert_eq!(teams.teams[0].leader, Some(3));
    assert_eq!(teams.teams[0].members[0], 3);
    people[3].position = "".into();
    people[2].position = "".into();
    assert_eq!(formed(&people).teams[0].leader, None);
    assert!(formed(&people).teams[0].reason.contains("没有可以推荐为支队长的人"));
}

#[test]
fn odd_bounds_make_larger_teams_rather_than_smaller_ones() {
    assert_eq!(group_count(11, 8, 10), 1);
    assert_eq!(group_count(23, 8, 10), 2);
    let mut scheme = Scheme::built_in();
    scheme.rules.team_smallest = 8;
    let people = units(&[("甲", 11)]);
    let teams = form(&people.iter().collect::<Vec<_>>(), &scheme);
    assert_eq!(teams.teams.len(), 1);
    assert!(teams.teams[0].reason.contains("超过 10 人"), "{}", teams.teams[0].reason);
}

fn judged(rows: &str) -> Checked {
    let scheme = Scheme::built_in();
    let mut collection = Collection::new(&scheme, Date::new(2026, 11, Some(23)).expect("a date"));
    let grid = drawn(&format!("支队|职责|姓名|性别|出生年月|手机|职务|政治面貌|服务意向|所在党支部\n{rows}"), &[]);
    collection.add_document("分队.xlsx", &[grid]);
    collection.judge()
}

fn line(team: &str, duty: &str, number: usize, more: &str) -> String {
    let letters: Vec<char> = "甲乙丙丁戊己庚辛壬癸子丑".chars().collect();
    let name = format!("郑{}{}", letters[number % 12], letters[number / 12 % 12]);
    format!("{team}|{duty}|{name}|男|1985.06|138000000{number:02}|{more}|尊老服务|一支部\n")
}

fn said(checked: &Checked) -> Vec<String> {
    let split = [Code::TeamSize, Code::TeamLeaderInvalid, Code::InTwoTeams];
    let own = checked.diagnostics.iter().filter(|finding| split.contains(&finding.code));
    own.map(|finding| format!("{} {} {}", finding.code, finding.at.unit.as_deref().unwrap_or("-"), finding.message)).collect()
}

#[test]
fn a_split_that_was_there_is_judged_and_kept() {
    let mut rows = String::new();
    for number in 0..4 {
        rows += &line("第一支队", if number == 0 { "支队长" } else { "队员" }, number, "书记|中共党员");
    }
    for number in 10..21 {
        rows += &line("第二支队", if number == 10 { "支队长" } else { "" }, number, "|入党积极分子");
    }
    for number in 30..35 {
        rows += &line("第三支队", "", number, "|");
    }
    rows += &line("第三支队", "", 2, "|").replace("一支部", "二支部");
    let checked = judged(&rows);
    assert_eq!(
        said(&checked),
        [
            "team-size 第一支队 「第一支队」只有 4 人，不足 5 人",
            "team-size 第二支队 「第二支队」有 11 人，超过 10 人",
            "team-leader-invalid 第二支队 「第二支队」的支队长「郑子甲」是入党积极分子，还不是党员",
            "team-leader-invalid 第三支队 「第三支队」没有支队长",
            "in-two-teams 第三支队 「郑丙甲」既在「第一支队」又在「第三支队」",
        ]
    );
    let listed: Vec<&Registration> = checked.listed().collect();
    let teams = form(&listed, &SCHEME);
    let sizes: Vec<usize> = teams.teams.iter().map(|team| team.members.len()).collect();
    assert_eq!(sizes, [4, 11, 5]);
    assert!(teams.left_out.is_empty());
}

#[test]
fn people_whom_a_split_leaves_out_are_told_or_make_teams_of_their_own() {
    let mut rows = String::new();
    for number in 0..9 {
        rows += &line(if number < 6 { "第一支队" } else { "" }, if number == 0 { "支队长" } else { "" }, number, "|");
    }
    let checked = judged(&rows);
    assert_eq!(said(&checked), Vec::<String>::new());
    let listed: Vec<&Registration> = checked.listed().collect();
    assert_eq!(form(&listed, &SCHEME).left_out, [6, 7, 8]);
    for number in 9..12 {
        rows += &line("", "", number, "|");
    }
    let checked = judged(&rows);
    let listed: Vec<&Registration> = checked.listed().collect();
    let teams = form(&listed, &SCHEME);
    assert_eq!(teams.teams.iter().map(|team| team.name.as_str()).collect::<Vec<_>>(), ["第一支队", "第二支队"]);
    assert_eq!(teams.teams[1].members.len(), 6);
}

#[test]
fn a_split_in_a_list_of_its_own_is_taken_over() {
    let mut people: Vec<Registration> = units(&[("甲", 12)]);
    for (number, person) in people.iter_mut().enumerate() {
        person.name = format!("郑{number}").into();
        person.mobile = Answer::Known(crate::value::Mobile::parse(&format!("138000000{number:02}")).expect("a mobile"));
    }
    assert_eq!(with_teams(&people.iter().collect::<Vec<_>>(), &people), None);
    let mut all = people.clone();
    for number in [0, 3, 5, 7, 9] {
        let mut line = people[number].clone();
        (line.team, line.duty) = ("红队".into(), Some(if number == 5 { "支队长" } else { "队员" }.into()));
        all.push(line);
    }
    let split = with_teams(&people.iter().collect::<Vec<_>>(), &all).expect("teams to take over");
    let teams = formed(&split);
    assert_eq!(teams.teams[0].members, [5, 0, 3, 7, 9]);
    assert_eq!((teams.teams[0].name.as_str(), teams.teams[0].leader), ("红队", Some(5)));
    assert_eq!(teams.teams[1].members, [1, 2, 4, 6, 8, 10, 11]);
}

proptest! {
    #[test]
    fn any_mixture_of_units_is_split_within_the_sizes(drawn in proptest::collection::vec((0usize..12, 0usize..4, 0usize..3, 0usize..6), 0..200)) {
        let people: Vec<Registration> = drawn
            .iter()
            .map(|(unit, service, district, standing)| {
                let mut person = person(&format!("单位{unit}"), *service);
                person.district = format!("区{district}").into();
                person.position = ["", "", "", "书记", "会计", "书记"][*standing].into();
                if [2, 5].contains(standing) {
                    person.party_status = Answer::Known(PartyStatus::Activist);
                }
                person
            })
            .collect();
        let teams = formed(&people);
        prop_assert_eq!(holds(&people, &teams), Ok(()));
        for team in &teams.teams {
            let may_lead = |place: &usize| (3..=4).contains(&drawn[*place].3);
            prop_assert_eq!(team.leader.is_some(), team.members.iter().any(may_lead));
            prop_assert!(team.leader.is_none_or(|leader| may_lead(&leader) && team.members.first() == Some(&leader)));
            prop_assert!(!team.reason.is_empty());
        }
        prop_assert_eq!(formed(&people), teams);
    }
}
