//! One pass over the XML of a sheet: its rows and cells as they come, then merges and widths.
//!
//! The declared extent of the sheet is never looked at; memory follows the cells that hold something.

mod cell;
mod plain;

use std::collections::BTreeMap;
use std::io::BufRead;

use mingce_core::address::{Address, Column};
use mingce_core::grid::{Epoch, Grid, GridBuilder, Merge, Origin};
use mingce_ooxml::XmlReader;
use mingce_ooxml::xml::{Tag, Token};

use crate::budget::Budget;
use crate::error::Error;
use crate::geometry::Measured;
use crate::looks::{self, Looks};
use crate::margins::Margins;
use crate::number;
use crate::texts::Strings;
use crate::xlsx::book::Listed;
use crate::xlsx::in_cell::{InCell, Named};
use crate::xlsx::styles::Styles;

/// What the cells of a workbook refer to, and how many more of them may come.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) strings: &'a Strings,
    pub(crate) styles: &'a Styles,
    pub(crate) epoch: Epoch,
    pub(crate) in_cell: &'a InCell,
    pub(crate) budget: Budget<'a>,
}

/// A sheet as it was read.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) grid: Grid,
    /// Cells whose value is a picture, in file order.
    pub(crate) pictures: Vec<(Address, Named)>,
    /// Heights and widths, where they were asked for.
    pub(crate) measured: Option<Measured>,
}

/// Reads a sheet to its very end, so that its check sum is verified; it is measured where something lies on it.
pub(crate) fn read<R: BufRead>(xml: XmlReader<R>, listed: &Listed, context: &mut Context<'_>, is_measured: bool) -> Result<Sheet, Error> {
    let mut reader = SheetReader::new(xml, listed, context, is_measured);
    let mut margins = Margins::default();
    let mut widths = Vec::new();
    loop {
        match reader.xml.next()? {
            Token::Start(tag) => match tag.name() {
                "sheetData" => reader.read_rows()?,
                "col" => {
                    widths.extend(column_width(&tag));
                    if let (Some(measured), Some((first, last, width))) = (&mut reader.measured, column_width(&tag)) {
                        measured.widths.push((first, last, if tag.is_on("hidden") { 0.0 } else { width }));
                    }
                }
                "sheetFormatPr" => {
                    if let Some(measured) = &mut reader.measured {
                        let number = |name| tag.attribute(name).and_then(|value| number::parse(&value));
                        measured.usual_height = number("defaultRowHeight");
                        measured.usual_width = number("defaultColWidth");
                    }
                }
                "mergeCell" => {
                    if let Some(merge) = tag.attribute("ref").and_then(|range| Merge::parse(&range)) {
                        reader.context.budget.merge(&mut reader.builder, merge, &reader.sheet)?;
                    }
                }
                element => margins.start(element),
            },
            Token::Text(text) => margins.text(&text),
            Token::End(_) => margins.end(&listed.name),
            Token::Eof => break,
        }
    }
    let last_column = reader.last_column;
    let (mut builder, pictures, measured) = (reader.builder, reader.pictures, reader.measured);
    let facts = builder.facts();
    facts.sheet = Some(listed.name.clone());
    facts.hidden = listed.hidden;
    facts.column_widths = widths_of_columns(&widths, last_column);
    facts.margins = margins.into_found();
    looks::sort(facts);
    Ok(Sheet { grid: builder.finish(), pictures, measured })
}

struct SheetReader<'c, 'a, R> {
    xml: XmlReader<R>,
    context: &'c mut Context<'a>,
    sheet: String,
    builder: GridBuilder,
    /// The row cells belong to now, counted from 1; 0 before the first.
    row: u32,
    hidden: bool,
    /// The column of the last cell; 0 before the first of a row.
    column: u16,
    last_column: u16,
    value: String,
    formula: String,
    text: String,
    /// What the words of the cell look like.
    looks: Option<Looks>,
    shared_formulas: BTreeMap<String, String>,
    /// Cells whose value is a picture.
    pictures: Vec<(Address, Named)>,
    measured: Option<Measured>,
}

impl<'c, 'a, R: BufRead> SheetReader<'c, 'a, R> {
    fn new(xml: XmlReader<R>, listed: &Listed, context: &'c mut Context<'a>, is_measured: bool) -> Self {
        SheetReader {
            xml,
            context,
            sheet: listed.name.to_string(),
            builder: Grid::builder(Origin::Sheet),
            row: 0,
            hidden: false,
            column: 0,
            last_column: 0,
            value: String::new(),
            formula: String::new(),
            text: String::new(),
            looks: None,
            shared_formulas: BTreeMap::new(),
            pictures: Vec::new(),
            measured: is_measured.then(Measured::default),
        }
    }

    fn read_rows(&mut self) -> Result<(), Error> {
        loop {
            match self.xml.next()? {
                Token::Start(tag) => match tag.name() {
                    "c" => {
                        let head = cell::Head::of(&tag);
                        self.read_cell(head)?;
                        self.read_plain_cells()?;
                    }
                    "row" => {
                        let number = tag.attribute("r").map(|number| number.into_owned());
                        // dragged to no height, a row is out of sight as well
                        self.hidden = tag.is_on("hidden") || tag.attribute("ht").is_some_and(|height| height == "0");
                        let height = self.measured.as_ref().and_then(|_| tag.attribute("ht")).and_then(|height| number::parse(&height));
                        self.start_row(number)?;
                        if let (Some(measured), Some(height)) = (&mut self.measured, height) {
                            measured.heights.push((self.row, if self.hidden { 0.0 } else { height }));
                        }
                    }
                    _ => {}
                },
                Token::End(tag) if tag.name() == "sheetData" => return Ok(()),
                Token::Eof => return Ok(()),
                Token::End(_) | Token::Text(_) => {}
            }
        }
    }

    /// A row without a number follows the one before it.
    fn start_row(&mut self, number: Option<String>) -> Result<(), Error> {
        let row = match &number {
            Some(number) => number.parse().ok(),
            None => self.row.checked_add(1),
        };
        let found = || number.clone().unwrap_or_else(|| (u64::from(self.row) + 1).to_string());
        self.row = row.filter(|row| (1..=Address::LAST_ROW).contains(row)).ok_or_else(|| self.no_such_place(found()))?;
        self.column = 0;
        self.context.budget.start_row(&mut self.builder, self.row, self.hidden, &self.sheet)
    }

    /// Moves to the place of a cell; one without an address follows the one before it.
    fn place(&mut self, reference: Option<&str>) -> Result<Column, Error> {
        let address = match reference {
            Some(reference) => reference.parse::<Address>().ok(),
            None => self.column.checked_add(1).and_then(|column| Address::new(self.row.max(1), column)),
        };
        let found = || reference.map_or_else(|| format!("第 {} 列", u32::from(self.column) + 1), str::to_owned);
        let address = address.ok_or_else(|| self.no_such_place(found()))?;
        if address.row != self.row {
            // a cell that says another row than the row around it: what it says of itself holds
            self.row = address.row;
            self.context.budget.start_row(&mut self.builder, self.row, self.hidden, &self.sheet)?;
        }
        self.column = address.column.number();
        self.last_column = self.last_column.max(self.column);
        Ok(address.column)
    }

    fn no_such_place(&self, found: String) -> Error {
        Error::NoSuchPlace { sheet: self.sheet.clone(), found }
    }

    fn address(&self, column: Column) -> String {
        Address { row: self.row, column }.to_string()
    }
}

/// First and last column, and their width.
fn column_width(tag: &Tag<'_>) -> Option<(u16, u16, f64)> {
    let width = tag.attribute("width").and_then(|width| number::parse(&width))?;
    Some((tag.parsed("min")?, tag.parsed("max")?, width))
}

/// One width a column, up to the last column that holds something: the rest of a sheet is often one range.
fn widths_of_columns(ranges: &[(u16, u16, f64)], last_column: u16) -> Vec<(Column, f64)> {
    let mut widths = BTreeMap::new();
    for (first, last, width) in ranges {
        // ranges that overlap are damage: as many steps as the sheet has columns, however many ranges there are
        if widths.len() >= usize::from(last_column) {
            break;
        }
        for column in (*first..=(*last).min(last_column)).filter_map(Column::new) {
            widths.insert(column, *width);
        }
    }
    widths.into_iter().collect()
}
