//! Photos on the copies of a blank's sheet: they are added once the workbook is filled.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use mingce_core::recognize::card::Card;
use mingce_core::scheme::Field;
use mingce_ooxml::sheet::Sheet;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::super::form::SheetPhotos;
use super::super::frame::{add, zip_failed};
use super::super::picture::{self, Anchor, PIXEL, POINT};
use super::book::TYPES;
use super::copies::links_of;
use crate::Error;

/// What stands behind the drawing in a sheet, as the format orders it. Source: ECMA-376 part 1, 18.3.1.99.
const BEHIND: [&str; 8] =
    ["<legacyDrawing ", "<legacyDrawingHF ", "<picture ", "<oleObjects", "<controls", "<webPublishItems", "<tableParts", "<extLst"];

/// The reference of a sheet to its drawing.
const LINK: &str = "rIdPhoto";

const RELATIONSHIP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Where the photo lies on the sheet; `None` where it asks for none, or has a drawing of its own.
pub(super) fn place(xml: &str, sheet: &Sheet, card: &Card, character: f64) -> Option<Anchor> {
    let at = card.slot(Field::Photo)?.answer_at;
    if xml.contains("<drawing ") || !sheet.prefix.is_empty() {
        return None;
    }
    let (first, last) = sheet.grid.merge_at(at).map_or((at, at), |merge| (merge.first, merge.last));
    let heights: Vec<f64> = (first.row..=last.row).map(|row| sheet.height(row) * POINT).collect();
    let columns = (first.column.number()..=last.column.number()).filter_map(mingce_core::address::Column::new);
    let widths: Vec<f64> = columns.map(|column| (sheet.width(column) * character).round() * PIXEL).collect();
    Some(Anchor::of_photo([first.row as usize - 1, usize::from(first.column.number()) - 1], &heights, &widths))
}

/// The workbook with photos on these sheets, which are named by their parts in the order of the people.
pub(super) fn added(book: &[u8], sheets: &[String], anchor: &Anchor, photos: &mut SheetPhotos<'_>) -> Result<Vec<u8>, Error> {
    let with_photo: BTreeMap<&str, usize> = sheets
        .iter()
        .enumerate()
        .filter(|(place, _)| photos.has.get(*place) == Some(&true))
        .map(|(place, part)| (part.as_str(), place))
        .collect();
    let lists: BTreeMap<String, usize> = with_photo.iter().map(|(part, place)| (links_of(part), *place)).collect();
    let mut archive = ZipArchive::new(Cursor::new(book)).map_err(zip_failed)?;
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(book.len() * 2)));
    let mut listed = vec![false; sheets.len()];
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(zip_failed)?;
        let name = entry.name().map_err(zip_failed)?.into_owned();
        let (sheet, list) = (with_photo.get(name.as_str()), lists.get(&name));
        if name != TYPES && sheet.is_none() && list.is_none() {
            drop(entry);
            out.raw_copy_file(archive.by_index_raw(index).map_err(zip_failed)?).map_err(zip_failed)?;
            continue;
        }
        let mut text = String::new();
        entry.read_to_string(&mut text).map_err(|source| Error::Workbook { part: name.clone(), source: Box::new(source) })?;
        if let Some(place) = list {
            listed[*place] = true;
            text = with_link(&text, *place);
        } else if sheet.is_some() {
            text = with_drawing(&text);
        } else {
            text = picture::content_types(&text, with_photo.values().map(|place| drawing(*place)));
        }
        add(&mut out, &name, text.as_bytes(), CompressionMethod::Deflated)?;
    }
    for (part, place) in &with_photo {
        if !listed[*place] {
            let none = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
                <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
            add(&mut out, &links_of(part), with_link(none, *place).as_bytes(), CompressionMethod::Deflated)?;
        }
    }
    for place in (0..sheets.len()).filter(|place| photos.has.get(*place) == Some(&true)) {
        let photo = (photos.photo)(place);
        let (drawing, media) = (drawing(place), format!("xl/media/photo_{}.jpeg", place + 1));
        add(&mut out, &drawing, picture::drawing(photo.as_ref().map(|_| anchor)).as_bytes(), CompressionMethod::Deflated)?;
        if let Some(photo) = photo {
            add(&mut out, &links_of(&drawing), picture::links("image", &media).as_bytes(), CompressionMethod::Deflated)?;
            add(&mut out, &media, photo.jpeg(), CompressionMethod::Stored)?;
        }
    }
    Ok(out.finish().map_err(zip_failed)?.into_inner())
}

fn drawing(place: usize) -> String {
    format!("xl/drawings/drawing_photo_{}.xml", place + 1)
}

fn with_link(list: &str, place: usize) -> String {
    let link = format!("<Relationship Id=\"{LINK}\" Type=\"{RELATIONSHIP}/drawing\" Target=\"/{}\"/></Relationships>", drawing(place));
    match list.rsplit_once("</Relationships>") {
        Some((links, _)) => format!("{links}{link}"),
        // a list without any is one empty tag
        None => list.trim_end().strip_suffix("/>").map_or_else(|| list.to_owned(), |open| format!("{open}>{link}")),
    }
}

fn with_drawing(sheet: &str) -> String {
    let end = sheet.rfind("</sheetData>").unwrap_or(0);
    let behind = BEHIND.iter().filter_map(|tag| sheet[end..].find(tag)).min();
    let Some(at) = behind.or_else(|| sheet[end..].rfind("</worksheet>")).map(|at| end + at) else { return sheet.to_owned() };
    format!("{}<drawing xmlns:r=\"{RELATIONSHIP}\" r:id=\"{LINK}\"/>{}", &sheet[..at], &sheet[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_stands_where_the_format_has_it() {
        for (sheet, expected) in [
            ("<sheetData><c/></sheetData><pageSetup/></worksheet>", "<pageSetup/><drawing "),
            ("<sheetData/></sheetData><pageSetup/><legacyDrawing r:id=\"a\"/><extLst/></worksheet>", "<pageSetup/><drawing "),
            ("<extLst/></sheetData><ignoredErrors/><tableParts/></worksheet>", "<ignoredErrors/><drawing "),
        ] {
            let drawn = with_drawing(sheet);
            assert!(drawn.contains(expected) && drawn.matches("<drawing ").count() == 1, "{drawn}");
        }
    }

    #[test]
    fn a_list_of_links_gets_one_more_whether_it_has_any_or_none() {
        for list in ["<Relationships><Relationship Id=\"a\"/></Relationships>", "<Relationships/>"] {
            let list = with_link(list, 4);
            assert!(list.contains("/xl/drawings/drawing_photo_5.xml") && list.ends_with("</Relationships>"), "{list}");
        }
    }
}
