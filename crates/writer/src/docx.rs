//! Word documents: laying out our own blanks, putting their XML in order, packing parts into a file.

pub(crate) mod blank;
pub(crate) mod build;
pub(crate) mod measure;
pub(crate) mod order;
pub(crate) mod package;
pub(crate) mod stencil;
pub(crate) mod unit;
