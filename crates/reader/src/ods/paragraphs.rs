//! The paragraphs of a cell, as a person sees them, and what is drawn on it.

use std::io::BufRead;

use mingce_core::grid::Look;
use mingce_ooxml::xml::{Tag, Token};
use mingce_ooxml::{Limit, Limits, XmlReader};

use crate::error::Error;
use crate::looks::Looks;
use crate::number;
use crate::ods::cell::Hung;
use crate::ods::controls::Drawn;
use crate::ods::image;
use crate::ods::looks::{Family, Styles};

/// What begins with a tag.
enum Begun {
    Paragraph,
    /// So many blanks; `None` for a number that is none.
    Spaces(Option<usize>),
    Tab,
    Break,
    /// Words that look so.
    Span(Look),
    /// What holds a picture, with whether it lies rather in the next column and the next row.
    Frame([bool; 2]),
    /// A picture, with the part it lies in.
    Image(Option<String>),
    Control(Option<Drawn>),
    /// A note, or how a word is spoken.
    Aside,
    Other,
}

impl Begun {
    fn of(tag: &Tag<'_>, styles: &Styles) -> Self {
        match tag.name() {
            "p" | "h" => Self::Paragraph,
            "s" => Self::Spaces(tag.attribute("c").map_or(Some(1), |count| count.parse().ok())),
            "tab" => Self::Tab,
            "line-break" => Self::Break,
            "span" => Self::Span(styles.look(Family::Words, tag.attribute("style-name").as_deref())),
            "frame" | "g" => Self::Frame([("width", "end-x"), ("height", "end-y")].map(|names| is_rather_in_end(tag, names))),
            "image" => Self::Image(image::part(tag)),
            "control" => Self::Control(Drawn::of(tag)),
            "annotation" | "note" | "ruby-text" => Self::Aside,
            _ => Self::Other,
        }
    }
}

/// The words of a cell while they are read.
struct Words<'a> {
    limits: &'a Limits,
    /// How deep the cell lies.
    cell: u64,
    text: String,
    looks: Looks,
    /// The spans that are open around the words, each with how deep it lies.
    spans: Vec<(u64, Look)>,
    /// Whether a paragraph is open.
    inside: bool,
    lines: usize,
    /// Whether a frame still lacks its picture: of several versions the first is the original.
    is_wanted: bool,
    /// Where the frame lies.
    further: [bool; 2],
}

/// The paragraphs of the cell, a line each; notes and what is drawn on the cell are left out.
pub(super) fn read(xml: &mut XmlReader<impl BufRead>, limits: &Limits, styles: &Styles, hung: &mut Hung) -> Result<(String, Looks), Error> {
    let cell = xml.depth();
    let mut words = Words {
        limits,
        cell,
        text: String::new(),
        looks: Looks::default(),
        spans: Vec::new(),
        inside: false,
        lines: 0,
        is_wanted: false,
        further: [false; 2],
    };
    while xml.depth() >= cell {
        match xml.next()? {
            Token::Start(tag) => {
                let begun = Begun::of(&tag, styles);
                words.begin(begun, xml, hung)?;
            }
            Token::End(_) => words.spans.retain(|(depth, _)| *depth <= xml.depth()),
            Token::Text(piece) if words.inside => words.add(&piece),
            Token::Text(_) => {}
            Token::Eof => break,
        }
        words.inside &= xml.depth() > cell;
        words.check(0)?;
    }
    words.looks.strike_out(&mut words.text);
    Ok((words.text, words.looks))
}

impl Words<'_> {
    fn begin(&mut self, begun: Begun, xml: &mut XmlReader<impl BufRead>, hung: &mut Hung) -> Result<(), Error> {
        match begun {
            Begun::Paragraph if xml.depth() == self.cell + 1 => {
                if self.lines > 0 {
                    self.text.push('\n');
                }
                (self.inside, self.lines) = (true, self.lines + 1);
            }
            Begun::Frame(reaches) if !self.inside => (self.is_wanted, self.further) = (true, reaches),
            Begun::Image(part) if !self.inside && self.is_wanted => {
                let source = image::read(xml, part, self.limits)?;
                self.is_wanted = source.is_none();
                hung.pictures.extend(source.map(|source| (source, self.further)));
            }
            Begun::Control(control) if !self.inside => {
                hung.controls.extend(control);
                xml.skip_element()?;
            }
            Begun::Aside => xml.skip_element()?,
            _ if !self.inside => xml.skip_element()?,
            Begun::Spaces(count) => {
                let count = count.unwrap_or(usize::MAX);
                self.check(count as u64)?;
                self.text.extend(std::iter::repeat_n(' ', count));
            }
            Begun::Tab => self.text.push('\t'),
            Begun::Break => self.text.push('\n'),
            Begun::Span(look) => self.spans.push((xml.depth(), look)),
            Begun::Paragraph | Begun::Frame(_) | Begun::Image(_) | Begun::Control(_) | Begun::Other => {}
        }
        Ok(())
    }

    /// Adds a piece of text. Blanks of the XML count as one; more are written as elements.
    fn add(&mut self, piece: &str) {
        let start = self.text.len();
        for c in piece.chars() {
            let blank = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !blank {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
        self.looks.add(self.spans.last().map(|(_, look)| *look).unwrap_or_default(), start..self.text.len());
    }

    /// Whether the cell has room for so many bytes more.
    fn check(&self, more: u64) -> Result<(), Error> {
        let allowed = self.limits.cell;
        let fits = (self.text.len() as u64).saturating_add(more) <= allowed;
        if fits { Ok(()) } else { Err(Error::LimitExceeded { limit: Limit::Cell, allowed, at: None }) }
    }
}

/// Whether more than half of a picture lies in the cell where it ends, and the rest in the one where it begins.
///
/// A picture is laid on a cell by hand and may stick out of it; the cell it hangs on is the one below its upper left corner. One that
/// reaches as far into the cell where it ends as it is long begins in that cell, too.
fn is_rather_in_end(frame: &Tag<'_>, (size, end): (&str, &str)) -> bool {
    let length = |name| frame.attribute(name).and_then(|length| number::parse(length.trim_end_matches(char::is_alphabetic)));
    match (length(size), length(end)) {
        // lengths are rounded
        (Some(size), Some(end)) => end > size / 2.0 && end < size * 0.99,
        _ => false,
    }
}
