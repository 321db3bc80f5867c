//! The container of old binary files (OLE2, "compound file"): its directory and streams, read without trusting its chains.
//!
//! No sector may come twice in a chain, so one that bites its tail is found out; every sector number is looked up, so one that
//! points out of the file is damage. Old workbooks come in it, and whatever Office encrypts. Source: MS-CFB.

const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;
/// Sector numbers above this have a meaning of their own.
const LAST: u32 = 0xFFFF_FFFA;
const HEADER: usize = 512;
const ENTRY: usize = 128;
const MINI_SECTOR: usize = 64;
/// The kinds of entries.
const FOLDER: u8 = 1;
const STREAM: u8 = 2;
const ROOT: u8 = 5;
/// Sector numbers of the allocation table that fit into the header.
const IN_HEADER: usize = 109;

/// What is wrong with a container, in Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub &'static str);

/// An old binary container.
#[derive(Debug)]
pub struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    root: Option<Entry>,
    /// What lies in the root: what lies deeper belongs to documents inside the document.
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u64,
}

impl<'a> Compound<'a> {
    /// How such a file begins.
    pub const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// Reads the allocation table and the directory.
    ///
    /// # Errors
    /// When the tables that say where everything lies are damaged.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(Fault("旧版文件的扇区大小有误")),
        };
        let mut compound = Self { bytes, sector, table: Vec::new(), root: None, entries: Vec::new() };
        compound.read_table()?;
        let directory = compound.chain(u32_at(bytes, 48).unwrap_or(END), usize::MAX)?;
        let entries: Vec<Option<Entry>> = directory.chunks_exact(ENTRY).map(|bytes| entry(bytes, sector)).collect();
        compound.root = entries.iter().flatten().find(|entry| entry.kind == ROOT).cloned();
        compound.entries = in_root(&entries, compound.root.as_ref());
        Ok(compound)
    }

    /// Whether something of this name lies in its root.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes of a stream that lies in its root, as many as its entry says; `None` where there is none.
    ///
    /// # Errors
    /// When its chain is damaged or ends too early.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some(entry) = self.find(name).filter(|entry| entry.kind == STREAM) else { return Ok(None) };
        let bytes = self.bytes_of(entry)?;
        if (bytes.len() as u64) < entry.size { Err(Fault("旧版文件不完整")) } else { Ok(Some(bytes)) }
    }

    /// The bytes of a stream that lies in its root, to the end of its chain: some writers note too great a length.
    ///
    /// # Errors
    /// When its chain is damaged.
    pub fn stream_to_its_end(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let entry = self.find(name).filter(|entry| entry.kind == STREAM);
        entry.map(|entry| self.bytes_of(entry)).transpose()
    }

    fn bytes_of(&self, entry: &Entry) -> Result<Vec<u8>, Fault> {
        let size = usize::try_from(entry.size).unwrap_or(usize::MAX);
        let small = u32_at(self.bytes, 56).unwrap_or(4096);
        let mut bytes = if entry.size < u64::from(small) { self.mini_chain(entry.start, size)? } else { self.chain(entry.start, size)? };
        bytes.truncate(size);
        Ok(bytes)
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Gathers the sectors of the allocation table: the first from the header, more from a chain of their own.
    fn read_table(&mut self) -> Result<(), Fault> {
        let mut sectors: Vec<u32> = (0..IN_HEADER).filter_map(|index| u32_at(self.bytes, 76 + 4 * index)).collect();
        let mut next = u32_at(self.bytes, 68).unwrap_or(END);
        let most = self.bytes.len() / self.sector + 1;
        for _ in 0..most {
            let Some(list) = self.sector_bytes(next) else { break };
            let mut numbers = list.chunks_exact(4).map(number);
            sectors.extend(numbers.by_ref().take(self.sector / 4 - 1));
            next = numbers.next().unwrap_or(END);
        }
        sectors.retain(|number| *number <= LAST);
        // each sector of the table describes many others: more of them than the file has sectors describe nothing
        let declared = u32_at(self.bytes, 44).and_then(|count| usize::try_from(count).ok()).unwrap_or(usize::MAX);
        if sectors.len() > most || declared > most {
            return Err(Fault("旧版文件的扇区表过长"));
        }
        for number_of_sector in sectors {
            let list = self.sector_bytes(number_of_sector).ok_or(Fault("旧版文件的扇区表不完整"))?;
            self.table.extend(list.chunks_exact(4).map(number));
        }
        Ok(())
    }

    /// The bytes of a chain of sectors, to its end or as many as are wanted.
    fn chain(&self, first: u32, wanted: usize) -> Result<Vec<u8>, Fault> {
        follow(first, wanted, &self.table, |number| self.sector_bytes(number))
    }

    /// The bytes of a chain of small sectors, which lie in a stream of the root.
    fn mini_chain(&self, first: u32, wanted: usize) -> Result<Vec<u8>, Fault> {
        let table = self.chain(u32_at(self.bytes, 60).unwrap_or(END), usize::MAX)?;
        let table: Vec<u32> = table.chunks_exact(4).map(number).collect();
        let container = self.chain(self.root.as_ref().map_or(END, |root| root.start), usize::MAX)?;
        follow(first, wanted, &table, |number| {
            let start = usize::try_from(number).ok()?.checked_mul(MINI_SECTOR)?;
            container.get(start..)?.get(..MINI_SECTOR)
        })
    }

    /// The bytes of one sector; the last of a file may be cut short.
    fn sector_bytes(&self, number: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?.max(HEADER);
        let rest = self.bytes.get(start..)?;
        if rest.is_empty() { None } else { Some(&rest[..rest.len().min(self.sector)]) }
    }
}

/// Follows a chain from link to link; no sector may come twice.
fn follow<'s>(first: u32, wanted: usize, table: &[u32], sector: impl Fn(u32) -> Option<&'s [u8]>) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let mut seen = vec![false; table.len()];
    let mut next = first;
    while next != END && next != FREE && bytes.len() < wanted {
        let outside = Fault("旧版文件的扇区链指向文件之外");
        let Some(index) = usize::try_from(next).ok().filter(|index| *index < table.len()) else { return Err(outside) };
        if std::mem::replace(&mut seen[index], true) {
            return Err(Fault("旧版文件的扇区链首尾相接"));
        }
        bytes.extend_from_slice(sector(next).ok_or(outside)?);
        next = table[index];
    }
    Ok(bytes)
}

/// The entries that hang below the root; all of them where the tree does not say.
fn in_root(entries: &[Option<Entry>], root: Option<&Entry>) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut seen = vec![false; entries.len()];
    let mut open: Vec<u32> = root.map(|root| root.child).into_iter().collect();
    while let Some(number) = open.pop() {
        let Some(index) = usize::try_from(number).ok().filter(|index| seen.get(*index) == Some(&false)) else { continue };
        seen[index] = true;
        if let Some(entry) = &entries[index] {
            open.extend([entry.left, entry.right]);
            found.push(entry.clone());
        }
    }
    if found.is_empty() { entries.iter().flatten().cloned().collect() } else { found }
}

fn entry(bytes: &[u8], sector: usize) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?);
    let kind = *bytes.get(66)?;
    if !matches!(kind, FOLDER | STREAM | ROOT) || !(2..=64).contains(&length) {
        return None;
    }
    let units: Vec<u16> = bytes[..length - 2].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    // the upper half is undefined in containers of small sectors
    let upper = if sector == 512 { 0 } else { u32_at(bytes, 124)? };
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        kind,
        left: u32_at(bytes, 68)?,
        right: u32_at(bytes, 72)?,
        child: u32_at(bytes, 76)?,
        start: u32_at(bytes, 116)?,
        size: u64::from(upper) << 32 | u64::from(u32_at(bytes, 120)?),
    })
}

fn number(bytes: &[u8]) -> u32 {
    u32_at(bytes, 0).unwrap_or(FREE)
}

/// The 16 bits that stand here, if all of them do.
#[must_use]
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|found| u16::from_le_bytes(*found))
}

/// The 32 bits that stand here, if all of them do.
#[must_use]
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|found| u32::from_le_bytes(*found))
}
