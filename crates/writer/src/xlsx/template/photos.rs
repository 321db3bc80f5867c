//! The photo on a copy of a form's sheet: where it lies (in several places where the sheet has the form twice), and what the copy's parts say of it.

use mingce_core::address::{Address, Column};
use mingce_ooxml::Limits;
use mingce_ooxml::sheet::Sheet;
use mingce_ooxml::xml::{Token, XmlReader};

use super::super::picture::{self, Anchor, PIXEL, POINT};
use super::attributes::prefix;
use super::book::{Book, range};
use super::copies::links_of;
use super::cutter::{Piece, opened};

/// What stands behind the drawing in a sheet, as the format orders it. Source: ECMA-376 part 1, 18.3.1.99. Newer programs put what
/// older ones do not know into `AlternateContent`.
const BEHIND: [&str; 9] = [
    "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst", "AlternateContent",
];

/// How a sheet refers to its drawing, and a drawing to its picture.
const LINK: &str = "rIdPhoto";

const RELATIONSHIP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A list of references without any.
const NO_LINKS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

/// Where the photo lies on the sheet.
#[derive(Debug, Clone)]
pub(super) struct PhotoPlace {
    anchors: Vec<Anchor>,
    /// The blank's drawing on the sheet; in a blank without one, copies with a photo get one.
    drawing: Option<String>,
    /// The sheet's part.
    sheet: String,
    /// How the picture is referred to.
    link: String,
    /// What the names of new parts begin with.
    stem: String,
}

impl PhotoPlace {
    /// The middle of each cell at these places, or of the rectangle that it begins.
    pub(super) fn of(book: &Book, part: &str, sheet: &Sheet, places: &[Address]) -> Self {
        let character = book.character();
        let anchors = places.iter().map(|at| anchor(sheet, *at, character)).collect();
        let drawing = book.links(part).and_then(|links| links.first_of("drawing")).and_then(|link| link.target.as_deref());
        let drawing = drawing.and_then(|drawing| book.part(drawing)).map(|part| part.name.clone());
        let taken: String = drawing.iter().map(|drawing| book.text(&links_of(drawing))).chain([book.text(&links_of(part))]).collect();
        let mut link = LINK.to_owned();
        while taken.contains(&link) {
            link.push('_');
        }
        let mut stem = "photo_".to_owned();
        while book.parts.iter().any(|part| part.name.contains(&stem)) {
            stem.push('_');
        }
        Self { anchors, drawing, sheet: part.to_owned(), link, stem }
    }

    /// What refers to the drawing in the sheet, whose elements have this prefix, and where; nothing where the blank has one.
    pub(super) fn reference(&self, xml: &str, prefix: &str) -> Option<(std::ops::Range<usize>, Piece)> {
        let at = if self.drawing.is_none() { behind(xml, &self.sheet)? } else { return None };
        let element = format!("<{prefix}drawing xmlns:r=\"{RELATIONSHIP}\" r:id=\"{}\"/>", self.link);
        Some((at..at, Piece::Drawing(element)))
    }

    /// The pictures in the blank's own drawing, and where.
    pub(super) fn picture(&self, drawing: &str) -> Option<(std::ops::Range<usize>, Piece)> {
        let root = drawing.find("wsDr").and_then(|name| drawing[..name].rfind('<'))?;
        let end = root + drawing[root..].find('>')? + 1;
        let ids = highest_id(drawing, &self.sheet) + 1..;
        let picture: String = ids.zip(&self.anchors).map(|(id, anchor)| picture::anchored(anchor, id, &self.link, true)).collect();
        let tag = &drawing[root..end];
        if tag.ends_with("/>") {
            let whole = format!("{}{picture}</{}wsDr>", opened(tag), prefix(tag));
            return Some((end - "/>".len()..end, Piece::Photo(whole[tag.len() - "/>".len()..].to_owned())));
        }
        let close = drawing.rfind("</")?;
        Some((close..close, Piece::Photo(picture)))
    }

    /// The references of a copied part, with those to a drawing and to a photo if there are any.
    pub(super) fn links(&self, part: &str, links: Option<String>, number: usize, [has_drawing, has_photo]: [bool; 2]) -> Option<String> {
        match &self.drawing {
            None if has_drawing && part == self.sheet => Some(self.linked(links, "drawing", &self.new_drawing(number))),
            Some(drawing) if has_photo && part == drawing => Some(self.linked(links, "image", &self.media(number))),
            _ => links,
        }
    }

    /// The references with one more.
    fn linked(&self, links: Option<String>, kind: &str, target: &str) -> String {
        let list = links.unwrap_or_else(|| NO_LINKS.to_owned());
        let link = format!("Relationship Id=\"{}\" Type=\"{RELATIONSHIP}/{kind}\" Target=\"/{target}\"/>", self.link);
        match list.rfind("</") {
            Some(close) => format!("{}<{}{link}{}", &list[..close], prefix(&list[close..].replacen('/', "", 1)), &list[close..]),
            None => list,
        }
    }

    /// The parts that only a copy with a drawing of its own has: the drawing, and its reference to the photo.
    pub(super) fn new_parts(&self, number: usize, has_photo: bool) -> Vec<(String, String)> {
        if self.drawing.is_some() {
            return Vec::new();
        }
        let drawing = self.new_drawing(number);
        let links = has_photo.then(|| (links_of(&drawing), picture::links("image", &self.media(number))));
        let xml = picture::drawing(if has_photo { &self.anchors } else { &[] });
        std::iter::once((drawing, xml)).chain(links).collect()
    }

    /// The content types of a package in which these people have photos.
    pub(super) fn types(&self, types: &str, people: &[usize]) -> String {
        let drawings = people.iter().filter(|_| self.drawing.is_none()).map(|number| self.new_drawing(*number));
        picture::content_types(types, drawings)
    }

    /// The part with a person's photo.
    pub(super) fn media(&self, number: usize) -> String {
        format!("xl/media/{}{}.jpeg", self.stem, number + 1)
    }

    fn new_drawing(&self, number: usize) -> String {
        format!("xl/drawings/drawing_{}{}.xml", self.stem, number + 1)
    }
}

/// The middle of the cell at this place, or of the rectangle that it begins; `character` is that of the default font, in pixels.
fn anchor(sheet: &Sheet, at: Address, character: f64) -> Anchor {
    let (first, last) = sheet.grid.merge_at(at).map_or((at, at), |merge| (merge.first, merge.last));
    let heights: Vec<f64> = (first.row..=last.row).map(|row| sheet.height(row) * POINT).collect();
    let columns = (first.column.number()..=last.column.number()).filter_map(Column::new);
    let widths: Vec<f64> = columns.map(|column| (sheet.width(column) * character).round() * PIXEL).collect();
    Anchor::of_photo([first.row as usize - 1, usize::from(first.column.number()) - 1], &heights, &widths)
}

/// Where a drawing is referred to in a sheet.
fn behind(xml: &str, part: &str) -> Option<usize> {
    let limits = Limits::default();
    let mut reader = XmlReader::new(xml.as_bytes(), part, &limits);
    let mut has_cells = false;
    while let Ok(token) = reader.next() {
        let name = match &token {
            Token::Start(tag) => Some(tag.name().to_owned()),
            Token::End(tag) if tag.name() == "worksheet" => return Some(range(reader.range()).start),
            Token::Eof => return None,
            Token::End(_) | Token::Text(_) => None,
        };
        let is_child = reader.depth() == 2;
        match name {
            Some(name) if is_child && has_cells && BEHIND.contains(&name.as_str()) => return Some(range(reader.range()).start),
            Some(name) if is_child && name == "sheetData" => has_cells = true,
            _ => {}
        }
    }
    None
}

/// The highest number that something in a drawing has.
fn highest_id(drawing: &str, part: &str) -> u32 {
    let limits = Limits::default();
    let mut reader = XmlReader::new(drawing.as_bytes(), part, &limits);
    let mut highest = 1;
    while let Ok(token) = reader.next() {
        match token {
            Token::Start(tag) if tag.name() == "cNvPr" => {
                let id = tag.parsed::<u32>("id").filter(|id| *id < u32::MAX);
                highest = highest.max(id.unwrap_or(0));
            }
            Token::Eof => break,
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
    highest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_stands_where_the_format_has_it() {
        let own = "<extLst><ext/></extLst>";
        for (behind_cells, expected) in [
            ("<pageSetup/>", "</worksheet>"),
            ("<pageSetup/><legacyDrawing r:id=\"a\"/><extLst/>", "<legacyDrawing "),
            ("<ignoredErrors/><tableParts/>", "<tableParts/>"),
            ("<conditionalFormatting><cfRule><extLst/></cfRule></conditionalFormatting><pageSetup/><mc:AlternateContent/>", "<mc:Alter"),
        ] {
            let sheet = format!("<worksheet><sheetPr>{own}</sheetPr><sheetData><row/></sheetData>{behind_cells}</worksheet>");
            let at = behind(&sheet, "sheet1.xml").expect("a place");
            assert!(sheet[at..].starts_with(expected), "{expected}: {}", &sheet[at..]);
        }
    }

    #[test]
    fn a_picture_joins_what_is_drawn_already() {
        let place = PhotoPlace {
            anchors: vec![Anchor::of_photo([0, 0], &[36_000.0], &[36_000.0]); 2],
            drawing: Some("xl/drawings/drawing1.xml".to_owned()),
            sheet: "xl/worksheets/sheet1.xml".to_owned(),
            link: "rIdPhoto".to_owned(),
            stem: "photo_".to_owned(),
        };
        for drawing in
            ["<xdr:wsDr xmlns:xdr=\"x\"><xdr:sp><xdr:cNvPr id=\"7\" name=\"章\"/></xdr:sp></xdr:wsDr>", "<xdr:wsDr xmlns:xdr=\"x\"/>"]
        {
            let (at, piece) = place.picture(drawing).expect("a place");
            let Piece::Photo(text) = piece else { panic!("{piece:?}") };
            let whole = format!("{}{text}{}", &drawing[..at.start], &drawing[at.end..]);
            assert!(whole.starts_with("<xdr:wsDr xmlns:xdr=\"x\">") && whole.ends_with("</xdr:oneCellAnchor></xdr:wsDr>"), "{whole}");
            assert_eq!(whole.contains("cNvPr id=\"9\""), drawing.contains("id=\"7\""), "{whole}");
            assert_eq!(whole.matches("r:embed=\"rIdPhoto\"").count(), 2);
        }
        let links = place.links(
            "xl/drawings/drawing1.xml",
            Some("<Relationships><Relationship Id=\"a\"/></Relationships>".to_owned()),
            4,
            [true, true],
        );
        assert_eq!(
            links.as_deref().map(|links| links.contains("Relationship Id=\"rIdPhoto\"") && links.contains("/xl/media/photo_5.jpeg")),
            Some(true)
        );
        assert_eq!(place.links("xl/worksheets/sheet1.xml", None, 4, [true, true]), None);
    }
}
