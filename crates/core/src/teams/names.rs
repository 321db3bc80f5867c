//! Names of new teams: 第一支队, 第二支队 …

use compact_str::{CompactString, format_compact};

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const PLACES: [&str; 4] = ["", "十", "百", "千"];

/// The names in their order, without end.
pub(super) fn ordinal() -> impl Iterator<Item = CompactString> {
    (1usize..).map(|number| format_compact!("第{}支队", numeral(number)))
}

/// The number in Chinese numerals up to 9,999, in digits from there on.
fn numeral(number: usize) -> String {
    let digits: Vec<usize> = number.to_string().bytes().map(|digit| usize::from(digit - b'0')).collect();
    if digits.len() > PLACES.len() {
        return number.to_string();
    }
    let mut text = String::new();
    let mut skipped = false;
    for (digit, place) in digits.iter().zip((0..digits.len()).rev()) {
        if *digit == 0 {
            skipped = true;
            continue;
        }
        if skipped && !text.is_empty() {
            text.push_str(DIGITS[0]);
        }
        skipped = false;
        // 十二 and not 一十二
        if !(*digit == 1 && place == 1 && text.is_empty()) {
            text.push_str(DIGITS[*digit]);
        }
        text.push_str(PLACES[place]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are_read() {
        for (number, text) in [
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (21, "二十一"),
            (100, "一百"),
            (101, "一百零一"),
            (110, "一百一十"),
            (1001, "一千零一"),
            (1010, "一千零一十"),
            (9999, "九千九百九十九"),
            (10_000, "10000"),
        ] {
            assert_eq!(numeral(number), text);
        }
        assert_eq!(ordinal().nth(1).as_deref(), Some("第二支队"));
    }
}
