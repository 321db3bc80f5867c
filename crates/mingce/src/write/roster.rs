//! The roster, annex 2.

use std::path::Path;

use mingce_core::collection::Checked;
use mingce_core::mask::masked_person;
use mingce_core::registration::Registration;
use mingce_core::scheme::Scheme;
use mingce_writer::roster;
use mingce_writer::xlsx::{self, XlsxOptions};

use super::kind::FileKind;
use super::template::{of_shares, roster_template};
use super::{WriteOptions, Written, findings, not_made, one_file};
use crate::order::listed_in;
use crate::{Error, Existing, FileTarget};

/// Finds out whether a roster can be written to this path, before long work starts.
///
/// # Errors
/// As [`write_roster`].
pub fn check_roster_target(path: &Path, existing: Existing) -> Result<(), Error> {
    FileKind::of(path)?;
    FileTarget::open(path, existing).map(drop)
}

/// Writes the roster of everybody accepted, each person once, as `.xlsx` or `.docx` by the path's extension.
///
/// # Errors
/// When the extension is another, the file exists and must not be replaced, or cannot be written; then nothing is.
pub fn write_roster(checked: &Checked, scheme: &Scheme, path: &Path, options: &WriteOptions<'_>) -> Result<Written, Error> {
    let kind = FileKind::of(path)?;
    let template = options.template.map(|template| roster_template(template, path, scheme)).transpose()?;
    let target = FileTarget::open(path, options.existing)?;
    let masked: Vec<Registration>;
    let mut people = listed_in(checked, options.order);
    if options.is_masked {
        masked = people.into_iter().map(masked_person).collect();
        people = masked.iter().collect();
    }
    if let Some((template, mut findings)) = template {
        let shares = template.shares(&people, scheme);
        let (bytes, filled) = template.fill(&people, &shares, scheme).map_err(not_made(path))?;
        target.write(&bytes)?;
        findings.extend(options.template.into_iter().flat_map(|path| of_shares(path, &shares)));
        findings.extend(people.iter().zip(filled).flat_map(|(person, filled)| findings::of_form(person, &filled, checked, scheme)));
        return Ok(Written { files: one_file(path), findings });
    }
    let bytes = match kind {
        FileKind::Workbook => xlsx::roster(people.iter().copied(), scheme, &XlsxOptions::default()),
        FileKind::Word => roster::docx(&people, scheme),
    };
    target.write(&bytes.map_err(not_made(path))?)?;
    Ok(Written { files: one_file(path), findings: Vec::new() })
}
