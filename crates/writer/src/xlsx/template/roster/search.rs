//! Which rows of a roster's sheet are its empty lines, and what is printed above or beside them.

use mingce_core::address::{Address, Column};
use mingce_core::recognize::{SkipReason, Table, Target};
use mingce_core::scheme::Field;
use mingce_ooxml::sheet::{Row, Sheet, Styles};

use super::find::caption;
use super::lines::is_placeholder;
use crate::blank::{Columns, is_room};

/// The most lines a blank without borders is taken to have.
const MOST_LINES: usize = 10_000;

/// The rows of a roster that are empty lines.
#[derive(Debug)]
pub(super) struct Lines {
    /// Their numbers, from the top.
    pub(super) numbers: Vec<u32>,
    /// The row below which lines begin: the heading, or an example below it.
    pub(super) above: u32,
    /// The column that says beside the lines whose they are; what stands there stays.
    pub(super) beside: Option<Column>,
}

/// Empty lines with what is printed above or beside them.
pub(super) struct Captioned {
    pub(super) lines: Lines,
    pub(super) caption: String,
    /// The numbers printed in the first and in the last line.
    pub(super) numbers: Option<[u32; 2]>,
}

/// A table of a sheet, looked at for its empty lines.
struct Search<'s> {
    sheet: &'s Sheet,
    found: &'s Table,
    columns: &'s Columns,
    styles: &'s Styles,
    /// Whether the heading is drawn in boxes; then its lines are, too.
    boxes: bool,
    /// The last row that may be a line.
    end: u32,
    /// The column in which groups are named beside their lines, mostly in cells merged down.
    beside: Option<Column>,
}

impl Lines {
    /// The stretches of empty lines below the heading, the first of them even where it has no line. `end` is the last row of a table
    /// that the program itself keeps there, or the last before another heading.
    pub(super) fn all(sheet: &Sheet, found: &Table, columns: &Columns, styles: &Styles, end: Option<u32>) -> Vec<Captioned> {
        let heading = *found.heading.end();
        let bottom = sheet.rows.last().map_or(heading, |row| row.number);
        let beside = beside(sheet, found);
        let mut search = Search { sheet, found, columns, styles, boxes: false, end: end.unwrap_or(bottom).max(heading), beside };
        search.boxes = sheet.row(heading).is_some_and(|row| search.is_boxed(row));
        let first = search.first();
        let above = if first.above == heading { found.heading.start().saturating_sub(1) } else { first.above };
        let from = first.numbers.first().copied().zip(first.numbers.last().copied());
        let own = from.and_then(|(row, _)| search.group(row));
        let mut all = vec![search.captioned(first, own.clone().unwrap_or_else(|| caption(sheet.row(above))))];
        if let Some((_, last)) = from {
            all.extend(search.further(last, own));
        }
        all
    }
}

impl Search<'_> {
    /// The first stretch of empty lines below the heading; where some are numbered, the rest is no line.
    fn first(&self) -> Lines {
        let heading = *self.found.heading.end();
        let mut lines = Lines { numbers: Vec::new(), above: heading, beside: self.beside };
        let mut group = None;
        for number in heading + 1..=self.end {
            if self.is_empty(number) {
                let own = self.group(number);
                let is_of_another = !lines.numbers.is_empty() && own.is_some() && own != group;
                if is_of_another || !self.is_line(number) || lines.numbers.len() >= MOST_LINES {
                    break;
                }
                group = own.or(group);
                lines.numbers.push(number);
                continue;
            }
            let reason = self.found.skipped.iter().find(|skipped| skipped.row == number).map(|skipped| skipped.reason);
            let is_footer = matches!(reason, Some(SkipReason::Total | SkipReason::Note | SkipReason::Title));
            if is_footer || !lines.numbers.is_empty() {
                break;
            }
            lines.above = number;
        }
        if let (false, Some(last)) = (self.boxes, lines.numbers.iter().rposition(|number| self.is_numbered(*number))) {
            lines.numbers.truncate(last + 1);
        }
        lines
    }

    /// Stretches below the first one, each below or beside words of its own or below the heading once more: they are boxed or
    /// numbered. `group` is what is printed beside the first.
    fn further(&self, last: u32, mut group: Option<String>) -> Vec<Captioned> {
        let mut found: Vec<Captioned> = Vec::new();
        let mut words: Option<(u32, String)> = None;
        for number in last + 1..=self.end {
            if !self.is_empty(number) {
                words = self.words(number, words);
                continue;
            }
            let is_line = if self.boxes { self.is_line(number) } else { self.is_numbered(number) };
            if !is_line {
                continue;
            }
            if let Some(own) = self.group(number).filter(|own| group.as_ref() != Some(own)) {
                words = Some((number - 1, own.clone()));
                group = Some(own);
            }
            if let Some((above, caption)) = words.take() {
                let lines = Lines { numbers: vec![number], above, beside: self.beside };
                found.push(Captioned { lines, caption, numbers: None });
                continue;
            }
            let goes_on = |one: &&mut Captioned| {
                one.lines.numbers.last().is_some_and(|last| last + 1 == number && one.lines.numbers.len() < MOST_LINES)
            };
            if let Some(one) = found.last_mut().filter(goes_on) {
                one.lines.numbers.push(number);
            }
        }
        found.into_iter().map(|one| self.captioned(one.lines, one.caption)).collect()
    }

    /// What a row that is no line says of those below it; the heading once more, as on the next page, is no caption.
    fn words(&self, number: u32, before: Option<(u32, String)>) -> Option<(u32, String)> {
        let headings = caption(self.sheet.row(*self.found.heading.end()));
        let is_heading = self.found.skipped.iter().any(|skipped| skipped.row == number && skipped.reason == SkipReason::Header);
        let said = caption(self.sheet.row(number));
        match before {
            Some((_, above)) if is_heading => Some((number, above)),
            _ if is_heading || (said == headings && !said.is_empty()) => Some((number, String::new())),
            _ => Some((number, said)).filter(|(_, said)| !said.is_empty()),
        }
    }

    fn captioned(&self, lines: Lines, caption: String) -> Captioned {
        let number = |row: Option<&u32>| {
            let row = self.sheet.row(*row?)?;
            row.cells.iter().find(|cell| self.columns.is_seq(cell.at.column))?.text.trim().parse::<u32>().ok()
        };
        let numbers = number(lines.numbers.first()).zip(number(lines.numbers.last())).map(|(first, last)| [first, last]);
        Captioned { lines, caption, numbers }
    }

    /// What is printed beside this line and those below it: words that begin there, in a line of their own or in cells merged down.
    fn group(&self, number: u32) -> Option<String> {
        let at = Address { row: number, column: self.beside? };
        let words = self.sheet.cell(at).map_or("", |cell| cell.text.trim());
        (!is_room(words) && !is_placeholder(words)).then(|| words.to_owned())
    }

    /// Whether nothing stands in the row's part of the table but a number, blanks and formulas, the name of a group beside it, and a
    /// remark that is merged down over lines.
    fn is_empty(&self, number: u32) -> bool {
        let Some(row) = self.sheet.row(number) else { return true };
        let (found, columns) = (self.found, self.columns);
        let first = found.columns.first().map_or(Column::FIRST, |column| column.column);
        let last = found.columns.last().map_or(Column::LAST, |column| column.column);
        row.cells.iter().filter(|cell| (first..=last).contains(&cell.at.column)).all(|cell| {
            is_room(&cell.text)
                || is_placeholder(&cell.text)
                || cell.formula.is_some()
                || (columns.is_seq(cell.at.column) && is_number(&cell.text))
                || (self.beside == Some(cell.at.column) && self.names_group(row, cell.at))
                || (columns.filled.iter().all(|(column, _)| *column != cell.at.column) && self.is_merged_down(cell.at))
        })
    }

    fn is_merged_down(&self, at: Address) -> bool {
        self.sheet.grid.merges.iter().any(|merge| merge.first == at && merge.last.row > at.row)
    }

    /// Whether the words at this place are the name of a group beside its lines, and not those of a line below them (合计).
    fn names_group(&self, row: &Row, at: Address) -> bool {
        let is_footer = |reason| matches!(reason, SkipReason::Total | SkipReason::Note | SkipReason::Title);
        let is_skipped = self.found.skipped.iter().any(|skipped| skipped.row == at.row && is_footer(skipped.reason));
        let merge = self.sheet.grid.merge_at(at);
        let is_wide = merge.is_some_and(|merge| merge.first.column != merge.last.column);
        let is_high = merge.is_some_and(|merge| merge.first.row != merge.last.row);
        !is_wide && (is_high || (!is_skipped && (is_numbered(row, self.columns) || (self.boxes && self.is_boxed(row)))))
    }

    fn is_line(&self, number: u32) -> bool {
        !self.boxes || self.sheet.row(number).is_some_and(|row| self.is_boxed(row) || is_numbered(row, self.columns))
    }

    fn is_numbered(&self, number: u32) -> bool {
        self.sheet.row(number).is_some_and(|row| is_numbered(row, self.columns))
    }

    fn is_boxed(&self, row: &Row) -> bool {
        let boxed =
            |(column, _): &&(Column, _)| row.cells.iter().any(|cell| cell.at.column == *column && self.styles.look(cell.style).has_border);
        self.columns.filled.iter().filter(boxed).count() * 2 > self.columns.filled.len()
    }
}

/// The column in which groups are named beside their lines: that of the branch where something is printed in it, or another one that
/// nobody claims, left of the names, and whose cells are merged down.
fn beside(sheet: &Sheet, found: &Table) -> Option<Column> {
    let heading = *found.heading.end();
    let target = |column| found.columns.iter().find(|own| own.column == column).map(|own| own.target);
    let name = found.columns.iter().find(|own| own.target.asks_for(Field::Name)).map_or(Column::FIRST, |own| own.column);
    let has_words = |at: Address| sheet.cell(at).is_some_and(|cell| !is_room(&cell.text) && !is_placeholder(&cell.text));
    let is_high = |merge: &&mingce_core::grid::Merge| {
        let (first, end) = (merge.first, merge.last);
        first.row > heading && end.row > first.row && first.column == end.column && first.column < name && has_words(first)
    };
    let merged = || sheet.grid.merges.iter().filter(is_high).map(|merge| merge.first.column);
    let branch = found.columns.iter().find(|own| own.target == Target::Field(Field::Branch)).map(|own| own.column);
    let is_named =
        |column: &Column| sheet.rows.iter().any(|row| row.number > heading && has_words(Address { row: row.number, column: *column }));
    branch.filter(is_named).or_else(|| merged().filter(|column| target(*column).is_none_or(|target| target == Target::Unclaimed)).min())
}

fn is_numbered(row: &Row, columns: &Columns) -> bool {
    row.cells.iter().any(|cell| columns.is_seq(cell.at.column) && !cell.text.trim().is_empty() && is_number(&cell.text))
}

fn is_number(text: &str) -> bool {
    text.trim().chars().all(|c| c.is_ascii_digit() || c == '.')
}
