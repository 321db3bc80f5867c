//! The part with the texts that cells share.

use std::io::BufRead;

use mingce_core::grid::Look;
use mingce_ooxml::xml::Token;
use mingce_ooxml::{Limit, Limits, XmlReader};

use crate::error::Error;
use crate::looks::Looks;
use crate::texts::Strings;
use crate::xlsx::escape::unescaped;
use crate::xlsx::font;

/// Reads all shared strings; how many the part declares is not asked.
pub(crate) fn read(mut xml: XmlReader<impl BufRead>, limits: &Limits) -> Result<Strings, Error> {
    let mut strings = Strings::default();
    let mut text = String::new();
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name() == "si" => {
                text.clear();
                let looks = rich_text(&mut xml, &mut text, limits, || format!("共享文本第 {} 条", strings.len() + 1))?;
                strings.push(&unescaped(&text), looks)?;
            }
            Token::Eof => return Ok(strings),
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
}

/// The text of a shared string and what its words look like; its index is a plain number in the file.
pub(crate) fn lookup<'a>(strings: &'a Strings, stored: &str) -> Option<(&'a str, Option<&'a Looks>)> {
    let stored = stored.trim_matches([' ', '\t', '\n', '\r']);
    if !stored.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    strings.get(stored.parse().ok()?)
}

/// Reads on to the end of the element that opened last, and gathers the text of its runs; how it is pronounced is left out, and
/// so are words that are struck out beside others that are not.
pub(crate) fn rich_text(
    xml: &mut XmlReader<impl BufRead>,
    text: &mut String,
    limits: &Limits,
    place: impl Fn() -> String,
) -> Result<Looks, Error> {
    let outside = xml.depth().saturating_sub(1);
    let mut inside_text = false;
    let (mut run, mut looks) = (Look::default(), Looks::default());
    while xml.depth() > outside {
        match xml.next()? {
            Token::Start(tag) if tag.name() == "rPh" => xml.skip_element()?,
            Token::Start(tag) => {
                inside_text = tag.name() == "t";
                match tag.name() {
                    "r" => run = Look::default(),
                    _ => font::take(&tag, &mut run),
                }
            }
            Token::End(_) => inside_text = false,
            Token::Text(piece) if inside_text => {
                let start = text.len();
                text.push_str(&piece);
                looks.add(run, start..text.len());
            }
            Token::Text(_) => {}
            Token::Eof => break,
        }
        if text.len() as u64 > limits.cell {
            return Err(Error::LimitExceeded { limit: Limit::Cell, allowed: limits.cell, at: Some(place()) });
        }
    }
    looks.strike_out(text);
    Ok(looks)
}
