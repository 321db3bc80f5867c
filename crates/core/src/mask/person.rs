//! A person as a publication copy shows them: rebuilt from what may be shown, never edited.

use compact_str::CompactString;

use super::texts::Secrets;
use crate::registration::{Answer, Registration};
use crate::scheme::Field;
use crate::value::Choices;

/// The fields that a publication copy leaves out.
pub const LEFT_OUT_FIELDS: [Field; 4] = [Field::Phone, Field::Address, Field::Email, Field::Qq];

/// The person without telephone, address, e-mail and QQ, with ID number and mobile masked; the name stays.
///
/// Free texts are searched for all of these and keep none. What was typed, and what no field claims, is dropped.
///
/// # Examples
/// ```
/// use mingce_core::mask::masked_person;
/// use mingce_core::registration::Registration;
///
/// let mut person = Registration::default();
/// person.name = "张三".into();
/// person.email = "zhangsan@example.com".into();
/// person.experience = "2013年起助残，电话13812345678".into();
/// let shown = masked_person(&person);
/// assert_eq!((shown.name.as_str(), shown.email.as_str()), ("张三", ""));
/// assert_eq!(shown.experience, "2013年起助残，电话138****5678");
/// ```
#[must_use]
pub fn masked_person(person: &Registration) -> Registration {
    let secrets = secrets(person);
    let text = |text: &CompactString| if text.is_empty() { CompactString::default() } else { secrets.mask(text).into() };
    let choices = |choices: &Choices| Choices { chosen: choices.chosen.clone(), other: text(&choices.other) };
    Registration {
        place: person.place,
        name: text(&person.name),
        sex: typed(&person.sex, &secrets),
        birth: typed(&person.birth, &secrets),
        id_number: match &person.id_number {
            Answer::Known(number) => Answer::Typed(number.masked().into()),
            Answer::Blank => Answer::Blank,
            Answer::Typed(words) => Answer::Typed(text(words)),
        },
        mobile: match &person.mobile {
            Answer::Known(mobile) => Answer::Typed(super::mask_digits(mobile.as_str()).as_ref().into()),
            Answer::Blank => Answer::Blank,
            Answer::Typed(words) => Answer::Typed(text(words)),
        },
        postcode: text(&person.postcode),
        height: text(&person.height),
        education: text(&person.education),
        major: text(&person.major),
        specialty: text(&person.specialty),
        district: text(&person.district),
        employer: text(&person.employer),
        position: text(&person.position),
        experience: text(&person.experience),
        subsidy: choices(&person.subsidy),
        services: choices(&person.services),
        occupation: choices(&person.occupation),
        availability: choices(&person.availability),
        joined_party: typed(&person.joined_party, &secrets),
        party_status: typed(&person.party_status, &secrets),
        branch: text(&person.branch),
        unit: text(&person.unit),
        team: text(&person.team),
        duty: person.duty.as_ref().map(text),
        own: person.own.iter().map(text).collect(),
        ..Registration::default()
    }
}

fn typed<T: Clone>(answer: &Answer<T>, secrets: &Secrets) -> Answer<T> {
    match answer {
        Answer::Typed(words) => Answer::Typed(secrets.mask(words).into()),
        Answer::Blank | Answer::Known(_) => answer.clone(),
    }
}

/// What the person's own texts must not repeat.
fn secrets(person: &Registration) -> Secrets {
    let mut secrets = Secrets::default();
    for own in [&person.phone, &person.email, &person.qq] {
        secrets.add(own);
    }
    secrets.add_address(&person.address);
    for (field, words) in &person.written {
        match field {
            Field::Phone | Field::Email | Field::Qq | Field::Mobile | Field::IdNumber => secrets.add(words),
            Field::Address => secrets.add_address(words),
            _ => {}
        }
    }
    if let Some(number) = person.id_number.known() {
        secrets.add_number(number.as_str());
    }
    if let Some(mobile) = person.mobile.known() {
        secrets.add_number(mobile.as_str());
    }
    secrets.sorted()
}
