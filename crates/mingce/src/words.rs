//! What the system says of files, in Chinese.

use std::io::{Error, ErrorKind};

/// Says why a file operation failed; the system's own words only where there are none of ours.
pub(crate) fn of_io(error: &Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "没有这个文件或文件夹",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AlreadyExists => "已经存在",
        ErrorKind::IsADirectory => "这是文件夹",
        ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        ErrorKind::StorageFull => "磁盘已满",
        ErrorKind::QuotaExceeded => "磁盘配额已用完",
        ErrorKind::ReadOnlyFilesystem => "这个磁盘只能读",
        ErrorKind::FileTooLarge => "文件太大",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "文件正被别的程序使用",
        ErrorKind::InvalidFilename => "文件名太长或含有不允许的字符",
        ErrorKind::InvalidData => "不是 UTF-8 编码的文本",
        _ => return format!("系统说「{error}」"),
    };
    words.to_owned()
}

/// A file of a folder as reports name it: the folder as given, `/`, the rest.
pub(crate) fn below(folder: &std::path::Path, name: &str) -> String {
    format!("{}/{name}", folder.to_string_lossy().trim_end_matches(std::path::is_separator))
}
