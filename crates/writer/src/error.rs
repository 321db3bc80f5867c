//! Why a document could not be written.

/// The job could not be done; nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A part of a workbook could not be put together.
    #[error("工作簿的「{part}」写不出来")]
    Workbook {
        /// The sheet or part of the package.
        part: String,
        /// What the library said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A Word document could not be put together, or a blank could not be read.
    #[error("Word 文档的「{part}」有问题，无法写出")]
    Document {
        /// The part of the package.
        part: String,
        /// What is wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A blank workbook could not be read.
    #[error("其中的「{part}」读不出来：{source}")]
    Blank {
        /// The part of the package.
        part: String,
        /// What is wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A blank workbook has sheets of macros (Excel 4.0), which no .xlsx may have.
    #[error("它带有宏表；请在 Excel 或 WPS 里另存为不带宏的 .xlsx")]
    Macros,
    /// A part is larger than a document can hold.
    #[error("「{part}」超过 4 GiB，请分成几份")]
    TooLarge {
        /// The part of the package.
        part: String,
    },
    /// More photos than a Word document holds.
    #[error("照片超过了一个文档能放的 {most} 张，请分成几份，或写成文件夹")]
    TooManyPhotos {
        /// How many there can be.
        most: u32,
    },
    /// A blank has no table of labels and places for answers.
    #[error("空白表里找不到可填写的表格，请检查它是否有「姓名」等栏目")]
    NoForm,
    /// A blank has no table with a heading and empty lines.
    #[error("空白名册里找不到可填写的表格：要有「姓名」等表头，下面是空行")]
    NoRoster,
    /// More lines or sheets than a workbook holds.
    #[error("「{part}」共 {wanted}，超过一个工作簿能放的 {most}，请分成几份")]
    TooMany {
        /// What there are too many of.
        part: String,
        /// How many were asked for.
        wanted: usize,
        /// How many there can be.
        most: usize,
    },
}
