//! Party status 政治面貌: who counts as a member, who as an activist, and who as neither.

use serde::Serialize;

use crate::text::fold_word;

/// Words for each, folded and without brackets.
const WORDS: [(PartyStatus, &[&str]); 5] = [
    (
        PartyStatus::Member,
        &[
            "中共党员",
            "党员",
            "正式党员",
            "正式",
            "中共正式党员",
            "中国共产党党员",
            "中国共产党正式党员",
            "共产党员",
            "中共党员正式",
            "党员正式",
            "中共",
            "中共党员正式党员",
        ],
    ),
    (
        PartyStatus::ProbationaryMember,
        &[
            "预备党员",
            "中共预备党员",
            "中国共产党预备党员",
            "中共党员预备",
            "党员预备",
            "预备期党员",
            "中共党员预备党员",
            "中共党员预备期",
            "预备",
        ],
    ),
    (
        PartyStatus::Activist,
        &[
            "入党积极分子",
            "积极分子",
            "入党积极份子",
            "积极份子",
            "党积极分子",
            "中共入党积极分子",
            "群众入党积极分子",
            "团员入党积极分子",
            "共青团员入党积极分子",
        ],
    ),
    (PartyStatus::Candidate, &["发展对象", "入党发展对象", "党员发展对象", "拟发展对象", "重点发展对象", "入党培养对象"]),
    (
        PartyStatus::Other,
        &[
            "群众", "团员", "共青团员", "共青团", "中国共青团员", "普通群众", "普通公民", "非党员", "不是党员", "未入党", "尚未入党",
            "没有入党", "非中共党员", "党外", "党外人士", "少先队员", "入党申请人", "申请入党", "无党派", "无党派人士", "无党派民主人士",
            "民主党派", "民主党派人士", "民主党派成员", "民革", "民革党员", "民革会员", "民盟", "民盟盟员", "民建", "民建会员", "民进",
            "民进会员", "农工党", "农工党党员", "农工民主党", "致公党", "致公党党员", "九三", "九三学社", "九三学社社员", "台盟",
            "台盟盟员", "退团", "超龄团员",
        ],
    ),
];

/// How a person is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyStatus {
    /// 中共党员.
    Member,
    /// 预备党员; a member like any other for counting.
    ProbationaryMember,
    /// 入党积极分子.
    Activist,
    /// 发展对象; counted as an activist.
    Candidate,
    /// 群众, 团员 and the like: counted neither as member nor as activist.
    Other,
}

impl PartyStatus {
    /// The status these words mean; `None` if they are unknown.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut word = fold_word(text);
        word.retain(|c| !matches!(c, '(' | ')' | '。' | ','));
        WORDS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(status, _)| *status)
    }

    /// Whether the person counts as a party member.
    #[must_use]
    pub const fn is_member(self) -> bool {
        match self {
            Self::Member | Self::ProbationaryMember => true,
            Self::Activist | Self::Candidate | Self::Other => false,
        }
    }

    /// Whether the person counts as an activist 入党积极分子.
    #[must_use]
    pub const fn is_activist(self) -> bool {
        match self {
            Self::Activist | Self::Candidate => true,
            Self::Member | Self::ProbationaryMember | Self::Other => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_a_status() {
        use PartyStatus::{Activist, Candidate, Member, Other, ProbationaryMember};
        for (text, status) in [
            ("中共党员", Some(Member)),
            ("党 员", Some(Member)),
            ("正式党员", Some(Member)),
            ("中共党员（正式）", Some(Member)),
            ("预备党员", Some(ProbationaryMember)),
            ("中共预备党员", Some(ProbationaryMember)),
            ("中共党员(预备)", Some(ProbationaryMember)),
            ("入党积极分子", Some(Activist)),
            ("积极份子", Some(Activist)),
            ("群众（入党积极分子）", Some(Activist)),
            ("发展对象", Some(Candidate)),
            ("群众", Some(Other)),
            ("团员", Some(Other)),
            ("共青团员", Some(Other)),
            ("民革", Some(Other)),
            ("无党派人士", Some(Other)),
            ("非党员", Some(Other)),
            ("", None),
            ("1999.07", None),
            ("不是", None),
        ] {
            assert_eq!(PartyStatus::parse(text), status, "{text}");
        }
        assert!(ProbationaryMember.is_member() && !ProbationaryMember.is_activist());
        assert!(Candidate.is_activist() && !Other.is_activist() && !Other.is_member());
    }
}
