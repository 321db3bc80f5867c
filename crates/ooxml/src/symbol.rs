//! Symbols that office programs put as a letter of a picture font: the boxes people tick.

/// Boxes and ticks by font, in lower case, and code; Word writes the codes with or without the private F000.
const SYMBOLS: [(&str, u32, char); 41] = [
    ("webdings", 0x61, '√'),
    ("webdings", 0x63, '□'),
    ("webdings", 0x67, '■'),
    ("webdings", 0x6E, '●'),
    ("webdings", 0x72, '×'),
    ("wingdings", 0x6C, '●'),
    ("wingdings", 0x6D, '○'),
    ("wingdings", 0x6E, '■'),
    ("wingdings", 0x6F, '□'),
    ("wingdings", 0x70, '□'),
    ("wingdings", 0x71, '□'),
    ("wingdings", 0x72, '□'),
    ("wingdings", 0x78, '☒'),
    ("wingdings", 0xA1, '○'),
    ("wingdings", 0xA2, '○'),
    ("wingdings", 0xA3, '○'),
    ("wingdings", 0xA4, '◉'),
    ("wingdings", 0xA8, '□'),
    ("wingdings", 0xFB, '×'),
    ("wingdings", 0xFC, '√'),
    ("wingdings", 0xFD, '☒'),
    ("wingdings", 0xFE, '☑'),
    ("wingdings 2", 0x2A, '□'),
    ("wingdings 2", 0x4F, '×'),
    ("wingdings 2", 0x50, '√'),
    ("wingdings 2", 0x51, '☒'),
    ("wingdings 2", 0x52, '☑'),
    ("wingdings 2", 0x53, '☒'),
    ("wingdings 2", 0x54, '☒'),
    ("wingdings 2", 0x97, '●'),
    ("wingdings 2", 0x98, '●'),
    ("wingdings 2", 0x99, '○'),
    ("wingdings 2", 0x9A, '○'),
    ("wingdings 2", 0x9B, '○'),
    ("wingdings 2", 0x9C, '○'),
    ("wingdings 2", 0x9D, '◉'),
    ("wingdings 2", 0xA0, '■'),
    ("wingdings 2", 0xA3, '□'),
    ("wingdings 2", 0xA4, '□'),
    ("wingdings 2", 0xA5, '□'),
    ("wingdings 2", 0xA6, '□'),
];

/// The character a `w:sym` of this font and hexadecimal code looks like; U+FFFC for a picture nobody can read.
pub(crate) fn look(font: &str, code: &str) -> char {
    const UNREADABLE: char = '\u{FFFC}';
    let Ok(code) = u32::from_str_radix(code, 16) else { return UNREADABLE };
    let font = font.trim().to_lowercase();
    let letter = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    if let Some((_, _, look)) = SYMBOLS.iter().find(|(name, known, _)| *name == font && *known == letter) {
        return *look;
    }
    if font.starts_with("wingdings") || font.starts_with("webdings") || font == "symbol" {
        return UNREADABLE;
    }
    char::from_u32(code).filter(|c| !c.is_control()).unwrap_or(UNREADABLE)
}

/// Whether the letters of this font are pictures.
pub(crate) fn is_picture_font(font: &str) -> bool {
    let font = font.trim().to_lowercase();
    font.starts_with("wingdings") || font.starts_with("webdings")
}

/// What text of a picture font shows (empty for any other font); `None` where it is what it says.
///
/// Letters with the private F000 are pictures in every font; which of the fonts is meant is told by the boxes they have.
#[must_use]
pub fn shown(font: &str, text: &str) -> Option<String> {
    let is_private = |c: char| ('\u{F000}'..='\u{F0FF}').contains(&c);
    if font.is_empty() && !text.contains(is_private) {
        return None;
    }
    let shown = |c: char| {
        // codes such as 0x99 are letters of such a font, and control characters of any other
        if c <= ' ' || (font.is_empty() && !is_private(c)) || u32::from(c) > 0xFF && !is_private(c) {
            return c;
        }
        let code = format!("{:X}", u32::from(c));
        match font {
            "" => match look("Wingdings", &code) {
                '\u{FFFC}' => look("Wingdings 2", &code),
                known => known,
            },
            font => look(font, &code),
        }
    };
    Some(text.chars().map(shown).collect())
}

#[cfg(test)]
mod tests {
    use super::{look, shown};

    #[test]
    fn letters_of_picture_fonts_show_their_boxes() {
        for (font, text, expected) in [
            ("Wingdings 2", "R 是 £", Some("☑ 是 □")),
            ("Wingdings", "\u{FE}\u{A8}", Some("☑□")),
            ("", "\u{F052}\u{F0A8}男", Some("☑□男")),
            ("Webdings", "ac", Some("√□")),
            ("Wingdings 2", "\u{97}\u{99}", Some("●○")),
            ("", "R", None),
        ] {
            assert_eq!(shown(font, text).as_deref(), expected, "{font} {text}");
        }
    }

    #[test]
    fn ticked_boxes_are_seen_with_and_without_the_private_prefix() {
        for (font, code, expected) in [
            ("Wingdings 2", "0052", '☑'),
            ("Wingdings 2", "F052", '☑'),
            ("Wingdings", "F0A8", '□'),
            ("Wingdings", "F0A4", '◉'),
            ("Webdings", "F061", '√'),
            ("Wingdings 2", "F097", '●'),
            ("Wingdings", "F041", '\u{FFFC}'),
            ("宋体", "25A1", '□'),
            ("宋体", "zz", '\u{FFFC}'),
        ] {
            assert_eq!(look(font, code), expected, "{font} {code}");
        }
    }
}
