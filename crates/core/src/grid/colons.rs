//! Signs that look like a colon and are another character: the ratio sign that input methods offer, the small one of old fonts.

use std::borrow::Cow;

use super::Grid;

/// What is taken for a colon; each has as many bytes in UTF-8 as the one of Chinese text.
const UNUSUAL: [char; 4] = ['\u{2236}', '\u{FE55}', '\u{FE13}', '\u{A789}'];

impl Grid {
    /// This grid with a full-width colon for each sign that looks like one; all places in its texts stay what they are.
    pub(crate) fn with_usual_colons(&self) -> Cow<'_, Self> {
        if !UNUSUAL.iter().any(|sign| self.text.contains(*sign)) {
            return Cow::Borrowed(self);
        }
        let text = self.text.chars().map(|c| if UNUSUAL.contains(&c) { '：' } else { c }).collect();
        Cow::Owned(Self { text, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Column;
    use crate::grid::{Kind, Origin};

    #[test]
    fn what_looks_like_a_colon_is_one_and_nothing_moves() {
        for (text, expected) in [("姓名∶张三", "姓名：张三"), ("姓﹕张", "姓：张"), ("姓：张 3:1", "姓：张 3:1")] {
            let mut builder = Grid::builder(Origin::Sheet);
            builder.start_row(1, false).expect("room");
            builder.push(Column::FIRST, Kind::Text, text).expect("room");
            let grid = builder.finish();
            let usual = grid.with_usual_colons();
            let cell = usual.rows().next().and_then(|row| row.cell(Column::FIRST)).expect("a cell");
            assert_eq!((cell.text, cell.text.len()), (expected, text.len()));
        }
    }
}
