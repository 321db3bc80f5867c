//! Outputs, whole or not at all: written under a hidden temporary name beside the target, then renamed.
//!
//! [`FileTarget`] is one file, [`FolderTarget`] a folder of files. Both refuse what exists unless told otherwise, and leave
//! nothing behind when the work fails. Ask [`FileTarget::open`] and [`FolderTarget::open`] before long work starts: they
//! find out at once whether the place can be written.

mod file;
mod folder;

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

/// A maker of hidden temporary names, with the access that a file or folder of the user's own gets.
fn temporary(mode: u32) -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".mingce-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(<std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(mode));
    #[cfg(not(unix))]
    let _ = mode;
    builder
}

/// Wraps what the system said of this path.
pub(crate) fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error + use<> {
    let path = PathBuf::from(path);
    move |source| Error::Write { path, source }
}
