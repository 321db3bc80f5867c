//! Labels behind another person: rows that go on with one (紧急联系人 | 王五 in a row, and 工作单位 or 联系电话 in the one below), and
//! what is the person's own all the same.

use std::collections::BTreeSet;

use super::Search;
use crate::address::{Address, Column};
use crate::recognize::Target;
use crate::recognize::card::label::Meaning;
use crate::recognize::labels::Owner;
use crate::scheme::Field;
use crate::text::fold_label;

/// Who lives with somebody or is to be called for them: where they work is asked right below them.
const CLOSE: [&str; 17] = [
    "配偶", "爱人", "丈夫", "妻子", "父", "母", "子女", "儿子", "女儿", "亲属", "家属", "家庭成员", "家长", "监护人", "紧急联系人",
    "紧急联络人", "应急联系人",
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

    /// The labels behind one of another person in its row that ask for the person's own, because the form asks for the same nowhere
    /// else: 工作单位 behind an 介绍人 with his name, and anything but a telephone behind how to reach somebody.
    pub(super) fn own_behind_others(&self) -> BTreeSet<Address> {
        let of_labels = self.cells.iter().filter(|(at, _)| !self.is_foreign(**at)).flat_map(|(_, meanings)| meanings);
        let asked: BTreeSet<Field> = of_labels
            .flat_map(|meaning| match meaning {
                Meaning::Label { targets, .. } => targets.as_slice(),
                Meaning::Foreign(_) | Meaning::ForeignWith(..) | Meaning::Unclaimed(..) => &[],
            })
            .flat_map(|target| target.answered().iter().copied())
            .collect();
        let mut own = BTreeSet::new();
        for (other, _) in self.cells.iter().filter(|(at, _)| self.owner(**at) == Some(Owner::Person) && !self.is_in_lists(**at)) {
            let is_close = CLOSE.iter().any(|word| fold_label(self.text(*other)).starts_with(word));
            let mut is_reached = fold_label(self.text(*other)).ends_with(['话', '机', '码', '式']);
            let behind = self.cells.range(*other..=Address { column: Column::LAST, ..*other }).map(|(at, _)| *at).skip(1);
            for (at, targets) in behind.map(|at| (at, self.targets_at(at))) {
                let is_phone = targets.iter().any(|target| matches!(target.answered(), [Field::Mobile | Field::Phone]));
                let is_of_post = targets.iter().all(|target| target.is_asked_of_others());
                let is_new = !targets.is_empty() && !targets.iter().flat_map(|target| target.answered()).any(|field| asked.contains(field));
                if is_new && ((is_reached && !is_phone) || (!is_close && is_of_post)) {
                    own.insert(at);
                }
                is_reached |= is_phone;
            }
        }
        own
    }

    /// Whether the cell stands in a row of a list inside the form.
    fn is_in_lists(&self, at: Address) -> bool {
        self.lists.iter().any(|list| self.is_beside_list(list, at))
    }

    /// What the only label of a cell may ask for; nothing of a label with its answer in the same cell.
    fn targets_at(&self, at: Address) -> &[Target] {
        match self.cells.get(&at).map(Vec::as_slice) {
            Some([Meaning::Label { targets, rest: None, .. }]) => targets,
            _ => &[],
        }
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
