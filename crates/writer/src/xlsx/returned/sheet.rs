//! One source's returned rows: its own sheet, a column to the left and one to the right.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use mingce_core::address::{Address, Column};
use mingce_core::diagnostic::{Code, Diagnostic, Severity};
use mingce_core::grid::Kind;
use mingce_core::marks::{EXPLANATION, ORIGIN};
use mingce_core::recognize::Target;
use mingce_core::scheme::{Field, Scheme};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, IgnoreError, Image, ObjectMovement, Worksheet, XlsxError};

use super::super::page::{list_format, list_height, set_up_list};
use super::ReturnedTable;
use super::notes::{Messages, Room, drop_down, fitting, words};
use super::page::{Group, Line, Page};
use crate::photo::Photo;

/// Widths of our own columns, in characters.
const EXPLANATION_WIDTH: f64 = 44.0;
const ORIGIN_WIDTH: f64 = 30.0;

/// How wide a character of the usual face is, in pixels.
const PIXELS_A_CHARACTER: f64 = 7.0;

/// What a column's width in the file has more than the width of its text, in characters of the usual face.
const PADDING: f64 = 0.625;

/// Fill of a cell with an error, and of one with a warning.
const RED: Color = Color::RGB(0xFF_C7_CE);
const YELLOW: Color = Color::RGB(0xFF_EB_9C);

/// How many digits of a number Excel keeps; it shows a longer one with no more than these.
const KEPT_DIGITS: usize = 15;

/// Width and height of a photo at most, in pixels: 25 × 35 mm.
const PHOTO: [u32; 2] = [94, 132];

/// Height of a row with a photo at least, in points.
const PHOTO_ROW: f64 = 102.0;

/// Writes the title lines, the heading and the rows, marked up; `room` is that for notes in the whole workbook.
pub(super) fn write(
    sheet: &mut Worksheet,
    returned: &ReturnedTable<'_>,
    findings: &[&Diagnostic],
    scheme: &Scheme,
    room: &mut Room,
) -> Result<(), XlsxError> {
    let page = Page::of(returned, scheme);
    let body = page.heading_rows.max(1);
    let mut pen = Pen { sheet, formats: Formats::new(), messages: Messages::default(), scheme, room };
    pen.write_above(&page)?;
    let mut by_line: BTreeMap<(u32, u16), Vec<&Diagnostic>> = BTreeMap::new();
    for finding in findings {
        by_line.entry(returned.line_of(finding)).or_default().push(finding);
    }
    let mut next = body;
    let mut group = None;
    for line in page.lines(returned, scheme) {
        if let Some(name) = line.group.filter(|_| line.group != group) {
            pen.write_group(&page, next, name)?;
            next += 1;
        }
        group = line.group;
        let own = by_line.get(&(line.row, line.column)).map_or(&[][..], Vec::as_slice);
        pen.write_line(&page, next, &line, own, &returned.origin(line.row))?;
        next += 1;
    }
    pen.finish(&page, body..next)
}

/// The sheet being written, and how.
struct Pen<'p> {
    sheet: &'p mut Worksheet,
    formats: Formats,
    messages: Messages,
    scheme: &'p Scheme,
    room: &'p mut Room,
}

struct Formats {
    title: Format,
    wide_title: Format,
    heading: Format,
    explanation: Format,
    text: Marked,
    number: Marked,
}

/// A cell's format: plain, with a warning, and with an error.
struct Marked {
    plain: Format,
    warning: Format,
    error: Format,
}

impl Marked {
    fn new(plain: Format) -> Self {
        Self { warning: plain.clone().set_background_color(YELLOW), error: plain.clone().set_background_color(RED), plain }
    }

    /// The format of a cell with these findings.
    fn of(&self, findings: &[&Diagnostic]) -> &Format {
        match findings.iter().map(|finding| finding.severity).min() {
            Some(Severity::Error) => &self.error,
            Some(Severity::Warning) => &self.warning,
            None => &self.plain,
        }
    }
}

impl Formats {
    fn new() -> Self {
        let cell = list_format().set_border(FormatBorder::Thin).set_text_wrap();
        Self {
            title: list_format(),
            wide_title: list_format().set_bold().set_align(FormatAlign::Center),
            heading: cell.clone().set_bold().set_align(FormatAlign::Center),
            explanation: cell.clone().set_font_color(Color::RGB(0x9C_00_06)),
            text: Marked::new(cell.clone().set_num_format("@")),
            number: Marked::new(cell),
        }
    }
}

impl Pen<'_> {
    fn write_above(&mut self, page: &Page) -> Result<(), XlsxError> {
        let (sheet, formats) = (&mut *self.sheet, &self.formats);
        let heading = page.heading_rows - 1;
        let is_merged = |at: (u32, Column)| {
            page.merges
                .iter()
                .any(|(first_row, first, last_row, last)| (*first_row..=*last_row).contains(&at.0) && (*first..=*last).contains(&at.1))
        };
        let format = |row: u32, is_merged: bool| match (row >= page.heading_start, is_merged) {
            (true, _) => &formats.heading,
            (false, true) => &formats.wide_title,
            (false, false) => &formats.title,
        };
        for (first_row, first, last_row, last) in &page.merges {
            // overlapping merges of a damaged file stay unmerged
            let _ = sheet.merge_range(*first_row, page.place(*first), *last_row, page.place(*last), "", format(*first_row, true));
        }
        for (row, column, text) in page.above.iter().filter(|cell| page.has(cell.1) || cell.0 < heading) {
            sheet.write_string_with_format(*row, page.place(*column), fitting(text), format(*row, is_merged((*row, *column))))?;
        }
        for row in page.heading_start..=heading {
            let cells = page.above.iter().filter(|(at, column, _)| *at == row && !is_merged((row, *column)));
            sheet.set_row_height(row, list_height(cells.map(|(_, column, text)| (text.as_str(), page.width(*column)))))?;
        }
        sheet.write_string_with_format(heading, 0, EXPLANATION, &formats.heading)?;
        sheet.write_string_with_format(heading, page.origin_column(), ORIGIN, &formats.heading)?;
        Ok(())
    }

    fn write_line(&mut self, page: &Page, at: u32, line: &Line<'_>, findings: &[&Diagnostic], origin: &str) -> Result<(), XlsxError> {
        let errors: Vec<String> = findings.iter().filter(|finding| finding.is_error()).map(|finding| words(finding)).collect();
        let explanation = fitting(&errors.join("\n"));
        let texts = line.cells.iter().map(|(column, _, text)| (text.as_ref(), page.width(*column)));
        let ours = [(explanation.as_str(), EXPLANATION_WIDTH), (origin, ORIGIN_WIDTH)];
        let height = list_height(texts.chain(ours));
        self.sheet.set_row_height(at, if line.photo.is_some() { height.max(PHOTO_ROW) } else { height })?;
        self.sheet.write_string_with_format(at, 0, &explanation, &self.formats.explanation)?;
        for (column, target) in page.columns.iter().filter(|(column, _)| page.has(*column)) {
            let place = page.is_senders.then_some(Address { row: line.row, column: *column });
            let own: Vec<&Diagnostic> = findings.iter().filter(|finding| is_at(finding, place, *target, self.scheme)).copied().collect();
            let cell = line.cells.iter().find(|cell| cell.0 == *column);
            self.write_cell((at, page.place(*column)), cell, *target, &own)?;
        }
        if let Some(photo) = line.photo {
            self.write_photo(page, at, photo)?;
        }
        self.sheet.write_string_with_format(at, page.origin_column(), fitting(origin), &self.formats.text.plain)?;
        Ok(())
    }

    fn write_cell(
        &mut self,
        (row, column): (u32, u16),
        cell: Option<&(Column, Kind, Cow<'_, str>)>,
        target: Target,
        findings: &[&Diagnostic],
    ) -> Result<(), XlsxError> {
        let number = cell.and_then(|(_, kind, text)| as_number(*kind, text, target));
        let format = if number.is_some() { &self.formats.number } else { &self.formats.text }.of(findings);
        match (number, cell) {
            (Some(number), _) => self.sheet.write_number_with_format(row, column, number, format)?,
            (None, Some((_, kind, text))) => {
                self.sheet.write_string_with_format(row, column, fitting(&still_lost(text, *kind, findings)), format)?
            }
            (None, None) => self.sheet.write_blank(row, column, format)?,
        };
        self.messages.tell(self.sheet, (row, column), findings, self.scheme, self.room)
    }

    /// Puts a photo over the person's cell for it, no larger than on the form.
    fn write_photo(&mut self, page: &Page, at: u32, photo: &Photo) -> Result<(), XlsxError> {
        let column = page.photo_column();
        let wide = page.columns.iter().find(|(known, _)| page.place(*known) == column).map_or(PHOTO[0], |(known, _)| {
            let pixels = page.width(*known) * PIXELS_A_CHARACTER;
            (1..PHOTO[0]).rev().find(|wide| f64::from(*wide) <= pixels).unwrap_or(1)
        });
        let image = Image::new_from_buffer(photo.jpeg())?
            .set_scale_to_size(wide, PHOTO[1], true)
            .set_alt_text("照片")
            .set_object_movement(ObjectMovement::MoveAndSizeWithCells);
        self.sheet.insert_image(at, column, &image)?;
        Ok(())
    }

    /// A line that names the group of the lines below it, as the source has it.
    fn write_group(&mut self, page: &Page, at: u32, group: Group<'_>) -> Result<(), XlsxError> {
        let (Some((first, _)), Some((last, _))) = (page.columns.first(), page.columns.last()) else { return Ok(()) };
        let text = fitting(group.name);
        if group.is_wide && last > first && page.has(*last) {
            self.sheet.merge_range(at, page.place(*first), at, page.place(*last), &text, &self.formats.heading)?;
        } else {
            self.sheet.write_string_with_format(at, page.place(*first), text, &self.formats.heading)?;
        }
        Ok(())
    }

    fn finish(&mut self, page: &Page, body: Range<u32>) -> Result<(), XlsxError> {
        let (first, last) = (body.start, body.end.saturating_sub(1));
        for (column, target) in page.columns.iter().filter(|(column, _)| page.has(*column)) {
            let place = page.place(*column);
            self.sheet.set_column_width(place, page.width(*column) - PADDING)?;
            self.messages.put(self.sheet, place, body.clone(), drop_down(*target, self.scheme).as_ref())?;
        }
        let ours = page.origin_column();
        self.sheet.set_column_width(0, EXPLANATION_WIDTH)?.set_column_width(ours, ORIGIN_WIDTH)?;
        self.sheet.ignore_error_range(first, 0, last, ours, IgnoreError::NumberStoredAsText)?;
        self.sheet.autofilter(first - 1, 0, last, ours)?.set_freeze_panes(first, 1)?;
        set_up_list(self.sheet, first - 1..=first - 1)
    }
}

/// Whether the finding is about the cell: by its address in the source, else by its field.
fn is_at(finding: &Diagnostic, place: Option<Address>, target: Target, scheme: &Scheme) -> bool {
    match (place, finding.at.cell.as_deref().map(str::parse::<Address>)) {
        (Some(place), Some(Ok(at))) => at == place,
        _ => target.field().is_some_and(|field| finding.at.field.as_deref() == Some(field.key(scheme))),
    }
}

/// The text of a cell, where a number that Excel has destroyed stands as Excel shows it: written in full as text, one in
/// eleven would pass with a right check digit when it comes back as it went. What was text stays as it is.
fn still_lost<'t>(text: &'t str, kind: Kind, own: &[&Diagnostic]) -> Cow<'t, str> {
    let is_lost = kind == Kind::Number && own.iter().any(|finding| finding.code == Code::IdDigitsLost);
    match text.split_at_checked(1) {
        Some((first, rest)) if is_lost && text.len() > KEPT_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Cow::Owned(format!("{first}.{}E+{}", &rest[..KEPT_DIGITS - 1], rest.len()))
        }
        _ => Cow::Borrowed(text),
    }
}

/// The number to write, where the cell was one and is none of the numbers that are names: those stay text.
fn as_number(kind: Kind, text: &str, target: Target) -> Option<f64> {
    let names = [Field::IdNumber, Field::Mobile, Field::Phone, Field::Qq, Field::Postcode, Field::Name];
    if kind != Kind::Number || target.field().is_some_and(|field| names.contains(&field)) {
        return None;
    }
    text.parse::<f64>().ok().filter(|number| number.to_string() == text)
}
