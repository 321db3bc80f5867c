use super::*;
use crate::address::Column;
use crate::grid::{Kind, Origin};

fn grid(rows: &[&[&str]], columns: u16) -> Grid {
    let mut builder = Grid::builder(Origin::Word);
    for (number, cells) in (1..).zip(rows) {
        builder.start_row(number, false).expect("room");
        for (column, text) in (1..).zip(*cells) {
            builder.push(Column::new(column).expect("a column"), Kind::Text, text).expect("room");
        }
    }
    builder.facts().column_widths = (1..=columns).filter_map(|column| Some((Column::new(column)?, 8.0))).collect();
    builder.finish()
}

fn only_card(rows: &[&[&str]], columns: u16) -> Card {
    let cards = find(&grid(rows, columns), &Scheme::built_in());
    assert_eq!(cards.len(), 1, "{cards:#?}");
    cards.into_iter().next().expect("one")
}

fn place(card: &Card, field: Field) -> String {
    let slot = card.slot(field).expect("a slot");
    format!("{} {:?}", slot.answer_at, slot.place)
}

#[test]
fn answers_stand_beside_inside_or_below_their_labels() {
    let card = only_card(
        &[&["姓   名", "", "性 别", "", "民族", ""], &["电 话", "", "手机：13800001111"], &["学历", "专业", "职务"], &["", "", ""]],
        6,
    );
    for (field, expected) in [
        (Field::Name, "B1 0..0"),
        (Field::Sex, "D1 0..0"),
        (Field::Phone, "B2 0..0"),
        (Field::Mobile, "C2 9..20"),
        (Field::Education, "A4 0..0"),
        (Field::Major, "B4 0..0"),
    ] {
        assert_eq!(place(&card, field), expected, "{field:?}");
    }
    assert_eq!(card.unclaimed.iter().map(|(at, text)| format!("{at} {text}")).collect::<Vec<_>>(), ["E1 民族"]);
}

#[test]
fn an_answer_that_reads_like_a_label_is_an_answer_where_no_other_place_is_free() {
    let card = only_card(&[&["特长", "专业", "学历", "本科"], &["姓名", "张三", "性别", "男"], &["职务", "", "QQ", ""]], 4);
    assert_eq!(place(&card, Field::Specialty), "B1 0..6");
    assert!(card.slot(Field::Major).is_none());
}

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

#[test]
fn labels_of_forms_are_known_like_those_of_tables() {
    let card = only_card(
        &[
            &["1、请填写您的姓名", "张三", "您的性别是", "男"],
            &["Q3.志愿者手机号码（必填）", "13800001111", "党员出生年月", "1985.06"],
            &["您的配偶姓名", "李四", "您的手机号码", "13800002222"],
            &["您的转正时间", "2010.07", "服务意向", "尊老服务"],
        ],
        4,
    );
    let scheme = Scheme::built_in();
    let found: Vec<String> = card
        .slots
        .iter()
        .map(|slot| format!("{} {}", slot.answer_at, slot.target.field().map_or("-", |field| field.key(&scheme))))
        .collect();
    assert_eq!(found, ["B1 name", "D1 sex", "B2 mobile", "D2 birth", "D4 services"]);
}

#[test]
fn a_cell_that_a_damaged_file_holds_twice_is_no_label_the_second_time() {
    let mut builder = Grid::builder(Origin::Sheet);
    for texts in [["单位", "长塘村"], ["填表人姓名：张三", "手机：13800001111"]] {
        builder.start_row(1, false).expect("room");
        for (column, text) in (1..).zip(texts) {
            builder.push(Column::new(column).expect("a column"), Kind::Text, text).expect("room");
        }
    }
    // whatever is found, it lies inside the texts it is said to lie in
    let grid = builder.finish();
    for card in find(&grid, &Scheme::built_in()) {
        assert!(card.slots.iter().all(|slot| grid.cell(slot.answer_at).is_none_or(|cell| cell.text.get(slot.place.clone()).is_some())));
    }
}

/// The options that are ticked, and the words of ticks that nobody can tell to which option they belong.
fn chosen(text: &str, label: &str, field: Field) -> (Vec<u16>, Vec<String>) {
    let card = only_card(&[&["姓名", ""], &["性别", ""], &[label, text]], 2);
    let slot = card.slot(field).expect("a slot");
    let ticked = slot.marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option).collect();
    (ticked, slot.unclear.iter().map(|(_, range)| text[range.clone()].to_owned()).collect())
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
fn lines_without_colons_are_read_where_they_read_like_a_form() {
    for (lines, expected) in [
        (&["姓名 __张三__ 性别 _男_", "手机 13800001111", "学历 本科 职务 会计"][..], 5),
        (&["填写姓名 性别时请注意", "手机 号码要写全，不要遗漏", "学历 以毕业证为准。"], 0),
        (&["姓名 性别 手机"], 0),
    ] {
        let rows: Vec<[&str; 1]> = lines.iter().map(|line| [*line]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
        let found = find(&grid(&rows, 1), &Scheme::built_in());
        assert_eq!(found.first().map_or(0, |card| card.slots.len()), expected, "{lines:?}");
    }
}

#[test]
fn a_label_with_its_place_in_its_own_cell_takes_no_other() {
    let card = only_card(&[&["姓名：", "性别：男□ 女□"], &["手机：", "电子邮箱："], &["身份证号：____", "民族：汉 学历：本科"]], 2);
    for (field, expected) in [
        (Field::Name, "A1 9..9"),
        (Field::Sex, "B1 9..22"),
        (Field::Mobile, "A2 9..9"),
        (Field::Email, "B2 15..15"),
        (Field::IdNumber, "A3 15..19"),
    ] {
        assert_eq!(place(&card, field), expected, "{field:?}");
    }
}

#[test]
fn a_place_for_the_photo_is_known_by_what_it_has_to_look_like() {
    for words in [
        "照片",
        "照\n\n片",
        "（贴照片处）",
        "近期免冠\n一寸彩色\n照　片",
        "贴一寸\n免冠照片处",
        "照片（二寸，蓝底）",
        "半身正面免冠照",
        "粘贴\n2寸\n照片",
    ] {
        let card = only_card(&[&["姓名", "", words], &["性别", "", ""], &["手机", "", ""]], 3);
        assert_eq!(place(&card, Field::Photo), format!("C1 0..{}", words.len()), "{words}");
    }
    for words in ["身份证照片", "配偶照片", "活动照片", "请在领到登记表后尽快把本人近期照片贴在右边的格子里"]
    {
        let card = only_card(&[&["姓名", "", words], &["性别", "", ""], &["手机", "", ""]], 3);
        assert!(card.slot(Field::Photo).is_none(), "{words}");
    }
}

#[test]
fn a_form_with_its_name_in_the_last_rows_is_no_table() {
    let scheme = Scheme::built_in();
    let rows: [&[&str]; 7] = [
        &["党员志愿者登记表"],
        &["服务意向", "尊老服务", "所在党支部", "长塘村"],
        &["QQ", "500586200", "手机", "13004756745"],
        &["出生年月", "1959-05", "学历", "小学"],
        &["职务", "", "工作单位", "长塘村"],
        &["身份证号码", "329901195905087157", "姓名", "冯霞勇"],
        &["交通补贴", "自行领取"],
    ];
    let recognizer = crate::recognize::Recognizer::new(&scheme);
    let last_rows: Vec<&[&str]> = rows[..6].to_vec();
    for rows in [&rows[..], &last_rows] {
        let found = recognizer.recognize(&grid(rows, 4));
        assert!(matches!(found.as_slice(), [crate::recognize::Found::Card(card)] if card.slot(Field::Name).is_some()), "{found:#?}");
    }
    // title lines that ask for something are no form
    let rows: [&[&str]; 5] = [
        &["填报单位", "长塘村", "电话", "0519-88880000"],
        &["联系人", "李四", "手机", "13004756745"],
        &["姓名", "性别", "手机", "服务意向"],
        &["张三", "男", "13004756746", "尊老服务"],
        &["王五", "男", "13004756747", "尊老服务"],
    ];
    assert!(matches!(recognizer.recognize(&grid(&rows, 4)).as_slice(), [crate::recognize::Found::Table(table)] if table.lines.len() == 2));
}

#[test]
fn forms_below_each_other_need_not_begin_with_the_name() {
    let rows: [&[&str]; 6] = [
        &["所在党支部", "第一党支部", "手机", "13800000001"],
        &["姓名", "张三", "性别", "男"],
        &["", ""],
        &["所在党支部", "第二党支部", "手机", "13800000002"],
        &["姓名", "李四", "性别", "女"],
        &["手机", "13800000003", "所在党支部", ""],
    ];
    let cards = find(&grid(&rows, 4), &Scheme::built_in());
    assert_eq!(cards.len(), 2, "{cards:#?}");
    for (card, [branch, mobile, name]) in cards.iter().zip([["B1", "D1", "B2"], ["B4", "D4", "B5"]]) {
        for (field, at) in [(Field::Branch, branch), (Field::Mobile, mobile), (Field::Name, name)] {
            assert!(place(card, field).starts_with(at), "{field:?}");
        }
    }
}

/// The answers of the only form in these rows, by field.
fn answered(rows: &[&[&str]], columns: u16, fields: &[Field]) -> Vec<String> {
    let scheme = Scheme::built_in();
    let grid = grid(rows, columns);
    let found = crate::recognize::Recognizer::new(&scheme).recognize(&grid);
    let [crate::recognize::Found::Card(card)] = found.as_slice() else { panic!("no form, or several: {found:#?}") };
    let text = |field: &Field| {
        let slot = card.slot(*field)?;
        Some(grid.cell(slot.answer_at)?.text.get(slot.place.clone())?.trim().to_owned())
    };
    fields.iter().map(|field| text(field).unwrap_or_default()).collect()
}

#[test]
fn labels_and_answers_that_take_turns_are_no_heading() {
    let rows: [&[&str]; 2] =
        [&["入党年月", "2008.11", "姓名", "张三", "职务", "网格员"], &["文化程度", "本科", "手机", "13800000001", "", ""]];
    assert_eq!(answered(&rows, 6, &[Field::Name, Field::Position, Field::Mobile]), ["张三", "网格员", "13800000001"]);
}

#[test]
fn labels_above_their_answers_need_not_begin_with_the_name() {
    let rows: [&[&str]; 10] = [
        &["出生日期:", "联系电话:", "入党时间:", "身份证号:"],
        &["1983年7月", "13800000001", "2005.07", "32990119830707831X"],
        &["身高:", "邮政编码:", "姓名:", "电子邮件:"],
        &["178", "213149", "卫　兰", "a@example.com"],
        &["学历:", "", "", ""],
        &["本科", "", "", ""],
        &["交通补贴:"],
        &["自行领取"],
        &["服务意向:"],
        &["助残服务"],
    ];
    let fields = [Field::Birth, Field::Name, Field::Education, Field::Services];
    assert_eq!(answered(&rows, 4, &fields), ["1983年7月", "卫　兰", "本科", "助残服务"]);
}

#[test]
fn a_label_broken_over_two_lines_of_a_cell_is_one_label() {
    let rows: [&[&str]; 1] =
        [&["姓名：张三\n身份\n证号：329901198506120013\n移动\n电话：13800000001\nQQ\n号码：999000111\n服务\n意向：助残服务"]];
    assert_eq!(
        answered(&rows, 2, &[Field::Name, Field::IdNumber, Field::Mobile, Field::Services]),
        ["张三", "329901198506120013", "13800000001", "助残服务"]
    );
}

#[test]
fn options_that_are_each_answered_in_words_are_ticked_by_yes() {
    let text = "尊老服务：是  爱幼志愿服务：否  帮农民工服务：是  助残服务：否";
    assert_eq!(chosen(text, "服务意向", Field::Services), (vec![0, 2], Vec::new()));
    let text = "尊老服务：是/否  爱幼志愿服务：是/否  帮农民工服务：是/否  助残服务：是/否";
    assert_eq!(chosen(text, "服务意向", Field::Services), (Vec::new(), Vec::new()));
}

#[test]
fn labels_of_nobody_at_the_head_of_a_form_belong_to_the_form_below_them() {
    let rows: [&[&str]; 6] = [
        &["推荐单位", "长塘村", "编号", "1"],
        &["姓名", "张三", "性别", "男"],
        &["手机", "13800000001", "民族", "汉"],
        &["推荐单位", "西湖社区", "编号", "2"],
        &["姓名", "李四", "性别", "女"],
        &["手机", "13800000002", "民族", "回"],
    ];
    let cards = find(&grid(&rows, 4), &Scheme::built_in());
    let strangers = |card: &Card| card.strangers.iter().map(|stranger| stranger.answer_at.to_string()).collect::<Vec<_>>();
    assert_eq!(cards.iter().map(strangers).collect::<Vec<_>>(), [["B1", "D3"], ["B4", "D6"]]);
}

#[test]
fn a_part_without_a_name_begins_the_next_form_where_it_asks_again() {
    let parts: [&[&[&str]]; 4] = [
        &[&["手机", "13800000001", "学历", "本科"]],
        &[&["姓名", "张三", "性别", "男"]],
        &[&["手机", "13800000002", "学历", "大专"]],
        &[&["姓名", "李四", "性别", "女"]],
    ];
    let grids: Vec<Grid> = parts.iter().map(|rows| grid(rows, 4)).collect();
    let scheme = Scheme::built_in();
    let positions = |forms: Vec<Form>| -> Vec<Vec<usize>> { forms.iter().map(|form| form.iter().map(|(at, _)| *at).collect()).collect() };
    assert_eq!(positions(find_across(&grids, &Labels::of(&scheme))), [vec![0, 1], vec![2, 3]]);
    // with no name to come it goes on with the form, and what is asked again is kept beside the first answer
    let forms = find_across(&grids[..3], &Labels::of(&scheme));
    let strangers: Vec<&str> = forms[0].iter().flat_map(|(_, card)| &card.strangers).map(|stranger| stranger.label.as_str()).collect();
    assert_eq!((positions(forms.clone()), strangers), (vec![vec![0, 1, 2]], vec!["手机", "学历"]));
}

#[test]
fn a_cell_over_several_labels_is_no_label() {
    let mut grid = grid(&[&["联系方式", "手机", "13800001111"], &["", "家庭住址", "长塘村"], &["意向", "姓名", "张三"]], 3);
    let at = |text: &str| text.parse::<Address>().expect("an address");
    grid.merges.push(crate::grid::Merge { first: at("A1"), last: at("A2") });
    let cards = find(&grid, &Scheme::built_in());
    assert_eq!(place(&cards[0], Field::Mobile), "C1 0..11");
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
fn the_place_for_a_seal_is_no_employer() {
    let card = only_card(&[&["单位（盖章）：", ""], &["姓名", "张三"], &["工作单位及职务", "长塘村 会计"], &["手机", ""]], 2);
    assert_eq!(place(&card, Field::Employer), "B3 0..16");
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
fn lines_between_two_tables_end_one_form_and_begin_the_next() {
    let parts: [&[&[&str]]; 5] = [
        &[&["姓名：张三"], &["手机：13800000001"]],
        &[&["学历", "本科", "性别", "男"]],
        &[&["服务意向：尊老服务"], &["所在党支部：第一支部"], &["手机：13800000002    姓名：李四"]],
        &[&["学历", "大专", "性别", "女"]],
        &[&["服务意向：助残服务"], &["所在党支部：第二支部"]],
    ];
    let grids: Vec<Grid> = parts.iter().map(|rows| grid(rows, if rows[0].len() == 1 { 1 } else { 4 })).collect();
    let forms = find_across(&grids, &Labels::of(&Scheme::built_in()));
    let said = |form: &Form, field: Field| {
        let (position, slot) = form.iter().find_map(|(position, card)| Some((*position, card.slot(field)?)))?;
        Some(grids[position].cell(slot.answer_at)?.text[slot.place.clone()].trim().to_owned())
    };
    let expected = [["张三", "13800000001", "本科", "尊老服务", "第一支部"], ["李四", "13800000002", "大专", "助残服务", "第二支部"]];
    assert_eq!(forms.len(), 2);
    for (form, expected) in forms.iter().zip(expected) {
        let fields = [Field::Name, Field::Mobile, Field::Education, Field::Services, Field::Branch];
        assert_eq!(fields.map(|field| said(form, field).unwrap_or_default()), expected);
    }
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
fn a_label_may_have_its_english_behind_it() {
    let card = only_card(&[&["姓名 Name", "张三"], &["身份证 ID No.", "329901198506120013"], &["手机Mobile", "13800000001"]], 2);
    assert_eq!([Field::Name, Field::IdNumber, Field::Mobile].map(|field| place(&card, field)), ["B1 0..6", "B2 0..18", "B3 0..11"]);
}

#[test]
fn labels_of_nobody_lose_neither_their_answers_nor_those_beside_them() {
    /// Rows, columns, and what stands behind labels of nobody.
    type Case<'t> = (&'t [&'t [&'t str]], u16, &'t [&'t str]);
    let cases: [Case<'_>; 7] = [
        (
            &[
                &["姓名", "手机", "性别", "邮编"],
                &["张三", "13800000001", "男", "213100"],
                &["微信号", "T恤尺码", "学历", "职务"],
                &["wx-abc", "XL", "大专", "会计"],
            ],
            4,
            &["wx-abc", "XL"],
        ),
        (&[&["姓名：张三\n微信号：wx-abc\n手机：13800000001\n籍贯：江苏常州\n性别：男", ""]], 2, &["wx-abc", "江苏常州"]),
        (&[&["姓名：张三 微信号：wx-abc 手机：13800000001"], &["籍贯：江苏 性别：男"]], 1, &["wx-abc", "江苏"]),
        (
            &[&["宗教信仰：无宗教  姓名：张三"], &["性别：男 T恤尺码：XL"], &["手机：13800000001"], &["婚姻状况：已婚"]],
            1,
            &["无宗教", "XL", "已婚"],
        ),
        (&[&["姓名：张三\nT恤尺码：XL\n手机：13800000001\n性别：男", ""]], 2, &["XL"]),
        (
            &[
                &["姓名", "邮编", "健康状况"],
                &["张三", "213100", "良好"],
                &["性别", "手机", "血型"],
                &["男", "13800000001", "B型"],
                &["交通补贴"],
                &["自行领取"],
            ],
            3,
            &["良好", "B型"],
        ),
        (&[&["姓名", "张三", "健康状况", "良好"], &["手机", "13800000001", "性别", "男"]], 4, &["良好"]),
    ];
    for (rows, columns, expected) in cases {
        let grid = grid(rows, columns);
        let card = only_card(rows, columns);
        let text =
            |at: Address, place: &Range<usize>| grid.cell(at).map(|cell| cell.text[place.clone()].trim().to_owned()).unwrap_or_default();
        let slot = card.slot(Field::Name).expect("a name");
        assert_eq!(text(slot.answer_at, &slot.place), "张三");
        let strangers: Vec<String> = card.strangers.iter().map(|stranger| text(stranger.answer_at, &stranger.place)).collect();
        assert_eq!(strangers, expected, "{rows:?}");
    }
}

#[test]
fn a_line_without_colons_may_begin_with_a_label_of_nobody() {
    let rows: [&[&str]; 3] = [&["姓名 __张三__ 性别 _男_"], &["血型 __B型__ 手机 __13800000001__"], &["学历 __本科__"]];
    let card = only_card(&rows, 1);
    assert_eq!(place(&card, Field::Mobile), format!("A2 {:?}", rows[1][0].find("__138").expect("the number")..rows[1][0].len()));
    assert_eq!(card.strangers.iter().map(|stranger| stranger.label.as_str()).collect::<Vec<_>>(), ["血型"]);
}

#[test]
fn latin_letters_behind_a_colon_are_the_answer_and_no_translation() {
    let rows: [&[&str]; 3] = [&["姓名：Tom 性别：男"], &["职务：CEO 手机：13800000001"], &["学历：大专 E-mail 地址：a@example.com"]];
    let card = only_card(&rows, 1);
    let said = |field| card.slot(field).map(|slot| rows[usize::try_from(slot.answer_at.row).unwrap() - 1][0][slot.place.clone()].trim());
    let fields = [Field::Name, Field::Sex, Field::Position, Field::Mobile, Field::Education, Field::Email];
    assert_eq!(fields.map(said), ["Tom", "男", "CEO", "13800000001", "大专", "a@example.com"].map(Some));
}

#[test]
fn an_answer_that_seems_to_begin_with_a_label_of_nobody_stays_an_answer() {
    for said in ["长塘村：负责人：", "长塘村：会计 手机：换过"] {
        let rows: [&[&str]; 3] = [&["姓名", "张三"], &["志愿服务经历", said], &["手机", "13800000001"]];
        let card = only_card(&rows, 2);
        assert_eq!(place(&card, Field::Experience), format!("B2 {:?}", 0..said.len()));
        assert_eq!(place(&card, Field::Mobile), "B3 0..11");
    }
}
