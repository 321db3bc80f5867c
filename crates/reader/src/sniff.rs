//! What a file is, by its content: its name may say anything.

use std::borrow::Cow;

use mingce_ooxml::xml::Token;
use mingce_ooxml::{Limit, Limits, Package};

use crate::compound::Compound;
use crate::error::Error;

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
    /// Something else, perhaps text.
    Text,
}

/// Files that are known and hold no tables for us, by how they begin.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"Rar!", "压缩包"),
    (b"7z\xBC\xAF\x27\x1C", "压缩包"),
    (b"\x1F\x8B", "压缩包"),
    (b"BZh", "压缩包"),
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xFF\xD8\xFF", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"MZ", "程序"),
    (b"\x7FELF", "程序"),
];

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
        return Err(Error::Unsupported { found: "Excel 4 或更早的工作簿" });
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(Error::LegacyDocument { found: "RTF" });
    }
    // `BM` and `MZ` could begin a text; a picture or a program has bytes that no text has
    if let Some((_, found)) = FOREIGN.iter().find(|(start, _)| bytes.starts_with(start) && bytes.iter().take(64).any(|b| *b < 9)) {
        return Err(Error::Unsupported { found });
    }
    Ok(if begins_with_markup(bytes) { Content::Markup } else { Content::Text })
}

fn in_package(package: Package<'_>) -> Result<Content<'_>, Error> {
    let Some(main) = package.main_part()? else {
        if package.contains("content.xml") {
            return Ok(Content::OpenDocument(package));
        }
        let ours = package.contains("[Content_Types].xml");
        return Err(if ours {
            Error::Damaged { fault: "文件包里没有工作簿或文档" }
        } else {
            Error::Unsupported { found: "压缩包" }
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

fn in_compound<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Content<'a>, Error> {
    if bytes.len() as u64 > limits.legacy_input {
        return Err(Error::LimitExceeded { limit: Limit::LegacyInput, allowed: limits.legacy_input, at: None });
    }
    let compound = Compound::open(bytes)?;
    if compound.contains("EncryptedPackage") || compound.contains("EncryptionInfo") {
        return Err(Error::Encrypted);
    }
    for name in ["Workbook", "Book"] {
        if let Some(stream) = compound.stream(name)? {
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

/// Whether the first character that is no blank is `<`, in UTF-8 or UTF-16.
fn begins_with_markup(bytes: &[u8]) -> bool {
    let mut seen = bytes.iter().take(1024).filter(|b| !matches!(b, 0xEF | 0xBB | 0xBF | 0xFF | 0xFE | 0 | b' ' | b'\t' | b'\r' | b'\n'));
    seen.next() == Some(&b'<')
}
