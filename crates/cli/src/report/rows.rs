//! Many row numbers in few words: `3、5–9、12`.

use std::fmt::Write as _;

/// Most pieces that are listed before the rest is only counted.
const MOST_PIECES: usize = 24;

/// What stands between a list that was cut and how many there are in all.
pub(crate) const MORE: &str = " 等 ";

/// The numbers, ascending, with three and more in a row drawn together; a long list ends with how many there are in all.
pub(crate) fn compact(numbers: &[u32]) -> String {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    let pieces: Vec<String> = numbers.chunk_by(|a, b| b - a == 1).flat_map(piece).collect();
    let mut text = pieces.iter().take(MOST_PIECES).map(String::as_str).collect::<Vec<_>>().join("、");
    if pieces.len() > MOST_PIECES {
        // whoever asks adds what is counted: 第 3、7 等 60 行
        let _ = write!(text, "{MORE}{}", numbers.len());
    }
    text
}

fn piece(run: &[u32]) -> Vec<String> {
    match run {
        [first, _, .., last] => vec![format!("{first}–{last}")],
        short => short.iter().map(u32::to_string).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_three_are_drawn_together() {
        for (numbers, text) in [
            (vec![7], "7"),
            (vec![8, 7], "7、8"),
            (vec![3, 5, 6, 7, 9, 9], "3、5–7、9"),
            ((4..=40).collect(), "4–40"),
            (
                (0..60).map(|n| n * 2).collect::<Vec<u32>>(),
                "0、2、4、6、8、10、12、14、16、18、20、22、24、26、28、30、32、34、36、38、40、42、44、46 等 60",
            ),
        ] {
            assert_eq!(compact(&numbers), text);
        }
    }
}
