use mingce_core::grid::{Grid, Kind};
use proptest::prelude::*;

use super::*;
use crate::read;
use crate::test_support::packed;

fn content(rows: &str) -> String {
    format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="t" xmlns:text="x" xmlns:calcext="c"><office:automatic-styles><style:style xmlns:style="s" style:name="ta1"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="收集表">{rows}</table:table><table:table table:name="旧" table:style-name="ta1"/></office:spreadsheet></office:body></office:document-content>"#
    )
}

fn document(rows: &str) -> Result<Document, Error> {
    read(
        "a.ods",
        &packed(&[("mimetype".to_owned(), Vec::new()), ("content.xml".to_owned(), content(rows).into_bytes())]),
        &Limits::default(),
    )
}

fn grid(rows: &str) -> Grid {
    document(rows).expect("a workbook").grids.remove(0)
}

fn cells(grid: &Grid) -> Vec<String> {
    grid.rows().flat_map(|row| row.cells().map(move |cell| format!("{}{}={}", cell.column, row.number(), cell.text))).collect()
}

fn text(text: &str) -> String {
    format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
}

#[test]
fn repeats_are_written_out_where_they_hold_something_and_cost_nothing_elsewhere() {
    let rows = format!(
        r#"<table:table-header-rows> <table:table-row> {} <table:table-cell table:number-columns-repeated="2"/> {} <table:table-cell table:number-columns-repeated="16380"/></table:table-row></table:table-header-rows>
        <table:table-row table:number-rows-repeated="2" table:visibility="filter"><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#,
        text("姓名"),
        text("性别")
    );
    let grid = grid(&rows);
    assert_eq!(cells(&grid), ["A1=姓名", "D1=性别", "A2=7", "B2=7", "A3=7", "B3=7"]);
    assert_eq!(grid.rows().map(|row| row.is_hidden()).collect::<Vec<_>>(), [false, true, true]);
}

#[test]
fn styles_of_cells_columns_and_words_are_known() {
    let style = |name: &str, family: &str, says: &str| {
        format!(r#"<style:style xmlns:style="s" xmlns:fo="f" style:name="{name}" style:family="{family}">{says}</style:style>"#)
    };
    let styles = [
        style("T1", "text", r#"<style:text-properties style:text-line-through-style="solid"/>"#),
        style("T2", "text", r#"<style:text-properties fo:font-style="italic"/>"#),
        style("ce1", "table-cell", r#"<style:text-properties style:text-line-through-style="solid"/>"#),
        style(
            "ce2",
            "table-cell",
            r##"<style:table-cell-properties fo:background-color="#ffff00"/><style:text-properties fo:color="#000000"/>"##,
        ),
    ];
    let rows = format!(
        r#"<table:table-column/><table:table-column table:number-columns-repeated="2" table:default-cell-style-name="ce1"/>
        <table:table-row>{}<table:table-cell table:style-name="ce2"><text:p>黄</text:p></table:table-cell>{}</table:table-row>
        <table:table-row>{}</table:table-row>"#,
        text("平"),
        text("删"),
        text(r#"尊老<text:span text:style-name="T1">助</text:span><text:span text:style-name="T2">残</text:span>"#)
    );
    let content = content(&rows).replace("<office:automatic-styles>", &format!("<office:automatic-styles>{}", styles.concat()));
    let grid = read("a.ods", &packed(&[("content.xml".to_owned(), content.into_bytes())]), &Limits::default())
        .expect("a workbook")
        .grids
        .remove(0);
    let looks: Vec<Look> = grid.rows().flat_map(|row| row.cells().map(|cell| cell.look).collect::<Vec<_>>()).collect();
    let plain = Look::default();
    assert_eq!(looks, [plain, Look { is_emphasised: true, ..plain }, Look { is_crossed: true, ..plain }, plain]);
    assert_eq!(cells(&grid)[3], "A2=尊老残");
    assert_eq!((grid.struck[0].words.as_str(), grid.emphasised[0].1.clone()), ("助", 6..9));
}

#[test]
fn cells_have_the_text_a_person_sees_where_it_is_the_value() {
    for (cell, kind, expected) in [
        (r#"office:value-type="float" office:value="1985.1"><text:p>1985.10</text:p>"#, Kind::Number, "1985.10"),
        (r#"office:value-type="float" office:value="12"><text:p>000012</text:p>"#, Kind::Number, "000012"),
        (r#"office:value-type="float" office:value="13800000001"><text:p>1.38E+10</text:p>"#, Kind::Number, "13800000001"),
        (r#"office:value-type="float" office:value="1234.5"><text:p>1,234.50</text:p>"#, Kind::Number, "1234.5"),
        (r#"office:value-type="percentage" office:value="0.5"><text:p>50%</text:p>"#, Kind::Number, "50%"),
        (r#"office:value-type="date" office:date-value="1985-06-01"><text:p>85年6月</text:p>"#, Kind::Date, "1985-06-01"),
        (r#"office:value-type="date" office:date-value="1985-06-01T08:30:00"><text:p>x</text:p>"#, Kind::Date, "1985-06-01 08:30:00"),
        (r#"office:value-type="time" office:time-value="PT08H30M00S"><text:p>08:30</text:p>"#, Kind::Text, "08:30"),
        (r#"office:value-type="boolean" office:boolean-value="true"><text:p>真</text:p>"#, Kind::Boolean, "TRUE"),
        (
            r#"office:value-type="string" calcext:value-type="error" table:formula="of:=1/0"><text:p>#DIV/0!</text:p>"#,
            Kind::Error,
            "#DIV/0!",
        ),
        (r#"table:formula="of:=[.B1]+1">"#, Kind::Uncomputed, "=[.B1]+1"),
        (
            r#"office:value-type="string"><office:annotation><text:p>注</text:p></office:annotation><text:p>一<text:s text:c="2"/>二</text:p><text:p><text:span>三</text:span></text:p>"#,
            Kind::Text,
            "一  二\n三",
        ),
    ] {
        let grid = grid(&format!("<table:table-row><table:table-cell {cell}</table:table-cell></table:table-row>"));
        let row = grid.rows().next().expect("a row");
        let found = row.cells().next().expect("a cell");
        assert_eq!((found.kind, found.text), (kind, expected), "{cell}");
    }
}

#[test]
fn spans_hidden_sheets_and_single_files_are_understood() {
    let rows = r#"<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1" office:value-type="string"><text:p>题</text:p></table:table-cell><table:covered-table-cell/></table:table-row>"#;
    let document = document(rows).expect("a workbook");
    let merges: Vec<String> = document.grids[0].merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last)).collect();
    assert_eq!(merges, ["A1:B1"]);
    assert!(document.grids[1].hidden);
    let flat = content(rows).replace("office:document-content", "office:document");
    let flat = read("a.fods", flat.as_bytes(), &Limits::default()).expect("a workbook");
    assert_eq!((flat.format, cells(&flat.grids[0])), (Format::Ods, vec!["A1=题".to_owned()]));
}

#[test]
fn hostile_repeats_are_refused_before_they_are_written() {
    let cell = |repeat: &str| format!(r#"<table:table-cell office:value-type="string" {repeat}><text:p>x</text:p></table:table-cell>"#);
    for (row, cell, code) in [
        ("table:number-rows-repeated=\"1048576\"", cell("table:number-columns-repeated=\"16384\""), "limit-exceeded"),
        ("table:number-rows-repeated=\"99999999999999999999\"", cell(""), "unreadable-file"),
        ("table:number-rows-repeated=\"0\"", cell(""), "unreadable-file"),
        ("table:number-rows-repeated=\"1048577\"", cell(""), "unreadable-file"),
        ("", cell("table:number-columns-repeated=\"16385\""), "unreadable-file"),
        ("", text("<text:s text:c=\"2000000000\"/>"), "limit-exceeded"),
    ] {
        let error = document(&format!("<table:table-row {row}>{cell}</table:table-row>")).expect_err(code);
        assert_eq!(error.code().to_string(), code, "{row} {cell}: {error}");
    }
    let locked = [("content.xml".to_owned(), vec![1, 2, 3]), ("META-INF/manifest.xml".to_owned(), b"<a><encryption-data/></a>".to_vec())];
    let error = read("a.ods", &packed(&locked), &Limits::default()).expect_err("a password");
    assert_eq!(error.code().to_string(), "encrypted-file");
}

#[test]
fn damage_in_one_sheet_leaves_the_others_where_the_part_is_what_was_packed() {
    let three = ["甲", "乙", "丙"]
        .map(|name| format!("<table:table table:name=\"{name}\"><table:table-row>{}</table:table-row></table:table>", text(name)));
    let whole = content("").replacen("<table:table table:name=\"收集表\"></table:table>", &three.concat(), 1);
    let packed_with = |content: &str| packed(&[("content.xml".to_owned(), content.to_owned().into_bytes())]);
    let seen = |document: Document| {
        let said: Vec<_> =
            document.damaged.iter().map(|damaged| (damaged.sheet.as_deref().unwrap_or_default().to_owned(), damaged.reach)).collect();
        (document.grids.iter().flat_map(cells).collect::<Vec<_>>().join(" "), said)
    };
    let damaged = |new: &str| {
        let at = "乙\"><table:table-row>";
        seen(read("a.ods", &packed_with(&whole.replace(at, new)), &Limits::default()).expect("something is left"))
    };
    let repeated = "乙\"><table:table-row table:number-rows-repeated=\"0\">";
    assert_eq!(damaged(repeated), ("A1=甲 A1=丙".to_owned(), vec![("乙".to_owned(), Reach::Sheet)]));
    assert_eq!(damaged("乙\"></table:table-row>"), ("A1=甲".to_owned(), vec![("乙".to_owned(), Reach::SheetAndBehind)]));
    let flat = whole.replace("office:document-content", "office:document");
    let cut = &flat[..flat.find("丙\"").expect("the third sheet")];
    assert_eq!(
        seen(read("a.fods", cut.as_bytes(), &Limits::default()).expect("two sheets")),
        ("A1=甲 A1=乙".to_owned(), vec![("乙".to_owned(), Reach::Behind)])
    );
    // a byte that changed on the way may have changed an answer, too
    let mut bytes = packed_with(&whole.replace("乙\"><table:table-row>", "乙\"></table:table-row>"));
    let sum = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").expect("a directory") + 16;
    bytes[sum] ^= 1;
    assert!(read("a.ods", &bytes, &Limits::default()).is_err());
}

#[test]
fn pictures_of_the_page_lie_on_the_cells_they_cover() {
    let style = |name: &str, properties: &str| format!("<style:style xmlns:style=\"s\" style:name=\"{name}\">{properties}</style:style>");
    let styles = style("co", "<style:table-column-properties style:column-width=\"2.54cm\"/>")
        + &style("low", "<style:table-row-properties style:row-height=\"36pt\"/>")
        + &style("high", "<style:table-row-properties style:row-height=\"1in\"/>");
    let frame = |x: &str, y: &str, part: &str| {
        format!(
            "<draw:frame xmlns:draw=\"d\" xmlns:svg=\"v\" svg:x=\"{x}\" svg:y=\"{y}\" svg:width=\"0.8in\" svg:height=\"20mm\"><draw:image xmlns:xlink=\"l\" xlink:href=\"{part}\"/><draw:image xmlns:xlink=\"l\" xlink:href=\"other\"/></draw:frame>"
        )
    };
    let row = |style: &str| format!("<table:table-row table:style-name=\"{style}\">{}</table:table-row>", text("x"));
    let rows = format!(
        "<table:shapes>{}{}</table:shapes><table:table-column table:style-name=\"co\" table:number-columns-repeated=\"9\"/>{}{}{}",
        frame("1.1in", "40pt", "Pictures/1.png"),
        frame("2.05in", "1.6in", "Pictures/1.png"),
        row("low"),
        row("high"),
        row("high")
    );
    let content = content(&rows).replacen("<office:automatic-styles>", &format!("<office:automatic-styles>{styles}"), 1);
    let parts = [("content.xml".to_owned(), content.into_bytes()), ("Pictures/1.png".to_owned(), b"\x89PNG\r\n\x1A\n".to_vec())];
    let grid = read("a.ods", &packed(&parts), &Limits::default()).expect("a workbook").grids.remove(0);
    let seen: Vec<_> = grid.pictures.iter().map(|picture| (picture.at.to_string(), picture.file.size)).collect();
    assert_eq!(seen, [("B2".to_owned(), 8), ("C3".to_owned(), 8)]);
}

proptest! {
    #[test]
    fn damaged_content_ends(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = content(&format!("<table:table-row table:number-rows-repeated=\"2\">{}</table:table-row>", text("一"))).into_bytes();
        for (index, byte) in flips {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read("a.ods", &packed(&[("content.xml".to_owned(), bytes)]), &Limits::default());
    }
}

#[test]
fn pictures_inside_the_text_are_read_where_a_form_can_show_them() {
    let frame = |image: &str| format!(r#"<table:table-cell><draw:frame xmlns:draw="d">{image}</draw:frame></table:table-cell>"#);
    let bytes = |data: &str| format!("<draw:image><office:binary-data>{data}</office:binary-data><text:p/></draw:image>");
    let rows = format!(
        "<table:table-row>{}{}{}{}{}</table:table-row>",
        text("张三"),
        frame(&bytes("\n iVBORw0KGgoAAAA\n NSUhEUg==\n")),
        frame(&bytes("R0lGODlhAQABAA==")),
        frame(&bytes("????")),
        frame("<draw:image/>")
    );
    let document = read("a.fods", content(&rows).as_bytes(), &Limits::default()).expect("a workbook");
    let found: Vec<_> =
        document.grids[0].pictures.iter().map(|picture| (picture.at.to_string(), picture.file.size, picture.file.is_whole())).collect();
    assert_eq!(found, [("B1".to_owned(), 16, true), ("C1".to_owned(), 10, true), ("D1".to_owned(), 3, false)]);
    // with no room for pictures the people are read all the same
    let document = read("a.fods", content(&rows).as_bytes(), &Limits::default().with_picture(4)).expect("a workbook");
    assert_eq!((cells(&document.grids[0]).len(), document.grids[0].pictures.len()), (1, 3));
}

#[test]
fn check_boxes_and_option_buttons_say_what_is_chosen() {
    let control = |kind: &str, id: &str, says: &str| format!(r#"<form:{kind} xml:id="{id}" form:id="{id}" {says}/>"#);
    let forms = [
        control("checkbox", "c1", r#"form:label="尊老服务" form:current-state="checked" form:linked-cell="收集表.$D$2""#),
        control("checkbox", "c2", r#"form:label="爱幼志愿服务" form:state="checked" form:current-state="unchecked""#),
        control("checkbox", "c3", r#"form:label="助残服务" form:state="checked""#),
        control("radio", "r1", r#"form:label="男" form:selected="true" form:current-selected="false""#),
        control("radio", "r2", r#"form:label="女" form:current-selected="true""#),
        control("checkbox", "p1", r#"form:label="党员""#),
        control("button", "b1", r#"form:label="打印""#),
    ];
    let drawn = |id: &str, row: u32, end: &str| {
        format!(
            r#"<draw:control draw:control="{id}" svg:height="10pt" svg:x="1pt" svg:y="1pt" table:end-cell-address="收集表.E{row}" table:end-y="{end}"><svg:title>说明</svg:title></draw:control>"#
        )
    };
    let rows = format!(
        r#"<office:forms><form:form><form:properties/>{}</form:form></office:forms>
        <table:shapes><draw:control draw:control="p1" svg:x="70pt" svg:y="2pt" svg:width="10pt" svg:height="8pt"/></table:shapes>
        <table:table-row>{}<table:table-cell/><table:table-cell>{}</table:table-cell></table:table-row>
        <table:table-row><table:table-cell>{}{}</table:table-cell><table:table-cell office:value-type="string">{}<text:p>选</text:p></table:table-cell><table:table-cell/><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell></table:table-row>"#,
        forms.concat(),
        text("姓名"),
        drawn("b1", 1, "9pt") + &drawn("c3", 2, "8pt"),
        drawn("r1", 2, "9pt"),
        drawn("r2", 2, "9pt"),
        drawn("c1", 2, "9pt") + &drawn("c2", 3, "3pt"),
    );
    let rows = rows.replacen("<office:forms>", r#"<office:forms xmlns:form="f" xmlns:draw="d" xmlns:svg="v">"#, 1);
    let rows = rows.replace("<draw:control ", r#"<draw:control xmlns:draw="d" xmlns:svg="v" "#);
    assert_eq!(cells(&grid(&rows)), ["A1=姓名", "B1=□党员", "A2=○男  ●女", "B2=选  ☑尊老服务  □爱幼志愿服务", "C2=☑助残服务"]);
}

#[test]
fn a_picture_that_hangs_on_a_cell_lies_where_most_of_it_does() {
    let frame = |top: &str, end: &str| {
        format!(
            r#"<draw:frame xmlns:draw="d" xmlns:svg="v" table:end-cell-address="收集表.B2" table:end-x="0.5in" table:end-y="{end}" svg:width="0.45in" svg:height="0.4in" svg:x="0.05in" svg:y="{top}"><draw:image xmlns:xlink="l" xlink:href="Pictures/1.png"/></draw:frame>"#
        )
    };
    for (top, end, expected) in [("0.05in", "0.45in", "B1"), ("0in", "0.3999in", "B1"), ("0.3in", "0.1in", "B1"), ("0.3in", "0.3in", "B2")]
    {
        let rows = format!("<table:table-row>{}<table:table-cell>{}</table:table-cell></table:table-row>", text("张三"), frame(top, end));
        let at: Vec<String> = grid(&rows).pictures.iter().map(|picture| picture.at.to_string()).collect();
        assert_eq!(at, [expected], "{top} to {end}");
    }
}
