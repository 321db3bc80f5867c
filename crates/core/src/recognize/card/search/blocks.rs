//! Forms that stand beside each other on one sheet, and the columns of each.

use std::ops::RangeInclusive;

use super::{Search, asks_for_name};
use crate::address::{Address, Column};

impl Search<'_> {
    /// The columns of forms that stand beside each other: each has the label of a name in one row, and begins as far left of it as the
    /// first one does.
    pub(super) fn blocks(&self) -> Vec<RangeInclusive<Column>> {
        let is_own = |at: &Address| !self.is_foreign(*at);
        let names: Vec<Address> =
            self.cells.iter().filter(|(at, meanings)| asks_for_name(meanings) && is_own(at)).map(|(at, _)| *at).collect();
        let names: Vec<Address> = names.into_iter().filter(|at| !self.is_over_labels(*at)).collect();
        let Some(first) = names.first() else { return vec![Column::FIRST..=self.edge] };
        let further: Vec<u16> =
            names.iter().filter(|at| at.row == first.row && at.column > first.column).map(|at| at.column.number()).collect();
        let lead = self.lead(*first, &further);
        let further = further.iter().filter_map(|name| Column::new(name.checked_sub(lead)?));
        let starts: Vec<Column> = std::iter::once(Column::FIRST).chain(further).collect();
        let before = |column: Column| Column::new(column.number() - 1).unwrap_or(Column::FIRST);
        let ends = starts.iter().skip(1).map(|start| before(*start)).chain([self.edge]);
        starts.iter().zip(ends).map(|(start, end)| *start..=end).collect()
    }

    /// How many columns left of the name a form begins: where the first of them has a label that all others have as far left of
    /// theirs. 0 where they begin with the name.
    fn lead(&self, first: Address, further: &[u16]) -> u16 {
        let name = first.column.number();
        let before = |at: &Address| at.column < first.column;
        let is_everywhere = |at: &Address| {
            let lead = name - at.column.number();
            let text = self.text(*at).trim();
            let same = |other: &u16| {
                let column = other.checked_sub(lead).and_then(Column::new);
                column.is_some_and(|column| self.text(Address { column, ..*at }).trim() == text)
            };
            further.iter().zip(std::iter::once(&name).chain(further)).all(|(other, last)| other - lead > *last && same(other))
        };
        let labels = self.cells.keys().filter(|at| before(at) && is_everywhere(at));
        let Some(label) = labels.map(|at| at.column.number()).min().filter(|_| !further.is_empty()) else { return 0 };
        // words over several rows (基本情况) and titles may stand further left
        let words = self.grid.rows().flat_map(|row| row.cells().map(move |cell| Address { row: row.number(), column: cell.column }));
        let first = words.filter(|at| at.column.number() < label && is_everywhere(at)).map(|at| at.column.number()).min();
        name - first.unwrap_or(label)
    }
}
