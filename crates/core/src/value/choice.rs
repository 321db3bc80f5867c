//! Chosen options: the scheme's own printed labels, and what was written beside them.

use std::sync::Arc;

use compact_str::CompactString;
use serde::Serialize;

/// One option of the scheme, in the words it prints.
///
/// Built only by [`crate::register`] from an option of the scheme, so it is always one of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Choice(Arc<str>);

impl Choice {
    pub(crate) fn of_label(label: &str) -> Self {
        Self(label.into())
    }

    /// The option's printed label.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.0
    }
}

/// The answer to a choice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Choices {
    /// The options chosen, in the scheme's order, each once.
    pub chosen: Vec<Choice>,
    /// What was written beside the options (其他时间, 其他〖…〗); empty if nothing.
    #[serde(skip_serializing_if = "CompactString::is_empty")]
    pub other: CompactString,
}

impl Choices {
    /// Whether nothing was chosen and nothing written.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.chosen.is_empty() && self.other.is_empty()
    }

    /// Whether the option with this printed label was chosen.
    #[must_use]
    pub fn has(&self, label: &str) -> bool {
        self.chosen.iter().any(|choice| choice.label() == label)
    }
}
