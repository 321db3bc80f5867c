//! Answers that stand in several cells: a letter in each, or a piece in each (1985 | 年 | 6 | 月, 0519 | - | 86310000).

use super::Search;
use crate::address::Address;
use crate::recognize::Target;
use crate::recognize::card::Slot;
use crate::scheme::Field;
use crate::text::{fold_width, is_blank_character, is_dash};

/// Most pieces of an answer.
const MOST_PIECES: usize = 16;

/// Longest number of a flat that ends an address, in bytes: 3幢2单元501.
const LONGEST_NUMBER: usize = 16;

/// What ends the pieces of an address; the longer of two that end alike first.
const PLACES: [&str; 32] = [
    "自治区", "街道", "社区", "小区", "单元", "新村", "花园", "公寓", "大厦", "广场", "省", "市", "区", "县", "镇", "乡", "村", "路", "街",
    "巷", "弄", "号", "幢", "栋", "楼", "层", "室", "组", "队", "苑", "园", "里",
];

impl Search<'_> {
    /// The further cells of an answer that stands in several: a cell for each letter of a number, or for each piece.
    pub(super) fn letters(&self, slot: &Slot) -> Vec<Address> {
        if slot.answer_at == slot.label_at || self.is_text() {
            return Vec::new();
        }
        let cells = self.rightwards(slot.answer_at);
        let letters = self.letters_among(slot, &cells);
        if letters.is_empty() { self.pieces(slot, &cells) } else { letters }
    }

    /// The cells behind the first of these, if they hold a letter of the number each.
    pub(super) fn letters_among(&self, slot: &Slot, cells: &[Address]) -> Vec<Address> {
        let fewest = match slot.target {
            Target::Field(Field::IdNumber) => 15,
            Target::Field(Field::Mobile) => 11,
            Target::Field(Field::Postcode) => 6,
            _ => return Vec::new(),
        };
        let is_letter = |at: &Address| self.bare(*at).chars().count() <= 1;
        let is_narrow = |at: &Address| self.covered(*at).first.column == self.covered(*at).last.column;
        let letters = cells.iter().take_while(|at| is_letter(at) && is_narrow(at)).count();
        let is_rest_blank = cells[letters..].iter().all(|at| self.bare(*at).is_empty());
        if letters < fewest || !is_rest_blank {
            return Vec::new();
        }
        cells[1..letters].to_vec()
    }

    /// The cells right of the answer's that go on with it, where all of them together are one answer.
    fn pieces(&self, slot: &Slot, cells: &[Address]) -> Vec<Address> {
        // below labels, the cell beside an answer is that of the next label
        let is_beside = slot.answer_at.row <= self.covered(slot.label_at).last.row;
        let Some(Target::Field(field)) = Some(slot.target).filter(|_| is_beside) else { return Vec::new() };
        if field == Field::Address {
            return self.pieces_of_address(slot.answer_at);
        }
        let is_whole: fn(&str) -> bool = match field {
            Field::Birth | Field::JoinedParty => is_date,
            Field::Phone => is_telephone,
            Field::Mobile => is_mobile,
            Field::Email => is_email,
            _ => return Vec::new(),
        };
        let said = cells.iter().take_while(|at| !self.bare(**at).is_empty()).take(MOST_PIECES).count();
        let joined = |count: usize| cells[..count].iter().map(|at| self.bare(*at)).collect::<String>();
        if said < 2 || is_whole(&joined(1)) {
            return Vec::new();
        }
        let count = (2..=said).rev().find(|count| is_whole(&joined(*count)));
        count.map_or_else(Vec::new, |count| cells[1..count].to_vec())
    }

    /// The pieces of an address: each ends as places do, or is followed by what they are called (西湖 | 街道 | 长塘 | 村（社区）), which
    /// may read like a label.
    fn pieces_of_address(&self, first: Address) -> Vec<Address> {
        let next = |at: &Address| {
            let next =
                self.beside(*at).filter(|next| next.row == first.row && !self.taken.contains(next) && !self.bare(*next).is_empty())?;
            (!self.is_label(next) || is_kind_of_place(self.bare(next))).then_some(next)
        };
        let cells: Vec<Address> = std::iter::successors(Some(first), next).take(MOST_PIECES).collect();
        let goes_on = |place: usize| {
            let is_named = cells.get(place + 1).is_some_and(|next| is_kind_of_place(self.bare(*next)));
            is_named || ends_as_place(self.bare(cells[place]))
        };
        let mut count = (0..cells.len()).take_while(|place| goes_on(*place)).count();
        // the last piece is what it is: 3幢501
        let is_number = |at: &Address| self.bare(*at).len() <= LONGEST_NUMBER && self.bare(*at).starts_with(|c: char| c.is_ascii_digit());
        count += usize::from(count > 0 && cells.get(count).is_some_and(is_number));
        cells.get(1..count).map_or_else(Vec::new, <[Address]>::to_vec)
    }

    /// The words of a cell without the blanks around them.
    fn bare(&self, at: Address) -> &str {
        self.text(at).trim_matches(is_blank_character)
    }
}

/// Whether the words are what kind of place something is, alone or with others to choose from: 街道（镇）.
fn is_kind_of_place(words: &str) -> bool {
    let is_part = |c: char| matches!(c, '（' | '）' | '(' | ')' | '/' | '／' | '、' | '或');
    !words.is_empty() && words.split(is_part).all(|word| word.is_empty() || PLACES.contains(&word))
}

/// Whether a place's name ends there: 锦绣花园3幢.
fn ends_as_place(words: &str) -> bool {
    let words = words.trim_end_matches(['）', ')']);
    PLACES.iter().any(|place| words.ends_with(place))
}

/// Whether this is a date with its words: 1985年6月, 1985年6月12日.
fn is_date(text: &str) -> bool {
    let text = fold_width(text);
    let number = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((year, rest)) = text.split_once('年') else { return false };
    let Some((month, day)) = rest.split_once('月') else { return false };
    let day = day.trim_end_matches('生').trim_end_matches(['日', '号']);
    number(year, 4) && year.len() > 1 && number(month, 2) && (day.is_empty() || number(day, 2))
}

/// The digits of a number that is written with nothing but digits and dashes.
fn digits(text: &str) -> Option<String> {
    let is_sign = |c: char| is_dash(c) || is_blank_character(c) || matches!(c, '(' | ')' | '—');
    let text = fold_width(text);
    text.chars().all(|c| c.is_ascii_digit() || is_sign(c)).then(|| text.chars().filter(char::is_ascii_digit).collect())
}

/// Whether this is a telephone with its area code: 0519-86310000.
fn is_telephone(text: &str) -> bool {
    digits(text).is_some_and(|digits| digits.starts_with('0') && (10..=12).contains(&digits.len())) || is_mobile(text)
}

fn is_mobile(text: &str) -> bool {
    digits(text).is_some_and(|digits| digits.len() == 11 && digits.starts_with('1') && !digits.starts_with("10"))
}

fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@') && text.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_one_answer_where_they_make_one() {
        for (text, expected) in [("1985年6月", true), ("85年06月12日", true), ("1985年6", false), ("1985", false), ("年月", false)]
        {
            assert_eq!(is_date(text), expected, "{text}");
        }
        for (text, expected) in
            [("0519-86310000", true), ("051986310000", true), ("0519", false), ("13800000001", true), ("86310000", false)]
        {
            assert_eq!(is_telephone(text), expected, "{text}");
        }
        for (words, expected) in [("街道（镇）", true), ("村/社区", true), ("号", true), ("锦绣", false), ("", false)] {
            assert_eq!(is_kind_of_place(words), expected, "{words}");
        }
        assert!(is_email("a@example.com") && !is_email("a@") && !is_email("@example.com"));
    }
}
