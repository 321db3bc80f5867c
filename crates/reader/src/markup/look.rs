//! What elements of HTML make their words look like; the rich text of XML workbooks is made of the same ones.

use mingce_core::grid::{Look, SymbolFont};

use crate::looks::is_bright;

/// Names of colours that somebody marks words with.
const BRIGHT_NAMES: [&str; 10] = ["red", "blue", "green", "yellow", "orange", "lime", "magenta", "fuchsia", "cyan", "aqua"];

/// What an element of this name (in lower case) with these attributes makes its words look like.
pub(super) fn of_element(name: &str, attribute: impl Fn(&str) -> Option<String>) -> Look {
    let mut look = Look {
        is_underlined: matches!(name, "u" | "ins"),
        is_emphasised: matches!(name, "b" | "strong" | "mark" | "i" | "em"),
        is_crossed: matches!(name, "s" | "strike" | "del"),
        symbols: attribute("face").and_then(|face| SymbolFont::of_name(&face)),
    };
    look.is_emphasised |= ["color", "bgcolor"].iter().any(|name| attribute(name).is_some_and(|colour| is_bright_colour(&colour)));
    let style = attribute("style").unwrap_or_default().to_ascii_lowercase();
    for (property, value) in style.split(';').filter_map(|declaration| declaration.split_once(':')) {
        let value = value.trim();
        match property.trim() {
            "text-decoration" | "text-decoration-line" => {
                look.is_crossed |= value.contains("line-through");
                look.is_underlined |= value.contains("underline");
            }
            "font-family" => look.symbols = SymbolFont::of_name(value.split(',').next().unwrap_or(value)),
            "font-weight" => look.is_emphasised |= value.starts_with("bold") || value.parse::<u16>().is_ok_and(|weight| weight > 500),
            "font-style" => look.is_emphasised |= matches!(value, "italic" | "oblique"),
            "color" | "background" | "background-color" => look.is_emphasised |= is_bright_colour(value),
            _ => {}
        }
    }
    look
}

/// Both looks at once.
pub(super) fn with(look: Look, other: Look) -> Look {
    Look {
        is_underlined: look.is_underlined || other.is_underlined,
        is_emphasised: look.is_emphasised || other.is_emphasised,
        is_crossed: look.is_crossed || other.is_crossed,
        symbols: other.symbols.or(look.symbols),
    }
}

/// Whether the colour is one to mark words with: `#FF0000`, `#f00` or a name. Black, white and greys are how a page looks.
pub(super) fn is_bright_colour(colour: &str) -> bool {
    let colour = colour.trim().to_ascii_lowercase();
    let Some(digits) = colour.strip_prefix('#') else { return BRIGHT_NAMES.contains(&colour.as_str()) };
    let doubled: String = if digits.len() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits.to_owned() };
    doubled.len() == 6 && u32::from_str_radix(&doubled, 16).is_ok_and(is_bright)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_and_styles_say_what_words_look_like() {
        let look = |name: &str, style: &str| {
            let look = of_element(name, |asked| (asked == "style" && !style.is_empty()).then(|| style.to_owned()));
            (look.is_underlined, look.is_emphasised, look.is_crossed)
        };
        for (name, style, expected) in [
            ("td", "", (false, false, false)),
            ("s", "", (false, false, true)),
            ("del", "color:#333333", (false, false, true)),
            ("u", "", (true, false, false)),
            ("span", "TEXT-DECORATION: underline line-through", (true, false, true)),
            ("span", "font-weight:700;", (false, true, false)),
            ("i", "", (false, true, false)),
            ("span", "font-style: italic", (false, true, false)),
            ("span", "font-weight: normal; color: #000", (false, false, false)),
            ("td", "width:10px;background:#ff0", (false, true, false)),
            ("td", "background-color:#f2f2f2", (false, false, false)),
        ] {
            assert_eq!(look(name, style), expected, "{name} {style}");
        }
    }
}
