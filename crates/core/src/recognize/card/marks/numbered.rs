//! Words that a blank numbers to choose from, without boxes: `1.研究生 2.本科 3.大专`.

use super::boxes::TICKED;
use super::words::{BoxedWord, is_parting};
use crate::scheme::Field;
use crate::text::is_blank_character;

/// Longest of such words, in characters.
const LONGEST: usize = 16;

/// What counts the words, each in its order.
const COUNTS: [[&str; 9]; 3] = [
    ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    ["A", "B", "C", "D", "E", "F", "G", "H", "I"],
    ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"],
];

/// The words that are numbered to choose from in an answer whose field is no choice of the scheme, each with the place of its tick
/// right behind it, which may be empty; none where the text is no such list. What stands behind the last of them is left alone.
#[must_use]
pub fn numbered_words(field: Field, text: &str) -> Vec<BoxedWord> {
    if !matches!(field, Field::Sex | Field::Education | Field::PartyStatus | Field::Specialty) {
        return Vec::new();
    }
    let found = COUNTS.iter().map(|count| numbered_by(count, text)).find(|words| words.len() > 1);
    found.unwrap_or_default()
}

fn numbered_by(count: &[&str], text: &str) -> Vec<BoxedWord> {
    let mut found: Vec<BoxedWord> = Vec::new();
    let mut at = 0;
    for (number, next) in count.iter().zip(count.iter().skip(1).map(Some).chain([None])) {
        let rest = text[at..].trim_start_matches(is_parting);
        let Some(behind) = behind_number(number, rest) else { break };
        let words = behind.trim_start_matches(is_blank_character);
        let start = text.len() - words.len();
        let is_end = |(place, c): (usize, char)| {
            is_parting(c) || TICKED.contains(&c) || next.is_some_and(|next| behind_number(next, &words[place..]).is_some())
        };
        let length = words.char_indices().find(|place| is_end(*place)).map_or(words.len(), |(place, _)| place);
        if length == 0 || words[..length].chars().count() > LONGEST {
            return Vec::new();
        }
        let end = start + length;
        at = text.len() - text[end..].trim_start_matches(TICKED).len();
        found.push(BoxedWord { glyph: end..at, words: start..end, ticked: at > end });
    }
    found
}

/// What stands behind this number at the start, and the sign that parts it from its word.
fn behind_number<'t>(number: &str, text: &'t str) -> Option<&'t str> {
    let bare = text.strip_prefix(['(', '（']).unwrap_or(text);
    let behind = bare.strip_prefix(number)?;
    // ①研究生 has no sign
    let is_bare = number.starts_with(|c: char| !c.is_ascii());
    match behind.strip_prefix(['.', '．', '、', ')', '）', ':', '：']) {
        Some(behind) => Some(behind),
        None => is_bare.then_some(behind),
    }
}

/// What was chosen in a list of numbered words: those with a tick, or what was written behind the list. `None` where the text is no
/// such list, or may be one that the person wrote.
pub(crate) fn chosen_of_numbered(field: Field, text: &str) -> Option<String> {
    // 1.全日制大专 2.在职本科 is an answer
    let fewest = if field == Field::Education { 3 } else { 2 };
    let words = numbered_words(field, text);
    let end = words.last().filter(|_| words.len() >= fewest)?.glyph.end;
    let behind = text[end..].trim_end_matches(is_blank_character);
    let said = behind.trim_start_matches(is_blank_character);
    if said.is_empty() {
        let ticked: Vec<&str> = words.iter().filter(|word| word.ticked).map(|word| &text[word.words.clone()]).collect();
        // nothing tells specialties that a person numbered from those of a blank
        return (!ticked.is_empty() || field != Field::Specialty).then(|| ticked.join("、"));
    }
    let is_apart = behind[..behind.len() - said.len()].chars().count() > 1;
    (is_apart && !said.contains(TICKED)).then(|| said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_words_are_chosen_by_a_tick_or_by_what_is_written_behind_them() {
        for (field, text, expected) in [
            (Field::Education, "1.研究生 2.本科 3.大专 4.高中及以下", Some("")),
            (Field::Education, "1.研究生 2.本科√ 3.大专 4.高中及以下", Some("本科")),
            (Field::Education, "1.研究生（硕士）√ 2.本科 3.大专", Some("研究生（硕士）")),
            (Field::Education, "①研究生②本科③大专√", Some("大专")),
            (Field::Education, "A、研究生\nB、本科\nC、大专  中专", Some("中专")),
            (Field::Sex, "1.男 2.女√", Some("女")),
            (Field::Specialty, "1.书法 2.绘画√ 3.声乐", Some("绘画")),
            (Field::Specialty, "1.书法 2.绘画 3.声乐  书法、象棋", Some("书法、象棋")),
            // what a person may have written stays
            (Field::Specialty, "1.书法 2.绘画 3.声乐", None),
            (Field::Education, "1.全日制大专 2.在职本科", None),
            (Field::Education, "大专", None),
            (Field::Education, "1.研究生 √2.本科 3.大专", None),
            (Field::Employer, "1.研究生 2.本科√ 3.大专", None),
        ] {
            assert_eq!(chosen_of_numbered(field, text).as_deref(), expected, "{text}");
        }
    }
}
