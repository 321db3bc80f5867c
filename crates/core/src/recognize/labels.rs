//! What a heading or a label of a form asks for, or whose it is: the scheme's labels and aliases, made ready for look-up.
//!
//! The one table of labels: columns of tables and labels of cards are claimed by it alike. Where a label stands, and
//! which of several that it may ask for is meant, is the business of `table` and `card`.

mod composed;
mod courtesies;
mod surveys;

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

use super::{OTHER, SplitColumn, Target};
use crate::marks;
use crate::scheme::{Field, FieldSpec, Scheme};
use crate::text::fold_label;
use courtesies::without_courtesies;
pub(crate) use surveys::question_and_answer;

/// A label longer than this is prose and asks for nothing.
const LONGEST_LABEL: usize = 240;

/// 其他 and 其它 say nothing of what is meant.
const LONGEST_BARE_OTHER: usize = 2;

/// Words for the person the form is about; a label behind them is the person's own (志愿者手机).
const OWN_BEGINNINGS: [&str; 17] = [
    "志愿者", "党员", "报名人", "报名者", "参加人", "个人", "村民", "居民", "同志", "学员", "职工", "员工", "教职工", "队员", "成员",
    "申报人", "被登记人",
];

/// Whether the words are one for the person the form is about, and nothing else.
pub(super) fn is_own_beginning(words: &str) -> bool {
    OWN_BEGINNINGS.contains(&words)
}

/// What a label asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Claim {
    /// One thing.
    Sure(Target),
    /// One of these fields; what stands below decides.
    Ambiguous(Vec<Field>),
}

/// Whose a label is that is not the person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Another person's; labels beside it are that person's too.
    Person,
    /// A list of relatives; its whole row speaks of them.
    Relatives,
    /// The office's.
    Office,
    /// The person's, but not what some field that looks like it asks for (籍贯 is no address).
    LookAlike,
}

/// What a label says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// It asks for something of ours.
    Ours(Claim),
    /// It is somebody else's.
    Foreign(Owner),
}

/// The scheme's labels, ready for look-up.
#[derive(Debug)]
pub(crate) struct Labels<'s> {
    scheme: &'s Scheme,
    sure: HashMap<CompactString, Target>,
    ambiguous: HashMap<CompactString, Vec<Field>>,
    /// Labels that may ask for a choice, or for something else: 补贴.
    choices: HashMap<CompactString, Field>,
    options: HashMap<CompactString, (Field, u16)>,
    /// Labels that are nobody's of ours.
    foreign: HashSet<CompactString>,
    /// Look-alikes of some field.
    not: HashSet<CompactString>,
}

/// Headings under which sheets say how people are split into teams; the first of each are those of our own.
const TEAM_LABELS: [&str; 9] =
    ["支队", "支队名称", "所在支队", "所属支队", "服务支队", "志愿服务支队", "党员志愿者服务支队", "所属服务支队", "志愿服务队"];
const DUTY_LABELS: [&str; 5] = ["职责", "队内职责", "支队职责", "队内职务", "支队职务"];

impl<'s> Labels<'s> {
    /// The labels of this scheme. Where two say the same, the first counts: the table's own marks, then a field's own label,
    /// then what asks for two, then other words for a field.
    pub(crate) fn of(scheme: &'s Scheme) -> Self {
        let mut labels = Self {
            scheme,
            sure: HashMap::new(),
            ambiguous: HashMap::new(),
            choices: HashMap::new(),
            options: HashMap::new(),
            foreign: HashSet::new(),
            not: HashSet::new(),
        };
        labels.add_marks_and_teams();
        labels.add_own_labels();
        for spec in &scheme.fields {
            labels.add_other_words(spec);
            labels.add_options(spec);
        }
        for label in &scheme.survey_labels {
            labels.sure.entry(label.clone()).or_insert(Target::Ignored);
        }
        for label in &scheme.foreign_labels {
            labels.foreign.insert(fold_label(label));
        }
        labels.leave_ambiguous_open();
        labels
    }

    fn add_marks_and_teams(&mut self) {
        for mark in [marks::EXPLANATION, marks::ORIGIN] {
            self.sure.insert(mark.into(), Target::Mark);
        }
        for (words, column) in [(&TEAM_LABELS[..], SplitColumn::Team), (&DUTY_LABELS, SplitColumn::Duty)] {
            for label in words {
                self.sure.insert((*label).into(), Target::Split(column));
            }
        }
    }

    fn add_own_labels(&mut self) {
        for spec in &self.scheme.fields {
            self.sure.entry(fold_label(&spec.label)).or_insert(Target::Field(spec.field));
        }
        for spec in &self.scheme.combined {
            for label in std::iter::once(&spec.label).chain(&spec.aliases) {
                self.sure.entry(fold_label(label)).or_insert(Target::Combined(spec.fields));
            }
        }
    }

    fn add_other_words(&mut self, spec: &FieldSpec) {
        for alias in &spec.aliases {
            self.sure.entry(fold_label(alias)).or_insert(Target::Field(spec.field));
        }
        for label in &spec.ambiguous {
            if spec.field.is_choice() {
                self.choices.entry(fold_label(label)).or_insert(spec.field);
            } else {
                self.ambiguous.entry(fold_label(label)).or_default().push(spec.field);
            }
        }
        for label in &spec.not {
            self.not.insert(fold_label(label));
        }
    }

    fn add_options(&mut self, spec: &FieldSpec) {
        for (place, option) in (0u16..).zip(&spec.options) {
            for word in std::iter::once(&option.label).chain(&option.aliases) {
                self.options.entry(fold_label(word)).or_insert((spec.field, place));
            }
        }
        // a bare 其他 may be any choice's
        let others = spec.other.iter().flat_map(|other| std::iter::once(&other.label).chain(&other.aliases));
        for word in others.map(|word| fold_label(word)).filter(|word| word.chars().count() > LONGEST_BARE_OTHER) {
            self.options.entry(word).or_insert((spec.field, OTHER));
        }
    }

    /// What is ambiguous stays so even where it is also one field's own label: 电话 is annex 1's word for the telephone and many
    /// a sheet's word for the mobile.
    fn leave_ambiguous_open(&mut self) {
        for label in self.scheme.fields.iter().flat_map(|spec| &spec.ambiguous).map(|label| fold_label(label)) {
            if let Some(Target::Field(field)) = self.sure.remove(&label)
                && let Some(fields) = self.ambiguous.get_mut(&label)
            {
                // whose own label it is comes first
                fields.retain(|other| *other != field);
                fields.insert(0, field);
            }
        }
    }

    /// The choice that a column may ask for whose heading says no more than 补贴; what stands below it decides.
    pub(crate) fn choice_by_content(&self, text: &str) -> Option<Field> {
        self.choices.get(&fold_label(text)).copied()
    }

    pub(crate) fn scheme(&self) -> &'s Scheme {
        self.scheme
    }

    /// What this heading asks for; `None` if no field claims it.
    pub(crate) fn claim(&self, text: &str) -> Option<Claim> {
        match self.meaning(text)? {
            Meaning::Ours(claim) => Some(claim),
            Meaning::Foreign(_) => None,
        }
    }

    /// What is left of a label for two answers whose words do not name the first (现任职务), where something else asks for that.
    pub(crate) fn half_of(&self, target: Target, label: &str, is_asked: impl Fn(Field) -> bool) -> Target {
        let Target::Combined([first, second]) = target else { return target };
        let folded = fold_label(label);
        let names =
            |spec: &FieldSpec| std::iter::once(&spec.label).chain(&spec.aliases).any(|word| folded.contains(fold_label(word).as_str()));
        let is_named = self.scheme.spec(first).is_none_or(names);
        if is_asked(first) && !is_asked(second) && !is_named { Target::Field(second) } else { target }
    }

    /// What the column of something else holds that stands below a choice, beside the choice's options: 其他.
    pub(crate) fn something_else(&self, choice: &Claim, text: &str) -> Option<Claim> {
        let Claim::Sure(Target::Field(field)) = *choice else { return None };
        self.is_something_else(field, text).then_some(Claim::Sure(Target::Option(field, OTHER)))
    }

    /// Whether the words name what is written beside the options of this choice: 其他, 其他（请注明）.
    fn is_something_else(&self, field: Field, text: &str) -> bool {
        const BEHIND: [&str; 6] = ["", "请注明", "请填写", "请说明", "补充", "选项"];
        let Some(spec) = self.scheme.spec(field).filter(|_| field.is_choice()) else { return false };
        let folded = fold_label(text);
        let bare = folded.strip_prefix("其他").or_else(|| folded.strip_prefix("其它"));
        bare.is_some_and(|behind| BEHIND.contains(&behind))
            || spec.other.as_ref().is_some_and(|other| fold_label(&other.label) == folded || other.aliases.contains(&folded))
    }

    /// What this heading or label says; `None` if it is neither of ours nor known to be somebody else's.
    pub(crate) fn meaning(&self, text: &str) -> Option<Meaning> {
        if text.len() > LONGEST_LABEL {
            return None;
        }
        if let Some((field, option)) = self.option_of_choice(text) {
            return Some(Meaning::Ours(Claim::Sure(Target::Option(field, option))));
        }
        if is_for_a_seal(text) {
            return Some(Meaning::Foreign(Owner::Office));
        }
        let folded = fold_label(text);
        let bare = without_courtesies(&folded);
        if let Some(meaning) = self.meaning_of(&folded).or_else(|| self.meaning_of(bare)) {
            return Some(meaning);
        }
        if let Some(claim) = self.two_answers(bare) {
            return Some(Meaning::Ours(claim));
        }
        if let Some(meaning) = without_translation(bare).and_then(|words| self.meaning_of(words)) {
            return Some(meaning);
        }
        let photo = || (self.scheme.has(Field::Photo) && is_photo_label(bare)).then_some(Claim::Sure(Target::Field(Field::Photo)));
        let ours = self.own(&folded).or_else(|| self.own(bare)).or_else(|| self.one_of_several(bare)).or_else(|| self.said_twice(bare));
        let ours = ours.or_else(|| self.wanted_service(&folded, bare)).or_else(photo);
        let ours = ours.or_else(|| self.in_two_languages(bare)).or_else(|| self.and_its_translation(text));
        let composed = || composed::field(&folded, self.scheme).or_else(|| composed::field(bare, self.scheme));
        let ours = ours.or_else(|| composed().map(|field| Claim::Sure(Target::Field(field))));
        let ours = ours.map(Meaning::Ours).or_else(|| self.meaning(without_frame(text)?));
        ours.or_else(|| self.meaning(surveys::without_count(text)?)).or_else(|| self.meaning(&surveys::behind_own_group(text)?))
    }

    /// A label with its English behind it: 姓名 Name.
    fn in_two_languages(&self, folded: &str) -> Option<Claim> {
        let english = folded.find(|c: char| c.is_ascii())?;
        let (chinese, english) = folded.split_at(english);
        let is_english = english.len() > 1
            && !ABBREVIATIONS.contains(&english)
            && english.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '.' | '-' | '/'));
        if is_english { self.exact(chinese) } else { None }
    }

    /// A label with its translation parted from it: `QQ号 QQ No.`; both ask for the same.
    fn and_its_translation(&self, text: &str) -> Option<Claim> {
        let (label, translation) = text.trim().split_once(|c: char| c.is_whitespace() || c == '/')?;
        let claim = self.exact(&fold_label(label)).filter(|_| translation.is_ascii())?;
        (self.exact(&fold_label(translation)).as_ref() == Some(&claim)).then_some(claim)
    }

    /// A label that says the same in two ways: QQ号码/QQ, 手机/手机号码.
    fn said_twice(&self, folded: &str) -> Option<Claim> {
        let (one, other) = folded.split_once('/')?;
        self.exact(one).filter(|claim| matches!(claim, Claim::Sure(Target::Field(_))) && self.exact(other).as_ref() == Some(claim))
    }

    /// A label that asks for two things at once, each of them plainly: 姓名/性别, 手机、QQ, 姓名及性别.
    fn two_answers(&self, folded: &str) -> Option<Claim> {
        const PARTINGS: [char; 6] = ['/', '、', '及', '和', '与', ','];
        let plain = |words: &str| match self.sure.get(words)? {
            Target::Field(field) if is_short_text(*field) => Some(*field),
            _ => None,
        };
        let both = |parting: &char| {
            let (one, other) = folded.split_once(*parting)?;
            Some([plain(one)?, plain(other)?])
        };
        let fields = PARTINGS.iter().find_map(both)?;
        // two words for how to reach somebody ask for one number
        let is_one_number = fields.iter().all(|field| matches!(field, Field::Mobile | Field::Phone));
        (fields[0] != fields[1] && !is_one_number).then_some(Claim::Sure(Target::Combined(fields)))
    }

    /// The question which services somebody takes part in, in a sentence: 本人愿意参加以下志愿服务.
    fn wanted_service(&self, folded: &str, bare: &str) -> Option<Claim> {
        const ENDINGS: [&str; 3] = ["志愿服务", "志愿服务活动", "志愿活动"];
        let is_wanted = folded != bare && ["参加", "参与"].iter().any(|word| folded.contains(word)) && !folded.contains('曾');
        (is_wanted && ENDINGS.contains(&bare)).then_some(())?;
        self.scheme.has(Field::Services).then_some(Claim::Sure(Target::Field(Field::Services)))
    }

    /// A label with a number behind it, because the sheet asks for several of the kind: 手机1, 联系电话2.
    fn one_of_several(&self, folded: &str) -> Option<Claim> {
        let kind = folded.strip_suffix(|c: char| c.is_ascii_digit() || matches!(c, '一' | '二' | '三'))?;
        self.exact(kind).filter(|claim| matches!(claim, Claim::Sure(Target::Field(_)) | Claim::Ambiguous(_)))
    }

    fn meaning_of(&self, folded: &str) -> Option<Meaning> {
        self.exact(folded).map(Meaning::Ours).or_else(|| self.owner(folded).map(Meaning::Foreign))
    }

    /// Whether the heading is the office's, such as 备注.
    pub(crate) fn is_remark(&self, text: &str) -> bool {
        self.meaning(text) == Some(Meaning::Foreign(Owner::Office))
    }

    /// Whether the words head a column of any table, be it one that counts people (党员总数, 志愿者人数); an option is an answer, too.
    pub(crate) fn heads_a_column(&self, text: &str) -> bool {
        const COUNTS: [&str; 4] = ["总数", "人数", "参与率", "比例"];
        match self.meaning(text) {
            Some(Meaning::Ours(Claim::Sure(Target::Option(..)))) => false,
            Some(_) => true,
            None => COUNTS.iter().any(|ending| fold_label(text).ends_with(ending)),
        }
    }

    /// Whose the folded label is, if it speaks of somebody else or belongs to the office.
    pub(crate) fn owner(&self, folded: &str) -> Option<Owner> {
        if is_relation(folded) {
            return Some(Owner::Relatives);
        }
        if self.scheme.foreign_prefixes.iter().any(|prefix| folded.starts_with(prefix.as_str())) {
            return Some(Owner::Person);
        }
        if self.foreign.contains(folded) {
            return Some(Owner::Office);
        }
        self.not.contains(folded).then_some(Owner::LookAlike)
    }

    /// What a folded label asks for as it stands. The scheme's own labels and aliases come before anybody else's.
    fn exact(&self, folded: &str) -> Option<Claim> {
        if let Some(target) = self.sure.get(folded) {
            return Some(Claim::Sure(*target));
        }
        if let Some(fields) = self.ambiguous.get(folded) {
            return Some(Claim::Ambiguous(fields.clone()));
        }
        if self.foreign.contains(folded) {
            return None;
        }
        self.options.get(folded).map(|(field, option)| Claim::Sure(Target::Option(*field, *option)))
    }

    /// A label behind a word for the person: 志愿者手机. A number of the person (党员编号) is no line number.
    fn own(&self, folded: &str) -> Option<Claim> {
        let rest = OWN_BEGINNINGS.iter().find_map(|beginning| folded.strip_prefix(beginning))?;
        self.exact(rest).filter(|claim| *claim != Claim::Sure(Target::Field(Field::Seq)))
    }
}

/// Whether the answer to this field is a few words, which another answer can stand beside.
pub(crate) fn is_short_text(field: Field) -> bool {
    !field.is_choice() && !matches!(field, Field::Photo | Field::SignedOn | Field::Seq | Field::Experience | Field::Own(_))
}

/// Whether a label asks how somebody is related: a list of relatives has such a column, a list of volunteers has none.
fn is_relation(folded: &str) -> bool {
    matches!(folded, "称谓" | "关系") || (folded.ends_with("关系") && folded.starts_with(['与', '和']))
}

/// Whether the words ask for a portrait, however they say what it has to look like: 贴一寸近期免冠彩色照片处.
pub(crate) fn is_photo_label(folded: &str) -> bool {
    /// Longer ones are sentences.
    const LONGEST: usize = 20;
    const NAMES: [&str; 5] = ["照片", "相片", "免冠照", "寸照", "证件照"];
    /// What says that it shows something else than the person, or how many there are.
    const OTHERS: [&str; 12] = ["身份证", "证书", "活动", "现场", "合影", "集体", "工作照", "生活照", "张数", "数量", "编号", "是否"];
    folded.chars().count() <= LONGEST
        && NAMES.iter().any(|name| folded.contains(name))
        && OTHERS.iter().all(|other| !folded.contains(other))
}

/// What stands beside Chinese words without being their translation: IP地址 is nobody's address, 手机APP no mobile.
const ABBREVIATIONS: [&str; 16] =
    ["app", "hr", "ip", "it", "mac", "mba", "mpa", "pc", "po", "qq", "sim", "url", "vip", "web", "wechat", "wifi"];

fn is_all_chinese(words: &str) -> bool {
    words.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

/// A Chinese label without its translation behind or before it: `姓名name`, `dateofbirth出生年月`.
fn without_translation(folded: &str) -> Option<&str> {
    const SHORTEST: usize = 2;
    let is_foreign = |c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '\'' | '/' | '-' | '&');
    if ABBREVIATIONS.iter().any(|word| folded.strip_prefix(word).or_else(|| folded.strip_suffix(word)).is_some_and(is_all_chinese)) {
        return None;
    }
    let words = folded.trim_matches(is_foreign);
    let letters = (folded.len() - words.len()).checked_sub(SHORTEST)?;
    (is_all_chinese(words) && words.chars().count() > 1 && letters < 40).then_some(words)
}

/// Whether the label asks for the seal of an office: 单位（盖章）.
fn is_for_a_seal(text: &str) -> bool {
    const SEALS: [&str; 3] = ["盖章", "公章", "印章"];
    let bracketed = text.split(['（', '(', '【', '[']).skip(1).filter_map(|part| part.split(['）', ')', '】', ']']).next());
    bracketed
        .into_iter()
        .any(|hint| SEALS.iter().any(|seal| hint.chars().filter(|c| !c.is_whitespace()).collect::<String>().ends_with(seal)))
}

/// The words of a label that stands in brackets as a whole: 【姓名】.
fn without_frame(text: &str) -> Option<&str> {
    const PAIRS: [(char, char); 7] = [('【', '】'), ('〖', '〗'), ('［', '］'), ('[', ']'), ('《', '》'), ('「', '」'), ('〔', '〕')];
    let text = text.trim();
    let (open, close) = PAIRS.into_iter().find(|(open, _)| text.starts_with(*open))?;
    let inside = text.strip_prefix(open)?.trim_end_matches([':', '：', ' ']).strip_suffix(close)?;
    (!inside.contains([open, close]) && !inside.trim().is_empty()).then_some(inside)
}
