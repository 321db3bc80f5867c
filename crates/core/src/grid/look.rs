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
    /// The font of pictures that its letters are of. Readers put the signs in their place; a grid does not keep it.
    pub symbols: Option<SymbolFont>,
}

/// A font whose letters are pictures, among them the boxes people tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolFont {
    /// Wingdings.
    Wingdings,
    /// Wingdings 2.
    Wingdings2,
    /// Webdings.
    Webdings,
}

impl SymbolFont {
    /// The font of this name, as files spell it: LibreOffice counts fonts that it keeps twice (`Wingdings1`). `None` for any other.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect::<String>().to_ascii_lowercase();
        let name = name.trim();
        let is = |family: &str| name.strip_prefix(family).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        match () {
            () if is("wingdings 2") => Some(Self::Wingdings2),
            () if is("wingdings") => Some(Self::Wingdings),
            () if is("webdings") => Some(Self::Webdings),
            () => None,
        }
    }

    /// Its usual name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wingdings => "Wingdings",
            Self::Wingdings2 => "Wingdings 2",
            Self::Webdings => "Webdings",
        }
    }
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
        let Look { is_underlined, is_emphasised, is_crossed, symbols: _ } = look;
        Self(u8::from(is_underlined) | u8::from(is_emphasised) << 1 | u8::from(is_crossed) << 2)
    }
}

impl From<Packed> for Look {
    fn from(Packed(bits): Packed) -> Self {
        Self { is_underlined: bits & 1 != 0, is_emphasised: bits & 2 != 0, is_crossed: bits & 4 != 0, symbols: None }
    }
}
