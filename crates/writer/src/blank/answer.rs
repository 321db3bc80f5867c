//! What is asked for in a place, and what a person answers.

use std::borrow::Cow;

use mingce_core::compose;
use mingce_core::recognize::Target;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::text::fold_label;

/// Which words of an answer stand in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// The whole answer.
    All,
    /// What is written in the place that a choice has for something else (其他时间).
    Other,
    /// What is written beside the options of a choice that has no place for it.
    Beside,
    /// One letter of the answer, counted from 0.
    Letter(usize),
}

/// What is asked for in a place of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked {
    /// What is answered.
    pub(crate) target: Target,
    /// The column of annex 2 whose several answers stand there together.
    pub(crate) column: Option<usize>,
    /// Which words of the answer stand there.
    pub(crate) words: Words,
}

impl Asked {
    /// What this person answers; empty if nothing.
    pub(crate) fn text<'p>(&self, person: &'p Registration, scheme: &Scheme) -> Cow<'p, str> {
        match (self.words, self.target.field()) {
            (Words::Letter(place), _) => {
                let letter = words(self.target, person, scheme).chars().nth(place);
                letter.map_or(Cow::Borrowed(""), |letter| Cow::Owned(letter.to_string()))
            }
            // what follows a printed label or option is parted from it
            (Words::Other, Some(field)) => match compose::choices(person, field).map_or("", |choices| choices.other.as_str()) {
                "" => Cow::Borrowed(""),
                other => Cow::Owned(format!(" {other} ")),
            },
            (Words::Beside, Some(field)) => {
                compose::beside(person, field, scheme).map_or(Cow::Borrowed(""), |text| Cow::Owned(format!("  {text}")))
            }
            _ => match self.column.and_then(|column| scheme.roster.columns.get(column)) {
                Some(column) => Cow::Owned(compose::roster_cell(person, column, 0, scheme).into_owned()),
                None => words(self.target, person, scheme),
            },
        }
    }
}

/// The words of a person for what is asked; empty for what is answered by a mark.
fn words<'p>(target: Target, person: &'p Registration, scheme: &Scheme) -> Cow<'p, str> {
    match target {
        Target::Field(field) => compose::text(person, field, scheme),
        Target::Combined([first, second]) => {
            let (first, second) = (compose::text(person, first, scheme), compose::text(person, second, scheme));
            if second.is_empty() { first } else { Cow::Owned(format!("{first} {second}")) }
        }
        Target::Further(_) | Target::Option(..) | Target::Mark | Target::Split(_) | Target::Ignored | Target::Unclaimed => {
            Cow::Borrowed("")
        }
    }
}

/// Whether these folded words are the answer: the box beside them is then ticked (`男□ 女□`).
pub(crate) fn is_answer(target: Target, folded: &str, person: &Registration, scheme: &Scheme) -> bool {
    fold_label(&words(target, person, scheme)) == folded
}

/// Whether the box of an option is ticked; `None` is the one beside which something else is written.
pub(crate) fn is_ticked(person: &Registration, field: Field, option: Option<u16>, scheme: &Scheme) -> bool {
    match option {
        Some(option) => compose::ticked(person, field, option, scheme),
        None => compose::choices(person, field).is_some_and(|choices| !choices.other.is_empty()),
    }
}

/// The fields whose answers stand in a place.
pub(crate) fn fields(target: Target) -> Vec<Field> {
    match target {
        Target::Field(field) | Target::Option(field, _) => vec![field],
        Target::Combined(fields) => fields.to_vec(),
        Target::Further(_) | Target::Mark | Target::Split(_) | Target::Ignored | Target::Unclaimed => Vec::new(),
    }
}
