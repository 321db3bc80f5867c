mod pictures;

use mingce_core::grid::{Grid, Kind};
use proptest::prelude::*;

use crate::document::{Finding, SheetKind};
use crate::error::Error;
use crate::test_support::{Book, link};
use crate::{Document, Limits, read};

fn document(book: &Book) -> Result<Document, Error> {
    read("收集表.xlsx", &book.bytes(), &Limits::default())
}

fn grid(book: &Book) -> Grid {
    document(book).expect("a workbook").grids.remove(0)
}

/// Every cell as `A1=text`.
fn crossed(grid: &Grid) -> Vec<String> {
    let of_row = |row: mingce_core::grid::Row<'_>| {
        row.cells().filter(|cell| cell.look.is_crossed).map(|cell| format!("{}{}", cell.column, row.number())).collect()
    };
    grid.rows().flat_map::<Vec<String>, _>(of_row).collect()
}

fn cells(grid: &Grid) -> Vec<String> {
    grid.rows().flat_map(|row| row.cells().map(move |cell| format!("{}{}={}", cell.column, row.number(), cell.text))).collect()
}

fn only_kind(rows: &str) -> (Kind, String) {
    let grid = grid(&Book::of_rows(rows));
    let row = grid.rows().next().expect("a row");
    let cell = row.cells().next().expect("a cell");
    (cell.kind, cell.text.to_owned())
}

#[test]
fn cells_without_addresses_follow_each_other() {
    let book = Book::of_rows(
        r#"<row><c t="s"><v>0</v></c><c/><c t="s"><v>1</v></c></row><row r="5"><c><v>1</v></c><c r="D5"><v>2</v></c><c><v>3</v></c></row>"#,
    );
    assert_eq!(cells(&grid(&book)), ["A1=姓名", "C1=张三", "A5=1", "D5=2", "E5=3"]);
}

#[test]
fn a_declared_extent_and_styled_empty_cells_cost_nothing() {
    let book = Book::of_sheet(
        r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" s="3"/><c r="XFD1" t="s"><v>0</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>"#,
    );
    assert_eq!(cells(&grid(&book)), ["XFD1=姓名", "A1048576=1"]);
}

#[test]
fn headers_and_footers_of_pages_are_kept() {
    let book = Book::of_sheet(
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData><headerFooter><oddHeader>&amp;L&amp;\"宋体\"填报单位：长塘村&amp;R第&amp;P页</oddHeader><oddFooter>&amp;C党员总数：42</oddFooter><evenHeader/></headerFooter>",
    );
    assert_eq!(grid(&book).margins, [["填报单位：长塘村"], ["党员总数：42"]]);
}

#[test]
fn rows_out_of_order_and_twice_lose_nothing() {
    let book = Book::of_rows(
        r#"<row r="3"><c r="A3"><v>3</v></c></row><row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>"#,
    );
    assert_eq!(cells(&grid(&book)), ["A2=1", "A2=2", "A3=3"]);
}

#[test]
fn places_outside_the_sheet_are_errors() {
    for rows in [
        r#"<row r="4294967297"><c><v>1</v></c></row>"#,
        r#"<row r="0"><c><v>1</v></c></row>"#,
        r#"<row r="1048577"><c><v>1</v></c></row>"#,
        r#"<row r="1048576"/><row><c><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A4294967297"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="ZZZZZZZZZZ1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="XFD1"><v>1</v></c><c><v>2</v></c></row>"#,
        r#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r=""><v>1</v></c></row>"#,
    ] {
        assert!(matches!(document(&Book::of_rows(rows)), Err(Error::NoSuchPlace { .. })), "{rows}");
    }
}

#[test]
fn a_shared_string_that_does_not_exist_is_an_error_and_never_somebody_elses_text() {
    for index in ["abc", "-1", "2", "999999", "0x1", "1.0", "18446744073709551616"] {
        let found = document(&Book::of_rows(&format!(r#"<row r="1"><c r="B1" t="s"><v>{index}</v></c></row>"#)));
        assert!(matches!(found, Err(Error::NoSuchText { cell, .. }) if cell == "B1"), "{index}");
    }
    assert_eq!(only_kind(r#"<row><c t="s"><v> 1 </v></c></row>"#), (Kind::Text, "张三".to_owned()));
}

#[test]
fn hidden_rows_are_marked_and_merges_and_widths_kept() {
    let book = Book::of_sheet(
        r#"<cols><col min="1" max="2" width="12.5"/><col min="3" max="16384" width="9"/></cols><sheetData><row r="1"><c><v>1</v></c><c/><c><v>3</v></c></row><row r="2" hidden="1"><c><v>2</v></c></row><row r="3" ht="0" customHeight="1"><c><v>4</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A1:XFE1"/><mergeCell ref="A2:XFD1048576"/></mergeCells>"#,
    );
    let grid = grid(&book);
    assert_eq!(grid.rows().map(|row| row.is_hidden()).collect::<Vec<_>>(), [false, true, true]);
    let widths: Vec<String> = grid.column_widths.iter().map(|(column, width)| format!("{column}={width}")).collect();
    assert_eq!(widths, ["A=12.5", "B=12.5", "C=9"]);
    let merges: Vec<String> = grid.merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last)).collect();
    assert_eq!(merges, ["A1:B1", "A2:XFD1048576"]);
}

#[test]
fn number_formats_of_styles_decide_the_text() {
    let rows = r#"<row><c s="1"><v>1985.1</v></c><c s="2"><v>213000</v></c><c s="3"><v>31199</v></c><c><v>13800000001</v></c><c s="99"><v>1.38E10</v></c></row>"#;
    let book = Book::of_rows(rows).with_formats(&["0.00", "000000", "yyyy\"年\"m\"月\""]);
    assert_eq!(cells(&grid(&book)), ["A1=1985.10", "B1=213000", "C1=1985-06-01", "D1=13800000001", "E1=13800000000"]);
    // a conditional format may use the number of a built-in one for something else
    let mut book = Book::of_rows(r#"<row><c s="0"><v>31199</v></c></row>"#);
    book.styles = r#"<cellXfs><xf numFmtId="14"/></cellXfs><dxfs><dxf><numFmt numFmtId="14" formatCode="0.00%"/></dxf></dxfs>"#.to_owned();
    assert_eq!(cells(&grid(&book)), ["A1=1985-06-01"]);
}

#[test]
fn the_1904_calendar_is_honoured() {
    let mut book = Book::of_rows(r#"<row><c s="1"><v>29737</v></c></row>"#).with_formats(&["yyyy/m/d"]);
    book.workbook = book.workbook.replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>");
    assert_eq!(cells(&grid(&book)), ["A1=1985-06-01"]);
    assert_eq!(grid(&book).epoch, mingce_core::grid::Epoch::Of1904, "for the numbers that no format shows as days");
}

#[test]
fn formulas_errors_and_truths_have_their_kinds() {
    for (cell, kind, text) in [
        (r#"<c t="str"><f>B1</f><v>张三</v></c>"#, Kind::Text, "张三"),
        (r#"<c><f>1/0</f></c>"#, Kind::Uncomputed, "=1/0"),
        (r#"<c><f>A&amp;B</f><v></v></c>"#, Kind::Uncomputed, "=A&B"),
        (r#"<c t="e"><f>1/0</f><v>#DIV/0!</v></c>"#, Kind::Error, "#DIV/0!"),
        (r#"<c t="e"><v>#SPILL!</v></c>"#, Kind::Error, "#SPILL!"),
        (r#"<c t="b"><v>1</v></c>"#, Kind::Boolean, "TRUE"),
        (r#"<c t="b"><v>banana</v></c>"#, Kind::Text, "banana"),
        (r#"<c t="d"><v>1985-06-01T00:00:00</v></c>"#, Kind::Date, "1985-06-01"),
        (r#"<c t="n"><v>1e999</v></c>"#, Kind::Text, "1e999"),
        (r#"<c t="new"><v>x</v></c>"#, Kind::Text, "x"),
        (
            r#"<c t="inlineStr"><is><r><t>张</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh><r><t xml:space="preserve"> 三</t></r></is></c>"#,
            Kind::Text,
            "张 三",
        ),
        (r#"<c t="inlineStr"><is><t>张_x0001_三&#2;</t></is><extLst><ext><v>9</v></ext></extLst></c>"#, Kind::Text, "张\u{1}三\u{2}"),
    ] {
        assert_eq!(only_kind(&format!("<row>{cell}</row>")), (kind, text.to_owned()), "{cell}");
    }
    // the empty text is a result: nothing is missing
    assert!(grid(&Book::of_rows(r#"<row><c t="str"><f>""</f><v></v></c></row>"#)).is_empty());
}

#[test]
fn the_cells_of_a_shared_formula_name_it() {
    let rows = r#"<row><c><f t="shared" ref="A1:A2" si="0">B1+1</f></c></row><row><c><f t="shared" si="0"/></c></row>"#;
    assert_eq!(cells(&grid(&Book::of_rows(rows))), ["A1==B1+1", "A2==B1+1"]);
}

#[test]
fn prefixes_utf16_and_another_place_for_the_parts_are_all_legal() {
    let mut book = Book::of_rows("");
    book.sheet =
        r#"<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"#
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
    book.links = link("rId1", "worksheet", "/blaetter/eins.xml");
    book.more.push(("blaetter/eins.xml".to_owned(), book.sheet.clone()));
    assert_eq!(cells(&grid(&book)), ["A1=张三"]);
}

#[test]
fn hidden_sheets_come_marked_and_their_damage_is_no_reason_to_refuse_the_file() {
    for state in ["hidden", "veryHidden"] {
        let mut book = Book::of_rows(r#"<row><c t="s"><v>9</v></c></row>"#);
        book.workbook = book.workbook.replace("sheetId=\"1\"", &format!("sheetId=\"1\" state=\"{state}\""));
        let grid = grid(&book);
        assert!(grid.hidden && grid.is_empty());
        assert_eq!(grid.sheet.as_deref(), Some("收集表"));
    }
}

#[test]
fn a_damaged_sheet_is_said_and_the_others_are_read() {
    let mut book = Book::of_rows(r#"<row><c t="s"><v>9</v></c></row>"#);
    let more = r#"<sheet name="乙" sheetId="2" r:id="rId2"/><sheet name="丙" sheetId="3" r:id="rId3"/></sheets>"#;
    book.workbook = book.workbook.replace("</sheets>", more);
    book.links += &link("rId2", "worksheet", "worksheets/sheet2.xml");
    book.links += &link("rId3", "worksheet", "worksheets/sheet3.xml");
    let error = document(&book).expect_err("nothing could be read");
    assert_eq!(error.to_string(), "工作簿已损坏：工作表「收集表」的单元格 A1 引用了不存在的文本「9」");
    book.more.push((
        "xl/worksheets/sheet2.xml".to_owned(),
        b"<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>".to_vec(),
    ));
    let document = document(&book).expect("one sheet");
    assert_eq!(cells(&document.grids[0]), ["A1=1"]);
    let damaged: Vec<&str> = document.damaged.iter().map(|damaged| damaged.sheet.as_deref().unwrap_or_default()).collect();
    assert_eq!((document.grids.len(), damaged), (1, vec!["收集表", "丙"]));
}

#[test]
fn chart_and_macro_sheets_are_left_out_and_named() {
    let mut book = Book::of_rows(r#"<row><c><v>1</v></c></row>"#);
    book.workbook = book
        .workbook
        .replace("</sheets>", r#"<sheet name="图" sheetId="2" r:id="rId2"/><sheet name="宏" sheetId="3" r:id="rId3"/></sheets>"#);
    book.links += &link("rId2", "chartsheet", "chartsheets/sheet1.xml");
    book.links += &link("rId3", "xlMacrosheet", "macrosheets/sheet1.xml");
    let document = document(&book).expect("a workbook");
    assert_eq!(document.grids.len(), 1);
    let skipped = |sheet: &str, kind| Finding::SkippedSheet { sheet: sheet.into(), kind };
    assert_eq!(document.findings, [skipped("图", SheetKind::Chart), skipped("宏", SheetKind::Macro)]);
}

#[test]
fn what_makes_a_workbook_unreadable_has_a_code() {
    let row = r#"<row><c><v>1</v></c></row>"#;
    let mut no_sheets = Book::of_rows(row);
    no_sheets.workbook = "<workbook><sheets/></workbook>".to_owned();
    let mut outside = Book::of_rows(row);
    outside.links = link("rId1", "worksheet", "../../../etc/passwd");
    let mut twice = Book::of_rows(row);
    twice.workbook = twice.workbook.replace("</sheets>", r#"<sheet name="乙" sheetId="2" r:id="rId1"/></sheets>"#);
    let mut entities = Book::of_rows(row);
    entities.sheet = b"<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><worksheet>&x;</worksheet>".to_vec();
    let long = Book::of_rows(&format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "长".repeat(400_000)));
    let cut = Book { sheet: b"<worksheet><sheetData><row><c><v>1</v></c>".to_vec(), ..Book::of_rows("") };
    for (book, code) in [
        (no_sheets, "unreadable-file"),
        (outside, "unreadable-file"),
        (twice, "unreadable-file"),
        (entities, "unreadable-file"),
        (cut, "unreadable-file"),
        (long, "limit-exceeded"),
    ] {
        let error = document(&book).expect_err(code);
        assert_eq!(error.code().to_string(), code, "{error}");
    }
    let many = Book::of_rows(&"<row><c><v>1</v></c></row>".repeat(11));
    let error = read("a.xlsx", &many.bytes(), &Limits::default().with_cells(10)).expect_err("too many cells");
    assert_eq!(error.code().to_string(), "limit-exceeded");
    let repeated = Book::of_rows(&r#"<row><c t="s"><v>1</v></c></row>"#.repeat(3));
    let limits = Limits::default().with_text(17);
    let error = read("a.xlsx", &repeated.bytes(), &limits).expect_err("three times six bytes");
    assert_eq!(error.to_string(), "超过允许的上限：全部单元格文本的大小最多 17 字节（工作表「收集表」）");
}

#[test]
fn a_workbook_under_another_name_is_read_and_said_to_be_so() {
    let book = Book::of_rows(r#"<row><c><v>1</v></c></row>"#);
    let document = read("收集.XLS", &book.bytes(), &Limits::default()).expect("a workbook");
    assert_eq!(document.findings, [Finding::Misnamed { ending: "xls".to_owned(), format: document.format }]);
}

proptest! {
    #[test]
    fn damaged_bytes_end_in_a_document_or_an_error(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = Book::of_rows(r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><f>1+1</f><v>2</v></c></row>"#).with_formats(&["0.00"]).bytes();
        for (index, byte) in flips {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read("a.xlsx", &bytes, &Limits::default());
    }

    #[test]
    fn damaged_xml_ends_in_a_document_or_an_error(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut book = Book::of_rows(r#"<row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><f>1+1</f><v>2.5</v></c></row>"#).with_formats(&["0.00"]);
        for (index, byte) in flips {
            let at = index.index(book.sheet.len());
            book.sheet[at] = byte;
        }
        let _ = document(&book);
    }
}

#[test]
fn what_is_struck_out_is_kept_beside_the_text() {
    let run = |strike: &str, text: &str| format!("<r><rPr>{strike}<sz val=\"11\"/></rPr><t>{text}</t></r>");
    let mut book = Book::of_rows(
        r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" s="1" t="s"><v>2</v></c><c r="D1" s="2"><v>1</v></c></row>"#,
    );
    let all = run("<strike/>", "全部");
    let part = [run("", "尊老、"), run("<strike val=\"1\"/>", "助残"), run("<strike val=\"0\"/>", "爱幼")].concat();
    book.strings = format!("<si>{part}</si><si>{all}</si><si><t>手机充值</t></si>");
    book.styles = r#"<fonts><font><sz val="11"/></font><font><strike/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="0"/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs>"#.to_owned();
    let grid = grid(&book);
    assert_eq!(cells(&grid), ["A1=尊老、爱幼", "B1=全部", "C1=手机充值", "D1=1"]);
    let struck: Vec<(String, usize, &str)> =
        grid.struck.iter().map(|struck| (struck.at.to_string(), struck.place, &*struck.words)).collect();
    assert_eq!(struck, [("A1".to_owned(), 9, "助残")]);
    assert_eq!(crossed(&grid), ["B1", "C1"]);
}

#[test]
fn notes_at_cells_are_kept_with_their_cells() {
    let mut book = Book::of_rows(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#);
    let links = format!("<Relationships>{}</Relationships>", link("rId1", "comments", "../comments1.xml"));
    book.more.push(("xl/worksheets/_rels/sheet1.xml.rels".to_owned(), links.into_bytes()));
    let notes = r#"<comments><commentList><comment ref="B2"><text><r><t>张三：</t></r><r><t>下月
换号</t><rPh sb="0" eb="1"><t>x</t></rPh></r></text></comment><comment ref="C3"><text/></comment><comment ref="oops"><text><t>y</t></text></comment></commentList></comments>"#;
    book.more.push(("xl/comments1.xml".to_owned(), notes.as_bytes().to_vec()));
    let notes: Vec<String> = grid(&book).notes.iter().map(|note| format!("{} {}", note.at, note.text)).collect();
    assert_eq!(notes, ["B2 张三：下月\n换号"]);
}
