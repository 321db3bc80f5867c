//! Sources and the workbooks returned for them, judged together and alone.

use std::sync::Arc;

use crate::address::Address;
use crate::collection::tests::judged;
use crate::collection::{Checked, Corrections};
use crate::diagnostic::Code;
use crate::grid::{Grid, Picture, PictureFile};
use crate::recognize::table_tests::drawn;
use crate::recognize::{SkipReason, Skipped};

const SOURCE: &str = "姓名|手机|服务意向\n郑试一|13800000001|尊老服务\n郑试2|13800000002|助残服务\n郑试三|1380000|助残服务";

/// A table of these lines; everybody is a man born in June 1985.
fn table(lines: &str) -> Grid {
    drawn(&lines.replace("|手机", "|性别|出生年月|手机").replace("|138", "|男|1985.06|138"), &[])
}

fn source() -> Grid {
    table(SOURCE)
}

/// Rows 3 and 4 of the source as they come back.
fn returned(lines: &str) -> Grid {
    table(&format!("错误说明|姓名|手机|服务意向|来源\n{lines}"))
}

fn names(checked: &Checked) -> Vec<&str> {
    checked.accepted().map(|person| person.name.as_str()).collect()
}

fn ledger(checked: &Checked, table: usize) -> [usize; 4] {
    let rows = checked.tables[table].rows;
    [rows.read, rows.accepted, rows.returned, rows.skipped]
}

fn corrected(row: u32, name: &'static str) -> Skipped {
    Skipped { row, reason: SkipReason::Corrected, text: name.into() }
}

#[test]
fn corrected_rows_stand_where_their_originals_stood_whichever_input_comes_first() {
    let source = source();
    let back = returned(
        "姓名不对|郑试四|13800000002|助残服务|收集/长塘村.xlsx › Sheet1 › 3\n|郑试三|13800000003|助残服务|收集/长塘村.xlsx › Sheet1 › 4",
    );
    for files in [[("a/长塘村.xlsx", &source), ("退回.xlsx", &back)], [("退回.xlsx", &back), ("a/长塘村.xlsx", &source)]] {
        let checked = judged(&files);
        let (first, second) = if files[0].0 == "退回.xlsx" { (1, 0) } else { (0, 1) };
        assert_eq!(names(&checked), ["郑试一", "郑试四", "郑试三"]);
        assert_eq!((ledger(&checked, first), ledger(&checked, second)), ([3, 1, 0, 2], [2, 2, 0, 0]));
        assert_eq!(checked.tables[first].skipped, [corrected(3, "郑试2"), corrected(4, "郑试三")]);
        assert_eq!(checked.tables[second].corrections, Some(Corrections { fixed: 2, still_wrong: 0 }));
        assert_eq!(checked.tables[first].corrections, None);
        assert!(checked.diagnostics.iter().all(|finding| !finding.is_error()), "{:?}", checked.diagnostics);
        assert!(!checked.diagnostics.iter().any(|finding| finding.code == Code::UnmappedColumn));
        assert!(checked.people.iter().all(|person| person.unit == "长塘村"), "counted under the file the row came from");
    }
}

#[test]
fn a_row_still_wrong_goes_back_once_more_and_its_original_does_not() {
    let back = returned("|郑试四|13800000002|助残服务|长塘村.xlsx › Sheet1 › 3\n|郑试三|138000|助残服务|长塘村.xlsx › Sheet1 › 4");
    let checked = judged(&[("长塘村.xlsx", &source()), ("退回.xlsx", &back)]);
    assert_eq!(ledger(&checked, 0), [3, 1, 0, 2]);
    assert_eq!(ledger(&checked, 1), [2, 1, 1, 0]);
    assert_eq!(checked.tables[1].corrections, Some(Corrections { fixed: 1, still_wrong: 1 }));
    let errors: Vec<_> = checked.diagnostics.iter().filter(|finding| finding.is_error()).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!((errors[0].at.file.as_deref(), errors[0].at.row), (Some("退回.xlsx"), Some(3)));
}

#[test]
fn alone_a_returned_workbook_says_what_has_been_fixed() {
    let back = returned("|郑试四|13800000002|助残服务|长塘村.xlsx › Sheet1 › 3");
    let checked = judged(&[("长塘村.xlsx", &back)]);
    assert_eq!(ledger(&checked, 0), [1, 1, 0, 0]);
    assert_eq!(checked.tables[0].corrections, Some(Corrections { fixed: 1, still_wrong: 0 }));
    assert_eq!(checked.origins.values().map(ToString::to_string).collect::<Vec<_>>(), ["长塘村.xlsx › Sheet1 › 3"]);
}

#[test]
fn rows_of_tables_side_by_side_have_one_origin_and_are_different_people() {
    let two = |first: &str, second: &str| {
        let origin = "长塘村.xlsx › Sheet1 › 3";
        drawn(
            &format!(
                "错误说明|姓名|性别|出生年月|手机|服务意向|来源\n|{first}|{origin}\n\n姓名|性别|出生年月|手机|服务意向|来源\n{second}|{origin}"
            ),
            &[],
        )
    };
    let wrong = two("郑试一|男|1985.06|1380|尊老服务", "郑试二|女|1986.06|1380|尊老服务");
    let right = two("郑试一|男|1985.06|13800000001|尊老服务", "郑试二|女|1986.06|13800000002|尊老服务");
    assert_eq!(names(&judged(&[("退回.xlsx", &right)])), ["郑试一", "郑试二"]);
    for files in [[("一.xlsx", &wrong), ("二.xlsx", &right)], [("二.xlsx", &right), ("一.xlsx", &wrong)]] {
        let checked = judged(&files);
        assert_eq!(names(&checked), ["郑试一", "郑试二"]);
        assert_eq!(checked.ledger().skipped, 2);
    }
}

#[test]
fn a_row_that_came_back_counts_under_the_unit_its_table_named() {
    let source = drawn("填报单位：甲村\n姓名|性别|出生年月|手机|服务意向\n郑试一|男|1985.06|1380|尊老服务", &[]);
    let back = drawn("姓名|性别|出生年月|手机|服务意向|来源\n郑试一|男|1985.06|13800000001|尊老服务|长塘村.xlsx › Sheet1 › 3", &[]);
    let checked = judged(&[("长塘村.xlsx", &source), ("退回.xlsx", &back)]);
    assert_eq!(checked.people.iter().map(|person| person.unit.as_str()).collect::<Vec<_>>(), ["甲村"]);
}

#[test]
fn of_two_files_of_one_name_the_nearer_is_meant_and_none_if_both_are_as_near() {
    let (source, other) = (source(), source());
    let back = returned("|郑试四|13800000009|助残服务|收集/东/表.xlsx › Sheet1 › 3");
    let checked = judged(&[("/tmp/东/表.xlsx", &source), ("/tmp/西/表.xlsx", &other), ("退回.xlsx", &back)]);
    assert_eq!([0, 1].map(|table| ledger(&checked, table)[3]), [1, 0]);
    let checked = judged(&[("甲/表.xlsx", &source), ("乙/表.xlsx", &other), ("退回.xlsx", &back)]);
    assert_eq!([0, 1].map(|table| ledger(&checked, table)[3]), [0, 0]);
    assert_eq!(checked.tables[2].corrections, None);
}

#[test]
fn of_two_corrections_of_one_row_the_one_without_errors_counts_else_the_later() {
    let right = returned("|郑试四|13800000002|助残服务|长塘村.xlsx › Sheet1 › 3");
    let wrong = returned("|郑试5|13800000002|助残服务|长塘村.xlsx › Sheet1 › 3");
    let later = returned("|郑试六|13800000002|助残服务|长塘村.xlsx › Sheet1 › 3");
    let source = source();
    let checked = judged(&[("一.xlsx", &right), ("长塘村.xlsx", &source), ("二.xlsx", &wrong)]);
    assert_eq!((ledger(&checked, 0), ledger(&checked, 2)), ([1, 1, 0, 0], [1, 0, 0, 1]));
    let checked = judged(&[("一.xlsx", &right), ("长塘村.xlsx", &source), ("二.xlsx", &later)]);
    assert_eq!(names(&checked), ["郑试一", "郑试六"]);
    // without their source too
    let checked = judged(&[("一.xlsx", &right), ("二.xlsx", &later)]);
    assert_eq!(names(&checked), ["郑试六"]);
    assert_eq!(checked.ledger().skipped, 1);
}

#[test]
fn a_row_that_was_there_twice_may_become_somebody_else() {
    let source = table("姓名|手机|服务意向\n郑试一|13800000001|尊老服务\n郑试一|13800000001|尊老服务");
    let back = returned("已经登记过|郑试二|13800000002|助残服务|长塘村.xlsx › Sheet1 › 3");
    let checked = judged(&[("长塘村.xlsx", &source), ("退回.xlsx", &back)]);
    assert_eq!(names(&checked), ["郑试一", "郑试二"]);
    assert_eq!(ledger(&checked, 0), [2, 1, 0, 1]);
    assert_eq!(checked.tables[1].corrections, Some(Corrections { fixed: 1, still_wrong: 0 }));
}

#[test]
fn a_cell_filled_down_over_a_new_row_replaces_nobody() {
    // Excel counts on when a cell is filled down: the second row names a row of the source that was right
    let back = returned(
        "|郑试四|13800000002|助残服务|长塘村.xlsx › Sheet1 › 3\n|新来的|13800000007|助残服务|长塘村.xlsx › Sheet1 › 2\n|又一个|13800000008|助残服务|长塘村.xlsx › Sheet1 › 3",
    );
    let checked = judged(&[("长塘村.xlsx", &source()), ("退回.xlsx", &back)]);
    assert_eq!(names(&checked), ["郑试一", "郑试四", "新来的", "又一个"]);
    assert_eq!(ledger(&checked, 0), [3, 1, 1, 1]);
}

#[test]
fn a_senders_own_column_of_that_name_is_carried_along() {
    let checked = judged(&[("甲.xlsx", &table("姓名|手机|服务意向|来源\n郑试一|13800000001|尊老服务|上门登记"))]);
    assert!(checked.diagnostics.iter().any(|finding| finding.code == Code::UnmappedColumn));
    assert_eq!(checked.people[0].carried.len(), 1);
}

#[test]
fn the_sheet_of_findings_is_no_form() {
    let findings = "级别|文件|工作表|单元格|单位|项目|问题|怎么办\n错误|甲.xlsx|一|A3||姓名|没有姓名|请补填\n错误|甲.xlsx|一|B3||手机|不对|请改\n错误|甲.xlsx|一|C3||性别|不对|请改";
    let checked = judged(&[("退回.xlsx", &drawn(findings, &[]))]);
    assert_eq!(checked.ledger().read, 0);
    assert_eq!(checked.diagnostics[0].code, Code::NoTable);
}

#[test]
fn what_a_cell_could_not_hold_is_not_fixed_until_it_is_shorter() {
    for (length, accepted) in [(32_766, 1), (32_767, 0)] {
        let back = returned(&format!("{}|郑试四|13800000002|助残服务|长塘村.xlsx › Sheet1 › 3", "长".repeat(40_000)));
        assert_eq!(judged(&[("退回.xlsx", &back)]).ledger().accepted, 1, "our own explanation may be as long as it likes");
        let long = "长".repeat(length);
        let back = table(&format!("姓名|手机|服务意向|志愿服务经历|来源\n郑试四|13800000002|助残服务|{long}|长塘村.xlsx › Sheet1 › 3"));
        assert_eq!(judged(&[("退回.xlsx", &back)]).ledger().accepted, accepted, "{length}");
    }
}

#[test]
fn a_corrected_row_keeps_the_photo_of_its_original() {
    let mut source = source();
    let file = Arc::new(PictureFile { bytes: Box::from(*b"photo"), size: 5 });
    source.pictures.push(Picture { at: Address::new(4, 9).expect("a cell"), is_floating: true, file: Arc::clone(&file) });
    let back = returned("手机不对|郑试三|13800000003|助残服务|收集/长塘村.xlsx › Sheet1 › 4");
    for files in [[("a/长塘村.xlsx", &source), ("退回.xlsx", &back)], [("退回.xlsx", &back), ("a/长塘村.xlsx", &source)]] {
        let checked = judged(&files);
        let with_photo: Vec<&str> =
            checked.accepted().filter(|person| person.photo.as_ref() == Some(&file)).map(|person| person.name.as_str()).collect();
        assert_eq!(with_photo, ["郑试三"]);
    }
}
