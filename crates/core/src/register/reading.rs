//! The reading of one person's answers: where the rules look answers up, and where they put what they understood.

use std::borrow::Cow;

use compact_str::CompactString;

use super::{Context, Finding, RawAnswer};
use crate::diagnostic::Code;
use crate::grid::Kind;
use crate::hint;
use crate::recognize::Target;
use crate::registration::Registration;
use crate::scheme::{Field, Scheme};
use crate::text::{fold_text, fold_width, is_blank_answer, without_illegal};

/// The longest answer a cell of a workbook can hold, in characters.
pub(crate) const LONGEST_ANSWER: usize = 32_767;

/// One person's answers while they are read.
pub(crate) struct Reading<'r> {
    answers: &'r [RawAnswer<'r>],
    context: &'r Context<'r>,
    /// What has been understood so far.
    pub(crate) person: Registration,
    findings: Vec<Finding>,
}

/// One answer that is not blank: what was typed, cleaned of what no document can hold and of blanks around it.
#[derive(Debug, Clone)]
pub(crate) struct Given<'r> {
    /// The cleaned text; never empty.
    pub(crate) text: Cow<'r, str>,
    /// What kind of cell it was.
    pub(crate) kind: Kind,
}

impl Given<'_> {
    /// What is wrong with the formula that the answer comes from, and what to do, in words; `None` for an answer that is none. Text
    /// tables keep of a formula what Excel shows.
    pub(crate) fn failed_formula(&self) -> Option<(String, &'static str)> {
        const SHOWN: [&str; 9] = ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];
        let failed =
            || Some((format!("里是出错的公式「{}」", self.text), "请在原表里直接填上；公式改好后，请复制这一列再选择性粘贴为「数值」"));
        match self.kind {
            Kind::Uncomputed => Some((
                "里是没有算出结果的公式".to_owned(),
                "请用 Excel 或 WPS 打开，算出结果后另存；也可以复制这一列再选择性粘贴为「数值」",
            )),
            Kind::Error => failed(),
            _ if SHOWN.contains(&self.text.as_ref()) => failed(),
            Kind::Text | Kind::Untyped | Kind::Number | Kind::Date | Kind::Boolean => None,
        }
    }
}

impl<'r> Reading<'r> {
    pub(super) fn new(answers: &'r [RawAnswer<'r>], context: &'r Context<'r>) -> Self {
        Self { answers, context, person: Registration::default(), findings: Vec::new() }
    }

    pub(super) fn finish(mut self) -> (Registration, Vec<Finding>) {
        // a hundred thousand people are held at once: no room is kept for words that will not come
        self.person.written.shrink_to_fit();
        self.person.own.shrink_to_fit();
        (self.person, self.findings)
    }

    pub(crate) fn context(&self) -> &'r Context<'r> {
        self.context
    }

    pub(crate) fn scheme(&self) -> &'r Scheme {
        self.context.scheme
    }

    pub(crate) fn answers(&self) -> &'r [RawAnswer<'r>] {
        self.answers
    }

    /// Whether the source asks for the field at all.
    pub(crate) fn is_asked(&self, field: Field) -> bool {
        self.context.asked.contains(&field)
    }

    /// Whether the field's own column holds an answer; another column of the same field counts only where it does not.
    pub(crate) fn is_answered(&self, field: Field) -> bool {
        let scheme = self.context.scheme;
        let mut own = self.answers.iter().filter(|answer| matches!(answer.target, Target::Field(asked) if asked == field));
        own.any(|answer| !is_blank_answer(answer.text, false, &scheme.blank_words, &scheme.none_words))
    }

    /// The answer to this field, or `None` if nobody answered.
    pub(crate) fn given(&mut self, field: Field) -> Option<Given<'r>> {
        let answers = self.answers;
        for answer in answers {
            let part = match *answer.target.answered() {
                [asked] if asked == field => answer.text,
                [first, second] => match part_of_combined([first, second], field, answer.text) {
                    Some(part) => part,
                    None => continue,
                },
                _ => continue,
            };
            if let Some(given) = self.clean(Some(field), answer.kind, part) {
                return Some(given);
            }
        }
        self.given_ticked(field).or_else(|| self.given_further(field))
    }

    /// Whether several answers to this field are ticked, each in a column of its own.
    pub(crate) fn is_ticked_twice(&self, field: Field) -> bool {
        self.answers.iter().filter(|answer| answer.target == Target::Ticked(field)).nth(1).is_some()
    }

    /// The answer ticked in columns of its own; where more than one is, all of them, so that nobody chooses for the person.
    fn given_ticked(&mut self, field: Field) -> Option<Given<'r>> {
        let answers = self.answers;
        let ticked = answers.iter().filter(|answer| answer.target == Target::Ticked(field));
        let words: Vec<Given<'r>> = ticked.filter_map(|answer| self.clean(Some(field), answer.kind, answer.text)).collect();
        if words.len() < 2 {
            return words.into_iter().next();
        }
        let all = words.iter().map(|word| word.text.as_ref()).collect::<Vec<_>>().join("、");
        Some(Given { text: Cow::Owned(all), kind: Kind::Text })
    }

    /// The answer in another column of the same field, which counts where the first is blank.
    pub(crate) fn given_further(&mut self, field: Field) -> Option<Given<'r>> {
        let answers = self.answers;
        let mut further = answers.iter().filter(|answer| answer.target == Target::Further(field));
        further.find_map(|answer| self.clean(Some(field), answer.kind, answer.text))
    }

    /// The name or ID number; one whose parts stand in cells of their own (姓 | 名, a cell for each digit) is put together.
    pub(crate) fn given_whole(&mut self, field: Field) -> Option<Given<'r>> {
        let answers = self.answers;
        let cells = || answers.iter().filter(|answer| answer.target == Target::Field(field));
        if cells().nth(1).is_none() {
            return self.given(field);
        }
        let parts: Vec<Given<'r>> = cells().filter_map(|cell| self.clean(Some(field), cell.kind, cell.text)).collect();
        // John Smith, but 张三
        let is_latin = field == Field::Name && parts.iter().all(|part| part.text.is_ascii());
        let whole = parts.iter().map(|part| part.text.as_ref()).collect::<Vec<_>>().join(if is_latin { " " } else { "" });
        if whole.is_empty() { self.given_further(field) } else { Some(Given { text: Cow::Owned(whole), kind: Kind::Text }) }
    }

    /// The answer to a field of dates; one whose year, month and day stand in cells of their own is put together.
    pub(crate) fn given_date(&mut self, field: Field) -> Option<Given<'r>> {
        let answers = self.answers;
        let cells = || answers.iter().filter(|answer| answer.target == Target::Field(field));
        if cells().nth(1).is_none() {
            return self.given(field);
        }
        let parts: Vec<Given<'r>> = cells().filter_map(|cell| self.clean(Some(field), cell.kind, cell.text)).collect();
        let bare = |part: &Given<'_>, unit: char| {
            let digits = fold_width(part.text.strip_suffix(unit).unwrap_or(&part.text)).into_owned();
            (digits.chars().count() <= 4 && digits.chars().all(char::is_alphanumeric)).then_some(digits)
        };
        let written: Option<String> =
            parts.iter().zip(['年', '月', '日']).map(|(part, unit)| Some(format!("{}{unit}", bare(part, unit)?))).collect();
        match written {
            Some(written) if parts.len() > 1 => Some(Given { text: Cow::Owned(written), kind: Kind::Text }),
            _ => parts.into_iter().next().or_else(|| self.given_further(field)),
        }
    }

    /// The answer to a field whose text is kept whatever it says; what a formula that failed left in the cell is no text of
    /// anybody's, and is told of as `code`.
    pub(crate) fn given_text(&mut self, field: Field, code: Code) -> Option<Given<'r>> {
        let given = self.given(field)?;
        let Some((fault, _)) = given.failed_formula() else { return Some(given) };
        let message = format!("「{}」{fault}，当作没有填", self.label(Some(field)));
        self.report(code, field, message, "请在原表里改成要填的文字；公式请先算出结果，再另存");
        None
    }

    /// The text cleaned, or `None` if it is one of the ways of not answering.
    pub(crate) fn clean(&mut self, field: Option<Field>, kind: Kind, text: &'r str) -> Option<Given<'r>> {
        let none_is_an_answer = matches!(field, Some(Field::Specialty | Field::Experience));
        let scheme = self.context.scheme;
        if is_blank_answer(text, none_is_an_answer, &scheme.blank_words, &scheme.none_words) {
            return None;
        }
        let legal = without_illegal(text);
        if let Cow::Owned(legal) = &legal {
            let dropped = text.chars().count() - legal.chars().count();
            let label = self.label(field);
            self.find(Code::CharacterDropped, field, format!("「{label}」里有 {dropped} 个看不见的非法字符，已去掉"), None);
        }
        if text.len() > LONGEST_ANSWER && text.chars().count() > LONGEST_ANSWER {
            let label = self.label(field);
            let message = format!("「{label}」有 {} 个字符，一格最多 {LONGEST_ANSWER} 个", text.chars().count());
            self.find(Code::AnswerTooLong, field, message, Some("请把这一格缩短，或分成几处填写".into()));
        }
        let text = match legal {
            Cow::Borrowed(text) => Cow::Borrowed(fold_text(text)),
            Cow::Owned(text) => Cow::Owned(fold_text(&text).to_owned()),
        };
        let text = match field {
            Some(field) => self.without_hint(field, text),
            None => text,
        };
        (!text.is_empty()).then_some(Given { text, kind })
    }

    /// The answer without what the blank says of how to answer; the words as typed are kept.
    fn without_hint(&mut self, field: Field, text: Cow<'r, str>) -> Cow<'r, str> {
        let bare = match &text {
            Cow::Borrowed(text) => Cow::Borrowed(hint::without(field, text)),
            Cow::Owned(text) => Cow::Owned(hint::without(field, text).to_owned()),
        };
        if bare.len() < text.len() && self.person.as_written(field).is_none() {
            self.note_written(field, &text);
        }
        bare
    }

    /// Keeps the words as typed, where they differ from what is held.
    pub(crate) fn keep_written(&mut self, field: Field, written: &str, held: &str) {
        if written != held {
            self.person.written.push((field, written.into()));
        }
    }

    /// Keeps the words as typed for an answer of several cells or one that is held in another form.
    pub(crate) fn note_written(&mut self, field: Field, written: &str) {
        self.person.written.push((field, CompactString::from(written)));
    }

    pub(crate) fn label(&self, field: Option<Field>) -> String {
        field.map_or_else(|| "未识别的列".to_owned(), |field| self.context.scheme.label(field).to_owned())
    }

    pub(crate) fn find(&mut self, code: Code, field: Option<Field>, message: String, hint: Option<String>) {
        // a finding is one line, whatever was typed
        let message = if message.contains(['\n', '\r']) { message.replace("\r\n", " ").replace(['\n', '\r'], " ") } else { message };
        self.findings.push(Finding { code, field, option: None, message, hint });
    }

    /// Says of the finding reported last that it is about the cell of this option.
    pub(crate) fn place_at_option(&mut self, option: Option<u16>) {
        if let Some(finding) = self.findings.last_mut() {
            finding.option = option;
        }
    }

    /// A finding about a field, with advice.
    pub(crate) fn report(&mut self, code: Code, field: Field, message: String, hint: &str) {
        self.find(code, Some(field), message, Some(hint.to_owned()));
    }
}

/// The part of a combined answer that belongs to this field: the last blank parts employer and position, a stroke the answers of
/// others; without a stroke, their only blank does.
fn part_of_combined(fields: [Field; 2], field: Field, text: &str) -> Option<&str> {
    let text = text.trim();
    const BLANKS: [char; 4] = [' ', '\u{3000}', '\u{a0}', '\n'];
    let at_last_blank = || text.rsplit_once(BLANKS);
    let parted = if fields == [Field::Employer, Field::Position] {
        at_last_blank()
    } else {
        let is_only = |(first, _): &(&str, &str)| !first.trim_end().contains(BLANKS);
        text.split_once('／').or_else(|| text.split_once('/')).or_else(|| at_last_blank().filter(is_only))
    };
    let (first, second) = parted.unwrap_or((text, ""));
    if field == fields[0] {
        Some(first.trim_end())
    } else if field == fields[1] {
        Some(second.trim_start())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_stand_together_are_parted() {
        let employed = [Field::Employer, Field::Position];
        let named = [Field::Name, Field::Sex];
        for (fields, text, expected) in [
            (employed, "长塘村 村委会 会计", ["长塘村 村委会", "会计"]),
            (employed, "长塘村", ["长塘村", ""]),
            (named, "张三/男", ["张三", "男"]),
            (named, " 张三 ／ 男 ", ["张三", "男"]),
            (named, "张三　男", ["张三", "男"]),
            (named, "阿卜杜拉 买买提 男", ["阿卜杜拉 买买提 男", ""]),
            (named, "/男", ["", "男"]),
            (named, "张三", ["张三", ""]),
            ([Field::Education, Field::Major], "研究生/硕士／", ["研究生/硕士", ""]),
        ] {
            assert_eq!(fields.map(|field| part_of_combined(fields, field, text)), expected.map(Some), "{text}");
        }
        assert_eq!(part_of_combined(named, Field::Mobile, "张三/男"), None);
    }
}
