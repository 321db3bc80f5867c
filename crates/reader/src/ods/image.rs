//! One picture: a part of the package, or in a file of one text (`.fods`) what stands in it in base64.

use std::io::BufRead;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mingce_core::grid::{PictureFile, PictureFormat};
use mingce_ooxml::xml::{Tag, Token};
use mingce_ooxml::{Limits, XmlReader};

use crate::error::Error;

/// Where a picture is.
#[derive(Debug)]
pub(super) enum Source {
    /// In a part of the package.
    Part(String),
    /// In the text itself.
    Inside(Arc<PictureFile>),
}

/// The part that an element of a picture leads to.
pub(super) fn part(tag: &Tag<'_>) -> Option<String> {
    tag.attribute("href").map(|part| part.trim_start_matches("./").to_owned())
}

/// Reads on to the end of a picture that leads to this part, or holds its bytes; `None` for one that does neither.
pub(super) fn read(xml: &mut XmlReader<impl BufRead>, part: Option<String>, limits: &Limits) -> Result<Option<Source>, Error> {
    if let Some(part) = part {
        xml.skip_element()?;
        return Ok(Some(Source::Part(part)));
    }
    let outside = xml.depth().saturating_sub(1);
    let (mut is_bytes, mut found) = (false, None);
    while xml.depth() > outside {
        match xml.next()? {
            Token::Start(tag) => is_bytes = tag.name() == "binary-data",
            Token::Text(text) if is_bytes && found.is_none() && !text.trim().is_empty() => found = Some(file(&text, limits)),
            Token::End(_) => is_bytes = false,
            Token::Eof => break,
            Token::Text(_) => {}
        }
    }
    Ok(found.map(|file| Source::Inside(Arc::new(file))))
}

/// What is kept of a picture: all of it if a form can show it and it is not too large, else its beginning.
fn file(text: &str, limits: &Limits) -> PictureFile {
    let packed: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let size = (packed.len() as u64 / 4 * 3).max(1);
    let Ok(mut bytes) = STANDARD.decode(packed) else { return PictureFile { bytes: Box::default(), size } };
    let size = (bytes.len() as u64).max(1);
    if size > limits.picture || !PictureFormat::of(&bytes).is_some_and(PictureFormat::is_used) {
        bytes.truncate(PictureFile::HEAD);
    }
    PictureFile { bytes: bytes.into_boxed_slice(), size }
}
