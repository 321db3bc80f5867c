//! Names of persons, after 民委发〔2016〕33号 for the dot in names of minorities.

use compact_str::CompactString;

/// A person's name with its blanks and dots folded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PersonName(CompactString);

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// A digit or symbol stands in it.
    Character(char),
}

impl PersonName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
