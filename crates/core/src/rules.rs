//! The rules, one file per topic: what is read of each answer, what is a fault, and in what words it is said.
//!
//! Rules of one person put what they understood into a [`Reading`](crate::register) and report what is wrong; rules of
//! several people look at all who passed. Codes and their severity stand in [`crate::diagnostic::Code`].

pub(crate) mod choices;
pub(crate) mod contact;
mod dates;
pub(crate) mod duplicates;
pub(crate) mod id_number;
pub(crate) mod name;
pub(crate) mod party;
pub(crate) mod person;
pub(crate) mod required;
pub(crate) mod texts;
pub(crate) mod units;
