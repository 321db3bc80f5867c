//! Which kind of file a blank is, by its content.

use mingce_ooxml::{Limits, Package};

/// The kind of a file that may be a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankKind {
    /// A Word document (.docx, a template, or one with macros).
    Word,
    /// A workbook (.xlsx, a template, or one with macros).
    Workbook,
    /// A document of the old binary kind (.doc, .xls, .xlsb, .et, .wps), or one that has a password.
    Legacy,
    /// Something else.
    Other,
}

impl BlankKind {
    /// The kind of the file in these bytes.
    ///
    /// # Examples
    /// ```
    /// use mingce_writer::BlankKind;
    ///
    /// assert_eq!(BlankKind::of(b"PK is no package yet"), BlankKind::Other);
    /// assert_eq!(BlankKind::of(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), BlankKind::Legacy);
    /// ```
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Self::Legacy;
        }
        let Ok(package) = Package::open(bytes, &Limits::default()) else { return Self::Other };
        let types = package.xml_text("[Content_Types].xml").unwrap_or_default();
        if types.contains("binary.macroEnabled") {
            Self::Legacy
        } else if types.contains("wordprocessingml.") || types.contains("ms-word.") {
            Self::Word
        } else if types.contains("spreadsheetml.") || types.contains("ms-excel.") {
            Self::Workbook
        } else {
            Self::Other
        }
    }
}
