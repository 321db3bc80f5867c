//! The forms of many people in one workbook: sheets are filled by several threads, and written in the order of the people.

use std::collections::BTreeSet;

use mingce_core::registration::Registration;
use mingce_core::scheme::Scheme;
use rayon::prelude::*;

use super::FormWorkbook;
use super::own::Content;
use super::write::{Answers, Copy};
use crate::Error;
use crate::docx::package::{Deflater, PackageWriter, Packed};
use crate::form::Filled;
use crate::photo::Photo;
use crate::xlsx::form::MOST_SHEETS;
use crate::xlsx::person_sheet_name;
use crate::xlsx::template::copies::{self, links_of, links_text};
use crate::xlsx::template::list;

/// A workbook to which the forms of people are pushed.
#[derive(Debug)]
pub struct FormSheets<'a> {
    form: &'a FormWorkbook,
    scheme: &'a Scheme,
    people: &'a [&'a Registration],
    /// Who is expected to have a photo.
    has_photo: &'a [bool],
    names: Vec<String>,
    /// The parts of a sheet that are the same in all its copies.
    same: Vec<Packed>,
    package: PackageWriter<'a>,
    done: usize,
}

/// One person's sheet and what belongs to it, deflated.
struct Made {
    parts: Vec<Packed>,
    filled: Filled,
}

impl<'a> FormSheets<'a> {
    /// Begins a workbook for these people at the end of `out`, and says who of them has a photo.
    ///
    /// # Errors
    /// More people than a workbook can have sheets, nobody at all, or a workbook that outgrows what a file can hold.
    pub fn new(
        form: &'a FormWorkbook,
        people: &'a [&'a Registration],
        has_photo: &'a [bool],
        scheme: &'a Scheme,
        out: &'a mut Vec<u8>,
    ) -> Result<Self, Error> {
        // each sheet has its part, its relationships and those of what belongs to it, and a photo three parts; a package lists 65,535
        let photos = if has_photo.contains(&true) { 3 } else { 0 };
        let entries = 2 * (1 + form.own.len()) + photos;
        let most = MOST_SHEETS.min((usize::from(u16::MAX) - form.book.parts.len()) / entries);
        if people.is_empty() || people.len() > most {
            return Err(Error::TooMany { part: scheme.form.title.clone(), wanted: people.len(), most });
        }
        let names = names(form, people);
        let mut deflater = Deflater::new();
        let mut package = PackageWriter::new(out);
        let with_photo: Vec<usize> = (0..people.len()).filter(|number| has_photo.get(*number) == Some(&true)).collect();
        list::shared_parts(form, &names, form.photo.as_ref().map(|photo| (photo, &*with_photo)), &mut package, &mut deflater)?;
        let same = form.own.iter().filter(|part| matches!(part.content, Content::Same));
        let packed = |name: &str| Some(Packed::new(name, &form.book.part(name)?.content, &mut deflater));
        let same = same.map(|part| part.name.as_str()).filter_map(packed).collect::<Result<_, Error>>()?;
        Ok(Self { form, scheme, people, has_photo, names, same, package, done: 0 })
    }

    /// Writes the forms of the next people, as many as photos are given; what should be heard about each.
    ///
    /// The threads of the `rayon` pool this is called in share the work; the bytes do not depend on how many there are.
    ///
    /// # Errors
    /// A workbook that outgrows what a file can hold.
    pub fn push(&mut self, photos: &[Option<Photo>]) -> Result<Vec<Filled>, Error> {
        let numbers = self.done..self.people.len().min(self.done + photos.len());
        self.done = numbers.end;
        let sheets = &*self;
        let start = || (Deflater::new(), Vec::new());
        let make = |(deflater, xml): &mut (Deflater, Vec<u8>), (number, photo): (usize, &Option<Photo>)| {
            sheets.make(number, photo.as_ref(), deflater, xml)
        };
        let made: Vec<Made> = numbers.clone().into_par_iter().zip(photos).map_init(start, make).collect::<Result<_, Error>>()?;
        let mut filled = Vec::with_capacity(made.len());
        for ((number, one), photo) in numbers.zip(made).zip(photos) {
            filled.push(one.filled);
            one.parts.iter().try_for_each(|part| self.package.copy(part))?;
            for part in &self.same {
                self.package.copy_as(&self.form.book.copy_name(part.name(), number), part)?;
            }
            if let (Some(place), Some(photo)) = (&self.form.photo, photo) {
                self.package.store(&place.media(number), photo.jpeg())?;
            }
        }
        Ok(filled)
    }

    /// Ends the workbook.
    ///
    /// # Errors
    /// A workbook that outgrows what a file can hold.
    pub fn finish(self) -> Result<(), Error> {
        self.package.finish()
    }

    fn make(&self, number: usize, photo: Option<&Photo>, deflater: &mut Deflater, xml: &mut Vec<u8>) -> Result<Made, Error> {
        let form = self.form;
        let has_drawing = form.photo.is_some() && self.has_photo.get(number) == Some(&true);
        let has_photo = has_drawing && photo.is_some();
        let copy = Copy { person: self.people[number], number, name: &self.names[number], has_drawing, has_photo };
        let mut answers = Answers::of(form, &copy, self.scheme);
        xml.clear();
        answers.write(&form.pieces, xml);
        let mut parts = vec![Packed::new(&form.book.copy_name(form.sheet(), number), xml, deflater)?];
        for part in &form.own {
            xml.clear();
            match &part.content {
                Content::Same => continue,
                Content::Table => {
                    xml.extend(form.book.part(&part.name).and_then(|part| copies::content(part, number)).unwrap_or_default());
                }
                Content::Cut(pieces) => answers.write(pieces, xml),
            }
            parts.push(Packed::new(&form.book.copy_name(&part.name, number), xml, deflater)?);
        }
        for name in std::iter::once(form.sheet()).chain(form.own.iter().map(|part| part.name.as_str())) {
            let links = links_text(&form.book, name, &form.own, number);
            let links = match &form.photo {
                Some(place) => place.links(name, links, number, [has_drawing, has_photo]),
                None => links,
            };
            if let Some(links) = links {
                parts.push(Packed::new(&links_of(&form.book.copy_name(name, number)), links.as_bytes(), deflater)?);
            }
        }
        if let Some(place) = form.photo.as_ref().filter(|_| has_drawing) {
            for (name, text) in place.new_parts(number, has_photo) {
                parts.push(Packed::new(&name, text.as_bytes(), deflater)?);
            }
        }
        Ok(Made { parts, filled: answers.filled })
    }
}

/// The names of the people's sheets; no other sheet of the blank has one of them.
fn names(form: &FormWorkbook, people: &[&Registration]) -> Vec<String> {
    let others: BTreeSet<String> = form.book.tabs.iter().map(|tab| tab.name.to_lowercase()).collect();
    let names = people.iter().zip(1..).map(|(person, number)| {
        let name = person_sheet_name(number, people.len(), &person.name);
        if others.contains(&name.to_lowercase()) { format!("{number:05}") } else { name }
    });
    names.collect()
}
