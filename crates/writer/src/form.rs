//! The form 登记表 as Word documents: a blank is looked at once, then every person is one pass of splicing.
//!
//! The central noun is [`FormTemplate`]: an empty form, ours or an office's, whose XML is cut at the places that the
//! recogniser found. Parts that do not change are deflated once and copied into every file. Our own blank is laid out in
//! `docx`; from there on it is a blank like any other.

mod control;
mod cutter;
mod edge;
mod filler;
mod fit;
mod locate;
mod merged;
mod page;
mod pen;
mod photo;
mod piece;
pub(crate) mod placeholder;
mod recurring;
mod scale;
mod spare;
mod splice;

#[cfg(test)]
mod tests;

use mingce_core::recognize::Recognizer;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};

use edge::EdgePart;
pub(crate) use edge::is_edge;
pub use filler::FormFiller;
pub(crate) use locate::element;
pub use merged::{MergedForms, MergedPhotos, merged_docx};
pub(crate) use scale::Scalable;
pub(crate) use splice::push_text;

use crate::Error;
use crate::blank::Closed;
use crate::docx::blank::Opened;
use crate::docx::build::{self, DOCUMENT, Parts};
use crate::docx::package::{Deflater, PackageWriter, Packed};
use crate::docx::unit::Twips;
use locate::Located;
use photo::PhotoParts;
use piece::{Piece, Slot};
use recurring::Recurring;

/// An empty form with its places located, ready to be filled.
#[derive(Debug, Clone)]
pub struct FormTemplate {
    /// Parts that do not change.
    parts: Vec<Packed>,
    /// Parts with placeholders; they stand among the parts above, too, as they are in the blank.
    edges: Vec<EdgePart>,
    /// What a file with photos has beside them; nothing where the blank has no place for one.
    photos: Option<PhotoParts>,
    /// The name of the part that is filled.
    document: String,
    /// The filled part up to the body, the body, and what follows it.
    head: Vec<Piece>,
    body: Vec<Piece>,
    tail: Vec<Piece>,
    /// Their texts that are the same for many.
    recurring: Recurring,
    slots: Vec<Slot>,
    /// The labels that were found, in reading order, with the fields that stand there.
    places: Vec<(String, Vec<Field>)>,
    /// Labels of the blank that no field claims, as written.
    unclaimed: Vec<String>,
    /// Answers that can only be ticked.
    closed: Vec<Closed>,
    /// The properties of the last section, where every form of a document needs sections of its own.
    section: Option<String>,
    /// Room that rows may grow into before the form needs a second page.
    spare: Twips,
    /// Size of type, in half points, below which nothing is shrunk.
    smallest: u32,
    /// Whether the blank has macros, which the forms are without.
    has_macros: bool,
}

/// What somebody should hear about a form that was filled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// Characters that XML forbids and that were left out, with the field they stood in.
    pub dropped: Vec<(Field, char)>,
    /// Answers that did not fit their cell at the smallest size, so that the form may take a second page; nothing was cut.
    pub spilled: Vec<Field>,
    /// Answers, or parts of them, that the blank does not offer to tick and has no place for (`手机充值`), each with its field.
    pub left_out: Vec<(Field, String)>,
}

impl FormTemplate {
    /// The scheme's own annex 1.
    ///
    /// # Errors
    /// [`Error::NoForm`] when the scheme's layout has no labels with places for answers.
    ///
    /// # Examples
    /// ```
    /// use mingce_core::{registration::Registration, scheme::Scheme};
    /// use mingce_writer::form::FormTemplate;
    ///
    /// let scheme = Scheme::built_in();
    /// let mut person = Registration::default();
    /// person.name = "张三".into();
    /// let mut docx = Vec::new();
    /// FormTemplate::built_in(&scheme)?.fill(&person, &scheme, &mut docx)?;
    /// assert!(docx.starts_with(b"PK"));
    /// # Ok::<(), mingce_writer::Error>(())
    /// ```
    pub fn built_in(scheme: &Scheme) -> Result<Self, Error> {
        let (parts, spare) = build::form(scheme)?;
        let mut template = Self::from_parts(parts.into_iter().map(|(name, text)| (name, text.into_bytes())), DOCUMENT, scheme)?;
        template.spare = spare;
        Ok(template)
    }

    /// A blank that somebody made in Word or WPS.
    ///
    /// # Errors
    /// When the file is no Word document, exceeds the limits, or has no form in it.
    pub fn from_docx(bytes: &[u8], scheme: &Scheme) -> Result<Self, Error> {
        let Opened { document, parts, has_macros } = Opened::of(bytes)?;
        Ok(Self { has_macros, ..Self::from_parts(parts.into_iter(), &document, scheme)? })
    }

    fn from_parts(parts: impl Iterator<Item = (String, Vec<u8>)>, document: &str, scheme: &Scheme) -> Result<Self, Error> {
        let mut deflater = Deflater::new();
        let mut xml = String::new();
        let mut packed = Vec::new();
        let mut photos = PhotoParts::wanted(document);
        let recognizer = Recognizer::new(scheme);
        let mut edges = Vec::new();
        let mut styles = String::new();
        for (name, content) in parts {
            photos.note(&name, &content);
            if name == document {
                xml = String::from_utf8(content).map_err(|error| Error::Document { part: name, source: error.into() })?;
            } else {
                if name.ends_with("/styles.xml") {
                    styles = String::from_utf8_lossy(&content).into_owned();
                }
                edges.extend(edge::part(&name, &content, &recognizer));
                packed.push(Packed::new(&name, &content, &mut deflater)?);
            }
        }
        let Located { head, body, tail, slots, mut places, mut unclaimed, closed, section, spare } =
            locate::locate(&xml, document, &styles, scheme)?;
        places.extend(edges.iter().flat_map(|edge| edge.places.iter().cloned()));
        unclaimed.extend(edges.iter().flat_map(|edge| edge.unclaimed.iter().cloned()));
        let has_photo = body.iter().any(|piece| matches!(piece, Piece::Photo { .. }));
        let photos = if has_photo { photos.made(&mut packed, &mut deflater)? } else { None };
        let smallest = crate::docx::unit::half_points(scheme.form.smallest);
        Ok(Self {
            parts: packed,
            edges,
            photos,
            document: document.to_owned(),
            recurring: Recurring::of(&head, &body, &tail),
            head,
            body,
            tail,
            slots,
            places,
            unclaimed,
            closed,
            section,
            spare,
            smallest,
            has_macros: false,
        })
    }

    /// The fields that the form has a place for, in reading order.
    pub fn fields(&self) -> impl Iterator<Item = Field> + '_ {
        self.places.iter().flat_map(|(_, fields)| fields.iter().copied())
    }

    /// The labels that were found, as written and in reading order, each with the fields that stand there.
    #[must_use]
    pub fn places(&self) -> &[(String, Vec<Field>)] {
        &self.places
    }

    /// Whether the form has a place for a photo.
    #[must_use]
    pub fn has_photo(&self) -> bool {
        self.photos.is_some()
    }

    /// Whether the blank has macros: the forms have none, because a .docx must not.
    #[must_use]
    pub fn has_macros(&self) -> bool {
        self.has_macros
    }

    /// The placeholders in headers, footers and notes: they are filled in a file of one person's own, and stay in a document of
    /// several forms, which share them.
    pub fn shared_places(&self) -> impl Iterator<Item = &str> {
        self.edges.iter().flat_map(|edge| edge.places.iter().map(|(label, _)| label.as_str()))
    }

    /// Labels of the form that no field claims, as written.
    #[must_use]
    pub fn unclaimed(&self) -> &[String] {
        &self.unclaimed
    }

    /// Fills one form; the file is put at the end of `out`.
    ///
    /// To fill many, take a [`FormTemplate::filler`], which keeps its buffers.
    ///
    /// # Errors
    /// When the form outgrows what a file can hold.
    pub fn fill(&self, person: &Registration, scheme: &Scheme, out: &mut Vec<u8>) -> Result<Filled, Error> {
        self.filler(scheme).fill(person, out)
    }

    /// Something to fill many forms with, on one thread.
    #[must_use]
    pub fn filler<'a>(&'a self, scheme: &'a Scheme) -> FormFiller<'a> {
        FormFiller::new(self, scheme)
    }
}

/// The empty annex 1.
///
/// # Errors
/// When the scheme's layout gives no document.
pub fn blank_docx(scheme: &Scheme) -> Result<Vec<u8>, Error> {
    let (parts, _) = build::form(scheme)?;
    pack(&parts)
}

/// A file of these parts.
pub(crate) fn pack(parts: &Parts) -> Result<Vec<u8>, Error> {
    let mut deflater = Deflater::new();
    let mut bytes = Vec::new();
    let mut package = PackageWriter::new(&mut bytes);
    for (name, text) in parts {
        package.deflate(name, text.as_bytes(), &mut deflater)?;
    }
    package.finish()?;
    Ok(bytes)
}
