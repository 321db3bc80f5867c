//! The columns of a roster that somebody made: what each asks for, and what stands in it for a person.

use std::collections::BTreeSet;

use compact_str::CompactString;
use mingce_core::address::Column;
use mingce_core::compose;
use mingce_core::recognize::{Recognizer, Table, TableColumn, Target};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::text::{fold_label, is_blank_character};

use super::answer::words;
use super::{BoxedWords, Closed, Offered, fields, is_answer};

/// What is written into the column of an option or an answer that somebody chose.
const TICK: &str = "√";

/// The columns of a roster that are filled, and what its headings say.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// Each column that a field claims, from the left.
    pub(crate) filled: Vec<(Column, Content)>,
    /// The headings that were found, as written, each with the fields that stand below it.
    pub(crate) places: Vec<(String, Vec<Field>)>,
    /// Headings that no field claims, as written.
    pub(crate) unclaimed: Vec<String>,
}

/// What a column asks for.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// Answers of the scheme's column of annex 2 with this place, which puts several together.
    Several(usize),
    /// A mark, if the answer to this field is the one at this place among those that have a column each (男 | 女).
    Ticked(Field, BoxedWords, usize),
    /// Something else.
    One(Target),
}

/// How many columns of a table fields claim; `None` where none of them is for names, so that it is no roster.
pub(crate) fn claimed(table: &Table) -> Option<usize> {
    let has_names = table.columns.iter().any(|column| column.target.asks_for(Field::Name));
    has_names.then(|| table.columns.iter().filter(|column| column.target.field().is_some()).count())
}

/// Of several things found with so many claimed columns each, the first of those with the most.
pub(crate) fn first_with_most<T>(found: impl Iterator<Item = (usize, T)>) -> Option<T> {
    found.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, best)| best)
}

/// Whether a cell with this text is room for an answer: nothing, blanks, or a line to write on.
pub(crate) fn is_room(text: &str) -> bool {
    text.chars().all(|c| is_blank_character(c) || matches!(c, '_' | '＿'))
}

impl Columns {
    /// The columns of this table.
    pub(crate) fn of(found: &Table, recognizer: &Recognizer<'_>, scheme: &Scheme) -> Self {
        let mut columns = Self::default();
        let by_answer = by_answer(found, scheme);
        for column in &found.columns {
            let heading = fold_label(&column.heading);
            let several = scheme.roster.columns.iter().position(|own| own.from.len() > 1 && fold_label(&own.heading) == heading);
            let content = several.map_or(Content::One(column.target), Content::Several);
            let label: String = column.heading.chars().filter(|c| !is_blank_character(*c)).collect();
            if let Some((_, field, answers, place)) = by_answer.iter().find(|(own, ..)| *own == column.column) {
                columns.places.push((label, vec![*field]));
                columns.filled.push((column.column, Content::Ticked(*field, answers.clone(), *place)));
                continue;
            }
            match (several, column.target) {
                (None, Target::Unclaimed | Target::Further(_) | Target::Ticked(_)) => {
                    if !label.is_empty() && !recognizer.is_foreign(&label) {
                        columns.unclaimed.push(label);
                    }
                    continue;
                }
                (Some(own), _) => columns.places.push((label, scheme.roster.columns[own].from.clone())),
                (None, Target::Combined(fields)) => columns.places.push((label, fields.to_vec())),
                (None, target) => columns.places.push((label, target.field().into_iter().collect())),
            }
            columns.filled.push((column.column, content));
        }
        columns
    }

    /// Lets a placeholder that is all of a line's cell say what stands there, whatever the heading above it says.
    ///
    /// `cells` are the columns of a line and the text in each; `found` is the table they belong to.
    pub(crate) fn named_in_line<'t>(&mut self, cells: impl Iterator<Item = (Column, &'t str)>, found: &Table, recognizer: &Recognizer<'_>) {
        for (column, text) in cells {
            let name = text.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).filter(|name| !name.contains(['{', '}']));
            let Some(target) = name.and_then(|name| recognizer.target(name.trim())) else { continue };
            let asked = fields(target);
            if asked.is_empty() {
                continue;
            }
            let heading = found.columns.iter().find(|other| other.column == column).map_or("", |column| &column.heading);
            let label: String = heading.chars().filter(|c| !is_blank_character(*c)).collect();
            match self.filled.binary_search_by_key(&column, |(column, _)| *column) {
                // a heading that puts several fields together says more than the name of one of them
                Ok(at) if asked.iter().all(|field| self.places[at].1.contains(field)) => {}
                Ok(at) => (self.filled[at].1, self.places[at].1) = (Content::One(target), asked),
                Err(at) => {
                    self.unclaimed.retain(|unclaimed| *unclaimed != label);
                    self.filled.insert(at, (column, Content::One(target)));
                    self.places.insert(at, (label, asked));
                }
            }
        }
    }

    /// Leaves what stands in this column as it is; it still has its place.
    pub(crate) fn keep(&mut self, column: Option<Column>) {
        let kept = self.filled.iter_mut().filter(|(own, _)| Some(*own) == column);
        kept.for_each(|(_, content)| *content = Content::One(Target::Unclaimed));
    }

    /// What has a column for each option or answer and none for what else somebody answers.
    pub(crate) fn closed(&self) -> Vec<Closed> {
        let asks = |field: &Field| {
            let is_whole = |(_, content): &(Column, Content)| !matches!(content, Content::One(Target::Option(..)) | Content::Ticked(..));
            self.filled.iter().zip(&self.places).any(|(column, (_, fields))| is_whole(column) && fields.contains(field))
        };
        let option = |(_, content): &(Column, Content)| match content {
            Content::One(Target::Option(field, option)) => Some((*field, *option)),
            Content::One(_) | Content::Several(_) | Content::Ticked(..) => None,
        };
        let ticked: Vec<(Field, u16)> = self.filled.iter().filter_map(option).collect();
        let fields: BTreeSet<Field> = ticked.iter().map(|(field, _)| *field).filter(|field| !asks(field)).collect();
        let offered = |field: Field| Offered::of(ticked.iter().filter(|(other, _)| *other == field).map(|(_, option)| *option));
        let choices = fields.into_iter().map(|field| Closed::Choice(field, offered(field)));
        let first_answer = |(_, content): &(Column, Content)| match content {
            Content::Ticked(field, answers, 0) => Some(Closed::Words(Target::Field(*field), answers.clone())),
            Content::Ticked(..) | Content::One(_) | Content::Several(_) => None,
        };
        choices.chain(self.filled.iter().filter_map(first_answer)).collect()
    }

    /// Whether this is the column of line numbers.
    pub(crate) fn is_seq(&self, column: Column) -> bool {
        self.filled.iter().any(|(filled, content)| *filled == column && content.is_seq())
    }
}

impl Content {
    /// Whether the column numbers the lines.
    pub(crate) fn is_seq(&self) -> bool {
        matches!(self, Self::One(Target::Field(Field::Seq)))
    }

    /// What stands in the column for this person.
    pub(crate) fn text(&self, person: &Registration, seq: usize, scheme: &Scheme) -> String {
        match self {
            Self::Several(column) => scheme
                .roster
                .columns
                .get(*column)
                .map_or_else(String::new, |column| compose::roster_cell(person, column, seq, scheme).into_owned()),
            Self::One(Target::Field(Field::Seq)) => seq.to_string(),
            Self::One(Target::Option(field, option)) if compose::ticked(person, *field, *option, scheme) => TICK.to_owned(),
            Self::One(target) => words(*target, person, scheme).into_owned(),
            Self::Ticked(field, answers, place) if is_answer(Target::Field(*field), answers, *place, person, scheme) => TICK.to_owned(),
            Self::Ticked(..) => String::new(),
        }
    }

    /// The field that is named when something is to be said of an answer here.
    pub(crate) fn field(&self, scheme: &Scheme) -> Option<Field> {
        match self {
            Self::Ticked(field, ..) => Some(*field),
            Self::Several(column) => scheme.roster.columns.get(*column).and_then(|column| column.from.first().copied()),
            Self::One(target) => target.field(),
        }
    }
}

/// The columns that have a mark for one answer to a field: each with the field, all answers that have such a column, and the place
/// of its own among them.
fn by_answer(found: &Table, scheme: &Scheme) -> Vec<(Column, Field, BoxedWords, usize)> {
    let ticked = found.columns.iter().filter_map(|column| match column.target {
        Target::Ticked(field) => Some((column.column, field, fold_label(&column.option))),
        _ => None,
    });
    let mut all: Vec<(Column, Field, CompactString)> = ticked.collect();
    all.extend(bare_sexes(found, scheme));
    let answers_of = |field: Field| all.iter().filter(move |(_, other, _)| *other == field).map(|(_, _, answer)| answer.clone());
    let place_of =
        |column: Column, field: Field| all.iter().filter(|(_, other, _)| *other == field).position(|(other, ..)| *other == column);
    let of = |(column, field, _): &(Column, Field, CompactString)| {
        Some((*column, *field, answers_of(*field).collect(), place_of(*column, *field)?))
    };
    all.iter().filter_map(of).collect()
}

/// The neighbours 男 and 女 with nothing above them, where no other column asks for the sex: lines that people fill in show whether
/// they are ticked or count people, in a blank they can only be ticked.
fn bare_sexes(found: &Table, scheme: &Scheme) -> Vec<(Column, Field, CompactString)> {
    if !scheme.has(Field::Sex) || found.columns.iter().any(|column| column.target.field() == Some(Field::Sex)) {
        return Vec::new();
    }
    let word = |column: &TableColumn| fold_label(&column.heading);
    let is_pair = |pair: &&[TableColumn]| {
        pair.iter().all(|column| column.target == Target::Unclaimed)
            && matches!([&*word(&pair[0]), &*word(&pair[1])], ["男", "女"] | ["女", "男"])
    };
    let pair = found.columns.windows(2).find(is_pair).unwrap_or(&[]);
    pair.iter().map(|column| (column.column, Field::Sex, word(column))).collect()
}
