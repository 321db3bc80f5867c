//! The search for the labels and answers of the forms in one grid.
//!
//! Here it is told what is gone through, and from where. What a cell with a label gives is told in `search/visit.rs`, where
//! the answer to one stands in `search/answer.rs`, the boxes of a choice in `search/options.rs`, and which cell is next to
//! which in `search/layout.rs`.

mod answer;
mod blocks;
mod headings;
mod layout;
mod leading;
mod lists;
mod named;
mod nobodys;
mod notes;
mod offers;
mod options;
mod others;
mod parted;
mod pieces;
mod remarks;
mod rest;
mod unlabelled;
mod visit;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};

use compact_str::CompactString;

use super::label::{self, Meaning};
use super::{Card, FEWEST_LABELS, Slot, Stranger, enclosed, marks};
use crate::address::{Address, Column};
use crate::grid::{Grid, Merge};
use crate::recognize::Target;
use crate::recognize::labels::{Labels, Owner};
use crate::scheme::Field;
use crate::text::is_blank_character;
use layout::{edge, is_text, merges};
use lists::Lines;
use parted::Parted;
pub(crate) use rest::{Before, Whose};
pub(super) use rest::{Words, rest};

/// A grid without a label in so many cells is no form.
pub(super) const SEARCHED_CELLS: usize = 200_000;

/// A grid with more labels than this is no pile of forms, which would be twelve thousand on one sheet, but a word repeated:
/// each label costs a kilobyte to look around, and a file of 2 KB can repeat one twenty million times.
const SEARCHED_LABELS: usize = 300_000;

/// The forms of a grid and parts of forms, from the top; the first may go on with a form of the grid before.
///
/// The words in the cells `over` head tables inside these cells, which ask for something themselves.
pub(super) fn pieces(grid: &Grid, labels: &Labels<'_>, over: &BTreeSet<Address>) -> Vec<Card> {
    let mut cells = meanings(grid, labels);
    let cellwise = OnceCell::new();
    let cellwise = || cellwise.get_or_init(|| Search::new(grid, labels, BTreeMap::new()));
    cells.extend(enclosed::meanings(grid, labels, |at| cellwise().has_room_beside(at)));
    cells.retain(|at, meanings| !over.contains(at) || !is_lone_question(meanings));
    if cells.is_empty() && !nobodys::are_answers(grid, labels, edge(grid)) {
        return Vec::new();
    }
    let cards = Search::new(grid, labels, cells.clone()).cards();
    let asked = |cards: &[Card]| cards.iter().map(|card| card.slots.len()).sum::<usize>();
    let answered = |cards: &[Card]| cards.iter().flat_map(|card| &card.slots).filter(|slot| is_answered(slot, grid)).count();
    let passed_by = layout::empty_columns(grid);
    if asked(&cards) < FEWEST_LABELS || passed_by.is_empty() || is_text(grid, edge(grid)) || answered(&cards) > 0 {
        return cards;
    }
    // nothing stands beside the labels: perhaps every answer stands one empty column further
    let further = Search { passed_by, ..Search::new(grid, labels, cells) }.cards();
    let is_said = answered(&further) >= FEWEST_LABELS && further.iter().flat_map(|card| &card.slots).any(|slot| is_data(slot, grid));
    if asked(&further) == asked(&cards) && is_said { further } else { cards }
}

/// Whether a number, a tick or the word for a sex stands in the slot, as no label is (民族, 籍贯).
fn is_data(slot: &Slot, grid: &Grid) -> bool {
    let text = grid.cell(slot.answer_at).and_then(|cell| cell.text.get(slot.place.clone())).unwrap_or("");
    text.contains(|c: char| c.is_ascii_digit()) || matches!(text.trim(), "男" | "女") || slot.marks.iter().any(|mark| mark.ticked)
}

/// Whether the grid is lines of text, one below the other.
pub(in crate::recognize) fn is_lines(grid: &Grid) -> bool {
    is_text(grid, edge(grid))
}

/// Whether nothing of ours asks for something in a grid.
pub(super) fn is_without_labels(grid: &Grid, labels: &Labels<'_>) -> bool {
    !meanings(grid, labels).values().flatten().any(|meaning| matches!(meaning, Meaning::Label { .. }))
}

/// Whether a cell says no more than a label for an answer in words.
fn is_lone_question(meanings: &[Meaning]) -> bool {
    let is_long = |target: &Target| target.field().is_some_and(|field| field.is_choice() || field == Field::Experience);
    matches!(meanings, [Meaning::Label { rest: None, targets, .. }] if !targets.iter().any(is_long))
}

/// Whether something is written or ticked in the slot.
pub(super) fn is_answered(slot: &Slot, grid: &Grid) -> bool {
    let text = grid.cell(slot.answer_at).and_then(|cell| cell.text.get(slot.place.clone())).unwrap_or("");
    let is_blank = |c: char| is_blank_character(c) || matches!(c, '_' | '＿') || marks::is_box(c);
    match slot.marks.is_empty() {
        true => slot.target != Target::Field(Field::Photo) && !text.chars().all(is_blank),
        false => slot.marks.iter().any(|mark| mark.ticked),
    }
}

impl Search<'_> {
    /// The forms of the grid and parts of forms, from the top.
    fn cards(mut self) -> Vec<Card> {
        self.leave_answers();
        self.leave_notes();
        self.leave_said_again();
        self.take_offers();
        if !self.is_text() && !self.cells.is_empty() {
            self.parted = parted::find(self.grid, self.labels, &mut self.cells);
            self.taken.extend(self.parted.parts.iter().copied());
            self.are_over_answers = self.find_over_answers();
            self.is_data_below = self.find_data_below();
        }
        let mut cards = vec![Card::default()];
        for block in self.find_others() {
            self.edge = *block.end();
            // every block has a name of its own
            if cards.last().is_some_and(|card| !card.slots.is_empty()) {
                cards.push(Card::default());
            }
            for row in self.grid.rows() {
                for cell in row.cells_in(&block) {
                    self.visit(Address { row: row.number(), column: cell.column }, cell.text, &mut cards);
                }
            }
        }
        leading::part(&mut cards);
        for card in &mut cards {
            card.unclaimed.retain(|(at, _)| !self.taken.contains(at));
            enclosed::leave_brackets(card, self.grid);
            settle_phones(card, self.grid);
            remarks::keep(card, self.grid, self.labels.scheme());
        }
        cards
    }
}

/// The answer of a slot in a grid without labels that stands in the answer's cell.
pub(super) fn answer_inside(grid: &Grid, labels: &Labels<'_>, slot: &Slot) -> Option<Slot> {
    let cells = is_without_labels(grid, labels).then(|| meanings(grid, labels))?;
    Search::new(grid, labels, cells).answer_inside(slot)
}

fn asks_for_name(meanings: &[Meaning]) -> bool {
    meanings
        .iter()
        .any(|meaning| matches!(meaning, Meaning::Label { targets, .. } if targets.iter().any(|target| target.asks_for(Field::Name))))
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
        if found.len() > SEARCHED_LABELS {
            return BTreeMap::new();
        }
    }
    if !is_line {
        found.extend(over_their_answers(grid, labels, &found));
    }
    settle_halves(grid, labels, &mut found);
    found
}

/// Lets a label for two answers (现任职务) ask for the second of them where another label asks for the first (工作单位).
fn settle_halves(grid: &Grid, labels: &Labels<'_>, found: &mut BTreeMap<Address, Vec<Meaning>>) {
    let asked: BTreeSet<Field> = found.values().flatten().filter_map(sole_field).collect();
    for (at, meanings) in found.iter_mut() {
        for meaning in meanings {
            let Meaning::Label { targets, words, .. } = meaning else { continue };
            let text = grid.cell(*at).and_then(|cell| cell.text.get(words.clone())).unwrap_or("");
            targets.iter_mut().for_each(|target| *target = labels.half_of(*target, text, |field| asked.contains(&field)));
        }
    }
}

/// The field that a label asks for, where it can be no other.
fn sole_field(meaning: &Meaning) -> Option<Field> {
    match meaning {
        Meaning::Label { targets, .. } => match targets[..] {
            [Target::Field(field)] => Some(field),
            _ => None,
        },
        Meaning::Foreign(_) | Meaning::ForeignWith(..) | Meaning::Unclaimed(..) => None,
    }
}

/// The cells that have a label on their first line and its answer below, where that is how the form is laid out: several
/// have, and more than there are labels with nothing behind them.
fn over_their_answers(grid: &Grid, labels: &Labels<'_>, found: &BTreeMap<Address, Vec<Meaning>>) -> Vec<(Address, Vec<Meaning>)> {
    let lone = found.values().filter(|meanings| matches!(meanings[..], [Meaning::Label { rest: None, .. }])).count();
    let cells = grid.rows().flat_map(|row| row.cells().map(move |cell| (Address { row: row.number(), column: cell.column }, cell.text)));
    let free = cells.take(SEARCHED_CELLS).filter(|(at, _)| !found.contains_key(at));
    let over: Vec<(Address, Vec<Meaning>)> =
        free.filter_map(|(at, text)| Some((at, vec![label::over_its_answer(labels, text)?]))).collect();
    let asked = over.iter().filter(|(_, meanings)| matches!(meanings[..], [Meaning::Label { .. }])).count();
    if asked >= FEWEST_LABELS && asked > lone { over } else { Vec::new() }
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
    let Some(answer) = text.get(place.clone()) else { return };
    if !answer.chars().all(|c| is_line(c) || marks::is_box(c)) {
        let start = place.start + answer.len() - answer.trim_start_matches(is_line).len();
        let place = start..start + answer.trim_matches(is_line).len();
        card.strangers.push(Stranger { label: label.trim().into(), label_at, answer_at, place });
    }
}

/// A slot of which only the place is known.
pub(in crate::recognize) fn slot_at(
    target: Target,
    label: CompactString,
    label_at: Address,
    answer_at: Address,
    place: Range<usize>,
) -> Slot {
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
        said: Vec::new(),
        left_unstruck: false,
        is_left_without_box: false,
        has_lost_boxes: false,
        all_set_apart: false,
        is_taken_back: false,
    }
}

/// One search over a grid.
struct Search<'a> {
    grid: &'a Grid,
    labels: &'a Labels<'a>,
    edge: Column,
    /// Columns in which nothing stands at all, where answers stand beyond them.
    passed_by: BTreeSet<Column>,
    merges: Vec<Merge>,
    /// How many rows the tallest of them has.
    tallest: u32,
    /// Cells that are answers already, and so no labels.
    taken: BTreeSet<Address>,
    /// Cells in a column of remarks beside the answers, each with its heading.
    remarks: BTreeMap<Address, Address>,
    cells: BTreeMap<Address, Vec<Meaning>>,
    /// The columns of the forms that stand beside each other.
    abreast: Vec<RangeInclusive<Column>>,
    /// The parts of rows that speak of other people.
    foreign: BTreeMap<u32, Vec<RangeInclusive<Column>>>,
    /// Labels in such rows that ask for the person's own all the same.
    own: BTreeSet<Address>,
    /// What is put together from several cells.
    parted: Parted,
    /// Whether more labels of the grid stand over their answers than beside them.
    are_over_answers: bool,
    /// Whether a number or the word for a sex stands right below a label.
    is_data_below: bool,
    /// The lists inside the form.
    lists: Vec<Lines>,
    /// Whether the grid is lines of a form's that ask for nothing of ours, as a text box may hold.
    is_of_nobody: bool,
}

impl<'a> Search<'a> {
    fn new(grid: &'a Grid, labels: &'a Labels<'a>, cells: BTreeMap<Address, Vec<Meaning>>) -> Self {
        let merges = merges(grid);
        let tallest = merges.iter().map(|merge| merge.last.row - merge.first.row + 1).max().unwrap_or(0);
        Self {
            grid,
            labels,
            edge: edge(grid),
            passed_by: BTreeSet::new(),
            merges,
            tallest,
            taken: BTreeSet::new(),
            remarks: BTreeMap::new(),
            is_of_nobody: nobodys::are_answers(grid, labels, edge(grid)),
            cells,
            abreast: vec![Column::FIRST..=Column::LAST],
            foreign: BTreeMap::new(),
            own: BTreeSet::new(),
            lists: Vec::new(),
            parted: Parted::default(),
            are_over_answers: false,
            is_data_below: false,
        }
    }

    /// Leaves the cells beside a label that asks for them alone, where they only seem to begin with a label of nobody
    /// (志愿服务经历 | 长塘村：会计 手机：…) or say what is to be put there (姓名 | 请填写姓名).
    fn leave_answers(&mut self) {
        let begins = |meanings: &[Meaning]| matches!(meanings.first(), Some(Meaning::Unclaimed(..)));
        let is_answer =
            |at: Address, meanings: &[Meaning]| (begins(meanings) && self.follows_label(at)) || self.is_invitation(at, meanings);
        let answers: Vec<Address> = self.cells.iter().filter(|(at, meanings)| is_answer(**at, meanings)).map(|(at, _)| *at).collect();
        self.cells.retain(|at, _| !answers.contains(at));
    }

    /// Whether the cell bids somebody to write what the label left of it asks for.
    fn is_invitation(&self, at: Address, meanings: &[Meaning]) -> bool {
        const BEGINNINGS: [&str; 5] = ["请", "填写", "输入", "在此", "点击"];
        let text = self.text(at).trim_start_matches(|c| is_blank_character(c) || matches!(c, '（' | '(' | '【' | '['));
        let [Meaning::Label { targets, .. }] = meanings else { return false };
        let label = self.left(at).and_then(|left| self.cells.get(&left)).map(Vec::as_slice);
        BEGINNINGS.iter().any(|beginning| text.starts_with(beginning))
            && matches!(label, Some([Meaning::Label { targets: asked, rest: None, .. }]) if asked.iter().any(|target| targets.contains(target)))
    }

    /// Finds what speaks of other people, and the columns of the forms: what one of them says of others says nothing of the next.
    fn find_others(&mut self) -> Vec<RangeInclusive<Column>> {
        self.lists = self.find_lists();
        self.find_foreign();
        let blocks = self.blocks();
        if blocks.len() > 1 {
            self.abreast.clone_from(&blocks);
            self.lists = self.find_lists();
            self.find_foreign();
        }
        blocks
    }

    /// Marks the rows that speak of other people: behind a label of theirs, beside one that is merged down over them, and
    /// all of a list of relatives.
    fn find_foreign(&mut self) {
        let owned = self.cells.iter().filter_map(|(at, meanings)| match meanings.first() {
            Some(Meaning::Foreign(owner) | Meaning::ForeignWith(owner, ..)) if !self.is_answer(*at) && !self.is_answer_below(*at) => {
                Some((*at, *owner))
            }
            _ => None,
        });
        let mut foreign: BTreeMap<u32, Vec<RangeInclusive<Column>>> = BTreeMap::new();
        for (at, owner) in owned {
            let (covered, form) = (self.covered(at), self.form_at(at.column));
            let from = if owner == Owner::Relatives { *form.start() } else { at.column };
            let rows = match owner {
                Owner::LookAlike => continue,
                Owner::Office if covered.first.row == covered.last.row => continue,
                Owner::Office | Owner::Person | Owner::Relatives => covered.first.row..=covered.last.row,
            };
            for row in rows {
                foreign.entry(row).or_default().push(from..=*form.end());
            }
        }
        let of_office = self.rows_of_the_office().map(|row| (row, Column::FIRST..=Column::LAST));
        let of_spans = self.spans().into_iter().map(|span| (span.row, self.form_at(span.column)));
        let of_lists = self.lists.iter().flat_map(|list| list.rows().map(|row| (row, self.form_at(list.from))));
        let of_others = self.rows_behind_others().into_iter().map(|row| (row, self.form_at(Column::FIRST)));
        for (row, columns) in of_office.chain(of_spans).chain(of_lists).chain(of_others) {
            foreign.entry(row).or_default().push(columns);
        }
        self.foreign = foreign;
        self.own = self.own_behind_others();
    }

    /// The columns of the form that this column belongs to.
    fn form_at(&self, column: Column) -> RangeInclusive<Column> {
        let own = self.abreast.iter().find(|columns| columns.contains(&column));
        own.cloned().unwrap_or(Column::FIRST..=Column::LAST)
    }

    /// Whether the row speaks of others there.
    fn is_foreign(&self, at: Address) -> bool {
        self.foreign.get(&at.row).is_some_and(|parts| parts.iter().any(|columns| columns.contains(&at.column)))
    }
}
