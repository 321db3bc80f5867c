//! Annex 1, the form 登记表, as a sheet of merged cells: one person a sheet, one sheet a page.

use std::borrow::Cow;

use mingce_core::compose;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, FormLayout, Millimetres, Points, Scheme};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, IgnoreError, Workbook, XlsxError};

use super::cells::{Cells, Height};
use super::choice::options;
use super::frame::{Frame, Pictures, Style, StyleHandle, Styles, failed, workbook};
use super::grid::{Grid, Part, Placed};
use super::page::{FREE_HEIGHT, Face, Fit, boxed, pixels, plain, room, set_up};
use super::picture::{Anchor, PIXEL, POINT};
use super::{XlsxOptions, measure, person_sheet_name, sheet_name};
use crate::Error;
use crate::form::Filled;
use crate::photo::Photo;

/// The annex line and the title stand above the table.
const LINES_ABOVE: u32 = 2;

/// Heights of the annex line and the title.
const HEIGHTS_ABOVE: [Millimetres; 2] = [Millimetres(10.0), Millimetres(18.0)];

/// Sizes that a long answer shrinks through, in points; those below the layout's smallest only where a row cannot grow any more.
const SIZES: [f64; 15] = [11.0, 10.5, 10.0, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0];

/// The highest row Excel allows, in points.
const HIGHEST_ROW: f64 = 409.0;

/// The most sheets a workbook may have: LibreOffice opens no more.
pub(super) const MOST_SHEETS: usize = 10_000;

/// The forms of these people, a sheet each, in their order; the sheets are named `01-张三`. With it what should be heard
/// about each of them.
///
/// # Errors
/// More people than a workbook can have sheets, nobody at all, or a package that could not be put together.
pub fn forms<'a>(
    people: impl Iterator<Item = &'a Registration> + Clone,
    scheme: &Scheme,
    options: &XlsxOptions,
) -> Result<(Vec<u8>, Vec<Filled>), Error> {
    forms_with_photos(people, SheetPhotos::none(), scheme, options)
}

/// The photos of the people whose forms are written.
pub struct SheetPhotos<'a> {
    pub(super) has: Vec<bool>,
    pub(super) photo: Box<dyn FnMut(usize) -> Option<Photo> + 'a>,
}

impl<'a> SheetPhotos<'a> {
    /// Says of each of the people whether there is a picture of them; `photo` is asked for it by their place when their sheet is
    /// written, in order, and gives none where it cannot be used.
    pub fn new(has: Vec<bool>, photo: impl FnMut(usize) -> Option<Photo> + 'a) -> Self {
        Self { has, photo: Box::new(photo) }
    }

    /// No photos.
    #[must_use]
    pub fn none() -> Self {
        Self::new(Vec::new(), |_| None)
    }
}

impl std::fmt::Debug for SheetPhotos<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SheetPhotos").field("has", &self.has).finish_non_exhaustive()
    }
}

/// The forms of these people as [`forms`] writes them, with their photos.
///
/// # Errors
/// As [`forms`].
pub fn forms_with_photos<'a>(
    people: impl Iterator<Item = &'a Registration> + Clone,
    photos: SheetPhotos<'_>,
    scheme: &Scheme,
    options: &XlsxOptions,
) -> Result<(Vec<u8>, Vec<Filled>), Error> {
    let count = people.clone().count();
    if count > MOST_SHEETS {
        return Err(Error::TooMany { part: scheme.form.title.clone(), wanted: count, most: MOST_SHEETS });
    }
    let names = people.clone().zip(1..).map(|(person, number)| person_sheet_name(number, count, &person.name)).collect();
    write(names, people, photos, scheme, options)
}

/// The empty form.
///
/// # Errors
/// A package that could not be put together.
pub fn blank_form(scheme: &Scheme, options: &XlsxOptions) -> Result<Vec<u8>, Error> {
    let nobody = Registration::default();
    let (bytes, _) = write(vec![sheet_name(&scheme.form.title, "登记表")], std::iter::once(&nobody), SheetPhotos::none(), scheme, options)?;
    Ok(bytes)
}

fn write<'a>(
    names: Vec<String>,
    mut people: impl Iterator<Item = &'a Registration>,
    mut photos: SheetPhotos<'_>,
    scheme: &Scheme,
    options: &XlsxOptions,
) -> Result<(Vec<u8>, Vec<Filled>), Error> {
    let layout = &scheme.form;
    let grid = Grid::of(layout);
    let mut styles = Styles::default();
    let faces = Faces::add(layout, &grid, &mut styles);
    let mut book = workbook(options)?;
    for (position, name) in names.iter().enumerate() {
        add_sheet(&mut book, name, layout, &grid, position == 0).map_err(|error| failed(name, error))?;
    }
    let frame = Frame::of(book, &styles)?;
    let form = Form { scheme, grid: &grid, faces: faces.looked_up(&frame) };
    let last = grid.last(LINES_ABOVE).map_or_else(|| "A1".to_owned(), |last| last.to_string());
    let mut filled = Vec::with_capacity(names.len());
    let mut fill = |has_photo: bool, cells: &mut Cells<'_>| match people.next() {
        Some(person) => {
            filled.push(form.write(person, has_photo, cells)?);
            Ok(())
        }
        None => Ok(()),
    };
    let bytes = match form.photo_anchor().filter(|_| photos.has.contains(&true)) {
        Some(anchor) => {
            let mut jpeg = |sheet: usize| (photos.photo)(sheet).map(|photo| photo.jpeg().to_vec());
            let mut pictures = Pictures { has: &photos.has, jpeg: &mut jpeg, anchor };
            frame.write_with(&last, &mut pictures, |_, has_photo, cells| fill(has_photo, cells))?
        }
        None => frame.write(&last, |_, cells| fill(false, cells))?,
    };
    Ok((bytes, filled))
}

/// Adds a person's sheet; only the first needs what the frame of all is taken from.
fn add_sheet(book: &mut Workbook, name: &str, layout: &FormLayout, grid: &Grid<'_>, is_frame: bool) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    let Some(last) = grid.last(LINES_ABOVE) else { return Ok(()) };
    let last_column = last.column.number() - 1;
    sheet.set_print_area(0, 0, last.row - 1, last_column)?;
    if !is_frame {
        return Ok(());
    }
    set_up(sheet, &layout.page, 1);
    sheet.set_screen_gridlines(false);
    for (column, width) in (0u16..).zip(&layout.columns) {
        sheet.set_column_width_pixels(column, pixels(*width))?;
    }
    if last_column > 0 {
        sheet.merge_range(1, 0, 1, last_column, "", &Format::new())?;
    }
    for cell in grid.cells.iter().filter(|cell| cell.rows * cell.columns > 1) {
        let [top, left] = [cell.row + LINES_ABOVE as usize, cell.column];
        let corner = |row: usize, column: usize| (u32::try_from(row).unwrap_or(u32::MAX), u16::try_from(column).unwrap_or(u16::MAX));
        let ((top, left), (bottom, right)) = (corner(top, left), corner(top + cell.rows - 1, left + cell.columns - 1));
        sheet.merge_range(top, left, bottom, right, "", &Format::new())?;
    }
    sheet.ignore_error_range(0, 0, last.row - 1, last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// The form with the styles of its cells.
struct Form<'a> {
    scheme: &'a Scheme,
    grid: &'a Grid<'a>,
    faces: Faces<Style>,
}

/// What a cell says, and how.
struct Written<'a> {
    text: Cow<'a, str>,
    style: Style,
    /// Whether it took more than its room at the smallest size.
    spilled: bool,
}

impl Form<'_> {
    /// Where the photo lies; `None` where the form has no place for one.
    fn photo_anchor(&self) -> Option<Anchor> {
        let cell = self.grid.cells.iter().find(|cell| matches!(cell.part, Part::Photo(_)))?;
        let heights: Vec<f64> = self.grid.heights[cell.row..cell.row + cell.rows].iter().map(|points| points * POINT).collect();
        let columns = &self.scheme.form.columns[cell.column..cell.column + cell.columns];
        let widths: Vec<f64> = columns.iter().map(|width| f64::from(pixels(*width)) * PIXEL).collect();
        Some(Anchor::of_photo([cell.row + LINES_ABOVE as usize, cell.column], &heights, &widths))
    }

    fn write(&self, person: &Registration, has_photo: bool, cells: &mut Cells<'_>) -> std::io::Result<Filled> {
        let mut heights = self.grid.heights.clone();
        let mut written: Vec<Written<'_>> =
            self.grid.cells.iter().enumerate().map(|(index, cell)| self.written(index, cell, person, &mut heights)).collect();
        if has_photo {
            let places = self.grid.cells.iter().zip(&mut written).filter(|(cell, _)| matches!(cell.part, Part::Photo(_)));
            places.for_each(|(_, written)| written.text = Cow::Borrowed(""));
        }
        let [annex, title] = HEIGHTS_ABOVE.map(measure::points);
        cells.start_row(1, Height::Fixed(annex))?;
        cells.text(0, self.faces.annex, &self.scheme.form.annex);
        cells.end_row();
        cells.start_row(2, Height::Fixed(title))?;
        for column in 0..self.scheme.form.columns.len() {
            cells.text(column, self.faces.title, if column == 0 { &self.scheme.form.title } else { "" });
        }
        cells.end_row();
        for (row, number) in (0..heights.len()).zip(LINES_ABOVE + 1..) {
            cells.start_row(number, Height::Fixed(heights[row]))?;
            for (column, covering) in self.grid.row(row).iter().enumerate() {
                let Some(index) = *covering else { continue };
                let cell = &self.grid.cells[index];
                let is_corner = cell.row == row && cell.column == column;
                cells.text(column, written[index].style, if is_corner { &written[index].text } else { "" });
            }
            cells.end_row();
        }
        let spilled = self.grid.cells.iter().zip(&written).filter(|(_, written)| written.spilled);
        Ok(Filled { spilled: spilled.filter_map(|(cell, _)| cell.part.field()).collect(), ..Filled::default() })
    }

    /// What the cell says of this person; a row grows where the text does not fit at the smallest size.
    fn written<'p>(&'p self, index: usize, cell: &'p Placed<'_>, person: &'p Registration, heights: &mut [f64]) -> Written<'p> {
        let text = cell_text(&cell.part, person, self.scheme);
        let face = Face::of(&text);
        let styles = &self.faces.cells[index];
        let width = room(self.grid.width(cell), cell.alignment);
        let font = &self.scheme.form.cell_font;
        let fits_at_smallest = measure::cell_width(measure::width_of(&text), self.scheme.form.smallest).0 <= width.0;
        if is_unbroken(&cell.part, &text) && fits_at_smallest {
            return Written { style: styles.shrink[face as usize], text, spilled: false };
        }
        let height: f64 = heights[cell.row..cell.row + cell.rows].iter().sum::<f64>() - FREE_HEIGHT;
        let last = cell.row + cell.rows - 1;
        let growing = HIGHEST_ROW - heights[last];
        let mut chosen = styles.wrap.len() - 1;
        let mut spilled = true;
        for (position, size) in sizes(font.size).enumerate() {
            let needed = measure::height(&text, size, width);
            if needed <= height {
                chosen = position;
                spilled = size.0 < self.scheme.form.smallest.0;
                break;
            }
            if size.0 <= self.scheme.form.smallest.0 && needed - height <= growing {
                heights[last] += needed - height;
                chosen = position;
                break;
            }
        }
        Written { style: styles.wrap[chosen][face as usize], text, spilled }
    }
}

fn sizes(largest: Points) -> impl Iterator<Item = Points> {
    std::iter::once(largest).chain(SIZES.into_iter().filter(move |size| *size < largest.0).map(Points))
}

/// The text of a cell: the words of the blank, or the person's answer.
fn cell_text<'a>(part: &'a Part<'_>, person: &'a Registration, scheme: &Scheme) -> Cow<'a, str> {
    match part {
        Part::Words(text) => Cow::Borrowed(text.as_str()),
        Part::Photo(text) => Cow::Borrowed(text),
        Part::Answer(field) => compose::text(person, *field, scheme),
        Part::Choice(field, "") => Cow::Owned(options(person, *field, scheme)),
        Part::Choice(field, instruction) => Cow::Owned(format!("{instruction}\n{}", options(person, *field, scheme))),
    }
}

/// Whether the text stays on one line where it can: numbers, dates and every label that has no line break of its own.
fn is_unbroken(part: &Part<'_>, text: &str) -> bool {
    let fits_one_line = match part {
        Part::Words(_) | Part::Photo(_) => true,
        Part::Choice(..) => false,
        Part::Answer(field) => matches!(
            field,
            Field::Sex
                | Field::Birth
                | Field::Height
                | Field::Postcode
                | Field::IdNumber
                | Field::Mobile
                | Field::Email
                | Field::Phone
                | Field::Qq
        ),
    };
    fits_one_line && !text.contains('\n')
}

/// Styles of the lines above and of every cell: the handles first, the numbers once the frame is made.
struct Faces<T> {
    annex: T,
    title: T,
    cells: Vec<CellFaces<T>>,
}

/// Styles of one cell by [`Face`]: wrapping at each size from the largest, and on one line.
struct CellFaces<T> {
    wrap: Vec<[T; 2]>,
    shrink: [T; 2],
}

impl Faces<StyleHandle> {
    fn add(layout: &FormLayout, grid: &Grid<'_>, styles: &mut Styles) -> Self {
        let annex = plain(&layout.annex_font, Face::EastAsian, layout.annex_font.size).set_align(FormatAlign::Left);
        let title = plain(&layout.title_font, Face::EastAsian, layout.title_font.size).set_align(FormatAlign::Center);
        let (annex, title) = (styles.add(annex), styles.add(title));
        let font = &layout.cell_font;
        let cells = grid
            .cells
            .iter()
            .map(|cell| {
                let mut both = |size: Points, fit: Fit| {
                    [Face::EastAsian, Face::Latin].map(|face| styles.add(edged(boxed(plain(font, face, size), cell.alignment, fit), cell)))
                };
                CellFaces { wrap: sizes(font.size).map(|size| both(size, Fit::Wrap)).collect(), shrink: both(font.size, Fit::Shrink) }
            })
            .collect();
        Self { annex, title, cells }
    }

    fn looked_up(&self, frame: &Frame) -> Faces<Style> {
        let both = |handles: &[StyleHandle; 2]| handles.map(|handle| frame.style(handle));
        let cells =
            self.cells.iter().map(|cell| CellFaces { wrap: cell.wrap.iter().map(both).collect(), shrink: both(&cell.shrink) }).collect();
        Faces { annex: frame.style(self.annex), title: frame.style(self.title), cells }
    }
}

/// The format without the line to the cell it continues.
fn edged(format: Format, cell: &Placed<'_>) -> Format {
    let format = if cell.continues { format.set_border_top(FormatBorder::None) } else { format };
    if cell.is_continued { format.set_border_bottom(FormatBorder::None) } else { format }
}
