//! The records of one sheet become a grid.

use std::collections::BTreeSet;

use mingce_core::address::{Address, Column};
use mingce_core::grid::{Grid, GridBuilder, Kind, Look, Merge, Origin};

use crate::budget::Budget;
use crate::controls;
use crate::error::Error;
use crate::geometry::Measured;
use crate::looks::{self, Looks};
use crate::margins::Margins;
use crate::number::{self, Shown};
use crate::xls::book::{Book, Listed};
use crate::xls::controls::Controls;
use crate::xls::drawing;
use crate::xls::records::{Record, Records, id};
use crate::xls::strings::{Count, Encoded};
use mingce_ooxml::compound::{u16_at, u32_at};

/// Reads the sheet: first what is said of its rows, then its cells.
pub(super) fn read(stream: &[u8], listed: &Listed, book: &Book, budget: &mut Budget<'_>) -> Result<Grid, Error> {
    let mut reader = SheetReader {
        book,
        budget,
        sheet: &listed.name,
        builder: Grid::builder(Origin::Sheet),
        hidden_rows: BTreeSet::new(),
        measured: Measured::default(),
        drawing: Vec::new(),
        controls: Controls::default(),
        old_objects: Vec::new(),
        row: 0,
        style: 0,
        awaited: None,
        margins: Margins::default(),
        text: String::new(),
    };
    let facts = reader.builder.facts();
    facts.sheet = Some(listed.name.clone());
    facts.hidden = listed.hidden;
    let mut records = Records::of(stream, listed.start)?;
    while let Some(record) = records.next()? {
        reader.read_fact(&record)?;
    }
    let mut records = Records::of(stream, listed.start)?;
    while let Some(record) = records.next()? {
        reader.read_cells(&record)?;
    }
    let SheetReader { mut builder, measured, drawing, controls, old_objects, margins, .. } = reader;
    builder.facts().margins = margins.into_found();
    // nobody reads a hidden sheet, and its pictures would only take room
    let is_empty = drawing.is_empty() && old_objects.is_empty();
    if !listed.hidden && !is_empty {
        let geometry = measured.geometry();
        let pictures = drawing::pictures(&drawing, &book.pictures, &geometry);
        builder.facts().pictures.extend(pictures.into_iter().chain(drawing::old_pictures(&old_objects, &geometry)));
    }
    looks::sort(builder.facts());
    let grid = builder.finish();
    Ok(if listed.hidden { grid } else { controls::put(&controls.found, grid) })
}

struct SheetReader<'a, 'l> {
    book: &'a Book,
    budget: &'a mut Budget<'l>,
    sheet: &'a str,
    builder: GridBuilder,
    hidden_rows: BTreeSet<u16>,
    measured: Measured,
    /// What lies on the sheet, from as many records as it takes.
    drawing: Vec<u8>,
    /// The check boxes and option buttons among it.
    controls: Controls,
    /// The same in Excel 5 and 95: a record each.
    old_objects: Vec<Vec<u8>>,
    /// The row cells belong to now, counted from 1; 0 before the first.
    row: u32,
    /// The style of the cell that is read.
    style: u16,
    /// The cell of a formula whose text comes in a record of its own.
    awaited: Option<(u16, u16)>,
    /// What its pages say above and below.
    margins: Margins,
    text: String,
}

impl SheetReader<'_, '_> {
    /// Hidden rows, merges, widths and what lies on the sheet; what does not fit says nothing.
    fn read_fact(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let data = record.data;
        self.measure(record);
        match record.id {
            id::ROW => {
                if let (Some(row), Some(true)) = (u16_at(data, 0), is_hidden_row(data)) {
                    self.hidden_rows.insert(row);
                }
            }
            id::DRAWING => record.pieces().for_each(|piece| self.drawing.extend_from_slice(piece)),
            id::OBJECT if matches!(self.book.encoded, Encoded::CodePage(_)) => self.old_objects.push(data.to_vec()),
            // a drawing too large for a record goes on behind an object of it
            id::TEXT_OBJECT => {
                self.controls.text(record);
                behind_text(record).iter().for_each(|piece| self.drawing.extend_from_slice(piece));
            }
            id::OBJECT => {
                self.controls.object(data, &self.drawing);
                record.more.iter().for_each(|piece| self.drawing.extend_from_slice(piece));
            }
            id::HEADER | id::FOOTER => self.read_margin(record),
            id::MERGED_CELLS => {
                for merge in data.get(2..).unwrap_or_default().chunks_exact(8).filter_map(merge) {
                    self.budget.merge(&mut self.builder, merge, self.sheet)?;
                }
            }
            id::COLUMN_INFO => {
                if let (Some(first), Some(last), Some(width)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 4)) {
                    // old sheets end at IV; the rest of a sheet is often one range
                    let columns = (first..=last.min(255)).filter_map(|column| Column::new(column.saturating_add(1)));
                    if last < 255 && self.builder.facts().column_widths.len() < 256 {
                        self.builder.facts().column_widths.extend(columns.map(|column| (column, number::of_256ths(width))));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Keeps what a header or footer says; one that does not fit says nothing.
    fn read_margin(&mut self, record: &Record<'_>) {
        let count = if matches!(self.book.encoded, Encoded::CodePage(_)) { Count::Byte } else { Count::Word };
        if let Some(text) = self.book.encoded.text(record.data, &record.more, count) {
            self.margins.add(&text, self.sheet);
        }
    }

    /// Notes how high rows and how wide columns are: a picture is placed by it.
    fn measure(&mut self, record: &Record<'_>) {
        let word = |at| u16_at(record.data, at);
        match record.id {
            id::ROW => {
                // the upper bit says that the height is the usual one
                if let (Some(row), Some(height)) = (word(0), word(6).filter(|height| height & 0x8000 == 0)) {
                    let height = if is_hidden_row(record.data) == Some(true) { 0 } else { height };
                    self.measured.heights.push((u32::from(row) + 1, number::of_20ths(height)));
                }
            }
            id::USUAL_HEIGHT => self.measured.usual_height = word(2).map(number::of_20ths),
            id::USUAL_WIDTH => self.measured.usual_width = word(0).map(number::of_256ths),
            // beside the characters there are some pixels of margin
            id::USUAL_WIDTH_IN_CHARACTERS if self.measured.usual_width.is_none() => {
                self.measured.usual_width = word(0).map(|characters| number::of_256ths(characters.saturating_mul(256).saturating_add(293)));
            }
            id::COLUMN_INFO => {
                if let (Some(first), Some(last), Some(width), Some(flags)) = (word(0), word(2), word(4), word(8)) {
                    let width = if flags & 1 != 0 { 0 } else { width };
                    self.measured.widths.push((first.saturating_add(1), last.saturating_add(1), number::of_256ths(width)));
                }
            }
            _ => {}
        }
    }

    fn read_cells(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let data = record.data;
        if record.id == id::STRING {
            return self.read_awaited(record);
        }
        let is_cell = matches!(
            record.id,
            id::SHARED_LABEL
                | id::LABEL
                | id::RICH_STRING
                | id::NUMBER
                | id::RK
                | id::MULTIPLE_RK
                | id::BOOLEAN_OR_ERROR
                | id::FORMULA
                | id::FORMULA_OF_3
                | id::FORMULA_OF_4
        );
        if !is_cell {
            return Ok(());
        }
        let row = u16_at(data, 0).ok_or_else(cut)?;
        let column = u16_at(data, 2).ok_or_else(cut)?;
        let style = u16_at(data, 4).ok_or_else(cut)?;
        let value = data.get(6..).ok_or_else(cut)?;
        self.style = style;
        match record.id {
            id::SHARED_LABEL => self.read_shared(row, column, value),
            id::LABEL | id::RICH_STRING => {
                let text = self.book.encoded.text(value, &record.more, Count::Word).ok_or_else(cut)?;
                self.push(row, column, Kind::Text, &text)
            }
            id::NUMBER => self.push_number(row, column, style, number::of_bits(value).ok_or_else(cut)?),
            id::RK => self.push_number(row, column, style, number::of_rk(u32_at(value, 0).ok_or_else(cut)?)),
            id::MULTIPLE_RK => self.read_numbers(row, column, data),
            id::BOOLEAN_OR_ERROR => {
                let [value, is_error, ..] = value else { return Err(cut()) };
                self.push_truth_or_error(row, column, *value, *is_error != 0)
            }
            _ => self.read_formula(row, column, style, value),
        }
    }

    /// The text of a formula, which comes behind the formula's own record.
    fn read_awaited(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let Some((row, column)) = self.awaited.take() else { return Ok(()) };
        let text = self.book.encoded.text(record.data, &record.more, Count::Word).ok_or_else(cut)?;
        self.push(row, column, Kind::Text, &text)
    }

    /// A text of the list that all sheets share, by its number.
    fn read_shared(&mut self, row: u16, column: u16, value: &[u8]) -> Result<(), Error> {
        let index = u32_at(value, 0).ok_or_else(cut)?;
        let book = self.book;
        let text = usize::try_from(index).ok().and_then(|index| book.strings.get(index));
        let (text, looks) = text.ok_or_else(|| Error::NoSuchText {
            sheet: self.sheet.to_owned(),
            cell: place(row, column).map(|at| at.to_string()).unwrap_or_default(),
            found: index.to_string(),
        })?;
        match (looks, place(row, column)) {
            (Some(looks), Some(at)) => self.push_words(at, text, looks),
            _ => self.push(row, column, Kind::Text, text),
        }
    }

    /// The numbers of neighbouring cells: style and number by turns behind row and column, and the last column at the end.
    fn read_numbers(&mut self, row: u16, column: u16, data: &[u8]) -> Result<(), Error> {
        for (offset, pair) in (0u16..).zip(data[4..data.len().saturating_sub(2).max(4)].chunks_exact(6)) {
            let column = column.checked_add(offset).ok_or_else(cut)?;
            let (style, rk) = (u16_at(pair, 0).ok_or_else(cut)?, u32_at(pair, 2).ok_or_else(cut)?);
            self.push_number(row, column, style, number::of_rk(rk))?;
        }
        Ok(())
    }

    /// The stored result of a formula: a number, or by its marks a text that follows, a truth value, an error, the empty text.
    fn read_formula(&mut self, row: u16, column: u16, style: u16, value: &[u8]) -> Result<(), Error> {
        let result = value.get(..8).ok_or_else(cut)?;
        self.awaited = None;
        if result[6..] != [0xFF, 0xFF] {
            return self.push_number(row, column, style, number::of_bits(result).ok_or_else(cut)?);
        }
        match result[0] {
            0 => {
                self.awaited = Some((row, column));
                Ok(())
            }
            1 => self.push_truth_or_error(row, column, result[2], false),
            2 => self.push_truth_or_error(row, column, result[2], true),
            _ => Ok(()),
        }
    }

    fn push_number(&mut self, row: u16, column: u16, style: u16, value: number::Value) -> Result<(), Error> {
        let shown = self.book.styles.get(usize::from(style)).unwrap_or(&Shown::General);
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        let kind = number::write_value(value, shown, self.book.epoch, &mut text);
        let pushed = self.push(row, column, kind, &text);
        self.text = text;
        pushed
    }

    fn push_truth_or_error(&mut self, row: u16, column: u16, value: u8, is_error: bool) -> Result<(), Error> {
        match (is_error, value) {
            (false, 0) => self.push(row, column, Kind::Boolean, "FALSE"),
            (false, _) => self.push(row, column, Kind::Boolean, "TRUE"),
            (true, _) => self.push(row, column, Kind::Error, error_text(value)),
        }
    }

    fn push(&mut self, row: u16, column: u16, kind: Kind, text: &str) -> Result<(), Error> {
        let at = place(row, column)
            .ok_or_else(|| Error::NoSuchPlace { sheet: self.sheet.to_owned(), found: format!("第 {} 列", u32::from(column) + 1) })?;
        let look = self.book.looks.get(usize::from(self.style)).copied().unwrap_or_default();
        self.push_at(at, (kind, look), text)
    }

    /// Adds a text whose words have looks of their own.
    fn push_words(&mut self, at: Address, text: &str, looks: &Looks) -> Result<(), Error> {
        self.budget.expect_looks(looks.len(), self.sheet)?;
        looks.put(at, self.builder.facts());
        self.push_at(at, (Kind::Text, looks.whole()), text)
    }

    fn push_at(&mut self, at: Address, cell: (Kind, Look), text: &str) -> Result<(), Error> {
        if text.is_empty() {
            return Ok(());
        }
        if self.row != at.row {
            self.row = at.row;
            let is_hidden = u16::try_from(at.row - 1).is_ok_and(|row| self.hidden_rows.contains(&row));
            self.budget.start_row(&mut self.builder, at.row, is_hidden, self.sheet)?;
        }
        self.budget.push_with(&mut self.builder, at.column, cell, text, self.sheet)
    }
}

/// Whether the bit is set that the height of a row is zero.
fn is_hidden_row(row: &[u8]) -> Option<bool> {
    u32_at(row, 12).map(|flags| flags & 0x20 != 0)
}

/// The pieces behind those of the text of an object: its characters, each piece with a byte that says how wide they are, and the
/// runs of their formatting.
fn behind_text<'r, 'a>(record: &'r Record<'a>) -> &'r [&'a [u8]] {
    let length = |at| usize::from(u16_at(record.data, at).unwrap_or(0));
    let (mut characters, mut runs) = (length(10), length(12));
    let mut more = &record.more[..];
    while let (Some((piece, rest)), true) = (more.split_first(), characters > 0) {
        let width = if piece.first().is_some_and(|flags| flags & 1 != 0) { 2 } else { 1 };
        characters = characters.saturating_sub(piece.len().saturating_sub(1) / width);
        more = rest;
    }
    while let (Some((piece, rest)), true) = (more.split_first(), runs > 0) {
        runs = runs.saturating_sub(piece.len());
        more = rest;
    }
    more
}

fn cut() -> Error {
    Error::Damaged { fault: "旧版工作簿的单元格记录不完整" }
}

fn place(row: u16, column: u16) -> Option<Address> {
    Address::new(u32::from(row) + 1, column.checked_add(1)?)
}

fn merge(bytes: &[u8]) -> Option<Merge> {
    let first = place(u16_at(bytes, 0)?, u16_at(bytes, 4)?)?;
    let last = place(u16_at(bytes, 2)?, u16_at(bytes, 6)?)?;
    (first.row <= last.row && first.column <= last.column).then_some(Merge { first, last })
}

/// What Excel shows for an error code.
pub(crate) fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
