//! Many texts in one piece of memory.

use std::collections::BTreeMap;

use mingce_ooxml::Limit;

use crate::error::Error;
use crate::looks::Looks;

/// Texts by index, such as the shared strings of a workbook: one allocation for all, four bytes for each.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    /// Adds one more.
    pub(crate) fn push(&mut self, text: &str) -> Result<(), Error> {
        self.text.push_str(text);
        let end = u32::try_from(self.text.len());
        self.ends.push(end.map_err(|_| Error::LimitExceeded { limit: Limit::Shared, allowed: u64::from(u32::MAX), at: None })?);
        Ok(())
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of this index, counted from 0.
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start as usize..end as usize])
    }
}

/// The texts that the cells of a workbook share, and what some of their words look like.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    texts: Texts,
    looks: BTreeMap<usize, Looks>,
}

impl Strings {
    /// Adds one more.
    pub(crate) fn push(&mut self, text: &str, looks: Looks) -> Result<(), Error> {
        if !looks.is_empty() {
            self.looks.insert(self.texts.len(), looks);
        }
        self.texts.push(text)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The text of this index, counted from 0, and its looks if its words have several.
    pub(crate) fn get(&self, index: usize) -> Option<(&str, Option<&Looks>)> {
        Some((self.texts.get(index)?, self.looks.get(&index)))
    }
}
