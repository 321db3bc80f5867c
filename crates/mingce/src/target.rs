//! Outputs, whole or not at all: written under a hidden temporary name beside the target, then renamed.
//!
//! [`FileTarget`] is one file, [`FolderTarget`] a folder of files. Both refuse what exists unless told otherwise, and leave
//! nothing behind when the work fails; what a process that was killed left is taken away by the next one that writes there. Ask [`FileTarget::open`] and [`FolderTarget::open`] before long work starts: they
//! find out at once whether the place can be written.

mod file;
mod folder;

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::Builder;

use crate::Error;

pub(crate) use file::Earlier;
pub use file::FileTarget;
pub(crate) use folder::EarlierFolder;
pub use folder::FolderTarget;

/// What becomes of an output that exists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Existing {
    /// It stays, and writing is refused.
    #[default]
    Refuse,
    /// A file is replaced; in a folder, files of the same name are replaced and nothing is deleted.
    Replace,
}

/// The folder in which the output is to stand.
fn parent(path: &Path) -> Result<&Path, Error> {
    let parent = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        // `/` has no parent and is always there
        None => Path::new("/"),
    };
    match parent.metadata() {
        Ok(found) if found.is_dir() => Ok(parent),
        Ok(_) => Err(Error::NotAFolder { path: parent.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Error::ParentMissing { path: path.to_owned(), parent: parent.to_owned() })
        }
        Err(source) => Err(Error::Write { path: path.to_owned(), source }),
    }
}

/// How the names of outputs begin that are being made, and those of what they replace while they are put in place.
const MADE: &str = ".mingce-new-";
const REPLACED: &str = ".mingce-old-";
const ENDING: &str = ".tmp";

/// A maker of hidden temporary names, with the access that a file or folder of the user's own gets.
fn temporary(beginning: &'static str, mode: u32) -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(beginning).suffix(ENDING);
    #[cfg(unix)]
    builder.permissions(<std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(mode));
    #[cfg(not(unix))]
    let _ = mode;
    builder
}

/// Makes something hidden beside a place, and marks it as somebody's who lives: the system lifts the lock when the process
/// ends, however it does.
///
/// Where the system cannot lock it, it stays if the process is killed, and that is all.
fn held<T>(make: impl Fn() -> io::Result<T>, path: impl Fn(&T) -> &Path) -> io::Result<(T, Option<File>)> {
    loop {
        let made = make()?;
        match locked(path(&made)) {
            // another process took it for a leftover before it was marked
            Ok(_) if !path(&made).exists() => {}
            Err(TryLockError::WouldBlock) => {}
            Ok(lock) => return Ok((made, Some(lock))),
            Err(TryLockError::Error(_)) => return Ok((made, None)),
        }
    }
}

fn locked(path: &Path) -> Result<File, TryLockError> {
    // elsewhere a lock keeps others from writing, and a folder cannot be opened
    if !cfg!(unix) {
        return Err(TryLockError::Error(io::ErrorKind::Unsupported.into()));
    }
    let file = File::open(path).map_err(TryLockError::Error)?;
    file.try_lock()?;
    Ok(file)
}

/// Takes away what processes that were killed left half made in this folder. What they had put aside is the user's and stays.
fn clear_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_made = name.to_str().is_some_and(|name| name.starts_with(MADE) && name.ends_with(ENDING));
        let path = entry.path();
        if is_made && let Ok(_lock) = locked(&path) {
            // a best effort: it is in nobody's way
            let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        }
    }
}

/// Wraps what the system said of this path.
pub(crate) fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error + use<> {
    let path = PathBuf::from(path);
    move |source| Error::Write { path, source }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_process_left_is_taken_away_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in [".mingce-new-abc.tmp", ".mingce-old-abc.tmp", ".mingce-new-abc.xlsx", "名册.xlsx"] {
            fs::write(at(name), "甲").expect("written");
        }
        fs::create_dir(at(".mingce-new-def.tmp")).expect("made");
        fs::write(at(".mingce-new-def.tmp/01-张三.docx"), "乙").expect("written");
        let living = FolderTarget::open(&at("登记表"), Existing::Refuse).expect("open");
        living.add("一.docx", b"1").expect("added");
        let other = FileTarget::open(&at("二.xlsx"), Existing::Refuse).expect("open");
        let mut names: Vec<String> =
            fs::read_dir(folder.path()).expect("read").flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        let (made, others): (Vec<String>, Vec<String>) =
            names.into_iter().partition(|name| name.starts_with(MADE) && name.ends_with(ENDING));
        assert_eq!(made.len(), 2, "those of the two that live: {made:?}");
        assert_eq!(others, [".mingce-new-abc.xlsx", ".mingce-old-abc.tmp", "名册.xlsx"]);
        other.write(b"2").expect("written");
        living.finish().expect("written");
        assert_eq!(fs::read(at("登记表/一.docx")).expect("read"), b"1");
        assert_eq!(fs::read(at("二.xlsx")).expect("read"), b"2");
    }
}
