//! What stands in the report, whichever file it is poured into.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use mingce_core::collection::Collection;
use mingce_core::register::RawAnswer;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::statistics::Summary;
use mingce_core::units::Units;
use mingce_core::value::Date;

use super::{docx, lead, sections, xlsx};
use crate::xlsx::XlsxOptions;

/// Six people of 长塘村, with 13 members, and three of a unit whose members nobody knows.
fn summary() -> Summary {
    let scheme = Scheme::built_in();
    let today = Date::new(2026, 6, Some(1)).expect("a day");
    let units = Units::from_toml("[[unit]]\nname = \"长塘村\"\nmembers = 13\n[[unit]]\nname = \"祥云村\"\nmembers = 2\n").expect("units");
    let mut collection = Collection::new(&scheme, today).with_units(&units);
    let fields = [Field::Name, Field::Sex, Field::Birth, Field::Services, Field::Branch];
    for (number, name) in ["甲一", "甲二", "甲三", "甲四", "甲五", "甲六", "乙一", "乙二", "乙三"].into_iter().enumerate()
    {
        let sex = if number % 2 == 0 { "男" } else { "女" };
        let branch = if number < 6 { "长塘村" } else { "聚湖社区" };
        let texts = [name, sex, if number < 5 { "1980.05" } else { "1991.02" }, "尊老服务、助残服务", branch];
        let answers: Vec<RawAnswer<'_>> = fields.iter().zip(texts).map(|(field, text)| RawAnswer::typed(*field, text)).collect();
        collection.add_person("报名", &fields, &answers);
    }
    Summary::of(&collection.judge(), &scheme, today)
}

#[test]
fn the_report_says_in_words_what_is_missing() {
    let text = lead(&summary());
    assert_eq!(
        text,
        "共登记 9 人，其中党员志愿者 9 人，入党积极分子 0 人。已知党员总数的 2 个单位共有党员 15 人，报名 6 人，占 40%；\
         达到 50% 的 0 个，没有达到的 2 个：长塘村（还差 1 人）、祥云村（还差 1 人）。"
    );
}

#[test]
fn workbook_and_document_hold_the_same_tables() {
    let summary = summary();
    let bytes = xlsx(&summary, &XlsxOptions::default()).expect("a workbook");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook that calamine opens");
    assert_eq!(book.sheet_names(), ["汇总报告", "图表"]);
    let range = book.worksheet_range("汇总报告").expect("the report");
    let lines: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
    let document = document(&docx(&summary, &Scheme::built_in()).expect("a document"));
    for section in sections(&summary) {
        for row in &section.rows {
            let words: Vec<String> = row.iter().map(super::Cell::words).collect();
            assert!(lines.iter().any(|line| line[0] == words[0] && line[1] == words[1]), "{words:?}");
            assert!(words.iter().all(|word| document.contains(&format!(">{word}<"))), "{words:?}");
        }
    }
    assert!(lines.iter().any(|line| line[..4] == ["长塘村", "13", "6", "0"] && line[4].starts_with("0.461") && line[5] == "未达到"));
}

#[test]
fn the_same_sums_give_the_same_bytes() {
    let summary = summary();
    assert_eq!(xlsx(&summary, &XlsxOptions::default()).expect("made"), xlsx(&summary, &XlsxOptions::default()).expect("made"));
    let scheme = Scheme::built_in();
    assert_eq!(docx(&summary, &scheme).expect("made"), docx(&summary, &scheme).expect("made"));
}

fn document(bytes: &[u8]) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    package.by_name("word/document.xml").expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}
