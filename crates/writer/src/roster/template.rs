//! Somebody else's roster blank as .docx: its empty lines are filled, and more are added where they end.
//!
//! The central noun is [`RosterTemplate`]. The heading is found by the recogniser that reads rosters; each line keeps its own
//! faces. What stands above and below the lines stays as it is.

use std::ops::Range;

use mingce_core::recognize::Recognizer;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_ooxml::{Limits, word};

use crate::Error;
use crate::blank::{Columns, claimed, first_with_most, is_room};
use crate::docx::blank::Blank;
use crate::docx::package::{Deflater, PackageWriter};
use crate::form::{Filled, push_text};

/// An empty roster with its columns and lines located.
pub struct RosterTemplate {
    blank: Blank,
    columns: Columns,
    lines: Vec<Line>,
}

/// One empty line, cut at its places.
struct Line {
    whole: Range<usize>,
    pieces: Vec<Piece>,
}

/// A place in a line: what stands there, and how an answer takes its place.
struct Piece {
    xml: Range<usize>,
    /// Which of the columns.
    column: usize,
    /// Whether it is what else stands in the cell, which an answer takes away.
    is_rest: bool,
    before: String,
    after: &'static str,
}

impl RosterTemplate {
    /// A roster blank that somebody made in Word or WPS.
    ///
    /// # Errors
    /// [`Error::NoRoster`] when no table of it has a heading with 姓名 and an empty line below it.
    pub fn from_docx(bytes: &[u8], scheme: &Scheme) -> Result<Self, Error> {
        let blank = Blank::open(bytes)?;
        let document = word::scan(&blank.xml, &blank.document, &Limits::default())
            .map_err(|error| Error::Document { part: blank.document.clone(), source: error.into() })?;
        let recognizer = Recognizer::new(scheme);
        let found = document.tables.iter().flat_map(|table| recognizer.tables(&table.grid).into_iter().map(move |found| (table, found)));
        let (table, found) = first_with_most(found.filter_map(|found| Some((claimed(&found.1)?, found)))).ok_or(Error::NoRoster)?;
        let mut template = Self { columns: Columns::of(&found, &recognizer, scheme), lines: Vec::new(), blank };
        template.lines = template.empty_lines(table, *found.heading.end());
        if template.lines.is_empty() { Err(Error::NoRoster) } else { Ok(template) }
    }

    /// The headings that were found, as written, each with the fields that stand below it.
    #[must_use]
    pub fn places(&self) -> &[(String, Vec<Field>)] {
        &self.columns.places
    }

    /// Headings that no field claims, as written.
    #[must_use]
    pub fn unclaimed(&self) -> &[String] {
        &self.columns.unclaimed
    }

    /// The roster of these people, in this order, and what should be heard about each of them.
    ///
    /// # Errors
    /// When the document outgrows what a file can hold.
    pub fn fill(&self, people: &[&Registration], scheme: &Scheme) -> Result<(Vec<u8>, Vec<Filled>), Error> {
        let xml = &self.blank.xml;
        let mut deflater = Deflater::new();
        let mut bytes = Vec::new();
        let mut package = PackageWriter::new(&mut bytes);
        let (first, rest) = self.blank.parts.split_at(self.blank.parts.len().min(1));
        first.iter().try_for_each(|part| package.copy(part))?;
        let mut part = package.open(&self.blank.document, &mut deflater)?;
        let mut filled = Vec::with_capacity(people.len());
        let mut done = 0;
        let mut row = String::new();
        for (position, person) in people.iter().enumerate() {
            row.clear();
            let Some(line) = self.lines.get(position).or(self.lines.last()) else { break };
            let is_further = position >= self.lines.len();
            if !is_further {
                row.push_str(&xml[done..line.whole.start]);
                done = line.whole.end;
            }
            filled.push(self.write(line, person, position + 1, is_further, scheme, &mut row));
            package.push(&mut part, row.as_bytes(), &mut deflater)?;
        }
        package.push(&mut part, &xml.as_bytes()[done..], &mut deflater)?;
        package.close(part, &mut deflater)?;
        rest.iter().try_for_each(|part| package.copy(part))?;
        package.finish()?;
        Ok((bytes, filled))
    }

    fn write(&self, line: &Line, person: &Registration, seq: usize, is_further: bool, scheme: &Scheme, out: &mut String) -> Filled {
        let xml = &self.blank.xml;
        let mut filled = Filled::default();
        let mut written = String::new();
        let mut done = line.whole.start;
        for piece in &line.pieces {
            written.push_str(&xml[done..piece.xml.start]);
            done = piece.xml.end;
            let Some((_, content)) = self.columns.filled.get(piece.column) else { continue };
            let text = content.text(person, seq, scheme);
            let keeps = content.is_seq() && !is_further && !xml[piece.xml.clone()].is_empty();
            if keeps || text.is_empty() {
                written.push_str(&xml[piece.xml.clone()]);
                continue;
            }
            if piece.is_rest {
                continue;
            }
            written.push_str(&piece.before);
            push_text(&text, &mut written, |c| filled.dropped.extend(content.field(scheme).map(|field| (field, c))));
            written.push_str(piece.after);
        }
        written.push_str(&xml[done..line.whole.end]);
        // a line of a fixed height must grow with its answers
        let written = written.replacen("w:hRule=\"exact\"", "w:hRule=\"atLeast\"", 1);
        out.push_str(&if is_further { without_ids(&written) } else { written });
        filled
    }

    /// The empty lines below the heading: the first stretch of them.
    fn empty_lines(&self, table: &word::Table, heading: u32) -> Vec<Line> {
        let below = usize::try_from(heading).unwrap_or(usize::MAX);
        let rows = table.rows.iter().skip(below).skip_while(|row| !self.is_empty_line(row));
        rows.take_while(|row| self.is_empty_line(row)).map(|row| self.line(row)).collect()
    }

    fn is_empty_line(&self, row: &word::Row) -> bool {
        let is_number = |cell: &word::Cell| self.columns.is_seq(cell.at.column) && cell.text.trim().chars().all(|c| c.is_ascii_digit());
        row.cells.len() * 2 > self.columns.filled.len() && row.cells.iter().all(|cell| is_room(&cell.text) || is_number(cell))
    }

    fn line(&self, row: &word::Row) -> Line {
        let xml = &self.blank.xml;
        let mut pieces = Vec::new();
        for (position, (column, _)) in self.columns.filled.iter().enumerate() {
            let Some(cell) = row.cells.iter().find(|cell| cell.at.column == *column && !cell.is_continued) else { continue };
            let Some(paragraph) = cell.paragraphs.first() else { continue };
            if !cell.segments.is_empty() {
                for (index, segment) in cell.segments.iter().enumerate() {
                    let (xml, is_rest) = (segment.xml.clone(), index > 0);
                    pieces.push(Piece { xml, column: position, is_rest, before: String::new(), after: "" });
                }
                continue;
            }
            let face =
                paragraph.runs.last().filter(|run| !run.is_empty()).or(paragraph.mark.as_ref()).map_or("", |face| &xml[face.clone()]);
            let run = format!("<w:r>{face}<w:t xml:space=\"preserve\">");
            let (xml, before, after) = match paragraph.end {
                Some(end) => (end..end, run, "</w:t></w:r>"),
                None => {
                    let tag = xml[paragraph.xml.clone()].trim_end_matches("/>");
                    (paragraph.xml.clone(), format!("{tag}>{run}"), "</w:t></w:r></w:p>")
                }
            };
            pieces.push(Piece { xml, column: position, is_rest: false, before, after });
        }
        pieces.sort_by_key(|piece| piece.xml.start);
        Line { whole: row.xml.clone(), pieces }
    }
}

/// A repeated line without the ids that a document may hold only once.
fn without_ids(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = [" w14:paraId=\"", " w14:textId=\""].iter().filter_map(|name| rest.find(name)).min() {
        out.push_str(&rest[..at]);
        let value = rest[at..].find('"').map_or(rest.len(), |open| at + open + 1);
        rest = rest[value..].split_once('"').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}
