//! What a cell gives once the search comes to it: a slot for a label of ours, an answer kept for a label of nobody's, or nothing.
//!
//! Where answers stand is asked here, not decided; that is told in `answer.rs`, `options.rs` and `layout.rs`.

use std::ops::Range;

use compact_str::CompactString;

use super::{Search, asks_for_name, stranger};
use crate::address::{Address, Column};
use crate::hint;
use crate::recognize::Target;
use crate::recognize::card::label::{self, Meaning, is_han};
use crate::recognize::card::{Card, List, marks};
use crate::recognize::labels::{Claim, Owner, is_short_text};
use crate::scheme::Field;
use crate::text::{fold_label, is_blank_character};
use crate::value::han;

impl Search<'_> {
    /// Takes what the cell says: labels with their answers, or nothing where it is an answer or a heading itself.
    pub(super) fn visit(&mut self, at: Address, text: &str, cards: &mut Vec<Card>) {
        if self.taken.contains(&at) {
            return self.keep_remark(at, text, cards.last_mut());
        }
        // a damaged file can hold a row twice; what is known of an address is about its first cell
        if !std::ptr::eq(text, self.text(at)) {
            cards.last_mut().into_iter().for_each(|card| card.unclaimed.push((at, text.into())));
            return;
        }
        if let Some(list) = self.lists.iter().find(|list| list.contains(at)) {
            return self.keep_in_list(at, text, list.label, cards.last_mut());
        }
        let is_foreign = self.is_foreign(at) && !self.own.contains(&at);
        let Some(meanings) = self.cells.get(&at).cloned() else {
            if !is_foreign {
                self.unknown(at, text, cards);
            }
            return;
        };
        if self.is_heading(at, text, &meanings) {
            return;
        }
        let asks_for_text = |meaning: &Meaning| match meaning {
            Meaning::Label { targets, .. } => targets.iter().all(|target| target.field().is_none_or(is_short_text)),
            Meaning::Foreign(_) | Meaning::ForeignWith(..) | Meaning::Unclaimed(..) => false,
        };
        if meanings.iter().all(asks_for_text) && self.is_over_strangers(at) {
            return;
        }
        let has_label = meanings.iter().any(|meaning| !matches!(meaning, Meaning::Unclaimed(..)));
        for meaning in meanings {
            self.take(meaning, at, text, (has_label, is_foreign), cards);
        }
    }

    /// Takes one of the labels of a cell; `is_foreign` where the cell stands among what is said of others.
    fn take(&mut self, meaning: Meaning, at: Address, text: &str, (has_label, is_foreign): (bool, bool), cards: &mut Vec<Card>) {
        match meaning {
            // a line of nobody's labels alone is one of a form where it stands next to labels of ours
            Meaning::Unclaimed(words, place) if !has_label => {
                let is_first = self.is_text() && self.is_before_labels(at.row);
                if !is_foreign && let Some(card) = cards.last_mut().filter(|card| is_first || self.is_of_nobody || !card.slots.is_empty()) {
                    stranger(card, [at, at], &text[words], text, place);
                }
            }
            Meaning::Label { ref targets, rest: None, .. } if !is_foreign && self.is_section(at, targets) => {}
            Meaning::Label { targets, words, rest } if !is_foreign => self.label(at, text, (targets, words, rest), cards),
            Meaning::Unclaimed(words, place) => {
                if !is_foreign && let Some(card) = cards.last_mut() {
                    card.unclaimed.push((at, text[words.clone()].into()));
                    stranger(card, [at, at], &text[words], text, place);
                }
            }
            // its answer stands below or in its own cell: what is beside it speaks for itself
            Meaning::Foreign(Owner::LookAlike) if !is_foreign && self.keeps_unknown(at, text, cards) => {}
            Meaning::ForeignWith(owner, words, place) => self.keep_with(owner, at, text, [words, place], cards),
            Meaning::Label { words, rest: Some(place), .. } => {
                cards.last_mut().into_iter().for_each(|card| stranger(card, [at, at], &text[words.clone()], text, place.clone()));
            }
            Meaning::Label { .. } | Meaning::Foreign(_) => {
                if let Some(answer) = self.beside(at).filter(|answer| self.is_free(*answer)) {
                    let text = self.parted.words.get(&at).map_or(text, |whole| whole.as_str());
                    self.keep_of_others(at, text, answer, cards.last_mut());
                    self.taken.insert(answer);
                }
            }
        }
    }

    /// Whether a label of ours stands right below this row.
    fn is_before_labels(&self, row: u32) -> bool {
        let below = row.saturating_add(1);
        let mut below = self.cells.range(Address { row: below, column: Column::FIRST }..=Address { row: below, column: Column::LAST });
        below.any(|(_, meanings)| meanings.iter().any(|meaning| matches!(meaning, Meaning::Label { .. })))
    }

    /// Keeps a cell of a list inside the form.
    fn keep_in_list(&self, at: Address, text: &str, label_at: Address, card: Option<&mut Card>) {
        let is_line = |c: char| is_blank_character(c) || matches!(c, '_' | '＿');
        let Some(card) = card.filter(|card| !card.slots.is_empty() && !text.chars().all(is_line)) else { return };
        match card.lists.last_mut().filter(|list| list.label_at == label_at) {
            Some(list) => list.cells.push(at),
            None => card.lists.push(List { label: self.text(label_at).trim().into(), label_at, cells: vec![at] }),
        }
    }

    /// Keeps what is written behind a label of somebody else (介绍人, 紧急联系人); not what an office writes.
    fn keep_of_others(&self, at: Address, text: &str, answer: Address, card: Option<&mut Card>) {
        let is_office = matches!(self.owner(at), Some(Owner::Office)) && !is_remark(text);
        if let Some(card) = card.filter(|card| !is_office && !card.slots.is_empty() && !self.is_in_list(at)) {
            stranger(card, [at, answer], text, self.text(answer), 0..self.text(answer).len());
        }
    }

    /// Keeps what is written behind a label of somebody else in the same cell or line.
    fn keep_with(&self, owner: Owner, at: Address, text: &str, [words, place]: [Range<usize>; 2], cards: &mut [Card]) {
        let is_told = owner != Owner::Office || is_remark(&text[words.clone()]);
        if let Some(card) = cards.last_mut().filter(|card| is_told && !card.slots.is_empty()) {
            stranger(card, [at, at], &text[words], text, place);
        }
    }

    /// Whose the label of this cell is, where it is somebody else's.
    pub(super) fn owner(&self, at: Address) -> Option<Owner> {
        match self.cells.get(&at)?.first()? {
            Meaning::Foreign(owner) | Meaning::ForeignWith(owner, ..) => Some(*owner),
            Meaning::Label { .. } | Meaning::Unclaimed(..) => None,
        }
    }

    /// Whether the cell stands in the heading of a list.
    fn is_in_list(&self, at: Address) -> bool {
        let form = self.form_at(at.column);
        let [first, last] = [*form.start(), *form.end()].map(|column| Address { column, ..at });
        self.lists.iter().any(|list| self.is_beside_list(list, at))
            || self.cells.range(first..=last).any(|(at, _)| self.heads_relatives(*at))
    }

    /// Whether the label is no more than the heading of the rows below it: it stands alone in its row, nothing answers it, and
    /// a row right below asks for the same (二、联系方式 above 手机号码).
    fn is_section(&self, at: Address, targets: &[Target]) -> bool {
        const NEAR: u32 = 3;
        let is_alone = at.column == Column::FIRST && self.beside(at).is_none();
        let is_long = targets.iter().any(|target| target.field().is_some_and(|field| field.is_choice() || field == Field::Experience));
        let is_answered = || match self.is_text() {
            true => is_long && self.below(at).is_some_and(|below| self.is_free(below)),
            false => self.answer_cell(at).is_some(),
        };
        // 二、志愿服务意愿 as the last line before a table heads the table
        let is_last_line = self.is_text() && self.below(at).is_none_or(|below| !self.is_free(below) || self.text(below).is_empty());
        if is_last_line && (is_long || targets.len() > 1) && is_counted_section(self.text(at)) {
            return true;
        }
        let asks_again = |meaning: &Meaning| matches!(meaning, Meaning::Label { targets: also, .. } if also.iter().any(|target| targets.contains(target)));
        let below = Address { row: at.row + 1, column: Column::FIRST }..=Address { row: at.row.saturating_add(NEAR), column: Column::LAST };
        is_alone && !is_answered() && self.cells.range(below).any(|(_, meanings)| meanings.iter().any(asks_again))
    }

    /// Treats the cell as an unknown one and says whether an answer to it was kept.
    fn keeps_unknown(&mut self, at: Address, text: &str, cards: &mut Vec<Card>) -> bool {
        let kept = |cards: &[Card]| cards.last().map_or(0, |card| card.strangers.len());
        let before = kept(cards);
        let whole = self.parted.words.get(&at).cloned();
        self.unknown(at, whole.as_deref().unwrap_or(text), cards);
        kept(cards) > before
    }

    /// A cell that no label of ours begins: perhaps a label nobody claims, with or without an answer.
    fn unknown(&mut self, at: Address, text: &str, cards: &mut Vec<Card>) {
        if self.choice_without_label(at, text, cards) {
            return;
        }
        if cards.last().is_some_and(|card| card.slot(Field::Name).is_some()) && self.is_title_again(at, text) {
            return cards.push(Card::default());
        }
        let Some(card) = cards.last_mut() else { return };
        let is_of_form = self.is_of_nobody || !card.slots.is_empty();
        let is_said = |place: &Range<usize>| !self.is_text() || (is_of_form && label::is_short_answer(text, place));
        if let Some((words, place)) = label::unclaimed_with_answer(text).filter(|(_, place)| is_said(place)) {
            let is_empty = text[place.clone()].chars().all(is_blank_character);
            // 民族： with its answer in the cell beside it
            if self.is_text() || !is_empty || self.beside(at).is_none_or(|beside| !self.is_free(beside)) {
                return stranger(card, [at, at], &text[words], text, place);
            }
        }
        // the words of an option whose box stands in another cell
        let is_read = |field| card.slot(field).is_some_and(|slot| !slot.marks.is_empty());
        if matches!(self.labels.claim(text), Some(Claim::Sure(Target::Option(field, _))) if is_read(field)) {
            return;
        }
        if let Some(before) = self.behind_answer(at, text, card) {
            return stranger(card, [at, at], &format!("{before}后面多出的一格"), text, 0..text.len());
        }
        if let Some(below) = self.answer_below(at).filter(|_| label::looks_like_one(text)) {
            stranger(card, [at, below], text, self.text(below), 0..self.text(below).len());
            self.taken.insert(below);
            return;
        }
        let Some(beside) = self.beside(at).filter(|_| label::looks_like_one(text)) else { return };
        let answer = self.text(beside);
        if answer.is_empty() {
            let is_title = card.slots.is_empty() && text.trim_end_matches(is_blank_character).ends_with(['表', '册', '卡']);
            let is_option = matches!(self.labels.claim(text), Some(Claim::Sure(Target::Option(..))));
            if !is_title && !is_option {
                card.unclaimed.push((at, text.into()));
            }
        } else if self.is_free(beside) {
            stranger(card, [at, beside], text, answer, 0..answer.len());
            self.taken.insert(beside);
        }
    }

    /// For what was written into a cell with no label of its own, behind an answer of its row (手机 | 13800000001 | 13900000002), the
    /// label of that answer; what the blank says there of how to answer is none, nor is what labels the next cell.
    fn behind_answer(&self, at: Address, text: &str, card: &Card) -> Option<CompactString> {
        let is_label = || label::looks_like_one(text) && self.beside(at).is_some_and(|beside| self.is_free(beside));
        if self.is_text() || !(is_number(text) || (is_words(text) && !is_label())) {
            return None;
        }
        let left = |at: &Address| self.left(*at).filter(|left| left.row == at.row);
        let before = std::iter::successors(left(&at), left).find(|before| !self.text(*before).is_empty())?;
        let slot = card.slots.iter().find(|slot| slot.answer_at == before && slot.label_at != before)?;
        let is_hint = slot.target.answered().iter().any(|field| hint::is_one(*field, text));
        (slot.marks.is_empty() && slot.letters.is_empty() && !is_hint).then(|| slot.label.trim_end_matches(['：', ':']).into())
    }

    /// Whether the label that the form begins with stands again below its name, with another name to come: forms below each
    /// other that do not begin with the name.
    fn begins_again(&self, card: &Card, at: Address, targets: &[Target]) -> bool {
        let Some(first) = card.slots.first() else { return false };
        let is_first = targets.contains(&first.target) && first.label_at.column == at.column;
        is_first
            && card.slot(Field::Name).is_some_and(|name| name.label_at.row < at.row)
            && self.cells.range(at..).any(|(at, meanings)| !self.is_foreign(*at) && asks_for_name(meanings))
    }

    pub(super) fn label(
        &mut self,
        at: Address,
        text: &str,
        found: (Vec<Target>, Range<usize>, Option<Range<usize>>),
        cards: &mut Vec<Card>,
    ) {
        let (targets, words, rest) = found;
        let is_name = targets.iter().any(|target| target.asks_for(Field::Name));
        if cards.last().is_some_and(|card| card.slot(Field::Name).is_some() && (is_name || self.begins_again(card, at, &targets))) {
            cards.push(Card::default());
        }
        let Some(card) = cards.last_mut() else { return };
        let again = targets.clone();
        let free = targets.into_iter().find(|target| target.field().is_some_and(|field| card.slot(field).is_none()));
        let Some(target) = free else {
            self.repeat(at, text, (&again, &words, &rest), card);
            // 手机 asked for twice: the first is the field's, the second is kept beside it
            let beside = self.beside(at).filter(|beside| rest.is_none() && self.is_free(*beside));
            let (answer_at, place) =
                beside.map_or((at, rest.unwrap_or(text.len()..text.len())), |beside| (beside, 0..self.text(beside).len()));
            // what was written there again says nothing new
            let said = self.text(answer_at).get(place.clone()).unwrap_or("").trim();
            let first =
                again.iter().filter_map(|target| card.slot(target.field()?)).map(|slot| self.text(slot.answer_at).get(slot.place.clone()));
            if !first.flatten().any(|first| first.trim() == said) {
                stranger(card, [at, answer_at], &text[words], self.text(answer_at), place);
            }
            return;
        };
        let mut slot = self.slot(target, at, text, words, rest);
        if let Some(words) = self.parted.words.get(&at) {
            slot.label.clone_from(words);
        }
        let answers = slot.marks.iter().map(|mark| mark.at).chain([slot.answer_at]).chain(slot.letters.iter().copied());
        // the words of an option that has a cell of its own to tick are no label
        let words = slot.marks.iter().filter(|mark| mark.glyph.start == 0).filter_map(|mark| self.left(mark.at));
        let words =
            words.filter(|at| target.field().is_some_and(|field| marks::named(self.text(*at), field, self.labels.scheme()).is_some()));
        // headings of the answer's own, such as 起止时间, are no labels either
        let is_deeper = slot.answer_at.row > at.row && slot.answer_at.row <= self.covered(at).last.row && slot.marks.is_empty();
        let headings = std::iter::successors(self.beside(at).filter(|_| is_deeper), |heading| {
            self.beside(*heading).filter(|next| next.row == heading.row)
        });
        let taken: Vec<Address> = answers.chain(words).chain(headings).filter(|answer| *answer != at).collect();
        self.taken.extend(taken);
        if let Some(field) = target.field()
            && let Some((other, _)) = slot.other.as_ref().filter(|(other, _)| *other != at)
        {
            // 其他时间 without a box, and the cell beside it where it is written
            let words = self.left(*other).filter(|words| marks::is_other(self.text(*words), field, self.labels.scheme()));
            self.taken.extend(words.into_iter().chain([*other]));
        }
        card.slots.push(slot);
    }

    /// Notes where what the form has asked for is asked for again.
    fn repeat(&self, at: Address, text: &str, (targets, words, rest): (&[Target], &Range<usize>, &Option<Range<usize>>), card: &mut Card) {
        let again = targets.iter().copied().find(|target| card.slots.iter().any(|slot| slot.target == *target));
        if let Some(target) = again {
            card.repeats.push(self.slot(target, at, text, words.clone(), rest.clone()));
        }
    }
}

/// Whether the words are counted as sections are, and have no colon: 二、志愿服务意愿.
fn is_counted_section(text: &str) -> bool {
    let text = text.trim_matches(is_blank_character);
    if text.starts_with('第') && text.contains("部分") {
        return !text.ends_with(['：', ':']);
    }
    let words = han::behind_count(text.trim_start_matches(['（', '(']));
    words.is_some_and(|words| words.starts_with(['、', '.', '．', '）', ')']) && !words.ends_with(['：', ':']))
}

/// Whether the label is for whatever somebody wants to say, and no office's: 备注.
fn is_remark(label: &str) -> bool {
    matches!(fold_label(label).as_str(), "备注" | "附注" | "备注说明")
}

/// Whether a text may be a number that somebody wrote, and no year or unit of the blank's.
fn is_number(text: &str) -> bool {
    const FEWEST_DIGITS: usize = 7;
    let is_code = |c: char| c.is_ascii_alphanumeric() || is_blank_character(c) || matches!(c, '-' | '+' | '、' | '/' | ';' | '；');
    text.chars().filter(char::is_ascii_digit).count() >= FEWEST_DIGITS && text.chars().all(is_code)
}

/// Whether a text may be words that somebody wrote, and no unit, sign or remark in brackets of the blank's.
fn is_words(text: &str) -> bool {
    const FEWEST: usize = 4;
    text.chars().filter(|c| is_han(*c)).count() >= FEWEST
        && !text.trim_matches(is_blank_character).starts_with(['（', '(', '【', '[', '※', '*'])
}
