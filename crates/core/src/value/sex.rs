//! Sex 性别 after GB/T 2261.1.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::text::{fold_word, without_zero_decimals};

/// Words for each, folded.
const WORDS: [(Sex, &[&str]); 2] = [
    (Sex::Male, &["男", "男性", "m", "male", "1", "01", "♂", "先生", "男士", "男生", "男♂", "男(male)", "man"]),
    (Sex::Female, &["女", "女性", "f", "female", "2", "02", "♀", "女士", "女生", "小姐", "女♀", "女(female)", "woman"]),
];

/// A person's sex; prints as `男` or `女`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// 男, code 1.
    Male,
    /// 女, code 2.
    Female,
}

impl Sex {
    /// Understands 男 and 女, their usual words, letters and codes (1, 2); `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "男" => return Some(Self::Male),
            "女" => return Some(Self::Female),
            _ => {}
        }
        let word = fold_word(text);
        let word = without_zero_decimals(&word);
        // A.男 and 1、男 are how surveys write the option chosen
        let option = word.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).strip_prefix(['.', '、', ')', ':']);
        let word = option.filter(|option| matches!(*option, "男" | "女")).unwrap_or(word);
        WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(sex, _)| *sex)
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Male => "男",
            Self::Female => "女",
        })
    }
}

impl Serialize for Sex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_letters_and_codes_are_understood() {
        for text in ["男", " 男　", "男性", "Ｍ", "m", "Male", "1", "１", "1.0", "♂", "先生", "男 性", "A.男", "1、男"] {
            assert_eq!(Sex::parse(text), Some(Sex::Male), "{text}");
        }
        for text in ["女", "女性", "F", "FEMALE", "2", "♀", "女士"] {
            assert_eq!(Sex::parse(text), Some(Sex::Female), "{text}");
        }
        for text in ["", "0", "9", "3", "男女", "男/女", "未知", "1.5", "是", "A.", "A.男女"] {
            assert_eq!(Sex::parse(text), None, "{text}");
        }
    }
}
