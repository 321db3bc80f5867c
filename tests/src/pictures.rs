//! Small pictures, for tests of photos.

use std::io::Cursor;
use std::path::Path;

use image::{ImageFormat, Rgb, RgbImage};
use rust_xlsxwriter::{Image, Workbook};

/// A PNG file of this size in one shade of blue.
///
/// # Panics
/// Never: a picture in memory can be written.
#[must_use]
pub fn png(width: u32, height: u32, shade: u8) -> Vec<u8> {
    picture(width, height, shade, ImageFormat::Png)
}

/// A JPEG file of this size in one shade of blue.
///
/// # Panics
/// Never: a picture in memory can be written.
#[must_use]
pub fn jpeg(width: u32, height: u32, shade: u8) -> Vec<u8> {
    picture(width, height, shade, ImageFormat::Jpeg)
}

fn picture(width: u32, height: u32, shade: u8, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(width, height, Rgb([20, 20, shade])).write_to(&mut bytes, format).expect("a picture in memory can be written");
    bytes.into_inner()
}

/// How a picture belongs to a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lying {
    /// It lies over the cells, its corner at that of its cell.
    OverCells,
    /// It is the value of its cell.
    InCell,
}

/// Writes a workbook of one sheet with these lines, and with these pictures at their rows and columns, counted from 0.
///
/// # Panics
/// When the file cannot be written.
pub fn write_workbook_with_pictures(path: &Path, lines: &[Vec<String>], pictures: &[(u32, u16, Lying, Vec<u8>)]) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0u32..).zip(lines) {
        for (column, text) in (0u16..).zip(line) {
            sheet.write_string(row, column, text).expect("a cell of the sheet");
        }
    }
    for (row, column, lying, bytes) in pictures {
        let picture = Image::new_from_buffer(bytes).expect("a picture that workbooks can hold");
        match lying {
            Lying::OverCells => sheet.insert_image(*row, *column, &picture).expect("a cell of the sheet"),
            Lying::InCell => sheet.embed_image(*row, *column, &picture).expect("a cell of the sheet"),
        };
    }
    workbook.save(path).expect("a file that can be written");
}
