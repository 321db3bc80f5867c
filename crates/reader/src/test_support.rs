//! Workbooks made by hand for tests, one trap at a time.

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
