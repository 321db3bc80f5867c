//! What is said of columns: those that no field claims, and those that tables lack. One table is like another in this, so that
//! what is said of several stands once, with a line for each.

use std::fmt::Write as _;

use mingce::{Code, Diagnostic, Scheme};

use super::super::label;
use super::{Blocks, Group, Places, listed, write_group, write_line};
use crate::output::shown;

/// Columns of nobody in several tables, by what is said of them.
pub(super) struct Unclaimed<'a> {
    kinds: Vec<Kind<'a>>,
}

/// Columns of which the same is said, by table.
struct Kind<'a> {
    first: &'a Diagnostic,
    said: &'a str,
    tables: Vec<(&'a str, String)>,
}

impl<'a> Unclaimed<'a> {
    pub(super) fn of(places: &'a Places<'a>) -> Self {
        let mut kinds: Vec<Kind<'a>> = Vec::new();
        for (place, group) in places.iter().flat_map(|(place, groups)| groups.iter().map(move |group| (place, group))) {
            for (said, columns, first) in by_words(group) {
                let table = (place.as_str(), columns.join("、"));
                match kinds.iter_mut().find(|kind| kind.said == said && kind.first.hint == first.hint) {
                    Some(kind) => kind.tables.push(table),
                    None => kinds.push(Kind { first, said, tables: vec![table] }),
                }
            }
        }
        kinds.retain(|kind| kind.tables.len() > 1);
        Self { kinds }
    }

    /// The columns of one table of which nothing is said that is said of another's, too.
    pub(super) fn write_alone(&self, text: &mut String, group: &Group<'_>) {
        for (said, columns, first) in by_words(group) {
            if !self.kinds.iter().any(|kind| kind.said == said && kind.first.hint == first.hint) {
                write_line(text, &shown(&columns.join("、")), &shown(said), first);
            }
        }
    }

    pub(super) fn render(&self) -> String {
        let mut text = String::new();
        for Kind { first, said, tables } in &self.kinds {
            let by_columns = together(tables.iter().map(|(place, columns)| (columns.clone(), *place)));
            let lines = by_columns.iter().map(|(columns, places)| format!("{}：{}", named(places), shown(columns)));
            write_list(&mut text, &format!("下面的列{}", shown(said)), lines, first.hint.as_deref(), first.code);
        }
        text
    }
}

/// The columns of one table by what is said of them, which is the same but for the column: 「M 列「民族」」 and the rest.
fn by_words<'a>(group: &Group<'a>) -> Vec<(&'a str, Vec<&'a str>, &'a Diagnostic)> {
    let mut said: Vec<(&str, Vec<&str>, &Diagnostic)> = Vec::new();
    for finding in group.iter().copied().filter(|finding| finding.code == Code::UnmappedColumn) {
        let at = ["不属于任何一项", "没有表头"].iter().find_map(|words| finding.message.rfind(words)).unwrap_or(0);
        let (column, rest) = finding.message.split_at(at);
        match said.iter_mut().find(|(known, _, first)| *known == rest && first.hint == finding.hint) {
            // forty forms that ask for the same
            Some((_, columns, _)) if columns.contains(&column) => {}
            Some((_, columns, _)) => columns.push(column),
            None => said.push((rest, vec![column], finding)),
        }
    }
    said
}

/// The columns that tables lack: those that stay empty, and those of which something else is said by itself.
#[derive(Default)]
pub(super) struct Missing<'a> {
    empty: Vec<(Group<'a>, &'a str)>,
    others: Blocks,
}

impl<'a> Missing<'a> {
    pub(super) fn add(&mut self, group: &Group<'a>, place: &'a str) {
        // where mobiles stand under 电话 the advice is another
        let is_usual = |finding: &&Diagnostic| {
            finding.message.ends_with("这一项将空着") && finding.hint.as_ref().is_none_or(|hint| hint.starts_with("如果表里有这一项"))
        };
        let (all, others): (Group<'a>, Group<'a>) = group.iter().copied().partition(is_usual);
        let mut empty: Group<'a> = Vec::new();
        for finding in all {
            // a file may be given twice
            if empty.iter().all(|known| known.at.field != finding.at.field) {
                empty.push(finding);
            }
        }
        if !empty.is_empty() {
            self.empty.push((empty, place));
        }
        if !others.is_empty() {
            let mut text = String::new();
            write_group(&mut text, &others);
            self.others.add(text, place);
        }
    }

    /// Sheet by sheet, or column by column where that is shorter: forty sheets may each lack another few of the same columns.
    pub(super) fn render(&self, scheme: &Scheme) -> String {
        let by_sheet = together(self.empty.iter().map(|(group, place)| (labels(group, scheme), *place)));
        let mut text = String::new();
        match (&by_sheet[..], self.empty.first()) {
            ([], _) | (_, None) => {}
            ([(columns, places)], Some((group, _))) => write_missing(&mut text, group, columns, places),
            (sheets, _) => {
                let by_column = self.by_column(scheme);
                let by_sheet: Vec<String> = sheets.iter().map(|(columns, places)| format!("{}：{columns}", named(places))).collect();
                let lines = if by_column.len() < by_sheet.len() { by_column } else { by_sheet };
                let said = "下面的表没有这些列，名册和登记表的这些项将空着";
                let hint = "表里其实有这一项的，请把表头改成这里的写法";
                write_list(&mut text, said, lines.into_iter(), Some(hint), Code::MissingColumn);
            }
        }
        text + &self.others.render()
    }

    /// A line for each column, or for those that the same sheets lack.
    fn by_column(&self, scheme: &Scheme) -> Vec<String> {
        let label = |finding: &&'a Diagnostic| labels(std::slice::from_ref(finding), scheme);
        let columns = together(self.empty.iter().flat_map(|(group, place)| group.iter().map(move |finding| (label(finding), *place))));
        let mut lines: Vec<(String, &[&str])> = Vec::new();
        for (column, places) in &columns {
            match lines.iter_mut().find(|(_, known)| known == places) {
                Some((known, _)) => known.push_str(column),
                None => lines.push((column.clone(), places)),
            }
        }
        lines.iter().map(|(columns, places)| format!("{columns}：{}", named(places))).collect()
    }
}

/// What is said of the columns that one table, or several alike, lacks.
fn write_missing(text: &mut String, empty: &Group<'_>, columns: &str, places: &[&str]) {
    let _ = writeln!(text, "  {}", named(places));
    if empty.len() < 2 {
        write_group(text, empty);
        return;
    }
    let _ = writeln!(
        text,
        "    表里没有{columns}这 {} 列，名册和登记表的这些项将空着 [{}]\n      → 如果表里有这些项，请把表头改成这里的写法",
        empty.len(),
        Code::MissingColumn
    );
}

/// Lines under what is said of all of them, and what to do.
fn write_list(text: &mut String, said: &str, lines: impl Iterator<Item = String>, hint: Option<&str>, code: Code) {
    let _ = writeln!(text, "  {said} [{code}]");
    lines.for_each(|line| _ = writeln!(text, "    {line}"));
    if let Some(hint) = hint {
        let _ = writeln!(text, "      → {}", shown(hint));
    }
}

fn named(places: &[&str]) -> String {
    listed(&places.iter().map(|place| (*place).to_owned()).collect::<Vec<_>>(), "处")
}

/// The columns in the words of the scheme.
fn labels(empty: &[&Diagnostic], scheme: &Scheme) -> String {
    let keys = empty.iter().filter_map(|finding| finding.at.field.as_deref());
    keys.map(|key| format!("「{}」", shown(label(scheme, key)))).collect()
}

/// Pairs with the same first part as one, in the order in which they first come.
fn together<'p>(pairs: impl Iterator<Item = (String, &'p str)>) -> Vec<(String, Vec<&'p str>)> {
    let mut known: Vec<(String, Vec<&str>)> = Vec::new();
    for (key, value) in pairs {
        match known.iter_mut().find(|(other, _)| *other == key) {
            Some((_, values)) => values.push(value),
            None => known.push((key, vec![value])),
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use mingce::Location;

    use super::super::render;
    use super::*;

    fn unmapped(file: &str, column: &str) -> Diagnostic {
        let message = format!("{column}不属于任何一项，原样保留");
        Diagnostic::new(Code::UnmappedColumn, Location::of_file(file.to_owned()), message).with_hint("请改表头")
    }

    fn missing(file: &str, key: &str, message: &str) -> Diagnostic {
        let at = Location { field: Some(key.into()), ..Location::of_file(file.to_owned()) };
        Diagnostic::new(Code::MissingColumn, at, message)
    }

    const EMPTY: &str = "表里没有这一列，名册和登记表的这一项将空着";

    #[test]
    fn columns_of_nobody_are_one_line() {
        let none = Diagnostic::new(Code::UnmappedColumn, Location::of_file("长塘村.xlsx"), "C 列没有表头，原样保留").with_hint("请改表头");
        let findings = [unmapped("长塘村.xlsx", "B 列「民族」"), none, unmapped("长塘村.xlsx", "D 列「籍贯」")];
        assert_eq!(
            render(findings.iter(), &Scheme::built_in()),
            "  长塘村.xlsx\n    B 列「民族」、D 列「籍贯」不属于任何一项，原样保留 [unmapped-column]\n      → 请改表头\n    C 列没有表头，原样保留 [unmapped-column]\n      → 请改表头\n"
        );
    }

    #[test]
    fn of_columns_of_nobody_in_several_tables_the_same_is_said_once() {
        let mut findings: Vec<Diagnostic> = (1..=10).map(|number| unmapped(&format!("{number}村.xlsx"), "B 列「民族」")).collect();
        findings.extend([unmapped("甲.xlsx", "C 列「血型」"), unmapped("甲.xlsx", "D 列「籍贯」")]);
        assert_eq!(
            render(findings.iter(), &Scheme::built_in()),
            "  下面的列不属于任何一项，原样保留 [unmapped-column]\n    1村.xlsx、2村.xlsx、3村.xlsx、4村.xlsx、5村.xlsx、6村.xlsx、7村.xlsx、8村.xlsx……共 10 处：B 列「民族」\n    甲.xlsx：C 列「血型」、D 列「籍贯」\n      → 请改表头\n"
        );
    }

    #[test]
    fn missing_columns_are_one_line() {
        let empty = ["height", "qq"].map(|key| missing("长塘村.xlsx", key, EMPTY));
        let filled = missing("长塘村.xlsx", "joined_party", "表里没有这一列，由党员花名册补上");
        let text = render(empty.iter().chain([&filled]), &Scheme::built_in());
        assert!(text.contains("表里没有「身高」「QQ」这 2 列"), "{text}");
        assert!(text.contains("由党员花名册补上") && !text.contains("入党时间"), "{text}");
    }

    #[test]
    fn columns_that_many_sheets_lack_are_told_once_each() {
        let filled = "表里没有「入党时间」这一列，由党员花名册补上";
        let lacking: [(&str, &[&str]); 4] =
            [("1村.xlsx", &["height"]), ("2村.xlsx", &["qq"]), ("3村.xlsx", &["height", "qq"]), ("4村.xlsx", &["height"])];
        let of_file = |(file, keys): &(&str, &[&str])| {
            let empty: Vec<Diagnostic> = keys.iter().map(|key| missing(file, key, EMPTY)).collect();
            empty.into_iter().chain([missing(file, "joined_party", filled)]).collect::<Vec<_>>()
        };
        let findings: Vec<Diagnostic> = lacking.iter().flat_map(of_file).collect();
        assert_eq!(
            render(findings.iter(), &Scheme::built_in()),
            "  下面的表没有这些列，名册和登记表的这些项将空着 [missing-column]\n    「身高」：1村.xlsx、3村.xlsx、4村.xlsx\n    「QQ」：2村.xlsx、3村.xlsx\n      → 表里其实有这一项的，请把表头改成这里的写法\n  1村.xlsx、2村.xlsx、3村.xlsx、4村.xlsx\n    表里没有「入党时间」这一列，由党员花名册补上 [missing-column]\n"
        );
    }

    #[test]
    fn advice_that_is_another_is_kept() {
        let usual = missing("甲.xlsx", "qq", EMPTY).with_hint("如果表里有这一项，请把表头改成「QQ」");
        let other = missing("甲.xlsx", "mobile", EMPTY).with_hint("「电话」列里填的多是手机号");
        let text = render([&usual, &other].into_iter(), &Scheme::built_in());
        assert!(text.contains("→ 如果表里有这一项，请把表头改成「QQ」") && text.contains("→ 「电话」列里填的多是手机号"), "{text}");
    }
}
