//! What every copy of a form's sheet has of its own: its name in formulas, what lies on it, and the lines at the edges of its pages.

use std::ops::Range;

use mingce_core::recognize::Recognizer;
use mingce_ooxml::Limits;
use mingce_ooxml::sheet::{Sheet, drawn_texts};
use mingce_ooxml::xml::{Token, XmlReader, resolve_references};

use super::locate::{Cuts, put};
use crate::Error;
use crate::blank::{Asked, Words, fields};
use crate::xlsx::template::attributes::{self, escaped};
use crate::xlsx::template::book::{Book, range, unreadable};
use crate::xlsx::template::controls::Controls;
use crate::xlsx::template::copies;
use crate::xlsx::template::cutter::{Cutter, Piece, Slot, cut};
use crate::xlsx::template::formula::{self, Corner, Rewriting};
use crate::xlsx::template::photos::PhotoPlace;
use crate::xlsx::template::placeholder;

/// Stands for the sheet's own name while its formulas are cut; no sheet is named so.
const OWN_NAME: &str = "\u{F8FF}";

/// A part that belongs to the form's sheet alone.
#[derive(Debug, Clone)]
pub(in crate::xlsx::template) struct OwnPart {
    pub(in crate::xlsx::template) name: String,
    pub(super) content: Content,
}

/// What is in a copy of a part.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// The same in all.
    Same,
    /// A table, which has a name and a number of its own.
    Table,
    /// A person's answers among what is the same in all.
    Cut(Vec<Piece>),
}

/// The parts that belong to the form's sheet, whose XML and name are given, cut at the places that are filled.
pub(super) fn parts(
    book: &Book,
    sheet: &str,
    (photo, mut controls): (Option<&PhotoPlace>, Controls),
    recognizer: &Recognizer<'_>,
    cutter: &mut Cutter<'_, '_>,
    unclaimed: &mut Vec<String>,
) -> Result<Vec<OwnPart>, Error> {
    let drawing = book.links(sheet).and_then(|links| links.first_of("drawing")).and_then(|link| link.target.clone());
    let with_texts = copies::parts_with_texts(book, sheet);
    let mut found = Vec::new();
    for name in copies::own_parts(book, sheet) {
        let text = book.text(&name);
        let mut cuts = controls.cuts.remove(&name).unwrap_or_default();
        if drawing.as_deref() == Some(name.as_str()) {
            cuts.extend(photo.and_then(|photo| photo.picture(text)));
        }
        if with_texts.contains(&name) {
            for drawn in drawn_texts(text, &name, &Limits::default()).map_err(unreadable(&name))? {
                for (called, place) in placeholder::in_text(&drawn.text) {
                    let names = [&*called, &drawn.text[place.clone()]];
                    if let Some((more, slot)) = put(names, (&drawn.segments, &place), recognizer, cutter, unclaimed) {
                        cuts.extend(more);
                        cutter.slots.push(slot);
                    }
                }
            }
        }
        let is_table = book.part(&name).is_some_and(|part| copies::content(part, 1).is_some());
        let content = match (is_table, cuts.is_empty()) {
            (true, _) => Content::Table,
            (false, true) => Content::Same,
            (false, false) => Content::Cut(cut(text, cuts)),
        };
        found.push(OwnPart { name, content });
    }
    Ok(found)
}

/// The cuts for placeholders in the lines above and below each page.
pub(super) fn page_edges(
    xml: &str,
    part: &str,
    recognizer: &Recognizer<'_>,
    cutter: &mut Cutter<'_, '_>,
    unclaimed: &mut Vec<String>,
) -> Result<Cuts, Error> {
    let mut cuts = Vec::new();
    for place in edge_lines(xml, part)? {
        let (start, line) = (place.start, &xml[place]);
        for (name, place) in placeholder::in_text(line) {
            let Some(target) = recognizer.target(&name).filter(|target| !fields(*target).is_empty()) else {
                unclaimed.push(line[place].to_owned());
                continue;
            };
            cutter.places.push((line[place.clone()].to_owned(), fields(target)));
            cuts.push((start + place.start..start + place.end, Piece::Edge { slot: cutter.slots.len() }));
            cutter.slots.push(Slot { asked: Asked { target, column: None, words: Words::All }, room: None });
        }
    }
    Ok(cuts)
}

/// The lines above and below each page of a sheet, in bytes of its XML.
pub(in crate::xlsx::template) fn edge_lines(xml: &str, part: &str) -> Result<Vec<Range<usize>>, Error> {
    const LINES: [&str; 6] = ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];
    let limits = Limits::default();
    let mut reader = XmlReader::new(xml.as_bytes(), part, &limits);
    let mut lines = Vec::new();
    loop {
        match reader.next().map_err(unreadable(part))? {
            Token::Start(tag) if LINES.contains(&tag.name()) => {
                let start = range(reader.range()).end;
                reader.skip_element().map_err(unreadable(part))?;
                lines.push(start..range(reader.range()).start.max(start));
            }
            Token::Eof => return Ok(lines),
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
}

/// What every copy of the sheet has of its own.
pub(super) struct OwnCuts {
    pub(super) cuts: Cuts,
    pub(super) has_formulas: bool,
}

/// Cuts the sheet where a copy must differ from the blank: ids, its name in formulas, what formulas gave.
pub(super) fn cuts(book: &Book, tab: usize, xml: &str, sheet: &Sheet) -> Result<OwnCuts, Error> {
    let mut cuts = Vec::new();
    let part = book.tabs[tab].part.as_deref().unwrap_or_default();
    let limits = Limits::default();
    let mut reader = XmlReader::new(xml.as_bytes(), part, &limits);
    loop {
        match reader.next().map_err(unreadable(part))? {
            Token::Start(tag) => {
                let name = tag.name().to_owned();
                let place = range(reader.range());
                match name.as_str() {
                    "worksheet" => drop_attribute(xml, &place, "xr:uid", &mut cuts),
                    "sheetPr" => drop_attribute(xml, &place, "codeName", &mut cuts),
                    // the printer's own settings are left out
                    "pageSetup" => drop_attribute(xml, &place, "r:id", &mut cuts),
                    "sheetView" => view(xml, place, &mut cuts),
                    "f" | "formula" | "formula1" | "formula2" => {
                        reader.skip_element().map_err(unreadable(part))?;
                        let inside = place.end..range(reader.range()).start.max(place.end);
                        own_name(&book.tabs[tab].name, xml, inside, &mut cuts);
                    }
                    _ => {}
                }
            }
            Token::Eof => break,
            Token::End(_) | Token::Text(_) => {}
        }
    }
    let formulas = sheet.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| Some((cell, cell.formula.clone()?)));
    let values: Cuts = formulas
        .map(|(cell, formula)| {
            // what it gave for the blank is not what it gives for a person
            let end = xml[..cell.xml.end].rfind("</").unwrap_or(cell.xml.end);
            (formula.end..end.max(formula.end), Piece::Fixed(String::new()))
        })
        .collect();
    let has_formulas = !values.is_empty();
    cuts.extend(values);
    Ok(OwnCuts { cuts, has_formulas })
}

/// The first sheet alone is the selected one.
fn view(xml: &str, place: Range<usize>, cuts: &mut Cuts) {
    let tag = attributes::without(&xml[place.clone()], "tabSelected").into_owned();
    let end = tag.len() - if tag.ends_with("/>") { 2 } else { 1 };
    cuts.push((place.start..place.start, Piece::Fixed(tag[..end].to_owned())));
    cuts.push((place.start..place.start, Piece::First(" tabSelected=\"1\"".to_owned())));
    cuts.push((place, Piece::Fixed(tag[end..].to_owned())));
}

fn drop_attribute(xml: &str, place: &Range<usize>, name: &str, cuts: &mut Cuts) {
    let tag = &xml[place.clone()];
    if attributes::value_range(tag, name).is_some() {
        cuts.push((place.clone(), Piece::Fixed(attributes::without(tag, name).into_owned())));
    }
}

/// Cuts a formula where it names its own sheet.
fn own_name(sheet: &str, xml: &str, inside: Range<usize>, cuts: &mut Cuts) {
    let written = &xml[inside.clone()];
    if !written.contains('!') {
        return;
    }
    let plain = resolve_references(written);
    let same = |first: Corner, last: Option<Corner>| (first.row, last.unwrap_or(first).row);
    let rewriting = Rewriting { sheet, is_own: false, renamed: Some(OWN_NAME), rows: &same };
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
