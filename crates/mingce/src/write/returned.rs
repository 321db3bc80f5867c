//! The returned workbook 退回表: the rows that have to be corrected, in their senders' own columns.
//!
//! Inputs are not kept in memory while they are judged. Those with returned rows are read once more, and the same tables
//! are found in them; where a file has changed meanwhile, its people go back under the scheme's labels.

mod photos;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use mingce_core::collection::{Checked, Fate, whole};
use mingce_core::diagnostic::Diagnostic;
use mingce_core::grid::{Grid, Origin};
use mingce_core::recognize::{Found, Recognizer, Table};
use mingce_core::registration::Registration;
use mingce_core::scheme::Scheme;
use mingce_writer::photo::Photo;
use mingce_writer::xlsx::{self, ReturnedSource, ReturnedTable, XlsxOptions};

use super::kind::ReturnedKind;
use super::{Written, not_made, one_file};
use crate::collect::{CollectOptions, read};
use crate::target::{Earlier, EarlierFolder};
use crate::{Error, Existing, FileTarget, FolderTarget, Input, check_replaces_no_input, names, words};

/// How returned rows are written.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ReturnedOptions<'a> {
    /// How the inputs were read; they are read the same way again.
    pub reading: CollectOptions<'a>,
    /// What becomes of an output that exists.
    pub existing: Existing,
}

impl<'a> ReturnedOptions<'a> {
    /// With inputs that were read this way.
    #[must_use]
    pub fn with_reading(mut self, reading: CollectOptions<'a>) -> Self {
        self.reading = reading;
        self
    }

    /// With existing outputs refused or replaced.
    #[must_use]
    pub fn with_existing(mut self, existing: Existing) -> Self {
        self.existing = existing;
        self
    }
}

/// Outputs that are made but not yet in their place; dropped, they are gone.
#[derive(Debug)]
pub struct Pending {
    target: Target,
    written: Written,
}

#[derive(Debug)]
enum Target {
    File(FileTarget),
    Folder(FolderTarget),
}

impl Pending {
    /// Puts the outputs in their place.
    ///
    /// # Errors
    /// When the system refuses, or something has come to stand there meanwhile; then nothing is left behind.
    pub fn finish(self) -> Result<Written, Error> {
        self.place().map(Placed::keep)
    }

    /// Puts the outputs in their place until it is known whether others, which are written after, are in theirs.
    ///
    /// # Errors
    /// As [`finish`](Self::finish).
    pub fn place(self) -> Result<Placed, Error> {
        let earlier = match self.target {
            Target::File(target) => Replaced::File(target.place()?),
            Target::Folder(target) => Replaced::Folder(target.place()?),
        };
        Ok(Placed { earlier, written: self.written })
    }
}

/// Outputs in their place; dropped, what stood there before stands there again.
#[derive(Debug)]
#[must_use = "the outputs are taken back"]
pub struct Placed {
    earlier: Replaced,
    written: Written,
}

#[derive(Debug)]
enum Replaced {
    File(Earlier),
    Folder(EarlierFolder),
}

impl Placed {
    /// Leaves the outputs where they are.
    #[must_use]
    pub fn keep(self) -> Written {
        match self.earlier {
            Replaced::File(earlier) => earlier.forget(),
            Replaced::Folder(earlier) => earlier.forget(),
        }
        self.written
    }
}

/// Finds out whether returned rows can be written to this path, before long work starts.
///
/// # Errors
/// As [`write_returned`].
pub fn check_returned_target(path: &Path, existing: Existing) -> Result<(), Error> {
    match ReturnedKind::of(path)? {
        ReturnedKind::File => FileTarget::open(path, existing).map(drop),
        ReturnedKind::Folder => FolderTarget::open(path, existing).map(drop),
    }
}

/// Writes the returned rows, if there are any: to one workbook for a path that ends in `.xlsx`, else to a folder with a
/// workbook for each input, named like `长塘村-退回.xlsx`.
///
/// `inputs` are those that were judged. People of a caller's own rows go back under the scheme's labels. With no returned
/// rows nothing is written.
///
/// # Errors
/// When the path ends like some other kind of file, what exists there must not be replaced or is an input itself, or it
/// cannot be written; then nothing is.
pub fn write_returned(
    checked: &Checked,
    inputs: &[Input],
    scheme: &Scheme,
    path: &Path,
    options: &ReturnedOptions<'_>,
) -> Result<Written, Error> {
    prepare_returned(checked, inputs, scheme, path, options)?.map_or_else(|| Ok(Written::default()), Pending::finish)
}

/// Makes what [`write_returned`] writes, to be put in its place when other outputs are made too; `None` with no returned rows.
///
/// # Errors
/// As [`write_returned`].
pub fn prepare_returned(
    checked: &Checked,
    inputs: &[Input],
    scheme: &Scheme,
    path: &Path,
    options: &ReturnedOptions<'_>,
) -> Result<Option<Pending>, Error> {
    let kind = ReturnedKind::of(path)?;
    let returned = Returned::of(checked, scheme);
    let files = returned.files();
    if files.is_empty() {
        return Ok(None);
    }
    // the lines are read without what pictures show; photos of returned people are looked up by themselves
    let reading = options.reading.clone();
    let reading = CollectOptions { limits: reading.limits.clone().with_picture(0), ..reading };
    let load = |file: &str| returned.load(file, inputs, &reading);
    let make = |sources: &[Source], findings: &[Diagnostic]| {
        xlsx::returned(&returned.tables(sources), findings, scheme, &XlsxOptions::default()).map_err(not_made(path))
    };
    let pending = match kind {
        ReturnedKind::File => {
            check_replaces_no_input(path, inputs)?;
            let mut target = FileTarget::open(path, options.existing)?;
            let sources: Vec<Source> = files.iter().flat_map(|file| load(file)).collect();
            target.fill(&make(&sources, &checked.diagnostics)?)?;
            Pending { target: Target::File(target), written: Written { files: one_file(path), ..Written::default() } }
        }
        ReturnedKind::Folder => {
            let target = FolderTarget::open(path, options.existing)?;
            let mut written = Written::default();
            for (file, name) in files.iter().zip(file_names(&files)) {
                // what is right in a correction stands nowhere else
                check_replaces_no_input(&path.join(&name), inputs)?;
                // a sender is told what is wrong with this file, and nothing of others
                let own: Vec<Diagnostic> =
                    checked.diagnostics.iter().filter(|finding| finding.at.file.as_ref() == Some(file)).cloned().collect();
                target.add(&name, &make(&load(file), &own)?)?;
                written.files.push(words::below(path, &name));
            }
            Pending { target: Target::Folder(target), written }
        }
    };
    Ok(Some(pending))
}

/// Returned people by table.
struct Returned<'a> {
    checked: &'a Checked,
    scheme: &'a Scheme,
    people: BTreeMap<usize, Vec<&'a Registration>>,
}

/// The returned rows of one table as its sender wrote them; without lines, people of forms.
struct Source {
    table: usize,
    lines: Option<Lines>,
    /// The photos of its people, by row and column of their places.
    photos: BTreeMap<(u32, u16), Photo>,
}

/// A table as its sender wrote it.
struct Lines {
    grids: Arc<Vec<Grid>>,
    /// Which of the grids it stands on.
    place: usize,
    /// Which of them holds the lines of a document right above it.
    above: Option<usize>,
    table: Table,
}

impl<'a> Returned<'a> {
    fn of(checked: &'a Checked, scheme: &'a Scheme) -> Self {
        let mut people: BTreeMap<usize, Vec<&Registration>> = BTreeMap::new();
        for (person, _) in checked.people.iter().zip(&checked.fates).filter(|(_, fate)| **fate == Fate::Returned) {
            if let Ok(table) = usize::try_from(person.place.table) {
                people.entry(table).or_default().push(person);
            }
        }
        // a corrected row stands where its original stood, which may be another input
        for people in people.values_mut() {
            people.sort_by_key(|person| person.place.row);
        }
        Self { checked, scheme, people }
    }

    /// The inputs with returned rows, in the order given.
    fn files(&self) -> Vec<Arc<str>> {
        let mut known = HashSet::new();
        let files = self.people.keys().filter_map(|table| self.checked.tables.get(*table)).map(|table| &table.file);
        files.filter(|file| known.insert(Arc::clone(file))).cloned().collect()
    }

    /// What the returned rows of this file looked like.
    fn load(&self, file: &str, inputs: &[Input], reading: &CollectOptions<'_>) -> Vec<Source> {
        let tables = self.checked.tables.iter().enumerate().filter(|(_, table)| &*table.file == file);
        let (lined, others): (Vec<_>, Vec<_>) = tables.partition(|(_, table)| table.columns.is_some());
        let mut sources: Vec<Source> =
            others.into_iter().map(|(table, _)| Source { table, lines: None, photos: BTreeMap::new() }).collect();
        let needs_lines = lined.iter().any(|(table, _)| self.people.contains_key(table));
        let mut found = if needs_lines { self.recognize_again(file, inputs, reading) } else { Vec::new() };
        let has_rows = |lines: &Lines, table: &usize| {
            let people = self.people.get(table).map_or(&[][..], Vec::as_slice);
            lines.grids.get(lines.place).is_some_and(|grid| people.iter().all(|person| grid.row(person.place.row).is_some()))
        };
        let is_same = found.len() == lined.len()
            && found
                .iter()
                .zip(&lined)
                .all(|(lines, (table, report))| Some(*lines.table.heading.end()) == report.header_row && has_rows(lines, table));
        if !is_same {
            found.clear();
        }
        let mut found = found.into_iter();
        sources.extend(lined.into_iter().map(|(table, _)| Source { table, lines: found.next(), photos: BTreeMap::new() }));
        sources.retain(|source| self.people.contains_key(&source.table));
        sources.sort_by_key(|source| source.table);
        let mut photos = photos::of(self, file, inputs, reading);
        for source in &mut sources {
            source.photos = photos.remove(&source.table).unwrap_or_default();
        }
        sources
    }

    /// The tables of this file, read once more.
    fn recognize_again(&self, file: &str, inputs: &[Input], reading: &CollectOptions<'_>) -> Vec<Lines> {
        let recognizer = Recognizer::new(self.scheme);
        let mut tables = Vec::new();
        for input in inputs.iter().filter(|input| input.name() == file) {
            let Ok(document) = read(input.clone(), reading) else { continue };
            // a roster that goes on in another table is one, as it was when it was judged
            let grids = Arc::new(whole(&document.grids, &recognizer).unwrap_or(document.grids));
            let mut above = None;
            for (place, grid) in grids.iter().enumerate().filter(|(_, grid)| !grid.hidden) {
                let before = tables.len();
                for found in recognizer.recognize(grid) {
                    match found {
                        Found::Table(table) => tables.push(Lines { grids: Arc::clone(&grids), place, above: above.take(), table }),
                        Found::Card(_) => {}
                    }
                }
                if tables.len() == before && grid.origin == Origin::Word {
                    above = Some(place);
                }
            }
        }
        tables
    }

    fn tables<'s>(&'s self, sources: &'s [Source]) -> Vec<ReturnedTable<'s>> {
        let tables = sources.iter().filter_map(|source| {
            let people = self.people.get(&source.table)?;
            let lines = source.lines.as_ref().and_then(|lines| Some((lines.grids.get(lines.place)?, lines)));
            Some(ReturnedTable {
                report: self.checked.tables.get(source.table)?,
                source: match lines {
                    Some((grid, lines)) => ReturnedSource::Lines {
                        grid,
                        table: &lines.table,
                        above: lines.above.and_then(|place| lines.grids.get(place)),
                        rows: people.iter().map(|person| person.place.row).collect(),
                    },
                    None => ReturnedSource::People(people.clone()),
                },
                photos: source.photos.clone(),
                origins: people.iter().filter_map(|person| Some((person.place.row, self.checked.origins.get(&person.place)?))).collect(),
            })
        });
        tables.collect()
    }
}

/// What is added to the name of the file that goes back.
const ENDING: &str = "-退回";

/// A name for each of these files, by which it can go back to whoever sent it. Files of one name are told apart by their
/// folders, and by numbers where that is not enough.
fn file_names(files: &[Arc<str>]) -> Vec<String> {
    let stems: Vec<String> = files.iter().map(|file| stem(file)).collect();
    let mut count: HashMap<String, usize> = HashMap::new();
    stems.iter().for_each(|stem| *count.entry(stem.to_lowercase()).or_default() += 1);
    let mut taken = HashSet::new();
    let mut names = Vec::new();
    for (file, stem) in files.iter().zip(&stems) {
        let base = match folder(file).filter(|_| count.get(&stem.to_lowercase()) > Some(&1)) {
            Some(folder) => format!("{}-{stem}", names::plain(folder, FOLDER_BYTES)),
            None => stem.clone(),
        };
        let candidates = std::iter::once(String::new()).chain((2..).map(|number| format!("({number})")));
        let name = candidates.map(|number| format!("{base}{ENDING}{number}.xlsx")).find(|name| taken.insert(name.to_lowercase()));
        names.extend(name);
    }
    names
}

/// Most bytes of a file's own name, and of its folder's, in the name of what goes back: 200 in all.
const STEM_BYTES: usize = 120;
const FOLDER_BYTES: usize = 50;

/// The file's name without folder, extension and what an earlier return added to it.
fn stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    names::plain(stem.strip_suffix(ENDING).unwrap_or(stem), STEM_BYTES)
}

/// The name of the folder the file stands in.
fn folder(file: &str) -> Option<&str> {
    file.rsplit(['/', '\\']).nth(1).filter(|folder| !folder.is_empty())
}

#[cfg(test)]
mod tests;
