//! The parts of a package by name, none of them believed before it is unpacked.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::encoding::{utf8_from, utf16_order};
use crate::error::{Error, Limit};
use crate::limits::Limits;
use crate::part::{Entry, Packing, PartReader};
use crate::relationships::{Relationships, part_of_relationships};
use crate::xml::XmlReader;

/// An OOXML (or OpenDocument) package whose directory has been checked against its limits.
///
/// Part names are compared without regard to case, as the format demands; `\` counts as `/`. Entries whose name
/// leads out of the package are left out. Nothing is ever written to disk.
///
/// ```
/// use mingce_ooxml::{Error, Limits, Package};
///
/// let not_a_zip = Package::open(b"name,sex", &Limits::default());
/// assert!(matches!(not_a_zip, Err(Error::NotAPackage { .. })));
/// ```
#[derive(Debug)]
pub struct Package<'a> {
    entries: Vec<Entry<'a>>,
    by_name: BTreeMap<String, usize>,
    limits: Limits,
}

impl<'a> Package<'a> {
    /// Opens the package in these bytes; reads its directory and unpacks nothing.
    ///
    /// # Errors
    /// When the bytes are no whole zip file, an entry is encrypted, two entries have one name, or the directory already shows
    /// that a limit is exceeded.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        if bytes.len() as u64 > limits.input {
            return Err(Error::limit(Limit::Input, None, limits.input));
        }
        bound_directory(bytes, limits)?;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(not_a_package)?;
        count_entries(&archive, limits)?;
        let mut package = Self { entries: Vec::with_capacity(archive.len()), by_name: BTreeMap::new(), limits: limits.clone() };
        let mut unpacked = 0u64;
        for index in 0..archive.len() {
            let entry = directory_entry(&mut archive, index, bytes)?;
            unpacked = unpacked.saturating_add(entry.size);
            check_sizes(&entry, limits)?;
            if unpacked > limits.unpacked {
                return Err(Error::limit(Limit::Unpacked, None, limits.unpacked));
            }
            package.add(entry)?;
        }
        if archive.has_duplicate_names() {
            return Err(Error::DuplicateEntry { part: name_used_twice(bytes) });
        }
        Ok(package)
    }

    fn add(&mut self, entry: Entry<'a>) -> Result<(), Error> {
        if entry.name.is_empty() || entry.name.ends_with('/') || entry.name.split('/').any(|step| matches!(step, "." | "..")) {
            return Ok(());
        }
        if self.by_name.insert(entry.name.to_lowercase(), self.entries.len()).is_some() {
            return Err(Error::DuplicateEntry { part: entry.name });
        }
        self.entries.push(entry);
        Ok(())
    }

    /// The limits it was opened within.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The names of its parts, in the order of the package.
    #[must_use]
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// Whether it has this part.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// The bytes of a part, its length and check sum verified.
    ///
    /// # Errors
    /// When there is no such part or it cannot be unpacked.
    pub fn part(&self, name: &str) -> Result<Vec<u8>, Error> {
        let mut reader = self.part_reader(name)?;
        // a directory that promises much gets its memory only as the bytes arrive
        let mut bytes = Vec::with_capacity(usize::try_from(reader.size().min(1 << 20)).unwrap_or(0));
        reader.read_to_end(&mut bytes).map_err(|error| Error::from_io(&error, name))?;
        Ok(bytes)
    }

    /// The XML of a part in UTF-8, whole, without a byte order mark.
    ///
    /// # Errors
    /// As [`Package::part`]; also when the part is neither UTF-8 nor UTF-16.
    pub fn xml_text(&self, name: &str) -> Result<String, Error> {
        match self.xml_text_before_damage(name)? {
            (text, None) => Ok(text),
            (_, Some(error)) => Err(error),
        }
    }

    /// The XML of a part as [`xml_text`](Self::xml_text) gives it, up to the first byte that is no UTF-8, and the damage there.
    ///
    /// # Errors
    /// As [`Package::xml_text`], but for bytes that are no UTF-8.
    pub fn xml_text_before_damage(&self, name: &str) -> Result<(String, Option<Error>), Error> {
        let bytes = self.part(name)?;
        if let Some(order) = utf16_order(&bytes) {
            return Ok((String::from_utf8(utf8_from(&bytes, order, name)?).unwrap_or_default(), None));
        }
        let (text, broken) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(fault) => {
                let whole = fault.utf8_error().valid_up_to();
                (String::from_utf8_lossy(&fault.as_bytes()[..whole]).into_owned(), Some(Error::damaged(name, "不是 UTF-8 编码")))
            }
        };
        Ok(match text.strip_prefix('\u{FEFF}') {
            Some(rest) => (rest.to_owned(), broken),
            None => (text, broken),
        })
    }

    /// A part as a stream of bytes; limits, length and check sum are enforced while it is read to its end.
    ///
    /// # Errors
    /// When there is no such part or its packing is unknown.
    pub fn part_reader(&self, name: &str) -> Result<PartReader<'_>, Error> {
        let entry = self.entry(name).ok_or_else(|| Error::MissingPart { part: name.to_owned() })?;
        PartReader::new(entry)
    }

    /// A part as a stream of XML; UTF-16 becomes UTF-8 on the way.
    ///
    /// # Errors
    /// As [`Package::part_reader`].
    pub fn xml(&self, name: &str) -> Result<XmlReader<PartReader<'_>>, Error> {
        let mut reader = self.part_reader(name)?;
        if let Some(order) = utf16_order(reader.start()?) {
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes).map_err(|error| Error::from_io(&error, name))?;
            reader = PartReader::of_memory(reader.name(), utf8_from(&bytes, order, name)?);
        }
        Ok(XmlReader::new(reader, name, &self.limits))
    }

    /// The relationships of a part; those of the package itself for an empty name. None where there is no such list.
    ///
    /// # Errors
    /// When the list is damaged.
    pub fn relationships(&self, part: &str) -> Result<Relationships, Error> {
        let list = part_of_relationships(part);
        if self.contains(&list) { Relationships::read(self.xml(&list)?, part) } else { Ok(Relationships::default()) }
    }

    /// The name of the part that holds the document: the workbook, or the text of a Word document.
    ///
    /// # Errors
    /// When the package's relationships are damaged.
    pub fn main_part(&self) -> Result<Option<String>, Error> {
        let named = self.relationships("")?.first_of("officeDocument").and_then(|found| found.target.clone());
        Ok(named.or_else(|| {
            let usual = ["xl/workbook.xml", "word/document.xml", "xl/workbook.bin"];
            usual.into_iter().find(|name| self.contains(name)).map(str::to_owned)
        }))
    }

    fn entry(&self, name: &str) -> Option<&Entry<'a>> {
        let name = name.trim_start_matches('/').to_lowercase();
        // a relationship writes blanks and Chinese as `%20`; some writers do so in the names of entries, and some do not
        let index = self.by_name.get(&name).or_else(|| self.by_name.get(&percent_decoded(&name)?))?;
        self.entries.get(*index)
    }
}

/// The name with its percent escapes resolved; `None` where it has none, or where they are no UTF-8.
fn percent_decoded(name: &str) -> Option<String> {
    let (first, rest) = name.split_once('%')?;
    let mut bytes = first.as_bytes().to_vec();
    for piece in rest.split('%') {
        bytes.push(u8::from_str_radix(piece.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}

/// Refuses a directory of millions of entries before the zip library builds it in memory.
fn bound_directory(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    // packages stored inside bring directories of their own, hence some room; the exact count follows
    let allowed = usize::try_from(limits.entries.saturating_mul(8).saturating_add(limits.leaves)).unwrap_or(usize::MAX);
    if memchr::memmem::find_iter(bytes, b"PK\x01\x02").nth(allowed).is_some() {
        return Err(Error::limit(Limit::Entries, None, limits.entries));
    }
    Ok(())
}

/// Refuses more entries than are allowed; a document of thousands of forms has thousands of sheets or photos, and nothing else.
fn count_entries(archive: &ZipArchive<Cursor<&[u8]>>, limits: &Limits) -> Result<(), Error> {
    let is_leaf = |name: &[u8]| {
        let mut folders = name.rsplit(|byte| matches!(byte, b'/' | b'\\')).skip(1);
        folders.any(|folder| [&b"worksheets"[..], b"drawings", b"media"].iter().any(|leaves| folder.eq_ignore_ascii_case(leaves)))
    };
    let leaves = archive.file_names_raw().filter(|name| is_leaf(name)).count();
    for (count, allowed) in [(archive.len() - leaves, limits.entries), (leaves, limits.leaves)] {
        if count as u64 > allowed {
            return Err(Error::limit(Limit::Entries, None, allowed));
        }
    }
    Ok(())
}

/// The first name the directory has twice; the zip library keeps only the last entry of a name.
fn name_used_twice(bytes: &[u8]) -> String {
    let mut seen = std::collections::BTreeSet::new();
    let names = memchr::memmem::find_iter(bytes, b"PK\x01\x02").filter_map(|at| {
        let length = bytes.get(at + 28..at + 30).map(|b| usize::from(u16::from_le_bytes([b[0], b[1]])))?;
        bytes.get(at + 46..at + 46 + length)
    });
    let twice = names.into_iter().find(|name| !seen.insert(*name));
    String::from_utf8_lossy(twice.unwrap_or_default()).into_owned()
}

fn directory_entry<'a>(archive: &mut ZipArchive<Cursor<&'a [u8]>>, index: usize, bytes: &'a [u8]) -> Result<Entry<'a>, Error> {
    let header = archive.by_index_data(index).map_err(not_a_package)?;
    if header.encrypted() {
        return Err(Error::Encrypted);
    }
    let name = String::from_utf8_lossy(header.name_raw()).replace('\\', "/");
    let packing = match header.compression() {
        zip::CompressionMethod::Stored => Packing::Stored,
        zip::CompressionMethod::Deflated => Packing::Deflated,
        _ => Packing::Unknown,
    };
    let (size, packed_size, check_sum) = (header.size(), header.compressed_size(), header.crc32());
    // an entry that cannot be found is only damage of that entry: nobody may ever ask for it
    let packed = archive.by_index_raw(index).ok().and_then(|file| file.data_start()).and_then(|start| {
        let end = start.checked_add(packed_size)?;
        bytes.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
    });
    Ok(Entry { name: name.trim_start_matches('/').to_owned(), packed, packed_size, packing, size, check_sum })
}

fn check_sizes(entry: &Entry<'_>, limits: &Limits) -> Result<(), Error> {
    let file = entry.name.rsplit('/').next().unwrap_or_default();
    let shared = ["sharedStrings.xml", "styles.xml"].iter().any(|name| file.eq_ignore_ascii_case(name));
    let (limit, allowed) = if shared { (Limit::Shared, limits.shared.min(limits.part)) } else { (Limit::Part, limits.part) };
    if entry.size > allowed {
        return Err(Error::limit(limit, Some(&entry.name), allowed));
    }
    if entry.size > limits.ratio_free && entry.size > entry.packed_size.saturating_mul(limits.ratio) {
        return Err(Error::limit(Limit::Ratio, Some(&entry.name), limits.ratio));
    }
    Ok(())
}

fn not_a_package(source: ZipError) -> Error {
    Error::NotAPackage { source: Arc::new(source) }
}

#[cfg(test)]
mod tests;
