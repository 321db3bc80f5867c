//! Inputs: files, folders that are searched, and bytes with a name.
//!
//! The central noun is [`Input`]. Every file that is found is an input; what cannot be used is reported when it is read,
//! never passed over. Lock files of Office (`~$…`) and hidden files are nobody's registrations and are left out.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mingce_core::diagnostic::{Code, Diagnostic, Location};

use crate::{Error, words};

/// One file to be read.
#[derive(Debug, Clone)]
pub struct Input {
    /// How it is named in reports.
    pub(crate) name: Arc<str>,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Bytes(Vec<u8>),
    File(PathBuf),
    /// A folder in which no file was found.
    EmptyFolder,
    /// A folder that could not be searched.
    Unsearchable(String),
}

impl Input {
    /// A file that the caller holds in memory; reports call it by this name.
    #[must_use]
    pub fn from_bytes(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), content: Content::Bytes(bytes.into()) }
    }

    /// How the input is named in reports.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn file(path: PathBuf, name: String) -> Self {
        Self { name: name.into(), content: Content::File(path) }
    }

    /// Where the file stands, for one that was found on disk.
    pub(crate) fn path(&self) -> Option<&Path> {
        match &self.content {
            Content::File(path) => Some(path),
            Content::Bytes(_) | Content::EmptyFolder | Content::Unsearchable(_) => None,
        }
    }

    /// A folder where a file was wanted.
    pub(crate) fn folder(path: &Path) -> Self {
        Self { name: path.to_string_lossy().into(), content: Content::File(path.to_owned()) }
    }

    /// The bytes, or the finding that says why there are none.
    pub(crate) fn into_bytes(self, most: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
        let unreadable = |why: &str, hint: &str| {
            Box::new(Diagnostic::new(Code::UnreadableFile, Location::of_file(Arc::clone(&self.name)), why).with_hint(hint))
        };
        let path = match self.content {
            Content::Bytes(bytes) => return Ok(bytes),
            Content::File(path) => path,
            Content::EmptyFolder => return Err(unreadable("文件夹里没有文件", "请把收集来的表格放进去，或换一个文件夹")),
            Content::Unsearchable(why) => {
                return Err(unreadable(&format!("打不开文件夹：{why}"), "请检查文件夹的权限"));
            }
        };
        let told = |error: &io::Error| unreadable(&format!("打不开文件：{}", words::of_io(error)), "请检查路径和权限");
        let found = fs::metadata(&path).map_err(|error| told(&error))?;
        if !found.is_file() {
            return Err(unreadable("这不是普通文件", "请给出表格文件或文件夹"));
        }
        if found.len() > most {
            let message = format!("文件有 {} MiB，超过了 {} MiB 的上限", found.len() >> 20, most >> 20);
            let finding = Diagnostic::new(Code::LimitExceeded, Location::of_file(Arc::clone(&self.name)), message);
            return Err(Box::new(finding.with_hint("请删去多余的工作表和图片，或把文件拆成几份")));
        }
        fs::read(&path).map_err(|error| told(&error))
    }
}

/// The inputs below these paths, in the order given; folders are searched recursively in name order.
///
/// A path that does not exist and a folder without files are inputs too: reading them says so. Below a folder, an input is
/// named by the folder as given, `/` and the rest. What stands at one of the paths of `leave_out` (where the output of this
/// very run goes) is not found in folders.
///
/// # Examples
/// ```
/// let inputs = mingce::find_inputs(["没有这个文件.xlsx"], &[]);
/// assert_eq!(inputs[0].name(), "没有这个文件.xlsx");
/// ```
pub fn find_inputs<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, leave_out: &[&Path]) -> Vec<Input> {
    let left_out = leave_out.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut search = Search { left_out, above: Vec::new(), found: Vec::new() };
    for path in paths {
        let path = path.as_ref();
        let name = path.to_string_lossy();
        if path.is_dir() {
            let before = search.found.len();
            search.folder(path, name.trim_end_matches(std::path::is_separator));
            if search.found.len() == before {
                search.found.push(Input { name: name.as_ref().into(), content: Content::EmptyFolder });
            }
        } else {
            search.found.push(Input::file(path.to_owned(), name.into_owned()));
        }
    }
    search.found
}

/// Finds out whether an output at this path would replace a file that is read, or stand among files that are.
///
/// # Errors
/// [`Error::ReplacesInput`], if so.
///
/// # Examples
/// ```
/// let inputs = mingce::find_inputs(["收集.xlsx"], &[]);
/// // what does not exist replaces nothing
/// assert!(mingce::check_replaces_no_input("名册.xlsx".as_ref(), &inputs).is_ok());
/// ```
pub fn check_replaces_no_input(path: &Path, inputs: &[Input]) -> Result<(), Error> {
    let Ok(output) = path.canonicalize() else { return Ok(()) };
    let stands_there = |input: &Path| input.canonicalize().is_ok_and(|input| input.starts_with(&output));
    match inputs.iter().filter_map(Input::path).any(stands_there) {
        true => Err(Error::ReplacesInput { path: path.to_owned() }),
        false => Ok(()),
    }
}

struct Search {
    left_out: Vec<PathBuf>,
    /// The folders we are in, from the top, without links: a link to one of them leads in a circle.
    above: Vec<PathBuf>,
    found: Vec<Input>,
}

impl Search {
    fn folder(&mut self, folder: &Path, name: &str) {
        match self.entries(folder) {
            Ok(Some(entries)) => {
                for (path, entry) in entries {
                    self.entry(path, format!("{name}/{entry}"));
                }
                self.above.pop();
            }
            Ok(None) => {}
            Err(error) => {
                self.found.push(Input { name: name.into(), content: Content::Unsearchable(words::of_io(&error)) });
            }
        }
    }

    fn entry(&mut self, path: PathBuf, name: String) {
        if !self.left_out.is_empty() && path.canonicalize().is_ok_and(|path| self.left_out.contains(&path)) {
            return;
        }
        if path.is_dir() {
            self.folder(&path, &name);
        } else {
            self.found.push(Input::file(path, name));
        }
    }

    /// The folder's entries in name order, and the folder is entered; `None` if it lies above itself.
    fn entries(&mut self, folder: &Path) -> io::Result<Option<Vec<(PathBuf, String)>>> {
        let canonical = folder.canonicalize()?;
        if self.above.contains(&canonical) {
            return Ok(None);
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            names.push(entry?.file_name());
        }
        names.sort();
        self.above.push(canonical);
        let entries = names.into_iter().filter_map(|name| {
            let shown = name.to_string_lossy().into_owned();
            let passed_over = shown.starts_with('.') || shown.starts_with("~$");
            (!passed_over).then(|| (folder.join(name), shown))
        });
        Ok(Some(entries.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(inputs: &[Input], root: &Path) -> Vec<String> {
        let root = root.to_string_lossy().into_owned();
        inputs.iter().map(|input| input.name().replace(&root, "")).collect()
    }

    #[test]
    fn folders_are_searched_in_name_order_and_office_leftovers_are_passed_over() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(root.path().join("b/c")).expect("made");
        fs::create_dir_all(root.path().join(".hidden")).expect("made");
        for file in ["z.xlsx", "a.xlsx", "b/2.xlsx", "b/c/1.txt", "~$a.xlsx", ".x.xlsx", ".hidden/y.xlsx", "out.xlsx"] {
            fs::write(root.path().join(file), "").expect("written");
        }
        let found = find_inputs([root.path()], &[&root.path().join("b/../out.xlsx")]);
        assert_eq!(names(&found, root.path()), ["/a.xlsx", "/b/2.xlsx", "/b/c/1.txt", "/z.xlsx"]);
    }

    #[test]
    fn a_slash_at_the_end_of_a_folder_is_not_doubled() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("a"), "").expect("written");
        let given = format!("{}/", root.path().display());
        assert_eq!(find_inputs([given.as_str()], &[])[0].name(), format!("{given}a"));
    }

    #[test]
    fn missing_files_and_empty_folders_are_findings() {
        let root = tempfile::tempdir().expect("a folder");
        let missing = root.path().join("没有.xlsx");
        for path in [missing.as_path(), root.path()] {
            let inputs = find_inputs([path], &[]);
            assert_eq!(inputs.len(), 1);
            let finding = inputs[0].clone().into_bytes(1024).expect_err("nothing to read");
            assert_eq!(finding.code, Code::UnreadableFile);
        }
    }

    #[test]
    fn an_output_takes_the_place_of_no_input() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("收集")).expect("made");
        for file in ["收集/甲.xlsx", "乙.xlsx", "名册.xlsx"] {
            fs::write(root.path().join(file), "").expect("written");
        }
        let inputs = find_inputs([root.path().join("收集"), root.path().join("乙.xlsx")], &[]);
        for (output, is_free) in [
            ("乙.xlsx", false),
            ("收集/../乙.xlsx", false),
            ("收集/甲.xlsx", false),
            ("收集", false),
            ("名册.xlsx", true),
            ("收集/名册.xlsx", true),
            ("登记表", true),
        ] {
            let found = check_replaces_no_input(&root.path().join(output), &inputs);
            assert_eq!(found.is_ok(), is_free, "{output}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_holds_itself_ends() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("a"), "").expect("written");
        std::os::unix::fs::symlink(root.path(), root.path().join("loop")).expect("linked");
        assert_eq!(names(&find_inputs([root.path()], &[]), root.path()), ["/a"]);
    }
}
