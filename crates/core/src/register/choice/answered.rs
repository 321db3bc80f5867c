//! Options that are each answered in words: `尊老服务：是 助残服务：否`, `尊老服务（参加）、助残服务（不参加）`.

use std::borrow::Cow;
use std::ops::Range;

use super::{BOXES, SEPARATORS, TICKS, is_tick};
use crate::recognize::card::marks::printed;
use crate::scheme::FieldSpec;
use crate::text::is_blank_character;

/// What opens the answer behind an option, with what closes it.
const BRACKETS: [(char, char); 6] = [('（', '）'), ('(', ')'), ('[', ']'), ('【', '】'), ('［', '］'), ('〔', '〕')];

/// The text without the options that are answered with no, and without the answers behind the others. What is behind an option
/// is an answer where all options have one, or where one of them says no.
pub(super) fn without_answers<'t>(spec: &FieldSpec, text: &'t str) -> Cow<'t, str> {
    if !text.contains(|c| is_blank_character(c) || matches!(c, '：' | ':' | '-' | '—' | '=') || BRACKETS.iter().any(|(open, _)| *open == c))
    {
        return Cow::Borrowed(text);
    }
    let mut found = printed(text, &spec.options);
    found.sort_by_key(|(_, words)| words.start);
    let answers: Vec<(Range<usize>, Answer)> = found
        .iter()
        .filter_map(|(place, words)| {
            let option = spec.options.get(usize::from(*place))?;
            let (length, said) = answer(&text[words.end..])?;
            let yes = is_tick(said, option)?;
            Some((words.start..words.end + length, Answer { is_yes: yes, words: words.len(), is_number: said.parse::<u8>().is_ok() }))
        })
        .collect();
    let says_no = answers.iter().any(|(_, answer)| !answer.is_yes);
    let is_numbered = answers.iter().any(|(_, answer)| answer.is_number);
    if answers.is_empty() || !(says_no || (answers.len() == found.len() && !is_numbered)) {
        return Cow::Borrowed(text);
    }
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for (place, answer) in answers {
        rest.push_str(&text[from..place.start]);
        if answer.is_yes {
            rest.push_str(&text[place.start..place.start + answer.words]);
        }
        rest.push('\n');
        from = place.end;
    }
    rest.push_str(&text[from..]);
    Cow::Owned(rest)
}

/// What is said behind an option.
struct Answer {
    is_yes: bool,
    /// How long the option's own words are, in bytes.
    words: usize,
    /// `1` and `0`: `尊老服务(1)` alone may as well be counted.
    is_number: bool,
}

/// The word behind an option, in brackets or behind a colon or a blank, and how far it goes; boxes and ticks are no word.
fn answer(behind: &str) -> Option<(usize, &str)> {
    let inner = behind.trim_start_matches(|c| is_blank_character(c) && c != '\n');
    let opening = inner.chars().next()?;
    let (said, rest) = match BRACKETS.iter().find(|(open, _)| *open == opening) {
        Some((_, closing)) => inner[opening.len_utf8()..].split_once(*closing)?,
        None => {
            let word = inner.trim_start_matches(['：', ':', '-', '—', '=']).trim_start_matches(|c| is_blank_character(c) && c != '\n');
            if word.len() == behind.len() {
                return None;
            }
            word.split_at(word.find(|c| is_blank_character(c) || SEPARATORS.contains(&c) || c == '。').unwrap_or(word.len()))
        }
    };
    let said = said.trim_matches(is_blank_character);
    let is_word = !said.is_empty() && !said.contains(|c| BOXES.contains(&c) || TICKS.contains(&c) || matches!(c, 'x' | 'X' | '×'));
    is_word.then_some((behind.len() - rest.len(), said))
}

#[cfg(test)]
mod tests {
    use super::super::read_choice;
    use crate::scheme::{Field, Scheme};

    #[test]
    fn an_option_that_is_answered_with_no_is_not_chosen() {
        let scheme = Scheme::built_in();
        let spec = scheme.spec(Field::Services).expect("a choice");
        for (text, expected) in [
            ("尊老服务：是 爱幼志愿服务：否 帮农民工服务：否 助残服务：是", &[0, 3][..]),
            ("尊老服务：是；爱幼志愿服务：否；帮农民工服务：否；助残服务：是", &[0, 3]),
            ("尊老服务(是) 爱幼志愿服务(否)", &[0]),
            ("尊老（是）爱幼（否）农民工（否）助残（是）", &[0, 3]),
            ("尊老服务（愿意）\n爱幼志愿服务（不愿意）", &[0]),
            ("尊老服务（Y） 爱幼志愿服务（N）", &[0]),
            ("尊老服务:1 爱幼志愿服务:0 帮农民工服务:0 助残服务:1", &[0, 3]),
            ("尊老服务 是 爱幼志愿服务 否", &[0]),
            ("尊老服务（不参加）、助残服务", &[3]),
            ("尊老服务：否 助残服务：否", &[]),
            ("尊老（上午）、助残（下午）", &[0, 3]),
            ("尊老服务(1) 助残服务(4)", &[0, 3]),
            ("尊老服务(1)", &[0]),
        ] {
            let reading = read_choice(spec, text);
            assert_eq!((reading.chosen.as_slice(), reading.unknown.as_slice()), (expected, &[][..]), "{text}");
        }
    }
}
