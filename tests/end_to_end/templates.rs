//! `--template`: which blank fits which output, and what a handover becomes with one.

use std::fs;
use std::path::Path;

use mingce_tests::{read_back, repository};

use crate::Folder;

/// A folder with people, and the blanks of other offices in a folder `空白`.
fn with_blanks() -> Folder {
    let folder = Folder::new();
    fs::create_dir(folder.path().join("空白")).expect("a folder");
    let blanks = fs::read_dir(repository().join("crates/mingce/tests/blanks")).expect("the blanks are there");
    for blank in blanks.flatten().map(|entry| entry.path()) {
        let name = blank.file_name().expect("a name");
        fs::copy(&blank, folder.path().join("空白").join(name)).expect("copied");
    }
    folder
}

fn names_of_sheets(workbook: &Path) -> Vec<String> {
    read_back::workbook(workbook).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_blank_that_does_not_fit_is_wrong_usage_and_nothing_is_written() {
    let folder = with_blanks();
    fs::write(folder.path().join("空白/旧.xls"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").expect("written");
    for line in [
        "forms 长塘村.xlsx -o 出.docx --template 空白/form-boxes.xlsx",
        "forms 长塘村.xlsx -o 出 --template 空白/form-boxes.xlsx",
        "forms 长塘村.xlsx -o 出.xlsx --template 空白/table.docx",
        "forms 长塘村.xlsx -o 出.xlsx --template 空白/roster-numbered.xlsx",
        "roster 长塘村.xlsx -o 出.xlsx --template 空白/form-boxes.xlsx",
        "roster 长塘村.xlsx -o 出.docx --template 空白/roster-numbered.xlsx",
        "roster 长塘村.xlsx -o 出.xlsx --template 空白/旧.xls",
        "pack 长塘村.xlsx -o 出 --template 空白/旧.xls",
    ] {
        let outcome = folder.run_today(line);
        assert_eq!(outcome.status, Some(2), "{line}\n{}", outcome.stderr);
        assert!(outcome.stderr.contains("错误：") && outcome.stderr.contains("空白表"), "{}", outcome.stderr);
    }
    assert!(folder.names("").iter().all(|name| !name.starts_with('出')));
}

#[test]
fn everybody_gets_a_sheet_and_the_other_sheets_are_there_once() {
    let folder = with_blanks();
    let outcome = folder.run_today("forms 长塘村.xlsx -o 出.xlsx --template 空白/form-boxes.xlsx --format json");
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let sheets = names_of_sheets(&folder.path().join("出.xlsx"));
    assert_eq!(sheets, ["填写说明", "1-张三", "2-李四", "3-王五"]);
    let again = folder.run_today("forms 长塘村.xlsx -o 又.xlsx --template 空白/form-boxes.xlsx --threads 1");
    assert_eq!(again.status, Some(0));
    let bytes = |name: &str| fs::read(folder.path().join(name)).expect("a file");
    assert!(bytes("出.xlsx") == bytes("又.xlsx"));
}

#[test]
fn a_number_with_a_cell_for_each_digit_stands_in_them() {
    let folder = with_blanks();
    let outcome = folder.run_today("forms 长塘村.xlsx -o 出.xlsx --template 空白/form-cells.xlsx");
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let sheets = read_back::workbook(&folder.path().join("出.xlsx"));
    let digits: Vec<&str> = sheets[0].1[2].split('\t').skip(1).collect();
    assert!(digits.len() == 18 && digits.iter().all(|digit| digit.len() == 1), "{digits:?}");
}

#[test]
fn a_template_or_a_blank_with_macros_gives_a_plain_document() {
    let folder = with_blanks();
    for (command, blank, has_macros) in [
        ("forms 长塘村.xlsx -o 甲.xlsx", "form-macros.xlsm", true),
        ("roster 长塘村.xlsx -o 乙.xlsx", "roster-macros.xlsm", true),
        ("forms 长塘村.xlsx -o 丙.xlsx", "form-template.xltx", false),
        ("forms 长塘村.xlsx -o 丁.docx", "macros.docm", true),
        ("forms 长塘村.xlsx -o 戊.docx", "template.dotx", false),
        ("roster 长塘村.xlsx -o 己.docx", "roster-template.dotx", false),
    ] {
        let outcome = folder.run_today(&format!("{command} --template 空白/{blank}"));
        assert!(outcome.status < Some(2), "{blank}: {}", outcome.stderr);
        assert_eq!(outcome.stderr.contains("带有宏"), has_macros, "{blank}: {}", outcome.stderr);
        let target = command.rsplit(' ').next().expect("a target");
        let parts = read_back::parts(&folder.path().join(target));
        let types = String::from_utf8(parts["[Content_Types].xml"].clone()).expect("UTF-8");
        let plain = if target.ends_with("xlsx") { "spreadsheetml.sheet.main+xml" } else { "wordprocessingml.document.main+xml" };
        assert!(types.contains(plain) && !types.contains("macroEnabled") && !types.contains("template"), "{blank}: {types}");
        let all: String = parts.values().map(|part| String::from_utf8_lossy(part)).collect();
        assert!(!all.contains("vbaProject") && !all.contains("customUI") && !all.contains("[0]!"), "{blank}");
        assert!(!parts.keys().any(|name| name.contains("vba") || name.contains("customUI")), "{blank}: {:?}", parts.keys());
    }
}

#[test]
fn a_handover_takes_a_blank_in_the_place_of_what_it_gives() {
    let folder = with_blanks();
    let pack = |blank: &str, to: &str| {
        let outcome = folder.run_today(&format!("pack 长塘村.xlsx -o {to} --template 空白/{blank}"));
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        folder.names(to)
    };
    let forms = pack("form-boxes.xlsx", "甲");
    assert!(forms.contains(&"附件1-党员志愿者登记表.xlsx".to_owned()), "{forms:?}");
    assert!(!forms.iter().any(|name| name.starts_with("附件1") && !name.ends_with(".xlsx")), "{forms:?}");
    pack("roster-numbered.xlsx", "乙");
    let sheets = names_of_sheets(&folder.path().join("乙/附件2-党员志愿者名册.xlsx"));
    assert_eq!(sheets, ["名册", "说明"]);
    let own = pack("table.docx", "丙");
    assert!(own.contains(&"附件1-党员志愿者登记表.docx".to_owned()) && own.contains(&"附件2-党员志愿者名册.xlsx".to_owned()), "{own:?}");
}

#[test]
fn what_is_no_blank_at_all_is_said_so() {
    let folder = with_blanks();
    fs::write(folder.path().join("空白/文本.docx"), "姓名：").expect("written");
    for (line, said) in [
        ("roster 长塘村.xlsx -o 出.docx --template 空白/文本.docx", "不是 .docx 或 .xlsx 文档"),
        ("scheme check 空白/文本.docx", "不是 .docx 或 .xlsx 文档"),
        ("scheme check 空白/没有.xlsx", "没有这个文件"),
    ] {
        let outcome = folder.run(line);
        assert_eq!(outcome.status, Some(3), "{line}\n{}", outcome.stderr);
        assert!(outcome.stderr.contains(said), "{line}\n{}", outcome.stderr);
    }
    assert!(!folder.path().join("出.docx").exists());
}

#[test]
fn the_map_of_a_blank_is_shown() {
    let folder = with_blanks();
    for blank in folder.names("空白").iter().filter(|name| !name.ends_with(".py") && !name.ends_with(".md")) {
        let kind = if blank.starts_with("roster") { "名册" } else { "登记表" };
        let outcome = folder.run(&format!("scheme check 空白/{blank}"));
        assert_eq!(outcome.status, Some(0), "{blank}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(&format!("是一份{kind}")) && outcome.stderr.contains("姓名"), "{blank}: {}", outcome.stderr);
    }
}

#[test]
fn the_map_of_a_blank_can_be_that_of_an_edited_scheme() {
    let folder = with_blanks();
    let map = |line: &str| folder.run(&format!("scheme check {line}"));
    assert_eq!(folder.run("scheme init 方案").status, Some(0));
    let path = folder.path().join("方案/scheme.toml");
    let text = std::fs::read_to_string(&path).expect("the scheme");
    std::fs::write(&path, text.replace("label = \"手机\"", "label = \"移动电话\"\n")).expect("written");
    let outcome = map("空白/form-boxes.xlsx --scheme 方案");
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("→ 移动电话") && !map("空白/form-boxes.xlsx").stderr.contains("→ 移动电话"), "{}", outcome.stderr);
    assert_eq!(map("空白/form-boxes.xlsx --scheme 没有").status, Some(3));
    assert_eq!(map("方案 --scheme 方案").status, Some(2));
}

/// The paragraphs of a document's main part, each with the XML before it.
fn paragraphs(parts: &std::collections::BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let xml = String::from_utf8(parts["word/document.xml"].clone()).expect("UTF-8");
    // what was one empty tag has an inside once something stands in it
    xml.replace("<w:p/>", "<w:p></w:p>").split("</w:p>").map(str::to_owned).collect()
}

/// Whether the first text, the signs that leave room aside, stands in the second in its order.
fn stands_in(blank: &str, filled: &str) -> bool {
    let is_room = |c: &char| c.is_whitespace() || "_＿□○☐（）()[]年月日".contains(*c);
    let mut filled = filled.chars();
    // elements that are room themselves: empty lines, stops to write up to, boxes of a picture font
    let elements = |tag: &str| ["w:br/>", "w:tab/>", "w:sym "].iter().any(|room| tag.starts_with(room));
    // a hint in brackets gives way to the answer it asks for
    let blank = blank.replace("（如：摄影、书法等）", "");
    let blank: String =
        blank.split('<').map(|tag| if elements(tag) { tag.split_once('>').map_or("", |(_, text)| text) } else { tag }).collect();
    blank.chars().filter(|c| !is_room(c)).all(|c| filled.any(|other| other == c))
}

#[test]
fn nothing_but_the_places_of_a_blank_changes() {
    let folder = with_blanks();
    for (blank, words) in [
        ("table", "forms"),
        ("below", "forms"),
        ("cells", "forms"),
        ("inside", "forms"),
        ("lines", "forms"),
        ("spaced", "forms"),
        ("symbols", "forms"),
        ("nested", "forms"),
        ("rooms", "forms"),
        ("sentence", "forms"),
        ("slip", "forms"),
        ("roster", "roster"),
        ("roster-boxes", "roster"),
    ] {
        let target = if words == "forms" { format!("出-{blank}") } else { format!("出-{blank}.docx") };
        let outcome = folder.run_today(&format!("{words} 长塘村.xlsx -o {target} --template 空白/{blank}.docx"));
        assert!(outcome.status < Some(2), "{blank}: {}", outcome.stderr);
        let original = read_back::parts(&folder.path().join(format!("空白/{blank}.docx")));
        let filled = if words == "forms" { folder.path().join(&target).join("1-张三.docx") } else { folder.path().join(&target) };
        let filled = read_back::parts(&filled);
        assert!(original.keys().eq(filled.keys()), "{blank}: {:?}", filled.keys());
        for (name, bytes) in original.iter().filter(|(name, _)| *name != "word/document.xml") {
            assert!(filled[name] == *bytes, "{blank}: {name} is another");
        }
        let (before, after) = (paragraphs(&original), paragraphs(&filled));
        assert_eq!(before.len(), after.len(), "{blank}");
        let map = folder.run(&format!("scheme check 空白/{blank}.docx")).stderr;
        let places = map.lines().filter(|line| line.contains(" → ")).count();
        let changed: Vec<usize> = (0..before.len()).filter(|place| before[*place] != after[*place]).collect();
        // an option may have a paragraph of its own, and a roster has three lines
        assert!(!changed.is_empty() && changed.len() <= 3 * places + 6, "{blank}: {} of {places}", changed.len());
        for place in changed {
            assert!(stands_in(&before[place], &after[place]), "{blank}:\n{}\n{}", before[place], after[place]);
        }
    }
}
