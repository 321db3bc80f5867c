//! Annex 2 as .docx: the blank's one line is cut at its cells and spliced for each person.

use std::ops::Range;

use mingce_core::compose;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, RosterColumn, Scheme};
use mingce_ooxml::{Limits, word};

use crate::Error;
use crate::docx::build::{self, CELL_MARGIN, DOCUMENT};
use crate::docx::measure::{text_width, words};
use crate::docx::package::{Deflater, PackageWriter};
use crate::docx::unit::Twips;
use crate::form::push_text;

/// The roster of these people, in this order.
///
/// # Errors
/// When the document outgrows what a file can hold.
///
/// # Examples
/// ```
/// use mingce_core::{registration::Registration, scheme::Scheme};
///
/// let person = Registration::default();
/// let docx = mingce_writer::roster::docx(&[&person], &Scheme::built_in())?;
/// assert!(docx.starts_with(b"PK"));
/// # Ok::<(), mingce_writer::Error>(())
/// ```
pub fn docx(people: &[&Registration], scheme: &Scheme) -> Result<Vec<u8>, Error> {
    let lines = (1..).zip(people.iter().copied()).map(|(seq, person)| compose::roster_line(person, seq, scheme));
    let widths = widths(lines.clone(), scheme);
    write(lines, &widths, scheme)
}

/// An empty roster with so many numbered lines.
///
/// # Errors
/// When the document outgrows what a file can hold.
pub fn blank_docx(scheme: &Scheme, rows: u32) -> Result<Vec<u8>, Error> {
    let nobody = Registration::default();
    let lines = (1..=usize::try_from(rows).unwrap_or(usize::MAX)).map(|seq| compose::roster_line(&nobody, seq, scheme));
    let widths = widths(lines.clone(), scheme);
    write(lines, &widths, scheme)
}

/// Widths of the columns: what is written in them, between the least and the most, together as wide as the page.
fn widths(lines: impl Iterator<Item = Vec<String>>, scheme: &Scheme) -> Vec<Twips> {
    let layout = &scheme.roster;
    let size = layout.cell_font.size.0;
    let room = |text: &str, size: f64| {
        let widest = text.split('\n').map(text_width).fold(0.0, f64::max);
        Twips::from_points(widest * size).0 + 2 * CELL_MARGIN.0 + 40
    };
    // a heading stays on one line where the column may be that wide
    let headed = |column: &RosterColumn| {
        let heading = room(&column.heading, layout.heading_font.size.0);
        Twips::from(column.least).0.max(heading.min(Twips::from(column.most).0))
    };
    let mut least: Vec<u32> = layout.columns.iter().map(headed).collect();
    let mut wanted = least.clone();
    for line in lines {
        for ((column, text), (width, least)) in layout.columns.iter().zip(&line).zip(wanted.iter_mut().zip(&mut least)) {
            *width = (*width).max(room(text, size));
            // telephone numbers and dates never break, whatever else is short of room
            let most = Twips::from(column.most).0;
            if column
                .from
                .iter()
                .any(|field| matches!(field, Field::Phone | Field::Mobile | Field::Birth | Field::JoinedParty | Field::IdNumber))
            {
                *least = (*least).max(room(text, size).min(most));
            }
            let number = words(text).max_by_key(|word| word.len()).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            *least = (*least).max(number.map_or(0, |word| room(word, size).min(most)));
        }
    }
    for ((width, least), column) in wanted.iter_mut().zip(&least).zip(&layout.columns) {
        *width = (*width).min(Twips::from(column.most).0.max(*least));
    }
    let page = &layout.page;
    let page = Twips::from(page.width).0.saturating_sub(Twips::from(page.left).0 + Twips::from(page.right).0);
    share(&mut wanted, &least, page);
    wanted.into_iter().map(Twips).collect()
}

/// Takes from, or gives to, each column in the measure in which it may, until together they are as wide as the page.
fn share(wanted: &mut [u32], least: &[u32], page: u32) {
    let total: u32 = wanted.iter().sum();
    if total > page {
        let flexible: Vec<u64> = wanted.iter().zip(least).map(|(want, least)| u64::from(want.saturating_sub(*least))).collect();
        let sum: u64 = flexible.iter().sum();
        let excess = u64::from(total - page).min(sum);
        for (width, flexible) in wanted.iter_mut().zip(&flexible) {
            *width -= u32::try_from((excess * flexible).div_ceil(sum.max(1))).unwrap_or(0).min(*width);
        }
    } else if total > 0 {
        let free = u64::from(page - total);
        for width in wanted {
            *width += u32::try_from(free * u64::from(*width) / u64::from(total)).unwrap_or(0);
        }
    }
}

fn write(mut lines: impl Iterator<Item = Vec<String>>, widths: &[Twips], scheme: &Scheme) -> Result<Vec<u8>, Error> {
    let blank = build::roster(scheme, widths)?;
    let mut deflater = Deflater::new();
    let mut bytes = Vec::new();
    let mut package = PackageWriter::new(&mut bytes);
    for (name, text) in &blank {
        if name != DOCUMENT {
            package.deflate(name, text.as_bytes(), &mut deflater)?;
            continue;
        }
        let line = Line::find(text)?;
        let mut part = package.open(DOCUMENT, &mut deflater)?;
        package.push(&mut part, &text.as_bytes()[..line.whole.start], &mut deflater)?;
        let mut row = String::new();
        for answers in lines.by_ref() {
            row.clear();
            line.write(text, &answers, &mut row);
            package.push(&mut part, row.as_bytes(), &mut deflater)?;
        }
        package.push(&mut part, &text.as_bytes()[line.whole.end..], &mut deflater)?;
        package.close(part, &mut deflater)?;
    }
    package.finish()?;
    Ok(bytes)
}

/// The line of the blank that is repeated.
struct Line {
    whole: Range<usize>,
    /// For each cell, where its run goes and the properties it gets.
    cells: Vec<(usize, String)>,
}

impl Line {
    fn find(xml: &str) -> Result<Self, Error> {
        let document = word::scan(xml, DOCUMENT, &Limits::default())
            .map_err(|error| Error::Document { part: DOCUMENT.to_owned(), source: error.into() })?;
        let row = document.tables.first().and_then(|table| table.rows.last()).ok_or(Error::NoForm)?;
        let paragraphs = row.cells.iter().filter_map(|cell| cell.paragraphs.first());
        let cells = paragraphs.filter_map(|paragraph| {
            let face = paragraph.mark.clone().map_or("", |mark| &xml[mark]);
            Some((paragraph.end?, face.to_owned()))
        });
        Ok(Self { whole: row.xml.clone(), cells: cells.collect() })
    }

    fn write(&self, xml: &str, answers: &[String], out: &mut String) {
        let mut done = self.whole.start;
        for ((end, face), text) in self.cells.iter().zip(answers) {
            if text.is_empty() {
                continue;
            }
            out.push_str(&xml[done..*end]);
            done = *end;
            for piece in ["<w:r>", face, "<w:t xml:space=\"preserve\">"] {
                out.push_str(piece);
            }
            push_text(text, out, |_| {});
            out.push_str("</w:t></w:r>");
        }
        out.push_str(&xml[done..self.whole.end]);
    }
}
