//! Pictures inside a package: where they lie is found by the readers of the formats, what is stored of them here.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use mingce_core::address::{Address, Column};
use mingce_core::grid::{GridBuilder, Picture, PictureFile, PictureFormat};
use mingce_ooxml::Package;

/// The most pictures of one sheet or document: a package has no more parts, so that further ones are copies.
pub(crate) const MOST: usize = 65_536;

/// The pictures of a package, each part read once.
#[derive(Debug)]
pub(crate) struct Files<'p, 'b> {
    package: &'p Package<'b>,
    read: BTreeMap<String, Arc<PictureFile>>,
}

impl<'p, 'b> Files<'p, 'b> {
    pub(crate) fn of(package: &'p Package<'b>) -> Self {
        Self { package, read: BTreeMap::new() }
    }

    /// The picture in this part; an empty one where the link leads nowhere.
    pub(crate) fn at(&mut self, part: Option<&str>) -> Arc<PictureFile> {
        let Some(part) = part.filter(|part| self.package.contains(part)) else { return Arc::default() };
        if let Some(file) = self.read.get(part) {
            return Arc::clone(file);
        }
        let file = Arc::new(read(self.package, part));
        self.read.insert(part.to_owned(), Arc::clone(&file));
        file
    }
}

/// Reads a picture that a form can show and that is not too large; of any other the beginning. Damage is no reason to refuse
/// the people beside it.
fn read(package: &Package<'_>, part: &str) -> PictureFile {
    let Ok(mut reader) = package.part_reader(part) else { return PictureFile::default() };
    let size = reader.size().max(1);
    let mut bytes = Vec::new();
    let mut read = reader.by_ref().take(PictureFile::HEAD as u64).read_to_end(&mut bytes);
    if size <= package.limits().picture && PictureFormat::of(&bytes).is_some_and(PictureFormat::is_used) {
        read = read.and_then(|_| reader.read_to_end(&mut bytes));
    }
    match read {
        Ok(_) => PictureFile { bytes: bytes.into_boxed_slice(), size },
        Err(_) => PictureFile { bytes: Box::default(), size },
    }
}

/// Notes that a picture belongs in this cell of the open row and is not in the file: a text table keeps the formula alone.
pub(crate) fn add_missing(builder: &mut GridBuilder, column: Column) {
    let Some(row) = builder.open_row() else { return };
    let facts = builder.facts();
    if !facts.hidden && facts.pictures.len() < MOST {
        facts.pictures.push(Picture { at: Address { row, column }, is_floating: false, file: Arc::default() });
    }
}

/// Whether the text is a formula that only WPS knows and that shows a picture: it is no answer.
pub(crate) fn is_formula(text: &str) -> bool {
    text.starts_with('=') && text.contains("DISPIMG(")
}
