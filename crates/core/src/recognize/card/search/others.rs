//! Rows that go on with another person: 紧急联系人 | 王五 in a row, and 工作单位 or 联系电话 in the one below.

use super::Search;
use crate::address::{Address, Column};
use crate::recognize::Target;
use crate::recognize::card::label::Meaning;
use crate::recognize::labels::Owner;
use crate::text::fold_label;

/// Who lives with somebody or is to be called for them: where they work is asked right below them.
const CLOSE: [&str; 17] = [
    "配偶",
    "爱人",
    "丈夫",
    "妻子",
    "父",
    "母",
    "子女",
    "儿子",
    "女儿",
    "亲属",
    "家属",
    "家庭成员",
    "家长",
    "监护人",
    "紧急联系人",
    "紧急联络人",
    "应急联系人",
];

/// Most rows that go on with another person.
const MOST: u32 = 3;

impl Search<'_> {
    /// The rows below one that names another person and nothing else, as far as they begin with how to reach somebody or where
    /// somebody works. Of an 介绍人 and the like, those alone that the form asks for once more further down.
    pub(super) fn rows_behind_others(&self) -> Vec<u32> {
        let names = self.cells.iter().filter(|(at, meanings)| {
            matches!(meanings[..], [Meaning::Foreign(Owner::Person) | Meaning::ForeignWith(Owner::Person, ..)])
                && at.column == Column::FIRST
                && !self.is_answer(**at)
                && !self.is_answer_below(**at)
                && self.labels_in(at.row).count() == 1
        });
        let mut found = Vec::new();
        for (at, _) in names {
            let is_close = CLOSE.iter().any(|word| fold_label(self.text(*at)).starts_with(word));
            let below = self.covered(*at).last.row + 1;
            found.extend((below..below + MOST).take_while(|row| self.goes_on(*row, is_close)));
        }
        found
    }

    /// Whether the first label of this row asks what may be asked of another person; of one who is not close, whether the form
    /// asks the same again below.
    fn goes_on(&self, row: u32, is_close: bool) -> bool {
        let Some((at, targets)) = self.labels_in(row).next() else { return false };
        let asked = targets.iter().copied().filter(|target| target.is_asked_of_others());
        let again = || {
            let below = self.cells.range(Address { row: row + 1, column: Column::FIRST }..);
            let mut later = below.flat_map(|(_, meanings)| meanings).filter_map(|meaning| match meaning {
                Meaning::Label { targets, .. } => Some(targets),
                Meaning::Foreign(_) | Meaning::ForeignWith(..) | Meaning::Unclaimed(..) => None,
            });
            later.any(|later| targets.iter().any(|target| later.contains(target)))
        };
        at.column == Column::FIRST && asked.count() == targets.len() && !targets.is_empty() && (is_close || again())
    }

    /// The labels of a row with what they may ask for, from the left; nothing of those of others.
    fn labels_in(&self, row: u32) -> impl Iterator<Item = (Address, &[Target])> {
        let row = self.cells.range(Address { row, column: Column::FIRST }..=Address { row, column: Column::LAST });
        row.flat_map(|(at, meanings)| {
            meanings.iter().map(|meaning| match meaning {
                Meaning::Label { targets, .. } => (*at, targets.as_slice()),
                Meaning::Foreign(_) | Meaning::ForeignWith(..) | Meaning::Unclaimed(..) => (*at, &[][..]),
            })
        })
    }
}
