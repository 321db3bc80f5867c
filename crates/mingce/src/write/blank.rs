//! Empty documents to print and fill in by hand.

use std::path::Path;

use mingce_core::scheme::Scheme;
use mingce_writer::xlsx::{self, XlsxOptions};
use mingce_writer::{form, roster};

use super::kind::FileKind;
use super::{WriteOptions, Written, not_made, one_file};
use crate::{Error, FileTarget};

/// What is to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Blank {
    /// Annex 1, the form 登记表.
    Form,
    /// Annex 2, the roster 名册.
    Roster {
        /// How many numbered empty lines it has.
        rows: usize,
    },
    /// The collection workbook 收集表, handed out to be filled in on a computer; only as `.xlsx`.
    Collection {
        /// How many lines there are to fill in.
        rows: usize,
    },
}

/// Writes an empty form or roster, as `.docx` or `.xlsx` by the path's extension, or the collection workbook.
///
/// # Errors
/// When the extension is another, the file exists and must not be replaced, or cannot be written; then nothing is.
pub fn write_blank(blank: Blank, scheme: &Scheme, path: &Path, options: &WriteOptions<'_>) -> Result<Written, Error> {
    let kind = FileKind::of(path)?;
    if matches!((blank, kind), (Blank::Collection { .. }, FileKind::Word)) {
        return Err(Error::Extension { path: path.to_owned(), expected: ".xlsx" });
    }
    let target = FileTarget::open(path, options.existing)?;
    let workbook = XlsxOptions::default();
    let bytes = match (blank, kind) {
        (Blank::Form, FileKind::Workbook) => xlsx::blank_form(scheme, &workbook),
        (Blank::Roster { rows }, FileKind::Workbook) => xlsx::blank_roster(scheme, rows, &workbook),
        (Blank::Collection { rows }, _) => xlsx::collection(scheme, rows, &workbook),
        (Blank::Form, FileKind::Word) => form::blank_docx(scheme),
        (Blank::Roster { rows }, FileKind::Word) => roster::blank_docx(scheme, u32::try_from(rows).unwrap_or(u32::MAX)),
    };
    target.write(&bytes.map_err(not_made(path))?)?;
    Ok(Written { files: one_file(path), findings: Vec::new() })
}
