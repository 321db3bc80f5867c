//! Check boxes and option buttons that lie over a sheet (form controls): their state and words, as text of the cells below.

use std::collections::{BTreeMap, BTreeSet};

use mingce_core::address::Address;
use mingce_core::grid::{Cell, Grid, Kind};

/// Far more controls than a form has; those beyond are left out.
pub(crate) const MOST: usize = 4_096;

/// Height of a row in pixels, where only that matters which of two rows holds the larger part of a control.
pub(crate) const ROW: i64 = 20;

/// Longest words of a control, in bytes.
pub(crate) const LONGEST: usize = 512;

/// One control.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Control {
    pub(crate) is_box: bool,
    pub(crate) is_button: bool,
    pub(crate) is_ticked: bool,
    pub(crate) words: String,
    /// Column, pixels into it, row and pixels into it of the upper left corner and of the lower right, counted from 0.
    pub(crate) anchor: Vec<i64>,
    /// The cell of the sheet that says its state once more, for formulas.
    pub(crate) link: Option<Address>,
}

impl Control {
    /// The cell that holds most of it.
    fn cell(&self) -> Option<Address> {
        let [column, _, top, into_top, _, _, bottom, into_bottom] = self.anchor[..] else { return None };
        let row = match bottom.saturating_sub(top) {
            1 if into_bottom > ROW.saturating_sub(into_top) => bottom,
            0 | 1 => top,
            _ => top.checked_add(bottom)? / 2,
        };
        Address::new(u32::try_from(row.checked_add(1)?).ok()?, u16::try_from(column.checked_add(1)?).ok()?)
    }

    fn text(&self) -> String {
        let sign = match (self.is_box, self.is_ticked) {
            (true, true) => '☑',
            (true, false) => '□',
            (false, true) => '●',
            (false, false) => '○',
        };
        format!("{sign}{}", self.words.trim())
    }
}

/// The grid with these check boxes and option buttons in its cells.
pub(crate) fn put(controls: &[Control], grid: Grid) -> Grid {
    let texts = texts(controls, &grid);
    if texts.is_empty() { grid } else { grid.clone().with_texts(&texts).unwrap_or(grid) }
}

/// What the cells say with their controls. One without words stands for those of its cell.
fn texts(controls: &[Control], grid: &Grid) -> BTreeMap<Address, String> {
    let mut by_cell: BTreeMap<Address, Vec<&Control>> = BTreeMap::new();
    for control in controls {
        let Some(at) = control.cell() else { continue };
        by_cell.entry(grid.merge_at(at).map_or(at, |merge| merge.first)).or_default().push(control);
    }
    let links = controls.iter().filter(|control| control.cell().is_some()).filter_map(|control| control.link);
    let linked: BTreeSet<Address> = links.filter(|at| grid.cell(*at).is_some_and(is_state)).collect();
    let said = |(at, mut controls): (Address, Vec<&Control>)| {
        controls.sort_by_key(|control| (control.anchor.get(2).copied(), control.anchor.get(..2).map(<[i64]>::to_vec)));
        let own = if linked.contains(&at) { "" } else { grid.cell(at).map_or("", |cell| cell.text) };
        let texts: Vec<String> = controls.iter().map(|control| control.text()).collect();
        match &controls[..] {
            [only] if only.words.trim().is_empty() => (at, format!("{}{}", texts[0], own.trim_start())),
            _ if own.is_empty() => (at, texts.join("  ")),
            _ => (at, format!("{own}  {}", texts.join("  "))),
        }
    };
    // what a linked cell says is what the control says, and nobody's answer
    let states = linked.iter().map(|at| (*at, String::new())).collect::<BTreeMap<_, _>>();
    states.into_iter().chain(by_cell.into_iter().map(said)).collect()
}

/// Whether this is the state of a control: a truth, or which of several buttons is pressed.
fn is_state(cell: Cell<'_>) -> bool {
    cell.kind == Kind::Boolean || (cell.kind == Kind::Number && cell.text.parse().is_ok_and(|number: u8| number < 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linked_cell_says_nothing_but_the_state() {
        let at = |row, column| Address::new(row, column).expect("a cell");
        let mut builder = Grid::builder(mingce_core::grid::Origin::Sheet);
        builder.start_row(1, false).expect("room");
        for (column, kind, text) in [(1, Kind::Boolean, "TRUE"), (2, Kind::Number, "2"), (3, Kind::Text, "张三")] {
            builder.push(mingce_core::address::Column::new(column).expect("a column"), kind, text).expect("room");
        }
        let control =
            |link| Control {
                is_box: true, words: "尊老服务".to_owned(), anchor: vec![0, 0, 0, 0, 0, 9, 0, 9], link, ..Control::default()
            };
        let controls = [1, 2, 3].map(|column| control(Some(at(1, column))));
        let grid = put(&controls[..], builder.finish());
        let texts: Vec<&str> = grid.row(1).expect("a row").cells().map(|cell| cell.text).collect();
        assert_eq!(texts, ["□尊老服务  □尊老服务  □尊老服务", "张三"]);
    }

    #[test]
    fn a_control_belongs_to_the_row_that_holds_most_of_it() {
        for (anchor, cell) in [
            ([1, 5, 3, 2, 2, 50, 4, 0], "B4"),
            ([1, 5, 3, 15, 2, 50, 4, 12], "B5"),
            ([0, 0, 3, 0, 2, 50, 5, 0], "A5"),
            ([0, 0, 3, 0, 0, 9, 3, 9], "A4"),
        ] {
            let control = Control { anchor: anchor.to_vec(), ..Control::default() };
            assert_eq!(control.cell().map(|at| at.to_string()).as_deref(), Some(cell), "{anchor:?}");
        }
        assert_eq!(Control { anchor: vec![1, 2], ..Control::default() }.cell(), None);
        assert_eq!(Control { anchor: vec![-5, 0, i64::MAX, 0, 0, 0, i64::MAX, 0], ..Control::default() }.cell(), None);
    }
}
