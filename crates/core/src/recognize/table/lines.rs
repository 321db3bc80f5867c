//! What each line below a heading is: a person, nothing, or one of the lines that hold nobody.

use std::collections::BTreeSet;
use std::ops::Range;

use compact_str::CompactString;

use super::columns::Block;
use super::heading::{self, Heading};
use super::titles::{self, Titles};
use crate::address::{Address, Column};
use crate::grid::{Cell, Grid, Kind, Merge, Row};
use crate::recognize::labels::Labels;
use crate::recognize::{FilledDown, SkipReason, Skipped, Table, TableColumn, Target};
use crate::scheme::Field;
use crate::text::{fold_label, is_blank_character};

const TOTALS: [&str; 9] = ["合计", "小计", "总计", "共计", "累计", "总人数", "本页合计", "本页小计", "人数合计"];
const EXAMPLES: [&str; 7] = ["例:", "例：", "例如", "示例", "样例", "范例", "填写示例"];
/// Words that begin a footer; they count only with a colon behind them or alone.
const NOTES: [&str; 32] = [
    "填表人",
    "填报人",
    "制表人",
    "制表",
    "制表单位",
    "审核人",
    "审核",
    "复核人",
    "复核",
    "审批",
    "负责人",
    "单位负责人",
    "主要负责人",
    "分管领导",
    "经办人",
    "联系人",
    "联系电话",
    "填表日期",
    "填报日期",
    "填表时间",
    "填报时间",
    "日期",
    "备注",
    "说明",
    "注",
    "附注",
    "注意",
    "填表说明",
    "填写说明",
    "盖章",
    "签字",
    "书记签字",
];
/// Words that begin a footer whatever follows.
const CLOSING_NOTES: [&str; 8] = ["以下空白", "以下无正文", "以下为空", "此表", "本表", "※", "填表要求", "填写要求"];
/// Endings of a group's name; in the name column only the first of them are sure enough.
const GROUP_ENDINGS: [&str; 14] =
    ["党支部", "支部", "总支", "党委", "党组", "社区", "居委会", "村委会", "小组", "公司", "中心", "街道", "机关", "学校"];
const WEAK_GROUP_ENDINGS: [&str; 9] = ["村", "组", "科", "局", "室", "站", "办", "部", "单位"];

/// Endings of a title that stands alone between lines.
const TITLE_ENDINGS: [&str; 6] = ["名册", "花名册", "登记表", "汇总表", "统计表", "名单"];

/// The next heading below this position: a table that stands below another one.
pub(super) fn next_heading(grid: &Grid, labels: &Labels<'_>, from: usize) -> Option<Heading> {
    let mut previous: Option<Vec<CompactString>> = None;
    for position in from..grid.height() {
        let row = grid.row_at(position)?;
        if !may_be_heading(row) {
            continue;
        }
        let Some(found) = heading::at(grid, labels, position) else { continue };
        let texts: Vec<CompactString> = row.cells().map(|cell| cell.text.into()).collect();
        // the same heading again is a page break, not another table
        let same_as_above = previous.get_or_insert_with(|| heading_above(grid, labels, from)) == &texts;
        if !same_as_above {
            return Some(found);
        }
    }
    None
}

fn heading_above(grid: &Grid, labels: &Labels<'_>, body: usize) -> Vec<CompactString> {
    let main = (0..body).rev().find(|position| heading::at(grid, labels, *position).is_some());
    main.and_then(|position| grid.row_at(position)).map(|row| row.cells().map(|cell| cell.text.into()).collect()).unwrap_or_default()
}

/// A heading holds no number and no long run of digits; nearly every person does.
fn may_be_heading(row: Row<'_>) -> bool {
    row.cells().all(|cell| matches!(cell.kind, Kind::Text | Kind::Untyped) && cell.text.len() < 200 && !has_long_number(cell.text))
}

fn has_long_number(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() > 3
}

/// The table of this block: its lines classified, its columns completed by those that have no heading.
///
/// Lone words right above `next`, the heading of a table below, are that table's title.
pub(super) fn table(
    grid: &Grid,
    heading: &Heading,
    block: Block,
    above: Range<usize>,
    body: Range<usize>,
    next: Option<&Heading>,
) -> Table {
    let titles = titles::read(grid, above);
    let mut reader = LineReader::new(grid, &block, &titles, body.clone());
    for position in body {
        reader.take(position);
    }
    if next.is_some() {
        reader.give_up_titles();
    }
    let LineReader { lines, skipped, groups, unheaded, .. } = reader;
    let filled_down =
        FilledDown::of(grid, &block.columns.iter().map(|column| (column.column, column.target)).collect::<Vec<_>>(), *heading.rows.end());
    let mut columns: Vec<TableColumn> = block.columns.iter().map(super::columns::HeadedColumn::to_table_column).collect();
    columns.extend(unheaded.into_iter().map(|column| TableColumn { column, heading: CompactString::default(), target: Target::Unclaimed }));
    columns.sort_by_key(|column| column.column);
    Table {
        heading: heading.rows.clone(),
        range: block.range,
        columns,
        lines,
        skipped,
        groups,
        filled_down,
        titles: titles.lines,
        reporting_unit: titles.reporting_unit,
        members: titles.members,
    }
}

/// Reads the lines below a heading one by one.
struct LineReader<'a> {
    grid: &'a Grid,
    block: &'a Block,
    titles: &'a Titles,
    name: Option<Column>,
    line_number: Option<Column>,
    marks: Vec<Column>,
    wide_merges: Vec<Merge>,
    lines: Vec<usize>,
    skipped: Vec<Skipped>,
    groups: Vec<(usize, CompactString)>,
    unheaded: BTreeSet<Column>,
}

impl<'a> LineReader<'a> {
    fn new(grid: &'a Grid, block: &'a Block, titles: &'a Titles, body: Range<usize>) -> Self {
        let marks = block.columns.iter().filter(|column| column.target == Target::Mark).map(|column| column.column).collect();
        let first = grid.row_at(body.start).map_or(u32::MAX, |row| row.number());
        let mut wide_merges: Vec<Merge> =
            grid.merges.iter().filter(|merge| merge.first.row >= first && merge.last.column > merge.first.column).copied().collect();
        wide_merges.sort_unstable();
        Self {
            grid,
            block,
            titles,
            name: block.column_of(Field::Name),
            line_number: block.column_of(Field::Seq),
            marks,
            wide_merges,
            lines: Vec::new(),
            skipped: Vec::new(),
            groups: Vec::new(),
            unheaded: BTreeSet::new(),
        }
    }

    fn take(&mut self, position: usize) {
        let Some(row) = self.grid.row_at(position) else { return };
        match self.reason_to_skip(row) {
            LineKind::Blank => {}
            LineKind::Person => {
                self.note_unheaded(row);
                self.lines.push(position);
            }
            LineKind::Skipped(reason, text) => {
                self.skipped.push(Skipped { row: row.number(), reason });
                if reason == SkipReason::Group {
                    self.groups.push((position, text));
                }
            }
        }
    }

    /// The lone words at the end of the lines are the next table's title, not people.
    fn give_up_titles(&mut self) {
        while let Some(row) = self.lines.last().and_then(|position| self.grid.row_at(*position)) {
            if self.contents(row).count() != 1 {
                break;
            }
            self.lines.pop();
            self.skipped.push(Skipped { row: row.number(), reason: SkipReason::Title });
        }
        self.skipped.sort_by_key(|skipped| skipped.row);
    }

    /// The cells that can hold an answer and hold more than blanks.
    fn contents(&self, row: Row<'a>) -> impl Iterator<Item = Cell<'a>> + Clone {
        row.cells_in(&self.block.range).filter(move |cell| {
            Some(cell.column) != self.line_number
                && !self.marks.contains(&cell.column)
                && !cell.text.chars().all(|c| is_blank_character(c) || matches!(c, '/' | '-' | '—'))
        })
    }

    fn reason_to_skip(&self, row: Row<'a>) -> LineKind {
        let mut contents = self.contents(row);
        let line_number = self.line_number.and_then(|column| row.cell(column)).filter(|cell| !is_line_number(cell.text));
        let first = contents.next();
        let Some(lead) = line_number.or(first) else { return LineKind::Blank };
        let rest = contents.count();
        let Some(first) = first else {
            // words under 序号 and nothing else: a footer that begins in the first column, or a stray mark
            return self.footer(row, lead, 0).unwrap_or(LineKind::Person);
        };
        if self.repeats_heading(row, first) || self.numbers_the_columns(row) {
            return LineKind::Skipped(SkipReason::Header, CompactString::default());
        }
        if self.is_example(row, lead) {
            return LineKind::Skipped(SkipReason::Example, CompactString::default());
        }
        self.footer(row, lead, rest + usize::from(line_number.is_some())).unwrap_or(LineKind::Person)
    }

    /// A total, note, title or group; `others` counts the cells beside the leading one.
    fn footer(&self, row: Row<'a>, lead: Cell<'a>, others: usize) -> Option<LineKind> {
        if others > 0 && !may_begin_a_footer(lead.text) {
            return None;
        }
        let folded = fold_label(lead.text);
        let name = self.name.and_then(|column| row.cell(column));
        let named_otherwise = name.is_some_and(|name| name.column != lead.column && !starts_like_a_footer(name.text));
        // nobody's line begins with 合计, whatever stands under 姓名 (usually a number of people)
        let reason = if is_total(&folded, lead.text) {
            SkipReason::Total
        } else if named_otherwise {
            return None;
        } else if titles::is_title(lead.text, self.titles) || (others == 0 && TITLE_ENDINGS.iter().any(|ending| folded.ends_with(ending))) {
            SkipReason::Title
        } else if is_note(&folded, lead.text) {
            SkipReason::Note
        } else if others == 0 && self.is_group(row, lead) {
            SkipReason::Group
        } else {
            return None;
        };
        Some(LineKind::Skipped(reason, lead.text.trim().into()))
    }

    fn is_example(&self, row: Row<'a>, lead: Cell<'a>) -> bool {
        let name = self.name.and_then(|column| row.cell(column)).map_or("", |cell| cell.text).trim();
        let lead = lead.text.trim();
        let says_so = |text: &str| {
            text == "例"
                // 范 is a surname: 范例文, of one letter more, is somebody
                || EXAMPLES.iter().filter_map(|word| text.strip_prefix(word)).any(|rest| rest.chars().count() != 1)
                || ["（例）", "(例)", "（示例）", "(示例)"].iter().any(|word| text.contains(word))
        };
        says_so(name) || says_so(lead)
    }

    /// Whether at least half of the line's cells say what stands over them.
    fn repeats_heading(&self, row: Row<'a>, first: Cell<'a>) -> bool {
        let same = |cell: &Cell<'_>| {
            self.block
                .columns
                .iter()
                .find(|column| column.column == cell.column)
                .is_some_and(|column| column.words.iter().any(|word| word.trim() == cell.text.trim()))
        };
        if !same(&first) {
            return false;
        }
        let (all, repeated) =
            self.contents(row).fold((0usize, 0usize), |(all, repeated), cell| (all + 1, repeated + usize::from(same(&cell))));
        // a lone word that is also a heading is a repetition only if it stands in a merged heading's second row
        repeated * 2 >= all && (repeated >= 2 || all == 1)
    }

    /// A line that numbers the columns 1, 2, 3 … below the heading.
    fn numbers_the_columns(&self, row: Row<'a>) -> bool {
        let mut previous: Option<u32> = None;
        let mut count = 0usize;
        for cell in self.contents(row) {
            let Ok(number) = cell.text.trim().trim_matches(['(', ')', '（', '）']).parse::<u32>() else { return false };
            if previous.is_some_and(|previous| number != previous + 1) {
                return false;
            }
            previous = Some(number);
            count += 1;
        }
        count >= 3 && self.lines.is_empty()
    }

    fn is_group(&self, row: Row<'a>, lead: Cell<'a>) -> bool {
        let text = lead.text.trim().trim_end_matches(['：', ':']);
        let text = text.split(['（', '(']).next().unwrap_or(text).trim_end();
        if text.is_empty() || has_long_number(text) || text.chars().count() > 40 {
            return false;
        }
        let strong = GROUP_ENDINGS.iter().any(|ending| text.ends_with(ending));
        let at = Address { row: row.number(), column: lead.column };
        let start = self.wide_merges.partition_point(|merge| merge.first.row < row.number());
        let spans = self.wide_merges[start..].iter().take_while(|merge| merge.first.row == row.number()).any(|merge| merge.contains(at));
        if spans || strong {
            return true;
        }
        Some(lead.column) != self.name && WEAK_GROUP_ENDINGS.iter().any(|ending| text.ends_with(ending))
    }

    fn note_unheaded(&mut self, row: Row<'a>) {
        for cell in row.cells_in(&self.block.range) {
            let is_headed = self.block.columns.binary_search_by_key(&cell.column, |column| column.column).is_ok();
            if !is_headed && !cell.text.chars().all(is_blank_character) {
                self.unheaded.insert(cell.column);
            }
        }
    }
}

/// What a line is; a skipped one with its leading words.
enum LineKind {
    Blank,
    Person,
    Skipped(SkipReason, CompactString),
}

/// Whether the words of a line of several cells are worth a closer look; nearly every person's line begins with a name,
/// and a name begins with none of these words and has no colon.
fn may_begin_a_footer(text: &str) -> bool {
    let Some(first) = text.trim_start_matches(is_blank_character).chars().next() else { return true };
    let is_han = matches!(first, '\u{3400}'..='\u{9FFF}');
    !is_han
        || text.contains([':', '：'])
        || first == '共'
        || TOTALS.iter().chain(&NOTES).chain(&CLOSING_NOTES).any(|word| word.starts_with(first))
}

fn is_line_number(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_numeric() || is_blank_character(c) || matches!(c, '.' | '、' | '．' | '(' | ')' | '（' | '）' | '#' | '/' | '-'))
}

fn starts_like_a_footer(text: &str) -> bool {
    let folded = fold_label(text);
    is_total(&folded, text) || is_note(&folded, text)
}

fn is_total(folded: &str, text: &str) -> bool {
    TOTALS.iter().any(|word| {
        folded == *word || folded.strip_prefix(word).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '共'))
    }) || TOTALS.iter().any(|word| text.trim_start().strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with(['：', ':'])))
        || (folded.starts_with('共') && folded.ends_with('人') && folded.chars().any(|c| c.is_ascii_digit()))
}

fn is_note(folded: &str, text: &str) -> bool {
    if CLOSING_NOTES.iter().any(|word| folded.starts_with(word)) {
        return true;
    }
    let text: CompactString = text.chars().filter(|c| !is_blank_character(*c)).collect();
    NOTES.iter().any(|word| {
        let Some(rest) = text.strip_prefix(word) else { return false };
        let rest = rest.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')']).map(|(_, rest)| rest)).unwrap_or(rest);
        rest.is_empty() || rest.starts_with(['：', ':', '1', '１']) || (word == &"注" && rest.starts_with(['、', '.']))
    })
}
