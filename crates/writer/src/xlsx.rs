//! Workbooks: the roster and the forms as .xlsx, their blanks, and the rows that go back. The only folder that names `rust_xlsxwriter`.
//!
//! Each output is one function from checked people and a scheme to bytes. Layouts come from the scheme; what a cell says comes
//! from [`mingce_core::compose`]; here is decided how wide, how high and in which style it stands.

mod cells;
mod changes;
mod choice;
mod collection;
mod columns;
mod form;
mod frame;
mod grid;
mod index;
mod list;
mod measure;
mod names;
mod page;
mod picture;
mod returned;
mod roster;
mod summary;
mod teams;
mod template;
pub(crate) use template::attributes;

#[cfg(test)]
mod tests;

use mingce_core::value::Date;

pub use changes::changes;
pub use collection::collection;
pub use form::{SheetPhotos, blank_form, forms, forms_with_photos};
pub use index::{IndexEntry, IndexSum, index};
pub use names::{person_sheet_name, sheet_name};
pub use returned::{ReturnedSource, ReturnedTable, returned};
pub use roster::{blank_roster, roster};
pub use summary::summary;
pub use teams::teams;
pub use template::{FormSheets, FormWorkbook, RosterWorkbook};

/// What a workbook holds beside its people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct XlsxOptions {
    /// The day written into the file as the day it was made; without one, the first day that a package knows, never the clock's.
    pub created: Option<Date>,
}

impl XlsxOptions {
    /// The same options with another day of creation.
    #[must_use]
    pub fn with_created(mut self, day: Date) -> Self {
        self.created = Some(day);
        self
    }
}
