//! Labels with a colon behind them, one or several in a text: `姓名：张三 性别：男`.
//!
//! The first stands at the start of the text or of one of its lines, the others behind a blank or a sign. Behind a label of
//! somebody else, the rest of its line is theirs.

use std::ops::Range;

use super::label::{LONGEST_LABEL, Meaning, Word, is_han, is_short, looks_like_one, reads_like_one, word};
use super::marks::is_box;
use crate::recognize::Target;
use crate::recognize::labels::{self, Claim, Labels, Owner};
use crate::scheme::Field;
use crate::text::is_blank_character;
use crate::value::han;

/// Longest text, in bytes, in which more labels are looked for than the one it begins with.
const LONGEST_LINES: usize = 4096;

/// Longest label nobody claims that begins a line, in characters.
const LONGEST_LINE_LABEL: usize = 16;

/// The labels of a text with a colon behind them, each with its place; none where it begins with something else.
pub(super) fn labels(labels: &Labels<'_>, text: &str, is_line: bool) -> Vec<Meaning> {
    let mut found = Search::new(labels, text).labels();
    // 长塘村：负责人： is an answer as well as a line of labels
    let begins_with_one_of_nobody = matches!(found.first(), Some((_, Meaning::Unclaimed(..))));
    let are_nobodys = begins_with_one_of_nobody && !found.iter().any(|(_, meaning)| matches!(meaning, Meaning::Label { .. }));
    if are_nobodys && !(is_line && are_short_answers(text, &found)) {
        return Vec::new();
    }
    // a rest ends where the next label begins
    let starts: Vec<usize> = found.iter().map(|(words, _)| words.start).skip(1).chain([text.len()]).collect();
    // 姓名：张三；性别：男。 what parts the answers is part of none
    let parting = starts.iter().filter(|start| **start < text.len()).find_map(|start| parting_before(text, *start));
    for ((_, meaning), end) in found.iter_mut().zip(starts) {
        if let Meaning::Label { rest: Some(rest), .. } | Meaning::Unclaimed(_, rest) | Meaning::ForeignWith(_, _, rest) = meaning {
            rest.end = end.max(rest.start);
            if rest.end < text.len() {
                rest.end = rest.start + without_sections(&text[rest.clone()]).len();
            }
            if parting.is_some() {
                let said =
                    text[rest.clone()].trim_end_matches(|c| is_blank_character(c) || Some(c) == parting || matches!(c, '。' | '；' | ';'));
                rest.end = rest.start + said.len();
            }
        }
    }
    found.into_iter().map(|(_, meaning)| meaning).collect()
}

/// One search through the colons of a text, from its start.
struct Search<'a> {
    labels: &'a Labels<'a>,
    text: &'a str,
    /// The labels so far, each with where its words stand; their places reach to the end of the text.
    found: Vec<(Range<usize>, Meaning)>,
    /// Behind the colon of the last of them.
    searched: usize,
    /// Whose words the line goes on with.
    owner: Option<Owner>,
    /// Whether the line goes on with the words of an experience, which may hold anything up to its end.
    is_free_text: bool,
}

impl<'a> Search<'a> {
    fn new(labels: &'a Labels<'a>, text: &'a str) -> Self {
        let searched = text.len() - text.trim_start_matches(is_blank_character).len();
        Self { labels, text, found: Vec::new(), searched, owner: None, is_free_text: false }
    }

    fn labels(mut self) -> Vec<(Range<usize>, Meaning)> {
        let text = self.text;
        for (colon, c) in text.char_indices().filter(|(_, c)| matches!(c, '：' | ':')) {
            let longest = if self.found.is_empty() { self.searched + LONGEST_LABEL } else { LONGEST_LINES };
            if colon > longest || !self.colon(colon, c.len_utf8()) {
                break;
            }
        }
        self.found
    }

    /// Takes the label in front of a colon, if there is one; says whether to go on behind it.
    fn colon(&mut self, colon: usize, width: usize) -> bool {
        let line = self.text[self.searched..colon].rfind('\n').map(|at| self.searched + at + 1);
        if line.is_some() {
            self.owner = None;
        }
        if self.is_free_text && line.is_none() && !self.is_label_far_behind(colon) {
            return true;
        }
        match self.word_before(colon, line) {
            Some((start, word)) => self.take(word, start, colon, width),
            None if self.found.is_empty() => {
                let from = line.unwrap_or(self.searched);
                // 民族：汉  姓名：张三: the line may go on with labels of ours
                if !looks_like_one(self.text[from..colon].trim()) || line.is_some() {
                    return false;
                }
                self.take_unclaimed(from..colon, width);
            }
            // 性别：男 民族：汉: what is nobody's of ours ends the answer before it
            None if !self.is_free_text => {
                if let Some(start) = unclaimed(self.labels, self.text, self.searched..colon) {
                    self.take_unclaimed(start..colon, width);
                }
            }
            None => {}
        }
        true
    }

    /// Whether the words in front of the colon are a label of ours that a tab or several blanks part from the words before it, as
    /// none does within what somebody tells: `志愿服务经历：无\t邮编：`.
    fn is_label_far_behind(&self, colon: usize) -> bool {
        const FEWEST_BLANKS: usize = 3;
        let before = &self.text[self.searched..colon];
        let words = before.trim_end_matches(is_blank_character);
        let start = words.char_indices().rev().find(|(_, c)| is_blank_character(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        let gap = &words[words[..start].trim_end_matches(is_blank_character).len()..start];
        let is_far = gap.contains('\t') || gap.chars().count() >= FEWEST_BLANKS;
        is_far && matches!(word(self.labels, &words[start..]), Some(Word::Label(_)))
    }

    /// The label of ours or of somebody else that ends at the colon, and where it starts.
    fn word_before(&self, colon: usize, line: Option<usize>) -> Option<(usize, Word)> {
        let text = self.text;
        let from = line.unwrap_or(self.searched);
        let starts = if self.found.is_empty() { vec![from] } else { starts(text, from..colon) };
        // a label may be broken over two lines: 出生\n年月：
        let broken = line.and_then(|line| first_half(text, self.searched..line));
        let said = |start: usize| Some((start, word(self.labels, &text[start..colon])?));
        let is_behind_a_label = !self.found.is_empty() && line.is_none();
        let is_answer = |start| is_latin_answer(text, self.searched, start) || is_own_answer(text, self.searched, start);
        let begins_with_answer = |start: usize| is_behind_a_label && is_answer(start);
        let later = |start: usize, word: &Word| {
            starts.iter().filter(|later| **later > start).find_map(|later| said(*later).filter(|said| said.1 == *word))
        };
        let found = broken.into_iter().chain(starts.iter().copied()).find_map(said);
        let glued = || glued(self.labels, text, self.searched..colon).filter(|_| is_behind_a_label);
        let (start, word) = found.or_else(glued)?;
        Some(begins_with_answer(start).then(|| later(start, &word)).flatten().unwrap_or((start, word)))
    }

    fn take_unclaimed(&mut self, words: Range<usize>, width: usize) {
        self.searched = words.end + width;
        self.found.push((words.clone(), Meaning::Unclaimed(words, self.searched..self.text.len())));
    }

    fn take(&mut self, word: Word, start: usize, colon: usize, width: usize) {
        // a line to write on in front of the words belongs to the label before
        let is_apart = |c: char| is_blank_character(c) || matches!(c, '_' | '，' | ',' | '；' | ';');
        let start = start + self.text[start..colon].find(|c| !is_apart(c)).unwrap_or(0);
        self.searched = colon + width;
        let place = self.searched..self.text.len();
        let meaning = match word {
            Word::Foreign(Owner::LookAlike) => {
                self.owner = None;
                Meaning::Unclaimed(start..colon, place)
            }
            Word::Foreign(whose) => {
                self.owner = Some(whose).filter(|whose| *whose != Owner::Office);
                Meaning::ForeignWith(whose, start..colon, place)
            }
            Word::Label(targets) => match self.owner {
                Some(owner) => Meaning::ForeignWith(owner, start..colon, place),
                None => {
                    self.is_free_text = targets == [Target::Field(Field::Experience)];
                    Meaning::Label { targets, words: start..colon, rest: Some(place) }
                }
            },
        };
        self.found.push((start..colon, meaning));
    }
}

/// The sign that parts the answer in front of this label from it: a comma or semicolon.
fn parting_before(text: &str, label: usize) -> Option<char> {
    text[..label].trim_end_matches(is_blank_character).chars().next_back().filter(|c| matches!(c, '，' | ',' | '；' | ';' | '|'))
}

/// An answer without the lines behind it that head what follows: `长塘村1组\n二、志愿意向`.
fn without_sections(answer: &str) -> &str {
    const LONGEST: usize = 20;
    let is_section = |line: &str| {
        let line = line.trim_matches(is_blank_character);
        let is_counted = han::behind_count(line).is_some_and(|words| words.starts_with(['、', '.', '．']));
        is_counted && line.chars().count() <= LONGEST && !line.contains(['，', '。'])
    };
    let mut rest = answer.trim_end_matches(is_blank_character);
    while let Some((before, _)) = rest.rsplit_once('\n').filter(|(_, line)| is_section(line)) {
        rest = before.trim_end_matches(is_blank_character);
    }
    if rest.len() < answer.trim_end_matches(is_blank_character).len() { rest } else { answer }
}

/// Whether a line of a document is several labels nobody of ours claims with their answers: `民族：汉族 籍贯：江苏常州`.
fn are_short_answers(text: &str, found: &[(Range<usize>, Meaning)]) -> bool {
    let ends = found.iter().map(|(words, _)| words.start).skip(1).chain([text.len()]);
    found.len() > 1
        && found.iter().zip(ends).all(|((_, meaning), end)| match meaning {
            Meaning::Unclaimed(words, place) => {
                let answer = text[place.start..end.max(place.start)]
                    .trim_end_matches(|c| matches!(c, '，' | ',' | '；' | ';' | '。') || is_blank_character(c));
                reads_like_one(text[words.clone()].trim()) && is_short(answer)
            }
            Meaning::Label { .. } | Meaning::Foreign(_) | Meaning::ForeignWith(..) => false,
        })
}

/// Where the last word starts of a range that ends with its line break, if it is short enough to be half a label.
fn first_half(text: &str, range: Range<usize>) -> Option<usize> {
    const LONGEST: usize = 4;
    let above = text.get(range.clone())?.strip_suffix('\n')?.trim_end_matches(' ');
    let word = above.rsplit(is_blank_character).next()?;
    ((1..=LONGEST).contains(&word.chars().count()) && (word.chars().all(is_han) || word.eq_ignore_ascii_case("qq")))
        .then_some(range.start + above.len() - word.len())
}

/// The label at the end of an answer that no blank parts from it: `姓名：张三性别：男`. Of several the longest is meant.
fn glued(labels: &Labels<'_>, text: &str, range: Range<usize>) -> Option<(usize, Word)> {
    /// What makes another label of the words behind it: 首次入党时间, 其他服务时间.
    const PREFIXES: [&str; 8] = ["首次", "重新", "再次", "申请", "其他", "其它", "原", "曾"];
    /// Longest of such labels, in characters.
    const LONGEST: usize = 12;
    let before = text.get(range.clone())?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let words = before[line..].trim_end_matches(is_blank_character);
    // 爱幼志愿服务：是 has an option with its answer
    let piece = words.rsplit(|c| is_blank_character(c) || matches!(c, '，' | ',' | '；' | ';' | '、' | '：' | ':')).next()?;
    if matches!(labels.claim(piece), Some(Claim::Sure(Target::Option(..)))) {
        return None;
    }
    let starts = words.char_indices().rev().take(LONGEST).filter(|(at, _)| *at > 0 || line > 0).map(|(at, _)| line + at);
    let said = |at: usize| {
        let label = before[at..].trim_end_matches(is_blank_character);
        let is_known = || STRANGERS.contains(&label).then_some(Word::Foreign(Owner::LookAlike));
        let is_whole = label.chars().count() > 1 && !label.contains(is_blank_character);
        let word = is_whole.then(|| word(labels, label).or_else(is_known)).flatten()?;
        let is_part = PREFIXES.iter().any(|prefix| before[..at].ends_with(prefix));
        (!is_part && !before[..at].ends_with(is_box)).then_some((range.start + at, word))
    };
    starts.filter_map(said).last()
}

/// What many forms ask for and no field of ours does, in full: told even where it stands right behind an answer.
pub(super) const STRANGERS: [&str; 22] = [
    "民族", "籍贯", "国籍", "血型", "年龄", "体重", "职称", "婚姻状况", "婚姻情况", "婚否", "健康状况", "健康情况", "身体状况",
    "身体健康状况", "宗教信仰", "毕业院校", "毕业学校", "出生地", "户籍所在地", "微信号", "参加工作时间", "年收入",
];

/// Where the words in front of a colon start that read like a label, though no field claims them; they stand behind a blank.
fn unclaimed(labels: &Labels<'_>, text: &str, range: Range<usize>) -> Option<usize> {
    let before = text.get(range.clone())?;
    let words = before.rsplit(|c| is_blank_character(c) || matches!(c, '，' | ',' | '；' | ';' | '|')).next()?;
    let is_behind_a_blank = words.len() < before.len() && !before[..before.len() - words.len()].trim().is_empty();
    // an option with its answer (尊老服务：是) is no label, and 其他时间： belongs to the choice before it
    let is_option = || matches!(words, "其他" | "其它") || matches!(labels.claim(words), Some(Claim::Sure(Target::Option(..))));
    let has_han = || words.chars().any(is_han);
    // on a line of its own, a label may be longer: 个人简历及其他情况
    let is_line = before[..before.len() - words.len()].ends_with('\n');
    let is_long_label = || is_line && words.chars().count() <= LONGEST_LINE_LABEL && words.chars().all(is_han);
    (is_behind_a_blank && (looks_like_one(words) || is_long_label()) && has_han() && !is_option()).then_some(range.end - words.len())
}

/// Where a label may start: where the range does, and behind each blank or sign in it.
fn starts(text: &str, range: Range<usize>) -> Vec<usize> {
    let from = text[range.clone()].char_indices().rev().take_while(|(at, _)| range.len() - at <= LONGEST_LABEL).last();
    let from = range.start + from.map_or(0, |(at, _)| at);
    let parts =
        text[from..range.end].char_indices().filter(|(_, c)| is_blank_character(*c) || matches!(c, '；' | ';' | '，' | ',' | '_' | '|'));
    // no label begins with a hint in brackets: it belongs to the answer before
    let is_hint = |start: &usize| {
        text[*start..].starts_with(['（', '(', '【', '[']) && !is_counted(&text[*start..]) && !is_bracketed(&text[*start..range.end])
    };
    let behind = parts.map(|(at, c)| from + at + c.len_utf8()).filter(|start| *start < range.end);
    std::iter::once(from).filter(|from| *from == range.start).chain(behind).filter(|start| !is_hint(start)).collect()
}

/// Whether a number in brackets counts the label behind it: `（2）性别`.
fn is_counted(text: &str) -> bool {
    let inside = text.trim_start_matches(['（', '(']).split(['）', ')']).next().unwrap_or_default();
    let is_number = |c: char| c.is_ascii_digit() || han::counts(c);
    text.starts_with(['（', '(']) && (1..=3).contains(&inside.chars().count()) && inside.chars().all(is_number)
}

/// Whether the brackets hold all of the words: `【性别】`.
fn is_bracketed(words: &str) -> bool {
    words.starts_with(['【', '[']) && words.trim_end_matches(is_blank_character).ends_with(['】', ']'])
}

/// Whether Latin letters stand right behind the colon of a label: the answer to it (尺码：XL 手机：…), no translation of the next label.
fn is_latin_answer(text: &str, behind_colon: usize, start: usize) -> bool {
    text[behind_colon..start].chars().all(is_blank_character)
        && text[behind_colon..start].chars().count() <= 1
        && text[start..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether the words from there begin with a word for the person that a blank parts from the rest, where the answer of the label
/// before should stand: 工作单位：成员 职务：.
fn is_own_answer(text: &str, behind_colon: usize, start: usize) -> bool {
    let first = text[start..].trim_start_matches(is_blank_character).split(is_blank_character).next();
    text[behind_colon..start].chars().all(is_blank_character) && first.is_some_and(labels::is_own_beginning)
}
