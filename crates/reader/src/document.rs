//! What a file turned out to hold.

use std::sync::Arc;

use mingce_core::grid::Grid;

/// A file that was read: its sheets or tables, and what had to be left out.
#[non_exhaustive]
#[derive(Debug, Clone)]
pub struct Document {
    /// What the file is, by its content.
    pub format: Format,
    /// Its sheets or tables in file order, hidden and empty ones included.
    pub grids: Vec<Grid>,
    /// What somebody may want to know about the reading, in file order.
    pub findings: Vec<Finding>,
}

impl Document {
    /// A document without grids.
    pub(crate) fn new(format: Format) -> Self {
        Self { format, grids: Vec::new(), findings: Vec::new() }
    }
}

/// What a file is, by its content.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A workbook in Office Open XML.
    Xlsx,
    /// A document in Office Open XML.
    Docx,
    /// A workbook in Office Open XML whose parts are binary.
    Xlsb,
    /// A workbook of Excel 5 to 2003, or of WPS.
    Xls,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A web page with tables, as many systems export under the name of a workbook.
    Html,
    /// A workbook of Excel 2003 in one XML file.
    SpreadsheetXml,
    /// A text table: fields separated by commas, tabs or semicolons.
    Text,
}

impl Format {
    /// The endings a file of this format goes by, in lower case.
    pub(crate) fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Xlsx => &["xlsx", "xlsm", "xltx", "xltm", "et", "ett"],
            Self::Xlsb => &["xlsb"],
            Self::Xls => &["xls", "xlt", "et", "ett"],
            Self::Ods => &["ods", "ots", "fods"],
            Self::Html => &["html", "htm", "xls"],
            Self::SpreadsheetXml => &["xml", "xls"],
            Self::Docx => &["docx", "docm", "dotx", "dotm"],
            Self::Text => &["csv", "tsv", "tab", "txt"],
        }
    }
}

/// What had to be assumed or left out while a file was read.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The file's name promises another format than it has; it was read as what it is.
    Misnamed {
        /// The ending of its name, in lower case, without the dot.
        ending: String,
        /// What it is.
        format: Format,
    },
    /// A sheet that holds no cells of its own was left out.
    SkippedSheet {
        /// Its name.
        sheet: Arc<str>,
        /// What sort of sheet it is.
        kind: SheetKind,
    },
    /// A text table does not say in which encoding it was written; this one fits.
    AssumedEncoding {
        /// The encoding's name, such as `GB18030`.
        encoding: &'static str,
        /// How many characters could not be read and stand as U+FFFD.
        unreadable: usize,
    },
    /// Quotation marks of a text table do not come in pairs, so they were read as characters like any others.
    StrayQuotes,
}

/// Sorts of sheets that are not for people's data.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SheetKind {
    /// A chart that fills a sheet.
    Chart,
    /// A sheet of old macro commands.
    Macro,
    /// A dialog of Excel 5.
    Dialog,
}
