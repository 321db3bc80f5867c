//! Which size of type lets an answer fit its cell.

use crate::docx::measure::{lines, text_width};
use crate::docx::unit::Twips;

use super::scale::line_height;

/// The room of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Room {
    /// Width between the margins of the cell.
    pub(super) width: Twips,
    /// Height of the row, less what other paragraphs of the cell take.
    pub(super) height: Twips,
    /// Words of the same paragraph that stand before the answer.
    pub(super) before: String,
    /// Whether the row grows with its answers.
    pub(super) growth: Growth,
    /// Whether the page is ruled in lines, which make each line of an answer as high as one or two of them.
    pub(super) ruled: bool,
}

/// How a row grows with its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Growth {
    /// Never by itself.
    Exact,
    /// Once its height is used up.
    AtLeast,
    /// With every line: it has no height of its own.
    Free,
}

/// How an answer is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fit {
    /// Size of type in half points.
    pub(super) size: u32,
    /// How much higher than its row the answer is at that size.
    pub(super) excess: Twips,
    /// Whether its row grows for it, so that the height of its lines is counted on.
    pub(super) grows: bool,
}

impl Fit {
    /// The answer in the size that the blank has there.
    pub(super) fn usual(size: u32) -> Self {
        Self { size, excess: Twips(0), grows: false }
    }
}

/// How an answer is set before the page's spare room is shared out: in a row that grows, as large as is usual or nearly so;
/// what it lacks then is its excess.
pub(super) fn first_fit(text: &str, room: &Room, usual: u32, smallest: u32) -> Fit {
    let fit = fit_of_row(text, room, usual, smallest);
    if !room.ruled || fit.grows {
        return fit;
    }
    let whole = format!("{}{text}", room.before);
    // more than one line is as high as was counted on only where it does not keep to those of the page
    Fit { grows: lines(&whole, room.width.points() / (f64::from(fit.size) / 2.0)).count > 1, ..fit }
}

fn fit_of_row(text: &str, room: &Room, usual: u32, smallest: u32) -> Fit {
    match room.growth {
        Growth::Exact => fit(text, room, usual, smallest),
        Growth::Free => fit(text, room, usual, usual),
        Growth::AtLeast => {
            let nearly = fit(text, room, usual, smallest.max(usual * 5 / 6));
            let whole = format!("{}{text}", room.before);
            let breaks_a_word = |size: u32| lines(&whole, room.width.points() / (f64::from(size) / 2.0)).breaks_a_word;
            match nearly.excess {
                Twips(0) if !breaks_a_word(nearly.size) => nearly,
                // a long number shrinks; no height keeps it whole
                _ if breaks_a_word(usual) => fit(text, room, usual, smallest),
                _ => fit(text, room, usual, usual),
            }
        }
    }
}

/// The largest size, from `usual` down to `smallest`, at which the answer fits.
pub(super) fn fit(text: &str, room: &Room, usual: u32, smallest: u32) -> Fit {
    let smallest = smallest.min(usual);
    let together;
    let text = if room.before.is_empty() {
        text
    } else {
        together = format!("{}{text}", room.before);
        &together
    };
    // nearly every answer is short: no character is wider than its size
    let widest = f64::from(usual) / 2.0;
    let is_short = text.len() <= 240 && !text.contains('\n');
    if is_short && text_width(text) * widest <= room.width.points() {
        return Fit::usual(usual);
    }
    let needed = |size: u32| {
        let lines = lines(text, room.width.points() / (f64::from(size) / 2.0));
        (Twips(line_height(size).saturating_mul(u32::try_from(lines.count).unwrap_or(u32::MAX))), lines.breaks_a_word)
    };
    let fits = |size: u32| {
        let (height, breaks_a_word) = needed(size);
        height <= room.height && !breaks_a_word
    };
    // a low cell looks better with one line a little smaller than with two, the second of which may be a single character
    if room.height.0 < 3 * line_height(usual) && !text.contains('\n') {
        let size = (smallest.max(usual * 5 / 6)..usual).rev().find(|size| text_width(text) * f64::from(*size) / 2.0 <= room.width.points());
        if let Some(size) = size.filter(|size| line_height(*size) <= room.height.0) {
            return Fit::usual(size);
        }
    }
    if let Some(size) = (smallest..=usual).rev().find(|size| fits(*size)) {
        return Fit::usual(size);
    }
    // a word that no size keeps whole is broken at the largest size that fits
    if let Some(size) = (smallest..=usual).rev().find(|size| needed(*size).0 <= room.height) {
        return Fit::usual(size);
    }
    Fit { excess: Twips(needed(smallest).0.0.saturating_sub(room.height.0)), ..Fit::usual(smallest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_answers_shrink_and_what_no_size_fits_says_how_much_it_needs() {
        let room = Room { width: Twips(2400), height: Twips(560), before: String::new(), growth: Growth::Exact, ruled: false };
        for (count, size, spills) in [(10, 24, false), (11, 21, false), (13, 22, false), (30, 16, false), (60, 12, false), (200, 12, true)]
        {
            let fit = fit(&"字".repeat(count), &room, 24, 12);
            assert_eq!((fit.size, fit.excess > Twips(0)), (size, spills), "{count}");
        }
        let least = Room { growth: Growth::AtLeast, ..room.clone() };
        assert_eq!(first_fit(&"字".repeat(13), &least, 24, 12).size, 22);
        let grown = first_fit(&"字".repeat(30), &least, 24, 12);
        assert!(grown.size == 24 && grown.excess > Twips(0));
        let ruled = Room { ruled: true, ..least.clone() };
        assert_eq!([1, 14].map(|count| first_fit(&"字".repeat(count), &ruled, 24, 12).grows), [false, true]);
        assert_eq!(first_fit("zhangsan.zhangsan@example.com", &least, 24, 12).excess, Twips(0));
        assert_eq!(fit("13800001111", &Room { width: Twips(1200), ..room }, 24, 12).size, 17);
    }
}
