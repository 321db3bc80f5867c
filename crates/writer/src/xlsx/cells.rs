//! The cells of a sheet, written row by row into the package.
//!
//! Texts are inline: a roster has hardly two equal long texts, and a table of shared ones would hold them all in memory.

use std::io::{self, Write};

use mingce_core::address::Column;

use super::frame::Style;

/// What is gathered before it goes into the deflater, in bytes.
const BUFFER: usize = 64 * 1024;

/// The height of a row in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Height {
    /// It stays as it is.
    Fixed(f64),
    /// What the text takes by our reckoning; the program that opens the sheet fits it to the text from then on.
    Estimated(f64),
}

/// Writes rows from the top and cells from the left.
pub(super) struct Cells<'a> {
    out: &'a mut dyn Write,
    buffer: Vec<u8>,
    row: Digits,
    columns: Vec<String>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, buffer: Vec::with_capacity(BUFFER * 2), row: Digits::default(), columns: Vec::new() }
    }

    /// Opens the row with this number, counted from 1.
    pub(super) fn start_row(&mut self, number: u32, height: Height) -> io::Result<()> {
        if self.buffer.len() >= BUFFER {
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        self.row = Digits::of(number);
        self.push(b"<row r=\"");
        self.buffer.extend_from_slice(self.row.as_bytes());
        let (Height::Fixed(points) | Height::Estimated(points)) = height;
        write!(self.buffer, "\" ht=\"{}", (points * 100.0).round() / 100.0)?;
        self.push(if matches!(height, Height::Fixed(_)) { b"\" customHeight=\"1\">" } else { b"\">" });
        Ok(())
    }

    pub(super) fn end_row(&mut self) {
        self.push(b"</row>");
    }

    /// A text cell in the column counted from 0; an empty text is a blank cell in its style.
    pub(super) fn text(&mut self, column: usize, style: Style, text: &str) {
        self.start_cell(column, style);
        if text.is_empty() {
            self.push(b"\"/>");
            return;
        }
        let preserved = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
        self.push(if preserved { b"\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" } else { b"\" t=\"inlineStr\"><is><t>" });
        escape(&mut self.buffer, text, |_| {});
        self.push(b"</t></is></c>");
    }

    /// A number cell in the column counted from 0.
    pub(super) fn number(&mut self, column: usize, style: Style, value: u32) {
        self.start_cell(column, style);
        self.push(b"\"><v>");
        self.buffer.extend_from_slice(Digits::of(value).as_bytes());
        self.push(b"</v></c>");
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.out.write_all(&self.buffer)
    }

    fn start_cell(&mut self, column: usize, style: Style) {
        while self.columns.len() <= column {
            let next = u16::try_from(self.columns.len() + 1).ok().and_then(Column::new).unwrap_or(Column::LAST);
            self.columns.push(next.to_string());
        }
        self.buffer.extend_from_slice(b"<c r=\"");
        self.buffer.extend_from_slice(self.columns[column].as_bytes());
        self.buffer.extend_from_slice(self.row.as_bytes());
        self.buffer.extend_from_slice(b"\" s=\"");
        self.buffer.extend_from_slice(Digits::of(style.0).as_bytes());
    }

    fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }
}

/// Adds the text as XML; characters that XML forbids are left out and told of, a carriage return becomes a line break.
pub(super) fn escape(out: &mut Vec<u8>, text: &str, mut dropped: impl FnMut(char)) {
    let plain = |byte: u8| byte >= b' ' && !matches!(byte, b'&' | b'<' | b'>' | b'_' | 0xEF);
    if text.bytes().all(plain) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '&' => out.extend_from_slice(b"&amp;"),
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            // Excel reads `_x0041_` as the letter A; an underscore written that way itself stays one (ECMA-376 ST_Xstring)
            '_' if is_escape(&text.as_bytes()[at..]) => out.extend_from_slice(b"_x005F_"),
            '\r' if letters.peek().is_some_and(|(_, next)| *next == '\n') => {}
            '\r' => out.push(b'\n'),
            '\t' | '\n' => out.push(letter as u8),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => dropped(letter),
            other => out.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

fn is_escape(text: &[u8]) -> bool {
    matches!(text, [b'_', b'x', digits @ .., ] if digits.len() > 4 && digits[..4].iter().all(u8::is_ascii_hexdigit) && digits[4] == b'_')
}

/// A number in decimal digits, without an allocation.
#[derive(Debug, Clone, Copy, Default)]
struct Digits {
    text: [u8; 10],
    from: usize,
}

impl Digits {
    fn of(mut number: u32) -> Self {
        let mut text = [b'0'; 10];
        let mut from = text.len();
        loop {
            from -= 1;
            text[from] += u8::try_from(number % 10).unwrap_or(0);
            number /= 10;
            if number == 0 {
                return Self { text, from };
            }
        }
    }

    fn as_bytes(&self) -> &[u8] {
        &self.text[self.from..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_written_so_that_excel_reads_the_same_text() {
        for (text, xml) in [
            ("张三", "张三"),
            ("a&b<c>d", "a&amp;b&lt;c&gt;d"),
            ("一\u{1}二\u{FFFF}三\0", "一二三"),
            ("一\r\n二\r三", "一\n二\n三"),
            ("_x0041_ x_x", "_x005F_x0041_ x_x"),
            ("_x00", "_x00"),
            ("＝全角", "＝全角"),
        ] {
            let mut out = Vec::new();
            escape(&mut out, text, |_| {});
            assert_eq!(String::from_utf8_lossy(&out), xml);
        }
    }

    #[test]
    fn digits_are_those_of_the_number() {
        for number in [0, 7, 10, 1_048_576, u32::MAX] {
            assert_eq!(String::from_utf8_lossy(Digits::of(number).as_bytes()), number.to_string());
        }
    }
}
