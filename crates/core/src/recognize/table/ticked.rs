//! Answers that have a column each, with a mark in that of the person's: 男 | 女 below 性别, 党员 | 预备党员 | 群众 below 政治面貌.

use std::ops::Range;
use std::slice;

use compact_str::CompactString;

use super::columns::{Claimed, sampled};
use super::footer;
use crate::address::Column;
use crate::grid::{Grid, Row};
use crate::recognize::Target;
use crate::recognize::labels::{Claim, Labels, Meaning, question_and_answer};
use crate::register::{is_tick, read_choice};
use crate::scheme::{Field, OptionSpec};
use crate::text::{fold_label, fold_width, is_blank_character};
use crate::value::{Education, PartyStatus, Sex};

/// The fields whose answers are few enough to have a column each.
const FIELDS: [Field; 3] = [Field::Sex, Field::PartyStatus, Field::Education];

/// A column that may be one of them.
struct Candidate {
    /// Its place among the columns.
    place: usize,
    /// The words above it; the columns of one question have the same.
    above: Vec<CompactString>,
    /// What a mark in it says.
    answer: CompactString,
    /// Whether only its answer says which question it belongs to.
    is_bare: bool,
}

/// Whether the words are an answer to this question, and no number.
pub(super) fn is_answer(field: Field, words: &str) -> bool {
    let folded = fold_label(words);
    if folded.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    match field {
        Field::Sex => Sex::parse(&folded).is_some(),
        Field::PartyStatus => PartyStatus::parse(words).or_else(|| PartyStatus::parse(&folded)).is_some() || is_other(&folded),
        Field::Education => Education::parse(words).or_else(|| Education::parse(&folded)).is_some(),
        _ => false,
    }
}

fn is_other(folded: &str) -> bool {
    matches!(folded, "其他" | "其它")
}

/// Whether the field is one of those whose answers may have a column each.
pub(super) fn may_be_ticked(field: Field) -> bool {
    FIELDS.contains(&field)
}

/// The choice that a column holds whose heading may ask for it or for something else (补贴): the one of whose options most of what stands
/// below is.
pub(super) fn chosen_below(grid: &Grid, labels: &Labels<'_>, column: &Claimed, body: &Range<usize>) -> Option<Field> {
    let field = labels.choice_by_content(column.words.last()?)?;
    let spec = labels.scheme().spec(field)?;
    let is_chosen = |text: &str| {
        let reading = read_choice(spec, text);
        !reading.chosen.is_empty() && reading.unknown.is_empty()
    };
    let cells = grid.rows_at(sampled(body)).filter_map(|row| row.cell(column.column));
    let (all, chosen) = cells.fold((0_usize, 0_usize), |(all, chosen), cell| (all + 1, chosen + usize::from(is_chosen(cell.text))));
    (chosen * 2 > all).then_some(field)
}

/// What a mark in a cell of this answer's column says: that it is the answer or that it is not; `None` for anything else.
pub(crate) fn mark(text: &str, answer: &str) -> Option<bool> {
    is_tick(text, &OptionSpec::new(answer))
}

/// Gives the columns of each such question its field.
///
/// Only where a person stands in each line, no other column asks for the same, and marks are all that the lines hold:
/// numbers of people below 男 and 女 are nobody's sex.
pub(super) fn join(grid: &Grid, labels: &Labels<'_>, columns: &mut [Claimed], body: &Range<usize>) {
    let Some(name) = columns.iter().position(|column| column.is(Field::Name)) else { return };
    for field in FIELDS {
        if !labels.scheme().has(field) {
            continue;
        }
        let Some(mut group) = group(labels, columns, name, field) else { continue };
        let count = |group: &[Candidate]| Counted::of(grid, columns, columns[name].column, group, body);
        // 侨胞 below 政治面貌 is an answer that nobody lists, if it is ticked; 入伍时间 is none
        group.retain(|candidate| is_answer(field, &candidate.answer) || count(slice::from_ref(candidate)).are_marks(true));
        let is_own = |place: usize| group.iter().any(|candidate| candidate.place == place);
        if columns.iter().enumerate().any(|(place, column)| !is_own(place) && asks(column, field)) {
            continue;
        }
        if !count(&group).are_marks(group.iter().any(|candidate| candidate.is_bare)) {
            continue;
        }
        for Candidate { place, answer, .. } in group {
            columns[place].claim = Some(Claim::Sure(Target::Ticked(field)));
            columns[place].option = answer;
        }
    }
}

fn asks(column: &Claimed, field: Field) -> bool {
    match &column.claim {
        Some(Claim::Sure(Target::Combined(fields))) => fields.contains(&field),
        Some(Claim::Sure(target)) => target.field() == Some(field),
        Some(Claim::Ambiguous(_)) | None => false,
    }
}

/// The columns of this question: several answers, each once, all below or behind the same words.
fn group(labels: &Labels<'_>, columns: &[Claimed], name: usize, field: Field) -> Option<Vec<Candidate>> {
    let beside = columns[name].words.split_last().map_or(&[][..], |(_, above)| above);
    let all = columns.iter().enumerate().filter_map(|(place, column)| candidate(labels, column, place, field, beside));
    let mut all: Vec<Candidate> = all.collect();
    let first = all.iter().find(|candidate| is_answer(field, &candidate.answer))?;
    let (above, is_bare) = (first.above.clone(), first.is_bare);
    if all.iter().any(|other| is_answer(field, &other.answer) && (other.above != above || other.is_bare != is_bare)) {
        return None;
    }
    all.retain(|candidate| candidate.above == above && candidate.is_bare == is_bare);
    let distinct = |(at, one): (usize, &Candidate)| all[..at].iter().all(|other| fold_label(&other.answer) != fold_label(&one.answer));
    let known = all.iter().filter(|candidate| is_answer(field, &candidate.answer)).count();
    let are_neighbours = all.windows(2).all(|pair| pair[0].place + 1 == pair[1].place);
    (known > 1 && are_neighbours && all.iter().enumerate().all(distinct)).then_some(all)
}

/// The column as one of this question's, by the words above its answer, those before it (性别-男), or its answer alone.
fn candidate(labels: &Labels<'_>, column: &Claimed, place: usize, field: Field, beside: &[CompactString]) -> Option<Candidate> {
    if column.continues || !(column.claim.is_none() || asks(column, field)) {
        return None;
    }
    let (lowest, above) = column.words.split_last()?;
    let is_foreign = |words: &CompactString| matches!(labels.meaning(words), Some(Meaning::Foreign(_)));
    if column.words.iter().any(is_foreign) {
        return None;
    }
    let is_question = |words: &str| labels.claim(words) == Some(Claim::Sure(Target::Field(field)));
    if above.last().is_some_and(|words| is_question(words)) {
        let is_label = labels.claim(lowest).is_some() && !is_answer(field, lowest);
        return (!is_label).then(|| Candidate { place, above: above.to_vec(), answer: plain(field, lowest), is_bare: false });
    }
    if let Some((question, answer)) = question_and_answer(lowest)
        && is_question(&question)
        && is_answer(field, &answer)
    {
        return Some(Candidate { place, above: [above, &[question]].concat(), answer: plain(field, &answer), is_bare: false });
    }
    let is_alone = field == Field::Sex && above == beside && matches!(fold_label(lowest).as_str(), "男" | "女");
    is_alone.then(|| Candidate { place, above: above.to_vec(), answer: plain(field, lowest), is_bare: true })
}

/// The answer as a person would write it: without blanks, and without number or remark where only then it is understood.
fn plain(field: Field, words: &str) -> CompactString {
    let bare: CompactString = words.chars().filter(|c| !is_blank_character(*c) && !c.is_whitespace()).collect();
    let is_understood = match field {
        Field::Sex => Sex::parse(&bare).is_some(),
        Field::PartyStatus => PartyStatus::parse(&bare).is_some(),
        _ => Education::parse(&bare).is_some(),
    };
    if is_understood || !is_answer(field, &bare) { bare } else { fold_label(&bare) }
}

/// What stands in such columns, in the lines of people.
#[derive(Default)]
struct Counted {
    marks: usize,
    /// Words that are no mark, which are told of in the line where they stand.
    words: usize,
    /// Numbers other than 1 and 0.
    numbers: usize,
    /// Lines with an answer.
    answered: usize,
    /// Lines with several, and of these what is written in digits alone.
    twice: usize,
    twice_in_digits: usize,
}

impl Counted {
    fn of(grid: &Grid, columns: &[Claimed], name: Column, group: &[Candidate], body: &Range<usize>) -> Self {
        let mut counted = Self::default();
        let is_total = |row: Row<'_>| row.cells().next().is_some_and(|lead| footer::is_total(lead.text));
        let is_persons = |row: &Row<'_>| row.cell(name).is_some_and(|cell| !footer::is_total(cell.text)) && !is_total(*row);
        for row in grid.rows_at(sampled(body)).filter(is_persons) {
            let (mut ticks, mut digits) = (0_usize, 0_usize);
            for candidate in group {
                let Some(cell) = row.cell(columns[candidate.place].column) else { continue };
                let text = fold_width(cell.text.trim_matches(is_blank_character)).into_owned();
                let is_number = text.parse::<f64>().is_ok();
                match mark(cell.text, &candidate.answer) {
                    Some(is_ticked) => {
                        counted.marks += 1;
                        ticks += usize::from(is_ticked);
                        digits += usize::from(is_ticked && is_number);
                    }
                    None if is_number => counted.numbers += 1,
                    None => counted.words += usize::from(text.chars().any(char::is_alphanumeric)),
                }
            }
            counted.answered += usize::from(ticks > 0);
            counted.twice += usize::from(ticks > 1);
            counted.twice_in_digits += usize::from(ticks > 1 && digits == ticks);
        }
        counted
    }

    /// Whether this is what people tick; where nothing but the answers says what is asked, there is no other way to read it.
    fn are_marks(&self, is_bare: bool) -> bool {
        if self.numbers > 0 {
            return false;
        }
        if is_bare {
            return self.answered > 0 && self.words == 0 && self.twice_in_digits == 0;
        }
        self.twice_in_digits * 2 <= self.answered && self.words * 4 <= self.marks
    }
}
