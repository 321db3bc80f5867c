//! What a column that nobody claims looks like, by what stands in it: for a hint, never for a decision.

use crate::address::Column;
use crate::grid::Grid;
use crate::recognize::Table;
use crate::register::read_choice;
use crate::scheme::{Field, FieldSpec, Scheme};
use crate::value::{Date, Education, IdNumber, Mobile};

/// So many lines are looked at.
const SAMPLED_LINES: usize = 100;
/// Lines that are looked through for them: a column may be empty all the way down.
const LOOKED_THROUGH: usize = 5000;

/// Fewer answers than this may look alike by chance.
const FEWEST_ANSWERS: usize = 2;

/// The field that the table lacks and whose answers most of this column's cells could be.
pub(super) fn likeness(grid: &Grid, table: &Table, column: Column, scheme: &Scheme, today: Date) -> Option<Field> {
    let cells: Vec<&str> = table
        .lines
        .iter()
        .take(LOOKED_THROUGH)
        .filter_map(|&position| grid.row_at(position)?.cell(column))
        .map(|cell| cell.text.trim())
        .filter(|text| !text.is_empty())
        .take(SAMPLED_LINES)
        .collect();
    if cells.len() < FEWEST_ANSWERS {
        return None;
    }
    let is_asked = |field: Field| table.columns.iter().any(|column| column.target.field() == Some(field));
    let mut fields = scheme.fields.iter().filter(|spec| !is_asked(spec.field));
    fields.find(|spec| cells.iter().filter(|text| could_be(spec, text, today)).count() * 2 > cells.len()).map(|spec| spec.field)
}

/// Whether the text has the shape of the field's answers; fields without a shape of their own have none.
fn could_be(spec: &FieldSpec, text: &str, today: Date) -> bool {
    if spec.field.is_choice() {
        let reading = read_choice(spec, text);
        // numbers of options could be numbers of anything
        return !reading.chosen.is_empty() && reading.unknown.is_empty() && text.chars().any(char::is_alphabetic);
    }
    match spec.field {
        Field::IdNumber => IdNumber::parse(text, false, today).is_ok(),
        Field::Mobile => Mobile::parse(text).is_ok(),
        Field::Sex => matches!(text, "男" | "女"),
        // 无 counts as an education, and as anything else
        Field::Education => text != "无" && Education::parse(text).is_some(),
        _ => false,
    }
}
