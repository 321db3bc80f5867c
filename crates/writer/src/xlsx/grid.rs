//! The form's layout as cells of a sheet: who covers what.
//!
//! A cell of the layout that ends in a line flush right (签名) becomes two cells, one below the other, because a cell of a
//! sheet has one alignment; its row of the layout then becomes two rows of the sheet.

use mingce_core::address::Address;
use mingce_core::scheme::{Alignment, Cell, CellContent, Field, FormLayout, Millimetres};

use super::measure;

/// Height of the line 签名, which stands at the foot of its cell.
const SIGNATURE: Millimetres = Millimetres(12.0);

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Words of the form: labels, the pledge.
    Words(String),
    /// The photo, or these words in its place.
    Photo(&'a str),
    /// An answer in text.
    Answer(Field),
    /// The options of a choice with their boxes, below an instruction.
    Choice(Field, &'a str),
}

impl Part<'_> {
    /// The field whose answer stands in the cell.
    pub(super) fn field(&self) -> Option<Field> {
        match self {
            Self::Words(_) | Self::Photo(_) => None,
            Self::Answer(field) | Self::Choice(field, _) => Some(*field),
        }
    }
}

/// A cell of the sheet, merged or not; rows and columns count from 0 within the table.
#[derive(Debug, Clone)]
pub(super) struct Placed<'a> {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) part: Part<'a>,
    pub(super) alignment: Alignment,
    /// Whether it has no line above, because it continues the cell above.
    pub(super) continues: bool,
    /// Whether it has no line below, because the cell below continues it.
    pub(super) is_continued: bool,
}

/// The table of the form.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    layout: &'a FormLayout,
    /// The cells in reading order.
    pub(super) cells: Vec<Placed<'a>>,
    /// Heights of the sheet's rows in points.
    pub(super) heights: Vec<f64>,
    /// By row and column, the cell that covers it.
    covering: Vec<Vec<Option<usize>>>,
}

impl<'a> Grid<'a> {
    pub(super) fn of(layout: &'a FormLayout) -> Self {
        let mut heights = Vec::new();
        // the first sheet row of every row of the layout, and the one behind the last
        let mut starts = vec![0];
        for row in &layout.rows {
            let signature = row.cells.iter().any(|cell| !signature_of(cell).is_empty());
            let foot = if signature { SIGNATURE.0.min(row.height.0 / 2.0) } else { 0.0 };
            heights.push(measure::points(Millimetres(row.height.0 - foot)));
            if signature {
                heights.push(measure::points(Millimetres(foot)));
            }
            starts.push(heights.len());
        }
        let covering = vec![vec![None; layout.columns.len()]; heights.len()];
        let mut grid = Self { layout, cells: Vec::new(), heights, covering };
        for (index, row) in layout.rows.iter().enumerate() {
            for cell in &row.cells {
                grid.place(cell, &starts, index);
            }
        }
        grid
    }

    /// Puts the cell into the first free place of its row; what does not fit beside the others is left out.
    fn place(&mut self, cell: &'a Cell, starts: &[usize], index: usize) {
        let row = starts[index];
        let end = starts[(index + usize::from(cell.rows.max(1))).min(starts.len() - 1)];
        let Some(column) = self.covering[row].iter().position(Option::is_none) else { return };
        let columns = usize::from(cell.columns.max(1)).min(self.layout.columns.len() - column);
        let placed = |row: usize, end: usize, part: Part<'a>, alignment: Alignment| Placed {
            row,
            column,
            rows: end - row,
            columns,
            part,
            alignment,
            continues: false,
            is_continued: false,
        };
        let signature = signature_of(cell);
        if signature.is_empty() {
            self.add(placed(row, end, part_of(cell), cell.alignment));
        } else {
            self.add(Placed { is_continued: true, ..placed(row, end - 1, part_of(cell), cell.alignment) });
            self.add(Placed { continues: true, ..placed(end - 1, end, Part::Words(signature.to_owned()), Alignment::Right) });
        }
    }

    fn add(&mut self, cell: Placed<'a>) {
        for row in &mut self.covering[cell.row..cell.row + cell.rows] {
            row[cell.column..cell.column + cell.columns].fill(Some(self.cells.len()));
        }
        self.cells.push(cell);
    }

    /// For each column of the row, the place of the cell that covers it.
    pub(super) fn row(&self, row: usize) -> &[Option<usize>] {
        &self.covering[row]
    }

    /// The width of a cell.
    pub(super) fn width(&self, cell: &Placed<'_>) -> Millimetres {
        Millimetres(self.layout.columns[cell.column..cell.column + cell.columns].iter().map(|width| width.0).sum())
    }

    /// The bottom right cell of the sheet, with so many rows above the table; `None` for an empty table.
    pub(super) fn last(&self, rows_above: u32) -> Option<Address> {
        let rows = u32::try_from(self.heights.len()).ok()?;
        Address::new(rows_above + rows, u16::try_from(self.layout.columns.len()).ok()?)
    }
}

fn signature_of(cell: &Cell) -> &str {
    match &cell.content {
        CellContent::Text { signature, .. } => signature,
        CellContent::Label { .. } | CellContent::Answer { .. } | CellContent::Choice { .. } | CellContent::Photo { .. } => "",
    }
}

fn part_of(cell: &Cell) -> Part<'_> {
    match &cell.content {
        CellContent::Label { text, .. } => Part::Words(text.clone()),
        CellContent::Photo { text } => Part::Photo(text),
        CellContent::Answer { field } => Part::Answer(*field),
        CellContent::Choice { field, instruction } => Part::Choice(*field, instruction),
        CellContent::Text { paragraphs, .. } => Part::Words(paragraphs.join("\n")),
    }
}

#[cfg(test)]
mod tests {
    use mingce_core::scheme::{Font, FormRow, Page, Points};

    use super::*;

    fn cell(content: CellContent, columns: u16, rows: u16) -> Cell {
        Cell { content, columns, rows, alignment: Alignment::Left }
    }

    fn layout(rows: Vec<FormRow>) -> FormLayout {
        let font = Font { east_asian: "宋体".into(), latin: "宋体".into(), size: Points(12.0) };
        let side = Millimetres(20.0);
        FormLayout {
            annex: String::new(),
            title: "表".into(),
            page: Page { width: Millimetres(210.0), height: Millimetres(297.0), top: side, right: side, bottom: side, left: side },
            annex_font: font.clone(),
            title_font: font.clone(),
            cell_font: font,
            smallest: Points(6.0),
            columns: vec![Millimetres(20.0), Millimetres(30.0), Millimetres(25.0)],
            rows,
        }
    }

    #[test]
    fn a_signature_makes_two_rows_and_a_cell_from_above_pushes_others_right() {
        let photo = || CellContent::Photo { text: "照片".into() };
        let pledge = CellContent::Text { paragraphs: vec!["一".into(), "二".into()], signature: "签名：".into() };
        let label = CellContent::Text { paragraphs: vec!["本人承诺".into()], signature: String::new() };
        let layout = layout(vec![
            FormRow { height: Millimetres(10.0), cells: vec![cell(photo(), 1, 2), cell(CellContent::Answer { field: Field::Name }, 2, 1)] },
            FormRow { height: Millimetres(10.0), cells: vec![cell(CellContent::Answer { field: Field::Sex }, 2, 1)] },
            FormRow { height: Millimetres(40.0), cells: vec![cell(label, 1, 1), cell(pledge, 2, 1)] },
        ]);
        let grid = Grid::of(&layout);
        let places: Vec<_> = grid.cells.iter().map(|cell| (cell.row, cell.column, cell.rows, cell.columns)).collect();
        assert_eq!(places, [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 2), (2, 0, 2, 1), (2, 1, 1, 2), (3, 1, 1, 2)]);
        assert_eq!(grid.heights.len(), 4);
        assert_eq!(grid.row(1), [Some(0), Some(2), Some(2)]);
        assert_eq!(grid.cells[4].part, Part::Words("一\n二".into()));
        assert_eq!(grid.last(2).map(|last| last.to_string()).as_deref(), Some("C6"));
    }

    #[test]
    fn cells_beyond_the_table_are_left_out_without_a_panic() {
        let wide = || cell(CellContent::Answer { field: Field::Name }, 9, 9);
        let layout = layout(vec![FormRow { height: Millimetres(10.0), cells: vec![wide(), wide()] }]);
        assert_eq!(Grid::of(&layout).cells.len(), 1);
    }
}
