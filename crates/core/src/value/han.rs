//! Numbers written in Han numerals, as dates and heights are in official Chinese.

use std::borrow::Cow;

/// The text with its Han numerals as digits: `一九八五年六月` → `1985年6月`, `二十一日` → `21日`, `一米七五` → `1米75`.
pub(crate) fn fold_han_numerals(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_numeral) {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    for c in text.chars() {
        if is_numeral(c) || (!run.is_empty() && matches!(c, '○' | '◯')) {
            run.push(c);
        } else {
            push_number(&mut folded, &mut run);
            folded.push(c);
        }
    }
    push_number(&mut folded, &mut run);
    Cow::Owned(folded)
}

/// Whether parts and items are counted with it: 一 to 十.
pub(crate) fn counts(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// What stands behind the numeral that a text begins with (二、志愿意向), its sign first; `None` where it begins with none.
pub(crate) fn behind_count(text: &str) -> Option<&str> {
    let behind = text.trim_start_matches(counts);
    (behind.len() < text.len()).then_some(behind)
}

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '廿' | '卅')
}

fn digit(c: char) -> Option<char> {
    const DIGITS: &str = "〇一二三四五六七八九";
    match c {
        '零' => Some('0'),
        '两' => Some('2'),
        _ => DIGITS.chars().zip('0'..='9').find(|(numeral, _)| *numeral == c).map(|(_, digit)| digit),
    }
}

/// Appends what the run writes: by place (一九八五), or by tens (二十一, 廿一).
fn push_number(folded: &mut String, run: &mut Vec<char>) {
    let tens = run.iter().position(|c| matches!(c, '十' | '廿' | '卅'));
    match tens {
        None => folded.extend(run.iter().map(|c| digit(*c).unwrap_or('0'))),
        Some(place) => {
            let (before, after) = (&run[..place], &run[place + 1..]);
            match (run[place], before) {
                ('廿', []) => folded.push('2'),
                ('卅', []) => folded.push('3'),
                (_, []) => folded.push('1'),
                _ => folded.extend(before.iter().filter_map(|c| digit(*c))),
            }
            if after.is_empty() {
                folded.push('0');
            }
            folded.extend(after.iter().filter_map(|c| digit(*c)));
        }
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_count_by_place_or_by_tens() {
        for (text, expected) in [
            ("一九八五年六月", "1985年6月"),
            ("二〇一〇年十月二十日", "2010年10月20日"),
            ("二零一零年十二月三十一日", "2010年12月31日"),
            ("一九九○年廿一日卅日", "1990年21日30日"),
            ("一米七五", "1米75"),
            ("○", "○"),
        ] {
            assert_eq!(fold_han_numerals(text), expected);
        }
        assert!(matches!(fold_han_numerals("1985年6月"), Cow::Borrowed(_)));
    }
}
