//! Where findings stand: the cell, row and table of each, and its place in the order of the report.

use std::sync::Arc;

use compact_str::ToCompactString;

use super::Collection;
use crate::address::{Address, Column};
use crate::diagnostic::{Diagnostic, Location};
use crate::register::Finding;
use crate::registration::Place;
use crate::rules::duplicates;
use crate::scheme::Field;

/// A finding with its place in the order of the report: section, row, column.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) order: (usize, u32, u16),
    /// The person it is about, by their place among all people; `None` for one about a table, an input or a pair.
    pub(super) person: Option<usize>,
    pub(super) diagnostic: Diagnostic,
}

impl Collection<'_> {
    pub(super) fn location(&self, table: usize, row: Option<u32>, field: Option<Field>) -> Location {
        let source = self.sources.get(table);
        Location {
            file: source.map(|source| Arc::clone(&source.file)),
            sheet: source.and_then(|source| source.sheet.clone()),
            row,
            field: field.map(|field| field.key(self.scheme).into()),
            ..Location::default()
        }
    }

    /// Puts a finding in the order of the report: in the section added last, by row and column.
    pub(super) fn place(&mut self, diagnostic: Diagnostic, row: u32, column: u16) {
        self.push_finding(Placed { order: (self.section, row, column), person: None, diagnostic });
    }

    /// Puts a finding about the person to be taken next in the order of the report.
    pub(super) fn place_person(&mut self, diagnostic: Diagnostic, row: u32, column: u16) {
        self.push_finding(Placed { order: (self.section, row, column), person: Some(self.people.len()), diagnostic });
    }

    pub(super) fn place_pair(&mut self, pair: &duplicates::PairFinding) {
        let (Some(person), Some(other)) = (self.people.get(pair.person), self.people.get(pair.other)) else { return };
        let (place, other) = (person.place, other.place);
        let table = usize::try_from(place.table).unwrap_or(usize::MAX);
        let message = pair.message.replace("{}", &self.describe(other, place));
        let mut at = self.location(table, Some(place.row), Some(pair.field));
        let section = self.sources.get(table).map_or(0, |source| source.section);
        let column = self
            .sources
            .get(table)
            .and_then(|source| source.columns.iter().find(|(field, _)| *field == pair.field))
            .map(|(_, column)| *column);
        at.cell = column.map(|column| Address { row: place.row, column }.to_compact_string());
        let diagnostic = Diagnostic::new(pair.code, at, message).with_hint(pair.hint);
        self.push_finding(Placed { order: (section, place.row, column.map_or(0, Column::number)), person: None, diagnostic });
    }

    /// Where somebody stands, in words, as seen from somebody else's place.
    fn describe(&self, place: Place, seen_from: Place) -> String {
        let row = format!("第 {} 行", place.row);
        if place.table == seen_from.table {
            return row;
        }
        let source = usize::try_from(place.table).ok().and_then(|table| self.sources.get(table));
        match source.map(|source| (&source.file, &source.sheet)) {
            Some((file, Some(sheet))) => format!("{file} › {sheet} › {row}"),
            Some((file, None)) => format!("{file} › {row}"),
            None => row,
        }
    }
}

pub(super) fn diagnostic(finding: Finding, at: Location) -> Diagnostic {
    let diagnostic = Diagnostic::new(finding.code, at, finding.message);
    match finding.hint {
        Some(hint) => diagnostic.with_hint(hint),
        None => diagnostic,
    }
}
