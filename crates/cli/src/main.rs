//! The program `mingce`: it parses the command line, calls the library, and shows what came of it. Nothing is decided here.

mod args;
mod command;
mod exit;
mod output;
mod panic;
mod progress;
mod report;
mod usage;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use exit::Exit;

fn main() -> ExitCode {
    panic::survive(run).into()
}

fn run() -> Exit {
    let mut line: Vec<OsString> = std::env::args_os().collect();
    // many have learnt to ask so
    if line.get(1).is_some_and(|word| word == "help") {
        line.remove(1);
        line.push("--help".into());
    }
    let arguments = match Arguments::try_parse_from(&line) {
        Ok(arguments) => arguments,
        Err(error) => return usage::tell(&error, &line),
    };
    match arguments.command {
        None => output::stdout(usage::WELCOME),
        Some(Command::Check(check)) => command::check::run(&check),
        Some(Command::Roster(roster)) => command::roster::run(&roster),
        Some(Command::Forms(forms)) => command::forms::run(&forms),
        Some(Command::Teams(teams)) => command::teams::run(&teams),
        Some(Command::Summary(summary)) => command::summary::run(&summary),
        Some(Command::Pack(pack)) => command::pack::run(&pack),
        Some(Command::Changes(changes)) => command::changes::run(&changes),
        Some(Command::Blank(blank)) => command::blank::run(&blank),
        Some(Command::Scheme { action }) => command::scheme::run(&action),
        Some(Command::Completions { shell }) => command::completions::run(shell),
    }
}
