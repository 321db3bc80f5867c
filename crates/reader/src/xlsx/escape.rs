//! `_x000D_`: how a workbook writes characters that XML has no place for.

use std::borrow::Cow;

/// The text with its `_xHHHH_` escapes resolved; `_x005F_` keeps the underscore it protects.
///
/// Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring). Half a surrogate pair becomes U+FFFD.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        result.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(unit) = escape_at(rest) else {
            result.push_str("_x");
            rest = &rest[2..];
            continue;
        };
        rest = &rest[7..];
        let pair = if (0xD800..0xDC00).contains(&unit) { escape_at(rest).filter(|low| (0xDC00..0xE000).contains(low)) } else { None };
        match pair {
            Some(low) => {
                rest = &rest[7..];
                let code = 0x1_0000 + ((u32::from(unit) - 0xD800) << 10) + (u32::from(low) - 0xDC00);
                result.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            None => result.push(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)),
        }
    }
    result.push_str(rest);
    Cow::Owned(result)
}

/// The UTF-16 unit of an escape that stands right here.
fn escape_at(text: &str) -> Option<u16> {
    let escape = text.get(..7)?;
    let digits = escape.strip_prefix("_x")?.strip_suffix('_')?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_once() {
        for (stored, expected) in [
            ("张_x0001_三", "张\u{1}三"),
            ("a_x000D_\nb", "a\r\nb"),
            ("_x005F_x0041_", "_x0041_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD800_", "\u{FFFD}"),
            ("_x12_ _xzzzz_ _x", "_x12_ _xzzzz_ _x"),
            ("_x张三", "_x张三"),
        ] {
            assert_eq!(unescaped(stored), expected, "{stored}");
        }
    }
}
