//! Findings: what the input says that somebody must hear about.
//!
//! The central noun is [`Diagnostic`], plain data that is collected and never thrown. How findings look on a terminal,
//! as JSON or as red cells is decided at the edge; which findings there are is decided in [`crate::rules`].

mod code;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use compact_str::CompactString;
use serde::Serialize;

use crate::mask::mask_digits;
pub use code::{Code, Scope, Severity};

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// What it says; stable.
    pub code: Code,
    /// How much it matters; follows from the code.
    pub severity: Severity,
    /// Where it was found.
    #[serde(flatten)]
    pub at: Location,
    /// What is wrong, with the value found and what was expected; numbers of seven digits and more are masked.
    ///
    /// Shared, as the next one is: a million rows may have the same fault.
    pub message: Arc<str>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Arc<str>>,
}

/// The longest quotation that a message shows whole, in characters; a cell holds any number of them.
const LONGEST_QUOTATION: usize = 120;

/// The longest message, in characters; one that quotes the marks of a quotation may come to more.
const LONGEST_MESSAGE: usize = 2_000;

impl Diagnostic {
    /// A finding of this code at this place; numbers of seven digits and more in the message are masked, the line breaks of
    /// what it quotes become blanks, and a long quotation is cut.
    #[must_use]
    pub fn new(code: Code, at: Location, message: impl Into<String>) -> Self {
        // whatever a message quotes, no ID or telephone number leaves the program through it
        let message = message.into();
        let message = on_one_line(mask_digits(&message));
        let message = with_short_quotations(&message).as_ref().into();
        Self { code, severity: code.severity(), at, message, hint: None }
    }

    /// The same finding with advice.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Arc<str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether it is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The text with a blank for each run of line breaks and other control characters.
fn on_one_line(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text;
    }
    let parts = text.split(char::is_control).filter(|part| !part.is_empty());
    Cow::Owned(parts.collect::<Vec<_>>().join(" "))
}

/// The text with `…` in place of what its quotations have beyond [`LONGEST_QUOTATION`].
fn with_short_quotations(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_QUOTATION {
        return Cow::Borrowed(text);
    }
    let (mut short, mut rest) = (String::with_capacity(text.len().min(LONGEST_MESSAGE)), text);
    while let Some((before, after)) = rest.split_once('「') {
        let end = after.find('」').unwrap_or(after.len());
        short.extend([before, "「", &cut(&after[..end], LONGEST_QUOTATION)]);
        rest = &after[end..];
    }
    short.push_str(rest);
    Cow::Owned(cut(&short, LONGEST_MESSAGE).into_owned())
}

/// The first so many characters of a text, with `…` where there are more.
fn cut(text: &str, longest: usize) -> Cow<'_, str> {
    match text.char_indices().nth(longest) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

impl fmt::Display for Diagnostic {
    /// The finding on one line, for logs and simple tools: place, message, code.
    ///
    /// # Examples
    /// ```
    /// use mingce_core::diagnostic::{Code, Diagnostic, Location};
    ///
    /// let at = Location { cell: Some("D7".into()), ..Location::of_file("长塘村.xlsx").with_sheet(Some("Sheet1".into())) };
    /// let finding = Diagnostic::new(Code::SexMissing, at, "没有填「性别」");
    /// assert_eq!(finding.to_string(), "长塘村.xlsx › Sheet1 › D7：没有填「性别」[sex-missing]");
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.at.to_string();
        let colon = if place.is_empty() { "" } else { "：" };
        write!(f, "{place}{colon}{}[{}]", self.message, self.code)
    }
}

/// Where a finding was made; what does not apply is `None` and left out of JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Location {
    /// The input as the user gave it, such as `收集/长塘村.xlsx`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Arc<str>>,
    /// The sheet's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Arc<str>>,
    /// The cell in A1 style; in a Word form, the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<CompactString>,
    /// The row as a person sees it, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// The key of the field the finding is about, such as `id_number`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<CompactString>,
    /// The unit the finding is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Arc<str>>,
}

impl Location {
    /// A whole input.
    #[must_use]
    pub fn of_file(file: impl Into<Arc<str>>) -> Self {
        Self { file: Some(file.into()), ..Self::default() }
    }

    /// A whole sheet of an input; `None` for sources without sheets.
    #[must_use]
    pub fn with_sheet(mut self, sheet: Option<Arc<str>>) -> Self {
        self.sheet = sheet;
        self
    }
}

impl fmt::Display for Location {
    /// The place as people name it: file, sheet, then cell, row or unit, parted by ` › `; empty for what is about everything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = self.row.map(|row| format!("第 {row} 行"));
        let spot = self.cell.as_deref().or(row.as_deref()).or(self.unit.as_deref());
        let parts = [self.file.as_deref(), self.sheet.as_deref(), spot];
        for (position, part) in parts.into_iter().flatten().enumerate() {
            let joint = if position == 0 { "" } else { " › " };
            write!(f, "{joint}{part}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_stays_short_whatever_it_quotes() {
        let message = |text: String| Diagnostic::new(Code::IdLength, Location::default(), text).message;
        let long = "长".repeat(33_000);
        assert_eq!(
            &*message(format!("「{long}」有 33000 位，不是「18」位")),
            format!("「{}…」有 33000 位，不是「18」位", "长".repeat(120))
        );
        let whole = "长".repeat(120);
        assert_eq!(&*message(format!("「{whole}」和「{whole}」")), format!("「{whole}」和「{whole}」"));
        assert_eq!(message(format!("「」{long}")).chars().count(), LONGEST_MESSAGE + 1);
        assert_eq!(message(format!("「{long}")).chars().count(), 122);
    }

    #[test]
    fn a_message_is_one_line_whatever_it_quotes() {
        let finding = |message: &str| Diagnostic::new(Code::MobileInvalid, Location::default(), message);
        for (message, expected) in [("手机号「1\r\n2」", "手机号「1 2」"), ("「\n」", "「 」"), ("没有换行", "没有换行")]
        {
            assert_eq!(&*finding(message).message, expected);
        }
    }
}
