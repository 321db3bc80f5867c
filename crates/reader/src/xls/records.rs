//! The records of a workbook stream.

use crate::error::Error;
use mingce_ooxml::compound::{u16_at, u32_at};

/// Numbers of the records that are read.
pub(super) mod id {
    pub(crate) const FORMULA: u16 = 0x06;
    pub(crate) const END: u16 = 0x0A;
    pub(crate) const HEADER: u16 = 0x14;
    pub(crate) const FOOTER: u16 = 0x15;
    pub(crate) const DATE_MODE: u16 = 0x22;
    pub(crate) const USUAL_WIDTH_IN_CHARACTERS: u16 = 0x55;
    pub(crate) const FILE_PASS: u16 = 0x2F;
    pub(crate) const FONT: u16 = 0x31;
    pub(crate) const CONTINUE: u16 = 0x3C;
    pub(crate) const CODE_PAGE: u16 = 0x42;
    pub(crate) const COLUMN_INFO: u16 = 0x7D;
    pub(crate) const BOUND_SHEET: u16 = 0x85;
    pub(crate) const OBJECT: u16 = 0x5D;
    pub(crate) const USUAL_WIDTH: u16 = 0x99;
    pub(crate) const MULTIPLE_RK: u16 = 0xBD;
    pub(crate) const RICH_STRING: u16 = 0xD6;
    pub(crate) const CELL_STYLE: u16 = 0xE0;
    pub(crate) const MERGED_CELLS: u16 = 0xE5;
    pub(crate) const PICTURES: u16 = 0xEB;
    pub(crate) const DRAWING: u16 = 0xEC;
    pub(crate) const SHARED_STRINGS: u16 = 0xFC;
    pub(crate) const SHARED_LABEL: u16 = 0xFD;
    pub(crate) const TEXT_OBJECT: u16 = 0x1B6;
    pub(crate) const NUMBER: u16 = 0x203;
    pub(crate) const LABEL: u16 = 0x204;
    pub(crate) const BOOLEAN_OR_ERROR: u16 = 0x205;
    pub(crate) const FORMULA_OF_3: u16 = 0x206;
    pub(crate) const FORMULA_OF_4: u16 = 0x406;
    pub(crate) const STRING: u16 = 0x207;
    pub(crate) const ROW: u16 = 0x208;
    pub(crate) const USUAL_HEIGHT: u16 = 0x225;
    pub(crate) const RK: u16 = 0x27E;
    pub(crate) const FORMAT: u16 = 0x41E;
    pub(crate) const BEGIN: u16 = 0x809;
}

/// One record, with the pieces that continue it.
#[derive(Debug)]
pub(super) struct Record<'a> {
    /// What it is.
    pub(super) id: u16,
    /// Its own bytes.
    pub(super) data: &'a [u8],
    /// The bytes of the records that continue it.
    pub(super) more: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// Its own bytes, and then those of each record that continues it.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &'a [u8]> {
        std::iter::once(self.data).chain(self.more.iter().copied())
    }
}

/// The records from a place of the stream to the end of its sub-stream; sub-streams inside it, such as charts, are left out.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    rest: &'a [u8],
    depth: u32,
}

impl<'a> Records<'a> {
    /// The records of the sub-stream that begins here.
    pub(super) fn of(stream: &'a [u8], start: usize) -> Result<Self, Error> {
        let rest = stream.get(start..).filter(|rest| u16_at(rest, 0) == Some(id::BEGIN));
        Ok(Self { rest: rest.ok_or(Error::Damaged { fault: "旧版工作簿的工作表位置有误" })?, depth: 0 })
    }

    /// How many bytes of the stream stand behind the last record.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    /// The next record; `None` at the end of the sub-stream.
    pub(super) fn next(&mut self) -> Result<Option<Record<'a>>, Error> {
        loop {
            let Some((id, data)) = self.take()? else { return Ok(None) };
            match id {
                id::BEGIN => self.depth += 1,
                id::END => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            if id == id::END && self.depth == 0 {
                return Ok(None);
            }
            if self.depth > 1 || id == id::CONTINUE {
                continue;
            }
            let mut more = Vec::new();
            while u16_at(self.rest, 0) == Some(id::CONTINUE) {
                more.extend(self.take()?.map(|(_, data)| data));
            }
            return Ok(Some(Record { id, data, more }));
        }
    }

    /// Splits off one record; some programs fill the end of the stream with zeros.
    fn take(&mut self) -> Result<Option<(u16, &'a [u8])>, Error> {
        if u32_at(self.rest, 0).is_none_or(|start| start == 0) {
            let Some(zeros) = self.rest.iter().position(|byte| *byte != 0) else { return Ok(None) };
            // many records of nothing, passed over at once
            self.rest = &self.rest[zeros - zeros % 4..];
        }
        let cut = || Error::Damaged { fault: "旧版工作簿的记录不完整" };
        let id = u16_at(self.rest, 0).ok_or_else(cut)?;
        let length = usize::from(u16_at(self.rest, 2).ok_or_else(cut)?);
        let data = self.rest.get(4..4 + length).ok_or_else(cut)?;
        self.rest = &self.rest[4 + length..];
        Ok(Some((id, data)))
    }
}
