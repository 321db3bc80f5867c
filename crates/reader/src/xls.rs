//! Workbooks of Excel 5 to 2003 and of WPS (`.xls`, `.et`): the records of one stream, each looked at by its own length.
//!
//! Read by our own hand. calamine has no streaming reader for this format, allocates the declared extent, knows neither hidden rows
//! nor number formats, and ends the process over cyclic chains and short records, which nothing can catch; checking a file
//! well enough beforehand means reading all of it. Formulas are never interpreted: their stored results are read.
//! Source: MS-XLS.

mod book;
mod controls;
mod drawing;
mod font;
mod records;
mod sheet;
mod strings;

pub(crate) use sheet::error_text;

use mingce_ooxml::Limits;

use crate::budget::Budget;
use crate::document::{Document, Finding, Format};
use crate::error::Error;
use crate::xls::book::Book;

/// Reads all sheets of a workbook stream.
pub(crate) fn read(stream: &[u8], limits: &Limits) -> Result<Document, Error> {
    let book = Book::read(stream, limits)?;
    if book.sheets.is_empty() {
        return Err(Error::NoSheets);
    }
    let mut document = Document::new(Format::Xls);
    let mut budget = Budget::of(limits);
    for listed in &book.sheets {
        if let Some(kind) = listed.kind {
            document.findings.push(Finding::SkippedSheet { sheet: listed.name.clone(), kind });
            continue;
        }
        let grid = sheet::read(stream, listed, &book, &mut budget);
        document.add_sheet(&listed.name, listed.hidden, grid)?;
    }
    document.count_from(book.epoch);
    Ok(document)
}

#[cfg(test)]
mod tests;
