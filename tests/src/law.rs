//! What holds of every report, whatever went in.

use serde_json::Value;

/// Checks a report against the laws that hold for all inputs; `Err` names the first one it breaks.
///
/// Every table's and the whole run's lines add up, skipped lines are all listed, findings have words that say something
/// and never show a number of seven digits, and they stand in the order of inputs and rows.
pub fn report_keeps_its_laws(report: &Value) -> Result<(), String> {
    ledger_adds_up(report)?;
    let empty = Vec::new();
    let diagnostics = report["diagnostics"].as_array().unwrap_or(&empty);
    for finding in diagnostics {
        words_are_fit_to_read(finding)?;
    }
    rows_ascend(diagnostics, report)
}

fn ledger_adds_up(report: &Value) -> Result<(), String> {
    let mut sums = [0u64; 4];
    for table in report["inputs"].as_array().into_iter().flatten() {
        let rows = counts(&table["rows"])?;
        if rows[0] != rows[1] + rows[2] + rows[3] {
            return Err(format!("read = accepted + returned + skipped does not hold in {table}"));
        }
        if table["skipped"].as_array().map(|lines| lines.len() as u64) != Some(rows[3]) {
            return Err(format!("not every skipped line is listed in {table}"));
        }
        for (sum, count) in sums.iter_mut().zip(rows) {
            *sum += count;
        }
    }
    let total = counts(&report["rows"])?;
    if total == sums { Ok(()) } else { Err(format!("the tables add up to {sums:?}, the report says {total:?}")) }
}

fn counts(rows: &Value) -> Result<[u64; 4], String> {
    let mut counts = [0; 4];
    for (count, key) in counts.iter_mut().zip(["read", "accepted", "returned", "skipped"]) {
        *count = rows[key].as_u64().ok_or_else(|| format!("no number for {key} in {rows}"))?;
    }
    Ok(counts)
}

fn words_are_fit_to_read(finding: &Value) -> Result<(), String> {
    for key in ["message", "hint"] {
        let words = finding[key].as_str().unwrap_or_default();
        if key == "message" && words.is_empty() {
            return Err(format!("no message in {finding}"));
        }
        if words.ends_with('。') {
            return Err(format!("{key} ends with a period in {finding}"));
        }
        let longest = words.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
        if longest >= 7 {
            return Err(format!("{key} shows a number of {longest} digits in {finding}"));
        }
    }
    Ok(())
}

/// Within one file and sheet, rows never descend.
fn rows_ascend(diagnostics: &[Value], report: &Value) -> Result<(), String> {
    let is_at = |place: &Value, at: &Value| ["file", "sheet"].iter().all(|key| place[key] == at[key]);
    let tables = |at: &Value| report["inputs"].as_array().into_iter().flatten().filter(|table| is_at(table, at)).count();
    for pair in diagnostics.windows(2) {
        // with the second table of a sheet, or of a page without sheets, rows begin anew
        if is_at(&pair[0], &pair[1]) && tables(&pair[0]) < 2 && pair[0]["row"].as_u64() > pair[1]["row"].as_u64() {
            return Err(format!("{} stands before {}", pair[0], pair[1]));
        }
    }
    Ok(())
}
