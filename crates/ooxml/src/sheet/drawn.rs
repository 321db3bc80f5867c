//! The texts of a drawing: what stands in its text boxes and shapes; and those of the notes at cells.

use std::ops::Range;

use super::scan::{pieces, range};
use crate::error::Error;
use crate::limits::Limits;
use crate::word::Segment;
use crate::xml::{Token, XmlReader};

/// One paragraph of a text box or shape, or one note.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DrawnText {
    /// What it says.
    pub text: String,
    /// The pieces its text is made of, in order.
    pub segments: Vec<Segment>,
}

/// The paragraphs of a drawing, or the notes of a part of notes, that say something, in the order of the file.
///
/// # Errors
/// When the XML is malformed or a limit is exceeded.
pub fn drawn_texts(xml: &str, part: &str, limits: &Limits) -> Result<Vec<DrawnText>, Error> {
    let mut reader = XmlReader::new(xml.as_bytes(), part, limits);
    let mut found = vec![DrawnText::default()];
    let mut run = 0;
    // the notes of newer programs have no runs
    let mut is_thread = false;
    loop {
        match reader.next()? {
            Token::Start(tag) => match tag.name() {
                "p" | "comment" | "threadedComment" => {
                    is_thread = tag.name() == "threadedComment";
                    found.push(DrawnText::default());
                }
                "r" => run += 1,
                name if name == "t" || (is_thread && name == "text") => {
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

    #[test]
    fn a_note_is_one_text() {
        let notes = "<comments><authors><author>a</author></authors><commentList><comment ref=\"A1\"><text><r><t>{{姓</t></r><r><t>名}}</t></r>\
            </text></comment><comment ref=\"A2\"><text><t>手机</t></text></comment></commentList></comments>";
        let threads = "<ThreadedComments><threadedComment ref=\"A1\"><text>{{姓名}}</text></threadedComment><threadedComment ref=\"A2\">\
            <text>手机</text></threadedComment></ThreadedComments>";
        for xml in [notes, threads] {
            let texts = drawn_texts(xml, "comments1.xml", &Limits::default()).expect("texts");
            assert_eq!(texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>(), ["{{姓名}}", "手机"]);
        }
    }
}
