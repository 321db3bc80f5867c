//! What is a label, and where its answer stands.

use super::*;

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
    let fields = [Field::Birth, Field::Mobile, Field::Name, Field::Education, Field::Services];
    assert_eq!(answered(&rows, 4, &fields), ["1983年7月", "13800000001", "卫　兰", "本科", "助残服务"]);
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
fn a_label_that_could_ask_for_several_things_leaves_it_to_the_one_beside_it() {
    let card = only_card(&[&["姓名", ""], &["联系方式", "手机", ""], &["联系方式", "电子邮箱", ""], &["身份证号", ""]], 3);
    assert_eq!([Field::Mobile, Field::Email].map(|field| place(&card, field)), ["C2 0..0", "C3 0..0"]);
    // in a row of labels it is one of them
    let card = only_card(&[&["姓名", "联系电话", "QQ", ""], &["", "", "", ""]], 4);
    assert_eq!(place(&card, Field::Mobile), "B2 0..0");
}

#[test]
fn the_place_for_a_seal_is_no_employer() {
    let card = only_card(&[&["单位（盖章）：", ""], &["姓名", "张三"], &["工作单位及职务", "长塘村 会计"], &["手机", ""]], 2);
    assert_eq!(place(&card, Field::Employer), "B3 0..16");
}

#[test]
fn a_label_may_have_its_english_behind_it() {
    let card = only_card(&[&["姓名 Name", "张三"], &["身份证 ID No.", "329901198506120013"], &["手机Mobile", "13800000001"]], 2);
    assert_eq!([Field::Name, Field::IdNumber, Field::Mobile].map(|field| place(&card, field)), ["B1 0..6", "B2 0..18", "B3 0..11"]);
}

#[test]
fn the_heading_of_some_rows_of_a_form_is_no_label() {
    let rows: [&[&str]; 5] = [
        &["一、基本信息"],
        &["姓名", "张三", "性别", "男"],
        &["二、联系方式"],
        &["手机号码", "13800000001", "QQ", ""],
        &["特长", "书法", "学历", "本科"],
    ];
    let mut grid = grid(&rows, 4);
    for row in [1, 3] {
        let [first, last] = [1, 4].map(|column| Address::new(row, column).expect("an address"));
        grid.merges.push(crate::grid::Merge { first, last });
    }
    let cards = find(&grid, &Scheme::built_in());
    assert_eq!(place(&cards[0], Field::Mobile), "B4 0..11");
}

#[test]
fn what_is_written_behind_labels_of_others_is_kept_and_a_list_of_relatives_is_not_the_persons() {
    let rows: [&[&str]; 6] = [
        &["姓名", "张三", "性别", "男"],
        &["手机", "13800000001", "介绍人", "李四、王五"],
        &["紧急联系人", "赵六", "联系电话", "13900000002"],
        &["称谓", "姓名", "年龄", "工作单位"],
        &["妻子", "钱七", "44", "春江小学"],
        &["支部意见", "同意", "", ""],
    ];
    let card = only_card(&rows, 4);
    assert_eq!(place(&card, Field::Mobile), "B2 0..11");
    let kept: Vec<String> = card.strangers.iter().map(|stranger| stranger.answer_at.to_string()).collect();
    assert_eq!(kept, ["D2", "B3", "D3", "B6"]);
}

#[test]
fn lists_inside_a_form_are_kept_whole_and_give_the_person_nothing() {
    let head: [&[&str]; 2] = [&["姓名", "张三", "性别", "男", "", ""], &["手机", "13800000001", "服务意向", "尊老服务", "", ""]];
    let relatives: [&[&str]; 3] = [
        &["家庭主要成员", "称谓", "姓名", "出生年月", "政治面貌", "工作单位"],
        &["", "岳父", "钱七", "1950.01", "群众", "春江小学"],
        &["", "长女", "张小", "2005.09", "", "常州中学"],
    ];
    let schools: [&[&str]; 3] = [
        &["学习经历", "起止时间", "学校", "专业", "学历", "职务"],
        &["", "2003.09-2007.06", "常州大学", "会计", "本科", "班长"],
        &["奖惩情况", "无", "", "", "", ""],
    ];
    for (list, label, cells) in [
        (&relatives[..], "家庭主要成员", &["B3", "C3", "D3", "E3", "F3", "B4", "C4", "D4", "F4"][..]),
        (&schools[..], "学习经历", &["B3", "C3", "D3", "E3", "F3"]),
    ] {
        // lines between the other labels, and behind them
        let rows: Vec<&[&str]> = [head[0], list[0], list[1], list[2], head[1]].to_vec();
        let mut grid = grid(&rows, 6);
        let at = |cell: &str| cell.parse().expect("an address");
        grid.merges = vec![crate::grid::Merge { first: at("A2"), last: at(if label == "学习经历" { "A3" } else { "A4" }) }];
        let cards = find(&grid, &Scheme::built_in());
        let [card] = cards.as_slice() else { panic!("{cards:#?}") };
        let kept: Vec<String> = card.lists[0].cells.iter().map(ToString::to_string).collect();
        assert_eq!((card.lists.len(), card.lists[0].label.as_str(), kept), (1, label, cells.iter().map(ToString::to_string).collect()));
        for field in [Field::Employer, Field::Major, Field::Birth, Field::PartyStatus, Field::Position] {
            assert!(card.slot(field).is_none(), "{field:?}");
        }
        assert_eq!(place(card, Field::Mobile), "B5 0..11");
    }
}

#[test]
fn answers_may_stand_an_empty_column_further_where_all_do() {
    let filled: [&[&str]; 3] = [&["姓名", "", "张三", "", "性别", "", "男"], &["手机", "", "13800000001"], &["服务意向", "", "尊老服务"]];
    let card = only_card(&filled, 7);
    assert_eq!([Field::Name, Field::Sex, Field::Services].map(|field| place(&card, field)), ["C1 0..6", "G1 0..3", "C3 0..12"]);
    let blank: [&[&str]; 3] = [&["姓名", "", "", "", "性别", "", ""], &["手机", "", ""], &["服务意向", "", ""]];
    assert_eq!(place(&only_card(&blank, 7), Field::Name), "B1 0..0");
}

#[test]
fn words_that_head_rows_or_labels_ask_for_nothing() {
    for (rows, field, expected) in [
        // a section
        (&[&["姓名", "", "性别", ""][..], &["二、联系方式"], &["手机号码", "", "邮编", ""]][..], Field::Mobile, Some("B3")),
        (&[&["姓名", "", "性别", ""], &["学历", "", "联系方式", "手机："], &["邮编", "", "", "座机："]], Field::Mobile, Some("D2")),
        // what the office fills in
        (&[&["姓名", "", "学历", ""], &["邮编", ""], &["以下由社区填写"], &["受理人", "", "联系电话", ""]], Field::Phone, None),
        (&[&["以下由本人填写"], &["姓名", "", "学历", ""], &["邮编", "", "办公电话", ""]], Field::Phone, Some("D3")),
        // schools
        (&[&["姓名", "", "学历", ""], &["邮编", ""], &["学习经历", "起止时间", "学校", "专业"], &["", "", "", ""]], Field::Major, None),
    ] {
        let mut grid = grid(rows, 4);
        for (row, cells) in (1..).zip(rows).filter(|(_, cells)| cells.len() == 1) {
            let [first, last] = [1, 4].map(|column| Address::new(row, column).expect("a cell"));
            grid.merges.extend((!cells[0].is_empty()).then_some(crate::grid::Merge { first, last }));
        }
        let cards = find(&grid, &Scheme::built_in());
        let slot = cards[0].slot(field).map(|slot| slot.answer_at.to_string());
        assert_eq!(slot.as_deref(), expected, "{rows:?}");
    }
}

#[test]
fn a_label_in_front_of_others_that_are_not_ours_takes_none_of_their_places() {
    let rows: [&[&str]; 4] =
        [&["姓名", "张三", "手机", "13800000001"], &["学历", "全日制教育", "大专", ""], &["", "在职教育", "", ""], &["性别", "男", "", ""]];
    let mut grid = grid(&rows, 4);
    let at = |cell: &str| cell.parse().expect("an address");
    grid.merges = vec![crate::grid::Merge { first: at("A2"), last: at("A3") }];
    let cards = find(&grid, &Scheme::built_in());
    assert!(cards[0].slot(Field::Education).is_none());
    assert_eq!(cards[0].strangers.iter().map(|stranger| stranger.label.as_str()).collect::<Vec<_>>(), ["全日制教育"]);
    assert_eq!(cards[0].unclaimed.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>(), ["在职教育"]);
}

#[test]
fn a_number_in_a_cell_without_a_label_is_kept() {
    for (row, said) in [
        (&["手机", "13800000001", "13900000002", ""][..], &["手机后面多出的一格=13900000002"][..]),
        (&["手机", "13800000001", "工号", "909106756"], &["工号=909106756"]),
        (&["手机", "13800000001", "如13900000002", ""], &[]),
        (&["手机", "13800000001", "11位数字", ""], &[]),
        (&["手机", "", "13900000002", ""], &[]),
    ] {
        let rows: [&[&str]; 3] = [&["姓名", "张三", "性别", "男"], row, &["学历", "本科", "出生年月", "1985.06"]];
        let (grid, card) = (grid(&rows, 4), only_card(&rows, 4));
        let text = |stranger: &Stranger| grid.cell(stranger.answer_at).map_or("", |cell| &cell.text[stranger.place.clone()]);
        let told: Vec<String> = card.strangers.iter().map(|stranger| format!("{}={}", stranger.label, text(stranger))).collect();
        assert_eq!(told, said, "{row:?}");
    }
}

#[test]
fn a_photo_left_of_the_labels_is_a_place_and_no_label_of_theirs() {
    let rows: [&[&str]; 4] = [&["一寸照片", "姓名", "张三"], &["", "学历", ""], &["手机", "13800000001", ""], &["性别", "男", ""]];
    let mut grid = grid(&rows, 3);
    let at = |cell: &str| cell.parse().expect("an address");
    grid.merges = vec![crate::grid::Merge { first: at("A1"), last: at("A2") }, crate::grid::Merge { first: at("B3"), last: at("C3") }];
    let cards = find(&grid, &Scheme::built_in());
    let answer = |field| cards[0].slot(field).map(|slot| slot.answer_at.to_string());
    assert_eq!(
        [Field::Photo, Field::Name, Field::Education, Field::Mobile].map(|field| answer(field).unwrap_or_default()),
        ["A1", "C1", "C2", "B3"]
    );
}

#[test]
fn a_label_that_fills_a_sheet_is_no_form() {
    let row = ["姓名", "", "性别", "", "手机", "", "学历", ""].repeat(32);
    let forms = |rows: usize| find(&grid(&vec![row.as_slice(); rows], 256), &Scheme::built_in()).len();
    assert!(forms(2) > 0, "few labels are looked around");
    assert_eq!(forms(2_400), 0, "as many as no pile of forms has are not");
}

#[test]
fn labels_of_nobody_among_labels_above_their_answers_are_no_answers() {
    let rows: [&[&str]; 8] = [
        &["姓名", "民族", "性别"],
        &["张三", "汉", "男"],
        &["手机", "学历", "专业"],
        &["13800000001", "本科", ""],
        &["职务", "家庭住址", "曾用名"],
        &["主任", "", ""],
        &["身份证号码", "健康状况"],
        &["329901198506120013", "良好"],
    ];
    let fields = [Field::Name, Field::Sex, Field::Mobile, Field::Major, Field::Position, Field::Address, Field::IdNumber];
    assert_eq!(answered(&rows, 3, &fields), ["张三", "男", "13800000001", "", "主任", "", "329901198506120013"]);
}

#[test]
fn a_cell_with_a_label_of_its_own_is_no_answer_to_an_open_one() {
    let rows: [&[&str]; 4] =
        [&["姓名：张三", "性别：男"], &["家庭住址：", "民族：汉"], &["邮编：", "手机：13800000001"], &["婚姻状况：已婚", "QQ："]];
    let fields = [Field::Name, Field::Address, Field::Postcode, Field::Mobile, Field::Qq];
    assert_eq!(answered(&rows, 2, &fields), ["张三", "", "", "13800000001", ""]);
}
