//! Cards: one person's form, found by its labels. Reading a filled form and filling a blank one are the same map.
//!
//! The central noun is [`Card`]: for every label that a field claims, where its answer stands or goes ([`Slot`]), and
//! for every option of a choice, where its box stands ([`Mark`]). What a label is, is told in `card/label.rs`; where its
//! answer stands in `card/search.rs`; how boxes and options belong together in `card/marks.rs`.

mod bracketed;
mod coloned;
mod copies;
mod enclosed;
pub(crate) mod label;
pub(crate) mod marks;
mod nested;
mod print;
mod prose;
mod repeats;
pub(crate) mod rest;
mod search;
mod spaced;
mod struck;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use compact_str::CompactString;

use super::Target;
use super::labels::Labels;
use crate::address::Address;
use crate::grid::Grid;
use crate::scheme::{Field, Scheme};
pub use marks::{BoxedWord, boxed_words, numbered_words};
pub(crate) use repeats::repeats;
pub(super) use search::{is_lines, slot_at};

/// Fewest labels that make a form; fewer are words that happen to be in some table.
const FEWEST_LABELS: usize = 3;

/// Fewest labels that make a form without a name; fewer may be how to reach an office.
const FEWEST_WITHOUT_NAME: usize = 6;

/// One person's form, or an empty one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Where each answer stands, in reading order.
    pub slots: Vec<Slot>,
    /// Labels that no field claims, as written, with their cell; the office's own (签名, 备注) are not among them.
    pub unclaimed: Vec<(Address, CompactString)>,
    /// Labels that no field claims behind which somebody has written something (民族：汉).
    pub strangers: Vec<Stranger>,
    /// Places that ask again for what one of the slots asks for, such as 姓名 at the foot of the form.
    pub repeats: Vec<Slot>,
    /// Lists inside the form that are about relatives, or about schools and posts, and hold something.
    pub lists: Vec<List>,
}

/// What was written into a list inside a form, of which nothing is the person's own answer to a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// What it is a list of, as written: 家庭主要成员.
    pub label: CompactString,
    /// The cell that says so.
    pub label_at: Address,
    /// The cells below its heading that hold something, in reading order.
    pub cells: Vec<Address>,
}

/// An answer to a label that no field claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// The label as written.
    pub label: CompactString,
    /// The cell of the label.
    pub label_at: Address,
    /// The cell of the answer; the label's own where label and answer share one.
    pub answer_at: Address,
    /// The part of the answer cell's text that is the answer, in bytes.
    pub place: Range<usize>,
}

/// Where the answer of one label stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// What the label asks for.
    pub target: Target,
    /// The label as written.
    pub label: CompactString,
    /// The cell of the label; of the grid around, where the answer stands in a table inside the label's or answer's cell.
    pub label_at: Address,
    /// The cell of the answer; the label's own where label and answer share one.
    pub answer_at: Address,
    /// The part of the answer cell's text that is the answer's place, in bytes; all of it for a cell of its own.
    pub place: Range<usize>,
    /// The cells right of the answer's that hold its further letters, one each; empty where one cell holds them all.
    pub letters: Vec<Address>,
    /// For a choice, where the boxes stand; empty for text answers.
    pub marks: Vec<Mark>,
    /// For a choice, the cell and the part of its text where something else is written (behind 其他时间), in bytes.
    pub other: Option<(Address, Range<usize>)>,
    /// For a choice, the parts of cells' texts that are ticked and no option of the scheme, in bytes.
    pub unknown: Vec<(Address, Range<usize>)>,
    /// For a choice, the parts of cells' texts with a tick that may belong to the option before or behind it, in bytes.
    pub unclear: Vec<(Address, Range<usize>)>,
    /// For a choice, the parts of cells' texts that say in words what is chosen where no box is ticked (服从安排), in bytes.
    pub said: Vec<(Address, Range<usize>)>,
    /// For a choice, whether nothing is ticked though there are boxes, and the others are struck out.
    pub left_unstruck: bool,
    /// For a choice, whether nothing is ticked, and the options that are chosen are those whose box was deleted.
    pub is_left_without_box: bool,
    /// For a choice, whether nothing is ticked and so many options have no box that nobody can tell which of them are chosen.
    pub has_lost_boxes: bool,
    /// For a choice, whether nothing is ticked and all options are set apart alike (underlined, bold), so that none is chosen.
    pub all_set_apart: bool,
    /// For a choice, whether all of it is struck out, so that nothing is chosen.
    pub is_taken_back: bool,
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
        self.slots.iter().find(|slot| slot.target.field() == Some(field) || slot.target.asks_for(field))
    }
}

/// Finds the forms of a grid, from the top. A name asked for again begins another form.
#[must_use]
pub fn find(grid: &Grid, scheme: &Scheme) -> Vec<Card> {
    let mut cards = search::pieces(&grid.with_usual_colons(), &Labels::of(scheme), &BTreeSet::new());
    cards.retain(|card| is_form(card.slots.iter()));
    cards
}

/// One person's form, with the grids its parts stand in.
pub type Form = Vec<(usize, Card)>;

/// Finds the forms of several grids that follow each other, such as the tables of a document: what begins without a name
/// goes on with the form before it.
pub(crate) fn find_across<'g>(grids: impl IntoIterator<Item = &'g Grid>, labels: &Labels<'_>) -> Vec<Form> {
    let usual: Vec<Cow<'_, Grid>> = grids.into_iter().map(Grid::with_usual_colons).collect();
    let grids: Vec<&Grid> = usual.iter().map(Cow::as_ref).collect();
    let mut forms = parts_across(&grids, labels);
    forms.retain(|form| is_form(slots(form)));
    copies::leave(&mut forms, &grids);
    nested::follow(&mut forms, &grids, labels);
    forms
}

/// The forms of several grids, and what is too little to be one.
fn parts_across(grids: &[&Grid], labels: &Labels<'_>) -> Vec<Form> {
    let over = nested::over_labels(grids, labels);
    let nothing = BTreeSet::new();
    let over = |grid: &Grid| grid.number.and_then(|number| over.get(&number)).unwrap_or(&nothing);
    let pieces: Vec<(usize, Card)> = grids
        .iter()
        .enumerate()
        .flat_map(|(position, grid)| search::pieces(grid, labels, over(grid)).into_iter().map(move |card| (position, card)))
        .collect();
    let mut names_to_come = pieces.iter().filter(|(_, card)| card.slot(Field::Name).is_some()).count();
    let mut forms: Vec<Form> = Vec::new();
    for (position, mut card) in pieces {
        let is_named = card.slot(Field::Name).is_some();
        names_to_come -= usize::from(is_named);
        if let Some(end) = end_of_form(&forms, &mut card)
            && let Some(form) = forms.last_mut()
        {
            add_part(form, position, end, grids);
        }
        match forms.last_mut() {
            Some(form) if !begins(&card, form, names_to_come > 0) => add_part(form, position, card, grids),
            _ => forms.push(vec![(position, card)]),
        }
    }
    forms
}

/// Whether this part begins another form than the one before it: it asks for a name again, or for what that one
/// begins with while its name is still to come.
fn begins(part: &Card, form: &Form, has_name_to_come: bool) -> bool {
    let has_name = slots(form).any(|slot| slot.target.asks_for(Field::Name));
    let begin = slots(form).next().map(|slot| slot.target);
    let asks_again = || part.slots.iter().any(|slot| Some(slot.target) == begin);
    has_name && (part.slot(Field::Name).is_some() || (has_name_to_come && asks_again()))
}

/// Takes from the head of a part what still belongs to the form before: choices that form has not asked for, and
/// what stands with them. So it is where lines between two tables end one form and begin the next.
fn end_of_form(forms: &[Form], part: &mut Card) -> Option<Card> {
    let form = forms.last()?;
    let has_name = slots(form).any(|slot| slot.target.asks_for(Field::Name));
    let name = part.slot(Field::Name).map(|name| name.label_at);
    let begin = forms.first().and_then(|form| slots(form).next()).map(|slot| slot.target);
    let is_new = |slot: &&Slot| Some(slot.target) != begin && slots(form).all(|other| other.target != slot.target);
    let is_before_name = |slot: &&Slot| name.is_none_or(|name| slot.label_at < name);
    let length = part.slots.iter().take_while(is_before_name).take_while(is_new).count();
    let is_choice = |slot: &Slot| matches!(slot.target, Target::Field(field) if field.is_choice());
    if !has_name || length == part.slots.len() || !part.slots[..length].iter().any(is_choice) {
        return None;
    }
    let slots: Vec<Slot> = part.slots.drain(..length).collect();
    let next = part.slots.first()?.label_at;
    let unclaimed = part.unclaimed.extract_if(.., |(at, _)| *at < next).collect();
    let strangers = part.strangers.extract_if(.., |stranger| stranger.label_at < next).collect();
    let lists = part.lists.extract_if(.., |list| list.label_at < next).collect();
    Some(Card { slots, unclaimed, strangers, lists, repeats: Vec::new() })
}

/// Adds a part to a form; what the form has asked for already is kept beside its answer. Where nothing answers the earlier label and
/// something the later one, the earlier is a heading: 联系方式 above 手机 | 13800000001.
fn add_part(form: &mut Form, position: usize, mut card: Card, grids: &[&Grid]) {
    let is_answered = |position: usize, slot: &Slot| grids.get(position).is_some_and(|grid| search::is_answered(slot, grid));
    for slot in card.slots.iter().filter(|slot| is_answered(position, slot)) {
        for (earlier, part) in form.iter_mut() {
            let headings = part.slots.extract_if(.., |other| other.target == slot.target && !is_answered(*earlier, other));
            part.repeats.extend(headings.collect::<Vec<_>>());
        }
    }
    let again: Vec<Slot> = card.slots.extract_if(.., |slot| slots(form).any(|other| other.target == slot.target)).collect();
    let beside = |slot: Slot| Stranger { label: slot.label, label_at: slot.label_at, answer_at: slot.answer_at, place: slot.place };
    card.repeats.extend(again.iter().cloned());
    card.strangers.extend(again.into_iter().map(beside));
    match form.last_mut() {
        Some((last, part)) if *last == position => {
            part.slots.append(&mut card.slots);
            part.unclaimed.append(&mut card.unclaimed);
            part.strangers.append(&mut card.strangers);
            part.repeats.append(&mut card.repeats);
            part.lists.append(&mut card.lists);
        }
        _ => form.push((position, card)),
    }
}

/// Whether a text is one that blanks print, wherever it stands.
pub(super) fn is_printed(text: &str, scheme: &Scheme) -> bool {
    print::is_printed(text, print::Stand::default(), scheme)
}

/// Whether several cells of the grid ask for something.
pub(crate) fn has_labels(grid: &Grid, labels: &Labels<'_>) -> bool {
    search::pieces(grid, labels, &BTreeSet::new()).iter().map(|card| card.slots.len()).sum::<usize>() > 1
}

fn slots(form: &Form) -> impl Iterator<Item = &Slot> + Clone {
    form.iter().flat_map(|(_, card)| &card.slots)
}

/// Whether the labels of a form with a name stand in several rows, and are not the heading of a table.
pub(crate) fn is_spread(form: &Form) -> bool {
    let rows: BTreeSet<(usize, u32)> =
        form.iter().flat_map(|(grid, card)| card.slots.iter().map(|slot| (*grid, slot.label_at.row))).collect();
    rows.len() >= FEWEST_LABELS && slots(form).any(|slot| slot.target.asks_for(Field::Name))
}

/// Whether some row below this one asks for several other things, as no line of a table does.
pub(crate) fn has_labels_below(form: &Form, heading: u32) -> bool {
    let rows: Vec<u32> = slots(form).map(|slot| slot.label_at.row).filter(|row| *row > heading).collect();
    rows.iter().any(|row| rows.iter().filter(|other| *other == row).count() > 1)
}

/// Whether a row above these asks for several things, and several rows below ask for something.
pub(crate) fn has_labels_around(form: &Form, heading: &RangeInclusive<u32>) -> bool {
    let rows: Vec<u32> = slots(form).map(|slot| slot.label_at.row).collect();
    let asks_for_several = |row: u32| rows.iter().filter(|other| **other == row).count() > 1;
    let below: BTreeSet<u32> = rows.iter().copied().filter(|row| row > heading.end()).collect();
    below.len() > 1 && rows.iter().any(|row| row < heading.start() && asks_for_several(*row))
}

/// Whether at least three rows above this one ask for several things each, as the title lines of a table do not.
pub(crate) fn has_rows_of_labels_above(form: &Form, heading: u32) -> bool {
    let mut asked: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
    slots(form).map(|slot| slot.label_at.row).filter(|row| *row < heading).for_each(|row| *asked.entry(row).or_default() += 1);
    asked.values().filter(|count| **count > 1).count() >= FEWEST_LABELS
}

/// Whether so many labels make a form: few with a name among them, or many.
fn is_form<'s>(slots: impl Iterator<Item = &'s Slot> + Clone) -> bool {
    let count = slots.clone().count();
    let has_name = slots.into_iter().any(|slot| slot.target.asks_for(Field::Name));
    count >= if has_name { FEWEST_LABELS } else { FEWEST_WITHOUT_NAME }
}

#[cfg(test)]
mod tests;
