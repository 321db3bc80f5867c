//! Lists of their own for groups of people in one blank roster, and which people stand in which of them.

use mingce_core::compose;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};

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
pub(crate) struct Shares {
    /// For each list the people who stand there, by their places, and the number that the first of them has.
    pub(crate) lists: Vec<(Vec<usize>, usize)>,
    /// The lists that stay empty while people whom no caption names stand in another one.
    pub(crate) left_empty: Vec<usize>,
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

    /// Whether the list is this branch's.
    fn is_of(&self, branch: &str) -> bool {
        !branch.is_empty() && self.caption.contains(branch)
    }
}

/// Shares the people out.
///
/// A list that is captioned with a branch is that branch's, and one of 入党积极分子 is theirs where another one is for the others. Everybody
/// else stands in the first list and what goes on with it; the last of these takes whoever is left.
pub(crate) fn shares(groups: &[Group], people: &[&Registration], scheme: &Scheme) -> Shares {
    let mut lists: Vec<(Vec<usize>, usize)> = groups.iter().map(|_| (Vec::new(), 1)).collect();
    let of_activists = groups.iter().position(Group::is_of_activists).filter(|_| groups.iter().any(|one| !one.is_of_activists()));
    let first = groups.iter().position(|one| of_activists.is_none() || !one.is_of_activists()).unwrap_or(0);
    let own_list = |person: &Registration| {
        let is_activist = || compose::text(person, Field::JoinedParty, scheme).contains("积极分子");
        of_activists.filter(|_| is_activist()).or_else(|| groups.iter().position(|one| one.is_of(&person.branch)))
    };
    let mut others = Vec::new();
    for (place, person) in people.iter().enumerate() {
        match own_list(person) {
            Some(list) => lists[list].0.push(place),
            None => others.push(place),
        }
    }
    let mut chain = vec![first];
    for next in first + 1..groups.len() {
        let last = chain.last().copied().unwrap_or(first);
        if next == last + 1 && lists[next].0.is_empty() && groups[next].continues(&groups[last]) {
            chain.push(next);
        }
    }
    // without activists their list is rightly empty
    let is_left_empty =
        |list: &usize| lists[*list].0.is_empty() && !chain.contains(list) && !others.is_empty() && of_activists != Some(*list);
    let left_empty = (0..groups.len()).filter(is_left_empty).collect();
    let mut number = 1 + lists.get(first).map_or(0, |list| list.0.len());
    for (position, list) in chain.iter().enumerate() {
        let Some(group) = groups.get(*list) else { break };
        let room = group.room.saturating_sub(lists[*list].0.len());
        let count = if position + 1 == chain.len() { others.len() } else { room.min(others.len()) };
        lists[*list].1 = if position == 0 { 1 } else { number };
        number += count;
        lists[*list].0.extend(others.drain(..count));
        lists[*list].0.sort_unstable();
    }
    Shares { lists, left_empty }
}

/// What is printed above the lists that stay empty while people whom no caption names stand in another one.
pub(crate) fn left_empty(groups: &[Group], people: &[&Registration], scheme: &Scheme) -> Vec<String> {
    let found = shares(groups, people, scheme).left_empty;
    super::once(found.into_iter().map(|list| groups[list].caption.clone()).filter(|caption| !caption.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(captions: &[&str]) -> Vec<Group> {
        captions.iter().map(|caption| Group { caption: (*caption).to_owned(), numbers: None, room: 1 }).collect()
    }

    #[test]
    fn people_stand_below_the_name_of_their_branch() {
        let scheme = Scheme::built_in();
        let person = |branch: &str| {
            let mut person = Registration::default();
            person.branch = branch.into();
            person
        };
        let people = ["第二党支部", "第一党支部", "机关支部", "第二党支部"].map(person);
        let people: Vec<&Registration> = people.iter().collect();
        let lists = groups(&["第一党支部", "第二党支部", "第三党支部"]);
        let found = shares(&lists, &people, &scheme);
        assert_eq!(found.lists, [(vec![1, 2], 1), (vec![0, 3], 1), (vec![], 1)]);
        assert_eq!(left_empty(&lists, &people, &scheme), ["第三党支部"]);
        // where everybody has a list, one without anybody is rightly empty
        assert!(left_empty(&lists, &people[..2], &scheme).is_empty());
    }

    #[test]
    fn a_list_with_the_same_words_above_it_goes_on_with_the_one_before() {
        let scheme = Scheme::built_in();
        let people = [Registration::default(), Registration::default(), Registration::default()];
        let people: Vec<&Registration> = people.iter().collect();
        let found = shares(&groups(&["花名册", "花名册"]), &people, &scheme);
        assert_eq!(found.lists, [(vec![0], 1), (vec![1, 2], 2)]);
        assert!(found.left_empty.is_empty());
    }
}
