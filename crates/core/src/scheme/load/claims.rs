//! Which label or alias belongs to whom, so that no two fields, and no two options of a choice, claim the same.

use std::collections::BTreeMap;
use std::ops::Range;

use compact_str::CompactString;

use super::source::Source;

/// Who claims a label: where it is written, which tells two of the same name apart, and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    at: usize,
    name: CompactString,
}

impl Owner {
    pub(super) fn new(at: &Range<usize>, name: &str) -> Self {
        Self { at: at.start, name: name.into() }
    }
}

/// The labels claimed so far, folded, with their owners.
#[derive(Default)]
pub(super) struct Claims(BTreeMap<CompactString, Owner>);

impl Claims {
    /// Claims a folded label for its owner; a fault if it is somebody else's.
    pub(super) fn claim(&mut self, source: &mut Source<'_>, folded: &CompactString, owner: &Owner, at: Range<usize>, path: &str) {
        if let Some(holder) = self.holder_against(folded, owner) {
            let message = format!("「{folded}」已经是「{}」的叫法，一个叫法只能归一处；请从其中一处删去", holder.name);
            source.fault(at, path, message);
        }
    }

    /// Claims a folded label if it is nobody else's, and says whether it could.
    pub(super) fn claim_if_free(&mut self, folded: &CompactString, owner: &Owner) -> bool {
        self.holder_against(folded, owner).is_none()
    }

    fn holder_against(&mut self, folded: &CompactString, owner: &Owner) -> Option<&Owner> {
        let holder = self.0.entry(folded.clone()).or_insert_with(|| owner.clone());
        (holder != owner).then_some(&*holder)
    }
}
