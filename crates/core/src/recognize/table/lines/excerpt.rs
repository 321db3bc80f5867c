//! What stands in a skipped line, in few words: enough to tell whether it was a person after all.

use compact_str::{CompactString, format_compact};

use crate::mask::mask_digits;
use crate::text::is_blank_character;

/// Most characters of a line that are kept.
const LONGEST: usize = 40;

/// Most characters of a cell that are looked at; a number that is cut here is far behind what is kept.
const LOOKED_AT: usize = 120;

/// What parts two cells.
const BETWEEN: &str = " | ";

/// The words of the cells, from the left.
pub(super) fn of<'t>(cells: impl Iterator<Item = &'t str>) -> CompactString {
    let mut line = String::new();
    let mut was_digit = false;
    for cell in cells {
        let words: String = cell.chars().take(LOOKED_AT).map(|c| if is_blank_character(c) || c.is_control() { ' ' } else { c }).collect();
        let words = words.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            continue;
        }
        // an ID number with a cell for each digit is a number all the same
        let is_digit = words.chars().count() == 1 && words.chars().all(|c| c.is_numeric() || c.eq_ignore_ascii_case(&'x'));
        if !(line.is_empty() || is_digit && was_digit) {
            line.push_str(BETWEEN);
        }
        line.push_str(&words);
        was_digit = is_digit;
        if line.len() > 8 * LOOKED_AT {
            break;
        }
    }
    let masked = mask_digits(&line);
    match masked.char_indices().nth(LONGEST) {
        Some((end, _)) => format_compact!("{}…", masked[..end].trim_end_matches([' ', '|'])),
        None => masked.as_ref().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_of_a_line_are_told_in_few_words() {
        let long = "注".repeat(50);
        for (cells, expected) in [
            (vec![" 合　计 ", "", "12人"], "合 计 | 12人"),
            (vec!["填表人：王某\n13800001234"], "填表人：王某 138****1234"),
            (vec!["例", "张三", "3", "2", "9", "9", "0", "1", "1", "9", "男"], "例 | 张三 | 32****19 | 男"),
            (vec!["1", "2", "3"], "123"),
            (vec![&long], &format!("{}…", "注".repeat(40))),
            (vec![&"甲乙丙丁戊己庚".repeat(5), "无", "一二三"], &format!("{} | 无…", "甲乙丙丁戊己庚".repeat(5))),
        ] {
            assert_eq!(of(cells.into_iter()), expected);
        }
    }
}
