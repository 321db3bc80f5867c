//! What stays whole: names, telephone numbers and dates never break over two lines.

use mingce_core::scheme::Points;

use crate::docx::measure::text_width;
use crate::docx::unit::{Twips, half_points};
use crate::form::{Scalable, push_text};

/// The size below which nothing is shrunk.
const SMALLEST: f64 = 6.0;

/// A hyphen that no line ends at; read back it is one like any other.
const HYPHEN: &str = "</w:t><w:noBreakHyphen/><w:t xml:space=\"preserve\">";

/// Writes a run with these numbers on one line of so much room, in smaller type if need be. What is still too long wraps, and then not
/// at a hyphen.
pub(super) fn push(text: &str, face: &Scalable, size: Points, room: Twips, out: &mut String) {
    let widest = text.split('\n').map(text_width).fold(0.0, f64::max);
    // half points, downwards
    let fitting = (room.points() / widest * 2.0).floor() / 2.0;
    let smallest = SMALLEST.min(size.0);
    out.push_str("<w:r>");
    if fitting >= size.0 {
        out.push_str(&face.normal);
    } else {
        face.write(half_points(Points(fitting.max(smallest))), out);
    }
    out.push_str("<w:t xml:space=\"preserve\">");
    let hyphen = if fitting < smallest { HYPHEN } else { "-" };
    for (index, part) in text.split('-').enumerate() {
        if index > 0 {
            out.push_str(hyphen);
        }
        push_text(part, out, |_| {});
    }
    out.push_str("</w:t></w:r>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_shrink_onto_one_line_and_break_at_no_hyphen() {
        let face = Scalable::new("<w:rPr><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>");
        for (text, hyphens, size) in [
            ("0519-86310001", 0, 20),
            ("0519-86310001、13800000001", 0, 13),
            ("0519-86310001、0519-86310002", 0, 12),
            ("0519-86310001-801、13800000001、13800000002", 2, 12),
        ] {
            let mut run = String::new();
            push(text, &face, Points(10.0), Twips(2200), &mut run);
            let said: u32 = run.split("<w:sz w:val=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok()).unwrap_or(0);
            assert_eq!((run.matches("<w:noBreakHyphen/>").count(), said), (hyphens, size), "{text}");
        }
    }
}
