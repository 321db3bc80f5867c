//! The summary: title, sentences and tables.

use docx_rs::{HeightRule, Paragraph, Table, TableCell, TableRow, VAlignType, WidthType};
use mingce_core::scheme::{Alignment, Font, Millimetres, Page, Points, Scheme};
use mingce_core::statistics::Summary;
use mingce_core::text::without_illegal;

use super::roster::centred_page_number;
use super::{Parts, document, paragraph, parts, points, run, spacing, table, usize_of};
use crate::Error;
use crate::docx::measure::LINE;
use crate::docx::unit::Twips;
use crate::summary::{Cell, SIGNATURES, Section, TITLE, day_line, lead, sections};

/// A4 upright.
const PAGE: Page = Page {
    width: Millimetres(210.0),
    height: Millimetres(297.0),
    top: Millimetres(30.0),
    right: Millimetres(22.0),
    bottom: Millimetres(28.0),
    left: Millimetres(22.0),
};

/// Room between a line's text and its borders, above and below.
const ABOVE: Twips = Twips(34);

/// How much wider the first column is than the others, of those that a table has.
const FIRST: u32 = 2;

/// Lines at either end of a table that are not parted from what stands there.
const KEPT: usize = 3;

/// Type of the sentences and of the tables.
const SIZES: [Points; 2] = [Points(12.0), Points(10.5)];

/// Line of the sentences, as multiple of the type.
const OPEN: f64 = 1.6;

/// The parts of the report.
pub(crate) fn summary(summary: &Summary, scheme: &Scheme) -> Result<Parts, Error> {
    let faces = Faces::of(scheme);
    let body = &faces.body;
    let mut docx = document(&PAGE, body);
    let title = paragraph(&faces.title, Alignment::Centre)
        .line_spacing(spacing(Twips::from_points(faces.title.size.0 * LINE)).before(0).after(120));
    docx = docx
        .add_paragraph(title.add_run(run(TITLE, &faces.title)))
        .add_paragraph(words(&day_line(summary.day), body, Alignment::Centre))
        .add_paragraph(words(&format!("　　{}", lead(summary)), body, Alignment::Left));
    let sections = sections(summary);
    for (number, section) in (1..).zip(&sections) {
        let is_last = number == sections.len();
        let heading = words(&section.title, &faces.section, Alignment::Left).keep_next(true);
        docx = docx.add_paragraph(heading);
        if !section.headings.is_empty() {
            docx = docx.add_table(section_table(section, &faces, is_last));
        }
        let face = if section.headings.is_empty() { body } else { &faces.cell };
        docx = docx.add_paragraph(words(&section.note, face, Alignment::Left).keep_next(is_last));
    }
    docx = docx.add_paragraph(words("", body, Alignment::Left).keep_next(true));
    for (number, line) in (1..).zip(SIGNATURES) {
        docx = docx.add_paragraph(words(line, body, Alignment::Left).keep_next(number < SIGNATURES.len()));
    }
    let used = [&faces.title, &faces.section, &faces.heading, &faces.cell, body];
    let mut parts = parts(docx.build(), &used, &[centred_page_number(body)])?;
    if let Some((_, document)) = parts.last_mut() {
        *document = with_repeated_headings(document);
    }
    Ok(parts)
}

/// Faces of the report: those of the scheme's roster in the sizes of a report.
struct Faces {
    title: Font,
    section: Font,
    heading: Font,
    cell: Font,
    body: Font,
}

impl Faces {
    fn of(scheme: &Scheme) -> Self {
        let layout = &scheme.roster;
        let sized = |font: &Font, size| Font { size, ..font.clone() };
        Self {
            title: layout.title_font.clone(),
            section: sized(&layout.heading_font, Points(14.0)),
            heading: sized(&layout.heading_font, SIZES[1]),
            cell: sized(&layout.cell_font, SIZES[1]),
            body: sized(&layout.cell_font, SIZES[0]),
        }
    }
}

fn words(text: &str, font: &Font, alignment: Alignment) -> Paragraph {
    let line = paragraph(font, alignment).line_spacing(spacing(Twips::from_points(font.size.0 * OPEN)));
    if text.is_empty() { line } else { line.add_run(run(&without_illegal(text), font)) }
}

/// The section's table. Its heading and first lines stay together; its last lines stay with the note below, and all that
/// stands below the last table stays with its last lines, so that nobody signs an empty page.
fn section_table(section: &Section, faces: &Faces, is_last: bool) -> Table {
    let page = Twips::from(PAGE.width).0.saturating_sub(Twips::from(PAGE.left).0 + Twips::from(PAGE.right).0);
    let columns = u32::try_from(section.headings.len()).unwrap_or(1).max(1);
    let part = page / (columns + FIRST - 1);
    let widths: Vec<Twips> = (0..columns).map(|column| Twips(if column == 0 { page - part * (columns - 1) } else { part })).collect();
    let row = |cells: Vec<TableCell>| TableRow::new(cells).row_height(points(Twips(400))).height_rule(HeightRule::AtLeast).cant_split();
    let count = section.rows.len();
    let is_kept = |number: usize| number < KEPT || number + if is_last { KEPT } else { 1 } > count;
    let cell = |width: Twips, text: &str, font: &Font, alignment, is_kept: bool| {
        let mut line = paragraph(font, alignment).keep_next(is_kept);
        if !text.is_empty() {
            line = line.add_run(run(&without_illegal(text), font));
        }
        TableCell::new().width(usize_of(width), WidthType::Dxa).vertical_align(VAlignType::Center).add_paragraph(line)
    };
    let headings = section.headings.iter().zip(&widths).map(|(text, width)| cell(*width, text, &faces.heading, Alignment::Centre, true));
    let mut grid = table(&widths, ABOVE).add_row(row(headings.collect()));
    for (number, cells) in (1..).zip(&section.rows) {
        let font = if section.has_total && number == count { &faces.heading } else { &faces.cell };
        let cells = cells.iter().zip(&widths).enumerate().map(|(column, (text, width))| {
            let alignment = if column == 0 { Alignment::Left } else { Alignment::Centre };
            cell(*width, &Cell::words(text), font, alignment, is_kept(number))
        });
        grid = grid.add_row(row(cells.collect()));
    }
    grid
}

/// The document with the first row of every table repeated on each page; docx-rs has no such row.
fn with_repeated_headings(document: &str) -> String {
    let mut tables = document.split("<w:tbl>");
    let mut out = tables.next().unwrap_or_default().to_owned();
    for table in tables {
        out.push_str("<w:tbl>");
        out.push_str(&table.replacen("</w:trPr>", "<w:tblHeader/></w:trPr>", 1));
    }
    out
}
