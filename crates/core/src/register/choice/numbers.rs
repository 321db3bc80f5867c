//! Options that are chosen by their number: `1`, `①③`, `A`, `三`, `第一、三项`, `（1）（3）`.

use unicode_normalization::UnicodeNormalization;

use crate::text::is_blank_character;

/// The Chinese numerals, from one on.
const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// Signs that are a number each, whatever stands beside them: the first of each kind, and how many of it there are.
const SIGNS: [(char, u32); 6] = [('①', 20), ('❶', 10), ('㈠', 10), ('⑴', 20), ('⒈', 20), ('Ⅰ', 12)];

/// The options that a piece of an answer numbers, by place; `None` where it says anything else, or a number no option has.
///
/// Numbers of one digit, letters and numerals may follow each other with nothing between them (`134`, `AD`), each behind the one
/// before in the order of the options.
pub(super) fn options(piece: &str, options: usize) -> Option<Vec<u16>> {
    const WORDS: [&str; 4] = ["我选择", "选择", "我选", "选"];
    let bare: String = piece.chars().filter(|c| !is_blank_character(*c)).collect();
    let bare = WORDS.iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(&bare).trim_start_matches([':', '：']);
    let is_offered = |places: &Vec<u16>| places.iter().all(|place| usize::from(*place) < options);
    [signs, listed, several].into_iter().find_map(|read| read(bare).filter(is_offered))
}

/// The words of an answer that counts options (`第一、三项`) without what makes ordinals of its numbers; other answers as they are.
pub(super) fn without_ordinals(text: &str) -> Option<String> {
    let bare = text.trim_matches(is_blank_character);
    let is_part = |c: char| {
        NUMERALS.contains(&c)
            || c.is_ascii_digit()
            || is_blank_character(c)
            || matches!(c, '第' | '项' | '个' | '种' | '、' | '，' | ',' | '和' | '及')
    };
    (bare.starts_with('第') && bare.chars().all(is_part)).then(|| {
        bare.chars().filter(|c| !matches!(c, '第' | '项' | '个' | '种')).map(|c| if matches!(c, '和' | '及') { '、' } else { c }).collect()
    })
}

/// Signs that are a number each: `①③`, `㈠`.
fn signs(bare: &str) -> Option<Vec<u16>> {
    let place = |c: char| {
        let of = |(first, count): &(char, u32)| u32::from(c).checked_sub(u32::from(*first)).filter(|place| place < count);
        SIGNS.iter().find_map(of).and_then(|place| u16::try_from(place).ok())
    };
    let places: Option<Vec<u16>> = bare.chars().map(place).collect();
    places.filter(|places| !places.is_empty())
}

/// Numbers with a word or brackets around each: `（1）（3）`, `3号`, `选2和3`.
fn listed(bare: &str) -> Option<Vec<u16>> {
    let words: String = bare.nfkc().collect();
    let words = words.trim_matches(|c: char| matches!(c, '(' | ')' | '.' | '、'));
    words
        .split(['和', '及', '与', '(', ')'])
        .filter(|part| !part.is_empty())
        .map(number)
        .collect::<Option<Vec<u16>>>()
        .filter(|found| !found.is_empty())
}

/// The place that one number says, which may be called one: `第3项`, `3号`.
fn number(word: &str) -> Option<u16> {
    let word = word.trim_matches(|c: char| matches!(c, '.' | '、' | '第' | '项' | '号'));
    match word.as_bytes() {
        [letter @ b'A'..=b'H'] => Some(u16::from(letter - b'A')),
        [letter @ b'a'..=b'h'] => Some(u16::from(letter - b'a')),
        _ => numeral(word).or_else(|| word.strip_suffix(".0").unwrap_or(word).parse::<u16>().ok()?.checked_sub(1)),
    }
}

/// Whether the word is a single Chinese numeral: 三.
pub(super) fn is_numeral(word: &str) -> bool {
    numeral(word).is_some()
}

/// The place that a single Chinese numeral says.
fn numeral(word: &str) -> Option<u16> {
    let mut letters = word.chars();
    let place = letters.next().and_then(|letter| NUMERALS.iter().position(|numeral| *numeral == letter))?;
    letters.next().is_none().then(|| u16::try_from(place).ok()).flatten()
}

/// Numbers of one digit, letters or numerals with nothing or a dot between them: `134`, `1.3`, `AD`, `一三`.
fn several(bare: &str) -> Option<Vec<u16>> {
    let narrow: String = bare.nfkc().flat_map(char::to_lowercase).collect();
    let place = |c: char| match c {
        '1'..='9' => u16::try_from(u32::from(c) - u32::from('1')).ok(),
        'a'..='h' => u16::try_from(u32::from(c) - u32::from('a')).ok(),
        _ => NUMERALS.iter().position(|numeral| *numeral == c).and_then(|place| u16::try_from(place).ok()),
    };
    let parts: Vec<&str> = narrow.split('.').collect();
    let is_dotted = parts.len() > 1 && parts.iter().all(|part| part.chars().count() == 1);
    let letters: Vec<char> = if is_dotted { parts.concat().chars().collect() } else { narrow.chars().collect() };
    let places: Option<Vec<u16>> = letters.into_iter().map(place).collect();
    places.filter(|places| places.len() > 1 && places.is_sorted_by(|one, next| one < next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_numbered_in_every_way_people_count() {
        for (piece, expected) in [
            ("3", Some(&[2][..])),
            ("3.0", Some(&[2])),
            ("３", Some(&[2])),
            ("三", Some(&[2])),
            ("③", Some(&[2])),
            ("㈢", Some(&[2])),
            ("Ⅲ", Some(&[2])),
            ("⑶", Some(&[2])),
            ("⒊", Some(&[2])),
            ("第三项", Some(&[2])),
            ("第3项", Some(&[2])),
            ("3号", Some(&[2])),
            ("选3", Some(&[2])),
            ("选择：C", Some(&[2])),
            ("（3）", Some(&[2])),
            ("（1）（3）", Some(&[0, 2])),
            ("①③", Some(&[0, 2])),
            ("㈠㈢", Some(&[0, 2])),
            ("一三", Some(&[0, 2])),
            ("第一项和第三项", Some(&[0, 2])),
            ("1和3", Some(&[0, 2])),
            ("134", Some(&[0, 2, 3])),
            ("1.3", Some(&[0, 2])),
            ("ad", Some(&[0, 3])),
            ("5", None),
            ("五", None),
            ("31", None),
            ("0", None),
            ("尊老", None),
            ("一般", None),
            ("三人", None),
            ("", None),
        ] {
            assert_eq!(options(piece, 4).as_deref(), expected, "{piece}");
        }
        assert_eq!(without_ordinals("第一、三项").as_deref(), Some("一、三"));
        assert_eq!(without_ordinals("第1项和第3项").as_deref(), Some("1、3"));
        assert_eq!([without_ordinals("三项"), without_ordinals("第一党支部")], [None, None]);
    }
}
