//! Check boxes and option buttons over an old sheet: an object says what it is and whether it is ticked, the drawing in front of it
//! where it lies, and a text behind it what it says.

use mingce_ooxml::compound::u16_at;

use crate::controls::{Control, LONGEST, MOST, ROW};
use crate::xls::records::Record;

/// What an object can be, by the number in its first part.
const CHECK_BOX: u16 = 0x0B;
const OPTION_BUTTON: u16 = 0x0C;

/// Parts of an object: what it is, and the state of a box or button.
const KIND: u16 = 0x15;
const STATE: u16 = 0x12;

/// The last two records of the drawing in front of an object: its place, and where the object itself goes.
const ANCHOR: &[u8] = &[0x10, 0xF0, 18, 0, 0, 0];
const OBJECT: &[u8] = &[0x11, 0xF0, 0, 0, 0, 0];

/// The controls of a sheet, in the order of their records.
#[derive(Debug, Default)]
pub(super) struct Controls {
    pub(super) found: Vec<Control>,
    /// Whether the object that came last is one of them.
    is_open: bool,
}

impl Controls {
    /// Takes an object whose place the drawing ends with.
    ///
    /// Source: MS-XLS 2.4.181 (Obj), 2.5.143 (FtCmo), 2.5.141 (FtCblsData).
    pub(super) fn object(&mut self, data: &[u8], drawing: &[u8]) {
        let kind = part(data, KIND).and_then(|kind| u16_at(kind, 0));
        let (is_box, is_button) = (kind == Some(CHECK_BOX), kind == Some(OPTION_BUTTON));
        self.is_open = (is_box || is_button) && self.found.len() < MOST;
        if self.is_open {
            let is_ticked = part(data, STATE).and_then(|state| u16_at(state, 0)) == Some(1);
            let anchor = anchor(drawing).unwrap_or_default();
            self.found.push(Control { is_box, is_button, is_ticked, words: String::new(), anchor, link: None });
        }
    }

    /// Takes the text of the object that came last.
    pub(super) fn text(&mut self, record: &Record<'_>) {
        let Some(control) = self.found.last_mut().filter(|_| std::mem::take(&mut self.is_open)) else { return };
        let mut left = usize::from(u16_at(record.data, 10).unwrap_or(0)).min(LONGEST / 3);
        let mut units: Vec<u16> = Vec::new();
        for piece in &record.more {
            let Some((flags, characters)) = piece.split_first().filter(|_| left > 0) else { break };
            let before = units.len();
            if flags & 1 != 0 {
                units.extend(characters.chunks_exact(2).take(left).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
            } else {
                units.extend(characters.iter().take(left).map(|byte| u16::from(*byte)));
            }
            left -= units.len() - before;
        }
        control.words = String::from_utf16_lossy(&units);
    }
}

/// The part of an object with this number.
fn part(mut data: &[u8], wanted: u16) -> Option<&[u8]> {
    loop {
        let (number, length) = (u16_at(data, 0)?, usize::from(u16_at(data, 2)?));
        let rest = data.get(4..)?;
        if number == wanted {
            return rest.get(..length);
        }
        data = rest.get(length..)?;
    }
}

/// Column, how far into it, row and how far into it of the upper left corner and of the lower right; a row has 256 steps here.
fn anchor(drawing: &[u8]) -> Option<Vec<i64>> {
    let end = drawing.len().checked_sub(8)?;
    let start = end.checked_sub(26)?;
    if !drawing[end + 2..].starts_with(OBJECT) || !drawing[start + 2..].starts_with(ANCHOR) {
        return None;
    }
    let words = drawing[start + 10..end].chunks_exact(2).map(|pair| i64::from(u16::from_le_bytes([pair[0], pair[1]])));
    let into_row = |(place, word): (usize, i64)| if place % 4 == 3 { word.saturating_mul(ROW) / 256 } else { word };
    Some(words.enumerate().map(into_row).collect())
}
