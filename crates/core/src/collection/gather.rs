//! Gathering: grid by grid, row by row, everything that was read and found, in input order.

mod continued;
mod corrections;
mod counting;
mod forms;
mod further;
mod leftovers;
mod likeness;
mod lines;
mod listing;
mod placing;
mod reports;
mod room;
mod spread;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compact_str::{CompactString, ToCompactString};

use room::Interned;

use super::pictures::Pictures;
use super::{Checked, Fate, Remark, TableReport};
use crate::address::{Address, Column};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::grid::{Epoch, Grid, Origin as GridOrigin};
use crate::marks::{self, Origin};
use crate::members::Members;
use crate::recognize::Recognizer;
use crate::register::{Context, Finding, MonthEvidence, RawAnswer, register};
use crate::registration::{Place, Registration};
use crate::rules::{duplicates, units};
use crate::scheme::{Field, Scheme};
use crate::teams;
use crate::units::Units;
use crate::value::Date;

pub use continued::whole;
use placing::{Placed, diagnostic};

/// Everything read so far, judged when no more is to come.
#[derive(Debug)]
pub struct Collection<'s> {
    scheme: &'s Scheme,
    today: Date,
    recognizer: Recognizer<'s>,
    units: Option<&'s Units>,
    members: Option<&'s Members>,
    sources: Vec<Source>,
    tables: Vec<TableReport>,
    people: Vec<Registration>,
    fates: Vec<Fate>,
    findings: Vec<Placed>,
    /// The words that findings share.
    words: Interned,
    /// Whether what is being added is more than the memory holds; then it is taken out again.
    is_full: bool,
    remarks: Vec<Remark>,
    /// Words on forms that belong to no label.
    leftovers: leftovers::Leftovers,
    /// Pictures that are nobody's photo.
    strays: Vec<Diagnostic>,
    /// Where rows of returned workbooks stood at first.
    origins: BTreeMap<Place, Origin>,
    /// The rows that took the place of others.
    corrected: BTreeSet<Place>,
    /// For rows that took the place of others, the table the others stood in.
    originals: BTreeMap<Place, u32>,
    /// For people of forms, the unit that a line above the form names.
    units_above: BTreeMap<Place, CompactString>,
    /// The hidden rows of the sheet being read that were told: tables side by side share their rows.
    hidden_rows: BTreeSet<u32>,
    /// Counts what is added, document by document and table by table: findings are reported in this order.
    section: usize,
}

/// What later rules need to know of a table: whose it is, and where its fields stand.
#[derive(Debug)]
struct Source {
    file: Arc<str>,
    sheet: Option<Arc<str>>,
    /// For a returned workbook, the name of the file its rows came from; empty for others.
    stem: CompactString,
    reporting_unit: CompactString,
    titles: Vec<CompactString>,
    members: Option<u32>,
    /// Whether a column says 单位 and not 工作单位: in a list of members that is where they belong, not where they work.
    has_unit_column: bool,
    columns: Vec<(Field, Column)>,
    section: usize,
}

impl Source {
    /// The name of the file that its rows came from, without folder and extension.
    fn stem(&self) -> &str {
        if self.stem.is_empty() { file_stem(&self.file) } else { &self.stem }
    }
}

impl<'s> Collection<'s> {
    /// An empty collection; `today` is the day that date rules are judged by.
    #[must_use]
    pub fn new(scheme: &'s Scheme, today: Date) -> Self {
        Self {
            scheme,
            today,
            recognizer: Recognizer::new(scheme),
            units: None,
            members: None,
            sources: Vec::new(),
            tables: Vec::new(),
            people: Vec::new(),
            fates: Vec::new(),
            findings: Vec::new(),
            words: Interned::default(),
            is_full: false,
            remarks: Vec::new(),
            leftovers: leftovers::Leftovers::default(),
            strays: Vec::new(),
            origins: BTreeMap::new(),
            corrected: BTreeSet::new(),
            originals: BTreeMap::new(),
            units_above: BTreeMap::new(),
            hidden_rows: BTreeSet::new(),
            section: 0,
        }
    }

    /// The same collection with the units people are counted under.
    #[must_use]
    pub fn with_units(mut self, units: &'s Units) -> Self {
        self.units = Some(units);
        self
    }

    /// The same collection with the list of party members; the units it was made with count as those of a units file.
    #[must_use]
    pub fn with_members(mut self, members: &'s Members) -> Self {
        self.members = Some(members);
        self
    }

    /// Adds an input that could be read: all its sheets or tables, in the order of the file.
    ///
    /// Hidden sheets are left out with a warning. An input in which nothing of ours is found gets a `no-table` finding;
    /// the result says whether it could be used.
    pub fn add_document(&mut self, file: &str, grids: &[Grid]) -> bool {
        let file: Arc<str> = file.into();
        let before = (self.sources.len(), self.people.len(), self.findings.len());
        let is_used = self.add_grids(&file, grids);
        if !self.is_full {
            return is_used;
        }
        self.take_out(before);
        let finding = Diagnostic::new(Code::LimitExceeded, Location::of_file(file), "文件里的人太多，内存放不下，没有读取");
        self.add_finding(finding.with_hint("请把文件拆成几份，分几次运行；或换一台内存大的电脑"));
        false
    }

    fn add_grids(&mut self, file: &Arc<str>, grids: &[Grid]) -> bool {
        let whole = continued::whole(grids, &self.recognizer);
        let grids = whole.as_deref().unwrap_or(grids);
        let mut is_used = false;
        let (mut documents, mut unread): (Vec<&Grid>, Vec<&Grid>) = (Vec::new(), Vec::new());
        // what stands right above a table of a document is no part of its grid
        let mut above: Option<&Grid> = None;
        for grid in grids {
            self.section += 1;
            if grid.hidden {
                self.report_hidden_sheet(file, grid);
                continue;
            }
            if marks::is_ours(grid) {
                continue;
            }
            if self.add_tables(file, grid, above.take()) {
                is_used = true;
            } else if grid.origin == GridOrigin::Word {
                documents.push(grid);
                above = Some(grid);
            } else if self.add_forms_of(file, &[grid]) {
                is_used = true;
            } else {
                unread.push(grid);
            }
        }
        // the tables of a document, and the lines between them, may belong to one form
        is_used |= self.add_forms_of(file, &documents);
        self.section += 1;
        if is_used {
            unread.into_iter().for_each(|grid| self.remark_unread_sheet(file, grid));
        } else {
            self.report_no_table(file, grids);
        }
        is_used
    }

    /// Adds the tables of a grid; whether there are any.
    fn add_tables(&mut self, file: &Arc<str>, grid: &Grid, above: Option<&Grid>) -> bool {
        let mut tables = self.recognizer.tables(grid);
        let Some(first) = tables.first_mut() else { return false };
        if let Some(lines) = above {
            first.add_titles(lines);
        }
        self.hidden_rows.clear();
        let mut pictures = Pictures::of(grid);
        for table in &tables {
            self.add_table(file, grid, table, &mut pictures);
        }
        self.strays.extend(pictures.strays(file));
        true
    }

    /// Adds the forms laid out over these grids; whether there are any.
    fn add_forms_of(&mut self, file: &Arc<str>, grids: &[&Grid]) -> bool {
        let forms = self.recognizer.forms(grids.iter().copied());
        if forms.is_empty() {
            return false;
        }
        self.add_forms(file, grids, &forms);
        true
    }

    /// Adds one person whose answers come from the caller's own data, with no file.
    ///
    /// `source` names the caller's table in findings; people of one source that are added one after another share an
    /// entry of the report. `fields` are the fields the source asks for, answered or not.
    pub fn add_person(&mut self, source: &str, fields: &[Field], answers: &[RawAnswer<'_>]) {
        if self.sources.last().is_none_or(|last| &*last.file != source || last.sheet.is_some() || !last.columns.is_empty()) {
            self.open_source(source.into(), None, None);
        }
        let row = self.tables.last().map_or(1, |table| u32::try_from(table.rows.read + 1).unwrap_or(u32::MAX));
        let context = self.context(fields, Epoch::Of1900, [MonthEvidence::None; 2]);
        let (person, findings) = register(answers, &context);
        self.take(person, row, findings, |_| None);
    }

    /// Adds what somebody may want to know of how an input was read.
    pub fn add_remark(&mut self, file: &Arc<str>, text: impl Into<String>) {
        self.remarks.push(Remark { file: Arc::clone(file), text: text.into() });
    }

    /// Adds a finding about a whole input, such as a file that could not be read, after everything added so far.
    pub fn add_finding(&mut self, finding: Diagnostic) {
        self.section += 1;
        self.place(finding, 0, 0);
    }

    /// Judges all people together.
    #[must_use]
    pub fn judge(mut self) -> Checked {
        self.settle_leftovers();
        self.correct();
        self.assign_units();
        let (pairs, repeats) = duplicates::judge(&self.people, &mut self.fates);
        for pair in pairs {
            self.place_pair(&pair);
        }
        self.close_ledgers();
        self.count_corrections();
        let known = units::Known { units: self.known_units(), file: self.units, printed: self.printed_members() };
        let rules = &self.scheme.rules;
        let units = units::count(&self.people, &self.fates, &known, rules);
        // sorting takes room of its own, and most collections come in order
        if !self.findings.is_sorted_by_key(|placed| placed.order) {
            self.findings.sort_by_key(|placed| placed.order);
        }
        let mut unit_findings = units::judge(&units, &known, rules);
        unit_findings.extend(teams::judge(&self.people, rules));
        // in the room of what they are made from: there may be millions
        let mut diagnostics: Vec<Diagnostic> = self.findings.into_iter().map(|placed| placed.diagnostic).collect();
        diagnostics.extend(self.members.into_iter().flat_map(Members::faults).cloned());
        diagnostics.append(&mut unit_findings);
        let members = self.members.map(|members| members.report(self.people.iter()));
        Checked {
            people: self.people,
            fates: self.fates,
            repeats,
            tables: self.tables,
            remarks: self.remarks,
            units,
            members,
            diagnostics,
            strays: self.strays,
            origins: self.origins,
        }
    }

    fn context<'c>(&'c self, asked: &'c [Field], epoch: Epoch, months: [MonthEvidence; 2]) -> Context<'c> {
        Context {
            scheme: self.scheme,
            today: self.today,
            members: self.members,
            asked,
            epoch,
            birth_months: months[0],
            joined_months: months[1],
            any_phone: None,
        }
    }

    /// Opens the next entry of the report; a table has a heading and columns.
    fn open_source(&mut self, file: Arc<str>, sheet: Option<Arc<str>>, heading: Option<(u32, BTreeMap<Column, Option<CompactString>>)>) {
        self.section += 1;
        self.sources.push(Source {
            file: Arc::clone(&file),
            sheet: sheet.clone(),
            stem: CompactString::default(),
            reporting_unit: CompactString::default(),
            titles: Vec::new(),
            members: None,
            has_unit_column: false,
            columns: Vec::new(),
            section: self.section,
        });
        let (header_row, columns) = heading.unzip();
        self.tables.push(TableReport { file, sheet, header_row, columns, ..TableReport::default() });
    }

    /// Takes a person of the table opened last, with what was found; `cell_of` says where a finding stands.
    fn take(&mut self, person: Registration, row: u32, findings: Vec<Finding>, cell_of: impl Fn(&Finding) -> Option<Column>) {
        let table = self.tables.len().saturating_sub(1);
        let is_returned = findings.iter().any(|finding| finding.code.severity() == crate::diagnostic::Severity::Error);
        for finding in findings {
            let column = cell_of(&finding);
            let mut at = self.location(table, Some(row), finding.field);
            at.cell = column.map(|column| Address { row, column }.to_compact_string());
            self.place_person(diagnostic(finding, at), row, column.map_or(0, Column::number));
        }
        self.push_person(person, row, is_returned);
    }

    fn push_person(&mut self, mut person: Registration, row: u32, is_returned: bool) {
        let table = self.tables.len().saturating_sub(1);
        person.place = Place { table: u32::try_from(table).unwrap_or(u32::MAX), row, ..person.place };
        if person.branch.is_empty()
            && let Some(member) = self.members.and_then(|members| members.find(&person))
        {
            person.branch.clone_from(if member.branch.is_empty() { &member.unit } else { &member.branch });
            // the list has settled whose branch it is, by more than the branch's name
            person.unit.clone_from(&member.unit);
        }
        if self.people.try_reserve(1).is_err() {
            self.is_full = true;
            return;
        }
        if let Some(report) = self.tables.get_mut(table) {
            report.rows.read += 1;
        }
        self.people.push(person);
        self.fates.push(if is_returned { Fate::Returned } else { Fate::Accepted });
    }

    fn close_ledgers(&mut self) {
        for (person, fate) in self.people.iter().zip(&self.fates) {
            let Some(table) = usize::try_from(person.place.table).ok().and_then(|table| self.tables.get_mut(table)) else { continue };
            match fate {
                Fate::Accepted => table.rows.accepted += 1,
                Fate::Returned => table.rows.returned += 1,
            }
        }
        for table in &mut self.tables {
            table.rows.skipped = table.skipped.len();
            table.rows.read += table.rows.skipped;
        }
    }
}

/// The file's name without folder and extension.
fn file_stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
