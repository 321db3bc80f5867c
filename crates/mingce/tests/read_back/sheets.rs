//! Forms and rosters of other offices that are workbooks.

use mingce::{Field, Registration, Scheme};
use mingce_core::compose;
use mingce_core::grid::Row;
use mingce_writer::xlsx::{FormWorkbook, RosterWorkbook};
use proptest::prelude::*;

use crate::people::{NUMBERS, Person, person, with_answers};
use crate::{judged, read};

/// Forms of other offices, a layout each, from `blanks/make_workbooks.py` and `blanks/make_layouts.py`.
const SHEETS: [&[u8]; 9] = [
    include_bytes!("../blanks/form-boxes.xlsx"),
    include_bytes!("../blanks/form-cells.xlsx"),
    include_bytes!("../blanks/form-copy-below.xlsx"),
    include_bytes!("../blanks/form-copy-beside.xlsx"),
    include_bytes!("../blanks/form-slip.xlsx"),
    include_bytes!("../blanks/form-sections.xlsx"),
    include_bytes!("../blanks/form-options.xlsx"),
    include_bytes!("../blanks/form-photo-left.xlsx"),
    include_bytes!("../blanks/form-photo-copies.xlsx"),
];

/// Rosters of two lists beside each other, and whether people who go down them come back in their order.
const LISTS_SIDE_BY_SIDE: [(&[u8], bool); 3] = [
    (include_bytes!("../blanks/roster-beside-down.xlsx"), true),
    (include_bytes!("../blanks/roster-beside-across.xlsx"), false),
    (include_bytes!("../blanks/roster-beside-blank.xlsx"), true),
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
        for (place, bytes) in SHEETS.into_iter().enumerate() {
            let blank = FormWorkbook::from_xlsx(bytes, &scheme).unwrap();
            assert!(blank.unclaimed().iter().all(|label| !label.contains("其他")), "{:?}", blank.unclaimed());
            let (back, expected) = sheets_there_and_back(&blank, &written, &scheme);
            prop_assert_eq!(back, expected, "sheet {}", place);
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
        let blank = RosterWorkbook::from_xlsx(include_bytes!("../blanks/roster-numbered.xlsx"), &scheme).unwrap();
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
    let blank = FormWorkbook::from_xlsx(include_bytes!("../blanks/form-pairs.xlsx"), &scheme).unwrap();
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
    let person = with_answers(answers);
    let written = judged(&[person.clone(), person], &scheme).people;
    let blank = FormWorkbook::from_xlsx(include_bytes!("../blanks/form-lines.xlsx"), &scheme).unwrap();
    // where somebody signs, and the day of it, are left to the hand
    assert!(blank.unclaimed().is_empty());
    let (back, expected) = sheets_there_and_back(&blank, &written, &scheme);
    assert_eq!(back, expected);
}

#[test]
fn everybody_stands_in_the_list_of_a_workbook_that_is_theirs() {
    let scheme = Scheme::built_in();
    let person = |place: usize| -> Person {
        let name = format!("张{}", ["一", "二", "三", "四", "五", "六", "七"][place]);
        let branch = ["长塘村党支部", "河湾社区党支部", "机关支部"][place % 3];
        let status = if place == 1 { "入党积极分子" } else { "中共党员" };
        let answers = [(Field::Name, name.as_str()), (Field::Services, "助残服务"), (Field::Branch, branch), (Field::PartyStatus, status)];
        with_answers(answers)
    };
    let people: Vec<Person> = (0..7).map(person).collect();
    let written = judged(&people, &scheme).people;
    let written: Vec<&Registration> = written.iter().collect();
    let blank = RosterWorkbook::from_xlsx(include_bytes!("../blanks/roster-groups.xlsx"), &scheme).unwrap();
    assert_eq!(blank.shares(&written, &scheme).left_empty(), ["其他 退役军人"]);
    let (bytes, filled) = blank.fill(&written, &scheme).unwrap();
    assert_eq!(filled.len(), 7);
    let book = mingce_reader::read("名册.xlsx", &bytes, &mingce_reader::Limits::default()).unwrap();
    let lines = |sheet: usize| -> Vec<String> {
        let line = |row: Row<'_>| row.cells().map(|cell| cell.text.to_string()).take(2).collect::<Vec<_>>().join("|");
        book.grids[sheet].rows().skip(1).map(line).collect()
    };
    // 张三 and 张六 are of no branch that has a list; a third line and more are added to the first one
    let first = ["序号|姓名", "长塘村党支部", "1|张一", "2|张三", "3|张四", "4|张六", "5|张七", "河湾社区党支部", "1|张五", "2"];
    assert_eq!(lines(0)[..first.len()], first);
    assert_eq!(lines(1)[..2], ["序号|姓名", "1|张二"]);
    let back: Vec<String> = read("名册.xlsx", bytes, &scheme).people.iter().map(|person| person.name.to_string()).collect();
    assert_eq!(back.len(), 7);
}

#[test]
fn everybody_stands_beside_the_name_of_their_branch() {
    let scheme = Scheme::built_in();
    let person = |place: usize| -> Person {
        let name = format!("张{}", ["一", "二", "三", "四", "五", "六"][place]);
        let branch = ["第一党支部", "第二党支部", "第一党支部", "十一支部", "一支部", "第三党支部"][place];
        with_answers([(Field::Name, name.as_str()), (Field::Services, "助残服务"), (Field::Branch, branch)])
    };
    let people: Vec<Person> = (0..6).map(person).collect();
    let written = judged(&people, &scheme).people;
    let written: Vec<&Registration> = written.iter().collect();
    let blank = RosterWorkbook::from_xlsx(include_bytes!("../blanks/roster-branches.xlsx"), &scheme).unwrap();
    assert_eq!(blank.shares(&written, &scheme).strangers(), [("第三党支部".to_owned(), "长塘村第一党支部".to_owned())]);
    let (bytes, _) = blank.fill(&written, &scheme).unwrap();
    let book = mingce_reader::read("名册.xlsx", &bytes, &mingce_reader::Limits::default()).unwrap();
    let first = |row: Row<'_>| row.cells().filter(|cell| cell.column.number() <= 3).map(|cell| cell.text.to_string()).collect::<Vec<_>>();
    let line = |row: Row<'_>| first(row).join("|");
    let lines: Vec<String> = book.grids[0].rows().skip(2).map(line).collect();
    // a third and a fourth line are put into the first branch, and the numbers below follow
    let expected = ["长塘村第一党支部|1|张一", "2|张三", "3|张五", "4|张六", "二支部|5|张二", "6", "第十一党支部|7|张四", "8"];
    assert_eq!(lines[..8], expected);
    let merges: Vec<(u32, u32)> = book.grids[0].merges.iter().map(|merge| (merge.first.row, merge.last.row)).collect();
    assert!(merges.contains(&(3, 6)) && merges.contains(&(7, 8)) && merges.contains(&(9, 10)), "{merges:?}");
    let back = read("名册.xlsx", bytes, &scheme).people;
    let back: Vec<String> = back.iter().map(|person| format!("{} {}", person.name, person.branch)).collect();
    let branches = ["长塘村第一党支部"; 4].into_iter().chain(["二支部", "第十一党支部"]);
    let names = ["张一", "张三", "张五", "张六", "张二", "张四"];
    assert_eq!(back, names.iter().zip(branches).map(|(name, branch)| format!("{name} {branch}")).collect::<Vec<_>>());
}
