//! Cells that say more than their label: the options of a choice that is answered beside them, or the label of the cell before once
//! more.

use super::{SEARCHED_CELLS, Search};
use crate::address::Address;
use crate::recognize::Target;
use crate::recognize::card::label::{Meaning, Word, word};
use crate::recognize::card::{Mark, Slot, marks};
use crate::register::numbered_options;
use crate::scheme::Field;
use crate::text::is_blank_character;

/// Longest text, in bytes, that is looked at.
const LONGEST: usize = 512;

impl Search<'_> {
    /// Takes a cell that prints the options of a choice behind its label (服务意向（填序号）①尊老服务②爱幼志愿服务) for a label where the
    /// answer stands beside it.
    pub(super) fn take_offers(&mut self) {
        if self.is_text() {
            return;
        }
        let cells =
            self.grid.rows().flat_map(|row| row.cells().map(move |cell| (Address { row: row.number(), column: cell.column }, cell.text)));
        let found: Vec<(Address, Meaning)> =
            cells.take(SEARCHED_CELLS).filter_map(|(at, text)| Some((at, self.offer(at, text)?))).collect();
        self.cells.extend(found.into_iter().map(|(at, meaning)| (at, vec![meaning])));
    }

    fn offer(&self, at: Address, text: &str) -> Option<Meaning> {
        const MOST: usize = 20;
        let scheme = self.labels.scheme();
        let answer = self.beside(at).filter(|beside| text.len() <= LONGEST && beside.row == at.row && self.is_free(*beside))?;
        let answer = self.text(answer);
        let answers = |field: Field| numbered_options(answer, MOST).is_some() || !marks::printed(answer, scheme.options(field)).is_empty();
        let choices = scheme.fields.iter().map(|spec| spec.field).filter(|field| field.is_choice());
        choices.filter(|field| !answer.is_empty() && answers(*field)).find_map(|field| {
            let head = marks::head_of_list(text, field, scheme)?;
            let targets = vec![Target::Field(field)];
            let asks = word(self.labels, head) == Some(Word::Label(targets.clone()));
            asks.then_some(Meaning::Label { targets, words: 0..head.len(), rest: None })
        })
    }

    /// Ticks the options whose numbers the answer holds, where the label counts them.
    pub(super) fn choose_by_number(&self, slot: &mut Slot, field: Field) -> bool {
        let at = slot.answer_at;
        let answer = self.text(at).get(slot.place.clone()).unwrap_or("");
        let chosen = marks::chosen_by_number(self.text(slot.label_at), answer, field, self.labels.scheme());
        let Some(chosen) = chosen.filter(|_| at != slot.label_at) else { return false };
        let end = slot.place.end;
        slot.marks = chosen.into_iter().map(|option| Mark { option: Some(option), at, glyph: end..end, ticked: true }).collect();
        true
    }

    /// Leaves a label that the cell beside it says again with the answer behind it: 身份证号码 | 身份证号码:3299….
    pub(super) fn leave_said_again(&mut self) {
        let said = |at: &Address, meanings: &[Meaning]| {
            let [Meaning::Label { targets, rest: None, .. }] = meanings else { return false };
            let beside = self.beside(*at).filter(|beside| beside.row == at.row);
            let Some(beside) = beside.filter(|_| !self.is_text()) else { return false };
            match self.cells.get(&beside).map(Vec::as_slice) {
                Some([Meaning::Label { targets: again, rest: Some(rest), .. }]) => {
                    targets == again && !self.text(beside)[rest.clone()].chars().all(|c| is_blank_character(c) || c == '_')
                }
                _ => false,
            }
        };
        let found: Vec<Address> = self.cells.iter().filter(|(at, meanings)| said(at, meanings)).map(|(at, _)| *at).collect();
        for at in found {
            self.cells.remove(&at);
            self.taken.insert(at);
        }
    }
}
