//! What is told of a run: its ledger, tables, units, findings and outputs, in the shape of the JSON report.

use mingce_core::collection::{Checked, Ledger, TableReport, UnitReport};
use mingce_core::diagnostic::Diagnostic;
use serde::Serialize;

use crate::Written;

/// The report of a run; serialised, it is the JSON report. The default is that of a run that never began.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[non_exhaustive]
pub struct Report<'a> {
    /// What became of all lines.
    pub rows: Ledger,
    /// The tables, in input order.
    pub inputs: &'a [TableReport],
    /// The units people are counted under.
    pub units: &'a [UnitReport],
    /// Every finding: by input as given, then row, then column; those about units last.
    pub diagnostics: &'a [Diagnostic],
    /// The files written, as given.
    pub written: &'a [String],
}

impl<'a> Report<'a> {
    /// The report of what was judged and written.
    #[must_use]
    pub fn new(checked: &'a Checked, written: &'a Written) -> Self {
        Self {
            rows: checked.ledger(),
            inputs: &checked.tables,
            units: &checked.units,
            diagnostics: &checked.diagnostics,
            written: &written.files,
        }
    }
}
