//! Names of party branches as one office prints them and another writes them: 第一党支部, 一支部 and 长塘村第1党支部 may be one.

use crate::text::fold_label;
use crate::value::fold_han_numerals;

/// How surely two names mean the same branch, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// One is the end of the other: 第一党支部 and 长塘村第一党支部.
    Part,
    /// They are the same but for how they are written: 第一党支部 and 一支部.
    Same,
}

/// A name of a branch, or words printed above its people, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchName(String);

impl BranchName {
    /// The name in these words; hints in brackets (`（共  人）`) and numbers before it (`一、`) are none of it.
    #[must_use]
    pub fn of(words: &str) -> Self {
        let folded = fold_label(words);
        let numbered: String = fold_han_numerals(&folded).chars().filter(|c| !matches!(c, '第' | '党')).collect();
        Self(numbered.replace("支部委员会", "支部").replace("总支部", "总支"))
    }

    /// Whether the words say nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How surely this and another name mean the same branch; `None` where they do not. 十一支部 is never 一支部, and 支部 alone is
    /// no branch.
    ///
    /// # Examples
    /// ```
    /// use mingce_core::branch::{BranchName, Likeness};
    ///
    /// let name = BranchName::of;
    /// assert_eq!(name("第一党支部").likeness(&name("一支部")), Some(Likeness::Same));
    /// assert_eq!(name("长塘村第一党支部").likeness(&name("第一党支部")), Some(Likeness::Part));
    /// assert_eq!(name("十一支部").likeness(&name("一支部")), None);
    /// ```
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Option<Likeness> {
        let (long, short) = if self.0.len() >= other.0.len() { (&self.0, &other.0) } else { (&other.0, &self.0) };
        if !is_name(short) {
            return None;
        }
        let before = long.strip_suffix(short.as_str())?;
        let is_in_number = before.ends_with(|c: char| c.is_ascii_digit()) && short.starts_with(|c: char| c.is_ascii_digit());
        match (before.is_empty(), is_in_number) {
            (true, _) => Some(Likeness::Same),
            (false, true) => None,
            (false, false) => Some(Likeness::Part),
        }
    }

    /// Whether these words speak of this branch among others: 第一党支部党员名单.
    #[must_use]
    pub fn is_in(&self, words: &Self) -> bool {
        let begins_in_number =
            |at: usize| words.0[..at].ends_with(|c: char| c.is_ascii_digit()) && self.0.starts_with(|c: char| c.is_ascii_digit());
        is_name(&self.0) && words.0.match_indices(self.0.as_str()).any(|(at, _)| !begins_in_number(at))
    }
}

/// Whether so much is said that it names one branch: a number, or more than what all are called.
fn is_name(words: &str) -> bool {
    let rest = words.trim_end_matches(['部', '支', '总', '小', '组', '委']);
    rest.chars().any(|c| c.is_ascii_digit()) || rest.chars().count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_what_they_mean() {
        use Likeness::{Part, Same};
        for (one, other, expected) in [
            ("第一党支部", "第一支部委员会", Some(Same)),
            ("一、第一党支部（共  人）", "第1党支部", Some(Same)),
            ("西湖街道长塘村第二党支部", "长塘村第二支部", Some(Part)),
            ("第十一党支部", "一支部", None),
            ("第二十一党支部", "第十一党支部", None),
            ("机关党支部", "街道机关支部", Some(Part)),
            ("支部", "第一党支部", None),
            ("党总支", "长塘村党总支", None),
            ("第一党支部", "第二党支部", None),
            ("", "第一党支部", None),
        ] {
            let (one, other) = (BranchName::of(one), BranchName::of(other));
            assert_eq!((one.likeness(&other), other.likeness(&one)), (expected, expected), "{one:?} {other:?}");
        }
        let speaks = |words: &str, branch: &str| BranchName::of(branch).is_in(&BranchName::of(words));
        assert!(speaks("第一党支部党员名单", "一支部") && !speaks("第十一党支部党员名单", "一支部") && !speaks("党支部名单", "支部"));
    }
}
