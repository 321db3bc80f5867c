//! Which cell of a grid holds which field: the one recogniser for whatever comes in, and for blanks to be filled.
//!
//! A grid holds tables (a heading of one or more rows, a person a line), cards (labels with their value cells, one
//! person), or nothing of ours. [`Recognizer`] finds them and says of every column and every line below a heading what
//! it is; it never guesses silently. Turning a line or card into typed answers is the business of [`crate::register`].

pub mod card;
mod crossed;
mod ditto;
mod filled_down;
mod labels;
mod notes;
mod paired;
pub(crate) mod table;
mod transposed;
mod typed;

use std::collections::HashSet;
use std::ops::RangeInclusive;

use compact_str::CompactString;
use serde::Serialize;

use crate::address::Column;
use crate::grid::{Grid, Origin, Row};
use crate::marks;
use crate::scheme::{Field, Scheme};

pub use card::Card;
pub(crate) use ditto::is_ditto;
pub use filled_down::FilledDown;
use labels::Labels;
pub(crate) use labels::is_photo_label;
pub(crate) use table::group::{is_part, name_of_group};
#[cfg(test)]
pub(crate) use table::tests as table_tests;
pub(crate) use table::unit_above;

/// Something of ours that stands in a grid.
#[derive(Debug, Clone)]
pub enum Found {
    /// A heading with lines of people below it.
    Table(Table),
    /// One person's form.
    Card(Card),
}

/// A heading with the lines below it.
#[derive(Debug, Clone)]
pub struct Table {
    /// The rows of the heading; `header_row` of the report is the last.
    pub heading: RangeInclusive<u32>,
    /// The columns the table may reach into; another table may stand beside it.
    pub range: RangeInclusive<Column>,
    /// Every column that has a heading or anything below it, from the left.
    pub columns: Vec<TableColumn>,
    /// The lines that hold a person, as positions in [`Grid::rows`].
    pub lines: Vec<usize>,
    /// Lines that hold no person, with the reason, from the top.
    pub skipped: Vec<Skipped>,
    /// Lines that name a group (第一党支部), as positions in [`Grid::rows`], with the name; it holds until the next one.
    pub groups: Vec<(usize, CompactString)>,
    /// Cells that were merged down over several lines.
    pub filled_down: FilledDown,
    /// The lines above the heading, from the top, as written.
    pub titles: Vec<CompactString>,
    /// What stands behind 填报单位 above the heading; empty if nothing.
    pub reporting_unit: CompactString,
    /// What stands behind 党员总数 above the heading.
    pub members: Option<u32>,
}

impl Table {
    /// Takes the lines of a document right above the table as its titles.
    pub(crate) fn add_titles(&mut self, lines: &Grid) {
        table::add_titles(self, lines);
    }
}

/// The last lines of a document before a table: those that may speak of it.
pub fn lines_above(lines: &Grid) -> impl Iterator<Item = Row<'_>> {
    lines.rows_at(table::positions_above(lines))
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Which column.
    pub column: Column,
    /// Its heading as written, the rows of a two-level heading joined by a blank.
    pub heading: CompactString,
    /// What it holds.
    pub target: Target,
    /// What a tick in it stands for, where it is a column of [`Target::Ticked`] (男); empty for any other.
    pub option: CompactString,
}

/// In the place of an option: the column 其他时间 beside the columns of the options.
pub const OTHER: u16 = u16::MAX;

/// What a column, or a card's value cell, holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Answers of this field.
    Field(Field),
    /// Answers of a field that another column asks for too: they count where that one is blank.
    Further(Field),
    /// Answers of two fields: of 工作单位及职务, parted by their last blank, of others (姓名/性别) by a stroke.
    Combined([Field; 2]),
    /// A mark for one option of a choice, by the option's place in the scheme; [`OTHER`] for what is written beside them.
    Option(Field, u16),
    /// A mark for one answer to this field, which the heading names: 男 and 女 below 性别.
    Ticked(Field),
    /// Something of our own that is no answer: 错误说明, 来源.
    Mark,
    /// How people are split into teams, which no form asks for: 支队, 职责.
    Split(SplitColumn),
    /// What a survey service notes of its own: when, from where and how long somebody answered.
    Ignored,
    /// Nothing that a field claims.
    Unclaimed,
}

/// A column of a sheet in which people are split into service teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitColumn {
    /// The team 支队.
    Team,
    /// What the person is in the team 职责: 支队长 or 队员.
    Duty,
}

impl Target {
    /// The field that the report names for this column; `None` for one that no field claims.
    #[must_use]
    pub fn field(self) -> Option<Field> {
        match self {
            Self::Field(field) | Self::Further(field) | Self::Option(field, _) | Self::Ticked(field) | Self::Combined([field, _]) => {
                Some(field)
            }
            Self::Mark | Self::Split(_) | Self::Ignored | Self::Unclaimed => None,
        }
    }

    /// The fields that a person answers there in words: one, or both of a label of two; none where marks or notes stand, nor where
    /// another place asks first.
    #[must_use]
    pub fn answered(&self) -> &[Field] {
        match self {
            Self::Field(field) => std::slice::from_ref(field),
            Self::Combined(fields) => fields,
            Self::Further(_) | Self::Option(..) | Self::Ticked(_) | Self::Mark | Self::Split(_) | Self::Ignored | Self::Unclaimed => &[],
        }
    }

    /// Whether another person is asked for the same: how to reach them, where they work.
    pub(crate) fn is_asked_of_others(self) -> bool {
        matches!(self.answered(), [Field::Mobile | Field::Phone | Field::Employer | Field::Position] | [Field::Employer, Field::Position])
    }

    /// Whether a person answers this field there, alone or beside another.
    #[must_use]
    pub fn asks_for(self, field: Field) -> bool {
        self.answered().contains(&field)
    }
}

/// A line below a heading that holds no person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Its row, counted from 1.
    pub row: u32,
    /// Why it is none.
    pub reason: SkipReason,
    /// What stands there: its cells from the left with ` | ` between them, cut to a line and with long numbers masked. For a
    /// line that a corrected copy replaces, the person's name.
    #[serde(skip)]
    pub text: CompactString,
}

/// Why a line holds no person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SkipReason {
    /// A title repeated below the heading.
    Title,
    /// The heading repeated below itself.
    Header,
    /// A total: 合计, 小计, 总计.
    Total,
    /// A note or footer: 填表人, 备注, 说明.
    Note,
    /// A line that names a group: 第一党支部.
    Group,
    /// An example: 例：张三.
    Example,
    /// A line that a corrected copy given with it replaces.
    Corrected,
}

/// A table of no more lines may be a form whose labels stand above their answers.
const SHORT_TABLE: usize = 12;

/// A table of no more lines may be the last rows of a form.
const FORM_END: usize = 2;

/// The recogniser: a scheme's labels made ready once, for any number of grids.
#[derive(Debug)]
pub struct Recognizer<'s> {
    labels: Labels<'s>,
}

impl<'s> Recognizer<'s> {
    /// The recogniser for this scheme.
    #[must_use]
    pub fn new(scheme: &'s Scheme) -> Self {
        Self { labels: Labels::of(scheme) }
    }

    /// Finds the tables and cards of a grid, from the top; none on a sheet that we added for people to read.
    #[must_use]
    pub fn recognize(&self, grid: &Grid) -> Vec<Found> {
        if marks::is_ours(grid) {
            return Vec::new();
        }
        let tables = self.tables(grid);
        if tables.is_empty() {
            let forms = self.forms([grid]);
            return forms.into_iter().flatten().map(|(_, card)| Found::Card(card)).collect();
        }
        tables.into_iter().map(Found::Table).collect()
    }

    /// The scheme whose fields are looked for.
    #[must_use]
    pub fn scheme(&self) -> &'s Scheme {
        self.labels.scheme()
    }

    /// What this label or key asks for; `None` if no field claims it.
    #[must_use]
    pub fn target(&self, label: &str) -> Option<Target> {
        let own = || (0u16..).zip(&self.labels.scheme().own_fields).find(|(_, key)| *key == label).map(|(place, _)| Field::Own(place));
        if let Some(field) = Field::from_key(label).or_else(own) {
            return Some(Target::Field(field));
        }
        match self.labels.claim(label)? {
            labels::Claim::Sure(target) => Some(target),
            labels::Claim::Ambiguous(fields) => fields.first().map(|field| Target::Field(*field)),
        }
    }

    /// Whether the heading asks for a mobile or any other telephone alike: 联系方式, 电话.
    pub(crate) fn asks_for_any_phone(&self, heading: &str) -> bool {
        matches!(self.labels.claim(heading), Some(labels::Claim::Ambiguous(fields)) if fields.contains(&Field::Phone))
    }

    /// The choice that the upper row of a heading of two rows asks for: 服务意向 over 老人.
    pub(crate) fn choice_over(&self, heading: &str) -> Option<Field> {
        let (above, _) = heading.rsplit_once(' ')?;
        match self.labels.claim(above) {
            Some(labels::Claim::Sure(Target::Field(field))) if field.is_choice() => Some(field),
            _ => None,
        }
    }

    /// Whether the heading names another person: 紧急联系人, 配偶姓名.
    pub(crate) fn names_another(&self, heading: &str) -> bool {
        matches!(self.labels.meaning(heading), Some(labels::Meaning::Foreign(labels::Owner::Person)))
    }

    /// Whether this label is the office's or another person's, so that nobody expects an answer to it.
    #[must_use]
    pub fn is_foreign(&self, label: &str) -> bool {
        matches!(
            self.labels.meaning(label),
            Some(labels::Meaning::Foreign(labels::Owner::Office | labels::Owner::Person | labels::Owner::Relatives))
        )
    }

    /// Finds the tables of a grid, from the top.
    #[must_use]
    pub fn tables(&self, grid: &Grid) -> Vec<Table> {
        if !paired::find(grid, &self.labels).is_empty() {
            return Vec::new();
        }
        let mut tables = table::find(grid, &self.labels);
        tables.retain(|table| !self.is_strange(grid, table) && !self.is_slip(grid, table) && !is_list_of_choices(grid, table));
        // a row of labels without a name may be the row of a form
        let has_names = tables.iter().any(|table| table.columns.iter().any(|column| column.target.asks_for(Field::Name)));
        // what we say of a row in a returned workbook names labels, and is no form
        let is_returned = tables.iter().any(|table| table.columns.iter().any(|column| column.target == Target::Mark));
        if is_returned {
            return tables;
        }
        let is_form = self.is_form_with_labels_above(grid, &tables) || self.is_end_of_form(grid, &tables);
        if is_form || self.are_forms_below_each_other(grid, &tables) {
            return Vec::new();
        }
        if has_names || tables.is_empty() || card::find_across([grid], &self.labels).iter().all(|form| !card::is_spread(form)) {
            return tables;
        }
        Vec::new()
    }

    /// Finds the tables of a sheet that list people for another purpose: marks, wages, who was present.
    #[must_use]
    pub fn strange_tables(&self, grid: &Grid) -> Vec<Table> {
        let mut tables = table::find(grid, &self.labels);
        tables.retain(|table| self.is_strange(grid, table));
        tables
    }

    /// The table that was typed as lines, its columns parted by tabs, bars or blanks; `None` where the grid holds none.
    pub(crate) fn typed(&self, grid: &Grid) -> Option<Grid> {
        let names = |table: &Table| table.columns.iter().any(|column| column.target == Target::Field(Field::Name));
        let is_ours = |parted: &Grid| self.tables(parted).iter().any(names);
        typed::table(grid, &self.labels).filter(is_ours).or_else(|| typed::tabbed(grid).filter(is_ours))
    }

    /// Whether the table is a slip to be torn off a form: what stands below 姓名 is where an office stamps or signs; or where somebody
    /// signs a letter (申请人（签名）：).
    fn is_slip(&self, grid: &Grid, table: &Table) -> bool {
        const MOST_LINES: usize = 2;
        let Some(name) = table.columns.iter().find(|column| column.target.asks_for(Field::Name)) else { return false };
        let is_alone = || table.columns.iter().filter_map(|column| column.target.field()).count() == 1;
        let is_signed = || card::label::is_stamped(&name.heading) || name.heading.trim_end().ends_with(['：', ':']);
        if grid.origin == Origin::Word && is_signed() && is_alone() {
            return true;
        }
        let is_office = |text: &str| card::label::is_stamped(text) || self.is_foreign(text);
        let names = table.lines.iter().filter_map(|line| grid.row_at(*line)?.cell(name.column));
        let is_short = grid.origin == Origin::Word && (1..=MOST_LINES).contains(&table.lines.len());
        is_short && names.clone().count() == table.lines.len() && names.into_iter().all(|cell| is_office(cell.text))
    }

    /// Whether the table asks for nothing that only a list of volunteers or members asks for, and mostly for something else.
    fn is_strange(&self, grid: &Grid, table: &Table) -> bool {
        const ANYBODYS: [Field; 10] = [
            Field::Seq,
            Field::Name,
            Field::Sex,
            Field::Education,
            Field::Major,
            Field::District,
            Field::Employer,
            Field::Position,
            Field::Branch,
            Field::Occupation,
        ];
        let mut asked = 0_usize;
        let mut strange = 0_usize;
        let mut ticked: Vec<Field> = Vec::new();
        for column in &table.columns {
            match column.target {
                Target::Field(field) | Target::Further(field) | Target::Ticked(field) if !ANYBODYS.contains(&field) => return false,
                Target::Option(..) | Target::Mark | Target::Split(_) => return false,
                Target::Field(field) | Target::Further(field) => asked += usize::from(field != Field::Seq),
                // the columns of one answer are one question
                Target::Ticked(field) => {
                    asked += usize::from(!ticked.contains(&field));
                    ticked.push(field);
                }
                Target::Combined(_) => asked += 1,
                Target::Unclaimed => strange += usize::from(!column.heading.is_empty() && !self.labels.is_remark(&column.heading)),
                Target::Ignored => {}
            }
        }
        grid.origin != Origin::Word && strange >= asked
    }

    /// Whether what looks like short tables is one form whose labels stand above their answers: only one asks for a name.
    fn is_form_with_labels_above(&self, grid: &Grid, tables: &[Table]) -> bool {
        let asks_for_name = |table: &Table| table.columns.iter().any(|column| column.target.asks_for(Field::Name));
        let Some(first) = tables.first() else { return false };
        let lines: usize = tables.iter().map(|table| table.lines.len()).sum();
        // no form asks for the same things again; a list does on its next page
        let is_paged = tables.iter().any(|table| table.skipped.iter().any(|skipped| skipped.reason == SkipReason::Header));
        if is_paged || lines > SHORT_TABLE || tables.iter().filter(|table| asks_for_name(table)).count() != 1 {
            return false;
        }
        let forms = card::find_across([grid], &self.labels);
        matches!(forms.as_slice(), [form] if card::has_labels_below(form, *first.heading.end()) || card::has_labels_around(form, &first.heading))
    }

    /// Whether what looks like tables of one line each are forms below each other whose labels stand above their answers: the same
    /// several headings come again and again, one of each with a name, and none asks for what another of its form asks for.
    fn are_forms_below_each_other(&self, grid: &Grid, tables: &[Table]) -> bool {
        let asks_for_name = |table: &Table| table.columns.iter().any(|column| column.target.asks_for(Field::Name));
        if let [table] = tables {
            return table.lines.len() <= 1 && self.are_forms_under_a_heading(grid, table);
        }
        let Some(rows) = tables.iter().skip(1).position(asks_for_name).map(|next| next + 1) else { return false };
        let fields = |table: &Table| table.columns.iter().filter_map(|column| column.target.field()).collect::<Vec<_>>();
        let is_again = |place: usize| place < rows || fields(&tables[place]) == fields(&tables[place - rows]);
        let are_alike =
            tables.len().is_multiple_of(rows) && tables.iter().all(|table| table.lines.len() <= 1) && (0..tables.len()).all(is_again);
        if rows < 2 || !asks_for_name(&tables[0]) || !are_alike {
            return false;
        }
        let mut asked: Vec<Field> = tables[..rows].iter().flat_map(fields).collect();
        let count = asked.len();
        asked.sort_unstable();
        asked.dedup();
        asked.len() == count && card::find_across([grid], &self.labels).len() == tables.len() / rows
    }

    /// The same where the further headings are too small to be some: a form begins at the heading and at each place where it comes again.
    fn are_forms_under_a_heading(&self, grid: &Grid, table: &Table) -> bool {
        let again = table.skipped.iter().filter(|skipped| skipped.reason == SkipReason::Header).count();
        if again == 0 {
            return false;
        }
        let forms = card::find_across([grid], &self.labels);
        let asked = |form: &card::Form| form.iter().flat_map(|(_, card)| card.slots.iter().map(|slot| slot.target)).collect::<Vec<_>>();
        let are_alike = forms.windows(2).all(|two| asked(&two[0]) == asked(&two[1]));
        forms.len() == again + 1 && are_alike && forms.iter().all(|form| card::has_labels_below(form, form_start(form)))
    }

    /// Whether what looks like a short table is the end of one form, with its name among the last rows: several rows above
    /// ask for several things each, as no title of a table does.
    fn is_end_of_form(&self, grid: &Grid, tables: &[Table]) -> bool {
        let [table] = tables else { return false };
        if table.lines.len() > FORM_END {
            return false;
        }
        let forms = card::find_across([grid], &self.labels);
        matches!(forms.as_slice(), [form] if card::has_rows_of_labels_above(form, *table.heading.start()))
    }

    /// Whether several cells of the grid ask for something, as in a form or a part of one.
    pub(crate) fn has_labels(&self, grid: &Grid) -> bool {
        card::has_labels(grid, &self.labels)
    }

    /// The empty places that ask again for what one of the forms of these grids asks for, each with the grid it stands in: 姓名 at
    /// the foot of a form, a slip to be torn off. Another person's are not among them, nor those where somebody signs.
    #[must_use]
    pub fn repeats<'g>(&self, form: &card::Form, grids: impl IntoIterator<Item = &'g Grid>) -> Vec<(usize, card::Slot)> {
        let grids: Vec<&Grid> = grids.into_iter().collect();
        card::repeats(form, &grids, &self.labels)
    }

    /// What of these grids belongs to none of the forms that were found in them, and is not printed on a blank.
    pub(crate) fn rest_of_forms(&self, forms: &[card::Form], grids: &[&Grid]) -> Vec<card::rest::Rest> {
        card::rest::of(forms, grids, &self.labels)
    }

    /// Finds the forms of grids that follow each other; the people of a table that lies on its side are forms, too.
    #[must_use]
    pub fn forms<'g>(&self, grids: impl IntoIterator<Item = &'g Grid>) -> Vec<card::Form> {
        let grids: Vec<&Grid> = grids.into_iter().collect();
        let mut strange = false;
        if let [grid] = grids[..] {
            let people = [transposed::find, paired::find].map(|find| find(grid, &self.labels));
            if let Some(people) = people.into_iter().find(|people| !people.is_empty()) {
                return people.into_iter().map(|card| vec![(0, card)]).collect();
            }
            strange = !self.strange_tables(grid).is_empty();
        }
        let mut forms = card::find_across(grids, &self.labels);
        // the first row of a form may ask for much that is not ours; a list has labels in its heading alone
        forms.retain(|form| !strange || card::is_spread(form));
        forms
    }
}

/// Whether a text beside cells tells how to fill in, as blanks do.
pub(crate) fn is_printed(text: &str, scheme: &Scheme) -> bool {
    card::is_printed(text, scheme)
}

/// Whether the grid is lines of text, one below the other.
pub(crate) fn is_lines(grid: &Grid) -> bool {
    card::is_lines(grid)
}

/// Whether the columns hold what may be chosen and not what people chose, as the sheet does that drop-downs take their lists from:
/// nothing tells one person from another, no column says the same twice or leaves a cell out, and they end where they will.
fn is_list_of_choices(grid: &Grid, table: &Table) -> bool {
    const OF_A_PERSON: [Field; 3] = [Field::Name, Field::IdNumber, Field::Mobile];
    if table.columns.iter().any(|column| OF_A_PERSON.iter().any(|field| column.target.asks_for(*field))) {
        return false;
    }
    let mut lengths = table.columns.iter().filter(|column| column.target.field().is_some()).map(|column| {
        let cells = table.lines.iter().map(|line| grid.row_at(*line).and_then(|row| row.cell(column.column)).map(|cell| cell.text.trim()));
        let said: Vec<&str> = cells.clone().map_while(|cell| cell).collect();
        let is_list = cells.skip(said.len()).all(|cell| cell.is_none()) && said.iter().collect::<HashSet<_>>().len() == said.len();
        (is_list && !said.is_empty()).then_some(said.len())
    });
    let Some(Some(first)) = lengths.next() else { return false };
    let rest: Option<Vec<usize>> = lengths.collect();
    rest.is_some_and(|rest| rest.iter().any(|length| *length != first))
}

/// The first row in which a form asks for something.
fn form_start(form: &card::Form) -> u32 {
    form.iter().flat_map(|(_, card)| card.slots.iter().map(|slot| slot.label_at.row)).min().unwrap_or(0)
}
