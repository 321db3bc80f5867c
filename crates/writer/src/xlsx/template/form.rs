//! A form that somebody laid out as a sheet: every person gets a copy of the sheet with the answers in it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use mingce_core::recognize::card::Card;
use mingce_core::recognize::{Recognizer, Target};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Points, Scheme};
use mingce_ooxml::Limits;
use mingce_ooxml::sheet::{self, Sheet};
use mingce_ooxml::xml::{Token, XmlReader, resolve_references};

use super::super::form::{MOST_SHEETS, SheetPhotos};
use super::super::picture::Anchor;
use super::super::{measure, person_sheet_name};
use super::attributes::{self, escaped, prefix};
use super::book::{Book, range, unreadable};
use super::copies::{self, copy_name, links_of, links_text};
use super::cutter::{Cutter, Piece, Room, Slot, cut, is_empty, style_of};
use super::formula::{self, Corner, Rewriting};
use super::look::Looks;
use super::{list, photos, placeholder};
use crate::Error;
use crate::blank::{Asked, Words, fields, is_answer, is_ticked, places};
use crate::docx::package::{Deflater, PackageWriter, Packed};
use crate::form::Filled;
use crate::xlsx::cells::escape;

/// Fewest rows that the labels of a form stand in, where the sheet may be a list as well.
const FEWEST_ROWS: usize = 3;

/// The highest row Excel allows, in points.
const HIGHEST_ROW: f64 = 409.0;

/// Stands for the sheet's own name while its formulas are cut; no sheet is named so.
const OWN_NAME: &str = "\u{F8FF}";

/// Places in the XML, with what takes their place.
type Cuts = Vec<(Range<usize>, Piece)>;

/// An empty form in a workbook, its places located, ready to be filled.
#[derive(Debug, Clone)]
pub struct FormWorkbook {
    pub(super) book: Book,
    /// Which of its sheets is the form.
    pub(super) tab: usize,
    pieces: Vec<Piece>,
    slots: Vec<Slot>,
    places: Vec<(String, Vec<Field>)>,
    unclaimed: Vec<String>,
    /// Where the photo lies; nowhere in a blank without a place for it.
    photo: Option<Anchor>,
    /// Whether formulas are to be computed when it is opened.
    pub(super) has_formulas: bool,
}

impl FormWorkbook {
    /// A blank that somebody made in Excel or WPS.
    ///
    /// # Errors
    /// When the file is no workbook, exceeds the limits, has macros, or no sheet of it is a form.
    pub fn from_xlsx(bytes: &[u8], scheme: &Scheme) -> Result<Self, Error> {
        let book = Book::open(bytes)?;
        if book.has_macros() {
            return Err(Error::Macros);
        }
        let recognizer = Recognizer::new(scheme);
        let (tab, xml, sheet, card) = best(&book, &recognizer)?;
        // an empty place that the file does not write is written first
        let others = card.slots.iter().flat_map(|slot| slot.marks.iter().map(|mark| mark.at).chain(slot.other.iter().map(|(at, _)| *at)));
        let letters = card.slots.iter().flat_map(|slot| slot.letters.iter().copied());
        let wanted: Vec<_> = card.slots.iter().map(|slot| slot.answer_at).chain(letters).chain(others).collect();
        let xml = sheet::with_cells(&xml, &sheet, &wanted);
        let part = book.tabs[tab].part.clone().unwrap_or_default();
        let sheet = sheet::scan(&xml, &part, &book.styles, &Limits::default()).map_err(unreadable(&part))?;
        let mut form = Self {
            book,
            tab,
            pieces: Vec::new(),
            slots: Vec::new(),
            places: Vec::new(),
            unclaimed: Vec::new(),
            photo: None,
            has_formulas: false,
        };
        form.photo = photos::place(&xml, &sheet, &card, form.book.character());
        let styles = form.cut(&xml, &sheet, &card, &recognizer, scheme)?;
        if form.places.is_empty() {
            return Err(Error::NoForm);
        }
        if let (Some(styles), Some(name)) = (styles, form.book.styles_part.clone()) {
            form.book.parts.iter_mut().filter(|part| part.name == name).for_each(|part| part.content = styles.clone().into_bytes());
        }
        Ok(form)
    }

    /// The labels that were found, as written and in reading order, each with the fields that stand there.
    #[must_use]
    pub fn places(&self) -> &[(String, Vec<Field>)] {
        &self.places
    }

    /// Whether the form has a place for a photo.
    #[must_use]
    pub fn has_photo(&self) -> bool {
        self.photo.is_some()
    }

    /// The forms as [`FormWorkbook::fill`] gives them, with people's photos on their sheets.
    ///
    /// # Errors
    /// As [`FormWorkbook::fill`].
    pub fn fill_with_photos<'p>(
        &self,
        people: impl ExactSizeIterator<Item = &'p Registration> + Clone,
        mut photos: SheetPhotos<'_>,
        scheme: &Scheme,
    ) -> Result<(Vec<u8>, Vec<Filled>), Error> {
        let count = people.len();
        let (bytes, filled) = self.fill(people, scheme)?;
        let Some(anchor) = self.photo.filter(|_| photos.has.contains(&true)) else { return Ok((bytes, filled)) };
        let sheet = self.book.tabs[self.tab].part.as_deref().unwrap_or_default();
        let sheets: Vec<String> = (0..count).map(|number| copy_name(sheet, number)).collect();
        Ok((photos::added(&bytes, &sheets, &anchor, &mut photos)?, filled))
    }

    /// Labels of the form that no field claims, as written.
    #[must_use]
    pub fn unclaimed(&self) -> &[String] {
        &self.unclaimed
    }

    /// Cuts the sheet at its places; gives the styles part if looks were added to it.
    fn cut(
        &mut self,
        xml: &str,
        sheet: &Sheet,
        card: &Card,
        recognizer: &Recognizer<'_>,
        scheme: &Scheme,
    ) -> Result<Option<String>, Error> {
        let mut looks = Looks::of(&self.book);
        let character = self.book.character();
        let styles = &self.book.styles;
        let (cuts, slots, rows, places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut cutter = Cutter { xml, sheet, scheme, looks: &mut looks, styles, character, cuts, slots, rows, places };
        for slot in &card.slots {
            let is_alone = card.slots.iter().filter(|other| other.answer_at == slot.answer_at).count() == 1;
            cutter.slot(slot, is_alone);
        }
        let mut unclaimed: Vec<String> = card.unclaimed.iter().map(|(_, label)| label.to_string()).collect();
        for found in placeholder::find(sheet) {
            let label = format!("{{{{{}}}}}", found.name);
            match recognizer.target(&found.name).filter(|target| !fields(*target).is_empty()) {
                Some(target) => put(&mut cutter, &found, target, label),
                None => unclaimed.push(label),
            }
        }
        cutter.heights();
        let Cutter { mut cuts, slots, places, .. } = cutter;
        let (own, has_formulas) = self.own_cuts(xml, sheet)?;
        cuts.extend(own);
        let pieces = cut(xml, cuts);
        let styles = looks.finish();
        (self.pieces, self.slots, self.places, self.unclaimed, self.has_formulas) = (pieces, slots, places, unclaimed, has_formulas);
        Ok(styles)
    }

    /// What every copy of the sheet has of its own, and whether it has formulas.
    fn own_cuts(&self, xml: &str, sheet: &Sheet) -> Result<(Cuts, bool), Error> {
        let mut cuts = Vec::new();
        let part = self.book.tabs[self.tab].part.as_deref().unwrap_or_default();
        let limits = Limits::default();
        let mut reader = XmlReader::new(xml.as_bytes(), part, &limits);
        loop {
            match reader.next().map_err(unreadable(part))? {
                Token::Start(tag) => {
                    let name = tag.name().to_owned();
                    let place = range(reader.range());
                    match name.as_str() {
                        "worksheet" => self.drop_attribute(xml, &place, "xr:uid", &mut cuts),
                        "sheetPr" => self.drop_attribute(xml, &place, "codeName", &mut cuts),
                        "pageSetup" => {
                            let tag = &xml[place.clone()];
                            let id = attributes::value_range(tag, "r:id").map_or("", |_| "r:id");
                            self.drop_attribute(xml, &place, id, &mut cuts);
                        }
                        "sheetView" => {
                            let tag = attributes::without(&xml[place.clone()], "tabSelected").into_owned();
                            let end = tag.len() - if tag.ends_with("/>") { 2 } else { 1 };
                            cuts.push((place.start..place.start, Piece::Fixed(tag[..end].to_owned())));
                            cuts.push((place.start..place.start, Piece::First(" tabSelected=\"1\"".to_owned())));
                            cuts.push((place, Piece::Fixed(tag[end..].to_owned())));
                        }
                        "f" | "formula" | "formula1" | "formula2" => {
                            reader.skip_element().map_err(unreadable(part))?;
                            let inside = place.end..range(reader.range()).start.max(place.end);
                            self.name_cuts(xml, inside, &mut cuts);
                        }
                        _ => {}
                    }
                }
                Token::Eof => break,
                Token::End(_) | Token::Text(_) => {}
            }
        }
        let formulas: Vec<_> =
            sheet.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| Some((cell, cell.formula.clone()?))).collect();
        for (cell, formula) in &formulas {
            // what it gave for the blank is not what it gives for a person
            let end = xml[..cell.xml.end].rfind("</").unwrap_or(cell.xml.end);
            cuts.push((formula.end..end.max(formula.end), Piece::Fixed(String::new())));
        }
        Ok((cuts, !formulas.is_empty()))
    }

    fn drop_attribute(&self, xml: &str, place: &Range<usize>, name: &str, cuts: &mut Cuts) {
        let tag = &xml[place.clone()];
        if !name.is_empty() && attributes::value_range(tag, name).is_some() {
            cuts.push((place.clone(), Piece::Fixed(attributes::without(tag, name).into_owned())));
        }
    }

    /// Cuts a formula where it names its own sheet.
    fn name_cuts(&self, xml: &str, inside: Range<usize>, cuts: &mut Cuts) {
        let written = &xml[inside.clone()];
        if !written.contains('!') {
            return;
        }
        let plain = resolve_references(written);
        let same = |first: Corner, last: Option<Corner>| (first.row, last.unwrap_or(first).row);
        let rewriting = Rewriting { sheet: &self.book.tabs[self.tab].name, is_own: false, renamed: Some(OWN_NAME), rows: &same };
        let rewritten = formula::rewrite(&plain, &rewriting);
        let own = formula::quoted(OWN_NAME);
        if !rewritten.contains(&own) {
            return;
        }
        let mut pieces = Vec::new();
        for (position, text) in rewritten.split(&own).enumerate() {
            if position > 0 {
                pieces.push(Piece::OwnName);
            }
            pieces.push(Piece::Fixed(escaped(text)));
        }
        let last = pieces.pop().unwrap_or(Piece::Fixed(String::new()));
        cuts.extend(pieces.into_iter().map(|piece| (inside.start..inside.start, piece)));
        cuts.push((inside, last));
    }

    /// The forms of these people, a sheet each, in their order; the sheets are named `01-张三`. The blank's other sheets are there
    /// once. With it what should be heard about each person's form.
    ///
    /// # Errors
    /// More people than a workbook can have sheets, nobody at all, or a workbook that outgrows what a file can hold.
    pub fn fill<'p>(
        &self,
        people: impl ExactSizeIterator<Item = &'p Registration> + Clone,
        scheme: &Scheme,
    ) -> Result<(Vec<u8>, Vec<Filled>), Error> {
        let sheet = self.book.tabs[self.tab].part.clone().unwrap_or_default();
        let own = copies::own_parts(&self.book, &sheet);
        let count = people.len();
        // each sheet has its part, its relationships and those of what belongs to it; a package lists 65,535
        let entries = 2 * (1 + own.len());
        let most = MOST_SHEETS.min((usize::from(u16::MAX) - self.book.parts.len()) / entries);
        if count == 0 || count > most {
            return Err(Error::TooMany { part: scheme.form.title.clone(), wanted: count, most });
        }
        let names: Vec<String> = self.names(people.clone().map(|person| person.name.as_str()), count);
        let mut deflater = Deflater::new();
        let mut bytes = Vec::new();
        let mut package = PackageWriter::new(&mut bytes);
        list::shared_parts(self, &sheet, &own, &names, &mut package, &mut deflater)?;
        let originals: Vec<(&str, Option<Packed>)> = own
            .iter()
            .filter_map(|name| {
                let part = self.book.part(name)?;
                let is_table = copies::content(part, 1).is_some();
                let packed = if is_table { None } else { Some(Packed::new(name, &part.content, &mut deflater)) };
                Some(packed.transpose().map(|packed| (name.as_str(), packed)))
            })
            .collect::<Result<_, Error>>()?;
        let mut filled = Vec::with_capacity(count);
        let mut xml = Vec::new();
        for (number, person) in people.enumerate() {
            xml.clear();
            filled.push(self.write(person, number, &names[number], scheme, &mut xml));
            package.deflate(&copy_name(&sheet, number), &xml, &mut deflater)?;
            for name in std::iter::once(sheet.as_str()).chain(own.iter().map(String::as_str)) {
                if let Some(links) = links_text(&self.book, name, &own, number) {
                    package.deflate(&links_of(&copy_name(name, number)), links.as_bytes(), &mut deflater)?;
                }
            }
            for (name, packed) in &originals {
                match packed {
                    Some(packed) => package.copy_as(&copy_name(name, number), packed)?,
                    None => {
                        let part = self.book.part(name);
                        let content = part.and_then(|part| copies::content(part, number)).unwrap_or_default();
                        package.deflate(&copy_name(name, number), &content, &mut deflater)?;
                    }
                }
            }
        }
        package.finish()?;
        Ok((bytes, filled))
    }

    /// The names of the people's sheets; no other sheet of the blank has one of them.
    fn names<'n>(&self, people: impl Iterator<Item = &'n str>, count: usize) -> Vec<String> {
        let others: BTreeSet<String> = self.book.tabs.iter().map(|tab| tab.name.to_lowercase()).collect();
        let names = people.zip(1..).map(|(name, number)| {
            let name = person_sheet_name(number, count, name);
            if others.contains(&name.to_lowercase()) { format!("{number:05}") } else { name }
        });
        names.collect()
    }

    /// Writes one person's sheet.
    fn write(&self, person: &Registration, number: usize, name: &str, scheme: &Scheme, out: &mut Vec<u8>) -> Filled {
        let answers: Vec<(Cow<'_, str>, Fit)> = self.slots.iter().map(|slot| answer(slot, person, scheme)).collect();
        let mut filled = Filled::default();
        filled.spilled.extend(
            self.slots.iter().zip(&answers).filter(|(_, (_, fit))| fit.excess > 0.0).filter_map(|(slot, _)| slot.asked.target.field()),
        );
        for piece in &self.pieces {
            match piece {
                Piece::Fixed(text) => push(text, out),
                Piece::First(text) if number == 0 => push(text, out),
                Piece::First(_) => {}
                Piece::OwnName => push(&escaped(&formula::quoted(name)), out),
                Piece::Answer { slot, blank } | Piece::Cell { slot, blank, .. } if answers[*slot].0.is_empty() => push(blank, out),
                Piece::Answer { slot, .. } => push_answer(&answers[*slot].0, &self.slots[*slot], out, &mut filled),
                Piece::Cell { slot, tag, .. } => {
                    let prefix = prefix(tag);
                    push(&styled(tag, answers[*slot].1.style), out);
                    push(&format!("<{prefix}is><{prefix}t xml:space=\"preserve\">"), out);
                    push_answer(&answers[*slot].0, &self.slots[*slot], out, &mut filled);
                    push(&format!("</{prefix}t></{prefix}is></{prefix}c>"), out);
                }
                Piece::Tag { slot, tag } => push(&styled(tag, answers[*slot].1.style), out),
                Piece::Row { slots, tag, height } => {
                    let excess = slots.iter().map(|slot| answers[*slot].1.excess).fold(0.0, f64::max);
                    push(&grown(tag, *height, excess), out);
                }
                Piece::Either { slot, blank, .. } if answers[*slot].0.is_empty() => push(blank, out),
                Piece::Either { filled, .. } => push(filled, out),
                Piece::Box { field, option, marks } => push(&marks[usize::from(is_ticked(person, *field, *option, scheme))], out),
                Piece::Boxed { target, words, marks } => push(&marks[usize::from(is_answer(*target, words, person, scheme))], out),
            }
        }
        filled
    }
}

/// The sheet that is a form, and its map: of several, the first of those with the most empty places.
fn best(book: &Book, recognizer: &Recognizer<'_>) -> Result<(usize, String, Sheet, Card), Error> {
    let mut best: Option<(usize, (usize, String, Sheet, Card))> = None;
    for (position, tab) in book.tabs.iter().enumerate() {
        let Some(part) = tab.part.as_deref().filter(|_| !tab.is_hidden) else { continue };
        let (xml, sheet) = book.sheet(part)?;
        let card = form_of(&sheet, recognizer);
        let placeholders = placeholder::find(&sheet).len();
        let Some(card) = card.or_else(|| (placeholders > 0).then(Card::default)) else { continue };
        let score = card.slots.iter().filter(|slot| is_empty(slot, &sheet)).count() + placeholders;
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, (position, xml, sheet, card)));
        }
    }
    best.map(|(_, found)| found).ok_or(Error::NoForm)
}

/// The form on a sheet; none on a sheet that is a list of people.
fn form_of(sheet: &Sheet, recognizer: &Recognizer<'_>) -> Option<Card> {
    let forms = recognizer.forms([&sheet.grid]);
    let form = forms.into_iter().rev().max_by_key(|form| form.iter().map(|(_, card)| card.slots.len()).sum::<usize>())?;
    let (_, card) = form.into_iter().next()?;
    let rows: BTreeSet<u32> = card.slots.iter().map(|slot| slot.label_at.row).collect();
    let is_list = || {
        let named = |found: &mingce_core::recognize::Table| found.columns.iter().any(|column| column.target == Target::Field(Field::Name));
        recognizer.tables(&sheet.grid).iter().any(named)
    };
    (rows.len() >= FEWEST_ROWS || !is_list()).then_some(card)
}

/// Cuts the place of a placeholder.
fn put(cutter: &mut Cutter<'_, '_>, found: &placeholder::Placeholder<'_>, target: Target, label: String) {
    let slot = cutter.slots.len();
    for (position, (place, _)) in places(&found.cell.segments, &found.place).into_iter().enumerate() {
        let piece = if position == 0 { Piece::Answer { slot, blank: String::new() } } else { Piece::Fixed(String::new()) };
        cutter.cuts.push((place, piece));
    }
    cutter.push(found.cell, Slot { asked: Asked { target, column: None, words: Words::All }, room: None });
    cutter.places.push((label, fields(target)));
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

fn push_answer(text: &str, slot: &Slot, out: &mut Vec<u8>, filled: &mut Filled) {
    escape(out, text, |c| filled.dropped.extend(slot.asked.target.field().map(|field| (field, c))));
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
