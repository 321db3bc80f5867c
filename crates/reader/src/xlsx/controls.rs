//! Check boxes and option buttons that lie over a sheet (form controls): their state and words, as text of the cells below.
//!
//! Excel keeps them in the old drawing part (VML) beside the sheet, also where it writes them a second time elsewhere.

use std::collections::BTreeMap;

use mingce_core::address::Address;
use mingce_core::grid::Grid;
use mingce_ooxml::Package;
use mingce_ooxml::xml::Token;

use crate::error::Error;

/// Far more controls than a form has; those beyond are left out.
const MOST: usize = 4_096;

/// Height of a row in pixels, where only that matters which of two rows holds the larger part of a control.
const ROW: i64 = 20;

/// Longest words of a control, in bytes.
const LONGEST: usize = 512;

/// One control.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Control {
    is_box: bool,
    is_button: bool,
    is_ticked: bool,
    words: String,
    /// Column, pixels into it, row and pixels into it of the upper left corner and of the lower right, counted from 0.
    anchor: Vec<i64>,
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

/// The grid with the check boxes and option buttons of its sheet in its cells.
///
/// A drawing that is damaged is no reason to refuse the people on the sheet: what came before the damage is kept.
pub(crate) fn put(package: &Package<'_>, sheet: &str, grid: Grid) -> Grid {
    let links = package.relationships(sheet).unwrap_or_default();
    let part = links.first_of("vmlDrawing").and_then(|link| link.target.clone()).filter(|part| package.contains(part));
    let mut controls = Vec::new();
    if let Some(part) = part {
        let _ = read(package, &part, &mut controls);
    }
    let texts = texts(&controls, &grid);
    if texts.is_empty() { grid } else { grid.clone().with_texts(&texts).unwrap_or(grid) }
}

/// What the cells say with their controls. One without words stands for those of its cell.
fn texts(controls: &[Control], grid: &Grid) -> BTreeMap<Address, String> {
    let mut by_cell: BTreeMap<Address, Vec<&Control>> = BTreeMap::new();
    for control in controls {
        let Some(at) = control.cell() else { continue };
        by_cell.entry(grid.merge_at(at).map_or(at, |merge| merge.first)).or_default().push(control);
    }
    let said = |(at, mut controls): (Address, Vec<&Control>)| {
        controls.sort_by_key(|control| (control.anchor.get(2).copied(), control.anchor.get(..2).map(<[i64]>::to_vec)));
        let own = grid.cell(at).map_or("", |cell| cell.text);
        let texts: Vec<String> = controls.iter().map(|control| control.text()).collect();
        match &controls[..] {
            [only] if only.words.trim().is_empty() => (at, format!("{}{}", texts[0], own.trim_start())),
            _ if own.is_empty() => (at, texts.join("  ")),
            _ => (at, format!("{own}  {}", texts.join("  "))),
        }
    };
    by_cell.into_iter().map(said).collect()
}

fn read(package: &Package<'_>, part: &str, found: &mut Vec<Control>) -> Result<(), Error> {
    let mut xml = package.xml(part)?;
    let mut control = Control::default();
    let mut open = "";
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name() {
                "shape" => control = Control::default(),
                "ClientData" => {
                    let kind = tag.attribute("ObjectType").unwrap_or_default();
                    (control.is_box, control.is_button) = (kind == "Checkbox", kind == "Radio");
                    open = "";
                }
                "textbox" => open = "textbox",
                "Anchor" => open = "Anchor",
                "Checked" => open = "Checked",
                _ => {}
            },
            Token::Text(text) => match open {
                "textbox" if control.words.len() + text.len() <= LONGEST => control.words.push_str(text.trim()),
                "Anchor" => control.anchor = text.split(',').map_while(|number| number.trim().parse().ok()).collect(),
                "Checked" => control.is_ticked = text.trim() == "1",
                _ => {}
            },
            Token::End(tag) => match tag.name() {
                "textbox" | "Anchor" | "Checked" => open = "",
                "shape" if (control.is_box || control.is_button) && found.len() < MOST => found.push(std::mem::take(&mut control)),
                _ => {}
            },
            Token::Eof => return Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
