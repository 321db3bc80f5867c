//! JPEG files; the one place that knows the crates that decode and encode them.

use image::RgbImage;
use image::metadata::Orientation;
use jpeg_decoder::{CodingProcess, Decoder, ImageInfo, PixelFormat};
use jpeg_encoder::{ColorType, Encoder};

use super::{Decoded, Frame, LARGEST_KEPT, check_pixels, decoded_in_turn};
use crate::photo::Fault;

/// Good enough for print at that size; higher ones double the file. Those behind it are for documents with thousands of photos; with
/// each the hundredths that a file takes of one of the quality before.
const QUALITIES: [(u8, usize); 6] = [(85, 100), (75, 76), (65, 83), (55, 87), (45, 88), (35, 86)];

pub(super) fn read(file: &[u8]) -> Result<Decoded, Fault> {
    let damaged = |_| Fault::Damaged;
    let mut decoder = Decoder::new(file);
    decoder.read_info().map_err(damaged)?;
    let info = decoder.info().ok_or(Fault::Damaged)?;
    let [width, height] = [info.width, info.height].map(u32::from);
    let pixels = check_pixels(width, height)?;
    let orientation = decoder.exif_data().and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
    let frame = Frame::of(width, height, orientation);
    let [wide, high] = smallest(frame, info);
    let (wide, high) = decoder.scale(wide, high).map_err(damaged)?;
    let data = decoded_in_turn(memory(pixels, info), || decoder.decode()).map_err(damaged)?;
    let pixels = in_colours(data, info.pixel_format);
    let pixels = RgbImage::from_raw(wide.into(), high.into(), pixels).ok_or(Fault::Damaged)?;
    let is_plain = info.pixel_format == PixelFormat::RGB24 && orientation == Orientation::NoTransforms && is_bare(file);
    Ok(Decoded { pixels, orientation, is_ready: is_plain && file.len() <= LARGEST_KEPT && frame.is_whole([width, height]) })
}

/// Encodes a photo as well as it goes in so many bytes, or as small as it goes.
pub(super) fn write(photo: &RgbImage, bytes: usize) -> Result<Vec<u8>, Fault> {
    let [width, height] = [photo.width(), photo.height()].map(u16::try_from);
    let (Ok(width), Ok(height)) = (width, height) else { return Err(Fault::Damaged) };
    let mut file = Vec::new();
    let mut expected = 0;
    for (quality, share) in QUALITIES {
        expected = expected * share / 100;
        // what will be too large all the same need not be tried
        if expected > bytes && quality > QUALITIES[QUALITIES.len() - 1].0 {
            continue;
        }
        file.clear();
        Encoder::new(&mut file, quality).encode(photo.as_raw(), width, height, ColorType::Rgb).map_err(|_| Fault::Damaged)?;
        expected = file.len();
        if expected <= bytes {
            break;
        }
    }
    Ok(file)
}

/// Width and height of the whole picture at which the frame in it is just as large as a prepared photo.
fn smallest(frame: Frame, info: ImageInfo) -> [u16; 2] {
    let [across, down] = frame.wanted.map(u64::from);
    let of = |side: u16, wanted: u64, kept: u32| {
        let scaled = (u64::from(side) * wanted).div_ceil(u64::from(kept));
        u16::try_from(scaled).unwrap_or(side).min(side)
    };
    [of(info.width, across, frame.width), of(info.height, down, frame.height)]
}

/// Bytes that decoding takes at most: one that comes in passes is kept whole as coefficients.
fn memory(pixels: u64, info: ImageInfo) -> u64 {
    let channels = info.pixel_format.pixel_bytes() as u64;
    match info.coding_process {
        CodingProcess::DctSequential => pixels * channels / 4,
        CodingProcess::DctProgressive => pixels * channels * 5 / 2,
        CodingProcess::Lossless => pixels * channels * 4,
    }
}

/// Three bytes a pixel, whatever was stored.
fn in_colours(data: Vec<u8>, format: PixelFormat) -> Vec<u8> {
    match format {
        PixelFormat::RGB24 => data,
        PixelFormat::L8 => data.iter().flat_map(|grey| [*grey; 3]).collect(),
        // sixteen bits in the order of the machine
        PixelFormat::L16 => {
            let greys = data.as_chunks::<2>().0.iter().map(|pair| u16::from_ne_bytes(*pair).to_be_bytes()[0]);
            greys.flat_map(|grey| [grey; 3]).collect()
        }
        PixelFormat::CMYK32 => data.as_chunks::<4>().0.iter().flat_map(on_paper).collect(),
    }
}

/// Red, green and blue of four inks, as far as that goes without their profile.
fn on_paper([cyan, magenta, yellow, black]: &[u8; 4]) -> [u8; 3] {
    let light = |ink: u8| u32::from(255 - ink);
    [*cyan, *magenta, *yellow].map(|ink| u8::try_from((light(ink) * light(*black) + 127) / 255).unwrap_or(u8::MAX))
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
