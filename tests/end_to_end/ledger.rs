//! Nothing is lost: whatever stands below a heading is accepted, returned or skipped, and the report says which.

use mingce_tests::{people, report_keeps_its_laws};
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::Folder;

/// What one line of a random table is.
#[derive(Debug, Clone, Copy)]
enum Line {
    Person,
    Faulty,
    Blank,
    /// A number typed ahead, and nobody behind it.
    Number,
    Heading,
    Total,
    Note,
    Group,
    Example,
}

fn line() -> impl Strategy<Value = Line> {
    use Line::{Blank, Example, Faulty, Group, Heading, Note, Number, Person, Total};
    prop_oneof![
        6 => Just(Person),
        2 => Just(Faulty),
        2 => Just(Blank),
        2 => Just(Number),
        1 => Just(Heading),
        1 => Just(Total),
        1 => Just(Note),
        1 => Just(Group),
        1 => Just(Example),
    ]
}

impl Line {
    fn cells(self, number: u32) -> Vec<String> {
        let words = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        match self {
            Self::Person => people::person(number),
            Self::Faulty => {
                let mut answers = people::person(number);
                answers[people::MOBILE] = "无法联系".to_owned();
                answers
            }
            Self::Blank => Vec::new(),
            Self::Number => vec![number.to_string()],
            Self::Heading => people::heading_line(),
            Self::Total => words(&["合计", "3人"]),
            Self::Note => words(&["填表人：某某", "", "", "审核人：某某"]),
            Self::Group => words(&["第二党支部"]),
            Self::Example => words(&["例", "例：张某", "男", "1985.06"]),
        }
    }

    /// Its place among read, accepted, returned, skipped.
    fn counts(self) -> [u64; 4] {
        match self {
            Self::Person => [1, 1, 0, 0],
            Self::Faulty => [1, 0, 1, 0],
            Self::Blank | Self::Number => [0, 0, 0, 0],
            Self::Heading | Self::Total | Self::Note | Self::Group | Self::Example => [1, 0, 0, 1],
        }
    }
}

proptest! {
    #![proptest_config(Config { cases: 40, failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_line_is_accepted_returned_or_skipped(titles in 0usize..3, body in proptest::collection::vec(line(), 1..25)) {
        let folder = Folder::new();
        let mut lines = vec![vec!["党员志愿者汇总".to_owned()]; titles];
        lines.push(people::heading_line());
        // a first person, so that the heading is one
        lines.push(people::person(1));
        lines.extend((2..).zip(&body).map(|(number, line)| line.cells(number)));
        people::write_workbook(&folder.path().join("表.xlsx"), &lines);
        let report = folder.run_today("check 表.xlsx --format json").report().map_err(TestCaseError::fail)?;
        report_keeps_its_laws(&report).map_err(TestCaseError::fail)?;
        let mut expected = [1, 1, 0, 0];
        for line in &body {
            expected.iter_mut().zip(line.counts()).for_each(|(sum, count)| *sum += count);
        }
        let counted = ["read", "accepted", "returned", "skipped"].map(|key| report["rows"][key].as_u64().unwrap_or(u64::MAX));
        prop_assert_eq!(counted, expected, "{}", report["inputs"]);
    }
}
