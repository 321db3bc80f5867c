//! What an old workbook says of itself before its sheets: names, styles, shared strings, encoding.

use std::collections::BTreeMap;
use std::sync::Arc;

use encoding_rs::GB18030;
use mingce_core::grid::{Epoch, Look, PictureFile};
use mingce_ooxml::Limits;

use crate::document::SheetKind;
use crate::error::Error;
use crate::looks;
use crate::number::Shown;
use crate::texts::Strings;
use crate::xls::charset::{encoding_of, is_chinese};
use crate::xls::drawing;
use crate::xls::font;
use crate::xls::records::{Records, id};
use crate::xls::strings::{Count, Encoded, shared};
use mingce_ooxml::compound::{u16_at, u32_at};

/// The globals of a workbook.
#[derive(Debug)]
pub(super) struct Book {
    pub(super) sheets: Vec<Listed>,
    pub(super) epoch: Epoch,
    pub(super) strings: Strings,
    /// What the number format of each cell style shows.
    pub(super) styles: Vec<Shown>,
    /// What each cell style makes a cell look like; empty if none does anything to it.
    pub(super) looks: Vec<Look>,
    /// What each font looks like.
    pub(super) fonts: Vec<Look>,
    pub(super) encoded: Encoded,
    /// Whether it says of its texts that they are of Western Europe, and they are Chinese.
    pub(super) is_mislabelled: bool,
    /// The pictures that shapes count from 1.
    pub(super) pictures: Vec<Arc<PictureFile>>,
}

/// One sheet as the workbook lists it.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) name: Arc<str>,
    pub(super) hidden: bool,
    pub(super) kind: Option<SheetKind>,
    /// Where its records begin in the stream.
    pub(super) start: usize,
}

impl Book {
    pub(super) fn read(stream: &[u8], limits: &Limits) -> Result<Self, Error> {
        let unicode = match u16_at(stream, 4) {
            Some(0x0600) => true,
            Some(0x0500) => false,
            _ => return Err(Error::Unsupported { found: "Excel 4 或更早的工作簿" }),
        };
        // what a machine in China wrote, unless the file says otherwise
        let encoded = if unicode { Encoded::Unicode } else { Encoded::CodePage(GB18030) };
        let mut book = Self {
            sheets: Vec::new(),
            epoch: Epoch::Of1900,
            strings: Strings::default(),
            styles: Vec::new(),
            looks: Vec::new(),
            fonts: Vec::new(),
            encoded,
            is_mislabelled: false,
            pictures: Vec::new(),
        };
        let mut pictures = Vec::new();
        let mut codes: BTreeMap<u32, Shown> = BTreeMap::new();
        let (mut formats, mut worn, mut fills) = (Vec::new(), Vec::new(), Vec::new());
        let mut records = Records::of(stream, 0)?;
        while let Some(record) = records.next()? {
            let data = record.data;
            match record.id {
                id::FILE_PASS => return Err(Error::Encrypted),
                id::CODE_PAGE if !unicode => {
                    let claimed = u16_at(data, 0).map_or(GB18030, encoding_of);
                    book.is_mislabelled = is_chinese(stream, claimed);
                    book.encoded = Encoded::CodePage(if book.is_mislabelled { GB18030 } else { claimed });
                }
                id::DATE_MODE if u16_at(data, 0) == Some(1) => book.epoch = Epoch::Of1904,
                id::FORMAT => {
                    let count = if unicode { Count::Word } else { Count::Byte };
                    if let (Some(number), Some(code)) =
                        (u16_at(data, 0), data.get(2..).and_then(|d| book.encoded.text(d, &record.more, count)))
                    {
                        codes.insert(u32::from(number), Shown::of_code(&code));
                    }
                }
                id::FONT => book.fonts.push(font::look(data)),
                id::CELL_STYLE => {
                    worn.push([font::place(u16_at(data, 0).unwrap_or(0)), formats.len()]);
                    fills.push(font::is_marked(data, unicode));
                    formats.push(u32::from(u16_at(data, 2).unwrap_or(0)));
                }
                id::SHARED_STRINGS => book.strings = shared(data, &record.more, &book.fonts)?,
                id::PICTURES => record.pieces().for_each(|piece| pictures.extend_from_slice(piece)),
                id::BOUND_SHEET => {
                    let listed = listed(data, book.encoded).ok_or(Error::Damaged { fault: "旧版工作簿的工作表目录有误" })?;
                    book.sheets.extend(listed);
                }
                _ => {}
            }
        }
        book.styles = formats.into_iter().map(|number| codes.get(&number).cloned().unwrap_or_else(|| Shown::of_builtin(number))).collect();
        book.looks = looks::of_styles(worn.into_iter(), &book.fonts, &fills);
        book.pictures = drawing::store(&pictures, limits.picture);
        Ok(book)
    }
}

/// A sheet of the list; `Some(None)` for a module of program code, which is none.
fn listed(data: &[u8], encoded: Encoded) -> Option<Option<Listed>> {
    let start = usize::try_from(u32_at(data, 0)?).ok()?;
    let (state, sort) = (data.get(4)?, data.get(5)?);
    let kind = match sort {
        1 => Some(SheetKind::Macro),
        2 => Some(SheetKind::Chart),
        6 => return Some(None),
        _ => None,
    };
    let name = encoded.text(data.get(6..)?, &[], Count::Byte)?;
    Some(Some(Listed { name: name.as_ref().into(), hidden: state & 3 != 0, kind, start }))
}
