//! Lists that stand side by side below one heading, 序号 | 姓名 | 手机 | 序号 | 姓名 | 手机: which person stands in which of them.

use mingce_core::address::Column;
use mingce_core::recognize::{Table, TableColumn, Target};
use mingce_ooxml::sheet::Sheet;

use crate::blank::Columns;

/// The lists of a roster; mostly there is one.
#[derive(Debug, Clone)]
pub(super) struct Lists {
    /// The first column of each, from the left.
    starts: Vec<Column>,
    /// Whether people go on in the next list before they go on in the next line, as the printed numbers do.
    is_across: bool,
}

impl Lists {
    /// The lists beside this table that ask for the same below the same heading, and the table with the columns of them all.
    pub(super) fn of(mut table: Table, others: &[Table]) -> (Self, Table) {
        let asked = |columns: &[TableColumn]| -> Vec<Target> {
            columns.iter().map(|column| column.target).filter(|target| *target != Target::Unclaimed).collect()
        };
        let own = asked(&table.columns);
        let is_beside =
            |other: &&Table| other.heading == table.heading && other.range.start() > table.range.end() && asked(&other.columns) == own;
        let beside: Vec<&Table> = others.iter().filter(is_beside).collect();
        let starts = std::iter::once(*table.range.start()).chain(beside.iter().map(|other| *other.range.start())).collect();
        let columns: Vec<TableColumn> = beside.iter().flat_map(|other| other.columns.iter().cloned()).collect();
        table.columns.extend(columns);
        (Self { starts, is_across: false }, table)
    }

    /// Looks at the numbers that are printed in the first line.
    pub(super) fn follow_numbers(&mut self, sheet: &Sheet, first: Option<u32>, columns: &Columns) {
        let Some(row) = first.and_then(|row| sheet.row(row)) else { return };
        let numbers: Vec<u32> =
            row.cells.iter().filter(|cell| columns.is_seq(cell.at.column)).filter_map(|cell| cell.text.trim().parse().ok()).collect();
        self.is_across = matches!(numbers[..], [first, second, ..] if second == first + 1);
    }

    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// Which list a column belongs to, counted from 0.
    pub(super) fn at(&self, column: Column) -> usize {
        self.starts.partition_point(|start| *start <= column).saturating_sub(1)
    }

    /// Which of the people stands in this line of a list, where each list has so many lines; all are counted from 0.
    pub(super) fn person(&self, list: usize, line: usize, lines: usize) -> usize {
        if self.is_across { line * self.count() + list } else { list * lines + line }
    }

    /// Whether the numbers that are printed in a list are wrong where lines were added.
    pub(super) fn is_renumbered(&self, list: usize, added: u32) -> bool {
        list > 0 && added > 0 && !self.is_across
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_go_down_the_lists_or_across_them() {
        let starts: Vec<Column> = [1, 4].into_iter().filter_map(Column::new).collect();
        for (is_across, expected) in [(false, [[0, 10], [1, 11]]), (true, [[0, 1], [2, 3]])] {
            let lists = Lists { starts: starts.clone(), is_across };
            let people = [0, 1].map(|line| [0, 1].map(|list| lists.person(list, line, 10)));
            assert_eq!(people, expected);
        }
        let lists = Lists { starts, is_across: false };
        let at: Vec<usize> = [1, 3, 4, 9].into_iter().filter_map(Column::new).map(|column| lists.at(column)).collect();
        assert_eq!(at, [0, 0, 1, 1]);
    }
}
