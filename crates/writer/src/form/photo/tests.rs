use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use mingce_core::registration::Registration;
use mingce_core::scheme::Scheme;

use super::*;
use crate::form::{FormTemplate, MergedForms, MergedPhotos};
use crate::photo::Photo;

fn photo() -> Photo {
    let mut png = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(50, 70, image::Rgb([60, 90, 200])).write_to(&mut png, image::ImageFormat::Png).expect("a picture");
    Photo::prepare(&png.into_inner()).expect("a photo")
}

fn part(docx: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).expect("a zip");
    let mut bytes = Vec::new();
    zip.by_name(name).expect(name).read_to_end(&mut bytes).expect("a part");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What stands in quotes behind each of these words.
fn quoted<'x>(xml: &'x str, word: &str) -> Vec<&'x str> {
    xml.split(word).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_photo_takes_the_place_of_the_words_and_has_its_size() {
    let scheme = Scheme::built_in();
    let template = FormTemplate::built_in(&scheme).expect("a form");
    let person = Registration::default();
    let mut docx = Vec::new();
    template.filler(&scheme).fill_with(&person, Some(&photo()), &mut docx).expect("filled");
    let xml = part(&docx, "word/document.xml");
    assert!(!xml.contains('照') || !xml.contains("<w:t xml:space=\"preserve\">照"), "{xml}");
    let (width, height): (f64, f64) =
        (quoted(&xml, "<wp:extent cx=\"")[0].parse().expect("a number"), quoted(&xml, "\" cy=\"")[0].parse().expect("a number"));
    assert!((880_000.0..=900_000.0).contains(&width) && (width / height - 25.0 / 35.0).abs() < 0.001, "{width} × {height}");
    assert_eq!(quoted(&xml, "r:embed=\""), ["rIdPhoto1"]);
    assert!(part(&docx, "word/_rels/document.xml.rels").contains("Target=\"/word/media/photo1.jpeg\""));
    assert_eq!(part(&docx, TYPES).matches("Extension=\"jpeg\"").count(), 1);

    let (mut without, mut plain) = (Vec::new(), Vec::new());
    template.filler(&scheme).fill_with(&person, None, &mut without).expect("filled");
    template.fill(&person, &scheme, &mut plain).expect("filled");
    assert_eq!(without, plain);
    assert!(part(&plain, "word/document.xml").contains('照'));
}

#[test]
fn every_form_of_a_document_shows_its_own_photo() {
    let scheme = Scheme::built_in();
    let template = FormTemplate::built_in(&scheme).expect("a form");
    let photo = photo();
    let mut docx = Vec::new();
    let mut photos = MergedPhotos::new(&template, &mut docx).expect("begun");
    for number in 0..10 {
        photos.push((number % 3 != 0).then_some(&photo)).expect("a photo");
    }
    let mut forms: MergedForms<'_, '_> = photos.into_forms(&scheme).expect("forms");
    for _ in 0..10 {
        forms.push(&Registration::default()).expect("a form");
    }
    forms.finish().expect("a document");
    let xml = part(&docx, "word/document.xml");
    assert_eq!(quoted(&xml, "r:embed=\""), ["1", "2", "3", "4", "5", "6"].map(|number| format!("rIdPhoto{number}")));
    let ids: BTreeSet<&str> = quoted(&xml, "<wp:docPr id=\"").into_iter().collect();
    assert_eq!(ids.len(), 6);
    assert_eq!(part(&docx, "word/_rels/document.xml.rels").matches("/image\"").count(), 6);
    assert!(part(&docx, "word/media/photo6.jpeg").len() > 100);
    assert_eq!(xml.matches("<w:pageBreakBefore/>").count(), 9);
}

/// A form of these parts, which begin with a table that asks for a name.
fn template_of(body: &str, scheme: &Scheme) -> FormTemplate {
    let xml = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"><w:body>{}{body}<w:p/></w:body></w:document>",
        table(&[&["姓名", ""], &["性别", ""], &["手机", ""], &["工作单位", ""]])
    );
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"></Types>".to_owned();
    let parts = [(TYPES.to_owned(), types.into_bytes()), ("word/document.xml".to_owned(), xml.into_bytes())];
    FormTemplate::from_parts(parts.into_iter(), "word/document.xml", scheme).expect("a form")
}

fn table(rows: &[&[&str]]) -> String {
    let cell =
        |text: &&str| format!("<w:tc><w:tcPr><w:tcW w:w=\"2000\" w:type=\"dxa\"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let rows: String = rows.iter().map(|row| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>())).collect();
    format!("<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>")
}

/// The document of two people's forms, of whom both have a photo.
fn two_forms(template: &FormTemplate, scheme: &Scheme) -> String {
    let photo = photo();
    let mut docx = Vec::new();
    let mut photos = MergedPhotos::new(template, &mut docx).expect("begun");
    (0..2).for_each(|_| photos.push(Some(&photo)).expect("a photo"));
    let mut forms: MergedForms<'_, '_> = photos.into_forms(scheme).expect("forms");
    (0..2).for_each(|_| drop(forms.push(&Registration::default()).expect("a form")));
    forms.finish().expect("a document");
    part(&docx, "word/document.xml")
}

#[test]
fn a_photo_in_a_text_box_fits_it_and_goes_to_its_own_form() {
    let scheme = Scheme::built_in();
    // 22 × 28 mm, of which Word keeps some free at each side
    let text_box = "<w:p><w:r><w:drawing><wp:anchor><wp:extent cx=\"792000\" cy=\"1008000\"/><w:txbxContent><w:p><w:r><w:t>照片</w:t></w:r></w:p>\
                    </w:txbxContent></wp:anchor></w:drawing></w:r></w:p>";
    let template = template_of(text_box, &scheme);
    assert!(template.has_photo(), "{:?}", template.places());
    let xml = two_forms(&template, &scheme);
    assert_eq!(quoted(&xml, "r:embed=\""), ["rIdPhoto1", "rIdPhoto2"]);
    assert_eq!(xml.matches("<w:txbxContent><w:p><w:pPr>").count(), 2, "{xml}");
    let sides = |word| quoted(&xml, word).into_iter().filter_map(|side| side.parse::<f64>().ok()).collect::<Vec<f64>>();
    for (width, height) in sides("<a:ext cx=\"").into_iter().zip(sides("\" cy=\"").into_iter().skip(1).step_by(3)) {
        assert!(width <= 792_000.0 - 182_880.0 && height <= 1_008_000.0 - 91_440.0, "{width} × {height}");
        assert!((width / height - 25.0 / 35.0).abs() < 0.001, "{width} × {height}");
    }
}

#[test]
fn a_photo_on_a_counterfoil_has_a_drawing_number_of_its_own() {
    let scheme = Scheme::built_in();
    let copy = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>{}", table(&[&["照片", ""], &["姓名", ""], &["手机", ""]]));
    let template = template_of(&format!("{}{}", table(&[&["照片", ""]]), copy("存根")), &scheme);
    let xml = two_forms(&template, &scheme);
    let embedded = quoted(&xml, "r:embed=\"");
    assert_eq!(embedded, ["rIdPhoto1", "rIdPhoto1", "rIdPhoto2", "rIdPhoto2"]);
    let ids: BTreeSet<&str> = quoted(&xml, "<wp:docPr id=\"").into_iter().collect();
    assert_eq!(ids.len(), embedded.len(), "{ids:?}");
}
