//! Texts of an old workbook: 8 or 16 bits a character, and split over records wherever one was full.

use std::borrow::Cow;

use encoding_rs::Encoding;
use mingce_core::grid::Look;

use crate::error::Error;
use crate::looks::{self, Looks};
use crate::texts::Strings;
use crate::xls::font;
use mingce_ooxml::compound::u16_at;

/// How a workbook stores its texts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Encoded {
    /// Excel 97 and later: UTF-16, or its low bytes alone.
    Unicode,
    /// Excel 5 and 95: the code page of the machine.
    CodePage(&'static Encoding),
}

/// How wide the count of characters in front of a text is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Count {
    /// 8 bits.
    Byte,
    /// 16 bits.
    Word,
}

impl Encoded {
    /// The text that begins here, with its count of characters.
    pub(super) fn text<'a>(self, data: &'a [u8], more: &[&'a [u8]], count: Count) -> Option<Cow<'a, str>> {
        let (count, rest) = match count {
            Count::Byte => (usize::from(*data.first()?), data.get(1..)?),
            Count::Word => (usize::from(u16_at(data, 0)?), data.get(2..)?),
        };
        match self {
            // some programs leave out the byte that says how wide no characters are
            Self::Unicode if count == 0 => Some(Cow::Borrowed("")),
            Self::Unicode => {
                let mut pieces = Pieces { here: rest, more };
                let flags = pieces.byte()?;
                pieces.characters(count, flags & 1 != 0).map(Cow::Owned)
            }
            Self::CodePage(encoding) => rest.get(..count).map(|bytes| encoding.decode_without_bom_handling(bytes).0),
        }
    }
}

/// Reads the table of shared strings as far as it goes; how many it declares is not asked.
///
/// Some programs leave bytes behind the last text, others declare none. A cell that needs a text that is not there is an error of
/// that cell.
pub(super) fn shared(data: &[u8], more: &[&[u8]], fonts: &[Look]) -> Result<Strings, Error> {
    let mut strings = Strings::default();
    let mut pieces = Pieces { here: data.get(8..).unwrap_or_default(), more };
    while !pieces.is_empty() {
        let Some((mut text, runs)) = pieces.shared_string() else { break };
        let looks = if runs.is_empty() { Looks::default() } else { looks::of_runs(&mut text, worn(&runs, fonts)) };
        strings.push(&text, looks)?;
    }
    Ok(strings)
}

/// What the fonts of runs look like, with the unit of the text that each begins at.
fn worn(runs: &[(u16, u16)], fonts: &[Look]) -> impl Iterator<Item = (usize, Look)> {
    runs.iter().map(|(unit, number)| (usize::from(*unit), fonts.get(font::place(*number)).copied().unwrap_or_default()))
}

/// Bytes of a record and of those that continue it.
struct Pieces<'a, 'm> {
    here: &'a [u8],
    more: &'m [&'a [u8]],
}

impl<'a> Pieces<'a, '_> {
    fn is_empty(&mut self) -> bool {
        while self.here.is_empty() {
            if !self.advance() {
                return true;
            }
        }
        false
    }

    fn advance(&mut self) -> bool {
        match self.more.split_first() {
            Some((next, more)) => {
                (self.here, self.more) = (next, more);
                true
            }
            None => false,
        }
    }

    fn byte(&mut self) -> Option<u8> {
        if self.is_empty() {
            return None;
        }
        let (byte, rest) = self.here.split_first()?;
        self.here = rest;
        Some(*byte)
    }

    fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.is_empty() {
                return None;
            }
            let here = count.min(self.here.len());
            self.here = &self.here[here..];
            count -= here;
        }
        Some(())
    }

    /// A text with what may hang on it: runs of formatting (where each begins, and its font), and how it is pronounced.
    fn shared_string(&mut self) -> Option<(String, Vec<(u16, u16)>)> {
        let count = usize::from(self.word()?);
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { usize::from(self.word()?) } else { 0 };
        let extra = if flags & 4 != 0 { u32::from(self.word()?) | u32::from(self.word()?) << 16 } else { 0 };
        let text = self.characters(count, flags & 1 != 0)?;
        let runs = (0..runs).map(|_| Some((self.word()?, self.word()?))).collect::<Option<Vec<_>>>()?;
        self.skip(usize::try_from(extra).ok()?)?;
        Some((text, runs))
    }

    /// So many characters; where a record ends among them, the next begins with a byte that says how wide they are from there.
    fn characters(&mut self, mut count: usize, mut wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::with_capacity(count.min(self.here.len()));
        while count > 0 {
            if self.here.is_empty() {
                if !self.advance() {
                    return None;
                }
                wide = self.byte()? & 1 != 0;
            }
            let width = if wide { 2 } else { 1 };
            let here = count.min(self.here.len() / width);
            if here == 0 {
                // half a character at the end of a record, as some programs leave it
                self.here = &[];
                continue;
            }
            let (bytes, rest) = self.here.split_at(here * width);
            if wide {
                units.extend(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
            } else {
                units.extend(bytes.iter().map(|byte| u16::from(*byte)));
            }
            self.here = rest;
            count -= here;
        }
        Some(String::from_utf16_lossy(&units))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_be_split_over_records_and_change_its_width_there() {
        // two strings: 张三 wide, cut after its first character and continued wide; `abcd`, cut in two and continued wide
        let mut first = vec![2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 1];
        first.extend(0x5F20u16.to_le_bytes());
        let mut second = vec![1];
        second.extend(0x4E09u16.to_le_bytes());
        second.extend([4, 0, 8, 1, 0, b'a', b'b']);
        let third = [1, b'c', 0, b'd', 0, 9, 9, 9, 9];
        let texts = shared(&first, &[&second, &third], &[]).expect("two strings");
        let text = |index| texts.get(index).map(|(text, _)| text);
        assert_eq!((text(0), text(1), texts.len()), (Some("张三"), Some("abcd"), 2));
    }

    #[test]
    fn a_table_has_the_texts_that_are_whole_whatever_it_declares() {
        for (table, texts) in [
            (&[9, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, b'a'][..], 1),
            (&[0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, b'a', 5, 0, 0, b'b'], 1),
            (&[9, 0, 0, 0, 255, 255, 255, 255, 255, 255, 12, 255, 255, 255, 255, 255, 255], 0),
            (&[], 0),
        ] {
            assert_eq!(shared(table, &[], &[]).expect("a table").len(), texts);
        }
    }
}
