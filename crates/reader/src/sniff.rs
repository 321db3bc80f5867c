//! What a file is, by its content: its name may say anything.

use mingce_ooxml::xml::Token;
use mingce_ooxml::{Limit, Limits, Package};

use crate::compound::Compound;
use crate::error::Error;

/// What a file is, with what was opened to find out.
#[derive(Debug)]
pub(crate) enum Content<'a> {
    /// A workbook in Office Open XML, and the name of its main part.
    Workbook(Package<'a>, String),
    /// A Word document in Office Open XML.
    WordDocument,
    /// A workbook whose parts are binary (`.xlsb`).
    BinaryPackage,
    /// An OpenDocument spreadsheet.
    OpenDocument,
    /// A workbook of Excel 5 to 2003, or of WPS.
    OldWorkbook,
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
        return in_compound(bytes);
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
        if package.contains("content.xml") && package.contains("mimetype") {
            return Ok(Content::OpenDocument);
        }
        let ours = package.contains("[Content_Types].xml");
        return Err(if ours {
            Error::Damaged { fault: "文件包里没有工作簿或文档" }
        } else {
            Error::Unsupported { found: "压缩包" }
        });
    };
    if main.to_lowercase().ends_with(".bin") {
        return Ok(Content::BinaryPackage);
    }
    match root_name(&package, &main)?.as_str() {
        "workbook" => Ok(Content::Workbook(package, main)),
        "document" => Ok(Content::WordDocument),
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

fn in_compound(bytes: &[u8]) -> Result<Content<'_>, Error> {
    let compound = Compound::open(bytes)?;
    let has = |name: &str| compound.names().any(|found| found.eq_ignore_ascii_case(name));
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Err(Error::Encrypted);
    }
    if has("Workbook") || has("Book") {
        return Ok(Content::OldWorkbook);
    }
    if has("WordDocument") {
        return Err(Error::LegacyDocument { found: ".doc 或 .wps" });
    }
    if has("PowerPoint Document") {
        return Err(Error::Unsupported { found: "演示文稿" });
    }
    if has("MatOST") || has("CONTENTS") {
        return Err(Error::LegacyDocument { found: ".wps" });
    }
    Err(Error::Damaged { fault: "文件里没有工作簿或文档" })
}

/// Whether the first character that is no blank is `<`, in UTF-8 or UTF-16.
fn begins_with_markup(bytes: &[u8]) -> bool {
    let mut seen = bytes.iter().take(1024).filter(|b| !matches!(b, 0xEF | 0xBB | 0xBF | 0xFF | 0xFE | 0 | b' ' | b'\t' | b'\r' | b'\n'));
    seen.next() == Some(&b'<')
}
