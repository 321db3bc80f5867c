//! Where one form ends and the next begins, and what is no form.

use super::*;

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

#[test]
fn a_heading_over_a_table_is_not_what_its_labels_ask_for() {
    let scheme = Scheme::built_in();
    for heading in ["二、联系方式", "联系方式"] {
        let grids = [
            grid(&[&["姓名", "张三", "性别", "男"], &["出生年月", "1985.06", "学历", "本科"]], 4),
            grid(&[&[heading]], 1),
            grid(&[&["手机号码", "13800000001", "办公电话", "0519-86310000"]], 4),
        ];
        let forms = find_across(&grids, &Labels::of(&scheme));
        let [form] = forms.as_slice() else { panic!("one form: {forms:#?}") };
        let slot = slots(form).find(|slot| slot.target == Target::Field(Field::Mobile)).map(|slot| slot.answer_at.to_string());
        assert_eq!(slot.as_deref(), Some("B1"), "{heading}");
        assert!(form.iter().all(|(_, card)| card.strangers.is_empty()));
    }
}

#[test]
fn a_title_that_stands_there_again_begins_another_form() {
    let lines: [&[&str]; 10] = [
        &["附件1"],
        &["党员志愿者报名表"],
        &["入党时间：1982.10"],
        &["姓名：张三"],
        &["手机：13800000001"],
        &["党员志愿者报名表"],
        &["QQ：789270286"],
        &["手机：13800000002"],
        &["姓名：李四"],
        &["入党时间：1992.10"],
    ];
    let cards = find(&grid(&lines, 1), &Scheme::built_in());
    let fields = |card: &Card| card.slots.iter().map(|slot| slot.label_at.row).collect::<Vec<_>>();
    assert_eq!(cards.iter().map(fields).collect::<Vec<_>>(), [vec![3, 4, 5], vec![7, 8, 9, 10]]);
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

#[test]
fn labels_and_answers_that_take_turns_are_no_heading() {
    let rows: [&[&str]; 2] =
        [&["入党年月", "2008.11", "姓名", "张三", "职务", "网格员"], &["文化程度", "本科", "手机", "13800000001", "", ""]];
    assert_eq!(answered(&rows, 6, &[Field::Name, Field::Position, Field::Mobile]), ["张三", "网格员", "13800000001"]);
}

#[test]
fn a_row_of_labels_with_answers_is_no_heading_where_the_next_one_goes_on() {
    let rows: [&[&str]; 4] = [
        &["党员志愿者登记表"],
        &["职务", "", "家庭住址", "长塘村1组", "姓名", "张三"],
        &["所在党支部", "第一党支部", "手机", "13800000001"],
        &["服务意向", "☑尊老服务 □助残服务"],
    ];
    assert_eq!(
        answered(&rows, 6, &[Field::Name, Field::Address, Field::Branch, Field::Mobile]),
        ["张三", "长塘村1组", "第一党支部", "13800000001"]
    );
    let rows: [&[&str]; 4] = [&["邮编", "", "姓名", "张三"], &["手机", "13800000001"], &["民族", "汉"], &["服务意向", "☑尊老服务"]];
    assert_eq!(answered(&rows, 4, &[Field::Name, Field::Postcode, Field::Mobile]), ["张三", "", "13800000001"]);
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
fn a_counted_heading_between_two_tables_asks_for_nothing() {
    let head = grid(&[&["姓名", "张三", "性别", "男"], &["手机", "13800000001", "学历", "本科"]], 4);
    let lines = grid(&[&["二、志愿服务意愿"]], 1);
    let rest = grid(&[&["服务意向", "☑尊老服务 □助残服务"], &["交通补贴", "☑手机充值 □自行领取"]], 2);
    let forms = find_across([&head, &lines, &rest], &Labels::of(&Scheme::built_in()));
    let services = forms[0].iter().find_map(|(grid, card)| Some((*grid, card.slot(Field::Services)?.marks.len())));
    assert_eq!((forms.len(), services), (1, Some((2, 2))));
}

#[test]
fn words_in_a_cell_without_a_label_behind_an_answer_are_kept() {
    let rows: [&[&str]; 5] = [
        &["姓名", "张三", "", "住院期间除外"],
        &["手机", "13800000001", "（11位，请填本人的）", ""],
        &["身高", "175", "cm", ""],
        &["工作单位", "", "请填写单位全称", ""],
        &["服务意向", "☑助残服务 □尊老服务", "可多选，打√选定", ""],
    ];
    let card = only_card(&rows, 4);
    let kept: Vec<String> = card.strangers.iter().map(|stranger| format!("{} {}", stranger.answer_at, stranger.label)).collect();
    assert_eq!(kept, ["D1 姓名后面多出的一格"]);
}
