//! Tables as people send them, each drawn with `|` between cells.

use crate::address::Address;
use crate::grid::{Grid, Kind, Merge, Origin};
use crate::recognize::{Found, Recognizer, SkipReason, Table};
use crate::scheme::Scheme;

/// A grid drawn as text: a line per row, cells parted by `|`, `\n` for a line break, merges as `A1:B2`.
pub(crate) fn drawn(rows: &str, merges: &[&str]) -> Grid {
    let mut builder = Grid::builder(Origin::Sheet);
    builder.facts().sheet = Some("Sheet1".into());
    for (number, line) in (1u32..).zip(rows.lines()) {
        builder.start_row(number, false).expect("room");
        for (column, text) in (1u16..).zip(line.split('|')) {
            let column = crate::address::Column::new(column).expect("a column");
            builder.push(column, Kind::Text, &text.trim_matches(' ').replace("\\n", "\n")).expect("room");
        }
    }
    builder.facts().merges = merges
        .iter()
        .map(|merge| {
            let (first, last) = merge.split_once(':').expect("two corners");
            let corner = |text: &str| text.parse::<Address>().expect("an address");
            Merge { first: corner(first), last: corner(last) }
        })
        .collect();
    builder.finish()
}

fn tables(grid: &Grid) -> Vec<Table> {
    let scheme = Scheme::built_in();
    Recognizer::new(&scheme)
        .recognize(grid)
        .into_iter()
        .filter_map(|found| match found {
            Found::Table(table) => Some(table),
            Found::Card(_) => None,
        })
        .collect()
}

fn only_table(grid: &Grid) -> Table {
    let mut found = tables(grid);
    assert_eq!(found.len(), 1, "tables found");
    found.remove(0)
}

/// Columns as `A=name`, options as `D=services/1`, the unclaimed as `E=-`.
fn columns(table: &Table) -> String {
    let scheme = Scheme::built_in();
    let name = |target: crate::recognize::Target| match target {
        crate::recognize::Target::Option(field, option) => format!("{}/{option}", field.key(&scheme)),
        crate::recognize::Target::Combined([first, second]) => format!("{}+{}", first.key(&scheme), second.key(&scheme)),
        crate::recognize::Target::Further(field) => format!("{}+", field.key(&scheme)),
        crate::recognize::Target::Mark => "mark".to_owned(),
        crate::recognize::Target::Split(column) => format!("{column:?}").to_lowercase(),
        other => other.field().map_or_else(|| "-".to_owned(), |field| field.key(&scheme).to_owned()),
    };
    table.columns.iter().map(|column| format!("{}={}", column.column, name(column.target))).collect::<Vec<_>>().join(" ")
}

fn persons(grid: &Grid, table: &Table) -> Vec<u32> {
    table.lines.iter().filter_map(|position| grid.row_at(*position)).map(|row| row.number()).collect()
}

fn skipped(table: &Table) -> Vec<(u32, SkipReason)> {
    table.skipped.iter().map(|skipped| (skipped.row, skipped.reason)).collect()
}

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
fn look_alikes_never_match() {
    let grid = drawn(
        "姓名|配偶姓名|紧急联系人电话|申请入党时间|转正时间|入党时间|入党介绍人|QQ邮箱|手机\n张三|李某|13800000009|2001.01|2003.07|2002.07|王某|1@qq.com|13800000001",
        &[],
    );
    assert_eq!(columns(&only_table(&grid)), "A=name B=- C=- D=- E=- F=joined_party G=- H=email I=mobile");
}

#[test]
fn a_two_level_heading_has_a_column_per_option() {
    let grid = drawn(
        "姓名|性别|服务意向||||手机\n||尊老服务|爱幼志愿服务|帮农民工服务|助残服务|\n张三|男|√||√||13800000001",
        &["A1:A2", "B1:B2", "C1:F1", "G1:G2"],
    );
    let table = only_table(&grid);
    assert_eq!(table.heading, 1..=2);
    assert_eq!(columns(&table), "A=name B=sex C=services/0 D=services/1 E=services/2 F=services/3 G=mobile");
    assert_eq!(persons(&grid, &table), [3]);
}

#[test]
fn a_date_may_stand_in_a_column_for_each_part() {
    for (rows, merges, expected) in [
        ("姓名|出生年|出生月|手机\n张三|1985|6|13800000001", &[][..], "A=name B=birth C=birth D=mobile"),
        (
            "姓名|出生年份（四位）|出生月份|入党年|入党月|入党日\n张三|1985|6|2008|7|1",
            &[],
            "A=name B=birth C=birth D=joined_party E=joined_party F=joined_party",
        ),
        ("姓名|手机|出生年月|\n||年|月\n张三|13800000001|1985|6", &["A1:A2", "B1:B2", "C1:D1"], "A=name B=mobile C=birth D=birth"),
        ("姓名|手机|出生年月|\n||年|月\n张三|13800000001|1985|6", &["C1:D1"], "A=name B=mobile C=birth D=birth"),
        // a month without a year beside it, and a year of something else
        ("姓名|手机|出生月|党龄年|党龄月\n张三|13800000001|6|5|2", &[], "A=name B=mobile C=- D=- E=-"),
    ] {
        let grid = drawn(rows, merges);
        let table = only_table(&grid);
        assert_eq!(columns(&table), expected, "{rows}");
        assert_eq!(persons(&grid, &table).len(), 1, "{rows}");
    }
}

#[test]
fn a_group_about_somebody_else_hides_its_columns() {
    let grid = drawn(
        "姓名|手机|配偶情况||服务意向\n||姓名|手机|\n张三|13800000001|李某|13800000002|尊老服务",
        &["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
    );
    assert_eq!(columns(&only_table(&grid)), "A=name B=mobile C=- D=- E=services");
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
fn what_stands_below_settles_an_ambiguous_heading() {
    let landlines = drawn("姓名|手机|电话\n张三|13800000001|0519-86310000", &[]);
    assert_eq!(columns(&only_table(&landlines)), "A=name B=mobile C=phone");
    let mobiles = drawn("姓名|性别|联系电话\n张三|男|13800000001\n李四|女|138 0000 0002", &[]);
    assert_eq!(columns(&only_table(&mobiles)), "A=name B=sex C=mobile");
    let both = drawn("姓名|电话|联系电话\n张三|13800000001|0519-86310000", &[]);
    assert_eq!(columns(&only_table(&both)), "A=name B=mobile C=phone");
}

#[test]
fn questions_of_a_survey_are_labels() {
    let grid = drawn(
        "序号|提交答卷时间|1、您的姓名：|2、您的性别是？|3、手机号|4(尊老服务)|4(助残服务)|5、服务意向:爱幼志愿服务\n1|2014/4/20 9:30:00|张三|男|13800000001|1|0|1",
        &[],
    );
    let table = only_table(&grid);
    assert_eq!(columns(&table), "A=seq B=- C=name D=sex E=mobile F=services/0 G=services/3 H=services/1");
}

#[test]
fn a_form_is_no_table() {
    let grid = drawn("姓名|张三|性别|男\n出生年月|1985.06|学历|本科\n手机|13800000001|电话|0519-86310000\n工作单位|长塘村|职务|委员", &[]);
    assert!(tables(&grid).is_empty());
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
fn a_column_without_a_heading_is_there_and_unclaimed() {
    let grid = drawn("姓名|手机\n张三|13800000001|补充说明", &[]);
    assert_eq!(columns(&only_table(&grid)), "A=name B=mobile C=-");
}

#[test]
fn a_split_into_teams_is_known_and_no_line_by_itself() {
    let grid = drawn("所属支队|队内职务|姓名|性别|手机\n第一支队|支队长|张三|男|13800000001\n||李四|女|13800000002", &["A2:A3"]);
    let table = only_table(&grid);
    assert_eq!(columns(&table), "A=team B=duty C=name D=sex E=mobile");
    assert_eq!(persons(&grid, &table), [2, 3]);
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
    assert_eq!(tables(&drawn("姓名|性别|备注\n张三|男|", &[])).len(), 1, "a remark is nothing strange");
    assert_eq!(tables(&drawn("姓名|手机|爱好一|爱好二|爱好三\n张三|13800000001|||", &[])).len(), 1, "a mobile is asked for");
}

#[test]
fn columns_of_a_survey_service_are_passed_over_by_name() {
    let grid = drawn(
        "序号|提交答卷时间|所用时间|来源|来自IP|第1题：姓名|Q2：您希望参加的服务项目|手机1|手机2|总分\n1|2014/4/20|65秒|微信|1.2.3.4|张三|尊老服务|13800000001|13800000002|0",
        &[],
    );
    let table = only_table(&grid);
    let ignored: Vec<String> = table
        .columns
        .iter()
        .filter(|column| column.target == crate::recognize::Target::Ignored)
        .map(|column| column.column.to_string())
        .collect();
    assert_eq!(ignored, ["B", "C", "D", "E", "J"]);
    assert_eq!(columns(&table), "A=seq B=- C=- D=- E=- F=name G=services H=mobile I=mobile+ J=-");
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
fn latin_words_in_a_heading_are_translations_names_or_neither() {
    for (heading, expected) in [
        ("QQ", "C=qq"),
        ("QQ号码/QQ", "C=qq"),
        ("QQ/QQ号", "C=qq"),
        ("微信/QQ", "C=qq"),
        ("E-mail", "C=email"),
        ("电子邮箱/E-mail", "C=email"),
        ("专业 English", "C=major"),
        ("手机/手机号码", "C=mobile"),
        ("姓名拼音 Pinyin", "C=-"),
        ("家庭地址 Address", "C=address"),
        ("IP地址", "C=-"),
        ("手机APP", "C=-"),
        ("QQ电话", "C=-"),
        ("AA制", "C=-"),
        ("T恤尺码", "C=-"),
        ("手机/单位电话", "C=-"),
    ] {
        let table = only_table(&drawn(&format!("姓名|性别|{heading}\n王五|男|x"), &[]));
        assert_eq!(columns(&table), format!("A=name B=sex {expected}"), "{heading}");
    }
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
fn columns_of_surveys_beside_ours_are_told_from_them() {
    let grid = drawn("ID|姓名|身份证号|服务意向（尊老服务）|服务意向（其他）|手机\n1|王五|329901198506120013|1|修家电|13800000001", &[]);
    let other = crate::recognize::OTHER;
    assert_eq!(columns(&only_table(&grid)), format!("A=- B=name C=id_number D=services/0 E=services/{other} F=mobile"));
    let grid = drawn("ID|姓名|手机\n329901198506120013|王五|13800000001", &[]);
    assert_eq!(columns(&only_table(&grid)), "A=id_number B=name C=mobile");
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
fn of_several_columns_of_a_field_the_one_that_is_called_so_counts_first() {
    let person = "张三|13800000001|13800000002|本科|硕士|甲村|乙公司";
    let table = only_table(&drawn(&format!("姓名|联系电话|手机|全日制学历|在职学历|单位|工作单位\n{person}"), &[]));
    assert_eq!(columns(&table), "A=name B=mobile+ C=mobile D=education E=education+ F=employer+ G=employer");
    let table = only_table(&drawn("姓名|手机|联系电话|学历|最高学历|序号|编号\n张三|13800000001|0519-80000001|本科|硕士|1|7", &[]));
    assert_eq!(columns(&table), "A=name B=mobile C=phone D=education+ E=education F=seq G=-");
}

#[test]
fn a_column_of_something_else_belongs_to_the_options_beside_it() {
    let one = drawn("姓名|手机|双休日|节假日|其他时间\n张三|13800000001|√||平时晚上", &[]);
    let other = crate::recognize::OTHER;
    assert_eq!(columns(&only_table(&one)), format!("A=name B=mobile C=availability/0 D=availability/1 E=availability/{other}"));
    let two = drawn("姓名|手机|服务时间||\n||双休日|随时|其他\n张三|13800000001|√||平时晚上", &["A1:A2", "B1:B2", "C1:E1"]);
    assert_eq!(columns(&only_table(&two)), format!("A=name B=mobile C=availability/0 D=availability/2 E=availability/{other}"));
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
fn questions_are_asked_in_many_words() {
    for (question, expected) in [
        ("5、您愿意参加以下哪些志愿服务项目？（可多选）", "services"),
        ("您希望参加的服务项目是", "services"),
        ("请选择您的交通补贴领取方式", "subsidy"),
        ("您可以参加志愿服务的时间？", "availability"),
        ("Q4：您现在的工作单位是", "employer"),
        ("第三题 您的手机号码是多少", "mobile"),
        ("您目前的职务", "position"),
        ("请问您的出生年月是什么时候？", "birth"),
        ("您的配偶的手机号码", "-"),
        ("您希望什么时候开始", "-"),
    ] {
        let grid = drawn(&format!("姓名|身份证号|{question}\n张三||"), &[]);
        assert_eq!(columns(&only_table(&grid)), format!("A=name B=id_number C={expected}"), "{question}");
    }
}

#[test]
fn one_heading_stands_over_the_parts_of_an_answer() {
    let digits: Vec<String> = "329901198506120013".chars().map(|digit| digit.to_string()).collect();
    let id = format!("姓名|ID No.{}|手机\n张三|{}|13800000001", "|".repeat(17), digits.join("|"));
    let table = only_table(&drawn(&id, &["B1:S1"]));
    assert!(columns(&table).starts_with("A=name B=id_number C=id_number"), "{}", columns(&table));
    assert!(columns(&table).ends_with("S=id_number T=mobile"), "{}", columns(&table));
    let name = drawn("姓名||性别|手机\n张|三|男|13800000001\n欧阳|乙二|女|13800000002", &["A1:B1"]);
    assert_eq!(columns(&only_table(&name)), "A=name B=name C=sex D=mobile");
    let date = drawn("姓名|出生年月||手机\n张三|1985|6|13800000001\n李四|1990|12|13800000002", &["B1:C1"]);
    assert_eq!(columns(&only_table(&date)), "A=name B=birth C=birth D=mobile");
    // a merged cell over whole names beside remarks is no such heading
    let remarks = drawn("姓名||性别|手机\n张三|组长|男|13800000001", &["A1:B1"]);
    assert_eq!(columns(&only_table(&remarks)), "A=name B=- C=sex D=mobile");
    assert_eq!(columns(&only_table(&drawn("姓|名|性别|手机\n张|三|男|13800000001", &[]))), "A=name B=name C=sex D=mobile");
    assert_eq!(columns(&only_table(&drawn("姓氏|年龄|名字|手机\n张|40|三|13800000001", &[]))), "A=name B=- C=name D=mobile");
}

#[test]
fn a_heading_may_be_written_over_two_rows() {
    for (rows, expected) in [
        ("姓|性|出生|联系|手机\n名|别|年月|电话|\n张三|男|1985.06|0519-86310000|13800000001", "A=name B=sex C=birth D=phone E=mobile"),
        ("姓名|家庭|手机\n|住址|\n张三|长塘村1号|13800000001", "A=name B=address C=mobile"),
        ("姓名|联系方式||服务意向\n|手机|QQ|\n张三|13800000001|123456|尊老服务", "A=name B=mobile C=qq D=services"),
        (
            "|||紧急联系人||\n姓名|性别|手机|姓名|电话|服务意向\n张三|男||李四|13900000000|尊老服务",
            "A=name B=sex C=mobile D=- E=- F=services",
        ),
        ("姓名|单位|手机\n|电话|\n张三|0519-86310000|13800000001", "A=name B=phone C=mobile"),
    ] {
        assert_eq!(columns(&only_table(&drawn(rows, &[]))), expected, "{rows}");
    }
    // a group of people, and a person without a name, are no second row
    let group = only_table(&drawn("姓名|服务意向|手机\n|机关|\n张三|尊老服务|13800000001", &[]));
    assert_eq!((group.heading.clone(), group.lines.len()), (1..=1, 1));
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
fn several_columns_of_one_choice_are_one_answer() {
    let numbered = drawn("姓名|服务意向1|服务意向2|手机\n张三|尊老服务|助残服务|13800000001", &[]);
    assert_eq!(columns(&only_table(&numbered)), "A=name B=services C=services D=mobile");
    let merged = drawn("姓名|服务意向||手机\n张三|尊老服务|助残服务|13800000001\n李四|尊老||13800000002", &["B1:C1"]);
    assert_eq!(columns(&only_table(&merged)), "A=name B=services C=services D=mobile");
}

#[test]
fn a_number_behind_another_person_is_not_the_persons_own() {
    let row = "张三|329901198506120013|13800000001|李某|13900000000|尊老服务";
    for other in ["紧急联系人", "配偶姓名", "支部书记"] {
        for phone in ["电话", "联系电话", "联系方式", "手机"] {
            let grid = drawn(&format!("姓名|身份证号|手机|{other}|{phone}|服务意向\n{row}"), &[]);
            assert_eq!(columns(&only_table(&grid)), "A=name B=id_number C=mobile D=- E=- F=services", "{other} {phone}");
        }
    }
    let employer = drawn("姓名|单位|配偶|工作单位|手机\n张三|长塘村|李某|某厂|13800000001", &[]);
    assert_eq!(columns(&only_table(&employer)), "A=name B=employer C=- D=- E=mobile");
    // an office's number, and the only number there is, are the person's
    let office = drawn("姓名|手机|介绍人|电话\n张三|13800000001|李某|0519-86310000", &[]);
    assert_eq!(columns(&only_table(&office)), "A=name B=mobile C=- D=phone");
    let beside = drawn("姓名|手机|序号|姓名|配偶姓名|手机\n张三|13800000001|2|李四|李某|13900000000", &[]);
    assert_eq!(columns(&tables(&beside)[1]), "C=seq D=name E=- F=mobile");
    let landline = drawn("姓名|电话|配偶姓名|手机\n张三|0519-86310000|李某|13800000001", &[]);
    assert_eq!(columns(&only_table(&landline)), "A=name B=phone C=- D=mobile");
    let lone = drawn("姓名|性别|配偶姓名|手机\n张三|男|李某|13800000001", &[]);
    assert_eq!(columns(&only_table(&lone)), "A=name B=sex C=- D=mobile");
    let yes = drawn("姓名|手机|是否愿意参加尊老服务|是否参加助残服务\n张三|13800000001|是|否", &[]);
    assert_eq!(columns(&only_table(&yes)), "A=name B=mobile C=services/0 D=services/3");
}
