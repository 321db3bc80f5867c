//! The report for programs.

use std::io::{self, BufWriter, Write};

use mingce::Report;

/// Writes the report to standard output as JSON, with a line break at its end.
///
/// It may tell of a million rows, so it is never held as one text. A reader that has gone away is no fault of ours.
pub(crate) fn tell(report: &Report<'_>) {
    let mut stream = BufWriter::new(io::stdout().lock());
    // a report holds texts and numbers only, and maps whose keys are texts: it always serialises
    let _ = serde_json::to_writer_pretty(&mut stream, report).map_err(io::Error::from).and_then(|()| writeln!(stream));
    let _ = stream.flush();
}
