//! What each column holds: labels in all their words, headings of several rows, what only looks like ours.

use super::{columns, drawn, only_table, persons, skipped, tables};
use crate::recognize::SkipReason;

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
fn the_answers_of_somebody_without_a_name_are_no_row_of_the_heading() {
    for rows in [
        "姓名|性别|交通补贴|服务意向|可参加志愿服务时间\n|男|爱心募捐|尊老服务|双休日\n张三|男|手机充值|助残服务|节假日",
        "姓名|交通补贴|服务意向\n|爱心募捐|尊老服务\n张三|手机充值|助残服务",
        "姓名|手机|服务意向|可参加志愿服务时间|QQ\n|13800000001|助残服务|节假日|\n张三|13800000002|助残服务|节假日|99999",
    ] {
        let grid = drawn(rows, &[]);
        let table = only_table(&grid);
        assert_eq!(table.heading, 1..=1, "{rows}");
        assert_eq!(persons(&grid, &table), [2, 3], "{rows}");
    }
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
fn what_a_survey_notes_of_its_own_yields_to_the_question_for_the_same() {
    for (heading, expected) in [
        ("序号|姓名(填写者)|部门（自动）|姓名|性别|手机|工作单位", "A=seq B=- C=employer+ D=name E=sex F=mobile G=employer"),
        ("序号|姓名(填写者)|部门（自动）|姓名|性别|手机|所在单位", "A=seq B=- C=employer+ D=name E=sex F=mobile G=employer"),
        (
            "序号|姓名（自动获取）|1、您的姓名|2、性别|3、手机|工作单位及职务|部门(系统)",
            "A=seq B=- C=name D=sex E=mobile F=employer+position G=-",
        ),
        ("序号|手机（自动）|姓名_提交人|姓名|手机|性别|职务", "A=seq B=mobile+ C=- D=name E=mobile F=sex G=position"),
        // the only one that holds an answer
        ("序号|姓名(填写者)|部门（自动）|手机（自动）|性别|QQ|邮编", "A=seq B=name C=employer D=mobile E=sex F=qq G=postcode"),
    ] {
        let grid = drawn(&format!("{heading}\n1|x1|甲大山|男|13800000001|x|y\n2|x2|乙小水|女|13800000002|x|y"), &[]);
        assert_eq!(columns(&tables(&grid)[0]), expected, "{heading}");
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
fn columns_of_surveys_beside_ours_are_told_from_them() {
    let grid = drawn("ID|姓名|身份证号|服务意向（尊老服务）|服务意向（其他）|手机\n1|王五|329901198506120013|1|修家电|13800000001", &[]);
    let other = crate::recognize::OTHER;
    assert_eq!(columns(&only_table(&grid)), format!("A=- B=name C=id_number D=services/0 E=services/{other} F=mobile"));
    let grid = drawn("ID|姓名|手机\n329901198506120013|王五|13800000001", &[]);
    assert_eq!(columns(&only_table(&grid)), "A=id_number B=name C=mobile");
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
fn questions_are_asked_in_many_words() {
    for (question, expected) in [
        ("5、您愿意参加以下哪些志愿服务项目？（可多选）", "services"),
        ("您希望参加的服务项目是", "services"),
        ("请选择您的交通补贴领取方式", "subsidy"),
        ("您可以参加志愿服务的时间？", "availability"),
        ("Q4：您现在的工作单位是", "employer"),
        ("第三题 您的手机号码是多少", "mobile"),
        ("您目前的职务", "position"),
        ("⑦ 您有什么特长", "specialty"),
        ("5）您的最高学历是", "education"),
        ("何年何月入党", "joined_party"),
        ("参加何种志愿服务", "services"),
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
fn the_name_may_stand_in_the_lower_row_below_a_group() {
    let columns_of = |rows: &str, merges: &[&str]| {
        let table = only_table(&drawn(rows, merges));
        (columns(&table), table.heading, table.lines.len())
    };
    let rows = "序号|个人基本信息||出生年月|手机|单位及职务||志愿服务项目|备注\n|您的姓名|性别|||所在单位|职务||\n1|张三|男|1985.06|13800000001|园区|科员|尊老服务|\n2|李四|女|1985.06|13800000002|园区|科员|助残服务|";
    let expected = "A=seq B=name C=sex D=birth E=mobile F=employer G=position H=services I=-";
    for merges in [&[][..], &["B1:C1", "F1:G1"]] {
        assert_eq!(columns_of(rows, merges), (expected.to_owned(), 1..=2, 2));
    }
    // a row for the whole table above both, and a second table of the same heading below
    let whole = format!("党员志愿者基本情况\n{rows}");
    assert_eq!(columns_of(&whole, &[]), (expected.to_owned(), 2..=3, 2));
    // options below a choice, and a decoy in the lower row
    let options = "基本情况|||服务意向||手机\n姓名|身份证号|配偶姓名|尊老服务|助残服务|\n张三|329901198506120013|李四|√||13800000001";
    assert_eq!(columns_of(options, &[]).0, "A=name B=id_number C=- D=services/0 E=services/3 F=mobile");
    // on the next page again
    let pages = format!("{rows}\n{rows}");
    let table = only_table(&drawn(&pages, &[]));
    assert_eq!((table.lines.len(), skipped(&table)), (4, vec![(5, SkipReason::Header), (6, SkipReason::Header)]));
}

#[test]
fn a_bare_subsidy_is_told_by_what_stands_in_it() {
    for (answers, expected) in [(["手机充值", "自领"], "subsidy"), (["200元", "100元"], "-"), (["", ""], "-")] {
        let rows = format!("姓名|手机|补贴\n张三|13800000001|{}\n李四|13800000002|{}", answers[0], answers[1]);
        assert_eq!(columns(&only_table(&drawn(&rows, &[]))), format!("A=name B=mobile C={expected}"), "{answers:?}");
    }
}

#[test]
fn hints_in_brackets_below_a_heading_are_no_row_of_it() {
    for hints in ["|（如：1985.06）|（18位）||", "|（如：1985.06）|（18位）|（11位）|（可多选）"] {
        let grid =
            drawn(&format!("姓名|出生年月|身份证号码|手机|服务意向\n{hints}\n张三|1985.06|329901198506120013|13800000001|尊老服务"), &[]);
        let table = only_table(&grid);
        assert_eq!((table.heading.clone(), skipped(&table)), (1..=1, vec![(2, SkipReason::Note)]), "{hints}");
        assert_eq!(columns(&table), "A=name B=birth C=id_number D=mobile E=services");
    }
}

#[test]
fn a_row_of_groups_above_the_labels_is_no_heading_of_its_own() {
    let rows = "||单位及职务||服务意向|||补贴方式||\n序号|姓名|工作单位|职务|尊老服务|爱幼服务|助残服务|手机充值|自行领取|手机\n1|张三|园区|科员|√||√|√||13800000001";
    let table = only_table(&drawn(rows, &[]));
    assert_eq!((table.heading.clone(), table.lines.len()), (1..=2, 1));
    assert_eq!(
        columns(&table),
        "A=seq B=name C=employer D=position E=services/0 F=services/1 G=services/3 H=subsidy/0 I=subsidy/1 J=mobile"
    );
}

#[test]
fn a_table_with_another_one_below_is_no_form() {
    let lower =
        "姓名|性别|身份证号|联系方式||特长|服务项目|备注\n|||手机|邮箱|||\n王五|男|329901198506120013|13800000003|a@b.cn|书法|尊老|";
    let grid = drawn(
        &format!(
            "姓名|电话|单位及职务||学历|服务意向\n||单位|职务||\n张三|13800000001|园区|科员|高中|尊老\n李四|13800000002|园区|科员|高中|助残\n\n\n{lower}\n{lower}"
        ),
        &["C1:D1"],
    );
    let lines: Vec<_> = tables(&grid).iter().map(|table| (table.heading.clone(), persons(&grid, table))).collect();
    assert_eq!(lines, [(1..=2, vec![3, 4]), (7..=8, vec![9, 12])]);
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
    // where a relative works is not the person's; a column for a relative's bare name does not claim the only employer of a list
    for (headings, expected) in [
        ("配偶|工作单位|手机", "A=name B=- C=- D=mobile"),
        ("配偶|单位及职务|手机", "A=name B=- C=- D=mobile"),
        ("配偶姓名|单位及职务|手机", "A=name B=- C=employer+position D=mobile"),
        ("家庭成员姓名|工作单位|手机", "A=name B=- C=employer D=mobile"),
        ("配偶姓名|工作单位|手机|父亲姓名|工作单位", "A=name B=- C=- D=mobile E=- F=-"),
        ("配偶姓名|工作单位|手机|子女单位", "A=name B=- C=- D=mobile E=-"),
        ("工作单位|配偶姓名|工作单位|手机", "A=name B=employer C=- D=- E=mobile"),
        ("配偶单位|子女学校|手机", "A=name B=- C=- D=mobile"),
        ("父亲姓名|职务|手机", "A=name B=- C=position D=mobile"),
        ("配偶|工作单位|职务|手机", "A=name B=- C=- D=- E=mobile"),
        ("配偶|工作单位|手机|工作单位|职务", "A=name B=- C=- D=mobile E=employer F=position"),
        ("入党介绍人|工作单位|手机", "A=name B=- C=employer D=mobile"),
    ] {
        let lone = drawn(&format!("姓名|{headings}\n张三|李某|某厂|13800000001"), &[]);
        assert_eq!(columns(&only_table(&lone)), expected, "{headings}");
    }
    let below_a_group = drawn("|家庭成员||\n姓名|姓名|工作单位|手机\n张三|李某|某厂|13800000001", &["B1:C1"]);
    assert_eq!(columns(&only_table(&below_a_group)), "A=name B=- C=- D=mobile");
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

#[test]
fn the_title_of_a_table_beside_a_higher_heading_is_no_label() {
    let rows = "甲村名册||||乙村名册|||\n姓名|性别|服务意向||党员总数：42|||\n||尊老|助残|姓名|性别|手机|血型\n张三|男|√||李四|女|13800000002|O\n王五|男||√|赵六|女|13800000003|A";
    let found = tables(&drawn(rows, &["A2:A3", "B2:B3", "C2:D2"]));
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].columns.iter().map(|column| column.heading.as_str()).collect::<Vec<_>>(), ["姓名", "性别", "手机", "血型"]);
}

#[test]
fn a_seal_and_a_date_below_the_people_name_no_unit() {
    let rows = "姓名|性别|手机\n张三|男|13800000001\n|单位（盖章）|2014年4月20日";
    assert_eq!(only_table(&drawn(rows, &[])).reporting_unit, "");
    let rows = "姓名|性别|手机\n张三|男|13800000001\n填报单位：|长塘村";
    assert_eq!(only_table(&drawn(rows, &[])).reporting_unit, "长塘村");
}

#[test]
fn a_column_of_two_answers_holds_the_one_that_no_other_column_asks_for() {
    let held = |heading: &str| columns(&only_table(&drawn(&format!("姓名|{heading}|手机\n张三|木材厂|会计|13800000001"), &[])));
    assert_eq!(held("工作单位|现任职务"), "A=name B=employer C=position D=mobile");
    assert_eq!(held("工作单位|工作单位及职务"), "A=name B=employer C=- D=mobile");
    let alone = columns(&only_table(&drawn("姓名|现任职务|手机\n张三|木材厂 会计|13800000001", &[])));
    assert_eq!(alone, "A=name B=employer+position C=mobile");
}

#[test]
fn surveys_head_their_columns_by_question_and_answer() {
    for (headings, expected) in [
        ("1 您的姓名|2 您的性别|3 服务意向", "A=name B=sex C=services"),
        ("姓名|手机|18.1 尊老服务|18.2 助残服务", "A=name B=mobile C=services/0 D=services/3"),
        ("姓名|手机|18_1 尊老服务|18_4 助残服务", "A=name B=mobile C=services/0 D=services/3"),
        ("姓名|手机|3、服务意向 尊老服务|3、服务意向 助残服务", "A=name B=mobile C=services/0 D=services/3"),
        ("姓名|手机|服务意向.尊老服务|服务意向>助残服务", "A=name B=mobile C=services/0 D=services/3"),
        ("姓名|手机|3、服务意向(A.尊老服务)|3、服务意向:D.助残服务", "A=name B=mobile C=services/0 D=services/3"),
        ("1、个人信息—姓名|1、个人信息—手机|2、服务意向", "A=name B=mobile C=services"),
        ("1、您的基本信息：姓名|1、您的基本信息：手机|2、家庭信息：姓名", "A=name B=mobile C=-"),
    ] {
        let width = headings.split('|').count();
        let people = ["张三", "13800000001", "1", "1"][..width].join("|");
        assert_eq!(columns(&only_table(&drawn(&format!("{headings}\n{people}"), &[]))), expected, "{headings}");
    }
}
