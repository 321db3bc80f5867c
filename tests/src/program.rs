//! One run of the binary in a folder.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The binary, and the folder it runs in.
#[derive(Debug, Clone)]
pub struct Program {
    binary: PathBuf,
    folder: PathBuf,
}

/// What a run left behind.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The exit status; `None` if the program was killed.
    pub status: Option<i32>,
    /// What it wrote to the standard output.
    pub stdout: String,
    /// What it wrote to the standard error.
    pub stderr: String,
}

impl Program {
    /// This binary, to be run in this folder.
    #[must_use]
    pub fn new(binary: impl Into<PathBuf>, folder: impl Into<PathBuf>) -> Self {
        Self { binary: binary.into(), folder: folder.into() }
    }

    /// The folder it runs in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs it with these arguments.
    ///
    /// # Panics
    /// If the binary cannot be started or does not write UTF-8.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Outcome {
        let output = Command::new(&self.binary)
            .args(arguments)
            .current_dir(&self.folder)
            .env("NO_COLOR", "1")
            .output()
            .expect("the binary can be started");
        Outcome {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("the standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("the standard error is UTF-8"),
        }
    }
}

impl Outcome {
    /// The report on the standard output.
    ///
    /// # Errors
    /// What came instead, if the standard output is no JSON.
    pub fn report(&self) -> Result<Value, String> {
        serde_json::from_str(&self.stdout)
            .map_err(|fault| format!("no JSON on stdout ({fault}), status {:?}, on stderr:\n{}", self.status, self.stderr))
    }
}
