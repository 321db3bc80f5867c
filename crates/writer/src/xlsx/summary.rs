//! The summary as a workbook: one sheet to be printed as the report, one sheet of charts drawn from its tables.

use mingce_core::statistics::Summary;
use mingce_core::text::without_illegal;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartLegendPosition, ChartType, Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::XlsxOptions;
use super::frame::{failed, workbook};
use super::page::{list_format, list_height};
use crate::Error;
use crate::summary::{Cell, SIGNATURES, Section, TITLE, breakdown_rows, day_line, lead, sections};

/// Names of the two sheets.
const REPORT: &str = "汇总报告";
const CHARTS: &str = "图表";

/// Widths in characters: of the first column, and of the others.
const WIDTHS: [f64; 2] = [26.0, 11.5];

/// Most units that one chart shows; more could not be read.
const MOST_UNITS: usize = 40;

/// More units than this are drawn as bars that lie, so that their names can be read.
const MOST_UPRIGHT: usize = 8;

/// Size of a chart in pixels, and the rows of the sheet that it takes.
const CHART_WIDTH: u32 = 640;
const CHART_HEIGHT: u32 = 300;
const BAR_HEIGHT: u32 = 26;
const ROW_HEIGHT: u32 = 17;

/// What fits on a page of the charts, in pixels: A4 between margins of 19 mm.
const PAGE_HEIGHT: u32 = 975;

/// Colours that stay apart in print: members, volunteers.
const COLOURS: [Color; 2] = [Color::RGB(0xBF_BF_BF), Color::RGB(0xC0_39_2B)];

/// The summary: a report for the party committee on one printable sheet, and charts of its numbers on another.
///
/// # Errors
/// A workbook that could not be put together.
pub fn summary(summary: &Summary, options: &XlsxOptions) -> Result<Vec<u8>, Error> {
    let mut book = workbook(options)?;
    let sections = sections(summary);
    let sheet = book.add_worksheet();
    let starts = write_report(sheet, summary, &sections).map_err(|error| failed(REPORT, error))?;
    draw(&mut book, summary, &starts).map_err(|error| failed(CHARTS, error))?;
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
            short: boxed().set_align(FormatAlign::Center).set_font_color(COLOURS[1]).set_bold(),
        }
    }
}

/// Writes the report; gives the row of each section's first line, counted from 0.
fn write_report(sheet: &mut Worksheet, summary: &Summary, sections: &[Section]) -> Result<Vec<u32>, XlsxError> {
    let formats = Formats::new();
    let columns = sections.iter().map(|section| section.headings.len()).max().unwrap_or(1).max(2);
    let last = u16::try_from(columns - 1).unwrap_or(u16::MAX);
    sheet.set_name(REPORT)?.set_column_width(0, WIDTHS[0])?.set_column_range_width(1, last, WIDTHS[1])?;
    let mut page = Page { sheet, formats: &formats, last, row: 0, columns };
    page.line(TITLE, &formats.title, Some(36.0))?;
    page.line(&day_line(summary.day), &formats.day, None)?;
    page.line(&format!("　　{}", lead(summary)), &formats.words, None)?;
    let mut starts = Vec::with_capacity(sections.len());
    for section in sections {
        page.row += 1;
        page.line(&section.title, &formats.section, Some(24.0))?;
        starts.push(page.table(section)?);
        page.line(&section.note, &formats.words, None)?;
    }
    page.row += 1;
    for line in SIGNATURES {
        page.line(line, &list_format(), Some(26.0))?;
    }
    let end = page.row.saturating_sub(1);
    sheet.set_paper_size(9).set_portrait().set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.8, 0.8, 0.9, 0.8, 0.4, 0.4).set_footer("&C第 &P 页，共 &N 页").set_print_area(0, 0, end, last)?;
    Ok(starts)
}

/// The sheet while it is written from the top.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    formats: &'a Formats,
    last: u16,
    row: u32,
    columns: usize,
}

impl Page<'_> {
    /// Words over the whole width.
    fn line(&mut self, words: &str, format: &Format, height: Option<f64>) -> Result<(), XlsxError> {
        #[expect(clippy::cast_precision_loss, reason = "a sheet has few columns")]
        let width = WIDTHS[0] + WIDTHS[1] * (self.columns - 1) as f64;
        let words = without_illegal(words);
        let height = height.unwrap_or_else(|| list_height(std::iter::once((&*words, width * 0.95))));
        self.sheet.merge_range(self.row, 0, self.row, self.last, &words, format)?.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    /// The section's table; gives the row of its first line.
    fn table(&mut self, section: &Section) -> Result<u32, XlsxError> {
        if section.headings.is_empty() {
            return Ok(self.row);
        }
        for (column, heading) in (0u16..).zip(&section.headings) {
            self.sheet.write_string_with_format(self.row, column, heading, &self.formats.heading)?;
        }
        let heights = section.headings.iter().map(String::as_str).zip(std::iter::once(WIDTHS[0]).chain(std::iter::repeat(WIDTHS[1])));
        self.sheet.set_row_height(self.row, list_height(heights))?;
        self.row += 1;
        let first = self.row;
        for (place, row) in (1..).zip(&section.rows) {
            self.table_line(row, section.has_total && place == section.rows.len())?;
        }
        Ok(first)
    }

    fn table_line(&mut self, cells: &[Cell], is_total: bool) -> Result<(), XlsxError> {
        let strong = usize::from(is_total);
        let formats = self.formats;
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Text(words) => {
                    let format = match (column, words.as_str()) {
                        (0, _) => &formats.names[strong],
                        (_, "未达到") => &formats.short,
                        _ => &formats.cells[strong],
                    };
                    self.sheet.write_string_with_format(self.row, column, without_illegal(words), format)?;
                }
                Cell::Count(count) => {
                    self.sheet.write_number_with_format(self.row, column, number(*count), &formats.cells[strong])?;
                }
                Cell::Share(share) => {
                    self.sheet.write_number_with_format(self.row, column, *share, &formats.shares[strong])?;
                }
                Cell::Unknown => {
                    self.sheet.write_string_with_format(self.row, column, "—", &formats.cells[strong])?;
                }
            }
        }
        let name = cells.first().map(Cell::words).unwrap_or_default();
        self.sheet.set_row_height(self.row, list_height(std::iter::once((name.as_str(), WIDTHS[0]))))?;
        self.row += 1;
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 people")]
fn number(count: usize) -> f64 {
    count as f64
}

/// The cells of the report that a chart draws: names in one column, numbers in others.
struct Range {
    rows: std::ops::Range<u32>,
    names: u16,
}

impl Range {
    fn add(&self, chart: &mut Chart, title: &str, column: u16, colour: Color) {
        let (first, last) = (self.rows.start, self.rows.end.saturating_sub(1));
        chart
            .add_series()
            .set_name(title)
            .set_categories((REPORT, first, self.names, last, self.names))
            .set_values((REPORT, first, column, last, column))
            .set_format(rust_xlsxwriter::ChartFormat::new().set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(colour)))
            .set_data_label(ChartDataLabel::new().show_value());
    }
}

fn draw(book: &mut Workbook, summary: &Summary, starts: &[u32]) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(CHARTS)?;
    let (mut row, mut on_page, mut breaks) = (0, 0, Vec::new());
    let mut insert = |chart: &mut Chart, height: u32| -> Result<(), XlsxError> {
        let rows = height.div_ceil(ROW_HEIGHT) + 1;
        if on_page > 0 && on_page + rows * ROW_HEIGHT > PAGE_HEIGHT {
            breaks.push(row);
            on_page = 0;
        }
        chart.set_width(CHART_WIDTH).set_height(height);
        // a little below the edge, lest the frame be drawn on the page before
        sheet.insert_chart_with_offset(row, 0, chart, 0, 4)?;
        row += rows;
        on_page += rows * ROW_HEIGHT;
        Ok(())
    };
    let rows = |start: u32, count: usize| start..start + u32::try_from(count).unwrap_or(0);
    if let [participation, services, people, ..] = starts {
        // units whose members are known come first: those of the units file
        let known = summary.units.iter().rposition(|unit| unit.met.is_some()).map_or(summary.units.len(), |last| last + 1);
        let shown = known.min(MOST_UNITS);
        let units = Range { rows: rows(*participation, shown), names: 0 };
        let more = if known > shown { format!("（前 {shown} 个单位）") } else { String::new() };
        let (kind, height) = unit_chart(shown);
        if summary.participation_total().is_some() {
            let mut chart = titled(kind, &format!("各单位党员与党员志愿者人数{more}"));
            units.add(&mut chart, "党员总数", 1, COLOURS[0]);
            units.add(&mut chart, "党员志愿者", 2, COLOURS[1]);
            chart.legend().set_position(ChartLegendPosition::Bottom);
            insert(&mut chart, height)?;
            let mut chart = titled(kind, &format!("各单位参与比例（应在 {}% 以上）{more}", summary.participation * 100.0));
            units.add(&mut chart, "参与比例", 4, COLOURS[1]);
            chart.legend().set_hidden();
            let axis = value_axis(&mut chart, kind).set_num_format("0%");
            // a line at one half; more volunteers than members are a finding, and still drawn
            if summary.units.iter().all(|unit| unit.ratio.is_none_or(|ratio| ratio <= 1.0)) {
                axis.set_max(1).set_major_unit(0.25);
            }
            insert(&mut chart, height)?;
        } else if shown > 0 {
            let mut chart = titled(kind, &format!("各单位党员志愿者人数{more}"));
            units.add(&mut chart, "党员志愿者", 2, COLOURS[1]);
            chart.legend().set_hidden();
            insert(&mut chart, height)?;
        }
        let items = summary.services.items.len();
        if let (true, Ok(last)) = (items > 0, u16::try_from(items + 1)) {
            let total = services + u32::try_from(summary.services.units.len()).unwrap_or(0);
            let mut chart = titled(ChartType::Column, "各服务项目报名人数（一人可报几项）");
            chart
                .add_series()
                .set_name("人数")
                .set_categories((REPORT, services - 1, 2, services - 1, last))
                .set_values((REPORT, total, 2, total, last))
                .set_format(
                    rust_xlsxwriter::ChartFormat::new().set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(COLOURS[1])),
                )
                .set_data_label(ChartDataLabel::new().show_value());
            chart.legend().set_hidden();
            insert(&mut chart, CHART_HEIGHT)?;
        }
        for (breakdown, lines) in summary.breakdowns.iter().zip(breakdown_rows(&summary.breakdowns)) {
            let range = Range { rows: rows(people + u32::try_from(lines.start).unwrap_or(0), lines.len()), names: 1 };
            let mut chart = titled(ChartType::Column, breakdown.title);
            range.add(&mut chart, "人数", 2, COLOURS[1]);
            chart.legend().set_hidden();
            insert(&mut chart, CHART_HEIGHT)?;
        }
    }
    sheet.set_paper_size(9).set_portrait().set_margins(0.7, 0.7, 0.75, 0.75, 0.3, 0.3).set_page_breaks(&breaks)?;
    Ok(())
}

/// Few units stand side by side; many lie below one another, and the chart grows with them.
fn unit_chart(units: usize) -> (ChartType, u32) {
    if units <= MOST_UPRIGHT {
        (ChartType::Column, CHART_HEIGHT)
    } else {
        (ChartType::Bar, 110 + BAR_HEIGHT * u32::try_from(units).unwrap_or(0))
    }
}

/// The axis of numbers; the library calls the upright axis of a chart that lies its y axis too.
fn value_axis(chart: &mut Chart, kind: ChartType) -> &mut rust_xlsxwriter::ChartAxis {
    if kind == ChartType::Bar { chart.x_axis() } else { chart.y_axis() }
}

fn titled(kind: ChartType, title: &str) -> Chart {
    let mut chart = Chart::new(kind);
    let mut font = ChartFont::new();
    font.set_size(13);
    chart.title().set_name(title).set_font(&font);
    value_axis(&mut chart, kind).set_min(0);
    if kind == ChartType::Bar {
        // the first unit is drawn at the top, as the table has it
        chart.y_axis().set_reverse();
    }
    chart
}
