//! What is told of a run: its ledger, tables, units, findings and outputs, in the shape of the JSON report.

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
    /// The report of what was judged and written.
    #[must_use]
    pub fn new(checked: &'a Checked, written: &'a Written) -> Self {
        let mut diagnostics: Vec<&Diagnostic> = checked.diagnostics.iter().collect();
        // what is said of a blank stands before what is said of the inputs
        let of_blank = |finding: &&Diagnostic| order(finding, &checked.tables).is_none();
        diagnostics.splice(0..0, written.findings.iter().filter(of_blank));
        for finding in written.findings.iter().filter(|finding| !of_blank(finding)) {
            let order = order(finding, &checked.tables);
            if order.is_none() {
                // about a file that is no input, such as a photo
                diagnostics.push(finding);
                continue;
            }
            let before =
                diagnostics.iter().rposition(|other| self::order(other, &checked.tables).is_some_and(|other| Some(other) <= order));
            diagnostics.insert(before.map_or(0, |before| before + 1), finding);
        }
        Self {
            rows: checked.ledger(),
            inputs: &checked.tables,
            remarks: &checked.remarks,
            units: &checked.units,
            members: checked.members.as_ref(),
            diagnostics,
            written: &written.files,
        }
    }
}

/// Table and row of a finding; `None` for one about a unit or about an input without tables.
fn order(finding: &Diagnostic, tables: &[TableReport]) -> Option<(usize, u32)> {
    let is_its = |table: &TableReport| Some(&table.file) == finding.at.file.as_ref() && table.sheet == finding.at.sheet;
    let table = tables.iter().position(is_its)?;
    Some((table, finding.at.row.unwrap_or_default()))
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
}
