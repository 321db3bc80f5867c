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
                read_plain_texts(&mut xml, &mut strings, limits)?;
            }
            Token::Eof => return Ok(strings),
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
}

/// Takes the texts that stand behind the one read last as nearly all programs write them, `<si><t>张三</t></si>`, each in one
/// step; whatever looks any different is left to the walk, which knows all of XML.
fn read_plain_texts(xml: &mut XmlReader<impl BufRead>, strings: &mut Strings, limits: &Limits) -> Result<(), Error> {
    loop {
        let ahead = xml.ahead()?;
        let mut taken = 0;
        while let Some((text, length)) = plain_text(&ahead[taken..]).filter(|(text, _)| text.len() as u64 <= limits.cell) {
            strings.push(&unescaped(text), Looks::default())?;
            taken += length;
        }
        if taken == 0 {
            return Ok(());
        }
        xml.pass(taken);
    }
}

/// The text of the plain shared string that these bytes begin with, and how many bytes it covers; `None` for anything else,
/// and for one that is cut short.
fn plain_text(bytes: &[u8]) -> Option<(&str, usize)> {
    let blanks = bytes.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))?;
    let element = &bytes[blanks..];
    let opened = element.strip_prefix(b"<si><t")?;
    let inside = opened.strip_prefix(b">").or_else(|| opened.strip_prefix(b" xml:space=\"preserve\">"))?;
    let end = memchr::memchr3(b'<', b'&', b'\r', inside)?;
    let behind = inside[end..].strip_prefix(b"</t></si>")?;
    Some((std::str::from_utf8(&inside[..end]).ok()?, bytes.len() - behind.len()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts_are_taken_whole_and_others_are_left() {
        for (element, expected) in [
            ("<si><t>张三</t></si><si>", Some(("张三", 22))),
            ("\n <si><t xml:space=\"preserve\"> 1 </t></si>", Some((" 1 ", 42))),
            ("<si><t></t></si>", Some(("", 16))),
            ("<si><t>张三</t></si", None),
            ("<si><t>A&amp;B</t></si>", None),
            ("<si><t>a\r\nb</t></si>", None),
            ("<si><t/></si>", None),
            ("<si><r><t>张三</t></r></si>", None),
            ("<si><t>张三</t><rPh><t>zs</t></rPh></si>", None),
            ("</sst>", None),
            ("", None),
        ] {
            assert_eq!(plain_text(element.as_bytes()), expected, "{element}");
        }
    }

    #[test]
    fn both_ways_keep_the_order_and_the_limits() {
        let list = "<sst><si><t>a</t></si><si><t>b_x0041_</t></si><si><r><t>c</t></r></si><si><t>d&lt;</t></si>\n<si><t>e</t></si></sst>";
        let limits = Limits::default();
        let read_within = |limits: &Limits| read(XmlReader::new(list.as_bytes(), "s.xml", limits), limits);
        let strings = read_within(&limits).expect("good XML");
        let texts: Vec<_> = (0..6).map_while(|index| strings.get(index)).map(|(text, _)| text).collect();
        assert_eq!(texts, ["a", "bA", "c", "d<", "e"]);
        assert!(matches!(read_within(&limits.with_cell(3)), Err(Error::LimitExceeded { limit: Limit::Cell, .. })));
    }
}
