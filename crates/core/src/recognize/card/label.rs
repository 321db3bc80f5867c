//! What a cell of a form says by itself: the label of a field, somebody else's label, or neither.

use std::collections::BTreeMap;
use std::ops::Range;

use compact_str::CompactString;

use crate::recognize::Target;
use crate::scheme::Scheme;
use crate::text::fold_label;

/// Longest text, in bytes, that is looked at as a label; the longest of the notice has 30.
const LONGEST_LABEL: usize = 96;

/// Longest text, in characters, that is reported as a label no field claims.
const LONGEST_UNCLAIMED: usize = 10;

/// What a cell says by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The label of a field; the first target nobody else has is meant.
    Label {
        /// What it may ask for, the likeliest first.
        targets: Vec<Target>,
        /// The words of the label.
        words: Range<usize>,
        /// The place behind the words, where the same cell has one.
        rest: Option<Range<usize>>,
    },
    /// A label of somebody else, or of the office.
    Foreign,
    /// Neither.
    Unknown,
}

/// The labels of a scheme, folded.
pub(super) struct Labels<'a> {
    scheme: &'a Scheme,
    exact: BTreeMap<CompactString, Target>,
    ambiguous: BTreeMap<CompactString, Vec<Target>>,
}

impl<'a> Labels<'a> {
    pub(super) fn new(scheme: &'a Scheme) -> Self {
        let mut exact = BTreeMap::new();
        let mut ambiguous: BTreeMap<CompactString, Vec<Target>> = BTreeMap::new();
        for spec in &scheme.fields {
            let target = Target::Field(spec.field);
            exact.entry(fold_label(&spec.label)).or_insert(target);
            for word in &spec.ambiguous {
                ambiguous.entry(fold_label(word)).or_default().push(target);
            }
        }
        for combined in &scheme.combined {
            let words = std::iter::once(&combined.label).chain(&combined.aliases);
            words.for_each(|word| _ = exact.entry(fold_label(word)).or_insert(Target::Combined(combined.fields)));
        }
        // labels come before aliases: 专业特长 may be an alias of one field and the label of another
        for spec in &scheme.fields {
            spec.aliases.iter().for_each(|word| _ = exact.entry(fold_label(word)).or_insert(Target::Field(spec.field)));
        }
        Self { scheme, exact, ambiguous }
    }

    pub(super) fn meaning(&self, text: &str) -> Meaning {
        let whole = 0..text.len();
        if text.len() <= LONGEST_LABEL {
            match self.word(text) {
                Meaning::Unknown => {}
                Meaning::Label { targets, .. } => {
                    // 姓名： with nothing behind the colon, or a line to write on
                    return Meaning::Label { targets, words: whole, rest: None };
                }
                Meaning::Foreign => return Meaning::Foreign,
            }
        }
        let Some((colon, after)) = colon(text).filter(|(colon, _)| *colon <= LONGEST_LABEL) else { return Meaning::Unknown };
        match self.word(&text[..colon]) {
            Meaning::Label { targets, .. } => Meaning::Label { targets, words: 0..colon, rest: Some(after..text.len()) },
            other => other,
        }
    }

    fn word(&self, text: &str) -> Meaning {
        let folded = fold_label(text);
        if folded.is_empty() {
            return Meaning::Unknown;
        }
        let label = |targets| Meaning::Label { targets, words: 0..0, rest: None };
        let exact = self.exact.get(&folded);
        let others = self.ambiguous.get(&folded).map_or(&[][..], Vec::as_slice);
        match exact {
            Some(target) => label(std::iter::once(*target).chain(others.iter().copied().filter(|other| other != target)).collect()),
            None if !others.is_empty() => label(others.to_vec()),
            None if self.is_foreign(&folded) => Meaning::Foreign,
            None => Meaning::Unknown,
        }
    }

    fn is_foreign(&self, folded: &CompactString) -> bool {
        // a prefix alone would claim every sentence that begins with 父母
        let is_short = folded.chars().count() <= LONGEST_UNCLAIMED + 2;
        self.scheme.foreign_labels.contains(folded)
            || (is_short && self.scheme.foreign_prefixes.iter().any(|prefix| folded.starts_with(prefix.as_str())))
            || self.scheme.fields.iter().any(|spec| spec.not.contains(folded))
    }
}

/// The first colon, and the byte behind it.
fn colon(text: &str) -> Option<(usize, usize)> {
    text.char_indices().find(|(_, c)| matches!(c, '：' | ':')).map(|(at, c)| (at, at + c.len_utf8()))
}

/// Whether the text could be a label: a few letters, no digits, nothing to tick, no sentence.
pub(super) fn looks_like_one(text: &str) -> bool {
    let folded = fold_label(text);
    let length = folded.chars().count();
    (2..=LONGEST_UNCLAIMED).contains(&length) && folded.chars().all(|c| c.is_alphabetic() || matches!(c, '/' | '、'))
}
