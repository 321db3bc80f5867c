//! Where words and files go: data on stdout, talk on stderr, files whole or not at all and never over another.

use std::fs;

use mingce_tests::read_back;

use crate::Folder;

#[test]
fn the_report_in_json_is_alone_on_stdout_and_names_what_was_written() {
    let folder = Folder::new();
    let outcome = folder.run_today("roster 有错.xlsx -o 名册.xlsx --format json");
    let report = outcome.report().expect("JSON alone");
    assert_eq!(report["written"], serde_json::json!(["名册.xlsx"]));
    assert_eq!(report["rows"], serde_json::json!({"read": 2, "accepted": 1, "returned": 1, "skipped": 0}));
    let finding = &report["diagnostics"][0];
    assert_eq!((&finding["code"], &finding["cell"]), (&"mobile-invalid".into(), &"J3".into()));
    assert_eq!((&finding["file"], &finding["field"]), (&"有错.xlsx".into(), &"mobile".into()));
    assert!(report["units"].is_array(), "units are there without a units file too");
    assert!(finding["message"].is_string() && finding["hint"].is_string());
}

#[test]
fn the_report_in_text_goes_to_stderr_and_says_where() {
    let folder = Folder::new();
    let outcome = folder.run_today("check 有错.xlsx");
    assert_eq!(outcome.stdout, "");
    for words in ["有错.xlsx", "J3", "退回"] {
        assert!(outcome.stderr.contains(words), "no {words} in:\n{}", outcome.stderr);
    }
    assert!(!outcome.stderr.contains("1380000"), "a number of seven digits is shown:\n{}", outcome.stderr);
    assert!(!outcome.stderr.contains('\u{1b}'), "colour without a terminal:\n{}", outcome.stderr);
}

#[test]
fn quiet_is_silent_when_all_is_fine_and_still_shows_errors() {
    let folder = Folder::new();
    let outcome = folder.run_today("roster 长塘村.xlsx -o 名册.xlsx -q");
    assert_eq!((outcome.stdout.as_str(), outcome.stderr.as_str()), ("", ""));
    assert!(folder.run_today("check 有错.xlsx -q").stderr.contains("J3"));
}

#[test]
fn an_existing_file_is_refused_and_replaced_by_force_alone() {
    let folder = Folder::new();
    for (line, target) in [
        ("roster 长塘村.xlsx -o 名册.xlsx", "名册.xlsx"),
        ("blank form -o 空表.docx", "空表.docx"),
        ("blank roster -o 空表.xlsx", "空表.xlsx"),
    ] {
        let path = folder.path().join(target);
        fs::write(&path, "somebody's work").expect("written");
        assert_eq!(folder.run(line).status, Some(3), "{line}");
        assert_eq!(fs::read(&path).expect("still there"), b"somebody's work", "{line}");
        assert_eq!(folder.run(&format!("{line} --force")).status, Some(0), "{line}");
        assert_eq!(&fs::read(&path).expect("there")[..2], b"PK", "{line}");
    }
}

#[test]
fn a_folder_with_something_in_it_is_refused_and_force_deletes_nothing() {
    let folder = Folder::new();
    let target = folder.path().join("登记表");
    fs::create_dir(&target).expect("a folder");
    assert_eq!(folder.run_today("forms 长塘村.xlsx -o 登记表").status, Some(0), "an empty folder is fine");
    fs::write(target.join("1-张三.docx"), "old").expect("written");
    fs::write(target.join("说明.txt"), "keep me").expect("written");
    assert_eq!(folder.run_today("forms 长塘村.xlsx -o 登记表").status, Some(3));
    assert_eq!(fs::read(target.join("1-张三.docx")).expect("there"), b"old");
    assert_eq!(folder.run_today("forms 长塘村.xlsx -o 登记表 --force").status, Some(0));
    assert_eq!(folder.names("登记表"), ["1-张三.docx", "2-李四.docx", "3-王五.docx", "说明.txt"]);
    assert_eq!(fs::read(target.join("说明.txt")).expect("there"), b"keep me");
    assert_eq!(&fs::read(target.join("1-张三.docx")).expect("there")[..2], b"PK");
}

#[test]
fn an_output_and_its_returned_rows_are_both_there_or_neither() {
    let folder = Folder::new();
    for name in ["退回", "登记表"] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
    }
    assert_eq!(folder.run_today("roster 有错.xlsx -o 退回/名册.xlsx --returned 退回").status, Some(1));
    assert_eq!(folder.names("退回"), ["名册.xlsx", "有错-退回.xlsx"]);
    // the folder of the forms must be empty, and the returned rows would stand in it
    assert_eq!(folder.run_today("forms 有错.xlsx -o 登记表 --returned 登记表/退回.xlsx").status, Some(3));
    assert!(folder.names("登记表").is_empty());
    assert_eq!(folder.run_today("forms 有错.xlsx -o 登记表 --returned 登记表/退回.xlsx --force").status, Some(1));
    assert_eq!(folder.names("登记表").len(), 2);
}

#[test]
fn blanks_hold_the_words_of_the_annexes_and_nobody() {
    let folder = Folder::new();
    for target in ["表.docx", "表.xlsx"] {
        assert_eq!(folder.run(&format!("blank form -o {target}")).status, Some(0));
        assert_eq!(folder.run(&format!("blank roster -o 名册{target} --rows 30")).status, Some(0));
    }
    let form = read_back::document(&folder.path().join("表.docx"));
    assert!(form.starts_with("附件1\n党员志愿者登记表\n姓名||性别||特长||照片\n出生年月||身高||学历|\n"), "{form}");
    assert!(form.contains("手机充值□自行领取□爱心募捐□\n"), "{form}");
    let roster = read_back::document(&folder.path().join("名册表.docx"));
    let headings = "序号|姓名|性别|出生年月|入党时间|文化程度|专业特长|工作单位及职务|单位电话|手机|志愿服务项目";
    assert!(roster.starts_with(&format!("附件2\n党员志愿者名册\n{headings}\n")), "{roster}");
    let sheets = read_back::workbook(&folder.path().join("名册表.xlsx"));
    assert_eq!(sheets[0].0, "党员志愿者名册");
    assert_eq!(sheets[0].1[..3], ["附件2".to_owned(), "党员志愿者名册".to_owned(), headings.replace('|', "\t")]);
    assert_eq!(folder.run("check 名册表.xlsx").status, Some(1), "a roster with nobody in it accepts nobody");
}

#[test]
fn help_is_chinese_and_no_arguments_show_where_to_start() {
    let folder = Folder::new();
    let outcome = folder.program.run(std::iter::empty::<&str>());
    let said = outcome.stdout + &outcome.stderr;
    for command in ["mingce check", "mingce roster", "mingce forms"] {
        assert!(said.contains(command), "no {command} in:\n{said}");
    }
    for line in ["--help", "roster --help", "forms --help", "check --help", "blank --help", "scheme --help", "completions --help"] {
        let outcome = folder.run(line);
        assert_eq!(outcome.status, Some(0), "{line}");
        let english = ["Usage", "Options:", "Commands:", "Arguments:", "Print help", "possible values", "default:"];
        assert!(outcome.stdout.contains("用法"), "{line}:\n{}", outcome.stdout);
        assert!(!english.iter().any(|word| outcome.stdout.contains(word)), "{line}:\n{}", outcome.stdout);
    }
    let wrong = folder.run("check 长塘村.xlsx --formt json").stderr;
    assert!(!wrong.contains("error:") && !wrong.contains("Usage"), "{wrong}");
}
