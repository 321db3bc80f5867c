//! How much room an answer has in its cell, and how it may grow.

use std::ops::Range;

use mingce_ooxml::word;

use super::{Cutter, row_of};
use crate::docx::measure::lines;
use crate::docx::unit::Twips;
use crate::form::fit::{Growth, Room};
use crate::form::piece::Piece;
use crate::form::scale::{self, Scalable};

/// Room between a cell's border and its text where a blank does not say: Word's own.
const USUAL_MARGIN: u32 = 108;

/// Room that the borders of a row take, in twentieths of a point.
const BORDER: u32 = 20;

impl Cutter<'_> {
    /// The room of a placeholder in this table, whose paragraph shrinks with what takes its place.
    pub(in crate::form) fn placeholder_room(&mut self, place: &Range<usize>, slot: usize) {
        let cells = self.table.rows.iter().flat_map(|row| &row.cells);
        let found = cells.flat_map(|cell| cell.paragraphs.iter().map(move |paragraph| (cell, paragraph)));
        let Some((cell, paragraph)) = found.rev().find(|(_, paragraph)| paragraph.xml.start < place.start && place.end < paragraph.xml.end)
        else {
            return;
        };
        let Some(segment) = cell.segments.iter().find(|segment| segment.xml.start <= place.start && place.start < segment.xml.end) else {
            return;
        };
        let face = paragraph.runs.get(segment.run).cloned().or_else(|| paragraph.mark.clone());
        let size = Scalable::new(face.map_or("", |face| &self.around.xml[face])).size().unwrap_or(self.around.defaults.size);
        let at = segment.text.start + (place.start - segment.xml.start);
        let room = self.room(cell, paragraph, &(at..at), size);
        self.scale(paragraph, slot);
        if let Some(slot) = self.located.slots.get_mut(slot) {
            (slot.room, slot.size) = (room, size);
            slot.row = self.table.rows.get(row_of(cell)).map_or(0, |row| row.xml.start);
        }
    }

    /// The room of an answer at this place of a paragraph; `None` where the blank does not say how wide its cell is.
    pub(super) fn room(&self, cell: &word::Cell, paragraph: &word::Paragraph, place: &Range<usize>, size: u32) -> Option<Room> {
        let indent = indent(&self.around.xml[paragraph.properties.clone()]);
        let width = Twips(self.width(cell)?.saturating_sub(self.margin.0 + indent));
        let row = self.table.rows.get(row_of(cell))?;
        let line = scale::line_height(size);
        let usual = line.saturating_mul(u32::try_from(cell.paragraphs.len()).unwrap_or(u32::MAX)) + BORDER;
        let height = row.height.as_ref().map_or(usual, |height| height.twips);
        let room = width.points() / (f64::from(size) / 2.0);
        let others = cell.paragraphs.iter().filter(|other| other.xml != paragraph.xml);
        let others: usize = others.map(|other| lines(&cell.text[other.text.clone()], room).count).sum();
        let taken = line.saturating_mul(u32::try_from(others).unwrap_or(u32::MAX));
        let before = cell.text.get(paragraph.text.start..place.start.max(paragraph.text.start)).unwrap_or("");
        let growth = match &row.height {
            Some(height) if height.exact => Growth::Exact,
            Some(_) => Growth::AtLeast,
            None => Growth::Free,
        };
        Some(Room {
            width,
            height: Twips(height.saturating_sub(taken + BORDER)),
            before: before.to_owned(),
            growth,
            ruled: self.around.ruled,
        })
    }

    /// The width of a cell: its own, else that of the columns it covers.
    fn width(&self, cell: &word::Cell) -> Option<u32> {
        let columns = self.table.grid.column_widths.iter();
        let covered = columns.skip_while(|(column, _)| *column < cell.at.column).take(usize::from(cell.columns));
        let characters: f64 = covered.map(|(_, width)| width).sum();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "columns of a page")]
        let sum = (characters.clamp(0.0, 10_000.0) * 105.0) as u32;
        let is_line = self.around.xml[self.table.xml.clone()].starts_with("<w:p");
        cell.width.or(Some(sum)).filter(|width| *width > 0).or(is_line.then_some(self.around.line.0))
    }

    /// Rows of a fixed height must grow when an answer in them spills.
    pub(in crate::form) fn heights(&mut self) {
        for (index, row) in self.table.rows.iter().enumerate() {
            let Some(height) = row.height.as_ref().filter(|height| height.exact) else { continue };
            let slots: Vec<usize> = self.rows.iter().filter(|(row, _)| *row == index).map(|(_, slot)| *slot).collect();
            let exact = self.around.xml[height.xml.clone()].to_owned();
            let free = exact.replacen("\"exact\"", "\"atLeast\"", 1);
            if !slots.is_empty() {
                self.cuts.push((height.xml.clone(), Piece::Height { slots, rules: [exact, free] }));
            }
        }
    }
}

/// The cell margins of a table, left and right together.
pub(super) fn margin(xml: &str, table: &word::Table) -> Twips {
    let head = &xml[table.xml.start..table.rows.first().map_or(table.xml.end, |row| row.xml.start)];
    let margins = head.split_once("<w:tblCellMar>").map_or("", |(_, after)| after.split("</w:tblCellMar>").next().unwrap_or(""));
    let side = |names: [&str; 2]| {
        let tag = names.iter().find_map(|name| margins.split_once(&format!("<w:{name} ")))?.1.split('>').next()?;
        tag.split_once("w:w=\"")?.1.split('"').next()?.parse::<u32>().ok()
    };
    let width = |names| side(names).unwrap_or(USUAL_MARGIN).min(10_000);
    Twips(width(["left", "start"]) + width(["right", "end"]))
}

/// How far a paragraph stands in from both sides, in twentieths of a point.
fn indent(properties: &str) -> u32 {
    let tag = properties.split_once("<w:ind ").and_then(|(_, after)| after.split('>').next()).unwrap_or("");
    let side = |name: &str| tag.split_once(name).and_then(|(_, after)| after.split('"').next()?.parse::<u32>().ok());
    let both = [side("w:left=\""), side("w:right=\"")];
    both.into_iter().flatten().map(|side| side.min(10_000)).sum()
}
