//! Makes a plain document of a template or of a file with macros: Excel and Word do not open an .xlsx or .docx that says it is one.
//!
//! The macros are left out, and so is what would call them: buttons stay without their action, and bands of buttons of their own go.

use std::borrow::Cow;
use std::collections::BTreeSet;

use mingce_ooxml::Package;

use crate::xlsx::attributes::{value, with, without};

/// The part that says what kind each part is.
const TYPES: &str = "[Content_Types].xml";

/// Types of main parts that are templates or have macros, each with that of the plain document.
const MAIN: [(&str, &str); 6] = [
    ("vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", WORKBOOK),
    ("vnd.ms-excel.sheet.macroEnabled.main+xml", WORKBOOK),
    ("vnd.ms-excel.template.macroEnabled.main+xml", WORKBOOK),
    ("vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", DOCUMENT),
    ("vnd.ms-word.document.macroEnabled.main+xml", DOCUMENT),
    ("vnd.ms-word.template.macroEnabledTemplate.main+xml", DOCUMENT),
];
const WORKBOOK: &str = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const DOCUMENT: &str = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// Kinds of parts that hold macros, or call them as soon as the file is opened.
const MACROS: [&str; 7] = [
    "vbaProject",
    "wordVbaData",
    "vbaProjectSignature",
    "vbaProjectSignatureAgile",
    "vbaProjectSignatureV3",
    "attachedToolbars",
    "extensibility",
];

/// What of a package no plain document has.
pub(crate) struct Plain {
    parts: BTreeSet<String>,
    /// Whether the file has macros.
    pub(crate) has_macros: bool,
}

impl Plain {
    /// Looks at a package.
    pub(crate) fn of(package: &Package<'_>) -> Self {
        let holders: Vec<String> = package.names().filter(|name| !name.ends_with('/')).map(str::to_owned).chain([String::new()]).collect();
        let links: Vec<_> = holders.iter().filter_map(|holder| package.relationships(holder).ok()).collect();
        let macros = links.iter().flat_map(|links| links.iter()).filter(|link| MACROS.contains(&link.kind.as_str()));
        let mut parts: BTreeSet<String> = macros.filter_map(|link| link.target.as_deref().map(str::to_ascii_lowercase)).collect();
        let has_macros = links.iter().any(|links| links.first_of("vbaProject").is_some());
        parts.extend(parts.clone().iter().map(|part| links_of(part)));
        Self { parts, has_macros }
    }

    /// Whether a plain document has this part.
    pub(crate) fn keeps(&self, part: &str) -> bool {
        !self.parts.contains(&part.to_ascii_lowercase())
    }

    /// What a part of this name is in a plain document.
    pub(crate) fn content(&self, part: &str, content: Vec<u8>) -> Vec<u8> {
        let Ok(text) = std::str::from_utf8(&content) else { return content };
        let plain = match part.rsplit('.').next() {
            _ if part == TYPES => self.types(text),
            Some("rels") if !self.parts.is_empty() => MACROS.iter().fold(text.to_owned(), |links, kind| without_link(&links, kind)),
            Some("xml") if self.has_macros && part.starts_with("xl/") => uncalled(text),
            Some("vml") if self.has_macros => without_calls(text),
            _ => return content,
        };
        if plain == text { content } else { plain.into_bytes() }
    }

    /// The types of the parts that are kept.
    fn types(&self, text: &str) -> String {
        let mut types = MAIN
            .iter()
            .fold(text.to_owned(), |types, (other, plain)| types.replace(&format!("application/{other}"), &format!("application/{plain}")));
        for part in &self.parts {
            types = without_override(&types, part);
        }
        without_tags(&types, "<Default ", |tag| value(tag, "ContentType").is_some_and(|kind| kind.ends_with("vbaProject")))
    }
}

/// The part that holds the relationships of this part.
fn links_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The types without a part of this name.
pub(crate) fn without_override(types: &str, part: &str) -> String {
    let is_meant = |tag: &str| value(tag, "PartName").is_some_and(|name| name.trim_start_matches('/').eq_ignore_ascii_case(part));
    without_tags(types, "<Override", is_meant)
}

/// A list of relationships without those of this kind.
pub(crate) fn without_link(links: &str, kind: &str) -> String {
    without_tags(links, "<Relationship ", |tag| value(tag, "Type").is_some_and(|found| found.rsplit('/').next() == Some(kind)))
}

/// The XML without the empty elements that begin so and are meant.
fn without_tags(xml: &str, start: &str, is_meant: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(open) = rest.find(start) {
        let end = rest[open..].find('>').map_or(rest.len(), |end| open + end + 1);
        out.push_str(&rest[..if is_meant(&rest[open..end]) { open } else { end }]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// A sheet, or what is drawn on it, whose buttons call no macro.
fn uncalled(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find(" macro=") {
        let (Some(open), Some(end)) = (rest[..at].rfind('<'), rest[at..].find('>').map(|end| at + end + 1)) else { break };
        let tag = &rest[open..end];
        out.push_str(&rest[..open]);
        // a shape has to say that it calls none
        let plain = if tag.contains("controlPr") { without(tag, "macro") } else { with(tag, "macro", "") };
        out.push_str(if rest[open..at].contains('>') { tag } else { &plain });
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// An old drawing whose buttons call no macro.
fn without_calls(drawing: &str) -> String {
    const END: &str = "</x:FmlaMacro>";
    let mut out = Cow::Borrowed(drawing);
    while let Some(open) = out.find("<x:FmlaMacro>") {
        let Some(end) = out[open..].find(END).map(|end| open + end + END.len()) else { break };
        out = Cow::Owned(format!("{}{}", &out[..open], &out[end..]));
    }
    out.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_are_those_of_a_plain_document() {
        let plain = Plain { parts: ["xl/vbaproject.bin".to_owned()].into(), has_macros: true };
        let types = "<Types><Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/><Default Extension=\"xml\" \
            ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.ms-excel.sheet.macroEnabled\
            .main+xml\"/><Override PartName=\"/xl/vbaProject.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>";
        let found = String::from_utf8(plain.content(TYPES, types.into())).expect("text");
        assert_eq!(
            found,
            "<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" \
            ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
        );
        assert!(!plain.keeps("xl/vbaProject.bin") && plain.keeps("xl/workbook.xml"));
        let links = "<Relationships><Relationship Id=\"a\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" \
            Target=\"vbaProject.bin\"/><Relationship Id=\"b\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>";
        let found = String::from_utf8(plain.content("xl/_rels/workbook.xml.rels", links.into())).expect("text");
        assert_eq!(found, "<Relationships><Relationship Id=\"b\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>");
    }

    #[test]
    fn buttons_stay_and_call_nothing() {
        assert_eq!(
            uncalled("<a><xdr:sp macro=\"[0]!填\" textlink=\"\"/><controlPr macro=\"[0]!填\" id=\"1\"/><t> macro=\"b\"</t></a>"),
            "<a><xdr:sp macro=\"\" textlink=\"\"/><controlPr id=\"1\"/><t> macro=\"b\"</t></a>"
        );
        assert_eq!(without_calls("<a><x:FmlaMacro>[0]!填</x:FmlaMacro><b/></a>"), "<a><b/></a>");
    }
}
