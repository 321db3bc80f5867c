//! A roster that somebody laid out as a sheet: its empty lines are filled, and more are put where they end.
//!
//! A blank may have lists of their own for groups of people. Each is filled by itself, from the last to the first, so that the rows
//! above stay where they were found.

mod find;
mod lines;
mod lists;
mod search;
mod stretch;

use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};

use super::book::Book;
use super::stray;
use crate::Error;
use crate::blank::{Group, Shares, once, shares};
use crate::form::Filled;
use find::List;
use stretch::Stretch;

/// An empty roster in a workbook, its columns and lines located.
#[derive(Debug)]
pub struct RosterWorkbook {
    /// The blank as it came, where it has several lists.
    bytes: Vec<u8>,
    lists: Vec<List>,
    /// The first of the lists.
    first: Stretch,
    /// Placeholders beside the lines, and on the other sheets.
    strays: Vec<String>,
}

impl RosterWorkbook {
    /// A blank that somebody made in Excel or WPS.
    ///
    /// # Errors
    /// When the file is no workbook, exceeds the limits or has sheets of macros; [`Error::NoRoster`] when no sheet of it has a heading with 姓名.
    pub fn from_xlsx(bytes: &[u8], scheme: &Scheme) -> Result<Self, Error> {
        let book = Book::open(bytes)?;
        let lists = find::find(&book, scheme)?;
        let strays = strays(&book, &lists, scheme)?;
        let first = Stretch::new(book, lists.first().ok_or(Error::NoRoster)?, scheme)?;
        let bytes = if lists.len() > 1 { bytes.to_vec() } else { Vec::new() };
        Ok(Self { bytes, lists, first, strays })
    }

    /// The headings that were found, as written, each with the fields that stand below it.
    #[must_use]
    pub fn places(&self) -> &[(String, Vec<Field>)] {
        &self.first.places
    }

    /// Headings that no field claims, as written.
    #[must_use]
    pub fn unclaimed(&self) -> &[String] {
        &self.first.unclaimed
    }

    /// Placeholders that nobody's answers take the place of, as written: they stand beside the lines, or on the workbook's other sheets.
    #[must_use]
    pub fn strays(&self) -> &[String] {
        &self.strays
    }

    /// Whether the blank has macros: the roster has none, because an .xlsx must not.
    #[must_use]
    pub fn has_macros(&self) -> bool {
        self.first.has_macros()
    }

    /// Who of these people stands in which of the lists, and what should be heard of that.
    #[must_use]
    pub fn shares(&self, people: &[&Registration], scheme: &Scheme) -> Shares {
        let groups: Vec<Group> = self.lists.iter().map(|list| list.group.clone()).collect();
        shares(&groups, people, scheme)
    }

    /// The roster of these people, in this order, and what should be heard about each of them. Where the blank has lists of their own
    /// for branches or for 入党积极分子, everybody stands in theirs.
    ///
    /// # Errors
    /// More people than a sheet has rows, or a workbook that outgrows what a file can hold.
    pub fn fill(&self, people: &[&Registration], scheme: &Scheme) -> Result<(Vec<u8>, Vec<Filled>), Error> {
        self.fill_shared(people, &self.shares(people, scheme), scheme)
    }

    /// The same, by [`shares`](Self::shares) of the same people.
    ///
    /// # Errors
    /// As [`fill`](Self::fill).
    pub fn fill_shared(&self, people: &[&Registration], shares: &Shares, scheme: &Scheme) -> Result<(Vec<u8>, Vec<Filled>), Error> {
        if self.lists.len() == 1 {
            return self.first.fill(people, 1, scheme);
        }
        let mut filled = vec![Filled::default(); people.len()];
        let mut done: Option<Vec<u8>> = None;
        for (list, (share, number)) in self.lists.iter().zip(&shares.lists).rev() {
            // a list without anybody is written where its printed numbers follow lines that were added above
            let is_moved = list.group.numbers.is_some_and(|[first, _]| usize::try_from(first).is_ok_and(|first| *number > first));
            if share.is_empty() && !is_moved {
                continue;
            }
            let own: Vec<&Registration> = share.iter().filter_map(|place| people.get(*place).copied()).collect();
            let stretch = Stretch::new(Book::open(done.as_deref().unwrap_or(&self.bytes))?, list, scheme)?;
            let (bytes, heard) = stretch.fill(&own, *number, scheme)?;
            share.iter().zip(heard).for_each(|(place, heard)| filled[*place] = heard);
            done = Some(bytes);
        }
        match done {
            Some(bytes) => Ok((bytes, filled)),
            None => self.first.fill(&[], 1, scheme),
        }
    }
}

/// The placeholders that stand in no line of a list.
fn strays(book: &Book, lists: &[List], scheme: &Scheme) -> Result<Vec<String>, Error> {
    let mut cells: Vec<(usize, Vec<_>)> = Vec::new();
    for list in lists {
        cells.push((list.tab, Stretch::new(book.clone(), list, scheme)?.cells().collect()));
    }
    let mut tabs: Vec<usize> = lists.iter().map(|list| list.tab).collect();
    tabs.dedup();
    let mut found = Vec::new();
    for tab in &tabs {
        let part = book.tabs[*tab].part.clone().unwrap_or_default();
        let (xml, sheet) = book.sheet(&part)?;
        let is_filled = |at| cells.iter().any(|(own, cells)| own == tab && cells.contains(&at));
        found.extend(stray::on_sheet(book, &part, [&xml, &part], &sheet, is_filled)?);
    }
    found.extend(stray::elsewhere(book, &tabs)?);
    Ok(once(found))
}
