//! Schemes as folders: `scheme.toml`, `form.toml` and `roster.toml` read, judged, and written out to be edited.

use std::fs;
use std::io;
use std::path::Path;

use mingce_core::scheme::{Fault, Scheme, SchemeText};

use crate::{Error, Existing, FolderTarget};

/// Most bytes of a file of a scheme; the built-in ones have a hundredth of it.
const MOST_BYTES: u64 = 4 << 20;

/// Reads the scheme in this folder.
///
/// # Errors
/// When one of the three files cannot be read, or the scheme cannot be used; then with every fault.
pub fn load_scheme(folder: &Path) -> Result<Scheme, Error> {
    let texts = Texts::read(folder)?;
    Scheme::from_texts(&texts.borrow()).map_err(|faults| Error::SchemeFaults { path: folder.to_owned(), faults })
}

/// Everything that is wrong or odd in the scheme in this folder, by file and line.
///
/// # Errors
/// When one of the three files cannot be read.
pub fn check_scheme(folder: &Path) -> Result<Vec<Fault>, Error> {
    Ok(Scheme::check(&Texts::read(folder)?.borrow()))
}

/// Writes the built-in scheme into this folder, and gives the paths of its files.
///
/// # Errors
/// When the folder holds something and must not be added to, or cannot be written.
pub fn init_scheme(folder: &Path, existing: Existing) -> Result<Vec<String>, Error> {
    let target = FolderTarget::open(folder, existing)?;
    for (name, text) in mingce_templates::FILES {
        target.add(name, text.as_bytes())?;
    }
    target.finish()?;
    Ok(mingce_templates::FILES.iter().map(|(name, _)| crate::words::below(folder, name)).collect())
}

struct Texts {
    scheme: String,
    form: String,
    roster: String,
}

impl Texts {
    fn read(folder: &Path) -> Result<Self, Error> {
        let read = |name: &str| {
            let path = folder.join(name);
            text(&path).map_err(|source| Error::SchemeUnreadable { path, source })
        };
        Ok(Self { scheme: read("scheme.toml")?, form: read("form.toml")?, roster: read("roster.toml")? })
    }

    fn borrow(&self) -> SchemeText<'_> {
        SchemeText { scheme: &self.scheme, form: &self.form, roster: &self.roster }
    }
}

/// The text of a file of modest size, without the mark that Windows' Notepad puts in front.
fn text(path: &Path) -> io::Result<String> {
    let found = fs::metadata(path)?;
    if !found.is_file() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if found.len() > MOST_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let text = fs::read_to_string(path)?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_written_out_is_the_built_in_one() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("方案");
        let written = init_scheme(&folder, Existing::Refuse).expect("written");
        assert!(written[0].ends_with("/方案/scheme.toml"));
        assert_eq!(load_scheme(&folder).expect("loaded"), Scheme::built_in());
        assert!(matches!(init_scheme(&folder, Existing::Refuse), Err(Error::FolderNotEmpty { .. })));
    }

    #[test]
    fn notepads_mark_is_no_fault() {
        let folder = tempfile::tempdir().expect("a folder");
        init_scheme(folder.path(), Existing::Refuse).expect("written");
        let path = folder.path().join("scheme.toml");
        let text = fs::read_to_string(&path).expect("read");
        fs::write(&path, format!("\u{FEFF}{}", text.replace('\n', "\r\n"))).expect("written");
        assert_eq!(load_scheme(folder.path()).expect("loaded"), Scheme::built_in());
    }

    #[test]
    fn a_file_that_is_missing_or_no_text_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        init_scheme(folder.path(), Existing::Refuse).expect("written");
        fs::write(folder.path().join("form.toml"), [0xFF, 0xFE]).expect("written");
        match load_scheme(folder.path()) {
            Err(Error::SchemeUnreadable { path, .. }) => assert!(path.ends_with("form.toml")),
            other => panic!("{other:?}"),
        }
    }
}
