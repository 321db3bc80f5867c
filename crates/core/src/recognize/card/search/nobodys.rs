//! Lines of a form that ask for nothing of ours and stand apart from its others, as in a text box: `婚姻状况：已婚`.

use super::layout::is_text;
use crate::address::Column;
use crate::grid::Grid;
use crate::recognize::card::label::{self, Meaning};
use crate::recognize::labels::{Labels, Owner};
use crate::text::is_blank_character;

/// Most lines of such a stretch, the short ones around them among them; more are a notice.
const MOST_LINES: usize = 12;

/// Whether these lines are nobody's labels with short answers, and beside them at most headings of a few words.
pub(super) fn are_answers(grid: &Grid, labels: &Labels<'_>, edge: Column) -> bool {
    if !is_text(grid, edge) {
        return false;
    }
    let said = |text: &&str| !text.chars().all(is_blank_character);
    let lines: Vec<&str> = grid.rows().flat_map(|row| row.cells().map(|cell| cell.text)).filter(said).take(MOST_LINES + 1).collect();
    let is_told = |text: &&&str| is_answer(labels, text);
    lines.len() <= MOST_LINES && lines.iter().any(|text| is_told(&text)) && lines.iter().all(|text| is_told(&text) || is_heading(text))
}

/// Whether the line is a label nobody of ours claims with a short answer, or several of them.
fn is_answer(labels: &Labels<'_>, text: &str) -> bool {
    /// What notices and letters begin their lines with.
    const NOTES: [&str; 9] = ["附件", "附", "注", "主题", "地点", "抄送", "主送", "来源", "发布"];
    let is_note = NOTES.iter().any(|note| text.trim_start().trim_start_matches(note).starts_with(['：', ':']));
    let is_own = |words: &str| matches!(labels.meaning(words), None | Some(crate::recognize::labels::Meaning::Foreign(Owner::LookAlike)));
    let meanings = label::meanings(labels, text, &[], true);
    let are_nobodys = || meanings.iter().all(|meaning| matches!(meaning, Meaning::Unclaimed(..)));
    match label::unclaimed_with_answer(text).filter(|_| meanings.is_empty()) {
        Some((words, place)) => !is_note && is_own(&text[words]) && label::is_short_answer(text, &place) && !text[place].trim().is_empty(),
        None => !meanings.is_empty() && are_nobodys(),
    }
}

/// Whether the line is a few words that head what stands around them.
fn is_heading(text: &str) -> bool {
    const LONGEST: usize = 20;
    text.trim_matches(is_blank_character).chars().count() <= LONGEST && !text.contains(['：', ':', '。', '，'])
}
