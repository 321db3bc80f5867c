//! Word documents (`.docx`, `.docm`): their tables, and the lines of text between them.
//!
//! The scan is shared with the writer ([`mingce_ooxml::word`]), so that a form is read where it is filled.

use mingce_core::grid::{Grid, Picture};
use mingce_ooxml::{Package, Relationships, word};

use crate::document::{Damaged, Document, Finding, Format, Reach};
use crate::error::Error;
use crate::pictures::{Files, MOST};

/// Reads the document whose main part has this name: a grid for every table and every stretch of lines, in the order they begin.
pub(crate) fn read(package: &Package<'_>, main: &str) -> Result<Document, Error> {
    let (xml, cut) = package.xml_text_before_damage(main)?;
    let mut document = Document::new(Format::Docx);
    let styles = styles(package, main);
    let word::Grids { grids, broken } = word::grids_in(&xml, main, &styles, package.limits())?;
    let has_pictures = grids.iter().any(|(_, pictures)| !pictures.is_empty());
    let links = if has_pictures { package.relationships(main).unwrap_or_default() } else { Relationships::default() };
    let mut files = Files::of(package);
    // all of the part was unpacked, and its check sum holds: what stands before the break is what was packed
    document.damaged.extend(cut.or(broken).map(|error| Damaged { sheet: None, error: error.into(), reach: Reach::Behind }));
    document.findings.extend(in_margins(package, main).map(|count| Finding::PicturesInMargins { count }));
    document.grids = grids.into_iter().map(|(grid, placed)| with_pictures(grid, &placed, &links, &mut files)).collect();
    Ok(document)
}

/// The styles of the document; none where their part is damaged, which no answer stands in.
fn styles(package: &Package<'_>, main: &str) -> word::Styles {
    let links = package.relationships(main).unwrap_or_default();
    let part = links.iter().find(|link| link.kind == "styles").and_then(|link| link.target.clone());
    let read = |part: String| word::Styles::read(&package.xml_text(&part).ok()?, &part, package.limits()).ok();
    part.and_then(read).unwrap_or_default()
}

/// How many pictures stand in the headers and footers of pages, if any do: they belong to no person.
fn in_margins(package: &Package<'_>, main: &str) -> Option<usize> {
    let links = package.relationships(main).unwrap_or_default();
    let margins = links.iter().filter(|link| matches!(link.kind.as_str(), "header" | "footer")).filter_map(|link| link.target.as_deref());
    let pictures = margins.map(|part| package.relationships(part).unwrap_or_default().iter().filter(|link| link.kind == "image").count());
    Some(pictures.sum()).filter(|count| *count > 0)
}

fn with_pictures(mut grid: Grid, placed: &[word::Placed], links: &Relationships, files: &mut Files<'_, '_>) -> Grid {
    let pictures = placed.iter().take(MOST).map(|placed| {
        let target = links.by_id(&placed.link).and_then(|link| link.target.as_deref());
        Picture { at: placed.at, is_floating: placed.is_floating, file: files.at(target) }
    });
    grid.pictures = pictures.collect();
    grid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{link, packed};
    use crate::{Error, Limits, read};

    fn bytes(body: &[u8]) -> Vec<u8> {
        let root = format!("<Relationships>{}</Relationships>", link("rId1", "officeDocument", "word/document.xml"));
        packed(&[("_rels/.rels".to_owned(), root.into_bytes()), ("word/document.xml".to_owned(), body.to_vec())])
    }

    fn table(text: &str) -> String {
        format!("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
    }

    fn texts(document: &Document) -> Vec<String> {
        let of_grid =
            |grid: &Grid| grid.rows().flat_map(|row| row.cells().map(|cell| cell.text.to_owned()).collect::<Vec<_>>()).collect::<Vec<_>>();
        document.grids.iter().flat_map(of_grid).collect()
    }

    #[test]
    fn what_ended_before_the_damage_is_read_and_the_damage_said() {
        let inner = table("里面");
        let body = format!("<w:document><w:body><w:p><w:r><w:t>标题</w:t></w:r></w:p>{}<w:tbl><w:tr><w:tc>{inner}<w:p>", table("张三"));
        let torn = body.clone() + "<w:r><w:t>李四</w:t></w:r>";
        let wrong = body.clone() + "</w:tc></w:oops></w:tr></w:tbl></w:body></w:document>";
        let not_text = [body.as_bytes(), b"<w:r><w:t>\xFF\xFE</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"].concat();
        for damaged in [torn.as_bytes(), wrong.as_bytes(), &not_text] {
            let document = read("a.docx", &bytes(damaged), &Limits::default()).expect("a document");
            assert_eq!(texts(&document), ["标题", "张三"]);
            assert_eq!((document.damaged.len(), &document.damaged[0].sheet), (1, &None));
        }
        let whole = body + "</w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
        let document = read("a.docx", &bytes(whole.as_bytes()), &Limits::default()).expect("a document");
        assert_eq!((texts(&document).len(), document.damaged.len()), (3, 0));
    }

    #[test]
    fn pictures_in_headers_and_footers_are_told_of() {
        let root = format!("<Relationships>{}</Relationships>", link("rId1", "officeDocument", "word/document.xml"));
        let of_main =
            format!("<Relationships>{}{}</Relationships>", link("rId1", "header", "header1.xml"), link("rId2", "footer", "footer1.xml"));
        let of_header =
            format!("<Relationships>{}{}</Relationships>", link("rId1", "image", "media/a.png"), link("rId2", "image", "media/b.png"));
        let body = format!("<w:document><w:body>{}</w:body></w:document>", table("张三"));
        let parts = [
            ("_rels/.rels", root),
            ("word/document.xml", body),
            ("word/_rels/document.xml.rels", of_main),
            ("word/_rels/header1.xml.rels", of_header),
        ];
        let document = read("a.docx", &packed(&parts.map(|(name, text)| (name.to_owned(), text.into_bytes()))), &Limits::default())
            .expect("a document");
        assert_eq!(document.findings, [Finding::PicturesInMargins { count: 2 }]);
    }

    #[test]
    fn a_document_of_which_nothing_is_whole_or_whose_check_sum_differs_is_refused() {
        for body in [
            "<w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>张三",
            "<w:document><w:body><w:p><w:r><w:t>姓名：张三</w:t></w:r></w:p>",
        ] {
            assert!(matches!(read("a.docx", &bytes(body.as_bytes()), &Limits::default()), Err(Error::Package { .. })), "{body}");
        }
        let torn = format!("<w:document><w:body>{}<w:tbl>", table("张三"));
        let mut file = bytes(torn.as_bytes());
        // the directory says another check sum than that of the bytes
        let entry = memchr::memmem::rfind(&file, b"PK\x01\x02").expect("a directory");
        file[entry + 16] ^= 1;
        assert!(matches!(read("a.docx", &file, &Limits::default()), Err(Error::Package { .. })));
    }
}
