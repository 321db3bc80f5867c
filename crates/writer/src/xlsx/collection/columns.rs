//! The columns of the collection workbook: every field of the scheme that a person answers, in its order.

use mingce_core::scheme::{Field, FieldSpec, Scheme};

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// The field's label.
    pub(super) label: String,
    /// The heading, by which the column is known when it comes back.
    pub(super) heading: String,
    /// What the note says.
    pub(super) guide: String,
    /// What may be typed.
    pub(super) check: Check,
    /// Whether it must be answered.
    pub(super) is_required: bool,
    /// Its width in characters.
    pub(super) width: f64,
}

/// What may be typed into a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Check {
    /// Anything.
    Text,
    /// Anything; this is said when the cell is entered.
    Hint(&'static str),
    /// One of these.
    List {
        /// The choices, in their order.
        choices: Vec<String>,
        /// Whether something else may stand too, after a warning.
        is_open: bool,
    },
    /// A text of so many characters.
    Id(u32),
    /// A mobile number.
    Mobile,
}

/// Words for 学历, highest last, that every rule and summary knows.
const EDUCATION: [&str; 8] = ["小学", "初中", "高中", "中专", "大专", "大学本科", "硕士研究生", "博士研究生"];

/// Words for 政治面貌 of those whom the notice calls on.
const STATUS: [&str; 4] = ["中共党员", "预备党员", "入党积极分子", "发展对象"];

/// What ticks an option.
const TICK: &str = "√";

/// What would part an option's words when its heading is read.
const PARTINGS: [char; 16] = ['(', ')', '（', '）', '[', ']', '【', '】', ':', '：', '-', '—', '_', '/', '|', '\n'];

/// The columns of this scheme.
pub(super) fn of(scheme: &Scheme) -> Vec<Column> {
    // these are nothing that a line of a sheet can answer
    let asked = scheme.fields.iter().filter(|spec| !matches!(spec.field, Field::Photo | Field::SignedOn | Field::Seq));
    asked.flat_map(|spec| of_field(spec, scheme)).collect()
}

fn of_field(spec: &FieldSpec, scheme: &Scheme) -> Vec<Column> {
    if spec.field.is_choice() && is_ticked(spec.field, scheme) { of_options(spec, scheme) } else { vec![of_answer(spec, scheme)] }
}

/// Whether several options may be chosen.
fn is_ticked(field: Field, scheme: &Scheme) -> bool {
    match field {
        Field::Services | Field::Availability => true,
        Field::Subsidy => scheme.rules.subsidy_most > 1,
        _ => false,
    }
}

/// A column for each option, and one for what else may be written.
fn of_options(spec: &FieldSpec, scheme: &Scheme) -> Vec<Column> {
    let (label, star) = (&spec.label, star(spec));
    let how_many = match spec.field {
        Field::Services => format!("至少选 {} 项，可以多选。", scheme.rules.services_fewest),
        Field::Subsidy => format!("最多选 {} 项。", scheme.rules.subsidy_most),
        _ => "可以多选。".to_owned(),
    };
    let column = |heading: String, guide: String, check: Check, width: f64| Column {
        label: label.to_string(),
        heading,
        guide,
        check,
        is_required: spec.required,
        width,
    };
    let mut columns: Vec<Column> = spec
        .options
        .iter()
        .map(|option| {
            let option = &option.label;
            // the heading is parted at its last bracket
            let heading = if option.contains(PARTINGS) { option.to_string() } else { format!("{label}{star}（{option}）") };
            let list = Check::List { choices: vec![TICK.to_owned()], is_open: false };
            column(heading, format!("选「{option}」的，从下拉列表里选 √；不选的留空。{how_many}"), list, 11.0)
        })
        .collect();
    if let Some(other) = &spec.other {
        let guide = format!("选「{}」的，在这里写明，如「工作日晚上」；没有的留空。", other.label);
        columns.push(column(format!("{label}{star}（{}）", other.label), guide, Check::Text, 16.0));
    }
    columns
}

fn of_answer(spec: &FieldSpec, scheme: &Scheme) -> Column {
    let (check, width, words) = how(spec, scheme);
    let must = if spec.required { "必填。" } else { "" };
    Column {
        label: spec.label.to_string(),
        heading: format!("{}{}", spec.label, star(spec)),
        guide: format!("{must}{words}"),
        check,
        is_required: spec.required,
        width,
    }
}

fn star(spec: &FieldSpec) -> &'static str {
    if spec.required { "*" } else { "" }
}

/// What may be typed as the answer to this field, how wide it is, and how it is asked for.
fn how(spec: &FieldSpec, scheme: &Scheme) -> (Check, f64, String) {
    let list = |choices: &[&str], is_open| Check::List { choices: choices.iter().map(|choice| (*choice).to_owned()).collect(), is_open };
    let text = |width, words: &str| (Check::Text, width, words.to_owned());
    match spec.field {
        Field::Name => text(11.0, "与身份证一致。少数民族姓名中间的点用「·」，不加括号和备注。"),
        Field::Sex => (list(&["男", "女"], false), 7.0, "从下拉列表里选；没填身份证号码的必填。".to_owned()),
        Field::Birth => {
            (Check::Hint("年和月用点隔开，月份写两位，如 1985.06"), 11.0, "如 1985.06，与身份证一致；没填身份证号码的必填。".to_owned())
        }
        Field::JoinedParty => (
            Check::Hint("支部大会通过为预备党员的年月，如 2006.07；入党积极分子留空"),
            11.0,
            "支部大会通过为预备党员的年月，不是转正时间，如 2006.07；入党积极分子留空。".to_owned(),
        ),
        Field::Education => (list(&EDUCATION, true), 12.0, "从下拉列表里选最高学历。".to_owned()),
        Field::PartyStatus => (list(&STATUS, false), 13.0, "从下拉列表里选。".to_owned()),
        Field::IdNumber => (Check::Id(18), 22.0, "18 位。这一列已设为文本，直接输入；不要改成数字，否则后几位会变成 0。".to_owned()),
        Field::Mobile => (Check::Mobile, 14.0, "11 位手机号码，只填一个。".to_owned()),
        Field::Phone => text(16.0, "单位电话，带区号，如 0519-80001234。"),
        Field::Postcode => text(9.0, "6 位。"),
        Field::Height => text(7.0, "厘米，如 172。"),
        Field::Email => text(22.0, "如 name@example.com。"),
        Field::Qq => text(13.0, "QQ 号码。"),
        Field::Employer => text(24.0, "工作单位全称；没有工作单位的填所在的村或社区。"),
        Field::Position => text(12.0, "职务，没有的留空。"),
        Field::Address => text(28.0, "现在居住的地址。"),
        Field::Branch => text(20.0, "组织关系所在的党支部全称；参与率按它统计。"),
        Field::Experience => text(30.0, "参加过的志愿服务，没有的填「无」。"),
        field if field.is_choice() => {
            let choices = spec.options.iter().map(|option| option.label.to_string()).collect();
            let words = match field {
                Field::Subsidy => format!("从下拉列表里选一项（仅能限选 {} 项）。", scheme.rules.subsidy_most),
                _ => "是的从下拉列表里选，不是的留空。".to_owned(),
            };
            (Check::List { choices, is_open: false }, 14.0, words)
        }
        _ => text(14.0, "没有的留空。"),
    }
}
