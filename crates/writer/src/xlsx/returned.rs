//! The returned workbook 退回表: the rows that have to be corrected, as their senders know them.
//!
//! Per source table a sheet with its own columns, order, title lines and widths, framed by a first column 错误说明 and a last
//! column 来源; a last sheet 提醒 lists every finding. Read as an input it is a correction.

mod findings;
mod notes;
mod page;
mod sheet;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use mingce_core::address::Address;
use mingce_core::collection::TableReport;
use mingce_core::diagnostic::Diagnostic;
use mingce_core::grid::Grid;
use mingce_core::marks::Origin;
use mingce_core::recognize::Table;
use mingce_core::registration::Registration;
use mingce_core::scheme::Scheme;

use super::frame::{failed, workbook};
use super::{XlsxOptions, sheet_name};
use crate::Error;
use crate::photo::Photo;

/// The rows of one source that go back.
#[derive(Debug, Clone)]
pub struct ReturnedTable<'a> {
    /// The source's entry in the report.
    pub report: &'a TableReport,
    /// What the sender wrote.
    pub source: ReturnedSource<'a>,
    /// For rows that were returned before, by row, where they stood at first.
    pub origins: BTreeMap<u32, &'a Origin>,
    /// The photos that go along, by row and, for forms beside each other, the column of the name; else 0.
    pub photos: BTreeMap<(u32, u16), Photo>,
}

/// What the sender of returned rows wrote.
#[derive(Debug, Clone)]
pub enum ReturnedSource<'a> {
    /// Lines of a table.
    Lines {
        /// The sheet.
        grid: &'a Grid,
        /// Its table.
        table: &'a Table,
        /// The lines of a document right above the table, which are no part of its grid.
        above: Option<&'a Grid>,
        /// The returned rows, counted from 1, ascending.
        rows: Vec<u32>,
    },
    /// Cards or forms: a person each, in the order they were read.
    People(Vec<&'a Registration>),
}

/// The returned rows of these sources, and every finding of the run.
///
/// Sources without returned rows get no sheet. Findings are matched to sources by file, sheet and row.
///
/// # Errors
/// A workbook that could not be put together.
pub fn returned(
    tables: &[ReturnedTable<'_>],
    diagnostics: &[Diagnostic],
    scheme: &Scheme,
    options: &XlsxOptions,
) -> Result<Vec<u8>, Error> {
    let mut book = workbook(options)?;
    let mut names = Names::default();
    let mut room = notes::Room::of_workbook();
    let tables: Vec<&ReturnedTable<'_>> = tables.iter().filter(|returned| !returned.is_empty()).collect();
    for returned in &tables {
        let name = names.unique(&wanted_name(returned, &tables));
        let sheet = book.add_worksheet();
        sheet.set_name(&name).map_err(|error| failed(&name, error))?;
        let own: Vec<&Diagnostic> = diagnostics.iter().filter(|finding| returned.is_about(finding)).collect();
        sheet::write(sheet, returned, &own, scheme, &mut room).map_err(|error| failed(&name, error))?;
    }
    let name = names.unique(findings::NAME);
    let sheet = book.add_worksheet();
    sheet.set_name(&name).map_err(|error| failed(&name, error))?;
    findings::write(sheet, diagnostics, scheme).map_err(|error| failed(&name, error))?;
    book.save_to_buffer().map_err(|error| failed("xl", error))
}

impl ReturnedTable<'_> {
    fn is_empty(&self) -> bool {
        match &self.source {
            ReturnedSource::Lines { rows, .. } => rows.is_empty(),
            ReturnedSource::People(people) => people.is_empty(),
        }
    }

    fn is_about(&self, finding: &Diagnostic) -> bool {
        let is_its_table = match (&self.source, finding.at.cell.as_deref().map(str::parse::<Address>)) {
            // another table may stand beside it
            (ReturnedSource::Lines { table, .. }, Some(Ok(at))) => table.range.contains(&at.column),
            _ => true,
        };
        is_its_table && finding.at.file.as_ref() == Some(&self.report.file) && finding.at.sheet == self.report.sheet
    }

    /// The row that this finding goes back with, and for a form beside others its column; 0 for one about the whole table.
    fn line_of(&self, finding: &Diagnostic) -> (u32, u16) {
        let row = finding.at.row.unwrap_or(0);
        match &self.source {
            ReturnedSource::Lines { .. } => (row, 0),
            // a form of a document is counted as one row; on a sheet it has several, from that of its name on
            ReturnedSource::People(_) if row == 0 || self.report.sheet.is_none() => (row, 0),
            ReturnedSource::People(people) => {
                let rows = people.iter().map(|person| person.place.row);
                let own = rows.clone().filter(|own| *own <= row).max().or(rows.min()).unwrap_or(0);
                let cell = finding.at.cell.as_deref().and_then(|cell| cell.parse::<Address>().ok());
                let at = cell.map_or(0, |cell| cell.column.number());
                let columns = people.iter().map(|person| person.place).filter(|place| place.row == own).map(|place| place.column);
                (own, columns.clone().filter(|column| *column <= at).max().or(columns.min()).unwrap_or(0))
            }
        }
    }

    /// Where this row stood at first, as the last column says it: `长塘村.xlsx › Sheet1 › 7`.
    fn origin(&self, row: u32) -> String {
        match self.origins.get(&row) {
            Some(origin) => origin.to_string(),
            None => Origin::new(&self.report.file, self.report.sheet.as_deref(), row).to_string(),
        }
    }
}

/// The name that the sheet of these rows is to have: that of their own sheet, or where several files have one of that name,
/// the file's.
fn wanted_name(returned: &ReturnedTable<'_>, tables: &[&ReturnedTable<'_>]) -> String {
    let report = returned.report;
    let Some(sheet) = report.sheet.as_deref() else { return stem(&report.file) };
    let is_elsewhere = |other: &&ReturnedTable<'_>| {
        other.report.file != report.file && other.report.sheet.as_deref().is_some_and(|name| name.to_lowercase() == sheet.to_lowercase())
    };
    if !tables.iter().any(is_elsewhere) {
        return sheet.to_owned();
    }
    let has_more = tables.iter().any(|other| other.report.file == report.file && other.report.sheet != report.sheet);
    if has_more { format!("{}-{sheet}", stem(&report.file)) } else { stem(&report.file) }
}

/// The file's name without folders and extension.
fn stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// Names of sheets given so far; Excel does not tell upper from lower case.
#[derive(Debug, Default)]
struct Names(Vec<String>);

impl Names {
    fn unique(&mut self, wanted: &str) -> String {
        let base = sheet_name(wanted, "退回");
        let mut name = base.clone();
        for number in 2.. {
            if !self.0.contains(&name.to_lowercase()) {
                break;
            }
            let ending = format!("({number})");
            let mut short = base.clone();
            while short.encode_utf16().count() + ending.len() > 31 {
                short.pop();
            }
            name = format!("{short}{ending}");
        }
        self.0.push(name.to_lowercase());
        name
    }
}
