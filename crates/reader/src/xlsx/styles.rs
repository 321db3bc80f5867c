//! The styles part: what the number format of each cell style shows.

use std::collections::BTreeMap;
use std::io::BufRead;

use mingce_ooxml::xml::Token;
use mingce_ooxml::{Limit, XmlReader};

use crate::error::Error;
use crate::number::Shown;

/// Far more cell styles than any program writes (Excel stops at 65,490).
const MOST_STYLES: usize = 1 << 20;

/// Reads what each cell style shows, by the number cells refer to.
pub(crate) fn read(mut xml: XmlReader<impl BufRead>) -> Result<Vec<Shown>, Error> {
    let mut codes: BTreeMap<u32, Shown> = BTreeMap::new();
    let mut styles: Vec<u32> = Vec::new();
    // conditional formats further down use the same elements and the same numbers for something else
    let (mut among_formats, mut among_cells) = (false, false);
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
                "cellXfs" => among_cells = true,
                "xf" if among_cells => {
                    if styles.len() >= MOST_STYLES {
                        return Err(Error::LimitExceeded {
                            limit: Limit::Shared,
                            allowed: MOST_STYLES as u64,
                            at: Some("单元格样式".to_owned()),
                        });
                    }
                    styles.push(tag.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0));
                }
                _ => {}
            },
            Token::End(tag) => match tag.name() {
                "numFmts" => among_formats = false,
                "cellXfs" => among_cells = false,
                _ => {}
            },
            Token::Eof => break,
            Token::Text(_) => {}
        }
    }
    Ok(styles.into_iter().map(|id| codes.get(&id).cloned().unwrap_or_else(|| Shown::of_builtin(id))).collect())
}
