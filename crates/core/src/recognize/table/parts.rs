//! What stands in several columns: dates (出生年 | 出生月, or 年 | 月 below 出生年月) and names (姓 | 名).

use super::columns::Claimed;
use crate::recognize::Target;
use crate::recognize::labels::{Claim, Labels};
use crate::scheme::Field;
use crate::text::fold_label;

const YEAR: [&str; 2] = ["年份", "年"];
const MONTH: [&str; 2] = ["月份", "月"];
const DAY: [&str; 1] = ["日"];

/// Headings of the two parts of a name.
const SURNAME: [&str; 2] = ["姓", "姓氏"];
const GIVEN_NAME: [&str; 2] = ["名", "名字"];

/// Whether a heading says no more than which part of a date stands below it.
pub(super) fn is_bare_part(text: &str) -> bool {
    [&YEAR[..], &MONTH, &DAY].iter().any(|endings| endings.contains(&fold_label(text).as_str()))
}

/// Whether these headings beside each other ask for a name in two parts: 姓 | 名.
pub(super) fn are_parts_of_name(first: &str, second: &str) -> bool {
    SURNAME.contains(&fold_label(first).as_str()) && GIVEN_NAME.contains(&fold_label(second).as_str())
}

/// Gives both columns of such a name its field; the second continues the first.
pub(super) fn join_names(columns: &mut [Claimed]) {
    /// So near is the second: a column may stand between them.
    const NEAR: usize = 3;
    let words = |column: &Claimed| column.words.last().cloned().unwrap_or_default();
    for first in 0..columns.len() {
        let near = first + 1..columns.len().min(first + 1 + NEAR);
        let Some(second) = near.into_iter().find(|second| are_parts_of_name(&words(&columns[first]), &words(&columns[*second]))) else {
            continue;
        };
        let claim = Some(Claim::Sure(Target::Field(Field::Name)));
        columns[first].claim.clone_from(&claim);
        columns[second].claim = claim;
        columns[second].continues = true;
    }
}

/// Makes one of the columns that ask for several choices one after the other: 服务意向1 | 服务意向2, 第一意向 | 第二意向.
pub(super) fn join_numbered(columns: &mut [Claimed]) {
    const NUMBERS: [char; 5] = ['一', '二', '三', '四', '五'];
    let is_numbered = |column: &Claimed| {
        let word = column.words.last().map(|word| fold_label(word)).unwrap_or_default();
        let ordinal = word.strip_prefix('第').is_some_and(|rest| rest.starts_with(NUMBERS));
        ordinal || word.ends_with(|c: char| c.is_ascii_digit() || NUMBERS.contains(&c))
    };
    for field in [Field::Services, Field::Availability] {
        let asks = |column: &Claimed| column.claim == Some(Claim::Sure(Target::Field(field))) && is_numbered(column);
        let further: Vec<usize> = (0..columns.len()).filter(|place| asks(&columns[*place])).skip(1).collect();
        further.into_iter().for_each(|place| columns[place].continues = true);
    }
}

/// Gives every column of such a date its field; those of the month and the day continue the one of the year.
pub(super) fn join(labels: &Labels<'_>, columns: &mut [Claimed]) {
    for year in 0..columns.len() {
        let Some(field) = whole_date(labels, columns, year) else { continue };
        columns[year].claim = Some(Claim::Sure(Target::Field(field)));
        let stem = stem(&columns[year], &YEAR);
        let behind = [&MONTH[..], &DAY].into_iter().zip(year + 1..columns.len());
        for (endings, part) in behind {
            if columns[part].claim.is_some() || !continues(&columns[part], endings, stem.as_deref()) {
                break;
            }
            columns[part].claim = Some(Claim::Sure(Target::Field(field)));
            columns[part].continues = true;
        }
    }
}

/// The date whose year stands in this column, and its month in the next.
fn whole_date(labels: &Labels<'_>, columns: &[Claimed], year: usize) -> Option<Field> {
    let [first, second] = columns.get(year..year + 2)? else { return None };
    let stem = stem(first, &YEAR)?;
    if first.claim.is_some() || second.claim.is_some() || !continues(second, &MONTH, Some(&stem)) {
        return None;
    }
    // the group above is the date, or the start of its name
    let whole = match labels.claim(&stem) {
        Some(claim) => claim,
        None => labels.claim(&format!("{stem}年月"))?,
    };
    match whole {
        Claim::Sure(Target::Field(field @ (Field::Birth | Field::JoinedParty))) => Some(field),
        Claim::Sure(_) | Claim::Ambiguous(_) => None,
    }
}

/// Whether the column holds the next part of the date with this stem; 出生年 may be followed by a bare 月.
fn continues(column: &Claimed, endings: &[&str], date: Option<&str>) -> bool {
    let is_bare = || matches!(column.words.as_slice(), [word] if endings.contains(&fold_label(word).as_str()));
    match stem(column, endings) {
        Some(stem) => date == Some(stem.as_str()),
        None => is_bare(),
    }
}

/// What stands before one of these endings; of a bare ending, what stands above it.
fn stem(column: &Claimed, endings: &[&str]) -> Option<String> {
    let (lowest, upper) = column.words.split_last()?;
    let lowest = fold_label(lowest);
    let before = endings.iter().find_map(|ending| lowest.strip_suffix(ending))?;
    let above = if before.is_empty() { upper.last().map(|word| fold_label(word))? } else { before.into() };
    Some(above.into())
}
