//! One cell: its stored value, and the paragraphs a person sees.

use std::io::BufRead;

use mingce_core::grid::{Epoch, Kind};
use mingce_ooxml::xml::Tag;
use mingce_ooxml::{Limits, XmlReader};

use crate::error::Error;
use crate::looks::Looks;
use crate::number::{self, Shown, iso_date, write_number};
use crate::ods::controls::Drawn;
use crate::ods::image::Source;
use crate::ods::looks::Styles;
use crate::ods::paragraphs;

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
    let (seen, looks) = paragraphs::read(xml, limits, styles, hung)?;
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
