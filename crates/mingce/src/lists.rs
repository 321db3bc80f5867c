//! What is kept beside the collected files: the lists of units and of party members, and passwords.

use std::path::Path;
use std::sync::Arc;

use mingce_core::collection::Collection;
use mingce_core::grid::Grid;
use mingce_core::members::Members;
use mingce_core::scheme::Scheme;
use mingce_core::units::{Units, UnitsError};
use mingce_core::value::Date;
use mingce_reader::{Passwords, decode_text};

use crate::collect::{CollectOptions, read};
use crate::input::Input;
use crate::{Error, find_inputs};

/// Bytes of a file of passwords; each of them costs a second on a file that it does not open.
const MOST_OF_PASSWORDS: u64 = 1 << 20;

/// Reads a list of units: a TOML text of `[[unit]]` tables, or any workbook, document or text table with the columns
/// 单位, 党员总数, 别名, 类型, 上级; it is read as inputs are.
///
/// # Errors
/// When the file cannot be read, or holds no such list; with the line where there is one.
pub fn load_units(path: &Path, options: &CollectOptions<'_>) -> Result<Units, Error> {
    let wrong = |source: UnitsError| Error::Units { path: path.to_owned(), source: Box::new(source) };
    let input = one_input(path);
    let bytes = input.clone().into_bytes(options.limits.input).map_err(|finding| unreadable(path, &finding.message))?;
    if is_toml(path, &bytes) {
        // saved by Notepad it may be in the system's own encoding
        let text = decode_text(&bytes).ok_or_else(|| unreadable(path, "不是文本文件"))?;
        return Units::from_toml(text.strip_prefix('\u{FEFF}').unwrap_or(&text)).map_err(wrong);
    }
    Units::from_grids(&grids(path, input, options)?).map_err(wrong)
}

/// Reads a list of party members 党员花名册, in any shape in which registrations are read.
///
/// `today` is the day that its dates are judged by; it is read as inputs are, and the units of the options are those
/// that are known otherwise.
///
/// # Errors
/// When the file cannot be read, or nobody is found in it.
pub fn load_members(path: &Path, scheme: &Scheme, today: Date, options: &CollectOptions<'_>) -> Result<Members, Error> {
    let grids = grids(path, one_input(path), options)?;
    let mut collection = Collection::new(scheme, today);
    collection.add_document(&path.to_string_lossy(), &grids);
    let members = collection.into_members(options.units);
    if members.is_empty() {
        return Err(Error::NoMembers { path: path.to_owned() });
    }
    Ok(members)
}

/// Reads passwords from a text file, one a line, in any encoding that text tables are read in.
///
/// # Errors
/// When the file cannot be read, is no text, or holds no password.
pub fn load_passwords(path: &Path) -> Result<Passwords, Error> {
    let unusable = |why: String| Error::PasswordsUnreadable { path: path.to_owned(), why };
    let bytes = one_input(path).into_bytes(MOST_OF_PASSWORDS).map_err(|finding| unusable(finding.message.to_string()))?;
    let text = decode_text(&bytes).ok_or_else(|| unusable("不是文本文件".to_owned()))?;
    let passwords = Passwords::from_lines(&text);
    if passwords.is_empty() { Err(unusable("里面没有密码".to_owned())) } else { Ok(passwords) }
}

/// The file as an input; a folder is one that cannot be read.
fn one_input(path: &Path) -> Input {
    if path.is_dir() {
        return Input::folder(path);
    }
    find_inputs([path], &[]).pop().unwrap_or_else(|| Input::folder(path))
}

fn grids(path: &Path, input: Input, options: &CollectOptions<'_>) -> Result<Vec<Grid>, Error> {
    let name: Arc<str> = Arc::clone(&input.name);
    let document = read(input, options).map_err(|finding| unreadable(path, &finding.message))?;
    debug_assert_eq!(&*name, &*path.to_string_lossy());
    // numbers that lack a sheet would be wrong without a word
    if let Some(damaged) = document.damaged.first() {
        return Err(unreadable(path, &damaged.error.to_string()));
    }
    Ok(document.grids)
}

fn unreadable(path: &Path, why: &str) -> Error {
    Error::ListUnreadable { path: path.to_owned(), why: why.to_owned() }
}

/// Told by the ending, else by a line that only such a text has.
fn is_toml(path: &Path, bytes: &[u8]) -> bool {
    let is_named_so = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    is_named_so || bytes.split(|byte| *byte == b'\n').any(|line| line.trim_ascii() == b"[[unit]]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(name: &str, content: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("written");
        (folder, path)
    }

    #[test]
    fn units_are_read_from_toml_by_name_or_content_and_from_tables() {
        let toml = "# 单位\n[[unit]]\nname = \"长塘村\"\nmembers = 42\naliases = [\"长塘\"]\n";
        for (name, content) in [
            ("单位.toml", toml),
            ("单位.txt", toml),
            ("单位.toml", &format!("\u{FEFF}{}", toml.replace('\n', "\r\n"))),
            ("单位.csv", "单位,党员总数,别名\n长塘村,42,长塘\n"),
        ] {
            let (_folder, path) = saved(name, content.as_bytes());
            let units = load_units(&path, &CollectOptions::default()).expect(content);
            assert_eq!(units.find("长塘").and_then(|unit| unit.members), Some(42), "{name}");
        }
        // 村 in GB18030
        let (_folder, path) = saved("单位.toml", b"[[unit]]\nname = \"\xB4\xE5\"\nmembers = 42\n");
        let units = load_units(&path, &CollectOptions::default()).expect("units");
        assert_eq!(units.find("村").and_then(|unit| unit.members), Some(42));
    }

    #[test]
    fn what_is_wrong_is_said_with_file_and_line() {
        let (_folder, path) = saved("单位.toml", "[[unit]]\nname = 长塘村\n".as_bytes());
        let message = load_units(&path, &CollectOptions::default()).expect_err("no TOML").to_string();
        assert!(message.contains("单位.toml") && message.contains("第 2 行"), "{message}");
        let (_folder, path) = saved("单位.csv", "单位,党员总数\n长塘村,四十\n".as_bytes());
        let message = load_units(&path, &CollectOptions::default()).expect_err("no number").to_string();
        assert!(message.contains("单位.csv") && message.contains("第 2 行"), "{message}");
        for path in [path.parent().expect("a folder"), &path.with_extension("没有")] {
            assert!(matches!(load_units(path, &CollectOptions::default()), Err(Error::ListUnreadable { .. })));
        }
    }

    #[test]
    fn a_list_without_people_is_none() {
        let scheme = Scheme::built_in();
        let today = Date::new(2014, 4, Some(30)).expect("a day");
        let (_folder, path) = saved("花名册.csv", "单位,党员总数\n长塘村,42\n".as_bytes());
        assert!(matches!(load_members(&path, &scheme, today, &CollectOptions::default()), Err(Error::NoMembers { .. })));
        let (_folder, path) = saved("花名册.csv", "党员姓名,公民身份证号,所在党支部\n郑试一,329901198506120013,一支部\n".as_bytes());
        let members = load_members(&path, &scheme, today, &CollectOptions::default()).expect("a list");
        assert_eq!((members.len(), members.units().find("一支部").and_then(|unit| unit.members)), (1, Some(1)));
    }

    #[test]
    fn passwords_are_read_from_the_encodings_of_text_files_and_never_repeated_in_messages() {
        for content in [&b"\xEF\xBB\xBFab\r\n\r\nc d\r\n"[..], b"a\0b\0\n\0", b"\xC3\xDC\xC2\xEB\n"] {
            let (_folder, path) = saved("密码.txt", content);
            assert!(load_passwords(&path).is_ok(), "{content:?}");
        }
        for content in [&b"\r\n \n"[..], b"", b"PK\x03\x04\0\0\0\0\x01secret"] {
            let (_folder, path) = saved("密码.txt", content);
            let error = load_passwords(&path).expect_err("no passwords");
            assert!(matches!(error, Error::PasswordsUnreadable { .. }) && !error.to_string().contains("secret"), "{error}");
        }
    }
}
