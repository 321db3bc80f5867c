//! Exit statuses: 0 all fine, 1 something was returned, 2 wrong usage, 3 the job could not be done.

use crate::Folder;

#[test]
fn nothing_to_correct_is_0() {
    let folder = Folder::new();
    for line in ["check 长塘村.xlsx", "roster 长塘村.xlsx -o 名册.xlsx", "forms 长塘村.xlsx -o 登记表"] {
        let outcome = folder.run_today(line);
        assert_eq!(outcome.status, Some(0), "{line}\n{}", outcome.stderr);
    }
}

#[test]
fn a_returned_row_is_1_and_the_others_are_written() {
    let folder = Folder::new();
    assert_eq!(folder.run_today("check 有错.xlsx").status, Some(1));
    assert_eq!(folder.run_today("roster 有错.xlsx -o 名册.xlsx").status, Some(1));
    assert!(folder.path().join("名册.xlsx").exists());
}

#[test]
fn an_input_that_cannot_be_used_is_1_beside_a_good_one_and_3_alone() {
    let folder = Folder::new();
    std::fs::write(folder.path().join("坏.xlsx"), b"PK\x03\x04 cut off").expect("written");
    assert_eq!(folder.run_today("roster 长塘村.xlsx 坏.xlsx -o 名册.xlsx").status, Some(1));
    assert_eq!(folder.run_today("roster 坏.xlsx -o 空.xlsx").status, Some(3));
    assert!(!folder.path().join("空.xlsx").exists());
    let outcome = folder.run_today("check 坏.xlsx --format json");
    assert_eq!(outcome.status, Some(3));
    let report = outcome.report().expect("a report with status 3");
    assert_eq!(report["diagnostics"][0]["code"], "unreadable-file");
}

#[test]
fn nobody_accepted_is_1_and_no_file() {
    let folder = Folder::new();
    let mut nobody = mingce_tests::people::person(1);
    nobody[mingce_tests::people::NAME] = String::new();
    mingce_tests::people::write_workbook(&folder.path().join("没有人.xlsx"), &[mingce_tests::people::heading_line(), nobody]);
    assert_eq!(folder.run_today("roster 没有人.xlsx -o 名册.xlsx").status, Some(1));
    assert_eq!(folder.run_today("forms 没有人.xlsx -o 登记表").status, Some(1));
    assert_eq!(folder.names("."), ["有错.xlsx", "没有人.xlsx", "长塘村.xlsx"]);
}

#[test]
fn a_blank_that_nobody_has_filled_in_is_said_to_be_one() {
    let folder = Folder::new();
    folder.run("blank roster -o 空白.xlsx");
    let outcome = folder.run_today("check 空白.xlsx");
    assert_eq!(outcome.status, Some(1), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("（表头下面没有人，请核对是不是空白表）"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("接下来：一个人也没有读到") && !outcome.stderr.contains("可以生成名册"), "{}", outcome.stderr);
    assert!(!folder.run_today("check 长塘村.xlsx").stderr.contains("空白表"));
}

#[test]
fn strict_writes_nothing_when_a_row_is_returned() {
    let folder = Folder::new();
    assert_eq!(folder.run_today("roster 有错.xlsx -o 名册.xlsx --strict").status, Some(1));
    assert_eq!(folder.run_today("forms 有错.xlsx -o 登记表 --strict").status, Some(1));
    assert_eq!(folder.names("."), ["有错.xlsx", "长塘村.xlsx"]);
    assert_eq!(folder.run_today("roster 长塘村.xlsx -o 名册.xlsx --strict").status, Some(0));
}

#[test]
fn wrong_usage_is_2() {
    let folder = Folder::new();
    let lines = [
        "no-such-command",
        "check",
        "check 长塘村.xlsx --no-such-option",
        "roster 长塘村.xlsx",
        "roster 长塘村.xlsx -o 名册.pdf",
        "roster 长塘村.xlsx -o 名册",
        "forms 长塘村.xlsx -o 登记表.pdf",
        "blank form -o 登记表.txt",
        "check 长塘村.xlsx --today 2026-02-30",
        "check 长塘村.xlsx --format yaml",
    ];
    for line in lines {
        let outcome = folder.run(line);
        assert_eq!(outcome.status, Some(2), "{line}\n{}", outcome.stderr);
        assert!(!outcome.stderr.is_empty(), "{line} says nothing");
    }
    assert_eq!(folder.names("."), ["有错.xlsx", "长塘村.xlsx"]);
}

#[test]
fn an_output_that_is_an_input_is_2_and_the_input_stays() {
    let folder = Folder::new();
    assert_eq!(folder.run_today("roster 长塘村.xlsx -o 旧名册.xlsx").status, Some(0));
    let before = std::fs::read(folder.path().join("长塘村.xlsx")).expect("read");
    std::fs::create_dir(folder.path().join("收集")).expect("a folder");
    std::fs::write(folder.path().join("收集/甲.xlsx"), &before).expect("written");
    for line in [
        "roster 长塘村.xlsx -o 长塘村.xlsx --force",
        "roster 有错.xlsx -o 长塘村.xlsx --force --members 长塘村.xlsx",
        "check 有错.xlsx 长塘村.xlsx --returned 长塘村.xlsx --force",
        "forms 收集 -o 收集 --force",
        "pack 收集 -o 收集 --force",
        "changes 旧名册.xlsx 长塘村.xlsx -o 长塘村.xlsx --force",
        "changes 旧名册.xlsx 长塘村.xlsx -o 变动.xlsx --apply 长塘村.xlsx --force",
    ] {
        let outcome = folder.run_today(line);
        assert_eq!(outcome.status, Some(2), "{line}\n{}", outcome.stderr);
        assert!(outcome.stderr.contains("要读的文件"), "{line}\n{}", outcome.stderr);
    }
    assert_eq!(std::fs::read(folder.path().join("长塘村.xlsx")).expect("read"), before);
    assert_eq!(folder.names("收集"), ["甲.xlsx"]);
    assert_eq!(folder.names("."), ["收集", "旧名册.xlsx", "有错.xlsx", "长塘村.xlsx"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_3() {
    let folder = Folder::new();
    let run = |line: &str| {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a device that is always full");
        let mut command = std::process::Command::new(crate::BINARY);
        command.args(line.split(' ')).current_dir(folder.path()).stdout(full).output().expect("the program runs")
    };
    for line in ["check 长塘村.xlsx --format json", "completions bash", "roster --help"] {
        let outcome = run(line);
        assert_eq!(outcome.status.code(), Some(3), "{line}");
        assert!(String::from_utf8_lossy(&outcome.stderr).contains("标准输出"), "{line}");
    }
    // here the report is not all that was asked for
    assert_eq!(run("roster 长塘村.xlsx -o 名册.xlsx --format json").status.code(), Some(1));
    assert!(folder.path().join("名册.xlsx").exists());
}

#[test]
fn no_input_and_no_place_for_the_output_are_3() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("空")).expect("a folder");
    let lines = [
        "check 没有这个文件.xlsx",
        "check 空",
        "roster 空 -o 名册.xlsx",
        "roster 长塘村.xlsx -o 没有这个文件夹/名册.xlsx",
        "check 长塘村.xlsx --scheme 没有这个方案",
        "check 长塘村.xlsx --scheme 空",
    ];
    for line in lines {
        let outcome = folder.run(line);
        assert_eq!(outcome.status, Some(3), "{line}\n{}", outcome.stderr);
        assert!(!outcome.stderr.is_empty(), "{line} says nothing");
    }
    assert_eq!(folder.names("."), ["有错.xlsx", "空", "长塘村.xlsx"]);
}

#[test]
fn an_edited_scheme_is_judged() {
    let folder = Folder::new();
    assert_eq!(folder.run("scheme init 方案").status, Some(0));
    assert_eq!(folder.names("方案"), ["form.toml", "roster.toml", "scheme.toml"]);
    for line in ["scheme check 方案", "scheme check 方案/form.toml"] {
        assert_eq!(folder.run(line).status, Some(0), "{line}");
    }
    assert_eq!(folder.run_today("check 长塘村.xlsx --scheme 方案").status, Some(0));
    // never over somebody's edits
    assert_eq!(folder.run("scheme init 方案").status, Some(3));
    let path = folder.path().join("方案/scheme.toml");
    let text = std::fs::read_to_string(&path).expect("the scheme");
    let line = text.lines().position(|line| line == "[field.sex]").expect("a field") + 1;
    std::fs::write(&path, text.replace("[field.sex]\n", "[field.sex]\nlable = \"性别\"\n")).expect("written");
    let outcome = folder.run("scheme check 方案");
    assert_eq!(outcome.status, Some(1));
    let said = outcome.stdout + &outcome.stderr;
    assert!(said.contains("scheme.toml") && said.contains("lable") && said.contains(&(line + 1).to_string()), "{said}");
    assert_eq!(folder.run_today("check 长塘村.xlsx --scheme 方案").status, Some(3));
}

#[test]
fn a_damaged_sheet_is_1_beside_good_ones_and_a_list_with_one_is_3() {
    let folder = Folder::new();
    let book = mingce_tests::repository().join("fixtures/damaged-sheet/input/三个支部.xlsx");
    std::fs::copy(book, folder.path().join("三个支部.xlsx")).expect("copied");
    let outcome = folder.run_today("roster 三个支部.xlsx -o 名册.xlsx");
    assert_eq!(outcome.status, Some(1), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("第二支部") && folder.path().join("名册.xlsx").exists());
    assert_eq!(folder.run_today("check 长塘村.xlsx --members 三个支部.xlsx").status, Some(3));
}

#[test]
fn how_a_file_was_read_is_told_to_people_once_for_all_files() {
    let folder = Folder::new();
    for name in ["甲.csv", "乙.csv"] {
        let text = mingce_tests::repository().join("fixtures/formats-by-content/input/03 Excel另存.csv");
        std::fs::copy(text, folder.path().join(name)).expect("copied");
    }
    let told = folder.run_today("check 甲.csv 乙.csv").stderr;
    assert!(told.contains("  甲.csv、乙.csv：文件没有写明文字编码，按 GB18030 读取"), "{told}");
    let report = folder.run_today("check 甲.csv 乙.csv --format json").stdout;
    assert!(!report.contains("GB18030"), "{report}");
}
