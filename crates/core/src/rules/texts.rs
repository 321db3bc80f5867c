//! Answers in free text, the scheme's own fields among them, and what no field claims.

use compact_str::CompactString;

use crate::diagnostic::Code;
use crate::grid::Kind;
use crate::recognize::{SplitColumn, Target};
use crate::register::Reading;
use crate::scheme::Field;
use crate::value::{Education, fold_height};

pub(crate) fn read(reading: &mut Reading<'_>) {
    reading.person.height = read_height(reading);
    reading.person.education = read_education(reading);
    reading.person.major = read_text(reading, Field::Major);
    reading.person.specialty = read_text(reading, Field::Specialty);
    reading.person.district = read_text(reading, Field::District);
    reading.person.address = read_text(reading, Field::Address);
    reading.person.employer = read_text(reading, Field::Employer);
    reading.person.position = read_text(reading, Field::Position);
    reading.person.experience = read_text(reading, Field::Experience);
    reading.person.branch = read_text(reading, Field::Branch);
    for index in (0u16..).take(reading.scheme().own_fields.len()) {
        let text = read_text(reading, Field::Own(index));
        reading.person.own.push(text);
    }
}

/// Reads how the sheet splits people into teams.
pub(crate) fn read_split(reading: &mut Reading<'_>) {
    for answer in reading.answers() {
        let Target::Split(column) = answer.target else { continue };
        let text = reading.clean(None, answer.kind, answer.text).map(|given| CompactString::from(given.text)).unwrap_or_default();
        match column {
            SplitColumn::Team => reading.person.team = text,
            SplitColumn::Duty => reading.person.duty = Some(text),
        }
    }
}

/// Looks at what no field claims, so that what a document cannot hold is reported there too.
pub(crate) fn carry_unclaimed(reading: &mut Reading<'_>) {
    for answer in reading.answers() {
        if answer.target == Target::Unclaimed {
            reading.clean(None, answer.kind, answer.text);
        }
    }
}

fn read_text(reading: &mut Reading<'_>, field: Field) -> CompactString {
    if !reading.scheme().has(field) {
        return CompactString::default();
    }
    reading.given_text(field, Code::CharacterDropped).map(|given| without_time(&given.text, given.kind).into()).unwrap_or_default()
}

/// A date cell in a text column is a date, not midnight of it.
fn without_time(text: &str, kind: Kind) -> &str {
    match kind {
        Kind::Date => text.strip_suffix(" 00:00:00").unwrap_or(text),
        Kind::Text | Kind::Untyped | Kind::Number | Kind::Boolean | Kind::Error | Kind::Uncomputed => text,
    }
}

fn read_height(reading: &mut Reading<'_>) -> CompactString {
    if !reading.scheme().has(Field::Height) {
        return CompactString::default();
    }
    let Some(given) = reading.given_text(Field::Height, Code::HeightInvalid) else { return CompactString::default() };
    if let Some(height) = fold_height(&given.text) {
        reading.keep_written(Field::Height, &given.text, &height);
        return height;
    }
    let message = format!("身高「{}」不像身高，照原样保留", given.text);
    reading.report(Code::HeightInvalid, Field::Height, message, "请填厘米数，如「172」");
    given.text.as_ref().into()
}

fn read_education(reading: &mut Reading<'_>) -> CompactString {
    if !reading.scheme().has(Field::Education) {
        return CompactString::default();
    }
    let Some(given) = reading.given_text(Field::Education, Code::EducationUnknown) else { return CompactString::default() };
    // each of several levels would be one, if it stood alone
    if reading.is_ticked_twice(Field::Education) {
        let message = format!("学历同时勾了「{}」，不知道是哪一项，照原样保留", given.text);
        reading.report(Code::EducationUnknown, Field::Education, message, "请问清本人后只留一项");
    } else if Education::parse(&given.text).is_none() {
        let message = format!("学历「{}」不认识，照原样保留", given.text);
        reading.report(
            Code::EducationUnknown,
            Field::Education,
            message,
            "请核对是否填错了列；常用写法有「高中」「大专」「本科」「硕士研究生」",
        );
    }
    given.text.as_ref().into()
}
