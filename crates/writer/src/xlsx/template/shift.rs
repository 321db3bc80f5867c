//! Rows that are put into a sheet: everything below them moves, and what covers the lines above grows with them.

use std::borrow::Cow;
use std::ops::Range;

use mingce_core::address::Address;
use mingce_ooxml::Limits;
use mingce_ooxml::xml::{Token, XmlReader, resolve_references};

use super::attributes::{escaped, value, value_range, with};
use super::book::range;
use super::formula::{self, Corner, Rewriting};

/// Attributes that name cells, by the element they stand in.
const PLACES: [(&str, &[&str]); 14] = [
    ("dimension", &["ref"]),
    ("selection", &["activeCell", "sqref"]),
    ("pane", &["topLeftCell"]),
    ("autoFilter", &["ref"]),
    ("sortState", &["ref"]),
    ("sortCondition", &["ref"]),
    ("conditionalFormatting", &["sqref"]),
    ("dataValidation", &["sqref"]),
    ("hyperlink", &["ref"]),
    ("ignoredError", &["sqref"]),
    ("protectedRange", &["sqref"]),
    ("cellWatch", &["r"]),
    ("comment", &["ref"]),
    ("table", &["ref"]),
];

/// So many rows are put below a row of a sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shift<'a> {
    /// The sheet's name.
    pub(super) sheet: &'a str,
    /// The first of the lines; what covers several of them and the last grows.
    pub(super) first: u32,
    /// The row below which they are put.
    pub(super) last: u32,
    pub(super) added: u32,
}

/// Where a formula stands, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// In a line: what it says of its own row stays so.
    Line,
    /// Elsewhere on the sheet.
    Sheet,
    /// On another sheet.
    Elsewhere,
}

impl Shift<'_> {
    /// Where a row comes to stand.
    pub(super) fn row(&self, row: u32) -> u32 {
        if row > self.last { row.saturating_add(self.added).min(Address::LAST_ROW) } else { row }
    }

    /// Where a stretch of rows comes to stand; one that ends with the last line goes on to the new last.
    fn span(&self, first: u32, last: u32) -> (u32, u32) {
        let last = if last == self.last { last.saturating_add(self.added) } else { self.row(last) };
        (self.row(first), last)
    }

    /// A formula that is given as plain text.
    pub(super) fn formula<'f>(&self, text: &'f str, stand: Stand) -> Cow<'f, str> {
        let rows = |first: Corner, last: Option<Corner>| match last {
            Some(last) if stand != Stand::Line => self.span(first.row, last.row),
            last => (self.row(first.row), self.row(last.unwrap_or(first).row)),
        };
        formula::rewrite(text, &Rewriting { sheet: self.sheet, is_own: stand != Stand::Elsewhere, renamed: None, rows: &rows })
    }

    /// A formula as it stands in XML.
    pub(super) fn written_formula(&self, written: &str, stand: Stand) -> String {
        let plain = resolve_references(written);
        match self.formula(&plain, stand) {
            same if same == plain => written.to_owned(),
            moved => escaped(&moved),
        }
    }

    /// A list of cells and rectangles, parted by blanks; a single cell of the last line becomes the column below it.
    fn places(&self, places: &str, grows: bool) -> String {
        let moved = places.split(' ').map(|place| {
            let (first, last) = place.split_once(':').unwrap_or((place, place));
            let (Ok(first), Ok(last)) = (first.parse::<Address>(), last.parse::<Address>()) else { return place.to_owned() };
            let (top, bottom) = if grows { self.span(first.row, last.row) } else { (self.row(first.row), self.row(last.row)) };
            let (first, last) = (Address { row: top, ..first }, Address { row: bottom, ..last });
            if first == last { first.to_string() } else { format!("{first}:{last}") }
        });
        moved.collect::<Vec<_>>().join(" ")
    }

    /// The cells that a formula is said to fill.
    pub(super) fn cells(&self, places: &str) -> String {
        self.places(places, false)
    }

    /// A merged rectangle: lines merged together grow, a line's own cells do not.
    fn merge(&self, place: &str) -> String {
        let Some((first, last)) = place.split_once(':') else { return place.to_owned() };
        let (Ok(first), Ok(last)) = (first.parse::<Address>(), last.parse::<Address>()) else { return place.to_owned() };
        let is_of_lines = last.row == self.last && first.row >= self.first && first.row < last.row;
        let bottom = if is_of_lines { last.row.saturating_add(self.added) } else { self.row(last.row) };
        format!("{}:{}", Address { row: self.row(first.row), ..first }, Address { row: bottom, ..last })
    }

    /// What changes in the XML of a sheet outside of its rows, or in a part that belongs to it; `merges` are rectangles of a line,
    /// which every new line has, too.
    pub(super) fn edits(&self, xml: &str, merges: &[(Address, Address)]) -> Vec<(Range<usize>, String)> {
        let limits = Limits::default();
        let mut reader = XmlReader::new(xml.as_bytes(), "sheet", &limits);
        let mut edits = Vec::new();
        let mut breaks = String::new();
        while let Ok(token) = reader.next() {
            match token {
                Token::Start(tag) => {
                    let name = tag.name().to_owned();
                    let place = range(reader.range());
                    match name.as_str() {
                        "sheetData" if reader.skip_element().is_err() => break,
                        "rowBreaks" | "colBreaks" => breaks = name,
                        "brk" if breaks == "rowBreaks" => edits.extend(self.page_break(xml, place)),
                        "mergeCell" => edits.extend(attribute(xml, &place, "ref", |value| self.merge(value))),
                        "mergeCells" if !merges.is_empty() => {
                            let count = value(&xml[place.clone()], "count").and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
                            let count = count + merges.len() * usize::try_from(self.added).unwrap_or(0);
                            edits.push((place.clone(), with(&xml[place], "count", &count.to_string()).into_owned()));
                        }
                        "formula" | "formula1" | "formula2" | "f" | "sqref" | "row" => {
                            if reader.skip_element().is_err() {
                                break;
                            }
                            let inside = place.end..range(reader.range()).start.max(place.end);
                            edits.extend(self.text(&name, &xml[inside.clone()]).map(|text| (inside, text)));
                        }
                        _ => {
                            let names = PLACES.iter().find(|(element, _)| *element == name).map_or(&[][..], |(_, names)| names);
                            let grows = !matches!(name.as_str(), "selection" | "pane" | "hyperlink" | "comment" | "cellWatch");
                            let attributes =
                                names.iter().filter_map(|name| attribute(xml, &place, name, |value| self.places(value, grows)));
                            edits.extend(attributes);
                        }
                    }
                }
                Token::End(tag) if tag.name() == "mergeCells" => {
                    let end = range(reader.range()).start;
                    edits.push((end..end, self.more_merges(xml, end, merges)));
                }
                Token::Eof => break,
                Token::End(_) | Token::Text(_) => {}
            }
        }
        edits
    }

    /// What stands between the tags of an element that names rows.
    fn text(&self, element: &str, text: &str) -> Option<String> {
        match element {
            "sqref" => Some(self.places(text, true)),
            // anchors count rows from 0
            "row" => text.trim().parse::<u32>().ok().map(|row| (self.row(row.saturating_add(1)) - 1).to_string()),
            _ => Some(self.written_formula(text, Stand::Sheet)),
        }
        .filter(|moved| moved != text)
    }

    /// A break stands behind the row it names.
    fn page_break(&self, xml: &str, place: Range<usize>) -> Option<(Range<usize>, String)> {
        attribute(xml, &place, "id", |id| id.parse().map_or_else(|_| id.to_owned(), |row| self.row(row).to_string()))
    }

    fn more_merges(&self, xml: &str, end: usize, merges: &[(Address, Address)]) -> String {
        let prefix = xml[end..].strip_prefix("</").and_then(|name| name.split_once("mergeCells")).map_or("", |(prefix, _)| prefix);
        let mut out = String::new();
        for row in (1..=self.added).map(|step| self.last + step) {
            for (first, last) in merges {
                out.push_str(&format!("<{prefix}mergeCell ref=\"{}:{}\"/>", Address { row, ..*first }, Address { row, ..*last }));
            }
        }
        out
    }

    /// The drawings of comments in the older way: rows are numbers in a list there, and the part need not be sound XML.
    pub(super) fn old_drawing(&self, text: &str) -> String {
        let moved =
            |row: &str| row.trim().parse::<u32>().map_or_else(|_| row.to_owned(), |row| (self.row(row.saturating_add(1)) - 1).to_string());
        let rows = between(text, "<x:Row>", "</x:Row>", &moved);
        between(&rows, "<x:Anchor>", "</x:Anchor>", &|anchor| {
            let numbers: Vec<&str> = anchor.split(',').collect();
            let moved = numbers.iter().enumerate().map(|(position, number)| match position {
                // column, offset, row, offset, of both corners
                2 | 6 => format!(" {}", moved(number)),
                _ => (*number).to_owned(),
            });
            moved.collect::<Vec<_>>().join(",")
        })
    }
}

/// The text with what stands between these marks changed.
fn between(text: &str, open: &str, close: &str, change: &dyn Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((inside, behind)) = after.split_once(close) else { break };
        out.push_str(&format!("{before}{open}{}{close}", change(inside)));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The change of an attribute's value in the tag at this place; `None` if it stays.
fn attribute(xml: &str, tag: &Range<usize>, name: &str, change: impl Fn(&str) -> String) -> Option<(Range<usize>, String)> {
    let place = value_range(&xml[tag.clone()], name)?;
    let place = tag.start + place.start..tag.start + place.end;
    let new = change(&xml[place.clone()]);
    (new != xml[place.clone()]).then_some((place, new))
}

/// The part of the XML with the changes that lie in it.
pub(super) fn edited(xml: &str, part: Range<usize>, edits: &[(Range<usize>, String)]) -> String {
    let mut out = String::with_capacity(part.len());
    let mut done = part.start;
    for (place, text) in edits.iter().filter(|(place, _)| part.start <= place.start && place.end <= part.end) {
        if place.start < done {
            continue;
        }
        out.push_str(&xml[done..place.start]);
        out.push_str(text);
        done = place.end;
    }
    out.push_str(&xml[done..part.end]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIFT: Shift<'static> = Shift { sheet: "名册", first: 5, last: 8, added: 3 };

    #[test]
    fn what_stands_below_moves_and_what_covers_the_lines_grows() {
        let at = |place: &str| place.parse::<Address>().expect("an address");
        let xml = "<worksheet><dimension ref=\"A1:M11\"/><pane topLeftCell=\"C5\"/><sheetData><row/></sheetData>\
            <mergeCells count=\"4\"><mergeCell ref=\"A1:M1\"/><mergeCell ref=\"B8:C8\"/><mergeCell ref=\"D5:D8\"/><mergeCell ref=\"A9:B9\"/></mergeCells>\
            <conditionalFormatting sqref=\"G5:G8 H9\"><cfRule><formula>LEN(G5)&lt;G$9</formula></cfRule></conditionalFormatting>\
            <rowBreaks><brk id=\"10\"/></rowBreaks><colBreaks><brk id=\"10\"/></colBreaks></worksheet>";
        let mut edits = SHIFT.edits(xml, &[(at("B8"), at("C8"))]);
        edits.sort_by_key(|(place, _)| place.start);
        let moved = edited(xml, 0..xml.len(), &edits);
        for expected in [
            "dimension ref=\"A1:M14\"",
            "topLeftCell=\"C5\"",
            "count=\"7\"",
            "<mergeCell ref=\"B8:C8\"/><mergeCell ref=\"D5:D11\"/><mergeCell ref=\"A12:B12\"/><mergeCell ref=\"B9:C9\"/><mergeCell ref=\"B10:C10\"/><mergeCell ref=\"B11:C11\"/></mergeCells>",
            "sqref=\"G5:G11 H12\"",
            "LEN(G5)&lt;G$12",
            "<rowBreaks><brk id=\"13\"/></rowBreaks><colBreaks><brk id=\"10\"/>",
        ] {
            assert!(moved.contains(expected), "{expected} is not in {moved}");
        }
    }

    #[test]
    fn anchors_of_both_kinds_move() {
        let xml = "<wsDr><from><row>7</row></from><to><row>8</row></to></wsDr>";
        assert_eq!(edited(xml, 0..xml.len(), &SHIFT.edits(xml, &[])), "<wsDr><from><row>7</row></from><to><row>11</row></to></wsDr>");
        let old = "<x:Anchor>1, 15, 7, 10, 3, 1, 8, 4</x:Anchor><x:Row>8</x:Row>";
        assert_eq!(SHIFT.old_drawing(old), "<x:Anchor>1, 15, 7, 10, 3, 1, 11, 4</x:Anchor><x:Row>11</x:Row>");
    }
}
