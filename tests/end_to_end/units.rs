//! Units and their ratio, and the list of party members.

use mingce_tests::people::{heading_line, person, write_workbook};
use serde_json::{Value, json};

use crate::Folder;

/// Six people of 长塘村, by title.
fn collected(folder: &Folder) {
    let mut lines = vec![vec!["长塘村党员志愿者报名表".to_owned()], heading_line()];
    lines.extend((1..=6).map(person));
    write_workbook(&folder.path().join("报名.xlsx"), &lines);
}

fn units(folder: &Folder, toml: &str) -> Value {
    std::fs::write(folder.path().join("单位.toml"), toml).expect("written");
    let outcome = folder.run_today("check 报名.xlsx --units 单位.toml --format json");
    let mut report = outcome.report().expect("a report");
    report["units"].as_array_mut().expect("units").push(json!(outcome.status));
    report["units"].clone()
}

#[test]
fn exactly_half_meets_the_ratio_and_one_less_does_not() {
    let folder = Folder::new();
    collected(&folder);
    let half = "[[unit]]\nname = \"长塘村\"\nmembers = 12\n[[unit]]\nname = \"聚湖社区\"\n";
    let unit = |members: u32, ratio: f64, met: bool, shortfall: u32| json!({"unit": "长塘村", "members": members, "volunteers": 6, "activists": 0, "ratio": ratio, "met": met, "shortfall": shortfall});
    let nobody =
        json!({"unit": "聚湖社区", "members": null, "volunteers": 0, "activists": 0, "ratio": null, "met": null, "shortfall": null});
    assert_eq!(units(&folder, half), json!([unit(12, 0.5, true, 0), nobody, 0]));
    // 6 of 16: a share that every parser of JSON reads alike
    assert_eq!(units(&folder, &half.replace("12", "16")), json!([unit(16, 0.375, false, 2), nobody, 1]));
    assert_eq!(units(&folder, &half.replace("12", "13"))[0]["shortfall"], 1);
}

#[test]
fn the_text_report_says_how_many_are_missing() {
    let folder = Folder::new();
    collected(&folder);
    std::fs::write(folder.path().join("单位.csv"), "单位,党员总数\n长塘村,13\n").expect("written");
    let outcome = folder.run_today("roster 报名.xlsx -o 名册.xlsx --units 单位.csv");
    assert_eq!(outcome.status, Some(1), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("长塘村：党员 13 人，党员志愿者 6 人，占 46.1%，没有达到要求，还差 1 人"), "{}", outcome.stderr);
    assert!(folder.path().join("名册.xlsx").exists());
}

#[test]
fn a_bad_list_is_3_and_says_where() {
    let folder = Folder::new();
    std::fs::write(folder.path().join("坏.toml"), "[[unit]]\nname = \"甲\"\nmembers = \"多\"\n").expect("written");
    for (line, words) in [
        ("check 长塘村.xlsx --units 坏.toml", "「坏.toml」有错：第 3 行"),
        ("check 长塘村.xlsx --units 没有.toml", "没有.toml"),
        ("check 长塘村.xlsx --members 坏.toml", "坏.toml"),
        ("forms 长塘村.xlsx -o 表 --members 没有.xlsx", "没有.xlsx"),
    ] {
        let outcome = folder.run_today(line);
        assert_eq!(outcome.status, Some(3), "{line}\n{}", outcome.stderr);
        assert!(outcome.stderr.contains(words), "{line}\n{}", outcome.stderr);
    }
}

#[test]
fn the_list_of_members_fills_in_counts_and_names_who_is_missing() {
    let folder = Folder::new();
    let blank_joined = |number| {
        let mut line = person(number);
        line[4] = String::new();
        line
    };
    write_workbook(&folder.path().join("报名.xlsx"), &[heading_line(), blank_joined(1), person(2), blank_joined(7)]);
    let heading = ["姓名", "身份证号", "性别", "出生年月", "入党时间", "党支部"].map(str::to_owned).to_vec();
    let listed = |number, branch: &str| {
        let line = person(number);
        vec![line[1].clone(), line[8].clone(), line[2].clone(), line[3].clone(), "2001.07".to_owned(), branch.to_owned()]
    };
    let list = [heading, listed(1, "一支部"), listed(2, "一支部"), listed(3, "一支部"), listed(4, "二支部")];
    write_workbook(&folder.path().join("花名册.xlsx"), &list);
    let outcome = folder.run_today("roster 报名.xlsx -o 名册.xlsx --members 花名册.xlsx --format json");
    let report = outcome.report().expect("a report");
    assert_eq!(report["members"], json!({"known": 4, "unregistered": [person(3)[1], person(4)[1]]}));
    let counts: Vec<_> =
        report["units"].as_array().expect("units").iter().map(|unit| json!([unit["unit"], unit["members"], unit["volunteers"]])).collect();
    assert_eq!(counts, [json!(["一支部", 3, 2]), json!(["二支部", 1, 0]), json!(["长塘村", null, 1])]);
    let missing: Vec<_> = report["diagnostics"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["code"] == "joined-missing")
        .map(|finding| finding["row"].clone())
        .collect();
    assert_eq!(missing, [json!(4)], "only who is not on the list");
    let roster = mingce_tests::read_back::workbook(&folder.path().join("名册.xlsx"));
    let joined: Vec<&str> = roster[0].1[3..].iter().map(|line| line.split('\t').nth(4).unwrap_or_default()).collect();
    assert_eq!(joined, ["2001.07", "1987.07", ""], "what was written stays, nobody is added");
    let outcome = folder.run_today("check 报名.xlsx --members 花名册.xlsx");
    assert!(outcome.stderr.contains("党员花名册上有 4 人，还有 2 人没有登记"), "{}", outcome.stderr);
}
