//! Damaged inputs: whatever is wrong in a file, the program ends by itself with a report that adds up.
#![expect(clippy::panic, reason = "a failing test says which file and which damage it failed on")]

use std::io::{Cursor, Read, Write};
use std::path::Path;

use mingce_tests::{report_keeps_its_laws, repository};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::Folder;

/// Damaged copies of each file; the next one is always the same. `MINGCE_DAMAGED_COPIES=2000` looks further.
const COPIES: u64 = 24;

const CSV: &str = "填报单位：长塘村\n序号,姓名,性别,出生年月,交通补贴,服务意向\n1,郑试一,男,1985.6,手机充值,尊老服务\n2,\"陶试\n二\",女,1986.7,手机充值,爱幼服务\n合计,2人\n";
const HTML: &str = "<html><meta charset=utf-8><body><table><tr><th>姓名<th>性别<th>出生年月<th colspan=2>服务意向</tr>\
    <tr><td>郑试一<td>男<td>1985-06<td>尊老服务<td>&nbsp;</tr><tr><td rowspan=2>陶试二<td>女<td>1986&#46;7</tr></table></body></html>";
const XML: &str = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
    xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"表\"><Table><Row><Cell><Data ss:Type=\"String\">姓名</Data></Cell>\
    <Cell><Data ss:Type=\"String\">性别</Data></Cell><Cell ss:Index=\"4\"><Data ss:Type=\"String\">出生年月</Data></Cell></Row>\
    <Row ss:Index=\"3\"><Cell ss:MergeAcross=\"0\"><Data ss:Type=\"String\">郑试一</Data></Cell><Cell><Data ss:Type=\"String\">男</Data></Cell>\
    <Cell ss:Index=\"4\"><Data ss:Type=\"DateTime\">1985-06-01T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>";
const ODS: &str = "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body>\
    <office:spreadsheet><table:table table:name=\"表\"><table:table-row><table:table-cell><text:p>姓名</text:p></table:table-cell>\
    <table:table-cell><text:p>性别</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated=\"2\">\
    <table:table-cell><text:p>郑试一</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\"><text:p>男</text:p>\
    </table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>";

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }

    /// Flips, replaces, removes or doubles some of the bytes.
    fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(4) {
            let (at, kind) = (self.below(bytes.len()), self.below(8));
            match kind {
                _ if bytes.is_empty() => return,
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..bytes.len().min(at + 1 + self.below(40)))),
                2 => {
                    let piece = bytes[at..bytes.len().min(at + 1 + self.below(200))].to_vec();
                    bytes.splice(at..at, piece);
                }
                3 => bytes[at] = [0, 0xFF, b'9', b'<', b'>', b'&', b'"', b'-'][self.below(8)],
                _ => bytes[at] ^= 1 << self.below(8),
            }
        }
    }
}

/// The package with one of its parts damaged, and its check sums right.
fn with_damaged_part(package: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(package)).expect("a package");
    let (chosen, mut copy) = (chance.below(archive.len()), ZipWriter::new(Cursor::new(Vec::new())));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a part that can be read");
        if index == chosen {
            chance.damage(&mut bytes);
        }
        copy.start_file(part.name().expect("a name"), SimpleFileOptions::default()).expect("an entry");
        copy.write_all(&bytes).expect("room");
    }
    copy.finish().expect("a package").into_inner()
}

fn survives(folder: &Folder, name: &str, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(folder.path().join(name), bytes).map_err(|error| error.to_string())?;
    let outcome = folder.run_today(&format!("check {name} --format json"));
    if !matches!(outcome.status, Some(0 | 1 | 3)) || outcome.stderr.contains("panicked") {
        return Err(format!("status {:?}\n{}", outcome.status, outcome.stderr));
    }
    report_keeps_its_laws(&outcome.report()?)
}

/// Damages the file over and over; what a fault was found with stays in the message, so that it can be looked into.
fn check_all(name: &str, whole: &[u8]) {
    let folder = Folder::new();
    survives(&folder, name, whole).unwrap_or_else(|fault| panic!("{name}, whole: {fault}"));
    #[expect(clippy::disallowed_methods, reason = "how long to look is for whoever runs the tests to say")]
    let copies = std::env::var("MINGCE_DAMAGED_COPIES").ok().and_then(|copies| copies.parse().ok()).unwrap_or(COPIES);
    for seed in 0..copies {
        let mut chance = Chance(seed);
        let mut bytes = whole.to_vec();
        if whole.starts_with(b"PK") && seed % 4 != 0 {
            bytes = with_damaged_part(whole, &mut chance);
        } else {
            chance.damage(&mut bytes);
        }
        survives(&folder, name, &bytes).unwrap_or_else(|fault| panic!("{name}, seed {seed}: {fault}"));
    }
}

fn fixture(path: &str) -> Vec<u8> {
    let path = repository().join(path);
    std::fs::read(Path::new(&path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn damaged_workbooks_are_read_or_refused_and_nothing_is_lost() {
    check_all("表.xlsx", &fixture("fixtures/minimal/input/长塘村.xlsx"));
    check_all("选项.xlsx", &fixture("fixtures/libreoffice-made/input/第一支部.xlsx"));
}

#[test]
fn damaged_old_workbooks_are_read_or_refused_and_nothing_is_lost() {
    check_all("表.xls", &fixture("fixtures/excel-2003-made/input/第一支部.xls"));
    check_all("照片.xls", &fixture("fixtures/pictures-on-old-workbooks/input/照片.xls"));
}

#[test]
fn damaged_documents_are_read_or_refused_and_nothing_is_lost() {
    let folder = repository().join("fixtures/forms-of-word/input");
    let mut documents: Vec<_> = std::fs::read_dir(folder).expect("the fixture").flatten().map(|entry| entry.path()).collect();
    documents.sort();
    for (number, path) in documents.iter().enumerate() {
        check_all(&format!("{number}.docx"), &std::fs::read(path).expect("a document"));
    }
}

#[test]
fn damaged_texts_and_pages_are_read_or_refused_and_nothing_is_lost() {
    for (name, text) in [("表.csv", CSV), ("网页.xls", HTML), ("旧.xml", XML), ("表.fods", ODS)] {
        check_all(name, text.as_bytes());
    }
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    package.start_file("content.xml", SimpleFileOptions::default()).expect("an entry");
    package
        .write_all(
            ODS.replace("office:document ", "office:document-content ")
                .replace("</office:document>", "</office:document-content>")
                .as_bytes(),
        )
        .expect("room");
    check_all("表.ods", &package.finish().expect("a package").into_inner());
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(CSV.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    check_all("十六.txt", &utf16);
}

#[test]
fn damaged_encrypted_workbooks_are_read_or_refused() {
    check_all("加密.xlsx", &fixture("crates/ooxml/tests/data/agile-one-round.xlsx"));
}
