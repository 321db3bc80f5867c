//! Findings for people: by table, and what is wrong in the same way in many rows in one line.

mod columns;
mod units;

use std::collections::HashMap;
use std::fmt::Write as _;

use mingce::{Address, Code, Diagnostic, Scheme};

use super::rows;
use crate::output::shown;
use columns::{Missing, Unclaimed};
use units::Units;

/// Most different messages of one kind that are told one by one.
const MOST_MESSAGES: usize = 3;

/// Most tables or files that are named in one line.
const MOST_NAMES: usize = 8;

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

/// Names in a row; of many only the first, and how many there are in all.
pub(super) fn listed(names: &[String], counted: &str) -> String {
    let shown = names[..names.len().min(MOST_NAMES)].join("、");
    if names.len() > MOST_NAMES { format!("{shown}……共 {} {counted}", names.len()) } else { shown }
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
        // a collected sheet hardly ever has all columns; one line says which are not there
        let field = at.field.as_ref().filter(|_| finding.code != Code::MissingColumn);
        let group = *group_at.entry((place, finding.code, field)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(finding);
    }
    places
}

fn place(finding: &Diagnostic) -> String {
    let at = &finding.at;
    let parts = [at.file.as_deref(), at.sheet.as_deref(), at.unit.as_deref()];
    let place = parts.iter().flatten().map(|part| shown(part)).collect::<Vec<_>>().join(" › ");
    if place.is_empty() { "全部".to_owned() } else { place }
}

/// A line for each different message; one line for all of them when there are many and rows tell them apart.
fn write_group(text: &mut String, group: &Group<'_>) {
    let mut messages: Vec<(&str, Group<'_>)> = Vec::new();
    let mut message_at = HashMap::new();
    for finding in group {
        let at = *message_at.entry(&*finding.message).or_insert_with(|| {
            messages.push((&finding.message, Vec::new()));
            messages.len() - 1
        });
        messages[at].1.push(finding);
    }
    let Some(first) = group.first() else { return };
    if messages.len() > MOST_MESSAGES && group.iter().all(|finding| finding.at.row.is_some()) {
        let example = format!("{}，共 {} 处，例如 {}：{}", first.code.meaning(), group.len(), cell(first), shown(&first.message));
        write_line(text, &where_in(group), &example, first);
        return;
    }
    let last = messages.len().saturating_sub(1);
    for (position, (message, same)) in messages.iter().enumerate() {
        let next_hint = messages.get(position + 1).and_then(|(_, next)| next.first()).map(|finding| &finding.hint);
        // what to do is said once for lines that are mended in the same way
        let finding = same.first().copied().unwrap_or(first);
        if position == last || next_hint != Some(&finding.hint) {
            write_line(text, &where_in(same), &shown(message), finding);
        } else {
            let _ = writeln!(text, "    {}{} [{}]", where_in(same), shown(message), first.code);
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
