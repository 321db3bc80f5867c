//! One person into one form.

use std::borrow::Cow;

use mingce_core::registration::Registration;
use mingce_core::scheme::Scheme;

use super::fit::{Fit, Growth, Room, first_fit, fit};
use super::pen::Pen;
use super::piece::{Piece, Slot};
use super::{Filled, FormTemplate};
use crate::Error;
use crate::docx::package::{Deflater, PackageWriter};
use crate::docx::stencil::{PieceId, Traced};
use crate::docx::unit::Twips;
use crate::photo::Photo;

/// Bytes of answers up to which a stencil deflates a form as small as a library does; long stories are better left to the library.
const MOST_LOOSE: usize = 4096;

/// Fills forms one after the other and keeps its buffers. One for each thread.
#[derive(Debug)]
pub struct FormFiller<'a> {
    pub(super) template: &'a FormTemplate,
    pub(super) scheme: &'a Scheme,
    xml: Traced,
    pub(super) deflater: Deflater,
}

/// Whether a form begins its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    First,
    Further,
}

/// Where a form stands in its document, and which of the document's photos it shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) position: Position,
    /// How many forms stand before it.
    pub(super) number: u32,
    pub(super) photo: Option<u32>,
}

impl<'a> FormFiller<'a> {
    pub(super) fn new(template: &'a FormTemplate, scheme: &'a Scheme) -> Self {
        Self { template, scheme, xml: Traced::default(), deflater: Deflater::new() }
    }

    /// Fills one form; the file is put at the end of `out`.
    ///
    /// # Errors
    /// When the form outgrows what a file can hold.
    pub fn fill(&mut self, person: &Registration, out: &mut Vec<u8>) -> Result<Filled, Error> {
        self.fill_with(person, None, out)
    }

    /// Fills one form and puts the photo into its place, if the form has one; the file is put at the end of `out`.
    ///
    /// # Errors
    /// When the form outgrows what a file can hold.
    pub fn fill_with(&mut self, person: &Registration, photo: Option<&Photo>, out: &mut Vec<u8>) -> Result<Filled, Error> {
        let template = self.template;
        let photo = photo.and_then(|photo| Some((photo, template.photos.as_ref()?)));
        let part_of = |part| photo.map_or(part, |(_, parts)| parts.instead_of(part));
        let mut filled = Filled::default();
        let mut xml = std::mem::take(&mut self.xml);
        xml.clear();
        push_fixed(&template.head, &template.recurring.head, &mut xml);
        self.body(person, Place { position: Position::First, number: 0, photo: photo.map(|_| 1) }, &mut xml, &mut filled);
        push_fixed(&template.tail, &template.recurring.tail, &mut xml);
        let mut package = PackageWriter::new(out);
        let types = template.parts.iter().position(|part| part.name() == "[Content_Types].xml");
        // readers that look at the first entry only expect the content types there
        let (first, rest) = template.parts.split_at(types.map_or(0, |position| position + 1));
        first.iter().try_for_each(|part| package.copy(part_of(part)))?;
        if xml.loose() <= MOST_LOOSE {
            let stencil = template.recurring.stencil([&template.head, &template.body, &template.tail]);
            package.stencil(&template.document, &xml, stencil)?;
        } else {
            package.deflate(&template.document, xml.text.as_bytes(), &mut self.deflater)?;
        }
        for part in rest {
            match template.edges.iter().find(|edge| edge.name == part.name()) {
                Some(edge) => package.deflate(&edge.name, edge.fill(person, self.scheme).as_bytes(), &mut self.deflater)?,
                None => package.copy(part_of(part))?,
            }
        }
        if let Some((photo, parts)) = photo {
            package.store(&parts.media(1), photo.jpeg())?;
        }
        package.finish()?;
        self.xml = xml;
        Ok(filled)
    }

    /// Writes the body of one form.
    pub(super) fn body(&self, person: &Registration, place: Place, xml: &mut Traced, filled: &mut Filled) {
        let template = self.template;
        let mut answers: Vec<(Cow<'_, str>, Fit)> = template.slots.iter().map(|slot| self.answer(slot, person)).collect();
        let spare = self.grow(&mut answers);
        let excess: u32 = self.excess_of_rows(&answers, |_| true).iter().map(|(excess, _)| excess).sum();
        if Twips(excess) > spare {
            let spilled = template.slots.iter().zip(&answers).filter(|(_, (_, fit))| fit.excess > Twips(0));
            filled.spilled.extend(spilled.filter_map(|(slot, _)| slot.asked.target.field()));
        }
        filled.left_out.extend(template.closed.iter().filter_map(|closed| closed.left_out(person, self.scheme)));
        let mut pen = Pen { filler: self, person, place, answers: &answers, xml, filled };
        template.body.iter().zip(&template.recurring.body).for_each(|(piece, id)| pen.piece(piece, *id));
    }

    /// Lets the rows that grow do so into what the page has to spare; where that is not enough, their
    /// answers shrink, each row to its share. What is left over is for the others.
    fn grow(&self, answers: &mut [(Cow<'_, str>, Fit)]) -> Twips {
        let template = self.template;
        let spare = template.spare.0;
        let growing = |slot: &Slot| slot.room.as_ref().is_some_and(|room| room.growth != Growth::Exact);
        // who needs least is served first, so that a long story makes no short answer small
        let rows = self.excess_of_rows(answers, growing);
        let total: u32 = rows.iter().map(|(excess, _)| excess).sum();
        let mut left = spare;
        for (position, (excess, row)) in rows.iter().enumerate() {
            let others = u32::try_from(rows.len() - position).unwrap_or(u32::MAX);
            let share = *excess.min(&if total > spare { left / others } else { left });
            left -= share;
            for (slot, (text, own)) in template.slots.iter().zip(&mut *answers).filter(|(slot, _)| slot.row == *row && growing(slot)) {
                let needed = std::mem::take(&mut own.excess);
                own.grows |= needed > Twips(0);
                if let (Some(room), true) = (&slot.room, needed.0 > share) {
                    let room = Room { height: Twips(room.height.0.saturating_add(share)), ..room.clone() };
                    *own = Fit { grows: true, ..fit(text, &room, slot.size, template.smallest) };
                }
            }
        }
        Twips(left)
    }

    /// How much higher than they are some rows would have to be, which is as much as the longest of their answers needs; the lowest
    /// first, and those that need nothing left out.
    fn excess_of_rows(&self, answers: &[(Cow<'_, str>, Fit)], is_asked: impl Fn(&Slot) -> bool) -> Vec<(u32, usize)> {
        let mut rows: Vec<(u32, usize)> = Vec::new();
        for (slot, (_, fit)) in self.template.slots.iter().zip(answers).filter(|(slot, (_, fit))| fit.excess > Twips(0) && is_asked(slot)) {
            match rows.iter_mut().find(|(_, row)| *row == slot.row) {
                Some((excess, _)) => *excess = fit.excess.0.max(*excess),
                None => rows.push((fit.excess.0, slot.row)),
            }
        }
        rows.sort_unstable();
        rows
    }

    fn answer<'p>(&'p self, slot: &Slot, person: &'p Registration) -> (Cow<'p, str>, Fit) {
        let text = slot.asked.text(person, self.scheme);
        let fit = match &slot.room {
            Some(room) if !text.is_empty() => first_fit(&text, room, slot.size, self.template.smallest),
            _ => Fit::usual(slot.size),
        };
        (text, fit)
    }
}

/// Writes pieces that are the same for everybody.
pub(super) fn push_fixed(pieces: &[Piece], ids: &[PieceId], xml: &mut Traced) {
    for (piece, id) in pieces.iter().zip(ids) {
        if let Piece::Fixed(text) = piece {
            xml.push(*id, [text.as_str()]);
        }
    }
}
