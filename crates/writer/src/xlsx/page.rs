//! Paper, faces and cell styles of a layout, in the words of `rust_xlsxwriter`.

use std::ops::RangeInclusive;

use mingce_core::scheme::{Alignment, Font, Millimetres, Page, Points};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::measure;

/// The character set of simplified Chinese: Windows looks for a face of this set where the named one is missing.
const CHINESE: u8 = 134;

/// ISO A4 among the paper sizes of Excel.
const A4: u8 = 9;

/// Distance of the page number from the text above it, and the height of its line. Source: GB/T 9704-2012, 7.5.
const NUMBER_BELOW_TEXT: Millimetres = Millimetres(7.0);
const NUMBER_LINE: Millimetres = Millimetres(5.0);

/// What stays free above and below the text of a cell, both together, in points.
pub(super) const FREE_HEIGHT: f64 = 3.0;

/// The number format of text: what is typed stays as typed.
const AS_TEXT: &str = "@";

/// Indent of text that is flush left or right, in Excel's steps, and what one step takes.
const INDENT: u8 = 1;
const INDENT_WIDTH: Millimetres = Millimetres(2.4);

/// How text is set that does not fit its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// It wraps.
    Wrap,
    /// It stays on one line and gets smaller.
    Shrink,
}

/// Which of a font's two faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// That of Chinese characters.
    EastAsian,
    /// That of Latin letters and digits, for cells that hold nothing else.
    Latin,
}

impl Face {
    /// The face for a text.
    pub(super) fn of(text: &str) -> Self {
        if !text.is_empty() && text.is_ascii() { Self::Latin } else { Self::EastAsian }
    }
}

/// A format in this font without borders.
pub(super) fn plain(font: &Font, face: Face, size: Points) -> Format {
    let format = match face {
        Face::EastAsian => Format::new().set_font_name(&font.east_asian).set_font_charset(CHINESE),
        Face::Latin => Format::new().set_font_name(&font.latin),
    };
    format.set_font_size(size.0).set_align(FormatAlign::VerticalCenter)
}

/// The same format as a text cell with thin borders.
pub(super) fn boxed(format: Format, alignment: Alignment, fit: Fit) -> Format {
    let format = format.set_num_format(AS_TEXT).set_border(FormatBorder::Thin).set_align(horizontal(alignment));
    // text flush left or right would touch the line
    let format = if alignment == Alignment::Centre { format } else { format.set_indent(INDENT) };
    match fit {
        Fit::Wrap => format.set_text_wrap(),
        Fit::Shrink => format.set_shrink(),
    }
}

pub(super) fn horizontal(alignment: Alignment) -> FormatAlign {
    match alignment {
        Alignment::Left => FormatAlign::Left,
        Alignment::Centre => FormatAlign::Center,
        Alignment::Right => FormatAlign::Right,
    }
}

/// The room for text in a cell of this width.
pub(super) fn room(width: Millimetres, alignment: Alignment) -> Millimetres {
    if alignment == Alignment::Centre { width } else { Millimetres(width.0 - INDENT_WIDTH.0) }
}

/// Sets paper, margins and scale: one page wide and `high` pages high, 0 for as many as it takes.
pub(super) fn set_up(sheet: &mut Worksheet, page: &Page, high: u16) {
    sheet.set_paper_size(A4);
    if page.width.0 > page.height.0 {
        sheet.set_landscape()
    } else {
        sheet.set_portrait()
    };
    let below = (page.bottom.0 - NUMBER_BELOW_TEXT.0 - NUMBER_LINE.0).max(NUMBER_LINE.0);
    let [left, right, top, bottom, footer] =
        [page.left.0, page.right.0, page.top.0, page.bottom.0, below].map(|millimetres| millimetres / 25.4);
    sheet.set_margins(left, right, top, bottom, footer, footer).set_print_fit_to_pages(1, high).set_print_center_horizontally(true);
}

/// The face of working lists.
const LIST_FACE: (&str, f64) = ("宋体", 10.5);

/// The least and the most height of a line of a working list, in points; the most is Excel's.
const LIST_HEIGHTS: [f64; 2] = [20.0, 409.0];

/// A format in the face of working lists.
pub(super) fn list_format() -> Format {
    Format::new().set_font_name(LIST_FACE.0).set_font_charset(CHINESE).set_font_size(LIST_FACE.1).set_align(FormatAlign::VerticalCenter)
}

/// The height in points of a working list's line with these texts in cells so many characters wide.
pub(super) fn list_height<'a>(cells: impl Iterator<Item = (&'a str, f64)>) -> f64 {
    // a character of a column's width is 8 pixels, and 5 stay free
    let width = |characters: f64| Millimetres((characters * 8.0 + 5.0) / 96.0 * 25.4);
    let needed = cells.map(|(text, characters)| measure::height(text, Points(LIST_FACE.1), width(characters))).fold(0.0, f64::max);
    (needed + FREE_HEIGHT).clamp(LIST_HEIGHTS[0], LIST_HEIGHTS[1])
}

/// Sets a working list, which is looked at more than printed: A4 across, one page wide, its heading on every page.
pub(super) fn set_up_list(sheet: &mut Worksheet, heading: RangeInclusive<u32>) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(*heading.start(), *heading.end())?;
    Ok(())
}

/// The width of the paper between its margins.
pub(super) fn text_width(page: &Page) -> Millimetres {
    Millimetres(page.width.0 - page.left.0 - page.right.0)
}

/// A width in the pixels that Excel counts at 96 to the inch.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "widths on paper are positive and small")]
pub(super) fn pixels(width: Millimetres) -> u32 {
    (width.0 / 25.4 * 96.0).round() as u32
}
