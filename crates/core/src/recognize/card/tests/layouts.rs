//! Forms laid out in ways that few are: answers below their labels, labels and names in parts, options without a label.

use super::*;

#[test]
fn answers_stand_below_where_nothing_stands_beside_the_labels() {
    let fields = [Field::Name, Field::Sex, Field::Mobile, Field::Employer];
    for rows in [
        // the room beside the labels is left empty
        &[&["姓名", "", "性别", ""][..], &["张三", "", "男", ""], &["手机", "13800000001", "工作单位", "长塘村"]][..],
        &[
            &["姓名", ""],
            &["张三", ""],
            &["性别", ""],
            &["男", ""],
            &["手机", ""],
            &["13800000001", ""],
            &["工作单位", ""],
            &["长塘村", ""],
        ],
        // written into an empty row below it
        &[&["姓名", "", "性别", "男"], &["", "张三", "", ""], &["手机", "13800000001", "工作单位", "长塘村"]],
    ] {
        let rows: Vec<&[&str]> = rows.to_vec();
        let columns = u16::try_from(rows[0].len()).expect("few");
        assert_eq!(answered(&rows, columns, &fields), ["张三", "男", "13800000001", "长塘村"], "{rows:?}");
    }
    // an empty place stays the place where the row below says something else
    let rows: [&[&str]; 3] =
        [&["姓名", "", "性别", "男"], &["注：用黑色水笔填写", "", "", ""], &["手机", "13800000001", "工作单位", "长塘村"]];
    assert_eq!(answered(&rows, 4, &fields), ["", "男", "13800000001", "长塘村"]);
}

#[test]
fn a_name_and_labels_in_parts_are_put_together() {
    let name = |rows: &[&[&str]]| {
        let scheme = Scheme::built_in();
        let grid = grid(rows, 6);
        let card = find(&grid, &scheme).into_iter().next().unwrap_or_default();
        let Some(slot) = card.slot(Field::Name) else { return String::new() };
        let text = |at: &Address| grid.cell(*at).map_or("", |cell| cell.text);
        std::iter::once(&slot.answer_at).chain(&slot.letters).map(text).collect()
    };
    let end: [&[&str]; 2] = [&["性", "别", "女", "手", "机", "13800000001"], &["服务意向", "尊老服务", "", "", "", ""]];
    for head in [&["姓", "欧阳", "名", "修", "", ""], &["姓氏", "欧阳", "名字", "修", "", ""], &["姓", "名", "欧阳修", "民族", "汉", ""]]
    {
        assert_eq!(name(&[head, end[0], end[1]]), "欧阳修", "{head:?}");
        let card = only_card(&[head, end[0], end[1]], 6);
        assert_eq!([Field::Sex, Field::Mobile].map(|field| place(&card, field)), ["C2 0..3", "F2 0..11"]);
    }
    // labels of nobody's, too
    for (row, said) in [
        (&["民", "族", "汉", "籍", "贯", "江苏"][..], &["民族=汉", "籍贯=江苏"][..]),
        (&["民", "族：", "", "籍", "贯：", "江苏"], &["籍贯=江苏"]),
        (&["民", "族", "", "学", "历", "本科"], &[]),
        (&["学", "历", "本科", "民", "族", "汉"], &["民族=汉"]),
    ] {
        let rows = [end[0], row, &["姓名", "张三", "", "", "", ""], end[1]];
        let (grid, card) = (grid(&rows, 6), only_card(&rows, 6));
        let text = |stranger: &Stranger| grid.cell(stranger.answer_at).expect("an answer").text.get(stranger.place.clone()).unwrap_or("");
        let told: Vec<String> = card.strangers.iter().map(|stranger| format!("{}={}", stranger.label, text(stranger))).collect();
        assert_eq!(told, said, "{row:?}");
        let own = [Field::Name, Field::Sex, Field::Mobile].map(|field| place(&card, field));
        assert_eq!(own, ["B3 0..6", "C1 0..3", "F1 0..11"], "{row:?}");
        let education = card.slot(Field::Education).map(|slot| grid.cell(slot.answer_at).map_or("", |cell| cell.text));
        assert_eq!(education, row.contains(&"历").then_some("本科"), "{row:?}");
    }
    let rows: [&[&str]; 3] = [&["姓名", "张三", "身份证", "号码", "329901198506120013", ""], end[0], end[1]];
    assert_eq!(place(&only_card(&rows, 6), Field::IdNumber), "E1 0..18");
}

#[test]
fn options_in_cells_of_their_own_need_no_label() {
    let head: [&[&str]; 2] = [&["姓名", "张三", "性别", "男", ""], &["手机", "13800000001", "学历", "本科", ""]];
    let chosen = |rows: &[&[&str]]| {
        let rows: Vec<&[&str]> = head.iter().chain(rows).copied().collect();
        let card = only_card(&rows, 5);
        let marks = card.slot(Field::Services).map(|slot| slot.marks.clone()).unwrap_or_default();
        marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option).collect::<Vec<_>>()
    };
    for rows in [
        &[&["志愿方向", "☑尊老服务", "□爱幼志愿服务", "□帮农民工服务", "☑助残服务"][..]][..],
        &[&["☑尊老服务", "□爱幼志愿服务", "□帮农民工服务", "☑助残服务", ""]],
        &[&["√尊老服务", "爱幼志愿服务", "帮农民工服务", "助残服务√", ""]],
        &[&["尊老服务", "爱幼志愿服务", "帮农民工服务", "助残服务", ""], &["√", "", "", "√", ""]],
        &[&["尊老服务", "√", "", "", ""], &["爱幼志愿服务", "", "", "", ""], &["助残服务", "√", "", "", ""]],
        &[&["您想做什么", "尊老服务", "√", "", ""], &["", "爱幼志愿服务", "", "", ""], &["", "助残服务", "√", "", ""]],
    ] {
        assert_eq!(chosen(rows), [0, 3], "{rows:?}");
    }
    // words without a box or a tick anywhere choose nothing
    assert_eq!(chosen(&[&["尊老服务", "爱幼志愿服务", "帮农民工服务", "", ""]]), [0_u16; 0]);
}

#[test]
fn what_stands_in_one_row_with_another_person_is_the_persons_own_where_the_form_asks_it_nowhere_else() {
    let asked = |field: Field, rows: &[&[&str]]| {
        let all: Vec<&[&str]> =
            [&["姓名", "张三", "性别", "男"][..], &["出生年月", "1985.06", "手机", "13800000001"]].iter().chain(rows).copied().collect();
        only_card(&all, 4).slot(field).map(|slot| slot.answer_at.to_string())
    };
    let own = &["工作单位", "长塘村", "职务", "会计"][..];
    let introducer = &["介绍人", "王某", "工作单位", "春江小学"][..];
    assert_eq!(asked(Field::Employer, &[own, introducer]), Some("B3".to_owned()));
    assert_eq!(asked(Field::Employer, &[introducer, own]), Some("B4".to_owned()));
    assert_eq!(asked(Field::Employer, &[introducer]), Some("D3".to_owned()));
    assert_eq!(asked(Field::Employer, &[&["配偶姓名", "王某", "工作单位", "春江小学"]]), None);
    let number = "329901198506120013";
    assert_eq!(asked(Field::IdNumber, &[&["紧急联系人电话", "13900000001", "身份证号码", number]]), Some("D3".to_owned()));
    assert_eq!(asked(Field::IdNumber, &[&["紧急联系人", "王某", "身份证号码", number]]), None);
    let both = [&["紧急联系人电话", "13900000001", "身份证号码", "329901198506120021"][..], &["身份证号码", number, "学历", "本科"]];
    assert_eq!(asked(Field::IdNumber, &both), Some("B4".to_owned()));
}

#[test]
fn a_row_goes_on_with_the_person_named_in_the_one_above() {
    let employer = |rows: &[&[&str]]| {
        let all: Vec<&[&str]> = [&["姓名", "张三"][..], &["性别", "男"], &["手机", "13800000001"]].iter().chain(rows).copied().collect();
        only_card(&all, 2).slot(Field::Employer).map(|slot| slot.answer_at.to_string())
    };
    assert_eq!(employer(&[&["配偶姓名", "王某"], &["工作单位", "春江小学"], &["职务", "教师"]]), None);
    assert_eq!(employer(&[&["紧急联系人", "王某"], &["工作单位", "春江小学"]]), None);
    // an introducer's is told by the person's own further down
    assert_eq!(employer(&[&["入党介绍人", "王某"], &["工作单位", "春江小学"]]), Some("B5".to_owned()));
    assert_eq!(
        employer(&[&["入党介绍人", "王某"], &["工作单位", "春江小学"], &["学历", "本科"], &["工作单位", "长塘村"]]),
        Some("B7".to_owned())
    );
}

#[test]
fn forms_beside_each_other_begin_where_the_first_one_does_though_it_is_not_with_the_name() {
    let scheme = Scheme::built_in();
    for gap in [0, 1] {
        let beside = |left: &[&'static str], right: &[&'static str]| [left, &vec![""; gap], right].concat();
        let rows = [
            beside(&["家庭地址", "长塘村", "手机", "13800000001"], &["家庭地址", "滨湖路", "手机", "13800000002"]),
            beside(&["学历", "本科", "姓名", "张三"], &["学历", "大专", "姓名", "李四"]),
            beside(&["性别", "男", "QQ", "12345"], &["性别", "女", "QQ", "23456"]),
        ];
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let grid = grid(&rows, 9);
        let cards = find(&grid, &scheme);
        let text = |card: &Card, field| card.slot(field).and_then(|slot| grid.cell(slot.answer_at)).map_or("", |cell| cell.text);
        let read: Vec<Vec<&str>> = cards
            .iter()
            .map(|card| [Field::Name, Field::Address, Field::Education, Field::Sex, Field::Qq].map(|field| text(card, field)).to_vec())
            .collect();
        assert_eq!(read, [["张三", "长塘村", "本科", "男", "12345"], ["李四", "滨湖路", "大专", "女", "23456"]]);
        assert!(cards.iter().all(|card| card.strangers.is_empty()), "{cards:#?}");
    }
}

#[test]
fn signs_that_look_like_colons_are_colons() {
    for colon in ["∶", "﹕", "：", ":", " ："] {
        let line = format!("姓名{colon}张三　性别{colon}男　手机{colon}13800000001");
        assert_eq!(answered(&[&[line.as_str()]], 2, &[Field::Name, Field::Sex, Field::Mobile]), ["张三", "男", "13800000001"], "{colon}");
        let labels = ["姓名", "性别", "手机"].map(|label| format!("{label}{colon}"));
        let rows: [&[&str]; 3] = [&[&labels[0], "张三"], &[&labels[1], "男"], &[&labels[2], "13800000001"]];
        assert_eq!(answered(&rows, 2, &[Field::Name, Field::Sex, Field::Mobile]), ["张三", "男", "13800000001"], "{colon}");
    }
}

#[test]
fn options_with_boxes_are_no_label_above_what_stands_below_them() {
    let rows: [&[&str]; 6] = [
        &["姓名", "性别"],
        &["张三", "男"],
        &["手机", "学历"],
        &["13800000001", "大专"],
        &["服务时间", "（ ）双休日 （ ）节假日 （√）随时可以"],
        &["学习和工作经历", "2001年起在纺织厂"],
    ];
    assert_eq!(place(&only_card(&rows, 2), Field::Availability), "B5 0..55");
}

#[test]
fn an_answer_in_several_cells_is_one() {
    let joined = |rows: &[&[&str]], field: Field| {
        let grid = grid(rows, 8);
        let card = find(&grid, &Scheme::built_in()).into_iter().next().unwrap_or_default();
        let slot = card.slot(field).expect("a slot");
        assert!(card.strangers.is_empty(), "{rows:?}: {:#?}", card.strangers);
        let text = |at: &Address| grid.cell(*at).map_or("", |cell| cell.text);
        std::iter::once(&slot.answer_at).chain(&slot.letters).map(text).collect::<String>()
    };
    for (row, field, expected) in [
        (&["出生年月", "1985", "年", "6", "月"][..], Field::Birth, "1985年6月"),
        (&["出生年月", "1985", "年", "6", "月", "12", "日"], Field::Birth, "1985年6月12日"),
        (&["出生年月", "1985年", "6月", "学历", "本科"], Field::Birth, "1985年6月"),
        (&["出生年月", "1985年6月", "学历", "本科"], Field::Birth, "1985年6月"),
        (&["单位电话", "0519", "-", "86310000"], Field::Phone, "0519-86310000"),
        (&["单位电话", "0519", "86310000", "学历", "本科"], Field::Phone, "051986310000"),
        (&["电子邮件", "a", "@", "example.com"], Field::Email, "a@example.com"),
        (&["家庭地址", "江苏省", "常州市", "西湖街道", "锦绣花园3幢"], Field::Address, "江苏省常州市西湖街道锦绣花园3幢"),
        (&["家庭地址", "西湖", "街道（镇）", "锦绣", "社区（村）", "3", "号"], Field::Address, "西湖街道（镇）锦绣社区（村）3号"),
        (&["家庭地址", "锦绣花园3幢", "邮编", "213100"], Field::Address, "锦绣花园3幢"),
    ] {
        assert_eq!(joined(&[&["姓名", "张三", "性别", "男"], &["手机", "13800000001"], row], field), expected, "{row:?}");
    }
}

#[test]
fn forms_below_each_other_with_answers_below_their_labels_are_no_lists() {
    let scheme = Scheme::built_in();
    let recognizer = crate::recognize::Recognizer::new(&scheme);
    let names = |rows: &[&[&str]]| -> Vec<String> {
        let grid = grid(rows, 3);
        let name = |card: &Card| grid.cell(card.slot(Field::Name)?.answer_at).map(|cell| cell.text.to_owned());
        let found = recognizer.recognize(&grid);
        found
            .iter()
            .map(
                |found| if let crate::recognize::Found::Card(card) = found { name(card).unwrap_or_default() } else { "a table".to_owned() },
            )
            .collect()
    };
    let person = |name: &'static str| -> [Vec<&'static str>; 6] {
        let rows: [&[&str]; 6] = [
            &["姓名", "性别", "出生年月"],
            &[name, "男", "1985.06"],
            &["身份证号", "手机", "服务意向"],
            &["329901198506120013", "13800000001", "助残服务"],
            &["交通补贴", "学历", "职务"],
            &["手机充值", "本科", "教师"],
        ];
        rows.map(<[&str]>::to_vec)
    };
    let narrow = |row: Vec<&'static str>| row[..2].to_vec();
    for title in [None, Some(vec!["登记表"])] {
        let wide: Vec<Vec<&str>> = ["张三", "李四"].into_iter().flat_map(|name| title.clone().into_iter().chain(person(name))).collect();
        let two: Vec<Vec<&str>> =
            ["张三", "李四", "王五"].into_iter().flat_map(|name| title.clone().into_iter().chain(person(name).map(narrow))).collect();
        assert_eq!(names(&wide.iter().map(Vec::as_slice).collect::<Vec<_>>()), ["张三", "李四"], "{title:?}");
        assert_eq!(names(&two.iter().map(Vec::as_slice).collect::<Vec<_>>()), ["张三", "李四", "王五"], "{title:?}");
    }
    // a heading on each page is that of a list
    let list: [&[&str]; 5] =
        [&["姓名", "性别", "手机"], &["张三", "男", "13800000001"], &[], &["姓名", "性别", "手机"], &["李四", "女", "13800000002"]];
    assert_eq!(names(&list), ["a table"]);
}

#[test]
fn what_a_form_says_of_others_says_nothing_of_the_form_beside_it() {
    let rows: [&[&str]; 8] = [
        &["姓名", "张三", "性别", "男", "姓名", "李四", "性别", "女"],
        &["手机", "13800000001", "学历", "本科", "手机", "13800000002", "学历", "大专"],
        &["家庭成员", "称谓", "姓名", "工作单位", "服务意向", "助残服务", "", ""],
        &["", "妻子", "王某", "春江小学", "工作单位", "滨湖路", "", ""],
        &["", "父亲", "张某", "长塘村", "职务", "教师", "", ""],
        &["服务意向", "尊老服务", "", "", "家庭成员", "称谓", "姓名", "工作单位"],
        &["工作单位", "纺织厂", "", "", "", "丈夫", "赵某", "电厂"],
        &["职务", "会计", "", "", "", "", "", ""],
    ];
    let scheme = Scheme::built_in();
    let grid = grid(&rows, 8);
    let cards = find(&grid, &scheme);
    let fields = [Field::Name, Field::Services, Field::Employer, Field::Position];
    let text = |card: &Card, field| card.slot(field).and_then(|slot| grid.cell(slot.answer_at)).map_or("", |cell| cell.text);
    let read: Vec<Vec<&str>> = cards.iter().map(|card| fields.map(|field| text(card, field)).to_vec()).collect();
    assert_eq!(read, [["张三", "尊老服务", "纺织厂", "会计"], ["李四", "助残服务", "滨湖路", "教师"]]);
}
