//! The roster 名册 as a Word document: headings, and a line that is repeated for every person.

mod docx;
mod numbers;
mod template;

pub use docx::{blank_docx, docx};
pub use template::RosterTemplate;
