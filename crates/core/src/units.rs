//! Units 单位 and their member counts, as the units file or a party-member list knows them.
//!
//! The central noun is [`Units`]: names and aliases folded, so that `西湖街道长塘村` and `长塘村` are one unit. Which unit a
//! person is counted under, and whether the unit meets the notice's ratio, is decided in [`crate::rules`].

use std::collections::HashMap;

use compact_str::CompactString;
use serde::Deserialize;

use crate::address::Column;
use crate::grid::{Grid, Row};
use crate::text::{fold_label, fold_text, fold_word, without_padding};

/// One unit as the file describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
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

/// What is wrong in a units file. `at` is the line (`第 3 行`), or the unit's place where there are no lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitsError {
    /// It is no TOML of `[[unit]]` tables.
    #[error("{at}：{message}")]
    Syntax {
        /// Where.
        at: String,
        /// What is wrong.
        message: String,
    },
    /// A sheet has no column 单位.
    #[error("没有找到写着「单位」的表头，应有「单位」「党员总数」两列，可以再有「别名」「类型」「上级」")]
    NoHeading,
    /// There is no unit in it.
    #[error("里面一个单位也没有")]
    Empty,
    /// A unit's name is missing.
    #[error("{at}：单位没有名称")]
    Nameless {
        /// Where.
        at: String,
    },
    /// Two units share a name or an alias.
    #[error("{at}：「{name}」已经是{first_at}「{first}」的名称或别名，不能再是「{second}」的")]
    Ambiguous {
        /// Where the second stands.
        at: String,
        /// The shared name.
        name: CompactString,
        /// Where the first stands.
        first_at: String,
        /// The first unit.
        first: CompactString,
        /// The second unit.
        second: CompactString,
    },
    /// A unit stands there twice.
    #[error("{at}：「{name}」和{first_at}重复")]
    Repeated {
        /// Where the second stands.
        at: String,
        /// The unit.
        name: CompactString,
        /// Where the first stands.
        first_at: String,
    },
    /// A member count is no number.
    #[error("{at}：「{name}」的党员总数「{found}」不是数字")]
    NotANumber {
        /// Where.
        at: String,
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
    unit: Vec<toml::Spanned<Unit>>,
}

impl Units {
    /// Units from their descriptions.
    ///
    /// # Errors
    /// [`UnitsError`] when a name is missing or means two units.
    pub fn new(units: Vec<Unit>) -> Result<Self, UnitsError> {
        Self::placed((1usize..).map(|place| format!("第 {place} 个单位")).zip(units).collect())
    }

    /// Units, each with where it stands.
    fn placed(units: Vec<(String, Unit)>) -> Result<Self, UnitsError> {
        let mut by_name: HashMap<CompactString, usize> = HashMap::new();
        for (place, (at, unit)) in units.iter().enumerate() {
            if fold_text(&unit.name).is_empty() {
                return Err(UnitsError::Nameless { at: at.clone() });
            }
            for name in std::iter::once(&unit.name).chain(&unit.aliases).filter(|name| !fold_text(name).is_empty()) {
                if let Some((first_at, first)) =
                    by_name.insert(fold_word(name), place).filter(|first| *first != place).and_then(|first| units.get(first))
                {
                    if fold_word(&first.name) == fold_word(&unit.name) {
                        return Err(UnitsError::Repeated { at: at.clone(), name: unit.name.clone(), first_at: first_at.clone() });
                    }
                    return Err(UnitsError::Ambiguous {
                        at: at.clone(),
                        name: name.clone(),
                        first_at: first_at.clone(),
                        first: first.name.clone(),
                        second: unit.name.clone(),
                    });
                }
            }
        }
        let units = units.into_iter().map(|(_, unit)| Unit { name: without_padding(&unit.name), ..unit });
        Ok(Self { units: units.collect(), by_name })
    }

    /// Units from a TOML text of `[[unit]]` tables.
    ///
    /// # Errors
    /// [`UnitsError`] with the line, for what is no such text.
    pub fn from_toml(text: &str) -> Result<Self, UnitsError> {
        let at = |start: usize| {
            let before = text.as_bytes().get(..start).unwrap_or(text.as_bytes());
            format!("第 {} 行", before.iter().filter(|byte| **byte == b'\n').count() + 1)
        };
        let file: File = toml::from_str(text).map_err(|error| UnitsError::Syntax {
            at: at(error.span().map_or(0, |span| span.start)),
            message: toml_message(&error, text),
        })?;
        if file.unit.is_empty() {
            return Err(UnitsError::Empty);
        }
        Self::placed(file.unit.into_iter().map(|unit| (at(unit.span().start), unit.into_inner())).collect())
    }

    /// Units from the sheets of a workbook or a text table with the columns 单位, 党员总数, 别名, 类型, 上级.
    ///
    /// Sheets without such a heading, and hidden ones, are left out.
    ///
    /// # Errors
    /// [`UnitsError`] when no row is such a heading, a name is missing, or a count is no number.
    pub fn from_grids(grids: &[Grid]) -> Result<Self, UnitsError> {
        let mut units = Vec::new();
        let mut has_heading = false;
        for grid in grids.iter().filter(|grid| !grid.hidden) {
            let Some((above, columns)) = grid.rows().find_map(|row| heading(row).map(|columns| (row.number(), columns))) else { continue };
            has_heading = true;
            for row in grid.rows_from(above + 1) {
                let at = match &grid.sheet {
                    Some(sheet) if grids.len() > 1 => format!("工作表「{sheet}」第 {} 行", row.number()),
                    _ => format!("第 {} 行", row.number()),
                };
                if let Some(unit) = unit_of(row, &columns, &at)? {
                    units.push((at, unit));
                }
            }
        }
        match (has_heading, units.is_empty()) {
            (false, _) => Err(UnitsError::NoHeading),
            (true, true) => Err(UnitsError::Empty),
            (true, false) => Self::placed(units),
        }
    }

    /// These units, and the ones of the list that they do not know; where a unit has no member count, the list's.
    #[must_use]
    pub(crate) fn completed_by(&self, listed: impl IntoIterator<Item = (CompactString, u32)>) -> Self {
        let mut all = self.clone();
        for (name, members) in listed {
            if let Some(place) = all.by_name.get(&fold_word(&name)).copied() {
                all.units[place].members.get_or_insert(members);
            } else {
                all.by_name.insert(fold_word(&name), all.units.len());
                all.units.push(Unit { name, members: Some(members), ..Unit::default() });
            }
        }
        all
    }

    /// The units, in the order of the file.
    #[must_use]
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

/// Headings of the column of names.
const NAMES: [&str; 16] = [
    "单位", "单位名称", "单位全称", "所在单位", "党支部", "党支部名称", "支部", "支部名称", "党组织", "党组织名称", "所在党组织",
    "所属党组织", "村社区", "村", "社区", "村名",
];

fn heading(row: Row<'_>) -> Option<Columns> {
    let column = |words: &[&str]| row.cells().find(|cell| words.contains(&fold_label(cell.text).as_str())).map(|cell| cell.column);
    let name = column(&NAMES)?;
    let columns = Columns {
        name,
        members: column(&["党员总数", "党员数", "党员人数", "党员总人数", "党员"]),
        aliases: column(&["别名", "其他名称", "简称"]),
        kind: column(&["类型", "单位类型", "类别"]),
        parent: column(&["上级", "上级党组织", "隶属", "上级单位"]),
    };
    // a title may read 单位; a heading has a second column
    [columns.members, columns.aliases, columns.kind, columns.parent].into_iter().flatten().next().is_some().then_some(columns)
}

/// The unit that a row describes; `None` for a blank row and a sum.
fn unit_of(row: Row<'_>, columns: &Columns, at: &str) -> Result<Option<Unit>, UnitsError> {
    let text = |column: Option<Column>| column.and_then(|column| row.cell(column)).map_or("", |cell| fold_text(cell.text));
    let name = text(Some(columns.name));
    let is_sum = |text: &str| matches!(fold_label(text).as_str(), "合计" | "总计" | "小计" | "共计");
    if row.cells().any(|cell| is_sum(cell.text)) || is_note(name) {
        return Ok(None);
    }
    let found = text(columns.members);
    let number = found.trim_end_matches(['人', '名']).trim();
    let members = match number {
        "" | "/" | "-" | "—" => None,
        number => Some(whole(number).ok_or_else(|| UnitsError::NotANumber { at: at.into(), name: name.into(), found: found.into() })?),
    };
    if name.is_empty() {
        return if members.is_none() { Ok(None) } else { Err(UnitsError::Nameless { at: at.into() }) };
    }
    let aliases = text(columns.aliases).split(['、', '，', ',', '；', ';', '\n']).map(fold_text);
    Ok(Some(Unit {
        name: name.into(),
        members,
        aliases: aliases.filter(|alias| !alias.is_empty()).map(CompactString::from).collect(),
        kind: text(columns.kind).into(),
        parent: text(columns.parent).into(),
    }))
}

/// Whether the words are a line below the table and no unit.
fn is_note(words: &str) -> bool {
    ["填表人", "填报人", "审核人", "制表人", "填表日期", "填报日期", "备注：", "注：", "说明："].iter().any(|note| words.starts_with(note))
}

/// What the TOML parser says, in words a clerk knows.
fn toml_message(error: &toml::de::Error, text: &str) -> String {
    let english = error.message();
    let found = error.span().and_then(|span| text.get(span)).map_or("", |found| found.lines().next().unwrap_or_default().trim());
    if english.starts_with("unknown field") {
        format!("「{found}」不是单位名单里的项目，每个 [[unit]] 下可以写 name、members、aliases、kind、parent")
    } else if english.starts_with("missing field") {
        "这个 [[unit]] 没有写 name（单位名称）".to_owned()
    } else if english.starts_with("invalid type") || english.starts_with("invalid value") {
        format!("「{found}」的写法不对：members 写不带引号的整数，name、kind、parent 写带引号的文字，aliases 写 [\"别名\", \"别名\"]")
    } else {
        crate::scheme::toml_syntax(error, text)
    }
}

/// A whole number, as typed or as a cell shows it (`42`, `42.0`, `1,042`).
fn whole(text: &str) -> Option<u32> {
    let digits: String = fold_word(text).trim_end_matches(".0").chars().filter(|c| *c != ',').collect();
    digits.parse().ok()
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
        let padded = Units::from_toml("[[unit]]\nname = \" 长　塘 村 \"\n[[unit]]\nname = \"A B 公司\"\n").expect("units");
        assert_eq!(padded.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(), ["长塘村", "A B公司"]);
        assert_eq!(units.find("长塘"), None);
        assert_eq!(units.find_in("2014年西湖街道长塘村党员志愿者名册").and_then(|unit| unit.members), Some(42));
        assert_eq!(units.find_in("志愿者名册"), None);
    }

    #[test]
    fn a_sheet_gives_the_same_units() {
        let grid = drawn("党员情况表\n单位|党员总数|别名\n长塘村|42人|西湖街道长塘村、长塘村党总支\n聚湖社区|\n合计|42", &[]);
        assert_eq!(Units::from_grids(&[grid]), Units::from_toml(TOML));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let cases = [
            ("[[unit]]\nname = \"甲\"\nmembers = \"多\"\n", "第 3 行：「\"多\"」的写法不对"),
            ("[[unit]]\nname = \"甲\"\nmembers = -1\n", "第 3 行：「-1」的写法不对"),
            ("[[unit]]\nname = \"甲\"\n\n[[unit]]\nname = \" \"\n", "第 4 行：单位没有名称"),
            ("[[unit]]\nname = \"甲\"\n党员 = 3\n", "第 3 行："),
            ("[[unit]]\nmembers = 3\n", "第 1 行：这个 [[unit]] 没有写 name"),
            ("[[unit]]\nname = \"甲\"\n[[unit]]\nname = \"乙\"\naliases = [\"甲\"]\n", "第 3 行：「甲」已经是第 1 行「甲」的名称或别名"),
            ("[[units]]\nname = \"甲\"\n", "第 1 行：「units」不是"),
            ("", "里面一个单位也没有"),
        ];
        for (text, expected) in cases {
            let error = Units::from_toml(text).expect_err(text).to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        let of_sheet = |sheet| Units::from_grids(&[drawn(sheet, &[])]).map_err(|error| error.to_string());
        assert_eq!(Units::from_grids(&[drawn("姓名|手机", &[])]), Err(UnitsError::NoHeading));
        assert_eq!(of_sheet("单位|党员总数\n甲|很多"), Err("第 2 行：「甲」的党员总数「很多」不是数字".into()));
        assert_eq!(of_sheet("单位|党员总数\n甲|3\n|4"), Err("第 3 行：单位没有名称".into()));
        assert_eq!(of_sheet("单位|党员总数\n甲|3\n乙|4\n甲|5"), Err("第 4 行：「甲」和第 2 行重复".into()));
    }

    #[test]
    fn a_sheet_may_name_its_columns_in_other_words() {
        for sheet in ["村（社区）|党员总数（人）\n甲|1,042", "党组织名称|党员人数\n甲|1042.0", "序号|所属党组织|党员数\n1|甲|１０４２"]
        {
            let units = Units::from_grids(&[drawn(sheet, &[])]).expect(sheet);
            assert_eq!(units.find("甲").and_then(|unit| unit.members), Some(1042), "{sheet}");
        }
        let units = Units::from_grids(&[drawn("单位|类型|上级\n甲|村|街道", &[])]).expect("units without counts");
        assert_eq!(units.find("甲").map(|unit| (unit.members, unit.kind.as_str(), unit.parent.as_str())), Some((None, "村", "街道")));
    }

    #[test]
    fn a_list_of_members_completes_the_units() {
        let units =
            Units::from_toml(TOML).expect("units").completed_by([("长塘村党总支".into(), 9), ("聚湖社区".into(), 7), ("新村".into(), 5)]);
        let seen: Vec<_> = units.iter().map(|unit| (unit.name.as_str(), unit.members)).collect();
        assert_eq!(seen, [("长塘村", Some(42)), ("聚湖社区", Some(7)), ("新村", Some(5))]);
        assert!(units.find("新村").is_some());
    }
}
