//! Pictures over the cells of a sheet, and in them.

use super::{cells, grid};
use crate::test_support::{Book, link};
use crate::{Limits, read};

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n and so on, for as long as the beginning of a picture is, and a bit longer than that";

fn part(name: &str, content: impl Into<Vec<u8>>) -> (String, Vec<u8>) {
    (name.to_owned(), content.into())
}

fn links(links: &[String]) -> String {
    format!("<Relationships>{}</Relationships>", links.concat())
}

fn pic(link: &str, frame: &str) -> String {
    format!(
        "<pic><nvPicPr><cNvPr id=\"2\" name=\"照片\"/></nvPicPr><blipFill><blip r:embed=\"{link}\"/></blipFill><spPr>{frame}</spPr></pic>"
    )
}

/// A sheet with one row of 100 points below one of 20, and this drawing over it.
fn drawn(drawing: &str) -> Book {
    let mut book = Book::of_sheet(
        r#"<sheetFormatPr defaultRowHeight="20"/><cols><col min="2" max="2" width="20"/></cols>
           <sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2" ht="100"><c r="A2" t="s"><v>1</v></c></row></sheetData>"#,
    );
    book.more = vec![
        part("xl/worksheets/_rels/sheet1.xml.rels", links(&[link("rId1", "drawing", "../drawings/drawing1.xml")])),
        part("xl/drawings/drawing1.xml", format!("<wsDr>{drawing}</wsDr>")),
        part(
            "xl/drawings/_rels/drawing1.xml.rels",
            links(&[link("rId1", "image", "../media/1.png"), link("rId2", "image", "../media/2.gif")]),
        ),
        part("xl/media/1.png", PNG),
        part("xl/media/2.gif", [b"GIF89a".to_vec(), vec![0; 200]].concat()),
    ];
    book
}

fn corner(name: &str, column: u32, across: u32, row: u32, down: u32) -> String {
    format!("<{name}><col>{column}</col><colOff>{across}</colOff><row>{row}</row><rowOff>{down}</rowOff></{name}>")
}

fn places(book: &Book) -> Vec<String> {
    grid(book).pictures.iter().map(|picture| picture.at.to_string()).collect()
}

#[test]
fn pictures_lie_on_the_cells_they_cover_however_they_are_anchored() {
    let frame = |x: u32, y: u32| format!("<xfrm><off x=\"{x}\" y=\"{y}\"/><ext cx=\"100\" cy=\"100\"/></xfrm>");
    let group = |scale: u32| {
        format!(
            "<grpSp><grpSpPr><xfrm><off x=\"7\" y=\"9\"/><ext cx=\"{}\" cy=\"{}\"/><chOff x=\"1000\" y=\"1000\"/><chExt cx=\"200\" cy=\"1000\"/></xfrm>\
             </grpSpPr>{}{}</grpSp>",
            200 * scale,
            1000 * scale,
            pic("rId1", &frame(1050, 1050)),
            pic("rId1", &frame(1050, 1600))
        )
    };
    for (drawing, expected) in [
        // inside one cell, and sticking out of it upwards
        (
            format!(
                "<twoCellAnchor>{}{}{}</twoCellAnchor>",
                corner("from", 1, 9, 1, 9),
                corner("to", 1, 900_000, 1, 900_000),
                pic("rId1", "")
            ),
            vec!["B2"],
        ),
        (
            format!(
                "<twoCellAnchor>{}{}{}</twoCellAnchor>",
                corner("from", 1, 9, 0, 150_000),
                corner("to", 1, 900_000, 1, 900_000),
                pic("rId1", "")
            ),
            vec!["B2"],
        ),
        // far larger than its cell
        (
            format!("<oneCellAnchor>{}<ext cx=\"9000000\" cy=\"9000000\"/>{}</oneCellAnchor>", corner("from", 2, 0, 1, 0), pic("rId1", "")),
            vec!["C2"],
        ),
        (
            format!(
                "<absoluteAnchor><pos x=\"700000\" y=\"300000\"/><ext cx=\"500000\" cy=\"900000\"/>{}</absoluteAnchor>",
                pic("rId1", "")
            ),
            vec!["B2"],
        ),
        // a group over rows 1 to 11 of 20 points, of which the second has 100
        (
            format!("<twoCellAnchor>{}{}{}</twoCellAnchor>", corner("from", 1, 0, 0, 0), corner("to", 2, 0, 7, 0), group(3)),
            vec!["B2", "B4"],
        ),
        (
            format!(
                "<AlternateContent><Choice><twoCellAnchor>{}{}</twoCellAnchor></Choice><Fallback>{}</Fallback></AlternateContent>",
                corner("from", 0, 0, 0, 0),
                pic("rId1", ""),
                pic("rId1", "")
            ),
            vec!["A1"],
        ),
        ("<twoCellAnchor><from><col>99999999999</col></from><pic><blip r:embed=\"rId1\"/></pic>".to_owned(), vec![]),
    ] {
        assert_eq!(places(&drawn(&drawing)), expected, "{drawing}");
    }
}

#[test]
fn of_a_picture_that_no_form_can_show_or_that_is_not_wanted_only_the_beginning_is_kept() {
    let at = |row: u32, link: &str| {
        format!("<oneCellAnchor>{}<ext cx=\"9\" cy=\"9\"/>{}</oneCellAnchor>", corner("from", 0, 0, row, 0), pic(link, ""))
    };
    let book = drawn(&[at(0, "rId1"), at(1, "rId2"), at(2, "rId3")].concat());
    let kept = |limits: &Limits| {
        let grid = read("表.xlsx", &book.bytes(), limits).expect("a workbook").grids.remove(0);
        grid.pictures.iter().map(|picture| (picture.file.bytes.len(), picture.file.size)).collect::<Vec<_>>()
    };
    assert_eq!(kept(&Limits::default()), [(PNG.len(), PNG.len() as u64), (64, 206), (0, 0)]);
    assert_eq!(kept(&Limits::default().with_picture(0)), [(64, PNG.len() as u64), (64, 206), (0, 0)]);
}

#[test]
fn a_picture_of_wps_is_the_value_of_its_cell_and_no_text() {
    let mut book = Book::of_rows(
        r#"<row r="2"><c r="A2" t="str"><f>_xlfn.DISPIMG("ID_A",1)</f><v>=DISPIMG("ID_A",1)</v></c>
           <c r="B2" t="str"><v>=DISPIMG("ID_B",1)</v></c><c r="C2" t="e"><f>_xlfn.DISPIMG("ID_A",1)</f><v>#NAME?</v></c>
           <c r="D2"><f>DISPIMG("ID_C",1)</f></c><c r="E2" t="s"><v>1</v></c></row>"#,
    );
    book.more = vec![
        part("xl/cellimages.xml", format!("<cellImages><cellImage>{}</cellImage></cellImages>", pic("rId1", "").replace("照片", "ID_A"))),
        part("xl/_rels/cellimages.xml.rels", links(&[link("rId1", "image", "media/1.png")])),
        part("xl/media/1.png", PNG),
    ];
    let grid = grid(&book);
    assert_eq!(cells(&grid), ["E2=张三"]);
    let seen: Vec<(String, u64)> = grid.pictures.iter().map(|picture| (picture.at.to_string(), picture.file.size)).collect();
    let size = PNG.len() as u64;
    assert_eq!(seen, [("A2".to_owned(), size), ("B2".to_owned(), 0), ("C2".to_owned(), size), ("D2".to_owned(), 0)]);
}

#[test]
fn a_picture_of_excel_is_the_value_of_its_cell_and_an_error_stays_one() {
    let mut book = Book::of_rows(
        r##"<row r="1"><c r="A1" t="e" vm="1"><v>#VALUE!</v></c><c r="B1" t="e" vm="2"><v>#VALUE!</v></c><c r="C1" t="e"><v>#VALUE!</v></c></row>"##,
    );
    book.more = vec![
        part(
            "xl/metadata.xml",
            r#"<metadata><metadataTypes><metadataType name="XLDAPR"/><metadataType name="XLRICHVALUE"/></metadataTypes>
               <futureMetadata name="XLDAPR"><bk><ext/></bk></futureMetadata>
               <futureMetadata name="XLRICHVALUE"><bk><rvb i="1"/></bk><bk><rvb i="0"/></bk></futureMetadata>
               <valueMetadata><bk><rc t="2" v="0"/></bk><bk><rc t="2" v="1"/></bk></valueMetadata></metadata>"#,
        ),
        part(
            "xl/richData/rdrichvaluestructure.xml",
            r#"<rvStructures><s t="_error"><k n="errorType" t="i"/></s>
               <s t="_localImage"><k n="CalcOrigin" t="i"/><k n="_rvRel:LocalImageIdentifier" t="i"/></s></rvStructures>"#,
        ),
        part("xl/richData/rdrichvalue.xml", r#"<rvData><rv s="0"><v>4</v></rv><rv s="1"><v>5</v><v>0</v></rv></rvData>"#),
        part("xl/richData/richValueRel.xml", r#"<richValueRels><rel r:id="rId1"/></richValueRels>"#),
        part("xl/richData/_rels/richValueRel.xml.rels", links(&[link("rId1", "image", "../media/1.png")])),
        part("xl/media/1.png", PNG),
    ];
    let grid = grid(&book);
    assert_eq!(cells(&grid), ["B1=#VALUE!", "C1=#VALUE!"]);
    assert_eq!(
        grid.pictures.iter().map(|picture| (picture.at.to_string(), picture.is_floating)).collect::<Vec<_>>(),
        [("A1".to_owned(), false)]
    );
    assert_eq!(&*grid.pictures[0].file.bytes, PNG);
}
