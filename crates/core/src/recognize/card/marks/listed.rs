//! A choice that is answered by the numbers a blank counts its options with: `1.手机充值 2.自行领取 3.爱心募捐 （ 2 ）`.

use std::ops::Range;

use super::boxes::{BRACKETS, Box};
use super::look::printed;
use super::other::words_of;
use crate::register::numbered_options;
use crate::scheme::OptionSpec;
use crate::text::is_blank_character;

/// What counts an option, in the order of counting, with the option and its words.
type Counted = (u16, u16, Range<usize>);

/// A choice whose options are counted, and the place where their numbers are written.
pub(super) struct Listed {
    options: Vec<Counted>,
    /// The words in front of the first option and behind the last.
    around: [Range<usize>; 2],
}

impl Listed {
    /// The options of this text, where each has its number in front of it and none has a box of its own.
    pub(super) fn of(text: &str, boxes: &[Box], options: &[OptionSpec], other: &OptionSpec) -> Option<Self> {
        let is_bracket = |mark: &Box| !mark.ticked && BRACKETS.iter().any(|(open, _)| text[mark.range.clone()].starts_with(*open));
        if boxes.len() > 1 || !boxes.iter().all(is_bracket) {
            return None;
        }
        let mut words = printed(text, options);
        words.sort_by_key(|(_, words)| words.start);
        let counted = |(option, words): &(u16, Range<usize>)| {
            let (place, start) = count_before(&text[..words.start])?;
            Some(((place, *option, words.clone()), start))
        };
        let found: Option<Vec<(Counted, usize)>> = words.iter().map(counted).collect();
        let found = found.filter(|found| found.len() > 1 && found.is_sorted_by(|(one, _), (next, _)| one.0 < next.0))?;
        let (first, last) = (found.first()?.1, found.last()?.0.2.end);
        // 其他时间____ is no part of the numbers in front of it
        let end = words_of(text, other).map_or(text.len(), |words| words.start).max(last);
        Some(Self { options: found.into_iter().map(|(counted, _)| counted).collect(), around: [0..first, last..end] })
    }

    /// The words in front of the options, where nothing is written behind these.
    pub(super) fn head<'t>(&self, text: &'t str) -> Option<&'t str> {
        let [before, behind] = &self.around;
        let is_print = |c: char| is_blank_character(c) || matches!(c, '）' | ')' | '】' | ']' | '。' | '；' | ';');
        text[behind.start..].chars().all(is_print).then_some(&text[before.clone()])
    }

    /// The options whose numbers an answer of its own holds; `None` where it says anything else.
    pub(super) fn chosen_in(&self, answer: &str) -> Option<Vec<u16>> {
        let of = |place: u16| self.options.iter().find(|(counted, ..)| *counted == place).map(|(_, option, _)| *option);
        numbers_in(answer)?.into_iter().map(of).collect()
    }

    /// The options whose numbers are written there, each with its words; none where nothing is written, or something else.
    pub(super) fn chosen(&self, text: &str) -> Vec<(u16, Range<usize>)> {
        let [before, behind] = &self.around;
        let said = numbers_in(&text[behind.clone()]).or_else(|| numbers_in(last_line(&text[before.clone()])));
        let of =
            |place: u16| self.options.iter().find(|(counted, ..)| *counted == place).map(|(_, option, words)| (*option, words.clone()));
        let chosen: Option<Vec<(u16, Range<usize>)>> = said.unwrap_or_default().into_iter().map(of).collect();
        chosen.unwrap_or_default()
    }
}

/// The number that ends a text, in front of an option, as a place, and where it starts: `2.`, `（B）`, `③`.
pub(super) fn count_before(text: &str) -> Option<(u16, usize)> {
    const MOST: usize = 20;
    let signed = text.trim_end_matches(is_blank_character).trim_end_matches(['.', '．', '、', ')', '）', ':', '：']);
    let sign = signed.chars().next_back()?;
    let is_ascii = sign.is_ascii_alphanumeric();
    let start = if is_ascii { signed.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len() } else { signed.len() - sign.len_utf8() };
    // ①尊老服务 has no sign, 1尊老服务 may be anything
    let is_apart = signed.len() < text.trim_end_matches(is_blank_character).len() || !is_ascii;
    let [place] = numbered_options(&signed[start..], MOST).filter(|_| is_apart)?[..] else { return None };
    Some((place, signed[..start].trim_end_matches(['(', '（']).len()))
}

/// The numbers of a text that holds nothing else but what invites to write them, or of the brackets it ends with.
fn numbers_in(text: &str) -> Option<Vec<u16>> {
    const MOST: usize = 20;
    let is_room = |c: char| is_blank_character(c) || matches!(c, '_' | '＿' | '：' | ':' | '。');
    let bare = text.trim_matches(is_room);
    let bracketed = || {
        let (_, open, close) =
            BRACKETS.iter().filter_map(|(open, close)| Some((bare.rfind(*open)?, *open, *close))).max_by_key(|(at, ..)| *at)?;
        bare.rsplit_once(open)?.1.strip_suffix(close)
    };
    let read = |words: &str| numbered_options(words.trim_matches(is_room), MOST);
    read(bare).or_else(|| read(bracketed()?))
}

fn last_line(text: &str) -> &str {
    text.trim_end_matches(is_blank_character).rsplit('\n').next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::super::boxes::boxes;
    use super::*;
    use crate::scheme::{Field, Scheme};

    #[test]
    fn the_numbers_written_beside_counted_options_choose_them() {
        let scheme = Scheme::built_in();
        for (text, expected) in [
            ("1.尊老服务 2.爱幼志愿服务 3.帮农民工服务 4.助残服务  （ 1、3 ）", Some(&[0, 2][..])),
            ("A.尊老服务 B.爱幼志愿服务 C.帮农民工服务 D.助残服务  （ AC ）", Some(&[0, 2])),
            ("①尊老服务 ②爱幼志愿服务 ③帮农民工服务 ④助残服务    选：①③", Some(&[0, 2])),
            ("（1）尊老服务（2）爱幼志愿服务（3）帮农民工服务（4）助残服务  ____3____", Some(&[2])),
            ("请选择：（ 2 ）\n1、尊老服务 2、爱幼志愿服务 3、帮农民工服务 4、助残服务", Some(&[1])),
            ("请选择（ 2 ）1、尊老服务 2、爱幼志愿服务 3、帮农民工服务 4、助残服务", Some(&[1])),
            // the numbers are the blank's, whatever order it has
            ("1.助残服务 2.尊老服务 3.爱幼志愿服务  选择：1", Some(&[3])),
            ("1.尊老服务 2.爱幼志愿服务 3.帮农民工服务 4.助残服务 （    ）", Some(&[])),
            ("1.尊老服务 2.爱幼志愿服务 3.帮农民工服务 4.助残服务 （ 7 ）", Some(&[])),
            ("1.尊老服务 2.爱幼志愿服务 3.帮农民工服务 4.助残服务", Some(&[])),
            ("①尊老服务 ②爱幼志愿服务 ③帮农民工服务 ④助残服务  选：①、② 其他____", Some(&[0, 1])),
            ("尊老服务 爱幼志愿服务 （ 1 ）", None),
            ("1.尊老服务（ ） 2.爱幼志愿服务（ ） 3.帮农民工服务（√） 4.助残服务（ ）", None),
        ] {
            let options = scheme.options(Field::Services);
            let found = Listed::of(text, &boxes(text), options, &OptionSpec::new("其他"))
                .map(|listed| listed.chosen(text).into_iter().map(|(option, _)| option).collect());
            assert_eq!(found, expected.map(<[u16]>::to_vec), "{text}");
        }
    }
}
