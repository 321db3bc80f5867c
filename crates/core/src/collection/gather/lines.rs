//! The lines of a table: each becomes a person, with what the table says of all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compact_str::CompactString;

use super::further::{self, FurtherColumn, further_columns};
use super::reports::shortened;
use super::{Collection, corrections};
use crate::address::Column;
use crate::collection::pictures::{Own, Pictures};
use crate::grid::{Cell, Grid, Kind, Row};
use crate::marks::{self, Origin};
use crate::mask::mask_digits;
use crate::recognize::table::ticked;
use crate::recognize::{self, Recognizer, SplitColumn, Table, Target};
use crate::register::{Context, Finding, MonthEvidence, RawAnswer, register};
use crate::registration::Registration;
use crate::scheme::{Field, Scheme};
use crate::text::{fold_label, is_blank_answer};

/// Headings of a column that says to which organisation somebody belongs.
const UNIT_COLUMNS: [&str; 4] = ["单位", "单位名称", "所在单位", "所属单位"];

impl Collection<'_> {
    pub(super) fn add_table(&mut self, file: &Arc<str>, grid: &Grid, table: &Table, pictures: &mut Pictures<'_>) {
        let photos = pictures.of_table(table);
        let fields = self.open_table(file, grid, table);
        self.remark_struck_rows(file, grid, table);
        self.report_notes_of(grid, table);
        let mut reading = Reading::of(grid, table, &fields, photos, &self.recognizer);
        for &position in &table.lines {
            if self.is_full {
                return;
            }
            let group = reading.groups.at(position);
            if let Some(row) = grid.row_at(position) {
                self.add_line(&mut reading, row, group);
            }
        }
        self.report_further(table, &reading.further);
        self.remark_crossed_rows(file, grid, &reading.crossed);
        self.remark_repeating_rows(file, grid, &reading.repeating);
    }

    /// The notes at people's cells; those in a returned workbook are ours.
    fn report_notes_of(&mut self, grid: &Grid, table: &Table) {
        if !grid.notes.is_empty() && table.columns.iter().all(|column| column.target != Target::Mark) {
            let rows: BTreeSet<u32> = table.lines.iter().filter_map(|line| Some(grid.row_at(*line)?.number())).collect();
            self.report_notes(grid, |at| rows.contains(&at.row) && table.range.contains(&at.column));
        }
    }

    /// Takes the person of a line.
    fn add_line(&mut self, reading: &mut Reading<'_>, row: Row<'_>, group: &str) {
        let (grid, table, scheme) = (reading.grid, reading.table, self.scheme);
        let line = Line::of(grid, table, row, scheme);
        let context = Context { any_phone: reading.any_phone.as_deref(), ..self.context(reading.fields, grid.epoch, reading.months) };
        let (mut person, mut findings) = register(&line.answers, &context);
        for column in &mut reading.further {
            column.note(&line, &person, &context);
        }
        if reading.origin.is_some() {
            findings.extend(corrections::cut_answers(&line.answers));
        }
        complete(&mut person, group, &line);
        if row.is_hidden() {
            self.report_hidden_row(row.number());
        }
        reading.note(row, &line);
        if let Some(own) = reading.photos.remove(&row.number()) {
            self.report_further_pictures(row.number(), &own);
            person.photo = own.photo;
        }
        let in_further = |field| reading.further.iter().find_map(|column| column.answers_for(field, &line, scheme));
        let own = |field| in_further(field).or_else(|| line.ticked(field, scheme));
        self.take(person, row.number(), findings, |finding| finding.field.and_then(own).or_else(|| cell_of(table, finding)));
        if let Some(cell) = reading.origin.and_then(|column| row.cell(column)) {
            self.note_origin(cell.text);
        }
    }

    /// Opens the table's entry of the report, says which columns are nobody's, and returns the fields it asks for.
    fn open_table(&mut self, file: &Arc<str>, grid: &Grid, table: &Table) -> Vec<Field> {
        let columns: BTreeMap<Column, Option<CompactString>> =
            table.columns.iter().map(|column| (column.column, column.target.field().map(|field| field.key(self.scheme).into()))).collect();
        let places = field_columns(table);
        let fields: Vec<Field> = places.iter().map(|(field, _)| *field).collect();
        self.open_source(Arc::clone(file), grid.sheet.clone(), Some((*table.heading.end(), columns)));
        if let (Some(report), Some(source)) = (self.tables.last_mut(), self.sources.last_mut()) {
            report.skipped.clone_from(&table.skipped);
            report.headings = headings(table);
            report.marks = table
                .columns
                .iter()
                .filter(|column| matches!(column.target, Target::Mark | Target::Split(_)))
                .map(|column| column.column)
                .collect();
            source.reporting_unit.clone_from(&table.reporting_unit);
            source.titles.clone_from(&table.titles);
            source.members = table.members;
            source.has_unit_column = table.columns.iter().any(|column| {
                column.target == Target::Field(Field::Employer) && UNIT_COLUMNS.contains(&fold_label(&column.heading).as_str())
            });
            source.columns = places;
        }
        self.report_columns(grid, table, &fields);
        self.remark_parted(file, table);
        self.remark_above(file, grid, table);
        self.remark_taken_up(file, grid, table);
        self.remark_behind_another(file, table);
        fields
    }

    /// Says of a telephone or a post right behind another person that it was taken for the person's own.
    fn remark_behind_another(&mut self, file: &Arc<str>, table: &Table) {
        for pair in table.columns.windows(2) {
            let [left, column] = pair else { continue };
            if column.target.is_asked_of_others() && left.target == Target::Unclaimed && self.recognizer.names_another(&left.heading) {
                let [other, own] = [left, column].map(|column| format!("{} 列「{}」", column.column, column.heading.replace('\n', "")));
                let [heading, asked] = [left, column].map(|column| column.heading.replace('\n', ""));
                self.add_remark(file, format!("{own}排在 {other}后面，按本人的读取；如果是对方的，请把表头改成「{heading}{asked}」"));
            }
        }
    }

    /// Says which rows were read although they stand above the heading.
    fn remark_above(&mut self, file: &Arc<str>, grid: &Grid, table: &Table) {
        let rows = table.lines.iter().filter_map(|line| Some(grid.row_at(*line)?.number()));
        let above: Vec<u32> = rows.take_while(|row| row < table.heading.start()).collect();
        if !above.is_empty() {
            self.add_remark(file, format!("{}在表头上面，按下面的表头读取；请核对", further::rows_in_words(&above)));
        }
    }

    /// Says which rows were read as one person's, because the name is merged down over them.
    fn remark_taken_up(&mut self, file: &Arc<str>, grid: &Grid, table: &Table) {
        const MOST_NAMED: usize = 5;
        let is_line = |first: &u32| {
            let row_of = |line: &usize| grid.row_at(*line).map_or(0, |row| row.number());
            table.lines.binary_search_by_key(first, row_of).is_ok()
        };
        let mut people: BTreeMap<u32, u32> = BTreeMap::new();
        grid.taken_up.iter().filter(|(_, first)| is_line(first)).for_each(|(row, first)| {
            people.insert(*first, *row);
        });
        if people.is_empty() {
            return;
        }
        let mut named: Vec<String> = people.iter().take(MOST_NAMED).map(|(first, last)| format!("{first}–{last}")).collect();
        if people.len() > MOST_NAMED {
            named.push(format!("… 等 {} 处", people.len()));
        }
        let sheet = sheet_in_words(grid);
        let rows = named.join("、");
        self.add_remark(file, format!("{sheet}第 {rows} 行的姓名是合并的，各按一个人读取，几行里填的合在一起"));
    }

    /// Says that the name, or the ID number, was put together from several columns.
    fn remark_parted(&mut self, file: &Arc<str>, table: &Table) {
        for field in [Field::Name, Field::IdNumber] {
            let columns = || table.columns.iter().filter(|column| column.target == Target::Field(field)).map(|column| column.column);
            let (Some(first), Some(last)) = (columns().next(), columns().next_back().filter(|_| columns().nth(1).is_some())) else {
                continue;
            };
            self.add_remark(file, format!("{first} 至 {last} 列合起来读作「{}」", self.scheme.label(field)));
        }
    }

    /// Says which rows are struck through as a whole, although they are read.
    fn remark_crossed_rows(&mut self, file: &Arc<str>, grid: &Grid, crossed: &[u32]) {
        if crossed.is_empty() {
            return;
        }
        let rows = further::rows_in_words(crossed);
        let sheet = sheet_in_words(grid);
        self.add_remark(file, format!("{sheet}{rows}整行划了删除线，照样读取；不该报的请在原表里删去"));
    }

    /// Says in which rows 同上 was taken for what stands above it.
    fn remark_repeating_rows(&mut self, file: &Arc<str>, grid: &Grid, repeating: &[u32]) {
        if !repeating.is_empty() {
            let rows = further::rows_in_words(repeating);
            let sheet = sheet_in_words(grid);
            self.add_remark(file, format!("{sheet}{rows}里的「同上」按上面一格的内容读取；姓名和号码不这样读"));
        }
    }

    /// Notes where the row taken last stood at first.
    fn note_origin(&mut self, text: &str) {
        let (Some(origin), Some(person)) = (Origin::parse(text), self.people.last()) else { return };
        if let Some(source) = self.sources.last_mut().filter(|source| source.stem.is_empty()) {
            source.stem = origin.file_stem().into();
        }
        self.origins.insert(person.place, origin);
    }
}

/// The headings in the words that the report shows.
fn headings(table: &Table) -> BTreeMap<Column, CompactString> {
    let headed = table.columns.iter().filter(|column| !column.heading.is_empty());
    headed.map(|column| (column.column, mask_digits(&shortened(&column.heading)).as_ref().into())).collect()
}

fn sheet_in_words(grid: &Grid) -> String {
    grid.sheet.as_deref().map_or(String::new(), |sheet| format!("工作表「{sheet}」"))
}

/// Adds to the person what the table says besides the answers: the group the line stands in, and cells of no field.
fn complete(person: &mut Registration, group: &str, line: &Line<'_>) {
    let name = recognize::name_of_group(group);
    // a line 第一支队 over several people splits them as a column would
    if name.ends_with("支队") {
        if person.team.is_empty() {
            person.team = name.into();
        }
    } else if person.branch.is_empty() && !recognize::is_part(group) {
        person.branch = name.into();
    }
    let columns = &line.table.columns;
    if columns.iter().any(|column| column.target == Target::Split(SplitColumn::Duty)) {
        person.duty.get_or_insert_default();
    }
    let of_no_field = columns.iter().filter(|column| matches!(column.target, Target::Ignored | Target::Unclaimed));
    person.carried.extend(of_no_field.filter_map(|column| Some((column.column, line.row.cell(column.column)?.text.into()))));
}

/// A table while its lines are read: what holds for all of them, and what is said of some when all are read.
struct Reading<'t> {
    grid: &'t Grid,
    table: &'t Table,
    fields: &'t [Field],
    /// How the days of birth and of joining are written, which settles `1985.1`.
    months: [MonthEvidence; 2],
    /// The heading of the only column of numbers, where it asks for any phone.
    any_phone: Option<String>,
    /// The column of a returned workbook that says where a row stood at first.
    origin: Option<Column>,
    groups: Groups<'t>,
    photos: BTreeMap<u32, Own>,
    further: Vec<FurtherColumn>,
    crossed: Vec<u32>,
    repeating: Vec<u32>,
}

impl<'t> Reading<'t> {
    fn of(grid: &'t Grid, table: &'t Table, fields: &'t [Field], photos: BTreeMap<u32, Own>, recognizer: &Recognizer<'_>) -> Self {
        let of = |field: Field| table.columns.iter().find(|column| column.target == Target::Field(field));
        Self {
            grid,
            table,
            fields,
            months: [Field::Birth, Field::JoinedParty].map(|field| month_evidence(grid, table, field)),
            any_phone: of(Field::Mobile)
                .or_else(|| of(Field::Phone))
                .map(|column| column.heading.replace('\n', ""))
                .filter(|heading| recognizer.asks_for_any_phone(heading)),
            origin: origin_column(table),
            groups: Groups::of(table),
            photos,
            further: further_columns(table),
            crossed: Vec::new(),
            repeating: Vec::new(),
        }
    }

    /// Notes what is said of a line when all are read.
    fn note(&mut self, row: Row<'_>, line: &Line<'_>) {
        if self.table.is_crossed(self.grid, row) {
            self.crossed.push(row.number());
        }
        if line.repeats {
            self.repeating.push(row.number());
        }
    }
}

/// The lines of a table that name a group of people, from the top.
struct Groups<'t> {
    ahead: &'t [(usize, CompactString)],
    current: &'t str,
}

impl<'t> Groups<'t> {
    fn of(table: &'t Table) -> Self {
        Self { ahead: &table.groups, current: "" }
    }

    /// The group in which the line at this position stands; positions are asked for from the top.
    fn at(&mut self, position: usize) -> &'t str {
        while let Some(((_, name), ahead)) = self.ahead.split_first().filter(|((at, _), _)| *at < position) {
            (self.current, self.ahead) = (name, ahead);
        }
        self.current
    }
}

/// The fields a table asks for, each with the first column that holds it.
fn field_columns(table: &Table) -> Vec<(Field, Column)> {
    let mut places: Vec<(Field, Column)> = Vec::new();
    for column in &table.columns {
        let fields: &[Field] = match &column.target {
            Target::Field(field) | Target::Further(field) | Target::Option(field, _) | Target::Ticked(field) => std::slice::from_ref(field),
            Target::Combined(fields) => fields,
            Target::Mark | Target::Split(_) | Target::Ignored | Target::Unclaimed => &[],
        };
        for field in fields {
            if places.iter().all(|(placed, _)| placed != field) {
                places.push((*field, column.column));
            }
        }
    }
    places
}

/// The column 来源 of a returned workbook.
fn origin_column(table: &Table) -> Option<Column> {
    table.columns.iter().find(|column| column.target == Target::Mark && column.heading.ends_with(marks::ORIGIN)).map(|column| column.column)
}

/// The column that a finding is about.
fn cell_of(table: &Table, finding: &Finding) -> Option<Column> {
    let field = finding.field?;
    let option = finding.option.map(|option| Target::Option(field, option));
    let own = option.and_then(|target| table.columns.iter().find(|column| column.target == target)).map(|column| column.column);
    own.or_else(|| field_columns(table).into_iter().find(|(placed, _)| *placed == field).map(|(_, column)| column))
}

/// One line of a table with its answers.
pub(super) struct Line<'a> {
    grid: &'a Grid,
    table: &'a Table,
    pub(super) row: Row<'a>,
    /// Its own cells, and where it has none the cells merged down from above.
    pub(super) answers: Vec<RawAnswer<'a>>,
    /// Whether a cell says 同上 and means the one above.
    repeats: bool,
}

impl<'a> Line<'a> {
    fn of(grid: &'a Grid, table: &'a Table, row: Row<'a>, scheme: &Scheme) -> Self {
        let mut answers = Vec::with_capacity(table.columns.len());
        let taken_back = table.taken_back(grid, row);
        let cells = row.cells_in(&table.range).filter(|cell| !taken_back.contains(&cell.column));
        let mut repeats = false;
        answers.extend(cells.flat_map(|cell| {
            let meant = table.meant(grid, row, cell);
            repeats |= meant.text != cell.text;
            said(table, meant, scheme)
        }));
        if !table.filled_down.is_empty() {
            let above = table.filled_down.at(row.number()).filter(|first| row.cell(first.column).is_none());
            answers.extend(above.filter_map(|first| grid.cell(first)).flat_map(|cell| said(table, cell, scheme)));
        }
        Self { grid, table, row, answers, repeats }
    }

    /// The first column of this field's answers in which something is said.
    fn ticked(&self, field: Field, scheme: &Scheme) -> Option<Column> {
        let mut columns = self.table.columns.iter().filter(|column| column.target == Target::Ticked(field)).map(|column| column.column);
        columns.find(|column| self.row.cell(*column).is_some_and(|cell| said(self.table, cell, scheme).next().is_some()))
    }

    /// What stands in this column, or was merged down into it.
    pub(super) fn answer(&self, column: Column) -> Option<RawAnswer<'a>> {
        let above = || self.table.filled_down.at(self.row.number()).find(|first| first.column == column);
        self.row
            .cell(column)
            .or_else(|| self.grid.cell(above()?))
            .and_then(|cell| raw(self.table, self.table.meant(self.grid, self.row, cell)))
    }
}

/// What the cell answers. A tick in the column of one answer gives that answer; what is neither a tick nor its absence stands
/// beside the answer's words, so that nobody takes it for an answer of its own (2 below 男 is no code of 女).
fn said<'a>(table: &'a Table, cell: Cell<'a>, scheme: &Scheme) -> impl Iterator<Item = RawAnswer<'a>> + use<'a> {
    let place = table.columns.binary_search_by_key(&cell.column, |column| column.column).ok();
    let [first, second] = match place.map(|place| &table.columns[place]) {
        Some(column) if matches!(column.target, Target::Ticked(_)) => {
            let own = RawAnswer { target: column.target, kind: cell.kind, text: cell.text };
            let ticked = RawAnswer { kind: Kind::Text, text: column.option.as_str(), ..own };
            let is_blank = is_blank_answer(cell.text, false, &scheme.blank_words, &scheme.none_words);
            match ticked::mark(cell.text, &column.option) {
                Some(true) => [Some(ticked), None],
                None if !is_blank => [Some(ticked), Some(own)],
                Some(false) | None => [None, None],
            }
        }
        _ => [raw(table, cell), None],
    };
    [first, second].into_iter().flatten()
}

fn raw<'a>(table: &Table, cell: Cell<'a>) -> Option<RawAnswer<'a>> {
    let place = table.columns.binary_search_by_key(&cell.column, |column| column.column).ok()?;
    Some(RawAnswer { target: table.columns[place].target, kind: cell.kind, text: cell.text })
}

/// What the column of a date field says of months: whether January is written `.01`, or October keeps its zero.
fn month_evidence(grid: &Grid, table: &Table, field: Field) -> MonthEvidence {
    let Some(column) = table.columns.iter().find(|column| column.target == Target::Field(field)).map(|column| column.column) else {
        return MonthEvidence::None;
    };
    let (mut padded, mut tens) = (false, false);
    for &position in &table.lines {
        let Some(cell) = grid.row_at(position).and_then(|row| row.cell(column)) else { continue };
        if let (Kind::Number | Kind::Untyped | Kind::Text, Some((year, month))) = (cell.kind, cell.text.trim().split_once('.'))
            && year.len() == 4
        {
            padded |= matches!(month.as_bytes(), [b'0', b'1'..=b'9']);
            // a text keeps every zero, and says nothing of those that numbers keep
            tens |= month == "10" && cell.kind != Kind::Text;
        }
    }
    match (padded, tens) {
        (true, false) => MonthEvidence::October,
        (false, true) => MonthEvidence::January,
        (true, true) | (false, false) => MonthEvidence::None,
    }
}
