//! Reads the three texts of a scheme, and says in Chinese what is wrong in them.

use std::fmt;

use super::Scheme;

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

/// One thing that is wrong in a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file of the folder, such as `scheme.toml`.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: usize,
    /// The key, such as `field.label`; empty where the fault is no key's.
    pub key: String,
    /// What is wrong and what is expected, in Chinese.
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
    unimplemented!()
}

pub(super) fn from_texts(_texts: &SchemeText<'_>) -> Result<Scheme, Faults> {
    unimplemented!()
}
