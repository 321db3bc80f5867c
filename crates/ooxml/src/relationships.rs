//! Which part a part refers to: identifiers resolved to names that stay inside the package.

use std::io::BufRead;

use crate::error::Error;
use crate::xml::{Token, XmlReader};

/// One reference of a part to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// The identifier other XML refers to it by, such as `rId1`.
    pub id: String,
    /// What it is: the last step of its type, such as `worksheet`; the same in strict and transitional files.
    pub kind: String,
    /// The name of the part it leads to; `None` when it leads out of the package, to a file or an address.
    pub target: Option<String>,
}

/// The references of one part, in file order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relationships {
    list: Vec<Relationship>,
}

impl Relationships {
    pub(crate) fn read(mut xml: XmlReader<impl BufRead>, part: &str) -> Result<Self, Error> {
        let mut list = Vec::new();
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.name() == "Relationship" => {
                    let attribute = |name| tag.attribute(name).unwrap_or_default();
                    let kind = attribute("Type");
                    let external = attribute("TargetMode") == "External";
                    list.push(Relationship {
                        id: attribute("Id").into_owned(),
                        kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                        target: if external { None } else { resolve(part, &attribute("Target")) },
                    });
                }
                Token::Eof => return Ok(Self { list }),
                Token::Start(_) | Token::End(_) | Token::Text(_) => {}
            }
        }
    }

    /// All of them.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Relationship> {
        self.list.iter()
    }

    /// The one with this identifier.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Relationship> {
        self.list.iter().find(|found| found.id == id)
    }

    /// The first one of this kind, such as `styles`.
    #[must_use]
    pub fn first_of(&self, kind: &str) -> Option<&Relationship> {
        self.list.iter().find(|found| found.kind == kind)
    }
}

/// The part that holds the relationships of this part.
pub(crate) fn part_of_relationships(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The part name a target means, seen from this part; `None` when it leads out of the package.
fn resolve(part: &str, target: &str) -> Option<String> {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        steps.extend(part.split('/'));
        steps.pop();
    }
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            _ => steps.push(step),
        }
    }
    if steps.is_empty() { None } else { Some(steps.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_inside_the_package() {
        for (part, target, expected) in [
            ("", "xl/workbook.xml", Some("xl/workbook.xml")),
            ("xl/workbook.xml", "worksheets/sheet1.xml", Some("xl/worksheets/sheet1.xml")),
            ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", Some("xl/worksheets/sheet1.xml")),
            ("xl/worksheets/sheet1.xml", "../drawings/drawing1.xml", Some("xl/drawings/drawing1.xml")),
            ("xl/workbook.xml", "worksheets\\sheet1.xml", Some("xl/worksheets/sheet1.xml")),
            ("xl/workbook.xml", "../../../../etc/passwd", None),
            ("xl/workbook.xml", "..\\..\\x", None),
            ("xl/workbook.xml", "", Some("xl")),
        ] {
            assert_eq!(resolve(part, target).as_deref(), expected, "{target}");
        }
    }

    #[test]
    fn the_list_of_a_part_lies_beside_it() {
        assert_eq!(part_of_relationships(""), "_rels/.rels");
        assert_eq!(part_of_relationships("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
    }
}
