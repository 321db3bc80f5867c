//! Documents that somebody else made, opened to be filled.

use mingce_ooxml::{Limits, Package};

use super::build::DOCUMENT;
use super::package::{Deflater, Packed};
use crate::Error;
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
}

impl Blank {
    /// Opens a Word document.
    ///
    /// # Errors
    /// When the file is no Word document, or exceeds the limits.
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, Error> {
        let (document, parts) = parts_of(bytes)?;
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
        Ok(Self { document, xml, parts: packed, edges })
    }
}

/// A part of a package: its name and its bytes.
type NamedPart = (String, Vec<u8>);

/// The name of a Word document's main part, and all parts with their contents, that one as UTF-8.
///
/// # Errors
/// When the file is no Word document, or exceeds the limits.
pub(crate) fn parts_of(bytes: &[u8]) -> Result<(String, Vec<NamedPart>), Error> {
    let fail = |error: mingce_ooxml::Error| Error::Document { part: DOCUMENT.to_owned(), source: error.into() };
    let package = Package::open(bytes, &Limits::default()).map_err(fail)?;
    let document = package.main_part().map_err(fail)?.unwrap_or_else(|| DOCUMENT.to_owned());
    let names: Vec<String> = package.names().filter(|name| !name.ends_with('/')).map(str::to_owned).collect();
    let mut parts = Vec::with_capacity(names.len());
    for name in names {
        let content = if name == document { package.xml_text(&name).map(String::into_bytes) } else { package.part(&name) };
        parts.push((name, content.map_err(fail)?));
    }
    Ok((document, parts))
}
