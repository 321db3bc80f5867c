//! Why something could not be done, and the way out.

use std::io::ErrorKind;

use mingce::Error;

use crate::exit::Exit;
use crate::output::{self, masked_if, shown};

/// Tells the error with what can be done about it, and gives the status it ends with.
///
/// Beside a copy for publication, what it says is masked too: paths may be named after people.
pub(crate) fn tell(error: &Error, is_masked: bool) -> Exit {
    // a list of faults stands on lines of its own
    let lines: Vec<String> = masked_if(is_masked, &error.to_string()).lines().map(shown).collect();
    let hint = hint(error).map(|hint| format!("提示：{hint}\n")).unwrap_or_default();
    output::stderr(&format!("错误：{}\n{hint}", lines.join("\n")));
    let is_wrong_usage =
        matches!(error, Error::Extension { .. } | Error::ReplacesInput { .. } | Error::TemplateKind { .. } | Error::TemplateLegacy { .. });
    if is_wrong_usage || error.is_template_unfit() { Exit::Usage } else { Exit::Failed }
}

fn hint(error: &Error) -> Option<&'static str> {
    match error {
        Error::Exists { .. } => Some("要替换它，请加 --force；或换一个文件名"),
        Error::FolderNotEmpty { .. } => Some("要写进去（只替换同名文件，不删除别的），请加 --force；或换一个文件夹"),
        Error::ParentMissing { .. } => Some("请先建好这个文件夹，或换一个地方"),
        Error::ReplacesInput { .. } => Some("请写到别的地方，原件要留着"),
        Error::NotAFile { .. } | Error::NotAFolder { .. } => Some("请换一个名字"),
        Error::SchemeUnreadable { .. } => {
            Some("方案文件夹里要有 scheme.toml、form.toml、roster.toml；可用 mingce scheme init 写出一份来改")
        }
        Error::Units { .. } => Some("请照上面说的改好；单位名单可以是 .toml，也可以是有「单位」「党员总数」两列的表格"),
        Error::ListUnreadable { .. } => Some("请检查 --units、--members、--photos 后面的路径和文件"),
        Error::PasswordsUnreadable { .. } => Some("请检查 --password-file 后面的路径；密码写在文本文件里，一行一个"),
        Error::NoMembers { .. } => Some("请打开文件看看是不是党员花名册"),
        Error::SchemeFaults { .. } => Some("请改好后用 mingce scheme check 检查"),
        Error::TemplateUnreadable { .. } => Some("请检查空白表的路径和文件"),
        Error::TemplateForeign { .. } => Some("请用 Word、Excel 或 WPS 打开看看，另存为 .docx 或 .xlsx"),
        Error::TemplateLegacy { .. } => Some("请在 Word、Excel 或 WPS 里去掉密码，另存为 .docx 或 .xlsx"),
        Error::TemplateUnusable { .. } => Some("请用 mingce scheme check 看看这份空白表认出了什么"),
        Error::Write { source, .. } => Some(match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "请腾出地方，或写到别的磁盘",
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "请写到一个可以写的文件夹",
            ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "请先关掉打开着它的程序",
            _ => "请检查路径，或换一个地方",
        }),
        _ => None,
    }
}
