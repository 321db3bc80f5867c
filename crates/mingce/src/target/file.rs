//! One file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::{Existing, MADE, REPLACED, clear_leftovers, failed, held, parent, temporary};
use crate::Error;

/// A file that is being written beside its place; dropped, it is gone.
#[derive(Debug)]
pub struct FileTarget {
    path: PathBuf,
    existing: Existing,
    temporary: NamedTempFile,
    lock: Option<File>,
}

impl FileTarget {
    /// Begins the file that is to stand at this path.
    ///
    /// # Errors
    /// When something stands there that must not be replaced, or the folder is missing or cannot be written.
    pub fn open(path: &Path, existing: Existing) -> Result<Self, Error> {
        let parent = parent(path)?;
        // a link whose goal is gone exists too: it is the link that would be replaced
        match path.symlink_metadata() {
            Ok(_) if path.is_dir() => return Err(Error::NotAFile { path: path.to_owned() }),
            Ok(_) if existing == Existing::Refuse => return Err(Error::Exists { path: path.to_owned() }),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(path)(error)),
        }
        clear_leftovers(parent);
        let made = held(|| temporary(MADE, 0o666).tempfile_in(parent), NamedTempFile::path);
        let (temporary, lock) = made.map_err(failed(path))?;
        Ok(Self { path: path.to_owned(), existing, temporary, lock })
    }

    /// Puts the file with these bytes in its place.
    ///
    /// # Errors
    /// When the system refuses, or something has come to stand there meanwhile; then nothing is left behind.
    pub fn write(mut self, bytes: &[u8]) -> Result<(), Error> {
        self.fill(bytes)?;
        self.finish()
    }

    /// Writes these bytes to the file, which is not yet in its place.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn fill(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.temporary.write_all(bytes).map_err(failed(&self.path))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub fn finish(self) -> Result<(), Error> {
        self.sync()?;
        self.persist()
    }

    /// Puts all of these files in their places, or none: where one cannot be, those before it are taken back.
    ///
    /// # Errors
    /// As [`write`](Self::write), of the first that cannot be put in its place.
    pub fn finish_all(targets: Vec<Self>) -> Result<(), Error> {
        targets.iter().try_for_each(Self::sync)?;
        let mut replaced = Vec::new();
        for target in targets {
            replaced.push(target.place()?);
        }
        replaced.into_iter().for_each(Earlier::forget);
        Ok(())
    }

    /// Puts the file in its place; what stood there stands again unless it is [forgotten](Earlier::forget).
    pub(crate) fn place(self) -> Result<Earlier, Error> {
        self.sync()?;
        let earlier = Earlier::keep(&self.path)?;
        match self.persist() {
            Ok(()) => Ok(earlier),
            Err(error) => {
                earlier.forget();
                Err(error)
            }
        }
    }

    fn sync(&self) -> Result<(), Error> {
        self.temporary.as_file().sync_all().map_err(failed(&self.path))
    }

    fn persist(self) -> Result<(), Error> {
        let Self { path, existing, temporary, lock: _lock } = self;
        let done: Result<File, _> = match existing {
            Existing::Replace => temporary.persist(&path),
            Existing::Refuse => temporary.persist_noclobber(&path),
        };
        match done {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(Error::Exists { path }),
            Err(error) => Err(Error::Write { path, source: error.error }),
        }
    }
}

/// What stood at a path before a file was put there; dropped, it stands there again.
#[derive(Debug)]
pub(crate) struct Earlier {
    path: PathBuf,
    /// Its content under another name; `None` where nothing stood.
    kept: Option<TempPath>,
    is_final: bool,
}

impl Earlier {
    fn keep(path: &Path) -> Result<Self, Error> {
        let kept = if path.is_file() {
            let kept = temporary(REPLACED, 0o666).tempfile_in(parent(path)?).map_err(failed(path))?.into_temp_path();
            fs::copy(path, &kept).map_err(failed(path))?;
            Some(kept)
        } else {
            None
        };
        Ok(Self { path: path.to_owned(), kept, is_final: false })
    }

    /// Leaves what stands there now.
    pub(crate) fn forget(mut self) {
        self.is_final = true;
    }
}

impl Drop for Earlier {
    fn drop(&mut self) {
        if self.is_final {
            return;
        }
        // the failure that led here is told; a second one could not be mended either
        let _ = match self.kept.take() {
            Some(kept) => kept.persist(&self.path).map_err(|error| error.error),
            None => fs::remove_file(&self.path),
        };
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn entries(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn an_existing_file_stays_unless_it_may_be_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("名册.xlsx");
        fs::write(&path, "old").expect("written");
        assert!(matches!(FileTarget::open(&path, Existing::Refuse), Err(Error::Exists { .. })));
        assert_eq!(fs::read(&path).expect("read"), b"old");
        FileTarget::open(&path, Existing::Replace).and_then(|target| target.write(b"new")).expect("replaced");
        assert_eq!(fs::read(&path).expect("read"), b"new");
        assert_eq!(entries(folder.path()), ["名册.xlsx"]);
    }

    #[test]
    fn a_file_that_appears_while_we_work_is_not_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("名册.xlsx");
        let target = FileTarget::open(&path, Existing::Refuse).expect("free");
        fs::write(&path, "theirs").expect("written");
        assert!(matches!(target.write(b"ours"), Err(Error::Exists { .. })));
        assert_eq!(fs::read(&path).expect("read"), b"theirs");
        assert_eq!(entries(folder.path()), ["名册.xlsx"]);
    }

    #[test]
    fn of_several_files_all_or_none_stand_in_their_places() {
        let folder = tempfile::tempdir().expect("a folder");
        let [first, second] = ["变更.xlsx", "名册.xlsx"].map(|name| folder.path().join(name));
        let targets = |existing, content: &[u8]| {
            [&first, &second].map(|path| {
                let mut target = FileTarget::open(path, existing).expect("free");
                target.fill(content).expect("filled");
                target
            })
        };
        let ours = targets(Existing::Refuse, b"ours");
        fs::write(&second, "theirs").expect("written");
        assert!(matches!(FileTarget::finish_all(ours.into()), Err(Error::Exists { .. })));
        assert_eq!(entries(folder.path()), ["名册.xlsx"]);
        assert_eq!(fs::read(&second).expect("read"), b"theirs");
        FileTarget::finish_all(targets(Existing::Replace, b"ours").into()).expect("in their places");
        // what stood there comes back when a later one fails
        let again = targets(Existing::Replace, b"again");
        fs::remove_file(&second).expect("removed");
        fs::create_dir(&second).expect("a folder in the way");
        assert!(FileTarget::finish_all(again.into()).is_err());
        assert_eq!(fs::read(&first).expect("read"), b"ours");
        assert_eq!(entries(folder.path()), ["变更.xlsx", "名册.xlsx"]);
    }

    #[test]
    fn unfinished_work_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(FileTarget::open(&folder.path().join("a.xlsx"), Existing::Refuse).expect("free"));
        assert!(entries(folder.path()).is_empty());
    }

    #[test]
    fn a_missing_parent_and_a_folder_in_the_way_are_told_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        let missing = folder.path().join("没有/名册.xlsx");
        assert!(matches!(FileTarget::open(&missing, Existing::Refuse), Err(Error::ParentMissing { .. })));
        fs::create_dir(folder.path().join("是文件夹.xlsx")).expect("made");
        let taken = folder.path().join("是文件夹.xlsx");
        assert!(matches!(FileTarget::open(&taken, Existing::Replace), Err(Error::NotAFile { .. })));
        fs::write(folder.path().join("文件"), "").expect("written");
        let below = folder.path().join("文件/名册.xlsx");
        assert!(matches!(FileTarget::open(&below, Existing::Replace), Err(Error::NotAFolder { .. } | Error::Write { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_as_readable_as_any_new_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let (ours, plain) = (folder.path().join("a"), folder.path().join("b"));
        FileTarget::open(&ours, Existing::Refuse).and_then(|target| target.write(b"")).expect("written");
        fs::write(&plain, "").expect("written");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode();
        assert_eq!(mode(&ours), mode(&plain));
    }
}
