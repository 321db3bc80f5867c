//! Whole sheets, judged: who passes, who goes back, what is said and where.

use std::fmt::Write as _;

use super::{Checked, Collection, Fate, TableReport};
use crate::diagnostic::Code;
use crate::grid::{Grid, Note};
use crate::recognize::table_tests::drawn;
use crate::register::RawAnswer;
use crate::scheme::{Field, Scheme};
use crate::value::Date;

/// What these files say, each of one sheet.
pub(super) fn judged(files: &[(&str, &Grid)]) -> Checked {
    let scheme = Scheme::built_in();
    let mut collection = Collection::new(&scheme, Date::new(2026, 11, Some(23)).expect("a date"));
    for (file, grid) in files {
        collection.add_document(file, std::slice::from_ref(grid));
    }
    collection.judge()
}

/// The findings of these codes, a line each: `code file cell`.
fn findings(checked: &Checked, codes: &[Code]) -> String {
    let mut lines = String::new();
    for finding in checked.diagnostics.iter().filter(|finding| codes.contains(&finding.code)) {
        let at = &finding.at;
        let _ = writeln!(lines, "{} {} {}", finding.code, at.file.as_deref().unwrap_or("-"), at.cell.as_deref().unwrap_or("-"));
    }
    lines
}

const HEADING: &str = "姓名|身份证号码|性别|出生年月|手机|服务意向|所在党支部\n";

#[test]
fn every_line_is_accepted_returned_or_skipped() {
    let grid = drawn(
        &(HEADING.to_owned()
            + "郑试一|329901198506120013|男|1985.06|13800000001|尊老服务|一支部\n|||||助残服务|一支部\n\n合计|1人\n郑试二||女|1990.02|13800000002|助残服务|一支部"),
        &[],
    );
    let checked = judged(&[("甲.xlsx", &grid)]);
    let ledger = checked.ledger();
    assert_eq!((ledger.read, ledger.accepted, ledger.returned, ledger.skipped), (4, 2, 1, 1));
    assert_eq!(checked.tables[0].header_row, Some(1));
    assert_eq!(findings(&checked, &[Code::NameMissing]), "name-missing 甲.xlsx A3\n");
}

#[test]
fn notes_at_the_cells_of_people_are_told() {
    let mut grid = drawn(&(HEADING.to_owned() + "郑试一|329901198506120013|男|1985.06|13800000001|尊老服务|一支部"), &[]);
    for (at, text) in [("A1", "写真名"), ("C2", "请填写男或女"), ("E2", "郑试八：\n下月换号")] {
        grid.notes.push(Note { at: at.parse().expect("an address"), text: text.to_owned() });
    }
    let checked = judged(&[("甲.xlsx", &grid)]);
    let told: Vec<&str> = checked.diagnostics.iter().map(|finding| &*finding.message).filter(|message| message.contains("批注")).collect();
    assert_eq!(told, ["E2 的批注「郑试八： 下月换号」不属于任何一项，不写进名册和登记表"]);
}

#[test]
fn a_column_below_a_choice_that_is_none_of_its_options_is_told_so() {
    let rows = "姓名|性别|出生年月|手机|志愿服务意愿（打√）|志愿服务意愿（打√）\n姓名|性别|出生年月|手机|老人|尊老\n郑试一|男|1985.06|13800000001||√";
    let merges = ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"];
    let checked = judged(&[("甲.xlsx", &drawn(rows, &merges))]);
    let told = checked.diagnostics.iter().filter(|finding| finding.code == Code::UnmappedColumn);
    let hints: Vec<&str> = told.filter_map(|finding| finding.hint.as_deref()).collect();
    assert_eq!(
        hints,
        ["在「服务意向」下面，却不是选项；如果就是，请把表头改成「尊老服务」「爱幼志愿服务」「帮农民工服务」「助残服务」里的一项"]
    );
}

#[test]
fn pages_say_which_unit_fills_in_where_the_sheet_does_not() {
    let people = HEADING.replace("|所在党支部", "") + "郑试一|329901198506120013|男|1985.06|13800000001|尊老服务";
    let margins = vec![vec!["志愿者名册".to_owned(), "填报单位：长塘村".to_owned()], vec!["党员总数：42".to_owned()]];
    for (above, unit, members) in
        [("", "长塘村", Some(42)), ("填报单位：聚湖社区\n", "聚湖社区", None), ("填报单位：聚湖社区|党员总数：7\n", "聚湖社区", Some(7))]
    {
        let mut grid = drawn(&(above.to_owned() + &people), &[]);
        grid.margins.clone_from(&margins);
        let checked = judged(&[("甲.xlsx", &grid)]);
        let counted: Vec<_> = checked.units.iter().map(|counted| (&*counted.unit, counted.members)).collect();
        assert_eq!(counted, [(unit, members)], "{above}");
    }
}

#[test]
fn a_hidden_row_of_two_tables_side_by_side_is_told_once_a_sheet() {
    let people =
        "姓名|性别|手机||姓名|性别|手机\n郑试一|男|13800000001||郑试二|女|13800000002\n郑试三|男|13800000003||郑试四|女|13800000004";
    let shown = drawn(people, &[]);
    let mut builder = Grid::builder(shown.origin);
    for row in shown.rows() {
        builder.start_row(row.number(), row.number() == 3).expect("room");
        row.cells().for_each(|cell| builder.push(cell.column, cell.kind, cell.text).expect("room"));
    }
    let hidden = builder.finish();
    let checked = judged(&[("甲.xlsx", &hidden), ("乙.xlsx", &hidden)]);
    let told = checked.diagnostics.iter().filter(|finding| finding.code == Code::HiddenRow);
    let places: Vec<_> = told.map(|finding| (finding.at.file.as_deref().unwrap_or_default(), finding.at.row)).collect();
    assert_eq!((checked.people.len(), places), (8, vec![("甲.xlsx", Some(3)), ("乙.xlsx", Some(3))]));
}

#[test]
fn what_stands_in_skipped_lines_and_headings_is_kept_unless_it_is_published() {
    let notes = "小计|3人\n填表人：郑试九 13800000009\n";
    let grid =
        drawn(&(HEADING.replace("姓名", "真实\u{3000}姓名") + "郑试一|329901198506120013|男|1985.06|13800000001|尊老服务|\n" + notes), &[]);
    let checked = judged(&[("甲.xlsx", &grid)]);
    let table = &checked.tables[0];
    let texts = |table: &TableReport| table.skipped.iter().map(|line| line.text.to_string()).collect::<Vec<_>>();
    assert_eq!(texts(table), ["小计 | 3人", "填表人：郑试九 138****0009"]);
    assert_eq!(table.headings.values().next().map(|heading| &**heading), Some("真实\u{3000}姓名"));
    let published = &checked.masked(&Scheme::built_in()).tables[0];
    assert_eq!((texts(published), published.headings.len()), (vec![String::new(), String::new()], 0));
}

#[test]
fn a_sheet_beside_others_that_is_not_read_is_told() {
    let read = drawn(&(HEADING.to_owned() + "郑试一|329901198506120013|男|1985.06|13800000001|尊老服务|\n"), &[]);
    let mut unread = drawn("郑试二|329901199002020029|女|13800000002", &[]);
    unread.sheet = Some("另一张".into());
    let mut blank = drawn("", &[]);
    blank.sheet = Some("Sheet3".into());
    let scheme = Scheme::built_in();
    let mut collection = Collection::new(&scheme, Date::new(2026, 11, Some(23)).expect("a date"));
    collection.add_document("甲.xlsx", &[read, unread, blank]);
    let remarks: Vec<String> = collection.judge().remarks.into_iter().map(|remark| remark.text).collect();
    assert_eq!(
        remarks,
        [
            "工作表「另一张」里没有表头，也不是登记表，没有读取，第一行是「郑试二 | 3299**********0029 | 女 | 138****0002」；里面有要报的人的，请补上表头"
        ]
    );
}

#[test]
fn the_same_person_again_in_one_unit_goes_back_and_in_another_is_listed_once() {
    let person = "郑试一|329901198506120013|男|1985.06|13800000001|尊老服务|一支部\n";
    let elsewhere = person.replace("一支部", "二支部");
    let checked = judged(&[
        ("甲.xlsx", &drawn(&(HEADING.to_owned() + person + person), &[])),
        ("乙.xlsx", &drawn(&(HEADING.to_owned() + &elsewhere), &[])),
    ]);
    assert_eq!(checked.fates, [Fate::Accepted, Fate::Returned, Fate::Accepted]);
    assert_eq!(checked.listed().count(), 1);
    assert_eq!(
        findings(&checked, &[Code::DuplicatePerson, Code::RegisteredTwice, Code::SharedMobile]),
        "duplicate-person 甲.xlsx A3\nregistered-twice 乙.xlsx A2\n"
    );
    assert_eq!(checked.units.iter().map(|unit| (&*unit.unit, unit.volunteers)).collect::<Vec<_>>(), [("一支部", 1), ("二支部", 1)]);
}

#[test]
fn births_on_two_days_are_two_people_and_a_month_may_be_any_of_its_days() {
    use Fate::{Accepted, Returned};
    for (births, fates) in [
        (["1985.06.12", "1985年6月12日", "1985-06-12"], [Accepted, Returned, Returned]),
        (["1985.06.12", "1985.06.13", "1985.06.14"], [Accepted; 3]),
        (["1985.06.12", "1985.06", "1985.06.13"], [Accepted, Returned, Accepted]),
        // whoever gives the day is the one of the month
        (["1985.06", "1985.06.12", "1985.06.13"], [Accepted, Returned, Accepted]),
        (["1985.06.12", "1985.06.13", "1985.06.13"], [Accepted, Accepted, Returned]),
        (["1985.06", "1985.07", "1985.06"], [Accepted, Accepted, Returned]),
    ] {
        let rows: String = births.map(|birth| format!("郑试一||男|{birth}|13800000001|尊老服务|一支部\n")).concat();
        let checked = judged(&[("甲.xlsx", &drawn(&(HEADING.to_owned() + &rows), &[]))]);
        assert_eq!(checked.fates, fates, "{births:?}");
    }
}

#[test]
fn a_line_above_a_form_names_the_unit_unless_the_form_does() {
    let form = |name: &str, more: &str| format!("姓名|{name}|性别|男\n手机|13800000001|出生年月|1985.06\n服务意向|☑助残服务\n{more}");
    for (rows, units) in [
        ("志愿者登记表\n填报单位：长塘村|2014年4月\n".to_owned() + &form("郑试一", ""), &["长塘村"][..]),
        ("志愿者登记表\n单位（盖章）：长塘村党支部\n".to_owned() + &form("郑试一", ""), &["长塘村党支部"]),
        ("志愿者登记表\n填报单位|长塘村\n".to_owned() + &form("郑试一", "工作单位|甲厂"), &["甲厂"]),
        ("填报单位：\n".to_owned() + &form("郑试一", ""), &["表"]),
        ("填报单位：长塘村\n".to_owned() + &form("郑试一", "") + "\n填报单位：新庄村\n" + &form("郑试二", ""), &["长塘村", "新庄村"]),
        ("填报单位：长塘村\n".to_owned() + &form("郑试一", "") + "\n" + &form("郑试二", ""), &["长塘村", "长塘村"]),
        // below a form it says nothing of the next one's
        (form("郑试一", "") + "\n填报单位：长塘村\n" + &form("郑试二", ""), &["表", "表"]),
    ] {
        let checked = judged(&[("表.xlsx", &drawn(&rows, &[]))]);
        assert_eq!(checked.people.iter().map(|person| person.unit.as_str()).collect::<Vec<_>>(), units, "{rows}");
    }
}

#[test]
fn an_answer_that_is_left_empty_is_not_the_one_of_a_label_below() {
    let rows = "姓名|郑试一|性别|男\n身份证号码|329901198506120013||手机||\n民族|汉|籍贯|常州|政治面貌|中共党员\n服务意向|☑助残服务";
    let checked = judged(&[("卡.xlsx", &drawn(rows, &[]))]);
    assert_eq!(checked.fates, [Fate::Accepted], "{:?}", checked.diagnostics);
    assert!(checked.people[0].mobile.is_blank());
    assert_eq!(findings(&checked, &[Code::UnmappedColumn]), "unmapped-column 卡.xlsx A3\nunmapped-column 卡.xlsx C3\n");
}

#[test]
fn what_a_mail_merge_left_unfilled_is_no_answer() {
    let form = drawn("姓名|郑试一|性别|«性别»\n手机|«手机»|出生年月|1985.06\n服务意向|☑助残服务|民族|«民族»", &[]);
    let line = drawn(&(HEADING.to_owned() + "«姓名»||男|1985.06|«手机»|尊老服务|«支部»"), &[]);
    let checked = judged(&[("表.xlsx", &form), ("册.xlsx", &line)]);
    let told = findings(&checked, &[Code::NameMissing, Code::NameInvalid, Code::SexMissing, Code::SexInvalid, Code::UnmappedColumn]);
    assert_eq!(told, "sex-missing 表.xlsx D1\nname-missing 册.xlsx A2\n");
    assert!(checked.people.iter().all(|person| person.mobile.is_blank() && person.branch.is_empty()));
}

#[test]
fn one_number_under_two_names_returns_all_of_them() {
    let lines = "郑试一|329901198506120013|男|1985.06|13800000001|尊老服务|一支部\n郑试二|329901198506120013|男|1985.06|13800000002|尊老服务|一支部\n郑试一|329901198506120013|男|1985.06|13800000001|尊老服务|二支部\n";
    let checked = judged(&[("甲.xlsx", &drawn(&(HEADING.to_owned() + lines), &[]))]);
    assert_eq!(checked.fates, [Fate::Returned; 3]);
    assert_eq!(findings(&checked, &[Code::DuplicateId]), "duplicate-id 甲.xlsx B2\nduplicate-id 甲.xlsx B3\nduplicate-id 甲.xlsx B4\n");
}

#[test]
fn a_mobile_of_several_people_is_said_of_all_but_the_first() {
    let lines = "郑试一||男|1985.06|13800000001|尊老服务|一支部\n郑试二||女|1986.06|13800000001|尊老服务|一支部\n";
    let checked = judged(&[("甲.xlsx", &drawn(&(HEADING.to_owned() + lines), &[]))]);
    assert_eq!(findings(&checked, &[Code::SharedMobile]), "shared-mobile 甲.xlsx E3\n");
    let message = &checked.diagnostics.iter().find(|finding| finding.code == Code::SharedMobile).expect("found").message;
    assert!(!message.contains("13800000001"), "{message}");
}

#[test]
fn findings_come_by_input_then_row_then_column() {
    let first = drawn(&(HEADING.to_owned() + "郑试1||男|1985.06|13|尊老服务|一支部\n"), &[]);
    let nothing = drawn("会议通知|各支部", &[]);
    let checked = judged(&[("乙.xlsx", &nothing), ("甲.xlsx", &first), ("丙.xlsx", &nothing)]);
    assert_eq!(
        findings(&checked, &[Code::NoTable, Code::NameInvalid, Code::MobileInvalid]),
        "no-table 乙.xlsx -\nname-invalid 甲.xlsx A2\nmobile-invalid 甲.xlsx E2\nno-table 丙.xlsx -\n"
    );
}

#[test]
fn missing_and_unclaimed_columns_are_said_once_per_table() {
    let checked =
        judged(&[("甲.xlsx", &drawn("姓名|手机|服务意向|血型\n郑试一|13800000001|尊老服务|O\n郑试二|13800000002|尊老服务|A", &[]))]);
    let unmapped: Vec<_> = checked.diagnostics.iter().filter(|finding| finding.code == Code::UnmappedColumn).collect();
    assert_eq!(unmapped.len(), 1);
    assert!(unmapped[0].message.contains("血型") && unmapped[0].at.cell.as_deref() == Some("D1"));
    let missing: Vec<_> = checked
        .diagnostics
        .iter()
        .filter(|finding| finding.code == Code::MissingColumn)
        .filter_map(|finding| finding.at.field.as_deref())
        .collect();
    assert!(missing.contains(&"id_number") && missing.contains(&"joined_party") && missing.contains(&"subsidy"));
    assert!(!missing.contains(&"photo") && !missing.contains(&"signed_on") && !missing.contains(&"seq") && !missing.contains(&"name"));
}

#[test]
fn rows_of_the_callers_own_need_no_file() {
    let scheme = Scheme::built_in();
    let mut collection = Collection::new(&scheme, Date::new(2026, 11, Some(23)).expect("a date"));
    let fields = [Field::Name, Field::Services, Field::Sex, Field::Birth];
    for (name, services) in [("郑试一", "尊老服务"), ("郑试二", "")] {
        let answers = [(Field::Name, name), (Field::Services, services), (Field::Sex, "男"), (Field::Birth, "1985.06")];
        collection.add_person("报名系统", &fields, &answers.map(|(field, text)| RawAnswer::typed(field, text)));
    }
    let checked = collection.judge();
    assert_eq!(checked.fates, [Fate::Accepted, Fate::Returned]);
    assert_eq!(checked.tables.len(), 1);
    let missing = checked.diagnostics.iter().find(|finding| finding.code == Code::ServiceMissing).expect("found");
    assert_eq!((missing.at.file.as_deref(), missing.at.row), (Some("报名系统"), Some(2)));
}

#[test]
fn units_are_found_by_branch_title_employer_or_file_and_rated() {
    let scheme = Scheme::built_in();
    let toml = "[[unit]]\nname = \"长塘村\"\nmembers = 4\naliases = [\"长塘村党总支\"]\n[[unit]]\nname = \"聚湖社区\"\nmembers = 3\n[[unit]]\nname = \"祥云村\"\n";
    let units = crate::units::Units::from_toml(toml).expect("units");
    let people = "姓名|服务意向|性别|出生年月|所在党支部|工作单位\n郑试一|尊老服务|男|1985.06|长塘村党总支|聚湖社区\n郑试二|尊老服务|男|1985.06||聚湖社区\n郑试三|尊老服务|男|1985.06||某公司";
    let mut collection = Collection::new(&scheme, Date::new(2026, 11, Some(23)).expect("a date")).with_units(&units);
    collection.add_document("收集/长塘村报名.xlsx", &[drawn(people, &[])]);
    collection.add_document("别处.xlsx", &[drawn(&format!("党员名单\n{people}").replace("试", "测"), &[])]);
    let checked = collection.judge();
    let seen: Vec<_> = checked.units.iter().map(|unit| (&*unit.unit, unit.members, unit.volunteers, unit.met, unit.shortfall)).collect();
    assert_eq!(
        seen,
        [
            ("长塘村", Some(4), 3, Some(true), Some(0)),
            ("聚湖社区", Some(3), 2, Some(true), Some(0)),
            ("祥云村", None, 0, None, None),
            ("某公司", None, 1, None, None),
        ]
    );
    let about_units: Vec<_> =
        checked.diagnostics.iter().filter_map(|finding| finding.at.unit.as_deref().map(|unit| (finding.code.name(), unit))).collect();
    assert_eq!(about_units, [("unit-members-missing", "祥云村"), ("unit-unknown", "某公司"), ("unit-members-missing", "某公司")]);
}

#[test]
fn a_total_printed_above_the_table_rates_its_unit() {
    let sheet = "填报单位：长塘村\n党员总数：3\n姓名|服务意向|性别|出生年月\n郑试一|尊老服务|男|1985.06";
    let checked = judged(&[("甲.xlsx", &drawn(sheet, &[]))]);
    assert_eq!(
        checked.units.iter().map(|unit| (&*unit.unit, unit.members, unit.met)).collect::<Vec<_>>(),
        [("长塘村", Some(3), Some(false))]
    );
    let finding = checked.diagnostics.last().expect("found");
    assert_eq!((finding.code, finding.at.unit.as_deref()), (Code::ParticipationBelowHalf, Some("长塘村")));
    assert!(finding.message.contains("占 33.3%") && finding.message.contains("还差 1 人"), "{}", finding.message);
}

#[test]
fn a_column_of_nobody_is_told_with_what_its_answers_look_like() {
    let rows = "姓名|性别|出生年月|想做的事|证件|备注\n郑试一|男|1985.06|尊老、助残|329901198506120013|无\n郑试二|女|1985.06|爱幼|另报|1\n郑试三|男|1985.06|全部|另报|2\n";
    let hints = |rows: &str| -> Vec<String> {
        let checked = judged(&[("甲.xlsx", &drawn(rows, &[]))]);
        let unmapped = checked.diagnostics.iter().filter(|finding| finding.code == Code::UnmappedColumn);
        unmapped.map(|finding| finding.hint.as_deref().unwrap_or_default().to_owned()).collect()
    };
    let hinted = hints(rows);
    assert!(hinted[0].contains("像是「服务意向」"), "{hinted:?}");
    // one of three is not most
    assert!(!hinted[1].contains("像是") && !hinted[2].contains("像是"), "{hinted:?}");
    assert!(hints(&rows.replace("另报", "329901198506120013"))[1].contains("像是「身份证号码」"));
    // what the table has already is no likeness
    assert!(!hints(&rows.replace("备注", "服务意向"))[0].contains("像是"));
}

#[test]
fn answers_on_a_form_that_no_field_claims_are_kept_and_said() {
    let grid = drawn(
        "姓名|郑试一|民族|汉族|健康状况|良好\n性别：男 宗教：无宗 出生年月：1985.06 手机：13800000001|||血型：O|爱好|无\n服务意向|尊老服务☑ 助残服务□|手机|13900000002||",
        &[],
    );
    let checked = judged(&[("甲.xlsx", &grid)]);
    let carried: Vec<&str> = checked.people[0].carried.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(carried, ["汉族", "良好", "无宗", "O", "13900000002"]);
    assert_eq!(checked.fates, [Fate::Accepted]);
    assert_eq!(
        findings(&checked, &[Code::UnmappedColumn]),
        "unmapped-column 甲.xlsx C1\nunmapped-column 甲.xlsx E1\nunmapped-column 甲.xlsx A2\nunmapped-column 甲.xlsx D2\nunmapped-column 甲.xlsx C3\n"
    );
}

#[test]
fn rows_beside_one_merged_name_are_one_person() {
    let rows = "郑试一|329901198506120013|男|1985.06|13800000001|尊老服务|一支部\n|||||助残服务|一支部\n\n郑试二||女|1990.02|13800000002|助残服务|一支部\n郑试三||男|1985.06|13800000003|尊老服务|一支部\n|329901198506120021|女||13800000004|助残服务|一支部\n";
    let grid = drawn(&(HEADING.to_owned() + rows), &["A2:A3", "B2:B3", "A6:A7"]);
    let checked = judged(&[("甲.xlsx", &grid)]);
    let ledger = checked.ledger();
    // the ID number of row 7 is another person's, whose name is not known
    assert_eq!((ledger.read, ledger.accepted, ledger.returned), (4, 3, 1));
    assert_eq!(findings(&checked, &[Code::NameMissing, Code::DuplicatePerson]), "name-missing 甲.xlsx A7\n");
    assert_eq!(checked.people[0].services.chosen.iter().map(|option| option.label()).collect::<Vec<_>>(), ["尊老服务", "助残服务"]);
    assert!(checked.remarks.iter().any(|remark| remark.text.contains("第 2–3 行")), "{:?}", checked.remarks);
}

#[test]
fn what_the_rows_of_one_name_contradict_is_said() {
    let rows = "郑试一|329901198506120013|男|1985.06|13800000001|尊老服务|一支部\n|||1986.07|13800000001|尊老服务|\n";
    let checked = judged(&[("甲.xlsx", &drawn(&(HEADING.to_owned() + rows), &["A2:A3"]))]);
    assert_eq!(checked.fates, [Fate::Returned]);
    assert_eq!(findings(&checked, &[Code::BirthInvalid, Code::MobileInvalid]), "birth-invalid 甲.xlsx D2\n");
}

#[test]
fn as_above_is_said_and_never_a_name_or_number() {
    let rows = "郑试一|329901198506120013|男|1985.06|13800000001|尊老服务|一支部\n同上||男|1985.06|13800000002|同上|〃\n郑试三||男|1985.06|〃|〃|〃\n";
    let checked = judged(&[("甲.xlsx", &drawn(&(HEADING.to_owned() + rows), &[]))]);
    assert_eq!(findings(&checked, &[Code::NameInvalid, Code::MobileInvalid]), "name-invalid 甲.xlsx A3\nmobile-invalid 甲.xlsx E4\n");
    assert!(checked.diagnostics.iter().any(|finding| finding.message.contains("意思是同上")));
    assert_eq!(checked.people[1].branch, "一支部");
    assert!(checked.remarks.iter().any(|remark| remark.text.contains("第 3、4 行里的「同上」")), "{:?}", checked.remarks);
}

#[test]
fn the_day_of_joining_may_stand_behind_the_status() {
    let row = |name: &str, status: &str| format!("\n{name}|女|1981.08|13800001107|尊老服务|{status}");
    let heading = "姓名|性别|出生年月|手机|服务意向|政治面貌".to_owned();
    let rows =
        heading + &row("郑试一", "党员（2003年12月入党）") + &row("郑试二", "党员（2003年转入）") + &row("郑试三", "中共党员(1990.1入党)");
    let checked = judged(&[("表.xlsx", &drawn(&rows, &[]))]);
    let joined: Vec<Option<Date>> = checked.people.iter().map(|person| person.joined_party.known().copied()).collect();
    assert_eq!(joined, [Date::new(2003, 12, None), None, Date::new(1990, 1, None)]);
    assert_eq!(findings(&checked, &[Code::NotEligible, Code::JoinedUnderage]), "not-eligible 表.xlsx F3\njoined-underage 表.xlsx -\n");
}
