//! Units 单位 and their member counts, as the units file or a party-member list knows them.
//!
//! The central noun is [`Units`]: names and aliases folded, so that `西湖街道长塘村` and `长塘村` are one unit. Which unit a
//! person is counted under, and whether the unit meets the notice's ratio, is decided in [`crate::rules`].

use std::collections::HashMap;

use compact_str::CompactString;
use serde::Deserialize;

use crate::address::Column;
use crate::grid::{Grid, Row};
use crate::text::{fold_label, fold_text, fold_word};

/// One unit as the file describes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its name 单位.
    pub name: CompactString,
    /// How many party members it has 党员总数; `None` if the file does not say.
    #[serde(default)]
    pub members: Option<u32>,
    /// Other names people use for it 别名.
    #[serde(default)]
    pub aliases: Vec<CompactString>,
    /// What kind of unit it is 类型: 村, 社区, 机关.
    #[serde(default)]
    pub kind: CompactString,
    /// To whom it reports 上级.
    #[serde(default)]
    pub parent: CompactString,
}

/// The units, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Units {
    units: Vec<Unit>,
    by_name: HashMap<CompactString, usize>,
}

/// What is wrong in a units file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitsError {
    /// It is no TOML of `[[unit]]` tables.
    #[error("第 {line} 行：{message}")]
    Syntax {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A sheet has no column 单位.
    #[error("没有找到写着「单位」的表头，应有「单位」「党员总数」两列，可以再有「别名」「类型」「上级」")]
    NoHeading,
    /// A unit's name is missing.
    #[error("第 {place} 个单位没有名称")]
    Nameless {
        /// Which unit, counted from 1.
        place: usize,
    },
    /// Two units share a name or an alias.
    #[error("「{name}」既是「{first}」又是「{second}」的名称或别名")]
    Ambiguous {
        /// The shared name.
        name: CompactString,
        /// The first unit.
        first: CompactString,
        /// The second unit.
        second: CompactString,
    },
    /// A member count is no number.
    #[error("「{name}」的党员总数「{found}」不是数字")]
    NotANumber {
        /// The unit.
        name: CompactString,
        /// What was found.
        found: CompactString,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    unit: Vec<Unit>,
}

impl Units {
    /// Units from their descriptions.
    ///
    /// # Errors
    /// [`UnitsError`] when a name is missing or means two units.
    pub fn new(units: Vec<Unit>) -> Result<Self, UnitsError> {
        let mut by_name: HashMap<CompactString, usize> = HashMap::new();
        for (place, unit) in units.iter().enumerate() {
            if fold_text(&unit.name).is_empty() {
                return Err(UnitsError::Nameless { place: place + 1 });
            }
            for name in std::iter::once(&unit.name).chain(&unit.aliases).filter(|name| !fold_text(name).is_empty()) {
                if let Some(first) = by_name.insert(fold_word(name), place).filter(|first| *first != place) {
                    return Err(UnitsError::Ambiguous { name: name.clone(), first: units[first].name.clone(), second: unit.name.clone() });
                }
            }
        }
        Ok(Self { units, by_name })
    }

    /// Units from a TOML text of `[[unit]]` tables.
    ///
    /// # Errors
    /// [`UnitsError`] with the line, for what is no such text.
    pub fn from_toml(text: &str) -> Result<Self, UnitsError> {
        let file: File = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start).min(text.len());
            UnitsError::Syntax {
                line: text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() + 1,
                message: error.message().to_owned(),
            }
        })?;
        Self::new(file.unit)
    }

    /// Units from the sheet of a workbook or a text table with the columns 单位, 党员总数, 别名, 类型, 上级.
    ///
    /// # Errors
    /// [`UnitsError`] when no row is such a heading, or a count is no number.
    pub fn from_grid(grid: &Grid) -> Result<Self, UnitsError> {
        let (heading, columns) =
            grid.rows().find_map(|row| heading(row).map(|columns| (row.number(), columns))).ok_or(UnitsError::NoHeading)?;
        let mut units = Vec::new();
        for row in grid.rows_from(heading + 1) {
            let text = |column: Option<Column>| column.and_then(|column| row.cell(column)).map_or("", |cell| fold_text(cell.text));
            let name = text(Some(columns.name));
            if name.is_empty() || matches!(fold_label(name).as_str(), "合计" | "总计" | "小计") {
                continue;
            }
            let members = text(columns.members);
            let members = match members.trim_end_matches(['人', '名']).trim() {
                "" | "/" | "-" | "—" => None,
                number => Some(whole(number).ok_or_else(|| UnitsError::NotANumber { name: name.into(), found: members.into() })?),
            };
            units.push(Unit {
                name: name.into(),
                members,
                aliases: text(columns.aliases)
                    .split(['、', '，', ',', '；', ';', '\n'])
                    .map(fold_text)
                    .filter(|alias| !alias.is_empty())
                    .map(CompactString::from)
                    .collect(),
                kind: text(columns.kind).into(),
                parent: text(columns.parent).into(),
            });
        }
        Self::new(units)
    }

    /// The units, in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Unit> {
        self.units.iter()
    }

    /// The unit of this name or alias, blanks and width folded.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Unit> {
        self.by_name.get(&fold_word(name)).and_then(|place| self.units.get(*place))
    }

    /// The unit whose name or alias stands in these words, such as a title or a file name; the longest name wins.
    #[must_use]
    pub fn find_in(&self, words: &str) -> Option<&Unit> {
        if let Some(unit) = self.find(words) {
            return Some(unit);
        }
        let words = fold_word(words);
        let names =
            self.units.iter().flat_map(|unit| std::iter::once(&unit.name).chain(&unit.aliases).map(move |name| (unit, fold_word(name))));
        names.filter(|(_, name)| !name.is_empty() && words.contains(name.as_str())).max_by_key(|(_, name)| name.len()).map(|(unit, _)| unit)
    }
}

struct Columns {
    name: Column,
    members: Option<Column>,
    aliases: Option<Column>,
    kind: Option<Column>,
    parent: Option<Column>,
}

fn heading(row: Row<'_>) -> Option<Columns> {
    let column = |words: &[&str]| row.cells().find(|cell| words.contains(&fold_label(cell.text).as_str())).map(|cell| cell.column);
    let name = column(&["单位", "单位名称", "党支部", "支部", "党组织", "村社区"])?;
    let members = column(&["党员总数", "党员数", "党员人数", "党员总人数", "党员"]);
    let aliases = column(&["别名", "其他名称", "简称"]);
    // a title may read 单位; a heading has a second column
    (members.is_some() || aliases.is_some()).then_some(Columns {
        name,
        members,
        aliases,
        kind: column(&["类型", "单位类型", "类别"]),
        parent: column(&["上级", "上级党组织", "隶属"]),
    })
}

/// A whole number, as typed or as a cell shows it (`42`, `42.0`).
fn whole(text: &str) -> Option<u32> {
    fold_word(text).trim_end_matches(".0").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::table_tests::drawn;

    const TOML: &str =
        "[[unit]]\nname = \"长塘村\"\nmembers = 42\naliases = [\"西湖街道长塘村\", \"长塘村党总支\"]\n\n[[unit]]\nname = \"聚湖社区\"\n";

    #[test]
    fn names_and_aliases_are_folded() {
        let units = Units::from_toml(TOML).expect("units");
        for name in ["长塘村", " 长 塘 村 ", "西湖街道长塘村", "长塘村党总支"] {
            assert_eq!(units.find(name).map(|unit| unit.name.as_str()), Some("长塘村"), "{name}");
        }
        assert_eq!(units.find("长塘"), None);
        assert_eq!(units.find_in("2014年西湖街道长塘村党员志愿者名册").and_then(|unit| unit.members), Some(42));
        assert_eq!(units.find_in("志愿者名册"), None);
    }

    #[test]
    fn a_sheet_gives_the_same_units() {
        let grid = drawn("党员情况表\n单位|党员总数|别名\n长塘村|42人|西湖街道长塘村、长塘村党总支\n聚湖社区|\n合计|42", &[]);
        assert_eq!(Units::from_grid(&grid), Units::from_toml(TOML));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let cases = [
            ("[[unit]]\nname = \"甲\"\nmembers = \"多\"\n", "第 3 行"),
            ("[[unit]]\nname = \" \"\n", "第 1 个单位没有名称"),
            ("[[unit]]\nname = \"甲\"\n[[unit]]\nname = \"乙\"\naliases = [\"甲\"]\n", "「甲」既是「甲」又是「乙」"),
        ];
        for (text, expected) in cases {
            let error = Units::from_toml(text).expect_err(text).to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        assert_eq!(Units::from_grid(&drawn("姓名|手机", &[])), Err(UnitsError::NoHeading));
        assert!(matches!(Units::from_grid(&drawn("单位|党员总数\n甲|很多", &[])), Err(UnitsError::NotANumber { .. })));
    }
}
