//! Pictures that lie over a sheet: the anchors of its drawing, groups taken apart.

use mingce_core::address::Address;
use mingce_core::grid::{Grid, Picture};
use mingce_ooxml::Package;
use mingce_ooxml::xml::{Tag, Token};

use super::geometry::Geometry;
use crate::error::Error;
use crate::pictures::{Files, MOST};

/// The part with the drawing of this sheet, if it has one.
pub(crate) fn part_of(package: &Package<'_>, sheet: &str) -> Option<String> {
    let links = package.relationships(sheet).ok()?;
    links.first_of("drawing").and_then(|link| link.target.clone()).filter(|part| package.contains(part))
}

/// Adds the pictures of a drawing to the grid of its sheet. Without the measures of the sheet, a picture lies where its corner is.
///
/// A drawing that is damaged is no reason to refuse the people on the sheet: what came before the damage is kept.
pub(crate) fn add(package: &Package<'_>, drawing: &str, geometry: Option<&Geometry>, files: &mut Files<'_, '_>, grid: &mut Grid) {
    let links = package.relationships(drawing).unwrap_or_default();
    let mut found = Vec::new();
    let _ = read(package, drawing, geometry, &mut found);
    for (at, link) in found {
        let target = links.by_id(&link).and_then(|link| link.target.as_deref());
        grid.pictures.push(Picture { at, is_floating: true, file: files.at(target) });
    }
}

/// A length or a place across and down, in English Metric Units.
type Pair = [i64; 2];

/// Where something is anchored.
#[derive(Debug, Default)]
struct Anchor {
    /// Upper left and lower right corner: the column and row counted from 0, and how far into the cell.
    corners: [Option<Corner>; 2],
    position: Option<Pair>,
    size: Option<Pair>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Corner {
    cell: [u32; 2],
    offset: Pair,
}

/// Place and size of a shape, and of a group also those that its members are counted in.
#[derive(Debug, Clone, Copy, Default)]
struct Frame {
    offset: Option<Pair>,
    size: Option<Pair>,
    inner_offset: Option<Pair>,
    inner_size: Option<Pair>,
}

#[derive(Debug, Default)]
struct Shape {
    frame: Frame,
    link: Option<String>,
}

#[derive(Default)]
struct Reader {
    anchor: Anchor,
    groups: Vec<Frame>,
    shape: Option<Shape>,
    /// Which corner is open, and which number of it.
    corner: Option<usize>,
    number: Option<&'static str>,
}

fn read(package: &Package<'_>, drawing: &str, geometry: Option<&Geometry>, found: &mut Vec<(Address, String)>) -> Result<(), Error> {
    let mut xml = package.xml(drawing)?;
    let mut reader = Reader::default();
    loop {
        match xml.next()? {
            // a second version of the same thing
            Token::Start(tag) if tag.name() == "Fallback" => xml.skip_element()?,
            Token::Start(tag) => reader.start(&tag),
            Token::Text(text) => reader.text(&text),
            Token::End(tag) => match tag.name() {
                "pic" | "sp" => {
                    if let Some(link) = reader.shape.as_ref().and_then(|shape| shape.link.clone())
                        && let Some(at) = reader.cell(geometry)
                        && found.len() < MOST
                    {
                        found.push((at, link));
                    }
                    reader.shape = None;
                }
                "grpSp" => _ = reader.groups.pop(),
                "from" | "to" => reader.corner = None,
                "col" | "colOff" | "row" | "rowOff" => reader.number = None,
                _ => {}
            },
            Token::Eof => return Ok(()),
        }
    }
}

impl Reader {
    fn start(&mut self, tag: &Tag<'_>) {
        let pair = |names: [&str; 2]| {
            let number = |name| tag.attribute(name).and_then(|value| value.trim().parse::<i64>().ok());
            Some([bounded(number(names[0])?), bounded(number(names[1])?)])
        };
        match tag.name() {
            "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => *self = Self::default(),
            "from" => self.corner = Some(0),
            "to" => self.corner = Some(1),
            "col" => self.number = Some("col"),
            "colOff" => self.number = Some("colOff"),
            "row" => self.number = Some("row"),
            "rowOff" => self.number = Some("rowOff"),
            "pos" => self.anchor.position = pair(["x", "y"]),
            "grpSp" => self.groups.push(Frame::default()),
            "pic" | "sp" => self.shape = Some(Shape::default()),
            "blip" => {
                if let Some(shape) = &mut self.shape {
                    shape.link = tag.attribute("embed").or_else(|| tag.attribute("link")).map(|link| link.into_owned());
                }
            }
            "ext" => {
                let (size, is_free) = (pair(["cx", "cy"]), self.shape.is_none() && self.groups.is_empty());
                match self.frame() {
                    Some(frame) if frame.size.is_none() => frame.size = size,
                    None if is_free && size.is_some() => self.anchor.size = size,
                    _ => {}
                }
            }
            "off" => self.frame().into_iter().for_each(|frame| frame.offset = pair(["x", "y"])),
            "chOff" => self.frame().into_iter().for_each(|frame| frame.inner_offset = pair(["x", "y"])),
            "chExt" => self.frame().into_iter().for_each(|frame| frame.inner_size = pair(["cx", "cy"])),
            _ => {}
        }
    }

    /// The shape that is open, else the group.
    fn frame(&mut self) -> Option<&mut Frame> {
        self.shape.as_mut().map(|shape| &mut shape.frame).or(self.groups.last_mut())
    }

    fn text(&mut self, text: &str) {
        let (Some(corner), Some(number)) = (self.corner, self.number) else { return };
        let Ok(value) = text.trim().parse::<i64>() else { return };
        let corner = self.anchor.corners[corner].get_or_insert_default();
        let cell = u32::try_from(value.max(0)).unwrap_or(u32::MAX);
        match number {
            "col" => corner.cell[0] = cell,
            "row" => corner.cell[1] = cell,
            "colOff" => corner.offset[0] = bounded(value),
            _ => corner.offset[1] = bounded(value),
        }
    }

    /// The cell that the shape belongs to.
    fn cell(&self, geometry: Option<&Geometry>) -> Option<Address> {
        let corner = self.anchor.corners[0].map(|corner| corner.cell);
        let corner = || {
            let [column, row] = corner?;
            Address::new(row.checked_add(1)?, u16::try_from(column.checked_add(1)?).ok()?)
        };
        match geometry.and_then(|geometry| Some((geometry, self.edges(geometry)?))) {
            Some((geometry, edges)) => geometry.cell_under(self.member(edges)),
            None => corner(),
        }
    }

    /// Left and upper edge, width and height of what is anchored.
    fn edges(&self, geometry: &Geometry) -> Option<[i64; 4]> {
        let place = |corner: &Corner| {
            let column = u16::try_from(corner.cell[0].saturating_add(1)).unwrap_or(u16::MAX);
            let ((left, width), (top, height)) =
                (geometry.column(column), geometry.row(corner.cell[1].saturating_add(1).min(Address::LAST_ROW)));
            // an offset never leads out of its cell
            [left + corner.offset[0].clamp(0, width), top + corner.offset[1].clamp(0, height)]
        };
        let [x, y] = self.anchor.corners[0].as_ref().map(place).or(self.anchor.position)?;
        let [width, height] = match self.anchor.corners[1].as_ref().map(place) {
            Some([right, bottom]) => [right - x, bottom - y],
            None => self.anchor.size?,
        };
        Some([x, y, width.max(0), height.max(0)])
    }

    /// The edges of the shape inside those of the outermost group; without groups they are the same.
    fn member(&self, edges: [i64; 4]) -> [i64; 4] {
        let (Some(outer), Some(shape)) = (self.groups.first(), &self.shape) else { return edges };
        let (Some(mut offset), Some(mut size)) = (shape.frame.offset, shape.frame.size) else { return edges };
        for axis in [0, 1] {
            let scaled = |length: i64, from: i64, to: i64| if from > 0 { scale(length, from, to) } else { 0 };
            for group in self.groups.iter().rev() {
                let (Some(own), Some(own_size)) = (group.offset, group.size) else { return edges };
                let (inner, inner_size) = (group.inner_offset.unwrap_or(own), group.inner_size.unwrap_or(own_size));
                offset[axis] = own[axis] + scaled(offset[axis] - inner[axis], inner_size[axis], own_size[axis]);
                size[axis] = scaled(size[axis], inner_size[axis], own_size[axis]);
            }
            let (Some(own), Some(own_size)) = (outer.offset, outer.size) else { return edges };
            offset[axis] = edges[axis] + scaled(offset[axis] - own[axis], own_size[axis], edges[axis + 2]);
            size[axis] = scaled(size[axis], own_size[axis], edges[axis + 2]);
        }
        [offset[0], offset[1], size[0], size[1]]
    }
}

/// The largest place that is reckoned with: beyond the last cell of any sheet, and far from overflow.
const FARTHEST: i64 = 1 << 45;

fn bounded(length: i64) -> i64 {
    length.clamp(-FARTHEST, FARTHEST)
}

#[expect(clippy::cast_possible_truncation, reason = "bounded")]
fn scale(length: i64, from: i64, to: i64) -> i64 {
    let scaled = i128::from(length) * i128::from(to) / i128::from(from);
    scaled.clamp(i128::from(-FARTHEST), i128::from(FARTHEST)) as i64
}
