//! People's names become names of files: at most 200 bytes, fit for Windows, and nobody's file over another's.

use mingce_tests::people::{NAME, heading_line, person, write_workbook};

use crate::Folder;

#[test]
fn hostile_names_become_harmless_file_names_one_for_each_person() {
    let folder = Folder::new();
    let long = "长".repeat(120);
    let rare = "𬭎".repeat(70);
    let names = [
        "CON",
        "nul",
        "com1",
        "..",
        ".",
        "../../etc",
        "a/b",
        "张三",
        "张三",
        "阿卜杜拉·买买提",
        &long,
        &rare,
        "张\u{202e}三",
        "ａ：ｂ",
        "aux",
    ];
    let mut lines = vec![heading_line()];
    for (number, name) in (1..).zip(names) {
        let mut answers = person(number);
        answers[NAME] = name.to_owned();
        lines.push(answers);
    }
    write_workbook(&folder.path().join("怪名字.xlsx"), &lines);
    let outcome = folder.run_today("forms 怪名字.xlsx -o 登记表 --format json");
    let report = outcome.report().expect("a report");
    let files = folder.names("登记表");
    assert_eq!(Some(files.len() as u64), report["rows"]["accepted"].as_u64(), "{files:?}");
    assert!(files.len() >= 6, "{files:?}");
    for file in &files {
        assert_fit(file);
    }
    assert_eq!(folder.names("."), ["怪名字.xlsx", "有错.xlsx", "登记表", "长塘村.xlsx"], "nothing outside the folder");
}

fn assert_fit(file: &str) {
    let stem = file.strip_suffix(".docx").unwrap_or_default();
    let (number, name) = stem.split_once('-').unwrap_or_default();
    assert!(!number.is_empty() && number.chars().all(|c| c.is_ascii_digit()), "{file}");
    assert!(!name.is_empty() && file.len() <= 200, "{file}: {} bytes", file.len());
    assert!(!file.chars().any(|c| c.is_control() || r#"/\:*?"<>|"#.contains(c)), "{file}");
    assert!(!stem.ends_with(['.', ' ']), "{file}");
    let digits = file.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
    assert!(digits < Some(15), "{file} shows an ID number");
}
