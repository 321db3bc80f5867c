//! Which options of a choice are ticked.

use super::*;
use crate::grid::Look;

#[test]
fn boxes_belong_to_the_option_before_or_behind_them() {
    for (text, ticked, other) in [
        ("双休日□ 节假日☑ 随时可以□ 其他时间        ", vec![false, true, false], Some("        ")),
        ("□双休日 √节假日 □随时可以 □其他时间：晚上", vec![false, true, false, false], Some("晚上")),
        ("双休日（ ） 节假日（√） 随时（ ） 其他：晚上", vec![false, true, false], Some("晚上")),
        ("□A.双休日 ☑B.节假日 □C.随时可以 □D.其他时间：晚上", vec![false, true, false, false], Some("晚上")),
        ("(1)双休日□ (2)节假日☑ (3)随时可以□ 其他时间：", vec![false, true, false], Some("")),
        ("□双休日 √节假日 □随时可以 □其它____", vec![false, true, false, false], Some("____")),
        ("双休日□ 节假日☑ 随时可以□ 除了其他节日", vec![false, true, false], None),
        ("□双休日 ☑节假日 □随时可以 □其他服务时间：晚上", vec![false, true, false, false], Some("晚上")),
        ("双休日□ 节假日☑ 随时可以□ 其他服务时间□：晚上", vec![false, true, false, false], Some("晚上")),
        ("双休日□ 节假日☑ 随时可以□ 其他可用时段：晚上□", vec![false, true, false], Some("晚上")),
        ("□双休日 ☑节假日 □随时可以 □4.另外____周三____", vec![false, true, false, false], Some("____周三____")),
        // the boxes stand nearer to the words behind them, but then the first option would have none
        ("双休日 □节假日 ☑随时可以 □  其他时间          ", vec![false, true, false], Some("          ")),
        ("双休日 □节假日 ☑随时可以 □", vec![false, true, false], None),
        ("双休日（ ）节假日（√）随时可以（  ）", vec![false, true, false], None),
        ("[ ]双休日\n[√]节假日\n[ ]随时可以", vec![false, true, false], None),
    ] {
        let card = only_card(&[&["姓名", ""], &["性别", ""], &["可参加志愿\n服务时间", text]], 2);
        let slot = card.slot(Field::Availability).expect("a slot");
        assert_eq!(slot.marks.iter().map(|mark| mark.ticked).collect::<Vec<_>>(), ticked, "{text}");
        assert_eq!(slot.marks.iter().take(3).map(|mark| mark.option).collect::<Vec<_>>(), [Some(0), Some(1), Some(2)], "{text}");
        assert_eq!(slot.other.clone().map(|(_, range)| &text[range]), other, "{text}");
    }
}

#[test]
fn a_line_about_the_options_is_no_option_and_other_people_are_left_alone() {
    let text = "请在你所希望的选项后用√选择标注：（仅能限选一项）\n手机充值□  自行领取□  爱心募捐□";
    let card = only_card(&[&["姓名", ""], &["性别", ""], &["交通补贴", text], &["紧急联系人姓名", "", "备注", ""]], 4);
    let slot = card.slot(Field::Subsidy).expect("a slot");
    assert_eq!(
        slot.marks.iter().map(|mark| (mark.option, mark.ticked)).collect::<Vec<_>>(),
        [(Some(0), false), (Some(1), false), (Some(2), false)]
    );
    assert_eq!(card.slots.len(), 3);
    assert!(card.unclaimed.is_empty());
}

/// The options that are ticked, and the words of ticks that nobody can tell to which option they belong.
fn chosen(text: &str, label: &str, field: Field) -> (Vec<u16>, Vec<String>) {
    let card = only_card(&[&["姓名", ""], &["性别", ""], &[label, text]], 2);
    let slot = card.slot(field).expect("a slot");
    let ticked = slot.marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option).collect();
    (ticked, slot.unclear.iter().map(|(_, range)| text[range.clone()].to_owned()).collect())
}

#[test]
fn a_cross_beside_ticks_says_no_and_the_line_below_a_tick_is_part_of_it() {
    for (text, options) in [
        ("尊老服务（√） 爱幼志愿服务（×） 帮农民工服务（×） 助残服务（√）", &[0, 3][..]),
        ("（√）尊老服务 （×）爱幼志愿服务 （×）帮农民工服务 （√）助残服务", &[0, 3]),
        ("☑尊老服务 ☒爱幼志愿服务 ☒帮农民工服务 ☑助残服务", &[0, 3]),
        ("☐尊老服务 ☒爱幼志愿服务 ☒帮农民工服务 ☐助残服务", &[1, 2]),
        ("尊老服务_√_   爱幼志愿服务___   帮农民工服务___   助残服务_√_", &[0, 3]),
        ("请用√选择标注\n尊老服务：是  爱幼志愿服务：否  帮农民工服务：否  助残服务：是", &[0, 3]),
    ] {
        assert_eq!(chosen(text, "服务意向", Field::Services), (options.to_vec(), Vec::new()), "{text}");
    }
}

#[test]
fn what_no_box_ticks_is_told_by_letters_numbers_words_for_all_and_missing_boxes() {
    for (text, options) in [
        ("尊老服务V 爱幼志愿服务□ 帮农民工服务□ 助残服务 v", &[0, 3][..]),
        ("□V尊老服务 □爱幼志愿服务 □帮农民工服务 □助残服务", &[0]),
        ("尊老服务 爱幼志愿服务V 帮农民工服务 助残服务", &[1]),
        ("尊老服务R 爱幼志愿服务□ 帮农民工服务□ 助残服务□", &[0]),
        ("1.尊老服务 2.爱幼志愿服务 3.帮农民工服务 4.助残服务 （ 1、4 ）", &[0, 3]),
        ("尊老服务□ 爱幼志愿服务 帮农民工服务□ 助残服务□", &[1]),
        // half of them have a box: nobody knows which half is meant
        ("尊老服务□ 爱幼志愿服务 帮农民工服务 助残服务□", &[]),
        ("1.尊老服务  √2.爱幼志愿服务  3.帮农民工服务  4.助残服务", &[1]),
        ("1.尊老服务√ 2.爱幼志愿服务 3.帮农民工服务√ 4.助残服务", &[0, 2]),
        ("□尊老服务 □爱幼志愿服务 □帮农民工服务 助残服务", &[3]),
        ("尊老服务□ 爱幼志愿服务□ 帮农民工服务□ 助残服务□  服从安排", &[0, 1, 2, 3]),
        ("□尊老服务 □爱幼志愿服务 □帮农民工服务 □助残服务（均可）", &[0, 1, 2, 3]),
        // a box of its own was not ticked
        ("尊老服务□ 爱幼志愿服务□ 帮农民工服务□ 助残服务□  服从安排□", &[]),
        ("□尊老服务 □爱幼志愿服务 □帮农民工服务 □助残服务 □服从安排", &[]),
        // the blank does not offer all that the scheme has
        ("尊老服务□ 爱幼志愿服务 帮农民工服务□", &[]),
        ("尊老服务☑ 爱幼志愿服务 帮农民工服务□ 助残服务□", &[0]),
    ] {
        assert_eq!(chosen(text, "服务意向", Field::Services), (options.to_vec(), Vec::new()), "{text}");
    }
    let times = |text: &str| chosen(text, "服务时间", Field::Availability).0;
    assert_eq!(times("①双休日 ②节假日 ③随时可以  选：①、② 其他时间____"), [0, 1]);
    assert_eq!(chosen("机关党员干部V", "职业类型", Field::Occupation).0, [0]);
    // of two without a box, one would be too many
    assert_eq!(chosen("手机充值 自行领取 爱心募捐□", "交通补贴", Field::Subsidy).0, [] as [u16; 0]);
    assert_eq!(chosen("A.手机充值 B.自行领取 C.爱心募捐 （   ）", "交通补贴", Field::Subsidy).0, [] as [u16; 0]);
}

#[test]
fn rings_at_some_options_are_ticks_and_circles_at_all_are_boxes() {
    for (text, options) in
        [("尊老服务 〇爱幼志愿服务 〇帮农民工服务 助残服务", &[1, 2][..]), ("○尊老服务 ○爱幼志愿服务 ○帮农民工服务 ○助残服务", &[])]
    {
        assert_eq!(chosen(text, "服务意向", Field::Services), (options.to_vec(), Vec::new()), "{text}");
    }
}

#[test]
fn a_tick_belongs_to_the_nearer_option_and_one_between_two_to_neither() {
    for (text, ticked, unclear) in [
        ("手机充值  √自行领取  爱心募捐", vec![1], ""),
        ("手机充值√ 自行领取 爱心募捐", vec![0], ""),
        ("手机充值□ √ 自行领取□ 爱心募捐□", vec![], "手机充值□ √ 自行领取"),
        ("手机充值□ 自行领取□ √爱心募捐□", vec![], " 自行领取□ √爱心募捐"),
        ("手机充值□ 自行领取□ √  爱心募捐□", vec![1], ""),
        ("手机充值□√ 自行领取□ 爱心募捐□", vec![0], ""),
        ("√手机充值□ 自行领取□ 爱心募捐□", vec![0], ""),
        ("□手机充值√ □自行领取 □爱心募捐", vec![0], ""),
        ("□手机充值 √□自行领取 □爱心募捐", vec![1], ""),
        ("手机充值 √ 自行领取 爱心募捐", vec![], "手机充值 √ 自行领取 爱心募捐"),
        ("自行领取□", vec![1], ""),
    ] {
        let found = chosen(text, "交通补贴", Field::Subsidy);
        assert_eq!((found.0, found.1.concat()), (ticked, unclear.to_owned()), "{text}");
    }
    assert_eq!(chosen("尊老服务√  爱幼志愿服务  助残服务√", "服务意向", Field::Services).0, [0, 3]);
}

#[test]
fn options_in_cells_of_their_own_may_go_on_in_the_next_row() {
    for (second, expected) in [("√", vec![3]), ("□", vec![])] {
        let rows: &[&[&str]] = &[
            &["姓名", "张三", "性别", "男", ""],
            &["手机", "13800000001", "学历", "本科", ""],
            &["服务意向", "尊老服务", "□", "爱幼志愿服务", "□"],
            &["", "帮农民工服务", "□", "助残服务", second],
            &["备注", "帮农民工服务", "√", "", ""],
        ];
        let card = only_card(rows, 5);
        let slot = card.slot(Field::Services).expect("a slot");
        assert_eq!(slot.marks.len(), 4);
        let ticked: Vec<u16> = slot.marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option).collect();
        assert_eq!(ticked, expected);
    }
}

#[test]
fn a_tick_in_the_cell_before_its_option_is_that_options() {
    for (row, expected) in [
        (["服务意向", "√", "尊老服务", "", "爱幼志愿服务", "√", "助残服务", ""], vec![0, 3]),
        (["服务意向", "", "尊老服务", "√", "爱幼志愿服务", "√", "助残服务", ""], vec![1, 3]),
        (["服务意向", "□", "尊老服务", "☑", "爱幼志愿服务", "□", "助残服务", ""], vec![1]),
        (["服务意向", "尊老服务", "√", "爱幼志愿服务", "", "助残服务", "√", ""], vec![0, 3]),
    ] {
        let further = ["", "□", "帮农民工服务"];
        let rows: [&[&str]; 4] = [&["姓名", "张三", "性别", "男"], &["手机", "13800000001"], &row, &further];
        let card = only_card(&rows, 8);
        let slot = card.slot(Field::Services).expect("a slot");
        assert_eq!(slot.marks.len(), 4, "{row:?}");
        let ticked: Vec<u16> = slot.marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option).collect();
        assert_eq!(ticked, expected, "{row:?}");
    }
}

#[test]
fn boxes_below_the_first_belong_to_its_label() {
    let rows: &[&[&str]] = &[
        &["姓名", "张三"],
        &["手机", "13800000001"],
        &["服务意向", "尊老服务☑"],
        &["", "爱幼志愿服务□"],
        &["", "助残服务☑"],
        &["", "以上内容属实"],
        &["交通补贴", "手机充值□"],
        &["", "爱心募捐☑"],
    ];
    let card = only_card(rows, 2);
    let ticked = |field| -> Vec<u16> {
        let marks = &card.slot(field).expect("a slot").marks;
        marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option).collect()
    };
    assert_eq!((ticked(Field::Services), ticked(Field::Subsidy)), (vec![0, 3], vec![2]));
}

#[test]
fn options_may_stand_in_cells_of_their_own() {
    let rows: [&[&str]; 3] = [
        &["姓名", "", "性别", ""],
        &["交通补贴", "□手机充值", "☑自行领取", "□爱心募捐"],
        &["可参加时间", "双休日□", "节假日□", "其他时间□ 周三"],
    ];
    let card = only_card(&rows, 4);
    let subsidy = card.slot(Field::Subsidy).expect("a slot");
    let marks: Vec<String> = subsidy.marks.iter().map(|mark| format!("{} {:?} {}", mark.at, mark.option, mark.ticked)).collect();
    assert_eq!(marks, ["B2 Some(0) false", "C2 Some(1) true", "D2 Some(2) false"]);
    let availability = card.slot(Field::Availability).expect("a slot");
    let (at, range) = availability.other.clone().expect("a place for something else");
    assert_eq!((at.to_string().as_str(), &rows[2][3][range]), ("D3", " 周三"));
}

#[test]
fn something_else_may_be_written_in_a_cell_of_its_own() {
    for (last, beside, expected) in [("其他时间", "周三晚上", "F2 周三晚上"), ("其他：", "", "F2 "), ("其它时间：____", "√", "F2 √")]
    {
        let rows: [&[&str]; 2] = [&["姓名", "", "性别", "", "", ""], &["可参加时间", "双休日□", "节假日☑", "随时可以□", last, beside]];
        let card = only_card(&rows, 6);
        let availability = card.slot(Field::Availability).expect("a slot");
        let other = availability.other.as_ref().map(|(at, range)| format!("{at} {}", &beside[range.clone()]));
        assert_eq!((other.as_deref(), availability.marks.len()), (Some(expected), 3));
        assert!(card.unclaimed.is_empty() && card.strangers.is_empty(), "{card:?}");
    }
}

#[test]
fn options_that_are_each_answered_in_words_are_ticked_by_yes() {
    let text = "尊老服务：是  爱幼志愿服务：否  帮农民工服务：是  助残服务：否";
    assert_eq!(chosen(text, "服务意向", Field::Services), (vec![0, 2], Vec::new()));
    let text = "尊老服务：是/否  爱幼志愿服务：是/否  帮农民工服务：是/否  助残服务：是/否";
    assert_eq!(chosen(text, "服务意向", Field::Services), (Vec::new(), Vec::new()));
}

#[test]
fn a_box_in_a_cell_of_its_own_is_the_options_place_on_either_side() {
    for rows in [
        [["交通补贴", "手机充值", "□", "自行领取", "□", "爱心募捐", "□"], ["姓名", "张三", "性别", "男", "学历", "大专", ""]],
        [["交通补贴", "□", "手机充值", "□", "自行领取", "□", "爱心募捐"], ["姓名", "张三", "性别", "男", "学历", "大专", ""]],
    ] {
        let card = only_card(&[&rows[0], &rows[1]], 7);
        let places: Vec<String> = card.slot(Field::Subsidy).expect("a slot").marks.iter().map(|mark| mark.at.to_string()).collect();
        let expected = if rows[0][1] == "□" { ["B1", "D1", "F1"] } else { ["C1", "E1", "G1"] };
        assert_eq!(places, expected);
    }
}

#[test]
fn words_of_options_with_their_ticks_below_them_are_no_labels() {
    let rows: [&[&str]; 4] = [
        &["姓名", "张三", "性别", "男", ""],
        &["手机", "13800000001", "", "", ""],
        &["服务意向", "尊老服务", "爱幼志愿服务", "帮农民工服务", "助残服务"],
        &["", "√", "", "√", "√"],
    ];
    let mut grid = grid(&rows, 5);
    grid.merges.push(crate::grid::Merge { first: "A3".parse().expect("a cell"), last: "A4".parse().expect("a cell") });
    let cards = find(&grid, &Scheme::built_in());
    let ticked: Vec<_> =
        cards[0].slot(Field::Services).expect("a slot").marks.iter().filter(|mark| mark.ticked).map(|mark| mark.option).collect();
    assert_eq!(ticked, [Some(0), Some(2), Some(3)]);
    assert!(cards[0].strangers.is_empty(), "{:?}", cards[0].strangers);
}

#[test]
fn yes_and_no_in_cells_before_or_behind_the_options_are_told_apart() {
    for (cells, expected) in [
        (["TRUE", "尊老服务", "FALSE", "爱幼志愿服务", "TRUE", "帮农民工服务", "FALSE", "助残服务"], &[0, 2][..]),
        (["尊老服务", "FALSE", "爱幼志愿服务", "TRUE", "帮农民工服务", "FALSE", "助残服务", "TRUE"], &[1, 3]),
        (["尊老服务", "否", "爱幼志愿服务", "否", "帮农民工服务", "否", "其他", ""], &[]),
    ] {
        let line: Vec<&str> = std::iter::once("服务意向").chain(cells).collect();
        let card = only_card(&[&["姓名", ""], &["性别", ""], &line], 9);
        let marks = &card.slot(Field::Services).expect("a slot").marks;
        let ticked: Vec<u16> = marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option).collect();
        assert_eq!(ticked, expected, "{cells:?}");
    }
}

#[test]
fn an_option_that_is_bold_as_all_there_is_was_not_chosen_by_it() {
    let text = "机关党员干部□";
    let mut grid = grid(&[&["姓名", ""], &["性别", ""], &["职业类型", text]], 2);
    let at: Address = "B3".parse().expect("an address");
    grid.emphasised.push((at, 0..text.len()));
    let cards = find(&grid, &Scheme::built_in());
    assert!(cards[0].slot(Field::Occupation).expect("a slot").marks.iter().all(|mark| !mark.ticked));
}

#[test]
fn an_instruction_about_boxes_has_none() {
    let text = "请在相应的□内打√（可多选）：\n□尊老服务\n□爱幼志愿服务\n☑帮农民工服务\n□助残服务";
    let card = only_card(&[&["姓名", "张三"], &["性别", "男"], &["服务意向", text]], 2);
    let slot = card.slot(Field::Services).expect("a slot");
    assert_eq!(
        slot.marks.iter().map(|mark| (mark.option, mark.ticked)).collect::<Vec<_>>(),
        [(Some(0), false), (Some(1), false), (Some(2), true), (Some(3), false)]
    );
    assert_eq!((slot.unknown.len(), slot.unclear.len()), (0, 0));
}

#[test]
fn options_in_cells_that_are_struck_out_whole_are_not_chosen() {
    for (cells, expected) in [
        (["尊老服务", "爱幼志愿服务", "帮农民工服务", "助残服务"], &[1, 3][..]),
        (["□尊老服务", "□爱幼志愿服务", "□帮农民工服务", "□助残服务"], &[1, 3]),
        (["☑尊老服务", "☑爱幼志愿服务", "□帮农民工服务", "□助残服务"], &[1]),
    ] {
        let mut builder = Grid::builder(Origin::Sheet);
        for (number, label) in (1..).zip(["姓名", "性别", "服务意向"]) {
            builder.start_row(number, false).expect("room");
            builder.push(Column::FIRST, Kind::Text, label).expect("room");
        }
        for (column, text) in (2..).zip(cells) {
            let look = Look { is_crossed: column % 2 == 0, ..Look::default() };
            builder.push_with(Column::new(column).expect("a column"), Kind::Text, text, look).expect("room");
        }
        let grid = builder.finish();
        let cards = find(&grid, &Scheme::built_in());
        let marks = &cards[0].slot(Field::Services).expect("a slot").marks;
        let ticked: Vec<u16> = marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option).collect();
        assert_eq!(ticked, expected, "{cells:?}");
    }
}

#[test]
fn options_that_all_look_alike_are_none_of_them_chosen_and_that_is_said() {
    let words = [0..12, 13..31, 32..50, 51..63];
    for (chosen, expected) in [(&words[..], (0, true)), (&words[1..2], (1, false))] {
        let text = "尊老服务 爱幼志愿服务 帮农民工服务 助残服务";
        let mut grid = grid(&[&["姓名", ""], &["性别", ""], &["服务意向", text]], 2);
        let at: Address = "B3".parse().expect("an address");
        grid.underlined = chosen.iter().map(|part| (at, part.clone())).collect();
        let cards = find(&grid, &Scheme::built_in());
        let slot = cards[0].slot(Field::Services).expect("a slot");
        assert_eq!((slot.marks.iter().filter(|mark| mark.ticked).count(), slot.all_set_apart), expected);
    }
}

#[test]
fn a_number_or_a_box_that_is_set_apart_chooses_its_option() {
    let numbered = "1.尊老服务 2.爱幼志愿服务 3.帮农民工服务 4.助残服务";
    let boxed = "尊老服务□ 爱幼志愿服务□ 帮农民工服务□ 助残服务□";
    let part = |text: &str, words: &str| text.find(words).map(|at| at..at + words.len()).expect("in the text");
    for (text, set_apart, expected) in [
        (numbered, vec![part(numbered, "2")], &[1][..]),
        (numbered, vec![part(numbered, "1."), part(numbered, "4.")], &[0, 3]),
        (numbered, ["1", "2", "3", "4"].map(|number| part(numbered, number)).to_vec(), &[]),
        (boxed, vec![part(boxed, "□")], &[0]),
    ] {
        let mut grid = grid(&[&["姓名", ""], &["性别", ""], &["服务意向", text]], 2);
        let at: Address = "B3".parse().expect("an address");
        grid.emphasised = set_apart.iter().map(|part| (at, part.clone())).collect();
        let cards = find(&grid, &Scheme::built_in());
        let marks = &cards[0].slot(Field::Services).expect("a slot").marks;
        let ticked: Vec<u16> = marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option).collect();
        assert_eq!(ticked, expected, "{text} {set_apart:?}");
    }
}

/// The options of the services found in these rows, each with its cell and the part of it that is ticked.
fn offered(rows: &[&[&str]], columns: u16, field: Field) -> Vec<String> {
    let card = only_card(rows, columns);
    let marks = card.slot(field).map_or(&[][..], |slot| &slot.marks);
    marks.iter().map(|mark| format!("{:?} {} {:?}", mark.option, mark.at, mark.glyph)).collect()
}

#[test]
fn a_choice_whose_label_nobody_knows_is_told_by_its_options() {
    let services = ["Some(0) B3 0..3", "Some(3) B3 16..19"];
    for (label, expected) in [("认领岗位", &services[..]), ("愿意做什么", &services)] {
        let rows: [&[&str]; 3] = [&["姓名", ""], &["性别", ""], &[label, "□尊老服务 □助残服务"]];
        assert_eq!(offered(&rows, 2, Field::Services), expected, "{label}");
    }
    // what another label asks for, and what offers one option alone, is nobody's
    for (label, text) in [("推荐岗位", "□尊老服务 □助残服务"), ("岗位", "□尊老服务 □文明劝导")] {
        let rows: [&[&str]; 4] = [&["姓名", ""], &["性别", ""], &[label, text], &["服务意向", ""]];
        assert_eq!(offered(&rows, 2, Field::Services), [""; 0], "{label}");
    }
}

#[test]
fn options_stand_below_each_other_between_lines_of_text() {
    let rows: [&[&str]; 8] = [
        &["姓名：张三 手机：13800000001"],
        &["性别：男"],
        &["二、服务意向（可多选）"],
        &["□ 尊老服务"],
        &["☑ 爱幼志愿服务"],
        &["□ 帮农民工服务"],
        &["三、交通补贴（单选）"],
        &["○ 手机充值"],
    ];
    let expected = ["Some(0) A4 0..3", "Some(1) A5 0..3", "Some(2) A6 0..3"];
    assert_eq!(offered(&rows, 1, Field::Services), expected);
    assert_eq!(offered(&rows, 1, Field::Subsidy), ["Some(0) A8 0..3"]);
}

#[test]
fn an_option_a_row_has_its_brackets_at_the_end() {
    let rows: [&[&str]; 4] =
        [&["姓名", "", "性别"], &["手机", "", ""], &["服务意向", "1.尊老服务", "（　）"], &["", "2.爱幼志愿服务", "（√）"]];
    assert_eq!(offered(&rows, 3, Field::Services), ["Some(0) C3 0..9", "Some(1) C4 0..9"]);
}

#[test]
fn a_choice_that_is_struck_out_as_a_whole_is_taken_back() {
    let scheme = Scheme::built_in();
    for options in [&["尊老服务、助残服务"][..], &["☑尊老服务 □爱幼志愿服务 ☑助残服务"], &["☑尊老服务", "☑助残服务"]]
    {
        for is_crossed in [false, true] {
            let look = crate::grid::Look { is_crossed, ..Default::default() };
            let mut builder = Grid::builder(Origin::Sheet);
            for (number, cells) in (1..).zip([&["姓名", "张三", "性别", "男"][..], &["手机", "13800000001"], &["服务意向"]]) {
                builder.start_row(number, false).expect("room");
                for (column, text) in (1..).zip(cells) {
                    builder.push(Column::new(column).expect("a column"), Kind::Text, text).expect("room");
                }
            }
            for (column, text) in (2..).zip(options) {
                builder.push_with(Column::new(column).expect("a column"), Kind::Text, text, look).expect("room");
            }
            let card = find(&builder.finish(), &scheme).remove(0);
            let slot = card.slot(Field::Services).expect("a slot");
            let is_ticked = slot.marks.iter().any(|mark| mark.ticked);
            assert_eq!((slot.is_taken_back, is_ticked), (is_crossed, !is_crossed && options[0].contains('☑')), "{options:?} {is_crossed}");
        }
    }
}

#[test]
fn what_is_written_in_brackets_behind_a_ticked_option_is_kept() {
    let said = |options: &str| -> Vec<String> {
        let card = only_card(&[&["姓名", "张三"], &["手机", "13800000001"], &["服务意向", options]], 2);
        card.strangers.iter().map(|stranger| format!("{}={}", stranger.label, &options[stranger.place.clone()])).collect()
    };
    assert_eq!(said("☑尊老服务（每周三） □爱幼志愿服务 ☑助残服务"), ["尊老服务后面括号里的话=每周三"]);
    assert_eq!(said("□尊老服务 ☑2.爱幼志愿服务(暑假)\n□助残服务"), ["爱幼志愿服务后面括号里的话=暑假"]);
    // the blank's own words
    assert_eq!(said("☑尊老服务（陪伴老人） □助残服务（送餐）"), [""; 0]);
    assert_eq!(said("☑尊老服务（　　） □助残服务"), [""; 0]);
}

/// What the accounting of this choice of services makes of the words in its cell.
fn left_of(text: &str) -> Vec<String> {
    let scheme = Scheme::built_in();
    let grid = grid(&[&["姓名", "张三"], &["性别", "男"], &["服务意向", text]], 2);
    let labels = Labels::of(&scheme);
    let left = rest::of(&find_across([&grid], &labels), &[&grid], &labels);
    left.into_iter().map(|one| grid.cell(one.at).expect("a cell").text[one.place].to_owned()).collect()
}

#[test]
fn words_taken_for_all_options_are_read_and_what_stands_beside_them_is_not() {
    let boxes = "□尊老服务 □爱幼志愿服务 □帮农民工服务 □助残服务";
    assert_eq!(left_of(&format!("{boxes} 服从安排")), [""; 0]);
    assert_eq!(left_of(&format!("{boxes}\n服从安排")), [""; 0]);
    assert_eq!(left_of(&format!("{boxes}\n服从安排，周三晚上没有空")), ["周三晚上没有空"]);
    assert_eq!(left_of(&format!("{boxes}\n周三晚上没有空")), ["周三晚上没有空"]);
}

#[test]
fn options_named_again_below_or_behind_their_empty_boxes_are_chosen() {
    let (before, behind) = ("□尊老服务 □爱幼志愿服务 □帮农民工服务 □助残服务", "尊老服务□ 爱幼志愿服务□ 帮农民工服务□ 助残服务□");
    for boxes in [before, behind] {
        for (words, options) in [
            ("\n尊老服务、助残服务", &[0, 3][..]),
            ("\n（尊老服务、助残服务）", &[0, 3]),
            ("  选择：尊老服务", &[0]),
            ("\n本人选择：尊老服务 助残服务。", &[0, 3]),
            ("\n选择：____", &[]),
            ("\n不选择：尊老服务", &[]),
            ("\n备注：尊老服务", &[]),
            ("\n尊老服务我去年做过", &[]),
        ] {
            let text = format!("{boxes}{words}");
            assert_eq!(chosen(&text, "服务意向", Field::Services), (options.to_vec(), Vec::new()), "{text}");
            if !options.is_empty() {
                assert_eq!(left_of(&text), [""; 0], "{text}");
            }
        }
    }
    let ticked = before.replacen('□', "☑", 1) + "\n助残服务";
    assert_eq!(chosen(&ticked, "服务意向", Field::Services).0, [0]);
    assert_eq!(chosen(&format!("选择：助残服务\n{before}"), "服务意向", Field::Services).0, [3]);
    // these have their boxes in the next line, or lost them
    assert_eq!(chosen("□尊老服务\n□爱幼志愿服务\n帮农民工服务\n□助残服务", "服务意向", Field::Services).0, [2]);
}

#[test]
fn a_choice_that_lost_half_of_its_boxes_is_said_to_be_open() {
    for (text, is_open, ticked) in [
        ("□双休日 节假日 随时可以 □其他时间", true, &[][..]),
        ("双休日□ 节假日 随时可以 其他时间____", true, &[]),
        ("双休日□ 节假日 随时可以□ 其他时间____", false, &[1]),
        ("双休日□ 节假日□ 随时可以□ 其他时间____", false, &[]),
        ("双休日☑ 节假日 随时可以 其他时间____", false, &[0]),
    ] {
        let card = only_card(&[&["姓名", ""], &["性别", ""], &["服务时间", text]], 2);
        let slot = card.slot(Field::Availability).expect("a slot");
        let chosen: Vec<u16> = slot.marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option).collect();
        assert_eq!((slot.has_lost_boxes, chosen.as_slice()), (is_open, ticked), "{text}");
    }
}
