//! What blanks that somebody made have in common, Word document or workbook: what is asked for in a place, which part of a text
//! is the empty place, and how a mark looks with its tick. Where the places stand in a file is the business of its kind.

mod answer;
mod columns;
mod groups;
mod kind;
mod offered;
mod place;
mod plain;

pub(crate) use answer::{Asked, Other, Words, beyond, fields, is_answer, is_ticked, unclaimed_labels};
pub(crate) use columns::{Columns, Content, claimed, first_with_most, is_room};
pub use groups::Shares;
pub(crate) use groups::{Group, shares};
pub use kind::BlankKind;
pub(crate) use offered::{BoxedWords, Closed, Offered};
pub(crate) use place::{both_states, boxed_words, column_of, empty_place, listed_words, once, place_in_xml, places, unboxed_options};
pub(crate) use plain::{Plain, without_link, without_override};
