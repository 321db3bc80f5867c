//! What is said at a faulty cell, and the choices that are offered at one.
//!
//! A faulty cell has a note. Each note is a drawing of its own, and a spreadsheet program takes minutes to open a workbook with
//! thirty thousand of them; beyond the first few thousand a cell says the same as an input message, which is shown when it is
//! chosen and which any number of cells share.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use mingce_core::diagnostic::Diagnostic;
use mingce_core::recognize::Target;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::text::without_illegal;
use rust_xlsxwriter::{DataValidation, Note, Worksheet, XlsxError};

/// So many cells of a workbook have notes; those below say the same in an input message.
const MOST_NOTES: usize = 20_000;

/// Size of a note, in pixels.
const NOTE: [u32; 2] = [320, 110];

/// The longest text of a note, as UTF-16 counts: rust_xlsxwriter keeps room for a name that ours do not have.
const LONGEST_NOTE: usize = 32_767 - 54;

/// So many different messages a sheet has; each is told at all its cells together.
const MOST_MESSAGES: usize = 1_000;

/// What the cells say whose message is one too many.
const SEE_ELSEWHERE: &str = "这一格要核对，哪里不对、怎么改，见本行的「错误说明」和最后一张表「提醒」";

/// The title of a message.
const TITLE: &str = "要改正的地方";

/// The longest message, as UTF-16 counts. Source: Excel's limit for an input message.
const LONGEST_MESSAGE: usize = 255;

/// So many characters name the cells of one message; more make another one. Source: Excel writes no longer list of ranges.
const LONGEST_RANGES: usize = 8_000;

/// The most characters that the choices of a drop-down have together. Source: Excel's limit for a list typed in.
const LONGEST_LIST: usize = 255;

/// The longest text that a cell holds, as UTF-16 counts.
const LONGEST_TEXT: usize = 32_767;

/// How many notes the workbook may still have.
#[derive(Debug)]
pub(super) struct Room(usize);

impl Room {
    /// That of a workbook without notes.
    pub(super) fn of_workbook() -> Self {
        Self(MOST_NOTES)
    }
}

/// What the faulty cells of one sheet say that have no notes: by column, by message, the rows from 0, ascending.
#[derive(Debug, Default)]
pub(super) struct Messages {
    rows: BTreeMap<u16, BTreeMap<String, Vec<u32>>>,
    different: BTreeSet<String>,
}

impl Messages {
    /// Says at a cell what these findings say: in a note, while there is room for one.
    pub(super) fn tell(
        &mut self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        findings: &[&Diagnostic],
        scheme: &Scheme,
        room: &mut Room,
    ) -> Result<(), XlsxError> {
        if findings.is_empty() {
            return Ok(());
        }
        if room.0 > 0 {
            room.0 -= 1;
            let mut text = findings.iter().map(|finding| words(finding)).collect::<Vec<_>>().join("\n");
            shorten(&mut text, LONGEST_NOTE);
            let note = Note::new(text).add_author_prefix(false).set_width(NOTE[0]).set_height(NOTE[1]);
            sheet.insert_note(row, column, &note)?;
            return Ok(());
        }
        let mut text = findings.iter().map(|finding| in_general(finding, scheme)).collect::<Vec<_>>().join("\n");
        shorten(&mut text, LONGEST_MESSAGE);
        if self.different.len() >= MOST_MESSAGES && !self.different.contains(&text) {
            SEE_ELSEWHERE.clone_into(&mut text);
        } else if !self.different.contains(&text) {
            self.different.insert(text.clone());
        }
        self.rows.entry(column).or_default().entry(text).or_default().push(row);
        Ok(())
    }

    /// Puts the messages into these rows of a column, and the choices that are offered for it.
    pub(super) fn put(
        &self,
        sheet: &mut Worksheet,
        column: u16,
        body: Range<u32>,
        choices: Option<&DataValidation>,
    ) -> Result<(), XlsxError> {
        let messages = self.rows.get(&column);
        for (text, rows) in messages.into_iter().flatten() {
            let message = choices.cloned().unwrap_or_else(DataValidation::new).set_input_title(TITLE)?.set_input_message(text)?;
            put_at(sheet, column, &runs(rows), &message)?;
        }
        let Some(choices) = choices else { return Ok(()) };
        let told: BTreeSet<u32> = messages.into_iter().flat_map(BTreeMap::values).flatten().copied().collect();
        let others: Vec<u32> = body.filter(|row| !told.contains(row)).collect();
        put_at(sheet, column, &runs(&others), choices)
    }
}

/// Rows in a row, first and last, of ascending rows.
fn runs(rows: &[u32]) -> Vec<[u32; 2]> {
    let mut runs: Vec<[u32; 2]> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some([_, last]) if *last + 1 == *row => *last = *row,
            _ => runs.push([*row, *row]),
        }
    }
    runs
}

/// Puts one rule at these rows of a column, in as many parts as their names need.
fn put_at(sheet: &mut Worksheet, column: u16, runs: &[[u32; 2]], rule: &DataValidation) -> Result<(), XlsxError> {
    let letters = rust_xlsxwriter::utility::column_number_to_name(column);
    let named = |[first, last]: &[u32; 2]| match (first + 1, last + 1) {
        (first, last) if first == last => format!("{letters}{first}"),
        (first, last) => format!("{letters}{first}:{letters}{last}"),
    };
    let mut part = String::new();
    let mut first = None;
    for (place, run) in runs.iter().enumerate() {
        let name = named(run);
        part.push_str(if part.is_empty() { "" } else { " " });
        part.push_str(&name);
        let [start, end] = *first.get_or_insert(*run);
        if part.len() > LONGEST_RANGES || place + 1 == runs.len() {
            let rule = rule.clone().set_multi_range(std::mem::take(&mut part));
            sheet.add_data_validation(start, column, end, column, &rule)?;
            first = None;
        }
    }
    Ok(())
}

/// What is wrong and what to do about it, in one line.
pub(super) fn words(finding: &Diagnostic) -> String {
    with_hint(&finding.message, finding)
}

/// What is wrong with cells like this one: what was written in it stands there and is not said again.
fn in_general(finding: &Diagnostic, scheme: &Scheme) -> String {
    let mut text = String::new();
    let mut rest = &*finding.message;
    while let Some((before, (quoted, after))) = rest.split_once('「').and_then(|(before, rest)| Some((before, rest.split_once('」')?))) {
        text.push_str(before);
        if is_prescribed(quoted, scheme) {
            text.extend(["「", quoted, "」"]);
        }
        rest = after;
    }
    text.push_str(rest);
    with_hint(&text, finding)
}

/// Whether a word is the scheme's and nobody's answer.
fn is_prescribed(word: &str, scheme: &Scheme) -> bool {
    let is_option = |field: Field| field.is_choice() && scheme.options(field).iter().any(|option| option.label == word);
    ["男", "女", "·"].contains(&word) || scheme.fields.iter().any(|spec| spec.label == word || is_option(spec.field))
}

fn with_hint(message: &str, finding: &Diagnostic) -> String {
    match &finding.hint {
        Some(hint) => fitting(&format!("{message}；{hint}")),
        None => fitting(message),
    }
}

/// The text without what XML forbids, cut where a cell ends; what is too long for a cell is an error of its row already.
pub(super) fn fitting(text: &str) -> String {
    let mut text = without_illegal(text).into_owned();
    shorten(&mut text, LONGEST_TEXT);
    text
}

/// Cuts a text that has more than so many UTF-16 units.
fn shorten(text: &mut String, longest: usize) {
    if text.len() <= longest {
        return;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > longest
    });
    if let Some((end, _)) = end {
        text.truncate(end);
    }
}

/// The choices offered for a column; anything else may still be typed, because people answer in their own words.
pub(super) fn drop_down(target: Target, scheme: &Scheme) -> Option<DataValidation> {
    let choices: Vec<&str> = match target {
        Target::Field(Field::Sex) => vec!["男", "女"],
        Target::Field(field) if field.is_choice() => scheme.options(field).iter().map(|option| option.label.as_str()).collect(),
        Target::Option(..) | Target::Ticked(_) => vec!["√"],
        Target::Field(_)
        | Target::Further(_)
        | Target::Combined(_)
        | Target::Mark
        | Target::Split(_)
        | Target::Ignored
        | Target::Unclaimed => return None,
    };
    let length: usize = choices.iter().map(|choice| choice.chars().count() + 1).sum();
    if choices.is_empty() || length > LONGEST_LIST || choices.iter().any(|choice| choice.contains(',')) {
        return None;
    }
    Some(DataValidation::new().allow_list_strings(&choices).ok()?.show_error_message(false))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use mingce_core::diagnostic::{Code, Location};

    use super::*;

    #[test]
    fn a_message_says_what_is_wrong_without_what_was_written() {
        let scheme = Scheme::built_in();
        let told =
            |message: &str| in_general(&Diagnostic::new(Code::MobileInvalid, Location::default(), message).with_hint("请改正"), &scheme);
        assert_eq!(told("手机号「138****12」有 10 位，应为 1 开头的 11 位数字"), "手机号有 10 位，应为 1 开头的 11 位数字；请改正");
        assert_eq!(told("性别「南」既不是「男」也不是「女」"), "性别既不是「男」也不是「女」；请改正");
        assert_eq!(told("没有填「姓名"), "没有填「姓名；请改正");
    }

    /// The sheet's own part in a workbook that holds nothing else.
    fn xml(sheet: Worksheet) -> String {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.push_worksheet(sheet);
        let bytes = book.save_to_buffer().expect("a workbook");
        let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
        std::io::read_to_string(package.by_name("xl/worksheets/sheet1.xml").expect("the sheet")).expect("text")
    }

    #[test]
    fn where_no_note_has_room_the_cell_says_the_same_when_it_is_chosen() {
        let scheme = Scheme::built_in();
        let (mut sheet, mut messages, mut room) = (Worksheet::new(), Messages::default(), Room(1));
        for (row, value) in (1..4).zip(["南", "女士", "男孩"]) {
            let message = format!("性别「{value}」既不是「男」也不是「女」");
            let finding = Diagnostic::new(Code::SexInvalid, Location::default(), message).with_hint("请填「男」或「女」");
            messages.tell(&mut sheet, (row, 2), &[&finding], &scheme, &mut room).expect("room");
        }
        messages.put(&mut sheet, 2, 1..6, drop_down(Target::Field(Field::Sex), &scheme).as_ref()).expect("rules");
        let xml = xml(sheet);
        assert_eq!(xml.matches("<legacyDrawing ").count(), 1, "the first is a note");
        let said = "prompt=\"性别既不是「男」也不是「女」；请填「男」或「女」\" sqref=\"C3:C4\"";
        assert!(xml.contains(said), "{xml}");
        assert_eq!(xml.matches("<formula1>").count(), 2, "the choices are offered in all rows");
        assert!(xml.contains("sqref=\"C2 C5:C6\""), "{xml}");
    }

    #[test]
    fn a_cell_of_many_findings_has_a_note_all_the_same() {
        let finding = Diagnostic::new(Code::IdLength, Location::default(), "长".repeat(1_990));
        let findings = [&finding; 17];
        let (mut sheet, mut room) = (Worksheet::new(), Room::of_workbook());
        Messages::default().tell(&mut sheet, (1, 1), &findings, &Scheme::built_in(), &mut room).expect("a note");
    }

    #[test]
    fn a_message_too_many_tells_where_to_look() {
        let scheme = Scheme::built_in();
        let (mut sheet, mut messages, mut room) = (Worksheet::new(), Messages::default(), Room(0));
        for row in 0..1_100 {
            let finding = Diagnostic::new(Code::DuplicatePerson, Location::default(), format!("和第 {row} 行是同一个人"));
            messages.tell(&mut sheet, (row, 0), &[&finding], &scheme, &mut room).expect("room");
        }
        messages.put(&mut sheet, 0, 0..1_100, None).expect("rules");
        let xml = xml(sheet);
        assert_eq!(xml.matches("<dataValidation ").count(), MOST_MESSAGES + 1);
        assert!(xml.contains(&format!("prompt=\"{SEE_ELSEWHERE}\" sqref=\"A1001:A1100\"")));
    }

    #[test]
    fn cells_of_one_message_are_named_together_and_in_parts() {
        assert_eq!(runs(&[3, 4, 5, 7, 9, 10]), [[3, 5], [7, 7], [9, 10]]);
        let mut sheet = Worksheet::new();
        let rows: Vec<u32> = (0..5_000).map(|row| row * 2).collect();
        let messages = Messages { rows: BTreeMap::from([(1, BTreeMap::from([("改".to_owned(), rows)]))]), different: BTreeSet::new() };
        messages.put(&mut sheet, 1, 0..10_000, drop_down(Target::Field(Field::Sex), &Scheme::built_in()).as_ref()).expect("rules");
        let xml = xml(sheet);
        let lists = || xml.split("sqref=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(list, _)| list);
        assert!(lists().all(|list| list.len() < LONGEST_RANGES + 10));
        let mut cells: Vec<&str> = lists().filter(|list| list.starts_with('B')).flat_map(|list| list.split(' ')).collect();
        let count = cells.len();
        cells.sort_unstable();
        cells.dedup();
        assert_eq!((count, cells.len()), (10_000, 10_000), "each row once");
    }
}
