use mingce_core::address::Address;
use mingce_core::grid::Merge;

use super::*;
use crate::word::Cell;

fn document(body: &str) -> String {
    format!("<w:document xmlns:w=\"w\"><w:body>{body}<w:sectPr><w:pgSz/></w:sectPr></w:body></w:document>")
}

fn scanned(xml: &str) -> Document {
    scan(xml, "word/document.xml", &Limits::default()).expect("good XML")
}

#[test]
fn spans_become_merges_and_every_piece_of_text_knows_its_bytes() {
    let xml = document(concat!(
        "<w:tbl><w:tblGrid><w:gridCol w:w=\"1000\"/><w:gridCol/><w:gridCol/></w:tblGrid>",
        "<w:tr><w:trPr><w:trHeight w:val=\"567\" w:hRule=\"exact\"/></w:trPr>",
        "<w:tc><w:p><w:pPr><w:tabs><w:tab/></w:tabs><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:rPr><w:i/></w:rPr><w:t>姓 </w:t></w:r>",
        "<w:r><w:t>名&amp;</w:t><w:tab/></w:r></w:p></w:tc>",
        "<w:tc><w:tcPr><w:tcW w:w=\"900\" w:type=\"dxa\"/><w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr><w:p/><w:p></w:p></w:tc></w:tr>",
        "<w:tr><w:tc><w:p><w:r><w:sym w:font=\"Wingdings 2\" w:char=\"F052\"/></w:r></w:p></w:tc>",
        "<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl><w:p/>",
    ));
    let document = scanned(&xml);
    let table = &document.tables[0];
    let first = &table.rows[0].cells[0];
    assert_eq!(first.text, "姓 名&\t");
    let pieces: Vec<(&str, Holder)> = first.segments.iter().map(|s| (&xml[s.xml.clone()], s.holder)).collect();
    assert_eq!(pieces, [("姓 ", Holder::Plain), ("名", Holder::Plain), ("&amp;", Holder::Reference), ("<w:tab/>", Holder::Element)]);
    let paragraph = &first.paragraphs[0];
    assert_eq!(&xml[paragraph.mark.clone().expect("a mark")], "<w:rPr><w:b/></w:rPr>");
    assert_eq!(&xml[paragraph.runs[0].clone()], "<w:rPr><w:i/></w:rPr>");
    assert!(paragraph.runs[1].is_empty() && xml[paragraph.runs[1].start..].starts_with("<w:t>"));
    assert!(xml[paragraph.properties.clone()].ends_with("</w:pPr>"));
    assert!(xml[paragraph.end.expect("an end")..].starts_with("</w:p>"));
    let second = &table.rows[0].cells[1];
    assert_eq!((second.width, second.columns, second.text.as_str()), (Some(900), 2, "\n"));
    assert_eq!(second.paragraphs.iter().map(|p| p.end.is_some()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(table.rows[0].height.as_ref().map(|h| (h.twips, h.exact)), Some((567, true)));
    assert_eq!(table.grid.cell(Address::new(2, 1).expect("A2")).map(|cell| cell.text), Some("☑"));
    let merge = |row, column, last_row, last_column| Merge {
        first: Address::new(row, column).expect("a cell"),
        last: Address::new(last_row, last_column).expect("a cell"),
    };
    assert_eq!(table.grid.merges, [merge(1, 2, 2, 3)]);
    assert_eq!(table.grid.column_widths.len(), 3);
    assert_eq!(&xml[document.section.clone()], "<w:sectPr><w:pgSz/></w:sectPr>");
    assert!(xml[document.body.clone()].ends_with("<w:p/>"));
}

#[test]
fn a_table_in_a_cell_is_a_grid_of_its_own_and_deep_ones_end_quietly() {
    let xml = document(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>外</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
    );
    let texts: Vec<String> = scanned(&xml).tables.iter().map(|t| t.rows[0].cells[0].text.clone()).collect();
    assert_eq!(texts, ["外\n", "内"]);
    let depth = 200;
    let deep = format!("{}<w:p/>{}", "<w:tbl><w:tr><w:tc>".repeat(depth), "</w:tc></w:tr></w:tbl>".repeat(depth));
    assert_eq!(scanned(&document(&deep)).tables.len(), DEEPEST_TABLE);
}

#[test]
fn absurd_spans_end_in_an_error_and_what_was_deleted_is_not_read() {
    let wide = "<w:tc><w:tcPr><w:gridSpan w:val=\"99999999\"/></w:tcPr><w:p/></w:tc>".repeat(3);
    let error = scan(&document(&format!("<w:tbl><w:tr>{wide}</w:tr></w:tbl>")), "d", &Limits::default()).expect_err("too wide");
    assert!(matches!(error, Error::LimitExceeded { limit: Limit::Columns, .. }), "{error:?}");
    let xml =
        document("<w:tbl><w:tr><w:tc><w:p><w:del><w:r><w:t>旧</w:t></w:r></w:del><w:r><w:t>新</w:t></w:r></w:p></w:tc></w:tr></w:tbl>");
    assert_eq!(scanned(&xml).tables[0].rows[0].cells[0].text, "新");
    // a row is deleted by its properties; what it holds may have no mark of its own
    let row = |properties: &str, text: &str| format!("<w:tr>{properties}<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>");
    let rows = row("<w:trPr><w:del w:id=\"1\"/></w:trPr>", "旧") + &row("", "新");
    let texts: Vec<String> =
        scanned(&document(&format!("<w:tbl>{rows}</w:tbl>"))).tables[0].rows.iter().map(|row| row.cells[0].text.clone()).collect();
    assert_eq!(texts, ["", "新"]);
}

/// The text of the first cell of a table with these runs.
fn cell_of(runs: &str) -> Cell {
    let xml = document(&format!("<w:tbl><w:tr><w:tc><w:p>{runs}</w:p></w:tc></w:tr></w:tbl>"));
    scanned(&xml).tables[0].rows[0].cells[0].clone()
}

#[test]
fn boxes_of_controls_and_form_fields_stand_as_their_state() {
    let control = |state: &str, glyph: &str| {
        format!(
            "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"{state}\"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r>{glyph}</w:r></w:sdtContent></w:sdt>"
        )
    };
    let field = |inside: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:sizeAuto/>{inside}</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    for (runs, expected) in [
        (control("1", "<w:t>☒</w:t>"), "☑"),
        (control("0", "<w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/>"), "□"),
        (field("<w:default w:val=\"0\"/>"), "□"),
        (field("<w:default w:val=\"1\"/>"), "☑"),
        (field("<w:default w:val=\"1\"/><w:checked w:val=\"0\"/>"), "□"),
        (field("<w:default w:val=\"0\"/><w:checked/>"), "☑"),
        (
            "<w:r><mc:AlternateContent><mc:Choice Requires=\"w16se\"><w16se:symEx w16se:font=\"Segoe UI Emoji\" w16se:char=\"2705\"/></mc:Choice><mc:Fallback><w:t>✅</w:t></mc:Fallback></mc:AlternateContent></w:r>".to_owned(),
            "✅",
        ),
        ("<w:r><w:rPr><w:rFonts w:ascii=\"Wingdings 2\"/></w:rPr><w:t>R</w:t></w:r><w:r><w:t>R</w:t></w:r>".to_owned(), "☑R"),
    ] {
        assert_eq!(cell_of(&runs).text, expected, "{runs}");
    }
}

#[test]
fn what_nobody_wrote_or_sees_is_not_read() {
    for (runs, expected) in [
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击输入</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>男</w:t></w:r>",
            "男",
        ),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr w:val=\"0\"/></w:sdtPr><w:sdtContent><w:r><w:t>张三</w:t></w:r></w:sdtContent></w:sdt>", "张三"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>显</w:t></w:r>", "显"),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>删</w:t></w:r><w:ins><w:r><w:t>增</w:t></w:r></w:ins>", "增"),
        ("<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>显</w:t></w:r>", "显"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>zhāng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>张</w:t></w:r></w:rubyBase></w:ruby></w:r>", "张"),
    ] {
        assert_eq!(cell_of(runs).text, expected, "{runs}");
    }
    let placeholder =
        cell_of("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击</w:t></w:r></w:sdtContent></w:sdt>");
    assert_eq!(placeholder.segments.iter().map(|piece| piece.holder).collect::<Vec<_>>(), [Holder::Placeholder]);
}

#[test]
fn what_is_struck_out_is_no_text_and_kept_beside_it() {
    let struck = |text: &str| format!("<w:r><w:rPr><w:dstrike/></w:rPr><w:t>{text}</w:t></w:r>");
    let runs = format!("<w:r><w:t>甲</w:t></w:r>{}{}<w:r><w:t>丁</w:t></w:r>{}", struck("乙"), struck("丙"), struck("戊"));
    let cell = cell_of(&runs);
    assert_eq!((cell.text.as_str(), cell.segments.len()), ("甲丁", 2));
    assert_eq!(cell.struck, [(3, "乙丙".to_owned()), (6, "戊".to_owned())]);
    // where nothing else is left, the cell is struck out as a whole, and its words are its text
    let xml = document(&format!("<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{runs}</w:p></w:tc></w:tr></w:tbl>", struck("己")));
    let Grids { grids, .. } = grids(&xml, "d", &Limits::default()).expect("a document");
    let (cells, struck): (Vec<_>, _) =
        (grids[0].0.rows().flat_map(|row| row.cells().map(|cell| (cell.text, cell.look.is_crossed))).collect(), &grids[0].0.struck);
    assert_eq!((cells, struck.len()), (vec![("己", true), ("甲丁", false)], 2));
}

#[test]
fn underlined_parts_are_known() {
    let underlined = "<w:rPr><w:u w:val=\"single\"/></w:rPr>";
    let runs = format!(
        "<w:r><w:t>甲 </w:t></w:r><w:r>{underlined}<w:t>乙</w:t></w:r><w:r>{underlined}<w:t>丙</w:t></w:r><w:r><w:rPr><w:u w:val=\"none\"/></w:rPr><w:t>丁</w:t></w:r>"
    );
    let cell = cell_of(&runs);
    assert_eq!(cell.underlined.iter().map(|part| &cell.text[part.clone()]).collect::<Vec<_>>(), ["乙丙"]);
}

#[test]
fn lines_between_tables_and_in_text_boxes_are_read_once() {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let table = |text: &str| format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph(text));
    let boxed = format!(
        "<w:p><w:r><w:t>外</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>{}{}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        paragraph("框"),
        table("框里的表"),
        paragraph("框")
    );
    let xml = document(&[paragraph("上"), "<w:p/>".to_owned(), paragraph("中"), table("表"), boxed, paragraph("下")].concat());
    let document = scanned(&xml);
    let lines = |table: &Table| table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.text.clone())).collect::<Vec<_>>();
    assert_eq!(document.texts.iter().map(lines).collect::<Vec<_>>(), [vec!["上", "中"], vec!["外", "下"], vec!["框"]]);
    assert_eq!(document.tables.iter().map(lines).collect::<Vec<_>>(), [["表"], ["框里的表"]]);
}

#[test]
fn an_answer_in_a_text_box_is_that_of_the_cell_it_lies_in() {
    let boxed = |lines: &[&str]| {
        let lines: String = lines.iter().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
        format!("<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{lines}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>")
    };
    let cell = |runs: &str| format!("<w:tc><w:p>{runs}</w:p></w:tc>");
    let row = [
        cell("<w:r><w:t>姓名</w:t></w:r>"),
        cell(&boxed(&["张三"])),
        cell(&boxed(&["姓名：李四"])),
        cell(&(boxed(&["（盖章）"]) + "<w:r><w:t>单位</w:t></w:r>")),
    ];
    let xml = document(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", row.concat()));
    let read = grids(&xml, "word/document.xml", &Limits::default()).expect("a document").grids;
    let texts: Vec<Vec<&str>> =
        read.iter().map(|(grid, _)| grid.rows().flat_map(|row| row.cells().map(|cell| cell.text).collect::<Vec<_>>()).collect()).collect();
    assert_eq!(texts, [vec!["姓名", "张三", "单位"], vec!["姓名：李四"], vec!["（盖章）"]]);
    // a blank that is filled keeps them apart
    assert_eq!(scanned(&xml).texts.len(), 3);
}

#[test]
fn a_box_that_is_ticked_by_characters_over_each_other_is_read() {
    let part = |text: &str| format!("<w:r><w:instrText xml:space=\"preserve\">{text}</w:instrText></w:r>");
    let edge = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let runs = [edge("begin"), part(" eq \\o\\ac("), part("□"), part(",√)"), edge("end")].concat();
    let xml = document(&format!("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>尊老服务</w:t></w:r>{runs}</w:p></w:tc></w:tr></w:tbl>"));
    let read = grids(&xml, "word/document.xml", &Limits::default()).expect("a document");
    assert_eq!(read.grids[0].0.row_at(0).and_then(|row| row.cells().next()).map(|cell| cell.text), Some("尊老服务☑"));
}
