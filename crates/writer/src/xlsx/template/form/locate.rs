//! Finds the form in a workbook, and cuts its sheet, and what lies on the sheet, at the places that are filled.

use std::collections::BTreeSet;
use std::ops::Range;

use mingce_core::address::Address;
use mingce_core::recognize::card::{Card, Slot as CardSlot};
use mingce_core::recognize::{Recognizer, Target};
use mingce_core::scheme::Field;
use mingce_ooxml::sheet::Sheet;
use mingce_ooxml::word::Segment;

use super::own::{self, OwnCuts, OwnPart};
use crate::Error;
use crate::blank::{Asked, Closed, Words, fields, once, places, unclaimed_labels};
use crate::xlsx::template::attributes;
use crate::xlsx::template::book::Book;
use crate::xlsx::template::controls::Controls;
use crate::xlsx::template::cutter::{Cutter, Piece, Slot, cut, is_empty, opened};
use crate::xlsx::template::look::Looks;
use crate::xlsx::template::photos::PhotoPlace;
use crate::xlsx::template::placeholder;

/// Fewest rows that the labels of a form stand in, where the sheet may be a list as well.
const FEWEST_ROWS: usize = 3;

/// Places in the XML, with what takes their place.
pub(super) type Cuts = Vec<(Range<usize>, Piece)>;

/// What was found in a blank.
pub(super) struct Located {
    pub(super) pieces: Vec<Piece>,
    pub(super) own: Vec<OwnPart>,
    pub(super) slots: Vec<Slot>,
    pub(super) places: Vec<(String, Vec<Field>)>,
    pub(super) unclaimed: Vec<String>,
    pub(super) closed: Vec<Closed>,
    pub(super) photo: Option<PhotoPlace>,
    pub(super) has_formulas: bool,
    /// The styles part, if looks were added to it.
    pub(super) styles: Option<String>,
}

/// The sheet that is a form, and its map: of several, the first of those with the most empty places.
pub(super) fn best(book: &Book, recognizer: &Recognizer<'_>) -> Result<(usize, String, Sheet, Card), Error> {
    let mut best: Option<(usize, (usize, String, Sheet, Card))> = None;
    for (position, tab) in book.tabs.iter().enumerate() {
        let Some(part) = tab.part.as_deref().filter(|_| !tab.is_hidden) else { continue };
        let (xml, sheet) = book.sheet(part)?;
        let placeholders = placeholder::find(&sheet).len();
        let card = form_of(&sheet, recognizer, placeholders > 0);
        let Some(card) = card.or_else(|| (placeholders > 0).then(Card::default)) else { continue };
        let score = card.slots.iter().filter(|slot| is_empty(slot, &sheet)).count() + placeholders;
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, (position, xml, sheet, card)));
        }
    }
    best.map(|(_, found)| found).ok_or(Error::NoForm)
}

/// The form on a sheet; none on a sheet that is a list of people, and has no placeholders.
fn form_of(sheet: &Sheet, recognizer: &Recognizer<'_>, has_placeholders: bool) -> Option<Card> {
    let forms = recognizer.forms([&sheet.grid]);
    let form = forms.into_iter().rev().max_by_key(|form| form.iter().map(|(_, card)| card.slots.len()).sum::<usize>())?;
    let again = recognizer.repeats(&form, [&sheet.grid]).into_iter().map(|(_, slot)| slot);
    let (_, mut card) = form.into_iter().next()?;
    let rows: BTreeSet<u32> = card.slots.iter().map(|slot| slot.label_at.row).collect();
    let is_list = || {
        let named = |found: &mingce_core::recognize::Table| found.columns.iter().any(|column| column.target == Target::Field(Field::Name));
        recognizer.tables(&sheet.grid).iter().any(named)
    };
    let is_form = rows.len() >= FEWEST_ROWS || has_placeholders || !is_list();
    card.slots.extend(again);
    is_form.then_some(card)
}

/// The cells that are asked about, whether the file writes them or not.
pub(super) fn wanted(card: &Card) -> Vec<Address> {
    let others = card.slots.iter().flat_map(|slot| slot.marks.iter().map(|mark| mark.at).chain(slot.other.iter().map(|(at, _)| *at)));
    let letters = card.slots.iter().flat_map(|slot| slot.letters.iter().copied());
    card.slots.iter().map(|slot| slot.answer_at).chain(letters).chain(others).collect()
}

/// Cuts the sheet at its places; its XML is given with the name of its part.
pub(super) fn locate(
    book: &Book,
    tab: usize,
    [xml, part]: [&str; 2],
    sheet: &Sheet,
    card: &Card,
    recognizer: &Recognizer<'_>,
) -> Result<Located, Error> {
    let mut looks = Looks::of(book);
    let mut cutter = Cutter::new(xml, sheet, recognizer.scheme(), &mut looks, book);
    let controls = Controls::of(book, [xml, part], sheet, recognizer);
    cutter.places.extend(controls.places.iter().cloned());
    cutter.cuts.extend(controls.linked.iter().cloned());
    // where a choice is made by controls, the cell below them stays empty
    let is_cell = |slot: &&CardSlot| !slot.marks.is_empty() || slot.target.field().is_none_or(|field| !controls.has(field));
    for slot in card.slots.iter().filter(is_cell) {
        let is_alone = card.slots.iter().filter(|other| other.answer_at == slot.answer_at).count() == 1;
        cutter.slot(slot, is_alone);
    }
    let mut unclaimed: Vec<String> = unclaimed_labels(card, |at| sheet.cell(at).map_or("", |cell| &cell.text));
    let photos = card.slots.iter().filter(|slot| slot.target == Target::Field(Field::Photo));
    let mut photos_at: Vec<Address> = once(photos.map(|slot| slot.answer_at));
    for found in placeholder::find(sheet) {
        if recognizer.target(&found.name) == Some(Target::Field(Field::Photo)) {
            photos_at.extend(Some(found.cell.at).filter(|at| !photos_at.contains(at)));
        }
        let slot = put([&found.name, &found.label()], (&found.cell.segments, &found.place), recognizer, &mut cutter, &mut unclaimed);
        if let Some((cuts, slot)) = slot {
            cutter.cuts.extend(cuts);
            cutter.push(found.cell, slot);
        }
    }
    cutter.heights();
    let mut cuts = std::mem::take(&mut cutter.cuts);
    let OwnCuts { cuts: own, has_formulas } = own::cuts(book, tab, xml, sheet)?;
    cuts.extend(own);
    cuts.extend(own::page_edges(xml, part, recognizer, &mut cutter, &mut unclaimed)?);
    let photo = (!photos_at.is_empty()).then(|| PhotoPlace::of(book, part, sheet, &photos_at));
    cuts.extend(photos_at.iter().filter_map(|at| photo_cell(xml, sheet, *at)));
    cuts.extend(photo.as_ref().and_then(|photo| photo.reference(xml, &sheet.prefix)));
    let own = own::parts(book, part, (photo.as_ref(), controls), recognizer, &mut cutter, &mut unclaimed)?;
    let Cutter { slots, places, closed, .. } = cutter;
    Ok(Located { pieces: cut(xml, cuts), own, slots, places, unclaimed, closed, photo, has_formulas, styles: looks.finish() })
}

/// The cell of the photo, whose words would be seen beside the picture; a cell with placeholders stays.
fn photo_cell(xml: &str, sheet: &Sheet, at: Address) -> Option<(Range<usize>, Piece)> {
    let cell = sheet.cell(at).filter(|cell| !cell.text.is_empty() && !cell.text.contains("{{"))?;
    let tag = attributes::without(&xml[cell.tag.clone()], "t");
    let filled = format!("{}</{}c>", opened(&tag), attributes::prefix(&tag));
    Some((cell.xml.clone(), Piece::PhotoCell { blank: xml[cell.xml.clone()].to_owned(), filled }))
}

/// The cuts for a placeholder, which is given by its name and as written, and the slot that is cut; a name that is no field's is
/// noted as unclaimed.
pub(super) fn put(
    [name, label]: [&str; 2],
    (segments, place): (&[Segment], &Range<usize>),
    recognizer: &Recognizer<'_>,
    cutter: &mut Cutter<'_, '_>,
    unclaimed: &mut Vec<String>,
) -> Option<(Cuts, Slot)> {
    let Some(target) = recognizer.target(name).filter(|target| !fields(*target).is_empty()) else {
        unclaimed.push(label.to_owned());
        return None;
    };
    let slot = cutter.slots.len();
    let answer = |(position, (place, _))| {
        let piece = if position == 0 { Piece::Answer { slot, blank: String::new() } } else { Piece::Fixed(String::new()) };
        (place, piece)
    };
    cutter.places.push((label.to_owned(), fields(target)));
    let cuts = places(segments, place).into_iter().enumerate().map(answer).collect();
    Some((cuts, Slot { asked: Asked { target, column: None, words: Words::All }, room: None }))
}
