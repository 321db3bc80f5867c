//! Word documents (`.docx`, `.docm`): their tables, and the lines of text between them.
//!
//! The scan is shared with the writer ([`mingce_ooxml::word`]), so that a form is read where it is filled.

use mingce_ooxml::{Package, word};

use crate::document::{Document, Format};
use crate::error::Error;

/// Reads the document whose main part has this name: a grid for every table and every stretch of lines, in the order they begin.
pub(crate) fn read(package: &Package<'_>, main: &str) -> Result<Document, Error> {
    let xml = package.xml_text(main)?;
    let mut document = Document::new(Format::Docx);
    document.grids = word::grids(&xml, main, package.limits())?;
    Ok(document)
}
