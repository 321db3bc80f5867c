//! The report for people: first what to mend, then what was read and how it was understood, last the sums and the next step.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use mingce::{Diagnostic, Remark, Report, Scheme, Scope, TableReport};

use super::{findings, participation, tables};
use crate::output::shown;

/// Why nothing was written though the inputs were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    /// No input could be used.
    NothingUsed,
    /// Nobody was accepted.
    NobodyAccepted,
    /// There are errors, and `--strict` forbids to go on.
    Strict,
}

/// What the report ends with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ending<'a> {
    /// Why nothing was written; `None` where something was, or nothing was to be.
    pub(crate) held: Option<Held>,
    /// The output as typed; `None` for a command that only judges.
    pub(crate) output: Option<&'a str>,
    /// What became of returned rows; `None` where nobody asked for them.
    pub(crate) returned: Option<Returned<'a>>,
    /// Whether the command can be asked for them.
    pub(crate) offers_returned: bool,
    /// Whether only errors are shown.
    pub(crate) quiet: bool,
}

/// The returned rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Returned<'a> {
    /// Where they were to go, as typed.
    pub(crate) path: &'a str,
    /// The files written.
    pub(crate) files: &'a [String],
}

/// The report in a handover.
const REPORT_OF_PACK: &str = "/核对报告.json";

/// The folder of a handover that holds what was returned.
const RETURNED_OF_PACK: &str = "/退回表/";

impl Ending<'_> {
    fn has_returned(&self) -> bool {
        self.returned.is_some_and(|returned| !returned.files.is_empty())
    }
}

/// The whole report.
pub(crate) fn render(report: &Report<'_>, scheme: &Scheme, ending: &Ending<'_>) -> String {
    let mut text = String::new();
    let placed = report.diagnostics.iter().enumerate();
    let on_forms: Vec<(usize, Diagnostic)> = placed.filter_map(|(at, finding)| Some((at, on_form(finding, report.inputs)?))).collect();
    let mut all = report.diagnostics.clone();
    on_forms.iter().for_each(|(at, finding)| all[*at] = finding);
    let all = all.iter().copied();
    section(&mut text, ("错误", scheme), all.clone().filter(|finding| finding.is_error()));
    if let Some(held) = ending.held {
        let _ = writeln!(text, "错误：{}", why(held, ending.has_returned()));
    }
    if ending.quiet {
        return text;
    }
    section(&mut text, ("提醒", scheme), all.filter(|finding| !finding.is_error()));
    let is_shortened = findings::is_shortened(&text);
    text.push_str(&tables::render(report.inputs, scheme));
    write_remarks(&mut text, report.remarks);
    text.push_str(&participation::render(report));
    if is_shortened {
        let _ = writeln!(text, "上面只举一例或只列开头的，逐处见{}", whole(report, ending));
    }
    write_ending(&mut text, report, ending);
    text
}

/// A finding about a form of a document as a whole, with an empty label for its cell: a document counts forms and has no rows.
fn on_form(finding: &Diagnostic, inputs: &[TableReport]) -> Option<Diagnostic> {
    let at = &finding.at;
    if at.row.is_none() || at.cell.is_some() || at.sheet.is_some() {
        return None;
    }
    let mut of_file = inputs.iter().filter(|input| at.file.as_ref() == Some(&input.file)).peekable();
    // a document may hold tables beside its forms
    let counts_forms = of_file.peek().is_some() && of_file.all(|input| input.columns.is_none());
    counts_forms.then(|| {
        let mut finding = finding.clone();
        finding.at.cell = Some("".into());
        finding
    })
}

fn section<'a>(text: &mut String, (title, scheme): (&str, &Scheme), chosen: impl Iterator<Item = &'a Diagnostic> + Clone) {
    let count = chosen.clone().count();
    if count > 0 {
        let told = findings::render(chosen, scheme);
        let lines = told.lines().filter(|line| line.ends_with(']')).count();
        let merged = if lines < count { "，同样的并作一条" } else { "" };
        let _ = writeln!(text, "{title}（{count} 处{merged}）\n{told}");
    }
}

/// How inputs were read, the same remark once with all the files it is about.
fn write_remarks(text: &mut String, remarks: &[Remark]) {
    let mut by_text: Vec<(&str, Vec<&str>)> = Vec::new();
    for Remark { file, text } in remarks {
        match by_text.iter_mut().find(|(known, _)| known == text) {
            Some((_, files)) => files.push(file),
            None => by_text.push((text, vec![file])),
        }
    }
    if by_text.is_empty() {
        return;
    }
    text.push_str("读取说明\n");
    for (remark, files) in by_text {
        let files: Vec<String> = files.iter().map(|file| shown(file)).collect();
        let _ = writeln!(text, "  {}：{}", findings::listed(&files, "个文件"), shown(remark));
    }
    text.push('\n');
}

fn write_ending(text: &mut String, report: &Report<'_>, ending: &Ending<'_>) {
    let rows = report.rows;
    if !report.inputs.is_empty() {
        let _ =
            write!(text, "共读取 {} {}：接收 {}，退回 {}，跳过 {}", rows.read, counted(report), rows.accepted, rows.returned, rows.skipped);
        match unusable(report) {
            0 => text.push('\n'),
            files => _ = writeln!(text, "；另有 {files} 个文件不能用"),
        }
    }
    let returned = ending.returned.map_or(&[][..], |returned| returned.files);
    let written = report.written.strip_suffix(returned).unwrap_or(report.written);
    if let Some(output) = ending.output.filter(|_| !written.is_empty()) {
        match written {
            [file] if file == output => _ = writeln!(text, "已写出：{}", shown(file)),
            // a roster beside the changes
            files if !files.iter().all(|file| file.starts_with(output)) || files.contains(&output.to_owned()) => {
                let files: Vec<String> = files.iter().map(|file| shown(file)).collect();
                let _ = writeln!(text, "已写出：{}", files.join("、"));
            }
            files if files.iter().all(|file| file.ends_with(".docx")) => {
                _ = writeln!(text, "已写出：{} 里的 {} 份登记表", shown(output), files.len());
            }
            files => _ = writeln!(text, "已写出：{} 里的 {} 个文件，目录见「索引.xlsx」", shown(output), files.len()),
        }
    }
    match ending.returned {
        Some(Returned { files: [], .. }) => _ = writeln!(text, "没有要退回的行，没有写退回表"),
        Some(Returned { path, files: [file] }) if file == path => _ = writeln!(text, "已写出退回表：{}", shown(file)),
        Some(Returned { path, files }) => _ = writeln!(text, "已写出退回表：{} 里的 {} 个文件", shown(path), files.len()),
        None => {}
    }
    let _ = writeln!(text, "接下来：{}", next(report, ending));
}

/// Where all findings stand one by one.
fn whole(report: &Report<'_>, ending: &Ending<'_>) -> &'static str {
    match ending.returned {
        _ if report.written.iter().any(|file| file.ends_with(REPORT_OF_PACK)) => "「核对报告.json」",
        _ if report.rows.returned == 0 => " --format json 的结果",
        _ if ending.has_returned() => "退回表的「提醒」页，或用 --format json",
        None if ending.offers_returned => "退回表（--returned）的「提醒」页，或用 --format json",
        _ => " --format json 的结果",
    }
}

/// What the sums count: lines of tables, and forms that are one each; what is skipped is nobody.
fn counted(report: &Report<'_>) -> &'static str {
    let tables = report.inputs.iter().filter(|table| table.columns.is_some()).count();
    match tables {
        0 => "份登记表",
        _ if tables == report.inputs.len() => "行",
        _ => "行（份）",
    }
}

/// How many files could not be used at all.
fn unusable(report: &Report<'_>) -> usize {
    let findings = report.diagnostics.iter().filter(|finding| finding.code.scope() == Scope::Input);
    let files: BTreeSet<&str> = findings.filter_map(|finding| finding.at.file.as_deref()).collect();
    files.into_iter().filter(|file| report.inputs.iter().all(|table| &*table.file != *file)).count()
}

fn why(held: Held, has_returned: bool) -> &'static str {
    match (held, has_returned) {
        (Held::NothingUsed, _) => "没有一个输入能用，没有做成",
        (Held::NobodyAccepted, false) => "没有可以接收的人，没有写出任何文件",
        (Held::NobodyAccepted, true) => "没有可以接收的人，只写了退回表",
        (Held::Strict, false) => "有错误，按 --strict 没有写出任何文件",
        (Held::Strict, true) => "有错误，按 --strict 只写了退回表",
    }
}

fn next(report: &Report<'_>, ending: &Ending<'_>) -> String {
    let returned = report.rows.returned;
    let counted = counted(report).trim_end_matches("登记表");
    let unused = report.diagnostics.iter().any(|finding| finding.code.scope() == Scope::Input);
    match (ending.held, returned, unused) {
        (Some(Held::NothingUsed), ..) => "按上面的提示换成能用的文件，再运行一次".to_owned(),
        (_, 1.., _) if ending.has_returned() => {
            "把退回表发回去，按「错误说明」改好；收齐后和原来的文件一起再运行一次，改好的行会代替原来的行".to_owned()
        }
        (_, 0, false) if report.rows.accepted == 0 => "一个人也没有读到，请核对交来的是不是空白表，换成填好的再运行一次".to_owned(),
        (Some(_), ..) => "按上面「错误」里的提示改好，再运行一次".to_owned(),
        (None, 0, true) => "有文件没有用上，按上面「错误」里的提示处理后再运行一次".to_owned(),
        (None, 0, false) if ending.output.is_some() => "打开看一遍，没有问题就可以打印上报".to_owned(),
        (None, 0, false) => "没有要退回的，可以生成名册（mingce roster）和登记表（mingce forms）".to_owned(),
        (None, ..) if report.written.iter().any(|file| file.contains(RETURNED_OF_PACK)) => {
            format!("退回的 {returned} {counted}在「退回表」里，发回去按「错误说明」改好；收齐后和原来的文件一起再运行一次")
        }
        (None, ..) => {
            let how = if ending.offers_returned {
                "加 --returned 可写出退回表"
            } else {
                "用 mingce check 加 --returned 可写出退回表"
            };
            format!("把退回的 {returned} {counted}按上面「错误」里的提示改好，再运行一次；{how}")
        }
    }
}

#[cfg(test)]
mod tests {
    use mingce::{Code, Corrections, Ledger, Location, SkipReason, Skipped};

    use super::*;

    fn table(sheet: &str) -> TableReport {
        let column = |number| mingce::Column::new(number).expect("a column of the sheet");
        TableReport {
            file: "长塘村.xlsx".into(),
            sheet: Some(sheet.into()),
            header_row: Some(3),
            rows: Ledger { read: 12, accepted: 9, returned: 2, skipped: 1 },
            columns: Some(
                [
                    (column(2), Some("name".into())),
                    (column(3), Some("id_number".into())),
                    (column(4), Some("services".into())),
                    (column(5), Some("services".into())),
                    (column(11), None),
                ]
                .into(),
            ),
            skipped: vec![Skipped { row: 16, reason: SkipReason::Total, text: "合计 | 11人".into() }],
            corrections: Some(Corrections { fixed: 2, still_wrong: 1 }),
            ..TableReport::default()
        }
    }

    #[test]
    fn the_report_leads_with_what_to_mend_and_ends_with_the_sums() {
        let findings = [
            Diagnostic::new(Code::UnmappedColumn, Location::of_file("长塘村.xlsx"), "「民族」没有用上"),
            Diagnostic::new(Code::NameMissing, Location::of_file("长塘村.xlsx"), "没有姓名").with_hint("请补填"),
        ];
        let (tables, written) = ([table("一"), table("二")], ["名册.xlsx".to_owned()]);
        let mut report = Report::default();
        report.rows = Ledger { read: 24, accepted: 18, returned: 4, skipped: 2 };
        (report.inputs, report.diagnostics, report.written) = (&tables, findings.iter().collect(), &written);
        let ending = Ending { held: None, output: Some("名册.xlsx"), returned: None, offers_returned: true, quiet: false };
        let expected = "\
错误（1 处）
  长塘村.xlsx
    没有姓名 [name-missing]
      → 请补填

提醒（1 处）
  长塘村.xlsx
    「民族」没有用上 [unmapped-column]

读到的表（2 张）
  长塘村.xlsx › 一：读取 12，接收 9，退回 2，跳过 1
    表头在第 3 行，B 姓名、C 身份证号码、D–E 服务意向；没有用上的列：K
    跳过第 16 行（合计）：「合计 | 11人」
    退回后改正：2 行已改好，1 行还有错，代替原来的行
  长塘村.xlsx › 二：读取 12，接收 9，退回 2，跳过 1
    表头在第 3 行，各列同上
    跳过第 16 行（合计）：「合计 | 11人」
    退回后改正：2 行已改好，1 行还有错，代替原来的行

共读取 24 行：接收 18，退回 4，跳过 2
已写出：名册.xlsx
接下来：把退回的 4 行按上面「错误」里的提示改好，再运行一次；加 --returned 可写出退回表
";
        assert_eq!(render(&report, &Scheme::built_in(), &ending), expected);
        let quiet = render(&report, &Scheme::built_in(), &Ending { quiet: true, ..ending });
        assert!(expected.starts_with(&quiet) && !quiet.contains("提醒"), "{quiet}");
    }

    #[test]
    fn a_document_counts_forms_and_not_rows() {
        let finding = |row| {
            let at = Location { row: Some(row), ..Location::of_file("登记表.docx") };
            Diagnostic::new(Code::SexMissing, at, "没有填「性别」")
        };
        let document = TableReport { file: "登记表.docx".into(), ..TableReport::default() };
        let list = TableReport { columns: Some([].into()), ..document.clone() };
        let ending = Ending { held: None, output: None, returned: None, offers_returned: false, quiet: true };
        for (tables, rows, said) in [
            (vec![document.clone()], vec![2], "    第 2 份：没有填「性别」"),
            (vec![document.clone()], vec![1, 2, 3], "    第 1–3 份：没有填「性别」"),
            (vec![document, list.clone()], vec![2], "    第 2 行：没有填「性别」"),
            (vec![list], vec![2], "    第 2 行：没有填「性别」"),
        ] {
            let findings: Vec<Diagnostic> = rows.into_iter().map(finding).collect();
            let mut report = Report::default();
            (report.inputs, report.diagnostics) = (&tables, findings.iter().collect());
            let text = render(&report, &Scheme::built_in(), &ending);
            assert!(text.contains(said), "{text}");
        }
    }

    #[test]
    fn the_sums_name_the_files_that_could_not_be_used() {
        let finding = |code, file: &'static str| Diagnostic::new(code, Location::of_file(file), "读不了");
        // the damaged sheet of a workbook whose others were read is no such file
        let findings = [("长塘村.xlsx", Code::UnreadableFile), ("坏.xlsx", Code::UnreadableFile), ("旧.doc", Code::LegacyDocument)];
        let findings = findings.map(|(file, code)| finding(code, file));
        let tables = [table("一")];
        let mut report = Report::default();
        report.rows = Ledger { read: 12, accepted: 9, returned: 2, skipped: 1 };
        (report.inputs, report.diagnostics) = (&tables, findings.iter().collect());
        let ending = Ending { held: None, output: None, returned: None, offers_returned: false, quiet: false };
        let text = render(&report, &Scheme::built_in(), &ending);
        assert!(text.contains("共读取 12 行：接收 9，退回 2，跳过 1；另有 2 个文件不能用\n"), "{text}");
    }
}
