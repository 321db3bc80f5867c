//! The container of old binary files (OLE2, "compound file"): its streams at the top, read without trusting its chains.
//!
//! No chain is followed for more links than the file has sectors, and no stream can be longer than the file. What only a strict
//! reader minds is let pass: tables that name sectors behind the end of the file, a last sector cut short. Source: MS-CFB.

/// How such a file begins.
pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Numbers from here on are no sectors: ends of chains, free sectors, sectors of the table itself.
const NO_SECTOR: u32 = 0xFFFF_FFFA;
const ENTRY: usize = 128;
/// Sector numbers of the allocation table that stand in the header.
const IN_HEADER: usize = 109;
const SMALL_SECTOR: usize = 64;
/// Shorter streams lie together in one stream, in small sectors.
const SMALL: usize = 4096;

/// The streams at the top of a container.
pub(super) struct Compound<'a> {
    file: Sectors<'a>,
    small: Vec<u8>,
    small_table: Vec<u32>,
    streams: Vec<Entry>,
}

/// A file as sectors, and which sector follows which.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    table: Vec<u32>,
}

struct Entry {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    first: u32,
    length: usize,
}

impl<'a> Compound<'a> {
    /// Reads the tables and the directory; none when they are damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let size = match number16(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Sectors { bytes, size, table: Vec::new() };
        file.table = file.table()?;
        let directory = file.chain(number(bytes, 48)?, None)?;
        let entries: Vec<Entry> = directory.chunks_exact(ENTRY).map_while(|bytes| entry(bytes, size)).collect();
        let root = entries.iter().find(|entry| entry.kind == 5)?;
        // a container without short streams may say anything about them
        let small = file.chain(root.first, Some(root.length)).unwrap_or_default();
        let needed = small.len().div_ceil(SMALL_SECTOR) * 4;
        let small_table = file.chain(number(bytes, 60)?, Some(needed)).unwrap_or_default();
        let small_table = small_table.chunks_exact(4).filter_map(|four| number(four, 0)).collect();
        let top = root.child;
        Some(Self { file, small, small_table, streams: at_the_top(entries, top) })
    }

    /// The bytes of the stream of this name, where there is one; none of them when its chain is damaged.
    pub(super) fn stream(&self, name: &str) -> Option<Option<Vec<u8>>> {
        let entry = self.streams.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        Some(if entry.length < SMALL {
            let sector = |number| part(&self.small, usize::try_from(number).ok()?.checked_mul(SMALL_SECTOR)?, SMALL_SECTOR);
            walk(sector, &self.small_table, entry.first, Some(entry.length))
        } else {
            self.file.chain(entry.first, Some(entry.length))
        })
    }
}

impl<'a> Sectors<'a> {
    /// The bytes of one sector; the last of a file may be cut short.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        part(self.bytes, usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.size)?, self.size)
    }

    fn chain(&self, first: u32, length: Option<usize>) -> Option<Vec<u8>> {
        walk(|number| self.sector(number), &self.table, first, length)
    }

    /// The allocation table: its first sectors are named in the header, more in a chain of their own.
    fn table(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.size + 1;
        let mut sectors: Vec<u32> = (0..IN_HEADER).filter_map(|index| number(self.bytes, 76 + 4 * index)).collect();
        let mut next = number(self.bytes, 68)?;
        for _ in 0..most {
            let Some(list) = self.sector(next) else { break };
            let mut numbers = list.chunks_exact(4).filter_map(|four| number(four, 0));
            sectors.extend(numbers.by_ref().take(self.size / 4 - 1));
            next = numbers.next().unwrap_or(NO_SECTOR);
        }
        let mut table = Vec::new();
        for sector in sectors.into_iter().filter(|sector| *sector < NO_SECTOR) {
            if table.len() >= most {
                break;
            }
            table.extend(self.sector(sector)?.chunks_exact(4).filter_map(|four| number(four, 0)));
        }
        table.truncate(most);
        Some(table)
    }
}

/// The bytes of a chain of sectors to its end, at most as many as its length says; none when it leads out of the file or in a
/// circle. A chain may end early: some writers note too great a length, and what is wanted of a stream is checked where it is read.
fn walk<'s>(sector: impl Fn(u32) -> Option<&'s [u8]>, table: &[u32], first: u32, length: Option<usize>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut next = first;
    for _ in 0..=table.len() {
        if next >= NO_SECTOR || length.is_some_and(|length| bytes.len() >= length) {
            bytes.truncate(length.unwrap_or(usize::MAX));
            return Some(bytes);
        }
        bytes.extend_from_slice(sector(next)?);
        next = usize::try_from(next).ok().and_then(|index| table.get(index)).copied().unwrap_or(NO_SECTOR);
    }
    None
}

fn part(bytes: &[u8], from: usize, size: usize) -> Option<&[u8]> {
    let rest = bytes.get(from..)?;
    if rest.is_empty() { None } else { Some(&rest[..rest.len().min(size)]) }
}

/// The streams that stand in no folder; the entries of a folder are a tree.
fn at_the_top(entries: Vec<Entry>, top: u32) -> Vec<Entry> {
    let mut entries: Vec<Option<Entry>> = entries.into_iter().map(Some).collect();
    let mut open = vec![top];
    let mut streams = Vec::new();
    while let Some(number) = open.pop() {
        let slot = usize::try_from(number).ok().and_then(|index| entries.get_mut(index));
        // an entry is taken out of its place, so a tree that grows into itself ends
        if let Some(entry) = slot.and_then(Option::take) {
            open.extend([entry.left, entry.right]);
            if entry.kind == 2 {
                streams.push(entry);
            }
        }
    }
    streams
}

fn entry(bytes: &[u8], sector: usize) -> Option<Entry> {
    let length = usize::from(number16(bytes, 64)?).min(64);
    let name: Vec<u16> = (0..length.saturating_sub(2) / 2).filter_map(|index| number16(bytes, 2 * index)).collect();
    // the upper half is undefined in containers of small sectors
    let upper = if sector == 512 { 0 } else { number(bytes, 124)? };
    let length = u64::from(upper) << 32 | u64::from(number(bytes, 120)?);
    Some(Entry {
        name: String::from_utf16_lossy(&name),
        kind: *bytes.get(66)?,
        left: number(bytes, 68)?,
        right: number(bytes, 72)?,
        child: number(bytes, 76)?,
        first: number(bytes, 116)?,
        length: usize::try_from(length).unwrap_or(usize::MAX),
    })
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}
