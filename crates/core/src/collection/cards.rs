//! The answers on a form, as raw as those of a table's line.

use std::borrow::Cow;
use std::ops::Range;

use crate::address::Address;
use crate::grid::{Grid, Kind};
use crate::recognize::Target;
use crate::recognize::card::{Slot, marks};
use crate::register::{RawAnswer, UNCLEAR};
use crate::scheme::{Field, FieldSpec, Scheme};
use crate::text::{is_blank_answer, is_blank_character};

/// One answer on a form.
#[derive(Debug, Clone)]
pub(super) struct CardAnswer<'g> {
    target: Target,
    kind: Kind,
    text: Cow<'g, str>,
}

impl CardAnswer<'_> {
    pub(super) fn raw(&self) -> RawAnswer<'_> {
        RawAnswer { target: self.target, kind: self.kind, text: &self.text }
    }

    /// Whether it says nothing; a form whose answers all do is a blank.
    pub(super) fn is_blank(&self, scheme: &Scheme) -> bool {
        is_blank_answer(&self.text, false, &scheme.blank_words, &scheme.none_words)
    }
}

/// The fields that these labels ask for.
pub(super) fn fields<'s>(slots: impl Iterator<Item = &'s Slot>) -> Vec<Field> {
    let mut fields = Vec::new();
    for slot in slots {
        if let Target::Option(field, _) = slot.target {
            fields.push(field);
        }
        fields.extend(slot.target.answered());
    }
    fields
}

/// What stands in the answer's cell; of a choice, a tick per chosen option and what is written behind 其他.
pub(super) fn answers<'g>(slot: &Slot, grid: &'g Grid, scheme: &Scheme) -> Vec<CardAnswer<'g>> {
    let cell = grid.cell(slot.answer_at);
    let (kind, text) = cell.map_or((Kind::Text, ""), |cell| (cell.kind, cell.text));
    let place = text.get(slot.place.clone()).unwrap_or_default();
    let Some(field) = slot.target.field() else { return Vec::new() };
    match scheme.spec(field).filter(|_| field.is_choice()) {
        Some(_) if slot.is_taken_back => Vec::new(),
        Some(spec) if slot.marks.is_empty() && slot.unclear.is_empty() => unmarked(slot.target, spec, place),
        Some(spec) => marked(slot, spec, grid),
        None if matches!(field, Field::Photo | Field::SignedOn | Field::Seq) => Vec::new(),
        None if !slot.letters.is_empty() => {
            let further = slot.letters.iter().filter_map(|at| grid.cell(*at)).map(|cell| cell.text.trim());
            vec![CardAnswer {
                target: slot.target,
                kind: Kind::Text,
                text: Cow::Owned(std::iter::once(place.trim()).chain(further).collect()),
            }]
        }
        None => {
            let set_apart = set_apart(slot, field, place, grid);
            vec![CardAnswer { target: slot.target, kind, text: set_apart.unwrap_or_else(|| written(field, place)) }]
        }
    }
}

/// Fields whose answers some blanks print to choose from, though they are no choices: `男 / 女`.
fn is_printed_choice(field: Field) -> bool {
    matches!(field, Field::Sex | Field::Education | Field::PartyStatus)
}

/// The words chosen of several that are printed, where they are underlined or otherwise set apart, or the others struck out.
fn set_apart<'g>(slot: &Slot, field: Field, place: &'g str, grid: &'g Grid) -> Option<Cow<'g, str>> {
    const PARTING: [char; 7] = ['/', '／', '、', '，', ',', '|', '｜'];
    let is_parting = |c: char| is_blank_character(c) || PARTING.contains(&c);
    if !is_printed_choice(field) || place.contains(marks::is_box) {
        return None;
    }
    let at = slot.answer_at;
    let words = |parts: Vec<Range<usize>>| {
        let inside = parts.iter().filter(|part| slot.place.start <= part.start && part.end <= slot.place.end);
        let words: String = inside.map(|part| &place[part.start - slot.place.start..part.end - slot.place.start]).collect();
        let words = words.trim_matches(is_parting).to_owned();
        let is_some_of_them = place.trim_matches(is_parting) != words && place.contains(is_parting);
        (is_some_of_them && !words.is_empty() && !words.contains(is_parting)).then_some(Cow::Owned(words))
    };
    let rest = || {
        let bare = place.trim_matches(is_parting);
        (!grid.struck_at(at).is_empty() && bare.len() < place.len()).then_some(Cow::Borrowed(bare))
    };
    words(grid.underlined_at(at).collect()).or_else(|| words(grid.emphasised_at(at).collect())).or_else(rest)
}

fn marked<'g>(slot: &Slot, spec: &FieldSpec, grid: &'g Grid) -> Vec<CardAnswer<'g>> {
    let answer = |target, text| CardAnswer { target, kind: Kind::Text, text };
    let ticked = slot.marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option);
    let mut answers: Vec<CardAnswer<'g>> = ticked.map(|option| answer(Target::Option(spec.field, option), Cow::Borrowed("√"))).collect();
    let text_at = |at: Address| grid.cell(at).map_or("", |cell| cell.text);
    let part = |at: Address, range: &Range<usize>| text_at(at).get(range.clone()).unwrap_or_default();
    if let Some((at, place)) = &slot.other {
        let words = part(*at, place).trim_matches(|c| is_blank_character(c) || matches!(c, '_' | '＿' | '：' | ':'));
        // an option of the scheme that the form does not offer is written there, too
        let (options, words) = options_among(spec, words);
        answers.extend(options.into_iter().map(|option| answer(Target::Option(spec.field, option), Cow::Borrowed("√"))));
        if !words.is_empty() {
            let label = spec.other.as_ref().map_or("其他", |other| other.label.as_str());
            answers.push(answer(slot.target, Cow::Owned(format!("{label}：{words}"))));
        }
    }
    // a choice without a place for something else has it behind its options
    let own_marks = slot.marks.iter().filter(|mark| mark.at == slot.answer_at);
    let behind = own_marks.map(|mark| mark.glyph.end).max().unwrap_or(0)..slot.place.end;
    if spec.other.is_none()
        && slot.other.is_none()
        && let Some(words) = text_at(slot.answer_at).get(behind).map(str::trim).filter(|words| words.starts_with("其他"))
    {
        answers.push(answer(slot.target, Cow::Borrowed(words)));
    }
    answers.extend(slot.unknown.iter().map(|(at, range)| answer(slot.target, Cow::Borrowed(part(*at, range).trim()))));
    // said in words that are no option, so that nobody has to guess
    answers.extend(slot.unclear.iter().map(|(at, range)| answer(slot.target, Cow::Owned(unclear(part(*at, range))))));
    answers
}

/// The options that are named whole among the words behind 其他, and the other words.
fn options_among(spec: &FieldSpec, words: &str) -> (Vec<u16>, String) {
    let mut options = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for word in words.split('、') {
        let named = (0_u16..).zip(&spec.options).find(|(_, option)| option.label == word.trim());
        match named {
            Some((option, _)) => options.push(option),
            None => others.push(word),
        }
    }
    (options, others.join("、"))
}

/// What is to be said of a tick that stands between two options.
fn unclear(words: &str) -> String {
    let words: Vec<String> = words
        .split(|c: char| marks::is_box(c))
        .map(|word| word.chars().filter(|c| !is_blank_character(*c)).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    format!("{UNCLEAR}「{}」之间分不清选的哪一个", words.join("」和「"))
}

/// A choice without boxes: its lines as written, those about how to choose left out. Printed options that nobody touched
/// choose nothing.
fn unmarked<'g>(target: Target, spec: &FieldSpec, place: &'g str) -> Vec<CardAnswer<'g>> {
    const INSTRUCTION: [&str; 5] = ["请在", "请选", "限选", "标注", "打√"];
    let lines = place.split('\n').map(|line| {
        if INSTRUCTION.iter().any(|word| line.contains(word)) {
            let end = line.rfind(['：', ':', '）', ')']);
            return end.map_or("", |end| line[end..].trim_start_matches(['：', ':', '）', ')']));
        }
        line
    });
    if is_numbered_list(spec, place) {
        return Vec::new();
    }
    let printed: String = spec.options.iter().map(|option| option.label.as_str()).collect();
    let lines: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).collect();
    let said: String = lines.iter().flat_map(|line| line.chars()).filter(|c| !is_blank_character(*c)).collect();
    let said = said.trim_end_matches(['：', ':', '_']);
    let is_all = |other: &str| said.strip_prefix(printed.as_str()) == Some(other);
    let is_untouched = spec.options.len() > 1 && (is_all("") || spec.other.as_ref().is_some_and(|other| is_all(&other.label)));
    let lines = if is_untouched { Vec::new() } else { lines };
    lines.into_iter().map(|line| CardAnswer { target, kind: Kind::Text, text: Cow::Borrowed(line) }).collect()
}

/// Whether all options stand there as a blank numbers them (`A.手机充值  B.自行领取  C.爱心募捐`), or parted by strokes.
fn is_numbered_list(spec: &FieldSpec, place: &str) -> bool {
    let mut rest = place.to_owned();
    for option in &spec.options {
        let Some(at) = rest.find(option.label.as_str()) else { return false };
        rest.replace_range(at..at + option.label.len(), "");
    }
    let other = spec.other.iter().find_map(|other| rest.find(other.label.as_str()).map(|at| at..at + other.label.len()));
    other.into_iter().for_each(|words| rest.replace_range(words, ""));
    let rest: String = rest.chars().filter(|c| !is_blank_character(*c)).collect();
    let is_number = |c: char| c.is_ascii_alphanumeric() || matches!(c, '①'..='⑳');
    let is_sign = |c: char| matches!(c, '.' | '．' | '、' | '(' | ')' | '（' | '）' | ':' | '：' | '_' | '＿');
    let is_numbered = rest.contains(is_number) && rest.chars().all(|c| is_number(c) || is_sign(c));
    spec.options.len() > 1 && (is_numbered || (!rest.is_empty() && rest.chars().all(|c| matches!(c, '/' | '／' | '|' | '｜'))))
}

/// How a blank invites to answer where nobody has.
const INVITATIONS: [&str; 10] =
    ["请填", "请简述", "请选择", "请填写", "请输入", "选择一项", "单击此处", "单击或点击", "点击此处", "点击或轻触"];

/// Longest of such invitations, in characters; what is longer was written by somebody.
const LONGEST_INVITATION: usize = 24;

/// Whether a place asks yes or no and nobody has ticked: `□是 □否`.
fn is_untouched_question(place: &str) -> bool {
    const ANSWERS: [&str; 4] = ["是", "否", "有", "无"];
    let boxed = marks::boxed_words(place);
    boxed.len() > 1 && boxed.iter().all(|one| !one.ticked && ANSWERS.contains(&place[one.words.clone()].trim()))
}

/// Whether nothing but the parts of an address are printed, with room between them: `      区      街道      号`.
fn is_address_form(field: Field, place: &str) -> bool {
    const PARTS: [&str; 21] = [
        "街道", "社区", "单元", "号楼", "省", "市", "县", "区", "镇", "乡", "路", "街", "巷", "村", "组", "队", "幢", "栋", "弄", "室",
        "号",
    ];
    let mut words = place.split(|c| is_blank_character(c) || matches!(c, '_' | '＿')).filter(|word| !word.is_empty()).peekable();
    let is_part = |word: &str| PARTS.contains(&word) || matches!(word, "（镇）" | "（乡）" | "（县）" | "（区）" | "（村）" | "（社区）");
    field == Field::Address && words.peek().is_some() && words.all(is_part)
}

/// Whether a place holds nothing but brackets in which the blank says how to answer: `（请简要填写，不少于50字）`.
fn is_hint(place: &str) -> bool {
    const WORDS: [&str; 14] =
        ["请", "如：", "如:", "例如", "格式", "不少于", "不超过", "字以内", "字左右", "填写", "可多选", "必填", "选填", "限"];
    let bare = place.trim_matches(is_blank_character);
    let inside = bare.strip_prefix(['（', '(', '【', '[']).and_then(|rest| rest.strip_suffix(['）', ')', '】', ']']));
    inside.is_some_and(|inside| !inside.contains(['（', '(', '）', ')']) && WORDS.iter().any(|word| inside.contains(word)))
}

/// What was written in a place, without what the blank has there: lines to write on, `年  月`.
fn written(field: Field, place: &str) -> Cow<'_, str> {
    if let Some(words) = marks::chosen_of_numbered(field, place) {
        return Cow::Owned(words);
    }
    if is_printed_choice(field)
        && let Some(words) = marks::ticked_words(place)
    {
        return Cow::Owned(words);
    }
    if INVITATIONS.iter().any(|words| place.trim_start().starts_with(words)) && place.chars().count() <= LONGEST_INVITATION
        || is_address_form(field, place)
    {
        return Cow::Borrowed("");
    }
    if is_hint(place) || is_untouched_question(place) {
        return Cow::Borrowed("");
    }
    let is_date = matches!(field, Field::Birth | Field::JoinedParty);
    let is_printed = |c: char| is_blank_character(c) || matches!(c, '_' | '＿') || (is_date && matches!(c, '年' | '月' | '日'));
    let is_unit = |c: char| field == Field::Height && matches!(c, 'c' | 'm' | 'C' | 'M' | '㎝' | '厘' | '公' | '分' | '米');
    if place.chars().all(|c| is_printed(c) || is_unit(c) || marks::is_box(c)) {
        return Cow::Borrowed("");
    }
    if is_date && place.contains('_') {
        return Cow::Owned(place.replace('_', ""));
    }
    let bare = place.trim_matches(is_blank_character);
    let is_lined = place.contains("__") || place.contains('＿') || bare.starts_with('_');
    Cow::Borrowed(if is_lined { place.trim_matches(|c| is_blank_character(c) || matches!(c, '_' | '＿')) } else { place })
}
