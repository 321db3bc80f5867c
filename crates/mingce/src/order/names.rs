//! Chinese names by pinyin, through ICU's collation.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::{Locale, locale};

/// Surnames that are read otherwise than ICU reads the character.
///
/// Each with its reading as a surname and a character of that reading that is hardly a surname itself; what ICU reads
/// (CLDR 48) is noted where it differs from what one would expect. Surnames with two accepted readings (覃, 纪, 牟, 郇) stay
/// as ICU reads them.
#[rustfmt::skip]
const SURNAMES: [(&str, &str, &str); 49] = [
    // the longer names first: 单于 is Chányú
    ("尉迟", "Yùchí", "玉迟"), ("万俟", "Mòqí", "末其"), ("澹台", "Tántái", "坛台"), ("令狐", "Línghú", "伶狐"), ("单于", "Chányú", "蝉于"),
    ("单", "Shàn", "擅"),   // dān
    ("曾", "Zēng", "增"),   // céng
    ("解", "Xiè", "榭"),    // jiě
    ("仇", "Qiú", "囚"),    // chóu
    ("区", "Ōu", "讴"),     // qū
    ("查", "Zhā", "渣"),    // chá
    ("任", "Rén", "壬"),    // rèn
    ("朴", "Piáo", "瓢"),   // pǔ
    ("盖", "Gě", "舸"),     // gài
    ("乐", "Yuè", "月"),    // lè
    ("翟", "Zhái", "宅"),   // dí
    ("员", "Yùn", "孕"),    // yuán
    ("黑", "Hè", "褐"),     // hēi
    ("华", "Huà", "桦"),    // huá
    ("种", "Chóng", "虫"),  // zhǒng
    ("缪", "Miào", "庙"),   // móu
    ("折", "Shé", "舌"),    // zhé
    ("撒", "Sǎ", "洒"),     // sā
    ("召", "Shào", "哨"),   // zhào
    ("过", "Guō", "锅"),    // guò
    ("秘", "Bì", "庇"),     // mì
    ("繁", "Pó", "婆"),     // fán
    ("能", "Nài", "耐"),    // néng
    ("都", "Dū", "督"),     // dōu
    ("葛", "Gě", "舸"),     // gé
    ("燕", "Yān", "胭"),    // yàn
    ("洗", "Xiǎn", "显"),   // xǐ
    ("薄", "Bó", "博"),     // báo
    ("句", "Gōu", "沟"),    // jù
    ("祭", "Zhài", "债"),   // jì
    ("卜", "Bǔ", "补"),     // bo
    ("占", "Zhān", "沾"),   // zhàn
    ("干", "Gān", "肝"),    // gàn
    ("粘", "Nián", "年"),   // zhān
    ("要", "Yāo", "腰"),    // yào
    ("少", "Shào", "哨"),   // shǎo
    ("乜", "Niè", "镍"),    // miē
    // as ICU reads them where a simplified and a full form are one surname
    ("區", "Ōu", "讴"), ("單", "Shàn", "擅"), ("樂", "Yuè", "月"), ("員", "Yùn", "孕"), ("華", "Huà", "桦"), ("種", "Chóng", "虫"),
    ("繆", "Miào", "庙"),
];

/// Sorts by pinyin: surname by its reading, people of one surname together, then the given name.
pub(super) fn sort_by_pinyin<'p, P: ?Sized>(people: &mut [&'p P], name: impl Fn(&'p P) -> &'p str) {
    let pinyin = collator(locale!("zh-u-co-pinyin"));
    people.sort_by(|one, other| by_pinyin(&pinyin, name(one), name(other)));
}

/// The collation of this locale.
pub(super) fn collator(locale: Locale) -> CollatorBorrowed<'static> {
    let preferences = CollatorPreferences::from(locale);
    Collator::try_new(preferences, CollatorOptions::default()).expect("the compiled data hold the orders of Chinese")
}

fn by_pinyin(pinyin: &CollatorBorrowed<'_>, one: &str, other: &str) -> Ordering {
    let ((one, one_read, one_given), (other, other_read, other_given)) = (parted(one), parted(other));
    pinyin.compare(one_read, other_read).then_with(|| pinyin.compare(one, other)).then_with(|| pinyin.compare(one_given, other_given))
}

/// The surname, what stands for its reading, and the given name. A name of one character has no surname to be read otherwise.
fn parted(name: &str) -> (&str, &str, &str) {
    for (surname, _, reading) in SURNAMES {
        if let Some(given) = name.strip_prefix(surname)
            && !given.is_empty()
        {
            return (surname, reading, given);
        }
    }
    let end = name.chars().next().map_or(0, char::len_utf8);
    let (surname, given) = name.split_at(end);
    (surname, surname, given)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &[&'static str], sort: fn(&mut [&'static str])) -> Vec<&'static str> {
        let mut names = names.to_vec();
        sort(&mut names);
        names
    }

    fn pinyin(names: &mut [&'static str]) {
        sort_by_pinyin(names, |name| name);
    }

    #[test]
    fn surnames_stand_where_they_are_read_as_surnames() {
        // each between two that ICU reads as one does
        for order in [
            ["沙一", "单一", "尚一"],
            ["臧一", "曾一", "张一"],
            ["夏一", "解一", "辛一"],
            ["邱一", "仇一", "裘一"],
            ["聂一", "区一", "欧一"],
            ["曾一", "查一", "张一"],
            ["饶一", "任一", "荣一"],
            ["潘一", "朴一", "濮一"],
            ["高一", "盖一", "耿一"],
            ["袁一", "乐一", "云一"],
            ["臧一", "翟一", "詹一"],
            ["云一", "员一", "恽一"],
            ["何一", "黑一", "洪一"],
            ["于一", "尉迟一", "袁一"],
            ["孟一", "万俟一", "牟一"],
            ["胡一", "华一", "黄一"],
            ["苗一", "缪一", "闵一"],
            ["包一", "卜一", "蔡一"],
        ] {
            let reversed: Vec<&str> = order.iter().rev().copied().collect();
            assert_eq!(sorted(&reversed, pinyin), order);
        }
    }

    #[test]
    fn one_surname_stays_together_and_equal_names_in_their_order() {
        assert_eq!(sorted(&["盖三", "葛一", "盖一", "葛三"], pinyin), ["盖三", "盖一", "葛三", "葛一"]);
        assert_eq!(sorted(&["单", "大", "单于一", "常一"], pinyin), ["单于一", "常一", "大", "单"]);
        assert_eq!(sorted(&["王二", "丁一", "", "王二"], pinyin), ["", "丁一", "王二", "王二"]);
    }
}
