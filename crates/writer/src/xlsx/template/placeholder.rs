//! Placeholders such as `{{姓名}}` in a text, in one run or split over several.

use std::ops::Range;

use mingce_ooxml::sheet::{Cell, Sheet};

/// Longest name of a placeholder, in bytes.
const LONGEST: usize = 96;

/// One placeholder of a sheet: its name, the cell it stands in, and its part of the cell's text.
pub(super) struct Placeholder<'s> {
    pub(super) name: String,
    pub(super) cell: &'s Cell,
    pub(super) place: Range<usize>,
}

impl Placeholder<'_> {
    /// The placeholder as written.
    pub(super) fn label(&self) -> String {
        format!("{{{{{}}}}}", self.name)
    }
}

/// Finds the placeholders of a sheet.
pub(super) fn find(sheet: &Sheet) -> Vec<Placeholder<'_>> {
    let cells = sheet.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.segments.is_empty());
    cells.flat_map(|cell| in_text(&cell.text).into_iter().map(move |(name, place)| Placeholder { name, cell, place })).collect()
}

/// Finds the placeholders in a text: the name of each, and its part of the text.
pub(super) fn in_text(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("{{").map(|open| at + open) {
        let Some(close) = text[open..].find("}}").map(|close| open + close) else { break };
        let name = text[open + 2..close].trim();
        at = close + 2;
        if name.len() <= LONGEST {
            found.push((name.to_owned(), open..at));
        }
    }
    found
}
