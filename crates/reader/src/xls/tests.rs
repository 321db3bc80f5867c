mod controls;
mod pictures;

use mingce_core::grid::{Epoch, Grid, Kind, Look};
use proptest::prelude::*;

use super::*;
use crate::test_support::{contained, old_workbook, record};

/// A cell record: row, column, style and the rest.
fn cell(id: u16, row: u16, column: u16, style: u16, rest: &[u8]) -> Vec<u8> {
    record(id, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &style.to_le_bytes(), rest].concat())
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let count = u16::try_from(units.len()).expect("a short text");
    [&count.to_le_bytes()[..], &[1], &units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>()].concat()
}

fn formula(row: u16, result: [u8; 8]) -> Vec<u8> {
    cell(0x06, row, 0, 0, &[&result[..], &[0; 8]].concat())
}

fn grid(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Grid {
    read(&old_workbook(globals, 0, sheet), &Limits::default()).expect("a workbook").grids.remove(0)
}

fn cells(grid: &Grid) -> Vec<(String, Kind, String)> {
    let of_row = |row: mingce_core::grid::Row<'_>| {
        row.cells().map(|cell| (format!("{}{}", cell.column, row.number()), cell.kind, cell.text.to_owned())).collect::<Vec<_>>()
    };
    grid.rows().flat_map(of_row).collect()
}

fn strings() -> Vec<u8> {
    record(0xFC, &[&[2, 0, 0, 0, 2, 0, 0, 0][..], &wide("姓名"), &wide("张三")].concat())
}

/// A font: its flags, colour, weight and underline.
fn font(flags: u16, colour: u16, weight: u16, underline: u8) -> Vec<u8> {
    let words = [200, flags, colour, weight, 0];
    record(0x31, &[&words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>()[..], &[underline, 0, 0, 0, 0, 0]].concat())
}

#[test]
fn headers_and_footers_of_pages_are_kept() {
    let label = cell(0x204, 0, 0, 0, &wide("姓名"));
    let sheet = [record(0x14, &wide("&L填报单位：长塘村&R第&P页")), record(0x15, &wide("党员总数：42")), record(0x15, &[]), label];
    assert_eq!(grid(&[], &sheet).margins, [["填报单位：长塘村"], ["党员总数：42"]]);
}

#[test]
fn fonts_and_fills_of_cells_and_words_are_known() {
    let style = |font: u8, pattern: u32, colour: u16| {
        let fill = [&[0; 10][..], &(pattern << 26).to_le_bytes(), &colour.to_le_bytes()].concat();
        record(0xE0, &[&[font, 0, 0, 0][..], &fill].concat())
    };
    // the fonts behind the first four have numbers greater by one
    let fonts =
        [font(0, 0x7FFF, 400, 0), font(8, 0x7FFF, 400, 0), font(0, 10, 400, 0), font(0, 8, 400, 1), font(0, 8, 700, 0), font(2, 8, 400, 0)];
    let styles =
        [style(0, 0, 0), style(1, 0, 0), style(2, 0, 0), style(3, 0, 0), style(5, 0, 0), style(0, 1, 13), style(0, 1, 22), style(6, 0, 0)];
    let text = wide("尊老助残");
    let rich = [&text[..2], &[9, 2, 0], &text[3..], &[2, 0, 1, 0, 3, 0, 5, 0]].concat();
    let strings = record(0xFC, &[&[1, 0, 0, 0, 1, 0, 0, 0][..], &rich].concat());
    let globals = [&fonts[..], &styles, &[strings]].concat();
    let columns = 0u16..;
    let mut sheet: Vec<Vec<u8>> = columns.zip(0u16..8).map(|(column, style)| cell(0x204, 0, column, style, &wide("字"))).collect();
    sheet.push(cell(0xFD, 1, 0, 1, &[0, 0, 0, 0]));
    let grid = grid(&globals, &sheet);
    let [plain, crossed, emphasised, underlined] = [
        Look::default(),
        Look { is_crossed: true, ..Look::default() },
        Look { is_emphasised: true, ..Look::default() },
        Look { is_underlined: true, ..Look::default() },
    ];
    let looks: Vec<Look> = grid.rows().flat_map(|row| row.cells().map(|cell| cell.look).collect::<Vec<_>>()).collect();
    assert_eq!(looks, [plain, crossed, emphasised, underlined, emphasised, emphasised, plain, emphasised, plain]);
    assert_eq!(cells(&grid)[8].2, "尊老残");
    let struck: Vec<(usize, &str)> = grid.struck.iter().map(|struck| (struck.place, &*struck.words)).collect();
    assert_eq!((struck, grid.emphasised[0].1.clone()), (vec![(6, "助")], 6..9));
}

#[test]
fn every_record_of_a_cell_gives_its_text_and_kind() {
    let styles = [
        record(0x41E, &[&164u16.to_le_bytes()[..], &wide("0.00")].concat()),
        record(0xE0, &[0, 0, 0, 0]),
        record(0xE0, &[0, 0, 164, 0]),
        record(0xE0, &[0, 0, 14, 0]),
    ];
    let globals = [&[strings()][..], &styles].concat();
    let rk = |number: u32| (number << 2 | 2).to_le_bytes();
    let grid = grid(
        &globals,
        &[
            cell(0xFD, 0, 0, 0, &[0, 0, 0, 0]),
            cell(0x204, 0, 1, 0, &wide("性别")),
            cell(0x203, 1, 0, 0, &13_800_000_001f64.to_le_bytes()),
            cell(0x203, 1, 1, 1, &1985.1f64.to_le_bytes()),
            cell(0x27E, 1, 2, 2, &rk(31_199)),
            cell(0xBD, 2, 0, 0, &[&rk(7)[..], &[0, 0], &rk(8), &[1, 0]].concat()),
            cell(0x27E, 3, 0, 0, &(1234u32 << 2 | 3).to_le_bytes()),
            cell(0x205, 3, 1, 0, &[1, 0]),
            cell(0x205, 3, 2, 0, &[0x2A, 1]),
            formula(4, 2.5f64.to_le_bytes()),
            cell(0x204, 4, 1, 0, &[0, 0]),
            cell(0x406, 4, 2, 0, &[&2.5f64.to_le_bytes()[..], &[0; 8]].concat()),
            formula(5, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
            record(0x207, &wide("结果")),
            formula(6, [3, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
            formula(7, [2, 0, 0x0F, 0, 0, 0, 0xFF, 0xFF]),
        ],
    );
    let expected = [
        ("A1", Kind::Text, "姓名"),
        ("B1", Kind::Text, "性别"),
        ("A2", Kind::Number, "13800000001"),
        ("B2", Kind::Number, "1985.10"),
        ("C2", Kind::Date, "1985-06-01"),
        ("A3", Kind::Number, "7"),
        ("B3", Kind::Number, "8"),
        ("A4", Kind::Number, "12.34"),
        ("B4", Kind::Boolean, "TRUE"),
        ("C4", Kind::Error, "#N/A"),
        ("A5", Kind::Number, "2.5"),
        ("C5", Kind::Number, "2.5"),
        ("A6", Kind::Text, "结果"),
        ("A8", Kind::Error, "#VALUE!"),
    ];
    assert_eq!(cells(&grid), expected.map(|(at, kind, text)| (at.to_owned(), kind, text.to_owned())));
    assert_eq!(grid.sheet.as_deref(), Some("甲表"));
}

#[test]
fn hidden_rows_merges_and_widths_are_kept() {
    let mut row = vec![0; 16];
    row[0] = 1;
    row[12] = 0x20;
    let grid = grid(
        &[strings()],
        &[
            cell(0xFD, 0, 0, 0, &[0, 0, 0, 0]),
            cell(0xFD, 1, 0, 0, &[1, 0, 0, 0]),
            record(0x208, &row),
            record(0xE5, &[1, 0, 0, 0, 0, 0, 0, 0, 1, 0]),
            record(0x7D, &[0, 0, 1, 0, 0x80, 0x0C, 0, 0, 0, 0, 0, 0]),
        ],
    );
    assert_eq!(grid.rows().map(|row| row.is_hidden()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(grid.merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last)).collect::<Vec<_>>(), ["A1:B1"]);
    assert_eq!(grid.column_widths.iter().map(|(column, width)| format!("{column}={width}")).collect::<Vec<_>>(), ["A=12.5", "B=12.5"]);
}

#[test]
fn numbers_count_from_where_the_workbook_says() {
    let number = cell(0x203, 0, 0, 0, &29_737f64.to_le_bytes());
    for (mode, epoch) in [(0, Epoch::Of1900), (1, Epoch::Of1904)] {
        let grid = grid(&[record(0x22, &[mode, 0])], std::slice::from_ref(&number));
        assert_eq!((grid.epoch, cells(&grid)), (epoch, vec![("A1".to_owned(), Kind::Number, "29737".to_owned())]));
    }
}

#[test]
fn damage_has_an_error_and_passwords_have_theirs() {
    let limits = Limits::default();
    let code = |globals: &[Vec<u8>], sheet: &[Vec<u8>]| {
        let read = read(&old_workbook(globals, 0, sheet), &limits).and_then(Document::unless_all_is_damaged);
        read.map(|document| document.grids.len()).map_err(|error| error.code().to_string())
    };
    assert_eq!(code(&[strings()], &[cell(0xFD, 0, 0, 0, &[2, 0, 0, 0])]), Err("unreadable-file".to_owned()));
    assert_eq!(code(&[strings()], &[cell(0x203, 0, 0, 0, &[0; 7])]), Err("unreadable-file".to_owned()));
    assert_eq!(code(&[strings()], &[cell(0x203, 0, 16_384, 0, &[0; 8])]), Err("unreadable-file".to_owned()));
    assert_eq!(code(&[record(0x2F, &[0; 6])], &[]), Err("encrypted-file".to_owned()));
    let hidden = read(&old_workbook(&[strings()], 2, &[cell(0xFD, 0, 0, 0, &[9, 0, 0, 0])]), &limits).expect("a workbook");
    assert!(hidden.grids[0].hidden && hidden.grids[0].is_empty());
}

#[test]
fn a_container_is_opened_and_its_circles_are_found_out() {
    let stream = old_workbook(&[strings()], 0, &[cell(0xFD, 0, 0, 0, &[1, 0, 0, 0])]);
    let good = contained("Workbook", &stream);
    let document = crate::read("a.et", &good, &Limits::default()).expect("a workbook");
    assert_eq!((document.format, document.findings.len()), (Format::Xls, 0));
    assert_eq!(
        document.grids[0].rows().next().and_then(|row| row.cells().next().map(|cell| cell.text.to_owned())).as_deref(),
        Some("张三")
    );
    for (at, word, what) in
        [(516, 1u32, "the directory goes round"), (520, 2, "the stream goes round"), (44, 1 << 31, "a table without end")]
    {
        let mut bytes = good.clone();
        bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
        let found = crate::read("a.xls", &bytes, &Limits::default());
        assert!(found.is_err(), "{what}");
    }
    let word = contained("WordDocument", b"");
    assert_eq!(crate::read("a.wps", &word, &Limits::default()).expect_err("a document").code().to_string(), "legacy-document");
    let small = Limits::default().with_legacy_input(1000);
    assert_eq!(crate::read("a.xls", &good, &small).expect_err("too big").code().to_string(), "limit-exceeded");
}

proptest! {
    #[test]
    fn damaged_bytes_end_in_a_document_or_an_error(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let sheet = [cell(0xFD, 0, 0, 0, &[1, 0, 0, 0]), cell(0xBD, 1, 0, 0, &[0; 12]), formula(2, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]), record(0x207, &wide("结果"))];
        let mut bytes = contained("Workbook", &old_workbook(&[strings()], 0, &sheet));
        for (index, byte) in flips {
            // most of the file is padding: the damage goes where something stands
            let at = index.index(2100);
            bytes[at] = byte;
        }
        let _ = crate::read("a.xls", &bytes, &Limits::default());
    }
}

#[test]
fn sheets_that_are_listed_twice_or_lie_in_each_other_are_read_once() {
    // the first sheet, the same again, and a sheet in the middle of it
    let label = |row: u16| cell(0x204, row, 0, 0, &wide("张三"));
    let inner = [record(0x809, &[0, 6, 0x10, 0, 0, 0, 0, 0]), label(5)].concat();
    let stream = old_workbook(&[], 0, &[label(0), inner.clone(), label(1)]);
    let document = |starts: &[u32]| {
        let one = old_workbook(&[], 0, &[])[..].to_vec();
        let listed_at = one.windows(4).position(|four| four[..2] == [0x85, 0]).expect("a sheet is listed");
        let shift = u32::try_from((starts.len() - 1) * 16).expect("a short stream");
        let listed: Vec<u8> = starts
            .iter()
            .flat_map(|start| record(0x85, &[&(start + shift).to_le_bytes()[..], &[0, 0, 2, 1, 0x32, 0x75, 0x68, 0x88]].concat()))
            .collect();
        read(&[&stream[..listed_at], &listed, &stream[listed_at + 16..]].concat(), &Limits::default()).expect("a workbook")
    };
    let first = u32::try_from(stream.windows(6).rposition(|six| six == [9, 8, 16, 0, 0, 6]).expect("a sheet")).expect("a short stream");
    let whole = document(&[first]);
    assert_eq!((whole.grids.len(), whole.damaged.len()), (1, 0));
    let twice = document(&[first, first, first]);
    assert_eq!((twice.grids.len(), twice.damaged.len()), (1, 2));
    assert!(matches!(twice.damaged[0].error, Error::SharedSheet { .. }));
}

#[test]
fn a_stream_of_zeros_before_a_record_is_passed_at_once() {
    let mut stream = old_workbook(&[strings()], 0, &[vec![0; 4 << 20], cell(0xFD, 0, 0, 0, &[1, 0, 0, 0])]);
    assert_eq!(read(&stream, &Limits::default()).expect("a workbook").grids[0].height(), 1);
    stream.extend(vec![0; 4 << 20]);
    assert_eq!(read(&stream, &Limits::default()).expect("a workbook").grids[0].height(), 1);
}

#[test]
fn chinese_texts_of_excel_5_are_read_whatever_code_page_it_names() {
    let chinese = |text: &str| {
        let bytes = encoding_rs::GB18030.encode(text).0.into_owned();
        [&u16::try_from(bytes.len()).expect("a short text").to_le_bytes()[..], &bytes].concat()
    };
    let sheet = [cell(0x204, 0, 0, 0, &chinese("姓名")), cell(0x204, 1, 0, 0, &chinese("张三"))];
    let read_with = |page: Option<u16>| {
        let globals: Vec<Vec<u8>> = page.map(|page| record(0x42, &page.to_le_bytes())).into_iter().collect();
        let mut stream = old_workbook(&globals, 0, &sheet);
        // Excel 5 says so in the first record of each part
        let begins: Vec<usize> = (0..stream.len() - 4).filter(|at| stream[*at..].starts_with(&[0x09, 0x08, 16, 0])).collect();
        begins.into_iter().for_each(|at| stream[at + 5] = 5);
        read(&stream, &Limits::default()).expect("a workbook")
    };
    for (page, is_said) in [(Some(936), false), (None, false), (Some(1252), true), (Some(10000), true), (Some(4711), true)] {
        let document = read_with(page);
        let texts: Vec<String> = cells(&document.grids[0]).into_iter().map(|(_, _, text)| text).collect();
        assert_eq!(texts, ["姓名", "张三"], "{page:?}");
        assert_eq!(document.findings.contains(&Finding::WrongEncoding { encoding: "GB18030" }), is_said, "{page:?}");
    }
}
