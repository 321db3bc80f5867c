//! Drives the program from outside and reads what it wrote with readers that are not its own.
//!
//! The central noun is [`Case`](case::Case): a folder of `fixtures/` with inputs and what must come out. [`Program`]
//! runs the binary; [`read_back`] tells what stands in a roster or a form. The tests themselves stand in `end_to_end/`;
//! they belong to the binary's package, because only there does cargo say where the binary is.

pub mod case;
mod difference;
mod law;
pub mod people;
pub mod pictures;
mod program;
pub mod read_back;

pub use law::report_keeps_its_laws;
pub use program::{Outcome, Program};

use std::path::PathBuf;

/// The program in the README, so that it compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// The day that date rules are judged by in tests.
pub const TODAY: &str = "2026-06-01";

/// The top folder of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
