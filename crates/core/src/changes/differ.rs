//! What differs between two lines of one person. Words that mean the same are equal.

use std::collections::HashSet;

use super::Difference;
use crate::collection::Checked;
use crate::compose;
use crate::registration::{Answer, Registration};
use crate::rules::units::{Counted, counted_as};
use crate::scheme::{Field, Scheme};
use crate::text::{fold_width, fold_word, is_dash};
use crate::value::{Education, PartyStatus};

/// Which fields the tables of one side have.
pub(super) struct Asked {
    /// Fields that somebody in the table answered; two answers in one column have no column of their own.
    answered: HashSet<(u32, Field)>,
    /// Columns of the tables, by the key of their field; `None` for cards, which have all fields.
    columns: Vec<Option<HashSet<String>>>,
}

impl Asked {
    pub(super) fn of(checked: &Checked) -> Self {
        let mut answered = HashSet::new();
        for person in &checked.people {
            let table = person.place.table;
            for (field, is_answered) in [
                (Field::Position, !person.position.is_empty()),
                (Field::PartyStatus, !person.party_status.is_blank()),
                // sex and birth may follow from the ID number
                (Field::Sex, !person.sex.is_blank()),
                (Field::Birth, !person.birth.is_blank()),
            ] {
                if is_answered {
                    answered.insert((table, field));
                }
            }
        }
        let columns = checked.tables.iter().map(|table| {
            let columns = table.columns.as_ref()?;
            Some(columns.values().flatten().map(ToString::to_string).collect())
        });
        Self { answered, columns: columns.collect() }
    }

    /// Whether the table has this field.
    pub(super) fn has(&self, table: u32, field: Field, scheme: &Scheme) -> bool {
        let columns = usize::try_from(table).ok().and_then(|table| self.columns.get(table)).and_then(Option::as_ref);
        let Some(columns) = columns else { return true };
        columns.contains(field.key(scheme)) || self.answered.contains(&(table, field))
    }
}

/// What differs, in the order of the scheme's fields; what stands together in a column of the roster is compared together.
pub(super) fn differences(old: &Registration, new: &Registration, asked: impl Fn(Field) -> bool, scheme: &Scheme) -> Vec<Difference> {
    let mut found: Vec<Difference> = Vec::new();
    for field in scheme.fields.iter().map(|spec| spec.field) {
        if matches!(field, Field::Photo | Field::SignedOn | Field::Seq) || is_equal(old, new, field, scheme) {
            continue;
        }
        let together = scheme.roster.columns.iter().find(|column| column.from.len() > 1 && column.from.contains(&field));
        if let Some(column) = together {
            if found.iter().any(|difference| difference.fields == column.from) {
                continue;
            }
            let line = |person| compose::roster_cell(person, column, 0, scheme).into_owned();
            if same_items(&line(old), &line(new), &column.join) {
                continue;
            }
            // the roster of annex 2 holds both in one; only where both sheets part them can one be told from the other
            if !column.from.iter().all(|field| asked(*field)) {
                if column.from.iter().any(|field| asked(*field)) {
                    found.push(Difference { fields: column.from.clone(), label: column.heading.as_str().into() });
                }
                continue;
            }
        }
        if asked(field) {
            found.push(Difference { fields: vec![field], label: scheme.label(field).into() });
        }
    }
    found.sort_by_key(|difference| difference.fields != [Field::Name]);
    found
}

/// Whether the two say the same of this field.
pub(crate) fn is_equal(old: &Registration, new: &Registration, field: Field, scheme: &Scheme) -> bool {
    let (before, after) = (compose::text(old, field, scheme), compose::text(new, field, scheme));
    if before == after {
        return true;
    }
    match field {
        Field::PartyStatus => status(old) == status(new),
        // under 入党时间 an activist has a word instead of a date
        Field::JoinedParty if is_activist(old) && is_activist(new) => true,
        Field::Phone | Field::Mobile | Field::Postcode | Field::Qq => digits(&before) == digits(&after),
        Field::Education => {
            let (old_level, new_level) = (Education::parse(&before), Education::parse(&after));
            let is_plain = |text: &str| PLAIN_LEVELS.contains(&fold_word(text).as_str());
            fold_word(&before) == fold_word(&after)
                || (old_level.is_some() && old_level == new_level && is_plain(&before) && is_plain(&after))
        }
        _ => bare(&before) == bare(&after),
    }
}

/// Words for a level of education that say nothing else; 在职研究生 says more than 硕士.
const PLAIN_LEVELS: [&str; 16] = [
    "本科", "大学", "大学本科", "大本", "大专", "专科", "大学专科", "中专", "高中", "普高", "普通高中", "初中", "小学", "硕士",
    "硕士研究生", "研究生",
];

/// Blank means 中共党员: the subjects of the notice are members, and activists say so.
fn status(person: &Registration) -> (bool, Option<PartyStatus>, Option<&str>) {
    match &person.party_status {
        Answer::Blank | Answer::Known(PartyStatus::Member) => (true, None, None),
        Answer::Known(status) => (false, Some(*status), None),
        Answer::Typed(text) => (false, None, Some(text)),
    }
}

fn is_activist(person: &Registration) -> bool {
    counted_as(person) == Counted::Activist
}

fn digits(text: &str) -> String {
    fold_width(text).chars().filter(|c| !is_dash(*c) && !c.is_whitespace() && !matches!(c, '(' | ')' | '+')).collect()
}

/// The text without blanks, width, case and the signs that end or part sentences.
fn bare(text: &str) -> String {
    let word = fold_word(text);
    word.trim_end_matches(['。', '.']).chars().map(|c| if matches!(c, ',' | ';') { '、' } else { c }).collect()
}

/// Whether two lists hold the same items, whatever their order.
fn same_items(old: &str, new: &str, join: &str) -> bool {
    if join.trim().is_empty() {
        return bare(old) == bare(new);
    }
    let items = |text: &str| {
        let text = bare(&text.replace(join, "、"));
        let mut items: Vec<String> = text.split('、').filter(|item| !item.is_empty()).map(str::to_owned).collect();
        items.sort();
        items
    };
    items(old) == items(new)
}
