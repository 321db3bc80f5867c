//! Checked people → bytes of official documents.

mod error;
pub mod xlsx;

pub use error::Error;
