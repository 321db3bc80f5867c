//! What goes on a sheet of returned rows before it is written: the sender's columns, the lines above, and the rows.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use mingce_core::address::{Address, Column};
use mingce_core::compose;
use mingce_core::grid::{Epoch, Grid, Kind, Merge, Row};
use mingce_core::recognize::{Table, Target, lines_above};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::value::{Date, DateSource};

use super::{ReturnedSource, ReturnedTable};
use crate::photo::Photo;

/// Width of a column whose source says nothing, in characters.
const USUAL_WIDTH: f64 = 12.0;

/// Bounds of what a source's own width may be; a column hidden there has none.
const NARROWEST: f64 = 4.0;
const WIDEST: f64 = 120.0;

/// What stands in the place of a picture that cannot go along; read again, it is no answer.
const PHOTO_ELSEWHERE: &str = "照片在原表里，请和原表一起交回";

/// The largest merge above the lines that is kept, in cells; a damaged file may merge the whole sheet.
const LARGEST_MERGE: u64 = 4_096;

/// A sheet before it is written; its columns count from the source's first, and ours come beside them.
pub(super) struct Page {
    /// Whether the columns are the sender's; those of forms are the scheme's, and no finding knows their addresses.
    pub(super) is_senders: bool,
    /// So many columns of the source stand to the left of the table, where another one stands.
    beside: u16,
    /// The source's columns with what they hold, from the left.
    pub(super) columns: Vec<(Column, Target)>,
    widths: Vec<(Column, f64)>,
    /// Cells above the lines: row from 0, column, text.
    pub(super) above: Vec<(u32, Column, String)>,
    pub(super) merges: Vec<(u32, Column, u32, Column)>,
    /// The first row of the heading, counted from 0.
    pub(super) heading_start: u32,
    /// Rows that the lines above and the heading take.
    pub(super) heading_rows: u32,
}

/// A returned row: its number in the source, the group it stood in, and its cells.
pub(super) struct Line<'a> {
    pub(super) row: u32,
    /// Of a form beside others, the column of its name; else 0.
    pub(super) column: u16,
    pub(super) photo: Option<&'a Photo>,
    pub(super) group: Option<Group<'a>>,
    pub(super) cells: Vec<(Column, Kind, Cow<'a, str>)>,
}

/// A line that names a group: its words, and whether they span the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group<'a> {
    pub(super) name: &'a str,
    pub(super) is_wide: bool,
}

impl Page {
    /// The page of these rows.
    pub(super) fn of(returned: &ReturnedTable<'_>, scheme: &Scheme) -> Self {
        match &returned.source {
            ReturnedSource::Lines { grid, table, above, .. } => {
                let page = Self::of_table(grid, table);
                match above {
                    Some(lines) => page.below(lines),
                    None => page,
                }
            }
            ReturnedSource::People(_) => Self::of_people(!returned.photos.is_empty(), scheme),
        }
    }

    /// The rows, one after another: all of them at once would weigh as much as the sheet.
    pub(super) fn lines<'a>(&'a self, returned: &'a ReturnedTable<'a>, scheme: &'a Scheme) -> Box<dyn Iterator<Item = Line<'a>> + 'a> {
        let photo = |row, column| returned.photos.get(&(row, column));
        match &returned.source {
            ReturnedSource::Lines { grid, table, rows, .. } => Box::new(rows.iter().map(move |&row| {
                let (photo, group) = (photo(row, 0), group_of(grid, table, row));
                Line { row, column: 0, photo, group, cells: cells_of(grid, table, row, photo.is_some()) }
            })),
            ReturnedSource::People(people) => Box::new(people.iter().map(move |person| {
                let (row, column) = (person.place.row, person.place.column);
                let answers =
                    self.columns.iter().filter_map(|(column, target)| Some((*column, Kind::Text, answer(person, target.field()?, scheme))));
                Line { row, column, photo: photo(row, column), group: None, cells: answers.filter(|cell| !cell.2.is_empty()).collect() }
            })),
        }
    }

    fn of_table(grid: &Grid, table: &Table) -> Self {
        let (start, last) = (*table.heading.start(), *table.heading.end());
        // the title lines are those right above the heading; further up another table may stand
        let titles = grid.rows().rev().skip_while(|row| row.number() >= start).take(table.titles.len());
        let first = titles.last().map_or(start, |row| row.number());
        let above = grid
            .rows_from(first)
            .take_while(|row| row.number() <= last)
            .flat_map(|row| row.cells().map(move |cell| (row.number(), cell.column, cell.text)))
            .filter_map(|(row, column, text)| Some((row - first, reach(grid, Address { row, column }, &table.range)?, text.to_owned())))
            .collect();
        let merges = grid
            .merges
            .iter()
            .filter(|merge| merge.first.row >= first && merge.last.row <= last && is_kept(merge))
            .map(|merge| {
                let (left, right) = (merge.first.column.max(*table.range.start()), merge.last.column.min(*table.range.end()));
                (merge.first.row - first, left, merge.last.row - first, right)
            })
            .filter(|(first_row, left, last_row, right)| left < right || (left == right && first_row < last_row))
            .collect();
        let columns = table.columns.iter().filter(|column| column.target != Target::Mark);
        let columns = columns.map(|column| (column.column, column.target)).collect();
        Self {
            is_senders: true,
            beside: table.range.start().number() - 1,
            columns,
            widths: grid.column_widths.clone(),
            above,
            merges,
            heading_start: start - first,
            heading_rows: last - first + 1,
        }
    }

    /// The same page below the lines of a document that stand above its table.
    fn below(mut self, lines: &Grid) -> Self {
        let lines: Vec<_> = lines_above(lines).collect();
        let taken = u32::try_from(lines.len()).unwrap_or_default();
        self.above.iter_mut().for_each(|cell| cell.0 += taken);
        self.merges.iter_mut().for_each(|merge| (merge.0, merge.2) = (merge.0 + taken, merge.2 + taken));
        self.heading_start += taken;
        self.heading_rows += taken;
        let cells = (0u32..).zip(lines).flat_map(|(row, line)| line.cells().map(move |cell| (row, cell.column, cell.text.to_owned())));
        self.above.extend(cells);
        self
    }

    /// A heading of the scheme's labels, for people who filled a form each.
    fn of_people(has_photos: bool, scheme: &Scheme) -> Self {
        let is_asked = |field: &Field| match field {
            Field::SignedOn | Field::Seq => false,
            Field::Photo => has_photos,
            _ => true,
        };
        let asked = scheme.fields.iter().map(|spec| spec.field).filter(is_asked);
        let columns: Vec<(Column, Target)> =
            (1u16..).zip(asked).filter_map(|(number, field)| Some((Column::new(number)?, Target::Field(field)))).collect();
        let fields = || columns.iter().filter_map(|(column, target)| Some((*column, target.field()?)));
        let above = fields().map(|(column, field)| (0, column, scheme.label(field).to_owned())).collect();
        Self { is_senders: false, beside: 0, columns, widths: Vec::new(), above, merges: Vec::new(), heading_start: 0, heading_rows: 1 }
    }

    /// Where a column of the source stands, counted from 0 with ours before it.
    pub(super) fn place(&self, column: Column) -> u16 {
        if self.is_too_wide() {
            let before = self.columns.partition_point(|(known, _)| *known < column);
            return u16::try_from(before).unwrap_or(u16::MAX - 1) + 1;
        }
        column.number().saturating_sub(self.beside).max(1)
    }

    /// Whether the source goes on to where ours would have no place, as where a cell was filled in at the very end of a row by
    /// mistake: then its columns stand right beside each other.
    fn is_too_wide(&self) -> bool {
        self.columns.last().is_some_and(|(last, _)| last.number().saturating_sub(self.beside) >= Column::LAST.number() - 1)
    }

    /// The column behind the source's last, counted from 0 with ours before it.
    pub(super) fn origin_column(&self) -> u16 {
        self.columns.iter().map(|(column, _)| self.place(*column)).max().unwrap_or(0).saturating_add(1)
    }

    /// The column of the photos, counted from 0 with ours before it: the source's own, or the one behind all others.
    pub(super) fn photo_column(&self) -> u16 {
        let own = self.columns.iter().find(|(column, target)| *target == Target::Field(Field::Photo) && self.has(*column));
        own.map_or_else(|| self.origin_column().saturating_add(1), |(column, _)| self.place(*column))
    }

    /// Whether the column is there in the source and has a place beside ours.
    pub(super) fn has(&self, column: Column) -> bool {
        self.columns.binary_search_by_key(&column, |(known, _)| *known).is_ok() && self.place(column) < Column::LAST.number() - 1
    }

    /// The width of a column of the source, in characters.
    pub(super) fn width(&self, column: Column) -> f64 {
        let known = self.widths.iter().find(|(known, _)| *known == column).map(|(_, width)| *width);
        known.filter(|width| width.is_finite()).map_or(USUAL_WIDTH, |width| width.clamp(NARROWEST, WIDEST))
    }
}

/// The column in which a cell above the lines goes back: its own, or the table's first for one that is merged into the table from
/// further left, as a title over tables side by side.
fn reach(grid: &Grid, at: Address, range: &RangeInclusive<Column>) -> Option<Column> {
    if range.contains(&at.column) {
        return Some(at.column);
    }
    let merge = grid.merge_at(at).filter(|merge| merge.first == at)?;
    (at.column < *range.start() && merge.last.column >= *range.start()).then_some(*range.start())
}

/// The group the row stood in.
fn group_of<'a>(grid: &Grid, table: &'a Table, row: u32) -> Option<Group<'a>> {
    let before = table.groups.partition_point(|(position, _)| grid.row_at(*position).is_some_and(|line| line.number() < row));
    let (position, name) = table.groups.get(before.checked_sub(1)?)?;
    let line = grid.row_at(*position)?;
    let lead = line.cells().find(|cell| cell.text.trim() == name.as_str())?;
    let merge = grid.merge_at(Address { row: line.number(), column: lead.column });
    Some(Group { name, is_wide: merge.is_some_and(|merge| merge.last.column > merge.first.column) })
}

/// What the person answered, as it was written where that is known.
fn answer<'a>(person: &'a Registration, field: Field, scheme: &Scheme) -> Cow<'a, str> {
    person.as_written(field).map_or_else(|| compose::text(person, field, scheme), Into::into)
}

/// The cells of the row, and those merged down into it.
pub(super) fn cells_of<'a>(grid: &'a Grid, table: &'a Table, row: u32, has_photo: bool) -> Vec<(Column, Kind, Cow<'a, str>)> {
    // 同上 would speak of another row there
    let meant = |row: Row<'a>| {
        // nothing is struck out there, so what was taken back would count again
        let taken_back = table.taken_back(grid, row);
        row.cells().filter(move |cell| !taken_back.contains(&cell.column)).map(move |cell| table.meant(grid, row, cell))
    };
    let own = grid.row(row).into_iter().flat_map(meant).map(|cell| (cell.column, cell.kind, cell.text));
    let merged = table.filled_down.at(row).filter_map(|at| grid.cell(at)).map(|cell| (cell.column, cell.kind, cell.text));
    let mut cells: Vec<_> = own.chain(merged).map(|(column, kind, text)| (column, kind, Cow::Borrowed(text))).collect();
    if grid.epoch == Epoch::Of1904 {
        let dates = table.columns.iter().filter(|column| matches!(column.target, Target::Field(Field::Birth | Field::JoinedParty)));
        let dates: Vec<Column> = dates.map(|column| column.column).collect();
        for (_, kind, text) in cells.iter_mut().filter(|(column, kind, _)| *kind == Kind::Number && dates.contains(column)) {
            if let Some(day) = day_from_1904(text) {
                (*kind, *text) = (Kind::Text, Cow::Owned(day));
            }
        }
    }
    // whoever corrects the row shall know that a picture which stays where it is, is not lost
    let photo = table.columns.iter().find(|column| column.target == Target::Field(Field::Photo)).map(|column| column.column);
    let photo = photo.filter(|photo| !has_photo && grid.pictures.iter().any(|picture| picture.at == Address { row, column: *photo }));
    if let Some(photo) = photo.filter(|photo| cells.iter().all(|(column, ..)| column != photo)) {
        cells.push((photo, Kind::Text, Cow::Borrowed(PHOTO_ELSEWHERE)));
    }
    cells
}

/// The day that a bare number counts from 1904, written out: in our workbook the number would be another day.
fn day_from_1904(number: &str) -> Option<String> {
    let latest = Date::new(2099, 12, None)?;
    let date = Date::parse(number, DateSource::NumberFrom1904, latest).ok()?;
    Some(format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()?))
}

/// Whether a merge is one that somebody made on purpose.
fn is_kept(merge: &Merge) -> bool {
    let rows = u64::from(merge.last.row.saturating_sub(merge.first.row)) + 1;
    let columns = u64::from(merge.last.column.number().saturating_sub(merge.first.column.number())) + 1;
    (2..=LARGEST_MERGE).contains(&(rows * columns)) && merge.last.column.number() < Column::LAST.number() - 1
}
