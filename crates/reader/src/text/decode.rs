//! From bytes to characters: a mark at the start decides, else strict UTF-8, else GB18030.

use std::borrow::Cow;

use encoding_rs::{CoderResult, Encoding, GB18030, UTF_16BE, UTF_16LE};

use crate::error::Error;

/// Decoded text, and what had to be assumed for it.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// The encoding, where nothing in the file says it.
    pub(crate) assumed: Option<&'static str>,
    /// Characters that could not be read.
    pub(crate) unreadable: usize,
}

/// One unreadable character among so many is somebody's slip; more are another encoding, or no text at all.
const READABLE_FOR_EACH_UNREADABLE: usize = 1000;

/// Bytes that are decoded at a time.
const PIECE: usize = 1 << 20;

/// Decodes the text of a file.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    let decoded = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => match std::str::from_utf8(rest) {
            Ok(text) => Decoded { text: Cow::Borrowed(text), assumed: None, unreadable: 0 },
            Err(_) => with(encoding_rs::UTF_8, rest, false),
        },
        [0xFF, 0xFE, rest @ ..] => with(UTF_16LE, rest, false),
        [0xFE, 0xFF, rest @ ..] => with(UTF_16BE, rest, false),
        _ => match (unmarked_utf16(bytes), std::str::from_utf8(bytes)) {
            (Some(encoding), _) => with(encoding, bytes, true),
            (None, Ok(text)) => Decoded { text: Cow::Borrowed(text), assumed: None, unreadable: 0 },
            (None, Err(_)) => with(GB18030, bytes, true),
        },
    };
    checked(decoded)
}

/// Refuses what is no text.
fn checked(decoded: Decoded<'_>) -> Result<Decoded<'_>, Error> {
    if decoded.text.contains('\0') {
        return Err(Error::Damaged { fault: "文本里有空字符，不是文本文件" });
    }
    let count = decoded.text.chars().count();
    if decoded.unreadable > 1 && decoded.unreadable * READABLE_FOR_EACH_UNREADABLE > count {
        return Err(Error::Damaged { fault: "文本编码不认识，既不是 UTF-8 也不是 GBK/GB18030" });
    }
    Ok(decoded)
}

/// Decodes HTML or XML, which may name its encoding near its start; what it names wrongly is decoded like any text.
pub(crate) fn decode_markup(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    let marked = matches!(bytes, [0xEF, 0xBB, ..] | [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, ..] | [_, 0, ..]);
    let named = declared(&bytes[..bytes.len().min(2048)]).and_then(|label| Encoding::for_label(label.as_bytes()));
    match named {
        // GB18030 holds all of what `gb2312` and `gbk` promise, and what people write under their names
        Some(encoding) if !marked && encoding != encoding_rs::UTF_8 => {
            let chinese = encoding == encoding_rs::GBK || encoding == GB18030;
            let decoded = with(if chinese { GB18030 } else { encoding }, bytes, false);
            if decoded.unreadable > 0 && std::str::from_utf8(bytes).is_ok() { decode(bytes) } else { checked(decoded) }
        }
        _ => decode(bytes),
    }
}

/// The name of an encoding behind `charset=` or `encoding=`.
fn declared(start: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let at = ["charset=", "encoding="].iter().filter_map(|key| start.find(key).map(|at| at + key.len())).min()?;
    let name = start[at..].trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(name.len());
    Some(name[..end].to_owned())
}

fn with(encoding: &'static Encoding, bytes: &[u8], assumed: bool) -> Decoded<'static> {
    let (text, faulty) = in_pieces(encoding, bytes);
    let unreadable = if faulty { text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count() } else { 0 };
    Decoded {
        text: Cow::Owned(text),
        assumed: assumed.then_some(if encoding == GB18030 { "GB18030" } else { encoding.name() }),
        unreadable,
    }
}

/// The characters of these bytes, and whether some could not be read.
///
/// Room is made piece by piece: room for the worst that an encoding could come to is three times a file of 256 MiB.
fn in_pieces(encoding: &'static Encoding, bytes: &[u8]) -> (String, bool) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut text, mut faulty, mut rest) = (String::new(), false, bytes);
    loop {
        let piece = &rest[..rest.len().min(PIECE)];
        let is_last = piece.len() == rest.len();
        let most = decoder.max_utf8_buffer_length(piece.len()).unwrap_or(piece.len().saturating_mul(4));
        if text.capacity() - text.len() < most {
            text.reserve_exact(most + text.len() / 8);
        }
        let (result, read, has_faults) = decoder.decode_to_string(piece, &mut text, is_last);
        faulty |= has_faults;
        rest = &rest[read..];
        if is_last && result == CoderResult::InputEmpty {
            return (text, faulty);
        }
    }
}

/// UTF-16 without a mark: separators and line ends are ASCII, so one byte of each pair is zero over and over.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let enough = sample.len() / 2 / 20;
    let has_line_end = |end: [u8; 2]| sample.chunks_exact(2).any(|pair| pair == end);
    if second > enough && first == 0 && (has_line_end([b'\n', 0]) || has_line_end([b'\r', 0])) {
        Some(UTF_16LE)
    } else if first > enough && second == 0 && (has_line_end([0, b'\n']) || has_line_end([0, b'\r'])) {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_lie_across_two_pieces_are_whole() {
        for start in ["", "a", "ab", "abc"] {
            let text = start.to_owned() + &"说𠮷".repeat(PIECE / 4);
            let (bytes, _, _) = GB18030.encode(&text);
            let decoded = decode(&bytes).expect("a text");
            assert!(decoded.text == text && decoded.unreadable == 0 && decoded.assumed == Some("GB18030"));
        }
    }
}
