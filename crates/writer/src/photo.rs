//! Photos as the forms hold them: upright, cropped to the place 照片, small, whatever was sent.
//!
//! The central noun is [`Photo`]. What a file is, is told by its content; how large it is, from its header, before anything
//! is decoded. Whose photo it is, and where files are looked for, is not decided here.

#[cfg(feature = "photos")]
mod decode;

use mingce_core::grid::{PictureFile, PictureFormat};
use mingce_core::scheme::Millimetres;

/// Width and height of the place for a photo on the form.
pub const SIZE: [Millimetres; 2] = [Millimetres(25.0), Millimetres(35.0)];

/// The largest file that is looked at, in bytes.
pub const MOST_BYTES: usize = 20 << 20;

/// The most pixels that are decoded.
pub const MOST_PIXELS: u64 = 50_000_000;

/// A photo that is ready to be put into a form: a JPEG of 25 : 35, at most 600 pixels high.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    jpeg: Vec<u8>,
}

/// Why a picture cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// It is neither JPEG nor PNG.
    #[error("{}不是 JPEG 或 PNG 图片", .found.map_or_else(String::new, |found| format!("是 {} 格式，", found.name())))]
    OtherFormat {
        /// What it is instead, where that is known.
        found: Option<PictureFormat>,
    },
    /// There is nothing in it.
    #[error("是空文件")]
    Empty,
    /// The document has only a link to it.
    #[error("文件里只有一个链接，没有图片本身")]
    Linked,
    /// The file is larger than [`MOST_BYTES`].
    #[error("有 {} MiB，超过了 20 MiB 的上限", .bytes.div_ceil(1 << 20))]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// It has more than [`MOST_PIXELS`].
    #[error("有 {width}×{height} 像素，超过了 5000 万像素的上限")]
    TooManyPixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// It cannot be decoded.
    #[error("图片损坏，打不开")]
    Damaged,
    /// The program was built without photos.
    #[error("这个版本的程序不能处理照片")]
    NotBuiltIn,
}

impl Fault {
    /// What somebody can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::OtherFormat { .. } => "请用看图软件打开，另存为 JPEG 后再试；只改扩展名没有用",
            Self::Empty => "请重新取一份照片",
            Self::Linked => "请把图片重新插入表里，不要用链接",
            Self::TooLarge { .. } | Self::TooManyPixels { .. } => "请缩小后再试，登记表上只需 600 像素高",
            Self::Damaged => "请重新取一份照片，多半是没有传完",
            Self::NotBuiltIn => "请换用带照片功能的版本",
        }
    }
}

impl Photo {
    /// Prepares a picture file as it was sent: turned upright, cropped around its centre, scaled down, on white.
    ///
    /// The same bytes always give the same photo.
    ///
    /// # Errors
    /// When the bytes are no sound JPEG or PNG picture within the limits.
    ///
    /// # Examples
    /// ```
    /// use mingce_writer::photo::{Fault, Photo};
    ///
    /// assert_eq!(Photo::prepare(b"<svg/>").map_err(|fault| fault.to_string()), Err("是 SVG 格式，不是 JPEG 或 PNG 图片".to_owned()));
    /// assert_eq!(Photo::prepare(b""), Err(Fault::Empty));
    /// ```
    pub fn prepare(file: &[u8]) -> Result<Self, Fault> {
        Self::prepare_within(file, usize::MAX)
    }

    /// Prepares a picture file as [`Photo::prepare`] does, with so little detail that the photo takes about so many bytes, as long
    /// as it can still be recognised: thousands of photos in one document must not make it larger than programs open.
    ///
    /// # Errors
    /// As [`Photo::prepare`].
    pub fn prepare_within(file: &[u8], bytes: usize) -> Result<Self, Fault> {
        if file.is_empty() {
            return Err(Fault::Empty);
        }
        if file.len() > MOST_BYTES {
            return Err(Fault::TooLarge { bytes: file.len() as u64 });
        }
        let format = Format::of(file)?;
        #[cfg(feature = "photos")]
        return decode::prepare(file, format, bytes).map(|jpeg| Self { jpeg });
        #[cfg(not(feature = "photos"))]
        let _ = bytes;
        #[cfg(not(feature = "photos"))]
        return match format {
            Format::Jpeg | Format::Png => Err(Fault::NotBuiltIn),
        };
    }

    /// Prepares a picture that lay in a sheet or document, as [`Photo::prepare`] does.
    ///
    /// # Errors
    /// As [`Photo::prepare`]; also when the picture was only linked or could not be read.
    pub fn prepare_stored(file: &PictureFile) -> Result<Self, Fault> {
        Self::prepare_stored_within(file, usize::MAX)
    }

    /// Prepares a picture that lay in a sheet or document, as [`Photo::prepare_within`] does.
    ///
    /// # Errors
    /// As [`Photo::prepare`]; also when the picture was only linked or could not be read.
    pub fn prepare_stored_within(file: &PictureFile, bytes: usize) -> Result<Self, Fault> {
        glance(file)?;
        if file.is_whole() { Self::prepare_within(&file.bytes, bytes) } else { Err(Fault::TooLarge { bytes: file.size }) }
    }

    /// The picture as a JPEG file.
    #[must_use]
    pub fn jpeg(&self) -> &[u8] {
        &self.jpeg
    }
}

/// What a file is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Jpeg,
    Png,
}

impl Format {
    fn of(file: &[u8]) -> Result<Self, Fault> {
        match PictureFormat::of(file) {
            Some(PictureFormat::Jpeg) => Ok(Self::Jpeg),
            Some(PictureFormat::Png) => Ok(Self::Png),
            found => Err(Fault::OtherFormat { found }),
        }
    }
}

/// What is wrong with a picture in a sheet or document as far as its beginning and its size tell, without decoding it.
///
/// # Errors
/// When it can be used for no form.
pub fn glance(file: &PictureFile) -> Result<(), Fault> {
    match (file.size, file.bytes.is_empty()) {
        (0, _) => Err(Fault::Linked),
        (_, true) => Err(Fault::Damaged),
        (size, false) if size > MOST_BYTES as u64 => Err(Fault::TooLarge { bytes: size }),
        _ => Format::of(&file.bytes).map(drop),
    }
}
