//! Workbooks in Office Open XML (`.xlsx`, `.xlsm`, and `.et` of newer WPS): one pass over each sheet.
//!
//! The pass is our own. calamine reads these files well, but it takes string 0 for a shared string that is no number, a cell
//! beyond the sheet for one inside it, and a whole workbook for lost over one macro sheet or an error value it does not know;
//! it says nothing of hidden rows and of formulas nobody computed. To check all that beside it, the sheet would have to be
//! unpacked and scanned twice.

pub(crate) mod book;
pub(crate) mod controls;
pub(crate) mod drawing;
mod escape;
mod font;
mod in_cell;
mod notes;
mod sheet;
mod strings;
mod styles;

use std::collections::BTreeSet;

use mingce_core::grid::Picture;
use mingce_ooxml::Package;

use crate::budget::{Budget, expect_sheets};
use crate::document::{Document, Finding, Format};
use crate::error::Error;
use crate::pictures::Files;
use crate::texts::Strings;
use crate::xlsx::book::{Book, Listed};
use crate::xlsx::in_cell::InCell;
use crate::xlsx::sheet::Context;

/// Reads all sheets of the workbook whose main part has this name.
pub(crate) fn read(package: &Package<'_>, main: &str) -> Result<Document, Error> {
    let limits = package.limits();
    let book = Book::read(package, main)?;
    expect_sheets(book.sheets.len(), limits)?;
    let strings = match &book.strings {
        Some(part) => strings::read(package.xml(part)?, limits)?,
        None => Strings::default(),
    };
    let styles = match &book.styles {
        Some(part) => styles::read(package.xml(part)?)?,
        None => styles::Styles::default(),
    };
    let in_cell = InCell::of(package, main);
    let mut files = Files::of(package);
    let mut context = Context { strings: &strings, styles: &styles, epoch: book.epoch, in_cell: &in_cell, budget: Budget::of(limits) };
    let mut document = Document::new(Format::Xlsx);
    let mut seen = BTreeSet::new();
    for listed in &book.sheets {
        if let Some(kind) = listed.kind {
            document.findings.push(Finding::SkippedSheet { sheet: listed.name.clone(), kind });
            continue;
        }
        let part = part_of(package, listed, &mut seen)?;
        let grid = part.and_then(|part| {
            // nobody reads a hidden sheet, and its pictures would only take room
            let drawing = if listed.hidden { None } else { drawing::part_of(package, &part) };
            let sheet = sheet::read(package.xml(&part)?, listed, &mut context, drawing.is_some())?;
            let mut grid = if listed.hidden { sheet.grid } else { controls::put(package, &part, sheet.grid) };
            if !listed.hidden {
                grid.notes = notes::of(package, &part);
            }
            let named = sheet.pictures.into_iter().filter(|_| !listed.hidden);
            grid.pictures.extend(named.map(|(at, named)| Picture { at, is_floating: false, file: files.at(in_cell.part_of(&named)) }));
            if let (Some(drawing), Some(measured)) = (drawing, sheet.measured) {
                drawing::add(package, &drawing, Some(&measured.geometry()), &mut files, &mut grid);
            }
            Ok(grid)
        });
        document.add_sheet(&listed.name, listed.hidden, grid)?;
    }
    document.count_from(book.epoch);
    Ok(document)
}

/// The part of a sheet; each sheet has one of its own, or a small file could be read a thousand times.
pub(crate) fn part_of(package: &Package<'_>, listed: &Listed, seen: &mut BTreeSet<String>) -> Result<Result<String, Error>, Error> {
    let Some(part) = listed.part.clone().filter(|part| package.contains(part)) else {
        return Ok(Err(Error::MissingSheet { sheet: listed.name.to_string() }));
    };
    if !seen.insert(part.to_lowercase()) {
        return Err(Error::SharedSheet { sheet: listed.name.to_string() });
    }
    Ok(Ok(part))
}

#[cfg(test)]
mod tests;
