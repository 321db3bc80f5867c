//! Changes 动态管理: who joined, who left and what changed between an old roster or collection and a new one.
//!
//! The central noun is [`Changes`]. [`compare`] finds out who is who and tells what differs; formatting that means the same
//! is no difference, and neither is 序号. [`apply`] gives the new people with their blanks filled from the old ones.

mod apply;
mod differ;
mod matching;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashSet;

use compact_str::CompactString;

use crate::collection::{Checked, Fate};
use crate::compose;
use crate::registration::Registration;
use crate::scheme::{Field, Scheme};

pub use apply::apply;
pub(crate) use differ::is_equal;

/// How an old and a new line were found to be the same person, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchedBy {
    /// Both have the same ID number.
    IdNumber,
    /// Both have the same name and mobile.
    NameAndMobile,
    /// Both have the same name and birth.
    NameAndBirth,
    /// Both have the same mobile under different names, and nothing speaks against it: the name has probably changed.
    Mobile,
}

/// One thing about a person that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The fields it is about: one, or those that stand together in a column of the roster.
    pub fields: Vec<Field>,
    /// What it is called: the label of the field, or the heading of the column.
    pub label: CompactString,
}

/// One person who stands in both, with what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The person's place among the old people.
    pub old: usize,
    /// The person's place among the new people.
    pub new: usize,
    /// How the two were found to be one.
    pub matched_by: MatchedBy,
    /// What changed, in the order of the form and roster; a name that changed comes first.
    pub differences: Vec<Difference>,
}

impl Change {
    /// Whether the person probably goes by another name now: same ID number or mobile, other name.
    #[must_use]
    pub fn is_rename(&self) -> bool {
        self.differences.iter().any(|difference| difference.fields == [Field::Name])
    }
}

/// What differs between two rosters or collections; places count through [`Checked::people`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New people, by place among the new ones.
    pub joined: Vec<usize>,
    /// People who are no longer there, by place among the old ones.
    pub left: Vec<usize>,
    /// People of whom something changed, in the order of the new ones.
    pub changed: Vec<Change>,
    /// People who stand in both, whose new line has to be corrected first: old place and new place.
    pub pending: Vec<(usize, usize)>,
    /// Everybody who stands in both, accepted in the new one: old place and new place.
    pub same: Vec<(usize, usize)>,
}

/// Compares an old roster or collection with a new one.
///
/// Lines are the same person when both have an ID number and it is equal, else when name and mobile are, else when name and
/// birth are. A person whose new line was returned has not left. A field that one of the two sheets does not have is not
/// compared.
#[must_use]
pub fn compare(old: &Checked, new: &Checked, scheme: &Scheme) -> Changes {
    let (before, after) = (matching::Side::of(old), matching::Side::of(new));
    let pairs = matching::pairs(&before, &after);
    let mut found = Changes::default();
    let (before_fields, after_fields) = (differ::Asked::of(old), differ::Asked::of(new));
    for pair in &pairs {
        if new.fates.get(pair.new) != Some(&Fate::Accepted) {
            found.pending.push((pair.old, pair.new));
            continue;
        }
        found.same.push((pair.old, pair.new));
        let people = (&old.people[pair.old], &new.people[pair.new]);
        let asked =
            |field: Field| before_fields.has(people.0.place.table, field, scheme) && after_fields.has(people.1.place.table, field, scheme);
        let differences = differ::differences(people.0, people.1, asked, scheme);
        if !differences.is_empty() {
            found.changed.push(Change { old: pair.old, new: pair.new, matched_by: pair.by, differences });
        }
    }
    found.joined = after.places.iter().copied().filter(|place| new.fates[*place] == Fate::Accepted).collect();
    let paired: HashSet<usize> = pairs.iter().map(|pair| pair.new).collect();
    found.joined.retain(|place| !paired.contains(place));
    found.left = before.places.clone();
    let paired: HashSet<usize> = pairs.iter().map(|pair| pair.old).collect();
    found.left.retain(|place| !paired.contains(place));
    found.changed.sort_by_key(|change| change.new);
    found
}

/// The words for what a person's side of a difference says.
#[must_use]
pub fn words<'p>(person: &'p Registration, difference: &Difference, scheme: &'p Scheme) -> Cow<'p, str> {
    if let [field] = difference.fields.as_slice() {
        return compose::text(person, *field, scheme);
    }
    let column = scheme.roster.columns.iter().find(|column| column.from == difference.fields);
    column.map_or(Cow::Borrowed(""), |column| compose::roster_cell(person, column, 0, scheme))
}
