//! The summary as a workbook: one sheet to be printed as the report, one sheet of charts drawn from its tables.

mod charts;
mod pages;

use mingce_core::statistics::Summary;
use mingce_core::text::without_illegal;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::XlsxOptions;
use super::frame::{failed, workbook};
use super::page::{list_format, list_height};
use crate::Error;
use crate::summary::{Cell, SIGNATURES, Section, TITLE, day_line, lead, sections};

use pages::{Line, breaks};

/// Names of the two sheets.
const REPORT: &str = "汇总报告";
const CHARTS: &str = "图表";

/// Height of an empty row in points: Excel's own.
const BLANK: f64 = 15.0;

/// The colour of what falls short, and of the volunteers in charts.
const RED: Color = Color::RGB(0xC0_39_2B);

/// Widths in characters: of the first column, and of the others.
const WIDTHS: [f64; 2] = [26.0, 11.5];

/// The summary: a report for the party committee on one printable sheet, and charts of its numbers on another.
///
/// # Errors
/// A workbook that could not be put together.
pub fn summary(summary: &Summary, options: &XlsxOptions) -> Result<Vec<u8>, Error> {
    let mut book = workbook(options)?;
    let sections = sections(summary);
    let sheet = book.add_worksheet();
    let starts = write_report(sheet, summary, &sections).map_err(|error| failed(REPORT, error))?;
    charts::draw(&mut book, summary, &starts).map_err(|error| failed(CHARTS, error))?;
    book.save_to_buffer().map_err(|error| failed("xl", error))
}

/// Formats of the report.
struct Formats {
    title: Format,
    day: Format,
    words: Format,
    section: Format,
    heading: Format,
    cells: [Format; 2],
    names: [Format; 2],
    shares: [Format; 2],
    short: Format,
}

impl Formats {
    fn new() -> Self {
        let boxed = || list_format().set_border(FormatBorder::Thin);
        let strong = |format: Format| [format.clone(), format.set_bold()];
        Self {
            title: list_format().set_font_name("方正小标宋简体").set_font_size(20).set_align(FormatAlign::Center),
            day: list_format().set_align(FormatAlign::Center),
            words: list_format().set_text_wrap(),
            section: list_format().set_font_name("黑体").set_font_size(12),
            heading: boxed().set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            cells: strong(boxed().set_align(FormatAlign::Center)),
            names: strong(boxed().set_text_wrap()),
            shares: strong(boxed().set_align(FormatAlign::Center).set_num_format("0.0%")),
            short: boxed().set_align(FormatAlign::Center).set_font_color(RED).set_bold(),
        }
    }
}

/// Writes the report; gives the row of each section's first line, counted from 0.
fn write_report(sheet: &mut Worksheet, summary: &Summary, sections: &[Section]) -> Result<Vec<u32>, XlsxError> {
    let formats = Formats::new();
    let columns = sections.iter().map(|section| section.headings.len()).max().unwrap_or(1).max(2);
    let last = u16::try_from(columns - 1).unwrap_or(u16::MAX);
    sheet.set_name(REPORT)?.set_column_width(0, WIDTHS[0])?.set_column_range_width(1, last, WIDTHS[1])?;
    let mut page = Page { sheet, formats: &formats, last, columns, lines: Vec::new() };
    page.line(TITLE, &formats.title, Some(36.0))?;
    page.line(&day_line(summary.day), &formats.day, None)?;
    page.line(&format!("　　{}", lead(summary)), &formats.words, None)?;
    let mut starts = Vec::with_capacity(sections.len());
    for section in sections {
        page.blank();
        let first = page.lines.len();
        page.line(&section.title, &formats.section, Some(24.0))?;
        starts.push(page.table(section)?);
        page.line(&section.note, &formats.words, None)?;
        pages::keep_section(&mut page.lines[first..], columns);
    }
    page.blank();
    let signed = page.lines.len();
    for line in SIGNATURES {
        page.line(line, &list_format(), Some(26.0))?;
    }
    pages::keep_signatures(&mut page.lines, signed);
    let end = page.row().saturating_sub(1);
    let breaks = breaks(&page.lines, columns);
    sheet.set_page_breaks(&breaks)?.set_paper_size(9).set_portrait().set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.8, 0.8, 0.9, 0.8, 0.4, 0.4).set_footer("&C第 &P 页，共 &N 页").set_print_area(0, 0, end, last)?;
    Ok(starts)
}

/// The sheet while it is written from the top.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    formats: &'a Formats,
    last: u16,
    columns: usize,
    /// The lines so far, a row each.
    lines: Vec<Line>,
}

impl Page<'_> {
    /// The row that comes next, counted from 0.
    fn row(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }

    /// A row with nothing in it.
    fn blank(&mut self) {
        self.lines.push(Line::new(BLANK));
    }

    /// Words over the whole width.
    fn line(&mut self, words: &str, format: &Format, height: Option<f64>) -> Result<(), XlsxError> {
        let (row, width) = (self.row(), width(self.columns));
        let words = without_illegal(words);
        let height = height.unwrap_or_else(|| list_height(std::iter::once((&*words, width * 0.95))));
        self.sheet.merge_range(row, 0, row, self.last, &words, format)?.set_row_height(row, height)?;
        self.lines.push(Line::new(height));
        Ok(())
    }

    /// The section's table; gives the row of its first line.
    fn table(&mut self, section: &Section) -> Result<u32, XlsxError> {
        let row = self.row();
        if section.headings.is_empty() {
            return Ok(row);
        }
        for (column, heading) in (0u16..).zip(&section.headings) {
            self.sheet.write_string_with_format(row, column, heading, &self.formats.heading)?;
        }
        let heights = section.headings.iter().map(String::as_str).zip(std::iter::once(WIDTHS[0]).chain(std::iter::repeat(WIDTHS[1])));
        let height = list_height(heights);
        self.sheet.set_row_height(row, height)?;
        self.lines.push(Line::new(height));
        for (place, row) in (1..).zip(&section.rows) {
            self.table_line(row, section.has_total && place == section.rows.len())?;
            let goes_on = section.rows.get(place).is_some_and(|next| next.first() == row.first());
            if let Some(line) = self.lines.last_mut().filter(|_| goes_on) {
                line.keep();
            }
        }
        Ok(row + 1)
    }

    fn table_line(&mut self, cells: &[Cell], is_total: bool) -> Result<(), XlsxError> {
        let (strong, row) = (usize::from(is_total), self.row());
        let formats = self.formats;
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Text(words) => {
                    let format = match (column, words.as_str()) {
                        (0, _) => &formats.names[strong],
                        (_, "未达到") => &formats.short,
                        _ => &formats.cells[strong],
                    };
                    self.sheet.write_string_with_format(row, column, without_illegal(words), format)?;
                }
                Cell::Count(count) => {
                    self.sheet.write_number_with_format(row, column, number(*count), &formats.cells[strong])?;
                }
                Cell::Share(share) => {
                    self.sheet.write_number_with_format(row, column, *share, &formats.shares[strong])?;
                }
                Cell::Unknown => {
                    self.sheet.write_string_with_format(row, column, "—", &formats.cells[strong])?;
                }
            }
        }
        let name = cells.first().map(Cell::words).unwrap_or_default();
        let height = list_height(std::iter::once((name.as_str(), WIDTHS[0])));
        self.sheet.set_row_height(row, height)?;
        self.lines.push(Line::new(height));
        Ok(())
    }
}

/// The width of so many columns, in characters.
#[expect(clippy::cast_precision_loss, reason = "a sheet has few columns")]
fn width(columns: usize) -> f64 {
    WIDTHS[0] + WIDTHS[1] * columns.saturating_sub(1) as f64
}

#[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 people")]
fn number(count: usize) -> f64 {
    count as f64
}
