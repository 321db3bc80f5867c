//! Placeholders outside the body: in headers, footers, notes and comments, which are parts of their own.

use mingce_core::recognize::Recognizer;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};

use super::locate::Located;
use super::piece::Piece;
use super::placeholder;
use super::splice::push_text;
use crate::blank::Asked;

/// A part with placeholders, cut at them.
#[derive(Debug, Clone)]
pub(super) struct EdgePart {
    /// The name of the part.
    pub(super) name: String,
    /// What is the same for everybody, each followed by what is asked for there.
    cuts: Vec<(String, Option<Asked>)>,
    rest: String,
    /// The placeholders, each with the fields that stand there.
    pub(super) places: Vec<(String, Vec<Field>)>,
    /// Placeholders that no field claims.
    pub(super) unclaimed: Vec<String>,
}

/// The placeholders of a part of the blank; `None` for one that has none, or is no text of the document.
pub(super) fn part(name: &str, content: &[u8], recognizer: &Recognizer<'_>) -> Option<EdgePart> {
    if !is_edge(name) {
        return None;
    }
    let xml = std::str::from_utf8(content).ok()?;
    let found = placeholder::find(xml);
    let mut located = Located::default();
    let mut places = Vec::new();
    for one in &found {
        located.placeholder(one, recognizer.target(&one.name), &mut places);
    }
    if located.slots.is_empty() && located.unclaimed.is_empty() {
        return None;
    }
    places.sort_by_key(|(range, _)| range.start);
    let mut cuts = Vec::new();
    let mut done = 0;
    for (range, piece) in places {
        let asked = match piece {
            Piece::Answer { slot, .. } => located.slots.get(slot).map(|slot| slot.asked),
            _ => None,
        };
        cuts.push((xml.get(done..range.start)?.to_owned(), asked));
        done = range.end;
    }
    let rest = xml.get(done..)?.to_owned();
    Some(EdgePart { name: name.to_owned(), cuts, rest, places: located.places, unclaimed: located.unclaimed })
}

/// Whether a part is a header, a footer, notes, or comments.
pub(crate) fn is_edge(name: &str) -> bool {
    const KINDS: [&str; 5] = ["header", "footer", "footnotes", "endnotes", "comments"];
    let file = name.rsplit('/').next().unwrap_or("").strip_suffix(".xml").unwrap_or("");
    KINDS.iter().any(|kind| file.strip_prefix(kind).is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit())))
}

impl EdgePart {
    /// The part for this person.
    pub(super) fn fill(&self, person: &Registration, scheme: &Scheme) -> String {
        let mut xml = String::new();
        for (before, asked) in &self.cuts {
            xml.push_str(before);
            if let Some(asked) = asked {
                // what cannot be printed is told of where the same answer stands in the form
                push_text(&asked.text(person, scheme), &mut xml, |_| {});
            }
        }
        xml.push_str(&self.rest);
        xml
    }
}
