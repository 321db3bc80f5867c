//! Tests of the grid and its builder.

use super::*;

fn column(number: u16) -> Column {
    Column::new(number).expect("a column of the sheet")
}

#[test]
fn rows_out_of_order_are_sorted_and_a_row_number_used_twice_keeps_both_rows() {
    let mut builder = Grid::builder(Origin::Sheet);
    for (row, texts) in [(3, ["王五", "男"]), (1, ["姓名", "性别"]), (2, ["张三", "男"]), (2, ["李四", "女"])] {
        builder.start_row(row, false).expect("room");
        // right to left: a damaged file may do so
        for (number, text) in [(2, texts[1]), (1, texts[0])] {
            builder.push(column(number), Kind::Text, text).expect("room");
        }
    }
    let grid = builder.finish();
    let seen: Vec<(u32, String)> = grid.rows().map(|row| (row.number(), row.cells().map(|c| c.text).collect())).collect();
    let expected = [(1, "姓名性别"), (2, "张三男"), (2, "李四女"), (3, "王五男")].map(|(row, text)| (row, text.to_owned()));
    assert_eq!(seen, expected);
    assert_eq!(grid.cell(Address::new(3, 1).expect("A3")).map(|cell| cell.text), Some("王五"));
    assert_eq!(grid.rows_from(2).len(), 3);
}

#[test]
fn texts_take_the_place_of_others_and_stand_where_none_were() {
    let mut builder = Grid::builder(Origin::Sheet);
    for (row, texts) in [(1, ["姓名", "男"]), (3, ["张三", "女"])] {
        builder.start_row(row, row == 3).expect("room");
        (1..).zip(texts).for_each(|(number, text)| builder.push(column(number), Kind::Text, text).expect("room"));
    }
    let texts = [("B1", "☑男"), ("D1", "新"), ("C2", "中"), ("A4", "末")].map(|(at, text)| (at.parse().expect("a cell"), text.to_owned()));
    let grid = builder.finish().with_texts(&texts.into()).expect("room");
    let seen: Vec<(u32, bool, String)> =
        grid.rows().map(|row| (row.number(), row.is_hidden(), row.cells().map(|cell| cell.text).collect())).collect();
    let expected = [(1, false, "姓名☑男新"), (2, false, "中"), (3, true, "张三女"), (4, false, "末")];
    assert_eq!(seen, expected.map(|(row, hidden, text)| (row, hidden, text.to_owned())));
}

#[test]
fn a_cell_that_comes_twice_stands_in_a_row_of_its_own() {
    let mut builder = Grid::builder(Origin::Sheet);
    builder.start_row(2, true).expect("room");
    for (number, text) in [(1, "张三"), (2, "男"), (1, "李四"), (3, "党员"), (1, "王五"), (2, "女")] {
        builder.push(column(number), Kind::Text, text).expect("room");
    }
    builder.start_row(3, false).expect("room");
    builder.push(column(1), Kind::Text, "赵六").expect("room");
    let grid = builder.finish();
    let seen: Vec<(u32, String)> = grid.rows().map(|row| (row.number(), row.cells().map(|c| c.text).collect())).collect();
    let expected = [(2, "张三男党员"), (2, "李四女"), (2, "王五"), (3, "赵六")].map(|(row, text)| (row, text.to_owned()));
    assert_eq!(seen, expected);
    assert_eq!(grid.rows().map(|row| row.is_hidden()).collect::<Vec<_>>(), [true, true, true, false]);
}

#[test]
fn a_row_without_text_is_not_there() {
    let mut builder = Grid::builder(Origin::Sheet);
    builder.start_row(1, false).expect("room");
    builder.push(column(1), Kind::Text, "").expect("room");
    builder.start_row(5, true).expect("room");
    builder.push(column(3), Kind::Number, "7").expect("room");
    builder.start_row(6, false).expect("room");
    let grid = builder.finish();
    assert_eq!(grid.rows().map(|row| (row.number(), row.is_hidden())).collect::<Vec<_>>(), [(5, true)]);
    assert!(!grid.is_empty());
}

#[test]
fn cells_that_come_again_in_a_row_stand_in_rows_of_their_own() {
    let rows = |columns: &[u16]| {
        let mut builder = Grid::builder(Origin::Sheet);
        builder.start_row(7, true).expect("room");
        columns.iter().enumerate().for_each(|(place, number)| builder.push(column(*number), Kind::Text, &place.to_string()).expect("room"));
        builder.finish()
    };
    let grid = rows(&[2, 1, 2, 2, 1, 3]);
    let seen: Vec<(u32, bool, Vec<String>)> =
        grid.rows().map(|row| (row.number(), row.is_hidden(), row.cells().map(|c| format!("{}{}", c.column, c.text)).collect())).collect();
    let expected = [vec!["A1", "B0", "C5"], vec!["A4", "B2"], vec!["B3"]];
    assert_eq!(seen, expected.map(|cells| (7, true, cells.into_iter().map(str::to_owned).collect())));
    // a sheet of twenty million cells has to fit
    assert_eq!(std::mem::size_of::<StoredCell>(), 12);
    // in as many steps as there are cells, and not in the square of it
    assert_eq!(rows(&[1; 200_000]).height(), 200_000);
}
