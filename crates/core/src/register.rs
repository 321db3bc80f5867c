//! One row or card → one [`Registration`], and what is wrong in it alone.
//!
//! Sources hand over [`RawAnswer`]s: text by field, whatever the file was. A caller with rows of its own (a database, a
//! web form) does the same. [`register`] reads them field by field; what each field's rules are stands in
//! [`crate::rules`]. Rules that look at several people live in [`crate::collection`].

mod choice;
mod reading;

use crate::diagnostic::Code;
use crate::grid::{Epoch, Kind};
use crate::members::Members;
use crate::recognize::Target;
use crate::registration::Registration;
use crate::rules;
use crate::scheme::{Field, Scheme};
use crate::value::Date;

pub(crate) use choice::{UNCLEAR, is_tick, numbered_options, read_choice};
pub(crate) use reading::{Given, LONGEST_ANSWER, Reading};

/// One cell's answer, before anything is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawAnswer<'a> {
    /// What the cell answers.
    pub target: Target,
    /// What kind of cell it was.
    pub kind: Kind,
    /// Its text.
    pub text: &'a str,
}

impl<'a> RawAnswer<'a> {
    /// What was typed as text for this field.
    #[must_use]
    pub fn typed(field: Field, text: &'a str) -> Self {
        Self { target: Target::Field(field), kind: Kind::Text, text }
    }
}

/// Something wrong in one person's answers; the source knows which cell the field stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it says.
    pub code: Code,
    /// The field it is about; `None` for an answer that no field claims.
    pub field: Option<Field>,
    /// Where each option has a column of its own, the option whose cell it is about, by its place in the scheme.
    pub option: Option<u16>,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// What the rest of a column says of `1985.1`, which may be January or an October that lost its zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MonthEvidence {
    /// Nothing.
    #[default]
    None,
    /// The column writes January as `.01`, so `.1` is October.
    October,
    /// The column keeps the zero of `.10`, so `.1` is January.
    January,
}

/// What reading a row needs to know beside the row.
#[derive(Debug, Clone, Copy)]
pub struct Context<'c> {
    /// The scheme.
    pub scheme: &'c Scheme,
    /// The day that date rules are judged by.
    pub today: Date,
    /// The list of party members, which fills in what is blank.
    pub members: Option<&'c Members>,
    /// The fields that the source asks for: the columns of the table, the labels of the card.
    pub asked: &'c [Field],
    /// What numbers count from that are days and not shown as such.
    pub epoch: Epoch,
    /// What the column of 出生年月 says of its months.
    pub birth_months: MonthEvidence,
    /// What the column of 入党时间 says of its months.
    pub joined_months: MonthEvidence,
    /// The heading of the mobiles, or of the telephones where nothing asks for mobiles, if it asks for either (联系方式): then
    /// each number below it is taken for what it is.
    pub any_phone: Option<&'c str>,
}

/// Reads one person's answers: what was understood, and every finding in them, in the order of the fields.
#[must_use]
pub fn register(answers: &[RawAnswer<'_>], context: &Context<'_>) -> (Registration, Vec<Finding>) {
    let mut reading = Reading::new(answers, context);
    rules::name::read(&mut reading);
    // sex and birth can follow from the ID number, so it comes before them
    rules::id_number::read(&mut reading);
    rules::person::read_sex(&mut reading);
    rules::person::read_birth(&mut reading);
    rules::contact::read(&mut reading);
    rules::texts::read(&mut reading);
    rules::choices::read(&mut reading);
    rules::party::read(&mut reading);
    rules::texts::read_split(&mut reading);
    rules::texts::carry_unclaimed(&mut reading);
    rules::required::judge(&mut reading);
    reading.finish()
}

#[cfg(test)]
mod tests;
