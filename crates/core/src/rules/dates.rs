//! What is wrong with a text that is no date, and what to do about it, in words for whoever typed it.

use crate::register::Given;
use crate::text::{fold_text, fold_width, is_blank_character, is_dash};
use crate::value::{Date, DateSource, fold_han_numerals};

use super::person::shown;

/// The words behind `出生年月「…」`, and the advice; `example` is what such a date looks like.
pub(super) fn fault_in_words(given: &Given<'_>, latest: Date, example: &str) -> (String, String) {
    let narrow = fold_width(&given.text);
    let counted = fold_han_numerals(&narrow);
    let text = fold_text(counted.split('(').next().unwrap_or_default());
    let fill_in = format!("请填成「{example}」的样子");
    if shown(&given.text, given.kind) != given.text {
        return ("不是日期".into(), format!("公式没有得出日期，请直接{}", fill_in.trim_start_matches('请')));
    }
    if ["农历", "阴历", "旧历"].iter().any(|word| text.contains(word)) {
        return ("是农历".into(), format!("请换算成公历，{}", fill_in.trim_start_matches('请')));
    }
    let numbers = numbers_of(text);
    let is_bare = text.bytes().all(|byte| byte.is_ascii_digit());
    match numbers[..] {
        [year] if is_year(year) && text.trim_end_matches(is_year_word).len() == year.len() => {
            (format!("只有年份 {year}，缺月份"), format!("请补上月份，{}", fill_in.trim_start_matches('请')))
        }
        [number] if is_bare && number.len() == 5 => five_digits(number, latest, &fill_in),
        [number] if is_bare && matches!(number.len(), 7 | 9..) => (format!("有 {} 位数字，看不出年月", number.len()), fill_in),
        [_, month, ..] if is_year(numbers[0]) && !(1..=12).contains(&value(month)) && month.len() <= 2 => {
            (format!("里没有 {} 月这样的月份", value(month)), format!("请核对月份，{}", fill_in.trim_start_matches('请')))
        }
        [year, month] if year.len() == 2 && month.len() <= 2 && !(1..=12).contains(&value(month)) => {
            (format!("里没有 {} 月这样的月份", value(month)), format!("请核对月份，{}", fill_in.trim_start_matches('请')))
        }
        [_, month, day] if is_year(numbers[0]) && day.len() <= 2 => {
            (format!("里的 {} 月没有 {} 日", value(month), value(day)), format!("请核对日期，{}", fill_in.trim_start_matches('请')))
        }
        [first, second, year] if is_year(year) && first.len() <= 2 && second.len() <= 2 => {
            (format!("分不清是 {0} 月 {1} 日还是 {1} 月 {0} 日", value(first), value(second)), fill_in)
        }
        [_, _, _, _, ..] => ("写了不止一个日期".into(), format!("请只留一个，{}", fill_in.trim_start_matches('请'))),
        _ => ("不是日期".into(), fill_in),
    }
}

/// Five digits are a year and its month, or a day as Excel counts them.
fn five_digits(number: &str, latest: Date, fill_in: &str) -> (String, String) {
    let (year, month) = number.split_at(4);
    let month = Date::parse(&format!("{year}年{month}月"), DateSource::Typed, latest).ok().filter(|date| *date <= latest);
    let day = Date::parse(number, DateSource::Untyped, latest).ok().filter(|date| *date <= latest);
    let of_month = month.map(|date| format!("{} 年 {} 月", date.year(), date.month()));
    let of_day = day.map(|date| format!("Excel 的日期序号（{} 年 {} 月 {} 日）", date.year(), date.month(), date.day().unwrap_or(1)));
    let may_be: Vec<String> = of_month.into_iter().chain(of_day).collect();
    if may_be.is_empty() {
        return ("不是日期".into(), fill_in.to_owned());
    }
    (format!("看不出是哪一天，可能是 {}", may_be.join("，也可能是 ")), format!("{fill_in}；程序不替本人猜"))
}

fn numbers_of(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect()
}

fn value(number: &str) -> u32 {
    number.parse().unwrap_or(u32::MAX)
}

fn is_year(number: &str) -> bool {
    number.len() == 4 && matches!(number.get(..2), Some("18" | "19" | "20" | "21"))
}

fn is_year_word(c: char) -> bool {
    is_blank_character(c) || is_dash(c) || matches!(c, '年' | '份' | '生' | '入' | '党' | '.' | '/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::Kind;

    #[test]
    fn the_words_say_what_a_date_lacks() {
        let latest = Date::new(2014, 4, Some(16)).expect("a day");
        for (text, expected) in [
            ("1999年", "只有年份 1999，缺月份"),
            ("1999", "只有年份 1999，缺月份"),
            ("一九九九年", "只有年份 1999，缺月份"),
            ("19634", "看不出是哪一天，可能是 1963 年 4 月，也可能是 Excel 的日期序号（1953 年 10 月 2 日）"),
            ("19630", "看不出是哪一天，可能是 Excel 的日期序号（1953 年 9 月 28 日）"),
            ("1985612", "有 7 位数字，看不出年月"),
            ("85.13", "里没有 13 月这样的月份"),
            ("1985.13", "里没有 13 月这样的月份"),
            ("1985-06-31", "里的 6 月没有 31 日"),
            ("03/04/1985", "分不清是 3 月 4 日还是 4 月 3 日"),
            ("1998.5-1999.5", "写了不止一个日期"),
            ("农历1985年6月", "是农历"),
            ("不详", "不是日期"),
            ("六十年代", "不是日期"),
        ] {
            let given = Given { text: text.into(), kind: Kind::Text };
            assert_eq!(fault_in_words(&given, latest, "1985.06").0, expected, "{text}");
        }
    }
}
