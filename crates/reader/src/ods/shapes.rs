//! Pictures and controls that are anchored to the page of a sheet and not to a cell: which cell they lie on follows from the measures of the sheet.

use std::collections::BTreeMap;
use std::io::BufRead;

use mingce_core::address::Address;
use mingce_ooxml::xml::{Tag, Token};
use mingce_ooxml::{Limits, XmlReader};

use crate::controls;
use crate::error::Error;
use crate::geometry::{Measured, length, of_points};
use crate::ods::controls::Controls;
use crate::ods::image::{self, Source};
use crate::pictures::MOST;

/// Rows whose heights are noted: nobody puts a picture below them.
const MEASURED_ROWS: usize = 1 << 17;

/// Widths of columns and heights of rows by the names of their styles, in points.
#[derive(Debug, Default)]
pub(super) struct Measures {
    widths: BTreeMap<String, f64>,
    heights: BTreeMap<String, f64>,
}

/// What lies on the page, each with its left and upper edge, width and height.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    pictures: Vec<(Source, [i64; 4])>,
    /// Check boxes and option buttons by their names.
    controls: Vec<(String, [i64; 4])>,
}

impl Shapes {
    pub(super) fn is_empty(&self) -> bool {
        self.pictures.is_empty() && self.controls.is_empty()
    }
}

impl Measures {
    /// Takes what the properties of a style say.
    pub(super) fn take(&mut self, style: &str, tag: &Tag<'_>) {
        let (known, name) = match tag.name() {
            "table-column-properties" => (&mut self.widths, "column-width"),
            "table-row-properties" => (&mut self.heights, "row-height"),
            _ => return,
        };
        if let Some(points) = tag.attribute(name).and_then(|stored| length(&stored)) {
            known.insert(style.to_owned(), points);
        }
    }

    /// Notes the width of columns from this one on, counted from 1; gives the next.
    pub(super) fn columns(&self, tag: &Tag<'_>, first: u16, count: u64, measured: &mut Measured) -> u16 {
        let next = u16::try_from(u64::from(first).saturating_add(count)).unwrap_or(u16::MAX);
        if let Some(points) = tag.attribute("style-name").and_then(|style| self.widths.get(style.as_ref()).copied()) {
            let hidden = matches!(tag.attribute("visibility").as_deref(), Some("collapse" | "filter"));
            measured.push_width(first, next.saturating_sub(1), if hidden { 0.0 } else { points });
        }
        next
    }

    /// Notes the height of rows from this one on, counted from 1.
    pub(super) fn rows(&self, tag: &Tag<'_>, first: u64, count: u64, hidden: bool, measured: &mut Measured) {
        let Some(points) = tag.attribute("style-name").and_then(|style| self.heights.get(style.as_ref()).copied()) else { return };
        let room = MEASURED_ROWS.saturating_sub(measured.heights.len());
        let rows = (first..first.saturating_add(count)).take(room).filter_map(|row| u32::try_from(row).ok());
        measured.heights.extend(rows.map(|row| (row, if hidden { 0.0 } else { points })));
    }
}

/// Reads on to the end of the shapes. Of several versions of a picture the first is the original.
pub(super) fn read<R: BufRead>(xml: &mut XmlReader<R>, limits: &Limits, found: &mut Shapes) -> Result<(), Error> {
    let outside = xml.depth().saturating_sub(1);
    let mut frame = None;
    while xml.depth() > outside {
        match xml.next()? {
            Token::Start(tag) if tag.name() == "frame" => frame = edges(&tag),
            Token::Start(tag) if tag.name() == "control" && found.controls.len() < controls::MOST => {
                found.controls.extend(super::controls::name(&tag).zip(edges(&tag)));
            }
            Token::Start(tag) if tag.name() == "image" => {
                let part = image::part(&tag);
                let edges = frame.take().filter(|_| found.pictures.len() < MOST);
                if let (Some(source), Some(edges)) = (image::read(xml, part, limits)?, edges) {
                    found.pictures.push((source, edges));
                }
            }
            Token::Eof => break,
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
    Ok(())
}

/// Left and upper edge, width and height of a frame.
fn edges(tag: &Tag<'_>) -> Option<[i64; 4]> {
    let edge = |name| tag.attribute(name).and_then(|stored| length(&stored)).map(of_points);
    Some([edge("x")?, edge("y")?, edge("width")?, edge("height")?])
}

/// The pictures with the cells that they lie on; the check boxes and option buttons are placed.
pub(super) fn placed(shapes: Shapes, measured: Measured, controls: &mut Controls) -> Vec<(Address, Source)> {
    if shapes.is_empty() {
        return Vec::new();
    }
    let geometry = measured.geometry();
    for (name, edges) in &shapes.controls {
        if let Some(at) = geometry.cell_under(*edges) {
            controls.place_on(at, name, edges[0]);
        }
    }
    shapes.pictures.into_iter().filter_map(|(source, edges)| Some((geometry.cell_under(edges)?, source))).collect()
}
