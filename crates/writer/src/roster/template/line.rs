//! One empty line of a roster blank: where its answers go, and how it is written.

use std::ops::Range;

use mingce_core::address::Column;
use mingce_core::recognize::Target;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, OptionSpec, Scheme};
use mingce_core::text::fold_label;
use mingce_ooxml::word;

use crate::blank::{BoxedWords, Closed, Columns, Content, Offered, both_states, boxed_words, is_answer, is_room, is_ticked, places};
use crate::form::{Filled, element, push_text};

/// One empty line, cut at its places: a part for each of the lists that stand side by side in the table.
pub(super) struct Line {
    pub(super) whole: Range<usize>,
    parts: Vec<Part>,
}

/// The part of a line that is one person's.
#[derive(Default)]
struct Part {
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

/// Who stands in a part of a line, and which number the line has.
#[derive(Clone, Copy)]
pub(super) struct Who<'p> {
    /// Nobody in a line that stays empty.
    pub(super) person: Option<&'p Registration>,
    /// Counted through the list, from the number that its first line has.
    pub(super) number: usize,
}

/// Whether the row of a table with these lists side by side waits for people; a remark that is merged down over lines is none of theirs,
/// nor is the name of a group in the column beside them.
pub(super) fn is_empty(row: &word::Row, table: &word::Table, lists: &[Columns], beside: Option<Column>) -> bool {
    let is_number =
        |cell: &word::Cell| lists.iter().any(|list| list.is_seq(cell.at.column)) && cell.text.trim().chars().all(|c| c.is_ascii_digit());
    let filled = || lists.iter().flat_map(|list| &list.filled);
    let has_boxes = |cell: &word::Cell| {
        let boxed = boxed_words(&cell.text);
        let is_filled = filled().any(|(column, _)| *column == cell.at.column);
        is_filled && !boxed.is_empty() && boxed.iter().all(|one| !one.ticked)
    };
    let is_merged = |cell: &word::Cell| table.grid.merges.iter().any(|merge| merge.first == cell.at && merge.last.row > cell.at.row);
    let is_numbered = || lists.iter().any(|list| number(row, list).is_some());
    let names_group = |cell: &word::Cell| beside == Some(cell.at.column) && (is_merged(cell) || is_numbered());
    let is_remark = |cell: &word::Cell| filled().all(|(column, _)| *column != cell.at.column) && is_merged(cell);
    let is_free = |cell: &word::Cell| {
        is_room(&cell.text) || is_number(cell) || is_placeholder(&cell.text) || has_boxes(cell) || is_remark(cell) || names_group(cell)
    };
    row.cells.len() * 2 > filled().count() && row.cells.iter().all(is_free)
}

/// The number that is printed in a line for this list.
pub(super) fn number(row: &word::Row, list: &Columns) -> Option<u32> {
    row.cells.iter().find(|cell| list.is_seq(cell.at.column))?.text.trim().parse().ok()
}

impl Line {
    /// Cuts the row of a table with these lists side by side.
    pub(super) fn new(row: &word::Row, xml: &str, lists: &[Columns], scheme: &Scheme) -> Self {
        Self { whole: row.xml.clone(), parts: lists.iter().map(|list| Part::new(row, xml, list, scheme)).collect() }
    }

    /// Whether a piece of the line holds some of these bytes.
    pub(super) fn holds(&self, place: &Range<usize>) -> bool {
        self.parts.iter().flat_map(|part| &part.pieces).any(|piece| piece.xml.start < place.end && place.start < piece.xml.end)
    }

    /// Whether placeholders stand in the line, which go even where nobody does.
    pub(super) fn has_placeholders(&self) -> bool {
        let is_placeholder = |piece: &Piece| matches!(piece.kind, Kind::Answer { is_placeholder: true, .. });
        self.parts.iter().flat_map(|part| &part.pieces).any(is_placeholder)
    }

    /// Writes the line with these people in its parts; for each of them, what should be heard.
    pub(super) fn write(
        &self,
        xml: &str,
        lists: &[Columns],
        people: &[Who<'_>],
        is_further: bool,
        scheme: &Scheme,
        out: &mut String,
    ) -> Vec<Filled> {
        let is_alone = lists.len() == 1;
        let mut pen = Pen { xml, is_further, is_alone, scheme, written: String::new(), done: self.whole.start, filled: Filled::default() };
        let mut filled = Vec::with_capacity(self.parts.len());
        for ((part, list), who) in self.parts.iter().zip(lists).zip(people) {
            if let Some(person) = who.person {
                pen.filled.left_out.extend(part.closed.iter().filter_map(|closed| closed.left_out(person, scheme)));
            }
            for piece in &part.pieces {
                if let Some((_, content)) = list.filled.get(piece.column) {
                    pen.piece(piece, content, *who);
                }
            }
            filled.push(std::mem::take(&mut pen.filled));
        }
        pen.written.push_str(&xml[pen.done..self.whole.end]);
        // a line of a fixed height must grow with its answers
        let written = pen.written.replacen("w:hRule=\"exact\"", "w:hRule=\"atLeast\"", 1);
        out.push_str(&if is_further { without_ids(&written) } else { written });
        filled
    }

    /// What this person answers where a cell goes on one above, and another answer stands there; `above` has the answers that
    /// stand there.
    pub(super) fn left_out(
        &self,
        at: usize,
        list: &Columns,
        person: &Registration,
        above: &mut [String],
        scheme: &Scheme,
    ) -> Vec<(Field, String)> {
        let Some(part) = self.parts.get(at) else { return Vec::new() };
        let mut left_out = Vec::new();
        for (position, (_, content)) in list.filled.iter().enumerate().filter(|(_, (_, content))| !content.is_seq()) {
            let text = content.text(person, 0, scheme);
            if !part.shared.contains(&position) {
                above[position] = text;
            } else if !text.is_empty() && text != above[position] {
                left_out.extend(content.field(scheme).map(|field| (field, text)));
            }
        }
        left_out
    }
}

/// Writes one line, piece after piece.
struct Pen<'a> {
    xml: &'a str,
    is_further: bool,
    /// Whether no list stands beside this one.
    is_alone: bool,
    scheme: &'a Scheme,
    written: String,
    done: usize,
    filled: Filled,
}

impl Pen<'_> {
    fn piece(&mut self, piece: &Piece, content: &Content, who: Who<'_>) {
        self.written.push_str(&self.xml[self.done..piece.xml.start]);
        self.done = piece.xml.end;
        let blank = &self.xml[piece.xml.clone()];
        // a line's own number stays, unless lines were added above that it follows
        let is_moved_on = self.is_alone && content.is_seq() && blank.trim().parse::<usize>().is_ok_and(|own| who.number > own);
        let text = || match who.person {
            Some(person) => content.text(person, who.number, self.scheme),
            None if is_moved_on => who.number.to_string(),
            None => String::new(),
        };
        let has_own_number = content.is_seq() && !self.is_further && !is_room(blank) && !is_moved_on;
        let stays = |is_placeholder: bool| !is_placeholder && (has_own_number || text().is_empty());
        match &piece.kind {
            // a further line repeats the number of another one, which is nobody's
            Kind::Answer { is_placeholder: false, .. } if self.is_further && content.is_seq() && who.person.is_none() => {}
            Kind::Answer { is_placeholder, .. } if stays(*is_placeholder) => self.written.push_str(blank),
            Kind::Answer { before, after, .. } => {
                let text = text();
                self.written.push_str(before);
                push_text(&text, &mut self.written, |c| self.filled.dropped.extend(content.field(self.scheme).map(|field| (field, c))));
                self.written.push_str(after);
            }
            Kind::Rest | Kind::Hint { always: false } if stays(false) => self.written.push_str(blank),
            Kind::Rest | Kind::Hint { .. } => {}
            Kind::Box { field, option, offered, marks } => {
                let is_on = who.person.is_some_and(|person| is_ticked(person, *field, Some(*option), *offered, self.scheme));
                self.written.push_str(&marks[usize::from(is_on)]);
            }
            Kind::Boxed { target, words, place, marks } => {
                let is_on = who.person.is_some_and(|person| is_answer(*target, words, *place, person, self.scheme));
                self.written.push_str(&marks[usize::from(is_on)]);
            }
        }
    }
}

impl Part {
    fn new(row: &word::Row, xml: &str, list: &Columns, scheme: &Scheme) -> Self {
        let mut part = Self::default();
        for (position, (column, content)) in list.filled.iter().enumerate() {
            let Some(cell) = row.cells.iter().find(|cell| cell.at.column == *column && !cell.is_continued) else {
                part.shared.push(position);
                continue;
            };
            let boxed = boxed_words(&cell.text);
            match content {
                _ if boxed.is_empty() => {
                    part.pieces.extend(answer(cell, xml).into_iter().map(|(xml, kind)| Piece { xml, column: position, kind }));
                }
                Content::One(target) => part.boxes(cell, position, *target, xml, scheme),
                Content::Several(_) | Content::Ticked(..) => {}
            }
        }
        part.pieces.sort_by_key(|piece| piece.xml.start);
        part
    }

    /// Cuts at the boxes of a cell.
    fn boxes(&mut self, cell: &word::Cell, column: usize, target: Target, document: &str, scheme: &Scheme) {
        let boxed = boxed_words(&cell.text);
        let words: BoxedWords = boxed.iter().map(|one| fold_label(&cell.text[one.words.clone()])).collect();
        let field = target.field().filter(|field| field.is_choice());
        let option_of = |word: &str| {
            let named = |option: &OptionSpec| fold_label(&option.label) == word || option.aliases.iter().any(|alias| alias == word);
            (0_u16..).zip(scheme.options(field?)).find(|(_, option)| named(option)).map(|(option, _)| option)
        };
        let offered = Offered::of(words.iter().filter_map(|word| option_of(word)));
        self.closed.push(match field {
            Some(field) => Closed::Choice(field, offered),
            None => Closed::Words(target, words.clone()),
        });
        for (place, one) in boxed.iter().enumerate() {
            let Some((xml, _)) = places(&cell.segments, &one.glyph).into_iter().next() else { continue };
            let [_, ticked] = both_states(&cell.text[one.glyph.clone()]);
            let marks = [document[xml.clone()].to_owned(), ticked];
            let kind = match (field, option_of(&words[place])) {
                (Some(field), Some(option)) => Kind::Box { field, option, offered, marks },
                (Some(_), None) => continue,
                (None, _) => Kind::Boxed { target, words: words.clone(), place, marks },
            };
            self.pieces.push(Piece { xml, column, kind });
        }
    }
}

/// The places of a cell whose whole text gives way to the answer.
fn answer(cell: &word::Cell, xml: &str) -> Vec<(Range<usize>, Kind)> {
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
