//! The lines below a heading, gone through one by one, and where they end.
//!
//! What a single line is (a person, nothing, or one of the lines that hold nobody) is judged in `lines/kind.rs`.

mod excerpt;
mod kind;

use std::collections::BTreeSet;
use std::ops::Range;

use compact_str::CompactString;

use super::columns::Block;
use super::group;
use super::heading::{self, Heading};
use super::titles::{self, Titles};
use crate::address::Column;
use crate::grid::{Grid, Kind, Merge, Row};
use crate::recognize::labels::Labels;
use crate::recognize::{FilledDown, SkipReason, Skipped, Table, TableColumn, Target};
use crate::scheme::Field;
use crate::text::{fold_label, is_blank_character};
use kind::{LineKind, is_line_number};

/// Endings of a title that stands alone between lines.
const TITLE_ENDINGS: [&str; 12] =
    ["名册", "花名册", "登记表", "汇总表", "统计表", "名单", "报名表", "信息表", "情况表", "一览表", "申请表", "台账"];

/// Whether lines are numbered is looked up in so many of them.
const SAMPLED_LINES: usize = 200;

/// The next heading below this one: a table that stands below another one, whose titles are these.
pub(super) fn next_heading(grid: &Grid, labels: &Labels<'_>, above: &Heading, titles: &Titles) -> Option<Heading> {
    for position in above.body..grid.height() {
        let row = grid.row_at(position)?;
        if !may_be_heading(row) {
            continue;
        }
        let Some(found) = heading::at(grid, labels, position) else { continue };
        // 真实姓名 | 18位 | 11位 right below the heading says how to fill it in
        if position == above.body && heading::asks_for_one(row, labels) {
            continue;
        }
        // the same heading again, or a row of it, is a page break, not another table, unless it is somebody else's
        if !says_the_same(grid, above, row) || begins_anew(grid, above.body..found.start, titles) {
            return Some(found);
        }
    }
    None
}

/// Whether the lines right above a repeated heading name another unit that fills in the sheet, or another title.
fn begins_anew(grid: &Grid, lines: Range<usize>, titles: &Titles) -> bool {
    const MOST_LINES: usize = 4;
    let range = lines.end.saturating_sub(MOST_LINES).max(lines.start)..lines.end;
    let alone = |position: &usize| grid.row_at(*position).is_some_and(|row| row.cells().len() <= 3);
    let first = range.clone().rev().take_while(alone).last().unwrap_or(range.end);
    let above = titles::read(grid, first..range.end);
    let is_title = |line: &&CompactString| TITLE_ENDINGS.iter().any(|ending| fold_label(line).ends_with(ending));
    let title = above.lines.iter().find(|line| is_title(line) && !titles::is_continuation(line)).map(|line| fold_label(line));
    let before = titles.lines.iter().find(is_title).map(|line| fold_label(line));
    let is_other_title =
        title.zip(before).is_some_and(|(title, before)| !title.contains(before.as_str()) && !before.contains(title.as_str()));
    (!above.reporting_unit.is_empty() && above.reporting_unit != titles.reporting_unit) || is_other_title
}

/// Whether every cell of the row says what the heading says in the same column.
fn says_the_same(grid: &Grid, heading: &Heading, row: Row<'_>) -> bool {
    let words = |column: Column, text: &str| {
        let rows = grid.rows_from(*heading.rows.start()).take_while(|row| row.number() <= *heading.rows.end());
        rows.filter_map(|row| row.cell(column)).any(|cell| fold_label(cell.text) == fold_label(text))
    };
    row.cells().all(|cell| words(cell.column, cell.text))
}

/// A heading holds no number and no long run of digits; nearly every person does.
fn may_be_heading(row: Row<'_>) -> bool {
    row.cells().all(|cell| matches!(cell.kind, Kind::Text | Kind::Untyped) && cell.text.len() < 200 && !has_long_number(cell.text))
}

fn has_long_number(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() > 3
}

/// The table of this block: its lines classified, its columns completed by those that have no heading.
///
/// Lone words right above `next`, the heading of a table below, are that table's title.
pub(super) fn table(
    grid: &Grid,
    labels: &Labels<'_>,
    heading: &Heading,
    block: Block,
    above: Range<usize>,
    body: Range<usize>,
    next: Option<&Heading>,
) -> Table {
    let mut titles = titles::read(grid, above.clone());
    if above.start > 0 {
        // between two tables stands what ends the upper one, too
        let nearest = super::unit_above(grid, above.clone());
        titles.reporting_unit = if nearest.is_empty() { titles.reporting_unit } else { nearest };
    }
    let mut reader = LineReader::new(grid, labels, &block, &titles, body.clone());
    // what stands above a further heading belongs to the table before it
    if above.start == 0 {
        above.for_each(|position| reader.take_above(position));
    }
    for position in body {
        reader.take(position);
    }
    if next.is_some() {
        reader.give_up_lone_words(SkipReason::Title);
    }
    reader.note_what_names_nobody();
    let LineReader { lines, skipped, groups, unheaded, .. } = reader;
    complete_titles(&mut titles, grid, &lines, &skipped);
    let targets: Vec<_> = block.columns.iter().map(|column| (column.column, column.target)).collect();
    Table {
        heading: heading.rows.clone(),
        columns: all_columns(&block, unheaded),
        range: block.range,
        lines,
        skipped,
        groups,
        filled_down: FilledDown::of(grid, &targets, *heading.rows.end()),
        titles: titles.lines,
        reporting_unit: titles.reporting_unit,
        members: titles.members,
    }
}

/// Takes from the lines below the people what the lines above the heading do not say: the unit, how many members it has.
fn complete_titles(titles: &mut Titles, grid: &Grid, lines: &[usize], skipped: &[Skipped]) {
    if titles.reporting_unit.is_empty() {
        let footers = skipped.iter().filter(|skipped| matches!(skipped.reason, SkipReason::Title | SkipReason::Note));
        titles.reporting_unit =
            footers.map(|footer| titles::unit_below(grid, footer.row)).find(|unit| !unit.is_empty()).unwrap_or_default();
    }
    if titles.members.is_none() {
        let footers = skipped.iter().filter(|skipped| !matches!(skipped.reason, SkipReason::Header | SkipReason::Example));
        titles.members = footers
            .filter(|footer| lines.last().and_then(|last| grid.row_at(*last)).is_none_or(|last| footer.row > last.number()))
            .find_map(|footer| titles::members_below(grid, footer.row));
    }
}

/// The columns of the block and those that hold something without a heading, from the left.
fn all_columns(block: &Block, unheaded: impl IntoIterator<Item = Column>) -> Vec<TableColumn> {
    let mut columns: Vec<TableColumn> = block.columns.iter().map(super::columns::HeadedColumn::to_table_column).collect();
    columns.extend(unheaded.into_iter().map(|column| TableColumn {
        column,
        heading: CompactString::default(),
        target: Target::Unclaimed,
        option: CompactString::default(),
    }));
    columns.sort_by_key(|column| column.column);
    columns
}

/// Reads the lines below a heading one by one.
struct LineReader<'a> {
    grid: &'a Grid,
    labels: &'a Labels<'a>,
    block: &'a Block,
    titles: &'a Titles,
    name: Option<Column>,
    line_number: Option<Column>,
    /// Whether any line has a number under 序号.
    has_numbers: bool,
    marks: Vec<Column>,
    /// Columns with a heading that no field claims.
    unclaimed: Vec<Column>,
    wide_merges: Vec<Merge>,
    lines: Vec<usize>,
    skipped: Vec<Skipped>,
    groups: Vec<(usize, CompactString)>,
    unheaded: BTreeSet<Column>,
    /// Whether the line before said that an example follows.
    announces_example: bool,
    /// Whether the heading of a table that lists no people was met: what stands below it is that table's.
    is_below_another: bool,
}

impl<'a> LineReader<'a> {
    fn new(grid: &'a Grid, labels: &'a Labels<'a>, block: &'a Block, titles: &'a Titles, body: Range<usize>) -> Self {
        let marks = block.columns.iter().filter(|column| column.target == Target::Mark).map(|column| column.column).collect();
        let first = grid.row_at(body.start).map_or(u32::MAX, |row| row.number());
        let mut wide_merges: Vec<Merge> =
            grid.merges.iter().filter(|merge| merge.first.row >= first && merge.last.column > merge.first.column).copied().collect();
        wide_merges.sort_unstable();
        let line_number = block.column_of(Field::Seq);
        let numbers = |column: Column| grid.rows_at(body.clone()).take(SAMPLED_LINES).filter_map(move |row| row.cell(column));
        Self {
            grid,
            labels,
            block,
            titles,
            name: block.column_of(Field::Name),
            line_number,
            has_numbers: line_number.is_some_and(|column| numbers(column).any(|cell| is_line_number(cell.text))),
            marks,
            unclaimed: block.columns.iter().filter(|column| column.target == Target::Unclaimed).map(|column| column.column).collect(),
            wide_merges,
            lines: Vec::new(),
            skipped: Vec::new(),
            groups: Vec::new(),
            unheaded: BTreeSet::new(),
            announces_example: false,
            is_below_another: false,
        }
    }

    fn take(&mut self, position: usize) {
        let Some(row) = self.grid.row_at(position) else { return };
        match self.kind_of(position, row) {
            LineKind::Blank => {}
            LineKind::Person => {
                self.note_unheaded(row);
                self.lines.push(position);
            }
            LineKind::Skipped(reason, text) => {
                self.skip(row, reason);
                if reason == SkipReason::Group {
                    self.groups.push((position, text));
                }
            }
        }
    }

    fn skip(&mut self, row: Row<'a>, reason: SkipReason) {
        let text = excerpt::of(row.cells_in(&self.block.range).map(|cell| cell.text));
        self.skipped.push(Skipped { row: row.number(), reason, text });
    }

    /// Takes a person who stands above the heading: where the heading is the last line, or a page before it lacks its own.
    fn take_above(&mut self, position: usize) {
        let is_taken = |line: &usize| *line == position;
        if self.grid.row_at(position).is_some_and(|row| self.is_somebodys(row)) && !self.lines.iter().any(is_taken) {
            self.lines.push(position);
        }
    }

    /// The lone words at the end of the lines are the title of the table below, not people.
    fn give_up_lone_words(&mut self, reason: SkipReason) {
        while let Some(row) = self.lines.last().and_then(|position| self.grid.row_at(*position)) {
            if self.contents(row).count() != 1 {
                break;
            }
            self.lines.pop();
            self.skip(row, reason);
        }
        self.skipped.sort_by_key(|skipped| skipped.row);
    }

    /// Numbered words below the last person name no group, unless they say so: they are notes.
    fn note_what_names_nobody(&mut self) {
        let last = self.lines.last().copied();
        let is_below = |(position, _): &(usize, CompactString)| last.is_none_or(|last| *position > last);
        let (below, above): (Vec<_>, Vec<_>) = std::mem::take(&mut self.groups).into_iter().partition(is_below);
        self.groups = above;
        let words = below.iter().filter(|(_, text)| !group::is_surely_a_group(text));
        let rows: BTreeSet<u32> = words.filter_map(|(position, _)| self.grid.row_at(*position).map(|row| row.number())).collect();
        self.skipped.iter_mut().filter(|skipped| rows.contains(&skipped.row)).for_each(|skipped| skipped.reason = SkipReason::Note);
    }

    fn note_unheaded(&mut self, row: Row<'a>) {
        for cell in row.cells_in(&self.block.range) {
            let is_headed = self.block.columns.binary_search_by_key(&cell.column, |column| column.column).is_ok();
            if !is_headed && !cell.text.chars().all(is_blank_character) {
                self.unheaded.insert(cell.column);
            }
        }
    }
}
