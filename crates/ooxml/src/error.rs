//! Why a package could not be read, in words for the person who sent it.

use std::fmt;
use std::sync::Arc;

/// The cause of an error, from a crate whose types stay out of our signatures.
pub(crate) type Cause = Arc<dyn std::error::Error + Send + Sync>;

/// Which limit an input exceeded; displays as the words for it.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of one input file.
    Input,
    /// Bytes of one old binary workbook.
    LegacyInput,
    /// Unpacked bytes in all.
    Unpacked,
    /// Unpacked bytes of one part.
    Part,
    /// Unpacked bytes of the shared strings or the styles.
    Shared,
    /// Unpacked for each packed byte.
    Ratio,
    /// Entries of a package.
    Entries,
    /// Elements inside each other.
    Depth,
    /// Bytes of one tag or run of text.
    Token,
    /// Bytes of the text of one cell.
    Cell,
    /// Cells that hold something.
    Cells,
    /// Bytes of the text of all cells.
    Text,
    /// Sheets of a workbook.
    Sheets,
    /// Rows of a table.
    Rows,
    /// Columns of a table.
    Columns,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Input => "文件大小",
            Self::LegacyInput => "旧版表格文件的大小",
            Self::Unpacked => "解压后的总大小",
            Self::Part => "单个部件解压后的大小",
            Self::Shared => "共享文本或样式解压后的大小",
            Self::Ratio => "压缩倍数",
            Self::Entries => "包内条目数",
            Self::Depth => "XML 嵌套层数",
            Self::Token => "单个 XML 标记或文本的大小",
            Self::Cell => "单元格文本的大小",
            Self::Cells => "单元格个数",
            Self::Text => "全部单元格文本的大小",
            Self::Sheets => "工作表个数",
            Self::Rows => "行数",
            Self::Columns => "列数",
        })
    }
}

impl Limit {
    /// The amount in words a person reads: sizes in MiB, counts with commas, never a long run of digits.
    #[must_use]
    pub fn amount(self, allowed: u64) -> String {
        match self {
            Self::Input | Self::LegacyInput | Self::Unpacked | Self::Part | Self::Shared | Self::Token | Self::Cell | Self::Text
                if allowed >= 1 << 20 =>
            {
                format!("{} MiB", grouped(allowed >> 20))
            }
            Self::Input | Self::LegacyInput | Self::Unpacked | Self::Part | Self::Shared | Self::Token | Self::Cell | Self::Text => {
                format!("{} 字节", grouped(allowed))
            }
            Self::Ratio => format!("{} 倍", grouped(allowed)),
            Self::Entries | Self::Depth | Self::Cells | Self::Sheets | Self::Rows | Self::Columns => grouped(allowed),
        }
    }
}

/// A count with a comma between its thousands.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// Why a package, or a part of it, could not be read.
#[non_exhaustive]
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The bytes are no zip file, or a damaged one.
    #[error("文件已损坏或不完整，不能作为压缩包打开")]
    NotAPackage {
        /// What the zip library found.
        #[source]
        source: Cause,
    },
    /// An entry is encrypted.
    #[error("文件已加密")]
    Encrypted,
    /// Two entries have the same name; readers differ in which one they believe.
    #[error("文件包里有重名的部件「{part}」，无法判断哪一个是真的")]
    DuplicateEntry {
        /// The name used twice.
        part: String,
    },
    /// A limit was exceeded; reading stopped there.
    #[error("超过允许的上限：{limit}最多 {}{}", .limit.amount(*.allowed), .part.as_deref().map(|part| format!("（部件「{part}」）")).unwrap_or_default())]
    LimitExceeded {
        /// Which limit.
        limit: Limit,
        /// The part, where one part is at fault.
        part: Option<String>,
        /// What is allowed.
        allowed: u64,
    },
    /// The package has no such part.
    #[error("文件包里缺少部件「{part}」")]
    MissingPart {
        /// Its name.
        part: String,
    },
    /// A part cannot be unpacked: it is cut off, its check sum or its length is wrong, or its method is unknown.
    #[error("部件「{part}」已损坏：{fault}")]
    DamagedPart {
        /// Its name.
        part: String,
        /// What is wrong.
        fault: &'static str,
    },
    /// A part is no well-formed XML.
    #[error("部件「{part}」不是完好的 XML（第 {} 字节附近）", grouped(*.at))]
    MalformedXml {
        /// Its name.
        part: String,
        /// The byte it was found at, in the unpacked part.
        at: u64,
        /// What the XML library found.
        #[source]
        source: Cause,
    },
    /// A part declares a document type or uses an entity of its own; office programs never do.
    #[error("部件「{part}」含有实体定义（DOCTYPE 或自定义实体），出于安全不予读取")]
    Entity {
        /// Its name.
        part: String,
    },
}

impl Error {
    pub(crate) fn limit(limit: Limit, part: Option<&str>, allowed: u64) -> Self {
        Self::LimitExceeded { limit, part: part.map(str::to_owned), allowed }
    }

    pub(crate) fn damaged(part: &str, fault: &'static str) -> Self {
        Self::DamagedPart { part: part.to_owned(), fault }
    }
}
