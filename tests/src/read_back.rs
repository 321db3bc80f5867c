//! What stands in our outputs, as others read it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The sheets of a workbook: name, and its lines with cells parted by tabs, from the first row on.
///
/// # Panics
/// If the file is no workbook.
#[must_use]
pub fn workbook(path: &Path) -> Vec<(String, Vec<String>)> {
    let mut book: Xlsx<_> = open_workbook(path).expect("a workbook that calamine opens");
    let names = book.sheet_names();
    names.into_iter().map(|name| (name.clone(), sheet_lines(&mut book, &name))).collect()
}

fn sheet_lines<R: std::io::Read + std::io::Seek>(book: &mut Xlsx<R>, name: &str) -> Vec<String> {
    let range = book.worksheet_range(name).expect("a sheet that calamine reads");
    let Some((last_row, last_column)) = range.end() else { return Vec::new() };
    (0..=last_row)
        .map(|row| {
            let cells = (0..=last_column).map(|column| range.get_value((row, column)).map_or_else(String::new, Data::to_string));
            cells.collect::<Vec<_>>().join("\t").trim_end_matches('\t').to_owned()
        })
        .collect()
}

/// The words of a Word document: one line per paragraph, or per row of a table with its cells parted by `|`; blanks,
/// underscores and the covered parts of merged cells are left out.
///
/// # Panics
/// If the file is no Word document.
#[must_use]
pub fn document(path: &Path) -> String {
    let xml = part(path, "word/document.xml");
    let mut reader = Reader::from_str(&xml);
    let mut text = DocumentText::default();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(element) => text.open(&element),
            Event::Empty(element) => text.property(&element),
            Event::Text(words) if text.in_text => text.cell.push_str(&words.xml10_content()),
            Event::GeneralRef(reference) if text.in_text => {
                let name = reference.xml10_content();
                let resolved = reference.resolve_char_ref().ok().flatten().map(String::from);
                let named = quick_xml::escape::resolve_xml_entity(&name).map(str::to_owned);
                text.cell.push_str(&resolved.or(named).expect("a known entity"));
            }
            Event::End(element) => text.close(element.local_name().as_ref()),
            Event::Eof => return text.lines,
            _ => {}
        }
    }
}

/// One part of an Office package as text.
///
/// # Panics
/// If the file is no package, or has no such part.
#[must_use]
pub fn part(path: &Path, name: &str) -> String {
    let mut package = zip::ZipArchive::new(fs::File::open(path).expect("the file opens")).expect("a package");
    let mut text = String::new();
    package.by_name(name).expect("the part is there").read_to_string(&mut text).expect("the part is UTF-8");
    text
}

/// The parts of an Office package, by name.
///
/// # Panics
/// If the file is no package.
#[must_use]
pub fn parts(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut package = zip::ZipArchive::new(fs::File::open(path).expect("the file opens")).expect("a package");
    let mut parts = BTreeMap::new();
    for place in 0..package.len() {
        let mut part = package.by_index(place).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("the part can be read");
        parts.insert(part.name().expect("a name").into_owned(), bytes);
    }
    parts
}

/// Everything an Office package holds, the names of its parts included.
///
/// # Panics
/// If the file is no package.
#[must_use]
pub fn unpacked(path: &Path) -> String {
    let mut package = zip::ZipArchive::new(fs::File::open(path).expect("the file opens")).expect("a package");
    let mut text = String::new();
    for place in 0..package.len() {
        let mut part = package.by_index(place).expect("a part");
        text.push_str(&part.name().expect("a name"));
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("the part can be read");
        text.push_str(&String::from_utf8_lossy(&bytes));
    }
    text
}

#[derive(Default)]
struct DocumentText {
    lines: String,
    row: Vec<String>,
    cell: String,
    in_text: bool,
    in_row: bool,
    covered: bool,
}

impl DocumentText {
    fn open(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "t" => self.in_text = true,
            "tr" => (self.in_row, self.row) = (true, Vec::new()),
            "tc" => (self.cell, self.covered) = (String::new(), false),
            _ => self.property(element),
        }
    }

    fn property(&mut self, element: &BytesStart<'_>) {
        if element.local_name().as_ref() == "vMerge" {
            self.covered = !element.attributes().flatten().any(|attribute| attribute.value.as_ref() == "restart");
        }
    }

    fn close(&mut self, element: &str) {
        match element {
            "t" => self.in_text = false,
            "p" if !self.in_row => self.take_line(),
            "tc" if !self.covered => self.row.push(std::mem::take(&mut self.cell)),
            "tr" => {
                self.in_row = false;
                self.cell = self.row.join("|");
                self.take_line();
            }
            _ => {}
        }
    }

    fn take_line(&mut self) {
        let line: String = self.cell.chars().filter(|c| !c.is_whitespace() && *c != '_').collect();
        self.cell.clear();
        if !line.is_empty() {
            self.lines.push_str(&line);
            self.lines.push('\n');
        }
    }
}
