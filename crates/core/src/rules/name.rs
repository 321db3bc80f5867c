//! 姓名: every row needs one, and nothing but a name.

use compact_str::CompactString;

use crate::diagnostic::Code;
use crate::recognize::is_ditto;
use crate::register::Reading;
use crate::scheme::Field;
use crate::value::{NameFault, PersonName};

pub(crate) fn read(reading: &mut Reading<'_>) {
    if !reading.scheme().has(Field::Name) {
        return;
    }
    let label = |reading: &Reading<'_>| reading.label(Some(Field::Name));
    let Some(given) = reading.given_whole(Field::Name) else {
        reading.report(
            Code::NameMissing,
            Field::Name,
            format!("没有填「{}」", label(reading)),
            "请补上姓名；填的是上一个人的话请并到他那一行，没有用请整行删去",
        );
        return;
    };
    if let Some((fault, hint)) = given.failed_formula() {
        reading.report(Code::NameInvalid, Field::Name, format!("「{}」{fault}", label(reading)), hint);
        reading.person.name = given.text.as_ref().into();
        return;
    }
    if let Some((fault, hint)) = stand_in(&given.text) {
        reading.report(Code::NameInvalid, Field::Name, format!("姓名写的是「{}」，{fault}", given.text), hint);
        reading.person.name = given.text.as_ref().into();
        return;
    }
    match PersonName::parse(&given.text) {
        Ok(name) => {
            reading.keep_written(Field::Name, &given.text, name.as_str());
            if name.has_private_character() {
                let message = format!("姓名「{}」里有自造字或未定义的字，别的电脑上可能显示不出来", given.text);
                reading.report(Code::NamePrivateCharacter, Field::Name, message, "请用输入法里的标准字重打；打不出的请在打印后手写");
            }
            reading.person.name = name.as_str().into();
        }
        // `given` is never blank; a text of combining marks alone can still be
        Err(NameFault::Blank) => reading.report(Code::NameMissing, Field::Name, format!("没有填「{}」", label(reading)), "请补上姓名"),
        Err(NameFault::Character(c)) => {
            let message = format!("姓名「{}」里有{}，姓名只能是汉字、字母和间隔号「·」", given.text, in_words(c));
            reading.report(Code::NameInvalid, Field::Name, message, hint_for(c));
            reading.person.name = given.text.as_ref().into();
        }
    }
}

fn in_words(c: char) -> String {
    match c {
        '\n' => "换行，像是写了不止一个人".to_owned(),
        _ if c.is_control() => "看不见的控制字符".to_owned(),
        _ => format!("「{c}」"),
    }
}

/// What to do about a character that is none of a name.
fn hint_for(c: char) -> &'static str {
    match c {
        '\n' => "一行只写一个人，请分成几行",
        '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' => "请只留姓名，括号里的说明写到别的列",
        '、' | '/' | '／' | '，' | ',' | ';' | '；' => "一行只写一个人，请分成几行；只有一个人的请去掉符号",
        '*' | '＊' | '×' => "请写全名，不要遮住",
        '?' | '？' | '□' | '〓' | '\u{FFFD}' | '\u{2FF0}'..='\u{2FFF}' => {
            "这里像是有个打不出的字，请对照身份证用能打生僻字的输入法重打"
        }
        _ if c.is_numeric() => "请去掉数字；同名的人用身份证号码或手机号区分",
        _ => "请对照身份证改正",
    }
}

/// What is wrong with words that stand in the place of a name, and what to do.
fn stand_in(text: &str) -> Option<(&'static str, &'static str)> {
    if is_ditto(text) {
        return Some(("意思是同上，看不出是谁", "请写出姓名；和上一行是同一个人的请并到上一行"));
    }
    is_nobody_yet(text).then_some(("不是人名", "请写出姓名；人还没有定下来的，请先整行删去，定了再补报"))
}

/// Whether the words say that nobody is there yet: 待定, （空缺）.
fn is_nobody_yet(text: &str) -> bool {
    const WORDS: [&str; 14] =
        ["待定", "待补", "待补充", "待补选", "待选", "待查", "待核实", "未定", "暂缺", "空缺", "缺额", "缺员", "不详", "未知"];
    let words: CompactString = text.chars().filter(|c| c.is_alphabetic()).collect();
    WORDS.contains(&words.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_not_known_yet_is_told_from_a_name() {
        for text in ["待定", "（待定）", "待 定", "暂缺", "空缺", "待补充"] {
            assert!(is_nobody_yet(text), "{text}");
        }
        for text in ["张待定", "空灵", "暂", "王缺", "缺", ""] {
            assert!(!is_nobody_yet(text), "{text}");
        }
    }
}
