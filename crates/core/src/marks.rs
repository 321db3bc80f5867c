//! What we put on the workbooks that we hand out ourselves, and know again when they come back.
//!
//! A returned workbook has a column [`EXPLANATION`] and a column [`ORIGIN`] around the sender's own, and a sheet of findings; a
//! collection workbook has a sheet of instructions. The central noun is [`Origin`]: where a returned row stood at first.

use std::fmt;

use compact_str::{CompactString, ToCompactString, format_compact};

use crate::grid::Grid;

/// The first column of a returned workbook: what is wrong in the row.
pub const EXPLANATION: &str = "错误说明";

/// The last column of a returned workbook: where the row stood, as an [`Origin`].
pub const ORIGIN: &str = "来源";

/// The headings of the sheet of findings in a returned workbook.
pub const FINDINGS: [&str; 8] = ["级别", "文件", "工作表", "单元格", "单位", "项目", "问题", "怎么办"];

/// What the sheet of instructions in a collection workbook begins with.
pub const INSTRUCTIONS: &str = "收集表填写说明";

/// What parts file, sheet and row.
const PARTING: &str = " › ";

/// Where a returned row stood at first: `长塘村.xlsx › Sheet1 › 7`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// File and sheet.
    place: CompactString,
    row: u32,
}

impl Origin {
    /// The row of this file and sheet.
    #[must_use]
    pub fn new(file: &str, sheet: Option<&str>, row: u32) -> Self {
        let place = match sheet {
            Some(sheet) => format_compact!("{file}{PARTING}{sheet}"),
            None => file.to_compact_string(),
        };
        Self { place, row }
    }

    /// Reads what stands in a cell of the column 来源.
    ///
    /// # Examples
    /// ```
    /// use mingce_core::marks::Origin;
    ///
    /// assert_eq!(Origin::parse("长塘村.xlsx › Sheet1 › 7"), Some(Origin::new("长塘村.xlsx", Some("Sheet1"), 7)));
    /// assert_eq!(Origin::parse("上门收集"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (place, row) = text.trim().rsplit_once('›')?;
        let place = place.trim();
        let row = row.trim().parse().ok().filter(|row| *row > 0)?;
        (!place.is_empty()).then(|| Self { place: place.into(), row })
    }

    /// The row, counted from 1; of a document of forms, the form's number.
    #[must_use]
    pub fn row(&self) -> u32 {
        self.row
    }

    /// The file's name without folder and extension.
    #[must_use]
    pub fn file_stem(&self) -> &str {
        let file = self.place.split_once(PARTING).map_or(self.place.as_str(), |(file, _)| file);
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// How surely this sheet of this file is meant: how many path components agree, from the last; `None` if it is another.
    pub(crate) fn agreement(&self, file: &str, sheet: Option<&str>) -> Option<usize> {
        let own = match sheet {
            Some(sheet) => self.place.strip_suffix(sheet)?.strip_suffix(PARTING)?,
            None => &self.place,
        };
        if own == file {
            return Some(usize::MAX);
        }
        let components = own.rsplit(['/', '\\']).zip(file.rsplit(['/', '\\']));
        let agreeing = components.take_while(|(own, other)| own == other).count();
        (agreeing > 0).then_some(agreeing)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{PARTING}{}", self.place, self.row)
    }
}

/// Whether the sheet is one that we added for people to read: it holds nobody, whatever labels it names.
pub(crate) fn is_ours(grid: &Grid) -> bool {
    let Some(first) = grid.row_at(0) else { return false };
    let mut cells = first.cells().map(|cell| cell.text.trim());
    cells.clone().eq(FINDINGS) || cells.next() == Some(INSTRUCTIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_read_as_it_is_written() {
        for (file, sheet) in [("收集/长塘村.xlsx", Some("Sheet1")), ("表.docx", None), ("a › b.xlsx", Some("一 › 二"))] {
            let origin = Origin::new(file, sheet, 7);
            assert_eq!(Origin::parse(&format!(" {origin} ")), Some(origin.clone()));
            assert_eq!(origin.agreement(file, sheet), Some(usize::MAX));
        }
        for text in ["", "长塘村", "› 7", "a › b", "a › 0", "a › -1"] {
            assert_eq!(Origin::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_file_is_known_by_its_last_components() {
        let origin = Origin::new("收集/东/长塘村.xlsx", Some("Sheet1"), 7);
        for (file, sheet, expected) in [
            ("长塘村.xlsx", "Sheet1", Some(1)),
            ("/home/东/长塘村.xlsx", "Sheet1", Some(2)),
            ("西\\长塘村.xlsx", "Sheet1", Some(1)),
            ("长塘村.xlsx", "Sheet2", None),
            ("塘村.xlsx", "Sheet1", None),
        ] {
            assert_eq!(origin.agreement(file, Some(sheet)), expected, "{file}");
        }
        assert_eq!(origin.agreement("长塘村.xlsx", None), None);
        assert_eq!(origin.file_stem(), "长塘村");
    }
}
