//! Finds the places of a blank's XML that are filled, and cuts the XML there.

use std::ops::Range;

use mingce_core::recognize::card::{self, Card};
use mingce_core::recognize::{Target, card::Slot as CardSlot};
use mingce_core::scheme::{Field, Scheme};
use mingce_ooxml::{Limits, word};

use super::fit::Room;
use super::photo::{self, Frame};
use super::scale::Scalable;
use crate::Error;
use crate::docx::measure::lines;
use crate::docx::unit::Twips;

/// Size of type where a blank does not say: Word's own.
const USUAL_SIZE: u32 = 21;

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
    /// The answer of a slot in a run of its own; nothing where nobody answered.
    Run { slot: usize, properties: Scalable },
    /// Properties of a slot's cell, which shrink with its answer.
    Scaled { slot: usize, properties: Scalable },
    /// The box of an option.
    Box { field: Field, option: Option<u16>, marks: [String; 2] },
    /// The height of a row: exact, and such that it grows when an answer of it spills.
    Height { slots: Vec<usize>, rules: [String; 2] },
    /// The place of the photo; `blank` is what stands there without one.
    Photo { blank: String, frame: Frame },
    /// The place where a form that is not the first asks for a new page.
    NewPage(String),
}

/// Which words of an answer stand in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// The whole answer.
    All,
    /// What is written in the place that a choice has for something else (其他时间).
    Other,
    /// What is written beside the options of a choice that has no place for it.
    Beside,
}

/// The place of one answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slot {
    /// What is answered.
    pub(super) target: Target,
    /// Which words of the answer stand there.
    pub(super) words: Words,
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
    pub(super) fields: Vec<Field>,
    pub(super) unclaimed: Vec<String>,
}

/// Locates the form in the XML of a Word document's main part.
pub(super) fn locate(xml: &str, part: &str, scheme: &Scheme) -> Result<Located, Error> {
    let document =
        word::scan(xml, part, &Limits::default()).map_err(|error| Error::Document { part: part.to_owned(), source: error.into() })?;
    let found = document.tables.iter().map(|table| (table, card::find(&table.grid, scheme)));
    // of several tables, the one with the most places is the form
    let best = found.filter_map(|(table, cards)| Some((table, cards.into_iter().next()?))).max_by_key(|(_, card)| card.slots.len());
    let (table, card) = best.ok_or(Error::NoForm)?;
    let mut cutter = Cutter { xml, table, margin: margin(xml, table), cuts: Vec::new(), slots: Vec::new(), rows: Vec::new() };
    card.slots.iter().for_each(|slot| cutter.slot(slot));
    cutter.heights();
    let (cuts, slots) = (cutter.cuts, cutter.slots);
    let mut located = cut(xml, &document, cuts);
    located.slots = slots;
    located.fields = fields(&card);
    located.unclaimed = card.unclaimed.iter().map(|(_, label)| label.to_string()).collect();
    Ok(located)
}

fn fields(card: &Card) -> Vec<Field> {
    let targets = card.slots.iter().map(|slot| slot.target);
    targets
        .flat_map(|target| match target {
            Target::Field(field) | Target::Option(field, _) => vec![field],
            Target::Combined(fields) => fields.to_vec(),
            Target::Mark | Target::Split(_) | Target::Unclaimed => Vec::new(),
        })
        .collect()
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
    table: &'a word::Table,
    margin: Twips,
    cuts: Vec<(Range<usize>, Piece)>,
    slots: Vec<Slot>,
    /// Rows with the slots that stand in them.
    rows: Vec<(usize, usize)>,
}

impl Cutter<'_> {
    fn slot(&mut self, slot: &CardSlot) {
        let Some(cell) = self.table.cell(slot.answer_at) else { return };
        let Some(field) = slot.target.field() else { return };
        match field {
            // signatures are written by hand
            Field::Photo => self.cuts.extend(photo::place(self.xml, self.table, cell, self.margin)),
            Field::SignedOn | Field::Seq => {}
            _ if !slot.marks.is_empty() => {
                for mark in &slot.marks {
                    self.mark(cell, field, mark);
                }
                match &slot.other {
                    Some(other) => self.answer(cell, slot.target, other, Words::Other),
                    None => self.beside(cell, slot),
                }
            }
            _ => self.answer(cell, slot.target, &slot.place, Words::All),
        }
    }

    fn mark(&mut self, cell: &word::Cell, field: Field, mark: &card::Mark) {
        let places = places(cell, &mark.glyph);
        let Some(glyph) = cell.text.get(mark.glyph.clone()) else { return };
        for (position, (place, holder)) in places.into_iter().enumerate() {
            let [mut empty, mut ticked] = if position == 0 { both_states(glyph) } else { [String::new(), String::new()] };
            if holder == word::Holder::Element {
                // a symbol is a whole element; the sign that takes its place stands in a text
                [&mut empty, &mut ticked].into_iter().for_each(|sign| *sign = format!("<w:t>{sign}</w:t>"));
            }
            if holder == word::Holder::State && position == 0 {
                let state = |on| format!("<w:checkBox><w:sizeAuto/><w:default w:val=\"0\"/><w:checked w:val=\"{on}\"/></w:checkBox>");
                [empty, ticked] = [state(0), state(1)];
            }
            if !mark.ticked && position == 0 {
                empty = self.xml[place.clone()].to_owned();
            }
            self.cuts.push((place, Piece::Box { field, option: mark.option, marks: [empty, ticked] }));
        }
    }

    /// The end of the last line of options, for what was written beside them.
    fn beside(&mut self, cell: &word::Cell, slot: &CardSlot) {
        let Some(last) = slot.marks.iter().map(|mark| mark.glyph.end).max() else { return };
        let Some(paragraph) = cell.paragraphs.iter().find(|paragraph| (paragraph.text.start..=paragraph.text.end).contains(&last)) else {
            return;
        };
        let Some(end) = paragraph.end else { return };
        let face = paragraph.runs.last().cloned().or_else(|| paragraph.mark.clone());
        let properties = Scalable::new(face.map_or("", |face| &self.xml[face]));
        let size = properties.size().unwrap_or(USUAL_SIZE);
        let index = self.slots.len();
        self.cuts.push((end..end, Piece::Run { slot: index, properties }));
        let end = paragraph.text.end;
        let room = self.room(cell, paragraph, &(end..end), size);
        self.slots.push(Slot { target: slot.target, words: Words::Beside, room, size });
        self.rows.push((row_of(cell), index));
    }

    fn answer(&mut self, cell: &word::Cell, target: Target, place: &Range<usize>, words: Words) {
        let places = places(cell, place);
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
        let size = face.size().unwrap_or(USUAL_SIZE);
        if places.is_empty() {
            let Some(end) = paragraph.end else { return };
            self.cuts.push((end..end, Piece::Run { slot, properties: face }));
        }
        for (position, (place, _)) in places.into_iter().enumerate() {
            let blank = self.xml[place.clone()].to_owned();
            let piece = if position == 0 { Piece::Answer { slot, blank } } else { Piece::Fixed(String::new()) };
            self.cuts.push((place, piece));
        }
        let properties = std::iter::once(paragraph.properties.clone()).chain(paragraph.runs.iter().cloned());
        for range in properties.filter(|range| !range.is_empty()) {
            self.cuts.push((range.clone(), Piece::Scaled { slot, properties: Scalable::new(&self.xml[range]) }));
        }
        let room = self.room(cell, paragraph, place, size);
        self.slots.push(Slot { target, words, room, size });
        self.rows.push((row_of(cell), slot));
    }

    fn room(&self, cell: &word::Cell, paragraph: &word::Paragraph, place: &Range<usize>, size: u32) -> Option<Room> {
        let indent = indent(&self.xml[paragraph.properties.clone()]);
        let width = Twips(cell.width?.saturating_sub(self.margin.0 + indent));
        let row = self.table.rows.get(row_of(cell))?;
        let height = row.height.as_ref()?.twips;
        let line = super::scale::line_height(size);
        let room = width.points() / (f64::from(size) / 2.0);
        let others = cell.paragraphs.iter().filter(|other| other.xml != paragraph.xml);
        let others: usize = others.map(|other| lines(&cell.text[other.text.clone()], room).count).sum();
        let taken = line.saturating_mul(u32::try_from(others).unwrap_or(u32::MAX));
        let before = cell.text.get(paragraph.text.start..place.start.max(paragraph.text.start)).unwrap_or("");
        Some(Room { width, height: Twips(height.saturating_sub(taken + BORDER)), before: before.to_owned() })
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

/// How far a paragraph stands in from the left, in twentieths of a point.
fn indent(properties: &str) -> u32 {
    let tag = properties.split_once("<w:ind ").and_then(|(_, after)| after.split('>').next()).unwrap_or("");
    let left = tag.split_once("w:left=\"").and_then(|(_, after)| after.split('"').next()?.parse::<u32>().ok());
    left.unwrap_or(0).min(10_000)
}

fn row_of(cell: &word::Cell) -> usize {
    usize::try_from(cell.at.row).unwrap_or(1).saturating_sub(1)
}

/// The bytes of the XML that hold this part of a cell's text, in order; the first takes what is written there.
///
/// Empty where the part is empty and no text stands next to it.
fn places(cell: &word::Cell, part: &Range<usize>) -> Vec<(Range<usize>, word::Holder)> {
    let mut found = Vec::new();
    for segment in &cell.segments {
        let start = part.start.max(segment.text.start);
        let end = part.end.min(segment.text.end);
        let inside = match segment.holder {
            // behind a label's colon, the answer goes on in the same text
            word::Holder::Plain | word::Holder::Placeholder if part.is_empty() => part.start == segment.text.end,
            _ => start < end,
        };
        if inside {
            let xml = match segment.holder {
                word::Holder::Plain => {
                    segment.xml.start + (start - segment.text.start)..segment.xml.start + (end.max(start) - segment.text.start)
                }
                word::Holder::Reference | word::Holder::Element | word::Holder::Placeholder | word::Holder::State => segment.xml.clone(),
            };
            found.push((xml, segment.holder));
        }
    }
    // text can be put only where text stands; what else is in the place goes
    if let Some(first) = found.iter().position(|(_, holder)| *holder != word::Holder::Element) {
        found.swap(0, first);
    }
    found
}

/// A box without and with its tick, in the kind it is of.
fn both_states(glyph: &str) -> [String; 2] {
    const KINDS: [(&str, &str); 3] = [("□", "☑"), ("○", "●"), ("◯", "●")];
    let first = glyph.chars().next().unwrap_or('□');
    if let (true, Some(last)) = (matches!(first, '（' | '(' | '[' | '【' | '［' | '〔'), glyph.chars().last()) {
        let blank = if first.is_ascii() { " " } else { "　" };
        return [format!("{first}{blank}{last}"), format!("{first}√{last}")];
    }
    let kind = KINDS.iter().find(|(empty, ticked)| *empty == glyph || *ticked == glyph);
    kind.map_or(["□".to_owned(), "☑".to_owned()], |(empty, ticked)| [(*empty).to_owned(), (*ticked).to_owned()])
}

fn cut(xml: &str, document: &word::Document, mut cuts: Vec<(Range<usize>, Piece)>) -> Located {
    cuts.push(new_page(xml, document.body.start));
    cuts.sort_by_key(|(range, _)| (range.start, range.end));
    let mut located = Located::default();
    let mut done = document.body.start;
    located.head.push(Piece::Fixed(xml[..done].to_owned()));
    for (range, piece) in cuts {
        // places of two answers never overlap in a sound document; what comes second is left as it stands
        if range.start < done {
            continue;
        }
        located.body.push(Piece::Fixed(xml[done..range.start].to_owned()));
        located.body.push(piece);
        done = range.end;
    }
    located.body.push(Piece::Fixed(xml[done..document.body.end].to_owned()));
    located.tail.push(Piece::Fixed(xml[document.body.end..].to_owned()));
    for pieces in [&mut located.head, &mut located.body, &mut located.tail] {
        pieces.retain(|piece| *piece != Piece::Fixed(String::new()));
    }
    located
}

/// How a form that is not the first in its document begins on a new page.
fn new_page(xml: &str, body: usize) -> (Range<usize>, Piece) {
    const PROPERTIES: &str = "<w:p><w:pPr>";
    const FIRST: [&str; 3] = ["<w:pStyle", "<w:keepNext", "<w:keepLines"];
    let start = &xml[body..];
    match start.strip_prefix(PROPERTIES) {
        Some(inside) if !FIRST.iter().any(|name| inside.starts_with(name)) => {
            let at = body + PROPERTIES.len();
            (at..at, Piece::NewPage("<w:pageBreakBefore/>".to_owned()))
        }
        _ => (body..body, Piece::NewPage("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>".to_owned())),
    }
}
