//! Small pictures, for tests of photos.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

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
