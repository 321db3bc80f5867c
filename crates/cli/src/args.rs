//! What can be typed on the command line. Types only: what is done with them lives in [`crate::command`].
//!
//! Every text here is read by clerks. clap's own English headings are replaced: usage lines are written out, and each
//! argument names its heading.

mod commands;
mod shared;
mod values;

use clap::{ArgAction, Parser, Subcommand};

pub(crate) use self::commands::{Blank, Changes, Check, Forms, Pack, Roster, SchemeAction, SummaryArguments, Teams};
pub(crate) use self::shared::{Lists, Masking, Producing, Quiet, Reading, Returning, SchemeFolder, Strict, Writing};
pub(crate) use self::values::{BlankKind, Format, to_date};

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
        after_help = "例子：\n  mingce roster 收集/ -o 名册.xlsx\n  mingce roster 长塘村.xlsx 安家村.xlsx -o 名册.docx --force\n  \
                      mingce roster 收集/ -o 公示名册.docx --mask --sort stroke     公示用，按姓氏笔画为序\n  \
                      mingce roster 收集/ -o 上报.xlsx --template 上级名册.xlsx      填写上级发来的空白表"
    )]
    Roster(Roster),
    /// 生成登记表（附件1）：每人一份，或合成一个文件
    #[command(
        help_template = TEMPLATE,
        override_usage = "mingce forms <输入>... -o <文件夹或文件> [选项]",
        after_help = "例子：\n  mingce forms 收集/ -o 登记表             每人一个 .docx，放在文件夹里\n  \
                      mingce forms 收集/ -o 登记表.docx        合成一个文档，每人一页\n  \
                      mingce forms 收集/ -o 登记表.xlsx        合成一个工作簿，每人一张工作表\n  \
                      mingce forms 收集/ -o 登记表 --photos 照片/   贴上照片（张三.jpg、身份证号.png……）\n  \
                      mingce forms 收集/ -o 上报 --template 上级登记表.docx     填写上级发来的空白表"
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
        after_help = "例子：\n  mingce completions bash > ~/.local/share/bash-completion/completions/mingce\n  \
                      mingce completions powershell >> $PROFILE"
    )]
    Completions {
        /// bash、zsh、fish、powershell 或 elvish
        #[arg(value_name = "SHELL", hide_possible_values = true, help_heading = "参数")]
        shell: clap_complete::Shell,
    },
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
}
