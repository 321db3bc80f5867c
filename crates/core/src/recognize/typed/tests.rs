use super::*;
use crate::scheme::Scheme;

/// The rows of the table that these lines are, their cells parted by `|`; empty if they are none.
fn rows(origin: Origin, lines: &[&str]) -> Vec<String> {
    let mut builder = Grid::builder(origin);
    for (number, line) in (1..).zip(lines) {
        builder.start_row(number, false).expect("room");
        builder.push(Column::FIRST, Kind::Text, line).expect("room");
    }
    let scheme = Scheme::built_in();
    let Some(grid) = table(&builder.finish(), &Labels::of(&scheme)) else { return Vec::new() };
    let text = |row: crate::grid::Row<'_>| {
        let last = row.cells().next_back().map_or(0, |cell| cell.column.number());
        let cells = (1..=last).map(|number| row.cell(Column::new(number).expect("a column")).map_or("", |cell| cell.text));
        cells.collect::<Vec<_>>().join("|")
    };
    grid.rows().map(text).collect()
}

fn word(lines: &[&str]) -> Vec<String> {
    rows(Origin::Word, lines)
}

#[test]
fn tabs_part_columns_and_may_leave_one_empty() {
    let lines = ["长塘村党员名册", "姓名\t性别\t手机\t服务意向", "张甲一\t男\t13800000001\t尊老服务", "李乙二\t\t13800000002\t助残服务"];
    let expected = ["长塘村党员名册", "姓名|性别|手机|服务意向", "张甲一|男|13800000001|尊老服务", "李乙二||13800000002|助残服务"];
    assert_eq!(word(&lines), expected);
}

#[test]
fn tabs_that_only_reach_a_column_are_no_empty_cells() {
    let lines = ["姓名\t\t性别\t手机\t\t服务意向", "张甲\t\t男\t13800000001\t尊老服务", "阿不都·热合曼\t女\t13800000002\t助残服务"];
    assert_eq!(word(&lines)[1..], ["张甲|男|13800000001|尊老服务", "阿不都·热合曼|女|13800000002|助残服务"]);
}

#[test]
fn where_columns_were_reached_by_tabs_an_answer_is_below_its_label() {
    let lines = [
        "姓名\t\t性别\t工作单位\t职务\t手机\t\t服务意向",
        "张甲一\t\t男\t木材厂\t\t会计\t13800000001\t尊老服务",
        "李乙二\t\t女\t\t\t会计\t13800000002\t助残服务",
        "欧阳丙三\t男\t木材厂\t\t\t13800000003\t尊老服务",
        "王丁四  \t男 木材厂   会计 13800000004 \t 尊老服务",
    ];
    let expected = [
        "张甲一|男|木材厂|会计|13800000001|尊老服务",
        "李乙二|女||会计|13800000002|助残服务",
        "欧阳丙三|男|木材厂||13800000003|尊老服务",
        "王丁四|男|木材厂|会计|13800000004|尊老服务",
    ];
    assert_eq!(rows(Origin::TextTable, &lines)[1..], expected);
}

#[test]
fn blanks_of_any_width_part_columns_by_what_fits() {
    let lines = [
        "序号  姓 名   性别   身份证号              手机          服务意向",
        "1     张 三   男     329901198506120013    13800000001   尊老服务 助残服务",
        "2     李乙二  女                           13800000002   助残服务",
    ];
    let expected = ["1|张 三|男|329901198506120013|13800000001|尊老服务 助残服务", "2|李乙二|女||13800000002|助残服务"];
    assert_eq!(word(&lines)[1..], expected);
    let wide = ["姓名　　性别　　手机　　服务意向", "张三　　男　　13800000001　　尊老服务"];
    assert_eq!(word(&wide)[1..], ["张三|男|13800000001|尊老服务"]);
    let narrow = ["姓名 性别 手机 服务意向", "张三 男 13800000001 尊老服务", "以上共1人"];
    assert_eq!(word(&narrow)[1..], ["张三|男|13800000001|尊老服务", "以上共1人"]);
}

#[test]
fn what_could_stand_in_two_columns_stands_in_none() {
    let lines = ["姓名 性别 专业 特长 手机 服务意向", "张三 男 会计 13800000001 尊老服务"];
    assert_eq!(word(&lines)[1..], ["张三|男|||13800000001|尊老服务|会计"]);
    // where it stands below one of them, it is that one's
    let drawn = ["姓名   性别   专业   特长   手机          服务意向", "张三   男            书法   13800000001   尊老服务"];
    assert_eq!(word(&drawn)[1..], ["张三|男||书法|13800000001|尊老服务"]);
}

#[test]
fn bars_commas_and_the_sides_of_a_drawn_table() {
    let lines = ["| 姓名 | 性别 | 手机 | 服务意向 |", "| --- | --- | --- | --- |", "| 张三 | 男 | 13800000001 | 尊老服务 |"];
    assert_eq!(word(&lines), ["姓名|性别|手机|服务意向", "---|---|---|---", "张三|男|13800000001|尊老服务"]);
    let commas = ["姓名，性别，手机，服务意向", "张三，男，13800000001，尊老服务、助残服务"];
    assert_eq!(word(&commas)[1..], ["张三|男|13800000001|尊老服务、助残服务"]);
    let drawn = ["┌────┬──┐", "│姓名│性别│手机│", "├────┼──┤", "│张三│男│13800000001│"];
    assert_eq!(word(&drawn), ["┌────┬──┐", "姓名|性别|手机", "├────┼──┤", "张三|男|13800000001"]);
    let prose = ["姓名，性别，手机", "张三，男，13800000001", "以上人员，均已核实。"];
    assert_eq!(word(&prose)[1..], ["张三|男|13800000001", "以上人员，均已核实。"]);
    let points = ["姓名、性别、手机、服务意向", "张三、男、13800000001、尊老服务、助残服务"];
    assert_eq!(word(&points)[1..], ["张三|男|13800000001|尊老服务、助残服务"]);
}

#[test]
fn forms_prose_and_sheets_are_no_such_tables() {
    assert!(word(&["姓名：张三\t性别：男\t手机：13800000001"]).is_empty());
    assert!(word(&["姓名\t张三\t性别\t男", "手机\t13800000001\t学历\t本科"]).is_empty());
    assert!(word(&["请填写姓名、性别、手机、服务意向", "谢谢大家支持"]).is_empty());
    assert!(word(&["姓名\t性别\t手机"]).is_empty());
    assert!(rows(Origin::Sheet, &["姓名\t性别\t手机", "张三\t男\t13800000001"]).is_empty());
}

#[test]
fn the_number_before_a_name_only_counts() {
    let lines = ["姓名\t性别\t手机", "1、张甲一\t男\t13800000001", "2. 李乙二\t女\t13800000002"];
    assert_eq!(word(&lines)[1..], ["张甲一|男|13800000001", "李乙二|女|13800000002"]);
}

#[test]
fn people_who_sign_up_one_below_the_other_follow_the_form_that_is_announced() {
    let lines = [
        "#接龙",
        "党员志愿者报名，请按以下格式填写：姓名 性别 手机 服务意向",
        "例 张三 男 13800000000 尊老服务",
        "1. 张甲一 男 13800000001 尊老服务",
        "2. 李乙二 女 13800000002 助残服务、尊老服务",
        "3. 王丙三，男，13800000003，尊老服务",
    ];
    let found = rows(Origin::TextTable, &lines);
    assert_eq!(found[1], "姓名|性别|手机|服务意向");
    let people = ["张甲一|男|13800000001|尊老服务", "李乙二|女|13800000002|助残服务、尊老服务", "王丙三|男|13800000003|尊老服务"];
    assert_eq!(found[3..], people);
    let added = ["报名格式：姓名+性别+手机+服务意向", "1. 张甲一+男+13800000001+尊老服务"];
    assert_eq!(rows(Origin::TextTable, &added)[1], people[0]);
}
