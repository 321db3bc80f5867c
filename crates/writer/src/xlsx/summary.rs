//! The summary as a workbook: one sheet to be printed as the report, one sheet of charts with the numbers they are drawn from.

mod charts;
mod pages;

use std::borrow::Cow;

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
    write_report(sheet, summary, &sections).map_err(|error| failed(REPORT, error))?;
    charts::draw(&mut book, summary, &sections).map_err(|error| failed(CHARTS, error))?;
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
    signature: Format,
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
            signature: list_format(),
            short: boxed().set_align(FormatAlign::Center).set_font_color(RED).set_bold(),
        }
    }
}

/// A row of the report before it is known which page it stands on.
enum Row<'s> {
    /// Nothing.
    Blank,
    /// Words over the whole width.
    Words(Cow<'s, str>, &'s Format),
    /// The heading of a table.
    Heading(&'s Section),
    /// A line of a table.
    Cells { cells: &'s [Cell], is_total: bool },
}

/// Writes the report. Where a table goes on on another page, its heading stands there again.
fn write_report(sheet: &mut Worksheet, summary: &Summary, sections: &[Section]) -> Result<(), XlsxError> {
    let formats = Formats::new();
    let columns = sections.iter().map(|section| section.headings.len()).max().unwrap_or(1).max(2);
    let last = u16::try_from(columns - 1).unwrap_or(u16::MAX);
    sheet.set_name(REPORT)?.set_column_width(0, WIDTHS[0])?.set_column_range_width(1, last, WIDTHS[1])?;
    let mut plan = Plan { columns, rows: Vec::new(), lines: Vec::new() };
    plan.words(TITLE.into(), &formats.title, Some(36.0));
    plan.words(day_line(summary.day).into(), &formats.day, None);
    plan.words(format!("　　{}", lead(summary)).into(), &formats.words, None);
    for section in sections {
        plan.section(section, &formats);
    }
    plan.blank();
    let signed = plan.lines.len();
    for line in SIGNATURES {
        plan.words(line.into(), &formats.signature, Some(26.0));
    }
    pages::keep_signatures(&mut plan.lines, signed);
    let mut page = Page { sheet, formats: &formats, last, row: 0 };
    let breaks = page.write(&plan)?;
    let end = page.row.saturating_sub(1);
    sheet.set_page_breaks(&breaks)?.set_paper_size(9).set_portrait().set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.8, 0.8, 0.9, 0.8, 0.4, 0.4).set_footer("&C第 &P 页，共 &N 页").set_print_area(0, 0, end, last)?;
    Ok(())
}

/// The rows of the report, and what is known of each for parting them into pages.
struct Plan<'s> {
    columns: usize,
    rows: Vec<Row<'s>>,
    lines: Vec<Line>,
}

impl<'s> Plan<'s> {
    fn push(&mut self, row: Row<'s>, height: f64) {
        self.rows.push(row);
        self.lines.push(Line::new(height));
    }

    fn blank(&mut self) {
        self.push(Row::Blank, BLANK);
    }

    fn words(&mut self, words: Cow<'s, str>, format: &'s Format, height: Option<f64>) {
        let words: Cow<'s, str> = without_illegal(&words).into_owned().into();
        let width = width(self.columns) * 0.95;
        let height = height.unwrap_or_else(|| list_height(std::iter::once((&*words, width))));
        self.push(Row::Words(words, format), height);
    }

    /// A section: its title, its table, and what is to be said of it.
    fn section(&mut self, section: &'s Section, formats: &'s Formats) {
        self.blank();
        let first = self.lines.len();
        self.words(section.title.as_str().into(), &formats.section, Some(24.0));
        if !section.headings.is_empty() {
            self.table(section);
        }
        self.words(section.note.as_str().into(), &formats.words, None);
        pages::keep_section(&mut self.lines[first..], self.columns);
    }

    fn table(&mut self, section: &'s Section) {
        let widths = std::iter::once(WIDTHS[0]).chain(std::iter::repeat(WIDTHS[1]));
        let heading = list_height(section.headings.iter().map(String::as_str).zip(widths));
        self.push(Row::Heading(section), heading);
        for (place, cells) in (1..).zip(&section.rows) {
            let name = cells.first().map(Cell::words).unwrap_or_default();
            self.push(
                Row::Cells { cells, is_total: section.has_total && place == section.rows.len() },
                list_height(std::iter::once((name.as_str(), WIDTHS[0]))),
            );
            let goes_on = section.rows.get(place).is_some_and(|next| next.first() == cells.first());
            if let Some(line) = self.lines.last_mut() {
                line.goes_under(heading);
                if goes_on {
                    line.keep();
                }
            }
        }
    }
}

/// The sheet while it is written from the top.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    formats: &'a Formats,
    last: u16,
    /// The row that comes next, counted from 0.
    row: u32,
}

impl Page<'_> {
    /// Writes all rows; gives those that begin a page.
    fn write(&mut self, plan: &Plan<'_>) -> Result<Vec<u32>, XlsxError> {
        let breaks = breaks(&plan.lines, plan.columns);
        let mut written = Vec::with_capacity(breaks.len());
        let mut heading = None;
        for (place, (row, line)) in plan.rows.iter().zip(&plan.lines).enumerate() {
            if breaks.contains(&place) {
                written.push(self.row);
                if let (Row::Cells { .. }, Some((section, height))) = (row, heading) {
                    self.heading(section, height)?;
                }
            }
            match row {
                Row::Blank => self.row += 1,
                Row::Words(words, format) => self.line(words, format, line.height())?,
                Row::Heading(section) => {
                    heading = Some((*section, line.height()));
                    self.heading(section, line.height())?;
                }
                Row::Cells { cells, is_total } => self.table_line(cells, *is_total, line.height())?,
            }
        }
        Ok(written)
    }

    /// Words over the whole width.
    fn line(&mut self, words: &str, format: &Format, height: f64) -> Result<(), XlsxError> {
        self.sheet.merge_range(self.row, 0, self.row, self.last, words, format)?.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, section: &Section, height: f64) -> Result<(), XlsxError> {
        for (column, heading) in (0u16..).zip(&section.headings) {
            self.sheet.write_string_with_format(self.row, column, heading, &self.formats.heading)?;
        }
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    fn table_line(&mut self, cells: &[Cell], is_total: bool, height: f64) -> Result<(), XlsxError> {
        let (strong, row) = (usize::from(is_total), self.row);
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
        self.sheet.set_row_height(row, height)?;
        self.row += 1;
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
