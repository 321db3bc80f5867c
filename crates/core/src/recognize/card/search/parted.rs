//! Labels and names whose letters stand in cells of their own: 姓 | 张 | 名 | 三, and 性 | 别 | 男.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;

use super::{Meaning, asks_for_name};
use crate::address::Address;
use crate::grid::{Grid, Row};
use crate::recognize::Target;
use crate::recognize::card::coloned::STRANGERS;
use crate::recognize::card::label::{Word, is_han, word};
use crate::recognize::labels::{Labels, Owner};
use crate::scheme::Field;
use crate::text::{fold_label, is_blank_character};

/// Longest part of a name, in characters.
const LONGEST_PART: usize = 4;

/// What is put together from the cells of a grid.
#[derive(Debug, Default)]
pub(super) struct Parted {
    /// Cells that are part of a label or ask for the given name, and nothing by themselves.
    pub(super) parts: BTreeSet<Address>,
    /// The whole words of labels of which the last part stands in this cell.
    pub(super) words: BTreeMap<Address, CompactString>,
    /// For the label of a surname, the cell of the given name.
    pub(super) given: BTreeMap<Address, Address>,
}

/// Finds what is to be put together, and says in `cells` what it asks for.
pub(super) fn find(grid: &Grid, labels: &Labels<'_>, cells: &mut BTreeMap<Address, Vec<Meaning>>) -> Parted {
    let mut parted = Parted::default();
    for row in grid.rows() {
        let mut said =
            row.cells().filter(|cell| !cell.text.chars().all(is_blank_character)).map(|cell| (cell.column, cell.text)).peekable();
        while let Some((column, text)) = said.next() {
            let Some((next, behind)) = said.peek().copied() else { break };
            let [at, next] = [column, next].map(|column| Address { row: row.number(), column });
            if let Some(whole) = of_two_cells(labels, text, behind) {
                cells.remove(&at);
                cells.insert(next, vec![whole.1]);
                parted.parts.insert(at);
                parted.words.insert(next, whole.0);
            }
        }
        surname(&row, cells, &mut parted);
    }
    parted
}

/// The label whose first part is one cell and whose last is the next one: 性 | 别, 身份证 | 号码; nobody's too, where many forms
/// ask for it: 民 | 族.
fn of_two_cells(labels: &Labels<'_>, first: &str, last: &str) -> Option<(CompactString, Meaning)> {
    /// Second parts that are nobody's answer.
    const ENDINGS: [&str; 7] = ["号码", "年月", "日期", "面貌", "邮件", "邮箱", "意向"];
    let behind = last;
    let [first, last] = [first, last].map(|part| part.trim_matches(|c| is_blank_character(c) || matches!(c, '：' | ':')));
    let is_letter = |part: &str| part.chars().count() == 1 && part.chars().all(is_han);
    let is_short = first.chars().count() <= LONGEST_PART && first.chars().all(is_han);
    let is_parted = (is_letter(first) && is_letter(last)) || (is_short && ENDINGS.contains(&last));
    if !is_parted {
        return None;
    }
    let whole = CompactString::from(format!("{first}{last}"));
    let meaning = match word(labels, &whole) {
        Some(Word::Label(targets)) => whole_label(targets, behind),
        Some(Word::Foreign(Owner::LookAlike)) => Meaning::Foreign(Owner::LookAlike),
        None if STRANGERS.contains(&whole.as_str()) => Meaning::Foreign(Owner::LookAlike),
        Some(Word::Foreign(_)) | None => return None,
    };
    Some((whole, meaning))
}

fn whole_label(targets: Vec<Target>, last: &str) -> Meaning {
    Meaning::Label { targets, words: 0..last.len(), rest: None }
}

/// The name of a row that asks for surname and given name apart, where both are there.
fn surname(row: &Row<'_>, cells: &mut BTreeMap<Address, Vec<Meaning>>, parted: &mut Parted) {
    let said: Vec<(Address, &str)> = row
        .cells()
        .filter(|cell| !cell.text.chars().all(is_blank_character))
        .map(|cell| (Address { row: row.number(), column: cell.column }, cell.text))
        .take(8)
        .collect();
    let is_part = |text: &str| text.trim().chars().count() <= LONGEST_PART && text.trim().chars().all(is_han);
    for four in said.windows(4) {
        let [(at, surname), (_, first), (given_at, given), (answer_at, last)] = four else { continue };
        let asks = matches!(fold_label(surname).as_str(), "姓" | "姓氏") && matches!(fold_label(given).as_str(), "名" | "名字");
        let is_asked_before = || cells.iter().any(|(other, meanings)| other != given_at && asks_for_name(meanings));
        if asks && is_part(first) && is_part(last) && !is_asked_before() {
            cells.remove(given_at);
            cells.insert(*at, vec![whole_label(vec![Target::Field(Field::Name)], surname)]);
            parted.parts.insert(*given_at);
            parted.words.insert(*at, "姓名".into());
            parted.given.insert(*at, *answer_at);
        }
    }
}
