//! The report for programs.

use std::io;

use mingce::Report;

use crate::exit::Exit;
use crate::output;

/// Writes the report to standard output as JSON, with a line break at its end.
///
/// It may tell of a million rows, so it is never held as one text.
pub(crate) fn tell(report: &Report<'_>) -> Exit {
    // a report holds texts and numbers only, and maps whose keys are texts: it always serialises
    output::stdout_with(|stream| {
        serde_json::to_writer_pretty(&mut *stream, report).map_err(io::Error::from)?;
        writeln!(stream)
    })
}
