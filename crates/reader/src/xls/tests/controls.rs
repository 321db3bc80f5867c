//! Check boxes and option buttons over the cells of an old sheet.

use mingce_core::grid::Grid;

use super::pictures::{container, edges, over, part, shape, state, words};
use super::{cell, cells, strings, wide};
use crate::Limits;
use crate::test_support::{old_workbook, record};
use crate::xls::read;

/// The records of one control: its shape but for the object that it is, the object, its frame for a text, and the text.
fn control(kind: u16, ticked: u16, text: &str, place: [u16; 8]) -> Vec<Vec<u8>> {
    let shape = shape(&[state(201, 0x200), over(place), part(0xF011, 0, &[])]);
    let data = if kind == 0x0B { (0x0A, 12) } else { (0x0B, 6) };
    let object = [
        words(&[0x15, 18, kind, 1, 0x11]),
        vec![0; 12],
        words(&[data.0, data.1]),
        vec![0; usize::from(data.1)],
        words(&[0x12, 8, ticked, 0, 0, 0, 0, 0]),
    ];
    let units: Vec<u16> = text.encode_utf16().collect();
    let count = u16::try_from(units.len()).expect("a short text");
    vec![
        record(0xEC, &shape),
        record(0x5D, &object.concat()),
        record(0xEC, &part(0xF00D, 0, &[])),
        record(0x1B6, &words(&[0, 0, 0, 0, 0, count, 16, 0, 0])),
        record(0x3C, &[&[1][..], &words(&units)].concat()),
        record(0x3C, &[0; 16]),
    ]
}

/// A sheet on which the first record of the drawing says how long all of it is, as Excel has it.
fn grid(state_of_sheet: u8, controls: &[Vec<Vec<u8>>]) -> Grid {
    let mut records: Vec<Vec<u8>> = controls.concat();
    let shapes: usize = records.iter().filter(|record| record[0] == 0xEC).map(|record| record.len() - 4).sum();
    let all = shape(&[edges(0xF009, [0; 4]), state(0, 5)]);
    let group = [container(0xF003, &[all.clone(), vec![0; shapes]]), part(0xF008, 0, &[0; 8])].concat();
    let head = container(0xF002, &[group]);
    let before = head.len() - 8 - 16 - 8 - all.len() - shapes;
    assert_eq!(before, 0);
    let start = [&head[..8], &part(0xF008, 0, &[0; 8]), &head[8..16], &all].concat();
    let first = [start, records[0][4..].to_vec()].concat();
    records[0] = record(0xEC, &first);
    let cells = [cell(0xFD, 0, 0, 0, &[0, 0, 0, 0]), cell(0x204, 3, 1, 0, &wide("自行领取"))];
    read(&old_workbook(&[strings()], state_of_sheet, &[&cells[..], &records].concat()), &Limits::default())
        .expect("a workbook")
        .grids
        .remove(0)
}

#[test]
fn boxes_and_buttons_stand_in_their_cells_with_their_state_and_words() {
    let controls = [
        control(0x0B, 1, "尊老服务", [1, 0, 1, 10, 2, 0, 1, 240]),
        control(0x0B, 2, "助残服务", [2, 0, 1, 200, 3, 0, 2, 230]),
        control(0x0C, 1, "", [1, 10, 3, 10, 1, 90, 3, 240]),
        control(0x07, 1, "提交", [4, 0, 4, 0, 5, 0, 5, 0]),
    ];
    let found: Vec<String> = cells(&grid(0, &controls)).into_iter().map(|(at, _, text)| format!("{at}={text}")).collect();
    assert_eq!(found, ["A1=姓名", "B2=☑尊老服务", "C3=□助残服务", "B4=●自行领取"]);
    // nobody reads a hidden sheet
    assert_eq!(cells(&grid(1, &controls)).len(), 2);
}

#[test]
fn objects_that_lie_about_their_length_are_left_out() {
    let whole = control(0x0B, 1, "尊老服务", [1, 0, 1, 10, 2, 0, 1, 240]);
    for end in 0..whole[1].len() - 4 {
        let mut cut = whole.clone();
        cut[1] = record(0x5D, &whole[1][4..4 + end]);
        let _ = grid(0, &[cut]);
        let mut bad = whole.clone();
        bad[1][4 + end] = 0xFF;
        let _ = grid(0, &[bad]);
    }
}
