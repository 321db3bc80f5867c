use encoding_rs::GB18030;
use mingce_core::grid::Kind;

use super::*;

fn cells(bytes: &[u8]) -> Vec<String> {
    let document = read(bytes, &Limits::default()).expect("a table");
    let grid = &document.grids[0];
    assert!(grid.rows().flat_map(|row| row.cells()).all(|cell| cell.kind == Kind::Untyped));
    grid.rows().flat_map(|row| row.cells().map(move |cell| format!("{}{}={}", cell.column, row.number(), cell.text))).collect()
}

const TABLE: &str = "姓名,性别\n张三,男\n";
const CELLS: [&str; 4] = ["A1=姓名", "B1=性别", "A2=张三", "B2=男"];

#[test]
fn every_encoding_gives_the_same_cells() {
    let utf16 = |order: fn(u16) -> [u8; 2], mark: &str| format!("{mark}{TABLE}").encode_utf16().flat_map(order).collect::<Vec<u8>>();
    for (bytes, name) in [
        (TABLE.as_bytes().to_vec(), "UTF-8"),
        (format!("\u{FEFF}{TABLE}").into_bytes(), "UTF-8 with a mark"),
        (GB18030.encode(TABLE).0.into_owned(), "GB18030"),
        (utf16(u16::to_le_bytes, "\u{FEFF}"), "UTF-16LE"),
        (utf16(u16::to_be_bytes, "\u{FEFF}"), "UTF-16BE"),
        (utf16(u16::to_be_bytes, ""), "UTF-16BE without a mark"),
    ] {
        assert_eq!(cells(&bytes), CELLS, "{name}");
    }
    let rare = "姓名\n𠮷䶮\n";
    assert_eq!(cells(&GB18030.encode(rare).0), ["A1=姓名", "A2=𠮷䶮"]);
    let findings = read(&GB18030.encode(TABLE).0, &Limits::default()).expect("a table").findings;
    assert_eq!(findings, [Finding::AssumedEncoding { encoding: "GB18030", unreadable: 0 }]);
}

#[test]
fn separators_line_ends_and_sep_lines_do_not_matter() {
    for (old, new) in [(",", "\t"), (",", ";"), ("\n", "\r\n"), ("\n", "\r")] {
        assert_eq!(cells(TABLE.replace(old, new).as_bytes()), CELLS, "{new:?}");
    }
    // Excel takes the line for itself and shows the next one as row 1
    assert_eq!(cells(format!("sep=;\r\n{}", TABLE.replace(',', ";")).as_bytes()), CELLS);
    // a title line without separators, and commas inside the answers of a table with semicolons
    assert_eq!(cells("名册\n姓名;经历\n张三;\"教书, 种田\"\n李四;无\n".as_bytes())[1..3], ["A2=姓名", "B2=经历"]);
}

#[test]
fn blanks_within_cells_part_nothing_where_a_program_wrote_quotation_marks() {
    let text = "\"姓\n名\"\t\"工作单位\n及职务\"\t手机\n张三\t动画办 职工\t13800000001\n李四\t卫生院 主任\t13800000002\n";
    assert_eq!(cells(text.as_bytes())[3..6], ["A2=张三", "B2=动画办 职工", "C2=13800000001"]);
}

#[test]
fn row_numbers_are_those_excel_shows() {
    for end in ["\n", "\r\n", "\r"] {
        let text = "\n姓名,备注\n\n\n张三,\"一\n二\"\n李四\n,,\n王五,x,y\n".replace('\n', end);
        let seen = cells(text.as_bytes());
        let note = format!("B5=一{end}二");
        assert_eq!(seen, ["A2=姓名", "B2=备注", "A5=张三", note.as_str(), "A6=李四", "A8=王五", "B8=x", "C8=y"], "{end:?}");
    }
}

#[test]
fn a_stray_quotation_mark_swallows_nothing() {
    for text in [
        format!("姓名,备注\n张三,\"没有结束\n{}", "x,y\n".repeat(10)),
        format!("姓名,备注\n张三,\"没有\n{}李四,完\"\n", "x,y\n".repeat(200)),
    ] {
        let document = read(text.as_bytes(), &Limits::default()).expect("a table");
        assert_eq!(document.findings, [Finding::StrayQuotes]);
        assert_eq!(document.grids[0].rows().len(), text.lines().count());
    }
}

#[test]
fn digits_that_were_kept_from_excel_are_shown_without_the_marks() {
    assert_eq!(cells("证件,算式\n=\"329901199001010015\",=1+1\n".as_bytes())[2..], ["A2=329901199001010015", "B2==1+1"]);
}

#[test]
fn limits_and_what_is_no_text_are_errors() {
    let random: Vec<u8> = (0..20_000u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0] | 1).collect();
    for (bytes, code) in [
        ("姓名\n".repeat(1_048_577).into_bytes(), "limit-exceeded"),
        ("c,".repeat(16_384).into_bytes(), "limit-exceeded"),
        (format!("姓名\n{}\n", "a".repeat(2_000_000)).into_bytes(), "limit-exceeded"),
        ("张".repeat(3_000_000).into_bytes(), "limit-exceeded"),
        (",".repeat(9_000_000).into_bytes(), "limit-exceeded"),
        ("\n".repeat(9_000_000).into_bytes(), "limit-exceeded"),
        (b"a,b\n1,x\0y\n".to_vec(), "unreadable-file"),
        (random, "unreadable-file"),
    ] {
        let error = read(&bytes, &Limits::default()).expect_err(code);
        assert_eq!(error.code().to_string(), code, "{error}");
    }
}

#[test]
fn one_unreadable_character_costs_that_character() {
    let mut bytes = GB18030.encode(&TABLE.repeat(200)).0.into_owned();
    let last = bytes.len() - 1;
    bytes[last] = 0xFF;
    let document = read(&bytes, &Limits::default()).expect("a table");
    let last = document.grids[0].rows().next_back().map(|row| row.number()).expect("a row");
    assert_eq!(
        document.findings,
        [Finding::AssumedEncoding { encoding: "GB18030", unreadable: 1 }, Finding::UnreadableRows { rows: vec![last] }]
    );
    // cut off in the middle of a character: taken for GB18030, every word would be another
    let table = TABLE.repeat(3);
    let cut = table.trim_end().as_bytes();
    let document = read(&cut[..cut.len() - 1], &Limits::default()).expect("a table");
    assert_eq!(document.findings[0], Finding::AssumedEncoding { encoding: "UTF-8", unreadable: 1 });
    assert_eq!(document.grids[0].rows().next_back().and_then(|row| row.cells().next()).map(|cell| cell.text), Some("张三"));
}

#[test]
fn the_formula_of_a_picture_is_no_answer_but_a_picture_that_is_not_there() {
    let bytes = "姓名,照片\n张三,\"=DISPIMG(\"\"ID_A\"\",1)\"\n";
    assert_eq!(cells(bytes.as_bytes()), ["A1=姓名", "B1=照片", "A2=张三"]);
    let grid = read(bytes.as_bytes(), &Limits::default()).expect("a table").grids.remove(0);
    assert_eq!(grid.pictures.iter().map(|picture| (picture.at.to_string(), picture.file.size)).collect::<Vec<_>>(), [("B2".to_owned(), 0)]);
}

#[test]
fn bars_part_cells_and_blanks_leave_lines_whole() {
    assert_eq!(cells(TABLE.replace(',', "|").as_bytes()), CELLS);
    let drawn = "姓名    性别    服务意向\n张三    男      尊老,助残\n李四    女      尊老,爱幼\n";
    assert_eq!(cells(drawn.as_bytes())[1..], ["A2=张三    男      尊老,助残", "A3=李四    女      尊老,爱幼"]);
    // wide blanks inside the answers of a table with commas
    assert_eq!(cells("姓名,性别\n张  三,男\n李  四,女\n".as_bytes())[2..4], ["A2=张  三", "B2=男"]);
    // answers of several choices
    let choices = "姓名,服务意向\n张三,尊老|爱幼|助残|帮困\n李四,尊老|爱幼|助残|帮困\n";
    assert_eq!(cells(choices.as_bytes())[3], "B2=尊老|爱幼|助残|帮困");
}

#[test]
fn tabs_that_align_columns_by_eye_leave_lines_whole() {
    let drawn = "姓名\t\t性别\t手机\n张三\t\t男\t13800000001\n阿不都·热合曼\t女\t13800000002\n李四  男\t\t13800000003\n";
    assert_eq!(cells(drawn.as_bytes())[1..3], ["A2=张三\t\t男\t13800000001", "A3=阿不都·热合曼\t女\t13800000002"]);
    // most lines have as many tabs, by chance
    let chance = "姓名\t\t性别\t手机\t\t意向\n张三\t\t男\t138\t尊老\n阿不都·热合曼\t女\t\t139\t尊老\n李四\t\t男\t137\t尊老\n";
    assert_eq!(cells(chance.as_bytes()).len(), 4);
    let hints = "姓名\t\t性别\t手机\n\t\t\t（11位）\n张三\t\t男\t138\n阿不都·热合曼\t女\t139\n";
    assert_eq!(cells(hints.as_bytes()).len(), 4, "what a person should write below a heading says nothing of who wrote the tabs");
    // the second line of a heading, in a table that a program wrote
    assert_eq!(cells("姓名\t意向\t\t电话\n\t尊老\t助残\n张三\t√\t\t138\n".as_bytes())[3], "B2=尊老");
    // an answer that is missing where a program wrote the tabs, and columns of nothing
    assert_eq!(cells("姓名\t性别\t手机\n张三\t\t13800000001\n李四\t男\t\n".as_bytes())[3..5], ["A2=张三", "C2=13800000001"]);
    assert_eq!(cells("姓名\t\t性别\n张三\t\t男\n".as_bytes())[1], "C1=性别");
}
