//! The texts that cells share, in one piece of memory.

use std::io::BufRead;

use mingce_ooxml::xml::Token;
use mingce_ooxml::{Limit, Limits, XmlReader};

use crate::error::Error;
use crate::xlsx::escape::unescaped;

/// The shared strings of a workbook.
#[derive(Debug, Default)]
pub(crate) struct SharedStrings {
    text: String,
    ends: Vec<u32>,
}

impl SharedStrings {
    /// Reads all of them; how many the part declares is not asked.
    pub(crate) fn read(mut xml: XmlReader<impl BufRead>, limits: &Limits) -> Result<Self, Error> {
        let mut strings = Self::default();
        let mut text = String::new();
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.name() == "si" => {
                    text.clear();
                    rich_text(&mut xml, &mut text, limits, || format!("共享文本第 {} 条", strings.ends.len() + 1))?;
                    strings.push(&unescaped(&text))?;
                }
                Token::Eof => return Ok(strings),
                Token::Start(_) | Token::End(_) | Token::Text(_) => {}
            }
        }
    }

    fn push(&mut self, text: &str) -> Result<(), Error> {
        self.text.push_str(text);
        let full = || Error::LimitExceeded { limit: Limit::Shared, allowed: u64::from(u32::MAX), at: None };
        self.ends.push(u32::try_from(self.text.len()).map_err(|_| full())?);
        Ok(())
    }

    /// The text of this index, which is a plain number in the file.
    pub(crate) fn lookup(&self, stored: &str) -> Option<&str> {
        let stored = stored.trim_matches([' ', '\t', '\n', '\r']);
        if !stored.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let index: usize = stored.parse().ok()?;
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start as usize..end as usize])
    }
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
