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
