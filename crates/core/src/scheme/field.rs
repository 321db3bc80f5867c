//! The fields a scheme can speak of: those the model knows, and text fields of the scheme's own.

use super::Scheme;

/// One item of a form, a roster or a collected sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// 姓名.
    Name,
    /// 性别.
    Sex,
    /// 特长.
    Specialty,
    /// 照片.
    Photo,
    /// 出生年月.
    Birth,
    /// 身高.
    Height,
    /// 学历（文化程度）.
    Education,
    /// 所在城区.
    District,
    /// 邮编.
    Postcode,
    /// 专业.
    Major,
    /// 身份证号码.
    IdNumber,
    /// 手机.
    Mobile,
    /// 电子邮件.
    Email,
    /// 电话（单位电话）.
    Phone,
    /// 工作单位.
    Employer,
    /// 职务.
    Position,
    /// 家庭地址.
    Address,
    /// QQ.
    Qq,
    /// 交通补贴.
    Subsidy,
    /// 服务意向（志愿服务项目）.
    Services,
    /// 职业类型.
    Occupation,
    /// 可参加志愿服务时间.
    Availability,
    /// 志愿服务经历.
    Experience,
    /// 签名日期.
    SignedOn,
    /// 入党时间.
    JoinedParty,
    /// 政治面貌.
    PartyStatus,
    /// 所在党支部.
    Branch,
    /// 序号.
    Seq,
    /// A text field that the scheme adds, by its place among [`Scheme::own_fields`].
    Own(u16),
}

/// Known fields and their keys, in the order of annex 1, then those met in annex 2 and in collected sheets.
const KEYS: [(Field, &str); 28] = [
    (Field::Name, "name"),
    (Field::Sex, "sex"),
    (Field::Specialty, "specialty"),
    (Field::Photo, "photo"),
    (Field::Birth, "birth"),
    (Field::Height, "height"),
    (Field::Education, "education"),
    (Field::District, "district"),
    (Field::Postcode, "postcode"),
    (Field::Major, "major"),
    (Field::IdNumber, "id_number"),
    (Field::Mobile, "mobile"),
    (Field::Email, "email"),
    (Field::Phone, "phone"),
    (Field::Employer, "employer"),
    (Field::Position, "position"),
    (Field::Address, "address"),
    (Field::Qq, "qq"),
    (Field::Subsidy, "subsidy"),
    (Field::Services, "services"),
    (Field::Occupation, "occupation"),
    (Field::Availability, "availability"),
    (Field::Experience, "experience"),
    (Field::SignedOn, "signed_on"),
    (Field::JoinedParty, "joined_party"),
    (Field::PartyStatus, "party_status"),
    (Field::Branch, "branch"),
    (Field::Seq, "seq"),
];

/// The keys of the fields the model knows.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|(_, key)| *key)
}

impl Field {
    /// The fields the model knows, in the order of annex 1, annex 2 and collected sheets.
    #[must_use]
    pub fn known() -> impl ExactSizeIterator<Item = Self> + Clone {
        KEYS.iter().map(|(field, _)| *field)
    }

    /// The known field with this key, such as `id_number`.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        KEYS.iter().find(|(_, known)| *known == key).map(|(field, _)| *field)
    }

    /// The key of the field, as in `scheme.toml` and in the JSON report.
    #[must_use]
    pub fn key(self, scheme: &Scheme) -> &str {
        match self {
            Self::Own(index) => scheme.own_fields.get(usize::from(index)).map_or("", |field| field.as_str()),
            known => KEYS.iter().find(|(field, _)| *field == known).map_or("", |(_, key)| key),
        }
    }

    /// Whether answers are options of the scheme (交通补贴, 服务意向, 职业类型, 可参加时间).
    #[must_use]
    pub fn is_choice(self) -> bool {
        matches!(self, Self::Subsidy | Self::Services | Self::Occupation | Self::Availability)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_field_is_found_by_its_key() {
        for (position, (field, key)) in KEYS.iter().enumerate() {
            assert_eq!(Field::from_key(key), Some(*field));
            assert_eq!(KEYS.iter().position(|(other, _)| other == field), Some(position), "{key} stands twice");
        }
        assert_eq!(Field::from_key("nation"), None);
    }
}
