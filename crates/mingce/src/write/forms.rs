//! The forms, annex 1: one for each person.

use std::path::Path;

use mingce_core::collection::Checked;
use mingce_core::scheme::Scheme;
use mingce_writer::xlsx::{self, XlsxOptions};

use super::kind::{FileKind, FormsKind};
use super::{WriteOptions, Written};
use crate::{Error, Existing, FileTarget, FolderTarget};

/// Finds out whether forms can be written to this path, before long work starts.
///
/// # Errors
/// As [`write_forms`].
pub fn check_forms_target(path: &Path, existing: Existing) -> Result<(), Error> {
    match FormsKind::of(path)? {
        FormsKind::File(_) => FileTarget::open(path, existing).map(drop),
        FormsKind::Folder => FolderTarget::open(path, existing).map(drop),
    }
}

/// Writes a form for everybody accepted, each person once.
///
/// A path that ends in `.docx` or `.xlsx` becomes one file with a page or sheet each; any other is a folder with one
/// `.docx` each, named like `01-张三.docx`.
///
/// # Errors
/// When the path ends like some other kind of file, what exists there must not be replaced, or it cannot be written; then
/// nothing is.
pub fn write_forms(checked: &Checked, scheme: &Scheme, path: &Path, options: &WriteOptions<'_>) -> Result<Written, Error> {
    match FormsKind::of(path)? {
        FormsKind::Folder => Err(Error::Extension { path: path.to_owned(), expected: ".xlsx" }),
        FormsKind::File(kind) => file(checked, scheme, (path, kind), options),
    }
}

fn file(checked: &Checked, scheme: &Scheme, (path, kind): (&Path, FileKind), options: &WriteOptions<'_>) -> Result<Written, Error> {
    let target = FileTarget::open(path, options.existing)?;
    let bytes = match kind {
        FileKind::Workbook => xlsx::forms(checked.listed(), scheme, &XlsxOptions::default()),
        FileKind::Word => return Err(Error::Extension { path: path.to_owned(), expected: ".xlsx" }),
    };
    target.write(&bytes.map_err(|source| Error::Document { path: path.to_owned(), source })?)?;
    Ok(Written { files: vec![path.to_string_lossy().into_owned()] })
}
