//! Pictures that are the value of a cell: those of WPS (`DISPIMG`) and those of Excel (a rich value).

use std::collections::BTreeMap;

use mingce_ooxml::xml::Token;
use mingce_ooxml::{Package, Relationships};

use crate::error::Error;

/// What the value of a cell names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    /// A picture of WPS, by its name.
    Wps(String),
    /// A picture of Excel, by the number of the cell's rich value, counted from 1.
    Excel(u32),
}

/// The pictures of a workbook that are values of cells, by what cells name.
#[derive(Debug, Default)]
pub(crate) struct InCell {
    wps: BTreeMap<String, String>,
    /// For each rich value that a cell may have, the part of its picture; none where it is something else.
    excel: Vec<Option<String>>,
}

impl InCell {
    /// Reads what the workbook has of them; what is damaged names no pictures.
    pub(crate) fn of(package: &Package<'_>, main: &str) -> Self {
        let links = package.relationships(main).unwrap_or_default();
        let part = |kind: &str, usual: &str| {
            let named = links.iter().find(|link| link.kind.eq_ignore_ascii_case(kind)).and_then(|link| link.target.clone());
            named.or_else(|| Some(usual.to_owned())).filter(|part| package.contains(part))
        };
        let wps = part("cellImage", "xl/cellimages.xml").and_then(|part| wps(package, &part).ok());
        let parts = [
            ("sheetMetadata", "xl/metadata.xml"),
            ("rdRichValueStructure", "xl/richData/rdrichvaluestructure.xml"),
            ("rdRichValue", "xl/richData/rdrichvalue.xml"),
            ("richValueRel", "xl/richData/richValueRel.xml"),
        ];
        let parts: Vec<String> = parts.iter().filter_map(|(kind, usual)| part(kind, usual)).collect();
        let excel = <[String; 4]>::try_from(parts).ok().and_then(|parts| excel(package, &parts).ok());
        Self { wps: wps.unwrap_or_default(), excel: excel.unwrap_or_default() }
    }

    /// Whether the rich value of this number, counted from 1, is a picture.
    pub(crate) fn is_picture(&self, value: u32) -> bool {
        self.part_of(&Named::Excel(value)).is_some()
    }

    /// The part of a picture.
    pub(crate) fn part_of(&self, named: &Named) -> Option<&str> {
        match named {
            Named::Wps(name) => self.wps.get(name).map(String::as_str),
            Named::Excel(value) => self.excel.get(usize::try_from(*value).ok()?.checked_sub(1)?)?.as_deref(),
        }
    }
}

/// The name that a formula of WPS gives its picture: `DISPIMG("ID_…",1)`.
pub(crate) fn name_in(formula: &str) -> Option<&str> {
    let (_, arguments) = formula.split_once("DISPIMG(")?;
    let (_, name) = arguments.split_once('"')?;
    Some(name.split('"').next().unwrap_or_default())
}

/// The parts of WPS's pictures by their names.
fn wps(package: &Package<'_>, part: &str) -> Result<BTreeMap<String, String>, Error> {
    let links = package.relationships(part)?;
    let mut xml = package.xml(part)?;
    let (mut found, mut name) = (BTreeMap::new(), String::new());
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name() == "cNvPr" => name = tag.attribute("name").unwrap_or_default().into_owned(),
            Token::Start(tag) if tag.name() == "blip" => {
                let target = tag.attribute("embed").and_then(|id| links.by_id(&id)?.target.clone());
                if let Some(target) = target {
                    found.entry(std::mem::take(&mut name)).or_insert(target);
                }
            }
            Token::Eof => return Ok(found),
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
}

/// The key under which a rich value names its picture.
const PICTURE: &str = "_rvRel:LocalImageIdentifier";

/// Follows every rich value of the workbook to its picture: metadata → rich value → relationship → part.
fn excel(package: &Package<'_>, [metadata, structures, values, relations]: &[String; 4]) -> Result<Vec<Option<String>>, Error> {
    let structures = structures_of(package, structures)?;
    let values = values_of(package, values)?;
    let links: Relationships = package.relationships(relations)?;
    let mut targets = Vec::new();
    let mut xml = package.xml(relations)?;
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name() == "rel" => targets.push(tag.attribute("id").and_then(|id| links.by_id(&id)?.target.clone())),
            Token::Eof => break,
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
    let picture = |value: usize| {
        let (structure, values) = values.get(value)?;
        let place = (*structures.get(*structure)?)?;
        targets.get(values.get(place)?.trim().parse::<usize>().ok()?)?.clone()
    };
    Ok(rich_values(package, metadata)?.into_iter().map(|value| value.and_then(picture)).collect())
}

/// For each structure of rich values, the place of the picture among its values.
fn structures_of(package: &Package<'_>, part: &str) -> Result<Vec<Option<usize>>, Error> {
    let mut xml = package.xml(part)?;
    let mut found: Vec<Option<usize>> = Vec::new();
    let mut place = 0;
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name() == "s" => {
                found.push(None);
                place = 0;
            }
            Token::Start(tag) if tag.name() == "k" => {
                if let Some(last) = found.last_mut().filter(|last| last.is_none() && tag.attribute("n").as_deref() == Some(PICTURE)) {
                    *last = Some(place);
                }
                place += 1;
            }
            Token::Eof => return Ok(found),
            Token::Start(_) | Token::End(_) | Token::Text(_) => {}
        }
    }
}

/// Each rich value: its structure, and its values as written.
fn values_of(package: &Package<'_>, part: &str) -> Result<Vec<(usize, Vec<String>)>, Error> {
    let mut xml = package.xml(part)?;
    let mut found: Vec<(usize, Vec<String>)> = Vec::new();
    let mut is_value = false;
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name() == "rv" => {
                found.push((tag.parsed("s").unwrap_or(usize::MAX), Vec::new()));
            }
            Token::Start(tag) => {
                is_value = tag.name() == "v";
                if let Some((_, values)) = found.last_mut().filter(|_| is_value) {
                    values.push(String::new());
                }
            }
            Token::Text(text) if is_value => {
                if let Some(value) = found.last_mut().and_then(|(_, values)| values.last_mut()) {
                    value.push_str(&text);
                }
            }
            Token::End(_) => is_value = false,
            Token::Eof => return Ok(found),
            Token::Text(_) => {}
        }
    }
}

/// For each value that a cell may name, the rich value it means; none for metadata of another type.
fn rich_values(package: &Package<'_>, part: &str) -> Result<Vec<Option<usize>>, Error> {
    let mut xml = package.xml(part)?;
    let mut types: Vec<bool> = Vec::new();
    let (mut is_future, mut is_values) = (false, false);
    let mut future: Vec<Option<usize>> = Vec::new();
    let mut found = Vec::new();
    let number = |tag: &mingce_ooxml::xml::Tag<'_>, name: &str| tag.attribute(name).and_then(|value| value.trim().parse::<usize>().ok());
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name() {
                "metadataType" => types.push(tag.attribute("name").as_deref() == Some("XLRICHVALUE")),
                "futureMetadata" => is_future = tag.attribute("name").as_deref() == Some("XLRICHVALUE"),
                "valueMetadata" => is_values = true,
                "bk" if is_future => future.push(None),
                "rvb" if is_future => {
                    if let Some(last) = future.last_mut() {
                        *last = number(&tag, "i");
                    }
                }
                "bk" if is_values => found.push(None),
                "rc" if is_values => {
                    let is_rich = number(&tag, "t").and_then(|t| types.get(t.checked_sub(1)?)).copied().unwrap_or(false);
                    if let Some(last) = found.last_mut().filter(|_| is_rich) {
                        *last = number(&tag, "v");
                    }
                }
                _ => {}
            },
            Token::End(tag) => match tag.name() {
                "futureMetadata" => is_future = false,
                "valueMetadata" => is_values = false,
                _ => {}
            },
            Token::Eof => break,
            Token::Text(_) => {}
        }
    }
    Ok(found.into_iter().map(|value: Option<usize>| future.get(value?).copied().flatten()).collect())
}
