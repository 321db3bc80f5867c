//! What a font, or what lies behind the words, says of how they look.

use mingce_core::grid::{Look, SymbolFont};
use mingce_ooxml::xml::Tag;

use crate::looks::{is_bright, is_coloured_index};

/// Takes what an element of a font says; a run and a style begin with none of their own.
pub(super) fn take(tag: &Tag<'_>, look: &mut Look) {
    match tag.name() {
        "u" => look.is_underlined = tag.attribute("val").as_deref() != Some("none"),
        "b" | "i" => look.is_emphasised |= !tag.is_off("val"),
        "color" => look.is_emphasised |= is_coloured(tag),
        "rFont" | "name" => look.symbols = tag.attribute("val").and_then(|name| SymbolFont::of_name(&name)),
        "strike" => look.is_crossed = !tag.is_off("val"),
        _ => {}
    }
}

/// Whether a font has a colour that was chosen: the usual one is black, the first dark one of the theme, or that of the system.
fn is_coloured(tag: &Tag<'_>) -> bool {
    if let Some(colour) = tag.attribute("rgb") {
        return !matches!(&*colour, "FF000000" | "00000000");
    }
    // the first four of a theme are its paper and its ink
    tag.parsed::<u32>("theme").is_some_and(|theme| theme > 3) || tag.parsed("indexed").is_some_and(is_coloured_index)
}

/// Whether the colour of a fill is one to mark words with.
pub(super) fn marks(tag: &Tag<'_>) -> bool {
    tag.attribute("rgb").and_then(|colour| u32::from_str_radix(&colour, 16).ok()).is_some_and(is_bright)
}
