//! References in formulas: rows that move, and sheets that get another name.

use std::borrow::Cow;

/// What becomes of the references of a formula.
pub(super) struct Rewriting<'a> {
    /// The sheet that changes.
    pub(super) sheet: &'a str,
    /// Whether the formula stands on that sheet, so that references without a sheet's name mean it.
    pub(super) is_own: bool,
    /// The sheet's new name, if it gets one.
    pub(super) renamed: Option<&'a str>,
    /// The new rows of a reference to that sheet, from the first and last row; of a single cell both are the same. Whether a row is
    /// fixed (`$5`) stands beside it.
    pub(super) rows: &'a dyn Fn(Corner, Option<Corner>) -> (u32, u32),
}

/// A row of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Corner {
    pub(super) row: u32,
    pub(super) is_fixed: bool,
}

/// A sheet's name as formulas write it.
pub(super) fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// Rewrites the references of a formula, which is given as plain text.
pub(super) fn rewrite<'f>(formula: &'f str, rewriting: &Rewriting<'_>) -> Cow<'f, str> {
    let mut out = String::with_capacity(formula.len() + 16);
    let mut rest = formula;
    let mut before = ' ';
    // whether the sheet named right before is the one that changes; `None` where none is named
    let mut named: Option<bool> = None;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '"' => text_end(rest, '"'),
            '\'' => {
                let end = text_end(rest, '\'');
                if rest[end..].starts_with('!') {
                    let name = rest[1..end.max(2) - 1].replace("''", "'");
                    named = Some(name == rewriting.sheet);
                    push_name(&rest[..end], named, rewriting, &mut out);
                    out.push('!');
                    (rest, before) = (&rest[end + 1..], '!');
                    continue;
                }
                end
            }
            _ if is_word(first) && !is_word(before) => {
                let word = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
                if rest[word..].starts_with('!') {
                    named = Some(&rest[..word] == rewriting.sheet);
                    push_name(&rest[..word], named, rewriting, &mut out);
                    out.push('!');
                    (rest, before) = (&rest[word + 1..], '!');
                    continue;
                }
                let is_meant = named.unwrap_or(rewriting.is_own);
                // LOG10( is a function
                let taken = if rest[word..].starts_with('(') { None } else { area(rest, is_meant, rewriting, &mut out) };
                if taken.is_none() {
                    out.push_str(&rest[..word]);
                }
                named = None;
                (before, rest) = ('0', &rest[taken.unwrap_or(word)..]);
                continue;
            }
            _ => first.len_utf8(),
        };
        out.push_str(&rest[..taken]);
        named = None;
        (before, rest) = (rest[..taken].chars().next_back().unwrap_or(' '), &rest[taken..]);
    }
    if out == formula { Cow::Borrowed(formula) } else { Cow::Owned(out) }
}

/// Writes the reference that the text begins with, and says how much of the text it took; `None` if it is none of ours.
fn area(text: &str, is_meant: bool, rewriting: &Rewriting<'_>, out: &mut String) -> Option<usize> {
    let word = text.find(|c: char| !is_word(c)).unwrap_or(text.len());
    let first = reference(&text[..word])?;
    let second = text[word..].strip_prefix(':').and_then(|after| {
        let end = after.find(|c: char| !is_word(c)).unwrap_or(after.len());
        Some((reference(&after[..end]).filter(|second| second.0.is_empty() == first.0.is_empty())?, word + 1 + end))
    });
    // a number alone is a number
    if (first.0.is_empty() && second.is_none()) || !is_meant {
        return None;
    }
    let (top, bottom) = (rewriting.rows)(first.1, second.map(|(second, _)| second.1));
    push_corner(first.0, first.1, top, out);
    match second {
        Some((second, end)) => {
            out.push(':');
            push_corner(second.0, second.1, bottom, out);
            Some(end)
        }
        None => Some(word),
    }
}

fn push_corner(column: &str, corner: Corner, row: u32, out: &mut String) {
    out.push_str(column);
    if corner.is_fixed {
        out.push('$');
    }
    out.push_str(&row.to_string());
}

/// The column, with its `$`, and the row of a word such as `$B$5`, `b5` or `$5`; `None` if it is none.
fn reference(word: &str) -> Option<(&str, Corner)> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (front, digits) = word.split_at(digits);
    let row: u32 = digits.parse().ok().filter(|row| (1..=1_048_576).contains(row))?;
    let (column, is_fixed) = front.strip_suffix('$').map_or((front, false), |column| (column, true));
    let letters = column.strip_prefix('$').unwrap_or(column);
    let is_column = letters.len() <= 3 && letters.bytes().all(|b| b.is_ascii_alphabetic()) && column != "$";
    is_column.then_some((column, Corner { row, is_fixed }))
}

fn push_name(written: &str, named: Option<bool>, rewriting: &Rewriting<'_>, out: &mut String) {
    match rewriting.renamed.filter(|_| named == Some(true)) {
        Some(new) => out.push_str(&quoted(new)),
        None => out.push_str(written),
    }
}

/// Where a text in these quotes ends; a quote in it is doubled.
fn text_end(text: &str, quote: char) -> usize {
    let mut at = 1;
    while let Some(end) = text[at..].find(quote).map(|end| at + end + 1) {
        if !text[end..].starts_with(quote) {
            return end;
        }
        at = end + 1;
    }
    text.len()
}

/// A character of a name, a number or a reference.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '_' | '.' | '\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_to_the_sheet_move_and_nothing_else_does() {
        // five rows more below row 24
        let down = |row: u32| if row > 24 { row + 5 } else { row };
        let rows = |first: Corner, last: Option<Corner>| match last {
            Some(last) if last.row == 24 => (first.row, 29),
            last => (down(first.row), down(last.unwrap_or(first).row)),
        };
        for (is_own, formula, expected) in [
            (true, "COUNTA(B5:B24)&\"B25\"", "COUNTA(B5:B29)&\"B25\""),
            (true, "SUM($C$5:$C$24)+D26-LOG10(3)", "SUM($C$5:$C$29)+D31-LOG10(3)"),
            (true, "名册!B30+'其他 表'!B30+其他!B30+B30", "'新名'!B35+'其他 表'!B30+其他!B30+B35"),
            (false, "B30+名册!$A$1:$K$30", "B30+'新名'!$A$1:$K$35"),
            (true, "$3:$30", "$3:$35"),
            (true, "SUM(A:A)+30+1.25+Table1[列25]+N_25+ABCD30", "SUM(A:A)+30+1.25+Table1[列25]+N_25+ABCD30"),
            (true, "IF(B25=\"\",\"\",'名册'!b26)", "IF(B30=\"\",\"\",'新名'!b31)"),
        ] {
            let rewriting = Rewriting { sheet: "名册", is_own, renamed: Some("新名"), rows: &rows };
            assert_eq!(rewrite(formula, &rewriting), expected);
        }
    }
}
