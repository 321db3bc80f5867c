//! Placeholders where no person's answers stand: on the other sheets of a blank, seen or hidden, and beside the lines of a roster.

use mingce_core::address::Address;
use mingce_ooxml::Limits;
use mingce_ooxml::sheet::{Sheet, drawn_texts};

use super::book::{Book, unreadable};
use super::{copies, placeholder};
use crate::Error;
use crate::blank::once;

/// The placeholders on all sheets but these, as written, each once.
pub(super) fn elsewhere(book: &Book, filled: &[usize]) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for (_, tab) in book.tabs.iter().enumerate().filter(|(number, _)| !filled.contains(number)) {
        if let Some(part) = &tab.part {
            let (xml, sheet) = book.sheet(part)?;
            found.extend(on_sheet(book, part, [&xml, part], &sheet, |_| false)?);
        }
    }
    Ok(once(found))
}

/// The placeholders on a sheet, whose XML is given with the name of its part: in its cells, but for those that are filled, in their
/// notes, in what lies on it, and at the edges of its pages.
pub(super) fn on_sheet(
    book: &Book,
    part: &str,
    [xml, name]: [&str; 2],
    sheet: &Sheet,
    is_filled: impl Fn(Address) -> bool,
) -> Result<Vec<String>, Error> {
    let cells = placeholder::find(sheet).into_iter().filter(|found| !is_filled(found.cell.at));
    let mut found: Vec<String> = cells.map(|found| found.label()).collect();
    let labels = |text: &str| -> Vec<String> { placeholder::in_text(text).into_iter().map(|(_, place)| text[place].to_owned()).collect() };
    for own in copies::parts_with_texts(book, part) {
        let drawn = drawn_texts(book.text(&own), &own, &Limits::default()).map_err(unreadable(&own))?;
        found.extend(drawn.iter().flat_map(|drawn| labels(&drawn.text)));
    }
    let edges = super::form::edge_lines(xml, name)?;
    found.extend(edges.into_iter().flat_map(|line| labels(&xml[line])));
    Ok(found)
}
