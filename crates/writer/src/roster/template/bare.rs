//! A roster blank that is a heading and nothing below it: a line is put there, for people as below any other.

use mingce_core::recognize::{Recognizer, Table};
use mingce_ooxml::word;

use crate::blank::{claimed, first_with_most, is_room};

/// What only a heading has, as elements without an inside.
const OF_HEADINGS: [&str; 5] = ["<w:tblHeader", "<w:vMerge", "<w:b", "<w:bCs", "<w:shd"];

/// The document with an empty line below the heading that asks for the most; `None` where no table has one with 姓名 and nothing but
/// totals and notes below it. The first row of a form, with its empty cells, is none.
pub(super) fn with_line<'d>(xml: &str, document: &'d word::Document, recognizer: &Recognizer<'_>) -> Option<String> {
    let lists = document.tables.iter().flat_map(|table| recognizer.tables(&table.grid).into_iter().map(move |list| (table, list)));
    let heading = |table: &'d word::Table, list: &Table| table.rows.get(usize::try_from(*list.heading.end()).ok()?.checked_sub(1)?);
    let is_whole = |row: &word::Row| row.cells.iter().all(|cell| cell.is_continued || !is_room(&cell.text));
    let found = lists.filter_map(|(table, list)| {
        let heading = heading(table, &list).filter(|row| list.lines.is_empty() && is_whole(row))?;
        Some((claimed(&list).filter(|claimed| *claimed > 1)?, heading))
    });
    let heading = first_with_most(found)?;
    let line = emptied(&xml[heading.xml.clone()])?;
    let (before, after) = xml.split_at(heading.xml.end);
    Some([before, &line, after].concat())
}

/// The row of a heading without its words and looks; `None` where more stands in it than words.
fn emptied(row: &str) -> Option<String> {
    if ["<w:drawing", "<w:pict", "<w:object", "<w:tbl>"].iter().any(|other| row.contains(other)) {
        return None;
    }
    let mut out = String::with_capacity(row.len());
    let mut rest = row;
    while let Some(at) = next_run(rest) {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once("</w:r>")?.1;
    }
    out.push_str(rest);
    for name in OF_HEADINGS {
        out = without_elements(&out, name);
    }
    Some(out)
}

fn next_run(xml: &str) -> Option<usize> {
    ["<w:r>", "<w:r "].iter().filter_map(|tag| xml.find(tag)).min()
}

/// The XML without the elements of this name that have no inside.
fn without_elements(xml: &str, name: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find(name) {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let is_whole = rest[at + name.len()..].starts_with(['/', ' ']) && rest[..end].ends_with("/>");
        out.push_str(&rest[..if is_whole { at } else { end }]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::emptied;

    #[test]
    fn a_line_below_a_heading_has_its_cells_and_none_of_its_words() {
        let cell = |inside: &str| {
            format!("<w:tc><w:tcPr><w:tcW w:w=\"900\"/>{inside}</w:tcPr><w:p><w:pPr><w:rPr><w:b/><w:bdr w:val=\"nil\"/></w:rPr></w:pPr>")
        };
        let row = format!(
            "<w:tr><w:trPr><w:tblHeader/></w:trPr>{}<w:r><w:t>姓名</w:t></w:r></w:p></w:tc>{}</w:p></w:tc></w:tr>",
            cell("<w:shd w:fill=\"D9D9D9\"/>"),
            cell("<w:vMerge/>")
        );
        let plain = "<w:tc><w:tcPr><w:tcW w:w=\"900\"/></w:tcPr><w:p><w:pPr><w:rPr><w:bdr w:val=\"nil\"/></w:rPr></w:pPr></w:p></w:tc>";
        assert_eq!(emptied(&row), Some(format!("<w:tr><w:trPr></w:trPr>{plain}{plain}</w:tr>")));
        assert_eq!(emptied("<w:tr><w:r><w:drawing/></w:r></w:tr>"), None);
    }
}
