//! Choices whose label no scheme knows, or that have none: told by the options they offer.

use super::{Search, slot_at};
use crate::address::Address;
use crate::recognize::Target;
use crate::recognize::card::label::Meaning;
use crate::recognize::card::{Card, marks};
use crate::scheme::Field;

impl Search<'_> {
    /// Takes a cell of whatever words as the label of a choice whose options are offered behind its colon, beside it or below it:
    /// 认领岗位 | □尊老服务 □助残服务.
    pub(super) fn choice_without_label(&mut self, at: Address, text: &str, cards: &mut Vec<Card>) -> bool {
        const LONGEST: usize = 60;
        if text.chars().count() > LONGEST && !text.contains(['：', ':']) {
            return false;
        }
        let own = text.find(['：', ':']).and_then(|colon| Some(colon + text[colon..].chars().next()?.len_utf8()..text.len()));
        let inside = own.filter(|own| !text[own.clone()].trim().is_empty());
        let other = if self.is_text() { self.below(at) } else { self.beside(at).or_else(|| self.below(at)) };
        let (answer_at, place) = match (inside, other.filter(|other| self.is_free(*other))) {
            (Some(inside), _) => (at, inside),
            (None, Some(other)) => (other, 0..self.text(other).len()),
            (None, None) => return self.choice_in_cells(at, text, cards),
        };
        // the options themselves are no label
        let is_offer = text.contains(marks::is_box) && answer_at != at;
        let Some(field) = self.choice_of(answer_at, place.clone()).filter(|_| !is_offer) else {
            return self.choice_in_cells(at, text, cards);
        };
        let is_new = |card: &&mut Card| !card.slots.is_empty() && card.slot(field).is_none();
        if cards.last_mut().filter(is_new).is_none() {
            return false;
        }
        let words = 0..if answer_at == at { place.start } else { text.len() };
        let rest = (answer_at == at).then_some(place);
        self.label(at, text, (vec![Target::Field(field)], words, rest), cards);
        true
    }

    /// Takes options in cells of their own as those of a choice: behind a cell of whatever words, or with no label at all:
    /// 志愿方向 | □尊老服务 | □助残服务.
    fn choice_in_cells(&mut self, at: Address, text: &str, cards: &mut Vec<Card>) -> bool {
        let Some(card) = cards.last().filter(|card| !card.slots.is_empty() && !self.is_text()) else { return false };
        let is_new = |field: &Field| card.slot(*field).is_none();
        if let Some((field, _)) = self.options_from(at).filter(|(field, _)| is_new(field)) {
            return self.unlabelled(at, field, cards);
        }
        let behind = self.beside(at).filter(|beside| self.is_free(*beside)).and_then(|beside| self.options_from(beside));
        let Some((field, _)) = behind.filter(|(field, _)| is_new(field)) else { return false };
        self.label(at, text, (vec![Target::Field(field)], 0..text.len(), None), cards);
        true
    }

    /// Takes the options that begin in this cell, as a choice without a label, if any of them is ticked or has a box.
    fn unlabelled(&mut self, at: Address, field: Field, cards: &mut [Card]) -> bool {
        let Some((_, mut cells)) = self.options_from(at) else { return false };
        let label = self.labels.scheme().label(field).into();
        let mut slot = slot_at(Target::Field(field), label, at, at, 0..self.text(at).len());
        self.options_in(&mut slot, field, &cells);
        cells.extend(cells.clone().into_iter().filter_map(|at| self.below(at).filter(|below| marks::is_yes_or_no(self.text(*below)))));
        let is_chosen = cells.iter().any(|at| self.text(*at).contains(marks::is_box) || marks::is_tick(self.text(*at)));
        let Some(card) = cards.last_mut().filter(|_| is_chosen && slot.marks.len() > 1) else { return false };
        self.taken.extend(cells);
        card.slots.push(slot);
        true
    }

    /// The choice of which this cell names an option and others right of it or below it name more, with these cells; none where
    /// a label asks for it.
    fn options_from(&self, at: Address) -> Option<(Field, Vec<Address>)> {
        let scheme = self.labels.scheme();
        let is_asked = |field: Field| {
            let asks = |meaning: &Meaning| matches!(meaning, Meaning::Label { targets, .. } if targets.contains(&Target::Field(field)));
            self.cells.values().flatten().any(asks)
        };
        let fields = scheme.fields.iter().map(|spec| spec.field).filter(|field| field.is_choice() && scheme.options(*field).len() > 1);
        fields.filter(|field| self.begins_options(at, *field) && !is_asked(*field)).find_map(|field| {
            let cells = self.option_cells(at, field);
            let mut named: Vec<u16> = cells.iter().filter_map(|at| Some(marks::named(self.text(*at), field, scheme)?.0)).collect();
            named.sort_unstable();
            named.dedup();
            (named.len() > 1).then_some((field, cells))
        })
    }

    /// Whether the cell names an option of this choice, or is the place to tick the one that the next cell names.
    fn begins_options(&self, at: Address, field: Field) -> bool {
        let is_named = |at: Address| marks::named(self.text(at), field, self.labels.scheme()).is_some();
        let is_place = || marks::is_yes_or_no(self.text(at)) && self.beside(at).is_some_and(is_named);
        is_named(at) || is_place()
    }

    /// The cells from this one rightwards, and those of the rows below that begin with a further option.
    fn option_cells(&self, first: Address, field: Field) -> Vec<Address> {
        let mut cells = self.rightwards(first);
        for row in (first.row + 1..).take(self.labels.scheme().options(field).len()) {
            let next = self.covered(Address { row, ..first }).first;
            if next.row != row || !self.is_free(next) || !self.begins_options(next, field) {
                break;
            }
            cells.extend(self.rightwards(next));
        }
        cells
    }
}
