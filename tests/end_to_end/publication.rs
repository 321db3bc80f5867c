//! Service teams, changes between two collections, orders, and copies for publication that leak nothing.

use std::path::Path;

use mingce_tests::people::{MOBILE, NAME, heading_line, person, write_workbook};
use mingce_tests::read_back::{unpacked, workbook};

use crate::Folder;

/// The places of the ID number, e-mail, QQ, address and experience among the headings.
const ID_NUMBER: usize = 8;
const EMAIL: usize = 11;
const QQ: usize = 12;
const ADDRESS: usize = 18;
const EXPERIENCE: usize = 23;

/// The cells of a sheet, line by line.
fn sheet(path: &Path, name: &str) -> Vec<Vec<String>> {
    let sheets = workbook(path);
    let (_, lines) = sheets.iter().find(|(sheet, _)| sheet == name).expect("the sheet is there");
    lines.iter().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn collected(folder: &Folder, name: &str, numbers: impl Iterator<Item = u32>) {
    let lines: Vec<Vec<String>> = std::iter::once(heading_line()).chain(numbers.map(person)).collect();
    write_workbook(&folder.path().join(name), &lines);
}

#[test]
fn everybody_stands_in_one_team_of_five_to_ten() {
    let folder = Folder::new();
    for count in [4usize, 5, 11, 49] {
        collected(&folder, "报名.xlsx", 1..=u32::try_from(count).expect("small"));
        let outcome = folder.run_today("teams 报名.xlsx -o 支队.xlsx --force");
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        assert_eq!(outcome.stderr.contains("不足一支队的 5 人"), count < 5, "{}", outcome.stderr);
        let people = sheet(&folder.path().join("支队.xlsx"), "支队名单");
        assert_eq!(people[0], ["支队", "职责", "姓名", "性别", "单位", "手机", "志愿服务项目"]);
        assert_eq!(people.len(), count + 1);
        let mut names: Vec<&str> = people[1..].iter().map(|line| line[2].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        let teams = sheet(&folder.path().join("支队.xlsx"), "支队汇总");
        let has_brigade = teams.iter().any(|line| line[0] == "志愿服务大队" && line[2].is_empty());
        assert_eq!(has_brigade, count > 10, "{teams:?}");
        let fewest = count.div_ceil(10);
        assert_eq!(teams.len(), 1 + fewest + usize::from(has_brigade), "{teams:?}");
    }
}

#[test]
fn a_split_in_the_sheet_is_judged_and_kept() {
    let folder = Folder::new();
    let lines: Vec<Vec<String>> = std::iter::once(heading_line())
        .chain((1..=9).map(person))
        .enumerate()
        .map(|(place, mut line)| {
            line.extend(match place {
                0 => ["支队".to_owned(), "职责".to_owned()],
                1 | 6 => [format!("第{}支队", if place == 1 { "一" } else { "二" }), "支队长".to_owned()],
                2..=5 => ["第一支队".to_owned(), "队员".to_owned()],
                _ => ["第二支队".to_owned(), String::new()],
            });
            line
        })
        .collect();
    write_workbook(&folder.path().join("分队.xlsx"), &lines);
    let outcome = folder.run_today("teams 分队.xlsx -o 支队.xlsx --format json");
    let report = outcome.report().expect("a report");
    let findings: Vec<(&str, &str)> = report["diagnostics"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|finding| (finding["code"].as_str().unwrap_or_default(), finding["unit"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(findings, [("team-size", "第二支队")]);
    let teams = sheet(&folder.path().join("支队.xlsx"), "支队汇总");
    assert_eq!([&teams[1][..2], &teams[2][..2]], [["第一支队", "5"], ["第二支队", "4"]]);
}

#[test]
fn our_own_teams_with_people_moved_are_judged_and_kept() {
    let folder = Folder::new();
    collected(&folder, "报名.xlsx", 1..=14);
    assert_eq!(folder.run_today("teams 报名.xlsx -o 支队.xlsx").status, Some(0));
    let mut lines = sheet(&folder.path().join("支队.xlsx"), "支队名单");
    // three of the second team go to the first, which leaves four
    let moved: Vec<usize> = (1..lines.len()).filter(|line| lines[*line][0] == "第二支队" && lines[*line][1] == "队员").take(3).collect();
    for line in &moved {
        lines[*line][0] = "第一支队".to_owned();
    }
    let [first, second] = ["第一支队", "第二支队"].map(|team| lines.iter().filter(|line| line[0] == team).count());
    write_workbook(&folder.path().join("改过.xlsx"), &lines);
    let outcome = folder.run_today("teams 报名.xlsx 改过.xlsx -o 新支队.xlsx --format json");
    let report = outcome.report().expect("a report");
    let sizes = report["diagnostics"].as_array().expect("findings").iter().filter(|finding| finding["code"] == "team-size");
    assert_eq!(sizes.map(|finding| finding["unit"].as_str().unwrap_or_default()).collect::<Vec<_>>(), ["第二支队"]);
    let kept = sheet(&folder.path().join("新支队.xlsx"), "支队汇总");
    assert_eq!([&kept[1][..2], &kept[2][..2]], [["第一支队", &first.to_string()], ["第二支队", &second.to_string()]]);
    let told = folder.run_today("check 改过.xlsx").stderr;
    assert!(told.contains("「第二支队」只有 4 人") && !told.contains("没有用上的列"), "{told}");
}

#[test]
fn changes_are_told_and_applied() {
    let folder = Folder::new();
    collected(&folder, "旧.xlsx", 1..=4);
    let mut lines: Vec<Vec<String>> = std::iter::once(heading_line()).chain([1, 2, 4, 5].map(person)).collect();
    lines[1][MOBILE] = "13911112222".to_owned();
    lines[2][NAME] = "赵改名".to_owned();
    lines[3][5] = String::new();
    lines[4][0] = "77".to_owned();
    write_workbook(&folder.path().join("新.xlsx"), &lines);
    let outcome = folder.run_today("changes 旧.xlsx 新.xlsx -o 变动.xlsx --apply 新名册.xlsx");
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("新增 1 人、退出 1 人、变更 3 人（其中疑似改名 1 人）"), "{}", outcome.stderr);
    let path = folder.path().join("变动.xlsx");
    let names = |name: &str| sheet(&path, name)[1..].iter().map(|line| line[1].clone()).collect::<Vec<_>>();
    assert_eq!([names("新增"), names("退出")], [[person(5)[NAME].clone()], [person(3)[NAME].clone()]]);
    let changed: Vec<Vec<String>> = sheet(&path, "变更")[1..].iter().map(|line| line[3..6].to_vec()).collect();
    let old_name = person(2)[NAME].clone();
    let old_mobile = person(1)[MOBILE].clone();
    assert_eq!(
        changed[..2],
        [vec!["手机".to_owned(), old_mobile, "13911112222".to_owned()], vec!["姓名".to_owned(), old_name, "赵改名".to_owned()]]
    );
    let roster = sheet(&folder.path().join("新名册.xlsx"), "党员志愿者名册");
    assert_eq!(roster.len(), 3 + 4);
    assert!(roster[3..].iter().all(|line| line[5] == "本科"), "{roster:?}");
    let same = folder.run_today("changes 旧.xlsx 旧.xlsx -o 没有.xlsx");
    assert!(same.stderr.contains("没有变化：新增 0 人、退出 0 人、变更 0 人，两边的 4 人都对得上"), "{}", same.stderr);
    assert_eq!(folder.run_today("changes 旧.xlsx -o x.xlsx").status, Some(2));
    assert_eq!(folder.run_today("changes 旧.xlsx 不在.xlsx -o x.xlsx").status, Some(3));
}

#[test]
fn a_roster_is_sorted_as_asked() {
    let folder = Folder::new();
    let named = ["赵一", "曾一", "单一", "丁一"];
    let mut lines = vec![heading_line()];
    for (number, name) in (1..).zip(named) {
        let mut line = person(number);
        line[NAME] = name.to_owned();
        lines.push(line);
    }
    write_workbook(&folder.path().join("报名.xlsx"), &lines);
    for (order, expected) in [
        ("input", named),
        ("pinyin", ["丁一", "单一", "曾一", "赵一"]),
        ("stroke", ["丁一", "单一", "赵一", "曾一"]),
        ("birth", ["赵一", "曾一", "单一", "丁一"]),
        ("unit", named),
    ] {
        let outcome = folder.run_today(&format!("roster 报名.xlsx -o 名册.xlsx --force --sort {order}"));
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        let names: Vec<String> =
            sheet(&folder.path().join("名册.xlsx"), "党员志愿者名册")[3..].iter().map(|line| line[1].clone()).collect();
        assert_eq!(names, expected, "{order}");
    }
}

/// A mobile number as people group it, with this sign.
fn grouped(mobile: &str, sign: &str) -> String {
    let closing = if sign == "（" { "）" } else { sign };
    format!("{}{sign}{}{closing}{}", &mobile[..3], &mobile[3..7], &mobile[7..])
}

/// The text without the signs that part the groups of a number.
fn joined(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '.' | '_' | '（' | '）' | '/' | '\n' | '-')).collect()
}

#[test]
fn copies_for_publication_hold_no_number_and_no_address() {
    let folder = Folder::new();
    let mut secrets = Vec::new();
    let mut lines = vec![heading_line()];
    for number in 1..=7 {
        let mut line = person(number);
        line[QQ] = (54_320 + number).to_string();
        line[ADDRESS] = format!("常州市长塘路{number}号");
        let repeated = [ID_NUMBER, MOBILE, EMAIL, QQ, ADDRESS].map(|place| line[place].clone());
        line[EXPERIENCE] = format!("找我：{}", repeated.join("，"));
        line[17] = format!("会计 {}", grouped(&line[MOBILE], [" ", ".", "_", "（", "/", "\n", "-"][number as usize - 1]));
        // one row goes back, with faults that quote what was typed
        if number == 7 {
            line[ID_NUMBER].replace_range(17.., "Y");
            line[EMAIL] = "不是邮箱地址".to_owned();
        }
        secrets.extend([ID_NUMBER, MOBILE, 10, EMAIL, QQ, ADDRESS].map(|place| line[place].clone()));
        lines.push(line);
    }
    let input = "13812345678-报名.xlsx";
    secrets.push("13812345678".to_owned());
    write_workbook(&folder.path().join(input), &lines);
    lines[1][MOBILE] = "13911112222".to_owned();
    lines[2][ADDRESS] = "常州市新长塘路99号".to_owned();
    secrets.extend(["13911112222", "常州市新长塘路99号", "13911113333", "13911114444", "13911115555"].map(str::to_owned));
    write_workbook(&folder.path().join("新.xlsx"), &lines);
    let units = "[[unit]]\nname = \"长塘村13911113333\"\naliases = [\"一号支部\"]\nmembers = 9\n[[unit]]\nname = \"安家村13911114444\"\nmembers = 3\n";
    std::fs::write(folder.path().join("单位.toml"), units).expect("written");
    let members = ["姓名", "性别", "出生年月", "所在党支部"].map(str::to_owned).to_vec();
    let unregistered = ["郑未登13911115555", "男", "1970.01", "一号支部"].map(str::to_owned).to_vec();
    write_workbook(&folder.path().join("花名册.xlsx"), &[members, unregistered]);
    let lists = "--units 单位.toml --members 花名册.xlsx";
    for (line, outputs) in [
        (format!("roster {input} -o 公示-13812345678.xlsx --mask"), &["公示-13812345678.xlsx"][..]),
        (format!("roster {input} -o 公示.docx --mask"), &["公示.docx"]),
        (format!("teams {input} -o 支队.xlsx --mask {lists}"), &["支队.xlsx"]),
        (format!("summary {input} -o 汇总.xlsx --mask {lists}"), &["汇总.xlsx"]),
        (format!("summary {input} -o 汇总.docx --mask {lists}"), &["汇总.docx"]),
        (format!("changes {input} 新.xlsx -o 变动.xlsx --apply 新名册.xlsx --mask"), &["变动.xlsx", "新名册.xlsx"]),
        // refused, with the path in the words
        (format!("roster {input} -o 公示-13812345678.txt --mask"), &[]),
    ] {
        let mut seen = String::new();
        for format in ["", " --format json --force"] {
            let outcome = folder.run_today(&format!("{line}{format}"));
            seen += &(outcome.stdout + &outcome.stderr);
        }
        for output in outputs {
            assert!(folder.path().join(output).exists(), "{line}: {seen}");
            seen += &unpacked(&folder.path().join(output));
        }
        for secret in &secrets {
            assert!(!seen.contains(secret.as_str()), "{line}: {secret} in {seen}");
            let is_long = secret.len() >= 11 && secret.is_ascii();
            assert!(!(is_long && joined(&seen).contains(&joined(secret))), "{line}: {secret}, grouped, in {seen}");
        }
    }
    let roster = unpacked(&folder.path().join("公示-13812345678.xlsx"));
    assert!(roster.contains("138****0001") && roster.contains(&person(1)[NAME]));
}
