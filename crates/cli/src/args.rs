//! What can be typed on the command line. Types only: what is done with them lives in [`crate::command`].
//!
//! Every text here is read by clerks. clap's own English headings are replaced: usage lines are written out, and each
//! argument names its heading.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

/// How a help page is laid out.
const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "mingce",
    version,
    about = "把收集来的登记表格核对清楚，做成官方的名册和登记表",
    help_template = TEMPLATE,
    override_usage = "mingce <命令> [参数] [选项]",
    subcommand_value_name = "命令",
    subcommand_help_heading = "命令",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    after_help = "每个命令的详细说明和例子：mingce <命令> --help\n\
                  退出状态：0 全部正常 · 1 做完了，但有退回或没用上的 · 2 命令写错了 · 3 没有做成"
)]
pub(crate) struct Arguments {
    /// What is to be done; nothing means: tell me what there is.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// 显示帮助
    #[arg(short, long, global = true, action = ArgAction::Help, help_heading = "选项", display_order = 100)]
    help: Option<bool>,

    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = "选项", display_order = 101)]
    version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 只核对：报告哪里要改，不写文件
    #[command(
        help_template = TEMPLATE,
        override_usage = "mingce check <输入>... [选项]",
        after_help = "例子：\n  mingce check 长塘村.xlsx\n  mingce check 收集/ --returned 退回        退回的行，每个来源文件一份\n  \
                      mingce check 收集/ 退回/                  改好后和原表一起再读\n  mingce check 收集/ --format json > 报告.json"
    )]
    Check(Check),
    /// 生成名册（附件2）：.xlsx 或 .docx
    #[command(
        help_template = TEMPLATE,
        override_usage = "mingce roster <输入>... -o <文件> [选项]",
        after_help = "例子：\n  mingce roster 收集/ -o 名册.xlsx\n  mingce roster 长塘村.xlsx 安家村.xlsx -o 名册.docx --force"
    )]
    Roster(Roster),
    /// 生成登记表（附件1）：每人一份，或合成一个文件
    #[command(
        help_template = TEMPLATE,
        override_usage = "mingce forms <输入>... -o <文件夹或文件> [选项]",
        after_help = "例子：\n  mingce forms 收集/ -o 登记表             每人一个 .docx，放在文件夹里\n  \
                      mingce forms 收集/ -o 登记表.docx        合成一个文档，每人一页\n  \
                      mingce forms 收集/ -o 登记表.xlsx        合成一个工作簿，每人一张工作表\n  \
                      mingce forms 收集/ -o 登记表 --photos 照片/   贴上照片（张三.jpg、身份证号.png……）"
    )]
    Forms(Forms),
    /// 编组服务支队：每支 5 到 10 人，尽量同一单位、同一服务项目
    #[command(
        help_template = TEMPLATE,
        override_usage = "mingce teams <输入>... -o <文件.xlsx> [选项]",
        after_help = "表里已有「支队」一列时，按原来的分队写出，并指出人数、支队长等不合要求的地方。\n例子：\n  \
                      mingce teams 收集/ -o 支队.xlsx\n  mingce teams 收集/ -o 公示.xlsx --mask"
    )]
    Teams(Teams),
    /// 汇总：各单位参与比例、各服务项目人数、人员构成，附图表
    #[command(
        help_template = TEMPLATE,
        override_usage = "mingce summary <输入>... -o <文件> [选项]",
        after_help = "例子：\n  mingce summary 收集/ -o 汇总.xlsx --units 单位.toml     有图表，首页可打印上报\n  \
                      mingce summary 收集/ -o 汇总.docx --members 党员花名册.xlsx"
    )]
    Summary(SummaryArguments),
    /// 移交：名册、登记表、汇总、退回表、报告和索引，一次写到一个文件夹
    #[command(
        help_template = TEMPLATE,
        override_usage = "mingce pack <输入>... -o <文件夹> [选项]",
        after_help = "例子：\n  mingce pack 收集/ -o 移交\n  mingce pack 收集/ -o 移交 --units 单位.toml --members 党员花名册.xlsx"
    )]
    Pack(Pack),
    /// 比较新旧两份名册：谁新增、谁退出、谁有变更
    #[command(
        help_template = TEMPLATE,
        override_usage = "mingce changes <旧表> <新表> -o <文件.xlsx> [选项]",
        after_help = "旧表和新表各是一个文件或一个文件夹，名册、收集表、登记表都可以。\n例子：\n  \
                      mingce changes 去年名册.xlsx 今年收集/ -o 变动.xlsx\n  \
                      mingce changes 旧.xlsx 新.xlsx -o 变动.xlsx --apply 新名册.xlsx"
    )]
    Changes(Changes),
    /// 生成空白的登记表或名册，供打印填写；或收集表，发下去在电脑上填
    #[command(
        help_template = TEMPLATE,
        override_usage = "mingce blank <form|roster|collect> -o <文件> [选项]",
        after_help = "例子：\n  mingce blank form -o 登记表.docx\n  mingce blank roster -o 名册.xlsx --rows 50\n  \
                      mingce blank collect -o 收集表.xlsx      带下拉列表和检查，填好后可直接读入"
    )]
    Blank(Blank),
    /// 方案：导出内置方案来修改，或检查改好的方案
    #[command(
        help_template = TEMPLATE,
        override_usage = "mingce scheme <init|check> <文件夹> [选项]",
        subcommand_value_name = "命令",
        subcommand_help_heading = "命令",
        disable_help_subcommand = true,
        after_help = "例子：\n  mingce scheme init 我的方案\n  mingce scheme check 我的方案\n  \
                      mingce roster 收集/ -o 名册.xlsx --scheme 我的方案"
    )]
    Scheme {
        /// Which of the two.
        #[command(subcommand)]
        action: SchemeAction,
    },
    /// 生成命令行补全脚本
    #[command(
        help_template = TEMPLATE,
        override_usage = "mingce completions <SHELL>",
        after_help = "例子：\n  mingce completions bash > ~/.local/share/bash-completion/completions/mingce"
    )]
    Completions {
        /// bash、zsh、fish、powershell 或 elvish
        #[arg(value_name = "SHELL", hide_possible_values = true, help_heading = "参数")]
        shell: clap_complete::Shell,
    },
}

/// What every command that reads takes.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// 收集来的表格，或装着它们的文件夹（逐层查找）
    #[arg(value_name = "输入", required = true, help_heading = "参数")]
    pub(crate) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) scheme: SchemeFolder,

    /// 打开加密文件的密码，一行一个，写在这个文本文件里，逐个试
    #[arg(long = "password-file", value_name = "文件", help_heading = "选项")]
    pub(crate) passwords: Option<PathBuf>,

    /// 判断日期时当作今天的日子，如 2014-04-30；默认为系统日期
    #[arg(long, value_name = "日期", value_parser = day, help_heading = "选项")]
    pub(crate) today: Option<mingce::Date>,

    /// 报告的格式：text（给人看，默认）或 json（给程序用，写到标准输出）
    #[arg(
        long,
        value_name = "格式",
        value_enum,
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) quiet: Quiet,
}

/// Which scheme.
#[derive(Debug, Args)]
pub(crate) struct SchemeFolder {
    /// 用这个文件夹里的方案，不用内置的
    #[arg(long = "scheme", value_name = "文件夹", help_heading = "选项")]
    pub(crate) folder: Option<PathBuf>,
}

/// What an organisation knows of its units and members.
#[derive(Debug, Args)]
pub(crate) struct Lists {
    /// 单位名单：单位、党员总数、别名（TOML 或表格），用来算参与比例
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub(crate) units: Option<PathBuf>,

    /// 党员花名册：补入党时间、政治面貌、支部，数各单位党员，列出还没有登记的人
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub(crate) members: Option<PathBuf>,
}

/// Whether to be quiet.
#[derive(Debug, Args)]
pub(crate) struct Quiet {
    /// 不显示进度和小结，只显示错误
    #[arg(short, long, help_heading = "选项", display_order = 90)]
    pub(crate) quiet: bool,
}

/// What every command that writes takes.
#[derive(Debug, Args)]
pub(crate) struct Writing {
    /// 写到这里
    #[arg(short, long, value_name = "文件", help_heading = "选项", display_order = 0)]
    pub(crate) output: PathBuf,

    /// 替换已有的文件；文件夹里只替换同名文件，不删除别的
    #[arg(long, help_heading = "选项", display_order = 1)]
    pub(crate) force: bool,
}

/// Where returned rows go.
#[derive(Debug, Args)]
pub(crate) struct Returning {
    /// 把退回的行写到这里，标明错处，改好后可再读入：一个 .xlsx，或一个文件夹（每个来源文件一份）
    #[arg(long = "returned", value_name = "文件或文件夹", help_heading = "选项", display_order = 2)]
    pub(crate) path: Option<PathBuf>,
}

/// Which blank is filled.
#[derive(Debug, Args)]
pub(crate) struct Template {
    /// 填写这份官方的空白表，不用方案自己的版式
    #[arg(long = "template", value_name = "文件", help_heading = "选项")]
    pub(crate) file: Option<PathBuf>,
}

/// Whether faults stop the writing.
#[derive(Debug, Args)]
pub(crate) struct Strict {
    /// 只要有一处错误就什么也不写（退回表除外）
    #[arg(long, help_heading = "选项")]
    pub(crate) strict: bool,
}

/// `mingce check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) lists: Lists,
    #[command(flatten)]
    pub(crate) returning: Returning,

    /// 替换已有的退回表；文件夹里只替换同名文件，不删除别的
    #[arg(long, requires = "path", help_heading = "选项", display_order = 3)]
    pub(crate) force: bool,
}

/// In which order people stand.
#[derive(Debug, Args)]
pub(crate) struct Sorting {
    /// 人员顺序：input（按收集的先后，默认）、pinyin（姓名拼音）、stroke（姓氏笔画）、unit（单位）、birth（出生先后）
    #[arg(
        long,
        value_name = "顺序",
        value_enum,
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub(crate) sort: Sort,
}

/// Whether the output is for publication.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct Masking {
    /// 公示用：遮住身份证号和手机号中间几位，不写电话、地址、电子邮件和 QQ
    #[arg(long, help_heading = "选项")]
    pub(crate) mask: bool,
}

/// `mingce teams`.
#[derive(Debug, Args)]
pub(crate) struct Teams {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) lists: Lists,
    #[command(flatten)]
    pub(crate) writing: Writing,
    #[command(flatten)]
    pub(crate) masking: Masking,
    #[command(flatten)]
    pub(crate) strict: Strict,
}

/// `mingce summary`.
#[derive(Debug, Args)]
pub(crate) struct SummaryArguments {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) lists: Lists,
    #[command(flatten)]
    pub(crate) writing: Writing,
    /// 公示用：不列没有登记的人的姓名
    #[arg(long, help_heading = "选项")]
    pub(crate) mask: bool,
    #[command(flatten)]
    pub(crate) strict: Strict,
}

/// `mingce pack`.
#[derive(Debug, Args)]
pub(crate) struct Pack {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) lists: Lists,
    #[command(flatten)]
    pub(crate) writing: Writing,
    #[command(flatten)]
    pub(crate) sorting: Sorting,
    #[command(flatten)]
    pub(crate) strict: Strict,

    /// 照片文件夹：文件以身份证号、手机号或姓名命名，JPEG 或 PNG，逐层查找
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub(crate) photos: Option<PathBuf>,

    /// 同时用几个线程；默认为全部核心
    #[arg(long, value_name = "个数", value_parser = threads, help_heading = "选项")]
    pub(crate) threads: Option<NonZeroUsize>,
}

/// `mingce changes`.
#[derive(Debug, Args)]
pub(crate) struct Changes {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) writing: Writing,

    /// 同时写出新名册（.xlsx）：人员以新表为准，空着的从旧表补上
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub(crate) apply: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) masking: Masking,
}

/// `mingce roster`.
#[derive(Debug, Args)]
pub(crate) struct Roster {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) lists: Lists,
    #[command(flatten)]
    pub(crate) writing: Writing,
    #[command(flatten)]
    pub(crate) returning: Returning,
    #[command(flatten)]
    pub(crate) sorting: Sorting,
    #[command(flatten)]
    pub(crate) masking: Masking,
    #[command(flatten)]
    pub(crate) strict: Strict,
    #[command(flatten)]
    pub(crate) template: Template,
}

/// `mingce forms`.
#[derive(Debug, Args)]
pub(crate) struct Forms {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) lists: Lists,
    #[command(flatten)]
    pub(crate) writing: Writing,
    #[command(flatten)]
    pub(crate) returning: Returning,
    #[command(flatten)]
    pub(crate) sorting: Sorting,
    #[command(flatten)]
    pub(crate) strict: Strict,
    #[command(flatten)]
    pub(crate) template: Template,

    /// 照片文件夹：文件以身份证号、手机号或姓名命名，JPEG 或 PNG，逐层查找
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub(crate) photos: Option<PathBuf>,

    /// 同时用几个线程；默认为全部核心
    #[arg(long, value_name = "个数", value_parser = threads, help_heading = "选项")]
    pub(crate) threads: Option<NonZeroUsize>,
}

/// `mingce blank`.
#[derive(Debug, Args)]
pub(crate) struct Blank {
    /// form 登记表（附件1）、roster 名册（附件2），或 collect 收集表（.xlsx）
    #[arg(value_name = "种类", value_enum, hide_possible_values = true, help_heading = "参数")]
    pub(crate) kind: BlankKind,
    #[command(flatten)]
    pub(crate) writing: Writing,

    /// 留多少空行；名册默认 20，收集表默认 200
    #[arg(long, value_name = "行数", value_parser = rows, help_heading = "选项")]
    pub(crate) rows: Option<usize>,
    #[command(flatten)]
    pub(crate) scheme: SchemeFolder,
    #[command(flatten)]
    pub(crate) quiet: Quiet,
}

/// `mingce scheme …`.
#[derive(Debug, Subcommand)]
pub(crate) enum SchemeAction {
    /// 把内置方案写到文件夹里，供修改
    #[command(help_template = TEMPLATE, override_usage = "mingce scheme init <文件夹> [选项]", after_help = "例子：\n  mingce scheme init 我的方案")]
    Init {
        /// 要写到的文件夹
        #[arg(value_name = "文件夹", help_heading = "参数")]
        folder: PathBuf,
        /// 替换文件夹里的同名文件
        #[arg(long, help_heading = "选项")]
        force: bool,
        #[command(flatten)]
        quiet: Quiet,
    },
    /// 检查文件夹里的方案，指出错在哪个文件哪一行
    #[command(help_template = TEMPLATE, override_usage = "mingce scheme check <文件夹> [选项]", after_help = "例子：\n  mingce scheme check 我的方案")]
    Check {
        /// 方案文件夹；或一份 .docx 空白表，看看认出了哪些栏目
        #[arg(value_name = "文件夹", help_heading = "参数")]
        folder: PathBuf,
        #[command(flatten)]
        quiet: Quiet,
    },
}

/// The report's format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, to standard error.
    #[default]
    Text,
    /// For programs, to standard output.
    Json,
}

/// How people are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    /// As they were read.
    #[default]
    Input,
    /// By the pinyin of the name.
    Pinyin,
    /// By the strokes of the name.
    Stroke,
    /// By unit.
    Unit,
    /// By birth, the oldest first.
    Birth,
}

impl From<Sort> for mingce::Order {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Input => Self::Input,
            Sort::Pinyin => Self::Pinyin,
            Sort::Stroke => Self::Stroke,
            Sort::Unit => Self::Unit,
            Sort::Birth => Self::Birth,
        }
    }
}

/// What a blank is a blank of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BlankKind {
    /// Annex 1.
    Form,
    /// Annex 2.
    Roster,
    /// The workbook to collect in.
    Collect,
}

fn day(text: &str) -> Result<mingce::Date, String> {
    let fault = || "应为日历上有的日子，写成 2014-04-30 的样子".to_owned();
    // jiff takes more shapes than a clerk should have to tell apart
    let is_shaped =
        text.len() == 10 && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    let day: jiff::civil::Date = text.parse().ok().filter(|_| is_shaped).ok_or_else(fault)?;
    to_date(day).ok_or_else(fault)
}

/// The day as the library takes it; `None` before 1800.
pub(crate) fn to_date(day: jiff::civil::Date) -> Option<mingce::Date> {
    mingce::Date::new(day.year(), day.month().unsigned_abs(), Some(day.day().unsigned_abs()))
}

fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().ok().filter(|count: &NonZeroUsize| count.get() <= 1024).ok_or_else(|| "应为 1 到 1024 之间的整数".to_owned())
}

fn rows(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|rows| (1..=100_000).contains(rows)).ok_or_else(|| "应为 1 到 100000 之间的整数".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn clap_accepts_the_definition() {
        Arguments::command().debug_assert();
    }

    /// Each help page below this command.
    fn pages(command: &mut clap::Command) -> Vec<String> {
        let mut pages = vec![command.render_help().to_string(), command.render_long_help().to_string()];
        for below in command.get_subcommands_mut() {
            pages.extend(self::pages(below));
        }
        pages
    }

    #[test]
    fn no_help_page_has_claps_english() {
        let mut command = Arguments::command();
        command.build();
        let pages = pages(&mut command);
        assert!(pages.len() >= 22);
        for page in pages {
            for english in ["Usage", "Options", "Arguments", "Commands", "Print", "[default", "[possible", "[aliases"] {
                assert!(!page.contains(english), "{english} in\n{page}");
            }
            assert!(page.contains("用法："), "{page}");
        }
    }

    #[test]
    fn days_are_written_one_way() {
        assert!(day("2014-04-30").is_ok());
        for text in ["2014-4-30", "2014-04-31", "20140430", "2014/04/30", "2014-04-30T00:00", ""] {
            assert!(day(text).is_err(), "{text}");
        }
    }
}
