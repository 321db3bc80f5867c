//! The charts of the summary, drawn from numbers that stand beside them on their sheet: in the report, headings come again on every page.

use std::ops::Range;

use mingce_core::statistics::{Breakdown, Summary};
use mingce_core::text::without_illegal;
use rust_xlsxwriter::{
    Chart, ChartAxis, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color, Workbook,
    Worksheet, XlsxError,
};

use super::super::page::list_format;
use super::{CHARTS, RED, number};
use crate::summary::{Cell, Section, breakdown_rows};

/// Most units that one chart shows: as many as fit on a page.
const MOST_UNITS: usize = 30;

/// Most charts that the units are spread over; who has more units reads the table.
const MOST_CHARTS: usize = 10;

/// More units than this are drawn as bars that lie, so that their names can be read.
const MOST_UPRIGHT: usize = 8;

/// Size of a chart in pixels, and the rows of the sheet that it takes.
const CHART_WIDTH: u32 = 640;
const CHART_HEIGHT: u32 = 300;
const BAR_HEIGHT: u32 = 26;
const ROW_HEIGHT: u32 = 17;

/// What fits on a page of the charts, in pixels: A4 between margins of 19 mm.
const PAGE_HEIGHT: u32 = 975;

/// The colours of members and volunteers, which stay apart in print, and of the lines behind them.
const COLOURS: [Color; 2] = [Color::RGB(0xBF_BF_BF), RED];
const LINES: Color = Color::RGB(0xE3_E3_E3);

/// The first column of the numbers, counted from 0, right of the charts; and the last that is printed.
const DATA: u16 = 12;
const LAST_PRINTED: u16 = 10;

/// Columns of the first table: members, volunteers, ratio; and of the third: what people are, how many.
const MEMBERS: u16 = 1;
const VOLUNTEERS: u16 = 2;
const RATIO: u16 = 4;
const TRAIT: u16 = 1;
const PEOPLE: u16 = 2;

/// Draws the charts of these sections' tables on a sheet of their own.
pub(super) fn draw(book: &mut Workbook, summary: &Summary, sections: &[Section]) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(CHARTS)?;
    let starts = write_numbers(sheet, sections)?;
    let mut page = Page { sheet, row: 0, used: 0, breaks: Vec::new() };
    if let [participation, services, people, ..] = starts[..] {
        units(&mut page, summary, participation)?;
        if let Some(mut chart) = service_chart(summary, services) {
            page.insert(&mut chart, CHART_HEIGHT)?;
        }
        for (breakdown, lines) in summary.breakdowns.iter().zip(breakdown_rows(&summary.breakdowns)) {
            if breakdown.lines.iter().any(|(_, count)| *count > 0) {
                page.insert(&mut breakdown_chart(breakdown, people, lines), CHART_HEIGHT)?;
            }
        }
    }
    let (breaks, last) = (page.breaks, page.row.saturating_sub(1));
    sheet.set_print_area(0, 0, last, LAST_PRINTED)?;
    sheet.set_paper_size(9).set_portrait().set_margins(0.7, 0.7, 0.75, 0.75, 0.3, 0.3).set_page_breaks(&breaks)?;
    Ok(())
}

/// Writes the tables one below the other right of the charts; gives the first row of each below its heading, counted from 0.
fn write_numbers(sheet: &mut Worksheet, sections: &[Section]) -> Result<Vec<u32>, XlsxError> {
    const NAMES_WIDTH: f64 = 26.0;
    let format = list_format();
    sheet.set_column_width(DATA, NAMES_WIDTH)?;
    let mut row = 0;
    let mut starts = Vec::with_capacity(sections.len());
    for section in sections {
        sheet.write_string_with_format(row, DATA, &section.title, &format)?;
        for (column, heading) in (DATA..).zip(&section.headings) {
            sheet.write_string_with_format(row + 1, column, heading, &format)?;
        }
        row += 2;
        starts.push(row);
        for cells in &section.rows {
            for (column, cell) in (DATA..).zip(cells) {
                match cell {
                    Cell::Text(words) => sheet.write_string_with_format(row, column, without_illegal(words), &format)?,
                    Cell::Count(count) => sheet.write_number_with_format(row, column, number(*count), &format)?,
                    Cell::Share(share) => sheet.write_number_with_format(row, column, *share, &format.clone().set_num_format("0.0%"))?,
                    Cell::Unknown => sheet.write_string_with_format(row, column, "—", &format)?,
                };
            }
            row += 1;
        }
        row += 1;
    }
    Ok(starts)
}

/// The sheet while charts are put below one another, none over the end of a page.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    used: u32,
    breaks: Vec<u32>,
}

impl Page<'_> {
    fn insert(&mut self, chart: &mut Chart, height: u32) -> Result<(), XlsxError> {
        let rows = height.div_ceil(ROW_HEIGHT) + 1;
        if self.used > 0 && self.used + rows * ROW_HEIGHT > PAGE_HEIGHT {
            self.breaks.push(self.row);
            self.used = 0;
        }
        chart.set_width(CHART_WIDTH).set_height(height);
        // a little below the edge, lest the frame be drawn on the page before
        self.sheet.insert_chart_with_offset(self.row, 0, chart, 0, 4)?;
        self.row += rows;
        self.used += rows * ROW_HEIGHT;
        Ok(())
    }
}

/// The cells that a chart draws: names in one column, numbers in others.
struct Cells {
    rows: Range<u32>,
    names: u16,
}

impl Cells {
    /// So many lines of a table, from one of them on.
    fn new(start: u32, lines: Range<usize>, names: u16) -> Self {
        let row = |line: usize| start + u32::try_from(line).unwrap_or(0);
        Self { rows: row(lines.start)..row(lines.end), names: DATA + names }
    }

    fn add(&self, chart: &mut Chart, title: &str, column: u16, colour: Color) {
        let (first, last) = (self.rows.start, self.rows.end.saturating_sub(1));
        let (categories, column) = ((CHARTS, first, self.names, last, self.names), DATA + column);
        series(chart, title, categories, (CHARTS, first, column, last, column), colour);
    }
}

/// A sheet, its first row and column, and the last.
type Area<'a> = (&'a str, u32, u16, u32, u16);

fn series(chart: &mut Chart, title: &str, categories: Area<'_>, values: Area<'_>, colour: Color) {
    chart
        .add_series()
        .set_name(title)
        .set_categories(categories)
        .set_values(values)
        .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)))
        .set_data_label(ChartDataLabel::new().show_value());
}

/// Members, volunteers and ratio of the units; where nobody's members are known, volunteers alone.
fn units(page: &mut Page<'_>, summary: &Summary, start: u32) -> Result<(), XlsxError> {
    // units whose members are known come first: those of the units file
    let known = summary.units.iter().rposition(|unit| unit.met.is_some()).map_or(summary.units.len(), |last| last + 1);
    let parts = parts(known);
    let has_members = summary.participation_total().is_some();
    let titled = |title: &str, part: &Range<usize>| {
        let more = if parts.len() > 1 { format!("（第 {}～{} 个单位）", part.start + 1, part.end) } else { String::new() };
        titled(unit_kind(part.len()), &format!("{title}{more}"))
    };
    for part in &parts {
        let cells = Cells::new(start, part.clone(), 0);
        let mut chart = titled(if has_members { "各单位党员与党员志愿者人数" } else { "各单位党员志愿者人数" }, part);
        if has_members {
            cells.add(&mut chart, "党员总数", MEMBERS, COLOURS[0]);
        }
        cells.add(&mut chart, "党员志愿者", VOLUNTEERS, COLOURS[1]);
        if has_members {
            chart.legend().set_position(ChartLegendPosition::Bottom);
        } else {
            chart.legend().set_hidden();
        }
        page.insert(&mut chart, unit_height(part.len()))?;
    }
    for part in parts.iter().filter(|_| has_members) {
        let mut chart = titled(&format!("各单位参与比例（应在 {}% 以上）", summary.participation * 100.0), part);
        Cells::new(start, part.clone(), 0).add(&mut chart, "参与比例", RATIO, COLOURS[1]);
        chart.legend().set_hidden();
        let axis = value_axis(&mut chart, unit_kind(part.len())).set_num_format("0%");
        // a line at one half; more volunteers than members are a finding, and still drawn
        if summary.units.iter().all(|unit| unit.ratio.is_none_or(|ratio| ratio <= 1.0)) {
            axis.set_max(1).set_major_unit(0.25);
        }
        page.insert(&mut chart, unit_height(part.len()))?;
    }
    Ok(())
}

/// The units in parts that a chart can show, as equal as can be.
fn parts(units: usize) -> Vec<Range<usize>> {
    let shown = units.min(MOST_UNITS * MOST_CHARTS);
    let count = shown.div_ceil(MOST_UNITS);
    (0..count).map(|part| shown * part / count..shown * (part + 1) / count).collect()
}

/// How many people chose each service item, from the table's headings and its last line.
fn service_chart(summary: &Summary, start: u32) -> Option<Chart> {
    let items = summary.services.items.len();
    let last = u16::try_from(items + 1).ok().filter(|_| items > 0)?;
    let total = start + u32::try_from(summary.services.units.len()).unwrap_or(0);
    let mut chart = titled(ChartType::Column, "各服务项目报名人数（一人可报几项）");
    let across = |row: u32| (CHARTS, row, DATA + 2, row, DATA + last);
    series(&mut chart, "人数", across(start - 1), across(total), COLOURS[1]);
    chart.legend().set_hidden();
    Some(chart)
}

fn breakdown_chart(breakdown: &Breakdown, start: u32, lines: Range<usize>) -> Chart {
    let mut chart = titled(ChartType::Column, &format!("{}（人数）", breakdown.title));
    Cells::new(start, lines, TRAIT).add(&mut chart, "人数", PEOPLE, COLOURS[1]);
    chart.legend().set_hidden();
    chart
}

/// Few units stand side by side; many lie below one another, and the chart grows with them.
fn unit_kind(units: usize) -> ChartType {
    if units <= MOST_UPRIGHT { ChartType::Column } else { ChartType::Bar }
}

fn unit_height(units: usize) -> u32 {
    if units <= MOST_UPRIGHT { CHART_HEIGHT } else { 110 + BAR_HEIGHT * u32::try_from(units).unwrap_or(0) }
}

/// The axis of numbers; the library calls the upright axis of a chart that lies its y axis too.
fn value_axis(chart: &mut Chart, kind: ChartType) -> &mut ChartAxis {
    if kind == ChartType::Bar { chart.x_axis() } else { chart.y_axis() }
}

fn titled(kind: ChartType, title: &str) -> Chart {
    let mut chart = Chart::new(kind);
    let mut font = ChartFont::new();
    font.set_size(13);
    chart.title().set_name(title).set_font(&font);
    value_axis(&mut chart, kind).set_min(0).set_major_gridlines_line(ChartLine::new().set_color(LINES));
    if kind == ChartType::Bar {
        // the first unit is drawn at the top, as the table has it
        chart.y_axis().set_reverse();
    }
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_is_drawn_on_charts_that_fit_a_page() {
        for units in 0..=MOST_UNITS * MOST_CHARTS {
            let parts = parts(units);
            assert_eq!(parts.iter().flat_map(|part| part.clone()).collect::<Vec<_>>(), (0..units).collect::<Vec<_>>());
            assert!(parts.iter().all(|part| (unit_height(part.len()).div_ceil(ROW_HEIGHT) + 1) * ROW_HEIGHT <= PAGE_HEIGHT));
        }
        assert_eq!(parts(61), [0..20, 20..40, 40..61]);
    }
}
