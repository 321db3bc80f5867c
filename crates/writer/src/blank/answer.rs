//! What is asked for in a place, and what a person answers.

use std::borrow::Cow;

use compact_str::CompactString;
use mingce_core::address::{Address, Column};
use mingce_core::compose;
use mingce_core::recognize::Target;
use mingce_core::recognize::card::{Card, Slot, Stranger};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::text::fold_label;

use super::offered::{BoxedWords, Offered, ticked_word};
use super::place::awaits_answer;

/// Which words of an answer stand in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// The whole answer.
    All,
    /// What is written in the place that a choice has for something else (其他时间).
    Other(Other),
    /// What is written beside the options of a choice that has no place for it.
    Beside,
    /// One letter of the answer, counted from 0.
    Letter(usize),
}

/// The place that a choice has for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Other {
    /// What the choice offers to tick; what else somebody chose is written there, too.
    pub(crate) offered: Offered,
    /// Whether brackets stand around the place, so that nothing has to part it from what is before and behind.
    pub(crate) is_enclosed: bool,
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
            (Words::Other(other), Some(field)) => match other_words(person, field, other.offered, scheme) {
                words if words.is_empty() => Cow::Borrowed(""),
                words if other.is_enclosed => Cow::Owned(words),
                words => Cow::Owned(format!(" {words} ")),
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
pub(super) fn words<'p>(target: Target, person: &'p Registration, scheme: &Scheme) -> Cow<'p, str> {
    match *target.answered() {
        [field] => compose::text(person, field, scheme),
        [first, second] => Cow::Owned(compose::combined(person, [first, second], scheme)),
        _ => Cow::Borrowed(""),
    }
}

/// What is written where a choice asks for something else: chosen options that it does not offer, then the person's own words.
fn other_words(person: &Registration, field: Field, offered: Offered, scheme: &Scheme) -> String {
    let left_out = offered.left_out(person, field, scheme);
    let other = compose::choices(person, field).map_or("", |choices| choices.other.as_str());
    [left_out.as_str(), other].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("、")
}

/// Whether the word at this place among those with boxes is the answer, so that its box is ticked (`男□ 女□`).
pub(crate) fn is_answer(target: Target, boxed: &BoxedWords, place: usize, person: &Registration, scheme: &Scheme) -> bool {
    ticked_word(target, boxed, &words(target, person, scheme)) == Some(place)
}

/// What of the answer a list of words with boxes does not hold: behind the word at this place that is ticked, what the answer adds to
/// it (研究生（硕士） to 研究生); behind the list, the whole answer where no word is ticked. Empty if nothing.
pub(crate) fn beyond(target: Target, boxed: &BoxedWords, place: Option<usize>, person: &Registration, scheme: &Scheme) -> String {
    let answer = words(target, person, scheme);
    match (place, ticked_word(target, boxed, &answer)) {
        (Some(place), Some(ticked)) if place == ticked => answer.strip_prefix(boxed[place].as_str()).unwrap_or("").to_owned(),
        (None, None) if !answer.is_empty() => format!("  {answer}"),
        _ => String::new(),
    }
}

/// Whether the box of an option is ticked; `None` is the one beside which something else is written.
pub(crate) fn is_ticked(person: &Registration, field: Field, option: Option<u16>, offered: Offered, scheme: &Scheme) -> bool {
    match option {
        Some(option) => compose::ticked(person, field, option, scheme),
        None => !other_words(person, field, offered, scheme).is_empty(),
    }
}

/// The fields whose answers stand in a place.
pub(crate) fn fields(target: Target) -> Vec<Field> {
    if let Target::Option(field, _) = target { vec![field] } else { target.answered().to_vec() }
}

/// Whether this is where somebody signs, or the day of it: both are left to the hand, as 签名 and 填表日期 are.
fn is_signed<'t>(at: Address, label: &str, text: impl Fn(Address) -> &'t str) -> bool {
    const SIGNATURES: [&str; 3] = ["签名", "签字", "签章"];
    const DAYS: [&str; 5] = ["日期", "年月日", "签名日期", "签字日期", "签署日期"];
    let label = fold_label(label);
    let is_beside_signature = || {
        let mut before = (1..at.column.number()).filter_map(Column::new);
        before.any(|column| SIGNATURES.iter().any(|word| text(Address { column, ..at }).contains(word)))
    };
    DAYS.contains(&label.as_str()) || SIGNATURES.iter().any(|word| label.ends_with(word)) || (label == "时间" && is_beside_signature())
}

/// The labels of a blank that no field claims and behind which an answer is awaited, as written and in their order, and those for a
/// number that the office gives (编号); `text` gives what a cell says.
pub(crate) fn unclaimed_labels<'t>(card: &Card, text: impl Fn(Address) -> &'t str) -> Vec<String> {
    let waits = |stranger: &&Stranger| text(stranger.answer_at).get(stranger.place.clone()).is_some_and(awaits_answer);
    let strangers = card.strangers.iter().filter(waits).map(|stranger| (stranger.label_at, &stranger.label));
    let is_open = |slot: &&Slot| text(slot.answer_at).get(slot.place.clone()).is_some_and(awaits_answer);
    let numbers = card.slots.iter().filter(|slot| slot.target == Target::Field(Field::Seq)).filter(is_open);
    let numbers = numbers.map(|slot| (slot.label_at, &slot.label));
    let unclaimed = card.unclaimed.iter().map(|(at, label)| (*at, label));
    let mut found: Vec<(Address, &CompactString)> = unclaimed.chain(strangers).chain(numbers).collect();
    found.retain(|(at, label)| !is_signed(*at, label, &text));
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, label)| label.to_string()).collect()
}
