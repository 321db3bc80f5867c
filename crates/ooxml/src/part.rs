//! One part while it is unpacked: what the directory promised is held against what comes out.

use std::io::{self, BufRead, Cursor, Read};

use flate2::bufread::DeflateDecoder;

use crate::error::Error;

const BUFFER: usize = 64 << 10;

/// How a part is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Stored,
    Deflated,
    Unknown,
}

/// One entry of the directory.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) name: String,
    /// The packed bytes; `None` when they do not lie inside the file.
    pub(crate) packed: Option<&'a [u8]>,
    pub(crate) packed_size: u64,
    pub(crate) packing: Packing,
    pub(crate) size: u64,
    pub(crate) check_sum: u32,
}

#[derive(Debug)]
enum Source<'p> {
    Stored(&'p [u8]),
    Deflated(Box<DeflateDecoder<&'p [u8]>>),
    Memory(Cursor<Vec<u8>>),
}

/// A part as a stream. Reading fails as soon as more comes out than the directory promised, and at its end when length or
/// check sum differ; only what was read to the end is verified.
#[derive(Debug)]
pub struct PartReader<'p> {
    name: &'p str,
    source: Source<'p>,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    read: u64,
    size: u64,
    check_sum: Option<u32>,
    hasher: crc32fast::Hasher,
    done: bool,
}

impl<'p> PartReader<'p> {
    pub(crate) fn new(entry: &'p Entry<'_>) -> Result<Self, Error> {
        let packed = entry.packed.ok_or_else(|| Error::damaged(&entry.name, "数据不在文件范围之内"))?;
        let source = match entry.packing {
            Packing::Stored => Source::Stored(packed),
            Packing::Deflated => Source::Deflated(Box::new(DeflateDecoder::new(packed))),
            Packing::Unknown => return Err(Error::damaged(&entry.name, "压缩方法不认识")),
        };
        Ok(Self::of(&entry.name, source, entry.size, Some(entry.check_sum)))
    }

    /// A reader of bytes that have been verified already.
    pub(crate) fn of_memory(name: &'p str, bytes: Vec<u8>) -> Self {
        let size = bytes.len() as u64;
        Self::of(name, Source::Memory(Cursor::new(bytes)), size, None)
    }

    fn of(name: &'p str, source: Source<'p>, size: u64, check_sum: Option<u32>) -> Self {
        Self {
            name,
            source,
            buffer: vec![0; BUFFER].into_boxed_slice(),
            start: 0,
            end: 0,
            read: 0,
            size,
            check_sum,
            hasher: crc32fast::Hasher::new(),
            done: false,
        }
    }

    /// The part's name.
    #[must_use]
    pub fn name(&self) -> &'p str {
        self.name
    }

    /// The size its directory entry promises, in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The first bytes, which stay to be read.
    pub(crate) fn start(&mut self) -> Result<&[u8], Error> {
        let name = self.name;
        self.fill_buf().map_err(|error| Error::from_io(&error, name))
    }

    fn refill(&mut self) -> io::Result<()> {
        let got = match &mut self.source {
            Source::Stored(bytes) => bytes.read(&mut self.buffer),
            Source::Deflated(decoder) => decoder.read(&mut self.buffer),
            Source::Memory(bytes) => bytes.read(&mut self.buffer),
        };
        let got = got.map_err(|_| self.fault("压缩数据有误"))?;
        (self.start, self.end) = (0, got);
        self.read += got as u64;
        if self.read > self.size {
            self.end = 0;
            return Err(self.fault("解压后的长度超过目录所写"));
        }
        if got > 0 {
            if self.check_sum.is_some() {
                self.hasher.update(&self.buffer[..got]);
            }
            return Ok(());
        }
        if self.read < self.size {
            return Err(self.fault("数据不完整"));
        }
        if self.check_sum.is_some_and(|expected| expected != self.hasher.clone().finalize()) {
            return Err(self.fault("校验和不符"));
        }
        self.done = true;
        Ok(())
    }

    fn fault(&self, fault: &'static str) -> io::Error {
        io::Error::other(Error::damaged(self.name, fault))
    }
}

impl BufRead for PartReader<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end && !self.done {
            self.refill()?;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, amount: usize) {
        self.start = (self.start + amount).min(self.end);
    }
}

impl Read for PartReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let amount = ready.len().min(buffer.len());
        buffer[..amount].copy_from_slice(&ready[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}

impl Error {
    /// The error of ours that travelled inside an I/O error; any other I/O error is damage of the part.
    #[must_use]
    pub fn from_io(error: &io::Error, part: &str) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            Some(ours) => ours.clone(),
            None => Self::damaged(part, "读取中断"),
        }
    }
}
