//! What the fonts and fills of an old workbook make of cells and words.

use mingce_core::grid::Look;
use mingce_ooxml::compound::{u16_at, u32_at};

use crate::looks::{self, is_bright_index, is_coloured_index};

/// Weight from which a font is bold; 400 is the usual one.
const BOLD: u16 = 600;

/// Set in the flags of a font that is slanted.
const ITALIC: u16 = 2;

/// What a font looks like.
///
/// Source: MS-XLS 2.4.122 (Font); the same fields in BIFF5.
pub(super) fn look(data: &[u8]) -> Look {
    let word = |at| u16_at(data, at).unwrap_or(0);
    Look {
        is_underlined: data.get(10).is_some_and(|style| *style != 0),
        is_emphasised: word(6) >= BOLD || word(2) & ITALIC != 0 || is_coloured_index(u32::from(word(4))),
        is_crossed: word(2) & 8 != 0,
        // its name, of letters of 8 or 16 bits
        symbols: data.get(15..).and_then(looks::symbol_font),
    }
}

/// The place of a font among those of the workbook: none has the number 4.
pub(super) fn place(number: u16) -> usize {
    usize::from(if number > 4 { number - 1 } else { number })
}

/// Whether a cell style has a bright fill.
///
/// Source: MS-XLS 2.5.20 (CellXF); BIFF5 has the pattern and the colours in other places.
pub(super) fn is_marked(style: &[u8], is_unicode: bool) -> bool {
    let (pattern, colour) = if is_unicode {
        (u32_at(style, 14).unwrap_or(0) >> 26, u16_at(style, 18).unwrap_or(0) & 0x7F)
    } else {
        (u32::from(u16_at(style, 10).unwrap_or(0) & 0x3F), u16_at(style, 8).unwrap_or(0) & 0x7F)
    };
    pattern == 1 && is_bright_index(u32::from(colour))
}
