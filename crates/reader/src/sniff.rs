//! What a file is, by its content: its name may say anything.

use std::borrow::Cow;

use mingce_ooxml::compound::{Compound, Fault};
use mingce_ooxml::encrypted::Refusal;
use mingce_ooxml::xml::Token;
use mingce_ooxml::{Limit, Limits, Package};

use crate::error::Error;
use crate::markup::letter;

/// What a file is, with what was opened to find out.
#[derive(Debug)]
pub(crate) enum Content<'a> {
    /// A workbook in Office Open XML, and the name of its main part.
    Workbook(Package<'a>, String),
    /// A Word document in Office Open XML, and the name of its main part.
    WordDocument(Package<'a>, String),
    /// A workbook whose parts are binary (`.xlsb`), and the name of its main part.
    BinaryPackage(Package<'a>, String),
    /// An OpenDocument spreadsheet.
    OpenDocument(Package<'a>),
    /// The stream of a workbook of Excel 5 to 2003, or of WPS.
    OldWorkbook(Cow<'a, [u8]>),
    /// HTML or XML.
    Markup,
    /// A web page with its parts in one file.
    Letter,
    /// Something else, perhaps text.
    Text,
}

/// Files that are known and hold no tables for us, by the bytes at a place near their start.
const FOREIGN: &[(usize, &[u8], &str)] = &[
    (0, b"Rar!", ARCHIVE),
    (0, b"7z\xBC\xAF\x27\x1C", ARCHIVE),
    (0, b"\x1F\x8B", ARCHIVE),
    (0, b"\xFD7zXZ\0", ARCHIVE),
    (0, b"\x28\xB5\x2F\xFD", ARCHIVE),
    (0, b"MSCF\0\0", ARCHIVE),
    (257, b"ustar", ARCHIVE),
    (0, b"%PDF", PDF),
    (0, b"\x89PNG", PICTURE),
    (0, b"\xFF\xD8\xFF", PICTURE),
    (0, b"GIF87a", PICTURE),
    (0, b"GIF89a", PICTURE),
    (0, b"II*\0", PICTURE),
    (0, b"MM\0*", PICTURE),
    (8, b"WEBP", PICTURE),
    (4, b"ftypheic", PICTURE),
    (4, b"ftypmif1", PICTURE),
    (4, b"ftyp", "视频"),
    (0, b"\x7FELF", "程序"),
    (0, b"L\0\0\0\x01\x14\x02\0", "快捷方式"),
    (0, b"[InternetShortcut]", "快捷方式"),
    (0, b"SQLite format 3\0", "数据库"),
    (0, b"\0\x01\0\0Standard ", "数据库"),
    (0, b"ID;P", SYLK),
    (0, b"TABLE\r\n0,1\r\n", DIF),
    (0, b"TABLE\n0,1\n", DIF),
    (0, b"\0\0\x02\0\x04\x04", LOTUS),
    (0, b"\0\0\x02\0\x06\x04", LOTUS),
    (0, b"\0\0\x1A\0\0\x10", LOTUS),
    (0, b"\0\0\x02\0\x20\x51", QUATTRO),
];

/// Beginnings that could be those of a text as well: then such a file has bytes that no text has.
const PERHAPS_FOREIGN: &[(&[u8], &str)] = &[(b"BM", PICTURE), (b"MZ", "程序"), (b"BZh", ARCHIVE)];

/// What is said of archives, and what follows of others; each sort has an advice of its own.
pub(crate) const ARCHIVE: &str = "压缩包";
pub(crate) const PICTURE: &str = "图片";
pub(crate) const PDF: &str = "PDF 文件";
/// Text documents and presentations of LibreOffice.
pub(crate) const OPEN_TEXT: &str = "OpenDocument 文字或演示文档";

const SYLK: &str = "SYLK 表格（.slk）";
const DIF: &str = "DIF 表格（.dif）";
const LOTUS: &str = "Lotus 1-2-3 表格";
const QUATTRO: &str = "Quattro Pro 表格";
const DBASE: &str = "dBASE 数据库（.dbf）";
const JSON: &str = "JSON 数据";
const EXCEL_4: &str = "Excel 4 或更早的工作簿";

/// Tables that Excel opens, and that are not read here.
pub(crate) const TABLES: [&str; 6] = [SYLK, DIF, LOTUS, QUATTRO, DBASE, EXCEL_4];

/// So many bytes are searched for the table of a web page that begins with words.
const SEARCHED: usize = 1 << 14;

/// Tells what these bytes are.
pub(crate) fn content<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Content<'a>, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if bytes.len() as u64 > limits.input {
        return Err(Error::LimitExceeded { limit: Limit::Input, allowed: limits.input, at: None });
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return in_package(Package::open(bytes, limits)?);
    }
    if bytes.starts_with(&Compound::SIGNATURE) {
        return in_compound(bytes, limits);
    }
    // a workbook stream without its container, as some programs write it
    if bytes.starts_with(b"\x09\x08") && matches!(bytes.get(5), Some(5 | 6)) {
        return Ok(Content::OldWorkbook(Cow::Borrowed(bytes)));
    }
    if matches!(bytes, [0x09, 0x00 | 0x02 | 0x04, 0x04..=0x08, 0x00, ..]) {
        return Err(Error::Unsupported { found: EXCEL_4 });
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(Error::LegacyDocument { found: "RTF" });
    }
    if let Some(found) = foreign(bytes) {
        return Err(Error::Unsupported { found });
    }
    if letter::is_letter(bytes) {
        return Ok(Content::Letter);
    }
    Ok(if begins_with_markup(bytes) || has_table(bytes) { Content::Markup } else { Content::Text })
}

/// What a file is that holds no tables for us.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let at = |place: usize, mark: &[u8]| bytes.get(place..).is_some_and(|rest| rest.starts_with(mark));
    if is_dbase(bytes) {
        return Some(DBASE);
    }
    if is_json(bytes) {
        return Some(JSON);
    }
    let known = FOREIGN.iter().find(|(place, mark, _)| at(*place, mark)).map(|(_, _, found)| *found);
    known.or_else(|| {
        let (_, found) = PERHAPS_FOREIGN.iter().find(|(mark, _)| bytes.starts_with(mark))?;
        bytes.iter().take(64).any(|byte| *byte < 9).then_some(*found)
    })
}

/// Whether the file is a table of dBASE or FoxPro: a version, the day of the last change, and a head that ends where it says.
fn is_dbase(bytes: &[u8]) -> bool {
    let [0x03 | 0x30 | 0x31 | 0x83 | 0x8B | 0xF5, _, 1..=12, 1..=31, _, _, _, _, low, high, ..] = bytes else { return false };
    let head = usize::from(u16::from_le_bytes([*low, *high]));
    head > 32 && bytes.get(32..head).is_some_and(|fields| fields.contains(&0x0D))
}

/// Whether the file begins and ends as objects of JSON do, our own reports among them: `[姓名]张三` is a line of text.
fn is_json(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii();
    let inside = |open, close| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).map(<[u8]>::trim_ascii);
    let is_object = inside(b"{", b"}").is_some_and(|rest| rest.is_empty() || rest.starts_with(b"\""));
    is_object || inside(b"[", b"]").is_some_and(|rest| rest.starts_with(b"{") && rest.ends_with(b"}"))
}

fn in_package(package: Package<'_>) -> Result<Content<'_>, Error> {
    let Some(main) = package.main_part()? else {
        if package.contains("content.xml") {
            return Ok(Content::OpenDocument(package));
        }
        return Err(if package.contains("[Content_Types].xml") {
            Error::Damaged { fault: "文件包里没有工作簿或文档" }
        } else if package.contains("OFD.xml") {
            Error::Unsupported { found: "OFD 版式文件" }
        } else if package.names().any(|name| name.ends_with(".iwa")) {
            Error::Unsupported { found: "苹果 iWork 文件" }
        } else {
            Error::Unsupported { found: ARCHIVE }
        });
    };
    if main.to_lowercase().ends_with(".bin") {
        return Ok(Content::BinaryPackage(package, main));
    }
    match root_name(&package, &main)?.as_str() {
        "workbook" => Ok(Content::Workbook(package, main)),
        "document" => Ok(Content::WordDocument(package, main)),
        "presentation" => Err(Error::Unsupported { found: "演示文稿" }),
        _ => Err(Error::Damaged { fault: "文件包里的主要部件不是工作簿或文档" }),
    }
}

/// The name of the outermost element of a part.
fn root_name(package: &Package<'_>, part: &str) -> Result<String, Error> {
    let mut xml = package.xml(part)?;
    loop {
        match xml.next()? {
            Token::Start(tag) => return Ok(tag.name().to_owned()),
            Token::Eof => return Ok(String::new()),
            Token::End(_) | Token::Text(_) => {}
        }
    }
}

fn damaged(Fault(fault): Fault) -> Error {
    Error::Damaged { fault }
}

fn in_compound<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Content<'a>, Error> {
    if bytes.len() as u64 > limits.legacy_input {
        return Err(Error::LimitExceeded { limit: Limit::LegacyInput, allowed: limits.legacy_input, at: None });
    }
    let compound = Compound::open(bytes).map_err(damaged)?;
    // the last two are what rights management leaves, of which passwords are one kind
    if ["EncryptedPackage", "EncryptionInfo", "\u{6}DataSpaces", "\u{9}DRMContent"].iter().any(|name| compound.contains(name)) {
        return Err(Error::Encrypted);
    }
    // what WPS writes where an account, and no password, opens the file
    if compound.contains("WpsEncryptionInfo") {
        return Err(Error::Locked { source: Refusal::Unsupported { method: "WPS 的账号加密或文档权限" } });
    }
    for name in ["Workbook", "Book"] {
        if let Some(stream) = compound.stream(name).map_err(damaged)? {
            return Ok(Content::OldWorkbook(Cow::Owned(stream)));
        }
    }
    let document = [("WordDocument", ".doc 或 .wps"), ("MatOST", ".wps"), ("CONTENTS", ".wps")];
    if let Some((_, found)) = document.iter().find(|(name, _)| compound.contains(name)) {
        return Err(Error::LegacyDocument { found });
    }
    if compound.contains("PowerPoint Document") {
        return Err(Error::Unsupported { found: "演示文稿" });
    }
    Err(Error::Damaged { fault: "文件里没有工作簿或文档" })
}

/// Whether the first character that is no blank is `<`, in UTF-8 or UTF-16, and begins a tag: `<姓名>张三` is a line of text.
fn begins_with_markup(bytes: &[u8]) -> bool {
    let mut seen = bytes.iter().take(1024).filter(|b| !matches!(b, 0xEF | 0xBB | 0xBF | 0xFF | 0xFE | 0 | b' ' | b'\t' | b'\r' | b'\n'));
    seen.next() == Some(&b'<') && seen.next().is_none_or(u8::is_ascii)
}

/// Whether tags of a table stand behind the words that the file begins with: some systems put the day of the export first.
fn has_table(bytes: &[u8]) -> bool {
    let start = bytes[..bytes.len().min(SEARCHED)].to_ascii_lowercase();
    let has = |tag: &[u8]| {
        memchr::memmem::find_iter(&start, tag).any(|at| matches!(start.get(at + tag.len()), Some(b'>' | b' ' | b'\t' | b'\r' | b'\n')))
    };
    has(b"<table") && has(b"<tr") && has(b"<td")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_begins_with_a_tag_and_no_label_in_brackets() {
        let wide = |text: &str| [b"\xFF\xFE".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
        for text in ["<html>", "\u{feff} <!DOCTYPE html>", "<?xml?>"] {
            assert!(begins_with_markup(text.as_bytes()) && begins_with_markup(&wide(text)), "{text}");
        }
        for text in ["<姓名>张三<性别>女", "姓名<br>"] {
            assert!(!begins_with_markup(text.as_bytes()) && !begins_with_markup(&wide(text)), "{text}");
        }
    }

    #[test]
    fn a_table_behind_words_is_a_web_page() {
        assert!(has_table("导出时间：2026-06-01\r\n<TABLE border=1>\n<TR><TD>姓名".as_bytes()));
        for text in ["姓名,备注\n张三,<table>", "<tablet><track><tda>", ""] {
            assert!(!has_table(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn files_without_tables_are_known_by_their_content() {
        let tar = [&[b'a'; 257][..], b"ustar\0"].concat();
        for (bytes, expected) in [
            (&b"Rar!\x1A\x07\x01\0"[..], Some(ARCHIVE)),
            (&tar, Some(ARCHIVE)),
            (b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n1 0 obj", Some("PDF 文件")),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(PICTURE)),
            (b"\0\0\0\x18ftypheic", Some(PICTURE)),
            (b"ID;PWXL;N;E\r\n", Some("SYLK 表格（.slk）")),
            (b"TABLE\n0,1\n\"EXCEL\"", Some(DIF)),
            (b"\0\0\x02\0\x06\x04\x06\0", Some(LOTUS)),
            (&[&[3, 114, 5, 1, 1, 0, 0, 0, 65, 0, 30, 0][..], &[0; 52], &[0x0D]].concat(), Some(DBASE)),
            (b"BM\x36\0\0\0", Some(PICTURE)),
            ("\u{feff}{\n  \"rows\": {\"read\": 12}\n}\n".as_bytes(), Some(JSON)),
            ("[ {\"姓名\": \"张三\"} ]".as_bytes(), Some(JSON)),
            ("[姓名]张三[性别]".as_bytes(), None),
            ("{{姓名}},{{性别}}".as_bytes(), None),
            ("BM姓名,性别".as_bytes(), None),
            ("MZ,姓名".as_bytes(), None),
            ("姓名,性别".as_bytes(), None),
        ] {
            assert_eq!(foreign(bytes), expected, "{bytes:?}");
        }
    }
}
