//! Our own forms and rosters, as documents and as workbooks.

use mingce::{Field, Registration, Scheme};
use mingce_core::compose;
use mingce_writer::form::{FormTemplate, merged_docx};
use mingce_writer::xlsx::{self, XlsxOptions};
use proptest::prelude::*;

use crate::people::person;
use crate::{judged, read};

/// The words of annex 1, each with its label.
fn form_words(person: &Registration, scheme: &Scheme) -> Vec<String> {
    let fields = scheme.printed_fields().filter(|field| *field != Field::JoinedParty);
    fields.map(|field| format!("{}={}", scheme.label(field), compose::text(person, field, scheme))).collect()
}

fn all_form_words(people: &[Registration], scheme: &Scheme) -> Vec<Vec<String>> {
    people.iter().map(|person| form_words(person, scheme)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn forms_read_back_are_the_same_people(people in prop::collection::vec(person(), 1..4)) {
        let scheme = Scheme::built_in();
        let written = judged(&people, &scheme).people;
        let expected = all_form_words(&written, &scheme);
        let mut single = Vec::new();
        FormTemplate::built_in(&scheme).unwrap().fill(&written[0], &scheme, &mut single).unwrap();
        let merged = merged(&written, &scheme);
        let (sheets, _) = xlsx::forms(written.iter(), &scheme, &XlsxOptions::default()).unwrap();
        for (name, bytes, expected) in [("一.docx", single, &expected[..1]), ("全.docx", merged, &expected[..]), ("全.xlsx", sheets, &expected[..])] {
            let checked = read(name, bytes, &scheme);
            prop_assert_eq!(&all_form_words(&checked.people, &scheme)[..], expected, "{}", name);
            let ledger = checked.ledger();
            prop_assert_eq!((ledger.read, ledger.skipped), (expected.len(), 0));
        }
    }
}

/// The cells of annex 2, 序号 aside.
fn roster_cells(people: &[Registration], scheme: &Scheme) -> Vec<Vec<String>> {
    people.iter().map(|person| compose::roster_line(person, 0, scheme).split_off(1)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rosters_read_back_are_the_same_lines(people in prop::collection::vec(person(), 1..4)) {
        let scheme = Scheme::built_in();
        let written = judged(&people, &scheme).people;
        let expected = roster_cells(&written, &scheme);
        let document = mingce_writer::roster::docx(&written.iter().collect::<Vec<_>>(), &scheme).unwrap();
        let workbook = xlsx::roster(written.iter(), &scheme, &XlsxOptions::default()).unwrap();
        for (name, bytes) in [("名册.docx", document), ("名册.xlsx", workbook)] {
            let checked = read(name, bytes, &scheme);
            prop_assert_eq!(&roster_cells(&checked.people, &scheme), &expected, "{}", name);
            let ledger = checked.ledger();
            prop_assert_eq!((ledger.read, ledger.skipped), (expected.len(), 0));
            for (again, person) in checked.people.iter().zip(&written) {
                prop_assert_eq!(&again.party_status, &person.party_status);
                // without one of the two nothing parts them, and what is the same is printed once
                if !person.employer.is_empty() && !person.position.is_empty() && person.employer != person.position {
                    prop_assert_eq!(&again.position, &person.position);
                }
            }
        }
    }
}

fn merged(people: &[Registration], scheme: &Scheme) -> Vec<u8> {
    let template = FormTemplate::built_in(scheme).unwrap();
    merged_docx(people, &template, scheme).unwrap().0
}
