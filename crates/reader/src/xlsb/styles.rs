//! What the styles part says of cells: what their number format shows, and what their font and fill make them look like.

use std::collections::BTreeMap;

use mingce_core::grid::Look;
use mingce_ooxml::compound::{u16_at, u32_at};

use crate::error::Error;
use crate::looks::{self, Looks, is_bright, is_bright_index, is_coloured_index};
use crate::number::Shown;
use crate::xlsb::records::{Records, cut, id, rich, wide};

/// What cells refer to by the number of their style, and runs of words by that of their font.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// What each cell style shows.
    pub(super) shown: Vec<Shown>,
    /// What each cell style makes a cell look like; empty if none does anything to it.
    pub(super) looks: Vec<Look>,
    /// What each font looks like.
    pub(super) fonts: Vec<Look>,
}

impl Styles {
    /// A text as it is kept with the looks of its words, without those that are struck out beside others.
    pub(super) fn words(&self, data: &[u8]) -> Option<(String, Looks)> {
        let (mut text, runs) = rich(data)?;
        if runs.is_empty() {
            return Some((text, Looks::default()));
        }
        let worn = |(unit, font): (u16, u16)| (usize::from(unit), self.fonts.get(usize::from(font)).copied().unwrap_or_default());
        let looks = looks::of_runs(&mut text, runs.into_iter().map(worn));
        Some((text, looks))
    }
}

/// Reads the styles in the order of their numbers.
pub(super) fn read(mut records: Records<'_>) -> Result<Styles, Error> {
    let mut codes: BTreeMap<u32, Shown> = BTreeMap::new();
    let (mut formats, mut worn) = (Vec::new(), Vec::new());
    let (mut fonts, mut fills) = (Vec::new(), Vec::new());
    let mut among_cells = false;
    while let Some((id, data)) = records.next()? {
        match id {
            id::FORMAT => {
                if let (Some(number), Some((code, _))) = (u16_at(data, 0), data.get(2..).and_then(wide)) {
                    codes.entry(u32::from(number)).or_insert_with(|| Shown::of_code(&code));
                }
            }
            id::FONT => fonts.push(font(data)),
            id::FILL => fills.push(u32_at(data, 0) == Some(1) && data.get(4..).is_some_and(is_bright_colour)),
            id::BEGIN_CELL_STYLES => among_cells = true,
            id::END_CELL_STYLES => among_cells = false,
            id::CELL_STYLE if among_cells => {
                formats.push(u32::from(u16_at(data, 2).ok_or_else(cut)?));
                worn.push([4, 6].map(|at| usize::from(u16_at(data, at).unwrap_or(0))));
            }
            _ => {}
        }
    }
    let looks = looks::of_styles(worn.into_iter(), &fonts, &fills);
    let shown = |number: u32| codes.get(&number).cloned().unwrap_or_else(|| Shown::of_builtin(number));
    Ok(Styles { shown: formats.into_iter().map(shown).collect(), looks, fonts })
}

/// What a font looks like.
///
/// Source: MS-XLSB 2.4.150 (BrtFont).
fn font(data: &[u8]) -> Look {
    let word = |at| u16_at(data, at).unwrap_or(0);
    Look {
        is_underlined: data.get(8).is_some_and(|style| *style != 0),
        is_emphasised: word(4) >= 600 || word(2) & 2 != 0 || data.get(12..).is_some_and(is_coloured),
        is_crossed: word(2) & 8 != 0,
        symbols: data.get(25..).and_then(looks::symbol_font),
    }
}

/// The kind of a colour (1: of the palette, 2: its own, 3: of the theme), its number and the colour itself.
///
/// Source: MS-XLSB 2.5.19 (BrtColor).
fn colour(data: &[u8]) -> Option<(u8, u32, u32)> {
    let (kind, number) = (data.first()? >> 1, data.get(1)?);
    let rgb = data.get(4..7)?;
    Some((kind, u32::from(*number), u32::from_be_bytes([0, rgb[0], rgb[1], rgb[2]])))
}

fn is_coloured(data: &[u8]) -> bool {
    match colour(data) {
        Some((1, number, _)) => is_coloured_index(number),
        Some((2, _, rgb)) => rgb != 0,
        // the first four of a theme are its paper and its ink
        Some((3, number, _)) => number > 3,
        _ => false,
    }
}

fn is_bright_colour(data: &[u8]) -> bool {
    match colour(data) {
        Some((1, number, _)) => is_bright_index(number),
        Some((2, _, rgb)) => is_bright(rgb),
        _ => false,
    }
}
