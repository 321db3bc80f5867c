//! The handover: one folder with everything that is handed over, in one go.
//!
//! Each part is written by the function that writes it alone, into a folder beside the target that is put in its place when
//! all is there. Names say what a file is and nothing of when it was made.

use std::fs;
use std::path::{Path, PathBuf};

use mingce_core::collection::Checked;
use mingce_core::scheme::Scheme;
use mingce_core::value::Date;
use mingce_writer::xlsx::{self, IndexEntry, IndexSum, XlsxOptions};
use sha2::{Digest, Sha256};

use super::forms::{write_forms, write_forms_twice};
use super::kind::FileKind;
use super::kind::check_folder;
use super::returned::{ReturnedOptions, write_returned};
use super::roster::write_roster;
use super::summary::write_summary;
use super::template::{PackPart, pack_part};
use super::{WriteOptions, Written, not_made};
use crate::names::plain_name;
use crate::target::failed;
use crate::words::below;
use crate::{CollectOptions, Error, Existing, FolderTarget, Input, Report};

/// What stands in the folder beside rosters and forms, which are named after their titles.
const SUMMARY: &str = "党员志愿者登记情况汇总";
const RETURNED: &str = "退回表";
const REPORT: &str = "核对报告.json";
const INDEX: &str = "索引.xlsx";

/// Where the people of a handover come from.
#[derive(Debug, Clone)]
pub struct PackSources<'a> {
    /// The inputs that were judged.
    pub inputs: &'a [Input],
    /// How they were read; those with returned rows are read the same way again.
    pub reading: CollectOptions<'a>,
    /// The day that dates were judged by, and to which ages are counted.
    pub today: Date,
}

/// Finds out whether a handover can be written to this path, before long work starts.
///
/// # Errors
/// As [`write_pack`].
pub fn check_pack_target(path: &Path, existing: Existing) -> Result<(), Error> {
    check_folder(path)?;
    FolderTarget::open(path, existing).map(drop)
}

/// Writes everything for a handover into this folder: the roster and the summary as `.xlsx` and `.docx`, the forms in one
/// document and one by one (from a blank that is a workbook: in one workbook), a returned workbook for each input with returned rows, the report as JSON, and an index with
/// the size and the SHA-256 of every other file.
///
/// The report and the index name files by
/// their path below the folder, so that the bytes do not depend on where it stands.
///
/// # Errors
/// When the path ends like a file, or the folder holds something and must not be added to, or cannot be written; then
/// nothing is.
pub fn write_pack(
    checked: &Checked,
    scheme: &Scheme,
    sources: &PackSources<'_>,
    path: &Path,
    options: &WriteOptions<'_>,
) -> Result<Written, Error> {
    check_folder(path)?;
    let target = FolderTarget::open(path, options.existing)?;
    let pack = Pack { checked, scheme, folder: target.staging().to_owned(), options: options.clone().with_existing(Existing::Refuse) };
    let mut written = pack.documents(sources)?;
    pack.report(&mut written)?;
    pack.index(&mut written, path)?;
    target.finish()?;
    written.files = written.files.iter().map(|name| below(path, name)).collect();
    Ok(written)
}

/// A handover while it is made.
struct Pack<'a> {
    checked: &'a Checked,
    scheme: &'a Scheme,
    folder: PathBuf,
    options: WriteOptions<'a>,
}

impl Pack<'_> {
    /// Rosters, forms, summary and returned rows; their names are below the folder.
    fn documents(&self, sources: &PackSources<'_>) -> Result<Written, Error> {
        let (checked, scheme, options) = (self.checked, self.scheme, &self.options);
        let roster = plain_name(&annexed(&scheme.roster.annex, &scheme.roster.title));
        let form = plain_name(&annexed(&scheme.form.annex, &scheme.form.title));
        let at = |name: &str| self.folder.join(name);
        let mut all = Written::default();
        let part = options.template.map(|template| pack_part(template, scheme)).transpose()?;
        // an office's blank takes the place of what it gives, and of nothing else
        let with = |is_meant: bool| options.clone().with_template(options.template.filter(|_| is_meant));
        for (extension, kind) in [("xlsx", FileKind::Workbook), ("docx", FileKind::Word)] {
            let options = with(part == Some(PackPart::Roster(kind)));
            all.extend(write_roster(checked, scheme, &at(&format!("{roster}.{extension}")), &options)?);
        }
        if part == Some(PackPart::Forms(FileKind::Workbook)) {
            all.extend(write_forms(checked, scheme, &at(&format!("{form}.xlsx")), &with(true))?);
        } else {
            let options = with(part == Some(PackPart::Forms(FileKind::Word)));
            all.extend(write_forms_twice(checked, scheme, [&at(&format!("{form}.docx")), &at(&form)], &options)?);
        }
        for extension in ["xlsx", "docx"] {
            all.extend(write_summary(checked, scheme, sources.today, &at(&format!("{SUMMARY}.{extension}")), options)?);
        }
        let returning = ReturnedOptions::default().with_reading(sources.reading.clone());
        all.extend(write_returned(checked, sources.inputs, scheme, &at(RETURNED), &returning)?);
        all.files = all.files.iter().map(|file| self.name_below(file)).collect();
        Ok(all)
    }

    /// The path below the folder, parts parted by `/`.
    fn name_below(&self, file: &str) -> String {
        let path = Path::new(file);
        let rest = path.strip_prefix(&self.folder).unwrap_or(path);
        let parts: Vec<_> = rest.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    fn report(&self, written: &mut Written) -> Result<(), Error> {
        written.files.push(REPORT.to_owned());
        // the index has the report's checksum and is written after it; it is of the handover like all others
        let mut files = written.files.clone();
        files.push(INDEX.to_owned());
        let all = Written { files, ..written.clone() };
        let report = Report::new(self.checked, &all);
        // texts and numbers only, and maps whose keys are texts: it always serialises
        let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
        text.push('\n');
        let path = self.folder.join(REPORT);
        fs::write(&path, text).map_err(failed(&path))
    }

    fn index(&self, written: &mut Written, target: &Path) -> Result<(), Error> {
        let entries: Vec<IndexEntry> = written.files.iter().map(|name| self.entry(name)).collect::<Result<_, Error>>()?;
        let path = self.folder.join(INDEX);
        let bytes = xlsx::index(&entries, &self.sums(entries.len() + 1), &XlsxOptions::default()).map_err(not_made(&target.join(INDEX)))?;
        fs::write(&path, bytes).map_err(failed(&path))?;
        written.files.push(INDEX.to_owned());
        Ok(())
    }

    /// What was read and what became of it, with the number of files that hold it.
    fn sums(&self, files: usize) -> Vec<IndexSum> {
        let rows = self.checked.ledger();
        let listed = self.checked.listed().count();
        let sum = |name: &str, count: usize, meaning: &str| IndexSum { name: name.to_owned(), count, meaning: meaning.to_owned() };
        vec![
            sum("读取", rows.read, "收集来的表格里读到的人，一行、一张或一份算一人次"),
            sum("接收", rows.accepted, "核对通过的"),
            sum("退回", rows.returned, if rows.returned > 0 { "要改正后重报的，见「退回表」" } else { "没有要改正后重报的" }),
            sum("跳过", rows.skipped, "标题、合计、说明等不是人的行"),
            sum("名册人数", listed, "写进名册和登记表的人；在两个单位都登记的只列一次"),
            sum("单位", self.checked.units.len(), "参与情况见汇总"),
            sum("文件", files, "这个文件夹里的文件，含本索引"),
        ]
    }

    fn entry(&self, name: &str) -> Result<IndexEntry, Error> {
        let path = self.folder.join(name);
        let bytes = fs::read(&path).map_err(failed(&path))?;
        let (content, people) = self.content(name);
        let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(IndexEntry { path: name.to_owned(), content: content.to_owned(), people, size: bytes.len(), sha256 })
    }

    /// What a file of this name holds, and how many people.
    fn content(&self, name: &str) -> (&'static str, Option<usize>) {
        let listed = Some(self.checked.listed().count());
        let roster = plain_name(&annexed(&self.scheme.roster.annex, &self.scheme.roster.title));
        if name == REPORT {
            ("核对报告（供程序读取）", None)
        } else if name.starts_with(&format!("{SUMMARY}.")) {
            ("参与比例、服务项目和人员构成汇总", listed)
        } else if name.starts_with(&format!("{RETURNED}/")) {
            ("要改正后重报的人", None)
        } else if name.starts_with(&format!("{roster}.")) {
            ("名册", listed)
        } else if name.contains('/') {
            ("登记表，一人一份", Some(1))
        } else {
            ("登记表，合在一个文件里，每人一页", listed)
        }
    }
}

/// `附件2-党员志愿者名册`, or the title alone where there is no annex.
fn annexed(annex: &str, title: &str) -> String {
    if annex.is_empty() { title.to_owned() } else { format!("{annex}-{title}") }
}
