//! Packing parts into a file: a zip of parts that are deflated once, however many files they go into.
//!
//! The central noun is [`Packed`]: a part that is deflated already. Writing it is copying; a file of a thousand pages
//! and a file of one cost the same for the parts that do not change. Dates are fixed, so that the same parts give the
//! same bytes. Nothing here is larger than 4 GiB, so no zip64.

use super::stencil::{Stencil, Traced};
use crate::Error;
use flate2::{Compress, Compression, FlushCompress, Status};

/// Level 1: three times as fast as 6 on a form, and the file is a sixth larger.
const LEVEL: Compression = Compression::fast();

/// 1980-01-01 00:00, the earliest a zip can say: no clock reaches our files.
const DOS_DATE: u16 = 0x0021;

/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;

/// How a part is packed: as it is, or deflated.
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// A part, deflated.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    name: String,
    check_sum: u32,
    size: u32,
    bytes: Vec<u8>,
}

impl Packed {
    /// Deflates a part.
    ///
    /// # Errors
    /// When it is larger than a zip can say.
    pub(crate) fn new(name: &str, content: &[u8], deflater: &mut Deflater) -> Result<Self, Error> {
        let mut bytes = Vec::with_capacity(content.len() / 4 + 64);
        let entry = deflater.deflate(name, content, &mut bytes)?;
        Ok(Self { name: name.to_owned(), check_sum: entry.check_sum, size: entry.size, bytes })
    }

    /// The name of the part.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

/// What a zip's directory says of an entry.
#[derive(Debug, Clone, Copy)]
struct Entry {
    method: u16,
    check_sum: u32,
    packed: u32,
    size: u32,
    offset: u32,
}

/// A deflate stream that is used again and again.
///
/// Its tables, a quarter of a megabyte, are made when it is first asked for something: whoever fills forms from a stencil hardly
/// ever does.
#[derive(Debug)]
pub(crate) struct Deflater {
    stream: Option<Compress>,
}

impl Deflater {
    pub(crate) fn new() -> Self {
        Self { stream: None }
    }

    /// Begins another stream.
    fn reset(&mut self) {
        if let Some(stream) = &mut self.stream {
            stream.reset();
        }
    }

    fn deflate(&mut self, name: &str, content: &[u8], out: &mut Vec<u8>) -> Result<Entry, Error> {
        self.reset();
        let start = out.len();
        self.push(content, FlushCompress::Finish, out)?;
        let too_large = |_| Error::TooLarge { part: name.to_owned() };
        Ok(Entry {
            method: DEFLATED,
            check_sum: crc32fast::hash(content),
            packed: u32::try_from(out.len() - start).map_err(too_large)?,
            size: u32::try_from(content.len()).map_err(too_large)?,
            offset: 0,
        })
    }

    /// Deflates one more piece of the stream.
    fn push(&mut self, content: &[u8], flush: FlushCompress, out: &mut Vec<u8>) -> Result<(), Error> {
        let stream = self.stream.get_or_insert_with(|| Compress::new(LEVEL, false));
        let mut rest = content;
        loop {
            out.reserve(rest.len() / 2 + 4096);
            let before = stream.total_in();
            let status = stream
                .compress_vec(rest, out, flush)
                .map_err(|error| Error::Document { part: "deflate".to_owned(), source: error.into() })?;
            let consumed = usize::try_from(stream.total_in() - before).unwrap_or(rest.len());
            rest = &rest[consumed.min(rest.len())..];
            let is_done = match flush {
                FlushCompress::Finish => status == Status::StreamEnd,
                _ => rest.is_empty() && out.len() < out.capacity(),
            };
            if is_done {
                return Ok(());
            }
        }
    }
}

/// A zip that is being written into a buffer.
#[derive(Debug)]
pub(crate) struct PackageWriter<'a> {
    out: &'a mut Vec<u8>,
    start: usize,
    directory: Vec<u8>,
    entries: u16,
}

/// A part that is being written piece by piece.
#[derive(Debug)]
pub(crate) struct OpenPart {
    name: String,
    header: usize,
    data: usize,
    check_sum: crc32fast::Hasher,
    size: u64,
}

impl<'a> PackageWriter<'a> {
    pub(crate) fn new(out: &'a mut Vec<u8>) -> Self {
        let start = out.len();
        Self { out, start, directory: Vec::with_capacity(512), entries: 0 }
    }

    /// Copies a part that is deflated already.
    pub(crate) fn copy(&mut self, part: &Packed) -> Result<(), Error> {
        self.copy_as(&part.name, part)
    }

    /// Copies a part that is deflated already, under another name.
    pub(crate) fn copy_as(&mut self, name: &str, part: &Packed) -> Result<(), Error> {
        let packed = u32::try_from(part.bytes.len()).map_err(|_| Error::TooLarge { part: name.to_owned() })?;
        let entry = Entry { method: DEFLATED, check_sum: part.check_sum, packed, size: part.size, offset: self.offset(name)? };
        push_local_header(self.out, name, entry);
        self.out.extend_from_slice(&part.bytes);
        self.list(name, entry);
        Ok(())
    }

    /// Puts a part into the file as it is: a picture is packed already.
    pub(crate) fn store(&mut self, name: &str, content: &[u8]) -> Result<(), Error> {
        let size = u32::try_from(content.len()).map_err(|_| Error::TooLarge { part: name.to_owned() })?;
        let entry = Entry { method: STORED, check_sum: crc32fast::hash(content), packed: size, size, offset: self.offset(name)? };
        push_local_header(self.out, name, entry);
        self.out.extend_from_slice(content);
        self.list(name, entry);
        Ok(())
    }

    /// Deflates a part into the file.
    pub(crate) fn deflate(&mut self, name: &str, content: &[u8], deflater: &mut Deflater) -> Result<(), Error> {
        let mut part = self.open(name, deflater)?;
        self.push(&mut part, content, deflater)?;
        self.close(part, deflater)
    }

    /// Deflates a text into the file with the stencil of its recurring pieces.
    pub(crate) fn stencil(&mut self, name: &str, text: &Traced, stencil: &Stencil) -> Result<(), Error> {
        let mut part = self.begin(name);
        stencil.deflate(text, self.out);
        part.check_sum.update(text.text.as_bytes());
        part.size = text.text.len() as u64;
        self.end(part)
    }

    /// Begins a part of unknown length.
    pub(crate) fn open(&mut self, name: &str, deflater: &mut Deflater) -> Result<OpenPart, Error> {
        deflater.reset();
        Ok(self.begin(name))
    }

    fn begin(&mut self, name: &str) -> OpenPart {
        let header = self.out.len();
        let nothing = Entry { method: DEFLATED, check_sum: 0, packed: 0, size: 0, offset: 0 };
        push_local_header(self.out, name, nothing);
        OpenPart { name: name.to_owned(), header, data: self.out.len(), check_sum: crc32fast::Hasher::new(), size: 0 }
    }

    /// Adds to the part that is open.
    pub(crate) fn push(&mut self, part: &mut OpenPart, content: &[u8], deflater: &mut Deflater) -> Result<(), Error> {
        part.check_sum.update(content);
        part.size += content.len() as u64;
        deflater.push(content, FlushCompress::None, self.out)
    }

    /// Ends the part.
    pub(crate) fn close(&mut self, part: OpenPart, deflater: &mut Deflater) -> Result<(), Error> {
        deflater.push(&[], FlushCompress::Finish, self.out)?;
        self.end(part)
    }

    /// Writes the part's sizes where the header left room for them.
    fn end(&mut self, part: OpenPart) -> Result<(), Error> {
        let too_large = || Error::TooLarge { part: part.name.clone() };
        let entry = Entry {
            method: DEFLATED,
            check_sum: part.check_sum.finalize(),
            packed: u32::try_from(self.out.len() - part.data).map_err(|_| too_large())?,
            size: u32::try_from(part.size).map_err(|_| too_large())?,
            offset: u32::try_from(part.header - self.start).map_err(|_| too_large())?,
        };
        for (number, at) in [entry.check_sum, entry.packed, entry.size].into_iter().zip((part.header + 14..).step_by(4)) {
            self.out[at..at + 4].copy_from_slice(&number.to_le_bytes());
        }
        self.list(&part.name, entry);
        Ok(())
    }

    /// Writes the directory.
    pub(crate) fn finish(self) -> Result<(), Error> {
        let offset = self.offset("")?;
        let size = u32::try_from(self.directory.len()).map_err(|_| Error::TooLarge { part: String::new() })?;
        self.out.extend_from_slice(&self.directory);
        self.out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        self.out.extend_from_slice(&self.entries.to_le_bytes());
        self.out.extend_from_slice(&self.entries.to_le_bytes());
        self.out.extend_from_slice(&size.to_le_bytes());
        self.out.extend_from_slice(&offset.to_le_bytes());
        self.out.extend_from_slice(&0_u16.to_le_bytes());
        Ok(())
    }

    fn offset(&self, part: &str) -> Result<u32, Error> {
        u32::try_from(self.out.len() - self.start).map_err(|_| Error::TooLarge { part: part.to_owned() })
    }

    fn list(&mut self, name: &str, entry: Entry) {
        self.entries += 1;
        let out = &mut self.directory;
        out.extend_from_slice(b"PK\x01\x02");
        out.extend_from_slice(&20_u16.to_le_bytes());
        push_common(out, name, entry);
        // no comment, first disk, no attributes
        out.extend_from_slice(&[0; 10]);
        out.extend_from_slice(&entry.offset.to_le_bytes());
        out.extend_from_slice(name.as_bytes());
    }
}

fn push_local_header(out: &mut Vec<u8>, name: &str, entry: Entry) {
    out.extend_from_slice(b"PK\x03\x04");
    push_common(out, name, entry);
    out.extend_from_slice(name.as_bytes());
}

/// The fields that a local header and the directory have alike, from the version needed to the length of the extra field.
fn push_common(out: &mut Vec<u8>, name: &str, entry: Entry) {
    // put together first: a form has fourteen of these, and a vector asks for its room at every number
    let mut fields = [0; 26];
    fields[0..2].copy_from_slice(&20_u16.to_le_bytes());
    fields[2..4].copy_from_slice(&FLAGS.to_le_bytes());
    fields[4..6].copy_from_slice(&entry.method.to_le_bytes());
    fields[8..10].copy_from_slice(&DOS_DATE.to_le_bytes());
    fields[10..14].copy_from_slice(&entry.check_sum.to_le_bytes());
    fields[14..18].copy_from_slice(&entry.packed.to_le_bytes());
    fields[18..22].copy_from_slice(&entry.size.to_le_bytes());
    fields[22..24].copy_from_slice(&u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    out.extend_from_slice(&fields);
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    #[test]
    fn another_zip_library_reads_what_was_copied_deflated_and_streamed() {
        let mut deflater = Deflater::new();
        let large = "党员志愿者".repeat(100_000);
        let packed = Packed::new("a.xml", b"<a/>", &mut deflater).expect("a part");
        let mut bytes = Vec::new();
        let mut package = PackageWriter::new(&mut bytes);
        package.copy(&packed).expect("copied");
        package.deflate("b.xml", large.as_bytes(), &mut deflater).expect("deflated");
        let mut part = package.open("目录/c.xml", &mut deflater).expect("opened");
        for piece in large.as_bytes().chunks(1000) {
            package.push(&mut part, piece, &mut deflater).expect("pushed");
        }
        package.close(part, &mut deflater).expect("closed");
        package.store("d.jpeg", b"jpeg").expect("stored");
        package.finish().expect("finished");
        let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).expect("a zip");
        for (name, expected) in [("a.xml", "<a/>"), ("b.xml", large.as_str()), ("目录/c.xml", large.as_str()), ("d.jpeg", "jpeg")] {
            let mut text = String::new();
            zip.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
            assert_eq!(text.len(), expected.len(), "{name}");
            assert_eq!(text, expected);
        }
    }
}
