//! What both READMEs show is what happens: the commands of their `console` blocks are run, and their output compared.

use std::fs;
use std::path::Path;

use mingce_tests::{Program, repository};

use crate::BINARY;

#[test]
fn the_commands_of_the_readme_do_what_it_shows() {
    check("README.md");
}

#[test]
fn the_commands_of_the_chinese_readme_do_what_it_shows() {
    check("README.zh-CN.md");
}

/// Runs every `$ mingce …` and `$ cargo run … -- …` of the file in a folder that holds the fixtures.
fn check(readme: &str) {
    let text = fs::read_to_string(repository().join(readme)).expect("the README is there");
    let folder = tempfile::tempdir().expect("a folder for the test");
    copy(&repository().join("fixtures"), &folder.path().join("fixtures"));
    let program = Program::new(BINARY, folder.path());
    let steps = steps(&text);
    let mut run = 0;
    for (command, shown) in &steps {
        let Some(arguments) = arguments(command) else { continue };
        let outcome = program.run(arguments);
        let said = outcome.stdout + &outcome.stderr;
        assert!(outcome.status.is_some_and(|status| status < 2), "{readme}: `{command}` ended with {:?}\n{said}", outcome.status);
        if !shown.trim().is_empty() {
            assert_eq!(said.trim(), shown.trim(), "{readme}: `{command}` says something else");
        }
        run += 1;
    }
    assert!(run >= 1, "{readme} shows no command");
    assert!(steps.iter().any(|(command, _)| command.starts_with("cargo test --workspace")), "{readme} does not say how to test");
}

/// The commands of all `console` blocks, each with the output shown below it.
fn steps(text: &str) -> Vec<(String, String)> {
    let mut steps: Vec<(String, String)> = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.starts_with("```") {
            in_block = line == "```console";
        } else if in_block {
            match (line.strip_prefix("$ "), steps.last_mut()) {
                (Some(command), _) => steps.push((command.to_owned(), String::new())),
                (None, Some((_, shown))) => *shown = format!("{shown}{line}\n"),
                (None, None) => {}
            }
        }
    }
    steps
}

/// The arguments for the binary, if it is a command of ours.
fn arguments(command: &str) -> Option<Vec<&str>> {
    let words: Vec<&str> = command.split_whitespace().collect();
    match words[..] {
        ["mingce", ref rest @ ..] => Some(rest.to_vec()),
        ["cargo", "run", ..] => words.iter().position(|word| *word == "--").map(|place| words[place + 1..].to_vec()),
        _ => None,
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the folder is there").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}
