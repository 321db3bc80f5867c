//! The part with the texts that cells share.

use std::io::BufRead;

use mingce_ooxml::xml::Token;
use mingce_ooxml::{Limit, Limits, XmlReader};

use crate::error::Error;
use crate::texts::Texts;
use crate::xlsx::escape::unescaped;

/// Reads all shared strings; how many the part declares is not asked.
pub(crate) fn read(mut xml: XmlReader<impl BufRead>, limits: &Limits) -> Result<Texts, Error> {
    let mut strings = Texts::default();
    let mut text = String::new();
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name() == "si" => {
                text.clear();
                rich_text(&mut xml, &mut text, limits, || format!("共享文本第 {} 条", strings.len() + 1))?;
                strings.push(&unescaped(&text))?;
            }
            Token::Eof => return Ok(strings),
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
}

/// The text of a shared string; its index is a plain number in the file.
pub(crate) fn lookup<'a>(strings: &'a Texts, stored: &str) -> Option<&'a str> {
    let stored = stored.trim_matches([' ', '\t', '\n', '\r']);
    if !stored.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    strings.get(stored.parse().ok()?)
}

/// Reads on to the end of the element that opened last, and gathers the text of its runs; how it is pronounced is left out.
pub(crate) fn rich_text(
    xml: &mut XmlReader<impl BufRead>,
    text: &mut String,
    limits: &Limits,
    place: impl Fn() -> String,
) -> Result<(), Error> {
    let outside = xml.depth().saturating_sub(1);
    let mut inside_text = false;
    while xml.depth() > outside {
        match xml.next()? {
            Token::Start(tag) if tag.name() == "rPh" => xml.skip_element()?,
            Token::Start(tag) => inside_text = tag.name() == "t",
            Token::End(_) => inside_text = false,
            Token::Text(piece) if inside_text => text.push_str(&piece),
            Token::Text(_) => {}
            Token::Eof => break,
        }
        if text.len() as u64 > limits.cell {
            return Err(Error::LimitExceeded { limit: Limit::Cell, allowed: limits.cell, at: Some(place()) });
        }
    }
    Ok(())
}
