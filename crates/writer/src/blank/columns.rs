//! The columns of a roster that somebody made: what each asks for, and what stands in it for a person.

use std::collections::BTreeSet;

use mingce_core::address::Column;
use mingce_core::compose;
use mingce_core::recognize::{Recognizer, Table, Target};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::text::{fold_label, is_blank_character};

use super::answer::words;
use super::{Closed, Offered, fields};

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
#[derive(Debug, Clone, Copy)]
pub(crate) enum Content {
    /// Answers of the scheme's column of annex 2 with this place, which puts several together.
    Several(usize),
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
        for column in &found.columns {
            let heading = fold_label(&column.heading);
            let several = scheme.roster.columns.iter().position(|own| own.from.len() > 1 && fold_label(&own.heading) == heading);
            let content = several.map_or(Content::One(column.target), Content::Several);
            let label: String = column.heading.chars().filter(|c| !is_blank_character(*c)).collect();
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

    /// The choices that have a column for each option and none for what else somebody answers.
    pub(crate) fn closed(&self) -> Vec<Closed> {
        let asks = |field: &Field| {
            let is_whole = |(_, content): &(Column, Content)| !matches!(content, Content::One(Target::Option(..)));
            self.filled.iter().zip(&self.places).any(|(column, (_, fields))| is_whole(column) && fields.contains(field))
        };
        let option = |(_, content): &(Column, Content)| match content {
            Content::One(Target::Option(field, option)) => Some((*field, *option)),
            Content::One(_) | Content::Several(_) => None,
        };
        let ticked: Vec<(Field, u16)> = self.filled.iter().filter_map(option).collect();
        let fields: BTreeSet<Field> = ticked.iter().map(|(field, _)| *field).filter(|field| !asks(field)).collect();
        let offered = |field: Field| Offered::of(ticked.iter().filter(|(other, _)| *other == field).map(|(_, option)| *option));
        fields.into_iter().map(|field| Closed::Choice(field, offered(field))).collect()
    }

    /// Whether this is the column of line numbers.
    pub(crate) fn is_seq(&self, column: Column) -> bool {
        self.filled.iter().any(|(filled, content)| *filled == column && content.is_seq())
    }
}

impl Content {
    /// Whether the column numbers the lines.
    pub(crate) fn is_seq(self) -> bool {
        matches!(self, Self::One(Target::Field(Field::Seq)))
    }

    /// What stands in the column for this person.
    pub(crate) fn text(self, person: &Registration, seq: usize, scheme: &Scheme) -> String {
        match self {
            Self::Several(column) => scheme
                .roster
                .columns
                .get(column)
                .map_or_else(String::new, |column| compose::roster_cell(person, column, seq, scheme).into_owned()),
            Self::One(Target::Field(Field::Seq)) => seq.to_string(),
            Self::One(Target::Option(field, option)) if compose::ticked(person, field, option, scheme) => "√".to_owned(),
            Self::One(target) => words(target, person, scheme).into_owned(),
        }
    }

    /// The field that is named when something is to be said of an answer here.
    pub(crate) fn field(self, scheme: &Scheme) -> Option<Field> {
        match self {
            Self::Several(column) => scheme.roster.columns.get(column).and_then(|column| column.from.first().copied()),
            Self::One(target) => target.field(),
        }
    }
}
