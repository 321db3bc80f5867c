//! The two streams: results on standard output, talk on standard error.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use mingce::Error;

use crate::exit::Exit;
use crate::report::failure;

/// Writes to standard output.
pub(crate) fn stdout(text: &str) -> Exit {
    stdout_with(|stream| stream.write_all(text.as_bytes()))
}

/// Writes to standard output what is too long to be held as one text.
///
/// A reader that has gone away (`| head`) is no fault; a full disk is one, and told: what a script is given would be cut off.
pub(crate) fn stdout_with(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Exit {
    let mut stream = BufWriter::new(io::stdout().lock());
    match write(&mut stream).and_then(|()| stream.flush()) {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
            failure::tell(&Error::Write { path: "标准输出".into(), source }, false)
        }
        _ => Exit::Fine,
    }
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
