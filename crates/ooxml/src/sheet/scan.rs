//! One pass over the XML of a sheet whose texts are its own.

use std::ops::Range;

use mingce_core::address::{Address, Column};
use mingce_core::grid::{Grid, GridBuilder, GridFull, Kind, Merge, Origin};

use super::{Cell, Row, Sheet, Styles};
use crate::error::{Error, Limit};
use crate::limits::Limits;
use crate::word::{Holder, Segment};
use crate::xml::{Tag, Token, XmlReader, resolve_references};

/// Height of a row and width of a column where a sheet says nothing: Excel's own, in points and characters.
const USUAL_HEIGHT: f64 = 15.0;
const USUAL_WIDTH: f64 = 8.43;

/// Merged rectangles in a sheet; far more than any form has.
const MOST_MERGES: usize = 1 << 20;

/// Finds the cells of a sheet in its XML, whose texts are inline. The part's name is for errors.
///
/// # Errors
/// When the XML is malformed or a limit is exceeded.
pub fn scan(xml: &str, part: &str, styles: &Styles, limits: &Limits) -> Result<Sheet, Error> {
    let sheet = Sheet {
        grid: Grid::builder(Origin::Sheet).finish(),
        rows: Vec::new(),
        data: 0..0,
        prefix: String::new(),
        widths: Vec::new(),
        default_width: USUAL_WIDTH,
        default_height: USUAL_HEIGHT,
    };
    let reader = XmlReader::new(xml.as_bytes(), part, limits);
    let mut scan = Scan { xml, part, reader, limits, sheet, merges: Vec::new(), row: 0, column: 0, cells: 0 };
    scan.whole()?;
    let Scan { mut sheet, merges, .. } = scan;
    sheet.grid = grid(&sheet, merges, styles).map_err(|GridFull| Error::limit(Limit::Text, Some(part), limits.text))?;
    Ok(sheet)
}

struct Scan<'x> {
    xml: &'x str,
    part: &'x str,
    reader: XmlReader<&'x [u8]>,
    limits: &'x Limits,
    sheet: Sheet,
    merges: Vec<Merge>,
    /// Where the last row and cell stood.
    row: u32,
    column: u16,
    cells: u64,
}

impl Scan<'_> {
    fn whole(&mut self) -> Result<(), Error> {
        loop {
            match self.reader.next()? {
                Token::Start(tag) => match tag.name() {
                    "worksheet" => self.sheet.prefix = prefix(&self.xml[range(self.reader.range())]).to_owned(),
                    "sheetFormatPr" => {
                        self.sheet.default_height = tag.parsed("defaultRowHeight").unwrap_or(USUAL_HEIGHT);
                        self.sheet.default_width = tag.parsed("defaultColWidth").unwrap_or(USUAL_WIDTH);
                    }
                    "col" => self.sheet.widths.extend(width(&tag)),
                    "sheetData" => {
                        self.sheet.data.start = range(self.reader.range()).end;
                        self.rows()?;
                    }
                    "mergeCell" if self.merges.len() < MOST_MERGES => {
                        self.merges.extend(tag.attribute("ref").and_then(|merge| Merge::parse(&merge)));
                    }
                    _ => {}
                },
                Token::Eof => return Ok(()),
                Token::End(_) | Token::Text(_) => {}
            }
        }
    }

    fn rows(&mut self) -> Result<(), Error> {
        let outside = self.reader.depth().saturating_sub(1);
        while self.reader.depth() > outside {
            match self.reader.next()? {
                Token::Start(tag) if tag.name() == "row" => {
                    let number = tag.parsed("r").unwrap_or(self.row.saturating_add(1));
                    let height = tag.parsed("ht");
                    let tag = range(self.reader.range());
                    // rows ascend, or programs call the file damaged
                    if !(self.row + 1..=Address::LAST_ROW).contains(&number) {
                        return Err(Error::damaged(self.part, "有一行不在表格范围之内"));
                    }
                    (self.row, self.column) = (number, 0);
                    self.sheet.rows.push(Row { number, xml: tag.clone(), tag, height, cells: Vec::new() });
                    self.row()?;
                }
                Token::Eof => break,
                Token::Start(_) | Token::End(_) | Token::Text(_) => {}
            }
        }
        self.sheet.data.end = range(self.reader.range()).start.max(self.sheet.data.start);
        Ok(())
    }

    fn row(&mut self) -> Result<(), Error> {
        let outside = self.reader.depth().saturating_sub(1);
        while self.reader.depth() > outside {
            match self.reader.next()? {
                Token::Start(tag) if tag.name() == "c" => {
                    let at = tag.parsed::<Address>("r").or_else(|| Address::new(self.row, self.column.checked_add(1)?));
                    let style = tag.parsed("s").unwrap_or(0);
                    let value = Value::of(tag.attribute("t").as_deref());
                    let Some(at) = at else { return Err(Error::damaged(self.part, "有一格不在表格范围之内")) };
                    self.column = at.column.number();
                    self.cell(at, style, value)?;
                }
                Token::Eof => break,
                Token::Start(_) | Token::End(_) | Token::Text(_) => {}
            }
        }
        let end = range(self.reader.range()).end;
        self.sheet.rows.last_mut().into_iter().for_each(|row| row.xml.end = end);
        Ok(())
    }

    fn cell(&mut self, at: Address, style: usize, value: Value) -> Result<(), Error> {
        self.cells += 1;
        if self.cells > self.limits.cells {
            return Err(Error::limit(Limit::Cells, Some(self.part), self.limits.cells));
        }
        let tag = range(self.reader.range());
        let mut cell =
            Cell { at, xml: tag.clone(), tag, style, text: String::new(), segments: Vec::new(), underlined: Vec::new(), formula: None };
        let outside = self.reader.depth().saturating_sub(1);
        let (mut run, mut is_underlined) = (0, false);
        while self.reader.depth() > outside {
            match self.reader.next()? {
                Token::Start(tag) => match tag.name() {
                    "t" => {
                        let (inside, start) = (self.inside()?, cell.text.len());
                        pieces(self.xml, inside, run, &mut cell.text, &mut cell.segments);
                        if is_underlined {
                            cell.underlined.push(start..cell.text.len());
                        }
                    }
                    "r" => (run, is_underlined) = (run + 1, false),
                    "u" => is_underlined = tag.attribute("val").as_deref() != Some("none"),
                    "v" => {
                        let inside = self.inside()?;
                        take_value(self.xml, inside, value, &mut cell);
                    }
                    "f" => {
                        let start = range(self.reader.range()).start;
                        self.reader.skip_element()?;
                        cell.formula = Some(start..range(self.reader.range()).end);
                    }
                    "rPh" => self.reader.skip_element()?,
                    _ => {}
                },
                Token::Eof => break,
                Token::End(_) | Token::Text(_) => {}
            }
        }
        if cell.text.len() as u64 > self.limits.cell {
            return Err(Error::limit(Limit::Cell, Some(self.part), self.limits.cell));
        }
        cell.xml.end = range(self.reader.range()).end;
        self.sheet.rows.last_mut().into_iter().for_each(|row| row.cells.push(cell.clone()));
        Ok(())
    }

    /// The bytes between the tags of the element that opened last.
    fn inside(&mut self) -> Result<Range<usize>, Error> {
        let start = range(self.reader.range()).end;
        self.reader.skip_element()?;
        Ok(start..range(self.reader.range()).start.max(start))
    }
}

/// What the value of a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Number,
    /// Yes or no: a check box in the cell, in newer programs.
    Truth,
    Text,
}

impl Value {
    /// What a cell of this type has.
    fn of(kind: Option<&str>) -> Self {
        match kind {
            None | Some("n") => Self::Number,
            Some("b") => Self::Truth,
            Some(_) => Self::Text,
        }
    }
}

/// Takes what stands between the tags of a cell's value; yes and no are read as a box, whose state stands there.
fn take_value(xml: &str, inside: Range<usize>, value: Value, cell: &mut Cell) {
    let written = &xml[inside.clone()];
    cell.text = match value {
        Value::Number => written.to_owned(),
        Value::Truth if cell.formula.is_none() && matches!(written, "0" | "1") => {
            let glyph = if written == "1" { "☑" } else { "□" };
            cell.segments.push(Segment { text: 0..glyph.len(), xml: inside, holder: Holder::State, paragraph: 0, run: 0 });
            glyph.to_owned()
        }
        Value::Truth | Value::Text => resolve_references(written).into_owned(),
    };
}

/// Adds the pieces of a text: characters as they stand, and references, which are only replaced as a whole.
pub(super) fn pieces(xml: &str, inside: Range<usize>, run: usize, out: &mut String, segments: &mut Vec<Segment>) {
    let mut at = inside.start;
    while at < inside.end {
        let rest = &xml[at..inside.end];
        let (length, text, holder) = match rest.find('&') {
            Some(0) => {
                let length = rest.find(';').map_or(rest.len(), |end| end + 1);
                (length, resolve_references(&rest[..length]).into_owned(), Holder::Reference)
            }
            Some(plain) => (plain, rest[..plain].to_owned(), Holder::Plain),
            None => (rest.len(), rest.to_owned(), Holder::Plain),
        };
        let start = out.len();
        out.push_str(&text);
        segments.push(Segment { text: start..out.len(), xml: at..at + length, holder, paragraph: 0, run });
        at += length;
    }
}

/// What stands before the element's name in its tag.
pub(super) fn prefix(tag: &str) -> &str {
    let name = tag.trim_start_matches('<').split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or("");
    name.rfind(':').map_or("", |colon| &name[..=colon])
}

/// First and last column, and their width.
fn width(tag: &Tag<'_>) -> Option<(u16, u16, f64)> {
    let width = if tag.is_on("hidden") { 0.0 } else { tag.parsed("width")? };
    Some((tag.parsed("min")?, tag.parsed("max")?, width))
}

/// The bytes of a token; a part in memory is never larger than a `usize` can say.
pub(super) fn range(range: Range<u64>) -> Range<usize> {
    let number = |at| usize::try_from(at).unwrap_or(usize::MAX);
    number(range.start)..number(range.end)
}

fn grid(sheet: &Sheet, merges: Vec<Merge>, styles: &Styles) -> Result<Grid, GridFull> {
    let mut builder: GridBuilder = Grid::builder(Origin::Sheet);
    let mut edge: Option<Column> = None;
    let mut underlined = Vec::new();
    for row in &sheet.rows {
        builder.start_row(row.number, false)?;
        for cell in &row.cells {
            if styles.look(cell.style).has_border {
                edge = edge.max(Some(cell.at.column));
            }
            let kind = if cell.segments.is_empty() && cell.formula.is_none() { Kind::Number } else { Kind::Text };
            let kind = if cell.text.parse::<f64>().is_ok() { kind } else { Kind::Text };
            builder.push(cell.at.column, kind, &cell.text)?;
            underlined.extend(cell.underlined.iter().map(|part| (cell.at, part.clone())));
        }
    }
    let facts = builder.facts();
    facts.merges = merges;
    // where nothing is drawn, a value may stand right of the last words
    let used = sheet.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.text.trim().is_empty()).map(|cell| cell.at.column).max();
    facts.edge = edge.or_else(|| used?.right(1));
    underlined.sort_by_key(|(at, part): &(Address, Range<usize>)| (*at, part.start));
    facts.underlined = underlined;
    facts.column_widths =
        (1..=edge.map_or(0, Column::number)).filter_map(Column::new).map(|column| (column, sheet.width(column))).collect();
    Ok(builder.finish())
}
