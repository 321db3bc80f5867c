//! What we write we can read: forms and rosters of any people, read again, give the same people.
//!
//! The people are made in `people`; there is a module for our own templates, and one for each kind of blank that others made.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod forms;
mod own;
mod people;
mod rosters;
mod sheets;

use mingce::{Checked, CollectOptions, Collection, Date, Field, Input, RawAnswer, Scheme, collect};
use people::Person;

fn today() -> Date {
    Date::new(2026, 11, Some(23)).unwrap()
}

fn judged(people: &[Person], scheme: &Scheme) -> Checked {
    let mut collection = Collection::new(scheme, today());
    for person in people {
        let fields: Vec<Field> = person.iter().map(|(field, _)| *field).collect();
        let answers: Vec<RawAnswer<'_>> = person.iter().map(|(field, text)| RawAnswer::typed(*field, text)).collect();
        collection.add_person("自有数据", &fields, &answers);
    }
    collection.judge()
}

fn read(name: &str, bytes: Vec<u8>, scheme: &Scheme) -> Checked {
    collect([Input::from_bytes(name, bytes)], scheme, today(), &CollectOptions::default()).unwrap()
}
