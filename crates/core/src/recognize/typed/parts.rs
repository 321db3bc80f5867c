//! How a line is parted: by a sign, or by blanks of some width.

use crate::text::is_blank_character;

/// One part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part<'g> {
    /// Its text without blanks around it.
    pub(super) text: &'g str,
    /// Where it begins in the line, in bytes.
    pub(super) start: usize,
    /// Where it begins and ends as it is seen, in halves of a character's width.
    pub(super) seen: (usize, usize),
}

/// What stands between the parts of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parting {
    /// This sign.
    Sign(char),
    /// Blanks that are together at least so wide, in halves of a character's width; a tab is as wide as any.
    Blanks(usize),
}

/// As wide as a tab is taken to be.
const TAB: usize = 8;

impl Parting {
    /// All, by preference.
    pub(super) const ALL: [Self; 17] = [
        Self::Sign('\t'),
        Self::Sign('|'),
        Self::Sign('｜'),
        Self::Sign('│'),
        Self::Sign('┃'),
        Self::Sign(','),
        Self::Sign('，'),
        Self::Sign(';'),
        Self::Sign('；'),
        Self::Sign('、'),
        Self::Sign('/'),
        Self::Sign('+'),
        Self::Sign('＋'),
        Self::Blanks(4),
        Self::Blanks(3),
        Self::Blanks(2),
        Self::Blanks(1),
    ];

    /// Whether a sign stands between the parts, so that an empty one can be told.
    pub(super) fn is_sign(self) -> bool {
        matches!(self, Self::Sign(_))
    }

    /// The parts of the line; those between two signs may be empty.
    pub(super) fn parts(self, line: &str) -> Vec<Part<'_>> {
        match self {
            // the sides of a table drawn with bars are no cells
            Self::Sign(bar @ ('|' | '｜' | '│' | '┃')) => {
                let blanks = line.len() - line.trim_start_matches(is_blank_character).len();
                let inside = line[blanks..].strip_prefix(bar).map_or(blanks, |rest| line.len() - rest.len());
                let end = line.trim_end_matches(is_blank_character);
                let end = end.strip_suffix(bar).map_or(line.len(), str::len).max(inside);
                by_sign(line, inside..end, bar)
            }
            Self::Sign(sign) => by_sign(line, 0..line.len(), sign),
            Self::Blanks(width) => by_blanks(line, width),
        }
    }
}

fn by_sign(line: &str, inside: std::ops::Range<usize>, sign: char) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut start = inside.start;
    for part in line[inside].split(sign) {
        parts.push(trimmed(line, start, start + part.len()));
        start += part.len() + sign.len_utf8();
    }
    parts
}

fn by_blanks(line: &str, width: usize) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut start: Option<usize> = None;
    // where the blanks began, and how wide they are so far
    let mut gap: Option<(usize, usize)> = None;
    for (at, c) in line.char_indices() {
        if is_blank_character(c) {
            let (from, wide) = gap.unwrap_or((at, 0));
            gap = Some((from, wide + if c == '\t' { TAB } else { width_of(c) }));
            continue;
        }
        if let (Some((from, wide)), Some(begun)) = (gap, start)
            && wide >= width
        {
            parts.push(trimmed(line, begun, from));
            start = None;
        }
        gap = None;
        start.get_or_insert(at);
    }
    if let Some(start) = start {
        parts.push(trimmed(line, start, line.len()));
    }
    parts
}

fn trimmed(line: &str, start: usize, end: usize) -> Part<'_> {
    let part = &line[start..end];
    let text = part.trim_start_matches(is_blank_character);
    let start = start + part.len() - text.len();
    let text = text.trim_end_matches(is_blank_character);
    let before = seen(&line[..start]);
    Part { text, start, seen: (before, before + seen(text)) }
}

fn seen(text: &str) -> usize {
    text.chars().fold(0, |at, c| if c == '\t' { (at / TAB + 1) * TAB } else { at + width_of(c) })
}

fn width_of(c: char) -> usize {
    if c.is_ascii() || c == '\u{A0}' { 1 } else { 2 }
}
