//! The place of an answer in words, which takes the face of what stands there.

use std::ops::Range;

use mingce_core::recognize::card::Slot as CardSlot;
use mingce_ooxml::word;

use super::Cutter;
use crate::blank::{Asked, Words, column_of, places};
use crate::form::control;
use crate::form::locate::element;
use crate::form::piece::{Piece, Slot};
use crate::form::scale::Scalable;

impl Cutter<'_> {
    /// Cuts at this place of a cell, which takes an answer in words.
    pub(super) fn answer(&mut self, cell: &word::Cell, of: &CardSlot, place: &Range<usize>, words: Words) {
        let places = places(&cell.segments, place);
        let paragraph_index =
            places.first().and_then(|(first, _)| cell.paragraphs.iter().position(|paragraph| paragraph.xml.contains(&first.start)));
        let Some(paragraph) = cell.paragraphs.get(paragraph_index.unwrap_or(0)) else { return };
        let slot = self.located.slots.len();
        // the run the answer stands in, else how the end of the paragraph is set, is the answer's own face
        let run = places
            .first()
            .and_then(|(first, _)| cell.segments.iter().find(|segment| segment.xml.start <= first.start && first.end <= segment.xml.end));
        let is_hint = places.first().is_some_and(|(_, holder)| *holder == word::Holder::Placeholder);
        let face = run.and_then(|segment| paragraph.runs.get(segment.run)).cloned().or_else(|| paragraph.mark.clone());
        let face = face.map_or("", |face| &self.around.xml[face]);
        let typed = is_hint.then(|| self.typed(face, places.first().map_or(0, |(place, _)| place.start), paragraph));
        let face = Scalable::new(typed.as_deref().unwrap_or(face));
        let size = face.size().unwrap_or(self.around.defaults.size);
        if places.is_empty() {
            self.run(paragraph, slot, face);
        }
        self.parting(cell, of, place, first_of(&places), slot);
        let first = places.first().map_or(0, |(place, _)| place.start);
        for (position, (place, holder)) in places.into_iter().enumerate() {
            self.part(place, holder, position > 0, slot);
        }
        if let (None, end) = (paragraph.end, paragraph.xml.end) {
            // before the run that was put into the empty tag
            let at = self.cuts.iter().rposition(|(range, piece)| range.start == end && matches!(piece, Piece::Run { .. }));
            if let Some(at) = at {
                self.cuts.insert(at, (end..end, Piece::Scaled { slot, properties: Scalable::of_paragraph("") }));
            }
        }
        if is_hint {
            self.hint(first, paragraph, slot);
            if paragraph.end.is_some() {
                let properties = Scalable::of_paragraph(&self.around.xml[paragraph.properties.clone()]);
                self.properties(paragraph.properties.clone(), Piece::Scaled { slot, properties });
            }
        } else {
            self.scale(paragraph, slot);
        }
        let room = self.room(cell, paragraph, place, size);
        let column = column_of(&of.label, self.around.scheme).filter(|_| words == Words::All);
        self.push_slot(cell, Slot { asked: Asked { target: of.target, column, words }, room, size, row: 0 });
    }

    /// Cuts at one of the parts of a place; the first takes the answer, and the others give way to it.
    fn part(&mut self, place: Range<usize>, holder: word::Holder, is_further: bool, slot: usize) {
        let blank = self.around.xml[place.clone()].to_owned();
        let piece = match holder {
            word::Holder::List => {
                let (entries, another) = (control::list_entries(&blank), control::list_with_another(&blank));
                Piece::List { slot, entries, another, blank }
            }
            _ if is_further => Piece::Either { slot, blank, filled: String::new() },
            word::Holder::Element => Piece::Text { slot, blank },
            _ => Piece::Answer { slot, blank },
        };
        self.cuts.push((place, piece));
    }

    /// What parts an answer from the label that it directly follows: a blank in a line, a colon in a cell.
    fn parting(&mut self, cell: &word::Cell, of: &CardSlot, place: &Range<usize>, at: Option<usize>, slot: usize) {
        let is_close = cell.text[..place.start].ends_with(char::is_alphanumeric);
        let is_underlined = cell.underlined.iter().any(|part| part.contains(&place.start));
        if of.answer_at != of.label_at || of.place.start != place.start || !is_close || is_underlined {
            return;
        }
        let is_before_tab = cell.text[place.end..].starts_with('\t');
        let filled = if place.is_empty() && !is_before_tab { "：" } else { " " };
        if let Some(at) = at {
            self.cuts.push((at..at, Piece::Either { slot, blank: String::new(), filled: filled.to_owned() }));
        }
    }

    /// A run at the end of a paragraph.
    fn run(&mut self, paragraph: &word::Paragraph, slot: usize, properties: Scalable) {
        self.at_end(paragraph, Piece::Run { slot, properties });
    }

    /// A piece at the end of a paragraph, which may be a single empty tag.
    pub(super) fn at_end(&mut self, paragraph: &word::Paragraph, piece: Piece) {
        let Some(end) = paragraph.end else {
            let end = paragraph.xml.end;
            self.cuts.push((end - "/>".len()..end, Piece::Fixed(">".to_owned())));
            self.cuts.push((end..end, piece));
            self.cuts.push((end..end, Piece::Fixed("</w:p>".to_owned())));
            return;
        };
        self.cuts.push((end..end, piece));
    }

    /// The words of a content control in which nobody has typed: once somebody has, they are no hint and not grey.
    fn hint(&mut self, at: usize, paragraph: &word::Paragraph, slot: usize) {
        let mut either = |range: Range<usize>, filled: String| {
            let blank = self.around.xml[range.clone()].to_owned();
            self.cuts.push((range, Piece::Either { slot, blank, filled }));
        };
        if let Some(control) = self.around.xml[..at].rfind("<w:sdt>") {
            if let Some(shown) = element(self.around.xml, control..at, "<w:showingPlcHdr") {
                either(shown, String::new());
            }
            // LibreOffice sets what a control for plain text says in the size of its paragraph, whatever its run says
            let properties = control..self.around.xml[control..at].find("</w:sdtPr>").map_or(control, |end| control + end);
            if let Some(plain) = element(self.around.xml, properties, "<w:text") {
                let text = self.around.xml[plain.clone()].to_owned();
                self.cuts.push((plain, Piece::Usual { slot, text }));
            }
        }
        if let Some(range) = paragraph.runs.iter().rfind(|range| range.start <= at) {
            let blank = self.around.xml[range.clone()].to_owned();
            let properties = Scalable::new(&self.typed(&blank, at, paragraph));
            self.cuts.push((range.clone(), Piece::Hint { slot, blank, properties }));
        }
    }

    /// How the words are set that take the place of a hint set in this face: without the looks of hints, and where it says nothing
    /// else, as the content control says, else as the end of the paragraph is.
    fn typed(&self, hint: &str, at: usize, paragraph: &word::Paragraph) -> String {
        let mut own = hint.to_owned();
        for look in ["<w:rStyle ", "<w:color w:val=\"808080\""] {
            if let Some(look) = element(&own, 0..own.len(), look) {
                own.replace_range(look, "");
            }
        }
        if own.trim_start_matches("<w:rPr>").starts_with("<w:") {
            return own;
        }
        let before = &self.around.xml[..at];
        let control = before.rfind("<w:sdt>").and_then(|control| before[control..].split_once("</w:sdtPr>"));
        let of_control = control.and_then(|(properties, _)| {
            let (start, end) = (properties.find("<w:rPr>")?, properties.find("</w:rPr>")?);
            properties.get(start..end + "</w:rPr>".len())
        });
        let mark = paragraph.mark.clone().and_then(|mark| self.around.xml.get(mark)).filter(|mark| !mark.contains("<w:ins "));
        of_control.or(mark).map_or(own, str::to_owned)
    }

    /// Lets the properties of a paragraph and of its runs follow the size of an answer in it.
    pub(super) fn scale(&mut self, paragraph: &word::Paragraph, slot: usize) {
        let properties = std::iter::once(paragraph.properties.clone()).chain(paragraph.runs.iter().cloned());
        for (position, range) in properties.enumerate() {
            // what is one empty tag has no inside to be told a size
            if range.is_empty() && (if position == 0 { paragraph.end.is_none() } else { !is_in_run(self.around.xml, range.start) }) {
                continue;
            }
            let own = &self.around.xml[range.clone()];
            let properties = if position == 0 { Scalable::of_paragraph(own) } else { Scalable::new(own) };
            self.properties(range, Piece::Scaled { slot, properties });
        }
    }

    /// Cuts at properties, which come before whatever else is put there and follow one answer only: those that a paragraph or run
    /// does not have yet would be put into it once for every answer.
    fn properties(&mut self, range: Range<usize>, piece: Piece) {
        let there = || self.cuts.iter().enumerate().filter(|(_, (other, _))| *other == range);
        if there().any(|(_, (_, piece))| matches!(piece, Piece::Scaled { .. } | Piece::Hint { .. })) {
            return;
        }
        let at = there().map(|(at, _)| at).next().unwrap_or(self.cuts.len());
        self.cuts.insert(at, (range, piece));
    }
}

/// Where the text begins that a place's answer takes the place of; `None` where it gets a run of its own.
fn first_of(places: &[(Range<usize>, word::Holder)]) -> Option<usize> {
    places.first().filter(|(_, holder)| *holder == word::Holder::Plain).map(|(place, _)| place.start)
}

/// Whether this is the place right behind the tag of a run.
fn is_in_run(xml: &str, at: usize) -> bool {
    xml[..at].rfind('<').is_some_and(|tag| xml[tag..at].starts_with("<w:r>") || xml[tag..at].starts_with("<w:r "))
}
