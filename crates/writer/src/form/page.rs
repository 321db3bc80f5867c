//! Several forms in one document: where each begins, and what of a blank may stand in a document only once.

use std::ops::Range;

use mingce_ooxml::word;

use super::piece::Piece;

/// A line that takes no room, so that a full page stays one page.
const NO_ROOM: &str = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/><w:rPr><w:sz w:val=\"2\"/></w:rPr>";

/// Elements that mark a place under a number of their own.
const MARKS: [&str; 5] = ["w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"];

/// Whether the blank has more than one section, so that a form ends with the properties of its last one.
pub(super) fn has_sections(xml: &str, document: &word::Document) -> bool {
    xml[document.body.clone()].contains("<w:sectPr")
}

/// A paragraph without room that ends a section with these properties.
pub(super) fn section_end(section: &str) -> String {
    // what follows begins on a new page whatever the blank's last section says of itself
    format!("<w:p><w:pPr>{NO_ROOM}{section}</w:pPr></w:p>")
}

/// How a form that is not the first in its document begins on a new page.
///
/// It is said by the first paragraph, unless one of the other cuts is made there: then a line of its own says it.
pub(super) fn break_before(xml: &str, body: usize, others: &[(Range<usize>, Piece)]) -> (Range<usize>, Piece) {
    let own_line = || (body..body, Piece::NewPage(format!("<w:p><w:pPr>{NO_ROOM}</w:pPr><w:r><w:br w:type=\"page\"/></w:r></w:p>")));
    let begins = xml[body..].starts_with("<w:p>") || xml[body..].starts_with("<w:p ");
    let Some(inside) = xml[body..].find('>').map(|end| body + end + 1).filter(|_| begins) else { return own_line() };
    let is_taken = |at: usize| others.iter().any(|(range, _)| range.start <= at && at <= range.end);
    if xml[..inside].ends_with("/>") || is_taken(inside) {
        return own_line();
    }
    const PROPERTIES: &str = "<w:pPr>";
    if !xml[inside..].starts_with(PROPERTIES) {
        return (inside..inside, Piece::NewPage("<w:pPr><w:pageBreakBefore/></w:pPr>".to_owned()));
    }
    // the schema has these before it
    let mut at = inside + PROPERTIES.len();
    while let Some(end) =
        ["<w:pStyle ", "<w:keepNext", "<w:keepLines"].iter().find(|name| xml[at..].starts_with(**name)).and_then(|_| xml[at..].find("/>"))
    {
        at += end + "/>".len();
    }
    let is_there = xml[at..].starts_with("<w:pageBreakBefore");
    (at..at, Piece::NewPage(if is_there { String::new() } else { "<w:pageBreakBefore/>".to_owned() }))
}

/// What may stand in a document only once: numbers of paragraphs and controls, marks of places, numbers of drawings and of changes.
pub(super) fn once(xml: &str, body: Range<usize>) -> Vec<(Range<usize>, Piece)> {
    let mut found = Vec::new();
    let mut drawings = 0;
    let mut at = body.start;
    while let Some(open) = xml[at..body.end].find('<').map(|open| at + open) {
        let Some(end) = xml[open..body.end].find('>').map(|end| open + end + 1) else { break };
        at = end;
        let tag = &xml[open..end];
        let name = tag[1..].split([' ', '/', '>']).next().unwrap_or("");
        let whole = |range: Range<usize>| (range.clone(), Piece::Once(xml[range].to_owned()));
        if (MARKS.contains(&name) || name == "w:id") && tag.ends_with("/>") {
            found.push(whole(open..end));
        } else if name == "wp:docPr" {
            if let Some(value) = attribute(tag, " id=\"") {
                let own = tag[value.clone()].to_owned();
                found.push((open + value.start..open + value.end, Piece::Drawing { own, index: drawings }));
                drawings += 1;
            }
        } else if tag.contains(" w:author=\"") {
            // somebody's change, kept for approval
            if let Some(value) = attribute(tag, " w:id=\"") {
                let own = tag[value.clone()].to_owned();
                found.push((open + value.start..open + value.end, Piece::Drawing { own, index: drawings }));
                drawings += 1;
            }
        } else if name.starts_with("v:") {
            // shapes of older programs
            for start in [" id=\"", " o:spid=\""] {
                if let Some(value) = attribute(tag, start) {
                    found.push(whole(open + value.start - start.len()..open + value.end + 1));
                }
            }
        } else if matches!(name, "w:p" | "w:tr") {
            for start in [" w14:paraId=\"", " w14:textId=\""] {
                if let Some(value) = attribute(tag, start) {
                    found.push(whole(open + value.start - start.len()..open + value.end + 1));
                }
            }
        }
    }
    found
}

/// The part of a tag that is the value of an attribute.
fn attribute(tag: &str, start: &str) -> Option<Range<usize>> {
    let from = tag.find(start)? + start.len();
    Some(from..from + tag[from..].find('"')?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_further_form_begins_on_a_new_page_without_a_line_of_its_own() {
        for (xml, expected) in [
            (
                "<w:p w14:paraId=\"1\"><w:pPr><w:pStyle w:val=\"a\"/><w:keepNext/><w:jc/></w:pPr></w:p>",
                "<w:keepNext/>|<w:pageBreakBefore/>|<w:jc/>",
            ),
            ("<w:p><w:r/></w:p>", "<w:p>|<w:pPr><w:pageBreakBefore/></w:pPr>|<w:r/>"),
        ] {
            let (range, piece) = break_before(xml, 0, &[]);
            let Piece::NewPage(text) = piece else { panic!("{piece:?}") };
            let whole = format!("{}|{text}|{}", &xml[..range.start], &xml[range.end..]);
            assert!(whole.contains(expected), "{whole}");
        }
        assert!(matches!(break_before("<w:tbl/>", 0, &[]), (Range { start: 0, end: 0 }, Piece::NewPage(text)) if text.contains("w:br")));
    }

    #[test]
    fn numbers_that_must_differ_are_found() {
        let xml = "<w:p w14:paraId=\"0A\" w14:textId=\"77\" w:rsidR=\"1\"><w:bookmarkStart w:id=\"1\" w:name=\"a\"/><wp:docPr id=\"5\" name=\"b\"/><v:shape id=\"c\" type=\"#d\"/><w:ins w:id=\"9\" w:author=\"e\"/></w:p>";
        let cut: Vec<&str> = once(xml, 0..xml.len()).into_iter().map(|(range, _)| &xml[range]).collect();
        assert_eq!(cut, [" w14:paraId=\"0A\"", " w14:textId=\"77\"", "<w:bookmarkStart w:id=\"1\" w:name=\"a\"/>", "5", " id=\"c\"", "9"]);
    }
}
