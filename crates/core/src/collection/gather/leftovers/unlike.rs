//! Words that read like print and are a person's: the other forms of the same blank do not have them.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::{CompactString, ToCompactString};

use super::{Leftover, Leftovers};
use crate::grid::Grid;
use crate::recognize::card::Form;
use crate::text::fold_word;

/// Fewest forms of a blank that say what it prints.
const FEWEST: usize = 3;
/// So many forms say it as well as thousands do.
const MOST: usize = 200;

/// What a form has of its blank, and of its person.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The labels in reading order, with their columns: forms that agree in them are of one blank.
    layout: String,
    /// What is answered, which a blank may ask to repeat in its print: 本人郑试一承诺.
    answers: Vec<CompactString>,
}

impl Sheet {
    pub(super) fn of(form: &Form, grids: &[&Grid]) -> Self {
        let mut labels: Vec<_> = Vec::new();
        let mut answers = BTreeSet::new();
        for (position, card) in form {
            for slot in &card.slots {
                labels.push(((*position, slot.label_at, slot.place.start), bare(&slot.label)));
                let text = grids.get(*position).and_then(|grid| grid.cell(slot.answer_at)?.text.get(slot.place.clone()));
                answers.extend(text.map(bare).filter(|text| text.chars().nth(1).is_some()));
            }
        }
        labels.sort_unstable();
        let layout = labels.into_iter().map(|((_, at, _), label)| format!("{} {label}\n", at.column.number())).collect();
        let mut answers: Vec<CompactString> = answers.into_iter().collect();
        answers.sort_by_key(|answer| std::cmp::Reverse(answer.len()));
        Self { layout, answers }
    }

    /// A text without what differs from form to form: what is answered, numbers, signs and blanks.
    fn without_answers(&self, text: &str) -> String {
        self.answers.iter().fold(bare(text).into(), |text: String, answer| text.replace(answer.as_str(), ""))
    }
}

fn bare(text: &str) -> CompactString {
    fold_word(text).chars().filter(|c| c.is_alphabetic()).collect::<String>().to_compact_string()
}

/// Of words that read like print, those that fewer than half of the forms of the blank have, on forms that have all it prints.
pub(super) fn unlike(unsettled: Vec<Leftover>, leftovers: &Leftovers) -> Vec<Leftover> {
    if unsettled.is_empty() {
        return unsettled;
    }
    let texts = texts(&unsettled, leftovers);
    let mut blanks: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (form, sheet) in leftovers.sheets.iter().enumerate() {
        blanks.entry(&sheet.layout).or_default().push(form);
    }
    blanks.retain(|_, forms| forms.len() >= FEWEST);
    let words_of = |leftover: &Leftover| leftovers.sheets.get(leftover.form - 1).map(|sheet| sheet.without_answers(&leftover.text));
    let mut words: BTreeMap<&str, BTreeMap<String, bool>> = BTreeMap::new();
    for leftover in &unsettled {
        let Some(sheet) = leftovers.sheets.get(leftover.form - 1) else { continue };
        if let Some(forms) = blanks.get(sheet.layout.as_str()) {
            let of_blank = words.entry(sheet.layout.as_str()).or_default();
            of_blank.entry(sheet.without_answers(&leftover.text)).or_insert_with_key(|words| is_common(words, forms, &texts));
        }
    }
    let is_own = |leftover: &Leftover| {
        let of_blank = leftovers.sheets.get(leftover.form - 1).and_then(|sheet| words.get(sheet.layout.as_str()));
        let Some((of_blank, own)) = of_blank.zip(words_of(leftover)) else { return false };
        let has_print = || of_blank.iter().filter(|(_, is_common)| **is_common).all(|(words, _)| texts[leftover.form - 1].contains(words));
        of_blank.get(&own) == Some(&false) && has_print()
    };
    unsettled.into_iter().filter(is_own).collect()
}

/// For each form, all on it that no label asks for, in reading order: where a line breaks is the program's.
fn texts(unsettled: &[Leftover], leftovers: &Leftovers) -> Vec<String> {
    let mut all: Vec<&Leftover> = unsettled.iter().chain(&leftovers.found).collect();
    all.sort_by_key(|leftover| (leftover.form, leftover.place, leftover.column));
    let mut texts = vec![String::new(); leftovers.sheets.len()];
    for leftover in all {
        if let Some((text, sheet)) = texts.get_mut(leftover.form - 1).zip(leftovers.sheets.get(leftover.form - 1)) {
            text.push_str(&sheet.without_answers(&leftover.text));
        }
    }
    texts
}

/// Whether at least half of the forms have the words.
fn is_common(words: &str, forms: &[usize], texts: &[String]) -> bool {
    let asked = &forms[..forms.len().min(MOST)];
    asked.iter().filter(|form| texts[**form].contains(words)).count() * 2 >= asked.len()
}

#[cfg(test)]
mod tests {
    use crate::collection::tests::judged;
    use crate::diagnostic::Code;
    use crate::recognize::table_tests::drawn;

    /// What is told of forms of one blank, below which each has these lines.
    fn told(below: &[&str]) -> Vec<String> {
        let form = |number: usize, below: &str| {
            let (name, id) = ["甲", "乙", "丙", "丁"]
                .map(|name| format!("郑试{name}"))
                .into_iter()
                .zip(["0013", "0021", "003X", "0048"])
                .nth(number)
                .unwrap();
            drawn(
                &format!(
                    "党员志愿者登记表\n姓名|{name}|性别|男\n身份证号|32990119850612{id}|手机|1380000000{number}\n家庭住址|常州市武进区\n\
                     服务意向|☑尊老服务\n{}",
                    below.replace('@', &name)
                ),
                &[],
            )
        };
        let grids: Vec<_> = below.iter().enumerate().map(|(number, below)| form(number, below)).collect();
        let files: Vec<(String, _)> = grids.iter().enumerate().map(|(number, grid)| (format!("{number}.xlsx"), grid)).collect();
        let checked = judged(&files.iter().map(|(file, grid)| (file.as_str(), *grid)).collect::<Vec<_>>());
        let findings = checked.diagnostics.iter().filter(|finding| finding.code == Code::UnmappedColumn);
        findings.map(|finding| finding.message.split('前').next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn words_like_print_on_one_form_of_a_blank_are_told() {
        const PRINT: &str = "本人承诺以上信息真实";
        for own in ["周三请假不能参加", "我有特殊情况", "意见都可以提", "备注周末除外", "曾任村民代表"] {
            let with = format!("{PRINT}\n||||{own}");
            assert_eq!(told(&[PRINT, &with, PRINT]), [format!("E7「{own}」")]);
            // two forms do not tell what the blank has
            assert!(own.ends_with("代表") || told(&[PRINT, &with]).is_empty(), "{own}");
        }
    }

    #[test]
    fn print_that_differs_from_form_to_form_is_not_told() {
        let alike = |forms: &[&str]| assert_eq!(told(forms), Vec::<String>::new(), "{forms:?}");
        // with the name, and broken into lines elsewhere
        alike(&["本人@承诺以上信息真实\n请打√", "本人____承诺以上信息真实\n请打√", "本人@承诺\n以上信息真实\n请打√"]);
        alike(&["申请人签名 @\n2026年5月6日", "申请人签名 @\n2026年5月7日", "申请人签名\n年月日"]);
        alike(&["村民委员会意见：同意", "村民委员会意见：情况属实，同意", "村民委员会意见："]);
        // a village that changed the note has a blank of its own
        alike(&["请于5月10日前交村委会", "请于5月10日前交村委会", "请于5月12日前交社区服务站"]);
    }
}
