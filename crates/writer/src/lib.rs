//! Checked people → bytes of official documents.

mod blank;
mod docx;
mod error;
pub mod form;
mod line_break;
pub mod photo;
pub mod roster;
pub mod summary;
pub mod xlsx;

pub use blank::{BlankKind, Shares};
pub use error::Error;
