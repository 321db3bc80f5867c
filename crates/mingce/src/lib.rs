//! Collected spreadsheets in, official forms and rosters out.

mod error;
mod input;
mod names;
mod target;
mod words;

pub use error::Error;
pub use input::{Input, find_inputs};
pub use names::file_name;
pub use target::{Existing, FileTarget, FolderTarget};
