//! What a file turned out to hold.

use std::fmt;
use std::sync::Arc;

use mingce_core::diagnostic::Code;
use mingce_core::grid::{Epoch, Grid, Origin};

use crate::error::Error;

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
    /// What a person can see of it and that could not be read, in file order; the rest was.
    pub damaged: Vec<Damaged>,
}

/// A part of a file that could not be read though the rest of it could.
#[derive(Debug, Clone)]
pub struct Damaged {
    /// The name of the sheet; none in a Word document.
    pub sheet: Option<Arc<str>>,
    /// What is wrong with it.
    pub error: Error,
    /// What else could not be read.
    pub reach: Reach,
}

/// What comes behind a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    /// Perhaps another one.
    More,
    /// Nothing that could be read.
    Nothing,
}

/// How far damage reaches in a workbook.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The sheet alone.
    Sheet,
    /// The sheet and all behind it, if there are more: the file is one text, which breaks off there.
    SheetAndBehind,
    /// What is behind the sheet, if there is anything; the sheet itself was read. In a document the table, or the lines between two
    /// tables, in which it breaks off, and all behind them.
    Behind,
}

impl Document {
    /// A document without grids.
    pub(crate) fn new(format: Format) -> Self {
        Self { format, grids: Vec::new(), findings: Vec::new(), damaged: Vec::new() }
    }

    /// Adds a sheet that was read, or notes that it could not be; the others go on.
    ///
    /// Hidden sheets hold nothing that was sent on purpose: they come marked, and what is wrong in them is no reason for a word.
    ///
    /// # Errors
    /// When a limit is exceeded: what comes after would exceed it further.
    pub(crate) fn add_sheet(&mut self, name: &Arc<str>, is_hidden: bool, read: Result<Grid, Error>) -> Result<(), Error> {
        match read {
            Ok(grid) => self.grids.push(grid),
            Err(error) if error.code() == Code::LimitExceeded => return Err(error),
            Err(_) if is_hidden => {
                let mut builder = Grid::builder(Origin::Sheet);
                builder.facts().sheet = Some(Arc::clone(name));
                builder.facts().hidden = true;
                self.grids.push(builder.finish());
            }
            Err(error) => self.damaged.push(Damaged { sheet: Some(Arc::clone(name)), error, reach: Reach::Sheet }),
        }
        Ok(())
    }

    /// Notes that a sheet of a file that is one text could not be read, and goes on behind it where there is a way to its end.
    ///
    /// # Errors
    /// When a limit is exceeded.
    pub(crate) fn go_on(
        &mut self,
        name: &Arc<str>,
        is_hidden: bool,
        error: Error,
        to_its_end: impl FnOnce() -> Result<(), mingce_ooxml::Error>,
    ) -> Result<After, Error> {
        let broken = match error {
            Error::Package { .. } => Some(error),
            error => {
                self.add_sheet(name, is_hidden, Err(error))?;
                to_its_end().err().map(Error::from)
            }
        };
        match broken {
            Some(error) => self.break_off(Some(name), error).map(|()| After::Nothing),
            None => Ok(After::More),
        }
    }

    /// Notes that the file breaks off in this sheet, or behind the last one that was read: nothing behind it is to be had.
    ///
    /// # Errors
    /// When a limit is exceeded, or before the first sheet.
    pub(crate) fn break_off(&mut self, name: Option<&Arc<str>>, error: Error) -> Result<(), Error> {
        if error.code() == Code::LimitExceeded {
            return Err(error);
        }
        let read = || self.grids.last().and_then(|grid| grid.sheet.clone());
        let (sheet, reach) = match name {
            Some(name) => (Arc::clone(name), Reach::SheetAndBehind),
            None => (read().ok_or_else(|| error.clone())?, Reach::Behind),
        };
        self.damaged.push(Damaged { sheet: Some(sheet), error, reach });
        Ok(())
    }

    /// Notes what the bare numbers of all sheets count from; said where it is not what people expect.
    pub(crate) fn count_from(&mut self, epoch: Epoch) {
        self.grids.iter_mut().for_each(|grid| grid.epoch = epoch);
        if epoch == Epoch::Of1904 {
            self.findings.insert(0, Finding::DatesFrom1904);
        }
    }

    /// The document, unless damage left nothing of it that a person could see.
    pub(crate) fn unless_all_is_damaged(mut self) -> Result<Self, Error> {
        if self.damaged.is_empty() || self.grids.iter().any(|grid| !grid.hidden) {
            Ok(self)
        } else {
            Err(self.damaged.swap_remove(0).error)
        }
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
            Self::Html => &["html", "htm", "mht", "mhtml", "xls"],
            Self::SpreadsheetXml => &["xml", "xls"],
            Self::Docx => &["docx", "docm", "dotx", "dotm"],
            Self::Text => &["csv", "tsv", "tab", "txt"],
        }
    }
}

/// The format's name in words.
impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Xlsx => " .xlsx 工作簿",
            Self::Docx => " .docx 文档",
            Self::Xlsb => " .xlsb 工作簿",
            Self::Xls => " .xls 工作簿",
            Self::Ods => " .ods 表格",
            Self::Html => "网页表格（HTML）",
            Self::SpreadsheetXml => " XML 表格（Excel 2003）",
            Self::Text => "文本表格",
        })
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
    /// The file names an encoding that its own texts contradict, and was read in this one.
    WrongEncoding {
        /// The encoding's usual name.
        encoding: &'static str,
    },
    /// A text table does not say in which encoding it was written; this one fits.
    AssumedEncoding {
        /// The encoding's name, such as `GB18030`.
        encoding: &'static str,
        /// How many characters could not be read and stand as U+FFFD.
        unreadable: usize,
    },
    /// Rows of a text table that hold a character which could not be read.
    UnreadableRows {
        /// The first of them, as Excel numbers them.
        rows: Vec<u32>,
    },
    /// Quotation marks of a text table do not come in pairs, so they were read as characters like any others.
    StrayQuotes,
    /// The dates of the workbook count from 1904, as those of old Excel for Mac do.
    DatesFrom1904,
    /// Pictures in the headers and footers of a document's pages are nobody's photo.
    PicturesInMargins {
        /// How many there are.
        count: usize,
    },
}

/// The finding in words for the person who sent the file.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misnamed { ending, format } if ending.is_empty() => write!(f, "文件名没有扩展名，内容是{format}，按内容读取"),
            Self::Misnamed { ending, format } => write!(f, "文件名以 .{ending} 结尾，内容其实是{format}，按内容读取"),
            Self::SkippedSheet { sheet, kind } => write!(f, "工作表「{sheet}」是{kind}，没有读取"),
            Self::AssumedEncoding { encoding, unreadable: 0 } => {
                write!(f, "文件没有写明文字编码，按 {encoding} 读取；文字如有乱码，请另存为 .xlsx")
            }
            Self::AssumedEncoding { encoding, unreadable } => {
                write!(
                    f,
                    "文件没有写明文字编码，按 {encoding} 读取，有 {unreadable} 个字读不出来，显示为「\u{FFFD}」；请对照原表，另存为 .xlsx"
                )
            }
            Self::UnreadableRows { rows } => {
                let rows: Vec<String> = rows.iter().map(u32::to_string).collect();
                write!(f, "读不出来的字在第 {} 行", rows.join("、"))
            }
            Self::WrongEncoding { encoding } => {
                write!(f, "文件注明的文字编码和内容不符，按 {encoding} 读取；文字如有乱码，请另存为 .xlsx")
            }
            Self::StrayQuotes => f.write_str("引号不成对，按普通字符读取；请核对带引号的格子"),
            Self::DatesFrom1904 => f.write_str("工作簿采用 1904 日期系统（旧版 Mac Excel 的设置），日期已按此换算"),
            Self::PicturesInMargins { count } => {
                write!(f, "页眉或页脚里有 {count} 张图片，没有当作照片；是照片的，请移到本人的表格里")
            }
        }
    }
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

/// The sort's name in words.
impl fmt::Display for SheetKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chart => "图表",
            Self::Macro => "宏表",
            Self::Dialog => "对话框",
        })
    }
}
