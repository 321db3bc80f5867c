//! What a blank's XML is cut into: pieces that stay, and pieces that follow a person's answers.

use compact_str::CompactString;
use mingce_core::recognize::Target;
use mingce_core::scheme::Field;

use super::fit::Room;
use super::photo::Frame;
use super::scale::Scalable;
use crate::blank::{Asked, BoxedWords, Offered};

/// A piece of the XML of a form.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// The same for everybody.
    Fixed(String),
    /// The answer of a slot, inside a `w:t`; `blank` is what stands there where nobody answered.
    Answer { slot: usize, blank: String },
    /// The answer of a slot in the place of a whole element of a run, such as a tab.
    Text { slot: usize, blank: String },
    /// The list of a form field: for each entry, folded, the list that shows it, and the list around another entry; `blank` shows
    /// what nobody has changed.
    List { slot: usize, blank: String, entries: Vec<(CompactString, String)>, another: [String; 2] },
    /// The answer of a slot in a run of its own; nothing where nobody answered.
    Run { slot: usize, properties: Scalable },
    /// Properties of a slot's cell, which shrink with its answer.
    Scaled { slot: usize, properties: Scalable },
    /// What holds only while the answer of a slot has its usual size, such as that a content control takes plain text.
    Usual { slot: usize, text: String },
    /// Properties of the words that ask for an answer, and those of the answer that takes their place.
    Hint { slot: usize, blank: String, properties: Scalable },
    /// The box of an option.
    Box { field: Field, option: Option<u16>, offered: Offered, marks: [String; 2] },
    /// The box beside one of several words of an answer in text (`男□ 女□`).
    Boxed { target: Target, words: BoxedWords, place: usize, marks: [String; 2] },
    /// What an answer adds to the word that is ticked, or the answer behind all words where none is.
    Beyond { target: Target, words: BoxedWords, place: Option<usize> },
    /// One text where nobody answered, and another where somebody did.
    Either { slot: usize, blank: String, filled: String },
    /// The height of a row: exact, and such that it grows when an answer of it spills.
    Height { slots: Vec<usize>, rules: [String; 2] },
    /// The place of the photo; `blank` is what stands there without one.
    Photo { blank: String, frame: Frame },
    /// The place where a form that is not the first asks for a new page.
    NewPage(String),
    /// What a document may hold only once, such as a bookmark: of several forms only the first has it.
    Once(String),
    /// The number of a drawing, of which a document may hold only one: its own in the first form, another in each further
    /// one. `index` counts the drawings of the form.
    Drawing { own: String, index: u32 },
}

/// The place of one answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slot {
    /// What is answered there.
    pub(super) asked: Asked,
    /// Its room, where the blank says how large it is.
    pub(super) room: Option<Room>,
    /// Its size of type in half points.
    pub(super) size: u32,
    /// Where its row begins in the blank's XML: answers beside each other grow together.
    pub(super) row: usize,
}
