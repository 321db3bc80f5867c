//! Labels and places of empty forms as offices lay them out.

use super::*;
use crate::grid::Merge;
use crate::recognize::labels::Labels;

fn merge(cells: &str) -> Merge {
    let (first, last) = cells.split_once(':').expect("two cells");
    Merge { first: first.parse().expect("an address"), last: last.parse().expect("an address") }
}

fn answer(card: &Card, field: Field) -> String {
    card.slot(field).map(|slot| slot.answer_at.to_string()).unwrap_or_default()
}

#[test]
fn a_choice_in_front_of_rows_about_several_takes_the_row_that_offers_it() {
    let rows: [&[&str]; 4] = [
        &["姓名", "", ""],
        &["手机", "", ""],
        &["服务意向", "补贴（任选其一）", "手机充值□ 自行领取□ 爱心募捐□"],
        &["", "项目", "尊老服务□ 爱幼志愿服务□ 帮农民工服务□ 助残服务□"],
    ];
    let mut grid = grid(&rows, 3);
    grid.merges = vec![merge("A3:A4"), merge("B1:C1"), merge("B2:C2")];
    let cards = find(&grid, &Scheme::built_in());
    let marks = |field| cards[0].slot(field).map(|slot| slot.marks.iter().map(|mark| mark.at.to_string()).collect::<Vec<_>>());
    assert_eq!(marks(Field::Services), Some(vec!["C4".to_owned(); 4]));
    assert_eq!(marks(Field::Subsidy), Some(vec!["C3".to_owned(); 3]));
}

#[test]
fn words_above_a_table_of_labels_in_their_cell_head_it() {
    let scheme = Scheme::built_in();
    let mut outer = grid(&[&["一、基本信息"], &["二、联系方式"]], 1);
    outer.number = Some(0);
    let mut inner = [grid(&[&["姓名", "", "性别", ""]], 4), grid(&[&["手机", "", "住址", ""]], 4)];
    for (grid, (number, at)) in inner.iter_mut().zip([(1, "A1"), (2, "A2")]) {
        (grid.number, grid.around) = (Some(number), Some((0, at.parse().expect("an address"))));
    }
    let forms = find_across([&outer, &inner[0], &inner[1]], &Labels::of(&scheme));
    let found: Vec<(usize, Vec<String>)> =
        forms[0].iter().map(|(grid, card)| (*grid, card.slots.iter().map(|slot| slot.answer_at.to_string()).collect())).collect();
    assert_eq!(found, [(1, vec!["B1".to_owned(), "D1".to_owned()]), (2, vec!["B1".to_owned(), "D1".to_owned()])]);
}

#[test]
fn what_holds_a_position_alone_beside_the_employer_is_the_position() {
    let rows: [&[&str]; 3] = [&["姓名", "", "现任职务", ""], &["手机", "", "性别", ""], &["工作单位（全称）", "", "", ""]];
    let card = only_card(&rows, 4);
    assert_eq!([answer(&card, Field::Position), answer(&card, Field::Employer)], ["D1", "B3"]);
    // alone, it asks for both
    let card = only_card(&rows[..2], 4);
    assert_eq!(card.slots[1].target, Target::Combined([Field::Employer, Field::Position]));
}

#[test]
fn a_bidding_to_fill_in_is_the_answer_place_of_its_label() {
    let card = only_card(&[&["姓名", "请填写姓名", "性别", "男/女"], &["手机", "（11位）", "学历", ""]], 4);
    assert_eq!([answer(&card, Field::Name), answer(&card, Field::Mobile)], ["B1", "B2"]);
}

#[test]
fn labels_of_nobody_with_colons_wait_for_the_cell_beside_them() {
    let card = only_card(&[&["姓名：", "", "民族：", ""], &["手机：", "", "籍　贯：", ""], &["性别：", "", "备注：", ""]], 4);
    assert_eq!(card.unclaimed.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>(), ["民族：", "籍　贯："]);
}

#[test]
fn labels_in_their_answers_cells_at_the_foot_of_a_sheet_have_none_below() {
    let rows: [&[&str]; 3] = [&["姓名：", "", "性别：", ""], &["身份证号码：", "", "", ""], &["手机：", "", "职务：", ""]];
    let mut builder = Grid::builder(Origin::Sheet);
    for (number, cells) in (1..).zip(rows) {
        builder.start_row(number, false).expect("room");
        for (column, text) in (1..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            builder.push(Column::new(column).expect("a column"), Kind::Text, text).expect("room");
        }
    }
    let mut grid = builder.finish();
    grid.merges = ["A1:B1", "C1:D1", "A2:D2", "A3:B3", "C3:D3"].map(merge).to_vec();
    let cards = find(&grid, &Scheme::built_in());
    assert_eq!([answer(&cards[0], Field::Mobile), answer(&cards[0], Field::Position)], ["A3", "C3"]);
}

#[test]
fn a_cover_asks_for_the_same_person() {
    let scheme = Scheme::built_in();
    let cover = grid(&[&["党员志愿者档案"], &["姓    名：____"], &["工作单位：____"]], 1);
    let form = grid(&[&["姓名", "", "性别", ""], &["手机", "", "学历", ""], &["身份证号码", "", "", ""]], 4);
    let recognizer = crate::recognize::Recognizer::new(&scheme);
    let forms = recognizer.forms([&cover, &form]);
    let form_of_all = forms.into_iter().max_by_key(|form| form.iter().map(|(_, card)| card.slots.len()).sum::<usize>()).expect("a form");
    let again: Vec<String> = recognizer.repeats(&form_of_all, [&cover, &form]).iter().map(|(_, slot)| slot.label.to_string()).collect();
    assert_eq!(again, ["姓    名：", "工作单位："]);
}

#[test]
fn what_parts_words_with_boxes_is_part_of_none() {
    for text in ["男□ / 女□", "□男、□女", "男□，女□"] {
        let words: Vec<&str> = boxed_words(text).into_iter().map(|mark| &text[mark.words]).collect();
        assert_eq!(words, ["男", "女"], "{text}");
    }
}

#[test]
fn labels_of_nobody_below_others_are_no_answers_of_an_empty_form() {
    let rows: [&[&str]; 3] = [&["姓名", "", "性别", ""], &["手机", "", "工作单位", ""], &["民族", "", "籍贯", ""]];
    let card = only_card(&rows, 4);
    assert_eq!([Field::Name, Field::Mobile, Field::Employer].map(|field| answer(&card, field)), ["B1", "B2", "D2"]);
    assert_eq!(card.unclaimed.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>(), ["民族", "籍贯"]);
}

#[test]
fn words_in_front_of_rows_about_several_things_head_them_whatever_the_boxes() {
    for offer in ["（  ）尊老服务  （  ）助残服务", "□尊老服务  □助残服务", ""] {
        let rows: [&[&str]; 4] = [
            &["姓名", "", ""],
            &["志愿意向", "服务项目：", offer],
            &["", "可参加时间：", "（  ）双休日  （  ）节假日"],
            &["", "补贴方式：", "（  ）手机充值  （  ）自行领取"],
        ];
        let mut grid = grid(&rows, 3);
        grid.merges = vec![merge("A2:A4"), merge("B1:C1")];
        let cards = find(&grid, &Scheme::built_in());
        let found = [Field::Services, Field::Availability, Field::Subsidy].map(|field| answer(&cards[0], field));
        assert_eq!(found, ["C2", "C3", "C4"], "{offer}");
    }
}
