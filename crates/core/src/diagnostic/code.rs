//! The stable codes of every finding, one table: users, scripts and tests refer to them.

use std::fmt;

use serde::{Serialize, Serializer};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 错误: a row is returned, an input is not used, or a unit misses its ratio.
    Error,
    /// 提醒: something to look at; it never keeps a person out.
    Warning,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One person's row, card or form.
    Row,
    /// A whole table, template or file that could be used.
    Table,
    /// A unit or a team.
    Unit,
    /// An input that could not be used.
    Input,
}

/// What a finding says, as a stable code; its name is what JSON and documentation show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// `name-missing`: 没有姓名。
    NameMissing,
    /// `name-invalid`: 姓名里有数字、符号或括号备注。
    NameInvalid,
    /// `sex-missing`: 没有性别，也不能由身份证号推出。
    SexMissing,
    /// `sex-invalid`: 性别既不是男也不是女。
    SexInvalid,
    /// `birth-missing`: 没有出生年月，也不能由身份证号推出。
    BirthMissing,
    /// `birth-invalid`: 出生年月不是日期，或年龄不在 16 至 120 岁之间。
    BirthInvalid,
    /// `field-missing`: 方案要求必填的一项空着。
    FieldMissing,
    /// `id-length`: 身份证号码不是 18 位（旧号 15 位）。
    IdLength,
    /// `id-characters`: 身份证号码里有不该有的字符。
    IdCharacters,
    /// `id-date`: 身份证号码里的出生日期不存在或在今天之后。
    IdDate,
    /// `id-checksum`: 身份证号码的校验码不对。
    IdChecksum,
    /// `id-digits-lost`: 身份证号码的末几位已被 Excel 毁掉。
    IdDigitsLost,
    /// `mobile-invalid`: 手机号不是 13 至 19 开头的 11 位数字。
    MobileInvalid,
    /// `subsidy-not-single`: 交通补贴选了不止一项。
    SubsidyNotSingle,
    /// `subsidy-missing`: 交通补贴一项都没选。
    SubsidyMissing,
    /// `service-missing`: 服务意向一项都没选。
    ServiceMissing,
    /// `option-unknown`: 填写的选项方案里没有。
    OptionUnknown,
    /// `joined-invalid`: 入党时间不是日期，或早于 1921-07-01。
    JoinedInvalid,
    /// `joined-in-future`: 入党时间在今天之后。
    JoinedInFuture,
    /// `answer-too-long`: 一格内容超过 32,767 个字符。
    AnswerTooLong,
    /// `duplicate-person`: 同一人在同一单位重复登记。
    DuplicatePerson,
    /// `duplicate-id`: 同一身份证号码用于两个不同姓名。
    DuplicateId,
    /// `birth-id-mismatch`: 出生年月与身份证号码不一致。
    BirthIdMismatch,
    /// `sex-id-mismatch`: 性别与身份证号码不一致。
    SexIdMismatch,
    /// `id-legacy`: 15 位旧身份证号码。
    IdLegacy,
    /// `id-other-document`: 不是居民身份证的证件号码。
    IdOtherDocument,
    /// `id-region`: 身份证号码的省份代码不认识。
    IdRegion,
    /// `mobile-missing`: 没有手机号。
    MobileMissing,
    /// `phone-invalid`: 电话号码不像电话号码。
    PhoneInvalid,
    /// `email-invalid`: 电子邮件地址不像邮件地址。
    EmailInvalid,
    /// `postcode-invalid`: 邮编不是 6 位数字。
    PostcodeInvalid,
    /// `qq-invalid`: QQ 号不像 QQ 号。
    QqInvalid,
    /// `height-invalid`: 身高不像身高。
    HeightInvalid,
    /// `education-unknown`: 学历不认识。
    EducationUnknown,
    /// `date-ambiguous`: 日期像 1985.1，可能是 1 月也可能是 10 月。
    DateAmbiguous,
    /// `joined-missing`: 党员没有入党时间。
    JoinedMissing,
    /// `joined-underage`: 入党时不满 18 岁。
    JoinedUnderage,
    /// `not-eligible`: 政治面貌是群众、团员等，不计入党员或积极分子。
    NotEligible,
    /// `registered-twice`: 同一人在两个单位登记。
    RegisteredTwice,
    /// `shared-mobile`: 多人共用一个手机号。
    SharedMobile,
    /// `name-private-character`: 姓名里有自造字或未定义的字符。
    NamePrivateCharacter,
    /// `character-dropped`: 去掉了 XML 不允许的字符。
    CharacterDropped,
    /// `missing-column`: 表里没有某一项的列。
    MissingColumn,
    /// `unmapped-column`: 有一列不属于任何一项。
    UnmappedColumn,
    /// `hidden-row`: 读取了 Excel 里隐藏的行。
    HiddenRow,
    /// `hidden-sheet`: 没有读取隐藏的工作表。
    HiddenSheet,
    /// `photo-missing`: 没有找到照片。
    PhotoMissing,
    /// `photo-unused`: 照片没有用上。
    PhotoUnused,
    /// `photo-invalid`: 照片打不开或不合要求。
    PhotoInvalid,
    /// `slot-unknown`: 模板里有一个标签不属于任何一项。
    SlotUnknown,
    /// `slot-missing`: 模板里没有某一项的位置。
    SlotMissing,
    /// `answer-shrunk`: 内容太长，字号小于 6 磅或排到了第二页。
    AnswerShrunk,
    /// `unit-unknown`: 单位不在单位名单里。
    UnitUnknown,
    /// `unit-members-missing`: 不知道单位的党员总数。
    UnitMembersMissing,
    /// `members-exceeded`: 志愿者比党员总数还多。
    MembersExceeded,
    /// `participation-below-half`: 单位党员参与比例不到规定。
    ParticipationBelowHalf,
    /// `team-size`: 支队人数不在规定范围。
    TeamSize,
    /// `team-leader-invalid`: 支队长不合要求。
    TeamLeaderInvalid,
    /// `in-two-teams`: 一人在两个支队。
    InTwoTeams,
    /// `unreadable-file`: 文件打不开或读不懂。
    UnreadableFile,
    /// `encrypted-file`: 文件有密码。
    EncryptedFile,
    /// `no-table`: 文件里没有认得出的表格或登记表。
    NoTable,
    /// `limit-exceeded`: 文件超过了大小限制。
    LimitExceeded,
    /// `legacy-document`: 旧格式的 Word 或 WPS 文档。
    LegacyDocument,
}

struct Entry {
    code: Code,
    name: &'static str,
    severity: Severity,
    scope: Scope,
    meaning: &'static str,
}

/// One line per code, in the order of the enum.
#[rustfmt::skip]
const TABLE: [Entry; 64] = [
    Entry { code: Code::NameMissing, name: "name-missing", severity: Severity::Error, scope: Scope::Row, meaning: "没有姓名" },
    Entry { code: Code::NameInvalid, name: "name-invalid", severity: Severity::Error, scope: Scope::Row, meaning: "姓名里有数字、符号或括号备注" },
    Entry { code: Code::SexMissing, name: "sex-missing", severity: Severity::Error, scope: Scope::Row, meaning: "没有性别，也不能由身份证号推出" },
    Entry { code: Code::SexInvalid, name: "sex-invalid", severity: Severity::Error, scope: Scope::Row, meaning: "性别既不是男也不是女" },
    Entry { code: Code::BirthMissing, name: "birth-missing", severity: Severity::Error, scope: Scope::Row, meaning: "没有出生年月，也不能由身份证号推出" },
    Entry { code: Code::BirthInvalid, name: "birth-invalid", severity: Severity::Error, scope: Scope::Row, meaning: "出生年月不是日期，或年龄不在 16 至 120 岁之间" },
    Entry { code: Code::FieldMissing, name: "field-missing", severity: Severity::Error, scope: Scope::Row, meaning: "方案要求必填的一项空着" },
    Entry { code: Code::IdLength, name: "id-length", severity: Severity::Error, scope: Scope::Row, meaning: "身份证号码不是 18 位（旧号 15 位）" },
    Entry { code: Code::IdCharacters, name: "id-characters", severity: Severity::Error, scope: Scope::Row, meaning: "身份证号码里有不该有的字符" },
    Entry { code: Code::IdDate, name: "id-date", severity: Severity::Error, scope: Scope::Row, meaning: "身份证号码里的出生日期不存在或在今天之后" },
    Entry { code: Code::IdChecksum, name: "id-checksum", severity: Severity::Error, scope: Scope::Row, meaning: "身份证号码的校验码不对" },
    Entry { code: Code::IdDigitsLost, name: "id-digits-lost", severity: Severity::Error, scope: Scope::Row, meaning: "身份证号码的末几位已被 Excel 毁掉" },
    Entry { code: Code::MobileInvalid, name: "mobile-invalid", severity: Severity::Error, scope: Scope::Row, meaning: "手机号不是 13 至 19 开头的 11 位数字" },
    Entry { code: Code::SubsidyNotSingle, name: "subsidy-not-single", severity: Severity::Error, scope: Scope::Row, meaning: "交通补贴选了不止一项" },
    Entry { code: Code::SubsidyMissing, name: "subsidy-missing", severity: Severity::Error, scope: Scope::Row, meaning: "交通补贴一项都没选" },
    Entry { code: Code::ServiceMissing, name: "service-missing", severity: Severity::Error, scope: Scope::Row, meaning: "服务意向一项都没选" },
    Entry { code: Code::OptionUnknown, name: "option-unknown", severity: Severity::Error, scope: Scope::Row, meaning: "填写的选项方案里没有" },
    Entry { code: Code::JoinedInvalid, name: "joined-invalid", severity: Severity::Error, scope: Scope::Row, meaning: "入党时间不是日期，或早于 1921-07-01" },
    Entry { code: Code::JoinedInFuture, name: "joined-in-future", severity: Severity::Error, scope: Scope::Row, meaning: "入党时间在今天之后" },
    Entry { code: Code::AnswerTooLong, name: "answer-too-long", severity: Severity::Error, scope: Scope::Row, meaning: "一格内容超过 32,767 个字符" },
    Entry { code: Code::DuplicatePerson, name: "duplicate-person", severity: Severity::Error, scope: Scope::Row, meaning: "同一人在同一单位重复登记" },
    Entry { code: Code::DuplicateId, name: "duplicate-id", severity: Severity::Error, scope: Scope::Row, meaning: "同一身份证号码用于两个不同姓名" },
    Entry { code: Code::BirthIdMismatch, name: "birth-id-mismatch", severity: Severity::Warning, scope: Scope::Row, meaning: "出生年月与身份证号码不一致" },
    Entry { code: Code::SexIdMismatch, name: "sex-id-mismatch", severity: Severity::Warning, scope: Scope::Row, meaning: "性别与身份证号码不一致" },
    Entry { code: Code::IdLegacy, name: "id-legacy", severity: Severity::Warning, scope: Scope::Row, meaning: "15 位旧身份证号码" },
    Entry { code: Code::IdOtherDocument, name: "id-other-document", severity: Severity::Warning, scope: Scope::Row, meaning: "不是居民身份证的证件号码" },
    Entry { code: Code::IdRegion, name: "id-region", severity: Severity::Warning, scope: Scope::Row, meaning: "身份证号码的省份代码不认识" },
    Entry { code: Code::MobileMissing, name: "mobile-missing", severity: Severity::Warning, scope: Scope::Row, meaning: "没有手机号" },
    Entry { code: Code::PhoneInvalid, name: "phone-invalid", severity: Severity::Warning, scope: Scope::Row, meaning: "电话号码不像电话号码" },
    Entry { code: Code::EmailInvalid, name: "email-invalid", severity: Severity::Warning, scope: Scope::Row, meaning: "电子邮件地址不像邮件地址" },
    Entry { code: Code::PostcodeInvalid, name: "postcode-invalid", severity: Severity::Warning, scope: Scope::Row, meaning: "邮编不是 6 位数字" },
    Entry { code: Code::QqInvalid, name: "qq-invalid", severity: Severity::Warning, scope: Scope::Row, meaning: "QQ 号不像 QQ 号" },
    Entry { code: Code::HeightInvalid, name: "height-invalid", severity: Severity::Warning, scope: Scope::Row, meaning: "身高不像身高" },
    Entry { code: Code::EducationUnknown, name: "education-unknown", severity: Severity::Warning, scope: Scope::Row, meaning: "学历不认识" },
    Entry { code: Code::DateAmbiguous, name: "date-ambiguous", severity: Severity::Warning, scope: Scope::Row, meaning: "日期像 1985.1，可能是 1 月也可能是 10 月" },
    Entry { code: Code::JoinedMissing, name: "joined-missing", severity: Severity::Warning, scope: Scope::Row, meaning: "党员没有入党时间" },
    Entry { code: Code::JoinedUnderage, name: "joined-underage", severity: Severity::Warning, scope: Scope::Row, meaning: "入党时不满 18 岁" },
    Entry { code: Code::NotEligible, name: "not-eligible", severity: Severity::Warning, scope: Scope::Row, meaning: "政治面貌是群众、团员等，不计入党员或积极分子" },
    Entry { code: Code::RegisteredTwice, name: "registered-twice", severity: Severity::Warning, scope: Scope::Row, meaning: "同一人在两个单位登记" },
    Entry { code: Code::SharedMobile, name: "shared-mobile", severity: Severity::Warning, scope: Scope::Row, meaning: "多人共用一个手机号" },
    Entry { code: Code::NamePrivateCharacter, name: "name-private-character", severity: Severity::Warning, scope: Scope::Row, meaning: "姓名里有自造字或未定义的字符" },
    Entry { code: Code::CharacterDropped, name: "character-dropped", severity: Severity::Warning, scope: Scope::Row, meaning: "去掉了 XML 不允许的字符" },
    Entry { code: Code::MissingColumn, name: "missing-column", severity: Severity::Warning, scope: Scope::Table, meaning: "表里没有某一项的列" },
    Entry { code: Code::UnmappedColumn, name: "unmapped-column", severity: Severity::Warning, scope: Scope::Table, meaning: "有一列不属于任何一项" },
    Entry { code: Code::HiddenRow, name: "hidden-row", severity: Severity::Warning, scope: Scope::Row, meaning: "读取了 Excel 里隐藏的行" },
    Entry { code: Code::HiddenSheet, name: "hidden-sheet", severity: Severity::Warning, scope: Scope::Table, meaning: "没有读取隐藏的工作表" },
    Entry { code: Code::PhotoMissing, name: "photo-missing", severity: Severity::Warning, scope: Scope::Row, meaning: "没有找到照片" },
    Entry { code: Code::PhotoUnused, name: "photo-unused", severity: Severity::Warning, scope: Scope::Table, meaning: "照片没有用上" },
    Entry { code: Code::PhotoInvalid, name: "photo-invalid", severity: Severity::Warning, scope: Scope::Row, meaning: "照片打不开或不合要求" },
    Entry { code: Code::SlotUnknown, name: "slot-unknown", severity: Severity::Warning, scope: Scope::Table, meaning: "模板里有一个标签不属于任何一项" },
    Entry { code: Code::SlotMissing, name: "slot-missing", severity: Severity::Warning, scope: Scope::Table, meaning: "模板里没有某一项的位置" },
    Entry { code: Code::AnswerShrunk, name: "answer-shrunk", severity: Severity::Warning, scope: Scope::Row, meaning: "内容太长，字号小于 6 磅或排到了第二页" },
    Entry { code: Code::UnitUnknown, name: "unit-unknown", severity: Severity::Warning, scope: Scope::Unit, meaning: "单位不在单位名单里" },
    Entry { code: Code::UnitMembersMissing, name: "unit-members-missing", severity: Severity::Warning, scope: Scope::Unit, meaning: "不知道单位的党员总数" },
    Entry { code: Code::MembersExceeded, name: "members-exceeded", severity: Severity::Warning, scope: Scope::Unit, meaning: "志愿者比党员总数还多" },
    Entry { code: Code::ParticipationBelowHalf, name: "participation-below-half", severity: Severity::Error, scope: Scope::Unit, meaning: "单位党员参与比例不到规定" },
    Entry { code: Code::TeamSize, name: "team-size", severity: Severity::Warning, scope: Scope::Unit, meaning: "支队人数不在规定范围" },
    Entry { code: Code::TeamLeaderInvalid, name: "team-leader-invalid", severity: Severity::Warning, scope: Scope::Unit, meaning: "支队长不合要求" },
    Entry { code: Code::InTwoTeams, name: "in-two-teams", severity: Severity::Warning, scope: Scope::Unit, meaning: "一人在两个支队" },
    Entry { code: Code::UnreadableFile, name: "unreadable-file", severity: Severity::Error, scope: Scope::Input, meaning: "文件打不开或读不懂" },
    Entry { code: Code::EncryptedFile, name: "encrypted-file", severity: Severity::Error, scope: Scope::Input, meaning: "文件有密码" },
    Entry { code: Code::NoTable, name: "no-table", severity: Severity::Error, scope: Scope::Input, meaning: "文件里没有认得出的表格或登记表" },
    Entry { code: Code::LimitExceeded, name: "limit-exceeded", severity: Severity::Error, scope: Scope::Input, meaning: "文件超过了大小限制" },
    Entry { code: Code::LegacyDocument, name: "legacy-document", severity: Severity::Error, scope: Scope::Input, meaning: "旧格式的 Word 或 WPS 文档" },
];

impl Code {
    /// Every code, in the order of the documentation.
    #[must_use]
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        TABLE.iter().map(|entry| entry.code)
    }

    /// The stable name, such as `id-checksum`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// How much findings of this code matter.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// What findings of this code are about.
    #[must_use]
    pub fn scope(self) -> Scope {
        self.entry().scope
    }

    /// What the code means, in one Chinese clause, for documentation.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.entry().meaning
    }

    /// The code with this stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        TABLE.iter().find(|entry| entry.name == name).map(|entry| entry.code)
    }

    fn entry(self) -> &'static Entry {
        &TABLE[self as usize]
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_enum() {
        for (position, entry) in TABLE.iter().enumerate() {
            assert_eq!(entry.code as usize, position, "{}", entry.name);
        }
    }

    #[test]
    fn names_are_the_variants_in_kebab_case_and_are_found_again() {
        for code in Code::all() {
            let variant = format!("{code:?}");
            let mut kebab = String::new();
            for letter in variant.chars() {
                if letter.is_uppercase() && !kebab.is_empty() {
                    kebab.push('-');
                }
                kebab.extend(letter.to_lowercase());
            }
            assert_eq!(code.name(), kebab);
            assert_eq!(Code::from_name(&kebab), Some(code));
        }
        assert_eq!(Code::from_name("no-such-code"), None);
    }
}
