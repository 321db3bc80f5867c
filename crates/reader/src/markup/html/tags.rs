//! A web page as tags and text, as forgiving as browsers are.

use std::borrow::Cow;

/// A tag, or the text before the next one.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
}

/// A tag of the page.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// Its name in lower case, without a prefix.
    pub(super) name: String,
    pub(super) closes: bool,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, with or without quotation marks.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
            let (found, after) = rest.split_at(end);
            if found.is_empty() && after.is_empty() {
                return None;
            }
            let Some(value) = after.trim_start().strip_prefix('=') else {
                rest = after;
                continue;
            };
            let value = value.trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
            };
            if found.eq_ignore_ascii_case(name) {
                let mut resolved = String::new();
                push_resolved(value, &mut resolved);
                return Some(Cow::Owned(resolved));
            }
            rest = after;
        }
    }
}

/// The pieces of a page; comments, scripts and styles are left out.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(page: &'a str) -> Self {
        Self { rest: page }
    }

    /// Passes over a comment or an instruction, which may hold what looks like tags.
    fn skip_declaration(&mut self) {
        let end = if self.rest.starts_with("<!--") { "-->" } else { ">" };
        self.rest = self.rest.find(end).map_or("", |at| &self.rest[at + end.len()..]);
    }

    /// Passes over what belongs to an element that shows no text.
    fn skip_to_end_of(&mut self, name: &str) {
        let mut rest = self.rest;
        while let Some(at) = rest.find("</") {
            rest = &rest[at + 2..];
            if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
                self.rest = rest.find('>').map_or("", |at| &rest[at + 1..]);
                return;
            }
        }
        self.rest = "";
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(inner) = self.rest.strip_prefix('<') else {
                let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
                self.rest = rest;
                return Some(Piece::Text(text));
            };
            if inner.starts_with(['!', '?']) {
                self.skip_declaration();
                continue;
            }
            let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
            if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
                // a `<` that begins no tag is text
                let (text, rest) = self.rest.split_at(self.rest[1..].find('<').map_or(self.rest.len(), |at| at + 1));
                self.rest = rest;
                return Some(Piece::Text(text));
            }
            let (tag, rest) = inner.split_at(end_of_tag(inner));
            self.rest = rest.strip_prefix('>').unwrap_or(rest);
            let end = tag.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(tag.len());
            let name = tag[..end].rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
            if !closes && matches!(name.as_str(), "script" | "style" | "title" | "xml") {
                self.skip_to_end_of(&tag[..end]);
                continue;
            }
            return Some(Piece::Tag(Tag { name, closes, attributes: &tag[end..] }));
        }
    }
}

/// Where a tag ends: at the first `>` that stands in no quotation marks.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if tag[..at].trim_end().ends_with('=') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // a quotation mark that never ends: the tag ends as if there were none
    tag.find('>').unwrap_or(tag.len())
}

/// Appends text with its references resolved; what is none stays as it stands.
pub(super) fn push_resolved(text: &str, resolved: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        resolved.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(10).position(|b| b == b';');
        match end.and_then(|end| Some((referenced(&rest[..end])?, end))) {
            Some((found, end)) => {
                resolved.push(found);
                rest = &rest[end + 1..];
            }
            None => resolved.push('&'),
        }
    }
    resolved.push_str(rest);
}

/// Signs that pages write by name and that people answer with; the full list of HTML has two thousand.
const NAMED: [(&str, char); 38] = [
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("shy", '\u{AD}'),
    ("middot", '·'),
    ("bull", '•'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("times", '×'),
    ("divide", '÷'),
    ("deg", '°'),
    ("yen", '¥'),
    ("sect", '§'),
    ("radic", '√'),
    ("Sqrt", '√'),
    ("check", '✓'),
    ("checkmark", '✓'),
    ("cross", '✗'),
    ("square", '□'),
    ("squ", '□'),
    ("squf", '▪'),
    ("star", '☆'),
    ("starf", '★'),
];

fn referenced(name: &str) -> Option<char> {
    if let Some((_, sign)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*sign);
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}
