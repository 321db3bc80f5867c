//! Blanks that are workbooks: what lies on a sheet is filled with it, and everything else stays as it is.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use mingce_tests::people::{write_sheets, write_workbook};
use mingce_tests::pictures::jpeg;
use mingce_tests::{read_back, repository};

use crate::Folder;

fn blank(name: &str) -> std::path::PathBuf {
    repository().join("crates/mingce/tests/blanks").join(name)
}

/// The parts of a package by their names.
fn parts(package: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(fs::File::open(package).expect("written")).expect("a zip");
    let count = zip.len();
    let read = |index: usize| {
        let mut entry = zip.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("read");
        (entry.name().expect("UTF-8").into_owned(), bytes)
    };
    (0..count).map(read).collect()
}

fn text(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts.get(name).expect(name).clone()).expect("UTF-8")
}

#[test]
fn what_lies_on_a_sheet_is_filled_with_it() {
    let folder = Folder::new();
    fs::copy(blank("form-drawn.xlsx"), folder.path().join("空白.xlsx")).expect("copied");
    fs::create_dir(folder.path().join("照片")).expect("made");
    fs::write(folder.path().join("照片/李四.jpg"), jpeg(50, 70, 90)).expect("written");
    for threads in ["1", "2"] {
        let line = format!("forms 长塘村.xlsx -o 出{threads}.xlsx --template 空白.xlsx --photos 照片 --threads {threads} --format json");
        let outcome = folder.run_today(&line);
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        let report = outcome.report().expect("a report");
        let unknown = report["diagnostics"].as_array().expect("findings").iter().filter(|finding| finding["code"] == "slot-unknown");
        assert_eq!(unknown.map(|finding| finding["cell"].clone()).collect::<Vec<_>>(), ["{{不认识}}"]);
    }
    assert!(fs::read(folder.path().join("出1.xlsx")).expect("read") == fs::read(folder.path().join("出2.xlsx")).expect("read"));
    // the cells that are linked with controls are nobody's answers
    let again = folder.run_today("check 出1.xlsx --format json").report().expect("a report");
    assert_eq!(again["rows"]["accepted"], 3, "{again}");
    let made = parts(&folder.path().join("出1.xlsx"));
    // the picture joins the text box, and only where there is one
    let drawings = ["xl/drawings/drawing1.xml", "xl/drawings/drawing1_2.xml", "xl/drawings/drawing1_3.xml"].map(|name| text(&made, name));
    assert_eq!(drawings.each_ref().map(|drawing| drawing.matches("<xdr:pic>").count()), [0, 1, 0]);
    assert!(
        drawings
            .iter()
            .all(|drawing| drawing.contains("<a:t>支部：") && drawing.contains("（{{不认识}}）") && !drawing.contains("党支部}}"))
    );
    assert!(drawings[1].contains("<xdr:cNvPr id=\"5\""), "{}", drawings[1]);
    assert_eq!(made.keys().filter(|name| name.contains("media/")).count(), 1);
    assert!(text(&made, "xl/drawings/_rels/drawing1_2.xml.rels").contains("media/photo_2.jpeg"));
    for (sheet, tail) in ["", "_2", "_3"].into_iter().enumerate() {
        let xml = text(&made, &format!("xl/worksheets/sheet1{tail}.xml"));
        // the words of the photo's cell give way to the photo
        assert_eq!(xml.contains("照片"), sheet != 1, "{xml}");
        assert!(!xml.contains("{{手机}}") && xml.contains("<oddHeader>&amp;R1"), "{xml}");
        assert_eq!(xml.matches("<drawing ").count(), 1);
        // one of the check boxes in cells, and at least one of those that are controls
        let state = |cell: &str| {
            let (_, cell) = xml.split_once(&format!("<c r=\"{cell}\""))?;
            Some(cell.split_once("</c>")?.0.split_once("<v>")?.1.chars().next())
        };
        let subsidy = ["B6", "D6", "F6"].map(state);
        assert_eq!(subsidy.iter().filter(|state| **state == Some(Some('1'))).count(), 1, "sheet {sheet}: {subsidy:?}");
        let controls = (1..=6).map(|number| text(&made, &format!("xl/ctrlProps/ctrlProp{number}{tail}.xml")));
        let ticked = controls.filter(|control| control.contains("checked=\"Checked\"")).count();
        let drawn = text(&made, &format!("xl/drawings/vmlDrawing1{tail}.vml")).matches("<x:Checked>1</x:Checked>").count();
        assert!(ticked > 0 && ticked == drawn, "{ticked} and {drawn}");
        // the cells that are linked say the same: TRUE at a box, and which of the buttons is pressed
        let linked = ["J2", "J3", "J4", "J5"].map(state).iter().filter(|state| state.is_some()).count();
        let pressed = if text(&made, &format!("xl/ctrlProps/ctrlProp5{tail}.xml")).contains("checked") { '1' } else { '2' };
        assert_eq!((linked, state("J6")), (ticked - 1, Some(Some(pressed))), "sheet {sheet}");
    }
}

/// The XML without letters that are written as numbers.
fn plain(xml: &str) -> String {
    let mut pieces = xml.split("&#");
    let mut out = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once(';').expect("a reference");
        out.extend(number.parse().ok().and_then(char::from_u32));
        out.push_str(rest);
    }
    out
}

/// Parts that say which sheets there are, and the looks of cells, to which those of long answers are added.
const OF_THE_WHOLE: [&str; 6] =
    ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "docProps/app.xml", "xl/styles.xml", "xl/calcChain.xml"];

#[test]
fn everything_but_the_answers_stays_byte_for_byte() {
    for (name, command, sheet) in [
        ("form-boxes.xlsx", "forms", "xl/worksheets/sheet2.xml"),
        ("form-cells.xlsx", "forms", "xl/worksheets/sheet1.xml"),
        ("form-lines.xlsx", "forms", "xl/worksheets/sheet1.xml"),
        ("roster-numbered.xlsx", "roster", "xl/worksheets/sheet1.xml"),
        ("roster-heading.xlsx", "roster", "xl/worksheets/sheet1.xml"),
    ] {
        let folder = Folder::new();
        fs::copy(blank(name), folder.path().join("空白.xlsx")).expect("copied");
        let outcome = folder.run_today(&format!("{command} 长塘村.xlsx -o 出.xlsx --template 空白.xlsx"));
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        let (before, after) = (parts(&blank(name)), parts(&folder.path().join("出.xlsx")));
        for (part, content) in &before {
            let may_change = OF_THE_WHOLE.contains(&part.as_str()) || part == sheet;
            assert!(may_change || after.get(part) == Some(content), "{name}: {part} has changed");
        }
        // of the sheet itself, only the cells: page, widths, merges, checks and conditional formats are as they were
        // letters that were written as numbers are letters, and a form's formulas name the sheet by its new name
        let (old, new) = (plain(&text(&before, sheet)).replace("登记表!", "'1-张三'!"), text(&after, sheet));
        // a sheet that grows says how far
        let without_view = |head: &str| head.replace(" tabSelected=\"1\"", "").replace("A1:H5", "A1:H2");
        let ends = |xml: &str| {
            let (head, rest) = xml.split_once("<sheetData").expect("cells");
            let tail = rest.rsplit_once("</sheetData>").map_or(rest, |(_, tail)| tail);
            (without_view(head), tail.to_owned())
        };
        let ((old_head, old_tail), (new_head, new_tail)) = (ends(&old), ends(&new));
        assert_eq!(new_head, old_head, "{name}");
        let is_longer = name == "roster-heading.xlsx";
        assert!(is_longer || new_tail == old_tail, "{name}: {new_tail}\n{old_tail}");
    }
}

#[test]
fn a_line_of_placeholders_is_the_line_to_repeat() {
    let folder = Folder::new();
    let lines =
        ["姓名 性别 专业 手机", "{{姓名}} {{性别}} {{专业}} {{手机}}"].map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>());
    write_workbook(&folder.path().join("空白.xlsx"), &lines);
    let outcome = folder.run_today("roster 长塘村.xlsx -o 出.xlsx --template 空白.xlsx");
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let sheets = read_back::workbook(&folder.path().join("出.xlsx"));
    let names: Vec<&str> = sheets[0].1.iter().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(names, ["姓名", "张三", "李四", "王五"]);
    assert!(sheets[0].1.iter().all(|line| !line.contains("{{")), "{:?}", sheets[0].1);
}

#[test]
fn placeholders_where_nobody_answers_are_named() {
    let folder = Folder::new();
    let book = |name: &str, sheets: &[(&str, &[&str])]| write_sheets(&folder.path().join(name), sheets, "&L{{电话}}");
    let form = ["姓名 {{姓名}}", "性别 {{性别}}", "手机 {{手机}}"];
    book("表.xlsx", &[("登记表", &form), ("说明", &["请{{姓名}}本人签字", "血型{{血型}}，{{姓名}}"])]);
    let list = ["{{所在党支部}}名册", "姓名 性别 备注", "{{姓名}} {{性别}} {{备注}}", "填表人{{姓名}}"];
    book("册.xlsx", &[("名册", &list), ("说明", &["{{QQ}}"])]);
    let named = |line: &str| -> Vec<String> {
        let outcome = folder.run_today(line);
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        let said = outcome.stderr.lines().filter(|line| line.contains("不在每人各填一份的地方"));
        said.filter_map(|line| Some(line.split_once('「')?.1.split_once('」')?.0.to_owned())).collect()
    };
    assert_eq!(named("forms 长塘村.xlsx -o 出.xlsx --template 表.xlsx"), ["{{姓名}}", "{{血型}}", "{{电话}}"]);
    let beside = ["{{所在党支部}}", "{{备注}}", "{{姓名}}", "{{电话}}", "{{QQ}}"];
    assert_eq!(named("roster 长塘村.xlsx -o 册出.xlsx --template 册.xlsx"), beside);
}

#[test]
fn placeholders_in_notes_are_filled_and_those_on_hidden_sheets_named() {
    let folder = Folder::new();
    fs::copy(blank("form-noted.xlsx"), folder.path().join("空白.xlsx")).expect("copied");
    let outcome = folder.run_today("forms 长塘村.xlsx -o 出.xlsx --template 空白.xlsx --format json");
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let report = outcome.report().expect("a report");
    let unknown = report["diagnostics"].as_array().expect("findings").iter().filter(|finding| finding["code"] == "slot-unknown");
    assert_eq!(unknown.map(|finding| finding["cell"].clone()).collect::<Vec<_>>(), ["{{血型}}", "{{手机}}", "{{学历}}"]);
    let made = parts(&folder.path().join("出.xlsx"));
    for (name, person) in [("comment1", "张三"), ("comment1_2", "李四"), ("comment1_3", "王五")] {
        let notes = plain(&text(&made, &format!("xl/comments/{name}.xml")));
        assert!(notes.contains(&format!("本表由{person}填写，血型{{{{血型}}}}")), "{notes}");
    }
}

#[test]
fn labels_of_two_answers_are_named() {
    let folder = Folder::new();
    let lines = [
        "姓名 \u{3000}",
        "性别 \u{3000}",
        "手机 \u{3000}",
        "民族/籍贯 \u{3000}/\u{3000}",
        "出生年月 \u{3000}",
        "职务 \u{3000}",
        "单位 \u{3000}",
    ];
    write_sheets(&folder.path().join("表.xlsx"), &[("登记表", &lines)], "");
    let outcome = folder.run("scheme check 表.xlsx");
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("「民族/籍贯」不属于方案的任何一项"), "{}", outcome.stderr);
}
