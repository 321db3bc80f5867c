//! What cells and words look like, where that can change what they say.

use crate::address::Address;

/// What a cell, or some of its words, looks like, as far as some people choose or take back by it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Underlined.
    pub is_underlined: bool,
    /// Bold, coloured, or marked with a bright colour behind it.
    pub is_emphasised: bool,
    /// Struck out.
    pub is_crossed: bool,
}

/// Words of a cell that somebody struck out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StruckOut {
    /// The cell.
    pub at: Address,
    /// Where in the cell's text they stand, in bytes.
    pub place: usize,
    /// The words.
    pub words: String,
}
