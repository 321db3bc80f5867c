//! Collected spreadsheets in, official forms and rosters out.
//!
//! The pipeline on one screen: [`find_inputs`] names the files, [`collect`] reads and judges them, [`write_roster`] and
//! [`write_forms`] pour those who passed into documents, [`Report`] tells what came of it. What a notice prescribes is a
//! [`Scheme`], built in or read by [`load_scheme`]. Rows that come from no file (a database, a web form) go into a
//! [`Collection`] one by one and from there the same way; who wants bytes and no files finds them in [`document`].
//!
//! # Examples
//! ```no_run
//! use std::path::Path;
//! use mingce::{CollectOptions, Date, Scheme, WriteOptions, collect, find_inputs, write_forms, write_roster};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let scheme = Scheme::built_in();
//! let today = Date::new(2014, 4, Some(30)).ok_or("a day of the calendar")?;
//! let checked = collect(find_inputs(["收集"], &[]), &scheme, today, &CollectOptions::default())?;
//! for finding in &checked.diagnostics {
//!     println!("{finding}");
//! }
//! write_roster(&checked, &scheme, Path::new("名册.xlsx"), &WriteOptions::default())?;
//! write_forms(&checked, &scheme, Path::new("登记表"), &WriteOptions::default())?;
//! # Ok(())
//! # }
//! ```

mod collect;
pub mod document;
mod error;
mod input;
mod lists;
mod names;
mod order;
mod progress;
mod report;
mod scheme;
mod target;
mod words;
mod write;

pub use collect::{CollectOptions, collect};
pub use error::Error;
pub use input::{Input, check_replaces_no_input, find_inputs};
pub use lists::{load_members, load_passwords, load_units};
pub use mingce_core::address::{Address, Column};
pub use mingce_core::changes::{Change, Changes, Difference, MatchedBy};
pub use mingce_core::collection::{Checked, Collection, Corrections, Fate, Ledger, Remark, TableReport, UnitReport};
pub use mingce_core::diagnostic::{Code, Diagnostic, Location, Scope, Severity};
pub use mingce_core::grid::Kind;
pub use mingce_core::marks::Origin;
pub use mingce_core::mask::mask_text;
pub use mingce_core::members::{Members, MembersReport};
pub use mingce_core::recognize::{SkipReason, Skipped, SplitColumn, Target};
pub use mingce_core::register::RawAnswer;
pub use mingce_core::registration::{Answer, Place, Registration};
pub use mingce_core::scheme::{Fault, Faults, Field, FieldSpec, OptionSpec, Rules, Scheme, SchemeText};
pub use mingce_core::statistics::{Breakdown, Heads, ServiceLine, Services, Summary, Unregistered};
pub use mingce_core::units::{Unit, Units, UnitsError};
pub use mingce_core::value::{Choice, Choices, Date, IdNumber, Mobile, PartyStatus, Sex};
pub use mingce_reader::{Limit, Limits, Passwords};
pub use names::file_name;
pub use order::{Order, listed_in};
pub use progress::{OnProgress, Progress, Stage};
pub use report::Report;
pub use scheme::{check_scheme, init_scheme, load_scheme};
pub use target::{Existing, FileTarget, FolderTarget};
pub use write::{
    Blank, ChangesTarget, PackSources, Pending, Placed, ReturnedOptions, TemplateMap, WriteOptions, Written, check_forms_target,
    check_pack_target, check_pack_template, check_returned_target, check_roster_target, check_summary_target, check_teams_target,
    check_template, photo_findings, prepare_returned, template_map, write_blank, write_changes, write_forms, write_pack, write_returned,
    write_roster, write_summary, write_teams,
};

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
        check::<CollectOptions<'_>>();
        check::<WriteOptions<'_>>();
        check::<Error>();
    }
}
