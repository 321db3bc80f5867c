//! Which kind of document an output's name asks for.

use std::path::Path;

use crate::Error;

/// A file of one of the two kinds we write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// `.xlsx`.
    Workbook,
    /// `.docx`.
    Word,
}

/// A file, or a folder of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FormsKind {
    /// All in one file.
    File(FileKind),
    /// One `.docx` a person.
    Folder,
}

/// Where returned rows go: one workbook, or a folder of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReturnedKind {
    /// All in one workbook.
    File,
    /// A workbook for each input.
    Folder,
}

impl ReturnedKind {
    pub(super) fn of(path: &Path) -> Result<Self, Error> {
        let expected = ".xlsx，或一个文件夹（没有扩展名，或以 / 结尾）";
        match FormsKind::of(path) {
            Ok(FormsKind::File(FileKind::Workbook)) => Ok(Self::File),
            Ok(FormsKind::Folder) => Ok(Self::Folder),
            Ok(FormsKind::File(FileKind::Word)) | Err(_) => Err(Error::Extension { path: path.to_owned(), expected }),
        }
    }
}

impl FileKind {
    pub(super) fn of(path: &Path) -> Result<Self, Error> {
        known(path).ok_or_else(|| Error::Extension { path: path.to_owned(), expected: ".xlsx 或 .docx" })
    }
}

impl FormsKind {
    /// A name that ends like some other kind of file is a slip of the pen and no folder, unless it ends with a separator.
    pub(super) fn of(path: &Path) -> Result<Self, Error> {
        if let Some(kind) = known(path) {
            return Ok(Self::File(kind));
        }
        let is_said_to_be_folder = path.to_string_lossy().ends_with(std::path::is_separator) || path.is_dir();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let looks_like_file = (1..=5).contains(&extension.len())
            && extension.bytes().all(|b| b.is_ascii_alphanumeric())
            && extension.bytes().any(|b| b.is_ascii_alphabetic());
        if looks_like_file && !is_said_to_be_folder {
            return Err(Error::Extension {
                path: path.to_owned(), expected: ".docx、.xlsx，或一个文件夹（没有扩展名，或以 / 结尾）"
            });
        }
        Ok(Self::Folder)
    }
}

/// Makes sure that the name asks for a folder.
pub(super) fn check_folder(path: &Path) -> Result<(), Error> {
    match FormsKind::of(path) {
        Ok(FormsKind::Folder) => Ok(()),
        Ok(FormsKind::File(_)) | Err(_) => {
            Err(Error::Extension { path: path.to_owned(), expected: "文件夹名（没有扩展名，或以 / 结尾）" })
        }
    }
}

/// Makes sure that the name asks for a workbook.
pub(super) fn check_workbook(path: &Path) -> Result<(), Error> {
    match known(path) {
        Some(FileKind::Workbook) => Ok(()),
        Some(FileKind::Word) | None => Err(Error::Extension { path: path.to_owned(), expected: ".xlsx" }),
    }
}

fn known(path: &Path) -> Option<FileKind> {
    if path.to_string_lossy().ends_with(std::path::is_separator) {
        return None;
    }
    let extension = path.extension()?.to_str()?;
    if extension.eq_ignore_ascii_case("xlsx") {
        Some(FileKind::Workbook)
    } else if extension.eq_ignore_ascii_case("docx") {
        Some(FileKind::Word)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_says_the_kind() {
        use FileKind::{Word, Workbook};
        for (name, kind) in [
            ("登记表.docx", Some(FormsKind::File(Word))),
            ("登记表.XLSX", Some(FormsKind::File(Workbook))),
            ("登记表", Some(FormsKind::Folder)),
            ("2014.04", Some(FormsKind::Folder)),
            ("长塘村.登记表", Some(FormsKind::Folder)),
            ("登记表.pdf", None),
            ("登记表.doc", None),
            ("登记表.pdf/", Some(FormsKind::Folder)),
            ("..", Some(FormsKind::Folder)),
        ] {
            assert_eq!(FormsKind::of(Path::new(name)).ok(), kind, "{name}");
        }
        for (name, kind) in [("退回.xlsx", Some(ReturnedKind::File)), ("退回", Some(ReturnedKind::Folder)), ("退回.docx", None)] {
            assert_eq!(ReturnedKind::of(Path::new(name)).ok(), kind, "{name}");
        }
        assert!(matches!(FileKind::of(Path::new("名册")), Err(Error::Extension { .. })));
        assert_eq!(FileKind::of(Path::new("a/b.docx")).ok(), Some(Word));
    }
}
