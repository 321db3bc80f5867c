use std::io::Write;

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("room");
    }
    zip.finish().expect("a zip").into_inner()
}

/// Writes other bytes over each place where these stand.
fn patch(bytes: &mut [u8], old: &[u8], new: &[u8]) {
    let places: Vec<usize> = memchr::memmem::find_iter(bytes, old).collect();
    assert!(!places.is_empty(), "nothing to patch");
    for place in places {
        bytes[place..place + new.len()].copy_from_slice(new);
    }
}

fn error_of(bytes: &[u8], limits: &Limits) -> String {
    format!("{:?}", Package::open(bytes, limits).expect_err("refused"))
}

#[test]
fn parts_are_found_by_name_without_regard_to_case_and_checked() {
    let bytes = packed(&[("xl\\Workbook.xml", b"<a/>"), ("../../evil", b"x"), ("/b.bin", b"123")]);
    let package = Package::open(&bytes, &Limits::default()).expect("a package");
    assert_eq!(package.names().collect::<Vec<_>>(), ["xl/Workbook.xml", "b.bin"]);
    assert_eq!(package.part("XL/workbook.xml").expect("a part"), b"<a/>");
    assert_eq!(package.part("b.bin").expect("a part"), b"123");
    assert!(matches!(package.part("c"), Err(Error::MissingPart { .. })));
}

#[test]
fn escapes_in_the_name_of_a_part_are_resolved_where_the_entry_has_none() {
    let bytes = packed(&[("xl/my sheet.xml", b"1"), ("xl/%E8%A1%A8.xml", b"2"), ("xl/名册.xml", b"3")]);
    let package = Package::open(&bytes, &Limits::default()).expect("a package");
    for (name, content) in [("xl/my%20sheet.xml", b"1"), ("xl/%E8%A1%A8.xml", b"2"), ("xl/%E5%90%8D%E5%86%8C.xml", b"3")] {
        assert_eq!(package.part(name).expect(name), content);
    }
    for name in ["xl/%zz.xml", "xl/%", "xl/%E", "xl/%FF.xml", "%2e%2e/x"] {
        assert!(!package.contains(name), "{name}");
    }
}

#[test]
fn sheets_and_pictures_are_counted_apart_from_other_entries() {
    let bytes = packed(&[("word/document.xml", b""), ("word/media/1.jpeg", b""), ("xl\\Worksheets\\_rels\\1.xml", b""), ("media", b"")]);
    assert!(Package::open(&bytes, &Limits::default().with_entries(2)).is_ok());
    assert!(error_of(&bytes, &Limits::default().with_entries(1)).contains("Entries"));
    assert!(error_of(&bytes, &Limits::default().with_leaves(1)).contains("Entries"));
}

#[test]
fn a_directory_over_its_limits_is_refused_before_anything_is_unpacked() {
    let bytes = packed(&[("a.xml", &[b'0'; 100_000]), ("xl/sharedStrings.xml", &[b'1'; 1000]), ("c", b"2")]);
    let limits = Limits::default;
    assert!(Package::open(&bytes, &limits()).is_ok());
    for (limits, which) in [
        (limits().with_part(99_999), "Part"),
        (limits().with_shared(999), "Shared"),
        (limits().with_unpacked(101_000), "Unpacked"),
        (limits().with_entries(2), "Entries"),
        (limits().with_entries(1).with_leaves(2), "Entries"),
        (limits().with_ratio(200, 50_000), "Ratio"),
        (limits().with_input(100), "Input"),
    ] {
        assert!(error_of(&bytes, &limits).starts_with(&format!("LimitExceeded {{ limit: {which},")), "{which}");
    }
}

#[test]
fn a_name_used_twice_is_refused_in_any_case() {
    for twin in ["b.xml", "B.XML"] {
        let mut bytes = packed(&[("a.xml", b"1"), ("b.xml", b"2")]);
        patch(&mut bytes, b"a.xml", twin.as_bytes());
        assert!(error_of(&bytes, &Limits::default()).starts_with("DuplicateEntry"), "{twin}");
    }
}

#[test]
fn an_encrypted_entry_is_said_to_be_so() {
    let mut bytes = packed(&[("a.xml", b"1")]);
    let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").expect("a directory");
    bytes[directory + 8] |= 1;
    assert_eq!(error_of(&bytes, &Limits::default()), "Encrypted");
}

#[test]
fn damage_and_lies_show_when_the_part_is_read() {
    let text: Vec<u8> = (0..2000u32).flat_map(|n| n.to_string().into_bytes()).collect();
    let good = packed(&[("a.xml", &text)]);
    let directory = memchr::memmem::find(&good, b"PK\x01\x02").expect("a directory");
    for (offset, what) in [(16, "check sum"), (24, "unpacked size"), (10, "method"), (42, "place")] {
        let mut bytes = good.clone();
        bytes[directory + offset] ^= 1;
        let found = Package::open(&bytes, &Limits::default()).and_then(|package| package.part("a.xml"));
        assert!(matches!(found, Err(Error::DamagedPart { .. } | Error::NotAPackage { .. })), "{what}");
    }
    for cut in [good.len() / 2, good.len() - 10] {
        assert!(error_of(&good[..cut], &Limits::default()).starts_with("NotAPackage"));
    }
}

#[test]
fn the_main_part_is_named_by_the_package_or_found_where_it_usually_lies() {
    let rels = br#"<Relationships><Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/xl/book.xml"/></Relationships>"#;
    for (parts, expected) in [
        (vec![("_rels/.rels", &rels[..]), ("xl/book.xml", b"<workbook/>")], Some("xl/book.xml")),
        (vec![("word/document.xml", &b"<document/>"[..])], Some("word/document.xml")),
        (vec![("a.txt", &b""[..])], None),
    ] {
        let bytes = packed(&parts);
        let package = Package::open(&bytes, &Limits::default()).expect("a package");
        assert_eq!(package.main_part().expect("readable").as_deref(), expected);
    }
}

#[test]
fn xml_in_utf16_reads_like_any_other() {
    let xml: Vec<u8> = "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>张</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = packed(&[("a.xml", &xml)]);
    let package = Package::open(&bytes, &Limits::default()).expect("a package");
    assert_eq!(package.xml_text("a.xml").expect("text"), "<a>张</a>");
    let mut reader = package.xml("a.xml").expect("a stream");
    reader.next().expect("a start");
    assert!(matches!(reader.next(), Ok(crate::xml::Token::Text(text)) if text == "张"));
}
