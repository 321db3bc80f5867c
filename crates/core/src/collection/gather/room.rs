//! Room in memory: the same words once however many findings say them, and what does not fit is taken out again.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Collection, Placed};
use crate::diagnostic::Diagnostic;

impl Collection<'_> {
    /// Takes out what was added since there were so many sources, people and findings.
    pub(super) fn take_out(&mut self, (sources, people, findings): (usize, usize, usize)) {
        self.sources.truncate(sources);
        self.tables.truncate(sources);
        self.people.truncate(people);
        self.people.shrink_to_fit();
        self.fates.truncate(people);
        self.leftovers.take_out(people);
        self.findings.truncate(findings);
        self.findings.shrink_to_fit();
        self.origins.retain(|place, _| usize::try_from(place.table).is_ok_and(|table| table < sources));
        self.is_full = false;
    }

    /// Keeps a finding, or notes that there is no room for it.
    pub(super) fn push_finding(&mut self, mut placed: Placed) {
        if self.findings.try_reserve(1).is_err() {
            self.is_full = true;
            return;
        }
        self.words.share(&mut placed.diagnostic);
        self.findings.push(placed);
    }
}

/// Most texts that are known at a time; those of a table with one fault in every row are few.
const MOST: usize = 1024;

/// Texts that findings share.
#[derive(Debug, Default)]
pub(super) struct Interned {
    known: HashSet<Arc<str>>,
}

impl Interned {
    /// Lets the finding say its words with those of an earlier one, where they are the same.
    pub(super) fn share(&mut self, finding: &mut Diagnostic) {
        self.replace(&mut finding.message);
        if let Some(hint) = &mut finding.hint {
            self.replace(hint);
        }
    }

    fn replace(&mut self, text: &mut Arc<str>) {
        if let Some(known) = self.known.get(text) {
            *text = Arc::clone(known);
            return;
        }
        // messages that quote an answer come once each: forgetting all of them now and then costs a few copies
        if self.known.len() >= MOST {
            self.known.clear();
        }
        self.known.insert(Arc::clone(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Column;
    use crate::diagnostic::{Code, Location};
    use crate::grid::{Grid, Kind, Origin};
    use crate::scheme::Scheme;
    use crate::value::Date;

    #[test]
    fn a_file_that_does_not_fit_is_taken_out_and_said_to_be() {
        let mut builder = Grid::builder(Origin::Sheet);
        for (row, texts) in (1..).zip([["姓名", "性别"], ["张三", "男"], ["李四", "女"]]) {
            builder.start_row(row, false).expect("room");
            for (column, text) in (1..).zip(texts) {
                builder.push(Column::new(column).expect("a column"), Kind::Text, text).expect("room");
            }
        }
        let grids = [builder.finish()];
        let scheme = Scheme::built_in();
        let mut collection = Collection::new(&scheme, Date::new(2026, 6, Some(1)).expect("a day"));
        assert!(collection.add_document("甲.xlsx", &grids));
        let findings = collection.findings.len();
        collection.is_full = true;
        assert!(!collection.add_document("乙.xlsx", &grids));
        assert_eq!((collection.findings.len(), collection.is_full), (findings + 1, false));
        assert!(collection.add_document("丙.xlsx", &grids));
        let checked = collection.judge();
        let files: Vec<&str> = checked.tables.iter().map(|table| &*table.file).collect();
        assert_eq!((files, checked.people.len(), checked.fates.len(), checked.ledger().read), (vec!["甲.xlsx", "丙.xlsx"], 4, 4, 4));
        let said = checked.diagnostics.iter().filter(|finding| finding.code == Code::LimitExceeded);
        assert_eq!(said.filter_map(|finding| finding.at.file.as_deref()).collect::<Vec<_>>(), ["乙.xlsx"]);
    }

    #[test]
    fn the_same_words_are_kept_once() {
        let mut words = Interned::default();
        let mut findings: Vec<Diagnostic> = (0..3000)
            .flat_map(|number| [format!("第 {number} 个"), "没有姓名".to_owned()])
            .map(|message| Diagnostic::new(Code::NameMissing, Location::default(), message).with_hint("请补填"))
            .collect();
        findings.iter_mut().for_each(|finding| words.share(finding));
        assert!(words.known.len() <= MOST);
        assert!(Arc::ptr_eq(&findings[1].message, &findings[3].message));
        assert_eq!((&*findings[2].message, &*findings[3].message), ("第 1 个", "没有姓名"));
    }
}
