//! PNG files; the one place that knows the decoder of the `image` crate.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, Limits, RgbImage};

use super::{Decoded, check_pixels, decoded_in_turn};
use crate::photo::{Fault, MOST_PIXELS};

/// Bytes of a pixel at most: four channels of 16 bits.
const PIXEL: u64 = 8;

pub(super) fn read(file: &[u8]) -> Result<Decoded, Fault> {
    let damaged = |_| Fault::Damaged;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * PIXEL + (64 << 20));
    let mut decoder = PngDecoder::with_limits(Cursor::new(file), limits).map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let pixels = check_pixels(width, height)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let decoded = decoded_in_turn(pixels * PIXEL, || DynamicImage::from_decoder(decoder).map(on_white));
    Ok(Decoded { pixels: decoded.map_err(damaged)?, orientation, is_ready: false })
}

/// The picture in plain colours; what can be seen through stands on white.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut plain = RgbImage::new(picture.width(), picture.height());
    for (to, from) in plain.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let mixed = |part: u32| u8::try_from((part * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX);
        to.0 = [mixed(red), mixed(green), mixed(blue)];
    }
    plain
}
