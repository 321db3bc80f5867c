//! What the words of a cell look like where it has several looks (rich text): some people choose so among printed options.

use std::borrow::Cow;
use std::ops::Range;

use mingce_core::address::Address;
use mingce_core::grid::{Grid, Look, StruckOut, SymbolFont};
use mingce_ooxml::symbol;

/// The looks of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Looks {
    /// Parts that are underlined, in bytes.
    underlined: Vec<Range<usize>>,
    /// Parts that are bold or coloured, in bytes.
    emphasised: Vec<Range<usize>>,
    /// Parts that are struck out, in bytes; none once they are no part of the text any more.
    struck: Vec<Range<usize>>,
    /// Words that were struck out of the text, with the place in it where they stood.
    struck_out: Vec<(usize, String)>,
    /// Whether all of the text is struck out; it is the text all the same.
    is_crossed: bool,
    /// Parts whose letters are pictures; none once the signs stand in their place.
    symbols: Vec<(Range<usize>, SymbolFont)>,
}

impl Looks {
    /// Notes the look of a part of the text that follows those noted before.
    pub(crate) fn add(&mut self, look: Look, part: Range<usize>) {
        self.symbols.extend(look.symbols.filter(|_| !part.is_empty()).map(|font| (part.clone(), font)));
        let lists =
            [(look.is_underlined, &mut self.underlined), (look.is_emphasised, &mut self.emphasised), (look.is_crossed, &mut self.struck)];
        for (_, parts) in lists.into_iter().filter(|(is_so, _)| *is_so && !part.is_empty()) {
            match parts.last_mut() {
                Some(last) if last.end == part.start => last.end = part.end,
                _ => parts.push(part.clone()),
            }
        }
    }

    /// Whether nothing of the text looks other than the rest.
    pub(crate) fn is_empty(&self) -> bool {
        self.underlined.is_empty() && self.emphasised.is_empty() && self.struck_out.is_empty() && !self.is_crossed
    }

    /// How many parts there are.
    pub(crate) fn len(&self) -> usize {
        self.underlined.len() + self.emphasised.len() + self.struck_out.len()
    }

    /// Puts the signs that letters of picture fonts show in their place: R of Wingdings 2 is ☑.
    fn show_symbols(&mut self, text: &mut String) {
        let symbols = std::mem::take(&mut self.symbols);
        if symbols.is_empty() {
            return;
        }
        let mut shown = String::with_capacity(text.len());
        // where each part begins and ends, in the text before and after
        let mut moves: Vec<(usize, usize)> = Vec::with_capacity(symbols.len() * 2);
        let mut from = 0;
        for (part, font) in symbols {
            shown.push_str(&text[from..part.start]);
            moves.push((part.start, shown.len()));
            shown.push_str(&of_font(font, &text[part.clone()]));
            moves.push((part.end, shown.len()));
            from = part.end;
        }
        shown.push_str(&text[from..]);
        let moved = |at: usize| {
            let last = moves.partition_point(|(before, _)| *before <= at).checked_sub(1);
            last.map_or(at, |last| moves[last].1 + (at - moves[last].0))
        };
        for part in self.underlined.iter_mut().chain(&mut self.emphasised).chain(&mut self.struck) {
            *part = moved(part.start)..moved(part.end);
        }
        *text = shown;
    }

    /// Takes the struck words out of the text where others are left. A text with an escape (`_x000D_`) keeps them: it has other
    /// places once that is resolved, and is told of no looks.
    pub(crate) fn strike_out(&mut self, text: &mut String) {
        if text.contains("_x") {
            *self = Self::default();
            return;
        }
        self.show_symbols(text);
        let struck = std::mem::take(&mut self.struck);
        self.is_crossed = !struck.is_empty();
        let is_left = struck.iter().map(ExactSizeIterator::len).sum::<usize>() < text.trim().len();
        if struck.is_empty() || !is_left {
            return;
        }
        self.is_crossed = false;
        let mut left = String::with_capacity(text.len());
        // how much of the text is left up to the end of each struck part
        let mut kept = Vec::with_capacity(struck.len());
        let mut from = 0;
        for part in &struck {
            left.push_str(&text[from..part.start]);
            self.struck_out.push((left.len(), text[part.clone()].to_owned()));
            kept.push(left.len());
            from = part.end;
        }
        left.push_str(&text[from..]);
        let moved = |at: usize| {
            let next = struck.partition_point(|part| part.end <= at);
            let (end, before) = next.checked_sub(1).map_or((0, 0), |last| (struck[last].end, kept[last]));
            before + at.min(struck.get(next).map_or(at, |part| part.start)) - end
        };
        for part in self.underlined.iter_mut().chain(&mut self.emphasised) {
            *part = moved(part.start)..moved(part.end);
        }
        self.underlined.retain(|part| !part.is_empty());
        self.emphasised.retain(|part| !part.is_empty());
        *text = left;
    }

    /// What the text looks like as a whole.
    pub(crate) fn whole(&self) -> Look {
        Look { is_crossed: self.is_crossed, ..Look::default() }
    }

    /// Says of a cell what parts of its text look like.
    pub(crate) fn put(&self, at: Address, grid: &mut Grid) {
        grid.underlined.extend(self.underlined.iter().map(|part| (at, part.clone())));
        grid.emphasised.extend(self.emphasised.iter().map(|part| (at, part.clone())));
        grid.struck.extend(self.struck_out.iter().map(|(place, words)| StruckOut { at, place: *place, words: words.clone() }));
    }
}

/// What letters of a picture font show; a text with a picture that nobody can read stays as it is.
pub(crate) fn of_font(font: SymbolFont, text: &str) -> Cow<'_, str> {
    const UNREADABLE: char = '\u{FFFC}';
    let shown = symbol::shown(font.name(), text).filter(|shown| !shown.contains(UNREADABLE));
    shown.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// What cells of each style look like, by the fonts and the fills of a workbook that each style has; empty if none looks other than usual.
pub(crate) fn of_styles(styles: impl Iterator<Item = [usize; 2]>, fonts: &[Look], fills: &[bool]) -> Vec<Look> {
    if fonts.iter().all(|font| *font == Look::default()) && !fills.contains(&true) {
        return Vec::new();
    }
    let of_style = |[font, fill]: [usize; 2]| {
        let font = fonts.get(font).copied().unwrap_or_default();
        Look { is_emphasised: font.is_emphasised || fills.get(fill).copied().unwrap_or(false), ..font }
    };
    styles.map(of_style).collect()
}

/// The picture font that the bytes of a font's name, of 8 or 16 bits a letter, spell.
pub(crate) fn symbol_font(name: &[u8]) -> Option<SymbolFont> {
    let name: String = name.iter().filter(|byte| (b' '..=b'~').contains(*byte)).copied().map(char::from).collect();
    SymbolFont::of_name(&name)
}

/// Whether a colour (0xRRGGBB, or with its opacity in front) is one to mark words with; what is pale or grey tells lines of a table apart.
pub(crate) fn is_bright(colour: u32) -> bool {
    let [_, red, green, blue] = colour.to_be_bytes();
    let (least, most) = (red.min(green).min(blue), red.max(green).max(blue));
    most - least >= 0x60
}

/// Whether a colour of the palette of old workbooks is neither black nor that of the system.
///
/// Source: MS-XLS 2.5.161 (Icv).
pub(crate) fn is_coloured_index(index: u32) -> bool {
    !matches!(index, 0 | 8 | 63 | 64 | 0x51 | 0x7FFF)
}

/// Whether a colour of the palette of old workbooks is a bright one, unless the workbook has a palette of its own.
pub(crate) fn is_bright_index(index: u32) -> bool {
    matches!(index, 2..=7 | 10..=15)
}

/// Takes the words out of a text that are struck out beside others, and says what the rest looks like.
///
/// Old formats count the places where a font begins in units of UTF-16; in front of the first it is that of the cell.
pub(crate) fn of_runs(text: &mut String, runs: impl Iterator<Item = (usize, Look)>) -> Looks {
    let mut looks = Looks::default();
    let (mut units, mut at) = (0, 0);
    let mut last = (0, Look::default());
    for (unit, look) in runs {
        while let Some(c) = text[at..].chars().next().filter(|_| units < unit) {
            (units, at) = (units + c.len_utf16(), at + c.len_utf8());
        }
        looks.add(last.1, last.0..at);
        last = (at, look);
    }
    looks.add(last.1, last.0..text.len());
    looks.strike_out(text);
    looks
}

/// Brings the looks of a sheet whose cells came in another order into the order of its cells.
pub(crate) fn sort(grid: &mut Grid) {
    grid.underlined.sort_by_key(|(at, part)| (*at, part.start));
    grid.emphasised.sort_by_key(|(at, part)| (*at, part.start));
    grid.struck.sort_by_key(|struck| (struck.at, struck.place));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn struck_words_go_and_the_places_of_the_others_move() {
        let mut text = "甲乙丙丁".to_owned();
        let mut looks = Looks::default();
        let [plain, struck, underlined] = [(false, false), (false, true), (true, false)].map(|(is_underlined, is_crossed)| Look {
            is_underlined,
            is_crossed,
            ..Look::default()
        });
        for (number, look) in [struck, plain, struck, underlined].into_iter().enumerate() {
            looks.add(look, number * 3..number * 3 + 3);
        }
        looks.strike_out(&mut text);
        assert_eq!(text, "乙丁");
        assert_eq!(looks.struck_out, [(0, "甲".to_owned()), (3, "丙".to_owned())]);
        assert_eq!(looks.underlined.first(), Some(&(3..6)));
        // emphasised over struck words and others: 甲[乙-丙丁-]戊 of which all but 甲 is bold
        let mut text = "甲乙丙丁戊".to_owned();
        let mut looks = Looks::default();
        let bold = |is_crossed: bool| Look { is_emphasised: true, is_crossed, ..Look::default() };
        for (look, part) in [(plain, 0..3), (bold(false), 3..6), (bold(true), 6..12), (bold(false), 12..15)] {
            looks.add(look, part);
        }
        looks.strike_out(&mut text);
        assert_eq!((text.as_str(), &looks.struck_out[..]), ("甲乙戊", &[(6, "丙丁".to_owned())][..]));
        assert_eq!((looks.emphasised.first(), looks.emphasised.len()), (Some(&(3..9)), 1));
        // what is struck out whole is not dropped
        let mut all = Looks::default();
        let mut text = "甲".to_owned();
        all.add(struck, 0..3);
        all.strike_out(&mut text);
        assert_eq!((text.as_str(), all.struck_out.is_empty(), all.is_crossed), ("甲", true, true));
    }

    #[test]
    fn letters_of_picture_fonts_become_their_signs_and_the_places_of_the_others_move() {
        let mut text = "尊老R助残£（乙）".to_owned();
        let mut looks = Looks::default();
        let symbols = Look { symbols: Some(SymbolFont::Wingdings2), ..Look::default() };
        let underlined = Look { is_underlined: true, ..Look::default() };
        let struck = Look { is_crossed: true, ..Look::default() };
        for (look, part) in [(Look::default(), 0..6), (symbols, 6..7), (underlined, 7..13), (symbols, 13..15), (struck, 15..24)] {
            looks.add(look, part);
        }
        looks.strike_out(&mut text);
        assert_eq!(text, "尊老☑助残□");
        assert_eq!((looks.underlined.first(), looks.struck_out.first()), (Some(&(9..15)), Some(&(18, "（乙）".to_owned()))));
        for (font, text, expected) in [
            (SymbolFont::Wingdings, "\u{FE} 是", "☑ 是"),
            (SymbolFont::Wingdings, "\u{F0A8}", "□"),
            (SymbolFont::Webdings, "a", "√"),
            // words that somebody typed in such a font stay words
            (SymbolFont::Wingdings2, "Robert", "Robert"),
        ] {
            assert_eq!(of_font(font, text), expected);
        }
    }

    #[test]
    fn picture_fonts_are_known_as_files_spell_them() {
        for (name, expected) in [
            ("Wingdings 2", Some(SymbolFont::Wingdings2)),
            ("'Wingdings 2'", Some(SymbolFont::Wingdings2)),
            ("wingdings1", Some(SymbolFont::Wingdings)),
            ("Webdings", Some(SymbolFont::Webdings)),
            ("Wingdings 3", None),
            ("宋体", None),
            ("", None),
        ] {
            assert_eq!(SymbolFont::of_name(name), expected, "{name}");
        }
        assert_eq!(symbol_font(b"\x01W\0i\0n\0g\0d\0i\0n\0g\0s\0"), Some(SymbolFont::Wingdings));
    }
}
