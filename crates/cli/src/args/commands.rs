//! What each command takes: the groups it shares with others, and its own.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::TEMPLATE;
use super::shared::{Lists, Masking, Quiet, Reading, Returning, SchemeFolder, Sorting, Strict, Template, Writing};
use super::values::{BlankKind, rows, threads};

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

    #[command(flatten)]
    pub(crate) template: Template,

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
    #[command(help_template = TEMPLATE, override_usage = "mingce scheme check <文件夹或空白表> [选项]", after_help = "例子：\n  mingce scheme check 我的方案\n  mingce scheme check 某单位登记表.xlsx      看这份空白表认出了哪些栏目")]
    Check {
        /// 方案文件夹；或一份 .docx 空白表，看看认出了哪些栏目
        #[arg(value_name = "文件夹", help_heading = "参数")]
        folder: PathBuf,
        #[command(flatten)]
        quiet: Quiet,
    },
}
