//! Why the people of a team stand together, in words a secretary can forward.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use super::Traits;
use super::partition::is_of_one_service;

/// The most units that are named in one reason.
const MOST_NAMED: usize = 6;

/// One reason for each group of places; `name` is the unit of a place.
pub(super) fn reasons<'n>(
    groups: &[Vec<usize>],
    traits: &[Traits],
    name: impl Fn(usize) -> &'n str,
    sizes: RangeInclusive<usize>,
) -> Vec<String> {
    let mut totals: HashMap<usize, usize> = HashMap::new();
    for one in traits {
        *totals.entry(one.unit).or_default() += 1;
    }
    let mut spread: HashMap<usize, usize> = HashMap::new();
    for group in groups {
        for (unit, _, _) in shares(group, traits) {
            *spread.entry(unit).or_default() += 1;
        }
    }
    // the units whose people stand in a team without a service in common
    let mixed: HashSet<usize> =
        groups.iter().filter(|group| !is_of_one_service(group, traits)).flatten().map(|place| traits[*place].unit).collect();
    let reason = |group: &Vec<usize>| {
        let shares = shares(group, traits);
        let told = shares.iter().map(|(unit, count, place)| Share {
            name: name(*place),
            count: *count,
            total: totals.get(unit).copied().unwrap_or_default(),
            teams: spread.get(unit).copied().unwrap_or_default(),
            is_by_service: !mixed.contains(unit),
        });
        let told: Vec<Share<'_>> = told.collect();
        let mut words = words(&told, groups.len(), &sizes);
        if let Some(warning) = size_words(group.len(), &sizes) {
            words = if groups.len() == 1 {
                format!("全部只有 {} 人，{warning}，编为一支队", group.len())
            } else {
                format!("{words}；{warning}")
            };
        }
        words
    };
    groups.iter().map(reason).collect()
}

/// The remark on a team that was there before.
pub(super) fn of_existing(size: usize, sizes: RangeInclusive<usize>) -> String {
    match size_words(size, &sizes) {
        Some(warning) => format!("原有支队，{size} 人，{warning}"),
        None => "原有支队".to_owned(),
    }
}

/// How one unit takes part in a team.
struct Share<'n> {
    name: &'n str,
    /// Its people in this team.
    count: usize,
    /// All its people.
    total: usize,
    /// Over how many teams they are spread.
    teams: usize,
    /// Whether in each of these everybody has a service in common.
    is_by_service: bool,
}

/// The units in a group with their numbers and the first place of each, in the order they stand.
fn shares(group: &[usize], traits: &[Traits]) -> Vec<(usize, usize, usize)> {
    let mut shares: Vec<(usize, usize, usize)> = Vec::new();
    for place in group {
        match shares.iter_mut().find(|(unit, _, _)| *unit == traits[*place].unit) {
            Some((_, count, _)) => *count += 1,
            None => shares.push((traits[*place].unit, 1, *place)),
        }
    }
    shares
}

fn words(shares: &[Share<'_>], teams: usize, sizes: &RangeInclusive<usize>) -> String {
    if let [share] = shares {
        let name = if share.name.is_empty() { "未填单位" } else { share.name };
        return if share.teams > 1 {
            let how = if share.is_by_service { "按服务项目分为" } else { "分为" };
            format!("{name}共 {} 人，{how} {} 支队", share.total, share.teams)
        } else {
            format!("{name}一个单位")
        };
    }
    let few = shares.iter().filter(|share| share.total < *sizes.start()).count();
    let listed: Vec<String> = shares.iter().take(MOST_NAMED).map(|share| share.words(sizes)).collect();
    let more = if shares.len() > MOST_NAMED { format!("等 {} 个单位", shares.len()) } else { String::new() };
    let why = if few > 0 {
        format!("有单位不足 {} 人，合编", sizes.start())
    } else if teams == 1 {
        format!("合计不超过 {} 人，编为一支队", sizes.end())
    } else {
        format!("为使支队最少（{teams} 支），合编")
    };
    format!("{}{more}；{why}", listed.join("、"))
}

impl Share<'_> {
    fn words(&self, sizes: &RangeInclusive<usize>) -> String {
        let name = if self.name.is_empty() { "未填单位" } else { self.name };
        if self.count < self.total && self.total > *sizes.end() {
            return format!("{name} {} 人（共 {} 人，超过 {} 人分开）", self.count, self.total, sizes.end());
        }
        if self.count < self.total {
            return format!("{name} {} 人（共 {} 人）", self.count, self.total);
        }
        format!("{name} {} 人", self.count)
    }
}

fn size_words(size: usize, sizes: &RangeInclusive<usize>) -> Option<String> {
    if size < *sizes.start() {
        Some(format!("不足 {} 人", sizes.start()))
    } else if size > *sizes.end() {
        Some(format!("超过 {} 人", sizes.end()))
    } else {
        None
    }
}
