//! How the program ends, as scripts see it.

use std::process::ExitCode;

/// The exit status; the worse, the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All fine; there may be warnings.
    Fine,
    /// Done, but something was returned or could not be used.
    Findings,
    /// The command line is wrong.
    Usage,
    /// The job could not be done, and no output is left behind.
    Failed,
}

impl From<Exit> for u8 {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Failed => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(u8::from(exit))
    }
}
