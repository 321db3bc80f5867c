//! The encoding of texts in workbooks of Excel 5 and 95, where the file says one that its own bytes contradict.
//!
//! Programs that wrote Chinese workbooks on a machine set to English, or with a library that knew one code page, put down 1252
//! (or nothing that exists) above texts in GBK. Excel showed them all the same, by the character set of the fonts.

use encoding_rs::{Encoding, GB18030, MACINTOSH, WINDOWS_1252};

use mingce_ooxml::compound::u16_at;

use crate::xls::records::id;

/// So many bytes of texts are looked at.
const SAMPLED_BYTES: usize = 1 << 16;
/// Fewest Chinese characters that say something.
const FEWEST: usize = 2;
/// Of so many characters that are not ASCII, one may be none that is in use.
const ONE_ODD_OF: usize = 8;

/// The encoding of a Windows code page; GB18030 holds all of the Chinese one and more.
pub(super) fn encoding_of(page: u16) -> &'static Encoding {
    match page {
        936 | 10008 => GB18030,
        _ => codepage::to_encoding(page).unwrap_or(WINDOWS_1252),
    }
}

/// Whether the workbook says that its texts are of Western Europe, and they are Chinese.
pub(super) fn is_chinese(stream: &[u8], claimed: &'static Encoding) -> bool {
    if claimed != WINDOWS_1252 && claimed != MACINTOSH {
        return false;
    }
    let mut seen = Seen::default();
    let mut rest = stream;
    let mut looked_at = 0;
    while let (Some(number), Some(length)) = (u16_at(rest, 0), u16_at(rest, 2)) {
        let end = 4 + usize::from(length);
        let Some(data) = rest.get(4..end) else { break };
        if let Some(text) = text_of(number, data) {
            seen.add(text);
            looked_at += text.len();
        }
        if looked_at > SAMPLED_BYTES {
            break;
        }
        rest = &rest[end..];
    }
    seen.han >= FEWEST && seen.odd * ONE_ODD_OF <= seen.han
}

/// The bytes of the text that a record holds: a cell's, or the name of a sheet.
fn text_of(number: u16, data: &[u8]) -> Option<&[u8]> {
    let (count, from) = match number {
        id::LABEL | id::RICH_STRING => (usize::from(u16_at(data, 6)?), 8),
        id::STRING => (usize::from(u16_at(data, 0)?), 2),
        id::BOUND_SHEET => (usize::from(*data.get(6)?), 7),
        _ => return None,
    };
    data.get(from..from + count)
}

/// Characters that are not ASCII, read as GBK.
#[derive(Default)]
struct Seen {
    /// Those of GB 2312: nearly all that are in use. In Western texts two letters with accents rarely stand together.
    han: usize,
    /// All others, and bytes that are none.
    odd: usize,
}

impl Seen {
    fn add(&mut self, text: &[u8]) {
        let mut bytes = text.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            if byte.is_ascii() {
                continue;
            }
            let second = bytes.next_if(|next| *next >= 0x40);
            let is_usual = (0xA1..=0xF7).contains(&byte) && second.is_some_and(|second| second >= 0xA1);
            *(if is_usual { &mut self.han } else { &mut self.odd }) += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::record;

    fn labels(texts: &[&[u8]]) -> Vec<u8> {
        let label = |text: &&[u8]| {
            let count = u16::try_from(text.len()).expect("a short text");
            record(id::LABEL, &[&[0; 6][..], &count.to_le_bytes(), text].concat())
        };
        texts.iter().flat_map(label).collect()
    }

    #[test]
    fn chinese_under_a_western_code_page_is_told_by_its_bytes() {
        let chinese = ["姓名", "张三", "13800000001", "尊老、爱幼", "喆"].map(|text| GB18030.encode(text).0.into_owned());
        let chinese: Vec<&[u8]> = chinese.iter().map(Vec::as_slice).collect();
        let western: [&[u8]; 6] = [b"Name", b"M\xFCller", b"Caf\xE9", b"\xC5ngstr\xF6m", b"cr\xE9\xE9", b"na\xEFve"];
        assert!(is_chinese(&labels(&chinese), WINDOWS_1252) && is_chinese(&labels(&chinese), MACINTOSH));
        assert!(!is_chinese(&labels(&western), WINDOWS_1252));
        assert!(!is_chinese(&labels(&chinese), encoding_rs::WINDOWS_1251) && !is_chinese(&[], WINDOWS_1252));
    }

    #[test]
    fn code_pages_that_do_not_exist_are_western() {
        assert_eq!([936, 950, 1252, 7].map(|page| encoding_of(page).name()), ["gb18030", "Big5", "windows-1252", "windows-1252"]);
    }
}
