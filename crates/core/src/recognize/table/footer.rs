//! What the words of a line without a person say: a total, a note, a signature, an example.
//!
//! Only words are judged here; where they stand, and what stands beside them, is judged in `lines`.

use compact_str::CompactString;

use crate::text::{fold_label, fold_width, is_blank_character, is_dash};

const TOTALS: [&str; 12] =
    ["合计", "小计", "总计", "共计", "累计", "总人数", "人数", "总数", "本页合计", "本页小计", "人数合计", "合计人数"];
/// Words that begin an example, whatever follows.
const EXAMPLES: [&str; 15] = [
    "例:", "例：", "例如", "例子", "示例", "样例", "样表", "样张", "举例", "填写示例", "填写样例", "填写范例", "填表示例", "范例:",
    "范例：",
];
/// Words that are an example where nothing but a number or sign follows: a name may begin with them.
const WHOLE_EXAMPLES: [&str; 7] = ["例", "样", "范例", "范本", "样本", "参考", "模板"];
/// Words that begin a footer; they count only with a colon behind them or alone.
const NOTES: [&str; 42] = [
    "填表人", "填报人", "填写人", "制表人", "制表", "制表单位", "制表日期", "制表时间", "审核人", "审核", "复核人", "复核", "审批",
    "负责人", "单位负责人", "主要负责人", "分管领导", "主要领导", "经办人", "联系人", "联系电话", "填表日期", "填报日期", "填表时间",
    "填报时间", "上报日期", "上报时间", "日期", "备注", "说明", "注", "附注", "附", "注意", "注意事项", "填表说明", "填写说明", "盖章",
    "签字", "签名", "书记签字", "书记签名",
];
/// Words that begin a footer whatever follows.
const CLOSING_NOTES: [&str; 13] = [
    "以下空白", "以下无正文", "以下为空", "此页无正文", "以上内容属实", "以上情况属实", "特此说明", "此表", "本表", "本名册", "※",
    "填表要求", "填写要求",
];
/// What somebody signs or seals.
const SIGNATURES: [&str; 5] = ["签字", "签名", "签章", "盖章", "公章"];
/// Words that a sentence to the reader begins with.
const ADDRESSES: [&str; 9] = ["请", "以上", "以下", "上述", "如有", "如", "凡", "各", "本"];
/// Shortest text, in characters, that is taken for a sentence by its first word.
const SHORTEST_SENTENCE: usize = 8;

/// Whether the words begin a total: 合计, 共计12人, 以上共2人, 党员小计.
pub(super) fn is_total(text: &str) -> bool {
    let folded = fold_label(text);
    let is_count = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '共' | '人'));
    let word = TOTALS.iter().find(|word| folded.starts_with(**word));
    if word.is_some_and(|word| folded.len() == word.len() || is_count(&folded[word.len()..]))
        || TOTALS[..4].iter().any(|word| folded.ends_with(word))
    {
        return true;
    }
    if counts_kinds(&folded) {
        return true;
    }
    if TOTALS.iter().any(|word| text.trim_start().strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with(['：', ':']))) {
        return true;
    }
    let counted = folded.strip_prefix("以上").unwrap_or(&folded);
    counted.strip_prefix('共').is_some_and(|rest| {
        rest.trim_start_matches(['有', '计']).starts_with(|c: char| c.is_ascii_digit())
            && ["人", "名", "位", "党员", "志愿者", "户"].iter().any(|ending| rest.ends_with(ending))
    })
}

/// Whether the words begin a note or footer: 填表人：, 备注, 注：1.…, 本表….
pub(super) fn is_note(text: &str) -> bool {
    let folded = fold_label(text);
    let text: CompactString = text.chars().filter(|c| !is_blank_character(*c)).collect();
    if CLOSING_NOTES.iter().any(|word| folded.starts_with(word) || text.starts_with(word)) {
        return true;
    }
    NOTES.iter().any(|word| {
        let Some(rest) = text.strip_prefix(word) else { return false };
        let rest = rest.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')']).map(|(_, rest)| rest)).unwrap_or(rest);
        rest.is_empty() || rest.starts_with(['：', ':', '1', '１']) || (word == &"注" && rest.starts_with(['、', '.']))
    })
}

/// Whether the words are one of the labels a footer begins with, and nothing else: 填表人, 备注, 审核意见.
pub(super) fn is_note_label(text: &str) -> bool {
    let folded = fold_label(text);
    NOTES.iter().any(|word| folded == *word) || is_opinion(text)
}

/// Whether the words head an opinion that is written below a list: 审核意见, 党支部意见 同意.
pub(super) fn is_opinion(text: &str) -> bool {
    const ENDING: &str = "意见";
    let text = text.trim_matches(is_blank_character);
    let first = text.split(|c| is_blank_character(c) || matches!(c, '：' | ':' | '（' | '(')).next().unwrap_or(text);
    text.contains('见') && (first.ends_with(ENDING) || fold_label(text).ends_with(ENDING))
}

/// Whether the words, alone in their line, say that the list ends here or that it is right: END, — 完 —, 名单结束, 情况属实.
pub(super) fn is_ending(text: &str) -> bool {
    const WHOLE: [&str; 6] = ["end", "theend", "完", "完毕", "同意", "属实"];
    const ENDINGS: [&str; 6] = ["结束", "完毕", "全文完", "情况属实", "信息属实", "无异议"];
    const INSIDE: [&str; 4] = ["以下空白", "以下为空", "以下无", "无正文"];
    let letters: CompactString = fold_width(text).chars().filter(|c| c.is_alphabetic()).map(|c| c.to_ascii_lowercase()).collect();
    WHOLE.contains(&letters.as_str())
        || ENDINGS.iter().any(|word| letters.ends_with(word))
        || INSIDE.iter().any(|word| letters.contains(word))
}

/// Whether the words say that there is nothing and nobody: 无, 无 无 /.
pub(super) fn is_nothing(text: &str) -> bool {
    let said: CompactString =
        text.chars().filter(|c| !is_blank_character(*c) && !is_dash(*c) && !matches!(c, '/' | '。' | '（' | '）' | '(' | ')')).collect();
    !said.is_empty() && (said.chars().all(|c| c == '无') || matches!(said.as_str(), "暂无" | "没有"))
}

/// Whether the words are where somebody signs, or a date to be filled in: 支部书记签名, （盖章）, 年 月 日.
pub(super) fn is_signature(text: &str) -> bool {
    let word: CompactString = text.chars().filter(|c| !is_blank_character(*c) && !matches!(c, '（' | '）' | '(' | ')' | '_')).collect();
    let word = word.trim_end_matches(['：', ':']);
    SIGNATURES.iter().any(|ending| word.ends_with(ending)) || word == "年月日"
}

/// Whether the words are a whole date in words, as footers end with: 2014年4月20日.
pub(super) fn is_written_date(text: &str) -> bool {
    let is_number = |c: char| c.is_numeric() || matches!(c, '〇' | '○' | 'O' | '零' | '一'..='鿿');
    let text: CompactString = text.chars().filter(|c| !is_blank_character(*c)).collect();
    let parts =
        text.strip_suffix('日').and_then(|text| text.split_once('年')).and_then(|(year, rest)| Some((year, rest.split_once('月')?)));
    parts.is_some_and(|(year, (month, day))| {
        year.chars().count() <= 4
            && [year, month, day].iter().all(|part| !part.is_empty() && part.chars().count() <= 4 && part.chars().all(is_number))
    })
}

/// Whether the words are a sentence to the reader: 请各支部于4月30日前报送, 2、服务意向可多选；.
pub(super) fn is_sentence(text: &str) -> bool {
    let text = text.trim_matches(is_blank_character);
    let length = text.chars().count();
    let begins = ADDRESSES.iter().any(|word| text.starts_with(word)) && length >= SHORTEST_SENTENCE;
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '（' | '(' | '①'..='⑳'));
    let is_numbered = numbered.len() < text.len() && numbered.starts_with(['、', '.', '．', '）', ')']) && length >= SHORTEST_SENTENCE;
    begins || is_numbered || text.contains(['，', '。', '；', '！', '？'])
}

/// Whether a remark stands in brackets as a whole: （此表可复制）. A name in brackets is shorter.
pub(super) fn is_in_brackets(text: &str) -> bool {
    const SHORTEST: usize = 5;
    let bare = text.trim_matches(is_blank_character);
    let inside = |open: char, close: char| bare.strip_prefix(open)?.strip_suffix(close).filter(|inside| !inside.contains([open, close]));
    inside('（', '）').or_else(|| inside('(', ')')).is_some_and(|inside| inside.chars().count() >= SHORTEST)
}

/// Whether the words count people of several kinds and nothing else: 男2人，女3人，共5人.
fn counts_kinds(folded: &str) -> bool {
    let is_count = |part: &str| {
        let counted = part.strip_suffix(['人', '名']).unwrap_or("");
        let kind = counted.trim_end_matches(|c: char| c.is_ascii_digit());
        kind.len() < counted.len() && kind.chars().count() <= 6
    };
    let mut parts = folded.split(['，', ',', '、', '；', ';', '。']).filter(|part| !part.is_empty());
    parts.clone().count() > 1 && parts.all(is_count)
}

/// Whether the words say that a line is an example.
pub(super) fn is_example(text: &str) -> bool {
    let text = text.trim_matches(is_blank_character);
    let bare = text.trim_start_matches(['（', '(', '【', '[', '*', '※']);
    let whole = |word: &str| bare.strip_prefix(word).is_some_and(|rest| rest.chars().all(|c| !c.is_alphabetic()));
    // 例 张三: nobody has that surname
    bare.strip_prefix('例').is_some_and(|rest| rest.starts_with(is_blank_character))
        || EXAMPLES.iter().any(|word| bare.starts_with(word))
        || WHOLE_EXAMPLES.iter().any(|word| whole(word))
        || EXAMPLES[4..8].iter().chain(&["例", "范例"]).any(|word| {
            text.contains(['（', '('])
                && [("（", "）"), ("(", ")")].iter().any(|(open, close)| text.contains(&format!("{open}{word}{close}")))
        })
}

/// Whether a remark says that its line is an example.
pub(super) fn is_example_remark(text: &str) -> bool {
    const LONGEST: usize = 12;
    let bare = text.trim_start_matches(|c: char| is_blank_character(c) || matches!(c, '（' | '(' | '【' | '[' | '*' | '※'));
    let begins = ["示例", "样例", "范例", "填写示例", "填写样例", "填表示例"].iter().any(|word| bare.starts_with(word));
    begins && bare.chars().count() <= LONGEST
}

/// Whether the words begin a line that holds nobody, whatever stands beside them.
pub(crate) fn starts_like_a_footer(text: &str) -> bool {
    is_total(text) || is_note(text) || is_signature(text) || is_opinion(text)
}

/// Whether the words of a line of several cells are worth a closer look; nearly every person's line begins with a name,
/// and a name begins with none of these words and has no colon.
pub(super) fn may_begin_a_footer(text: &str) -> bool {
    let Some(first) = text.trim_start_matches(is_blank_character).chars().next() else { return true };
    let is_han = matches!(first, '\u{3400}'..='\u{9FFF}');
    // asked of every line: such a character is three bytes, which are compared without a call
    let mut bytes = [0; 4];
    let begin = first.encode_utf8(&mut bytes).as_bytes().first_chunk::<3>();
    !is_han
        || text.contains([':', '：', '计', '签', '章', '见'])
        || matches!(first, '共' | '以')
        || TOTALS.iter().chain(&NOTES).chain(&CLOSING_NOTES).any(|word| word.as_bytes().first_chunk() == begin)
}

/// Whether the words only number a page: 第2页, 第1页 共3页, — 2 —.
pub(super) fn is_page_number(text: &str) -> bool {
    let text: CompactString =
        text.chars().filter(|c| !is_blank_character(*c) && !matches!(c, '，' | ',' | '/' | '（' | '）' | '(' | ')')).collect();
    let is_count =
        |number: &str| (1..=4).contains(&number.chars().count()) && number.chars().all(|c| c.is_numeric() || is_han_number(c) || c == '_');
    let page = |text: &str, before: &str| text.strip_prefix(before).and_then(|rest| rest.strip_suffix('页')).is_some_and(is_count);
    let dashed = text.trim_matches(is_dash);
    let halves = text.split_once('页').map(|(first, second)| (format!("{first}页"), second));
    page(&text, "第")
        || page(&text, "共")
        || halves.is_some_and(|(first, second)| page(&first, "第") && page(second, "共") || page(&first, "共") && page(second, "第"))
        || dashed.len() + 2 <= text.len() && !dashed.is_empty() && dashed.bytes().all(|byte| byte.is_ascii_digit()) && dashed.len() <= 3
}

/// Whether the character is one of the digits that people number groups and pages by.
pub(super) fn is_han_number(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_from_names() {
        for text in [
            "合计",
            "合  计",
            "小计：",
            "共计12人",
            "总计：2人",
            "合计（人）",
            "合计人数：2",
            "共2人",
            "共 2 名党员",
            "以上共2人",
            "党员合计",
            "共有 12 名志愿者",
            "男2人，女3人，共5人",
            "党员 3 人、积极分子 2 人",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in ["计划生", "共青团", "小计划", "张共和", "总务科", "人数统计员"] {
            assert!(!is_total(text), "{text}");
        }
    }

    #[test]
    fn notes_and_signatures_are_told_from_names() {
        for text in [
            "填表人：王五",
            "制表日期：2014年4月20日",
            "注：1.本表一式两份",
            "说明：",
            "注意事项：",
            "备注",
            "※请如实填写",
            "1.本表由党支部填写",
        ] {
            assert!(is_note(text), "{text}");
        }
        for text in ["党支部书记（签字）：", "支部书记签名：", "（盖章）", "填报人签名", "年   月   日"] {
            assert!(is_signature(text), "{text}");
        }
        for text in ["审核意见", "党支部意见：", "审 核 意 见", "审核意见  同意", "意见（盖章）"] {
            assert!(is_opinion(text) && starts_like_a_footer(text), "{text}");
        }
        for text in ["END", "The End", "— 完 —", "（完）", "结束", "***名单结束***", "（以下空白）", "此页以下空白", "公示无异议", "同意"]
        {
            assert!(is_ending(text), "{text}");
        }
        for text in ["完颜阿骨打", "王完", "张意", "李见", "Enders", "同意文", ""] {
            assert!(!is_ending(text) && !is_opinion(text), "{text}");
        }
        for (text, expected) in [("无", true), ("无  无 / —", true), ("（无）", true), ("/", false), ("无线电", false), ("无名", false)]
        {
            assert_eq!(is_nothing(text), expected, "{text}");
        }
        for text in ["请各支部于4月30日前报送", "2、服务意向可多选", "如有变动，请及时联系", "以上信息真实有效"]
        {
            assert!(is_sentence(text), "{text}");
        }
        for (text, expected) in [("（此表可复制）", true), ("（张三）", false), ("张三（此表可复制）", false)] {
            assert_eq!(is_in_brackets(text), expected, "{text}");
        }
        for text in ["注册会", "签子", "请凤", "如意", "张三", "欧阳如有", "阿不都·热合曼"] {
            assert!(!is_note(text) && !is_signature(text) && !is_sentence(text), "{text}");
        }
        for (text, expected) in [("2014年4月20日", true), ("二〇一四年四月二十日", true), ("2014年4月", false), ("青年节日", false)]
        {
            assert_eq!(is_written_date(text), expected, "{text}");
        }
    }

    #[test]
    fn examples_are_told_from_names() {
        for text in [
            "例", "例1", "例：张三", "示例", "（示例）", "张三（示例）", "张三(例)", "样例", "（样表）", "填写示例", "范例1", "参考",
            "示例，请删除",
        ] {
            assert!(is_example(text), "{text}");
        }
        for text in ["范例文", "范本清", "样志强", "张三", "参考消息", "惯例", ""] {
            assert!(!is_example(text), "{text}");
        }
    }
}
