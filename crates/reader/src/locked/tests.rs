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
    let error = reading("password.xls", "").expect_err("never opened");
    assert_eq!(error.code(), Code::EncryptedFile);
    assert!(!error.hint().contains("--password-file"), "{}", error.hint());
}

#[test]
fn the_password_of_excel_itself_is_tried_without_being_asked_for() {
    assert_eq!(reading("standard-default.xlsx", "").expect("opened").format, Format::Xlsx);
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
