//! One person's answers, judged: one line per rule, with both sides of each boundary.

use crate::diagnostic::Code;
use crate::grid::{Epoch, Kind};
use crate::recognize::Target;
use crate::register::{Context, Finding, MonthEvidence, RawAnswer, register};
use crate::registration::Registration;
use crate::scheme::{Field, Scheme};
use crate::value::Date;

/// What a sheet that asks for everything makes of these answers, over those of somebody without fault.
fn judged(changes: &[(Field, Kind, &str)]) -> (Registration, Vec<Code>) {
    judged_by(&Scheme::built_in(), changes, MonthEvidence::None)
}

fn judged_by(scheme: &Scheme, changes: &[(Field, Kind, &str)], months: MonthEvidence) -> (Registration, Vec<Code>) {
    let (person, findings) = found(scheme, changes, months);
    (person, findings.into_iter().map(|finding| finding.code).collect())
}

fn found(scheme: &Scheme, changes: &[(Field, Kind, &str)], months: MonthEvidence) -> (Registration, Vec<Finding>) {
    let faultless = [
        (Field::Name, "郑试一"),
        (Field::Sex, "男"),
        (Field::Birth, "1985.06"),
        (Field::IdNumber, "329901198506120013"),
        (Field::Mobile, "13800000001"),
        (Field::Subsidy, "爱心募捐"),
        (Field::Services, "尊老服务"),
        (Field::JoinedParty, "2008.07"),
    ];
    let asked: Vec<Field> = faultless.iter().map(|(field, _)| *field).chain(changes.iter().map(|(field, ..)| *field)).collect();
    let kept = faultless
        .iter()
        .filter(|(field, _)| changes.iter().all(|(changed, ..)| changed != field))
        .map(|(field, text)| RawAnswer::typed(*field, text));
    let changed = changes.iter().map(|(field, kind, text)| RawAnswer { target: Target::Field(*field), kind: *kind, text });
    let answers: Vec<RawAnswer<'_>> = kept.chain(changed).collect();
    let context = Context {
        members: None,
        scheme,
        today: Date::new(2026, 11, Some(23)).expect("a date"),
        asked: &asked,
        epoch: Epoch::Of1900,
        birth_months: months,
        joined_months: months,
        any_phone: None,
    };
    register(&answers, &context)
}

#[test]
fn nobody_without_fault_is_found_fault_with() {
    assert_eq!(judged(&[]).1, []);
}

#[test]
fn each_rule_finds_its_fault_and_no_other() {
    use Field::{
        Birth, Education, Email, Height, IdNumber, JoinedParty, Mobile, Name, PartyStatus, Phone, Postcode, Qq, Services, Sex, Subsidy,
    };
    use Kind::{Number, Text};
    type Case<'c> = (&'c [(Field, Kind, &'c str)], &'c [Code]);
    let cases: &[Case<'_>] = &[
        (&[(Name, Text, " ")], &[Code::NameMissing]),
        (&[(Name, Text, "郑试1")], &[Code::NameInvalid]),
        (&[(Name, Text, "郑试（大）")], &[Code::NameInvalid]),
        (&[(Name, Text, "待定")], &[Code::NameInvalid]),
        (&[(Name, Text, "阿依•古丽")], &[]),
        (&[(Sex, Text, "")], &[]),
        (&[(Sex, Text, "男性")], &[]),
        (&[(Sex, Text, "不详")], &[Code::SexInvalid]),
        (&[(Sex, Text, "女")], &[Code::SexIdMismatch]),
        (&[(Sex, Text, "/"), (IdNumber, Text, "")], &[Code::SexMissing]),
        (&[(Birth, Text, "")], &[]),
        (&[(Birth, Text, ""), (IdNumber, Text, "无")], &[Code::BirthMissing]),
        (&[(Birth, Text, "不记得")], &[Code::BirthInvalid]),
        (&[(Birth, Text, "1985年13月")], &[Code::BirthInvalid]),
        (&[(Birth, Text, "1985.07")], &[Code::BirthIdMismatch]),
        (&[(Birth, Text, "2010.11"), (IdNumber, Text, ""), (JoinedParty, Text, "积极分子")], &[]),
        (&[(Birth, Text, "2010.12"), (IdNumber, Text, ""), (JoinedParty, Text, "积极分子")], &[Code::BirthInvalid]),
        (&[(Birth, Text, "1906.11"), (IdNumber, Text, ""), (JoinedParty, Text, "积极分子")], &[]),
        (&[(Birth, Text, "1906.10"), (IdNumber, Text, ""), (JoinedParty, Text, "积极分子")], &[Code::BirthInvalid]),
        (&[(Birth, Text, "2027.05")], &[Code::BirthIdMismatch, Code::BirthInvalid]),
        (&[(Birth, Number, "1985.1"), (IdNumber, Text, "")], &[Code::DateAmbiguous]),
        (&[(Birth, Number, "1985.1")], &[Code::DateAmbiguous, Code::BirthIdMismatch]),
        (&[(IdNumber, Text, "32990119850612001")], &[Code::IdLength]),
        (&[(IdNumber, Text, "3299011985O6120013")], &[Code::IdCharacters]),
        (&[(IdNumber, Text, "329901195802290013"), (Birth, Text, "1958.02")], &[Code::IdDate]),
        (&[(IdNumber, Text, "329901198506120014")], &[Code::IdChecksum]),
        (&[(IdNumber, Number, "329901198506120000")], &[Code::IdDigitsLost]),
        (&[(IdNumber, Text, "3.29901E+17")], &[Code::IdDigitsLost]),
        (&[(IdNumber, Text, "329901850612001")], &[Code::IdLegacy]),
        (&[(Mobile, Text, "1380000000")], &[Code::MobileInvalid]),
        (&[(Mobile, Number, "13800000001")], &[]),
        (&[(Mobile, Text, "+86 138-0000-0001")], &[]),
        (&[(Mobile, Text, "")], &[Code::MobileMissing]),
        (&[(Phone, Text, "八六三一")], &[Code::PhoneInvalid]),
        (&[(Email, Text, "zheng.example.com")], &[Code::EmailInvalid]),
        (&[(Postcode, Text, "21316")], &[Code::PostcodeInvalid]),
        (&[(Qq, Text, "微信同号")], &[Code::QqInvalid]),
        (&[(Height, Text, "很高")], &[Code::HeightInvalid]),
        (&[(Height, Text, "1米75")], &[]),
        (&[(Education, Text, "摄影")], &[Code::EducationUnknown]),
        (&[(Subsidy, Text, "")], &[Code::SubsidyMissing]),
        (&[(Subsidy, Text, "手机充值、爱心募捐")], &[Code::SubsidyNotSingle]),
        (&[(Subsidy, Text, "现金")], &[Code::OptionUnknown]),
        (&[(Services, Text, "无")], &[Code::ServiceMissing]),
        (&[(Services, Text, "尊老服务、扫街")], &[Code::OptionUnknown]),
        (&[(Services, Text, "尊老服务┋其他〖陪聊〗")], &[]),
        (&[(Services, Text, "其他〖陪聊〗")], &[Code::OptionUnknown]),
        (&[(Services, Text, "服从安排")], &[]),
        (&[(Services, Text, "一、三")], &[]),
        (&[(Services, Text, "一、九")], &[Code::OptionUnknown]),
        (&[(JoinedParty, Text, "")], &[Code::JoinedMissing]),
        (&[(JoinedParty, Text, "入党积极分子")], &[]),
        (&[(JoinedParty, Text, "预备党员")], &[Code::JoinedMissing]),
        (&[(PartyStatus, Text, "中共党员"), (JoinedParty, Text, "入党积极分子")], &[Code::JoinedMissing]),
        (&[(JoinedParty, Text, "去年")], &[Code::JoinedInvalid]),
        (&[(JoinedParty, Text, "1921.06"), (Birth, Text, "1907.01"), (IdNumber, Text, "")], &[Code::JoinedInvalid]),
        (&[(JoinedParty, Text, "2026.11")], &[]),
        (&[(JoinedParty, Text, "2026.12")], &[Code::JoinedInFuture]),
        (&[(JoinedParty, Text, "2003.06")], &[]),
        (&[(JoinedParty, Text, "2003.05")], &[Code::JoinedUnderage]),
        (&[(PartyStatus, Text, "群众")], &[Code::NotEligible]),
        (&[(PartyStatus, Text, "发展对象"), (JoinedParty, Text, "")], &[]),
        (&[(Phone, Text, "0519-8631\u{1}0000")], &[Code::CharacterDropped]),
    ];
    for (changes, expected) in cases {
        assert_eq!(judged(changes).1, *expected, "{changes:?}");
    }
}

#[test]
fn what_a_failed_formula_left_is_no_answer_in_free_text() {
    let scheme = Scheme::built_in();
    for (field, code) in [
        (Field::Employer, Code::CharacterDropped),
        (Field::Position, Code::CharacterDropped),
        (Field::Address, Code::CharacterDropped),
        (Field::Specialty, Code::CharacterDropped),
        (Field::Education, Code::EducationUnknown),
        (Field::Height, Code::HeightInvalid),
        (Field::Phone, Code::PhoneInvalid),
        (Field::Email, Code::EmailInvalid),
    ] {
        for (kind, text) in
            [(Kind::Error, "#REF!"), (Kind::Uncomputed, "=VLOOKUP(A2,名单!A:C,3,0)"), (Kind::Untyped, "#NAME?"), (Kind::Text, "#VALUE!")]
        {
            let (person, codes) = judged(&[(field, kind, text)]);
            assert_eq!(codes, [code], "{field:?} {text}");
            assert_eq!(crate::compose::text(&person, field, &scheme), "", "{field:?} {text}");
        }
    }
    // typed as text it is the person's own words
    let (person, codes) = judged(&[(Field::Employer, Kind::Text, "=长塘村")]);
    assert_eq!((codes.as_slice(), person.employer.as_str()), ([].as_slice(), "=长塘村"));
}

#[test]
fn what_a_failed_formula_left_in_a_judged_answer_is_called_so_and_nothing_is_read_out_of_it() {
    for (field, code) in [
        (Field::Name, Code::NameInvalid),
        (Field::Mobile, Code::MobileInvalid),
        (Field::IdNumber, Code::IdLength),
        (Field::Sex, Code::SexInvalid),
    ] {
        for (kind, text, advice) in [
            (Kind::Error, "#REF!", "直接填上"),
            (Kind::Uncomputed, "=VLOOKUP(A2,名单!A:C,3,0)", "算出结果后另存"),
            (Kind::Uncomputed, "=A2&\"13800000001\"", "算出结果后另存"),
            (Kind::Untyped, "#N/A", "直接填上"),
        ] {
            let (person, findings) = found(&Scheme::built_in(), &[(field, kind, text)], MonthEvidence::None);
            assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [code], "{field:?} {text}");
            assert!(findings[0].message.contains("公式"), "{}", findings[0].message);
            let hint = findings[0].hint.as_deref().unwrap_or_default();
            assert!(hint.contains(advice) && hint.contains("粘贴为「数值」"), "{hint}");
            assert_ne!(person.mobile.known().is_some(), field == Field::Mobile, "{text}");
        }
    }
}

#[test]
fn an_answer_of_a_character_too_many_is_too_long() {
    let longest = "字".repeat(32_767);
    assert_eq!(judged(&[(Field::Experience, Kind::Text, &longest)]).1, []);
    let longer = longest + "字";
    let (person, codes) = judged(&[(Field::Experience, Kind::Text, &longer)]);
    assert_eq!(codes, [Code::AnswerTooLong]);
    assert_eq!(person.experience.chars().count(), 32_768, "never cut");
}

#[test]
fn an_october_that_lost_its_zero_is_settled_by_the_number_then_by_the_column() {
    let scheme = Scheme::built_in();
    // 1985-10-12, 1985-01-12: computed with the weights of GB 11643-1999
    for (number, expected) in [("329901198510120016", "1985.10"), ("329901198501120014", "1985.01")] {
        let (person, codes) = judged(&[(Field::Birth, Kind::Number, "1985.1"), (Field::IdNumber, Kind::Text, number)]);
        assert_eq!(codes, [Code::DateAmbiguous], "{number}");
        assert_eq!(crate::compose::text(&person, Field::Birth, &scheme), expected);
    }
    let blank = (Field::IdNumber, Kind::Text, "");
    for (evidence, expected) in [(MonthEvidence::October, "1985.10"), (MonthEvidence::January, "1985.01"), (MonthEvidence::None, "1985.1")]
    {
        let (person, codes) = judged_by(&scheme, &[(Field::Birth, Kind::Untyped, "1985.1"), blank], evidence);
        assert_eq!(codes, [Code::DateAmbiguous]);
        assert_eq!(crate::compose::text(&person, Field::Birth, &scheme), expected);
    }
    // the zero that the number format shows is no proof that somebody typed it: the ID number comes first
    for (number, expected) in [("", "1985.10"), ("329901198510120016", "1985.10"), ("329901198501120014", "1985.01")] {
        let (person, codes) = judged(&[(Field::Birth, Kind::Number, "1985.10"), (Field::IdNumber, Kind::Text, number)]);
        assert_eq!(codes, [Code::DateAmbiguous], "{number}");
        assert_eq!(crate::compose::text(&person, Field::Birth, &scheme), expected);
    }
    let (person, codes) = judged(&[(Field::Birth, Kind::Text, "1985.10"), blank]);
    assert_eq!((codes.as_slice(), crate::compose::text(&person, Field::Birth, &scheme).as_ref()), ([].as_slice(), "1985.10"));
    // typed as text it is January, and nothing is ambiguous
    let (person, codes) = judged(&[(Field::Birth, Kind::Text, "1985.1"), blank]);
    assert_eq!((codes.as_slice(), crate::compose::text(&person, Field::Birth, &scheme).as_ref()), ([].as_slice(), "1985.01"));
}

#[test]
fn a_tick_in_the_column_of_something_else_is_no_word_to_print() {
    let scheme = Scheme::built_in();
    let context = Context {
        members: None,
        scheme: &scheme,
        today: Date::new(2026, 11, Some(25)).expect("a day"),
        asked: &[],
        epoch: Epoch::Of1900,
        birth_months: MonthEvidence::None,
        joined_months: MonthEvidence::None,
        any_phone: None,
    };
    for (text, expected) in [("1", "√"), ("是", "√"), ("√", "√"), ("0", ""), ("周三晚上", "周三晚上")] {
        let target = Target::Option(Field::Availability, crate::recognize::OTHER);
        let (person, _) = register(&[RawAnswer { target, kind: Kind::Text, text }], &context);
        assert_eq!(person.availability.other, expected, "{text}");
    }
}

#[test]
fn a_date_in_several_cells_is_put_together() {
    let scheme = Scheme::built_in();
    let context = Context {
        members: None,
        scheme: &scheme,
        today: Date::new(2026, 11, Some(25)).expect("a day"),
        asked: &[Field::Birth],
        epoch: Epoch::Of1900,
        birth_months: MonthEvidence::None,
        joined_months: MonthEvidence::None,
        any_phone: None,
    };
    for (cells, expected) in [
        (&["1985", "6"][..], "1985.06"),
        (&["1985年", "10月", "3日"], "1985.10"),
        (&["85", "１"], "1985.01"),
        (&["1985.06", "6"], "1985.06"),
        // the year alone is no date, nor is the month
        (&["1985", "/"], "1985"),
        (&["", "6"], "6"),
        (&["1985", "13"], "1985年13月"),
    ] {
        let answers: Vec<RawAnswer<'_>> =
            cells.iter().map(|text| RawAnswer { target: Target::Field(Field::Birth), kind: Kind::Number, text }).collect();
        let (person, findings) = register(&answers, &context);
        assert_eq!(crate::compose::text(&person, Field::Birth, &scheme), expected, "{cells:?}");
        let is_date = expected.as_bytes().get(4) == Some(&b'.');
        assert_eq!(findings.iter().all(|finding| finding.code != Code::BirthInvalid), is_date, "{cells:?}");
    }
}

#[test]
fn a_combined_answer_parts_at_its_last_blank() {
    let scheme = Scheme::built_in();
    let answers =
        [RawAnswer {
            target: Target::Combined([Field::Employer, Field::Position]), kind: Kind::Text, text: "西湖街道 长塘村 村委委员"
        }];
    let asked = [Field::Employer, Field::Position];
    let context = Context {
        members: None,
        scheme: &scheme,
        today: Date::new(2026, 11, Some(23)).expect("a date"),
        asked: &asked,
        epoch: Epoch::Of1900,
        birth_months: MonthEvidence::None,
        joined_months: MonthEvidence::None,
        any_phone: None,
    };
    let (person, _) = register(&answers, &context);
    assert_eq!((person.employer.as_str(), person.position.as_str()), ("西湖街道 长塘村", "村委委员"));
}

#[test]
fn a_dropped_field_has_no_rules() {
    let mut scheme = Scheme::built_in();
    scheme.fields.retain(|spec| !matches!(spec.field, Field::Subsidy | Field::Mobile | Field::Birth));
    let changes = [(Field::Subsidy, Kind::Text, "现金"), (Field::Mobile, Kind::Text, "12"), (Field::Birth, Kind::Text, "不详")];
    assert_eq!(judged_by(&scheme, &changes, MonthEvidence::None).1, []);
}

#[test]
fn what_was_typed_is_kept_where_it_differs() {
    let (person, _) = judged(&[(Field::Birth, Kind::Text, "1985年6月"), (Field::Mobile, Kind::Text, "138 0000 0001")]);
    assert_eq!(person.as_written(Field::Birth), Some("1985年6月"));
    assert_eq!(person.as_written(Field::Mobile), Some("138 0000 0001"));
    assert_eq!(person.as_written(Field::Sex), None);
}

#[test]
fn who_is_no_member_is_told_where_it_stands() {
    let scheme = Scheme::built_in();
    let context = Context {
        members: None,
        scheme: &scheme,
        today: Date::new(2026, 11, Some(23)).expect("a date"),
        asked: &[Field::JoinedParty, Field::PartyStatus],
        epoch: Epoch::Of1900,
        birth_months: MonthEvidence::None,
        joined_months: MonthEvidence::None,
        any_phone: None,
    };
    for (joined, status, field, words) in [
        ("共青团员", "", Field::JoinedParty, "共青团员"),
        ("群众", "群众", Field::PartyStatus, "群众"),
        ("", "团员", Field::PartyStatus, "团员"),
    ] {
        let answers = [RawAnswer::typed(Field::JoinedParty, joined), RawAnswer::typed(Field::PartyStatus, status)];
        let (_, findings) = register(&answers, &context);
        let found = findings.iter().find(|finding| finding.code == Code::NotEligible).expect("it is said");
        assert_eq!(found.field, Some(field), "{joined} {status}");
        assert!(found.message.contains(words), "{}", found.message);
    }
}

#[test]
fn a_landline_without_its_zero_is_the_same_as_number_and_as_text() {
    for kind in [Kind::Number, Kind::Text, Kind::Untyped] {
        let (person, codes) = judged(&[(Field::Phone, kind, "51986310000")]);
        assert_eq!((person.phone.as_str(), codes), ("0519-86310000", vec![]));
        assert_eq!(person.as_written(Field::Phone), Some("51986310000"));
    }
}

#[test]
fn five_digits_are_the_date_that_the_id_number_says() {
    for (text, id_number, expected) in [
        ("19856", "329901198506120013", Some("1985.06")),
        ("20063", "329901195412050014", Some("1954.12")),
        ("19857", "329901198506120013", None),
        ("19856", "", None),
        ("20182", "", Some("1955.04")),
        ("20905", "", Some("1957.03")),
        ("20182", "329901198506120013", None),
    ] {
        let (person, codes) = judged(&[(Field::Birth, Kind::Text, text), (Field::IdNumber, Kind::Text, id_number)]);
        let birth = crate::compose::text(&person, Field::Birth, &Scheme::built_in()).into_owned();
        match expected {
            Some(expected) => assert_eq!(birth, expected, "{text} {codes:?}"),
            None => assert!(codes.contains(&Code::BirthInvalid), "{text} {codes:?}"),
        }
    }
}
