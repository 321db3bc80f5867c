//! Heights 身高, in whole centimetres.

use compact_str::{CompactString, ToCompactString};

use super::han::fold_han_numerals;
use crate::text::fold_word;

/// Heights of grown people, in millimetres.
const PLAUSIBLE: std::ops::RangeInclusive<u32> = 1000..=2500;

/// A height in whole centimetres: `175`, `175cm`, `1.75`, `1米75`, `1.75米`, `175厘米` → `175`.
///
/// `None` if it reads as no height between 100 and 250 cm.
#[must_use]
pub fn fold_height(text: &str) -> Option<CompactString> {
    let word = fold_word(text);
    let counted = fold_han_numerals(&word);
    let number = ["厘米", "公分", "cm"].iter().find_map(|unit| counted.strip_suffix(unit));
    let millimetres = match (number, counted.split_once(['米', 'm'])) {
        (Some(number), _) if !number.contains(['米', 'm']) => decimal(number)?.checked_mul(10)?,
        (number, Some((metres, rest))) => {
            let rest = number.and_then(|number| number.split_once(['米', 'm'])).map_or(rest, |(_, rest)| rest);
            metres_and_rest(metres, rest)?
        }
        (_, None) => {
            let number = decimal(&counted)?;
            // 1.75 is said of metres, 175 of centimetres
            number.checked_mul(if number < 10_000 { 1000 } else { 10 })?
        }
    };
    let millimetres = millimetres.checked_add(500)? / 1000;
    PLAUSIBLE.contains(&millimetres).then(|| ((millimetres + 5) / 10).to_compact_string())
}

/// Whether this is a height of a grown person.
#[must_use]
pub fn height_is_plausible(text: &str) -> bool {
    fold_height(text).is_some()
}

/// Thousandths of the number, up to three decimals.
fn decimal(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let is_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(decimals) || decimals.len() > 3 {
        return None;
    }
    let thousandths: u32 = format!("{decimals:0<3}").parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(1000)?.checked_add(thousandths)
}

/// Thousandths of millimetres of `1.75米`, `1米75`, `1米7`.
fn metres_and_rest(metres: &str, rest: &str) -> Option<u32> {
    let metres = decimal(metres)?.checked_mul(1000)?;
    let hundredths = match rest.len() {
        0 => 0,
        1 => rest.parse::<u32>().ok()?.checked_mul(10)?,
        2 => rest.parse().ok()?,
        _ => return None,
    };
    metres.checked_add(hundredths.checked_mul(10_000)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_are_whole_centimetres() {
        for text in [
            "175", "175.0", "175cm", "175 CM", "１７５", "1.75", "1.75米", "1.75m", "1米75", "1m75", "1米75cm", "1米75厘米", "175厘米",
            "175公分", "一米七五", "1，75", "174.6", "1.750",
        ] {
            assert_eq!(fold_height(text).as_deref(), Some("175"), "{text}");
        }
        for (text, expected) in
            [("1米7", Some("170")), ("1.7", Some("170")), ("100", Some("100")), ("250cm", Some("250")), ("2米", Some("200"))]
        {
            assert_eq!(fold_height(text).as_deref(), expected, "{text}");
        }
        for text in
            ["", "高", "99", "251", "17.5", "1.75.1", "5尺8", "175-180", "米", "m75", "-175", "1米755", "99999999999", "cm", "175kg"]
        {
            assert_eq!(fold_height(text), None, "{text}");
        }
    }
}
