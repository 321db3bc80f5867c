//! Finds the places of a blank's XML that are filled, and cuts the XML there.

use std::ops::Range;

use mingce_core::recognize::{Recognizer, Target, card::Card};
use mingce_core::scheme::{Field, Scheme};
use mingce_ooxml::{Limits, word};

use super::cutter::{Cutter, Surroundings};
use super::page;
use super::piece::{Piece, Slot};
use super::placeholder::{self, Placeholder};
use super::spare::{self, Defaults};
use crate::Error;
use crate::blank::{Asked, Closed, Words, fields, unclaimed_labels};
use crate::docx::unit::Twips;

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
    let defaults = Defaults::of(styles);
    let mut located = Located { spare: spare::spare(xml, &document, defaults), ..Located::default() };
    let around = Surroundings::new(xml, &document, defaults, scheme);
    let mut cuts = Vec::new();
    let form = form.unwrap_or_default();
    let repeats = recognizer.repeats(&form, tables.iter().map(|table| &table.grid));
    let of_repeats = repeats.into_iter().map(|(table, slot)| (table, Card { slots: vec![slot], ..Card::default() }));
    for (table, card) in form.into_iter().chain(of_repeats) {
        let Some(table) = tables.get(table) else { continue };
        let mut cutter = Cutter::new(&around, table, &mut located, &mut cuts);
        card.slots.iter().for_each(|slot| cutter.slot(slot));
        cutter.heights();
        located.unclaimed.extend(unclaimed_labels(&card, |at| table.cell(at).map_or("", |cell| &cell.text)));
    }
    for found in &placeholder::find(xml) {
        let slot = located.slots.len();
        located.placeholder(found, recognizer.target(&found.name), &mut cuts);
        let (Some(place), true) = (found.places.first(), located.slots.len() > slot) else { continue };
        let holds = |table: &&&word::Table| table.xml.start < place.start && place.end < table.xml.end;
        if let Some(table) = tables.iter().filter(holds).max_by_key(|table| table.xml.start) {
            Cutter::new(&around, table, &mut located, &mut cuts).placeholder_room(place, slot);
        }
    }
    if located.places.is_empty() {
        return Err(Error::NoForm);
    }
    twins(xml, &mut cuts);
    located.cut(xml, &document, cuts);
    Ok(located)
}

/// Cuts what old programs show of a text box as what others show of it, where both say the same.
fn twins(xml: &str, cuts: &mut Vec<(Range<usize>, Piece)>) {
    const CONTENT: [&str; 2] = ["<w:txbxContent>", "</w:txbxContent>"];
    let content = |within: Range<usize>| {
        let start = within.start + xml[within.clone()].find(CONTENT[0])?;
        let end = start + xml[start..within.end].find(CONTENT[1])?;
        Some(start..end)
    };
    let mut from = 0;
    while let Some(found) = xml[from..].find("<mc:Fallback>").map(|found| from + found) {
        let end = xml[found..].find("</mc:Fallback>").map_or(xml.len(), |end| found + end);
        from = end;
        let Some(choice) = xml[..found].rfind("<mc:Choice ").and_then(|choice| content(choice..found)) else { continue };
        let Some(twin) = content(found..end).filter(|twin| xml[twin.clone()] == xml[choice.clone()]) else { continue };
        let shift = |at: usize| at - choice.start + twin.start;
        let own = cuts.iter().filter(|(range, piece)| {
            choice.start <= range.start && range.end <= choice.end && !matches!(piece, Piece::Photo { .. } | Piece::Drawing { .. })
        });
        let further: Vec<_> = own.map(|(range, piece)| (shift(range.start)..shift(range.end), piece.clone())).collect();
        cuts.extend(further);
    }
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
        self.slots.push(Slot { asked: Asked { target, column: None, words: Words::All }, room: None, size: 0, row: 0 });
        self.places.push((label, fields(target)));
    }

    fn cut(&mut self, xml: &str, document: &word::Document, mut cuts: Vec<(Range<usize>, Piece)>) {
        let is_alone = page::has_sections(xml, document);
        let break_before = page::break_before(xml, document.body.start, &cuts);
        cuts.extend((!is_alone).then_some(break_before));
        cuts.extend(page::once(xml, document.body.clone()));
        cuts.sort_by_key(|(range, _)| (range.start, range.end));
        let mut done = document.body.start;
        let mut photos = 0..;
        for (_, piece) in &mut cuts {
            if let Piece::Photo { frame, .. } = piece {
                frame.copy = photos.next().unwrap_or_default();
            }
        }
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

/// The bytes of the first element that begins so.
pub(crate) fn element(xml: &str, range: Range<usize>, name: &str) -> Option<Range<usize>> {
    let start = range.start + xml[range.clone()].find(name)?;
    let end = start + xml[start..range.end].find('>')? + 1;
    xml[start..end].ends_with("/>").then_some(start..end)
}
