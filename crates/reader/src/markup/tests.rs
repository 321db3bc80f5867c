use encoding_rs::GB18030;
use mingce_core::grid::{Grid, Kind};
use proptest::prelude::*;

use super::*;
use crate::document::{Format, Reach};

fn document(text: &str) -> Document {
    read(text.as_bytes(), &Limits::default()).expect("a document")
}

fn cells(grid: &Grid) -> Vec<String> {
    grid.rows().flat_map(|row| row.cells().map(move |cell| format!("{}{}={}", cell.column, row.number(), cell.text))).collect()
}

#[test]
fn tables_of_web_pages_are_read_as_browsers_show_them() {
    let page = "<html><head><meta charset=gb2312><style>td{}</style><title>表</title></head><body>导出<TABLE border=1>\
        <tr><th>姓 名<br/>（必填）</th><td x:str='1' style=\"mso-number-format:'\\@'\">身份证&nbsp;号</td></tr>\
        <tr style='DISPLAY: none'><td> 张\n  三 </td><td>329901199001010015<tr><td>李&lt;四&#20116;&foo;<!-- <td>no</td> --><td></td></table></body>";
    let (bytes, _, _) = GB18030.encode(page);
    let document = read(&bytes, &Limits::default()).expect("a page");
    assert_eq!(document.format, Format::Html);
    let grid = &document.grids[0];
    assert_eq!(cells(grid), ["A1=导出", "A2=姓 名\n（必填）", "B2=身份证\u{A0}号", "A3=张 三", "B3=329901199001010015", "A4=李<四五&foo;"]);
    assert_eq!(grid.rows().map(|row| row.is_hidden()).collect::<Vec<_>>(), [false, false, true, false]);
    assert!(grid.rows().flat_map(|row| row.cells()).all(|cell| cell.kind == Kind::Untyped));
}

#[test]
fn lines_above_a_table_are_its_first_rows() {
    let page = "<title>页</title><body><h2>长塘村 报名表</h2><p>填报单位：<b>长塘村</b><br>&nbsp;<div>2026年<table><caption>名单</caption>\
        <tr><td>姓名</td></tr>不算<tr><td>张三<p>二</td></tr></table><p>制表人：李四</p><table><tr><td>王五</td></tr></table>完";
    let grids: Vec<String> = document(page).grids.iter().map(|grid| cells(grid).join(" ")).collect();
    let first = "A1=长塘村 报名表 A2=填报单位：长塘村 A3=2026年 A4=名单 A5=姓名 A6=张三\n二";
    assert_eq!(grids, [first, "A1=制表人：李四 A2=王五"]);
    let long = format!("{}<p>标题<table><tr><td>姓名", "<p>菜单</p>".repeat(100_000));
    assert_eq!(document(&long).grids[0].height(), 65);
    let endless = format!("{}<p>标题<table><tr><td>姓名", "字".repeat(1 << 20));
    assert!(document(&endless).grids[0].height() <= 2);
}

#[test]
fn rows_that_no_table_is_open_for_are_rows_all_the_same() {
    let grids: Vec<String> =
        document("<tr><td>甲</td></tr></table><tr><td>乙</td><td>丙").grids.iter().map(|grid| cells(grid).join(" ")).collect();
    assert_eq!(grids, ["A1=甲", "A1=乙 B1=丙"]);
}

#[test]
fn web_pages_in_one_file_are_read_part_by_part() {
    let part = |table: &str| format!("--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{table}\r\n");
    let table = |text: &str| part(&format!("<meta charset=3Dutf-8><table><tr><td>{text}</td></tr></table>"));
    let letter = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n{}{}{}--x--",
        table("=E5=BC=A0"),
        part("<frameset>"),
        table("李")
    );
    let document = crate::read("a.mht", letter.as_bytes(), &Limits::default()).expect("a document");
    assert_eq!(document.grids.iter().map(|grid| cells(grid).join(" ")).collect::<Vec<_>>(), ["A1=张", "A1=李"]);
    assert!(document.findings.is_empty(), "{:?}", document.findings);
    let error = crate::read("a.mht", b"MIME-Version: 1.0\n\n<p>", &Limits::default()).expect_err("no page");
    assert_eq!(error.code().to_string(), "unreadable-file");
}

#[test]
fn signs_by_name_are_the_signs() {
    let document = document("<table><tr><td>&radic;</td><td>1985&mdash;2008&hellip;</td><td>&check;&square;&unknown;</td></tr></table>");
    assert_eq!(cells(&document.grids[0]), ["A1=√", "B1=1985—2008…", "C1=✓□&unknown;"]);
}

#[test]
fn spans_move_cells_and_become_merges() {
    let document = document(
        "<table><tr><td rowspan=2>单位</td><td colspan=\"2\">服务</td></tr><tr><td>尊老</td><td>爱幼</td></tr><tr><td>1</td></tr></table>",
    );
    let grid = &document.grids[0];
    assert_eq!(cells(grid), ["A1=单位", "B1=服务", "B2=尊老", "C2=爱幼", "A3=1"]);
    let merges: Vec<String> = grid.merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last)).collect();
    assert_eq!(merges, ["A1:A2", "B1:C1"]);
}

#[test]
fn a_table_inside_a_table_is_one_of_its_own() {
    let document = document("<table><tr><td>外<table><tr><td>内</td></tr></table>边</td></tr></table><table><tr><td>次</td></tr></table>");
    assert_eq!(document.grids.iter().map(|grid| cells(grid).join(" ")).collect::<Vec<_>>(), ["A1=外边", "A1=内", "A1=次"]);
}

#[test]
fn hostile_pages_end() {
    let limits = Limits::default();
    let code = |text: String| read(text.as_bytes(), &limits).map(|_| ()).map_err(|error| error.code().to_string());
    assert_eq!(code("<table>".repeat(100_000)), Err("limit-exceeded".to_owned()));
    assert_eq!(code("<table><tr>".to_owned() + &"<td colspan=99999>1".repeat(3)), Err("limit-exceeded".to_owned()));
    assert_eq!(code("<p>没有表格".to_owned()), Err("unreadable-file".to_owned()));
    assert_eq!(code("<table><tr><td rowspan=4294967295 colspan=0>1<td a=\"".to_owned()), Ok(()));
}

const WORKBOOK: &str = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"><NumberFormat ss:Format="0.00"/></Style><Style ss:ID="s2"><NumberFormat ss:Format="Short Date"/></Style></Styles>
<Worksheet ss:Name="收集表"><Table ss:ExpandedColumnCount="99999999">
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">姓名</Data><Comment><ss:Data>批注</ss:Data></Comment></Cell><Cell><ss:Data ss:Type="String"><B>性</B>别</ss:Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2" ss:StyleID="s1"><Data ss:Type="Number">1985.1</Data></Cell><Cell><Data ss:Type="Number">13800000001</Data></Cell><Cell ss:StyleID="s2"><Data ss:Type="DateTime">1985-06-01T00:00:00.000</Data></Cell><Cell ss:Formula="=RC[-1]"/><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="旧"><Table/><WorksheetOptions><Visible>SheetVeryHidden</Visible></WorksheetOptions></Worksheet></Workbook>"#;

#[test]
fn xml_workbooks_of_2003_are_read_with_kinds_and_places() {
    let document = document(WORKBOOK);
    assert_eq!(document.format, Format::SpreadsheetXml);
    let grid = &document.grids[0];
    let expected = ["A1=姓名", "C1=性别", "B4=1985.10", "C4=13800000001", "D4=1985-06-01", "E4==RC[-1]", "F4=TRUE", "G4=#N/A"];
    assert_eq!(cells(grid), expected);
    assert_eq!(grid.sheet.as_deref(), Some("收集表"));
    assert_eq!(grid.merges.len(), 1);
    assert!(grid.row(4).is_some_and(|row| row.is_hidden()));
    assert!(document.grids[1].hidden && document.grids[1].is_empty());
}

#[test]
fn xml_that_declares_entities_or_places_that_are_none_is_refused() {
    for (old, new) in [
        ("<Workbook", "<!DOCTYPE a [<!ENTITY x 'y'>]><Workbook"),
        ("ss:Index=\"4\"", "ss:Index=\"0\""),
        ("ss:Index=\"2\"", "ss:Index=\"16385\""),
        ("<Row ss:Index", "</Row ss:Index"),
    ] {
        let read = crate::read("a.xml", WORKBOOK.replace(old, new).as_bytes(), &Limits::default());
        assert_eq!(read.map(|_| ()).map_err(|error| error.code().to_string()), Err("unreadable-file".to_owned()), "{new}");
    }
}

#[test]
fn damage_in_one_sheet_of_an_xml_workbook_leaves_the_others() {
    let three = ["甲", "乙", "丙"].map(|name| {
        format!("<Worksheet ss:Name=\"{name}\"><Table><Row><Cell><Data ss:Type=\"String\">{name}</Data></Cell></Row></Table></Worksheet>")
    });
    let book = format!("<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">{}</Workbook>", three.concat());
    let damaged = |at: &str, new: &str| {
        let document = crate::read("a.xml", book.replace(at, new).as_bytes(), &Limits::default()).expect("something is left");
        let read = document.grids.iter().map(|grid| cells(grid).join(" ")).collect::<Vec<_>>().join(" ");
        let said = document
            .damaged
            .iter()
            .map(|damaged| (damaged.sheet.as_deref().unwrap_or_default().to_owned(), damaged.reach))
            .collect::<Vec<_>>();
        (read, said)
    };
    let second = "乙\"><Table><Row>";
    assert_eq!(damaged(second, "乙\"><Table><Row ss:Index=\"0\">"), ("A1=甲 A1=丙".to_owned(), vec![("乙".to_owned(), Reach::Sheet)]));
    assert_eq!(damaged(second, "乙\"><Table></Row>"), ("A1=甲".to_owned(), vec![("乙".to_owned(), Reach::SheetAndBehind)]));
    assert_eq!(
        damaged("<Worksheet ss:Name=\"丙", "</Worksheet ss:Name=\"丙"),
        ("A1=甲 A1=乙".to_owned(), vec![("乙".to_owned(), Reach::Behind)])
    );
    assert_eq!(damaged("</Workbook>", ""), ("A1=甲 A1=乙 A1=丙".to_owned(), vec![("丙".to_owned(), Reach::Behind)]));
}

/// For each cell its text, and what is underlined, set apart and struck out in it.
fn looks(grid: &Grid) -> Vec<String> {
    let told = |at: mingce_core::address::Address, cell: mingce_core::grid::Cell<'_>| {
        let words =
            |parts: Vec<std::ops::Range<usize>>| parts.into_iter().map(|part| cell.text[part].to_owned()).collect::<Vec<_>>().join("+");
        let struck: Vec<&str> = grid.struck_at(at).iter().map(|struck| struck.words.as_str()).collect();
        let whole = [(cell.look.is_underlined, 'U'), (cell.look.is_emphasised, 'E'), (cell.look.is_crossed, 'S')];
        let whole: String = whole.iter().filter(|(is_so, _)| *is_so).map(|(_, letter)| *letter).collect();
        let (underlined, emphasised) = (words(grid.underlined_at(at).collect()), words(grid.emphasised_at(at).collect()));
        format!("{}|{whole}|{underlined}|{emphasised}|{}", cell.text, struck.join("+"))
    };
    let address = |row: u32, column| mingce_core::address::Address { row, column };
    grid.rows().flat_map(|row| row.cells().map(|cell| told(address(row.number(), cell.column), cell)).collect::<Vec<_>>()).collect()
}

#[test]
fn looks_of_pages_and_xml_workbooks_are_known() {
    let page = "<table><tr><td>尊老 <s>助残</s> <b>爱幼</b><td style='text-decoration:line-through'>甲<td><del>乙</del>\
        <tr><td><span style=\"color:#f00\">丙<u>丁</span>戊</u><td bgcolor=yellow>己<td>庚</table>";
    let expected = ["尊老 爱幼||| 爱幼| 助残", "甲|S|||", "乙|S|||", "丙丁戊||丁|丙丁|", "己|E|||", "庚||||"];
    assert_eq!(looks(&document(page).grids[0]), expected);
    let page = "<style><!--.xl66{text-decoration:line-through;}\n.font6{color:red;font-style:italic}--></style>\
        <table><tr><td class=xl66>甲<td class=xl65>乙<font class=\"font6\">丙</font></table>";
    assert_eq!(looks(&document(page).grids[0]), ["甲|S|||", "乙丙|||丙|"]);
    let book = r##"<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
        <Styles><Style ss:ID="a"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="b" ss:Parent="a"><Interior ss:Color="#FFFF00" ss:Pattern="Solid"/></Style>
        <Style ss:ID="c"><Font ss:Color="#000000" ss:Underline="Single"/><Interior ss:Color="#F2F2F2"/></Style></Styles>
        <Worksheet ss:Name="甲"><Table><Row><Cell ss:StyleID="a"><Data ss:Type="String">甲</Data></Cell><Cell ss:StyleID="b"><Data ss:Type="Number">1</Data></Cell>
        <Cell ss:StyleID="c"><Data ss:Type="String">乙</Data></Cell>
        <Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">尊老<S>助残</S><B><Font html:Color="#FF0000" xmlns:html="http://www.w3.org/TR/REC-html40">爱幼</Font></B></ss:Data></Cell>
        </Row></Table></Worksheet></Workbook>"##;
    assert_eq!(looks(&document(book).grids[0]), ["甲|S|||", "1|ES|||", "乙|U|||", "尊老爱幼|||爱幼|助残"]);
}

proptest! {
    #[test]
    fn any_page_ends(page in "(<|</|<!--|>|\"|'|=| |table|tr|td|a|&|&#|;|x|张|colspan|9){0,200}") {
        let _ = read(format!("<table>{page}").as_bytes(), &Limits::default());
    }
}
