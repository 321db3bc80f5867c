//! The boxes of a choice on a form: in the answer's cell, in cells of their own beside it, and in the rows below.

use std::ops::Range;

use compact_str::CompactString;

use super::{Search, slot_at};
use crate::address::{Address, Column};
use crate::recognize::Target;
use crate::recognize::card::label::{Meaning, looks_like_one};
use crate::recognize::card::{Mark, Slot, marks, struck};
use crate::scheme::Field;

/// Most cells of a table inside an answer's cell that are looked at; a number has 18 letters.
const MOST_INSIDE: usize = 256;

impl Search<'_> {
    /// Finds the boxes of the slot's choice, and which of them are ticked.
    pub(super) fn find_options(&self, slot: &mut Slot, field: Field) {
        if self.choose_by_number(slot, field) {
            return;
        }
        self.find_marks(slot, field);
        self.named_marks(slot, field);
        self.further_marks(slot, field);
        self.marks_in_lines(slot, field);
        self.take_back_crossed(slot);
        marks::tick_what_is_left(slot, self.text(slot.answer_at), field, self.labels.scheme());
        let is_untouched = slot.marks.iter().all(|mark| !mark.ticked);
        slot.all_set_apart &= is_untouched;
        slot.has_lost_boxes &= is_untouched;
        self.take_back_whole(slot);
    }

    /// Takes back a choice whose cell, or the cells of all of its options, are struck out as a whole.
    fn take_back_whole(&self, slot: &mut Slot) {
        let is_all = match slot.marks.as_slice() {
            [] => self.is_crossed(slot.answer_at),
            marks => marks.iter().all(|mark| self.is_crossed(mark.at)),
        };
        // in lines of text, what is struck out is replaced by the next line
        if is_all && slot.answer_at != slot.label_at {
            slot.is_taken_back = true;
            slot.marks.iter_mut().for_each(|mark| mark.ticked = false);
        }
    }

    /// Takes back the options whose cells are struck out as a whole while others are not; where none of the others is ticked,
    /// they are chosen, as where the words are struck out in one cell.
    fn take_back_crossed(&self, slot: &mut Slot) {
        let is_crossed = |mark: &Mark| self.is_crossed(mark.at);
        if !self.grid.has_crossed() || slot.marks.iter().all(is_crossed) || !slot.marks.iter().any(is_crossed) {
            return;
        }
        slot.marks.iter_mut().filter(|mark| is_crossed(mark)).for_each(|mark| mark.ticked = false);
        if slot.unclear.is_empty() && slot.marks.iter().all(|mark| !mark.ticked) {
            slot.left_unstruck |= slot.marks.iter().any(|mark| !mark.glyph.is_empty());
            slot.marks.iter_mut().filter(|mark| !is_crossed(mark) && mark.option.is_some()).for_each(|mark| mark.ticked = true);
        }
    }

    /// In lines of text, adds the options that stand on further lines, one below the other.
    fn marks_in_lines(&self, slot: &mut Slot, field: Field) {
        if !self.is_text() || slot.marks.is_empty() {
            return;
        }
        let next = |at: &Address| self.below(*at).filter(|below| self.is_free(*below) && !self.text(*below).is_empty());
        for at in std::iter::successors(next(&slot.answer_at), next) {
            let mut further = slot_at(slot.target, CompactString::default(), slot.label_at, at, 0..self.text(at).len());
            self.find_marks(&mut further, field);
            let is_known = |mark: &Mark| slot.marks.iter().any(|known| known.option == mark.option);
            if further.marks.is_empty() || further.marks.iter().any(is_known) {
                return;
            }
            take_further(slot, further);
        }
    }

    /// The choice that this text offers with boxes, where no label of the grid asks for it: at least two of its options.
    pub(super) fn choice_of(&self, at: Address, place: Range<usize>) -> Option<Field> {
        let scheme = self.labels.scheme();
        let text = self.text(at).get(place.clone())?;
        if !marks::has_empty(text) && !text.contains(marks::is_box) {
            return None;
        }
        let is_asked = |field: Field| {
            let asks = |meaning: &Meaning| matches!(meaning, Meaning::Label { targets, .. } if targets.contains(&Target::Field(field)));
            self.cells.values().flatten().any(asks)
        };
        let offered = |field: Field| if is_asked(field) { 0 } else { self.offered(at, place.clone(), field) };
        let choices = scheme.fields.iter().map(|spec| spec.field).filter(|field| field.is_choice());
        let found = choices.map(|field| (field, offered(field))).filter(|(_, count)| *count > 1);
        found.max_by_key(|(_, count)| *count).map(|(field, _)| field)
    }

    /// Where a choice's label stands before rows that say what each is about (服务意向 | 补贴 | □… over 项目 | □…), the cell of
    /// the row that offers the choice.
    pub(super) fn offered_behind_words(&self, label: Address, target: Target) -> Option<Address> {
        let field = target.field().filter(|field| field.is_choice())?;
        let rows = self.covered(label);
        (rows.first.row..=rows.last.row).find_map(|row| {
            let words = self.beside(Address { row, ..label }).filter(|words| words.row == row && looks_like_one(self.text(*words)))?;
            let offer = self.beside(words).filter(|offer| offer.row == row && self.is_free(*offer) && self.is_free(words))?;
            (self.offered(offer, 0..self.text(offer).len(), field) > 1).then_some(offer)
        })
    }

    /// How many options of this choice a part of a cell offers with boxes.
    pub(super) fn offered(&self, at: Address, place: Range<usize>, field: Field) -> usize {
        let text = self.text(at).get(place.clone()).unwrap_or("");
        if marks::printed(text, self.labels.scheme().options(field)).len() < 2 {
            return 0;
        }
        let mut slot = slot_at(Target::Field(field), CompactString::default(), at, at, place);
        self.find_marks(&mut slot, field);
        slot.marks.iter().filter(|mark| mark.option.is_some()).count()
    }

    fn find_marks(&self, slot: &mut Slot, field: Field) {
        let at = slot.answer_at;
        let set_apart: Vec<Range<usize>> = self.grid.underlined_at(at).chain(self.grid.emphasised_at(at)).collect();
        if !struck::find(slot, self.text(at), self.grid.struck_at(at), &set_apart, field, self.labels.scheme()) {
            marks::find(slot, self.text(at), &set_apart, field, self.labels.scheme());
        }
    }

    /// Whether the words of a cell are underlined, bold, coloured, shaded or framed.
    pub(super) fn is_set_apart(&self, at: Address) -> bool {
        let look = self.grid.cell(at).map(|cell| cell.look).unwrap_or_default();
        let parts: Vec<Range<usize>> = self.grid.underlined_at(at).chain(self.grid.emphasised_at(at)).collect();
        look.is_underlined || look.is_emphasised || marks::is_mostly_in(&(0..self.text(at).len()), &parts)
    }

    /// Whether the cell is struck out as a whole.
    pub(super) fn is_crossed(&self, at: Address) -> bool {
        self.grid.cell(at).is_some_and(|cell| cell.look.is_crossed)
    }

    /// Whether nothing stands in the cell but a box to tick.
    pub(super) fn is_lone_box(&self, at: Address) -> bool {
        marks::is_lone(self.text(at))
    }

    /// The cell where the slot's answer may go on in this row: nothing stands left of it but the slot's own label.
    pub(super) fn first_without_label(&self, slot: &Slot, row: u32) -> Option<Address> {
        let under = Address { row, ..slot.label_at };
        let is_own = self.covered(slot.label_at).contains(under) || (self.is_free(under) && self.text(under).is_empty());
        self.beside(under).filter(|first| is_own && first.row == row && self.is_free(*first))
    }

    /// The last row of the slot: that of its label, or below it of what goes on with further boxes of the choice.
    fn last_row(&self, slot: &Slot, field: Field) -> u32 {
        let mut last = self.covered(slot.label_at).last.row;
        while let Some(first) = self.first_without_label(slot, last + 1) {
            let mut further = slot_at(slot.target, CompactString::default(), slot.label_at, first, 0..self.text(first).len());
            self.find_marks(&mut further, field);
            if further.marks.is_empty() {
                break;
            }
            last += 1;
        }
        last
    }

    /// Adds the options that stand in further cells under the label, row by row as far as there are boxes.
    fn marks_below(&self, slot: &mut Slot, field: Field) {
        let columns = self.covered(slot.label_at);
        let mut row = slot.answer_at.row;
        loop {
            let mut next = Some(self.covered(Address { row, ..columns.first }).first);
            let mut has_boxes = false;
            while let Some(at) = next.filter(|at| at.row == row && at.column <= columns.last.column) {
                if self.is_label(at) || self.taken.contains(&at) {
                    return;
                }
                next = self.beside(at);
                if at == slot.answer_at {
                    has_boxes = true;
                    continue;
                }
                let mut further = slot_at(slot.target, CompactString::default(), slot.label_at, at, 0..self.text(at).len());
                self.find_marks(&mut further, field);
                has_boxes |= !further.marks.is_empty();
                take_further(slot, further);
            }
            if !has_boxes || columns.first.column == columns.last.column {
                return;
            }
            row += 1;
        }
    }

    /// Adds the options that stand in cells of their own: right of the first of them, and in the further rows of the label.
    fn further_marks(&self, slot: &mut Slot, field: Field) {
        if slot.answer_at == slot.label_at || slot.marks.is_empty() || self.is_text() {
            return;
        }
        let rows = self.covered(slot.label_at);
        if !(rows.first.row..=rows.last.row).contains(&slot.answer_at.row) {
            return self.marks_below(slot, field);
        }
        let rows = rows.first.row..=self.last_row(slot, field);
        for row in rows {
            let mut next = if row == slot.answer_at.row { Some(slot.answer_at) } else { self.beside(Address { row, ..slot.label_at }) };
            while let Some(at) = next {
                next = self.beside(Address { row, ..at });
                if at.row != row || at == slot.answer_at {
                    continue;
                }
                if self.is_label(at) || self.taken.contains(&at) {
                    break;
                }
                let mut further = slot_at(slot.target, CompactString::default(), slot.label_at, at, 0..self.text(at).len());
                self.find_marks(&mut further, field);
                if slot.other.is_none() && marks::is_other(self.text(at), field, self.labels.scheme()) {
                    let own = next.filter(|own| own.row == row && self.is_free(*own));
                    slot.other = own.map(|own| (own, 0..self.text(own).len())).or(further.other);
                    next = own.and_then(|own| self.beside(own));
                    continue;
                }
                if further.marks.is_empty() && !self.text(at).is_empty() {
                    break;
                }
                take_further(slot, further);
            }
        }
    }

    /// Finds the options of a choice in these cells, by their boxes or, where they have none, by their words.
    pub(super) fn options_in(&self, slot: &mut Slot, field: Field, cells: &[Address]) {
        match cells.iter().any(|at| marks::has_empty(self.text(*at)) && !self.is_lone_box(*at)) {
            true => self.options_among(slot, field, cells),
            false => self.named_among(slot, field, cells),
        }
        self.take_back_crossed(slot);
    }

    /// Finds the boxes of a choice in all cells of a grid that holds nothing else.
    fn options_among(&self, slot: &mut Slot, field: Field, cells: &[Address]) {
        let mut cells_left = cells.iter().copied().peekable();
        while let Some(at) = cells_left.next() {
            let mut further = slot_at(slot.target, CompactString::default(), slot.label_at, at, 0..self.text(at).len());
            if slot.other.is_none() && marks::is_other(self.text(at), field, self.labels.scheme()) {
                let own = cells_left.next_if(|own| own.row == at.row);
                slot.other = own.map(|own| (own, 0..self.text(own).len()));
                continue;
            }
            self.find_marks(&mut further, field);
            take_further(slot, further);
        }
        self.named_among(slot, field, cells);
        marks::tick_what_is_left(slot, self.text(slot.answer_at), field, self.labels.scheme());
    }

    /// The answer of a slot in a table of its own that stands in the answer's cell: the boxes of a choice, a number with a
    /// cell for each letter, or what the only cell holds that holds something. `None` where nothing of the kind stands there.
    pub(super) fn answer_inside(&self, slot: &Slot) -> Option<Slot> {
        let cells = self.all_cells();
        let said: Vec<Address> = cells.iter().copied().filter(|at| !self.text(*at).is_empty()).collect();
        let field = slot.target.field()?;
        let first = if field.is_choice() { *cells.first()? } else { *said.first()? };
        let mut found = slot_at(slot.target, slot.label.clone(), slot.label_at, first, 0..self.text(first).len());
        if field.is_choice() {
            self.options_among(&mut found, field, &cells);
            return Some(found).filter(|found| !found.marks.is_empty() || !found.unclear.is_empty());
        }
        found.letters = self.letters_among(&found, &cells);
        Some(found).filter(|found| said.len() == 1 || !found.letters.is_empty())
    }

    /// All cells of the grid in reading order, empty ones too, each by its top left corner.
    fn all_cells(&self) -> Vec<Address> {
        let last = self.grid.last_row.into_iter().chain(self.grid.rows().map(|row| row.number())).max().unwrap_or(0);
        let in_row = |row: u32| {
            let first = Address { row, column: Column::FIRST };
            std::iter::successors(Some(first), |at| self.beside(*at)).filter(move |at| at.row == row)
        };
        (1..=last).flat_map(in_row).filter(|at| self.covered(*at).first == *at).take(MOST_INSIDE).collect()
    }
}

/// Adds the boxes of a further cell to those of a choice.
fn take_further(slot: &mut Slot, mut further: Slot) {
    further.marks.retain(|mark| slot.marks.iter().all(|known| known.option != mark.option));
    slot.marks.append(&mut further.marks);
    slot.unknown.append(&mut further.unknown);
    slot.unclear.append(&mut further.unclear);
    slot.said.append(&mut further.said);
    slot.left_unstruck |= further.left_unstruck;
    slot.is_left_without_box |= further.is_left_without_box;
    slot.has_lost_boxes |= further.has_lost_boxes;
    slot.other = slot.other.take().or(further.other);
}
