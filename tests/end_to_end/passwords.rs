//! Inputs with a password: opened with `--password-file`, and nothing of a password is ever shown.

use mingce_tests::repository;

use crate::Folder;

const PASSWORD: &str = "长塘村2025";

/// A folder with an encrypted workbook, an encrypted document, and files of passwords.
fn folder() -> Folder {
    let folder = Folder::new();
    let data = repository().join("crates/ooxml/tests/data");
    for (source, name) in [("agile-one-round.xlsx", "加密.xlsx"), ("standard-aes128.xlsx", "加密2007.xlsx"), ("plain.xlsx", "没加密.xlsx")]
    {
        std::fs::copy(data.join(source), folder.path().join(name)).expect("the file is there");
    }
    std::fs::write(folder.path().join("密码.txt"), format!("错的\r\n{PASSWORD}\r\n")).expect("written");
    std::fs::write(folder.path().join("不对.txt"), "secret-word\n").expect("written");
    std::fs::write(folder.path().join("空.txt"), "\n\n").expect("written");
    folder
}

#[test]
fn an_encrypted_workbook_is_read_with_its_password_as_if_it_had_none() {
    let folder = folder();
    let plain = folder.run_today("check 没加密.xlsx --format json").report().expect("a report");
    for name in ["加密.xlsx", "加密2007.xlsx"] {
        let outcome = folder.run_today(&format!("check {name} --password-file 密码.txt --format json"));
        let report = outcome.report().expect("a report");
        assert_eq!(report["rows"], plain["rows"], "{}", outcome.stdout);
        assert!(!outcome.stdout.contains("encrypted-file") && !outcome.stdout.contains(PASSWORD), "{}", outcome.stdout);
    }
}

#[test]
fn without_its_password_it_cannot_be_used_and_the_report_says_why() {
    let folder = folder();
    for (option, words) in [("", "没有给出密码"), (" --password-file 不对.txt", "给出的密码都打不开")] {
        let outcome = folder.run_today(&format!("check 加密.xlsx --format json{option}"));
        assert_eq!(outcome.status, Some(3), "{}", outcome.stderr);
        let report = outcome.report().expect("a report with status 3");
        assert_eq!(report["diagnostics"][0]["code"], "encrypted-file");
        assert!(outcome.stdout.contains(words) && !outcome.stdout.contains("secret"), "{}", outcome.stdout);
        assert_eq!(folder.run_today(&format!("check 长塘村.xlsx 加密.xlsx{option}")).status, Some(1));
    }
}

#[test]
fn a_file_of_passwords_that_cannot_be_used_is_3_and_writes_nothing() {
    let folder = folder();
    for name in ["没有.txt", "空.txt", "加密.xlsx"] {
        let outcome = folder.run_today(&format!("roster 长塘村.xlsx -o 名册.xlsx --password-file {name}"));
        assert_eq!(outcome.status, Some(3), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("密码文件") && outcome.stderr.contains(name), "{}", outcome.stderr);
        assert!(!folder.path().join("名册.xlsx").exists());
    }
}

#[test]
fn returned_rows_of_an_encrypted_workbook_keep_their_columns() {
    let folder = folder();
    let outcome = folder.run_today("check 加密.xlsx --password-file 密码.txt --returned 退回.xlsx");
    let plain = folder.run_today("check 没加密.xlsx --returned 退回明.xlsx");
    assert_eq!(outcome.status, plain.status);
    let lines = |name: &str| {
        let path = folder.path().join(name);
        path.exists().then(|| mingce_tests::read_back::workbook(&path).into_iter().map(|(_, lines)| lines.len()).collect::<Vec<_>>())
    };
    assert_eq!(lines("退回.xlsx"), lines("退回明.xlsx"));
}
