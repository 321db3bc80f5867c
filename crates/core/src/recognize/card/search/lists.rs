//! Lists inside a form, of relatives (称谓 | 姓名 | 工作单位) or of stretches of a life (起止时间 | 学校 | 专业): no cell of theirs
//! is an answer to anything the form asks, and what stands in them is kept as a whole.

use std::ops::RangeInclusive;

use super::Search;
use crate::address::{Address, Column};
use crate::recognize::card::label::{Meaning, looks_like_one};
use crate::recognize::labels::Owner;
use crate::text::{fold_label, is_blank_character};

/// Longest word for how somebody is related, in characters.
const LONGEST_RELATION: usize = 6;

/// What such words are made of: 岳父, 长子, 女婿.
const KIN: [char; 25] = [
    '父', '母', '爸', '妈', '夫', '妻', '偶', '子', '女', '儿', '兄', '弟', '姐', '妹', '哥', '爷', '奶', '祖', '孙', '岳', '婿', '媳',
    '公', '婆', '叔',
];

/// The lines of a list, below its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines {
    /// The cell that says what it is a list of, else the first of its heading.
    pub(super) label: Address,
    /// Where its heading begins.
    pub(super) from: Column,
    /// Where its heading ends.
    end: Column,
    /// The last column of the form it stands on.
    to: Column,
    /// The last row of its heading.
    heading: u32,
    /// Its last row.
    last: u32,
}

impl Lines {
    /// Whether the cell is one of the list's, below its heading.
    pub(super) fn contains(&self, at: Address) -> bool {
        self.heading < at.row && at.row <= self.last && (self.from..=self.to).contains(&at.column)
    }

    /// Whether the cell is one of the heading, or stands left of the list, in one of its rows.
    pub(super) fn heads(&self, at: Address) -> bool {
        !self.contains(at) && at.column <= self.end
    }

    /// Whether the cell stands right of the heading, in its row.
    pub(super) fn ends_before(&self, at: Address) -> bool {
        at.row == self.heading && at.column > self.end
    }

    /// The rows of the list, its heading's too.
    pub(super) fn rows(&self) -> std::ops::RangeInclusive<u32> {
        self.heading..=self.last
    }
}

impl Search<'_> {
    /// The lists of the grid, from the top.
    pub(super) fn find_lists(&self) -> Vec<Lines> {
        if self.is_text() {
            return Vec::new();
        }
        let relations: Vec<Address> = self.cells.keys().copied().filter(|at| self.heads_relatives(*at)).collect();
        let spans = self.spans();
        let keyed = relations.into_iter().map(|key| (key, false)).chain(spans.into_iter().map(|key| (key, true)));
        let mut found: Vec<Lines> = keyed.filter_map(|(key, is_span)| self.lines_below(key, is_span)).collect();
        found.extend(self.named_lists().filter(|lines| found.iter().all(|other| other.heading != lines.heading)).collect::<Vec<_>>());
        found
    }

    /// Whether the cell stands in a row of this list, on the same form.
    pub(super) fn is_beside_list(&self, list: &Lines, at: Address) -> bool {
        list.rows().contains(&at.row) && self.form_at(list.from).contains(&at.column)
    }

    /// Whether the cell heads the column of a list that says how each is related: 称谓, and no label with its answer (关系 | 父亲).
    pub(super) fn heads_relatives(&self, at: Address) -> bool {
        let is_kin = |at: Address| self.owner(at) == Some(Owner::Person);
        let is_heading = |next: Address| !is_kin(next) && (self.is_label(next) || looks_like_one(self.text(next)));
        // as the last of a heading, it follows another label: 姓名 | 李四 | 关系 has answers between
        let is_last = || self.beside(at).is_none() && self.left(at).is_some_and(|left| self.is_label(left));
        self.owner(at) == Some(Owner::Relatives) && (self.beside(at).is_some_and(is_heading) || is_last())
    }

    /// The lines below a heading, whose cells stand as the heading's do; the cell below `key` says whose or when.
    fn lines_below(&self, key: Address, is_span: bool) -> Option<Lines> {
        let heading = self.covered(key).last.row;
        let columns = self.columns_of(key);
        let (from, to) = (columns.first()?.column, *self.form_at(key.column).end());
        let is_line = |row: &u32| {
            let stands_so = columns.iter().all(|at| {
                let [own, below] = [self.covered(*at), self.covered(Address { row: *row, ..*at })];
                below.first.row == *row && below.first.column == own.first.column && below.last.column == own.last.column
            });
            let key = self.text(Address { row: *row, ..key }).trim_matches(is_blank_character);
            stands_so && !self.asks_in(*row, from..=to) && if is_span { is_time(key) } else { is_kin(key) }
        };
        let last = (heading + 1..=self.last_row_used()).take_while(is_line).last()?;
        Some(Lines { label: self.name_of_list(columns[0]), from, end: self.end_of(&columns), to, heading, last })
    }

    /// The lists that a label merged down over their rows names, whatever their columns: 家庭主要成员, 工作经历.
    fn named_lists(&self) -> impl Iterator<Item = Lines> {
        let down = self.merges.iter().filter(|merge| merge.first.row < merge.last.row).map(|merge| merge.first);
        down.filter_map(|label| {
            let fewest = self.columns_of_list(label)?;
            let heading = self.beside(label).filter(|heading| heading.row == label.row)?;
            let columns = self.columns_of(heading);
            let are_labels = columns.iter().all(|at| self.is_label(*at) || looks_like_one(self.text(*at)));
            let (to, last) = (*self.form_at(label.column).end(), self.covered(label).last.row);
            let lines = Lines { label, from: heading.column, end: self.end_of(&columns), to, heading: label.row, last };
            (are_labels && columns.len() >= fewest).then_some(lines)
        })
    }

    /// The fewest columns of a list that these words name; `None` where they name none, or ask for what a field is.
    fn columns_of_list(&self, at: Address) -> Option<usize> {
        const STRETCHES: [&str; 5] = ["学习", "工作", "教育", "求学", "简历"];
        let folded = fold_label(self.text(at));
        let asks = || self.cells.get(&at).is_some_and(|meanings| meanings.iter().any(|meaning| matches!(meaning, Meaning::Label { .. })));
        if (folded.starts_with("家庭") && folded.contains("成员")) || folded.contains("社会关系") {
            return Some(1);
        }
        let is_life = folded.ends_with("经历") || folded.ends_with("简历");
        (is_life && STRETCHES.iter().any(|word| folded.contains(word)) && !asks()).then_some(2)
    }

    /// The cells of a heading, from its first that reads like one: those left and right of the key.
    fn columns_of(&self, key: Address) -> Vec<Address> {
        let form = self.form_at(key.column);
        let is_heading =
            |at: &Address| at.row == key.row && form.contains(&at.column) && looks_like_one(self.text(*at)) && !self.is_name_of_list(*at);
        let leftwards = std::iter::successors(Some(key), |at| self.left(*at).filter(is_heading));
        let rightwards = std::iter::successors(self.beside(key), |at| self.beside(*at)).take_while(is_heading);
        let mut columns: Vec<Address> = leftwards.chain(rightwards).collect();
        columns.sort_unstable();
        columns
    }

    /// The last column of a heading.
    fn end_of(&self, columns: &[Address]) -> Column {
        columns.last().map_or(Column::LAST, |at| self.covered(*at).last.column)
    }

    /// Whether the cell is merged down, as a label in front of a list is.
    fn is_name_of_list(&self, at: Address) -> bool {
        let rows = self.covered(at);
        rows.first.row < rows.last.row
    }

    /// The cell that says what the list is of: the one merged down left of its heading, or alone in the row above.
    fn name_of_list(&self, first: Address) -> Address {
        let left = self.left(first).filter(|left| !self.text(*left).is_empty());
        let above = || {
            let row = first.row.checked_sub(1).filter(|row| *row > 0)?;
            let title = self.covered(Address { row, column: Column::FIRST }).first;
            (title.row == row && self.beside(title).is_none() && !self.text(title).is_empty()).then_some(title)
        };
        left.or_else(above).unwrap_or(first)
    }

    /// Whether a label of ours stands in this row, as none does in a line.
    fn asks_in(&self, row: u32, columns: RangeInclusive<Column>) -> bool {
        let [first, last] = [*columns.start(), *columns.end()].map(|column| Address { row, column });
        let mut cells = self.cells.range(first..=last);
        cells.any(|(_, meanings)| meanings.iter().any(|meaning| matches!(meaning, Meaning::Label { .. })))
    }

    fn last_row_used(&self) -> u32 {
        self.grid.rows().map(|row| row.number()).max().unwrap_or(0)
    }
}

/// Whether the words say how somebody is related, or nothing.
fn is_kin(words: &str) -> bool {
    words.is_empty() || (words.chars().count() <= LONGEST_RELATION && words.contains(KIN)) || matches!(words, "爱人" | "本人" | "户主")
}

/// Whether the words say when, or nothing.
fn is_time(words: &str) -> bool {
    words.is_empty() || words.contains(|c: char| c.is_ascii_digit()) || words.contains("至")
}
