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

#[test]
fn options_printed_in_a_label_are_those_to_choose_from() {
    let head: [&[&str]; 2] = [&["姓名", "张三", "性别", "男"], &["出生年月", "1985.06", "手机", "13800000001"]];
    let scheme = Scheme::built_in();
    let read = |field: Field, label: &str, answer: &str| {
        let card = only_card(&[head[0], head[1], &[label, answer, "学历", "本科"]], 4);
        let slot = card.slot(field).unwrap_or_else(|| panic!("{label}")).clone();
        assert_eq!((slot.answer_at.to_string(), card.strangers.len()), ("B3".to_owned(), 0), "{label}");
        let chosen: Vec<&str> = slot
            .marks
            .iter()
            .filter(|mark| mark.ticked)
            .filter_map(|mark| mark.option)
            .map(|option| scheme.options(field)[usize::from(option)].label.as_str())
            .collect();
        chosen.join("、")
    };
    for label in ["交通补贴（手机充值/自行领取/爱心募捐）", "交通补贴（手机充值、自行领取、爱心募捐）", "交通补贴(手机充值/自行领取)"]
    {
        assert_eq!(read(Field::Subsidy, label, "自行领取"), "", "words are read as such");
    }
    let services = "①尊老服务②爱幼志愿服务③帮农民工服务④助残服务";
    for head in ["服务意向（填序号）\n", "服务意向", "服务意向：", "服务意向（可多选）："] {
        for answer in ["①③", "1、3", "1，3"] {
            assert_eq!(read(Field::Services, &format!("{head}{services}"), answer), "尊老服务、帮农民工服务", "{head} {answer}");
        }
        assert_eq!(read(Field::Services, &format!("{head}{services}"), "尊老服务、帮农民工服务"), "", "{head}");
    }
    // the numbers are the label's, whatever order it has
    assert_eq!(read(Field::Services, "服务意向（1.助残服务 2.尊老服务）", "1"), "助残服务");
    assert_eq!(read(Field::Subsidy, "交通补贴（1、自行领取；2、手机充值；3、爱心募捐）", "2"), "手机充值");
}

#[test]
fn a_label_that_its_answer_says_again_is_one() {
    let rows: [&[&str]; 3] = [
        &["姓名", "姓名：张三", "性别", "男"],
        &["身份证号码", "身份证号码:329901198506120013", "手机", "手机：13800000001"],
        &["出生年月", "1985.06", "学历", "学历："],
    ];
    let fields = [Field::Name, Field::Sex, Field::IdNumber, Field::Mobile, Field::Birth];
    assert_eq!(answered(&rows, 4, &fields), ["张三", "男", "329901198506120013", "13800000001", "1985.06"]);
    let card = only_card(&rows, 4);
    assert!(card.strangers.is_empty() && card.repeats.iter().all(|slot| slot.target == Target::Field(Field::Education)), "{card:#?}");
}
