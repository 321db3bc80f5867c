//! What the program shows: the report as text or JSON, and why something could not be done.

pub(crate) mod failure;
mod findings;
pub(crate) mod json;
mod participation;
mod rows;
mod tables;
pub(crate) mod text;

use mingce::{Field, Scheme};

/// The label of the field with this key, as people know it.
fn label<'a>(scheme: &'a Scheme, key: &'a str) -> &'a str {
    let own = scheme.own_fields.iter().position(|own| own == key).and_then(|own| u16::try_from(own).ok());
    Field::from_key(key).or(own.map(Field::Own)).map_or(key, |field| scheme.label(field))
}
