//! Forms: cards on a sheet, and the forms of a document whatever tables they are laid out in.

mod remarks;

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use compact_str::{CompactString, ToCompactString};

use remarks::in_words;

use super::{Collection, Finding, MonthEvidence, diagnostic};
use crate::address::{Address, Column};
use crate::collection::cards::{self, CardAnswer};
use crate::collection::pictures::{Own, Pictures};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::grid::{Grid, Origin};
use crate::recognize::card::rest::Rest;
use crate::recognize::card::{Card, Form, List, Slot, Stranger};
use crate::recognize::unit_above;
use crate::register::{Context, RawAnswer, register};
use crate::registration::Registration;
use crate::scheme::Field;
use crate::text::{fold_text, is_blank_answer, is_blank_character};

impl Collection<'_> {
    /// Adds the forms of a sheet or document as one entry of the report; blank ones are not counted.
    pub(super) fn add_forms(&mut self, file: &Arc<str>, grids: &[&Grid], forms: &[Form]) {
        let sheet = grids.first().and_then(|grid| grid.sheet.clone());
        self.open_source(Arc::clone(file), sheet.clone(), None);
        let mut pictures: Vec<Pictures<'_>> = grids.iter().map(|grid| Pictures::of(grid)).collect();
        let units = units_above(forms, grids);
        let rest = self.recognizer.rest_of_forms(forms, grids);
        let extents = if grids.iter().all(|grid| grid.pictures.is_empty()) { Vec::new() } else { extents(forms) };
        for (position, grid) in grids.iter().enumerate() {
            let cards = forms.iter().flatten().filter(|(other, _)| *other == position).map(|(_, card)| card);
            let labels: BTreeSet<Address> = cards.flat_map(|card| &card.slots).map(|slot| slot.label_at).collect();
            self.report_notes(grid, |at| !labels.contains(&at));
        }
        for ((number, form), unit) in (1_u32..).zip(forms).zip(units) {
            let rest: Vec<&Rest> = rest.iter().filter(|one| one.form + 1 == number as usize).collect();
            let own = photo_on((form, forms.get(number as usize)), &extents, grids, &mut pictures);
            let parts = form.iter().filter_map(|(position, card)| Some((*grids.get(*position)?, card)));
            let answers: Vec<CardAnswer<'_>> =
                parts.flat_map(|(grid, card)| card.slots.iter().flat_map(|slot| cards::answers(slot, grid, self.scheme))).collect();
            let is_empty = answers.iter().all(|answer| answer.is_blank(self.scheme));
            self.note_rest((form, number, is_empty), forms.len() > 1, &rest, grids);
            if is_empty {
                continue;
            }
            let slots: Vec<&Slot> = form.iter().flat_map(|(_, card)| &card.slots).collect();
            let fields = cards::fields(slots.iter().copied());
            let raw: Vec<RawAnswer<'_>> = answers.iter().map(CardAnswer::raw).collect();
            let epoch = grids.first().map(|grid| grid.epoch).unwrap_or_default();
            let of = |field: Field| slots.iter().find(|slot| slot.target.field() == Some(field)).map(|slot| without_blanks(&slot.label));
            let any_phone = of(Field::Mobile).or_else(|| of(Field::Phone)).filter(|label| self.recognizer.asks_for_any_phone(label));
            let context = Context { any_phone: any_phone.as_deref(), ..self.context(&fields, epoch, [MonthEvidence::None; 2]) };
            let (mut person, findings) = register(&raw, &context);
            let name = slots.iter().find(|slot| slot.target.field() == Some(Field::Name)).or(slots.first());
            let row = if sheet.is_some() { name.map_or(number, |slot| slot.answer_at.row) } else { number };
            self.report_further_pictures(row, &own);
            person.photo = own.photo;
            person.place.column = name.filter(|_| sheet.is_some()).map_or(0, |slot| slot.answer_at.column.number());
            self.carry_strangers(&mut person, row, form, grids);
            self.carry_lists(&mut person, row, form, grids);
            self.remark_form(file, form, grids, &in_words(sheet.as_deref(), (forms.len() > 1).then_some(number)));
            let before = self.people.len();
            self.take_form(person, row, findings, &slots);
            if let Some(place) = self.people.get(before).map(|person| person.place).filter(|_| !unit.is_empty()) {
                self.units_above.insert(place, unit);
            }
        }
        self.strays.extend(pictures.iter().filter_map(|pictures| pictures.strays(file)));
    }

    /// Keeps what is written behind labels that no field claims, and says so.
    fn carry_strangers(&mut self, person: &mut Registration, row: u32, form: &Form, grids: &[&Grid]) {
        let table = self.tables.len().saturating_sub(1);
        let is_sheet = self.tables.get(table).is_some_and(|table| table.sheet.is_some());
        for (position, card) in form {
            let Some(grid) = grids.get(*position) else { continue };
            for Stranger { label, label_at, answer_at, place } in &card.strangers {
                let answer = grid.cell(*answer_at).and_then(|cell| cell.text.get(place.clone())).map(fold_text).unwrap_or_default();
                let blank = is_blank_answer(answer, false, &self.scheme.blank_words, &self.scheme.none_words);
                if blank {
                    continue;
                }
                person.carried.push((answer_at.column, answer.into()));
                let label = without_blanks(label);
                // an office's own opinion is no answer that anybody misses
                if is_opinion(&label) {
                    continue;
                }
                let mut at = self.location(table, Some(if is_sheet { label_at.row } else { row }), None);
                at.cell = Some(if is_sheet { label_at.to_compact_string() } else { label.clone() });
                let order = if is_sheet { (label_at.row, label_at.column.number()) } else { (row, 0) };
                let message = format!("「{label}」不属于任何一项，内容原样保留，不写进名册和登记表");
                let finding = Diagnostic::new(Code::UnmappedColumn, at, message);
                self.place_person(finding.with_hint("如果它就是某一项，请把栏目名称改成那一项的名称"), order.0, order.1);
            }
        }
    }

    /// Keeps what is written in lists inside the form, and says once of each that it is.
    fn carry_lists(&mut self, person: &mut Registration, row: u32, form: &Form, grids: &[&Grid]) {
        let table = self.tables.len().saturating_sub(1);
        let is_sheet = self.tables.get(table).is_some_and(|table| table.sheet.is_some());
        for (position, card) in form {
            let Some(grid) = grids.get(*position) else { continue };
            for List { label, label_at, cells } in &card.lists {
                let said = cells.iter().filter_map(|at| Some((at.column, grid.cell(*at)?.text)));
                person.carried.extend(said.map(|(column, text)| (column, fold_text(text).into())));
                let rows: BTreeSet<u32> = cells.iter().map(|at| at.row).collect();
                let label = without_blanks(label);
                let mut at = self.location(table, Some(if is_sheet { label_at.row } else { row }), None);
                at.cell = Some(if is_sheet { label_at.to_compact_string() } else { label.clone() });
                let order = if is_sheet { (label_at.row, label_at.column.number()) } else { (row, 0) };
                let message = format!("「{label}」下面填的 {} 行不属于任何一项，内容原样保留，不写进名册和登记表", rows.len());
                self.place_person(Diagnostic::new(Code::UnmappedColumn, at, message), order.0, order.1);
            }
        }
    }

    /// Takes a person of the forms opened last; a finding stands at the answer's cell of a sheet, or at its label.
    fn take_form(&mut self, person: Registration, row: u32, findings: Vec<Finding>, slots: &[&Slot]) {
        let table = self.tables.len().saturating_sub(1);
        let is_sheet = self.tables.get(table).is_some_and(|table| table.sheet.is_some());
        let is_returned = findings.iter().any(|finding| finding.code.severity() == Severity::Error);
        for finding in findings {
            let slot = finding.field.and_then(|field| slots.iter().position(|slot| asks_for(slot, field)));
            let mut at = self.location(table, Some(row), finding.field);
            let mut order = (row, slot.and_then(|slot| u16::try_from(slot + 1).ok()).unwrap_or(0));
            if let Some(slot) = slot.and_then(|slot| slots.get(slot)) {
                at.cell = Some(if is_sheet { slot.answer_at.to_compact_string() } else { without_blanks(&slot.label) });
                if is_sheet {
                    at.row = Some(slot.answer_at.row);
                    order = (slot.answer_at.row, slot.answer_at.column.number());
                }
            }
            self.place_person(diagnostic(finding, at), order.0, order.1);
        }
        self.push_person(person, row, is_returned);
    }
}

/// Where a part of a form stands: its grid, the first and last row of its labels, and their first column.
type Extent = (usize, RangeInclusive<u32>, Column);

fn rows(card: &Card) -> impl Iterator<Item = u32> {
    card.slots.iter().map(|slot| slot.label_at.row)
}

fn extent(position: usize, card: &Card) -> Option<Extent> {
    let column = card.slots.iter().map(|slot| slot.label_at.column).min()?;
    Some((position, rows(card).min()?..=rows(card).max()?, column))
}

fn extents(forms: &[Form]) -> Vec<Extent> {
    forms.iter().flatten().filter_map(|(position, card)| extent(*position, card)).collect()
}

/// The columns of a part of a form: where others stand beside it, from its first label to that of the next one.
fn columns_of(position: usize, card: &Card, extents: &[Extent]) -> Range<Column> {
    let whole = Column::FIRST..Column::LAST;
    let Some((_, own, from)) = extent(position, card) else { return whole };
    let is_beside = |(other, rows, _): &&Extent| *other == position && rows.start() <= own.end() && own.start() <= rows.end();
    let others: Vec<Column> = extents.iter().filter(is_beside).map(|(_, _, column)| *column).filter(|column| *column != from).collect();
    let start = if others.iter().any(|other| *other < from) { from } else { whole.start };
    start..others.into_iter().filter(|other| *other > from).min().unwrap_or(whole.end)
}

/// The photo on a form; its part in a grid ends where the next form of the same grid begins.
///
/// In lines of a document it may stand above the first of them, on the same page.
fn photo_on((form, next): (&Form, Option<&Form>), extents: &[Extent], grids: &[&Grid], pictures: &mut [Pictures<'_>]) -> Own {
    let mut found = Own::default();
    for (position, card) in form {
        let (Some(grid), Some(pictures)) = (grids.get(*position), pictures.get_mut(*position)) else { continue };
        let first_row =
            |card: &Card| rows(card).min().map(|row| grid.page_starts.iter().rfind(|start| **start <= row).map_or(row, |start| *start));
        let is_first_of_lines = grid.number.is_none() && grid.origin == Origin::Word && first_row(card) == rows(card).min();
        let first = if is_first_of_lines { 1 } else { first_row(card).unwrap_or(1) };
        let next = next.and_then(|next| next.iter().find(|(other, _)| other == position)).and_then(|(_, card)| first_row(card));
        // another form may stand on the same page
        let end = next.unwrap_or(u32::MAX).max(rows(card).max().unwrap_or(first).saturating_add(1));
        let own = pictures.of_card(card, first..end, columns_of(*position, card, extents));
        let is_copy = found.photo.is_some() && found.photo == own.photo;
        match found.photo {
            None => found = own,
            Some(_) if is_copy => found.others.extend(own.others),
            Some(_) => found.others.extend(own.at.into_iter().chain(own.others)),
        }
    }
    found
}

/// For each form, the unit that fills it in by a line above it (填报单位：长塘村): behind the end of the form before it, else as
/// that one says; empty if no line does, or none above the first form.
fn units_above(forms: &[Form], grids: &[&Grid]) -> Vec<CompactString> {
    let mut units: Vec<CompactString> = Vec::with_capacity(forms.len());
    let row_of = |grid: &Grid, row: u32| grid.height() - grid.rows_from(row).len();
    let mut from = (0_usize, 0_usize);
    for form in forms {
        let first = form.iter().find_map(|(position, card)| Some((*position, first_row(card)?)));
        let Some((position, row)) = first else {
            units.push(CompactString::default());
            continue;
        };
        let ranges = (from.0..=position).rev().filter_map(|other| {
            let grid = *grids.get(other)?;
            let start = if other == from.0 { from.1 } else { 0 };
            let end = if other == position { row_of(grid, row) } else { grid.height() };
            // a table between is one of something else
            (other == position || grid.number.is_none()).then_some((grid, start.min(end)..end))
        });
        // where the first form has no such line above it, those further down stand below theirs
        let is_below = units.last().is_some_and(CompactString::is_empty);
        let own = ranges.map(|(grid, rows)| unit_above(grid, rows)).find(|unit| !unit.is_empty() && !is_below);
        units.push(own.or_else(|| units.last().cloned()).unwrap_or_default());
        if let Some((position, card)) = form.last() {
            from = (*position, grids.get(*position).map_or(0, |grid| row_of(grid, last_row(card).saturating_add(1))));
        }
    }
    units
}

fn first_row(card: &Card) -> Option<u32> {
    card.slots.iter().map(|slot| slot.label_at.row).min()
}

fn last_row(card: &Card) -> u32 {
    card.slots.iter().map(|slot| slot.label_at.row.max(slot.answer_at.row)).max().unwrap_or(0)
}

fn asks_for(slot: &Slot, field: Field) -> bool {
    match slot.target {
        crate::recognize::Target::Combined(fields) => fields.contains(&field),
        target => target.field() == Some(field),
    }
}

/// Whether an office says there what it thinks of the person: 支部审批意见.
fn is_opinion(label: &str) -> bool {
    label.ends_with("意见") || label.contains("审批") || label.contains("审核")
}

/// A label as it is named in findings: without blanks, line breaks and a colon behind it.
pub(super) fn without_blanks(label: &str) -> CompactString {
    label.chars().filter(|c| !is_blank_character(*c) && !matches!(c, '：' | ':')).collect()
}
