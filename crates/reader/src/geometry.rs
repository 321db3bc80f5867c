//! How high the rows and how wide the columns of a sheet are: where a picture lies that is placed by its edges.
//!
//! Lengths are English Metric Units. Widths are those of Excel's own font; other programs differ by a few pixels.

use mingce_core::address::{Address, Column};

/// English Metric Units of a point and of a pixel.
const POINT: f64 = 12_700.0;
const PIXEL: f64 = 9_525.0;

/// Pixels of a digit in Excel's own font, which widths are counted in.
const DIGIT: f64 = 7.0;

/// What a row and a column have where the sheet does not say.
const USUAL_HEIGHT: f64 = 15.0;
const USUAL_WIDTH: f64 = 9.14;

/// What is gathered of a sheet while it is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Measured {
    pub(crate) usual_height: Option<f64>,
    pub(crate) usual_width: Option<f64>,
    /// Rows with a height of their own, in points; a hidden one has none.
    pub(crate) heights: Vec<(u32, f64)>,
    /// First and last column with a width of their own, in digits.
    pub(crate) widths: Vec<(u16, u16, f64)>,
}

/// A measured sheet.
#[derive(Debug)]
pub(crate) struct Geometry {
    usual: i64,
    /// Rows with a height of their own, ascending: number, upper edge, height.
    rows: Vec<(u32, i64, i64)>,
    /// Left edges of all columns, and the right edge of the last.
    lefts: Vec<i64>,
}

/// A length with its unit, as XML has it (`2.258cm`), in points.
pub(crate) fn length(stored: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 6] = [("cm", 72.0 / 2.54), ("mm", 7.2 / 2.54), ("in", 72.0), ("pt", 1.0), ("pc", 12.0), ("px", 0.75)];
    let stored = stored.trim();
    let (unit, points) = UNITS.iter().find(|(unit, _)| stored.ends_with(unit))?;
    crate::number::parse(&stored[..stored.len() - unit.len()]).map(|number| number * points)
}

/// A length in points, in English Metric Units.
pub(crate) fn of_points(points: f64) -> i64 {
    units(points, POINT)
}

impl Measured {
    /// Notes the width of these columns, in points.
    pub(crate) fn push_width(&mut self, first: u16, last: u16, points: f64) {
        self.widths.push((first, last, points * POINT / (DIGIT * PIXEL)));
    }

    pub(crate) fn geometry(mut self) -> Geometry {
        let usual = units(self.usual_height.unwrap_or(USUAL_HEIGHT), POINT).max(1);
        self.heights.sort_by_key(|(row, _)| *row);
        self.heights.dedup_by_key(|(row, _)| *row);
        let mut rows = Vec::with_capacity(self.heights.len());
        // the lower edge of the row before
        let mut next = (1, 0);
        for (row, points) in self.heights {
            let (top, height) = (next.1 + i64::from(row - next.0) * usual, units(points, POINT));
            rows.push((row, top, height));
            next = (row + 1, top + height);
        }
        let mut widths = vec![units(self.usual_width.unwrap_or(USUAL_WIDTH), DIGIT * PIXEL).max(1); usize::from(Column::LAST.number())];
        for (first, last, digits) in self.widths.iter().rev().take(widths.len()) {
            let first = usize::from((*first).max(1)) - 1;
            let last = usize::from(*last).min(widths.len());
            if first < last {
                widths[first..last].fill(units(*digits, DIGIT * PIXEL));
            }
        }
        let mut lefts = vec![0];
        lefts.extend(widths.iter().scan(0, |left, width| {
            *left += width;
            Some(*left)
        }));
        Geometry { usual, rows, lefts }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "clamped before")]
fn units(length: f64, unit: f64) -> i64 {
    (length.clamp(0.0, 10_000.0) * unit).round() as i64
}

impl Geometry {
    /// The upper edge of a row and its height.
    pub(crate) fn row(&self, row: u32) -> (i64, i64) {
        let before = self.rows.partition_point(|(number, ..)| *number < row);
        if let Some((_, top, height)) = self.rows.get(before).filter(|(number, ..)| *number == row) {
            return (*top, *height);
        }
        let (last, bottom) =
            before.checked_sub(1).and_then(|last| self.rows.get(last)).map_or((0, 0), |(n, top, height)| (*n, top + height));
        (bottom + i64::from(row - last - 1) * self.usual, self.usual)
    }

    /// The left edge of a column and its width.
    pub(crate) fn column(&self, column: u16) -> (i64, i64) {
        let at = usize::from(column.clamp(1, Column::LAST.number()));
        (self.lefts[at - 1], self.lefts[at] - self.lefts[at - 1])
    }

    fn row_at(&self, y: i64) -> u32 {
        let after = self.rows.partition_point(|(_, top, _)| *top <= y);
        let (last, bottom) = match after.checked_sub(1).and_then(|last| self.rows.get(last)) {
            Some((row, top, height)) if y < top + height => return *row,
            Some((row, top, height)) => (*row, top + height),
            None => (0, 0),
        };
        let further = u32::try_from((y - bottom).max(0) / self.usual).unwrap_or(Address::LAST_ROW);
        last.saturating_add(1).saturating_add(further).min(Address::LAST_ROW)
    }

    fn column_at(&self, x: i64) -> u16 {
        let at = self.lefts.partition_point(|left| *left <= x).clamp(1, usize::from(Column::LAST.number()));
        u16::try_from(at).unwrap_or(Column::LAST.number())
    }

    /// The cell that a picture with these edges (left, top, width, height) belongs to.
    ///
    /// A corner that is that of a cell was put there by a program or with care. Else a picture that is not much larger than the
    /// cell below its centre was laid there by hand and may stick out a little; of a larger one the corner counts, and one right
    /// above the lower edge means the cell below.
    pub(crate) fn cell_under(&self, [x, y, width, height]: [i64; 4]) -> Option<Address> {
        let along = |edge: i64, length: i64, at: &dyn Fn(i64) -> u32, cell: &dyn Fn(u32) -> (i64, i64)| {
            let corner = at(edge);
            let (start, own) = cell(corner);
            if edge - start <= own / 20 {
                return corner;
            }
            let middle = at(edge + length / 2);
            if length <= cell(middle).1 / 2 * 3 {
                return middle;
            }
            if edge - start > own / 4 * 3 { corner + 1 } else { corner }
        };
        let row = along(y, height, &|y| self.row_at(y), &|row| self.row(row));
        let narrow = |column: u32| u16::try_from(column).unwrap_or(Column::LAST.number());
        let column = along(x, width, &|x| u32::from(self.column_at(x)), &|column| self.column(narrow(column)));
        Address::new(row, narrow(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Geometry {
        let measured = Measured {
            usual_height: Some(20.0),
            usual_width: Some(10.0),
            heights: vec![(5, 100.0), (4, 100.0), (7, 0.0)],
            widths: vec![(3, 4, 20.0)],
        };
        measured.geometry()
    }

    #[test]
    fn rows_and_columns_have_their_edges() {
        let sheet = sheet();
        let points = |y: i64| y / 12_700;
        assert_eq!([1, 4, 5, 6, 7, 8, 100].map(|row| points(sheet.row(row).0)), [0, 60, 160, 260, 280, 280, 280 + 92 * 20]);
        for row in [1, 3, 4, 5, 6, 8, 9, 1000] {
            let (top, height) = sheet.row(row);
            assert_eq!([sheet.row_at(top), sheet.row_at(top + height - 1)], [row, row]);
        }
        for column in [1, 2, 3, 4, 5, 16_384] {
            let (left, width) = sheet.column(column);
            assert_eq!([sheet.column_at(left), sheet.column_at(left + width - 1)], [column, column]);
        }
        assert_eq!((sheet.row_at(i64::MAX / 2), sheet.column_at(i64::MAX / 2)), (Address::LAST_ROW, 16_384));
    }

    #[test]
    fn a_picture_belongs_to_the_cell_it_was_laid_on() {
        let sheet = sheet();
        let (left, width) = sheet.column(3);
        let (top, height) = sheet.row(5);
        let cell = |x: i64, y: i64, width: i64, height: i64| sheet.cell_under([x, y, width, height]).map(|cell| cell.to_string());
        let fitting = [width * 8 / 10, height * 9 / 10];
        // laid by hand, a little too high and too far left
        assert_eq!(cell(left - width / 10, top - height / 4, fitting[0], fitting[1]).as_deref(), Some("C5"));
        // a large picture put at a cell by a program
        assert_eq!(cell(left, top, width * 4, height * 6).as_deref(), Some("C5"));
        // a large picture whose corner sticks out by a hair
        assert_eq!(cell(left - 9_525, top - 9_525, width * 4, height * 6).as_deref(), Some("C5"));
        // a seal below everything
        assert_eq!(cell(0, i64::from(u32::MAX), 10, 10).map(|cell| cell.starts_with('A')), Some(true));
    }
}
