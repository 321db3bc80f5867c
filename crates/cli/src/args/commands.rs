//! What each command takes: the groups it shares with others, and its own.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::TEMPLATE;
use super::shared::{Annexes, EachForm, Lists, Masking, Producing, Quiet, Reading, Returning, SchemeFolder, Writing};
use super::values::{BlankKind, rows};

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
    pub(crate) producing: Producing,
    #[command(flatten)]
    pub(crate) masking: Masking,
}

/// `mingce summary`.
#[derive(Debug, Args)]
pub(crate) struct SummaryArguments {
    #[command(flatten)]
    pub(crate) producing: Producing,
    /// 公示用：不列没有登记的人的姓名
    #[arg(long, help_heading = "选项")]
    pub(crate) mask: bool,
}

/// `mingce pack`.
#[derive(Debug, Args)]
#[command(mut_arg("output", |output| output.value_name("文件夹").help("写到这个文件夹")))]
pub(crate) struct Pack {
    #[command(flatten)]
    pub(crate) producing: Producing,
    #[command(flatten)]
    pub(crate) annexes: Annexes,
    #[command(flatten)]
    pub(crate) each_form: EachForm,
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
    pub(crate) producing: Producing,
    #[command(flatten)]
    pub(crate) returning: Returning,
    #[command(flatten)]
    pub(crate) annexes: Annexes,
    #[command(flatten)]
    pub(crate) masking: Masking,
}

/// `mingce forms`.
#[derive(Debug, Args)]
#[command(mut_arg("output", |output| output.value_name("文件夹或文件")))]
pub(crate) struct Forms {
    #[command(flatten)]
    pub(crate) producing: Producing,
    #[command(flatten)]
    pub(crate) returning: Returning,
    #[command(flatten)]
    pub(crate) annexes: Annexes,
    #[command(flatten)]
    pub(crate) each_form: EachForm,
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
    #[command(help_template = TEMPLATE, override_usage = "mingce scheme check <文件夹或空白表> [选项]", after_help = "例子：\n  mingce scheme check 我的方案\n  mingce scheme check 某单位登记表.xlsx      看这份空白表认出了哪些栏目\n  mingce scheme check 某单位登记表.docx --scheme 我的方案")]
    Check {
        /// 方案文件夹；或一份 .docx、.xlsx 空白表，看看认出了哪些栏目
        #[arg(value_name = "文件夹或空白表", help_heading = "参数")]
        folder: PathBuf,
        /// 按这个文件夹里的方案认空白表，不按内置的
        #[arg(long, value_name = "文件夹", help_heading = "选项")]
        scheme: Option<PathBuf>,
        #[command(flatten)]
        quiet: Quiet,
    },
}
