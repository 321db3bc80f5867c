//! Check boxes and option buttons: what they say stands in the forms of a sheet, where they lie in its cells and on its page.

use std::collections::BTreeMap;
use std::io::BufRead;

use mingce_core::address::Address;
use mingce_ooxml::XmlReader;
use mingce_ooxml::xml::{Tag, Token};

use crate::controls::{Control, LONGEST, MOST, ROW};
use crate::error::Error;
use crate::geometry::{length, of_points};

/// The controls of a sheet: what they say by their names, and those whose place is known.
#[derive(Debug, Default)]
pub(super) struct Controls {
    known: BTreeMap<String, Control>,
    pub(super) placed: Vec<Control>,
}

/// Where a control is drawn that hangs on a cell.
#[derive(Debug)]
pub(super) struct Drawn {
    name: String,
    /// The cell that its lower right corner lies in, and how far it reaches into that one.
    end: Option<(Address, i64)>,
    height: i64,
}

impl Controls {
    /// Reads on to the end of the forms of the sheet of this name.
    pub(super) fn read(&mut self, xml: &mut XmlReader<impl BufRead>, sheet: &str) -> Result<(), Error> {
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next()? {
                Token::Start(tag) if matches!(tag.name(), "checkbox" | "radio") && self.known.len() < MOST => {
                    self.known.extend(control(&tag, sheet));
                }
                Token::Eof => break,
                Token::Start(_) | Token::End(_) | Token::Text(_) => {}
            }
        }
        Ok(())
    }

    /// Places a control that hangs on this cell: in the row that holds most of it, as it is laid there by hand.
    pub(super) fn place(&mut self, at: Address, drawn: &Drawn) {
        let (column, top) = (i64::from(at.column.number()) - 1, i64::from(at.row) - 1);
        let (bottom, into) = drawn.end.map_or((top, 0), |(end, into)| ((i64::from(end.row) - 1).max(top), into));
        // what does not reach into the lower row stands in the upper one
        let into_top = ROW.saturating_sub(drawn.height.saturating_sub(into).max(0));
        self.put(&drawn.name, vec![column, 0, top, into_top, column, 0, bottom, into]);
    }

    /// Places a control of the page that lies on this cell.
    pub(super) fn place_on(&mut self, at: Address, name: &str, left: i64) {
        let (column, row) = (i64::from(at.column.number()) - 1, i64::from(at.row) - 1);
        self.put(name, vec![column, left, row, 0, column, left, row, 0]);
    }

    fn put(&mut self, name: &str, anchor: Vec<i64>) {
        self.placed.extend(self.known.remove(name).map(|control| Control { anchor, ..control }));
    }
}

impl Drawn {
    /// What an element that draws a control says.
    pub(super) fn of(tag: &Tag<'_>) -> Option<Self> {
        let edge = |name| tag.attribute(name).and_then(|stored| length(&stored)).map(of_points);
        let end = tag.attribute("end-cell-address").and_then(|stored| cell_of(&stored).1);
        let end = end.map(|end| (end, edge("end-y").unwrap_or_default()));
        Some(Self { name: name(tag)?, end, height: edge("height").unwrap_or_default() })
    }
}

/// Which control an element draws.
pub(super) fn name(tag: &Tag<'_>) -> Option<String> {
    tag.attribute("control").map(std::borrow::Cow::into_owned)
}

/// A control with its name. What it is now counts, and what it was at first where nobody touched it.
fn control(tag: &Tag<'_>, sheet: &str) -> Option<(String, Control)> {
    let is_box = tag.name() == "checkbox";
    let states = if is_box { ["current-state", "state"] } else { ["current-selected", "selected"] };
    let state = states.iter().find_map(|name| tag.attribute(name));
    let words = tag.attribute("label").filter(|words| words.len() <= LONGEST).unwrap_or_default().into_owned();
    let link = tag.attribute("linked-cell").and_then(|stored| match cell_of(&stored) {
        (of, at) if of == sheet => at,
        _ => None,
    });
    let is_ticked = matches!(state.as_deref(), Some("checked" | "true"));
    Some((tag.attribute("id")?.into_owned(), Control { is_box, is_button: !is_box, is_ticked, words, anchor: Vec::new(), link }))
}

/// The sheet and the cell of an address such as `报名.B2` or `$'报名 1'.$B$2`.
fn cell_of(stored: &str) -> (String, Option<Address>) {
    let (sheet, cell) = stored.rsplit_once('.').unwrap_or(("", stored));
    let sheet = sheet.trim_start_matches('$');
    let quoted = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
    (quoted.map_or_else(|| sheet.to_owned(), |sheet| sheet.replace("''", "'")), cell.replace('$', "").parse().ok())
}
