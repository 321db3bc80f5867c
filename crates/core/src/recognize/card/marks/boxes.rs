//! The boxes of a text: signs, and brackets with nothing or a tick in them.

use std::ops::Range;

use crate::text::is_blank_character;

const EMPTY: [char; 12] = ['□', '☐', '○', '◯', '〇', '◻', '▢', '❏', '❑', '❒', '⬜', '🔲'];
pub(super) const TICKED: [char; 18] = ['☑', '☒', '■', '●', '√', '✓', '✔', '◉', '◼', '⊠', '⊙', '▣', '✅', '❎', '🗹', '🗸', '⬛', '⍻'];
pub(super) const BRACKETS: [(char, char); 6] = [('（', '）'), ('(', ')'), ('[', ']'), ('【', '】'), ('［', '］'), ('〔', '〕')];

/// A box in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Box {
    pub(super) range: Range<usize>,
    pub(super) ticked: bool,
}

/// The boxes of a text: signs, and brackets with nothing or a tick in them.
pub(super) fn boxes(text: &str) -> Vec<Box> {
    let mut found: Vec<Box> = Vec::new();
    let mut rest = text.char_indices();
    while let Some((at, c)) = rest.next() {
        if is_spoken_of(text, at, c) {
            continue;
        }
        if EMPTY.contains(&c) || TICKED.contains(&c) {
            let ticked = TICKED.contains(&c);
            let (at, end) = if ticked { with_line(text, at, c) } else { (at, at + c.len_utf8()) };
            match found.last_mut() {
                // □√ and √□ are one box, a blank between them or not
                Some(last) if last.ticked != ticked && is_one_box(text, last, at..end) => {
                    *last = Box { range: last.range.start..end, ticked: true }
                }
                _ => found.push(Box { range: at..end, ticked }),
            }
        } else if let Some(mark) = bracket(&text[at..], c) {
            let range = at..at + mark.range.end;
            let behind = &text[range.end..];
            found.push(Box { range, ticked: mark.ticked });
            rest = text.char_indices();
            let consumed = text.len() - behind.len();
            while rest.clone().next().is_some_and(|(next, _)| next < consumed) {
                rest.next();
            }
        }
    }
    uncross(text, &mut found);
    add_letters(text, &mut found);
    found
}

/// Adds the letters that people type for a tick where others have boxes (`尊老服务V 助残服务□`), or right beside an option. R is a
/// tick of Wingdings 2 whose font was lost, and one beside boxes alone.
fn add_letters(text: &str, found: &mut Vec<Box>) {
    const LETTERS: [char; 6] = ['v', 'V', '∨', 'Ｖ', 'ｖ', 'R'];
    if !text.contains(LETTERS) {
        return;
    }
    let has_boxes = found.iter().any(|mark| !mark.ticked);
    let is_han = |c: Option<char>| c.is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let is_end = |c: Option<char>| c.is_none_or(is_blank_character);
    let is_beside = |before: Option<char>, behind: Option<char>| (is_han(before) && is_end(behind)) || (is_end(before) && is_han(behind));
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '．' | '、' | '-'));
    let is_apart = |at: usize, c: char| !is_word(text[..at].chars().next_back()) && !is_word(text[at + c.len_utf8()..].chars().next());
    let is_free = |at: usize| found.iter().all(|mark| !mark.range.contains(&at));
    let is_tick =
        |at: usize, c: char| has_boxes || (c != 'R' && is_beside(text[..at].chars().next_back(), text[at + c.len_utf8()..].chars().next()));
    let letters = text.char_indices().filter(|(at, c)| LETTERS.contains(c) && is_apart(*at, *c) && is_free(*at) && is_tick(*at, *c));
    let letters: Vec<Box> = letters.map(|(at, c)| Box { range: at..at + c.len_utf8(), ticked: true }).collect();
    for letter in letters.into_iter().filter(|letter| !is_spoken_of(text, letter.range.start, 'V')) {
        match found.iter_mut().find(|mark| !mark.ticked && (mark.range.end == letter.range.start || letter.range.end == mark.range.start)) {
            Some(mark) => {
                *mark = Box { range: mark.range.start.min(letter.range.start)..mark.range.end.max(letter.range.end), ticked: true }
            }
            None => found.push(letter),
        }
    }
    found.sort_by_key(|mark| mark.range.start);
}

/// A tick with the line that was printed to put it on: `_√_`.
fn with_line(text: &str, at: usize, tick: char) -> (usize, usize) {
    const LINE: [char; 2] = ['_', '＿'];
    let end = at + tick.len_utf8();
    let before = text[..at].len() - text[..at].trim_end_matches(LINE).len();
    let behind = text[end..].len() - text[end..].trim_start_matches(LINE).len();
    (at - before, end + behind)
}

/// Takes a cross for no where it stands beside ticks: （√）尊老服务（×）助残服务. A crossed box is one only where no box is empty.
fn uncross(text: &str, found: &mut [Box]) {
    const TICKS: [char; 10] = ['☑', '√', '✓', '✔', 'v', 'V', '∨', '✅', '🗹', '🗸'];
    let crossed = |mark: &Box, signs: &[char]| mark.ticked && text[mark.range.clone()].contains(signs);
    if !found.iter().any(|mark| crossed(mark, &TICKS)) {
        return;
    }
    let crosses: &[char] = if found.iter().all(|mark| mark.ticked) { &['x', 'X', '×', '☒', '⊠', '❎'] } else { &['x', 'X', '×'] };
    found.iter_mut().filter(|mark| crossed(mark, crosses)).for_each(|mark| mark.ticked = false);
}

/// Whether the character is a box, empty or ticked.
pub(crate) fn is_box(c: char) -> bool {
    EMPTY.contains(&c) || TICKED.contains(&c)
}

/// Whether the text has an empty box.
pub(crate) fn has_empty(text: &str) -> bool {
    boxes(text).iter().any(|mark| !mark.ticked)
}

/// Whether nothing stands there but one box, or several: □, （ ）.
pub(crate) fn is_lone(text: &str) -> bool {
    let bare = text.trim_matches(is_blank_character);
    !bare.is_empty() && (bare.chars().all(is_box) || matches!(&boxes(bare)[..], [one] if one.range == (0..bare.len())))
}

/// Whether the text is a tick, or a word for one, and nothing else.
pub(crate) fn is_tick(text: &str) -> bool {
    let bare = text.trim_matches(is_blank_character);
    // （√）
    let in_brackets = || matches!(&boxes(bare)[..], [one] if one.ticked && one.range == (0..bare.len()));
    !bare.is_empty() && (bare.chars().all(|c| TICKED.contains(&c)) || in_brackets() || is_yes(bare))
}

/// Whether the text is nothing but what a person or a program puts for yes or no.
pub(crate) fn is_yes_or_no(text: &str) -> bool {
    let bare = text.trim_matches(is_blank_character);
    let is_no = || matches!(bare, "FALSE" | "false" | "否" | "0" | "N" | "n" | "No" | "no" | "NO" | "×" | "✗" | "✘" | "❌" | "/" | "／");
    is_tick(text) || is_lone(text) || is_no()
}

/// Whether the text is a word for yes; R is what the picture fonts have for a tick.
fn is_yes(bare: &str) -> bool {
    matches!(bare, "v" | "V" | "∨" | "是" | "1" | "Y" | "y" | "Yes" | "yes" | "YES" | "TRUE" | "true" | "R")
}

/// Whether the text is printed options with boxes of which none is ticked.
pub(in crate::recognize) fn are_untouched(text: &str) -> bool {
    if !text.contains(EMPTY) {
        return false;
    }
    let boxes = boxes(text);
    let is_alone = || text.chars().all(|c| is_blank_character(c) || is_box(c));
    boxes.iter().all(|mark| !mark.ticked) && (boxes.len() > 1 || is_alone())
}

/// Whether the words speak of a box or of a tick, as an instruction does: 在□内打√, 请划“√”.
fn is_spoken_of(text: &str, at: usize, sign: char) -> bool {
    let is_quote = |c: char| matches!(c, '"' | '“' | '”' | '「' | '」' | '\'') || is_blank_character(c);
    let before = text[..at].trim_end_matches(is_quote);
    let behind = text[at + sign.len_utf8()..].trim_start_matches(is_quote);
    let is_used = || before.ends_with(['用', '以']) && behind.starts_with(['选', '标', '表', '填', '注']);
    before.ends_with(['打', '划', '画', '勾']) || is_used() || (before.ends_with(['在', '的']) && behind.starts_with(['内', '里', '中']))
}

/// Whether a sign at this place belongs to the box before it. A tick that stands nearer to the words behind it may not:
/// `自行领取□ √爱心募捐□`.
fn is_one_box(text: &str, last: &Box, sign: Range<usize>) -> bool {
    let gap = &text[last.range.end..sign.start];
    if !gap.chars().all(|c| is_blank_character(c) && c != '\n') {
        return false;
    }
    let behind = text[sign.end..].chars().take_while(|c| is_blank_character(*c)).count();
    let is_last = text[sign.end..].chars().all(is_blank_character) || text[sign.end..].trim_start_matches(' ').starts_with('\n');
    gap.is_empty() || is_last || gap.chars().count() < behind
}

/// A pair of brackets at the start of the text that holds blanks or one tick.
fn bracket(text: &str, opening: char) -> Option<Box> {
    let (_, closing) = BRACKETS.iter().find(|(open, _)| *open == opening)?;
    let inside = &text[opening.len_utf8()..];
    let end = inside.find(*closing)?;
    let tick = inside[..end].trim_matches(is_blank_character);
    let ticked = match tick {
        "" => false,
        "v" | "V" | "∨" | "x" | "X" | "×" => true,
        one if one.chars().count() == 1 && TICKED.contains(&one.chars().next()?) => true,
        one if one.chars().count() == 1 && EMPTY.contains(&one.chars().next()?) => false,
        _ => return None,
    };
    Some(Box { range: 0..opening.len_utf8() + end + closing.len_utf8(), ticked })
}
