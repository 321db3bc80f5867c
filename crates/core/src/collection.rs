//! All tables and people of a run, gathered input by input and judged together.
//!
//! [`Collection`] takes grids (or a caller's own rows) in input order; [`Collection::judge`] applies the rules that look at
//! all people together and gives [`Checked`]: who is accepted, who is returned, what was skipped, and every finding.

mod cards;
mod gather;
mod masked;
mod pictures;

use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;
use serde::Serialize;

use crate::address::Column;
use crate::diagnostic::{Diagnostic, Scope};
use crate::marks::Origin;
use crate::members::MembersReport;
use crate::recognize::Skipped;
use crate::registration::{Place, Registration};

pub use gather::{Collection, whole};

/// What became of the lines of a table, or of a whole run: `read = accepted + returned + skipped`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// Lines that are not blank, below a heading; cards and forms.
    pub read: usize,
    /// People that stand in the outputs.
    pub accepted: usize,
    /// People that have to be corrected first.
    pub returned: usize,
    /// Lines that hold no person.
    pub skipped: usize,
}

/// One table, sheet of cards or document of forms: one entry of the report's `inputs`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TableReport {
    /// The input as the user gave it.
    pub file: Arc<str>,
    /// The sheet's name, where the source has sheets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Arc<str>>,
    /// The last row of the heading; cards and forms have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
    /// What became of its lines.
    pub rows: Ledger,
    /// Every column with the key of its field; `None` for one that no field claims. Cards and forms have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<BTreeMap<Column, Option<CompactString>>>,
    /// What stands above each column, on one line, cut where it is long and with long numbers masked; columns without a heading
    /// have none. Tells which words were taken for which of [`columns`](Self::columns).
    #[serde(skip)]
    pub headings: BTreeMap<Column, CompactString>,
    /// The columns that are understood though no field claims them: those that we added ourselves (错误说明, 来源) and those
    /// of a split into teams (支队, 职责). They stand among [`columns`](Self::columns) too.
    #[serde(skip)]
    pub marks: Vec<Column>,
    /// Lines that hold no person.
    pub skipped: Vec<Skipped>,
    /// What became of rows that were returned before; only where rows of the table took the place of others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrections: Option<Corrections>,
}

/// What somebody may want to know of how an input was read: a remark is no finding, and nothing has to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The input as the user gave it.
    pub file: Arc<str>,
    /// What was assumed or left out, in plain words.
    pub text: String,
}

/// What became of the rows of a returned workbook that took the place of their originals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Corrections {
    /// Rows that are accepted now.
    pub fixed: usize,
    /// Rows that go back once more.
    pub still_wrong: usize,
}

/// Whether a person passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// Stands in the outputs.
    Accepted,
    /// Goes back to be corrected.
    Returned,
}

/// One unit's share of volunteers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitReport {
    /// The unit's name.
    pub unit: Arc<str>,
    /// Members of the unit, where known.
    pub members: Option<u32>,
    /// Accepted members, each once.
    pub volunteers: usize,
    /// Accepted 入党积极分子, in neither number of the ratio.
    pub activists: usize,
    /// Volunteers by members, where members are known.
    pub ratio: Option<f64>,
    /// Whether the ratio meets the scheme's rule.
    pub met: Option<bool>,
    /// How many more members the rule asks for.
    pub shortfall: Option<usize>,
}

/// The outcome of a run, before anything is written.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Checked {
    /// Everybody who was read, in input order.
    pub people: Vec<Registration>,
    /// What became of each, as long as [`people`](Self::people).
    pub fates: Vec<Fate>,
    /// For a person who was accepted before under another unit, the place of the first time; as long as `people`.
    pub repeats: Vec<Option<usize>>,
    /// The tables, in input order; [`crate::registration::Place::table`] counts through them.
    pub tables: Vec<TableReport>,
    /// How inputs were read where it does not go without saying, in input order.
    pub remarks: Vec<Remark>,
    /// The units people are counted under.
    pub units: Vec<UnitReport>,
    /// Who of the list of members has registered, where there is a list.
    pub members: Option<MembersReport>,
    /// Every finding: by input as given, then row, then column; those about units last.
    pub diagnostics: Vec<Diagnostic>,
    /// Pictures of the inputs that are nobody's photo, told where photos are wanted.
    pub strays: Vec<Diagnostic>,
    /// For a row of a returned workbook, where it stood at first.
    pub origins: BTreeMap<Place, Origin>,
}

impl Checked {
    /// One run after another as one, for a report on both: people, tables and findings of this one, then of the other; the
    /// units and the list of members are the other's.
    #[must_use]
    pub fn followed_by(mut self, other: Self) -> Self {
        let (people, tables) = (self.people.len(), u32::try_from(self.tables.len()).unwrap_or(u32::MAX));
        self.people.extend(other.people.into_iter().map(|mut person| {
            person.place.table = person.place.table.saturating_add(tables);
            person
        }));
        self.fates.extend(other.fates);
        self.repeats.extend(other.repeats.into_iter().map(|repeat| repeat.map(|first| first + people)));
        self.tables.extend(other.tables);
        self.remarks.extend(other.remarks);
        self.diagnostics.retain(|finding| finding.code.scope() != Scope::Unit);
        self.diagnostics.extend(other.diagnostics);
        self.strays.extend(other.strays);
        self.origins.extend(
            other.origins.into_iter().map(|(place, origin)| (Place { table: place.table.saturating_add(tables), ..place }, origin)),
        );
        Self { units: other.units, members: other.members, ..self }
    }

    /// The people whom a roster lists, in input order: everybody accepted, each once.
    pub fn listed(&self) -> impl Iterator<Item = &Registration> + Clone {
        let fates = self.fates.iter().zip(&self.repeats);
        self.people.iter().zip(fates).filter(|(_, (fate, repeat))| **fate == Fate::Accepted && repeat.is_none()).map(|(person, _)| person)
    }

    /// The people who passed, in input order; one who registered under two units is there twice.
    pub fn accepted(&self) -> impl Iterator<Item = &Registration> + Clone {
        self.people.iter().zip(&self.fates).filter(|(_, fate)| **fate == Fate::Accepted).map(|(person, _)| person)
    }

    /// What became of all lines.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.tables.iter().fold(Ledger::default(), |sum, table| Ledger {
            read: sum.read + table.rows.read,
            accepted: sum.accepted + table.rows.accepted,
            returned: sum.returned + table.rows.returned,
            skipped: sum.skipped + table.rows.skipped,
        })
    }
}

#[cfg(test)]
mod tests;
