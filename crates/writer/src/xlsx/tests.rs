//! What is written is read back by a reader that is not ours, and the print set-up is looked for in the XML.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use mingce_core::registration::{Answer, Registration};
use mingce_core::scheme::{Field, PageNumbers, Scheme};
use mingce_core::value::{Date, Sex};
use zip::ZipArchive;

use super::*;

fn zhang_san(scheme: &Scheme) -> Registration {
    let mut person = Registration::default();
    person.name = "张三".into();
    person.sex = Answer::Known(Sex::Male);
    person.birth = Answer::Known(Date::new(1985, 6, None).expect("a date"));
    person.mobile = Answer::Typed("13800000000".into());
    person.education = "大学本科".into();
    person.major = "=1+1".into();
    person.specialty = "@书法 & <绘画>\u{1}".into();
    person.employer = "长塘村".into();
    person.position = "书记".into();
    let options = scheme.options(Field::Services);
    person.services.chosen = vec![options[0].choice(), options[3].choice()];
    person.subsidy.chosen = vec![scheme.options(Field::Subsidy)[2].choice()];
    person.availability.other = "工作日晚上".into();
    person
}

fn part(package: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(package)).expect("a zip");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("text");
    text
}

fn rows(package: &[u8], sheet: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(package)).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("the sheet");
    assert_eq!(range.start(), Some((0, 0)));
    range.rows().map(<[Data]>::to_vec).collect()
}

fn texts(row: &[Data]) -> Vec<String> {
    row.iter().map(ToString::to_string).collect()
}

#[test]
fn a_roster_is_read_back_as_text_cells_below_its_headings() {
    let scheme = Scheme::built_in();
    let people = [zhang_san(&scheme), Registration::default()];
    let package = roster(people.iter(), &scheme, &XlsxOptions::default()).expect("a roster");
    let rows = rows(&package, "党员志愿者名册");
    assert_eq!(texts(&rows[0])[0], "附件2");
    assert_eq!(texts(&rows[1])[0], "党员志愿者名册");
    let headings =
        ["序号", "姓名", "性别", "出生年月", "入党时间", "文化程度", "专业特长", "工作单位及职务", "单位电话", "手机", "志愿服务项目"];
    assert_eq!(texts(&rows[2]), headings);
    assert_eq!(rows[3][0], Data::Float(1.0));
    assert!(rows[3][1..].iter().all(|cell| matches!(cell, Data::String(_) | Data::Empty)), "{:?}", rows[3]);
    let line = ["张三", "男", "1985.06", "", "大学本科", "=1+1、@书法 & <绘画>", "长塘村 书记", "", "13800000000", "尊老服务、助残服务"];
    assert_eq!(texts(&rows[3])[1..], line);
    assert_eq!(rows[4][0], Data::Float(2.0));
    assert_eq!(rows.len(), 5);
}

#[test]
fn a_roster_prints_across_with_its_headings_on_every_page() {
    let scheme = Scheme::built_in();
    let person = zhang_san(&scheme);
    let package = roster(std::iter::repeat_n(&person, 60), &scheme, &XlsxOptions::default()).expect("a roster");
    let sheet = part(&package, "xl/worksheets/sheet1.xml");
    for wanted in [
        "<dimension ref=\"A1:K63\"/>",
        "<pageSetUpPr fitToPage=\"1\"/>",
        "paperSize=\"9\"",
        "fitToWidth=\"1\"",
        "fitToHeight=\"0\"",
        "orientation=\"landscape\"",
        "— &amp;P —",
        "topLeftCell=\"A4\"",
        "state=\"frozen\"",
        "<ignoredError sqref=\"A4:K63\" numberStoredAsText=\"1\"/>",
        "<mergeCell ref=\"A2:K2\"/>",
    ] {
        assert!(sheet.contains(wanted), "{wanted}");
    }
    assert!(!sheet.contains("1048576"), "the row of styles is cut away");
    let book = part(&package, "xl/workbook.xml");
    assert!(book.contains("党员志愿者名册!$3:$3"), "{book}");
    assert!(book.contains("党员志愿者名册!$A$1:$K$63"), "{book}");
}

#[test]
fn page_numbers_of_a_bound_table_stand_at_its_left_edge() {
    let mut scheme = Scheme::built_in();
    scheme.roster.page_numbers = PageNumbers::Standard;
    let package = blank_roster(&scheme, 3, &XlsxOptions::default()).expect("a roster");
    let sheet = part(&package, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<headerFooter differentOddEven=\"1\"><oddFooter>&amp;L"), "{sheet}");
    assert_eq!(sheet.matches("</headerFooter>").count(), 1);
}

#[test]
fn an_empty_roster_has_numbered_lines_of_text_cells() {
    let scheme = Scheme::built_in();
    let rows = rows(&blank_roster(&scheme, 20, &XlsxOptions::default()).expect("a roster"), "党员志愿者名册");
    assert_eq!(rows.len(), 23);
    assert_eq!(rows[22][0], Data::Float(20.0));
    assert!(rows[22][1..].iter().all(|cell| *cell == Data::Empty));
}

#[test]
fn more_people_than_a_sheet_holds_are_an_error() {
    let scheme = Scheme::built_in();
    let refused = blank_roster(&scheme, 1_048_574, &XlsxOptions::default());
    assert!(matches!(refused, Err(crate::Error::TooMany { wanted: 1_048_574, most: 1_048_573, .. })), "{refused:?}");
}

#[test]
fn a_form_says_the_words_of_the_annex_with_the_chosen_options_ticked() {
    let scheme = Scheme::built_in();
    let people = [zhang_san(&scheme), Registration::default()];
    let (package, _) = forms(people.iter(), &scheme, &XlsxOptions::default()).expect("forms");
    let filled = rows(&package, "1-张三");
    let cells: Vec<String> = filled.iter().flatten().map(ToString::to_string).filter(|text| !text.is_empty()).collect();
    for wanted in [
        "附件1",
        "党员志愿者登记表",
        "姓   名",
        "张三",
        "1985.06",
        "13800000000",
        "请在你所希望的选项后用√选择标注：（仅能限选一项）\n手机充值□  自行领取□  爱心募捐☑",
        "尊老服务☑  爱幼志愿服务□  帮农民工服务□  助残服务☑",
        "双休日□  节假日□  随时可以□  其他时间 工作日晚上",
        "签名：                      年   月   日",
    ] {
        assert!(cells.iter().any(|cell| cell == wanted), "{wanted}: {cells:?}");
    }
    let blank = blank_form(&scheme, &XlsxOptions::default()).expect("a form");
    assert_eq!(rows(&package, "2"), rows(&blank, "党员志愿者登记表"));
}

#[test]
fn each_persons_sheet_is_a_page_and_only_the_first_is_selected() {
    let scheme = Scheme::built_in();
    let person = zhang_san(&scheme);
    let (package, _) = forms(std::iter::repeat_n(&person, 12), &scheme, &XlsxOptions::default()).expect("forms");
    let [first, last] = [1, 12].map(|number| part(&package, &format!("xl/worksheets/sheet{number}.xml")));
    assert!(first.contains("tabSelected") && !last.contains("tabSelected"));
    for sheet in [&first, &last] {
        assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>") && !sheet.contains("fitToHeight=\"0\""), "{sheet}");
        assert!(sheet.contains("<mergeCell ") && sheet.contains("orientation=\"portrait\""));
    }
    assert!(part(&package, "xl/workbook.xml").contains("name=\"12-张三\""));
}

#[test]
fn an_answer_that_no_size_can_hold_makes_its_row_higher_and_is_whole() {
    let scheme = Scheme::built_in();
    let heights = |package: &[u8]| -> Vec<f64> {
        let sheet = part(package, "xl/worksheets/sheet1.xml");
        sheet.split(" ht=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
    };
    let blank = heights(&blank_form(&scheme, &XlsxOptions::default()).expect("a form"));
    for length in [60, 3_000, 32_767] {
        let mut person = zhang_san(&scheme);
        person.experience = "长".repeat(length).into();
        let (package, _) = forms(std::iter::once(&person), &scheme, &XlsxOptions::default()).expect("forms");
        let taller = heights(&package);
        assert_eq!(taller.iter().sum::<f64>() > blank.iter().sum::<f64>(), length > 60, "{length}");
        assert!(taller.iter().all(|height| *height <= 409.5));
        assert!(part(&package, "xl/worksheets/sheet1.xml").contains(&"长".repeat(length)));
    }
}

#[test]
fn teams_are_a_line_per_person_and_a_line_per_team() {
    let scheme = Scheme::built_in();
    let mut people = vec![zhang_san(&scheme); 12];
    people[7].name = "李四".into();
    people[7].unit = "安家村".into();
    people[3].mobile = Answer::Typed("138****5678".into());
    let people: Vec<&Registration> = people.iter().collect();
    let split = mingce_core::teams::form(&people, &scheme);
    let package = teams(&people, &split, &scheme, &XlsxOptions::default()).expect("teams");
    let lines = rows(&package, "支队名单");
    assert_eq!(texts(&lines[0]), ["支队", "职责", "姓名", "性别", "单位", "手机", "志愿服务项目"]);
    assert_eq!(texts(&lines[1]), ["第一支队", "支队长", "张三", "男", "", "13800000000", "尊老服务、助残服务"]);
    assert_eq!(texts(&lines[2])[1], "队员");
    assert_eq!(lines.len(), 13);
    let listed = rows(&package, "支队汇总");
    assert_eq!(texts(&listed[0]), ["队伍", "人数", "队长", "单位", "说明"]);
    assert_eq!(texts(&listed[1])[..3], ["第一支队", "6", "张三"]);
    assert_eq!(texts(&listed[3])[..4], ["志愿服务大队", "12", "", "2 支支队"]);
    assert!(package == teams(&people, &split, &scheme, &XlsxOptions::default()).expect("teams"));
}

#[test]
fn the_same_people_give_the_same_bytes() {
    let scheme = Scheme::built_in();
    let person = zhang_san(&scheme);
    let options = XlsxOptions::default();
    let roster_of = |count| roster(std::iter::repeat_n(&person, count), &scheme, &options).expect("a roster");
    let forms_of = |count| forms(std::iter::repeat_n(&person, count), &scheme, &options).expect("forms").0;
    let (first_roster, first_forms) = (roster_of(30), forms_of(5));
    let _between = (roster_of(3), forms_of(9));
    assert!(first_roster == roster_of(30));
    assert!(first_forms == forms_of(5));
    let dated = roster(std::iter::once(&person), &scheme, &options.with_created(Date::new(2014, 4, Some(30)).expect("a date")));
    assert!(part(&dated.expect("a roster"), "docProps/core.xml").contains("2014-04-30T00:00:00Z"));
}
