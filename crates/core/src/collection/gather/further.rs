//! Columns that ask for what another column asks for, too: where both are filled in and differ, that is said.

use std::fmt::Write as _;

use compact_str::ToCompactString;

use super::Collection;
use super::lines::Line;
use crate::address::{Address, Column};
use crate::changes;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::recognize::{Table, Target};
use crate::register::{Context, RawAnswer, register};
use crate::registration::Registration;
use crate::scheme::{Field, Scheme};
use crate::text::is_blank_answer;

/// Most rows that a finding names.
const MOST_ROWS: usize = 8;

/// A further column of a field, and the rows in which it says something else than the first.
#[derive(Debug)]
pub(super) struct FurtherColumn {
    column: Column,
    field: Field,
    first: Column,
    contradicting: Vec<u32>,
}

/// The further columns of a table, from the left.
pub(super) fn further_columns(table: &Table) -> Vec<FurtherColumn> {
    let first = |field: Field| table.columns.iter().find(|column| column.target == Target::Field(field)).map(|column| column.column);
    let further = table.columns.iter().filter_map(|column| match column.target {
        Target::Further(field) => Some(FurtherColumn { column: column.column, field, first: first(field)?, contradicting: Vec::new() }),
        _ => None,
    });
    further.collect()
}

impl FurtherColumn {
    /// Notes the line if this column says something else than what was understood of the person.
    pub(super) fn note(&mut self, line: &Line<'_>, person: &Registration, context: &Context<'_>) {
        let (Some(first), Some(own)) = (line.answer(self.first), line.answer(self.column)) else { return };
        if first.text == own.text || [first, own].iter().any(|answer| is_blank(answer.text, context.scheme)) {
            return;
        }
        // what this column would say if it were the only one
        let others = line.answers.iter().filter(|answer| answer.target.field() != Some(self.field));
        let alone: Vec<RawAnswer<'_>> = others.copied().chain([RawAnswer { target: Target::Field(self.field), ..own }]).collect();
        let (other, _) = register(&alone, context);
        if !changes::is_equal(person, &other, self.field, context.scheme) && !is_less_exact(person, &other, self.field) {
            self.contradicting.push(line.row.number());
        }
    }

    /// This column, if it is what answers the field in this line: the first column is blank there.
    pub(super) fn answers_for(&self, field: Field, line: &Line<'_>, scheme: &Scheme) -> Option<Column> {
        let is_filled = |column: Column| line.answer(column).is_some_and(|answer| !is_blank(answer.text, scheme));
        (self.field == field && is_filled(self.column) && !is_filled(self.first)).then_some(self.column)
    }
}

fn is_blank(text: &str, scheme: &Scheme) -> bool {
    is_blank_answer(text, false, &scheme.blank_words, &scheme.none_words)
}

/// Whether both are dates of which one only says the month of the other.
fn is_less_exact(person: &Registration, other: &Registration, field: Field) -> bool {
    let both = match field {
        Field::Birth => person.birth.known().zip(other.birth.known()),
        Field::JoinedParty => person.joined_party.known().zip(other.joined_party.known()),
        _ => None,
    };
    both.is_some_and(|(one, other)| one.agrees_with(*other))
}

impl Collection<'_> {
    /// Says of each further column in which rows it contradicts the first.
    pub(super) fn report_further(&mut self, table: &Table, further: &[FurtherColumn]) {
        let heading = |wanted: Column| {
            let column = table.columns.iter().find(|column| column.column == wanted);
            column.map(|column| column.heading.replace('\n', " ")).unwrap_or_default()
        };
        for FurtherColumn { column, first, contradicting, .. } in further.iter().filter(|further| !further.contradicting.is_empty()) {
            let row = *table.heading.end();
            let at = self.location(self.tables.len().saturating_sub(1), Some(row), None);
            let at = Location { cell: Some(Address { row, column: *column }.to_compact_string()), ..at };
            let message = format!(
                "{column} 列「{}」和 {first} 列「{}」是同一项，{}两列填的不一样，用了 {first} 列的；{column} 列的内容原样保留",
                heading(*column),
                heading(*first),
                rows_in_words(contradicting),
            );
            let finding = Diagnostic::new(Code::UnmappedColumn, at, message);
            self.place(finding.with_hint("请核对这几行，两列里对的留在前一列；本来不是一项的，请把表头写清楚"), row, column.number());
        }
    }
}

/// `第 4、7 行`, or of many `第 4、7、… 行等 37 行`.
pub(super) fn rows_in_words(rows: &[u32]) -> String {
    let listed: Vec<String> = rows.iter().take(MOST_ROWS).map(u32::to_string).collect();
    let mut words = format!("第 {} 行", listed.join("、"));
    if rows.len() > MOST_ROWS {
        let _ = write!(words, "等 {} 行", rows.len());
    }
    words
}
