//! The report for programs.

use mingce::Report;

/// The report as JSON, with a line break at its end.
pub(crate) fn render(report: &Report<'_>) -> String {
    // a report holds texts and numbers only, and maps whose keys are texts: it always serialises
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}
