//! The program from outside: what users, scripts and other programs rely on.
//!
//! One test binary; it belongs to the package of the binary it drives.

mod damage;
mod determinism;
mod file_names;
mod fixtures;
mod hostile;
mod ledger;
mod output;
mod passwords;
mod photos;
mod publication;
mod readme;
mod returned;
mod status;
mod summary;
mod templates;
mod units;
mod workbooks;

use std::path::Path;

use mingce_tests::{Outcome, Program, TODAY, people, repository};

/// The binary under test.
const BINARY: &str = env!("CARGO_BIN_EXE_mingce");

/// A folder of its own for one test, with `长塘村.xlsx` (three people without fault) and `有错.xlsx` (two, one returned).
struct Folder {
    folder: tempfile::TempDir,
    program: Program,
}

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let good = repository().join("fixtures/minimal/input/长塘村.xlsx");
        std::fs::copy(good, folder.path().join("长塘村.xlsx")).expect("the fixture is there");
        let mut faulty = people::person(2);
        faulty[people::MOBILE] = "1380000".to_owned();
        people::write_workbook(&folder.path().join("有错.xlsx"), &[people::heading_line(), people::person(1), faulty]);
        let program = Program::new(BINARY, folder.path());
        Self { folder, program }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a command line; blanks part its words.
    fn run(&self, line: &str) -> Outcome {
        self.program.run(line.split(' '))
    }

    /// Runs a command that reads, with the day of the tests.
    fn run_today(&self, line: &str) -> Outcome {
        self.run(&format!("{line} --today {TODAY}"))
    }

    /// The names in the folder, sorted.
    fn names(&self, below: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path().join(below)).expect("the folder is there");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("a readable folder").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}
