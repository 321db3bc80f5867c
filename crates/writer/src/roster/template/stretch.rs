//! The stretches of empty lines of a roster blank, and which people stand in which of them.
//!
//! A blank may have one list over several tables, two lists side by side in one table, and lists of their own for groups: 一、党员
//! and 二、入党积极分子, or one for each branch.

use mingce_core::compose;
use mingce_core::recognize::{Recognizer, Table};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::text::is_blank_character;
use mingce_ooxml::word;

use super::line::{self, Line};
use crate::blank::{Closed, Columns, claimed};

/// Empty lines that follow each other.
pub(super) struct Stretch {
    /// The lists that stand side by side in them, from the left; one at least.
    pub(super) lists: Vec<Columns>,
    /// Choices that have a column for each option alone; the same in all lists.
    closed: Vec<Closed>,
    pub(super) lines: Vec<Line>,
    /// What is printed right above them: the name of a group, or the line above their table.
    caption: String,
    /// The numbers printed in the first and in the last line.
    numbers: Option<[u32; 2]>,
    /// Whether numbers go on from the left list to the right one, and not down the lines.
    pub(super) is_across: bool,
}

/// The stretches of a document, from the top.
pub(super) fn find(xml: &str, document: &word::Document, recognizer: &Recognizer<'_>, scheme: &Scheme) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut end = 0;
    for table in &document.tables {
        let lists = recognizer.tables(&table.grid);
        let is_line = |text: &&word::Table| end <= text.xml.start && text.xml.end <= table.xml.start;
        let lines = document.texts.iter().filter(is_line).flat_map(|text| text.rows.last()).last();
        let above = lines.and_then(|row| row.cells.first()).map_or("", |cell| &cell.text);
        let mut rest = &lists[..];
        while let Some(first) = rest.first() {
            let beside = rest.iter().take_while(|list| list.heading == first.heading).count();
            let (own, further) = rest.split_at(beside);
            let last_row = further.first().map_or(u32::MAX, |next| *next.heading.start());
            found.extend(stretches(table, own, last_row, above, (xml, recognizer, scheme)));
            rest = further;
        }
        end = table.xml.end;
    }
    found
}

/// The stretches below one heading, up to the row where the next one begins.
fn stretches(
    table: &word::Table,
    lists: &[Table],
    end: u32,
    above: &str,
    (xml, recognizer, scheme): (&str, &Recognizer<'_>, &Scheme),
) -> Vec<Stretch> {
    let heading = lists.first().map_or(0, |list| usize::try_from(*list.heading.end()).unwrap_or(usize::MAX));
    let end = usize::try_from(end).unwrap_or(usize::MAX).saturating_sub(1);
    let alike = alike(lists, recognizer, scheme);
    if alike.is_empty() {
        return Vec::new();
    }
    let columns = || alike.iter().map(|list| Columns::of(list, recognizer, scheme)).collect::<Vec<_>>();
    let known = columns();
    let rows: Vec<&word::Row> = table.rows.iter().take(end).skip(heading).collect();
    let headings = heading.checked_sub(1).and_then(|row| table.rows.get(row)).map_or_else(String::new, words);
    let mut found: Vec<Stretch> = Vec::new();
    // a list below another one of the same table is captioned there
    let row_above = lists.first().and_then(|list| usize::try_from(*list.heading.start()).ok()?.checked_sub(2));
    let mut caption = row_above.and_then(|row| table.rows.get(row)).map_or_else(|| above.to_owned(), words);
    let mut at = 0;
    while at < rows.len() {
        let count = rows[at..].iter().take_while(|row| line::is_empty(row, &known)).count();
        if count == 0 {
            // the heading once more, as on the next page, is no caption
            caption = Some(words(rows[at])).filter(|words| *words != headings).unwrap_or_default();
            at += 1;
            continue;
        }
        let own = &rows[at..at + count];
        let mut lists = columns();
        for (list, found) in lists.iter_mut().zip(&alike) {
            let cells = own[0].cells.iter().map(|cell| (cell.at.column, cell.text.as_str()));
            list.named_in_line(cells.filter(|(column, _)| found.range.contains(column)), found, recognizer);
        }
        let number = |row: &word::Row, list: usize| lists.get(list).and_then(|list| line::number(row, list));
        let numbers = number(own[0], 0).zip(number(own[count - 1], 0)).map(|(first, last)| [first, last]);
        let is_across = count > 1 && numbers.is_some_and(|[first, _]| number(own[0], 1) == first.checked_add(1));
        let lines = own.iter().map(|row| Line::new(row, xml, &lists, scheme)).collect();
        let closed = lists.first().map_or_else(Vec::new, Columns::closed);
        found.push(Stretch { closed, lists, lines, caption: std::mem::take(&mut caption), numbers, is_across });
        at += count;
    }
    found
}

/// Of lists side by side, those that ask for the same as the one that asks for the most; one alone where they differ.
fn alike<'t>(lists: &'t [Table], recognizer: &Recognizer<'_>, scheme: &Scheme) -> Vec<&'t Table> {
    let asked = |list: &Table| Columns::of(list, recognizer, scheme).places.into_iter().map(|(_, fields)| fields).collect::<Vec<_>>();
    let Some(first) = crate::blank::first_with_most(lists.iter().filter_map(|list| Some((claimed(list)?, list)))) else {
        return Vec::new();
    };
    let own = asked(first);
    lists.iter().filter(|list| asked(list) == own).collect()
}

/// What a row says.
fn words(row: &word::Row) -> String {
    row.cells.iter().map(|cell| cell.text.trim_matches(is_blank_character)).collect()
}

impl Stretch {
    /// What of a person's answers has no column, each with its field.
    pub(super) fn left_out(&self, person: &Registration, scheme: &Scheme) -> impl Iterator<Item = (Field, String)> {
        self.closed.iter().filter_map(|closed| closed.left_out(person, scheme))
    }

    /// How many people its printed lines hold.
    fn room(&self) -> usize {
        self.lines.len() * self.lists.len()
    }

    /// How many fields its columns ask for.
    pub(super) fn asked(&self) -> Vec<&[Field]> {
        self.lists.first().map_or_else(Vec::new, |list| list.places.iter().map(|(_, fields)| fields.as_slice()).collect())
    }

    /// The lines that these people take, further ones included: for each, the place among the people of who stands in each list.
    pub(super) fn places(&self, people: usize) -> Vec<Vec<usize>> {
        let (lines, lists) = (self.lines.len(), self.lists.len());
        let all = people.div_ceil(lists).max(lines);
        let place = |line: usize, list: usize| match self.numbers {
            _ if self.is_across => line * lists + list,
            // printed numbers stay, so that what does not fit goes on below them
            Some(_) if line >= lines => line * lists + list,
            Some(_) => list * lines + line,
            None => list * all + line,
        };
        (0..all).map(|line| (0..lists).map(|list| place(line, list)).collect()).collect()
    }

    /// Whether this stretch goes on with the list of another one.
    fn continues(&self, before: &Self) -> bool {
        match (before.numbers, self.numbers) {
            (Some([_, last]), Some([first, _])) => last.checked_add(1) == Some(first),
            (None, None) => self.caption.is_empty(),
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// Whether the list is of people who are no members yet.
    fn is_of_activists(&self) -> bool {
        self.caption.contains("积极分子")
    }
}

/// For each stretch the people who stand there, by their places, and the number that the first of them has.
///
/// A list that is captioned with a branch is that branch's, and one of 入党积极分子 is theirs where another one is for the others. Everybody
/// else stands in the first list and what goes on with it; the last of these takes whoever is left.
pub(super) fn shares(stretches: &[Stretch], people: &[&Registration], scheme: &Scheme) -> Vec<(Vec<usize>, usize)> {
    let mut shares: Vec<(Vec<usize>, usize)> = stretches.iter().map(|_| (Vec::new(), 1)).collect();
    let of_activists = stretches.iter().position(Stretch::is_of_activists).filter(|_| stretches.iter().any(|one| !one.is_of_activists()));
    let first = stretches.iter().position(|one| of_activists.is_none() || !one.is_of_activists()).unwrap_or(0);
    let own_list = |person: &Registration| {
        let is_activist = || compose::text(person, Field::JoinedParty, scheme).contains("积极分子");
        let of_branch = |one: &Stretch| !person.branch.is_empty() && one.caption.contains(person.branch.as_str());
        of_activists.filter(|_| is_activist()).or_else(|| stretches.iter().position(of_branch))
    };
    let mut others = Vec::new();
    for (place, person) in people.iter().enumerate() {
        match own_list(person) {
            Some(list) => shares[list].0.push(place),
            None => others.push(place),
        }
    }
    let taken = |place: usize, shares: &[(Vec<usize>, usize)]| !shares[place].0.is_empty();
    let mut chain = vec![first];
    for next in first + 1..stretches.len() {
        let last = chain.last().copied().unwrap_or(first);
        if next == last + 1 && !taken(next, &shares) && stretches[next].continues(&stretches[last]) {
            chain.push(next);
        }
    }
    let mut number = 1 + shares[first].0.len();
    for (position, stretch) in chain.iter().enumerate() {
        let room = stretches[*stretch].room().saturating_sub(shares[*stretch].0.len());
        let count = if position + 1 == chain.len() { others.len() } else { room.min(others.len()) };
        shares[*stretch].1 = if position == 0 { 1 } else { number };
        number += count;
        shares[*stretch].0.extend(others.drain(..count));
        shares[*stretch].0.sort_unstable();
    }
    shares
}
