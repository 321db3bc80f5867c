//! Rosters of other offices that are documents.

use mingce::{Field, Registration, Scheme};
use mingce_core::address::Column;
use mingce_core::compose;
use mingce_core::grid::Row;
use mingce_writer::roster::RosterTemplate;
use mingce_writer::xlsx::RosterWorkbook;

use crate::people::{NUMBERS, Person, with_answers};
use crate::{judged, read};

#[test]
fn the_lines_of_somebody_elses_roster_are_filled_and_more_are_added() {
    let scheme = Scheme::built_in();
    let template = RosterTemplate::from_docx(include_bytes!("../blanks/roster.docx"), &scheme).unwrap();
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
        with_answers(answers)
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
    let beside = include_bytes!("../blanks/roster-beside.docx");
    // the numbers 1 and 2 are printed to the left, 3 and 4 to the right
    assert_eq!(filled(beside, 3), [["张一|张三", "张二", ""]]);
    assert_eq!(filled(beside, 7), [["张一|张三", "张二|张四", "张五|张六", "张七", ""]]);
    let continued = include_bytes!("../blanks/roster-continued.docx");
    assert_eq!(filled(continued, 3), [["张一", "张二"], ["张三", ""]]);
    assert_eq!(filled(continued, 5), [vec!["张一", "张二"], vec!["张三", "张四", "张五"]]);
    let groups = include_bytes!("../blanks/roster-groups.docx");
    assert_eq!(filled(groups, 5), [["长塘村党支部", "张一", "张三", "张五", "河湾社区党支部", "张二", "张四"]]);
    let beside = include_bytes!("../blanks/roster-branches.docx");
    assert_eq!(filled(beside, 5), [["长塘村党支部|张一", "张三", "张五", "河湾社区支部|张二", "张四"]]);
    let activists = include_bytes!("../blanks/roster-activists.docx");
    assert_eq!(filled(activists, 3), [vec!["张一", "张三"], vec!["张二", ""]]);
    let bare = include_bytes!("../blanks/roster-bare.docx");
    assert_eq!(filled(bare, 1), [["张一"]]);
    assert_eq!(filled(bare, 3), [["张一", "张二", "张三"]]);
    let remark = include_bytes!("../blanks/roster-remark.docx");
    assert_eq!(filled(remark, 2), [["张一", "张二", ""]]);
    assert_eq!(filled(remark, 4), [["张一", "张二", "张三", "张四"]]);
}

#[test]
fn lines_with_boxes_controls_or_placeholders_are_filled() {
    let scheme = Scheme::built_in();
    let blanks: [(&str, &[u8]); 3] = [
        ("boxes", include_bytes!("../blanks/roster-boxes.docx")),
        ("controls", include_bytes!("../blanks/roster-controls.docx")),
        ("placeholders", include_bytes!("../blanks/roster-placeholders.docx")),
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
    let template = RosterTemplate::from_docx(include_bytes!("../blanks/roster-shared.docx"), &scheme).unwrap();
    let person = |name: &str, employer: &str| -> Person {
        let answers = [(Field::Name, name), (Field::Employer, employer), (Field::Services, "助残服务")];
        with_answers(answers)
    };
    let people = [person("张三", "长塘村"), person("李四", "长塘村"), person("王五", "河湾社区")];
    let written = judged(&people, &scheme).people;
    let (_, filled) = template.fill(&written.iter().collect::<Vec<_>>(), &scheme).unwrap();
    let left_out: Vec<_> = filled.into_iter().map(|filled| filled.left_out).collect();
    assert_eq!(left_out, [vec![], vec![], vec![(Field::Employer, "河湾社区".to_owned())]]);
}

/// The lines of the first sheet or table of a roster, cell by cell.
fn lines(name: &str, bytes: &[u8]) -> Vec<String> {
    let document = mingce_reader::read(name, bytes, &mingce_reader::Limits::default()).unwrap();
    let grid = document.grids.iter().find(|grid| grid.rows().any(|row| row.cells().any(|cell| cell.text == "姓名"))).unwrap();
    let last = |row: Row<'_>| row.cells().map(|cell| cell.column.number()).max().unwrap_or(0);
    let text = |row: Row<'_>, column: u16| row.cell(Column::new(column).unwrap()).map_or(String::new(), |cell| cell.text.to_owned());
    grid.rows().map(|row| (1..=last(row)).map(|column| text(row, column)).collect::<Vec<_>>().join("|")).collect()
}

/// People of two branches, the first with so many more than two, and a man whose education no column of the blank offers.
fn of_branches(more: usize) -> Vec<Person> {
    let person = |place: usize| {
        let name = format!("张{}", ["一", "二", "三", "四", "五"][place]);
        let (sex, education) = [("男", "硕士研究生"), ("女", "初中"), ("男", "大专"), ("女", "不详"), ("男", "大学本科")][place];
        let branch = if place < 2 + more { "第一党支部" } else { "第二党支部" };
        let status = ["中共党员", "预备党员", "党员", "中共党员", ""][place];
        let answers = [(Field::Name, name.as_str()), (Field::Sex, sex), (Field::Education, education), (Field::Branch, branch)];
        with_answers(answers).into_iter().chain(with_answers([(Field::PartyStatus, status), (Field::Services, "助残服务")])).collect()
    };
    (0..4).map(person).collect()
}

#[test]
fn an_answer_with_a_column_of_its_own_is_ticked_there() {
    let scheme = Scheme::built_in();
    let written = judged(&of_branches(0), &scheme).people;
    let written: Vec<&Registration> = written.iter().collect();
    let template = RosterTemplate::from_docx(include_bytes!("../blanks/roster-answers.docx"), &scheme).unwrap();
    assert!(template.unclaimed().is_empty(), "{:?}", template.unclaimed());
    let (bytes, filled) = template.fill(&written, &scheme).unwrap();
    let told: Vec<_> = filled.iter().flat_map(|filled| filled.left_out.clone()).collect();
    assert_eq!(told, [(Field::Education, "不详".to_owned())]);
    let expected = ["1|张一|√||√|||助残服务", "2|张二||√|||√|助残服务", "第二党支部", "3|张三|√|||√||助残服务", "4|张四||√||||助残服务"];
    assert_eq!(lines("名册.docx", &bytes)[3..8], expected);
    let back = read("名册.docx", bytes, &scheme);
    let sexes: Vec<String> = back.people.iter().map(|person| compose::text(person, Field::Sex, &scheme).into_owned()).collect();
    assert_eq!(sexes, ["男", "女", "男", "女"]);

    let workbook = RosterWorkbook::from_xlsx(include_bytes!("../blanks/roster-answers.xlsx"), &scheme).unwrap();
    assert!(workbook.unclaimed().is_empty(), "{:?}", workbook.unclaimed());
    let (bytes, _) = workbook.fill(&written, &scheme).unwrap();
    let expected = ["1|张一|√||√|||助残服务", "2|张二||√||√||助残服务", "3|张三|√||√|||助残服务", "4|张四||√|√|||助残服务"];
    assert_eq!(lines("名册.xlsx", &bytes)[3..7], expected);
}

#[test]
fn numbers_printed_in_lines_that_stay_empty_follow_those_above() {
    let scheme = Scheme::built_in();
    let written = judged(&of_branches(1), &scheme).people;
    let written: Vec<&Registration> = written.iter().collect();
    let template = RosterTemplate::from_docx(include_bytes!("../blanks/roster-answers.docx"), &scheme).unwrap();
    let numbers = |people: &[&Registration]| -> Vec<String> {
        let (bytes, _) = template.fill(people, &scheme).unwrap();
        lines("名册.docx", &bytes)[2..].iter().map(|line| line.split('|').next().unwrap_or("").to_owned()).collect()
    };
    assert_eq!(numbers(&written), ["第一党支部", "1", "2", "3", "第二党支部", "4", "5", "6"]);
    assert_eq!(numbers(&written[..3]), ["第一党支部", "1", "2", "3", "第二党支部", "4", "5", "6"]);
    assert_eq!(numbers(&written[..1]), ["第一党支部", "1", "2", "第二党支部", "3", "4", "5"]);
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
