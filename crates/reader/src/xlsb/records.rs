//! The records of a binary part: number and length in as few bytes as they need, then the data.

use std::io::Read;

use mingce_ooxml::{Limit, Package, PartReader};

use crate::error::Error;
use mingce_ooxml::compound::u32_at;

/// Numbers of the records that are read.
pub(super) mod id {
    pub(crate) const ROW: u32 = 0;
    pub(crate) const RK: u32 = 2;
    pub(crate) const ERROR: u32 = 3;
    pub(crate) const BOOLEAN: u32 = 4;
    pub(crate) const NUMBER: u32 = 5;
    pub(crate) const TEXT: u32 = 6;
    pub(crate) const SHARED_TEXT: u32 = 7;
    pub(crate) const FORMULA_TEXT: u32 = 8;
    pub(crate) const FORMULA_NUMBER: u32 = 9;
    pub(crate) const FORMULA_BOOLEAN: u32 = 10;
    pub(crate) const FORMULA_ERROR: u32 = 11;
    pub(crate) const SHARED_STRING: u32 = 19;
    pub(crate) const FONT: u32 = 43;
    pub(crate) const FORMAT: u32 = 44;
    pub(crate) const FILL: u32 = 45;
    pub(crate) const CELL_STYLE: u32 = 47;
    pub(crate) const COLUMN: u32 = 60;
    pub(crate) const RICH_TEXT: u32 = 62;
    pub(crate) const WORKBOOK_PROPERTIES: u32 = 153;
    pub(crate) const BUNDLE_SHEET: u32 = 156;
    pub(crate) const MERGED_CELLS: u32 = 176;
    pub(crate) const BEGIN_CELL_STYLES: u32 = 617;
    pub(crate) const END_CELL_STYLES: u32 = 618;
}

/// The records of a part, one after the other.
#[derive(Debug)]
pub(super) struct Records<'p> {
    part: PartReader<'p>,
    data: Vec<u8>,
    allowed: u64,
}

impl<'p> Records<'p> {
    /// The records of the part of this name.
    pub(super) fn of(package: &'p Package<'_>, name: &str) -> Result<Self, Error> {
        Ok(Self { part: package.part_reader(name)?, data: Vec::new(), allowed: package.limits().token })
    }

    /// The number and the data of the next record; `None` at the end of the part, whose check sum is then verified.
    pub(super) fn next(&mut self) -> Result<Option<(u32, &[u8])>, Error> {
        let Some(first) = self.byte()? else { return Ok(None) };
        let mut id = u32::from(first & 0x7F);
        if first & 0x80 != 0 {
            id |= u32::from(self.byte()?.ok_or_else(cut)? & 0x7F) << 7;
        }
        let mut length = 0u64;
        for place in 0..4 {
            let byte = self.byte()?.ok_or_else(cut)?;
            length |= u64::from(byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                break;
            }
        }
        if length > self.allowed {
            return Err(Error::LimitExceeded { limit: Limit::Token, allowed: self.allowed, at: None });
        }
        self.data.clear();
        let read = (&mut self.part).take(length).read_to_end(&mut self.data).map_err(|error| self.fault(&error))?;
        if (read as u64) < length { Err(cut()) } else { Ok(Some((id, &self.data))) }
    }

    fn byte(&mut self) -> Result<Option<u8>, Error> {
        let mut byte = [0];
        let read = self.part.read(&mut byte).map_err(|error| self.fault(&error))?;
        Ok((read > 0).then_some(byte[0]))
    }

    fn fault(&self, error: &std::io::Error) -> Error {
        mingce_ooxml::Error::from_io(error, self.part.name()).into()
    }
}

/// The error that a record is too short for what it should hold.
pub(super) fn cut() -> Error {
    Error::Damaged { fault: "二进制工作簿的记录不完整" }
}

/// The text that begins here, and what stands behind it; a text that is none is empty.
pub(super) fn wide(data: &[u8]) -> Option<(String, &[u8])> {
    let count = u32_at(data, 0)?;
    let rest = data.get(4..)?;
    if count == u32::MAX {
        return Some((String::new(), rest));
    }
    let length = usize::try_from(count).ok()?.checked_mul(2)?;
    let units: Vec<u16> = rest.get(..length)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some((String::from_utf16_lossy(&units), &rest[length..]))
}

/// The text with a byte of flags in front, and the runs behind it: the unit each begins at, and its font.
pub(super) fn rich(data: &[u8]) -> Option<(String, Vec<(u16, u16)>)> {
    let (flags, rest) = data.split_first()?;
    let (text, rest) = wide(rest)?;
    if flags & 1 == 0 {
        return Some((text, Vec::new()));
    }
    let count = usize::try_from(u32_at(rest, 0)?).ok()?;
    let runs = rest[4..].chunks_exact(4).take(count);
    Some((text, runs.map(|run| (u16::from_le_bytes([run[0], run[1]]), u16::from_le_bytes([run[2], run[3]]))).collect()))
}
