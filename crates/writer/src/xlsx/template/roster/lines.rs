//! The lines of a roster: which rows they are, and how one is written for a person.

use std::borrow::Cow;
use std::collections::BTreeMap;

use mingce_core::address::{Address, Column};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Millimetres, Points, Scheme};
use mingce_ooxml::sheet::{Cell, Row, Sheet};
use mingce_ooxml::xml::resolve_references;

use super::stretch::Stretch;
use crate::blank::Columns;
use crate::form::Filled;
use crate::xlsx::cells::escape;
use crate::xlsx::measure;
use crate::xlsx::template::attributes::{escaped, value, with, without};
use crate::xlsx::template::cutter::{opened, width_of};
use crate::xlsx::template::formula::{self, Corner, Rewriting};
use crate::xlsx::template::look::Looks;
use crate::xlsx::template::placeholder;
use crate::xlsx::template::shift::{Shift, Stand};

/// Sizes of type below this are not read any more.
const SMALLEST: Points = Points(6.0);

/// The highest row Excel allows, in points.
const HIGHEST_ROW: f64 = 409.0;

/// All of a cell; of one with a placeholder, the empty cell.
fn whole(cell: &Cell, xml: &str, prefix: &str) -> String {
    if is_placeholder(&cell.text) {
        return format!("{}</{prefix}c>", opened(&without(&xml[cell.tag.clone()], "t")));
    }
    xml[cell.xml.clone()].to_owned()
}

/// Whether the cell says by a placeholder what stands below its heading.
pub(super) fn is_placeholder(text: &str) -> bool {
    let found = placeholder::in_text(text);
    matches!(&found[..], [(_, place)] if text.trim() == &text[place.clone()])
}

/// The people that are written, and where.
#[derive(Clone, Copy)]
pub(super) struct Writing<'w> {
    pub(super) people: &'w [&'w Registration],
    /// The number that the first of them has.
    pub(super) number: usize,
    pub(super) scheme: &'w Scheme,
    pub(super) shift: &'w Shift<'w>,
    pub(super) roster: &'w Stretch,
}

impl<'w> Writing<'w> {
    /// How many lines the lists have together with those that are added.
    pub(super) fn lines(&self) -> usize {
        self.roster.lines.len() + usize::try_from(self.shift.added).unwrap_or(0)
    }

    /// Whether somebody stands in this line of some list.
    pub(super) fn has_people(&self, line: usize) -> bool {
        let lists = &self.roster.lists;
        (0..lists.count()).any(|list| lists.person(list, line, self.lines()) < self.people.len())
            || lists.is_renumbered(1, self.shift.added)
            || self.is_moved_on()
    }

    /// Whether the numbers that are printed in the lines are wrong, because lists above them have more lines now.
    fn is_moved_on(&self) -> bool {
        self.roster.printed.is_some_and(|printed| self.number > printed)
    }

    /// Who stands in this column of a line, and that person's place among all, counted from 0.
    fn person(&self, column: Column, line: usize) -> Option<(usize, &'w Registration)> {
        let place = self.roster.lists.person(self.roster.lists.at(column), line, self.lines());
        Some((place, *self.people.get(place)?))
    }
}

/// A line, taken apart for filling.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) number: u32,
    tag: String,
    height: f64,
    prefix: String,
    cells: Vec<Place>,
}

/// A cell of a line.
#[derive(Debug, Clone)]
struct Place {
    column: Column,
    /// Its opening tag, without a type.
    tag: String,
    /// All of it.
    whole: String,
    /// Its formula's element, if it has one.
    formula: Option<String>,
    /// Whether something stands in it.
    is_blank: bool,
    /// Which of the columns that are filled.
    filled: Option<usize>,
    room: Room,
}

/// The room of an answer in a line.
#[derive(Debug, Clone)]
struct Room {
    width: Millimetres,
    shrinks: bool,
    /// From the cell's own size down, each with a look that wraps.
    sizes: Vec<(Points, usize)>,
}

impl Line {
    /// A line that the blank has.
    pub(super) fn of(row: &Row, xml: &str, sheet: &Sheet, columns: &Columns, looks: &mut Looks<'_>, character: f64) -> Self {
        let place = |cell: &Cell| Place {
            column: cell.at.column,
            tag: opened(&without(&xml[cell.tag.clone()], "t")),
            whole: whole(cell, xml, &sheet.prefix),
            formula: cell.formula.clone().map(|formula| xml[formula].to_owned()),
            is_blank: cell.text.trim().is_empty() && cell.formula.is_none(),
            filled: columns.filled.iter().position(|(column, _)| *column == cell.at.column),
            room: Room {
                width: width_of(sheet, cell.at, character),
                shrinks: looks.shrinks(cell.style),
                sizes: looks.shrinking(cell.style, SMALLEST),
            },
        };
        let cells = row.cells.iter().map(place).collect();
        let tag = opened(&xml[row.tag.clone()]);
        Self { number: row.number, tag, height: sheet.height(row.number), prefix: sheet.prefix.clone(), cells }
    }

    /// Leaves what stands in this column as it is.
    pub(super) fn keep(&mut self, column: Option<Column>) {
        self.cells.iter_mut().filter(|cell| Some(cell.column) == column).for_each(|cell| cell.filled = None);
    }

    /// A line for a roster that has none: it looks like the heading, neither bold nor filled.
    pub(super) fn below_heading(heading: u32, sheet: &Sheet, columns: &Columns, looks: &mut Looks<'_>, character: f64) -> Self {
        let prefix = sheet.prefix.clone();
        let headed = sheet.row(heading).map_or(&[][..], |row| row.cells.as_slice());
        let mut cells = Vec::new();
        for cell in headed {
            let style = looks.plain(cell.style);
            let tag = format!("<{prefix}c r=\"{}\" s=\"{style}\">", cell.at);
            cells.push(Place {
                column: cell.at.column,
                whole: format!("{tag}</{prefix}c>"),
                tag,
                formula: None,
                is_blank: true,
                filled: columns.filled.iter().position(|(column, _)| *column == cell.at.column),
                room: Room { width: width_of(sheet, cell.at, character), shrinks: false, sizes: looks.wrapping_only(style, cell.style) },
            });
        }
        Self { number: heading, tag: format!("<{prefix}row r=\"{heading}\">"), height: sheet.default_height, prefix, cells }
    }

    /// Writes this line of the lists, counted from 0, for its people as the row with this number.
    pub(super) fn write(&self, line: usize, number: u32, writing: &Writing<'_>, filled: &mut [Filled], out: &mut Vec<u8>) {
        let Writing { roster, shift, scheme, .. } = *writing;
        for list in 0..roster.lists.count() {
            let place = roster.lists.person(list, line, writing.lines());
            if let (Some(person), Some(filled)) = (writing.people.get(place), filled.get_mut(place)) {
                filled.left_out.extend(roster.closed.iter().filter_map(|closed| closed.left_out(person, scheme)));
            }
        }
        let is_further = number > shift.last;
        let texts: Vec<String> = self.cells.iter().map(|cell| self.text(cell, line, is_further, writing)).collect();
        let fits: Vec<(Option<usize>, f64)> = self.cells.iter().zip(&texts).map(|(cell, text)| fit(text, &cell.room)).collect();
        let needed = fits.iter().map(|(_, height)| *height).fold(0.0, f64::max);
        push(&with(&self.row_tag(needed), "r", &number.to_string()), out);
        let prefix = &self.prefix;
        for ((cell, text), (style, _)) in self.cells.iter().zip(&texts).zip(&fits) {
            let at = Address { row: number, column: cell.column };
            if text.is_empty() {
                push(&self.unfilled(cell, at, is_further, roster, shift), out);
                continue;
            }
            let Some((_, content)) = cell.filled.and_then(|filled| roster.columns.filled.get(filled)) else { continue };
            let tag = with(&cell.tag, "r", &at.to_string()).into_owned();
            let tag = style.map_or_else(|| tag.clone(), |style| with(&tag, "s", &style.to_string()).into_owned());
            if content.is_seq() {
                push(&format!("{tag}<{prefix}v>{text}</{prefix}v></{prefix}c>"), out);
                continue;
            }
            push(&with(&tag, "t", "inlineStr"), out);
            push(&format!("<{prefix}is><{prefix}t xml:space=\"preserve\">"), out);
            let filled = writing.person(cell.column, line).and_then(|(person, _)| filled.get_mut(person));
            let mut dropped = Vec::new();
            escape(out, text, |c| dropped.extend(content.field(scheme).map(|field| (field, c))));
            filled.into_iter().for_each(|filled| filled.dropped.append(&mut dropped));
            push(&format!("</{prefix}t></{prefix}is></{prefix}c>"), out);
        }
        push(&format!("</{prefix}row>"), out);
    }

    /// What is written into a cell; empty where what stands there stays.
    fn text(&self, cell: &Place, line: usize, is_further: bool, writing: &Writing<'_>) -> String {
        let roster = writing.roster;
        let Some((_, content)) = cell.filled.and_then(|filled| roster.columns.filled.get(filled)) else { return String::new() };
        // a line's own number stays, and so does a formula that counts the lines, where the number is still the right one
        let is_renumbered = roster.lists.is_renumbered(roster.lists.at(cell.column), writing.shift.added);
        if content.is_seq() && cell.formula.is_none() && !cell.is_blank && writing.is_moved_on() {
            return (writing.number + roster.lists.person(roster.lists.at(cell.column), line, writing.lines())).to_string();
        }
        if content.is_seq() && !is_renumbered && (cell.formula.is_some() || (!is_further && !cell.is_blank)) {
            return String::new();
        }
        let Some((place, person)) = writing.person(cell.column, line) else { return String::new() };
        content.text(person, writing.number + place, writing.scheme)
    }

    /// A cell without an answer: as it is in the blank; in a further line its formula speaks of that line.
    fn unfilled(&self, cell: &Place, at: Address, is_further: bool, roster: &Stretch, shift: &Shift<'_>) -> String {
        let prefix = &self.prefix;
        let tag = with(&cell.tag, "r", &at.to_string()).into_owned();
        match &cell.formula {
            Some(formula) if is_further => {
                let from = Address { row: self.number, column: cell.column };
                match standalone(formula, from, &roster.shared) {
                    Some((origin, text)) => {
                        let shifted = shift.formula(&text, Stand::Line);
                        let text = relative(&shifted, origin, at);
                        format!("{tag}<{prefix}f>{}</{prefix}f></{prefix}c>", escaped(&text))
                    }
                    None => format!("{tag}</{prefix}c>"),
                }
            }
            Some(formula) => format!("{tag}{}</{prefix}c>", moved_formula(formula, shift, Stand::Line)),
            // what a further line's number was in the last line is no number of it
            None if is_further && cell.filled.is_some() => format!("{tag}</{prefix}c>"),
            None => {
                let end = cell.whole.find('>').map_or(cell.whole.len(), |end| end + 1);
                format!("{}{}", with(&cell.whole[..end], "r", &at.to_string()), &cell.whole[end..])
            }
        }
    }

    /// The row's tag, so high that what is needed fits.
    fn row_tag(&self, needed: f64) -> Cow<'_, str> {
        if needed <= self.height {
            return Cow::Borrowed(&self.tag);
        }
        let height = (needed.min(HIGHEST_ROW) * 100.0).round() / 100.0;
        let tag = with(&self.tag, "ht", &height.to_string()).into_owned();
        Cow::Owned(with(&tag, "customHeight", "1").into_owned())
    }
}

/// The look of a cell with this text, if not the blank's own, and the height that it takes in points.
fn fit(text: &str, room: &Room) -> (Option<usize>, f64) {
    let Some((size, wrapping)) = room.sizes.first() else { return (None, 0.0) };
    let width = measure::width_of(text);
    let fits = |size: &Points| measure::cell_width(width, *size).0 <= room.width.0;
    if text.is_empty() || (fits(size) && !text.contains('\n')) || room.shrinks {
        return (None, 0.0);
    }
    // a number stays on one line where any size lets it; other text goes on in another line
    let fitting = room.sizes.iter().find(|(size, _)| fits(size)).filter(|_| text.is_ascii() && !text.contains([' ', '\n']));
    if let Some((_, style)) = fitting {
        return (Some(*style), 0.0);
    }
    (Some(*wrapping), measure::height(text, *size, room.width) + 2.0)
}

/// A cell of a row that is no person's line, at its new place.
pub(super) fn moved(cell: &Cell, at: Address, xml: &str, shift: &Shift<'_>, stand: Stand) -> String {
    let tag = with(&xml[cell.tag.clone()], "r", &at.to_string()).into_owned();
    let end = cell.tag.end;
    match &cell.formula {
        // what it gave for the blank is not what it gives now
        Some(formula) => {
            let close = xml[..cell.xml.end].rfind("</").unwrap_or(cell.xml.end).max(formula.end);
            format!("{tag}{}{}", moved_formula(&xml[formula.clone()], shift, stand), &xml[close..cell.xml.end])
        }
        None => format!("{tag}{}", &xml[end..cell.xml.end]),
    }
}

/// The element of a formula with its references moved.
fn moved_formula(formula: &str, shift: &Shift<'_>, stand: Stand) -> String {
    let end = formula.find('>').map_or(formula.len(), |end| end + 1);
    let tag = match value(&formula[..end], "ref") {
        Some(place) => with(&formula[..end], "ref", &shift.cells(place)).into_owned(),
        None => formula[..end].to_owned(),
    };
    let close = formula.rfind("</").unwrap_or(formula.len()).max(end);
    format!("{tag}{}{}", shift.written_formula(&formula[end..close], stand), &formula[close..])
}

/// Formulas that several cells share, by their number.
pub(super) fn shared_formulas(xml: &str, sheet: &Sheet) -> BTreeMap<String, (Address, String)> {
    let mut shared = BTreeMap::new();
    for cell in sheet.rows.iter().flat_map(|row| &row.cells) {
        let Some(formula) = cell.formula.clone().map(|formula| &xml[formula]) else { continue };
        let end = formula.find('>').map_or(formula.len(), |end| end + 1);
        let text = text_of(formula);
        if let (Some("shared"), Some(number), false) = (value(&formula[..end], "t"), value(&formula[..end], "si"), text.is_empty()) {
            shared.entry(number.to_owned()).or_insert((cell.at, text));
        }
    }
    shared
}

/// What a formula says in full, and where it would stand so.
fn standalone(formula: &str, at: Address, shared: &BTreeMap<String, (Address, String)>) -> Option<(Address, String)> {
    let text = text_of(formula);
    if !text.is_empty() {
        return Some((at, text));
    }
    let end = formula.find('>').map_or(formula.len(), |end| end + 1);
    shared.get(value(&formula[..end], "si")?).cloned()
}

/// What stands in a formula's element, as plain text.
fn text_of(formula: &str) -> String {
    let end = formula.find('>').map_or(formula.len(), |end| end + 1);
    let close = formula.rfind("</").unwrap_or(formula.len()).max(end);
    resolve_references(&formula[end..close]).into_owned()
}

/// A formula copied down from one row to another: rows that are not fixed move along.
fn relative<'f>(text: &'f str, from: Address, to: Address) -> Cow<'f, str> {
    let moved = |corner: Corner| if corner.is_fixed { corner.row } else { (corner.row + to.row).saturating_sub(from.row).max(1) };
    let rows = |first: Corner, last: Option<Corner>| (moved(first), moved(last.unwrap_or(first)));
    formula::rewrite(text, &Rewriting { sheet: "", is_own: true, renamed: None, rows: &rows })
}

fn push(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(text.as_bytes());
}
