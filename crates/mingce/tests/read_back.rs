//! What we write we can read: forms and rosters of any people, read again, give the same people.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use mingce::{Checked, CollectOptions, Collection, Date, Field, Input, RawAnswer, Registration, Scheme, collect};
use mingce_core::compose;
use mingce_core::grid::Row;
use mingce_writer::form::{FormTemplate, merged_docx};
use mingce_writer::roster::RosterTemplate;
use mingce_writer::xlsx::{self, FormWorkbook, RosterWorkbook, XlsxOptions};
use proptest::prelude::*;

fn today() -> Date {
    Date::new(2026, 11, Some(23)).unwrap()
}

/// The answers of one person: field and text.
type Person = Vec<(Field, String)>;

/// ID numbers of people who do not exist, with what they say of sex and birth.
const NUMBERS: [&str; 3] = ["329901198506120013", "329901198506120021", "32990119580612002X"];

/// A text of one line as people write it: no blanks at its ends, not a word for "no answer".
fn words(most: usize) -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "长塘村",
        "会计",
        "书法",
        "、",
        "（兼）",
        "(2)",
        "A",
        "&",
        "<b>",
        "：",
        ":",
        "，",
        "1",
        "23",
        "√",
        "□",
        "“好”",
        "；",
        "/",
        "-",
        "党员",
        "负责人",
    ]);
    prop::collection::vec(pieces, 0..most)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("says something", |text| text.is_empty() || text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)))
}

fn lines(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(words(most).prop_filter("no empty line", |line| !line.is_empty()), 0..4).prop_map(|lines| lines.join("\n"))
}

fn options(field: Field, fewest: usize, most: usize) -> impl Strategy<Value = String> {
    let labels: Vec<String> = Scheme::built_in().options(field).iter().map(|option| option.label.to_string()).collect();
    let most = most.min(labels.len());
    prop::sample::subsequence(labels, fewest..=most).prop_map(|labels| labels.join("、"))
}

fn person() -> impl Strategy<Value = Person> {
    let texts = (
        words(4),
        words(4),
        words(6),
        words(8),
        words(4),
        words(8),
        prop::sample::select(vec!["", "本科", "大专（函授）", "研究生/硕士"]),
        lines(30),
    );
    let choices = (
        options(Field::Subsidy, 1, 1),
        options(Field::Services, 1, 4),
        options(Field::Occupation, 0, 1),
        options(Field::Availability, 0, 3),
        prop::option::of("周[一二三四五]晚上|农闲时[、，]随叫随到|[1-9]月（上旬）"),
    );
    let name = "[赵钱孙李][一-龥]{1,3}|阿依·古丽";
    let joined = prop::sample::select(vec!["", "2008.07", "1978.12", "入党积极分子"]);
    let contacts =
        (prop::sample::select(vec!["", "13800000001", "19912345678"]), prop::sample::select(vec!["", "0519-86310000", "86310000"]));
    (name, prop::option::of(prop::sample::select(NUMBERS.to_vec())), texts, choices, joined, contacts).prop_map(
        |(name, number, texts, choices, joined, contacts)| {
            let availability = match choices.4 {
                Some(other) if choices.3.is_empty() => format!("其他时间：{other}"),
                Some(other) => format!("{}、其他时间：{other}", choices.3),
                None => choices.3,
            };
            let own = if number.is_none() { [(Field::Sex, "女"), (Field::Birth, "1990.10")].to_vec() } else { Vec::new() };
            own.into_iter()
                .map(|(field, text)| (field, text.to_owned()))
                .chain([
                    (Field::Name, name),
                    (Field::IdNumber, number.unwrap_or("").to_owned()),
                    (Field::Specialty, texts.0),
                    (Field::Major, texts.1),
                    (Field::Employer, texts.2),
                    (Field::Address, texts.3),
                    (Field::Position, texts.4),
                    (Field::District, texts.5),
                    (Field::Education, texts.6.to_owned()),
                    (Field::Experience, texts.7),
                    (Field::Subsidy, choices.0),
                    (Field::Services, choices.1),
                    (Field::Occupation, choices.2),
                    (Field::Availability, availability),
                    (Field::JoinedParty, joined.to_owned()),
                    (Field::Mobile, contacts.0.to_owned()),
                    (Field::Phone, contacts.1.to_owned()),
                ])
                .collect()
        },
    )
}

fn judged(people: &[Person], scheme: &Scheme) -> Checked {
    let mut collection = Collection::new(scheme, today());
    for person in people {
        let fields: Vec<Field> = person.iter().map(|(field, _)| *field).collect();
        let answers: Vec<RawAnswer<'_>> = person.iter().map(|(field, text)| RawAnswer::typed(*field, text)).collect();
        collection.add_person("自有数据", &fields, &answers);
    }
    collection.judge()
}

fn read(name: &str, bytes: Vec<u8>, scheme: &Scheme) -> Checked {
    collect([Input::from_bytes(name, bytes)], scheme, today(), &CollectOptions::default()).unwrap()
}

/// The words of annex 1, each with its label.
fn form_words(person: &Registration, scheme: &Scheme) -> Vec<String> {
    let fields = scheme.printed_fields().filter(|field| *field != Field::JoinedParty);
    fields.map(|field| format!("{}={}", scheme.label(field), compose::text(person, field, scheme))).collect()
}

fn all_form_words(people: &[Registration], scheme: &Scheme) -> Vec<Vec<String>> {
    people.iter().map(|person| form_words(person, scheme)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn forms_read_back_are_the_same_people(people in prop::collection::vec(person(), 1..4)) {
        let scheme = Scheme::built_in();
        let written = judged(&people, &scheme).people;
        let expected = all_form_words(&written, &scheme);
        let mut single = Vec::new();
        FormTemplate::built_in(&scheme).unwrap().fill(&written[0], &scheme, &mut single).unwrap();
        let merged = merged(&written, &scheme);
        let (sheets, _) = xlsx::forms(written.iter(), &scheme, &XlsxOptions::default()).unwrap();
        for (name, bytes, expected) in [("一.docx", single, &expected[..1]), ("全.docx", merged, &expected[..]), ("全.xlsx", sheets, &expected[..])] {
            let checked = read(name, bytes, &scheme);
            prop_assert_eq!(&all_form_words(&checked.people, &scheme)[..], expected, "{}", name);
            let ledger = checked.ledger();
            prop_assert_eq!((ledger.read, ledger.skipped), (expected.len(), 0));
        }
    }
}

/// The cells of annex 2, 序号 aside.
fn roster_cells(people: &[Registration], scheme: &Scheme) -> Vec<Vec<String>> {
    people.iter().map(|person| compose::roster_line(person, 0, scheme).split_off(1)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rosters_read_back_are_the_same_lines(people in prop::collection::vec(person(), 1..4)) {
        let scheme = Scheme::built_in();
        let written = judged(&people, &scheme).people;
        let expected = roster_cells(&written, &scheme);
        let document = mingce_writer::roster::docx(&written.iter().collect::<Vec<_>>(), &scheme).unwrap();
        let workbook = xlsx::roster(written.iter(), &scheme, &XlsxOptions::default()).unwrap();
        for (name, bytes) in [("名册.docx", document), ("名册.xlsx", workbook)] {
            let checked = read(name, bytes, &scheme);
            prop_assert_eq!(&roster_cells(&checked.people, &scheme), &expected, "{}", name);
            let ledger = checked.ledger();
            prop_assert_eq!((ledger.read, ledger.skipped), (expected.len(), 0));
            for (again, person) in checked.people.iter().zip(&written) {
                prop_assert_eq!(&again.party_status, &person.party_status);
                // without one of the two nothing parts them, and what is the same is printed once
                if !person.employer.is_empty() && !person.position.is_empty() && person.employer != person.position {
                    prop_assert_eq!(&again.position, &person.position);
                }
            }
        }
    }
}

fn merged(people: &[Registration], scheme: &Scheme) -> Vec<u8> {
    let template = FormTemplate::built_in(scheme).unwrap();
    merged_docx(people, &template, scheme).unwrap().0
}

#[test]
fn the_lines_of_somebody_elses_roster_are_filled_and_more_are_added() {
    let scheme = Scheme::built_in();
    let template = RosterTemplate::from_docx(include_bytes!("blanks/roster.docx"), &scheme).unwrap();
    assert_eq!(template.unclaimed(), ["民族"]);
    let person = |name: &str| {
        vec![(Field::Name, name.to_owned()), (Field::Services, "助残服务".to_owned()), (Field::Subsidy, "自行领取".to_owned())]
    };
    for count in [2, 7] {
        let people: Vec<Person> = (0..count).map(|_| person("张三")).collect();
        let written = judged(&people, &scheme).people;
        let (bytes, filled) = template.fill(&written.iter().collect::<Vec<_>>(), &scheme).unwrap();
        assert_eq!(filled.len(), count);
        let back = read("花名册.docx", bytes, &scheme);
        assert_eq!(back.people.len(), count);
        assert!(back.people.iter().all(|person| person.services.has("助残服务") && !person.services.has("尊老服务")));
    }
}

#[test]
fn placeholders_are_filled_where_they_stand() {
    let scheme = Scheme::built_in();
    let template = FormTemplate::from_docx(include_bytes!("blanks/placeholders.docx"), &scheme).unwrap();
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
    let person: Person = answers.map(|(field, text)| (field, text.to_owned())).to_vec();
    // two forms that say the same would be copies of one
    let mut other = person.clone();
    other[0].1 = "李四".to_owned();
    other[1].1 = NUMBERS[1].to_owned();
    let written = judged(&[person, other], &scheme).people;
    let template = FormTemplate::from_docx(include_bytes!("blanks/lines.docx"), &scheme).unwrap();
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
        let template = FormTemplate::from_docx(include_bytes!("blanks/table.docx"), &scheme).unwrap();
        let (back, expected) = there_and_back(&template, &written, &scheme);
        prop_assert_eq!(back, expected);
    }
}

/// Forms of other offices, a layout each, from `blanks/make_workbooks.py` and `blanks/make_layouts.py`.
const SHEETS: [&[u8]; 8] = [
    include_bytes!("blanks/form-boxes.xlsx"),
    include_bytes!("blanks/form-cells.xlsx"),
    include_bytes!("blanks/form-copy-below.xlsx"),
    include_bytes!("blanks/form-copy-beside.xlsx"),
    include_bytes!("blanks/form-slip.xlsx"),
    include_bytes!("blanks/form-sections.xlsx"),
    include_bytes!("blanks/form-options.xlsx"),
    include_bytes!("blanks/form-photo-left.xlsx"),
];

/// Rosters of two lists beside each other, and whether people who go down them come back in their order.
const LISTS_SIDE_BY_SIDE: [(&[u8], bool); 3] = [
    (include_bytes!("blanks/roster-beside-down.xlsx"), true),
    (include_bytes!("blanks/roster-beside-across.xlsx"), false),
    (include_bytes!("blanks/roster-beside-blank.xlsx"), true),
];

/// What a blank workbook says of these people once it is filled and read, and what it should.
fn sheets_there_and_back(blank: &FormWorkbook, people: &[Registration], scheme: &Scheme) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let is_parted = |(label, fields): &&(String, Vec<Field>)| fields.len() == 1 || label.contains(['/', '／']);
    let fields: Vec<Field> = blank.places().iter().filter(is_parted).flat_map(|(_, fields)| fields.clone()).collect();
    let said = |people: &[Registration]| -> Vec<Vec<String>> {
        let one =
            |person| fields.iter().map(|field| format!("{}={}", scheme.label(*field), compose::text(person, *field, scheme))).collect();
        people.iter().map(one).collect()
    };
    let (bytes, _) = blank.fill(people.iter(), scheme).unwrap();
    (said(&read("登记表.xlsx", bytes, scheme).people), said(people))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_sheet_of_others_read_back_is_the_same_people(people in prop::collection::vec(person(), 1..4)) {
        let scheme = Scheme::built_in();
        let written = judged(&people, &scheme).people;
        for bytes in SHEETS {
            let blank = FormWorkbook::from_xlsx(bytes, &scheme).unwrap();
            assert!(blank.unclaimed().iter().all(|label| !label.contains("其他")), "{:?}", blank.unclaimed());
            let (back, expected) = sheets_there_and_back(&blank, &written, &scheme);
            prop_assert_eq!(back, expected);
        }
    }

    #[test]
    fn lists_side_by_side_read_back_are_the_same_people(people in prop::collection::vec(person(), 1..12)) {
        let scheme = Scheme::built_in();
        let written = judged(&people, &scheme).people;
        for (bytes, is_in_order) in LISTS_SIDE_BY_SIDE {
            let blank = RosterWorkbook::from_xlsx(bytes, &scheme).unwrap();
            let (filled, _) = blank.fill(&written.iter().collect::<Vec<_>>(), &scheme).unwrap();
            let back = read("花名册.xlsx", filled, &scheme);
            let said = |people: &[Registration]| -> Vec<String> {
                let mut said: Vec<String> = people.iter().map(|person| {
                    let fields = [Field::Name, Field::Sex, Field::Birth, Field::IdNumber, Field::Mobile, Field::Services];
                    fields.map(|field| compose::text(person, field, &scheme).into_owned()).join("|")
                }).collect();
                if !is_in_order {
                    said.sort();
                }
                said
            };
            prop_assert_eq!(said(&back.people), said(&written));
        }
    }

    #[test]
    fn a_list_of_others_in_a_workbook_read_back_is_the_same_people(people in prop::collection::vec(person(), 1..9)) {
        let scheme = Scheme::built_in();
        let written = judged(&people, &scheme).people;
        let fields = [Field::Name, Field::Sex, Field::Birth, Field::IdNumber, Field::Mobile, Field::Services];
        let said = |people: &[Registration]| -> Vec<Vec<String>> {
            people.iter().map(|person| fields.iter().map(|field| compose::text(person, *field, &scheme).into_owned()).collect()).collect()
        };
        let blank = RosterWorkbook::from_xlsx(include_bytes!("blanks/roster-numbered.xlsx"), &scheme).unwrap();
        let (bytes, _) = blank.fill(&written.iter().collect::<Vec<_>>(), &scheme).unwrap();
        let back = read("花名册.xlsx", bytes, &scheme);
        prop_assert_eq!(said(&back.people), said(&written));
        // the total and the words at the foot are nobody
        let ledger = back.ledger();
        prop_assert_eq!((ledger.read - ledger.skipped, ledger.skipped), (written.len(), 2));
    }
}

#[test]
fn answers_to_labels_of_two_are_parted_again() {
    let scheme = Scheme::built_in();
    let blank = FormWorkbook::from_xlsx(include_bytes!("blanks/form-pairs.xlsx"), &scheme).unwrap();
    let person = |answers: &[(Field, &str)]| -> Person { answers.iter().map(|(field, text)| (*field, (*text).to_owned())).collect() };
    let people = [
        person(&[
            (Field::Name, "张三"),
            (Field::Sex, "男"),
            (Field::Birth, "1985.06"),
            (Field::Mobile, "13800001111"),
            (Field::Qq, "100001"),
            (Field::Education, "研究生/硕士"),
            (Field::Major, "会计"),
            (Field::Services, "助残服务"),
        ]),
        person(&[
            (Field::Name, "李四"),
            (Field::Sex, "女"),
            (Field::Birth, "1990.10"),
            (Field::Major, "农学"),
            (Field::Services, "助残服务"),
        ]),
    ];
    let written = judged(&people, &scheme).people;
    let (back, expected) = sheets_there_and_back(&blank, &written, &scheme);
    assert_eq!(back, expected);
    assert!(back[0].contains(&"专业=会计".to_owned()) && back[1].contains(&"专业=农学".to_owned()), "{back:?}");
}

#[test]
fn a_form_of_lines_in_a_workbook_is_filled_behind_its_labels() {
    let scheme = Scheme::built_in();
    let answers = [
        (Field::Name, "张三"),
        (Field::IdNumber, NUMBERS[0]),
        (Field::Mobile, "13800001111"),
        (Field::Employer, "长塘村"),
        (Field::Position, "会计"),
        (Field::Branch, "长塘村党支部"),
        (Field::JoinedParty, "2008.07"),
        (Field::Services, "尊老服务、助残服务"),
        (Field::Subsidy, "爱心募捐"),
    ];
    let person: Person = answers.map(|(field, text)| (field, text.to_owned())).to_vec();
    let written = judged(&[person.clone(), person], &scheme).people;
    let blank = FormWorkbook::from_xlsx(include_bytes!("blanks/form-lines.xlsx"), &scheme).unwrap();
    assert_eq!(blank.unclaimed(), ["年   月   日"]);
    let (back, expected) = sheets_there_and_back(&blank, &written, &scheme);
    assert_eq!(back, expected);
}

/// Blanks as other offices lay them out, from `blanks/make_more.py` and `blanks/make_wps.py`, with how many of their labels ask for one field.
const OTHERS: [(&str, &[u8], usize); 14] = [
    ("below", include_bytes!("blanks/below.docx"), 12),
    ("cells", include_bytes!("blanks/cells.docx"), 8),
    ("controls", include_bytes!("blanks/controls.docx"), 9),
    ("fields", include_bytes!("blanks/fields.docx"), 8),
    ("symbols", include_bytes!("blanks/symbols.docx"), 8),
    ("nested", include_bytes!("blanks/nested.docx"), 7),
    ("rooms", include_bytes!("blanks/rooms.docx"), 7),
    ("copies", include_bytes!("blanks/copies.docx"), 16),
    ("counterfoil", include_bytes!("blanks/counterfoil.docx"), 13),
    ("grid", include_bytes!("blanks/grid.docx"), 8),
    ("photo", include_bytes!("blanks/photo.docx"), 9),
    ("below-lines", include_bytes!("blanks/below-lines.docx"), 7),
    ("unlabelled", include_bytes!("blanks/unlabelled.docx"), 8),
    ("numbered", include_bytes!("blanks/numbered.docx"), 6),
];

/// Blanks in which label and answer share a line: an answer that reads like another label would part there.
const LINES: [(&str, &[u8], usize); 4] = [
    ("inside", include_bytes!("blanks/inside.docx"), 11),
    ("spaced", include_bytes!("blanks/spaced.docx"), 10),
    ("sentence", include_bytes!("blanks/sentence.docx"), 9),
    ("leaders", include_bytes!("blanks/leaders.docx"), 9),
];

/// The same people with answers in plain words.
fn plain(people: Vec<Person>) -> Vec<Person> {
    let is_plain = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c.is_ascii_alphanumeric() || "@.-、\n".contains(c);
    let keep = |(field, text): (Field, String)| match field {
        Field::Services | Field::Subsidy | Field::Availability => (field, text),
        Field::Experience => (field, text.replace("负责人", "组长")),
        _ => (field, text.chars().filter(|c| is_plain(*c)).collect::<String>().replace("负责人", "组长").replace("党员", "成员")),
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
    let person: Person = answers.map(|(field, text)| (field, text.to_owned())).to_vec();
    let mut undecided = person.clone();
    undecided[2].1 = "初中".to_owned();
    let written = judged(&[person, undecided], &scheme).people;
    let template = FormTemplate::from_docx(include_bytes!("blanks/offered.docx"), &scheme).unwrap();
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
    let template = FormTemplate::from_docx(include_bytes!("blanks/slip.docx"), &scheme).unwrap();
    let labels: Vec<&str> = template.places().iter().map(|(label, _)| label.as_str()).collect();
    let slip = ["姓名", "手机", "姓名", "手机"];
    assert_eq!(labels, [&["姓名", "性别", "手机", "身份证号", "学历", "服务意向"][..], &slip].concat());
    let answers = [(Field::Name, "张三"), (Field::IdNumber, NUMBERS[0]), (Field::Mobile, "13800000001"), (Field::Services, "助残服务")];
    let person: Person = answers.map(|(field, text)| (field, text.to_owned())).to_vec();
    let written = judged(&[person], &scheme).people;
    let (back, expected) = there_and_back(&template, &written, &scheme);
    assert_eq!(back, expected);
}

#[test]
fn two_answers_at_one_label_are_told_apart_again() {
    let scheme = Scheme::built_in();
    let template = FormTemplate::from_docx(include_bytes!("blanks/pairs.docx"), &scheme).unwrap();
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

/// The names in each table of a document, line by line.
fn names_in_tables(bytes: &[u8]) -> Vec<Vec<String>> {
    let document = mingce_reader::read("名册.docx", bytes, &mingce_reader::Limits::default()).unwrap();
    let tables = document.grids.iter().filter(|grid| grid.number.is_some());
    let names = |row: Row<'_>| {
        let texts = row.cells().map(|cell| cell.text).filter(|text| text.starts_with('张') || text.ends_with("支部"));
        texts.collect::<Vec<_>>().join("|")
    };
    tables.map(|grid| grid.rows().skip(1).map(names).collect()).collect()
}

#[test]
fn everybody_stands_in_the_list_that_is_theirs() {
    let scheme = Scheme::built_in();
    let person = |place: usize| -> Person {
        let name = format!("张{}", ["一", "二", "三", "四", "五", "六", "七"][place]);
        let branch = if place.is_multiple_of(2) { "长塘村党支部" } else { "河湾社区党支部" };
        let status = if place == 1 { "入党积极分子" } else { "中共党员" };
        let answers = [(Field::Name, name.as_str()), (Field::Services, "助残服务"), (Field::Branch, branch), (Field::PartyStatus, status)];
        answers.map(|(field, text)| (field, text.to_owned())).to_vec()
    };
    let filled = |blank: &[u8], count: usize| {
        let people: Vec<Person> = (0..count).map(person).collect();
        let written = judged(&people, &scheme).people;
        let template = RosterTemplate::from_docx(blank, &scheme).unwrap();
        let (bytes, _) = template.fill(&written.iter().collect::<Vec<_>>(), &scheme).unwrap();
        let tables = names_in_tables(&bytes);
        let back: Vec<String> = read("名册.docx", bytes, &scheme).people.iter().map(|person| person.name.to_string()).collect();
        assert_eq!(back.len(), count);
        tables
    };
    let beside = include_bytes!("blanks/roster-beside.docx");
    // the numbers 1 and 2 are printed to the left, 3 and 4 to the right
    assert_eq!(filled(beside, 3), [["张一|张三", "张二", ""]]);
    assert_eq!(filled(beside, 7), [["张一|张三", "张二|张四", "张五|张六", "张七", ""]]);
    let continued = include_bytes!("blanks/roster-continued.docx");
    assert_eq!(filled(continued, 3), [["张一", "张二"], ["张三", ""]]);
    assert_eq!(filled(continued, 5), [vec!["张一", "张二"], vec!["张三", "张四", "张五"]]);
    let groups = include_bytes!("blanks/roster-groups.docx");
    assert_eq!(filled(groups, 5), [["长塘村党支部", "张一", "张三", "张五", "河湾社区党支部", "张二", "张四"]]);
    let activists = include_bytes!("blanks/roster-activists.docx");
    assert_eq!(filled(activists, 3), [vec!["张一", "张三"], vec!["张二", ""]]);
}

#[test]
fn lines_with_boxes_controls_or_placeholders_are_filled() {
    let scheme = Scheme::built_in();
    let blanks: [(&str, &[u8]); 3] = [
        ("boxes", include_bytes!("blanks/roster-boxes.docx")),
        ("controls", include_bytes!("blanks/roster-controls.docx")),
        ("placeholders", include_bytes!("blanks/roster-placeholders.docx")),
    ];
    for (name, blank) in blanks {
        let template = RosterTemplate::from_docx(blank, &scheme).unwrap();
        for count in [1, 2, 5] {
            let person = |number: usize| -> Person {
                let name = format!("张{}", ["一", "二", "三"][number % 3]);
                let services = if number.is_multiple_of(2) { "助残服务" } else { "尊老服务、爱幼志愿服务" };
                let answers = [(Field::Name, name), (Field::Services, services.to_owned()), (Field::Sex, "女".to_owned())];
                answers.into_iter().chain([(Field::IdNumber, NUMBERS[1].to_owned())]).collect()
            };
            let people: Vec<Person> = (0..count).map(person).collect();
            let written = judged(&people, &scheme).people;
            let (bytes, _) = template.fill(&written.iter().collect::<Vec<_>>(), &scheme).unwrap();
            let back = read("花名册.docx", bytes, &scheme);
            let said = |people: &[Registration]| -> Vec<[String; 3]> {
                let text = |person: &Registration, field| compose::text(person, field, &scheme).into_owned();
                people.iter().map(|person| [Field::Name, Field::Sex, Field::Services].map(|field| text(person, field))).collect()
            };
            assert_eq!(said(&back.people), said(&written), "{name}: {count}");
        }
    }
}

#[test]
fn what_a_cell_shared_by_several_lines_cannot_take_is_told_of() {
    let scheme = Scheme::built_in();
    let template = RosterTemplate::from_docx(include_bytes!("blanks/roster-shared.docx"), &scheme).unwrap();
    let person = |name: &str, employer: &str| -> Person {
        let answers = [(Field::Name, name), (Field::Employer, employer), (Field::Services, "助残服务")];
        answers.map(|(field, text)| (field, text.to_owned())).to_vec()
    };
    let people = [person("张三", "长塘村"), person("李四", "长塘村"), person("王五", "河湾社区")];
    let written = judged(&people, &scheme).people;
    let (_, filled) = template.fill(&written.iter().collect::<Vec<_>>(), &scheme).unwrap();
    let left_out: Vec<_> = filled.into_iter().map(|filled| filled.left_out).collect();
    assert_eq!(left_out, [vec![], vec![], vec![(Field::Employer, "河湾社区".to_owned())]]);
}

#[test]
fn a_blank_of_a_roster_makes_no_forms_and_one_of_a_form_no_roster() {
    let blank = |name: &str| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/blanks").join(name);
    let scheme = Scheme::built_in();
    let output = std::path::Path::new("登记表.docx");
    for (name, is_roster) in [("roster.docx", true), ("table.docx", false), ("below.docx", false)] {
        assert!(mingce::check_template(&blank(name), output, &scheme, is_roster).is_ok(), "{name}");
        assert!(mingce::check_template(&blank(name), output, &scheme, !is_roster).is_err(), "{name}");
    }
}

#[test]
fn an_answer_that_ends_in_signs_comes_back_whole() {
    let scheme = Scheme::built_in();
    let person = |employer: &str| {
        let answers = [(Field::Name, "张三"), (Field::IdNumber, NUMBERS[0]), (Field::Services, "助残服务"), (Field::Subsidy, "自行领取")];
        answers
            .map(|(field, text)| (field, text.to_owned()))
            .into_iter()
            .chain([(Field::Employer, employer.to_owned())])
            .collect::<Person>()
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
