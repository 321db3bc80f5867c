//! One heading over several cells of a line: an ID number with a cell for each digit, a date with one for its year and one
//! for its month, a name with one for the surname.

use std::ops::Range;

use super::columns::{Claimed, sampled};
use super::heading::Heading;
use crate::address::{Address, Column};
use crate::grid::Grid;
use crate::recognize::Target;
use crate::recognize::labels::{Claim, Labels};
use crate::register::read_choice;
use crate::scheme::Field;
use crate::text::{fold_width, is_blank_character};

/// The fewest cells that an ID number fills when each holds a digit.
const FEWEST_DIGITS: usize = 15;
/// The most.
const MOST_DIGITS: usize = 18;
/// Longest surname, and longest given name, in characters.
const LONGEST_PART: usize = 2;

/// Adds the columns without a heading of their own that go on what the column to their left begins.
pub(super) fn join(grid: &Grid, labels: &Labels<'_>, heading: &Heading, columns: &mut Vec<Claimed>, body: &Range<usize>) {
    let mut found: Vec<Claimed> = Vec::new();
    for (place, column) in columns.iter().enumerate().filter(|(_, column)| !column.continues) {
        let Some(Claim::Sure(Target::Field(field))) = column.claim else { continue };
        let next = columns.get(place + 1).map(|next| next.column);
        let free = (column.column.number() + 1..).map_while(Column::new).take_while(|free| next.is_none_or(|next| *free < next));
        let free: Vec<Column> = free.take(MOST_DIGITS - 1).collect();
        let count = match field {
            Field::IdNumber => digits_beside(grid, column.column, &free, body),
            Field::Birth | Field::JoinedParty => parts_of_date_beside(grid, column.column, &free, body),
            Field::Name if free.first().is_some_and(|right| is_merged(heading, column.column, *right)) => {
                usize::from(is_rest_of_name(grid, column.column, free[0], body))
            }
            Field::Services | Field::Availability => {
                let spec = labels.scheme().spec(field);
                let is_option = |text: &str| {
                    spec.map(|spec| read_choice(spec, text)).is_some_and(|read| !read.chosen.is_empty() && read.unknown.is_empty())
                };
                let goes_on = |free: &&Column| is_merged(heading, column.column, **free) && all_cells(grid, **free, body, is_option);
                free.iter().take_while(goes_on).count()
            }
            _ => 0,
        };
        found.extend(free.iter().take(count).map(|free| column.continued_in(*free)));
    }
    columns.extend(found);
    columns.sort_by_key(|column| column.column);
}

fn is_merged(heading: &Heading, left: Column, right: Column) -> bool {
    let row = *heading.rows.end();
    let holds = |column: Column| move |merge: &&crate::grid::Merge| merge.contains(Address { row, column });
    heading.merges.iter().filter(holds(left)).any(|merge| holds(right)(&merge))
}

/// How many of the columns hold the further digits of an ID number.
fn digits_beside(grid: &Grid, first: Column, free: &[Column], body: &Range<usize>) -> usize {
    let is_digit = |text: &str| {
        let text = fold_width(text.trim_matches(is_blank_character)).into_owned();
        text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'X' | b'x'))
    };
    let all = |column: Column| all_cells(grid, column, body, is_digit);
    let count = free.iter().take_while(|column| all(**column)).count();
    if all(first) && count + 1 >= FEWEST_DIGITS { count } else { 0 }
}

/// How many of the columns hold the month, and the day, of a year.
fn parts_of_date_beside(grid: &Grid, first: Column, free: &[Column], body: &Range<usize>) -> usize {
    let number = |text: &str| {
        let narrow = fold_width(text.trim_matches(is_blank_character)).into_owned();
        narrow.trim_end_matches(['年', '月', '日']).parse::<u32>().ok()
    };
    let within = |column: Column, range: std::ops::RangeInclusive<u32>| {
        all_cells(grid, column, body, |text| number(text).is_some_and(|number| range.contains(&number)))
    };
    if !within(first, 1800..=2199) {
        return 0;
    }
    let ranges = [1..=12, 1..=31];
    free.iter().zip(ranges).take_while(|(column, range)| within(**column, range.clone())).count()
}

/// Whether the column holds the given names of the surnames to its left.
fn is_rest_of_name(grid: &Grid, first: Column, second: Column, body: &Range<usize>) -> bool {
    let is_part = |text: &str| {
        let text = text.trim_matches(is_blank_character);
        (1..=LONGEST_PART).contains(&text.chars().count()) && text.chars().all(char::is_alphabetic)
    };
    // a name of two characters beside a remark is whole: most surnames have one
    let surnames = grid.rows_at(sampled(body)).filter_map(|row| row.cell(first));
    let (all, single) = surnames.fold((0_usize, 0_usize), |(all, single), cell| {
        (all + 1, single + usize::from(cell.text.trim_matches(is_blank_character).chars().count() == 1))
    });
    single * 2 >= all && all_cells(grid, first, body, is_part) && all_cells(grid, second, body, is_part)
}

/// Whether nearly all that stands in the column is like this, and something does; a total or note may stand there, too.
fn all_cells(grid: &Grid, column: Column, body: &Range<usize>, is_like: impl Fn(&str) -> bool) -> bool {
    let cells = grid.rows_at(sampled(body)).filter_map(|row| row.cell(column));
    let (all, like) = cells.fold((0_usize, 0_usize), |(all, like), cell| (all + 1, like + usize::from(is_like(cell.text))));
    like > 0 && like * 10 >= all * 8
}
