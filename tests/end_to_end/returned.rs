//! Rows that go back, and come in again as corrections; and the workbook that keeps them from going back at all.

use std::fs;

use mingce_tests::{people, read_back, repository};
use serde_json::json;

use crate::Folder;

#[test]
fn returned_rows_are_written_with_the_output_alone_with_strict_and_named_in_the_report() {
    let folder = Folder::new();
    let outcome = folder.run_today("roster 有错.xlsx -o 名册.xlsx --returned 退回.xlsx --format json");
    assert_eq!(outcome.status, Some(1));
    assert_eq!(outcome.report().expect("a report")["written"], json!(["名册.xlsx", "退回.xlsx"]));
    let sheets = read_back::workbook(&folder.path().join("退回.xlsx"));
    let (first, lines) = sheets.first().expect("a sheet");
    assert_eq!(sheets.last().map(|(name, _)| name.as_str()), Some("提醒"));
    assert_eq!(lines.len(), 2, "{first}: {lines:?}");
    assert!(lines[0].starts_with("错误说明\t序号\t姓名\t") && lines[0].ends_with("\t来源"), "{}", lines[0]);
    assert!(lines[1].ends_with(&format!("有错.xlsx › {first} › 3")), "{}", lines[1]);
    let outcome = folder.run_today("forms 有错.xlsx -o 登记表 --returned 严.xlsx --strict --format json");
    assert_eq!(outcome.status, Some(1));
    assert_eq!(outcome.report().expect("a report")["written"], json!(["严.xlsx"]));
    assert_eq!(folder.names("."), ["严.xlsx", "名册.xlsx", "有错.xlsx", "退回.xlsx", "长塘村.xlsx"]);
}

#[test]
fn a_row_put_right_takes_the_place_of_its_original_in_either_order() {
    let folder = Folder::new();
    assert_eq!(folder.run_today("check 有错.xlsx --returned 退回.xlsx -q").status, Some(1));
    let sheets = read_back::workbook(&folder.path().join("退回.xlsx"));
    let mut lines: Vec<Vec<String>> = sheets[0].1.iter().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    lines[1][1 + people::MOBILE] = "13800000002".to_owned();
    people::write_workbook(&folder.path().join("改.xlsx"), &lines);
    for (inputs, place) in [("有错.xlsx 改.xlsx", 1), ("改.xlsx 有错.xlsx", 0)] {
        let outcome = folder.run_today(&format!("roster {inputs} -o {place}.xlsx --format json"));
        let report = outcome.report().expect("a report");
        assert_eq!(outcome.status, Some(0), "{report}");
        assert_eq!(report["rows"], json!({"read": 3, "accepted": 2, "returned": 0, "skipped": 1}));
        assert_eq!(report["inputs"][place]["corrections"], json!({"fixed": 1, "still_wrong": 0}));
        assert_eq!(report["inputs"][1 - place]["skipped"], json!([{"row": 3, "reason": "corrected"}]));
    }
    let rosters = ["0.xlsx", "1.xlsx"].map(|name| read_back::workbook(&folder.path().join(name)));
    assert_eq!(rosters[0], rosters[1]);
    let told = folder.run_today("check 有错.xlsx 退回.xlsx").stderr;
    assert!(told.contains("0 行已改好，1 行还有错"), "{told}");
    // alone it is a correction too
    let alone = folder.run_today("check 改.xlsx --format json").report().expect("a report");
    assert_eq!(alone["rows"], json!({"read": 1, "accepted": 1, "returned": 0, "skipped": 0}));
    assert_eq!(alone["inputs"][0]["corrections"], json!({"fixed": 1, "still_wrong": 0}));
}

#[test]
fn a_folder_of_returned_files_tells_each_sender_of_their_own_faults() {
    let folder = Folder::new();
    let mut faulty = people::person(5);
    faulty[people::NAME] = "赵5".to_owned();
    fs::create_dir(folder.path().join("东")).expect("a folder");
    people::write_workbook(&folder.path().join("东/有错.xlsx"), &[people::heading_line(), faulty]);
    let outcome = folder.run_today("check 有错.xlsx 东 长塘村.xlsx --returned 退回 --format json");
    assert_eq!(outcome.report().expect("a report")["written"], json!(["退回/有错-退回.xlsx", "退回/东-有错-退回.xlsx"]));
    for (name, code) in [("有错-退回.xlsx", "手机"), ("东-有错-退回.xlsx", "姓名")] {
        let sheets = read_back::workbook(&folder.path().join("退回").join(name));
        let findings = &sheets.last().expect("findings").1;
        assert!(findings[1..].iter().any(|line| line.contains(code)), "{findings:?}");
        let own = if name.starts_with('东') { "东/有错.xlsx" } else { "有错.xlsx" };
        assert!(findings[1..].iter().all(|line| line.split('\t').nth(1) == Some(own)), "{findings:?}");
    }
    assert_eq!(folder.run_today("check 有错.xlsx --returned 退回").status, Some(3), "it holds something");
    assert_eq!(folder.run_today("check 有错.xlsx --returned 退回 --force").status, Some(1));
}

#[test]
fn nothing_returned_is_nothing_written_and_nobody_accepted_is_only_that() {
    let folder = Folder::new();
    let outcome = folder.run_today("check 长塘村.xlsx --returned 退回.xlsx");
    assert_eq!(outcome.status, Some(0));
    assert!(outcome.stderr.contains("没有要退回的行"), "{}", outcome.stderr);
    let mut faulty = people::person(1);
    faulty[people::MOBILE] = "1".to_owned();
    people::write_workbook(&folder.path().join("全错.xlsx"), &[people::heading_line(), faulty]);
    assert_eq!(folder.run_today("roster 全错.xlsx -o 名册.xlsx --returned 退回.xlsx").status, Some(1));
    assert_eq!(folder.names("."), ["全错.xlsx", "有错.xlsx", "退回.xlsx", "长塘村.xlsx"]);
}

#[test]
fn two_outputs_are_written_together_or_not_at_all() {
    let folder = Folder::new();
    for (line, status) in [
        ("roster 有错.xlsx -o 名册.xlsx --returned 有错.xlsx", 3),
        ("roster 有错.xlsx -o 名册.xlsx --returned 名册.xlsx", 2),
        ("roster 有错.xlsx -o 名册.xlsx --returned 退回.docx", 2),
        ("roster 有错.xlsx -o 名册.xlsx --returned 没有/退回.xlsx", 3),
        ("roster 有错.xlsx -o 长塘村.xlsx --returned 退回.xlsx", 3),
        ("check 有错.xlsx --force", 2),
    ] {
        assert_eq!(folder.run_today(line).status, Some(status), "{line}");
        assert_eq!(folder.names("."), ["有错.xlsx", "长塘村.xlsx"], "{line}");
    }
}

#[test]
fn the_collection_workbook_is_understood_without_a_warning() {
    let folder = Folder::new();
    let scheme = repository().join("fixtures/edited-scheme/scheme");
    for scheme in [None, Some(format!(" --scheme {}", scheme.display()))] {
        let scheme = scheme.unwrap_or_default();
        assert_eq!(folder.run(&format!("blank collect -o 收集表.xlsx --rows 30 --force{scheme}")).status, Some(0));
        let report = folder.run_today(&format!("check 收集表.xlsx --format json{scheme}")).report().expect("a report");
        assert_eq!(report["diagnostics"], json!([]), "{scheme}");
        let inputs = report["inputs"].as_array().expect("inputs");
        assert_eq!(inputs.len(), 1, "the instructions are no table");
        let columns = inputs[0]["columns"].as_object().expect("columns");
        assert!(columns.values().all(serde_json::Value::is_string), "{columns:?}");
    }
    assert_eq!(folder.run("blank collect -o 收集表.docx").status, Some(2));
    assert_eq!(folder.run("blank collect -o 收集表.xlsx").status, Some(3));
}
