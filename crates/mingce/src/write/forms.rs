//! The forms, annex 1: one for each person.

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use mingce_core::collection::Checked;
use mingce_core::diagnostic::Diagnostic;
use mingce_core::registration::Registration;
use mingce_core::scheme::Scheme;
use mingce_writer::form::{Filled, FormFiller, FormTemplate, MergedForms, MergedPhotos};
use mingce_writer::photo::Photo;
use mingce_writer::xlsx::{self, FormSheets, FormWorkbook, SheetPhotos, XlsxOptions};
use rayon::prelude::*;

use super::kind::{FileKind, FormsKind};
use super::photos::Photos;
use super::template::{FormBlank, form_template, shared_findings};
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
    let (job, mut findings) = Job::new(checked, scheme, path, options)?;
    let (files, done) = match FormsKind::of(path)? {
        FormsKind::Folder => job.folder(options)?,
        FormsKind::File(FileKind::Word) => job.document(None, options)?,
        FormsKind::File(FileKind::Workbook) => job.workbook(options)?,
    };
    findings.extend(job.findings(done, checked));
    Ok(Written { findings, files })
}

/// Writes everybody's form twice, into one document and into a folder; each photo is prepared once.
///
/// # Errors
/// As [`write_forms`].
pub(super) fn write_forms_twice(
    checked: &Checked,
    scheme: &Scheme,
    [document, folder]: [&Path; 2],
    options: &WriteOptions<'_>,
) -> Result<Written, Error> {
    let (mut job, mut findings) = Job::new(checked, scheme, document, options)?;
    let folder = FolderForms::open(&job, folder, options)?;
    let also = if job.photos.is_empty() {
        job.steps.total *= 2;
        job.fill(&folder, options)?;
        None
    } else {
        Some(&folder)
    };
    let (mut files, done) = job.document(also, options)?;
    findings.extend(job.findings(done, checked));
    files.extend(folder.finish()?);
    Ok(Written { findings, files })
}

/// A document that forms are to be pushed to, and what is to be said of the photos in it.
type Begun<'t, 'o> = (MergedForms<'t, 'o>, Vec<Option<Diagnostic>>);

/// What is written: the files, and what was noted of each person's form.
type Outcome = Result<(Vec<String>, Vec<Done>), Error>;

/// One person's form.
struct Done {
    filled: Filled,
    /// What is to be said of the photo.
    photo: Option<Diagnostic>,
}

/// How many photos are prepared before they are written: all threads have work, and few are in memory.
const PHOTOS_AT_ONCE: usize = 64;

/// How many sheets are filled before they are written.
const SHEETS_AT_ONCE: usize = 64;

struct Job<'a> {
    people: Vec<&'a Registration>,
    photos: Photos<'a>,
    scheme: &'a Scheme,
    path: &'a Path,
    /// The official blank to be filled, if it is not the scheme's own.
    template: Option<FormBlank>,
    steps: Steps<'a>,
}

/// A folder that gets one file a person; a file's name and bytes depend on the person and the order alone.
struct FolderForms<'a> {
    target: FolderTarget,
    path: &'a Path,
    names: Vec<String>,
}

impl<'a> FolderForms<'a> {
    fn open(job: &Job<'_>, path: &'a Path, options: &WriteOptions<'_>) -> Result<Self, Error> {
        let target = FolderTarget::open(path, options.existing)?;
        let total = job.people.len();
        let names = (1..).zip(&job.people).map(|(number, person)| file_name(number, total, &person.name, "docx")).collect();
        Ok(Self { target, path, names })
    }

    /// Fills the form of the person at this place; the buffer is emptied first.
    fn add(&self, position: usize, job: &Job<'_>, photo: Option<&Photo>, (filler, bytes): &mut Buffers<'_>) -> Result<Filled, Error> {
        let name = &self.names[position];
        bytes.clear();
        let filled = filler.fill_with(job.people[position], photo, bytes).map_err(not_made(&self.path.join(name)))?;
        self.target.add(name, bytes)?;
        Ok(filled)
    }

    /// Puts the folder in its place and names its files.
    fn finish(self) -> Result<Vec<String>, Error> {
        self.target.finish()?;
        Ok(self.names.iter().map(|name| below(self.path, name)).collect())
    }
}

/// What each thread fills forms with.
type Buffers<'t> = (FormFiller<'t>, Vec<u8>);

impl<'a> Job<'a> {
    fn new(checked: &'a Checked, scheme: &'a Scheme, path: &'a Path, options: &WriteOptions<'a>) -> Result<(Self, Vec<Diagnostic>), Error> {
        let kind = FormsKind::of(path)?;
        let template = options.template.map(|template| form_template(template, path, scheme)).transpose()?;
        let (template, mut findings) = template.map_or((None, Vec::new()), |(template, findings)| (Some(template), findings));
        if let (FormsKind::File(FileKind::Word), Some(blank), Some(path)) = (&kind, &template, options.template) {
            findings.extend(shared_findings(path, blank));
        }
        let people = listed_in(checked, options.order);
        let mut photos = Photos::of(&people, checked, scheme, options.photos, path)?;
        if let (Some(file), Some(template)) = (options.template, &template)
            && !template.has_photo()
            && !photos.is_empty()
        {
            findings.push(findings::no_photo_place(file, scheme));
            photos.leave_out();
        }
        if matches!(kind, FormsKind::File(_)) {
            photos.go_into_one_document();
        }
        Ok((Self { people, photos, scheme, path, template, steps: Steps::new(checked, options.progress) }, findings))
    }

    /// What is to be said of everybody's form, and of photos that are nobody's.
    fn findings(&self, done: Vec<Done>, checked: &Checked) -> Vec<Diagnostic> {
        let of_forms = self.people.iter().zip(done).flat_map(|(person, done)| {
            let form = findings::of_form(person, &done.filled, checked, self.scheme);
            done.photo.into_iter().chain(form)
        });
        of_forms.chain(self.photos.unused.iter().cloned()).collect()
    }

    /// One file a person.
    fn folder(&self, options: &WriteOptions<'_>) -> Outcome {
        let folder = FolderForms::open(self, self.path, options)?;
        let done = self.fill(&folder, options)?;
        Ok((folder.finish()?, done))
    }

    /// Fills a folder, by several threads.
    fn fill(&self, folder: &FolderForms<'_>, options: &WriteOptions<'_>) -> Result<Vec<Done>, Error> {
        let template = self.template()?;
        let start = || (template.filler(self.scheme), Vec::new());
        let fill = |buffers: &mut Buffers<'_>, position: usize| {
            let (photo, finding) = self.photos.prepare(position);
            let filled = folder.add(position, self, photo.as_ref(), buffers)?;
            self.steps.step()?;
            Ok(Done { filled, photo: finding })
        };
        let fill_all = || (0..self.people.len()).into_par_iter().map_init(start, fill).collect::<Result<Vec<Done>, Error>>();
        pool(options.threads)?.install(fill_all)
    }

    /// All in one document, a page each; also into a folder, as far as there is one.
    fn document(&self, also: Option<&FolderForms<'_>>, options: &WriteOptions<'_>) -> Outcome {
        let target = FileTarget::open(self.path, options.existing)?;
        let template = self.template()?;
        let mut bytes = Vec::new();
        let (mut document, findings) = self.begun(&template, also, options, &mut bytes)?;
        let mut done = Vec::with_capacity(self.people.len());
        for (person, photo) in self.people.iter().zip(findings) {
            done.push(Done { filled: document.push(person).map_err(not_made(self.path))?, photo });
            self.steps.step()?;
        }
        document.finish().map_err(not_made(self.path))?;
        target.write(&bytes)?;
        Ok((one_file(self.path), done))
    }

    /// The document with everybody's photo in it and no form yet, and what is to be said of each photo.
    fn begun<'t, 'o>(
        &'t self,
        template: &'t FormTemplate,
        also: Option<&FolderForms<'_>>,
        options: &WriteOptions<'_>,
        bytes: &'o mut Vec<u8>,
    ) -> Result<Begun<'t, 'o>, Error> {
        let failed = not_made(self.path);
        if self.photos.is_empty() {
            let findings = (0..self.people.len()).map(|position| self.photos.prepare(position).1).collect();
            return Ok((MergedForms::new(template, self.scheme, bytes).map_err(failed)?, findings));
        }
        let pool = pool(options.threads)?;
        let start = || (template.filler(self.scheme), Vec::new());
        let prepare = |buffers: &mut Buffers<'_>, position: usize| {
            let (photo, finding) = self.photos.prepare(position);
            also.map(|folder| folder.add(position, self, photo.as_ref(), buffers)).transpose()?;
            Ok((photo, finding))
        };
        let mut photos = MergedPhotos::new(template, bytes).map_err(&failed)?;
        let mut findings = Vec::with_capacity(self.people.len());
        for first in (0..self.people.len()).step_by(PHOTOS_AT_ONCE) {
            let positions = first..self.people.len().min(first + PHOTOS_AT_ONCE);
            let prepare_all = || positions.into_par_iter().map_init(start, prepare).collect::<Result<Vec<_>, Error>>();
            for (photo, finding) in pool.install(prepare_all)? {
                photos.push(photo.as_ref()).map_err(&failed)?;
                findings.push(finding);
            }
            self.steps.go_on()?;
        }
        Ok((photos.into_forms(self.scheme).map_err(&failed)?, findings))
    }

    /// All in one workbook, a sheet each.
    fn workbook(&self, options: &WriteOptions<'_>) -> Outcome {
        if let Some(FormBlank::Workbook(blank)) = &self.template {
            return self.sheets(blank, options);
        }
        let target = FileTarget::open(self.path, options.existing)?;
        let people = self.people.iter().copied();
        let pool = pool(options.threads)?;
        let has: Vec<bool> = (0..self.people.len()).map(|position| self.photos.has(position)).collect();
        let mut findings = vec![None; has.len()];
        let mut ready: Vec<(Option<Photo>, Option<Diagnostic>)> = Vec::new();
        let mut first = 0;
        let mut prepared = |position: usize| {
            if position >= first + ready.len() {
                first = position;
                let positions = first..self.people.len().min(first + PHOTOS_AT_ONCE);
                ready = pool.install(|| positions.into_par_iter().map(|position| self.photos.prepare(position)).collect());
            }
            let (photo, finding) = ready.get_mut(position - first).map(std::mem::take)?;
            findings[position] = finding;
            photo
        };
        let made = xlsx::forms_with_photos(people, SheetPhotos::new(has, &mut prepared), self.scheme, &XlsxOptions::default());
        let (bytes, filled) = made.map_err(not_made(self.path))?;
        target.write(&bytes)?;
        let of_missing = |position| if self.photos.has(position) { None } else { self.photos.prepare(position).1 };
        let done = filled.into_iter().zip(findings).enumerate();
        let done = done.map(|(position, (filled, finding))| Done { filled, photo: finding.or_else(|| of_missing(position)) });
        Ok((one_file(self.path), done.collect()))
    }

    /// All in one workbook, each a copy of the blank's sheet, filled by several threads.
    fn sheets(&self, blank: &FormWorkbook, options: &WriteOptions<'_>) -> Outcome {
        let target = FileTarget::open(self.path, options.existing)?;
        let failed = not_made(self.path);
        let pool = pool(options.threads)?;
        let total = self.people.len();
        let has: Vec<bool> = (0..total).map(|position| self.photos.has(position)).collect();
        let mut bytes = Vec::new();
        let mut sheets = FormSheets::new(blank, &self.people, &has, self.scheme, &mut bytes).map_err(&failed)?;
        let mut done = Vec::with_capacity(total);
        for first in (0..total).step_by(SHEETS_AT_ONCE) {
            let positions = first..total.min(first + SHEETS_AT_ONCE);
            let (photos, findings): (Vec<_>, Vec<_>) =
                pool.install(|| positions.into_par_iter().map(|position| self.photos.prepare(position)).unzip());
            let filled = pool.install(|| sheets.push(&photos)).map_err(&failed)?;
            done.extend(filled.into_iter().zip(findings).map(|(filled, photo)| Done { filled, photo }));
            self.steps.step_by(photos.len())?;
        }
        sheets.finish().map_err(failed)?;
        target.write(&bytes)?;
        Ok((one_file(self.path), done))
    }

    fn template(&self) -> Result<Cow<'_, FormTemplate>, Error> {
        match &self.template {
            Some(FormBlank::Word(template)) => Ok(Cow::Borrowed(template)),
            Some(FormBlank::Workbook(_)) | None => FormTemplate::built_in(self.scheme).map(Cow::Owned).map_err(not_made(self.path)),
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
        self.step_by(1)
    }

    /// So many more are done.
    fn step_by(&self, count: usize) -> Result<(), Error> {
        self.done.fetch_add(count, Ordering::Relaxed);
        self.go_on()
    }

    /// Asks whether to go on.
    fn go_on(&self) -> Result<(), Error> {
        let done = self.done.load(Ordering::Relaxed);
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
