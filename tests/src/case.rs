//! A folder of `fixtures/`: inputs, and what must come out of them.
//!
//! ```text
//! fixtures/<case>/README.md                 what it shows, where it came from
//! fixtures/<case>/input/…                   what is given to the program
//! fixtures/<case>/scheme/…                  another scheme than the built-in one, if there
//! fixtures/<case>/expected/diagnostics.txt  severity, code, file, sheet, cell, row and field of each finding
//! fixtures/<case>/expected/report.json      exit status, and `rows` and `inputs` of the report
//! fixtures/<case>/expected/roster.tsv       the roster sheet line by line; not there if nobody is accepted
//! fixtures/<case>/expected/roster-again.tsv what the roster gives when it is read, if not the same
//! fixtures/<case>/expected/forms/NAME.txt   the words of NAME.docx, for the forms that are looked at
//! ```
//!
//! A new folder is found by itself. `BLESS=1` rewrites what is expected; look at the difference before keeping it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::difference::compare;
use crate::{Program, TODAY, read_back, report_keeps_its_laws, repository};

/// One folder.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name.
    pub name: String,
    folder: PathBuf,
}

/// All cases, by name.
///
/// # Panics
/// If there is no folder `fixtures`.
#[must_use]
pub fn all() -> Vec<Case> {
    let entries = fs::read_dir(repository().join("fixtures")).expect("fixtures/ is there");
    let folders = entries.map(|entry| entry.expect("a readable folder").path()).filter(|path| path.join("input").is_dir());
    let mut cases: Vec<Case> =
        folders.map(|folder| Case { name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(), folder }).collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

impl Case {
    /// Runs the program on the case; `Err` tells everything that is not as expected.
    pub fn check(&self, binary: &Path) -> Result<(), String> {
        let scratch = tempfile::tempdir().map_err(|fault| fault.to_string())?;
        let program = Program::new(binary, &self.folder);
        let faults: Vec<String> =
            [self.check_report(&program), self.check_roster(&program, scratch.path()), self.check_forms(&program, scratch.path())]
                .into_iter()
                .flatten()
                .collect();
        if faults.is_empty() { Ok(()) } else { Err(format!("── {} ──\n{}", self.name, faults.join("\n"))) }
    }

    fn check_report(&self, program: &Program) -> Vec<String> {
        let outcome = program.run(self.arguments("check", &["--format", "json"]));
        let report = match outcome.report() {
            Ok(report) => report,
            Err(fault) => return vec![fault],
        };
        let summary = json!({"status": outcome.status, "rows": report["rows"], "inputs": report["inputs"]});
        let summary = serde_json::to_string_pretty(&summary).unwrap_or_default() + "\n";
        let checks = [
            report_keeps_its_laws(&report),
            compare(&self.expected("diagnostics.txt"), &diagnostic_lines(&report)),
            compare(&self.expected("report.json"), &summary),
        ];
        checks.into_iter().filter_map(Result::err).collect()
    }

    fn check_roster(&self, program: &Program, scratch: &Path) -> Vec<String> {
        let target = scratch.join("roster.xlsx");
        program.run(self.arguments("roster", &["-o", &target.to_string_lossy()]));
        let expected = self.expected("roster.tsv");
        if !target.exists() {
            return if expected.exists() { vec!["no roster was written".to_owned()] } else { Vec::new() };
        }
        let lines = roster_lines(&target);
        let mut faults: Vec<String> = compare(&expected, &lines).err().into_iter().collect();
        // what we write we can read; a date that was left as typed may be understood when it comes as text
        let excepted = self.expected("roster-again.tsv");
        let read_again = std::fs::read_to_string(&excepted).unwrap_or_else(|_| lines.clone());
        let again = scratch.join("again.xlsx");
        let mut arguments = self.arguments("roster", &["-o", &again.to_string_lossy()]);
        arguments[1] = target.to_string_lossy().into_owned();
        let outcome = program.run(arguments);
        if !again.exists() {
            faults.push(format!("the roster cannot be read again: {}", outcome.stderr));
        } else if roster_lines(&again) != read_again {
            faults.push(format!("the roster read again is another one:\n{}", roster_lines(&again)));
        }
        faults
    }

    fn check_forms(&self, program: &Program, scratch: &Path) -> Vec<String> {
        let Ok(looked_at) = fs::read_dir(self.expected("forms")) else { return Vec::new() };
        let target = scratch.join("forms");
        let outcome = program.run(self.arguments("forms", &["-o", &target.to_string_lossy()]));
        let mut faults = Vec::new();
        for expected in looked_at.flatten().map(|entry| entry.path()) {
            let form = target.join(expected.with_extension("docx").file_name().unwrap_or_default());
            if form.exists() {
                faults.extend(compare(&expected, &read_back::document(&form)).err());
            } else {
                faults.push(format!("no form {}; status {:?}\n{}", form.display(), outcome.status, outcome.stderr));
            }
        }
        faults.sort();
        faults
    }

    fn arguments(&self, command: &str, more: &[&str]) -> Vec<String> {
        let mut arguments: Vec<String> = [command, "input", "--today", TODAY].map(str::to_owned).into();
        if self.folder.join("scheme").is_dir() {
            arguments.extend(["--scheme", "scheme"].map(str::to_owned));
        }
        arguments.extend(more.iter().map(|&argument| argument.to_owned()));
        arguments
    }

    fn expected(&self, name: &str) -> PathBuf {
        self.folder.join("expected").join(name)
    }
}

/// One line per finding: severity, code, file, sheet, cell, row, field; `-` for what does not apply.
fn diagnostic_lines(report: &Value) -> String {
    let findings = report["diagnostics"].as_array().into_iter().flatten();
    findings
        .map(|finding| {
            let keys = ["severity", "code", "file", "sheet", "cell", "row", "field"];
            let words = keys.map(|key| match &finding[key] {
                Value::Null => "-".to_owned(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            words.join("\t") + "\n"
        })
        .collect()
}

fn roster_lines(path: &Path) -> String {
    let sheets = read_back::workbook(path);
    sheets.iter().flat_map(|(_, lines)| lines).map(|line| format!("{line}\n")).collect()
}
