//! What belongs to a sheet alone: its drawings, comments, tables and controls, which every copy of the sheet needs its own of.

use mingce_ooxml::Limits;
use mingce_ooxml::xml::{Token, XmlReader};

use super::attributes::{value, with};
use super::book::{Book, Part, range};
use super::form::OwnPart;

/// Kinds of parts that copies of a sheet share, or that no copy needs.
const SHARED: [&str; 6] = ["image", "hyperlink", "theme", "media", "audio", "video"];

/// The printer's own settings: what they say for a sheet stands in the sheet, too.
const PRINTER: &str = "printerSettings";

/// The part that holds the relationships of this part.
pub(super) fn links_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The parts that belong to a sheet alone, the sheet not among them, in the order they are reached.
pub(super) fn own_parts(book: &Book, sheet: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut next = vec![sheet.to_owned()];
    while let Some(part) = next.pop() {
        for link in book.links(&part).into_iter().flat_map(|links| links.iter()) {
            let Some(target) = link.target.as_deref().and_then(|target| book.part(target)) else { continue };
            let is_shared = SHARED.contains(&link.kind.as_str()) || link.kind == PRINTER || link.kind == "worksheet";
            if !is_shared && target.name != sheet && !found.contains(&target.name) {
                found.push(target.name.clone());
                next.push(target.name.clone());
            }
        }
    }
    found
}

/// The parts of a sheet that have texts of their own beside its cells: what is drawn on it, and its notes.
pub(super) fn parts_with_texts(book: &Book, sheet: &str) -> Vec<String> {
    const KINDS: [&str; 3] = ["drawing", "comments", "threadedComment"];
    let links = book.links(sheet).into_iter().flat_map(|links| links.iter()).filter(|link| KINDS.contains(&link.kind.as_str()));
    links.filter_map(|link| book.part(link.target.as_deref()?)).map(|part| part.name.clone()).collect()
}

/// The settings of printers that a sheet has.
pub(super) fn printer_parts(book: &Book, sheet: &str) -> Vec<String> {
    let links = book.links(sheet).into_iter().flat_map(|links| links.iter());
    links.filter(|link| link.kind == PRINTER).filter_map(|link| link.target.clone()).collect()
}

/// The relationships of a copy: what is copied with it is meant in its copy, and no printer is.
pub(super) fn links_text(book: &Book, part: &str, own: &[OwnPart], number: usize) -> Option<String> {
    let list = links_of(part);
    let xml = book.text(&list);
    let links = book.links(part)?;
    let limits = Limits::default();
    let mut reader = XmlReader::new(xml.as_bytes(), &list, &limits);
    let mut out = String::with_capacity(xml.len() + 64);
    let mut done = 0;
    while let Ok(token) = reader.next() {
        match token {
            Token::Start(tag) if tag.name() == "Relationship" => {
                let link = tag.attribute("Id").and_then(|id| links.by_id(&id));
                let place = range(reader.range());
                let tag = &xml[place.clone()];
                out.push_str(&xml[done..place.start]);
                done = place.end;
                let Some(link) = link else {
                    out.push_str(tag);
                    continue;
                };
                if link.kind == PRINTER {
                    continue;
                }
                let target = link.target.as_deref().and_then(|target| book.part(target)).map(|part| &part.name);
                match target.filter(|target| own.iter().any(|part| part.name == **target)) {
                    Some(target) => out.push_str(&with(tag, "Target", &format!("/{}", book.copy_name(target, number)))),
                    None => out.push_str(tag),
                }
            }
            Token::Eof => break,
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
    out.push_str(&xml[done..]);
    out.contains("Relationship ").then_some(out)
}

/// A part's content in a copy: a table must not have the name and number of another.
pub(super) fn content(part: &Part, number: usize) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(&part.content).ok().filter(|_| part.name.contains("/tables/"))?;
    let start = text.find("<table ").or_else(|| text.find(":table "))?;
    let start = text[..=start].rfind('<')?;
    let end = start + text[start..].find('>')? + 1;
    let mut tag = text[start..end].to_owned();
    let id: usize = value(&tag, "id").and_then(|id| id.parse().ok()).unwrap_or(1);
    tag = with(&tag, "id", &(id + 1000 * number).to_string()).into_owned();
    for name in ["name", "displayName"] {
        let new = format!("{}_{}", value(&tag, name).unwrap_or("表"), number + 1);
        tag = with(&tag, name, &new).into_owned();
    }
    Some(format!("{}{tag}{}", &text[..start], &text[end..]).into_bytes())
}
