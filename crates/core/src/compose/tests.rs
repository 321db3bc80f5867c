//! Lines of annex 2 and answers of annex 1, written by hand.

use super::*;
use crate::value::{Choice, Date, Sex};

fn chosen(labels: &[&str], other: &str) -> Choices {
    Choices { chosen: labels.iter().map(|label| Choice::of_label(label)).collect(), other: other.into() }
}

/// An invented person with everything that annex 2 prints.
fn person() -> Registration {
    Registration {
        name: "阿不都·热合曼".into(),
        sex: Answer::Known(Sex::Male),
        birth: Answer::Known(Date::new(1985, 6, Some(12)).unwrap()),
        joined_party: Answer::Known(Date::new(2006, 11, None).unwrap()),
        education: "本科".into(),
        major: "会计".into(),
        specialty: "书法".into(),
        employer: "长塘村村委会".into(),
        position: "会计".into(),
        phone: "0519-00000000".into(),
        mobile: Answer::Typed("见备注".into()),
        services: chosen(&["尊老服务", "助残服务"], ""),
        ..Registration::default()
    }
}

#[test]
fn a_line_has_the_eleven_columns_of_annex_2() {
    let scheme = Scheme::built_in();
    let line = roster_line(&person(), 7, &scheme);
    let expected = [
        "7",
        "阿不都·热合曼",
        "男",
        "1985.06",
        "2006.11",
        "本科",
        "会计、书法",
        "长塘村村委会 会计",
        "0519-00000000",
        "见备注",
        "尊老服务、助残服务",
    ];
    assert_eq!(line, expected);
}

#[test]
fn an_empty_registration_has_a_number_and_nothing_else() {
    let line = roster_line(&Registration::default(), 1, &Scheme::built_in());
    assert_eq!(line.concat(), "1");
    assert_eq!(line.len(), 11);
}

#[test]
fn joined_parts_are_not_repeated_and_blank_ones_leave_no_mark() {
    let scheme = Scheme::built_in();
    let cases = [
        ("会计", "会计", "会计"),
        ("会计", "", "会计"),
        ("", "书法", "书法"),
        ("", "", ""),
        ("会计", "会计、书法", "会计、书法"),
        ("会计、审计", "书法、会计", "会计、审计、书法"),
    ];
    for (major, specialty, expected) in cases {
        let person = Registration { major: major.into(), specialty: specialty.into(), ..person() };
        assert_eq!(roster_line(&person, 1, &scheme)[6], expected);
    }
    let cases = [("长塘村", "", "长塘村"), ("", "村主任", "村主任"), ("退休", "退休", "退休"), ("市 一中", "教师", "市 一中 教师")];
    for (employer, position, expected) in cases {
        let person = Registration { employer: employer.into(), position: position.into(), ..person() };
        assert_eq!(roster_line(&person, 1, &scheme)[7], expected);
    }
}

#[test]
fn an_activist_has_the_word_where_members_have_the_date() {
    let scheme = Scheme::built_in();
    let cases = [
        (Answer::Known(PartyStatus::Activist), "入党积极分子", "入党积极分子"),
        (Answer::Known(PartyStatus::Candidate), "入党积极分子", "发展对象"),
        (Answer::Known(PartyStatus::ProbationaryMember), "2006.11", "预备党员"),
        (Answer::Known(PartyStatus::Member), "2006.11", "中共党员"),
        (Answer::Known(PartyStatus::Other), "2006.11", "其他"),
        (Answer::Typed("无党派".into()), "2006.11", "无党派"),
        (Answer::Blank, "2006.11", ""),
    ];
    for (party_status, joined, status) in cases {
        let person = Registration { party_status, ..person() };
        assert_eq!(text(&person, Field::JoinedParty, &scheme), joined);
        assert_eq!(text(&person, Field::PartyStatus, &scheme), status);
    }
}

#[test]
fn a_status_that_is_none_keeps_the_words_as_written() {
    let person = Registration {
        party_status: Answer::Known(PartyStatus::Other),
        written: vec![(Field::PartyStatus, "共青团员".into())],
        ..person()
    };
    assert_eq!(text(&person, Field::PartyStatus, &Scheme::built_in()), "共青团员");
}

#[test]
fn what_was_written_beside_the_options_follows_them() {
    let scheme = Scheme::built_in();
    let cases = [
        (chosen(&[], ""), ""),
        (chosen(&["双休日"], ""), "双休日"),
        (chosen(&["双休日", "节假日"], ""), "双休日、节假日"),
        (chosen(&["双休日"], "周三晚上"), "双休日、其他时间：周三晚上"),
        (chosen(&[], "其他时间"), "其他时间"),
        (chosen(&["双休日"], "其他"), "双休日、其他"),
    ];
    for (availability, expected) in cases {
        let person = Registration { availability, ..person() };
        assert_eq!(text(&person, Field::Availability, &scheme), expected);
    }
    let person = Registration { services: chosen(&["尊老服务"], "义诊"), ..person() };
    assert_eq!(text(&person, Field::Services, &scheme), "尊老服务、其他：义诊");
    assert_eq!(beside(&person, Field::Services, &scheme).as_deref(), Some("其他：义诊"));
    let person = Registration { availability: chosen(&["双休日"], "周三晚上"), ..person };
    assert_eq!(beside(&person, Field::Availability, &scheme).as_deref(), Some("其他时间：周三晚上"));
}

#[test]
fn boxes_are_ticked_by_the_place_of_the_option() {
    let scheme = Scheme::built_in();
    let person = person();
    let boxes: Vec<bool> = (0..5).map(|option| ticked(&person, Field::Services, option, &scheme)).collect();
    assert_eq!(boxes, [true, false, false, true, false]);
    assert!(!ticked(&person, Field::Name, 0, &scheme));
}

#[test]
fn own_fields_are_read_by_their_place() {
    let scheme = Scheme::built_in();
    let person = Registration { own: vec!["汉族".into()], ..person() };
    assert_eq!(text(&person, Field::Own(0), &scheme), "汉族");
    assert_eq!(text(&person, Field::Own(1), &scheme), "");
}
