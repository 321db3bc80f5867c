//! The one place that knows the `image` crate.

use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage};

use super::{Fault, Format, MOST_PIXELS};

/// Width and height of a prepared photo, in pixels: 25 : 35.
const WIDTH: u32 = 428;
const HEIGHT: u32 = 600;

/// Good enough for print at that size; higher ones double the file.
const QUALITY: u8 = 85;

/// The largest file that is taken as it is; at this size and quality few are half as large.
const LARGEST_KEPT: usize = 256 << 10;

/// Pictures with more pixels than a telephone takes are decoded one at a time, so that memory does not grow with the threads.
const LARGE: u64 = 13_000_000;

/// Bytes of a pixel at most: four channels of 16 bits.
const PIXEL: u64 = 8;

static ONE_LARGE: Mutex<()> = Mutex::new(());

pub(super) fn prepare(file: &[u8], format: Format) -> Result<Vec<u8>, Fault> {
    let format = match format {
        Format::Jpeg => image::ImageFormat::Jpeg,
        Format::Png => image::ImageFormat::Png,
    };
    if format == image::ImageFormat::Jpeg && !has_end(file) {
        return Err(Fault::Damaged);
    }
    let damaged = |_| Fault::Damaged;
    let mut decoder = ImageReader::with_format(Cursor::new(file), format).into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        return Err(Fault::TooManyPixels { width, height });
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * PIXEL + (64 << 20));
    decoder.set_limits(limits).map_err(damaged)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let is_plain = format == image::ImageFormat::Jpeg && decoder.color_type() == image::ColorType::Rgb8 && is_bare(file);
    let is_ready = is_plain && orientation == Orientation::NoTransforms && file.len() <= LARGEST_KEPT && is_small([width, height]);
    let gate = (pixels > LARGE).then(|| ONE_LARGE.lock().unwrap_or_else(PoisonError::into_inner));
    let picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    if is_ready {
        // a photo out of a form of ours stays as it is, however often it goes from form to form
        return Ok(file.to_vec());
    }
    let picture = shrunk(on_white(picture), orientation);
    drop(gate);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&picture).map_err(damaged)?;
    Ok(jpeg)
}

/// Whether the picture of a JPEG file goes on to its end. A decoder takes one that was cut off for one with a grey half.
fn has_end(file: &[u8]) -> bool {
    let mut at = 2;
    loop {
        // segments say how long they are; what is scanned ends at the next marker that is none of its own
        let Some(found) = file.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xFF)) else { return false };
        at += found;
        match file.get(at + 1) {
            Some(0xD9) => return true,
            Some(0x00 | 0x01 | 0xD0..=0xD8) => at += 2,
            Some(0xFF) => at += 1,
            Some(_) => {
                let Some([high, low]) = file.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([*high, *low])).max(2);
            }
            None => return false,
        }
    }
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

/// Whether a picture of this size needs neither be cropped nor scaled down.
fn is_small([width, height]: [u32; 2]) -> bool {
    let [.., kept_width, kept_height] = middle(width, height);
    width - kept_width <= 1 && height - kept_height <= 1 && width <= WIDTH && height <= HEIGHT
}

/// Whether a JPEG file holds nothing but its picture: a camera may have noted where it was taken.
fn is_bare(file: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = file.get(at..at + 4) {
        match marker {
            0xDA => return true,
            0xE1..=0xEF | 0xFE => return false,
            _ => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
        }
    }
    false
}

/// The middle of the picture, upright and small.
fn shrunk(picture: RgbImage, orientation: Orientation) -> RgbImage {
    // a large picture is halved in one cheap step as far as the good filter below still has twice its size to work on
    let step = (picture.width().min(picture.height()) / (2 * HEIGHT)).max(1);
    let picture = if step > 1 { imageops::thumbnail(&picture, picture.width() / step, picture.height() / step) } else { picture };
    let mut picture = DynamicImage::ImageRgb8(picture);
    picture.apply_orientation(orientation);
    let [x, y, width, height] = middle(picture.width(), picture.height());
    let picture = picture.crop_imm(x, y, width, height).into_rgb8();
    if width <= WIDTH || height <= HEIGHT {
        return picture;
    }
    imageops::resize(&picture, WIDTH, HEIGHT, FilterType::CatmullRom)
}

/// The largest part of 25 : 35 around the centre: left, top, width, height.
fn middle(width: u32, height: u32) -> [u32; 4] {
    let share = |side: u32, parts: u64, of: u64| u32::try_from((u64::from(side) * parts + of / 2) / of).unwrap_or(side).max(1);
    let (wanted_width, wanted_height) = (share(height, 25, 35).min(width), share(width, 35, 25).min(height));
    [(width - wanted_width) / 2, (height - wanted_height) / 2, wanted_width, wanted_height]
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgb, Rgba, RgbaImage};
    use mingce_core::grid::PictureFormat;

    use super::*;
    use crate::photo::Photo;

    fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.into().write_to(&mut bytes, format).expect("a picture");
        bytes.into_inner()
    }

    fn part(number: u32) -> u8 {
        u8::try_from(number).unwrap_or(u8::MAX)
    }

    fn prepared(file: &[u8]) -> RgbImage {
        let photo = Photo::prepare(file).expect("a photo");
        image::load_from_memory(photo.jpeg()).expect("a JPEG").into_rgb8()
    }

    /// The JPEG with an EXIF block that says how it has to be turned.
    fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        let length = u16::try_from(exif.len() + 2).expect("short");
        [&jpeg[..2], b"\xFF\xE1", &length.to_be_bytes(), &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn a_photo_is_cropped_around_its_centre_and_never_grows() {
        for ((width, height), expected) in
            [((4000, 3000), (428, 600)), ((3000, 4000), (428, 600)), ((250, 350), (250, 350)), ((500, 350), (250, 350)), ((1, 1), (1, 1))]
        {
            let picture = prepared(&file(RgbImage::from_pixel(width, height, Rgb([90, 120, 200])), ImageFormat::Jpeg));
            assert_eq!(picture.dimensions(), expected, "{width}×{height}");
        }
        for (width, height) in [(u32::MAX, 1), (1, u32::MAX), (7, 9)] {
            let [x, y, w, h] = middle(width, height);
            assert!(w > 0 && h > 0 && x + w <= width && y + h <= height);
        }
    }

    #[test]
    fn a_photo_is_turned_upright() {
        // red on the left; turned by a quarter, red is at the top
        let picture = RgbImage::from_fn(350, 250, |x, _| if x < 175 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) });
        let jpeg = file(picture, ImageFormat::Jpeg);
        let picture = prepared(&turned(&jpeg, 6));
        assert_eq!(picture.dimensions(), (250, 350));
        let is_red = |y| picture.get_pixel(125, y).0[0] > 150;
        assert!(is_red(20) && !is_red(330));
        let picture = prepared(&turned(&jpeg, 8));
        assert!(picture.get_pixel(125, 330).0[0] > 150);
    }

    #[test]
    fn what_can_be_seen_through_is_white() {
        let picture = prepared(&file(RgbaImage::from_pixel(50, 70, Rgba([0, 0, 0, 0])), ImageFormat::Png));
        assert!(picture.pixels().all(|pixel| pixel.0.iter().all(|part| *part > 250)));
    }

    #[test]
    fn what_is_no_sound_picture_is_told_and_never_decoded_beyond_the_limits() {
        let png = file(RgbImage::new(40, 60), ImageFormat::Png);
        let mut bomb = png.clone();
        bomb[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
        let check_sum = crc32fast::hash(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&check_sum.to_be_bytes());
        assert_eq!(Photo::prepare(&bomb), Err(Fault::TooManyPixels { width: 60_000, height: 60_000 }));
        assert_eq!(Photo::prepare(b"GIF89a"), Err(Fault::OtherFormat { found: Some(PictureFormat::Gif) }));
        assert_eq!(Photo::prepare(b"<html>"), Err(Fault::OtherFormat { found: None }));
        assert_eq!(Photo::prepare(&vec![0xFF; (20 << 20) + 1]), Err(Fault::TooLarge { bytes: (20 << 20) + 1 }));
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let whole = file(RgbImage::from_fn(40, 60, |x, y| Rgb([part(x), part(y), 7])), format);
            for length in 0..whole.len() {
                // whether the end of a JPEG is missed depends on where it is cut; what matters is that nothing panics
                let _ = Photo::prepare(&whole[..length]);
                let mut damaged = whole.clone();
                damaged[length] ^= 0x55;
                let _ = Photo::prepare(&damaged);
            }
        }
        assert_eq!(Photo::prepare(&png[..png.len() / 2]), Err(Fault::Damaged));
    }

    #[test]
    fn a_photo_out_of_a_form_stays_as_it_is_and_one_of_a_camera_does_not() {
        let sent = file(RgbImage::from_fn(900, 1300, |x, y| Rgb([part(x % 251), part(y % 241), 7])), ImageFormat::Jpeg);
        let first = Photo::prepare(&sent).expect("a photo");
        assert!(Photo::prepare(first.jpeg()).expect("a photo") == first);
        let marked = turned(first.jpeg(), 1);
        assert!(Photo::prepare(&marked).expect("a photo").jpeg() != marked);
    }

    #[test]
    fn the_same_file_gives_the_same_photo() {
        let jpeg = file(RgbImage::from_fn(900, 1300, |x, y| Rgb([part(x % 251), part(y % 241), 7])), ImageFormat::Jpeg);
        assert_eq!(Photo::prepare(&jpeg), Photo::prepare(&jpeg));
    }
}
