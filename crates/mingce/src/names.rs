//! Names of the files that hold one person each: `01-张三.docx`.
//!
//! A name comes from somebody else's sheet, so it is taken apart to what every file system and archive bears. The number in
//! front makes names unique, whatever the letters' case, and none a device name of Windows (`CON`, `NUL`).

/// Most bytes of a file name, extension included; Linux takes 255, and archives add to it.
const MOST_BYTES: usize = 200;

/// Fewest digits in a row that could be part of a telephone or ID number.
const NUMBER_DIGITS: usize = 7;

/// What stands for a person without a name.
const NAMELESS: &str = "无名";

/// The file name of one person.
///
/// `number` counts from 1 to `total`, to whose width it is padded. The `extension` has no dot. At most 200 bytes; no path
/// separator, control or invisible character, and no seven digits in a row.
///
/// # Examples
/// ```
/// assert_eq!(mingce::file_name(1, 12, "张三", "docx"), "01-张三.docx");
/// assert_eq!(mingce::file_name(7, 9, "../李\u{202E}四", "docx"), "7-李四.docx");
/// ```
#[must_use]
pub fn file_name(number: usize, total: usize, person: &str, extension: &str) -> String {
    let width = total.max(1).to_string().len();
    let front = format!("{number:0width$}-");
    let room = MOST_BYTES.saturating_sub(front.len() + 1 + extension.len());
    format!("{front}{}.{extension}", plain(person, room))
}

/// A name of a file or folder that is ours, such as a title, with what no file name bears left out.
pub(crate) fn plain_name(title: &str) -> String {
    plain(title, MOST_BYTES / 2)
}

/// The name with what no file name bears left out, in at most this many bytes.
pub(crate) fn plain(person: &str, room: usize) -> String {
    let mut kept = String::new();
    for c in person.chars() {
        if c.is_whitespace() && !kept.is_empty() {
            kept.push(' ');
        } else if is_borne(c) {
            kept.push(c);
        }
    }
    let kept = without_numbers(&kept);
    let mut end = kept.len().min(room);
    while !kept.is_char_boundary(end) {
        end -= 1;
    }
    let edge = |c: char| c == '.' || c == ' ';
    let short = kept[..end].trim_matches(edge);
    if short.is_empty() { NAMELESS.to_owned() } else { short.to_owned() }
}

/// Whether every file system takes the character and every person sees it.
fn is_borne(c: char) -> bool {
    let invisible = matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
    let unassigned = (u32::from(c) & 0xFFFE) == 0xFFFE || matches!(c, '\u{FDD0}'..='\u{FDEF}');
    let reserved = matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '∕' | '⁄');
    !(c.is_control() || c.is_whitespace() || invisible || unassigned || reserved)
}

/// The text without runs of digits (of any script, blanks and hyphens between them or not) that could be an ID or
/// telephone number.
fn without_numbers(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut run = String::new();
    let mut digits = 0;
    for c in text.chars() {
        if c.is_numeric() {
            digits += 1;
            run.push(c);
        } else if digits > 0 && matches!(c, ' ' | '-' | '－' | '.' | 'X' | 'x' | 'Ｘ') {
            run.push(c);
        } else {
            settle(&mut kept, &mut run, &mut digits);
            kept.push(c);
        }
    }
    settle(&mut kept, &mut run, &mut digits);
    kept
}

/// Keeps the run of digits if it is too short to be a number of a person's.
fn settle(kept: &mut String, run: &mut String, digits: &mut usize) {
    if *digits < NUMBER_DIGITS {
        kept.push_str(run);
    }
    run.clear();
    *digits = 0;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_as_wide_as_the_largest() {
        for (number, total, name) in [(1, 9, "1-甲.docx"), (1, 10, "01-甲.docx"), (12, 12, "12-甲.docx"), (7, 10_000, "00007-甲.docx")]
        {
            assert_eq!(file_name(number, total, "甲", "docx"), name);
        }
    }

    #[test]
    fn what_a_file_name_does_not_bear_is_left_out() {
        for (person, name) in [
            ("../../etc/passwd", "1-etcpasswd.docx"),
            ("CON", "1-CON.docx"),
            ("张三. ", "1-张三.docx"),
            ("张\u{0}三\n", "1-张三.docx"),
            ("\u{202E}xcod.exe", "1-xcod.exe.docx"),
            ("a:b*c?d\"e<f>g|h\\i", "1-abcdefghi.docx"),
            ("阿依古丽·买买提", "1-阿依古丽·买买提.docx"),
            ("John  Smith", "1-John  Smith.docx"),
            ("张三329901198001010019", "1-张三.docx"),
            ("张三 ３２９９０１ 1980 0101 001X", "1-张三.docx"),
            ("13800001234", "1-无名.docx"),
            ("", "1-无名.docx"),
            ("张三2", "1-张三2.docx"),
        ] {
            assert_eq!(file_name(1, 1, person, "docx"), name, "{person:?}");
        }
    }

    proptest! {
        #[test]
        fn a_file_name_is_short_and_one_path_component(person in "\\PC{0,300}|.{0,300}", number in 1usize..10_000) {
            let name = file_name(number, 10_000, &person, "docx");
            prop_assert!(name.len() <= MOST_BYTES);
            prop_assert_eq!(std::path::Path::new(&name).file_name(), Some(std::ffi::OsStr::new(&name)));
            prop_assert!(!name.chars().any(char::is_control));
            prop_assert!(name.ends_with(".docx"));
        }
    }
}
