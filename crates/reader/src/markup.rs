//! Files that begin with `<`: web pages and XML workbooks, mostly called `.xls` by the systems that export them; and web pages that are
//! packed like letters.

mod html;
pub(crate) mod letter;
mod look;
mod spreadsheet;

use mingce_ooxml::{Limits, XmlReader};

use crate::document::{Document, Finding};
use crate::error::Error;
use crate::ods;
use crate::text::decode::decode_markup;

/// Reads the tables of a web page, or the sheets of an XML workbook.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let decoded = decode_markup(bytes)?;
    let start = decoded.text.get(..decoded.text.floor_char_boundary(4096)).unwrap_or_default().to_ascii_lowercase();
    let mut document = if start.contains("urn:schemas-microsoft-com:office:spreadsheet") && !start.contains("<html") {
        spreadsheet::read(&decoded.text, limits)?
    } else if start.contains("urn:oasis:names:tc:opendocument") && start.contains("<office:document") {
        ods::read_content(XmlReader::new(decoded.text.as_bytes(), "content.xml", limits), limits)?
    } else if start.contains("<w:worddocument") || start.contains("<pkg:package") {
        return Err(Error::LegacyDocument { found: "Word XML" });
    } else {
        html::read([decoded.text.as_ref()], limits)?
    };
    if let Some(encoding) = decoded.assumed {
        document.findings.push(Finding::AssumedEncoding { encoding, unreadable: decoded.unreadable });
    }
    Ok(document)
}

/// Reads the tables of a web page whose parts are in one file.
pub(crate) fn read_letter(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let pages = letter::pages(bytes);
    let decoded = pages.iter().map(|page| decode_markup(page)).collect::<Result<Vec<_>, _>>()?;
    let mut document = html::read(decoded.iter().map(|page| page.text.as_ref()), limits)?;
    if let Some((encoding, unreadable)) = decoded.iter().find_map(|page| page.assumed.map(|encoding| (encoding, page.unreadable))) {
        document.findings.push(Finding::AssumedEncoding { encoding, unreadable });
    }
    Ok(document)
}

#[cfg(test)]
mod tests;
