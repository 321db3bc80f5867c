//! What `form.toml` and `roster.toml` have in common: paper, faces, lengths, alignment.

use super::source::{Entries, Item, Source};
use crate::scheme::{Alignment, Font, Millimetres, Page, Points};

/// The largest sheet of paper we lay out, in millimetres: A0.
const LARGEST_SHEET: f64 = 1189.0;

/// `[page]`.
pub(super) fn page(top: &mut Entries<'_, '_>, source: &mut Source<'_>) -> Option<Page> {
    let mut page = top.section(source, "page", "[page]")?.entries(source)?;
    let mut side = |key, example: &str| {
        let item = page.required(source, key, example)?;
        length(&item, source, 0.0..=LARGEST_SHEET)
    };
    let sides =
        (side("width", "210"), side("height", "297"), side("top", "37"), side("right", "26"), side("bottom", "35"), side("left", "28"));
    let at = page.at.clone();
    page.finish(source);
    let (width, height, top, right, bottom, left) = (sides.0?, sides.1?, sides.2?, sides.3?, sides.4?, sides.5?);
    if left.0 + right.0 >= width.0 || top.0 + bottom.0 >= height.0 {
        source.fault(at, "page", "页边距比纸还大，没有地方印字；请减小 top、right、bottom、left");
    }
    Some(Page { width, height, top, right, bottom, left })
}

/// `[font.…]` blocks, in the order asked for.
pub(super) fn fonts<const N: usize>(top: &mut Entries<'_, '_>, source: &mut Source<'_>, keys: [&'static str; N]) -> Option<[Font; N]> {
    let mut fonts = top.section(source, "font", "[font.title]、[font.cell] 等几段")?.entries(source)?;
    let read = keys.map(|key| {
        let item = fonts.section(source, key, &format!("[font.{key}]"))?;
        font(&item, source)
    });
    fonts.finish(source);
    if read.iter().any(Option::is_none) {
        return None;
    }
    Some(read.map(Option::unwrap_or_default))
}

fn font(item: &Item<'_, '_>, source: &mut Source<'_>) -> Option<Font> {
    let mut entries = item.entries(source)?;
    let east_asian = entries.required(source, "east_asian", "\"仿宋_GB2312\"").and_then(|item| item.words(source)).map(str::to_owned);
    let latin = entries.required(source, "latin", "\"Times New Roman\"").and_then(|item| item.words(source)).map(str::to_owned);
    let size = entries.required(source, "size", "12").and_then(|item| points(&item, source));
    entries.finish(source);
    Some(Font { east_asian: east_asian?, latin: latin?, size: size? })
}

/// A size of type from 1 to 100 points, as Word takes it: in halves.
pub(super) fn points(item: &Item<'_, '_>, source: &mut Source<'_>) -> Option<Points> {
    let size = item.number(source)?;
    if !(1.0..=100.0).contains(&size) || (size * 2.0).fract() > f64::EPSILON {
        source.fault(
            item.at.clone(),
            item.path.as_str(),
            format!("字号写成了 {size}，应在 1 到 100 磅之间，最小到半磅（四号 14、小四 12、五号 10.5）"),
        );
        return None;
    }
    Some(Points(size))
}

/// A length within the range.
pub(super) fn length(item: &Item<'_, '_>, source: &mut Source<'_>, range: std::ops::RangeInclusive<f64>) -> Option<Millimetres> {
    let length = item.number(source)?;
    if !range.contains(&length) {
        let message = format!("长度写成了 {length}，应在 {} 到 {} 毫米之间", range.start(), range.end());
        source.fault(item.at.clone(), item.path.as_str(), message);
        return None;
    }
    Some(Millimetres(length))
}

/// The length of a cell's side: anything from a millimetre.
pub(super) fn side(item: &Item<'_, '_>, source: &mut Source<'_>) -> Option<Millimetres> {
    length(item, source, 1.0..=LARGEST_SHEET)
}

/// `align`, if it is written.
pub(super) fn alignment(entries: &mut Entries<'_, '_>, source: &mut Source<'_>) -> Option<Alignment> {
    let item = entries.item("align")?;
    match item.text(source)? {
        "left" => Some(Alignment::Left),
        "centre" | "center" => Some(Alignment::Centre),
        "right" => Some(Alignment::Right),
        other => {
            source.fault(item.at, item.path, format!("写成了「{other}」，应是 \"left\"（靠左）、\"centre\"（居中）或 \"right\"（靠右）"));
            None
        }
    }
}
