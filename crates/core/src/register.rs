//! One row or card → one [`Registration`], and what is wrong in it alone.
//!
//! Sources hand over [`RawAnswer`]s: text by field, whatever the file was. A caller with rows of its own (a database, a
//! web form) does the same. Rules that look at several people live in [`crate::collection`].

use crate::diagnostic::Code;
use crate::grid::Kind;
use crate::recognize::Target;
use crate::scheme::Field;

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

/// Something wrong in one person's answers; the source knows which cell the field stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it says.
    pub code: Code,
    /// The field it is about.
    pub field: Field,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}
