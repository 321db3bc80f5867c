//! Pictures over the cells of an old sheet.

use mingce_core::grid::{Picture, PictureFormat};

use super::{cell, strings};
use crate::Limits;
use crate::test_support::{old_workbook, record};
use crate::xls::read;

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n and so on, for as long as the beginning of a picture is, and a bit longer than that";

/// A record of a drawing; a container has the version 15.
pub(super) fn part(id: u16, head: u16, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("a short record");
    [&head.to_le_bytes()[..], &id.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

pub(super) fn container(id: u16, parts: &[Vec<u8>]) -> Vec<u8> {
    part(id, 15, &parts.concat())
}

/// A picture of the store: what is said of it, a name of four bytes, and the picture behind a mark to know it by.
fn stored(id: u16, instance: u16, bytes: &[u8]) -> Vec<u8> {
    let mut head = vec![0; 36];
    head[33] = 4;
    let mark = if instance & 1 == 0 { 17 } else { 33 };
    part(0xF007, 2, &[head, vec![0; 4], part(id, instance << 4, &[&vec![7; mark][..], bytes].concat())].concat())
}

fn store() -> Vec<u8> {
    let pictures =
        [stored(0xF01E, 0x6E0, PNG), stored(0xF01E, 0x6E1, PNG), stored(0xF01B, 0x216, &[9; 300]), stored(0xF01F, 0x7A8, &[40, 0, 0, 0])];
    container(0xF000, &[part(0xF006, 0, &[0; 16]), container(0xF001, &pictures)])
}

pub(super) fn state(kind: u16, flags: u32) -> Vec<u8> {
    part(0xF00A, kind << 4 | 2, &[&[0; 4][..], &flags.to_le_bytes()].concat())
}

fn shows(picture: u32) -> Vec<u8> {
    let property = |id: u16, value: u32| [&id.to_le_bytes()[..], &value.to_le_bytes()].concat();
    part(0xF00B, 2 << 4 | 3, &[property(0x007F, 1), property(0x4104, picture)].concat())
}

pub(super) fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// From this column and row to the last.
pub(super) fn over(corners: [u16; 8]) -> Vec<u8> {
    part(0xF010, 0, &[vec![0, 0], words(&corners)].concat())
}

pub(super) fn edges(id: u16, edges: [i32; 4]) -> Vec<u8> {
    part(id, 0, &edges.map(i32::to_le_bytes).concat())
}

pub(super) fn shape(parts: &[Vec<u8>]) -> Vec<u8> {
    container(0xF004, parts)
}

/// A drawing of these shapes inside the group of all.
fn drawing(shapes: &[Vec<u8>]) -> Vec<u8> {
    let all = shape(&[edges(0xF009, [0; 4]), state(0, 5)]);
    container(0xF002, &[part(0xF008, 0, &[0; 8]), container(0xF003, &[vec![all], shapes.to_vec()].concat())])
}

fn pictures(sheet: &[Vec<u8>]) -> Vec<Picture> {
    // the store is longer than a record may be: the rest continues it
    let store = store();
    let (first, rest) = store.split_at(100);
    let globals = [strings(), record(0xEB, first), record(0x3C, rest)];
    read(&old_workbook(&globals, 0, sheet), &Limits::default()).expect("a workbook").grids.remove(0).pictures
}

fn places(sheet: &[Vec<u8>]) -> Vec<(String, u64, bool)> {
    pictures(sheet).iter().map(|picture| (picture.at.to_string(), picture.file.size, picture.file.is_whole())).collect()
}

#[test]
fn pictures_lie_on_their_cells_with_what_can_be_used_of_them() {
    let shapes: Vec<Vec<u8>> =
        (0u16..5).map(|row| shape(&[state(75, 0x200), shows(u32::from(row) + 1), over([3, 50, row, 20, 3, 900, row, 250])])).collect();
    let sheet = [cell(0xFD, 0, 0, 0, &[0, 0, 0, 0]), record(0xEC, &drawing(&shapes))];
    let size = PNG.len() as u64;
    let expected = [("D1", size, true), ("D2", size, true), ("D3", 317, false), ("D4", 21, false), ("D5", 0, false)];
    assert_eq!(places(&sheet), expected.map(|(at, size, whole)| (at.to_owned(), size, whole)));
    let formats: Vec<Option<PictureFormat>> = pictures(&sheet).iter().map(|picture| PictureFormat::of(&picture.file.bytes)).collect();
    let png = Some(PictureFormat::Png);
    assert_eq!(formats, [png, png, Some(PictureFormat::Metafile), Some(PictureFormat::Bmp), None]);
}

#[test]
fn members_of_groups_lie_where_the_group_puts_them_and_what_is_no_picture_does_not_count() {
    // a group from C3 to C6 with two photos above each other, the second in a group of its own
    let inner = container(
        0xF003,
        &[
            shape(&[edges(0xF009, [0, 0, 10, 10]), state(0, 1), edges(0xF00F, [0, 500, 100, 1000])]),
            shape(&[state(75, 2), shows(1), edges(0xF00F, [0, 5, 10, 10])]),
        ],
    );
    let group = container(
        0xF003,
        &[
            shape(&[edges(0xF009, [0, 0, 100, 1000]), state(0, 1), over([2, 0, 2, 0, 3, 0, 6, 0])]),
            shape(&[state(75, 2), shows(1), edges(0xF00F, [0, 0, 100, 250])]),
            inner,
        ],
    );
    let at = || over([0, 0, 9, 0, 1, 0, 10, 0]);
    let shapes = [
        group,
        shape(&[state(75, 8), shows(1), at()]),
        shape(&[state(201, 0x200), shows(1), at()]),
        shape(&[state(202, 0x200), at()]),
        shape(&[state(1, 0x200), shows(1), at()]),
    ];
    let seen: Vec<String> = places(&[record(0xEC, &drawing(&shapes))]).into_iter().map(|(at, ..)| at).collect();
    assert_eq!(seen, ["C3", "C6", "A10"]);
}

#[test]
fn a_drawing_goes_on_behind_the_objects_between_its_records() {
    let whole = drawing(&[shape(&[state(75, 0x200), shows(1), over([3, 0, 1, 0, 4, 0, 2, 0])])]);
    let pieces: Vec<&[u8]> = whole.chunks(whole.len().div_ceil(4)).collect();
    let text = |characters: u16, runs: u16| record(0x1B6, &words(&[0, 0, 0, 0, 0, characters, runs, 0, 0]));
    let sheet = [
        record(0xEC, pieces[0]),
        record(0x5D, &[0; 26]),
        record(0x3C, pieces[1]),
        text(3, 16),
        record(0x3C, &[1, b'a', 0, b'b', 0, b'c', 0]),
        record(0x3C, &[0; 16]),
        record(0x3C, pieces[2]),
        text(0, 0),
        record(0x3C, pieces[3]),
    ];
    assert_eq!(places(&sheet), [("D2".to_owned(), PNG.len() as u64, true)]);
}

#[test]
fn drawings_that_lie_end_and_hidden_sheets_show_nothing() {
    let good = drawing(&[shape(&[state(75, 0x200), shows(1), over([3, 0, 1, 0, 4, 0, 2, 0])])]);
    for end in 0..good.len() {
        let _ = pictures(&[record(0xEC, &good[..end])]);
        let mut bad = good.clone();
        bad[end] = 0xFF;
        let _ = pictures(&[record(0xEC, &bad)]);
    }
    let nested = container(0xF003, &[]).repeat(8000);
    assert!(places(&[record(0xEC, &nested)]).is_empty());
    let globals = [strings(), record(0xEB, &store())];
    let hidden = read(&old_workbook(&globals, 1, &[record(0xEC, &good)]), &Limits::default()).expect("a workbook");
    assert!(hidden.grids[0].hidden && hidden.grids[0].pictures.is_empty());
}
