//! Cuts the XML of one table, or of lines of text, where a form's answers go.
//!
//! Here is told what a slot of the form asks to be cut. How the place of an answer in words is cut is told in `cutter/answer.rs`, the
//! boxes and options of a choice in `cutter/choice.rs`, and how much room an answer has in `cutter/room.rs`.

mod answer;
mod choice;
mod room;

use std::ops::Range;

use mingce_core::recognize::card::Slot as CardSlot;
use mingce_core::scheme::{Field, Scheme};
use mingce_ooxml::word;

use super::locate::Located;
use super::photo;
use super::piece::{Piece, Slot};
use super::spare::{self, Defaults};
use crate::blank::{Words, column_of, empty_place, fields};
use crate::docx::unit::Twips;

/// What a cutter has to know of the document around a table.
pub(super) struct Surroundings<'a> {
    pub(super) xml: &'a str,
    pub(super) scheme: &'a Scheme,
    /// How text is set where the document does not say.
    defaults: Defaults,
    /// The length of a line outside of tables.
    line: Twips,
    /// Whether the page is ruled in lines.
    ruled: bool,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(xml: &'a str, document: &word::Document, defaults: Defaults, scheme: &'a Scheme) -> Self {
        Self { xml, scheme, defaults, line: spare::line(xml, document), ruled: spare::ruled(xml, document).is_some() }
    }
}

/// Cuts one table; what is found goes to the form.
pub(super) struct Cutter<'a> {
    around: &'a Surroundings<'a>,
    table: &'a word::Table,
    margin: Twips,
    located: &'a mut Located,
    cuts: &'a mut Vec<(Range<usize>, Piece)>,
    /// Rows with the slots that stand in them.
    rows: Vec<(usize, usize)>,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(
        around: &'a Surroundings<'a>,
        table: &'a word::Table,
        located: &'a mut Located,
        cuts: &'a mut Vec<(Range<usize>, Piece)>,
    ) -> Self {
        Self { around, table, margin: room::margin(around.xml, table), located, cuts, rows: Vec::new() }
    }

    /// Cuts at the answer of this slot.
    pub(super) fn slot(&mut self, slot: &CardSlot) {
        let Some(cell) = self.table.cell(slot.answer_at) else { return };
        let Some(field) = slot.target.field() else { return };
        let text = cell.text.get(slot.place.clone()).unwrap_or("");
        // a placeholder says by itself what stands there, and a number is given by the office
        if text.contains("{{") || field == Field::Seq {
            return;
        }
        let fields = match column_of(&slot.label, self.around.scheme) {
            Some(column) => self.around.scheme.roster.columns[column].from.clone(),
            None => fields(slot.target),
        };
        self.located.places.push((slot.label.to_string(), fields));
        match field {
            // signatures are written by hand
            Field::Photo => self.cuts.extend(photo::place(self.around.xml, self.table, cell, self.margin)),
            Field::SignedOn => {}
            _ if !slot.marks.is_empty() => self.choice(cell, slot, field),
            _ if !field.is_choice() && self.boxed(cell, slot, field) => {}
            _ if !slot.letters.is_empty() => {
                for (place, at) in std::iter::once(&slot.answer_at).chain(&slot.letters).enumerate() {
                    if let Some(cell) = self.table.cell(*at) {
                        self.answer(cell, slot, &(0..cell.text.len()), Words::Letter(place));
                    }
                }
            }
            _ if self.options(cell, slot, field) => {}
            _ => self.answer(cell, slot, &empty_place(&cell.text, &slot.place), Words::All),
        }
    }

    /// Notes the next slot, which stands in this cell.
    fn push_slot(&mut self, cell: &word::Cell, slot: Slot) {
        self.rows.push((row_of(cell), self.located.slots.len()));
        let row = self.table.rows.get(row_of(cell)).map_or(0, |row| row.xml.start);
        self.located.slots.push(Slot { row, ..slot });
    }
}

fn row_of(cell: &word::Cell) -> usize {
    usize::try_from(cell.at.row).unwrap_or(1).saturating_sub(1)
}
