//! Workbooks in Office Open XML whose parts are binary (`.xlsb`): the package of `xlsx`, and records like those of `xls`.
//!
//! Read by our own hand like its two neighbours: calamine, which streams this format, says nothing of hidden rows and number
//! formats, and panics over a missing relationship. Source: MS-XLSB.

mod records;
mod sheet;
mod styles;

use std::collections::BTreeSet;

use mingce_core::grid::Epoch;
use mingce_ooxml::Package;

use crate::budget::{Budget, expect_sheets};
use crate::document::{Document, Finding, Format};
use crate::error::Error;
use crate::pictures::Files;
use crate::texts::Strings;
use crate::xlsb::records::{Records, cut, id, wide};
use crate::xlsb::styles::Styles;
use crate::xlsx::book::{Listed, kind_of};
use crate::xlsx::{controls, drawing, part_of};
use mingce_ooxml::compound::u32_at;

/// What the cells of a workbook refer to.
#[derive(Debug)]
struct Book {
    sheets: Vec<Listed>,
    epoch: Epoch,
    strings: Strings,
    styles: Styles,
}

/// Reads all sheets of the workbook whose main part has this name.
pub(crate) fn read(package: &Package<'_>, main: &str) -> Result<Document, Error> {
    let limits = package.limits();
    let book = Book::read(package, main)?;
    expect_sheets(book.sheets.len(), limits)?;
    let mut budget = Budget::of(limits);
    let mut document = Document::new(Format::Xlsb);
    let mut seen = BTreeSet::new();
    let mut files = Files::of(package);
    for listed in &book.sheets {
        if let Some(kind) = listed.kind {
            document.findings.push(Finding::SkippedSheet { sheet: listed.name.clone(), kind });
            continue;
        }
        let part = part_of(package, listed, &mut seen)?;
        let mut grid =
            part.as_ref().map_err(Clone::clone).and_then(|part| sheet::read(Records::of(package, part)?, listed, &book, &mut budget));
        // drawings are the same XML as in .xlsx
        if let (Ok(part), false) = (&part, listed.hidden) {
            grid = grid.map(|grid| {
                let mut grid = controls::put(package, part, grid);
                if let Some(drawing) = drawing::part_of(package, part) {
                    drawing::add(package, &drawing, None, &mut files, &mut grid);
                }
                grid
            });
        }
        document.add_sheet(&listed.name, listed.hidden, grid)?;
    }
    document.count_from(book.epoch);
    Ok(document)
}

impl Book {
    fn read(package: &Package<'_>, main: &str) -> Result<Self, Error> {
        let links = package.relationships(main)?;
        let target = |kind: &str| links.first_of(kind).and_then(|found| found.target.clone()).filter(|part| package.contains(part));
        let mut book = Self { sheets: Vec::new(), epoch: Epoch::Of1900, strings: Strings::default(), styles: Styles::default() };
        let mut records = Records::of(package, main)?;
        while let Some((id, data)) = records.next()? {
            match id {
                id::WORKBOOK_PROPERTIES if u32_at(data, 0).is_some_and(|flags| flags & 1 != 0) => book.epoch = Epoch::Of1904,
                id::BUNDLE_SHEET => {
                    let (link, rest) = wide(data.get(8..).ok_or_else(cut)?).ok_or_else(cut)?;
                    let (name, _) = wide(rest).ok_or_else(cut)?;
                    let link = links.by_id(&link);
                    book.sheets.push(Listed {
                        name: name.into(),
                        hidden: u32_at(data, 0).is_some_and(|state| state != 0),
                        part: link.and_then(|link| link.target.clone()),
                        kind: link.and_then(|link| kind_of(&link.kind)),
                    });
                }
                _ => {}
            }
        }
        if let Some(part) = target("styles") {
            book.styles = styles::read(Records::of(package, &part)?)?;
        }
        if let Some(part) = target("sharedStrings") {
            book.strings = shared(Records::of(package, &part)?, &book.styles)?;
        }
        Ok(book)
    }
}

fn shared(mut records: Records<'_>, styles: &Styles) -> Result<Strings, Error> {
    let mut strings = Strings::default();
    while let Some((id, data)) = records.next()? {
        if id == id::SHARED_STRING {
            let (text, looks) = styles.words(data).ok_or_else(cut)?;
            strings.push(&text, looks)?;
        }
    }
    Ok(strings)
}

#[cfg(test)]
mod tests;
