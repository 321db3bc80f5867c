//! What the cells of one document may still hold: the one place where grids are filled.

use mingce_core::address::Column;
use mingce_core::grid::{GridBuilder, GridFull, Kind, Look, Merge};
use mingce_core::text::is_blank_character;
use mingce_ooxml::{Limit, Limits};

use crate::error::Error;
use crate::looks;
use crate::pictures;

/// As many cells take the room of what is known of the look of some words.
const CELLS_OF_A_LOOK: u64 = 4;

/// The limits of a document, less what its cells hold already.
///
/// Memory follows cells and their text; a few bytes of a file can ask for a lot of both: a shared text that a thousand cells name, a
/// row that is said to be repeated.
#[derive(Debug)]
pub(crate) struct Budget<'l> {
    pub(crate) limits: &'l Limits,
    cells: u64,
    text: u64,
}

/// Refuses a workbook that lists no sheets, or more than it may.
pub(crate) fn expect_sheets(sheets: usize, limits: &Limits) -> Result<(), Error> {
    match sheets as u64 {
        0 => Err(Error::NoSheets),
        sheets if sheets > limits.sheets => Err(Error::LimitExceeded { limit: Limit::Sheets, allowed: limits.sheets, at: None }),
        _ => Ok(()),
    }
}

impl<'l> Budget<'l> {
    pub(crate) fn of(limits: &'l Limits) -> Self {
        Self { limits, cells: limits.cells, text: limits.text }
    }

    /// Refuses a number of cells that would not fit, before any of them is added.
    pub(crate) fn expect(&self, cells: u64, sheet: &str) -> Result<(), Error> {
        if cells > self.cells { Err(self.exceeded(Limit::Cells, sheet)) } else { Ok(()) }
    }

    /// Takes the looks of a cell's words, each of which takes the room of some cells.
    pub(crate) fn expect_looks(&mut self, looks: usize, sheet: &str) -> Result<(), Error> {
        self.cells =
            self.cells.checked_sub((looks as u64).saturating_mul(CELLS_OF_A_LOOK)).ok_or_else(|| self.exceeded(Limit::Cells, sheet))?;
        Ok(())
    }

    /// Opens a row of the grid.
    pub(crate) fn start_row(&self, builder: &mut GridBuilder, row: u32, hidden: bool, sheet: &str) -> Result<(), Error> {
        builder.start_row(row, hidden).map_err(|GridFull| self.exceeded(Limit::Cells, sheet))
    }

    /// Adds a cell to the row that is open; a text of nothing but blanks adds nothing (a web page fills its empty cells with
    /// `&nbsp;`), and the formula of a picture that is not in the file a picture without content.
    pub(crate) fn push(&mut self, builder: &mut GridBuilder, column: Column, kind: Kind, text: &str, sheet: &str) -> Result<(), Error> {
        self.push_with(builder, column, (kind, Look::default()), text, sheet)
    }

    /// As [`push`](Self::push), of a cell that may look other than usual.
    pub(crate) fn push_with(
        &mut self,
        builder: &mut GridBuilder,
        column: Column,
        (kind, look): (Kind, Look),
        text: &str,
        sheet: &str,
    ) -> Result<(), Error> {
        if text.chars().all(is_blank_character) {
            return Ok(());
        }
        if pictures::is_formula(text) {
            pictures::add_missing(builder, column);
            return Ok(());
        }
        let shown = look.symbols.filter(|_| matches!(kind, Kind::Text | Kind::Untyped)).map(|font| looks::of_font(font, text));
        let text = shown.as_deref().unwrap_or(text);
        let length = text.len() as u64;
        if length > self.limits.cell {
            return Err(self.exceeded(Limit::Cell, sheet));
        }
        self.cells = self.cells.checked_sub(1).ok_or_else(|| self.exceeded(Limit::Cells, sheet))?;
        self.text = self.text.checked_sub(length).ok_or_else(|| self.exceeded(Limit::Text, sheet))?;
        builder.push_with(column, kind, text, look).map_err(|GridFull| self.exceeded(Limit::Text, sheet))
    }

    /// Adds a merge, which counts like a cell.
    pub(crate) fn merge(&mut self, builder: &mut GridBuilder, merge: Merge, sheet: &str) -> Result<(), Error> {
        self.cells = self.cells.checked_sub(1).ok_or_else(|| self.exceeded(Limit::Cells, sheet))?;
        builder.facts().merges.push(merge);
        Ok(())
    }

    /// The error that a limit of cells, or of the text of one or all of them, is exceeded; no sheet has an empty name.
    pub(crate) fn exceeded(&self, limit: Limit, sheet: &str) -> Error {
        let allowed = match limit {
            Limit::Cell => self.limits.cell,
            Limit::Text => self.limits.text,
            _ => self.limits.cells,
        };
        Error::LimitExceeded { limit, allowed, at: (!sheet.is_empty()).then(|| format!("工作表「{sheet}」")) }
    }
}
