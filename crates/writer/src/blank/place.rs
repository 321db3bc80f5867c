//! Parts of a blank's text: the empty place of an answer, the bytes that hold it, a mark with and without its tick.

use std::ops::Range;

use mingce_core::recognize::card::{self, BoxedWord};
use mingce_core::scheme::{Field, OptionSpec, Scheme};
use mingce_core::text::{fold_label, is_blank_character};
use mingce_ooxml::word::{Holder, Segment};

/// The brackets that blanks leave room between.
const OPENING: [char; 8] = ['（', '(', '【', '［', '[', '〔', '〖', '「'];
const CLOSING: [char; 8] = ['）', ')', '】', '］', ']', '〕', '〗', '」'];

/// The column of annex 2 that this label asks for, where the column puts several answers together (专业特长).
pub(crate) fn column_of(label: &str, scheme: &Scheme) -> Option<usize> {
    let label = fold_label(label);
    scheme.roster.columns.iter().position(|column| column.from.len() > 1 && fold_label(&column.heading) == label)
}

/// The part of a place that is empty: not a unit behind it, nor what parts it from the next label, nor lines below that say
/// something else.
pub(crate) fn empty_place(text: &str, place: &Range<usize>) -> Range<usize> {
    const UNITS: [&str; 6] = ["厘米", "公分", "CM", "cm", "㎝", "米"];
    let inside = text.get(place.clone()).unwrap_or("");
    // a line that a tab draws right behind a label goes on behind the answer
    if inside.contains('\t') && inside.chars().all(is_blank_character) && text[..place.start].ends_with(char::is_alphanumeric) {
        return place.start..place.start;
    }
    let first_line = inside.find('\n').filter(|line| !inside[*line..].trim().is_empty() && place.start > 0);
    let mut end = first_line.unwrap_or(inside.len());
    // between brackets, nothing has to part the answer from what follows
    let is_enclosed = text[place.end..].starts_with(CLOSING) && text[..place.start].ends_with(OPENING);
    let is_followed = place.end < text.len() && first_line.is_none() && !is_enclosed;
    let trimmed = inside[..end].trim_end();
    if let Some(unit) = UNITS.iter().find(|unit| trimmed.ends_with(**unit)) {
        end = trimmed.len() - unit.len();
    } else if is_followed {
        let gap = inside[..end].len() - trimmed.len();
        let kept = inside[trimmed.len()..end].chars().last().map_or(0, char::len_utf8);
        end = if trimmed.is_empty() { gap - kept } else { trimmed.len() };
    }
    place.start..place.start + end
}

/// The boxes with words beside them in an answer that is no choice (`男□ 女□`); boxes without words are for the letters of the
/// answer (邮编 □□□□□□) and give way to it.
pub(crate) fn boxed_words(text: &str) -> Vec<BoxedWord> {
    let boxed = card::boxed_words(text);
    if boxed.iter().all(|one| fold_label(&text[one.words.clone()]).is_empty()) { Vec::new() } else { boxed }
}

/// The words to tick in an answer that is no choice: those with boxes, else those that are numbered (`1.研究生 2.本科`), whose boxes
/// are the empty places behind them.
pub(crate) fn listed_words(field: Field, text: &str) -> Vec<BoxedWord> {
    let boxed = boxed_words(text);
    if boxed.is_empty() { card::numbered_words(field, text) } else { boxed }
}

/// Where in the XML this place between or behind letters of a cell's text is; `None` where no plain text holds it.
pub(crate) fn place_in_xml(segments: &[Segment], end: usize) -> Option<usize> {
    let of = |segment: &&Segment| segment.text.start < end && end <= segment.text.end;
    let segment = segments.iter().find(of).filter(|segment| segment.holder == Holder::Plain)?;
    Some(segment.xml.start + end - segment.text.start)
}

/// The bytes of the XML that hold this part of a cell's text, in order; the first takes what is written there.
///
/// Empty where the part is empty and no text stands next to it.
pub(crate) fn places(segments: &[Segment], part: &Range<usize>) -> Vec<(Range<usize>, Holder)> {
    let mut found = Vec::new();
    for segment in segments {
        let start = part.start.max(segment.text.start);
        let end = part.end.min(segment.text.end);
        let inside = match segment.holder {
            // behind a label's colon, the answer goes on in the same text
            Holder::Plain | Holder::Placeholder if part.is_empty() => part.start == segment.text.end,
            // a list may show nothing
            Holder::List => part.start <= segment.text.start && segment.text.end <= part.end,
            // the state of a box is no place for text
            Holder::State => start < end && end - start == part.len(),
            _ => start < end,
        };
        if inside {
            let xml = match segment.holder {
                Holder::Plain => {
                    segment.xml.start + (start - segment.text.start)..segment.xml.start + (end.max(start) - segment.text.start)
                }
                Holder::Reference | Holder::Element | Holder::Placeholder | Holder::State | Holder::List => segment.xml.clone(),
            };
            found.push((xml, segment.holder));
        }
    }
    // text can be put only where text stands; what else is in the place goes
    if let Some(first) = found.iter().position(|(_, holder)| *holder != Holder::Element) {
        found.swap(0, first);
    }
    found
}

/// A box without and with its tick, in the kind it is of.
pub(crate) fn both_states(glyph: &str) -> [String; 2] {
    const KINDS: [(&str, &str); 3] = [("□", "☑"), ("○", "●"), ("◯", "●")];
    let Some(first) = glyph.chars().next() else { return [String::new(), "√".to_owned()] };
    if let (true, Some(last)) = (matches!(first, '（' | '(' | '[' | '【' | '［' | '〔'), glyph.chars().last()) {
        let blank = if first.is_ascii() { " " } else { "　" };
        return [format!("{first}{blank}{last}"), format!("{first}√{last}")];
    }
    let kind = KINDS.iter().find(|(empty, ticked)| *empty == glyph || *ticked == glyph);
    kind.map_or(["□".to_owned(), "☑".to_owned()], |(empty, ticked)| [(*empty).to_owned(), (*ticked).to_owned()])
}

/// Where a tick goes behind each option that is printed without a box, in bytes of the XML; empty if fewer than two are.
pub(crate) fn unboxed_options(text: &str, segments: &[Segment], place: &Range<usize>, options: &[OptionSpec]) -> Vec<Option<usize>> {
    let inside = text.get(place.clone()).unwrap_or("");
    let end_of = |option: &OptionSpec| {
        let end = place.start + inside.rfind(option.label.as_str())? + option.label.len();
        place_in_xml(segments, end)
    };
    let ends: Vec<Option<usize>> = options.iter().map(end_of).collect();
    if ends.iter().flatten().count() < 2 { Vec::new() } else { ends }
}

/// These, each once, in their order.
pub(crate) fn once<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut found: Vec<T> = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

/// Whether what stands behind a label that no field claims still waits for its answer: strokes between two answers, a date without
/// its numbers, boxes without a tick.
pub(crate) fn awaits_answer(text: &str) -> bool {
    const PRINTED: [char; 9] = ['/', '／', '、', '_', '＿', '年', '月', '日', '：'];
    let is_box = |c: char| matches!(c, '□' | '☐');
    let bare = text.trim_matches(is_blank_character);
    let is_printed = bare.chars().all(|c| is_blank_character(c) || PRINTED.contains(&c));
    is_printed || ((bare.starts_with(is_box) || bare.ends_with(is_box)) && !bare.contains(['√', '☑', '☒', '✓', '✔', '■']))
}
