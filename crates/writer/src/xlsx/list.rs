//! Working lists: a heading, a line per person or finding, printed across with the heading on every page.

use mingce_core::text::without_illegal;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, IgnoreError, Worksheet, XlsxError};

use super::measure;
use super::page::{list_format, list_height, set_up_list};

/// What a column is wide enough for at least and at most, in characters.
const WIDTHS: [f64; 2] = [6.0, 46.0];

/// How much wider bold letters may be, and the faces that stand in for a missing one.
const BOLD: f64 = 1.2;

/// Height of the heading in points.
const HEADING: f64 = 24.0;

/// Fill that tells one group of lines from the next.
const BAND: Color = Color::RGB(0xF2_F2_F2);

/// Page number below every page.
const PAGE_NUMBER: &str = "&C第 &P 页，共 &N 页";

/// The longest text that a cell holds.
const LONGEST_TEXT: usize = 32_767;

/// One line of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Its texts, one for each column.
    pub(super) texts: Vec<String>,
    /// Whether it is printed bold.
    pub(super) is_strong: bool,
    /// Whether it belongs to a group that is shaded.
    pub(super) is_shaded: bool,
}

impl Line {
    /// A plain line.
    pub(super) fn of(texts: impl IntoIterator<Item = String>) -> Self {
        Self { texts: texts.into_iter().collect(), ..Self::default() }
    }
}

/// Writes the list: headings in row 1, the lines below, every cell a text cell. `title` stands above each printed page.
pub(super) fn write(sheet: &mut Worksheet, title: &str, headings: &[&str], lines: &[Line]) -> Result<(), XlsxError> {
    write_with_numbers(sheet, title, headings, lines, &[])
}

/// Writes the list as [`write`] does, with these columns, counted from 0, as numbers that can be added up.
pub(super) fn write_with_numbers(
    sheet: &mut Worksheet,
    title: &str,
    headings: &[&str],
    lines: &[Line],
    numbers: &[u16],
) -> Result<(), XlsxError> {
    let heading = list_format().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center).set_text_wrap();
    let widths: Vec<f64> = (0..headings.len()).map(|column| width(headings[column], lines, column)).collect();
    for ((column, text), width) in (0u16..).zip(headings).zip(&widths) {
        sheet.write_string_with_format(0, column, *text, &heading)?.set_column_width(column, *width)?;
    }
    sheet.set_row_height(0, HEADING)?;
    let formats = [[false, true].map(|is_shaded| format(false, is_shaded)), [false, true].map(|is_shaded| format(true, is_shaded))];
    for (row, line) in (1u32..).zip(lines) {
        let format = &formats[usize::from(line.is_strong)][usize::from(line.is_shaded)];
        sheet.set_row_height(row, list_height(line.texts.iter().map(String::as_str).zip(widths.iter().copied())))?;
        for (column, text) in (0u16..).zip(&line.texts) {
            // four thousand million are enough for sizes and counts
            if let Some(number) = text.parse::<u32>().ok().filter(|_| numbers.contains(&column)) {
                sheet.write_number_with_format(row, column, number, &format.clone().set_num_format("General"))?;
                continue;
            }
            let text: String = without_illegal(text).chars().take(LONGEST_TEXT).collect();
            sheet.write_string_with_format(row, column, text, format)?;
        }
    }
    let last_row = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(headings.len()).unwrap_or(1).saturating_sub(1);
    if last_row > 0 {
        sheet.ignore_error_range(1, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    }
    sheet.autofilter(0, 0, last_row, last_column)?.set_freeze_panes(1, 0)?;
    set_up_list(sheet, 0..=0)?;
    sheet.set_header(format!("&C&\"宋体,加粗\"&16{title}")).set_footer(PAGE_NUMBER).set_print_center_horizontally(true);
    Ok(())
}

fn format(is_strong: bool, is_shaded: bool) -> Format {
    let format = list_format().set_num_format("@").set_border(FormatBorder::Thin).set_text_wrap();
    let format = if is_strong { format.set_bold() } else { format };
    if is_shaded { format.set_background_color(BAND) } else { format }
}

/// The width of a column in characters: that of its widest text, within bounds.
#[expect(clippy::cast_precision_loss, reason = "a cell has fewer than 2^52 characters")]
fn width(heading: &str, lines: &[Line], column: usize) -> f64 {
    let texts = lines.iter().filter_map(|line| line.texts.get(column)).map(|text| measure::width_of(text));
    // the heading has the button of the filter beside it
    let widest = texts.max().unwrap_or(0).max(measure::width_of(heading) + measure::WIDE * 2);
    // ten of these are half an em, which at 10.5 pt is 7 pixels; a character of a column's width is 8
    (widest as f64 / 10.0 * 7.0 / 8.0 * BOLD + 2.5).clamp(WIDTHS[0], WIDTHS[1])
}
