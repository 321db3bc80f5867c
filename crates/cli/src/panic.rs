//! A fault of our own ends as a failure like any other, and never prints what it was working on.

use std::panic::{self, UnwindSafe};

use crate::exit::Exit;
use crate::output;

/// Runs the program; a panic is told by its place in the source alone, since its message could quote personal data.
pub(crate) fn survive(run: impl FnOnce() -> Exit + UnwindSafe) -> Exit {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        output::stderr(&format!(
            "错误：程序内部出错（{place}），没有做成\n提示：请把这一行和 mingce --version 的输出告诉开发者，不要附上含个人信息的表格\n"
        ));
    }));
    // what was half written is cleaned up while the panic unwinds
    panic::catch_unwind(run).unwrap_or(Exit::Failed)
}
