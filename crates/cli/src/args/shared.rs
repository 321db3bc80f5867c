//! The options that several commands take, each group with what belongs together.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::values::{Format, Sort, day, threads};

/// What every command takes that reads people and writes what comes of them.
#[derive(Debug, Args)]
pub(crate) struct Producing {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) lists: Lists,
    #[command(flatten)]
    pub(crate) writing: Writing,
    #[command(flatten)]
    pub(crate) strict: Strict,
}

/// What every command takes that writes an annex for everybody.
#[derive(Debug, Args)]
pub(crate) struct Annexes {
    #[command(flatten)]
    pub(crate) sorting: Sorting,
    #[command(flatten)]
    pub(crate) template: Template,
}

/// What every command takes that writes a form for each person.
#[derive(Debug, Args)]
pub(crate) struct EachForm {
    /// 照片文件夹：文件以身份证号、手机号或姓名命名，JPEG 或 PNG，逐层查找
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub(crate) photos: Option<PathBuf>,

    /// 同时用几个线程；默认为全部核心
    #[arg(long, value_name = "个数", value_parser = threads, help_heading = "选项")]
    pub(crate) threads: Option<NonZeroUsize>,
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
    /// 填写这份官方的空白表（.docx 或 .xlsx），不用方案自己的版式；.docx 做出 .docx，.xlsx 做出 .xlsx
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
