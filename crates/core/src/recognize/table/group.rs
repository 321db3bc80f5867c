//! What the words of a line say as the name of a group: 第一党支部, 老年组, 网格一.
//!
//! Groups part the people of a sheet and give them a branch; a name of one must be told from a person who is called like it.
//! Only words are judged here; where they stand is judged in `lines`.

use super::footer::is_han_number;
use crate::text::{is_blank_character, is_dash};

/// Endings of the name of a group that is an organisation, which no name of a person has.
const ORGANISATIONS: [&str; 21] = [
    "党支部", "支部", "总支", "党委", "党组", "社区", "居委会", "村委会", "公司", "中心", "街道", "机关", "学校", "单位", "小区", "居民区",
    "校区", "分厂", "营业厅", "项目部", "事业部",
];
/// Endings of the name of a group within one organisation; people in it belong to whatever the sheet belongs to.
const PARTS: [&str; 21] = [
    "组", "队", "片", "片区", "网格", "党员", "干部", "职工", "人员", "群众", "积极分子", "志愿者", "车间", "科室", "病区", "年级", "工段",
    "工区", "厂区", "门店", "办公室",
];
/// Endings of a group's name that a person's may have too.
const WEAK_GROUP_ENDINGS: [&str; 18] =
    ["村", "科", "局", "室", "站", "办", "部", "镇", "乡", "院", "所", "厂", "会", "馆", "处", "园", "班", "线"];
/// Longest name of a group, in characters.
const LONGEST_GROUP: usize = 40;

/// The endings of a group's name that no name of a person has.
fn group_endings() -> impl Iterator<Item = &'static str> {
    ORGANISATIONS.into_iter().chain(PARTS)
}

/// Whether the words end as only a group's do, whether or not anybody stands below them.
pub(super) fn is_surely_a_group(text: &str) -> bool {
    let name = bare_group(text);
    group_endings().any(|ending| name.ends_with(ending))
}

/// How surely the words name a group of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupName {
    /// No person is called so.
    Sure,
    /// A person may be called so: 长塘村.
    Likely,
    /// Only the words' place can tell.
    Unknown,
    /// It is none.
    None,
}

/// How surely the words of a lone cell name a group.
pub(super) fn group_name(text: &str) -> GroupName {
    let text = undecorated(text);
    let name = bare_group(text);
    let length = name.chars().count();
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    if name.is_empty() || digits > 3 || length > LONGEST_GROUP || name.contains(['，', '。', '；', '！', '？', '：', ':']) {
        return GroupName::None;
    }
    let is_numbered =
        name.len() < text.trim_matches(is_blank_character).len() && without_ordinal(text) != text.trim_matches(is_blank_character);
    let begins = name.strip_prefix('第').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || is_han_number(c)));
    if is_numbered
        || begins
        || name.contains("网格")
        || group_endings().any(|ending| name.len() > ending.len() && name.ends_with(ending))
        || group_endings().any(|ending| name == ending)
    {
        return GroupName::Sure;
    }
    if WEAK_GROUP_ENDINGS.iter().any(|ending| name.ends_with(ending)) { GroupName::Likely } else { GroupName::Unknown }
}

/// The name of a group without its number and what is said of it: `（一）机关党支部（5人）：` → `机关党支部`.
pub(super) fn bare_group(text: &str) -> &str {
    let name =
        without_leader(without_ordinal(undecorated(text))).trim_end_matches(|c: char| is_blank_character(c) || matches!(c, '：' | ':'));
    let name = undecorated(name.split(['（', '(']).next().unwrap_or(name));
    let uncounted = name.trim_end_matches(['人', '名']).trim_end_matches(|c: char| c.is_ascii_digit());
    let is_counted =
        uncounted.len() < name.len() && name[uncounted.len()..].starts_with(|c: char| c.is_ascii_digit()) && name.ends_with(['人', '名']);
    let name = if is_counted { uncounted.trim_end_matches(['共', '：', ':', ' ', '\u{3000}']) } else { name };
    name.trim_matches(is_blank_character)
}

/// The name without what is drawn around it: 【机关支部】, ◆ 第一党支部, （老年支部）.
fn undecorated(text: &str) -> &str {
    const DECORATION: [char; 24] = [
        '【', '】', '〖', '〗', '［', '］', '[', ']', '〔', '〕', '《', '》', '「', '」', '◆', '◇', '■', '★', '●', '▲', '▶', '►', '*', '=',
    ];
    let name = text.trim_matches(|c: char| is_blank_character(c) || is_dash(c) || DECORATION.contains(&c));
    let inside = |open: char, close: char| name.strip_prefix(open)?.strip_suffix(close).filter(|inside| !inside.contains([open, close]));
    let inside = inside('（', '）').or_else(|| inside('(', ')'));
    inside.filter(|inside| group_endings().any(|ending| inside.len() > ending.len() && inside.ends_with(ending))).unwrap_or(name)
}

/// The group's name without who leads it: `第二支部 书记 李四 13900000000` → `第二支部`.
fn without_leader(text: &str) -> &str {
    const LEADERS: [&str; 8] = ["书记", "负责人", "联系人", "组长", "队长", "支委", "电话", "联系方式"];
    let Some((name, leader)) = text.split_once(|c: char| is_blank_character(c) || matches!(c, '，' | ',' | '—')) else { return text };
    let leads = LEADERS.iter().any(|word| leader.trim_start_matches(is_blank_character).starts_with(word));
    if leads && group_endings().any(|ending| name.ends_with(ending)) { name } else { text }
}

/// Whether a group is a part of an organisation (老年组, 网格一) and not one itself (第一党支部).
pub(crate) fn is_part(group: &str) -> bool {
    let name = bare_group(group);
    // 机关, 在职 and 退休 say what kind of people they are, not whose; a person may be called 班, and yet it is a part
    name.chars().count() <= 2 || name.contains("网格") || PARTS.iter().chain(&["班"]).any(|ending| name.ends_with(ending))
}

/// The name of a group as it is held for its people.
pub(crate) fn name_of_group(text: &str) -> &str {
    bare_group(text)
}

/// The text behind `（一）`, `一、`, `1.` and the like.
fn without_ordinal(text: &str) -> &str {
    let text = text.trim_matches(is_blank_character);
    let is_number =
        |number: &str| (1..=3).contains(&number.chars().count()) && number.chars().all(|c| c.is_ascii_digit() || is_han_number(c));
    for (open, close) in [('（', '）'), ('(', ')')] {
        if let Some((number, rest)) = text.strip_prefix(open).and_then(|rest| rest.split_once(close))
            && is_number(number)
        {
            return rest.trim_start_matches(is_blank_character);
        }
    }
    match text.split_once(['、', '.', '．']) {
        Some((number, rest)) if is_number(number) => rest.trim_start_matches(is_blank_character),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_told_from_names() {
        use GroupName::{Likely, None, Sure, Unknown};
        for (text, expected) in [
            ("第一党支部", Sure),
            ("老年组", Sure),
            ("一组：", Sure),
            ("（一）机关党支部", Sure),
            ("二、离退休", Sure),
            ("网格一", Sure),
            ("南湖片", Sure),
            ("志愿者第二支队", Sure),
            ("第一小组（5人）", Sure),
            ("机关", Sure),
            ("【雪南支部】", Sure),
            ("◆ 第一党支部", Sure),
            ("—— 机关支部 ——", Sure),
            ("（老年支部）", Sure),
            ("在职党员 12人", Sure),
            ("长塘村", Likely),
            ("组织科", Likely),
            ("青年突击", Unknown),
            ("张三", Unknown),
            ("如有变动，请联系组织科", None),
            ("13800000001组", None),
            ("（示例）", None),
        ] {
            assert_eq!(group_name(text), expected, "{text}");
        }
        assert_eq!(bare_group("（一）机关党支部（5人）："), "机关党支部");
        assert_eq!(bare_group("在职党员 共12人"), "在职党员");
        assert_eq!(bare_group("【雪南支部】（7人）"), "雪南支部");
        assert!(is_part("老年组") && is_part("第二网格") && is_part("一、机关") && !is_part("第一党支部（5人）") && !is_part("长塘村"));
    }
}
