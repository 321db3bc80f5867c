//! Corrections: rows of a returned workbook take the place of the rows they were returned for.
//!
//! A row says in its column 来源 where it stood at first ([`Origin`]). Given with its source, in whichever order, it stands
//! where the original stood, and the original is skipped as `corrected`. Several returned workbooks may correct the same
//! row: one without errors counts before one that is still wrong, and a later input before an earlier one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Collection;
use crate::collection::{Corrections, Fate};
use crate::diagnostic::Code;
use crate::marks::Origin;
use crate::mask::mask_digits;
use crate::recognize::{SkipReason, Skipped};
use crate::register::{Finding, RawAnswer};
use crate::registration::Registration;

impl Collection<'_> {
    /// Puts corrected rows in the place of their originals.
    pub(super) fn correct(&mut self) {
        if self.origins.is_empty() {
            return;
        }
        // the rows whose findings go, and the places that are free once corrected rows have moved
        let (mut replaced, mut gone): (BTreeSet<usize>, BTreeSet<usize>) = Default::default();
        for (original, mut rows) in self.corrections() {
            let fates = &self.fates;
            // ascending in input order; `max_by_key` takes the last of equals
            let Some(best) = rows.iter().copied().max_by_key(|row| fates[*row] == Fate::Accepted) else { continue };
            rows.extend(original);
            let Some(place) = original.or_else(|| rows.iter().copied().min()) else { continue };
            for &row in rows.iter().filter(|row| **row != best) {
                self.skip_as_corrected(row);
            }
            self.corrected.insert(self.people[best].place);
            // a returned workbook asks for words; the photo is still where it was
            if self.people[best].photo.is_none() {
                self.people[best].photo = rows.iter().find_map(|row| self.people[*row].photo.clone());
            }
            if rows.len() > 1 {
                if let Some(original) = original {
                    self.originals.insert(self.people[best].place, self.people[original].place.table);
                }
                replaced.extend(rows.iter().copied().filter(|row| *row != best));
                self.people.swap(place, best);
                self.fates.swap(place, best);
                gone.extend(rows.iter().copied().filter(|row| *row != place));
            }
        }
        self.findings.retain(|finding| finding.person.is_none_or(|person| !replaced.contains(&person)));
        let mut number = 0..;
        self.people.retain(|_| number.next().is_some_and(|number| !gone.contains(&number)));
        let mut number = 0..;
        self.fates.retain(|_| number.next().is_some_and(|number| !gone.contains(&number)));
    }

    /// For each row that was corrected, itself if it was given, and the rows that correct it, in input order.
    fn corrections(&self) -> Vec<(Option<usize>, Vec<usize>)> {
        let wanted: BTreeSet<u32> = self.origins.values().map(Origin::row).collect();
        let mut at_row: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (index, person) in self.people.iter().enumerate().filter(|(_, person)| wanted.contains(&person.place.row)) {
            at_row.entry(person.place.row).or_default().push(index);
        }
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut alone: BTreeMap<&Origin, Vec<Vec<usize>>> = BTreeMap::new();
        for (index, person) in self.people.iter().enumerate() {
            let Some(origin) = self.origins.get(&person.place) else { continue };
            let candidates = at_row.get(&origin.row()).map_or(&[][..], Vec::as_slice);
            match self.original(index, origin, candidates) {
                Ok(original) => {
                    let group = found.entry(original).or_default();
                    if self.may_join(index, group) {
                        group.push(index);
                    }
                }
                Err(NoOriginal::NotGiven) => self.join(index, alone.entry(origin).or_default()),
                Err(NoOriginal::Unclear) => {}
            }
        }
        let alone = alone.into_values().flatten().map(|rows| (None, rows));
        found.into_iter().map(|(original, rows)| (Some(original), rows)).chain(alone).collect()
    }

    /// Adds the row to the rows of one origin that correct each other. Tables side by side have rows of the same origin:
    /// those that look like the same person go together.
    fn join(&self, index: usize, groups: &mut Vec<Vec<usize>>) {
        let fitting = |group: &Vec<usize>| self.may_join(index, group);
        let is_alike = |group: &Vec<usize>| group.iter().any(|row| is_alike(&self.people[*row], &self.people[index]));
        let place = groups
            .iter()
            .position(|group| fitting(group) && is_alike(group))
            .or_else(|| groups.iter().position(fitting).filter(|_| groups.len() == 1));
        match place.and_then(|place| groups.get_mut(place)) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }

    /// Whether the row may correct the same row as these: one copied within its workbook is another person, or a duplicate
    /// to be reported.
    fn may_join(&self, index: usize, group: &[usize]) -> bool {
        let own = self.file_of(index);
        group.iter().all(|row| self.file_of(*row) != own)
    }

    fn file_of(&self, index: usize) -> Option<&Arc<str>> {
        self.table_of(self.people.get(index)?).map(|table| &self.tables[table].file)
    }

    /// The person whom this row corrects, among those with the row's number.
    fn original(&self, index: usize, origin: &Origin, candidates: &[usize]) -> Result<usize, NoOriginal> {
        let corrected = &self.people[index];
        let own_file = self.file_of(index);
        let mut best: Option<(usize, Vec<usize>)> = None;
        for &candidate in candidates {
            let person = &self.people[candidate];
            // what was returned twice still says where it stood at first
            if self.file_of(candidate) == own_file || self.origins.contains_key(&person.place) {
                continue;
            }
            let Some(table) = self.table_of(person).map(|table| &self.tables[table]) else { continue };
            let Some(agreement) = origin.agreement(&table.file, table.sheet.as_deref()) else { continue };
            match &mut best {
                Some((most, _)) if *most > agreement => {}
                Some((most, equals)) if *most == agreement => equals.push(candidate),
                _ => best = Some((agreement, vec![candidate])),
            }
        }
        let Some((_, equals)) = best else { return Err(NoOriginal::NotGiven) };
        let first_file = equals.first().map(|first| self.file_of(*first));
        if equals.iter().any(|equal| Some(self.file_of(*equal)) != first_file) {
            return Err(NoOriginal::Unclear);
        }
        // two tables side by side have rows of the same number
        let alike = equals.iter().find(|equal| is_alike(&self.people[**equal], corrected));
        // a row that is there twice goes back too, which is judged later: to replace it loses nobody
        let is_returned = |row: usize| self.fates[row] == Fate::Returned || self.is_there_twice(row);
        let returned = equals.iter().find(|equal| is_returned(**equal));
        // who was never returned and is somebody else was not corrected: the cell 来源 was filled down over a new row
        alike.or(returned).copied().ok_or(NoOriginal::Unclear)
    }

    /// Whether another row of the same table and branch is the same person's, or has the same ID number.
    fn is_there_twice(&self, row: usize) -> bool {
        let person = &self.people[row];
        let is_other =
            |other: &Registration| other.place.table == person.place.table && other.place != person.place && other.branch == person.branch;
        self.people.iter().filter(|other| is_other(other)).any(|other| {
            let has_number = person.id_number.known().is_some_and(|number| other.id_number.known() == Some(number));
            let is_same_birth = person.birth.known().zip(other.birth.known()).is_some_and(|(own, others)| own.may_be(*others));
            let is_same_mobile = person.mobile.known().is_some_and(|mobile| other.mobile.known() == Some(mobile));
            has_number || (person.name == other.name && is_same_birth && is_same_mobile)
        })
    }

    fn table_of(&self, person: &Registration) -> Option<usize> {
        usize::try_from(person.place.table).ok().filter(|table| *table < self.tables.len())
    }

    fn skip_as_corrected(&mut self, row: usize) {
        let person = &self.people[row];
        let skipped = Skipped { row: person.place.row, reason: SkipReason::Corrected, text: mask_digits(&person.name).as_ref().into() };
        let Some(table) = self.table_of(person).and_then(|table| self.tables.get_mut(table)) else { return };
        table.rows.read = table.rows.read.saturating_sub(1);
        table.skipped.push(skipped);
        table.skipped.sort_by_key(|skipped| skipped.row);
    }

    /// Tells each table that corrects others how many of its rows are right now.
    pub(super) fn count_corrections(&mut self) {
        for (person, fate) in self.people.iter().zip(&self.fates).filter(|(person, _)| self.corrected.contains(&person.place)) {
            let Some(table) = usize::try_from(person.place.table).ok().and_then(|table| self.tables.get_mut(table)) else { continue };
            let corrections = table.corrections.get_or_insert_with(Corrections::default);
            match fate {
                Fate::Accepted => corrections.fixed += 1,
                Fate::Returned => corrections.still_wrong += 1,
            }
        }
    }
}

/// Answers that a cell of the returned workbook could not hold to the end, and that nobody has shortened since.
pub(super) fn cut_answers(answers: &[RawAnswer<'_>]) -> impl Iterator<Item = Finding> {
    let is_full = |text: &str| text.len() >= LONGEST_CELL && text.encode_utf16().count() == LONGEST_CELL;
    answers.iter().filter(move |answer| is_full(answer.text)).map(|answer| Finding {
        code: Code::AnswerTooLong,
        field: answer.target.field(),
        option: None,
        message: format!("退回表的一格放不下原来的内容，这里只有前 {LONGEST_CELL} 个字"),
        hint: Some("请把这一格缩短，或分成几处填写".to_owned()),
    })
}

/// The longest text that a cell holds, as UTF-16 counts; the writer of returned workbooks cuts there.
const LONGEST_CELL: usize = 32_767;

/// Why a row corrects no other.
enum NoOriginal {
    /// The source is none of the inputs.
    NotGiven,
    /// Several sources could be meant, or the row that is named is somebody else's.
    Unclear,
}

/// Whether two rows may be the same person's: they share a name, an ID number or a mobile.
fn is_alike(one: &Registration, other: &Registration) -> bool {
    (!one.name.is_empty() && one.name == other.name)
        || one.id_number.known().is_some_and(|id| other.id_number.known() == Some(id))
        || one.mobile.known().is_some_and(|mobile| other.mobile.known() == Some(mobile))
}

#[cfg(test)]
mod tests;
