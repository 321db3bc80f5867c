//! Registration → the words of the official documents.

use std::borrow::Cow;

use crate::registration::Registration;
use crate::scheme::{Field, Scheme};

/// The words printed for this field: dates as `1985.06`, options joined by `、`, what was not understood as typed.
#[must_use]
pub fn text<'a>(_person: &'a Registration, _field: Field, _scheme: &Scheme) -> Cow<'a, str> {
    Cow::Borrowed("")
}
