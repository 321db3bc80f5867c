//! What one photo costs: a camera's JPEG of twelve megapixels, a photo out of a form, a picture without loss.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};
use mingce_writer::photo::Photo;

fn main() {
    divan::main();
}

/// A picture with as much detail as keeps a camera's file at some two megabytes, not even noise.
fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut state = 20_140_416_u32;
    let picture = RgbImage::from_fn(width, height, |x, y| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let [noise, ..] = state.to_le_bytes();
        let [across, down] = [x * 255 / width, y * 255 / height].map(|part| u8::try_from(part).unwrap_or(u8::MAX));
        Rgb([across, down, across.abs_diff(down)].map(|part| part.saturating_add(noise / 12)))
    });
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("a picture in memory can be written");
    file.into_inner()
}

#[divan::bench]
fn of_a_camera(bencher: divan::Bencher<'_, '_>) {
    let file = picture(4000, 3000, ImageFormat::Jpeg);
    bencher.bench(|| Photo::prepare(&file));
}

#[divan::bench]
fn out_of_a_form(bencher: divan::Bencher<'_, '_>) {
    let file = picture(428, 600, ImageFormat::Jpeg);
    bencher.bench(|| Photo::prepare(&file));
}

#[divan::bench]
fn without_loss(bencher: divan::Bencher<'_, '_>) {
    let file = picture(1200, 1680, ImageFormat::Png);
    bencher.bench(|| Photo::prepare(&file));
}
