//! Finds the places of a blank's XML that are filled, and cuts the XML there.

use std::ops::Range;

use compact_str::CompactString;
use mingce_core::recognize::{
    Recognizer, Target,
    card::{Card, Slot as CardSlot},
};
use mingce_core::scheme::{Field, Scheme};
use mingce_core::text::fold_label;
use mingce_ooxml::{Limits, word};

use super::control;
use super::fit::{Growth, Room};
use super::page;
use super::photo::{self, Frame};
use super::placeholder::{self, Placeholder};
use super::scale::Scalable;
use super::spare::{self, Defaults};
use crate::Error;
use crate::blank::{
    Asked, BoxedWords, Closed, Offered, Other, Words, both_states, boxed_words, column_of, empty_place, fields, places, unboxed_options,
    unclaimed_labels,
};
use crate::docx::measure::lines;
use crate::docx::unit::Twips;

/// Room between a cell's border and its text where a blank does not say: Word's own.
const USUAL_MARGIN: u32 = 108;

/// Room that the borders of a row take, in twentieths of a point.
const BORDER: u32 = 20;

/// A piece of the XML of a form.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// The same for everybody.
    Fixed(String),
    /// The answer of a slot, inside a `w:t`; `blank` is what stands there where nobody answered.
    Answer { slot: usize, blank: String },
    /// The answer of a slot in the place of a whole element of a run, such as a tab.
    Text { slot: usize, blank: String },
    /// The list of a form field: for each entry, folded, the list that shows it, and the list around another entry; `blank` shows
    /// what nobody has changed.
    List { slot: usize, blank: String, entries: Vec<(CompactString, String)>, another: [String; 2] },
    /// The answer of a slot in a run of its own; nothing where nobody answered.
    Run { slot: usize, properties: Scalable },
    /// Properties of a slot's cell, which shrink with its answer.
    Scaled { slot: usize, properties: Scalable },
    /// What holds only while the answer of a slot has its usual size, such as that a content control takes plain text.
    Usual { slot: usize, text: String },
    /// Properties of the words that ask for an answer, and those of the answer that takes their place.
    Hint { slot: usize, blank: String, properties: Scalable },
    /// The box of an option.
    Box { field: Field, option: Option<u16>, offered: Offered, marks: [String; 2] },
    /// The box beside one of several words of an answer in text (`男□ 女□`).
    Boxed { target: Target, words: BoxedWords, place: usize, marks: [String; 2] },
    /// One text where nobody answered, and another where somebody did.
    Either { slot: usize, blank: String, filled: String },
    /// The height of a row: exact, and such that it grows when an answer of it spills.
    Height { slots: Vec<usize>, rules: [String; 2] },
    /// The place of the photo; `blank` is what stands there without one.
    Photo { blank: String, frame: Frame },
    /// The place where a form that is not the first asks for a new page.
    NewPage(String),
    /// What a document may hold only once, such as a bookmark: of several forms only the first has it.
    Once(String),
    /// The number of a drawing, of which a document may hold only one: its own in the first form, another in each further
    /// one. `index` counts the drawings of the form.
    Drawing { own: String, index: u32 },
}

/// The place of one answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slot {
    /// What is answered there.
    pub(super) asked: Asked,
    /// Its room, where the blank says how large it is.
    pub(super) room: Option<Room>,
    /// Its size of type in half points.
    pub(super) size: u32,
}

/// A blank, cut at its places.
#[derive(Debug, Default)]
pub(super) struct Located {
    pub(super) head: Vec<Piece>,
    pub(super) body: Vec<Piece>,
    pub(super) tail: Vec<Piece>,
    pub(super) slots: Vec<Slot>,
    pub(super) places: Vec<(String, Vec<Field>)>,
    pub(super) unclaimed: Vec<String>,
    /// Answers that can only be ticked.
    pub(super) closed: Vec<Closed>,
    /// Room on the page that rows may grow into.
    pub(super) spare: Twips,
    /// The properties of the last section, where every form of a document needs sections of its own.
    pub(super) section: Option<String>,
}

/// Locates the form in the XML of a Word document's main part.
pub(super) fn locate(xml: &str, part: &str, styles: &str, scheme: &Scheme) -> Result<Located, Error> {
    let document =
        word::scan(xml, part, &Limits::default()).map_err(|error| Error::Document { part: part.to_owned(), source: error.into() })?;
    let mut tables: Vec<&word::Table> = document.tables.iter().chain(&document.texts).filter(|table| !table.grid.is_empty()).collect();
    tables.sort_by_key(|table| table.xml.start);
    let recognizer = Recognizer::new(scheme);
    let forms = recognizer.forms(tables.iter().map(|table| &table.grid));
    // of several forms, the first of those with the most places
    let form = forms.into_iter().rev().max_by_key(|form| form.iter().map(|(_, card)| card.slots.len()).sum::<usize>());
    let placeholders = placeholder::find(xml);
    let defaults = Defaults::of(styles);
    let mut located = Located { spare: spare::spare(xml, &document, defaults), ..Located::default() };
    let mut cuts = Vec::new();
    let form = form.unwrap_or_default();
    let repeats = recognizer.repeats(&form, tables.iter().map(|table| &table.grid));
    let of_repeats = repeats.into_iter().map(|(table, slot)| (table, Card { slots: vec![slot], ..Card::default() }));
    for (table, card) in form.into_iter().chain(of_repeats) {
        let Some(table) = tables.get(table) else { continue };
        let mut cutter = Cutter { cuts, slots: located.slots, ..Cutter::new(xml, scheme, table, &document, defaults) };
        card.slots.iter().for_each(|slot| cutter.slot(slot));
        cutter.heights();
        cuts = cutter.cuts;
        located.slots = cutter.slots;
        located.places.extend(cutter.places);
        located.closed.extend(cutter.closed);
        located.unclaimed.extend(unclaimed_labels(&card, |at| table.cell(at).map_or("", |cell| &cell.text)));
    }
    for found in &placeholders {
        let slot = located.slots.len();
        located.placeholder(found, recognizer.target(&found.name), &mut cuts);
        let (Some(place), true) = (found.places.first(), located.slots.len() > slot) else { continue };
        let holds = |table: &&&word::Table| table.xml.start < place.start && place.end < table.xml.end;
        if let Some(table) = tables.iter().filter(holds).max_by_key(|table| table.xml.start) {
            let mut cutter = Cutter::new(xml, scheme, table, &document, defaults);
            cutter.placeholder_room(place, slot, &mut located.slots);
            cuts.append(&mut cutter.cuts);
        }
    }
    if located.places.is_empty() {
        return Err(Error::NoForm);
    }
    located.cut(xml, &document, cuts);
    Ok(located)
}

impl Located {
    pub(super) fn placeholder(&mut self, found: &Placeholder, target: Option<Target>, cuts: &mut Vec<(Range<usize>, Piece)>) {
        let label = found.label();
        let Some(target) = target.filter(|target| !fields(*target).is_empty()) else {
            self.unclaimed.push(label);
            return;
        };
        let slot = self.slots.len();
        for (position, place) in found.places.iter().enumerate() {
            let piece = if position == 0 { Piece::Answer { slot, blank: String::new() } } else { Piece::Fixed(String::new()) };
            cuts.push((place.clone(), piece));
        }
        self.slots.push(Slot { asked: Asked { target, column: None, words: Words::All }, room: None, size: 0 });
        self.places.push((label, fields(target)));
    }
}

/// The cell margins of a table, left and right together.
fn margin(xml: &str, table: &word::Table) -> Twips {
    let head = &xml[table.xml.start..table.rows.first().map_or(table.xml.end, |row| row.xml.start)];
    let margins = head.split_once("<w:tblCellMar>").map_or("", |(_, after)| after.split("</w:tblCellMar>").next().unwrap_or(""));
    let side = |names: [&str; 2]| {
        let tag = names.iter().find_map(|name| margins.split_once(&format!("<w:{name} ")))?.1.split('>').next()?;
        tag.split_once("w:w=\"")?.1.split('"').next()?.parse::<u32>().ok()
    };
    let width = |names| side(names).unwrap_or(USUAL_MARGIN).min(10_000);
    Twips(width(["left", "start"]) + width(["right", "end"]))
}

struct Cutter<'a> {
    xml: &'a str,
    scheme: &'a Scheme,
    table: &'a word::Table,
    margin: Twips,
    /// The length of a line outside of tables.
    line: Twips,
    /// Whether the page is ruled in lines.
    ruled: bool,
    defaults: Defaults,
    cuts: Vec<(Range<usize>, Piece)>,
    slots: Vec<Slot>,
    /// Rows with the slots that stand in them.
    rows: Vec<(usize, usize)>,
    places: Vec<(String, Vec<Field>)>,
    closed: Vec<Closed>,
}

impl<'a> Cutter<'a> {
    fn new(xml: &'a str, scheme: &'a Scheme, table: &'a word::Table, document: &word::Document, defaults: Defaults) -> Self {
        Self {
            xml,
            scheme,
            table,
            margin: margin(xml, table),
            line: spare::line(xml, document),
            ruled: spare::ruled(xml, document).is_some(),
            defaults,
            cuts: Vec::new(),
            slots: Vec::new(),
            rows: Vec::new(),
            places: Vec::new(),
            closed: Vec::new(),
        }
    }

    /// The room of a placeholder in this table, whose paragraph shrinks with what takes its place.
    fn placeholder_room(&mut self, place: &Range<usize>, slot: usize, slots: &mut [Slot]) {
        let cells = self.table.rows.iter().flat_map(|row| &row.cells);
        let found = cells.flat_map(|cell| cell.paragraphs.iter().map(move |paragraph| (cell, paragraph)));
        let Some((cell, paragraph)) = found.rev().find(|(_, paragraph)| paragraph.xml.start < place.start && place.end < paragraph.xml.end)
        else {
            return;
        };
        let Some(segment) = cell.segments.iter().find(|segment| segment.xml.start <= place.start && place.start < segment.xml.end) else {
            return;
        };
        let face = paragraph.runs.get(segment.run).cloned().or_else(|| paragraph.mark.clone());
        let size = Scalable::new(face.map_or("", |face| &self.xml[face])).size().unwrap_or(self.defaults.size);
        let at = segment.text.start + (place.start - segment.xml.start);
        let room = self.room(cell, paragraph, &(at..at), size);
        self.scale(paragraph, slot);
        if let Some(slot) = slots.get_mut(slot) {
            (slot.room, slot.size) = (room, size);
        }
    }

    /// Lets the properties of a paragraph and of its runs follow the size of an answer in it.
    fn scale(&mut self, paragraph: &word::Paragraph, slot: usize) {
        let properties = std::iter::once(paragraph.properties.clone()).chain(paragraph.runs.iter().cloned());
        for (position, range) in properties.enumerate() {
            // what is one empty tag has no inside to be told a size
            if range.is_empty() && (if position == 0 { paragraph.end.is_none() } else { !is_in_run(self.xml, range.start) }) {
                continue;
            }
            let own = &self.xml[range.clone()];
            let properties = if position == 0 { Scalable::of_paragraph(own) } else { Scalable::new(own) };
            self.cuts.push((range, Piece::Scaled { slot, properties }));
        }
    }

    fn slot(&mut self, slot: &CardSlot) {
        let Some(cell) = self.table.cell(slot.answer_at) else { return };
        let Some(field) = slot.target.field() else { return };
        let text = cell.text.get(slot.place.clone()).unwrap_or("");
        // a placeholder says by itself what stands there
        if text.contains("{{") {
            return;
        }
        let column = column_of(&slot.label, self.scheme);
        let fields = match column {
            Some(column) => self.scheme.roster.columns[column].from.clone(),
            None => fields(slot.target),
        };
        self.places.push((slot.label.to_string(), fields));
        let boxed = if field.is_choice() { Vec::new() } else { boxed_words(text) };
        match field {
            // signatures are written by hand
            Field::Photo => self.cuts.extend(photo::place(self.xml, self.table, cell, self.margin)),
            Field::SignedOn | Field::Seq => {}
            _ if !slot.marks.is_empty() => {
                let offered = Offered::of(slot.marks.iter().filter_map(|mark| mark.option));
                for mark in &slot.marks {
                    let Some(cell) = self.table.cell(mark.at) else { continue };
                    self.mark(cell, &mark.glyph, mark.ticked, |marks| Piece::Box { field, option: mark.option, offered, marks });
                }
                if !self.other(slot, field, offered) {
                    self.beside(cell, slot);
                }
            }
            _ if !boxed.is_empty() => {
                let shift = |range: &Range<usize>| range.start + slot.place.start..range.end + slot.place.start;
                let words: BoxedWords = boxed.iter().map(|mark| fold_label(&text[mark.words.clone()])).collect();
                for (place, mark) in boxed.iter().enumerate() {
                    let (target, words) = (slot.target, words.clone());
                    self.mark(cell, &shift(&mark.glyph), mark.ticked, |marks| Piece::Boxed { target, words: words.clone(), place, marks });
                }
                self.closed.push(Closed::Words(slot.target, words));
            }
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

    /// The place that the choice has for something else; whether it has one. Without one, what it does not offer has no place.
    fn other(&mut self, slot: &CardSlot, field: Field, offered: Offered) -> bool {
        let place = slot.other.as_ref().and_then(|(at, place)| Some((self.table.cell(*at)?, place)));
        let Some((cell, place)) = place else {
            self.closed.push(Closed::Choice(field, offered));
            return false;
        };
        let is_enclosed = cell.text[..place.start].ends_with(['（', '(', '[', '【', '［', '〔']);
        self.answer(cell, slot, place, Words::Other(Other { offered, is_enclosed }));
        true
    }

    /// Puts a tick behind each option that is printed without a box; whether there are any.
    fn options(&mut self, cell: &word::Cell, slot: &CardSlot, field: Field) -> bool {
        let ends = unboxed_options(&cell.text, &cell.segments, &slot.place, self.scheme.options(field));
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
            let face = paragraph.mark.clone().map_or("", |mark| &self.xml[mark]);
            let tick = format!("<w:r>{face}<w:t>√</w:t></w:r>");
            return self.at_end(paragraph, piece([String::new(), tick]));
        }
        let Some(glyph) = cell.text.get(glyph.clone()) else { return };
        for (position, (place, holder)) in places.into_iter().enumerate() {
            let [mut empty, mut ticked] = if position == 0 { both_states(glyph) } else { [String::new(), String::new()] };
            if holder == word::Holder::Element {
                // a symbol is a whole element; the sign that takes its place stands in a text
                [&mut empty, &mut ticked].into_iter().for_each(|sign| *sign = format!("<w:t>{sign}</w:t>"));
                ticked = control::ticked_symbol(&self.xml[place.clone()]).unwrap_or(ticked);
            }
            if holder == word::Holder::State && position == 0 {
                let state = |on| format!("<w:checkBox><w:sizeAuto/><w:default w:val=\"0\"/><w:checked w:val=\"{on}\"/></w:checkBox>");
                [empty, ticked] = [state(0), state(1)];
            }
            if let Some(control) = control::around(self.xml, place.start).filter(|_| position == 0) {
                let [off, on] = control.states();
                self.cuts.push((control.checked, piece([off, on])));
                [empty, ticked] = control.signs;
            }
            if !is_ticked {
                empty = self.xml[place.clone()].to_owned();
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
        let properties = Scalable::new(face.map_or("", |face| &self.xml[face]));
        let size = properties.size().unwrap_or(self.defaults.size);
        let index = self.slots.len();
        self.cuts.push((end..end, Piece::Run { slot: index, properties }));
        let end = paragraph.text.end;
        let room = self.room(cell, paragraph, &(end..end), size);
        let asked = Asked { target: slot.target, column: None, words: Words::Beside };
        self.slots.push(Slot { asked, room, size });
        self.rows.push((row_of(cell), index));
    }

    fn answer(&mut self, cell: &word::Cell, of: &CardSlot, place: &Range<usize>, words: Words) {
        let places = places(&cell.segments, place);
        let paragraph_index =
            places.first().and_then(|(first, _)| cell.paragraphs.iter().position(|paragraph| paragraph.xml.contains(&first.start)));
        let Some(paragraph) = cell.paragraphs.get(paragraph_index.unwrap_or(0)) else { return };
        let slot = self.slots.len();
        // the run the answer stands in, else how the end of the paragraph is set, is the answer's own face
        let run = places
            .first()
            .and_then(|(first, _)| cell.segments.iter().find(|segment| segment.xml.start <= first.start && first.end <= segment.xml.end));
        let face = run.and_then(|segment| paragraph.runs.get(segment.run)).cloned().or_else(|| paragraph.mark.clone());
        let face = Scalable::new(face.map_or("", |face| &self.xml[face]));
        let size = face.size().unwrap_or(self.defaults.size);
        if places.is_empty() {
            self.run(paragraph, slot, face);
        }
        self.parting(cell, of, place, first_of(&places), slot);
        let is_hint = places.first().is_some_and(|(_, holder)| *holder == word::Holder::Placeholder);
        let first = places.first().map_or(0, |(place, _)| place.start);
        for (position, (place, holder)) in places.into_iter().enumerate() {
            let blank = self.xml[place.clone()].to_owned();
            let piece = match holder {
                word::Holder::List => {
                    let (entries, another) = (control::list_entries(&blank), control::list_with_another(&blank));
                    Piece::List { slot, entries, another, blank }
                }
                _ if position > 0 => Piece::Either { slot, blank, filled: String::new() },
                word::Holder::Element => Piece::Text { slot, blank },
                _ => Piece::Answer { slot, blank },
            };
            self.cuts.push((place, piece));
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
                let properties = Scalable::of_paragraph(&self.xml[paragraph.properties.clone()]);
                self.cuts.push((paragraph.properties.clone(), Piece::Scaled { slot, properties }));
            }
        } else {
            self.scale(paragraph, slot);
        }
        let room = self.room(cell, paragraph, place, size);
        let column = column_of(&of.label, self.scheme).filter(|_| words == Words::All);
        self.slots.push(Slot { asked: Asked { target: of.target, column, words }, room, size });
        self.rows.push((row_of(cell), slot));
    }

    /// What parts an answer from the label that it directly follows: a blank in a line, a colon in a cell.
    fn parting(&mut self, cell: &word::Cell, of: &CardSlot, place: &Range<usize>, at: Option<usize>, slot: usize) {
        let is_close = cell.text[..place.start].ends_with(char::is_alphanumeric);
        let is_underlined = cell.underlined.iter().any(|part| part.contains(&place.start));
        if of.answer_at != of.label_at || of.place.start != place.start || !is_close || is_underlined {
            return;
        }
        let filled = if place.is_empty() { "：" } else { " " };
        if let Some(at) = at {
            self.cuts.push((at..at, Piece::Either { slot, blank: String::new(), filled: filled.to_owned() }));
        }
    }

    /// A run at the end of a paragraph.
    fn run(&mut self, paragraph: &word::Paragraph, slot: usize, properties: Scalable) {
        self.at_end(paragraph, Piece::Run { slot, properties });
    }

    /// A piece at the end of a paragraph, which may be a single empty tag.
    fn at_end(&mut self, paragraph: &word::Paragraph, piece: Piece) {
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
            let blank = self.xml[range.clone()].to_owned();
            self.cuts.push((range, Piece::Either { slot, blank, filled }));
        };
        if let Some(control) = self.xml[..at].rfind("<w:sdt>") {
            if let Some(shown) = element(self.xml, control..at, "<w:showingPlcHdr") {
                either(shown, String::new());
            }
            // LibreOffice sets what a control for plain text says in the size of its paragraph, whatever its run says
            let properties = control..self.xml[control..at].find("</w:sdtPr>").map_or(control, |end| control + end);
            if let Some(plain) = element(self.xml, properties, "<w:text") {
                let text = self.xml[plain.clone()].to_owned();
                self.cuts.push((plain, Piece::Usual { slot, text }));
            }
        }
        if let Some(range) = paragraph.runs.iter().rfind(|range| range.start <= at) {
            let blank = self.xml[range.clone()].to_owned();
            let mut own = blank.clone();
            for look in ["<w:rStyle ", "<w:color w:val=\"808080\""] {
                if let Some(look) = element(&own, 0..own.len(), look) {
                    own.replace_range(look, "");
                }
            }
            self.cuts.push((range.clone(), Piece::Hint { slot, blank, properties: Scalable::new(&own) }));
        }
    }

    fn room(&self, cell: &word::Cell, paragraph: &word::Paragraph, place: &Range<usize>, size: u32) -> Option<Room> {
        let indent = indent(&self.xml[paragraph.properties.clone()]);
        let width = Twips(self.width(cell)?.saturating_sub(self.margin.0 + indent));
        let row = self.table.rows.get(row_of(cell))?;
        let line = super::scale::line_height(size);
        let usual = line.saturating_mul(u32::try_from(cell.paragraphs.len()).unwrap_or(u32::MAX)) + BORDER;
        let height = row.height.as_ref().map_or(usual, |height| height.twips);
        let room = width.points() / (f64::from(size) / 2.0);
        let others = cell.paragraphs.iter().filter(|other| other.xml != paragraph.xml);
        let others: usize = others.map(|other| lines(&cell.text[other.text.clone()], room).count).sum();
        let taken = line.saturating_mul(u32::try_from(others).unwrap_or(u32::MAX));
        let before = cell.text.get(paragraph.text.start..place.start.max(paragraph.text.start)).unwrap_or("");
        let growth = match &row.height {
            Some(height) if height.exact => Growth::Exact,
            Some(_) => Growth::AtLeast,
            None => Growth::Free,
        };
        Some(Room { width, height: Twips(height.saturating_sub(taken + BORDER)), before: before.to_owned(), growth, ruled: self.ruled })
    }

    /// The width of a cell: its own, else that of the columns it covers.
    fn width(&self, cell: &word::Cell) -> Option<u32> {
        let columns = self.table.grid.column_widths.iter();
        let covered = columns.skip_while(|(column, _)| *column < cell.at.column).take(usize::from(cell.columns));
        let characters: f64 = covered.map(|(_, width)| width).sum();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "columns of a page")]
        let sum = (characters.clamp(0.0, 10_000.0) * 105.0) as u32;
        let is_line = self.xml[self.table.xml.clone()].starts_with("<w:p");
        cell.width.or(Some(sum)).filter(|width| *width > 0).or(is_line.then_some(self.line.0))
    }

    /// Rows of a fixed height must grow when an answer in them spills.
    fn heights(&mut self) {
        for (index, row) in self.table.rows.iter().enumerate() {
            let Some(height) = row.height.as_ref().filter(|height| height.exact) else { continue };
            let slots: Vec<usize> = self.rows.iter().filter(|(row, _)| *row == index).map(|(_, slot)| *slot).collect();
            let exact = self.xml[height.xml.clone()].to_owned();
            let free = exact.replacen("\"exact\"", "\"atLeast\"", 1);
            if !slots.is_empty() {
                self.cuts.push((height.xml.clone(), Piece::Height { slots, rules: [exact, free] }));
            }
        }
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

/// The bytes of the first element that begins so.
pub(crate) fn element(xml: &str, range: Range<usize>, name: &str) -> Option<Range<usize>> {
    let start = range.start + xml[range.clone()].find(name)?;
    let end = start + xml[start..range.end].find('>')? + 1;
    xml[start..end].ends_with("/>").then_some(start..end)
}

/// How far a paragraph stands in from the left, in twentieths of a point.
fn indent(properties: &str) -> u32 {
    let tag = properties.split_once("<w:ind ").and_then(|(_, after)| after.split('>').next()).unwrap_or("");
    let left = tag.split_once("w:left=\"").and_then(|(_, after)| after.split('"').next()?.parse::<u32>().ok());
    left.unwrap_or(0).min(10_000)
}

fn row_of(cell: &word::Cell) -> usize {
    usize::try_from(cell.at.row).unwrap_or(1).saturating_sub(1)
}

impl Located {
    fn cut(&mut self, xml: &str, document: &word::Document, mut cuts: Vec<(Range<usize>, Piece)>) {
        let is_alone = page::has_sections(xml, document);
        cuts.extend((!is_alone).then(|| page::break_before(xml, document.body.start)));
        cuts.extend(page::once(xml, document.body.clone()));
        cuts.sort_by_key(|(range, _)| (range.start, range.end));
        let mut done = document.body.start;
        self.head.push(Piece::Fixed(xml[..done].to_owned()));
        for (range, piece) in cuts {
            // places of two answers never overlap in a sound document; what comes second is left as it stands
            if range.start < done || range.end > document.body.end {
                continue;
            }
            self.body.push(Piece::Fixed(xml[done..range.start].to_owned()));
            self.body.push(piece);
            done = range.end;
        }
        self.body.push(Piece::Fixed(xml[done..document.body.end].to_owned()));
        self.tail.push(Piece::Fixed(xml[document.body.end..].to_owned()));
        self.section = is_alone.then(|| xml[document.section.clone()].to_owned());
        for pieces in [&mut self.head, &mut self.body, &mut self.tail] {
            pieces.retain(|piece| *piece != Piece::Fixed(String::new()));
        }
    }
}
