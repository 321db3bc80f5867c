//! Pictures that lie on a sheet or in a Word table, as the file stores them.

use std::sync::Arc;

use crate::address::Address;

/// A picture that lies on a sheet or in a Word table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The cell it lies in; of one that lies over several, the cell it belongs to by where it was put.
    pub at: Address,
    /// Whether it lies over the cells, where anybody may have pushed it, and not in the text or value of one.
    pub is_floating: bool,
    /// What is stored of it; pictures of one part share it.
    pub file: Arc<PictureFile>,
}

/// A picture file inside another file; it is never decoded on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PictureFile {
    /// Its bytes as stored. Of a picture that is too large, or of a kind that no form can show, only the beginning; none where
    /// it is only linked, missing or damaged.
    pub bytes: Box<[u8]>,
    /// Its whole size, in bytes; 0 where it is only linked or missing.
    pub size: u64,
}

impl PictureFile {
    /// As many of the first bytes as tell what it is.
    pub const HEAD: usize = 64;

    /// Whether all of it is there.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.size > 0 && self.bytes.len() as u64 == self.size
    }
}

/// What kind of picture a file is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PictureFormat {
    /// JPEG, baseline or progressive.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// A Windows bitmap.
    Bmp,
    /// TIFF.
    Tiff,
    /// WebP.
    WebP,
    /// What telephones of Apple take, and AVIF.
    Heic,
    /// A drawing in XML.
    Svg,
    /// A Windows metafile.
    Metafile,
    /// A PDF document.
    Pdf,
}

impl PictureFormat {
    /// Tells by the first few bytes; `None` if they are no picture that is known.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        const BEGINNINGS: [(&[u8], PictureFormat); 14] = [
            (b"\xFF\xD8\xFF", PictureFormat::Jpeg),
            (b"\x89PNG\r\n\x1A\n", PictureFormat::Png),
            (b"GIF8", PictureFormat::Gif),
            (b"BM", PictureFormat::Bmp),
            (b"II*\0", PictureFormat::Tiff),
            (b"MM\0*", PictureFormat::Tiff),
            (b"II\xBC\x01", PictureFormat::Tiff),
            (b"\xD7\xCD\xC6\x9A", PictureFormat::Metafile),
            (b"\x01\0\0\0", PictureFormat::Metafile),
            (b"\x01\0\x09\0", PictureFormat::Metafile),
            (b"<svg", PictureFormat::Svg),
            (b"<?xml", PictureFormat::Svg),
            (b"\xEF\xBB\xBF<", PictureFormat::Svg),
            (b"%PDF", PictureFormat::Pdf),
        ];
        let known = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)).map(|(_, format)| *format);
        known.or_else(|| match (bytes.get(..4)?, bytes.get(4..8)?, bytes.get(8..12)?) {
            (b"RIFF", _, b"WEBP") => Some(Self::WebP),
            (_, b"ftyp", b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1" | b"avif" | b"avis") => Some(Self::Heic),
            _ => None,
        })
    }

    /// Whether it can be put into a form.
    #[must_use]
    pub fn is_used(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Bmp => "BMP",
            Self::Tiff => "TIFF",
            Self::WebP => "WebP",
            Self::Heic => "HEIC",
            Self::Svg => "SVG",
            Self::Metafile => "EMF/WMF",
            Self::Pdf => "PDF",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_first_bytes_and_not_by_its_name() {
        for (bytes, expected) in [
            (&b"\xFF\xD8\xFF\xE0"[..], Some("JPEG")),
            (b"\x89PNG\r\n\x1A\n", Some("PNG")),
            (b"GIF89a", Some("GIF")),
            (b"BM6\0", Some("BMP")),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some("WebP")),
            (b"\0\0\0\x18ftypheic\0\0", Some("HEIC")),
            (b"RIFF\x10\0\0\0WAVE", None),
            (b"", None),
            (b"\xFF\xD8", None),
        ] {
            assert_eq!(PictureFormat::of(bytes).map(PictureFormat::name), expected, "{bytes:?}");
        }
    }
}
