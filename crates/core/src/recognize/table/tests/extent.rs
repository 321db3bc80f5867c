//! Where tables begin and end: beside and below each other, over pages, and lists that are none of ours.

use super::{columns, drawn, only_table, persons, skipped, tables};
use crate::recognize::{Recognizer, SkipReason};
use crate::scheme::Scheme;

#[test]
fn tables_side_by_side_and_below_each_other_are_several() {
    let grid = drawn(
        "姓名|性别|手机||姓名|性别|手机\n张三|男|13800000001||李四|女|13800000002\n王五|男|13800000003\n\n积极分子名单\n姓名|手机|学历\n赵六|13800000004|本科",
        &[],
    );
    let found = tables(&grid);
    assert_eq!(
        found.iter().map(columns).collect::<Vec<_>>(),
        ["A=name B=sex C=mobile", "E=name F=sex G=mobile", "A=name B=mobile C=education"]
    );
    assert_eq!(found.iter().map(|table| persons(&grid, table)).collect::<Vec<_>>(), [vec![2, 3], vec![2], vec![7]]);
}

#[test]
fn a_form_is_no_table() {
    let grid = drawn("姓名|张三|性别|男\n出生年月|1985.06|学历|本科\n手机|13800000001|电话|0519-86310000\n工作单位|长塘村|职务|委员", &[]);
    assert!(tables(&grid).is_empty());
}

#[test]
fn a_returned_row_whose_faults_name_labels_is_no_form() {
    let fault = "没有填「性别」，也不能由身份证号码推出；「服务意向」选了 0 项；没有填「出生年月」，也不能由身份证号码推出";
    let line = |number: u32| format!("{fault}|张三|3299011985|13800000001||A|a.xlsx › S › {number}");
    let grid = drawn(&format!("|登记\n错误说明|姓名|身份证号|手机|服务意向|血型|来源\n{}\n{}", line(3), line(4)), &[]);
    assert_eq!(persons(&grid, &only_table(&grid)), [3, 4]);
}

#[test]
fn a_list_for_another_purpose_is_no_table() {
    for rows in [
        "姓名|1日|2日|3日|出勤天数\n张三|√|√||2",
        "学号|姓名|性别|语文|数学|总分\n001|张三|男|90|80|170",
        "序号|姓名|部门|职务|基本工资|绩效|奖金|合计\n1|张三|财务科|会计|3000|100|200|3300",
    ] {
        let grid = drawn(rows, &[]);
        let scheme = Scheme::built_in();
        let recognizer = Recognizer::new(&scheme);
        assert!(recognizer.recognize(&grid).is_empty(), "{rows}");
        assert_eq!(recognizer.strange_tables(&grid).len(), 1, "{rows}");
    }
    let choices = drawn("性别|学历|服务意向|补贴方式\n男|本科|尊老服务|手机充值\n女|大专|助残服务|自行领取\n|高中||爱心募捐", &[]);
    assert!(tables(&choices).is_empty(), "what drop-downs take their lists from is nobody's");
    assert_eq!(tables(&drawn("性别|学历|服务意向\n男|本科|尊老服务\n女|大专|助残服务", &[])).len(), 1, "people may lack their names");
    assert_eq!(tables(&drawn("姓名|性别|备注\n张三|男|", &[])).len(), 1, "a remark is nothing strange");
    assert_eq!(tables(&drawn("姓名|手机|爱好一|爱好二|爱好三\n张三|13800000001|||", &[])).len(), 1, "a mobile is asked for");
}

#[test]
fn a_table_below_that_counts_people_holds_none() {
    let grid =
        drawn("姓名|性别|手机|服务意向\n王五|男|13800000001|尊老\n单位|党员总数|志愿者人数\n甲村|42|21\n|男||尊老服务|手机充值", &[]);
    let table = only_table(&grid);
    assert_eq!((persons(&grid, &table), skipped(&table)), (vec![2], [3, 4, 5].map(|row| (row, SkipReason::Note)).into()));
    let grid = drawn("【姓名】|[性别]|手机|希望以何种方式领取交通补贴\n王五|男|13800000001|自领", &[]);
    assert_eq!(columns(&only_table(&grid)), "A=name B=sex C=mobile D=subsidy");
    let family = "家庭成员情况\n称谓|姓名|年龄|工作单位\n妻子|李四|40|某公司";
    let grid = drawn(
        &format!("姓名|性别|身份证号|手机|服务意向\n王五|男|329901198506120013|13800000001|尊老\n赵六|女||13800000002|尊老\n\n{family}"),
        &[],
    );
    let table = only_table(&grid);
    assert_eq!((persons(&grid, &table), skipped(&table)), (vec![2, 3], [5, 6, 7].map(|row| (row, SkipReason::Note)).into()));
    let grid = drawn("姓名|性别|服务意向|交通补贴\n王五|男|尊老|自领\n||尊老服务|手机充值", &[]);
    assert_eq!(persons(&grid, &only_table(&grid)), [2, 3], "options are answers");
    let grid = drawn("姓名|出生年|月|日|入党年|入党月\n王五|1974|6|12|2000|7", &[]);
    assert_eq!(columns(&only_table(&grid)), "A=name B=birth C=birth D=birth E=joined_party F=joined_party");
}

#[test]
fn a_part_of_a_heading_repeated_begins_no_table() {
    let heading = "姓名|性别|服务意向||手机\n||尊老|助残|";
    let grid = drawn(
        &format!("{heading}\n王五|男|√||13800000001\n姓名|性别|||手机\n赵六|女||√|13800000002"),
        &["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
    );
    let table = only_table(&grid);
    assert_eq!((persons(&grid, &table), skipped(&table)), (vec![3, 5], vec![(4, SkipReason::Header)]));
}

#[test]
fn the_same_heading_below_another_unit_begins_another_table() {
    let people = |unit: &str, name: &str| format!("{unit}\n姓名|手机|服务意向\n{name}|13800000001|尊老服务\n");
    let several = people("填报单位：甲村", "张三") + &people("填报单位：乙村", "李四");
    let found = tables(&drawn(&several, &[]));
    assert_eq!(found.iter().map(|table| table.reporting_unit.as_str()).collect::<Vec<_>>(), ["甲村", "乙村"]);
    for again in ["填报单位：甲村", "第2页", "长塘村党员志愿者名册（续）", "第二党支部"] {
        let pages = people("长塘村党员志愿者名册\n填报单位：甲村", "张三") + &people(again, "李四");
        assert_eq!(tables(&drawn(&pages, &[])).len(), 1, "{again}");
    }
}

#[test]
fn a_short_list_on_two_pages_is_no_form() {
    let page = "姓名|服务意向||电话|职务|出生时间\n|尊老|助残|||\n";
    let merges = ["A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:F2", "A5:A6", "B5:C5", "D5:D6", "E5:E6", "F5:F6"];
    let pages = format!("{page}张三|√||13800000001|会计|1985.06\n李四||√|13800000002||1986.07\n{page}王五|√||13800000003|组长|1987.08");
    assert_eq!(only_table(&drawn(&pages, &merges)).lines.len(), 3);
}

#[test]
fn people_above_the_last_line_are_read_where_it_is_the_heading() {
    let grid = drawn(
        "长塘村党员志愿者名册\n张三|男|329901198506120013|13800000001\n李四|女|329901198506120021|0519-86310000\n姓名|性别|身份证号|电话",
        &[],
    );
    let table = only_table(&grid);
    assert_eq!((columns(&table), table.lines.clone()), ("A=name B=sex C=id_number D=mobile".to_owned(), vec![1, 2]));
}
