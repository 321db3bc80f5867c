//! Workbooks that somebody else made: blanks of the form and of the roster in Excel or WPS, looked at once and filled.
//!
//! The central noun is [`book::Book`]: the blank's parts, and the sheet that is filled. [`FormWorkbook`] gives a sheet for every
//! person, each a copy of the blank's; [`RosterWorkbook`] fills the lines of a list and adds more. What is asked for in a place is
//! told in [`crate::blank`], as for Word documents.

pub(crate) mod attributes;
mod book;
mod controls;
mod copies;
mod cutter;
mod form;
mod formula;
mod list;
mod look;
mod photos;
mod placeholder;
mod roster;
mod shift;
mod stray;

pub use form::{FormSheets, FormWorkbook};
pub use roster::RosterWorkbook;
