//! Form fields of older documents: check boxes and lists, whose state stands apart from any text.

use std::ops::Range;

use super::element::Start;
use super::look::{EMPTY, TICKED};

/// The form fields that are open.
#[derive(Debug, Default)]
pub(super) struct FormFields {
    check_box: Option<CheckBox>,
    list: Option<List>,
}

#[derive(Debug)]
struct CheckBox {
    start: usize,
    default: bool,
    checked: Option<bool>,
}

#[derive(Debug)]
struct List {
    start: usize,
    entries: Vec<String>,
    default: usize,
    result: Option<usize>,
}

impl FormFields {
    /// Takes what an element says of them; it begins at this byte.
    pub(super) fn start(&mut self, element: Start, start: usize) {
        match (element, &mut self.check_box, &mut self.list) {
            (Start::FieldBox, check_box, _) => *check_box = Some(CheckBox { start, default: false, checked: None }),
            (Start::FieldList, _, list) => *list = Some(List { start, entries: Vec::new(), default: 0, result: None }),
            (Start::BoxState { checked: true, on }, Some(check_box), _) => check_box.checked = Some(on),
            (Start::BoxState { checked: false, on }, Some(check_box), _) => check_box.default = on,
            (Start::ListEntry(entry), _, Some(list)) => list.entries.push(entry),
            (Start::ListState { result: true, entry }, _, Some(list)) => list.result = Some(entry),
            (Start::ListState { result: false, entry }, _, Some(list)) => list.default = entry,
            _ => {}
        }
    }

    /// The check box that ends at this byte, with its sign.
    pub(super) fn close_check_box(&mut self, end: usize) -> Option<(&'static str, Range<usize>)> {
        let closed = self.check_box.take()?;
        let sign = if closed.checked.unwrap_or(closed.default) { TICKED } else { EMPTY };
        Some((sign, closed.start..end))
    }

    /// The list that ends at this byte, with the entry that is shown.
    pub(super) fn close_list(&mut self, end: usize) -> Option<(String, Range<usize>)> {
        let mut closed = self.list.take()?;
        let shown = closed.result.unwrap_or(closed.default);
        let shown = if shown < closed.entries.len() { closed.entries.swap_remove(shown) } else { String::new() };
        Some((shown, closed.start..end))
    }
}
