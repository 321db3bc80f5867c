//! The ledger: what was read, table by table, which column became which field, and which rows were skipped, why and what
//! stood there.

use std::fmt::Write as _;

use mingce::{Column, Corrections, Scheme, SkipReason, Skipped, TableReport};

use super::{label, rows};
use crate::output::shown;

/// Most different texts of skipped rows that are told for one reason.
const MOST_TEXTS: usize = 12;

/// The section; empty where no table was read.
pub(super) fn render(tables: &[TableReport], scheme: &Scheme) -> String {
    let mut text = String::new();
    if tables.is_empty() {
        return text;
    }
    let _ = writeln!(text, "读到的表（{} 张）", tables.len());
    let mut before = None;
    for table in tables {
        let place: Vec<String> = [Some(&table.file), table.sheet.as_ref()].into_iter().flatten().map(|part| shown(part)).collect();
        let _ = writeln!(text, "  {}：读取 {}", place.join(" › "), ledger(table));
        if let (Some(row), Some(_)) = (table.header_row, &table.columns) {
            let columns = columns(table, scheme);
            let same = before.as_ref() == Some(&columns);
            let _ = writeln!(text, "    表头在第 {row} 行，{}", if same { "各列同上" } else { &columns });
            before = Some(columns);
        }
        write_skipped(&mut text, table);
        if let Some(corrections) = table.corrections {
            let _ = writeln!(text, "    退回后改正：{}", corrected(corrections));
        }
    }
    text.push('\n');
    text
}

fn ledger(table: &TableReport) -> String {
    let rows = table.rows;
    let nobody = if rows.read == 0 { "（表头下面没有人，请核对是不是空白表）" } else { "" };
    format!("{}，接收 {}，退回 {}，跳过 {}{nobody}", rows.read, rows.accepted, rows.returned, rows.skipped)
}

/// Each column with its field, and with its heading where that says it in other words; then those that no field claims.
/// Columns side by side of one field are a range.
fn columns(table: &TableReport, scheme: &Scheme) -> String {
    let mut used: Vec<(Column, Column, &str)> = Vec::new();
    let mut unused = Vec::new();
    for (&column, key) in table.columns.iter().flatten() {
        match (key, used.last_mut()) {
            (Some(key), Some((_, last, known))) if *known == &**key && last.number() + 1 == column.number() => *last = column,
            (Some(key), _) => used.push((column, column, key)),
            (None, _) if table.marks.contains(&column) => {}
            (None, _) => unused.push(format!("{column}{}", heading(table, column))),
        }
    }
    let used: Vec<String> = used.iter().map(|&(first, last, key)| claimed(table, (first, last), label(scheme, key))).collect();
    let mut text = if used.is_empty() { "没有认出的列".to_owned() } else { used.join("、") };
    if !unused.is_empty() {
        let _ = write!(text, "；没有用上的列：{}", unused.join("、"));
    }
    text
}

/// One or more columns of a field: `B 姓名`, `C「您的手机号」→ 手机`, `D–E 服务意向`.
fn claimed(table: &TableReport, (first, last): (Column, Column), label: &str) -> String {
    if first != last {
        return format!("{first}–{last} {label}");
    }
    match table.headings.get(&first) {
        Some(heading) if !says(heading, label) => format!("{first}{}→ {label}", self::heading(table, first)),
        _ => format!("{first} {label}"),
    }
}

/// Whether a heading is the label, but for blanks, stars and the number of a question.
fn says(heading: &str, label: &str) -> bool {
    let words = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    words(heading) == words(label)
}

/// What stands above a column, quoted; empty where nothing does.
fn heading(table: &TableReport, column: Column) -> String {
    table.headings.get(&column).map_or(String::new(), |heading| format!("「{}」", shown(heading)))
}

/// The skipped rows, a line for each reason in the order of their first rows, with what stands there.
fn write_skipped(text: &mut String, table: &TableReport) {
    let mut by_reason: Vec<(SkipReason, Vec<&Skipped>)> = Vec::new();
    for skipped in &table.skipped {
        match by_reason.iter_mut().find(|(reason, _)| *reason == skipped.reason) {
            Some((_, lines)) => lines.push(skipped),
            None => by_reason.push((skipped.reason, vec![skipped])),
        }
    }
    for (reason, lines) in by_reason {
        let numbers: Vec<u32> = lines.iter().map(|line| line.row).collect();
        let _ = writeln!(text, "    跳过第 {} 行（{}）{}", rows::compact(&numbers), reason_words(reason), texts(&lines));
    }
}

/// What stands in these rows, the same once; empty where nothing is known of it.
fn texts(lines: &[&Skipped]) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for line in lines {
        if !line.text.is_empty() && texts.len() <= MOST_TEXTS && !texts.contains(&&*line.text) {
            texts.push(&line.text);
        }
    }
    let more = if texts.len() > MOST_TEXTS { "……" } else { "" };
    let told: String = texts.iter().take(MOST_TEXTS).map(|text| format!("「{}」", shown(text))).collect();
    if told.is_empty() { told } else { format!("：{told}{more}") }
}

/// How many rows that were returned are right now.
fn corrected(corrections: Corrections) -> String {
    let Corrections { fixed, still_wrong } = corrections;
    match still_wrong {
        0 => format!("{fixed} 行都已改好，代替原来的行"),
        _ => format!("{fixed} 行已改好，{still_wrong} 行还有错，代替原来的行"),
    }
}

fn reason_words(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Title => "重复的标题",
        SkipReason::Header => "重复的表头",
        SkipReason::Total => "合计",
        SkipReason::Note => "说明或落款",
        SkipReason::Group => "分组名称",
        SkipReason::Example => "填写示例",
        SkipReason::Corrected => "已由改正后的表代替",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skipped(row: u32, reason: SkipReason, text: &str) -> Skipped {
        Skipped { row, reason, text: text.into() }
    }

    #[test]
    fn a_heading_in_other_words_is_told_with_its_field() {
        let column = |number| Column::new(number).expect("a column of the sheet");
        let known = [(2, "姓 名*", Some("name")), (3, "您的手机号", Some("mobile")), (4, "民族", None), (5, "", None)];
        let table = TableReport {
            file: "问卷.xlsx".into(),
            header_row: Some(1),
            columns: Some(known.iter().map(|(number, _, key)| (column(*number), key.map(Into::into))).collect()),
            headings: known
                .iter()
                .filter(|(_, heading, _)| !heading.is_empty())
                .map(|(number, heading, _)| (column(*number), (*heading).into()))
                .collect(),
            ..TableReport::default()
        };
        let text = render(&[table], &Scheme::built_in());
        assert!(text.contains("    表头在第 1 行，B 姓名、C「您的手机号」→ 手机；没有用上的列：D「民族」、E\n"), "{text}");
    }

    #[test]
    fn what_stood_in_skipped_rows_is_told_the_same_once() {
        let mut lines = vec![skipped(5, SkipReason::Note, "注：\u{1B}[31m如实填写"), skipped(9, SkipReason::Header, "序号 | 姓名")];
        lines.extend([skipped(30, SkipReason::Header, "序号 | 姓名"), skipped(31, SkipReason::Corrected, "")]);
        lines.extend((40..60).map(|row| skipped(row, SkipReason::Group, &format!("第{row}支部"))));
        let table = TableReport { file: "甲村.xlsx".into(), skipped: lines, ..TableReport::default() };
        let text = render(&[table], &Scheme::built_in());
        let told: Vec<&str> = text.lines().filter(|line| line.contains("跳过第")).collect();
        assert_eq!(
            told[..3],
            [
                "    跳过第 5 行（说明或落款）：「注：\u{FFFD}[31m如实填写」",
                "    跳过第 9、30 行（重复的表头）：「序号 | 姓名」",
                "    跳过第 31 行（已由改正后的表代替）"
            ]
        );
        assert!(told[3].starts_with("    跳过第 40–59 行（分组名称）：「第40支部」") && told[3].ends_with("「第51支部」……"), "{}", told[3]);
    }
}
