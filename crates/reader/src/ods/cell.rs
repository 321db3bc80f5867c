//! One cell: its stored value, and the paragraphs a person sees.

use std::io::BufRead;

use mingce_core::grid::{Epoch, Kind, Look};
use mingce_ooxml::xml::{Tag, Token};
use mingce_ooxml::{Limit, Limits, XmlReader};

use crate::error::Error;
use crate::looks::Looks;
use crate::number::{self, Shown, iso_date, write_number};
use crate::ods::controls::Drawn;
use crate::ods::image::{self, Source};
use crate::ods::looks::{Family, Styles};

/// What the tag of a cell says.
pub(super) struct Head {
    /// The kind of value, such as `float`; empty for none.
    stored: String,
    /// Whether the cell shows an error.
    is_error: bool,
    value: Option<String>,
    formula: Option<String>,
    /// How many columns and rows it spans.
    pub(super) spans: (u64, u64),
}

impl Head {
    pub(super) fn of(tag: &Tag<'_>) -> Self {
        let mut head = Self { stored: String::new(), is_error: false, value: None, formula: None, spans: (1, 1) };
        for (name, value) in tag.attributes() {
            match name {
                // an extension repeats the type with one word more: `error`
                "value-type" if value == "error" => head.is_error = true,
                "value-type" => head.stored = value.into_owned(),
                "value" | "date-value" | "time-value" | "boolean-value" | "string-value" => head.value = Some(value.into_owned()),
                "formula" => head.formula = Some(value.into_owned()),
                "number-columns-spanned" => head.spans.0 = value.parse().unwrap_or(1),
                "number-rows-spanned" => head.spans.1 = value.parse().unwrap_or(1),
                _ => {}
            }
        }
        head
    }
}

/// What a cell holds.
pub(super) struct Read {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// What parts of the text look like.
    pub(super) looks: Looks,
}

/// What hangs on a cell.
#[derive(Default)]
pub(super) struct Hung {
    /// Pictures, with whether they lie rather in the next column and the next row.
    pub(super) pictures: Vec<(Source, [bool; 2])>,
    /// Check boxes and option buttons.
    pub(super) controls: Vec<Drawn>,
}

/// Reads on to the end of the cell: its kind, its text and what its words look like. What hangs on it is added to `hung`.
pub(super) fn read(
    xml: &mut XmlReader<impl BufRead>,
    head: &Head,
    limits: &Limits,
    styles: &Styles,
    hung: &mut Hung,
) -> Result<Read, Error> {
    let (seen, looks) = paragraphs(xml, limits, styles, hung)?;
    let value = head.value.as_deref().unwrap_or_default();
    let mut text = String::new();
    let kind = match head.stored.as_str() {
        _ if head.is_error => {
            text = seen;
            Kind::Error
        }
        "float" | "percentage" | "currency" if shows(&seen, value) => {
            text = seen;
            Kind::Number
        }
        "float" | "percentage" | "currency" => write_number(value, &Shown::General, Epoch::Of1900, &mut text),
        "date" => match iso_date(value) {
            Some(date) => {
                text = date;
                Kind::Date
            }
            None => {
                text = seen;
                Kind::Text
            }
        },
        "boolean" => {
            text.push_str(if value == "true" { "TRUE" } else { "FALSE" });
            Kind::Boolean
        }
        "" if head.formula.is_some() && seen.is_empty() => {
            let formula = head.formula.as_deref().unwrap_or_default();
            text.push_str(formula.split_once(":=").map_or(formula, |(_, rest)| rest));
            if !text.starts_with('=') {
                text.insert(0, '=');
            }
            Kind::Uncomputed
        }
        _ => {
            text = if seen.is_empty() { value.to_owned() } else { seen };
            Kind::Text
        }
    };
    Ok(Read { kind, text, looks })
}

/// Whether what is seen is the number itself with its decimals and leading zeros, and nothing shortened or in words.
fn shows(seen: &str, value: &str) -> bool {
    let digits = seen.strip_prefix('-').unwrap_or(seen);
    let percent = digits.ends_with('%');
    let digits = digits.trim_end_matches('%');
    let plain = digits.starts_with(|c: char| c.is_ascii_digit()) && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    plain && number::is_rounded(seen.trim_end_matches('%'), value, percent)
}

/// The paragraphs of the cell, a line each; notes and what is drawn on the cell are left out.
fn paragraphs(xml: &mut XmlReader<impl BufRead>, limits: &Limits, styles: &Styles, hung: &mut Hung) -> Result<(String, Looks), Error> {
    let cell = xml.depth();
    let mut text = String::new();
    // the spans that are open around the words, each with how deep it lies
    let (mut looks, mut spans) = (Looks::default(), Vec::<(u64, Look)>::new());
    let (mut inside, mut lines) = (false, 0);
    // of several versions of a picture the first is the original
    let mut is_wanted = false;
    let mut further = [false; 2];
    while xml.depth() >= cell {
        match xml.next()? {
            Token::Start(tag) => {
                let name = tag.name();
                let (is_paragraph, is_hidden) = (matches!(name, "p" | "h"), matches!(name, "annotation" | "note" | "ruby-text"));
                let (is_space, is_tab, is_break) = (name == "s", name == "tab", name == "line-break");
                let is_frame = matches!(name, "frame" | "g");
                let reaches = if is_frame {
                    [("width", "end-x"), ("height", "end-y")].map(|names| is_rather_in_end(&tag, names))
                } else {
                    [false; 2]
                };
                let image = (name == "image").then(|| image::part(&tag));
                let control = (name == "control" && !inside).then(|| Drawn::of(&tag)).flatten();
                hung.controls.extend(control);
                let span = (name == "span").then(|| styles.look(Family::Words, tag.attribute("style-name").as_deref()));
                let spaces = if is_space { tag.attribute("c").map_or(Ok(1), |count| count.parse()) } else { Ok(0usize) };
                if is_paragraph && xml.depth() == cell + 1 {
                    if lines > 0 {
                        text.push('\n');
                    }
                    (inside, lines) = (true, lines + 1);
                } else if !inside && is_frame {
                    (is_wanted, further) = (true, reaches);
                } else if let Some(part) = image.filter(|_| !inside && is_wanted) {
                    let source = image::read(xml, part, limits)?;
                    is_wanted = source.is_none();
                    hung.pictures.extend(source.map(|source| (source, further)));
                } else if is_hidden || !inside {
                    xml.skip_element()?;
                } else if is_space {
                    let room = limits.cell.saturating_sub(text.len() as u64);
                    let spaces = spaces.ok().filter(|spaces| *spaces as u64 <= room);
                    let spaces = spaces.ok_or(Error::LimitExceeded { limit: Limit::Cell, allowed: limits.cell, at: None })?;
                    text.extend(std::iter::repeat_n(' ', spaces));
                } else if is_tab {
                    text.push('\t');
                } else if is_break {
                    text.push('\n');
                } else if let Some(look) = span {
                    spans.push((xml.depth(), look));
                }
            }
            Token::End(_) => spans.retain(|(depth, _)| *depth <= xml.depth()),
            Token::Text(piece) if inside => {
                let start = text.len();
                push_collapsed(&piece, &mut text);
                looks.add(spans.last().map(|(_, look)| *look).unwrap_or_default(), start..text.len());
            }
            Token::Text(_) => {}
            Token::Eof => break,
        }
        inside &= xml.depth() > cell;
        if text.len() as u64 > limits.cell {
            return Err(Error::LimitExceeded { limit: Limit::Cell, allowed: limits.cell, at: None });
        }
    }
    looks.strike_out(&mut text);
    Ok((text, looks))
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

/// Blanks of the XML count as one; more are written as elements.
fn push_collapsed(piece: &str, text: &mut String) {
    for c in piece.chars() {
        let blank = matches!(c, ' ' | '\t' | '\n' | '\r');
        if !blank {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}
