//! One source's returned rows: its own sheet, a column to the left and one to the right.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use mingce_core::address::{Address, Column};
use mingce_core::compose;
use mingce_core::diagnostic::{Code, Diagnostic, Severity};
use mingce_core::grid::{Epoch, Grid, Kind, Merge};
use mingce_core::marks::{EXPLANATION, ORIGIN};
use mingce_core::recognize::{Table, Target, lines_above};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::text::without_illegal;
use mingce_core::value::{Date, DateSource};
use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, FormatBorder, IgnoreError, Note, Worksheet, XlsxError};

use super::super::page::{list_format, list_height, set_up_list};
use super::{ReturnedSource, ReturnedTable};

/// Widths of our own columns and of one whose source says nothing, in characters.
const EXPLANATION_WIDTH: f64 = 44.0;
const ORIGIN_WIDTH: f64 = 30.0;
const USUAL_WIDTH: f64 = 12.0;

/// What a column's width in the file has more than the width of its text, in characters of the usual face.
const PADDING: f64 = 0.625;

/// Bounds of what a source's own width may be; a column hidden there has none.
const NARROWEST: f64 = 4.0;
const WIDEST: f64 = 120.0;

/// Fill of a cell with an error, and of one with a warning.
const RED: Color = Color::RGB(0xFF_C7_CE);
const YELLOW: Color = Color::RGB(0xFF_EB_9C);

/// So many lines have notes on their faulty cells; those below say the same in 错误说明 alone. Each note is a drawing, and a
/// spreadsheet program with a hundred thousand of them does not open the file.
const NOTED_LINES: usize = 10_000;

/// How many digits of a number Excel keeps; it shows a longer one with no more than these.
const KEPT_DIGITS: usize = 15;

/// Size of a note, in pixels.
const NOTE: [u32; 2] = [320, 110];

/// What stands in the place of a picture; read again, it is no answer.
const PHOTO_ELSEWHERE: &str = "照片在原表里，请和原表一起交回";

/// The most characters that the choices of a drop-down have together. Source: Excel's limit for a list typed in.
const LONGEST_LIST: usize = 255;

/// The longest text that a cell holds.
const LONGEST_TEXT: usize = 32_767;

/// The largest merge above the lines that is kept, in cells; a damaged file may merge the whole sheet.
const LARGEST_MERGE: u64 = 4_096;

/// Writes the title lines, the heading and the rows, marked up.
pub(super) fn write(
    sheet: &mut Worksheet,
    returned: &ReturnedTable<'_>,
    findings: &[&Diagnostic],
    scheme: &Scheme,
) -> Result<(), XlsxError> {
    let formats = Formats::new();
    let page = match &returned.source {
        ReturnedSource::Lines { grid, table, above, rows } => {
            let page = Page::of_table(grid, table, rows);
            match above {
                Some(lines) => page.below(lines),
                None => page,
            }
        }
        ReturnedSource::People(people) => Page::of_people(people, scheme),
    };
    let body = page.heading_rows.max(1);
    page.write_above(sheet, &formats)?;
    let mut by_line: BTreeMap<(u32, u16), Vec<&Diagnostic>> = BTreeMap::new();
    for finding in findings {
        by_line.entry(returned.line_of(finding)).or_default().push(finding);
    }
    let mut next = body;
    let mut group = None;
    for line in &page.lines {
        if let Some(name) = line.group.filter(|_| line.group != group) {
            page.write_group(sheet, next, name, &formats)?;
            next += 1;
        }
        group = line.group;
        let own = by_line.get(&(line.row, line.column)).map_or(&[][..], Vec::as_slice);
        page.write_line(sheet, next, line, own, &returned.origin(line.row), scheme, &formats)?;
        next += 1;
    }
    page.finish(sheet, body..next, scheme)
}

struct Formats {
    title: Format,
    wide_title: Format,
    heading: Format,
    explanation: Format,
    text: Marked,
    number: Marked,
}

/// A cell's format: plain, with a warning, and with an error.
struct Marked {
    plain: Format,
    warning: Format,
    error: Format,
}

impl Marked {
    fn new(plain: Format) -> Self {
        Self { warning: plain.clone().set_background_color(YELLOW), error: plain.clone().set_background_color(RED), plain }
    }

    /// The format of a cell with these findings.
    fn of(&self, findings: &[&Diagnostic]) -> &Format {
        match findings.iter().map(|finding| finding.severity).min() {
            Some(Severity::Error) => &self.error,
            Some(Severity::Warning) => &self.warning,
            None => &self.plain,
        }
    }
}

impl Formats {
    fn new() -> Self {
        let cell = list_format().set_border(FormatBorder::Thin).set_text_wrap();
        Self {
            title: list_format(),
            wide_title: list_format().set_bold().set_align(FormatAlign::Center),
            heading: cell.clone().set_bold().set_align(FormatAlign::Center),
            explanation: cell.clone().set_font_color(Color::RGB(0x9C_00_06)),
            text: Marked::new(cell.clone().set_num_format("@")),
            number: Marked::new(cell),
        }
    }
}

/// A sheet before it is written; its columns count from the source's first, and ours come beside them.
struct Page<'a> {
    /// Whether the columns are the sender's; those of forms are the scheme's, and no finding knows their addresses.
    is_senders: bool,
    /// So many columns of the source stand to the left of the table, where another one stands.
    beside: u16,
    /// The source's columns with what they hold, from the left.
    columns: Vec<(Column, Target)>,
    widths: Vec<(Column, f64)>,
    /// Cells above the lines: row from 0, column, text.
    above: Vec<(u32, Column, String)>,
    merges: Vec<(u32, Column, u32, Column)>,
    /// The first row of the heading, counted from 0.
    heading_start: u32,
    /// Rows that the lines above and the heading take.
    heading_rows: u32,
    lines: Vec<Line<'a>>,
}

/// A returned row: its number in the source, the group it stood in, and its cells.
struct Line<'a> {
    row: u32,
    /// Of a form beside others, the column of its name; else 0.
    column: u16,
    /// Whether its faulty cells get notes.
    is_noted: bool,
    group: Option<Group<'a>>,
    cells: Vec<(Column, Kind, Cow<'a, str>)>,
}

/// A line that names a group: its words, and whether they span the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Group<'a> {
    name: &'a str,
    is_wide: bool,
}

impl<'a> Page<'a> {
    fn of_table(grid: &'a Grid, table: &'a Table, rows: &[u32]) -> Self {
        let (start, last) = (*table.heading.start(), *table.heading.end());
        // the title lines are those right above the heading; further up another table may stand
        let titles = grid.rows().rev().skip_while(|row| row.number() >= start).take(table.titles.len());
        let first = titles.last().map_or(start, |row| row.number());
        let above = grid
            .rows_from(first)
            .take_while(|row| row.number() <= last)
            .flat_map(|row| row.cells().map(move |cell| (row.number(), cell.column, cell.text)))
            .filter_map(|(row, column, text)| Some((row - first, reach(grid, Address { row, column }, &table.range)?, text.to_owned())))
            .collect();
        let merges = grid
            .merges
            .iter()
            .filter(|merge| merge.first.row >= first && merge.last.row <= last && is_kept(merge))
            .map(|merge| {
                let (left, right) = (merge.first.column.max(*table.range.start()), merge.last.column.min(*table.range.end()));
                (merge.first.row - first, left, merge.last.row - first, right)
            })
            .filter(|(first_row, left, last_row, right)| left < right || (left == right && first_row < last_row))
            .collect();
        let columns = table.columns.iter().filter(|column| column.target != Target::Mark);
        let columns = columns.map(|column| (column.column, column.target)).collect();
        let lines = rows.iter().enumerate().map(|(place, number)| Line {
            row: *number,
            column: 0,
            is_noted: place < NOTED_LINES,
            group: group_of(grid, table, *number),
            cells: cells_of(grid, table, *number),
        });
        Self {
            is_senders: true,
            beside: table.range.start().number() - 1,
            columns,
            widths: grid.column_widths.clone(),
            above,
            merges,
            heading_start: start - first,
            heading_rows: last - first + 1,
            lines: lines.collect(),
        }
    }

    /// The same page below the lines of a document that stand above its table.
    fn below(mut self, lines: &Grid) -> Self {
        let lines: Vec<_> = lines_above(lines).collect();
        let taken = u32::try_from(lines.len()).unwrap_or_default();
        self.above.iter_mut().for_each(|cell| cell.0 += taken);
        self.merges.iter_mut().for_each(|merge| (merge.0, merge.2) = (merge.0 + taken, merge.2 + taken));
        self.heading_start += taken;
        self.heading_rows += taken;
        let cells = (0u32..).zip(lines).flat_map(|(row, line)| line.cells().map(move |cell| (row, cell.column, cell.text.to_owned())));
        self.above.extend(cells);
        self
    }

    /// A heading of the scheme's labels, for people who filled a form each.
    fn of_people(people: &[&'a Registration], scheme: &Scheme) -> Self {
        let asked =
            scheme.fields.iter().map(|spec| spec.field).filter(|field| !matches!(field, Field::Photo | Field::SignedOn | Field::Seq));
        let columns: Vec<(Column, Target)> =
            (1u16..).zip(asked).filter_map(|(number, field)| Some((Column::new(number)?, Target::Field(field)))).collect();
        let fields = || columns.iter().filter_map(|(column, target)| Some((*column, target.field()?)));
        let above = fields().map(|(column, field)| (0, column, scheme.label(field).to_owned())).collect();
        let answer =
            |person: &'a Registration, field| person.as_written(field).map_or_else(|| compose::text(person, field, scheme), Into::into);
        let lines = people
            .iter()
            .enumerate()
            .map(|(place, person)| Line {
                row: person.place.row,
                column: person.place.column,
                is_noted: place < NOTED_LINES,
                group: None,
                cells: fields()
                    .map(|(column, field)| (column, Kind::Text, answer(person, field)))
                    .filter(|cell| !cell.2.is_empty())
                    .collect(),
            })
            .collect();
        Self {
            is_senders: false,
            beside: 0,
            columns,
            widths: Vec::new(),
            above,
            merges: Vec::new(),
            heading_start: 0,
            heading_rows: 1,
            lines,
        }
    }

    /// Where a column of the source stands, counted from 0 with ours before it.
    fn place(&self, column: Column) -> u16 {
        column.number().saturating_sub(self.beside).max(1)
    }

    /// The column behind the source's last, counted from 0 with ours before it.
    fn origin_column(&self) -> u16 {
        self.columns.iter().map(|(column, _)| self.place(*column)).max().unwrap_or(0).saturating_add(1)
    }

    /// Whether the column is there in the source and has a place beside ours.
    fn has(&self, column: Column) -> bool {
        self.columns.iter().any(|(known, _)| *known == column) && column.number() < Column::LAST.number() - 1
    }

    /// The width of a column of the source, in characters.
    fn width(&self, column: Column) -> f64 {
        let known = self.widths.iter().find(|(known, _)| *known == column).map(|(_, width)| *width);
        known.filter(|width| width.is_finite()).map_or(USUAL_WIDTH, |width| width.clamp(NARROWEST, WIDEST))
    }

    fn write_above(&self, sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
        let heading = self.heading_rows - 1;
        let is_merged = |at: (u32, Column)| {
            self.merges
                .iter()
                .any(|(first_row, first, last_row, last)| (*first_row..=*last_row).contains(&at.0) && (*first..=*last).contains(&at.1))
        };
        let format = |row: u32, is_merged: bool| match (row >= self.heading_start, is_merged) {
            (true, _) => &formats.heading,
            (false, true) => &formats.wide_title,
            (false, false) => &formats.title,
        };
        for (first_row, first, last_row, last) in &self.merges {
            // overlapping merges of a damaged file stay unmerged
            let _ = sheet.merge_range(*first_row, self.place(*first), *last_row, self.place(*last), "", format(*first_row, true));
        }
        for (row, column, text) in self.above.iter().filter(|cell| self.has(cell.1) || cell.0 < heading) {
            sheet.write_string_with_format(*row, self.place(*column), fitting(text), format(*row, is_merged((*row, *column))))?;
        }
        for row in self.heading_start..=heading {
            let cells = self.above.iter().filter(|(at, column, _)| *at == row && !is_merged((row, *column)));
            sheet.set_row_height(row, list_height(cells.map(|(_, column, text)| (text.as_str(), self.width(*column)))))?;
        }
        sheet.write_string_with_format(heading, 0, EXPLANATION, &formats.heading)?;
        sheet.write_string_with_format(heading, self.origin_column(), ORIGIN, &formats.heading)?;
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "a line is written from everything known of it, once")]
    fn write_line(
        &self,
        sheet: &mut Worksheet,
        at: u32,
        line: &Line<'_>,
        findings: &[&Diagnostic],
        origin: &str,
        scheme: &Scheme,
        formats: &Formats,
    ) -> Result<(), XlsxError> {
        let errors: Vec<String> = findings.iter().filter(|finding| finding.is_error()).map(|finding| words(finding)).collect();
        let explanation = fitting(&errors.join("\n"));
        let texts = line.cells.iter().map(|(column, _, text)| (text.as_ref(), self.width(*column)));
        let ours = [(explanation.as_str(), EXPLANATION_WIDTH), (origin, ORIGIN_WIDTH)];
        sheet.set_row_height(at, list_height(texts.chain(ours)))?;
        sheet.write_string_with_format(at, 0, &explanation, &formats.explanation)?;
        for (column, target) in self.columns.iter().filter(|(column, _)| self.has(*column)) {
            let place = self.is_senders.then_some(Address { row: line.row, column: *column });
            let own: Vec<&Diagnostic> = findings.iter().filter(|finding| is_at(finding, place, *target, scheme)).copied().collect();
            let cell = line.cells.iter().find(|cell| cell.0 == *column);
            let number = cell.and_then(|(_, kind, text)| as_number(*kind, text, *target));
            let format = if number.is_some() { &formats.number } else { &formats.text }.of(&own);
            match (number, cell) {
                (Some(number), _) => sheet.write_number_with_format(at, self.place(*column), number, format)?,
                (None, Some((_, _, text))) => {
                    sheet.write_string_with_format(at, self.place(*column), fitting(&still_lost(text, &own)), format)?
                }
                (None, None) => sheet.write_blank(at, self.place(*column), format)?,
            };
            if line.is_noted && !own.is_empty() {
                let text = own.iter().map(|finding| words(finding)).collect::<Vec<_>>().join("\n");
                sheet.insert_note(
                    at,
                    self.place(*column),
                    &Note::new(fitting(&text)).add_author_prefix(false).set_width(NOTE[0]).set_height(NOTE[1]),
                )?;
            }
        }
        sheet.write_string_with_format(at, self.origin_column(), fitting(origin), &formats.text.plain)?;
        Ok(())
    }

    /// A line that names the group of the lines below it, as the source has it.
    fn write_group(&self, sheet: &mut Worksheet, at: u32, group: Group<'_>, formats: &Formats) -> Result<(), XlsxError> {
        let (Some((first, _)), Some((last, _))) = (self.columns.first(), self.columns.last()) else { return Ok(()) };
        let text = fitting(group.name);
        if group.is_wide && last > first && self.has(*last) {
            sheet.merge_range(at, self.place(*first), at, self.place(*last), &text, &formats.heading)?;
        } else {
            sheet.write_string_with_format(at, self.place(*first), text, &formats.heading)?;
        }
        Ok(())
    }

    fn finish(&self, sheet: &mut Worksheet, body: Range<u32>, scheme: &Scheme) -> Result<(), XlsxError> {
        let last_row = body.end.saturating_sub(1);
        let body = body.start;
        for (column, target) in self.columns.iter().filter(|(column, _)| self.has(*column)) {
            let width =
                self.widths.iter().find(|(known, _)| known == column).map_or(USUAL_WIDTH, |(_, width)| width.clamp(NARROWEST, WIDEST));
            sheet.set_column_width(self.place(*column), width - PADDING)?;
            if let Some(list) = drop_down(*target, scheme) {
                sheet.add_data_validation(body, self.place(*column), last_row, self.place(*column), &list)?;
            }
        }
        sheet.set_column_width(0, EXPLANATION_WIDTH)?.set_column_width(self.origin_column(), ORIGIN_WIDTH)?;
        sheet.ignore_error_range(body, 0, last_row, self.origin_column(), IgnoreError::NumberStoredAsText)?;
        sheet.autofilter(body - 1, 0, last_row, self.origin_column())?.set_freeze_panes(body, 1)?;
        set_up_list(sheet, body - 1..=body - 1)
    }
}

/// The column in which a cell above the lines goes back: its own, or the table's first for one that is merged into the table from
/// further left, as a title over tables side by side.
fn reach(grid: &Grid, at: Address, range: &RangeInclusive<Column>) -> Option<Column> {
    if range.contains(&at.column) {
        return Some(at.column);
    }
    let merge = grid.merge_at(at).filter(|merge| merge.first == at)?;
    (at.column < *range.start() && merge.last.column >= *range.start()).then_some(*range.start())
}

/// The group the row stood in.
fn group_of<'a>(grid: &Grid, table: &'a Table, row: u32) -> Option<Group<'a>> {
    let before = table.groups.partition_point(|(position, _)| grid.row_at(*position).is_some_and(|line| line.number() < row));
    let (position, name) = table.groups.get(before.checked_sub(1)?)?;
    let line = grid.row_at(*position)?;
    let lead = line.cells().find(|cell| cell.text.trim() == name.as_str())?;
    let merge = grid.merge_at(Address { row: line.number(), column: lead.column });
    Some(Group { name, is_wide: merge.is_some_and(|merge| merge.last.column > merge.first.column) })
}

/// The cells of the row, and those merged down into it.
pub(super) fn cells_of<'a>(grid: &'a Grid, table: &'a Table, row: u32) -> Vec<(Column, Kind, Cow<'a, str>)> {
    let own = grid.row(row).into_iter().flat_map(|row| row.cells().map(|cell| (cell.column, cell.kind, cell.text)));
    let merged = table.filled_down.at(row).filter_map(|at| grid.cell(at)).map(|cell| (cell.column, cell.kind, cell.text));
    let mut cells: Vec<_> = own.chain(merged).map(|(column, kind, text)| (column, kind, Cow::Borrowed(text))).collect();
    if grid.epoch == Epoch::Of1904 {
        let dates = table.columns.iter().filter(|column| matches!(column.target, Target::Field(Field::Birth | Field::JoinedParty)));
        let dates: Vec<Column> = dates.map(|column| column.column).collect();
        for (_, kind, text) in cells.iter_mut().filter(|(column, kind, _)| *kind == Kind::Number && dates.contains(column)) {
            if let Some(day) = day_from_1904(text) {
                (*kind, *text) = (Kind::Text, Cow::Owned(day));
            }
        }
    }
    // a picture stays where it is; whoever corrects the row shall know that it is not lost
    let photo = table.columns.iter().find(|column| column.target == Target::Field(Field::Photo)).map(|column| column.column);
    let photo = photo.filter(|photo| grid.pictures.iter().any(|picture| picture.at == Address { row, column: *photo }));
    if let Some(photo) = photo.filter(|photo| cells.iter().all(|(column, ..)| column != photo)) {
        cells.push((photo, Kind::Text, Cow::Borrowed(PHOTO_ELSEWHERE)));
    }
    cells
}

/// The day that a bare number counts from 1904, written out: in our workbook the number would be another day.
fn day_from_1904(number: &str) -> Option<String> {
    let latest = Date::new(2099, 12, None)?;
    let date = Date::parse(number, DateSource::NumberFrom1904, latest).ok()?;
    Some(format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()?))
}

/// What is wrong and what to do about it, in one line.
fn words(finding: &Diagnostic) -> String {
    let text = match &finding.hint {
        Some(hint) => format!("{}；{hint}", finding.message),
        None => finding.message.to_string(),
    };
    fitting(&text)
}

/// The text without what XML forbids, cut where a cell ends; what is too long for a cell is an error of its row already.
fn fitting(text: &str) -> String {
    let mut text = without_illegal(text).into_owned();
    if text.len() > LONGEST_TEXT {
        let mut units = 0;
        let end = text.char_indices().find(|(_, letter)| {
            units += letter.len_utf16();
            units > LONGEST_TEXT
        });
        if let Some((end, _)) = end {
            text.truncate(end);
        }
    }
    text
}

/// Whether a merge is one that somebody made on purpose.
fn is_kept(merge: &Merge) -> bool {
    let rows = u64::from(merge.last.row.saturating_sub(merge.first.row)) + 1;
    let columns = u64::from(merge.last.column.number().saturating_sub(merge.first.column.number())) + 1;
    (2..=LARGEST_MERGE).contains(&(rows * columns)) && merge.last.column.number() < Column::LAST.number() - 1
}

/// Whether the finding is about the cell: by its address in the source, else by its field.
fn is_at(finding: &Diagnostic, place: Option<Address>, target: Target, scheme: &Scheme) -> bool {
    match (place, finding.at.cell.as_deref().map(str::parse::<Address>)) {
        (Some(place), Some(Ok(at))) => at == place,
        _ => target.field().is_some_and(|field| finding.at.field.as_deref() == Some(field.key(scheme))),
    }
}

/// The text of a cell, where a number that Excel has destroyed stands as Excel shows it: written in full as text, one in
/// eleven would pass with a right check digit when it comes back as it went.
fn still_lost<'t>(text: &'t str, own: &[&Diagnostic]) -> Cow<'t, str> {
    let is_lost = own.iter().any(|finding| finding.code == Code::IdDigitsLost);
    match text.split_at_checked(1) {
        Some((first, rest)) if is_lost && text.len() > KEPT_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Cow::Owned(format!("{first}.{}E+{}", &rest[..KEPT_DIGITS - 1], rest.len()))
        }
        _ => Cow::Borrowed(text),
    }
}

/// The number to write, where the cell was one and is none of the numbers that are names: those stay text.
fn as_number(kind: Kind, text: &str, target: Target) -> Option<f64> {
    let names = [Field::IdNumber, Field::Mobile, Field::Phone, Field::Qq, Field::Postcode, Field::Name];
    if kind != Kind::Number || target.field().is_some_and(|field| names.contains(&field)) {
        return None;
    }
    text.parse::<f64>().ok().filter(|number| number.to_string() == text)
}

/// The choices offered for a column; anything else may still be typed, because people answer in their own words.
fn drop_down(target: Target, scheme: &Scheme) -> Option<DataValidation> {
    let choices: Vec<&str> = match target {
        Target::Field(Field::Sex) => vec!["男", "女"],
        Target::Field(field) if field.is_choice() => scheme.options(field).iter().map(|option| option.label.as_str()).collect(),
        Target::Option(..) => vec!["√"],
        Target::Field(_)
        | Target::Further(_)
        | Target::Combined(_)
        | Target::Mark
        | Target::Split(_)
        | Target::Ignored
        | Target::Unclaimed => return None,
    };
    let length: usize = choices.iter().map(|choice| choice.chars().count() + 1).sum();
    if choices.is_empty() || length > LONGEST_LIST || choices.iter().any(|choice| choice.contains(',')) {
        return None;
    }
    Some(DataValidation::new().allow_list_strings(&choices).ok()?.show_error_message(false))
}
