//! What lists the sheets of a workbook: the workbook part, its relationships and the package's types, with a sheet for everybody.

use std::collections::BTreeSet;
use std::ops::Range;

use mingce_ooxml::Limits;
use mingce_ooxml::xml::{Token, XmlReader, resolve_references};

use super::attributes::{escaped, prefix, value, with, without};
use super::book::{Book, TYPES, range};
use super::copies::{links_of, printer_parts};
use super::form::{FormWorkbook, OwnPart};
use super::formula::{self, Corner, Rewriting};
use super::photos::PhotoPlace;
use crate::Error;
use crate::blank::{without_link, without_override};
use crate::docx::package::{Deflater, PackageWriter};

/// The order in which formulas are computed: it names cells that move, and every program makes it anew.
pub(super) const ORDER: &str = "calcChain";

/// Writes everything but the people's sheets and what belongs to each.
pub(super) fn shared_parts(
    form: &FormWorkbook,
    names: &[String],
    photos: Option<(&PhotoPlace, &[usize])>,
    package: &mut PackageWriter<'_>,
    deflater: &mut Deflater,
) -> Result<(), Error> {
    let (book, sheet, own) = (&form.book, form.sheet(), &form.own);
    let links = links_of(&book.main);
    let own_names = || own.iter().map(|part| part.name.clone());
    let mut left_out: BTreeSet<String> = own_names().chain([sheet.to_owned(), links_of(sheet), links.clone()]).collect();
    left_out.extend(own_names().map(|part| links_of(&part)).chain(printer_parts(book, sheet)));
    let order = book.links(&book.main).and_then(|links| links.first_of(ORDER)).and_then(|link| link.target.clone());
    left_out.extend(order.clone());
    let mut types = types(book, sheet, own, order.as_deref(), names.len());
    if let Some((place, people)) = photos.filter(|(_, people)| !people.is_empty()) {
        types = place.types(&types, people);
    }
    package.deflate(TYPES, types.as_bytes(), deflater)?;
    for part in book.parts.iter().filter(|part| part.name != TYPES && !left_out.contains(&part.name)) {
        let text = std::str::from_utf8(&part.content).ok();
        match text.and_then(|text| other_part(form, &part.name, text, names)) {
            Some(text) => package.deflate(&part.name, text.as_bytes(), deflater)?,
            None => package.deflate(&part.name, &part.content, deflater)?,
        }
    }
    package.deflate(&links, relationships(book, form.tab, order.is_some(), names.len()).as_bytes(), deflater)?;
    package.deflate(&book.main, workbook(form, names).as_bytes(), deflater)
}

/// A part that speaks of the sheets: other sheets, of which none is the selected one now, and the list in the document's properties.
fn other_part(form: &FormWorkbook, name: &str, text: &str, names: &[String]) -> Option<String> {
    if name.ends_with("docProps/app.xml") {
        return Some(without_titles(text));
    }
    let is_sheet = form.book.tabs.iter().any(|tab| tab.part.as_deref() == Some(name));
    if !is_sheet {
        return None;
    }
    let text = text.replacen(" tabSelected=\"1\"", "", 1).replacen(" tabSelected=\"true\"", "", 1);
    let first = names.first().map_or("", String::as_str);
    Some(formulas(&text, &form.book.tabs[form.tab].name, first))
}

/// A sheet's XML whose formulas call the form by the name of its first copy.
fn formulas(xml: &str, old: &str, new: &str) -> String {
    rewritten(xml, &|formula| renamed(formula, old, new))
}

/// A sheet's XML with every formula rewritten.
pub(super) fn rewritten(xml: &str, rewrite: &dyn Fn(&str) -> String) -> String {
    let limits = Limits::default();
    let mut reader = XmlReader::new(xml.as_bytes(), "sheet", &limits);
    let mut out = String::with_capacity(xml.len());
    let mut done = 0;
    while let Ok(token) = reader.next() {
        match token {
            Token::Start(tag) if matches!(tag.name(), "f" | "formula" | "formula1" | "formula2") => {
                let start = range(reader.range()).end;
                if reader.skip_element().is_err() {
                    break;
                }
                let end = range(reader.range()).start.max(start);
                out.push_str(&xml[done..start]);
                out.push_str(&rewrite(&xml[start..end]));
                done = end;
            }
            Token::Eof => break,
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
    out.push_str(&xml[done..]);
    out
}

/// The bytes of what each name stands for that the workbook defines.
pub(super) fn defined(xml: &str) -> Vec<Range<usize>> {
    let limits = Limits::default();
    let mut reader = XmlReader::new(xml.as_bytes(), "xl/workbook.xml", &limits);
    let mut found = Vec::new();
    while let Ok(token) = reader.next() {
        match token {
            Token::Start(tag) if tag.name() == "definedName" => {
                let start = range(reader.range()).end;
                if reader.skip_element().is_err() {
                    break;
                }
                found.push(start..range(reader.range()).start.max(start));
            }
            Token::Eof => break,
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
    found
}

/// A formula as it stands in XML, with another name for a sheet.
fn renamed(written: &str, old: &str, new: &str) -> String {
    if !written.contains('!') {
        return written.to_owned();
    }
    let same = |first: Corner, last: Option<Corner>| (first.row, last.unwrap_or(first).row);
    let plain = resolve_references(written);
    let rewritten = formula::rewrite(&plain, &Rewriting { sheet: old, is_own: false, renamed: Some(new), rows: &same });
    if rewritten == plain { written.to_owned() } else { escaped(&rewritten) }
}

fn without_titles(text: &str) -> String {
    let mut text = text.to_owned();
    for name in ["HeadingPairs", "TitlesOfParts"] {
        let end = format!("</{name}>");
        if let (Some(from), Some(to)) = (text.find(&format!("<{name}>")), text.find(&end)) {
            text.replace_range(from..to + end.len(), "");
        }
    }
    text
}

/// The types of the package's parts, those of the copies among them.
fn types(book: &Book, sheet: &str, own: &[OwnPart], order: Option<&str>, count: usize) -> String {
    let text = book.text(TYPES);
    let end = text.rfind("</").unwrap_or(text.len());
    let mut out = text[..end].to_owned();
    if let Some(order) = order {
        out = without_override(&out, order);
    }
    for part in printer_parts(book, sheet) {
        out = without_override(&out, &part);
    }
    for part in std::iter::once(sheet).chain(own.iter().map(|part| part.name.as_str())) {
        let Some(kind) = book.type_of(part) else { continue };
        for number in 1..count {
            out.push_str(&format!("<Override PartName=\"/{}\" ContentType=\"{kind}\"/>", escaped(&book.copy_name(part, number))));
        }
    }
    out.push_str(&text[end..]);
    out
}

/// What the workbook calls the sheet of the person with this number.
fn id_of(book: &Book, tab: usize, number: usize) -> String {
    if number == 0 {
        return book.tabs[tab].id.clone();
    }
    let mut stem = "rIdPerson".to_owned();
    while book.tabs.iter().any(|tab| tab.id.starts_with(&stem)) {
        stem.push('_');
    }
    format!("{stem}{}", number + 1)
}

/// The relationships of the workbook, those to the copies among them.
fn relationships(book: &Book, tab: usize, has_order: bool, count: usize) -> String {
    let links = links_of(&book.main);
    let mut text = book.text(&links).to_owned();
    if has_order {
        text = without_link(&text, ORDER);
    }
    let own = text.split('<').find(|tag| value(tag, "Id") == Some(book.tabs[tab].id.as_str())).unwrap_or("");
    let kind = value(own, "Type").unwrap_or("http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet").to_owned();
    let part = book.tabs[tab].part.as_deref().unwrap_or_default();
    let end = text.rfind("</").unwrap_or(text.len());
    let mut out = text[..end].to_owned();
    for number in 1..count {
        let (id, target) = (id_of(book, tab, number), escaped(&book.copy_name(part, number)));
        out.push_str(&format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"/{target}\"/>"));
    }
    out.push_str(&text[end..]);
    out
}

/// The workbook part with a sheet for everybody in the place of the form.
fn workbook(form: &FormWorkbook, names: &[String]) -> String {
    let (book, tab) = (&form.book, form.tab);
    let xml = &book.xml;
    let listed = &book.tabs[tab];
    let mut puts: Vec<(Range<usize>, String)> = vec![(listed.xml.clone(), sheets(book, tab, names))];
    let defined = defined_names(form, names);
    puts.extend(defined);
    if let Some(view) = element(xml, "workbookView") {
        let tag = with(&xml[view.clone()], "activeTab", &tab.to_string()).into_owned();
        puts.push((view, without(&tag, "firstSheet").into_owned()));
    }
    if form.has_formulas {
        puts.extend(computed(xml));
    }
    puts.sort_by_key(|(place, _)| (place.start, place.end));
    let mut out = String::with_capacity(xml.len() + names.len() * 64);
    let mut done = 0;
    for (place, text) in puts {
        out.push_str(&xml[done..place.start]);
        out.push_str(&text);
        done = place.end;
    }
    out.push_str(&xml[done..]);
    out
}

/// The workbook says that formulas are computed when it is opened.
pub(super) fn computed(xml: &str) -> Option<(Range<usize>, String)> {
    if let Some(place) = element(xml, "calcPr") {
        return Some((place.clone(), with(&xml[place], "fullCalcOnLoad", "1").into_owned()));
    }
    let behind = end_of_last(xml, &["sheets", "functionGroups", "externalReferences", "definedNames"])?;
    let prefix = element(xml, "workbook").map_or(String::new(), |place| prefix(&xml[place]).to_owned());
    Some((behind..behind, format!("<{prefix}calcPr fullCalcOnLoad=\"1\"/>")))
}

/// Where the last element with one of these local names ends.
fn end_of_last(xml: &str, names: &[&str]) -> Option<usize> {
    let limits = Limits::default();
    let mut reader = XmlReader::new(xml.as_bytes(), "xl/workbook.xml", &limits);
    let mut found = None;
    while let Ok(token) = reader.next() {
        match token {
            Token::End(tag) if names.contains(&tag.name()) => found = Some(range(reader.range()).end),
            Token::Eof => break,
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
    found
}

/// The entries of the people's sheets in the list of sheets.
fn sheets(book: &Book, tab: usize, names: &[String]) -> String {
    let listed = &book.xml[book.tabs[tab].xml.clone()];
    let end = listed.find('>').map_or(listed.len(), |end| end + 1);
    let tag = without(&listed[..end], "state").into_owned();
    // the relationship's prefix is the file's own
    let id =
        tag.split([' ', '\t', '\n', '\r']).find_map(|word| word.split_once('=').map(|(name, _)| name).filter(|name| name.ends_with(":id")));
    let id = id.unwrap_or("r:id").to_owned();
    let taken = book.tabs.iter().filter_map(|tab| value(&book.xml[tab.xml.clone()], "sheetId")?.parse::<usize>().ok()).max().unwrap_or(0);
    let mut out = String::new();
    for (number, name) in names.iter().enumerate() {
        let mut tag = with(&tag, "name", &escaped(name)).into_owned();
        if number > 0 {
            tag = with(&tag, "sheetId", &(taken + number).to_string()).into_owned();
        }
        tag = with(&tag, &id, &id_of(book, tab, number)).into_owned();
        out.push_str(&tag);
        out.push_str(&listed[end..]);
    }
    out
}

/// The names that the workbook defines: those of the form for everybody, and sheets behind it counted anew.
fn defined_names(form: &FormWorkbook, names: &[String]) -> Option<(Range<usize>, String)> {
    let (xml, tab) = (&form.book.xml, form.tab);
    let old = &form.book.tabs[tab].name;
    let list = element(xml, "definedNames").filter(|list| !xml[list.clone()].ends_with("/>"))?;
    let close = list.end + xml[list.end..].find("definedNames>").and_then(|end| xml[list.end..list.end + end].rfind('<'))?;
    let mut out = String::new();
    let mut rest = &xml[list.end..close];
    while let Some(open) = rest.find('<') {
        let Some(tag_end) = rest[open..].find('>').map(|end| open + end + 1) else { break };
        let Some(end) = rest[tag_end..].find("</").map(|end| tag_end + end) else { break };
        let whole = rest[end..].find('>').map_or(rest.len(), |close| end + close + 1);
        let (tag, text, closing) = (&rest[open..tag_end], &rest[tag_end..end], &rest[end..whole]);
        rest = &rest[whole..];
        let local = value(tag, "localSheetId").and_then(|number| number.parse::<usize>().ok());
        match local {
            Some(local) if local == tab => {
                for (number, name) in names.iter().enumerate() {
                    let tag = with(tag, "localSheetId", &(tab + number).to_string()).into_owned();
                    out.push_str(&format!("{tag}{}{closing}", renamed(text, old, name)));
                }
            }
            local => {
                let moved = local.filter(|local| *local > tab).map(|local| local + names.len() - 1);
                let tag = moved.map_or_else(|| tag.to_owned(), |local| with(tag, "localSheetId", &local.to_string()).into_owned());
                out.push_str(&format!("{tag}{}{closing}", renamed(text, old, names.first().map_or("", String::as_str))));
            }
        }
    }
    Some((list.end..close, out))
}

/// The bytes of the opening tag of the first element with this local name.
pub(super) fn element(xml: &str, name: &str) -> Option<Range<usize>> {
    let limits = Limits::default();
    let mut reader = XmlReader::new(xml.as_bytes(), name, &limits);
    while let Ok(token) = reader.next() {
        match token {
            Token::Start(tag) if tag.name() == name => return Some(range(reader.range())),
            Token::Eof => break,
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
    None
}
