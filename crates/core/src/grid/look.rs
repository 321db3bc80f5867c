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

/// A look in one byte: a grid has one for each of its cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packed(u8);

impl From<Look> for Packed {
    fn from(look: Look) -> Self {
        let Look { is_underlined, is_emphasised, is_crossed } = look;
        Self(u8::from(is_underlined) | u8::from(is_emphasised) << 1 | u8::from(is_crossed) << 2)
    }
}

impl From<Packed> for Look {
    fn from(Packed(bits): Packed) -> Self {
        Self { is_underlined: bits & 1 != 0, is_emphasised: bits & 2 != 0, is_crossed: bits & 4 != 0 }
    }
}
