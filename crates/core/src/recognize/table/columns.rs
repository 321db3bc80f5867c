//! What each column of a heading holds, and where one table ends and the next one beside it begins.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use compact_str::CompactString;

use super::heading::Heading;
use super::noted;
use super::others;
use super::parts;
use super::spread;
use super::ticked;
use super::titles;
use crate::address::{Address, Column};
use crate::grid::{Cell, Grid};
use crate::marks::{self, Origin};
use crate::recognize::labels::{Claim, Labels, Meaning};
use crate::recognize::{TableColumn, Target};
use crate::scheme::Field;
use crate::text::{fold_label, is_blank_character};
use crate::value::{Mobile, phone_is_plausible};

/// What stands in an ambiguous column is looked at in so many lines.
const SAMPLED_LINES: usize = 200;

/// Fewer digits are no telephone number.
const FEWEST_DIGITS: usize = 5;

/// The columns of one table.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// From which column to which; the whole width of the sheet if no other table stands beside.
    pub(super) range: RangeInclusive<Column>,
    /// Every column that has a heading, from the left.
    pub(super) columns: Vec<HeadedColumn>,
}

/// A column with its heading's words, from the top.
#[derive(Debug, Clone)]
pub(super) struct HeadedColumn {
    pub(super) column: Column,
    pub(super) words: Vec<CompactString>,
    pub(super) target: Target,
    /// What a tick in it stands for; empty where nobody ticks.
    pub(super) option: CompactString,
}

impl HeadedColumn {
    pub(super) fn to_table_column(&self) -> TableColumn {
        TableColumn { column: self.column, heading: self.words.join(" ").into(), target: self.target, option: self.option.clone() }
    }
}

impl Block {
    pub(super) fn column_of(&self, field: Field) -> Option<Column> {
        self.columns.iter().find(|column| column.target == Target::Field(field)).map(|column| column.column)
    }
}

/// The tables that share this heading's rows, from the left: one, unless its labels repeat.
pub(super) fn blocks(grid: &Grid, labels: &Labels<'_>, heading: &Heading, body: Range<usize>) -> Vec<Block> {
    let mut claimed: Vec<Claimed> =
        headed_columns(grid, labels, heading).into_iter().map(|(column, words)| claim(labels, column, words)).collect();
    noted::leave(&mut claimed);
    parts::join(labels, &mut claimed);
    parts::join_names(&mut claimed);
    parts::join_numbered(&mut claimed);
    settle_halves(labels, &mut claimed);
    spread::join(grid, labels, heading, &mut claimed, &body);
    let mut blocks = Vec::new();
    for (range, mut columns) in split(claimed) {
        others::leave(grid, labels, &mut columns, &body);
        ticked::join(grid, labels, &mut columns, &body);
        blocks.push(settle(grid, labels, range, columns, body.clone()));
    }
    blocks
}

/// Lets a column for two answers (现任职务) hold the second of them where another one holds the first (工作单位).
fn settle_halves(labels: &Labels<'_>, columns: &mut [Claimed]) {
    let fields = columns.iter().filter_map(|column| match column.claim {
        Some(Claim::Sure(Target::Field(field))) => Some(field),
        _ => None,
    });
    let asked: BTreeSet<Field> = fields.collect();
    for column in columns {
        if let Some(Claim::Sure(target)) = &mut column.claim {
            let label = column.words.last().map_or("", CompactString::as_str);
            *target = labels.half_of(*target, label, |field| asked.contains(&field));
        }
    }
}

/// A column before ambiguity and repetition are settled.
#[derive(Debug, Clone)]
pub(super) struct Claimed {
    pub(super) column: Column,
    pub(super) words: Vec<CompactString>,
    pub(super) claim: Option<Claim>,
    /// Whether it holds a further part of what a column further left begins.
    pub(super) continues: bool,
    /// What a tick in it stands for; empty where nobody ticks.
    pub(super) option: CompactString,
}

impl Claimed {
    pub(super) fn is(&self, field: Field) -> bool {
        self.claim == Some(Claim::Sure(Target::Field(field)))
    }

    /// The column further right that goes on this one.
    pub(super) fn continued_in(&self, column: Column) -> Self {
        Self { column, words: self.words.clone(), claim: self.claim.clone(), continues: true, option: CompactString::default() }
    }
}

/// Every column of the heading with the words that stand over it, from the top; merged words count for each column.
fn headed_columns(grid: &Grid, labels: &Labels<'_>, heading: &Heading) -> Vec<(Column, Vec<CompactString>)> {
    let mut columns: Vec<(Column, Vec<CompactString>)> = Vec::new();
    let rows: Vec<_> = grid.rows_from(*heading.rows.start()).take_while(|row| row.number() <= *heading.rows.end()).collect();
    // Word's cells may hold blanks
    let is_worded = |cell: &Cell<'_>| !cell.text.chars().all(is_blank_character);
    let mut all: Vec<Column> = rows.iter().flat_map(|row| row.cells().filter(is_worded).map(|cell| cell.column)).collect();
    all.sort_unstable();
    all.dedup();
    for column in all {
        let mut words: Vec<CompactString> = Vec::new();
        for row in &rows {
            let at = Address { row: row.number(), column };
            let text = match row.cell(column).filter(is_worded) {
                Some(cell) => Some(cell.text),
                None => group_text(grid, labels, heading, at),
            };
            // the title of a table beside one whose heading has more rows is no word of this one's
            if let Some(text) = text.filter(|text| row.number() == *heading.rows.end() || !titles::is_of_the_table(text))
                && words.last().is_none_or(|last| last != text)
            {
                words.push(text.into());
            }
        }
        columns.push((column, words));
    }
    columns
}

/// The words of the group that an empty heading cell belongs to: its merge's, or in a source without merges those of
/// the nearest cell to its left in a row that is not the heading's last.
fn group_text<'g>(grid: &'g Grid, labels: &Labels<'_>, heading: &Heading, at: Address) -> Option<&'g str> {
    if let Some(merge) = heading.merges.iter().find(|merge| merge.contains(at)) {
        return grid.cell(merge.first).map(|cell| cell.text);
    }
    if at.row == *heading.rows.end() {
        return None;
    }
    let group = grid.row(at.row)?.cells().take_while(|cell| cell.column < at.column).last()?;
    // a group has a label of its own below each of its columns, and ends where its merge does
    let has_label_below = |column: Column| {
        let below = grid.rows_from(at.row + 1).take_while(|row| row.number() <= *heading.rows.end());
        below.into_iter().any(|row| row.cell(column).is_some())
    };
    let is_merged = heading.merges.iter().any(|merge| merge.contains(Address { column: group.column, ..at }));
    let reaches_here = !is_merged && has_label_below(at.column) && has_label_below(group.column);
    (reaches_here && may_be_anothers(grid, labels, heading, group, at)).then_some(group.text)
}

/// Whether a group of somebody else's (紧急联系人) can reach this far to the right: everything below it is what one asks of
/// another person, and each thing once.
fn may_be_anothers(grid: &Grid, labels: &Labels<'_>, heading: &Heading, group: Cell<'_>, at: Address) -> bool {
    const ASKED: [Field; 8] =
        [Field::Name, Field::Sex, Field::Birth, Field::Mobile, Field::Phone, Field::Employer, Field::Position, Field::Address];
    if !matches!(labels.meaning(group.text), Some(Meaning::Foreign(_))) {
        return true;
    }
    let below = grid.rows_from(at.row + 1).take_while(|row| row.number() <= *heading.rows.end());
    let mut seen: Vec<Field> = Vec::new();
    for cell in below.flat_map(|row| row.cells_in(&(group.column..=at.column)).collect::<Vec<_>>()) {
        let field = match labels.claim(cell.text) {
            Some(Claim::Sure(target)) => target.field(),
            Some(Claim::Ambiguous(fields)) => fields.first().copied(),
            None => None,
        };
        let Some(field) = field else { continue };
        if !ASKED.contains(&field) || seen.contains(&field) {
            return false;
        }
        seen.push(field);
    }
    true
}

fn claim(labels: &Labels<'_>, column: Column, words: Vec<CompactString>) -> Claimed {
    let claim = claim_of_words(labels, &words);
    Claimed { column, words, claim, continues: false, option: CompactString::default() }
}

/// What a heading of several rows asks for: its lowest words first, then all of them together, then the upper ones.
fn claim_of_words(labels: &Labels<'_>, words: &[CompactString]) -> Option<Claim> {
    let (lowest, upper) = words.split_last()?;
    if upper.iter().any(|word| matches!(labels.meaning(word), Some(Meaning::Foreign(_)))) {
        return None;
    }
    let own = labels.claim(lowest);
    if upper.is_empty() || matches!(own, Some(Claim::Sure(_))) {
        return own;
    }
    // 联系 电话, and 学历 全日制 for what is called 全日制学历; 单位 over 电话 says more than 电话 does
    let turned: String = words.iter().rev().map(CompactString::as_str).collect();
    let together = labels.meaning(&words.concat()).or_else(|| labels.meaning(&turned));
    match (own, together) {
        (None, Some(Meaning::Foreign(_))) => return None,
        (own, Some(Meaning::Ours(claim))) => return own.filter(|_| !matches!(claim, Claim::Sure(_))).or(Some(claim)),
        (Some(own), _) => return Some(own),
        (None, None) => {}
    }
    // below a choice stand its options; an option that the scheme does not know is nobody's
    let above = labels.claim(upper.last()?)?;
    if let Some(other) = labels.something_else(&above, lowest) {
        return Some(other);
    }
    Some(above).filter(|claim| match claim {
        Claim::Sure(target) => {
            target.field().is_some_and(|field| !field.is_choice()) && fold_label(lowest).chars().all(|c| !c.is_alphabetic())
        }
        Claim::Ambiguous(_) => false,
    })
}

/// Parts the columns where a second table begins: 姓名 and at least one other field stand there again.
fn split(columns: Vec<Claimed>) -> Vec<(RangeInclusive<Column>, Vec<Claimed>)> {
    let fields = columns.iter().filter(|column| !column.continues).filter_map(|column| match column.claim {
        Some(Claim::Sure(Target::Field(field))) => Some(field),
        Some(Claim::Sure(_) | Claim::Ambiguous(_)) | None => None,
    });
    let mut fields: Vec<Field> = fields.collect();
    fields.sort_unstable();
    let repeating: BTreeSet<Field> =
        fields.iter().zip(fields.iter().skip(1)).filter(|(one, next)| one == next).map(|(one, _)| *one).collect();
    if !repeating.contains(&Field::Name) || repeating.len() < 2 {
        return vec![(FIRST..=Column::LAST, columns)];
    }
    let mut starts: Vec<usize> = Vec::new();
    for (position, _) in columns.iter().enumerate().filter(|(_, column)| column.is(Field::Name) && !column.continues) {
        let has_line_number = position > 0 && columns[position - 1].is(Field::Seq);
        starts.push(if has_line_number { position - 1 } else { position });
    }
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    let mut blocks = Vec::new();
    let mut rest = columns;
    for (place, start) in starts.iter().enumerate().rev() {
        let block = rest.split_off(*start);
        let from = if place == 0 { FIRST } else { block.first().map_or(FIRST, |column| column.column) };
        let to = starts
            .get(place + 1)
            .and(blocks.last())
            .map_or(Column::LAST, |(range, _): &(RangeInclusive<Column>, _)| left_of(*range.start()));
        blocks.push((from..=to, block));
    }
    blocks.reverse();
    blocks
}

const FIRST: Column = match Column::new(1) {
    Some(column) => column,
    None => Column::LAST,
};

fn left_of(column: Column) -> Column {
    Column::new(column.number() - 1).unwrap_or(FIRST)
}

/// Settles what is ambiguous by what stands below, and gives each field one column; a further one that asks for the same
/// counts where the first is blank.
fn settle(grid: &Grid, labels: &Labels<'_>, range: RangeInclusive<Column>, columns: Vec<Claimed>, body: Range<usize>) -> Block {
    let mut taken: Vec<Target> = columns
        .iter()
        .filter_map(|column| match &column.claim {
            Some(Claim::Sure(target)) => Some(*target),
            Some(Claim::Ambiguous(_)) | None => None,
        })
        .collect();
    let is_parted = columns.iter().any(|column| column.continues && column.is(Field::IdNumber));
    let foremost = foremost(grid, labels, &columns, &body);
    let mut given: Vec<Target> = Vec::new();
    let mut settled = Vec::new();
    for column in columns {
        let wanted = match column.claim {
            // 来源 of a survey, beside what else it notes of its own
            Some(Claim::Sure(Target::Mark)) if !is_our_mark(grid, &column, body.clone()) => {
                if taken.contains(&Target::Ignored) {
                    Target::Ignored
                } else {
                    Target::Unclaimed
                }
            }
            // ID of a survey or register counts its lines
            Some(Claim::Sure(Target::Field(Field::IdNumber))) if !is_parted && counts_lines(grid, &column, body.clone()) => Target::Ignored,
            // 电子邮件 of a survey that asked for no names
            Some(Claim::Sure(Target::Field(Field::Email))) if is_anonymous(grid, &column, body.clone()) => Target::Ignored,
            Some(Claim::Sure(Target::Field(field)))
                if !column.continues && foremost.iter().any(|(asked, first)| *asked == field && *first != column.column) =>
            {
                further(field)
            }
            Some(Claim::Sure(Target::Combined(fields))) => rest_of_combined(labels, &column, fields, &taken),
            Some(Claim::Sure(target)) => target,
            Some(Claim::Ambiguous(fields)) => {
                let target = settle_ambiguous(grid, column.column, &fields, &taken, body.clone());
                taken.push(target);
                target
            }
            None => ticked::chosen_below(grid, labels, &column, &body)
                .map(Target::Field)
                .filter(|target| !taken.contains(target))
                .unwrap_or(Target::Unclaimed),
        };
        let target = match wanted {
            _ if column.continues || !is_given(wanted, &given) => wanted,
            Target::Field(field) if given.contains(&wanted) => further(field),
            _ => Target::Unclaimed,
        };
        given.push(target);
        settled.push(HeadedColumn { column: column.column, words: column.words, target, option: column.option });
    }
    Block { range, columns: settled }
}

/// What a column of two answers holds: where another column asks for one of them, and this one's heading does not speak of that, the
/// other (现任职务 beside 工作单位).
fn rest_of_combined(labels: &Labels<'_>, column: &Claimed, fields: [Field; 2], taken: &[Target]) -> Target {
    let word = column.words.last().map(|word| fold_label(word)).unwrap_or_default();
    let speaks_of = |field: Field| {
        let words = labels.scheme().spec(field).into_iter().flat_map(|spec| std::iter::once(&spec.label).chain(&spec.aliases));
        words.into_iter().any(|known| word.contains(fold_label(known).as_str()))
    };
    let is_elsewhere = |field: Field| taken.contains(&Target::Field(field));
    match fields.map(|field| is_elsewhere(field) && !speaks_of(field)) {
        [true, false] if !is_elsewhere(fields[1]) => Target::Field(fields[1]),
        [false, true] if !is_elsewhere(fields[0]) => Target::Field(fields[0]),
        _ => Target::Combined(fields),
    }
}

/// For each field that several columns ask for, the one that counts first: what is called as the field itself or asks for
/// the highest (最高学历 beside 全日制学历), else the one furthest left.
fn foremost(grid: &Grid, labels: &Labels<'_>, columns: &[Claimed], body: &Range<usize>) -> Vec<(Field, Column)> {
    let mut found: Vec<(Field, u8, Column)> = Vec::new();
    for column in columns.iter().filter(|column| !column.continues) {
        let Some(Claim::Sure(Target::Field(field))) = column.claim else { continue };
        if field == Field::IdNumber && counts_lines(grid, column, body.clone()) {
            continue;
        }
        let word = column.words.last().map(|word| fold_label(word)).unwrap_or_default();
        let is_own = labels.scheme().spec(field).is_some_and(|spec| fold_label(&spec.label) == word);
        let rank = if word.starts_with("最高") { 2 } else { u8::from(is_own) };
        match found.iter_mut().find(|(asked, ..)| *asked == field) {
            Some(first) if rank > first.1 => *first = (field, rank, column.column),
            Some(_) => {}
            None => found.push((field, rank, column.column)),
        }
    }
    found.into_iter().map(|(field, _, column)| (field, column)).collect()
}

/// Whether a column that is called no more than ID holds numbers far too short for those of people.
fn counts_lines(grid: &Grid, column: &Claimed, body: Range<usize>) -> bool {
    const LONGEST: usize = 8;
    let is_bare = column.words.last().is_some_and(|word| fold_label(word).bytes().all(|byte| byte.is_ascii_alphabetic()));
    let mut cells = grid.rows_at(sampled(&body)).filter_map(|row| row.cell(column.column)).peekable();
    is_bare && cells.peek().is_some() && cells.all(|cell| cell.text.len() <= LONGEST && cell.text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether nothing stands in the column but that nobody says who answered.
fn is_anonymous(grid: &Grid, column: &Claimed, body: Range<usize>) -> bool {
    let mut cells = grid.rows_at(sampled(&body)).filter_map(|row| row.cell(column.column)).peekable();
    cells.peek().is_some() && cells.all(|cell| matches!(cell.text.trim(), "anonymous" | "匿名"))
}

/// Another column of a field; a second line number or picture is no answer to anything.
fn further(field: Field) -> Target {
    if matches!(field, Field::Seq | Field::Photo | Field::SignedOn) { Target::Unclaimed } else { Target::Further(field) }
}

/// What a column of one of these fields holds, by what stands in it; a second column of mobiles is another one of them, unless
/// the field that is left has this very label.
fn settle_ambiguous(grid: &Grid, column: Column, fields: &[Field], taken: &[Target], body: Range<usize>) -> Target {
    let is_free = |field: &Field| !taken.contains(&Target::Field(*field));
    let free: Vec<Field> = fields.iter().copied().filter(is_free).collect();
    let is_filled = || grid.rows_at(sampled(&body)).any(|row| row.cell(column).is_some());
    let holds = |field: Field| is_filled() && by_content(grid, column, fields, body.clone()) == Some(field);
    match (fields.first(), free.first()) {
        (Some(&own), _) if !is_free(&own) && holds(own) => further(own),
        (_, Some(_)) => by_content(grid, column, &free, body.clone()).map_or(Target::Unclaimed, Target::Field),
        (Some(_), None) => by_content(grid, column, fields, body.clone()).map_or(Target::Unclaimed, further),
        (None, None) => Target::Unclaimed,
    }
}

/// The lines that are looked at for what stands in a column.
pub(super) fn sampled(body: &Range<usize>) -> Range<usize> {
    body.start..body.end.min(body.start.saturating_add(SAMPLED_LINES))
}

/// Whether a column further left holds the same thing.
fn is_given(wanted: Target, given: &[Target]) -> bool {
    match wanted {
        Target::Combined(fields) => given.contains(&wanted) || fields.iter().any(|field| given.contains(&Target::Field(*field))),
        Target::Field(field) => {
            given.contains(&wanted) || given.iter().any(|target| matches!(target, Target::Combined(fields) if fields.contains(&field)))
        }
        Target::Option(..) | Target::Split(_) => given.contains(&wanted),
        Target::Further(_) | Target::Ticked(_) | Target::Mark | Target::Ignored | Target::Unclaimed => false,
    }
}

/// Which of these fields a column of telephone numbers holds: the mobile if most of what stands there are mobiles.
fn by_content(grid: &Grid, column: Column, free: &[Field], body: Range<usize>) -> Option<Field> {
    let &first = free.first()?;
    if free.len() == 1 || !free.contains(&Field::Mobile) {
        return Some(first);
    }
    let (mut filled, mut mobiles) = (0usize, 0usize);
    for row in grid.rows_at(sampled(&body)) {
        if let Some(cell) = row.cell(column) {
            // a total or 无 is no number of anybody, and a mobile that lacks a digit none of an office
            let is_mistyped = !looks_like_mobile(cell.text) && !phone_is_plausible(cell.text);
            filled += usize::from(!is_mistyped && cell.text.chars().filter(char::is_ascii_digit).count() >= FEWEST_DIGITS);
            mobiles += usize::from(looks_like_mobile(cell.text));
        }
    }
    let other = free.iter().copied().find(|field| *field != Field::Mobile);
    match filled {
        0 => Some(first),
        filled if mobiles * 2 >= filled => Some(Field::Mobile),
        _ => other,
    }
}

/// Whether the column is our own 错误说明 or 来源, and not a 来源 of the sender's.
fn is_our_mark(grid: &Grid, column: &Claimed, body: Range<usize>) -> bool {
    if column.words.last().is_none_or(|word| fold_label(word) != marks::ORIGIN) {
        return true;
    }
    let cells = || grid.rows_at(sampled(&body)).filter_map(|row| row.cell(column.column));
    cells().next().is_none() || cells().any(|cell| Origin::parse(cell.text).is_some())
}

/// Whether a mobile number stands in the text, alone or beside other numbers.
fn looks_like_mobile(text: &str) -> bool {
    Mobile::parse(text).is_ok() || text.split(|c: char| !c.is_ascii_digit()).any(|number| Mobile::parse(number).is_ok())
}
