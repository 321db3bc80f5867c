//! Text into XML: escaped, without what XML forbids, line breaks as Word has them.

use mingce_core::text::is_xml_character;

/// Ends a text and opens the next one behind an element.
const BREAK: &str = "</w:t><w:br/><w:t xml:space=\"preserve\">";
const TAB: &str = "</w:t><w:tab/><w:t xml:space=\"preserve\">";

/// Writes the text as the inside of a `w:t`, and tells of each character that XML forbids.
pub(crate) fn push_text(text: &str, out: &mut String, mut dropped: impl FnMut(char)) {
    // what needs a look: controls, the three signs of XML, and the two last code points, which begin with EF BF
    let mut clean = 0;
    for (at, byte) in text.bytes().enumerate() {
        let replacement = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'\n' => BREAK,
            b'\t' => TAB,
            // a carriage return stands before a line feed, or is one
            b'\r' if text.as_bytes().get(at + 1) == Some(&b'\n') => "",
            b'\r' => BREAK,
            0..=0x1F => {
                dropped(char::from(byte));
                ""
            }
            0xEF if text[at..].starts_with(['\u{FFFE}', '\u{FFFF}']) => {
                out.push_str(&text[clean..at]);
                clean = at + 3;
                text[at..].chars().next().filter(|c| !is_xml_character(*c)).into_iter().for_each(&mut dropped);
                continue;
            }
            _ => continue,
        };
        out.push_str(&text[clean..at]);
        out.push_str(replacement);
        clean = at + 1;
    }
    out.push_str(&text[clean..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_escaped_lines_broken_and_illegal_characters_told() {
        let mut out = String::new();
        let mut dropped = Vec::new();
        push_text("a<b>&\u{1}中\u{FFFE}文\r\n二\r三\t四", &mut out, |c| dropped.push(c));
        assert_eq!(out, format!("a&lt;b&gt;&amp;中文{BREAK}二{BREAK}三{TAB}四"));
        assert_eq!(dropped, ['\u{1}', '\u{FFFE}']);
    }
}
