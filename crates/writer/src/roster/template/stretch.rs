//! The stretches of empty lines of a roster blank.
//!
//! A blank may have one list over several tables, two lists side by side in one table, and lists of their own for groups: 一、党员
//! and 二、入党积极分子, or one for each branch.

use mingce_core::address::{Address, Column};
use mingce_core::recognize::{Recognizer, Table, Target};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::text::is_blank_character;
use mingce_ooxml::word;

use super::line::{self, Line};
use crate::blank::{Closed, Columns, Group, claimed, is_room};

/// Empty lines that follow each other.
pub(super) struct Stretch {
    /// The lists that stand side by side in them, from the left; one at least.
    pub(super) lists: Vec<Columns>,
    /// Choices that have a column for each option alone; the same in all lists.
    closed: Vec<Closed>,
    pub(super) lines: Vec<Line>,
    /// What is printed right above them: the name of a group, or the line above their table.
    caption: String,
    /// The numbers printed in the first and in the last line.
    pub(super) numbers: Option<[u32; 2]>,
    /// Whether numbers go on from the left list to the right one, and not down the lines.
    pub(super) is_across: bool,
}

/// The stretches of a document, from the top.
pub(super) fn find(xml: &str, document: &word::Document, recognizer: &Recognizer<'_>, scheme: &Scheme) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut end = 0;
    for table in &document.tables {
        let lists = recognizer.tables(&table.grid);
        let is_line = |text: &&word::Table| end <= text.xml.start && text.xml.end <= table.xml.start;
        let lines = document.texts.iter().filter(is_line).flat_map(|text| text.rows.last()).last();
        let above = lines.and_then(|row| row.cells.first()).map_or("", |cell| &cell.text);
        let mut rest = &lists[..];
        while let Some(first) = rest.first() {
            let beside = rest.iter().take_while(|list| list.heading == first.heading).count();
            let (own, further) = rest.split_at(beside);
            let last_row = further.first().map_or(u32::MAX, |next| *next.heading.start());
            found.extend(stretches(table, own, last_row, above, (xml, recognizer, scheme)));
            rest = further;
        }
        end = table.xml.end;
    }
    found
}

/// The stretches below one heading, up to the row where the next one begins.
fn stretches(
    table: &word::Table,
    lists: &[Table],
    end: u32,
    above: &str,
    (xml, recognizer, scheme): (&str, &Recognizer<'_>, &Scheme),
) -> Vec<Stretch> {
    let heading = lists.first().map_or(0, |list| usize::try_from(*list.heading.end()).unwrap_or(usize::MAX));
    let end = usize::try_from(end).unwrap_or(usize::MAX).saturating_sub(1);
    let alike = alike(lists, recognizer, scheme);
    if alike.is_empty() {
        return Vec::new();
    }
    let columns = || alike.iter().map(|list| Columns::of(list, recognizer, scheme)).collect::<Vec<_>>();
    let known = columns();
    let rows: Vec<&word::Row> = table.rows.iter().take(end).skip(heading).collect();
    let headings = heading.checked_sub(1).and_then(|row| table.rows.get(row)).map_or_else(String::new, words);
    let mut found: Vec<Stretch> = Vec::new();
    // a list below another one of the same table is captioned there
    let row_above = lists.first().and_then(|list| usize::try_from(*list.heading.start()).ok()?.checked_sub(2));
    let mut caption = row_above.and_then(|row| table.rows.get(row)).map_or_else(|| above.to_owned(), words);
    let beside = alike.first().and_then(|list| beside(&rows, table, list));
    let mut at = 0;
    while at < rows.len() {
        let count = rows[at..].iter().take_while(|row| line::is_empty(row, table, &known, beside)).count();
        if count == 0 {
            // the heading once more, as on the next page, is no caption
            caption = Some(words(rows[at])).filter(|words| *words != headings).unwrap_or_default();
            at += 1;
            continue;
        }
        let group = |row: &word::Row| words_in(row, beside?).map(str::to_owned);
        let first = group(rows[at]);
        let count =
            1 + rows[at + 1..at + count].iter().take_while(|row| group(row).is_none_or(|words| Some(&words) == first.as_ref())).count();
        caption = first.unwrap_or(caption);
        let own = &rows[at..at + count];
        let mut lists = columns();
        for (list, found) in lists.iter_mut().zip(&alike) {
            let cells = own[0].cells.iter().map(|cell| (cell.at.column, cell.text.as_str()));
            list.named_in_line(cells.filter(|(column, _)| found.range.contains(column)), found, recognizer);
            list.keep(beside);
        }
        let number = |row: &word::Row, list: usize| lists.get(list).and_then(|list| line::number(row, list));
        let numbers = number(own[0], 0).zip(number(own[count - 1], 0)).map(|(first, last)| [first, last]);
        let is_across = count > 1 && numbers.is_some_and(|[first, _]| number(own[0], 1) == first.checked_add(1));
        let lines = own.iter().map(|row| Line::new(row, xml, &lists, scheme)).collect();
        let closed = lists.first().map_or_else(Vec::new, Columns::closed);
        found.push(Stretch { closed, lists, lines, caption: std::mem::take(&mut caption), numbers, is_across });
        at += count;
    }
    found
}

/// Of lists side by side, those that ask for the same as the one that asks for the most; one alone where they differ.
fn alike<'t>(lists: &'t [Table], recognizer: &Recognizer<'_>, scheme: &Scheme) -> Vec<&'t Table> {
    let asked = |list: &Table| Columns::of(list, recognizer, scheme).places.into_iter().map(|(_, fields)| fields).collect::<Vec<_>>();
    let Some(first) = crate::blank::first_with_most(lists.iter().filter_map(|list| Some((claimed(list)?, list)))) else {
        return Vec::new();
    };
    let own = asked(first);
    lists.iter().filter(|list| asked(list) == own).collect()
}

/// The column in which groups are named beside their lines: that of the branch where something is printed in it, or another one that
/// nobody claims, left of the names, and whose cells are merged down.
fn beside(rows: &[&word::Row], table: &word::Table, list: &Table) -> Option<Column> {
    let branch = list.columns.iter().find(|own| own.target == Target::Field(Field::Branch)).map(|own| own.column);
    let name = list.columns.iter().find(|own| own.target.asks_for(Field::Name)).map_or(Column::FIRST, |own| own.column);
    let is_unclaimed =
        |column: Column| list.columns.iter().find(|own| own.column == column).is_none_or(|own| own.target == Target::Unclaimed);
    let has_words = |column: &Column| rows.iter().any(|row| words_in(row, *column).is_some());
    let merged = table.grid.merges.iter().filter(|merge| merge.last.row > merge.first.row && merge.first.column == merge.last.column);
    let mut merged = merged.map(|merge| merge.first).filter(|at| at.column < name && is_unclaimed(at.column));
    let begins = |at: &Address| rows.iter().flat_map(|row| &row.cells).any(|cell| cell.at == *at);
    branch.filter(has_words).or_else(|| merged.find(|at| begins(at) && has_words(&at.column)).map(|at| at.column))
}

/// The words that begin in this column of a row, a placeholder aside.
fn words_in(row: &word::Row, column: Column) -> Option<&str> {
    let cell = row.cells.iter().find(|cell| cell.at.column == column && !cell.is_continued)?;
    Some(cell.text.trim_matches(is_blank_character)).filter(|words| !is_room(words) && !words.starts_with("{{"))
}

/// What a row says.
fn words(row: &word::Row) -> String {
    row.cells.iter().map(|cell| cell.text.trim_matches(is_blank_character)).collect()
}

impl Stretch {
    /// What of a person's answers has no column, each with its field.
    pub(super) fn left_out(&self, person: &Registration, scheme: &Scheme) -> impl Iterator<Item = (Field, String)> {
        self.closed.iter().filter_map(|closed| closed.left_out(person, scheme))
    }

    /// It as a list among those of the blank.
    pub(super) fn group(&self) -> Group {
        Group { caption: self.caption.clone(), numbers: self.numbers, room: self.lines.len() * self.lists.len() }
    }

    /// How many fields its columns ask for.
    pub(super) fn asked(&self) -> Vec<&[Field]> {
        self.lists.first().map_or_else(Vec::new, |list| list.places.iter().map(|(_, fields)| fields.as_slice()).collect())
    }

    /// The lines that these people take, further ones included: for each, the place among the people of who stands in each list.
    pub(super) fn places(&self, people: usize) -> Vec<Vec<usize>> {
        let (lines, lists) = (self.lines.len(), self.lists.len());
        let all = people.div_ceil(lists).max(lines);
        let place = |line: usize, list: usize| match self.numbers {
            _ if self.is_across => line * lists + list,
            // printed numbers stay, so that what does not fit goes on below them
            Some(_) if line >= lines => line * lists + list,
            Some(_) => list * lines + line,
            None => list * all + line,
        };
        (0..all).map(|line| (0..lists).map(|list| place(line, list)).collect()).collect()
    }
}
