//! The way from a picture file to a photo: decoded about as small as it will be shown, cropped, scaled, turned, encoded.

mod jpeg;
mod png;

use std::sync::{Mutex, PoisonError};

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};

use super::{Fault, Format, MOST_PIXELS};

/// Width and height of a prepared photo, in pixels: 25 : 35.
const WIDTH: u32 = 428;
const HEIGHT: u32 = 600;

/// The largest file that is taken as it is; at this size and quality few are half as large.
const LARGEST_KEPT: usize = 256 << 10;

/// Pictures that need more memory than this while they are decoded are decoded one at a time, so that it does not grow with
/// the threads.
const LARGE: u64 = 96 << 20;

static ONE_LARGE: Mutex<()> = Mutex::new(());

/// A picture as it lies in its file, perhaps at a fraction of its size.
struct Decoded {
    pixels: RgbImage,
    /// How it has to be turned.
    orientation: Orientation,
    /// Whether the file is as small as a photo of ours and holds nothing but the picture.
    is_ready: bool,
}

pub(super) fn prepare(file: &[u8], format: Format, bytes: usize) -> Result<Vec<u8>, Fault> {
    let decoded = match format {
        Format::Jpeg => jpeg::read(file)?,
        Format::Png => png::read(file)?,
    };
    if decoded.is_ready && file.len() <= bytes {
        // a photo out of a form of ours stays as it is, however often it goes from form to form
        return Ok(file.to_vec());
    }
    jpeg::write(&upright(decoded)?, bytes)
}

/// Refuses a picture with too many pixels.
fn check_pixels(width: u32, height: u32) -> Result<u64, Fault> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS { Err(Fault::TooManyPixels { width, height }) } else { Ok(pixels) }
}

/// Decodes something that needs so many bytes meanwhile.
fn decoded_in_turn<T>(bytes: u64, decode: impl FnOnce() -> T) -> T {
    let _turn = (bytes > LARGE).then(|| ONE_LARGE.lock().unwrap_or_else(PoisonError::into_inner));
    decode()
}

/// The middle of the picture, scaled down and upright.
fn upright(decoded: Decoded) -> Result<RgbImage, Fault> {
    let Decoded { pixels, orientation, .. } = decoded;
    let frame = Frame::of(pixels.width(), pixels.height(), orientation);
    let kept = if frame.is_small() {
        image::imageops::crop_imm(&pixels, frame.left, frame.top, frame.width, frame.height).to_image()
    } else {
        let [width, height] = frame.wanted;
        let small = scaled(&pixels, frame).map_err(|_| Fault::Damaged)?;
        RgbImage::from_raw(width, height, small).ok_or(Fault::Damaged)?
    };
    let mut picture = DynamicImage::ImageRgb8(kept);
    picture.apply_orientation(orientation);
    Ok(picture.into_rgb8())
}

fn scaled(pixels: &RgbImage, frame: Frame) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let from = ImageRef::new(pixels.width(), pixels.height(), pixels.as_raw(), PixelType::U8x3)?;
    let mut to = Image::new(frame.wanted[0], frame.wanted[1], PixelType::U8x3);
    let [left, top, width, height] = [frame.left, frame.top, frame.width, frame.height].map(f64::from);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom)).crop(left, top, width, height);
    Resizer::new().resize(&from, &mut to, &options)?;
    Ok(to.into_vec())
}

/// The largest part of 25 : 35 around the centre of a picture, as it lies in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Frame {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
    /// Width and height that a prepared photo has as the picture lies.
    wanted: [u32; 2],
}

impl Frame {
    fn of(width: u32, height: u32, orientation: Orientation) -> Self {
        use Orientation::{FlipHorizontal, FlipVertical, NoTransforms, Rotate90, Rotate90FlipH, Rotate180, Rotate270, Rotate270FlipH};
        let (parts, wanted) = match orientation {
            NoTransforms | Rotate180 | FlipHorizontal | FlipVertical => ([25, 35], [WIDTH, HEIGHT]),
            Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH => ([35, 25], [HEIGHT, WIDTH]),
        };
        let share = |side: u32, parts: u64, of: u64| u32::try_from((u64::from(side) * parts + of / 2) / of).unwrap_or(side).max(1);
        let [across, down] = parts;
        let (kept_width, kept_height) = (share(height, across, down).min(width), share(width, down, across).min(height));
        Self { left: (width - kept_width) / 2, top: (height - kept_height) / 2, width: kept_width, height: kept_height, wanted }
    }

    /// Whether a picture of this size needs neither be cropped nor scaled down.
    fn is_whole(self, [width, height]: [u32; 2]) -> bool {
        let is_uncropped = width - self.width <= 1 && height - self.height <= 1;
        is_uncropped && width <= self.wanted[0] && height <= self.wanted[1]
    }

    /// Whether the frame is no larger than a prepared photo: nothing is ever scaled up.
    fn is_small(self) -> bool {
        self.width <= self.wanted[0] && self.height <= self.wanted[1]
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

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
            [((1600, 1200), (428, 600)), ((1200, 1600), (428, 600)), ((250, 350), (250, 350)), ((500, 350), (250, 350)), ((1, 1), (1, 1))]
        {
            let picture = prepared(&file(RgbImage::from_pixel(width, height, Rgb([90, 120, 200])), ImageFormat::Jpeg));
            assert_eq!(picture.dimensions(), expected, "{width}×{height}");
        }
        for (width, height) in [(u32::MAX, 1), (1, u32::MAX), (7, 9)] {
            for orientation in [Orientation::NoTransforms, Orientation::Rotate90] {
                let frame = Frame::of(width, height, orientation);
                assert!(frame.width > 0 && frame.height > 0 && frame.left + frame.width <= width && frame.top + frame.height <= height);
            }
        }
    }

    #[test]
    fn a_photo_is_turned_upright_in_all_eight_ways() {
        // four quarters, as they are to be seen: red, green, blue, white
        let quarters = [[220, 20, 20], [20, 200, 20], [20, 20, 220], [240, 240, 240]];
        let upright = RgbImage::from_fn(450, 630, |x, y| Rgb(quarters[usize::from(x >= 225) + 2 * usize::from(y >= 315)]));
        let seen = |file: &[u8]| {
            let photo = prepared(file);
            let [wide, high] = [photo.width() / 4, photo.height() / 4];
            [[wide, high], [3 * wide, high], [wide, 3 * high], [3 * wide, 3 * high]].map(|[x, y]| {
                let near =
                    |quarter: &[u8; 3]| quarter.iter().zip(photo.get_pixel(x, y).0).map(|(a, b)| u32::from(a.abs_diff(b))).sum::<u32>();
                (0..4).min_by_key(|index| near(&quarters[*index])).unwrap_or(9)
            })
        };
        for value in 1..=8 {
            // a camera stores the picture so that turning it as it says gives what was seen
            let mut stored = DynamicImage::ImageRgb8(upright.clone());
            let undone = match value {
                6 => Orientation::Rotate270,
                8 => Orientation::Rotate90,
                own => Orientation::from_exif(own).expect("one of eight"),
            };
            stored.apply_orientation(undone);
            let jpeg = turned(&file(stored, ImageFormat::Jpeg), value);
            assert_eq!(seen(&jpeg), [0, 1, 2, 3], "orientation {value}");
        }
    }

    #[test]
    fn a_picture_in_passes_in_grey_or_in_inks_is_a_photo_like_any_other() {
        let encoded = |data: &[u8], kind, is_progressive: bool| {
            let mut file = Vec::new();
            let mut encoder = jpeg_encoder::Encoder::new(&mut file, 90);
            encoder.set_progressive(is_progressive);
            encoder.encode(data, 500, 700, kind).expect("a JPEG");
            file
        };
        let all = |pixel: &[u8]| pixel.repeat(500 * 700);
        for (file, expected) in [
            (encoded(&all(&[200, 100, 50]), jpeg_encoder::ColorType::Rgb, true), [200, 100, 50]),
            (encoded(&all(&[200, 100, 50]), jpeg_encoder::ColorType::Rgb, false), [200, 100, 50]),
            (encoded(&all(&[130]), jpeg_encoder::ColorType::Luma, false), [130, 130, 130]),
            (encoded(&all(&[55, 155, 205, 0]), jpeg_encoder::ColorType::Cmyk, false), [200, 100, 50]),
            (encoded(&all(&[55, 155, 205, 128]), jpeg_encoder::ColorType::CmykAsYcck, false), [100, 50, 25]),
        ] {
            let photo = prepared(&file);
            assert_eq!(photo.dimensions(), (428, 600));
            let found = photo.get_pixel(200, 300).0;
            assert!(found.iter().zip(expected).all(|(found, wanted)| found.abs_diff(wanted) < 8), "{found:?} for {expected:?}");
        }
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
                // a PNG may lack its last bytes, which hold nothing of the picture
                let cut = Photo::prepare(&whole[..length]);
                assert!(cut.is_err() || (format == ImageFormat::Png && length + 20 > whole.len()), "{format:?} cut at {length}");
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
    fn a_photo_for_a_document_of_thousands_takes_its_share_of_bytes() {
        let noise = |x: u32, y: u32| part((x * 7919 + y * 104_729 + x * y * 31) % 251);
        let sent = file(RgbImage::from_fn(428, 600, |x, y| Rgb([noise(x / 6, y / 6), noise(y / 6, x / 6), 90])), ImageFormat::Jpeg);
        let size = |bytes| Photo::prepare_within(&sent, bytes).expect("a photo").jpeg().len();
        let (large, least) = (size(usize::MAX), size(1));
        assert!(least > 1 && least < large / 2, "{least} of {large}");
        for share in [large - 1, large * 3 / 4, least] {
            assert!((least..=share).contains(&size(share)), "{share}");
        }
    }

    #[test]
    fn the_same_file_gives_the_same_photo() {
        let jpeg = file(RgbImage::from_fn(900, 1300, |x, y| Rgb([part(x % 251), part(y % 241), 7])), ImageFormat::Jpeg);
        assert_eq!(Photo::prepare(&jpeg), Photo::prepare(&jpeg));
    }
}
