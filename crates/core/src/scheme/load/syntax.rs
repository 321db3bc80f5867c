//! What the TOML parser's English says, in words a clerk knows.

use toml::de::Error;

/// Chinese punctuation that looks like the punctuation TOML wants.
const LOOK_ALIKES: [(char, &str); 12] = [
    ('“', "\""),
    ('”', "\""),
    ('‘', "\""),
    ('’', "\""),
    ('＂', "\""),
    ('，', ","),
    ('、', ","),
    ('＝', "="),
    ('［', "["),
    ('］', "]"),
    ('｛', "{"),
    ('｝', "}"),
];

/// Beginnings of the parser's messages, and their gist.
const GISTS: [(&str, &str); 16] = [
    ("duplicate key", "前面已经写过；同一个键（或同一段）只能写一次，请合并或删去一处"),
    ("string values must be quoted", "文字要放在一对英文引号里，例如 \"姓名\"；数字和 true、false 不用引号"),
    ("invalid basic string", "文字少了后面的英文引号"),
    ("missing opening quote", "文字少了前面的英文引号"),
    ("invalid literal string", "文字少了后面的英文引号"),
    ("missing comma", "项与项之间少了英文逗号"),
    ("extra assignment", "项与项之间少了英文逗号"),
    ("unclosed array", "方括号没有配对，少了 ]"),
    ("unexpected `=` in array", "前面的方括号没有配对，少了 ]"),
    ("unclosed inline table", "花括号没有配对，少了 }"),
    ("unclosed table", "段名的方括号没有配对，例如 [field.name]"),
    ("invalid unquoted key", "键只能用英文字母、数字和下划线；中文要写在等号右边的引号里"),
    ("key with no value", "少了英文等号，应写成 键 = 值"),
    ("unexpected key or value", "一行只能写一个「键 = 值」；请换行，说明文字前面加 #"),
    ("invalid boolean", "应写成 true 或 false，全小写"),
    ("missing escaped value", "文字里的反斜杠要写两遍（\\\\）"),
];

/// The message for a syntax error in this text.
pub(crate) fn message(error: &Error, text: &str) -> String {
    let span = error.span().unwrap_or(text.len()..text.len());
    let rest = text.get(span.start..).unwrap_or_default();
    if let Some((found, wanted)) = LOOK_ALIKES.iter().find(|(found, _)| rest.starts_with(*found)) {
        return format!("这里是中文标点「{found}」，要换成英文的 {wanted}");
    }
    let english = error.message();
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
    let gist = GISTS.iter().find(|(beginning, _)| english.starts_with(beginning)).map(|(_, gist)| *gist);
    let gist = match gist {
        Some(gist) if !(is_number && english.starts_with("string")) => gist,
        _ if is_number => "数字的写法不对；例如 10、0.5，前面不补 0，不带单位和百分号",
        _ => "写法不符合 TOML；请对照 mingce scheme init 写出的文件检查引号、逗号、括号和等号",
    };
    let found = text.get(span).unwrap_or_default().lines().next().unwrap_or_default().trim();
    if found.is_empty() || found.chars().count() > 30 { gist.to_owned() } else { format!("「{found}」{gist}") }
}
