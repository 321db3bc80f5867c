//! How wide the columns of the roster are.
//!
//! What is written in a column decides, between the least and the most that the layout allows. A column follows the many
//! and not the one: where nineteen of twenty answers stay on one line, the twentieth wraps.

use mingce_core::scheme::{Field, Millimetres, RosterColumn, RosterLayout};

use super::measure::{self, NARROW, Tenths};
use super::page::{room, text_width};

/// The share of a column's answers that should stay on one line.
const MOST_ANSWERS: f64 = 0.95;

/// How far an answer that must not wrap may be shrunk.
const SHRUNK: f64 = 0.75;

/// What a column is wide enough for at most where nothing in it wraps: two telephone numbers, or a name of fourteen characters.
const TWO_NUMBERS: Tenths = 26 * NARROW;

/// How far the table may outgrow the page, to be scaled down when it is printed, before its columns are narrowed: at 10.5 pt this
/// leaves 9.5 pt.
const OVERSIZE: f64 = 1.1;

/// The widest text counted by itself; wider ones all wrap.
const WIDEST: Tenths = 1_200;

/// What is written in one column.
pub(super) struct Content<'a> {
    /// The column.
    pub(super) column: &'a RosterColumn,
    /// Whether it is the 序号.
    pub(super) is_number: bool,
    heading: Millimetres,
    /// How many answers are so wide.
    answers: Vec<u32>,
}

impl<'a> Content<'a> {
    /// An empty column.
    pub(super) fn new(column: &'a RosterColumn, layout: &RosterLayout) -> Self {
        let heading = measure::cell_width(measure::width_of(&column.heading), layout.heading_font.size);
        Self { column, is_number: is_number(column), heading, answers: vec![0; WIDEST + 1] }
    }

    /// Counts an answer that is so wide.
    pub(super) fn add(&mut self, width: Tenths) {
        self.answers[width.min(WIDEST)] += 1;
    }

    /// The width that most answers stay within.
    fn most(&self) -> Tenths {
        let all: u32 = self.answers.iter().sum();
        let mut beyond = f64::from(all) * (1.0 - MOST_ANSWERS);
        let widest_first = self.answers.iter().enumerate().rev();
        for (width, count) in widest_first {
            beyond -= f64::from(*count);
            if beyond < 0.0 {
                return width;
            }
        }
        0
    }

    /// The widest answer that has room in a column so wide.
    fn within(&self, width: Millimetres, layout: &RosterLayout) -> Tenths {
        let fits = |text: &Tenths| self.answers[*text] > 0 && measure::cell_width(*text, layout.cell_font.size).0 <= width.0;
        (0..self.answers.len()).rev().find(fits).unwrap_or(0)
    }

    fn widest(&self) -> Tenths {
        self.answers.iter().rposition(|count| *count > 0).unwrap_or(0)
    }
}

/// 序号, the one column of numbers.
pub(super) fn is_number(column: &RosterColumn) -> bool {
    column.from == [Field::Seq]
}

/// Whether the column's answers never break over two lines: names, telephone numbers, dates and the like.
pub(super) fn is_unbroken(column: &RosterColumn) -> bool {
    column.from.iter().all(|field| {
        matches!(
            field,
            Field::Seq
                | Field::Name
                | Field::Sex
                | Field::Birth
                | Field::JoinedParty
                | Field::Phone
                | Field::Mobile
                | Field::IdNumber
                | Field::Postcode
                | Field::Qq
                | Field::Height
        )
    })
}

/// Widths of the columns of a table with so many lines: as wide as the page where their contents allow it.
pub(super) fn widths(layout: &RosterLayout, contents: &[Content<'_>], lines: u32) -> Vec<Millimetres> {
    let page = text_width(&layout.page).0;
    let mut widths: Vec<f64> = contents.iter().map(|content| wanted(layout, content, lines).0).collect();
    let total: f64 = widths.iter().sum();
    if total < page {
        let rooms = contents.iter().zip(&widths).map(|(content, width)| content.column.most.0 - width).collect();
        share(&mut widths, rooms, page - total);
    } else if total > page * OVERSIZE {
        let rooms = contents.iter().zip(&widths).map(|(content, width)| narrowing(content, *width)).collect();
        share(&mut widths, rooms, page * OVERSIZE - total);
    }
    widths.into_iter().map(Millimetres).collect()
}

fn wanted(layout: &RosterLayout, content: &Content<'_>, lines: u32) -> Millimetres {
    let column = content.column;
    let text = if content.is_number {
        lines.to_string().len() * NARROW
    } else if is_unbroken(column) {
        let most = content.most();
        // a name that is longer than the column may be is rather smaller than that the others give up more room
        let is_too_long = column.from == [Field::Name] && measure::cell_width(most, layout.cell_font.size).0 > column.most.0;
        if is_too_long { shrunk(content.widest()).max(content.within(column.most, layout)) } else { most.max(shrunk(content.widest())) }
    } else {
        content.most()
    };
    let size = layout.cell_font.size;
    let most = if is_unbroken(column) { column.most.0.max(measure::cell_width(TWO_NUMBERS, size).0) } else { column.most.0 };
    let indent = column.least.0 - room(column.least, column.alignment).0;
    let needed = (measure::cell_width(text, size).0 + indent).max(content.heading.0);
    Millimetres(needed.min(most).max(column.least.0))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a small positive width")]
fn shrunk(text: Tenths) -> Tenths {
    (text as f64 * SHRUNK) as Tenths
}

/// By how much a column may get narrower: not at all where nothing in it wraps.
fn narrowing(content: &Content<'_>, width: f64) -> f64 {
    if is_unbroken(content.column) { 0.0 } else { width - content.column.least.0 }
}

/// Adds the amount (takes it away, where it is negative), by the room that each column has.
fn share(widths: &mut [f64], rooms: Vec<f64>, amount: f64) {
    let all: f64 = rooms.iter().map(|room| room.max(0.0)).sum();
    if all <= 0.0 {
        return;
    }
    let share = (amount / all).clamp(-1.0, 1.0);
    for (width, room) in widths.iter_mut().zip(rooms) {
        *width += room.max(0.0) * share;
    }
}

#[cfg(test)]
mod tests {
    use mingce_core::scheme::Scheme;

    use super::*;

    fn total(widths: &[Millimetres]) -> f64 {
        widths.iter().map(|width| width.0).sum()
    }

    #[test]
    fn an_empty_table_is_as_wide_as_the_page() {
        let layout = Scheme::built_in().roster;
        let contents: Vec<Content<'_>> = layout.columns.iter().map(|column| Content::new(column, &layout)).collect();
        let widths = widths(&layout, &contents, 20);
        assert!((total(&widths) - text_width(&layout.page).0).abs() < 0.01, "{widths:?}");
    }

    #[test]
    fn a_long_name_has_a_line_of_its_own_in_smaller_type() {
        let layout = Scheme::built_in().roster;
        let mut contents: Vec<Content<'_>> = layout.columns.iter().map(|column| Content::new(column, &layout)).collect();
        let name = measure::width_of("阿卜杜热合曼·买买提明·图尔荪");
        let names = layout.columns.iter().position(|column| column.from == [Field::Name]).expect("a column");
        contents[names].add(name);
        let widths = widths(&layout, &contents, 1);
        assert!(widths[names].0 >= measure::cell_width(shrunk(name), layout.cell_font.size).0, "{widths:?}");
        assert!(total(&widths) <= text_width(&layout.page).0 * OVERSIZE + 0.01);
    }

    #[test]
    fn one_long_answer_among_many_does_not_widen_its_column_and_many_do() {
        let layout = Scheme::built_in().roster;
        let mut contents: Vec<Content<'_>> = layout.columns.iter().map(|column| Content::new(column, &layout)).collect();
        let [short, long] = ["张三".to_owned(), "长".repeat(40)].map(|text| measure::width_of(&text));
        for content in contents.iter_mut().filter(|content| !is_unbroken(content.column)) {
            for _ in 0..99 {
                content.add(short);
            }
            content.add(long);
        }
        let education = layout.columns.iter().position(|column| column.from == [Field::Education]).expect("a column");
        assert_eq!(contents[education].most(), short);
        for content in contents.iter_mut().filter(|content| !is_unbroken(content.column)) {
            for _ in 0..50 {
                content.add(long);
            }
        }
        assert_eq!(contents[education].most(), long);
        assert!(total(&widths(&layout, &contents, 150)) <= text_width(&layout.page).0 * OVERSIZE + 0.01);
    }
}
