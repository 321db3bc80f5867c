//! Names of persons, after 民委发〔2016〕33号 for the dot in names of minorities.

use compact_str::CompactString;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::text::{fold_text, fold_width, is_blank_character};

/// The dot between the parts of a name. Source: 民委发〔2016〕33号.
const DOT: char = '\u{B7}';

/// A person's name with its blanks and dots folded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PersonName(CompactString);

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// Nothing but blanks.
    Blank,
    /// A digit or symbol stands in it.
    Character(char),
}

impl PersonName {
    /// Understands a name: blanks between Han characters are left out, every kind of dot between letters is `·`.
    ///
    /// Look-alikes such as radicals (`⼈`) become the characters they look like. Rare characters, private-use ones and
    /// letters of any script are fine; names in Latin letters keep one blank between their words.
    ///
    /// # Errors
    /// [`NameFault::Character`] with the first digit or symbol, as typed; [`NameFault::Blank`] for a blank text.
    ///
    /// # Examples
    /// ```
    /// use mingce_core::value::{NameFault, PersonName};
    /// assert_eq!(PersonName::parse("张　三").as_ref().map(PersonName::as_str), Ok("张三"));
    /// assert_eq!(PersonName::parse("张三（大）"), Err(NameFault::Character('（')));
    /// ```
    pub fn parse(text: &str) -> Result<Self, NameFault> {
        let text = fold_text(text);
        if text.is_empty() {
            return Err(NameFault::Blank);
        }
        if text.chars().all(is_common_han) {
            return Ok(Self(text.into()));
        }
        if let Some(number) = text.chars().find(|c| is_number(*c)) {
            return Err(NameFault::Character(number));
        }
        if names_several(text) {
            return Err(NameFault::Character('\n'));
        }
        let folded = join(&fold_width(text));
        let wrong = folded.chars().zip(neighbours(&folded)).find(|(c, around)| !is_allowed(*c, *around));
        if let Some((c, _)) = wrong {
            return Err(NameFault::Character(as_typed(text, c)));
        }
        Ok(Self(folded))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a character of it is private-use or unassigned: other computers show something else, or a box.
    #[must_use]
    pub fn has_private_character(&self) -> bool {
        self.0.chars().any(is_private)
    }
}

/// Whether whole names stand below each other in one cell: `张三\n李四`.
fn names_several(text: &str) -> bool {
    let mut lines = text.split(['\n', '\r']).map(fold_text).filter(|line| !line.is_empty()).peekable();
    let is_whole = |line: &str| {
        let letters = line.chars().filter(|c| !is_blank_character(*c));
        (2..=3).contains(&letters.clone().count()) && letters.clone().all(is_common_han)
    };
    lines.peek().is_some_and(|line| line.len() < text.len()) && lines.clone().nth(1).is_some() && lines.all(is_whole)
}

/// The name without the blanks that mean nothing, and with one kind of dot.
fn join(text: &str) -> CompactString {
    let characters: Vec<char> = text.chars().collect();
    let is_blank = |c: &char| is_blank_character(*c);
    let mut joined = CompactString::default();
    let mut place = 0;
    while let Some(&c) = characters.get(place) {
        let left = joined.chars().last();
        let next = characters[place..].iter().position(|c| !is_blank(c)).map(|offset| place + offset);
        if is_blank(&c) {
            let right = next.map(|next| characters[next]);
            if let (Some(left), Some(right)) = (left, right)
                && keeps_blank(left, right)
            {
                joined.push(' ');
            }
            place = next.unwrap_or(characters.len());
            continue;
        }
        place += 1;
        let right = characters[place..].iter().find(|c| !is_blank(c)).copied();
        match (is_dot(c), left, right) {
            // two dots in a row are one
            (true, Some(DOT), _) => {}
            (true, Some(left), Some(right)) if folds_dot(c, left, right) => joined.push(DOT),
            _ => joined.push(c),
        }
    }
    joined
}

/// Whether a blank between the two parts words of a name in letters.
fn keeps_blank(left: char, right: char) -> bool {
    let is_part = |c: char| !is_dot_or_folded(c) || c == '.';
    is_part(left) && is_part(right) && !(is_han(left) && is_han(right))
}

fn is_dot_or_folded(c: char) -> bool {
    c == DOT || is_dot(c)
}

/// Look-alikes of the dot, U+00B7 included; after NFKC U+FF0E and U+2024 are `.`, U+FF65 is U+30FB.
fn is_dot(c: char) -> bool {
    matches!(
        c,
        DOT | '.'
            | '\u{0387}'
            | '\u{2022}'
            | '\u{2027}'
            | '\u{2219}'
            | '\u{22C5}'
            | '\u{25CF}'
            | '\u{2E33}'
            | '\u{30FB}'
            | '\u{318D}'
            | '\u{FF65}'
    )
}

/// A full stop is a dot only beside a Han character: `J. Smith` has an initial.
fn folds_dot(dot: char, left: char, right: char) -> bool {
    let is_part = |c: char| is_letter(c) || is_private(c) || (is_dot(c) && dot != '.');
    is_part(left) && is_part(right) && (dot != '.' || is_han(left) || is_han(right))
}

/// The characters before and behind each character.
fn neighbours(text: &str) -> impl Iterator<Item = (Option<char>, Option<char>)> + '_ {
    let before = std::iter::once(None).chain(text.chars().map(Some));
    let behind = text.chars().skip(1).map(Some).chain(std::iter::once(None));
    before.zip(behind)
}

fn is_allowed(c: char, (left, right): (Option<char>, Option<char>)) -> bool {
    let is_between = |is_part: fn(char) -> bool| left.is_some_and(is_part) && right.is_some_and(is_part);
    match c {
        ' ' => true,
        DOT => is_between(|c| is_letter(c) || is_private(c)),
        '\'' | '’' | '-' => is_between(is_alphabet),
        '.' => left.is_some_and(is_alphabet),
        _ => is_letter(c) || is_private(c),
    }
}

fn is_letter(c: char) -> bool {
    is_common_han(c) || is_han(c) || ((c.is_alphabetic() || is_combining_mark(c)) && !is_number(c))
}

/// A letter that is no Han character.
fn is_alphabet(c: char) -> bool {
    is_letter(c) && !is_han(c)
}

fn is_common_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn is_han(c: char) -> bool {
    is_common_han(c)
        || matches!(c, '々' | '〇' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}')
        || (matches!(c, '\u{20000}'..='\u{3FFFD}') && c.is_alphabetic())
}

/// A digit of any script, or a number in a circle or of the Romans; 〇 is a character used in names.
fn is_number(c: char) -> bool {
    c.is_numeric() && c != '〇'
}

/// Private use, or not assigned to any character by Unicode.
fn is_private(c: char) -> bool {
    // what the two tables of Unicode differ in, the newer one has assigned
    matches!(c.general_category(), GeneralCategory::PrivateUse | GeneralCategory::Unassigned) && !c.is_alphabetic()
}

/// The character as typed that was folded to this one.
fn as_typed(text: &str, folded: char) -> char {
    text.chars().find(|c| *c == folded || std::iter::once(*c).nfkc().any(|plain| plain == folded)).unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Result<String, NameFault> {
        PersonName::parse(text).map(|name| name.as_str().to_owned())
    }

    #[test]
    fn names_are_folded_to_how_they_are_registered() {
        for (text, expected) in [
            ("张三", "张三"),
            ("张 三", "张三"),
            ("张　三", "张三"),
            (" 张\u{A0}\u{200B}三\n", "张三"),
            ("张\n三", "张三"),
            ("阿不都·\n热合曼", "阿不都·热合曼"),
            ("欧阳 明 月", "欧阳明月"),
            ("阿不都·热合曼", "阿不都·热合曼"),
            ("阿不都•热合曼", "阿不都·热合曼"),
            ("阿不都‧热合曼", "阿不都·热合曼"),
            ("阿不都・热合曼", "阿不都·热合曼"),
            ("阿不都･热合曼", "阿不都·热合曼"),
            ("阿不都⋅热合曼", "阿不都·热合曼"),
            ("阿不都∙热合曼", "阿不都·热合曼"),
            ("阿不都．热合曼", "阿不都·热合曼"),
            ("阿不都.热合曼", "阿不都·热合曼"),
            ("阿不都\u{387}热合曼", "阿不都·热合曼"),
            ("阿不都․热合曼", "阿不都·热合曼"),
            ("阿不都●热合曼", "阿不都·热合曼"),
            ("阿不都 · 热合曼", "阿不都·热合曼"),
            ("阿不都··热合曼", "阿不都·热合曼"),
            ("买买提·阿不都·热合曼", "买买提·阿不都·热合曼"),
            ("⼈杰", "人杰"),
            ("㛃𫖯𬭎䶮", "㛃𫖯𬭎䶮"),
            ("李〇", "李〇"),
            ("佐々木", "佐々木"),
            ("John  Smith", "John Smith"),
            ("Ｊｏｈｎ　Ｓｍｉｔｈ", "John Smith"),
            ("J. Smith", "J. Smith"),
            ("O'Brien", "O'Brien"),
            ("Jean-Luc", "Jean-Luc"),
            ("Иван Петров", "Иван Петров"),
            ("José", "José"),
            ("홍길동", "홍길동"),
        ] {
            assert_eq!(parsed(text).as_deref(), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn digits_and_symbols_are_told_as_typed() {
        for (text, c) in [
            ("张伟1", '1'),
            ("张伟１", '１'),
            ("张伟②", '②'),
            ("张伟Ⅱ", 'Ⅱ'),
            ("张伟(大)", '('),
            ("张伟（大）", '（'),
            ("阿不都?热合曼", '?'),
            ("阿不都？热合曼", '？'),
            ("李□", '□'),
            ("李〓", '〓'),
            ("李○", '○'),
            ("李*", '*'),
            ("李＊", '＊'),
            ("张三😀", '😀'),
            ("张\u{1}三", '\u{1}'),
            ("张三、李四", '、'),
            ("张三/李四", '/'),
            ("⿰钅玄", '⿰'),
            ("李\u{FFFD}", '\u{FFFD}'),
            ("张三·", '·'),
            ("·张三", '·'),
            ("张-三", '-'),
            ("张三.", '.'),
            ("=A1", '1'),
            ("#N/A", '#'),
            ("张_三", '_'),
            ("张三\n李四", '\n'),
            ("张 三\r\n李小四", '\n'),
        ] {
            assert_eq!(parsed(text), Err(NameFault::Character(c)), "{text:?}");
        }
        assert_eq!(parsed(" \u{3000}\u{FEFF}"), Err(NameFault::Blank));
    }

    #[test]
    fn private_characters_are_kept_and_told() {
        for (text, is_private) in [
            ("李\u{E863}", true),
            ("李\u{F0001}", true),
            ("李\u{2FFFC}", true),
            ("李\u{378}", true),
            ("李\u{9FFF0}", true),
            ("李䶮", false),
            ("李\u{2B5AF}", false),
        ] {
            let name = PersonName::parse(text).expect("a name");
            assert_eq!(name.has_private_character(), is_private, "{text:?}");
            assert_eq!(name.as_str(), text);
        }
    }

    proptest! {
        #[test]
        fn a_folded_name_is_a_name_and_stays_as_it_is(text in "\\PC{0,8}|[张三·•.\u{3000} Aa'-]{1,10}") {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name));
            }
        }
    }
}
