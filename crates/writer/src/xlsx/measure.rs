//! How much room a text takes: without the fonts, by the rule that a Chinese character is one em and a Latin letter half.

use mingce_core::scheme::{Millimetres, Points};

/// Millimetres to a point.
const POINT: f64 = 25.4 / 72.0;

/// What Excel keeps free at the left and right of a cell's text, both together, and a reserve for letters wider than half an em.
const PADDING: f64 = 2.4;

/// Height of a line of text by its size.
const LINE: f64 = 1.25;

/// Width of the widest line of the text in half ems.
pub(super) fn half_ems(text: &str) -> usize {
    text.split('\n').map(line_half_ems).max().unwrap_or(0)
}

fn line_half_ems(line: &str) -> usize {
    line.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum()
}

/// The width of a cell in which so many half ems of this size stay on one line.
#[expect(clippy::cast_precision_loss, reason = "a cell has fewer than 2^52 characters")]
pub(super) fn width(half_ems: usize, size: Points) -> Millimetres {
    Millimetres(half_ems as f64 * size.0 / 2.0 * POINT + PADDING)
}

/// The height in points that the text takes in a cell of this width, when it wraps.
#[expect(clippy::cast_precision_loss, reason = "a cell has fewer than 2^52 lines")]
pub(super) fn height(text: &str, size: Points, width: Millimetres) -> f64 {
    let lines: usize = text.split('\n').map(|line| wrapped_lines(line, size, width)).sum();
    lines as f64 * size.0 * LINE
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number of characters on paper")]
fn wrapped_lines(line: &str, size: Points, width: Millimetres) -> usize {
    let room = ((width.0 - PADDING) / (size.0 / 2.0 * POINT)).floor().max(2.0) as usize;
    let mut lines = 1;
    let mut used = 0;
    for letter in line.chars() {
        let wide = if letter.is_ascii() { 1 } else { 2 };
        if used + wide > room {
            lines += 1;
            used = 0;
        }
        used += wide;
    }
    lines
}

/// Points to this many millimetres.
pub(super) fn points(length: Millimetres) -> f64 {
    length.0 / POINT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_as_wide_as_the_cell_takes_one_line_and_one_more_character_two() {
        let size = Points(12.0);
        let cell = width(half_ems("机关党员干部"), size);
        assert!(height("机关党员干部", size, cell) < 16.0);
        assert!(height("机关党员干部a", size, cell) > 29.0);
        assert!(height("机关\n党员\n干部", size, cell) > 44.0);
    }
}
