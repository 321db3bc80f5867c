//! The texts of a drawing: what stands in its text boxes and shapes.

use std::ops::Range;

use super::scan::{pieces, range};
use crate::error::Error;
use crate::limits::Limits;
use crate::word::Segment;
use crate::xml::{Token, XmlReader};

/// One paragraph of a text box or shape.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DrawnText {
    /// What it says.
    pub text: String,
    /// The pieces its text is made of, in order.
    pub segments: Vec<Segment>,
}

/// The paragraphs of a drawing that say something, in the order of the file.
///
/// # Errors
/// When the XML is malformed or a limit is exceeded.
pub fn drawn_texts(xml: &str, part: &str, limits: &Limits) -> Result<Vec<DrawnText>, Error> {
    let mut reader = XmlReader::new(xml.as_bytes(), part, limits);
    let mut found = vec![DrawnText::default()];
    let mut run = 0;
    loop {
        match reader.next()? {
            Token::Start(tag) => match tag.name() {
                "p" => found.push(DrawnText::default()),
                "r" => run += 1,
                "t" => {
                    let start = range(reader.range()).end;
                    reader.skip_element()?;
                    let inside: Range<usize> = start..range(reader.range()).start.max(start);
                    if let Some(DrawnText { text, segments }) = found.last_mut() {
                        pieces(xml, inside, run, text, segments);
                    }
                }
                _ => {}
            },
            Token::Eof => break,
            Token::End(_) | Token::Text(_) => {}
        }
    }
    found.retain(|text| !text.text.is_empty());
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_one_text_however_many_runs_it_has() {
        let xml = "<xdr:wsDr><xdr:sp><xdr:txBody><a:p><a:r><a:t>编号{{姓</a:t></a:r><a:r><a:rPr/><a:t>名}} a&amp;b</a:t></a:r></a:p><a:p/>\
            <a:p><a:r><a:t>盖章</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>";
        let texts = drawn_texts(xml, "drawing1.xml", &Limits::default()).expect("texts");
        let said: Vec<&str> = texts.iter().map(|text| text.text.as_str()).collect();
        assert_eq!(said, ["编号{{姓名}} a&b", "盖章"]);
        let held: Vec<&str> = texts[0].segments.iter().map(|segment| &xml[segment.xml.clone()]).collect();
        assert_eq!(held, ["编号{{姓", "名}} a", "&amp;", "b"]);
    }
}
