//! What is told of a run: its ledger, tables, units, findings and outputs, in the shape of the JSON report.

use std::collections::HashMap;

use mingce_core::collection::{Checked, Ledger, Remark, TableReport, UnitReport};
use mingce_core::diagnostic::Diagnostic;
use mingce_core::members::MembersReport;
use serde::Serialize;

use crate::Written;

/// The report of a run; serialised, it is the JSON report. The default is that of a run that never began.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct Report<'a> {
    /// What became of all lines.
    pub rows: Ledger,
    /// The tables, in input order.
    pub inputs: &'a [TableReport],
    /// How inputs were read where it does not go without saying; the JSON report leaves them out.
    #[serde(skip)]
    pub remarks: &'a [Remark],
    /// The units people are counted under.
    pub units: &'a [UnitReport],
    /// Who of the list of members has registered, where there is a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<&'a MembersReport>,
    /// Every finding: by input as given, then row, then column; those about units last.
    pub diagnostics: Vec<&'a Diagnostic>,
    /// The files written, as given.
    pub written: &'a [String],
}

impl<'a> Report<'a> {
    /// The report of what was judged and written; where nothing was, that is `&Written::default()`.
    #[must_use]
    pub fn new(checked: &'a Checked, written: &'a Written) -> Self {
        Self {
            rows: checked.ledger(),
            inputs: &checked.tables,
            remarks: &checked.remarks,
            units: &checked.units,
            members: checked.members.as_ref(),
            diagnostics: in_order(checked, &written.findings),
            written: &written.files,
        }
    }
}

/// A table, and a row of it.
type Place = (usize, u32);

/// What judging found with what writing found among it, by table and row. What is said of a file that is no input, such as a
/// blank or a photo, stands first.
fn in_order<'a>(checked: &'a Checked, of_writing: &'a [Diagnostic]) -> Vec<&'a Diagnostic> {
    let mut tables = HashMap::new();
    for (number, table) in checked.tables.iter().enumerate() {
        tables.entry((Some(&table.file), table.sheet.as_ref())).or_insert(number);
    }
    let place = |finding: &Diagnostic| -> Option<Place> {
        let table = tables.get(&(finding.at.file.as_ref(), finding.at.sheet.as_ref()))?;
        Some((*table, finding.at.row.unwrap_or_default()))
    };
    let mut all: Vec<(Option<(Place, bool)>, &Diagnostic)> = Vec::with_capacity(checked.diagnostics.len() + of_writing.len());
    // judging has them in order, which stays: an unusable input before the next table, units last, table after table of a sheet
    let mut next = (usize::MAX, u32::MAX);
    for finding in checked.diagnostics.iter().rev() {
        next = place(finding).map_or(next, |place| next.min(place));
        all.push((Some((next, false)), finding));
    }
    all.reverse();
    all.extend(of_writing.iter().map(|finding| (place(finding).map(|place| (place, true)), finding)));
    all.sort_by_key(|(key, _)| *key);
    all.into_iter().map(|(_, finding)| finding).collect()
}

#[cfg(test)]
mod tests {
    use mingce_core::collection::Collection;
    use mingce_core::diagnostic::{Code, Location};
    use mingce_core::register::RawAnswer;
    use mingce_core::scheme::{Field, Scheme};
    use mingce_core::value::Date;

    use super::*;

    #[test]
    fn what_writing_found_stands_with_the_rows_it_is_about() {
        let scheme = Scheme::built_in();
        let mut collection = Collection::new(&scheme, Date::new(2014, 4, Some(30)).expect("a day"));
        for source in ["甲", "乙"] {
            for _ in 0..2 {
                collection.add_person(source, &[Field::Name], &[RawAnswer::typed(Field::Name, "")]);
            }
        }
        let checked = collection.judge();
        let at = Location { row: Some(1), ..Location::of_file("乙") };
        let written = Written { files: Vec::new(), findings: vec![Diagnostic::new(Code::AnswerShrunk, at, "太长")] };
        let report = Report::new(&checked, &written);
        let places: Vec<(Option<&str>, Option<u32>)> =
            report.diagnostics.iter().map(|finding| (finding.at.file.as_deref(), finding.at.row)).collect();
        assert!(places.is_sorted_by_key(|(file, row)| (*file == Some("乙"), *row)), "{places:?}");
        assert!(report.diagnostics.iter().any(|finding| finding.code == Code::AnswerShrunk));
    }

    #[test]
    fn an_unusable_input_stays_where_it_was_given_and_units_stay_last() {
        let said = |code, file: &str, row| Diagnostic::new(code, Location { row, ..Location::of_file(file) }, "…");
        let table = |file: &str| TableReport { file: file.into(), ..TableReport::default() };
        let mut checked = Collection::new(&Scheme::built_in(), Date::new(2014, 4, Some(30)).expect("a day")).judge();
        checked.tables = vec![table("甲"), table("丙")];
        checked.diagnostics = vec![
            said(Code::MobileMissing, "甲", Some(3)),
            said(Code::NoTable, "乙", None),
            said(Code::MobileMissing, "丙", Some(3)),
            Diagnostic::new(Code::ParticipationBelowHalf, Location::default(), "…"),
        ];
        let written = Written {
            files: Vec::new(),
            findings: vec![
                said(Code::PhotoUnused, "照片/1.jpg", None),
                said(Code::AnswerShrunk, "丙", Some(9)),
                said(Code::AnswerShrunk, "甲", Some(9)),
                said(Code::AnswerShrunk, "甲", Some(3)),
            ],
        };
        let report = Report::new(&checked, &written);
        let places: Vec<(Option<&str>, Option<u32>)> =
            report.diagnostics.iter().map(|finding| (finding.at.file.as_deref(), finding.at.row)).collect();
        let expected =
            [("照片/1.jpg", None), ("甲", Some(3)), ("甲", Some(3)), ("甲", Some(9)), ("乙", None), ("丙", Some(3)), ("丙", Some(9))];
        let expected: Vec<_> = expected.map(|(file, row)| (Some(file), row)).into_iter().chain([(None, None)]).collect();
        assert_eq!(places, expected);
        assert_eq!(report.diagnostics[1].code, Code::MobileMissing);
    }
}
