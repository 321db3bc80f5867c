//! Tables as people send them, each drawn with `|` between cells.

mod extent;
mod headings;
mod lines;
mod ticked;

use crate::address::Address;
use crate::grid::{Grid, Kind, Merge, Origin};
use crate::recognize::{Found, Recognizer, SkipReason, Table};
use crate::scheme::Scheme;

/// A grid drawn as text: a line per row, cells parted by `|`, `\n` for a line break, merges as `A1:B2`.
pub(crate) fn drawn(rows: &str, merges: &[&str]) -> Grid {
    let mut builder = Grid::builder(Origin::Sheet);
    builder.facts().sheet = Some("Sheet1".into());
    for (number, line) in (1u32..).zip(rows.lines()) {
        builder.start_row(number, false).expect("room");
        for (column, text) in (1u16..).zip(line.split('|')) {
            let column = crate::address::Column::new(column).expect("a column");
            builder.push(column, Kind::Text, &text.trim_matches(' ').replace("\\n", "\n")).expect("room");
        }
    }
    builder.facts().merges = merges
        .iter()
        .map(|merge| {
            let (first, last) = merge.split_once(':').expect("two corners");
            let corner = |text: &str| text.parse::<Address>().expect("an address");
            Merge { first: corner(first), last: corner(last) }
        })
        .collect();
    builder.finish()
}

fn tables(grid: &Grid) -> Vec<Table> {
    let scheme = Scheme::built_in();
    Recognizer::new(&scheme)
        .recognize(grid)
        .into_iter()
        .filter_map(|found| match found {
            Found::Table(table) => Some(table),
            Found::Card(_) => None,
        })
        .collect()
}

fn only_table(grid: &Grid) -> Table {
    let mut found = tables(grid);
    assert_eq!(found.len(), 1, "tables found");
    found.remove(0)
}

/// Columns as `A=name`, options as `D=services/1`, the unclaimed as `E=-`.
fn columns(table: &Table) -> String {
    let scheme = Scheme::built_in();
    let name = |target: crate::recognize::Target| match target {
        crate::recognize::Target::Option(field, option) => format!("{}/{option}", field.key(&scheme)),
        crate::recognize::Target::Combined([first, second]) => format!("{}+{}", first.key(&scheme), second.key(&scheme)),
        crate::recognize::Target::Further(field) => format!("{}+", field.key(&scheme)),
        crate::recognize::Target::Mark => "mark".to_owned(),
        crate::recognize::Target::Split(column) => format!("{column:?}").to_lowercase(),
        other => other.field().map_or_else(|| "-".to_owned(), |field| field.key(&scheme).to_owned()),
    };
    table.columns.iter().map(|column| format!("{}={}", column.column, name(column.target))).collect::<Vec<_>>().join(" ")
}

fn persons(grid: &Grid, table: &Table) -> Vec<u32> {
    table.lines.iter().filter_map(|position| grid.row_at(*position)).map(|row| row.number()).collect()
}

fn skipped(table: &Table) -> Vec<(u32, SkipReason)> {
    table.skipped.iter().map(|skipped| (skipped.row, skipped.reason)).collect()
}
