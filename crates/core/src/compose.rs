//! Registration → the words of the official documents.
//!
//! [`text`] gives the words of one field, [`roster_line`] those of one line of annex 2, [`ticked`] says of a box of
//! annex 1 whether it is ticked. Every output prints these words and no others; where they stand and how they look is
//! the business of the layouts and writers.

use std::borrow::Cow;
use std::fmt::Display;

use compact_str::CompactString;

use crate::registration::{Answer, Registration};
use crate::scheme::{Field, RosterColumn, Scheme};
use crate::value::{Choice, Choices, PartyStatus};

/// What joins the options of a choice.
const JOIN: &str = "、";

/// The word for a person who is not yet a member, printed under 入党时间.
const ACTIVIST: &str = "入党积极分子";

/// The words printed where two fields are asked for at once: employer and position parted by a blank, others by a stroke.
///
/// Empty where neither was answered; what reads it back parts it in the same way.
#[must_use]
pub fn combined(person: &Registration, fields: [Field; 2], scheme: &Scheme) -> String {
    let [first, second] = fields.map(|field| text(person, field, scheme));
    let is_parted_by_blank = fields == [Field::Employer, Field::Position];
    if is_parted_by_blank {
        return [first, second].iter().map(AsRef::as_ref).filter(|part: &&str| !part.is_empty()).collect::<Vec<&str>>().join(" ");
    }
    // 研究生/硕士 has a stroke of its own
    let has_stroke = first.contains('/') || second.contains('/');
    // 大学 本科 alone would be taken for two
    let has_stroke = has_stroke || (second.is_empty() && first.contains(char::is_whitespace));
    match (second.is_empty(), has_stroke) {
        (true, false) => first.into_owned(),
        (_, true) => format!("{first}／{second}"),
        (false, false) => format!("{first}/{second}"),
    }
}

/// The words printed for this field: dates as `1985.06`, options joined by `、`, what was not understood as typed.
///
/// Empty where nobody answered, and for 照片, 签名日期 and 序号, which are no words of a person. Under 入党时间 an
/// activist has the word 入党积极分子.
#[must_use]
pub fn text<'a>(person: &'a Registration, field: Field, scheme: &Scheme) -> Cow<'a, str> {
    match field {
        Field::Name => borrow(&person.name),
        Field::Sex => answer(&person.sex),
        Field::Specialty => borrow(&person.specialty),
        Field::Photo | Field::SignedOn | Field::Seq => Cow::Borrowed(""),
        Field::Birth => answer(&person.birth),
        Field::Height => borrow(&person.height),
        Field::Education => borrow(&person.education),
        Field::District => borrow(&person.district),
        Field::Postcode => borrow(&person.postcode),
        Field::Major => borrow(&person.major),
        Field::IdNumber => answer_str(&person.id_number, |id| id.as_str()),
        Field::Mobile => answer_str(&person.mobile, |mobile| mobile.as_str()),
        Field::Email => borrow(&person.email),
        Field::Phone => borrow(&person.phone),
        Field::Employer => borrow(&person.employer),
        Field::Position => borrow(&person.position),
        Field::Address => borrow(&person.address),
        Field::Qq => borrow(&person.qq),
        Field::Subsidy | Field::Services | Field::Occupation | Field::Availability => options(person, field, scheme),
        Field::Experience => borrow(&person.experience),
        Field::JoinedParty if is_activist(person) => Cow::Borrowed(ACTIVIST),
        Field::JoinedParty => answer(&person.joined_party),
        Field::PartyStatus => status(person),
        Field::Branch => borrow(&person.branch),
        Field::Own(index) => person.own.get(usize::from(index)).map_or(Cow::Borrowed(""), borrow),
    }
}

/// The person's line of annex 2: one text for each of the scheme's columns, from the left.
///
/// `seq` is the 序号, counted from 1.
///
/// # Examples
/// ```
/// use mingce_core::compose::roster_line;
/// use mingce_core::registration::Registration;
/// use mingce_core::scheme::Scheme;
///
/// let mut person = Registration::default();
/// person.name = "张三".into();
/// person.employer = "长塘村村委会".into();
/// person.position = "会计".into();
/// let line = roster_line(&person, 1, &Scheme::built_in());
/// assert_eq!(line, ["1", "张三", "", "", "", "", "", "长塘村村委会 会计", "", "", ""]);
/// ```
#[must_use]
pub fn roster_line(person: &Registration, seq: usize, scheme: &Scheme) -> Vec<String> {
    scheme.roster.columns.iter().map(|column| roster_cell(person, column, seq, scheme).into_owned()).collect()
}

/// The text of one cell of annex 2: the column's fields joined, blank ones and repetitions left out.
#[must_use]
pub fn roster_cell<'a>(person: &'a Registration, column: &RosterColumn, seq: usize, scheme: &Scheme) -> Cow<'a, str> {
    let word = |field| match choices(person, field) {
        _ if field == Field::Seq => Cow::Owned(seq.to_string()),
        // a roster counts the scheme's options; what somebody wrote beside them stands on the form
        Some(choices) if beside(person, field, scheme).is_some() => {
            Cow::Owned(choices.chosen.iter().map(Choice::label).collect::<Vec<_>>().join(JOIN))
        }
        Some(_) | None => text(person, field, scheme),
    };
    match column.from.as_slice() {
        [field] => word(*field),
        fields => Cow::Owned(join(fields.iter().map(|field| word(*field)), &column.join)),
    }
}

/// Whether the person chose this option, counted from 0 in the scheme's order.
#[must_use]
pub fn ticked(person: &Registration, field: Field, option: u16, scheme: &Scheme) -> bool {
    let option = scheme.options(field).get(usize::from(option));
    choices(person, field).zip(option).is_some_and(|(choices, option)| choices.has(&option.label))
}

/// The person's answer to a choice; `None` for a field that is none.
#[must_use]
pub fn choices(person: &Registration, field: Field) -> Option<&Choices> {
    match field {
        Field::Subsidy => Some(&person.subsidy),
        Field::Services => Some(&person.services),
        Field::Occupation => Some(&person.occupation),
        Field::Availability => Some(&person.availability),
        _ => None,
    }
}

fn borrow(text: &CompactString) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn answer<T: Display>(answer: &Answer<T>) -> Cow<'_, str> {
    match answer {
        Answer::Blank => Cow::Borrowed(""),
        Answer::Known(value) => Cow::Owned(value.to_string()),
        Answer::Typed(text) => borrow(text),
    }
}

fn answer_str<T>(answer: &Answer<T>, as_str: impl Fn(&T) -> &str) -> Cow<'_, str> {
    match answer {
        Answer::Blank => Cow::Borrowed(""),
        Answer::Known(value) => Cow::Borrowed(as_str(value)),
        Answer::Typed(text) => borrow(text),
    }
}

fn is_activist(person: &Registration) -> bool {
    matches!(person.party_status, Answer::Known(PartyStatus::Activist | PartyStatus::Candidate))
}

fn status(person: &Registration) -> Cow<'_, str> {
    match &person.party_status {
        Answer::Blank => Cow::Borrowed(""),
        Answer::Typed(text) => borrow(text),
        Answer::Known(PartyStatus::Member) => Cow::Borrowed("中共党员"),
        Answer::Known(PartyStatus::ProbationaryMember) => Cow::Borrowed("预备党员"),
        Answer::Known(PartyStatus::Activist) => Cow::Borrowed(ACTIVIST),
        Answer::Known(PartyStatus::Candidate) => Cow::Borrowed("发展对象"),
        Answer::Known(PartyStatus::Other) => Cow::Borrowed(person.as_written(Field::PartyStatus).unwrap_or("其他")),
    }
}

/// What was written beside the options of a choice, as `其他：…` or behind the scheme's own words (`其他时间：…`), for a form that
/// has no place for it; `None` if there is nothing.
#[must_use]
pub fn beside<'a>(person: &'a Registration, field: Field, scheme: &Scheme) -> Option<Cow<'a, str>> {
    let other = choices(person, field)?.other.as_str();
    (!other.is_empty()).then(|| labelled(other, other_label(field, scheme)))
}

/// The words behind which something else is written.
fn other_label(field: Field, scheme: &Scheme) -> &str {
    scheme.spec(field).and_then(|spec| spec.other.as_ref()).map_or("其他", |other| other.label.as_str())
}

/// The words behind their label, unless they begin with it.
fn labelled<'a>(other: &'a str, label: &str) -> Cow<'a, str> {
    let has_label = other.starts_with(label) || matches!(other, "其他" | "其它");
    if has_label { Cow::Borrowed(other) } else { Cow::Owned(format!("{label}：{other}")) }
}

/// The chosen options, then what was written beside them as `其他：…`, so that it is never taken for an option.
fn options<'a>(person: &'a Registration, field: Field, scheme: &Scheme) -> Cow<'a, str> {
    let Some(choices) = choices(person, field) else { return Cow::Borrowed("") };
    if let ([choice], "") = (choices.chosen.as_slice(), choices.other.as_str()) {
        return Cow::Borrowed(choice.label());
    }
    let mut words: Vec<Cow<'_, str>> = choices.chosen.iter().map(|choice| Cow::Borrowed(choice.label())).collect();
    let other = choices.other.as_str();
    if !other.is_empty() {
        words.push(labelled(other, other_label(field, scheme)));
    }
    Cow::Owned(words.join(JOIN))
}

/// The parts joined; of a list such as `会计、书法` each item counts by itself, so that none is printed twice.
fn join<'a>(parts: impl Iterator<Item = Cow<'a, str>>, join: &str) -> String {
    let parts: Vec<Cow<'a, str>> = parts.collect();
    let mut items: Vec<&str> = Vec::new();
    let is_list = !join.trim().is_empty();
    for part in &parts {
        let pieces: Vec<&str> = if is_list { part.split(join).collect() } else { vec![part.as_ref()] };
        for piece in pieces.into_iter().map(str::trim) {
            if !piece.is_empty() && !items.contains(&piece) {
                items.push(piece);
            }
        }
    }
    items.join(join)
}

#[cfg(test)]
mod tests;
