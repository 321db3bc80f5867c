//! Pictures that lie over a sheet: the anchors of its drawing, groups taken apart.

use mingce_core::address::Address;
use mingce_core::grid::{Grid, Picture};
use mingce_ooxml::Package;
use mingce_ooxml::xml::{Tag, Token};

use crate::anchor::{Anchor, Frame, bounded};
use crate::error::Error;
use crate::geometry::Geometry;
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
        let frame = self.shape.as_ref().map(|shape| shape.frame).unwrap_or_default();
        self.anchor.cell(&self.groups, &frame, geometry)
    }
}
