//! Reads the three texts of a scheme, and says in Chinese what is wrong in them.
//!
//! The texts are walked by hand rather than deserialised, because a clerk wants to hear everything at once: each reader
//! ([`notice`], [`form`], [`roster`]) takes what it knows, notes a [`Fault`] with its line for the rest, and goes on.
//! [`source`] holds what they share.

mod claims;
mod form;
mod layout;
mod link;
mod notice;
mod roster;
mod rules;
mod source;
mod syntax;

#[cfg(test)]
mod headings;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::Serialize;

use super::Scheme;
use crate::diagnostic::Severity;
use source::Source;

pub(crate) use syntax::message as toml_syntax;

/// The three texts of a scheme folder.
#[derive(Debug, Clone, Copy)]
pub struct SchemeText<'a> {
    /// `scheme.toml`.
    pub scheme: &'a str,
    /// `form.toml`.
    pub form: &'a str,
    /// `roster.toml`.
    pub roster: &'a str,
}

impl SchemeText<'static> {
    /// The texts of the built-in scheme.
    pub const BUILT_IN: Self = Self { scheme: mingce_templates::SCHEME, form: mingce_templates::FORM, roster: mingce_templates::ROSTER };
}

/// One thing that is wrong or odd in a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Whether the scheme cannot be used with it (`Error`), or somebody should only know (`Warning`).
    pub severity: Severity,
    /// The file of the folder, such as `scheme.toml`.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: usize,
    /// The key, such as `field.name.label`; empty where the fault is no key's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// What was found, what is expected and what to do, in Chinese.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 第 {} 行", self.file, self.line)?;
        if !self.key.is_empty() {
            write!(f, "「{}」", self.key)?;
        }
        write!(f, "：{}", self.message)
    }
}

/// Everything that is wrong in a scheme; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, fault) in self.0.iter().enumerate() {
            if position > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

pub(super) fn built_in() -> Scheme {
    from_texts(&SchemeText::BUILT_IN).expect("the built-in texts are loaded by a test")
}

pub(super) fn from_texts(texts: &SchemeText<'_>) -> Result<Scheme, Faults> {
    match read(texts) {
        (Some(scheme), faults) if faults.iter().all(|fault| fault.severity == Severity::Warning) => Ok(scheme),
        (_, faults) => Err(Faults(faults)),
    }
}

pub(super) fn check(texts: &SchemeText<'_>) -> Vec<Fault> {
    read(texts).1
}

/// The scheme, if it could be put together, and everything found, by file and line.
fn read(texts: &SchemeText<'_>) -> (Option<Scheme>, Vec<Fault>) {
    let mut source = Source::new("scheme.toml", texts.scheme);
    let (notice, places) = notice::read(&mut source).unzip();
    let mut form_source = Source::new("form.toml", texts.form);
    let form = form::read(&mut form_source, notice.as_ref());
    let mut roster_source = Source::new("roster.toml", texts.roster);
    let roster = roster::read(&mut roster_source, notice.as_ref());

    let mut scheme = None;
    if let (Some(notice), Some(places), Some(form), Some(roster)) = (notice, places, form, roster) {
        let mut whole = Scheme { form, roster, ..notice };
        link::add_printed_labels(&mut whole);
        link::notice_unprinted(&whole, &places, &mut source);
        scheme = Some(whole);
    }
    let mut faults: Vec<Fault> = [source, form_source, roster_source].into_iter().flat_map(Source::into_faults).collect();
    // beside a fault, most of what looks odd only follows from it
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        faults.retain(|fault| fault.severity == Severity::Error);
    }
    (scheme, faults)
}
