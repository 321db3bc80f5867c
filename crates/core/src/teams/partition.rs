//! The split itself: as few groups as the sizes allow, units whole, then districts; within a unit by service, and balanced.
//!
//! Within a unit each service has a group of its own, or the groups are balanced: where as many groups are made as there are
//! services, and each service fills one, that is the split, whatever the sizes. Else sizes differ by one at most, and as few
//! services as that allows stand in several groups.
//!
//! People are put in a row, unit by unit, and the row is cut. Where to cut is searched exhaustively (the sizes leave few
//! places); which row is best is not: two are tried, units as they appear and units packed so that their remainders fill
//! whole groups, and in each of them units change places as long as that is better.

use std::collections::{BTreeMap, BTreeSet};

use super::Traits;

/// What a way of cutting costs, the weightiest first: in how many groups the units stand, and the districts; the sum of the
/// squared sizes, which is least when all are equal; in how many groups the services stand. Where services come first, the last
/// two change places.
type Cost = [u64; 4];

/// Where the services stand in a cost: last, or before the sizes, which take the other of these places.
const SERVICES: [usize; 2] = [3, 2];

/// Most services of a unit whose orders are all tried, and most people.
const MOST_ORDERED: usize = 5;
const MOST_REORDERED: usize = 60;

/// Splits people, given by their traits, into groups of places; within a group the people stand by unit and service.
///
/// Every place is in exactly one group. Sizes are within the bounds wherever any split of so many people is; else there is
/// one group (too few people), or groups are larger than asked for.
pub(super) fn partition(traits: &[Traits], smallest: usize, largest: usize) -> Vec<Vec<usize>> {
    if traits.is_empty() {
        return Vec::new();
    }
    let (smallest, largest) = (smallest.max(1), largest.max(1));
    let count = group_count(traits.len(), smallest, largest);
    let (least, most) = (smallest.min(traits.len()), largest.max(traits.len().div_ceil(count)));
    let sizes = Sizes { count, least, most, services_first: false };
    let units = units(traits);
    let rows = [packed(&units, traits, largest), units];
    let best = rows.into_iter().filter_map(|row| improved(row, traits, &sizes)).min_by_key(|(cost, _)| *cost);
    let mut groups = best.map_or_else(|| vec![(0..traits.len()).collect()], |(_, groups)| groups);
    by_service(&mut groups, traits, &sizes);
    for group in &mut groups {
        group.sort_by_key(|place| sort_key(traits, *place));
    }
    groups.sort_by_key(|group| leading_unit(group, traits));
    groups
}

/// The fewest groups: none is larger than the largest, unless that would make some smaller than the smallest.
pub(super) fn group_count(people: usize, smallest: usize, largest: usize) -> usize {
    people.div_ceil(largest.max(1)).min(people / smallest.max(1)).max(1)
}

/// How many groups, and between which sizes.
struct Sizes {
    count: usize,
    least: usize,
    most: usize,
    /// Whether it matters more that services stand together than that the groups are balanced.
    services_first: bool,
}

/// Splits the people of each unit that fills several groups by itself anew, now by their services.
fn by_service(groups: &mut [Vec<usize>], traits: &[Traits], sizes: &Sizes) {
    let mut own: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        let unit = group.first().map(|place| traits[*place].unit);
        if let Some(unit) = unit.filter(|unit| group.iter().all(|place| traits[*place].unit == *unit)) {
            own.entry(unit).or_default().push(at);
        }
    }
    for at in own.into_values().filter(|at| at.len() > 1) {
        let people: Vec<usize> = at.iter().flat_map(|at| groups[*at].iter().copied()).collect();
        let count = at.len();
        let way = |services_first| {
            let sizes = Sizes { count, services_first, ..*sizes };
            let ways = service_orders(&people, traits).into_iter().filter_map(|row| cut(&row, traits, &sizes));
            ways.min_by_key(|(cost, _)| *cost).map(|(_, groups)| groups)
        };
        let services: BTreeSet<Option<usize>> = people.iter().map(|place| traits[*place].services.first().copied()).collect();
        let is_each_a_service = |groups: &Vec<Vec<usize>>| groups.iter().all(|group| is_of_one_service(group, traits));
        let of_one_service = if services.len() == count { way(true).filter(is_each_a_service) } else { None };
        if let Some(new) = of_one_service.or_else(|| way(false)) {
            at.into_iter().zip(new).for_each(|(at, group)| groups[at] = group);
        }
    }
}

/// Whether all of a group have a service in common.
pub(super) fn is_of_one_service(group: &[usize], traits: &[Traits]) -> bool {
    let Some(first) = group.first() else { return false };
    traits[*first].services.iter().any(|service| group.iter().all(|place| traits[*place].services.contains(service)))
}

/// These people in rows in which those of one first service stand together, the services in every order.
fn service_orders(people: &[usize], traits: &[Traits]) -> Vec<Vec<usize>> {
    let mut blocks: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for place in people {
        blocks.entry(traits[*place].services.first().copied()).or_default().push(*place);
    }
    let mut blocks: Vec<Vec<usize>> = blocks.into_values().collect();
    for block in &mut blocks {
        block.sort_by_key(|place| sort_key(traits, *place));
    }
    if blocks.len() > MOST_ORDERED || people.len() > MOST_REORDERED {
        return vec![blocks.concat()];
    }
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..blocks.len() {
        let longer = |order: Vec<usize>| {
            let rest: Vec<usize> = (0..blocks.len()).filter(|block| !order.contains(block)).collect();
            rest.into_iter().map(move |block| order.iter().copied().chain([block]).collect())
        };
        orders = orders.into_iter().flat_map(longer).collect();
    }
    orders.into_iter().map(|order| order.into_iter().flat_map(|block| blocks[block].iter().copied()).collect()).collect()
}

fn sort_key(traits: &[Traits], place: usize) -> (usize, &[usize], usize) {
    (traits[place].unit, &traits[place].services, place)
}

/// The unit most of the group belong to, by its first appearance, and the place of its first person.
fn leading_unit(group: &[usize], traits: &[Traits]) -> (usize, usize) {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for place in group {
        match counts.iter_mut().find(|(unit, _)| *unit == traits[*place].unit) {
            Some((_, count)) => *count += 1,
            None => counts.push((traits[*place].unit, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let unit = counts.iter().filter(|(_, count)| *count == most).map(|(unit, _)| *unit).min().unwrap_or(0);
    (unit, group.first().copied().unwrap_or(0))
}

/// The people of each unit, by service; units of one district one after another, in the order they appear.
fn units(traits: &[Traits]) -> Vec<Vec<usize>> {
    let count = traits.iter().map(|one| one.unit + 1).max().unwrap_or(0);
    let mut units: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (place, one) in traits.iter().enumerate() {
        units[one.unit].push(place);
    }
    for unit in &mut units {
        unit.sort_by_key(|place| sort_key(traits, *place));
    }
    units.retain(|unit| !unit.is_empty());
    units.sort_by_key(|unit| unit.iter().map(|place| traits[*place].district).min());
    units
}

/// A row in which full groups of large units come first, then remainders that fill groups together: the largest first,
/// each where it fits tightest. What stays together is one part of the row.
fn packed(units: &[Vec<usize>], traits: &[Traits], largest: usize) -> Vec<Vec<usize>> {
    let mut row: Vec<Vec<usize>> = Vec::new();
    let mut rests: Vec<&[usize]> = Vec::new();
    for unit in units {
        let (full, rest) = unit.split_at(unit.len() / largest * largest);
        row.extend((!full.is_empty()).then(|| full.to_vec()));
        rests.push(rest);
    }
    rests.retain(|rest| !rest.is_empty());
    rests.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
    let mut bins: Vec<Bin<'_>> = Vec::new();
    // bins by the room left in them, so that the tightest is found without looking at all
    let mut by_room: Vec<Vec<usize>> = vec![Vec::new(); largest + 1];
    for rest in rests {
        let district = traits[rest[0]].district;
        let room = (rest.len()..=largest).find(|room| !by_room[*room].is_empty());
        let bin = match room {
            Some(room) => {
                let of_district = by_room[room].iter().position(|bin| bins[*bin].district == district);
                by_room[room].remove(of_district.unwrap_or(0))
            }
            None => {
                bins.push(Bin { district, size: 0, rests: Vec::new() });
                bins.len() - 1
            }
        };
        bins[bin].size += rest.len();
        bins[bin].rests.push(rest);
        by_room[largest - bins[bin].size].push(bin);
    }
    row.extend(bins.into_iter().flat_map(|bin| bin.rests).map(<[usize]>::to_vec));
    row
}

/// Remainders that fill a group together.
struct Bin<'r> {
    district: usize,
    size: usize,
    rests: Vec<&'r [usize]>,
}

/// How many people may be looked at while places are changed; beyond, the row stays as it is.
const BUDGET: usize = 300_000;

/// The cheapest way to cut the row that is found by changing the places of its parts; `None` if no way keeps the sizes.
fn improved(mut parts: Vec<Vec<usize>>, traits: &[Traits], sizes: &Sizes) -> Option<(Cost, Vec<Vec<usize>>)> {
    let mut best = cut(&parts.concat(), traits, sizes)?;
    let mut tries = BUDGET / traits.len().max(1) / 10;
    let (count, mut is_better) = (parts.len(), true);
    while is_better {
        is_better = false;
        for (left, right) in (0..count).flat_map(|left| (left + 1..count).map(move |right| (left, right))) {
            if tries == 0 {
                return Some(best);
            }
            tries -= 1;
            parts.swap(left, right);
            match cut(&parts.concat(), traits, sizes).filter(|way| way.0 < best.0) {
                Some(way) => (best, is_better) = (way, true),
                None => parts.swap(left, right),
            }
        }
    }
    Some(best)
}

/// The cheapest way to cut the row into so many groups; `None` if no way keeps the sizes.
fn cut(row: &[usize], traits: &[Traits], sizes: &Sizes) -> Option<(Cost, Vec<Vec<usize>>)> {
    let people = row.len();
    let mut seen = Seen::new(traits);
    // for each number of groups and each end, the cost so far and where the last group begins
    let mut steps: Vec<Step> = vec![Step { first: 0, ways: vec![Some(([0; 4], 0))] }];
    for groups in 1..=sizes.count {
        let left = sizes.count - groups;
        let first = (groups * sizes.least).max(people.saturating_sub(left * sizes.most));
        let last = (groups * sizes.most).min(people.saturating_sub(left * sizes.least));
        let before = steps.last()?;
        let ways = (first..=last).map(|end| cheapest(row, traits, end, before, sizes, &mut seen)).collect();
        steps.push(Step { first, ways });
    }
    let (cost, _) = steps.last()?.way(people)?;
    let mut groups = Vec::with_capacity(sizes.count);
    let mut end = people;
    for step in steps.iter().skip(1).rev() {
        let (_, start) = step.way(end)?;
        groups.push(row[start..end].to_vec());
        end = start;
    }
    groups.reverse();
    Some((cost, groups))
}

/// The ways to make so many groups, by where the last of them ends.
struct Step {
    first: usize,
    ways: Vec<Option<(Cost, usize)>>,
}

impl Step {
    fn way(&self, end: usize) -> Option<(Cost, usize)> {
        self.ways.get(end.checked_sub(self.first)?).copied().flatten()
    }
}

/// The cheapest last group that ends here.
fn cheapest(row: &[usize], traits: &[Traits], end: usize, before: &Step, sizes: &Sizes, seen: &mut Seen) -> Option<(Cost, usize)> {
    seen.start_over();
    let of_services = SERVICES[usize::from(sizes.services_first)];
    let mut cost: Cost = [0; 4];
    let mut best: Option<(Cost, usize)> = None;
    for start in (end.saturating_sub(sizes.most)..end).rev() {
        let one = &traits[row[start]];
        let service = one.services.first().map_or(0, |service| service + 1);
        for (kind, value) in [one.unit, one.district, service].into_iter().enumerate() {
            cost[[0, 1, of_services][kind]] += u64::from(seen.is_new(kind, value));
        }
        let size = end - start;
        cost[5 - of_services] = (size as u64).pow(2);
        if size < sizes.least {
            continue;
        }
        let Some((so_far, _)) = before.way(start) else { continue };
        let sum = std::array::from_fn(|place| so_far[place] + cost[place]);
        if best.is_none_or(|(best, _)| sum < best) {
            best = Some((sum, start));
        }
    }
    best
}

/// Which units, districts and services a group has so far; emptied by counting on.
struct Seen {
    round: u64,
    marks: [Vec<u64>; 3],
}

impl Seen {
    fn new(traits: &[Traits]) -> Self {
        let most = |of: fn(&Traits) -> usize| traits.iter().map(of).max().unwrap_or(0) + 1;
        let services = most(|one| one.services.first().map_or(0, |service| service + 1));
        let marks = [most(|one| one.unit), most(|one| one.district), services].map(|count| vec![0; count]);
        Self { round: 0, marks }
    }

    fn start_over(&mut self) {
        self.round += 1;
    }

    fn is_new(&mut self, kind: usize, value: usize) -> bool {
        let mark = &mut self.marks[kind][value];
        let is_new = *mark != self.round;
        *mark = self.round;
        is_new
    }
}
