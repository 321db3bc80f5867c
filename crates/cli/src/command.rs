//! The commands, one file each. What those that read have in common is [`job`].

pub(crate) mod blank;
pub(crate) mod changes;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod forms;
mod job;
pub(crate) mod pack;
pub(crate) mod roster;
pub(crate) mod scheme;
pub(crate) mod summary;
pub(crate) mod teams;
