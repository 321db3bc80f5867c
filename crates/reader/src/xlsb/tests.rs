use mingce_core::grid::{Kind, Look};
use proptest::prelude::*;

use super::*;
use crate::Limits;
use crate::read;
use crate::test_support::{link, packed};

fn record(id: u32, data: &[u8]) -> Vec<u8> {
    let low = u8::try_from(id & 0x7F).expect("seven bits");
    let mut bytes = if id < 0x80 { vec![low] } else { vec![low | 0x80, u8::try_from(id >> 7).expect("seven bits")] };
    bytes.push(u8::try_from(data.len()).expect("a short record"));
    bytes.extend(data);
    bytes
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let count = u32::try_from(units.len()).expect("a short text");
    [count.to_le_bytes().to_vec(), units.iter().flat_map(|unit| unit.to_le_bytes()).collect()].concat()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn cell(id: u32, column: u32, style: u32, value: &[u8]) -> Vec<u8> {
    record(id, &[&words(&[column, style])[..], value].concat())
}

fn row(number: u32, hidden: bool) -> Vec<u8> {
    record(0, &[&words(&[number, 0])[..], &[0, 0, 0, if hidden { 0x10 } else { 0 }]].concat())
}

fn workbook(sheet: &[Vec<u8>]) -> Vec<u8> {
    workbook_with(&[], sheet)
}

fn workbook_with(properties: &[u8], sheet: &[Vec<u8>]) -> Vec<u8> {
    let xf = |format: u16| record(47, &[&[0, 0][..], &format.to_le_bytes()].concat());
    let styles = [
        record(44, &[&164u16.to_le_bytes()[..], &text("0.00")].concat()),
        xf(14),
        record(617, &[]),
        xf(0),
        xf(164),
        xf(14),
        record(618, &[]),
    ]
    .concat();
    workbook_of(properties, sheet, styles)
}

fn workbook_of(properties: &[u8], sheet: &[Vec<u8>], styles: Vec<u8>) -> Vec<u8> {
    let root = format!("<Relationships>{}</Relationships>", link("rId1", "officeDocument", "xl/workbook.bin"));
    let links = format!(
        "<Relationships>{}{}{}</Relationships>",
        link("rId1", "worksheet", "worksheets/sheet1.bin"),
        link("rId2", "sharedStrings", "sharedStrings.bin"),
        link("rId3", "styles", "styles.bin")
    );
    let listed = [properties, &record(156, &[words(&[0, 1]), text("rId1"), text("收集表")].concat())].concat();
    let strings = [record(19, &[&[0][..], &text("姓名")].concat()), record(19, &[&[0][..], &text("张三")].concat())].concat();
    packed(&[
        ("_rels/.rels".to_owned(), root.into_bytes()),
        ("xl/workbook.bin".to_owned(), listed),
        ("xl/_rels/workbook.bin.rels".to_owned(), links.into_bytes()),
        ("xl/worksheets/sheet1.bin".to_owned(), sheet.concat()),
        ("xl/sharedStrings.bin".to_owned(), strings),
        ("xl/styles.bin".to_owned(), styles),
    ])
}

#[test]
fn every_record_of_a_cell_gives_its_text_and_kind() {
    let sheet = [
        row(0, false),
        cell(7, 0, 0, &words(&[0])),
        cell(6, 1, 0, &text("性别")),
        row(4, true),
        cell(5, 0, 1, &1985.1f64.to_le_bytes()),
        cell(2, 1, 2, &words(&[31_199 << 2 | 2])),
        cell(9, 2, 0, &13_800_000_001f64.to_le_bytes()),
        cell(4, 3, 0, &[1]),
        cell(11, 4, 0, &[0x2A]),
        cell(62, 5, 0, &[&[0][..], &text("富")].concat()),
        cell(8, 6, 0, &text("结果")),
        record(176, &words(&[0, 0, 0, 1])),
    ];
    let document = read("a.xlsb", &workbook(&sheet), &Limits::default()).expect("a workbook");
    let grid = &document.grids[0];
    let of_row = |row: mingce_core::grid::Row<'_>| row.cells().map(|cell| (cell.kind, cell.text.to_owned())).collect::<Vec<_>>();
    let found: Vec<(Kind, String)> = grid.rows().flat_map(of_row).collect();
    let expected = [
        (Kind::Text, "姓名"),
        (Kind::Text, "性别"),
        (Kind::Number, "1985.10"),
        (Kind::Date, "1985-06-01"),
        (Kind::Number, "13800000001"),
        (Kind::Boolean, "TRUE"),
        (Kind::Error, "#N/A"),
        (Kind::Text, "富"),
        (Kind::Text, "结果"),
    ];
    assert_eq!(found, expected.map(|(kind, text)| (kind, text.to_owned())));
    assert_eq!(grid.rows().map(|row| (row.number(), row.is_hidden())).collect::<Vec<_>>(), [(1, false), (5, true)]);
    assert_eq!((grid.merges.len(), document.findings.len(), document.format), (1, 0, Format::Xlsb));
}

#[test]
fn fonts_and_fills_of_cells_and_words_are_known() {
    let font = |flags: u16, weight: u16, colour: &[u8]| {
        record(43, &[&[220, 0][..], &flags.to_le_bytes(), &weight.to_le_bytes(), &[0; 6], colour].concat())
    };
    let [usual, red] = [[3 << 1, 1, 0, 0, 0, 0, 0, 255], [2 << 1, 0, 0, 0, 0xFF, 0, 0, 255]];
    let xf = |font: u8, fill: u8| record(47, &[0, 0, 0, 0, font, 0, fill, 0]);
    let styles = [
        font(0, 400, &usual),
        font(8, 400, &usual),
        font(0, 400, &red),
        record(45, &[&words(&[0])[..], &usual].concat()),
        record(45, &[&words(&[1])[..], &[2 << 1, 0, 0, 0, 0xFF, 0xFF, 0, 255]].concat()),
        record(617, &[]),
        xf(0, 0),
        xf(1, 0),
        xf(2, 0),
        xf(0, 1),
        record(618, &[]),
    ]
    .concat();
    let rich = [&[1][..], &text("尊老助残"), &words(&[2]), &[2, 0, 1, 0, 3, 0, 2, 0]].concat();
    let mut sheet: Vec<Vec<u8>> = (0..4).map(|style| cell(6, style, style, &text("字"))).collect();
    sheet.insert(0, row(0, false));
    sheet.push(cell(62, 4, 0, &rich));
    let document = read("a.xlsb", &workbook_of(&[], &sheet, styles), &Limits::default()).expect("a workbook");
    let grid = &document.grids[0];
    let looks: Vec<Look> = grid.rows().flat_map(|row| row.cells().map(|cell| cell.look).collect::<Vec<_>>()).collect();
    let plain = Look::default();
    let emphasised = Look { is_emphasised: true, ..plain };
    assert_eq!(looks, [plain, Look { is_crossed: true, ..plain }, emphasised, emphasised, plain]);
    assert_eq!((grid.struck[0].words.as_str(), grid.emphasised[0].1.clone()), ("助", 6..9));
}

#[test]
fn numbers_count_from_where_the_workbook_says() {
    for (flags, epoch) in [(0, Epoch::Of1900), (1, Epoch::Of1904)] {
        let book = workbook_with(&record(153, &words(&[flags, 0])), &[row(0, false), cell(5, 0, 0, &29_737f64.to_le_bytes())]);
        let document = read("a.xlsb", &book, &Limits::default()).expect("a workbook");
        assert_eq!(document.grids[0].epoch, epoch);
    }
}

#[test]
fn what_does_not_exist_is_an_error() {
    for (what, sheet) in [
        ("a text", vec![row(0, false), cell(7, 0, 0, &words(&[2]))]),
        ("a row", vec![row(1_048_576, false)]),
        ("a column", vec![row(0, false), cell(4, 16_384, 0, &[1])]),
        ("a row before the first", vec![cell(4, 0, 0, &[1])]),
        ("half a number", vec![row(0, false), cell(5, 0, 0, &[1])]),
        ("half a record", vec![vec![5, 9, 1]]),
        ("a text of four thousand million characters", vec![row(0, false), cell(6, 0, 0, &words(&[u32::MAX - 1]))]),
    ] {
        let error = read("a.xlsb", &workbook(&sheet), &Limits::default()).expect_err(what);
        assert_eq!(error.code().to_string(), "unreadable-file", "{what}: {error}");
    }
}

proptest! {
    #[test]
    fn any_records_end(records in prop::collection::vec((0u32..70, prop::collection::vec(any::<u8>(), 0..24)), 0..20)) {
        let sheet: Vec<Vec<u8>> = records.iter().map(|(id, data)| record(*id, data)).collect();
        let _ = read("a.xlsb", &workbook(&sheet), &Limits::default());
    }
}
