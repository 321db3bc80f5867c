//! An OOXML package opened within limits: the one door through which workbooks and Word documents are read.
//!
//! The central noun is [`Package`]: the parts of a zip file by name, checked while they are unpacked. [`Limits`] says how
//! much may be unpacked, [`XmlReader`] walks the XML of a part without trusting it, and [`Error`] says in Chinese what
//! is wrong with a file. [`word`] finds the tables of a Word document, and
//! [`sheet`] the cells of a blank's sheet; collected workbooks are read in `mingce-reader`. [`compound`] is the container of encrypted packages, and of workbooks before 2007.

pub mod compound;
mod encoding;
pub mod encrypted;
mod error;
mod limits;
mod package;
mod part;
mod relationships;
pub mod sheet;
pub mod symbol;
pub mod word;
pub mod xml;

pub use error::{Error, Limit};
pub use limits::Limits;
pub use package::Package;
pub use part::PartReader;
pub use relationships::{Relationship, Relationships};
pub use xml::XmlReader;
