//! Two sheets compared: who is who, what differs, what does not.

use super::*;
use crate::collection::Collection;
use crate::recognize::table_tests::drawn;
use crate::value::Date;

const HEADING: &str = "序号|姓名|身份证号码|性别|出生年月|手机|学历|工作单位|职务|服务意向\n";
const ROSTER: &str = "序号|姓名|性别|出生年月|入党时间|文化程度|专业特长|工作单位及职务|单位电话|手机|志愿服务项目\n";

fn read(rows: &str, scheme: &Scheme) -> Checked {
    let mut collection = Collection::new(scheme, Date::new(2026, 11, Some(23)).expect("a date"));
    collection.add_document("名册.xlsx", &[drawn(rows, &[])]);
    collection.judge()
}

/// What differs, a line each: `+ 张三`, `- 李四`, `张三 手机 A → B`, `? 王五`.
fn told(old: &str, new: &str) -> String {
    let scheme = Scheme::built_in();
    let (old, new) = (read(old, &scheme), read(new, &scheme));
    let changes = compare(&old, &new, &scheme);
    let mut lines: Vec<String> = changes.joined.iter().map(|place| format!("+ {}", new.people[*place].name)).collect();
    lines.extend(changes.left.iter().map(|place| format!("- {}", old.people[*place].name)));
    lines.extend(changes.pending.iter().map(|(_, place)| format!("? {}", new.people[*place].name)));
    for change in &changes.changed {
        let (before, after) = (&old.people[change.old], &new.people[change.new]);
        let rename = if change.is_rename() { "*" } else { "" };
        lines.extend(change.differences.iter().map(|difference| {
            let [before, after] = [before, after].map(|person| words(person, difference, &scheme));
            format!("{}{rename} {} {before} → {after}", new.people[change.new].name, difference.label)
        }));
    }
    lines.join("\n")
}

#[test]
fn who_joined_who_left_and_what_changed() {
    let old = HEADING.to_owned()
        + "1|郑试一|329901198506120013|男|1985.06|13800000001|本科|长塘村|会计|尊老服务\n\
           2|郑试二||女|1990.02|13800000002|大专|长塘村||助残服务\n\
           3|郑试三||男|1970.01|13800000003|高中|长塘村||助残服务\n";
    let new = HEADING.to_owned()
        + "1|郑试四||男|1991.03|13800000004|本科|长塘村||尊老服务\n\
           2|郑试一|329901198506120013|男|1985.06|13900000001|本科|长塘村|书记|尊老服务、助残服务\n\
           3|郑试二||女|1990.02|13800000002|大专|长塘村||助残服务\n";
    assert_eq!(
        told(&old, &new),
        "+ 郑试四\n- 郑试三\n郑试一 手机 13800000001 → 13900000001\n郑试一 职务 会计 → 书记\n郑试一 服务意向 尊老服务 → 尊老服务、助残服务"
    );
    assert_eq!(told(&old, &old), "");
}

#[test]
fn formatting_that_means_the_same_and_line_numbers_are_no_change() {
    let old = HEADING.to_owned() + "1|郑试一|329901198506120013|男|1985.06|13800000001|大学本科|长塘 村|会计|尊老服务、助残服务\n";
    let new = HEADING.to_owned() + "７|郑 试一|329901 19850612 0013|1|1985年6月12日|+86 138-0000-0001|本科|长塘村|会计|助残,尊老\n";
    assert_eq!(told(&old, &new), "");
}

#[test]
fn another_name_under_the_same_number_or_mobile_is_a_likely_rename() {
    let old = HEADING.to_owned()
        + "1|郑试一|329901198506120013|男|1985.06|13800000001|本科|||尊老服务\n2|郑试二||女|1990.02|13800000002|大专|||助残服务\n3|郑试五||男|1980.02|13800000005|大专|||助残服务\n";
    let new = HEADING.to_owned()
        + "1|郑新一|329901198506120013|男|1985.06|13800000009|本科|||尊老服务\n2|郑新二||女|1990.02|13800000002|大专|||助残服务\n3|王试六||女|1981.02|13800000005|大专|||助残服务\n";
    assert_eq!(
        told(&old, &new),
        "+ 王试六\n- 郑试五\n郑新一* 姓名 郑试一 → 郑新一\n郑新一* 手机 13800000001 → 13800000009\n郑新二* 姓名 郑试二 → 郑新二"
    );
}

#[test]
fn a_roster_is_compared_with_a_collection_in_what_both_have() {
    let old = ROSTER.to_owned() + "1|郑试一|男|1985.06|2005.07|本科|会计、书法|长塘村 书记|0519-86310000|13800000001|尊老服务\n";
    let new = "姓名|身份证号码|手机|学历|专业|特长|工作单位|职务|服务意向|入党时间\n\
               郑试一|329901198506120013|13800000001|本科|会计|书法|长塘村|书记|尊老|2005年7月1日\n";
    assert_eq!(told(&old, new), "");
    let new = new.replace("书法", "绘画").replace("书记|", "会计|");
    assert_eq!(told(&old, &new), "郑试一 专业特长 会计、书法 → 会计、绘画\n郑试一 职务 书记 → 会计");
}

#[test]
fn whose_new_line_goes_back_has_not_left() {
    let old = HEADING.to_owned() + "1|郑试一||男|1985.06|13800000001|本科|||尊老服务\n2|郑试二||女|1990.02|13800000002||||助残服务\n";
    let new = HEADING.to_owned() + "1|郑试一||男|1985.06|13800000001|本科||||\n";
    assert_eq!(told(&old, &new), "- 郑试二\n? 郑试一");
}

#[test]
fn two_of_one_name_are_told_apart_by_what_else_is_known() {
    let old = HEADING.to_owned() + "1|郑试一||男|1985.06|13800000001||||尊老服务\n2|郑试一||男|1985.06|13800000002||||助残服务\n";
    let new = HEADING.to_owned() + "1|郑试一||男|1985.06|13800000002||||助残服务\n2|郑试一||男|1985.06|13800000001||||尊老服务\n";
    assert_eq!(told(&old, &new), "");
}

#[test]
fn blanks_are_filled_from_before_and_nothing_else_is() {
    let scheme = Scheme::built_in();
    let old = HEADING.to_owned()
        + "1|郑试一|329901198506120013|男|1985.06|13800000001|本科|长塘村|会计|尊老服务\n2|郑试二||女|1990.02|13800000002|大专|长塘村|会计|助残服务\n3|郑试三||男|1970.01|13800000003|高中|长塘村||助残服务\n";
    let new = HEADING.to_owned()
        + "1|郑试二||女|1990.02|13800000002||安家村||尊老服务\n2|郑试一||男|1985.06|13800000001||||助残服务\n3|郑试四||男|1970.01|13800000004||||助残服务\n";
    let (old, new) = (read(&old, &scheme), read(&new, &scheme));
    let people = apply(&old, &new, &compare(&old, &new, &scheme));
    let lines: Vec<String> = people.iter().map(|person| compose::roster_line(person, 0, &scheme)[1..].join("|")).collect();
    assert_eq!(
        lines,
        [
            "郑试二|女|1990.02||大专||安家村||13800000002|尊老服务",
            "郑试一|男|1985.06||本科||长塘村 会计||13800000001|助残服务",
            "郑试四|男|1970.01||||||13800000004|助残服务",
        ]
    );
    assert_eq!(people[1].id_number, old.people[0].id_number);
}
