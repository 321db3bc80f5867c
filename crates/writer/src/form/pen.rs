//! One person's answers written into the pieces of a form, one piece after the other.

use std::borrow::Cow;

use compact_str::CompactString;
use mingce_core::registration::Registration;
use mingce_core::text::fold_label;

use super::Filled;
use super::filler::{FormFiller, Place, Position};
use super::fit::Fit;
use super::piece::Piece;
use super::recurring::RUN;
use super::scale::Scalable;
use super::splice::push_text;
use crate::blank::{beyond, is_answer, is_ticked};
use crate::docx::stencil::{PieceId, Traced};
use crate::docx::unit::Twips;

/// Numbers of a blank's own drawings and of changes in further forms start here, each form's in a stretch of its own; photos are
/// numbered below.
const FIRST_DRAWING: u32 = 2_000_000;
const DRAWINGS: u64 = 256;

/// Writes one person's answers into the pieces of a form.
pub(super) struct Pen<'a, 'f, 'x> {
    pub(super) filler: &'a FormFiller<'f>,
    pub(super) person: &'a Registration,
    pub(super) place: Place,
    /// For each slot the answer, and how it is set.
    pub(super) answers: &'a [(Cow<'a, str>, Fit)],
    pub(super) xml: &'x mut Traced,
    pub(super) filled: &'x mut Filled,
}

impl Pen<'_, '_, '_> {
    /// Writes what stands in the place of this piece.
    pub(super) fn piece(&mut self, piece: &Piece, id: PieceId) {
        let (person, scheme) = (self.person, self.filler.scheme);
        match piece {
            Piece::Fixed(text) => self.xml.push(id, [text.as_str()]),
            Piece::Answer { slot, blank } | Piece::Text { slot, blank } | Piece::Hint { slot, blank, .. } if self.is_blank(*slot) => {
                self.xml.push(id, [blank.as_str()]);
            }
            Piece::Answer { slot, .. } => self.answer(*slot),
            Piece::Text { slot, .. } => {
                self.xml.text.push_str("<w:t xml:space=\"preserve\">");
                self.answer(*slot);
                self.xml.text.push_str("</w:t>");
            }
            Piece::List { slot, blank, entries, another } => self.list(id, *slot, blank, (entries, another)),
            Piece::Run { slot, .. } if self.is_blank(*slot) => {}
            Piece::Run { slot, properties } => {
                self.scaled(id, [RUN[0], RUN[1]], properties, *slot);
                self.answer(*slot);
                self.xml.push(id.after(1), [RUN[2]]);
            }
            Piece::Scaled { slot, properties } => self.scaled(id, ["", ""], properties, *slot),
            Piece::Hint { slot, properties, .. } => self.scaled(id.after(1), ["", ""], properties, *slot),
            Piece::Usual { slot, text } if self.answers[*slot].1.size == self.filler.template.slots[*slot].size => {
                self.xml.push(id, [text.as_str()]);
            }
            Piece::Either { slot, blank, filled } => self.one(id, [blank, filled], !self.is_blank(*slot)),
            Piece::Boxed { target, words, place, marks } => {
                self.one(id, marks.each_ref(), is_answer(*target, words, *place, person, scheme));
            }
            Piece::Beyond { target, words, place } => {
                let field = target.field();
                let added = beyond(*target, words, *place, person, scheme);
                push_text(&added, &mut self.xml.text, |c| self.filled.dropped.extend(field.map(|field| (field, c))));
            }
            Piece::Box { field, option, offered, marks } => {
                self.one(id, marks.each_ref(), is_ticked(person, *field, *option, *offered, scheme));
            }
            Piece::Height { slots, rules } => {
                self.one(id, rules.each_ref(), slots.iter().any(|slot| self.answers[*slot].1.excess > Twips(0)));
            }
            Piece::Photo { blank, frame } => match (self.place.photo, &self.filler.template.photos) {
                (Some(number), Some(parts)) => parts.push_drawing(number, *frame, &mut self.xml.text),
                _ => self.xml.push(id, [blank.as_str()]),
            },
            Piece::NewPage(text) if self.place.position == Position::Further => self.xml.push(id, [text.as_str()]),
            Piece::Once(text) if self.place.position == Position::First => self.xml.push(id, [text.as_str()]),
            Piece::Usual { .. } | Piece::NewPage(_) | Piece::Once(_) => {}
            Piece::Drawing { own, index } => self.drawing(own, *index),
        }
    }

    /// Whether nobody answered there.
    fn is_blank(&self, slot: usize) -> bool {
        self.answers[slot].0.is_empty()
    }

    /// Writes an answer as the inside of a `w:t`.
    fn answer(&mut self, slot: usize) {
        let field = self.filler.template.slots[slot].asked.target.field();
        push_text(&self.answers[slot].0, &mut self.xml.text, |c| self.filled.dropped.extend(field.map(|field| (field, c))));
    }

    /// Writes the list of a form field so that it shows the answer.
    fn list(&mut self, id: PieceId, slot: usize, blank: &str, (entries, another): (&[(CompactString, String)], &[String; 2])) {
        let answer = fold_label(&self.answers[slot].0);
        let chosen = entries.iter().find(|(entry, _)| *entry == answer && !answer.is_empty());
        match chosen {
            Some((_, list)) => self.xml.text.push_str(list),
            None if answer.is_empty() => self.xml.push(id, [blank]),
            None => {
                let words = self.answers[slot].0.replace(['\n', '\r', '\t'], " ");
                let field = self.filler.template.slots[slot].asked.target.field();
                let mut entry = String::new();
                push_text(&words, &mut entry, |c| self.filled.dropped.extend(field.map(|field| (field, c))));
                self.xml.text.extend([&another[0], &entry.replace('"', "&quot;"), &another[1]].map(String::as_str));
            }
        }
    }

    /// Writes the number of a drawing or of a change.
    fn drawing(&mut self, own: &str, index: u32) {
        if self.place.position == Position::First {
            return self.xml.text.push_str(own);
        }
        let number = u64::from(FIRST_DRAWING) + u64::from(self.place.number) * DRAWINGS + u64::from(index);
        self.xml.text.push_str(&(number % u64::from(i32::MAX.unsigned_abs())).to_string());
    }

    /// Writes the second of two texts where something holds, and the first where it does not.
    fn one(&mut self, id: PieceId, texts: [&String; 2], holds: bool) {
        let chosen = usize::from(holds);
        self.xml.push(id.after(chosen), [texts[chosen].as_str()]);
    }

    /// Writes properties in the size of a slot's answer, with a text before and behind them.
    fn scaled(&mut self, id: PieceId, around: [&str; 2], properties: &Scalable, slot: usize) {
        let fit = self.answers[slot].1;
        if fit.size == self.filler.template.slots[slot].size && !fit.grows {
            self.xml.push(id, [around[0], &properties.normal, around[1]]);
        } else {
            self.xml.text.push_str(around[0]);
            properties.write(fit.size, &mut self.xml.text);
            self.xml.text.push_str(around[1]);
        }
    }
}
