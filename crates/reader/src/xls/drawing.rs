//! Pictures of an old workbook: the store that all of them lie in, and the drawing of a sheet that places them.
//!
//! Both are trees of records of their own kind inside the records of the stream. Nothing is trusted: a record that says it is
//! longer than what there is ends where that ends, and what cannot be understood places no picture.
//! Source: MS-ODRAW 2.2, MS-XLS 2.4.172, 2.4.173 and 2.5.193.

use std::sync::Arc;

use mingce_core::grid::{Picture, PictureFile, PictureFormat};
use mingce_ooxml::compound::{u16_at, u32_at};

use crate::anchor::{Anchor, Corner, Frame};
use crate::geometry::Geometry;
use crate::pictures::MOST;

/// Numbers of the records that are read.
mod id {
    pub(super) const STORE_OF_ALL: u16 = 0xF000;
    pub(super) const STORE: u16 = 0xF001;
    pub(super) const DRAWING: u16 = 0xF002;
    pub(super) const GROUP: u16 = 0xF003;
    pub(super) const SHAPE: u16 = 0xF004;
    pub(super) const STORED: u16 = 0xF007;
    pub(super) const GROUP_FRAME: u16 = 0xF009;
    pub(super) const SHAPE_STATE: u16 = 0xF00A;
    pub(super) const PROPERTIES: u16 = 0xF00B;
    pub(super) const FRAME_IN_GROUP: u16 = 0xF00F;
    pub(super) const ANCHOR: u16 = 0xF010;
    pub(super) const METAFILES: std::ops::RangeInclusive<u16> = 0xF01A..=0xF01C;
    pub(super) const BITMAPS: std::ops::RangeInclusive<u16> = 0xF01D..=0xF02A;
    pub(super) const BITMAP_WITHOUT_HEAD: u16 = 0xF01F;
}

/// Properties of a shape: the picture it is, and the picture it is filled with.
const PICTURE: u16 = 0x0104;
const FILL: u16 = 0x0186;

/// Marks of a shape: it is a group, the group of all, or no longer there.
const IS_GROUP: u32 = 1;
const IS_GROUP_OF_ALL: u32 = 4;
const IS_DELETED: u32 = 8;

/// The kind of shape that a button or box of a form is: what it shows is no picture of anybody.
const CONTROL: u16 = 201;

/// Groups in groups that are followed.
const DEEPEST: usize = 64;

/// How many bytes stand before the picture itself where it has one mark to know it by, and where it has two.
const HEADS: [usize; 2] = [17, 33];

/// One record of a drawing.
struct Record<'a> {
    id: u16,
    instance: u16,
    data: &'a [u8],
}

/// Splits off the record that begins here, and what comes behind it.
fn split(bytes: &[u8]) -> Option<(Record<'_>, &[u8])> {
    let (head, id) = (u16_at(bytes, 0)?, u16_at(bytes, 2)?);
    let length = usize::try_from(u32_at(bytes, 4)?).ok()?;
    let rest = bytes.get(8..)?;
    let (data, rest) = rest.split_at(length.min(rest.len()));
    Some((Record { id, instance: head >> 4, data }, rest))
}

/// The pictures of a workbook, in the order that shapes count them in.
pub(super) fn store(bytes: &[u8], largest: u64) -> Vec<Arc<PictureFile>> {
    let mut pictures = Vec::new();
    let mut rest = bytes;
    while let Some((record, behind)) = split(rest) {
        rest = match record.id {
            id::STORE_OF_ALL | id::STORE => record.data,
            _ => behind,
        };
        let picture = match record.id {
            // what the store says of a picture, its name, and then the picture
            id::STORED => {
                let name = record.data.get(33).map_or(0, |length| usize::from(*length));
                let inside = record.data.get(36 + name..).and_then(split);
                Some(inside.map(|(picture, _)| file(&picture, largest)).unwrap_or_default())
            }
            id if id::METAFILES.contains(&id) || id::BITMAPS.contains(&id) => Some(file(&record, largest)),
            _ => None,
        };
        if pictures.len() >= MOST {
            break;
        }
        pictures.extend(picture.map(Arc::new));
    }
    pictures
}

/// What is kept of a picture: all of it if a form can show it, else its beginning.
fn file(record: &Record<'_>, largest: u64) -> PictureFile {
    let size = record.data.len() as u64;
    let kept = |bytes: &[u8], size| PictureFile { bytes: bytes.into(), size };
    if id::METAFILES.contains(&record.id) {
        // packed: what it is stands in the record and not in its beginning
        return kept(b"\xD7\xCD\xC6\x9A", size);
    }
    if record.id == id::BITMAP_WITHOUT_HEAD {
        return kept(b"BM", size);
    }
    let told = HEADS[usize::from(record.instance & 1)];
    let format = |head: usize| record.data.get(head..).and_then(PictureFormat::of);
    let head = [told, HEADS[0], HEADS[1]].into_iter().find(|head| format(*head).is_some()).unwrap_or(told);
    let bytes = record.data.get(head..).unwrap_or_default();
    let is_kept = bytes.len() as u64 <= largest && PictureFormat::of(bytes).is_some_and(PictureFormat::is_used);
    let end = if is_kept { bytes.len() } else { bytes.len().min(PictureFile::HEAD) };
    kept(&bytes[..end], bytes.len() as u64)
}

/// A group that is open.
struct Group {
    /// How many bytes of the drawing remain when it ends.
    end: usize,
    /// None for the group of all shapes, which is no place.
    frame: Option<Frame>,
}

/// A shape while its records are read.
#[derive(Default)]
struct Shape {
    state: u32,
    is_control: bool,
    /// The picture it shows, counted from 1.
    picture: Option<u32>,
    anchor: Option<Anchor>,
    frame: Option<Frame>,
    /// What the members of the group are counted in, of which this is the first record.
    inner: Option<Frame>,
}

/// The pictures that a drawing places on its sheet.
pub(super) fn pictures(drawing: &[u8], store: &[Arc<PictureFile>], geometry: &Geometry) -> Vec<Picture> {
    let mut found = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    // where the outermost group lies that is a place
    let mut outer = None;
    let mut rest = drawing;
    while let Some((record, behind)) = split(rest) {
        while groups.last().is_some_and(|group| rest.len() <= group.end) {
            groups.pop();
        }
        rest = match record.id {
            id::DRAWING => record.data,
            id::GROUP if groups.len() < DEEPEST => {
                groups.push(Group { end: behind.len(), frame: None });
                // up to the end of the drawing: what comes behind the group is told by its end
                &rest[8..]
            }
            _ => behind,
        };
        if record.id != id::SHAPE {
            continue;
        }
        let shape = Shape::of(record.data, geometry);
        let frames: Vec<Frame> = groups.iter().filter_map(|group| group.frame).collect();
        if shape.state & IS_GROUP != 0 {
            if frames.is_empty() {
                outer = shape.anchor;
            }
            if let Some(group) = groups.last_mut() {
                group.frame = if shape.state & IS_GROUP_OF_ALL == 0 { shape.inner.map(|inner| of_group(inner, shape.frame)) } else { None };
            }
            continue;
        }
        let is_there = shape.state & IS_DELETED == 0 && !shape.is_control;
        let (Some(number), true) = (shape.picture, is_there) else { continue };
        let at = match (&shape.anchor, &outer) {
            (Some(own), _) => own.cell(&[], &Frame::default(), Some(geometry)),
            (None, Some(outer)) => outer.cell(&frames, &shape.frame.unwrap_or_default(), Some(geometry)),
            (None, None) => None,
        };
        if let (Some(at), true) = (at, found.len() < MOST) {
            let file = usize::try_from(number - 1).ok().and_then(|place| store.get(place)).cloned().unwrap_or_default();
            found.push(Picture { at, is_floating: true, file });
        }
    }
    found
}

/// The pictures among the objects of Excel 5 and 95, where they are bitmaps that no form can show: that they are there is told.
///
/// Source: MS-XLS before its publication, as in the Excel 97 Developer's Kit (`OBJ` of BIFF5).
pub(super) fn old_pictures(objects: &[Vec<u8>], geometry: &Geometry) -> Vec<Picture> {
    const IS_PICTURE: u16 = 8;
    // the bitmap itself stands elsewhere: its size is not asked
    let file = Arc::new(PictureFile { bytes: b"BM".as_slice().into(), size: 2 });
    let anchors = objects.iter().filter(|object| u16_at(object, 4) == Some(IS_PICTURE)).take(MOST);
    let anchors = anchors.filter_map(|object| anchor(object.get(8..)?, geometry));
    let cells = anchors.filter_map(|anchor| anchor.cell(&[], &Frame::default(), Some(geometry)));
    cells.map(|at| Picture { at, is_floating: true, file: Arc::clone(&file) }).collect()
}

/// A group with this inner frame, which the outermost also lies in.
fn of_group(inner: Frame, own: Option<Frame>) -> Frame {
    let own = own.unwrap_or(inner);
    Frame { offset: own.offset, size: own.size, inner_offset: inner.offset, inner_size: inner.size }
}

impl Shape {
    fn of(bytes: &[u8], geometry: &Geometry) -> Self {
        let mut shape = Self::default();
        let mut rest = bytes;
        while let Some((record, behind)) = split(rest) {
            rest = behind;
            match record.id {
                id::GROUP_FRAME => shape.inner = frame(record.data),
                id::FRAME_IN_GROUP => shape.frame = frame(record.data),
                id::SHAPE_STATE => {
                    shape.state = u32_at(record.data, 4).unwrap_or(0);
                    shape.is_control = record.instance == CONTROL;
                }
                id::ANCHOR => shape.anchor = anchor(record.data, geometry),
                id::PROPERTIES => {
                    let named = |wanted: u16| {
                        let mut properties = record.data.chunks_exact(6).take(usize::from(record.instance));
                        // the upper bits say that it is the number of a picture
                        let found = properties.rfind(|property| u16_at(property, 0) == Some(wanted | 0x4000));
                        found.and_then(|property| u32_at(property, 2)).filter(|number| *number > 0)
                    };
                    shape.picture = named(PICTURE).or_else(|| named(FILL)).or(shape.picture);
                }
                _ => {}
            }
        }
        shape
    }
}

/// Left, upper, right and lower edge as a frame.
fn frame(data: &[u8]) -> Option<Frame> {
    let edge = |at| u32_at(data, at).map(|edge| i64::from(edge.cast_signed()));
    let (left, top, right, bottom) = (edge(0)?, edge(4)?, edge(8)?, edge(12)?);
    Some(Frame { offset: Some([left, top]), size: Some([right - left, bottom - top]), ..Frame::default() })
}

/// Two corners, each by its column and row and how far into them, in 1024ths of the width and 256ths of the height.
fn anchor(data: &[u8], geometry: &Geometry) -> Option<Anchor> {
    let corner = |at: usize| {
        let word = |place: usize| u16_at(data, at + place * 2);
        let (column, across, row, down) = (word(0)?, word(1)?, word(2)?, word(3)?);
        let (width, height) = (geometry.column(column.saturating_add(1)).1, geometry.row(u32::from(row) + 1).1);
        let offset = [width * i64::from(across) / 1024, height * i64::from(down) / 256];
        Some(Corner { cell: [u32::from(column), u32::from(row)], offset })
    };
    Some(Anchor { corners: [Some(corner(2)?), corner(10)], ..Anchor::default() })
}
