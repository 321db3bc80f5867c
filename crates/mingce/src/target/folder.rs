//! A folder of files.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{Existing, MADE, REPLACED, clear_leftovers, failed, held, parent, temporary};
use crate::Error;

/// A folder that is being filled beside its place; dropped, it is gone.
#[derive(Debug)]
pub struct FolderTarget {
    path: PathBuf,
    existing: Existing,
    temporary: TempDir,
    lock: Option<File>,
}

impl FolderTarget {
    /// Begins the folder that is to stand at this path; an empty folder there counts as none.
    ///
    /// # Errors
    /// When a file stands there, or a folder that holds something and must not be added to, or the parent folder is
    /// missing or cannot be written.
    pub fn open(path: &Path, existing: Existing) -> Result<Self, Error> {
        let parent = parent(path)?;
        match fs::read_dir(path) {
            Ok(mut entries) => {
                if existing == Existing::Refuse && entries.next().is_some() {
                    return Err(Error::FolderNotEmpty { path: path.to_owned() });
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_err() => {}
            Err(_) if !path.is_dir() => return Err(Error::NotAFolder { path: path.to_owned() }),
            Err(error) => return Err(failed(path)(error)),
        }
        clear_leftovers(parent);
        let made = held(|| temporary(MADE, 0o777).tempdir_in(parent), TempDir::path);
        let (temporary, lock) = made.map_err(failed(path))?;
        Ok(Self { path: path.to_owned(), existing, temporary, lock })
    }

    /// The folder that is being filled, for those who write into it themselves.
    pub(crate) fn staging(&self) -> &Path {
        self.temporary.path()
    }

    /// Adds a file of this name; threads may add at the same time.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn add(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        fs::write(self.temporary.path().join(name), bytes).map_err(failed(&self.path.join(name)))
    }

    /// Puts the folder, or its files one by one, in place.
    ///
    /// # Errors
    /// When the system refuses; then what stood there stands again, and nothing new.
    pub fn finish(self) -> Result<(), Error> {
        self.place().map(EarlierFolder::forget)
    }

    /// Puts the folder in its place; what stood there stands again unless it is [forgotten](EarlierFolder::forget).
    pub(crate) fn place(self) -> Result<EarlierFolder, Error> {
        let Self { path, existing, temporary, lock: _lock } = self;
        let taken = match fs::read_dir(&path) {
            Ok(mut entries) => entries.next().is_some(),
            Err(_) => {
                let made = temporary.keep();
                return match fs::rename(&made, &path) {
                    Ok(()) => Ok(EarlierFolder { moved: vec![(path, None)], replaced: None }),
                    Err(error) => {
                        // a best effort: the error that matters is this one
                        let _ = fs::remove_dir_all(&made);
                        Err(failed(&path)(error))
                    }
                };
            }
        };
        if taken && existing == Existing::Refuse {
            return Err(Error::FolderNotEmpty { path });
        }
        // an existing folder keeps its place and its access rights: the files move in
        let replaced = super::temporary(REPLACED, 0o777).tempdir_in(parent(&path)?).map_err(failed(&path))?;
        let aside = replaced.path().to_owned();
        let mut earlier = EarlierFolder { moved: Vec::new(), replaced: Some(replaced) };
        move_each(temporary.path(), &path, &aside, &mut earlier.moved)?;
        Ok(earlier)
    }
}

/// What stood in a folder before others were put there; dropped, it stands there again.
#[derive(Debug)]
pub(crate) struct EarlierFolder {
    /// Each place that was filled, with where what stood there went.
    moved: Vec<(PathBuf, Option<PathBuf>)>,
    /// Where replaced files are kept.
    replaced: Option<TempDir>,
}

impl EarlierFolder {
    /// Leaves what stands there now.
    pub(crate) fn forget(mut self) {
        self.moved.clear();
    }
}

impl Drop for EarlierFolder {
    fn drop(&mut self) {
        for (path, earlier) in self.moved.iter().rev() {
            // a best effort: the error that led here is the one that matters
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            if let Some(earlier) = earlier {
                let _ = fs::rename(earlier, path);
            }
        }
        drop(self.replaced.take());
    }
}

/// Notes each place that was filled, with where the file that stood there went. Folders are entered, and made where missing.
fn move_each(from: &Path, to: &Path, replaced: &Path, moved: &mut Vec<(PathBuf, Option<PathBuf>)>) -> Result<(), Error> {
    for entry in fs::read_dir(from).map_err(failed(to))? {
        let name = entry.map_err(failed(to))?.file_name();
        let path = to.join(&name);
        if from.join(&name).is_dir() && path.symlink_metadata().is_ok() {
            if !path.is_dir() {
                return Err(Error::NotAFolder { path });
            }
            let aside = replaced.join(&name);
            fs::create_dir(&aside).map_err(failed(&aside))?;
            move_each(&from.join(&name), &path, &aside, moved)?;
            continue;
        }
        let earlier = match path.symlink_metadata() {
            Ok(_) if path.is_dir() => return Err(Error::NotAFile { path }),
            Ok(_) => {
                let aside = replaced.join(&name);
                fs::rename(&path, &aside).map_err(failed(&path))?;
                Some(aside)
            }
            Err(_) => None,
        };
        moved.push((path.clone(), earlier));
        fs::rename(from.join(&name), &path).map_err(failed(&path))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Path) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| {
                let entry = entry.expect("an entry");
                (entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path()).unwrap_or_default())
            })
            .collect();
        files.sort();
        files
    }

    fn pair(name: &str, text: &str) -> (String, String) {
        (name.to_owned(), text.to_owned())
    }

    #[test]
    fn a_new_folder_and_an_empty_one_are_filled() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("空")).expect("made");
        for name in ["新", "空"] {
            let path = root.path().join(name);
            let target = FolderTarget::open(&path, Existing::Refuse).expect("free");
            target.add("1.docx", b"one").expect("added");
            target.finish().expect("finished");
            assert_eq!(files(&path), [pair("1.docx", "one")]);
        }
        assert_eq!(files(root.path()).len(), 2, "nothing but the two folders");
    }

    #[test]
    fn a_folder_that_holds_something_is_refused_or_added_to() {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join("登记表");
        fs::create_dir(&path).expect("made");
        fs::write(path.join("别人的.txt"), "stays").expect("written");
        fs::write(path.join("1.docx"), "old").expect("written");
        assert!(matches!(FolderTarget::open(&path, Existing::Refuse), Err(Error::FolderNotEmpty { .. })));
        let target = FolderTarget::open(&path, Existing::Replace).expect("allowed");
        target.add("1.docx", b"new").expect("added");
        target.add("2.docx", b"two").expect("added");
        target.finish().expect("finished");
        assert_eq!(files(&path), [pair("1.docx", "new"), pair("2.docx", "two"), pair("别人的.txt", "stays")]);
        assert_eq!(files(root.path()).len(), 1);
    }

    #[test]
    fn when_one_file_cannot_be_placed_all_stays_as_it_was() {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join("登记表");
        fs::create_dir_all(path.join("2.docx")).expect("made");
        fs::write(path.join("1.docx"), "old").expect("written");
        let target = FolderTarget::open(&path, Existing::Replace).expect("allowed");
        for name in ["1.docx", "2.docx", "3.docx"] {
            target.add(name, b"new").expect("added");
        }
        assert!(matches!(target.finish(), Err(Error::NotAFile { .. })));
        assert_eq!(files(&path), [pair("1.docx", "old"), pair("2.docx", "")]);
        assert_eq!(files(root.path()).len(), 1);
    }

    #[test]
    fn folders_in_it_are_added_to_as_it_is() {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join("移交");
        fs::create_dir_all(path.join("登记表")).expect("made");
        fs::write(path.join("登记表/1.docx"), "old").expect("written");
        fs::write(path.join("登记表/9.docx"), "stays").expect("written");
        let target = FolderTarget::open(&path, Existing::Replace).expect("allowed");
        for folder in ["登记表", "退回表"] {
            fs::create_dir(target.staging().join(folder)).expect("made");
            target.add(&format!("{folder}/1.docx"), b"new").expect("added");
        }
        target.finish().expect("finished");
        assert_eq!(files(&path.join("登记表")), [pair("1.docx", "new"), pair("9.docx", "stays")]);
        assert_eq!(files(&path.join("退回表")), [pair("1.docx", "new")]);
        assert_eq!(files(root.path()).len(), 1);
    }

    #[test]
    fn a_file_in_the_way_is_no_folder() {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join("登记表");
        fs::write(&path, "").expect("written");
        assert!(matches!(FolderTarget::open(&path, Existing::Replace), Err(Error::NotAFolder { .. })));
    }

    #[test]
    fn what_stood_there_stands_again_unless_it_is_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("退回");
        let place = || {
            let target = FolderTarget::open(&path, Existing::Replace).expect("free");
            target.add("甲.xlsx", b"ours").expect("added");
            target.place().expect("placed")
        };
        drop(place());
        assert!(!path.exists(), "a folder that was not there is gone again");
        fs::create_dir(&path).expect("a folder");
        fs::write(path.join("甲.xlsx"), "theirs").expect("written");
        let earlier = place();
        assert_eq!(files(&path), [("甲.xlsx".to_owned(), "ours".to_owned())]);
        drop(earlier);
        assert_eq!(files(&path), [("甲.xlsx".to_owned(), "theirs".to_owned())]);
        place().forget();
        assert_eq!(files(&path), [("甲.xlsx".to_owned(), "ours".to_owned())]);
        assert_eq!(files(folder.path()).len(), 1, "nothing is left beside it");
    }
}
