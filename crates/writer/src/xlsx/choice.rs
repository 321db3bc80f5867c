//! The options of a choice as the form prints them: each with its box, ticked or not.

use std::borrow::Cow;

use mingce_core::compose::{beside, choices};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};

/// The box of an option nobody chose, and of one that was chosen.
const BOXES: [&str; 2] = ["□", "☑"];

/// What parts two options.
const GAP: &str = "  ";

/// The line behind 其他时间 where nothing is written on it.
const LINE: &str = "________";

/// The options of this field with the person's choice ticked; what was written under 其他时间 follows it.
pub(super) fn options(person: &Registration, field: Field, scheme: &Scheme) -> String {
    let Some(spec) = scheme.spec(field) else { return String::new() };
    let choices = choices(person, field);
    let mut parts: Vec<String> = spec
        .options
        .iter()
        .map(|option| {
            let ticked = choices.is_some_and(|choices| choices.has(&option.label));
            format!("{}{}", option.label, BOXES[usize::from(ticked)])
        })
        .collect();
    match &spec.other {
        Some(other) => {
            let written = choices.map_or("", |choices| choices.other.as_str());
            parts.push(if written.is_empty() { format!("{}{LINE}", other.label) } else { format!("{} {written}", other.label) });
        }
        None => parts.extend(beside(person, field, scheme).map(Cow::into_owned)),
    }
    parts.join(GAP)
}
