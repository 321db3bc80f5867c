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
