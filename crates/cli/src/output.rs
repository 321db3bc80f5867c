//! The two streams: results on standard output, talk on standard error.

use std::borrow::Cow;
use std::io::{self, Write};

/// Writes to standard output. A reader that has gone away (`| head`) is no fault of ours.
pub(crate) fn stdout(text: &str) {
    let mut stream = io::stdout().lock();
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// Writes to standard error.
pub(crate) fn stderr(text: &str) {
    let mut stream = io::stderr().lock();
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// The text as a copy for publication may show it, where one is made.
pub(crate) fn masked_if(is_masked: bool, text: &str) -> Cow<'_, str> {
    if is_masked { mingce::mask_text(text) } else { Cow::Borrowed(text) }
}

/// The text with what could move a terminal's cursor, colour it or turn its writing round made harmless.
pub(crate) fn shown(text: &str) -> String {
    let harmful = |c: char| c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|c| {
            if c == '\n' || c == '\r' || c == '\t' {
                ' '
            } else if harmful(c) {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
}
