//! The summary, and the folder for a handover.

use std::path::Path;

use mingce_tests::read_back::{document, workbook};

use crate::Folder;

const UNITS: &str = "[[unit]]\nname = \"长塘村\"\nmembers = 7\n";

#[test]
fn the_summary_is_a_report_with_charts_and_a_document_with_the_same_words() {
    let folder = Folder::new();
    std::fs::write(folder.path().join("单位.toml"), UNITS).expect("written");
    for name in ["汇总.xlsx", "汇总.docx"] {
        let outcome = folder.run_today(&format!("summary 长塘村.xlsx -o {name} --units 单位.toml"));
        assert_eq!(outcome.status, Some(1), "2 of 7 are too few\n{}", outcome.stderr);
    }
    let sheets = workbook(&folder.path().join("汇总.xlsx"));
    let line = sheets[0].1.iter().find(|line| line.starts_with("长塘村\t7\t")).expect("the unit's line");
    assert!(line.ends_with("未达到\t2"), "{line}");
    assert!(document(&folder.path().join("汇总.docx")).contains("长塘村|7|2|1|28.5%|未达到|2\n"));
    assert!(mingce_tests::read_back::part(&folder.path().join("汇总.xlsx"), "xl/charts/chart1.xml").contains("图表!"));
}

#[test]
fn a_summary_for_publication_names_nobody() {
    let folder = Folder::new();
    std::fs::write(folder.path().join("花名册.csv"), "姓名,出生年月,党支部\n郑无人,1980.01,一支部\n").expect("written");
    for (name, options) in [("全.xlsx", ""), ("公示.xlsx", " --mask")] {
        folder.run_today(&format!("summary 长塘村.xlsx -o {name} --members 花名册.csv{options}"));
        let text = workbook(&folder.path().join(name))[0].1.join("\n");
        assert_eq!(text.contains("郑无人"), options.is_empty(), "{text}");
        assert!(text.contains("还没有登记的 1 人"), "{text}");
    }
}

#[test]
fn wrong_names_of_outputs_are_2_and_existing_ones_3() {
    let folder = Folder::new();
    assert_eq!(folder.run_today("summary 长塘村.xlsx -o 汇总.pdf").status, Some(2));
    assert_eq!(folder.run_today("summary 长塘村.xlsx -o 有错.xlsx").status, Some(3));
    assert_eq!(folder.run_today("pack 长塘村.xlsx -o .").status, Some(3));
    for file in ["移交.zip", "移交.xlsx", "移交.docx"] {
        assert_eq!(folder.run_today(&format!("pack 长塘村.xlsx -o {file}")).status, Some(2), "{file}");
    }
    assert_eq!(folder.names("."), ["有错.xlsx", "长塘村.xlsx"]);
}

#[test]
fn a_handover_holds_everything_and_an_index_of_it() {
    let folder = Folder::new();
    let outcome = folder.run_today("pack 长塘村.xlsx 有错.xlsx -o 移交 --format json");
    assert_eq!(outcome.status, Some(1), "{}", outcome.stderr);
    let expected = [
        "附件1-党员志愿者登记表",
        "附件1-党员志愿者登记表.docx",
        "附件2-党员志愿者名册.docx",
        "附件2-党员志愿者名册.xlsx",
        "党员志愿者登记情况汇总.docx",
        "党员志愿者登记情况汇总.xlsx",
        "核对报告.json",
        "索引.xlsx",
        "退回表",
    ];
    let mut names = folder.names("移交");
    let mut sorted = expected.map(str::to_owned).to_vec();
    sorted.sort();
    names.sort();
    assert_eq!(names, sorted);
    assert_eq!(folder.names("移交/附件1-党员志愿者登记表").len(), 4);
    let lines = workbook(&folder.path().join("移交/索引.xlsx"))[0].1.clone();
    let report = outcome.report().expect("a report");
    assert_eq!(lines.len(), report["written"].as_array().expect("files").len(), "every file but the index, and the headings");
    for line in &lines[1..] {
        let cells: Vec<&str> = line.split('\t').collect();
        let bytes = std::fs::read(folder.path().join("移交").join(cells[1])).expect(cells[1]);
        assert_eq!(cells[4], bytes.len().to_string(), "{line}");
        assert_eq!(cells[5].len(), 64, "{line}");
    }
    let sums = workbook(&folder.path().join("移交/索引.xlsx"))[1].1.clone();
    let rows = &report["rows"];
    for (name, count) in [("读取", &rows["read"]), ("接收", &rows["accepted"]), ("退回", &rows["returned"])] {
        assert!(sums.iter().any(|line| line.starts_with(&format!("{name}\t{count}\t"))), "{name} {count}: {sums:?}");
    }
    assert!(folder.run_today("pack 有错.xlsx 长塘村.xlsx -o 再").stderr.contains("行在「退回表」里"));
}

#[test]
fn a_handover_is_the_same_wherever_it_stands_and_whatever_the_threads() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("里")).expect("made");
    folder.run_today("pack 长塘村.xlsx 有错.xlsx -o 一 --threads 1");
    folder.run_today("pack 长塘村.xlsx 有错.xlsx -o 里/二 --threads 4");
    let (one, two) = (contents(&folder.path().join("一")), contents(&folder.path().join("里/二")));
    assert!(one.len() > 8);
    assert_eq!(one, two);
}

#[test]
fn strict_hands_nothing_over_when_a_row_is_returned() {
    let folder = Folder::new();
    assert_eq!(folder.run_today("pack 有错.xlsx -o 移交 --strict").status, Some(1));
    assert_eq!(folder.names("."), ["有错.xlsx", "长塘村.xlsx"]);
    assert_eq!(folder.run_today("pack 长塘村.xlsx -o 移交 --strict").status, Some(0));
    assert_eq!(folder.run_today("pack 长塘村.xlsx -o 移交").status, Some(3), "it is there");
    assert_eq!(folder.run_today("pack 长塘村.xlsx -o 移交 --force").status, Some(0));
}

/// Every file below the folder, with its bytes, by name.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            all.extend(contents(&entry.path()).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            all.push((name, std::fs::read(entry.path()).expect("read")));
        }
    }
    all.sort();
    all
}
