//! A returned workbook is read back by a reader that is not ours.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use mingce_core::address::{Address, Column};
use mingce_core::collection::{Ledger, TableReport};
use mingce_core::diagnostic::{Code, Location};
use mingce_core::grid::{Epoch, Grid, Kind, Merge, Origin};
use mingce_core::recognize::{Found, Recognizer};

use super::page::cells_of;
use super::*;

fn column(number: u16) -> Column {
    Column::new(number).expect("a column")
}

/// A sheet as collected: a merged title, a heading in row 3, three people, one number cell.
fn grid() -> Grid {
    let mut builder = Grid::builder(Origin::Sheet);
    let rows: [(u32, &[&str]); 5] = [
        (1, &["长塘村党员志愿者"]),
        (3, &["姓名", "身份证", "年龄", "服务意向", "备注"]),
        (4, &["张三", "329901198506120013", "29", "尊老服务", ""]),
        (5, &["李四4", "329901198506120011", "30", "唱歌", "=1+1"]),
        (6, &["王五", "329901", "1985.1", "", "晚到"]),
    ];
    for (row, texts) in rows {
        builder.start_row(row, false).expect("room");
        for (number, text) in (1u16..).zip(texts) {
            let kind = if number == 3 && row > 3 { Kind::Number } else { Kind::Text };
            builder.push(column(number), kind, text).expect("room");
        }
    }
    let at = |row, column| Address::new(row, column).expect("an address");
    builder.facts().merges = vec![
        Merge { first: at(1, 1), last: at(1, 5) },
        Merge { first: at(1, 2), last: at(1, 9) },
        Merge { first: at(1, 1), last: at(3, 16_384) },
    ];
    builder.facts().column_widths = vec![(column(2), 22.0), (column(5), f64::NAN)];
    builder.finish()
}

fn table(grid: &Grid) -> Table {
    let found = Recognizer::new(&Scheme::built_in()).recognize(grid);
    match found.into_iter().next() {
        Some(Found::Table(table)) => table,
        other => panic!("no table: {other:?}"),
    }
}

#[test]
fn a_number_that_counts_from_1904_goes_back_as_the_day_it_is() {
    let mut builder = Grid::builder(Origin::Sheet);
    builder.facts().epoch = Epoch::Of1904;
    for (row, texts) in [(1, ["姓名", "出生年月", "身高"]), (2, ["张三", "29737", "29737"]), (3, ["李四", "1985.1", "170"])] {
        builder.start_row(row, false).expect("room");
        for (number, text) in (1u16..).zip(texts) {
            let kind = if number > 1 && row > 1 { Kind::Number } else { Kind::Text };
            builder.push(column(number), kind, text).expect("room");
        }
    }
    let grid = builder.finish();
    let texts = |row| cells_of(&grid, &table(&grid), row, false).into_iter().map(|(_, _, text)| text.into_owned()).collect::<Vec<_>>();
    assert_eq!(
        (texts(2), texts(3)),
        (vec!["张三".into(), "1985-06-01".into(), "29737".into()], vec!["李四".into(), "1985.1".into(), "170".into()])
    );
}

fn report() -> TableReport {
    let rows = Ledger { read: 3, accepted: 1, returned: 2, skipped: 0 };
    let (file, sheet) = ("收集/长塘村.xlsx".into(), Some("Sheet1".into()));
    TableReport { file, sheet, header_row: Some(3), rows, ..TableReport::default() }
}

fn finding(code: Code, row: u32, cell: &str, field: &str) -> Diagnostic {
    let at = Location {
        file: Some("收集/长塘村.xlsx".into()),
        sheet: Some("Sheet1".into()),
        cell: (!cell.is_empty()).then(|| cell.into()),
        row: Some(row),
        field: Some(field.into()),
        unit: None,
    };
    Diagnostic::new(code, at, format!("「{cell}」不对")).with_hint("请改正")
}

fn returned_book() -> Vec<u8> {
    let (grid, report) = (grid(), report());
    let table = table(&grid);
    let source = ReturnedSource::Lines { grid: &grid, table: &table, above: None, rows: vec![5, 6] };
    let findings = [
        finding(Code::NameInvalid, 5, "A5", "name"),
        finding(Code::OptionUnknown, 5, "D5", "services"),
        finding(Code::IdLength, 6, "B6", "id_number"),
        finding(Code::ServiceMissing, 6, "D6", "services"),
        finding(Code::MobileMissing, 6, "", "mobile"),
    ];
    returned(
        &[ReturnedTable { report: &report, source, origins: BTreeMap::new(), photos: BTreeMap::new() }],
        &findings,
        &Scheme::built_in(),
        &XlsxOptions::default(),
    )
    .expect("a workbook")
}

#[test]
fn the_senders_own_columns_stand_between_the_explanation_and_the_source() {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(returned_book())).expect("a workbook");
    assert_eq!(book.sheet_names(), ["Sheet1", "提醒"]);
    let range = book.worksheet_range("Sheet1").expect("the sheet");
    let text = |row, column| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
    assert_eq!(text(0, 1), "长塘村党员志愿者");
    let heading: Vec<String> = (0..7).map(|column| text(2, column)).collect();
    assert_eq!(heading, ["错误说明", "姓名", "身份证", "年龄", "服务意向", "备注", "来源"]);
    assert_eq!(text(3, 0), "「A5」不对；请改正\n「D5」不对；请改正");
    assert_eq!(text(4, 0), "「B6」不对；请改正\n「D6」不对；请改正");
    assert_eq!(range.get_value((3, 2)), Some(&Data::String("329901198506120011".into())));
    assert_eq!(range.get_value((4, 3)), Some(&Data::Float(1985.1)));
    assert_eq!(text(3, 5), "=1+1");
    assert_eq!(text(4, 6), "收集/长塘村.xlsx › Sheet1 › 6");
    let listed = book.worksheet_range("提醒").expect("the sheet");
    assert_eq!(listed.height(), 6);
    assert_eq!(listed.get_value((5, 5)).map(ToString::to_string).as_deref(), Some("手机"));
}

#[test]
fn what_a_document_says_above_its_table_goes_back_with_it() {
    let mut lines = Grid::builder(Origin::Word);
    for (row, text) in [(1, "丙村党员志愿者名册"), (2, "填报单位：丙村")] {
        lines.start_row(row, false).expect("room");
        lines.push(column(1), Kind::Text, text).expect("room");
    }
    let (grid, lines, report) = (grid(), lines.finish(), report());
    let table = table(&grid);
    let source = ReturnedSource::Lines { grid: &grid, table: &table, above: Some(&lines), rows: vec![5] };
    let findings = [finding(Code::NameInvalid, 5, "A5", "name")];
    let tables = [ReturnedTable { report: &report, source, origins: BTreeMap::new(), photos: BTreeMap::new() }];
    let book = returned(&tables, &findings, &Scheme::built_in(), &XlsxOptions::default()).expect("a workbook");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).expect("a workbook");
    let range = book.worksheet_range("Sheet1").expect("the sheet");
    let text = |row, column| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
    assert_eq!([text(0, 1), text(1, 1), text(2, 1)], ["丙村党员志愿者名册", "填报单位：丙村", "长塘村党员志愿者"]);
    assert_eq!([text(4, 0), text(4, 1), text(5, 0)], ["错误说明", "姓名", "「A5」不对；请改正"]);
}

#[test]
fn where_several_files_have_a_sheet_of_one_name_the_files_name_theirs() {
    let mut person = Registration::default();
    person.name = "张三".into();
    let reports = [("东/甲.xlsx", "Sheet1"), ("乙.xlsx", "Sheet1"), ("乙.xlsx", "名单"), ("丙.xlsx", "登记")]
        .map(|(file, sheet)| TableReport { file: file.into(), sheet: Some(sheet.into()), ..report() });
    let tables = reports.each_ref().map(|report| ReturnedTable {
        report,
        source: ReturnedSource::People(vec![&person]),
        origins: BTreeMap::new(),
        photos: BTreeMap::new(),
    });
    let book = returned(&tables, &[], &Scheme::built_in(), &XlsxOptions::default()).expect("a workbook");
    let book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).expect("a workbook");
    assert_eq!(book.sheet_names(), ["甲", "乙-Sheet1", "名单", "登记", "提醒"]);
}

#[test]
fn of_tables_side_by_side_each_goes_back_by_itself_under_the_title_of_both() {
    let mut builder = Grid::builder(Origin::Sheet);
    let rows: [(u32, &[&str]); 3] = [
        (1, &["长塘村党员志愿者"]),
        (2, &["姓名", "手机", "服务意向", "", "姓名", "手机", "服务意向"]),
        (3, &["张三", "1380", "尊老服务", "", "李四", "1390", "助残服务"]),
    ];
    for (row, texts) in rows {
        builder.start_row(row, false).expect("room");
        for (number, text) in (1u16..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            builder.push(column(number), Kind::Text, text).expect("room");
        }
    }
    let at = |row, column| Address::new(row, column).expect("an address");
    builder.facts().merges = vec![Merge { first: at(1, 1), last: at(1, 7) }];
    let (grid, report) = (builder.finish(), report());
    let found = Recognizer::new(&Scheme::built_in()).tables(&grid);
    let returned_tables: Vec<_> = found
        .iter()
        .map(|table| ReturnedTable {
            report: &report,
            source: ReturnedSource::Lines { grid: &grid, table, above: None, rows: vec![3] },
            origins: BTreeMap::new(),
            photos: BTreeMap::new(),
        })
        .collect();
    let findings = [finding(Code::MobileInvalid, 3, "B3", "mobile"), finding(Code::MobileInvalid, 3, "F3", "mobile")];
    let book = returned(&returned_tables, &findings, &Scheme::built_in(), &XlsxOptions::default()).expect("a workbook");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).expect("a workbook");
    for (sheet, name, explanation) in [("Sheet1", "张三", "「B3」不对；请改正"), ("Sheet1(2)", "李四", "「F3」不对；请改正")]
    {
        let range = book.worksheet_range(sheet).expect("the sheet");
        let text = |row, column| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
        assert_eq!(text(0, 1), "长塘村党员志愿者", "{sheet}");
        assert_eq!([0, 1, 2, 3].map(|column| text(1, column)), ["错误说明", "姓名", "手机", "服务意向"]);
        assert_eq!([text(2, 0), text(2, 1)], [explanation, name]);
    }
}

#[test]
fn a_cell_at_the_very_end_of_a_row_stands_beside_the_others() {
    let mut builder = Grid::builder(Origin::Sheet);
    for (row, texts) in [(1, ["姓名", "手机", "服务意向", ""]), (2, ["张三", "1380", "尊老服务", "误填"])] {
        builder.start_row(row, false).expect("room");
        for (number, text) in [1, 2, 3, 16_384].into_iter().zip(texts).filter(|(_, text)| !text.is_empty()) {
            builder.push(column(number), Kind::Text, text).expect("room");
        }
    }
    let (grid, report) = (builder.finish(), report());
    let table = table(&grid);
    let source = ReturnedSource::Lines { grid: &grid, table: &table, above: None, rows: vec![2] };
    let tables = [ReturnedTable { report: &report, source, origins: BTreeMap::new(), photos: BTreeMap::new() }];
    let findings = [finding(Code::MobileInvalid, 2, "B2", "mobile")];
    let book = returned(&tables, &findings, &Scheme::built_in(), &XlsxOptions::default()).expect("a workbook");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).expect("a workbook");
    let range = book.worksheet_range("Sheet1").expect("the sheet");
    let line = |row| (0..6).map(|column| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(line(0), ["错误说明", "姓名", "手机", "服务意向", "", "来源"]);
    assert_eq!(line(1)[1..5], ["张三", "1380", "尊老服务", "误填"]);
}

#[test]
fn a_destroyed_number_does_not_come_back_as_a_whole_one() {
    let mut builder = Grid::builder(Origin::Sheet);
    builder.start_row(1, false).expect("room");
    for (number, text) in (1u16..).zip(["姓名", "身份证号码", "服务意向"]) {
        builder.push(column(number), Kind::Text, text).expect("room");
    }
    builder.start_row(2, false).expect("room");
    for (number, kind, text) in [(1, Kind::Text, "张三"), (2, Kind::Number, "329901197011232000"), (3, Kind::Text, "尊老服务")] {
        builder.push(column(number), kind, text).expect("room");
    }
    let (grid, report) = (builder.finish(), report());
    let table = table(&grid);
    let source = ReturnedSource::Lines { grid: &grid, table: &table, above: None, rows: vec![2] };
    let findings = [finding(Code::IdDigitsLost, 2, "B2", "id_number")];
    let tables = [ReturnedTable { report: &report, source, origins: BTreeMap::new(), photos: BTreeMap::new() }];
    let book = returned(&tables, &findings, &Scheme::built_in(), &XlsxOptions::default()).expect("a workbook");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).expect("a workbook");
    let range = book.worksheet_range("Sheet1").expect("the sheet");
    // its check digit is right by chance
    assert_eq!(range.get_value((1, 2)), Some(&Data::String("3.29901197011232E+17".into())));
}

#[test]
fn returned_rows_give_the_same_bytes() {
    assert!(returned_book() == returned_book());
}

#[test]
fn sheets_of_one_name_are_told_apart_within_excels_limit() {
    let mut names = Names::default();
    let long = "长".repeat(40);
    let given = ["Sheet1", "sheet1", "提醒", "", &long, &long].map(|name| names.unique(name));
    assert_eq!(given[..4], ["Sheet1", "sheet1(2)", "提醒", "退回"]);
    assert_eq!(given[5], format!("{}(2)", "长".repeat(28)));
    assert_eq!(names.unique(findings::NAME), "提醒(2)");
    assert_eq!(stem("收集/长塘村.v2.xlsx"), "长塘村.v2");
}

#[test]
fn a_persons_form_becomes_a_line_under_the_schemes_labels() {
    let mut person = Registration::default();
    person.name = "张三".into();
    person.experience = "长".repeat(40_000).into();
    person.place.row = 2;
    let report = TableReport { sheet: None, header_row: None, ..report() };
    let source = ReturnedSource::People(vec![&person]);
    let mut at = finding(Code::MobileInvalid, 2, "手机", "mobile");
    at.at.sheet = None;
    let book = returned(
        &[ReturnedTable { report: &report, source, origins: BTreeMap::new(), photos: BTreeMap::new() }],
        &[at],
        &Scheme::built_in(),
        &XlsxOptions::default(),
    );
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book.expect("a workbook"))).expect("a workbook");
    let range = book.worksheet_range("长塘村").expect("the sheet");
    assert_eq!(range.get_value((0, 1)).map(ToString::to_string).as_deref(), Some("姓名"));
    assert_eq!(range.get_value((1, 1)).map(ToString::to_string).as_deref(), Some("张三"));
    assert_eq!(range.get_value((1, 0)).map(ToString::to_string).as_deref(), Some("「手机」不对；请改正"));
}

#[test]
fn a_form_on_a_sheet_goes_back_with_all_that_is_wrong_in_its_rows() {
    let mut person = Registration::default();
    person.name = "张三".into();
    person.place.row = 3;
    let source = ReturnedSource::People(vec![&person]);
    let report = report();
    let findings = [finding(Code::MobileInvalid, 9, "C9", "mobile"), finding(Code::EmailInvalid, 8, "C8", "email")];
    let table = ReturnedTable { report: &report, source, origins: BTreeMap::new(), photos: BTreeMap::new() };
    let book = returned(&[table], &findings, &Scheme::built_in(), &XlsxOptions::default());
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book.expect("a workbook"))).expect("a workbook");
    let range = book.worksheet_range("Sheet1").expect("the sheet");
    assert_eq!(range.get_value((1, 0)).map(ToString::to_string).as_deref(), Some("「C9」不对；请改正"));
    assert_eq!(range.rows().next().and_then(|row| row.last()).map(ToString::to_string).as_deref(), Some("来源"));
    assert!(range.rows().nth(1).and_then(|row| row.last()).is_some_and(|cell| cell.to_string().ends_with("› 3")));
}

#[test]
fn forms_beside_each_other_go_back_with_what_is_wrong_in_their_own_columns() {
    let [mut first, mut second] = [Registration::default(), Registration::default()];
    for (person, name, column) in [(&mut first, "张三", 2), (&mut second, "李四", 3)] {
        person.name = name.into();
        (person.place.row, person.place.column) = (2, column);
    }
    let report = report();
    let findings = [finding(Code::MobileInvalid, 5, "B5", "mobile"), finding(Code::OptionUnknown, 6, "C6", "services")];
    let table = ReturnedTable {
        report: &report,
        source: ReturnedSource::People(vec![&first, &second]),
        origins: BTreeMap::new(),
        photos: BTreeMap::new(),
    };
    let book = returned(&[table], &findings, &Scheme::built_in(), &XlsxOptions::default());
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book.expect("a workbook"))).expect("a workbook");
    let range = book.worksheet_range("Sheet1").expect("the sheet");
    let line = |row| [0, 1].map(|column| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default());
    assert_eq!(line(1), ["「B5」不对；请改正", "张三"]);
    assert_eq!(line(2), ["「C6」不对；请改正", "李四"]);
}
