//! What is handed out is known when it comes back.

use std::io::{Cursor, Read as _};

use calamine::{Reader, Xlsx};
use mingce_core::scheme::SchemeText;

use super::*;

fn headings(book: &[u8]) -> Vec<String> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).expect("a workbook");
    assert_eq!(book.sheet_names(), ["收集表", "填写说明"]);
    let range = book.worksheet_range("收集表").expect("the sheet");
    range.rows().next().map(|row| row.iter().map(ToString::to_string).collect()).unwrap_or_default()
}

fn part(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).expect("a package");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn every_field_has_a_column_and_several_choices_one_for_each_option() {
    let headings = headings(&collection(&Scheme::built_in(), 5, &XlsxOptions::default()).expect("a workbook"));
    for wanted in [
        "姓名*",
        "电话",
        "交通补贴*",
        "服务意向*（尊老服务）",
        "服务意向*（助残服务）",
        "职业类型",
        "可参加志愿服务时间（双休日）",
        "可参加志愿服务时间（其他时间）",
        "入党时间",
        "政治面貌",
        "所在党支部",
    ] {
        assert!(headings.iter().any(|heading| heading == wanted), "{wanted}: {headings:?}");
    }
    assert!(!headings.iter().any(|heading| heading.contains("照片") || heading.contains("序号")));
}

#[test]
fn entry_cells_are_free_text_and_checked_while_the_heading_is_locked() {
    let book = collection(&Scheme::built_in(), 30, &XlsxOptions::default()).expect("a workbook");
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<sheetProtection sheet=\"1\"") && !sheet.contains("password"), "{sheet}");
    for wanted in ["\"男,女\"", "\"√\"", "type=\"textLength\"", "LEN(", "sqref=\"B2:B31\"", "topLeftCell=\"B2\"", "state=\"frozen\""] {
        assert!(sheet.contains(wanted), "{wanted}");
    }
    assert!(part(&book, "xl/styles.xml").contains("<protection locked=\"0\"/>"));
    assert!(part(&book, "xl/comments1.xml").contains("18 位"));
}

#[test]
fn a_list_too_long_for_its_drop_down_stands_on_the_sheet_of_instructions() {
    let options: String = (0..40).map(|number| format!("{{ label = \"第{number}种，很长的补贴办法\" }},\n")).collect();
    let text = SchemeText::BUILT_IN.scheme;
    let start = text.find("  { label = \"手机充值\"").expect("the options");
    let end = start + text[start..].find("\n]").expect("their end") + 1;
    let edited = format!("{}{options}{}", &text[..start], &text[end..]);
    let scheme = Scheme::from_texts(&SchemeText { scheme: &edited, ..SchemeText::BUILT_IN }).expect("a scheme");
    let book = collection(&scheme, 5, &XlsxOptions::default()).expect("a workbook");
    assert!(part(&book, "xl/worksheets/sheet1.xml").contains("'填写说明'!$F$3:$F$42"));
}

#[test]
fn more_lines_than_a_sheet_holds_are_refused_and_many_cost_little() {
    let scheme = Scheme::built_in();
    assert!(matches!(collection(&scheme, 1_048_576, &XlsxOptions::default()), Err(Error::TooMany { .. })));
    let many = collection(&scheme, 100_000, &XlsxOptions::default()).expect("a workbook");
    assert!(many.len() < 2_000_000, "{}", many.len());
    assert!(many == collection(&scheme, 100_000, &XlsxOptions::default()).expect("a workbook"));
}
