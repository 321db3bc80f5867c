//! A job: inputs are read and judged, something may be written, and what came of it is told.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use mingce::{
    Checked, CollectOptions, Date, Error, Existing, Input, Limits, Passwords, Pending, Placed, Report, ReturnedOptions, Scheme, Scope,
    Severity, WriteOptions, Written,
};

use crate::args::{Format, Lists, Masking, Producing, Quiet, Reading, Returning, SchemeFolder, Strict, Writing, to_date};
use crate::exit::Exit;
use crate::output::{self, masked_if};
use crate::progress::Bar;
use crate::report::text::{Ending, Held, Returned};
use crate::report::{failure, json, text};

/// What was asked for.
pub(crate) struct Job<'a> {
    /// What is read, and how it is told.
    pub(crate) reading: &'a Reading,
    /// What is known of units and members.
    pub(crate) lists: &'a Lists,
    /// Where the output goes; `None` for a command that only judges.
    pub(crate) writing: Option<(&'a Writing, &'a Strict)>,
    /// Where returned rows go; `None` for a command that has no place for them.
    pub(crate) returning: Option<&'a Returning>,
    /// Whether outputs that exist are replaced.
    pub(crate) force: bool,
    /// Whether what is written and told is for publication.
    pub(crate) masking: Masking,
    /// What photos are needed for.
    pub(crate) photos: Photos<'a>,
    /// The blank that is filled, which is no input.
    pub(crate) template: Option<&'a Path>,
}

/// What photos are needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Photos<'a> {
    /// Nothing: the output has none.
    Unused,
    /// They are looked at from outside.
    Judged,
    /// They are put into forms, those of this folder first; none of its files is an input.
    Written(Option<&'a Path>),
}

/// What was read, and what came of it.
pub(crate) struct Judged {
    /// The scheme it was judged by.
    pub(crate) scheme: Scheme,
    /// What was read.
    pub(crate) inputs: Vec<Input>,
    /// What was tried on encrypted inputs.
    pub(crate) passwords: Passwords,
    /// What came of it.
    pub(crate) checked: Checked,
    /// The day that dates were judged by.
    pub(crate) today: Date,
}

/// How an output is written.
pub(crate) type Write<'a> = &'a dyn Fn(&Checked, &Scheme, &Path, WriteOptions<'_>) -> Result<Written, Error>;

/// How an output is written that needs to know more than who passed.
pub(crate) type WriteJudged<'a> = &'a dyn Fn(&Judged, &Path, WriteOptions<'_>) -> Result<Written, Error>;

impl<'a> Job<'a> {
    /// The job of a command that writes what comes of people, with what most such commands have no use for left out.
    pub(crate) fn producing(asked: &'a Producing) -> Self {
        Self {
            reading: &asked.reading,
            lists: &asked.lists,
            writing: Some((&asked.writing, &asked.strict)),
            returning: None,
            force: asked.writing.force,
            masking: Masking::default(),
            photos: Photos::Unused,
            template: None,
        }
    }
}

impl Job<'_> {
    /// Finds out whether the blank that is to be filled fits what is asked for.
    pub(crate) fn check_template(&self, is_roster: bool) -> Result<(), Error> {
        let (Some(file), Some((writing, _))) = (self.template, self.writing) else { return Ok(()) };
        mingce::check_template(file, &writing.output, &scheme(&self.reading.scheme)?, is_roster)
    }

    /// Finds out whether the blank that is to be filled can be used in a handover.
    pub(crate) fn check_pack_template(&self) -> Result<(), Error> {
        let Some(file) = self.template else { return Ok(()) };
        mingce::check_pack_template(file, &scheme(&self.reading.scheme)?)
    }

    /// Does the job of an output that holds people and nothing else.
    pub(crate) fn run(&self, ready: fn(&Path, Existing) -> Result<(), Error>, write: Write<'_>) -> Exit {
        self.run_judged(ready, &|judged, path, options| write(&judged.checked, &judged.scheme, path, options))
    }

    /// Does the job. `ready` finds out beforehand whether the output can be written, so that nobody waits in vain.
    pub(crate) fn run_judged(&self, ready: fn(&Path, Existing) -> Result<(), Error>, write: WriteJudged<'_>) -> Exit {
        if self.has_one_place_for_two() {
            output::stderr("错误：「--output」和「--returned」写到了同一个地方\n提示：请给退回表换一个名字\n");
            return Exit::Usage;
        }
        let bar = Bar::new(self.reading.quiet.quiet);
        let judged = match self.judge(ready, &bar) {
            Ok(judged) => judged,
            Err(error) => {
                bar.clear();
                return self.fail(&error, &Report::default());
            }
        };
        let held = self.held(&judged.checked);
        let written = self.write(&judged, held, &bar, write);
        bar.clear();
        match written {
            Ok((mut written, returned)) => {
                written.files.extend(returned.files.iter().cloned());
                let Judged { scheme, checked, .. } = judged;
                // the program ends with the report: the system takes the memory back at once, faster than person by person
                let checked = ManuallyDrop::new(checked);
                if self.masking.mask {
                    let checked = ManuallyDrop::into_inner(checked).masked(&scheme);
                    let [written, returned] = [written, returned].map(masked);
                    return self.tell(&Report::new(&checked, &written), &scheme, held, &returned);
                }
                self.tell(&Report::new(&checked, &written), &scheme, held, &returned)
            }
            Err(error) => {
                let Judged { scheme, checked, .. } = judged;
                let checked = if self.masking.mask { checked.masked(&scheme) } else { checked };
                self.fail(&error, &Report::new(&checked, &Written::default()))
            }
        }
    }

    /// Writes the output, unless it is held back, and the returned rows: both or none.
    fn write(&self, judged: &Judged, held: Option<Held>, bar: &Bar, write: WriteJudged<'_>) -> Result<(Written, Written), Error> {
        let Judged { scheme, inputs, passwords, checked, .. } = judged;
        let pending = match self.returned_path() {
            Some(path) => {
                let reading = CollectOptions::default().with_passwords(passwords.clone());
                let options = ReturnedOptions::default().with_reading(reading).with_existing(self.existing());
                mingce::prepare_returned(checked, inputs, scheme, path, &options)?
            }
            None => None,
        };
        // taken back where the output then cannot be written
        let placed = pending.map(Pending::place).transpose()?;
        let mut written = match (held, self.writing) {
            (None, Some((writing, _))) => {
                bar.start_writing();
                let show = |progress| bar.show(progress);
                let options = WriteOptions::default().with_existing(self.existing()).with_masking(self.masking.mask).with_progress(&show);
                write(judged, &writing.output, options)?
            }
            _ => Written::default(),
        };
        if self.photos == Photos::Judged {
            written.findings = mingce::photo_findings(checked, scheme);
        }
        Ok((written, placed.map(Placed::keep).unwrap_or_default()))
    }

    fn judge(&self, ready: fn(&Path, Existing) -> Result<(), Error>, bar: &Bar) -> Result<Judged, Error> {
        let output = self.writing.map(|(writing, _)| writing.output.as_path());
        if let Some(output) = output {
            ready(output, self.existing())?;
        }
        if let Some(path) = self.returned_path() {
            mingce::check_returned_target(path, self.existing())?;
        }
        let scheme = scheme(&self.reading.scheme)?;
        let today = today(self.reading);
        let passwords = passwords(self.reading)?;
        // who writes no photos keeps none
        let kept = if matches!(self.photos, Photos::Written(_)) { Limits::default().picture } else { 0 };
        let options = CollectOptions::default().with_passwords(passwords.clone()).with_limits(Limits::default().with_picture(kept));
        let units = self.lists.units.as_deref().map(|path| mingce::load_units(path, &options)).transpose()?;
        let options = options.with_units(units.as_ref());
        let members = self.lists.members.as_deref();
        let members = members.map(|path| mingce::load_members(path, &scheme, today, &options)).transpose()?;
        // what the last run wrote into the folder it read from is no input of this one; rows that it returned are, once corrected
        let lists = [&self.lists.units, &self.lists.members, &self.reading.passwords].into_iter().flatten().map(PathBuf::as_path);
        let photos = if let Photos::Written(folder) = self.photos { folder } else { None };
        let beside: Vec<&Path> = lists.chain(photos).chain(self.template).collect();
        let leave_out: Vec<&Path> = output.into_iter().chain(beside.iter().copied()).collect();
        let inputs = mingce::find_inputs(&self.reading.inputs, &leave_out);
        if let Some(output) = output {
            mingce::check_replaces_no_input(output, &inputs)?;
            mingce::check_replaces_no_input(output, &mingce::find_inputs(beside, &[]))?;
        }
        let show = |progress| bar.show(progress);
        let options = options.with_members(members.as_ref()).with_progress(&show);
        let checked = mingce::collect(inputs.clone(), &scheme, today, &options)?;
        Ok(Judged { scheme, inputs, passwords, checked, today })
    }

    /// Where returned rows were asked to go.
    fn returned_path(&self) -> Option<&Path> {
        self.returning.and_then(|returning| returning.path.as_deref())
    }

    fn existing(&self) -> Existing {
        if self.force { Existing::Replace } else { Existing::Refuse }
    }

    fn has_one_place_for_two(&self) -> bool {
        let absolute = |path: &Path| std::path::absolute(path).ok();
        match (self.writing, self.returned_path()) {
            (Some((writing, _)), Some(path)) => absolute(&writing.output) == absolute(path),
            _ => false,
        }
    }

    fn held(&self, checked: &Checked) -> Option<Held> {
        let is_fault = |scope| matches!(scope, Scope::Row | Scope::Input);
        let is_faulty = checked.diagnostics.iter().any(|finding| finding.severity == Severity::Error && is_fault(finding.code.scope()));
        match self.writing {
            _ if checked.tables.is_empty() => Some(Held::NothingUsed),
            Some((_, strict)) if strict.strict && is_faulty => Some(Held::Strict),
            Some(_) if checked.ledger().accepted == 0 => Some(Held::NobodyAccepted),
            _ => None,
        }
    }

    fn tell(&self, report: &Report<'_>, scheme: &Scheme, held: Option<Held>, returned: &Written) -> Exit {
        let mask = self.masking.mask;
        let output = self.writing.map(|(writing, _)| masked_if(mask, &writing.output.to_string_lossy()).into_owned());
        let path = self.returned_path().map(|path| masked_if(mask, &path.to_string_lossy()).into_owned());
        let returned = path.as_deref().map(|path| Returned { path, files: &returned.files });
        let ending = Ending {
            held,
            output: output.as_deref(),
            returned,
            offers_returned: self.returning.is_some(),
            quiet: self.reading.quiet.quiet,
        };
        let told = match self.reading.format {
            Format::Text => {
                output::stderr(&text::render(report, scheme, &ending));
                Exit::Fine
            }
            Format::Json => json::tell(report),
        };
        status(report, held, told)
    }

    fn fail(&self, error: &Error, report: &Report<'_>) -> Exit {
        fail(error, report, self.reading.format, self.masking)
    }
}

/// Tells why a job could not be done, to programs with the report of what had been read.
pub(crate) fn fail(error: &Error, report: &Report<'_>, format: Format, masking: Masking) -> Exit {
    let exit = failure::tell(error, masking.mask);
    match format {
        Format::Json if exit == Exit::Failed => json::tell(report).max(exit),
        Format::Json | Format::Text => exit,
    }
}

/// The status of a job whose report was told, or could not be.
pub(crate) fn status(report: &Report<'_>, held: Option<Held>, told: Exit) -> Exit {
    match held {
        Some(Held::NothingUsed) => Exit::Failed,
        // what was asked for was the report
        _ if told != Exit::Fine && report.written.is_empty() => Exit::Failed,
        Some(Held::Strict | Held::NobodyAccepted) => Exit::Findings,
        None if told != Exit::Fine || report.rows.accepted == 0 => Exit::Findings,
        None if report.diagnostics.iter().any(|finding| finding.is_error()) => Exit::Findings,
        None => Exit::Fine,
    }
}

/// What was written, with the names of files as a copy for publication may show them.
fn masked(mut written: Written) -> Written {
    written.files.iter_mut().for_each(|file| *file = masked_if(true, file).into_owned());
    written
}

/// The day given, or the one that the clock shows.
pub(crate) fn today(reading: &Reading) -> Date {
    let now = || jiff::Timestamp::now().to_zoned_datetime(time_zone());
    reading.today.unwrap_or_else(|| to_date(now().date()).expect("a system clock starts in 1970 or later"))
}

/// The time zone of the machine.
///
/// Most systems have it in one file; asked by itself, jiff walks through the whole database of zones for its name, which nobody
/// needs here.
fn time_zone() -> jiff::tz::TimeZone {
    let file = if std::env::var_os("TZ").is_none() { std::fs::read("/etc/localtime").ok() } else { None };
    file.and_then(|file| jiff::tz::TimeZone::tzif("", &file).ok()).unwrap_or_else(jiff::tz::TimeZone::system)
}

/// The passwords to try on encrypted inputs.
pub(crate) fn passwords(reading: &Reading) -> Result<Passwords, Error> {
    Ok(reading.passwords.as_deref().map(mingce::load_passwords).transpose()?.unwrap_or_default())
}

/// The scheme in the folder given, or the built-in one.
pub(crate) fn scheme(given: &SchemeFolder) -> Result<Scheme, Error> {
    given.folder.as_deref().map_or_else(|| Ok(Scheme::built_in()), mingce::load_scheme)
}

/// What becomes of an output that exists.
pub(crate) fn existing(writing: &Writing) -> Existing {
    if writing.force { Existing::Replace } else { Existing::Refuse }
}

/// Says what was written, unless nobody wants to hear it.
pub(crate) fn tell_written(written: &Written, quiet: &Quiet) {
    if !quiet.quiet {
        let files: Vec<String> = written.files.iter().map(|file| output::shown(file)).collect();
        output::stderr(&format!("已写出：{}\n", files.join("、")));
    }
}
