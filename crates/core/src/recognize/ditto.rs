//! Cells that say they repeat the one above: 同上, 〃.

use compact_str::CompactString;

use super::Table;
use crate::grid::{Cell, Grid, Row};
use crate::scheme::Field;
use crate::text::is_blank_character;

/// Words for "as above".
const WORDS: [&str; 6] = ["同上", "同上行", "同上一行", "同前", "同左", "如上"];

/// Signs for it, one or several.
const SIGNS: [char; 6] = ['〃', '″', '"', '“', '”', '〞'];

/// Signs that stand for it where there are two of them.
const HALVES: [char; 6] = ['\'', '′', '’', ',', '，', '·'];

/// The longest of them, in bytes, with some blanks.
const LONGEST: usize = 16;

/// What is one person's alone.
const PERSONAL: [Field; 6] = [Field::Name, Field::IdNumber, Field::Seq, Field::Mobile, Field::Email, Field::Qq];

/// So many lines above are looked through for what a run of such cells repeats.
const MOST_LINES: usize = 500;

impl Table {
    /// The cell that this cell of a line means: itself, or where it says 同上 the nearest above that says something.
    ///
    /// Nobody's name, number or address on the net is somebody else's: there the words stay as they are, as they do below a blank.
    #[must_use]
    pub fn meant<'g>(&self, grid: &'g Grid, row: Row<'g>, cell: Cell<'g>) -> Cell<'g> {
        if !is_ditto(cell.text) || !self.may_repeat(cell) {
            return cell;
        }
        let above = self.lines.partition_point(|position| grid.row_at(*position).is_some_and(|line| line.number() < row.number()));
        for line in self.lines[..above].iter().rev().take(MOST_LINES).filter_map(|position| grid.row_at(*position)) {
            let first = || self.filled_down.at(line.number()).find(|first| first.column == cell.column);
            match line.cell(cell.column).or_else(|| grid.cell(first()?)) {
                Some(above) if is_ditto(above.text) => {}
                Some(above) => return Cell { column: cell.column, ..above },
                None => return cell,
            }
        }
        cell
    }

    fn may_repeat(&self, cell: Cell<'_>) -> bool {
        let Ok(place) = self.columns.binary_search_by_key(&cell.column, |column| column.column) else { return false };
        self.columns[place].target.field().is_some_and(|field| !PERSONAL.contains(&field))
    }
}

/// Whether the text says no more than that it repeats the one above.
pub(crate) fn is_ditto(text: &str) -> bool {
    // this is asked of every cell, and nearly none begins so
    text.len() <= LONGEST && text.chars().next().is_some_and(may_begin) && {
        let around = |c: char| is_blank_character(c) || is_dash(c);
        let inner = text.trim_matches(around);
        let are_all = |signs: &[char]| inner.chars().all(|c| signs.contains(&c) || is_blank_character(c));
        let count = inner.chars().filter(|c| !is_blank_character(*c)).count();
        let word: CompactString = inner.chars().filter(|c| !is_blank_character(*c)).collect();
        WORDS.contains(&word.as_str()) || count > 0 && are_all(&SIGNS) || count == 2 && are_all(&HALVES)
    }
}

/// Whether one of them begins with this character, or what may stand before it does.
fn may_begin(c: char) -> bool {
    match c {
        '0'..='9' | 'A'..='Z' | 'a'..='z' => false,
        '\u{3400}'..='\u{9FFF}' => matches!(c, '同' | '如'),
        _ => is_blank_character(c) || is_dash(c) || SIGNS.contains(&c) || HALVES.contains(&c),
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—' | '―' | '－')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_for_above_is_one_with_blanks_around_it_or_not() {
        for ditto in WORDS.into_iter().chain(["〃", "\"", "”", "〃〃", "\"\"", "′′", "··", ",,", "，，", "” ”", "—〃—", "同 上"])
        {
            assert!(is_ditto(ditto) && is_ditto(&format!("\u{3000}{ditto}")), "{ditto}");
        }
        for other in ["", " ", "同", "上", "张三", "138", "同上一行的人", "-", "--", "·", ",", "'", "如意"] {
            assert!(!is_ditto(other), "{other}");
        }
    }
}
