//! Who is proposed as 支队长: a party member with 职务, never an activist.

use crate::registration::{Answer, Registration};
use crate::rules::units::{Counted, counted_as};
use crate::value::PartyStatus;

/// Words for the first of a place.
const HEADS: [&str; 14] =
    ["主任", "村长", "社长", "所长", "局长", "处长", "科长", "站长", "校长", "院长", "厂长", "队长", "经理", "董事长"];
/// Words for what people are, rather than for an office they hold.
const NO_OFFICE: [&str; 12] = ["村民", "居民", "群众", "党员", "务农", "农民", "退休", "离休", "待业", "职工", "员工", "工人"];

/// The best of these people to lead the team: full members before 预备党员, higher offices first, then as they stand.
pub(super) fn propose(people: &[&Registration], members: &[usize]) -> Option<usize> {
    let mut sorted: Vec<usize> = members.iter().copied().filter(|member| may_lead(people[*member])).collect();
    sorted.sort_unstable();
    sorted.into_iter().min_by_key(|member| {
        let person = people[*member];
        let probationary = matches!(person.party_status, Answer::Known(PartyStatus::ProbationaryMember));
        (probationary, rank(&person.position))
    })
}

/// Whether the rules let this person be proposed.
fn may_lead(person: &Registration) -> bool {
    counted_as(person) == Counted::Member && !person.position.trim().is_empty()
}

/// How high an office is, the highest first.
fn rank(position: &str) -> u8 {
    if NO_OFFICE.contains(&position) {
        return 9;
    }
    let deputy = position.contains('副');
    if position.contains("书记") {
        return if deputy { 2 } else { 0 };
    }
    if HEADS.iter().any(|word| position.contains(word)) {
        return if deputy { 3 } else { 1 };
    }
    if position.contains("委员") || position.ends_with('长') { 4 } else { 5 }
}
