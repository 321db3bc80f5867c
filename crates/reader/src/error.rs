//! Why a file cannot be used, in words for the person who sent it.

use mingce_core::diagnostic::Code;
use mingce_ooxml::Limit;
use mingce_ooxml::encrypted::Refusal;

use crate::sniff::{ARCHIVE, OPEN_TEXT, PDF, PICTURE, TABLES};

/// Why a file cannot be used; [`Error::code`] is the stable name of the kind, [`Error::hint`] what to do.
#[non_exhaustive]
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The file holds nothing.
    #[error("文件是空的（0 字节）")]
    Empty,
    /// The package, or a part of it, cannot be read.
    #[error("{source}")]
    Package {
        /// What is wrong with it.
        #[from]
        source: mingce_ooxml::Error,
    },
    /// The file is protected with a password, in a way that is not opened here whatever the password is.
    #[error("文件已加密，不能读取")]
    Encrypted,
    /// The package inside an encrypted file cannot be had.
    #[error("{source}")]
    Locked {
        /// Why.
        source: Refusal,
    },
    /// A text document of a format before .docx.
    #[error("这是旧版文字文档（{found}），不能直接读取")]
    LegacyDocument {
        /// What it is.
        found: &'static str,
    },
    /// The file is whole, but of a kind that is not read.
    #[error("这是{}{found}，不能作为收集表读取", gap(found))]
    Unsupported {
        /// What it is.
        found: &'static str,
    },
    /// The container of an old binary file is damaged.
    #[error("文件已损坏：{fault}")]
    Damaged {
        /// What is wrong.
        fault: &'static str,
    },
    /// The workbook lists no sheets.
    #[error("工作簿里没有工作表")]
    NoSheets,
    /// A sheet that the workbook lists is not in the file.
    #[error("工作簿已损坏：工作表「{sheet}」的内容不在文件里")]
    MissingSheet {
        /// Its name.
        sheet: String,
    },
    /// Two sheets claim the same content.
    #[error("工作簿已损坏：工作表「{sheet}」与另一张工作表指向同一内容")]
    SharedSheet {
        /// The second one.
        sheet: String,
    },
    /// A row or a cell stands where a sheet has no place.
    #[error("工作簿已损坏：工作表「{sheet}」里有不存在的位置「{}」", shortened(.found))]
    NoSuchPlace {
        /// The sheet.
        sheet: String,
        /// The address or number as it stands in the file.
        found: String,
    },
    /// A cell refers to a text that the workbook does not have; to guess would be to show another person's answer.
    #[error("工作簿已损坏：工作表「{sheet}」的单元格 {cell} 引用了不存在的文本「{}」", shortened(.found))]
    NoSuchText {
        /// The sheet.
        sheet: String,
        /// The cell.
        cell: String,
        /// The reference as it stands in the file.
        found: String,
    },
    /// The content of a file exceeds a limit.
    #[error("超过允许的上限：{limit}最多 {}{}", .limit.amount(*.allowed), .at.as_deref().map(|at| format!("（{at}）")).unwrap_or_default())]
    LimitExceeded {
        /// Which limit.
        limit: Limit,
        /// What is allowed.
        allowed: u64,
        /// Where: a sheet, a cell.
        at: Option<String>,
    },
}

impl Error {
    /// The stable code of this kind of error.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Package { source: mingce_ooxml::Error::LimitExceeded { .. } }
            | Self::Locked { source: Refusal::LimitExceeded { .. } }
            | Self::LimitExceeded { .. } => Code::LimitExceeded,
            Self::Locked { source: Refusal::Damaged { .. } | Refusal::NotEncrypted } => Code::UnreadableFile,
            Self::Package { source: mingce_ooxml::Error::Encrypted } | Self::Encrypted | Self::Locked { .. } => Code::EncryptedFile,
            Self::LegacyDocument { .. } => Code::LegacyDocument,
            Self::Package { .. }
            | Self::Empty
            | Self::Unsupported { .. }
            | Self::Damaged { .. }
            | Self::NoSheets
            | Self::MissingSheet { .. }
            | Self::SharedSheet { .. }
            | Self::NoSuchPlace { .. }
            | Self::NoSuchText { .. } => Code::UnreadableFile,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self.code() {
            Code::EncryptedFile => match self {
                Self::Locked { source: Refusal::NoPassword } => "请用 --password-file 提供密码，或在 Excel 或 WPS 里取消密码后另存",
                Self::Locked { source: Refusal::NoPasswordFits } => {
                    "请核对密码文件（一行一个密码，大小写要一致），或在 Excel 或 WPS 里取消密码后另存"
                }
                _ => "请在 Excel 或 WPS 里取消密码或账号权限，另存为 .xlsx 或 .docx 后再试",
            },
            Code::LegacyDocument => "请用 Word 或 WPS 打开，另存为 .docx 后再试",
            Code::LimitExceeded => "请检查文件来源；确实是收集表的，请把内容复制到新的工作簿另存后再试",
            _ => match self {
                Self::Unsupported { found: ARCHIVE } => "请先解压，再把里面的表格或文档交给程序",
                Self::Unsupported { found: PICTURE | PDF } => {
                    "图片、扫描件和 PDF 里的字读不出来，请向对方要原来的表格（.xlsx、.docx），没有的请按原表重新录入"
                }
                Self::Unsupported { found: OPEN_TEXT } => "请用 WPS、Word 或 LibreOffice 打开，另存为 .docx 后再试",
                Self::Unsupported { found } if TABLES.contains(found) => "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试",
                Self::Unsupported { .. } => {
                    "请提供表格（.xlsx、.xls、.csv 等）或 Word 文档（.docx）；能用 Excel 或 WPS 打开的，请另存为 .xlsx"
                }
                _ => "请用 Excel、Word 或 WPS 打开检查，另存为 .xlsx 或 .docx 后再试；打不开的请让对方重新发送",
            },
        }
    }
}

/// What stands in a file, fit for a message: short, and without a run of digits that could be somebody's number.
fn shortened(found: &str) -> String {
    let mut shown = String::new();
    let mut digits = 0;
    for c in found.chars().take(24) {
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        shown.push(if digits > 6 { '*' } else { c });
    }
    if found.chars().nth(24).is_some() {
        shown.push('…');
    }
    shown
}

/// The blank between Chinese and what begins with a Latin letter.
fn gap(found: &str) -> &'static str {
    if found.starts_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_message_shows_seven_digits_in_a_row() {
        assert_eq!(shortened("A4294967297"), "A429496****");
        assert_eq!(shortened(&"Z".repeat(30)), format!("{}…", "Z".repeat(24)));
        let messages = [
            Error::LimitExceeded { limit: Limit::Part, allowed: 1 << 30, at: None }.to_string(),
            Error::LimitExceeded { limit: Limit::Cells, allowed: 25_000_000, at: Some("工作表「甲」".to_owned()) }.to_string(),
            Error::NoSuchPlace { sheet: "甲".to_owned(), found: "4294967297".to_owned() }.to_string(),
        ];
        assert_eq!(messages[0], "超过允许的上限：单个部件解压后的大小最多 1,024 MiB");
        assert_eq!(messages[1], "超过允许的上限：单元格个数最多 25,000,000（工作表「甲」）");
        for message in messages {
            assert!(message.split(|c: char| !c.is_ascii_digit()).all(|run| run.len() < 7), "{message}");
        }
    }
}
