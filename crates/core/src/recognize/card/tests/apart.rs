//! Options in cells of their own that are ticked in another cell: before or behind them, below them, in a list of their own.

use super::*;

/// The options of a choice that are ticked, and whether there is a mark for each of `options`.
fn ticked(rows: &[&[&str]], columns: u16, field: Field, options: usize) -> Vec<u16> {
    let head: [&[&str]; 2] = [&["姓名", "张三", "性别", "男"], &["手机", "13800000001", "学历", "本科"]];
    let rows: Vec<&[&str]> = head.iter().chain(rows).copied().collect();
    let card = only_card(&rows, columns);
    let marks = card.slot(field).map(|slot| slot.marks.clone()).unwrap_or_default();
    assert_eq!(marks.len(), options, "{rows:?}");
    marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option).collect()
}

#[test]
fn yes_or_no_before_each_option() {
    for [yes, no] in [["√", ""], ["[√]", "[ ]"], ["（√）", "（ ）"], ["是", "否"], ["TRUE", "FALSE"], ["R", ""], ["√", "/"], ["✅", "⬜"]]
    {
        let row = ["可参加时间", no, "双休日", yes, "节假日", no, "随时可以"];
        assert_eq!(ticked(&[&row], 7, Field::Availability, 3), [1], "{yes} {no}");
        let row = ["可参加时间", "双休日", no, "节假日", yes, "随时可以", no];
        assert_eq!(ticked(&[&row], 7, Field::Availability, 3), [1], "{yes} {no}");
    }
}

#[test]
fn ticks_of_the_next_row_are_its_own() {
    let rows: [&[&str]; 2] =
        [&["交通补贴", "否", "手机充值", "是", "自行领取", "否", "爱心募捐"], &["服务意向", "尊老服务", "√", "助残服务", ""]];
    assert_eq!(ticked(&rows, 7, Field::Subsidy, 3), [1]);
    let rows: [&[&str]; 3] = [&["交通补贴", "手机充值", "自行领取", "爱心募捐"], &["", "", "√", ""], &["QQ", "12345"]];
    assert_eq!(ticked(&rows, 4, Field::Subsidy, 3), [1]);
}

#[test]
fn the_only_option_is_one_where_yes_or_no_is_said_to_it() {
    for (row, expected) in [
        (["职业类型", "机关党员干部", "（ ）", ""], &[][..]),
        (["职业类型", "机关党员干部", "（√）", ""], &[0]),
        (["职业类型", "机关党员干部", "否", ""], &[]),
        (["职业类型", "1", "机关党员干部", ""], &[0]),
        (["职业类型", "×", "机关党员干部", ""], &[]),
    ] {
        assert_eq!(ticked(&[&row], 4, Field::Occupation, 1), expected, "{row:?}");
    }
    assert_eq!(ticked(&[&["职业类型", "机关党员干部"], &["", "□"]], 4, Field::Occupation, 1), [0_u16; 0]);
    // without an answer beside it, the word is the answer itself
    let card = only_card(&[&["姓名", "张三"], &["性别", "男"], &["职业类型", "机关党员干部"]], 2);
    assert!(card.slot(Field::Occupation).is_some_and(|slot| slot.marks.is_empty()));
}

#[test]
fn a_list_of_options_below_their_label() {
    for [yes, no] in [["√", ""], ["是", "否"], ["1", "0"], ["☑", "□"]] {
        let list: [&[&str]; 5] = [&["服务意向"], &["尊老服务", no], &["爱幼志愿服务", yes], &["帮农民工服务", no], &["助残服务", yes]];
        assert_eq!(ticked(&list, 4, Field::Services, 4), [1, 3], "{yes} {no}");
        let before: [&[&str]; 4] = [&["交通补贴"], &[no, "手机充值"], &[yes, "自行领取"], &[no, "爱心募捐"]];
        assert_eq!(ticked(&before, 4, Field::Subsidy, 3), [1], "{yes} {no}");
    }
    // the next label ends it
    let list: [&[&str]; 5] = [&["交通补贴"], &["手机充值", ""], &["自行领取", "√"], &["爱心募捐", ""], &["职务", "教师"]];
    assert_eq!(ticked(&list, 4, Field::Subsidy, 3), [1]);
}
