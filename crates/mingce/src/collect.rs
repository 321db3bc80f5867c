//! Files become grids, grids become registrations, registrations are judged: the reading half of the pipeline.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use mingce_core::collection::{Checked, Collection};
use mingce_core::diagnostic::{Diagnostic, Location};
use mingce_core::members::Members;
use mingce_core::scheme::Scheme;
use mingce_core::units::Units;
use mingce_core::value::Date;
use mingce_reader::{Damaged, Limits, Passwords, Reach};

use crate::progress::{OnProgress, Progress, Stage};
use crate::{Error, Input};

/// How inputs are read.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct CollectOptions<'a> {
    /// How much of an input is read before it counts as hostile.
    pub limits: Limits,
    /// Passwords that are tried on encrypted inputs.
    pub passwords: Passwords,
    /// The units people are counted under.
    pub units: Option<&'a Units>,
    /// The list of party members; it was made with the same units.
    pub members: Option<&'a Members>,
    /// Told after every input.
    pub progress: Option<OnProgress<'a>>,
}

impl fmt::Debug for CollectOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // passwords are nobody's business, and a callback has nothing to show
        f.debug_struct("CollectOptions")
            .field("limits", &self.limits)
            .field("units", &self.units)
            .field("members", &self.members)
            .finish_non_exhaustive()
    }
}

impl<'a> CollectOptions<'a> {
    /// With other limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// With passwords that are tried on encrypted inputs.
    #[must_use]
    pub fn with_passwords(mut self, passwords: Passwords) -> Self {
        self.passwords = passwords;
        self
    }

    /// With the units people are counted under.
    #[must_use]
    pub fn with_units(mut self, units: Option<&'a Units>) -> Self {
        self.units = units;
        self
    }

    /// With the list of party members.
    #[must_use]
    pub fn with_members(mut self, members: Option<&'a Members>) -> Self {
        self.members = members;
        self
    }

    /// With somebody to be told how far the reading is.
    #[must_use]
    pub fn with_progress(mut self, progress: OnProgress<'a>) -> Self {
        self.progress = Some(progress);
        self
    }
}

/// Reads all inputs in their order and judges everybody in them by the scheme's rules.
///
/// `today` is the day that date rules are judged by. An input that cannot be used is a finding like any other; when none
/// could be used, [`Checked::tables`] is empty.
///
/// # Errors
/// [`Error::Cancelled`] when the progress callback asks to stop.
///
/// # Examples
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mingce::{CollectOptions, Date, Input, Scheme, collect};
///
/// let today = Date::new(2014, 4, Some(30)).ok_or("a day of the calendar")?;
/// let input = Input::from_bytes("空.xlsx", []);
/// let checked = collect([input], &Scheme::built_in(), today, &CollectOptions::default())?;
/// assert_eq!(checked.ledger().read, 0);
/// assert_eq!(checked.diagnostics[0].code.name(), "unreadable-file");
/// # Ok(())
/// # }
/// ```
pub fn collect(
    inputs: impl IntoIterator<Item = Input>,
    scheme: &Scheme,
    today: Date,
    options: &CollectOptions<'_>,
) -> Result<Checked, Error> {
    let inputs: Vec<Input> = inputs.into_iter().collect();
    let total = inputs.len();
    let mut collection = Collection::new(scheme, today);
    if let Some(units) = options.units {
        collection = collection.with_units(units);
    }
    if let Some(members) = options.members {
        collection = collection.with_members(members);
    }
    for (done, input) in inputs.into_iter().enumerate() {
        add(&mut collection, input, options);
        let told = options.progress.map(|tell| tell(Progress { stage: Stage::Reading, done: done + 1, total }));
        if told == Some(ControlFlow::Break(())) {
            return Err(Error::Cancelled);
        }
    }
    Ok(collection.judge())
}

fn add(collection: &mut Collection<'_>, input: Input, options: &CollectOptions<'_>) {
    let name = Arc::clone(&input.name);
    match read(input, options) {
        Ok(document) => {
            for finding in &document.findings {
                collection.add_remark(&name, finding.to_string());
            }
            for damaged in &document.damaged {
                collection.add_finding(told(&name, damaged));
            }
            collection.add_document(&name, &document.grids);
        }
        Err(finding) => collection.add_finding(*finding),
    }
}

/// What is said of a part of a file that could not be read.
fn told(file: &Arc<str>, Damaged { sheet, error, reach, .. }: &Damaged) -> Diagnostic {
    let message = match (sheet, reach) {
        (None, _) => format!("文档从损坏的地方起没有读取，前面的表格和文字照常读取：{error}"),
        (Some(sheet), Reach::SheetAndBehind) => format!("工作表「{sheet}」和它后面的内容没有读取，前面的工作表照常读取：{error}"),
        (Some(sheet), Reach::Behind) => format!("工作表「{sheet}」后面的内容没有读取，到它为止的工作表照常读取：{error}"),
        (Some(sheet), _) => format!("工作表「{sheet}」没有读取，其余工作表照常读取：{error}"),
    };
    Diagnostic::new(error.code(), Location::of_file(Arc::clone(file)).with_sheet(sheet.clone()), message).with_hint(error.hint())
}

pub(crate) fn read(input: Input, options: &CollectOptions<'_>) -> Result<mingce_reader::Document, Box<Diagnostic>> {
    let name = Arc::clone(&input.name);
    let bytes = input.into_bytes(options.limits.input)?;
    mingce_reader::read_with_passwords(&name, &bytes, &options.limits, &options.passwords).map_err(|error| {
        let at = Location::of_file(Arc::clone(&name));
        Box::new(Diagnostic::new(error.code(), at, error.to_string()).with_hint(error.hint()))
    })
}
