//! Cuts a sheet's XML at the places that are filled.

use std::ops::Range;

use mingce_core::address::{Address, Column};
use mingce_core::grid::Merge;
use mingce_core::recognize::Target;
use mingce_core::recognize::card::{BoxedWord, Slot as CardSlot};
use mingce_core::scheme::{Field, Millimetres, Points, Scheme};
use mingce_core::text::{fold_label, is_blank_character};
use mingce_ooxml::sheet::{Cell, Sheet};
use mingce_ooxml::word::Holder;

use super::attributes::{prefix, value, with, without};
use super::book::Book;
use super::look::Looks;
use crate::blank::{
    Asked, BoxedWords, Closed, Offered, Other, Words, both_states, column_of, empty_place, fields, listed_words, place_in_xml, places,
    unboxed_options,
};

/// Millimetres to a pixel of a screen with 96 to the inch.
const PIXEL: f64 = 25.4 / 96.0;

/// What Excel adds to the characters of a column, in pixels.
const PADDING: f64 = 5.0;

/// A piece of the XML of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// The same for everybody.
    Fixed(String),
    /// The answer of a slot, inside a text; `blank` is what stands there where nobody answered.
    Answer { slot: usize, blank: String },
    /// A cell that holds nothing but the answer of a slot; `blank` is the cell where nobody answered.
    Cell { slot: usize, tag: String, blank: String },
    /// The opening tag of a cell whose look follows the answer of a slot.
    Tag { slot: usize, tag: String },
    /// The opening tag of a row, which grows when an answer in it spills.
    Row { slots: Vec<usize>, tag: String, height: f64 },
    /// One text where nobody answered, and another where somebody did.
    Either { slot: usize, blank: String, filled: &'static str },
    /// The box of an option.
    Box { field: Field, option: Option<u16>, offered: Offered, marks: [String; 2] },
    /// The box beside one of several words of an answer in text (`男□ 女□`).
    Boxed { target: Target, words: BoxedWords, place: usize, marks: [String; 2] },
    /// What an answer adds to the word that is ticked, or the answer behind all words where none is.
    Beyond { target: Target, words: BoxedWords, place: Option<usize> },
    /// What the first of several boxes that is ticked stands for; `blank` is what stands there where none is.
    FirstTicked { boxes: Vec<Piece>, blank: String },
    /// An answer in the line above or below each page.
    Edge { slot: usize },
    /// What stands on the first sheet alone.
    First(String),
    /// What stands where a sheet gets a drawing for a photo.
    Drawing(String),
    /// What stands where there is a photo.
    Photo(String),
    /// The cell of the photo, without one and with one.
    PhotoCell { blank: String, filled: String },
    /// The name of the sheet, as its own formulas write it.
    OwnName,
}

/// The place of one answer.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// What is answered there.
    pub(super) asked: Asked,
    /// Its room, where its look may follow it.
    pub(super) room: Option<Room>,
}

/// The room of an answer.
#[derive(Debug, Clone)]
pub(super) struct Room {
    pub(super) width: Millimetres,
    /// In points.
    pub(super) height: f64,
    /// Words of the same cell that stand before the answer.
    pub(super) before: String,
    /// The look of the blank's cell, and whether its text wraps or shrinks by itself.
    pub(super) style: usize,
    pub(super) wraps: bool,
    pub(super) shrinks: bool,
    /// From the blank's own size down, each with a look that wraps.
    pub(super) sizes: Vec<(Points, usize)>,
}

/// A sheet while it is cut.
pub(super) struct Cutter<'a, 'b> {
    pub(super) xml: &'a str,
    pub(super) sheet: &'a Sheet,
    pub(super) scheme: &'a Scheme,
    pub(super) looks: &'a mut Looks<'b>,
    pub(super) styles: &'a mingce_ooxml::sheet::Styles,
    /// Pixels to a character of the default font.
    pub(super) character: f64,
    pub(super) cuts: Vec<(Range<usize>, Piece)>,
    pub(super) slots: Vec<Slot>,
    /// The last row of each slot's cell.
    pub(super) rows: Vec<(u32, usize)>,
    pub(super) places: Vec<(String, Vec<Field>)>,
    /// Answers that can only be ticked.
    pub(super) closed: Vec<Closed>,
}

impl<'a, 'b> Cutter<'a, 'b> {
    /// A cutter of this sheet of a book.
    pub(super) fn new(xml: &'a str, sheet: &'a Sheet, scheme: &'a Scheme, looks: &'a mut Looks<'b>, book: &'a Book) -> Self {
        let (cuts, slots, rows, places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (styles, character, closed) = (&book.styles, book.character(), Vec::new());
        Self { xml, sheet, scheme, looks, styles, character, cuts, slots, rows, places, closed }
    }

    /// Cuts the place of one label's answer.
    pub(super) fn slot(&mut self, slot: &CardSlot, is_alone: bool) {
        let Some(cell) = self.sheet.cell(slot.answer_at) else { return };
        let Some(field) = slot.target.field() else { return };
        let text = cell.text.get(slot.place.clone()).unwrap_or("");
        // a placeholder says by itself what stands there, and a number is given by the office
        if text.contains("{{") || field == Field::Seq {
            return;
        }
        let column = column_of(&slot.label, self.scheme);
        let asked_for = column.map_or_else(|| fields(slot.target), |column| self.scheme.roster.columns[column].from.clone());
        self.places.push((slot.label.to_string(), asked_for));
        let boxed = if field.is_choice() { Vec::new() } else { listed_words(field, text) };
        match field {
            // signatures are written by hand
            Field::Photo | Field::SignedOn => {}
            _ if !slot.marks.is_empty() => {
                let offered = Offered::of(slot.marks.iter().filter_map(|mark| mark.option));
                for mark in &slot.marks {
                    let Some(cell) = self.sheet.cell(mark.at) else { continue };
                    self.mark(cell, &mark.glyph, mark.ticked, |marks| Piece::Box { field, option: mark.option, offered, marks });
                }
                if !self.other(slot, field, offered) {
                    self.beside(cell, slot.target);
                }
            }
            _ if !boxed.is_empty() => self.boxed(cell, slot, &boxed),
            _ if !slot.letters.is_empty() => self.letters(slot),
            _ if self.options(cell, slot, field) => {}
            _ if cell.segments.is_empty() => self.whole(cell, Asked { target: slot.target, column, words: Words::All }),
            _ => {
                let place = empty_place(&cell.text, &slot.place);
                let room = if is_alone { self.room(cell, cell.text.get(..place.start).unwrap_or("")) } else { None };
                self.parting(cell, slot, &place);
                self.inside(cell, slot.target, &place, Words::All, room);
            }
        }
    }

    /// Words with boxes, or numbered ones, of an answer that is no choice of the scheme.
    fn boxed(&mut self, cell: &Cell, slot: &CardSlot, boxed: &[BoxedWord]) {
        let text = cell.text.get(slot.place.clone()).unwrap_or("");
        let words: BoxedWords = boxed.iter().map(|mark| fold_label(&text[mark.words.clone()])).collect();
        for (place, mark) in boxed.iter().enumerate() {
            let glyph = mark.glyph.start + slot.place.start..mark.glyph.end + slot.place.start;
            let (target, words) = (slot.target, words.clone());
            let end = place_in_xml(&cell.segments, slot.place.start + mark.words.end);
            let added = Piece::Beyond { target, words: words.clone(), place: Some(place) };
            self.cuts.extend(end.map(|end| (end..end, added)));
            if glyph.is_empty() {
                let tick = Piece::Boxed { target, words, place, marks: [String::new(), "√".to_owned()] };
                self.cuts.extend(end.map(|end| (end..end, tick)));
            } else {
                self.mark(cell, &glyph, mark.ticked, |marks| Piece::Boxed { target, words: words.clone(), place, marks });
            }
        }
        // behind numbered words there is room for another
        let last = boxed.last().filter(|last| last.glyph.is_empty()).map(|last| slot.place.start + last.words.end);
        match last.and_then(|last| place_in_xml(&cell.segments, last)) {
            Some(end) => self.cuts.push((end..end, Piece::Beyond { target: slot.target, words, place: None })),
            None => self.closed.push(Closed::Words(slot.target, words)),
        }
    }

    /// A number with a cell for each letter.
    fn letters(&mut self, slot: &CardSlot) {
        for (place, at) in std::iter::once(&slot.answer_at).chain(&slot.letters).enumerate() {
            let Some(cell) = self.sheet.cell(*at) else { continue };
            let words = Words::Letter(place);
            if cell.segments.is_empty() {
                self.whole(cell, Asked { target: slot.target, column: None, words });
            } else {
                self.inside(cell, slot.target, &(0..cell.text.len()), words, None);
            }
        }
    }

    /// A cell without a text of its own.
    fn whole(&mut self, cell: &Cell, asked: Asked) {
        let slot = self.slots.len();
        let tag = opened(&without(&self.xml[cell.tag.clone()], "t"));
        let blank = self.xml[cell.xml.clone()].to_owned();
        self.cuts.push((cell.xml.clone(), Piece::Cell { slot, tag: with(&tag, "t", "inlineStr").into_owned(), blank }));
        let room = self.room(cell, "");
        self.push(cell, Slot { asked, room });
    }

    /// A part of a cell's text.
    fn inside(&mut self, cell: &Cell, target: Target, place: &Range<usize>, words: Words, room: Option<Room>) {
        let mut places = places(&cell.segments, place);
        if let (Some(last), true) = (cell.segments.last(), places.is_empty()) {
            places.push((last.xml.end..last.xml.end, last.holder));
        }
        let Some((first, _)) = places.first().cloned() else { return };
        let slot = self.slots.len();
        for (position, (place, _)) in places.into_iter().enumerate() {
            let blank = self.xml[place.clone()].to_owned();
            let piece = if position == 0 { Piece::Answer { slot, blank } } else { Piece::Either { slot, blank, filled: "" } };
            self.cuts.push((place, piece));
        }
        if room.is_some() && !self.is_run_of_its_own_size(cell, &first) {
            self.cuts.push((cell.tag.clone(), Piece::Tag { slot, tag: self.xml[cell.tag.clone()].to_owned() }));
        }
        let label = self.places.last().map_or("", |(label, _)| label.as_str());
        let column = column_of(label, self.scheme).filter(|_| words == Words::All);
        self.push(cell, Slot { asked: Asked { target, column, words }, room });
    }

    /// What parts an answer from the label that it directly follows: a blank in a line, else a colon.
    fn parting(&mut self, cell: &Cell, of: &CardSlot, place: &Range<usize>) {
        let is_close = cell.text[..place.start].ends_with(char::is_alphanumeric);
        let is_underlined = cell.underlined.iter().any(|part| part.contains(&place.start));
        if of.answer_at != of.label_at || of.place != *place || !is_close || is_underlined {
            return;
        }
        let at = places(&cell.segments, place).first().map(|(first, _)| first.start).or(cell.segments.last().map(|last| last.xml.end));
        let filled = if place.is_empty() { "：" } else { " " };
        let slot = self.slots.len();
        self.cuts.extend(at.map(|at| (at..at, Piece::Either { slot, blank: String::new(), filled })));
    }

    /// The place that the choice has for something else; whether it has one. Without one, what it does not offer has no place.
    fn other(&mut self, slot: &CardSlot, field: Field, offered: Offered) -> bool {
        let place = slot.other.as_ref().and_then(|(at, place)| Some((self.sheet.cell(*at)?, place)));
        let Some((cell, place)) = place else {
            self.closed.push(Closed::Choice(field, offered));
            return false;
        };
        let is_enclosed = cell.text[..place.start].ends_with(['（', '(', '[', '【', '［', '〔']);
        let words = Words::Other(Other { offered, is_enclosed });
        if cell.segments.is_empty() {
            self.whole(cell, Asked { target: slot.target, column: None, words });
        } else {
            self.inside(cell, slot.target, place, words, None);
        }
        true
    }

    /// Puts a tick behind each option that is printed without a box; whether there are any.
    fn options(&mut self, cell: &Cell, slot: &CardSlot, field: Field) -> bool {
        let ends = unboxed_options(&cell.text, &cell.segments, &slot.place, self.scheme.options(field));
        if ends.is_empty() {
            return false;
        }
        let offered = Offered::of((0u16..).zip(&ends).filter(|(_, end)| end.is_some()).map(|(option, _)| option));
        for (option, end) in (0u16..).zip(&ends) {
            let piece = Piece::Box { field, option: Some(option), offered, marks: [String::new(), "√".to_owned()] };
            self.cuts.extend(end.map(|end| (end..end, piece)));
        }
        self.other(slot, field, offered);
        true
    }

    /// Whether the text stands in a run that says its size itself, so that the cell's look does not change it.
    fn is_run_of_its_own_size(&self, cell: &Cell, place: &Range<usize>) -> bool {
        let before = &self.xml[cell.xml.start..place.start];
        before.rfind("rPr>").is_some_and(|end| before[..end].rfind("<").is_some()) && before.contains("sz ")
    }

    /// Behind the last words of a cell, for what was written beside its options.
    fn beside(&mut self, cell: &Cell, target: Target) {
        let Some(last) = cell.segments.last() else { return };
        let slot = self.slots.len();
        self.cuts.push((last.xml.end..last.xml.end, Piece::Answer { slot, blank: String::new() }));
        self.push(cell, Slot { asked: Asked { target, column: None, words: Words::Beside }, room: None });
    }

    pub(super) fn push(&mut self, cell: &Cell, slot: Slot) {
        self.rows.push((self.covered(cell.at).last.row, self.slots.len()));
        self.slots.push(slot);
    }

    fn mark(&mut self, cell: &Cell, glyph: &Range<usize>, is_ticked: bool, piece: impl Fn([String; 2]) -> Piece) {
        let Some(words) = cell.text.get(glyph.clone()) else { return };
        if cell.segments.is_empty() {
            let tag = with(&opened(&without(&self.xml[cell.tag.clone()], "t")), "t", "inlineStr").into_owned();
            let prefix = prefix(&tag);
            let ticked = format!("{tag}<{prefix}is><{prefix}t>√</{prefix}t></{prefix}is></{prefix}c>");
            self.cuts.push((cell.xml.clone(), piece([self.xml[cell.xml.clone()].to_owned(), ticked])));
            return;
        }
        for (position, (place, holder)) in places(&cell.segments, glyph).into_iter().enumerate() {
            let [mut empty, ticked] = match holder {
                Holder::State => ["0".to_owned(), "1".to_owned()],
                _ if position == 0 => both_states(words),
                _ => [String::new(), String::new()],
            };
            if !is_ticked {
                empty = self.xml[place.clone()].to_owned();
            }
            self.cuts.push((place, piece([empty, ticked])));
        }
    }

    /// The rectangle of a cell.
    fn covered(&self, at: Address) -> Merge {
        self.sheet.grid.merge_at(at).filter(|merge| merge.first == at).unwrap_or(Merge { first: at, last: at })
    }

    fn room(&mut self, cell: &Cell, before: &str) -> Option<Room> {
        let look = self.styles.look(cell.style);
        if look.xml.is_empty() {
            return None;
        }
        let covered = self.covered(cell.at);
        let height = (covered.first.row..=covered.last.row).map(|row| self.sheet.height(row)).sum();
        let sizes = self.looks.shrinking(cell.style, self.scheme.form.smallest);
        let (wraps, shrinks) = (look.wraps, look.shrinks);
        let width = width_of(self.sheet, cell.at, self.character);
        Some(Room { width, height, before: before.to_owned(), style: cell.style, wraps, shrinks, sizes })
    }

    /// Rows grow when an answer in them spills.
    pub(super) fn heights(&mut self) {
        let mut rows: Vec<u32> = self.rows.iter().map(|(row, _)| *row).collect();
        rows.sort_unstable();
        rows.dedup();
        for number in rows {
            let Some(row) = self.sheet.row(number) else { continue };
            let slots: Vec<usize> =
                self.rows.iter().filter(|(row, slot)| *row == number && self.slots[*slot].room.is_some()).map(|(_, slot)| *slot).collect();
            if !slots.is_empty() {
                let tag = self.xml[row.tag.clone()].to_owned();
                self.cuts.push((row.tag.clone(), Piece::Row { slots, tag, height: self.sheet.height(number) }));
            }
        }
    }
}

/// The width of a cell, or of the rectangle that it begins; `character` is that of the default font, in pixels.
pub(super) fn width_of(sheet: &Sheet, at: Address, character: f64) -> Millimetres {
    let covered = sheet.grid.merge_at(at).filter(|merge| merge.first == at).unwrap_or(Merge { first: at, last: at });
    let columns = (covered.first.column.number()..=covered.last.column.number()).filter_map(Column::new);
    let seen = columns.map(|column| sheet.width(column)).filter(|width| *width > 0.0);
    Millimetres(seen.map(|width| width * character + PADDING).sum::<f64>() * PIXEL)
}

/// An opening tag that does not close itself.
pub(super) fn opened(tag: &str) -> String {
    tag.strip_suffix("/>").map_or_else(|| tag.to_owned(), |open| format!("{}>", open.trim_end()))
}

/// The style that a tag names.
pub(super) fn style_of(tag: &str) -> usize {
    value(tag, "s").and_then(|style| style.parse().ok()).unwrap_or(0)
}

/// Whether a place of a card holds nothing yet.
pub(super) fn is_empty(slot: &CardSlot, sheet: &Sheet) -> bool {
    let text = sheet.grid.cell(slot.answer_at).and_then(|cell| cell.text.get(slot.place.clone())).unwrap_or("");
    let is_unmarked = !slot.marks.is_empty() && slot.marks.iter().all(|mark| !mark.ticked);
    is_unmarked || text.chars().all(|c| is_blank_character(c) || matches!(c, '_' | '年' | '月' | '日' | '□'))
}

/// The XML cut at these places; of two that overlap the first holds.
pub(super) fn cut(xml: &str, mut cuts: Vec<(Range<usize>, Piece)>) -> Vec<Piece> {
    cuts.sort_by_key(|(range, _)| (range.start, range.end));
    let mut pieces = Vec::new();
    let mut done = 0;
    for (range, piece) in cuts {
        if range.start < done {
            continue;
        }
        pieces.push(Piece::Fixed(xml[done..range.start].to_owned()));
        pieces.push(piece);
        done = range.end;
    }
    pieces.push(Piece::Fixed(xml[done..].to_owned()));
    pieces.retain(|piece| *piece != Piece::Fixed(String::new()));
    pieces
}
