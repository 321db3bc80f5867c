//! Levels of education 学历 after GB/T 4658-2006, for statistics only: what is printed stays as typed.

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
