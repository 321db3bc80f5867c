//! Changes between two rosters or collections, and the new roster that comes of them.

use std::path::Path;

use mingce_core::changes::{Changes, apply, compare};
use mingce_core::collection::Checked;
use mingce_core::mask::{LEFT_OUT_FIELDS, masked_person};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_writer::xlsx::{self, XlsxOptions};

use super::kind::check_workbook;
use super::{WriteOptions, Written, not_made, one_file};
use crate::{Error, Existing, FileTarget};

/// Where the changes go.
#[derive(Debug, Clone, Copy)]
pub struct ChangesTarget<'a> {
    /// The workbook of the changes.
    pub changes: &'a Path,
    /// The new roster, if one is wanted.
    pub roster: Option<&'a Path>,
}

impl ChangesTarget<'_> {
    /// Finds out whether both can be written, before long work starts.
    ///
    /// # Errors
    /// As [`write_changes`].
    pub fn check(&self, existing: Existing) -> Result<(), Error> {
        for path in std::iter::once(self.changes).chain(self.roster) {
            check_workbook(path)?;
            FileTarget::open(path, existing)?;
        }
        Ok(())
    }
}

/// Writes who joined, who left and what changed from the old to the new, and perhaps the new roster: the new people with
/// their blanks filled from the old ones.
///
/// Gives what was written, and the changes. With [`WriteOptions::is_masked`] both files are publication copies.
///
/// # Errors
/// When an extension is not `.xlsx`, a file exists and must not be replaced, or cannot be written; then nothing is.
pub fn write_changes(
    [old, new]: [&Checked; 2],
    scheme: &Scheme,
    target: ChangesTarget<'_>,
    options: &WriteOptions<'_>,
) -> Result<(Written, Changes), Error> {
    target.check(options.existing)?;
    let changes = compare(old, new, scheme);
    let workbook = changes_workbook([old, new], &changes, scheme, options).map_err(not_made(target.changes))?;
    let roster = target.roster.map(|path| Ok((path, roster(&apply(old, new, &changes), scheme, options).map_err(not_made(path))?)));
    let roster = roster.transpose()?;
    let mut files = Vec::new();
    let mut targets = Vec::new();
    for (path, bytes) in std::iter::once((target.changes, workbook)).chain(roster) {
        let mut opened = FileTarget::open(path, options.existing)?;
        opened.fill(&bytes)?;
        targets.push(opened);
        files.extend(one_file(path));
    }
    FileTarget::finish_all(targets)?;
    Ok((Written { files, findings: Vec::new() }, changes))
}

type Bytes = Result<Vec<u8>, mingce_writer::Error>;

fn changes_workbook([old, new]: [&Checked; 2], changes: &Changes, scheme: &Scheme, options: &WriteOptions<'_>) -> Bytes {
    if !options.is_masked {
        return xlsx::changes([&old.people, &new.people], changes, &[], scheme, &XlsxOptions::default());
    }
    let [old, new] = [old, new].map(|side| masked(&side.people));
    let left_out: &[Field] = &LEFT_OUT_FIELDS;
    xlsx::changes([&old, &new], changes, left_out, scheme, &XlsxOptions::default())
}

fn roster(people: &[Registration], scheme: &Scheme, options: &WriteOptions<'_>) -> Bytes {
    if options.is_masked {
        return xlsx::roster(masked(people).iter(), scheme, &XlsxOptions::default());
    }
    xlsx::roster(people.iter(), scheme, &XlsxOptions::default())
}

fn masked(people: &[Registration]) -> Vec<Registration> {
    people.iter().map(masked_person).collect()
}
