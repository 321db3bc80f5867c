//! The records of one sheet become a grid.

use std::sync::Arc;

use mingce_core::address::{Address, Column};
use mingce_core::grid::{Grid, GridBuilder, Kind, Look, Merge, Origin};

use super::Book;
use super::records::{Records, cut, id, wide};
use crate::budget::Budget;
use crate::error::Error;
use crate::looks::{self, Looks};
use crate::number::{self, Shown};
use crate::xls::error_text;
use crate::xlsx::book::Listed;
use mingce_ooxml::compound::u32_at;

/// Reads a sheet to its very end, so that its check sum is verified.
pub(super) fn read(mut records: Records<'_>, listed: &Listed, book: &Book, budget: &mut Budget<'_>) -> Result<Grid, Error> {
    let mut builder = Grid::builder(Origin::Sheet);
    let facts = builder.facts();
    facts.sheet = Some(listed.name.clone());
    facts.hidden = listed.hidden;
    let mut sheet = Sheet { book, budget, name: listed.name.clone(), builder, row: 0, text: String::new() };
    while let Some((id, data)) = records.next()? {
        sheet.read_record(id, data)?;
    }
    looks::sort(sheet.builder.facts());
    Ok(sheet.builder.finish())
}

struct Sheet<'a, 'l> {
    book: &'a Book,
    budget: &'a mut Budget<'l>,
    name: Arc<str>,
    builder: GridBuilder,
    row: u32,
    text: String,
}

impl Sheet<'_, '_> {
    fn read_record(&mut self, id: u32, data: &[u8]) -> Result<(), Error> {
        match id {
            id::ROW => self.start_row(data),
            id::RK
            | id::ERROR
            | id::BOOLEAN
            | id::NUMBER
            | id::TEXT
            | id::SHARED_TEXT
            | id::FORMULA_TEXT
            | id::FORMULA_NUMBER
            | id::FORMULA_BOOLEAN
            | id::FORMULA_ERROR
            | id::RICH_TEXT => self.read_cell(id, data),
            id::MERGED_CELLS => match merge(data) {
                Some(merge) => self.budget.merge(&mut self.builder, merge, &self.name),
                None => Ok(()),
            },
            id::COLUMN => {
                self.read_width(data);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn start_row(&mut self, data: &[u8]) -> Result<(), Error> {
        let row = u32_at(data, 0).ok_or_else(cut)?;
        // the bit that the height of the row is zero
        let hidden = data.get(11).is_some_and(|flags| flags & 0x10 != 0);
        let number = row.checked_add(1).filter(|row| *row <= Address::LAST_ROW);
        self.row = number.ok_or_else(|| Error::NoSuchPlace { sheet: self.name.to_string(), found: row.to_string() })?;
        self.budget.start_row(&mut self.builder, self.row, hidden, &self.name)
    }

    fn read_cell(&mut self, id: u32, data: &[u8]) -> Result<(), Error> {
        let number = u32_at(data, 0).ok_or_else(cut)?;
        // the style has three bytes of the four
        let style = u32_at(data, 4).ok_or_else(cut)? & 0x00FF_FFFF;
        let value = data.get(8..).ok_or_else(cut)?;
        let column = number.checked_add(1).and_then(|column| u16::try_from(column).ok()).and_then(Column::new);
        let column = column.ok_or_else(|| Error::NoSuchPlace { sheet: self.name.to_string(), found: format!("第 {number} 列") })?;
        if self.row == 0 {
            return Err(Error::NoSuchPlace { sheet: self.name.to_string(), found: "第一行之前".to_owned() });
        }
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        let mut words = None;
        let kind = match id {
            id::RK => self.write_number(number::of_rk(u32_at(value, 0).ok_or_else(cut)?), style, &mut text),
            id::NUMBER | id::FORMULA_NUMBER => self.write_number(number::of_bits(value).ok_or_else(cut)?, style, &mut text),
            id::SHARED_TEXT => {
                let (shared, looks) = self.shared_text(u32_at(value, 0).ok_or_else(cut)?, column)?;
                text.push_str(shared);
                words = looks.cloned();
                Kind::Text
            }
            id::RICH_TEXT => {
                let (own, looks) = self.book.styles.words(value).ok_or_else(cut)?;
                text.push_str(&own);
                words = Some(looks).filter(|looks| !looks.is_empty());
                Kind::Text
            }
            id::BOOLEAN | id::FORMULA_BOOLEAN => {
                text.push_str(if value.first().ok_or_else(cut)? == &0 { "FALSE" } else { "TRUE" });
                Kind::Boolean
            }
            id::ERROR | id::FORMULA_ERROR => {
                text.push_str(error_text(*value.first().ok_or_else(cut)?));
                Kind::Error
            }
            _ => {
                text.push_str(&wide(value).ok_or_else(cut)?.0);
                Kind::Text
            }
        };
        let look = match words {
            Some(looks) => self.put_words(&looks, column)?,
            None => usize::try_from(style).ok().and_then(|style| self.book.styles.looks.get(style)).copied().unwrap_or_default(),
        };
        let pushed = self.budget.push_with(&mut self.builder, column, (kind, look), &text, &self.name);
        self.text = text;
        pushed
    }

    /// Notes what parts of a text look like, and says what all of it does.
    fn put_words(&mut self, looks: &Looks, column: Column) -> Result<Look, Error> {
        self.budget.expect_looks(looks.len(), &self.name)?;
        looks.put(Address { row: self.row, column }, self.builder.facts());
        Ok(looks.whole())
    }

    fn write_number(&self, value: number::Value, style: u32, text: &mut String) -> Kind {
        let shown = usize::try_from(style).ok().and_then(|style| self.book.styles.shown.get(style)).unwrap_or(&Shown::General);
        number::write_value(value, shown, self.book.epoch, text)
    }

    fn shared_text(&self, index: u32, column: Column) -> Result<(&str, Option<&Looks>), Error> {
        let text = usize::try_from(index).ok().and_then(|index| self.book.strings.get(index));
        text.ok_or_else(|| Error::NoSuchText {
            sheet: self.name.to_string(),
            cell: Address { row: self.row, column }.to_string(),
            found: index.to_string(),
        })
    }

    /// Widths of columns; a range to the end of the sheet is the rest of it.
    fn read_width(&mut self, data: &[u8]) {
        let number = |at| u32_at(data, at).and_then(|number| u16::try_from(number).ok());
        if let (Some(first), Some(last), Some(width)) = (number(0), number(4), number(8)) {
            let widths = self.builder.facts().column_widths.len();
            if last.saturating_sub(first) > 255 || widths > usize::from(Column::LAST.number()) {
                return;
            }
            let columns = (first..=last).filter_map(|column| Column::new(column.saturating_add(1)));
            self.builder.facts().column_widths.extend(columns.map(|column| (column, number::of_256ths(width))));
        }
    }
}

fn merge(data: &[u8]) -> Option<Merge> {
    let place = |row: u32, column: u32| Address::new(row.checked_add(1)?, u16::try_from(column).ok()?.checked_add(1)?);
    let first = place(u32_at(data, 0)?, u32_at(data, 8)?)?;
    let last = place(u32_at(data, 4)?, u32_at(data, 12)?)?;
    (first.row <= last.row && first.column <= last.column).then_some(Merge { first, last })
}
