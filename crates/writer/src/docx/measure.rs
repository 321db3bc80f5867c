//! How much room text takes: an estimate that does not know the fonts of the machine that prints.
//!
//! Chinese characters are one size wide; everything else is judged by kind, as wide as in the faces that stand in where
//! Times New Roman is missing.

use unicode_width::UnicodeWidthChar;

use crate::line_break::may_break;

/// Height of a line as a multiple of the size of its type: enough for any Chinese face.
pub(crate) const LINE: f64 = 1.25;

/// The lines a text takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lines {
    /// How many.
    pub(crate) count: usize,
    /// Whether a word or number had to be broken because it alone is longer than a line.
    pub(crate) breaks_a_word: bool,
}

/// The width of a character, in sizes of its type.
fn width(c: char) -> f64 {
    match c {
        '0'..='9' => 0.64,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.0,
        'A'..='Z' => 0.76,
        ' ' => 0.4,
        '\u{21}'..='\u{7E}' => 0.62,
        '\u{4E00}'..='\u{9FFF}' => 1.0,
        _ => match c.width() {
            Some(0) => 0.0,
            Some(1) => 0.6,
            _ => 1.0,
        },
    }
}

/// The width of a text on one line, in sizes of its type.
pub(crate) fn text_width(text: &str) -> f64 {
    text.chars().map(width).sum()
}

/// The lines a text takes in so much room, counted in sizes of its type.
///
/// Chinese text breaks between any two characters that no sign keeps together, Latin words and numbers stay whole where a line can hold them.
pub(crate) fn lines(text: &str, room: f64) -> Lines {
    let mut lines = Lines { count: 0, breaks_a_word: false };
    for paragraph in text.split('\n') {
        lines.count += 1;
        let mut used = 0.0;
        for word in words(paragraph) {
            let length = text_width(word);
            if used + length <= room {
                used += length;
                continue;
            }
            if length <= room {
                lines.count += 1;
                used = length;
                continue;
            }
            lines.breaks_a_word = true;
            for c in word.chars() {
                let length = width(c);
                if used + length > room {
                    lines.count += 1;
                    used = 0.0;
                }
                used += length;
            }
        }
    }
    lines
}

/// The pieces that a line is not broken in: runs of Latin letters and digits, and every other character by itself, each with the signs
/// that must not be parted from it.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut end = piece(rest)?;
        while let (Some(before), Some(after)) = (rest[..end].chars().next_back(), rest[end..].chars().next()) {
            if may_break(before, after) {
                break;
            }
            end += piece(&rest[end..])?;
        }
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

/// The length in bytes of the run or the character that the text begins with.
fn piece(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let run = || text.find(|c: char| !c.is_ascii_graphic()).unwrap_or(text.len());
    Some(if first.is_ascii_graphic() { run() } else { first.len_utf8() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_breaks_anywhere_and_numbers_stay_whole() {
        for (text, room, count, breaks_a_word) in [
            ("", 5.0, 1, false),
            ("志愿服务经历", 6.0, 1, false),
            ("志愿服务经历", 5.0, 2, false),
            ("电话13800001111", 7.5, 2, false),
            ("13800001111", 5.0, 2, true),
            ("阿卜杜热西提·买买提依明", 6.5, 3, false),
            ("参加（社区）、", 3.0, 3, false),
            ("一\n二\n", 5.0, 3, false),
        ] {
            assert_eq!(lines(text, room), Lines { count, breaks_a_word }, "{text}");
        }
    }
}
