//! `mingce changes`: who joined, who left and what changed between two rosters or collections.

use std::path::Path;

use mingce::{Changes, ChangesTarget, Checked, CollectOptions, Error, Report, Scheme, WriteOptions, Written};

use super::job::{existing, fail, passwords, scheme, status, today};
use crate::args::{Changes as Asked, Format};
use crate::exit::Exit;
use crate::output::{self, masked_if};
use crate::progress::Bar;
use crate::report::text::{Ending, Held};
use crate::report::{json, text};

pub(crate) fn run(asked: &Asked) -> Exit {
    let [old, new] = asked.reading.inputs.as_slice() else {
        let count = asked.reading.inputs.len();
        output::stderr(&format!(
            "错误：要比较的是旧表和新表两个，这里写了 {count} 个\n提示：有几个文件时，请分别放进一个文件夹\n\
             用法：mingce changes <旧表> <新表> -o <文件.xlsx> [选项]\n"
        ));
        return Exit::Usage;
    };
    let absolute = |path: &Path| std::path::absolute(path).ok();
    if asked.apply.as_deref().is_some_and(|apply| absolute(apply) == absolute(&asked.writing.output)) {
        output::stderr("错误：「--output」和「--apply」写到了同一个地方\n提示：请给新名册换一个名字\n");
        return Exit::Usage;
    }
    let bar = Bar::new(asked.reading.quiet.quiet);
    let outcome = work(asked, [old, new], &bar);
    bar.clear();
    match outcome {
        Ok(outcome) => tell(asked, &outcome),
        Err(error) => fail(&error, &Report::default(), asked.reading.format, asked.masking),
    }
}

/// What was read, and what came of it.
struct Outcome {
    scheme: Scheme,
    both: Checked,
    held: Option<Held>,
    written: Written,
    changes: Changes,
}

fn work(asked: &Asked, [old, new]: [&Path; 2], bar: &Bar) -> Result<Outcome, Error> {
    let target = ChangesTarget { changes: &asked.writing.output, roster: asked.apply.as_deref() };
    target.check(existing(&asked.writing))?;
    let scheme = scheme(&asked.reading.scheme)?;
    let leave_out: Vec<&Path> = std::iter::once(target.changes).chain(target.roster).chain(asked.reading.passwords.as_deref()).collect();
    let show = |progress| bar.show(progress);
    let options = CollectOptions::default().with_passwords(passwords(&asked.reading)?).with_progress(&show);
    let inputs = [old, new].map(|path| mingce::find_inputs([path], &leave_out));
    for output in std::iter::once(target.changes).chain(target.roster) {
        inputs.iter().try_for_each(|inputs| mingce::check_replaces_no_input(output, inputs))?;
    }
    let read = |inputs| mingce::collect(inputs, &scheme, today(&asked.reading), &options);
    let [old, new] = inputs.map(read);
    let (old, new) = (old?, new?);
    let held = if old.tables.is_empty() || new.tables.is_empty() {
        Some(Held::NothingUsed)
    } else if new.ledger().accepted == 0 {
        Some(Held::NobodyAccepted)
    } else {
        None
    };
    let (mut written, mut changes) = (Written::default(), Changes::default());
    if held.is_none() {
        bar.start_writing();
        let options = WriteOptions::default().with_existing(existing(&asked.writing)).with_masking(asked.masking.mask);
        (written, changes) = mingce::write_changes([&old, &new], &scheme, target, &options)?;
    }
    let both = old.followed_by(new);
    let both = if asked.masking.mask { both.masked(&scheme) } else { both };
    written.files.iter_mut().for_each(|file| *file = masked_if(asked.masking.mask, file).into_owned());
    Ok(Outcome { scheme, both, held, written, changes })
}

fn tell(asked: &Asked, outcome: &Outcome) -> Exit {
    let report = Report::new(&outcome.both, &outcome.written);
    let quiet = asked.reading.quiet.quiet;
    let told = match asked.reading.format {
        Format::Json => json::tell(&report),
        Format::Text => {
            let path = asked.writing.output.to_string_lossy();
            let path = masked_if(asked.masking.mask, &path);
            let ending = Ending { held: outcome.held, output: Some(&path), returned: None, offers_returned: false, quiet };
            output::stderr(&text::render(&report, &outcome.scheme, &ending));
            if outcome.held.is_none() && !quiet {
                output::stderr(&sums(&outcome.changes));
            }
            Exit::Fine
        }
    };
    status(&report, outcome.held, told)
}

fn sums(changes: &Changes) -> String {
    let renamed = changes.changed.iter().filter(|change| change.is_rename()).count();
    let renamed = if renamed > 0 { format!("（其中疑似改名 {renamed} 人）") } else { String::new() };
    if [changes.joined.len(), changes.left.len(), changes.changed.len(), changes.pending.len()] == [0; 4] {
        return format!("没有变化：新增 0 人、退出 0 人、变更 0 人，两边的 {} 人都对得上\n", changes.same.len());
    }
    let pending = if changes.pending.is_empty() { String::new() } else { format!("、待改正 {} 人", changes.pending.len()) };
    format!("新增 {} 人、退出 {} 人、变更 {} 人{renamed}{pending}\n", changes.joined.len(), changes.left.len(), changes.changed.len())
}
