use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;

const PASSWORD: &str = "长塘村2025";

/// A file of `tests/data`; where each comes from is told there.
fn data(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).expect("a test file")
}

fn opened(bytes: &[u8], passwords: &str) -> Result<Vec<u8>, Refusal> {
    open(bytes, &Passwords::from_lines(passwords), &Limits::default())
}

/// Writes other bytes of the same length over the one place where these stand.
fn patched(name: &str, old: &str, new: &str) -> Vec<u8> {
    let mut bytes = data(name);
    let at = memchr::memmem::find(&bytes, old.as_bytes()).expect("something to patch");
    assert_eq!(old.len(), new.len());
    bytes[at..at + new.len()].copy_from_slice(new.as_bytes());
    bytes
}

#[test]
fn what_other_programs_encrypted_comes_back_byte_for_byte() {
    for name in [
        "agile-sha512-aes256.xlsx",
        "agile-sha512-aes256.docx",
        "agile-sha1-aes128.docx",
        "agile-sha256-aes192.xlsx",
        "agile-one-round.xlsx",
        "agile-javascript.xlsx",
        "standard-aes128.xlsx",
        "standard-aes256.docx",
    ] {
        let plain = data(if name.ends_with("xlsx") { "plain.xlsx" } else { "plain.docx" });
        assert!(opened(&data(name), &format!("错的\n{PASSWORD}\n")).as_ref() == Ok(&plain), "{name}");
        assert_eq!(opened(&data(name), ""), Err(Refusal::NoPassword), "{name}");
        assert_eq!(opened(&data(name), "长塘村2026"), Err(Refusal::NoPasswordFits), "{name}");
    }
}

#[test]
fn a_protected_workbook_needs_no_password() {
    assert!(opened(&data("standard-default.xlsx"), "") == Ok(data("plain.xlsx")));
}

#[test]
fn what_is_not_encrypted_is_told_from_what_no_password_opens() {
    for bytes in [data("plain.xlsx"), data("plain.xls"), b"a,b\n".to_vec(), Vec::new()] {
        assert_eq!(opened(&bytes, PASSWORD), Err(Refusal::NotEncrypted));
    }
    let method_of = |bytes: &[u8]| match opened(bytes, PASSWORD) {
        Err(Refusal::Unsupported { method }) => method,
        other => panic!("{other:?}"),
    };
    assert_eq!(method_of(&data("password.xls")), "旧版 .xls 的打开密码");
    let name = "agile-one-round.xlsx";
    assert_eq!(method_of(&patched(name, "cipherAlgorithm=\"AES\"", "cipherAlgorithm=\"SM4\"")), "不常用的算法");
    assert_eq!(method_of(&patched(name, "ChainingModeCBC", "ChainingModeCFB")), "不常用的算法");
    let uri = "uri=\"http://schemas.microsoft.com/office/2006/keyEncryptor/";
    let certificate = patched(name, &format!("{uri}password\""), &format!("{uri}certific\""));
    assert_eq!(method_of(&certificate), "数字证书");
}

#[test]
fn endless_rounds_of_hashing_are_refused() {
    let bytes = patched("agile-sha512-aes256.xlsx", "spinCount=\"100000\" ", "spinCount=\"9999999\"");
    assert_eq!(opened(&bytes, PASSWORD), Err(Refusal::Unsupported { method: "迭代次数过多的密码加密" }));
}

#[test]
fn a_package_altered_after_it_was_sealed_is_damaged() {
    // the last bytes of the package stand before the other streams; half way in is the package for sure
    let mut bytes = data("agile-one-round.xlsx");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    assert!(matches!(opened(&bytes, PASSWORD), Err(Refusal::Damaged { .. })));
}

#[test]
fn a_seal_whose_tag_is_damaged_does_not_count_as_absent() {
    for (old, new) in [
        ("<dataIntegrity", "<dataIntegrimy"),
        ("<dataIntegrity", " dataIntegrity"),
        ("/>\n    <dataIntegrity", "/?\n    <dataIntegrity"),
        ("encryptedHmacKey", "encryptedHmacXey"),
    ] {
        let bytes = patched("agile-one-round.xlsx", old, new);
        assert!(matches!(opened(&bytes, PASSWORD), Err(Refusal::Damaged { .. })), "{new}");
    }
}

#[test]
fn a_file_larger_than_its_limit_is_not_looked_into() {
    let limits = Limits::default().with_input(100);
    let refusal = open(&data("password.xls"), &Passwords::default(), &limits).expect_err("refused");
    assert_eq!(refusal, Refusal::LimitExceeded { limit: Limit::Input, allowed: 100 });
}

#[test]
fn passwords_come_one_a_line_and_are_never_shown() {
    let passwords = Passwords::from_lines("\u{FEFF}甲 \r\n\r\n  \n乙\n乙\n");
    assert_eq!(passwords.list, ["甲 ", "甲", "乙"]);
    assert_eq!(format!("{passwords:?}"), "Passwords(3)");
    assert!(Passwords::from_lines("\n").is_empty());
}

/// Bytes of a file, some of them changed: anywhere, or in the first or the last few kilobytes, where its structure stands.
fn damaged(name: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let place = (0..4_u8, any::<prop::sample::Index>(), any::<u8>());
    (prop::collection::vec(place, 1..8), prop::option::weighted(0.1, any::<prop::sample::Index>())).prop_map(move |(changes, cut)| {
        let mut bytes = data(name);
        let length = bytes.len();
        for (region, index, value) in changes {
            let at = match region {
                0 => index.index(512),
                1 => 512 + index.index(3072),
                2 => length - 1 - index.index(3072),
                _ => index.index(length),
            };
            bytes[at] = if value < 8 { bytes[at] ^ (1 << value) } else { value };
        }
        bytes.truncate(cut.map_or(length, |cut| cut.index(length)));
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_damaged_sealed_file_is_refused_or_opened_unaltered(bytes in damaged("agile-one-round.xlsx")) {
        if let Ok(package) = opened(&bytes, PASSWORD) {
            prop_assert!(package == data("plain.xlsx"));
        }
    }

    #[test]
    fn any_bytes_after_the_signature_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let bytes = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], bytes.as_slice()].concat();
        prop_assert!(opened(&bytes, PASSWORD).is_err());
    }
}

proptest! {
    // each case derives two keys in fifty thousand rounds
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_damaged_file_without_a_seal_never_gives_more_than_it_holds(bytes in damaged("standard-aes128.xlsx")) {
        if let Ok(package) = opened(&bytes, PASSWORD) {
            prop_assert!(package.len() < bytes.len());
        }
    }

    #[test]
    fn a_damaged_old_workbook_is_refused(bytes in damaged("password.xls")) {
        prop_assert!(opened(&bytes, PASSWORD).is_err());
    }
}
