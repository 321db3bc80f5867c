//! What came out against what was expected, line by line.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Compares with the expected file, or writes it where `BLESS=1` is set. `Err` shows the lines that differ.
pub(crate) fn compare(expected: &Path, actual: &str) -> Result<(), String> {
    let before = fs::read_to_string(expected).unwrap_or_default();
    if before == actual {
        return Ok(());
    }
    if blessing() {
        return fs::write(expected, actual).map_err(|fault| format!("{}: {fault}", expected.display()));
    }
    Err(format!("{} differs:\n{}", expected.display(), differing_lines(&before, actual)))
}

#[expect(clippy::disallowed_methods, reason = "blessing is asked for by whoever starts the tests")]
fn blessing() -> bool {
    std::env::var("BLESS").is_ok_and(|value| value == "1")
}

/// The lines between the common beginning and the common end.
fn differing_lines(before: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), actual.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let mut text = String::new();
    for line in &old[start..old.len() - end] {
        let _ = writeln!(text, "  - {line}");
    }
    for line in &new[start..new.len() - end] {
        let _ = writeln!(text, "  + {line}");
    }
    if text.is_empty() { "  (only the end of the last line)".to_owned() } else { text }
}
