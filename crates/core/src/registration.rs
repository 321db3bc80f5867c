//! The registration 登记: one person's answers, as understood and as written.

use std::sync::Arc;

use compact_str::CompactString;
use serde::Serialize;

use crate::address::Column;
use crate::grid::PictureFile;
use crate::scheme::Field;
use crate::value::{Choices, Date, IdNumber, Mobile, PartyStatus, Sex};

/// A typed answer: nothing, what was understood, or the words that were not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Answer<T> {
    /// Nobody answered.
    #[default]
    Blank,
    /// What was understood.
    Known(T),
    /// What was typed, where it could not be understood; it is printed as typed.
    Typed(CompactString),
}

impl<T> Answer<T> {
    /// What was understood, if anything was.
    #[must_use]
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Blank | Self::Typed(_) => None,
        }
    }

    /// Whether nobody answered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }
}

/// Where a registration stood: which of the inputs' tables, and which row of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// The table's place among all tables of the run, counted from 0.
    pub table: u32,
    /// The row of the sheet, counted from 1; of a document of forms, the form's number.
    pub row: u32,
    /// Of a form on a sheet, the column of the name, counted from 1: others may stand beside it. 0 for all others.
    pub column: u16,
}

/// One person's answers (annex 1, and what annex 2 and collected sheets add).
///
/// Texts are empty where nobody answered. What was typed is kept in [`written`](Self::written) wherever it differs from
/// what is held here, and every answer that no field claims is in [`carried`](Self::carried): nothing is lost.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Registration {
    /// Where it stood.
    pub place: Place,
    /// 姓名, with its blanks folded; empty if missing.
    pub name: CompactString,
    /// 性别, or what the ID number says of it.
    pub sex: Answer<Sex>,
    /// 出生年月, or what the ID number says of it.
    pub birth: Answer<Date>,
    /// 身份证号码.
    pub id_number: Answer<IdNumber>,
    /// 手机.
    pub mobile: Answer<Mobile>,
    /// 电话（单位电话）.
    pub phone: CompactString,
    /// 电子邮件.
    pub email: CompactString,
    /// Q Q.
    pub qq: CompactString,
    /// 邮编.
    pub postcode: CompactString,
    /// 身高, in whole centimetres where it was understood.
    pub height: CompactString,
    /// 学历, as typed.
    pub education: CompactString,
    /// 专业.
    pub major: CompactString,
    /// 特长.
    pub specialty: CompactString,
    /// 所在城区.
    pub district: CompactString,
    /// 家庭地址.
    pub address: CompactString,
    /// 工作单位.
    pub employer: CompactString,
    /// 职务.
    pub position: CompactString,
    /// 志愿服务经历.
    pub experience: CompactString,
    /// 交通补贴.
    pub subsidy: Choices,
    /// 服务意向.
    pub services: Choices,
    /// 职业类型.
    pub occupation: Choices,
    /// 可参加志愿服务时间.
    pub availability: Choices,
    /// 入党时间.
    pub joined_party: Answer<Date>,
    /// 政治面貌.
    pub party_status: Answer<PartyStatus>,
    /// 所在党支部.
    pub branch: CompactString,
    /// 照片 that lies in the source beside the answers, as it is stored there; nobody has looked whether it can be used.
    #[serde(skip)]
    pub photo: Option<Arc<PictureFile>>,
    /// The unit 单位 the person is counted under; empty until units are known.
    pub unit: CompactString,
    /// The team 支队 that the sheet puts the person in; empty if none.
    #[serde(skip)]
    pub team: CompactString,
    /// What the person is in the team 职责, as typed; `None` where the sheet has no such column.
    #[serde(skip)]
    pub duty: Option<CompactString>,
    /// The scheme's own text fields, in the scheme's order; as long as [`crate::scheme::Scheme::own_fields`] or shorter.
    pub own: Vec<CompactString>,
    /// Answers whose words differ from what is held above, with the words as typed.
    #[serde(skip)]
    pub written: Vec<(Field, CompactString)>,
    /// Answers of columns that no field claims, as typed.
    #[serde(skip)]
    pub carried: Vec<(Column, CompactString)>,
}

impl Registration {
    /// The words typed for this field, where they differ from what is held.
    #[must_use]
    pub fn as_written(&self, field: Field) -> Option<&str> {
        self.written.iter().find(|(written, _)| *written == field).map(|(_, text)| text.as_str())
    }
}
