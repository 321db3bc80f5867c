//! Findings about units, one of which is like another: a line each under one heading.

use std::fmt::Write as _;

use mingce::Diagnostic;

use super::{Places, write_line};
use crate::output::shown;

/// Fewest units that are told together.
const FEWEST: usize = 2;

/// What is found of several units alike, by kind.
pub(super) struct Units<'a> {
    kinds: Vec<Vec<&'a Diagnostic>>,
}

impl<'a> Units<'a> {
    pub(super) fn of(places: &Places<'a>) -> Self {
        let mut kinds: Vec<Vec<&'a Diagnostic>> = Vec::new();
        let groups = places.iter().flat_map(|(_, groups)| groups);
        let alone = groups.filter_map(|group| if let [only] = group[..] { Some(only) } else { None });
        for finding in alone.filter(|finding| is_about_unit(finding)) {
            match kinds.iter_mut().find(|known| known[0].code == finding.code) {
                Some(known) => known.push(finding),
                None => kinds.push(vec![finding]),
            }
        }
        kinds.retain(|kind| kind.len() >= FEWEST);
        Self { kinds }
    }

    /// Whether the finding is told here.
    pub(super) fn have_taken(&self, finding: &Diagnostic) -> bool {
        is_about_unit(finding) && self.kinds.iter().any(|kind| kind[0].code == finding.code)
    }

    pub(super) fn render(&self) -> String {
        let mut text = String::new();
        for kind in &self.kinds {
            let _ = writeln!(text, "  {}（{} 个单位）", kind[0].code.meaning(), kind.len());
            let is_same = kind.iter().all(|finding| finding.hint == kind[0].hint);
            for (position, finding) in kind.iter().enumerate() {
                // what to do is said once, and where it differs it follows from the line
                if is_same && position + 1 == kind.len() {
                    write_line(&mut text, "", &shown(&finding.message), finding);
                } else {
                    let _ = writeln!(text, "    {} [{}]", shown(&finding.message), finding.code);
                }
            }
        }
        text
    }
}

fn is_about_unit(finding: &Diagnostic) -> bool {
    finding.at.unit.is_some() && finding.at.file.is_none()
}

#[cfg(test)]
mod tests {
    use mingce::{Code, Location, Scheme};

    use super::super::render;
    use super::*;

    #[test]
    fn units_of_one_kind_are_a_line_each() {
        let of = |unit: &str, hint: &str| {
            let at = Location { unit: Some(unit.into()), ..Location::default() };
            Diagnostic::new(Code::ParticipationBelowHalf, at, format!("「{unit}」不到 50%")).with_hint(hint)
        };
        let differing = [of("长塘村", "请再动员 3 名"), of("聚湖社区", "请再动员 5 名")];
        let text = render(differing.iter(), &Scheme::built_in());
        let lines =
            "（2 个单位）\n    「长塘村」不到 50% [participation-below-half]\n    「聚湖社区」不到 50% [participation-below-half]\n";
        assert!(text.ends_with(lines), "{text}");
        let same = [of("长塘村", "请动员"), of("聚湖社区", "请动员")];
        assert!(render(same.iter(), &Scheme::built_in()).ends_with("[participation-below-half]\n      → 请动员\n"));
        let alone = render(same[..1].iter(), &Scheme::built_in());
        assert_eq!(alone, "  长塘村\n    「长塘村」不到 50% [participation-below-half]\n      → 请动员\n");
    }
}
