//! What a blank prints besides its labels: titles, headings of parts, hints, notes, declarations, where somebody signs or stamps.
//!
//! Blanks are many and people's words are more: a text counts as printed where its words are those of blanks, and else as written.

use crate::scheme::{Field, Scheme};
use crate::text::{fold_label, is_blank_character};
use crate::value::han;

use super::label::{UNCLAIMED, is_han, without_number};
use super::marks;

/// Where a text stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Stand {
    /// Whether nothing of a form stands before it, and it is alone in its row.
    pub(super) is_above: bool,
    /// Whether it is bold or coloured and alone in its row.
    pub(super) is_set_apart: bool,
    /// Whether it is merged down over several rows, as what heads them is.
    pub(super) is_beside_rows: bool,
}

/// Longest words that stand beside the rows they head, in characters.
const LONGEST_SIDE: usize = 6;

/// Whether a text is the blank's own.
pub(super) fn is_printed(text: &str, stand: Stand, scheme: &Scheme) -> bool {
    let bare: String = text.chars().filter(|c| !is_blank_character(*c) && !matches!(c, '_' | '＿')).collect();
    is_sign(&bare)
        || is_date_or_page(&bare)
        || is_open_label(&bare)
        || is_note(&bare)
        || is_rule(&bare)
        || is_title(&bare, stand)
        || is_heading(&bare)
        || is_label_without_answer(&bare)
        || (stand.is_beside_rows && bare.chars().count() <= LONGEST_SIDE)
        || marks::are_untouched(text)
        || names_option(&bare, scheme)
        || is_hint(&bare)
}

/// Whether a printed text is one that nobody writes of their own accord, or that differs from form to form all the same: the place
/// of a signature, a date, a title, a label, an option. Other words that look like print may be a person's: 我有特殊情况, 请周三前联系我.
pub(super) fn is_surely_printed(text: &str, stand: Stand, scheme: &Scheme) -> bool {
    let bare: String = text.chars().filter(|c| !is_blank_character(*c) && !matches!(c, '_' | '＿')).collect();
    is_sign(&bare)
        || is_date_or_page(&bare)
        || is_open_label(&bare)
        || is_of_office(&bare)
        || is_title(&bare, Stand { is_set_apart: false, ..stand })
        || is_counted_heading(&bare)
        || is_label_without_answer(&bare)
        || marks::are_untouched(text)
        || names_option(&bare, scheme)
}

/// Whether so little stands there that it is a sign, a unit or the number of a line: `□`, `1`, `cm`, `姓`.
fn is_sign(bare: &str) -> bool {
    const UNITS: [&str; 10] = ["cm", "kg", "厘米", "公分", "公斤", "周岁", "小时", "分钟", "QQ", "元整"];
    const LONGEST_NUMBER: usize = 2;
    let said = bare.chars().filter(|c| c.is_alphanumeric()).count();
    let is_number = bare.chars().all(|c| !c.is_alphabetic()) && said <= LONGEST_NUMBER;
    // 第一人, as the columns of forms beside each other are counted
    let is_counted =
        bare.strip_prefix('第').is_some_and(|rest| rest.ends_with(['人', '份', '页', '次', '位']) && rest.chars().count() <= 4);
    said <= 1 || is_number || is_counted || UNITS.contains(&bare)
}

/// Whether it is a date, filled in or not, or the number of a page: `2026年3月`, `    年  月  日`, `第1页共2页`.
fn is_date_or_page(bare: &str) -> bool {
    const LONGEST: usize = 8;
    let is_sign = |c: char| matches!(c, '年' | '月' | '日' | '度' | '届' | '第' | '页' | '共' | '期' | '号' | '份') || !c.is_alphanumeric();
    let is_digit = |c: char| c.is_ascii_digit() || han::counts(c) || matches!(c, '〇' | '零' | '○');
    let digits = bare.chars().filter(|c| is_digit(*c)).count();
    let words = bare.chars().filter(|c| !is_digit(*c));
    digits <= LONGEST && words.clone().all(is_sign) && words.filter(|c| is_han(*c)).count() > 0
}

/// Whether it is words with a colon and nothing behind it.
fn is_open_label(bare: &str) -> bool {
    bare.ends_with(['：', ':'])
}

/// What begins notes to whoever fills in the form.
const NOTES: [&str; 11] = ["注", "备注", "说明", "※", "*", "★", "☆", "▲", "温馨提示", "提示", "此表"];

/// Whether it begins as notes do, says where something is glued, or is of the office.
fn is_note(bare: &str) -> bool {
    const WORDS: [&str; 4] = ["意见", "剪", "粘贴", "照片"];
    NOTES.iter().any(|word| bare.starts_with(word)) || WORDS.iter().any(|word| bare.contains(word)) || is_of_office(bare)
}

/// Whether it is of who filled in the form and when, or of what an office does with it: where it signs, stamps or judges.
fn is_of_office(bare: &str) -> bool {
    const BEGINNINGS: [&str; 12] = ["附件", "附：", "附:", "填表", "填报", "填写", "编号", "No", "NO", "№", "存根", "回执"];
    const WORDS: [&str; 25] = [
        "签名", "签字", "签章", "盖章", "公章", "印章", "审批", "审核", "审查", "经办", "承办", "受理", "填表人", "填表日期", "填报日期",
        "填写日期", "登记日期", "申请日期", "报名日期", "负责人", "联系人", "监制", "印制", "一式", "免冠",
    ];
    let is_of_office = BEGINNINGS.iter().any(|word| bare.starts_with(word)) || WORDS.iter().any(|word| bare.contains(word));
    is_of_office && !NOTES.iter().any(|word| bare.starts_with(word))
}

/// Whether it is a sentence that binds or tells people: a declaration, a condition, what is to be done with the form.
fn is_rule(bare: &str) -> bool {
    const SHORTEST: usize = 6;
    const WORDS: [&str; 37] = [
        "承诺", "声明", "保证", "属实", "真实", "知悉", "遵守", "授权", "虚假", "法律", "请", "须", "务必", "不得", "填写", "填报", "勾选",
        "打√", "打勾", "打“√”", "限选", "可多选", "可选多项", "单选", "多选", "必填", "选填", "复印件", "提交", "报送", "交回", "截止",
        "咨询", "扫码", "二维码", "表格", "本表",
    ];
    matches!(bare, "承诺" | "声明" | "本人承诺" | "个人承诺")
        || bare.chars().count() >= SHORTEST && WORDS.iter().any(|word| bare.contains(word))
}

/// Whether it is the title of a form, or the line above or below it that says whose and of what year it is.
fn is_title(bare: &str, stand: Stand) -> bool {
    const ENDINGS: [&str; 9] = ["表", "登记卡", "信息卡", "申请书", "承诺书", "志愿书", "登记册", "报名单", "档案"];
    const ABOVE: [&str; 25] = [
        "志愿", "党员", "服务", "登记", "报名", "申请", "信息", "统计", "采集", "招募", "征集", "活动", "年度", "委员会", "党委", "支部",
        "社区", "村", "街道", "公司", "学校", "学院", "大学", "局", "中心",
    ];
    const SENTENCE: usize = 16;
    let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
    let name = bare.split(['（', '(', '—', '－', '-']).next().unwrap_or(bare);
    let is_named = ENDINGS.iter().any(|ending| name.ends_with(ending) || bare.ends_with(ending)) && !bare.ends_with("代表");
    let is_of_title = || ABOVE.iter().any(|word| bare.contains(word)) || bare.chars().count() >= SENTENCE;
    is_named || stand.is_set_apart || (stand.is_above && is_of_title())
}

/// Longest heading of a part, in characters.
const LONGEST_HEADING: usize = 20;

/// Whether it is the heading of a part: 一、基本信息, （二）志愿服务意愿, 家庭情况.
fn is_heading(bare: &str) -> bool {
    let inside = bare.trim_matches(|c: char| matches!(c, '【' | '】' | '[' | ']' | '（' | '）' | '(' | ')'));
    let is_short = bare.chars().count() <= LONGEST_HEADING && !bare.contains(['。', '；', ';']);
    is_counted_heading(bare) || is_short && ["信息", "情况", "资料", "栏"].iter().any(|ending| inside.ends_with(ending))
}

/// Whether it is a heading with its number: 一、基本信息.
fn is_counted_heading(bare: &str) -> bool {
    let words = han::behind_count(bare.trim_start_matches(['（', '(', '第']));
    let is_counted = words.is_some_and(|words| words.starts_with(['、', '.', '．', '）', ')', '：', '部']));
    is_counted && bare.chars().count() <= LONGEST_HEADING && !bare.contains(['。', '；', ';'])
}

/// What labels of forms end in besides what [`UNCLAIMED`] names.
const LABELS: [&str; 99] = [
    "尺寸", "号码", "户口", "国籍", "单位", "地址", "住址", "姓名", "名称", "曾用名", "类别", "类型", "种类", "等级", "级别", "层次",
    "简历", "经历", "履历", "关系", "方式", "电话", "手机", "学历", "学位", "专业", "技能", "爱好", "特长", "专长", "水平", "程度", "证书",
    "资格", "职称", "职业", "职务", "行业", "工种", "岗位", "部门", "组织", "支部", "来源", "渠道", "原因", "理由", "目的", "内容", "项目",
    "意向", "意愿", "队伍", "车型", "车牌", "车牌号", "银行", "账号", "卡号", "开户行", "结果", "评价", "成绩", "奖惩", "荣誉", "获奖",
    "表彰", "处分", "证件", "有效期", "出生地", "生源地", "现状", "昵称", "支付宝", "人数", "次数", "时长", "时数", "小时数", "面貌",
    "身份", "邮箱", "地点", "语种", "称谓", "联系人", "介绍人", "推荐人", "监护人", "配偶", "爱人", "父亲", "母亲", "父母", "子女", "成员",
    "亲属", "家属",
];

/// Whether it is what a blank asks for, with nothing written behind it: 民族, 健康状况.
fn is_label_without_answer(bare: &str) -> bool {
    const LONGEST: usize = 10;
    const OWN: [&str; 14] = ["我", "本人", "有", "会", "能", "可", "已", "曾", "想", "愿", "无", "不", "没", "在"];
    let folded = fold_label(without_number(bare));
    let is_short = (2..=LONGEST).contains(&folded.chars().count()) && folded.chars().all(|c| c.is_alphabetic() || matches!(c, '/' | '、'));
    let is_known = || {
        UNCLAIMED.iter().chain(&LABELS).any(|ending| folded.ends_with(ending)) || folded.starts_with("是否") || folded.starts_with("有无")
    };
    let is_own = || OWN.iter().any(|word| folded.starts_with(word)) && !folded.starts_with("有无") && !folded.starts_with("有效");
    is_short && is_known() && !is_own()
}

/// Whether it is the words of an option, or of several and nothing else.
fn names_option(bare: &str, scheme: &Scheme) -> bool {
    const ANSWERS: [&str; 10] = ["男", "女", "是", "否", "有", "无", "是否", "男女", "有无", "其他"];
    let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
    let is_option = |field: Field| marks::named(bare, field, scheme).is_some_and(|(_, _)| true);
    let choices = scheme.fields.iter().map(|spec| spec.field).filter(|field| field.is_choice());
    ANSWERS.contains(&bare) || choices.into_iter().any(is_option)
}

/// Whether it is nothing but brackets in which the blank says how to answer.
fn is_hint(bare: &str) -> bool {
    const WORDS: [&str; 20] =
        ["如", "例", "限", "字", "位", "格式", "选", "填", "勾", "√", "年", "章", "手写", "打印", "正楷", "全称", "详细", "寸", "盖", "项"];
    let inside = bare.strip_prefix(['（', '(', '【', '[']).and_then(|rest| rest.strip_suffix(['）', ')', '】', ']', '。']));
    inside.is_some_and(|inside| WORDS.iter().any(|word| inside.contains(word)))
}
