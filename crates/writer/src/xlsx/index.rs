//! The index of a handover: what every file is, how large, and its check sum.

use super::XlsxOptions;
use super::frame::{failed, workbook};
use super::list::{self, Line};
use crate::Error;

/// Names of the two sheets.
const INDEX: &str = "索引";
const SUMS: &str = "情况";

const HEADINGS: [&str; 6] = ["序号", "文件", "内容", "人数", "大小（字节）", "SHA-256"];
const SUM_HEADINGS: [&str; 3] = ["项目", "数目", "说明"];

/// The columns of numbers: 序号, 人数, 大小.
const NUMBERS: [u16; 3] = [0, 3, 4];

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

/// A sum of the handover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexSum {
    /// What is counted.
    pub name: String,
    /// How many.
    pub count: usize,
    /// What the number means, for the reader.
    pub meaning: String,
}

/// The index of these files, a line each; a second sheet has the sums.
///
/// # Errors
/// A workbook that could not be put together.
pub fn index(entries: &[IndexEntry], sums: &[IndexSum], options: &XlsxOptions) -> Result<Vec<u8>, Error> {
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
    list::write_with_numbers(sheet, "移交文件索引", &HEADINGS, &lines, &NUMBERS).map_err(|error| failed(INDEX, error))?;
    let sheet = book.add_worksheet();
    let lines: Vec<Line> = sums.iter().map(|sum| Line::of([sum.name.clone(), sum.count.to_string(), sum.meaning.clone()])).collect();
    sheet.set_name(SUMS).map_err(|error| failed(SUMS, error))?;
    list::write_with_numbers(sheet, "移交情况", &SUM_HEADINGS, &lines, &[1]).map_err(|error| failed(SUMS, error))?;
    book.save_to_buffer().map_err(|error| failed("xl", error))
}
