//! Cells as nearly all programs write them, read in one step.
//!
//! Most of a sheet is `<c r="B7" s="3" t="s"><v>12</v></c>` a million times over. Walked token by token, each costs ten times what it
//! holds; here it is taken as a whole where it stands whole in what has been unpacked. Whatever looks any different, were
//! it a blank, is left to the walk, which knows all of XML: what comes out is the same.

use super::cell::Stored;

/// A cell that looked plain: where it stands, what it says of itself, and where its value lies in the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plain<'a> {
    /// Its column, counted from 1, not yet held against the last column of a sheet.
    pub(super) column: u16,
    /// Its row.
    pub(super) row: u32,
    pub(super) style: usize,
    pub(super) stored: Stored,
    /// Its value as it stands; empty if it has none.
    pub(super) value: &'a str,
    /// How many bytes it covers, blanks before it included.
    pub(super) length: usize,
}

impl<'a> Plain<'a> {
    /// The plain cell these bytes begin with; `None` for anything else, and for a cell that is cut short.
    pub(super) fn at(bytes: &'a [u8]) -> Option<Self> {
        let mut rest = Rest { bytes, at: 0 };
        while matches!(rest.bytes.get(rest.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            rest.at += 1;
        }
        rest.skip(b"<c r=\"")?;
        let column = rest.letters()?;
        let row = rest.digits()?;
        rest.skip(b"\"")?;
        let mut style = 0;
        if rest.skip(b" s=\"").is_some() {
            style = usize::try_from(rest.digits()?).ok()?;
            rest.skip(b"\"")?;
        }
        let mut stored = Stored::Number;
        if rest.skip(b" t=\"").is_some() {
            stored = rest.stored()?;
        }
        let value = if rest.skip(b"/>").is_some() { "" } else { rest.value(stored)? };
        Some(Self { column, row, style, stored, value, length: rest.at })
    }
}

/// What is still to be looked at.
struct Rest<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Rest<'a> {
    /// Steps over these bytes; their number is known to the compiler, which compares them without a call.
    fn skip<const LENGTH: usize>(&mut self, expected: &[u8; LENGTH]) -> Option<()> {
        (self.bytes.get(self.at..)?.first_chunk()? == expected).then(|| self.at += LENGTH)
    }

    /// The type behind `t="`, one of those whose values need no second look.
    fn stored(&mut self) -> Option<Stored> {
        self.skip(b"s\"")
            .map(|()| Stored::SharedString)
            .or_else(|| self.skip(b"n\"").map(|()| Stored::Number))
            .or_else(|| self.skip(b"str\"").map(|()| Stored::Text))
            .or_else(|| self.skip(b"inlineStr\"").map(|()| Stored::Inline))
    }

    /// A column in capital letters, at most three.
    fn letters(&mut self) -> Option<u16> {
        let mut number = 0;
        let from = self.at;
        while let Some(letter @ b'A'..=b'Z') = self.bytes.get(self.at) {
            number = number * 26 + u16::from(letter - b'A') + 1;
            self.at += 1;
            if self.at - from > 3 {
                return None;
            }
        }
        (self.at > from).then_some(number)
    }

    /// A number without leading zeros, short enough for any row.
    fn digits(&mut self) -> Option<u32> {
        let mut number = 0;
        let from = self.at;
        while let Some(digit @ b'0'..=b'9') = self.bytes.get(self.at) {
            number = number * 10 + u32::from(digit - b'0');
            self.at += 1;
            if self.at - from > 7 {
                return None;
            }
        }
        (self.at > from && (self.bytes[from] != b'0' || self.at == from + 1)).then_some(number)
    }

    /// The value behind the opening tag, up to the end of the cell.
    fn value(&mut self, stored: Stored) -> Option<&'a str> {
        if stored == Stored::Inline {
            self.skip(b"><is><t>")?;
            let end = memchr::memchr3(b'<', b'&', b'\r', &self.bytes[self.at..])?;
            let value = std::str::from_utf8(self.take(end)).ok()?;
            self.skip(b"</t></is></c>")?;
            return Some(value);
        }
        self.skip(b"><v>")?;
        // numbers and indices are a few bytes: a search made for long texts takes longer to begin
        let end = self.bytes[self.at..].iter().position(|byte| matches!(byte, b'<' | b'&' | b'\r'))?;
        let value = std::str::from_utf8(self.take(end)).ok()?;
        self.skip(b"</v></c>")?;
        Some(value)
    }

    /// So many bytes, which are there.
    fn take(&mut self, length: usize) -> &'a [u8] {
        let taken = &self.bytes[self.at..self.at + length];
        self.at += length;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_cells_are_taken_whole_and_others_are_left() {
        for (cell, expected) in [
            ("<c r=\"B7\" s=\"3\" t=\"s\"><v>12</v></c><c", Some((2, 7, 3, "12", 35))),
            ("\n  <c r=\"XFD1048576\"><v>-1.5</v></c>", Some((16_384, 1_048_576, 0, "-1.5", 36))),
            ("<c r=\"A1\" s=\"0\"/>", Some((1, 1, 0, "", 17))),
            ("<c r=\"A1\" t=\"inlineStr\"><is><t>张三</t></is></c>", Some((1, 1, 0, "张三", 50))),
            ("<c r=\"A1\" t=\"str\"><v>张三</v></c>", Some((1, 1, 0, "张三", 35))),
            ("<c r=\"A1\" t=\"s\"><v>12</v></c", None),
            ("<c r=\"A1\" t=\"str\"><v>&amp;</v></c>", None),
            ("<c r=\"A1\" t=\"b\"><v>1</v></c>", None),
            ("<c r=\"A1\"><f>B1</f><v>1</v></c>", None),
            ("<c r=\"a1\"><v>1</v></c>", None),
            ("<c r=\"A01\"><v>1</v></c>", None),
            ("<c r=\"AAAA1\"><v>1</v></c>", None),
            ("<c r=\"A123456789\"><v>1</v></c>", None),
            ("<c t=\"s\"><v>1</v></c>", None),
            ("</row>", None),
            ("", None),
        ] {
            let found = Plain::at(cell.as_bytes());
            assert_eq!(found.map(|cell| (cell.column, cell.row, cell.style, cell.value, cell.length)), expected, "{cell}");
        }
    }
}
