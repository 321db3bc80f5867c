//! `mingce blank`: empty documents to fill in, by hand or on a computer.

use mingce::WriteOptions;

use super::job::{existing, scheme, tell_written};
use crate::args::{Blank, BlankKind};
use crate::exit::Exit;
use crate::output;
use crate::report::failure;

/// Empty lines of a roster, and of the collection workbook, where nobody says how many.
const ROSTER_ROWS: usize = 20;
const COLLECTION_ROWS: usize = 200;

pub(crate) fn run(blank: &Blank) -> Exit {
    let kind = match (blank.kind, blank.rows) {
        (BlankKind::Form, None) => mingce::Blank::Form,
        (BlankKind::Form, Some(_)) => {
            output::stderr("错误：「--rows」只用于名册和收集表，登记表没有空行\n用法：mingce blank form -o <文件> [选项]\n");
            return Exit::Usage;
        }
        (BlankKind::Roster, rows) => mingce::Blank::Roster { rows: rows.unwrap_or(ROSTER_ROWS) },
        (BlankKind::Collect, rows) => mingce::Blank::Collection { rows: rows.unwrap_or(COLLECTION_ROWS) },
    };
    let options = WriteOptions::default().with_existing(existing(&blank.writing));
    let written = scheme(&blank.scheme).and_then(|scheme| mingce::write_blank(kind, &scheme, &blank.writing.output, &options));
    match written {
        Ok(written) => {
            tell_written(&written, &blank.quiet);
            Exit::Fine
        }
        Err(error) => failure::tell(&error, false),
    }
}
