//! Word documents (`.docx`, `.docm`): their tables, and the lines of text between them.
//!
//! The scan is shared with the writer ([`mingce_ooxml::word`]), so that a form is read where it is filled.

use mingce_core::grid::{Grid, Picture};
use mingce_ooxml::{Package, Relationships, word};

use crate::document::{Document, Format};
use crate::error::Error;
use crate::pictures::{Files, MOST};

/// Reads the document whose main part has this name: a grid for every table and every stretch of lines, in the order they begin.
pub(crate) fn read(package: &Package<'_>, main: &str) -> Result<Document, Error> {
    let xml = package.xml_text(main)?;
    let mut document = Document::new(Format::Docx);
    let found = word::grids(&xml, main, package.limits())?;
    let has_pictures = found.iter().any(|(_, pictures)| !pictures.is_empty());
    let links = if has_pictures { package.relationships(main).unwrap_or_default() } else { Relationships::default() };
    let mut files = Files::of(package);
    document.grids = found.into_iter().map(|(grid, placed)| with_pictures(grid, &placed, &links, &mut files)).collect();
    Ok(document)
}

fn with_pictures(mut grid: Grid, placed: &[word::Placed], links: &Relationships, files: &mut Files<'_, '_>) -> Grid {
    let pictures = placed.iter().take(MOST).map(|placed| {
        let target = links.by_id(&placed.link).and_then(|link| link.target.as_deref());
        Picture { at: placed.at, is_floating: placed.is_floating, file: files.at(target) }
    });
    grid.pictures = pictures.collect();
    grid
}
