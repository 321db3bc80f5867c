//! Names by the strokes of their characters 姓氏笔画, as lists of people print it.
//!
//! ICU counts a character as its radical in full and the rest (郑 is nine strokes to it, written with eight) and goes on by
//! radical, so that 张 stands before 李. Printed lists go by the standard: strokes as they are written, then stroke by stroke
//! 横竖撇点折. `strokes.txt` has the characters in that order, a line per number of strokes: the 8,105 of 通用规范汉字表 (国发
//! 〔2013〕23号), whose three levels are each printed in it; they are merged by `strokes.py`. For any other character ICU's
//! count has to do.

use std::cmp::Ordering;
use std::collections::HashMap;

use icu_collator::CollatorBorrowed;
use icu_locale_core::locale;

use super::names::collator;

/// The characters with one stroke, with two and so on, a line each, in the order of their strokes.
const CHARACTERS: &str = include_str!("strokes.txt");

/// More strokes than any character has.
const MOST: u8 = 64;

/// Sorts by the strokes of the names: by the first character, then a name of two characters before longer ones, then by the
/// characters that follow.
///
/// That a given name of one character comes first is how party congresses list people: the blank that is printed within
/// such a name counts as a character without strokes.
pub(super) fn sort_by_strokes<'p, P: ?Sized>(people: &mut [&'p P], name: impl Fn(&'p P) -> &'p str) {
    let strokes = Strokes::new();
    people.sort_by_cached_key(|person| strokes.key(name(person)));
}

/// What a name is sorted by.
type Key = (Option<Place>, bool, Vec<Place>);

/// Where a character stands: its strokes, its place among those with as many, and what ICU says where that is not known.
type Place = (u8, usize, Vec<u8>);

/// The order of characters.
struct Strokes {
    places: HashMap<char, (u8, usize)>,
    collator: CollatorBorrowed<'static>,
}

impl Strokes {
    fn new() -> Self {
        let lines = (1u8..).zip(CHARACTERS.lines());
        let places = lines.flat_map(|(count, line)| line.chars().enumerate().map(move |(place, c)| (c, (count, place))));
        Self { places: places.collect(), collator: collator(locale!("zh-u-co-stroke")) }
    }

    fn key(&self, name: &str) -> Key {
        let mut characters = name.chars().map(|c| self.place(c));
        let first = characters.next();
        let rest: Vec<Place> = characters.collect();
        (first, rest.len() > 1, rest)
    }

    fn place(&self, c: char) -> Place {
        match self.places.get(&c) {
            Some((count, place)) => (*count, *place, Vec::new()),
            None => {
                let mut key = Vec::new();
                // writing into memory does not fail
                let _ = self.collator.write_sort_key_to(c.encode_utf8(&mut [0; 4]), &mut key);
                (self.count(c), usize::MAX, key)
            }
        }
    }

    /// How many strokes ICU counts; for what is no Chinese character none or as many as can be, as it stands before or behind.
    fn count(&self, c: char) -> u8 {
        let mut written = [0; 4];
        let c: &str = c.encode_utf8(&mut written);
        // the order by strokes has a mark before the characters of each number: U+FDD0 and the braille sign of that number
        let is_before = |count: u8| {
            let mark: String = ['\u{FDD0}'].into_iter().chain(char::from_u32(0x2800 + u32::from(count))).collect();
            self.collator.compare(&mark, c) == Ordering::Less
        };
        (1..=MOST).take_while(|count| is_before(*count)).last().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &str) -> String {
        let mut names: Vec<&str> = names.split(' ').collect();
        sort_by_strokes(&mut names, |name| name);
        names.join(" ")
    }

    #[test]
    fn every_character_of_the_standard_has_its_place_once() {
        let strokes = Strokes::new();
        assert_eq!(strokes.places.len(), 8105);
        assert_eq!(CHARACTERS.lines().map(|line| line.chars().count()).sum::<usize>(), 8105);
        for (characters, count) in [
            ("一乙", 1),
            ("丁卜", 2),
            ("马万于", 3),
            ("王邓长尹", 4),
            ("冯邝", 5),
            ("刘孙那邢", 6),
            ("李张陈邱", 7),
            ("郑林", 8),
            ("赵郝", 9),
            ("钱郭高", 10),
        ] {
            for c in characters.chars() {
                assert_eq!(strokes.place(c).0, count, "{c}");
            }
        }
    }

    #[test]
    fn surnames_stand_as_printed_lists_have_them() {
        for order in [
            "丁一 于一 马一 王一 尹一 邓一 叶一 冯一 刘一 孙一 李一 杨一 吴一 何一 汪一 张一 陆一 陈一 林一 郑一 赵一 钱一 徐一 郭一 黄一 曾一 谢一 戴一",
            "万一 万俟一 上官一 尹一 司马一 任一 华一 欧阳一 单一 诸葛一 尉迟一 解一 澹台一",
        ] {
            let reversed: Vec<&str> = order.split(' ').rev().collect();
            assert_eq!(sorted(&reversed.join(" ")), order);
        }
    }

    #[test]
    fn one_surname_stays_together_and_short_names_come_first() {
        assert_eq!(sorted("田大利 王一 田富 田一一 田二 于大"), "于大 王一 田二 田富 田一一 田大利");
        assert_eq!(sorted("欧阳修 欧一 欧大明 欧震明 欧阳一"), "欧一 欧大明 欧阳一 欧阳修 欧震明");
        assert_eq!(sorted("艾力·买买提 艾一 艾力江·一"), "艾一 艾力·买买提 艾力江·一");
    }

    #[test]
    fn characters_that_the_standard_has_not_stand_by_the_strokes_that_icu_counts() {
        assert_eq!(sorted("劉一 黃一 張一 趙一 丁一 Ann 戴一"), "丁一 張一 黃一 趙一 劉一 戴一 Ann");
    }
}
