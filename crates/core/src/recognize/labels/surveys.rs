//! How programs for surveys head their columns: by the number of a question, the question and one of its answers, or the
//! question and one of its lines.

use compact_str::CompactString;
use unicode_normalization::UnicodeNormalization;

use super::{Claim, Labels, OWN_BEGINNINGS};
use crate::recognize::labels::courtesies::without_courtesies;
use crate::recognize::{OTHER, Target};
use crate::scheme::Field;
use crate::text::{fold_label, is_blank_character};

/// What parts a question from its answer.
const PARTINGS: [char; 10] = ['(', '[', '【', ':', '-', '—', '_', '/', '|', '\n'];
/// What does so where the words on both sides say it: `18.1 尊老服务`, `服务意向.尊老服务`.
const WEAK_PARTINGS: [char; 3] = [' ', '.', '>'];

impl Labels<'_> {
    /// A heading that names a choice and one of its options: `服务意向（尊老服务）`, `服务意向:A.尊老服务`, `5(尊老服务)`, `5.1 尊老服务`.
    pub(super) fn option_of_choice(&self, text: &str) -> Option<(Field, u16)> {
        if self.options.is_empty() {
            return None;
        }
        let strong = parted(text, &PARTINGS).filter(|(question, _)| is_closed(question)).and_then(|(question, option)| {
            let choice = fold_label(&question);
            let claim = self.choice(&choice);
            if let Some(Claim::Sure(Target::Field(field))) = claim
                && self.is_something_else(field, &option)
            {
                return Some((field, OTHER));
            }
            self.option(&option).filter(|(field, _)| names(*field, &choice, claim.as_ref()))
        });
        strong.or_else(|| {
            let (question, option) = parted(text, &WEAK_PARTINGS).filter(|(question, _)| is_closed(question))?;
            let found = self.option(&option)?;
            let choice = fold_label(&question);
            let claim = self.choice(&choice);
            // 双休日 节假日 are two answers
            let is_answer = matches!(claim, Some(Claim::Sure(Target::Option(..))));
            (!is_answer && names(found.0, &choice, claim.as_ref())).then_some(found)
        })
    }

    fn choice(&self, folded: &str) -> Option<Claim> {
        self.exact(folded).or_else(|| self.exact(without_courtesies(folded)))
    }

    fn option(&self, words: &str) -> Option<(Field, u16)> {
        let found = self.options.get(&fold_label(words));
        found.or_else(|| self.options.get(&fold_label(without_letter(words)?))).copied()
    }
}

/// Whether the words before an option of this field ask for it, or only count it.
fn names(field: Field, choice: &str, claim: Option<&Claim>) -> bool {
    match claim {
        Some(Claim::Sure(target)) => target.field() == Some(field),
        Some(Claim::Ambiguous(fields)) => fields.contains(&field),
        None => choice.chars().all(|c| c.is_ascii_digit() || matches!(c, 'q' | '.' | '_' | '-')),
    }
}

/// The two parts of a heading that names a question, folded, and one of its answers: `性别（男）`, `服务意向:尊老服务`.
pub(crate) fn question_and_answer(text: &str) -> Option<(CompactString, String)> {
    let (question, answer) = parted(text, &PARTINGS)?;
    Some((fold_label(&question), answer))
}

fn parted(text: &str, partings: &[char]) -> Option<(String, String)> {
    if !text.contains(|c: char| partings.contains(&c) || matches!(c, '（' | '：' | '－' | '｜' | '／' | '\u{3000}')) {
        return None;
    }
    let text: String = text.nfkc().collect();
    let (question, answer) = text.trim_end_matches(is_blank_character).rsplit_once(partings)?;
    Some((question.to_owned(), answer.trim_end_matches([')', ']', '】']).to_owned()))
}

/// Whether the words end outside brackets: 交通补贴（手机充值/自行领取 is the beginning of a list of options.
fn is_closed(words: &str) -> bool {
    words.matches('(').count() <= words.matches(')').count()
}

/// The option behind the letter that counts it: `A.尊老服务`.
fn without_letter(option: &str) -> Option<&str> {
    let option = option.trim_start_matches(is_blank_character);
    option.strip_prefix(|c: char| c.is_ascii_alphabetic())?.strip_prefix(['.', '、', ')', ':', ' '])
}

/// The label behind the number of its question, which only a blank parts from it: `1 您的姓名`. A higher number, or one further from
/// the words, is the answer before them: 身高： 170 特长： 唱歌.
pub(super) fn without_count(text: &str) -> Option<&str> {
    /// Most questions of a survey.
    const MOST: usize = 30;
    let text = text.trim_start_matches(is_blank_character);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let label = rest.trim_start_matches(is_blank_character);
    let number = text[..text.len() - rest.len()].parse::<usize>();
    let is_near = rest.chars().take_while(|c| is_blank_character(*c)).count() == 1;
    let counts = number.is_ok_and(|number| (1..=MOST).contains(&number)) && is_near;
    (counts && label.starts_with(|c: char| c.is_alphabetic())).then_some(label)
}

/// The line of a question that asks for several things of the person: `个人信息—姓名`, `您的基本信息：姓名`.
pub(super) fn behind_own_group(text: &str) -> Option<String> {
    const GROUPS: [&str; 3] = ["信息", "情况", "资料"];
    const KINDS: [&str; 6] = ["", "基本", "身份", "联系", "登记", "报名"];
    if !GROUPS.iter().any(|group| text.contains(group)) {
        return None;
    }
    let (question, line) = question_and_answer(text)?;
    let group = without_courtesies(&question);
    let group = OWN_BEGINNINGS.iter().find_map(|beginning| group.strip_prefix(beginning)).unwrap_or(group);
    let kind = GROUPS.iter().find_map(|words| group.strip_suffix(words))?;
    (KINDS.contains(&kind) && !line.is_empty()).then_some(line)
}
