//! Sheets nobody has seen: people who are known, laid out at random as people lay out lists and forms, are read as they are.
//!
//! `people` makes the people, `page` the sheet they stand on; `lists` and `forms` lay them out. Headings come from the
//! scheme's own dictionary, and everything around the people (titles, totals, other columns, other people's answers) is made
//! up anew in each case. What must hold: everybody is accepted with every answer, everything else is skipped for its reason,
//! and the lines add up.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod forms;
mod lists;
mod page;
mod people;
mod planted;

use mingce_core::collection::{Checked, Collection};
use mingce_core::compose;
use mingce_core::grid::Grid;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::value::Date;
use people::Person;
use proptest::test_runner::{Config as ProptestConfig, RngSeed};

/// What these sheets of one file say.
fn read(grids: &[Grid], scheme: &Scheme) -> Checked {
    let mut collection = Collection::new(scheme, Date::new(2026, 11, Some(23)).unwrap());
    collection.add_document("收集.xlsx", grids);
    collection.judge()
}

/// The answers to these fields, a line for each person who was accepted.
fn answers(checked: &Checked, fields: &[Field], scheme: &Scheme) -> Vec<Vec<String>> {
    checked.accepted().map(|person| fields.iter().map(|field| compose::text(person, *field, scheme).into_owned()).collect()).collect()
}

/// What the answers should be.
fn expected(people: &[Person], fields: &[Field], scheme: &Scheme) -> Vec<Vec<String>> {
    people.iter().map(|person| fields.iter().map(|field| person.printed(*field, scheme)).collect()).collect()
}

/// So many cases, the same in every run; another seed shows others.
fn cases(number: u32) -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(2014),
        failure_persistence: None,
        max_shrink_iters: 500,
        ..ProptestConfig::with_cases(number)
    }
}
