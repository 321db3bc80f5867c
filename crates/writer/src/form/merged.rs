//! All forms in one document, a page each.

use mingce_core::registration::Registration;
use mingce_core::scheme::Scheme;

use super::filler::{Place, Position, push_fixed};
use super::{Filled, FormFiller, FormTemplate, page};
use crate::Error;
use crate::docx::package::{OpenPart, PackageWriter};
use crate::docx::stencil::Traced;
use crate::photo::Photo;

/// A package without zip64 has at most 65,535 parts.
const MOST_PHOTOS: u32 = 65_000;

/// A document of forms that is being written: one person after the other, in the memory of one and the packed file.
#[derive(Debug)]
pub struct MergedForms<'a, 'o> {
    filler: FormFiller<'a>,
    package: PackageWriter<'o>,
    part: OpenPart,
    position: Position,
    number: u32,
    /// For each of the people to come, which photo is theirs; empty in a document without photos.
    photos: std::vec::IntoIter<Option<u32>>,
    xml: Traced,
}

/// A document of forms whose photos are being written; they come before the forms, so that none of them is kept in memory.
#[derive(Debug)]
pub struct MergedPhotos<'a, 'o> {
    template: &'a FormTemplate,
    package: PackageWriter<'o>,
    people: Vec<Option<u32>>,
    count: u32,
}

impl<'a, 'o> MergedPhotos<'a, 'o> {
    /// Begins a document with photos; the file is put at the end of `out`.
    ///
    /// # Errors
    /// When the blank's parts outgrow what a file can hold.
    pub fn new(template: &'a FormTemplate, out: &'o mut Vec<u8>) -> Result<Self, Error> {
        let mut package = PackageWriter::new(out);
        let photos = template.photos.as_ref();
        for part in &template.parts {
            // the list of photos is written when all of them are known
            if photos.is_none_or(|photos| !photos.is_list(part)) {
                package.copy(photos.map_or(part, |photos| photos.instead_of(part)))?;
            }
        }
        Ok(Self { template, package, people: Vec::new(), count: 0 })
    }

    /// Adds the next person's photo, or notes that there is none.
    ///
    /// # Errors
    /// When the document outgrows what a file can hold.
    pub fn push(&mut self, photo: Option<&Photo>) -> Result<(), Error> {
        let photo = photo.and_then(|photo| Some((photo, self.template.photos.as_ref()?)));
        if let Some((photo, parts)) = photo {
            if self.count >= MOST_PHOTOS {
                return Err(Error::TooManyPhotos { most: MOST_PHOTOS });
            }
            self.count += 1;
            self.package.store(&parts.media(self.count), photo.jpeg())?;
        }
        self.people.push(photo.map(|_| self.count));
        Ok(())
    }

    /// Ends the photos and begins the forms, which are those of the same people in the same order.
    ///
    /// # Errors
    /// When the document outgrows what a file can hold.
    pub fn into_forms(mut self, scheme: &'a Scheme) -> Result<MergedForms<'a, 'o>, Error> {
        let mut filler = self.template.filler(scheme);
        if let Some(photos) = &self.template.photos {
            let mut part = self.package.open(photos.list(), &mut filler.deflater)?;
            for piece in photos.links(self.count) {
                self.package.push(&mut part, piece.as_bytes(), &mut filler.deflater)?;
            }
            self.package.close(part, &mut filler.deflater)?;
        }
        MergedForms::begin(filler, self.package, self.people)
    }
}

impl<'a, 'o> MergedForms<'a, 'o> {
    /// Begins a document; the file is put at the end of `out`.
    ///
    /// # Errors
    /// When the blank's parts outgrow what a file can hold.
    pub fn new(template: &'a FormTemplate, scheme: &'a Scheme, out: &'o mut Vec<u8>) -> Result<Self, Error> {
        let filler = template.filler(scheme);
        let mut package = PackageWriter::new(out);
        template.parts.iter().try_for_each(|part| package.copy(part))?;
        Self::begin(filler, package, Vec::new())
    }

    fn begin(mut filler: FormFiller<'a>, mut package: PackageWriter<'o>, photos: Vec<Option<u32>>) -> Result<Self, Error> {
        let mut part = package.open(&filler.template.document, &mut filler.deflater)?;
        let mut xml = Traced::default();
        push_fixed(&filler.template.head, &filler.template.recurring.head, &mut xml);
        package.push(&mut part, xml.text.as_bytes(), &mut filler.deflater)?;
        Ok(Self { filler, package, part, position: Position::First, number: 0, photos: photos.into_iter(), xml })
    }

    /// Adds one person's form on a page of its own.
    ///
    /// # Errors
    /// When the document outgrows what a file can hold.
    pub fn push(&mut self, person: &Registration) -> Result<Filled, Error> {
        let mut filled = Filled::default();
        self.xml.clear();
        if let (Position::Further, Some(section)) = (self.position, &self.filler.template.section) {
            self.xml.text.push_str(&page::section_end(section));
        }
        let place = Place { position: self.position, number: self.number, photo: self.photos.next().flatten() };
        self.number = self.number.saturating_add(1);
        self.filler.body(person, place, &mut self.xml, &mut filled);
        self.position = Position::Further;
        self.package.push(&mut self.part, self.xml.text.as_bytes(), &mut self.filler.deflater)?;
        Ok(filled)
    }

    /// Ends the document.
    ///
    /// # Errors
    /// When the document outgrows what a file can hold.
    pub fn finish(mut self) -> Result<(), Error> {
        self.xml.clear();
        push_fixed(&self.filler.template.tail, &self.filler.template.recurring.tail, &mut self.xml);
        self.package.push(&mut self.part, self.xml.text.as_bytes(), &mut self.filler.deflater)?;
        self.package.close(self.part, &mut self.filler.deflater)?;
        self.package.finish()
    }
}

/// One document with everybody's form, a page each, and what should be heard about each of them.
///
/// With nobody in it, it holds no page; [`super::blank_docx`] gives the empty form.
///
/// # Errors
/// When the document outgrows what a file can hold.
pub fn merged_docx<'p>(
    people: impl IntoIterator<Item = &'p Registration>,
    template: &FormTemplate,
    scheme: &Scheme,
) -> Result<(Vec<u8>, Vec<Filled>), Error> {
    let mut bytes = Vec::new();
    let mut document = MergedForms::new(template, scheme, &mut bytes)?;
    let mut filled = Vec::new();
    for person in people {
        filled.push(document.push(person)?);
    }
    document.finish()?;
    Ok((bytes, filled))
}
