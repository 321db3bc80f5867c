//! One list of a roster in a workbook: how its lines are filled, and how more are put below them.

use std::collections::BTreeMap;
use std::ops::Range;

use mingce_core::address::Address;
use mingce_core::recognize::Recognizer;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_ooxml::Limits;
use mingce_ooxml::sheet::{self, Row, Sheet};

use super::find::List;
use super::lines::{self, Line, Writing};
use super::lists::Lists;
use super::search::Lines;
use crate::Error;
use crate::blank::{Closed, Columns, once, without_link, without_override};
use crate::docx::package::{Deflater, PackageWriter};
use crate::form::Filled;
use crate::xlsx::template::attributes::with;
use crate::xlsx::template::book::{Book, Part, TYPES, unreadable};
use crate::xlsx::template::copies::links_of;
use crate::xlsx::template::list::{self, ORDER, computed};
use crate::xlsx::template::look::Looks;
use crate::xlsx::template::shift::{Shift, Stand, edited};

/// The empty lines of one list of a roster, located in its workbook.
#[derive(Debug)]
pub(super) struct Stretch {
    book: Book,
    /// Which of its sheets is the roster.
    tab: usize,
    /// The sheet's XML, its texts in its own cells.
    xml: String,
    sheet: Sheet,
    pub(super) columns: Columns,
    /// Choices that have a column for each option alone.
    pub(super) closed: Vec<Closed>,
    pub(super) lists: Lists,
    pub(super) places: Vec<(String, Vec<Field>)>,
    pub(super) unclaimed: Vec<String>,
    pub(super) lines: Vec<Line>,
    /// The number that is printed in the first of them.
    pub(super) printed: Option<usize>,
    /// What a further line looks like.
    further: Line,
    /// The row below which further lines are put.
    last: u32,
    /// Rectangles of one line.
    merges: Vec<(Address, Address)>,
    /// Formulas that several cells share, by their number: where the formula stands, and what it says.
    pub(super) shared: BTreeMap<String, (Address, String)>,
}

impl Stretch {
    /// Locates a list in a workbook whose lists above it are as they were when it was found.
    ///
    /// # Errors
    /// When the sheet is malformed or exceeds the limits.
    pub(super) fn new(mut book: Book, list: &List, scheme: &Scheme) -> Result<Self, Error> {
        let recognizer = Recognizer::new(scheme);
        let List { tab, table: found, lists, lines: Lines { numbers, above, beside }, .. } = list;
        let (tab, mut lists) = (*tab, lists.clone());
        let part = book.tabs[tab].part.clone().unwrap_or_default();
        let (xml, sheet) = book.sheet(&part)?;
        let mut columns = Columns::of(found, &recognizer, scheme);
        if let Some(row) = numbers.first().and_then(|row| sheet.row(*row)) {
            columns.named_in_line(row.cells.iter().map(|cell| (cell.at.column, cell.text.as_str())), found, &recognizer);
        }
        lists.follow_numbers(&sheet, numbers.first().copied(), &columns);
        let places: Vec<Address> =
            numbers.iter().flat_map(|row| columns.filled.iter().map(move |(column, _)| Address { row: *row, column: *column })).collect();
        let xml = sheet::with_cells(&xml, &sheet, &places);
        let sheet = sheet::scan(&xml, &part, &book.styles, &Limits::default()).map_err(unreadable(&part))?;
        let mut looks = Looks::of(&book);
        let character = book.character();
        let own = |number: &u32| sheet.row(*number).map(|row| Line::of(row, &xml, &sheet, &columns, &mut looks, character));
        let mut lines: Vec<Line> = numbers.iter().filter_map(own).collect();
        lines.iter_mut().for_each(|line| line.keep(*beside));
        let further = match lines.last() {
            Some(last) => last.clone(),
            None => Line::below_heading(*found.heading.end(), &sheet, &columns, &mut looks, character),
        };
        lines.shrink_to_fit();
        let last = numbers.last().copied().unwrap_or(*above);
        let printed = list.group.numbers.and_then(|[first, _]| usize::try_from(first).ok());
        let merges = sheet.grid.merges.iter().filter(|merge| merge.first.row == last && merge.last.row == last && !lines.is_empty());
        let merges = merges.map(|merge| (merge.first, merge.last)).collect();
        let shared = lines::shared_formulas(&xml, &sheet);
        if let (Some(styles), Some(name)) = (looks.finish(), book.styles_part.clone()) {
            book.parts.iter_mut().filter(|part| part.name == name).for_each(|part| part.content = styles.clone().into_bytes());
        }
        let closed = columns.closed();
        // lists side by side ask for the same
        let claimed = columns.filled.iter().zip(&columns.places).filter(|((column, _), _)| lists.at(*column) == 0);
        let claimed = claimed.map(|(_, place)| place.clone()).collect();
        let unclaimed = once(columns.unclaimed.iter().cloned());
        Ok(Self {
            book,
            tab,
            xml,
            sheet,
            columns,
            closed,
            lists,
            places: claimed,
            unclaimed,
            lines,
            printed,
            further,
            last,
            merges,
            shared,
        })
    }

    /// Whether the blank has macros.
    pub(super) fn has_macros(&self) -> bool {
        self.book.has_macros
    }

    /// What takes the places of its lines: the cells below headings that are filled.
    pub(super) fn cells(&self) -> impl Iterator<Item = Address> {
        let columns = || self.columns.filled.iter().map(|(column, _)| *column);
        self.lines.iter().flat_map(move |line| columns().map(|column| Address { row: line.number, column }))
    }

    /// The workbook with these people in its lines, the first of them with this number, and what should be heard about each of them.
    ///
    /// # Errors
    /// More people than a sheet has rows, or a workbook that outgrows what a file can hold.
    pub(super) fn fill(&self, people: &[&Registration], number: usize, scheme: &Scheme) -> Result<(Vec<u8>, Vec<Filled>), Error> {
        let bottom = self.sheet.rows.last().map_or(self.last, |row| row.number.max(self.last));
        let most = usize::try_from(Address::LAST_ROW - bottom).unwrap_or(usize::MAX) + self.lines.len();
        let most = most.saturating_mul(self.lists.count());
        if people.len() > most {
            return Err(Error::TooMany { part: self.book.tabs[self.tab].name.clone(), wanted: people.len(), most });
        }
        let needed = people.len().div_ceil(self.lists.count());
        let added = u32::try_from(needed.saturating_sub(self.lines.len())).unwrap_or(0);
        let first = self.lines.first().map_or(self.last + 1, |line| line.number);
        let shift = Shift { sheet: &self.book.tabs[self.tab].name, first, last: self.last, added };
        let mut deflater = Deflater::new();
        let mut bytes = Vec::new();
        let mut package = PackageWriter::new(&mut bytes);
        self.other_parts(&shift, &mut package, &mut deflater)?;
        let filled = self.write(Writing { people, number, scheme, shift: &shift, roster: self }, &mut package, &mut deflater)?;
        package.finish()?;
        Ok((bytes, filled))
    }

    /// Writes the sheet row by row.
    fn write(&self, writing: Writing<'_>, package: &mut PackageWriter<'_>, deflater: &mut Deflater) -> Result<Vec<Filled>, Error> {
        let shift = writing.shift;
        let mut edits = shift.edits(&self.xml, &self.merges);
        edits.sort_by_key(|(place, _)| (place.start, place.end));
        let part = self.book.tabs[self.tab].part.as_deref().unwrap_or_default();
        let mut open = package.open(part, deflater)?;
        let mut out = edited(&self.xml, 0..self.sheet.data.start, &edits).into_bytes();
        let mut filled = vec![Filled::default(); writing.people.len()];
        let mut lines = self.lines.iter().enumerate().filter(|(line, _)| writing.has_people(*line)).peekable();
        let mut further = Some(self.lines.len()..writing.lines());
        for row in &self.sheet.rows {
            if row.number > self.last {
                for line in further.take().into_iter().flatten() {
                    self.add(line, &writing, &mut filled, &mut out);
                    package.push(&mut open, &std::mem::take(&mut out), deflater)?;
                }
            }
            match lines.next_if(|(_, line)| line.number == row.number) {
                Some((place, line)) => line.write(place, line.number, &writing, &mut filled, &mut out),
                None => self.moved(row, shift, &mut out),
            }
            package.push(&mut open, &std::mem::take(&mut out), deflater)?;
        }
        for line in further.take().into_iter().flatten() {
            self.add(line, &writing, &mut filled, &mut out);
            package.push(&mut open, &std::mem::take(&mut out), deflater)?;
        }
        let tail = edited(&self.xml, self.sheet.data.end..self.xml.len(), &edits);
        package.push(&mut open, tail.as_bytes(), deflater)?;
        package.close(open, deflater)?;
        Ok(filled)
    }

    /// Writes a line that the blank does not have.
    fn add(&self, line: usize, writing: &Writing<'_>, filled: &mut [Filled], out: &mut Vec<u8>) {
        let number = self.last + u32::try_from(line + 1 - self.lines.len()).unwrap_or(1);
        self.further.write(line, number, writing, filled, out);
    }

    /// Writes a row that is no line of a person; below the lines it moves.
    fn moved(&self, row: &Row, shift: &Shift<'_>, out: &mut Vec<u8>) {
        let number = shift.row(row.number);
        let is_line = self.lines.iter().any(|line| line.number == row.number);
        let tag = &self.xml[row.tag.clone()];
        out.extend_from_slice(with(tag, "r", &number.to_string()).as_bytes());
        let mut done = row.tag.end;
        for cell in &row.cells {
            out.extend_from_slice(&self.xml.as_bytes()[done..cell.xml.start]);
            done = cell.xml.end;
            let at = Address { row: number, ..cell.at };
            let stand = if is_line { Stand::Line } else { Stand::Sheet };
            out.extend_from_slice(lines::moved(cell, at, &self.xml, shift, stand).as_bytes());
        }
        out.extend_from_slice(&self.xml.as_bytes()[done..row.xml.end]);
    }

    /// Writes all other parts: what belongs to the sheet moves with its rows, formulas elsewhere follow, and the order of computing,
    /// which names cells, is left out.
    fn other_parts(&self, shift: &Shift<'_>, package: &mut PackageWriter<'_>, deflater: &mut Deflater) -> Result<(), Error> {
        let book = &self.book;
        let sheet = book.tabs[self.tab].part.as_deref().unwrap_or_default();
        let links = links_of(&book.main);
        let order = book.links(&book.main).and_then(|links| links.first_of(ORDER)).and_then(|link| link.target.clone());
        let mut types = book.text(TYPES).to_owned();
        if let Some(order) = &order {
            types = without_override(&types, order);
        }
        package.deflate(TYPES, types.as_bytes(), deflater)?;
        for part in book.parts.iter().filter(|part| part.name != TYPES && part.name != sheet && order.as_ref() != Some(&part.name)) {
            let changed = if part.name == links { Some(without_link(book.text(&links), ORDER)) } else { self.changed(part, sheet, shift) };
            let content = changed.as_deref().map_or(part.content.as_slice(), str::as_bytes);
            package.deflate(&part.name, content, deflater)?;
        }
        package.deflate(&book.main, self.workbook(shift).as_bytes(), deflater)
    }

    /// What a part becomes when rows move; `None` if it stays.
    fn changed(&self, part: &Part, sheet: &str, shift: &Shift<'_>) -> Option<String> {
        if shift.added == 0 {
            return None;
        }
        let text = std::str::from_utf8(&part.content).ok()?;
        let link = self.book.links(sheet).and_then(|links| {
            links.iter().find(|link| link.target.as_deref().is_some_and(|target| target.eq_ignore_ascii_case(&part.name)))
        });
        match link.map(|link| link.kind.as_str()) {
            Some("vmlDrawing") => return Some(shift.old_drawing(text)),
            Some("drawing" | "comments" | "threadedComment" | "table") => {
                let edits = shift.edits(text, &[]);
                return Some(edited(text, 0..text.len(), &edits));
            }
            _ => {}
        }
        let is_sheet = self.book.tabs.iter().any(|tab| tab.part.as_deref() == Some(part.name.as_str()));
        is_sheet.then(|| list::rewritten(text, &|formula| shift.written_formula(formula, Stand::Elsewhere)))
    }

    /// The workbook part: names it defines follow the rows, and formulas are computed when it is opened.
    fn workbook(&self, shift: &Shift<'_>) -> String {
        let xml = &self.book.xml;
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        if shift.added > 0 {
            edits.extend(list::defined(xml).into_iter().map(|place| {
                let text = shift.written_formula(&xml[place.clone()], Stand::Elsewhere);
                (place, text)
            }));
        }
        if self.sheet.rows.iter().any(|row| row.cells.iter().any(|cell| cell.formula.is_some())) {
            edits.extend(computed(xml));
        }
        edits.sort_by_key(|(place, _)| (place.start, place.end));
        edited(xml, 0..xml.len(), &edits)
    }
}
