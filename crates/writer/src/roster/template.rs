//! Somebody else's roster blank as .docx: its empty lines are filled, and more are added where they end.
//!
//! The central noun is [`RosterTemplate`]. The heading is found by the recogniser that reads rosters; each line keeps its own
//! faces. What stands above and below the lines stays as it is.

use std::ops::Range;

use mingce_core::recognize::{Recognizer, Target};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, OptionSpec, Scheme};
use mingce_core::text::fold_label;
use mingce_ooxml::{Limits, word};

use crate::Error;
use crate::blank::{
    BoxedWords, Closed, Columns, Content, Offered, both_states, boxed_words, claimed, first_with_most, is_answer, is_room, is_ticked, once,
    places,
};
use crate::docx::blank::Blank;
use crate::docx::package::{Deflater, PackageWriter};
use crate::form::{Filled, element, placeholder, push_text};

/// An empty roster with its columns and lines located.
pub struct RosterTemplate {
    blank: Blank,
    columns: Columns,
    /// Choices that have a column for each option alone.
    closed: Vec<Closed>,
    lines: Vec<Line>,
    /// Placeholders that stand beside the lines.
    strays: Vec<String>,
}

/// One empty line, cut at its places.
struct Line {
    whole: Range<usize>,
    pieces: Vec<Piece>,
    /// Answers that can only be ticked.
    closed: Vec<Closed>,
    /// Columns whose cell goes on one of a line above, so that what stands there is written once for all of them.
    shared: Vec<usize>,
}

/// A place in a line: what stands there, and what takes its place.
struct Piece {
    xml: Range<usize>,
    /// Which of the columns.
    column: usize,
    kind: Kind,
}

enum Kind {
    /// The answer, with what stands around it; a placeholder gives way even where nobody answered.
    Answer { before: String, after: &'static str, is_placeholder: bool },
    /// What else stands in the cell, which an answer takes away.
    Rest,
    /// What only says that nobody has typed there, which goes with the answer, or the rest of a placeholder, which always goes.
    Hint { always: bool },
    /// The box of an option.
    Box { field: Field, option: u16, offered: Offered, marks: [String; 2] },
    /// The box beside one of several words.
    Boxed { target: Target, words: BoxedWords, place: usize, marks: [String; 2] },
}

impl RosterTemplate {
    /// A roster blank that somebody made in Word or WPS.
    ///
    /// # Errors
    /// [`Error::NoRoster`] when no table of it has a heading with 姓名 and an empty line below it.
    pub fn from_docx(bytes: &[u8], scheme: &Scheme) -> Result<Self, Error> {
        let blank = Blank::open(bytes)?;
        let document = word::scan(&blank.xml, &blank.document, &Limits::default())
            .map_err(|error| Error::Document { part: blank.document.clone(), source: error.into() })?;
        let recognizer = Recognizer::new(scheme);
        let found = document.tables.iter().flat_map(|table| recognizer.tables(&table.grid).into_iter().map(move |found| (table, found)));
        let (table, found) = first_with_most(found.filter_map(|found| Some((claimed(&found.1)?, found)))).ok_or(Error::NoRoster)?;
        let columns = Columns::of(&found, &recognizer, scheme);
        let mut template = Self { columns, closed: Vec::new(), lines: Vec::new(), strays: Vec::new(), blank };
        let lines = template.empty_lines(table, *found.heading.end());
        if let Some(row) = lines.first() {
            template.columns.named_in_line(row.cells.iter().map(|cell| (cell.at.column, cell.text.as_str())), &found, &recognizer);
        }
        template.closed = template.columns.closed();
        template.lines = lines.into_iter().map(|row| template.line(row, scheme)).collect();
        template.strays = template.placeholders_beside_lines();
        if template.lines.is_empty() { Err(Error::NoRoster) } else { Ok(template) }
    }

    /// The headings that were found, as written, each with the fields that stand below it.
    #[must_use]
    pub fn places(&self) -> &[(String, Vec<Field>)] {
        &self.columns.places
    }

    /// Headings that no field claims, as written.
    #[must_use]
    pub fn unclaimed(&self) -> &[String] {
        &self.columns.unclaimed
    }

    /// Placeholders that nobody's answers take the place of, as written: they stand beside the lines.
    #[must_use]
    pub fn strays(&self) -> &[String] {
        &self.strays
    }

    /// The placeholders of the document that are in no cell of a line, nor in one that is filled; those at the edges of pages, too.
    fn placeholders_beside_lines(&self) -> Vec<String> {
        let pieces = || self.lines.iter().flat_map(|line| &line.pieces);
        let is_filled = |place: &Range<usize>| pieces().any(|piece| piece.xml.start < place.end && place.start < piece.xml.end);
        let found = placeholder::find(&self.blank.xml).into_iter().filter(|found| !found.places.iter().any(is_filled));
        once(found.map(|found| found.label()).chain(self.blank.edges.iter().cloned()))
    }

    /// The roster of these people, in this order, and what should be heard about each of them.
    ///
    /// # Errors
    /// When the document outgrows what a file can hold.
    pub fn fill(&self, people: &[&Registration], scheme: &Scheme) -> Result<(Vec<u8>, Vec<Filled>), Error> {
        let xml = &self.blank.xml;
        let mut deflater = Deflater::new();
        let mut bytes = Vec::new();
        let mut package = PackageWriter::new(&mut bytes);
        let (first, rest) = self.blank.parts.split_at(self.blank.parts.len().min(1));
        first.iter().try_for_each(|part| package.copy(part))?;
        let mut part = package.open(&self.blank.document, &mut deflater)?;
        let mut filled = Vec::with_capacity(people.len());
        let mut done = 0;
        let mut row = String::new();
        let mut above: Vec<String> = vec![String::new(); self.columns.filled.len()];
        for (position, person) in people.iter().enumerate() {
            row.clear();
            let Some(line) = self.lines.get(position).or(self.lines.last()) else { break };
            let is_further = position >= self.lines.len();
            if !is_further {
                row.push_str(&xml[done..line.whole.start]);
                done = line.whole.end;
            }
            let mut of_line = self.write(line, person, position + 1, is_further, scheme, &mut row);
            of_line.left_out.extend(self.left_out(line, person, &mut above, scheme));
            filled.push(of_line);
            package.push(&mut part, row.as_bytes(), &mut deflater)?;
        }
        package.push(&mut part, &xml.as_bytes()[done..], &mut deflater)?;
        package.close(part, &mut deflater)?;
        rest.iter().try_for_each(|part| package.copy(part))?;
        package.finish()?;
        Ok((bytes, filled))
    }

    /// What this person answers where a cell goes on one above, and another answer stands there; `above` has the answers that stand there.
    fn left_out(&self, line: &Line, person: &Registration, above: &mut [String], scheme: &Scheme) -> Vec<(Field, String)> {
        let mut left_out = Vec::new();
        for (position, (_, content)) in self.columns.filled.iter().enumerate().filter(|(_, (_, content))| !content.is_seq()) {
            let text = content.text(person, 0, scheme);
            if !line.shared.contains(&position) {
                above[position] = text;
            } else if !text.is_empty() && text != above[position] {
                left_out.extend(content.field(scheme).map(|field| (field, text)));
            }
        }
        left_out
    }

    fn write(&self, line: &Line, person: &Registration, seq: usize, is_further: bool, scheme: &Scheme, out: &mut String) -> Filled {
        let xml = &self.blank.xml;
        let mut filled = Filled::default();
        let mut written = String::new();
        let mut done = line.whole.start;
        filled.left_out.extend(line.closed.iter().chain(&self.closed).filter_map(|closed| closed.left_out(person, scheme)));
        for piece in &line.pieces {
            let Some((_, content)) = self.columns.filled.get(piece.column) else { continue };
            written.push_str(&xml[done..piece.xml.start]);
            done = piece.xml.end;
            let blank = &xml[piece.xml.clone()];
            let text = || content.text(person, seq, scheme);
            // a line's own number stays
            let stays =
                |is_placeholder: bool| !is_placeholder && (text().is_empty() || (content.is_seq() && !is_further && !blank.is_empty()));
            match &piece.kind {
                Kind::Answer { is_placeholder, .. } if stays(*is_placeholder) => written.push_str(blank),
                Kind::Answer { before, after, .. } => {
                    written.push_str(before);
                    push_text(&text(), &mut written, |c| filled.dropped.extend(content.field(scheme).map(|field| (field, c))));
                    written.push_str(after);
                }
                Kind::Rest | Kind::Hint { always: false } if stays(false) => written.push_str(blank),
                Kind::Rest | Kind::Hint { .. } => {}
                Kind::Box { field, option, offered, marks } => {
                    written.push_str(&marks[usize::from(is_ticked(person, *field, Some(*option), *offered, scheme))]);
                }
                Kind::Boxed { target, words, place, marks } => {
                    written.push_str(&marks[usize::from(is_answer(*target, words, *place, person, scheme))]);
                }
            }
        }
        written.push_str(&xml[done..line.whole.end]);
        // a line of a fixed height must grow with its answers
        let written = written.replacen("w:hRule=\"exact\"", "w:hRule=\"atLeast\"", 1);
        out.push_str(&if is_further { without_ids(&written) } else { written });
        filled
    }

    /// The empty lines below the heading: the first stretch of them.
    fn empty_lines<'t>(&self, table: &'t word::Table, heading: u32) -> Vec<&'t word::Row> {
        let below = usize::try_from(heading).unwrap_or(usize::MAX);
        let rows = table.rows.iter().skip(below).skip_while(|row| !self.is_empty_line(row));
        rows.take_while(|row| self.is_empty_line(row)).collect()
    }

    fn is_empty_line(&self, row: &word::Row) -> bool {
        let is_number = |cell: &word::Cell| self.columns.is_seq(cell.at.column) && cell.text.trim().chars().all(|c| c.is_ascii_digit());
        let is_filled = |cell: &word::Cell| self.columns.filled.iter().any(|(column, _)| *column == cell.at.column);
        let has_boxes = |cell: &word::Cell| {
            let boxed = boxed_words(&cell.text);
            is_filled(cell) && !boxed.is_empty() && boxed.iter().all(|one| !one.ticked)
        };
        let is_free = |cell: &word::Cell| is_room(&cell.text) || is_number(cell) || is_placeholder(&cell.text) || has_boxes(cell);
        row.cells.len() * 2 > self.columns.filled.len() && row.cells.iter().all(is_free)
    }

    fn line(&self, row: &word::Row, scheme: &Scheme) -> Line {
        let mut line = Line { whole: row.xml.clone(), pieces: Vec::new(), closed: Vec::new(), shared: Vec::new() };
        for (position, (column, content)) in self.columns.filled.iter().enumerate() {
            let Some(cell) = row.cells.iter().find(|cell| cell.at.column == *column && !cell.is_continued) else {
                line.shared.push(position);
                continue;
            };
            let boxed = boxed_words(&cell.text);
            if boxed.is_empty() {
                line.pieces.extend(self.answer(cell).into_iter().map(|(xml, kind)| Piece { xml, column: position, kind }));
                continue;
            }
            let Content::One(target) = *content else { continue };
            let words: BoxedWords = boxed.iter().map(|one| fold_label(&cell.text[one.words.clone()])).collect();
            let field = target.field().filter(|field| field.is_choice());
            let option_of = |word: &str| {
                let named = |option: &OptionSpec| fold_label(&option.label) == word || option.aliases.iter().any(|alias| alias == word);
                (0_u16..).zip(scheme.options(field?)).find(|(_, option)| named(option)).map(|(option, _)| option)
            };
            let offered = Offered::of(words.iter().filter_map(|word| option_of(word)));
            line.closed.push(match field {
                Some(field) => Closed::Choice(field, offered),
                None => Closed::Words(target, words.clone()),
            });
            for (place, one) in boxed.iter().enumerate() {
                let Some((xml, _)) = places(&cell.segments, &one.glyph).into_iter().next() else { continue };
                let [_, ticked] = both_states(&cell.text[one.glyph.clone()]);
                let marks = [self.blank.xml[xml.clone()].to_owned(), ticked];
                let kind = match (field, option_of(&words[place])) {
                    (Some(field), Some(option)) => Kind::Box { field, option, offered, marks },
                    (Some(_), None) => continue,
                    (None, _) => Kind::Boxed { target, words: words.clone(), place, marks },
                };
                line.pieces.push(Piece { xml, column: position, kind });
            }
        }
        line.pieces.sort_by_key(|piece| piece.xml.start);
        line
    }

    /// The places of a cell whose whole text gives way to the answer.
    fn answer(&self, cell: &word::Cell) -> Vec<(Range<usize>, Kind)> {
        let xml = &self.blank.xml;
        let Some(paragraph) = cell.paragraphs.first() else { return Vec::new() };
        let is_text = |holder: word::Holder| matches!(holder, word::Holder::Plain | word::Holder::Reference | word::Holder::Placeholder);
        let first = cell.segments.iter().position(|segment| is_text(segment.holder));
        let is_placeholder = is_placeholder(&cell.text);
        let mut found = Vec::new();
        for (index, segment) in cell.segments.iter().enumerate() {
            let kind = match Some(index) == first {
                true => Kind::Answer { before: String::new(), after: "", is_placeholder },
                false if is_placeholder => Kind::Hint { always: true },
                false => Kind::Rest,
            };
            found.push((segment.xml.clone(), kind));
        }
        if cell.segments.iter().any(|segment| segment.holder == word::Holder::Placeholder) {
            let hints = ["<w:showingPlcHdr", "<w:rStyle ", "<w:color w:val=\"808080\""].into_iter();
            found.extend(hints.filter_map(|name| Some((element(xml, cell.xml.clone(), name)?, Kind::Hint { always: false }))));
        }
        if first.is_some() {
            return found;
        }
        let face = paragraph.runs.last().filter(|run| !run.is_empty()).or(paragraph.mark.as_ref()).map_or("", |face| &xml[face.clone()]);
        let run = format!("<w:r>{face}<w:t xml:space=\"preserve\">");
        let (place, before, after) = match paragraph.end {
            Some(end) => (end..end, run, "</w:t></w:r>"),
            None => {
                let tag = xml[paragraph.xml.clone()].trim_end_matches("/>");
                (paragraph.xml.clone(), format!("{tag}>{run}"), "</w:t></w:r></w:p>")
            }
        };
        found.push((place, Kind::Answer { before, after, is_placeholder: false }));
        found
    }
}

/// Whether the text is a placeholder: `{{姓名}}`.
fn is_placeholder(text: &str) -> bool {
    let bare = text.trim();
    bare.starts_with("{{") && bare.ends_with("}}")
}

/// A repeated line without the ids that a document may hold only once.
fn without_ids(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = [" w14:paraId=\"", " w14:textId=\"", "<w:id w:val=\""].iter().filter_map(|name| rest.find(name)).min() {
        out.push_str(&rest[..at]);
        let is_element = rest[at..].starts_with('<');
        let value = rest[at..].find('"').map_or(rest.len(), |open| at + open + 1);
        rest = rest[value..].split_once('"').map_or("", |(_, after)| after);
        rest = if is_element { rest.split_once("/>").map_or("", |(_, after)| after) } else { rest };
    }
    out.push_str(rest);
    out
}
