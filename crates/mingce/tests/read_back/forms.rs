//! Forms of other offices that are documents.

use mingce::{Field, Registration, Scheme};
use mingce_core::compose;
use mingce_writer::form::{FormTemplate, merged_docx};
use proptest::prelude::*;

use crate::people::{NUMBERS, Person, person, with_answers};
use crate::{judged, read};

#[test]
fn placeholders_are_filled_where_they_stand() {
    let scheme = Scheme::built_in();
    let template = FormTemplate::from_docx(include_bytes!("../blanks/placeholders.docx"), &scheme).unwrap();
    assert_eq!(template.unclaimed(), ["{{不认识}}"]);
    let labels: Vec<&str> = template.places().iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["{{姓名}}", "{{sex}}", "{{手机}}", "{{工作单位及职务}}", "{{服务意向}}"]);
}

/// Fields that stand alone at their label in a blank; two at one label part at a guess.
fn alone(template: &FormTemplate) -> Vec<Field> {
    template.places().iter().filter(|(_, fields)| fields.len() == 1).map(|(_, fields)| fields[0]).collect()
}

/// What a blank says of these people once it is filled and read, and what it should.
fn there_and_back(template: &FormTemplate, people: &[Registration], scheme: &Scheme) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let fields = alone(template);
    let said = |people: &[Registration]| -> Vec<Vec<String>> {
        let one =
            |person| fields.iter().map(|field| format!("{}={}", scheme.label(*field), compose::text(person, *field, scheme))).collect();
        people.iter().map(one).collect()
    };
    let (bytes, _) = merged_docx(people, template, scheme).unwrap();
    (said(&read("登记表.docx", bytes, scheme).people), said(people))
}

#[test]
fn a_form_of_lines_is_filled_between_its_labels() {
    let scheme = Scheme::built_in();
    let answers = [
        (Field::Name, "张三"),
        (Field::IdNumber, NUMBERS[0]),
        (Field::Mobile, "13800001111"),
        (Field::Employer, "长塘村"),
        (Field::Position, "会计"),
        (Field::Services, "尊老服务、助残服务"),
        (Field::Subsidy, "爱心募捐"),
    ];
    let person = with_answers(answers);
    // two forms that say the same would be copies of one
    let mut other = person.clone();
    other[0].1 = "李四".to_owned();
    other[1].1 = NUMBERS[1].to_owned();
    let written = judged(&[person, other], &scheme).people;
    let template = FormTemplate::from_docx(include_bytes!("../blanks/lines.docx"), &scheme).unwrap();
    assert_eq!(alone(&template).len(), 9);
    let (back, expected) = there_and_back(&template, &written, &scheme);
    assert_eq!(back, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_form_of_others_read_back_is_the_same_people(people in prop::collection::vec(person(), 1..3)) {
        let scheme = Scheme::built_in();
        let written = judged(&people, &scheme).people;
        let template = FormTemplate::from_docx(include_bytes!("../blanks/table.docx"), &scheme).unwrap();
        let (back, expected) = there_and_back(&template, &written, &scheme);
        prop_assert_eq!(back, expected);
    }
}

/// Blanks as other offices lay them out, from `blanks/make_more.py` and `blanks/make_wps.py`, with how many of their labels ask for one field.
const OTHERS: [(&str, &[u8], usize); 14] = [
    ("below", include_bytes!("../blanks/below.docx"), 12),
    ("cells", include_bytes!("../blanks/cells.docx"), 8),
    ("controls", include_bytes!("../blanks/controls.docx"), 9),
    ("fields", include_bytes!("../blanks/fields.docx"), 8),
    ("symbols", include_bytes!("../blanks/symbols.docx"), 8),
    ("nested", include_bytes!("../blanks/nested.docx"), 7),
    ("rooms", include_bytes!("../blanks/rooms.docx"), 7),
    ("copies", include_bytes!("../blanks/copies.docx"), 16),
    ("counterfoil", include_bytes!("../blanks/counterfoil.docx"), 12),
    ("grid", include_bytes!("../blanks/grid.docx"), 8),
    ("photo", include_bytes!("../blanks/photo.docx"), 9),
    ("below-lines", include_bytes!("../blanks/below-lines.docx"), 7),
    ("unlabelled", include_bytes!("../blanks/unlabelled.docx"), 8),
    ("numbered", include_bytes!("../blanks/numbered.docx"), 6),
];

/// Blanks in which label and answer share a line: an answer that reads like another label would part there.
const LINES: [(&str, &[u8], usize); 6] = [
    ("inside", include_bytes!("../blanks/inside.docx"), 11),
    ("spaced", include_bytes!("../blanks/spaced.docx"), 10),
    ("sentence", include_bytes!("../blanks/sentence.docx"), 9),
    ("leaders", include_bytes!("../blanks/leaders.docx"), 9),
    ("brackets", include_bytes!("../blanks/brackets.docx"), 10),
    ("brackets-cells", include_bytes!("../blanks/brackets-cells.docx"), 9),
];

/// The same people with answers in plain words.
fn plain(people: Vec<Person>) -> Vec<Person> {
    let is_plain = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c.is_ascii_alphanumeric() || "@.-、\n".contains(c);
    let keep = |(field, text): (Field, String)| match field {
        Field::Services | Field::Subsidy | Field::Availability => (field, text),
        Field::Experience => (field, text.replace("负责人", "组长")),
        _ => (field, text.chars().filter(|c| is_plain(*c)).collect::<String>().replace("负责人", "组长").replace("党员", "组员")),
    };
    people.into_iter().map(|person| person.into_iter().map(keep).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn blanks_of_other_offices_read_back_are_the_same_people(people in prop::collection::vec(person(), 1..3)) {
        let scheme = Scheme::built_in();
        for (blanks, people) in [(&OTHERS[..], people.clone()), (&LINES[..], plain(people))] {
            let written = judged(&people, &scheme).people;
            for (name, blank, labels) in blanks {
                let template = FormTemplate::from_docx(blank, &scheme).unwrap();
                prop_assert_eq!(alone(&template).len(), *labels, "{}", name);
                let (back, expected) = there_and_back(&template, &written, &scheme);
                prop_assert_eq!(back, expected, "{}", name);
            }
        }
    }
}

#[test]
fn what_a_blank_does_not_offer_is_written_under_something_else_or_told_of() {
    let scheme = Scheme::built_in();
    let answers = [
        (Field::Name, "张三"),
        (Field::IdNumber, NUMBERS[0]),
        (Field::Education, "中央党校大学"),
        (Field::Services, "尊老服务、爱幼志愿服务、帮农民工服务"),
        (Field::Subsidy, "自行领取"),
        (Field::Availability, "节假日、随时可以、其他时间：周三晚上"),
    ];
    let person = with_answers(answers);
    let mut undecided = person.clone();
    undecided[2].1 = "初中".to_owned();
    let written = judged(&[person, undecided], &scheme).people;
    let template = FormTemplate::from_docx(include_bytes!("../blanks/offered.docx"), &scheme).unwrap();
    let left_out = |person: &Registration| template.fill(person, &scheme, &mut Vec::new()).unwrap().left_out;
    let of_choices = vec![(Field::Subsidy, "自行领取".to_owned()), (Field::Availability, "随时可以".to_owned())];
    // 大学 is ticked at 本科
    assert_eq!(left_out(&written[0]), of_choices);
    assert_eq!(left_out(&written[1]), [vec![(Field::Education, "初中".to_owned())], of_choices].concat());
    let (bytes, _) = merged_docx(&written, &template, &scheme).unwrap();
    let back = read("登记表.docx", bytes, &scheme).people;
    let chosen = |person: &Registration| compose::text(person, Field::Services, &scheme).into_owned();
    assert!(back.iter().all(|person| chosen(person) == "尊老服务、爱幼志愿服务、帮农民工服务"), "{}", chosen(&back[0]));
    assert_eq!((back[0].education.as_str(), back[1].education.as_str()), ("本科", ""));
    assert!(back.iter().all(|person| person.availability.other == "周三晚上"));
}

#[test]
fn what_a_blank_asks_again_is_filled_again() {
    let scheme = Scheme::built_in();
    let template = FormTemplate::from_docx(include_bytes!("../blanks/slip.docx"), &scheme).unwrap();
    let labels: Vec<&str> = template.places().iter().map(|(label, _)| label.as_str()).collect();
    let slip = ["姓名", "手机", "姓名", "手机"];
    assert_eq!(labels, [&["姓名", "性别", "手机", "身份证号", "学历", "服务意向"][..], &slip].concat());
    let answers = [(Field::Name, "张三"), (Field::IdNumber, NUMBERS[0]), (Field::Mobile, "13800000001"), (Field::Services, "助残服务")];
    let person = with_answers(answers);
    let written = judged(&[person], &scheme).people;
    let (back, expected) = there_and_back(&template, &written, &scheme);
    assert_eq!(back, expected);
}

#[test]
fn a_letter_is_filled_between_its_words() {
    let scheme = Scheme::built_in();
    let template = FormTemplate::from_docx(include_bytes!("../blanks/letter.docx"), &scheme).unwrap();
    let labels: Vec<&str> = template.places().iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["本人", "性别", "出生", "住", "工作", "联系电话", "服务意向", "交通补贴"]);
    // the day beside the signature is left to the hand
    assert_eq!(template.unclaimed(), ["籍贯"]);
    let fields = [Field::Name, Field::Sex, Field::Birth, Field::Address, Field::Employer, Field::Mobile, Field::Services];
    for answers in [
        ["张三", "男", "1985.06", "长塘村12号", "长塘村村民委员会", "13800001111", "尊老服务、助残服务"],
        ["李四", "女", "1990.10", "", "", "13800001112", "助残服务"],
    ] {
        let person: Person = fields.into_iter().zip(answers.map(str::to_owned)).collect();
        let (back, expected) = there_and_back(&template, &judged(&[person], &scheme).people, &scheme);
        assert_eq!(back, expected);
    }
}

#[test]
fn two_answers_at_one_label_are_told_apart_again() {
    let scheme = Scheme::built_in();
    let template = FormTemplate::from_docx(include_bytes!("../blanks/pairs.docx"), &scheme).unwrap();
    let fields = [Field::Name, Field::Sex, Field::Mobile, Field::Qq, Field::Education, Field::Major, Field::Services];
    for answers in [
        ["张三", "男", "13800001111", "10001", "本科", "会计学", "助残服务"],
        ["李四", "女", "13800001112", "", "", "会计 审计", "尊老服务"],
        ["王五", "男", "", "10002", "高中/中专", "", "尊老服务、助残服务"],
        ["赵六", "女", "13800001113", "", "大学 本科", "", "助残服务"],
    ] {
        let person: Person = fields.into_iter().zip(answers.map(str::to_owned)).collect();
        let written = judged(&[person], &scheme).people;
        let (bytes, _) = merged_docx(&written, &template, &scheme).unwrap();
        let back = read("登记表.docx", bytes, &scheme).people;
        let said: Vec<_> = fields.iter().map(|field| compose::text(&back[0], *field, &scheme)).collect();
        assert_eq!(said, answers);
    }
}

#[test]
fn an_answer_that_ends_in_signs_comes_back_whole() {
    let scheme = Scheme::built_in();
    let person = |employer: &str| {
        let answers = [(Field::Name, "张三"), (Field::IdNumber, NUMBERS[0]), (Field::Services, "助残服务"), (Field::Subsidy, "自行领取")];
        [with_answers(answers), with_answers([(Field::Employer, employer)])].concat()
    };
    for employer in ["长塘村、、", "长塘村、", "长塘村-", "、长塘村、", "长塘村.", "长塘村、、、会计、", "好、-"]
    {
        let written = judged(&[person(employer)], &scheme).people;
        for (name, blank, _) in LINES {
            let (back, expected) = there_and_back(&FormTemplate::from_docx(blank, &scheme).unwrap(), &written, &scheme);
            assert_eq!(back, expected, "{name} {employer}");
        }
    }
}
