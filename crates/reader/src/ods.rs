//! OpenDocument spreadsheets (`.ods`, and `.fods` in one XML file): rows and cells that say how often they are repeated.
//!
//! Empty repeats cost nothing, and others are counted before they are written out. The text of a cell is what the file says a
//! person sees, where that is the number itself; calamine, which knows neither hidden rows nor that text, refuses blanks
//! between cells.

mod cell;
mod controls;
mod image;
mod looks;
mod paragraphs;
mod shapes;

use std::collections::BTreeSet;
use std::io::{self, BufRead};
use std::sync::Arc;

use mingce_core::address::{Address, Column};
use mingce_core::grid::{Epoch, Grid, GridBuilder, Look, Merge, Origin, Picture, PictureFile};
use mingce_ooxml::xml::{Tag, Token};
use mingce_ooxml::{Limit, Limits, Package, XmlReader};

use crate::budget::Budget;
use crate::document::{After, Document, Format, Reach};
use crate::error::Error;
use crate::geometry::Measured;
use crate::ods::controls::Controls;
use crate::ods::image::Source;
use crate::ods::looks::{Family, Styles};
use crate::ods::shapes::{Measures, Shapes};
use crate::pictures::{Files, MOST};

/// Reads all sheets of the package.
pub(crate) fn read(package: &Package<'_>) -> Result<Document, Error> {
    let manifest = "META-INF/manifest.xml";
    if package.contains(manifest) && package.xml_text(manifest)?.contains("encryption-data") {
        return Err(Error::Encrypted);
    }
    let part = "content.xml";
    let (mut document, pictures) = read_with_pictures(package.xml(part)?, package.limits())?;
    if document.damaged.iter().any(|damaged| damaged.reach != Reach::Sheet) {
        // what stands before the break is right only where all of the part is what was packed
        io::copy(&mut package.part_reader(part)?, &mut io::sink()).map_err(|error| mingce_ooxml::Error::from_io(&error, part))?;
    }
    let mut files = Files::of(package);
    put(pictures, &mut document, |part| files.at(part));
    Ok(document)
}

/// Reads all sheets of the content, which is the whole file in `.fods`.
pub(crate) fn read_content<R: BufRead>(xml: XmlReader<R>, limits: &Limits) -> Result<Document, Error> {
    let (mut document, pictures) = read_with_pictures(xml, limits)?;
    // in one XML file there are no parts that pictures could be
    put(pictures, &mut document, |_| Arc::default());
    Ok(document)
}

/// A picture in a cell of this sheet, counted from 0.
struct Placed {
    sheet: usize,
    at: Address,
    source: Source,
}

/// Puts the pictures into the grids of the sheets that people see.
fn put(pictures: Vec<Placed>, document: &mut Document, mut in_part: impl FnMut(Option<&str>) -> Arc<PictureFile>) {
    for Placed { sheet, at, source } in pictures {
        let Some(grid) = document.grids.get_mut(sheet).filter(|grid| !grid.hidden) else { continue };
        let file = match source {
            Source::Part(part) => in_part(Some(&part)),
            Source::Inside(file) => file,
        };
        grid.pictures.push(Picture { at, is_floating: true, file });
    }
}

fn read_with_pictures<R: BufRead>(xml: XmlReader<R>, limits: &Limits) -> Result<(Document, Vec<Placed>), Error> {
    let mut reader = Reader {
        xml,
        budget: Budget::of(limits),
        hidden_styles: BTreeSet::new(),
        measures: Measures::default(),
        styles: Styles::default(),
        epoch: Epoch::Of1900,
        is_spreadsheet: false,
        document: Document::new(Format::Ods),
        pictures: Vec::new(),
    };
    if let Err(error) = reader.read_sheets() {
        reader.document.break_off(None, error)?;
    }
    if !reader.is_spreadsheet {
        return Err(Error::Unsupported { found: crate::sniff::OPEN_TEXT });
    }
    if reader.document.grids.is_empty() && reader.document.damaged.is_empty() {
        return Err(Error::NoSheets);
    }
    reader.document.count_from(reader.epoch);
    Ok((reader.document, reader.pictures))
}

struct Reader<'l, R> {
    xml: XmlReader<R>,
    budget: Budget<'l>,
    hidden_styles: BTreeSet<String>,
    measures: Measures,
    styles: Styles,
    epoch: Epoch,
    is_spreadsheet: bool,
    document: Document,
    pictures: Vec<Placed>,
}

/// One sheet while it is read.
struct Sheet {
    name: String,
    builder: GridBuilder,
    /// The number of the next row, counted from 1.
    next_row: u64,
    /// Columns whose cells look other than usual unless they say so themselves: the first, the number behind the last.
    looks: Vec<(u16, u16, Look)>,
    controls: Controls,
}

impl Sheet {
    /// What the cells of this column look like that say nothing themselves.
    fn look(&self, column: u64) -> Look {
        let is_in = |first: u16, end: u16| (u64::from(first)..u64::from(end)).contains(&column);
        self.looks.iter().find(|(first, end, _)| is_in(*first, *end)).map(|(_, _, look)| *look).unwrap_or_default()
    }
}

/// A cell that holds something, and the columns it is repeated in.
struct Repeated {
    first: u64,
    count: u64,
    read: cell::Read,
    /// What it looks like as a whole.
    look: Look,
    /// How many columns and rows it spans.
    spans: (u64, u64),
}

impl<R: BufRead> Reader<'_, R> {
    fn read_sheets(&mut self) -> Result<(), Error> {
        let mut style = String::new();
        loop {
            match self.xml.next()? {
                Token::Start(tag) => match tag.name() {
                    "style" => {
                        style = tag.attribute("name").unwrap_or_default().into_owned();
                        self.styles.take(&tag);
                    }
                    "text-properties" | "table-cell-properties" => self.styles.take(&tag),
                    "table-properties" if tag.attribute("display").as_deref() == Some("false") => {
                        self.hidden_styles.insert(style.clone());
                    }
                    // the other days that dates may count from are off by a day or two and not met
                    "null-date" if tag.attribute("date-value").as_deref() == Some("1904-01-01") => self.epoch = Epoch::Of1904,
                    "spreadsheet" => self.is_spreadsheet = true,
                    "table-column-properties" | "table-row-properties" => self.measures.take(&style, &tag),
                    "tracked-changes" => self.xml.skip_element()?,
                    "table" if self.is_spreadsheet => {
                        let name: Arc<str> = tag.attribute("name").unwrap_or_default().into();
                        let hidden = tag.attribute("style-name").is_some_and(|style| self.hidden_styles.contains(style.as_ref()));
                        let outside = self.xml.depth().saturating_sub(1);
                        let pictures = self.pictures.len();
                        let Err(error) = self.read_sheet(&name, hidden) else { continue };
                        self.pictures.truncate(pictures);
                        if self.document.go_on(&name, hidden, error, || self.xml.skip_to(outside))? == After::Nothing {
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

    fn read_sheet(&mut self, name: &str, hidden: bool) -> Result<(), Error> {
        let allowed = self.budget.limits.sheets;
        if self.document.grids.len() as u64 >= allowed {
            return Err(Error::LimitExceeded { limit: Limit::Sheets, allowed, at: None });
        }
        let builder = Grid::builder(Origin::Sheet);
        let mut sheet = Sheet { name: name.to_owned(), builder, next_row: 1, looks: Vec::new(), controls: Controls::default() };
        let (mut of_page, mut measured, mut column) = (Shapes::default(), Measured::default(), 1);
        let facts = sheet.builder.facts();
        facts.sheet = Some(name.into());
        facts.hidden = hidden;
        let outside = self.xml.depth().saturating_sub(1);
        while self.xml.depth() > outside {
            match self.xml.next()? {
                Token::Start(tag) => match tag.name() {
                    "table-row" => {
                        let repeated = count(&tag, "number-rows-repeated", name)?;
                        let hidden = matches!(tag.attribute("visibility").as_deref(), Some("collapse" | "filter"));
                        if !of_page.is_empty() {
                            self.measures.rows(&tag, sheet.next_row, repeated, hidden, &mut measured);
                        }
                        let look = tag.attribute("default-cell-style-name").map(|style| self.styles.look(Family::Cell, Some(&style)));
                        self.read_row(&mut sheet, repeated, hidden, look)?;
                    }
                    "table-column" => {
                        let repeated = count(&tag, "number-columns-repeated", name)?;
                        let look = self.styles.look(Family::Cell, tag.attribute("default-cell-style-name").as_deref());
                        let first = column;
                        column = self.measures.columns(&tag, column, repeated, &mut measured);
                        if look != Look::default() && sheet.looks.len() < usize::from(Column::LAST.number()) {
                            sheet.looks.push((first, column, look));
                        }
                    }
                    // they stand before the rows
                    "shapes" => shapes::read(&mut self.xml, self.budget.limits, &mut of_page)?,
                    "forms" => sheet.controls.read(&mut self.xml, name)?,
                    _ => {}
                },
                Token::Eof => break,
                Token::End(_) | Token::Text(_) => {}
            }
        }
        let room = MOST.saturating_sub(self.pictures.len());
        let number = self.document.grids.len();
        let placed = shapes::placed(of_page, measured, &mut sheet.controls).into_iter().take(room);
        self.pictures.extend(placed.map(|(at, source)| Placed { sheet: number, at, source }));
        let grid = sheet.builder.finish();
        self.document.grids.push(if hidden { grid } else { crate::controls::put(&sheet.controls.placed, grid) });
        Ok(())
    }

    /// Reads a row whose cells look so unless they say otherwise, and writes it.
    fn read_row(&mut self, sheet: &mut Sheet, repeated: u64, hidden: bool, look: Option<Look>) -> Result<(), Error> {
        let mut cells = Vec::new();
        let mut next = 1u64;
        let outside = self.xml.depth().saturating_sub(1);
        while self.xml.depth() > outside {
            match self.xml.next()? {
                Token::Start(tag) if matches!(tag.name(), "table-cell" | "covered-table-cell") => {
                    let count = count(&tag, "number-columns-repeated", &sheet.name)?;
                    let head = cell::Head::of(&tag);
                    let mut hung = cell::Hung::default();
                    let own = tag.attribute("style-name").map(|style| self.styles.look(Family::Cell, Some(&style)));
                    let read = cell::read(&mut self.xml, &head, self.budget.limits, &self.styles, &mut hung)?;
                    place_controls(sheet, next, &hung.controls);
                    self.place_pictures(sheet, next, hung.pictures);
                    if !read.text.is_empty() {
                        let usual = own.or(look).unwrap_or_else(|| sheet.look(next));
                        let look = if read.looks.is_empty() { usual } else { read.looks.whole() };
                        cells.push(Repeated { first: next, count, read, look, spans: head.spans });
                    }
                    next = next.saturating_add(count);
                }
                Token::Eof => break,
                Token::Start(_) | Token::End(_) | Token::Text(_) => {}
            }
        }
        let first = sheet.next_row;
        sheet.next_row = first.saturating_add(repeated);
        if cells.is_empty() { Ok(()) } else { self.write_rows(sheet, first, repeated, hidden, &cells) }
    }

    /// Notes the pictures of a cell of the next row.
    fn place_pictures(&mut self, sheet: &Sheet, column: u64, sources: Vec<(Source, [bool; 2])>) {
        let room = MOST.saturating_sub(self.pictures.len());
        for (source, [right, below]) in sources.into_iter().take(room) {
            let at =
                || Address::new(u32::try_from(sheet.next_row).ok()? + u32::from(below), u16::try_from(column).ok()? + u16::from(right));
            let at = at().map(|at| Placed { sheet: self.document.grids.len(), at, source });
            self.pictures.extend(at);
        }
    }

    /// Writes the row as often as it is repeated, once it is certain that all of it fits.
    fn write_rows(&mut self, sheet: &mut Sheet, first: u64, repeated: u64, hidden: bool, cells: &[Repeated]) -> Result<(), Error> {
        let in_a_row = cells.iter().fold(0u64, |sum, cell| sum.saturating_add(cell.count));
        self.budget.expect(in_a_row.saturating_mul(repeated), &sheet.name)?;
        let last = first.saturating_add(repeated - 1);
        if last > u64::from(Address::LAST_ROW) {
            return Err(Error::NoSuchPlace { sheet: sheet.name.clone(), found: format!("第 {last} 行") });
        }
        for row in first..=last {
            let row = u32::try_from(row).unwrap_or(Address::LAST_ROW);
            self.budget.start_row(&mut sheet.builder, row, hidden, &sheet.name)?;
            for cell in cells {
                for number in cell.first..cell.first.saturating_add(cell.count) {
                    let column = u16::try_from(number).ok().and_then(Column::new);
                    let column =
                        column.ok_or_else(|| Error::NoSuchPlace { sheet: sheet.name.clone(), found: format!("第 {number} 列") })?;
                    let kind = (cell.read.kind, cell.look);
                    self.budget.push_with(&mut sheet.builder, column, kind, &cell.read.text, &sheet.name)?;
                    self.budget.expect_looks(cell.read.looks.len(), &sheet.name)?;
                    cell.read.looks.put(Address { row, column }, sheet.builder.facts());
                    if let Some(merge) = cell.merge(Address { row, column }) {
                        self.budget.merge(&mut sheet.builder, merge, &sheet.name)?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl Repeated {
    fn merge(&self, first: Address) -> Option<Merge> {
        let (columns, rows) = self.spans;
        if columns <= 1 && rows <= 1 {
            return None;
        }
        let column = u64::from(first.column.number()).saturating_add(columns.saturating_sub(1));
        let row = u64::from(first.row).saturating_add(rows.saturating_sub(1));
        let last = Address::new(u32::try_from(row).ok()?, u16::try_from(column).ok()?)?;
        Some(Merge { first, last })
    }
}

/// Places the controls of a cell of the next row.
fn place_controls(sheet: &mut Sheet, column: u64, drawn: &[controls::Drawn]) {
    let at = || Address::new(u32::try_from(sheet.next_row).ok()?, u16::try_from(column).ok()?);
    if let Some(at) = at() {
        drawn.iter().for_each(|drawn| sheet.controls.place(at, drawn));
    }
}

/// How often something is repeated: once, unless it says so.
fn count(tag: &Tag<'_>, name: &str, sheet: &str) -> Result<u64, Error> {
    let Some(stored) = tag.attribute(name) else { return Ok(1) };
    let count = stored.trim().parse().ok().filter(|count: &u64| (1..=u64::from(u32::MAX)).contains(count));
    count.ok_or_else(|| Error::NoSuchPlace { sheet: sheet.to_owned(), found: stored.into_owned() })
}

#[cfg(test)]
mod tests;
