//! The new people with their blanks filled from the old ones.

use compact_str::CompactString;

use super::Changes;
use crate::collection::{Checked, Fate};
use crate::registration::{Answer, Registration};
use crate::text::fold_word;

/// The people a new roster lists: those of the new collection in their order, each with its blanks filled from what the old
/// one said of the same person.
///
/// 职务 is filled only where the 工作单位 is still the same: somebody who works elsewhere now has another.
#[must_use]
pub fn apply(old: &Checked, new: &Checked, changes: &Changes) -> Vec<Registration> {
    let mut before: Vec<Option<usize>> = vec![None; new.people.len()];
    for (old_place, new_place) in &changes.same {
        if let Some(slot) = before.get_mut(*new_place) {
            *slot = Some(*old_place);
        }
    }
    let listed = new
        .people
        .iter()
        .enumerate()
        .filter(|(place, _)| new.fates.get(*place) == Some(&Fate::Accepted) && new.repeats.get(*place).copied().flatten().is_none());
    listed
        .map(|(place, person)| {
            let mut person = person.clone();
            if let Some(earlier) = before[place].and_then(|earlier| old.people.get(earlier)) {
                fill(&mut person, earlier);
            }
            person
        })
        .collect()
}

fn fill(person: &mut Registration, old: &Registration) {
    fill_answer(&mut person.sex, &old.sex);
    fill_answer(&mut person.birth, &old.birth);
    fill_answer(&mut person.id_number, &old.id_number);
    fill_answer(&mut person.mobile, &old.mobile);
    if person.joined_party.is_blank() && person.party_status.is_blank() {
        person.party_status = old.party_status.clone();
    }
    let is_member = |person: &Registration| !matches!(&person.party_status, Answer::Known(status) if !status.is_member());
    if is_member(person) && is_member(old) {
        fill_answer(&mut person.joined_party, &old.joined_party);
    }
    if person.position.is_empty() && (person.employer.is_empty() || fold_word(&person.employer) == fold_word(&old.employer)) {
        person.position.clone_from(&old.position);
    }
    // the roster of annex 2 has both in one column, and reads back as 特长: what stands in one is not filled into the other
    if person.major.is_empty() && person.specialty.is_empty() {
        person.major.clone_from(&old.major);
        person.specialty.clone_from(&old.specialty);
    }
    fill_texts(person, old);
    fill_choices(person, old);
    fill_own(person, old);
}

fn fill_texts(person: &mut Registration, old: &Registration) {
    let texts: [(&mut CompactString, &CompactString); 10] = [
        (&mut person.phone, &old.phone),
        (&mut person.email, &old.email),
        (&mut person.qq, &old.qq),
        (&mut person.postcode, &old.postcode),
        (&mut person.height, &old.height),
        (&mut person.education, &old.education),
        (&mut person.district, &old.district),
        (&mut person.address, &old.address),
        (&mut person.employer, &old.employer),
        (&mut person.experience, &old.experience),
    ];
    for (text, old) in texts {
        if text.is_empty() {
            text.clone_from(old);
        }
    }
    if person.branch.is_empty() {
        person.branch.clone_from(&old.branch);
    }
}

fn fill_choices(person: &mut Registration, old: &Registration) {
    for (choices, old) in [
        (&mut person.subsidy, &old.subsidy),
        (&mut person.services, &old.services),
        (&mut person.occupation, &old.occupation),
        (&mut person.availability, &old.availability),
    ] {
        if choices.is_blank() {
            choices.clone_from(old);
        }
    }
}

/// The scheme's own fields.
fn fill_own(person: &mut Registration, old: &Registration) {
    for (place, old) in old.own.iter().enumerate() {
        match person.own.get_mut(place) {
            Some(text) if text.is_empty() => text.clone_from(old),
            Some(_) => {}
            None => person.own.push(old.clone()),
        }
    }
}

fn fill_answer<T: Clone>(answer: &mut Answer<T>, old: &Answer<T>) {
    if answer.is_blank() {
        answer.clone_from(old);
    }
}
