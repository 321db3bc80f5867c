//! The same inputs give the same bytes, whenever and with however many threads.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use crate::Folder;

/// The resolution of the times in a zip directory.
const ZIP_CLOCK: Duration = Duration::from_secs(2);

#[test]
fn two_runs_two_seconds_apart_and_any_number_of_threads_give_the_same_bytes() {
    let folder = Folder::new();
    let lines: Vec<Vec<String>> =
        std::iter::once(mingce_tests::people::heading_line()).chain((1..=60).map(mingce_tests::people::person)).collect();
    mingce_tests::people::write_workbook(&folder.path().join("六十人.xlsx"), &lines);
    write_all(&folder, "甲", "--threads 1");
    sleep(ZIP_CLOCK);
    write_all(&folder, "乙", "--threads 2");
    assert_eq!(folder.names("甲/登记表").len(), 60);
    let (first, second) = (files(&folder.path().join("甲")), files(&folder.path().join("乙")));
    assert_eq!(first.len(), second.len());
    for ((name, bytes), (other, other_bytes)) in first.iter().zip(&second) {
        assert_eq!(name, other);
        assert!(bytes == other_bytes, "{name} differs from run to run");
    }
}

fn write_all(folder: &Folder, target: &str, threads: &str) {
    fs::create_dir(folder.path().join(target)).expect("a folder");
    let lines = [
        format!("roster 六十人.xlsx -o {target}/名册.xlsx --today 2026-06-01"),
        format!("forms 六十人.xlsx -o {target}/登记表 --today 2026-06-01 {threads}"),
        format!("blank form -o {target}/空表.docx"),
        format!("blank form -o {target}/空表.xlsx"),
        format!("blank roster -o {target}/空名册.docx"),
        format!("blank roster -o {target}/空名册.xlsx"),
    ];
    for line in lines {
        let outcome = folder.run(&line);
        assert_eq!(outcome.status, Some(0), "{line}\n{}", outcome.stderr);
    }
    let report = folder.run("check 六十人.xlsx --today 2026-06-01 --format json").stdout;
    fs::write(folder.path().join(target).join("报告.json"), report).expect("written");
}

/// All files below a folder with their bytes, by path.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.push((name, fs::read(&path).expect("a readable file")));
        }
    }
    found.sort();
    found
}
