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
            let named = if first.message.contains(" 列") { "列" } else { "栏目" };
            write_list(&mut text, &format!("下面的{named}{}", shown(said)), lines, first.hint.as_deref(), first.code);
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

/// The columns that tables lack, by what becomes of them; those of which something else is said by itself.
#[derive(Default)]
pub(super) struct Missing<'a> {
    kinds: Vec<Lacking<'a>>,
    others: Blocks,
}

/// Columns with which the same becomes (空着, 由身份证号码得出), by table.
struct Lacking<'a> {
    consequence: &'a str,
    tables: Vec<(Group<'a>, &'a str)>,
}

impl<'a> Missing<'a> {
    pub(super) fn add(&mut self, group: &Group<'a>, place: &'a str) {
        let mut others: Group<'a> = Vec::new();
        for finding in group.iter().copied() {
            match consequence(finding) {
                Some(consequence) => self.note(finding, consequence, place),
                None => others.push(finding),
            }
        }
        if !others.is_empty() {
            let mut text = String::new();
            write_group(&mut text, &others);
            self.others.add(text, place);
        }
    }

    fn note(&mut self, finding: &'a Diagnostic, consequence: &'a str, place: &'a str) {
        let at = self.kinds.iter().position(|kind| kind.consequence == consequence).unwrap_or_else(|| {
            self.kinds.push(Lacking { consequence, tables: Vec::new() });
            self.kinds.len() - 1
        });
        let tables = &mut self.kinds[at].tables;
        match tables.last_mut().filter(|(_, last)| *last == place) {
            // a file may be given twice
            Some((columns, _)) if columns.iter().any(|known| known.at.field == finding.at.field) => {}
            Some((columns, _)) => columns.push(finding),
            None => tables.push((vec![finding], place)),
        }
    }

    pub(super) fn render(&self, scheme: &Scheme) -> String {
        let kinds: String = self.kinds.iter().map(|kind| kind.render(scheme)).collect();
        kinds + &self.others.render()
    }
}

impl<'a> Lacking<'a> {
    /// Sheet by sheet, or column by column where that is shorter: forty sheets may each lack another few of the same columns.
    fn render(&self, scheme: &Scheme) -> String {
        let by_sheet = together(self.tables.iter().map(|(group, place)| (labels(group, scheme), *place)));
        let mut text = String::new();
        match (&by_sheet[..], self.tables.first()) {
            ([], _) | (_, None) => {}
            ([(columns, places)], Some((group, _))) => self.write_alike(&mut text, group, columns, places),
            (sheets, _) => {
                let by_column = self.by_column(scheme);
                let by_sheet: Vec<String> = sheets.iter().map(|(columns, places)| format!("{}：{columns}", named(places))).collect();
                let lines = if by_column.len() < by_sheet.len() { by_column } else { by_sheet };
                let said = format!("下面的表没有这些列，{}", self.of_several());
                let hint = "表里其实有这一项的，请把表头改成这里的写法";
                write_list(&mut text, &said, lines.into_iter(), Some(hint), Code::MissingColumn);
            }
        }
        text
    }

    /// A line for each column, or for those that the same sheets lack.
    fn by_column(&self, scheme: &Scheme) -> Vec<String> {
        let label = |finding: &&'a Diagnostic| labels(std::slice::from_ref(finding), scheme);
        let columns = together(self.tables.iter().flat_map(|(group, place)| group.iter().map(move |finding| (label(finding), *place))));
        let mut lines: Vec<(String, &[&str])> = Vec::new();
        for (column, places) in &columns {
            match lines.iter_mut().find(|(_, known)| known == places) {
                Some((known, _)) => known.push_str(column),
                None => lines.push((column.clone(), places)),
            }
        }
        lines.iter().map(|(columns, places)| format!("{columns}：{}", named(places))).collect()
    }

    /// What is said of the columns that one table, or several alike, lacks.
    fn write_alike(&self, text: &mut String, columns: &Group<'_>, labels: &str, places: &[&str]) {
        let _ = writeln!(text, "  {}", named(places));
        if columns.len() < 2 {
            write_group(text, columns);
            return;
        }
        let _ = writeln!(
            text,
            "    表里没有{labels}这 {} 列，{} [{}]\n      → 如果表里有这些项，请把表头改成这里的写法",
            columns.len(),
            self.of_several(),
            Code::MissingColumn
        );
    }

    fn of_several(&self) -> String {
        self.consequence.replace("这一项", "这些项")
    }
}

/// The fields that a blank has no place for: as one where nothing else is said of any of them.
pub(super) fn write_places(text: &mut String, group: &Group<'_>) {
    let parts = |finding: &Diagnostic| {
        let (before, rest) = finding.message.split_once('「')?;
        let (label, after) = rest.rsplit_once('」')?;
        Some([before, label, after].map(str::to_owned))
    };
    let parted: Option<Vec<[String; 3]>> = group.iter().map(|finding| parts(finding)).collect();
    match (parted.as_deref(), group.first()) {
        (Some([[before, _, after], further @ ..]), Some(first))
            if further.iter().all(|[own, _, rest]| own == before && rest == after)
                && group.iter().all(|finding| finding.hint == first.hint) =>
        {
            let labels: String = parted.iter().flatten().map(|[_, label, _]| format!("「{label}」")).collect();
            write_line(text, "", &shown(&format!("{before}{labels}{}", after.replace("这一项", "这些项"))), first);
        }
        _ => write_group(text, group),
    }
}

/// What becomes of a column that is not there, where nothing more is said of it.
fn consequence(finding: &Diagnostic) -> Option<&str> {
    // where mobiles stand under 电话 the advice is another
    let is_usual = finding.hint.as_ref().is_none_or(|hint| hint.starts_with("如果表里有这一项"));
    finding.message.split_once("这一列，").filter(|_| is_usual).map(|(_, consequence)| consequence)
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
    fn columns_that_the_id_number_gives_are_one_line() {
        let given: Vec<Diagnostic> = [("sex", "性别"), ("birth", "出生年月")]
            .map(|(key, label)| missing("长塘村.xlsx", key, &format!("表里没有「{label}」这一列，由身份证号码得出")))
            .to_vec();
        assert_eq!(
            render(given.iter(), &Scheme::built_in()),
            "  长塘村.xlsx\n    表里没有「性别」「出生年月」这 2 列，由身份证号码得出 [missing-column]\n      → 如果表里有这些项，请把表头改成这里的写法\n"
        );
    }

    #[test]
    fn what_a_blank_has_no_place_for_is_one_line() {
        let on = |key: &str, label: &str| {
            let at = Location { field: Some(key.into()), ..Location::of_file("空白.docx") };
            let message = format!("空白表里没有填写「{label}」的地方，这一项没有写进去");
            Diagnostic::new(Code::SlotMissing, at, message).with_hint("请加上这一栏")
        };
        assert_eq!(
            render([on("birth", "出生年月"), on("phone", "电话")].iter(), &Scheme::built_in()),
            "  空白.docx\n    空白表里没有填写「出生年月」「电话」的地方，这些项没有写进去 [slot-missing]\n      → 请加上这一栏\n"
        );
    }

    #[test]
    fn what_stands_on_forms_is_no_column() {
        let on = |file: &str| {
            let at = Location { cell: Some("民族".into()), ..Location::of_file(file.to_owned()) };
            Diagnostic::new(Code::UnmappedColumn, at, "「民族」不属于任何一项，原样保留")
        };
        let text = render([on("甲.docx"), on("乙.docx")].iter(), &Scheme::built_in());
        assert!(text.starts_with("  下面的栏目不属于任何一项"), "{text}");
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
