//! Packages and XML under random damage: whatever the bytes, nothing panics, and what is given out is what was packed.

use std::path::Path;

use mingce_ooxml::xml::Token;
use mingce_ooxml::{Limits, Package, XmlReader};
use proptest::prelude::*;
use proptest::sample::Index;

/// A package of `tests/data`.
fn data(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).expect("a test file")
}

/// All parts of a package that can be read.
fn parts(bytes: &[u8], limits: &Limits) -> Vec<Vec<u8>> {
    match Package::open(bytes, limits) {
        Ok(package) => package.names().filter_map(|name| package.part(name).ok()).collect(),
        Err(_) => Vec::new(),
    }
}

/// Bytes with some of them changed, taken out, written twice, or cut off behind.
fn damaged(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let change = (0..20_u8, any::<Index>(), any::<Index>(), any::<u8>());
    prop::collection::vec(change, 1..6).prop_map(move |changes| {
        let mut bytes = bytes.clone();
        for (kind, place, other, value) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = place.index(bytes.len());
            let to = (at + 1 + other.index(64)).min(bytes.len());
            match kind {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..to)),
                2 => {
                    let again = bytes[at..to].to_vec();
                    bytes.splice(to..to, again);
                }
                3..8 => bytes[at] ^= 1 << (value % 8),
                8..12 => bytes[at] = value,
                // numbers that readers take for lengths and places
                12..16 => bytes[at..to.min(at + 4)].fill(if value < 128 { 0xFF } else { 0 }),
                // the directory stands at the end
                _ => {
                    let at = bytes.len() - 1 - other.index(bytes.len().min(1024));
                    bytes[at] = value;
                }
            }
        }
        bytes
    })
}

/// Reads XML to its end or its fault: how many tokens, and the last byte they cover.
fn walked(xml: &[u8], limits: &Limits) -> (usize, u64) {
    let mut reader = XmlReader::new(xml, "part", limits);
    let mut tokens = 0;
    loop {
        match reader.next() {
            Ok(Token::Eof) | Err(_) => return (tokens, reader.range().end),
            Ok(Token::Start(tag)) => {
                tokens += tag.attributes().count().min(1);
                tokens += 1;
            }
            Ok(Token::End(_) | Token::Text(_)) => tokens += 1,
        }
        assert!(reader.depth() <= limits.depth);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_damage_to_a_workbook_alters_a_part(bytes in damaged(data("plain.xlsx"))) {
        let whole = parts(&data("plain.xlsx"), &Limits::default());
        for part in parts(&bytes, &Limits::default()) {
            prop_assert!(whole.contains(&part), "a part that nobody packed");
        }
    }

    #[test]
    fn no_damage_to_a_stored_document_alters_a_part(bytes in damaged(data("plain.docx"))) {
        let whole = parts(&data("plain.docx"), &Limits::default());
        for part in parts(&bytes, &Limits::default()) {
            prop_assert!(whole.contains(&part), "a part that nobody packed");
        }
    }

    #[test]
    fn every_way_into_a_damaged_package_ends(bytes in damaged(data("plain.xlsx"))) {
        let limits = Limits::default();
        if let Ok(package) = Package::open(&bytes, &limits) {
            let main = package.main_part().ok().flatten().unwrap_or_default();
            let _ = package.relationships(&main);
            for name in package.names() {
                let text = package.xml_text(name);
                let part = package.part(name);
                prop_assert!(part.is_ok() || text.is_err(), "text of a part that cannot be read");
                if let Ok(mut xml) = package.xml(name) {
                    while !matches!(xml.next(), Ok(Token::Eof) | Err(_)) {}
                }
            }
        }
    }

    #[test]
    fn a_limit_on_parts_holds_whatever_the_directory_says(bytes in damaged(data("plain.xlsx")), limit in 0..20_000_u64) {
        for part in parts(&bytes, &Limits::default().with_part(limit)) {
            prop_assert!(part.len() as u64 <= limit);
        }
    }

    #[test]
    fn damaged_xml_is_walked_forwards_and_within_its_bytes(bytes in damaged(sheet())) {
        let limits = Limits::default().with_depth(20).with_token(2000);
        let (tokens, end) = walked(&bytes, &limits);
        prop_assert!(tokens <= 2 * bytes.len() + 2);
        prop_assert!(end <= bytes.len() as u64);
    }
}

/// The first sheet of the workbook, as XML.
fn sheet() -> Vec<u8> {
    let bytes = data("plain.xlsx");
    let package = Package::open(&bytes, &Limits::default()).expect("a package");
    package.part("xl/worksheets/sheet1.xml").expect("a sheet")
}
