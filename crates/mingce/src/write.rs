//! What passed is poured into documents: the writing half of the pipeline.

mod blank;
mod changes;
mod findings;
mod forms;
mod kind;
mod pack;
mod photos;
mod returned;
mod roster;
mod summary;
mod teams;
mod template;

use std::fmt;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use mingce_core::diagnostic::Diagnostic;

use crate::order::Order;
use crate::progress::OnProgress;
use crate::{Error, Existing};

pub use blank::{Blank, write_blank};
pub use changes::{ChangesTarget, write_changes};
pub use forms::{check_forms_target, write_forms};
pub use pack::{PackSources, check_pack_target, write_pack};
pub use photos::photo_findings;
pub use returned::{Pending, Placed, ReturnedOptions, check_returned_target, prepare_returned, write_returned};
pub use roster::{check_roster_target, write_roster};
pub use summary::{check_summary_target, write_summary};
pub use teams::{check_teams_target, write_teams};
pub use template::{TemplateMap, check_pack_template, check_template, template_map};

/// How outputs are written.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct WriteOptions<'a> {
    /// What becomes of an output that exists.
    pub existing: Existing,
    /// How many threads fill forms; all cores without a number. The bytes do not depend on it.
    pub threads: Option<NonZeroUsize>,
    /// In which order people stand.
    pub order: Order,
    /// Whether the output is a copy for publication: rosters, teams and changes then show no full number and no address.
    pub is_masked: bool,
    /// The folder in which people's photos for their forms are looked for, by ID number, mobile or name.
    pub photos: Option<&'a Path>,
    /// Told after every form.
    pub progress: Option<OnProgress<'a>>,
    /// An official blank that is filled in the place of the scheme's own layout.
    pub template: Option<&'a Path>,
}

impl fmt::Debug for WriteOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // a callback has nothing to show
        f.debug_struct("WriteOptions")
            .field("existing", &self.existing)
            .field("threads", &self.threads)
            .field("order", &self.order)
            .field("is_masked", &self.is_masked)
            .field("photos", &self.photos)
            .field("template", &self.template)
            .finish_non_exhaustive()
    }
}

impl<'a> WriteOptions<'a> {
    /// With existing outputs refused or replaced.
    #[must_use]
    pub fn with_existing(mut self, existing: Existing) -> Self {
        self.existing = existing;
        self
    }

    /// With so many threads.
    #[must_use]
    pub fn with_threads(mut self, threads: Option<NonZeroUsize>) -> Self {
        self.threads = threads;
        self
    }

    /// With people in this order.
    #[must_use]
    pub fn with_order(mut self, order: Order) -> Self {
        self.order = order;
        self
    }

    /// As a copy for publication, or not.
    #[must_use]
    pub fn with_masking(mut self, is_masked: bool) -> Self {
        self.is_masked = is_masked;
        self
    }

    /// With an official blank to be filled.
    #[must_use]
    pub fn with_template(mut self, template: Option<&'a Path>) -> Self {
        self.template = template;
        self
    }

    /// With the photos of this folder.
    #[must_use]
    pub fn with_photos(mut self, folder: Option<&'a Path>) -> Self {
        self.photos = folder;
        self
    }

    /// With somebody to be told how far the writing is.
    #[must_use]
    pub fn with_progress(mut self, progress: OnProgress<'a>) -> Self {
        self.progress = Some(progress);
        self
    }
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The files, as given; below a folder: the folder, `/`, the rest. In the order of the people.
    pub files: Vec<String>,
    /// What somebody should hear about the documents, in the order of the people.
    pub findings: Vec<Diagnostic>,
}

impl Written {
    /// Adds what else was written.
    fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
        self.findings.extend(other.findings);
    }
}

/// The one file that was written, as given.
fn one_file(path: &Path) -> Vec<String> {
    vec![path.to_string_lossy().into_owned()]
}

/// Says which output the writer could not make.
fn not_made(path: &Path) -> impl Fn(mingce_writer::Error) -> Error + use<> {
    let path = PathBuf::from(path);
    move |source| Error::Document { path: path.clone(), source }
}
