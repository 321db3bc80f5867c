//! Why a job could not be done. What the input says that somebody must hear about is a finding, not an error.

use std::io;
use std::path::PathBuf;

use mingce_core::scheme::Faults;
use mingce_core::units::UnitsError;

/// Why nothing was written.
///
/// Texts are Chinese sentences for the person at the keyboard; the cause, where there is one, is the error's source.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The output exists and was not to be replaced.
    #[error("「{}」已经存在", path.display())]
    Exists {
        /// The output as given.
        path: PathBuf,
    },
    /// The output folder holds something and was not to be added to.
    #[error("文件夹「{}」不是空的", path.display())]
    FolderNotEmpty {
        /// The output as given.
        path: PathBuf,
    },
    /// The folder in which the output should stand does not exist.
    #[error("要写到「{}」，但文件夹「{}」不存在", path.display(), parent.display())]
    ParentMissing {
        /// The output as given.
        path: PathBuf,
        /// The folder that is missing.
        parent: PathBuf,
    },
    /// A file is to be written where a folder (or something that is no file) stands.
    #[error("「{}」是文件夹，不能当作文件来写", path.display())]
    NotAFile {
        /// The output, or the file in the output folder.
        path: PathBuf,
    },
    /// A folder is to be filled where a file stands.
    #[error("「{}」是文件，不能当作文件夹来写", path.display())]
    NotAFolder {
        /// The output as given.
        path: PathBuf,
    },
    /// The output would take the place of a file that is read, or its folder holds one.
    #[error("「{}」是这次要读的文件，或装着要读的文件，不能写在它上面", path.display())]
    ReplacesInput {
        /// The output as given.
        path: PathBuf,
    },
    /// The name of the output does not say a kind that this output can have.
    #[error("输出「{}」的扩展名不对，应为 {expected}", path.display())]
    Extension {
        /// The output as given.
        path: PathBuf,
        /// The kinds there are, such as `.xlsx 或 .docx`.
        expected: &'static str,
    },
    /// The system did not let us write.
    #[error("写不了「{}」：{}", path.display(), crate::words::of_io(source))]
    Write {
        /// What was to be written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file of a scheme could not be read.
    #[error("读不了方案文件「{}」：{}", path.display(), crate::words::of_io(source))]
    SchemeUnreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A scheme says something that no scheme can say.
    #[error("方案「{}」有 {} 处错误：\n{faults}", path.display(), faults.0.len())]
    SchemeFaults {
        /// The folder of the scheme.
        path: PathBuf,
        /// Everything that is wrong in it.
        faults: Faults,
    },
    /// The list of units or members could not be read.
    #[error("读不了「{}」：{why}", path.display())]
    ListUnreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The file of passwords cannot be used.
    #[error("读不了密码文件「{}」：{why}", path.display())]
    PasswordsUnreadable {
        /// The file.
        path: PathBuf,
        /// Why; nothing of what stands in it.
        why: String,
    },
    /// The list of units says something that cannot be.
    #[error("单位名单「{}」有错：{source}", path.display())]
    Units {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its line.
        source: Box<UnitsError>,
    },
    /// The list of members holds nobody.
    #[error("党员花名册「{}」里没有找到人：要找的是写着「姓名」和「身份证号」「出生年月」「入党时间」「党支部」等的表头", path.display())]
    NoMembers {
        /// The file.
        path: PathBuf,
    },
    /// An official blank gives another kind of document than was asked for.
    #[error("空白表「{}」做不出「{}」：登记表的空白表只能做登记表，名册的只能做名册；.docx 的只能做 .docx（登记表也可以是文件夹），.xlsx 的只能做 .xlsx", template.display(), output.display())]
    TemplateKind {
        /// The blank.
        template: PathBuf,
        /// The output as given.
        output: PathBuf,
    },
    /// An official blank is of the old binary kind, or has a password.
    #[error("空白表「{}」是旧格式（.doc、.xls、.xlsb、.et、.wps），或者加了密码", path.display())]
    TemplateLegacy {
        /// The blank.
        path: PathBuf,
    },
    /// An official blank is neither a Word document nor a workbook, or is damaged.
    #[error("空白表「{}」不是 .docx 或 .xlsx 文档，或者已经损坏", path.display())]
    TemplateForeign {
        /// The blank.
        path: PathBuf,
    },
    /// An official blank could not be read.
    #[error("读不了空白表「{}」：{}", path.display(), crate::words::of_io(source))]
    TemplateUnreadable {
        /// The blank.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An official blank has nothing that can be filled.
    #[error("空白表「{}」不能用：{source}", path.display())]
    TemplateUnusable {
        /// The blank.
        path: PathBuf,
        /// Why.
        source: mingce_writer::Error,
    },
    /// A document could not be put together.
    #[error("做不出「{}」：{source}", path.display())]
    Document {
        /// The output as given.
        path: PathBuf,
        /// Why.
        source: mingce_writer::Error,
    },
    /// The system did not give us the threads asked for.
    #[error("开不了 {wanted} 个线程")]
    Threads {
        /// How many were asked for.
        wanted: usize,
        /// What the system said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The caller asked to stop.
    #[error("已中止，没有写出任何文件")]
    Cancelled,
}

impl Error {
    /// Whether an official blank is sound and yet not one for what was asked: a roster given for the forms, or one with sheets of macros.
    #[must_use]
    pub fn is_template_unfit(&self) -> bool {
        use mingce_writer::Error::{Macros, NoForm, NoRoster};
        matches!(self, Self::TemplateUnusable { source: NoForm | NoRoster | Macros, .. })
    }
}
