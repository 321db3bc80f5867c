//! Party status 政治面貌: who counts as a member, who as an activist, and who as neither.

use serde::Serialize;

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
