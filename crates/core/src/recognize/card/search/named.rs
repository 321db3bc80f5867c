//! Options that are words in cells of their own without boxes: ticked in their cell, in the one before or behind them, or below.

use super::Search;
use crate::address::Address;
use crate::recognize::Target;
use crate::recognize::card::{Mark, Slot, marks};
use crate::scheme::Field;
use crate::text::is_blank_character;

/// The cells that the options of a choice stand in.
struct Row<'c> {
    cells: &'c [Address],
    /// For each cell the option it names, and whether it ticks it.
    named: Vec<Option<(u16, bool)>>,
    /// Whether each option is ticked in the cell before it; else in the one behind it.
    is_ticked_before: bool,
    /// Whether every option is followed by a cell of its own to tick in.
    has_rooms_behind: bool,
}

impl Row<'_> {
    /// The cell before or behind the option at this position in which it may be ticked.
    fn beside(&self, position: usize) -> Option<Address> {
        let beside = if self.is_ticked_before { position.checked_sub(1)? } else { position + 1 };
        let cell = self.cells.get(beside)?;
        (cell.row == self.cells[position].row && self.named[beside].is_none()).then_some(*cell)
    }
}

impl Search<'_> {
    /// Finds options that are words in cells of their own without boxes, ticked in their cell, in the next one, or below.
    pub(super) fn named_marks(&self, slot: &mut Slot, field: Field) {
        if slot.answer_at != slot.label_at && !self.is_text() {
            self.named_among(slot, field, &self.rows_of_options(slot, field));
        }
    }

    /// Finds options that are words without boxes in some of these cells.
    pub(super) fn named_among(&self, slot: &mut Slot, field: Field, cells: &[Address]) {
        if marks::has_empty(self.text(slot.answer_at)) && !self.is_lone_box(slot.answer_at) {
            return;
        }
        let options = self.labels.scheme().options(field).len();
        let row = self.row_of_options(slot, field, cells);
        let Some(mut found) = self.marks_of(&row, slot) else { return };
        // the only option there is to choose is one where somebody has said yes or no to it
        let is_only = || options == 1 && found.len() == 1 && self.is_answered_apart(&row, slot);
        if found.len() < 2 && !is_only() {
            return;
        }
        slot.unclear.clear();
        let taken_back = |at: Address| self.is_taken_back(at, field);
        found.iter_mut().filter(|mark| taken_back(mark.at)).for_each(|mark| mark.ticked = false);
        let is_answered = cells.iter().any(|at| marks::is_yes_or_no(self.text(*at)) && !self.is_lone_box(*at));
        if found.iter().all(|mark| !mark.ticked) && !is_answered && options > 1 {
            slot.all_set_apart |= found.iter().all(|mark| self.is_set_apart(mark.at));
            self.tick_without_ticks(&mut found, options, taken_back);
        }
        self.move_below(&mut found, slot);
        slot.marks = found;
    }

    /// What the cells name, and where their options are ticked.
    fn row_of_options<'c>(&self, slot: &Slot, field: Field, cells: &'c [Address]) -> Row<'c> {
        let named: Vec<Option<(u16, bool)>> = cells.iter().map(|at| self.named_in(*at, field)).collect();
        // a box, or room for a tick, right behind the label, and an option at the end: each is ticked in the cell before it
        let last = cells.iter().rposition(|at| !self.text(*at).is_empty());
        let is_ticked_before = (self.text(slot.answer_at).is_empty() || marks::is_yes_or_no(self.text(slot.answer_at)))
            && last.is_some_and(|last| named[last].is_some());
        let has_rooms_behind = !is_ticked_before && self.have_rooms_behind(cells, &named);
        Row { cells, named, is_ticked_before, has_rooms_behind }
    }

    /// The option that a cell names, struck out or not, and whether the cell ticks it.
    fn named_in(&self, at: Address, field: Field) -> Option<(u16, bool)> {
        let scheme = self.labels.scheme();
        match self.text(at) {
            "" => {
                let struck: String = self.grid.struck_at(at).iter().map(|struck| struck.words.as_str()).collect();
                marks::named(&struck, field, scheme)
            }
            text => marks::named(text, field, scheme),
        }
    }

    /// Whether the cell names an option and is struck out.
    fn is_taken_back(&self, at: Address, field: Field) -> bool {
        (self.text(at).is_empty() || self.is_crossed(at)) && self.named_in(at, field).is_some()
    }

    /// Where the options of these cells are ticked; `None` where boxes stand in their own cells, which are found as such.
    fn marks_of(&self, row: &Row<'_>, slot: &Slot) -> Option<Vec<Mark>> {
        let mut found: Vec<Mark> = Vec::new();
        for (position, at) in row.cells.iter().enumerate() {
            let Some((option, own)) = row.named[position] else { continue };
            let beside = row.beside(position);
            let below = self.below(*at).filter(|below| self.is_in_reach(slot, *below));
            let ticked = own || [beside, below].into_iter().flatten().any(|other| marks::is_tick(self.text(other)));
            let has_box_in_words = marks::has_empty(self.text(*at));
            if has_box_in_words && !row.is_ticked_before {
                return None;
            }
            let beside = beside.filter(|beside| !has_box_in_words && (self.is_lone_box(*beside) || row.has_rooms_behind));
            let below = below.filter(|below| self.covered(slot.label_at).contains(Address { row: below.row, ..slot.label_at }));
            // with boxes in several rows below it, the option is asked about once more in each: 上午, 下午
            let below = below.filter(|below| self.below(*below).is_none_or(|further| !self.is_lone_box(further)));
            found.push(match beside.or(below.filter(|below| self.is_lone_box(*below))) {
                Some(place) => Mark { option: Some(option), at: place, glyph: 0..self.text(place).len(), ticked },
                None => Mark { option: Some(option), at: *at, glyph: self.text(*at).len()..self.text(*at).len(), ticked },
            });
        }
        Some(found)
    }

    /// Whether a cell below an option belongs to the choice, and not to the label of the next row.
    fn is_in_reach(&self, slot: &Slot, below: Address) -> bool {
        let has_label = slot.target.field().is_some_and(|field| self.named_in(slot.label_at, field).is_none());
        match has_label && slot.answer_at.row == slot.label_at.row {
            true => {
                (slot.label_at.row..=self.covered(slot.label_at).last.row).contains(&below.row)
                    || self.first_without_label(slot, below.row).is_some()
            }
            false => !self.has_labels(below.row),
        }
    }

    /// Whether yes or no is said in a cell beside or below the option of a row that has one.
    fn is_answered_apart(&self, row: &Row<'_>, slot: &Slot) -> bool {
        let Some(position) = row.named.iter().position(Option::is_some) else { return false };
        let below = self.below(row.cells[position]).filter(|below| self.is_in_reach(slot, *below));
        [row.beside(position), below].into_iter().flatten().any(|at| marks::is_yes_or_no(self.text(at)))
    }

    /// Ticks go below the options where each has an empty cell there, in the rows of the label.
    fn move_below(&self, found: &mut [Mark], slot: &Slot) {
        let rows = self.covered(slot.label_at);
        let is_room = |at: &Address| (rows.first.row..=rows.last.row).contains(&at.row) && self.is_free(*at) && self.text(*at).is_empty();
        let room = |mark: &Mark| self.below(mark.at).filter(|at| mark.glyph.is_empty() && is_room(at));
        let places: Option<Vec<Address>> = found.iter().map(room).collect();
        for (mark, at) in found.iter_mut().zip(places.unwrap_or_default()) {
            (mark.at, mark.glyph) = (at, 0..0);
        }
    }

    /// Ticks options in cells of their own where none has a tick: those that are set apart, or not struck out as others are, or
    /// all that are there where the blank cannot have had more.
    fn tick_without_ticks(&self, found: &mut [Mark], options: usize, taken_back: impl Fn(Address) -> bool) {
        let set_apart: Vec<bool> = found.iter().map(|mark| self.is_set_apart(mark.at)).collect();
        let is_some_struck = found.iter().any(|mark| taken_back(mark.at));
        // words without room to tick them that are not all there is to choose from were written there by the person
        let are_few = found.len() < options && found.iter().all(|mark| mark.glyph.start > 0);
        let is_by_look = set_apart.contains(&true) && set_apart.contains(&false);
        for (mark, is_set_apart) in found.iter_mut().zip(set_apart) {
            mark.ticked = match is_by_look {
                true => is_set_apart,
                false => (is_some_struck || are_few) && !taken_back(mark.at),
            };
        }
    }

    /// Whether each of these options is followed by an empty cell or one with a tick.
    fn have_rooms_behind(&self, cells: &[Address], named: &[Option<(u16, bool)>]) -> bool {
        let is_room = |at: Address| self.text(at).trim_matches(is_blank_character).is_empty() || marks::is_tick(self.text(at));
        let mut options = (0..cells.len()).filter(|position| named[*position].is_some());
        options.all(|option| {
            let next = cells.get(option + 1).filter(|next| next.row == cells[option].row && named[option + 1].is_none());
            next.is_some_and(|next| is_room(*next) && self.covered(*next).first == *next)
        })
    }

    /// The cells right of the answer's, and those of the rows below that begin with a further option and have no label.
    fn rows_of_options(&self, slot: &Slot, field: Field) -> Vec<Address> {
        if slot.answer_at.row != slot.label_at.row {
            return self.list_below(slot, field);
        }
        let mut cells = self.rightwards(slot.answer_at);
        for row in (slot.answer_at.row + 1..).take(self.labels.scheme().options(field).len()) {
            let Some(first) = self.first_without_label(slot, row) else { break };
            let further = self.rightwards(first);
            if !self.begins_with_option(&further, field) {
                break;
            }
            cells.extend(further);
        }
        cells
    }

    /// The cells of the rows below a label that stands over its options, as far as each row begins with a further one; where there
    /// are several rows, those under the label, and one more beside a label that is no wider than the options.
    fn list_below(&self, slot: &Slot, field: Field) -> Vec<Address> {
        let columns = self.covered(slot.label_at);
        let is_narrow = columns.last.column == self.covered(slot.answer_at).last.column;
        let last = if is_narrow { columns.last.column.right(1).unwrap_or(columns.last.column) } else { columns.last.column };
        let row_at = |first: Address| self.rightwards(first).into_iter().filter(move |at| at.column <= last);
        let next = |first: &Address| {
            let below = self.below(*first).filter(|below| self.is_free(*below) && !self.has_labels(below.row))?;
            let cells: Vec<Address> = row_at(below).collect();
            self.begins_with_option(&cells, field).then_some(below)
        };
        let rows: Vec<Address> =
            std::iter::successors(Some(slot.answer_at), next).take(self.labels.scheme().options(field).len()).collect();
        match rows.len() {
            1 => self.rightwards(slot.answer_at),
            _ => rows.into_iter().flat_map(row_at).collect(),
        }
    }

    /// The cell below a choice's label where a list of its options begins, one a row, and nothing stands beside the label.
    pub(super) fn list_under(&self, label: Address, target: Target) -> Option<Address> {
        let field = target.field().filter(|field| field.is_choice())?;
        let is_open = self.beside(label).is_none_or(|beside| self.is_free(beside) && self.text(beside).is_empty());
        let below = self.below(label).filter(|below| is_open && self.is_free(*below) && !self.has_labels(below.row))?;
        self.begins_with_option(&self.rightwards(below), field).then_some(below)
    }

    /// Whether one of the first two cells names an option: its box may stand before it.
    fn begins_with_option(&self, cells: &[Address], field: Field) -> bool {
        cells.iter().take(2).any(|at| marks::named(self.text(*at), field, self.labels.scheme()).is_some())
    }
}
