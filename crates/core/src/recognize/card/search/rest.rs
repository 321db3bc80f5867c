//! What a search makes nothing of: cells that no form was made of and that the blank does not print.

use std::collections::BTreeSet;
use std::ops::Range;

use compact_str::CompactString;

use super::lists::Lines;
use super::{Search, meanings, parted};
use crate::address::Address;
use crate::grid::{Grid, Kind};
use crate::recognize::card::label::{Meaning, looks_like_one, unclaimed_with_answer};
use crate::recognize::card::{marks, print};
use crate::recognize::labels::{Labels, Owner};
use crate::text::is_blank_character;

/// A cell, or a part of one, that somebody wrote into and no form was made of.
#[derive(Debug)]
pub(in crate::recognize::card) struct Words {
    pub(in crate::recognize::card) at: Address,
    /// What is written, in bytes of the cell's text.
    pub(in crate::recognize::card) place: Range<usize>,
    /// Whether it reads like what blanks print, as some people's words do.
    pub(in crate::recognize::card) looks_printed: bool,
    /// The label that stands before it.
    pub(in crate::recognize::card) label: Option<Before>,
    /// The cell right above it that begins in the same column.
    pub(in crate::recognize::card) above: Option<Address>,
}

/// A label before words that no form was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Before {
    /// Its words.
    pub(crate) words: CompactString,
    /// Whose it is.
    pub(crate) whose: Whose,
}

/// Whose label stands before words that no form was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// One that a field of ours claims.
    Ours,
    /// An office's, which writes there itself (审批意见).
    Office,
    /// Another person's, or nobody's.
    Others,
}

/// The cells of a grid besides the known ones that somebody wrote into; `is_before` says of a cell whether a form is to come below
/// it.
pub(in crate::recognize::card) fn rest(
    grid: &Grid,
    labels: &Labels<'_>,
    known: &BTreeSet<Address>,
    is_before: impl Fn(Address) -> bool,
) -> Vec<Words> {
    let mut search = Search::new(grid, labels, meanings(grid, labels));
    search.leave_notes();
    if !search.is_text() {
        search.parted = parted::find(grid, labels, &mut search.cells);
    }
    search.find_others();
    let office: BTreeSet<u32> = search.rows_of_the_office().collect();
    let is_said = |text: &str| !text.chars().all(is_blank_character);
    let mut found = Vec::new();
    for row in grid.rows() {
        let is_alone = row.cells().filter(|cell| is_said(cell.text)).count() == 1;
        for cell in row.cells().filter(|cell| is_said(cell.text) && cell.kind != Kind::Boolean) {
            let at = Address { row: row.number(), column: cell.column };
            let is_first = std::ptr::eq(search.text(at), cell.text);
            let is_note = search.taken.contains(&at) && !search.remarks.contains_key(&at);
            if is_first && (is_note || known.contains(&at) || search.parted.parts.contains(&at)) {
                continue;
            }
            let stand = print::Stand {
                is_above: is_alone && is_before(at),
                is_set_apart: is_alone && cell.look.is_emphasised,
                is_beside_rows: search.covered(at).last.row > at.row,
            };
            let Some((place, own, looks_printed)) = search.written(at, cell.text, stand) else { continue };
            let label = match office.contains(&at.row) {
                true => Some(Before { words: CompactString::default(), whose: Whose::Office }),
                false => own.or_else(|| search.label_before(at, known)),
            };
            found.push(Words { at, place, looks_printed, label, above: search.above(at) });
        }
    }
    found
}

impl Search<'_> {
    /// The part of a cell that somebody wrote, with the label before it in the same cell, and whether it reads like print all the
    /// same; none where all of it is surely printed.
    fn written(&self, at: Address, text: &str, stand: print::Stand) -> Option<(Range<usize>, Option<Before>, bool)> {
        let scheme = self.labels.scheme();
        let is_open = |place: &Range<usize>| {
            text[place.clone()].chars().all(|c| is_blank_character(c) || matches!(c, '_' | '＿') || marks::is_box(c))
        };
        // 负责人 beside 职务 reads like an office's label and is an answer; 母亲住院期间除外 begins like one of a relative
        let is_known = |meanings: &[Meaning]| match meanings {
            [Meaning::Foreign(Owner::LookAlike | Owner::Person | Owner::Relatives)] => print::is_printed(text, stand, scheme),
            _ => !self.is_answer(at),
        };
        if let Some(meanings) = self.cells.get(&at).filter(|meanings| is_known(meanings)) {
            let said = meanings.iter().filter_map(|meaning| match meaning {
                Meaning::Label { words, rest: Some(place), .. } => Some((words, place, Whose::Ours)),
                Meaning::Unclaimed(words, place) => Some((words, place, Whose::Others)),
                Meaning::ForeignWith(owner, words, place) => Some((words, place, whose(*owner))),
                Meaning::Label { rest: None, .. } | Meaning::Foreign(_) => None,
            });
            let said = said.filter(|(_, place, _)| !is_open(place) && !print::is_surely_printed(&text[(*place).clone()], stand, scheme));
            let (words, place, whose) = said.min_by_key(|(_, place, _)| print::is_printed(&text[(*place).clone()], stand, scheme))?;
            let looks_printed = print::is_printed(&text[place.clone()], stand, scheme);
            return Some((place.clone(), Some(Before { words: text[words.clone()].trim().into(), whose }), looks_printed));
        }
        let is_heading = self.lists.iter().any(|list| self.is_beside_list(list, at) && list.heads(at));
        if is_heading || print::is_surely_printed(text, stand, scheme) {
            return None;
        }
        let own = unclaimed_with_answer(text)
            .map(|(words, place)| (place, Some(Before { words: text[words].trim().into(), whose: Whose::Others })));
        let (place, own) = own.unwrap_or((0..text.len(), None));
        Some((place, own, print::is_printed(text, stand, scheme)))
    }

    /// The cell right above this one in a table, if it begins in the same column.
    fn above(&self, at: Address) -> Option<Address> {
        let row = at.row.checked_sub(1).filter(|row| *row > 0 && !self.is_text())?;
        Some(self.covered(Address { row, ..at }).first).filter(|above| above.column == at.column)
    }

    /// The label that words without one of their own stand behind: that of a list, else the nearest one left of them, else the one
    /// right above.
    fn label_before(&self, at: Address, known: &BTreeSet<Address>) -> Option<Before> {
        if let Some(list) = self.lists.iter().find(|list| list.contains(at)) {
            return Some(Before { words: self.text(list.label).trim().into(), whose: Whose::Others });
        }
        let ends_list = |list: &Lines| self.is_beside_list(list, at) && list.ends_before(at);
        if self.is_text() || self.lists.iter().any(ends_list) {
            return None;
        }
        let left = |at: &Address| self.left(*at);
        let nearest = std::iter::successors(self.left(at), left).find(|before| !self.text(*before).is_empty());
        // what follows an answer is nobody's
        let before = nearest.filter(|before| self.is_label(*before) || (!known.contains(before) && looks_like_one(self.text(*before))));
        let above = at.row.checked_sub(1).filter(|row| *row > 0).map(|row| self.covered(Address { row, ..at }).first);
        let label = before.or_else(|| above.filter(|above| nearest.is_none() && self.owner(*above) == Some(Owner::Office)))?;
        let whose = match self.cells.get(&label).and_then(|meanings| meanings.first()) {
            Some(Meaning::Label { .. }) if self.is_foreign(label) => Whose::Others,
            Some(Meaning::Label { .. }) => Whose::Ours,
            Some(Meaning::Foreign(owner) | Meaning::ForeignWith(owner, ..)) => whose(*owner),
            Some(Meaning::Unclaimed(..)) | None => Whose::Others,
        };
        Some(Before { words: self.text(label).trim().into(), whose })
    }
}

fn whose(owner: Owner) -> Whose {
    match owner {
        Owner::Office => Whose::Office,
        Owner::LookAlike | Owner::Person | Owner::Relatives => Whose::Others,
    }
}
