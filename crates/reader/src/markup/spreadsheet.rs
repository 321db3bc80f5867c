//! Workbooks of Excel 2003 in one XML file (SpreadsheetML), which Chinese systems still export as `.xls`.

use std::collections::BTreeMap;
use std::sync::Arc;

use mingce_core::address::{Address, Column};
use mingce_core::grid::{Epoch, Grid, GridBuilder, Kind, Look, Merge, Origin, SymbolFont};
use mingce_ooxml::xml::{Tag, Token};
use mingce_ooxml::{Limit, Limits, XmlReader};

use crate::budget::Budget;
use crate::document::{After, Document, Format};
use crate::error::Error;
use crate::looks::{self, Looks};
use crate::markup::look::{self, is_bright_colour};
use crate::number::{Shown, iso_date, write_number};

/// Reads all sheets of the workbook.
pub(super) fn read(text: &str, limits: &Limits) -> Result<Document, Error> {
    let xml = XmlReader::new(text.as_bytes(), "XML 工作簿", limits);
    let mut reader = Reader {
        xml,
        limits,
        budget: Budget::of(limits),
        styles: BTreeMap::new(),
        looks: BTreeMap::new(),
        epoch: Epoch::Of1900,
        document: Document::new(Format::SpreadsheetXml),
    };
    if let Err(error) = reader.read_sheets() {
        reader.document.break_off(None, error)?;
    }
    if reader.document.grids.is_empty() && reader.document.damaged.is_empty() {
        return Err(Error::NoSheets);
    }
    reader.document.count_from(reader.epoch);
    Ok(reader.document)
}

struct Reader<'a> {
    xml: XmlReader<&'a [u8]>,
    limits: &'a Limits,
    budget: Budget<'a>,
    styles: BTreeMap<String, Shown>,
    /// What the styles make cells look like that do not look as usual.
    looks: BTreeMap<String, Look>,
    epoch: Epoch,
    document: Document,
}

/// Where the next cell of a sheet stands.
struct Place {
    builder: GridBuilder,
    row: u32,
    column: u16,
}

/// What the tag of a cell says.
struct Head {
    index: Option<u16>,
    across: u16,
    down: u32,
    style: Option<String>,
    formula: Option<String>,
}

impl Reader<'_> {
    fn read_sheets(&mut self) -> Result<(), Error> {
        let mut style = String::new();
        loop {
            match self.xml.next()? {
                Token::Start(tag) => match tag.name() {
                    "Style" => {
                        style = tag.attribute("ID").unwrap_or_default().into_owned();
                        let parent = tag.attribute("Parent").and_then(|parent| self.looks.get(&*parent).copied());
                        self.looks.extend(parent.map(|look| (style.clone(), look)));
                    }
                    "Font" | "Interior" => {
                        let known = self.looks.get(&style).copied().unwrap_or_default();
                        let look = look::with(known, look_of(&tag));
                        if look != Look::default() {
                            self.looks.insert(style.clone(), look);
                        }
                    }
                    "NumberFormat" => {
                        let shown = shown_of(&tag.attribute("Format").unwrap_or_default());
                        self.styles.insert(style.clone(), shown);
                    }
                    "Date1904" => self.epoch = Epoch::Of1904,
                    "Worksheet" => {
                        let name: Arc<str> = tag.attribute("Name").unwrap_or_default().into();
                        let outside = self.xml.depth().saturating_sub(1);
                        let Err(error) = self.read_sheet(&name) else { continue };
                        if self.document.go_on(&name, false, error, || self.xml.skip_to(outside))? == After::Nothing {
                            return Ok(());
                        }
                    }
                    _ => {}
                },
                Token::Eof => return Ok(()),
                Token::End(_) | Token::Text(_) => {}
            }
        }
    }

    fn read_sheet(&mut self, name: &str) -> Result<(), Error> {
        if self.document.grids.len() as u64 >= self.limits.sheets {
            return Err(Error::LimitExceeded { limit: Limit::Sheets, allowed: self.limits.sheets, at: None });
        }
        let outside = self.xml.depth().saturating_sub(1);
        let mut place = Place { builder: Grid::builder(Origin::Sheet), row: 0, column: 0 };
        place.builder.facts().sheet = Some(name.into());
        let mut visibility = false;
        while self.xml.depth() > outside {
            match self.xml.next()? {
                Token::Start(tag) => match tag.name() {
                    "Row" => start_row(&tag, &mut place, &self.budget, name)?,
                    "Cell" => {
                        let head = Head::of(&tag);
                        self.read_cell(&head, &mut place, name)?;
                    }
                    "Visible" => visibility = true,
                    _ => {}
                },
                Token::Text(text) if visibility => place.builder.facts().hidden = text.contains("Hidden"),
                Token::End(_) => visibility = false,
                Token::Eof => break,
                Token::Text(_) => {}
            }
        }
        looks::sort(place.builder.facts());
        self.document.grids.push(place.builder.finish());
        Ok(())
    }

    fn read_cell(&mut self, head: &Head, place: &mut Place, sheet: &str) -> Result<(), Error> {
        let column = head.index.or(place.column.checked_add(1)).and_then(Column::new);
        let column = column.ok_or_else(|| Error::NoSuchPlace { sheet: sheet.to_owned(), found: format!("第 {} 列", place.column) })?;
        place.column = column.number().saturating_add(head.across);
        if head.across > 0 || head.down > 0 {
            let last = Address::new(place.row.saturating_add(head.down), place.column);
            let first = Address { row: place.row, column };
            if let Some(last) = last {
                self.budget.merge(&mut place.builder, Merge { first, last }, sheet)?;
            }
        }
        let (stored, text, words) = self.read_data()?;
        let usual = head.style.as_ref().and_then(|style| self.looks.get(style)).copied().unwrap_or_default();
        let look = look::with(usual, words.whole());
        if !words.is_empty() {
            self.budget.expect_looks(words.len(), sheet)?;
            words.put(Address { row: place.row, column }, place.builder.facts());
        }
        let mut shown = String::new();
        let kind = match stored.as_str() {
            _ if text.is_empty() => {
                // a formula without a result was never computed; one with the empty text says `String`
                if stored.is_empty() {
                    shown.extend(head.formula.iter().map(String::as_str));
                }
                Kind::Uncomputed
            }
            "Number" => {
                let style = head.style.as_ref().and_then(|style| self.styles.get(style)).unwrap_or(&Shown::General);
                write_number(&text, style, self.epoch, &mut shown)
            }
            "DateTime" => match iso_date(&text) {
                Some(date) => {
                    shown = date;
                    Kind::Date
                }
                None => {
                    shown = text;
                    Kind::Text
                }
            },
            "Boolean" => {
                shown.push_str(if text.trim() == "1" { "TRUE" } else { "FALSE" });
                Kind::Boolean
            }
            other => {
                shown = text;
                if other == "Error" { Kind::Error } else { Kind::Text }
            }
        };
        self.budget.push_with(&mut place.builder, column, (kind, look), &shown, sheet)
    }

    /// The type and the text of the cell's data and what its words look like, formatted or not; notes are left out.
    fn read_data(&mut self) -> Result<(String, String, Looks), Error> {
        let outside = self.xml.depth().saturating_sub(1);
        let (mut stored, mut text, mut looks) = (String::new(), String::new(), Looks::default());
        let mut inside = None;
        // elements of rich text around the next words, with their depths
        let mut around: Vec<(u64, Look)> = Vec::new();
        while self.xml.depth() > outside {
            match self.xml.next()? {
                Token::Start(tag) if tag.name() == "Comment" => self.xml.skip_element()?,
                Token::Start(tag) if tag.name() == "Data" => {
                    stored = tag.attribute("Type").unwrap_or_default().into_owned();
                    inside = Some(self.xml.depth());
                }
                Token::Text(piece) if inside.is_some() => {
                    let start = text.len();
                    text.push_str(&piece);
                    let look = around.iter().fold(Look::default(), |look, (_, other)| look::with(look, *other));
                    looks.add(look, start..text.len());
                }
                Token::Start(tag) if inside.is_some() => {
                    let look = look_of_words(&tag);
                    around.push((self.xml.depth(), look));
                }
                Token::Eof => break,
                Token::Start(_) | Token::End(_) | Token::Text(_) => {}
            }
            inside = inside.filter(|depth| self.xml.depth() >= *depth);
            around.retain(|(depth, _)| self.xml.depth() >= *depth);
            if text.len() as u64 > self.limits.cell {
                return Err(Error::LimitExceeded { limit: Limit::Cell, allowed: self.limits.cell, at: None });
            }
        }
        looks.strike_out(&mut text);
        Ok((stored, text, looks))
    }
}

/// What an element of rich text makes its words look like.
fn look_of_words(tag: &Tag<'_>) -> Look {
    let attribute = |name: &str| {
        let found = tag.attributes().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.into_owned())
    };
    look::of_element(&tag.name().to_ascii_lowercase(), attribute)
}

/// What the font or the fill of a style makes a cell look like.
fn look_of(tag: &Tag<'_>) -> Look {
    let is = |name: &str| tag.attribute(name).is_some_and(|value| value == "1");
    Look {
        is_underlined: tag.attribute("Underline").is_some_and(|kind| kind != "None"),
        is_emphasised: is("Bold") || is("Italic") || tag.attribute("Color").is_some_and(|colour| is_bright_colour(&colour)),
        is_crossed: is("StrikeThrough"),
        symbols: tag.attribute("FontName").and_then(|name| SymbolFont::of_name(&name)),
    }
}

impl Head {
    fn of(tag: &Tag<'_>) -> Self {
        let number = |name| tag.parsed::<u32>(name);
        let small = |name| number(name).map(|number| u16::try_from(number).unwrap_or(u16::MAX));
        Self {
            index: small("Index"),
            across: small("MergeAcross").unwrap_or(0),
            down: number("MergeDown").unwrap_or(0),
            style: tag.attribute("StyleID").map(|style| style.into_owned()),
            formula: tag.attribute("Formula").map(|formula| formula.into_owned()),
        }
    }
}

fn start_row(tag: &Tag<'_>, place: &mut Place, budget: &Budget<'_>, sheet: &str) -> Result<(), Error> {
    let index = tag.attribute("Index");
    let row = match &index {
        Some(index) => index.parse().ok(),
        None => place.row.checked_add(1),
    };
    let row = row.filter(|row| (1..=Address::LAST_ROW).contains(row));
    let found = || index.as_ref().map_or_else(|| "最后一行之后".to_owned(), |index| index.to_string());
    place.row = row.ok_or_else(|| Error::NoSuchPlace { sheet: sheet.to_owned(), found: found() })?;
    place.column = 0;
    let hidden = tag.attribute("Hidden").as_deref() == Some("1");
    budget.start_row(&mut place.builder, place.row, hidden, sheet)
}

/// What a number format shows; some have names instead of codes.
fn shown_of(format: &str) -> Shown {
    match format {
        "" | "General Number" => Shown::General,
        "General Date" | "Long Date" | "Medium Date" | "Short Date" => Shown::Date,
        "Long Time" | "Medium Time" | "Short Time" => Shown::Time,
        "Fixed" | "Standard" | "Currency" | "Euro Currency" => Shown::of_code("0.00"),
        "Percent" => Shown::of_code("0.00%"),
        "Scientific" | "Yes/No" | "True/False" | "On/Off" => Shown::General,
        code => Shown::of_code(code),
    }
}
