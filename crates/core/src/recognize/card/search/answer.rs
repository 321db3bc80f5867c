//! Where the answer to a label stands: behind its words in the same cell, beside it, or below it.

use std::ops::Range;

use compact_str::CompactString;

use super::{Search, behind_colon, slot_at};
use crate::address::{Address, Column};
use crate::recognize::Target;
use crate::recognize::card::enclosed::is_in_brackets;
use crate::recognize::card::label::{Meaning, looks_like_one, unclaimed_with_answer};
use crate::recognize::card::{Slot, marks};
use crate::recognize::labels::Claim;
use crate::scheme::Field;
use crate::text::is_blank_character;

impl Search<'_> {
    /// Where the answer to this label stands: behind its words in the same cell, else beside it, else below it.
    pub(super) fn slot(&self, target: Target, at: Address, text: &str, words: Range<usize>, rest: Option<Range<usize>>) -> Slot {
        let label = CompactString::from(text[words].trim());
        let is_photo = target == Target::Field(Field::Photo);
        let is_long = target.field().is_some_and(|field| field.is_choice() || field == Field::Experience);
        let is_blank = |rest: &Range<usize>| text[rest.clone()].chars().all(|c| is_blank_character(c) || c == '_');
        let is_open = rest.as_ref().is_some_and(|rest| is_blank(rest) && !is_in_brackets(text, rest));
        let whole = |answer: Address| (answer, 0..self.text(answer).len());
        let inside = |rest: Option<Range<usize>>| (at, rest.unwrap_or_else(|| behind_colon(text)));
        let (answer_at, place) = match rest {
            _ if is_photo => (at, 0..text.len()),
            // in lines of text, what is long begins on the next one
            rest if self.is_text() => match self.below(at).filter(|below| is_long && self.is_free(*below) && !self.text(*below).is_empty())
            {
                Some(below) if is_open || rest.is_none() => whole(below),
                _ => inside(rest),
            },
            Some(rest) => inside(Some(rest)),
            // empty lines below the label in its own cell are room for the answer
            None if text.contains('\n') && text[behind_colon(text)].contains('\n') => inside(None),
            None => self
                .table_of_options(at, target)
                .or_else(|| self.offered_behind_words(at, target))
                .or_else(|| self.list_under(at, target))
                .or_else(|| self.answer_cell(at))
                .map(|cell| self.below_headings(target, at, cell))
                .map_or_else(|| inside(None), whole),
        };
        let mut slot = slot_at(target, label, at, answer_at, place);
        slot.letters = match self.parted.given.get(&at) {
            Some(given) => vec![*given],
            None => self.letters(&slot),
        };
        if let Some(field) = target.field().filter(|field| field.is_choice()) {
            self.find_options(&mut slot, field);
        }
        slot
    }

    /// Where the experiences have rows with headings of their own (`起止时间 | 服务内容`), the widest cell below these.
    fn below_headings(&self, target: Target, label: Address, cell: Address) -> Address {
        let rows = self.covered(label);
        let below = cell.row + 1;
        if target != Target::Field(Field::Experience) || cell.row != rows.first.row || below > rows.last.row {
            return cell;
        }
        let across = |from: Address| std::iter::successors(Some(from), |at| self.beside(*at).filter(|next| next.row == at.row));
        let headings: Vec<Address> = across(cell).collect();
        let cells: Vec<Address> = across(self.covered(Address { row: below, ..cell }).first).collect();
        let are_headings = headings.iter().all(|at| looks_like_one(self.text(*at)) && self.covered(*at).last.row == at.row);
        if !are_headings || headings.len() < 2 || cells.iter().any(|at| at.row != below) {
            return cell;
        }
        let width = |at: &Address| self.covered(*at).last.column.number() - at.column.number();
        cells.into_iter().rev().max_by_key(width).unwrap_or(cell)
    }

    /// The cells from this one rightwards, up to a label or an answer.
    pub(super) fn rightwards(&self, from: Address) -> Vec<Address> {
        let next = |at: &Address| {
            let next = self.beside(*at)?;
            (next.row == from.row && !self.is_label(next) && !self.taken.contains(&next)).then_some(next)
        };
        std::iter::successors(Some(from), next).collect()
    }

    pub(super) fn answer_cell(&self, label: Address) -> Option<Address> {
        let speaks_for_itself = |at: &Address| self.ends_in_colon(label) && unclaimed_with_answer(self.text(*at)).is_some();
        let beside = self.beside(label).filter(|beside| !self.taken.contains(beside) && !speaks_for_itself(beside));
        let is_open = |below: &Address| self.is_free(*below) || (self.is_answer_below(*below) && !self.taken.contains(below));
        let below = self.below(label).filter(is_open).filter(|below| !speaks_for_itself(below));
        // below labels that have room behind their colons stand answers only where a whole row has no labels
        let below = below.filter(|below| !self.ends_in_colon(label) || (!self.has_labels(below.row) && below.row <= self.last_used()));
        match beside {
            _ if below.is_some() && self.answer_below(label) == below => below,
            Some(beside) if self.is_above_its_answer(label, beside) => self.below(label),
            Some(beside) if self.is_answer(beside) => Some(beside),
            Some(beside) if self.is_label(beside) => {
                below.or(Some(beside).filter(|beside| !self.has_own_place(*beside) && !self.ends_in_colon(label)))
            }
            Some(beside) if self.diagonal(beside).is_some() => self.diagonal(beside),
            // at the right end of labels that have their answers below them, or alone below such answers
            Some(beside) if self.text(beside).is_empty() && (self.follows_label(label) || self.follows_answer(label)) => {
                // what stands behind another label is that one's answer (手机 | ____ above 籍贯 | 常州)
                let has_label = |below: &Address| self.left(*below).is_some_and(|left| self.is_label(left));
                below.filter(|below| !self.text(*below).is_empty() && !has_label(below)).or(Some(beside))
            }
            Some(beside) => Some(beside),
            None => below,
        }
    }

    /// The cell below an empty one beside a label, where the answer was written into an empty row below the label's.
    fn diagonal(&self, beside: Address) -> Option<Address> {
        let below = self.below(beside).filter(|below| self.text(beside).is_empty() && self.is_free(*below))?;
        let is_row_empty = || self.left(below).is_some_and(|left| self.text(left).is_empty()) && !self.has_labels(below.row);
        // what follows in the label's own row is its answer, or the next label
        let next = self.beside(beside).filter(|next| next.row == beside.row && !self.text(*next).is_empty());
        let is_said = next.is_some_and(|next| !self.is_label(next)) || marks::is_yes_or_no(self.text(below));
        (!self.text(below).is_empty() && !is_said && is_row_empty()).then_some(below)
    }

    /// Whether the answer to this label stands below it though no label of ours stands beside it: another one does, as in
    /// 姓名 | 民族 over 张三 | 汉, and the form puts its answers below its labels.
    fn is_above_its_answer(&self, label: Address, beside: Address) -> bool {
        let Some(below) = self.below(label).filter(|_| self.are_over_answers) else { return false };
        let is_known =
            matches!(self.cells.get(&beside).and_then(|meanings| meanings.first()), Some(Meaning::Foreign(_) | Meaning::ForeignWith(..)));
        let is_option = || matches!(self.labels.claim(self.text(beside)), Some(Claim::Sure(Target::Option(..))));
        let is_answered = || [Some(below), self.below(beside)].into_iter().flatten().any(|below| !self.text(below).is_empty());
        let has_boxes = || marks::has_empty(self.text(beside)) || self.text(beside).contains(marks::is_box);
        let is_unknown = || looks_like_one(self.text(beside)) && !is_option() && !has_boxes() && is_answered();
        self.is_free(below) && !self.has_labels(below.row) && (is_known || is_unknown())
    }

    /// The cell below this one in a row whose labels have their answers below them: two labels of ours stand side by side in
    /// it, and the row below has answers right below both and no label.
    pub(super) fn answer_below(&self, at: Address) -> Option<Address> {
        let is_label = |at: Address| matches!(self.cells.get(&at).map(Vec::as_slice), Some([Meaning::Label { rest: None, .. }]));
        let is_answered = |at: Address| self.below(at).is_some_and(|below| !self.is_label(below) && !self.text(below).is_empty());
        let below = self.below(at).filter(|below| self.is_free(*below) && !self.text(*below).is_empty() && !self.has_labels(below.row))?;
        let row = self.cells.range(Address { column: Column::FIRST, ..at }..=Address { column: Column::LAST, ..at });
        let mut own = row.map(|(at, _)| *at).filter(|at| is_label(*at) && is_answered(*at));
        let stands_so = own.any(|first| self.beside(first).is_some_and(|next| is_label(next) && is_answered(next)));
        (stands_so || self.is_over_answers(at)).then_some(below)
    }

    /// Whether the labels of this row have nothing beside them, and several what stands right below: 姓名 | ____ over 张三 | ____.
    fn is_over_answers(&self, at: Address) -> bool {
        let is_label = |at: &Address| matches!(self.cells.get(at).map(Vec::as_slice), Some([Meaning::Label { rest: None, .. }]));
        let is_open = |at: Address| self.beside(at).is_none_or(|beside| self.text(beside).is_empty() || self.is_label(beside));
        let row = self.cells.range(Address { column: Column::FIRST, ..at }..=Address { column: Column::LAST, ..at });
        let own: Vec<Address> = row.map(|(at, _)| *at).filter(|at| is_label(at) && !self.is_photo(*at)).collect();
        let is_answered = |at: &&Address| self.below(**at).is_some_and(|below| !self.is_label(below) && !self.text(below).is_empty());
        let fewest = if self.are_over_answers { 1 } else { 2 };
        self.is_data_below && is_open(at) && own.iter().all(|at| is_open(*at)) && own.iter().filter(is_answered).count() >= fewest
    }

    /// Whether a number or the word for a sex stands right below a label: what stands below the labels of an empty form are others,
    /// perhaps of nobody's (手机 | ____ over 民族 | ____).
    pub(super) fn find_data_below(&self) -> bool {
        const SHORTEST: usize = 4;
        let is_number = |text: &str| text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= SHORTEST);
        let is_data = |text: &str| matches!(text.trim(), "男" | "女") || is_number(text);
        let labels = self.cells.iter().filter(|(_, meanings)| matches!(meanings[..], [Meaning::Label { rest: None, .. }]));
        labels.filter_map(|(at, _)| self.below(*at)).any(|below| self.is_free(below) && is_data(self.text(below)))
    }

    /// Whether that is how the grid is laid out: more labels stand over an answer than beside one.
    pub(super) fn find_over_answers(&self) -> bool {
        const FEWEST: usize = 3;
        let is_said = |at: Option<Address>| at.is_some_and(|at| self.is_free(at) && !self.text(at).is_empty());
        let (mut over, mut beside) = (0_usize, 0_usize);
        for (at, _) in self.cells.iter().filter(|(_, meanings)| matches!(meanings[..], [Meaning::Label { rest: None, .. }])) {
            let has_beside = is_said(self.beside(*at));
            beside += usize::from(has_beside);
            over += usize::from(!has_beside && self.below(*at).is_some_and(|below| is_said(Some(below)) && !self.has_labels(below.row)));
        }
        over >= FEWEST && over > beside
    }

    /// Whether the cell answers the label left of it, though it reads like somebody else's label (职务: 负责人).
    pub(super) fn is_answer(&self, at: Address) -> bool {
        let is_foreign =
            matches!(self.cells.get(&at).and_then(|meanings| meanings.first()), Some(Meaning::Foreign(_) | Meaning::ForeignWith(..)));
        let has_label = || self.follows_label(at);
        let is_above_answers =
            || self.left(at).and_then(|left| self.below(left)).is_some_and(|below| !self.is_label(below) && !self.text(below).is_empty());
        is_foreign && has_label() && !is_above_answers()
    }

    /// Whether the cell answers the label above it, though it reads like somebody else's label: labels stand above it, and none
    /// of ours beside it.
    pub(super) fn is_answer_below(&self, at: Address) -> bool {
        let is_label = |at: Address| matches!(self.cells.get(&at).map(Vec::as_slice), Some([Meaning::Label { rest: None, .. }]));
        let row = |row: u32| self.cells.range(Address { row, column: Column::FIRST }..=Address { row, column: Column::LAST });
        let is_foreign = matches!(self.cells.get(&at).map(Vec::as_slice), Some([Meaning::Foreign(_) | Meaning::ForeignWith(..)]));
        let Some(above) = at.row.checked_sub(1).filter(|above| *above > 0) else { return false };
        let labels_above = row(above).filter(|(at, _)| is_label(**at)).count();
        let speaks = || row(at.row).any(|(_, meanings)| meanings.iter().any(|meaning| matches!(meaning, Meaning::Label { .. })));
        is_foreign && labels_above > 1 && is_label(self.covered(Address { row: above, ..at }).first) && !speaks()
    }

    /// Whether a label has its answer in its own cell (性别：男), and so is nobody's answer.
    pub(super) fn has_own_place(&self, at: Address) -> bool {
        let meanings = self.cells.get(&at).map(Vec::as_slice).unwrap_or_default();
        meanings.len() > 1 || matches!(meanings, [Meaning::Label { rest: Some(_), .. }]) || self.ends_in_colon(at)
    }

    pub(super) fn has_labels(&self, row: u32) -> bool {
        self.cells.range(Address { row, column: Column::FIRST }..=Address { row, column: Column::LAST }).next().is_some()
    }

    pub(super) fn ends_in_colon(&self, at: Address) -> bool {
        self.text(at).trim_end_matches(|c| is_blank_character(c) || c == '_').ends_with(['：', ':'])
    }

    /// Whether the cell is neither a label nor an answer already.
    pub(super) fn is_free(&self, at: Address) -> bool {
        !self.is_label(at) && !self.taken.contains(&at)
    }

    pub(super) fn is_label(&self, at: Address) -> bool {
        self.cells.contains_key(&at)
    }

    /// Whether an answer stands right above this cell.
    fn follows_answer(&self, at: Address) -> bool {
        let above = at.row.checked_sub(1).filter(|above| *above > 0);
        above.is_some_and(|row| self.taken.contains(&self.covered(Address { row, ..at }).first))
    }

    /// Whether the cell left of this one is a label that has no answer in its own cell, as a photo has.
    pub(super) fn follows_label(&self, at: Address) -> bool {
        self.left(at).and_then(|left| self.cells.get(&left)).is_some_and(
            |meanings| matches!(&meanings[..], [Meaning::Label { rest: None, targets, .. }] if *targets != [Target::Field(Field::Photo)]),
        )
    }
}
