//! Files become grids: whatever people send, told by content and read within limits.
//!
//! The one arrow is [`read`]: the bytes of a file become a [`Document`], its sheets and tables as
//! [`Grid`](mingce_core::grid::Grid)s plus what had to be left out on the way. One module per family of formats: `xlsx` and `xlsb` for workbooks of
//! today, `xls` for those of Excel 5 to 2003 and WPS, `ods` for those of LibreOffice, `markup` for web pages and XML that call themselves
//! workbooks, `text` for comma and tab separated tables, `word` for documents. What the cells mean is not asked here; that is
//! `mingce_core::recognize`.

mod anchor;
mod budget;
mod controls;
mod document;
mod error;
mod geometry;
mod locked;
mod looks;
mod margins;
mod markup;
mod number;
mod ods;
mod pictures;
mod sniff;
mod text;
mod texts;
mod word;
mod xls;
mod xlsb;
mod xlsx;

#[cfg(test)]
mod test_support;

pub use document::{Damaged, Document, Finding, Format, Reach, SheetKind};
pub use error::Error;
pub use mingce_ooxml::encrypted::{Passwords, Refusal};
pub use mingce_ooxml::{Limit, Limits};
pub use text::decode_text;

use sniff::Content;

/// Reads the sheets and tables of one file; `name` is the file's name, whose ending is compared with what is inside.
///
/// # Errors
/// When the file cannot be used: damaged, encrypted, over a limit, or of a kind that holds no tables for us.
/// [`Error::code`] says which of the stable codes that is.
///
/// # Examples
/// ```
/// use mingce_reader::{Limits, read};
///
/// let error = read("空.xlsx", b"", &Limits::default()).unwrap_err();
/// assert_eq!(error.code().to_string(), "unreadable-file");
/// ```
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    read_with_passwords(name, bytes, limits, &Passwords::default())
}

/// Reads a file as [`read`] does, and tries these passwords where one is asked for.
///
/// Without any, the password that Excel itself uses for protected workbooks is tried all the same.
///
/// # Errors
/// As [`read`]; [`Error::Locked`] when the file is encrypted and cannot be opened.
pub fn read_with_passwords(name: &str, bytes: &[u8], limits: &Limits, passwords: &Passwords) -> Result<Document, Error> {
    let unlocked = locked::open(bytes, limits, passwords)?;
    let bytes = unlocked.as_deref().unwrap_or(bytes);
    let content = sniff::content(bytes, limits)?;
    let mut document = match content {
        Content::Workbook(package, main) => xlsx::read(&package, &main)?,
        Content::WordDocument(package, main) => word::read(&package, &main)?,
        Content::BinaryPackage(package, main) => xlsb::read(&package, &main)?,
        Content::OpenDocument(package) => ods::read(&package)?,
        Content::OldWorkbook(stream) => xls::read(&locked::open_workbook(stream, passwords)?, limits)?,
        Content::Markup => markup::read(bytes, limits)?,
        Content::Letter => markup::read_letter(bytes, limits)?,
        Content::Text => text::read(bytes, limits)?,
    };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if !document.format.endings().contains(&ending.as_str()) {
        document.findings.insert(0, Finding::Misnamed { ending, format: document.format });
    }
    document.unless_all_is_damaged()
}
