//! What each line below a heading is, and what is said of the sheet above and below the people.

use super::{columns, drawn, only_table, persons, skipped, tables};
use crate::recognize::SkipReason;

#[test]
fn titles_stand_above_and_footers_below() {
    let grid = drawn(
        "长塘村党员志愿者名册\n填报单位：长塘村（盖章）|||填报日期：2014年4月20日\n党员总数：42\n序号|姓  名|性\\n别|手机号码（必填）*|服务意向\n1|张三|男|13800000001|尊老服务\n2|李四|女|13800000002|助残服务\n3||||\n合计|2人\n填表人：王五||联系电话：13800000003\n备注：以上情况属实",
        &["A1:E1"],
    );
    let table = only_table(&grid);
    assert_eq!(table.heading, 4..=4);
    assert_eq!(columns(&table), "A=seq B=name C=sex D=mobile E=services");
    assert_eq!(persons(&grid, &table), [5, 6]);
    assert_eq!(skipped(&table), [(8, SkipReason::Total), (9, SkipReason::Note), (10, SkipReason::Note)]);
    assert_eq!(table.reporting_unit, "长塘村");
    assert_eq!(table.members, Some(42));
}

#[test]
fn a_footer_may_have_blanks_where_names_stand_and_wait_for_the_seal() {
    let grid = drawn(
        "长塘村党员\n序号|姓名|性别|手机\n1|张三|男|13800000001\n长塘村党员（续）|||\n序号|姓名|性别|手机\n2|李四|女|13800000002\n填表人：王五|\u{A0}|审核人：赵六|\u{A0}\n单位（盖章）：|||",
        &[],
    );
    let table = only_table(&grid);
    assert_eq!(persons(&grid, &table), [3, 6]);
    assert_eq!(skipped(&table), [(4, SkipReason::Title), (5, SkipReason::Header), (7, SkipReason::Note), (8, SkipReason::Note)]);
}

#[test]
fn a_table_that_goes_on_is_one_table_whatever_its_next_title_says() {
    for (title, reason) in [("党员志愿者名册（续）", SkipReason::Title), ("续表", SkipReason::Title), ("（接上页）", SkipReason::Title)]
    {
        let grid = drawn(&format!("报名汇总表\n姓名|性别|手机\n张三|男|13800000001\n{title}||\n姓名|性别|手机\n李四|女|13800000002"), &[]);
        let table = only_table(&grid);
        assert_eq!((persons(&grid, &table), skipped(&table)), (vec![3, 6], vec![(4, reason), (5, SkipReason::Header)]), "{title}");
    }
}

#[test]
fn the_unit_of_a_lower_table_is_the_nearest_above_it() {
    let grid = drawn(
        "名册\n姓名|性别|手机\n张三|男|13800000001\n填报单位：长塘村||\n报名表\n填报单位：水湾村\n姓名|性别|手机|学历\n李四|女|13800000002|本科",
        &[],
    );
    let units: Vec<_> = tables(&grid).into_iter().map(|table| table.reporting_unit).collect();
    assert_eq!(units, ["长塘村", "水湾村"]);
}

#[test]
fn a_repeated_heading_a_group_and_an_example_are_no_people() {
    let grid = drawn(
        "姓名|性别|手机\n例：张三|男|13800000000\n第一党支部||\n李四|女|13800000001\n姓名|性别|手机\n第二党支部||\n王五|男|13800000002",
        &["A3:C3", "A6:C6"],
    );
    let table = only_table(&grid);
    assert_eq!(persons(&grid, &table), [4, 7]);
    assert_eq!(skipped(&table), [(2, SkipReason::Example), (3, SkipReason::Group), (5, SkipReason::Header), (6, SkipReason::Group)]);
    assert_eq!(table.groups.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["第一党支部", "第二党支部"]);
}

#[test]
fn values_merged_down_fill_the_lines_below_and_make_no_line_of_their_own() {
    let grid = drawn("所在党支部|姓名|手机\n第一党支部|张三|13800000001\n|李四|13800000002\n||", &["A2:A4"]);
    let table = only_table(&grid);
    assert_eq!(persons(&grid, &table), [2, 3]);
    assert_eq!(table.filled_down.at(3).map(|first| first.to_string()).collect::<Vec<_>>(), ["A2"]);
    assert_eq!(table.filled_down.at(2).count(), 0);
}

#[test]
fn a_lone_name_of_a_group_is_no_person_wherever_it_stands() {
    let people = "1|张三|男|13800000001\n2|李四|女|13800000002";
    for group in [
        "老年组|||",
        "|老年组||",
        "||青年组|",
        "机关|||",
        "|（一）机关党支部||",
        "|网格一||",
        "一组：|||",
        "|第一小组（5人）||",
        "|长塘村||",
    ] {
        let grid = drawn(&format!("序号|姓名|性别|手机\n{group}\n{people}"), &[]);
        let table = only_table(&grid);
        assert_eq!((persons(&grid, &table), skipped(&table)), (vec![3, 4], vec![(2, SkipReason::Group)]), "{group}");
    }
    let grid = drawn(&format!("序号|姓名|性别|手机\n{people}\n3|李长村||\n4|||\n|王五||"), &[]);
    assert_eq!(persons(&grid, &only_table(&grid)), [2, 3, 4, 6], "people of whom nothing else is known");
}

#[test]
fn what_stands_below_the_people_is_a_note() {
    let lines = "注：1、按身份证填写；|||\n2、服务意向可多选。|||\n填表人|王五|审核人|李六\n党支部书记（签字）：||日期：|\n（盖章）|||\n2014年4月20日|||\n请于4月30日前报送|||";
    let grid = drawn(&format!("序号|姓名|性别|手机\n1|张三|男|13800000001\n{lines}\n填报单位：长塘村|||"), &[]);
    let table = only_table(&grid);
    assert_eq!(persons(&grid, &table), [2]);
    let (last, notes) = skipped(&table).split_last().map(|(last, notes)| (*last, notes.to_vec())).expect("some");
    assert!(notes.iter().all(|(_, reason)| *reason == SkipReason::Note) && notes.len() == 7, "{notes:?}");
    assert_eq!((last, table.reporting_unit.as_str()), ((10, SkipReason::Title), "长塘村"));
}

#[test]
fn the_unit_ends_where_something_else_begins() {
    for line in [
        "填报单位：长塘村（盖章）   填报日期：2014.4.20",
        "填报单位（盖章）：长塘村  2014年4月20日",
        "单位名称（公章）：长塘村 党员总数：42人",
        "填报党支部： __长塘村__ ",
        "填报单位|长塘村",
        "报送单位：||",
    ] {
        let expected = if line.starts_with("报送") { "" } else { "长塘村" };
        let grid = drawn(&format!("{line}\n姓名|手机|服务意向\n张三|13800000001|尊老服务"), &[]);
        assert_eq!(only_table(&grid).reporting_unit, expected, "{line}");
    }
}

#[test]
fn lines_to_write_on_hold_nobody() {
    let person = "1|王五|男|329901198506120013|13800000001";
    for unused in [
        "2|____|____|____|____",
        "____|____|____|____|____",
        "2|＿＿ ＿＿|男/女|＿＿＿|",
        "2|……|……|……|……",
        "|...||...|",
        "2||男 / 女||",
        "2|__|□男 □女|/|—",
    ] {
        let table = only_table(&drawn(&format!("序号|姓名|性别|身份证号|手机\n{person}\n{unused}\n{unused}"), &[]));
        assert_eq!((table.lines.len(), table.skipped.len()), (1, 0), "{unused}");
    }
    let table = only_table(&drawn(&format!("序号|姓名|性别|身份证号|手机\n{person}\n2|赵六|____|____|____"), &[]));
    assert_eq!(table.lines.len(), 2, "a name on a line to write on is somebody's");
}

#[test]
fn lines_that_explain_number_pages_or_sign_hold_nobody() {
    use SkipReason::{Example, Group, Note, Title};
    for (rows, expected, people) in [
        ("姓名|性别|身份证号|手机|服务意向\n|男、女|18位||可多选\n王五|男|329901198506120013|13800000001|尊老", vec![(2, Note)], 1),
        ("姓名|性别|手机|服务意向\n填写示例：\n张三|男|13800000009|尊老\n王五|男|13800000001|尊老", vec![(2, Example), (3, Example)], 1),
        ("序号|姓名|性别|手机\n1|王五|男|13800000001\n第2页 共3页\n2|赵六|女|13800000002\n— 2 —", vec![(3, Note), (5, Note)], 2),
        ("序号|姓名|性别|手机\n1|王五|男|13800000001\n支部书记：|张三||填表人：李四", vec![(3, Note)], 1),
        ("序号|姓名|性别|手机\n1|王五|男|13800000001\n备注：\n1、姓名要写全\n（2）电话要写", vec![(3, Note), (4, Note), (5, Note)], 1),
        ("序号|姓名|性别|手机\n第二支部 书记 李四 13900000000\n1|王五|男|13800000001", vec![(2, Group)], 1),
        (
            "姓名|性别|手机\n王五|男|13800000001\n乙村名册\n填报单位：|乙村||党员总数：42\n姓名|性别|单位|手机\n赵六|女|乙村|13800000002",
            vec![(3, Title), (4, Title)],
            1,
        ),
    ] {
        let grid = drawn(rows, &[]);
        let table = tables(&grid).into_iter().next().expect(rows);
        assert_eq!((skipped(&table), table.lines.len()), (expected, people), "{rows}");
    }
}

#[test]
fn a_cell_that_says_as_above_means_the_one_above() {
    let grid =
        drawn("姓名|单位|手机\n王五|甲村|13800000001\n赵六|同上|13800000002\n同上|〃|〃\n钱七||13800000003\n孙八|同上|13800000004", &[]);
    let table = only_table(&grid);
    let meant: Vec<&str> = grid
        .rows()
        .skip(1)
        .flat_map(|row| row.cells().map(|cell| table.meant(&grid, row, cell).text).take(2).collect::<Vec<_>>())
        .collect();
    assert_eq!(meant, ["王五", "甲村", "赵六", "甲村", "同上", "甲村", "钱七", "13800000003", "孙八", "同上"]);
}

#[test]
fn a_person_may_be_called_as_a_footer_begins() {
    let rows = "序号|姓名|性别|身份证号|手机\n1|小计|男|329901198506120013|\n2|说明|女||13800000001\n3|合计|||\n合计|4|2|13800000001|\n|备注|||13800000002\n联系人|张三||13800000003|";
    let grid = drawn(rows, &[]);
    let table = only_table(&grid);
    assert_eq!(persons(&grid, &table), [2, 3]);
    assert_eq!(skipped(&table), [4, 5, 6, 7].map(|row| (row, if row < 6 { SkipReason::Total } else { SkipReason::Note })));
}

#[test]
fn counts_below_the_options_and_answers_like_labels_are_no_people_and_no_form() {
    let counts = drawn("姓名|身份证号|尊老服务|助残服务\n||12人|3人\n张三|329901198506120013|√|", &[]);
    assert_eq!(skipped(&only_table(&counts)), [(2, SkipReason::Total)]);
    let survey = "姓名|服务意向|填写设备|浏览器\n张三|尊老服务|手机|微信\n李四|助残服务|手机|微信\n王五|助残服务|手机|QQ";
    assert_eq!(only_table(&drawn(survey, &[])).lines.len(), 3);
    let anonymous = drawn("ID|电子邮件|姓名|手机\n1|anonymous|张三|13800000001", &[]);
    assert_eq!(only_table(&anonymous).columns[1].target, crate::recognize::Target::Ignored);
}

#[test]
fn a_line_in_one_cell_with_an_id_number_is_no_note() {
    let rows = "姓名|性别|身份证号|手机\n张三|男|329901198506120013|13800000001\n李四，女，329901198506120021，13800000002，家住长塘村三组，党员。\n以上人员请于4月30日前报到，联系电话13800000009。";
    let grid = drawn(rows, &[]);
    let table = only_table(&grid);
    assert_eq!((persons(&grid, &table), skipped(&table)), (vec![2, 3], vec![(4, SkipReason::Note)]));
}

#[test]
fn closing_words_under_the_names_hold_nobody() {
    for words in [
        "以上内容属实",
        "特此说明",
        "（此页无正文）",
        "总数|3",
        "总数：3",
        "审核意见|同意",
        "党支部意见|同意推荐|",
        "END",
        "结束",
        "（完）",
        "— 完 —",
        "（以下空白）",
        "公示无异议",
    ] {
        let grid = drawn(&format!("姓名|性别|手机\n张三|男|13800000001\n{words}"), &[]);
        let table = only_table(&grid);
        assert_eq!((persons(&grid, &table), table.skipped.len()), (vec![2], 1), "{words}");
        let grid = drawn(&format!("序号|姓名|性别|手机\n1|张三|男|13800000001\n{words}"), &[]);
        let table = only_table(&grid);
        assert_eq!((persons(&grid, &table), table.skipped.len()), (vec![2], 1), "{words} under 序号");
    }
    let grid = drawn("姓名|性别|手机\n结束|男|13800000001\n审核意见|女|13800000002\n完|女|", &[]);
    assert_eq!(persons(&grid, &only_table(&grid)), [2, 3, 4], "whoever has a mobile and a sex is somebody");
}

#[test]
fn a_line_of_nothing_but_none_names_nobody_and_is_told() {
    let person = "1|王五|男|13800000001|√";
    for none in ["|无|无|无|", "2|无|/|—|", "|无|||", "无||||", "2|||无|□"] {
        let table = only_table(&drawn(&format!("序号|姓名|性别|手机|尊老服务\n{person}\n{none}"), &[]));
        assert_eq!((table.lines.len(), skipped(&table)), (1, vec![(3, SkipReason::Note)]), "{none}");
    }
    for some in ["2|赵六|无|无|", "2|无|女|无|", "2|无|||√", "2|无名||无|"] {
        let table = only_table(&drawn(&format!("序号|姓名|性别|手机|尊老服务\n{person}\n{some}"), &[]));
        assert_eq!(table.lines.len(), 2, "{some}");
    }
}

#[test]
fn a_line_that_says_how_to_fill_in_stands_right_below_the_heading() {
    let people = "王五|男|329901198506120013|13800000001|尊老\n赵六|女|329901199001010024|13800000002|助残";
    for line in [
        "如实填写||||",
        "（必填）",
        "必填  男/女 （18位） （11位）",
        "与身份证一致|男/女|18位|11位|可多选",
        "真实姓名|男或女|身份证号码18位|11位手机号|从下拉中选",
        "|||（11位）",
    ] {
        let grid = drawn(&format!("姓名|性别|身份证号|手机|服务意向\n{line}\n{people}"), &[]);
        let table = only_table(&grid);
        let told = table.skipped.iter().map(|skipped| skipped.row).eq([2]) || *table.heading.end() == 2;
        assert_eq!((persons(&grid, &table), told), (vec![3, 4], true), "{line}");
    }
    for name in ["如意", "（张三）"] {
        let grid = drawn(&format!("姓名|性别|身份证号|手机|服务意向\n{name}|女||13800|\n{people}"), &[]);
        assert_eq!(persons(&grid, &only_table(&grid)), [2, 3, 4], "{name}");
    }
    let grid = drawn(&format!("姓名|性别|身份证号|手机|服务意向\n{people}\n如意||||\n钱七|男|18位|11位|"), &[]);
    assert_eq!(persons(&grid, &only_table(&grid)), [2, 3, 4, 5], "somebody's, who left it");
}
