//! What is told of a whole table, line or input: columns that are missing or nobody's, hidden rows, no table at all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compact_str::ToCompactString;

use super::Collection;
use super::likeness::likeness;
use crate::address::Address;
use crate::collection::pictures::Own;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::grid::{Grid, Note, StruckOut};
use crate::mask::mask_digits;
use crate::recognize::{Table, TableColumn, Target, is_printed};
use crate::scheme::Field;
use crate::value::Mobile;

/// Most columns of nobody whose answers are looked at for what they could be.
const MOST_LOOKED_AT: usize = 64;

impl Collection<'_> {
    /// Says which lines below the heading are struck out whole, and so were not read.
    pub(super) fn remark_struck_rows(&mut self, file: &Arc<str>, grid: &Grid, table: &Table) {
        const MOST_NAMED: usize = 10;
        let inside = |struck: &&StruckOut| struck.at.row > *table.heading.end() && table.range.contains(&struck.at.column);
        let mut rows: Vec<u32> = grid.struck.iter().filter(inside).map(|struck| struck.at.row).collect();
        rows.dedup();
        if rows.is_empty() {
            return;
        }
        let lines = table.lines.iter().filter_map(|line| Some(grid.row_at(*line)?.number()));
        let read: BTreeSet<u32> = lines.chain(table.skipped.iter().map(|skipped| skipped.row)).collect();
        rows.retain(|row| !read.contains(row));
        if rows.is_empty() {
            return;
        }
        let named: Vec<String> = rows.iter().take(MOST_NAMED).map(ToString::to_string).collect();
        let more = if rows.len() > MOST_NAMED { " 等" } else { "" };
        self.add_remark(file, format!("第 {}{more} 行整行划去了，没有读取；要报的请去掉删除线", named.join("、")));
    }

    /// Says which columns the table lacks, and which of its own are nobody's.
    pub(super) fn report_columns(&mut self, grid: &Grid, table: &Table, fields: &[Field]) {
        self.report_missing_columns(grid, table, fields);
        self.report_unclaimed_columns(grid, table);
    }

    fn report_missing_columns(&mut self, grid: &Grid, table: &Table, fields: &[Field]) {
        let at = self.location(self.tables.len().saturating_sub(1), None, None);
        for field in self.scheme.printed_fields() {
            if !fields.contains(&field) && !matches!(field, Field::Photo | Field::SignedOn | Field::Seq) {
                let label = self.scheme.label(field);
                let at = Location { field: Some(field.key(self.scheme).into()), ..at.clone() };
                let consequence = if field == Field::JoinedParty && self.members.is_some() {
                    "党员花名册里有的从那里补入，其余的人空着"
                } else if matches!(field, Field::Sex | Field::Birth) && fields.contains(&Field::IdNumber) {
                    "由身份证号码得出"
                } else {
                    "名册和登记表的这一项将空着"
                };
                let finding = Diagnostic::new(Code::MissingColumn, at, format!("表里没有「{label}」这一列，{consequence}"));
                let hint = match self.mobiles_under_phone(grid, table).filter(|_| field == Field::Mobile) {
                    Some(heading) => format!("「{heading}」列里填的多是手机号；如果是本人的手机，请把表头改成「{label}」"),
                    None => format!("如果表里有这一项，请把表头改成「{label}」"),
                };
                self.place(finding.with_hint(hint), 0, 0);
            }
        }
    }

    fn report_unclaimed_columns(&mut self, grid: &Grid, table: &Table) {
        let at = self.location(self.tables.len().saturating_sub(1), None, None);
        for (position, column) in table.columns.iter().filter(|column| column.target == Target::Unclaimed).enumerate() {
            let TableColumn { column, heading, .. } = column;
            let heading = heading.replace('\n', " ");
            let message = if heading.is_empty() {
                format!("{column} 列没有表头，不知道是哪一项")
            } else {
                format!("{column} 列「{heading}」不属于任何一项")
            };
            let row = *table.heading.end();
            let at = Location { cell: Some(Address { row, column: *column }.to_compact_string()), row: Some(row), ..at.clone() };
            let finding = Diagnostic::new(Code::UnmappedColumn, at, format!("{message}，内容原样保留，不写进名册和登记表"));
            let hint = self.hint_for_column(&heading, || {
                // a heading over all 16,384 columns is damage, and looking at each of them would take minutes
                if position < MOST_LOOKED_AT { likeness(grid, table, *column, self.scheme, self.today) } else { None }
            });
            self.place(finding.with_hint(hint), row, column.number());
        }
    }

    /// What to do about a column that no field claims, by what its heading stands below or else by what it holds.
    fn hint_for_column(&self, heading: &str, like: impl FnOnce() -> Option<Field>) -> String {
        if let Some(choice) = self.recognizer.choice_over(heading) {
            let options: String = self.scheme.options(choice).iter().map(|option| format!("「{}」", option.label)).collect();
            return format!("在「{}」下面，却不是选项；如果就是，请把表头改成{options}里的一项", self.scheme.label(choice));
        }
        like().map_or("如果它就是某一项，请把表头改成那一项的名称".to_owned(), |field| {
            let label = self.scheme.label(field);
            format!("里面填的像是「{label}」；如果就是，请把表头改成「{label}」")
        })
    }

    /// Says what notes at the cells of people say; those at headings tell how to fill in, and so do those that stand at many cells.
    pub(super) fn report_notes(&mut self, grid: &Grid, is_of_people: impl Fn(Address) -> bool) {
        const MANY: usize = 3;
        let table = self.tables.len().saturating_sub(1);
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        grid.notes.iter().for_each(|note| *times.entry(note.text.trim()).or_default() += 1);
        let is_own = |text: &str| times.get(text.trim()).is_some_and(|times| *times < MANY) && !is_printed(text, self.scheme);
        let own: Vec<&Note> = grid.notes.iter().filter(|note| is_of_people(note.at) && is_own(&note.text)).collect();
        for Note { at, text } in own {
            let mut place = self.location(table, Some(at.row), None);
            place.cell = Some(at.to_compact_string());
            let message = format!("{at} 的批注「{}」不属于任何一项，不写进名册和登记表", shortened(text));
            let finding = Diagnostic::new(Code::UnmappedColumn, place, message);
            self.place(finding.with_hint("如果批注里有要报的内容，请填到它的格子里"), at.row, at.column.number());
        }
    }

    /// The heading of the column of telephones, where most of what stands in it are mobiles.
    fn mobiles_under_phone(&self, grid: &Grid, table: &Table) -> Option<String> {
        const SAMPLED_LINES: usize = 100;
        let column = table.columns.iter().find(|column| column.target == Target::Field(Field::Phone))?;
        let cells = table.lines.iter().take(SAMPLED_LINES).filter_map(|line| grid.row_at(*line)?.cell(column.column));
        let (all, mobiles) =
            cells.fold((0usize, 0usize), |(all, mobiles), cell| (all + 1, mobiles + usize::from(Mobile::parse(cell.text).is_ok())));
        (mobiles * 2 > all).then(|| column.heading.replace('\n', ""))
    }

    /// Says that the row is hidden; once, however many tables stand side by side in it.
    pub(super) fn report_hidden_row(&mut self, row: u32) {
        if !self.hidden_rows.insert(row) {
            return;
        }
        let at = self.location(self.tables.len().saturating_sub(1), Some(row), None);
        let finding = Diagnostic::new(Code::HiddenRow, at, "这一行在 Excel 里是隐藏的，照样读取了");
        self.place_person(finding.with_hint("不该报的请在原表里删去这一行"), row, 0);
    }

    /// Says which of several pictures was taken for the photo of the person taken next.
    pub(super) fn report_further_pictures(&mut self, row: u32, own: &Own) {
        let (Some(taken), Some(other)) = (own.at, own.others.first()) else { return };
        let table = self.tables.len().saturating_sub(1);
        let mut at = self.location(table, Some(row), Some(Field::Photo));
        let count = own.others.len() + 1;
        let message = if at.sheet.is_some() {
            at.cell = Some(other.to_compact_string());
            format!("第 {row} 行的人有 {count} 张图片像照片，用了 {taken} 的那张")
        } else {
            format!("第 {row} 份有 {count} 张图片像照片，用了第一张")
        };
        self.strays.push(Diagnostic::new(Code::PhotoUnused, at, message).with_hint("请只留下要用的一张"));
    }

    pub(super) fn report_hidden_sheet(&mut self, file: &Arc<str>, grid: &Grid) {
        let at = Location::of_file(Arc::clone(file)).with_sheet(grid.sheet.clone());
        let name = grid.sheet.as_deref().unwrap_or_default();
        let finding = Diagnostic::new(Code::HiddenSheet, at, format!("工作表「{name}」是隐藏的，没有读取"));
        self.place(finding.with_hint("里面如有要报的人，请在 Excel 里取消隐藏后重报；没有用的请删去"), 0, 0);
    }

    /// Says of a sheet that holds neither a table nor a form, beside others that do, that nothing of it was read.
    pub(super) fn remark_unread_sheet(&mut self, file: &Arc<str>, grid: &Grid) {
        let (Some(name), Some(first)) = (grid.sheet.as_deref(), first_row(grid)) else { return };
        let text = format!("工作表「{name}」里没有表头，也不是登记表，没有读取，第一行是「{first}」；里面有要报的人的，请补上表头");
        self.add_remark(file, mask_digits(&text).into_owned());
    }

    pub(super) fn report_no_table(&mut self, file: &Arc<str>, grids: &[Grid]) {
        let name = self.scheme.label(Field::Name);
        let visible = || grids.iter().filter(|grid| !grid.hidden);
        let strange = visible().find_map(|grid| self.recognizer.strange_tables(grid).into_iter().next());
        let seen: Vec<String> = visible().filter_map(first_row).take(3).collect();
        let seen = match strange {
            Some(table) => {
                let headings = |is_known: bool| {
                    let columns =
                        table.columns.iter().filter(|column| column.target.field().is_some() == is_known && !column.heading.is_empty());
                    columns.take(6).map(|column| shortened(&column.heading)).collect::<Vec<_>>().join("」「")
                };
                let row = table.heading.end();
                format!("第 {row} 行虽有「{}」，其余的「{}」都不是登记要的内容，像是别的表", headings(true), headings(false))
            }
            None if seen.is_empty() => "文件里没有可见的内容".to_owned(),
            None => format!("看到的第一行是「{}」", seen.join("」「")),
        };
        let others: Vec<&str> = [Field::Sex, Field::IdNumber, Field::Mobile]
            .into_iter()
            .filter(|field| self.scheme.has(*field))
            .map(|field| self.scheme.label(field))
            .collect();
        let message = format!("没有找到表头或登记表：要找的是写着「{name}」和「{}」等的一行，{seen}", others.join("」「"));
        let finding = Diagnostic::new(Code::NoTable, Location::of_file(Arc::clone(file)), message);
        self.place(finding.with_hint("请打开文件看看是不是收集表；是的话，请把表头写成方案里的名称"), 0, 0);
    }
}

/// What stands in the first row that holds anything.
fn first_row(grid: &Grid) -> Option<String> {
    let row = grid.rows().next()?;
    Some(row.cells().take(6).map(|cell| shortened(cell.text)).collect::<Vec<_>>().join(" | "))
}

/// The text on one line, cut where it is long.
pub(super) fn shortened(text: &str) -> String {
    let text = text.trim().replace('\n', " ");
    if text.chars().count() > 20 { text.chars().take(20).chain(['…']).collect() } else { text }
}
