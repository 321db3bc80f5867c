//! Lists of their own for groups of people in one blank roster, and which people stand in which of them.

use std::collections::BTreeMap;

use mingce_core::branch::{BranchName, Likeness};
use mingce_core::compose;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::text::is_blank_character;

/// One list of a blank that has several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// What is printed right above its lines: the name of a group, or the line above its table.
    pub(crate) caption: String,
    /// The numbers printed in the first and in the last line.
    pub(crate) numbers: Option<[u32; 2]>,
    /// How many people its printed lines hold.
    pub(crate) room: usize,
}

/// Who stands in which list.
#[derive(Debug, Clone)]
pub struct Shares {
    /// For each list the people who stand there, by their places, and the number that the first of them has.
    pub(crate) lists: Vec<(Vec<usize>, usize)>,
    left_empty: Vec<String>,
    strangers: Vec<(String, String)>,
}

impl Shares {
    /// What is printed above those of several lists that stay empty, while people whom no such words name stand in another list.
    #[must_use]
    pub fn left_empty(&self) -> &[String] {
        &self.left_empty
    }

    /// Branches of people that no list is captioned with, each with what is printed above that of another branch where they stand.
    #[must_use]
    pub fn strangers(&self) -> &[(String, String)] {
        &self.strangers
    }
}

impl Group {
    /// Whether this list goes on with another one.
    fn continues(&self, before: &Self) -> bool {
        match (before.numbers, self.numbers) {
            (Some([_, last]), Some([first, _])) => last.checked_add(1) == Some(first),
            (None, None) => self.caption.is_empty() || self.caption == before.caption,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// Whether the list is of people who are no members yet.
    fn is_of_activists(&self) -> bool {
        self.caption.contains("积极分子")
    }

    /// The names that its words may be: all of them, and each of those that blanks part (a sheet's name may stand before them).
    fn names(&self) -> Vec<BranchName> {
        let parted = self.caption.split(is_blank_character).filter(|words| *words != self.caption);
        std::iter::once(self.caption.as_str()).chain(parted).map(BranchName::of).filter(|name| !name.is_empty()).collect()
    }
}

/// The branches that lists are of, by the words above them.
struct Captions(Vec<Vec<BranchName>>);

impl Captions {
    /// The list of the people of this branch: the one whose words mean it most surely; none where several do that are not the same.
    fn list_of(&self, branch: &str) -> Option<usize> {
        let branch = BranchName::of(branch);
        let likeness = |names: &Vec<BranchName>| {
            let named = names.iter().filter_map(|name| name.likeness(&branch)).max();
            named.max(names.iter().any(|name| branch.is_in(name)).then_some(Likeness::Part))
        };
        let found: Vec<Option<Likeness>> = self.0.iter().map(likeness).collect();
        let best = found.iter().flatten().max()?;
        let mut alike = (0..found.len()).filter(|list| found[*list].as_ref() == Some(best));
        let first = alike.next()?;
        alike.all(|other| self.0[other] == self.0[first]).then_some(first)
    }
}

/// Shares the people out.
///
/// A list that is captioned with a branch is that branch's, and one of 入党积极分子 is theirs where another one is for the others. Everybody
/// else stands in the first list and what goes on with it; the last of these takes whoever is left.
pub(crate) fn shares<'p>(groups: &[Group], people: &[&'p Registration], scheme: &Scheme) -> Shares {
    let mut lists: Vec<(Vec<usize>, usize)> = groups.iter().map(|_| (Vec::new(), 1)).collect();
    let of_activists = groups.iter().position(Group::is_of_activists).filter(|_| groups.iter().any(|one| !one.is_of_activists()));
    let first = groups.iter().position(|one| of_activists.is_none() || !one.is_of_activists()).unwrap_or(0);
    let captions = Captions(groups.iter().map(Group::names).collect());
    let mut known: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    let mut own_list = |person: &'p Registration| {
        let is_activist = || compose::text(person, Field::JoinedParty, scheme).contains("积极分子");
        let branch = person.branch.as_str();
        let of_branch = *known.entry(branch).or_insert_with(|| captions.list_of(branch));
        of_activists.filter(|_| is_activist()).or(of_branch)
    };
    let mut others = Vec::new();
    for (place, person) in people.iter().enumerate() {
        match own_list(person) {
            Some(list) => lists[list].0.push(place),
            None => others.push(place),
        }
    }
    let chain = chain(groups, &lists, first);
    // without activists their list is rightly empty
    let is_left_empty =
        |list: &usize| lists[*list].0.is_empty() && !chain.contains(list) && !others.is_empty() && of_activists != Some(*list);
    let empty = (0..groups.len()).filter(is_left_empty).map(|list| groups[list].caption.clone());
    let left_empty = super::once(empty.filter(|caption| !caption.is_empty()));
    let strangers = share_others(groups, people, &chain, others, &mut lists);
    number_on(groups, &mut lists);
    Shares { lists, left_empty, strangers: super::once(strangers) }
}

/// The first list and those that go on with it, as long as they are nobody's own.
fn chain(groups: &[Group], lists: &[(Vec<usize>, usize)], first: usize) -> Vec<usize> {
    let mut chain = vec![first];
    for next in first + 1..groups.len() {
        let last = chain.last().copied().unwrap_or(first);
        if next == last + 1 && lists[next].0.is_empty() && groups[next].continues(&groups[last]) {
            chain.push(next);
        }
    }
    chain
}

/// Puts those without a list of their own into the lists of this chain, the last of which takes whoever is left; the branches of
/// people that stand in another branch's list then, and what is printed above that.
fn share_others(
    groups: &[Group],
    people: &[&Registration],
    chain: &[usize],
    mut others: Vec<usize>,
    lists: &mut [(Vec<usize>, usize)],
) -> Vec<(String, String)> {
    let mut strangers = Vec::new();
    let mut number = 1 + chain.first().and_then(|first| lists.get(*first)).map_or(0, |list| list.0.len());
    for (position, list) in chain.iter().enumerate() {
        let Some(group) = groups.get(*list) else { break };
        let room = group.room.saturating_sub(lists[*list].0.len());
        let count = if position + 1 == chain.len() { others.len() } else { room.min(others.len()) };
        lists[*list].1 = if position == 0 { 1 } else { number };
        number += count;
        let is_of_branch = ["支部", "总支"].iter().any(|kind| group.caption.contains(kind));
        let of_others = others[..count].iter().filter(|place| is_of_branch && !people[**place].branch.is_empty());
        strangers.extend(of_others.map(|place| (people[*place].branch.to_string(), group.caption.clone())));
        lists[*list].0.extend(others.drain(..count));
        lists[*list].0.sort_unstable();
    }
    strangers
}

/// Where the numbers that are printed go on from list to list, those of a list follow the lines that were added above it.
fn number_on(groups: &[Group], lists: &mut [(Vec<usize>, usize)]) {
    let numbers: Option<Vec<[u32; 2]>> = groups.iter().map(|group| group.numbers).collect();
    let Some(numbers) = numbers.filter(|numbers| numbers.windows(2).all(|pair| pair[0][1].checked_add(1) == Some(pair[1][0]))) else {
        return;
    };
    let mut added = 0;
    for ((list, group), [first, _]) in lists.iter_mut().zip(groups).zip(numbers) {
        list.1 = usize::try_from(first).unwrap_or(usize::MAX).saturating_add(added);
        added += list.0.len().saturating_sub(group.room);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(captions: &[&str]) -> Vec<Group> {
        captions.iter().map(|caption| Group { caption: (*caption).to_owned(), numbers: None, room: 1 }).collect()
    }

    fn person(branch: &str) -> Registration {
        let mut person = Registration::default();
        person.branch = branch.into();
        person
    }

    #[test]
    fn people_stand_below_the_name_of_their_branch() {
        let scheme = Scheme::built_in();
        let people = ["第二党支部", "第一党支部", "机关支部", "第二党支部"].map(person);
        let people: Vec<&Registration> = people.iter().collect();
        let lists = groups(&["第一党支部", "第二党支部", "第三党支部"]);
        let found = shares(&lists, &people, &scheme);
        assert_eq!(found.lists, [(vec![1, 2], 1), (vec![0, 3], 1), (vec![], 1)]);
        assert_eq!(found.left_empty(), ["第三党支部"]);
        // where everybody has a list, one without anybody is rightly empty
        assert!(shares(&lists, &people[..2], &scheme).left_empty().is_empty());
    }

    #[test]
    fn words_and_branches_need_not_be_written_alike() {
        let scheme = Scheme::built_in();
        let people = ["长塘村第一党支部", "第十一党支部", "一支部", "星火社区二支部"].map(person);
        let people: Vec<&Registration> = people.iter().collect();
        let found = shares(&groups(&["名册 一支部（共 人）", "十一支部", "第二党支部"]), &people, &scheme);
        assert_eq!(found.lists, [(vec![0, 2], 1), (vec![1], 1), (vec![3], 1)]);
        // which of two it is, nobody knows
        let found = shares(&groups(&["机关支部", "长塘村第一党支部", "星火村第一党支部"]), &people[2..3], &scheme);
        assert_eq!(found.lists, [(vec![0], 1), (vec![], 1), (vec![], 1)]);
        let found = shares(&groups(&["第二党支部", "第三党支部"]), &people, &scheme);
        let branches: Vec<&str> = found.strangers().iter().map(|(branch, _)| branch.as_str()).collect();
        assert_eq!(branches, ["长塘村第一党支部", "第十一党支部", "一支部"]);
        assert!(shares(&groups(&["名册", "第三党支部"]), &people, &scheme).strangers().is_empty());
    }

    #[test]
    fn numbers_that_go_on_follow_the_lines_that_are_added() {
        let scheme = Scheme::built_in();
        let people = ["第一党支部", "第一党支部", "第一党支部", "第二党支部"].map(person);
        let people: Vec<&Registration> = people.iter().collect();
        let mut lists = groups(&["第一党支部", "第二党支部"]);
        (lists[0].numbers, lists[1].numbers) = (Some([1, 1]), Some([2, 2]));
        let numbers = |lists: &[Group]| shares(lists, &people, &scheme).lists.iter().map(|list| list.1).collect::<Vec<_>>();
        assert_eq!(numbers(&lists), [1, 4]);
        lists[1].numbers = Some([1, 1]);
        assert_eq!(numbers(&lists), [1, 1]);
    }

    #[test]
    fn a_list_with_the_same_words_above_it_goes_on_with_the_one_before() {
        let scheme = Scheme::built_in();
        let people = [Registration::default(), Registration::default(), Registration::default()];
        let people: Vec<&Registration> = people.iter().collect();
        let found = shares(&groups(&["花名册", "花名册"]), &people, &scheme);
        assert_eq!(found.lists, [(vec![0], 1), (vec![1, 2], 2)]);
        assert!(found.left_empty().is_empty());
    }
}
