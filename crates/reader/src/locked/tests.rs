use mingce_core::diagnostic::Code;

use super::*;
use crate::{Document, Format, read_with_passwords};

fn data(name: &str) -> Vec<u8> {
    let path = format!("{}/../ooxml/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).expect("a file of the tests")
}

fn reading(name: &str, password: &str) -> Result<Document, Error> {
    read_with_passwords(name, &data(name), &Limits::default(), &Passwords::from_lines(password))
}

#[test]
fn what_is_encrypted_is_told_by_code_and_hint() {
    for (password, hint) in [("", "用 --password-file 提供密码"), ("不对的密码", "核对密码文件")] {
        let error = reading("agile-one-round.xlsx", password).expect_err("no password fits");
        assert_eq!(error.code(), Code::EncryptedFile);
        assert!(error.hint().contains(hint), "{}", error.hint());
    }
}

#[test]
fn the_password_of_excel_itself_is_tried_without_being_asked_for() {
    assert_eq!(reading("standard-default.xlsx", "").expect("opened").format, Format::Xlsx);
}

#[test]
fn old_workbooks_are_opened_with_their_password() {
    let plain = crate::read("plain.xls", &data("plain.xls"), &Limits::default()).expect("no password");
    let opened = reading("password.xls", "不对的密码\n长塘村2025").expect("opened");
    let cells = |document: &Document| {
        let rows = document.grids.iter().flat_map(|grid| grid.rows());
        rows.flat_map(|row| row.cells().map(|cell| (row.number(), cell.column, cell.text.to_owned())).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    assert!(!cells(&plain).is_empty());
    assert_eq!(cells(&opened), cells(&plain));
    let first = |name: &str, password: &str| cells(&reading(name, password).expect("opened")).remove(0).2;
    assert_eq!(first("xor.xls", "abc"), "1");
    assert_eq!(first("rc4-sha1.xls", "不对的密码\nfreedom"), "hello there!");
    // nobody is asked for it
    assert_eq!(first("rc4-default.xls", ""), "test cell value");
    for (password, hint) in [("", "用 --password-file 提供密码"), ("不对的密码", "核对密码文件")] {
        let error = reading("password.xls", password).expect_err("no password fits");
        assert_eq!(error.code(), Code::EncryptedFile);
        assert!(error.hint().contains(hint), "{}", error.hint());
    }
}

#[test]
fn an_encrypted_file_may_be_larger_than_an_old_workbook() {
    let bytes = data("agile-one-round.xlsx");
    let limits = Limits::default().with_legacy_input(100);
    let error = read_with_passwords("a.xlsx", &bytes, &limits, &Passwords::default()).expect_err("no password");
    assert_eq!(error.code(), Code::EncryptedFile);
    let limits = Limits::default().with_input(100);
    let error = read_with_passwords("a.xlsx", &bytes, &limits, &Passwords::default()).expect_err("too large");
    assert_eq!(error.code(), Code::LimitExceeded);
}
