//! The photo in its place: where it goes, how large it is, and what the package says of it.

use std::fmt::Write;
use std::ops::Range;

use mingce_ooxml::word;

use super::piece::Piece;
use crate::Error;
use crate::docx::package::{Deflater, Packed};
use crate::docx::unit::Twips;
use crate::photo::SIZE;

/// English Metric Units of a millimetre, and of a twentieth of a point.
const EMU_OF_MILLIMETRE: f64 = 36_000.0;
const EMU_OF_TWIPS: f64 = 635.0;

/// Numbers of drawings start here: what a blank has itself is counted from 1.
const FIRST_DRAWING: u32 = 1_000_000;

/// Numbers of the same photo in further places of a form, such as its counterfoil, are as many higher for each.
const COPIES: u32 = 100_000;
const MOST_COPIES: u32 = 9;

const TYPES: &str = "[Content_Types].xml";
const RELATIONSHIP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const NO_LINKS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

/// Width and height of the photo on this form, in English Metric Units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    width: u32,
    height: u32,
    /// How many other places of the form show the same photo before this one.
    pub(super) copy: u32,
}

/// The paragraphs of the cell, which the photo takes the place of.
pub(super) fn place(xml: &str, table: &word::Table, cell: &word::Cell, margin: Twips) -> Option<(Range<usize>, Piece)> {
    let first = cell.paragraphs.first()?;
    // what stands between two paragraphs belongs to something around one of them; then only the first is replaced
    let gaps = cell.paragraphs.windows(2).map(|pair| &xml[pair[0].xml.end.min(pair[1].xml.start)..pair[1].xml.start]);
    let is_plain = gaps.into_iter().all(|gap| gap.trim().is_empty());
    let last = if is_plain { cell.paragraphs.last()? } else { first };
    let range = first.xml.start..last.xml.end;
    let mut frame = frame(table, cell, margin);
    if let Some(room) = text_box(xml, first.xml.start).or_else(|| text_box(xml, table.xml.start)) {
        let scale = room.iter().zip([frame.width, frame.height]).map(|(room, side)| room / f64::from(side)).fold(1.0, f64::min).max(0.2);
        (frame.width, frame.height) = (whole(f64::from(frame.width) * scale), whole(f64::from(frame.height) * scale));
    }
    let piece = Piece::Photo { blank: xml.get(range.clone())?.to_owned(), frame };
    Some((range, piece))
}

/// Width and height inside the text box that this place of the XML stands in, in English Metric Units; `None` if it stands in none.
fn text_box(xml: &str, at: usize) -> Option<[f64; 2]> {
    // room between the edge of a text box and its text where it does not say: Word's own, of both sides
    const MARGINS: [f64; 2] = [182_880.0, 91_440.0];
    let drawing = &xml[xml[..at].rfind("<wp:extent ")?..at];
    if !drawing.contains("<w:txbxContent>") || drawing.contains("</w:txbxContent>") {
        return None;
    }
    let side = |name: &str| drawing.split_once(name)?.1.split('"').next()?.parse::<f64>().ok();
    let [width, height] = [side(" cx=\"")?, side(" cy=\"")?];
    Some([width - MARGINS[0], height - MARGINS[1]].map(|side| side.max(1.0)))
}

/// 25 × 35 mm, or as much of it as the cell has room for.
fn frame(table: &word::Table, cell: &word::Cell, margin: Twips) -> Frame {
    let [width, height] = SIZE.map(|side| side.0 * EMU_OF_MILLIMETRE);
    let room = |twips: u32| f64::from(twips) * EMU_OF_TWIPS;
    let across = cell.width.map_or(1.0, |cell| room(cell.saturating_sub(margin.0)) / width);
    let down = height_of(table, cell).map_or(1.0, |twips| room(twips) / height);
    let scale = across.min(down).clamp(0.2, 1.0);
    Frame { width: whole(width * scale), height: whole(height * scale), copy: 0 }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between nothing and 35 mm")]
fn whole(emu: f64) -> u32 {
    emu.round() as u32
}

/// The height of the rows that the cell covers; `None` where they grow.
fn height_of(table: &word::Table, cell: &word::Cell) -> Option<u32> {
    let first = usize::try_from(cell.at.row).ok()?.checked_sub(1)?;
    let covered = table
        .rows
        .get(first + 1..)?
        .iter()
        .take_while(|row| row.cells.iter().any(|other| other.at.column == cell.at.column && other.is_continued));
    let rows = table.rows.get(first).into_iter().chain(covered);
    let heights = rows.map(|row| row.height.as_ref().filter(|height| height.exact).map(|height| height.twips));
    heights.sum()
}

/// What a package with photos has beside them.
#[derive(Debug, Clone)]
pub(super) struct PhotoParts {
    /// The content types with that of a JPEG.
    types: Packed,
    /// The document's references with one to the first photo.
    one: Packed,
    /// The document's references, cut where those to photos go.
    before: String,
    after: String,
    /// What names of media and references begin with, unlike any of the blank's own.
    media: String,
    link: String,
}

/// The parts of a blank that have to know of photos, as they come by.
#[derive(Debug)]
pub(super) struct Wanted {
    folder: String,
    list: String,
    types: String,
    links: String,
    names: Vec<String>,
}

impl PhotoParts {
    pub(super) fn wanted(document: &str) -> Wanted {
        let (folder, file) = document.rsplit_once('/').map_or(("", document), |(folder, file)| (folder, file));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        Wanted { list: format!("{folder}_rels/{file}.rels"), folder, types: String::new(), links: NO_LINKS.to_owned(), names: Vec::new() }
    }

    /// The part to put into the package in place of this one of the blank's, in a form with one photo.
    pub(super) fn instead_of<'p>(&'p self, part: &'p Packed) -> &'p Packed {
        [&self.types, &self.one].into_iter().find(|own| own.name() == part.name()).unwrap_or(part)
    }

    /// Whether the part lists what the document refers to.
    pub(super) fn is_list(&self, part: &Packed) -> bool {
        part.name() == self.one.name()
    }

    /// The name of the part that lists what the document refers to.
    pub(super) fn list(&self) -> &str {
        self.one.name()
    }

    /// The name of a photo's part.
    pub(super) fn media(&self, number: u32) -> String {
        format!("{}{number}.jpeg", self.media)
    }

    /// The document's references with those to so many photos, piece by piece.
    pub(super) fn links(&self, count: u32) -> impl Iterator<Item = String> + '_ {
        let photos = (1..=count).map(|number| self.link_to(number));
        std::iter::once(self.before.clone()).chain(photos).chain(std::iter::once(self.after.clone()))
    }

    fn link_to(&self, number: u32) -> String {
        // an absolute name holds wherever the list lies
        let target = self.media(number);
        format!("<Relationship Id=\"{}{number}\" Type=\"{RELATIONSHIP}/image\" Target=\"/{target}\"/>", self.link)
    }

    /// Writes a paragraph with the photo.
    pub(super) fn push_drawing(&self, number: u32, frame: Frame, xml: &mut String) {
        let Frame { width, height, copy } = frame;
        let id = FIRST_DRAWING + copy.min(MOST_COPIES) * COPIES + number;
        // a line of fixed height, as a blank may have it, would cut the picture off
        xml.push_str(
            "<w:p><w:pPr><w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
             <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr><w:r><w:drawing>\
             <wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">",
        );
        let _ = write!(
            xml,
            "<wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{id}\" name=\"照片 {number}\" descr=\"照片\"/>\
             <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr>\
             <pic:cNvPr id=\"{id}\" name=\"照片 {number}\" descr=\"照片\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
             <a:blip xmlns:r=\"{RELATIONSHIP}\" r:embed=\"{}{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>",
            self.link
        );
        xml.push_str("</w:drawing></w:r></w:p>");
    }
}

impl Wanted {
    /// Looks at a part of the blank.
    pub(super) fn note(&mut self, name: &str, content: &[u8]) {
        self.names.push(name.to_owned());
        let text = || String::from_utf8_lossy(content).into_owned();
        if name == TYPES {
            self.types = text();
        } else if name == self.list {
            self.links = text();
        }
    }

    /// The parts that know of photos; a blank whose own cannot be added to gets no photos.
    pub(super) fn made(self, packed: &mut Vec<Packed>, deflater: &mut Deflater) -> Result<Option<PhotoParts>, Error> {
        let types = with_jpeg(&self.types);
        let (Some(types), Some(cut)) = (types, self.links.rfind("</Relationships>")) else { return Ok(None) };
        let (before, after) = self.links.split_at(cut);
        let unlike = |start: &str, is_taken: &dyn Fn(&str) -> bool| {
            let mut name = start.to_owned();
            while is_taken(&name) {
                name.push('_');
            }
            name
        };
        let media = unlike(&format!("{}media/photo", self.folder), &|start| self.names.iter().any(|name| name.starts_with(start)));
        let link = unlike("rIdPhoto", &|start| self.links.contains(start));
        let types = Packed::new(TYPES, types.as_bytes(), deflater)?;
        let one = Packed::new(&self.list, b"", deflater)?;
        let mut made = PhotoParts { types, one, before: before.to_owned(), after: after.to_owned(), media, link };
        let links: String = made.links(1).collect();
        made.one = Packed::new(&self.list, links.as_bytes(), deflater)?;
        if !self.names.contains(&self.list) {
            packed.push(Packed::new(&self.list, NO_LINKS.as_bytes(), deflater)?);
        }
        Ok(Some(made))
    }
}

/// The content types with that of `.jpeg` files; `None` where they are no list of types.
fn with_jpeg(types: &str) -> Option<String> {
    const JPEG: &str = "<Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>";
    if types.to_ascii_lowercase().contains("extension=\"jpeg\"") {
        return Some(types.to_owned());
    }
    let start = types.find("<Types")?;
    let end = start + types[start..].find('>')? + 1;
    Some(format!("{}{JPEG}{}", &types[..end], &types[end..]))
}

#[cfg(all(test, feature = "photos"))]
mod tests;
