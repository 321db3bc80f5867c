//! Workbooks of Excel 5 to 2003 and of WPS (`.xls`, `.et`): the records of one stream, each looked at by its own length.
//!
//! Read by our own hand. calamine has no streaming reader for this format, allocates the declared extent, knows neither hidden rows
//! nor number formats, and ends the process over cyclic chains and short records, which nothing can catch; checking a file
//! well enough beforehand means reading all of it. Formulas are never interpreted: their stored results are read.
//! Source: MS-XLS.

mod book;
mod charset;
mod controls;
mod drawing;
mod font;
mod records;
mod sheet;
mod strings;

pub(crate) use sheet::error_text;

use std::collections::BTreeSet;

use mingce_ooxml::Limits;

use crate::budget::{Budget, expect_sheets};
use crate::document::{Document, Finding, Format};
use crate::error::Error;
use crate::xls::book::{Book, Listed};
use crate::xls::records::Records;

/// Reads all sheets of a workbook stream.
pub(crate) fn read(stream: &[u8], limits: &Limits) -> Result<Document, Error> {
    let book = Book::read(stream, limits)?;
    expect_sheets(book.sheets.len(), limits)?;
    let mut document = Document::new(Format::Xls);
    if book.is_mislabelled {
        document.findings.push(Finding::WrongEncoding { encoding: "GB18030" });
    }
    let mut budget = Budget::of(limits);
    let mut room = Room::of(stream);
    for listed in &book.sheets {
        if let Some(kind) = listed.kind {
            document.findings.push(Finding::SkippedSheet { sheet: listed.name.clone(), kind });
            continue;
        }
        let grid = room.take(listed).and_then(|()| sheet::read(stream, listed, &book, &mut budget));
        document.add_sheet(&listed.name, listed.hidden, grid)?;
    }
    document.count_from(book.epoch);
    Ok(document)
}

/// What is left of the bytes that the sheets of a stream can have: they lie behind each other, and a small file that says otherwise could be
/// read a thousand times.
struct Room<'a> {
    stream: &'a [u8],
    seen: BTreeSet<usize>,
    left: usize,
}

impl<'a> Room<'a> {
    fn of(stream: &'a [u8]) -> Self {
        Self { stream, seen: BTreeSet::new(), left: stream.len() }
    }

    /// Takes the bytes of a sheet, unless it is one that was read already.
    fn take(&mut self, listed: &Listed) -> Result<(), Error> {
        let shared = || Error::SharedSheet { sheet: listed.name.to_string() };
        if !self.seen.insert(listed.start) || self.left == 0 {
            return Err(shared());
        }
        let mut records = Records::of(self.stream, listed.start)?;
        // where it is damaged is said where it is read
        while records.next().is_ok_and(|record| record.is_some()) {}
        let length = self.stream.len() - listed.start - records.left();
        let is_room = length <= self.left;
        self.left = self.left.saturating_sub(length);
        if is_room { Ok(()) } else { Err(shared()) }
    }
}

#[cfg(test)]
mod tests;
