//! Annex 2, the roster 名册: a line per person, printed across A4 with the headings on every page.

use std::borrow::Cow;

use mingce_core::address::{Address, Column};
use mingce_core::compose;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Alignment, Millimetres, PageNumbers, Points, RosterColumn, RosterLayout, Scheme};
use rust_xlsxwriter::{IgnoreError, Workbook, XlsxError};

use super::cells::{Cells, Height};
use super::columns::{self, Content, is_number, is_unbroken};
use super::frame::{Frame, Style, StyleHandle, Styles, failed, workbook};
use super::measure;
use super::page::{FREE_HEIGHT, Face, Fit, boxed, horizontal, pixels, plain, room, set_up};
use super::{XlsxOptions, sheet_name};
use crate::Error;

/// Annex line, title and headings stand above the people.
const LINES_ABOVE: u32 = 3;

/// Type smaller than this is not read any more.
const SMALLEST: Points = Points(6.0);

/// Heights of the annex line, the title and the headings.
const HEIGHTS_ABOVE: [Millimetres; 3] = [Millimetres(8.0), Millimetres(15.0), Millimetres(10.0)];

/// The page number as offices print it, 宋体 14 pt between two dashes. Source: GB/T 9704-2012, 7.5.
const PAGE_NUMBER: &str = "&C&\"宋体,常规\"&14— &P —";

/// The same at the left edge below odd pages and above even ones, where a table printed across has it when it is bound.
const BOUND_PAGE_NUMBER: &str = "<headerFooter differentOddEven=\"1\"><oddFooter>&amp;L&amp;\"宋体,常规\"&amp;14— &amp;P —</oddFooter>\
                                 <evenHeader>&amp;L&amp;\"宋体,常规\"&amp;14— &amp;P —</evenHeader></headerFooter>";

/// The roster of these people, in their order.
///
/// Shape: row 1 the annex line, row 2 the title, row 3 the headings, people from row 4. Every cell of a person but 序号 is a
/// text cell. People are walked through twice, once for the widths of the columns, and never held.
///
/// # Errors
/// More people than a sheet has rows, or a package that could not be put together.
pub fn roster<'a>(
    people: impl Iterator<Item = &'a Registration> + Clone,
    scheme: &Scheme,
    options: &XlsxOptions,
) -> Result<Vec<u8>, Error> {
    let layout = &scheme.roster;
    let mut contents: Vec<Content> = layout.columns.iter().map(|column| Content::new(column, layout)).collect();
    let mut count = 0;
    for person in people.clone() {
        count += 1;
        for content in contents.iter_mut().filter(|content| !content.is_number) {
            content.add(measure::width_of(&compose::roster_cell(person, content.column, 0, scheme)));
        }
    }
    let table = Table::new(layout, &contents, count)?;
    let mut people = people;
    table.write(options, |sheet| {
        for number in 1..=table.lines {
            let Some(person) = people.next() else { break };
            sheet.line(number, |column| compose::roster_cell(person, column, 0, scheme))?;
        }
        Ok(())
    })
}

/// An empty roster with so many numbered lines.
///
/// # Errors
/// As [`roster`].
pub fn blank_roster(scheme: &Scheme, rows: usize, options: &XlsxOptions) -> Result<Vec<u8>, Error> {
    let layout = &scheme.roster;
    let contents: Vec<Content> = layout.columns.iter().map(|column| Content::new(column, layout)).collect();
    let table = Table::new(layout, &contents, rows)?;
    table.write(options, |sheet| {
        for number in 1..=table.lines {
            sheet.line(number, |_| Cow::Borrowed(""))?;
        }
        Ok(())
    })
}

/// A roster whose widths are decided and whose lines are counted.
struct Table<'a> {
    layout: &'a RosterLayout,
    widths: Vec<Millimetres>,
    lines: u32,
    last: Address,
}

/// A roster's sheet while its lines are written.
struct Sheet<'a, 'b> {
    table: &'a Table<'a>,
    cells: &'a mut Cells<'b>,
    styles: &'a [LineStyles],
    next_row: u32,
}

/// The styles of one column, by the face of what stands in it.
struct LineStyles {
    east_asian: Style,
    latin: Style,
    /// For what is too long for a line even in the smallest type.
    wrapping: Style,
}

impl<'a> Table<'a> {
    fn new(layout: &'a RosterLayout, contents: &[Content<'_>], lines: usize) -> Result<Self, Error> {
        let most = (Address::LAST_ROW - LINES_ABOVE) as usize;
        let too_many = || Error::TooMany { part: layout.title.clone(), wanted: lines, most };
        let count = u32::try_from(lines).ok().filter(|count| *count as usize <= most).ok_or_else(too_many)?;
        let columns = layout.columns.len();
        let last = u16::try_from(columns).ok().and_then(|columns| Address::new(LINES_ABOVE + count, columns));
        let last = last.ok_or(Error::TooMany { part: layout.title.clone(), wanted: columns, most: usize::from(Column::LAST.number()) })?;
        Ok(Self { layout, widths: columns::widths(layout, contents, count), lines: count, last })
    }

    fn write(&self, options: &XlsxOptions, mut lines: impl FnMut(&mut Sheet<'_, '_>) -> std::io::Result<()>) -> Result<Vec<u8>, Error> {
        let mut styles = Styles::default();
        let faces = Faces::add(self.layout, &mut styles);
        let mut book = workbook(options)?;
        self.set_up(&mut book).map_err(|error| failed(&self.layout.title, error))?;
        let mut frame = Frame::of(book, &styles)?;
        // the library has no way to say that odd and even pages differ
        if self.layout.page_numbers == PageNumbers::Standard {
            frame.replace_header_footer(BOUND_PAGE_NUMBER);
        }
        let columns: Vec<LineStyles> = faces
            .columns
            .iter()
            .map(|[east_asian, latin, wrapping]| LineStyles {
                east_asian: frame.style(*east_asian),
                latin: frame.style(*latin),
                wrapping: frame.style(*wrapping),
            })
            .collect();
        frame.write(&self.last.to_string(), |_, cells| {
            self.write_above(cells, &frame, &faces)?;
            lines(&mut Sheet { table: self, cells, styles: &columns, next_row: LINES_ABOVE + 1 })
        })
    }

    fn set_up(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&self.layout.title, "名册"))?;
        for (column, width) in (0u16..).zip(&self.widths) {
            sheet.set_column_width_pixels(column, pixels(*width))?;
        }
        let (last_row, last_column) = (self.last.row - 1, self.last.column.number() - 1);
        if last_column > 0 {
            sheet.merge_range(1, 0, 1, last_column, "", &rust_xlsxwriter::Format::new())?;
        }
        set_up(sheet, &self.layout.page, 0);
        sheet.set_repeat_rows(LINES_ABOVE - 1, LINES_ABOVE - 1)?.set_print_area(0, 0, last_row, last_column)?;
        sheet.set_freeze_panes(LINES_ABOVE, 0)?;
        if self.lines > 0 {
            sheet.ignore_error_range(LINES_ABOVE, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
        }
        sheet.set_footer(PAGE_NUMBER);
        Ok(())
    }

    fn write_above(&self, cells: &mut Cells<'_>, frame: &Frame, faces: &Faces) -> std::io::Result<()> {
        let [annex, title, heading] = HEIGHTS_ABOVE.map(measure::points);
        cells.start_row(1, Height::Fixed(annex))?;
        cells.text(0, frame.style(faces.annex), &self.layout.annex);
        cells.end_row();
        cells.start_row(2, Height::Fixed(title))?;
        for column in 0..self.layout.columns.len() {
            cells.text(column, frame.style(faces.title), if column == 0 { &self.layout.title } else { "" });
        }
        cells.end_row();
        cells.start_row(LINES_ABOVE, Height::Fixed(heading.max(self.heading_height())))?;
        for (column, of) in self.layout.columns.iter().enumerate() {
            cells.text(column, frame.style(faces.heading), &of.heading);
        }
        cells.end_row();
        Ok(())
    }

    /// Whether the column can show the text on one line, in the smallest type that is read.
    fn holds(&self, column: usize, text: &str) -> bool {
        measure::cell_width(measure::width_of(text), SMALLEST).0 <= self.widths[column].0
    }

    fn heading_height(&self) -> f64 {
        let heights = self.layout.columns.iter().zip(&self.widths);
        heights.map(|(column, width)| measure::height(&column.heading, self.layout.heading_font.size, *width)).fold(0.0, f64::max)
    }
}

impl Sheet<'_, '_> {
    /// Writes the line with this number; `text` says what stands in a column.
    fn line<'c>(&mut self, number: u32, text: impl Fn(&RosterColumn) -> Cow<'c, str>) -> std::io::Result<()> {
        let layout = self.table.layout;
        let texts: Vec<Cow<'c, str>> =
            layout.columns.iter().map(|column| if is_number(column) { Cow::Borrowed("") } else { text(column) }).collect();
        let height = self.wrapped_height(&texts);
        self.cells.start_row(self.next_row, height)?;
        for (position, (text, column)) in texts.iter().zip(&layout.columns).enumerate() {
            let styles = &self.styles[position];
            if is_number(column) {
                self.cells.number(position, styles.latin, number);
            } else {
                let style = match Face::of(text) {
                    _ if is_unbroken(column) && !self.table.holds(position, text) => styles.wrapping,
                    Face::Latin => styles.latin,
                    Face::EastAsian => styles.east_asian,
                };
                self.cells.text(position, style, text);
            }
        }
        self.cells.end_row();
        self.next_row += 1;
        Ok(())
    }

    /// The height of a line: that of an empty one, or what its longest answer takes when it wraps.
    fn wrapped_height(&self, texts: &[Cow<'_, str>]) -> Height {
        let layout = self.table.layout;
        let fixed = measure::points(layout.row_height);
        let wraps = |(position, ((text, column), _)): &(usize, ((&Cow<'_, str>, &RosterColumn), &Millimetres))| {
            !is_unbroken(column) || !self.table.holds(*position, text)
        };
        let needed = texts.iter().zip(&layout.columns).zip(&self.table.widths).enumerate().filter(wraps);
        let needed = needed
            .map(|(_, ((text, column), width))| measure::height(text, layout.cell_font.size, room(*width, column.alignment)))
            .fold(0.0, f64::max)
            + FREE_HEIGHT;
        if needed <= fixed { Height::Fixed(fixed) } else { Height::Estimated(needed) }
    }
}

/// Handles of a roster's styles.
struct Faces {
    annex: StyleHandle,
    title: StyleHandle,
    heading: StyleHandle,
    /// For each column the style of Chinese text, that of Latin text, and one that wraps.
    columns: Vec<[StyleHandle; 3]>,
}

impl Faces {
    fn add(layout: &RosterLayout, styles: &mut Styles) -> Self {
        let plain_style =
            |font: &mingce_core::scheme::Font, alignment| plain(font, Face::EastAsian, font.size).set_align(horizontal(alignment));
        let annex = styles.add(plain_style(&layout.annex_font, Alignment::Left));
        let title = styles.add(plain_style(&layout.title_font, Alignment::Centre));
        let heading = plain(&layout.heading_font, Face::EastAsian, layout.heading_font.size);
        let heading = styles.add(boxed(heading, Alignment::Centre, Fit::Wrap));
        let columns = layout
            .columns
            .iter()
            .map(|column| {
                let fit = if is_unbroken(column) { Fit::Shrink } else { Fit::Wrap };
                [(Face::EastAsian, fit), (Face::Latin, fit), (Face::EastAsian, Fit::Wrap)].map(|(face, fit)| {
                    let format = boxed(plain(&layout.cell_font, face, layout.cell_font.size), column.alignment, fit);
                    styles.add(if is_number(column) { format.set_num_format("General") } else { format })
                })
            })
            .collect();
        Self { annex, title, heading, columns }
    }
}
