//! The search for the labels and answers of the forms in one grid.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};

use compact_str::CompactString;

use super::label::{self, Meaning};
use super::{Card, Mark, Slot, Stranger, marks};
use crate::address::{Address, Column};
use crate::grid::{Grid, Merge, Origin};
use crate::recognize::Target;
use crate::recognize::labels::{Labels, Owner};
use crate::scheme::Field;
use crate::text::is_blank_character;

/// A grid without a label in so many cells is no form.
const SEARCHED_CELLS: usize = 200_000;
/// Cells merged over more rows than this belong to no form.
const TALLEST_CELL: u32 = 64;

/// The forms of a grid and parts of forms, from the top; the first may go on with a form of the grid before.
pub(super) fn pieces(grid: &Grid, labels: &Labels<'_>) -> Vec<Card> {
    let cells = meanings(grid, labels);
    if cells.is_empty() {
        return Vec::new();
    }
    let merges = merges(grid);
    let tallest = merges.iter().map(|merge| merge.last.row - merge.first.row + 1).max().unwrap_or(0);
    let edge = edge(grid);
    let mut search = Search { grid, labels, edge, merges, tallest, taken: BTreeSet::new(), cells, foreign: BTreeMap::new() };
    search.find_foreign();
    let mut cards = vec![Card::default()];
    for block in search.blocks() {
        search.edge = *block.end();
        for row in grid.rows() {
            for cell in row.cells_in(&block) {
                search.visit(Address { row: row.number(), column: cell.column }, cell.text, &mut cards);
            }
        }
    }
    for card in &mut cards {
        card.unclaimed.retain(|(at, _)| !search.taken.contains(at));
        settle_phones(card, grid);
    }
    cards
}

fn asks_for_name(meanings: &[Meaning]) -> bool {
    meanings.iter().any(|meaning| matches!(meaning, Meaning::Label { targets, .. } if targets.contains(&Target::Field(Field::Name))))
}

/// What the cells that begin with a label say, in reading order.
fn meanings(grid: &Grid, labels: &Labels<'_>) -> BTreeMap<Address, Vec<Meaning>> {
    let mut found = BTreeMap::new();
    let is_line = is_text(grid, edge(grid));
    let cells = grid.rows().flat_map(|row| row.cells().map(move |cell| (Address { row: row.number(), column: cell.column }, cell.text)));
    for (count, (at, text)) in cells.enumerate() {
        if count >= SEARCHED_CELLS && found.is_empty() {
            break;
        }
        let underlined: Vec<Range<usize>> = grid.underlined_at(at).collect();
        let meanings = label::meanings(labels, text, &underlined, is_line);
        if !meanings.is_empty() {
            found.insert(at, meanings);
        }
    }
    found
}

/// The last column a value can stand in: that of the table, or of the part of a sheet that is used.
fn edge(grid: &Grid) -> Column {
    let used = grid.rows().filter_map(|row| row.cells().next_back().map(|cell| cell.column)).max();
    let declared = match grid.origin {
        Origin::Word => grid.column_widths.iter().map(|(column, _)| *column).max(),
        Origin::Sheet | Origin::TextTable => grid.merges.iter().map(|merge| merge.last.column).max(),
    };
    declared.max(used).max(grid.edge).unwrap_or(Column::LAST)
}

/// Whether the grid is lines of text, one below the other.
fn is_text(grid: &Grid, edge: Column) -> bool {
    grid.origin == Origin::Word && edge == Column::FIRST
}

/// Merged cells in reading order, those too tall for a form left out.
fn merges(grid: &Grid) -> Vec<Merge> {
    let mut merges: Vec<Merge> = grid
        .merges
        .iter()
        .filter(|merge| merge.first.row <= merge.last.row && merge.last.row - merge.first.row < TALLEST_CELL)
        .copied()
        .collect();
    merges.sort_unstable();
    merges
}

/// A label for any telephone stands for the mobile where a mobile number is written behind it and no other label asks for one.
fn settle_phones(card: &mut Card, grid: &Grid) {
    if card.slot(Field::Mobile).is_some() {
        return;
    }
    let is_mobile = |slot: &Slot| {
        let text = grid.cell(slot.answer_at).and_then(|cell| cell.text.get(slot.place.clone())).unwrap_or("");
        let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        digits.len() == 11 && digits[0] == '1' && digits[1] >= '3'
    };
    let phone = card.slots.iter().position(|slot| slot.target == Target::Field(Field::Phone) && is_mobile(slot));
    if let Some(phone) = phone {
        card.slots[phone].target = Target::Field(Field::Mobile);
    }
}

/// The place behind the colon of a label, or behind its words where it has none.
fn behind_colon(text: &str) -> Range<usize> {
    let colon = text.rfind(['：', ':']).filter(|colon| text[*colon..].chars().skip(1).all(is_blank_character));
    let start = colon.and_then(|colon| Some(colon + text[colon..].chars().next()?.len_utf8()));
    start.unwrap_or(text.len())..text.len()
}

/// Keeps what is written behind a label that no field claims.
fn stranger(card: &mut Card, [label_at, answer_at]: [Address; 2], label: &str, text: &str, place: Range<usize>) {
    let is_line = |c: char| is_blank_character(c) || matches!(c, '_' | '＿');
    if text.get(place.clone()).is_some_and(|answer| !answer.chars().all(|c| is_line(c) || marks::is_box(c))) {
        card.strangers.push(Stranger { label: label.trim().into(), label_at, answer_at, place });
    }
}

/// A slot of which only the place is known.
fn slot_at(target: Target, label: CompactString, label_at: Address, answer_at: Address, place: Range<usize>) -> Slot {
    Slot {
        target,
        label,
        label_at,
        answer_at,
        place,
        letters: Vec::new(),
        marks: Vec::new(),
        other: None,
        unknown: Vec::new(),
        unclear: Vec::new(),
    }
}

/// One search over a grid.
struct Search<'a> {
    grid: &'a Grid,
    labels: &'a Labels<'a>,
    edge: Column,
    merges: Vec<Merge>,
    /// How many rows the tallest of them has.
    tallest: u32,
    /// Cells that are answers already, and so no labels.
    taken: BTreeSet<Address>,
    cells: BTreeMap<Address, Vec<Meaning>>,
    /// Rows that speak of other people, from which column on.
    foreign: BTreeMap<u32, Column>,
}

impl Search<'_> {
    /// Marks the rows that speak of other people: behind a label of theirs, beside one that is merged down over them, and
    /// all of a list of relatives.
    fn find_foreign(&mut self) {
        let owned = self.cells.iter().filter_map(|(at, meanings)| match meanings.first() {
            Some(Meaning::Foreign(owner)) if !self.is_answer(*at) && !self.is_answer_below(*at) => Some((*at, *owner)),
            _ => None,
        });
        let mut foreign: BTreeMap<u32, Column> = BTreeMap::new();
        for (at, owner) in owned {
            let covered = self.covered(at);
            let from = if owner == Owner::Relatives { Column::FIRST } else { at.column };
            let rows = match owner {
                Owner::LookAlike => continue,
                Owner::Office if covered.first.row == covered.last.row => continue,
                Owner::Office | Owner::Person | Owner::Relatives => covered.first.row..=covered.last.row,
            };
            for row in rows {
                let column = foreign.entry(row).or_insert(from);
                *column = from.min(*column);
            }
        }
        self.foreign = foreign;
    }

    /// The columns of forms that stand beside each other: each begins at the label of a name in one row.
    fn blocks(&self) -> Vec<RangeInclusive<Column>> {
        let is_own = |at: &Address| self.foreign.get(&at.row).is_none_or(|from| at.column < *from);
        let names: Vec<Address> =
            self.cells.iter().filter(|(at, meanings)| asks_for_name(meanings) && is_own(at)).map(|(at, _)| *at).collect();
        let Some(first) = names.first() else { return vec![Column::FIRST..=self.edge] };
        let further = names.iter().filter(|at| at.row == first.row && at.column > first.column).map(|at| at.column);
        let starts: Vec<Column> = std::iter::once(Column::FIRST).chain(further).collect();
        let before = |column: Column| Column::new(column.number() - 1).unwrap_or(Column::FIRST);
        let ends = starts.iter().skip(1).map(|start| before(*start)).chain([self.edge]);
        starts.iter().zip(ends).map(|(start, end)| *start..=end).collect()
    }

    fn visit(&mut self, at: Address, text: &str, cards: &mut Vec<Card>) {
        if self.taken.contains(&at) {
            return;
        }
        // a damaged file can hold a row twice; what is known of an address is about its first cell
        if !std::ptr::eq(text, self.text(at)) {
            cards.last_mut().into_iter().for_each(|card| card.unclaimed.push((at, text.into())));
            return;
        }
        let is_foreign = self.foreign.get(&at.row).is_some_and(|from| at.column >= *from);
        let Some(meanings) = self.cells.get(&at).cloned() else {
            if !is_foreign {
                self.unknown(at, text, cards);
            }
            return;
        };
        for meaning in meanings {
            match meaning {
                Meaning::Label { targets, words, rest } if !is_foreign => self.label(at, text, (targets, words, rest), cards),
                Meaning::Unclaimed(words, place) => {
                    if !is_foreign && let Some(card) = cards.last_mut() {
                        card.unclaimed.push((at, text[words.clone()].into()));
                        stranger(card, [at, at], &text[words], text, place);
                    }
                }
                Meaning::Label { .. } | Meaning::Foreign(_) => {
                    if meaning == Meaning::Foreign(Owner::LookAlike) && !is_foreign {
                        self.unknown(at, text, cards);
                    }
                    if let Some(answer) = self.beside(at).filter(|answer| !self.is_label(*answer)) {
                        self.taken.insert(answer);
                    }
                }
            }
        }
    }

    /// A cell that no label of ours begins: perhaps a label nobody claims, with or without an answer.
    fn unknown(&mut self, at: Address, text: &str, cards: &mut [Card]) {
        let Some(card) = cards.last_mut() else { return };
        if let Some((words, place)) = label::unclaimed_with_answer(text).filter(|_| !self.is_text()) {
            return stranger(card, [at, at], &text[words], text, place);
        }
        let Some(beside) = self.beside(at).filter(|_| label::looks_like_one(text)) else { return };
        let answer = self.text(beside);
        if answer.is_empty() {
            card.unclaimed.push((at, text.into()));
        } else if self.is_free(beside) {
            stranger(card, [at, beside], text, answer, 0..answer.len());
            self.taken.insert(beside);
        }
    }

    /// Whether the label that the form begins with stands again below its name, with another name to come: forms below each
    /// other that do not begin with the name.
    fn begins_again(&self, card: &Card, at: Address, targets: &[Target]) -> bool {
        let Some(first) = card.slots.first() else { return false };
        let is_first = targets.contains(&first.target) && first.label_at.column == at.column;
        is_first
            && card.slot(Field::Name).is_some_and(|name| name.label_at.row < at.row)
            && self.cells.range(at..).skip(1).any(|(at, meanings)| {
                let is_own = self.foreign.get(&at.row).is_none_or(|from| at.column < *from);
                is_own && asks_for_name(meanings)
            })
    }

    fn label(&mut self, at: Address, text: &str, found: (Vec<Target>, Range<usize>, Option<Range<usize>>), cards: &mut Vec<Card>) {
        let (targets, words, rest) = found;
        let is_name = targets.contains(&Target::Field(Field::Name));
        if cards.last().is_some_and(|card| card.slot(Field::Name).is_some() && (is_name || self.begins_again(card, at, &targets))) {
            cards.push(Card::default());
        }
        let Some(card) = cards.last_mut() else { return };
        let free = targets.into_iter().find(|target| target.field().is_some_and(|field| card.slot(field).is_none()));
        let Some(target) = free else {
            // 手机 asked for twice: the first is the field's, the second is kept beside it
            let beside = self.beside(at).filter(|beside| rest.is_none() && self.is_free(*beside));
            let (answer_at, place) =
                beside.map_or((at, rest.unwrap_or(text.len()..text.len())), |beside| (beside, 0..self.text(beside).len()));
            return stranger(card, [at, answer_at], &text[words], self.text(answer_at), place);
        };
        let slot = self.slot(target, at, text, words, rest);
        let answers = slot.marks.iter().map(|mark| mark.at).chain([slot.answer_at]).chain(slot.letters.iter().copied());
        self.taken.extend(answers.filter(|answer| *answer != at));
        if let Some(field) = target.field()
            && let Some((other, _)) = slot.other.as_ref().filter(|(other, _)| *other != at)
        {
            // 其他时间 without a box, and the cell beside it where it is written
            let words = self.left(*other).filter(|words| marks::is_other(self.text(*words), field, self.labels.scheme()));
            self.taken.extend(words.into_iter().chain([*other]));
        }
        card.slots.push(slot);
    }

    /// Where the answer to this label stands: behind its words in the same cell, else beside it, else below it.
    fn slot(&self, target: Target, at: Address, text: &str, words: Range<usize>, rest: Option<Range<usize>>) -> Slot {
        let label = CompactString::from(text[words].trim());
        let is_photo = target == Target::Field(Field::Photo);
        let is_long = target.field().is_some_and(|field| field.is_choice() || field == Field::Experience);
        let is_open = rest.as_ref().is_some_and(|rest| text[rest.clone()].chars().all(|c| is_blank_character(c) || c == '_'));
        let whole = |answer: Address| (answer, 0..self.text(answer).len());
        let inside = |rest: Option<Range<usize>>| (at, rest.unwrap_or_else(|| behind_colon(text)));
        let (answer_at, place) = match rest {
            _ if is_photo => (at, 0..text.len()),
            // in lines of text, what is long begins on the next one
            rest if self.is_text() => match self.below(at).filter(|below| is_long && self.is_free(*below) && !self.text(*below).is_empty())
            {
                Some(below) if is_open || rest.is_none() => whole(below),
                _ => inside(rest),
            },
            Some(rest) => inside(Some(rest)),
            // empty lines below the label in its own cell are room for the answer
            None if text.contains('\n') && text[behind_colon(text)].contains('\n') => inside(None),
            None => self.answer_cell(at).map_or_else(|| inside(None), whole),
        };
        let mut slot = slot_at(target, label, at, answer_at, place);
        slot.letters = self.letters(&slot);
        if let Some(field) = target.field().filter(|field| field.is_choice()) {
            self.find_marks(&mut slot, field);
            self.named_marks(&mut slot, field);
            self.further_marks(&mut slot, field);
            marks::tick_what_is_left(&mut slot, field, self.labels.scheme());
        }
        slot
    }

    fn find_marks(&self, slot: &mut Slot, field: Field) {
        let at = slot.answer_at;
        let set_apart: Vec<Range<usize>> = self.grid.underlined_at(at).chain(self.grid.emphasised_at(at)).collect();
        marks::find(slot, self.text(at), &set_apart, field, self.labels.scheme());
    }

    /// The cells from this one rightwards, up to a label or an answer.
    fn rightwards(&self, from: Address) -> Vec<Address> {
        let next = |at: &Address| {
            let next = self.beside(*at)?;
            (next.row == from.row && !self.is_label(next) && !self.taken.contains(&next)).then_some(next)
        };
        std::iter::successors(Some(from), next).collect()
    }

    /// The further cells of a number that has a cell for each letter, as forms have for the ID number.
    fn letters(&self, slot: &Slot) -> Vec<Address> {
        let fewest = match slot.target {
            Target::Field(Field::IdNumber) => 15,
            Target::Field(Field::Mobile) => 11,
            Target::Field(Field::Postcode) => 6,
            _ => return Vec::new(),
        };
        if slot.answer_at == slot.label_at || self.is_text() {
            return Vec::new();
        }
        let cells = self.rightwards(slot.answer_at);
        let is_letter = |at: &Address| self.text(*at).trim_matches(is_blank_character).chars().count() <= 1;
        let is_narrow = |at: &Address| self.covered(*at).first.column == self.covered(*at).last.column;
        if cells.len() < fewest || !cells.iter().all(|at| is_letter(at) && is_narrow(at)) {
            return Vec::new();
        }
        cells[1..].to_vec()
    }

    /// Finds options that are words in cells of their own without boxes, ticked in their cell, in the next one, or below.
    fn named_marks(&self, slot: &mut Slot, field: Field) {
        let is_lone_box =
            |at: Address| !self.text(at).is_empty() && self.text(at).trim_matches(is_blank_character).chars().all(marks::is_box);
        let has_box_in_words = marks::has_empty(self.text(slot.answer_at)) && !is_lone_box(slot.answer_at);
        if slot.answer_at == slot.label_at || has_box_in_words || self.is_text() {
            return;
        }
        let scheme = self.labels.scheme();
        let cells = self.rows_of_options(slot, field);
        let named: Vec<Option<(u16, bool)>> = cells.iter().map(|at| marks::named(self.text(*at), field, scheme)).collect();
        // a box, or room for a tick, right behind the label, and an option at the end: each is ticked in the cell before it
        let last = cells.iter().rposition(|at| !self.text(*at).is_empty());
        let ticked_before =
            (self.text(slot.answer_at).is_empty() || is_lone_box(slot.answer_at)) && last.is_some_and(|last| named[last].is_some());
        let mut found: Vec<Mark> = Vec::new();
        for (position, at) in cells.iter().enumerate() {
            let Some((option, own)) = named[position] else { continue };
            let beside = if ticked_before { position.checked_sub(1) } else { Some(position + 1) };
            let beside = beside.filter(|beside| cells.get(*beside).is_some_and(|cell| cell.row == at.row) && named[*beside].is_none());
            let beside = beside.map(|beside| cells[beside]);
            let ticked = own || [beside, self.below(*at)].into_iter().flatten().any(|other| marks::is_tick(self.text(other)));
            let mark = match beside.filter(|beside| ticked_before && is_lone_box(*beside)) {
                Some(place) => Mark { option: Some(option), at: place, glyph: 0..self.text(place).len(), ticked },
                None => Mark { option: Some(option), at: *at, glyph: self.text(*at).len()..self.text(*at).len(), ticked },
            };
            found.push(mark);
        }
        if found.len() < 2 || found.iter().any(|mark| !ticked_before && marks::has_empty(self.text(mark.at))) {
            return;
        }
        slot.unclear.clear();
        // words that are not all there is to choose from were written there by the person
        if found.iter().all(|mark| !mark.ticked) && found.len() < scheme.options(field).len() {
            found.iter_mut().for_each(|mark| mark.ticked = true);
        }
        slot.marks = found;
    }

    /// The cells right of the answer's, and those of the rows below that begin with a further option and have no label.
    fn rows_of_options(&self, slot: &Slot, field: Field) -> Vec<Address> {
        let mut cells = self.rightwards(slot.answer_at);
        if slot.answer_at.row != slot.label_at.row {
            return cells;
        }
        for row in (slot.answer_at.row + 1..).take(self.labels.scheme().options(field).len()) {
            let Some(first) = self.first_without_label(slot, row) else { break };
            let further = self.rightwards(first);
            // its box may stand before it
            if further.iter().take(2).all(|at| marks::named(self.text(*at), field, self.labels.scheme()).is_none()) {
                break;
            }
            cells.extend(further);
        }
        cells
    }

    /// The cell where the slot's answer may go on in this row: nothing stands left of it but the slot's own label.
    fn first_without_label(&self, slot: &Slot, row: u32) -> Option<Address> {
        let under = Address { row, ..slot.label_at };
        let is_own = self.covered(slot.label_at).contains(under) || (self.is_free(under) && self.text(under).is_empty());
        self.beside(under).filter(|first| is_own && first.row == row && self.is_free(*first))
    }

    /// The last row of the slot: that of its label, or below it of what goes on with further boxes of the choice.
    fn last_row(&self, slot: &Slot, field: Field) -> u32 {
        let mut last = self.covered(slot.label_at).last.row;
        while let Some(first) = self.first_without_label(slot, last + 1) {
            let mut further = slot_at(slot.target, CompactString::default(), slot.label_at, first, 0..self.text(first).len());
            self.find_marks(&mut further, field);
            if further.marks.is_empty() {
                break;
            }
            last += 1;
        }
        last
    }

    /// Adds the options that stand in cells of their own: right of the first of them, and in the further rows of the label.
    fn further_marks(&self, slot: &mut Slot, field: Field) {
        if slot.answer_at == slot.label_at || slot.marks.is_empty() || self.is_text() {
            return;
        }
        let rows = self.covered(slot.label_at);
        if !(rows.first.row..=rows.last.row).contains(&slot.answer_at.row) {
            return;
        }
        let rows = rows.first.row..=self.last_row(slot, field);
        for row in rows {
            let mut next = if row == slot.answer_at.row { Some(slot.answer_at) } else { self.beside(Address { row, ..slot.label_at }) };
            while let Some(at) = next {
                next = self.beside(Address { row, ..at });
                if at.row != row || at == slot.answer_at {
                    continue;
                }
                if self.is_label(at) || self.taken.contains(&at) {
                    break;
                }
                let mut further = slot_at(slot.target, CompactString::default(), slot.label_at, at, 0..self.text(at).len());
                self.find_marks(&mut further, field);
                if slot.other.is_none() && marks::is_other(self.text(at), field, self.labels.scheme()) {
                    let own = next.filter(|own| own.row == row && self.is_free(*own));
                    slot.other = own.map(|own| (own, 0..self.text(own).len())).or(further.other);
                    next = own.and_then(|own| self.beside(own));
                    continue;
                }
                if further.marks.is_empty() && !self.text(at).is_empty() {
                    break;
                }
                further.marks.retain(|mark| slot.marks.iter().all(|known| known.option != mark.option));
                slot.marks.append(&mut further.marks);
                slot.unknown.append(&mut further.unknown);
                slot.unclear.append(&mut further.unclear);
                slot.other = slot.other.take().or(further.other);
            }
        }
    }

    fn answer_cell(&self, label: Address) -> Option<Address> {
        let beside = self.beside(label).filter(|beside| !self.taken.contains(beside));
        let is_open = |below: &Address| self.is_free(*below) || (self.is_answer_below(*below) && !self.taken.contains(below));
        let below = self.below(label).filter(is_open);
        // below labels that have room behind their colons stand answers only where a whole row has no labels
        let below = below.filter(|below| !self.ends_in_colon(label) || !self.has_labels(below.row));
        match beside {
            Some(beside) if self.is_answer(beside) => Some(beside),
            Some(beside) if self.is_label(beside) => {
                below.or(Some(beside).filter(|beside| !self.has_own_place(*beside) && !self.ends_in_colon(label)))
            }
            // at the right end of labels that have their answers below them
            Some(beside) if self.text(beside).is_empty() && self.follows_label(label) => {
                below.filter(|below| !self.text(*below).is_empty()).or(Some(beside))
            }
            Some(beside) => Some(beside),
            None => below,
        }
    }

    /// Whether the cell answers the label left of it, though it reads like somebody else's label (职务: 负责人).
    fn is_answer(&self, at: Address) -> bool {
        let is_foreign = matches!(self.cells.get(&at).and_then(|meanings| meanings.first()), Some(Meaning::Foreign(_)));
        let has_label = || self.follows_label(at);
        let is_above_answers =
            || self.left(at).and_then(|left| self.below(left)).is_some_and(|below| !self.is_label(below) && !self.text(below).is_empty());
        is_foreign && has_label() && !is_above_answers()
    }

    /// Whether the cell answers the label above it, though it reads like somebody else's label: labels stand above it, and none
    /// of ours beside it.
    fn is_answer_below(&self, at: Address) -> bool {
        let is_label = |at: Address| matches!(self.cells.get(&at).map(Vec::as_slice), Some([Meaning::Label { rest: None, .. }]));
        let row = |row: u32| self.cells.range(Address { row, column: Column::FIRST }..=Address { row, column: Column::LAST });
        let is_foreign = matches!(self.cells.get(&at).map(Vec::as_slice), Some([Meaning::Foreign(_)]));
        let Some(above) = at.row.checked_sub(1).filter(|above| *above > 0) else { return false };
        let labels_above = row(above).filter(|(at, _)| is_label(**at)).count();
        let speaks = || row(at.row).any(|(_, meanings)| meanings.iter().any(|meaning| matches!(meaning, Meaning::Label { .. })));
        is_foreign && labels_above > 1 && is_label(self.covered(Address { row: above, ..at }).first) && !speaks()
    }

    /// Whether a label has its answer in its own cell (性别：男), and so is nobody's answer.
    fn has_own_place(&self, at: Address) -> bool {
        let meanings = self.cells.get(&at).map(Vec::as_slice).unwrap_or_default();
        meanings.len() > 1 || matches!(meanings, [Meaning::Label { rest: Some(_), .. }]) || self.ends_in_colon(at)
    }

    fn has_labels(&self, row: u32) -> bool {
        self.cells.range(Address { row, column: Column::FIRST }..=Address { row, column: Column::LAST }).next().is_some()
    }

    fn ends_in_colon(&self, at: Address) -> bool {
        self.text(at).trim_end_matches(|c| is_blank_character(c) || c == '_').ends_with(['：', ':'])
    }

    /// Whether the cell is neither a label nor an answer already.
    fn is_free(&self, at: Address) -> bool {
        !self.is_label(at) && !self.taken.contains(&at)
    }

    fn is_label(&self, at: Address) -> bool {
        self.cells.contains_key(&at)
    }

    fn text(&self, at: Address) -> &str {
        self.grid.cell(at).map_or("", |cell| cell.text)
    }

    /// Whether the grid is lines of text, one below the other.
    fn is_text(&self) -> bool {
        is_text(self.grid, self.edge)
    }

    /// Whether the cell left of this one is a label that has no answer in its own cell.
    fn follows_label(&self, at: Address) -> bool {
        self.left(at)
            .and_then(|left| self.cells.get(&left))
            .is_some_and(|meanings| matches!(meanings[..], [Meaning::Label { rest: None, .. }]))
    }

    /// The cell left of this one, by its top left corner.
    fn left(&self, at: Address) -> Option<Address> {
        let column = Column::new(at.column.number() - 1)?;
        Some(self.covered(Address { row: at.row, column }).first)
    }

    /// The rectangle the cell belongs to.
    fn covered(&self, at: Address) -> Merge {
        let first = |row: u32| {
            let end = self.merges.partition_point(|merge| (merge.first.row, merge.first.column) <= (row, at.column));
            let merge = self.merges.get(end.checked_sub(1)?)?;
            (merge.first.row == row && merge.contains(at)).then_some(*merge)
        };
        let mut rows = (0..self.tallest).map_while(|up| at.row.checked_sub(up));
        rows.find_map(first).unwrap_or(Merge { first: at, last: at })
    }

    /// The cell right of this one, by its top left corner.
    fn beside(&self, at: Address) -> Option<Address> {
        let column = self.covered(at).last.column.right(1).filter(|column| *column <= self.edge)?;
        Some(self.covered(Address { row: at.row, column }).first)
    }

    /// The cell right below this one, if it begins in the same column: a wider one belongs to another label.
    fn below(&self, at: Address) -> Option<Address> {
        let row = self.covered(at).last.row.checked_add(1)?;
        if self.grid.last_row.is_some_and(|last| row > last) {
            return None;
        }
        let below = Address::new(row, at.column.number())?;
        Some(below).filter(|below| self.covered(*below).first == *below)
    }
}
