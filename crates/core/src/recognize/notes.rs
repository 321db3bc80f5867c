//! Columns in which a blank says how to answer, beside the answers themselves: 项目 | 填写内容 | 填写说明.

use compact_str::CompactString;

use crate::address::{Address, Column};
use crate::grid::{Grid, Row};
use crate::text::{fold_label, is_blank_character};

/// Over the labels.
const ITEMS: [&str; 14] = [
    "项目", "栏目", "事项", "项目名称", "栏目名称", "填写项目", "填报项目", "登记项目", "填写项", "信息项", "信息项目", "内容项", "字段",
    "指标",
];

/// Over the answers.
const CONTENTS: [&str; 17] = [
    "内容", "填写内容", "填报内容", "登记内容", "具体内容", "信息内容", "填写", "填写处", "填写栏", "请填写", "在此填写", "填报",
    "本人填写", "信息", "个人信息", "答案", "情况",
];

/// Over what says how to answer.
const NOTES: [&str; 26] = [
    "说明", "填写说明", "填报说明", "填表说明", "备注", "备注说明", "要求", "填写要求", "填报要求", "填表要求", "格式", "格式要求",
    "填写格式", "示例", "填写示例", "样例", "填写样例", "范例", "填写范例", "举例", "例子", "提示", "填写提示", "注意事项", "填写注意事项",
    "填写规范",
];

/// The heading of a column of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Notes {
    /// Its cell.
    pub(super) at: Address,
    /// The column of the labels that it is about.
    pub(super) labels: Column,
    /// The column of the answers.
    pub(super) answers: Column,
    /// Whether it stands between the labels and their answers.
    pub(super) is_between: bool,
    /// Whether it may hold what a person remarks: 备注.
    pub(super) is_remark: bool,
}

/// The headings of such columns, from the top. Whether labels stand below `labels` is for those to judge who know them.
pub(super) fn headings(grid: &Grid) -> Vec<Notes> {
    grid.rows().flat_map(in_row).collect()
}

/// Those of one row, which says where the answers stand as well: 项目 | 说明 alone may be a label's and its answer's.
fn in_row(row: Row<'_>) -> Vec<Notes> {
    const MOST_CELLS: usize = 16;
    const LONGEST: usize = 40;
    let said = || row.cells().filter(|cell| !cell.text.chars().all(is_blank_character)).take(MOST_CELLS);
    if said().any(|cell| cell.text.len() > LONGEST) {
        return Vec::new();
    }
    let words: Vec<(Column, CompactString)> = said().map(|cell| (cell.column, fold_label(cell.text))).collect();
    let is = |place: usize, known: &[&str]| words.get(place).is_some_and(|(_, word)| known.contains(&word.as_str()));
    let column = |place: usize| words[place].0;
    let notes = |place: usize| {
        let item = (0..place).rev().find(|item| is(*item, &ITEMS));
        let (labels, answers) = match item {
            Some(item) if is(item + 1, &NOTES) => (column(item), (item + 2 < words.len() && is(item + 2, &CONTENTS)).then_some(item + 2)?),
            Some(item) => (column(item), item + 1),
            None => (left_of(column(place.checked_sub(1)?))?, place.checked_sub(1).filter(|before| is(*before, &CONTENTS))?),
        };
        let at = Address { row: row.number(), column: column(place) };
        let is_between = place < answers;
        Some(Notes { at, labels, answers: column(answers), is_between, is_remark: words[place].1.starts_with("备注") })
    };
    (0..words.len()).filter(|place| is(*place, &NOTES)).filter_map(notes).collect()
}

fn left_of(column: Column) -> Option<Column> {
    Column::new(column.number().checked_sub(1)?)
}
