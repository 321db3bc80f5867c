//! A form that somebody laid out as a sheet: every person gets a copy of the sheet with the answers in it.

mod locate;
mod own;
mod sheets;
mod write;

use mingce_core::recognize::Recognizer;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_ooxml::Limits;
use mingce_ooxml::sheet;

pub use sheets::FormSheets;

use super::book::{Book, unreadable};
use super::controls::Controls;
use super::cutter::{Piece, Slot};
use super::photos::PhotoPlace;
use super::stray;
use crate::Error;
use crate::blank::Closed;
use crate::form::Filled;
use locate::Located;
pub(super) use own::{OwnPart, edge_lines};

/// An empty form in a workbook, its places located, ready to be filled.
#[derive(Debug, Clone)]
pub struct FormWorkbook {
    pub(super) book: Book,
    /// Which of its sheets is the form.
    pub(super) tab: usize,
    pieces: Vec<Piece>,
    /// What belongs to that sheet alone, in the order it is reached.
    pub(super) own: Vec<OwnPart>,
    slots: Vec<Slot>,
    places: Vec<(String, Vec<Field>)>,
    unclaimed: Vec<String>,
    /// Placeholders on the other sheets.
    strays: Vec<String>,
    /// Answers that can only be ticked.
    closed: Vec<Closed>,
    /// Where the photo lies; nowhere in a blank without a place for it.
    photo: Option<PhotoPlace>,
    /// Whether formulas are to be computed when it is opened.
    pub(super) has_formulas: bool,
}

impl FormWorkbook {
    /// A blank that somebody made in Excel or WPS.
    ///
    /// # Errors
    /// When the file is no workbook, exceeds the limits, has sheets of macros, or no sheet of it is a form.
    pub fn from_xlsx(bytes: &[u8], scheme: &Scheme) -> Result<Self, Error> {
        let mut book = Book::open(bytes)?;
        let recognizer = Recognizer::new(scheme);
        let (tab, xml, sheet, card) = locate::best(&book, &recognizer)?;
        let part = book.tabs[tab].part.clone().unwrap_or_default();
        let wanted: Vec<_> = locate::wanted(&card).into_iter().chain(Controls::cells(&book, &part)).collect();
        // an empty place that the file does not write is written first
        let xml = sheet::with_cells(&xml, &sheet, &wanted);
        let sheet = sheet::scan(&xml, &part, &book.styles, &Limits::default()).map_err(unreadable(&part))?;
        let found = locate::locate(&book, tab, [&xml, &part], &sheet, &card, &recognizer)?;
        let Located { pieces, own, slots, places, unclaimed, closed, photo, has_formulas, styles } = found;
        if places.is_empty() {
            return Err(Error::NoForm);
        }
        let strays = stray::elsewhere(&book, &[tab])?;
        if let (Some(styles), Some(name)) = (styles, book.styles_part.clone()) {
            book.parts.iter_mut().filter(|part| part.name == name).for_each(|part| part.content = styles.clone().into_bytes());
        }
        Ok(Self { book, tab, pieces, own, slots, places, unclaimed, strays, closed, photo, has_formulas })
    }

    /// The labels that were found, as written and in reading order, each with the fields that stand there.
    #[must_use]
    pub fn places(&self) -> &[(String, Vec<Field>)] {
        &self.places
    }

    /// Whether the form has a place for a photo.
    #[must_use]
    pub fn has_photo(&self) -> bool {
        self.photo.is_some()
    }

    /// Labels of the form that no field claims, as written.
    #[must_use]
    pub fn unclaimed(&self) -> &[String] {
        &self.unclaimed
    }

    /// Whether the blank has macros: the forms have none, because an .xlsx must not.
    #[must_use]
    pub fn has_macros(&self) -> bool {
        self.book.has_macros
    }

    /// Placeholders that nobody's answers take the place of, as written: they stand on the workbook's other sheets.
    #[must_use]
    pub fn strays(&self) -> &[String] {
        &self.strays
    }

    /// The forms of these people, a sheet each, in their order; the sheets are named `01-张三`. The blank's other sheets are there
    /// once. With it what should be heard about each person's form.
    ///
    /// For photos, and for many people, take [`FormSheets`].
    ///
    /// # Errors
    /// As [`FormSheets::new`] and [`FormSheets::push`].
    pub fn fill<'p>(
        &self,
        people: impl ExactSizeIterator<Item = &'p Registration>,
        scheme: &Scheme,
    ) -> Result<(Vec<u8>, Vec<Filled>), Error> {
        let people: Vec<&Registration> = people.collect();
        let mut bytes = Vec::new();
        let nothing = vec![false; people.len()];
        let mut sheets = FormSheets::new(self, &people, &nothing, scheme, &mut bytes)?;
        let filled = sheets.push(&vec![None; people.len()])?;
        sheets.finish()?;
        Ok((bytes, filled))
    }

    /// The part of the sheet that is filled.
    pub(super) fn sheet(&self) -> &str {
        self.book.tabs[self.tab].part.as_deref().unwrap_or_default()
    }
}
