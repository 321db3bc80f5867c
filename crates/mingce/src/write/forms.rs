//! The forms, annex 1: one for each person.

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use mingce_core::collection::Checked;
use mingce_core::registration::Registration;
use mingce_core::scheme::Scheme;
use mingce_writer::form::{Filled, FormFiller, FormTemplate, MergedForms};
use mingce_writer::xlsx::{self, XlsxOptions};
use rayon::prelude::*;

use super::kind::{FileKind, FormsKind};
use super::template::form_template;
use super::{WriteOptions, Written, findings, not_made, one_file};
use crate::names::file_name;
use crate::order::listed_in;
use crate::progress::{OnProgress, Progress, Stage};
use crate::words::below;
use crate::{Error, Existing, FileTarget, FolderTarget};

/// Finds out whether forms can be written to this path, before long work starts.
///
/// # Errors
/// As [`write_forms`].
pub fn check_forms_target(path: &Path, existing: Existing) -> Result<(), Error> {
    match FormsKind::of(path)? {
        FormsKind::File(_) => FileTarget::open(path, existing).map(drop),
        FormsKind::Folder => FolderTarget::open(path, existing).map(drop),
    }
}

/// Writes a form for everybody accepted, each person once.
///
/// A path that ends in `.docx` or `.xlsx` becomes one file with a page or sheet each; any other is a folder with one
/// `.docx` each, named like `01-张三.docx`.
///
/// # Errors
/// When the path ends like some other kind of file, what exists there must not be replaced, or it cannot be written; then
/// nothing is.
pub fn write_forms(checked: &Checked, scheme: &Scheme, path: &Path, options: &WriteOptions<'_>) -> Result<Written, Error> {
    let kind = FormsKind::of(path)?;
    let template = options.template.map(|template| form_template(template, path, scheme)).transpose()?;
    let (template, mut findings) = template.map_or((None, Vec::new()), |(template, findings)| (Some(template), findings));
    let job = Job { people: listed_in(checked, options.order), scheme, path, template, steps: Steps::new(checked, options.progress) };
    let (files, filled) = match kind {
        FormsKind::Folder => job.folder(options)?,
        FormsKind::File(FileKind::Word) => job.document(options)?,
        FormsKind::File(FileKind::Workbook) => job.workbook(options)?,
    };
    findings.extend(job.people.iter().zip(filled).flat_map(|(person, filled)| findings::of_form(person, &filled, checked, scheme)));
    Ok(Written { findings, files })
}

/// What is written: the files, and what was noted of each person's form.
type Outcome = Result<(Vec<String>, Vec<Filled>), Error>;

struct Job<'a> {
    people: Vec<&'a Registration>,
    scheme: &'a Scheme,
    path: &'a Path,
    /// The official blank to be filled, if it is not the scheme's own.
    template: Option<FormTemplate>,
    steps: Steps<'a>,
}

impl Job<'_> {
    /// One file a person, filled by several threads; a file's name and bytes depend on the person and the order alone.
    fn folder(&self, options: &WriteOptions<'_>) -> Outcome {
        let target = FolderTarget::open(self.path, options.existing)?;
        let template = self.template()?;
        let total = self.people.len();
        let names: Vec<String> = (1..).zip(&self.people).map(|(number, person)| file_name(number, total, &person.name, "docx")).collect();
        let start = || (template.filler(self.scheme), Vec::new());
        let fill = |(filler, bytes): &mut (FormFiller<'_>, Vec<u8>), (person, name): (&&Registration, &String)| {
            bytes.clear();
            let filled = filler.fill(person, bytes).map_err(not_made(&self.path.join(name)))?;
            target.add(name, bytes)?;
            self.steps.step()?;
            Ok(filled)
        };
        let fill_all = || self.people.par_iter().zip(&names).map_init(start, fill).collect::<Result<Vec<Filled>, Error>>();
        let filled = pool(options.threads)?.install(fill_all)?;
        target.finish()?;
        Ok((names.iter().map(|name| below(self.path, name)).collect(), filled))
    }

    /// All in one document, a page each.
    fn document(&self, options: &WriteOptions<'_>) -> Outcome {
        let target = FileTarget::open(self.path, options.existing)?;
        let template = self.template()?;
        let mut bytes = Vec::new();
        let mut document = MergedForms::new(&template, self.scheme, &mut bytes).map_err(not_made(self.path))?;
        let mut filled = Vec::with_capacity(self.people.len());
        for person in &self.people {
            filled.push(document.push(person).map_err(not_made(self.path))?);
            self.steps.step()?;
        }
        document.finish().map_err(not_made(self.path))?;
        target.write(&bytes)?;
        Ok((one_file(self.path), filled))
    }

    /// All in one workbook, a sheet each.
    fn workbook(&self, options: &WriteOptions<'_>) -> Outcome {
        let target = FileTarget::open(self.path, options.existing)?;
        let people = self.people.iter().copied();
        let (bytes, filled) = xlsx::forms(people, self.scheme, &XlsxOptions::default()).map_err(not_made(self.path))?;
        target.write(&bytes)?;
        Ok((one_file(self.path), filled))
    }

    fn template(&self) -> Result<Cow<'_, FormTemplate>, Error> {
        match &self.template {
            Some(template) => Ok(Cow::Borrowed(template)),
            None => FormTemplate::built_in(self.scheme).map(Cow::Owned).map_err(not_made(self.path)),
        }
    }
}

/// Counts the forms that are done and tells somebody.
struct Steps<'a> {
    tell: Option<OnProgress<'a>>,
    done: AtomicUsize,
    total: usize,
}

impl<'a> Steps<'a> {
    fn new(checked: &Checked, tell: Option<OnProgress<'a>>) -> Self {
        Self { tell, done: AtomicUsize::new(0), total: checked.listed().count() }
    }

    /// One more is done.
    fn step(&self) -> Result<(), Error> {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        match self.tell.map(|tell| tell(Progress { stage: Stage::Writing, done, total: self.total })) {
            Some(ControlFlow::Break(())) => Err(Error::Cancelled),
            _ => Ok(()),
        }
    }
}

fn pool(threads: Option<NonZeroUsize>) -> Result<rayon::ThreadPool, Error> {
    let wanted = threads.map_or(0, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(wanted).build();
    pool.map_err(|source| Error::Threads { wanted, source: Box::new(source) })
}
