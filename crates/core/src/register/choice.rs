//! Reading the answer to a choice, in any of the ways people separate, number and tick options.

mod answered;
mod numbers;
mod printed;

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::scheme::{FieldSpec, OptionSpec};
use crate::text::{fold_label, is_blank_character};

/// Marks that tick an option.
const TICKS: [char; 20] = ['√', '✓', '✔', '☑', '☒', '■', '●', '◉', '▣', '⊙', '∨', '✅', '🗹', '◼', '⬛', '★', '＊', '☆', '🗸', '⍻'];
/// Boxes that are empty.
const BOXES: [char; 8] = ['□', '☐', '○', '◯', '▢', '〇', '⬜', '◻'];
/// What begins the words about a tick that stands between two options.
pub(crate) const UNCLEAR: &str = "勾打在";
/// What stands between options.
const SEPARATORS: [char; 15] = ['、', '，', ',', '；', ';', '/', '／', '|', '｜', '┋', '+', '＋', '\n', '\r', '\t'];
/// What an answer to a choice says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ChoiceReading {
    /// The options chosen, by place, in ascending order, each once.
    pub(crate) chosen: Vec<u16>,
    /// What was written behind 其他.
    pub(crate) other: Vec<String>,
    /// Words that are no option.
    pub(crate) unknown: Vec<String>,
}

/// Whether the cell of an option's own column ticks it; `None` for words that are neither yes nor no.
pub(crate) fn is_tick(text: &str, option: &OptionSpec) -> Option<bool> {
    let folded: String = text.nfkc().filter(|c| !is_blank_character(*c)).flat_map(char::to_lowercase).collect();
    let mark = folded.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']'));
    if mark.is_empty() || mark.chars().all(|c| BOXES.contains(&c)) {
        return Some(false);
    }
    if mark.chars().all(|c| TICKS.contains(&c) || BOXES.contains(&c)) {
        return Some(true);
    }
    match mark {
        "1" | "1.0" | "是" | "y" | "yes" | "v" | "r" | "t" | "true" | "对" | "有" | "选" | "已选" | "选中" | "勾选" | "已勾选" | "参加"
        | "愿意" | "可以" | "同意" | "能" | "+" | "x+" => {
            return Some(true);
        }
        "0" | "0.0" | "否" | "n" | "no" | "f" | "false" | "×" | "x" | "✗" | "✘" | "✕" | "✖" | "╳" | "❌" | "-1" | "-2" | "-3" | "不"
        | "不可以" | "不同意" | "不能" | "未选中" | "未勾选" | "无" | "没有" | "空" | "未选" | "不参加" | "不愿意" =>
        {
            return Some(false);
        }
        _ => {}
    }
    option.is_named(mark).then_some(true)
}

/// Reads the answer to a choice in one cell.
pub(crate) fn read_choice(spec: &FieldSpec, text: &str) -> ChoiceReading {
    let listed = without_quotes(text);
    let listed = answered::without_answers(spec, &listed);
    let text = &*printed::with_boxes(&listed);
    let text = &*printed::uncrossed(text);
    let mut reading =
        if text.contains(|c| TICKS.contains(&c) || BOXES.contains(&c)) { read_boxes(spec, text) } else { read_words(spec, text) };
    reading.chosen.sort_unstable();
    reading.chosen.dedup();
    reading
}

/// The answer of a survey that exports several choices as a list of JSON: `["尊老服务","助残服务"]`.
fn without_quotes(text: &str) -> Cow<'_, str> {
    let inner = text.trim().strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    match inner.map(str::trim).filter(|inner| inner.len() > 1 && inner.starts_with('"') && inner.ends_with('"')) {
        Some(inner) => Cow::Owned(inner.replace('"', "")),
        None => Cow::Borrowed(text),
    }
}

/// Options with a box or tick before or behind each; those without one are not chosen.
fn read_boxes(spec: &FieldSpec, text: &str) -> ChoiceReading {
    let mut reading = ChoiceReading::default();
    if let Some(reading) = printed::read(spec, text) {
        return reading;
    }
    let bare: String = text.chars().filter(|c| !is_blank_character(*c)).collect();
    if bare.chars().all(|c| TICKS.contains(&c)) {
        // a lone tick answers a choice of one option (职业类型: 机关党员干部)
        if spec.options.len() == 1 {
            reading.chosen.push(0);
        } else {
            reading.unknown.push(bare);
        }
        return reading;
    }
    // boxes stand before the options if the answer begins with one
    let leading = bare.starts_with(|c| TICKS.contains(&c) || BOXES.contains(&c));
    let has_empty_boxes = text.contains(|c| BOXES.contains(&c));
    for (words, mark) in marked_words(text, leading) {
        let ticked = mark.is_some_and(|mark| TICKS.contains(&mark));
        let said = read_words(spec, words.trim_matches(|c| SEPARATORS.contains(&c) || is_blank_character(c)));
        match mark {
            Some(_) if ticked => reading.merge(said),
            // only ticked options are listed, one of them without its tick: it was not chosen if boxes are drawn
            None if !has_empty_boxes && !leading => reading.merge(said),
            Some(_) | None => reading.other.extend(said.other),
        }
    }
    reading
}

/// The words between boxes and ticks, each with its own, which stands before or behind it.
fn marked_words(text: &str, leading: bool) -> Vec<(String, Option<char>)> {
    let mut word = String::new();
    let mut mark: Option<char> = None;
    let mut marked: Vec<(String, Option<char>)> = Vec::new();
    for c in text.chars() {
        let is_mark = TICKS.contains(&c) || BOXES.contains(&c);
        if is_mark && leading {
            if !word.trim().is_empty() {
                marked.push((std::mem::take(&mut word), mark.take()));
            }
            // □√ and √□ are one ticked box
            mark = Some(mark.filter(|mark| TICKS.contains(mark)).unwrap_or(c));
            word.clear();
        } else if is_mark {
            if word.trim().is_empty() {
                if let Some((_, last)) = marked.last_mut()
                    && TICKS.contains(&c)
                {
                    *last = Some(c);
                }
            } else {
                marked.push((std::mem::take(&mut word), Some(c)));
            }
        } else {
            word.push(c);
        }
    }
    if !word.trim().is_empty() {
        marked.push((word, mark));
    }
    marked
}

/// Options in words or numbers, with anything between them.
fn read_words(spec: &FieldSpec, text: &str) -> ChoiceReading {
    let mut reading = ChoiceReading::default();
    let (text, other) = without_other(spec, text);
    reading.other.extend(other);
    let text = numbers::without_ordinals(&text).map_or(text, Cow::Owned);
    let text = without_parted_labels(spec, parted_at_circled(parted_at_brackets(text)), &mut reading);
    let mut rest: &str = &text;
    // a lone 一 may as well be the dash of a blank answer
    if rest.trim_matches(is_blank_character) == "一" {
        reading.unknown.push(rest.to_owned());
        return reading;
    }
    while !rest.is_empty() {
        let end = rest.find(SEPARATORS).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(end);
        rest = behind.get(behind.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
        let mut piece = piece.trim_matches(is_blank_character);
        let last = piece.rsplit(is_blank_character).next().unwrap_or_default();
        if behind.starts_with('、') && numbers_the_next(spec, last, rest) {
            piece = piece[..piece.len() - last.len()].trim_end_matches(is_blank_character);
        }
        if !piece.is_empty() {
            read_piece(spec, piece, &mut reading);
        }
    }
    reading
}

/// The text with a line for each option that stands in brackets of its own: `【尊老服务】【助残服务】`.
fn parted_at_brackets(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.trim_start_matches(is_blank_character).starts_with(['【', '「', '《', '“']) {
        return text;
    }
    Cow::Owned(text.replace(['【', '】', '「', '」', '《', '》', '“', '”'], "\n"))
}

/// The text with a line for each option that a circled number counts: `①尊老服务②助残服务`.
fn parted_at_circled(text: Cow<'_, str>) -> Cow<'_, str> {
    let counts = |behind: &str| behind.trim_start_matches(is_blank_character).starts_with(|c: char| c.is_alphabetic());
    let is_circled = |c: char| matches!(c, '①'..='⑳');
    if !text.contains(is_circled) {
        return text;
    }
    let parted = text.char_indices().map(|(at, c)| if is_circled(c) && counts(&text[at + c.len_utf8()..]) { '\n' } else { c });
    Cow::Owned(parted.collect())
}

/// The text without the labels that hold a separator themselves (`宣讲、咨询`): these are taken whole, the longest first.
fn without_parted_labels<'t>(spec: &FieldSpec, text: Cow<'t, str>, reading: &mut ChoiceReading) -> Cow<'t, str> {
    let mut parted: Vec<(u16, &str)> = (0..)
        .zip(&spec.options)
        .map(|(place, option)| (place, option.label.as_str()))
        .filter(|(_, label)| label.contains(SEPARATORS))
        .collect();
    parted.sort_by_key(|(_, label)| std::cmp::Reverse(label.len()));
    let mut text = text;
    for (place, label) in parted {
        if text.contains(label) {
            reading.chosen.push(place);
            text = Cow::Owned(text.replace(label, "\n"));
        }
    }
    text
}

/// Whether a number or letter only counts the option behind it: `2、尊老服务` is one option, `1、3` and `一、三` are two.
fn numbers_the_next(spec: &FieldSpec, piece: &str, behind: &str) -> bool {
    let is_short = (1..=2).contains(&piece.len()) && piece.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_ordinal = is_short || numbers::is_numeral(piece);
    let next = behind.split(SEPARATORS).next().unwrap_or_default().trim_matches(is_blank_character);
    let next = next.split(is_blank_character).next().unwrap_or_default();
    let is_words = next.starts_with(|c: char| !c.is_ascii()) && numbers::options(next, spec.options.len()).is_none();
    is_ordinal && is_words && options_of(spec, next).is_some()
}

impl ChoiceReading {
    fn merge(&mut self, said: Self) {
        self.chosen.extend(said.chosen);
        self.other.extend(said.other);
        self.unknown.extend(said.unknown);
    }
}

fn read_piece(spec: &FieldSpec, piece: &str, reading: &mut ChoiceReading) {
    if let Some(found) = options_of(spec, piece) {
        reading.chosen.extend(found);
        return;
    }
    // blanks part options only where the whole piece is none
    let words: Vec<&str> = piece.split(is_blank_character).filter(|word| !word.is_empty()).collect();
    if words.len() > 1 && words.iter().any(|word| options_of(spec, word).is_some()) {
        for word in words {
            match options_of(spec, word) {
                Some(found) => reading.chosen.extend(found),
                None => reading.unknown.push(word.to_owned()),
            }
        }
        return;
    }
    reading.unknown.push(piece.to_owned());
}

/// The options that a piece names: one by its words or number, all of them, or several run together.
fn options_of(spec: &FieldSpec, piece: &str) -> Option<Vec<u16>> {
    // nearly everybody writes the printed words; they need no folding
    if let Some(place) = (0u16..).zip(&spec.options).find(|(_, option)| option.label == piece).map(|(place, _)| place) {
        return Some(vec![place]);
    }
    let folded = fold_label(piece);
    if let Some(found) = (0u16..).zip(&spec.options).find(|(_, option)| option.is_named(&folded)) {
        return Some(vec![found.0]);
    }
    if spec.all_words.contains(&folded) {
        return Some((0u16..).take(spec.options.len()).collect());
    }
    if let Some(words) = without_letter(&folded) {
        return options_of(spec, words);
    }
    let options = spec.options.len();
    numbers::options(piece, options).or_else(|| run_together(spec, &folded))
}

/// The options that a text numbers with signs between the numbers, by place: `1、3`; `None` where it says anything else.
pub(crate) fn numbered_options(text: &str, options: usize) -> Option<Vec<u16>> {
    let words = numbers::without_ordinals(text).unwrap_or_else(|| text.to_owned());
    let pieces = words.split(SEPARATORS).map(|piece| piece.trim_matches(is_blank_character)).filter(|piece| !piece.is_empty());
    let places: Option<Vec<Vec<u16>>> = pieces.flat_map(str::split_whitespace).map(|piece| numbers::options(piece, options)).collect();
    places.map(|places| places.concat()).filter(|places| !places.is_empty())
}

/// The words behind the letter that a survey puts before an option: `A.尊老服务`.
fn without_letter(folded: &str) -> Option<&str> {
    let words = folded.strip_prefix(|c: char| c.is_ascii_alphabetic())?.strip_prefix(['.', ')'])?;
    words.starts_with(|c: char| !c.is_ascii()).then_some(words)
}

/// Options written without anything between them: 尊老服务助残服务.
fn run_together(spec: &FieldSpec, folded: &str) -> Option<Vec<u16>> {
    let is_between = |c: char| matches!(c, '和' | '及' | '与') || !(c.is_alphanumeric() || c == '(');
    let mut rest = folded;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (place, length) = (0u16..)
            .zip(&spec.options)
            .flat_map(|(place, option)| {
                std::iter::once(fold_label(&option.label)).chain(option.aliases.iter().cloned()).map(move |word| (place, word))
            })
            .filter(|(_, word)| !word.is_empty() && rest.starts_with(word.as_str()))
            .map(|(place, word)| (place, word.len()))
            .max_by_key(|(_, length)| *length)?;
        found.push(place);
        rest = rest[length..].trim_start_matches(is_between);
    }
    (found.len() > 1).then_some(found)
}

/// Takes out what was written behind 其他: `其他〖陪聊〗`, `其他时间：周三晚上`, `其他（…）`.
fn without_other<'t>(spec: &FieldSpec, text: &'t str) -> (Cow<'t, str>, Option<String>) {
    let label = spec.other.as_ref().map(|other| other.label.as_str());
    // 其他, 其它 or a label of the scheme's own: most answers have none of their beginnings
    if !text.contains('其') && label.is_none_or(|label| !text.contains(label)) {
        return (Cow::Borrowed(text), None);
    }
    for word in label.into_iter().chain(["其他", "其它"]) {
        let Some(start) = text.find(word) else { continue };
        let behind = &text[start + word.len()..];
        let inner = behind.trim_start_matches(|c: char| is_blank_character(c) || matches!(c, ':' | '：' | '_' | '＿'));
        let (inner, rest) = match inner.chars().next() {
            Some(open @ ('〖' | '（' | '(' | '[' | '【' | '「')) => {
                let inner = &inner[open.len_utf8()..];
                inner.split_once(['〗', '）', ')', ']', '】', '」']).unwrap_or((inner, ""))
            }
            // without brackets, an answer behind a label of the scheme's own goes to the end; behind a bare 其他 it must
            // be parted from it by something
            _ if label == Some(word) || inner.len() < behind.len() => match inner.find(['┋', '；', ';', '\n']) {
                Some(end) => inner.split_at(end),
                None => (inner, ""),
            },
            _ if inner.is_empty() || inner.starts_with(SEPARATORS) => ("", inner),
            _ => continue,
        };
        let inner = inner.trim_matches(|c| is_blank_character(c) || c == '_');
        let before = &text[..start];
        // 其他 with nothing behind it says nothing; an empty line to write on is such a one
        return (Cow::Owned(format!("{before}{rest}")), (!inner.is_empty()).then(|| inner.to_owned()));
    }
    (Cow::Borrowed(text), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::{Field, Scheme};

    #[test]
    fn an_option_that_holds_a_separator_is_taken_whole() {
        let mut spec = Scheme::built_in().spec(Field::Services).cloned().expect("services");
        spec.options = ["宣讲、咨询", "宣讲", "咨询", "环保/分类"].map(OptionSpec::new).into();
        for (text, chosen) in [
            ("宣讲、咨询", &[0][..]),
            ("宣讲", &[1]),
            ("咨询、宣讲", &[1, 2]),
            ("宣讲、咨询、环保/分类", &[0, 3]),
            ("环保/分类；咨询", &[2, 3]),
        ] {
            let reading = read_choice(&spec, text);
            assert_eq!((reading.chosen.as_slice(), reading.unknown.as_slice()), (chosen, &[][..]), "{text}");
        }
    }

    #[test]
    fn numbers_and_letters_before_an_option_only_count_it() {
        let scheme = Scheme::built_in();
        let spec = scheme.spec(Field::Services).expect("a choice");
        let table: [(&str, &[u16]); 30] = [
            ("[\"尊老服务\", \"助残服务\"]", &[0, 3]),
            ("[\"助残服务\"]", &[3]),
            ("2、尊老服务", &[0]),
            ("1、尊老服务 2、助残服务", &[0, 3]),
            ("1.尊老服务；2.助残服务", &[0, 3]),
            ("A.尊老服务;D.助残服务", &[0, 3]),
            ("D、尊老服务", &[0]),
            ("1、3", &[0, 2]),
            ("134", &[0, 2, 3]),
            ("1.3", &[0, 2]),
            ("AD", &[0, 3]),
            ("1、3、助残", &[0, 3]),
            ("1┋4", &[0, 3]),
            ("①③", &[0, 2]),
            ("①尊老服务②助残服务", &[0, 3]),
            ("三", &[2]),
            ("一、三", &[0, 2]),
            ("一，四", &[0, 3]),
            ("第三项", &[2]),
            ("（二）", &[1]),
            ("二、尊老服务", &[0]),
            ("一、尊老服务 二、助残服务", &[0, 3]),
            ("一", &[]),
            ("⑴⑶", &[0, 2]),
            ("❶、Ⅲ", &[0, 2]),
            ("(1)(3)", &[0, 2]),
            ("1-3", &[]),
            ("尊老服务-助残服务", &[0, 3]),
            ("尊老服务·助残", &[0, 3]),
            ("【尊老服务】【助残服务】", &[0, 3]),
        ];
        for (text, expected) in table {
            assert_eq!(read_choice(spec, text).chosen, expected, "{text}");
        }
    }
}
