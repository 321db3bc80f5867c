//! What stands on a form of which nothing was made: no label asks for it, and the blank does not print it.
//!
//! Reading looks for labels and answers, so what somebody wrote into a row below the table, a column of its own or the margin is
//! nobody's. Here every cell is accounted for once the forms are known: it belongs to a form, or is print, or is one of these.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(crate) use super::search::{Before, Whose};
use super::{Card, Form, Mark, Slot, label, marks, print, search};
use crate::address::Address;
use crate::grid::Grid;
use crate::recognize::Target;
use crate::recognize::labels::Labels;
use crate::scheme::{Field, Scheme};
use crate::text::is_blank_character;

/// Words of which nothing was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rest {
    /// The form they stand on, or next to, by its place among the forms.
    pub(crate) form: usize,
    /// The grid, by its place among the grids.
    pub(crate) grid: usize,
    /// The cell.
    pub(crate) at: Address,
    /// The words' part of the cell's text, in bytes.
    pub(crate) place: Range<usize>,
    /// Whether they read like what blanks print, as some people's words do: only what other forms of the blank have tells.
    pub(crate) looks_printed: bool,
    /// The label that stands before them, if one does.
    pub(crate) label: Option<Before>,
    /// The field whose answer stands right above them, where such answers go on for several lines.
    pub(crate) continues: Option<Field>,
}

/// What of these grids belongs to none of the forms that were found in them, in reading order.
pub(crate) fn of(forms: &[Form], grids: &[&Grid], labels: &Labels<'_>) -> Vec<Rest> {
    let parts = Parts::of(forms);
    let mut found: Vec<Rest> = Vec::new();
    for (position, grid) in grids.iter().enumerate() {
        let first = found.len();
        found.extend(beside_options(forms, position, grid, labels.scheme()));
        let known = known(forms, position);
        for search::Words { at, place, looks_printed, label, above } in
            search::rest(grid, labels, &known, |at| parts.is_before(position, at.row))
        {
            let form = parts.owner(position, at);
            if is_said_already(&forms[form], grids, grid, at, &place) {
                continue;
            }
            let above = above.filter(|_| label.is_none());
            let continues = above.and_then(|above| {
                let before = found[first..].iter().find(|before| before.at == above).and_then(|before| before.continues);
                before.or_else(|| answered_at(&forms[form], position, grid, above))
            });
            found.push(Rest { form, grid: position, at, place, looks_printed, label, continues });
        }
        found[first..].sort_by_key(|one| one.at);
    }
    found
}

/// The field of which this cell holds an answer that may take several lines.
fn answered_at(form: &Form, position: usize, grid: &Grid, at: Address) -> Option<Field> {
    const LONG: [Field; 3] = [Field::Address, Field::Experience, Field::Specialty];
    let cards = form.iter().filter(|(other, _)| *other == position).map(|(_, card)| card);
    let slot = cards.flat_map(|card| &card.slots).find(|slot| slot.answer_at == at)?;
    let field = LONG.into_iter().find(|field| slot.target == Target::Field(*field))?;
    let text = grid.cell(at)?.text.get(slot.place.clone())?;
    text.chars().any(char::is_alphanumeric).then_some(field)
}

/// Words among the boxes of a choice that are none of its options: a line of their own, or behind the last option.
fn beside_options(forms: &[Form], position: usize, grid: &Grid, scheme: &Scheme) -> Vec<Rest> {
    let mut found = Vec::new();
    for (form, parts) in forms.iter().enumerate() {
        for card in parts.iter().filter(|(other, _)| *other == position).map(|(_, card)| card) {
            for (slot, field) in card.slots.iter().filter_map(|slot| Some((slot, slot.target.field()?))) {
                let cells: BTreeSet<Address> = slot.marks.iter().filter(|mark| !mark.glyph.is_empty()).map(|mark| mark.at).collect();
                let words = cells.into_iter().filter_map(|at| Some((at, beside(card, slot, field, at, grid.cell(at)?.text, scheme))));
                let label = Some(Before { words: slot.label.clone(), whose: Whose::Ours });
                found.extend(words.flat_map(|(at, places)| places.into_iter().map(move |place| (at, place))).map(|(at, place)| Rest {
                    form,
                    grid: position,
                    at,
                    place,
                    looks_printed: false,
                    label: label.clone(),
                    continues: None,
                }));
            }
        }
    }
    found
}

/// The parts of a cell with boxes that are words of the person's own; a few letters are part of a label over two lines.
fn beside(card: &Card, slot: &Slot, field: Field, at: Address, text: &str, scheme: &Scheme) -> Vec<Range<usize>> {
    const FEWEST: usize = 4;
    // a cell that asks for other things, too, has words of theirs
    let is_of_other = |other: &Slot| !std::ptr::eq(other, slot) && (other.label_at == at || other.answer_at == at);
    if card.slots.iter().any(is_of_other) {
        return Vec::new();
    }
    let here = |(other, _): &&(Address, Range<usize>)| *other == at;
    let taken = slot.other.iter().chain(&slot.unknown).chain(&slot.unclear).filter(here).map(|(_, place)| place);
    let told = card.strangers.iter().filter(|stranger| stranger.answer_at == at).map(|stranger| &stranger.place);
    let taken: Vec<&Range<usize>> = taken.chain(told).collect();
    let label = if slot.label_at == at { text.find(slot.label.as_str()).map_or(0, |start| start + slot.label.len()) } else { 0 };
    let names = |words: &str| scheme.options(field).iter().any(|option| words.contains(option.label.as_str()));
    let is_own = |words: &str| {
        words.chars().filter(|c| label::is_han(*c)).count() >= FEWEST
            && !words.contains(|c: char| marks::is_box(c) || matches!(c, '（' | '(' | '：' | ':' | '_' | '＿'))
            && !names(words)
            && !print::is_printed(words, print::Stand::default(), scheme)
    };
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let line = start..start + line.len();
        start = line.end + 1;
        let last = slot.marks.iter().filter(|mark| mark.at == at && line.start <= mark.glyph.start && mark.glyph.end <= line.end);
        let words = match last.max_by_key(|mark| mark.glyph.end) {
            Some(mark) => behind_option(text, mark, line.end, |option| scheme.options(field)[usize::from(option)].label.as_str()),
            None if text[line.clone()].contains(marks::is_box) => None,
            None => Some(line),
        };
        let is_free =
            |words: &Range<usize>| words.start >= label && taken.iter().all(|taken| taken.end <= words.start || words.end <= taken.start);
        let words = words.into_iter().flat_map(|words| besides(text, words, slot.said.iter().filter(here).map(|(_, place)| place)));
        found.extend(words.filter(|words| is_free(words) && is_own(&text[words.clone()])));
    }
    found
}

/// What is left of some words without those that were read.
fn besides<'r>(text: &str, words: Range<usize>, read: impl Iterator<Item = &'r Range<usize>>) -> Vec<Range<usize>> {
    let is_sign = |c: char| is_blank_character(c) || matches!(c, '，' | ',' | '；' | ';' | '。');
    let mut left = vec![words];
    for read in read {
        let parts = |part: Range<usize>| [part.start..part.end.min(read.start), part.start.max(read.end)..part.end];
        let bare = |part: Range<usize>| part.end - text[part.clone()].trim_start_matches(is_sign).len()..part.end;
        left = left.into_iter().flat_map(parts).filter(|part| part.start < part.end).map(bare).collect();
    }
    left
}

/// What stands behind the option of the last box of a line, up to its end, and parted from it.
fn behind_option<'s>(text: &str, mark: &Mark, end: usize, name: impl Fn(u16) -> &'s str) -> Option<Range<usize>> {
    let name = name(mark.option?);
    let behind = text[mark.glyph.end..end].trim_start_matches(is_blank_character);
    let is_behind = text[..mark.glyph.start].trim_end_matches(is_blank_character).ends_with(name);
    let rest = match behind.strip_prefix(name) {
        Some(rest) if rest.starts_with(is_blank_character) => rest,
        None if is_behind => behind,
        _ => return None,
    };
    Some(end - rest.trim_start_matches(is_blank_character).len()..end)
}

/// The cells of a grid that forms are made of.
fn known(forms: &[Form], position: usize) -> BTreeSet<Address> {
    let cards = forms.iter().flatten().filter(|(other, _)| *other == position).map(|(_, card)| card);
    cards.flat_map(cells).collect()
}

fn cells(card: &Card) -> impl Iterator<Item = Address> {
    let slots = card.slots.iter().chain(&card.repeats).flat_map(|slot| {
        let marks = slot.marks.iter().map(|mark| mark.at);
        let parts = slot.other.iter().chain(&slot.unknown).chain(&slot.unclear).chain(&slot.said).map(|(at, _)| *at);
        [slot.label_at, slot.answer_at].into_iter().chain(slot.letters.iter().copied()).chain(marks).chain(parts)
    });
    let strangers = card.strangers.iter().flat_map(|stranger| [stranger.label_at, stranger.answer_at]);
    let lists = card.lists.iter().flat_map(|list| list.cells.iter().copied().chain([list.label_at]));
    slots.chain(strangers).chain(lists)
}

/// Whether the form says the same words already, as the second copy of a form does.
fn is_said_already(form: &Form, grids: &[&Grid], grid: &Grid, at: Address, place: &Range<usize>) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !is_blank_character(*c)).collect::<String>();
    let Some(text) = grid.cell(at).map(|cell| cell.text) else { return false };
    let words = [bare(text.get(place.clone()).unwrap_or(text)), bare(text)];
    let said = form.iter().filter_map(|(position, card)| Some((*grids.get(*position)?, card)));
    said.flat_map(|(grid, card)| {
        let slots = card.slots.iter().map(|slot| (slot.answer_at, slot.place.clone()));
        let strangers = card.strangers.iter().map(|stranger| (stranger.answer_at, stranger.place.clone()));
        slots.chain(strangers).filter_map(|(at, place)| Some((grid.cell(at)?.text, place))).collect::<Vec<_>>()
    })
    .any(|(text, place)| words.contains(&bare(text)) || text.get(place).is_some_and(|place| words.contains(&bare(place))))
}

/// Where the forms of some grids begin.
struct Parts {
    /// For each grid, where the parts of forms in it begin, from the top, with the form.
    begins: BTreeMap<usize, Vec<(Address, usize)>>,
}

impl Parts {
    fn of(forms: &[Form]) -> Self {
        let mut begins: BTreeMap<usize, Vec<(Address, usize)>> = BTreeMap::new();
        for (form, parts) in forms.iter().enumerate() {
            for (position, card) in parts {
                let row = cells(card).map(|at| at.row).min();
                let column = cells(card).map(|at| at.column).min();
                if let Some((row, column)) = row.zip(column) {
                    begins.entry(*position).or_default().push((Address { row, column }, form));
                }
            }
        }
        begins.values_mut().for_each(|parts| parts.sort_unstable());
        Self { begins }
    }

    /// Whether no part of a form begins in this row or above it, or a form does begin in a grid after this one without any.
    fn is_before(&self, position: usize, row: u32) -> bool {
        match self.begins.get(&position) {
            Some(parts) => {
                parts.first().is_some_and(|(first, _)| row < first.row)
                    || parts.iter().any(|(first, _)| row < first.row && first.row - row <= 3)
            }
            None => self.begins.range(position..).next().is_some(),
        }
    }

    /// The form whose part begins last before this cell, else the first that follows.
    fn owner(&self, position: usize, at: Address) -> usize {
        let begins = self.begins.get(&position).map(Vec::as_slice).unwrap_or_default();
        let above: Vec<&(Address, usize)> = begins.iter().filter(|(first, _)| first.row <= at.row).collect();
        if let Some((last, _)) = above.last() {
            let beside = above.iter().rev().take_while(|(first, _)| first.row == last.row);
            let beside: Vec<_> = beside.collect();
            let own = beside.iter().find(|(first, _)| first.column <= at.column).or(beside.last());
            return own.map_or(0, |(_, form)| *form);
        }
        let before = self.begins.range(..position).next_back().and_then(|(_, parts)| parts.last());
        before.or(begins.first()).map_or(0, |(_, form)| *form)
    }
}
