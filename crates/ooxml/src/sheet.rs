//! A sheet of a workbook as a grid whose cells know where they stand in the XML.
//!
//! The central noun is [`Sheet`]: a [`Grid`] for the recogniser, and for each of its cells a [`Cell`] with the bytes of its tag
//! and of its pieces of text. A sheet refers to texts that all sheets share; [`inlined`] puts them into the sheet first, so that
//! a place found in a cell's text is a place in the sheet's XML. This is for blanks that are filled: what is collected is read as a
//! stream in `mingce-reader`.

mod drawn;
mod scan;
mod strings;
mod styles;

use std::ops::Range;

use mingce_core::address::{Address, Column};
use mingce_core::grid::Grid;

pub use drawn::{DrawnText, drawn_texts};
pub use scan::scan;
pub use strings::{inlined, with_cells};
pub use styles::{Look, Styles};

use crate::word::Segment;

/// A sheet of cells.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its text, for the recogniser.
    pub grid: Grid,
    /// Its rows, from the top.
    pub rows: Vec<Row>,
    /// The bytes inside `sheetData`; where that is one empty tag, an empty range behind it.
    pub data: Range<usize>,
    /// What stands before the names of its elements, such as `x:`; mostly nothing.
    pub prefix: String,
    /// Widths of columns in characters of the default font, where they are not the default.
    pub widths: Vec<(u16, u16, f64)>,
    /// Width of every other column, in characters of the default font.
    pub default_width: f64,
    /// Height of a row that has none of its own, in points.
    pub default_height: f64,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number, counted from 1.
    pub number: u32,
    /// The bytes of the whole element.
    pub xml: Range<usize>,
    /// The bytes of its opening tag.
    pub tag: Range<usize>,
    /// Its height in points, where it has one of its own.
    pub height: Option<f64>,
    /// Its cells, in the order of the file.
    pub cells: Vec<Cell>,
}

/// One cell that is written in the file, empty or not.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Where it stands.
    pub at: Address,
    /// The bytes of the whole element.
    pub xml: Range<usize>,
    /// The bytes of its opening tag.
    pub tag: Range<usize>,
    /// The number of its style.
    pub style: usize,
    /// Its text; of a formula, what it gave last.
    pub text: String,
    /// The pieces its text is made of, in order; none of a number or a formula.
    pub segments: Vec<Segment>,
    /// The parts of its text that are underlined.
    pub underlined: Vec<Range<usize>>,
    /// The bytes of its formula's element (`f`), if it has one.
    pub formula: Option<Range<usize>>,
}

impl Sheet {
    /// The row with this number.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.rows.get(self.rows.binary_search_by_key(&number, |row| row.number).ok()?)
    }

    /// The cell at this place, if it is written in the file.
    #[must_use]
    pub fn cell(&self, at: Address) -> Option<&Cell> {
        self.row(at.row)?.cells.iter().find(|cell| cell.at == at)
    }

    /// The width of a column in characters of the default font.
    #[must_use]
    pub fn width(&self, column: Column) -> f64 {
        let number = column.number();
        let found = self.widths.iter().rev().find(|(first, last, _)| (*first..=*last).contains(&number));
        found.map_or(self.default_width, |(.., width)| *width)
    }

    /// The height of a row in points.
    #[must_use]
    pub fn height(&self, row: u32) -> f64 {
        self.row(row).and_then(|row| row.height).unwrap_or(self.default_height)
    }
}
