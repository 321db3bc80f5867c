//! Text as a browser shows it.

use super::tags;

/// What separates words in the text of a page; a no-break space is a character like any other.
const BLANKS: [char; 5] = [' ', '\t', '\n', '\r', '\u{C}'];

/// The words of a cell, or of the page, while they are gathered.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) text: String,
    /// Whether a blank stands before the next character.
    blank: bool,
}

impl Words {
    /// Blanks of the page are one blank between words, as a browser shows them.
    pub(super) fn push(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(BLANKS).unwrap_or(rest.len());
            if word > 0 {
                if self.blank && !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.text.push(' ');
                }
                self.blank = false;
                tags::push_resolved(&rest[..word], &mut self.text);
                rest = &rest[word..];
            } else {
                self.blank = true;
                rest = rest.trim_start_matches(BLANKS);
            }
        }
    }

    /// What follows begins a line, where there is no other yet.
    pub(super) fn begin_line(&mut self) {
        if !self.text.ends_with('\n') {
            self.end_line();
        }
    }

    /// The line ends here, were it empty.
    pub(super) fn end_line(&mut self) {
        self.blank = false;
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
}
