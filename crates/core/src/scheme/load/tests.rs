//! The built-in texts, an edited scheme that passes, and every fault with its line.

use super::*;
use crate::scheme::{CellContent, Field};

/// The built-in texts with the first `old` of a file replaced by `new`.
fn edited(edits: &[(&str, &str, &str)]) -> [String; 3] {
    let mut texts = mingce_templates::FILES.map(|(_, text)| text.to_owned());
    for (file, old, new) in edits {
        let place = mingce_templates::FILES.iter().position(|(name, _)| name == file).unwrap();
        assert!(texts[place].contains(old), "{file} holds no {old}");
        texts[place] = texts[place].replacen(old, new, 1);
    }
    texts
}

fn texts(texts: &[String; 3]) -> SchemeText<'_> {
    SchemeText { scheme: &texts[0], form: &texts[1], roster: &texts[2] }
}

#[test]
fn the_built_in_scheme_has_no_fault() {
    assert_eq!(Scheme::check(&SchemeText::BUILT_IN), []);
    let scheme = Scheme::built_in();
    assert!(scheme.fields.iter().map(|spec| spec.field).eq(scheme_order()));
    assert_eq!(scheme.roster.columns.len(), 11);
    assert_eq!(scheme.form.rows.len(), 13);
}

/// All known fields, in the order of the built-in file.
fn scheme_order() -> impl Iterator<Item = Field> {
    Field::known()
}

#[test]
fn options_are_known_without_their_ending_and_with_another() {
    let scheme = Scheme::built_in();
    for (option, words) in [(0, ["尊老", "尊老志愿服务"]), (1, ["爱幼", "爱幼服务"]), (2, ["帮农民工", "帮农民工志愿服务"])]
    {
        for word in words {
            assert!(scheme.options(Field::Services)[option].aliases.iter().any(|alias| alias == word), "{word}");
        }
    }
}

#[test]
fn an_edited_scheme_flows_into_the_structs() {
    let edited = edited(&[
        ("scheme.toml", "  { label = \"助残服务\"", "  \"应急服务\",\n  { label = \"助残服务\""),
        ("scheme.toml", "[field.sex]", "[field.nation]\nlabel = \"民族\"\naliases = [\"民 族 成 份\"]\n\n[field.sex]"),
        ("form.toml", "党员志愿者登记表\"\n\n#", "志愿者报名表\"\n\n#"),
        (
            "form.toml",
            "{ label = \"major\" },\n  { answer = \"major\" }",
            "{ label = \"nation\", text = \"民 族\" },\n  { answer = \"nation\" }",
        ),
        ("roster.toml", "least = 10, most = 12 }", "least = 10 },\n  { heading = \"族别\", from = [\"nation\"] }"),
    ]);
    let scheme = Scheme::from_texts(&texts(&edited)).unwrap();
    assert_eq!(scheme.form.title, "志愿者报名表");
    let services: Vec<&str> = scheme.options(Field::Services).iter().map(|option| option.label.as_str()).collect();
    assert_eq!(services, ["尊老服务", "爱幼志愿服务", "帮农民工服务", "应急服务", "助残服务"]);
    assert!(scheme.options(Field::Services)[3].aliases.iter().any(|alias| alias == "应急"));

    let nation = Field::Own(0);
    assert_eq!((scheme.own_fields[0].as_str(), nation.key(&scheme), scheme.label(nation)), ("nation", "nation", "民族"));
    assert_eq!(scheme.fields[1].field, nation, "fields keep the order of the file");
    assert!(scheme.fields[1].aliases.iter().any(|alias| alias == "族别"), "what is printed can be read");
    assert!(scheme.form.rows[2].cells.iter().any(|cell| cell.content == CellContent::Answer { field: nation }));
    assert_eq!(scheme.roster.columns[3].from, [nation]);
    let column = &scheme.roster.columns[3];
    assert!((11.0..20.0).contains(&column.least.0) && column.most.0 > column.least.0, "{column:?}");
    // the profession is no longer asked for, which is nobody's fault
    assert_eq!(Scheme::check(&texts(&edited)), []);
}

#[test]
fn the_form_has_room_for_another_row() {
    let row = "[[row]]\nheight = 10\ncells = [{ label = \"nation\" }, { answer = \"nation\", columns = 6 }]\n\n[[row]]\nheight = 15";
    let edited = edited(&[
        ("scheme.toml", "[field.sex]", "[field.nation]\nlabel = \"民族\"\n\n[field.sex]"),
        ("form.toml", "[[row]]\nheight = 15", row),
    ]);
    assert_eq!(Scheme::check(&texts(&edited)), []);
}

#[test]
fn a_known_field_can_be_dropped_with_its_cells() {
    let edited = edited(&[
        ("scheme.toml", "[field.qq]\nlabel = \"QQ\"", "[field.wechat]\nlabel = \"微信\""),
        ("scheme.toml", "not = [\"QQ群\", \"微信\", \"微信号\"]\n", ""),
        ("form.toml", "label = \"qq\", text = \"Q Q\"", "label = \"wechat\""),
        ("form.toml", "answer = \"qq\"", "answer = \"wechat\""),
    ]);
    let scheme = Scheme::from_texts(&texts(&edited)).unwrap();
    assert!(!scheme.has(Field::Qq));
    assert!(scheme.has(Field::Own(0)));
}

#[test]
fn a_field_may_claim_what_was_a_look_alike_or_the_offices_own() {
    let own = "[field.native_place]\nlabel = \"籍贯\"\n[field.remark]\nlabel = \"备注\"\n[field.sex]";
    let edited = edited(&[("scheme.toml", "[field.sex]", own)]);
    let scheme = Scheme::from_texts(&texts(&edited)).unwrap();
    assert!(scheme.fields.iter().all(|spec| !spec.not.iter().any(|label| label == "籍贯")));
    assert!(!scheme.foreign_labels.iter().any(|label| label == "备注"));
    // neither is printed anywhere, and that is worth a word
    let notices = Scheme::check(&texts(&edited));
    assert_eq!(notices.len(), 2);
    assert!(notices.iter().all(|notice| notice.severity == Severity::Warning && notice.message.contains("不会印出")));
}

#[test]
fn what_notepad_adds_is_no_fault() {
    let notepad = mingce_templates::FILES.map(|(_, text)| format!("\u{FEFF}{}", text.replace('\n', "\r\n")));
    assert_eq!(Scheme::check(&texts(&notepad)), []);
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_files_and_lines() {
    let edited = edited(&[
        ("roster.toml", "[\"seq\"]", "[\"sqe\"]"),
        ("scheme.toml", "participation = 0.5", "participation = 50"),
        ("form.toml", "height = 10\n", "hieght = 10\n"),
        ("scheme.toml", "label = \"姓名\"\n", ""),
    ]);
    let faults = Scheme::from_texts(&texts(&edited)).unwrap_err().0;
    let keys: Vec<(&str, &str)> = faults.iter().map(|fault| (fault.file, fault.key.as_str())).collect();
    let expected = [
        ("scheme.toml", "rules.participation"),
        ("scheme.toml", "field.name.label"),
        ("form.toml", "row.hieght"),
        ("roster.toml", "columns.from"),
    ];
    assert_eq!(keys, expected);
}

/// An edit of the built-in texts, and the one fault it makes: words of its line, its key, words of its message.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

#[test]
fn every_fault_names_its_line_its_key_and_what_to_do() {
    let wrong: Vec<String> = CASES.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the case expects and does not get.
fn wrong((file, old, new, line, key, message): &Case) -> Option<String> {
    let edited = edited(&[(file, old, new)]);
    let faults = Scheme::check(&texts(&edited));
    let place = mingce_templates::FILES.iter().position(|(name, _)| name == file)?;
    let is_expected = |fault: &Fault| {
        let found = edited[place].lines().nth(fault.line - 1).unwrap_or_default();
        fault.file == *file && fault.key == *key && found.contains(line) && fault.message.contains(message)
    };
    let shown = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n  ");
    (faults.len() != 1 || !faults.iter().all(is_expected)).then(|| format!("「{new}」 gives\n  {shown}"))
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    // TOML itself
    ("scheme.toml", "label = \"性别\"", "label = “性别”", "“性别”", "", "中文标点「“」"),
    ("scheme.toml", "label = \"性别\"", "label = 性别", "label = 性别", "", "英文引号"),
    ("scheme.toml", "label = \"性别\"", "label = \"性别", "性别", "", "少了后面的英文引号"),
    ("scheme.toml", "label = \"性别\"", "label \"性别\"", "性别", "", "少了英文等号"),
    ("scheme.toml", "label = \"性别\"", "label = \"性别\"\nlabel = \"男女\"", "男女", "", "只能写一次"),
    ("scheme.toml", "[field.sex]", "[field.name]\n[field.sex]", "[field.name]", "", "只能写一次"),
    ("scheme.toml", "[field.sex]", "[field.sex", "[field.sex", "", "方括号没有配对"),
    ("scheme.toml", "participation = 0.5", "participation = 50%", "50%", "", "百分号"),
    ("form.toml", "{ label = \"birth\" },", "{ label = \"birth\" }，", "birth", "", "中文标点「，」"),
    // keys and kinds of values
    ("scheme.toml", "label = \"性别\"", "label = \"性别\"\nalias = [\"男女\"]", "alias =", "field.sex.alias", "不认识这个键"),
    ("scheme.toml", "label = \"性别\"\n", "label = \"性别\"\nrequird = true\n", "requird", "field.sex.requird", "是不是「required」"),
    ("scheme.toml", "document_number =", "document_nubmer =", "document_nubmer", "document_nubmer", "是不是「document_number」"),
    ("scheme.toml", "label = \"性别\"\n", "", "[field.sex]", "field.sex.label", "没有写"),
    ("scheme.toml", "label = \"性别\"", "label = \" 　\"", "label = \" 　\"", "field.sex.label", "是空的"),
    ("scheme.toml", "label = \"性别\"", "label = 5", "label = 5", "field.sex.label", "写成了数字 5，这里应是文字"),
    ("scheme.toml", "required = true\n", "required = \"是\"\n", "\"是\"", "field.name.required", "true（是）或 false（否）"),
    ("scheme.toml", "not = [\"曾用名\", \"英文名\"]", "not = \"曾用名\"", "曾用名", "field.name.not", "方括号"),
    ("scheme.toml", "not = [\"曾用名\", \"英文名\"]", "not = [\"曾用名\", 3]", "曾用名", "field.name.not", "写成了数字 3"),
    // fields
    ("scheme.toml", "required = true\n", "required = false\n", "required = false", "field.name.required", "总是必填"),
    ("scheme.toml", "label = \"照片\"", "label = \"照片\"\nrequired = true", "required", "field.photo.required", "不能设为必填"),
    ("scheme.toml", "[field.sex]", "[field.nation]\nlabel = \"民族\"\noptions = [\"汉族\"]\n[field.sex]", "options = [\"汉族\"]", "field.nation.options", "不能新增选择项，只能新增文本字段"),
    ("scheme.toml", "label = \"性别\"", "label = \"性别\"\noptions = [\"男\", \"女\"]", "\"男\", \"女\"", "field.sex.options", "不能新增选择项"),
    ("scheme.toml", "label = \"性别\"", "label = \"性别\"\ntype = \"text\"", "type =", "field.sex.type", "不能规定字段的类型"),
    ("scheme.toml", "[field.sex]", "[field.\"民族\"]\nlabel = \"民族\"\n[field.sex]", "民族", "field.民族", "小写英文字母"),
    ("scheme.toml", "[field.sex]", "[field.sexx]\nlabel = \"生理性别\"\n[field.sex]", "[field.sexx]", "field.sexx", "如果本意是「sex」"),
    // labels
    ("scheme.toml", "label = \"性别\"\naliases = [", "label = \"性别\"\naliases = [\"职 务\", ", "label = \"职务\"", "field.position.label", "已经是「性别」的叫法"),
    ("scheme.toml", "label = \"性别\"\naliases = [", "label = \"性别\"\naliases = [\"报名人\", ", "\"报名人\", \"男/女\"", "field.sex.aliases", "已经是「姓名」的叫法"),
    ("scheme.toml", "not = [\"曾用名\"", "not = [\"真实姓名\"", "\"真实姓名\", \"您的姓名\"", "field.name.aliases", "既在 aliases 里又在 not 里"),
    ("scheme.toml", "\"单位及职务\"", "\"单位名称\"", "\"单位名称\", \"单位和职务\"", "combined.aliases", "已经是「工作单位」的叫法"),
    ("scheme.toml", "fields = [\"employer\", \"position\"]", "fields = [\"employer\"]", "fields =", "combined.fields", "应是两个不同的字段"),
    ("scheme.toml", "fields = [\"employer\", \"position\"]", "fields = [\"employer\", \"postion\"]", "fields =", "combined.fields", "是不是「position」"),
    ("scheme.toml", "[field.seq]", "[field.branch_two]\nlabel = \"所在党支部\"\n[field.seq]", "label = \"所在党支部\"", "field.branch_two.label", "已经是「所在党支部」的叫法"),
    // options
    ("scheme.toml", "label = \"节假日\"", "label = \"双休日\"", "双休日", "field.availability.options", "已经是「双休日」的叫法"),
    ("scheme.toml", "other = { label = \"其他时间\"", "other = { label = \"随时\"", "随时可以", "field.availability.options.aliases", "已经是「随时」的叫法"),
    ("scheme.toml", "options = [\n  { label = \"机关党员干部\", aliases = [\"机关干部\", \"机关党员\", \"机关\", \"党员干部\", \"机关工作人员\", \"公务员\"] },\n]", "options = []", "options = []", "field.occupation.options", "没有选项"),
    ("scheme.toml", "\"自领\"", "\"充值\"", "\"充值\", \"领取\"", "field.subsidy.options.aliases", "已经是「手机充值」的叫法"),
    ("scheme.toml", "label = \"节假日\"", "lable = \"节假日\"", "lable", "field.availability.options.lable", "是不是「label」"),
    // rules
    ("scheme.toml", "participation = 0.5", "participation = 1.01", "1.01", "rules.participation", "0 到 1 之间"),
    ("scheme.toml", "participation = 0.5", "participation = -0.1", "-0.1", "rules.participation", "0 到 1 之间"),
    ("scheme.toml", "team_smallest = 5", "team_smallest = 0", "= 0", "rules.team_smallest", "1 到 1000"),
    ("scheme.toml", "team_smallest = 5", "team_smallest = 11", "= 11", "rules.team_smallest", "11 大于 team_largest 的 10"),
    ("scheme.toml", "team_largest = 10", "team_largest = 10.5", "10.5", "rules.team_largest", "应是整数"),
    ("scheme.toml", "services_fewest = 1", "services_fewest = 5", "= 5", "rules.services_fewest", "0 到 4"),
    ("scheme.toml", "subsidy_most = 1", "subsidy_most = 0", "= 0", "rules.subsidy_most", "1 到 3"),
    ("scheme.toml", "age_oldest = 120", "age_oldest = 12", "age_youngest", "rules.age_youngest", "16 大于 age_oldest 的 12"),
    ("scheme.toml", "joining_age = 18", "# joining_age = 18", "[rules]", "rules.joining_age", "没有写"),
    ("scheme.toml", "[rules]", "[rule]", "[rule]", "rule", "是不是「rules」"),
    // form
    ("form.toml", "text = \"Q Q\"", "text = \"Q Q\", instruction = \"填数字\"", "填数字", "row.cells.instruction", "不认识这个键"),
    ("form.toml", "[font.cell]", "[font.cells]", "[font.cells]", "font.cells", "是不是「cell」"),
    ("form.toml", "answer = \"sex\"", "answer = \"sxe\"", "sxe", "row.cells.answer", "是不是「sex」"),
    ("form.toml", "answer = \"sex\"", "answer = \"hobby\"", "hobby", "row.cells.answer", "请先在 scheme.toml 里写上 [field.hobby]"),
    ("form.toml", "answer = \"email\", columns = 3", "answer = \"email\", columns = 2", "[[row]]", "row.cells", "加起来是 6，应是 7"),
    ("form.toml", "  { label = \"education\" },\n", "", "[[row]]", "row.cells", "加起来是 5，应是 6（共 7 列，1 列被上面的格子占住）"),
    ("form.toml", "rows = 4", "rows = 40", "rows = 40", "row.cells.rows", "连这一行在内只剩 13 行"),
    ("form.toml", "columns = 3", "columns = 0", "columns = 0", "row.cells.columns", "1 到 63"),
    ("form.toml", "[25.2, ", "[35.2, ", "[35.2", "column_widths", "版心只有 156 毫米宽"),
    ("form.toml", "height = 35", "height = 130", "height = 130", "row.height", "各行高度加到这里有 251 毫米"),
    ("form.toml", "{ answer = \"sex\" }", "{ answer = \"sex\", choice = \"services\" }", "services", "row.cells", "写了 answer、choice"),
    ("form.toml", "{ answer = \"sex\" }", "{ columns = 1 }", "{ columns = 1 }", "row.cells", "一样也没写"),
    ("form.toml", "{ answer = \"sex\" }", "{ choice = \"sex\" }", "choice = \"sex\"", "row.cells.choice", "「性别」没有选项"),
    ("form.toml", "choice = \"services\"", "answer = \"services\"", "answer = \"services\"", "row.cells.answer", "「服务意向」是选择项"),
    ("form.toml", "align = \"left\"", "align = \"middle\"", "middle", "row.cells.align", "\"centre\"（居中）"),
    ("form.toml", "size = 12", "size = 200", "size = 200", "font.cell.size", "1 到 100 磅"),
    ("form.toml", "left = 28", "left = 280", "[page]", "page", "页边距比纸还大"),
    ("form.toml", "text = \"性 别\"", "text = \"职 务\"", "职 务", "row.cells.label", "会认成「职务」"),
    // roster
    ("roster.toml", "heading = \"姓名\", ", "", "from = [\"name\"]", "columns.heading", "没有写"),
    ("roster.toml", "from = [\"name\"]", "from = []", "from = []", "columns.from", "没有写字段"),
    ("roster.toml", "from = [\"name\"]", "from = [\"photo\"]", "photo", "columns.from", "不能列入名册"),
    ("roster.toml", "least = 16, most = 34", "least = 20, most = 19", "least = 20", "columns.least", "下限 20 大于上限 19"),
    ("roster.toml", "least = 16, most = 34", "least = 118, most = 134", "columns = [", "columns.least", "版心只有 257 毫米宽"),
    ("roster.toml", "page_numbers = \"centre\"", "page_numbers = \"top\"", "\"top\"", "page_numbers", "写成了「top」"),
    ("roster.toml", "heading = \"姓名\"", "heading = \"职务\"", "职务", "columns", "会认成「职务」"),
    ("roster.toml", "heading = \"专业特长\"", "heading = \"本领\"", "本领", "columns", "读回来时不认得"),
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever is cut out of a file or put into it, the faults lie within it and nothing panics.
    #[test]
    fn a_damaged_file_ends_in_faults(file in 0_usize..3, at in 0.0..1.0_f64, cut in 0_usize..60, put in "[\\[\\]{}=\",0-9a-z中“，\\n ]{0,6}") {
        let mut damaged = mingce_templates::FILES.map(|(_, text)| text.to_owned());
        let letters: Vec<char> = damaged[file].chars().collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short text")]
        let at = (at * letters.len() as f64) as usize;
        damaged[file] = letters.iter().take(at).copied().chain(put.chars()).chain(letters.iter().skip(at + cut).copied()).collect();
        for fault in Scheme::check(&texts(&damaged)) {
            let place = mingce_templates::FILES.iter().position(|(name, _)| *name == fault.file).unwrap();
            proptest::prop_assert!((1..=damaged[place].lines().count() + 1).contains(&fault.line), "{fault}");
            proptest::prop_assert!(!fault.message.is_empty());
        }
    }
}
