//! Walking XML that is not trusted: quick-xml, with its limits and refusals in one place.
//!
//! The central noun is [`XmlReader`], a stream of [`Token`]s. Empty elements come as a start and an end, comments and
//! instructions not at all, character references as text; a document type or an entity ends the reading. Names are local:
//! which prefix a file uses for a namespace is its own business.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use quick_xml::events::{BytesEnd, BytesStart, Event};

use crate::error::{Error, Limit};
use crate::limits::Limits;

/// What comes next in a stream of XML.
#[derive(Debug)]
pub enum Token<'a> {
    /// An element opens.
    Start(Tag<'a>),
    /// An element closes.
    End(EndTag<'a>),
    /// A piece of text; the text of one element may come in several pieces, and a comment is a piece with nothing in it.
    Text(Cow<'a, str>),
    /// There is nothing more.
    Eof,
}

/// The opening tag of an element.
#[derive(Debug)]
pub struct Tag<'a> {
    start: BytesStart<'a>,
}

/// The closing tag of an element.
#[derive(Debug)]
pub struct EndTag<'a> {
    end: BytesEnd<'a>,
}

impl EndTag<'_> {
    /// Its name without a prefix.
    #[must_use]
    pub fn name(&self) -> &str {
        self.end.local_name().into_inner()
    }
}

impl Tag<'_> {
    /// Its name without a prefix.
    #[must_use]
    pub fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of the attribute with this local name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        self.attributes().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// What the attribute with this local name says as a number or the like; `None` where it is not there or says something else.
    #[must_use]
    pub fn parsed<T: FromStr>(&self, name: &str) -> Option<T> {
        self.attribute(name)?.parse().ok()
    }

    /// Whether the attribute says yes, in one of the ways XML has for it.
    #[must_use]
    pub fn is_on(&self, name: &str) -> bool {
        matches!(self.attribute(name).as_deref(), Some("1" | "true" | "on"))
    }

    /// Whether the attribute says no; an element without it says yes by being there.
    #[must_use]
    pub fn is_off(&self, name: &str) -> bool {
        matches!(self.attribute(name).as_deref(), Some("0" | "false" | "off"))
    }

    /// All attributes by local name, in file order; declarations of namespaces and what is no attribute are left out.
    #[must_use]
    pub fn attributes(&self) -> Attributes<'_> {
        Attributes { rest: self.start.attributes_raw() }
    }
}

/// The attributes of a tag: local name and value.
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, Cow<'a, str>);

    fn next(&mut self) -> Option<Self::Item> {
        // byte by byte: names and values are short, and the marks between them are ASCII
        loop {
            let rest = self.rest.as_bytes();
            let equals = rest.iter().position(|byte| *byte == b'=')?;
            let open = equals + 1 + rest[equals + 1..].iter().position(|byte| !byte.is_ascii_whitespace())?;
            let quote = rest.get(open).copied().filter(|byte| matches!(byte, b'"' | b'\''))?;
            let close = open + 1 + rest[open + 1..].iter().position(|byte| *byte == quote)?;
            let (name, value) = (self.rest[..equals].trim_ascii(), &self.rest[open + 1..close]);
            self.rest = &self.rest[close + 1..];
            if !name.starts_with("xmlns") {
                return Some((name.rsplit_once(':').map_or(name, |(_, local)| local), resolve_references(value)));
            }
        }
    }
}

/// A stream of XML tokens of one part.
#[derive(Debug)]
pub struct XmlReader<R> {
    reader: quick_xml::Reader<Guard<R>>,
    buffer: Vec<u8>,
    part: Arc<str>,
    depth: u64,
    allowed_depth: u64,
    allowed_token: u64,
    range: Range<u64>,
    /// Bytes that were passed over by hand, which the parser has not counted.
    passed: u64,
    /// Whether the last token closed an element, so that the parser is between two tags.
    is_between: bool,
}

impl<R: BufRead> XmlReader<R> {
    /// Walks the XML of this stream, which belongs to the part of this name.
    pub fn new(source: R, part: &str, limits: &Limits) -> Self {
        let guard = Guard { inner: source, used: 0, allowed: limits.token };
        let mut reader = quick_xml::Reader::from_reader(guard);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Self {
            reader,
            buffer: Vec::new(),
            part: part.into(),
            depth: 0,
            allowed_depth: limits.depth,
            allowed_token: limits.token,
            range: 0..0,
            passed: 0,
            is_between: false,
        }
    }

    /// The next token.
    ///
    /// # Errors
    /// When the XML is malformed, exceeds a limit or declares entities, or its source fails.
    #[expect(clippy::should_implement_trait, reason = "a token borrows the reader, which the item of an iterator cannot")]
    pub fn next(&mut self) -> Result<Token<'_>, Error> {
        self.buffer.clear();
        self.reader.get_mut().used = 0;
        let from = self.range.end;
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return Err(fault(error, &self.part, self.reader.error_position() + self.passed)),
        };
        self.range = from..(self.reader.buffer_position() + self.passed).max(from);
        self.is_between = matches!(event, Event::End(_));
        if self.range.end - from > self.allowed_token {
            return Err(Error::limit(Limit::Token, Some(&self.part), self.allowed_token));
        }
        match event {
            Event::Start(start) | Event::Empty(start) => {
                self.depth += 1;
                if self.depth > self.allowed_depth {
                    return Err(Error::limit(Limit::Depth, Some(&self.part), self.allowed_depth));
                }
                Ok(Token::Start(Tag { start }))
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(Token::End(EndTag { end }))
            }
            Event::Text(text) => Ok(Token::Text(single_line_ends(text.into_inner()))),
            Event::CData(text) => Ok(Token::Text(single_line_ends(text.into_inner()))),
            Event::GeneralRef(reference) => match referenced(&reference) {
                Some(found) => Ok(Token::Text(Cow::Owned(found.to_string()))),
                None => Err(Error::Entity { part: self.part.to_string() }),
            },
            Event::DocType(_) => Err(Error::Entity { part: self.part.to_string() }),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => Ok(Token::Text(Cow::Borrowed(""))),
            Event::Eof if self.depth > 0 => Err(Error::damaged(&self.part, "XML 没有结束")),
            Event::Eof => Ok(Token::Eof),
        }
    }

    /// The bytes behind the end of an element, as far as they have been unpacked; none behind any other token.
    ///
    /// Whoever finds whole elements among them may take them as they stand and [`pass`](Self::pass) them.
    ///
    /// # Errors
    /// When the source fails.
    pub fn ahead(&mut self) -> Result<&[u8], Error> {
        if !self.is_between {
            return Ok(&[]);
        }
        let guard = self.reader.get_mut();
        guard.used = 0;
        guard.fill_buf().map_err(|error| Error::from_io(&error, &self.part))
    }

    /// Passes over so many of the bytes [`ahead`](Self::ahead): whole elements, and blanks between them.
    pub fn pass(&mut self, amount: usize) {
        self.reader.get_mut().consume(amount);
        self.passed += amount as u64;
        self.range = self.range.end..self.range.end + amount as u64;
    }

    /// The bytes the last token covers in the XML, counted after its byte order mark.
    #[must_use]
    pub fn range(&self) -> Range<u64> {
        self.range.clone()
    }

    /// How many elements are open; a start token counts its own.
    #[must_use]
    pub fn depth(&self) -> u64 {
        self.depth
    }

    /// Reads on to the end of the element that opened last, and leaves out all that is in it.
    ///
    /// # Errors
    /// As [`XmlReader::next`].
    pub fn skip_element(&mut self) -> Result<(), Error> {
        self.skip_to(self.depth.saturating_sub(1))
    }

    /// Reads on until no more elements are open than so many.
    ///
    /// # Errors
    /// As [`XmlReader::next`].
    pub fn skip_to(&mut self, depth: u64) -> Result<(), Error> {
        while self.depth > depth {
            self.next()?;
        }
        Ok(())
    }
}

fn fault(error: quick_xml::Error, part: &str, at: u64) -> Error {
    match error {
        quick_xml::Error::Io(inner) => Error::from_io(&inner, part),
        other => Error::MalformedXml { part: part.to_owned(), at, source: Arc::new(other) },
    }
}

/// Ends the reading when one token grows too long to be held.
#[derive(Debug)]
struct Guard<R> {
    inner: R,
    used: u64,
    allowed: u64,
}

impl<R: BufRead> BufRead for Guard<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used > self.allowed {
            return Err(io::Error::other(Error::limit(Limit::Token, None, self.allowed)));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.used += amount as u64;
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.used += got as u64;
        Ok(got)
    }
}

/// Line ends as XML has them: one `\n`, however the file was written.
fn single_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}

/// The character a reference stands for, by number or as one of the five that XML knows; `None` for any other entity.
///
/// A number that is no character gives U+FFFD: the text around it is still somebody's answer.
fn referenced(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => {
            let number = name.strip_prefix('#')?;
            let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |hex| (hex, 16));
            if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
                return None;
            }
            Some(u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER))
        }
    }
}

/// A text or an attribute's value with its references resolved; what is no reference stays as it stands.
#[must_use]
pub fn resolve_references(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut resolved = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        resolved.push_str(before);
        match after.split_once(';').and_then(|(name, after)| Some((referenced(name)?, after))) {
            Some((found, after)) => {
                resolved.push(found);
                rest = after;
            }
            None => {
                resolved.push('&');
                rest = after;
            }
        }
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(xml: &[u8], limits: &Limits) -> Result<String, Error> {
        let mut reader = XmlReader::new(xml, "p.xml", limits);
        let mut seen = String::new();
        loop {
            match reader.next()? {
                Token::Start(tag) => {
                    seen += &format!("<{}", tag.name());
                    for (name, value) in tag.attributes() {
                        seen += &format!(" {name}={value}");
                    }
                    seen += ">";
                }
                Token::End(tag) => seen += &format!("</{}>", tag.name()),
                Token::Text(text) => seen += &text,
                Token::Eof => return Ok(seen),
            }
        }
    }

    #[test]
    fn tokens_have_local_names_resolved_references_and_one_kind_of_line_end() {
        let xml = "\u{FEFF}<?xml version=\"1.0\"?><x:a xmlns:x=\"u\" x:r = 'A&amp;\"1' s=\"&#x41;&nope;\"><!-- no --><b/>1\r\n&lt;2&#20013;&#0;&#xD800;<![CDATA[<3>]]></x:a>";
        let seen = walk(xml.as_bytes(), &Limits::default()).expect("good XML");
        assert_eq!(seen, "<a r=A&\"1 s=A&nope;><b></b>1\n<2中\0\u{FFFD}<3></a>");
    }

    #[test]
    fn entities_depth_and_endless_tokens_end_the_reading() {
        let limits = Limits::default().with_depth(3).with_token(64);
        let long = format!("<a>{}</a>", "0".repeat(100_000));
        for (xml, name) in [
            ("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "Entity"),
            ("<a>&x;</a>", "Entity"),
            ("<a><b><c><d/></c></b></a>", "LimitExceeded"),
            (long.as_str(), "LimitExceeded"),
            ("<a><b></a>", "MalformedXml"),
            ("<a><b>", "DamagedPart"),
        ] {
            let error = walk(xml.as_bytes(), &limits).expect_err(name);
            assert!(format!("{error:?}").starts_with(name), "{error:?}");
        }
        assert!(matches!(walk(b"<a>\xff\xfe</a>", &limits), Err(Error::MalformedXml { .. })));
    }

    #[test]
    fn elements_that_are_passed_by_hand_are_not_seen_again() {
        let mut reader = XmlReader::new(&b"<a><b/><b>1</b><c/>x</a>"[..], "p.xml", &Limits::default());
        for _ in 0..2 {
            reader.next().expect("a start");
            assert_eq!(reader.ahead().expect("bytes"), b"");
        }
        assert!(matches!(reader.next(), Ok(Token::End(_))));
        assert_eq!(reader.ahead().expect("bytes"), b"<b>1</b><c/>x</a>");
        reader.pass(8);
        assert_eq!(reader.ahead().expect("bytes"), b"<c/>x</a>");
        assert!(matches!(reader.next(), Ok(Token::Start(tag)) if tag.name() == "c"));
        assert_eq!(reader.range(), 15..19);
        reader.skip_element().expect("an end");
        assert!(matches!(reader.next(), Ok(Token::Text(text)) if text == "x"));
        assert!(matches!(reader.next(), Ok(Token::End(_))));
        assert!(matches!(reader.next(), Ok(Token::Eof)));
    }

    #[test]
    fn a_skipped_element_is_left_with_all_that_is_in_it() {
        let mut reader = XmlReader::new(&b"<a><b><b>1</b></b><c/></a>"[..], "p.xml", &Limits::default());
        for _ in 0..2 {
            reader.next().expect("a start");
        }
        reader.skip_element().expect("an end");
        assert!(matches!(reader.next(), Ok(Token::Start(tag)) if tag.name() == "c"));
        assert_eq!(reader.range(), 18..22);
    }
}
