//! Masking of numbers that belong to a person, for messages and publication copies.
//!
//! [`mask_digits`] is the gate every message passes: whatever field a number was typed in, no seven digits in a row get
//! through. What it leaves stays as it is when it is masked again. [`mask_text`] and [`masked_person`] do more: they make
//! what a publication copy may show.

mod person;
mod texts;

use std::borrow::Cow;

use crate::text::{is_blank_character, is_dash};

pub use person::{LEFT_OUT_FIELDS, masked_person};
pub use texts::mask_text;

/// Fewest digits that are masked.
const SHORTEST_MASKED: usize = 7;
/// Digits of a mobile number; a group that long is a number of its own, whatever stands beside it.
const WHOLE_NUMBER: usize = 11;
/// Most signs between two groups of digits that are still read as one number.
const WIDEST_GAP: usize = 3;
/// Most stars that stand for the digits left out.
const MOST_STARS: usize = 10;

/// The text with every long number masked: mobiles as `138****1234`, ID numbers as `3204**********1234`, other runs of
/// seven or more digits with at most the first three and the last four left.
///
/// Digits may be full-width, and grouped by blanks or dashes (`138 1234 5678`); a date such as `1985-06-12` is not one number.
#[must_use]
pub fn mask_digits(text: &str) -> Cow<'_, str> {
    if text.chars().filter(|c| is_digit(*c)).nth(SHORTEST_MASKED - 1).is_none() {
        return Cow::Borrowed(text);
    }
    let characters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut copied = 0;
    for number in numbers(&characters) {
        masked.extend(&characters[copied..number.start]);
        let digits: Vec<char> = characters[number.start..number.end].iter().copied().filter(|c| is_digit_or_x(*c)).collect();
        push_masked(&mut masked, &digits);
        copied = number.end;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    masked.extend(&characters[copied..]);
    Cow::Owned(masked)
}

/// A stretch of characters, by place.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    start: usize,
    end: usize,
}

impl Stretch {
    const fn length(self) -> usize {
        self.end - self.start
    }
}

/// The stretches of the text that are to be masked, from the left.
fn numbers(characters: &[char]) -> Vec<Stretch> {
    let groups = groups(characters);
    let mut found = Vec::new();
    let mut next = 0;
    while next < groups.len() {
        if let Some(after) = date_end(characters, &groups, next) {
            next = after;
            continue;
        }
        let first = next;
        next += 1;
        if groups[first].length() < WHOLE_NUMBER {
            while next < groups.len()
                && groups[next].length() < WHOLE_NUMBER
                && are_joined(characters, groups[next - 1], groups[next])
                && date_end(characters, &groups, next).is_none()
            {
                next += 1;
            }
        }
        let joined = &groups[first..next];
        if is_one_number(joined) {
            found.push(with_check_x(characters, joined));
        }
    }
    found
}

/// The runs of digits.
fn groups(characters: &[char]) -> Vec<Stretch> {
    let mut groups: Vec<Stretch> = Vec::new();
    for (place, _) in characters.iter().enumerate().filter(|(_, c)| is_digit(**c)) {
        match groups.last_mut() {
            Some(last) if last.end == place => last.end += 1,
            _ => groups.push(Stretch { start: place, end: place + 1 }),
        }
    }
    groups
}

/// Whether the groups are one long number. Seven single digits are rather a list of options, eleven are a mobile number.
fn is_one_number(groups: &[Stretch]) -> bool {
    let digits: usize = groups.iter().map(|group| group.length()).sum();
    digits >= WHOLE_NUMBER || (digits >= SHORTEST_MASKED && groups.iter().any(|group| group.length() > 2))
}

/// Whether only blanks and dashes part the two groups, and neither is the rest of a masked number.
fn are_joined(characters: &[char], left: Stretch, right: Stretch) -> bool {
    let gap = &characters[left.end..right.start];
    let is_rest = |group: Stretch| characters[..group.start].ends_with(&['*', '*']) || characters[group.end..].starts_with(&['*', '*']);
    gap.len() <= WIDEST_GAP && gap.iter().all(|c| is_blank_character(*c) || is_dash(*c)) && !is_rest(left) && !is_rest(right)
}

/// The group behind a date such as `1985-06-12` that begins with this group.
fn date_end(characters: &[char], groups: &[Stretch], first: usize) -> Option<usize> {
    let [year, month, day] = *groups.get(first..first + 3)? else { return None };
    let century = &characters[year.start..year.start + 2];
    let is_date = year.length() == 4
        && matches!(century, ['1', '8' | '9'] | ['2', '0'])
        && month.length() <= 2
        && day.length() <= 2
        && [(year, month), (month, day)].iter().all(|(left, right)| right.start - left.end == 1 && is_dash(characters[left.end]));
    is_date.then_some(first + 3)
}

/// The whole stretch of the groups, with the X that ends an ID number.
fn with_check_x(characters: &[char], groups: &[Stretch]) -> Stretch {
    let (start, end) = (groups[0].start, groups[groups.len() - 1].end);
    let digits: usize = groups.iter().map(|group| group.length()).sum();
    let has_x = digits == 17 && characters.get(end).is_some_and(|c| is_x(*c));
    Stretch { start, end: end + usize::from(has_x) }
}

fn push_masked(masked: &mut String, digits: &[char]) {
    let length = digits.len();
    let (first, last) = match length {
        18 => (4, 4),
        11.. => (3, 4),
        _ => ((length - 4) / 2, (length - 3) / 2),
    };
    masked.extend(&digits[..first]);
    masked.extend(std::iter::repeat_n('*', (length - first - last).min(MOST_STARS)));
    masked.extend(&digits[length - last..]);
}

/// Whether the character is a decimal digit of any script; numbers in circles and brackets are none.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric() && !matches!(c, '\u{00B2}'..='\u{00BE}' | '\u{2000}'..='\u{33FF}'))
}

fn is_x(c: char) -> bool {
    matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ')
}

fn is_digit_or_x(c: char) -> bool {
    is_digit(c) || is_x(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_numbers_are_masked_and_other_text_stays() {
        let table = [
            ("手机 13812345678 有误", "手机 138****5678 有误"),
            ("138 1234 5678", "138****5678"),
            ("138-1234-5678", "138****5678"),
            ("138　1234　5678", "138****5678"),
            ("1 3 8 1 2 3 4 5 6 7 8", "138****5678"),
            ("１３８１２３４５６７８", "１３８****５６７８"),
            ("329901198506120013", "3299**********0013"),
            ("32990119580612002X", "3299**********002X"),
            ("329901 19580612 002x", "3299**********002x"),
            ("13812345678/13912345678", "138****5678/139****5678"),
            ("13812345678 13912345678", "138****5678 139****5678"),
            ("0519-86310000", "051*****0000"),
            ("86310000", "86****00"),
            ("1234567", "1****67"),
            ("123456", "123456"),
            ("1985-06-12", "1985-06-12"),
            ("1985-06-12 00:00:00", "1985-06-12 00:00:00"),
            ("19850612", "19****12"),
            ("1 2 3 4 5 6 7 8", "1 2 3 4 5 6 7 8"),
            ("①②③④⑤⑥⑦⑧", "①②③④⑤⑥⑦⑧"),
            ("第 12 行、第 345 列、共 6789 人", "第 12 行、第 345 列、共 6789 人"),
            ("3204**********1234", "3204**********1234"),
            ("4512345678901234567", "451**********4567"),
        ];
        for (text, expected) in table {
            assert_eq!(mask_digits(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_seven_digits_in_a_row_survive_and_masking_twice_changes_nothing(
            text in "[0-9０-９ xX*\\-\n/张١]{0,40}|\\PC{0,20}|([0-9]{1,12}[ -/]){0,6}"
        ) {
            let masked = mask_digits(&text).into_owned();
            let mut run = 0;
            for c in masked.chars() {
                run = if is_digit(c) { run + 1 } else { 0 };
                prop_assert!(run < SHORTEST_MASKED, "{masked}");
            }
            prop_assert_eq!(mask_digits(&masked), masked.as_str());
        }
    }
}
