//! What a blank says of how to answer in a column of its own beside the answers: 项目 | 填写内容 | 填写说明.

use super::{Search, stranger};
use crate::address::Address;
use crate::hint;
use crate::recognize::card::label::{Meaning, looks_like_one};
use crate::recognize::card::{Card, FEWEST_LABELS, marks, print};
use crate::recognize::notes::{self, Notes};
use crate::scheme::Field;

impl Search<'_> {
    /// Leaves the headings of such columns and what stands below them: no label or answer is among them.
    pub(super) fn leave_notes(&mut self) {
        if self.is_text() {
            return;
        }
        for heading in notes::headings(self.grid) {
            let below: Vec<Address> = self.below_heading(heading).collect();
            let asks = |at: &Address| self.cells.get(&Address { column: heading.labels, ..*at }).is_some_and(|found| is_question(found));
            if below.iter().filter(|at| asks(at)).count() < FEWEST_LABELS {
                continue;
            }
            let of_row = self.grid.row(heading.at.row).into_iter().flat_map(|row| row.cells());
            let headings: Vec<Address> = of_row.map(|cell| Address { row: heading.at.row, column: cell.column }).collect();
            if heading.is_remark {
                let remarks: Vec<_> = below.iter().filter(|at| !self.is_note(heading, **at)).map(|at| (*at, heading.at)).collect();
                self.remarks.extend(remarks);
            }
            if heading.is_between {
                self.passed_by.insert(heading.at.column);
            }
            for at in below.into_iter().chain(headings) {
                self.cells.remove(&at);
                self.taken.insert(at);
            }
        }
    }

    /// The cells of such a column in the rows that have a label, and no other one where its answer stands.
    fn below_heading(&self, heading: Notes) -> impl Iterator<Item = Address> {
        let rows = self.grid.rows().filter(move |row| row.number() > heading.at.row).map(|row| row.number());
        rows.map(move |row| Address { row, column: heading.at.column }).filter(move |at| {
            let [label, answer] = [heading.labels, heading.answers].map(|column| self.covered(Address { column, ..*at }).first);
            let has_label = self.is_label(label) || looks_like_one(self.text(label));
            has_label && !self.is_label(answer) && label != answer && self.covered(*at).first == *at
        })
    }

    /// Whether the cell says how to answer the label of its row.
    fn is_note(&self, heading: Notes, at: Address) -> bool {
        let text = self.text(at);
        let label = Address { column: heading.labels, ..at };
        let targets = self.cells.get(&label).into_iter().flatten().filter_map(|meaning| match meaning {
            Meaning::Label { targets, .. } => Some(targets),
            Meaning::Foreign(_) | Meaning::ForeignWith(..) | Meaning::Unclaimed(..) => None,
        });
        let fields: Vec<Field> = targets.flatten().flat_map(|target| target.answered().iter().copied()).collect();
        let scheme = self.labels.scheme();
        let says = |field: &Field| hint::is_one(*field, text) || marks::printed(text, scheme.options(*field)).len() > 1;
        fields.iter().any(says) || print::is_printed(text, print::Stand::default(), scheme)
    }

    /// Keeps what stands beside an answer as a remark.
    pub(super) fn keep_remark(&self, at: Address, text: &str, card: Option<&mut Card>) {
        if let Some((heading, card)) = self.remarks.get(&at).zip(card) {
            stranger(card, [*heading, at], self.text(*heading), text, 0..text.len());
        }
    }
}

fn is_question(meanings: &[Meaning]) -> bool {
    matches!(meanings, [Meaning::Label { .. }, ..])
}
