//! Collected spreadsheets in, official forms and rosters out.

mod error;
mod input;
mod names;
mod progress;
mod report;
mod scheme;
mod target;
mod words;
mod write;

pub use error::Error;
pub use input::{Input, find_inputs};
pub use mingce_core::address::{Address, Column};
pub use mingce_core::collection::{Checked, Fate, Ledger, TableReport, UnitReport};
pub use mingce_core::diagnostic::{Code, Diagnostic, Location, Scope, Severity};
pub use mingce_core::grid::Kind;
pub use mingce_core::recognize::{SkipReason, Skipped, Target};
pub use mingce_core::register::RawAnswer;
pub use mingce_core::registration::Registration;
pub use mingce_core::scheme::{Fault, Faults, Field, Scheme, SchemeText};
pub use mingce_core::value::Date;
pub use mingce_reader::{Limit, Limits};
pub use names::file_name;
pub use progress::{OnProgress, Progress, Stage};
pub use report::Report;
pub use scheme::{check_scheme, init_scheme, load_scheme};
pub use target::{Existing, FileTarget, FolderTarget};
pub use write::{Blank, WriteOptions, Written, write_blank};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_travels_between_threads_may() {
        fn check<T: Send + Sync>() {}
        check::<Checked>();
        check::<Registration>();
        check::<Report<'_>>();
        check::<Input>();
        check::<WriteOptions<'_>>();
        check::<Error>();
    }
}
