//! The looks that cells refer to, as far as filling a blank asks for them.

use std::ops::Range;

use super::scan::range;
use crate::error::Error;
use crate::limits::Limits;
use crate::xml::{Tag, Token, XmlReader};

/// Size of type where a font says nothing, in points: Excel's own.
const USUAL_SIZE: f64 = 11.0;

/// Far more looks than any program writes (Excel stops at 65,490).
const MOST: usize = 1 << 20;

/// The looks of a workbook's cells, by the number cells refer to.
#[derive(Debug, Clone, Default)]
pub struct Styles {
    looks: Vec<Look>,
    /// The bytes of each font's element in the styles part.
    pub fonts: Vec<Range<usize>>,
    /// Where another font goes: right before the end of the list of fonts.
    pub fonts_end: usize,
    /// Where another look goes: right before the end of the list of cells' looks.
    pub looks_end: usize,
}

/// How a cell looks.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// The bytes of its element (`xf`) in the styles part.
    pub xml: Range<usize>,
    /// The number of its font.
    pub font: usize,
    /// Size of its type in points.
    pub size: f64,
    /// Whether it has a line on any side.
    pub has_border: bool,
    /// Whether its text goes on in another line.
    pub wraps: bool,
    /// Whether its text shrinks to the width of the cell by itself.
    pub shrinks: bool,
}

impl Styles {
    /// Reads the styles part.
    ///
    /// # Errors
    /// When the XML is malformed or a limit is exceeded.
    pub fn read(xml: &str, limits: &Limits) -> Result<Self, Error> {
        let mut reader = XmlReader::new(xml.as_bytes(), "xl/styles.xml", limits);
        let mut styles = Self::default();
        let (mut sizes, mut borders): (Vec<f64>, Vec<bool>) = (Vec::new(), Vec::new());
        // the same elements stand further down for conditional formats
        let mut list = String::new();
        loop {
            match reader.next()? {
                Token::Start(tag) => match (list.as_str(), tag.name()) {
                    ("", "fonts" | "borders" | "cellXfs" | "dxfs" | "cellStyleXfs" | "extLst") => list = tag.name().to_owned(),
                    ("fonts", "font") => {
                        styles.fonts.push(range(reader.range()));
                        sizes.push(USUAL_SIZE);
                    }
                    ("fonts", "sz") => {
                        let size = tag.parsed("val");
                        sizes.last_mut().zip(size).into_iter().for_each(|(last, size)| *last = size);
                    }
                    ("borders", "border") => borders.push(false),
                    ("borders", "left" | "right" | "top" | "bottom" | "start" | "end") => {
                        let is_drawn = tag.attribute("style").is_some_and(|style| style != "none");
                        borders.last_mut().into_iter().for_each(|has| *has |= is_drawn);
                    }
                    ("cellXfs", "xf") if styles.looks.len() < MOST => {
                        let look = look(&tag, &sizes, &borders);
                        styles.looks.push(Look { xml: range(reader.range()), ..look });
                    }
                    ("cellXfs", "alignment") => {
                        let (wraps, shrinks) = (tag.is_on("wrapText"), tag.is_on("shrinkToFit"));
                        styles.looks.last_mut().into_iter().for_each(|look| (look.wraps, look.shrinks) = (wraps, shrinks));
                    }
                    _ => {}
                },
                Token::End(tag) => {
                    let name = tag.name().to_owned();
                    let token = range(reader.range());
                    match (list.as_str(), name.as_str()) {
                        ("fonts", "font") => styles.fonts.last_mut().into_iter().for_each(|font| font.end = token.end),
                        ("cellXfs", "xf") => styles.looks.last_mut().into_iter().for_each(|look| look.xml.end = token.end),
                        ("fonts", "fonts") => styles.fonts_end = token.start,
                        ("cellXfs", "cellXfs") => styles.looks_end = token.start,
                        _ => {}
                    }
                    if name == list {
                        list.clear();
                    }
                }
                Token::Eof => return Ok(styles),
                Token::Text(_) => {}
            }
        }
    }

    /// How cells with this number look; a number that is not there looks like nothing.
    #[must_use]
    pub fn look(&self, number: usize) -> &Look {
        const NOTHING: Look = Look { xml: 0..0, font: 0, size: USUAL_SIZE, has_border: false, wraps: false, shrinks: false };
        static PLAIN: Look = NOTHING;
        self.looks.get(number).unwrap_or(&PLAIN)
    }

    /// How many looks there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.looks.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.looks.is_empty()
    }
}

fn look(tag: &Tag<'_>, sizes: &[f64], borders: &[bool]) -> Look {
    let [font, border]: [usize; 2] = ["fontId", "borderId"].map(|name| tag.parsed(name).unwrap_or(0));
    Look {
        font,
        size: sizes.get(font).copied().unwrap_or(USUAL_SIZE),
        has_border: borders.get(border).copied().unwrap_or(false),
        ..Look::default()
    }
}
