//! Forms found in small grids; what the cases share stands here.

mod apart;
mod blanks;
mod choices;
mod forms;
mod labels;
mod layouts;
mod lines;
mod notes;

use super::*;
use crate::address::Column;
use crate::grid::{Kind, Origin};

fn grid(rows: &[&[&str]], columns: u16) -> Grid {
    let mut builder = Grid::builder(Origin::Word);
    for (number, cells) in (1..).zip(rows) {
        builder.start_row(number, false).expect("room");
        for (column, text) in (1..).zip(*cells) {
            builder.push(Column::new(column).expect("a column"), Kind::Text, text).expect("room");
        }
    }
    builder.facts().column_widths = (1..=columns).filter_map(|column| Some((Column::new(column)?, 8.0))).collect();
    builder.finish()
}

fn only_card(rows: &[&[&str]], columns: u16) -> Card {
    let cards = find(&grid(rows, columns), &Scheme::built_in());
    assert_eq!(cards.len(), 1, "{cards:#?}");
    cards.into_iter().next().expect("one")
}

fn place(card: &Card, field: Field) -> String {
    let slot = card.slot(field).expect("a slot");
    format!("{} {:?}", slot.answer_at, slot.place)
}

/// The answers of the only form in these rows, by field.
fn answered(rows: &[&[&str]], columns: u16, fields: &[Field]) -> Vec<String> {
    let scheme = Scheme::built_in();
    let grid = grid(rows, columns);
    let found = crate::recognize::Recognizer::new(&scheme).recognize(&grid);
    let [crate::recognize::Found::Card(card)] = found.as_slice() else { panic!("no form, or several: {found:#?}") };
    let text = |field: &Field| {
        let slot = card.slot(*field)?;
        Some(grid.cell(slot.answer_at)?.text.get(slot.place.clone())?.trim().to_owned())
    };
    fields.iter().map(|field| text(field).unwrap_or_default()).collect()
}
