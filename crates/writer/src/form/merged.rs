//! All forms in one document, a page each.

use mingce_core::registration::Registration;
use mingce_core::scheme::Scheme;

use super::filler::{Position, push_fixed};
use super::{Filled, FormFiller, FormTemplate};
use crate::Error;
use crate::docx::package::{OpenPart, PackageWriter};

/// A document of forms that is being written: one person after the other, in the memory of one and the packed file.
#[derive(Debug)]
pub struct MergedForms<'a, 'o> {
    filler: FormFiller<'a>,
    package: PackageWriter<'o>,
    part: OpenPart,
    position: Position,
    xml: String,
}

impl<'a, 'o> MergedForms<'a, 'o> {
    /// Begins a document; the file is put at the end of `out`.
    ///
    /// # Errors
    /// When the blank's parts outgrow what a file can hold.
    pub fn new(template: &'a FormTemplate, scheme: &'a Scheme, out: &'o mut Vec<u8>) -> Result<Self, Error> {
        let mut filler = template.filler(scheme);
        let mut package = PackageWriter::new(out);
        template.parts.iter().try_for_each(|part| package.copy(part))?;
        let mut part = package.open(&template.document, &mut filler.deflater)?;
        let mut xml = String::new();
        push_fixed(&template.head, &mut xml);
        package.push(&mut part, xml.as_bytes(), &mut filler.deflater)?;
        Ok(Self { filler, package, part, position: Position::First, xml })
    }

    /// Adds one person's form on a page of its own.
    ///
    /// # Errors
    /// When the document outgrows what a file can hold.
    pub fn push(&mut self, person: &Registration) -> Result<Filled, Error> {
        let mut filled = Filled::default();
        self.xml.clear();
        self.filler.body(person, self.position, &mut self.xml, &mut filled);
        self.position = Position::Further;
        self.package.push(&mut self.part, self.xml.as_bytes(), &mut self.filler.deflater)?;
        Ok(filled)
    }

    /// Ends the document.
    ///
    /// # Errors
    /// When the document outgrows what a file can hold.
    pub fn finish(mut self) -> Result<(), Error> {
        self.xml.clear();
        push_fixed(&self.filler.template.tail, &mut self.xml);
        self.package.push(&mut self.part, self.xml.as_bytes(), &mut self.filler.deflater)?;
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
