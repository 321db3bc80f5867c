//! Rows that are one line of a table, although they are several: 姓名 merged down over two of them, two telephones beside it.

use std::collections::BTreeMap;

use super::{Cell, Grid, GridBuilder, GridFull, Kind, StruckOut};
use crate::address::{Address, Column};

/// What parts texts of one column that stood in several rows.
const BETWEEN: &str = "\n";

/// The cells of a line that is being put together.
type Line<'g> = BTreeMap<Column, Vec<(u32, Cell<'g>)>>;

impl Grid {
    /// This grid with the cells of some rows taken up into rows above them: `taken` holds each such row with the one it becomes
    /// part of. Texts of one column are put below each other, the same text once; nothing is left of the rows themselves but
    /// their numbers, in [`taken_up`](Self::taken_up).
    ///
    /// # Errors
    /// [`GridFull`] when text or cells outgrow the grid.
    pub fn with_rows_taken_up(mut self, taken: BTreeMap<u32, u32>) -> Result<Self, GridFull> {
        let mut old = Self::builder(self.origin).finish();
        std::mem::swap(&mut old.rows, &mut self.rows);
        std::mem::swap(&mut old.cells, &mut self.cells);
        std::mem::swap(&mut old.text, &mut self.text);
        self.has_crossed = false;
        let target = |row: u32| taken.get(&row).copied().unwrap_or(row);
        let mut builder = GridBuilder::of(self);
        let mut moved: BTreeMap<Address, Option<(Address, usize)>> = BTreeMap::new();
        let mut rows = old.rows().peekable();
        while let Some(row) = rows.next() {
            let mut hidden = row.is_hidden();
            let mut line: Line<'_> = row.cells().map(|cell| (cell.column, vec![(row.number(), cell)])).collect();
            while let Some(below) = rows.next_if(|below| taken.get(&below.number()) == Some(&row.number())) {
                hidden |= below.is_hidden();
                below.cells().for_each(|cell| line.entry(cell.column).or_default().push((below.number(), cell)));
            }
            builder.start_row(target(row.number()), hidden)?;
            for (column, cells) in line {
                push_joined(&mut builder, Address { row: target(row.number()), column }, &cells, &mut moved)?;
            }
        }
        let mut whole = builder.finish();
        whole.move_parts(&moved);
        whole.pictures.iter_mut().for_each(|picture| picture.at.row = target(picture.at.row));
        whole.taken_up = taken;
        Ok(whole)
    }

    /// Moves what is known of parts of texts to where the texts stand now; of texts that were left out nothing is kept.
    fn move_parts(&mut self, moved: &BTreeMap<Address, Option<(Address, usize)>>) {
        let place = |at: Address| moved.get(&at).copied().unwrap_or(Some((at, 0)));
        for parts in [&mut self.underlined, &mut self.emphasised] {
            let old = std::mem::take(parts);
            parts.extend(old.into_iter().filter_map(|(at, part)| {
                let (at, shift) = place(at)?;
                Some((at, part.start + shift..part.end + shift))
            }));
            parts.sort_by_key(|(at, part)| (*at, part.start));
        }
        let old = std::mem::take(&mut self.struck);
        self.struck.extend(old.into_iter().filter_map(|struck| {
            let (at, shift) = place(struck.at)?;
            Some(StruckOut { at, place: struck.place + shift, ..struck })
        }));
        self.struck.sort_by_key(|struck| (struck.at, struck.place));
    }
}

/// Adds the cells of one column as one, and notes where the text of each stands in it.
fn push_joined(
    builder: &mut GridBuilder,
    at: Address,
    cells: &[(u32, Cell<'_>)],
    moved: &mut BTreeMap<Address, Option<(Address, usize)>>,
) -> Result<(), GridFull> {
    let mut distinct: Vec<Cell<'_>> = Vec::with_capacity(cells.len());
    let mut text = String::new();
    for (row, cell) in cells {
        let own = Address { row: *row, column: at.column };
        if distinct.iter().any(|other| other.text.trim() == cell.text.trim()) {
            moved.insert(own, None);
            continue;
        }
        if !distinct.is_empty() {
            text.push_str(BETWEEN);
        }
        if own != at {
            moved.insert(own, Some((at, text.len())));
        }
        text.push_str(cell.text);
        distinct.push(*cell);
    }
    match distinct.as_slice() {
        [only] => builder.push_with(at.column, only.kind, only.text, only.look),
        [] => Ok(()),
        // a look that not all of them have is none of the whole
        [first, rest @ ..] => {
            let look = if rest.iter().all(|other| other.look == first.look) { first.look } else { super::Look::default() };
            builder.push_with(at.column, Kind::Text, &text, look)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::table_tests::drawn;

    #[test]
    fn texts_of_one_column_stand_below_each_other_and_the_same_text_once() {
        let mut grid = drawn("甲|一|同\n|二|同|新\n乙|三", &[]);
        let at = |row: u32, column: u16| Address { row, column: Column::new(column).expect("a column") };
        grid.underlined = vec![(at(2, 2), 0..3), (at(2, 3), 0..3)];
        let grid = grid.with_rows_taken_up([(2, 1)].into()).expect("room");
        let texts: Vec<(u32, Vec<&str>)> = grid.rows().map(|row| (row.number(), row.cells().map(|cell| cell.text).collect())).collect();
        assert_eq!(texts, [(1, vec!["甲", "一\n二", "同", "新"]), (3, vec!["乙", "三"])]);
        assert_eq!(grid.underlined, [(at(1, 2), 4..7)]);
    }
}
