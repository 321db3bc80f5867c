//! What clap says of a wrong command line, in Chinese; and what `mingce` alone says.

use std::error::Error as _;
use std::ffi::OsString;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::args::Arguments;
use crate::exit::Exit;
use crate::output;

/// What most people need, in the order of the work.
pub(crate) const WELCOME: &str = "\
mingce：把收集来的登记表格核对清楚，做成官方的名册和登记表

最常用的三个命令：
  mingce check  收集/                只核对：报告哪里要改，不写文件
  mingce roster 收集/ -o 名册.xlsx   生成名册（附件2）
  mingce forms  收集/ -o 登记表      生成登记表（附件1），每人一个 .docx

「收集/」换成你的表格文件，或装着它们的文件夹。
全部命令：mingce --help        某个命令的说明和例子：mingce roster --help
";

/// Shows what clap has to say: help and version on standard output, mistakes on standard error.
///
/// `line` is the command line as it was typed.
pub(crate) fn tell(error: &clap::Error, line: &[OsString]) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let page = error.render().to_string();
            // clap puts its own colon behind a heading
            let page = ["命令", "参数", "选项"]
                .iter()
                .fold(page, |page, heading| page.replace(&format!("\n{heading}:\n"), &format!("\n{heading}：\n")));
            output::stdout(&page)
        }
        _ => {
            output::stderr(&describe(error, line));
            Exit::Usage
        }
    }
}

/// The mistake, what to do, and where to read on.
fn describe(error: &clap::Error, line: &[OsString]) -> String {
    let mut text = format!("错误：{}\n", mistake(error));
    if let Some(hint) = hint(error) {
        text.push_str(&format!("提示：{hint}\n"));
    }
    let usage = error.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    let usage = usage.trim_start_matches("Usage:").trim();
    if usage.is_empty() {
        text.push_str(&format!("详细说明：{} --help\n", command_of(line)));
        return text;
    }
    // the words before the first argument name the command
    let command: Vec<&str> = usage.split(' ').take_while(|word| !word.starts_with(['<', '[', '-'])).collect();
    text.push_str(&format!("用法：{usage}\n详细说明：{} --help\n", command.join(" ")));
    text
}

/// The words of the line that name the command, for mistakes of which clap does not say where they were made.
fn command_of(line: &[OsString]) -> String {
    let mut command = Arguments::command();
    let mut words = "mingce".to_owned();
    for word in line.iter().skip(1).map_while(|word| word.to_str()) {
        let Some(below) = command.find_subcommand(word) else { break };
        words = format!("{words} {word}");
        command = below.clone();
    }
    words
}

fn mistake(error: &clap::Error) -> String {
    let argument = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => format!("不认识的选项「{argument}」"),
        ErrorKind::UnknownArgument => format!("多出来的「{argument}」"),
        ErrorKind::InvalidSubcommand => format!("没有「{}」这个命令", text(error, ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "还要写明做什么".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("「{argument}」后面还没有写内容"),
        ErrorKind::InvalidValue => format!("「{argument}」不能是「{value}」"),
        ErrorKind::ValueValidation => {
            let why = error.source().map(|source| format!("，{source}")).unwrap_or_default();
            format!("「{argument}」不能是「{value}」{why}")
        }
        ErrorKind::TooManyValues => format!("「{argument}」后面不用写内容，多出来的「{value}」请去掉"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("「{argument}」后面写的个数不对"),
        ErrorKind::ArgumentConflict => conflict(&argument, &text(error, ContextKind::PriorArg)),
        ErrorKind::NoEquals => format!("「{argument}」和它的值之间要有等号"),
        ErrorKind::InvalidUtf8 => "命令里有无法辨认的字符".to_owned(),
        _ => "命令写错了".to_owned(),
    }
}

fn conflict(argument: &str, prior: &str) -> String {
    if prior.is_empty() || prior == argument {
        format!("「{argument}」只能写一次")
    } else {
        format!("「{argument}」不能和「{prior}」同时用")
    }
}

fn hint(error: &clap::Error) -> Option<String> {
    for suggestion in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        let words = text(error, suggestion);
        if !words.is_empty() {
            return Some(format!("是不是想写「{words}」？"));
        }
    }
    let valid = text(error, ContextKind::ValidValue);
    if !valid.is_empty() {
        return Some(format!("可以是 {valid}"));
    }
    let valid = text(error, ContextKind::ValidSubcommand);
    (!valid.is_empty()).then(|| format!("可以是 {valid}"))
}

/// What clap notes under this heading; several are joined, nothing is empty.
fn text(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn told(line: &str) -> String {
        let line: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let error = Arguments::try_parse_from(&line).expect_err("wrong usage");
        describe(&error, &line)
    }

    #[test]
    fn mistakes_are_told_in_chinese_with_a_way_out() {
        for (line, expected) in [
            ("mingce roster a.xlsx -o b.xlsx --forse", "错误：不认识的选项「--forse」\n提示：是不是想写「--force」？\n用法：mingce roster"),
            ("mingce rostre a.xlsx", "错误：没有「rostre」这个命令\n提示：是不是想写「roster」？\n"),
            (
                "mingce roster a.xlsx",
                "错误：缺少 --output <文件>\n用法：mingce roster <输入>... -o <文件> [选项]\n详细说明：mingce roster --help\n",
            ),
            ("mingce check", "错误：缺少 <输入>...\n"),
            ("mingce check a --format xml", "错误：「--format <格式>」不能是「xml」\n提示：可以是 text、json\n"),
            ("mingce check a --today 2014-2-30", "错误：「--today <日期>」不能是「2014-2-30」，应为日历上有的日子"),
            ("mingce check a --today", "错误：「--today <日期>」后面还没有写内容\n"),
            ("mingce blank list -o a.xlsx", "错误：「<种类>」不能是「list」\n提示：可以是 form、roster、collect\n"),
            ("mingce blank form roster -o a.docx", "错误：多出来的「roster」\n"),
            ("mingce check a -q -q", "错误：「--quiet」只能写一次\n"),
            ("mingce forms a -o b --threads 0", "错误：「--threads <个数>」不能是「0」，应为 1 到 1024 之间的整数\n"),
            ("mingce scheme", "错误：还要写明做什么\n"),
            ("mingce roster a -o b.xlsx --mask=yes", "错误：「--mask」后面不用写内容，多出来的「yes」请去掉\n用法：mingce roster"),
            (
                "mingce pack a -o b --sort name",
                "错误：「--sort <顺序>」不能是「name」\n提示：可以是 input、pinyin、stroke、unit、birth\n详细说明：mingce pack --help\n",
            ),
        ] {
            let told = told(line);
            assert!(told.starts_with(expected), "{line}: {told}");
        }
    }
}
