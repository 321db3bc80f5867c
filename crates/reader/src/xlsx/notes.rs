//! The notes (批注) that somebody put at cells of a sheet, which a workbook keeps in a part of their own.

use mingce_core::grid::Note;
use mingce_ooxml::Package;
use mingce_ooxml::xml::Token;

use crate::error::Error;

/// Most notes that are kept of a sheet.
const MOST: usize = 10_000;

/// Longest note that is kept whole, in bytes.
const LONGEST: usize = 32_767;

/// The notes of a sheet, in the order of the file.
///
/// A part that is damaged is no reason to refuse the people on the sheet: what came before the damage is kept.
pub(crate) fn of(package: &Package<'_>, sheet: &str) -> Vec<Note> {
    let links = package.relationships(sheet).unwrap_or_default();
    let part = links.first_of("comments").and_then(|link| link.target.clone()).filter(|part| package.contains(part));
    let mut found = Vec::new();
    if let Some(part) = part {
        let _ = read(package, &part, &mut found);
    }
    found
}

fn read(package: &Package<'_>, part: &str, found: &mut Vec<Note>) -> Result<(), Error> {
    let mut xml = package.xml(part)?;
    let mut note: Option<Note> = None;
    let mut is_text = false;
    loop {
        match xml.next()? {
            // how characters are read aloud is no part of what they say
            Token::Start(tag) if tag.name() == "rPh" => xml.skip_element()?,
            Token::Start(tag) => match tag.name() {
                "comment" => {
                    let at = tag.attribute("ref").and_then(|at| at.parse().ok());
                    note = at.map(|at| Note { at, text: String::new() });
                }
                name => is_text = name == "t",
            },
            Token::Text(text) => {
                if let Some(note) = note.as_mut().filter(|note| is_text && note.text.len() + text.len() <= LONGEST) {
                    note.text.push_str(&text);
                }
            }
            Token::End(tag) => {
                is_text = false;
                if tag.name() == "comment" {
                    found.extend(note.take().filter(|note| !note.text.trim().is_empty() && found.len() < MOST));
                }
            }
            Token::Eof => return Ok(()),
        }
    }
}
