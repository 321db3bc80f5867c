//! What a blank says of how to answer, in a column of its own, as hints inside labels, or as the label once more.

use super::*;

const FIELDS: [Field; 6] = [Field::Name, Field::Sex, Field::Birth, Field::IdNumber, Field::Mobile, Field::Subsidy];
const ANSWERS: [&str; 6] = ["张三", "男", "1985.06", "329901198506120013", "13800000001", "手机充值"];
const LABELS: [&str; 6] = ["姓名", "性别", "出生年月", "身份证号码", "手机", "交通补贴"];
const SAID: [&str; 6] = ["姓名与身份证一致", "男或女", "如1985.06", "18位", "手机号码", "手机充值/自行领取/爱心募捐，选一项"];

/// The names in these rows, however many people they hold.
fn people(rows: &[Vec<&str>]) -> Vec<String> {
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let scheme = Scheme::built_in();
    let grid = grid(&rows, 6);
    let recognizer = crate::recognize::Recognizer::new(&scheme);
    let forms = recognizer.forms([&grid]);
    let name = |card: &Card| grid.cell(card.slot(Field::Name)?.answer_at).map(|cell| cell.text.to_owned());
    forms.iter().flatten().filter_map(|(_, card)| name(card)).collect()
}

#[test]
fn a_column_that_says_how_to_answer_is_nobody() {
    for (item, content, note) in
        [("项目", "填写内容", "填写说明"), ("栏目", "内容", "要求"), ("项目", "内容", "备注"), ("", "填写内容", "示例")]
    {
        let line = |place: usize| vec![LABELS[place], ANSWERS[place], SAID[place]];
        let rows: Vec<Vec<&str>> = std::iter::once(vec![item, content, note]).chain((0..6).map(line)).collect();
        assert_eq!(people(&rows), ["张三"], "{note}");
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        assert_eq!(answered(&rows, 3, &FIELDS), ANSWERS, "{note}");
        // and before the answers
        let line = |place: usize| vec![LABELS[place], SAID[place], ANSWERS[place]];
        let rows: Vec<Vec<&str>> = std::iter::once(vec!["项目", note, content]).chain((0..6).map(line)).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        assert_eq!(answered(&rows, 3, &FIELDS), ANSWERS, "{note} between");
    }
}

#[test]
fn people_beside_each_other_are_people_with_a_column_that_says_how_to_answer_too() {
    let others = ["李四", "女", "1986.07", "329901198607120020", "13800000002", "爱心募捐"];
    let line = |place: usize| vec![LABELS[place], ANSWERS[place], others[place], SAID[place]];
    let heading = vec!["项目", "第一人", "第二人", "说明"];
    assert_eq!(people(&std::iter::once(heading).chain((0..6).map(line)).collect::<Vec<_>>()), ["张三", "李四"]);
}

#[test]
fn what_a_person_remarks_beside_an_answer_is_kept() {
    let line = |place: usize| vec![LABELS[place], ANSWERS[place], if place == 4 { "晚上打" } else { "" }];
    let rows: Vec<Vec<&str>> = std::iter::once(vec!["项目", "内容", "备注"]).chain((0..6).map(line)).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let card = only_card(&rows, 3);
    let kept: Vec<String> = card.strangers.iter().map(|stranger| format!("{} {}", stranger.label, stranger.answer_at)).collect();
    assert_eq!(kept, ["备注 C6"]);
}
