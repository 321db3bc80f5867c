//! What a blank offers to tick: answers that it does not offer are written where it asks for something else, or told of.

use std::sync::Arc;

use compact_str::CompactString;
use mingce_core::compose;
use mingce_core::recognize::Target;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::text::fold_label;
use mingce_core::value::{Education, PartyStatus, Sex};

/// The options of a choice that a blank offers, a bit for each; those past the 64th count as offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Offered(u64);

impl Offered {
    /// These options, by their places in the scheme.
    pub(crate) fn of(options: impl IntoIterator<Item = u16>) -> Self {
        Self(options.into_iter().filter(|option| *option < 64).fold(0, |bits, option| bits | 1 << option))
    }

    /// What the person chose that is not offered, in the scheme's words; empty if nothing.
    pub(crate) fn left_out(self, person: &Registration, field: Field, scheme: &Scheme) -> String {
        let options = (0_u16..).zip(scheme.options(field));
        let missing = options.filter(|(option, _)| *option < 64 && self.0 >> option & 1 == 0);
        let chosen = missing.filter(|(option, _)| compose::ticked(person, field, *option, scheme));
        chosen.map(|(_, option)| option.label.as_str()).collect::<Vec<_>>().join("、")
    }
}

/// The words with boxes beside them in an answer that is no choice of the scheme (`男□ 女□`), folded, in their order.
pub(crate) type BoxedWords = Arc<[CompactString]>;

/// Which of these words has its box ticked for this answer: the one that is it, else the only one that means the same.
pub(crate) fn ticked_word(target: Target, words: &[CompactString], answer: &str) -> Option<usize> {
    let folded = fold_label(answer);
    if folded.is_empty() {
        return None;
    }
    words.iter().position(|word| *word == folded).or_else(|| {
        let mut alike = (0..words.len()).filter(|place| means_the_same(target, &words[*place], answer));
        alike.next().filter(|_| alike.next().is_none())
    })
}

/// Whether a level of education is one of those that the word names: 高中及以下, 硕士及以上.
fn is_in(word: &str, level: Education) -> bool {
    let Some(named) = Education::parse(word) else { return false };
    // the highest comes first
    match () {
        () if word.contains("以下") => level >= named && level != Education::Other,
        () if word.contains("以上") => level <= named,
        () => level == named,
    }
}

fn means_the_same(target: Target, word: &str, answer: &str) -> bool {
    match target {
        Target::Field(Field::Education) => Education::parse(answer).is_some_and(|level| is_in(word, level)),
        Target::Field(Field::PartyStatus) => {
            PartyStatus::parse(word).is_some_and(|status| status != PartyStatus::Other && PartyStatus::parse(answer) == Some(status))
        }
        Target::Field(Field::Sex) => Sex::parse(word).is_some_and(|sex| Sex::parse(answer) == Some(sex)),
        _ => false,
    }
}

/// An answer that a blank can only take where it offers it.
#[derive(Debug, Clone)]
pub(crate) enum Closed {
    /// A choice of the scheme, without a place for something else.
    Choice(Field, Offered),
    /// Words to tick.
    Words(Target, BoxedWords),
}

impl Closed {
    /// The field and what of the person's answer has no place; `None` if all of it has one.
    pub(crate) fn left_out(&self, person: &Registration, scheme: &Scheme) -> Option<(Field, String)> {
        let (field, words) = match self {
            Self::Choice(field, offered) => (*field, offered.left_out(person, *field, scheme)),
            Self::Words(target, words) => {
                let field = target.field()?;
                let answer = compose::text(person, field, scheme);
                (field, if ticked_word(*target, words, &answer).is_some() { String::new() } else { answer.into_owned() })
            }
        };
        (!words.is_empty()).then_some((field, words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_of_education_is_ticked_where_its_range_is_offered() {
        let words: Vec<CompactString> = ["硕士及以上", "本科", "大专", "高中及以下"].into_iter().map(CompactString::from).collect();
        let ticked = |answer| ticked_word(Target::Field(Field::Education), &words, answer);
        let answers = ["博士研究生", "大学本科", "大专", "中专", "初中", "小学"].map(ticked);
        assert_eq!(answers, [Some(0), Some(1), Some(2), None, Some(3), Some(3)]);
        assert_eq!(ticked("保密"), None);
    }
}
