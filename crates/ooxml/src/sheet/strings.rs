//! Texts that sheets share, put into the sheet that refers to them; and cells that a sheet does not write, put where they belong.

use std::borrow::Cow;
use std::ops::Range;

use mingce_core::address::Address;

use super::Sheet;
use super::scan::range;
use crate::error::Error;
use crate::limits::Limits;
use crate::xml::{Token, XmlReader};

/// The sheet's XML with every shared text in the cell that refers to it, and blanks at the ends of texts kept.
///
/// `strings` is the XML of the part with the shared texts; a text that is not there leaves its cell empty.
///
/// # Errors
/// When the XML of either is malformed or a limit is exceeded.
pub fn inlined(xml: &str, strings: Option<&str>, part: &str, limits: &Limits) -> Result<String, Error> {
    let (xml, strings) = (&*plain(xml), strings.map(plain));
    let texts = strings.as_deref().map(|strings| Texts::of(strings, limits)).transpose()?.unwrap_or_default();
    let mut reader = XmlReader::new(xml.as_bytes(), part, limits);
    let mut out = String::with_capacity(xml.len() * 2);
    let mut done = 0;
    loop {
        match reader.next()? {
            Token::Start(tag) if tag.name() == "c" && tag.attribute("t").as_deref() == Some("s") => {
                let start = range(reader.range());
                out.push_str(&xml[done..start.start]);
                let index = value(&mut reader)?;
                done = range(reader.range()).end;
                let tag = &xml[start];
                let prefix = super::scan::prefix(tag);
                let inside = index.and_then(|index| texts.get(index, prefix)).unwrap_or_default();
                out.push_str(&tag.replace("t=\"s\"", "t=\"inlineStr\"").replace("t='s'", "t=\"inlineStr\""));
                out.push_str(&format!("<{prefix}is>{inside}</{prefix}is></{prefix}c>"));
            }
            Token::Start(tag) if tag.name() == "t" => {
                let tag = range(reader.range());
                out.push_str(&xml[done..tag.start]);
                out.push_str(&preserved(&xml[tag.clone()]));
                done = tag.end;
            }
            Token::Eof => break,
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
    out.push_str(&xml[done..]);
    Ok(out)
}

/// The XML with letters as they are that were written as numbers (`&#22995;`), as some programs write all of them.
fn plain(xml: &str) -> Cow<'_, str> {
    if !xml.contains("&#") {
        return Cow::Borrowed(xml);
    }
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once("&#") {
        out.push_str(before);
        let end = after.find(';').unwrap_or(0);
        let number = after[..end].strip_prefix('x').map_or_else(|| after[..end].parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        // what XML needs a reference for stays one
        match number.filter(|number| *number > 0x9F).and_then(char::from_u32).filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}')) {
            Some(letter) => {
                out.push(letter);
                rest = &after[end + 1..];
            }
            None => {
                out.push_str("&#");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The shared texts: the inside of each `si`.
#[derive(Default)]
struct Texts<'s> {
    xml: &'s str,
    prefix: String,
    inside: Vec<Range<usize>>,
}

impl<'s> Texts<'s> {
    fn of(xml: &'s str, limits: &Limits) -> Result<Self, Error> {
        let mut reader = XmlReader::new(xml.as_bytes(), "xl/sharedStrings.xml", limits);
        let mut texts = Self { xml, ..Self::default() };
        loop {
            match reader.next()? {
                Token::Start(tag) if tag.name() == "si" => {
                    let tag = range(reader.range());
                    texts.prefix = super::scan::prefix(&xml[tag.clone()]).to_owned();
                    reader.skip_element()?;
                    texts.inside.push(tag.end..range(reader.range()).start.max(tag.end));
                }
                Token::Eof => return Ok(texts),
                Token::Start(_) | Token::End(_) | Token::Text(_) => {}
            }
        }
    }

    /// The text of this number, its elements named as those of the sheet.
    fn get(&self, index: usize, prefix: &str) -> Option<String> {
        let inside = &self.xml[self.inside.get(index)?.clone()];
        let mut out = String::with_capacity(inside.len() + 32);
        let mut rest = inside;
        while let Some(open) = rest.find('<') {
            let end = rest[open..].find('>').map_or(rest.len(), |end| open + end + 1);
            out.push_str(&rest[..open]);
            let tag = renamed(&rest[open..end], &self.prefix, prefix);
            let name = tag.trim_start_matches('<').strip_prefix(prefix).unwrap_or("");
            let is_text = name.strip_prefix('t').is_some_and(|after| after.starts_with([' ', '>', '/']));
            out.push_str(&if is_text { preserved(&tag) } else { tag });
            rest = &rest[end..];
        }
        out.push_str(rest);
        Some(out)
    }
}

/// A tag whose element is named with another prefix.
fn renamed(tag: &str, from: &str, to: &str) -> String {
    if from == to {
        return tag.to_owned();
    }
    let (mark, rest) = tag.strip_prefix("</").map_or(("<", tag.trim_start_matches('<')), |rest| ("</", rest));
    format!("{mark}{to}{}", rest.strip_prefix(from).unwrap_or(rest))
}

/// The opening tag of a text that keeps its blanks.
fn preserved(tag: &str) -> String {
    if tag.contains("xml:space") || tag.ends_with("/>") { tag.to_owned() } else { tag.replacen('>', " xml:space=\"preserve\">", 1) }
}

/// Reads on to the end of the cell: the number in its value.
fn value(reader: &mut XmlReader<&[u8]>) -> Result<Option<usize>, Error> {
    let outside = reader.depth().saturating_sub(1);
    let mut text = String::new();
    while reader.depth() > outside {
        match reader.next()? {
            Token::Text(piece) => text.push_str(&piece),
            Token::Eof => break,
            Token::Start(_) | Token::End(_) => {}
        }
    }
    Ok(text.trim().parse().ok())
}

/// The sheet's XML with a cell at each of these places; what the sheet writes already stays as it is.
#[must_use]
pub fn with_cells(xml: &str, sheet: &Sheet, places: &[Address]) -> String {
    let prefix = &sheet.prefix;
    let mut missing: Vec<Address> = places.iter().copied().filter(|at| sheet.cell(*at).is_none()).collect();
    missing.sort_unstable();
    missing.dedup();
    let mut puts: Vec<(usize, String)> = Vec::new();
    let mut new_rows: Vec<u32> = Vec::new();
    for at in missing {
        let cell = format!("<{prefix}c r=\"{at}\"/>");
        let Some(row) = sheet.row(at.row) else {
            let next = sheet.rows.iter().find(|row| row.number > at.row).map_or(sheet.data.end, |row| row.xml.start);
            if new_rows.last() == Some(&at.row)
                && let Some((_, put)) = puts.last_mut()
            {
                put.truncate(put.len() - format!("</{prefix}row>").len());
                put.push_str(&format!("{cell}</{prefix}row>"));
                continue;
            }
            new_rows.push(at.row);
            puts.push((next, format!("<{prefix}row r=\"{}\">{cell}</{prefix}row>", at.row)));
            continue;
        };
        match row.cells.iter().find(|cell| cell.at.column > at.column) {
            Some(next) => puts.push((next.xml.start, cell)),
            None if xml[row.tag.clone()].ends_with("/>") => {
                // a row that is one empty tag is opened by its first cell and closed by its last
                let slash = row.tag.end - 2;
                puts.push((slash, format!("\u{0}{cell}")));
            }
            None => puts.push((xml[..row.xml.end].rfind("</").unwrap_or(row.xml.end), cell)),
        }
    }
    splice(xml, prefix, puts)
}

/// The XML with these texts put in; one that begins with U+0000 stands in a row that is one empty tag.
fn splice(xml: &str, prefix: &str, mut puts: Vec<(usize, String)>) -> String {
    puts.sort_by_key(|(at, _)| *at);
    let mut out = String::with_capacity(xml.len() + puts.len() * 32);
    let mut done = 0;
    let mut puts = puts.into_iter().peekable();
    while let Some((at, put)) = puts.next() {
        out.push_str(&xml[done..at]);
        done = at;
        let Some(cell) = put.strip_prefix('\u{0}') else {
            out.push_str(&put);
            continue;
        };
        out.push('>');
        out.push_str(cell);
        while let Some((_, more)) = puts.next_if(|(next, _)| *next == at) {
            out.push_str(more.trim_start_matches('\u{0}'));
        }
        out.push_str(&format!("</{prefix}row>"));
        done = at + "/>".len();
    }
    out.push_str(&xml[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{Styles, scan};

    const STRINGS: &str = "<sst><si><t>姓名 </t></si><si><r><rPr><u/></rPr><t>  </t></r><r><t>a&amp;&#98;&#20013;</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si></sst>";

    fn scanned(xml: &str) -> Sheet {
        scan(xml, "sheet1.xml", &Styles::default(), &Limits::default()).expect("a sheet")
    }

    #[test]
    fn shared_texts_become_the_sheets_own_and_stand_where_they_are_said_to() {
        let xml = "<x:worksheet xmlns:x=\"u\"><x:sheetData><x:row r=\"2\"><x:c r=\"B2\" s=\"3\" t=\"s\"><x:v>0</x:v></x:c><x:c t=\"s\"><x:v>1</x:v></x:c><x:c t=\"s\"><x:v>9</x:v></x:c></x:row></x:sheetData></x:worksheet>";
        let xml = inlined(xml, Some(STRINGS), "sheet1.xml", &Limits::default()).expect("inlined");
        let sheet = scanned(&xml);
        assert_eq!(sheet.prefix, "x:");
        let cells = &sheet.rows[0].cells;
        assert_eq!(
            cells.iter().map(|cell| (cell.at.to_string(), cell.text.as_str())).collect::<Vec<_>>(),
            [("B2".to_owned(), "姓名 "), ("C2".to_owned(), "  a&b中"), ("D2".to_owned(), ""),]
        );
        let held: Vec<&str> = cells[1].segments.iter().map(|segment| &xml[segment.xml.clone()]).collect();
        assert_eq!(held, ["  ", "a", "&amp;", "&#98;", "中"]);
        assert_eq!(sheet.grid.underlined, [(cells[1].at, 0..2)]);
        // nothing is drawn: a value may stand right of the last words
        assert_eq!(sheet.grid.edge.map(|edge| edge.to_string()).as_deref(), Some("D"));
        assert_eq!(
            &xml[cells[0].xml.clone()],
            "<x:c r=\"B2\" s=\"3\" t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">姓名 </x:t></x:is></x:c>"
        );
    }

    #[test]
    fn cells_that_are_not_written_are_put_where_they_belong() {
        let xml = "<worksheet><sheetData><row r=\"2\"><c r=\"B2\"/></row><row r=\"4\"/></sheetData></worksheet>";
        let places: Vec<Address> =
            ["D4", "B3", "A2", "C2", "B4", "C3", "B2", "A9"].iter().map(|at| at.parse().expect("an address")).collect();
        let xml = with_cells(xml, &scanned(xml), &places);
        assert_eq!(
            xml,
            "<worksheet><sheetData><row r=\"2\"><c r=\"A2\"/><c r=\"B2\"/><c r=\"C2\"/></row><row r=\"3\"><c r=\"B3\"/><c r=\"C3\"/></row><row r=\"4\"><c r=\"B4\"/><c r=\"D4\"/></row><row r=\"9\"><c r=\"A9\"/></row></sheetData></worksheet>"
        );
    }
}
