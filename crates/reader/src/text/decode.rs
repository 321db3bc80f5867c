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

/// So many characters outside ASCII are there for each slip in text that is UTF-8 all the same.
const CHARACTERS_FOR_EACH_SLIP: usize = 8;

/// Bytes that are decoded at a time.
const PIECE: usize = 1 << 20;

/// Decodes the text of a file.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    if let Some((order, rest, is_marked)) = utf32(bytes) {
        return checked(with_utf32(order, rest, is_marked));
    }
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
            (None, Err(_)) if is_utf8_with_slips(bytes) => with(encoding_rs::UTF_8, bytes, true),
            (None, Err(_)) => with(GB18030, bytes, true),
        },
    };
    checked(decoded)
}

/// Whether bytes that are not UTF-8 to the last are so but for slips: a file that was cut off, a character pasted by another
/// program. In text of another encoding next to no character outside ASCII has the form of UTF-8.
fn is_utf8_with_slips(bytes: &[u8]) -> bool {
    let (mut characters, mut slips) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        slips += usize::from(!chunk.invalid().is_empty());
    }
    characters >= slips.saturating_mul(CHARACTERS_FOR_EACH_SLIP)
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

/// How four bytes of UTF-32 make a number.
type Order = fn([u8; 4]) -> u32;

/// UTF-32, which some conversion tools write: its order, what follows the mark, and whether there is one. Without a mark, every
/// character has two zeros at the same end, which no other text has.
fn utf32(bytes: &[u8]) -> Option<(Order, &[u8], bool)> {
    if !bytes.len().is_multiple_of(4) {
        return None;
    }
    match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] if looks_like_utf32(rest, u32::from_le_bytes) => return Some((u32::from_le_bytes, rest, true)),
        [0, 0, 0xFE, 0xFF, rest @ ..] if looks_like_utf32(rest, u32::from_be_bytes) => return Some((u32::from_be_bytes, rest, true)),
        _ => {}
    }
    let orders: [Order; 2] = [u32::from_le_bytes, u32::from_be_bytes];
    let order = orders.into_iter().find(|order| !bytes.is_empty() && looks_like_utf32(bytes, *order))?;
    Some((order, bytes, false))
}

/// Whether the first numbers are characters that a text may hold.
fn looks_like_utf32(bytes: &[u8], order: Order) -> bool {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers.iter().take(1024).all(|number| char::from_u32(order(*number)).is_some_and(|c| c != '\0'))
}

fn with_utf32(order: Order, bytes: &[u8], is_marked: bool) -> Decoded<'static> {
    let (numbers, _) = bytes.as_chunks::<4>();
    let mut unreadable = 0;
    let read = |number: &[u8; 4]| {
        char::from_u32(order(*number)).unwrap_or_else(|| {
            unreadable += 1;
            char::REPLACEMENT_CHARACTER
        })
    };
    let text: String = numbers.iter().map(read).collect();
    Decoded { text: Cow::Owned(text), assumed: (!is_marked).then_some("UTF-32"), unreadable }
}

/// UTF-16 without a mark: separators and line ends are ASCII, so one byte of each pair is zero over and over. The other is zero
/// in few characters (`一`, the wide blank), and both are in none.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let enough = |zeros: usize, others: usize| zeros > sample.len() / 2 / 20 && zeros > 2 * others;
    let has = |unit: [u8; 2]| sample.chunks_exact(2).any(|pair| pair == unit);
    if has([0, 0]) {
        None
    } else if enough(second, first) && (has([b'\n', 0]) || has([b'\r', 0])) {
        Some(UTF_16LE)
    } else if enough(first, second) && (has([0, b'\n']) || has([0, b'\r'])) {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_is_read_without_a_mark() {
        let text = "姓名\t性别\t手机\r\n沈一\t男\t13800000001\r\n王　一\t女\t13800000002\r\n";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
            assert_eq!(decode(&bytes).expect("text").text, text);
        }
        assert_eq!(unmarked_utf16(b"a\0\0\0\n\0b\0"), None, "no text has a character of two zeros");
    }

    #[test]
    fn utf32_is_read_with_and_without_a_mark() {
        for (order, mark) in [
            (u32::to_le_bytes as fn(u32) -> [u8; 4], "\u{FEFF}"),
            (u32::to_be_bytes, "\u{FEFF}"),
            (u32::to_le_bytes, ""),
            (u32::to_be_bytes, ""),
        ] {
            let text = "姓名,性别\n䶮𠮷,男\n";
            let bytes: Vec<u8> = format!("{mark}{text}").chars().flat_map(|c| order(u32::from(c))).collect();
            let decoded = decode(&bytes).expect("a text");
            assert_eq!((decoded.text.as_ref(), decoded.assumed), (text, if mark.is_empty() { Some("UTF-32") } else { None }));
        }
        // two UTF-16 characters are no character of UTF-32
        let utf16: Vec<u8> = "\u{FEFF}姓名\n张三李四\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16).expect("a text").text, "姓名\n张三李四\n");
    }

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
