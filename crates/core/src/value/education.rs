//! Levels of education 学历 after GB/T 4658-2006, for statistics only: what is printed stays as typed.

use crate::text::fold_word;

/// Words for each level, folded; what stands around them is taken off. 大学普通班 is no 本科 (code 28).
const WORDS: [(Education, &[&str]); 9] = [
    (Education::Doctor, &["博士", "博研", "博士研究生", "研究生博士", "博士后", "ph.d", "phd", "ph.d."]),
    (Education::Master, &["硕士", "硕研", "硕士研究生", "研究生", "研究生硕士", "研究生班", "mba", "mpa", "emba", "mpacc", "大学研究生"]),
    (Education::Bachelor, &["本科", "大学", "大学本科", "大本", "学士", "双学士", "第二学士", "双本科", "二本", "一本", "三本", "专升本"]),
    (Education::JuniorCollege, &["大专", "专科", "大学专科", "高职", "高专", "高等职业", "高职高专", "大普", "大学普通班", "专"]),
    (
        Education::Vocational,
        &[
            "中专", "中等专科", "中等职业", "中等专业", "中等专业学校", "中等职业学校", "中师", "中技", "职高", "职中", "职业高中",
            "职业中专", "技校", "技工", "技工学校", "高技", "中职",
        ],
    ),
    (Education::HighSchool, &["高中", "普高", "普通高中", "高级中学"]),
    (Education::MiddleSchool, &["初中", "初级中学", "普通初中"]),
    (Education::PrimarySchool, &["小学", "高小", "初小", "完小"]),
    (Education::Other, &["其他", "其它", "文盲", "半文盲", "文盲半文盲", "文盲或半文盲", "文盲/半文盲", "无", "不识字", "未上学"]),
];
/// How it was studied; says nothing about the level.
const BEGINNINGS: [&str; 29] = [
    "全日制", "非全日制", "普通全日制", "在职", "成人", "成教", "函授", "自考", "自学考试", "自学", "业余", "夜大", "业大", "职大", "电大",
    "广播电视大学", "国家开放大学", "开放大学", "开大", "网络教育", "网络", "远程教育", "远程", "中央党校", "省委党校", "省党校",
    "市委党校", "党校", "在读",
];
/// How far it was studied; 肄业 and 在读 count for the level.
const ENDINGS: [&str; 16] =
    ["毕业", "结业", "肄业", "在读", "学历", "学位", "文化", "程度", "教育", "及以上", "以上", "及以下", "以下", "毕业生", "生", "(含)"];

/// A level of education, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Education {
    /// 博士研究生.
    Doctor,
    /// 硕士研究生.
    Master,
    /// 大学本科.
    Bachelor,
    /// 大学专科.
    JuniorCollege,
    /// 中等职业教育.
    Vocational,
    /// 普通高中.
    HighSchool,
    /// 初中.
    MiddleSchool,
    /// 小学.
    PrimarySchool,
    /// 其他.
    Other,
}

impl Education {
    /// The level these words mean; `None` if they are unknown.
    ///
    /// A degree may be joined (`本科/学士`); then the level of the studies counts, not that of the degree. 研究生 alone is a
    /// 硕士研究生, unless the degree beside it is 博士.
    ///
    /// # Examples
    /// ```
    /// use mingce_core::value::Education;
    /// assert_eq!(Education::parse("在职研究生"), Some(Education::Master));
    /// assert_eq!(Education::parse("本科/学士"), Some(Education::Bachelor));
    /// assert_eq!(Education::parse("家里蹲"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let word = fold_word(text);
        if let Some(level) = level(&word) {
            return Some(level);
        }
        let mut levels =
            word.split(['/', '、', ',', ';', '(', ')', '+', '\\', '|', '-', '。']).filter(|part| !part.is_empty()).filter_map(level);
        let first = levels.next()?;
        if first == Self::Master && levels.any(|other| other == Self::Doctor) {
            return Some(Self::Doctor);
        }
        Some(first)
    }
}

/// The level of a word, once what says nothing about it is taken off in front and behind.
fn level(word: &str) -> Option<Education> {
    std::iter::successors(Some(word), |rest| without_beginning(rest)).find_map(level_without_ending)
}

fn level_without_ending(word: &str) -> Option<Education> {
    let known = |rest: &str| WORDS.iter().find(|(_, words)| words.contains(&rest)).map(|(level, _)| *level);
    std::iter::successors(Some(word), |rest| without_ending(rest)).find_map(known)
}

fn without_beginning(word: &str) -> Option<&str> {
    BEGINNINGS.iter().find_map(|beginning| word.strip_prefix(beginning))
}

fn without_ending(word: &str) -> Option<&str> {
    ENDINGS.iter().find_map(|ending| word.strip_suffix(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_a_level() {
        use Education::{Bachelor, Doctor, HighSchool, JuniorCollege, Master, MiddleSchool, Other, PrimarySchool, Vocational};
        let table: [(&[&str], Education); 9] = [
            (&["博士", "博研", "博士生", "博士研究生", "Ph.D", "研究生(博士)", "博士研究生毕业", "研究生/博士", "博士在读"], Doctor),
            (
                &[
                    "硕士", "硕研", "研究生", "硕士研究生", "研究生（硕士）", "MBA", "MPA", "在职研究生", "省委党校研究生",
                    "中央党校研究生", "研究生班", "在职硕士",
                ],
                Master,
            ),
            (
                &[
                    "本科", "专升本", "在读本科", "大学", "大学本科", "大本", "全日制本科", "本科在读", "自考本科", "函授本科", "党校本科",
                    "学士", "电大本科", "本科/学士", "本科（学士）", "本科/硕士", "大学 本科", "本科生", "本科学历", "大学文化",
                    "大学毕业", "本科及以上",
                ],
                Bachelor,
            ),
            (
                &[
                    "大专", "专科", "大学专科", "高职", "高专", "大普", "大学普通班", "党校大专", "电大大专", "成人大专", "大专毕业",
                    "大专以上",
                ],
                JuniorCollege,
            ),
            (&["中专", "中等专科", "中师", "中技", "职高", "职中", "职业高中", "技校", "技工", "中等职业教育"], Vocational),
            (&["高中", "普高", "高中毕业", "高中生"], HighSchool),
            (&["初中", "初级中学", "初中文化", "初中肄业"], MiddleSchool),
            (&["小学", "高小", "初小"], PrimarySchool),
            (&["文盲", "半文盲", "不识字", "其他"], Other),
        ];
        for (words, level) in table {
            for word in words {
                assert_eq!(Education::parse(word), Some(level), "{word}");
            }
        }
        for word in ["", "家里蹲", "北京大学", "计算机", "20", "毕业", "党员", "本科长"] {
            assert_eq!(Education::parse(word), None, "{word}");
        }
    }
}
