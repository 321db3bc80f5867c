//! The lines above a heading: what the sheet says of itself (填报单位, 党员总数).

use std::ops::Range;

use compact_str::CompactString;

use super::footer;
use crate::grid::Grid;
use crate::text::{fold_label, fold_width};

/// Words before the unit that fills in the sheet.
const REPORTING_UNIT: [&str; 17] = [
    "填报单位", "报送单位", "上报单位", "报名单位", "填表单位", "填报支部", "填报党支部", "填报党组织", "报送党支部", "上报党支部",
    "单位名称", "党支部名称", "党组织名称", "所在党支部", "所属党支部", "所在单位", "单位",
];
/// Words before the number of the unit's party members.
const MEMBERS: [&str; 8] = ["党员总数", "党员总人数", "现有党员", "共有党员", "党员人数", "党员数", "在册党员", "党员"];
/// What may stand right before these words; 流动党员总数 and 女党员人数 are others'.
const BEFORE_MEMBERS: [&str; 9] = ["单位", "支部", "总支", "党委", "村", "社区", "机关", "街道", "现有"];
/// What says before a bare 党员 that all of them are counted.
const ALL: [&str; 16] = [
    "全村", "全社区", "全支部", "全总支", "全党委", "全街道", "全镇", "全乡", "全单位", "全公司", "全厂", "全校", "全院", "全局", "全所",
    "全部",
];
/// Words that say behind a number, or before the words, that it counts those who take part.
const TAKING_PART: [&str; 6] = ["报名", "参加", "参与", "志愿", "登记", "本次"];
/// What follows the unit on the same line.
const AFTER_THE_UNIT: [&str; 20] = [
    "(盖章)", "（盖章）", "(公章)", "（公章）", "(章)", "（章）", "(签章)", "（签章）", "填报日期", "填报时间", "填报人", "填表日期",
    "填表时间", "填表人", "上报日期", "上报时间", "联系人", "联系电话", "负责人", "党员总数",
];

/// What the lines above a heading say.
#[derive(Debug, Clone, Default)]
pub(super) struct Titles {
    pub(super) lines: Vec<CompactString>,
    pub(super) reporting_unit: CompactString,
    pub(super) members: Option<u32>,
}

pub(super) fn read(grid: &Grid, rows: Range<usize>) -> Titles {
    let mut titles = Titles::default();
    for row in grid.rows_at(rows) {
        titles.take(&row.cells().map(|cell| cell.text).collect::<Vec<_>>());
    }
    titles
}

/// What the headers and footers of printed pages say.
pub(super) fn of_margins(margins: &[Vec<String>]) -> Titles {
    let mut titles = Titles::default();
    for pieces in margins {
        titles.take(&pieces.iter().map(String::as_str).collect::<Vec<_>>());
    }
    titles
}

impl Titles {
    /// Takes a line, given as its cells from the left; of several that name a unit, or count its members, the first counts.
    fn take(&mut self, texts: &[&str]) {
        self.lines.push(texts.join(" ").into());
        for (place, text) in texts.iter().enumerate() {
            let beside = texts.get(place + 1).copied().unwrap_or_default();
            if self.reporting_unit.is_empty() {
                self.reporting_unit = value_behind(text, beside, &REPORTING_UNIT).map(unit_of).unwrap_or_default();
            }
            if self.members.is_none() {
                self.members = members_in(text, beside);
            }
        }
    }
}

/// Whether the line repeats one of these titles, or is one of its own: 填报单位：….
pub(super) fn is_title(text: &str, titles: &Titles) -> bool {
    // 长塘村党员（续）
    let folded = fold_label(text);
    titles.lines.iter().any(|line| fold_label(line) == folded) || is_label_of_unit(text.trim())
}

/// Whether the words say that the table goes on from the page before: 续表, 党员志愿者名册（续）.
pub(super) fn is_continuation(text: &str) -> bool {
    const WORDS: [&str; 7] = ["续", "续表", "续页", "续上表", "续上页", "接上表", "接上页"];
    let text: CompactString = fold_width(text).chars().filter(|c| !c.is_whitespace()).collect();
    let is_one = |words: &str| WORDS.contains(&words.trim_end_matches(|c: char| c.is_ascii_digit() || footer::is_han_number(c)));
    let bracketed = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, words)| words);
    is_one(&text) || bracketed.is_some_and(is_one) || text.ends_with("续表")
}

/// Whether the words ask for the unit that fills in the sheet: 填报单位：.
pub(super) fn is_label_of_unit(text: &str) -> bool {
    text.contains(['：', ':']) && REPORTING_UNIT.iter().any(|word| behind_colon(text, word).is_some())
}

/// Whether the cell says something of the whole table, as those above a heading do: 党员总数：42, 填报日期：2014年4月.
pub(super) fn is_of_the_table(text: &str) -> bool {
    let value = text.split_once(['：', ':']).map_or("", |(_, value)| value);
    !value.trim_matches(is_filler).is_empty() && (is_label_of_unit(text) || AFTER_THE_UNIT.iter().any(|word| text.contains(word)))
}

/// What stands behind one of the words and a colon, or in the next cell.
fn value_behind<'t>(text: &'t str, beside: &'t str, words: &[&str]) -> Option<&'t str> {
    for word in words {
        // what has a colon itself is another label: 填报单位： | 填报日期：
        let beside = if beside.contains(['：', ':']) { "" } else { beside };
        if let Some(value) = behind_colon(text, word) {
            return Some(if value.trim_matches(is_filler).is_empty() { beside } else { value });
        }
        if fold_label(text) == *word && !beside.is_empty() {
            return Some(beside);
        }
    }
    None
}

/// The number of members that the cell, or the one beside it, says: `党员总数：42`, `本村现有党员42名`, `全村党员四十二人`.
fn members_in(text: &str, beside: &str) -> Option<u32> {
    // 党员 总数
    let text = &text.replace("党员 ", "党员").replace("党员\u{3000}", "党员");
    MEMBERS.iter().find_map(|word| {
        let start = text.find(word)?;
        let before = text[..start].trim_end();
        let is_others =
            before.chars().next_back().is_some_and(char::is_alphanumeric) && !BEFORE_MEMBERS.iter().any(|end| before.ends_with(end));
        let counts_all = ALL.iter().any(|all| before.ends_with(all));
        // a bare 党员 may be any of them
        if !counts_all && (is_others || *word == "党员") || TAKING_PART.iter().any(|word| before.contains(word)) {
            return None;
        }
        let value = text[start + word.len()..].trim_start();
        // 党员总数（人）：
        let value = ["（人）", "(人)", "（名）", "(名)"].iter().find_map(|hint| value.strip_prefix(hint)).unwrap_or(value);
        let value = value.trim_start_matches(|c: char| is_filler(c) || matches!(c, '：' | ':' | '为' | '共' | '有' | '计'));
        number_of_people(if value.is_empty() { beside } else { value })
    })
}

/// The number that the words begin with, unless it is part of something else, such as a date.
fn number_of_people(value: &str) -> Option<u32> {
    let value = fold_width(value.trim_start_matches(is_filler));
    let is_han = |c: char| han_number(c.encode_utf8(&mut [0; 4])).is_some() || matches!(c, '十' | '百' | '千' | '零' | '〇' | '两');
    let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    let end = if end == 0 { value.find(|c: char| !is_han(c)).unwrap_or(value.len()) } else { end };
    let (number, behind) = value.split_at(end);
    let is_whole =
        !behind.starts_with(['年', '月', '/', '-', '%']) && behind.strip_prefix('.').is_none_or(|decimals| decimals.starts_with('0'));
    let takes_part =
        behind.split(['，', '。', '；', ',', ';', ' ']).next().is_some_and(|rest| TAKING_PART.iter().any(|word| rest.contains(word)));
    number.parse().ok().or_else(|| han_number(number)).filter(|_| is_whole && !takes_part)
}

/// The whole number that Han numerals write by tens, hundreds and thousands, or digit by digit: 四十二, 一百零五, 一二〇.
fn han_number(text: &str) -> Option<u32> {
    const DIGITS: &str = "零一二三四五六七八九";
    let digit = |c: char| match c {
        '〇' => Some(0),
        '两' => Some(2),
        _ => DIGITS.chars().zip(0..).find(|(numeral, _)| *numeral == c).map(|(_, digit)| digit),
    };
    let longest = 9;
    if text.is_empty() || text.chars().count() > longest {
        return None;
    }
    if text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0_u32, |number, c| number.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut whole, mut open) = (0_u32, None);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                open = Some(digit(c)?);
                continue;
            }
        };
        whole += open.take().unwrap_or(1) * unit;
    }
    Some(whole + open.unwrap_or(0))
}

/// The number of members that a line below the people names: 党员总数：42 as a footer.
pub(super) fn members_below(grid: &Grid, row: u32) -> Option<u32> {
    let row = grid.row(row)?;
    let texts: Vec<&str> = row.cells().map(|cell| cell.text).collect();
    texts.iter().enumerate().find_map(|(place, text)| members_in(text, texts.get(place + 1).copied().unwrap_or_default()))
}

fn behind_colon<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let start = text.find(word)?;
    // 工作单位： is not 单位：
    if text[..start].chars().next_back().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = text[start + word.len()..].trim_start();
    // 填报单位（盖章）：
    let hint = rest.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')'])).filter(|(hint, _)| hint.chars().count() <= 4);
    hint.map_or(rest, |(_, rest)| rest)
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '盖' | '章'))
        .strip_prefix(['：', ':'])
}

/// The unit that a line below the people names: 填报单位：长塘村 as a footer.
pub(super) fn unit_below(grid: &Grid, row: u32) -> CompactString {
    let Some(row) = grid.row(row) else { return CompactString::default() };
    let texts: Vec<&str> = row.cells().map(|cell| cell.text).collect();
    let beside = |place: usize| texts.get(place + 1).copied().unwrap_or_default();
    let units = texts.iter().enumerate().filter_map(|(place, text)| value_behind(text, beside(place), &REPORTING_UNIT));
    units.map(unit_of).find(|unit| !unit.is_empty()).unwrap_or_default()
}

fn unit_of(value: &str) -> CompactString {
    // 单位（盖章） | 2014年4月20日
    if footer::is_written_date(value) {
        return CompactString::default();
    }
    let end = AFTER_THE_UNIT.iter().filter_map(|word| value.find(word)).min().unwrap_or(value.len());
    // a wide blank parts what follows: 填报单位：长塘村      2014年4月20日
    let value = value[..end].trim_matches(is_filler);
    let blanks = |(at, _): &(usize, char)| value[*at..].chars().take(2).all(char::is_whitespace) && value[*at..].chars().nth(1).is_some();
    let end = value.char_indices().find(blanks).map_or(value.len(), |(at, _)| at);
    value[..end].trim_end_matches(|c: char| is_filler(c) || matches!(c, '，' | '。' | '；')).into()
}

fn is_filler(c: char) -> bool {
    c.is_whitespace() || matches!(c, '_' | '＿')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_members_is_told_from_other_numbers() {
        for (text, beside, members) in [
            ("党员总数：42", "", Some(42)),
            ("填报单位：长塘村  党员总数：42人  填报日期：2014年4月", "", Some(42)),
            ("党员总数 ４２ 人", "", Some(42)),
            ("本单位党员总数：", "42.0", Some(42)),
            ("党员总数", "42", Some(42)),
            ("党员 总数： 42 人", "", Some(42)),
            ("党员总数（人）：42", "", Some(42)),
            ("党员总数(人)", "42", Some(42)),
            ("（党员总数为 42 名）", "", Some(42)),
            ("本村现有党员42名，其中女党员8名", "", Some(42)),
            ("全村党员人数＿＿42＿＿", "", Some(42)),
            ("流动党员总数：3", "", None),
            ("党员总数：", "填报日期", None),
            ("党员总数：2014年报", "", None),
            ("党员数据表", "2014.4", None),
            ("党员总数：四十二", "", Some(42)),
            ("党员总数：一百零五人", "", Some(105)),
            ("党员总数", "十二", Some(12)),
            ("全村党员42人", "", Some(42)),
            ("全村党员共四十二名，志愿者二十一名", "", Some(42)),
            ("全支部党员 42 人", "", Some(42)),
            ("本次共有党员5人报名", "", None),
            ("共有党员5人参加", "", None),
            ("女党员8人", "", None),
            ("党员8人", "", None),
            ("党员总数：二〇一四年", "", None),
        ] {
            assert_eq!(members_in(text, beside), members, "{text} | {beside}");
        }
    }
}
