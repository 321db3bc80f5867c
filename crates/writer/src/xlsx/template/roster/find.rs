//! Where the lists of a roster lie in a workbook: one, or one for each group of people, below each other or on sheets of their own.

use mingce_core::address::Address;
use mingce_core::recognize::{Recognizer, Table};
use mingce_core::scheme::Scheme;
use mingce_core::text::is_blank_character;
use mingce_ooxml::sheet::Row;

use super::lists::Lists;
use super::search::{Captioned, Lines};
use crate::Error;
use crate::blank::{Columns, Group, claimed, first_with_most, is_room};
use crate::xlsx::template::attributes::value;
use crate::xlsx::template::book::Book;
use crate::xlsx::template::list;

/// A list: its table, and the empty lines that it has there.
#[derive(Debug)]
pub(super) struct List {
    /// Which of the workbook's sheets it is on.
    pub(super) tab: usize,
    pub(super) table: Table,
    pub(super) lists: Lists,
    pub(super) lines: Lines,
    pub(super) group: Group,
}

/// The lists that ask for the same as the one that asks for the most, in the order of sheets and rows.
///
/// # Errors
/// [`Error::NoRoster`] when no sheet that is seen has a heading with 姓名.
pub(super) fn find(book: &Book, scheme: &Scheme) -> Result<Vec<List>, Error> {
    let recognizer = Recognizer::new(scheme);
    let mut found = Vec::new();
    for (tab, listed) in book.tabs.iter().enumerate().filter(|(_, tab)| !tab.is_hidden) {
        let Some(part) = &listed.part else { continue };
        let (_, sheet) = book.sheet(part)?;
        let tables = recognizer.tables(&sheet.grid);
        let mut rest = &tables[..];
        while let Some(top) = rest.first() {
            let (own, further) = rest.split_at(rest.iter().take_while(|table| table.heading == top.heading).count());
            rest = further;
            let Some((count, table)) = first_with_most(own.iter().filter_map(|table| claimed(table).map(|count| (count, (count, table)))))
            else {
                continue;
            };
            let (lists, table) = Lists::of(table.clone(), own);
            let columns = Columns::of(&table, &recognizer, scheme);
            let asked: Vec<_> = columns.places.iter().flat_map(|(_, fields)| fields.iter().copied()).collect();
            let end = kept_table(book, part, *table.heading.end());
            let next = further.iter().map(|next| *next.heading.start()).min().map(|next| next.saturating_sub(1));
            let mut stretches = Lines::all(&sheet, &table, &columns, &book.styles, end.into_iter().chain(next).min());
            // what has no words of its own goes on with the list above it on the sheet
            for (position, one) in stretches.iter_mut().enumerate().filter(|_| book.tabs.len() > 1) {
                if position == 0 || !one.caption.is_empty() {
                    one.caption = format!("{} {}", listed.name, one.caption).trim_end().to_owned();
                }
            }
            for Captioned { lines, caption, numbers } in stretches {
                let group = Group { caption, numbers, room: lines.numbers.len() * lists.count() };
                let list = List { tab, table: table.clone(), lists: lists.clone(), lines, group };
                found.push((count, (asked.clone(), list)));
            }
        }
    }
    let most = first_with_most(found.iter().enumerate().map(|(place, (count, _))| (*count, place))).ok_or(Error::NoRoster)?;
    let asked = found[most].1.0.clone();
    let is_alike = |(place, (_, (other, list))): &(usize, (usize, (Vec<_>, List)))| {
        *place == most || (*other == asked && !list.lines.numbers.is_empty())
    };
    Ok(found.into_iter().enumerate().filter(is_alike).map(|(_, (_, (_, list)))| list).collect())
}

/// What a row says above a list; nothing where it has the words of more cells than a caption has.
pub(super) fn caption(row: Option<&Row>) -> String {
    let words: Vec<&str> =
        row.map_or_else(Vec::new, |row| row.cells.iter().map(|cell| cell.text.trim_matches(is_blank_character)).collect());
    let words: Vec<&str> = words.into_iter().filter(|words| !is_room(words)).collect();
    if words.len() > 2 { String::new() } else { words.join(" ") }
}

/// The last row of the table that the program itself keeps below this heading, as formats of tables do.
fn kept_table(book: &Book, sheet: &str, heading: u32) -> Option<u32> {
    let links = book.links(sheet)?.iter().filter(|link| link.kind == "table");
    links.filter_map(|link| list::element(book.text(link.target.as_deref()?), "table").map(|tag| (link, tag))).find_map(|(link, tag)| {
        let tag = &book.text(link.target.as_deref()?)[tag];
        let (first, last) = value(tag, "ref")?.split_once(':')?;
        let (first, last): (Address, Address) = (first.parse().ok()?, last.parse().ok()?);
        let totals = value(tag, "totalsRowCount").and_then(|count| count.parse::<u32>().ok()).unwrap_or(0);
        (first.row == heading).then(|| last.row.saturating_sub(totals))
    })
}
