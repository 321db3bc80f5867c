//! Files made to do harm: each ends in seconds, in little memory, with a report that says what is wrong with it.
//!
//! Every file is built here by hand, one trap at a time; none is larger than a few megabytes.
#![expect(clippy::panic, reason = "a failing test says which file it failed on")]

use std::io::{Cursor, Write};
use std::process::Command;

use mingce_tests::{TODAY, report_keeps_its_laws};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::{BINARY, Folder};

/// What a run may take, in KiB, where the shell can limit it: what a small office machine has to spare.
const MEMORY: u32 = 1 << 20;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEADING: &str =
    r#"<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>手机</t></is></c></row>"#;

/// A package of these parts.
fn packed(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).expect("an entry");
        zip.write_all(bytes).expect("room");
    }
    zip.finish().expect("a package").into_inner()
}

fn link(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{LINKS}/{kind}" Target="{target}"/>"#)
}

fn links(links: &[String]) -> Vec<u8> {
    format!("<Relationships>{}</Relationships>", links.concat()).into_bytes()
}

/// A workbook of one sheet with this XML, and with further parts.
fn workbook(sheet: Vec<u8>, more: Vec<(&str, Vec<u8>)>) -> Vec<u8> {
    let list =
        format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>"#);
    let mut parts = vec![
        ("_rels/.rels", links(&[link("rId1", "officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", list.into_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            links(&[link("rId1", "worksheet", "worksheets/sheet1.xml"), link("rId2", "sharedStrings", "sharedStrings.xml")]),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    parts.extend(more);
    packed(&parts)
}

fn sheet(rows: &str) -> Vec<u8> {
    format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{HEADING}{rows}</sheetData></worksheet>"#).into_bytes()
}

/// A Word document with this body.
fn document(body: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let xml = format!(r#"<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>"#);
    packed(&[("_rels/.rels", links(&[link("rId1", "officeDocument", "word/document.xml")])), ("word/document.xml", xml.into_bytes())])
}

/// An OpenDocument sheet with these rows.
fn open_document(rows: &str) -> Vec<u8> {
    let name = "urn:oasis:names:tc:opendocument:xmlns";
    format!(
        r#"<office:document xmlns:office="{name}:office:1.0" xmlns:table="{name}:table:1.0" xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet><table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body></office:document>"#
    )
    .into_bytes()
}

/// The sectors of an old container, with these entries of its allocation table and a stream of workbook records from sector 2.
fn container(table: &[u32], stream: &[u8]) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    for (at, word) in
        [(24, 0x0003_003E_u32), (28, 0x0009_FFFE), (32, 6), (44, 1), (48, 1), (56, 4096), (60, u32::MAX - 1), (68, u32::MAX - 1)]
    {
        header[at..at + 4].copy_from_slice(&word.to_le_bytes());
    }
    header[80..].fill(0xFF);
    let mut directory = Vec::new();
    for (name, kind, child, start, size) in [("Root Entry", 5_u8, 1_u32, u32::MAX - 1, 0), ("Workbook", 2, u32::MAX, 2, 1 << 26)] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(128, 0);
        entry[64] = u8::try_from(name.len() * 2 + 2).expect("a short name");
        entry[66] = kind;
        for (at, word) in [(68, u32::MAX), (72, u32::MAX), (76, child), (116, start), (120, size)] {
            entry[at..at + 4].copy_from_slice(&word.to_le_bytes());
        }
        directory.extend(entry);
    }
    directory.resize(512, 0);
    let mut allocation: Vec<u8> = table.iter().flat_map(|word| word.to_le_bytes()).collect();
    allocation.resize(512, 0xFF);
    let mut bytes = [header, allocation, directory, stream.to_vec()].concat();
    bytes.resize(512 * 16, 0);
    bytes
}

fn record(id: u16, data: &[u8]) -> Vec<u8> {
    [&id.to_le_bytes()[..], &u16::try_from(data.len()).expect("a short record").to_le_bytes(), data].concat()
}

/// Reads the file by itself, in little memory; gives the findings about whole inputs and how many people were read.
fn check(folder: &Folder, name: &str, bytes: &[u8]) -> (Vec<String>, u64) {
    std::fs::write(folder.path().join(name), bytes).expect("written");
    let limited = format!("ulimit -v {MEMORY} 2>/dev/null; exec \"$0\" \"$@\"");
    let mut command = if cfg!(target_os = "linux") { Command::new("sh") } else { Command::new(BINARY) };
    if cfg!(target_os = "linux") {
        command.args(["-c", &limited, BINARY]);
    }
    let output =
        command.args(["check", name, "--format", "json", "--today", TODAY]).current_dir(folder.path()).output().expect("it starts");
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(matches!(output.status.code(), Some(0 | 1 | 3)) && !stderr.contains("panicked"), "{name}: {:?}\n{stderr}", output.status);
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap_or_else(|fault| panic!("{name}: {fault}\n{stderr}"));
    report_keeps_its_laws(&report).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let findings = report["diagnostics"].as_array().expect("findings").iter();
    let about_inputs = ["unreadable-file", "encrypted-file", "no-table", "limit-exceeded", "legacy-document"];
    let codes = findings.filter_map(|finding| finding["code"].as_str()).filter(|code| about_inputs.contains(code));
    (codes.map(str::to_owned).collect(), report["rows"]["read"].as_u64().unwrap_or(0))
}

/// Each of the files ends in this one finding and holds nobody.
fn all_end_in(code: &str, files: &[(&str, Vec<u8>)]) {
    let folder = Folder::new();
    for (name, bytes) in files {
        assert_eq!(check(&folder, name, bytes), (vec![code.to_owned()], 0), "{name}");
    }
}

#[test]
fn packages_that_unpack_to_far_more_than_they_are_end_at_a_limit() {
    let blanks = |megabytes: usize| sheet(&" ".repeat(megabytes << 20));
    let shared = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(300_000)).into_bytes();
    let many_of_it = (2..2000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect::<String>();
    let entries: Vec<(String, Vec<u8>)> = (0..5000).map(|number| (format!("xl/{number}.xml"), Vec::new())).collect();
    let entries: Vec<(&str, Vec<u8>)> = entries.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    all_end_in(
        "limit-exceeded",
        &[
            ("膨胀.xlsx", workbook(blanks(40), Vec::new())),
            ("万件.xlsx", workbook(sheet(""), entries)),
            ("长文.xlsx", workbook(sheet(&many_of_it), vec![("xl/sharedStrings.xml", shared)])),
            ("深.xlsx", workbook(sheet(&"<x>".repeat(200_000)), Vec::new())),
            ("深表.docx", document(&"<w:tbl><w:tr><w:tc>".repeat(20_000))),
            ("深页.xls", "<table><tr><td>".repeat(100_000).into_bytes()),
            ("宽页.xls", format!("<table><tr>{}", "<td colspan=99999>1".repeat(9)).into_bytes()),
            ("宽.csv", ",".repeat(9 << 20).into_bytes()),
            ("长行.csv", "张".repeat(4 << 20).into_bytes()),
            (
                "重复.fods",
                open_document(
                    r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>"#,
                ),
            ),
            (
                "空格.fods",
                open_document(
                    r#"<table:table-row><table:table-cell><text:p><text:s text:c="4000000000"/></text:p></table:table-cell></table:table-row>"#,
                ),
            ),
        ],
    );
}

#[test]
fn texts_that_would_be_another_persons_and_places_that_are_none_are_refused() {
    let cell = |cell: &str| {
        workbook(sheet(&format!(r#"<row r="2">{cell}</row>"#)), vec![("xl/sharedStrings.xml", b"<sst><si><t>x</t></si></sst>".to_vec())])
    };
    let entity = |start: &str| {
        let xml = format!(
            r#"{start}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>"#
        );
        workbook(xml.into_bytes(), Vec::new())
    };
    let laughs = (1..30).map(|n| format!("<!ENTITY x{n} '&x{0};&x{0};'>", n - 1)).collect::<String>();
    all_end_in(
        "unreadable-file",
        &[
            ("负.xlsx", cell(r#"<c r="A2" t="s"><v>-1</v></c>"#)),
            ("字.xlsx", cell(r#"<c r="A2" t="s"><v>abc</v></c>"#)),
            ("远.xlsx", cell(r#"<c r="A4294967297"><v>1</v></c>"#)),
            ("宽.xlsx", cell(r#"<c r="ZZZZ2"><v>1</v></c>"#)),
            ("外部.xlsx", entity("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>")),
            ("笑.xlsx", entity(&format!("<!DOCTYPE r [<!ENTITY x0 'ha'>{laughs}<!ENTITY x '&x29;'>]>"))),
            ("自指.xlsx", entity("<!DOCTYPE r [<!ENTITY x '&x;'>]>")),
            ("零行.fods", open_document(r#"<table:table-row table:number-rows-repeated="0"><table:table-cell/></table:table-row>"#)),
        ],
    );
}

#[test]
fn old_containers_that_go_round_or_lie_about_lengths_end() {
    let end = u32::MAX - 1;
    let own = u32::MAX - 2;
    let begin = record(0x809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let straight: Vec<u32> = [own, end].into_iter().chain(3..15).chain([end]).collect();
    let lying = [begin.clone(), vec![0xFC, 0, 0xFF, 0xFF], vec![0; 100]].concat();
    let strings = [begin.clone(), record(0xFC, &[0xFF; 60]), record(0x85, &[0xFF; 20])].concat();
    all_end_in(
        "unreadable-file",
        &[
            ("目录成环.xls", container(&[own, 1, end], &begin)),
            ("数据成环.xls", container(&[own, end, 3, 2], &begin)),
            ("没有尽头.xls", container(&[own, end, 3, 4, 5, 900], &begin)),
            ("长度不实.xls", container(&straight, &lying)),
            ("文本不实.xls", container(&straight, &strings)),
            ("光有开头.xls", container(&straight, &begin)),
        ],
    );
}

#[test]
fn what_a_file_says_of_its_size_costs_nothing() {
    let folder = Folder::new();
    let corners =
        r#"<row r="2"><c r="A2" t="inlineStr"><is><t>郑试一</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let merges: String = (1..500).map(|n| format!(r#"<mergeCell ref="A{n}:XFD1048576"/>"#)).collect();
    let huge = format!(
        r#"<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" width="9"/></cols><sheetData>{HEADING}{corners}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"#
    );
    let (findings, read) = check(&folder, "对角.xlsx", &workbook(huge.into_bytes(), Vec::new()));
    assert!(findings.is_empty() && read >= 1, "{findings:?}, {read} read");
    let rows = r#"<table:table-row><table:table-cell><text:p>姓名</text:p></table:table-cell><table:table-cell><text:p>手机</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>郑试一</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    assert_eq!(check(&folder, "空行.fods", &open_document(rows)), (Vec::new(), 1));
    let page = "<table><tr><td>姓名<td>手机</tr><tr><td rowspan=4294967295>郑试一<td colspan=0>1</table>";
    assert_eq!(check(&folder, "跨行.xls", page.as_bytes()), (Vec::new(), 1));
    let quoted = format!("姓名,手机\n郑试一,\"1\n{}", "甲,2\n".repeat(5_000));
    assert_eq!(check(&folder, "引号.csv", quoted.as_bytes()), (Vec::new(), 5_001));
}

/// What a program might walk again for each of its repeats is walked once: thousands of anything end soon, read or refused.
#[test]
fn what_is_repeated_without_end_is_walked_once() {
    const TIMES: usize = 30_000;
    // lines are judged, each with its findings
    const LINES: usize = 2_000;
    let folder = Folder::new();
    let person = r#"<row r="2"><c r="A2" t="inlineStr"><is><t>郑试一</t></is></c></row>"#;
    let book = |rows: String| workbook(sheet(&format!("{person}{rows}")), Vec::new());
    let around = |before: &str, after: &str| {
        let sheet = format!(r#"<worksheet xmlns="{MAIN}">{before}<sheetData>{HEADING}{person}</sheetData>{after}</worksheet>"#);
        workbook(sheet.into_bytes(), Vec::new())
    };
    let each = |times: usize, one: &dyn Fn(usize) -> String| (3..times + 3).map(one).collect::<String>();
    let formula = "A".repeat(30_000);
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let form = |text: &str| document(&format!("{}{}", paragraph("姓名：郑试一"), paragraph(text)));
    let styled = |styles: String| {
        let name = "urn:oasis:names:tc:opendocument:xmlns";
        let xml = format!(r#"<office:automatic-styles xmlns:style="{name}:style:1.0">{styles}</office:automatic-styles><office:body>"#);
        let rows = "<table:table-row><table:table-cell><text:p>姓名</text:p></table:table-cell><table:table-cell><text:p>手机</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>郑试一</text:p></table:table-cell></table:table-row>";
        String::from_utf8_lossy(&open_document(rows)).replacen("<office:body>", &xml, 1).into_bytes()
    };
    let heir = |n: usize| format!(r#"<style:style style:name="c{n}" style:parent-style-name="c{}" style:family="table-cell"/>"#, n - 1);
    let times = u64::try_from(TIMES).expect("a small number");
    let (limit, none, people) =
        ((Some("limit-exceeded"), 0), (Some("no-table"), 0), (None, 1 + u64::try_from(LINES).expect("a small number")));
    let files = [
        ("同一格.xlsx", book(format!(r#"<row r="3">{}</row>"#, each(LINES, &|_| r#"<c r="A3"><v>1</v></c>"#.to_owned()))), people),
        ("同一行.xlsx", book(each(LINES, &|_| r#"<row r="3"><c r="A3"><v>1</v></c></row>"#.to_owned())), people),
        ("倒着的行.xlsx", book(each(LINES, &|n| format!(r#"<row r="{0}"><c r="A{0}"><v>1</v></c></row>"#, LINES * 2 - n))), people),
        ("来回.xlsx", book(format!(r#"<row r="3">{}</row>"#, each(LINES, &|n| format!(r#"<c r="A{}"><v>1</v></c>"#, 3 + n % 2)))), people),
        ("属性.xlsx", book(format!(r#"<row r="3"><c r="A3" {}><v>1</v></c></row>"#, each(TIMES, &|n| format!(r#"a{n}="1" "#)))), (None, 2)),
        ("列宽.xlsx", around(&format!("<cols>{}</cols>", r#"<col min="1" max="16384" width="9"/>"#.repeat(TIMES)), ""), (None, 1)),
        ("合并.xlsx", around("", &format!("<mergeCells>{}</mergeCells>", r#"<mergeCell ref="A1:XFD1048576"/>"#.repeat(TIMES))), (None, 1)),
        (
            "公式.xlsx",
            book(format!(
                r#"<row r="3"><c r="A3"><f t="shared" si="0">{formula}</f></c></row>{}"#,
                each(TIMES, &|n| format!(r#"<row r="{0}"><c r="A{0}"><f t="shared" si="0"/></c></row>"#, n + 1))
            )),
            limit,
        ),
        ("标签.docx", form(&"姓名：".repeat(TIMES)), none),
        ("空白.docx", form(&format!("手机{}1", "　 ".repeat(TIMES))), none),
        ("选项.docx", form(&format!("服务意向：{}", "□尊老服务".repeat(LINES))), none),
        ("空表.docx", document(&format!("{}{}", paragraph("姓名：郑试一"), "<w:tbl/>".repeat(TIMES))), none),
        (
            "跨列.docx",
            document(&format!(
                "<w:tbl><w:tr>{}</w:tr></w:tbl>",
                r#"<w:tc><w:tcPr><w:gridSpan w:val="16384"/></w:tcPr><w:p><w:r><w:t>姓名</w:t></w:r></w:p></w:tc>"#.repeat(TIMES)
            )),
            limit,
        ),
        ("样式.fods", styled(each(TIMES, &heir)), (None, 1)),
        ("标记.xls", format!("<table><tr><td>姓名{}", "<b ".repeat(TIMES)).into_bytes(), none),
        ("引号.csv", format!("姓名,手机\n{}", "\"a\n".repeat(LINES)).into_bytes(), (None, 1_000)),
        ("村名.csv", format!("序号,姓名,手机\n1,郑试一,1\n{}", "长塘村\n".repeat(TIMES)).into_bytes(), (None, 1 + times)),
        ("红旗.csv", format!("序号,姓名,手机\n1,郑试一,1\n{}", "红旗\n".repeat(TIMES)).into_bytes(), (None, 1 + times)),
        ("竖线.txt", "|".repeat(TIMES * 10).into_bytes(), limit),
    ];
    for (name, bytes, (finding, read)) in files {
        let findings: Vec<String> = finding.into_iter().map(str::to_owned).collect();
        assert_eq!(check(&folder, name, &bytes), (findings, read), "{name}");
    }
}
