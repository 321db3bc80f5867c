//! `mingce scheme`: the built-in scheme copied out to edit, and an edited one judged.

use std::path::Path;

use mingce::{Existing, Scheme, Severity};

use crate::args::SchemeAction;
use crate::exit::Exit;
use crate::output;
use crate::report::failure;

pub(crate) fn run(action: &SchemeAction) -> Exit {
    match action {
        SchemeAction::Init { folder, force, quiet } => {
            let existing = if *force { Existing::Replace } else { Existing::Refuse };
            init(folder, existing, quiet.quiet)
        }
        SchemeAction::Check { folder, scheme, quiet } => check(folder, scheme.as_deref(), quiet.quiet),
    }
}

fn init(folder: &Path, existing: Existing, quiet: bool) -> Exit {
    match mingce::init_scheme(folder, existing) {
        Ok(written) => {
            if !quiet {
                let shown = output::shown(&folder.to_string_lossy());
                output::stderr(&format!(
                    "已写出：{}\n接下来：修改这些文件，然后用 mingce scheme check {shown} 检查\n",
                    written.iter().map(|path| output::shown(path)).collect::<Vec<_>>().join("、")
                ));
            }
            Exit::Fine
        }
        Err(error) => failure::tell(&error, false),
    }
}

/// Shows what was found in a blank.
fn show_map(file: &Path, by: Option<&Path>, quiet: bool) -> Exit {
    let scheme = by.map_or_else(|| Ok(Scheme::built_in()), mingce::load_scheme);
    let (scheme, map) = match scheme.and_then(|scheme| Ok((mingce::template_map(file, &scheme)?, scheme))) {
        Ok((map, scheme)) => (scheme, map),
        Err(error) => return failure::tell(&error, false),
    };
    if !quiet {
        let kind = if map.is_roster { "名册" } else { "登记表" };
        let mut text = format!("「{}」是一份{kind}，认出 {} 处：\n", output::shown(&file.to_string_lossy()), map.places.len());
        for (label, fields) in &map.places {
            let fields: Vec<&str> = fields.iter().map(|field| scheme.label(*field)).collect();
            text.push_str(&format!("  {} → {}\n", output::shown(label), fields.join("、")));
        }
        for finding in &map.findings {
            text.push_str(&format!("提醒：{} [{}]\n", output::shown(&finding.message), finding.code));
        }
        output::stderr(&text);
    }
    Exit::Fine
}

fn check(folder: &Path, by: Option<&Path>, quiet: bool) -> Exit {
    let ends_with = |endings: &[&str]| folder.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known));
    let folder = match folder.parent() {
        // somebody who has one of the three files open points at it
        Some(parent) if folder.is_file() && ends_with(&["toml"]) => parent,
        _ if folder.is_file() || (!folder.exists() && ends_with(&["docx", "xlsx"])) => return show_map(folder, by, quiet),
        _ => folder,
    };
    if by.is_some() {
        output::stderr("错误：「--scheme」只用于空白表；检查方案不用它\n用法：mingce scheme check <文件夹> [选项]\n");
        return Exit::Usage;
    }
    let faults = match mingce::check_scheme(folder) {
        Ok(faults) => faults,
        Err(error) => {
            let exit = failure::tell(&error, false);
            // a folder without one of the files is a faulty scheme; no folder is none
            return if folder.is_dir() { Exit::Findings } else { exit };
        }
    };
    let (errors, warnings): (Vec<_>, Vec<_>) = faults.iter().partition(|fault| fault.severity == Severity::Error);
    for fault in &errors {
        output::stderr(&format!("错误：{}\n", output::shown(&fault.to_string())));
    }
    if !quiet {
        for fault in &warnings {
            output::stderr(&format!("提醒：{}\n", output::shown(&fault.to_string())));
        }
        output::stderr(&match errors.len() {
            0 => format!("方案可以用。使用时加 --scheme {}\n", output::shown(&folder.to_string_lossy())),
            count => format!("共 {count} 处错误，改好后再检查一次\n"),
        });
    }
    if errors.is_empty() { Exit::Fine } else { Exit::Findings }
}
