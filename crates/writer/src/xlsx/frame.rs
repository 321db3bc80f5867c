//! The frame of a workbook: everything but its cells, made once by `rust_xlsxwriter`.
//!
//! Styles, widths, merges, print set-up and the package around them come from the library; the cells of people are
//! written straight into the frame ([`super::cells`]), because they are the same few lines a hundred thousand times.
//! The central noun is [`Frame`].

use std::io::{Cursor, Read, Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime, ZipArchive};

use super::XlsxOptions;
use super::cells::Cells;
use super::picture::{self, Anchor};
use crate::Error;

/// Of 100,000 lines level 1 makes 10.8 MB in 0.24 s, level 4 6.5 MB in 0.38 s, level 6 6.3 MB in 0.55 s.
const COMPRESSION: i64 = 4;

/// The row in which styles are looked up and which is then cut away: the sheet's last.
const PROBE_ROW: u32 = 1_048_575;

/// The part that says what the others are, and what the names of sheets begin with.
const CONTENT_TYPES: &str = "[Content_Types].xml";
const SHEETS: &str = "xl/worksheets/sheet";

/// The first day that a zip package can name.
const FIRST_DAY: (u16, u8, u8) = (1980, 1, 1);

/// The face that widths of columns are counted in. Its digits are 0.636 of its size wide, 8.05 pixels at this size, so that programs that
/// round (Excel: 8) and those that do not (LibreOffice) agree; DejaVu Sans, which Linux puts in its place, has the same widths. A column
/// is as wide as the layout says wherever the file is opened.
const NORMAL_FACE: (&str, f64) = ("Verdana", 9.5);

/// Height and width of an empty cell in that face, in pixels.
const NORMAL_CELL: [u32; 2] = [17, 72];

/// A style of the frame, by its number in the workbook's style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style(pub(super) u32);

/// Formats that cells will be written in, in the order their [`Style`]s are wanted.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Format>);

/// The handle of a format among [`Styles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StyleHandle(usize);

impl Styles {
    /// Asks for a style.
    pub(super) fn add(&mut self, format: Format) -> StyleHandle {
        self.0.push(format);
        StyleHandle(self.0.len() - 1)
    }
}

/// A package without cells.
#[derive(Debug)]
pub(super) struct Frame {
    package: Vec<u8>,
    styles: Vec<Style>,
    head: String,
    tail: String,
}

/// The pictures of a workbook whose sheets have the same frame, and so have them in the same place.
pub(super) struct Pictures<'a> {
    /// Whether each sheet has one.
    pub(super) has: &'a [bool],
    /// The picture of a sheet as a JPEG file; none where it cannot be used after all. Asked for when the sheet is written.
    pub(super) jpeg: &'a mut dyn FnMut(usize) -> Option<Vec<u8>>,
    /// Where it lies.
    pub(super) anchor: Anchor,
}

/// A new workbook whose creation time is the options', never the clock's.
pub(super) fn workbook(options: &XlsxOptions) -> Result<Workbook, Error> {
    let (year, month, day) = options.created.map_or(FIRST_DAY, |day| (day.year().unsigned_abs(), day.month(), day.day().unwrap_or(1)));
    let created = ExcelDateTime::from_ymd(year, month, day).map_err(|error| failed("docProps", error))?;
    let mut workbook = Workbook::new();
    let face = Format::new().set_font_name(NORMAL_FACE.0).set_font_size(NORMAL_FACE.1).set_align(FormatAlign::VerticalCenter);
    let [row, column] = NORMAL_CELL;
    workbook.set_default_format(&face, row, column).map_err(|error| failed("styles", error))?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(workbook)
}

/// The crate's error for what the library says of this sheet or part.
pub(super) fn failed(part: &str, error: XlsxError) -> Error {
    Error::Workbook { part: part.to_owned(), source: Box::new(error) }
}

impl Frame {
    /// Takes the workbook apart. Its first sheet is the frame of every sheet.
    pub(super) fn of(mut workbook: Workbook, styles: &Styles) -> Result<Self, Error> {
        let first = workbook.worksheet_from_index(0).map_err(|error| failed("sheet1", error))?;
        for (column, format) in (0u16..).zip(&styles.0) {
            first.write_blank(PROBE_ROW, column, format).map_err(|error| failed("styles", error))?;
        }
        let package = workbook.save_to_buffer().map_err(|error| failed("xl", error))?;
        let sheet = part(&package, "xl/worksheets/sheet1.xml")?;
        let damaged = || broken("xl/worksheets/sheet1.xml", "没有 sheetData");
        let (head, rest) = sheet.split_once("<sheetData>").ok_or_else(damaged)?;
        let (rows, tail) = rest.split_once("</sheetData>").ok_or_else(damaged)?;
        let styles = probed(rows, styles.0.len()).ok_or_else(damaged)?;
        // the library leaves out the width of one page, which is the default; some readers know of no default
        let tail = tail.replacen("<pageSetup ", "<pageSetup fitToWidth=\"1\" ", 1);
        let head = head.to_owned();
        Ok(Self { package, styles, head, tail })
    }

    /// The style's number in the workbook.
    pub(super) fn style(&self, handle: StyleHandle) -> Style {
        self.styles.get(handle.0).copied().unwrap_or(Style(0))
    }

    /// Puts other headers and footers in the place of the library's.
    pub(super) fn replace_header_footer(&mut self, xml: &str) {
        let end = "</headerFooter>";
        if let (Some(from), Some(to)) = (self.tail.find("<headerFooter"), self.tail.find(end)) {
            self.tail.replace_range(from..to + end.len(), xml);
        }
    }

    /// Writes the package as [`Frame::write`] does, with a picture on each sheet that has one.
    pub(super) fn write_with(
        &self,
        last: &str,
        pictures: &mut Pictures<'_>,
        mut fill: impl FnMut(usize, bool, &mut Cells<'_>) -> std::io::Result<()>,
    ) -> Result<Vec<u8>, Error> {
        let mut archive = ZipArchive::new(Cursor::new(self.package.as_slice())).map_err(zip_failed)?;
        let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(self.package.len() * 2)));
        let mut sheet = 0;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(zip_failed)?;
            let name = entry.name().map_err(zip_failed)?.into_owned();
            if name == CONTENT_TYPES {
                let with_picture = (1..)
                    .zip(pictures.has)
                    .filter(|(_, has)| **has)
                    .map(|(number, _): (usize, _)| format!("xl/drawings/drawing{number}.xml"));
                add(
                    &mut out,
                    &name,
                    picture::content_types(&part(&self.package, &name)?, with_picture).as_bytes(),
                    CompressionMethod::Deflated,
                )?;
                continue;
            }
            let Some(number) = name.strip_prefix(SHEETS).and_then(|name| name.strip_suffix(".xml")).map(str::to_owned) else {
                out.raw_copy_file(entry).map_err(zip_failed)?;
                continue;
            };
            let has_drawing = pictures.has.get(sheet).copied().unwrap_or(false);
            let jpeg = if has_drawing { (pictures.jpeg)(sheet) } else { None };
            out.start_file(name.as_str(), sheet_options()).map_err(zip_failed)?;
            let shown = |sheet: usize, cells: &mut Cells<'_>| fill(sheet, jpeg.is_some(), cells);
            self.write_sheet(&mut out, sheet, last, has_drawing, shown)
                .map_err(|source| Error::Workbook { part: name, source: Box::new(source) })?;
            if has_drawing {
                add_picture(&mut out, &number, jpeg.as_deref(), &pictures.anchor)?;
            }
            sheet += 1;
        }
        Ok(out.finish().map_err(zip_failed)?.into_inner())
    }

    /// Writes the package; `fill` is called for each sheet in order with its place, counted from 0, and writes its cells.
    ///
    /// `last` is the bottom right cell of each sheet, such as `K103`.
    pub(super) fn write(&self, last: &str, mut fill: impl FnMut(usize, &mut Cells<'_>) -> std::io::Result<()>) -> Result<Vec<u8>, Error> {
        let mut archive = ZipArchive::new(Cursor::new(self.package.as_slice())).map_err(zip_failed)?;
        let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(self.package.len() * 2)));
        let mut sheets = 0;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(zip_failed)?;
            let name = entry.name().map_err(zip_failed)?.into_owned();
            if !(name.starts_with("xl/worksheets/sheet") && name.ends_with(".xml")) {
                out.raw_copy_file(entry).map_err(zip_failed)?;
                continue;
            }
            out.start_file(name.as_str(), sheet_options()).map_err(zip_failed)?;
            self.write_sheet(&mut out, sheets, last, false, &mut fill)
                .map_err(|source| Error::Workbook { part: name, source: Box::new(source) })?;
            sheets += 1;
        }
        Ok(out.finish().map_err(zip_failed)?.into_inner())
    }

    fn write_sheet<W: Write + Seek>(
        &self,
        out: &mut ZipWriter<W>,
        sheet: usize,
        last: &str,
        has_drawing: bool,
        mut fill: impl FnMut(usize, &mut Cells<'_>) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let head = with_dimension(&self.head, last);
        // only one sheet of a workbook is the selected one; were all of them, typing into one would type into all
        let head = if sheet == 0 { head } else { head.replacen(" tabSelected=\"1\"", "", 1) };
        out.write_all(head.as_bytes())?;
        out.write_all(b"<sheetData>")?;
        let mut cells = Cells::new(out);
        fill(sheet, &mut cells)?;
        cells.finish()?;
        out.write_all(b"</sheetData>")?;
        match self.tail.rsplit_once("</worksheet>").filter(|_| has_drawing) {
            Some((tail, _)) => write!(out, "{tail}{}</worksheet>", picture::DRAWING),
            None => out.write_all(self.tail.as_bytes()),
        }
    }
}

/// Adds the drawing of a sheet and the picture on it. A picture that turned out to be none leaves the drawing empty.
fn add_picture<W: Write + Seek>(out: &mut ZipWriter<W>, number: &str, jpeg: Option<&[u8]>, anchor: &Anchor) -> Result<(), Error> {
    let (drawing, media) = (format!("xl/drawings/drawing{number}.xml"), format!("xl/media/photo{number}.jpeg"));
    let links = picture::links("drawing", &drawing);
    add(out, &format!("xl/worksheets/_rels/sheet{number}.xml.rels"), links.as_bytes(), CompressionMethod::Deflated)?;
    add(out, &drawing, picture::drawing(jpeg.map_or(&[], |_| std::slice::from_ref(anchor))).as_bytes(), CompressionMethod::Deflated)?;
    let Some(jpeg) = jpeg else { return Ok(()) };
    let links = picture::links("image", &media);
    add(out, &format!("xl/drawings/_rels/drawing{number}.xml.rels"), links.as_bytes(), CompressionMethod::Deflated)?;
    // a JPEG is packed already
    add(out, &media, jpeg, CompressionMethod::Stored)
}

pub(super) fn add<W: Write + Seek>(out: &mut ZipWriter<W>, name: &str, content: &[u8], method: CompressionMethod) -> Result<(), Error> {
    let level = (method == CompressionMethod::Deflated).then_some(COMPRESSION);
    out.start_file(name, sheet_options().compression_method(method).compression_level(level)).map_err(zip_failed)?;
    out.write_all(content).map_err(|source| Error::Workbook { part: name.to_owned(), source: Box::new(source) })
}

fn sheet_options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(COMPRESSION))
        .unix_permissions(0o600)
        .last_modified_time(DateTime::default())
}

/// The numbers of the styles in the probe row.
fn probed(rows: &str, wanted: usize) -> Option<Vec<Style>> {
    let row = &rows[rows.find(&format!("<row r=\"{}\"", PROBE_ROW + 1))?..];
    let styles: Vec<Style> =
        row.split("<c ").skip(1).filter_map(|cell| cell.split_once(" s=\"")?.1.split_once('"')?.0.parse().ok().map(Style)).collect();
    (styles.len() == wanted).then_some(styles)
}

fn with_dimension(head: &str, last: &str) -> String {
    let opening = "<dimension ref=\"";
    let Some((before, rest)) = head.split_once(opening) else { return head.to_owned() };
    let Some((_, after)) = rest.split_once('"') else { return head.to_owned() };
    format!("{before}{opening}A1:{last}\"{after}")
}

fn part(package: &[u8], name: &str) -> Result<String, Error> {
    let mut archive = ZipArchive::new(Cursor::new(package)).map_err(zip_failed)?;
    let mut text = String::new();
    let mut entry = archive.by_name(name).map_err(zip_failed)?;
    entry.read_to_string(&mut text).map_err(|source| Error::Workbook { part: name.to_owned(), source: Box::new(source) })?;
    Ok(text)
}

pub(super) fn zip_failed(error: zip::result::ZipError) -> Error {
    Error::Workbook { part: "zip".to_owned(), source: Box::new(error) }
}

fn broken(part: &str, what: &str) -> Error {
    Error::Workbook { part: part.to_owned(), source: what.into() }
}
