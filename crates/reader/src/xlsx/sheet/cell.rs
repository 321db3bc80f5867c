//! One cell: from what stands in the XML to its kind and its text.

use std::io::BufRead;

use mingce_core::address::{Address, Column};
use mingce_core::grid::Kind;
use mingce_ooxml::Limit;
use mingce_ooxml::xml::{Tag, Token};

use super::SheetReader;
use super::plain::Plain;
use crate::error::Error;
use crate::number::{Shown, iso_date, write_number};
use crate::pictures::MOST;
use crate::xlsx::escape::unescaped;
use crate::xlsx::in_cell::{self, Named};
use crate::xlsx::strings::{lookup, rich_text};

/// What the tag of a cell says.
pub(super) struct Head {
    /// Its address, as far as one fits; no address of a sheet is longer.
    reference: Option<Reference>,
    style: usize,
    stored: Stored,
    /// The number of its rich value, counted from 1; 0 for none.
    rich: u32,
}

/// An address kept without allocating: this is read for every cell.
enum Reference {
    Short([u8; 15], u8),
    Long(String),
}

/// How the value of a cell is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    Number,
    SharedString,
    /// Text, the result of a formula mostly.
    Text,
    Inline,
    Boolean,
    Error,
    Date,
}

impl Head {
    pub(super) fn of(tag: &Tag<'_>) -> Self {
        let mut head = Self { reference: None, style: 0, stored: Stored::Number, rich: 0 };
        for (name, value) in tag.attributes() {
            match name {
                "r" => head.reference = Some(Reference::of(&value)),
                "s" => head.style = value.parse().unwrap_or(0),
                "t" => head.stored = Stored::of(&value),
                "vm" => head.rich = value.parse().unwrap_or(0),
                _ => {}
            }
        }
        head
    }
}

impl Reference {
    fn of(text: &str) -> Self {
        let mut short = [0; 15];
        match (short.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                Self::Short(short, length)
            }
            _ => Self::Long(text.to_owned()),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Short(bytes, length) => std::str::from_utf8(&bytes[..usize::from(*length)]).unwrap_or_default(),
            Self::Long(text) => text,
        }
    }
}

impl Stored {
    /// A type nobody knows is read as text: what stands there is shown, not guessed.
    fn of(name: &str) -> Self {
        match name {
            "n" => Self::Number,
            "s" => Self::SharedString,
            "inlineStr" => Self::Inline,
            "b" => Self::Boolean,
            "e" => Self::Error,
            "d" => Self::Date,
            _ => Self::Text,
        }
    }
}

/// What stands between the tags of a cell, beside its texts.
#[derive(Default)]
struct Body {
    has_value: bool,
    has_formula: bool,
}

impl<R: BufRead> SheetReader<'_, '_, R> {
    pub(super) fn read_cell(&mut self, head: Head) -> Result<(), Error> {
        let column = self.place(head.reference.as_ref().map(Reference::as_str))?;
        let body = self.read_body(column)?;
        self.keep(&head, &body, column)
    }

    /// Takes the cells that stand plain behind the one read last, as long as they belong to its row.
    pub(super) fn read_plain_cells(&mut self) -> Result<(), Error> {
        loop {
            let ahead = self.xml.ahead()?;
            let Some(plain) = Plain::at(ahead).filter(|plain| plain.row == self.row) else { return Ok(()) };
            let Some(column) = Column::new(plain.column) else { return Ok(()) };
            let head = Head { reference: None, style: plain.style, stored: plain.stored, rich: 0 };
            let length = plain.length;
            self.value.clear();
            self.value.push_str(plain.value);
            self.xml.pass(length);
            self.formula.clear();
            self.column = column.number();
            self.last_column = self.last_column.max(self.column);
            self.keep(&head, &Body { has_value: true, has_formula: false }, column)?;
        }
    }

    /// Decides the text of a cell that has been read, and keeps it if there is any.
    fn keep(&mut self, head: &Head, body: &Body, column: Column) -> Result<(), Error> {
        if self.value.is_empty() && !body.has_formula {
            return Ok(());
        }
        if let Some(named) = self.picture_in(head, body) {
            self.pictures.push((Address { row: self.row, column }, named));
            return Ok(());
        }
        self.text.clear();
        let kind = self.decide(head, body, column)?;
        let look = match self.looks.take() {
            Some(looks) => {
                self.context.budget.expect_looks(looks.len(), &self.sheet)?;
                looks.put(Address { row: self.row, column }, self.builder.facts());
                looks.whole()
            }
            None => self.context.styles.look(head.style),
        };
        self.context.budget.push_with(&mut self.builder, column, (kind, look), &self.text, &self.sheet)
    }

    /// The picture that is the cell's value; what programs that cannot show it have in its place is no text of the cell.
    fn picture_in(&self, head: &Head, body: &Body) -> Option<Named> {
        if head.stored == Stored::Error && self.context.in_cell.is_picture(head.rich) {
            return Some(Named::Excel(head.rich));
        }
        let in_formula = if body.has_formula { in_cell::name_in(&self.formula) } else { None };
        let is_typed = self.value.starts_with('=') && matches!(head.stored, Stored::Text | Stored::Inline);
        let name = in_formula.or_else(|| if is_typed { in_cell::name_in(&self.value) } else { None })?;
        (self.pictures.len() < MOST).then(|| Named::Wps(name.to_owned()))
    }

    /// Reads on to the end of the cell: its value and its formula.
    fn read_body(&mut self, column: Column) -> Result<Body, Error> {
        self.value.clear();
        self.formula.clear();
        self.looks = None;
        let mut body = Body::default();
        let outside = self.xml.depth().saturating_sub(1);
        while self.xml.depth() > outside {
            match self.xml.next()? {
                Token::Start(tag) => match tag.name() {
                    "v" => {
                        body.has_value = true;
                        self.read_value(column)?;
                    }
                    "is" => {
                        self.value.clear();
                        let (limits, row) = (self.context.budget.limits, self.row);
                        let looks = rich_text(&mut self.xml, &mut self.value, limits, || format!("单元格 {column}{row}"))?;
                        self.looks = Some(looks).filter(|looks| !looks.is_empty());
                    }
                    "f" => {
                        body.has_formula = true;
                        let shared = tag.attribute("si").map(|index| index.into_owned());
                        self.read_formula(shared, column)?;
                    }
                    _ => self.xml.skip_element()?,
                },
                Token::Eof => break,
                Token::End(_) | Token::Text(_) => {}
            }
        }
        Ok(body)
    }

    fn read_value(&mut self, column: Column) -> Result<(), Error> {
        let outside = self.xml.depth().saturating_sub(1);
        self.value.clear();
        while self.xml.depth() > outside {
            if let Token::Text(piece) = self.xml.next()? {
                self.value.push_str(&piece);
            }
            if self.value.len() as u64 > self.context.budget.limits.cell {
                return Err(self.too_long(column));
            }
        }
        Ok(())
    }

    /// A shared formula stands in full in one cell, the others name its number.
    fn read_formula(&mut self, shared: Option<String>, column: Column) -> Result<(), Error> {
        let outside = self.xml.depth().saturating_sub(1);
        while self.xml.depth() > outside {
            if let Token::Text(piece) = self.xml.next()? {
                self.formula.push_str(&piece);
            }
            if self.formula.len() as u64 > self.context.budget.limits.cell {
                return Err(self.too_long(column));
            }
        }
        if let Some(index) = shared {
            if self.formula.is_empty() {
                self.formula.push_str(self.shared_formulas.get(&index).map_or("", String::as_str));
            } else {
                self.shared_formulas.entry(index).or_insert_with(|| self.formula.clone());
            }
        }
        Ok(())
    }

    /// Writes the cell's text, and says what kind it is.
    fn decide(&mut self, head: &Head, body: &Body, column: Column) -> Result<Kind, Error> {
        if self.value.is_empty() {
            // a formula may well give the empty text; then it says that its result is text
            if head.stored == Stored::Text && body.has_value {
                return Ok(Kind::Text);
            }
            self.text.push('=');
            self.text.push_str(&self.formula);
            return Ok(Kind::Uncomputed);
        }
        let value = self.value.as_str();
        Ok(match head.stored {
            Stored::SharedString => {
                let strings = self.context.strings;
                let (shared, looks) = lookup(strings, value).ok_or_else(|| Error::NoSuchText {
                    sheet: self.sheet.clone(),
                    cell: self.address(column),
                    found: value.to_owned(),
                })?;
                self.text.push_str(shared);
                self.looks = looks.cloned();
                Kind::Text
            }
            Stored::Number => {
                let shown = self.context.styles.shown.get(head.style).unwrap_or(&Shown::General);
                write_number(value, shown, self.context.epoch, &mut self.text)
            }
            Stored::Text | Stored::Inline => {
                self.text.push_str(&unescaped(value));
                Kind::Text
            }
            Stored::Boolean => {
                let truth = match value.trim() {
                    "1" | "true" => Some("TRUE"),
                    "0" | "false" => Some("FALSE"),
                    _ => None,
                };
                self.text.push_str(truth.unwrap_or(value));
                if truth.is_some() { Kind::Boolean } else { Kind::Text }
            }
            Stored::Error => {
                self.text.push_str(value);
                Kind::Error
            }
            Stored::Date => match iso_date(value) {
                Some(date) => {
                    self.text.push_str(&date);
                    Kind::Date
                }
                None => {
                    self.text.push_str(value);
                    Kind::Text
                }
            },
        })
    }

    fn too_long(&self, column: Column) -> Error {
        let at = format!("工作表「{}」的单元格 {}", self.sheet, self.address(column));
        Error::LimitExceeded { limit: Limit::Cell, allowed: self.context.budget.limits.cell, at: Some(at) }
    }
}
