//! Writes a person's copy of a form's sheet, and sets what is long so that it fits.

use std::borrow::Cow;

use mingce_core::registration::Registration;
use mingce_core::scheme::{Points, Scheme};

use super::FormWorkbook;
use crate::blank::{beyond, is_answer, is_ticked};
use crate::form::Filled;
use crate::xlsx::cells::escape;
use crate::xlsx::measure;
use crate::xlsx::template::attributes::{self, escaped, prefix};
use crate::xlsx::template::cutter::{Piece, Room, Slot, style_of};
use crate::xlsx::template::formula;

/// The highest row Excel allows, in points.
const HIGHEST_ROW: f64 = 409.0;

/// One person's copy.
pub(super) struct Copy<'a> {
    pub(super) person: &'a Registration,
    /// Its place among the copies, from 0.
    pub(super) number: usize,
    /// The name of its sheet.
    pub(super) name: &'a str,
    /// Whether it refers to a drawing for a photo, and whether there is one.
    pub(super) has_drawing: bool,
    pub(super) has_photo: bool,
}

/// A person's answers, as they are set.
pub(super) struct Answers<'a> {
    form: &'a FormWorkbook,
    copy: &'a Copy<'a>,
    scheme: &'a Scheme,
    answers: Vec<(Cow<'a, str>, Fit)>,
    pub(super) filled: Filled,
}

impl<'a> Answers<'a> {
    pub(super) fn of(form: &'a FormWorkbook, copy: &'a Copy<'a>, scheme: &'a Scheme) -> Self {
        let answers: Vec<_> = form.slots.iter().map(|slot| answer(slot, copy.person, scheme)).collect();
        let mut filled = Filled::default();
        let spilled = form.slots.iter().zip(&answers).filter(|(_, (_, fit))| fit.excess > 0.0);
        filled.spilled.extend(spilled.filter_map(|(slot, _)| slot.asked.target.field()));
        filled.left_out.extend(form.closed.iter().filter_map(|closed| closed.left_out(copy.person, scheme)));
        Self { form, copy, scheme, answers, filled }
    }

    /// Writes a part that was cut into these pieces.
    pub(super) fn write(&mut self, pieces: &[Piece], out: &mut Vec<u8>) {
        for piece in pieces {
            self.piece(piece, out);
        }
    }

    fn piece(&mut self, piece: &Piece, out: &mut Vec<u8>) {
        let Copy { number, name, has_drawing, has_photo, .. } = *self.copy;
        match piece {
            Piece::Fixed(text) => push(text, out),
            Piece::First(text) if number == 0 => push(text, out),
            Piece::Drawing(text) if has_drawing => push(text, out),
            Piece::Photo(text) if has_photo => push(text, out),
            Piece::PhotoCell { blank, filled } => push(if has_photo { filled } else { blank }, out),
            Piece::First(_) | Piece::Drawing(_) | Piece::Photo(_) => {}
            Piece::OwnName => push(&escaped(&formula::quoted(name)), out),
            Piece::Answer { slot, blank } | Piece::Cell { slot, blank, .. } if self.is_blank(*slot) => push(blank, out),
            Piece::Answer { slot, .. } => self.answer(*slot, out),
            Piece::Edge { slot } => self.edge(*slot, out),
            Piece::Cell { slot, tag, .. } => {
                let prefix = prefix(tag);
                push(&styled(tag, self.answers[*slot].1.style), out);
                push(&format!("<{prefix}is><{prefix}t xml:space=\"preserve\">"), out);
                self.answer(*slot, out);
                push(&format!("</{prefix}t></{prefix}is></{prefix}c>"), out);
            }
            Piece::Tag { slot, tag } => push(&styled(tag, self.answers[*slot].1.style), out),
            Piece::Row { slots, tag, height } => {
                let excess = slots.iter().map(|slot| self.answers[*slot].1.excess).fold(0.0, f64::max);
                push(&grown(tag, *height, excess), out);
            }
            Piece::Either { slot, blank, .. } if self.is_blank(*slot) => push(blank, out),
            Piece::Either { filled, .. } => push(filled, out),
            Piece::Box { marks, .. } | Piece::Boxed { marks, .. } => push(&marks[usize::from(self.is_ticked(piece))], out),
            Piece::Beyond { target, words, place } => {
                let (field, dropped) = (target.field(), &mut self.filled.dropped);
                let added = beyond(*target, words, *place, self.copy.person, self.scheme);
                escape(out, &added, |c| dropped.extend(field.map(|field| (field, c))));
            }
            Piece::FirstTicked { boxes, blank } => match boxes.iter().find(|one| self.is_ticked(one)) {
                Some(Piece::Box { marks, .. } | Piece::Boxed { marks, .. }) => push(&marks[1], out),
                _ => push(blank, out),
            },
        }
    }

    /// Whether a box is ticked for the person.
    fn is_ticked(&self, piece: &Piece) -> bool {
        let person = self.copy.person;
        match piece {
            Piece::Box { field, option, offered, .. } => is_ticked(person, *field, *option, *offered, self.scheme),
            Piece::Boxed { target, words, place, .. } => is_answer(*target, words, *place, person, self.scheme),
            _ => false,
        }
    }

    fn is_blank(&self, slot: usize) -> bool {
        self.answers[slot].0.is_empty()
    }

    fn answer(&mut self, slot: usize, out: &mut Vec<u8>) {
        let (answers, form, dropped) = (&self.answers, self.form, &mut self.filled.dropped);
        let field = form.slots[slot].asked.target.field();
        escape(out, &answers[slot].0, |c| dropped.extend(field.map(|field| (field, c))));
    }

    /// An answer in the line above or below a page, where `&` begins a code, and digits behind one are its own.
    fn edge(&mut self, slot: usize, out: &mut Vec<u8>) {
        let follows_digits = out.last().is_some_and(u8::is_ascii_digit) && self.answers[slot].0.starts_with(|c: char| c.is_ascii_digit());
        if follows_digits {
            out.push(b' ');
        }
        let doubled = self.answers[slot].0.replace('&', "&&");
        let (field, dropped) = (self.form.slots[slot].asked.target.field(), &mut self.filled.dropped);
        escape(out, &doubled, |c| dropped.extend(field.map(|field| (field, c))));
    }
}

/// How an answer is set.
struct Fit {
    /// The look of its cell, if not the blank's own.
    style: Option<usize>,
    /// How much higher than its room it is in that look, in points.
    excess: f64,
}

fn answer<'p>(slot: &Slot, person: &'p Registration, scheme: &Scheme) -> (Cow<'p, str>, Fit) {
    let text = slot.asked.text(person, scheme);
    let fit = match &slot.room {
        Some(room) if !text.is_empty() => fit(&text, room),
        _ => Fit { style: None, excess: 0.0 },
    };
    (text, fit)
}

/// The blank's own look where the answer fits, else the largest size in which it does, wrapping.
fn fit(text: &str, room: &Room) -> Fit {
    let own = Fit { style: None, excess: 0.0 };
    let text = if room.before.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(format!("{}{text}", room.before)) };
    let Some((size, _)) = room.sizes.first() else { return own };
    let one_line = measure::cell_width(measure::width_of(&text), *size).0 <= room.width.0;
    let smallest = room.sizes.last().map_or(*size, |(size, _)| *size);
    let shrinks = room.shrinks && measure::cell_width(measure::width_of(&text), smallest).0 <= room.width.0;
    if !text.contains('\n') && (one_line || shrinks) {
        return own;
    }
    let needed = |size: Points| measure::height(&text, size, room.width);
    match room.sizes.iter().find(|(size, _)| needed(*size) <= room.height.max(size.0)) {
        Some((_, style)) => Fit { style: Some(*style).filter(|style| *style != room.style || !room.wraps), excess: 0.0 },
        None => Fit { style: room.sizes.last().map(|(_, style)| *style), excess: needed(smallest) - room.height },
    }
}

fn push(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(text.as_bytes());
}

/// The tag with another style.
fn styled(tag: &str, style: Option<usize>) -> Cow<'_, str> {
    match style {
        Some(style) if style != style_of(tag) => attributes::with(tag, "s", &style.to_string()),
        _ => Cow::Borrowed(tag),
    }
}

/// The tag of a row that is so much higher.
fn grown(tag: &str, height: f64, excess: f64) -> Cow<'_, str> {
    if excess <= 0.0 {
        return Cow::Borrowed(tag);
    }
    let height = ((height + excess).min(HIGHEST_ROW) * 100.0).round() / 100.0;
    let tag = attributes::with(tag, "ht", &height.to_string()).into_owned();
    Cow::Owned(attributes::with(&tag, "customHeight", "1").into_owned())
}
