//! The summary as a document.

use mingce_core::scheme::Scheme;
use mingce_core::statistics::Summary;

use crate::Error;
use crate::docx::build;
use crate::docx::package::{Deflater, PackageWriter};

/// The report for the party committee: title, sentences and tables on upright A4, with lines to sign on.
///
/// Faces and sizes are those of the scheme's roster.
///
/// # Errors
/// When the document outgrows what a file can hold.
pub fn docx(summary: &Summary, scheme: &Scheme) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let mut deflater = Deflater::new();
    let mut package = PackageWriter::new(&mut bytes);
    for (name, text) in build::summary(summary, scheme)? {
        package.deflate(&name, text.as_bytes(), &mut deflater)?;
    }
    package.finish()?;
    Ok(bytes)
}
