//! Placeholders such as `{{姓名}}` in the cells of a sheet, in one run or split over several.

use std::ops::Range;

use mingce_ooxml::sheet::{Cell, Sheet};

/// Longest name of a placeholder, in bytes.
const LONGEST: usize = 96;

/// One placeholder: its name, the cell it stands in, and its part of the cell's text.
pub(super) struct Placeholder<'s> {
    pub(super) name: String,
    pub(super) cell: &'s Cell,
    pub(super) place: Range<usize>,
}

/// Finds the placeholders of a sheet.
pub(super) fn find(sheet: &Sheet) -> Vec<Placeholder<'_>> {
    let mut found = Vec::new();
    for cell in sheet.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.segments.is_empty()) {
        let mut at = 0;
        while let Some(open) = cell.text[at..].find("{{").map(|open| at + open) {
            let Some(close) = cell.text[open..].find("}}").map(|close| open + close) else { break };
            let name = cell.text[open + 2..close].trim();
            at = close + 2;
            if name.len() <= LONGEST {
                found.push(Placeholder { name: name.to_owned(), cell, place: open..at });
            }
        }
    }
    found
}
