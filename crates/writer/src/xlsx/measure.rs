//! How much room a text takes: without the fonts, by the rule that a Chinese character is one em and a Latin letter half.
//!
//! Widths of text are counted in [`Tenths`] of half an em, so that a column's width is one multiplication at the end.

use mingce_core::scheme::{Millimetres, Points};

use crate::line_break::may_break;

/// Millimetres to a point.
const POINT: f64 = 25.4 / 72.0;

/// What Excel keeps free at the left and right of a cell's text, both together.
const PADDING: f64 = 2.0;

/// Height of a line of text by its size: Chinese faces ask for 1.15 (仿宋) to 1.45 (Noto Sans CJK, which stands in on Linux), and a
/// sheet cuts off what does not fit.
const LINE: f64 = 1.45;

/// A width of text in tenths of half an em.
pub(super) type Tenths = usize;

/// Width of a Chinese character.
pub(super) const WIDE: Tenths = 20;

/// Width of a Latin letter or digit, with a reserve for capitals and for wider faces in the place of a missing one.
pub(super) const NARROW: Tenths = 11;

/// Width of the widest line of the text.
pub(super) fn width_of(text: &str) -> Tenths {
    text.split('\n').map(|line| line.chars().map(letter).sum()).max().unwrap_or(0)
}

fn letter(letter: char) -> Tenths {
    if letter.is_ascii() { NARROW } else { WIDE }
}

/// The width of a cell in which a text so wide stays on one line at this size.
#[expect(clippy::cast_precision_loss, reason = "a cell has fewer than 2^52 characters")]
pub(super) fn cell_width(text: Tenths, size: Points) -> Millimetres {
    Millimetres(text as f64 / 20.0 * size.0 * POINT + PADDING)
}

/// The height in points that the text takes in a cell of this width, when it wraps.
#[expect(clippy::cast_precision_loss, reason = "a cell has fewer than 2^52 lines")]
pub(super) fn height(text: &str, size: Points, width: Millimetres) -> f64 {
    let room = room(size, width);
    let lines: usize = text.split('\n').map(|line| wrapped_lines(line, room)).sum();
    lines as f64 * size.0 * LINE
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive width of text on paper")]
fn room(size: Points, width: Millimetres) -> Tenths {
    ((width.0 - PADDING) / POINT / size.0 * 20.0).floor().max(20.0) as Tenths
}

/// How many lines the line wraps into; Latin words are broken only where they are longer than a line, and no line begins or ends with a
/// sign that must not.
fn wrapped_lines(line: &str, room: Tenths) -> usize {
    let mut lines = 1;
    let mut used = 0;
    let mut word = 0;
    let mut before = None;
    for c in line.chars() {
        let wide = letter(c);
        // what moves down together
        let is_together = before.is_some_and(|before: char| (before.is_ascii_graphic() && c.is_ascii_graphic()) || !may_break(before, c));
        word = if is_together { word + wide } else { wide };
        used += wide;
        if used > room {
            lines += 1;
            // what stays behind fills the line before; a word moves down whole
            used = if word <= room { word } else { wide };
            word = if word > room { wide } else { word };
        }
        before = Some(c);
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
        let cell = cell_width(width_of("机关党员干部"), size);
        for (text, lines) in [("机关党员干部", 1.0), ("机关党员干部a", 2.0), ("机关\n党员\n干部", 3.0), ("", 1.0)] {
            let height = height(text, size, cell);
            assert!((height - lines * size.0 * LINE).abs() < 0.01, "{text}: {height}");
        }
    }

    #[test]
    fn a_latin_word_moves_down_whole_unless_it_is_longer_than_a_line() {
        for (text, lines) in [
            ("ab abcdefgh", 2),
            ("abcdefghijklmnopqrst", 3),
            ("a b c d e f", 2),
            ("党abcdefghi", 2),
            ("一二三四、五六", 2),
            ("一二三（四）五六七八", 3),
        ] {
            assert_eq!(wrapped_lines(text, NARROW * 9), lines, "{text}");
        }
    }
}
