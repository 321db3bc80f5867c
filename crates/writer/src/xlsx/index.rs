//! The index of a handover: what every file is, how large, and its check sum.

use super::XlsxOptions;
use super::frame::{failed, workbook};
use super::list::{self, Line};
use crate::Error;

/// Name of the sheet.
const INDEX: &str = "索引";

const HEADINGS: [&str; 6] = ["序号", "文件", "内容", "人数", "大小（字节）", "SHA-256"];

/// One file of a handover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexEntry {
    /// Its path below the folder, parts parted by `/`.
    pub path: String,
    /// What it is.
    pub content: String,
    /// How many people it holds, where it holds people.
    pub people: Option<usize>,
    /// Its length in bytes.
    pub size: usize,
    /// Its SHA-256 as lower-case hexadecimal digits.
    pub sha256: String,
}

/// The index of these files, a line each.
///
/// # Errors
/// A workbook that could not be put together.
pub fn index(entries: &[IndexEntry], options: &XlsxOptions) -> Result<Vec<u8>, Error> {
    let mut book = workbook(options)?;
    let lines: Vec<Line> = (1usize..)
        .zip(entries)
        .map(|(number, entry)| {
            let people = entry.people.map_or_else(String::new, |people| people.to_string());
            Line::of([number.to_string(), entry.path.clone(), entry.content.clone(), people, entry.size.to_string(), entry.sha256.clone()])
        })
        .collect();
    let sheet = book.add_worksheet();
    sheet.set_name(INDEX).map_err(|error| failed(INDEX, error))?;
    list::write(sheet, "移交文件索引", &HEADINGS, &lines).map_err(|error| failed(INDEX, error))?;
    book.save_to_buffer().map_err(|error| failed("xl", error))
}
