//! The container of old binary files (OLE2, "compound file"): its directory and streams, read without trusting its chains.
//!
//! Every sector is visited at most once per chain, so a chain that bites its tail ends; every sector number is looked up, so one
//! that points out of the file is damage. Source: MS-CFB.

use crate::error::Error;

const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;
const HEADER: usize = 512;
const ENTRY: usize = 128;
/// Sector numbers of the allocation table that fit into the header.
const IN_HEADER: usize = 109;

/// An old binary container.
#[derive(Debug)]
pub(crate) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: String,
}

impl<'a> Compound<'a> {
    /// How such a file begins.
    pub(crate) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// Reads the allocation table and the directory.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(Error::Damaged { fault: "旧版文件的扇区大小有误" }),
        };
        let mut compound = Self { bytes, sector, table: Vec::new(), entries: Vec::new() };
        compound.read_table()?;
        let directory = compound.chain(u32_at(bytes, 48).unwrap_or(END))?;
        compound.entries = directory.chunks_exact(ENTRY).filter_map(entry).collect();
        Ok(compound)
    }

    /// The names of its streams and folders.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// Gathers the sectors of the allocation table: the first from the header, more from a chain of their own.
    fn read_table(&mut self) -> Result<(), Error> {
        let mut sectors: Vec<u32> = (0..IN_HEADER).filter_map(|index| u32_at(self.bytes, 76 + 4 * index)).collect();
        let mut next = u32_at(self.bytes, 68).unwrap_or(END);
        let most = self.bytes.len() / self.sector + 1;
        for _ in 0..most {
            let Some(list) = self.sector_bytes(next) else { break };
            let mut numbers = list.chunks_exact(4).map(number);
            sectors.extend(numbers.by_ref().take(self.sector / 4 - 1));
            next = numbers.next().unwrap_or(END);
        }
        sectors.retain(|number| *number < END - 2);
        if sectors.len() > most {
            return Err(Error::Damaged { fault: "旧版文件的扇区表过长" });
        }
        for number_of_sector in sectors {
            let Some(list) = self.sector_bytes(number_of_sector) else {
                return Err(Error::Damaged { fault: "旧版文件的扇区表不完整" });
            };
            self.table.extend(list.chunks_exact(4).map(number));
        }
        Ok(())
    }

    /// The bytes of a chain of sectors.
    fn chain(&self, first: u32) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let mut next = first;
        // a chain with more links than the table has entries goes round in a circle
        for _ in 0..=self.table.len() {
            if next == END || next == FREE {
                return Ok(bytes);
            }
            let sector = self.sector_bytes(next).ok_or(Error::Damaged { fault: "旧版文件的扇区链指向文件之外" })?;
            bytes.extend_from_slice(sector);
            next = usize::try_from(next).ok().and_then(|index| self.table.get(index)).copied().unwrap_or(END);
        }
        Err(Error::Damaged { fault: "旧版文件的扇区链首尾相接" })
    }

    /// The bytes of one sector; the last of a file may be cut short.
    fn sector_bytes(&self, number: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?.max(HEADER);
        let rest = self.bytes.get(start..)?;
        if rest.is_empty() { None } else { Some(&rest[..rest.len().min(self.sector)]) }
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?);
    // kind 1 is a folder, 2 a stream, 5 the root
    if !matches!(bytes.get(66)?, 1 | 2 | 5) || !(2..=64).contains(&length) {
        return None;
    }
    let units: Vec<u16> = bytes[..length - 2].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some(Entry { name: String::from_utf16_lossy(&units) })
}

fn number(bytes: &[u8]) -> u32 {
    u32_at(bytes, 0).unwrap_or(FREE)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}
