//! Reads the numbers of the rules in `scheme.toml`.

use std::ops::RangeInclusive;

use super::source::{Entries, Source};
use crate::scheme::{Field, Rules, Scheme};

/// Stands in for numbers that are at fault, so that reading can go on.
pub(super) const STAND_IN: Rules = Rules {
    participation: 0.5,
    team_smallest: 5,
    team_largest: 10,
    services_fewest: 1,
    subsidy_most: 1,
    age_youngest: 16,
    age_oldest: 120,
    joining_age: 18,
};

/// `[rules]`, judged against the scheme's options.
pub(super) fn read(mut rules: Entries<'_, '_>, source: &mut Source<'_>, scheme: &Scheme) -> Rules {
    let services = u32::try_from(scheme.options(Field::Services).len()).unwrap_or(u32::MAX).max(1);
    let subsidies = u32::try_from(scheme.options(Field::Subsidy).len()).unwrap_or(u32::MAX).max(1);
    let read = Rules {
        participation: share(&mut rules, source),
        team_smallest: whole(&mut rules, source, "team_smallest", 1..=1000, STAND_IN.team_smallest),
        team_largest: whole(&mut rules, source, "team_largest", 1..=1000, STAND_IN.team_largest),
        services_fewest: whole(&mut rules, source, "services_fewest", 0..=services, STAND_IN.services_fewest),
        subsidy_most: whole(&mut rules, source, "subsidy_most", 1..=subsidies, STAND_IN.subsidy_most),
        joining_age: age(&mut rules, source, "joining_age", STAND_IN.joining_age),
        age_youngest: age(&mut rules, source, "age_youngest", STAND_IN.age_youngest),
        age_oldest: age(&mut rules, source, "age_oldest", STAND_IN.age_oldest),
    };
    in_order(&mut rules, source, ["team_smallest", "team_largest"], [read.team_smallest, read.team_largest]);
    in_order(&mut rules, source, ["age_youngest", "age_oldest"], [read.age_youngest.into(), read.age_oldest.into()]);
    rules.finish(source);
    read
}

fn share(rules: &mut Entries<'_, '_>, source: &mut Source<'_>) -> f64 {
    let Some(item) = rules.required(source, "participation", "0.5") else { return STAND_IN.participation };
    let Some(share) = item.number(source) else { return STAND_IN.participation };
    if !(0.0..=1.0).contains(&share) {
        source.fault(item.at, item.path, format!("写成了 {share}，比例应在 0 到 1 之间；50% 写成 0.5"));
    }
    share
}

fn whole(rules: &mut Entries<'_, '_>, source: &mut Source<'_>, key: &'static str, range: RangeInclusive<u32>, otherwise: u32) -> u32 {
    let item = rules.required(source, key, &otherwise.to_string());
    item.and_then(|item| item.whole(source, range)).unwrap_or(otherwise)
}

fn age(rules: &mut Entries<'_, '_>, source: &mut Source<'_>, key: &'static str, otherwise: u8) -> u8 {
    u8::try_from(whole(rules, source, key, 1..=150, otherwise.into())).unwrap_or(otherwise)
}

/// The first number may not be larger than the second.
fn in_order(rules: &mut Entries<'_, '_>, source: &mut Source<'_>, keys: [&'static str; 2], numbers: [u32; 2]) {
    if numbers[0] > numbers[1]
        && let Some(item) = rules.item(keys[0])
    {
        source.fault(item.at, item.path, format!("{} 大于 {} 的 {}；请对调或改正", numbers[0], keys[1], numbers[1]));
    }
}
