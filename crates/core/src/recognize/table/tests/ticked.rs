//! Answers that have a column each, and what only looks like such columns.

use super::{drawn, only_table, persons};
use crate::recognize::Target;
use crate::scheme::Scheme;

/// The columns of answers, as `B=sex:男`, of the only table.
fn ticked(rows: &str, merges: &[&str]) -> String {
    let (grid, scheme) = (drawn(rows, merges), Scheme::built_in());
    let table = only_table(&grid);
    assert!(!persons(&grid, &table).is_empty(), "{rows}");
    let named = table.columns.iter().filter_map(|column| match column.target {
        Target::Ticked(field) => Some(format!("{}={}:{}", column.column, field.key(&scheme), column.option)),
        _ => None,
    });
    named.collect::<Vec<_>>().join(" ")
}

#[test]
fn answers_may_have_a_column_each() {
    let merged = &["A1:A2", "B1:C1", "D1:D2"][..];
    for (rows, merges, expected) in [
        ("姓名|性别||手机\n|男|女|\n张三|√||13800000001\n李四||√|13800000002", merged, "B=sex:男 C=sex:女"),
        // without merges, and with the question over each answer
        ("姓名|性别||手机\n|男|女|\n张三|1|0|13800000001", &[], "B=sex:男 C=sex:女"),
        ("姓名|性别|性别|手机\n|男|女|\n张三|是|否|13800000001", &[], "B=sex:男 C=sex:女"),
        ("|性别||\n姓名|男|女|手机\n张三|●||13800000001", &["B1:C1"], "B=sex:男 C=sex:女"),
        // in one cell with the question, or alone
        ("姓名|性别（男）|性别（女）|手机\n张三|√||13800000001", &[], "B=sex:男 C=sex:女"),
        ("姓名|性别-男|性别-女|手机\n张三||☑|13800000001", &[], "B=sex:男 C=sex:女"),
        ("姓名|男|女|手机\n张三|√||13800000001\n李四||√|13800000002", &[], "B=sex:男 C=sex:女"),
        // nobody has answered yet, somebody answered twice, somebody wrote something else
        ("姓名|性别||手机\n|男|女|\n张三|||13800000001", merged, "B=sex:男 C=sex:女"),
        ("姓名|性别||手机\n|男|女|\n张三|√|√|13800000001", merged, "B=sex:男 C=sex:女"),
        ("姓名|性别||手机\n|男|女|\n张三|√||1\n李四|√||2\n王五||√|3\n赵六||√|4\n钱七||?见注|5\n合计|2|2|", merged, "B=sex:男 C=sex:女"),
        (
            "姓名|政治面貌||||手机\n|中共党员|预备党员|群众|侨胞|\n张三|√||||1\n李四||||√|2",
            &["A1:A2", "B1:E1", "F1:F2"],
            "B=party_status:中共党员 C=party_status:预备党员 D=party_status:群众 E=party_status:侨胞",
        ),
        (
            "姓名|文化程度||||手机\n|小学|初 中|高中|大专及\\n以上|\n张三||||√|1",
            &["A1:A2", "B1:E1", "F1:F2"],
            "B=education:小学 C=education:初中 D=education:高中 E=education:大专及以上",
        ),
    ] {
        assert_eq!(ticked(rows, merges), expected, "{rows}");
    }
}

#[test]
fn what_counts_people_or_speaks_of_others_is_no_answer() {
    let merged = &["A1:A2", "B1:C1", "D1:D2"][..];
    for (rows, merges) in [
        // how many people somebody leads or lives with
        ("姓名|性别||手机\n|男|女|\n张三|12|30|13800000001", merged),
        ("姓名|性别||手机\n|男|女|\n张三|1|1|13800000001\n李四|1|0|13800000002\n王五|1|1|13800000003", merged),
        ("姓名|男|女|手机\n张三|1|2|13800000001", &[]),
        ("姓名|男|女|手机\n张三|1|1|13800000001\n李四|1|0|13800000002", &[]),
        ("姓名|家庭人口||手机\n|男|女|\n张三|1|0|13800000001", merged),
        ("姓名|男|女|手机\n张三|李某|王某|13800000001", &[]),
        ("姓名|男|女|手机\n张三|||13800000001", &[]),
        // somebody else's
        ("姓名|配偶性别||手机\n|男|女|\n张三|√||13800000001", merged),
        // another column says it
        ("姓名|性别|男|女|手机\n张三|男|√||13800000001", &[]),
        ("姓名|男|手机\n张三|√|13800000001", &[]),
        // words below what is no answer
        ("姓名|学历||手机\n|全日制|在职|\n张三|本科|研究生|13800000001", merged),
    ] {
        assert_eq!(ticked(rows, merges), "", "{rows}");
    }
}
