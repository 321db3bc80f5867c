//! Names of sheets, within what Excel allows.

/// The most characters of a sheet's name, counted as UTF-16 does.
const LONGEST: usize = 31;

/// The text as a sheet's name: without the characters Excel forbids, cut to 31; `fallback` where nothing is left.
#[must_use]
pub fn sheet_name(text: &str, fallback: &str) -> String {
    let mut name = String::new();
    let mut length = 0;
    for letter in text.chars().filter(|letter| is_allowed(*letter)) {
        length += letter.len_utf16();
        if length > LONGEST {
            break;
        }
        name.push(letter);
    }
    let name = name.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
    // Excel keeps this one name for itself
    if name.is_empty() || name.eq_ignore_ascii_case("history") { fallback.to_owned() } else { name.to_owned() }
}

/// The name of one person's sheet among `count`: `01-张三`, the number padded to the width of the largest.
///
/// `number` counts from 1. The numbers differ, and so do the names.
#[must_use]
pub fn person_sheet_name(number: usize, count: usize, name: &str) -> String {
    let digits = count.max(1).to_string().len();
    let number = format!("{number:0digits$}");
    let name = sheet_name(&format!("{number}-{name}"), &number);
    name.trim_end_matches('-').to_owned()
}

fn is_allowed(letter: char) -> bool {
    !(letter.is_control() || matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\u{FFFE}' | '\u{FFFF}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_persons_sheet_is_named_within_excels_rules() {
        let long = "阿".repeat(40);
        let rare = "\u{2CB4E}".repeat(20);
        for (number, count, name, expected) in [
            (1, 12, "张三", "01-张三".to_owned()),
            (7, 9, "李四", "7-李四".to_owned()),
            (3, 1000, "[王]:*?/\\五'", "0003-王五".to_owned()),
            (2, 10, "", "02".to_owned()),
            (2, 10, "'", "02".to_owned()),
            (1, 1, &long, format!("1-{}", "阿".repeat(29))),
            (1, 1, &rare, format!("1-{}", "\u{2CB4E}".repeat(14))),
        ] {
            assert_eq!(person_sheet_name(number, count, name), expected);
        }
    }

    #[test]
    fn a_title_of_forbidden_characters_falls_back() {
        assert_eq!(sheet_name("名册/2014", "名册"), "名册2014");
        assert_eq!(sheet_name("[*]", "名册"), "名册");
        assert_eq!(sheet_name("History", "名册"), "名册");
    }
}
