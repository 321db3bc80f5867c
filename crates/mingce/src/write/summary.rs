//! The summary: what everybody accepted adds up to.

use std::path::Path;

use mingce_core::collection::Checked;
use mingce_core::scheme::Scheme;
use mingce_core::statistics::Summary;
use mingce_core::value::Date;
use mingce_writer::summary;
use mingce_writer::xlsx::XlsxOptions;

use super::kind::FileKind;
use super::{WriteOptions, Written, not_made, one_file};
use crate::{Error, Existing, FileTarget};

/// Finds out whether a summary can be written to this path, before long work starts.
///
/// # Errors
/// As [`write_summary`].
pub fn check_summary_target(path: &Path, existing: Existing) -> Result<(), Error> {
    FileKind::of(path)?;
    FileTarget::open(path, existing).map(drop)
}

/// Writes the summary of everybody accepted, as `.xlsx` with charts or as `.docx` by the path's extension.
///
/// `today` is the day to which ages are counted. With [`WriteOptions::is_masked`] nobody is named in it.
///
/// # Errors
/// When the extension is another, the file exists and must not be replaced, or cannot be written; then nothing is.
pub fn write_summary(checked: &Checked, scheme: &Scheme, today: Date, path: &Path, options: &WriteOptions<'_>) -> Result<Written, Error> {
    let kind = FileKind::of(path)?;
    let target = FileTarget::open(path, options.existing)?;
    let sums = if options.is_masked {
        // units are named by whoever wrote the lists of units and members, numbers and all
        Summary::of(&checked.masked(scheme), scheme, today).without_names()
    } else {
        Summary::of(checked, scheme, today)
    };
    let bytes = match kind {
        FileKind::Workbook => summary::xlsx(&sums, &XlsxOptions::default()),
        FileKind::Word => summary::docx(&sums, scheme),
    };
    target.write(&bytes.map_err(not_made(path))?)?;
    Ok(Written { files: one_file(path), findings: Vec::new() })
}
