//! Files made by hand for tests, one trap at a time.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a workbook with one sheet, ready to be spoiled.
pub(crate) struct Book {
    pub(crate) workbook: String,
    pub(crate) links: String,
    pub(crate) sheet: Vec<u8>,
    pub(crate) strings: String,
    pub(crate) styles: String,
    pub(crate) more: Vec<(String, Vec<u8>)>,
}

impl Book {
    /// A workbook whose sheet has these rows, written as XML.
    pub(crate) fn of_rows(rows: &str) -> Self {
        Self::of_sheet(&format!("<sheetData>{rows}</sheetData>"))
    }

    /// A workbook whose sheet has this body, written as XML.
    pub(crate) fn of_sheet(body: &str) -> Self {
        Self {
            workbook: format!(
                r#"<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="收集表" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
            links: link("rId1", "worksheet", "worksheets/sheet1.xml"),
            sheet: format!(r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{body}</worksheet>"#).into_bytes(),
            strings: "<si><t>姓名</t></si><si><t>张三</t></si>".to_owned(),
            styles: String::new(),
            more: Vec::new(),
        }
    }

    /// With these number formats for cell styles 1, 2, ….
    pub(crate) fn with_formats(mut self, codes: &[&str]) -> Self {
        let mut formats = String::new();
        let mut cells = String::from("<xf numFmtId=\"0\"/>");
        for (index, code) in codes.iter().enumerate() {
            let code = code.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
            formats += &format!(r#"<numFmt numFmtId="{}" formatCode="{code}"/>"#, 164 + index);
            cells += &format!(r#"<xf numFmtId="{}"/>"#, 164 + index);
        }
        self.styles = format!("<numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs>");
        self
    }

    /// The package.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let links = format!(
            "<Relationships>{}{}{}</Relationships>",
            self.links,
            link("rId98", "sharedStrings", "sharedStrings.xml"),
            link("rId99", "styles", "styles.xml")
        );
        let root = format!("<Relationships>{}</Relationships>", link("rId1", "officeDocument", "xl/workbook.xml"));
        let mut parts = vec![
            ("_rels/.rels".to_owned(), root.into_bytes()),
            ("xl/workbook.xml".to_owned(), self.workbook.clone().into_bytes()),
            ("xl/_rels/workbook.xml.rels".to_owned(), links.into_bytes()),
            ("xl/worksheets/sheet1.xml".to_owned(), self.sheet.clone()),
            ("xl/sharedStrings.xml".to_owned(), format!("<sst>{}</sst>", self.strings).into_bytes()),
            ("xl/styles.xml".to_owned(), format!("<styleSheet>{}</styleSheet>", self.styles).into_bytes()),
        ];
        parts.extend(self.more.iter().cloned());
        packed(&parts)
    }
}

/// A relationship as XML.
pub(crate) fn link(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{LINKS}/{kind}" Target="{target}"/>"#)
}

/// These parts as a zip file.
pub(crate) fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("room");
    }
    zip.finish().expect("a zip").into_inner()
}

/// A record of an old workbook.
pub(crate) fn record(id: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("a short record");
    [&id.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

/// The stream of an old workbook of one sheet: what stands before the sheet, and the records of the sheet.
pub(crate) fn old_workbook(globals: &[Vec<u8>], state: u8, sheet: &[Vec<u8>]) -> Vec<u8> {
    let begin = |kind: u8| record(0x809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = record(0x0A, &[]);
    let before: usize = globals.iter().map(Vec::len).sum();
    let start = u32::try_from(begin(5).len() + before + 16 + end.len()).expect("a short stream");
    let listed = record(0x85, &[&start.to_le_bytes()[..], &[state, 0, 2, 1], &[0x32, 0x75, 0x68, 0x88]].concat());
    [begin(5), globals.concat(), listed, end.clone(), begin(0x10), sheet.concat(), end].concat()
}

/// The stream in a container, in sectors of 512 bytes: one for the allocation table, one for the directory, then the stream.
pub(crate) fn contained(name: &str, stream: &[u8]) -> Vec<u8> {
    let sectors = stream.len().max(4096).div_ceil(512);
    let mut header = vec![0; 512];
    header[..8].copy_from_slice(&mingce_ooxml::compound::Compound::SIGNATURE);
    let words: [(usize, u32); 8] =
        [(24, 0x0003_003E), (28, 0x0009_FFFE), (32, 6), (44, 1), (48, 1), (56, 4096), (60, u32::MAX - 1), (68, u32::MAX - 1)];
    for (at, word) in words {
        header[at..at + 4].copy_from_slice(&word.to_le_bytes());
    }
    header[80..].fill(0xFF);
    let last = u32::try_from(sectors).expect("a small file") + 1;
    let mut table: Vec<u32> = vec![u32::MAX - 2, u32::MAX - 1];
    table.extend((3..=last).chain([u32::MAX - 1]));
    table.resize(128, u32::MAX);
    let mut directory = Vec::new();
    for (name, kind, child, start, size) in [("Root Entry", 5u8, 1u32, u32::MAX - 1, 0), (name, 2, u32::MAX, 2, stream.len().max(4096))] {
        let mut entry = vec![0; 128];
        for (index, unit) in name.encode_utf16().enumerate() {
            entry[index * 2..index * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[64] = u8::try_from(name.len() * 2 + 2).expect("a short name");
        entry[66] = kind;
        let size = u32::try_from(size).expect("a small file");
        for (at, word) in [(68, u32::MAX), (72, u32::MAX), (76, child), (116, start), (120, size)] {
            entry[at..at + 4].copy_from_slice(&word.to_le_bytes());
        }
        directory.extend(entry);
    }
    directory.resize(512, 0);
    let mut bytes = [header, table.iter().flat_map(|word| word.to_le_bytes()).collect(), directory, stream.to_vec()].concat();
    bytes.resize(512 * (3 + sectors), 0);
    bytes
}
