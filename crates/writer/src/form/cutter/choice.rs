//! The boxes and options of a choice, and the places beside them for something else.

use std::ops::Range;

use mingce_core::recognize::card::Slot as CardSlot;
use mingce_core::scheme::Field;
use mingce_core::text::fold_label;
use mingce_ooxml::word;

use super::Cutter;
use crate::blank::{Asked, BoxedWords, Closed, Offered, Other, Words, both_states, listed_words, place_in_xml, places, unboxed_options};
use crate::form::control;
use crate::form::piece::{Piece, Slot};
use crate::form::scale::Scalable;

impl Cutter<'_> {
    /// Cuts at the boxes of a choice, and where something else is written.
    pub(super) fn choice(&mut self, cell: &word::Cell, slot: &CardSlot, field: Field) {
        let offered = Offered::of(slot.marks.iter().filter_map(|mark| mark.option));
        for mark in &slot.marks {
            let Some(cell) = self.table.cell(mark.at) else { continue };
            self.mark(cell, &mark.glyph, mark.ticked, |marks| Piece::Box { field, option: mark.option, offered, marks });
        }
        if !self.other(slot, field, offered) {
            self.beside(cell, slot);
        }
    }

    /// Cuts at the boxes of an answer that is no choice of the scheme (`男□ 女□`), or behind its numbered words (`1.本科 2.大专`);
    /// whether there are any.
    pub(super) fn boxed(&mut self, cell: &word::Cell, slot: &CardSlot, field: Field) -> bool {
        let text = cell.text.get(slot.place.clone()).unwrap_or("");
        let boxed = listed_words(field, text);
        if boxed.is_empty() {
            return false;
        }
        let shift = |range: &Range<usize>| range.start + slot.place.start..range.end + slot.place.start;
        let words: BoxedWords = boxed.iter().map(|mark| fold_label(&text[mark.words.clone()])).collect();
        for (place, mark) in boxed.iter().enumerate() {
            let (target, words) = (slot.target, words.clone());
            let end = place_in_xml(&cell.segments, slot.place.start + mark.words.end);
            let added = Piece::Beyond { target, words: words.clone(), place: Some(place) };
            self.cuts.extend(end.map(|end| (end..end, added)));
            if mark.glyph.is_empty() {
                let tick = Piece::Boxed { target, words, place, marks: [String::new(), "√".to_owned()] };
                self.cuts.extend(end.map(|end| (end..end, tick)));
            } else {
                self.mark(cell, &shift(&mark.glyph), mark.ticked, |marks| Piece::Boxed { target, words: words.clone(), place, marks });
            }
        }
        // behind numbered words there is room for another
        let last = boxed.last().filter(|last| last.glyph.is_empty()).map(|last| slot.place.start + last.words.end);
        match last.and_then(|last| place_in_xml(&cell.segments, last)) {
            Some(end) => self.cuts.push((end..end, Piece::Beyond { target: slot.target, words, place: None })),
            None => self.located.closed.push(Closed::Words(slot.target, words)),
        }
        true
    }

    /// The place that the choice has for something else; whether it has one. Without one, what it does not offer has no place.
    fn other(&mut self, slot: &CardSlot, field: Field, offered: Offered) -> bool {
        let place = slot.other.as_ref().and_then(|(at, place)| Some((self.table.cell(*at)?, place)));
        let Some((cell, place)) = place else {
            self.located.closed.push(Closed::Choice(field, offered));
            return false;
        };
        let is_enclosed = cell.text[..place.start].ends_with(['（', '(', '[', '【', '［', '〔']);
        self.answer(cell, slot, place, Words::Other(Other { offered, is_enclosed }));
        true
    }

    /// Puts a tick behind each option that is printed without a box; whether there are any.
    pub(super) fn options(&mut self, cell: &word::Cell, slot: &CardSlot, field: Field) -> bool {
        let ends = unboxed_options(&cell.text, &cell.segments, &slot.place, self.around.scheme.options(field));
        if ends.is_empty() {
            return false;
        }
        let offered = Offered::of((0u16..).zip(&ends).filter(|(_, end)| end.is_some()).map(|(option, _)| option));
        for (option, end) in (0u16..).zip(ends) {
            let piece = Piece::Box { field, option: Some(option), offered, marks: [String::new(), "√".to_owned()] };
            self.cuts.extend(end.map(|end| (end..end, piece)));
        }
        self.other(slot, field, offered);
        true
    }

    fn mark(&mut self, cell: &word::Cell, glyph: &Range<usize>, is_ticked: bool, piece: impl Fn([String; 2]) -> Piece) {
        let places = places(&cell.segments, glyph);
        if let (true, Some(paragraph)) = (places.is_empty(), cell.paragraphs.first()) {
            let face = paragraph.mark.clone().map_or("", |mark| &self.around.xml[mark]);
            let tick = format!("<w:r>{face}<w:t>√</w:t></w:r>");
            return self.at_end(paragraph, piece([String::new(), tick]));
        }
        let Some(glyph) = cell.text.get(glyph.clone()) else { return };
        for (position, (place, holder)) in places.into_iter().enumerate() {
            let [mut empty, mut ticked] = if position == 0 { both_states(glyph) } else { [String::new(), String::new()] };
            if holder == word::Holder::Element {
                // a symbol is a whole element; the sign that takes its place stands in a text
                [&mut empty, &mut ticked].into_iter().for_each(|sign| *sign = format!("<w:t>{sign}</w:t>"));
                ticked = control::ticked_symbol(&self.around.xml[place.clone()]).unwrap_or(ticked);
            }
            if holder == word::Holder::State && position == 0 {
                let state = |on| format!("<w:checkBox><w:sizeAuto/><w:default w:val=\"0\"/><w:checked w:val=\"{on}\"/></w:checkBox>");
                [empty, ticked] = [state(0), state(1)];
            }
            if let Some(control) = control::around(self.around.xml, place.start).filter(|_| position == 0) {
                let [off, on] = control.states();
                self.cuts.push((control.checked, piece([off, on])));
                [empty, ticked] = control.signs;
            }
            if !is_ticked {
                empty = self.around.xml[place.clone()].to_owned();
            }
            self.cuts.push((place, piece([empty, ticked])));
        }
    }

    /// The end of the last line of options, for what was written beside them.
    fn beside(&mut self, cell: &word::Cell, slot: &CardSlot) {
        let own = slot.marks.iter().filter(|mark| mark.at == slot.answer_at);
        let Some(last) = own.map(|mark| mark.glyph.end).max() else { return };
        let Some(paragraph) = cell.paragraphs.iter().find(|paragraph| (paragraph.text.start..=paragraph.text.end).contains(&last)) else {
            return;
        };
        let Some(end) = paragraph.end else { return };
        let face = paragraph.runs.last().cloned().or_else(|| paragraph.mark.clone());
        let properties = Scalable::new(face.map_or("", |face| &self.around.xml[face]));
        let size = properties.size().unwrap_or(self.around.defaults.size);
        let index = self.located.slots.len();
        self.cuts.push((end..end, Piece::Run { slot: index, properties }));
        let end = paragraph.text.end;
        let room = self.room(cell, paragraph, &(end..end), size);
        let asked = Asked { target: slot.target, column: None, words: Words::Beside };
        self.push_slot(cell, Slot { asked, room, size, row: 0 });
    }
}
