//! Cards: one person's form, found by its labels. Reading a filled form and filling a blank one are the same map.
//!
//! The central noun is [`Card`]: for every label that a field claims, where its answer stands or goes ([`Slot`]), and
//! for every option of a choice, where its box stands ([`Mark`]).

use std::ops::Range;

use compact_str::CompactString;

use super::Target;
use crate::address::Address;
use crate::grid::Grid;
use crate::scheme::{Field, Scheme};

/// One person's form, or an empty one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Where each answer stands, in reading order.
    pub slots: Vec<Slot>,
    /// Labels that no field claims, as written, with their cell; the office's own (签名, 备注) are not among them.
    pub unclaimed: Vec<(Address, CompactString)>,
}

/// Where the answer of one label stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// What the label asks for.
    pub target: Target,
    /// The label as written.
    pub label: CompactString,
    /// The cell of the label.
    pub label_at: Address,
    /// The cell of the answer; the label's own where label and answer share one.
    pub answer_at: Address,
    /// The part of the answer cell's text that is the answer's place, in bytes; all of it for a cell of its own.
    pub place: Range<usize>,
    /// For a choice, where the boxes stand; empty for text answers.
    pub marks: Vec<Mark>,
}

/// The box of one option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The option's place among the options of the scheme; `None` for the one behind which something else is written
    /// (其他时间).
    pub option: Option<u16>,
    /// The cell it stands in.
    pub at: Address,
    /// The box's part of the cell's text, in bytes; empty where there is none and one is to be put.
    pub glyph: Range<usize>,
    /// Whether the box is ticked.
    pub ticked: bool,
}

impl Card {
    /// The slot of this field.
    #[must_use]
    pub fn slot(&self, field: Field) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.target.field() == Some(field))
    }
}

/// Finds the forms of a grid.
#[must_use]
pub fn find(_grid: &Grid, _scheme: &Scheme) -> Vec<Card> {
    Vec::new()
}
