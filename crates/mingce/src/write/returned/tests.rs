//! Rows are returned, corrected and read again, by the library alone.

use std::fs;

use mingce_core::value::Date;

use super::*;
use crate::collect;

const HEADING: &str = "序号,姓名,性别,出生年月,手机,民族,服务意向\n";

fn input(name: &str, lines: &str) -> Input {
    Input::from_bytes(name, format!("填报单位：长塘村\n{HEADING}{lines}"))
}

fn judged(inputs: &[Input]) -> Checked {
    let today = Date::new(2026, 6, Some(1)).expect("a day");
    collect(inputs.to_vec(), &Scheme::built_in(), today, &CollectOptions::default()).expect("judged")
}

fn returned(inputs: &[Input], path: &Path) -> Written {
    write_returned(&judged(inputs), inputs, &Scheme::built_in(), path, &ReturnedOptions::default()).expect("written")
}

const GOOD: &str = "1,郑试一,男,1985.06,13800000001,汉,尊老服务\n";
const BAD: &str = "2,郑试二,男,1985.06,138000,回,助残服务\n";

#[test]
fn rows_returned_come_back_as_corrections_and_name_their_first_source_for_ever() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = input("收集/长塘村.csv", &format!("{GOOD}{BAD}"));
    let path = folder.path().join("退回.xlsx");
    returned(std::slice::from_ref(&source), &path);
    let back = Input::from_bytes("退回.xlsx", fs::read(&path).expect("read"));
    let both = [back, source];
    let checked = judged(&both);
    let ledger = checked.ledger();
    assert_eq!((ledger.read, ledger.accepted, ledger.returned, ledger.skipped), (3, 1, 1, 1));
    assert_eq!(checked.tables[0].corrections.map(|corrections| corrections.still_wrong), Some(1));
    // still wrong: it goes back once more
    let again = folder.path().join("再退回.xlsx");
    returned(&both, &again);
    let checked = judged(&[Input::from_bytes("再退回.xlsx", fs::read(&again).expect("read"))]);
    assert_eq!(checked.origins.values().map(ToString::to_string).collect::<Vec<_>>(), ["收集/长塘村.csv › 4"]);
    assert_eq!(checked.people[0].unit, "长塘村");
    assert_eq!(checked.people[0].carried.first().map(|(_, text)| text.as_str()), Some("回"), "the sender's own column is there");
}

#[test]
fn a_folder_has_a_file_for_each_sender_and_none_for_those_without_faults() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("退回");
    let inputs = [
        input("东/表.csv", BAD),
        input("西/表.csv", BAD),
        input("好.csv", GOOD),
        input("表329901198506120013.csv", BAD),
        input("长塘村-退回.csv", BAD),
    ];
    let written = returned(&inputs, &path);
    let names: Vec<&str> = written.files.iter().map(|file| file.rsplit('/').next().unwrap_or_default()).collect();
    assert_eq!(names, ["东-表-退回.xlsx", "西-表-退回.xlsx", "表-退回.xlsx", "长塘村-退回.xlsx"]);
    assert_eq!(fs::read_dir(&path).expect("a folder").count(), 4);
}

#[test]
fn names_are_safe_and_differ_in_any_case() {
    let long = format!("{}.xlsx", "长".repeat(300));
    let files: Vec<Arc<str>> = ["a.xlsx", "A.csv", "..", "../..", "x/CON.xlsx", &long, "x/a.docx"].into_iter().map(Arc::from).collect();
    let names = file_names(&files);
    assert_eq!(names[..5], ["a-退回.xlsx", "A-退回(2).xlsx", "无名-退回.xlsx", "无名-无名-退回.xlsx", "CON-退回.xlsx"]);
    assert_eq!(names[6], "x-a-退回.xlsx");
    assert!(names.iter().all(|name| name.len() <= 200));
}

#[test]
fn without_returned_rows_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("退回.xlsx");
    assert_eq!(returned(&[input("好.csv", GOOD)], &path), Written::default());
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn a_file_that_has_lost_the_row_meanwhile_goes_back_under_the_schemes_labels() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("退回.xlsx");
    let checked = judged(&[input("a.csv", &format!("{GOOD}{BAD}"))]);
    write_returned(&checked, &[input("a.csv", GOOD)], &Scheme::built_in(), &path, &ReturnedOptions::default()).expect("written");
    let checked = judged(&[Input::from_bytes("退回.xlsx", fs::read(&path).expect("read"))]);
    assert_eq!((checked.people.len(), checked.people[0].name.as_str()), (1, "郑试二"));
}

#[test]
fn a_file_that_is_gone_goes_back_under_the_schemes_labels() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("退回.xlsx");
    let checked = judged(&[input("a.csv", BAD)]);
    write_returned(&checked, &[], &Scheme::built_in(), &path, &ReturnedOptions::default()).expect("written");
    let checked = judged(&[Input::from_bytes("退回.xlsx", fs::read(&path).expect("read")), input("a.csv", BAD)]);
    assert_eq!(checked.tables[0].corrections.map(|corrections| corrections.still_wrong), Some(1));
    assert_eq!(checked.people[0].name, "郑试二");
}
