//! Findings for people: by table, and what is wrong in the same way in many rows in one line.

mod columns;
mod units;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::Hash;

use mingce::{Address, Code, Diagnostic, Scheme};

use super::rows;
use crate::output::shown;
use columns::{Missing, Unclaimed};
use units::Units;

/// Most different messages of one kind that are told one by one.
const MOST_MESSAGES: usize = 3;

/// Most tables or files that are named in one line.
const MOST_NAMES: usize = 8;

/// What stands between a file and what is inside it.
const INSIDE: &str = " › ";

/// What stands before the one finding that is told of many.
const EXAMPLE: &str = "，例如 ";

/// Findings of one kind in one table.
type Group<'a> = Vec<&'a Diagnostic>;

/// Places with what was found there, both in the order in which they first come.
type Places<'a> = [(String, Vec<Group<'a>>)];

/// The findings, each table under a line with its name; what is said of columns, or of units, one like another, last.
pub(super) fn render<'a>(findings: impl Iterator<Item = &'a Diagnostic>, scheme: &Scheme) -> String {
    let places = by_place(findings);
    let (mut blocks, mut missing) = (Blocks::default(), Missing::default());
    let unclaimed = Unclaimed::of(&places);
    let units = Units::of(&places);
    for (place, groups) in &places {
        let mut text = String::new();
        for group in groups {
            match group.as_slice() {
                [first, ..] if first.code == Code::MissingColumn => missing.add(group, place),
                [first, ..] if first.code == Code::UnmappedColumn => unclaimed.write_alone(&mut text, group),
                [first, _, ..] if is_about_blank(first) => columns::write_places(&mut text, group),
                [first] if units.have_taken(first) => {}
                _ => write_group(&mut text, group),
            }
        }
        if !text.is_empty() {
            blocks.add(text, place);
        }
    }
    // what a sheet never asked for is looked at last
    blocks.render() + &units.render() + &unclaimed.render() + &missing.render(scheme)
}

/// What is told of places, the same of several of them once: forty villages fill in the same sheet.
#[derive(Default)]
struct Blocks {
    told: Vec<(String, Vec<String>)>,
    told_at: HashMap<String, usize>,
}

impl Blocks {
    fn add(&mut self, text: String, place: &str) {
        match self.told_at.get(&text).and_then(|at| self.told.get_mut(*at)) {
            Some((_, places)) => places.push(place.to_owned()),
            None => {
                self.told_at.insert(text.clone(), self.told.len());
                self.told.push((text, vec![place.to_owned()]));
            }
        }
    }

    fn render(&self) -> String {
        self.told.iter().map(|(text, places)| format!("  {}\n{text}", listed(places, "处"))).collect()
    }
}

/// Places in a row, the sheets of one file behind its name; of many only the first, and how many there are in all.
pub(super) fn listed(places: &[String], counted: &str) -> String {
    let mut files: Vec<(&str, Vec<&str>)> = Vec::new();
    for place in places.iter().take(MOST_NAMES) {
        let (file, sheet) = place.split_once(INSIDE).map_or((place.as_str(), None), |(file, sheet)| (file, Some(sheet)));
        match (files.last_mut(), sheet) {
            (Some((last, sheets)), Some(sheet)) if *last == file && !sheets.is_empty() => sheets.push(sheet),
            (_, sheet) => files.push((file, sheet.into_iter().collect())),
        }
    }
    let has_several = files.iter().any(|(_, sheets)| sheets.len() > 1);
    let named =
        files.iter().map(|(file, sheets)| if sheets.is_empty() { (*file).to_owned() } else { [file, &*sheets.join("、")].join(INSIDE) });
    let shown = named.collect::<Vec<_>>().join(if has_several { "；" } else { "、" });
    if places.len() > MOST_NAMES { format!("{shown}……共 {} {counted}", places.len()) } else { shown }
}

/// Whether some of what was found is told by an example only, or a list of places is cut.
pub(super) fn is_shortened(text: &str) -> bool {
    [EXAMPLE, "……共 ", rows::MORE].iter().any(|sign| text.contains(sign))
}

/// Places and kinds in the order in which they first come.
fn by_place<'a>(findings: impl Iterator<Item = &'a Diagnostic>) -> Vec<(String, Vec<Group<'a>>)> {
    let mut places: Vec<(String, Vec<Group<'a>>)> = Vec::new();
    let mut place_at = HashMap::new();
    let mut group_at = HashMap::new();
    for finding in findings {
        let at = &finding.at;
        let place = *place_at.entry((&at.file, &at.sheet, &at.unit)).or_insert_with(|| {
            places.push((place(finding), Vec::new()));
            places.len() - 1
        });
        let groups = &mut places[place].1;
        // a collected sheet hardly ever has all columns, nor a blank all places; one line says which are not there
        let field = at.field.as_ref().filter(|_| finding.code != Code::MissingColumn && !is_about_blank(finding));
        let group = *group_at.entry((place, finding.code, field)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(finding);
    }
    places
}

/// Whether the finding says what a blank has no place for.
fn is_about_blank(finding: &Diagnostic) -> bool {
    finding.code == Code::SlotMissing && finding.at.row.is_none()
}

fn place(finding: &Diagnostic) -> String {
    let at = &finding.at;
    let parts = [at.file.as_deref(), at.sheet.as_deref(), at.unit.as_deref()];
    let place = parts.iter().flatten().map(|part| shown(part)).collect::<Vec<_>>().join(INSIDE);
    if place.is_empty() { "全部".to_owned() } else { place }
}

/// A line for each different message; one line for all that are mended in the same way when there are many and rows tell them
/// apart.
fn write_group(text: &mut String, group: &Group<'_>) {
    let messages = together(group, |finding| &*finding.message);
    if messages.len() <= MOST_MESSAGES || group.iter().any(|finding| finding.at.row.is_none()) {
        write_messages(text, &messages);
        return;
    }
    let by_advice = together(group, |finding| finding.hint.as_deref());
    // advice that differs from row to row is itself told by an example
    if by_advice.len() > MOST_MESSAGES {
        write_example(text, group);
        return;
    }
    for (_, group) in by_advice {
        let messages = together(&group, |finding| &*finding.message);
        if messages.len() > MOST_MESSAGES {
            write_example(text, &group);
        } else {
            write_messages(text, &messages);
        }
    }
}

/// Findings with the same key together, in the order in which they first come.
fn together<'a, K: Copy + Eq + Hash>(group: &Group<'a>, key: impl Fn(&'a Diagnostic) -> K) -> Vec<(K, Group<'a>)> {
    let mut parts: Vec<(K, Group<'a>)> = Vec::new();
    let mut part_at = HashMap::new();
    for finding in group {
        let key = key(finding);
        let at = *part_at.entry(key).or_insert_with(|| {
            parts.push((key, Vec::new()));
            parts.len() - 1
        });
        parts[at].1.push(finding);
    }
    parts
}

/// Many findings in one line: their kind, where they are, and the first of them.
fn write_example(text: &mut String, group: &Group<'_>) {
    let Some(first) = group.first() else { return };
    let places = where_in(group);
    let count = if places.contains(rows::MORE) { String::new() } else { format!("，共 {} 处", group.len()) };
    let example = format!("{}{count}{EXAMPLE}{}：{}", first.code.meaning(), cell(first), shown(&first.message));
    write_line(text, &places, &example, first);
}

/// A line for each message, and what to do once for those that are mended in the same way.
fn write_messages(text: &mut String, messages: &[(&str, Group<'_>)]) {
    for (position, (message, same)) in messages.iter().enumerate() {
        let Some(finding) = same.first() else { continue };
        let next_hint = messages.get(position + 1).and_then(|(_, next)| next.first()).map(|finding| &finding.hint);
        if next_hint == Some(&finding.hint) {
            let _ = writeln!(text, "    {}{} [{}]", where_in(same), shown(message), finding.code);
        } else {
            write_line(text, &where_in(same), &shown(message), finding);
        }
    }
}

fn write_line(text: &mut String, place: &str, message: &str, finding: &Diagnostic) {
    let _ = writeln!(text, "    {place}{message} [{}]", finding.code);
    if let Some(hint) = &finding.hint {
        let _ = writeln!(text, "      → {}", shown(hint));
    }
}

/// Where findings of one kind stand in their table, with a colon; empty for the table as a whole.
fn where_in(group: &[&Diagnostic]) -> String {
    if let [finding] = group {
        let cell = cell(finding);
        return if cell.is_empty() { cell } else { format!("{cell}：") };
    }
    let numbers: Vec<u32> = group.iter().filter_map(|finding| finding.at.row).collect();
    if numbers.is_empty() {
        return String::new();
    }
    format!("{}第 {} {}：", column(group), rows::compact(&numbers), counted(group[0]))
}

/// The column that all of them stand in.
fn column(group: &[&Diagnostic]) -> String {
    let column = |finding: &Diagnostic| finding.at.cell.as_deref().and_then(|cell| cell.parse::<Address>().ok()).map(|at| at.column);
    let Some(first) = group.first().and_then(|finding| column(finding)) else { return String::new() };
    if group.iter().all(|finding| column(finding) == Some(first)) { format!("{first} 列") } else { String::new() }
}

/// One cell, in the words for it; empty where there is none.
fn cell(finding: &Diagnostic) -> String {
    match (&finding.at.cell, finding.at.row) {
        (Some(cell), _) if cell.parse::<Address>().is_ok() => cell.to_string(),
        (Some(label), Some(row)) if label.is_empty() => format!("第 {row} {}", counted(finding)),
        (Some(label), Some(row)) => format!("第 {row} {}「{}」", counted(finding), shown(label)),
        (Some(label), None) => format!("「{}」", shown(label)),
        (None, Some(row)) => format!("第 {row} {}", counted(finding)),
        (None, None) => String::new(),
    }
}

/// What is counted: rows of a table, or forms of a document, whose cells have labels for addresses.
fn counted(finding: &Diagnostic) -> &'static str {
    let has_label = finding.at.cell.as_deref().is_some_and(|cell| cell.parse::<Address>().is_err());
    if has_label { "份" } else { "行" }
}

#[cfg(test)]
mod tests {
    use mingce::Location;

    use super::*;

    fn finding(code: Code, cell: &str, message: &str) -> Diagnostic {
        let mut at = Location::of_file("长塘村.xlsx").with_sheet(Some("Sheet1".into()));
        at.cell = Some(cell.into());
        at.row = cell.parse::<Address>().ok().map(|at| at.row);
        Diagnostic::new(code, at, message).with_hint("请补填")
    }

    #[test]
    fn the_same_fault_in_many_rows_is_one_line() {
        let findings: Vec<Diagnostic> = (4..=40).map(|row| finding(Code::NameMissing, &format!("B{row}"), "没有姓名")).collect();
        assert_eq!(
            render(findings.iter(), &Scheme::built_in()),
            "  长塘村.xlsx › Sheet1\n    B 列第 4–40 行：没有姓名 [name-missing]\n      → 请补填\n"
        );
    }

    #[test]
    fn few_different_messages_are_told_one_by_one_and_the_advice_once() {
        let findings = [finding(Code::IdChecksum, "D7", "末位应为 X"), finding(Code::IdChecksum, "D9", "末位应为 3")];
        assert_eq!(
            render(findings.iter(), &Scheme::built_in()),
            "  长塘村.xlsx › Sheet1\n    D7：末位应为 X [id-checksum]\n    D9：末位应为 3 [id-checksum]\n      → 请补填\n"
        );
    }

    #[test]
    fn many_different_messages_become_their_kind_with_an_example() {
        let findings: Vec<Diagnostic> =
            (4..=8).map(|row| finding(Code::IdChecksum, &format!("D{row}"), &format!("末位应为 {row}"))).collect();
        assert_eq!(
            render(findings.iter(), &Scheme::built_in()),
            "  长塘村.xlsx › Sheet1\n    D 列第 4–8 行：身份证号码的校验码不对，共 5 处，例如 D4：末位应为 4 [id-checksum]\n      → 请补填\n"
        );
    }

    #[test]
    fn what_is_mended_in_another_way_is_told_by_itself() {
        let mut findings: Vec<Diagnostic> =
            (4..=40).map(|row| finding(Code::MobileInvalid, &format!("D{row}"), &format!("手机号「{row}」少一位"))).collect();
        findings[10].hint = Some("像是座机".into());
        assert_eq!(
            render(findings.iter(), &Scheme::built_in()),
            "  长塘村.xlsx › Sheet1\n    D 列第 4–13、15–40 行：手机号不是 13 至 19 开头的 11 位数字，共 36 处，例如 D4：手机号「4」少一位 [mobile-invalid]\n      → 请补填\n    D14：手机号「14」少一位 [mobile-invalid]\n      → 像是座机\n"
        );
    }

    #[test]
    fn the_sheets_of_a_file_stand_behind_its_name() {
        for (places, expected) in [
            (&["甲.xlsx › 一", "甲.xlsx › 二", "乙.docx"][..], "甲.xlsx › 一、二；乙.docx"),
            (&["甲.xlsx › 一", "乙.xlsx › 一"], "甲.xlsx › 一、乙.xlsx › 一"),
            (&["甲.xlsx", "甲.xlsx › 一"], "甲.xlsx、甲.xlsx › 一"),
            (&["1", "2", "3", "4", "5", "6", "7", "8", "9"], "1、2、3、4、5、6、7、8……共 9 处"),
        ] {
            assert_eq!(listed(&places.iter().map(|place| (*place).to_owned()).collect::<Vec<_>>(), "处"), expected);
        }
    }

    #[test]
    fn tables_keep_their_order_and_control_characters_stay_out_of_the_terminal() {
        let mut second = finding(Code::NameMissing, "B2", "\u{1B}[31m红\u{202E}");
        second.at.sheet = Some("Sheet2".into());
        let findings = [finding(Code::NameMissing, "B9", "没有姓名"), second, finding(Code::SexMissing, "C9", "没有性别")];
        let text = render(findings.iter(), &Scheme::built_in());
        let places: Vec<&str> = text.lines().filter(|line| line.contains('›')).collect();
        assert_eq!(places, ["  长塘村.xlsx › Sheet1", "  长塘村.xlsx › Sheet2"]);
        assert!(!text.contains('\u{1B}') && !text.contains('\u{202E}'));
    }
}
