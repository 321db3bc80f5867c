//! Text tables: comma, tab, semicolon or bar separated, in any of the encodings Chinese office programs write.

pub(crate) mod decode;

use std::io::{self, Read};

use mingce_core::address::{Address, Column};
use mingce_core::grid::{Grid, Kind, Origin};
use mingce_ooxml::{Limit, Limits};

use crate::budget::Budget;
use crate::document::{Document, Finding, Format};
use crate::error::Error;

/// Line breaks a quoted field may hold; one with more has swallowed the lines behind a stray quotation mark.
const MOST_LINES_OF_A_FIELD: usize = 100;
/// Lines that are looked at to find the separator, and lines among which they are sought.
const SAMPLE: usize = 50;
const SEARCHED: usize = 10_000;
/// Bytes of a line that are looked at for it.
const LONGEST_SAMPLE: usize = 1 << 16;
/// Bytes of a row that are read before it is refused: sixteen thousand cells of five hundred bytes, or eight of the largest.
const LONGEST_ROW: usize = 8 << 20;
/// Separators by preference.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', BAR];
/// A separator that answers of several choices hold as well.
const BAR: u8 = b'|';
/// A separator that no line holds, for lines that are cells as a whole: the recogniser parts what was typed with blanks.
const NO_SEPARATOR: u8 = 0x1F;

/// Reads a text table into one grid without a sheet name.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let mut document = Document::new(Format::Text);
    let decoded = decode::decode(bytes)?;
    if let Some(encoding) = decoded.assumed {
        document.findings.push(Finding::AssumedEncoding { encoding, unreadable: decoded.unreadable });
    }
    let text = decoded.text.trim_end_matches('\u{1A}');
    let (separator, text) = separator_line(text).unwrap_or_else(|| (separator_of(text), text));
    let mut table = Table { text, separator, quoting: true, limits };
    let grid = match table.read()? {
        Some(grid) => grid,
        None => {
            document.findings.push(Finding::StrayQuotes);
            table.quoting = false;
            table.read()?.ok_or(Error::Damaged { fault: "文本表格的引号有误" })?
        }
    };
    if decoded.unreadable > 0 {
        document.findings.extend(unreadable_rows(&grid));
    }
    document.grids.push(grid);
    Ok(document)
}

/// Where the characters stand that could not be read.
fn unreadable_rows(grid: &Grid) -> Option<Finding> {
    const MOST: usize = 10;
    let rows = grid.rows().filter(|row| row.cells().any(|cell| cell.text.contains(char::REPLACEMENT_CHARACTER)));
    let rows: Vec<u32> = rows.take(MOST).map(|row| row.number()).collect();
    (!rows.is_empty()).then_some(Finding::UnreadableRows { rows })
}

/// The characters of a text file, in any of the encodings that text tables are read in; `None` for what is no text.
#[must_use]
pub fn decode_text(bytes: &[u8]) -> Option<String> {
    decode::decode(bytes).ok().map(|decoded| decoded.text.into_owned())
}

struct Table<'a> {
    text: &'a str,
    separator: u8,
    quoting: bool,
    limits: &'a Limits,
}

impl Table<'_> {
    /// Reads all rows; `None` when a stray quotation mark has swallowed lines.
    fn read(&self) -> Result<Option<Grid>, Error> {
        let mut lines = csv::ReaderBuilder::new();
        let source = Source { rest: self.text.as_bytes(), left: 0 };
        let mut lines = lines.has_headers(false).flexible(true).delimiter(self.separator).quoting(self.quoting).from_reader(source);
        let mut builder = Grid::builder(Origin::TextTable);
        let mut record = csv::StringRecord::new();
        let mut row = 1_u32;
        let mut budget = Budget::of(self.limits);
        loop {
            let start = usize::try_from(lines.position().byte()).unwrap_or(usize::MAX);
            row = row.saturating_add(self.blank_lines(start));
            lines.get_mut().left = LONGEST_ROW;
            match lines.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Ok(Some(builder.finish())),
                Err(_) if self.quoting && self.start_of_row(start).contains(&b'"') => return Ok(None),
                Err(_) => return Err(self.too_long(start, row)),
            }
            if row > Address::LAST_ROW {
                return Err(self.exceeded(Limit::Rows, u64::from(Address::LAST_ROW), row));
            }
            budget.start_row(&mut builder, row, false, "")?;
            if record.len() > usize::from(Column::LAST.number()) {
                return Err(self.exceeded(Limit::Columns, u64::from(Column::LAST.number()), row));
            }
            for (number, field) in (1..).zip(&record) {
                let Some(column) = Column::new(number) else { break };
                if self.quoting && self.has_swallowed(field) {
                    return Ok(None);
                }
                if field.len() as u64 > self.limits.cell {
                    return Err(self.exceeded(Limit::Cell, self.limits.cell, row));
                }
                budget.push(&mut builder, column, Kind::Untyped, shown(field), "")?;
            }
            row += 1;
        }
    }

    /// How many lines without a character stand here: the csv crate passes over them, Excel counts them.
    fn blank_lines(&self, start: usize) -> u32 {
        let bytes = self.text.as_bytes();
        let mut rest = bytes.get(start..).unwrap_or_default();
        // the second half of the line end that closed the record before
        if start > 0 && bytes.get(start - 1) == Some(&b'\r') {
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        let mut blank = 0;
        // more of them than a sheet has rows are too many already
        while let (Some(after), true) = (
            rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r")),
            blank <= Address::LAST_ROW,
        ) {
            blank += 1;
            rest = after;
        }
        blank
    }

    /// As many bytes of the row that starts here as are read of any.
    fn start_of_row(&self, start: usize) -> &[u8] {
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        &rest[..rest.len().min(LONGEST_ROW)]
    }

    /// The error that a row goes on and on: it has too many fields, or too long a one.
    fn too_long(&self, start: usize, row: u32) -> Error {
        let columns = u64::from(Column::LAST.number());
        if self.start_of_row(start).iter().all(|byte| matches!(byte, b'\n' | b'\r')) {
            return self.exceeded(Limit::Rows, u64::from(Address::LAST_ROW), u32::MAX);
        }
        let separators = memchr::memchr_iter(self.separator, self.start_of_row(start)).count();
        if separators as u64 >= columns {
            self.exceeded(Limit::Columns, columns, row)
        } else {
            self.exceeded(Limit::Cell, self.limits.cell, row)
        }
    }

    /// Whether a field holds lines that were never meant for it.
    fn has_swallowed(&self, field: &str) -> bool {
        let count = |end: u8| field.bytes().filter(|b| *b == end).count();
        let lines = count(b'\n').max(count(b'\r'));
        let to_the_end = || {
            let end = self.text.trim_end_matches(['\r', '\n']);
            !end.ends_with('"') && end.ends_with(field.trim_end_matches(['\r', '\n']))
        };
        lines > MOST_LINES_OF_A_FIELD || (lines > 0 && to_the_end())
    }

    fn exceeded(&self, limit: Limit, allowed: u64, row: u32) -> Error {
        // further down the number itself would be the run of digits that no message shows
        Error::LimitExceeded { limit, allowed, at: (row < 1_000_000).then(|| format!("第 {row} 行")) }
    }
}

/// The bytes of a table, of which a row gets no more than it is allowed: the csv crate makes room for all of a row at once.
struct Source<'a> {
    rest: &'a [u8],
    /// What may still be read for this row.
    left: usize,
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !self.rest.is_empty() {
            return Err(io::Error::other("a row without end"));
        }
        let amount = buffer.len().min(self.left).min(self.rest.len());
        let (taken, rest) = self.rest.split_at(amount);
        buffer[..amount].copy_from_slice(taken);
        self.rest = rest;
        self.left -= amount;
        Ok(amount)
    }
}

/// `="3204…"`: how programs keep Excel from taking digits for a number; Excel shows what stands between the marks.
fn shown(field: &str) -> &str {
    let inner = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(field)
}

/// Excel's `sep=,` in the first line, which is no row of the table: Excel shows the next line as row 1.
fn separator_line(text: &str) -> Option<(u8, &str)> {
    let rest = text.strip_prefix("sep=")?;
    let separator = *rest.as_bytes().first()?;
    let rest = rest.get(1..)?;
    let after = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).or_else(|| rest.strip_prefix('\r'))?;
    (separator.is_ascii() && separator != b'"').then_some((separator, after))
}

/// The separator that splits the most lines into the same number of fields; a comma when none splits any, and none where
/// blanks part more, or where tabs were typed until the columns stood below each other, two here and one there. A bar only where the first line that is split at all has no other.
fn separator_of(text: &str) -> u8 {
    let score = |count: &dyn Fn(&str) -> usize| {
        let counts: Vec<usize> = sample(text).map(count).collect();
        let mut best = (0, 0);
        for count in counts.iter().filter(|count| **count > 0) {
            let lines = counts.iter().filter(|other| *other == count).count();
            best = best.max((lines * count, *count));
        }
        best
    };
    // the first of equals: the preferred one
    let first = sample(text).find(|line| line.bytes().any(|byte| SEPARATORS.contains(&byte))).unwrap_or_default();
    let is_barred = !first.bytes().any(|byte| byte != BAR && SEPARATORS.contains(&byte));
    let candidates = SEPARATORS.into_iter().rev().filter(|separator| is_barred || *separator != BAR);
    let scores = candidates.map(|separator| (score(&|line| separators_in(line, separator)), separator));
    let (best, separator) = scores.max_by_key(|(score, _)| *score).unwrap_or_default();
    let is_typed = score(&gaps_in) > best || separator == b'\t' && is_aligned(text);
    if is_typed && !is_quoted(text, separator) { NO_SEPARATOR } else { separator }
}

/// Whether cells stand in quotation marks that go on in the next line, as only programs write them.
fn is_quoted(text: &str, separator: u8) -> bool {
    let opens = |line: &str| line.starts_with('"') || line.split(char::from(separator)).any(|cell| cell.starts_with('"'));
    sample(text).any(|line| opens(line) && line.bytes().filter(|byte| *byte == b'"').count() % 2 == 1)
}

/// Whether columns were reached by tabs, two here and one there: so the heading says, and the lines have not all as many. Lines that
/// begin with a tab are those of a program, such as the second one of a heading, unless all of it stands in brackets: （年.月） （18位）.
fn is_aligned(text: &str) -> bool {
    let lines: Vec<&str> = sample(text).filter(|line| gaps_in(line) > 1).collect();
    let tabs = |line: &str| separators_in(line, b'\t');
    let Some(first) = lines.first() else { return false };
    let is_remark = |part: &str| part.starts_with(['（', '(']) && part.ends_with(['）', ')']);
    let is_typed = |line: &&str| !line.starts_with('\t') || line.split('\t').map(str::trim).all(|part| part.is_empty() || is_remark(part));
    first.trim().contains("\t\t") && lines.iter().any(|line| tabs(line) != tabs(first)) && lines.iter().all(is_typed)
}

/// The first lines that hold something.
fn sample(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r']).take(SEARCHED).filter(|line| !line.trim().is_empty()).take(SAMPLE)
}

/// How often the separator stands in the line outside quotation marks.
fn separators_in(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes().take(LONGEST_SAMPLE) {
        quoted ^= byte == b'"';
        count += usize::from(byte == separator && !quoted);
    }
    count
}

/// How often blanks stand between words of the line that part them: a tab or several, two blanks, or a wide one.
fn gaps_in(line: &str) -> usize {
    let mut count = 0;
    let mut width = 0;
    for (_, c) in line.trim().char_indices().take_while(|(at, _)| *at < LONGEST_SAMPLE) {
        match c {
            ' ' | '\u{A0}' => width += 1,
            '\t' | '\u{3000}' => width += 2,
            _ => {
                count += usize::from(width > 1);
                width = 0;
            }
        }
    }
    count
}

#[cfg(test)]
mod tests;
