//! What one line below a heading is: a person, nothing, or one of the lines that hold nobody.
//!
//! Judged by the words of the line and by where they stand among the columns; what words alone say is told in
//! [`footer`], [`group`] and [`instruction`].

use compact_str::CompactString;

use super::super::footer;
use super::super::group::{self, GroupName};
use super::super::instruction;
use super::super::titles;
use super::{LineReader, TITLE_ENDINGS, may_be_heading};
use crate::address::Address;
use crate::grid::{Cell, Row};
use crate::recognize::SkipReason;
use crate::recognize::card::marks::are_untouched;
use crate::scheme::Field;
use crate::text::{fold_label, fold_width, is_blank_character};
use crate::value::{Mobile, Sex};

/// Names are longer only where they are written with a `·`.
const LONGEST_USUAL_NAME: usize = 3;

/// So many rows below a lone cell are looked at for the people that it would name; a sheet may go on for a hundred thousand with nobody.
const LOOKED_AHEAD: usize = 64;

/// What a line is; a skipped one with its leading words.
pub(super) enum LineKind {
    Blank,
    Person,
    Skipped(SkipReason, CompactString),
}

impl<'a> LineReader<'a> {
    /// What the line is.
    pub(super) fn kind_of(&mut self, position: usize, row: Row<'a>) -> LineKind {
        let mut contents = self.contents(row);
        let counts = |text: &str| is_line_number(text) || is_unwritten(text);
        let line_number = self.line_number.and_then(|column| row.cell(column)).filter(|cell| !counts(cell.text));
        let first = contents.next();
        let Some(lead) = line_number.or(first) else { return LineKind::Blank };
        if line_number.is_none() && self.contents(row).all(|cell| is_printed_choice(cell.text)) {
            return LineKind::Blank;
        }
        let others = contents.count() + usize::from(line_number.is_some() && first.is_some());
        if self.is_example(row, lead) {
            self.announces_example = others == 0 && lead.text.contains('例');
            return LineKind::Skipped(SkipReason::Example, CompactString::default());
        }
        // 填写示例： stands alone above the example itself
        if std::mem::take(&mut self.announces_example) {
            return LineKind::Skipped(SkipReason::Example, CompactString::default());
        }
        let Some(first) = first else {
            // words under 序号 and nothing else hold no person, whatever they say
            let reason = self.footer(position, row, lead, 0).unwrap_or(SkipReason::Note);
            return LineKind::Skipped(reason, lead.text.trim().into());
        };
        if self.says_nobody(row) {
            return LineKind::Skipped(SkipReason::Note, lead.text.trim().into());
        }
        if self.repeats_heading(row, first) || self.numbers_the_columns(row) {
            return LineKind::Skipped(SkipReason::Header, CompactString::default());
        }
        if self.lines.is_empty() && self.says_how_to_fill_in(row) && !self.is_somebodys(row) {
            return LineKind::Skipped(SkipReason::Note, lead.text.trim().into());
        }
        if self.counts_people(row) {
            return LineKind::Skipped(SkipReason::Total, lead.text.trim().into());
        }
        if self.belongs_to_another(row, others) {
            return LineKind::Skipped(SkipReason::Note, lead.text.trim().into());
        }
        match self.footer(position, row, lead, others) {
            Some(reason) if !self.is_somebodys(row) => LineKind::Skipped(reason, lead.text.trim().into()),
            Some(_) | None => LineKind::Person,
        }
    }

    /// The cells that can hold an answer and hold more than blanks.
    pub(super) fn contents(&self, row: Row<'a>) -> impl Iterator<Item = Cell<'a>> + Clone {
        row.cells_in(&self.block.range).filter(move |cell| {
            Some(cell.column) != self.line_number
                && !self.marks.contains(&cell.column)
                && !is_unwritten(cell.text)
                && !are_untouched(cell.text)
        })
    }

    /// Whether each cell of the line says that there is nobody: 无 | 无 | /.
    fn says_nobody(&self, row: Row<'a>) -> bool {
        let mut cells = row.cells_in(&self.block.range).filter(|cell| Some(cell.column) != self.line_number);
        cells.all(|cell| footer::is_nothing(cell.text) || is_unwritten(cell.text) || are_untouched(cell.text))
    }

    /// Whether the line below the heading says how each column is to be filled in: 必填 | 男/女 | 18位.
    fn says_how_to_fill_in(&self, row: Row<'a>) -> bool {
        let name = self.name.and_then(|column| row.cell(column)).filter(|cell| !cell.text.chars().all(is_blank_character));
        let is_sure =
            |name: &Cell<'a>| instruction::is_surely_an_instruction(name.text) || instruction::is_instruction_for_names(name.text);
        if name.is_some_and(|name| !is_sure(&name) && !instruction::is_instruction(name.text)) {
            return false;
        }
        // somebody may be called 如意, or stand in brackets: only the other cells can tell
        let counts = |cell: &Cell<'a>| name.is_none_or(|name| name.column != cell.column || is_sure(&name));
        let is_hint = |cell: &Cell<'a>| instruction::is_instruction(cell.text) || name.is_some_and(|name| name.column == cell.column);
        let (all, hints) =
            self.contents(row).filter(counts).fold((0usize, 0usize), |(all, hints), cell| (all + 1, hints + usize::from(is_hint(&cell))));
        if self.contents(row).count() == 1 {
            return self.contents(row).all(|cell| instruction::is_surely_an_instruction(cell.text));
        }
        all >= 1 && hints * 2 >= all
    }

    /// Whether the line counts people under several columns and names none: 12人 | 3人 | 4人.
    fn counts_people(&self, row: Row<'a>) -> bool {
        let is_count = |text: &str| {
            let number = text.trim_matches(is_blank_character).trim_end_matches(['人', '名']);
            number.len() < text.len() && !number.is_empty() && number.len() <= 6 && number.bytes().all(|byte| byte.is_ascii_digit())
        };
        self.name.is_none_or(|name| row.cell(name).is_none())
            && self.contents(row).count() >= 2
            && self.contents(row).all(|cell| is_count(cell.text))
    }

    /// Whether the line is the heading of a table that lists no people, or stands below one and holds no person.
    fn belongs_to_another(&mut self, row: Row<'a>, others: usize) -> bool {
        if self.lines.is_empty() || self.is_somebodys(row) {
            return false;
        }
        if !self.is_below_another && others > 0 && self.heads_another(row) {
            self.is_below_another = true;
            self.give_up_lone_words(SkipReason::Note);
        }
        self.is_below_another
    }

    /// Whether half of the line's cells, and the one where names stand, are labels of columns; a line of labels that asks for
    /// people would be a heading.
    fn heads_another(&self, row: Row<'a>) -> bool {
        let is_label = |cell: &Cell<'a>| self.labels.heads_a_column(cell.text);
        if self.name.and_then(|column| row.cell(column)).is_some_and(|name| !is_label(&name)) || !may_be_heading(row) {
            return false;
        }
        let (all, labels) =
            self.contents(row).fold((0usize, 0usize), |(all, labels), cell| (all + 1, labels + usize::from(is_label(&cell))));
        labels >= 2 && labels * 2 >= all
    }

    /// Whether the line holds what only a person has: an ID number, or a mobile beside a sex. Somebody may be called 合计 or 注.
    pub(super) fn is_somebodys(&self, row: Row<'a>) -> bool {
        let text = |field: Field| self.block.column_of(field).and_then(|column| row.cell(column)).map(|cell| fold_width(cell.text));
        // a line that was not parted into cells is somebody's all the same
        let is_lone = || self.contents(row).count() == 1 && self.contents(row).all(|cell| holds_an_id_number(cell.text));
        text(Field::IdNumber).is_some_and(|text| is_like_an_id_number(&text))
            || is_lone()
            || text(Field::Mobile).is_some_and(|text| Mobile::parse(&text).is_ok())
                && text(Field::Sex).is_some_and(|text| Sex::parse(&text).is_some_and(|_| !text.chars().any(|c| c.is_ascii_digit())))
    }

    /// Why the line holds no person: a total, note, title or group; `others` counts the cells beside the leading one.
    fn footer(&self, position: usize, row: Row<'a>, lead: Cell<'a>, others: usize) -> Option<SkipReason> {
        if others > 0 && !footer::may_begin_a_footer(lead.text) {
            return None;
        }
        // nobody's line begins with 合计, whatever stands under 姓名 (usually a number of people), and no line's number is 备注
        if footer::is_total(lead.text) {
            return Some(SkipReason::Total);
        }
        if Some(lead.column) == self.line_number && footer::is_note_label(lead.text) {
            return Some(SkipReason::Note);
        }
        // 填报单位： | 长塘村, though the unit may stand where names do
        if titles::is_label_of_unit(lead.text) {
            // 单位（盖章）： with nothing behind it waits for the seal
            let is_sealed = others == 0 && footer::is_signature(lead.text);
            return Some(if is_sealed { SkipReason::Note } else { SkipReason::Title });
        }
        // 支部书记： | 张三: nobody's name or number ends with a colon
        if others > 0 && lead.text.trim_end_matches(is_blank_character).ends_with(['：', ':']) {
            return Some(SkipReason::Note);
        }
        let name = self.name.and_then(|column| row.cell(column)).filter(|name| !is_unwritten(name.text));
        if name.is_some_and(|name| name.column != lead.column && !footer::starts_like_a_footer(name.text)) {
            return None;
        }
        let folded = fold_label(lead.text);
        let is_titled = || titles::is_continuation(lead.text) || TITLE_ENDINGS.iter().any(|ending| folded.ends_with(ending));
        if titles::is_title(lead.text, self.titles) || others == 0 && is_titled() {
            return Some(SkipReason::Title);
        }
        if footer::is_note(lead.text)
            || others == 0 && (footer::is_page_number(lead.text) || footer::is_ending(lead.text))
            || footer::is_opinion(lead.text)
            || footer::is_signature(lead.text) && self.is_signed(row, lead)
        {
            return Some(SkipReason::Note);
        }
        if others == 0 && self.is_group(position, row, lead) {
            return Some(SkipReason::Group);
        }
        if self.is_signed(row, lead) {
            return Some(SkipReason::Note);
        }
        if others > 0 {
            return None;
        }
        let speaks = [footer::is_sentence, footer::is_written_date, footer::is_in_brackets];
        speaks.iter().any(|speaks| speaks(lead.text)).then_some(SkipReason::Note)
    }

    /// Whether the line is for signing: each of its cells says who signs or when, or the first has a colon and stands where
    /// no name does.
    fn is_signed(&self, row: Row<'a>, lead: Cell<'a>) -> bool {
        let says_so = |text: &str| text.contains(['：', ':']) || footer::is_signature(text) || footer::is_written_date(text);
        says_so(lead.text) && (Some(lead.column) == self.line_number || self.contents(row).all(|cell| says_so(cell.text)))
    }

    /// Whether the line says that it is an example: in its number, its name, or a column of no field, such as 备注.
    fn is_example(&self, row: Row<'a>, lead: Cell<'a>) -> bool {
        let name = self.name.and_then(|column| row.cell(column)).map_or("", |cell| cell.text);
        footer::is_example(name)
            || footer::is_example(lead.text)
            || self.unclaimed.iter().filter_map(|column| row.cell(*column)).any(|cell| footer::is_example_remark(cell.text))
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

    /// Whether a lone cell names the group of the people below it.
    fn is_group(&self, position: usize, row: Row<'a>, lead: Cell<'a>) -> bool {
        let sureness = group::group_name(lead.text);
        if matches!(sureness, GroupName::None | GroupName::Sure) {
            return sureness == GroupName::Sure;
        }
        if footer::is_sentence(lead.text) {
            return false;
        }
        let at = Address { row: row.number(), column: lead.column };
        let start = self.wide_merges.partition_point(|merge| merge.first.row < row.number());
        let spans = self.wide_merges[start..].iter().take_while(|merge| merge.first.row == row.number()).any(|merge| merge.contains(at));
        if spans {
            return true;
        }
        let is_before_people = || {
            let next = self.grid.rows_at(position + 1..position + 1 + LOOKED_AHEAD).find(|row| self.contents(*row).next().is_some());
            next.is_some_and(|next| self.contents(next).count() > 1)
        };
        match Some(lead.column) {
            column if column == self.line_number => sureness == GroupName::Likely || is_before_people(),
            // somebody may be called 李长村; a line without its number among numbered ones is nobody's
            column if column == self.name => {
                let is_numbered = self.line_number.is_some_and(|number| row.cell(number).is_none()) && self.has_numbers;
                sureness == GroupName::Likely
                    && (is_numbered || lead.text.trim().chars().count() > LONGEST_USUAL_NAME)
                    && is_before_people()
            }
            _ => sureness == GroupName::Likely,
        }
    }
}

/// Whether nobody wrote into the cell: it is blank, struck through with dashes, or holds the line to write on and no more.
fn is_unwritten(text: &str) -> bool {
    text.chars().all(|c| {
        is_blank_character(c) || matches!(c, '/' | '-' | '—' | '_' | '＿' | '…' | '.' | '．' | ':' | '：' | '\u{2500}'..='\u{257F}')
    })
}

/// Whether the text is a printed choice of which nothing is chosen.
fn is_printed_choice(text: &str) -> bool {
    text.starts_with('男') && matches!(fold_label(text).as_str(), "男/女" | "男、女" | "男女")
}

/// Whether the text is as long as an ID number and made of its characters, right or wrong.
fn is_like_an_id_number(text: &str) -> bool {
    let text: CompactString = text.chars().filter(|c| !is_blank_character(*c)).collect();
    (14..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'X' | b'x'))
}

/// Whether an ID number of today's length stands among other words.
fn holds_an_id_number(text: &str) -> bool {
    const LENGTH: usize = 18;
    let numbers = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, 'X' | 'x')));
    numbers.into_iter().any(|number| number.len() == LENGTH && number.bytes().take(LENGTH - 1).all(|byte| byte.is_ascii_digit()))
}

/// Whether the text under 序号 only counts; a formula without a value does.
pub(super) fn is_line_number(text: &str) -> bool {
    text.starts_with('=')
        || text
            .chars()
            .all(|c| c.is_numeric() || is_blank_character(c) || matches!(c, '.' | '、' | '．' | '(' | ')' | '（' | '）' | '#' | '/' | '-'))
}
