//! The styles part: what the number format of each cell style shows, and what it makes a cell look like.

use std::collections::BTreeMap;
use std::io::BufRead;

use mingce_core::grid::Look;
use mingce_ooxml::xml::Token;
use mingce_ooxml::{Limit, XmlReader};

use crate::error::Error;
use crate::looks;
use crate::number::Shown;
use crate::xlsx::font;

/// Far more cell styles than any program writes (Excel stops at 65,490).
const MOST_STYLES: usize = 1 << 20;

/// What cells refer to by the number of their style.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    /// What each style shows.
    pub(crate) shown: Vec<Shown>,
    /// What each makes a cell look like; empty if none does anything to it.
    looks: Vec<Look>,
}

impl Styles {
    /// What cells of this style look like.
    pub(crate) fn look(&self, style: usize) -> Look {
        self.looks.get(style).copied().unwrap_or_default()
    }
}

/// Reads the cell styles, in the order of the numbers cells refer to.
pub(crate) fn read(mut xml: XmlReader<impl BufRead>) -> Result<Styles, Error> {
    let mut codes: BTreeMap<u32, Shown> = BTreeMap::new();
    let mut styles: Vec<(u32, [usize; 2])> = Vec::new();
    let (mut fonts, mut fills) = (Vec::<Look>::new(), Vec::<bool>::new());
    // conditional formats further down use the same elements and the same numbers for something else
    let (mut among_formats, mut among_fonts, mut among_fills, mut among_cells) = (false, false, false, false);
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name() {
                "numFmts" => among_formats = true,
                "numFmt" if among_formats => {
                    if let (Some(id), Some(code)) = (tag.parsed("numFmtId"), tag.attribute("formatCode")) {
                        codes.insert(id, Shown::of_code(&code));
                    }
                }
                "fonts" => among_fonts = true,
                "font" if among_fonts && fonts.len() < MOST_STYLES => fonts.push(Look::default()),
                _ if among_fonts => {
                    if let Some(last) = fonts.last_mut() {
                        font::take(&tag, last);
                    }
                }
                "fills" => among_fills = true,
                "fill" if among_fills && fills.len() < MOST_STYLES => fills.push(false),
                "fgColor" if among_fills => {
                    if let Some(last) = fills.last_mut() {
                        *last = font::marks(&tag);
                    }
                }
                "cellXfs" => among_cells = true,
                "xf" if among_cells => {
                    if styles.len() >= MOST_STYLES {
                        return Err(Error::LimitExceeded {
                            limit: Limit::Shared,
                            allowed: MOST_STYLES as u64,
                            at: Some("单元格样式".to_owned()),
                        });
                    }
                    let worn = ["fontId", "fillId"].map(|name| tag.parsed(name).unwrap_or(0));
                    styles.push((tag.parsed("numFmtId").unwrap_or(0), worn));
                }
                _ => {}
            },
            Token::End(tag) => match tag.name() {
                "numFmts" => among_formats = false,
                "fonts" => among_fonts = false,
                "fills" => among_fills = false,
                "cellXfs" => among_cells = false,
                _ => {}
            },
            Token::Eof => break,
            Token::Text(_) => {}
        }
    }
    let looks = looks::of_styles(styles.iter().map(|(_, worn)| *worn), &fonts, &fills);
    let shown = |id: u32| codes.get(&id).cloned().unwrap_or_else(|| Shown::of_builtin(id));
    Ok(Styles { shown: styles.iter().map(|(id, _)| shown(*id)).collect(), looks })
}
