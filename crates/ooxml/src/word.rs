//! Tables of a Word document as grids whose cells know where they stand in the XML.
//!
//! The central noun is [`Table`]: a [`Grid`] for the recogniser, and for each of its cells a [`Cell`] with the bytes of
//! its paragraphs, runs and pieces of text. A place found in a cell's text is thereby a place in the XML, to be read or
//! to be written to. What the cells mean is decided in `mingce-core`.

mod building;
mod element;
mod equation;
mod field;
mod look;
mod merge;
mod scan;
mod styles;

use std::ops::Range;

use mingce_core::address::Address;
use mingce_core::grid::Grid;

pub use scan::{Grids, grids, grids_in, scan};
pub use styles::Styles;

/// What a Word document holds of interest, as bytes of its XML.
#[derive(Debug, Clone)]
pub struct Document {
    /// The inside of `w:body`, the last section's properties left out.
    pub body: Range<usize>,
    /// The properties of the last section (`w:sectPr`); empty at the body's end if there are none.
    pub section: Range<usize>,
    /// The tables, in the order they open; a table inside a cell stands after the table around it.
    pub tables: Vec<Table>,
    /// Lines of text outside of tables, and in text boxes: each stretch of them as a table of one column, a line a row.
    /// Empty lines are left out.
    pub texts: Vec<Table>,
}

/// One table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its text, for the recogniser. [`Grid::column_widths`] has an entry for every declared column, and for the last.
    pub grid: Grid,
    /// Its rows from the top.
    pub rows: Vec<Row>,
    /// The bytes of the whole `w:tbl`.
    pub xml: Range<usize>,
    /// Its pictures, in the order of the file.
    pub pictures: Vec<Placed>,
}

/// A picture in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The cell it stands in, or is anchored to.
    pub at: Address,
    /// The relationship that leads to its part.
    pub link: String,
    /// Whether it lies over the text, and not in it.
    pub is_floating: bool,
}

impl Table {
    /// The cell whose top left corner is here.
    #[must_use]
    pub fn cell(&self, at: Address) -> Option<&Cell> {
        let row = usize::try_from(at.row).ok()?.checked_sub(1)?;
        let cells = &self.rows.get(row)?.cells;
        Some(&cells[cells.binary_search_by_key(&at, |cell| cell.at).ok()?])
    }
}

/// One row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The bytes of the whole `w:tr`.
    pub xml: Range<usize>,
    /// Its height, where it has one.
    pub height: Option<Height>,
    /// Its cells from the left.
    pub cells: Vec<Cell>,
}

/// The height of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Height {
    /// The bytes of the `w:trHeight` element.
    pub xml: Range<usize>,
    /// In twentieths of a point.
    pub twips: u32,
    /// Whether the row never grows.
    pub exact: bool,
}

/// One cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Where it stands in the grid.
    pub at: Address,
    /// How many columns it spans.
    pub columns: u16,
    /// Whether it is shaded with a colour.
    pub is_shaded: bool,
    /// Whether it goes on a cell from above (`w:vMerge`).
    pub is_continued: bool,
    /// Its width in twentieths of a point, where the file says so.
    pub width: Option<u32>,
    /// The bytes of the whole `w:tc`.
    pub xml: Range<usize>,
    /// Its text as it is seen: paragraphs and line breaks end in `\n`, the last paragraph in nothing. Boxes of content
    /// controls and form fields stand as `☑` and `□`, whatever sign they show.
    pub text: String,
    /// Its paragraphs; those of tables inside it are not among them.
    pub paragraphs: Vec<Paragraph>,
    /// The pieces its text is made of, in order; line breaks between paragraphs belong to none.
    pub segments: Vec<Segment>,
    /// The parts of its text that are underlined.
    pub underlined: Vec<Range<usize>>,
    /// The parts of its text that are bold, coloured, shaded or framed.
    pub emphasised: Vec<Range<usize>>,
    /// Words that are struck out, and so no part of its text, with the place in it where they stand.
    pub struck: Vec<(usize, String)>,
}

/// One paragraph of a cell.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// The bytes of the whole `w:p`.
    pub xml: Range<usize>,
    /// Its part of the cell's text.
    pub text: Range<usize>,
    /// The bytes of its `w:pPr`; where it has none, an empty range at the place for it.
    pub properties: Range<usize>,
    /// The bytes of the `w:rPr` inside its `w:pPr`: how the end of the paragraph is set.
    pub mark: Option<Range<usize>>,
    /// Where another run can be put at its end; `None` in a paragraph that is one empty tag.
    pub end: Option<usize>,
    /// The properties of its runs (`w:rPr`), in order; of a run that has none, an empty range at the place for it.
    pub runs: Vec<Range<usize>>,
}

/// One piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its part of the cell's text, in bytes.
    pub text: Range<usize>,
    /// The bytes that hold it: inside a `w:t`, or a whole element such as `w:sym` or `w:br`.
    pub xml: Range<usize>,
    /// What holds it.
    pub holder: Holder,
    /// Which paragraph of the cell it stands in.
    pub paragraph: usize,
    /// Which run of the paragraph it stands in.
    pub run: usize,
}

/// What holds a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Characters that stand in the XML as they are: a part of the text is the same part of the bytes.
    Plain,
    /// A character reference (`&amp;`), inside a `w:t`; only replaced as a whole.
    Reference,
    /// An element of its own, such as a symbol, a tab or a line break; only replaced as a whole.
    Element,
    /// The words of a content control in which nobody has typed; no part of the cell's text, and replaced as a whole.
    Placeholder,
    /// The properties of a form field's check box, which say whether it is ticked; no text can take their place.
    State,
    /// The list of a form field, of which one entry is shown; another entry can be chosen, but no text can take its place.
    List,
}
