//! The styles part: what the number format of each cell style shows, and whether its font strikes out.

use std::collections::BTreeMap;
use std::io::BufRead;

use mingce_ooxml::xml::Token;
use mingce_ooxml::{Limit, XmlReader};

use crate::error::Error;
use crate::number::Shown;
use crate::xlsx::book::is_off;

/// Far more cell styles than any program writes (Excel stops at 65,490).
const MOST_STYLES: usize = 1 << 20;

/// What cells refer to by the number of their style.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    /// What each style shows.
    pub(crate) shown: Vec<Shown>,
    /// Whether each strikes out what stands in the cell; empty if none does.
    crossed: Vec<bool>,
}

impl Styles {
    /// Whether cells of this style are struck out.
    pub(crate) fn is_crossed(&self, style: usize) -> bool {
        !self.crossed.is_empty() && self.crossed.get(style).copied().unwrap_or(false)
    }
}

/// Reads the cell styles, in the order of the numbers cells refer to.
pub(crate) fn read(mut xml: XmlReader<impl BufRead>) -> Result<Styles, Error> {
    let mut codes: BTreeMap<u32, Shown> = BTreeMap::new();
    let mut styles: Vec<(u32, usize)> = Vec::new();
    let mut struck_fonts: Vec<bool> = Vec::new();
    // conditional formats further down use the same elements and the same numbers for something else
    let (mut among_formats, mut among_fonts, mut among_cells) = (false, false, false);
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name() {
                "numFmts" => among_formats = true,
                "numFmt" if among_formats => {
                    let id = tag.attribute("numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, tag.attribute("formatCode")) {
                        codes.insert(id, Shown::of_code(&code));
                    }
                }
                "fonts" => among_fonts = true,
                "font" if among_fonts && struck_fonts.len() < MOST_STYLES => struck_fonts.push(false),
                "strike" if among_fonts => {
                    if let Some(last) = struck_fonts.last_mut() {
                        *last = !is_off(&tag, "val");
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
                    let number = |name| tag.attribute(name).and_then(|id| id.parse().ok());
                    let font = number("fontId").and_then(|font| usize::try_from(font).ok()).unwrap_or(0);
                    styles.push((number("numFmtId").unwrap_or(0), font));
                }
                _ => {}
            },
            Token::End(tag) => match tag.name() {
                "numFmts" => among_formats = false,
                "fonts" => among_fonts = false,
                "cellXfs" => among_cells = false,
                _ => {}
            },
            Token::Eof => break,
            Token::Text(_) => {}
        }
    }
    let is_struck = |font: usize| struck_fonts.get(font).copied().unwrap_or(false);
    let crossed = if struck_fonts.contains(&true) { styles.iter().map(|(_, font)| is_struck(*font)).collect() } else { Vec::new() };
    let shown = |id: u32| codes.get(&id).cloned().unwrap_or_else(|| Shown::of_builtin(id));
    Ok(Styles { shown: styles.iter().map(|(id, _)| shown(*id)).collect(), crossed })
}
