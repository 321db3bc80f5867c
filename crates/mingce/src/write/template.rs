//! Somebody else's blanks: read, judged, and what should be heard about them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use compact_str::CompactString;
use mingce_core::diagnostic::{Code, Diagnostic, Location};
use mingce_core::registration::Registration;
use mingce_core::scheme::{CellContent, Field, Scheme};
use mingce_core::text::is_blank_character;
use mingce_writer::BlankKind;
use mingce_writer::Shares;
use mingce_writer::form::{Filled, FormTemplate};
use mingce_writer::roster::RosterTemplate;
use mingce_writer::xlsx::{FormWorkbook, RosterWorkbook};

use super::kind::FileKind;
use crate::Error;

/// Most bytes of a blank.
const MOST_BYTES: u64 = 64 << 20;

/// The map of a blank: its labels, and what stands at them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TemplateMap {
    /// Whether it is a roster; else it is a form.
    pub is_roster: bool,
    /// Its labels in reading order, each with the fields that stand there.
    pub places: Vec<(String, Vec<Field>)>,
    /// Labels without a field, and fields without a place.
    pub findings: Vec<Diagnostic>,
}

/// A form blank: a Word document, or a sheet of a workbook.
pub(super) enum FormBlank {
    /// A Word document.
    Word(Box<FormTemplate>),
    /// A workbook.
    Workbook(Box<FormWorkbook>),
}

/// A roster blank: a Word document, or a sheet of a workbook.
pub(super) enum RosterBlank {
    /// A Word document.
    Word(Box<RosterTemplate>),
    /// A workbook.
    Workbook(Box<RosterWorkbook>),
}

impl FormBlank {
    fn open(path: &Path, scheme: &Scheme) -> Result<Self, Error> {
        let bytes = read(path)?;
        let form = match kind(path, &bytes)? {
            BlankKind::Workbook => FormWorkbook::from_xlsx(&bytes, scheme).map(|form| Self::Workbook(Box::new(form))),
            BlankKind::Word | BlankKind::Legacy | BlankKind::Other => {
                FormTemplate::from_docx(&bytes, scheme).map(|form| Self::Word(Box::new(form)))
            }
        };
        form.map_err(|source| unusable(path, source))
    }

    fn places(&self) -> &[(String, Vec<Field>)] {
        match self {
            Self::Word(form) => form.places(),
            Self::Workbook(form) => form.places(),
        }
    }

    fn unclaimed(&self) -> &[String] {
        match self {
            Self::Word(form) => form.unclaimed(),
            Self::Workbook(form) => form.unclaimed(),
        }
    }

    fn has_macros(&self) -> bool {
        match self {
            Self::Word(form) => form.has_macros(),
            Self::Workbook(form) => form.has_macros(),
        }
    }

    /// Whether photos can be put into it.
    pub(super) fn has_photo(&self) -> bool {
        match self {
            Self::Word(form) => form.has_photo(),
            Self::Workbook(form) => form.has_photo(),
        }
    }

    fn findings(&self, path: &Path, scheme: &Scheme) -> Vec<Diagnostic> {
        let mut findings = findings_of(path, self.places(), self.unclaimed(), &form_fields(scheme), scheme);
        findings.extend(macros(path, self.has_macros()));
        if let Self::Workbook(form) = self {
            findings.extend(strays(path, form.strays(), "要填的话，请把它移到登记表那一张工作表里"));
        }
        findings
    }
}

impl RosterBlank {
    fn open(path: &Path, scheme: &Scheme) -> Result<Self, Error> {
        let bytes = read(path)?;
        let roster = match kind(path, &bytes)? {
            BlankKind::Workbook => RosterWorkbook::from_xlsx(&bytes, scheme).map(|roster| Self::Workbook(Box::new(roster))),
            BlankKind::Word | BlankKind::Legacy | BlankKind::Other => {
                RosterTemplate::from_docx(&bytes, scheme).map(|roster| Self::Word(Box::new(roster)))
            }
        };
        roster.map_err(|source| unusable(path, source))
    }

    fn places(&self) -> &[(String, Vec<Field>)] {
        match self {
            Self::Word(roster) => roster.places(),
            Self::Workbook(roster) => roster.places(),
        }
    }

    fn unclaimed(&self) -> &[String] {
        match self {
            Self::Word(roster) => roster.unclaimed(),
            Self::Workbook(roster) => roster.unclaimed(),
        }
    }

    fn findings(&self, path: &Path, scheme: &Scheme) -> Vec<Diagnostic> {
        let labels = match self {
            Self::Word(roster) => roster.strays(),
            Self::Workbook(roster) => roster.strays(),
        };
        let mut findings = findings_of(path, self.places(), self.unclaimed(), &roster_fields(scheme), scheme);
        findings.extend(macros(path, self.has_macros()));
        findings.extend(strays(path, labels, "要填的话，请把它移到名册每人一行的格子里"));
        findings
    }

    fn has_macros(&self) -> bool {
        match self {
            Self::Word(roster) => roster.has_macros(),
            Self::Workbook(roster) => roster.has_macros(),
        }
    }

    /// Who of these people stands in which of its lists.
    pub(super) fn shares(&self, people: &[&Registration], scheme: &Scheme) -> Shares {
        match self {
            Self::Word(roster) => roster.shares(people, scheme),
            Self::Workbook(roster) => roster.shares(people, scheme),
        }
    }

    /// The roster of these people, and what should be heard about each of them.
    pub(super) fn fill(
        &self,
        people: &[&Registration],
        shares: &Shares,
        scheme: &Scheme,
    ) -> Result<(Vec<u8>, Vec<Filled>), mingce_writer::Error> {
        match self {
            Self::Word(roster) => roster.fill_shared(people, shares, scheme),
            Self::Workbook(roster) => roster.fill_shared(people, shares, scheme),
        }
    }
}

/// What should be heard of lists in a blank that stay empty, because nothing says who is to stand there, and of branches without a list.
pub(super) fn of_shares(path: &Path, shares: &Shares) -> Vec<Diagnostic> {
    let finding = |caption: &str, message: String, hint: &'static str| {
        let at = Location { cell: Some(caption.into()), ..Location::of_file(&*path.to_string_lossy()) };
        Diagnostic::new(Code::SlotUnknown, at, message).with_hint(hint)
    };
    let empty = shares.left_empty().iter().map(|caption| {
        let message = format!("空白表里「{caption}」下面没有填人：没有人的所在党支部写着这个名称");
        finding(caption, message, "说不清属于哪一组的人都写在第一组里，请看一看要不要移到这里")
    });
    let strangers = shares.strangers().iter().map(|(branch, caption)| {
        let message = format!("空白表里没有「{branch}」这一组，这个支部的人写在「{caption}」里了");
        finding(caption, message, "请在空白表里加上这一组再填，或看一看这些人要写在哪里")
    });
    empty.chain(strangers).collect()
}

/// Finds out whether this blank can be filled for this output, before long work starts.
///
/// # Errors
/// [`Error::TemplateKind`] when the blank is of another kind than the output, else as [`template_map`].
pub fn check_template(template: &Path, output: &Path, scheme: &Scheme, is_roster: bool) -> Result<(), Error> {
    if is_roster { roster_template(template, output, scheme).map(drop) } else { form_template(template, output, scheme).map(drop) }
}

/// Finds out whether this blank can be used in a handover, before long work starts.
///
/// # Errors
/// As [`template_map`].
pub fn check_pack_template(template: &Path, scheme: &Scheme) -> Result<(), Error> {
    pack_part(template, scheme).map(drop)
}

/// What a blank gives in a handover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PackPart {
    /// The forms, in files of this kind.
    Forms(FileKind),
    /// The roster of this kind.
    Roster(FileKind),
}

/// What this blank gives in a handover.
pub(super) fn pack_part(template: &Path, scheme: &Scheme) -> Result<PackPart, Error> {
    let bytes = read(template)?;
    let kind = if kind(template, &bytes)? == BlankKind::Workbook { FileKind::Workbook } else { FileKind::Word };
    let map = template_map(template, scheme)?;
    Ok(if map.is_roster { PackPart::Roster(kind) } else { PackPart::Forms(kind) })
}

/// The map that was found in a blank: of the form and the roster, the one that finds more places.
///
/// # Errors
/// When the blank cannot be read, or has neither.
pub fn template_map(template: &Path, scheme: &Scheme) -> Result<TemplateMap, Error> {
    let form = FormBlank::open(template, scheme);
    let roster = RosterBlank::open(template, scheme).ok();
    match (form, roster) {
        (form, Some(roster)) if form.as_ref().map_or(0, |form| distinct(form.places())) <= distinct(roster.places()) => {
            Ok(TemplateMap { is_roster: true, places: roster.places().to_vec(), findings: roster.findings(template, scheme) })
        }
        (Ok(form), _) => Ok(TemplateMap { is_roster: false, places: form.places().to_vec(), findings: form.findings(template, scheme) }),
        (Err(error), _) => Err(error),
    }
}

/// How many places ask for something that none before asks for: each of several lists has the same heading.
fn distinct(places: &[(String, Vec<Field>)]) -> usize {
    places.iter().map(|(_, fields)| fields).collect::<BTreeSet<_>>().len()
}

/// The form blank at this path, with what should be heard about it.
pub(super) fn form_template(path: &Path, output: &Path, scheme: &Scheme) -> Result<(FormBlank, Vec<Diagnostic>), Error> {
    let form = FormBlank::open(path, scheme)?;
    fits(matches!(form, FormBlank::Workbook(_)), path, output)?;
    // the heading of a roster has the labels of a form, and an empty line below them
    if RosterBlank::open(path, scheme).is_ok_and(|roster| distinct(roster.places()) >= distinct(form.places())) {
        return Err(Error::TemplateKind { template: path.to_owned(), output: output.to_owned() });
    }
    let findings = form.findings(path, scheme);
    Ok((form, findings))
}

/// What should be heard of placeholders that a document of several forms has only once.
pub(super) fn shared_findings(path: &Path, form: &FormBlank) -> Vec<Diagnostic> {
    let FormBlank::Word(form) = form else { return Vec::new() };
    let finding = |label: &str| {
        let at = Location { cell: Some(label.into()), ..Location::of_file(&*path.to_string_lossy()) };
        let message = format!("空白表页眉页脚里的「{label}」各人不同，合成一个文档时没有填");
        Diagnostic::new(Code::SlotUnknown, at, message).with_hint("要填的话，请把 -o 写成文件夹，每人一个文件")
    };
    form.shared_places().map(finding).collect()
}

/// The roster blank at this path, with what should be heard about it.
pub(super) fn roster_template(path: &Path, output: &Path, scheme: &Scheme) -> Result<(RosterBlank, Vec<Diagnostic>), Error> {
    let roster = RosterBlank::open(path, scheme)?;
    fits(matches!(roster, RosterBlank::Workbook(_)), path, output)?;
    let findings = roster.findings(path, scheme);
    Ok((roster, findings))
}

/// A Word blank gives Word documents, a workbook a workbook.
fn fits(is_workbook: bool, template: &Path, output: &Path) -> Result<(), Error> {
    let gives_workbook = output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    if is_workbook != gives_workbook {
        return Err(Error::TemplateKind { template: template.to_owned(), output: output.to_owned() });
    }
    Ok(())
}

/// The kind of a blank, by its content; one that has to be saved otherwise first is refused.
fn kind(path: &Path, bytes: &[u8]) -> Result<BlankKind, Error> {
    match BlankKind::of(bytes) {
        BlankKind::Legacy => Err(Error::TemplateLegacy { path: path.to_owned() }),
        BlankKind::Other => Err(Error::TemplateForeign { path: path.to_owned() }),
        kind @ (BlankKind::Word | BlankKind::Workbook) => Ok(kind),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let fail = |source| Error::TemplateUnreadable { path: path.to_owned(), source };
    let found = fs::metadata(path).map_err(fail)?;
    if !found.is_file() {
        return Err(fail(std::io::ErrorKind::IsADirectory.into()));
    }
    if found.len() > MOST_BYTES {
        return Err(fail(std::io::ErrorKind::FileTooLarge.into()));
    }
    fs::read(path).map_err(fail)
}

fn unusable(path: &Path, source: mingce_writer::Error) -> Error {
    Error::TemplateUnusable { path: path.to_owned(), source }
}

/// The fields that annex 1 asks for.
fn form_fields(scheme: &Scheme) -> Vec<Field> {
    let cells = scheme.form.rows.iter().flat_map(|row| &row.cells);
    cells
        .filter_map(|cell| match cell.content {
            CellContent::Answer { field } | CellContent::Choice { field, .. } => Some(field),
            CellContent::Label { .. } | CellContent::Photo { .. } | CellContent::Text { .. } => None,
        })
        .collect()
}

/// The fields that annex 2 asks for.
fn roster_fields(scheme: &Scheme) -> Vec<Field> {
    scheme.roster.columns.iter().flat_map(|column| column.from.iter().copied()).collect()
}

/// Placeholders that stand where no person's answers do.
fn strays<'a>(path: &'a Path, labels: &'a [String], hint: &'static str) -> impl Iterator<Item = Diagnostic> + 'a {
    labels.iter().map(move |label| {
        let at = Location { cell: Some(label.as_str().into()), ..Location::of_file(&*path.to_string_lossy()) };
        Diagnostic::new(Code::SlotUnknown, at, format!("空白表里的「{label}」不在每人各填一份的地方，没有填")).with_hint(hint)
    })
}

/// Macros of the blank, which nothing that is made of it has.
fn macros(path: &Path, has_macros: bool) -> Option<Diagnostic> {
    let at = Location { cell: Some("宏".into()), ..Location::of_file(&*path.to_string_lossy()) };
    let finding = Diagnostic::new(Code::SlotUnknown, at, "空白表带有宏，填好的文件里没有宏，格子和版式都在".to_owned());
    has_macros.then(|| finding.with_hint("只是填表、打印的话不用管；要用宏里的按钮，请回到原来的文件里用"))
}

fn findings_of(path: &Path, places: &[(String, Vec<Field>)], unclaimed: &[String], wanted: &[Field], scheme: &Scheme) -> Vec<Diagnostic> {
    let file = path.to_string_lossy();
    let unknown = unclaimed.iter().map(|label| {
        let label: CompactString = label.chars().filter(|c| !is_blank_character(*c) && !matches!(c, '：' | ':')).collect();
        let message = format!("空白表里的「{label}」不属于方案的任何一项，这一格没有填");
        let at = Location { cell: Some(label), ..Location::of_file(&*file) };
        Diagnostic::new(Code::SlotUnknown, at, message)
            .with_hint("如果它就是方案里的某一项，请在方案里把这个叫法加进 aliases；不是的话不用管")
    });
    let has_place = |field: &Field| places.iter().any(|(_, fields)| fields.contains(field));
    let mut missing: Vec<Field> = Vec::new();
    for field in wanted.iter().filter(|field| !matches!(field, Field::Photo | Field::SignedOn | Field::Seq) && !has_place(field)) {
        if !missing.contains(field) {
            missing.push(*field);
        }
    }
    let missing = missing.into_iter().map(|field| {
        let message = format!("空白表里没有填写「{}」的地方，这一项没有写进去", scheme.label(field));
        let at = Location { field: Some(field.key(scheme).into()), ..Location::of_file(&*file) };
        Diagnostic::new(Code::SlotMissing, at, message).with_hint("需要它的话，请在空白表里加上这一栏")
    });
    unknown.chain(missing).collect()
}
