//! Words on forms that belong to no label: kept with the person and told, once it is known that the blank does not print them.
//!
//! What stands on all forms of one blank alike is printed there, whatever its words are; so it is only told when all forms have come.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compact_str::{CompactString, ToCompactString};

use self::unlike::Sheet;
use super::forms::without_blanks;
use super::reports::shortened;
use super::{Collection, Placed};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::grid::Grid;
use crate::mask::mask_digits;
use crate::recognize::card::Form;
use crate::recognize::card::rest::{Before, Rest, Whose};
use crate::register::LONGEST_ANSWER;
use crate::scheme::Field;
use crate::text::{fold_label, fold_text, fold_word};

mod unlike;

/// More lines below or above a form than this are a text that comes with it, and are told of as a whole.
const MOST_LINES: usize = 12;

/// Words on forms that belong to no label, and how many forms there are of each blank.
#[derive(Debug, Default)]
pub(super) struct Leftovers {
    /// How many forms were made from a blank, by the labels that it has.
    blanks: BTreeMap<String, (usize, usize)>,
    /// How many forms there were.
    forms: usize,
    found: Vec<Leftover>,
    /// What reads like print, of which [`unlike`] knows whether it is.
    unsettled: Vec<Leftover>,
    /// The layout of every form, and its answers.
    sheets: Vec<Sheet>,
}

/// Words on one form that belong to no label.
#[derive(Debug)]
struct Leftover {
    /// The form, as a number of its own in the run, and its blank.
    form: usize,
    blank: usize,
    /// Whose form it is; `None` for an empty one.
    person: Option<usize>,
    /// The grid and the row, for what stands together.
    place: (usize, u32),
    order: (usize, u32, u16),
    column: crate::address::Column,
    at: Location,
    /// The place in words: B10, 第 2 份登记表; empty where there is one form.
    spot: CompactString,
    text: CompactString,
    label: Option<Before>,
    continues: Option<Field>,
    is_line: bool,
}

impl Leftovers {
    /// How many there are, for [`Self::take_out`].
    pub(super) fn take_out(&mut self, people: usize) {
        let is_left = |leftover: &Leftover| leftover.person.is_none_or(|person| person < people);
        self.found.retain(is_left);
        self.unsettled.retain(is_left);
    }
}

impl Collection<'_> {
    /// Notes the words of the form to be taken next, or of an empty one, that belong to no label.
    pub(super) fn note_rest(&mut self, form: (&Form, u32, bool), is_one_of_several: bool, rest: &[&Rest], grids: &[&Grid]) {
        let (parts, number, is_empty) = form;
        let labels: BTreeSet<CompactString> = parts.iter().flat_map(|(_, card)| &card.slots).map(|slot| fold_label(&slot.label)).collect();
        let count = self.leftovers.blanks.len();
        let blank = self.leftovers.blanks.entry(labels.into_iter().collect::<Vec<_>>().join("\n")).or_insert((count, 0));
        blank.1 += 1;
        let blank = blank.0;
        self.leftovers.forms += 1;
        self.leftovers.sheets.push(Sheet::of(parts, grids));
        let table = self.tables.len().saturating_sub(1);
        let is_sheet = self.tables.get(table).is_some_and(|table| table.sheet.is_some());
        for one in rest {
            let Some(grid) = grids.get(one.grid) else { continue };
            let Some(text) = grid.cell(one.at).and_then(|cell| cell.text.get(one.place.clone())).map(fold_text) else { continue };
            let row = if is_sheet { one.at.row } else { number };
            let mut at = self.location(table, Some(row), None);
            let label = one.label.as_ref().map(|label| without_blanks(&label.words)).filter(|label| !label.is_empty());
            at.cell = if is_sheet { Some(one.at.to_compact_string()) } else { label };
            let spot = match (is_sheet, is_one_of_several) {
                (true, _) => one.at.to_compact_string(),
                (false, true) => format!("第 {number} 份登记表").into(),
                (false, false) => CompactString::default(),
            };
            let leftover = Leftover {
                spot,
                form: self.leftovers.forms,
                blank,
                person: (!is_empty).then_some(self.people.len()),
                place: (one.grid, one.at.row),
                order: (self.section, row, if is_sheet { one.at.column.number() } else { 0 }),
                column: one.at.column,
                at,
                text: text.into(),
                label: one.label.clone(),
                continues: one.continues,
                is_line: crate::recognize::is_lines(grid),
            };
            match one.looks_printed {
                true => self.leftovers.unsettled.push(leftover),
                false => self.leftovers.found.push(leftover),
            }
        }
    }

    /// Keeps what belongs to no label with the person, and says so where it is not what all forms of a blank have.
    pub(super) fn settle_leftovers(&mut self) {
        let mut leftovers = std::mem::take(&mut self.leftovers);
        let printed_or_not = std::mem::take(&mut leftovers.unsettled);
        leftovers.found.extend(unlike::unlike(printed_or_not, &leftovers));
        leftovers.found.sort_by_key(|leftover| (leftover.form, leftover.place, leftover.column));
        let mut printed: BTreeMap<CompactString, bool> = printed(&leftovers).into_iter().map(|words| (words, false)).collect();
        let mut told: Vec<Leftover> = Vec::new();
        for leftover in leftovers.found {
            let Some(person) = leftover.person else { continue };
            // what an office writes is nobody's answer
            let is_office = leftover.whose() == Some(Whose::Office);
            if !is_office && let Some(is_told) = printed.get_mut(&fold_word(&leftover.text)) {
                let file = leftover.at.file.filter(|_| !std::mem::replace(is_told, true));
                let text = format!("每份登记表上都有「{}」，当作表上印的字，没有读取", shortened(&leftover.text));
                file.into_iter().for_each(|file| self.add_remark(&file, mask_digits(&text)));
                continue;
            }
            if let Some(field) = leftover.continues.filter(|field| self.go_on(person, *field, &leftover.text)) {
                let file: Arc<str> = leftover.at.file.clone().unwrap_or_default();
                let (spot, label) = (&leftover.spot, self.scheme.label(field));
                self.add_remark(&file, format!("{spot} 前面没有栏目，是「{label}」下面一格，接在「{label}」后面读取").trim_start());
                continue;
            }
            if let Some(person) = self.people.get_mut(person) {
                person.carried.push((leftover.column, leftover.text.clone()));
            }
            if !is_office {
                told.push(leftover);
            }
        }
        for group in told.chunk_by(Leftover::is_with) {
            self.tell(group);
        }
    }

    /// Adds words to a long answer of a person, if it stays as short as answers may be.
    fn go_on(&mut self, person: usize, field: Field, words: &str) -> bool {
        let Some(person) = self.people.get_mut(person) else { return false };
        let (answer, joint) = match field {
            Field::Address => (&mut person.address, ""),
            Field::Specialty => (&mut person.specialty, "，"),
            Field::Experience => (&mut person.experience, "\n"),
            _ => return false,
        };
        let is_short = answer.chars().count() + words.chars().count() < LONGEST_ANSWER;
        if is_short {
            let joint = if answer.is_empty() { "" } else { joint };
            answer.push_str(joint);
            answer.push_str(words);
        }
        is_short
    }

    fn tell(&mut self, group: &[Leftover]) {
        const MOST_NAMED: usize = 3;
        let Some(first) = group.first() else { return };
        if group.len() > MOST_LINES && first.is_line {
            let file: Arc<str> = first.at.file.clone().unwrap_or_default();
            return self.add_remark(&file, format!("登记表前后有 {} 行文字不属于任何一项，当作说明", group.len()));
        }
        let kept = "内容原样保留，不写进名册和登记表";
        let named: Vec<String> = group.iter().take(MOST_NAMED).map(|one| format!("「{}」", shortened(&one.text))).collect();
        let more = if group.len() > MOST_NAMED { format!("等 {} 处", group.len()) } else { String::new() };
        let written = format!("{}{more}", named.concat());
        let spot = &first.spot;
        let (message, hint) = match &first.label {
            Some(Before { words, whose: Whose::Ours }) => {
                let label = without_blanks(words);
                (format!("{spot}「{label}」后面的{written}没有读作「{label}」，{kept}"), "如果它就是这一项，请写进这一项的格子里")
            }
            Some(Before { words, .. }) => {
                let label = without_blanks(words);
                (format!("「{label}」不属于任何一项，{kept}"), "如果它就是某一项，请把栏目名称改成那一项的名称")
            }
            None => (format!("{spot}{written}前面没有栏目，不知道是哪一项，{kept}"), "如果它属于某一项，请写进那一项的格子里"),
        };
        let diagnostic = Diagnostic::new(Code::UnmappedColumn, first.at.clone(), message).with_hint(hint);
        self.push_finding(Placed { order: first.order, person: first.person, diagnostic });
    }
}

impl Leftover {
    fn whose(&self) -> Option<Whose> {
        self.label.as_ref().map(|label| label.whose)
    }

    /// Whether both are told as one: they stand behind the same label, or beside each other, or on lines that follow each other.
    fn is_with(&self, other: &Self) -> bool {
        let is_near = self.place.1 == other.place.1 || (self.is_line && other.is_line && other.place.1 == self.place.1 + 1);
        let is_same = self.label == other.label;
        (self.person, self.place.0) == (other.person, other.place.0) && is_same && (self.label.is_some() || is_near)
    }
}

/// The words that a blank has: they stand on several forms, and on nearly all of the blanks that have them at all.
fn printed(leftovers: &Leftovers) -> BTreeSet<CompactString> {
    let counts: BTreeMap<usize, usize> = leftovers.blanks.values().copied().collect();
    let mut forms: BTreeMap<CompactString, BTreeSet<(usize, usize)>> = BTreeMap::new();
    for leftover in &leftovers.found {
        forms.entry(fold_word(&leftover.text)).or_default().insert((leftover.blank, leftover.form));
    }
    let is_printed = |with: &BTreeSet<(usize, usize)>| {
        let blanks: BTreeSet<usize> = with.iter().map(|(blank, _)| *blank).collect();
        let all: usize = blanks.iter().filter_map(|blank| counts.get(blank)).sum();
        with.len() > 1 && with.len() * 5 >= all * 4
    };
    forms.into_iter().filter(|(_, with)| is_printed(with)).map(|(words, _)| words).collect()
}

#[cfg(test)]
mod tests {
    use crate::collection::Checked;
    use crate::collection::tests::judged;
    use crate::diagnostic::Code;
    use crate::recognize::table_tests::drawn;

    const FORM: &str = "党员志愿者登记表\n姓名|郑试一|性别|男\n身份证号|329901198506120013|手机|13800000001\n家庭住址|常州市武进区\n";

    fn told(checked: &Checked) -> Vec<&str> {
        let findings = checked.diagnostics.iter().filter(|finding| finding.code == Code::UnmappedColumn);
        findings.map(|finding| finding.message.split_once('，').map_or(&*finding.message, |(first, _)| first)).collect()
    }

    #[test]
    fn words_without_a_label_are_kept_and_told_wherever_they_stand() {
        let grid = drawn(
            &(FORM.to_owned()
                + "服务意向|□尊老服务 ☑助残服务  周三不行\n周末除外\n||||会修水电\n本人承诺以上信息真实\n填表日期：2026年5月6日"),
            &[],
        );
        let checked = judged(&[("甲.xlsx", &grid)]);
        assert_eq!(
            told(&checked),
            ["B5「服务意向」后面的「周三不行」没有读作「服务意向」", "A6「周末除外」前面没有栏目", "E7「会修水电」前面没有栏目"]
        );
        let carried: Vec<&str> = checked.people[0].carried.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(carried, ["周三不行", "周末除外", "会修水电"]);
    }

    #[test]
    fn what_all_forms_of_a_blank_have_is_printed() {
        let slogan = "服务意向|☑尊老服务\n奉献一份爱心";
        let first = drawn(&(FORM.to_owned() + slogan), &[]);
        let second = drawn(&(FORM.replace("郑试一", "郑试二").replace("20013", "20021") + slogan), &[]);
        assert_eq!(told(&judged(&[("甲.xlsx", &first)])), ["A6「奉献一份爱心」前面没有栏目"]);
        let both = judged(&[("甲.xlsx", &first), ("乙.xlsx", &second)]);
        assert_eq!(told(&both), Vec::<&str>::new());
        assert_eq!(both.remarks[0].text, "每份登记表上都有「奉献一份爱心」，当作表上印的字，没有读取");
    }

    #[test]
    fn words_beside_the_heading_of_a_list_are_told() {
        let list = "服务意向|☑尊老服务\n称谓|姓名|工作单位||会修水电\n妻子|郑某|春江小学\n父亲|郑甲|长塘村";
        let grid = drawn(&(FORM.to_owned() + list), &[]);
        let checked = judged(&[("甲.xlsx", &grid)]);
        assert!(told(&checked).contains(&"E6「会修水电」前面没有栏目"), "{:?}", told(&checked));
    }

    #[test]
    fn a_long_answer_goes_on_in_the_cell_below_it() {
        let grid = drawn(&(FORM.to_owned() + "|长塘村3幢201室\n服务意向|☑尊老服务"), &[]);
        let checked = judged(&[("甲.xlsx", &grid)]);
        assert_eq!(checked.people[0].address, "常州市武进区长塘村3幢201室");
        assert_eq!(told(&checked), Vec::<&str>::new());
        assert_eq!(checked.remarks[0].text, "B5 前面没有栏目，是「家庭地址」下面一格，接在「家庭地址」后面读取");
    }
}
