//! Documents that somebody else made, opened to be filled.

use mingce_ooxml::{Limits, Package};

use super::build::DOCUMENT;
use super::package::{Deflater, Packed};
use crate::Error;
use crate::blank::Plain;
use crate::form::{is_edge, placeholder};

/// A Word document taken apart: the part that is filled, and the others, deflated.
pub(crate) struct Blank {
    /// The name of the part that is filled.
    pub(crate) document: String,
    /// Its XML.
    pub(crate) xml: String,
    /// The other parts, the content types the first.
    pub(crate) parts: Vec<Packed>,
    /// The placeholders in headers, footers and notes, as written.
    pub(crate) edges: Vec<String>,
    /// Whether the file has macros, which the parts are without.
    pub(crate) has_macros: bool,
}

impl Blank {
    /// Opens a Word document.
    ///
    /// # Errors
    /// When the file is no Word document, or exceeds the limits.
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, Error> {
        let Opened { document, parts, has_macros } = Opened::of(bytes)?;
        let mut deflater = Deflater::new();
        let mut xml = String::new();
        let mut packed = Vec::new();
        let mut edges = Vec::new();
        for (name, content) in parts {
            if name == document {
                xml = String::from_utf8(content).map_err(|error| Error::Document { part: name, source: error.into() })?;
            } else {
                if is_edge(&name) {
                    edges.extend(placeholder::find(&String::from_utf8_lossy(&content)).iter().map(placeholder::Placeholder::label));
                }
                packed.push(Packed::new(&name, &content, &mut deflater)?);
            }
        }
        // readers that look at the first entry only expect the content types there
        packed.sort_by_key(|part| part.name() != "[Content_Types].xml");
        Ok(Self { document, xml, parts: packed, edges, has_macros })
    }
}

/// The parts of a Word document, made a plain one: no template, and without macros.
pub(crate) struct Opened {
    /// The name of the main part.
    pub(crate) document: String,
    /// All parts by name with their contents, the main one as UTF-8.
    pub(crate) parts: Vec<(String, Vec<u8>)>,
    /// Whether the file has macros, which the parts are without.
    pub(crate) has_macros: bool,
}

impl Opened {
    /// Takes a Word document apart.
    ///
    /// # Errors
    /// When the file is no Word document, or exceeds the limits.
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, Error> {
        let fail = |error: mingce_ooxml::Error| Error::Document { part: DOCUMENT.to_owned(), source: error.into() };
        let package = Package::open(bytes, &Limits::default()).map_err(fail)?;
        let document = package.main_part().map_err(fail)?.unwrap_or_else(|| DOCUMENT.to_owned());
        let plain = Plain::of(&package);
        let names: Vec<String> = package.names().filter(|name| !name.ends_with('/') && plain.keeps(name)).map(str::to_owned).collect();
        let mut parts = Vec::with_capacity(names.len());
        for name in names {
            let content = if name == document { package.xml_text(&name).map(String::into_bytes) } else { package.part(&name) };
            let content = plain.content(&name, content.map_err(fail)?);
            parts.push((name, content));
        }
        Ok(Self { document, parts, has_macros: plain.has_macros })
    }
}
