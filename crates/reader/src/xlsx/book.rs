//! The workbook part: which sheets there are, where their content lies, and what the dates count from.

use std::sync::Arc;

use mingce_core::grid::Epoch;
use mingce_ooxml::Package;
use mingce_ooxml::xml::Token;

use crate::document::SheetKind;
use crate::error::Error;

/// What the workbook part says.
#[derive(Debug)]
pub(crate) struct Book {
    /// The sheets in the order of their tabs.
    pub(crate) sheets: Vec<Listed>,
    /// What dates count from.
    pub(crate) epoch: Epoch,
    /// The part with the shared strings.
    pub(crate) strings: Option<String>,
    /// The part with the number formats.
    pub(crate) styles: Option<String>,
}

/// One sheet as the workbook lists it.
#[derive(Debug)]
pub(crate) struct Listed {
    /// Its name.
    pub(crate) name: Arc<str>,
    /// Whether it is hidden, in either of Excel's two ways.
    pub(crate) hidden: bool,
    /// The part it refers to, if that lies in the package.
    pub(crate) part: Option<String>,
    /// What it is, when it is no sheet of cells.
    pub(crate) kind: Option<SheetKind>,
}

impl Book {
    pub(crate) fn read(package: &Package<'_>, main: &str) -> Result<Self, Error> {
        let links = package.relationships(main)?;
        let target = |kind: &str| links.first_of(kind).and_then(|found| found.target.clone()).filter(|part| package.contains(part));
        let mut book = Self { sheets: Vec::new(), epoch: Epoch::Of1900, strings: target("sharedStrings"), styles: target("styles") };
        let mut xml = package.xml(main)?;
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.name() == "sheet" => {
                    let link = tag.attribute("id").and_then(|id| links.by_id(&id));
                    book.sheets.push(Listed {
                        name: tag.attribute("name").unwrap_or_default().into(),
                        hidden: matches!(tag.attribute("state").as_deref(), Some("hidden" | "veryHidden")),
                        part: link.and_then(|link| link.target.clone()),
                        kind: link.and_then(|link| kind_of(&link.kind)),
                    });
                }
                // an extension has an element of the same name that says nothing about dates
                Token::Start(tag) if tag.name() == "workbookPr" && tag.attribute("date1904").is_some() => {
                    book.epoch = if tag.is_on("date1904") { Epoch::Of1904 } else { Epoch::Of1900 };
                }
                Token::Eof => return Ok(book),
                Token::Start(_) | Token::End(_) | Token::Text(_) => {}
            }
        }
    }
}

/// What a sheet is by the kind of its relationship, when it is no sheet of cells.
pub(crate) fn kind_of(relationship: &str) -> Option<SheetKind> {
    match relationship {
        "chartsheet" => Some(SheetKind::Chart),
        "dialogsheet" => Some(SheetKind::Dialog),
        "xlMacrosheet" | "xlIntlMacrosheet" | "macrosheet" => Some(SheetKind::Macro),
        _ => None,
    }
}
