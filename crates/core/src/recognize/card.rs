//! Cards: one person's form, found by its labels. Reading a filled form and filling a blank one are the same map.
//!
//! The central noun is [`Card`]: for every label that a field claims, where its answer stands or goes ([`Slot`]), and
//! for every option of a choice, where its box stands ([`Mark`]). What a label is, is told in [`label`]; how boxes and
//! options belong together in [`marks`].

mod label;
mod marks;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use compact_str::CompactString;

use super::Target;
use crate::address::{Address, Column};
use crate::grid::{Grid, Merge, Origin};
use crate::scheme::{Field, Scheme};
use label::{Labels, Meaning};

/// Fewest labels that make a form; fewer are words that happen to be in some table.
const FEWEST_LABELS: usize = 3;

/// One person's form, or an empty one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Where each answer stands, in reading order.
    pub slots: Vec<Slot>,
    /// Labels that no field claims, as written, with their cell; the office's own (签名, 备注) are not among them.
    pub unclaimed: Vec<(Address, CompactString)>,
}

/// Where the answer of one label stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// What the label asks for.
    pub target: Target,
    /// The label as written.
    pub label: CompactString,
    /// The cell of the label.
    pub label_at: Address,
    /// The cell of the answer; the label's own where label and answer share one.
    pub answer_at: Address,
    /// The part of the answer cell's text that is the answer's place, in bytes; all of it for a cell of its own.
    pub place: Range<usize>,
    /// For a choice, where the boxes stand; empty for text answers.
    pub marks: Vec<Mark>,
    /// For a choice, the part of the answer cell's text where something else is written (behind 其他时间), in bytes.
    pub other: Option<Range<usize>>,
}

/// The box of one option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The option's place among the options of the scheme; `None` for the one behind which something else is written
    /// (其他时间).
    pub option: Option<u16>,
    /// The cell it stands in.
    pub at: Address,
    /// The box's part of the cell's text, in bytes; empty where there is none and one is to be put.
    pub glyph: Range<usize>,
    /// Whether the box is ticked.
    pub ticked: bool,
}

impl Card {
    /// The slot of this field.
    #[must_use]
    pub fn slot(&self, field: Field) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.target.field() == Some(field))
    }
}

/// Finds the forms of a grid, from the top. A name asked for again begins another form.
#[must_use]
pub fn find(grid: &Grid, scheme: &Scheme) -> Vec<Card> {
    let labels = Labels::new(scheme);
    let mut search = Search { grid, scheme, edge: edge(grid), taken: BTreeSet::new(), cells: meanings(grid, &labels) };
    let mut cards = vec![Card::default()];
    let order: Vec<Address> = search.cells.keys().copied().collect();
    for at in order {
        search.visit(at, &mut cards);
    }
    cards.retain(|card| card.slots.len() >= FEWEST_LABELS);
    for card in &mut cards {
        card.unclaimed.retain(|(at, _)| !search.taken.contains(at));
    }
    cards
}

/// What each cell that holds something says by itself, in reading order.
fn meanings<'a>(grid: &'a Grid, labels: &Labels<'_>) -> BTreeMap<Address, (&'a str, Meaning)> {
    let cells = grid.rows().flat_map(|row| row.cells().map(move |cell| (Address { row: row.number(), column: cell.column }, cell.text)));
    cells.map(|(at, text)| (at, (text, labels.meaning(text)))).collect()
}

/// The last column a value can stand in. A Word table ends; a sheet does not.
fn edge(grid: &Grid) -> Column {
    match grid.origin {
        Origin::Word => grid.column_widths.iter().map(|(column, _)| *column).max().unwrap_or(Column::LAST),
        Origin::Sheet | Origin::TextTable => Column::LAST,
    }
}

/// One search over a grid.
struct Search<'a> {
    grid: &'a Grid,
    scheme: &'a Scheme,
    edge: Column,
    /// Cells that are answers already, and so no labels.
    taken: BTreeSet<Address>,
    cells: BTreeMap<Address, (&'a str, Meaning)>,
}

impl Search<'_> {
    fn visit(&mut self, at: Address, cards: &mut Vec<Card>) {
        if self.taken.contains(&at) {
            return;
        }
        let Some((text, meaning)) = self.cells.get(&at).cloned() else { return };
        let is_name = matches!(&meaning, Meaning::Label { targets, .. } if targets.contains(&Target::Field(Field::Name)));
        if is_name && cards.last().is_some_and(|card| card.slot(Field::Name).is_some()) {
            cards.push(Card::default());
        }
        let Some(card) = cards.last_mut() else { return };
        match meaning {
            Meaning::Label { targets, words, rest } => {
                let Some(target) = targets.into_iter().find(|target| target.field().is_some_and(|field| card.slot(field).is_none())) else {
                    return;
                };
                let slot = self.slot(target, at, text, words, rest);
                if slot.answer_at != at {
                    self.taken.insert(slot.answer_at);
                }
                card.slots.push(slot);
            }
            Meaning::Foreign => {
                if let Some(answer) = self.beside(at) {
                    self.taken.insert(answer);
                }
            }
            Meaning::Unknown if label::looks_like_one(text) && self.beside(at).is_some_and(|beside| !self.cells.contains_key(&beside)) => {
                card.unclaimed.push((at, text.into()));
            }
            Meaning::Unknown => {}
        }
    }

    /// Where the answer to this label stands: behind its words in the same cell, else beside it, else below it.
    fn slot(&self, target: Target, at: Address, text: &str, words: Range<usize>, rest: Option<Range<usize>>) -> Slot {
        let label = CompactString::from(text[words].trim());
        let is_photo = target == Target::Field(Field::Photo);
        let (answer_at, place) = match rest {
            _ if is_photo => (at, 0..text.len()),
            Some(rest) => (at, rest),
            None => match self.answer_cell(at) {
                Some(answer) => (answer, 0..self.cells.get(&answer).map_or(0, |(text, _)| text.len())),
                None => (at, text.len()..text.len()),
            },
        };
        let mut slot = Slot { target, label, label_at: at, answer_at, place, marks: Vec::new(), other: None };
        if let Some(field) = target.field().filter(|field| field.is_choice()) {
            let answer = self.cells.get(&answer_at).map_or("", |(text, _)| text);
            marks::find(&mut slot, answer, field, self.scheme);
        }
        slot
    }

    fn answer_cell(&self, label: Address) -> Option<Address> {
        let beside = self.beside(label).filter(|beside| !self.taken.contains(beside));
        match beside {
            Some(beside) if !self.is_label(beside) => Some(beside),
            // labels side by side: the answers stand below, unless labels stand there too
            beside => self.below(label).filter(|below| !self.is_label(*below) && !self.taken.contains(below)).or(beside),
        }
    }

    fn is_label(&self, at: Address) -> bool {
        self.cells.get(&at).is_some_and(|(_, meaning)| *meaning != Meaning::Unknown)
    }

    fn covered(&self, at: Address) -> Merge {
        self.grid.merge_at(at).unwrap_or(Merge { first: at, last: at })
    }

    /// The cell right of this one, by its top left corner.
    fn beside(&self, at: Address) -> Option<Address> {
        let column = self.covered(at).last.column.right(1).filter(|column| *column <= self.edge)?;
        Some(self.covered(Address { row: at.row, column }).first)
    }

    /// The cell below this one, by its top left corner.
    fn below(&self, at: Address) -> Option<Address> {
        let row = self.covered(at).last.row.checked_add(1)?;
        let below = Address::new(row, at.column.number())?;
        Some(self.covered(below).first)
    }
}

#[cfg(test)]
mod tests;
